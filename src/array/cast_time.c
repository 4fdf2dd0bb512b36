/* Casts of dates and spans: between units, and to and from text. */
#include "array/cast_impl.h"
#include "array/text_element.h"
#include "array/text_parse.h"

#include "base/reciprocal.h"
#include "fnp/numtext.h"
#include "kernel/cast.h"

#include <string.h>

typedef struct time_aux {
    fnp_auxdata base;
    fnp_dtype from, to;
    fnp_error *failure;
    int64_t num, den; /* units that differ by a factor */
    char scratch[];
} time_aux;

static void time_aux_free(fnp_auxdata *base)
{
    fnp_free(base);
}

static int64_t load_ticks(const fnp_dtype *dt, const char *p)
{
    uint64_t x;
    memcpy(&x, p, sizeof x);
    return (int64_t)(dt->swapped ? __builtin_bswap64(x) : x);
}

static void store_ticks(const fnp_dtype *dt, char *p, int64_t ticks)
{
    uint64_t x = (uint64_t)ticks;
    if (dt->swapped) x = __builtin_bswap64(x);
    memcpy(p, &x, sizeof x);
}

/* ---- units
 * ------------------------------------------------------------------------------------------------
 */

enum { TICKS_AT_ONCE = 256 };

/* Up to TICKS_AT_ONCE ticks in native order. */
static void load_many(const fnp_dtype *dt, const char *src, fnp_intp step, fnp_intp n, int64_t *to)
{
    if (step == sizeof *to && !dt->swapped)
        memcpy(to, src, (size_t)n * sizeof *to);
    else
        for (fnp_intp i = 0; i < n; i++) to[i] = load_ticks(dt, src + i * step);
}

static void store_many(const fnp_dtype *dt, char *dst, fnp_intp step, fnp_intp n,
                       const int64_t *from)
{
    if (step == sizeof *from && !dt->swapped)
        memcpy(dst, from, (size_t)n * sizeof *from);
    else
        for (fnp_intp i = 0; i < n; i++) store_ticks(dt, dst + i * step, from[i]);
}

/* Multiplication wraps, as NumPy lets it. */
static void scale(const time_aux *a, int64_t *ticks, fnp_intp n)
{
    const int64_t num = a->num, den = a->den;
    if (den == 1) {
        for (fnp_intp i = 0; i < n; i++) {
            int64_t x = ticks[i], product = (int64_t)((uint64_t)x * (uint64_t)num);
            ticks[i] = x == FNP_NAT ? x : product;
        }
    } else if (num == 1) {
        const reciprocal r = reciprocal_of(den);
        const int64_t least = INT64_MIN + den - 1; /* below it the sum below wraps */
        for (fnp_intp i = 0; i < n; i++) {
            int64_t x = ticks[i], q = reciprocal_floor(x, r);
            if (FNP_UNLIKELY(x < least))
                q = x == FNP_NAT ? x : (int64_t)((uint64_t)x - (uint64_t)den + 1) / den;
            ticks[i] = q;
        }
    } else {
        for (fnp_intp i = 0; i < n; i++) {
            int64_t x = ticks[i];
            if (x == FNP_NAT) continue;
            /* floored; whether the wrapped product is negative does not count */
            uint64_t product = (uint64_t)x * (uint64_t)num;
            if (x < 0) product -= (uint64_t)den - 1;
            ticks[i] = (int64_t)product / den;
        }
    }
}

static int run_scaled(void *context, char *const *data, const fnp_intp *dims,
                      const fnp_intp *strides, void *aux)
{
    const time_aux *a = aux;
    const char *src = data[0];
    char *dst = data[1];
    int64_t ticks[TICKS_AT_ONCE];
    for (fnp_intp n = dims[0], m; n > 0; n -= m, src += m * strides[0], dst += m * strides[1]) {
        m = n < TICKS_AT_ONCE ? n : TICKS_AT_ONCE;
        load_many(&a->from, src, strides[0], m, ticks);
        scale(a, ticks, m);
        store_many(&a->to, dst, strides[1], m, ticks);
    }
    return 0;
}

static int run_calendar(void *context, char *const *data, const fnp_intp *dims,
                        const fnp_intp *strides, void *aux)
{
    const time_aux *a = aux;
    const char *src = data[0];
    char *dst = data[1];
    int64_t ticks[TICKS_AT_ONCE];
    for (fnp_intp n = dims[0], m; n > 0; n -= m, src += m * strides[0], dst += m * strides[1]) {
        m = n < TICKS_AT_ONCE ? n : TICKS_AT_ONCE;
        load_many(&a->from, src, strides[0], m, ticks);
        fnp_status s =
            fnp_datetime_convert_many(a->from.meta, a->to.meta, m, ticks, ticks, a->failure);
        if (s != FNP_OK) return (int)s;
        store_many(&a->to, dst, strides[1], m, ticks);
    }
    return 0;
}

/* ---- text
 * ---------------------------------------------------------------------------------------------------
 */

enum { ISO_ROOM = 96 };

