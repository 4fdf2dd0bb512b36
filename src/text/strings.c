/* String ufuncs: the table, the choice of dtypes, and the loops for S and U. */
#include "fnp/strings.h"

#include "fnp/base.h"
#include "kernel/scan.h"

#include <limits.h>
#include <string.h>
#include <wctype.h>

enum { MAX_OPERANDS = 6 };

enum string_op {
#define FNP_STRING_UFUNC(name, in, out, rule, types, code) OP_##code,
#include "string_ops.def"
#undef FNP_STRING_UFUNC
};

static const char needs_out[] = "The 'out' kwarg is necessary. Use numpy.strings.%s without it.";

static const fnp_string_ufunc table[] = {
#define FNP_STRING_UFUNC(name, in, out, rule, types, code) {name, in, out, FNP_STR_##rule, types},
#include "string_ops.def"
#undef FNP_STRING_UFUNC
    {0}};

const fnp_string_ufunc *fnp_string_ufuncs(void)
{
    return table;
}

/* ---- characters ---------------------------------------------------------------------------- */
static bool c_alpha(uint32_t c)
{
    return iswalpha(c);
}
static bool c_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}
static bool c_space(uint32_t c)
{
    return iswspace(c);
}
static bool c_alnum(uint32_t c)
{
    return iswalnum(c);
}
static bool c_lower(uint32_t c)
{
    return iswlower(c);
}
static bool c_upper(uint32_t c)
{
    return iswupper(c);
}
static bool c_never(uint32_t c)
{
    return false;
}

const fnp_char_class fnp_char_class_default = {c_alpha, c_digit, c_digit, c_digit, c_space,
                                               c_alnum, c_lower, c_upper, c_never};

enum { LETTER_UP = 1, LETTER_LOW = 2, DIGIT = 4, BLANK = 8 };

/* What ASCII's characters are; to `str`, four more control characters are blank. */
static const uint8_t ascii_bits[128] = {
    ['A' ... 'Z'] = LETTER_UP,
    ['a' ... 'z'] = LETTER_LOW,
    ['0' ... '9'] = DIGIT,
    ['\t' ... '\r'] = BLANK,
    [' '] = BLANK,
};

SCAN_INLINE bool ascii_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

SCAN_INLINE bool ascii_class(uint32_t c, char which)
{
    const int bits = which == 'a'   ? LETTER_UP | LETTER_LOW
                     : which == 'n' ? LETTER_UP | LETTER_LOW | DIGIT
                     : which == 'l' ? LETTER_LOW
                     : which == 'u' ? LETTER_UP
                     : which == 's' ? BLANK
                     : which == 't' ? 0
                                    : DIGIT;
    return c < 128 && ascii_bits[c] & bits;
}

SCAN_INLINE bool wide_space(uint32_t c, const fnp_char_class *k)
{
    return c > 0x1f && c < 0x7f ? c == ' ' : k->is_space(c);
}

SCAN_INLINE bool wide_class(uint32_t c, const fnp_char_class *k, char which)
{
    if (which == 's') return wide_space(c, k);
    if (FNP_LIKELY(c < 128)) return ascii_class(c, which);
    switch (which) {
    case 'a': return k->is_alpha(c);
    case 'n': return k->is_alnum(c);
    case 'd': return k->is_digit(c);
    case '0': return k->is_decimal(c);
    case '1': return k->is_numeric(c);
    case 'l': return k->is_lower(c);
    case 'u': return k->is_upper(c);
    default: return k->is_title(c);
    }
}

/* ---- loops --------------------------------------------------------------------------------- */
typedef struct string_aux {
    fnp_auxdata base;
    fnp_intp room[MAX_OPERANDS]; /* characters per string operand */
    const fnp_char_class *classes;
} string_aux;

#define CH uint8_t
#define N(x) s_##x
#define IS_SPACE(c, k) ascii_space(c)
#define IS_CLASS(c, k, w) ascii_class(c, w)
#include "tmpl/strings.h"
#include "tmpl/string_loop.h"
#undef CH
#undef N
#undef IS_SPACE
#undef IS_CLASS

#define CH uint32_t
#define N(x) u_##x
#define IS_SPACE(c, k) wide_space(c, k)
#define IS_CLASS(c, k, w) wide_class(c, k, w)
#include "tmpl/strings.h"
#include "tmpl/string_loop.h"
#undef CH
#undef N
#undef IS_SPACE
#undef IS_CLASS

