/* exp, exp2, expm1, sinh, cosh and tanh of float and double; compiled once per CPU level, with the
 * same bits on every level, for every stride and place. What is out of the ordinary (NaNs,
 * infinities, results that are not normal) goes to libm, for its values and its flags.
 *
 * Argument reduction with a table of 2^(j / 16) after Tang (Table-driven implementation of the
 * exponential function, TOMS 1989), small enough for two registers; polynomials are minimax. Floats
 * are computed in double, by shorter polynomials.
 * Largest error measured, in ulp: exp 0.55, exp2 0.59, expm1 0.52, sinh 0.54, cosh 0.57, tanh 0.53.
 */
#include "kernel/elementary_exp.h"

/* place - 1, both of its parts, and what e^r adds. */
#define EXPM1_FINE(x)                                                                              \
    both(sound(size_bits(x), NARROW), less(size_bits(x), all_bits(EXPM1_MOST_BITS)))
ALWAYS vd expm1_fast(vd x, bool narrow)
{
    exp_parts s = exp_split(x, narrow);
    vd r = s.r, t = s.place, h = t - 1;
    if (narrow) {
        vd p = r * p4(r, r * r, 0x1.fffffffe07739p-1, 0x1.fffffffd5afb8p-2, 0x1.5557623e38d1ep-3,
                      0x1.5557635ddb31ap-5);
        return with_sign(fused(t, p, h), x);
    }
    vd u = h - t, h_low = (t - (h - u)) - (1 + u);
    vd w = fused(t, r, h), w_low = fused(t, r, h - w); /* h - w is exact */
    vd more = fused(r * r, exp_square(r), fused(s.lack, r, s.lack + s.rest));
    return with_sign(w + fused(t, more, w_low + h_low), x);
}

/* tanh |x| = (e^2|x| - 1) / (e^2|x| + 1), numerator and quotient with what they lack. */
#define TANH_FINE(x)                                                                               \
    both(sound(size_bits(x), NARROW), less(size_bits(x), all_bits(INFINITY_BITS + 1)))
ALWAYS vd tanh_fast(vd x, bool narrow)
{
    vi size = size_bits(x);
    vd t2 = smaller((vd)size, all(22));
    t2 = t2 + t2;
    exp_parts s = exp_split(t2, narrow);
    vd r = s.r, t = s.place, h = t - 1;
    if (narrow) {
        vd p = r * p4(r, r * r, 0x1.fffffffe07739p-1, 0x1.fffffffd5afb8p-2, 0x1.5557623e38d1ep-3,
                      0x1.5557635ddb31ap-5);
        vd num = fused(t, p, h);
        return with_sign(num * inverse(num + 2), x);
    }
    vd h_low = (t - h) - 1, w = fused(t, r, h), w_low = fused(t, r, h - w);
    vd more =
        fused(t, fused(r * r, exp_square(r), fused(s.lack, r, s.lack + s.rest)), w_low + h_low);
    vd num = w + more, num_low = (w - num) + more;
    vd den = num + 2, more_of_it = larger(num, all(2)), less_of_it = smaller(num, all(2));
    vd den_low = (less_of_it - (den - more_of_it)) + num_low;
    vd over = inverse(den), q = num * over;
    vd left = fused_less(q, den, num) + fused_less(q, den_low, num_low);
    return with_sign(fused(left, over, q), x);
}

/* The halves of e^|x| and e^-|x|, each as place * e^(+-r): of even and odd parts of e^r are made
 * hyperbolic sine and cosine. */
