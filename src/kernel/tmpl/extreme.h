/* FN(<EXT>_all): the reduction of EXT (maximum, minimum, fmax, fmin) over a run. Eight extremes are
 * kept side by side; a NaN among the data is left to the plain loop, which knows the rules. WINS is
 * the comparison, > or <. */
static W K_CAT2(FN(EXT), all)(W acc, const char *p, fnp_intp n, fnp_intp stride)
{
    if (!IS_HALF && stride == sizeof(T) && n >= 32 && acc == acc) {
        const T *q = (const T *)p;
        W m[8];
        int nan[8] = {0}, any = 0;
        fnp_intp i = 0;
        for (int k = 0; k < 8; k++) m[k] = acc;
        for (; i + 8 <= n; i += 8)
            for (int k = 0; k < 8; k++) {
                W x = LD(q + i + k);
                m[k] = x WINS m[k] ? x : m[k];
                nan[k] |= x != x;
            }
        for (int k = 0; k < 8; k++) any |= nan[k];
        if (!any) {
            for (int k = 0; k < 8; k++) acc = m[k] WINS acc ? m[k] : acc;
            p += i * stride;
            n -= i;
        }
    }
    for (fnp_intp i = 0; i < n; i++, p += stride) acc = FN(EXT)(acc, LD(p));
    return acc;
}
#undef EXT
#undef WINS
