/* Elements of S and U: what parsers read and what messages quote. */
#include "array/text_element.h"

#include <stdio.h>

/* First code points of the runs of ten decimal digits outside ASCII (Unicode 15, category Nd,
 * common scripts). */
static const uint32_t digit_zeros[] = {
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66,
    0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90,
    0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
};

static bool is_blank(uint32_t c)
{
    return (c >= 9 && c <= 13) || (c >= 0x1c && c <= 0x20) || c == 0x85 || c == 0xa0 ||
           c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
           c == 0x202f || c == 0x205f || c == 0x3000;
}

static char ascii_of(const fnp_dtype *dt, uint32_t c)
{
    if (c < 0x80) return is_blank(c) ? ' ' : (char)c;
    if (dt->type_num != FNP_UNICODE) return 0x7f;
    if (is_blank(c)) return ' ';
    for (size_t i = 0; i < sizeof digit_zeros / sizeof *digit_zeros; i++)
        if (c - digit_zeros[i] < 10) return (char)('0' + (c - digit_zeros[i]));
    if (c >= 0x1D7CE && c <= 0x1D7FF) return (char)('0' + (c - 0x1D7CE) % 10);
    return 0x7f;
}

fnp_intp fnp__text_to_ascii(const fnp_dtype *dt, const char *p, char *out)
{
    fnp_intp n = text_length(dt, p);
    for (fnp_intp i = 0; i < n; i++) out[i] = ascii_of(dt, text_char(dt, p, i));
    out[n] = '\0';
    return n;
}

static size_t put_utf8(uint32_t c, char *out)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = n - 1; i > 0; i--, c >>= 6) out[i] = (char)(0x80 | (c & 0x3f));
    out[0] = (char)(lead[n] | c);
    return n;
}

void fnp__text_utf8(const fnp_dtype *dt, const char *p, fnp_intp n, char *out, size_t cap)
{
    size_t k = 0;
    for (fnp_intp i = 0; i < n && k + 5 < cap; i++) {
        uint32_t c = text_char(dt, p, i);
        if (dt->type_num != FNP_UNICODE && c >= 0x80) c = 0xfffd;
        k += put_utf8(c, out + k);
    }
    out[k] = '\0';
}

void fnp__text_repr(const fnp_dtype *dt, const char *p, fnp_intp n, char *out, size_t cap)
{
    bool bytes = dt->type_num != FNP_UNICODE, single = false, twice = false;
    for (fnp_intp i = 0; i < n; i++) {
        uint32_t c = text_char(dt, p, i);
        single |= c == '\'';
        twice |= c == '"';
    }
    char quote = single && !twice ? '"' : '\'';
    size_t k = 0;
    if (bytes) out[k++] = 'b';
    out[k++] = quote;
    for (fnp_intp i = 0; i < n && k + 16 < cap; i++) {
        uint32_t c = text_char(dt, p, i);
        if (c == (unsigned char)quote || c == '\\') {
            out[k++] = '\\';
            out[k++] = (char)c;
        } else if (c == '\n' || c == '\r' || c == '\t') {
            out[k++] = '\\';
            out[k++] = c == '\n' ? 'n' : c == '\r' ? 'r' : 't';
        } else if (c < 0x20 || c == 0x7f || (bytes ? c >= 0x80 : c > 0x7f && c < 0xa1)) {
            k += (size_t)snprintf(out + k, cap - k, "\\x%02x", c);
        } else if (!bytes && (is_blank(c) && c > 0x7f)) {
            k += (size_t)snprintf(out + k, cap - k, "\\u%04x", c);
        } else {
            k += put_utf8(c, out + k);
        }
    }
    out[k++] = quote;
    out[k] = '\0';
}
