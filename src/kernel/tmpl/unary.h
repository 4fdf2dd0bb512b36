/* One unary kernel, KN(OP), from the inline function FN(OP)(W). OT, OST as in binary.h; K_DONE at
 * the end. */
#ifndef K_DONE
#define K_DONE (void)0
#endif
#ifndef OT
#define OT T
#define OST ST
#define K_OWN_OT
#endif
HIDDEN_KERNEL void KN(OP)(KERNEL_ARGS)
{
    fnp_intp n = dims[0], sa = steps[0], so = steps[1];
    char *a = args[0], *o = args[1];
    if (sa == sizeof(T) && so == sizeof(OT) && k_apart(a, o)) {
        const T *p = (const T *)a;
        OT *r = (OT *)o;
#pragma GCC ivdep
        for (fnp_intp i = 0; i < n; i++) OST(r + i, FN(OP)(LD(p + i)));
        K_DONE;
        return;
    }
    if (sizeof(T) <= 8 && so == sizeof(OT) && n > 16 &&
        k_disjoint(a, sa, sizeof(T), o, (size_t)n * sizeof(OT), n)) {
        enum { PIECE = K_PIECE / sizeof(T) };
        T p[PIECE];
        for (fnp_intp m; n > 0; n -= m, a += m * sa, o += m * so) {
            m = n < PIECE ? n : PIECE;
            k_collect(p, a, m, sa, sizeof(T));
            OT *r = (OT *)o;
#pragma GCC ivdep
            for (fnp_intp i = 0; i < m; i++) OST(r + i, FN(OP)(LD(p + i)));
        }
    }
    for (fnp_intp i = 0; i < n; i++, a += sa, o += so) OST(o, FN(OP)(LD(a)));
    K_DONE;
}
#ifdef K_OWN_OT
#undef K_OWN_OT
#undef OT
#undef OST
#endif
#undef OP
#undef K_DONE
