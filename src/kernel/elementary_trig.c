/* sin, cos, tan, arctan, arctan2, arcsin and arccos of float and double; compiled once per CPU
 * level, with the same bits on every level, for every stride and place. What is out of the ordinary
 * goes to libm: angles above 2^20, and what would underflow or be no number.
 *
 * Multiples of pi / 2 are taken away in three parts (Cody and Waite), the first exactly, since its
 * product is fused with the difference. Polynomials are minimax; quotients are rounded once, from
 * an approximate inverse and the exact remainder, so that no vector waits for a division.
 * Largest error measured, in ulp: sin 0.78, cos 0.76, tan 0.97, arctan 0.60, arctan2 0.62,
 * arcsin 0.74, arccos 0.71. */
#include "kernel/elementary_tables.h"

/* x = n pi / 2 + r + rest */
typedef struct {
    vd r, rest;
    vu n;
} turn_parts;
ALWAYS turn_parts turn_split(vd x, bool narrow)
{
    vd z = fused(x, all(0x1.45f306dc9c883p-1), all(SHIFTER)), n = z - SHIFTER;
    vd exact = fused_less(n, all(0x1.921fb54442d18p+0), x);
    if (narrow) return (turn_parts){fused_less(n, all(0x1.1a62633145c07p-54), exact), {0}, (vu)z};
    vd w = n * 0x1.1a62633145c07p-54, r = exact - w;
    vd rest = ((exact - r) - w) + fused_less(n, all(0x1.1a62633145c07p-54), w);
    rest = fused(n, all(0x1.f1976b7ed8fbcp-110), rest);
    return (turn_parts){r, rest, (vu)z};
}
/* What sin r lacks in r, cos r in first, which is 1 - r^2 / 2. */
typedef struct {
    vd first, sine, cosine;
} wave_parts;
ALWAYS wave_parts wave_split(turn_parts s)
{
    vd r = s.r, z = r * r, z2 = z * z, half = 0.5 * z, first = 1 - half;
    vd p = p6(z, z2, -0x1.5555555555549p-3, 0x1.111111110f880p-7, -0x1.a01a019c1253ep-13,
              0x1.71de35785fe82p-19, -0x1.ae5e66c47d46dp-26, 0x1.5d932a6a04969p-33);
    vd q = p6(z, z2, 0x1.555555555554cp-5, -0x1.6c16c16c15184p-10, 0x1.a01a019cb263fp-16,
              -0x1.27e4f80a6dbefp-22, 0x1.1ee9ec416bae4p-29, -0x1.8faecbb8f22efp-37);
    vd sine = fused(z * r, p, fused_less(s.rest, half, s.rest));
    vd cosine = fused(z2, q, fused_less(r, s.rest, (1 - first) - half));
    return (wave_parts){first, sine, cosine};
}
#define TURN_FINE(x)                                                                               \
    both(sound(size_bits(x), NARROW), less(size_bits(x), all_bits(BITS_OF_POWER(20))))
ALWAYS vd wave_wide(vd x, int quarter)
{
    turn_parts s = turn_split(x, false);
    wave_parts w = wave_split(s);
    vu n = s.n + (vu)all_bits(quarter);
    vm odd = has(n, 1);
    vd y = pick(odd, w.first, s.r) + pick(odd, w.cosine, w.sine);
    return signed_by(y, (n << 62) & (vu)all_bits(SIGN_BIT));
}
/* Floats: multiples of pi, and one polynomial. */
ALWAYS vd wave_narrow(vd x, bool quarter)
{
    vd z = fused(x, all(0x1.45f306dc9c883p-2), all(quarter ? 0.5 : 0)), n;
    z = quarter ? z + SHIFTER : fused(x, all(0x1.45f306dc9c883p-2), all(SHIFTER));
    n = z - SHIFTER;
    if (quarter) n = n - 0.5;
    vd r = fused_less(n, all(0x1.921fb54442d18p+1), x);
    r = fused_less(n, all(0x1.1a62633145c07p-53), r);
    vd r2 = r * r;
    vd p = p5(r2, r2 * r2, -0x1.55555547693d9p-3, 0x1.11110c49eca26p-7, -0x1.a017d9980442ep-13,
              0x1.71707ef675e73p-19, -0x1.9a686b59167c4p-26);
    return signed_by(r * fused(r2, p, all(1)), (vu)z << 63); /* keeps the sign of zero */
}
ALWAYS vd sin_fast(vd x, bool narrow)
{
    if (narrow) return wave_narrow(x, false);
    return pick(same(size_bits(x), (vi){0}), x, wave_wide(x, 0));
}
ALWAYS vd cos_fast(vd x, bool narrow)
{
    return narrow ? wave_narrow(x, true) : wave_wide(x, 1);
}
ALWAYS vd tan_fast(vd x, bool narrow)
{
    turn_parts s = turn_split(x, narrow);
    vm odd = has(s.n, 1);
    vd sign = signed_by(s.r, s.n << 63); /* of odd multiples: -cos r / sin r */
    if (narrow) {
        vd r = s.r, z = r * r, z2 = z * z;
        vd sine = fused(
            r * z, p3(z, -0x1.55554598b5483p-3, 0x1.1107601b5d636p-7, -0x1.994ea293a6bb7p-13), r);
        vd cosine = fused(z,
                          p4(z, z2, -0x1.ffffffd0c574ap-2, 0x1.55553e101334dp-5,
                             -0x1.6c087e636c82ep-10, 0x1.9934269b0e652p-16),
                          all(1));
        return with_sign(pick(odd, cosine, sine) * inverse(pick(odd, sine, cosine)), sign);
    }
    wave_parts w = wave_split(s);
    vd sine = s.r + w.sine, sine_low = (s.r - sine) + w.sine;
    vd cosine = w.first + w.cosine, cosine_low = (w.first - cosine) + w.cosine;
    vd num = pick(odd, cosine, sine), den = pick(odd, sine, cosine), over = inverse(den);
    vd num_low = pick(odd, cosine_low, sine_low), den_low = pick(odd, sine_low, cosine_low);
    vd q = num * over, left = fused_less(q, den, num) + fused_less(q, den_low, num_low);
    return with_sign(fused(left, over, q), sign);
}

