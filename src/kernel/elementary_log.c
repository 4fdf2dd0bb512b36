/* log, log2, log10, log1p, arcsinh, arccosh, arctanh and power of float and double; compiled once
 * per CPU level, with the same bits on every level, for every stride and place. What is out of the
 * ordinary goes to libm.
 *
 * Argument reduction with tables after Tang (Table-driven implementation of the logarithm function,
 * TOMS 1990): x = 2^k m, and m times a factor of a few bits is 1 + r, exactly. Sixteen factors,
 * which fit two registers; for power, whose logarithm needs 68 bits, 128.
 * Largest error measured, in ulp: log 0.61, log2 0.64, log10 0.67, log1p 0.67, arcsinh 0.57,
 * arccosh 0.54, arctanh 0.58, power 0.55.
 */
#include "kernel/elementary_exp.h"

/* One base: log of 2 and 1 / log of the base, in two parts each; log(1 + r) / log base is
 * r / log base - r^2 * half + r^3 cubic; of floats r / log base + r^2 cubic. */
typedef struct {
    const lane *step, *step_low;
    lane two, two_low, scale, scale_low, half, cubic[9];
} log_base;
#ifdef FLOAT_LANES
static const log_base base_e = {log_step,
                                log_step_low,
                                0x1.62e4p-1f,
                                0x1.7f7d1cp-20f,
                                1,
                                0,
                                0,
                                {-0x1.fffff0p-2f, 0x1.55553ap-2f, -0x1.00734ep-2f, 0x1.9aa01ep-3f}};
static const log_base base_2 = {log2_step,
                                log2_step_low,
                                1,
                                0,
                                0x1.715476p+0f,
                                0x1.4ae0c0p-26f,
                                0,
                                {-0x1.71546cp-1f, 0x1.ec7076p-2f, -0x1.71fad0p-2f, 0x1.283422p-2f}};
static const log_base base_10 = {
    log10_step,
    log10_step_low,
    0x1.344p-2f,
    0x1.3509f8p-18f,
    0x1.bcb7b2p-2f,
    -0x1.5b235ep-27f,
    0,
    {-0x1.bcb7a4p-3f, 0x1.287a5ep-3f, -0x1.bd8000p-4f, 0x1.64aa2cp-4f}};
#else
static const log_base base_e = {log_step,
                                log_step_low,
                                0x1.62e42fefa3800p-1,
                                0x1.ef35793c76730p-45,
                                1,
                                0,
                                -0.5,
                                {0x1.5555555555557p-2, -0x1.fffffffffe6c5p-3, 0x1.9999999993d58p-3,
                                 -0x1.5555556d05999p-3, 0x1.24924953f28cbp-3, -0x1.ffff141f03470p-4,
                                 0x1.c71b23a9d514fp-4, -0x1.9b7861f39a66fp-4,
                                 0x1.767187a6f2251p-4}};
static const log_base base_2 = {log2_step,
                                log2_step_low,
                                1,
                                0,
                                0x1.71547652b82fep+0,
                                0x1.777d0ffda0d24p-56,
                                -0x1.71547652b82fep-1,
                                {0x1.ec709dc3a0400p-2, -0x1.71547652b70cbp-2, 0x1.2776c50ef5972p-2,
                                 -0x1.ec709de5cd230p-3, 0x1.a61762ec07506p-3, -0x1.7153cc2c28a02p-3,
                                 0x1.484a22d48837cp-3, -0x1.28d0236f5b9f1p-3,
                                 0x1.0e1a976cbc0d7p-3}};
static const log_base base_10 = {log10_step,
                                 log10_step_low,
                                 0x1.34413509f8000p-2,
                                 -0x1.80433b83b532ap-44,
                                 0x1.bcb7b1526e50ep-2,
                                 0x1.95355baaafad3p-57,
                                 -0x1.bcb7b1526e50ep-3,
                                 {0x1.287a7636f4360p-3, -0x1.bcb7b1526cf24p-4, 0x1.63c62775200b6p-4,
                                  -0x1.287a764b8790dp-4, 0x1.fc3fa6675d503p-5,
                                  -0x1.bcb6e470b28cep-5, 0x1.8b4cd0bead378p-5,
                                  -0x1.656604f99f433p-5, 0x1.453ccae54a692p-5}};
#endif

