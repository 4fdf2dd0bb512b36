/* Units of datetime64 and timedelta64: names, metadata strings, casting rules, common divisors. */
#include "fnp/calendar.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A conversion factor above this is refused. */
#define FACTOR_MAX ((INT64_C(1) << 56) - 1)

static const struct {
    int value;
    const char *name;
} units[] = {
#define FNP_UNIT(id, value, name, word) {value, name},
#include "fnp/units.def"
#undef FNP_UNIT
};

const char *fnp_unit_name(int unit)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (units[i].value == unit) return units[i].name;
    return NULL;
}

int fnp_unit_from_text(const char *s, size_t n)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strlen(units[i].name) == n && !memcmp(units[i].name, s, n)) return units[i].value;
    /* Greek mu and the micro sign, in UTF-8 */
    if (n == 3 && (!memcmp(s, "\xce\xbcs", 3) || !memcmp(s, "\xc2\xb5s", 3))) return FNP_UNIT_us;
    return FNP_UNIT_ERROR;
}

/* A C integer as strtol reads it, within [p, end). */
static const char *read_long(const char *p, const char *end, long long *out)
{
    char digits[64];
    size_t n = (size_t)(end - p) < sizeof digits ? (size_t)(end - p) : sizeof digits - 1;
    char *stop;
    memcpy(digits, p, n);
    digits[n] = 0;
    *out = strtoll(digits, &stop, 10);
    return p + (stop - digits);
}

fnp_status fnp_dtmeta_divide(fnp_dtmeta *meta, int den, const char *whole, fnp_error *err)
{
    /* how many of which finer unit one unit holds; nominal months and years */
    static const struct {
        int8_t unit, finer;
        int32_t count;
    } parts[] = {
        {FNP_UNIT_Y, FNP_UNIT_M, 12},     {FNP_UNIT_Y, FNP_UNIT_W, 52},
        {FNP_UNIT_Y, FNP_UNIT_D, 365},    {FNP_UNIT_M, FNP_UNIT_W, 4},
        {FNP_UNIT_M, FNP_UNIT_D, 30},     {FNP_UNIT_M, FNP_UNIT_h, 720},
        {FNP_UNIT_W, FNP_UNIT_D, 7},      {FNP_UNIT_W, FNP_UNIT_h, 168},
        {FNP_UNIT_W, FNP_UNIT_m, 10080},  {FNP_UNIT_D, FNP_UNIT_h, 24},
        {FNP_UNIT_D, FNP_UNIT_m, 1440},   {FNP_UNIT_D, FNP_UNIT_s, 86400},
        {FNP_UNIT_h, FNP_UNIT_m, 60},     {FNP_UNIT_h, FNP_UNIT_s, 3600},
        {FNP_UNIT_m, FNP_UNIT_s, 60},     {FNP_UNIT_m, FNP_UNIT_ms, 60000},
        {FNP_UNIT_s, FNP_UNIT_ms, 1000},  {FNP_UNIT_s, FNP_UNIT_us, 1000000},
        {FNP_UNIT_ms, FNP_UNIT_us, 1000}, {FNP_UNIT_ms, FNP_UNIT_ns, 1000000},
        {FNP_UNIT_us, FNP_UNIT_ns, 1000}, {FNP_UNIT_us, FNP_UNIT_ps, 1000000},
        {FNP_UNIT_ns, FNP_UNIT_ps, 1000}, {FNP_UNIT_ns, FNP_UNIT_fs, 1000000},
        {FNP_UNIT_ps, FNP_UNIT_fs, 1000}, {FNP_UNIT_ps, FNP_UNIT_as, 1000000},
        {FNP_UNIT_fs, FNP_UNIT_as, 1000},
    };
    if (meta->unit == FNP_UNIT_GENERIC)
        return fnp_fail(err, FNP_EVALUE, "Can't use 'den' divisor with generic units");
    for (size_t i = 0; den != 0 && i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].unit != meta->unit || parts[i].count % den) continue;
        meta->unit = parts[i].finer;
        meta->num = (int)((unsigned)meta->num * (unsigned)(parts[i].count / den));
        return FNP_OK;
    }
    if (whole)
        return fnp_fail(
            err, FNP_EVALUE,
            "divisor (%d) is not a multiple of a lower-unit in datetime metadata \"%s\"", den,
            whole);
    return fnp_fail(err, FNP_EVALUE,
                    "divisor (%d) is not a multiple of a lower-unit in datetime metadata", den);
}

