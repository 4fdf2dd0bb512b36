/* Casts and assignment. Every pair of numeric types over a slow twin that goes through long double
 * and __int128; layouts (strided, unaligned, swapped, reversed) must all give the contiguous
 * answer; every allocation failure is reported and leaks nothing that valgrind could find. */
#include "fnp/base.h"
#include "fnp/cast.h"

#include <stdio.h>
#include <string.h>

static int passed, failed;

static void check(int ok, const char *what, int a, int b, int i)
{
    if (ok) {
        passed++;
    } else if (++failed < 20) {
        printf("FAIL %s: types %d -> %d, element %d\n", what, a, b, i);
    }
}

static bool numeric(int t)
{
    return t < FNP_OBJECT || t == FNP_HALF;
}

enum { N = 7 };
static const double values[N] = {0, 1, 3, -5, 100, 0.5, 17.25};

static double half_value(uint16_t h)
{
    double m = h & 1023;
    int e = h >> 10 & 31;
    double v = e ? 1024 + m : m;
    for (int i = e ? e : 1; i < 25; i++) v /= 2;
    for (int i = 25; i < e; i++) v *= 2;
    return h >> 15 ? -v : v;
}

static uint16_t half_of(double v)
{
    if (v >= 65520) return 0x7c00;
    for (uint32_t h = 0; h < 0x10000; h++)
        if ((h & 0x7c00) != 0x7c00 && half_value((uint16_t)h) == v && !(h == 0x8000))
            return (uint16_t)h;
    return 0x7e00;
}

// clang-format off
static long double get(int t, const void *p, long double *im)
{
    *im = 0;
    switch (t) {
#define GET(NUM, T)                                                                                \
    case NUM: {                                                                                    \
        T x;                                                                                       \
        memcpy(&x, p, sizeof x);                                                                   \
        return (long double)x;                                                                     \
    }
        GET(FNP_BYTE, int8_t)
        GET(FNP_UBYTE, uint8_t)
        GET(FNP_SHORT, int16_t)
        GET(FNP_USHORT, uint16_t)
        GET(FNP_INT, int32_t)
        GET(FNP_UINT, uint32_t)
        GET(FNP_LONG, int64_t)
        GET(FNP_ULONG, uint64_t)
        GET(FNP_LONGLONG, int64_t)
        GET(FNP_ULONGLONG, uint64_t)
        GET(FNP_FLOAT, float)
        GET(FNP_DOUBLE, double)
        GET(FNP_LONGDOUBLE, long double)
#define GETC(NUM, T)                                                                               \
    case NUM: {                                                                                    \
        T x;                                                                                       \
        memcpy(&x, p, sizeof x);                                                                   \
        *im = x.im;                                                                                \
        return x.re;                                                                               \
    }
        GETC(FNP_CFLOAT, fnp_c64)
        GETC(FNP_CDOUBLE, fnp_c128)
        GETC(FNP_CLONGDOUBLE, fnp_cld)
    case FNP_BOOL: return *(const uint8_t *)p != 0;
    default: {
        uint16_t h;
        memcpy(&h, p, 2);
        return half_value(h);
    }
    }
}

static void put(int t, void *p, long double v, long double im)
{
    switch (t) {
#define PUT(NUM, T)                                                                                \
    case NUM: {                                                                                    \
        T x = (T)v;                                                                                \
        memcpy(p, &x, sizeof x);                                                                   \
        break;                                                                                     \
    }
#define PUTU(NUM, T)                                                                               \
    case NUM: {                                                                                    \
        T x = (T)(__int128)v;                                                                      \
        memcpy(p, &x, sizeof x);                                                                   \
        break;                                                                                     \
    }
        PUTU(FNP_BYTE, int8_t)
        PUTU(FNP_UBYTE, uint8_t)
        PUTU(FNP_SHORT, int16_t)
        PUTU(FNP_USHORT, uint16_t)
        PUTU(FNP_INT, int32_t)
        PUTU(FNP_UINT, uint32_t)
        PUTU(FNP_LONG, int64_t)
        PUTU(FNP_ULONG, uint64_t)
        PUTU(FNP_LONGLONG, int64_t)
        PUTU(FNP_ULONGLONG, uint64_t)
        PUT(FNP_FLOAT, float) PUT(FNP_DOUBLE, double) PUT(FNP_LONGDOUBLE, long double)
#define PUTC(NUM, T, P)                                                                            \
    case NUM: {                                                                                    \
        T x = {(P)v, (P)im};                                                                       \
        memcpy(p, &x, sizeof x);                                                                   \
        break;                                                                                     \
    }
            PUTC(FNP_CFLOAT, fnp_c64, float) PUTC(FNP_CDOUBLE, fnp_c128, double)
                PUTC(FNP_CLONGDOUBLE, fnp_cld, long double) case FNP_BOOL : *(uint8_t *)p =
                                                                                v != 0 || im != 0;
        break;
    default: {
        uint16_t h = half_of((double)v);
        memcpy(p, &h, 2);
    }
    }
}
// clang-format on

