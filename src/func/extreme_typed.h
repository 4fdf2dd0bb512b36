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
        fnp_intp end = b + BLOCK < n ? b + BLOCK : n, i = b;
        T lane[LANES], m = value;
        uint32_t nans = 0;
        for (int k = 0; k < LANES; k++) lane[k] = value;
        for (; i + LANES <= end; i += LANES) {
            if (max) {
                for (int k = 0; k < LANES; k++) lane[k] = x[i + k] > lane[k] ? x[i + k] : lane[k];
            } else {
                for (int k = 0; k < LANES; k++) lane[k] = x[i + k] < lane[k] ? x[i + k] : lane[k];
            }
#ifdef FLOATING
            for (int k = 0; k < LANES; k++) nans |= x[i + k] != x[i + k];
#endif
        }
        for (; i < end; i++) {
            lane[0] = (max ? x[i] > lane[0] : x[i] < lane[0]) ? x[i] : lane[0];
            nans |= x[i] != x[i];
        }
        for (int k = 0; k < LANES; k++) m = (max ? lane[k] > m : lane[k] < m) ? lane[k] : m;
        if (nans)
            for (fnp_intp k = b;; k++)
                if (x[k] != x[k]) return k;
        if (m == value) continue;
        value = m;
        for (best = b; x[best] != m;) best++;
    }
    return best;
}
#undef T
#undef SFX
