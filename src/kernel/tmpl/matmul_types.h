/* What a sum of products is kept in, by kind of type. */
#if MM_INT
#define ACC U
#define ACC_ZERO 0
#define ACC_MULADD(s, a, b) ((s) = (U)((s) + 1u * (U)(a) * (U)(b)))
#define ACC_DONE(s) ((T)(s))
#define ACC_CONJ(a) (a)
#elif MM_COMPLEX
#define ACC T
#define ACC_ZERO                                                                                   \
    {                                                                                              \
        0, 0                                                                                       \
    }
#define ACC_MULADD(s, a, b)                                                                        \
    do {                                                                                           \
        T p_ = (a), q_ = (b);                                                                      \
        (s).re += p_.re * q_.re - p_.im * q_.im;                                                   \
        (s).im += p_.re * q_.im + p_.im * q_.re;                                                   \
    } while (0)
#define ACC_DONE(s) (s)
#define ACC_CONJ(a) ((T){(a).re, -(a).im})
/* Of dense lines, parts apart, in as many sums side by side on every CPU level; `sign` is -1, or 1
 * where a is conjugated. */
ALWAYS T FN(dense_sums)(const T *a, const T *b, fnp_intp n, R sign)
{
    enum { LANES = 64 / sizeof(R) };
    R rr[LANES] = {0}, ii[LANES] = {0}, ri[LANES] = {0}, ir[LANES] = {0};
    T sum = {0, 0};
    fnp_intp i = 0;
    for (; i + LANES <= n; i += LANES)
        for (int k = 0; k < LANES; k++) {
            rr[k] += a[i + k].re * b[i + k].re;
            ii[k] += a[i + k].im * b[i + k].im;
            ri[k] += a[i + k].re * b[i + k].im;
            ir[k] += a[i + k].im * b[i + k].re;
        }
    for (int k = 0; k < LANES; k++) {
        sum.re += rr[k] + sign * ii[k];
        sum.im += ri[k] - sign * ir[k];
    }
    for (; i < n; i++) {
        sum.re += a[i].re * b[i].re + sign * (a[i].im * b[i].im);
        sum.im += a[i].re * b[i].im - sign * (a[i].im * b[i].re);
    }
    return sum;
}
#define DENSE_DOT(a, b, n) FN(dense_sums)(a, b, n, -1)
#define DENSE_DOTC(a, b, n) FN(dense_sums)(a, b, n, 1)
#else
#define ACC W
#define ACC_ZERO 0
#define ACC_MULADD(s, a, b) ((s) += (a) * (b))
#define ACC_DONE(s) (s)
#define ACC_CONJ(a) (a)
#if !IS_HALF && !IS_LONG
#define DENSE_DOT FN(dense_dot)
#define DENSE_DOTC FN(dense_dot)
/* Of dense lines, in as many sums side by side on every CPU level. */
static W FN(dense_dot)(const T *a, const T *b, fnp_intp n)
{
    enum { LANES = 64 / sizeof(T) };
    W p[LANES] = {0}, q[LANES] = {0}, r[LANES] = {0}, s[LANES] = {0}, sum = 0;
    fnp_intp i = 0;
    for (; i + 4 * LANES <= n; i += 4 * LANES) {
        for (int k = 0; k < LANES; k++) p[k] += a[i + k] * b[i + k];
        for (int k = 0; k < LANES; k++) q[k] += a[i + LANES + k] * b[i + LANES + k];
        for (int k = 0; k < LANES; k++) r[k] += a[i + 2 * LANES + k] * b[i + 2 * LANES + k];
        for (int k = 0; k < LANES; k++) s[k] += a[i + 3 * LANES + k] * b[i + 3 * LANES + k];
    }
    for (; i + LANES <= n; i += LANES)
        for (int k = 0; k < LANES; k++) p[k] += a[i + k] * b[i + k];
    for (int k = 0; k < LANES; k++) p[k] = (p[k] + q[k]) + (r[k] + s[k]);
    for (int k = 0; k < LANES; k++) sum += p[k];
    for (; i < n; i++) sum += a[i] * b[i];
    return sum;
}
#endif
#endif
#include "kernel/tmpl/matmul_own.h"
