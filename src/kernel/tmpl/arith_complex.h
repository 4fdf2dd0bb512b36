/* Arithmetic on one complex type. */
ALWAYS T FN(add)(T a, T b)
{
    return (T){a.re + b.re, a.im + b.im};
}
/* Pairwise, as for the real types, on the real and imaginary parts side by side: four accumulators
 * of each. */
static T FN(pairwise)(const char *p, fnp_intp n, fnp_intp stride)
{
    if (n < 4) {
        T s = {(R)-0.0, (R)-0.0};
        for (fnp_intp i = 0; i < n; i++, p += stride) s = FN(add)(s, LD(p));
        return s;
    }
    if (n <= 64) {
        R acc[8];
        fnp_intp i = 4, whole = n - n % 4;
        if (stride == sizeof(T)) {
            const R *q = (const R *)p;
            for (int k = 0; k < 8; k++) acc[k] = q[k];
            for (; i < whole; i += 4)
                for (int k = 0; k < 8; k++) acc[k] += q[2 * i + k];
        } else {
            for (int k = 0; k < 8; k++) acc[k] = ((const R *)(p + k / 2 * stride))[k % 2];
            for (; i < whole; i += 4)
                for (int k = 0; k < 8; k++)
                    acc[k] += ((const R *)(p + (i + k / 2) * stride))[k % 2];
        }
        T s = {(acc[0] + acc[2]) + (acc[4] + acc[6]), (acc[1] + acc[3]) + (acc[5] + acc[7])};
        for (; i < n; i++) s = FN(add)(s, LD(p + i * stride));
        return s;
    }
    fnp_intp half = n / 2;
    half -= half % 4;
    T low = FN(pairwise)(p, half, stride);
    return FN(add)(low, FN(pairwise)(p + half * stride, n - half, stride));
}
ALWAYS T FN(pairsum)(T start, const char *p, fnp_intp n, fnp_intp stride)
{
    return FN(add)(start, FN(pairwise)(p, n, stride));
}
#define OP add
#define REDUCE pairsum
#include "kernel/tmpl/binary.h"
ALWAYS T FN(subtract)(T a, T b)
{
    return (T){a.re - b.re, a.im - b.im};
}
#define OP subtract
#define FOLD
#include "kernel/tmpl/binary.h"
/* The first product of each part is not rounded, on every CPU level: what the reference does where
 * there is FMA. */
