/* Elementary functions of one complex type, by C99's complex library. C: C's complex type; CM(f):
 * its function. */
typedef union {
    T t;
    C c;
} FN(pun);
#define AS_C(x) (((FN(pun)){.t = (x)}).c)
#define AS_T(x) (((FN(pun)){.c = (x)}).t)
#define VIA(name, fn)                                                                              \
    ALWAYS T FN(name)(T x)                                                                         \
    {                                                                                              \
        return AS_T(CM(fn)(AS_C(x)));                                                              \
    }
VIA(sqrt, csqrt)
VIA(exp, cexp)
VIA(log, clog)
VIA(sin, csin)
VIA(cos, ccos)
VIA(tan, ctan)
VIA(arcsin, casin)
VIA(arccos, cacos)
VIA(arctan, catan)
VIA(sinh, csinh)
VIA(cosh, ccosh)
VIA(tanh, ctanh)
VIA(arcsinh, casinh)
VIA(arccosh, cacosh)
VIA(arctanh, catanh)
#undef VIA
#define OP sqrt
#include "kernel/tmpl/unary.h"
#define OP exp
#include "kernel/tmpl/unary.h"
#define OP log
#include "kernel/tmpl/unary.h"
#define OP sin
#include "kernel/tmpl/unary.h"
#define OP cos
#include "kernel/tmpl/unary.h"
#define OP tan
#include "kernel/tmpl/unary.h"
#define OP arcsin
#include "kernel/tmpl/unary.h"
#define OP arccos
#include "kernel/tmpl/unary.h"
#define OP arctan
#include "kernel/tmpl/unary.h"
#define OP sinh
#include "kernel/tmpl/unary.h"
#define OP cosh
#include "kernel/tmpl/unary.h"
#define OP tanh
#include "kernel/tmpl/unary.h"
#define OP arcsinh
#include "kernel/tmpl/unary.h"
#define OP arccosh
#include "kernel/tmpl/unary.h"
#define OP arctanh
#include "kernel/tmpl/unary.h"
ALWAYS T FN(exp2)(T x)
{
    const R ln2 = (R)0.693147180559945309417232121458176568L;
    return FN(exp)((T){x.re * ln2, x.im * ln2});
}
#define OP exp2
#include "kernel/tmpl/unary.h"
ALWAYS T FN(expm1)(T x)
{
    R s = M(sin)(x.im / 2);
    return (T){M(expm1)(x.re) * M(cos)(x.im) - 2 * s * s, M(exp)(x.re) * M(sin)(x.im)};
}
#define OP expm1
#include "kernel/tmpl/unary.h"
ALWAYS T FN(log2)(T x)
{
    const R log2e = (R)1.442695040888963407359924681001892137L;
    T l = FN(log)(x);
    return (T){l.re * log2e, l.im * log2e};
}
#define OP log2
#include "kernel/tmpl/unary.h"
ALWAYS T FN(log10)(T x)
{
    const R log10e = (R)0.434294481903251827651128918916605082L;
    T l = FN(log)(x);
    return (T){l.re * log10e, l.im * log10e};
}
#define OP log10
#include "kernel/tmpl/unary.h"
ALWAYS T FN(log1p)(T x)
{
    R len = M(hypot)(x.re + 1, x.im);
    return (T){M(log)(len), M(atan2)(x.im, x.re + 1)};
}
#define OP log1p
#include "kernel/tmpl/unary.h"
/* Small whole exponents are products; the rest is C's cpow, but for a zero base. */
static T FN(power)(T a, T b)
{
    if (b.re == 0 && b.im == 0) return (T){1, 0};
    if (a.re == 0 && a.im == 0) {
        if (b.re > 0) return (T){0, 0};
        fnp_fp_raise(FNP_FP_INVALID);
        return (T){(R)NAN, (R)NAN};
    }
    if (b.im == 0 && b.re > -100 && b.re < 100 && b.re == M(rint)(b.re)) {
        int n = (int)b.re, e = n < 0 ? -n : n;
        if (n == 1) return a;
        /* a square and a cube are plain products; others begin with one, which turns an infinity
         * beside a zero into NaN */
        T r = {1, 0}, p = a;
        bool started = n != 2 && n != 3;
        for (;; e >>= 1) {
            if (e & 1) {
                r = started ? (T){r.re * p.re - r.im * p.im, r.re * p.im + r.im * p.re} : p;
                started = true;
            }
            if (e <= 1) break;
            p = (T){p.re * p.re - p.im * p.im, p.re * p.im + p.im * p.re};
        }
        if (n > 0) return r;
        /* one over it, as the division 1 / r has it: signs of zero and NaNs come from there */
        R rr = M(fabs)(r.re), ri = M(fabs)(r.im);
        if (rr >= ri) {
            R ratio = r.im / r.re, scale = 1 / (r.re + r.im * ratio);
            return (T){(1 + 0 * ratio) * scale, (0 - ratio) * scale};
        }
        R ratio = r.re / r.im, scale = 1 / (r.im + r.re * ratio);
        return (T){(ratio + 0) * scale, (0 * ratio - 1) * scale};
    }
    return AS_T(CM(cpow)(AS_C(a), AS_C(b)));
}
#define OP power
#include "kernel/tmpl/binary.h"
#define OT R
#define OST(p, v) (*(R *)(p) = (v))
#ifdef IS_LONG
ALWAYS R FN(absolute)(T x)
{
    return M(hypot)(x.re, x.im);
}
#define OP absolute
#include "kernel/tmpl/unary.h"
#endif
ALWAYS R FN(arg)(T x)
{
    return M(atan2)(x.im, x.re);
}
#define OP arg
#include "kernel/tmpl/unary.h"
#undef OT
#undef OST
#undef AS_C
#undef AS_T
