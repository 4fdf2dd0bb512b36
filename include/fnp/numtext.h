/* Numbers to text and back, every float width. Locale-free; never allocates; thread-safe.
 *
 * Formatting: the shortest digits come from Schubfach (R. Giulietti, "The Schubfach way to render
 * doubles", 2020) for half, float and double; everything else from exact big integers (Steele and
 * White 1990, Burger and Dybvig 1996). Parsing: exact products, then Eisel-Lemire (D. Lemire,
 * "Number parsing at a gigabyte per second", 2021), then big integers; always correctly rounded. */
#ifndef FNP_NUMTEXT_H
#define FNP_NUMTEXT_H

#include "fnp/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Which float a `const void *` points at: binary16 (as uint16_t), float, double, long double. */
typedef enum fnp_fkind { FNP_FLOAT_F16, FNP_FLOAT_F32, FNP_FLOAT_F64, FNP_FLOAT_FLD } fnp_fkind;

/* The options of format_float_positional and format_float_scientific; -1 means "not given". */
typedef struct fnp_float_format {
    bool unique;     /* shortest digits that read back, instead of exactly `precision` digits */
    bool fractional; /* positional: digits are counted after the point, not from the first one */
    bool sign;       /* '+' before positives */
    char trim;       /* 'k' keep, '.' trim zeros, '0' leave one zero, '-' drop the point too */
    int precision, min_digits;
    int pad_left, pad_right; /* characters before and after the point (right: positional only) */
    int exp_digits;          /* scientific: least number of digits of the exponent */
} fnp_float_format;

/* unique, fractional, trim 'k', no sign, everything else not given. */
fnp_float_format fnp_float_format_default(void);

/* Longest text that NumPy's own formatting functions return. */
#define FNP_FLOAT_TEXT_MAX 16384

/* Text of *x into buf (NUL-terminated); *len without the NUL.
 * Errors: FNP_ERUNTIME if it does not fit into `cap` bytes. */
FNP_MUST_CHECK fnp_status fnp_float_positional(fnp_fkind kind, const void *x,
                                               const fnp_float_format *format, char *buf,
                                               size_t cap, size_t *len, fnp_error *err);
FNP_MUST_CHECK fnp_status fnp_float_scientific(fnp_fkind kind, const void *x,
                                               const fnp_float_format *format, char *buf,
                                               size_t cap, size_t *len, fnp_error *err);

/* str() of a scalar as NumPy prints it ("1e+16", "0.1", "nan"); NUL-terminated, length returned.
 * The complex one reads two parts of `kind` side by side and prints "(1+2j)" or "2j". */
#define FNP_FLOAT_STR_MAX 80
#define FNP_COMPLEX_STR_MAX 168
size_t fnp_float_str(fnp_fkind kind, const void *x, char buf[FNP_FLOAT_STR_MAX]);
/* As it was before half and float got limits of their own: without exponent below 1e16. */
size_t fnp_float_str_wide(fnp_fkind kind, const void *x, char buf[FNP_FLOAT_STR_MAX]);
size_t fnp_complex_str(fnp_fkind kind, const void *x, char buf[FNP_COMPLEX_STR_MAX]);
/* The same without parentheses: what longdouble's complex repr quotes. */
size_t fnp_complex_str_bare(fnp_fkind kind, const void *x, char buf[FNP_COMPLEX_STR_MAX]);

/* str() of a Python float (repr: shortest, "1e+16", "1.0", "inf"), for object-like texts. */
size_t fnp_double_repr(double x, char buf[FNP_FLOAT_STR_MAX]);

/* Number at the start of s[0..n): optional sign, digits with '.', exponent, or inf, infinity,
 * nan, nan(...), in any case; no leading blanks, no hexadecimal. Writes the correctly rounded
 * value (ties to even; too large gives inf) and returns the characters used, 0 if none. */
size_t fnp_text_to_float(fnp_fkind kind, const char *s, size_t n, void *out);
/* The usual case. */
size_t fnp_text_to_double(const char *s, size_t n, double *out);

/* Decimal integer at the start of s[0..n), sign allowed ('-' for the unsigned one too, if the value
 * is 0). Returns the characters used, 0 if none; *overflow tells that the value does not fit. */
size_t fnp_text_to_i64(const char *s, size_t n, int64_t *out, bool *overflow);
size_t fnp_text_to_u64(const char *s, size_t n, uint64_t *out, bool *overflow);
/* Decimal digits into buf (NUL-terminated, at most 21 bytes); length returned. */
size_t fnp_i64_to_text(int64_t x, char buf[24]);
size_t fnp_u64_to_text(uint64_t x, char buf[24]);

#ifdef __cplusplus
}
#endif
#endif
