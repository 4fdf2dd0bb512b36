/* Inside src/array: Python's number syntax. The text is ASCII (fnp__text_to_ascii), is changed
 * while it is read, and has a NUL behind it. */
#ifndef FNP_ARRAY_TEXT_PARSE_H
#define FNP_ARRAY_TEXT_PARSE_H

#include "fnp/status.h"

typedef enum fnp__parsed {
    FNP__PARSE_OK,
    FNP__PARSE_BAD,
    FNP__PARSE_LARGE,     /* an integer of more than 64 bits */
    FNP__PARSE_UNDERSCORE /* an underscore in the wrong place */
} fnp__parsed;

fnp__parsed fnp__parse_integer(char *s, fnp_intp n, bool *negative, uint64_t *magnitude);
bool fnp__parse_double(char *s, fnp_intp n, double *out);
/* strtold's syntax: blanks before it only, no underscores. */
bool fnp__parse_longdouble(const char *s, fnp_intp n, long double *out);
fnp__parsed fnp__parse_complex(char *s, fnp_intp n, double *re, double *im);
/* Without blanks at both ends; *s moves. */
fnp_intp fnp__text_trim(char **s, fnp_intp n);

#endif
