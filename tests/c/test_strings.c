/* String loops: searching against the naive twin on short alphabets, both character types, and
 * tables of results. */
#include "fnp/strings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int passed, failed;

static void check(int ok, const char *what, const char *detail)
{
    if (ok)
        passed++;
    else if (++failed < 20)
        printf("FAIL %s: %s\n", what, detail);
}

static const fnp_string_ufunc *named(const char *name)
{
    const fnp_string_ufunc *u = fnp_string_ufuncs();
    while (u->name && strcmp(u->name, name)) u++;
    return u;
}

enum { ROOM = 40 };

/* Run `name` on one element; strings are given as bytes and widened for U. Result: text or number.
 */
static int64_t run(const char *name, char type, const char *a, const char *b, int64_t v, int64_t w,
                   int64_t x, char *text)
{
    const fnp_string_ufunc *u = named(name);
    const char *strings[3] = {a, b, text};
    int64_t numbers[3] = {v, w, x}, result = -99;
    char in[6][4 * ROOM] = {{0}};
    const fnp_dtype *given[6] = {0};
    fnp_dtype d = *fnp_dtype_builtin(type == 'U' ? FNP_UNICODE : FNP_STRING), dtypes[6];
    fnp_loop loop;
    fnp_error err = {0};
    int nin = (int)strlen(u->in), ns = 0, nv = 0;
    char *data[6];
    fnp_intp dims[1] = {1}, strides[6] = {0};
    d.elsize = type == 'U' ? 4 * ROOM : ROOM;
    for (int i = 0; i <= nin; i++) {
        data[i] = in[i];
        given[i] = &d;
        if (i == nin) break;
        if (u->in[i] == 's') {
            const char *s = strings[ns++];
            for (size_t j = 0; s[j]; j++) {
                if (type == 'U')
                    ((uint32_t *)in[i])[j] = (uint8_t)s[j];
                else
                    in[i][j] = s[j];
            }
        } else {
            memcpy(in[i], &numbers[nv++], 8);
        }
    }
    if (fnp_string_resolve(u, given, dtypes, &err) ||
        fnp_string_loop(u, dtypes, NULL, &loop, &err)) {
        check(0, name, err.message);
        return -98;
    }
    int st = fnp_loop_call(&loop, data, dims, strides);
    fnp_loop_clear(&loop);
    if (st) return -97;
    if (u->out[0] == 's') {
        for (int j = 0; j < ROOM; j++)
            text[j] = type == 'U' ? (char)((uint32_t *)in[nin])[j] : in[nin][j];
        return 0;
    }
    if (u->out[0] == '?') return (uint8_t)in[nin][0];
    memcpy(&result, in[nin], 8);
    return result;
}

static void searching(void)
{
    char a[20], b[6], none[ROOM + 1] = "";
    for (int i = 0; i < 20000; i++) {
        int na = rand() % 18, nb = rand() % 5, first = -1, last = -1, count = 0;
        char type = i & 1 ? 'U' : 'S';
        for (int j = 0; j < na; j++) a[j] = (char)('a' + rand() % 2);
        for (int j = 0; j < nb; j++) b[j] = (char)('a' + rand() % 2);
        a[na] = b[nb] = 0;
        for (int j = 0, next = 0; j + nb <= na; j++) {
            if (memcmp(a + j, b, (size_t)nb)) continue;
            if (first < 0) first = j;
            last = j;
            if (j >= next) {
                count++;
                next = j + nb;
            }
        }
        check(run("find", type, a, b, 0, 100, 0, none) == first, "find", a);
        check(run("rfind", type, a, b, 0, 100, 0, none) == last, "rfind", a);
        check(run("count", type, a, b, 0, 100, 0, none) == count, "count", a);
        check(run("startswith", type, a, b, 0, 100, 0, none) == !strncmp(a, b, (size_t)nb),
              "startswith", a);
        check(run("less", type, a, b, 0, 0, 0, none) == (strcmp(a, b) < 0), "less", a);
    }
}

static void texts(void)
{
    static const struct {
        const char *name, *a, *b;
        int64_t v, w, x;
        const char *want;
    } rows[] = {
        {"_strip_whitespace", " a b\t", "", 0, 0, 0, "a b"},
        {"_lstrip_chars", "xyxa", "xy", 0, 0, 0, "a"},
        {"_rstrip_chars", "axy", "xy", 0, 0, 0, "a"},
        {"_replace", "aaa", "a", 2, 0, 0, "a"},
        {"_expandtabs", "a\tb\nc\td", "", 4, 0, 0, "a   b\nc   d"},
        {"_center", "ab", "x", 5, 0, 0, "xxabx"},
        {"_center", "abc", "x", 6, 0, 0, "xabcxx"},
        {"_ljust", "ab", "x", 4, 0, 0, "abxx"},
        {"_rjust", "ab", "x", 4, 0, 0, "xxab"},
        {"_zfill", "-7", "", 4, 0, 0, "-007"},
        {"_slice", "abcdef", "", 5, 1, -2, "fd"},
        {"_slice", "abcdef", "", -100, 3, 1, "abc"},
        {"add", "ab", "cd", 0, 0, 0, "abcd"},
        {"multiply", "ab", "", 3, 0, 0, "ababab"},
        {"multiply", "ab", "", -3, 0, 0, ""},
    };
    char text[ROOM + 1];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (int t = 0; t < 2; t++) {
            memset(text, 0, sizeof text);
            run(rows[i].name, t ? 'U' : 'S', rows[i].a, rows[i].b, rows[i].v, rows[i].w, rows[i].x,
                text);
            check(!strcmp(text, rows[i].want), rows[i].name, text);
        }
    }
    check(run("isalpha", 'U', "abc", "", 0, 0, 0, text) == 1, "isalpha", "");
    check(run("isalpha", 'S', "", "", 0, 0, 0, text) == 0, "isalpha", "empty");
    check(run("istitle", 'S', "Ab Cd", "", 0, 0, 0, text) == 1, "istitle", "");
    check(run("islower", 'S', "a1", "", 0, 0, 0, text) == 1, "islower", "");
    check(run("index", 'S', "a1", "z", 0, 9, 0, text) == -97, "index", "absent");
    check(run("str_len", 'U', "abc ", "", 0, 0, 0, text) == 4, "str_len", "");
    check(fnp_string_compare('S', "ab ", 3, "ab", 2, true) == 0, "compare", "strip");
    check(fnp_string_compare('S', "ab ", 3, "ab", 2, false) == 1, "compare", "exact");
}

/* Empty strings may come as NULL. */
static void empty(void)
{
    for (const fnp_string_ufunc *u = fnp_string_ufuncs(); u->name; u++) {
        fnp_string in[8] = {{0}};
        fnp_string_sink out[3] = {{0}};
        int64_t v[8] = {0}, number = 0;
        bool truth = false;
        fnp_status s = fnp_string_one(u, &fnp_char_class_default, in, v, out, &number, &truth);
        check(s == FNP_OK || s == FNP_EVALUE, u->name, "empty");
        if (strcmp(u->name, "equal") == 0 || strcmp(u->name, "startswith") == 0)
            check(truth, u->name, "empty");
    }
}

int main(void)
{
    searching();
    empty();
    texts();
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
