/* Loops on datetime64 and timedelta64: int64 counts of units that the caller has made equal; NaT is
 * the least int64. Compiled once per CPU level. */
#include "kernel/quotient.h"
#include "kernel/tmpl/names.h"

#define NAT INT64_MIN
typedef int64_t t64;
typedef double d64;

#define SFX td
#define T t64
#define W t64
#define LD(p) (*(const t64 *)(p))
#define ST(p, v) (*(t64 *)(p) = (v))
ALWAYS t64 FN(negative)(t64 a)
{
    return a == NAT ? NAT : -a;
}
#define OP negative
#include "kernel/tmpl/unary.h"
ALWAYS t64 FN(absolute)(t64 a)
{
    return a == NAT ? NAT : a < 0 ? -a : a;
}
#define OP absolute
#include "kernel/tmpl/unary.h"
ALWAYS t64 FN(sign)(t64 a)
{
    return (a > 0) - (a < 0);
} /* NaT is negative, as in the reference */
#define OP sign
#include "kernel/tmpl/unary.h"
#undef SFX
#define SFX dt

ALWAYS t64 FN(add_mm)(t64 a, t64 b)
{
    return a == NAT || b == NAT ? NAT : (t64)((uint64_t)a + (uint64_t)b);
}
ALWAYS t64 FN(add_Mm)(t64 a, t64 b)
{
    return FN(add_mm)(a, b);
}
ALWAYS t64 FN(add_mM)(t64 a, t64 b)
{
    return FN(add_mm)(a, b);
}
#define OP add_mm
#define FOLD
#include "kernel/tmpl/binary.h"
#define OP add_Mm
#include "kernel/tmpl/binary.h"
#define OP add_mM
#include "kernel/tmpl/binary.h"
ALWAYS t64 FN(subtract_mm)(t64 a, t64 b)
{
    return a == NAT || b == NAT ? NAT : (t64)((uint64_t)a - (uint64_t)b);
}
ALWAYS t64 FN(subtract_Mm)(t64 a, t64 b)
{
    return FN(subtract_mm)(a, b);
}
ALWAYS t64 FN(subtract_MM)(t64 a, t64 b)
{
    return FN(subtract_mm)(a, b);
}
#define OP subtract_mm
#include "kernel/tmpl/binary.h"
#define OP subtract_Mm
#include "kernel/tmpl/binary.h"
#define OP subtract_MM
#include "kernel/tmpl/binary.h"
ALWAYS t64 FN(multiply_mq)(t64 a, t64 b)
{
    return a == NAT ? NAT : (t64)((uint64_t)a * (uint64_t)b);
}
#define OP multiply_mq
#include "kernel/tmpl/binary.h"
ALWAYS t64 FN(multiply_qm)(t64 a, t64 b)
{
    return FN(multiply_mq)(b, a);
}
#define OP multiply_qm
#include "kernel/tmpl/binary.h"
/* ---- one divisor for a dense run: whole blocks, none of whose numbers is NaT or large ---- */
ALWAYS bool divides_run(char **args, fnp_intp n, const fnp_intp *steps, int nout)
{
    if (n < 8 || steps[1] != 0 || steps[0] != sizeof(t64) || !quotient_takes(LD(args[1])))
        return false;
    for (int k = 2; k < 2 + nout; k++)
        if (steps[k] != sizeof(t64) || !k_apart(args[0], args[k]) || args[1] == args[k])
            return false;
    return true;
}

/* Results of the blocks that fit; the other blocks are left to `each`. quo or rem: index among
 * args, or 0. */
ALWAYS void divide_run(char **args, const fnp_intp *dims, const fnp_intp *steps, int quo, int rem,
                       fnp_kernel_fn *each)
{
    t64 d = LD(args[1]);
    for (fnp_intp i = 0, m; i < dims[0]; i += m) {
        m = dims[0] - i < QUOTIENT_BLOCK ? dims[0] - i : QUOTIENT_BLOCK;
        const t64 *p = (const t64 *)args[0] + i;
        char *now[4] = {(char *)p, args[1]};
        if (quo) now[quo] = args[quo] + i * (fnp_intp)sizeof(t64);
        if (rem) now[rem] = args[rem] + i * (fnp_intp)sizeof(t64);
        if (FNP_LIKELY(quotient_fits(p, m, true)))
            quotient_block(p, m, d, quo ? (t64 *)now[quo] : NULL, rem ? (t64 *)now[rem] : NULL);
        else
            each(now, &m, steps, NULL);
    }
}

