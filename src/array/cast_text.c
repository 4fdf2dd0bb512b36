/* Casts between text (S, U) and numbers, and between S and U; bytes of V that must become something
 * else. */
#include "array/cast_impl.h"
#include "array/text_element.h"
#include "array/text_parse.h"

#include "fnp/numtext.h"
#include "kernel/cast.h"

#include <stdio.h>
#include <string.h>

typedef struct text_aux {
    fnp_auxdata base;
    fnp_dtype from, to;
    fnp_error *failure;
    fnp_kernel_fn *swap; /* of the number; NULL when it is native */
    void *units;
    fnp_kernel_fn *convert; /* from what was parsed to the number's type */
    char scratch[];         /* one element's text */
} text_aux;

static void text_aux_free(fnp_auxdata *base)
{
    fnp_free(base);
}

enum { NUMBER_BYTES = 32 };

/* ---- numbers to text
 * --------------------------------------------------------------------------------- */

static size_t print_number(int type_num, const char *x, char buf[FNP_COMPLEX_STR_MAX])
{
#define LOAD(T) (*(const T *)(const void *)x)
    switch (type_num) {
    case FNP_BOOL: strcpy(buf, *x ? "True" : "False"); return strlen(buf);
    case FNP_BYTE: return fnp_i64_to_text(LOAD(int8_t), buf);
    case FNP_UBYTE: return fnp_u64_to_text(LOAD(uint8_t), buf);
    case FNP_SHORT: return fnp_i64_to_text(LOAD(int16_t), buf);
    case FNP_USHORT: return fnp_u64_to_text(LOAD(uint16_t), buf);
    case FNP_INT: return fnp_i64_to_text(LOAD(int32_t), buf);
    case FNP_UINT: return fnp_u64_to_text(LOAD(uint32_t), buf);
    case FNP_LONG:
    case FNP_LONGLONG: return fnp_i64_to_text(LOAD(int64_t), buf);
    case FNP_ULONG:
    case FNP_ULONGLONG: return fnp_u64_to_text(LOAD(uint64_t), buf);
    case FNP_HALF: return fnp_float_str(FNP_FLOAT_F16, x, buf);
    case FNP_FLOAT: return fnp_float_str(FNP_FLOAT_F32, x, buf);
    case FNP_DOUBLE: return fnp_float_str(FNP_FLOAT_F64, x, buf);
    case FNP_LONGDOUBLE: return fnp_float_str(FNP_FLOAT_FLD, x, buf);
    case FNP_CFLOAT: return fnp_complex_str(FNP_FLOAT_F32, x, buf);
    case FNP_CDOUBLE: return fnp_complex_str(FNP_FLOAT_F64, x, buf);
    default: return fnp_complex_str(FNP_FLOAT_FLD, x, buf);
    }
#undef LOAD
}

static void move_number(const text_aux *a, const char *src, char *dst, fnp_intp size)
{
    if (!a->swap) {
        memcpy(dst, src, (size_t)size);
        return;
    }
    char *args[2] = {(char *)src, dst};
    fnp_intp one = 1, steps[2] = {0, 0};
    a->swap(args, &one, steps, a->units);
}

static int run_number_to_text(void *context, char *const *data, const fnp_intp *dims,
                              const fnp_intp *strides, void *aux)
{
    const text_aux *a = aux;
    const char *src = data[0];
    char *dst = data[1];
    _Alignas(16) char number[NUMBER_BYTES];
    char text[FNP_COMPLEX_STR_MAX];
    for (fnp_intp n = dims[0]; n > 0; n--, src += strides[0], dst += strides[1]) {
        move_number(a, src, number, a->from.elsize);
        text_store(&a->to, dst, text, print_number(a->from.type_num, number, text));
    }
    return 0;
}

/* ---- text to numbers
 * ----------------------------------------------------------------------------------- */

/* `format` has one %s, for the repr of the element; V is shown as bytes, scalars of U (and S, where
 * it is asked for) with the name of their class. */
static fnp_status fail_quoting(const text_aux *a, const char *src, fnp_status code,
                               const char *format, bool name_bytes)
{
    char quoted[320], full[360];
    fnp_intp n = a->from.type_num == FNP_VOID ? a->from.elsize : text_length(&a->from, src);
    fnp__text_repr(&a->from, src, n, quoted, sizeof quoted);
    const char *cls = a->from.type_num == FNP_UNICODE                ? "np.str_("
                      : a->from.type_num == FNP_STRING && name_bytes ? "np.bytes_("
                                                                     : "";
    strcpy(full, cls);
    strcat(full, quoted);
    if (*cls) strcat(full, ")");
    return fnp_fail(a->failure, code, format, full);
}

