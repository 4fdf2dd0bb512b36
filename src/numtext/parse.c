/* Text to numbers, correctly rounded. A decimal w * 10^q is tried as an exact product, then as
 * w times a truncated 128-bit power whose error interval must not straddle a rounding boundary
 * (Eisel-Lemire's idea with the interval kept explicit); what is left is compared exactly with the
 * midpoint above the candidate, on big integers. */
#include "numtext_internal.h"

#include "bigint.h"

#include <string.h>

/* The scanned number: digits [first, last) of the text with an optional point among them. */
typedef struct decimal {
    uint64_t w; /* the first 19 significant digits */
    int64_t q;  /* value is about w * 10^q */
    bool cut;   /* significant digits beyond those in w */
    const char *first, *last;
    int64_t exp10; /* explicit exponent */
} decimal;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Mantissa digits and exponent of s[i..n); returns the end, or i if there is no number. */
static size_t scan_decimal(const char *s, size_t i, size_t n, decimal *d)
{
    size_t start = i, end;
    int seen = 0, any = 0;
    bool point = false;
    int64_t scale = 0;
    *d = (decimal){.first = s + i};
    for (; i < n; i++) {
        if (s[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (!is_digit(s[i])) break;
        any = 1;
        if (!seen && s[i] == '0') {
            scale -= point;
        } else if (seen < 19) {
            d->w = d->w * 10 + (uint64_t)(s[i] - '0');
            seen++;
            scale -= point;
        } else {
            d->cut |= s[i] != '0';
            scale += !point;
        }
    }
    if (!any) return start;
    d->last = s + i;
    end = i;
    if (i < n && (s[i] == 'e' || s[i] == 'E')) {
        bool neg = false;
        i++;
        if (i < n && (s[i] == '+' || s[i] == '-')) neg = s[i++] == '-';
        if (i < n && is_digit(s[i])) {
            int64_t e = 0;
            for (; i < n && is_digit(s[i]); i++)
                if (e < INT64_C(1000000000000)) e = e * 10 + (s[i] - '0');
            d->exp10 = neg ? -e : e;
            end = i;
        }
    }
    d->q = scale + d->exp10;
    return end;
}

/* mant * 2^(exp - 64), its top bit set, and something below it if sticky: rounded to the format,
 * ties to even. */
static void round_to(fnp_fkind kind, bool negative, u128 mant, int exp, bool sticky, void *out)
{
    const fnp__format *f = &fnp__formats[kind];
    const u128 half = (u128)1 << 127;
    int drop = 128 - f->bits;
    u128 rest;
    uint64_t kept;
    if (exp - 64 + drop < f->emin) drop = f->emin - exp + 64;
    if (drop > 128) {
        fnp__encode(kind, negative, 0, 0, out);
        return;
    }
    rest = drop == 128 ? mant : mant << (128 - drop);
    kept = drop == 128 ? 0 : (uint64_t)(mant >> drop);
    exp += drop - 64;
    if (rest > half || (rest == half && (sticky || (kept & 1)))) {
        if (++kept == 0) { /* 64-bit mantissas only */
            kept = UINT64_C(1) << 63;
            exp++;
        } else if (kept >> (f->bits - 1) >> 1) {
            kept >>= 1;
            exp++;
        }
    }
    fnp__encode(kind, negative, kept, exp, out);
}

/* w * 10^q by one multiplication: true value in [low, high], and rounding is monotonic, so equal
 * results for both ends settle it. False if they differ. */
static bool by_power(fnp_fkind kind, bool negative, uint64_t w, int64_t q, bool cut, void *out)
{
    static const uint8_t widths[4] = {2, 4, 8, 10};
    const uint64_t *p;
    int shift, exp;
    u128 lo, low, high;
    char other[16];
    if (q < FNP__POW10_MIN || q > FNP__POW10_MAX) return false;
    p = fnp__pow10[q - FNP__POW10_MIN];
    shift = __builtin_clzll(w);
    w <<= shift;
    lo = (u128)w * p[1];
    low = (u128)w * p[0] + (uint64_t)(lo >> 64);
    high = low + 2 + (cut ? (u128)1 << (64 + shift) : 0);
    if (high < low) return false;
    /* power = p * 2^(log2 - 127), of whose product with w the top 128 of 192 bits are here */
    exp = fnp__log2_pow10((int)q) - 127 - shift + 128;
    if (!(low >> 127)) {
        if (high >> 127) return false;
        low <<= 1;
        high <<= 1;
        exp--;
    }
    round_to(kind, negative, low, exp, false, out);
    round_to(kind, negative, high, exp, false, other);
    return !memcmp(out, other, widths[kind]);
}

/* Significant digits into a big integer, at most `limit`, the rest as a sticky 1; *exp10 adjusted.
 */
static void big_digits(const decimal *d, int limit, big *out, int64_t *exp10)
{
    uint64_t chunk = 0, unit = 1;
    int seen = 0;
    bool point = false, sticky = false;
    int64_t scale = d->exp10;
    big_set(out, 0);
    for (const char *p = d->first; p < d->last; p++) {
        if (*p == '.') {
            point = true;
            continue;
        }
        if (!seen && *p == '0') {
            scale -= point;
            continue;
        }
        if (seen == limit) {
            sticky |= *p != '0';
            scale += !point;
            continue;
        }
        seen++;
        scale -= point;
        chunk = chunk * 10 + (uint64_t)(*p - '0');
        unit *= 10;
        if (unit == UINT64_C(10000000000000000000)) {
            big_muladd(out, unit, chunk);
            chunk = 0;
            unit = 1;
        }
    }
    if (unit > 1) big_muladd(out, unit, chunk);
    if (sticky) {
        big_muladd(out, 10, 1);
        scale--;
    }
    *exp10 = scale;
}

/* The quotient of two big integers, to 68 bits and whether anything is left. */
static void by_bigint(fnp_fkind kind, bool negative, const decimal *d, void *out)
{
    static const int limits[4] = {32, 128, 800, 11600};
    big a, b, part;
    int64_t q;
    u128 mant = 0;
    int shift, exp;
    big_digits(d, limits[kind], &a, &q);
    big_set(&b, 1);
    if (q >= 0)
        big_mul_pow5(&a, (int)q);
    else
        big_mul_pow5(&b, (int)-q);
    shift = big_bits(&b) + 67 - big_bits(&a);
    if (shift > 0)
        big_shl(&a, shift);
    else
        big_shl(&b, -shift);
    exp = (int)q - shift;
    for (int i = 67; i >= 0; i--) {
        mant <<= 1;
        if (big_bits(&a) < big_bits(&b) + i) continue;
        big_copy(&part, &b);
        big_shl(&part, i);
        if (big_cmp(&a, &part) >= 0) {
            big_submul(&a, &part, 1);
            mant |= 1;
        }
    }
    exp += 64;
    while (!(mant >> 127)) {
        mant <<= 1;
        exp--;
    }
    round_to(kind, negative, mant, exp, a.n != 0, out);
}

static bool by_exact_double(bool negative, const decimal *d, void *out)
{
    static const double tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                  1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    double v;
    if (d->cut || d->w >> 53 || d->q < -22 || d->q > 22) return false;
    v = (double)d->w;
    v = d->q < 0 ? v / tens[-d->q] : v * tens[d->q];
    if (negative) v = -v;
    memcpy(out, &v, 8);
    return true;
}

static void convert(fnp_fkind kind, bool negative, const decimal *d, void *out)
{
    static const int most[4] = {6, 40, 310, 4940}, least[4] = {-30, -70, -350, -4980};
    if (!d->w) {
        fnp__encode(kind, negative, 0, 0, out);
    } else if (d->q > most[kind]) {
        fnp__encode_inf(kind, negative, out);
    } else if (d->q < least[kind]) {
        fnp__encode(kind, negative, 0, 0, out);
    } else if (!(kind == FNP_FLOAT_F64 && by_exact_double(negative, d, out)) &&
               !by_power(kind, negative, d->w, d->q, d->cut, out)) {
        by_bigint(kind, negative, d, out);
    }
}

/* Case-insensitive: does s[i..n) start with the lower-case word? */
static bool starts(const char *s, size_t i, size_t n, const char *word)
{
    for (; *word; word++, i++)
        if (i >= n || (s[i] | 0x20) != *word) return false;
    return true;
}

size_t fnp_text_to_float(fnp_fkind kind, const char *s, size_t n, void *out)
{
    size_t i = 0, end;
    bool negative = false;
    decimal d;
    if (n && (s[0] == '+' || s[0] == '-')) negative = s[i++] == '-';
    end = scan_decimal(s, i, n, &d);
    if (end > i) {
        convert(kind, negative, &d, out);
        return end;
    }
    if (starts(s, i, n, "inf")) {
        fnp__encode_inf(kind, negative, out);
        return i + (starts(s, i + 3, n, "inity") ? 8 : 3);
    }
    if (starts(s, i, n, "nan")) {
        fnp__encode_nan(kind, negative, out);
        i += 3;
        if (i < n && s[i] == '(') {
            size_t j = i + 1;
            while (j < n && (is_digit(s[j]) || s[j] == '_' ||
                             ((s[j] | 0x20) >= 'a' && (s[j] | 0x20) <= 'z')))
                j++;
            if (j < n && s[j] == ')') i = j + 1;
        }
        return i;
    }
    return 0;
}

size_t fnp_text_to_double(const char *s, size_t n, double *out)
{
    return fnp_text_to_float(FNP_FLOAT_F64, s, n, out);
}

/* Magnitude of the digits at s[i..n); returns the end. */
static size_t scan_integer(const char *s, size_t i, size_t n, uint64_t *mag, bool *overflow)
{
    uint64_t v = 0;
    bool over = false;
    for (; i < n && is_digit(s[i]); i++) {
        over |= __builtin_mul_overflow(v, 10u, &v);
        over |= __builtin_add_overflow(v, (uint64_t)(s[i] - '0'), &v);
    }
    *mag = v;
    *overflow = over;
    return i;
}

size_t fnp_text_to_i64(const char *s, size_t n, int64_t *out, bool *overflow)
{
    size_t i = n && (s[0] == '+' || s[0] == '-'), end;
    bool negative = i && s[0] == '-';
    uint64_t mag;
    end = scan_integer(s, i, n, &mag, overflow);
    if (end == i) return 0;
    if (mag > (uint64_t)INT64_MAX + negative) *overflow = true;
    *out = (int64_t)(negative ? 0 - mag : mag);
    return end;
}

size_t fnp_text_to_u64(const char *s, size_t n, uint64_t *out, bool *overflow)
{
    size_t i = n && (s[0] == '+' || s[0] == '-'), end;
    end = scan_integer(s, i, n, out, overflow);
    if (end == i) return 0;
    if (i && s[0] == '-' && *out) *overflow = true;
    return end;
}

size_t fnp_u64_to_text(uint64_t x, char buf[24])
{
    char d[24];
    size_t n = 0, len;
    do d[n++] = (char)('0' + x % 10);
    while (x /= 10);
    len = n;
    for (size_t i = 0; i < len; i++) buf[i] = d[--n];
    buf[len] = 0;
    return len;
}

size_t fnp_i64_to_text(int64_t x, char buf[24])
{
    if (x >= 0) return fnp_u64_to_text((uint64_t)x, buf);
    char digits[24];
    size_t n = fnp_u64_to_text(0 - (uint64_t)x, digits);
    buf[0] = '-';
    memcpy(buf + 1, digits, n + 1);
    return n + 1;
}
