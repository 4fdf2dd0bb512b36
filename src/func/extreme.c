/* argmax and argmin. */
#include "fnp/sort.h"

#include "fnp/base.h"
#include "func/lines.h"
#include "kernel/half.h"
#include "kernel/rows.h"

#include <string.h>

enum { BLOCK = 2048 /* bytes */, LANES = 16, SHORT = 32 };

#define CAT_(a, b) a##b
#define CAT(a, b) CAT_(a, b)

#define SAME_SIZE_INT(T)                                                                           \
    __typeof__(__builtin_choose_expr(                                                              \
        sizeof(T) == 8, (int64_t)0,                                                                \
        __builtin_choose_expr(sizeof(T) == 4, (int32_t)0,                                          \
                              __builtin_choose_expr(sizeof(T) == 2, (int16_t)0, (int8_t)0))))

#define T int8_t
#define SFX i8
#include "func/extreme_typed.h"
#define T uint8_t
#define SFX u8
#include "func/extreme_typed.h"
#define T int16_t
#define SFX i16
#include "func/extreme_typed.h"
#define T uint16_t
#define SFX u16
#include "func/extreme_typed.h"
#define T int32_t
#define SFX i32
#include "func/extreme_typed.h"
#define T uint32_t
#define SFX u32
#include "func/extreme_typed.h"
#define T int64_t
#define SFX i64
#include "func/extreme_typed.h"
#define T uint64_t
#define SFX u64
#include "func/extreme_typed.h"
#define FLOATING
#define T float
#define SFX f32
#include "func/extreme_typed.h"
#define T double
#define SFX f64
#include "func/extreme_typed.h"
#undef FLOATING

typedef fnp_intp dense_fn(const char *line, fnp_intp n, bool max, fnp_kernel_fn *fold);

static dense_fn *pick(int t)
{
    switch (t) {
    case FNP_BOOL:
    case FNP_UBYTE: return extreme_u8;
    case FNP_BYTE: return extreme_i8;
    case FNP_SHORT: return extreme_i16;
    case FNP_USHORT: return extreme_u16;
    case FNP_INT: return extreme_i32;
    case FNP_UINT: return extreme_u32;
    case FNP_LONG:
    case FNP_LONGLONG: return extreme_i64;
    case FNP_ULONG:
    case FNP_ULONGLONG: return extreme_u64;
    case FNP_FLOAT: return extreme_f32;
    case FNP_DOUBLE: return extreme_f64;
    default: return NULL;
    }
}

/* NaN, NaT, or a complex number with a NaN in it. */
static bool is_nan(const fnp_dtype *dt, const char *p)
{
    int t = dt->type_num;
    if (dt->ops ||
        !(fnp_typenum_is_float(t) || fnp_typenum_is_complex(t) || fnp_typenum_is_time(t)))
        return false;
    _Alignas(16) char x[32];
    fnp_intp unit = dt->elsize / (fnp_typenum_is_complex(t) ? 2 : 1);
    for (fnp_intp i = 0; i < dt->elsize; i++)
        x[i] = p[dt->swapped ? i / unit * unit + unit - 1 - i % unit : i];
#define AT(T, k) (((const T *)(const void *)x)[k])
#define IS_NAN(v) ((v) != (v))
    switch (t) {
    case FNP_HALF: return (AT(uint16_t, 0) & 0x7fff) > 0x7c00;
    case FNP_FLOAT: return IS_NAN(AT(float, 0));
    case FNP_DOUBLE: return IS_NAN(AT(double, 0));
    case FNP_LONGDOUBLE: return IS_NAN(AT(long double, 0));
    case FNP_CFLOAT: return IS_NAN(AT(float, 0)) || IS_NAN(AT(float, 1));
    case FNP_CDOUBLE: return IS_NAN(AT(double, 0)) || IS_NAN(AT(double, 1));
    case FNP_CLONGDOUBLE: return IS_NAN(AT(long double, 0)) || IS_NAN(AT(long double, 1));
    default: return AT(int64_t, 0) == INT64_MIN;
    }
}

/* A place for an object that never got one. */
static bool is_absent(const fnp_dtype *dt, const char *p)
{
    static const char none[sizeof(void *)];
    return dt->type_num == FNP_OBJECT && memcmp(p, none, sizeof none) == 0;
}

static fnp_status strided(const fnp_dtype *dt, const char *line, fnp_intp stride, fnp_intp n,
                          bool max, fnp_intp *out)
{
    fnp_intp best = -1;
    bool failed = false;
    *out = 0;
    for (fnp_intp i = 0; i < n; i++) {
        const char *p = line + i * stride;
        if (is_absent(dt, p)) continue;
        if (is_nan(dt, p)) {
            *out = i;
            return FNP_OK;
        }
        if (best < 0) {
            best = i;
            continue;
        }
        int c = fnp_dtype_compare(dt, p, line + best * stride, &failed);
        if (failed) return FNP_EPYTHON;
        if (max ? c > 0 : c < 0) best = i;
    }
    if (best > 0) *out = best;
    return FNP_OK;
}

