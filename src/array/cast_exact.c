/* Casts of numbers that must not change a value: there, back, and compare. */
#include "array/cast_impl.h"

#include "kernel/cast.h"

#include <string.h>

enum { CHUNK = 128, WIDEST = 32 };

typedef struct exact_aux {
    fnp_auxdata base;
    fnp_kernel_fn *there, *back;
    fnp_intp from_size, to_size;
    int from, to;
    fnp_error *failure;
} exact_aux;

static void exact_aux_free(fnp_auxdata *base)
{
    fnp_free(base);
}

static const char *c_name(int type_num, char buf[16])
{
    static const char *const names[FNP_NTYPES] = {
#define FNP_DTYPE(NAME, num, sfx, ctype, kind, chr, name, alias) [num] = #NAME,
#include "fnp/dtypes.def"
#undef FNP_DTYPE
    };
    const char *s = names[type_num];
    size_t i = 0;
    for (; s[i]; i++) buf[i] = (char)(s[i] | 32);
    buf[i] = '\0';
    return buf;
}

static fnp_status fail_exact(const exact_aux *a, const char *why)
{
    char from[16], to[16];
    return fnp_fail(a->failure, FNP_EVALUE, "could not cast 'same_value' %s to %s%s",
                    c_name(a->from, from), c_name(a->to, to), why);
}

/* Numbers k of x and y, NaN counting as equal to NaN. */
#define SAME_NUMBERS(T, k)                                                                         \
    do {                                                                                           \
        T u, v;                                                                                    \
        memcpy(&u, x + (size_t)(k) * sizeof u, sizeof u);                                          \
        memcpy(&v, y + (size_t)(k) * sizeof v, sizeof v);                                          \
        return u == v || (u != u && v != v);                                                       \
    } while (0)

static bool same_half(const char *x, const char *y)
{
    uint16_t u, v;
    memcpy(&u, x, 2);
    memcpy(&v, y, 2);
    bool nan_u = (u & 0x7fff) > 0x7c00, nan_v = (v & 0x7fff) > 0x7c00;
    return u == v || (nan_u && nan_v) || ((u | v) & 0x7fff) == 0;
}

/* Whether two native numbers are equal; of complex ones part k. */
static bool same_part(int type_num, const char *x, const char *y, int k)
{
    switch (type_num) {
    case FNP_HALF: return same_half(x, y);
    case FNP_FLOAT:
    case FNP_CFLOAT: SAME_NUMBERS(float, k);
    case FNP_DOUBLE:
    case FNP_CDOUBLE: SAME_NUMBERS(double, k);
    case FNP_LONGDOUBLE:
    case FNP_CLONGDOUBLE: SAME_NUMBERS(long double, k);
    default: return memcmp(x, y, (size_t)fnp_dtype_builtin(type_num)->elsize) == 0;
    }
}

static bool is_negative(const fnp_dtype *dt, const char *p)
{
    return !fnp_typenum_is_unsigned(dt->type_num) && p[dt->elsize - 1] < 0; /* little endian */
}

/* Integers of one width hide a change of sign from the way back. */
static bool same_sign(int from, int to, const char *x, const char *y)
{
    if (!fnp_typenum_is_integer(from) || !fnp_typenum_is_integer(to)) return true;
    return is_negative(fnp_dtype_builtin(from), x) == is_negative(fnp_dtype_builtin(to), y);
}

/* An infinity that went through an integer may come back. */
static bool is_infinite(int type_num, const char *x)
{
    switch (type_num) {
    case FNP_HALF: return (x[1] & 0x7f) == 0x7c && x[0] == 0;
    case FNP_FLOAT:
    case FNP_CFLOAT: return __builtin_isinf(*(const float *)(const void *)x);
    case FNP_DOUBLE:
    case FNP_CDOUBLE: return __builtin_isinf(*(const double *)(const void *)x);
    case FNP_LONGDOUBLE:
    case FNP_CLONGDOUBLE: return __builtin_isinf(*(const long double *)(const void *)x);
    default: return false;
    }
}

static fnp_status compare(const exact_aux *a, const char *in, const char *out, const char *again,
                          fnp_intp n)
{
    bool complex = fnp_typenum_is_complex(a->from);
    bool drops = complex && !fnp_typenum_is_complex(a->to);
    bool to_integer = fnp_typenum_is_integer(a->to);
    for (fnp_intp i = 0; i < n; i++) {
        const char *x = in + i * a->from_size, *y = again + i * a->from_size;
        if (!same_part(a->from, x, y, 0) || !same_sign(a->from, a->to, x, out + i * a->to_size))
            return fail_exact(a, "");
        if (to_integer && is_infinite(a->from, x)) return fail_exact(a, "");
        if (complex && !same_part(a->from, x, y, 1))
            return fail_exact(a, drops ? ": imag is not 0" : "");
    }
    return FNP_OK;
}

static int run_exact(void *context, char *const *data, const fnp_intp *dims,
                     const fnp_intp *strides, void *aux)
{
    const exact_aux *a = aux;
    _Alignas(16) char in[CHUNK * WIDEST], out[CHUNK * WIDEST], again[CHUNK * WIDEST];
    fnp_intp load[2] = {strides[0], a->from_size}, store[2] = {a->to_size, strides[1]};
    fnp_intp there[2] = {a->from_size, a->to_size}, back[2] = {a->to_size, a->from_size};
    for (fnp_intp done = 0; done < dims[0]; done += CHUNK) {
        fnp_intp m = dims[0] - done < CHUNK ? dims[0] - done : CHUNK;
        char *from = data[0] + done * strides[0], *to = data[1] + done * strides[1];
        fnp__copy_kernel(a->from_size)((char *[2]){from, in}, &m, load, (void *)a->from_size);
        a->there((char *[2]){in, out}, &m, there, NULL);
        a->back((char *[2]){out, again}, &m, back, NULL);
        fnp_status s = compare(a, in, out, again, m);
        if (s != FNP_OK) return (int)s;
        fnp__copy_kernel(a->to_size)((char *[2]){out, to}, &m, store, (void *)a->to_size);
    }
    return 0;
}

fnp_status fnp__cast_build_exact(cast_build *b, const fnp_dtype *from, const fnp_dtype *to,
                                 fnp_loop *out)
{
    fnp_error *failure = fnp__cast_failure(b);
    exact_aux *a = failure ? fnp__cast_aux(b, sizeof *a, exact_aux_free) : NULL;
    if (!a) return FNP_ENOMEM;
    a->there = fnp__cast_kernel(from->type_num, to->type_num);
    a->back = fnp__cast_kernel(to->type_num, from->type_num);
    a->from_size = from->elsize;
    a->to_size = to->elsize;
    a->from = from->type_num;
    a->to = to->type_num;
    a->failure = failure;
    *out = (fnp_loop){.fn = run_exact, .aux = &a->base, .flags = FNP_LOOP_UNALIGNED_OK};
    return fnp__cast_wrap_swapped(b, from, to, out);
}
