/* ldexp and frexp of one type by integer arithmetic on its bits. U: an unsigned integer as wide;
 * MANTISSA: bits below the exponent; TOP: the exponent field of infinities. A block in which some
 * number, or its result, is not normal (nor a zero) goes to libm, for its rounding and its flags.
 */
enum { FN(BLOCK) = 64 };

ALWAYS U FN(bits)(const char *p)
{
    U x;
    memcpy(&x, p, sizeof x);
    return x;
}

ALWAYS bool FN(scale_block)(const char *a, const int32_t *e, U *out)
{
#ifdef SCALE_VECTOR /* rounds once, as libm does */
    for (int i = 0; i < FN(BLOCK); i += LANES)
        SCALE_VECTOR(a + (size_t)i * sizeof(T), e + i, out + i);
    return true;
#endif
    U bad = 0;
    for (int i = 0; i < FN(BLOCK); i++) {
        U x = FN(bits)(a + (size_t)i * sizeof x), zero = (U)((U)(x << 1) == 0);
        U field = x >> MANTISSA & TOP, to = field + (U)(int64_t)e[i];
        U fits = (U)(field - 1 < TOP - 1) & (U)(to - 1 < TOP - 1);
        bad |= !(fits | zero);
        out[i] = zero ? x : x + ((U)(int64_t)e[i] << MANTISSA);
    }
    return !bad;
}

ALWAYS T FN(scale_one)(const char *a, int e)
{
    T x;
    memcpy(&x, a, sizeof x);
    return M(ldexp)(x, e);
}

ALWAYS int FN(short_exponent)(const char *e, bool wide)
{
    if (!wide) return *(const int *)(const void *)e;
    int64_t n = *(const int64_t *)(const void *)e;
    return n > 100000 ? 100000 : n < -100000 ? -100000 : (int)n;
}

ALWAYS void FN(scale)(char **args, const fnp_intp *dims, const fnp_intp *steps, bool wide)
{
    const char *a = args[0], *e = args[1];
    char *o = args[2];
    fnp_intp i = 0, n = dims[0];
    int32_t by[FN(BLOCK)];
    for (int k = 0; steps[1] == 0 && n >= FN(BLOCK) && k < FN(BLOCK); k++)
        by[k] = FN(short_exponent)(e, wide);
    if (steps[0] == sizeof(T) && steps[2] == sizeof(T) && k_apart(a, o) && k_apart(e, o))
        for (; i + FN(BLOCK) <= n; i += FN(BLOCK)) {
            U out[FN(BLOCK)];
            if (steps[1] == 4 && !wide) {
                memcpy(by, e, sizeof by);
            } else if (steps[1] != 0) {
                for (int k = 0; k < FN(BLOCK); k++)
                    by[k] = FN(short_exponent)(e + k * steps[1], wide);
            }
            if (!FN(scale_block)(a, by, out))
                for (int k = 0; k < FN(BLOCK); k++) {
                    T r = FN(scale_one)(a + (size_t)k * sizeof r, by[k]);
                    memcpy(&out[k], &r, sizeof r);
                }
            memcpy(o, out, sizeof out);
            a += FN(BLOCK) * steps[0], e += FN(BLOCK) * steps[1], o += FN(BLOCK) * steps[2];
        }
    for (; i < n; i++, a += steps[0], e += steps[1], o += steps[2])
        *(T *)(void *)o = FN(scale_one)(a, FN(short_exponent)(e, wide));
}
HIDDEN_KERNEL void KN(ldexp)(KERNEL_ARGS)
{
    FN(scale)(args, dims, steps, false);
}
HIDDEN_KERNEL void KN(ldexp_l)(KERNEL_ARGS)
{
    FN(scale)(args, dims, steps, true);
}

ALWAYS bool FN(split_block)(const char *a, U *out, int32_t *e)
{
    U bad = 0;
    for (int i = 0; i < FN(BLOCK); i++) {
        U x = FN(bits)(a + (size_t)i * sizeof x), field = x >> MANTISSA & TOP;
        bool whole = (U)(x << 1) == 0 || field == TOP; /* zeros, infinities and NaNs stay */
        bad |= field == 0 && !whole;
        out[i] = whole ? x : (x & ~((U)TOP << MANTISSA)) | (U)(TOP / 2 - 1) << MANTISSA;
        e[i] = whole ? 0 : (int32_t)field - (int32_t)(TOP / 2 - 1);
    }
    return !bad;
}

ALWAYS T FN(split_one)(const char *a, int32_t *e)
{
    T x;
    int exponent = 0;
    memcpy(&x, a, sizeof x);
    if (isfinite(x)) x = M(frexp)(x, &exponent);
    *e = exponent;
    return x;
}

HIDDEN_KERNEL void KN(frexp)(KERNEL_ARGS)
{
    const char *a = args[0];
    char *m = args[1], *e = args[2];
    fnp_intp i = 0, n = dims[0];
    bool dense = steps[0] == sizeof(T);
    bool apart = dense ? k_apart(a, m) && k_apart(a, e)
                       : n > 0 && k_disjoint(a, steps[0], sizeof(T), m, (size_t)n * sizeof(T), n) &&
                             k_disjoint(a, steps[0], sizeof(T), e, (size_t)n * 4, n);
    if (apart && steps[1] == sizeof(T) && steps[2] == 4)
        for (; i + FN(BLOCK) <= n; i += FN(BLOCK)) {
            U out[FN(BLOCK)], side[FN(BLOCK)];
            int32_t by[FN(BLOCK)];
            const char *from = a;
            if (!dense) {
                k_collect(side, a, FN(BLOCK), steps[0], sizeof(T));
                from = (const char *)side;
            }
            if (!FN(split_block)(from, out, by))
                for (int k = 0; k < FN(BLOCK); k++) {
                    T r = FN(split_one)(from + (size_t)k * sizeof r, &by[k]);
                    memcpy(&out[k], &r, sizeof r);
                }
            memcpy(m, out, sizeof out);
            memcpy(e, by, sizeof by);
            a += FN(BLOCK) * steps[0], m += FN(BLOCK) * steps[1], e += FN(BLOCK) * steps[2];
        }
    for (; i < n; i++, a += steps[0], m += steps[1], e += steps[2])
        *(T *)(void *)m = FN(split_one)(a, (int32_t *)(void *)e);
}
