/* One kernel, KN(OP), of one operand or TWO: FAST for the elements that are FINE, SLOW for the
 * others, with SAFE operands in their place. MAY_FAIL: FAST returns NaN where SLOW is to be asked.
 * Whole vectors go from memory to memory, GROUP of them at a time; strides, ends, and groups with
 * an element that is not fine go through a buffer. */
#ifdef TWO
#define BOTH(a, b) a, b
#define CALL(fn, a, b) fn(a, b)
#else
#define BOTH(a, b) a
#define CALL(fn, a, b) fn(a)
#endif
/* m elements, the rest of the last vector SAFE. */
static __attribute__((noinline)) void FN(K_CAT2(OP, _block))(lane *x, BOTH(lane *r, lane *y),
                                                             fnp_intp m)
{
    vm all_fine = same((vi){0}, (vi){0});
    fnp_intp full = (m + LANES - 1) & -LANES;
    for (fnp_intp i = m; i < full; i++) {
        x[i] = SAFE;
#ifdef TWO
        y[i] = SAFE;
#endif
    }
    for (fnp_intp i = 0; i < full; i += LANES) {
        vd u = load_lanes(x + i), safe = all(SAFE);
#ifdef TWO
        vd v = load_lanes(y + i);
#endif
        vm fine = CALL(FINE, u, v);
        vd w = CALL(FAST, pick(fine, u, safe), pick(fine, v, safe));
#ifdef MAY_FAIL
        fine = both(fine, less(size_bits(w), all_bits(INFINITY_BITS)));
#endif
        all_fine = both(all_fine, fine);
        store_lanes(r + i, pick(fine, w, all(ODD)));
    }
    if (every(all_fine)) return;
    for (fnp_intp i = 0; i < m; i++) {
        if (memcmp(r + i, &(const lane){ODD}, sizeof(lane))) continue;
        r[i] = CALL(SLOW, (T)x[i], (T)y[i]);
    }
}
HIDDEN_KERNEL void KN(OP)(KERNEL_ARGS)
{
    enum { BLOCK = 64, STEP = GROUP * LANES };
    lane x[BLOCK] __attribute__((aligned(64))), r[BLOCK] __attribute__((aligned(64)));
    fnp_intp n = dims[0], sa = steps[0];
    char *a = args[0];
#ifdef TWO
    lane y[BLOCK] __attribute__((aligned(64)));
    fnp_intp sb = steps[1], so = steps[2];
    char *b = args[1], *o = args[2];
    bool apart = sb ? block_apart(b, sb, o, so, BLOCK) : scalar_apart(b, o, so, n);
    fnp_intp most = apart && block_apart(a, sa, o, so, BLOCK) ? BLOCK : 1;
    bool straight = most > 1 && sa == sizeof(T) && (sb == sizeof(T) || sb == 0) && so == sizeof(T);
#else
    fnp_intp so = steps[1];
    char *o = args[1];
    fnp_intp most = block_apart(a, sa, o, so, BLOCK) ? BLOCK : 1;
    bool straight = most > 1 && sa == sizeof(T) && so == sizeof(T);
#endif
    while (n > 0) {
        fnp_intp m = n < most ? n : most;
        if (straight && n >= STEP) {
            vd u[GROUP], w[GROUP];
            vm fine;
#ifdef TWO
            vd v[GROUP];
#endif
#pragma GCC unroll 8
            for (int g = 0; g < GROUP; g++) {
                u[g] = LOAD((const T *)a + g * LANES);
#ifdef TWO
                v[g] = sb ? LOAD((const T *)b + g * LANES) : all(*(const T *)b);
#endif
                vm good = CALL(FINE, u[g], v[g]);
                fine = g ? both(fine, good) : good;
            }
            if (FNP_LIKELY(every(fine))) {
#pragma GCC unroll 8
                for (int g = 0; g < GROUP; g++) {
                    w[g] = CALL(FAST, u[g], v[g]);
#ifdef MAY_FAIL
                    fine = both(fine, less(size_bits(w[g]), all_bits(INFINITY_BITS)));
#endif
                }
#ifdef MAY_FAIL
                if (FNP_LIKELY(every(fine)))
#endif
                {
#pragma GCC unroll 8
                    for (int g = 0; g < GROUP; g++) STORE((T *)o + g * LANES, w[g]);
                    a += STEP * sizeof(T), o += STEP * sizeof(T), n -= STEP;
#ifdef TWO
                    b += STEP * sb;
#endif
                    continue;
                }
            }
            m = STEP;
        }
        for (fnp_intp i = 0; i < m; i++) x[i] = *(const T *)(a + i * sa);
#ifdef TWO
        for (fnp_intp i = 0; i < m; i++) y[i] = *(const T *)(b + i * sb);
#endif
        FN(K_CAT2(OP, _block))(x, BOTH(r, y), m);
        for (fnp_intp i = 0; i < m; i++) *(T *)(o + i * so) = (T)r[i];
        a += m * sa;
#ifdef TWO
        b += m * sb;
#endif
        o += m * so;
        n -= m;
    }
}
#undef OP
#undef FINE
#undef FAST
#undef SAFE
#undef SLOW
#undef MAY_FAIL
#undef BOTH
#undef CALL
