/* Counting by value, and order of a sequence. */
#include "fnp/func.h"

void fnp_minmax_i64(const int64_t *x, fnp_intp n, int64_t *lo, int64_t *hi)
{
    int64_t a = x[0], b = x[0];
    for (fnp_intp i = 1; i < n; i++) {
        a = x[i] < a ? x[i] : a;
        b = x[i] > b ? x[i] : b;
    }
    *lo = a;
    *hi = b;
}

void fnp_bincount(const int64_t *x, fnp_intp n, int64_t *counts)
{
    for (fnp_intp i = 0; i < n; i++) counts[x[i]]++;
}

void fnp_bincount_weighted(const int64_t *x, const double *w, fnp_intp n, double *counts)
{
    for (fnp_intp i = 0; i < n; i++) counts[x[i]] += w[i];
}

void fnp_histogram(const double *x, const double *w, fnp_intp n, double first, double last,
                   double span, const double *edges, fnp_intp bins, int64_t *counts, double *sums)
{
    enum { AT_ONCE = 256 };
    double scaled[AT_ONCE];
    for (fnp_intp begin = 0; begin < n; begin += AT_ONCE) {
        const fnp_intp m = n - begin < AT_ONCE ? n - begin : AT_ONCE;
        const double *v = x + begin;
        for (fnp_intp i = 0; i < m; i++) scaled[i] = (v[i] - first) / span * (double)bins;
        for (fnp_intp i = 0; i < m; i++) {
            if (!(v[i] >= first && v[i] <= last)) continue;
            fnp_intp at = (fnp_intp)scaled[i];
            /* rounding may have missed by one; the last edge belongs to its bin */
            at -= at == bins;
            at -= v[i] < edges[at];
            at += at != bins - 1 && v[i] >= edges[at + 1];
            if (w)
                sums[at] += w[begin + i];
            else
                counts[at]++;
        }
    }
}

int fnp_monotonicity(const double *x, fnp_intp n)
{
    fnp_intp i = 1;
    while (i < n && x[i] == x[0]) i++;
    if (i >= n) return 1;
    if (x[i] > x[0]) {
        for (; i < n; i++)
            if (x[i - 1] > x[i]) return 0;
        return 1;
    }
    for (; i < n; i++)
        if (x[i - 1] < x[i]) return 0;
    return -1;
}
