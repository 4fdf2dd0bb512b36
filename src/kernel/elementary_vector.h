/* Vectors of doubles of the CPU level's own width, for the elementary functions. Every operation
 * here has one result on all levels: fused products, which the baseline takes from libm, included.
 */
#ifndef FNP_KERNEL_ELEMENTARY_VECTOR_H
#define FNP_KERNEL_ELEMENTARY_VECTOR_H

#include <immintrin.h>

#include "kernel/tmpl/names.h"

#ifdef FLOAT_LANES
#include "kernel/elementary_floats.h"
#else
#include "kernel/elementary_doubles.h"
#endif

#define NORMAL_BITS ((lane_bits)1 << MANTISSA)
#define INFINITY_BITS ((lane_bits)(2 * BIAS + 1) << MANTISSA)
#define SIGN_AND_EXPONENT (-NORMAL_BITS)
#define BITS_OF_POWER(n) ((lane_bits)(BIAS + (n)) << MANTISSA) /* the bits of 2^n */
#define LAST_BIT (8 * (int)sizeof(lane) - 1)

/* Bits of any number at all may wrap round. */
ALWAYS vi bits_plus(vi a, vi b)
{
    return (vi)((vu)a + (vu)b);
}
ALWAYS vi bits_minus(vi a, vi b)
{
    return (vi)((vu)a - (vu)b);
}
ALWAYS vi size_bits(vd x)
{
    return (vi)x & all_bits(MAGNITUDE_BITS);
}
ALWAYS vd size_of(vd x)
{
    return (vd)size_bits(x);
}
ALWAYS vd with_sign(vd size, vd sign)
{
#if VECTOR_BYTES == 64
    return (vd)_mm512_ternarylogic_epi64((__m512i)all_bits(MAGNITUDE_BITS), (__m512i)size,
                                         (__m512i)sign, 0xca);
#else
    return (vd)(size_bits(size) | ((vi)sign & SIGN_BIT));
#endif
}
ALWAYS vd signed_by(vd x, vu sign)
{
    return (vd)((vu)x ^ sign);
}

/* Every lane's element is `stride` bytes after the one before. */
ALWAYS bool may_gather(fnp_intp stride)
{
    return stride > -(1 << 26) && stride < 1 << 26; /* offsets are of 32 bits */
}

/* What REST in tmpl/blocks.h knows: the lanes that are done, and the flags that are due. */
typedef struct {
    vm done;
    int flags;
} odd_ones;
/* The results with `value` where `mask` says so. */
ALWAYS vd mend(vd w, vm mask, vd value, odd_ones *odd)
{
    odd->done = either(odd->done, mask);
    return pick(mask, value, w);
}
/* The same where an element is to be reported. */
ALWAYS vd mend_raise(vd w, vm mask, vd value, odd_ones *odd, int flag)
{
    if (bits_of(mask)) odd->flags |= flag;
    return mend(w, mask, value, odd);
}
ALWAYS vd mend_invalid(vd w, vm mask, odd_ones *odd)
{
    return mend_raise(w, mask, (vd)all_bits(SIGN_BIT | INFINITY_BITS | NORMAL_BITS >> 1), odd,
                      FNP_FP_INVALID);
}
ALWAYS vm is_nan(vd x)
{
    return less(all_bits(INFINITY_BITS), size_bits(x));
}
/* NaNs stay what they are. */
ALWAYS vd mend_nan(vd w, vd x, odd_ones *odd)
{
    return mend(w, is_nan(x), x, odd);
}
ALWAYS vm is_infinite(vd x)
{
    return same(size_bits(x), all_bits(INFINITY_BITS));
}
/* How many of the smallest numbers make x, which is positive and not normal, where the mask is set;
 * elsewhere 1. (Arithmetic on such numbers themselves is slow. Bits of others would make NaNs that
 * raise a flag.) */
ALWAYS vd count_of(vm small, vd x)
{
    vd unit = (vd)all_bits(BITS_OF_POWER(MANTISSA));
    return (vd)((vi)pick(small, x, (vd)all_bits(1)) | (vi)unit) - unit;
}
/* Less than 2^TINY_POWER, or zero. */
ALWAYS vm is_tiny(vd x)
{
    return less(size_bits(x), all_bits(BITS_OF_POWER(TINY_POWER)));
}

/* Zero, or no less than 2^TINY_POWER: squares do not underflow. */
ALWAYS vm sound(vi size)
{
    return less(all_bits(SIGN_BIT + (BITS_OF_POWER(TINY_POWER) - 2)),
                bits_plus(size, all_bits(MAGNITUDE_BITS)));
}

/* But no less than what is lost in 1: powers of it do not underflow. */
ALWAYS vd square_of(vd x)
{
    return larger(x * x, all(K(0x1p-60, 0x1p-30f)));
}

/* Polynomials, the pairs of their terms side by side. */
ALWAYS vd p2(vd x, lane a, lane b)
{
    return fused(x, all(b), all(a));
}
ALWAYS vd p3(vd x, lane a, lane b, lane c)
{
    return fused(x, p2(x, b, c), all(a));
}
ALWAYS vd p4(vd x, vd x2, lane a, lane b, lane c, lane d)
{
    return fused(x2, p2(x, c, d), p2(x, a, b));
}
ALWAYS vd p5(vd x, vd x2, lane a, lane b, lane c, lane d, lane e)
{
    return fused(x2, p3(x, c, d, e), p2(x, a, b));
}
ALWAYS vd p6(vd x, vd x2, lane a, lane b, lane c, lane d, lane e, lane f)
{
    return fused(x2, p4(x, x2, c, d, e, f), p2(x, a, b));
}

/* 1 / x but for 2^-13 of it. */
ALWAYS vd inverse_near(vd x)
{
    vd y = (vd)bits_minus(all_bits(INVERSE_BITS), (vi)x);
    vd e = fused_less(x, y, all(1));
    return fused(y, fused(e, e, e), y);
}
/* 1 / x but for 2^-38 of it, of floats 2^-17, x normal: a line within 5 %, and steps that raise its
 * error to the third power, of floats one to the fourth. */
ALWAYS vd inverse_line(vd x)
{
    return (vd)bits_minus(all_bits(INVERSE_BITS), (vi)x);
}
ALWAYS vd inverse(vd x)
{
    vd y = inverse_line(x), e = fused_less(x, y, all(1));
#ifdef FLOAT_LANES
    return fused(y, fused(e, fused(e, e, e), e), y);
#else
    y = fused(y, fused(e, e, e), y);
    e = fused_less(x, y, all(1));
    return fused(y, fused(e, e, e), y);
#endif
}

/* Whether a block may be read before any of it is written. */
ALWAYS bool block_apart(const char *p, fnp_intp sp, const char *o, fnp_intp so, fnp_intp count)
{
    intptr_t d = (intptr_t)((uintptr_t)p - (uintptr_t)o);
    fnp_intp wp = sp < 0 ? -sp : sp, wo = so < 0 ? -so : so, reach = (wp > wo ? wp : wo) * count;
    if (so == 0) return false;
    return (d == 0 && sp == so) || d >= reach || d <= -reach;
}

/* Whether none of the n elements written is at p. */
ALWAYS bool scalar_apart(const char *p, const char *o, fnp_intp so, fnp_intp n)
{
    uintptr_t first = (uintptr_t)o, last = first + (uintptr_t)(so * (n - 1)), at = (uintptr_t)p;
    uintptr_t low = first < last ? first : last, high = first < last ? last : first;
    return so != 0 && (at + sizeof(double) <= low || at >= high + sizeof(double));
}

#endif
