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
} fnp_ufunc_info;

/* The table of all built-in ufuncs; never changes. */
const fnp_ufunc_info *fnp_ufunc_table(int *count);
/* The kernel for this machine (fnp_cpu_level). */
fnp_kernel_fn *fnp_ufunc_kernel(const fnp_ufunc_loop *loop);

/* data[index[i]] = data[index[i]] op values[i], in order, indices checked by the caller; false if
 * there is no such loop. Strides in bytes. */
bool fnp_kernel_indexed(const char *name, int type_num, char *data, fnp_intp stride,
                        const fnp_intp *index, const char *values, fnp_intp value_stride,
                        fnp_intp n);

#ifdef __cplusplus
}
#endif
#endif
