/* The kernels of built-in ufuncs, as one table: types and functions, per CPU level. It never
 * changes. */
#ifndef FNP_KERNEL_H
#define FNP_KERNEL_H

#include "fnp/loop.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum fnp_ufunc_identity {
    FNP_ID_NONE,        /* no identity, axes of a reduction have an order */
    FNP_ID_REORDERABLE, /* no identity, any order */
    FNP_ID_ZERO,
    FNP_ID_ONE,
    FNP_ID_MINUSONE,
    FNP_ID_TRUE,
    FNP_ID_FALSE,
    FNP_ID_NINF,
} fnp_ufunc_identity;

enum fnp_ufunc_flags {
    FNP_UF_QUIET = 1,      /* floating-point flags of the loops mean nothing */
    FNP_UF_COMPARISON = 2, /* one of == != < <= > >= */
    FNP_UF_LOGICAL = 4,    /* works on truth values: reductions cast to bool */
};

/* A built-in loop: "dd->d", and one kernel per CPU level; or the name of an object loop, which the
 * binding supplies. */
typedef struct fnp_ufunc_loop {
    const char *types;
    fnp_kernel_fn *kernel[3];
    const char *object;
} fnp_ufunc_loop;

typedef struct fnp_ufunc_info {
    const char *name;
    int nin, nout;
    fnp_ufunc_identity identity;
    const char *signature; /* of core dimensions, or NULL */
    uint32_t flags;
    int nloops;
    const fnp_ufunc_loop *loops;
    double ulp; /* largest error of an elementary function's float and double loops; 0: correctly
                   rounded, or as they are composed */
} fnp_ufunc_info;

/* The table of all built-in ufuncs; never changes. */
const fnp_ufunc_info *fnp_ufunc_table(int *count);
/* The kernel for this machine (fnp_cpu_level). */
fnp_kernel_fn *fnp_ufunc_kernel(const fnp_ufunc_loop *loop);

/* ---- sharing a nest of loops between threads ----------------------------------------------------
 * For loops with FNP_LOOP_SHARES whose outputs reach no byte twice and are no other element's
 * input. Axis 0 is the innermost. The ledger learns on how many threads, and why. Nests of fewer
 * elements than FNP_SHARE_FROM do not pay for the clock; their callers run them as they are. */
enum { FNP_SHARE_FROM = 1 << 16 };

/* Run the nest with `axis` cut down to [begin, end). */
typedef void (*fnp_part_fn)(void *ctx, int axis, fnp_intp begin, fnp_intp end);

/* Call fn for ranges that cover one axis of the nest, on as many threads as pay. `whole`: axes that
 * may not be cut, or NULL. */
void fnp_share_nest(int ndim, const fnp_intp *shape, const bool *whole, fnp_part_fn fn, void *ctx);
/* The same for one run of n elements: loop->kernel on nop (at most FNP_LOOP_MAXARGS) operands. */
void fnp_loop_share(const fnp_loop *loop, int nop, char *const *args, fnp_intp n,
                    const fnp_intp *strides);
/* *out += the sum of n elements, with the bits of `add` on one thread; false, with nothing done, if
 * that is not the kernel of a sum that can be cut, or n is below FNP_SHARE_FROM. */
bool fnp_sum_share(fnp_kernel_fn *add, char *out, const char *in, fnp_intp n, fnp_intp stride);

/* data[index[i]] = data[index[i]] op values[i], in order, indices checked by the caller; false if
 * there is no such loop. Strides in bytes. */
bool fnp_kernel_indexed(const char *name, int type_num, char *data, fnp_intp stride,
                        const fnp_intp *index, const char *values, fnp_intp value_stride,
                        fnp_intp n);

#ifdef __cplusplus
}
#endif
#endif