/* "25us" inside or without brackets, [p, end). */
static fnp_status parse_bracketed(const char *s, const char *end, const char *whole,
                                  fnp_dtmeta *out, fnp_error *err)
{
    const char *p = s + 1, *unit;
    long long num = 1, den = 1;
    const char *q = read_long(p, end, &num);
    if (q == p) num = 1;
    if (!memchr(s, ']', (size_t)(end - s))) {
        p = end;
        goto bad;
    }
    if (num < 0 || num > INT_MAX) goto bad;
    p = q;
    for (unit = p; p < end && *p != ']' && *p != '/'; p++) {
    }
    if (p == unit || p == end) goto bad;
    out->unit = fnp_unit_from_text(unit, (size_t)(p - unit));
    out->num = (int)num;
    if (out->unit == FNP_UNIT_ERROR)
        return fnp_fail(err, FNP_ETYPE, "Invalid datetime unit in metadata string \"%s\"", whole);
    if (*p == '/') {
        q = read_long(++p, end, &den);
        if (q == p || q == end || *q != ']') goto bad;
        p = q;
    }
    if (den != 1) FNP_TRY(fnp_dtmeta_divide(out, (int)den, whole, err));
    if (++p == end) return FNP_OK;
bad:
    return fnp_fail(err, FNP_ETYPE, "Invalid datetime metadata string \"%s\" at position %td",
                    whole, p - s);
}

fnp_status fnp_dtmeta_parse(const char *s, size_t n, const char *whole, fnp_dtmeta *out,
                            fnp_error *err)
{
    const char *end = s + n, *p;
    long long num;
    if (n && *s == '[') {
        if (n < 3)
            return fnp_fail(err, FNP_ETYPE, "Invalid datetime metadata string \"%s\"", whole);
        return parse_bracketed(s, end, whole, out, err);
    }
    p = read_long(s, end, &num);
    if (p == s) num = 1;
    if (num < 0 || num > INT_MAX || p == end || memchr(p, '/', (size_t)(end - p)))
        return fnp_fail(err, FNP_ETYPE, "Invalid datetime metadata string \"%s\"", whole);
    out->unit = fnp_unit_from_text(p, (size_t)(end - p));
    out->num = (int)num;
    if (out->unit == FNP_UNIT_ERROR)
        return fnp_fail(err, FNP_ETYPE, "Invalid datetime unit \"%.*s\" in metadata",
                        (int)(end - p), p);
    return FNP_OK;
}

size_t fnp_dtmeta_format(fnp_dtmeta meta, bool brackets, char buf[40])
{
    const char *name = fnp_unit_name(meta.unit), *open = brackets ? "[" : "";
    const char *close = brackets ? "]" : "";
    int n;
    if (meta.unit == FNP_UNIT_GENERIC)
        n = snprintf(buf, 40, "%s", brackets ? "" : "generic");
    else if (meta.num == 1)
        n = snprintf(buf, 40, "%s%s%s", open, name ? name : "?", close);
    else
        n = snprintf(buf, 40, "%s%d%s%s", open, meta.num, name ? name : "?", close);
    return (size_t)n;
}

bool fnp_dtmeta_equal(fnp_dtmeta a, fnp_dtmeta b)
{
    return a.unit == b.unit && a.num == b.num;
}

static bool is_calendar(int unit)
{
    return unit == FNP_UNIT_Y || unit == FNP_UNIT_M;
}

/* Units of `fine` in one `coarse`, both fixed (or Y and M); 0 if it overflows the limit. */
static int64_t linear_factor(int coarse, int fine)
{
    int64_t f = 1;
    if (coarse == FNP_UNIT_Y && fine > FNP_UNIT_Y) {
        f = 12;
        coarse = FNP_UNIT_M;
    }
    if (coarse == FNP_UNIT_W && fine > FNP_UNIT_W) {
        f = 7;
        coarse = FNP_UNIT_D;
    }
    for (; coarse < fine; coarse++) {
        int64_t step = coarse == FNP_UNIT_D ? 24 : coarse < FNP_UNIT_s ? 60 : 1000;
        if (__builtin_mul_overflow(f, step, &f) || f > FACTOR_MAX) return 0;
    }
    return f;
}

typedef unsigned __int128 u128;

static u128 gcd128(u128 a, u128 b)
{
    while (b) {
        u128 t = a % b;
        a = b;
        b = t;
    }
    return a;
}

static bool mul(int64_t *a, int64_t b)
{
    return !__builtin_mul_overflow(*a, b, a);
}

void fnp_dtmeta_factor(fnp_dtmeta from, fnp_dtmeta to, int64_t *num, int64_t *den)
{
    u128 n, d = 1, g;
    int64_t f;
    int coarse = from.unit, fine = to.unit;
    bool inverse = from.unit > to.unit;
    *num = *den = 0;
    if (from.unit == FNP_UNIT_GENERIC || to.unit == FNP_UNIT_GENERIC) {
        *num = *den = 1;
        return;
    }
    if (inverse) {
        coarse = to.unit;
        fine = from.unit;
    }
    if (is_calendar(coarse) && !is_calendar(fine)) {
        /* 400 years are 146097 days */
        f = fine == FNP_UNIT_W ? 1 : linear_factor(FNP_UNIT_D, fine);
        n = (u128)146097 * (u128)f;
        d = (coarse == FNP_UNIT_Y ? 400u : 4800u) * (fine == FNP_UNIT_W ? 7u : 1u);
    } else {
        f = linear_factor(coarse, fine);
        n = (u128)f;
    }
    if (inverse) {
        u128 t = n;
        n = d;
        d = t;
    }
    n *= (u128)from.num;
    d *= (u128)to.num;
    g = f ? gcd128(n, d) : 0;
    if (!g || n / g > INT64_MAX || d / g > INT64_MAX) return;
    *num = (int64_t)(n / g);
    *den = (int64_t)(d / g);
}

