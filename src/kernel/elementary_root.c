/* cbrt and hypot of float and double, and the size of complex doubles; compiled once per CPU level,
 * with the same bits on every level. Largest error measured, in ulp: cbrt 0.501, of
 * floats 0.54, hypot 0.501. */
#include "kernel/elementary_vector.h"

/* The bits of a positive number, over -3, are near those of its inverse cube root. Two steps of
 * order four mend that; then the root itself is corrected by the exact remainder of its cube. */
#define CBRT_FINE(x)                                                                               \
    both(either(same(size_bits(x), (vi){0}),                                                       \
                less(all_bits(BITS_OF_POWER(K(-900, -90))), size_bits(x))),                        \
         less(size_bits(x), all_bits(INFINITY_BITS)))
ALWAYS vd cbrt_fast(vd x)
{
    vd size = size_of(x);
#ifdef FLOAT_LANES
    vd n = from_ints((vi)size);
    vd r = (vd) __builtin_convertvector(fused(n, all(-1.f / 3), all(0x1.5287dap+30f)), vi);
#else
    vd n = (vd)((vu)size >> 12 | (vu)all_bits(BITS_OF_POWER(52)));
    vd r = (vd)((vu)fused(n, all(-1. / 3), all(0x1.aa943ece2a534p+52)) << 12);
#endif
    for (int step = 0; step < K(2, 1); step++) {
        vd cube = (size * r) * (r * r), e = 1 - cube;
        vd p = e * p3(e, K(1. / 3, 1.f / 3), K(2. / 9, 2.f / 9), K(14. / 81, 14.f / 81));
        r = fused(r, p, r);
    }
    vd r2 = r * r, y = size * r2;
    vd y2 = y * y, y2_low = fused(y, y, -y2), left = fused(y2_low, y, fused(y2, y, -size));
    return with_sign(fused_less(left * K(1. / 3, 1.f / 3), r2, y), x);
}
ALWAYS vd cbrt_odd(vd x, vd w, odd_ones *odd)
{
    w = mend(w, either(is_nan(x), is_infinite(x)), x, odd);
    vm small = not(odd->done), lost = both(small, less(size_bits(x), all_bits(NORMAL_BITS)));
    if (!bits_of(small)) return w;
    if (bits_of(lost)) { /* a whole number of them, and a power of eight */
        vd n = with_sign(count_of(lost, size_of(x)), x) * all(K(1, 2));
        w = mend(w, lost, cbrt_fast(n) * all(K(0x1p-358, 0x1p-50f)), odd);
    }
    small = not(odd->done);
    vd y = pick(small, x, all(1)) * all(K(0x1p300, 0x1p72f));
    return mend(w, small, cbrt_fast(y) * all(K(0x1p-100, 0x1p-24f)), odd);
}

/* The root of a sum of squares, and of what the sum and the root lack. */
#define HYPOT_FINE(x, y)                                                                           \
    both(both(HYPOT_RANGE(size_bits(x)), HYPOT_RANGE(size_bits(y))),                               \
         not(same(size_bits(x) | size_bits(y), (vi){0})))
#define HYPOT_RANGE(s)                                                                             \
    either(same(s, (vi){0}), below((s)-all_bits(BITS_OF_POWER(-K(400, 30))),                       \
                                   all_bits((lane_bits)K(800, 60) << MANTISSA)))
ALWAYS vd hypot_fast(vd x, vd y)
{
    vd a = size_of(x), b = size_of(y), large = larger(a, b), small = smaller(a, b);
    vd p = large * large, p_low = fused(large, large, -p), q = small * small;
    vd q_low = fused(small, small, -q), s = p + q, s_low = ((p - s) + q) + (p_low + q_low);
    vd h = root(s), left = fused_less(h, h, s) + s_low;
    return fused(0.5 * left, inverse_near(h), h);
}
ALWAYS vd hypot_odd(vd x, vd y, vd w, odd_ones *odd)
{
    w = mend(w, either(is_infinite(x), is_infinite(y)), all(INFINITY), odd);
    w = mend(w, both(not(odd->done), is_nan(y)), y, odd);
    w = mend(w, both(not(odd->done), is_nan(x)), x, odd);
    return mend(w, same(size_bits(x) | size_bits(y), (vi){0}), (vd){0}, odd);
}