static bool same(int t, const char *a, const char *b)
{
    long double ai, bi, ar = get(t, a, &ai), br = get(t, b, &bi);
    return ar == br && ai == bi;
}

static void reverse_bytes(char *p, const fnp_dtype *dt)
{
    fnp_intp unit = fnp_typenum_is_complex(dt->type_num) ? dt->elsize / 2 : dt->elsize;
    for (char *q = p; q < p + dt->elsize; q += unit)
        for (fnp_intp i = 0; i < unit / 2; i++) {
            char c = q[i];
            q[i] = q[unit - 1 - i];
            q[unit - 1 - i] = c;
        }
}

static fnp_status assign(const fnp_dtype *from, char *src, fnp_intp ss, const fnp_dtype *to,
                         char *dst, fnp_intp ds, fnp_intp n)
{
    fnp_view s = {.data = src, .ndim = 1, .shape = &n, .strides = &ss, .dtype = from};
    fnp_view d = {.data = dst, .ndim = 1, .shape = &n, .strides = &ds, .dtype = to};
    return fnp_assign(&d, &s, NULL, 0, NULL);
}

static void one_pair(int f, int t)
{
    const fnp_dtype *from = fnp_dtype_builtin(f), *to = fnp_dtype_builtin(t);
    char src[N * 32], want[N * 32], dst[N * 32];
    for (int i = 0; i < N; i++) {
        long double im, re;
        memset(src + i * from->elsize, 0, (size_t)from->elsize);
        memset(want + i * to->elsize, 0, (size_t)to->elsize);
        put(f, src + i * from->elsize, values[i], i);
        re = get(f, src + i * from->elsize, &im);
        put(t, want + i * to->elsize, re, im);
    }
    memset(dst, 0, sizeof dst);
    check(assign(from, src, from->elsize, to, dst, to->elsize, N) == FNP_OK, "status", f, t, 0);
    for (int i = 0; i < N; i++)
        check(same(t, dst + i * to->elsize, want + i * to->elsize), "contiguous", f, t, i);

    for (int variant = 0; variant < 16; variant++) {
        fnp_dtype fs = *from, ts = *to;
        if (variant & 1) fnp_dtype_byteswapped(from, &fs);
        if (variant & 2) fnp_dtype_byteswapped(to, &ts);
        fnp_intp ss = from->elsize + (variant & 4 ? 3 : 0), ds = to->elsize + (variant & 4 ? 5 : 0);
        char s2[N * 64], d2[N * 64];
        memset(d2, 0, sizeof d2);
        for (int i = 0; i < N; i++) {
            memcpy(s2 + 1 + i * ss, src + i * from->elsize, (size_t)from->elsize);
            if (fs.swapped) reverse_bytes(s2 + 1 + i * ss, from);
        }
        char *s0 = s2 + 1, *d0 = d2 + 1;
        if (variant & 8) s0 += (N - 1) * ss, d0 += (N - 1) * ds, ss = -ss, ds = -ds;
        check(assign(&fs, s0, ss, &ts, d0, ds, N) == FNP_OK, "status", f, t, variant);
        if (ss < 0) ss = -ss, ds = -ds;
        for (int i = 0; i < N; i++) {
            if (ts.swapped) reverse_bytes(d2 + 1 + i * ds, to);
            check(same(t, d2 + 1 + i * ds, want + i * to->elsize), "layout", f, t,
                  variant * 100 + i);
        }
    }
}

static void overlapping(void)
{
    int64_t a[10];
    const fnp_dtype *dt = fnp_dtype_builtin(FNP_LONG);
    for (int i = 0; i < 10; i++) a[i] = i;
    check(assign(dt, (char *)a, 8, dt, (char *)(a + 1), 8, 9) == FNP_OK, "overlap", 0, 0, 0);
    for (int i = 1; i < 10; i++) check(a[i] == i - 1, "overlap", 0, 0, i);
    for (int i = 0; i < 10; i++) a[i] = i;
    check(assign(dt, (char *)(a + 9), -8, dt, (char *)a, 8, 10) == FNP_OK, "reverse", 0, 0, 0);
    for (int i = 0; i < 10; i++) check(a[i] == 9 - i, "reverse", 0, 0, i);
}

