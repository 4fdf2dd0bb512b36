/* Bits, division, powers and divisors of one integer type. Division by zero gives 0 and raises the
 * divide flag; the one quotient that does not fit wraps and raises overflow. */
#define BITS ((U)(8 * sizeof(T)))
ALWAYS T FN(bitwise_and)(T a, T b)
{
    return a & b;
}
#define OP bitwise_and
#define FOLD
#include "kernel/tmpl/binary.h"
ALWAYS T FN(bitwise_or)(T a, T b)
{
    return a | b;
}
#define OP bitwise_or
#define FOLD
#include "kernel/tmpl/binary.h"
ALWAYS T FN(bitwise_xor)(T a, T b)
{
    return a ^ b;
}
#define OP bitwise_xor
#define FOLD
#include "kernel/tmpl/binary.h"
ALWAYS T FN(invert)(T a)
{
    return (T)~a;
}
#define OP invert
#include "kernel/tmpl/unary.h"
ALWAYS T FN(left_shift)(T a, T b)
{
    return (U)b < BITS ? (T)(1u * (U)a << (U)b) : 0;
}
#define OP left_shift
#include "kernel/tmpl/binary.h"
ALWAYS T FN(right_shift)(T a, T b)
{
    return (U)b < BITS ? (T)(a >> (U)b) : (T)(IS_SIGNED && a < 0 ? -1 : 0);
}
#define OP right_shift
#include "kernel/tmpl/binary.h"
#if IS_SIGNED
#define MAGNITUDE(a) ((U)((a) < 0 ? 0u - (U)(a) : (U)(a)))
#else
#define MAGNITUDE(a) ((U)(a))
#endif
#define OT uint8_t
#define OST(p, v) (*(uint8_t *)(p) = (v))
ALWAYS uint8_t FN(bitwise_count)(T a)
{
    if (sizeof(T) == 8) return (uint8_t)__builtin_popcountll(MAGNITUDE(a));
    if (sizeof(T) == 4) return (uint8_t)__builtin_popcount((unsigned)MAGNITUDE(a));
    /* Counts of 2, 4 and 8 bits side by side, then the bytes' sum: all of it vectorises. */
    U x = (U)MAGNITUDE(a);
    x = (U)(x - ((x >> 1) & (U)0x5555555555555555u));
    x = (U)((x & (U)0x3333333333333333u) + ((x >> 2) & (U)0x3333333333333333u));
    x = (U)((x + (x >> 4)) & (U)0x0f0f0f0f0f0f0f0fu);
    for (unsigned shift = 8; shift < 8 * sizeof(T); shift *= 2) x = (U)(x + (x >> shift));
    return (uint8_t)(x & 0x7f);
}
#define OP bitwise_count
#include "kernel/tmpl/unary.h"
#undef OT
#undef OST

ALWAYS U FN(gcd_u)(U a, U b)
{
    while (b) {
        U r = a % b;
        a = b;
        b = r;
    }
    return a;
}
ALWAYS T FN(gcd)(T a, T b)
{
    return (T)FN(gcd_u)(MAGNITUDE(a), MAGNITUDE(b));
}
#define OP gcd
#define FOLD
#include "kernel/tmpl/binary.h"
ALWAYS T FN(lcm)(T a, T b)
{
    U x = MAGNITUDE(a), y = MAGNITUDE(b), g = FN(gcd_u)(x, y);
    return g ? (T)(1u * (U)(x / g) * y) : 0;
}
#define OP lcm
#define FOLD
#include "kernel/tmpl/binary.h"

/* a to the power b, b >= 0 (the caller checks), wrapping. */
ALWAYS T FN(power)(T a, T b)
{
    U base = (U)a, r = 1;
    for (U e = (U)b; e; e >>= 1) {
        if (e & 1) r = (U)(1u * r * base);
        base = (U)(1u * base * base);
    }
    return (T)r;
}
#define OP power
#include "kernel/tmpl/binary.h"

ALWAYS T FN(reciprocal)(T a)
{
    if (a == 0) {
        fnp_fp_raise(FNP_FP_DIVIDE | FNP_FP_INVALID);
        return IS_SIGNED && sizeof(T) >= 4 ? (T)((U)1 << (BITS - 1)) : 0;
    }
    return (T)(1 / a);
}
#define OP reciprocal
#include "kernel/tmpl/unary.h"

/* Quotient and remainder of floored division. */
ALWAYS T FN(floordiv)(T a, T b, T *rem)
{
    if (b == 0) {
        fnp_fp_raise(FNP_FP_DIVIDE);
        *rem = 0;
        return 0;
    }
#if IS_SIGNED
    if (b == -1) {
        if (a == (T)((U)1 << (BITS - 1))) fnp_fp_raise(FNP_FP_OVER);
        *rem = 0;
        return (T)(0u - (U)a);
    }
    T q = (T)(a / b), r = (T)(a - q * b);
    if (r != 0 && (r < 0) != (b < 0)) {
        q--;
        r = (T)(r + b);
    }
    *rem = r;
    return q;
#else
    *rem = (T)(a % b);
    return (T)(a / b);
#endif
}
ALWAYS T FN(floor_divide)(T a, T b)
{
    T r;
    return FN(floordiv)(a, b, &r);
}
#include "kernel/tmpl/divide_int.h"
#define OP floor_divide_each
#define FOLD
ALWAYS T FN(floor_divide_each)(T a, T b)
{
    return FN(floor_divide)(a, b);
}
#include "kernel/tmpl/binary.h"
HIDDEN_KERNEL void KN(floor_divide)(KERNEL_ARGS)
{
    if (FN(is_run)(args, dims, steps)) {
        FN(divide_run)((const T *)args[0], dims[0], LD(args[1]), (T *)args[2], NULL);
    } else {
        KN(floor_divide_each)(args, dims, steps, data);
    }
}
ALWAYS T FN(remainder)(T a, T b)
{
    if (IS_SIGNED && b == (T)-1) return 0;
    T r;
    FN(floordiv)(a, b, &r);
    return r;
}
#define OP remainder_each
ALWAYS T FN(remainder_each)(T a, T b)
{
    return FN(remainder)(a, b);
}
#include "kernel/tmpl/binary.h"
HIDDEN_KERNEL void KN(remainder)(KERNEL_ARGS)
{
    if (FN(is_run)(args, dims, steps)) {
        FN(divide_run)((const T *)args[0], dims[0], LD(args[1]), NULL, (T *)args[2]);
    } else {
        KN(remainder_each)(args, dims, steps, data);
    }
}
ALWAYS T FN(fmod)(T a, T b)
{
    if (b == 0) {
        fnp_fp_raise(FNP_FP_DIVIDE);
        return 0;
    }
    if (IS_SIGNED && b == (T)-1) return 0;
    return (T)(a % b);
}
#define OP fmod
#include "kernel/tmpl/binary.h"
HIDDEN_KERNEL void KN(divmod)(KERNEL_ARGS)
{
    char *a = args[0], *b = args[1], *q = args[2], *r = args[3];
    if (FN(is_run)(args, dims, steps) && steps[3] == sizeof(T) && k_apart(a, r) && b != r) {
        FN(divide_run)((const T *)a, dims[0], LD(b), (T *)q, (T *)r);
        return;
    }
    for (fnp_intp i = 0; i < dims[0]; i++) {
        T rem, quo = FN(floordiv)(LD(a), LD(b), &rem);
        ST(q, quo);
        ST(r, rem);
        a += steps[0];
        b += steps[1];
        q += steps[2];
        r += steps[3];
    }
}
#undef BITS
#undef MAGNITUDE