static void aux_free(fnp_auxdata *a)
{
    fnp_free(a);
}

static fnp_auxdata *aux_clone(fnp_auxdata *a)
{
    string_aux *copy = fnp_malloc(sizeof *copy);
    if (copy) memcpy(copy, a, sizeof *copy);
    return (fnp_auxdata *)copy;
}

static void missing_out(const fnp_string_ufunc *u, fnp_error *err)
{
    const char *n = u->name;
    if (!strcmp(n, "_replace"))
        fnp_fail(err, FNP_EVALUE, "out kwarg should be given");
    else if (!strcmp(n, "multiply"))
        fnp_fail(err, FNP_ETYPE,
                 "The 'out' kwarg is necessary when using the string multiply ufunc directly. Use "
                 "numpy.strings.multiply to multiply strings without specifying 'out'.");
    else if (strstr(n, "partition"))
        fnp_fail(err, FNP_ETYPE,
                 "The '%s' ufunc requires the 'out' keyword to be set. The python wrapper in "
                 "numpy.strings can be used without the out keyword.",
                 n);
    else if (!strcmp(n, "_expandtabs") || !strcmp(n, "_zfill"))
        fnp_fail(err, FNP_ETYPE, needs_out, n + 1);
    else
        fnp_fail(err, FNP_ETYPE,
                 "The 'out' kwarg is necessary. Use the version in numpy.strings without it.");
}

fnp_status fnp_string_resolve(const fnp_string_ufunc *u, const fnp_dtype *const *given,
                              fnp_dtype *dtypes, fnp_error *err)
{
    const int nin = (int)strlen(u->in), nout = (int)strlen(u->out);
    const fnp_dtype *first = NULL;
    fnp_intp total = 0, width;
    for (int i = 0; i < nin; i++) {
        if (u->in[i] != 's') {
            dtypes[i] = *fnp_dtype_builtin(FNP_LONG);
            continue;
        }
        if (given[i] && !first) first = given[i];
    }
    /* by number: 'c' is a byte string, too */
    const char letter = !first                           ? 0
                        : first->type_num == FNP_STRING  ? 'S'
                        : first->type_num == FNP_UNICODE ? 'U'
                                                         : first->type;
    if (!first || !strchr(u->types, letter))
        return fnp_fail(err, FNP_ENOLOOP, "ufunc '%s' has no loop for these types", u->name);
    width = letter == 'U' ? 4 : 1;
    for (int i = 0; i < nin; i++) {
        if (u->in[i] != 's') continue;
        dtypes[i] = *fnp_dtype_builtin(first->type_num);
        dtypes[i].elsize = given[i] ? given[i]->elsize : first->elsize;
        /* text of another kind is converted on the way in: its length in characters stays */
        if (given[i] && given[i]->type_num != first->type_num)
            dtypes[i].elsize = given[i]->type == 'U'   ? given[i]->elsize / 4 * width
                               : given[i]->type == 'S' ? given[i]->elsize * width
                                                       : first->elsize;
        if (__builtin_add_overflow(total, dtypes[i].elsize, &total))
            return fnp_fail(err, FNP_EOVERFLOW, "string is too long");
    }
    for (int i = 0; i < nout; i++) {
        fnp_dtype *d = &dtypes[nin + i];
        const fnp_dtype *out = given[nin + i];
        if (u->out[i] != 's') {
            *d = *fnp_dtype_builtin(u->out[i] == 'l' ? FNP_LONG : FNP_BOOL);
            continue;
        }
        *d = *fnp_dtype_builtin(first->type_num);
        if (out && out->type_num == first->type_num) {
            d->elsize = out->elsize;
        } else if (u->rule == FNP_STR_GIVEN) {
            missing_out(u, err);
            return err ? err->status : FNP_ETYPE;
        } else {
            if (u->rule == FNP_STR_SUM && total > INT_MAX)
                return fnp_fail(err, FNP_ETYPE,
                                "addition result string of length %td is too large to store inside "
                                "array.",
                                total / width);
            d->elsize = u->rule == FNP_STR_SUM ? total : first->elsize;
        }
    }
    return FNP_OK;
}