typedef struct {
    vd r, rest, r2, sine, sine_low, cosine, cosine_low; /* of the places alone */
} two_places;
ALWAYS two_places places_split(vd x, bool narrow)
{
    vd size = size_of(x), z = fused(size, all(0x1.71547652b82fep+4), all(SHIFTER - 16));
    vd n = z - (SHIFTER - 16), z2 = (SHIFTER - 16) - n, rest;
    vd r = exp_rest(size, n, &rest, narrow), up = exp_place_of(z), down = exp_place_of(z2);
    two_places p = {.r = r, .rest = rest, .r2 = r * r, .sine = up - down, .cosine = up + down};
    if (narrow) return p;
    vd up_lack = look16(exp_lack, (vu)z), down_lack = look16(exp_lack, (vu)z2);
    vd a = up * up_lack, b = down * down_lack;
    p.sine_low = ((up - p.sine) - down) + (a - b);
    p.cosine_low = ((up - p.cosine) + down) + (a + b);
    return p;
}
/* (sinh r - r) / r^3 and (cosh r - 1) / r^2 */
ALWAYS vd sine_cubic(vd r2, bool narrow)
{
    if (narrow) return all(0x1.5557082cb0c89p-3);
    return p3(r2, 0x1.5555555555557p-3, 0x1.11111110b1f4ap-7, 0x1.a01b570cb779cp-13);
}
ALWAYS vd cosine_square(vd r2, bool narrow)
{
    if (narrow) return all(0x1.00021f8dc3fe1p-1);
    return p3(r2, 0x1.0000000000004p-1, 0x1.555555547f554p-5, 0x1.6c184186695b7p-10);
}
#define SINH_FINE(x) both(sound(size_bits(x), NARROW), less(size_bits(x), all_bits(SINH_MOST_BITS)))
ALWAYS vd sinh_fast(vd x, bool narrow)
{
    two_places p = places_split(x, narrow);
    vd sine = sine_cubic(p.r2, narrow) * p.r2, cosine = cosine_square(p.r2, narrow) * p.r2;
    if (narrow) {
        vd odd = fused(sine, p.r, p.r);
        return with_sign(fused(p.cosine, odd, fused(p.sine, cosine, p.sine)), x);
    }
    vd w = fused(p.cosine, p.r, p.sine), w_low = fused(p.cosine, p.r, p.sine - w) + p.sine_low;
    vd odd = fused(sine, p.r, p.rest);
    vd more = fused(p.cosine_low, p.r, fused(p.sine, cosine, fused(p.cosine, odd, w_low)));
    return with_sign(w + more, x);
}
#define COSH_FINE(x) SINH_FINE(x)
ALWAYS vd cosh_fast(vd x, bool narrow)
{
    two_places p = places_split(x, narrow);
    vd sine = sine_cubic(p.r2, narrow) * p.r2, cosine = cosine_square(p.r2, narrow) * p.r2;
    vd odd = fused(sine, p.r, p.r);
    if (narrow) return fused(p.sine, odd, fused(p.cosine, cosine, p.cosine));
    return p.cosine + fused(p.sine, odd, fused(p.cosine, cosine, p.cosine_low));
}

#define SFX f64
#define T double
#define M(fn) fn
#define LOAD load_doubles
#define STORE store_doubles
#define NARROW 0
#define EXP_MOST_BITS INT64_C(0x4086200000000000)  /* 708 */
#define EXP2_MOST_BITS INT64_C(0x408ff00000000000) /* 1022 */
#define EXPM1_MOST_BITS EXP_MOST_BITS
#define SINH_MOST_BITS INT64_C(0x4085e00000000000) /* 700 */
#include "kernel/tmpl/elementary_exp.h"
#undef SFX
#undef T
#undef M
#undef LOAD
#undef STORE
#undef NARROW
#undef EXP_MOST_BITS
#undef EXP2_MOST_BITS
#undef EXPM1_MOST_BITS
#undef SINH_MOST_BITS
#define SFX f32
#define T float
#define M(fn) fn##f
#define LOAD load_floats
#define STORE store_floats
#define NARROW 1
#define EXP_MOST_BITS INT64_C(0x4069000000000000) /* 200: the cast overflows and underflows */
#define EXP2_MOST_BITS EXP_MOST_BITS
#define EXPM1_MOST_BITS EXP_MOST_BITS
#define SINH_MOST_BITS EXP_MOST_BITS
#include "kernel/tmpl/elementary_exp.h"
