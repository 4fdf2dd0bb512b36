/* Elements of S and U seen one at a time: as text to parse, and as room to print into. */
#ifndef FNP_ARRAY_TEXT_ELEMENT_H
#define FNP_ARRAY_TEXT_ELEMENT_H

#include "fnp/dtype.h"

#include <string.h>

static inline uint32_t text_ucs4(const char *p, bool swapped)
{
    uint32_t c;
    memcpy(&c, p, sizeof c);
    return swapped ? __builtin_bswap32(c) : c;
}

static inline fnp_intp text_capacity(const fnp_dtype *dt)
{
    return dt->type_num == FNP_UNICODE ? dt->elsize / 4 : dt->elsize;
}

static inline uint32_t text_char(const fnp_dtype *dt, const char *p, fnp_intp i)
{
    return dt->type_num == FNP_UNICODE ? text_ucs4(p + 4 * i, dt->swapped) : (unsigned char)p[i];
}

static inline void text_set_char(const fnp_dtype *dt, char *p, fnp_intp i, uint32_t c)
{
    if (dt->type_num != FNP_UNICODE) {
        p[i] = (char)c;
        return;
    }
    if (dt->swapped) c = __builtin_bswap32(c);
    memcpy(p + 4 * i, &c, sizeof c);
}

/* Characters without the trailing NULs that pad an element. */
static inline fnp_intp text_length(const fnp_dtype *dt, const char *p)
{
    fnp_intp n = text_capacity(dt);
    while (n > 0 && text_char(dt, p, n - 1) == 0) n--;
    return n;
}

/* Write ASCII text, cut to the element's room, padded with NULs. */
static inline void text_store(const fnp_dtype *dt, char *p, const char *text, size_t len)
{
    fnp_intp room = text_capacity(dt), n = (fnp_intp)len < room ? (fnp_intp)len : room;
    if (dt->type_num != FNP_UNICODE) {
        memcpy(p, text, (size_t)n);
        memset(p + n, 0, (size_t)(room - n));
        return;
    }
    for (fnp_intp i = 0; i < room; i++) text_set_char(dt, p, i, i < n ? (unsigned char)text[i] : 0);
}

/* The text for parsers: ASCII, with Unicode's digits and blanks mapped to theirs and everything
 * else that is not ASCII to 0x7f, which no number contains. `out` has room for the element's
 * capacity and a NUL. */
fnp_intp fnp__text_to_ascii(const fnp_dtype *dt, const char *p, char *out);
/* Python's repr of the element as error messages quote it: b'..' or '..' with `prefix` and suffix
 * around it. */
void fnp__text_repr(const fnp_dtype *dt, const char *p, fnp_intp n, char *out, size_t cap);
/* Character c at `position` is not ASCII: the text of Python's UnicodeEncodeError; FNP_EUNICODE. */
fnp_status fnp__fail_encode(fnp_error *err, fnp_intp position, uint32_t c);
/* The text itself as UTF-8, cut to `cap`. */
void fnp__text_utf8(const fnp_dtype *dt, const char *p, fnp_intp n, char *out, size_t cap);

#endif
