/* The logarithm of vectors to three bases: what logarithms, inverse hyperbolic functions and powers
 * share. Argument reduction with tables after Tang (Table-driven implementation of the logarithm
 * function, TOMS 1990): x = 2^k m, and m times a factor of a few bits is 1 + r, exactly. Sixteen
 * factors, which fit two registers. */
#ifndef FNP_KERNEL_ELEMENTARY_LOG_H
#define FNP_KERNEL_ELEMENTARY_LOG_H

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
/* The logarithm of a number that log_split parted; if rest, of so much more than r says. */
ALWAYS vd log_joined(log_parts s, const vd *rest, const log_base *b)
{
    vu j = (vu)s.off >> (MANTISSA - 4);
    const lane *c = b->cubic;
    vd r = s.r, start = look16(b->step, j), low = look16(b->step_low, j), w;
    start = b->two == 1 ? s.k + start : fused(s.k, all(b->two), start);
    if (b->two_low != 0) low = fused(s.k, all(b->two_low), low);
    if (rest) low = low + *rest;
    if (b->scale == 1) {
        w = start + r;
        low = low + ((start - w) + r);
    } else {
#ifdef FLOAT_LANES
        w = fused(r, all(b->scale), start);
        low = low + fused(r, all(b->scale), start - w); /* start - w is exact */
#else
        vd line = r * b->scale, line_low = fused(r, all(b->scale), -line);
        w = start + line;
        low = low + (((start - w) + line) + line_low);
#endif
    }
#ifdef FLOAT_LANES
    vd q = fused(r, p3(r, c[1], c[2], c[3]), all(c[0]));
#else
    vd r2 = r * r, r4 = r2 * r2, q = p4(r, r2, c[4], c[5], c[6], c[7]);
    q = fused(r4, fused(r4, all(c[8]), q), p4(r, r2, c[0], c[1], c[2], c[3]));
    q = fused(r, q, all(b->half));
#endif
    if (b->scale == 1) return w + fused(r * r, q, low);
    return w + fused(r, fused(r, q, all(b->scale_low)), low);
}

#define LOG_FINE(x)                                                                                \
    below(bits_minus((vi)(x), all_bits(NORMAL_BITS)), all_bits(INFINITY_BITS - NORMAL_BITS))
ALWAYS vd log_fast(vd x, const log_base *b)
{
    return log_joined(log_split(x), NULL, b);
}

#endif
