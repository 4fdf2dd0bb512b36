/* Reading tables from text: a tokeniser that splits lines into fields, and fields to numbers. The
 * text comes in pieces from a callback, as UCS-1, UCS-2 or UCS-4; fields are UCS-4. */
#ifndef FNP_TEXTREAD_H
#define FNP_TEXTREAD_H

#include "fnp/status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define FNP_NO_CHAR UINT32_MAX

typedef struct fnp_dialect {
    uint32_t delimiter; /* FNP_NO_CHAR: any run of white space */
    uint32_t comment, quote;
    uint32_t imaginary_unit;
} fnp_dialect;

/* The next piece of text. len 0: the end. The memory stays valid until the next call.
 * Returns FNP_EPYTHON and the like on failure. */
typedef struct fnp_text_piece {
    const void *data;
    size_t len; /* characters */
    int width;  /* bytes per character: 1, 2, 4 */
} fnp_text_piece;
typedef fnp_status fnp_text_next(void *source, fnp_text_piece *piece, bool *end);

typedef struct fnp_field_token {
    size_t start, len; /* into fnp_tokenizer.text */
    bool quoted;
} fnp_field_token;

typedef struct fnp_tokenizer {
    fnp_dialect dialect;
    bool lines; /* each piece is one line */
    fnp_text_next *next;
    void *source;
    fnp_text_piece piece;
    size_t at; /* in piece */
    bool ended;
    /* the current line: owned, grown as needed */
    uint32_t *text;
    size_t text_len, text_cap;
    fnp_field_token *fields;
    size_t nfields, fields_cap;
    bool ends[256]; /* which characters end a field without quotes, or the line */
} fnp_tokenizer;

void fnp_tokenizer_init(fnp_tokenizer *t, const fnp_dialect *dialect, bool lines,
                        fnp_text_next *next, void *source);
void fnp_tokenizer_clear(fnp_tokenizer *t);

/* Read one line into text and fields. *more is false at the end of the input, with no line read. An
 * empty or comment line has no fields. Errors: FNP_EVALUE (a newline inside a line), FNP_ENOMEM,
 * the source's own. */
FNP_MUST_CHECK fnp_status fnp_tokenizer_line(fnp_tokenizer *t, bool *more, fnp_error *err);
/* Pass over one line without looking at quotes. */
FNP_MUST_CHECK fnp_status fnp_tokenizer_skip(fnp_tokenizer *t, bool *more, fnp_error *err);

/* White space as Unicode has it. */
bool fnp_ucs4_is_space(uint32_t c);

/* The field s[0..n) as an element of the native built-in type `type_num`, elsize bytes at `out`
 * (any alignment); white space around numbers is allowed. Returns 1 if stored, 0 if the text is no
 * such value, -1 if this type has no reader here (objects, dates, ...). */
int fnp_field_read(int type_num, fnp_intp elsize, uint32_t imaginary_unit, const uint32_t *s,
                   size_t n, void *out);

/* ---- fromstring and fromfile with a separator
 * -------------------------------------------------------------- */
/* Match `sep` at *p: white space in it and around it matches any amount, also none; a sep of
 * nothing else needs some. Returns 0 matched, -1 the text ended, -2 something else stands there. *p
 * moves past what matched. */
int fnp_sep_match(const char **p, const char *end, const char *sep);

/* The number at the start of s[0..n), behind blanks, as a native element; integers that do not fit
 * become the nearest. Returns the characters used, 0 if there is no number, -1 if this type cannot
 * be read from text. */
fnp_intp fnp_number_read(int type_num, fnp_intp elsize, const char *s, size_t n, void *out);

#ifdef __cplusplus
}
#endif
#endif
