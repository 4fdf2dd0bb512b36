/* The tokeniser: every text is cut into pieces of 1, 2, ... characters, which must not change the
 * fields. */
#include "fnp/dtype.h"
#include "fnp/textread.h"

#include <stdio.h>
#include <string.h>

static int passed, failed;

static void check(int ok, const char *what, const char *detail)
{
    if (ok)
        passed++;
    else if (++failed < 20)
        printf("FAIL %s: [%s]\n", what, detail);
}

typedef struct feed {
    const char *s;
    size_t n, at, step;
} feed;

static fnp_status next(void *source, fnp_text_piece *piece, bool *end)
{
    feed *f = source;
    size_t n = f->n - f->at < f->step ? f->n - f->at : f->step;
    *end = n == 0;
    *piece = (fnp_text_piece){f->s + f->at, n, 1};
    f->at += n;
    return FNP_OK;
}

/* Fields joined by '|', lines ended by ';'. */
static void show(const char *text, fnp_dialect d, size_t step, char *out)
{
    feed f = {text, strlen(text), 0, step};
    fnp_tokenizer t;
    fnp_error err = {0};
    bool more = true;
    char *o = out;
    fnp_tokenizer_init(&t, &d, false, next, &f);
    while (fnp_tokenizer_line(&t, &more, &err) == FNP_OK && more) {
        for (size_t i = 0; i < t.nfields; i++) {
            if (i) *o++ = '|';
            for (size_t j = 0; j < t.fields[i].len; j++) *o++ = (char)t.text[t.fields[i].start + j];
        }
        *o++ = ';';
    }
    *o = 0;
    fnp_tokenizer_clear(&t);
}

int main(void)
{
    const fnp_dialect comma = {',', '#', '"', 'j'}, blank = {FNP_NO_CHAR, '#', '"', 'j'};
    const struct {
        const char *text, *comma, *blank;
    } rows[] = {
        {"", "", ""},
        {"a,b\nc", "a|b;c;", "a,b;c;"},
        {"a,b\r\nc\rd\n", "a|b;c;d;", "a,b;c;d;"},
        {"a,,b,\n", "a||b|;", "a,,b,;"},
        {"# x\n\na # y", ";;a ;", ";;a;"},
        {"\"a,\"\"b\nc\"d,e", "a,\"b\ncd|e;", "a,\"b\ncd,e;"},
        {"  a\t b \n", "  a\t b ;", "a|b;"},
        {"x\"y\",z", "x\"y\"|z;", "x\"y\",z;"},
        {"\"\"\n", ";", ";"},
    };
    char out[200];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (size_t step = 1; step < 8; step++) {
            show(rows[i].text, comma, step, out);
            check(!strcmp(out, rows[i].comma), rows[i].comma, out);
            show(rows[i].text, blank, step, out);
            check(!strcmp(out, rows[i].blank), rows[i].blank, out);
        }
    }

    static const uint32_t number[] = {' ', '-', '1', '2', 0x2003},
                          complexes[] = {'(', '1', '-', '2', 'j', ')'};
    int16_t i16;
    uint8_t u8;
    double d, c[2];
    check(fnp_field_read(FNP_SHORT, 2, 'j', number, 5, &i16) == 1 && i16 == -12, "short", "");
    check(fnp_field_read(FNP_UBYTE, 1, 'j', number, 5, &u8) == 0, "unsigned", "");
    check(fnp_field_read(FNP_DOUBLE, 8, 'j', number, 5, &d) == 1 && d == -12, "double", "");
    check(fnp_field_read(FNP_DOUBLE, 8, 'j', complexes, 6, &d) == 0, "double", "complex text");
    check(fnp_field_read(FNP_CDOUBLE, 16, 'j', complexes, 6, c) == 1 && c[0] == 1 && c[1] == -2,
          "complex", "");
    check(fnp_field_read(FNP_OBJECT, 8, 'j', complexes, 6, c) == -1, "object", "");

    const struct {
        const char *text, *sep;
        int result, used;
    } seps[] = {{" , 1", ",", 0, 3}, {", 1", ", ", 0, 2}, {" ,1", " , ", 0, 2}, {"  1", " ", 0, 2},
                {"1", " ", -2, 0},   {"", ",", -1, 0},    {";1", ",", -2, 0},   {"", " ", -1, 0}};
    for (size_t i = 0; i < sizeof seps / sizeof *seps; i++) {
        const char *p = seps[i].text;
        int r = fnp_sep_match(&p, p + strlen(p), seps[i].sep);
        check(r == seps[i].result && (r || p - seps[i].text == seps[i].used), "separator",
              seps[i].text);
    }
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
