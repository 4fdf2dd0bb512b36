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
