/* Elementary functions of one floating-point type, by libm; of float and double most are in
 * elementary_*.c. */
#define MATH1 "kernel/tmpl/unary.h"
#define MATH2 "kernel/tmpl/binary.h"
ALWAYS W FN(cbrt)(W x)
{
    return M(cbrt)(x);
}
#if IS_LONG
#define OP cbrt
#include MATH1
#endif
ALWAYS W FN(exp)(W x)
{
    return M(exp)(x);
}
#if IS_LONG
#define OP exp
#include MATH1
#endif
ALWAYS W FN(exp2)(W x)
{
    return M(exp2)(x);
}
#if IS_LONG
#define OP exp2
#include MATH1
#endif
ALWAYS W FN(expm1)(W x)
{
    return M(expm1)(x);
}
#if IS_LONG
#define OP expm1
#include MATH1
#endif
ALWAYS W FN(log)(W x)
{
    return M(log)(x);
}
#if IS_LONG
#define OP log
#include MATH1
#endif
ALWAYS W FN(log2)(W x)
{
    return M(log2)(x);
}
#if IS_LONG
#define OP log2
#include MATH1
#endif
ALWAYS W FN(log10)(W x)
{
    return M(log10)(x);
}
#if IS_LONG
#define OP log10
#include MATH1
#endif
ALWAYS W FN(log1p)(W x)
{
    return M(log1p)(x);
}
#if IS_LONG
#define OP log1p
#include MATH1
#endif
ALWAYS W FN(sin)(W x)
{
    return M(sin)(x);
}
#if IS_LONG
#define OP sin
#include MATH1
#endif
ALWAYS W FN(cos)(W x)
{
    return M(cos)(x);
}
#if IS_LONG
#define OP cos
#include MATH1
#endif
ALWAYS W FN(tan)(W x)
{
    return M(tan)(x);
}
#if IS_LONG
#define OP tan
#include MATH1
#endif
ALWAYS W FN(arcsin)(W x)
{
    return M(asin)(x);
}
#if IS_LONG
#define OP arcsin
#include MATH1
#endif
ALWAYS W FN(arccos)(W x)
{
    return M(acos)(x);
}
#if IS_LONG
#define OP arccos
#include MATH1
#endif
ALWAYS W FN(arctan)(W x)
{
    return M(atan)(x);
}
#if IS_LONG
#define OP arctan
#include MATH1
#endif
ALWAYS W FN(sinh)(W x)
{
    return M(sinh)(x);
}
#if IS_LONG
#define OP sinh
#include MATH1
#endif
ALWAYS W FN(cosh)(W x)
{
    return M(cosh)(x);
}
#if IS_LONG
#define OP cosh
#include MATH1
#endif
ALWAYS W FN(tanh)(W x)
{
    return M(tanh)(x);
}
#if IS_LONG
#define OP tanh
#include MATH1
#endif
ALWAYS W FN(arcsinh)(W x)
{
    return M(asinh)(x);
}
#if IS_LONG
#define OP arcsinh
#include MATH1
#endif
ALWAYS W FN(arccosh)(W x)
{
    return M(acosh)(x);
}
#if IS_LONG
#define OP arccosh
#include MATH1
#endif
ALWAYS W FN(arctanh)(W x)
{
    return M(atanh)(x);
}
#if IS_LONG
#define OP arctanh
#include MATH1
#endif
ALWAYS W FN(degrees)(W x)
{
    return x * ((W)180 / (W)3.141592653589793238462643383279502884L);
}
#define OP degrees
#include MATH1
ALWAYS W FN(rad2deg)(W x)
{
    return FN(degrees)(x);
}
#define OP rad2deg
#include MATH1
ALWAYS W FN(radians)(W x)
{
    return x * ((W)3.141592653589793238462643383279502884L / (W)180);
}
#define OP radians
#include MATH1
ALWAYS W FN(deg2rad)(W x)
{
    return FN(radians)(x);
}
#define OP deg2rad
#include MATH1
ALWAYS W FN(arctan2)(W a, W b)
{
    return M(atan2)(a, b);
}
#if IS_LONG
#define OP arctan2
#include MATH2
#endif
ALWAYS W FN(hypot)(W a, W b)
{
    return M(hypot)(a, b);
}
#if IS_LONG
#define OP hypot
#define FOLD
#include MATH2
#endif
/* log(e^a + e^b): the larger one is taken out, so that nothing overflows. */
ALWAYS W FN(logaddexp)(W a, W b)
{
    if (a == b) return a + (W)0.693147180559945309417232121458176568L;
    W d = a - b;
    if (isgreater(d, 0)) return a + M(log1p)(M(exp)(-d));
    if (islessequal(d, 0)) return b + M(log1p)(M(exp)(d));
    return d;
}
#define OP logaddexp
#define FOLD
#include MATH2
ALWAYS W FN(logaddexp2)(W a, W b)
{
    const W log2e = (W)1.442695040888963407359924681001892137L;
    if (a == b) return a + 1;
    W d = a - b;
    if (isgreater(d, 0)) return a + log2e * M(log1p)(M(exp2)(-d));
    if (islessequal(d, 0)) return b + log2e * M(log1p)(M(exp2)(d));
    return d;
}
#define OP logaddexp2
#define FOLD
#include MATH2
ALWAYS W FN(heaviside)(W x, W at0)
{
    if (x != x) return x;
    return x == 0 ? at0 : x < 0 ? (W)0 : (W)1;
}
#define OP heaviside
#include MATH2
HIDDEN_KERNEL void KN(modf)(KERNEL_ARGS)
{
    char *a = args[0], *f = args[1], *w = args[2];
    for (fnp_intp i = 0; i < dims[0]; i++, a += steps[0], f += steps[1], w += steps[2]) {
        W x = LD(a), whole = M(trunc)(x);
        bool endless = M(fabs)(x) == (W)INFINITY;
        W frac = endless ? 0 : x - (endless ? 0 : whole);
        ST(f, M(copysign)(frac, x));
        ST(w, whole);
    }
}
#if IS_HALF || IS_LONG
HIDDEN_KERNEL void KN(frexp)(KERNEL_ARGS)
{
    char *a = args[0], *m = args[1], *e = args[2];
    for (fnp_intp i = 0; i < dims[0]; i++, a += steps[0], m += steps[1], e += steps[2]) {
        int exponent = 0;
        W x = LD(a);
        if (isfinite(x)) x = M(frexp)(x, &exponent);
        ST(m, x);
        *(int *)e = exponent;
    }
}
HIDDEN_KERNEL void KN(ldexp)(KERNEL_ARGS)
{
    char *a = args[0], *e = args[1], *o = args[2];
    for (fnp_intp i = 0; i < dims[0]; i++, a += steps[0], e += steps[1], o += steps[2])
        ST(o, M(ldexp)(LD(a), *(const int *)e));
}
HIDDEN_KERNEL void KN(ldexp_l)(KERNEL_ARGS)
{
    char *a = args[0], *e = args[1], *o = args[2];
    for (fnp_intp i = 0; i < dims[0]; i++, a += steps[0], e += steps[1], o += steps[2]) {
        long n = *(const long *)e;
        ST(o, M(ldexp)(LD(a), n > 100000 ? 100000 : n < -100000 ? -100000 : (int)n));
    }
}
#endif
#if IS_HALF
/* Neighbours of a half are neighbours among its bit patterns. */
static uint16_t half_next(uint16_t x, int up)
{
    if ((x & 0x7fff) == 0) return up ? 1 : 0x8001;
    return (uint16_t)(((x & 0x8000) == 0) == up ? x + 1 : x - 1);
}
static int half_is_nan(uint16_t x)
{
    return (x & 0x7fff) > 0x7c00;
}
HIDDEN_KERNEL void KN(nextafter)(KERNEL_ARGS)
{
    char *a = args[0], *b = args[1], *o = args[2];
    for (fnp_intp i = 0; i < dims[0]; i++, a += steps[0], b += steps[1], o += steps[2]) {
        uint16_t x = *(uint16_t *)a, y = *(uint16_t *)b, r = x;
        float fx = LD(a), fy = LD(b);
        if (half_is_nan(x) || half_is_nan(y)) {
            r = 0x7e00;
        } else if (fx == fy) {
            r = x;
        } else {
            r = half_next(x, fy > fx);
        }
        if ((r & 0x7fff) == 0x7c00 && (x & 0x7fff) != 0x7c00) fnp_fp_raise(FNP_FP_OVER);
        *(uint16_t *)o = r;
    }
}
HIDDEN_KERNEL void KN(spacing)(KERNEL_ARGS)
{
    char *a = args[0], *o = args[1];
    for (fnp_intp i = 0; i < dims[0]; i++, a += steps[0], o += steps[1]) {
        uint16_t x = *(uint16_t *)a, r;
        if ((x & 0x7c00) == 0x7c00) {
            fnp_fp_raise(FNP_FP_INVALID);
            r = 0x7e00;
        } else {
            r = half_next(x, 1);
            if (r == 0x7c00)
                fnp_fp_raise(FNP_FP_OVER);
            else
                r = fnp_half_from_float(fnp_half_to_float(r) - fnp_half_to_float(x));
        }
        *(uint16_t *)o = r;
    }
}
#else
ALWAYS W FN(nextafter)(W a, W b)
{
    return M(nextafter)(a, b);
}
#define OP nextafter
#include MATH2
ALWAYS W FN(spacing)(W x)
{
    /* by its exponent, where x is neither tiny nor next to infinity */
    if (sizeof x == 8) {
        uint64_t bits;
        memcpy(&bits, &x, sizeof bits);
        uint64_t field = bits >> 52 & 2047;
        if (FNP_LIKELY(field > 52 && field < 2046)) {
            bits = (bits & 1ull << 63) | (field - 52) << 52;
            memcpy(&x, &bits, sizeof bits);
            return x;
        }
    } else if (sizeof x == 4) {
        uint32_t bits;
        memcpy(&bits, &x, sizeof bits);
        uint32_t field = bits >> 23 & 255;
        if (FNP_LIKELY(field > 23 && field < 254)) {
            bits = (bits & 1u << 31) | (field - 23) << 23;
            memcpy(&x, &bits, sizeof bits);
            return x;
        }
    }
    if (!isfinite(x)) return (W)NAN;
    if (x == 0) x = 0;
    return M(nextafter)(x, M(copysign)((W)INFINITY, x)) - x;
}
#define OP spacing
#include MATH1
#endif
#undef MATH1
#undef MATH2