#define LOG_START K(INT64_C(0x3fe6800000000000), INT32_C(0x3f340000)) /* m is in [0.703, 1.406) */
typedef struct {
    vd k, r;
    vi off, factor; /* the factor's bits; at the exponent's place of off, k */
} log_parts;
ALWAYS log_parts log_split(vd x)
{
    vi off = (vi)x - all_bits(LOG_START);
    vd factor = look16(log_factor, (vu)off >> (MANTISSA - 4));
    vd m = (vd)((vi)x - (off & all_bits(SIGN_AND_EXPONENT)));
    return (log_parts){exponent_of(off), fused(m, factor, all(-1)), off, (vi)factor};
}
/* The logarithm of a number that log_split parted, `rest` more than r says. */
ALWAYS vd log_joined(log_parts s, vd rest, const log_base *b)
{
    vu j = (vu)s.off >> (MANTISSA - 4);
    const lane *c = b->cubic;
    vd r = s.r, r2 = r * r, start = fused(s.k, all(b->two), look16(b->step, j)), w;
    vd low = fused(s.k, all(b->two_low), look16(b->step_low, j)) + rest;
    if (b->scale == 1) {
        w = start + r;
        low = low + ((start - w) + r);
    } else {
        vd line = r * b->scale, line_low = fused(r, all(b->scale), -line);
        w = start + line;
        low = fused(r, all(b->scale_low), low + (((start - w) + line) + line_low));
    }
#ifdef FLOAT_LANES
    vd q = fused(r, p3(r, c[1], c[2], c[3]), all(c[0]));
#else
    vd r4 = r2 * r2, q = p4(r, r2, c[4], c[5], c[6], c[7]);
    q = fused(r4, fused(r4, all(c[8]), q), p4(r, r2, c[0], c[1], c[2], c[3]));
    q = fused(r, q, all(b->half));
#endif
    return w + fused(r2, q, low);
}

#define LOG_FINE(x)                                                                                \
    below(bits_minus((vi)(x), all_bits(NORMAL_BITS)), all_bits(INFINITY_BITS - NORMAL_BITS))
ALWAYS vd log_fast(vd x, const log_base *b)
{
    return log_joined(log_split(x), (vd){0}, b);
}

/* Infinity and NaNs are their own logarithms. */
ALWAYS vd log_mend(vd w, vd x, odd_ones *odd)
{
    return mend(w, either(is_nan(x), same((vi)x, all_bits(INFINITY_BITS))), x, odd);
}
ALWAYS vd log_odd(vd x, vd w, odd_ones *odd, const log_base *b)
{
    w = log_mend(w, x, odd);
    w = mend_raise(w, same(size_bits(x), (vi){0}), all(-INFINITY), odd, FNP_FP_DIVIDE);
    w = mend_invalid(w, both(not(odd->done), less((vi)x, (vi){0})), odd);
    vm small = not(odd->done);
    if (!bits_of(small)) return w;
    log_parts s = log_split(pick(small, count_of(x), all(1)));
    s.k = s.k - (BIAS + MANTISSA - 1);
    return mend(w, small, log_joined(s, (vd){0}, b), odd);
}

/* log(u + lack), u no more than 2^(BIAS - 23) */
ALWAYS vd log_of_two(vd u, vd lack)
{
    log_parts s = log_split(u);
    vd rest = lack * (vd)(s.factor - (s.off & all_bits(SIGN_AND_EXPONENT))); /* over m */
    vd r = fused_less(s.r, s.r, s.r);                                        /* rest / (1 + s.r) */
    return log_joined(s, fused_less(rest, r, rest), &base_e);
}

#define LOG1P_FINE(x)                                                                              \
    both(less((vi)(x), all_bits(BITS_OF_POWER(BIAS - 23))),                                        \
         below((vi)(x), all_bits(SIGN_BIT | BITS_OF_POWER(0))))
ALWAYS vd log1p_fast(vd x)
{
    vd u = 1 + x, v = u - 1;
    return with_sign(log_of_two(u, (1 - (u - v)) + (x - v)), x);
}

ALWAYS vd log1p_odd(vd x, vd w, odd_ones *odd)
{
    w = log_mend(w, x, odd);
    w = mend_raise(w, same((vi)x, (vi)all(-1)), all(-INFINITY), odd, FNP_FP_DIVIDE);
    w = mend_invalid(w, both(not(odd->done), less((vi)x, (vi){0})), odd);
    vm large = not(odd->done);
    if (!bits_of(large)) return w;
    return mend(w, large, log_fast(pick(large, x, all(1)), &base_e), odd);
}

/* The inverse hyperbolic functions: logarithms of sums and quotients in two parts. Small operands
 * are their own results. */
