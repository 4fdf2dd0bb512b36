/* sin, cos, tan, arctan, arctan2, arcsin and arccos of float, double and half; compiled once per
 * CPU level, with the same bits on every level, for every stride and place. Only angles above 2^20
 * (of floats, 2^15) and what would underflow go to libm.
 *
 * Multiples of pi / 2 are taken away in three parts (Cody and Waite), the first exactly, since its
 * product is fused with the difference. Polynomials are minimax; quotients are rounded once, from
 * an approximate inverse and the exact remainder, so that no vector waits for a division.
 * Largest error measured, in ulp: sin and cos 0.78, tan 0.97, arctan 0.63, arctan2 0.64, arcsin
 * 0.77, arccos 0.73; of halves 0.58. */
#include "kernel/elementary_tables.h"

#define HALF_PI K(0x1.921fb54442d18p+0, 0x1.921fb4p+0f)
#define HALF_PI_LOW K(0x1.1a62633145c07p-54, 0x1.4442d2p-24f)
#define HALF_PI_LEAST K(-0x1.f1976b7ed8fbcp-110, -0x1.ee59dap-50f)

/* x = n pi / 2 + r + rest */
typedef struct {
    vd r, rest;
    vu n;
} turn_parts;
ALWAYS turn_parts turn_split(vd x)
{
    vd z = fused(x, all(K(0x1.45f306dc9c883p-1, 0x1.45f306p-1f)), all(SHIFTER)), n = z - SHIFTER;
    vd exact = fused_less(n, all(HALF_PI), x);
    vd w = n * HALF_PI_LOW, r = exact - w;
    vd rest = ((exact - r) - w) + fused_less(n, all(HALF_PI_LOW), w);
    rest = fused_less(n, all(HALF_PI_LEAST), rest);
    return (turn_parts){r, rest, (vu)z};
}
/* What sin r lacks in r, cos r in first, which is 1 - r^2 / 2. */
typedef struct {
    vd first, sine, cosine;
} wave_parts;
ALWAYS wave_parts wave_split(turn_parts s)
{
    vd r = s.r, z = square_of(r), z2 = z * z, half = 0.5 * z, first = 1 - half;
#ifdef FLOAT_LANES
    vd p = p3(z, -0x1.555546p-3f, 0x1.110756p-7f, -0x1.994b38p-13f);
    vd q = p3(z, 0x1.55554ap-5f, -0x1.6c0c82p-10f, 0x1.99ff40p-16f);
#else
    vd p = p6(z, z2, -0x1.5555555555549p-3, 0x1.111111110f880p-7, -0x1.a01a019c1253ep-13,
              0x1.71de35785fe82p-19, -0x1.ae5e66c47d46dp-26, 0x1.5d932a6a04969p-33);
    vd q = p6(z, z2, 0x1.555555555554cp-5, -0x1.6c16c16c15184p-10, 0x1.a01a019cb263fp-16,
              -0x1.27e4f80a6dbefp-22, 0x1.1ee9ec416bae4p-29, -0x1.8faecbb8f22efp-37);
#endif
    vd sine = fused(z * r, p, fused_less(s.rest, half, s.rest));
    vd cosine = fused(z2, q, fused_less(r, s.rest, (1 - first) - half));
    return (wave_parts){first, sine, cosine};
}
#define TURN_FINE(x)                                                                               \
    both(sound(size_bits(x)), less(size_bits(x), all_bits(BITS_OF_POWER(K(20, 15)))))
