/* Piecewise-linear interpolation: bisection from a guess near the last segment, since places often
 * ascend. */
#include "fnp/func.h"

#include <math.h>

/* Greatest j with xp[j] <= x, for xp[0] <= x <= xp[n-1]. */
static fnp_intp segment(double x, const double *xp, fnp_intp n, fnp_intp guess)
{
    fnp_intp lo = 0, hi = n;
    if (guess < n && xp[guess] <= x) {
        lo = guess;
        if (guess + 1 < n && x < xp[guess + 1]) return guess;
        if (guess + 2 < n && x < xp[guess + 2]) return guess + 1;
    } else {
        hi = guess < n ? guess : n;
    }
    while (hi - lo > 1) {
        fnp_intp mid = lo + (hi - lo) / 2;
        if (xp[mid] <= x)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

static double on_segment(double x, double x0, double x1, double f0, double f1)
{
    double slope = (f1 - f0) / (x1 - x0);
    double y = slope * (x - x0) + f0;
    if (isnan(y)) {
        y = slope * (x - x1) + f1;
        if (isnan(y) && f0 == f1) y = f0;
    }
    return y;
}

/* Where x falls: -1 left, n right, else the segment; n - 1 means on the last point. */
static fnp_intp place(double x, const double *xp, fnp_intp n, fnp_intp guess)
{
    if (x > xp[n - 1]) return n;
    if (x < xp[0]) return -1;
    return segment(x, xp, n, guess);
}

void fnp_interp(const double *x, fnp_intp m, const double *xp, const double *fp, fnp_intp n,
                double left, double right, double *out)
{
    fnp_intp j = 0;
    for (fnp_intp i = 0; i < m; i++) {
        if (isnan(x[i])) {
            out[i] = x[i];
            continue;
        }
        fnp_intp at = place(x[i], xp, n, j);
        if (at < 0) {
            out[i] = left;
        } else if (at >= n) {
            out[i] = right;
        } else {
            j = at;
            out[i] = at == n - 1 || xp[at] == x[i]
                         ? fp[at]
                         : on_segment(x[i], xp[at], xp[at + 1], fp[at], fp[at + 1]);
        }
    }
}

void fnp_interp_complex(const double *x, fnp_intp m, const double *xp, const fnp_c128 *fp,
                        fnp_intp n, fnp_c128 left, fnp_c128 right, fnp_c128 *out)
{
    fnp_intp j = 0;
    for (fnp_intp i = 0; i < m; i++) {
        if (isnan(x[i])) {
            out[i] = (fnp_c128){x[i], 0};
            continue;
        }
        fnp_intp at = place(x[i], xp, n, j);
        if (at < 0) {
            out[i] = left;
        } else if (at >= n) {
            out[i] = right;
        } else {
            j = at;
            if (at == n - 1 || xp[at] == x[i]) {
                out[i] = fp[at];
            } else {
                out[i].re = on_segment(x[i], xp[at], xp[at + 1], fp[at].re, fp[at + 1].re);
                out[i].im = on_segment(x[i], xp[at], xp[at + 1], fp[at].im, fp[at + 1].im);
            }
        }
    }
}
