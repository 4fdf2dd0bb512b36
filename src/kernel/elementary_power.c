/* power of double, of float (in lanes of doubles) and of half (in lanes of floats); compiled once
 * per CPU level, with the same bits on every level, for every stride and place. What is out of the
 * ordinary, and what overflows or underflows of doubles, goes to libm.
 *
 * e^(y log x), the logarithm of double with 68 bits from a table of 32 factors (see
 * elementary_log.h). Largest error measured, in ulp: 0.55.
 */
#include "kernel/elementary_log.h"

/* Negative numbers to whole powers, zeros and infinities to finite ones. */
ALWAYS vd power_odd(vd x, vd y, vd w, odd_ones *odd, vd fast(vd, vd))
{
    vd base = size_of(x), rise = size_of(y), shifted = rise + POWER_OF_TWO(MANTISSA);
    vm zero_power = same((vi)rise, (vi){0}), one = same((vi)x, (vi)all(1));
    w = mend(w, either(zero_power, one), all(1), odd);
    w = mend(w, both(not(odd->done), is_nan(y)), y, odd);
    w = mend(w, both(not(odd->done), is_nan(x)), x, odd);
    vm under = less((vi)x, (vi){0}), down = less((vi)y, (vi){0});
    vm small = less((vi)rise, all_bits(BITS_OF_POWER(MANTISSA))); /* its parity is told by a bit */
    vm whole = same((vi)(shifted - POWER_OF_TWO(MANTISSA)), (vi)rise);
    vm odd_power = both(both(whole, small), has((vu)shifted, 1));
    vd sign = (vd)kept(both(under, odd_power), x);
    vm left = not(odd->done);
    vm zero = both(left, same((vi)base, (vi){0})), endless = both(left, is_infinite(x));
    w = mend_raise(w, both(zero, down), with_sign(all(INFINITY), sign), odd, FNP_FP_DIVIDE);
    w = mend(w, both(zero, not(down)), with_sign((vd){0}, sign), odd);
    w = mend(w, endless, with_sign(kept(not(down), base), sign), odd);
    left = both(not(odd->done), both(under, small));
    w = mend_invalid(w, both(left, not(whole)), odd);
    left = both(both(left, whole), less(all_bits(NORMAL_BITS - 1), (vi)base));
    if (!bits_of(left)) return w;
    vd z = fast(pick(left, base, all(1)), pick(left, y, all(1)));
    return mend(w, both(left, less(size_bits(z), all_bits(INFINITY_BITS))), with_sign(z, sign),
                odd);
}

#define FINITE(y) less(size_bits(y), all_bits(INFINITY_BITS))
#ifdef FLOAT_LANES
/* A logarithm with 23 bits. */
ALWAYS vd power_fast(vd x, vd y)
{
    log_parts s = log_split(x);
    vu j = (vu)s.off >> (MANTISSA - 4);
    vd r = s.r, r2 = r * r, l = fused(r, all(base_2.scale), look16(log2_step_low, j));
    vd q = p4(r, r2, base_2.cubic[0], base_2.cubic[1], base_2.cubic[2], base_2.cubic[3]);
    l = (s.k + look16(log2_step, j)) + fused(r2, q, l);
    vd e = larger(smaller(y * l, all(60)), all(-60)); /* the cast overflows */
    vd z = e + SHIFTER / 16, place = exp_place_of(z);
    r = e - (z - SHIFTER / 16);
    return fused(place, r * p3(r, 0x1.62e430p-1f, 0x1.ebfff6p-3f, 0x1.c6b46ep-5f), place);
}