/* A year that fits exactly loses its last digit, as in NumPy. */
static fnp_status print_date(const time_aux *a, int64_t ticks, char *buf, size_t *len)
{
    fnp_civil c;
    fnp_dtmeta meta = a->from.meta;
    FNP_TRY(fnp_ticks_to_civil(meta, ticks, &c, a->failure));
    FNP_TRY(fnp_iso_format(&c, FNP_ZONE_NAIVE, 0, meta.unit, meta.unit, FNP_CAST_UNSAFE, buf,
                           ISO_ROOM, len, a->failure));
    fnp_intp room = text_capacity(&a->to);
    if ((fnp_intp)*len > room)
        return fnp_fail(
            a->failure, FNP_ERUNTIME,
            "The string provided for NumPy ISO datetime formatting was too short, with length %td",
            room);
    if (meta.unit == FNP_UNIT_Y && ticks != FNP_NAT && (fnp_intp)*len == room) --*len;
    return FNP_OK;
}

static size_t print_span(const time_aux *a, int64_t ticks, char *buf)
{
    static const char *const words[FNP_UNIT_COUNT] = {
#define FNP_UNIT(id, value, name, word) [value] = word,
#include "fnp/units.def"
#undef FNP_UNIT
    };
    if (ticks == FNP_NAT) {
        strcpy(buf, "NaT");
        return 3;
    }
    fnp_dtmeta meta = a->from.meta;
    size_t n = fnp_i64_to_text((int64_t)((uint64_t)ticks * (uint64_t)meta.num), buf);
    buf[n++] = ' ';
    strcpy(buf + n, words[meta.unit]);
    return n + strlen(buf + n);
}

static int run_time_to_text(void *context, char *const *data, const fnp_intp *dims,
                            const fnp_intp *strides, void *aux)
{
    const time_aux *a = aux;
    const char *src = data[0];
    char *dst = data[1];
    char text[ISO_ROOM];
    for (fnp_intp n = dims[0]; n > 0; n--, src += strides[0], dst += strides[1]) {
        int64_t ticks = load_ticks(&a->from, src);
        size_t len = 0;
        if (a->from.type_num == FNP_TIMEDELTA) {
            len = print_span(a, ticks, text);
        } else {
            fnp_status s = print_date(a, ticks, text, &len);
            if (s != FNP_OK) return (int)s;
        }
        text_store(&a->to, dst, text, len);
    }
    return 0;
}

static fnp_status read_date(time_aux *a, const char *src, int64_t *ticks)
{
    fnp_intp n = text_length(&a->from, src);
    for (fnp_intp i = 0; i < n; i++) {
        uint32_t c = text_char(&a->from, src, i);
        if (c >= 0x80 && a->from.type_num == FNP_UNICODE) return fnp__fail_encode(a->failure, i, c);
        a->scratch[i] = (char)c;
    }
    fnp_civil c;
    int best;
    bool special, had_zone;
    int unit = a->to.meta.unit == FNP_UNIT_GENERIC ? FNP_UNIT_ERROR : a->to.meta.unit;
    FNP_TRY(fnp_iso_parse(a->scratch, (size_t)n, unit, FNP_CAST_UNSAFE, &c, &best, &special,
                          &had_zone, a->failure));
    return fnp_civil_to_ticks(a->to.meta, &c, ticks, a->failure);
}

/* An integer as strtoll reads it, blanks before it only, saturating; or NaT. */
static fnp_status read_span(time_aux *a, const char *src, int64_t *ticks)
{
    fnp_intp n = fnp__text_to_ascii(&a->from, src, a->scratch);
    const char *s = a->scratch;
    while (n > 0 && *s == ' ') s++, n--;
    *ticks = FNP_NAT;
    if (n == 0 || (n == 3 && (s[0] | 32) == 'n' && (s[1] | 32) == 'a' && (s[2] | 32) == 't'))
        return FNP_OK;
    bool overflow = false;
    if (fnp_text_to_i64(s, (size_t)n, ticks, &overflow) != (size_t)n)
        return fnp_fail(a->failure, FNP_EVALUE, "Could not convert object to NumPy timedelta");
    if (overflow) *ticks = s[0] == '-' ? INT64_MIN : INT64_MAX;
    return FNP_OK;
}

static int run_text_to_time(void *context, char *const *data, const fnp_intp *dims,
                            const fnp_intp *strides, void *aux)
{
    time_aux *a = aux;
    const char *src = data[0];
    char *dst = data[1];
    for (fnp_intp n = dims[0]; n > 0; n--, src += strides[0], dst += strides[1]) {
        int64_t ticks;
        fnp_status s =
            a->to.type_num == FNP_DATETIME ? read_date(a, src, &ticks) : read_span(a, src, &ticks);
        if (s != FNP_OK) return (int)s;
        store_ticks(&a->to, dst, ticks);
    }
    return 0;
}

/* ---- building
 * -------------------------------------------------------------------------------------------------
 */

static bool is_variable(int unit)
{
    return unit == FNP_UNIT_Y || unit == FNP_UNIT_M;
}

/* Dates go through the calendar where years or months meet units of fixed length; all else is a
 * factor. */
