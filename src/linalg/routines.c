/* LAPACK's routines as they are, for callers that lay out matrices and workspace themselves. */
#include "linalg/openblas.h"

/* Which of the four entry points: d or z. */
static int type_index(bool is_complex)
{
    return is_complex ? 3 : 1;
}
#define CALL(slot, is_complex, ...)                                                                \
    ((void (*)())fnp__blas()->slot[type_index(is_complex)])(__VA_ARGS__)

int64_t fnp_linalg_geqrf(bool is_complex, int64_t m, int64_t n, void *a, int64_t lda, void *tau,
                         void *work, int64_t lwork)
{
    fnp_blasint info = 0;
    CALL(geqrf, is_complex, &m, &n, a, &lda, tau, work, &lwork, &info);
    return fnp__blas_int(info, fnp__blas());
}

int64_t fnp_linalg_orgqr(bool is_complex, int64_t m, int64_t n, int64_t k, void *a, int64_t lda,
                         void *tau, void *work, int64_t lwork)
{
    fnp_blasint info = 0;
    CALL(orgqr, is_complex, &m, &n, &k, a, &lda, tau, work, &lwork, &info);
    return fnp__blas_int(info, fnp__blas());
}

int64_t fnp_linalg_gelsd(bool is_complex, int64_t m, int64_t n, int64_t nrhs, void *a, int64_t lda,
                         void *b, int64_t ldb, double *s, double rcond, int64_t *rank, void *work,
                         int64_t lwork, double *rwork, int64_t *iwork)
{
    fnp_blasint info = 0;
    if (is_complex)
        CALL(gelsd, true, &m, &n, &nrhs, a, &lda, b, &ldb, s, &rcond, rank, work, &lwork, rwork,
             iwork, &info);
    else
        CALL(gelsd, false, &m, &n, &nrhs, a, &lda, b, &ldb, s, &rcond, rank, work, &lwork, iwork,
             &info);
    *rank = fnp__blas_int(*rank, fnp__blas());
    if (lwork == -1) *iwork = fnp__blas_int(*iwork, fnp__blas());
    return fnp__blas_int(info, fnp__blas());
}
