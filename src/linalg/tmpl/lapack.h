/* Gufunc kernels over LAPACK for one element type. Parameters: SFX (s d c z), IDX (0..3), T
 * element, R its real type, CPLX (0, 1). */
#define CAT_(a, b) a##_##b
#define CAT(a, b) CAT_(a, b)
#define FN(f) CAT(f, SFX)
#define CALL(slot, ...) ((void (*)())fnp__blas()->slot[IDX])(__VA_ARGS__)

/* eig takes no 'F', qr only double precision: some types leave some kernels unused. */
#pragma GCC diagnostic ignored "-Wunused-function"

#if CPLX
#define ONE ((T){1, 0})
#define FROM_REAL(r) ((T){(r), 0})
#else
#define ONE ((T)1)
#define FROM_REAL(r) ((T)(r))
#endif

/* Strided (rows, cols) matrix to and from the column-major memory that LAPACK wants. */
static void FN(gather)(const char *src, fnp_intp rows, fnp_intp cols, fnp_intp rs, fnp_intp cs,
                       T *dst)
{
    for (fnp_intp j = 0; j < cols; j++)
        for (fnp_intp i = 0; i < rows; i++) dst[j * rows + i] = *(const T *)(src + i * rs + j * cs);
}

static void FN(scatter)(const T *src, fnp_intp ld, fnp_intp rows, fnp_intp cols, char *dst,
                        fnp_intp rs, fnp_intp cs)
{
    for (fnp_intp j = 0; j < cols; j++)
        for (fnp_intp i = 0; i < rows; i++) *(T *)(dst + i * rs + j * cs) = src[j * ld + i];
}

static void FN(put_nan)(char *dst, fnp_intp rows, fnp_intp cols, fnp_intp rs, fnp_intp cs)
{
#if CPLX
    T nan = {NAN, NAN};
#else
    T nan = NAN;
#endif
    for (fnp_intp j = 0; j < cols; j++)
        for (fnp_intp i = 0; i < rows; i++) *(T *)(dst + i * rs + j * cs) = nan;
}

static void FN(put_real)(const R *src, fnp_intp n, char *dst, fnp_intp step)
{
    for (fnp_intp i = 0; i < n; i++) *(R *)(dst + i * step) = src ? src[i] : (R)NAN;
}

/* ---- solve, inv
 * -------------------------------------------------------------------------------------------------------
 */

/* One right-hand side is a matrix of one column: nrhs and its step come from the caller. */
static void FN(solve_with)(char **args, const fnp_intp *dims, const fnp_intp *steps, fnp_intp n,
                           fnp_intp nrhs, const fnp_intp *a_st, const fnp_intp *b_st,
                           const fnp_intp *x_st, bool identity)
{
    fnp_intp count = dims[0];
    int before = linalg_begin();
    size_t an = (size_t)(n * n), bn = (size_t)(n * nrhs);
    T *mem = fnp_malloc((an + bn + 1) * sizeof(T) + (size_t)(n + 1) * 8);
    if (!mem) {
        linalg_end(before, false, true);
        return;
    }
    T *a = mem, *b = mem + an;
    void *piv = b + bn;
    char *x = args[identity ? 1 : 2];
    fnp_intp x_step = steps[identity ? 1 : 2];
    bool bad = false;
    for (fnp_intp k = 0; k < count; k++) {
        FN(gather)(args[0] + k * steps[0], n, n, a_st[0], a_st[1], a);
        if (identity) {
            for (size_t i = 0; i < bn; i++) b[i] = FROM_REAL(0);
            for (fnp_intp i = 0; i < n; i++) b[i * n + i] = ONE;
        } else {
            FN(gather)(args[1] + k * steps[1], n, nrhs, b_st[0], b_st[1], b);
        }
        fnp_blasint N = n, NR = nrhs, LD = n > 0 ? n : 1, info = 0;
        if (n > 0 && nrhs > 0) CALL(gesv, &N, &NR, a, &LD, piv, b, &LD, &info);
        if (fnp__blas_int(info, fnp__blas())) {
            FN(put_nan)(x + k * x_step, n, nrhs, x_st[0], x_st[1]);
            bad = true;
        } else {
            FN(scatter)(b, n, n, nrhs, x + k * x_step, x_st[0], x_st[1]);
        }
    }
    fnp_free(mem);
    linalg_end(before, bad, false);
}

static void FN(inv)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(solve_with)(args, dims, steps, dims[1], dims[1], steps + 2, NULL, steps + 4, true);
}

