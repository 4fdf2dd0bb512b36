/* Fields to elements of the simple types. */
#include "fnp/textread.h"

#include "fnp/dtype.h"
#include "fnp/numtext.h"

#include <string.h>

/* Longest number that is worth reading; more digits than this are no table of numbers. */
enum { NUMBER_MAX = 4096 };

typedef struct span {
    const uint32_t *s, *end;
} span;

static void skip_space(span *f)
{
    while (f->s < f->end && fnp_ucs4_is_space(*f->s)) f->s++;
}

static size_t ascii_prefix(const span *f, char *buf)
{
    size_t n = (size_t)(f->end - f->s);
    if (n > NUMBER_MAX) n = NUMBER_MAX;
    for (size_t i = 0; i < n; i++) {
        if (f->s[i] > 126) return i;
        buf[i] = (char)f->s[i];
    }
    return n;
}

/* A real number at the start; false if there is none. */
static bool take_real(span *f, fnp_fkind kind, void *out)
{
    char buf[NUMBER_MAX];
    size_t n = ascii_prefix(f, buf), used;
    for (size_t i = 0; i < n; i++) {
        if (buf[i] == '(') n = i; /* nan(...) is not for tables */
    }
    used = fnp_text_to_float(kind, buf, n, out);
    f->s += used;
    return used != 0;
}

static bool read_real(span f, fnp_fkind kind, void *out)
{
    skip_space(&f);
    if (!take_real(&f, kind, out)) return false;
    skip_space(&f);
    return f.s == f.end;
}

/* "1", "2j", "1+2j", "(1+2j)"; the sign of the imaginary part may be doubled. */
static bool read_complex(span f, fnp_fkind kind, size_t width, uint32_t unit, char *out)
{
    bool paren = false;
    memset(out, 0, 2 * width);
    skip_space(&f);
    if (f.s < f.end && *f.s == '(') {
        paren = true;
        f.s++;
        skip_space(&f);
    }
    if (!take_real(&f, kind, out)) return false;
    if (f.s < f.end && *f.s == unit) {
        memcpy(out + width, out, width);
        memset(out, 0, width);
        f.s++;
    } else if (f.s < f.end && (*f.s == '+' || *f.s == '-')) {
        if (*f.s == '+' && f.s + 1 < f.end && f.s[1] == '-') f.s++;
        if (!take_real(&f, kind, out + width) || f.s == f.end || *f.s != unit) return false;
        f.s++;
    }
    if (paren) {
        skip_space(&f);
        if (f.s == f.end || *f.s != ')') return false;
        f.s++;
    }
    skip_space(&f);
    return f.s == f.end;
}

static bool read_integer(span f, bool is_signed, uint64_t *out)
{
    char buf[NUMBER_MAX];
    size_t n, used;
    bool overflow = false;
    int64_t v = 0;
    skip_space(&f);
    n = ascii_prefix(&f, buf);
    if (is_signed) {
        used = fnp_text_to_i64(buf, n, &v, &overflow);
        *out = (uint64_t)v;
    } else {
        if (n && buf[0] == '-') return false;
        used = fnp_text_to_u64(buf, n, out, &overflow);
    }
    if (!used || overflow) return false;
    f.s += used;
    skip_space(&f);
    return f.s == f.end;
}

/* A sign and up to 18 digits and nothing else, the usual case; false: look closer. */
static inline bool read_short_integer(const span *f, bool is_signed, uint64_t *out)
{
    const uint32_t *s = f->s, *end = f->end;
    const bool negative = s < end && *s == '-';
    uint64_t v = 0;
    s += negative;
    if (s == end || end - s > 18 || (negative && !is_signed)) return false;
    for (; s < end; s++) {
        if (*s - '0' > 9) return false;
        v = v * 10 + (*s - '0');
    }
    *out = negative ? 0 - v : v;
    return true;
}

/* Store an integer if it fits into `size` bytes. */
static int store_integer(const span *f, bool is_signed, fnp_intp size, void *out)
{
    uint64_t u;
    int spare = 64 - 8 * (int)size;
    if (!read_short_integer(f, is_signed, &u) && !read_integer(*f, is_signed, &u)) return 0;
    if (is_signed ? (int64_t)(u << spare) >> spare != (int64_t)u : u << spare >> spare != u)
        return 0;
    memcpy(out, &u, (size_t)size); /* little-endian, as everything here */
    return 1;
}

