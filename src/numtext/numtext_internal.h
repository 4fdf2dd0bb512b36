/* What the files of numtext share. */
#ifndef FNP__NUMTEXT_INTERNAL_H
#define FNP__NUMTEXT_INTERNAL_H

#include "fnp/numtext.h"

/* A finite float as mant * 2^exp; low_closer: its lower neighbour is half as far as the upper one.
 */
typedef struct fnp__binary {
    uint64_t mant;
    int exp;
    bool negative, low_closer;
    enum { FNP__FINITE, FNP__INF, FNP__NAN } what;
} fnp__binary;

fnp__binary fnp__decode(fnp_fkind kind, const void *x);

/* Significant bits, exponent of the least denormal (value = m * 2^e), of the largest mantissa. */
typedef struct fnp__format {
    int bits, emin, emax;
} fnp__format;
extern const fnp__format fnp__formats[4];
/* mant * 2^exp, already rounded to the format; mant 0 is zero, exp > emax infinity. */
void fnp__encode(fnp_fkind kind, bool negative, uint64_t mant, int exp, void *out);
void fnp__encode_inf(fnp_fkind kind, bool negative, void *out);
void fnp__encode_nan(fnp_fkind kind, bool negative, void *out);

/* d[0].d[1]d[2]... * 10^exp10, n digits; n == 0 is zero. Room for every digit of an 80-bit float.
 */
#define FNP__DIGITS_MAX 11600
typedef struct fnp__digits {
    int n, exp10;
    char *d;
} fnp__digits;

/* Shortest digits that read back as the same half, float or double; d has room for 17. */
void fnp__shortest(const fnp__binary *b, fnp__digits *out);

/* Exact digits. unique: stop where the digits so far identify the value, but not before `low`
 * places; always stop at `high` places and round there to nearest even. Places are counted after
 * the point if `fractional`, else from the first digit; -1: no such limit. d has room for
 * FNP__DIGITS_MAX. */
void fnp__exact(const fnp__binary *b, bool unique, bool fractional, int low, int high,
                fnp__digits *out);

/* floor(10^k * 2^s) with the top bit set, as two words; k in FNP__POW10_MIN..MAX. Exact for 0..55.
 */
#define FNP__POW10_MIN (-348)
#define FNP__POW10_MAX 347
extern const uint64_t fnp__pow10[FNP__POW10_MAX - FNP__POW10_MIN + 1][2];

/* floor(log2(10^k)) for |k| <= 1233 */
static inline int fnp__log2_pow10(int k)
{
    return (k * 1741647) >> 19;
}

#endif
