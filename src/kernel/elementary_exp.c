/* exp, exp2, expm1, sinh, cosh and tanh of float, double and half; compiled once per CPU level,
 * with the same bits on every level, for every stride and place. libm is not asked: what is out of
 * the ordinary takes a second round in the same vectors, results that are not normal by a place
 * nearer to 1, whose way back rounds them and raises the flags.
 *
 * Argument reduction with a table of 2^(j / 16) after Tang (Table-driven implementation of the
 * exponential function, TOMS 1989), small enough for two registers; polynomials are minimax.
 * Largest error measured, in ulp: exp 0.56, exp2 0.59, expm1 0.53, sinh 0.54, cosh 0.57, tanh 0.61;
 * of halves 0.51.
 */
#include "kernel/elementary_exp.h"

/* What a power of infinity is: itself, or nothing. */
ALWAYS vd exp_mend(vd w, vd x, odd_ones *odd)
{
    w = mend_nan(w, x, odd);
    return mend(w, is_infinite(x), kept(less((vi){0}, (vi)x), x), odd);
}
/* Of floats, exact or not, a result that is not normal is reported. */
ALWAYS vd mend_far(vd w, vm far, vd y, odd_ones *odd)
{
    w = mend(w, far, y, odd);
    if (bits_of(both(far, less((vi)y, all_bits(NORMAL_BITS))))) odd->flags |= K(0, FNP_FP_UNDER);
    return w;
}
ALWAYS vd exp_odd(vd x, vd w, odd_ones *odd)
{
    w = exp_mend(w, x, odd);
    vm far = not(odd->done);
    return bits_of(far) ? mend_far(w, far, exp_far(x, far, 0), odd) : w;
}
ALWAYS vd exp2_odd(vd x, vd w, odd_ones *odd)
{
    w = exp_mend(w, x, odd);
    vm far = not(odd->done);
    return bits_of(far) ? mend_far(w, far, exp2_far(x, far), odd) : w;
}

/* place - 1, both of its parts, and what e^r adds. */
#define EXPM1_FINE(x) both(sound(size_bits(x)), less(size_bits(x), all_bits(EXP_MOST_BITS)))
ALWAYS vd expm1_fast(vd x)
{
    /* Far below, e^x is nothing to 1, and may not underflow. */
    exp_parts s = exp_split_whole(larger(x, all(K(-40, -20))));
    vd r = s.r, t = s.place;
    vd h = t - 1, u = h - t, h_low = (t - (h - u)) - (1 + u);
    vd w = fused(t, r, h), w_low = fused(t, r, h - w); /* h - w is exact */
    vd more = fused(r * r, exp_square(r), s.lack);
    return with_sign(w + fused(t, more, w_low + h_low), x);
}
ALWAYS vd expm1_odd(vd x, vd w, odd_ones *odd)
{
    w = mend_nan(w, x, odd);
    w = mend(w, either(is_tiny(x), same((vi)x, all_bits(INFINITY_BITS))), x, odd);
    w = mend(w, both(not(odd->done), less((vi)x, (vi){0})), all(-1), odd);
    vm far = not(odd->done);
    return bits_of(far) ? mend(w, far, exp_far(x, far, 0), odd) : w;
}

/* tanh |x| = (e^2|x| - 1) / (e^2|x| + 1), numerator and quotient with what they lack. */
#define TANH_FINE(x) both(sound(size_bits(x)), less(size_bits(x), all_bits(INFINITY_BITS + 1)))
#ifdef FLOAT_LANES
/* Of floats a polynomial for each of sixteen slices; 1 beyond 9. */
ALWAYS vd tanh_fast(vd x)
{
    const sixteen *t = tanh_slices;
    vd size = smaller(size_of(x), all(9.02f));
    vu j = (vu)larger(size, all(0x1.8p-5f)) >> (MANTISSA - 1);
    vd d = size - look16(t[0], j), base = look16(t[1], j), slope = look16(t[3], j);
    vd p = fused(d, fused(d, look16(t[9], j), look16(t[8], j)), look16(t[7], j));
    p = fused(d, fused(d, fused(d, p, look16(t[6], j)), look16(t[5], j)), look16(t[4], j));
    vd w = fused(d, slope, base), w_low = fused(d, slope, base - w) + look16(t[2], j);
    return with_sign(w + fused(square_of(d), p, w_low), x);
}
#else
ALWAYS vd tanh_fast(vd x)
{
    vi size = size_bits(x);
    vd t2 = smaller((vd)size, all(K(22, 10)));
    t2 = t2 + t2;
    exp_parts s = exp_split_whole(t2);
    vd r = s.r, t = s.place, h = t - 1;
    vd h_low = (t - h) - 1, w = fused(t, r, h), w_low = fused(t, r, h - w);
    vd more = fused(t, fused(r * r, exp_square(r), s.lack), w_low + h_low);
    vd num = w + more, num_low = (w - num) + more;
    vd den = num + 2, more_of_it = larger(num, all(2)), less_of_it = smaller(num, all(2));
    vd den_low = (less_of_it - (den - more_of_it)) + num_low;
    vd over = inverse(den), q = num * over;
    vd left = fused_less(q, den, num) + fused_less(q, den_low, num_low);
    return with_sign(fused(left, over, q), x);
}
#endif

ALWAYS vd tanh_odd(vd x, vd w, odd_ones *odd)
{
    w = mend(w, either(is_tiny(x), is_nan(x)), x, odd);
    return mend(w, is_infinite(x), with_sign(all(1), x), odd);
}