static void FN(solve)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(solve_with)(args, dims, steps, dims[1], dims[2], steps + 3, steps + 5, steps + 7, false);
}

static void FN(solve1)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    fnp_intp b[2] = {steps[5], 0}, x[2] = {steps[6], 0};
    FN(solve_with)(args, dims, steps, dims[1], 1, steps + 3, b, x, false);
}

/* ---- determinants
 * ---------------------------------------------------------------------------------------------------------
 */

/* Sign (or phase) and logarithm of |det| by the LU factors' diagonal. */
static void FN(log_det)(const char *src, fnp_intp n, fnp_intp rs, fnp_intp cs, T *a, void *piv,
                        T *sign, R *logdet)
{
    const fnp_blas *blas = fnp__blas();
    FN(gather)(src, n, n, rs, cs, a);
    fnp_blasint N = n, LD = n > 0 ? n : 1, info = 0;
    if (n > 0) CALL(getrf, &N, &N, a, &LD, piv, &info);
    if (fnp__blas_int(info, blas)) {
        *sign = FROM_REAL(0);
        *logdet = -(R)INFINITY;
        return;
    }
    int odd = 0;
    for (fnp_intp i = 0; i < n; i++)
        odd ^= (blas->int_size == 8 ? ((int64_t *)piv)[i] : ((int32_t *)piv)[i]) != i + 1;
    T s = FROM_REAL(odd ? -1 : 1);
    R sum = 0;
    for (fnp_intp i = 0; i < n; i++) {
        T d = a[i * n + i];
#if CPLX
        R m = RM(hypot)(d.re, d.im);
        T u = {d.re / m, d.im / m};
        s = (T){s.re * u.re - s.im * u.im, s.re * u.im + s.im * u.re};
#else
        R m = d;
        if (m < 0) {
            s = -s;
            m = -m;
        }
#endif
        sum += RM(log)(m);
    }
    *sign = s;
    *logdet = sum;
}

static void FN(slogdet)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    fnp_intp n = dims[1];
    int before = linalg_begin();
    T *a = fnp_malloc((size_t)(n * n + 1) * sizeof(T) + (size_t)(n + 1) * 8);
    if (a) {
        for (fnp_intp k = 0; k < dims[0]; k++) FN(log_det)
        (args[0] + k * steps[0], n, steps[3], steps[4], a, a + n * n, (T *)(args[1] + k * steps[1]),
         (R *)(args[2] + k * steps[2]));
        fnp_free(a);
    }
    linalg_end(before, false, !a);
}

static void FN(det)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    fnp_intp n = dims[1];
    int before = linalg_begin();
    T *a = fnp_malloc((size_t)(n * n + 1) * sizeof(T) + (size_t)(n + 1) * 8);
    if (a) {
        for (fnp_intp k = 0; k < dims[0]; k++) {
            T s;
            R l;
            FN(log_det)(args[0] + k * steps[0], n, steps[2], steps[3], a, a + n * n, &s, &l);
            R m = RM(exp)(l);
#if CPLX
            *(T *)(args[1] + k * steps[1]) = (T){s.re * m, s.im * m};
#else
            *(T *)(args[1] + k * steps[1]) = s * m;
#endif
        }
        fnp_free(a);
    }
    linalg_end(before, false, !a);
}

/* ---- Cholesky
 * -----------------------------------------------------------------------------------------------------------------
 */

static void FN(cholesky)(char **args, const fnp_intp *dims, const fnp_intp *steps, char uplo)
{
    fnp_intp n = dims[1];
    int before = linalg_begin();
    bool bad = false;
    T *a = fnp_malloc((size_t)(n * n + 1) * sizeof(T));
    for (fnp_intp k = 0; a && k < dims[0]; k++) {
        FN(gather)(args[0] + k * steps[0], n, n, steps[2], steps[3], a);
        fnp_blasint N = n, LD = n > 0 ? n : 1, info = 0;
        if (n > 0) CALL(potrf, &uplo, &N, a, &LD, &info, (size_t)1);
        if (fnp__blas_int(info, fnp__blas())) {
            FN(put_nan)(args[1] + k * steps[1], n, n, steps[4], steps[5]);
            bad = true;
            continue;
        }
        for (fnp_intp j = 0; j < n; j++)
            for (fnp_intp i = 0; i < n; i++)
                if (uplo == 'L' ? i < j : i > j) a[j * n + i] = FROM_REAL(0);
        FN(scatter)(a, n, n, n, args[1] + k * steps[1], steps[4], steps[5]);
    }
    fnp_free(a);
    linalg_end(before, bad, !a);
}

