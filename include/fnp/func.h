/* N-d algorithms that are not ufuncs, on contiguous native memory: counting, interpolation, bits.
 */
#ifndef FNP_FUNC_H
#define FNP_FUNC_H

#include "fnp/dtype.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Least and greatest of n > 0 integers. */
void fnp_minmax_i64(const int64_t *x, fnp_intp n, int64_t *lo, int64_t *hi);
/* counts[x[i]] += 1 (or += w[i]); the caller has checked 0 <= x[i] < size of counts. */
void fnp_bincount(const int64_t *x, fnp_intp n, int64_t *counts);
void fnp_bincount_weighted(const int64_t *x, const double *w, fnp_intp n, double *counts);

/* Counts (or sums of weights w) of n values in bins of one width: bins + 1 edges that ascend from
 * `first` to `last`, `span` apart; what lies outside, or is NaN, counts nowhere. */
void fnp_histogram(const double *x, const double *w, fnp_intp n, double first, double last,
                   double span, const double *edges, fnp_intp bins, int64_t *counts, double *sums);

/* 1 if x never falls, -1 if it never rises (and is not constant), 0 otherwise; NaN takes no part in
 * order. */
int fnp_monotonicity(const double *x, fnp_intp n);

/* Piecewise-linear interpolation through (xp, fp), xp ascending, n >= 1 points, at m places; left
 * and right outside. A place that is NaN gives NaN. Each segment is seen from its left end, then
 * from its right one if that gives NaN, and equal ends give their value even when infinite. */
void fnp_interp(const double *x, fnp_intp m, const double *xp, const double *fp, fnp_intp n,
                double left, double right, double *out);
void fnp_interp_complex(const double *x, fnp_intp m, const double *xp, const fnp_c128 *fp,
                        fnp_intp n, fnp_c128 left, fnp_c128 right, fnp_c128 *out);

/* n elements of itemsize bytes, `stride` apart, nonzero or not, to (n + 7) / 8 bytes `out_stride`
 * apart; missing bits 0. */
void fnp_packbits(const char *in, fnp_intp itemsize, fnp_intp n, fnp_intp stride, char *out,
                  fnp_intp out_stride, bool little);
/* The first `count` bits of ceil(count / 8) bytes to one byte each. */
void fnp_unpackbits(const char *in, fnp_intp stride, char *out, fnp_intp count, fnp_intp out_stride,
                    bool little);

/* Correlation: out[i] = sum over k of a[i - left + k] * v[k], i < len, as far as a (n elements) and
 * v (m, the order of summation) reach. Dense, native, aligned and of one type. false: not for this
 * type. */
bool fnp_correlate(int type_num, const void *a, fnp_intp n, const void *v, fnp_intp m,
                   fnp_intp left, void *out, fnp_intp len);

/* ---- Einstein summation
 * ---------------------------------------------------------------------------------------- */

/* out[..] += product of the operands, over n steps: data[0..nop-1] operands, data[nop] the output,
 * all advanced by strides (bytes; output stride 0 accumulates in a register). Returns 0, or as a
 * fnp_loop_fn does. */
typedef int fnp_einsum_kernel(int nop, char *const *data, const fnp_intp *strides, fnp_intp n);

/* The kernel of a built-in numeric type or bool (logical or of logical and); NULL for others. */
fnp_einsum_kernel *fnp_einsum_kernel_of(int type_num);

/* Run `kernel` over ndim axes of extents shape; strides[op * FNP_MAXDIMS + axis], op nop being the
 * output (stride 0 along summed axes). The output holds zeros, or values to add to, on entry.
 * size: of an element that is summed in its own type, so that axes may change places; 0: as given.
 */
FNP_MUST_CHECK fnp_status fnp_einsum_run(fnp_einsum_kernel *kernel, int nop, char *const *data,
                                         int ndim, const fnp_intp *shape, const fnp_intp *strides,
                                         fnp_intp size);

#ifdef __cplusplus
}
#endif
#endif