static fnp_status choose_unit_loop(cast_build *b, time_aux *a, fnp_loop_fn **fn)
{
    fnp_dtmeta f = a->from.meta, t = a->to.meta;
    a->num = a->den = 1;
    *fn = run_scaled;
    if (t.unit == FNP_UNIT_GENERIC && f.unit != FNP_UNIT_GENERIC)
        return fnp_fail(
            b->err, FNP_EVALUE,
            "Cannot convert from specific units to generic units in NumPy datetimes or timedeltas");
    if (f.unit == FNP_UNIT_GENERIC || t.unit == FNP_UNIT_GENERIC) return FNP_OK;
    if (a->from.type_num == FNP_DATETIME && is_variable(f.unit) != is_variable(t.unit)) {
        *fn = run_calendar;
        return FNP_OK;
    }
    if (f.unit > t.unit) {
        /* the text names the coarser unit first */
        fnp_dtmeta x = f;
        fnp_dtmeta_factor(f, t, &a->num, &a->den);
        f = t;
        t = x;
    } else {
        fnp_dtmeta_factor(f, t, &a->num, &a->den);
    }
    if (a->num == 0) {
        return fnp_fail(
            b->err, FNP_EOVERFLOW,
            "Integer overflow while computing the conversion factor between NumPy datetime units "
            "%s and %s",
            fnp_unit_name(f.unit), fnp_unit_name(t.unit));
    }
    return FNP_OK;
}

/* ---- floats: NaN becomes NaT without a flag ---- */

typedef struct float_aux {
    fnp_auxdata base;
    fnp_kernel_fn *widen, *convert; /* to double, to ticks */
    fnp_intp from_size;
} float_aux;

enum { FLOATS_AT_ONCE = 128 };

static int run_float_to_time(void *context, char *const *data, const fnp_intp *dims,
                             const fnp_intp *strides, void *aux)
{
    const float_aux *a = aux;
    const char *src = data[0];
    char *dst = data[1];
    double wide[FLOATS_AT_ONCE];
    for (fnp_intp n = dims[0]; n > 0;) {
        fnp_intp m = n < FLOATS_AT_ONCE ? n : FLOATS_AT_ONCE,
                 steps[2] = {strides[0], sizeof(double)};
        a->widen((char *[2]){(char *)src, (char *)wide}, &m, steps, NULL);
        for (fnp_intp i = 0; i < m;) {
            fnp_intp begin = i;
            while (i < m && wide[i] == wide[i]) i++;
            fnp_intp run = i - begin;
            a->convert((char *[2]){(char *)src + begin * strides[0], dst + begin * strides[1]},
                       &run, strides, NULL);
            for (; i < m && wide[i] != wide[i]; i++) {
                int64_t nat = FNP_NAT;
                memcpy(dst + i * strides[1], &nat, sizeof nat);
            }
        }
        src += m * strides[0];
        dst += m * strides[1];
        n -= m;
    }
    return 0;
}

static fnp_status build_float_to_time(cast_build *b, const fnp_dtype *from, const fnp_dtype *to,
                                      fnp_loop *out)
{
    float_aux *a = fnp__cast_aux(b, sizeof *a, time_aux_free);
    if (!a) return FNP_ENOMEM;
    a->convert = fnp__cast_kernel(from->type_num, to->type_num);
    a->widen = fnp__cast_kernel(from->type_num, FNP_DOUBLE);
    if (fnp__num_id(from->type_num) == fnp__num_id(FNP_DOUBLE))
        a->widen = fnp__copy_kernel(sizeof(double));
    *out = (fnp_loop){.fn = run_float_to_time, .aux = &a->base, .flags = FNP_LOOP_UNALIGNED_OK};
    return fnp__cast_wrap_swapped(b, from, to, out);
}

static bool is_text(int t)
{
    return t == FNP_STRING || t == FNP_UNICODE;
}

fnp_status fnp__cast_build_time(cast_build *b, const fnp_dtype *from, const fnp_dtype *to,
                                fnp_loop *out)
{
    if (fnp_typenum_is_float(from->type_num) || fnp_typenum_is_complex(from->type_num))
        return build_float_to_time(b, from, to, out);
    fnp_loop_fn *fn = NULL;
    fnp_error *failure = fnp__cast_failure(b);
    if (!failure) return FNP_ENOMEM;
    time_aux *a = fnp__cast_aux(
        b, sizeof *a + (size_t)(is_text(from->type_num) ? from->elsize : 0) + 1, time_aux_free);
    if (!a) return FNP_ENOMEM;
    a->from = *from;
    a->to = *to;
    a->failure = failure;
    fnp_status s = FNP_OK;
    if (is_text(to->type_num)) {
        fn = run_time_to_text;
    } else if (is_text(from->type_num)) {
        fn = run_text_to_time;
    } else {
        s = choose_unit_loop(b, a, &fn);
    }
    if (s != FNP_OK) {
        time_aux_free(&a->base);
        return s;
    }
    *out = (fnp_loop){
        .fn = fn, .aux = &a->base, .flags = FNP_LOOP_NO_FLOAT_ERRORS | FNP_LOOP_UNALIGNED_OK};
    return FNP_OK;
}