static void broadcasting(void)
{
    int32_t dst[2][3];
    double row[3] = {1, 2, 3};
    bool mask[2][1] = {{false}, {true}};
    memset(dst, 0, sizeof dst);
    fnp_view d = {.data = (char *)dst,
                  .ndim = 2,
                  .shape = (fnp_intp[]){2, 3},
                  .strides = (fnp_intp[]){12, 4},
                  .dtype = fnp_dtype_builtin(FNP_INT)};
    fnp_view s = {.data = (char *)row,
                  .ndim = 3,
                  .shape = (fnp_intp[]){1, 1, 3},
                  .strides = (fnp_intp[]){24, 24, 8},
                  .dtype = fnp_dtype_builtin(FNP_DOUBLE)};
    fnp_view m = {.data = (char *)mask,
                  .ndim = 2,
                  .shape = (fnp_intp[]){2, 1},
                  .strides = (fnp_intp[]){1, 1},
                  .dtype = fnp_dtype_builtin(FNP_BOOL)};
    check(fnp_assign(&d, &s, &m, 0, NULL) == FNP_OK, "masked", 0, 0, 0);
    for (int i = 0; i < 3; i++) check(dst[0][i] == 0 && dst[1][i] == i + 1, "masked", 0, 0, i);
    check(fnp_assign(&d, &s, NULL, 0, NULL) == FNP_OK, "broadcast", 0, 0, 0);
    for (int i = 0; i < 3; i++) check(dst[0][i] == i + 1, "broadcast", 0, 0, i);
    s.shape = (fnp_intp[]){1, 1, 2};
    fnp_error err = {0};
    check(fnp_assign(&d, &s, NULL, 0, &err) == FNP_EVALUE, "shapes", 0, 0, 0);
}

/* A structured type with a subarray, cast to other widths; then again with the n-th allocation
 * failing. */
static void structured(void)
{
    const fnp_dtype *i32 = fnp_dtype_builtin(FNP_INT), *f64 = fnp_dtype_builtin(FNP_DOUBLE);
    fnp_dtype sub = {.type_num = FNP_VOID,
                     .kind = 'V',
                     .elsize = 12,
                     .alignment = 4,
                     .nfields = -1,
                     .sub_ndim = 1,
                     .sub_shape = (fnp_intp[]){3},
                     .sub_base = i32};
    fnp_dtype swapped;
    fnp_dtype_byteswapped(f64, &swapped);
    fnp_field ff[2] = {{"a", 0, i32}, {"b", 4, &sub}}, tf[2] = {{"x", 8, &swapped}, {"y", 0, f64}};
    fnp_dtype from = {.type_num = FNP_VOID, .kind = 'V', .elsize = 16, .nfields = 2, .fields = ff};
    fnp_dtype to = {.type_num = FNP_VOID, .kind = 'V', .elsize = 16, .nfields = 2, .fields = tf};
    int32_t src[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    for (long fail = 0;; fail++) {
        double dst[4] = {0};
        fnp_error err = {0};
        fnp_cast cast;
        fnp_alloc_fail_after(fail);
        fnp_status s = fnp_cast_init(&cast, &from, &to, 16, 16, 0, &err);
        bool hit = fnp_alloc_failed();
        fnp_alloc_fail_after(-1);
        check(s == (hit ? FNP_ENOMEM : FNP_OK), "failing allocation", 0, 0, (int)fail);
        if (s != FNP_OK) continue;
        check(fnp_cast_run(&cast, (char *)src, 16, (char *)dst, 16, 2, &err) == FNP_OK, "fields", 0,
              0, 0);
        fnp_cast_clear(&cast);
        reverse_bytes((char *)&dst[1], f64);
        reverse_bytes((char *)&dst[3], f64);
        check(dst[0] == 2 && dst[1] == 1 && dst[2] == 6 && dst[3] == 5, "fields", 0, 0, 1);
        break;
    }
    check(fnp_cast_level(&from, &to) == FNP_CAST_UNSAFE, "level", 0, 0, 0);
    check(fnp_cast_level(&from, i32) == FNP_CAST_NEVER, "level", 0, 0, 1);
    check(fnp_cast_level(i32, &swapped) == FNP_CAST_SAFE, "level", 0, 0, 2);
    check(fnp_dtype_equiv(fnp_dtype_builtin(FNP_LONG), fnp_dtype_builtin(FNP_LONGLONG)), "equiv", 0,
          0, 0);
}

static void tables(void)
{
    for (int a = 0; a < FNP_NTYPES; a++)
        for (int b = 0; b < FNP_NTYPES; b++) {
            int c = fnp_promote_typenums(a, b), d = fnp_promote_typenums(b, a);
            check(c == d || (c >= 0 && d >= 0 && fnp_cast_level_typenums(c, d) == FNP_CAST_NO),
                  "symmetry", a, b, c);
            if (c == FNP_NOTYPE || !numeric(a) || !numeric(b)) continue;
            check(fnp_cast_level_typenums(a, c) <= FNP_CAST_SAFE, "common type holds both", a, b,
                  c);
        }
}

int main(void)
{
    for (int f = 0; f < FNP_NTYPES; f++)
        for (int t = 0; t < FNP_NTYPES; t++)
            if (numeric(f) && numeric(t)) one_pair(f, t);
    overlapping();
    broadcasting();
    structured();
    tables();
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
