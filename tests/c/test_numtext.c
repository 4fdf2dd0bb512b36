/* Numbers to text and back: every half, and random bits of the other widths, must read back equal;
 * printf and strtold of glibc, which are exact, are the slow twins. */
#include "fnp/numtext.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int passed, failed;

static void check(int ok, const char *what, const char *detail)
{
    if (ok) {
        passed++;
    } else if (++failed < 20) {
        printf("FAIL %s: %s\n", what, detail);
    }
}

static uint64_t rng = 88172645463325252u;

static uint64_t next(void)
{
    rng ^= rng << 13;
    rng ^= rng >> 7;
    rng ^= rng << 17;
    return rng * 2685821657736338717u;
}

static long double half_value(uint16_t h)
{
    int e = h >> 10 & 31, m = h & 1023;
    long double v = e ? ldexpl(1024 + m, e - 25) : ldexpl(m, -24);
    return h >> 15 ? -v : v;
}

static size_t width(fnp_fkind k)
{
    static const size_t w[] = {2, 4, 8, 10};
    return w[k];
}

/* Shortest text of *x, both layouts, must read back as *x. */
static void round_trip(fnp_fkind kind, const void *x)
{
    char text[FNP_FLOAT_TEXT_MAX];
    char back[16] = {0};
    size_t n = 0;
    fnp_float_format f = fnp_float_format_default();
    check(fnp_float_scientific(kind, x, &f, text, sizeof text, &n, NULL) == FNP_OK, "format",
          "sci");
    check(fnp_text_to_float(kind, text, n, back) == n, "length", text);
    check(!memcmp(back, x, width(kind)), "round trip", text);
    n = fnp_float_str(kind, x, text);
    check(fnp_text_to_float(kind, text, n, back) == n && !memcmp(back, x, width(kind)), "str",
          text);
}

static void all_halves(void)
{
    for (unsigned i = 0; i < 65536; i++) {
        uint16_t h = (uint16_t)i, up = (uint16_t)(h + 1), got;
        char text[128];
        if ((h >> 10 & 31) == 31) continue;
        round_trip(FNP_FLOAT_F16, &h);
        /* the midpoint to the next half must go to the even one, a hair more to the upper one */
        if ((up & 0x7fff) == 0 || (up >> 10 & 31) == 31) continue;
        long double mid = (half_value(h) + half_value(up)) / 2;
        int n = snprintf(text, sizeof text, "%.60Lf", mid);
        fnp_text_to_float(FNP_FLOAT_F16, text, (size_t)n, &got);
        check(got == (h & 1 ? up : h), "half midpoint", text);
        strcat(text, "00000000000000000001");
        fnp_text_to_float(FNP_FLOAT_F16, text, strlen(text), &got);
        check(got == up, "half above midpoint", text);
    }
}

static void random_bits(void)
{
    for (int i = 0; i < 200000; i++) {
        uint64_t u = next();
        uint32_t v = (uint32_t)next();
        double d;
        float f;
        memcpy(&d, &u, 8);
        memcpy(&f, &v, 4);
        if (isfinite(d)) round_trip(FNP_FLOAT_F64, &d);
        if (isfinite(f)) round_trip(FNP_FLOAT_F32, &f);
    }
    for (int i = 0; i < 2000; i++) {
        union {
            long double v;
            struct {
                uint64_t m;
                uint16_t se;
            } b;
        } x = {0};
        x.b.m = next() | UINT64_C(1) << 63;
        x.b.se = (uint16_t)(next() & (i & 1 ? 0xffff : 0x403f));
        if ((x.b.se & 0x7fff) == 0) x.b.se = 1;
        if ((x.b.se & 0x7fff) == 0x7fff) continue;
        round_trip(FNP_FLOAT_FLD, &x.v);
    }
}

/* Fixed digits against printf. */
static void fixed_digits(void)
{
    static char want[20000], got[20000];
    fnp_float_format f = fnp_float_format_default();
    f.unique = false;
    for (int i = 0; i < 20000; i++) {
        uint64_t u = next();
        double d;
        size_t n = 0;
        memcpy(&d, &u, 8);
        if (!isfinite(d)) continue;
        f.precision = 1 + (int)(next() % 30);
        snprintf(want, sizeof want, "%.*e", f.precision, d);
        if (fnp_float_scientific(FNP_FLOAT_F64, &d, &f, got, sizeof got, &n, NULL)) n = 0;
        check(!strcmp(want, got), want, got);
        if (fabs(d) > 1e30) d = ldexp((double)(u >> 20), -(int)(u & 63));
        snprintf(want, sizeof want, "%.*f", f.precision, d);
        if (fnp_float_positional(FNP_FLOAT_F64, &d, &f, got, sizeof got, &n, NULL)) n = 0;
        check(!strcmp(want, got), want, got);
    }
}

