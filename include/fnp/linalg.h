/* Linear algebra: BLAS and LAPACK from OpenBLAS, opened on first use, and gufunc kernels over them.
 *
 * Kernels have the shape of fnp_kernel_fn: dims[0] matrices, dims[1..] core dimensions, steps[0..]
 * of the operands, then the steps of the core dimensions operand by operand. A matrix that LAPACK
 * finds unfit (singular, not positive definite, no convergence) gets NaN everywhere and raises the
 * invalid flag, as NumPy does. */
#ifndef FNP_LINALG_H
#define FNP_LINALG_H

#include "fnp/loop.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Where to look for the library before the system's places; the text is copied. Before first use.
 */
void fnp_linalg_set_library(const char *path);
/* True if BLAS and LAPACK were found. */
bool fnp_linalg_available(void);

typedef struct fnp_linalg_gufunc {
    const char *name, *signature;
    int nin, nout, ntypes;
    fnp_kernel_fn *const *kernels; /* ntypes of them */
    const char *types;             /* ntypes * (nin + nout) type numbers */
} fnp_linalg_gufunc;

/* The gufuncs of the module; *count of them. */
const fnp_linalg_gufunc *fnp_linalg_gufuncs(int *count);

/* matmul for 'f', 'd', 'F', 'D' ((m,k),(k,n)->(m,n)) through gemm, gemv, dot where the strides
 * suit; else `fallback`. */
fnp_kernel_fn *fnp_linalg_matmul(int type_num, fnp_kernel_fn *fallback);

#ifdef __cplusplus
}
#endif
#endif