/* The first true of n truth values, or the first false; 0 if there is none. */
static fnp_intp first_truth(const char *line, fnp_intp n, bool wanted)
{
    if (!wanted) {
        const char *p = memchr(line, 0, (size_t)n);
        return p ? p - line : 0;
    }
    fnp_intp i = 0;
    for (uint64_t word; i + 8 <= n; i += 8) {
        memcpy(&word, line + i, 8);
        if (word) break;
    }
    while (i < n && !line[i]) i++;
    return i < n ? i : 0;
}

/* Complex numbers go by real part, then by imaginary part; one with a NaN is the answer at once. */
#define COMPLEX_EXTREME(name, R)                                                                   \
    static fnp_intp name(const char *line, fnp_intp stride, fnp_intp n, bool max)                  \
    {                                                                                              \
        R best[2], x[2];                                                                           \
        fnp_intp at = 0;                                                                           \
        for (fnp_intp i = 0; i < n; i++) {                                                         \
            memcpy(x, line + i * stride, sizeof x);                                                \
            if (x[0] != x[0] || x[1] != x[1]) return i;                                            \
            if (i && (max ? x[0] < best[0] || (x[0] == best[0] && x[1] <= best[1])                 \
                          : x[0] > best[0] || (x[0] == best[0] && x[1] >= best[1])))               \
                continue;                                                                          \
            best[0] = x[0];                                                                        \
            best[1] = x[1];                                                                        \
            at = i;                                                                                \
        }                                                                                          \
        return at;                                                                                 \
    }
COMPLEX_EXTREME(complex_extreme_f32, float)
COMPLEX_EXTREME(complex_extreme_f64, double)

/* Types whose order is that of a key; `is_nan` is the answer at once. */
#define KEYED_EXTREME(name, T, K, key, is_nan)                                                     \
    static fnp_intp name(const char *line, fnp_intp stride, fnp_intp n, bool max)                  \
    {                                                                                              \
        K best = 0;                                                                                \
        fnp_intp at = 0;                                                                           \
        for (fnp_intp i = 0; i < n; i++, line += stride) {                                         \
            T v;                                                                                   \
            memcpy(&v, line, sizeof v);                                                            \
            if (is_nan) return i;                                                                  \
            K k = key;                                                                             \
            if (i && (max ? k <= best : k >= best)) continue;                                      \
            best = k;                                                                              \
            at = i;                                                                                \
        }                                                                                          \
        return at;                                                                                 \
    }
KEYED_EXTREME(keyed_extreme_f16, uint16_t, int, v & 0x8000 ? -(v & 0x7fff) : v,
              (v & 0x7fff) > 0x7c00)
KEYED_EXTREME(keyed_extreme_fld, long double, long double, v, v != v)
KEYED_EXTREME(keyed_extreme_time, int64_t, int64_t, v, v == INT64_MIN)

typedef fnp_intp strided_fn(const char *line, fnp_intp stride, fnp_intp n, bool max);
static strided_fn *pick_strided(int t)
{
    switch (t) {
    case FNP_HALF: return keyed_extreme_f16;
    case FNP_LONGDOUBLE: return keyed_extreme_fld;
    case FNP_DATETIME:
    case FNP_TIMEDELTA: return keyed_extreme_time;
    case FNP_CFLOAT: return complex_extreme_f32;
    case FNP_CDOUBLE: return complex_extreme_f64;
    default: return NULL;
    }
}

/* Lines that lie side by side: all of them at once, row by row. Returns false if this is no such
 * array. */
typedef void rows_fn(const char *a, fnp_intp rows, fnp_intp row_step, fnp_intp columns, bool max,
                     char *out, fnp_intp out_step);

#define ROWS_EXTREME(name, T, I)                                                                   \
    static void name(const char *a, fnp_intp rows, fnp_intp row_step, fnp_intp columns, bool max,  \
                     char *out, fnp_intp out_step)                                                 \
    {                                                                                              \
        enum { WIDTH = 128 };                                                                      \
        for (fnp_intp c = 0; c < columns; c += WIDTH) {                                            \
            T best[WIDTH];                                                                         \
            I at[WIDTH];                                                                           \
            int n = (int)(columns - c < WIDTH ? columns - c : WIDTH);                              \
            memcpy(best, a + c * (fnp_intp)sizeof(T), (size_t)n * sizeof(T));                      \
            memset(at, 0, sizeof at);                                                              \
            for (fnp_intp r = 1; r < rows; r++) {                                                  \
                const T *x = (const T *)(const void *)(a + r * row_step) + c;                      \
                if (max)                                                                           \
                    for (int k = 0; k < n; k++) {                                                  \
                        bool take = !(x[k] <= best[k]) & (best[k] == best[k]);                     \
                        best[k] = take ? x[k] : best[k];                                           \
                        at[k] = take ? (I)r : at[k];                                               \
                    }                                                                              \
                else                                                                               \
                    for (int k = 0; k < n; k++) {                                                  \
                        bool take = !(x[k] >= best[k]) & (best[k] == best[k]);                     \
                        best[k] = take ? x[k] : best[k];                                           \
                        at[k] = take ? (I)r : at[k];                                               \
                    }                                                                              \
            }                                                                                      \
            for (int k = 0; k < n; k++) *(fnp_intp *)(void *)(out + (c + k) * out_step) = at[k];   \
        }                                                                                          \
    }