/* Random decimal texts against glibc. */
static void reading(void)
{
    char text[1400];
    for (int i = 0; i < 200000; i++) {
        int n = 0, digits = 1 + (int)(next() % (i % 50 ? 25 : 900));
        double d = 0;
        float f = 0;
        long double l = 0;
        for (int j = 0; j < digits; j++) {
            text[n++] = (char)('0' + next() % 10);
            if (j == digits / 2 && next() % 2) text[n++] = '.';
        }
        n += sprintf(text + n, "e%d", (int)(next() % (i & 1 ? 700 : 90)) - (i & 1 ? 350 : 45));
        fnp_text_to_float(FNP_FLOAT_F64, text, (size_t)n, &d);
        check(d == strtod(text, NULL), "double", text);
        fnp_text_to_float(FNP_FLOAT_F32, text, (size_t)n, &f);
        check(f == strtof(text, NULL), "float", text);
        if (i % 10 == 0) {
            fnp_text_to_float(FNP_FLOAT_FLD, text, (size_t)n, &l);
            check(l == strtold(text, NULL), "longdouble", text);
        }
        /* halfway between two doubles, exactly, and the same plus a little */
        uint64_t u = next() & 0x7fffffffffffffff;
        double a, b;
        memcpy(&a, &u, 8);
        if (i % 20 || !isfinite(a) || a == 0) continue;
        b = nextafter(a, INFINITY);
        if (!isfinite(b)) continue;
        snprintf(text, sizeof text, "%.1100Lg", ((long double)a + b) / 2);
        fnp_text_to_float(FNP_FLOAT_F64, text, strlen(text), &d);
        check(d == strtod(text, NULL), "midpoint", text);
    }
}

static void corners(void)
{
    static const char *const texts[] = {"1e4932",
                                        "1.1897314953572317650e4932",
                                        "1.18973149535723176505e4932",
                                        "1.2e4932",
                                        "3.6e-4951",
                                        "1.8e-4951",
                                        "1.9e-4951",
                                        "1e-5000",
                                        "3.3621031431120935062e-4932",
                                        "1e99999999999999999999",
                                        "0.000e5",
                                        ".5",
                                        "5.",
                                        "1e+5",
                                        "1e-400",
                                        "000000000000000000000000012"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        long double l = -1;
        double d = -1;
        size_t n = strlen(texts[i]);
        check(fnp_text_to_float(FNP_FLOAT_FLD, texts[i], n, &l) == n, "used", texts[i]);
        check(l == strtold(texts[i], NULL), "longdouble", texts[i]);
        fnp_text_to_float(FNP_FLOAT_F64, texts[i], n, &d);
        check(d == strtod(texts[i], NULL), "double", texts[i]);
    }
    double d;
    check(fnp_text_to_double("abc", 3, &d) == 0, "no number", "abc");
    check(fnp_text_to_double("1e", 2, &d) == 1 && d == 1, "bare e", "1e");
    check(fnp_text_to_double("-Infinity!", 10, &d) == 9 && d == -INFINITY, "infinity", "");
    check(fnp_text_to_double("nan(12)", 7, &d) == 7 && isnan(d), "nan", "");
    check(fnp_text_to_double("-.", 2, &d) == 0, "point alone", "");

    int64_t i64;
    uint64_t u64;
    bool over;
    check(fnp_text_to_i64("-9223372036854775808", 20, &i64, &over) == 20 && i64 == INT64_MIN &&
              !over,
          "i64", "min");
    check(fnp_text_to_i64("9223372036854775808", 19, &i64, &over) == 19 && over, "i64", "over");
    check(fnp_text_to_u64("18446744073709551615", 20, &u64, &over) == 20 && u64 == UINT64_MAX &&
              !over,
          "u64", "max");
    check(fnp_text_to_u64("18446744073709551616", 20, &u64, &over) == 20 && over, "u64", "over");
    check(fnp_text_to_u64("-1", 2, &u64, &over) == 2 && over, "u64", "negative");
    check(fnp_text_to_i64("+", 1, &i64, &over) == 0, "i64", "sign alone");
    char buf[24];
    fnp_i64_to_text(INT64_MIN, buf);
    check(!strcmp(buf, "-9223372036854775808"), "text", buf);
}

int main(void)
{
    all_halves();
    random_bits();
    fixed_digits();
    reading();
    corners();
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
