/* The Fortran and C symbols in use, found once. Integers go as pointers to fnp_blasint: 64 bits
 * wide, of which a library with 32-bit integers reads the low half (little-endian); integer arrays
 * must have its width (fnp__blas_int_size). */
#ifndef FNP_LINALG_OPENBLAS_H
#define FNP_LINALG_OPENBLAS_H

#include "fnp/linalg.h"

typedef int64_t fnp_blasint;

/* LAPACK(NAME): entry points with prefix s, d, c, z in this order. */
#define FNP_LAPACK_LIST(X)                                                                         \
    X(gesv) X(getrf) X(potrf) X(geev) X(gesdd) X(geqrf) X(gelsd) X(gemm) X(gemv) X(syrk)

typedef void fnp_fortran(void); /* cast to the call's own type */

typedef struct fnp_blas {
    bool ok;
    int int_size; /* 4 or 8 */
#define X(name) fnp_fortran *name[4];
    FNP_LAPACK_LIST(X)
#undef X
    fnp_fortran *eigh[4];  /* ssyevd dsyevd cheevd zheevd */
    fnp_fortran *orgqr[4]; /* sorgqr dorgqr cungqr zungqr */
} fnp_blas;

const fnp_blas *fnp__blas(void);

/* An int result as LAPACK wrote it into a zeroed fnp_blasint. */
static inline fnp_blasint fnp__blas_int(fnp_blasint v, const fnp_blas *b)
{
    return b->int_size == 8 ? v : (fnp_blasint)(int32_t)v;
}

#endif