int fnp_field_read(int type_num, fnp_intp elsize, uint32_t unit, const uint32_t *s, size_t n,
                   void *out)
{
    span f = {s, s + n};
    char value[32];
    uint64_t u;
    if (type_num == FNP_STRING) {
        char *p = out;
        for (fnp_intp i = 0; i < elsize; i++) {
            if ((size_t)i < n && s[i] > 255) return 0;
            p[i] = (size_t)i < n ? (char)s[i] : 0;
        }
        return 1;
    }
    if (type_num == FNP_UNICODE) {
        size_t room = (size_t)elsize / 4, fits = n < room ? n : room;
        memcpy(out, s, fits * 4);
        memset((char *)out + fits * 4, 0, (room - fits) * 4);
        return 1;
    }
    if (type_num == FNP_BOOL) {
        if (!read_integer(f, true, &u)) return 0;
        *(uint8_t *)out = u != 0;
        return 1;
    }
    if (fnp_typenum_is_integer(type_num))
        return store_integer(&f, !fnp_typenum_is_unsigned(type_num), elsize, out);
    switch (type_num) {
    case FNP_HALF:
        if (!read_real(f, FNP_FLOAT_F16, value)) return 0;
        break;
    case FNP_FLOAT: {
        double d;
        float r;
        if (!read_real(f, FNP_FLOAT_F64, &d)) return 0;
        r = (float)d; /* by way of double, as NumPy */
        memcpy(value, &r, 4);
        break;
    }
    case FNP_DOUBLE:
        if (!read_real(f, FNP_FLOAT_F64, value)) return 0;
        break;
    case FNP_LONGDOUBLE:
        if (!read_real(f, FNP_FLOAT_FLD, value)) return 0;
        break;
    case FNP_CFLOAT: {
        double d[2];
        float r[2];
        if (!read_complex(f, FNP_FLOAT_F64, 8, unit, (char *)d)) return 0;
        r[0] = (float)d[0];
        r[1] = (float)d[1];
        memcpy(value, r, 8);
        break;
    }
    case FNP_CDOUBLE:
        if (!read_complex(f, FNP_FLOAT_F64, 8, unit, value)) return 0;
        break;
    case FNP_CLONGDOUBLE: { /* by way of double, as NumPy */
        double d[2];
        long double l[2];
        if (!read_complex(f, FNP_FLOAT_F64, 8, unit, (char *)d)) return 0;
        memset(l, 0, sizeof l);
        l[0] = d[0];
        l[1] = d[1];
        memcpy(value, l, sizeof l);
        break;
    }
    default: return -1;
    }
    memcpy(out, value, (size_t)elsize);
    return 1;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static const char *skip_blanks(const char *s, const char *end)
{
    while (s < end && is_blank(*s)) s++;
    return s;
}

int fnp_sep_match(const char **p, const char *end, const char *sep)
{
    const char *s = skip_blanks(*p, end), *begin = *p;
    bool word = false;
    int result = 0;
    for (; *sep && result == 0; sep++) {
        if (is_blank(*sep)) {
            s = skip_blanks(s, end);
            continue;
        }
        word = true;
        if (s == end)
            result = -1;
        else if (*s++ != *sep)
            result = -2;
    }
    if (result == 0) s = skip_blanks(s, end);
    if (result == 0 && !word) result = s == end ? -1 : s == begin ? -2 : 0;
    *p = s;
    return result;
}

/* "1", "2j", "1+2j"; what does not go on as an imaginary part is left. */
static size_t complex_prefix(fnp_fkind kind, size_t width, const char *s, size_t n, char *out)
{
    size_t used = fnp_text_to_float(kind, s, n, out), more;
    memset(out + width, 0, width);
    if (!used) return 0;
    if (used < n && s[used] == 'j') {
        memcpy(out + width, out, width);
        memset(out, 0, width);
        return used + 1;
    }
    if (used < n && (s[used] == '+' || s[used] == '-')) {
        more = fnp_text_to_float(kind, s + used, n - used, out + width);
        if (more && used + more < n && s[used + more] == 'j') return used + more + 1;
        memset(out + width, 0, width);
    }
    return used;
}

/* An integer of `size` bytes, clipped to its range. */
static size_t integer_prefix(bool is_signed, fnp_intp size, const char *s, size_t n, void *out)
{
    const int bits = 8 * (int)size;
    bool overflow = false;
    size_t used;
    uint64_t u = 0;
    int64_t v = 0;
    if (is_signed) {
        int64_t top = (int64_t)(UINT64_MAX >> (65 - bits)), low = -top - 1;
        used = fnp_text_to_i64(s, n, &v, &overflow);
        if (overflow) v = s[0] == '-' ? low : top;
        v = v > top ? top : v < low ? low : v;
        u = (uint64_t)v;
    } else {
        uint64_t top = UINT64_MAX >> (64 - bits);
        if (n && s[0] == '-') return 0;
        used = fnp_text_to_u64(s, n, &u, &overflow);
        if (overflow || u > top) u = top;
    }
    memcpy(out, &u, (size_t)size);
    return used;
}

fnp_intp fnp_number_read(int type_num, fnp_intp elsize, const char *s, size_t n, void *out)
{
    static const int8_t kinds[] = {
        [FNP_FLOAT] = FNP_FLOAT_F32,      [FNP_DOUBLE] = FNP_FLOAT_F64,
        [FNP_LONGDOUBLE] = FNP_FLOAT_FLD, [FNP_CFLOAT] = FNP_FLOAT_F32,
        [FNP_CDOUBLE] = FNP_FLOAT_F64,    [FNP_CLONGDOUBLE] = FNP_FLOAT_FLD};
    const char *start = skip_blanks(s, s + n);
    size_t blanks = (size_t)(start - s), used;
    char value[32];
    double d;
    n -= blanks;
    if (type_num == FNP_BOOL) {
        used = fnp_text_to_double(start, n, &d);
        *(uint8_t *)value = used && d != 0;
    } else if (fnp_typenum_is_integer(type_num)) {
        used = integer_prefix(!fnp_typenum_is_unsigned(type_num), elsize, start, n, value);
    } else if (fnp_typenum_is_time(type_num)) {
        used = integer_prefix(true, 8, start, n, value);
    } else if (fnp_typenum_is_float(type_num)) {
        used = fnp_text_to_float(type_num == FNP_HALF ? FNP_FLOAT_F16 : (fnp_fkind)kinds[type_num],
                                 start, n, value);
    } else if (fnp_typenum_is_complex(type_num)) {
        used = complex_prefix((fnp_fkind)kinds[type_num], (size_t)elsize / 2, start, n, value);
    } else {
        return -1;
    }
    if (!used) return 0;
    memcpy(out, value, (size_t)elsize);
    return (fnp_intp)(blanks + used);
}
