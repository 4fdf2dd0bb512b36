/* Comparing two elements of any type. */
#include "fnp/sort.h"

#include "kernel/cast.h"
#include "kernel/half.h"
#include "kernel/scan.h"

#include <string.h>

/* A native, aligned copy of a simple element. */
static void load(const fnp_dtype *dt, const char *p, void *out)
{
    if (!dt->swapped) {
        memcpy(out, p, (size_t)dt->elsize);
        return;
    }
    fnp_intp unit, count, one = 1, steps[2] = {0, 0};
    fnp__swap_shape(dt, &unit, &count);
    char *args[2] = {(char *)p, out};
    if (unit > 1) {
        fnp__swap_kernel(unit)(args, &one, steps, (void *)count);
    } else {
        memcpy(out, p, (size_t)dt->elsize);
    }
}

static int by_bytes(const char *a, const char *b, size_t n)
{
    int r = memcmp(a, b, n);
    return (r > 0) - (r < 0);
}

static uint32_t ucs4(const char *p, bool swapped)
{
    uint32_t c;
    memcpy(&c, p, 4);
    return swapped ? __builtin_bswap32(c) : c;
}

static int by_characters(const fnp_dtype *dt, const char *a, const char *b)
{
    if (!dt->swapped && ((uintptr_t)a | (uintptr_t)b) % 4 == 0)
        return u_order((const uint32_t *)(const void *)a, (const uint32_t *)(const void *)b,
                       dt->elsize / 4);
    for (fnp_intp i = 0; i < dt->elsize; i += 4) {
        uint32_t x = ucs4(a + i, dt->swapped), y = ucs4(b + i, dt->swapped);
        if (x != y) return x < y ? -1 : 1;
    }
    return 0;
}

static int by_long_double(long double x, long double y)
{
    if (x < y) return -1;
    if (x > y) return 1;
    return (x != x) - (y != y);
}

static int by_complex(long double xr, long double xi, long double yr, long double yi)
{
    int x = 2 * (xr != xr) + (xi != xi), y = 2 * (yr != yr) + (yi != yi);
    if (x != y) return x < y ? -1 : 1;
    int r = x & 2 ? 0 : by_long_double(xr, yr);
    return r || x & 1 ? r : by_long_double(xi, yi);
}

static int by_fields(const fnp_dtype *dt, const char *a, const char *b, bool *failed)
{
    for (int i = 0; i < dt->nfields; i++) {
        const fnp_field *f = &dt->fields[i];
        int r = fnp_dtype_compare(f->dtype, a + f->offset, b + f->offset, failed);
        if (r || *failed) return r;
    }
    return 0;
}

static int by_subarray(const fnp_dtype *dt, const char *a, const char *b, bool *failed)
{
    fnp_intp n = 1, size = dt->sub_base->elsize;
    for (int i = 0; i < dt->sub_ndim; i++) n *= dt->sub_shape[i];
    for (fnp_intp i = 0; i < n; i++) {
        int r = fnp_dtype_compare(dt->sub_base, a + i * size, b + i * size, failed);
        if (r || *failed) return r;
    }
    return 0;
}

typedef union element {
    float f;
    double d;
    long double g;
    fnp_c64 cf;
    fnp_c128 cd;
    fnp_cld cg;
    int8_t i8;
    uint8_t u8;
    int16_t i16;
    uint16_t u16;
    int32_t i32;
    uint32_t u32;
    int64_t i64;
    uint64_t u64;
} element;

#define ORDER(x, y) (((x) > (y)) - ((x) < (y)))

int fnp_dtype_compare(const fnp_dtype *dt, const char *a, const char *b, bool *failed)
{
    if (dt->sub_ndim) return by_subarray(dt, a, b, failed);
    if (dt->ops && dt->ops->compare) return dt->ops->compare(dt, a, b, failed);
    switch (dt->type_num) {
    case FNP_STRING: return by_bytes(a, b, (size_t)dt->elsize);
    case FNP_UNICODE: return by_characters(dt, a, b);
    case FNP_VOID:
        return fnp_dtype_is_structured(dt) ? by_fields(dt, a, b, failed)
                                           : by_bytes(a, b, (size_t)dt->elsize);
    default: break;
    }
    element x, y;
    load(dt, a, &x);
    load(dt, b, &y);
    switch (dt->type_num) {
    case FNP_BOOL:
    case FNP_UBYTE: return ORDER(x.u8, y.u8);
    case FNP_BYTE: return ORDER(x.i8, y.i8);
    case FNP_SHORT: return ORDER(x.i16, y.i16);
    case FNP_USHORT: return ORDER(x.u16, y.u16);
    case FNP_INT: return ORDER(x.i32, y.i32);
    case FNP_UINT: return ORDER(x.u32, y.u32);
    case FNP_LONG:
    case FNP_LONGLONG: return ORDER(x.i64, y.i64);
    case FNP_ULONG:
    case FNP_ULONGLONG: return ORDER(x.u64, y.u64);
    case FNP_DATETIME:
    case FNP_TIMEDELTA:
        return ORDER(x.u64 - 1 + ((uint64_t)1 << 63), y.u64 - 1 + ((uint64_t)1 << 63));
    case FNP_HALF: return by_long_double(half_to_f32(x.u16), half_to_f32(y.u16));
    case FNP_FLOAT: return by_long_double(x.f, y.f);
    case FNP_DOUBLE: return by_long_double(x.d, y.d);
    case FNP_LONGDOUBLE: return by_long_double(x.g, y.g);
    case FNP_CFLOAT: return by_complex(x.cf.re, x.cf.im, y.cf.re, y.cf.im);
    case FNP_CDOUBLE: return by_complex(x.cd.re, x.cd.im, y.cd.re, y.cd.im);
    case FNP_CLONGDOUBLE: return by_complex(x.cg.re, x.cg.im, y.cg.re, y.cg.im);
    default: return 0;
    }
}

bool fnp_dtype_has_order(const fnp_dtype *dt)
{
    if (dt->sub_ndim) return fnp_dtype_has_order(dt->sub_base);
    if (dt->ops) return dt->ops->compare != NULL;
    return dt->type_num >= 0 && dt->type_num < FNP_NTYPES;
}