static fnp_status fail_range(const text_aux *a, bool negative, uint64_t m)
{
    static const char *const names[] = {
#define FNP_DTYPE(NAME, num, sfx, ctype, kind, chr, name, alias) [num] = name,
#include "fnp/dtypes.def"
#undef FNP_DTYPE
    };
    char text[24];
    fnp_u64_to_text(m, text);
    int t = a->to.type_num;
    return fnp_fail(a->failure, FNP_EOVERFLOW, "Python integer %s%s out of bounds for %s",
                    negative ? "-" : "", text,
                    t == FNP_LONGLONG    ? "int64"
                    : t == FNP_ULONGLONG ? "uint64"
                                         : names[t]);
}

static fnp_status parse_integer(const text_aux *a, const char *src, char *text, fnp_intp n,
                                uint64_t *out)
{
    bool negative, is_signed = !fnp_typenum_is_unsigned(a->to.type_num);
    uint64_t m;
    fnp__parsed p = fnp__parse_integer(text, n, &negative, &m);
    if (p == FNP__PARSE_BAD)
        return fail_quoting(a, src, FNP_EVALUE, "invalid literal for int() with base 10: %s",
                            false);
    int bits = (int)a->to.elsize * 8;
    bool wide = bits == 64 && !is_signed && !negative; /* the one case beyond C's long */
    uint64_t long_max = (uint64_t)INT64_MAX + (negative ? 1 : 0);
    if (p == FNP__PARSE_LARGE || (m > long_max && !wide))
        return fnp_fail(a->failure, FNP_EOVERFLOW, "Python int too large to convert to C long");
    uint64_t max = wide        ? UINT64_MAX
                   : is_signed ? ((uint64_t)1 << (bits - 1)) - (negative ? 0 : 1)
                   : negative  ? 0
                               : ((uint64_t)1 << bits) - 1;
    if (m > max) return fail_range(a, negative, m);
    *out = negative ? 0 - m : m;
    return FNP_OK;
}

/* Parse one element into `value`: an i64/u64, double, long double or pair of doubles, as convert
 * expects. */
static fnp_status parse_number(const text_aux *a, const char *src, char *text, fnp_intp n,
                               char *value)
{
    int t = a->to.type_num;
    if (fnp_typenum_is_integer(t)) return parse_integer(a, src, text, n, (uint64_t *)(void *)value);
    if (t == FNP_LONGDOUBLE && a->from.type_num != FNP_VOID) {
        if (fnp__parse_longdouble(text, n, (long double *)(void *)value)) return FNP_OK;
        char quoted[320];
        fnp__text_utf8(&a->from, src, text_length(&a->from, src), quoted, sizeof quoted);
        return fnp_fail(a->failure, FNP_EVALUE, "invalid literal for long double: %s", quoted);
    }
    if (fnp_typenum_is_complex(t) && a->from.type_num != FNP_VOID) {
        double *z = (double *)(void *)value;
        fnp__parsed p = fnp__parse_complex(text, n, &z[0], &z[1]);
        if (p == FNP__PARSE_OK) return FNP_OK;
        if (p == FNP__PARSE_UNDERSCORE)
            return fail_quoting(a, src, FNP_EVALUE, "could not convert string to complex: %s",
                                true);
        return fnp_fail(a->failure, FNP_EVALUE, "complex() arg is a malformed string");
    }
    if (fnp__parse_double(text, n, (double *)(void *)value)) return FNP_OK;
    if (a->from.type_num == FNP_VOID && t != FNP_LONGDOUBLE && !fnp_typenum_is_complex(t))
        return fnp_fail(a->failure, FNP_EVALUE, "setting an array element with a sequence.");
    return fail_quoting(a, src, FNP_EVALUE, "could not convert string to float: %s", true);
}

static int run_text_to_number(void *context, char *const *data, const fnp_intp *dims,
                              const fnp_intp *strides, void *aux)
{
    text_aux *a = aux;
    const char *src = data[0];
    char *dst = data[1];
    _Alignas(16) char value[NUMBER_BYTES] = {0}, number[NUMBER_BYTES] = {0};
    fnp_intp one = 1, steps[2] = {0, 0};
    for (fnp_intp n = dims[0]; n > 0; n--, src += strides[0], dst += strides[1]) {
        fnp_intp len = fnp__text_to_ascii(&a->from, src, a->scratch);
        fnp_status s = parse_number(a, src, a->scratch, len, value);
        if (s != FNP_OK) return s;
        char *args[2] = {value, number};
        a->convert(args, &one, steps, NULL);
        move_number(a, number, dst, a->to.elsize);
    }
    return 0;
}

static int run_text_to_bool(void *context, char *const *data, const fnp_intp *dims,
                            const fnp_intp *strides, void *aux)
{
    const text_aux *a = aux;
    const char *src = data[0];
    char *dst = data[1];
    for (fnp_intp n = dims[0]; n > 0; n--, src += strides[0], dst += strides[1])
        *dst = text_length(&a->from, src) > 0;
    return 0;
}

/* ---- S and U
 * ------------------------------------------------------------------------------------------- */

fnp_status fnp__fail_encode(fnp_error *err, fnp_intp position, uint32_t c)
{
    const char *form = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
    char shown[16];
    snprintf(shown, sizeof shown, form, c);
    return fnp_fail(
        err, FNP_EUNICODE,
        "'ascii' codec can't encode character '%s' in position %td: ordinal not in range(128)",
        shown, position);
}