#include "kernel/elementary_half.h"
#define TWO
#define GROUP 4
#define OP power
#define FINE(x, y) both(LOG_FINE(x), FINITE(y))
#define FAST(x, y) power_fast(x, y)
#define SAFE 1.0
#define REST(x, y, w, odd) power_odd(x, y, w, odd, power_fast)
#define SLOW(x, y) powf(x, y)
#include "kernel/tmpl/blocks.h"
#else
ALWAYS vd power_wide(vd x, vd y)
{
    vu off = (vu)x - (vu)all_bits(INT64_C(0x3fe6400000000000)), j = off >> 47;
    vd m = (vd)((vi)x - ((vi)off & all_bits(SIGN_AND_EXPONENT))), k = exponent_of((vi)off);
    vd factor = look32(power_factor, j), product = m * factor, rest = fused(m, factor, -product);
    vd r = product - 1, start = fused(k, all(base_e.two), look32(power_step, j));
    vd low = fused(k, all(base_e.two_low), look32(power_step_low, j));
    vd w = start + r, half = -0.5 * r, t = fused(half, r, w);
    low = (((start - w) + r) + fused(half, r, w - t)) +
          (low + fused_less(fused_less(r, r, r), rest, rest));
    vd r2 = r * r;
    vd q = p4(r, r2, 0x1.249247be92b11p-3, -0x1.fffda321dac8fp-4, 0x1.c754e15beb66fp-4,
              -0x1.a4eacce80aaf8p-4);
    q = fused(r2 * r2, q,
              p4(r, r2, 0x1.5555555555555p-2, -0x1.ffffffffffabcp-3, 0x1.99999999a0473p-3,
                 -0x1.55555567cea75p-3));
    low = fused(r2, r * q, low);
    vd l = t + low, l_low = low - (l - t);
    vd e = y * l, e_low = fused(y, l_low, fused(y, l, -e));
    vm far = less(all_bits(INT64_C(0x4086200000000000) - 1), size_bits(e)); /* 708 */
    vd z = exp_of_two(kept(not(far), e), kept(not(far), e_low));
    return pick(far, all(INFINITY), z);
}
/* Of floats: a logarithm with 39 bits. */
ALWAYS vd power_narrow(vd x, vd y)
{
    log_parts s = log_split(x);
    vd r = s.r, r2 = r * r;
    vd l = fused(r, all(base_2.scale), s.k + look16(log2_step, (vu)s.off >> (MANTISSA - 4)));
    vd q = p6(r, r2, -0x1.715476544b032p-1, 0x1.ec709dcbc908bp-2, -0x1.7154474894b24p-2,
              0x1.27767c57c792fp-2, -0x1.edcdef192cb24p-3, 0x1.a79e58409dfaep-3);
    vd e = larger(smaller(y * fused(r2, q, l), all(300)), all(-300)); /* the cast overflows */
    vd z = e + SHIFTER / 16, place = exp_place_of(z);
    r = e - (z - SHIFTER / 16);
    return fused(place, r * p3(r, 0x1.62e42feb12810p-1, 0x1.ebfff4939b7f7p-3, 0x1.c6b46cde99ffep-5),
                 place);
}

#define TWO
#define GROUP 4
#define OP power
#define FINE(x, y)                                                                                 \
    both(LOG_FINE(x),                                                                              \
         below(size_bits(y) - all_bits(BITS_OF_POWER(-60)), all_bits(INT64_C(120) << 52)))
#define FAST(x, y) power_wide(x, y)
#define SAFE 1.0
#define REST(x, y, w, odd) power_odd(x, y, w, odd, power_wide)
#define SLOW(x, y) pow(x, y)
#define MAY_FAIL
#include "kernel/elementary_element.h"
#include "kernel/tmpl/blocks.h"
#include "kernel/elementary_no_element.h"
#define SFX f32
#define T float
#define LOAD load_floats
#define STORE store_floats
#define GATHER gather_floats
#define GET(p) (*(const T *)(p))
#define PUT(p, v) (*(T *)(p) = (T)(v))
#define OP power
#define FINE(x, y) both(LOG_FINE(x), FINITE(y))
#define FAST(x, y) power_narrow(x, y)
#define SAFE 1.0
#define REST(x, y, w, odd) power_odd(x, y, w, odd, power_narrow)
#define SLOW(x, y) powf((float)(x), (float)(y))
#include "kernel/tmpl/blocks.h"
#endif
