/* One binary kernel, KN(OP), from the inline function FN(OP)(W, W). The file that includes this
 * sets OP, and may set OT, OST(p, v)   another type of result, and how it is stored FOLD reductions
 * keep their accumulator in a register REDUCE          reductions are FN(REDUCE)(W start, const
 * char *p, n, stride); REDUCE_FN: its whole name */
#ifndef OT
#define OT T
#define OST ST
#define K_OWN_OT
#endif
HIDDEN_KERNEL void KN(OP)(KERNEL_ARGS)
{
    fnp_intp n = dims[0], sa = steps[0], sb = steps[1], so = steps[2];
    char *a = args[0], *b = args[1], *o = args[2];
#ifdef REDUCE
#define REDUCE_FN FN(REDUCE)
#endif
#if defined(REDUCE_FN)
    if (a == o && sa == 0 && so == 0) {
        ST(o, REDUCE_FN(LD(a), b, n, sb));
        return;
    }
#elif defined(FOLD)
    if (a == o && sa == 0 && so == 0) {
        W acc = LD(a);
        if (sb == sizeof(T)) {
            const T *q = (const T *)b;
            for (fnp_intp i = 0; i < n; i++) acc = FN(OP)(acc, LD(q + i));
        } else {
            for (fnp_intp i = 0; i < n; i++, b += sb) acc = FN(OP)(acc, LD(b));
        }
        ST(o, acc);
        return;
    }
#endif
    if (so == sizeof(OT) && n > 1) {
        OT *r = (OT *)o;
        const T *p = (const T *)a, *q = (const T *)b;
        if (sa == sizeof(T) && sb == sizeof(T) && k_apart(a, o) && k_apart(b, o)) {
#pragma GCC ivdep
            for (fnp_intp i = 0; i < n; i++) OST(r + i, FN(OP)(LD(p + i), LD(q + i)));
            return;
        }
        if (sa == 0 && sb == sizeof(T) && k_apart(b, o)) {
            W x = LD(a);
#pragma GCC ivdep
            for (fnp_intp i = 0; i < n; i++) OST(r + i, FN(OP)(x, LD(q + i)));
            return;
        }
        if (sb == 0 && sa == sizeof(T) && k_apart(a, o)) {
            W y = LD(b);
#pragma GCC ivdep
            for (fnp_intp i = 0; i < n; i++) OST(r + i, FN(OP)(LD(p + i), y));
            return;
        }
    }
    if (sizeof(T) <= 8 && so == sizeof(OT) && n > 16 && sa != 0 && sb != 0 &&
        k_disjoint(a, sa, sizeof(T), o, (size_t)n * sizeof(OT), n) &&
        k_disjoint(b, sb, sizeof(T), o, (size_t)n * sizeof(OT), n)) {
        enum { PIECE = K_PIECE / sizeof(T) };
        T side[2][PIECE];
        for (fnp_intp m; n > 0; n -= m, a += m * sa, b += m * sb, o += m * so) {
            m = n < PIECE ? n : PIECE;
            const T *p = (const T *)a, *q = (const T *)b;
            if (sa != sizeof(T)) k_collect(side[0], a, m, sa, sizeof(T)), p = side[0];
            if (sb != sizeof(T)) k_collect(side[1], b, m, sb, sizeof(T)), q = side[1];
            OT *r = (OT *)o;
#pragma GCC ivdep
            for (fnp_intp i = 0; i < m; i++) OST(r + i, FN(OP)(LD(p + i), LD(q + i)));
        }
    }
    for (fnp_intp i = 0; i < n; i++, a += sa, b += sb, o += so) OST(o, FN(OP)(LD(a), LD(b)));
}
#ifdef K_OWN_OT
#undef K_OWN_OT
#undef OT
#undef OST
#endif
#undef OP
#undef FOLD
#undef REDUCE
#undef REDUCE_FN
