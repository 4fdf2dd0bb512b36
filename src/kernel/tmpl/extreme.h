/* FN(<EXT>_all): the reduction of EXT (maximum, minimum, fmax, fmin) over a run. Four vectors of
 * extremes are kept side by side, a NaN sticks to its place; where one is found the plain loop,
 * which knows the rules, begins again. WINS is the comparison, > or <. With SKIPS (fmax, fmin) NaNs
 * lose every comparison: only one at the start has to be passed over. */
#ifndef LEVEL_BYTES
#if defined(__AVX512F__)
#define LEVEL_BYTES 64
#elif defined(__AVX2__)
#define LEVEL_BYTES 32
#else
#define LEVEL_BYTES 16
#endif
#endif
#define SOME K_CAT2(FN(EXT), some)
#define EACH(m, at)                                                                                \
    for (int k = 0; k < LANES; k++) {                                                              \
        W x = LD(q + (at) + k);                                                                    \
        m[k] = (x WINS m[k]) | (!SKIPS & (x != x)) ? x : m[k];                                     \
    }
static fnp_intp SOME(W *acc, const T *q, fnp_intp n)
{
    enum { LANES = LEVEL_BYTES / sizeof(W) };
    W a[LANES], b[LANES], c[LANES], d[LANES], best = *acc;
    fnp_intp i = 0;
    int nan = 0;
    for (int k = 0; k < LANES; k++) a[k] = b[k] = c[k] = d[k] = best;
    for (; i + 4 * LANES <= n; i += 4 * LANES) {
        EACH(a, i)
        EACH(b, i + LANES)
        EACH(c, i + 2 * LANES)
        EACH(d, i + 3 * LANES)
    }
    for (; i + LANES <= n; i += LANES) EACH(a, i)
    for (int k = 0; k < LANES; k++)
        nan |= (a[k] != a[k]) | (b[k] != b[k]) | (c[k] != c[k]) | (d[k] != d[k]);
    if (nan) return 0;
    for (int k = 0; k < LANES; k++) {
        W x = a[k] WINS b[k] ? a[k] : b[k], y = c[k] WINS d[k] ? c[k] : d[k];
        x = x WINS y ? x : y;
        best = x WINS best ? x : best;
    }
    if (best == 0) /* of both zeros the last one wins in the plain loop, on every level */
        for (fnp_intp k = i; k-- > 0;) {
            W x = LD(q + k);
            if (x != 0) continue;
            best = x;
            break;
        }
    *acc = best;
    return i;
}
static W K_CAT2(FN(EXT), all)(W acc, const char *p, fnp_intp n, fnp_intp stride)
{
    for (; SKIPS && acc != acc && n > 0; n--, p += stride) acc = FN(EXT)(acc, LD(p));
    if (!IS_HALF && stride == sizeof(T) && n >= 32 && acc == acc) {
        fnp_intp done = SOME(&acc, (const T *)p, n);
        p += done * stride;
        n -= done;
    }
    for (fnp_intp i = 0; i < n; i++, p += stride) acc = FN(EXT)(acc, LD(p));
    return acc;
}
#undef EACH
#undef SOME
#undef EXT
#undef WINS
#undef SKIPS