/* Truncated. Only one divisor for all is looked at for zero, as in the reference. */
static void divide_each_mq(KERNEL_ARGS)
{
    char *a = args[0], *b = args[1], *o = args[2];
    for (fnp_intp i = 0; i < dims[0]; i++, a += steps[0], b += steps[1], o += steps[2]) {
        t64 x = LD(a), y = LD(b);
        ST(o, x == NAT || y == 0 ? NAT : y == -1 ? -x : x / y);
    }
}
HIDDEN_KERNEL void KN(divide_mq)(KERNEL_ARGS)
{
    if (steps[1] == 0 && dims[0] && LD(args[1]) == 0) fnp_fp_raise(FNP_FP_DIVIDE);
    if (!divides_run(args, dims[0], steps, 1)) {
        divide_each_mq(args, dims, steps, data);
        return;
    }
    t64 d = LD(args[1]), rest[QUOTIENT_BLOCK];
    for (fnp_intp i = 0, m; i < dims[0]; i += m) {
        m = dims[0] - i < QUOTIENT_BLOCK ? dims[0] - i : QUOTIENT_BLOCK;
        t64 *p = (t64 *)args[0] + i, *q = (t64 *)args[2] + i;
        if (FNP_LIKELY(quotient_fits(p, m, true))) {
            quotient_block(p, m, d, q, rest);
            for (fnp_intp k = 0; k < m; k++) q[k] += (q[k] < 0) & (rest[k] != 0);
        } else {
            divide_each_mq((char *[]){(char *)p, args[1], (char *)q}, &m, steps, NULL);
        }
    }
}

ALWAYS t64 floor_quotient(t64 a, t64 b, t64 *rem)
{
    if (b == -1) {
        *rem = 0;
        return -a;
    }
    t64 q = a / b, r = a % b;
    if (r != 0 && (r < 0) != (b < 0)) {
        q--;
        r += b;
    }
    *rem = r;
    return q;
}
ALWAYS t64 FN(floor_divide_each_mm)(t64 a, t64 b)
{
    if (a == NAT || b == NAT) {
        fnp_fp_raise(FNP_FP_INVALID);
        return 0;
    }
    if (b == 0) {
        fnp_fp_raise(FNP_FP_DIVIDE);
        return 0;
    }
    t64 r;
    return floor_quotient(a, b, &r);
}
#define OP floor_divide_each_mm
#include "kernel/tmpl/binary.h"
HIDDEN_KERNEL void KN(floor_divide_mm)(KERNEL_ARGS)
{
    if (divides_run(args, dims[0], steps, 1))
        divide_run(args, dims, steps, 2, 0, KN(floor_divide_each_mm));
    else
        KN(floor_divide_each_mm)(args, dims, steps, data);
}
ALWAYS t64 FN(remainder_each_mm)(t64 a, t64 b)
{
    if (a == NAT || b == NAT) return NAT;
    if (b == 0) {
        fnp_fp_raise(FNP_FP_DIVIDE);
        return NAT;
    }
    t64 r;
    floor_quotient(a, b, &r);
    return r;
}
#define OP remainder_each_mm
#include "kernel/tmpl/binary.h"
HIDDEN_KERNEL void KN(remainder_mm)(KERNEL_ARGS)
{
    if (divides_run(args, dims[0], steps, 1))
        divide_run(args, dims, steps, 0, 2, KN(remainder_each_mm));
    else
        KN(remainder_each_mm)(args, dims, steps, data);
}
static void divmod_each_mm(KERNEL_ARGS)
{
    char *a = args[0], *b = args[1], *q = args[2], *r = args[3];
    for (fnp_intp i = 0; i < dims[0]; i++) {
        t64 x = LD(a), y = LD(b), quo = 0, rem = NAT;
        if (x == NAT || y == NAT)
            fnp_fp_raise(FNP_FP_INVALID);
        else if (y == 0)
            fnp_fp_raise(FNP_FP_DIVIDE);
        else
            quo = floor_quotient(x, y, &rem);
        ST(q, quo);
        ST(r, rem);
        a += steps[0];
        b += steps[1];
        q += steps[2];
        r += steps[3];
    }
}
HIDDEN_KERNEL void KN(divmod_mm)(KERNEL_ARGS)
{
    if (divides_run(args, dims[0], steps, 2))
        divide_run(args, dims, steps, 2, 3, divmod_each_mm);
    else
        divmod_each_mm(args, dims, steps, data);
}
ALWAYS t64 FN(maximum)(t64 a, t64 b)
{
    return a == NAT || b == NAT ? NAT : a > b ? a : b;
}
#define OP maximum
#define FOLD
#include "kernel/tmpl/binary.h"
ALWAYS t64 FN(minimum)(t64 a, t64 b)
{
    return a < b ? a : b;
} /* NaT is the least */
#define OP minimum
#define FOLD
#include "kernel/tmpl/binary.h"
ALWAYS t64 FN(fmax)(t64 a, t64 b)
{
    return a > b ? a : b;
}
#define OP fmax
#define FOLD
#include "kernel/tmpl/binary.h"
ALWAYS t64 FN(fmin)(t64 a, t64 b)
{
    return a == NAT ? b : b == NAT || a < b ? a : b;
}
#define OP fmin
#define FOLD
#include "kernel/tmpl/binary.h"
ALWAYS t64 FN(clip)(t64 x, t64 lo, t64 hi)
{
    return FN(minimum)(FN(maximum)(x, lo), hi);
}
#include "kernel/tmpl/clip.h"