ALWAYS vd wave(vd x, int quarter)
{
    turn_parts s = turn_split(x);
    wave_parts w = wave_split(s);
    vu n = s.n + (vu)all_bits(quarter);
    vm odd = has(n, 1);
    vd y = pick(odd, w.first, s.r) + pick(odd, w.cosine, w.sine);
    return signed_by(y, (n << (LAST_BIT - 1)) & (vu)all_bits(SIGN_BIT));
}
ALWAYS vd sin_fast(vd x)
{
    return pick(same(size_bits(x), (vi){0}), x, wave(x, 0));
}
ALWAYS vd cos_fast(vd x)
{
    return wave(x, 1);
}
/* Small angles are their own sines and tangents; infinite ones have none. */
ALWAYS vd turn_mend(vd x, vd w, odd_ones *odd)
{
    return mend_invalid(mend_nan(w, x, odd), is_infinite(x), odd);
}
ALWAYS vd sin_odd(vd x, vd w, odd_ones *odd)
{
    vm lost = below(bits_minus(size_bits(x), all_bits(1)), all_bits(NORMAL_BITS - 1));
    w = mend_raise(w, lost, x, odd, FNP_FP_UNDER);
    return turn_mend(x, mend(w, is_tiny(x), x, odd), odd);
}
ALWAYS vd cos_odd(vd x, vd w, odd_ones *odd)
{
    return turn_mend(x, mend(w, is_tiny(x), all(1), odd), odd);
}
ALWAYS vd tan_odd(vd x, vd w, odd_ones *odd)
{
    return turn_mend(x, mend(w, is_tiny(x), x, odd), odd);
}
#ifdef FLOAT_LANES
/* tan r by a polynomial; of odd multiples -1 / tan r. */
ALWAYS vd tan_fast(vd x)
{
    turn_parts s = turn_split(x);
    vm odd = has(s.n, 1);
    vd r = s.r, z = square_of(r), z2 = z * z, z_low = fused(r, r, -z);
    vd p = p3(z, 0x1.6329fep-7f, 0x1.58ab8ep-14f, 0x1.1f22f2p-8f);
    p = fused(z2, p, p2(z, 0x1.badaeep-5f, 0x1.5cb140p-6f));
    p = fused(z, all(0x1.555560p-2f), z2 * fused(z, p, all(0x1.110d9ap-3f)));
    /* The slopes are nearly 1 + 1.6 r^2, and r / 2. */
    vd more = fused(r * z_low, all(0.5f), fused(s.rest * z, all(1.62f), s.rest));
    more = fused(p, r, more);
    vd t = r + more, lack = (r - t) + more, den = pick(odd, t, all(1)), over = inverse(den);
    vd left = fused_less(lack, over, fused_less(den, over, all(1)));
    return pick(odd, -fused(left, over, over), with_sign(t, r));
}
#else
ALWAYS vd tan_fast(vd x)
{
    turn_parts s = turn_split(x);
    vm odd = has(s.n, 1);
    vd sign = signed_by(s.r, s.n << LAST_BIT); /* of odd multiples: -cos r / sin r */
    wave_parts w = wave_split(s);
    vd sine = s.r + w.sine, sine_low = (s.r - sine) + w.sine;
    vd cosine = w.first + w.cosine, cosine_low = (w.first - cosine) + w.cosine;
    vd num = pick(odd, cosine, sine), den = pick(odd, sine, cosine), over = inverse(den);
    vd num_low = pick(odd, cosine_low, sine_low), den_low = pick(odd, sine_low, cosine_low);
    vd q = num * over, left = fused_less(q, den, num) + fused_less(q, den_low, num_low);
    return with_sign(fused(left, over, q), sign);
}

#endif

#ifdef FLOAT_LANES
/* The arc tangent of num / den, up to 16 by the nearest of thirty-two centres c: it is
 * that of c and that of u, which is (num - c den) / (den + c num). The difference of the bits is
 * near the logarithm of the ratio. */
typedef struct {
    vd angle, low;
} angle_parts;
#define STEP_BITS ((lane_bits)1 << (MANTISSA - 2))
ALWAYS angle_parts angle_of(vd num, vd den)
{
    vi steps = bits_minus((vi)num, (vi)den);
    vm some = below(bits_plus(steps, all_bits(16 * STEP_BITS)), all_bits(32 * STEP_BITS));
    vm steep = less(all_bits(16 * STEP_BITS - 1), steps); /* -den / num, from pi / 2 */
    vu j = (vu)steps >> (MANTISSA - 2);
    vd c = look32_kept(some, atan_center, j), base = look32_kept(some, atan_step, j);
    vd low = look32_kept(some, atan_step_low, j);
    base = pick(steep, all(HALF_PI), base), low = pick(steep, all(HALF_PI_LOW), low);
    vd n = pick(steep, -den, fused_less(c, den, num)), d = pick(steep, num, fused(c, num, den));
    vd over = inverse(d), q = n * over, left = fused_less(q, d, n), u = fused(left, over, q);
    low = low + fused(left, over, q - u);
    vd v = square_of(u), angle = base + u;
    low = fused(u * v, p2(v, -0x1.5554e6p-2f, 0x1.977cf4p-3f), low);
    return (angle_parts){angle, ((base - angle) + u) + low};
}
ALWAYS vd arctan_fast(vd x)
{
    angle_parts a = angle_of(size_of(x), all(1));
    return with_sign(a.angle + a.low, x);
}
ALWAYS vd arctan2_fast(vd y, vd x)
{
    vm back = less((vi)x, (vi){0});
    angle_parts a = angle_of(size_of(y), size_of(x));
    vu turned = (vu)kept(back, (vd)all_bits(SIGN_BIT));
    vd turn = kept(back, all(2 * HALF_PI)), w = signed_by(a.angle, turned), r = turn + w;
    vd low = ((turn - r) + w) + kept(back, all(2 * HALF_PI_LOW));
    return with_sign(r + (signed_by(a.low, turned) + low), y);
}
#else
/* The arc tangent of num / den, at most 1. A centre c near the ratio is found by the difference of
 * the bits, which is near its logarithm; to its arc tangent is added that of u,
 * (num - c den) / (den + c num), which is u + more. */