fnp_status fnp_string_loop(const fnp_string_ufunc *u, const fnp_dtype *dtypes,
                           const fnp_char_class *classes, fnp_loop *out, fnp_error *err)
{
    const int nin = (int)strlen(u->in), nout = (int)strlen(u->out);
    char type = 0;
    string_aux *x = fnp_calloc(1, sizeof *x);
    if (!x) return fnp_fail(err, FNP_ENOMEM, "out of memory");
    x->base = (fnp_auxdata){.free = aux_free, .clone = aux_clone};
    x->classes = classes ? classes : &fnp_char_class_default;
    for (int i = 0; i < nin + nout; i++) {
        if ((i < nin ? u->in[i] : u->out[i - nin]) != 's') continue;
        type = dtypes[i].type;
        x->room[i] = dtypes[i].elsize / (type == 'U' ? 4 : 1);
    }
    *out = (fnp_loop){.fn = (type == 'U' ? u_loops : s_loops)[u - table],
                      .aux = &x->base,
                      .flags = FNP_LOOP_NO_FLOAT_ERRORS};
    return FNP_OK;
}

int fnp_string_run(const fnp_string_ufunc *u, char type, const fnp_char_class *classes,
                   const fnp_intp *sizes, char *const *data, fnp_intp n, const fnp_intp *strides)
{
    string_aux x = {.classes = classes ? classes : &fnp_char_class_default};
    const int width = type == 'U' ? 4 : 1;
    for (int i = 0; i < MAX_OPERANDS && (i < 1 || i < (int)(strlen(u->in) + strlen(u->out))); i++)
        x.room[i] = sizes[i] / width;
    return (width == 4 ? u_loops : s_loops)[u - table](NULL, data, &n, strides, &x);
}

bool fnp_string_recase(fnp_string_case how, char type, const void *from, fnp_intp n, void *to)
{
    if (type == 'U') return u_recase(how, from, n, to);
    return s_recase(how, from, n, to);
}

fnp_status fnp_string_one(const fnp_string_ufunc *u, const fnp_char_class *classes,
                          const fnp_string *in, const int64_t *v, fnp_string_sink out[3],
                          int64_t *number, bool *truth)
{
    u_str s[MAX_OPERANDS] = {{0}};
    u_sink o[3] = {{0}};
    for (int i = 0; u->in[i]; i++)
        if (u->in[i] == 's') s[i] = (u_str){in[i].p, in[i].n, in[i].n};
    for (int i = 0; i < 3; i++) o[i] = (u_sink){out[i].p, out[i].room, 0};
    *number = 0;
    *truth = false;
    int st = u_one((enum string_op)(u - table), classes, s, v, o, number, truth);
    for (int i = 0; i < 3; i++) out[i].n = o[i].n;
    return (fnp_status)st;
}

fnp_status fnp_string_one_ascii(const fnp_string_ufunc *u, const fnp_ascii *in, const int64_t *v,
                                fnp_ascii_sink out[3], int64_t *number, bool *truth)
{
    s_str s[MAX_OPERANDS] = {{0}};
    s_sink o[3] = {{0}};
    for (int i = 0; u->in[i]; i++)
        if (u->in[i] == 's') s[i] = (s_str){(const uint8_t *)in[i].p, in[i].n, in[i].n};
    for (int i = 0; i < 3; i++) o[i] = (s_sink){(uint8_t *)out[i].p, out[i].room, 0};
    *number = 0;
    *truth = false;
    int st = s_one((enum string_op)(u - table), NULL, s, v, o, number, truth);
    for (int i = 0; i < 3; i++) out[i].n = o[i].n;
    return (fnp_status)st;
}

const char *fnp_string_loop_error(const fnp_string_ufunc *u, int status)
{
    if (strstr(u->name, "index") && !strstr(u->name, "partition")) return "substring not found";
    if (strstr(u->name, "partition")) return "empty separator";
    if (!strcmp(u->name, "_slice")) return "slice step cannot be zero";
    if (!strcmp(u->name, "multiply")) return "Overflow detected in string multiply";
    if (!strcmp(u->name, "_expandtabs_length")) return "new string is too long";
    return status == FNP_ENOMEM ? "out of memory" : "string operation failed";
}

int fnp_string_compare(char type, const void *a, fnp_intp na, const void *b, fnp_intp nb,
                       bool strip)
{
    if (type == 'U') {
        u_str x = u_load(a, na / 4), y = u_load(b, nb / 4);
        if (strip) x = u_without_spaces(x), y = u_without_spaces(y);
        return u_compare(x, y);
    }
    s_str x = s_load(a, na), y = s_load(b, nb);
    if (strip) x = s_without_spaces(x), y = s_without_spaces(y);
    return s_compare(x, y);
}
