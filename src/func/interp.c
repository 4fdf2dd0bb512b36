/* Piecewise-linear interpolation: bisection from a guess near the last segment, since places often
 * ascend. */
#include "fnp/func.h"

#include "fnp/base.h"
#include "fnp/kernel.h"

#include <math.h>

/* Greatest j with xp[j] <= x, for xp[0] <= x <= xp[n-1]. `stays`: it is likely to be the guess. */
static inline fnp_intp segment(double x, const double *xp, fnp_intp n, fnp_intp guess, bool stays)
{
    fnp_intp base = 0;
    if (stays && guess + 1 < n && xp[guess] <= x && x < xp[guess + 1]) return guess;
    if (guess + 4 < n && xp[guess] <= x) { /* places that ascend: no branch on how far */
        int further = (xp[guess + 1] <= x) + (xp[guess + 2] <= x) + (xp[guess + 3] <= x) +
                      (xp[guess + 4] <= x);
        if (FNP_LIKELY(further < 4)) return guess + further;
        base = guess + 4;
    }
    for (fnp_intp len = n - base; len > 1;) {
        fnp_intp half = len / 2;
        base += xp[base + half] <= x ? half : 0;
        len -= half;
    }
    return base;
}

static inline double on_slope(double x, double slope, double x0, double x1, double f0, double f1)
{
    double y = slope * (x - x0) + f0;
    if (isnan(y)) {
        y = slope * (x - x1) + f1;
        if (isnan(y) && f0 == f1) y = f0;
    }
    return y;
}

static double on_segment(double x, double x0, double x1, double f0, double f1)
{
    return on_slope(x, (f1 - f0) / (x1 - x0), x0, x1, f0, f1);
}

/* Where x falls: -1 left, n right, else the segment; n - 1 means on the last point. */
static inline fnp_intp place(double x, const double *xp, fnp_intp n, fnp_intp guess, bool stays)
{
    if (x > xp[n - 1]) return n;
    if (x < xp[0]) return -1;
    return segment(x, xp, n, guess, stays);
}

/* One call: the places, the points and what lies outside. */
typedef struct interpolation {
    const double *x, *xp, *fp;
    const double *slopes; /* or NULL */
    fnp_intp m, n;
    double left, right;
    double *out;
} interpolation;

static void interpolate(void *ctx, int axis, fnp_intp begin, fnp_intp end)
{
    const interpolation *c = ctx;
    const double *x = c->x, *xp = c->xp, *fp = c->fp, *slopes = c->slopes;
    const bool stays = c->m / 4 > c->n; /* then the next place is often in the same segment */
    fnp_intp j = 0, n = c->n;
    double *out = c->out;
    (void)axis;
    for (fnp_intp i = begin; i < end; i++) {
        if (isnan(x[i])) {
            out[i] = x[i];
            continue;
        }
        fnp_intp at = place(x[i], xp, n, j, stays);
        if (at < 0) {
            out[i] = c->left;
        } else if (at >= n) {
            out[i] = c->right;
        } else {
            j = at;
            out[i] = at == n - 1 || xp[at] == x[i] ? fp[at]
                     : slopes ? on_slope(x[i], slopes[at], xp[at], xp[at + 1], fp[at], fp[at + 1])
                              : on_segment(x[i], xp[at], xp[at + 1], fp[at], fp[at + 1]);
        }
    }
}

void fnp_interp(const double *x, fnp_intp m, const double *xp, const double *fp, fnp_intp n,
                double left, double right, double *out)
{
    /* divisions pay once per segment, if there are more places than segments */
    double *slopes = n > 1 && n <= m ? fnp_malloc_array(n - 1, sizeof *slopes) : NULL;
    for (fnp_intp i = 0; slopes && i < n - 1; i++)
        slopes[i] = (fp[i + 1] - fp[i]) / (xp[i + 1] - xp[i]);
    interpolation c = {x, xp, fp, slopes, m, n, left, right, out};
    if (m < FNP_SHARE_FROM)
        interpolate(&c, 0, 0, m);
    else
        fnp_share_nest(1, &m, NULL, interpolate, &c);
    fnp_free(slopes);
}

void fnp_interp_complex(const double *x, fnp_intp m, const double *xp, const fnp_c128 *fp,
                        fnp_intp n, fnp_c128 left, fnp_c128 right, fnp_c128 *out)
{
    fnp_intp j = 0;
    const bool stays = m / 4 > n; /* then the next place is often in the same segment */
    for (fnp_intp i = 0; i < m; i++) {
        if (isnan(x[i])) {
            out[i] = (fnp_c128){x[i], 0};
            continue;
        }
        fnp_intp at = place(x[i], xp, n, j, stays);
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