/* The arc tangent of num / den, at most 1, and what it lacks. A centre c near the ratio is found by
 * the difference of the bits, which is near its logarithm; the tangent of the rest is
 * (num - c den) / (den + c num). */
typedef struct {
    vd angle, low;
} angle_parts;
ALWAYS angle_parts angle_of(vd num, vd den, bool narrow)
{
    vi steps = (vi)num + ~(vi)den;
    vm some = less(all_bits(-(INT64_C(16) << 50) - 1), steps);
    vu j = (vu)steps >> 50;
    vd c = look16_kept(some, atan_center, j), base = look16_kept(some, atan_step, j);
    vd n = fused_less(c, den, num), d = fused(c, num, den), over = inverse(d), q = n * over;
    if (narrow) {
        vd u = fused(fused_less(q, d, n), over, q), v = u * u;
        vd p = p2(v, -0x1.5555071996423p-2, 0x1.97d4499a47bb1p-3);
        return (angle_parts){base + fused(u * v, p, u), (vd){0}};
    }
    vd left = fused_less(q, d, n), u = fused(left, over, q), u_low = fused(left, over, q - u);
    vd v = u * u, v2 = v * v;
    vd p = fused(v2, p3(v, -0x1.249247c6d8a06p-3, 0x1.c71786852c0f1p-4, -0x1.7056c61227eeep-4),
                 p2(v, -0x1.5555555555520p-2, 0x1.9999999944c9bp-3));
    vd angle = base + u, low = (base - angle) + u;
    low = fused(u * v, p, low + (u_low + look16_kept(some, atan_step_low, j)));
    return (angle_parts){angle, low};
}
#define HALF_PI 0x1.921fb54442d18p+0
#define HALF_PI_LOW 0x1.1a62633145c07p-54

#define ARCTAN_FINE(x)                                                                             \
    both(sound(size_bits(x), NARROW), less(size_bits(x), all_bits(BITS_OF_POWER(240))))
ALWAYS vd arctan_fast(vd x, bool narrow)
{
    vd size = size_of(x), one = all(1);
    vm steep = less((vi)one, (vi)size);
    angle_parts a = angle_of(smaller(size, one), larger(size, one), narrow);
    vd base = kept(steep, all(HALF_PI));
    vu turned = (vu)kept(steep, (vd)all_bits(SIGN_BIT));
    vd w = signed_by(a.angle, turned), y = base + w;
    if (narrow) return with_sign(y, x);
    vd low = (base - y) + w + (kept(steep, all(HALF_PI_LOW)) + signed_by(a.low, turned));
    return with_sign(y + low, x);
}

/* Zeros, or between 2^-240 and 2^240, and one of them not zero. */
#define ARCTAN2_RANGE(s)                                                                           \
    either(same(s, (vi){0}), below((s)-all_bits(BITS_OF_POWER(-240)), all_bits(INT64_C(480) << 52)))
#define ARCTAN2_FINE(y, x)                                                                         \
    both(both(ARCTAN2_RANGE(size_bits(x)), ARCTAN2_RANGE(size_bits(y))),                           \
         not(same(size_bits(x) | size_bits(y), (vi){0})))
