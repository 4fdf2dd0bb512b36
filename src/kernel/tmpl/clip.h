/* KN(clip) from FN(clip)(x, low, high). CLIP_ORDERED: of floats, of which two plain
 * bounds leave a zero its sign. */
HIDDEN_KERNEL void KN(clip)(KERNEL_ARGS)
{
    fnp_intp n = dims[0];
    char *x = args[0], *lo = args[1], *hi = args[2], *o = args[3];
    if (steps[1] == 0 && steps[2] == 0) {
        W l = LD(lo), h = LD(hi);
        if (steps[0] == sizeof(T) && steps[3] == sizeof(T) && k_apart(x, o)) {
            const T *p = (const T *)x;
            T *r = (T *)o;
#ifdef CLIP_ORDERED
            if (l == l && h == h) { /* a NaN stays, and of equals the element */
#pragma GCC ivdep
                for (fnp_intp i = 0; i < n; i++) {
                    W v = LD(p + i);
                    v = v < l ? l : v;
                    ST(r + i, v > h ? h : v);
                }
                return;
            }
#endif
#pragma GCC ivdep
            for (fnp_intp i = 0; i < n; i++) ST(r + i, FN(clip)(LD(p + i), l, h));
            return;
        }
#ifdef CLIP_ORDERED
        if (l == l && h == h) {
            for (fnp_intp i = 0; i < n; i++, x += steps[0], o += steps[3]) {
                W v = LD(x);
                v = v < l ? l : v;
                ST(o, v > h ? h : v);
            }
            return;
        }
#endif
        for (fnp_intp i = 0; i < n; i++, x += steps[0], o += steps[3]) ST(o, FN(clip)(LD(x), l, h));
        return;
    }
    for (fnp_intp i = 0; i < n; i++, x += steps[0], lo += steps[1], hi += steps[2], o += steps[3])
        ST(o, FN(clip)(LD(x), LD(lo), LD(hi)));
}