#define SMALL_POWER K(-27, -13)
ALWAYS vd arc_small(vd x, vd y)
{
    return with_sign(pick(less(size_bits(x), all_bits(BITS_OF_POWER(SMALL_POWER))), x, y), x);
}
/* What the root of s + lack is more than h. */
ALWAYS vd root_lack(vd h, vd s, vd lack)
{
    return 0.5 * (fused_less(h, h, s) + lack) * inverse(h);
}
#define ARCSINH_FINE(x)                                                                            \
    both(sound(size_bits(x)), less(size_bits(x), all_bits(BITS_OF_POWER(K(400, 50)))))
ALWAYS vd arcsinh_fast(vd x)
{
    vd size = size_of(x), square = square_of(size), square_low = fused(size, size, -square);
    vd s = square + 1, v = s - 1, s_low = ((square - v) + (1 - (s - v))) + square_low;
    vd h = root(s), u = h + size, u_low = ((h - u) + size) + root_lack(h, s, s_low);
    return arc_small(x, log_of_two(u, u_low));
}
/* log 2|x|, where its square is too large. */
ALWAYS vd log_twice(vd x, vm mask)
{
    log_parts s = log_split(pick(mask, size_of(x), all(1)));
    s.k = s.k + 1;
    return log_joined(s, (vd){0}, &base_e);
}
ALWAYS vd arcsinh_odd(vd x, vd w, odd_ones *odd)
{
    w = mend(w, either(either(is_tiny(x), is_nan(x)), is_infinite(x)), x, odd);
    vm large = not(odd->done);
    return bits_of(large) ? mend(w, large, with_sign(log_twice(x, large), x), odd) : w;
}
#define ARCCOSH_FINE(x)                                                                            \
    both(less(all_bits(BITS_OF_POWER(0)), (vi)(x)),                                                \
         less((vi)(x), all_bits(BITS_OF_POWER(K(400, 50)))))
ALWAYS vd arccosh_fast(vd x)
{
    vd square = x * x, square_low = fused(x, x, -square);
    vd s = square - 1, s_low = ((square - s) - 1) + square_low;
    vd h = root(s), u = x + h, u_low = ((x - u) + h) + root_lack(h, s, s_low);
    return log_of_two(u, u_low);
}
ALWAYS vd arccosh_odd(vd x, vd w, odd_ones *odd)
{
    w = log_mend(w, x, odd);
    w = mend(w, same((vi)x, (vi)all(1)), (vd){0}, odd);
    w = mend_invalid(w, both(not(odd->done), less((vi)x, (vi)all(1))), odd);
    vm large = not(odd->done);
    return bits_of(large) ? mend(w, large, log_twice(x, large), odd) : w;
}
#define ARCTANH_FINE(x) both(sound(size_bits(x)), less(size_bits(x), all_bits(BITS_OF_POWER(0))))
ALWAYS vd arctanh_fast(vd x)
{
    vd size = size_of(x), num = 1 + size, num_low = (1 - num) + size;
    vd den = 1 - size, den_low = (1 - den) - size, over = inverse(den);
#ifndef FLOAT_LANES
    over = fused(over, fused_less(den, over, all(1)), over);
#endif
    vd q = num * over;
    vd left = fused_less(q, den, num) + fused_less(q, den_low, num_low);
    vd u = fused(left, over, q);
    return arc_small(x, 0.5 * log_of_two(u, fused(left, over, q - u)));
}

ALWAYS vd arctanh_odd(vd x, vd w, odd_ones *odd)
{
    w = mend(w, either(is_tiny(x), is_nan(x)), x, odd);
    w = mend_raise(w, same(size_bits(x), (vi)all(1)), with_sign(all(INFINITY), x), odd,
                   FNP_FP_DIVIDE);
    return mend_invalid(w, not(odd->done), odd);
}

#ifndef FLOAT_LANES
/* e^(y log x), the logarithm with 68 bits. The product's size is known only on the way: where it is
 * too large, an infinity. */
#define POWER_FINE(x, y)                                                                           \
    both(LOG_FINE(x), NARROW ? less(size_bits(y), all_bits(INFINITY_BITS))                         \
                             : below(size_bits(y) - all_bits(BITS_OF_POWER(-60)),                  \
                                     all_bits(INT64_C(120) << 52)))