ALWAYS vd arctan2_fast(vd y, vd x, bool narrow)
{
    vd ay = size_of(y), ax = size_of(x);
    vm steep = less((vi)ax, (vi)ay), back = less((vi)x, (vi){0});
    angle_parts a = angle_of(smaller(ay, ax), larger(ay, ax), narrow);
    vd base = pick(steep, all(HALF_PI), kept(back, all(2 * HALF_PI)));
    vu turned = (vu)kept(differ(steep, back), (vd)all_bits(SIGN_BIT));
    vd w = signed_by(a.angle, turned), r = base + w;
    if (narrow) return with_sign(r, y);
    vd base_low = pick(steep, all(HALF_PI_LOW), kept(back, all(2 * HALF_PI_LOW)));
    vd low = (base - r) + w + (base_low + signed_by(a.low, turned));
    return with_sign(r + low, y);
}

/* Up to 1/2, s = |x|; above, where the arc sine is pi / 2 less twice that of s, s = sqrt((1 - |x|)
 * / 2). more: arcsin s - s. */
typedef struct {
    vd s, more;
    vm large;
} arc_parts;
ALWAYS arc_parts arc_split(vd x, bool narrow)
{
    vd size = size_of(x);
    vm large = less(all_bits(BITS_OF_POWER(-1)), (vi)size);
    vd z = pick(large, fused_less(all(0.5), size, all(0.5)), size * size), high = root(z);
    vd s = pick(large, high, size), z2 = z * z, p;
    if (narrow) {
        p = p6(z, z2, 0x1.55554c2fd6d0bp-3, 0x1.33389217b224ep-4, 0x1.6cabb0203f195p-5,
               0x1.04ab2a0f875ecp-5, 0x1.d7a59baeb896fp-7, 0x1.33d7e6df4d31dp-5);
        return (arc_parts){s, s * z * p, large};
    }
    vd z4 = z2 * z2;
    p = p4(z, z2, 0x1.c6f654330f1fep-7, 0x1.8ef316f767f0ap-7, 0x1.aa34be2b0c7dap-8,
           0x1.410a139ca8ee6p-6);
    p = fused(z4, p2(z, -0x1.0b814e6514879p-6, 0x1.05ff30b663f00p-5), p);
    vd q = p6(z, z2, 0x1.5555555555384p-3, 0x1.333333336fdf1p-4, 0x1.6db6db419add7p-5,
              0x1.f1c72c800e112p-6, 0x1.6e89edaf4b71ap-6, 0x1.1c6c4344f8f20p-6);
    p = fused(z2 * z4, p, q);
    /* What the root lacks: half the remainder over it. */
    vd left = kept(large, fused_less(high, high, z));
    vd s_low = 0.5 * left * inverse_near(larger(high, all(0x1p-100)));
    return (arc_parts){s, fused(s * z, p, s_low), large};
}
#define ARC_FINE(x) both(sound(size_bits(x), NARROW), less(size_bits(x), (vi)all(1) + 1))
ALWAYS vd arcsin_fast(vd x, bool narrow)
{
    arc_parts a = arc_split(x, narrow);
    vd factor = pick(a.large, all(-2), all(1)), base = kept(a.large, all(HALF_PI));
    vd y = fused(factor, a.s, base);
    if (narrow) return with_sign(fused(factor, a.more, y), x);
    vd low = fused(factor, a.s, base - y) + fused(factor, a.more, kept(a.large, all(HALF_PI_LOW)));
    return with_sign(y + low, x);
}
ALWAYS vd arccos_fast(vd x, bool narrow)
{
    arc_parts a = arc_split(x, narrow);
    vm under = less((vi)x, (vi){0});
    /* large: 2 s, or pi - 2 s; else pi / 2 -+ s */
    vd factor = with_sign(pick(a.large, all(2), all(1)),
                          signed_by(x, (vu)kept(not(a.large), (vd)all_bits(SIGN_BIT))));
    vd base = pick(a.large, kept(under, all(2 * HALF_PI)), all(HALF_PI));
    vd y = fused(factor, a.s, base);
    if (narrow) return fused(factor, a.more, y);
    vd base_low = pick(a.large, kept(under, all(2 * HALF_PI_LOW)), all(HALF_PI_LOW));
    vd low = fused(factor, a.s, base - y) + fused(factor, a.more, base_low);
    return y + low;
}

#define SFX f64
#define T double
#define M(fn) fn
#define LOAD load_doubles
#define STORE store_doubles
#define NARROW 0
#include "kernel/tmpl/elementary_trig.h"
#undef SFX
#undef T
#undef M
#undef LOAD
#undef STORE
#undef NARROW
#define SFX f32
#define T float
#define M(fn) fn##f
#define LOAD load_floats
#define STORE store_floats
#define NARROW 1
#include "kernel/tmpl/elementary_trig.h"
