/* Digits laid out as text: positional, scientific, and the texts of scalars. */
#include "numtext_internal.h"

#include <string.h>

fnp_float_format fnp_float_format_default(void)
{
    return (fnp_float_format){.unique = true,
                              .fractional = true,
                              .trim = 'k',
                              .precision = -1,
                              .min_digits = -1,
                              .pad_left = -1,
                              .pad_right = -1,
                              .exp_digits = -1};
}

/* A bounded writer: counts everything, stores what fits. */
typedef struct sink {
    char *buf;
    size_t cap, len;
} sink;

static void put(sink *o, char c)
{
    if (o->len < o->cap) o->buf[o->len] = c;
    o->len++;
}

static void fill(sink *o, char c, long n)
{
    if (n <= 0) return;
    size_t room = o->len < o->cap ? o->cap - o->len : 0, count = (size_t)n;
    if (room) memset(o->buf + o->len, c, count < room ? count : room);
    o->len += count;
}

static void put_digits(sink *o, const char *d, long n)
{
    for (long i = 0; i < n; i++) put(o, d[i]);
}

static fnp_status finish(sink *o, size_t *len, fnp_error *err)
{
    if (o->len >= o->cap) return fnp_fail(err, FNP_ERUNTIME, "Float formatting result too large");
    o->buf[o->len] = 0;
    *len = o->len;
    return FNP_OK;
}

/* Digits of a finite value under `f`, places counted as `fractional` says. */
static void digits_of(fnp_fkind kind, const fnp__binary *b, const fnp_float_format *f,
                      bool fractional, int high, int low, fnp__digits *out)
{
    out->n = out->exp10 = 0;
    if (!b->mant) return;
    if (f->unique && kind != FNP_FLOAT_FLD) {
        fnp__shortest(b, out);
        int places = fractional ? out->n - out->exp10 - 1 : out->n;
        if ((high < 0 || places <= high) && places >= low) return;
    }
    fnp__exact(b, f->unique, fractional, f->unique ? low : -1, high, out);
}

static bool put_special(sink *o, const fnp__binary *b, bool sign)
{
    if (b->what == FNP__FINITE) return false;
    if (b->what == FNP__NAN) {
        put_digits(o, "nan", 3);
    } else {
        if (b->negative || sign) put(o, b->negative ? '-' : '+');
        put_digits(o, "inf", 3);
    }
    return true;
}

/* The digits behind the point: `zeros`, then d[0..n), then zeros up to `want`; then trimmed.
 * Returns what is left, *point tells whether a '.' stands before it. */
typedef struct fraction {
    long zeros, n, tail;
    const char *d;
    bool point;
} fraction;

static void trim_fraction(fraction *f, char trim, long want)
{
    f->point = true;
    if (trim == 'k') {
        if (f->zeros + f->n < want) f->tail = want - f->zeros - f->n;
        return;
    }
    while (f->n && f->d[f->n - 1] == '0') f->n--;
    if (!f->n) f->zeros = 0;
    if (f->zeros + f->n == 0) {
        if (trim == '0') f->tail = 1;
        if (trim == '-') f->point = false;
    }
}

static void put_fraction(sink *o, const fraction *f)
{
    if (f->point) put(o, '.');
    fill(o, '0', f->zeros);
    put_digits(o, f->d, f->n);
    fill(o, '0', f->tail);
}

fnp_status fnp_float_positional(fnp_fkind kind, const void *x, const fnp_float_format *f, char *buf,
                                size_t cap, size_t *len, fnp_error *err)
{
    sink o = {buf, cap, 0};
    fnp__binary b = fnp__decode(kind, x);
    char room[FNP__DIGITS_MAX];
    fnp__digits g = {0, 0, room};
    fraction frac = {0};
    long whole, used, want, leading;
    if (put_special(&o, &b, f->sign)) return finish(&o, len, err);
    digits_of(kind, &b, f, f->fractional, f->precision, f->min_digits, &g);

    whole = g.n && g.exp10 >= 0 ? g.exp10 + 1 : 1;
    used = g.n && g.exp10 >= 0 ? (g.n < whole ? g.n : whole) : 0;
    frac.d = g.d + used;
    frac.n = g.n - used;
    if (g.n && g.exp10 < 0) frac.zeros = -g.exp10 - 1;
    /* a value that rounds to nothing still shows its places */
    if (!g.n && b.mant && f->fractional) frac.zeros = f->precision;

    leading = (b.negative || f->sign) + whole;
    fill(&o, ' ', f->pad_left - leading);
    if (b.negative || f->sign) put(&o, b.negative ? '-' : '+');
    if (used) {
        put_digits(&o, g.d, used);
        fill(&o, '0', whole - used);
    } else {
        put(&o, '0');
    }

    want = f->unique ? f->min_digits : f->precision;
    if (!f->fractional) want -= whole;
    trim_fraction(&frac, f->trim, want);
    put_fraction(&o, &frac);
    if (f->pad_right >= 0) {
        fill(&o, ' ', f->pad_right - (frac.zeros + frac.n + frac.tail) + !frac.point);
    }
    return finish(&o, len, err);
}