typedef struct {
    vd u, more;
    vm some; /* where c is not 0 */
    vu j;
} angle_parts;
#define STEP_BITS ((lane_bits)1 << (MANTISSA - 2))
ALWAYS angle_parts angle_of(vd num, vd den, vu sign)
{
    vi steps = (vi)num + ~(vi)den;
    vm some = less(all_bits(-16 * STEP_BITS - 1), steps);
    vu j = (vu)steps >> (MANTISSA - 2);
    vd c = look16_kept(some, atan_center, j);
    vd n = signed_by(fused_less(c, den, num), sign), d = fused(c, num, den), over = inverse(d);
    vd q = n * over, left = fused_less(q, d, n), u = fused(left, over, q);
    vd v = square_of(u), v2 = v * v;
    vd p = fused(v2, p3(v, -0x1.249247c6d8a06p-3, 0x1.c71786852c0f1p-4, -0x1.7056c61227eeep-4),
                 p2(v, -0x1.5555555555520p-2, 0x1.9999999944c9bp-3));
    vd more = fused(u * v, p, fused(left, over, q - u));
    return (angle_parts){u, more, some, j};
}
/* Above 1, pi / 2 less that of the inverse. */
ALWAYS vd arctan_fast(vd x)
{
    vd size = size_of(x), one = all(1);
    vm steep = less((vi)one, (vi)size);
    vu turned = (vu)kept(steep, (vd)all_bits(SIGN_BIT));
    angle_parts a = angle_of(smaller(size, one), larger(size, one), turned);
    vd base = look16_kept(a.some, atan_step, a.j), low = look16_kept(a.some, atan_step_low, a.j);
    vd rest = pick(a.some, look16(atan_rest, a.j), all(HALF_PI));
    vd rest_low = pick(a.some, look16(atan_rest_low, a.j), all(HALF_PI_LOW));
    base = pick(steep, rest, base), low = pick(steep, rest_low, low);
    vd y = base + a.u;
    return with_sign(y + (((base - y) + a.u) + (a.more + low)), x);
}
ALWAYS vd arctan2_fast(vd y, vd x)
{
    vd ay = size_of(y), ax = size_of(x);
    vm steep = less((vi)ax, (vi)ay), back = less((vi)x, (vi){0});
    angle_parts a = angle_of(smaller(ay, ax), larger(ay, ax), (vu){0});
    vd step = look16_kept(a.some, atan_step, a.j), angle = step + a.u;
    vd more = ((step - angle) + a.u) + (a.more + look16_kept(a.some, atan_step_low, a.j));
    vd base = pick(steep, all(HALF_PI), kept(back, all(2 * HALF_PI)));
    vu turned = (vu)kept(differ(steep, back), (vd)all_bits(SIGN_BIT));
    vd w = signed_by(angle, turned), r = base + w;
    vd base_low = pick(steep, all(HALF_PI_LOW), kept(back, all(2 * HALF_PI_LOW)));
    vd low = (base - r) + w + (base_low + signed_by(more, turned));
    return with_sign(r + low, y);
}
#endif

#define ARCTAN_FINE(x)                                                                             \
    both(sound(size_bits(x)), less(size_bits(x), all_bits(BITS_OF_POWER(K(240, 30)))))
ALWAYS vd arctan_odd(vd x, vd w, odd_ones *odd)
{
    w = mend(w, either(is_tiny(x), is_nan(x)), x, odd);
    return mend(w, not(odd->done), with_sign(all(HALF_PI + HALF_PI_LOW), x), odd);
}

