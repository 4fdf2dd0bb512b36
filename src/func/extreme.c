/* argmax and argmin. */
#include "fnp/sort.h"

#include "fnp/base.h"
#include "func/lines.h"
#include "kernel/half.h"
#include "kernel/rows.h"

#include <string.h>

enum { BLOCK = 256, LANES = 16, SHORT = 32 };

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

fnp_status fnp_argextreme(const fnp_view *a, int axis, bool max, const fnp_view *out,
                          fnp_error *err)
{
    const fnp_dtype *dt = a->dtype;
    if (!fnp_dtype_has_order(dt)) return fnp_fail(err, FNP_ETYPE, "data type not ordered");
    dense_fn *dense = dt->swapped || dt->ops || dt->sub_ndim ? NULL : pick(dt->type_num);
    fnp_kernel_fn *fold = dense ? fnp__extreme_kernel(dt->type_num, max) : NULL;
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
        if (!dense) {
            status = strided(dt, line, w.stride[0], w.n, max, to);
            continue;
        }
        if (buffer) {
            for (fnp_intp i = 0; i < w.n; i++)
                memcpy(buffer + i * size, line + i * w.stride[0], (size_t)size);
            line = buffer;
        }
        *to = dense(line, w.n, max, fold);
    }
    fnp_free(buffer);
    return status;
}
