/* Einstein summation: one nest of loops over all labels, a kernel of products innermost. */
#include "fnp/func.h"
#include "fnp/loop.h"

#include "kernel/half.h"

#include <string.h>

#define PLAIN_ADD(a, b) ((a) + (b))
#define PLAIN_MUL(a, b) ((a) * (b))
#define ADD PLAIN_ADD
#define MUL PLAIN_MUL
#define ZERO 0
#define LOAD(p) (*(const T *)(p))
#define STORE(p, v) (*(T *)(p) = (T)(v))

#define NAME sum_i8
#define T uint8_t
#define ACC uint8_t
#include "func/tmpl/einsum.h"
#define NAME sum_i16
#define T uint16_t
#define ACC uint32_t
#include "func/tmpl/einsum.h"
#define NAME sum_i32
#define T uint32_t
#define ACC uint32_t
#include "func/tmpl/einsum.h"
#define NAME sum_i64
#define T uint64_t
#define ACC uint64_t
#include "func/tmpl/einsum.h"
#define NAME sum_f32
#define T float
#define ACC float
#include "func/tmpl/einsum.h"
#define NAME sum_f64
#define T double
#define ACC double
#include "func/tmpl/einsum.h"
#define NAME sum_fld
#define T long double
#define ACC long double
#include "func/tmpl/einsum.h"

#undef LOAD
#undef STORE
#define LOAD(p) half_to_f32(*(const uint16_t *)(p))
#define STORE(p, v) (*(uint16_t *)(p) = half_from_f32(v))
#define NAME sum_f16
#define T uint16_t
#define ACC float
#include "func/tmpl/einsum.h"
#undef LOAD
#undef STORE

#undef ADD
#undef MUL
#define ADD(a, b) ((a) | (b))
#define MUL(a, b) ((a) & (b))
#define LOAD(p) (*(const uint8_t *)(p) != 0)
#define STORE(p, v) (*(uint8_t *)(p) = (uint8_t)(v))
#define NAME sum_b1
#define T uint8_t
#define ACC int
#include "func/tmpl/einsum.h"
#undef ADD
#undef MUL
#undef LOAD
#undef STORE
#undef ZERO

#define LOAD(p) (*(const T *)(p))
#define STORE(p, v) (*(T *)(p) = (v))
#define ADD(a, b) add_(a, b)
#define MUL(a, b) mul_(a, b)
#define COMPLEX(C, R, name)                                                                        \
    static inline C add_##name(C a, C b)                                                           \
    {                                                                                              \
        return (C){a.re + b.re, a.im + b.im};                                                      \
    }                                                                                              \
    static inline C mul_##name(C a, C b)                                                           \
    {                                                                                              \
        return (C){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};                          \
    }
COMPLEX(fnp_c64, float, c64)
COMPLEX(fnp_c128, double, c128)
COMPLEX(fnp_cld, long double, cld)
#undef ADD
#undef MUL

#define NAME sum_c64
#define T fnp_c64
#define ACC fnp_c64
#define ZERO                                                                                       \
    {                                                                                              \
        0, 0                                                                                       \
    }
#define ADD add_c64
#define MUL mul_c64
#include "func/tmpl/einsum.h"
#undef ADD
#undef MUL
#define NAME sum_c128
#define T fnp_c128
#define ACC fnp_c128
#define ADD add_c128
#define MUL mul_c128
#include "func/tmpl/einsum.h"
#undef ADD
#undef MUL
#define NAME sum_cld
#define T fnp_cld
#define ACC fnp_cld
#define ADD add_cld
#define MUL mul_cld
#include "func/tmpl/einsum.h"

fnp_einsum_kernel *fnp_einsum_kernel_of(int type_num)
{
    static fnp_einsum_kernel *const table[FNP_NTYPES] = {
        [FNP_BOOL] = sum_b1,      [FNP_BYTE] = sum_i8,         [FNP_UBYTE] = sum_i8,
        [FNP_SHORT] = sum_i16,    [FNP_USHORT] = sum_i16,      [FNP_INT] = sum_i32,
        [FNP_UINT] = sum_i32,     [FNP_LONG] = sum_i64,        [FNP_ULONG] = sum_i64,
        [FNP_LONGLONG] = sum_i64, [FNP_ULONGLONG] = sum_i64,   [FNP_FLOAT] = sum_f32,
        [FNP_DOUBLE] = sum_f64,   [FNP_LONGDOUBLE] = sum_fld,  [FNP_CFLOAT] = sum_c64,
        [FNP_CDOUBLE] = sum_c128, [FNP_CLONGDOUBLE] = sum_cld, [FNP_HALF] = sum_f16};
    return type_num >= 0 && type_num < FNP_NTYPES ? table[type_num] : NULL;
}

/* Long lines are summed piece by piece: NumPy's own pieces, and a little more exact than one
 * running sum. */
enum { MAX_OPERANDS = 64, PIECE = 8192 };

static int run_line(fnp_einsum_kernel *kernel, int nop, char *const *at, const fnp_intp *strides,
                    fnp_intp n)
{
    char *p[MAX_OPERANDS + 1];
    for (fnp_intp done = 0; done < n; done += PIECE) {
        for (int k = 0; k <= nop; k++) p[k] = at[k] + done * strides[k];
        int r = kernel(nop, p, strides, n - done < PIECE ? n - done : PIECE);
        if (r) return r;
    }
    return 0;
}

fnp_status fnp_einsum_run(fnp_einsum_kernel *kernel, int nop, char *const *data, int ndim,
                          const fnp_intp *shape, const fnp_intp *strides)
{
    char *at[MAX_OPERANDS + 1];
    fnp_intp inner[MAX_OPERANDS + 1], index[FNP_MAXDIMS] = {0}, n = 1;
    if (nop > MAX_OPERANDS) return FNP_EVALUE;
    for (int i = 0; i < ndim; i++)
        if (shape[i] == 0) return FNP_OK;
    memcpy(at, data, (size_t)(nop + 1) * sizeof *at);
    int last = ndim - 1;
    for (int k = 0; k <= nop; k++) inner[k] = ndim ? strides[k * FNP_MAXDIMS + last] : 0;
    if (ndim) n = shape[last];
    for (;;) {
        int r = run_line(kernel, nop, at, inner, n);
        if (r) return fnp_loop_status(r);
        int axis = last - 1;
        for (; axis >= 0; axis--) {
            for (int k = 0; k <= nop; k++) at[k] += strides[k * FNP_MAXDIMS + axis];
            if (++index[axis] < shape[axis]) break;
            for (int k = 0; k <= nop; k++) at[k] -= strides[k * FNP_MAXDIMS + axis] * shape[axis];
            index[axis] = 0;
        }
        if (axis < 0) return FNP_OK;
    }
}
