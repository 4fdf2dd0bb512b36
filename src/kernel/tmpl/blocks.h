/* One kernel, KN(OP), of one operand or TWO: FAST for the elements that are FINE, with SAFE
 * operands in the place of others. REST(x, w, &odd), of two REST(x, y, w, &odd), puts into the
 * results w what it knows of those others; SLOW is asked for each element that is left. MAY_FAIL:
 * FAST returns NaN where SLOW is to be asked. Whole vectors go from memory to memory, GROUP of them
 * at a time; ends, results with strides, and groups with an element that is not fine go through a
 * buffer. */
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
    fnp_intp full = (m + LANES - 1) & -LANES;
    int flags = 0;
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
        if (FNP_LIKELY(every(fine))) {
            vd w = CALL(FAST, u, v);
#ifdef MAY_FAIL
            fine = both(fine, less(size_bits(w), all_bits(INFINITY_BITS)));
            if (FNP_LIKELY(every(fine)))
#endif
            {
                store_lanes(r + i, w);
                continue;
            }
        }
        vd w = CALL(FAST, pick(fine, u, safe), pick(fine, v, safe));
#ifdef MAY_FAIL
        fine = both(fine, less(size_bits(w), all_bits(INFINITY_BITS)));
#endif
#ifdef REST
        odd_ones odd = {fine, 0};
#ifdef TWO
        w = REST(u, v, w, &odd);
#else
        w = REST(u, w, &odd);
#endif
        fine = odd.done, flags |= odd.flags;
#endif
        store_lanes(r + i, w);
        for (unsigned left = bits_of(not(fine)); left; left &= left - 1) {
            fnp_intp k = i + __builtin_ctz(left);
            r[k] = CALL(SLOW, x[k], y[k]);
        }
    }
    if (flags) fnp_fp_raise(flags);
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
    bool straight = most > 1 && so == sizeof(T) && may_gather(sa) && may_gather(sb);
#else
    fnp_intp so = steps[1];
    char *o = args[1];
    fnp_intp most = block_apart(a, sa, o, so, BLOCK) ? BLOCK : 1;
    bool straight = most > 1 && so == sizeof(T) && may_gather(sa);
#endif
    while (n > 0) {
        if (straight && n >= STEP) {
            vd u[GROUP], w[GROUP];
            vm fine;
#ifdef TWO
            vd v[GROUP];
#endif
#pragma GCC unroll 8
            for (int g = 0; g < GROUP; g++) {
                u[g] = sa == sizeof(T) ? LOAD((const T *)a + g * LANES)
                                       : GATHER(a + g * LANES * sa, sa);
#ifdef TWO
                v[g] = sb == sizeof(T) ? LOAD((const T *)b + g * LANES)
                       : sb            ? GATHER(b + g * LANES * sb, sb)
                                       : all(GET(b));
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
            }
            if (FNP_UNLIKELY(!every(fine))) {
                for (int g = 0; g < GROUP; g++) {
                    store_lanes(x + g * LANES, u[g]);
#ifdef TWO
                    store_lanes(y + g * LANES, v[g]);
#endif
                }
                FN(K_CAT2(OP, _block))(x, BOTH(r, y), STEP);
                for (int g = 0; g < GROUP; g++) w[g] = load_lanes(r + g * LANES);
            }
#pragma GCC unroll 8
            for (int g = 0; g < GROUP; g++) STORE((T *)o + g * LANES, w[g]);
            a += STEP * sa, o += STEP * sizeof(T), n -= STEP;
#ifdef TWO
            b += STEP * sb;
#endif
            continue;
        }
        fnp_intp m = n < most ? n : most;
        for (fnp_intp i = 0; i < m; i++) x[i] = GET(a + i * sa);
#ifdef TWO
        for (fnp_intp i = 0; i < m; i++) y[i] = GET(b + i * sb);
#endif
        FN(K_CAT2(OP, _block))(x, BOTH(r, y), m);
        for (fnp_intp i = 0; i < m; i++) PUT(o + i * so, r[i]);
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
#undef REST
#undef SLOW
#undef MAY_FAIL
#undef BOTH
#undef CALL