/* Zeros, or between 2^-240 and 2^240 (of floats, 2^-30 and 2^30), and one of them not zero. */
#define ARCTAN2_RANGE(s)                                                                           \
    either(same(s, (vi){0}), below((s)-all_bits(BITS_OF_POWER(-K(240, 30))),                       \
                                   all_bits((lane_bits)K(480, 60) << MANTISSA)))
#define ARCTAN2_FINE(y, x)                                                                         \
    both(both(ARCTAN2_RANGE(size_bits(x)), ARCTAN2_RANGE(size_bits(y))),                           \
         not(same(size_bits(x) | size_bits(y), (vi){0})))
/* Two zeros, or an infinity: the angle of 0, 1 or infinity to 1. */
ALWAYS vd arctan2_odd(vd y, vd x, vd w, odd_ones *odd)
{
    vm flat = is_infinite(x), steep = is_infinite(y);
    vm none = same(size_bits(x) | size_bits(y), (vi){0});
    w = mend(mend_nan(w, y, odd), both(is_nan(x), not(is_nan(y))), x, odd);
    vm known = both(either(none, either(flat, steep)), not(odd->done));
    vd run = kept(either(flat, not(steep)), all(1)), rise = kept(steep, all(1));
    return mend(w, known, arctan2_fast(with_sign(rise, y), with_sign(run, x)), odd);
}

/* Up to 1/2, s = |x|; above, where the arc sine is pi / 2 less twice that of s, s = sqrt((1 - |x|)
 * / 2). more: arcsin s - s. */
typedef struct {
    vd s, more;
    vm large;
} arc_parts;
ALWAYS arc_parts arc_split(vd x)
{
    vd size = size_of(x);
    vm large = less(all_bits(BITS_OF_POWER(-1)), (vi)size);
    vd z = pick(large, fused_less(all(0.5), size, all(0.5)), square_of(size)), high = root(z);
    vd s = pick(large, high, size);
#ifdef FLOAT_LANES
    vd p = p5(z, z * z, 0x1.5555cap-3f, 0x1.330136p-4f, 0x1.748efap-5f, 0x1.8b86dcp-6f,
              0x1.59f3b6p-5f);
#else
    vd z2 = z * z, p;
    vd z4 = z2 * z2;
    p = p4(z, z2, 0x1.c6f654330f1fep-7, 0x1.8ef316f767f0ap-7, 0x1.aa34be2b0c7dap-8,
           0x1.410a139ca8ee6p-6);
    p = fused(z4, p2(z, -0x1.0b814e6514879p-6, 0x1.05ff30b663f00p-5), p);
    vd q = p6(z, z2, 0x1.5555555555384p-3, 0x1.333333336fdf1p-4, 0x1.6db6db419add7p-5,
              0x1.f1c72c800e112p-6, 0x1.6e89edaf4b71ap-6, 0x1.1c6c4344f8f20p-6);
    p = fused(z2 * z4, p, q);
#endif
    /* What the root lacks, in a few bits: half the remainder over it. */
    vd s_low = kept(large, fused_less(high, high, z)) * (0.5 * inverse_line(high));
    return (arc_parts){s, fused(s * z, p, s_low), large};
}
#define ARC_FINE(x) both(sound(size_bits(x)), less(size_bits(x), (vi)all(1) + 1))
ALWAYS vd arcsin_fast(vd x)
{
    arc_parts a = arc_split(x);
    vd factor = pick(a.large, all(-2), all(1)), base = kept(a.large, all(HALF_PI));
    vd y = fused(factor, a.s, base);
    vd low = fused(factor, a.s, base - y) + fused(factor, a.more, kept(a.large, all(HALF_PI_LOW)));
    return with_sign(y + low, x);
}
ALWAYS vd arcsin_odd(vd x, vd w, odd_ones *odd)
{
    w = mend(w, either(is_tiny(x), is_nan(x)), x, odd);
    return mend_invalid(w, not(odd->done), odd);
}
ALWAYS vd arccos_odd(vd x, vd w, odd_ones *odd)
{
    w = mend_nan(mend(w, is_tiny(x), all(HALF_PI + HALF_PI_LOW), odd), x, odd);
    return mend_invalid(w, not(odd->done), odd);
}
ALWAYS vd arccos_fast(vd x)
{
    arc_parts a = arc_split(x);
    vm under = less((vi)x, (vi){0});
    /* large: 2 s, or pi - 2 s; else pi / 2 -+ s */
    vd factor = with_sign(pick(a.large, all(2), all(1)),
                          signed_by(x, (vu)kept(not(a.large), (vd)all_bits(SIGN_BIT))));
    vd base = pick(a.large, kept(under, all(2 * HALF_PI)), all(HALF_PI));
    vd y = fused(factor, a.s, base);
    vd base_low = pick(a.large, kept(under, all(2 * HALF_PI_LOW)), all(HALF_PI_LOW));
    vd low = fused(factor, a.s, base - y) + fused(factor, a.more, base_low);
    return y + low;
}