static fnp_status fail_ascii(const text_aux *a, fnp_intp position, uint32_t c)
{
    if (a->from.type_num == FNP_UNICODE) return fnp__fail_encode(a->failure, position, c);
    return fnp_fail(
        a->failure, FNP_EUNICODE,
        "'ascii' codec can't decode byte 0x%02x in position %td: ordinal not in range(128)", c,
        position);
}

static int run_text_to_text(void *context, char *const *data, const fnp_intp *dims,
                            const fnp_intp *strides, void *aux)
{
    const text_aux *a = aux;
    const char *src = data[0];
    char *dst = data[1];
    fnp_intp have = text_capacity(&a->from), room = text_capacity(&a->to);
    for (fnp_intp n = dims[0]; n > 0; n--, src += strides[0], dst += strides[1]) {
        for (fnp_intp i = 0; i < have; i++) {
            uint32_t c = text_char(&a->from, src, i);
            if (c >= 0x80) return fail_ascii(a, i, c);
            if (i < room) text_set_char(&a->to, dst, i, c);
        }
        for (fnp_intp i = have; i < room; i++) text_set_char(&a->to, dst, i, 0);
    }
    return 0;
}

/* ---- V
 * --------------------------------------------------------------------------------------------------
 */

static int run_void_fails(void *context, char *const *data, const fnp_intp *dims,
                          const fnp_intp *strides, void *aux)
{
    const text_aux *a = aux;
    if (dims[0] == 0) return 0;
    if (a->to.type_num == FNP_DATETIME)
        return (int)fnp_fail(a->failure, FNP_EVALUE, "Could not convert object to NumPy datetime");
    if (a->to.type_num == FNP_TIMEDELTA)
        return (int)fnp_fail(a->failure, FNP_EVALUE, "Could not convert object to NumPy timedelta");
    return (int)fnp_fail(a->failure, FNP_EVALUE, "setting an array element with a sequence");
}

/* ---- building
 * --------------------------------------------------------------------------------------------- */

static fnp_loop_fn *pick_loop(int f, int t)
{
    bool from_text = f == FNP_STRING || f == FNP_UNICODE,
         to_text = t == FNP_STRING || t == FNP_UNICODE;
    if (f == FNP_VOID && (to_text || fnp_typenum_is_time(t))) return run_void_fails;
    if (from_text && to_text) return run_text_to_text;
    if (to_text) return fnp_typenum_is_number(f) ? run_number_to_text : NULL;
    if (t == FNP_BOOL) return run_text_to_bool;
    return fnp_typenum_is_number(t) ? run_text_to_number : NULL;
}

static int parsed_type(int to)
{
    if (fnp_typenum_is_unsigned(to)) return FNP_ULONG;
    if (fnp_typenum_is_integer(to)) return FNP_LONG;
    if (to == FNP_LONGDOUBLE) return FNP_LONGDOUBLE;
    return fnp_typenum_is_complex(to) ? FNP_CDOUBLE : FNP_DOUBLE;
}

fnp_status fnp__cast_build_text(cast_build *b, const fnp_dtype *from, const fnp_dtype *to,
                                fnp_loop *out)
{
    if ((fnp_typenum_is_time(from->type_num) || fnp_typenum_is_time(to->type_num)) &&
        from->type_num != FNP_VOID)
        return fnp__cast_build_time(b, from, to, out);
    fnp_loop_fn *fn = pick_loop(from->type_num, to->type_num);
    if (!fn) return fnp__cast_none(b, from, to);
    fnp_error *failure = fnp__cast_failure(b);
    if (!failure) return FNP_ENOMEM;
    text_aux *a = fnp__cast_aux(b, sizeof *a + (size_t)from->elsize + 1, text_aux_free);
    if (!a) return FNP_ENOMEM;
    a->from = *from;
    a->to = *to;
    a->failure = failure;
    const fnp_dtype *number = fn == run_number_to_text ? from : to;
    if (number->swapped && fnp_typenum_is_number(number->type_num)) {
        fnp_intp unit, count;
        fnp__swap_shape(number, &unit, &count);
        if (unit > 1) a->swap = fnp__swap_kernel(unit);
        a->units = (void *)count;
    }
    if (fn == run_text_to_number) {
        int parsed = parsed_type(to->type_num);
        /* a longdouble that is read from V comes through double */
        if (from->type_num == FNP_VOID && !fnp_typenum_is_integer(to->type_num))
            parsed = FNP_DOUBLE;
        a->convert = fnp__cast_kernel(parsed, to->type_num);
    }
    *out = (fnp_loop){.fn = fn, .aux = &a->base, .flags = FNP_LOOP_UNALIGNED_OK};
    if (fn == run_number_to_text || fn == run_text_to_text || fn == run_text_to_bool)
        out->flags |= FNP_LOOP_NO_FLOAT_ERRORS;
    return FNP_OK;
}