ALWAYS vd power_wide(vd x, vd y)
{
    vu off = (vu)x - (vu)all_bits(INT64_C(0x3fe6000000000000)), j = (off >> 45) & 127;
    vd m = (vd)((vi)x - ((vi)off & all_bits(SIGN_AND_EXPONENT))), k = exponent_of((vi)off);
    vd factor = look_up(log_inverse, j), product = m * factor, rest = fused(m, factor, -product);
    vd r = product - 1, start = fused(k, all(base_e.two), look_up(log_high, j));
    vd low = fused(k, all(base_e.two_low), look_up(log_low, j));
    vd w = start + r, half = -0.5 * r, t = fused(half, r, w);
    low = (((start - w) + r) + fused(half, r, w - t)) + (low + fused_less(r, rest, rest));
    vd r2 = r * r;
    vd q = p6(r, r2, 0x1.55555555555a9p-2, -0x1.00000000000a7p-2, 0x1.99999989b8451p-3,
              -0x1.5555553f18bb2p-3, 0x1.24992050b5b6ap-3, -0x1.000774e830df6p-3);
    low = fused(r2, r * q, low);
    vd l = t + low, l_low = low - (l - t);
    vd e = y * l, e_low = fused(y, l_low, fused(y, l, -e));
    vm far = less(all_bits(INT64_C(0x4086200000000000) - 1), size_bits(e)); /* 708 */
    vd z = exp_of_two(kept(not(far), e), kept(not(far), e_low));
    return pick(far, all(INFINITY), z);
}
/* Floats: a logarithm with 39 bits. */
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
ALWAYS vd power_fast(vd x, vd y, bool narrow)
{
    return narrow ? power_narrow(x, y) : power_wide(x, y);
}
/* Negative numbers to whole powers, zeros and infinities to finite ones. */
ALWAYS vd power_odd(vd x, vd y, vd w, odd_ones *odd, bool narrow)
{
    vd base = size_of(x), rise = size_of(y), shifted = rise + 0x1p52;
    vm zero_power = same((vi)rise, (vi){0}), one = same((vi)x, (vi)all(1));
    w = mend(w, either(zero_power, one), all(1), odd);
    w = mend(w, both(not(odd->done), is_nan(y)), y, odd);
    w = mend(w, both(not(odd->done), is_nan(x)), x, odd);
    vm under = less((vi)x, (vi){0}), down = less((vi)y, (vi){0});
    vm small = less((vi)rise, all_bits(BITS_OF_POWER(52))); /* its parity is told by a bit */
    vm whole = same((vi)(shifted - 0x1p52), (vi)rise);
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
    vd z = power_fast(pick(left, base, all(1)), pick(left, y, all(1)), narrow);
    return mend(w, both(left, less(size_bits(z), all_bits(INFINITY_BITS))), with_sign(z, sign),
                odd);
}

#define TWO
#define GROUP 4
#define OP power
#define FINE(x, y) POWER_FINE(x, y)
#define FAST(x, y) power_fast(x, y, NARROW)
#define SAFE 1.0
#define REST(x, y, w, odd) power_odd(x, y, w, odd, NARROW)
#define SLOW(x, y) M(pow)((T)(x), (T)(y))
#define SFX f32
#define T float
#define M(fn) fn##f
#define LOAD load_floats
#define STORE store_floats
#define GATHER gather_floats
#define GET(p) (*(const T *)(p))
#define PUT(p, v) (*(T *)(p) = (T)(v))
#define NARROW 1
#include "kernel/tmpl/blocks.h"
#undef SFX
#undef T
#undef M
#undef LOAD
#undef STORE
#undef GATHER
#undef GET
#undef PUT
#undef NARROW
#define OP power
#define FINE(x, y) POWER_FINE(x, y)
#define FAST(x, y) power_fast(x, y, NARROW)
#define SAFE 1.0
#define REST(x, y, w, odd) power_odd(x, y, w, odd, NARROW)
#define SLOW(x, y) M(pow)((T)(x), (T)(y))
#define MAY_FAIL
#define SFX f64
#define T double
#define M(fn) fn
#define LOAD load_lanes
#define STORE store_lanes
#define GATHER gather_lanes
#define GET(p) (*(const T *)(p))
#define PUT(p, v) (*(T *)(p) = (T)(v))
#define NARROW 0
#include "kernel/tmpl/blocks.h"
#undef SFX
#undef T
#undef M
#undef LOAD
#undef STORE
#undef GATHER
#undef GET
#undef PUT
#undef TWO
#undef GROUP
#endif

#include "kernel/elementary_element.h"
#include "kernel/tmpl/elementary_log.h"