static void FN(cholesky_lo)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(cholesky)(args, dims, steps, 'L');
}
static void FN(cholesky_up)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(cholesky)(args, dims, steps, 'U');
}

/* ---- symmetric and Hermitian eigenvalues
 * -------------------------------------------------------------------------------------------- */

static void FN(eigh_call)(char jobz, char uplo, fnp_intp n, T *a, R *w, T *work, fnp_blasint lwork,
                          R *rwork, fnp_blasint lrwork, void *iwork, fnp_blasint liwork,
                          fnp_blasint *info)
{
    fnp_blasint N = n, LD = n > 0 ? n : 1;
#if CPLX
    CALL(eigh, &jobz, &uplo, &N, a, &LD, w, work, &lwork, rwork, &lrwork, iwork, &liwork, info,
         (size_t)1, (size_t)1);
#else
    CALL(eigh, &jobz, &uplo, &N, a, &LD, w, work, &lwork, iwork, &liwork, info, (size_t)1,
         (size_t)1);
#endif
}

static void FN(eigh)(char **args, const fnp_intp *dims, const fnp_intp *steps, char jobz, char uplo)
{
    fnp_intp n = dims[1], nout = jobz == 'V' ? 2 : 1;
    const fnp_intp *st = steps + 1 + nout;
    int before = linalg_begin();
    bool bad = false;
    T query;
    R rquery = 1;
    fnp_blasint iquery = 1, info = 0;
    memset(&query, 0, sizeof query);
    FN(eigh_call)(jobz, uplo, n, NULL, NULL, &query, -1, &rquery, -1, &iquery, -1, &info);
#if CPLX
    fnp_blasint lwork = (fnp_blasint)query.re;
#else
    fnp_blasint lwork = (fnp_blasint)query;
#endif
    fnp_blasint lrwork = (fnp_blasint)rquery, liwork = fnp__blas_int(iquery, fnp__blas());
    if (lwork < 1) lwork = 1;
    if (lrwork < 1) lrwork = 1;
    if (liwork < 1) liwork = 1;
    T *a = fnp_malloc(((size_t)(n * n) + (size_t)lwork + 1) * sizeof(T) +
                      ((size_t)n + (size_t)lrwork + 1) * sizeof(R) + (size_t)(liwork + 2) * 8);
    if (a) {
        T *work = a + n * n;
        R *w = (R *)(work + lwork), *rwork = w + n;
        void *iwork = (void *)(((uintptr_t)(rwork + lrwork) + 7) & ~(uintptr_t)7);
        for (fnp_intp k = 0; k < dims[0]; k++) {
            FN(gather)(args[0] + k * steps[0], n, n, st[0], st[1], a);
            info = 0;
            if (n > 0) FN(eigh_call)
            (jobz, uplo, n, a, w, work, lwork, rwork, lrwork, iwork, liwork, &info);
            bool failed = fnp__blas_int(info, fnp__blas()) != 0;
            bad |= failed;
            FN(put_real)(failed ? NULL : w, n, args[1] + k * steps[1], st[2]);
            if (jobz == 'V') {
                if (failed)
                    FN(put_nan)(args[2] + k * steps[2], n, n, st[3], st[4]);
                else
                    FN(scatter)(a, n, n, n, args[2] + k * steps[2], st[3], st[4]);
            }
        }
        fnp_free(a);
    }
    linalg_end(before, bad, !a);
}

static void FN(eigh_lo)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(eigh)(args, dims, steps, 'V', 'L');
}
static void FN(eigh_up)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(eigh)(args, dims, steps, 'V', 'U');
}
static void FN(eigvalsh_lo)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(eigh)(args, dims, steps, 'N', 'L');
}
static void FN(eigvalsh_up)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(eigh)(args, dims, steps, 'N', 'U');
}

/* ---- general eigenvalues: complex results
 * ------------------------------------------------------------------------------------------------
 */

