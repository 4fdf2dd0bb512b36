/* Floored division of a dense run by one number: FN(divide_run)(p, n, d, quo, rem), quo or rem
 * NULL. d is none of 0, 1, -1. Short types divide in double, where the truncated quotient is exact;
 * 64 bits are multiplied by a scaled reciprocal. (Granlund and Montgomery, "Division by invariant
 * integers using multiplication".) */
/* Of n < 2^63 if the type is signed: then 63 + log bits of reciprocal fit a word. */
ALWAYS uint64_t FN(times_reciprocal)(uint64_t n, uint64_t m, int shift)
{
    uint64_t high = (uint64_t)((unsigned __int128)n * m >> 64);
    return IS_SIGNED ? high >> shift : (high + ((n - high) >> 1)) >> shift;
}

ALWAYS void FN(divide_words)(const T *p, fnp_intp n, T d, T *quo, T *rem)
{
    uint64_t size = IS_SIGNED && d < 0 ? 0 - (uint64_t)d : (uint64_t)d;
    int log = 64 - __builtin_clzll(size - 1);
    unsigned __int128 top = IS_SIGNED   ? (unsigned __int128)1 << (63 + log)
                            : log == 64 ? (unsigned __int128)(0 - size) << 64
                                        : (unsigned __int128)(((uint64_t)1 << log) - size) << 64;
    uint64_t m = (uint64_t)(top / size + 1);
    int shift = log - 1;
    for (fnp_intp i = 0; i < n; i++) {
        uint64_t a = (uint64_t)p[i], sign = IS_SIGNED ? 0 - (a >> 63) : 0;
        uint64_t q = FN(times_reciprocal)(a ^ sign, m, shift) ^ sign; /* floor(a / size) */
        if (IS_SIGNED && d < 0) q = 0 - (q + (a != q * size));
        if (quo) quo[i] = (T)q;
        if (rem) rem[i] = (T)(a - q * (uint64_t)d);
    }
}

ALWAYS void FN(divide_shorts)(const T *p, fnp_intp n, T d, T *quo, T *rem)
{
    double divisor = (double)d;
#pragma GCC ivdep
    for (fnp_intp i = 0; i < n; i++) {
        T a = p[i], q = (T)((double)a / divisor), r = (T)((uint32_t)a - (uint32_t)q * (uint32_t)d),
          turn = 0;
        if (IS_SIGNED) turn = (T)((r != 0) & ((r ^ d) < 0));
        if (quo) quo[i] = (T)(q - turn);
        if (rem) rem[i] = (T)(r + (d & (T)-turn));
    }
}

ALWAYS void FN(divide_run)(const T *p, fnp_intp n, T d, T *quo, T *rem)
{
    if (sizeof(T) == 8) {
        FN(divide_words)(p, n, d, quo, rem);
    } else {
        FN(divide_shorts)(p, n, d, quo, rem);
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
