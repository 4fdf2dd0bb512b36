/* The kernels of _umath_linalg and matmul through BLAS, for the four LAPACK types. */
#include "linalg/openblas.h"

#include "fnp/base.h"

#include <math.h>
#include <string.h>

/* LAPACK raises flags of its own on the way: only those from before and a verdict of ours come out.
 */
static int linalg_begin(void)
{
    int before = fnp_fp_get();
    return before;
}

static void linalg_end(int before, bool invalid, bool nomem)
{
    fnp_fp_clear();
    if (nomem) fnp_kernel_nomem();
    fnp_fp_raise(before | (invalid ? FNP_FP_INVALID : 0));
}

static fnp_kernel_fn
    *matmul_own[4]; /* the loops that BLAS stands in for; set once, before the first call */

#define SFX s
#define IDX 0
#define T float
#define R float
#define CT fnp_c64
#define CPLX 0
#define RM(fun) fun##f
#include "linalg/tmpl/lapack.h"
#define SFX d
#define IDX 1
#define T double
#define R double
#define CT fnp_c128
#define CPLX 0
#define RM(fun) fun
#include "linalg/tmpl/lapack.h"
#define SFX c
#define IDX 2
#define T fnp_c64
#define R float
#define CT fnp_c64
#define CPLX 1
#define RM(fun) fun##f
#include "linalg/tmpl/lapack.h"
#define SFX z
#define IDX 3
#define T fnp_c128
#define R double
#define CT fnp_c128
#define CPLX 1
#define RM(fun) fun
#include "linalg/tmpl/lapack.h"

#define F FNP_FLOAT
#define D FNP_DOUBLE
#define CF FNP_CFLOAT
#define CD FNP_CDOUBLE
#define I FNP_INT

#define FOUR(name)                                                                                 \
    static fnp_kernel_fn *const name##_k[] = {name##_s, name##_d, name##_c, name##_z};
// clang-format off
FOUR(det)
FOUR(slogdet)
FOUR(inv)
FOUR(solve)
FOUR(solve1)
FOUR(cholesky_lo)
FOUR(cholesky_up)
FOUR(eigh_lo)
FOUR(eigh_up)
FOUR(eigvalsh_lo)
FOUR(eigvalsh_up)
FOUR(svd)
FOUR(svd_s)
FOUR(svd_f)
FOUR(lstsq)
// clang-format on
static fnp_kernel_fn *const eig_k[] = {eig_s, eig_d, eig_z}, *const eigvals_k[] = {
                                                                 eigvals_s, eigvals_d, eigvals_z};
static fnp_kernel_fn *const qr_r_raw_k[] = {qr_r_raw_d, qr_r_raw_z},
                            *const qr_reduced_k[] = {qr_reduced_d, qr_reduced_z},
                            *const qr_complete_k[] = {qr_complete_d, qr_complete_z};

static const char same2[] = {F, F, D, D, CF, CF, CD, CD},
                  same3[] = {F, F, F, D, D, D, CF, CF, CF, CD, CD, CD};
static const char to_real[] = {F, F, D, D, CF, F, CD, D},
                  slog[] = {F, F, F, D, D, D, CF, CF, F, CD, CD, D};
static const char eigh_t[] = {F, F, F, D, D, D, CF, F, CF, CD, D, CD},
                  eig_t[] = {F, CF, CF, D, CD, CD, CD, CD, CD},
                  eigvals_t[] = {F, CF, D, CD, CD, CD};
static const char svd_t[] = {F, F, F, F, D, D, D, D, CF, CF, F, CF, CD, CD, D, CD},
                  qr1[] = {D, D, CD, CD}, qr2[] = {D, D, D, CD, CD, CD};
static const char lstsq_t[] = {F,  F,  F, F,  F, I, F, D,  D,  D, D,  D, I, D,
                               CF, CF, F, CF, F, I, F, CD, CD, D, CD, D, I, D};

static const fnp_linalg_gufunc table[] = {
    {"det", "(m,m)->()", 1, 1, 4, det_k, same2},
    {"slogdet", "(m,m)->(),()", 1, 2, 4, slogdet_k, slog},
    {"inv", "(m, m)->(m, m)", 1, 1, 4, inv_k, same2},
    {"solve", "(m,m),(m,n)->(m,n)", 2, 1, 4, solve_k, same3},
    {"solve1", "(m,m),(m)->(m)", 2, 1, 4, solve1_k, same3},
    {"cholesky_lo", "(m,m)->(m,m)", 1, 1, 4, cholesky_lo_k, same2},
    {"cholesky_up", "(m,m)->(m,m)", 1, 1, 4, cholesky_up_k, same2},
    {"eig", "(m,m)->(m),(m,m)", 1, 2, 3, eig_k, eig_t},
    {"eigvals", "(m,m)->(m)", 1, 1, 3, eigvals_k, eigvals_t},
    {"eigh_lo", "(m,m)->(m),(m,m)", 1, 2, 4, eigh_lo_k, eigh_t},
    {"eigh_up", "(m,m)->(m),(m,m)", 1, 2, 4, eigh_up_k, eigh_t},
    {"eigvalsh_lo", "(m,m)->(m)", 1, 1, 4, eigvalsh_lo_k, to_real},
    {"eigvalsh_up", "(m,m)->(m)", 1, 1, 4, eigvalsh_up_k, to_real},
    {"svd", "(m,n)->(p)", 1, 1, 4, svd_k, to_real},
    {"svd_s", "(m,n)->(m,p),(p),(p,n)", 1, 3, 4, svd_s_k, svd_t},
    {"svd_f", "(m,n)->(m,m),(p),(n,n)", 1, 3, 4, svd_f_k, svd_t},
    {"qr_r_raw", "(m,n)->(p)", 1, 1, 2, qr_r_raw_k, qr1},
    {"qr_reduced", "(m,n),(k)->(m,k)", 2, 1, 2, qr_reduced_k, qr2},
    {"qr_complete", "(m,n),(n)->(m,m)", 2, 1, 2, qr_complete_k, qr2},
    {"lstsq", "(m,n),(m,nrhs),()->(n,nrhs),(nrhs),(),(p)", 3, 4, 4, lstsq_k, lstsq_t},
};

const fnp_linalg_gufunc *fnp_linalg_gufuncs(int *count)
{
    *count = (int)(sizeof table / sizeof *table);
    return table;
}

fnp_kernel_fn *fnp_linalg_matmul(int type_num, fnp_kernel_fn *fallback)
{
    static fnp_kernel_fn *const blas[4] = {matmul_s, matmul_d, matmul_c, matmul_z};
    int i = type_num == F ? 0 : type_num == D ? 1 : type_num == CF ? 2 : type_num == CD ? 3 : -1;
    if (i < 0) return fallback;
    matmul_own[i] = fallback;
    return blas[i];
}