static void FN(geev)(char **args, const fnp_intp *dims, const fnp_intp *steps, bool vectors)
{
    fnp_intp n = dims[1];
    const fnp_intp *st = steps + (vectors ? 3 : 2);
    int before = linalg_begin();
    bool bad = false;
    char jobvl = 'N', jobvr = vectors ? 'V' : 'N';
    fnp_blasint N = n, LD = n > 0 ? n : 1, one = 1, lwork = 8 * (n + 4) + 34 * n, info;
    fnp_blasint *LDVR = vectors ? &LD : &one;
    T *a = fnp_malloc(((size_t)(2 * n * n + 2 * n) + (size_t)lwork + 1) * sizeof(T) +
                      (size_t)(2 * n + 1) * sizeof(R));
    if (a) {
        T *v = a + n * n, *w = v + n * n, *work = w + 2 * n;
        R *rwork = (R *)(work + lwork);
        (void)rwork;
        for (fnp_intp k = 0; k < dims[0]; k++) {
            FN(gather)(args[0] + k * steps[0], n, n, st[0], st[1], a);
            info = 0;
#if CPLX
            if (n > 0)
                CALL(geev, &jobvl, &jobvr, &N, a, &LD, w, NULL, &one, v, LDVR, work, &lwork, rwork,
                     &info, (size_t)1, (size_t)1);
#else
            if (n > 0)
                CALL(geev, &jobvl, &jobvr, &N, a, &LD, w, w + n, NULL, &one, v, LDVR, work, &lwork,
                     &info, (size_t)1, (size_t)1);
#endif
            bool failed = fnp__blas_int(info, fnp__blas()) != 0;
            bad |= failed;
            for (fnp_intp i = 0; i < n; i++) {
                CT *out = (CT *)(args[1] + k * steps[1] + i * st[2]);
#if CPLX
                *out = failed ? (CT){NAN, NAN} : w[i];
#else
                *out = failed ? (CT){NAN, NAN} : (CT){w[i], w[n + i]};
#endif
            }
            if (!vectors) continue;
            for (fnp_intp j = 0; j < n; j++)
                for (fnp_intp i = 0; i < n; i++) {
                    CT *out = (CT *)(args[2] + k * steps[2] + i * st[3] + j * st[4]);
#if CPLX
                    *out = failed ? (CT){NAN, NAN} : v[j * n + i];
#else
                    /* a conjugate pair keeps real and imaginary parts in neighbouring columns */
                    if (failed)
                        *out = (CT){NAN, NAN};
                    else if (w[n + j] == 0)
                        *out = (CT){v[j * n + i], 0};
                    else if (w[n + j] > 0)
                        *out = (CT){v[j * n + i], v[(j + 1) * n + i]};
                    else
                        *out = (CT){v[(j - 1) * n + i], -v[j * n + i]};
#endif
                }
        }
        fnp_free(a);
    }
    linalg_end(before, bad, !a);
}

static void FN(eig)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(geev)(args, dims, steps, true);
}
static void FN(eigvals)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(geev)(args, dims, steps, false);
}

/* ---- singular values
 * ------------------------------------------------------------------------------------------------------------------------
 */

static void FN(gesdd_call)(char job, fnp_intp m, fnp_intp n, T *a, R *s, T *u, fnp_intp ldu, T *vt,
                           fnp_intp ldvt, T *work, fnp_blasint lwork, R *rwork, void *iwork,
                           fnp_blasint *info)
{
    fnp_blasint M = m, N = n, LDA = m > 0 ? m : 1, LDU = ldu > 0 ? ldu : 1,
                LDVT = ldvt > 0 ? ldvt : 1;
#if CPLX
    CALL(gesdd, &job, &M, &N, a, &LDA, s, u, &LDU, vt, &LDVT, work, &lwork, rwork, iwork, info,
         (size_t)1);
#else
    CALL(gesdd, &job, &M, &N, a, &LDA, s, u, &LDU, vt, &LDVT, work, &lwork, iwork, info, (size_t)1);
#endif
}