bool fnp_dtmeta_divides(bool strict, fnp_dtmeta dividend, fnp_dtmeta divisor)
{
    int64_t a = dividend.num, b = divisor.num, f;
    if (divisor.unit == FNP_UNIT_GENERIC) return true;
    if (dividend.unit == FNP_UNIT_GENERIC) return false;
    if (is_calendar(dividend.unit) != is_calendar(divisor.unit)) return !strict;
    f = dividend.unit < divisor.unit ? linear_factor(dividend.unit, divisor.unit)
                                     : linear_factor(divisor.unit, dividend.unit);
    if (!f || !mul(dividend.unit < divisor.unit ? &a : &b, f) || !b) return false;
    if (f > 1 && (a > FACTOR_MAX || b > FACTOR_MAX)) return false;
    return a % b == 0;
}

bool fnp_unit_can_cast(bool is_timedelta, int from, int to, fnp_casting casting)
{
    if (casting == FNP_CAST_UNSAFE) return true;
    if (casting == FNP_CAST_NO || casting == FNP_CAST_EQUIV) return from == to;
    if (from == FNP_UNIT_GENERIC || to == FNP_UNIT_GENERIC) return from == FNP_UNIT_GENERIC;
    if (is_timedelta && is_calendar(from) != is_calendar(to)) return false;
    /* between metric units only the numbers matter: 1000ms is 1s */
    return casting == FNP_CAST_SAME_KIND || from <= to || (from >= FNP_UNIT_s && to >= FNP_UNIT_s);
}

bool fnp_dtmeta_can_cast(bool is_timedelta, fnp_dtmeta from, fnp_dtmeta to, fnp_casting casting)
{
    if (casting == FNP_CAST_NO || casting == FNP_CAST_EQUIV) return fnp_dtmeta_equal(from, to);
    if (!fnp_unit_can_cast(is_timedelta, from.unit, to.unit, casting)) return false;
    if (casting != FNP_CAST_SAFE || from.unit == FNP_UNIT_GENERIC) return true;
    return fnp_dtmeta_divides(is_timedelta, from, to);
}

fnp_status fnp_dtmeta_gcd(fnp_dtmeta a, fnp_dtmeta b, bool strict_a, bool strict_b, fnp_dtmeta *out,
                          fnp_error *err)
{
    char ta[40], tb[40];
    fnp_dtmeta fine = a, coarse = b, given[2] = {a, b};
    int64_t f, n;
    if (a.unit == FNP_UNIT_GENERIC || b.unit == FNP_UNIT_GENERIC) {
        *out = a.unit == FNP_UNIT_GENERIC ? b : a;
        return FNP_OK;
    }
    if (is_calendar(a.unit) != is_calendar(b.unit)) {
        if ((strict_a && is_calendar(a.unit)) || (strict_b && is_calendar(b.unit))) {
            fnp_dtmeta_format(a, true, ta);
            fnp_dtmeta_format(b, true, tb);
            return fnp_fail(err, FNP_ETYPE,
                            "Cannot get a common metadata divisor for Numpy datetime metadata %s "
                            "and %s because they have incompatible nonlinear base time units.",
                            ta, tb);
        }
        /* a month or year only has to be no finer than the other: count it as a week */
        if (is_calendar(a.unit)) a.unit = FNP_UNIT_W;
        if (is_calendar(b.unit)) b.unit = FNP_UNIT_W;
    }
    fine = a.unit >= b.unit ? a : b;
    coarse = a.unit >= b.unit ? b : a;
    f = linear_factor(coarse.unit, fine.unit);
    n = coarse.num;
    if (!f || !mul(&n, f) ||
        (n = fine.num == 1 ? 1 : (int64_t)gcd128((u128)n, (u128)fine.num)) > INT_MAX) {
        fnp_dtmeta_format(given[0], true, ta);
        fnp_dtmeta_format(given[1], true, tb);
        return fnp_fail(err, FNP_EOVERFLOW,
                        "Integer overflow getting a common metadata divisor for NumPy datetime "
                        "metadata %s and %s.",
                        ta, tb);
    }
    out->unit = fine.unit;
    out->num = (int)n;
    return FNP_OK;
}