#define OT uint8_t
#define OST(p, v) (*(uint8_t *)(p) = (v))
#define GOOD(a, b) ((a != NAT) & (b != NAT))
ALWAYS uint8_t FN(equal)(t64 a, t64 b)
{
    return (a == b) & (a != NAT);
}
#define OP equal
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(not_equal)(t64 a, t64 b)
{
    return (a != b) | (a == NAT);
}
#define OP not_equal
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(less)(t64 a, t64 b)
{
    return (a < b) & GOOD(a, b);
}
#define OP less
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(less_equal)(t64 a, t64 b)
{
    return (a <= b) & GOOD(a, b);
}
#define OP less_equal
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(greater)(t64 a, t64 b)
{
    return (a > b) & GOOD(a, b);
}
#define OP greater
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(greater_equal)(t64 a, t64 b)
{
    return (a >= b) & GOOD(a, b);
}
#define OP greater_equal
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(isnat)(t64 a)
{
    return a == NAT;
}
#define OP isnat
#include "kernel/tmpl/unary.h"
ALWAYS uint8_t FN(isfinite)(t64 a)
{
    return a != NAT;
}
#define OP isfinite
#include "kernel/tmpl/unary.h"
ALWAYS uint8_t FN(never)(t64 a)
{
    return 0;
}
#define OP never
#include "kernel/tmpl/unary.h"

/* Mixed with float64. A result that is no number is NaT. */
static t64 from_double(d64 x)
{
    return x - x == 0 ? (t64)x : NAT;
}
HIDDEN_KERNEL void KN(multiply_md)(KERNEL_ARGS)
{
    char *a = args[0], *b = args[1], *o = args[2];
    for (fnp_intp i = 0; i < dims[0]; i++, a += steps[0], b += steps[1], o += steps[2])
        ST(o, LD(a) == NAT ? NAT : from_double((d64)LD(a) * *(const d64 *)b));
}
HIDDEN_KERNEL void KN(multiply_dm)(KERNEL_ARGS)
{
    char *swapped[] = {args[1], args[0], args[2]};
    fnp_intp s[] = {steps[1], steps[0], steps[2]};
    KN(multiply_md)(swapped, dims, s, data);
}
HIDDEN_KERNEL void KN(divide_md)(KERNEL_ARGS)
{
    char *a = args[0], *b = args[1], *o = args[2];
    for (fnp_intp i = 0; i < dims[0]; i++, a += steps[0], b += steps[1], o += steps[2])
        ST(o, LD(a) == NAT ? NAT : from_double((d64)LD(a) / *(const d64 *)b));
}
/* As double a NaT is a number too, -2^63: its quotient is computed and not taken. */
HIDDEN_KERNEL void KN(divide_mm)(KERNEL_ARGS)
{
    char *a = args[0], *b = args[1], *o = args[2];
    fnp_intp n = dims[0];
    t64 y = n ? LD(b) : 0;
    if (steps[1] == 0 && y != 0 && y != NAT && steps[0] == sizeof(t64) && steps[2] == sizeof(d64) &&
        k_apart(a, o) && b != o) {
        const t64 *p = (const t64 *)a;
        d64 *r = (d64 *)o;
#pragma GCC ivdep
        for (fnp_intp i = 0; i < n; i++) {
            d64 q = (d64)p[i] / (d64)y;
            r[i] = p[i] == NAT ? (d64)NAN : q;
        }
        return;
    }
    for (fnp_intp i = 0; i < n; i++, a += steps[0], b += steps[1], o += steps[2]) {
        t64 x = LD(a);
        y = LD(b);
        *(d64 *)o = x == NAT || y == NAT ? (d64)NAN : (d64)x / (d64)y;
    }
}