/* job N: values only; S: thin factors; A: full ones. */
static void FN(gesdd)(char **args, const fnp_intp *dims, const fnp_intp *steps, char job)
{
    fnp_intp m = dims[1], n = dims[2], p = m < n ? m : n, q = m < n ? n : m;
    fnp_intp ucols = job == 'A' ? m : p, vrows = job == 'A' ? n : p;
    const fnp_intp *st = steps + (job == 'N' ? 2 : 4);
    int before = linalg_begin();
    bool bad = false;
    T query;
    fnp_blasint info = 0;
    memset(&query, 0, sizeof query);
    fnp_intp rsize = p * (5 * p + 7 > 2 * q + 2 * p + 1 ? 5 * p + 7 : 2 * q + 2 * p + 1) + 1;
    if (p > 0)
        FN(gesdd_call)(job, m, n, NULL, NULL, NULL, m, NULL, vrows, &query, -1, NULL, NULL, &info);
#if CPLX
    fnp_blasint lwork = (fnp_blasint)query.re;
#else
    fnp_blasint lwork = (fnp_blasint)query;
#endif
    lwork = (lwork < 1 ? 1 : lwork) + lwork / 64 + 8;
    size_t un = job == 'N' ? 1 : (size_t)(m * ucols), vn = job == 'N' ? 1 : (size_t)(vrows * n);
    T *a = fnp_malloc(((size_t)(m * n) + un + vn + (size_t)lwork + 1) * sizeof(T) +
                      (size_t)(p + (CPLX ? rsize : 0) + 1) * sizeof(R) + (size_t)(8 * p + 2) * 8);
    if (a) {
        T *u = a + m * n, *vt = u + un, *work = vt + vn;
        R *s = (R *)(work + lwork), *rwork = s + p;
        void *iwork = (void *)(((uintptr_t)(rwork + (CPLX ? rsize : 0)) + 7) & ~(uintptr_t)7);
        for (fnp_intp k = 0; k < dims[0]; k++) {
            FN(gather)(args[0] + k * steps[0], m, n, st[0], st[1], a);
            info = 0;
            if (p > 0)
                FN(gesdd_call)(job, m, n, a, s, u, m, vt, vrows, work, lwork, rwork, iwork, &info);
            else if (job == 'A') { /* nothing to decompose: identities */
                for (size_t i = 0; i < un; i++) u[i] = FROM_REAL(0);
                for (size_t i = 0; i < vn; i++) vt[i] = FROM_REAL(0);
                for (fnp_intp i = 0; i < m; i++) u[i * m + i] = ONE;
                for (fnp_intp i = 0; i < n; i++) vt[i * n + i] = ONE;
            }
            bool failed = fnp__blas_int(info, fnp__blas()) != 0;
            bad |= failed;
            if (job == 'N') {
                FN(put_real)(failed ? NULL : s, p, args[1] + k * steps[1], st[2]);
                continue;
            }
            FN(put_real)(failed ? NULL : s, p, args[2] + k * steps[2], st[4]);
            if (failed) {
                FN(put_nan)(args[1] + k * steps[1], m, ucols, st[2], st[3]);
                FN(put_nan)(args[3] + k * steps[3], vrows, n, st[5], st[6]);
            } else {
                FN(scatter)(u, m, m, ucols, args[1] + k * steps[1], st[2], st[3]);
                FN(scatter)(vt, vrows, vrows, n, args[3] + k * steps[3], st[5], st[6]);
            }
        }
        fnp_free(a);
    }
    linalg_end(before, bad, !a);
}

static void FN(svd)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(gesdd)(args, dims, steps, 'N');
}
static void FN(svd_s)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(gesdd)(args, dims, steps, 'S');
}
static void FN(svd_f)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(gesdd)(args, dims, steps, 'A');
}

/* ---- QR
 * ------------------------------------------------------------------------------------------------------------------------------------------
 */

/* The factored form: the matrix is overwritten by R and the reflectors, tau comes out. */
static void FN(qr_r_raw)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    fnp_intp m = dims[1], n = dims[2], p = m < n ? m : n;
    int before = linalg_begin();
    fnp_blasint lwork = (n + 1) * 64;
    T *a = fnp_malloc(((size_t)(m * n + p) + (size_t)lwork + 1) * sizeof(T));
    for (fnp_intp k = 0; a && k < dims[0]; k++) {
        T *tau = a + m * n, *work = tau + p;
        fnp_blasint M = m, N = n, LD = m > 0 ? m : 1, info = 0;
        FN(gather)(args[0] + k * steps[0], m, n, steps[2], steps[3], a);
        if (p > 0) CALL(geqrf, &M, &N, a, &LD, tau, work, &lwork, &info);
        FN(scatter)(a, m, m, n, args[0] + k * steps[0], steps[2], steps[3]);
        for (fnp_intp i = 0; i < p; i++) *(T *)(args[1] + k * steps[1] + i * steps[4]) = tau[i];
    }
    fnp_free(a);
    linalg_end(before, false, !a);
}

