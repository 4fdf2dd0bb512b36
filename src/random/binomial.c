/* Binomial draws: Kachitvichyanukul and Schmeiser, "Binomial Random Variate Generation" (1988). The
 * names xm, xl, laml (left) etc. are the paper's. */
#include "draw.h"

/* BINV: sums up probabilities from 0; starts anew far out in the tail. */
static void plan_inverse(fnp_binomial_plan *b)
{
    double mean = (double)b->n * b->p;
    b->inverse = true;
    b->none = exp((double)b->n * log1p(-b->p));
    b->most = (int64_t)fmin((double)b->n, mean + 10.0 * sqrt(mean * b->q + 1));
}

static int64_t by_inverse(fnp_draw *d, const fnp_binomial_plan *b)
{
    double term = b->none, u = unit(d);
    int64_t x = 0;
    while (u > term) {
        if (++x > b->most) {
            x = 0;
            term = b->none;
            u = unit(d);
        } else {
            u -= term;
            term = ((double)(b->n - x + 1) * b->p * term) / ((double)x * b->q);
        }
    }
    return x;
}

/* BTPE: a triangle, two parallelograms and two exponential tails over the density. */
static void plan_btpe(fnp_binomial_plan *b)
{
    double n = (double)b->n, r = b->p, q = b->q;
    b->inverse = false;
    b->fm = n * r + r;
    b->mode = (int64_t)floor(b->fm);
    b->wide = n * r * q;
    b->p1 = floor(2.195 * sqrt(b->wide) - 4.6 * q) + 0.5;
    b->xm = (double)b->mode + 0.5;
    b->xl = b->xm - b->p1;
    b->xr = b->xm + b->p1;
    b->c = 0.134 + 20.5 / (15.3 + (double)b->mode);
    double a = (b->fm - b->xl) / (b->fm - b->xl * r);
    b->left = a * (1.0 + a / 2.0);
    a = (b->xr - b->fm) / (b->xr * q);
    b->right = a * (1.0 + a / 2.0);
    b->p2 = b->p1 * (1.0 + 2.0 * b->c);
    b->p3 = b->p2 + b->c / b->left;
    b->p4 = b->p3 + b->c / b->right;
}

/* Stirling's correction, for the quotient of factorials. */
static double correction(double x)
{
    double s = x * x;
    return (13680. - (462. - (132. - (99. - 140. / s) / s) / s) / s) / x / 166320.;
}

/* Is y accepted at height v? */
static bool under_density(const fnp_binomial_plan *b, int64_t y, double v)
{
    int64_t m = b->mode, k = y > m ? y - m : m - y;
    double n = (double)b->n, r = b->p, q = b->q, distance = (double)k;
    if (k <= 20 || distance >= b->wide / 2.0 - 1) {
        double s = r / q, a = s * (n + 1), f = 1.0;
        for (int64_t i = m + 1; i <= y; i++) f *= a / (double)i - s;
        for (int64_t i = y + 1; i <= m; i++) f /= a / (double)i - s;
        return v <= f;
    }
    double rho = (distance / b->wide) *
                 ((distance * (distance / 3.0 + 0.625) + 0.16666666666666666) / b->wide + 0.5);
    double t = -distance * distance / (2 * b->wide), a = log(v);
    if (a < t - rho) return true;
    if (a > t + rho) return false;
    double x1 = (double)(y + 1), f1 = (double)(m + 1), z = (double)(b->n + 1 - m),
           w = (double)(b->n - y + 1);
    return a <= b->xm * log(f1 / x1) + ((double)(b->n - m) + 0.5) * log(z / w) +
                    (double)(y - m) * log(w * r / (x1 * q)) + correction(f1) + correction(z) +
                    correction(x1) + correction(w);
}

static int64_t by_btpe(fnp_draw *d, const fnp_binomial_plan *b)
{
    for (;;) {
        double u = unit(d) * b->p4, v = unit(d);
        int64_t y;
        if (u <= b->p1) return (int64_t)floor(b->xm - b->p1 * v + u);
        if (u <= b->p2) {
            double x = b->xl + (u - b->p1) / b->c;
            v = v * b->c + 1.0 - fabs((double)b->mode - x + 0.5) / b->p1;
            if (v > 1.0) continue;
            y = (int64_t)floor(x);
        } else if (u <= b->p3) {
            y = (int64_t)floor(b->xl + log(v) / b->left);
            if (y < 0 || v == 0.0) continue;
            v *= (u - b->p2) * b->left;
        } else {
            y = (int64_t)floor(b->xr - log(v) / b->right);
            if (y > b->n || v == 0.0) continue;
            v *= (u - b->p3) * b->right;
        }
        if (under_density(b, y, v)) return y;
    }
}

static int64_t binomial(fnp_draw *d, fnp_binomial_plan *b, int64_t n, double p)
{
    bool mirrored = p > 0.5;
    double rarer = mirrored ? 1.0 - p : p;
    if (!b->ready || b->n != n || b->p != rarer) {
        b->n = n, b->p = rarer, b->q = 1.0 - rarer, b->ready = true;
        if (rarer * (double)n <= 30.0)
            plan_inverse(b);
        else
            plan_btpe(b);
    }
    int64_t found = b->inverse ? by_inverse(d, b) : by_btpe(d, b);
    return mirrored ? n - found : found;
}

int64_t fnp_draw_binomial_by(fnp_draw *d, int64_t n, double p, bool inverse)
{
    fnp_binomial_plan plan = {.n = n, .p = p, .q = 1.0 - p};
    if (inverse) {
        plan_inverse(&plan);
        return by_inverse(d, &plan);
    }
    plan_btpe(&plan);
    return by_btpe(d, &plan);
}

int64_t fnp__binomial(fnp_draw *d, int64_t n, double p)
{
    return n == 0 || p == 0.0 ? 0 : binomial(d, &d->binomial, n, p);
}

/* RandomState's draws a number even where the result is sure. */
int64_t fnp_draw_binomial(fnp_draw *d, const fnp_param *p)
{
    return d->old ? binomial(d, &d->binomial, p[0].i, p[1].f) : fnp__binomial(d, p[0].i, p[1].f);
}

void fnp_draw_multinomial(fnp_draw *d, int64_t n, int64_t *counts, const double *p, fnp_intp k)
{
    double rest = 1.0;
    for (fnp_intp i = 0; i < k; i++) counts[i] = 0;
    for (fnp_intp i = 0; i < k - 1; i++) {
        /* the first outcome is often drawn again with the same parameters */
        fnp_binomial_plan *plan = i == 0 ? &d->first_outcome : &d->binomial;
        double chance = p[i] / rest;
        counts[i] = n == 0 || chance == 0.0 ? 0 : binomial(d, plan, n, chance);
        n -= counts[i];
        if (n <= 0) return;
        rest -= p[i];
    }
    if (k > 0) counts[k - 1] = n;
}