/* The halves of e^|x| and e^-|x|, each as place * e^(+-r): of even and odd parts of e^r are made
 * hyperbolic sine and cosine. */
typedef struct {
    vd r, rest, near, r2, sine, sine_low, cosine, cosine_low; /* of the places alone */
} two_places;
ALWAYS two_places places_split(vd x)
{
    vd size = size_of(x), z = fused(size, all(STEPS), all(SHIFTER - 16));
    vd n = z - (SHIFTER - 16), z2 = (SHIFTER - 16) - n;
    vd r = fused_less(n, all(STEP_HIGH), size), rest = n * -STEP_LOW, near = r + rest;
    vd up = exp_place_of(z), down = exp_place_of(z2);
    two_places p = {.r = r,
                    .rest = rest,
                    .near = near,
                    .r2 = square_of(near),
                    .sine = up - down,
                    .cosine = up + down};
    vd up_lack = look16(exp_lack, (vu)z), down_lack = look16(exp_lack, (vu)z2);
    vd a = up * up_lack, b = down * down_lack;
    p.sine_low = ((up - p.sine) - down) + (a - b);
    p.cosine_low = ((up - p.cosine) + down) + (a + b);
    return p;
}
/* (sinh r - r) / r^3 and (cosh r - 1) / r^2 */
ALWAYS vd sine_cubic(vd r2)
{
    return K(p3(r2, 0x1.5555555555557p-3, 0x1.11111110b1f4ap-7, 0x1.a01b570cb779cp-13),
             all(0x1.555708p-3f));
}
ALWAYS vd cosine_square(vd r2)
{
    return K(p3(r2, 0x1.0000000000004p-1, 0x1.555555547f554p-5, 0x1.6c184186695b7p-10),
             all(0x1.000220p-1f));
}
#define SINH_MOST_BITS K(INT64_C(0x4084500000000000), INT32_C(0x42800000)) /* 650, 64 */
#define SINH_FINE(x) both(sound(size_bits(x)), less(size_bits(x), all_bits(SINH_MOST_BITS)))
ALWAYS vd sinh_fast(vd x)
{
    two_places p = places_split(x);
    vd sine = sine_cubic(p.r2) * p.r2, cosine = cosine_square(p.r2) * p.r2;
    vd w = fused(p.cosine, p.r, p.sine), w_low = fused(p.cosine, p.r, p.sine - w) + p.sine_low;
    vd odd = fused(sine, p.r, p.rest);
    vd more = fused(p.cosine_low, p.r, fused(p.sine, cosine, fused(p.cosine, odd, w_low)));
    return with_sign(w + more, x);
}
ALWAYS vd sinh_odd(vd x, vd w, odd_ones *odd)
{
    w = mend(w, either(either(is_tiny(x), is_nan(x)), is_infinite(x)), x, odd);
    vm far = not(odd->done);
    return bits_of(far) ? mend(w, far, with_sign(exp_far(size_of(x), far, -1), x), odd) : w;
}
#define COSH_FINE(x) SINH_FINE(x)
ALWAYS vd cosh_fast(vd x)
{
    two_places p = places_split(x);
    vd sine = sine_cubic(p.r2) * p.r2, cosine = cosine_square(p.r2) * p.r2;
    vd odd = fused(sine, p.near, p.near);
    return p.cosine + fused(p.sine, odd, fused(p.cosine, cosine, p.cosine_low));
}
ALWAYS vd cosh_odd(vd x, vd w, odd_ones *odd)
{
    w = mend_nan(mend(w, is_tiny(x), all(1), odd), x, odd);
    w = mend(w, is_infinite(x), size_of(x), odd);
    vm far = not(odd->done);
    return bits_of(far) ? mend(w, far, exp_far(size_of(x), far, -1), odd) : w;
}

#include "kernel/elementary_element.h"
#include "kernel/tmpl/elementary_exp.h"
#ifdef FLOAT_LANES
/* The same of halves, without what only floats need. */
ALWAYS vd expm1_rough(vd x)
{
    x = larger(x, all(-20));
    vd z = fused(x, all(STEPS), all(SHIFTER)), n = z - SHIFTER, t = exp_place_of(z);
    vd r = fused_less(n, all(STEP_HIGH), x);
    vd y = fused(r * r, p2(r, 0.5f, 0x1.555708p-3f), r);
    return with_sign(fused(t, y, t - 1), x);
}
/* The halves of e^|x| and e^-|x| at the place, and the odd and even parts of the rest. */
typedef struct {
    vd sine, cosine, odd, even;
} rough_places;
ALWAYS rough_places places_rough(vd x)
{
    vd size = size_of(x), z = fused(size, all(STEPS), all(SHIFTER - 16));
    vd n = z - (SHIFTER - 16), z2 = (SHIFTER - 16) - n, r = fused_less(n, all(STEP_HIGH), size);
    vd up = exp_place_of(z), down = exp_place_of(z2), r2 = r * r;
    return (rough_places){up - down, up + down, r * fused(r2, all(0x1.555708p-3f), all(1)),
                          0.5f * r2};
}
ALWAYS vd sinh_rough(vd x)
{
    rough_places p = places_rough(x);
    return with_sign(fused(p.cosine, p.odd, fused(p.sine, p.even, p.sine)), x);
}
ALWAYS vd cosh_rough(vd x)
{
    rough_places p = places_rough(x);
    return fused(p.sine, p.odd, fused(p.cosine, p.even, p.cosine));
}
#include "kernel/elementary_half.h"
#include "kernel/tmpl/elementary_exp.h"
#endif