/* Q of the given number of columns from the factored form. k: reflectors. */
static void FN(form_q)(char **args, const fnp_intp *dims, const fnp_intp *steps, fnp_intp m,
                       fnp_intp n, fnp_intp k, fnp_intp cols)
{
    int before = linalg_begin();
    fnp_blasint lwork = (cols + 1) * 64;
    size_t an = (size_t)(m * (n > cols ? n : cols));
    T *a = fnp_malloc((an + (size_t)k + (size_t)lwork + 1) * sizeof(T));
    for (fnp_intp b = 0; a && b < dims[0]; b++) {
        T *tau = a + an, *work = tau + k;
        fnp_blasint M = m, N = cols, K = k, LD = m > 0 ? m : 1, info = 0;
        for (size_t i = 0; i < an; i++) a[i] = FROM_REAL(0);
        FN(gather)(args[0] + b * steps[0], m, n, steps[3], steps[4], a);
        for (fnp_intp i = 0; i < k; i++) tau[i] = *(T *)(args[1] + b * steps[1] + i * steps[5]);
        if (m > 0 && cols > 0) CALL(orgqr, &M, &N, &K, a, &LD, tau, work, &lwork, &info);
        FN(scatter)(a, m, m, cols, args[2] + b * steps[2], steps[6], steps[7]);
    }
    fnp_free(a);
    linalg_end(before, false, !a);
}

static void FN(qr_reduced)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(form_q)(args, dims, steps, dims[1], dims[2], dims[3], dims[3]);
}

static void FN(qr_complete)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    fnp_intp m = dims[1], n = dims[2];
    FN(form_q)(args, dims, steps, m, n, m < n ? m : n, m);
}

/* ---- least squares
 * ---------------------------------------------------------------------------------------------------------------------------------
 */

static void FN(lstsq)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    /* (m,n),(m,nrhs),()->(n,nrhs),(nrhs),(),(p) */
    fnp_intp m = dims[1], n = dims[2], nrhs = dims[3], p = m < n ? m : n, ld = m > n ? m : n;
    const fnp_intp *st = steps + 7;
    int before = linalg_begin();
    bool bad = false;
    T query;
    R rquery = 1;
    fnp_blasint iquery = 1, info = 0, M = m, N = n, NR = nrhs, LDA = m > 0 ? m : 1,
                LDB = ld > 0 ? ld : 1, lwork = -1;
    char rank_buf[8] = {0};
    R rc = 0, sq = 0;
    T aq, bq;
    memset(&query, 0, sizeof query);
    memset(&aq, 0, sizeof aq);
    memset(&bq, 0, sizeof bq);
#if CPLX
    CALL(gelsd, &M, &N, &NR, &aq, &LDA, &bq, &LDB, &sq, &rc, rank_buf, &query, &lwork, &rquery,
         &iquery, &info);
    lwork = (fnp_blasint)query.re;
#else
    CALL(gelsd, &M, &N, &NR, &aq, &LDA, &bq, &LDB, &sq, &rc, rank_buf, &query, &lwork, &iquery,
         &info);
    lwork = (fnp_blasint)query;
#endif
    fnp_blasint liwork = fnp__blas_int(iquery, fnp__blas()), lrwork = (fnp_blasint)rquery;
    lwork = (lwork < 1 ? 1 : lwork) + lwork / 64 + 8;
    if (liwork < 1) liwork = 1;
    if (lrwork < 1) lrwork = 1;
    T *a = fnp_malloc(((size_t)(m * n) + (size_t)(ld * nrhs) + (size_t)lwork + 1) * sizeof(T) +
                      ((size_t)p + (size_t)lrwork + 1) * sizeof(R) + (size_t)(liwork + 2) * 8);
    for (fnp_intp k = 0; a && k < dims[0]; k++) {
        T *b = a + m * n, *work = b + ld * nrhs;
        R *s = (R *)(work + lwork), *rwork = s + p, rcond = *(R *)(args[2] + k * steps[2]);
        void *iwork = (void *)(((uintptr_t)(rwork + lrwork) + 7) & ~(uintptr_t)7);
        fnp_blasint rank = 0;
        FN(gather)(args[0] + k * steps[0], m, n, st[0], st[1], a);
        for (fnp_intp j = 0; j < nrhs; j++)
            for (fnp_intp i = 0; i < ld; i++)
                b[j * ld + i] = i < m ? *(const T *)(args[1] + k * steps[1] + i * st[2] + j * st[3])
                                      : FROM_REAL(0);
        info = 0;
#if CPLX
        CALL(gelsd, &M, &N, &NR, a, &LDA, b, &LDB, s, &rcond, &rank, work, &lwork, rwork, iwork,
             &info);
#else
        (void)rwork;
        CALL(gelsd, &M, &N, &NR, a, &LDA, b, &LDB, s, &rcond, &rank, work, &lwork, iwork, &info);
#endif
        bool failed = fnp__blas_int(info, fnp__blas()) != 0;
        rank = fnp__blas_int(rank, fnp__blas());
        bad |= failed;
        *(int32_t *)(args[5] + k * steps[5]) = failed ? -1 : (int32_t)rank;
        FN(put_real)(failed ? NULL : s, p, args[6] + k * steps[6], st[7]);
        if (failed)
            FN(put_nan)(args[3] + k * steps[3], n, nrhs, st[4], st[5]);
        else
            FN(scatter)(b, ld, n, nrhs, args[3] + k * steps[3], st[4], st[5]);
        for (fnp_intp j = 0; j < nrhs;
             j++) { /* what is left over: sums of squares below the first n rows */
            R sum = 0;
            for (fnp_intp i = n; i < m; i++) {
#if CPLX
                sum += b[j * ld + i].re * b[j * ld + i].re + b[j * ld + i].im * b[j * ld + i].im;
#else
                sum += b[j * ld + i] * b[j * ld + i];
#endif
            }
            *(R *)(args[4] + k * steps[4] + j * st[6]) = failed || rank != n ? (R)NAN : sum;
        }
    }
    fnp_free(a);
    linalg_end(before, bad, !a);
}

