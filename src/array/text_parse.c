/* Numbers as Python's int(), float() and complex() read them: blanks around, underscores between
 * digits. */
#include "array/text_parse.h"

#include "fnp/numtext.h"

#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

fnp_intp fnp__text_trim(char **s, fnp_intp n)
{
    while (n > 0 && **s == ' ') {
        ++*s;
        n--;
    }
    while (n > 0 && (*s)[n - 1] == ' ') n--;
    (*s)[n] = '\0';
    return n;
}

/* Take out underscores that stand between two digits; false if one stands elsewhere. */
static bool drop_underscores(char *s, fnp_intp *n)
{
    fnp_intp k = 0;
    for (fnp_intp i = 0; i < *n; i++) {
        if (s[i] == '_') {
            if (i == 0 || i + 1 == *n || !is_digit(s[i - 1]) || !is_digit(s[i + 1])) return false;
            continue;
        }
        s[k++] = s[i];
    }
    s[k] = '\0';
    *n = k;
    return true;
}

fnp__parsed fnp__parse_integer(char *s, fnp_intp n, bool *negative, uint64_t *magnitude)
{
    n = fnp__text_trim(&s, n);
    *negative = n > 0 && s[0] == '-';
    if (n > 0 && (s[0] == '-' || s[0] == '+')) s++, n--;
    if (n == 0 || !drop_underscores(s, &n)) return FNP__PARSE_BAD;
    uint64_t m = 0;
    bool large = false;
    for (fnp_intp i = 0; i < n; i++) {
        if (!is_digit(s[i])) return FNP__PARSE_BAD;
        large |= __builtin_mul_overflow(m, 10, &m) ||
                 __builtin_add_overflow(m, (uint64_t)(s[i] - '0'), &m);
    }
    *magnitude = m;
    return large ? FNP__PARSE_LARGE : FNP__PARSE_OK;
}

/* A float at s; characters used, 0 if there is none. Python knows no nan(...). */
static size_t take_double(const char *s, size_t n, double *out)
{
    size_t used = fnp_text_to_double(s, n, out);
    const char *p = memchr(s, '(', used);
    return p ? (size_t)(p - s) : used;
}

bool fnp__parse_double(char *s, fnp_intp n, double *out)
{
    n = fnp__text_trim(&s, n);
    return n > 0 && drop_underscores(s, &n) && take_double(s, (size_t)n, out) == (size_t)n;
}

bool fnp__parse_longdouble(const char *s, fnp_intp n, long double *out)
{
    while (n > 0 && *s == ' ') s++, n--;
    if (n == 0 || strlen(s) != (size_t)n) return false;
    if (fnp_text_to_float(FNP_FLOAT_FLD, s, (size_t)n, out) == (size_t)n) return true;
    /* what only C knows: hexadecimal */
    if (!strpbrk(s, "xX")) return false;
    char *end;
    *out = strtold(s, &end);
    return end == s + n;
}

/* [sign] [number] j : the imaginary part, where a lone sign or nothing means 1 */
static size_t take_imaginary(const char *s, size_t n, double *im)
{
    size_t used = take_double(s, n, im);
    if (used == 0) {
        used = n > 0 && (s[0] == '+' || s[0] == '-');
        *im = used && s[0] == '-' ? -1 : 1;
    }
    return used < n && (s[used] == 'j' || s[used] == 'J') ? used + 1 : 0;
}

fnp__parsed fnp__parse_complex(char *s, fnp_intp length, double *re, double *im)
{
    *re = *im = 0;
    length = fnp__text_trim(&s, length);
    if (!drop_underscores(s, &length)) return FNP__PARSE_UNDERSCORE;
    if (length > 1 && s[0] == '(' && s[length - 1] == ')') {
        s++;
        length = fnp__text_trim(&s, length - 2);
    }
    size_t n = (size_t)length, used;
    if (n == 0) return FNP__PARSE_BAD;
    used = take_imaginary(s, n, im);
    if (used == n) return FNP__PARSE_OK;
    *im = 0;
    used = take_double(s, n, re);
    if (used == n && used) return FNP__PARSE_OK;
    if (used == 0 || (s[used] != '+' && s[used] != '-')) return FNP__PARSE_BAD;
    return take_imaginary(s + used, n - used, im) == n - used ? FNP__PARSE_OK : FNP__PARSE_BAD;
}
