/* Floored division of dense runs of int64 by one number, in vectors of double: of numbers below
 * 2^51 the product with the reciprocal is off by less than 1, and the remainder that corrects it is
 * exact without FMA. Adding 1.5 * 2^52 puts an integer into the low bits of a double; so int64 and
 * double change into each other by additions, on every CPU level. */
#ifndef FNP_KERNEL_QUOTIENT_H
#define FNP_KERNEL_QUOTIENT_H
#include <stdint.h>
#include <string.h>

#include "fnp/base.h"

#define QUOTIENT_FN static inline __attribute__((always_inline, unused))
enum { QUOTIENT_BLOCK = 256 };

/* May numbers below 2^51 be divided by d here? */
QUOTIENT_FN bool quotient_takes(int64_t d)
{
    return (d > 1 || d < -1) && d < (INT64_C(1) << 51) && d > -(INT64_C(1) << 51);
}

/* Are all n, or n uint64, within (-2^51, 2^51)? */
QUOTIENT_FN bool quotient_fits(const int64_t *p, fnp_intp n, bool is_signed)
{
    uint64_t high = 0;
    for (fnp_intp i = 0; i < n; i++) high |= (uint64_t)p[i] ^ (uint64_t) - (is_signed && p[i] < 0);
    return high >> 51 == 0;
}

QUOTIENT_FN double quotient_double(int64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

QUOTIENT_FN int64_t quotient_bits(double x)
{
    int64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* floor(p / d) and what is left of it, either NULL; d is one that quotient_takes, p fits. Results
 * may be written over p. */
QUOTIENT_FN void quotient_block(const int64_t *p, fnp_intp n, int64_t d, int64_t *quo, int64_t *rem)
{
    const double magic = 0x1.8p52, divisor = (double)d, times = 1.0 / divisor;
    const int64_t zero = quotient_bits(0x1.8p52), turn = -(d < 0);
#pragma GCC ivdep
    for (fnp_intp i = 0; i < n; i++) {
        double x = quotient_double(p[i] + zero) - magic, near = x * times + magic;
        int64_t q = quotient_bits(near) - zero;
        int64_t r = quotient_bits(x - (near - magic) * divisor + magic) - zero;
        int64_t below = -(((r ^ turn) - turn) < 0); /* r is none of the divisor's sign */
        if (quo) quo[i] = q + below;
        if (rem) rem[i] = r + (below & d);
    }
}
#endif
