/* log, log2, log10, log1p, arcsinh, arccosh and arctanh of float, double and half; compiled once
 * per CPU level, with the same bits on every level, for every stride and place. Largest error
 * measured, in ulp: log 0.61, log2 0.64, log10 0.67, log1p 0.67, arcsinh 0.57, arccosh 0.54,
 * arctanh 0.58; of halves 0.51.
 */
#include "kernel/elementary_log.h"

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
    log_parts s = log_split(count_of(small, x));
    s.k = s.k - (BIAS + MANTISSA - 1);
    return mend(w, small, log_joined(s, NULL, b), odd);
}

/* log(u + lack), u no more than 2^(BIAS - 23) */
ALWAYS vd log_of_two(vd u, vd lack)
{
    log_parts s = log_split(u);
    vd rest = lack * (vd)(s.factor - (s.off & all_bits(SIGN_AND_EXPONENT))); /* over m */
    vd r = fused_less(s.r, s.r, s.r);                                        /* rest / (1 + s.r) */
    rest = fused_less(rest, r, rest);
    return log_joined(s, &rest, &base_e);
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
    return log_joined(s, NULL, &base_e);
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
    over = fused(over, fused_less(den, over, all(1)), over);
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

#include "kernel/elementary_element.h"
#include "kernel/tmpl/elementary_log.h"
#ifdef FLOAT_LANES
/* The same of halves, without what only floats need. */
ALWAYS vd log_rough(vd x, const log_base *b)
{
    log_parts s = log_split(x);
    vu j = (vu)s.off >> (MANTISSA - 4);
    vd r = s.r, step = look16(b->step, j) + look16(b->step_low, j);
    vd start = b->two == 1 ? s.k + step : fused(s.k, all(b->two + b->two_low), step);
    vd q = p3(r, b->cubic[0], b->cubic[1], b->cubic[2]);
    return fused(r, fused(r, q, all(b->scale)), start);
}
#include "kernel/elementary_half.h"
#include "kernel/tmpl/elementary_log.h"
#endif
