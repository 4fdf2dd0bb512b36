/* Einstein summation: one nest of loops over all labels, a kernel of products innermost. */
#include "fnp/func.h"
#include "fnp/loop.h"

#include "kernel/half.h"
#include "kernel/product.h"

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
#define PRODUCTS fnp__products_of_f32
#define T float
#define ACC float
#include "func/tmpl/einsum.h"
#define NAME sum_f64
#define PRODUCTS fnp__products_of_f64
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
    if (n <= PIECE) return kernel(nop, at, strides, n);
    for (fnp_intp done = 0; done < n; done += PIECE) {
        for (int k = 0; k <= nop; k++) p[k] = at[k] + done * strides[k];
        int r = kernel(nop, p, strides, n - done < PIECE ? n - done : PIECE);
        if (r) return r;
    }
    return 0;
}

/* The nest as it runs: axes that are one in memory joined, the innermost one chosen. */
typedef struct nest {
    int nop, ndim;
    fnp_intp shape[FNP_MAXDIMS], strides[MAX_OPERANDS + 1][FNP_MAXDIMS];
} nest;

static void join_axes(nest *t)
{
    int last = 0;
    for (int d = 1; d < t->ndim; d++) {
        bool joins = true;
        for (int k = 0; k <= t->nop && joins; k++)
            joins = t->strides[k][last] == t->strides[k][d] * t->shape[d];
        if (joins) {
            t->shape[last] *= t->shape[d];
        } else {
            last++;
            t->shape[last] = t->shape[d];
        }
        for (int k = 0; k <= t->nop; k++) t->strides[k][last] = t->strides[k][d];
    }
    t->ndim = t->ndim ? last + 1 : 0;
}

static void put_last(nest *t, int axis)
{
    int last = t->ndim - 1;
    for (int k = -1; k <= t->nop; k++) {
        fnp_intp *row = k < 0 ? t->shape : t->strides[k], moved = row[axis];
        memmove(row + axis, row + axis + 1, (size_t)(last - axis) * sizeof *row);
        row[last] = moved;
    }
}

/* An axis of the result may go inside without changing what any element is the sum of, and in which
 * order: one along which everything is dense or stays, before one where the sum jumps; or a long
 * one, before one that is hardly worth a call. */
static void choose_inner(nest *t, fnp_intp size)
{
    enum { SHORT = 16 };
    int last = t->ndim - 1, best = -1;
    if (last < 1) return;
    bool smooth = true;
    for (int k = 0; k <= t->nop; k++) {
        fnp_intp s = t->strides[k][last];
        smooth &= s == 0 || s == size;
    }
    for (int d = 0; d < last; d++) {
        if (t->strides[t->nop][d] == 0) continue;
        bool dense = t->strides[t->nop][d] == size;
        for (int k = 0; k < t->nop; k++) dense &= t->strides[k][d] == 0 || t->strides[k][d] == size;
        bool longer = t->shape[last] < SHORT && t->shape[d] >= 4 * t->shape[last];
        if (!(dense && !smooth && t->shape[d] >= SHORT) && !longer) continue;
        if (best < 0 || t->shape[d] > t->shape[best]) best = d;
    }
    if (best >= 0) put_last(t, best);
}

fnp_status fnp_einsum_run(fnp_einsum_kernel *kernel, int nop, char *const *data, int ndim,
                          const fnp_intp *shape, const fnp_intp *strides, fnp_intp size)
{
    enum { TILE = 1024 };
    char *at[MAX_OPERANDS + 1], *start[MAX_OPERANDS + 1];
    nest t;
    if (nop > MAX_OPERANDS) return FNP_EVALUE;
    for (int i = 0; i < ndim; i++)
        if (shape[i] == 0) return FNP_OK;
    t.nop = nop;
    t.ndim = 0;
    for (int d = 0; d < ndim; d++) {
        if (shape[d] == 1) continue;
        t.shape[t.ndim] = shape[d];
        for (int k = 0; k <= nop; k++) t.strides[k][t.ndim] = strides[k * FNP_MAXDIMS + d];
        t.ndim++;
    }
    memcpy(start, data, (size_t)(nop + 1) * sizeof *start);
    join_axes(&t);
    if (size) choose_inner(&t, size);
    fnp_intp inner[MAX_OPERANDS + 1], whole = 1;
    int last = t.ndim - 1;
    for (int k = 0; k <= nop; k++) inner[k] = t.ndim ? t.strides[k][last] : 0;
    if (t.ndim) whole = t.shape[last];
    /* What is not summed is done piece by piece: other axes come back to it. */
    fnp_intp tile = size && inner[nop] != 0 && t.ndim > 1 ? TILE : whole;
    for (fnp_intp from = 0; from < whole; from += tile) {
        fnp_intp n = whole - from < tile ? whole - from : tile, index[FNP_MAXDIMS] = {0};
        for (int k = 0; k <= nop; k++) at[k] = start[k] + from * inner[k];
        for (;;) {
            int r = run_line(kernel, nop, at, inner, n);
            if (r) return fnp_loop_status(r);
            int axis = last - 1;
            for (; axis >= 0; axis--) {
                for (int k = 0; k <= nop; k++) at[k] += t.strides[k][axis];
                if (++index[axis] < t.shape[axis]) break;
                for (int k = 0; k <= nop; k++) at[k] -= t.strides[k][axis] * t.shape[axis];
                index[axis] = 0;
            }
            if (axis < 0) break;
        }
    }
    return FNP_OK;
}
