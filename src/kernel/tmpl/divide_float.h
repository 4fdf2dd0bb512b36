/* Division with remainder of one floating-point type, as Python's divmod: the remainder has the
 * divisor's sign and the quotient is the floor, also where the division rounds. */
ALWAYS W FN(trunc_rem)(W a, W b)
{
    /* Below 2^52 the truncated quotient q is exact or one too large, and a - q * b exact in one
     * fused step (in double for the shorter types); either way this is the bits of fmod. The bounds
     * keep the quotient from raising flags. */
#if !IS_LONG
    W x = M(fabs)(a), y = M(fabs)(b);
    if (isless(x, y) && isgreater(x, 0)) return a;
#if IS_DOUBLE
    if (isgreater(y, 1e-280) && isless(y, 1e280) && isless(x, y * 0x1p51) && isgreaterequal(x, y)) {
        double q = __builtin_trunc(x / y), r = __builtin_fma(-q, y, x);
        return copysign(r < 0 ? r + y : r, a);
    }
#else
    if (isgreater(y, 0) && isless(x, (double)y * 0x1p28) && isgreaterequal(x, y)) {
        double q = __builtin_trunc((double)x / (double)y), r = (double)x - q * (double)y;
        return M(copysign)((W)(r < 0 ? r + (double)y : r), a);
    }
#endif
#endif
    return M(fmod)(a, b);
}
ALWAYS W FN(rem_quo)(W a, W b, W *quo)
{
    W m = FN(trunc_rem)(a, b);
    if (b == 0 || m != m) {
        *quo = b == 0 ? a / b : m;
        return m;
    }
    W q = (a - m) / b;
    if (m == 0) {
        m = M(copysign)(0, b);
    } else if ((b < 0) != (m < 0)) {
        m += b;
        q -= 1;
    }
    if (q == 0) {
        *quo = M(copysign)(0, a / b);
    } else {
        W f = M(floor)(q);
        *quo = q - f > (W)0.5 ? f + 1 : f;
    }
    return m;
}
ALWAYS W FN(floor_divide)(W a, W b)
{
    if (b == 0 || a != a || b != b) return a / b;
    W q;
    FN(rem_quo)(a, b, &q);
    return q;
}
ALWAYS W FN(remainder)(W a, W b)
{
    W m = FN(trunc_rem)(a, b);
    if (b == 0 || m != m) return m;
    if (m == 0) return M(copysign)(0, b);
    return (b < 0) != (m < 0) ? m + b : m;
}
#if defined(__AVX2__) && defined(__FMA__) && !IS_LONG && !IS_HALF
#include "kernel/tmpl/divide_vector.h"
#define VECTORS_FIRST(want)                                                                        \
    char *moved[4] = {args[0], args[1], args[2], nout == 2 ? args[3] : NULL};                      \
    fnp_intp n = FN(divide_vectors)(moved, dims[0], steps, want);                                  \
    args = moved
#else
#define VECTORS_FIRST(want) fnp_intp n = dims[0]
#endif
HIDDEN_KERNEL void KN(floor_divide)(KERNEL_ARGS)
{
    enum { nout = 1 };
    VECTORS_FIRST(WANT_QUOTIENT);
    char *a = args[0], *b = args[1], *o = args[2];
    for (; n > 0; n--, a += steps[0], b += steps[1], o += steps[2])
        ST(o, FN(floor_divide)(LD(a), LD(b)));
}
HIDDEN_KERNEL void KN(remainder)(KERNEL_ARGS)
{
    enum { nout = 1 };
    VECTORS_FIRST(WANT_REMAINDER);
    char *a = args[0], *b = args[1], *o = args[2];
    for (; n > 0; n--, a += steps[0], b += steps[1], o += steps[2])
        ST(o, FN(remainder)(LD(a), LD(b)));
}
HIDDEN_KERNEL void KN(fmod)(KERNEL_ARGS)
{
    enum { nout = 1 };
    VECTORS_FIRST(WANT_FMOD);
    char *a = args[0], *b = args[1], *o = args[2];
    for (; n > 0; n--, a += steps[0], b += steps[1], o += steps[2])
        ST(o, FN(trunc_rem)(LD(a), LD(b)));
}
HIDDEN_KERNEL void KN(divmod)(KERNEL_ARGS)
{
    enum { nout = 2 };
    VECTORS_FIRST(WANT_BOTH);
    char *a = args[0], *b = args[1], *q = args[2], *r = args[3];
    for (; n > 0; n--) {
        W quo, rem = FN(rem_quo)(LD(a), LD(b), &quo);
        ST(q, quo);
        ST(r, rem);
        a += steps[0];
        b += steps[1];
        q += steps[2];
        r += steps[3];
    }
}
#undef VECTORS_FIRST
#if IS_LONG
ALWAYS W FN(power)(W a, W b)
{
    return M(pow)(a, b);
}
#define OP power
#include "kernel/tmpl/binary.h"
#endif
