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

/* LAPACK's own routines in double precision, real or complex, arguments as LAPACK has them
 * (matrices by column); the pointers' sizes are the caller's promise. Return: info. */
int64_t fnp_linalg_geqrf(bool is_complex, int64_t m, int64_t n, void *a, int64_t lda, void *tau,
                         void *work, int64_t lwork);
int64_t fnp_linalg_orgqr(bool is_complex, int64_t m, int64_t n, int64_t k, void *a, int64_t lda,
                         void *tau, void *work, int64_t lwork);
/* iwork is of 64-bit integers, however wide the library's are. rwork: complex only. */
int64_t fnp_linalg_gelsd(bool is_complex, int64_t m, int64_t n, int64_t nrhs, void *a, int64_t lda,
                         void *b, int64_t ldb, double *s, double rcond, int64_t *rank, void *work,
                         int64_t lwork, double *rwork, int64_t *iwork);

#ifdef __cplusplus
}
#endif
#endif
