/* Floored division of a dense run by one number: FN(divide_run)(p, n, d, quo, rem), quo or rem
 * NULL. d is none of 0, 1, -1. Numbers are multiplied by a scaled reciprocal (Granlund and
 * Montgomery, "Division by invariant integers using multiplication"); small ones of 64 bits, as
 * double. */
#define WIDE                                                                                       \
    __typeof__(_Generic((U)0, uint8_t                                                              \
                        : (uint16_t)0, uint16_t                                                    \
                        : (uint32_t)0, uint32_t                                                    \
                        : (uint64_t)0, default                                                     \
                        : (unsigned __int128)0))
/* Bytes have 16 bits of reciprocal, and that is exact. Else of n < 2^(BITS - 1) if the type is
 * signed: then BITS - 1 + log bits of reciprocal fit a word. */
ALWAYS U FN(times_reciprocal)(U n, uint64_t m, int shift)
{
    if (BITS == 8) return (U)((uint32_t)(uint16_t)n * (uint16_t)m >> 16);
    U high = (U)((WIDE)n * (U)m >> BITS), mean = (U)(high + ((U)(n - high) >> 1));
    return (U)((IS_SIGNED ? high : mean) >> shift);
}

ALWAYS void FN(divide_words)(const T *p, fnp_intp n, T d, T *quo, T *rem)
{
    U size = (U)(IS_SIGNED && d < 0 ? 0u - (U)d : (U)d);
    int log = 64 - __builtin_clzll((uint64_t)size - 1);
    unsigned __int128 one = 1,
                      top = IS_SIGNED ? one << (BITS - 1 + log) : ((one << log) - size) << BITS;
    uint64_t m = BITS == 8   ? 65535u / size + 1
                 : BITS < 64 ? (uint64_t)top / size + 1
                             : (uint64_t)(top / size) + 1;
    int shift = log - 1;
#pragma GCC ivdep
    for (fnp_intp i = 0; i < n; i++) {
        U a = (U)p[i], sign = (U)(IS_SIGNED ? 0u - (a >> (BITS - 1)) : 0);
        U q = (U)(FN(times_reciprocal)((U)(a ^ sign), m, shift) ^ sign); /* floor(a / size) */
        if (IS_SIGNED && d < 0) q = (U)(0u - (U)(q + (a != (U)(1u * q * size))));
        if (quo) quo[i] = (T)q;
        if (rem) rem[i] = (T)(a - 1u * q * (U)d);
    }
}

ALWAYS void FN(divide_run)(const T *p, fnp_intp n, T d, T *quo, T *rem)
{
    if (sizeof(T) == 8 && quotient_takes((int64_t)d) && (IS_SIGNED || (int64_t)d > 0)) {
        for (fnp_intp i = 0, m; i < n; i += m) {
            m = n - i < QUOTIENT_BLOCK ? n - i : QUOTIENT_BLOCK;
            const void *from = p + i;
            void *q = quo ? quo + i : NULL, *r = rem ? rem + i : NULL;
            if (FNP_LIKELY(quotient_fits(from, m, IS_SIGNED)))
                quotient_block(from, m, (int64_t)d, q, r);
            else
                FN(divide_words)(from, m, d, q, r);
        }
    } else {
        FN(divide_words)(p, n, d, quo, rem);
    }
}

/* Whether a call is such a run. */
ALWAYS bool FN(is_run)(char *const *args, const fnp_intp *dims, const fnp_intp *steps)
{
    if (steps[1] != 0 || steps[0] != sizeof(T) || steps[2] != sizeof(T) || dims[0] < 8)
        return false;
    T d = LD(args[1]);
    return d != 0 && d != 1 && !(IS_SIGNED && d == (T)-1) && k_apart(args[0], args[2]) &&
           args[1] != args[2];
}
#undef WIDE