static void put_exponent(sink *o, int e, int least)
{
    char d[8];
    int n = 0, v = e < 0 ? -e : e;
    if (least < 0) least = 2;
    if (least > 5) least = 5;
    put(o, 'e');
    put(o, e < 0 ? '-' : '+');
    for (; v || n < least; v /= 10) d[n++] = (char)('0' + v % 10);
    while (n) put(o, d[--n]);
}

fnp_status fnp_float_scientific(fnp_fkind kind, const void *x, const fnp_float_format *f, char *buf,
                                size_t cap, size_t *len, fnp_error *err)
{
    sink o = {buf, cap, 0};
    fnp__binary b = fnp__decode(kind, x);
    char room[FNP__DIGITS_MAX];
    fnp__digits g = {0, 0, room};
    fraction frac = {0};
    if (put_special(&o, &b, f->sign)) return finish(&o, len, err);
    /* precision counts behind the point; the digit before it comes on top */
    digits_of(kind, &b, f, false, f->precision < 0 ? -1 : f->precision + 1,
              f->min_digits < 0 ? -1 : f->min_digits + 1, &g);
    fill(&o, ' ', f->pad_left - (b.negative || f->sign) - 1);
    if (b.negative || f->sign) put(&o, b.negative ? '-' : '+');
    put(&o, g.n ? g.d[0] : '0');
    if (g.n) {
        frac.d = g.d + 1;
        frac.n = g.n - 1;
    }
    /* '-' drops the point only where the digits ended before it, not where zeros were trimmed */
    bool trimmed = frac.n > 0;
    trim_fraction(&frac, f->trim, f->unique ? f->min_digits : f->precision);
    frac.point |= trimmed;
    put_fraction(&o, &frac);
    put_exponent(&o, g.exp10, f->exp_digits);
    return finish(&o, len, err);
}

/* Scalars of up to 16 digits stand without exponent; the narrow widths switch where their
 * guaranteed digits end. */
static bool is_positional(fnp_fkind kind, const void *x, bool wide)
{
    static const double limits[4] = {1e3, 1e6, 1e16, 1e16};
    fnp__binary b = fnp__decode(kind, x);
    if (b.what != FNP__FINITE || !b.mant) return true;
    if (kind == FNP_FLOAT_FLD) {
        long double v = __builtin_fabsl(*(const long double *)x);
        return v >= 1e-4L && v < 1e16L;
    }
    double v = __builtin_ldexp((double)b.mant, b.exp);
    return v >= 1e-4 && v < (wide ? 1e16 : limits[kind]);
}

static size_t scalar_text(fnp_fkind kind, const void *x, char positional_trim, bool sign, bool wide,
                          char *buf, size_t cap)
{
    fnp_float_format f = fnp_float_format_default();
    bool positional = is_positional(kind, x, wide);
    size_t n = 0;
    fnp_status st;
    f.trim = positional ? positional_trim : '-';
    f.sign = sign;
    st = positional ? fnp_float_positional(kind, x, &f, buf, cap, &n, NULL)
                    : fnp_float_scientific(kind, x, &f, buf, cap, &n, NULL);
    return st == FNP_OK ? n : 0;
}

size_t fnp_float_str(fnp_fkind kind, const void *x, char buf[FNP_FLOAT_STR_MAX])
{
    return scalar_text(kind, x, '0', false, false, buf, FNP_FLOAT_STR_MAX);
}

size_t fnp_float_str_wide(fnp_fkind kind, const void *x, char buf[FNP_FLOAT_STR_MAX])
{
    return scalar_text(kind, x, '0', false, true, buf, FNP_FLOAT_STR_MAX);
}

static size_t complex_text(fnp_fkind kind, const void *x, bool parens, char *buf)
{
    static const uint8_t widths[4] = {2, 4, 8, sizeof(long double)};
    fnp__binary re = fnp__decode(kind, x);
    size_t n = 0;
    bool bare = re.what == FNP__FINITE && !re.mant && !re.negative;
    if (!bare) {
        if (parens) buf[n++] = '(';
        n += scalar_text(kind, x, '-', false, false, buf + n, FNP_FLOAT_STR_MAX);
    }
    if (!bare && fnp__decode(kind, (const char *)x + widths[kind]).what == FNP__NAN) buf[n++] = '+';
    n += scalar_text(kind, (const char *)x + widths[kind], '-', !bare, false, buf + n,
                     FNP_FLOAT_STR_MAX);
    buf[n++] = 'j';
    if (!bare && parens) buf[n++] = ')';
    buf[n] = 0;
    return n;
}

size_t fnp_complex_str(fnp_fkind kind, const void *x, char buf[FNP_COMPLEX_STR_MAX])
{
    return complex_text(kind, x, true, buf);
}

size_t fnp_complex_str_bare(fnp_fkind kind, const void *x, char buf[FNP_COMPLEX_STR_MAX])
{
    return complex_text(kind, x, false, buf);
}

size_t fnp_double_repr(double x, char buf[FNP_FLOAT_STR_MAX])
{
    return fnp_float_str(FNP_FLOAT_F64, &x, buf);
}