#include "kernel/elementary_element.h"
#include "kernel/tmpl/elementary_root.h"
#ifdef FLOAT_LANES
#include "kernel/elementary_half.h"
#include "kernel/tmpl/elementary_root.h"
#endif

#include "kernel/elementary_no_element.h"
#include "kernel/elementary_element.h"
#ifdef FLOAT_LANES
#define COMPLEX c64
#define LENGTH_FINE(x, y) HYPOT_FINE(x, y)
ALWAYS vd length_fast(vd x, vd y)
{
    return hypot_fast(x, y);
}
static float length_slow(float x, float y)
{
    return (float)sqrt((double)x * x + (double)y * y);
}
#else
#define COMPLEX c128
/* |x + iy|: the larger part times sqrt(1 + ratio^2), so that nothing overflows that need not. The
 * ratio is rounded once, without a division: the root keeps the divider busy. */
#define LENGTH_FINE(x, y) length_fine(size_bits(x), size_bits(y))
ALWAYS vm length_fine(vi x, vi y)
{
    vi most = (vi)larger((vd)(x & all_bits(INFINITY_BITS)), (vd)(y & all_bits(INFINITY_BITS)));
    return below(most - all_bits(BITS_OF_POWER(-900)), all_bits(INT64_C(1800) << 52));
}
ALWAYS vd length_fast(vd x, vd y)
{
    vd a = size_of(x), b = size_of(y), large = larger(a, b), small = smaller(a, b);
    /* 2^-60 of the larger part adds nothing, and a ratio may not underflow. */
    small = kept(less((vi)large - (vi)small, all_bits(INT64_C(60) << 52)), small);
    vd over = inverse(large);
    over = fused(over, fused_less(large, over, all(1)), over);
    vd q = small * over, ratio = fused(fused_less(q, large, small), over, q);
    return large * root(fused(ratio, ratio, all(1)));
}
static double length_slow(double x, double y)
{
    int64_t a, b; /* a comparison of floats would raise a flag for a NaN */
    x = fabs(x), y = fabs(y);
    memcpy(&a, &x, sizeof a);
    memcpy(&b, &y, sizeof b);
    if (a == INFINITY_BITS || b == INFINITY_BITS) return INFINITY;
    if (a > INFINITY_BITS || b > INFINITY_BITS || (a | b) == 0) return x + y;
    double large = a > b ? x : y, small = a > b ? y : x, ratio = 0;
    if ((a > b ? a - b : b - a) < INT64_C(60) << 52) ratio = small / large;
    return large * sqrt(fma(ratio, ratio, 1));
}
#endif

#define TWO
#define GROUP 2
#define OP length
#define FINE(x, y) LENGTH_FINE(x, y)
#define FAST(x, y) length_fast(x, y)
#define SAFE 1.0
#define REST(x, y, w, odd) hypot_odd(x, y, w, odd)
#define SLOW(x, y) length_slow(x, y)
#include "kernel/tmpl/blocks.h"
#undef TWO
#undef GROUP
/* The parts are two operands. No flag is raised, as in NumPy. */
HIDDEN_KERNEL void K_CAT3(absolute, COMPLEX, FNP_LV)(KERNEL_ARGS)
{
    const T *a = (const T *)args[0];
    T *o = (T *)args[1];
    fnp_intp n = dims[0], i = 0;
    if (steps[0] == 2 * sizeof(T) && steps[1] == sizeof(T) &&
        block_apart(args[0], steps[0], args[1], steps[1], n)) {
        for (; i + LANES <= n; i += LANES) {
            vd x, y;
            part(load_lanes(a + 2 * i), load_lanes(a + 2 * i + LANES), &x, &y);
            if (!every(LENGTH_FINE(x, y))) break;
            store_lanes(o + i, length_fast(x, y));
        }
    }
    for (fnp_intp m; i < n; i += m) { /* in pieces: the next one may be fine again */
        char *from = args[0] + i * steps[0];
        m = n - i < 1024 ? n - i : 1024;
        char *parts[3] = {from, from + sizeof(T), args[1] + i * steps[1]};
        KN(length)(parts, &m, (const fnp_intp[]){steps[0], steps[0], steps[1]}, data);
    }
    fnp_fp_clear();
}
