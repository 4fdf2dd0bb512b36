/* Lines of text into fields. One character at a time, in four states; the state lives across
 * pieces, so a quoted field may span them. */
#include "fnp/textread.h"

#include "fnp/base.h"

#include <string.h>

bool fnp_ucs4_is_space(uint32_t c)
{
    if (c < 128) return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
    return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
           c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

static bool ends_run(const fnp_tokenizer *t, uint32_t c);

void fnp_tokenizer_init(fnp_tokenizer *t, const fnp_dialect *dialect, bool lines,
                        fnp_text_next *next, void *source)
{
    memset(t, 0, sizeof *t);
    t->dialect = *dialect;
    t->lines = lines;
    t->next = next;
    t->source = source;
    for (uint32_t c = 0; c < 256; c++) t->ends[c] = ends_run(t, c);
}

void fnp_tokenizer_clear(fnp_tokenizer *t)
{
    fnp_free(t->text);
    fnp_free(t->fields);
    t->text = NULL;
    t->fields = NULL;
}

/* Room for one more item of `size` in a growing array. */
static fnp_status reserve(void **items, size_t *cap, size_t count, size_t size, fnp_error *err)
{
    size_t want;
    void *grown;
    if (count < *cap) return FNP_OK;
    want = *cap ? *cap * 2 : 64;
    grown = want > SIZE_MAX / size ? NULL : fnp_realloc(*items, want * size);
    if (!grown) return fnp_fail(err, FNP_ENOMEM, "out of memory");
    *items = grown;
    *cap = want;
    return FNP_OK;
}

static inline uint32_t char_at(const fnp_text_piece *p, size_t i)
{
    switch (p->width) {
    case 1: return ((const uint8_t *)p->data)[i];
    case 2: return ((const uint16_t *)p->data)[i];
    default: return ((const uint32_t *)p->data)[i];
    }
}

/* Make sure that a character is there, or that the input has ended. *fresh: a new piece was
 * fetched. */
static fnp_status refill(fnp_tokenizer *t, bool *fresh)
{
    *fresh = false;
    if (t->at < t->piece.len || t->ended) return FNP_OK;
    *fresh = true;
    t->at = 0;
    t->piece.len = 0;
    return t->next(t->source, &t->piece, &t->ended);
}

static fnp_status open_field(fnp_tokenizer *t, fnp_error *err)
{
    FNP_TRY(reserve((void **)&t->fields, &t->fields_cap, t->nfields, sizeof *t->fields, err));
    t->fields[t->nfields++] = (fnp_field_token){.start = t->text_len};
    return FNP_OK;
}

static fnp_status put(fnp_tokenizer *t, uint32_t c, fnp_error *err)
{
    FNP_TRY(reserve((void **)&t->text, &t->text_cap, t->text_len, sizeof *t->text, err));
    t->text[t->text_len++] = c;
    t->fields[t->nfields - 1].len++;
    return FNP_OK;
}

/* Whether c ends a field, or the line. */
static bool ends_run(const fnp_tokenizer *t, uint32_t c)
{
    const fnp_dialect *d = &t->dialect;
    return c == '\n' || c == '\r' || c == d->comment ||
           (d->delimiter == FNP_NO_CHAR ? fnp_ucs4_is_space(c) : c == d->delimiter);
}

/* What follows in the piece up to the next character that means something in a field without
 * quotes. */
static fnp_status put_run(fnp_tokenizer *t, fnp_error *err)
{
    const fnp_text_piece *p = &t->piece;
    size_t end = t->at;
    if (p->width == 1) {
        const uint8_t *s = p->data;
        while (end < p->len && !t->ends[s[end]]) end++;
    } else {
        while (end < p->len && !ends_run(t, char_at(p, end))) end++;
    }
    const size_t n = end - t->at;
    while (t->text_cap - t->text_len < n)
        FNP_TRY(reserve((void **)&t->text, &t->text_cap, t->text_cap, sizeof *t->text, err));
    uint32_t *out = t->text + t->text_len;
    if (p->width == 1) {
        const uint8_t *s = (const uint8_t *)p->data + t->at;
        for (size_t i = 0; i < n; i++) out[i] = s[i];
    } else {
        for (size_t i = 0; i < n; i++) out[i] = char_at(p, t->at + i);
    }
    t->text_len += n;
    t->fields[t->nfields - 1].len += n;
    t->at = end;
    return FNP_OK;
}

/* Past the end of a line: "\r\n" is one. */
static fnp_status end_line(fnp_tokenizer *t, uint32_t c, fnp_error *err)
{
    bool fresh;
    if (c == '\r') {
        if (t->lines) {
            if (t->at < t->piece.len && char_at(&t->piece, t->at) == '\n') t->at++;
        } else {
            FNP_TRY(refill(t, &fresh));
            if (t->at < t->piece.len && char_at(&t->piece, t->at) == '\n') t->at++;
        }
    }
    if (t->lines && t->at < t->piece.len)
        return fnp_fail(err, FNP_EVALUE,
                        "Found an unquoted embedded newline within a single line of input.  This "
                        "is currently not "
                        "supported.");
    return FNP_OK;
}

static bool is_newline(uint32_t c)
{
    return c == '\n' || c == '\r';
}

enum state { FIELD_START, UNQUOTED, QUOTED, AFTER_QUOTE, COMMENT };

fnp_status fnp_tokenizer_line(fnp_tokenizer *t, bool *more, fnp_error *err)
{
    const fnp_dialect *d = &t->dialect;
    const bool blanks = d->delimiter == FNP_NO_CHAR;
    enum state state = FIELD_START;
    bool fresh, any = false;
    t->text_len = t->nfields = 0;
    *more = true;
    if (!blanks) FNP_TRY(open_field(t, err));
    for (;;) {
        uint32_t c;
        FNP_TRY(refill(t, &fresh));
        if (t->ended) {
            if (!any) *more = false;
            break;
        }
        /* a piece that is a line ends it, unless a quote is open; an empty one is an empty line */
        if (fresh && t->lines) {
            any = true;
            if (t->piece.len == 0) {
                if (state == QUOTED) continue;
                break;
            }
        }
        any = true;
        c = char_at(&t->piece, t->at++);
        if (state == AFTER_QUOTE) {
            if (c == d->quote) {
                FNP_TRY(put(t, c, err));
                state = QUOTED;
                continue;
            }
            state = UNQUOTED;
        }
        if (state == QUOTED) {
            if (c == d->quote)
                state = AFTER_QUOTE;
            else
                FNP_TRY(put(t, c, err));
        } else if (is_newline(c)) {
            FNP_TRY(end_line(t, c, err));
            break;
        } else if (state == COMMENT || c == d->comment) {
            state = COMMENT;
        } else if (blanks ? fnp_ucs4_is_space(c) : c == d->delimiter) {
            if (!blanks) FNP_TRY(open_field(t, err));
            state = FIELD_START;
        } else if (state == FIELD_START) {
            if (blanks) FNP_TRY(open_field(t, err));
            state = UNQUOTED;
            if (c == d->quote) {
                t->fields[t->nfields - 1].quoted = true;
                state = QUOTED;
            } else {
                FNP_TRY(put(t, c, err));
                FNP_TRY(put_run(t, err));
            }
        } else {
            FNP_TRY(put(t, c, err));
            FNP_TRY(put_run(t, err));
        }
        if (t->lines && t->at == t->piece.len && state != QUOTED) break;
    }
    if (t->nfields == 1 && t->fields[0].len == 0 && !t->fields[0].quoted) t->nfields = 0;
    return FNP_OK;
}

fnp_status fnp_tokenizer_skip(fnp_tokenizer *t, bool *more, fnp_error *err)
{
    bool fresh, any = false;
    *more = true;
    for (;;) {
        FNP_TRY(refill(t, &fresh));
        if (t->ended) {
            *more = any;
            return FNP_OK;
        }
        if (t->lines) {
            t->at = t->piece.len;
            return FNP_OK;
        }
        any = true;
        uint32_t c = char_at(&t->piece, t->at++);
        if (is_newline(c)) return end_line(t, c, err);
    }
}