#include "kernel/elementary_element.h"
#include "kernel/tmpl/elementary_trig.h"
#ifdef FLOAT_LANES
/* The same of halves, without what only floats need. */
ALWAYS turn_parts turn_rough(vd x)
{
    vd z = fused(x, all(0x1.45f306p-1f), all(SHIFTER)), n = z - SHIFTER;
    vd r = fused_less(n, all(HALF_PI_LOW), fused_less(n, all(HALF_PI), x));
    return (turn_parts){.r = r, .n = (vu)z};
}
ALWAYS vd wave_rough(vd x, int quarter)
{
    turn_parts s = turn_rough(x);
    vd r = s.r, z = r * r;
    vd sine = r * fused(z, p3(z, -0x1.555546p-3f, 0x1.110756p-7f, -0x1.994b38p-13f), all(1));
    vd cosine = fused(z, p3(z, -0.5f, 0x1.55554ap-5f, -0x1.6c0c82p-10f), all(1));
    vu n = s.n + (vu)all_bits(quarter);
    vd y = pick(has(n, 1), cosine, sine);
    return signed_by(y, (n << (LAST_BIT - 1)) & (vu)all_bits(SIGN_BIT));
}
ALWAYS vd sin_rough(vd x)
{
    return wave_rough(x, 0);
}
ALWAYS vd cos_rough(vd x)
{
    return wave_rough(x, 1);
}
ALWAYS vd tan_rough(vd x)
{
    turn_parts s = turn_rough(x);
    vm odd = has(s.n, 1);
    vd r = s.r, z = r * r;
    vd p = p4(z, z * z, 0x1.5525cep-2f, 0x1.16b7b8p-3f, 0x1.526526p-5f, 0x1.61b3f0p-5f);
    vd t = r * fused(z, p, all(1));
    return pick(odd, -inverse(pick(odd, t, all(1))), t);
}
ALWAYS vd arctan_rough(vd x)
{
    vd size = size_of(x), one = all(1);
    vi steps = bits_minus((vi)size, (vi)one);
    vm some = below(bits_plus(steps, all_bits(16 * STEP_BITS)), all_bits(32 * STEP_BITS));
    vm steep = less(all_bits(16 * STEP_BITS - 1), steps);
    vu j = (vu)steps >> (MANTISSA - 2);
    vd c = look32_kept(some, atan_center, j), base = look32_kept(some, atan_step, j);
    vd n = pick(steep, all(-1), size - c), d = pick(steep, size, fused(c, size, one));
    vd u = pick(either(some, steep), n * inverse(d), size);
    base = pick(steep, all(HALF_PI), base);
    return with_sign(base + fused(u * u, u * -0x1.54p-2f, u), x);
}
ALWAYS vd arc_rough(vd x, vm large)
{
    vd size = size_of(x), z = pick(large, fused_less(all(0.5), size, all(0.5)), size * size);
    vd s = pick(large, root(z), size);
    vd p = p4(z, z * z, 0x1.5555cap-3f, 0x1.330136p-4f, 0x1.748efap-5f, 0x1.8b86dcp-6f);
    return fused(s * z, p, s);
}
ALWAYS vd arcsin_rough(vd x)
{
    vm large = less(all_bits(BITS_OF_POWER(-1)), size_bits(x));
    vd y = arc_rough(x, large);
    return with_sign(pick(large, fused(all(-2), y, all(HALF_PI)), y), x);
}
ALWAYS vd arccos_rough(vd x)
{
    vm large = less(all_bits(BITS_OF_POWER(-1)), size_bits(x)), under = less((vi)x, (vi){0});
    vd y = arc_rough(x, large);
    vd factor = with_sign(pick(large, all(2), all(1)),
                          signed_by(x, (vu)kept(not(large), (vd)all_bits(SIGN_BIT))));
    return fused(factor, y, pick(large, kept(under, all(2 * HALF_PI)), all(HALF_PI)));
}
#include "kernel/elementary_half.h"
#include "kernel/tmpl/elementary_trig.h"
#endif