ALWAYS T FN(multiply)(T a, T b)
{
    if (sizeof(R) > 8) return (T){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
    return (T){M(fma)(a.re, b.re, -(a.im * b.im)), M(fma)(a.re, b.im, a.im * b.re)};
}
#define OP multiply
#define FOLD
#include "kernel/tmpl/binary.h"
/* (The flags of a division are seen: no liberties here.) */
#pragma GCC push_options
#pragma GCC optimize("trapping-math")
/* R. L. Smith, "Algorithm 116: complex division" (1962). Both cases are one formula with the parts
 * chosen, not two branches: a compiler that computes both would divide by zero where nobody asked
 * it to. */
ALWAYS T FN(divide)(T a, T b)
{
    R br = M(fabs)(b.re), bi = M(fabs)(b.im);
    bool wide = br >= bi; /* |re| is the divisor that cannot overflow the ratio */
    R big = wide ? b.re : b.im, small = wide ? b.im : b.re;
    bool zero = big == 0 && small == 0;
    R ratio = small / (zero ? 1 : big), scale = 1 / (zero ? 1 : big + small * ratio);
    R re_big = wide ? a.re : a.im, re_small = wide ? a.im : a.re;
    R im_big = wide ? a.im : -a.re, im_small = wide ? -a.re : a.im;
    R re = (re_big + (zero ? 0 : re_small) * ratio) * scale,
      im = (im_big + (zero ? 0 : im_small) * ratio) * scale;
    /* By zero: each part by itself, with the flags of a real division. */
    R real_divisor = zero ? br : 1;
    R re0 = a.re / real_divisor, im0 = a.im / real_divisor;
    return zero ? (T){re0, im0} : (T){re, im};
}
#define OP divide
#define FOLD
#include "kernel/tmpl/binary.h"
#pragma GCC pop_options
ALWAYS T FN(negative)(T a)
{
    return (T){-a.re, -a.im};
}
#define OP negative
#include "kernel/tmpl/unary.h"
ALWAYS T FN(positive)(T a)
{
    return a;
}
#define OP positive
#include "kernel/tmpl/unary.h"
ALWAYS T FN(conjugate)(T a)
{
    return (T){a.re, -a.im};
}
#define OP conjugate
#include "kernel/tmpl/unary.h"
ALWAYS T FN(ones_like)(T a)
{
    return (T){1, 0};
}
#define OP ones_like
#include "kernel/tmpl/unary.h"
ALWAYS T FN(square)(T a)
{
    if (sizeof(R) > 8) return (T){a.re * a.re - a.im * a.im, a.re * a.im + a.im * a.re};
    return (T){M(fma)(a.re, a.re, -(a.im * a.im)), a.re * a.im + a.im * a.re};
}
#define OP square
#include "kernel/tmpl/unary.h"
ALWAYS T FN(reciprocal)(T a)
{
    if (M(fabs)(a.im) <= M(fabs)(a.re)) {
        R ratio = a.im / a.re, d = a.re + a.im * ratio;
        return (T){1 / d, -ratio / d};
    }
    R ratio = a.re / a.im, d = a.re * ratio + a.im;
    return (T){ratio / d, -1 / d};
}
#define OP reciprocal
#include "kernel/tmpl/unary.h"
ALWAYS T FN(rint)(T a)
{
    return (T){M(rint)(a.re), M(rint)(a.im)};
}
#define OP rint
#include "kernel/tmpl/unary.h"
/* Unit phase; zero and NaN as they are, infinities as their directions. */
ALWAYS T FN(sign)(T a)
{
    R m = M(hypot)(a.re, a.im);
    if (m != m || (isinf(a.re) && isinf(a.im))) return (T){(R)NAN, (R)NAN};
    if (isinf(m)) {
        if (isinf(a.re)) return (T){a.re > 0 ? 1 : -1, 0};
        return (T){0, a.im > 0 ? 1 : -1};
    }
    if (m == 0) return (T){0, 0};
    return (T){a.re / m, a.im / m};
}
#define OP sign
#include "kernel/tmpl/unary.h"
#define ISNAN_(a) ((a).re != (a).re || (a).im != (a).im)
ALWAYS int FN(k_ge)(T a, T b)
{
    return a.re > b.re ? !(a.im != a.im || b.im != b.im) : a.re == b.re && a.im >= b.im;
}
ALWAYS T FN(maximum)(T a, T b)
{
    return ISNAN_(a) || FN(k_ge)(a, b) ? a : b;
}
#define OP maximum
#define FOLD
#include "kernel/tmpl/binary.h"
ALWAYS T FN(minimum)(T a, T b)
{
    return ISNAN_(a) || FN(k_ge)(b, a) ? a : b;
}
#define OP minimum
#define FOLD
#include "kernel/tmpl/binary.h"
ALWAYS T FN(fmax)(T a, T b)
{
    return ISNAN_(b) || FN(k_ge)(a, b) ? a : b;
}
#define OP fmax
#define FOLD
#include "kernel/tmpl/binary.h"
ALWAYS T FN(fmin)(T a, T b)
{
    return ISNAN_(b) || FN(k_ge)(b, a) ? a : b;
}
#define OP fmin
#define FOLD
#include "kernel/tmpl/binary.h"
ALWAYS T FN(clip)(T x, T lo, T hi)
{
    return FN(minimum)(FN(maximum)(x, lo), hi);
}
#include "kernel/tmpl/clip.h"
#undef ISNAN_
