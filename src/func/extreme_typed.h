/* Position of the first extreme of a dense line of T: whole blocks are reduced without branches,
 * and only a block that holds something better is looked at again. A NaN is the answer at once. */
typedef T CAT(loose_, SFX) __attribute__((aligned(1), may_alias));

static fnp_intp CAT(extreme_, SFX)(const char *line, fnp_intp n, bool max)
{
    const CAT(loose_, SFX) *x = (const CAT(loose_, SFX) *)line;
    fnp_intp best = 0;
    T value = x[0];
#ifdef FLOATING
    if (value != value) return 0;
#endif
    for (fnp_intp b = 0; b < n; b += BLOCK) {
        fnp_intp end = b + BLOCK < n ? b + BLOCK : n;
        T m = value;
        bool nan = false;
        if (max) {
            for (fnp_intp i = b; i < end; i++) m = x[i] > m ? x[i] : m;
        } else {
            for (fnp_intp i = b; i < end; i++) m = x[i] < m ? x[i] : m;
        }
#ifdef FLOATING
        for (fnp_intp i = b; i < end; i++) nan |= x[i] != x[i];
        if (nan)
            for (fnp_intp i = b;; i++)
                if (x[i] != x[i]) return i;
#endif
        if (nan || m == value) continue;
        value = m;
        for (best = b; x[best] != m;) best++;
    }
    return best;
}
#undef T
#undef SFX