/* ---- matmul
 * ----------------------------------------------------------------------------------------------------------------------------------------
 */

/* How BLAS may read a (rows, cols) matrix: 'N' as it is in row-major memory, 'T' transposed, 0 not
 * at all. */
static char FN(blas_layout)(fnp_intp rows, fnp_intp cols, fnp_intp rs, fnp_intp cs, fnp_intp *ld)
{
    const fnp_intp size = sizeof(T), limit = (fnp_intp)1 << 30;
    if (cs == size && rs >= cols * size && rs % size == 0 && rs / size < limit) {
        *ld = rs / size;
        return 'N';
    }
    if (rs == size && cs >= rows * size && cs % size == 0 && cs / size < limit) {
        *ld = cs / size;
        return 'T';
    }
    if (rows == 1 && cs == size) {
        *ld = cols;
        return 'N';
    }
    if (cols == 1 && rs == size) {
        *ld = rows;
        return 'T';
    }
    return 0;
}

/* A matrix as BLAS gets it: in place, or as a dense copy of its own. */
typedef struct FN(matrix) {
    const char *data;
    fnp_intp step, ld; /* from matrix to matrix */
    char layout;
    T *copy;
    fnp_intp rows, cols, rs, cs;
} FN(matrix);

static bool FN(take_matrix)(FN(matrix) * x, const char *data, fnp_intp step, fnp_intp rows,
                            fnp_intp cols, fnp_intp rs, fnp_intp cs)
{
    *x = (FN(matrix)){data, step, 1, 0, NULL, rows, cols, rs, cs};
    x->layout = FN(blas_layout)(rows, cols, rs, cs, &x->ld);
    if (!x->layout) {
        x->copy = fnp_malloc_array(rows * cols, sizeof(T));
        if (!x->copy) return false;
        x->layout = 'N';
        x->ld = cols;
    }
    fnp_intp least = x->layout == 'N' ? cols : rows;
    if (x->ld < least) x->ld = least;
    if (x->ld < 1) x->ld = 1;
    return true;
}

static const char *FN(matrix_at)(const FN(matrix) * x, fnp_intp i)
{
    const char *p = x->data + i * x->step;
    if (!x->copy) return p;
    if (i == 0 || x->step != 0) FN(gather)(p, x->cols, x->rows, x->cs, x->rs, x->copy);
    return (const char *)x->copy;
}

/* y = A x for the matrix A (rows, cols). */
static void FN(times_vector)(const FN(matrix) * a, const char *at, const char *x, fnp_intp x_step,
                             char *y, fnp_intp y_step)
{
    char how = a->layout == 'N' ? 'T' : 'N'; /* row-major memory is the transpose to BLAS */
    fnp_blasint m = how == 'T' ? a->cols : a->rows, n = how == 'T' ? a->rows : a->cols, ld = a->ld,
                incx = x_step / (fnp_intp)sizeof(T), incy = y_step / (fnp_intp)sizeof(T);
    T alpha = ONE, beta = FROM_REAL(0);
    CALL(gemv, &how, &m, &n, &alpha, at, &ld, x, &incx, &beta, y, &incy, (size_t)1);
}

