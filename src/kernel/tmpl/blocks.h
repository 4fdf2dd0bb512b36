/* One kernel, KN(OP), of one operand or TWO, a block at a time: FAST for the elements that are
 * FINE, SLOW for the others, with SAFE operands in their place. MAY_FAIL: FAST returns NaN where
 * SLOW is to be asked. */
HIDDEN_KERNEL void KN(OP)(KERNEL_ARGS)
{
    enum { BLOCK = 64 };
    double x[BLOCK] __attribute__((aligned(64))), r[BLOCK] __attribute__((aligned(64)));
    fnp_intp n = dims[0], sa = steps[0];
    char *a = args[0];
#ifdef TWO
    double y[BLOCK] __attribute__((aligned(64)));
    fnp_intp sb = steps[1], so = steps[2];
    char *b = args[1], *o = args[2];
    fnp_intp most =
        block_apart(a, sa, o, so, BLOCK) && block_apart(b, sb, o, so, BLOCK) ? BLOCK : 1;
#else
    fnp_intp so = steps[1];
    char *o = args[1];
    fnp_intp most = block_apart(a, sa, o, so, BLOCK) ? BLOCK : 1;
#endif
    for (; n > 0; n -= most) {
        fnp_intp m = n < most ? n : most, full = (m + LANES - 1) & -LANES;
        vi odd = {0};
        if (sa == sizeof(T)) {
            for (fnp_intp i = 0; i < m; i++) x[i] = ((const T *)a)[i];
        } else {
            for (fnp_intp i = 0; i < m; i++) x[i] = *(const T *)(a + i * sa);
        }
        for (fnp_intp i = m; i < full; i++) x[i] = SAFE;
#ifdef TWO
        if (sb == sizeof(T)) {
            for (fnp_intp i = 0; i < m; i++) y[i] = ((const T *)b)[i];
        } else {
            for (fnp_intp i = 0; i < m; i++) y[i] = *(const T *)(b + i * sb);
        }
        for (fnp_intp i = m; i < full; i++) y[i] = SAFE;
#endif
        for (fnp_intp i = 0; i < full; i += LANES) {
            vd u = *(const vd *)(x + i), safe = all(SAFE);
#ifdef TWO
            vd v = *(const vd *)(y + i);
            vi fine = FINE(u, v);
            vd w = FAST(pick(fine, u, safe), pick(fine, v, safe));
#else
            vi fine = FINE(u);
            vd w = FAST(pick(fine, u, safe));
#endif
#ifdef MAY_FAIL
            fine &= size_bits(w) < INFINITY_BITS;
#endif
            odd |= ~fine;
            *(vd *)(r + i) = (vd)(((vi)w & fine) | ((vi)all(ODD) & ~fine));
        }
        if (FNP_UNLIKELY(some(odd))) {
            for (fnp_intp i = 0; i < m; i++) {
                if (memcmp(r + i, &(const double){ODD}, 8)) continue;
#ifdef TWO
                r[i] = SLOW((T)x[i], (T)y[i]);
#else
                r[i] = SLOW((T)x[i]);
#endif
            }
        }
        if (so == sizeof(T)) {
            for (fnp_intp i = 0; i < m; i++) ((T *)o)[i] = (T)r[i];
        } else {
            for (fnp_intp i = 0; i < m; i++) *(T *)(o + i * so) = (T)r[i];
        }
        a += m * sa;
#ifdef TWO
        b += m * sb;
#endif
        o += m * so;
    }
}
#undef OP
#undef FINE
#undef FAST
#undef SAFE
#undef SLOW
#undef MAY_FAIL