ROWS_EXTREME(rows_extreme_i8, int8_t, int32_t)
ROWS_EXTREME(rows_extreme_u8, uint8_t, int32_t)
ROWS_EXTREME(rows_extreme_i16, int16_t, int32_t)
ROWS_EXTREME(rows_extreme_u16, uint16_t, int32_t)
ROWS_EXTREME(rows_extreme_u32, uint32_t, int32_t)
ROWS_EXTREME(rows_extreme_u64, uint64_t, int64_t)
ROWS_EXTREME(rows_extreme_i32, int32_t, int32_t)
ROWS_EXTREME(rows_extreme_i64, int64_t, int64_t)
ROWS_EXTREME(rows_extreme_f32, float, int32_t)
ROWS_EXTREME(rows_extreme_f64, double, int64_t)

static bool by_rows(const fnp_view *a, int axis, bool max, const fnp_view *out)
{
    const fnp_dtype *dt = a->dtype;
    if (a->ndim != 2 || axis != 0 || a->strides[1] != dt->elsize || a->shape[1] < 2 ||
        a->shape[0] > INT32_MAX || a->strides[0] % dt->elsize ||
        (uintptr_t)a->data % (uintptr_t)dt->elsize)
        return false;
    rows_fn *f = NULL;
    switch (dt->type_num) {
    case FNP_BYTE: f = rows_extreme_i8; break;
    case FNP_BOOL:
    case FNP_UBYTE: f = rows_extreme_u8; break;
    case FNP_SHORT: f = rows_extreme_i16; break;
    case FNP_USHORT: f = rows_extreme_u16; break;
    case FNP_UINT: f = rows_extreme_u32; break;
    case FNP_ULONG:
    case FNP_ULONGLONG: f = rows_extreme_u64; break;
    case FNP_INT: f = rows_extreme_i32; break;
    case FNP_LONG:
    case FNP_LONGLONG: f = rows_extreme_i64; break;
    case FNP_FLOAT: f = rows_extreme_f32; break;
    case FNP_DOUBLE: f = rows_extreme_f64; break;
    default: return false;
    }
    f(a->data, a->shape[0], a->strides[0], a->shape[1], max, out->data, out->strides[0]);
    return true;
}

fnp_status fnp_argextreme(const fnp_view *a, int axis, bool max, const fnp_view *out,
                          fnp_error *err)
{
    const fnp_dtype *dt = a->dtype;
    if (!fnp_dtype_has_order(dt)) return fnp_fail(err, FNP_ETYPE, "data type not ordered");
    dense_fn *dense = dt->swapped || dt->ops || dt->sub_ndim ? NULL : pick(dt->type_num);
    if (dense && by_rows(a, axis, max, out)) return FNP_OK;
    strided_fn *typed = dt->swapped || dt->ops || dt->sub_ndim ? NULL : pick_strided(dt->type_num);
    fnp_kernel_fn *fold = dense ? fnp__extreme_kernel(dt->type_num, max) : NULL;
    bool times = typed && fnp_typenum_is_time(dt->type_num);
    fnp_kernel_fn *fold_least = times ? fnp__extreme_kernel(FNP_LONG, false) : NULL;
    fnp_kernel_fn *fold_most = times ? fnp__extreme_kernel(FNP_LONG, true) : NULL;
    lines w;
    lines_init(&w, a, axis, out, true);
    char *buffer = NULL;
    fnp_intp size = dt->elsize;
    if (dense && w.stride[0] != size && !w.done && !(buffer = fnp_malloc_array(w.n, (size_t)size)))
        return fnp_fail_nomem(err);
    fnp_status status = FNP_OK;
    for (; !w.done && status == FNP_OK; lines_next(&w)) {
        fnp_intp *to = (fnp_intp *)(void *)w.at[1];
        const char *line = w.at[0];
        if (times && w.stride[0] == dt->elsize) { /* the least first: that is where NaT is */
            int64_t least;
            *to = extreme_i64(line, w.n, false, fold_least);
            memcpy(&least, line + *to * dt->elsize, sizeof least);
            if (max && least != INT64_MIN) *to = extreme_i64(line, w.n, true, fold_most);
            continue;
        }
        if (typed) {
            *to = typed(line, w.stride[0], w.n, max);
            continue;
        }
        if (!dense) {
            status = strided(dt, line, w.stride[0], w.n, max, to);
            continue;
        }
        if (buffer) {
            for (fnp_intp i = 0; i < w.n; i++)
                memcpy(buffer + i * size, line + i * w.stride[0], (size_t)size);
            line = buffer;
        }
        *to = dt->type_num == FNP_BOOL ? first_truth(line, w.n, max) : dense(line, w.n, max, fold);
    }
    fnp_free(buffer);
    return status;
}
