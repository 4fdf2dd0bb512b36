/* Position of the first extreme of a dense line of T: `fold` finds the extreme of whole blocks, and
 * only the block that had it first is looked at again. A NaN is the answer at once. */
typedef T CAT(loose_, SFX) __attribute__((aligned(1), may_alias));

#ifdef FLOATING
#define IS_NAN_(v) ((v) != (v))
#else
#define IS_NAN_(v) false
#endif

static fnp_intp CAT(extreme_, SFX)(const char *line, fnp_intp n, bool max, fnp_kernel_fn *fold)
{
    const CAT(loose_, SFX) *x = (const CAT(loose_, SFX) *)line;
    fnp_intp best = 0;
    T value = x[0];
    if (IS_NAN_(value)) return 0;
    if (n < SHORT || (uintptr_t)line % sizeof(T)) {
        for (fnp_intp i = 1; i < n; i++) {
            if (IS_NAN_(x[i])) return i;
            if (max ? x[i] <= value : x[i] >= value) continue;
            value = x[i];
            best = i;
        }
        return best;
    }
    for (fnp_intp b = 0; b < n; b += BLOCK / (fnp_intp)sizeof(T)) {
        T m = value;
        char *args[3] = {(char *)&m, (char *)line + b * (fnp_intp)sizeof(T), (char *)&m};
        fnp_intp whole = BLOCK / (fnp_intp)sizeof(T), count = n - b < whole ? n - b : whole,
                 steps[3] = {0, sizeof(T), 0};
        fold(args, &count, steps, NULL);
        if (IS_NAN_(m)) {
            while (!IS_NAN_(x[b])) b++;
            return b;
        }
        if (m == value) continue;
        value = m;
        best = b;
    }
    for (; best + LANES <= n; best += LANES) {
        SAME_SIZE_INT(T) any = 0;
        for (int k = 0; k < LANES; k++) any |= x[best + k] == value;
        if (any) break;
    }
    while (x[best] != value) best++;
    return best;
}
#undef IS_NAN_
#undef T
#undef SFX
