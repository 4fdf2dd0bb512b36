/* String ufuncs: loops over fixed-width bytes (S) and UCS-4 (U) elements, and the same operations
 * on single values for variable-width strings. An element ends at its last character that is not
 * NUL. */
#ifndef FNP_STRINGS_H
#define FNP_STRINGS_H

#include "fnp/dtype.h"
#include "fnp/loop.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Properties of characters. The binding lends those of its Unicode database; bytes are always
 * ASCII. */
typedef struct fnp_char_class {
    bool (*is_alpha)(uint32_t), (*is_digit)(uint32_t), (*is_decimal)(uint32_t),
        (*is_numeric)(uint32_t);
    bool (*is_space)(uint32_t), (*is_alnum)(uint32_t);
    bool (*is_lower)(uint32_t), (*is_upper)(uint32_t), (*is_title)(uint32_t);
} fnp_char_class;
/* From the C library's wide-character functions. */
extern const fnp_char_class fnp_char_class_default;

/* How long a string result of a ufunc is. */
typedef enum fnp_string_rule {
    FNP_STR_FIXED, /* no string results */
    FNP_STR_SAME,  /* as the first string operand */
    FNP_STR_SUM,   /* all string operands together */
    FNP_STR_GIVEN, /* the caller brings the output */
} fnp_string_rule;

typedef struct fnp_string_ufunc {
    const char *name;
    const char *in, *out; /* per operand: 's' string, 'l' int64, '?' bool */
    fnp_string_rule rule;
    const char *types; /* "SU", or the only one that it takes */
} fnp_string_ufunc;

/* The table of string ufuncs, ended by a NULL name. A name may stand there twice (multiply). */
const fnp_string_ufunc *fnp_string_ufuncs(void);

/* The dtypes that `u` works on, given those of its inputs (any byte order) and outputs (NULL if
 * absent): dtypes[nin+nout] is filled with native ones. Errors: FNP_ETYPE (no loop for these, or
 * the output is missing). */
FNP_MUST_CHECK fnp_status fnp_string_resolve(const fnp_string_ufunc *u,
                                             const fnp_dtype *const *given, fnp_dtype *dtypes,
                                             fnp_error *err);

/* The loop for resolved dtypes. `classes` is borrowed for the loop's life. The loop's fn may return
 * FNP_EVALUE, FNP_EOVERFLOW, FNP_ENOMEM or FNP_ETYPE; fnp_string_loop_error tells the text. Alias:
 * none between operands. */
FNP_MUST_CHECK fnp_status fnp_string_loop(const fnp_string_ufunc *u, const fnp_dtype *dtypes,
                                          const fnp_char_class *classes, fnp_loop *out,
                                          fnp_error *err);
const char *fnp_string_loop_error(const fnp_string_ufunc *u, int status);

/* The loop of `type` ('S' or 'U') itself, on n elements of the given itemsizes in bytes. Returns
 * what the loop's fn would. */
int fnp_string_run(const fnp_string_ufunc *u, char type, const fnp_char_class *classes,
                   const fnp_intp *sizes, char *const *data, fnp_intp n, const fnp_intp *strides);

/* upper, lower, swapcase, capitalize, title: of text that is ASCII (bytes are, whatever they are).
 * The element at `from` into `to`, both n characters wide; false, and nothing of use in `to`, if it
 * is not. */
typedef enum fnp_string_case {
    FNP_CASE_UPPER,
    FNP_CASE_LOWER,
    FNP_CASE_SWAP,
    FNP_CASE_CAPITAL,
    FNP_CASE_TITLE,
} fnp_string_case;
bool fnp_string_recase(fnp_string_case how, char type, const void *from, fnp_intp n, void *to);

/* The same on one set of UCS-4 strings (in[i] where u->in is 's', v[i] elsewhere), NULs at their
 * ends and all. Text goes to out[]: what does not fit into `room` is counted in n but not stored,
 * so room 0 asks for the length. */
typedef struct fnp_string {
    const uint32_t *p;
    fnp_intp n;
} fnp_string;
typedef struct fnp_string_sink {
    uint32_t *p;
    fnp_intp room, n;
} fnp_string_sink;
FNP_MUST_CHECK fnp_status fnp_string_one(const fnp_string_ufunc *u, const fnp_char_class *classes,
                                         const fnp_string *in, const int64_t *v,
                                         fnp_string_sink out[3], int64_t *number, bool *truth);

/* The same on text that is ASCII, and none of the four control characters (28 to 31) that only str
 * takes for white space. */
typedef struct fnp_ascii {
    const char *p;
    fnp_intp n;
} fnp_ascii;
typedef struct fnp_ascii_sink {
    char *p;
    fnp_intp room, n;
} fnp_ascii_sink;
FNP_MUST_CHECK fnp_status fnp_string_one_ascii(const fnp_string_ufunc *u, const fnp_ascii *in,
                                               const int64_t *v, fnp_ascii_sink out[3],
                                               int64_t *number, bool *truth);

/* -1, 0, 1 for two S or two U elements of itemsizes na and nb bytes; strip: ignore white space at
 * the ends. */
int fnp_string_compare(char type, const void *a, fnp_intp na, const void *b, fnp_intp nb,
                       bool strip);

#ifdef __cplusplus
}
#endif
#endif