/* C = A A' for the matrix A (n, k): one triangle, and its mirror image. */
static void FN(times_itself)(const FN(matrix) * a, const char *at, T *c, fnp_intp ldc)
{
    char half = 'U', how = a->layout == 'N' ? 'T' : 'N';
    fnp_blasint n = a->rows, k = a->cols, ld = a->ld, ldo = ldc;
    T alpha = ONE, beta = FROM_REAL(0);
    CALL(syrk, &half, &how, &n, &k, &alpha, at, &ld, &beta, c, &ldo, (size_t)1, (size_t)1);
    enum { TILE = 32 };
    for (fnp_intp i0 = 0; i0 < n; i0 += TILE)
        for (fnp_intp j0 = i0; j0 < n; j0 += TILE)
            for (fnp_intp i = i0; i < i0 + TILE && i < n; i++)
                for (fnp_intp j = j0 > i ? j0 : i + 1; j < j0 + TILE && j < n; j++)
                    c[i * ldc + j] = c[j * ldc + i];
}

static bool FN(is_step)(fnp_intp step)
{
    return step > 0 && step % (fnp_intp)sizeof(T) == 0 && step / (fnp_intp)sizeof(T) < INT32_MAX;
}

static void FN(matmul)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    fnp_kernel_fn *own = matmul_own[IDX];
    fnp_intp m = dims[1], k = dims[2], n = dims[3], ldc = 1;
    bool vector = m == 1 || n == 1;
    if (m * n * k < (vector ? 64 : 512) || k == 1 || !fnp__blas()->ok || m >= INT32_MAX ||
        n >= INT32_MAX || k >= INT32_MAX || (m == 1 && n == 1)) {
        own(args, dims, steps, data);
        return;
    }
    char lc = vector ? 0 : FN(blas_layout)(m, n, steps[7], steps[8], &ldc);
    /* What comes out in Fortran order, or as a row, is the product of the transposes. */
    bool turned = lc == 'T' || m == 1;
    int ia = turned, ib = !turned;
    const fnp_intp *sa = steps + 3 + 2 * ia, *sb = steps + 3 + 2 * ib, *sc = steps + 7;
    fnp_intp rows = turned ? n : m, cols = turned ? m : n;
    if (vector ? !FN(is_step)(sb[!turned ? 0 : 1]) || !FN(is_step)(sc[turned])
               : !lc || ldc < cols) {
        own(args, dims, steps, data);
        return;
    }
    FN(matrix) a, b = {0};
    bool ok = FN(take_matrix)(&a, args[ia], steps[ia], rows, k, sa[turned], sa[!turned]);
    if (ok && !vector)
        ok = FN(take_matrix)(&b, args[ib], steps[ib], k, cols, sb[turned], sb[!turned]);
    if (!ok) {
        fnp_free(a.copy);
        own(args, dims, steps, data);
        return;
    }
    bool itself = !vector && a.data == b.data && a.step == b.step && rows == cols && !a.copy &&
                  !b.copy && sa[turned] == sb[!turned] && sa[!turned] == sb[turned] && rows >= 16;
    /* Row-major C = A B is column-major C' = B' A'. */
    fnp_blasint M = cols, N = rows, K = k, LDA = b.ld, LDB = a.ld, LDC = ldc;
    T alpha = ONE, beta = FROM_REAL(0);
    for (fnp_intp i = 0; i < dims[0]; i++) {
        char *c = args[2] + i * steps[2];
        const char *pa = FN(matrix_at)(&a, i), *pb = args[ib] + i * steps[ib];
        if (vector) {
            FN(times_vector)(&a, pa, pb, sb[!turned ? 0 : 1], c, sc[turned]);
        } else if (itself) {
            FN(times_itself)(&a, pa, (T *)(void *)c, ldc);
        } else {
            pb = FN(matrix_at)(&b, i);
            CALL(gemm, &b.layout, &a.layout, &M, &N, &K, &alpha, pb, &LDA, pa, &LDB, &beta, c, &LDC,
                 (size_t)1, (size_t)1);
        }
    }
    fnp_free(a.copy);
    fnp_free(b.copy);
}

#undef CAT
#undef CAT_
#undef FN
#undef CALL
#undef ONE
#undef FROM_REAL
#undef SFX
#undef IDX
#undef T
#undef R
#undef CT
#undef CPLX
#undef RM
