/* Discrete draws of one or two parameters. */
#include "draw.h"

/* Stirling's series with Bernoulli numbers, after raising x to at least 7. */
double fnp_log_gamma(double x)
{
    static const double series[10] = {
        1.0 / 12,        -1.0 / 360, 1.0 / 1260,       -1.0 / 1680,      1.0 / 1188,
        -691.0 / 360360, 1.0 / 156,  -3617.0 / 122400, 43867.0 / 244188, -174611.0 / 125400};
    if (x == 1.0 || x == 2.0) return 0.0;
    int steps = x < 7.0 ? (int)(7.0 - x) : 0;
    double z = x + steps, square = (1.0 / z) * (1.0 / z), sum = series[9];
    for (int k = 8; k >= 0; k--) sum = sum * square + series[k];
    double found = sum / z + 0.5 * log(2.0 * 3.14159265358979323846) + (z - 0.5) * log(z) - z;
    for (int k = 0; k < steps; k++) {
        found -= log(z - 1.0);
        z -= 1.0;
    }
    return found;
}

/* Counts arrivals: the product of uniform numbers falls below exp(-rate). */
static int64_t poisson_few(fnp_draw *d, double rate)
{
    double end = exp(-rate), product = unit(d);
    int64_t events = 0;
    for (; product > end; events++) product *= unit(d);
    return events;
}

/* Hörmann, "The transformed rejection method for generating Poisson random variables" (1993), PTRS.
 */
static int64_t poisson_many(fnp_draw *d, double rate)
{
    double b = 0.931 + 2.53 * sqrt(rate), a = -0.059 + 0.02483 * b, log_rate = log(rate);
    double inverse = 1.1239 + 1.1328 / (b - 3.4), sure = 0.9277 - 3.6224 / (b - 2.0);
    for (;;) {
        double u = unit(d) - 0.5, v = unit(d), us = 0.5 - fabs(u);
        int64_t k = (int64_t)floor((2.0 * a / us + b) * u + rate + 0.43);
        if (us >= 0.07 && v <= sure) return k;
        if (k < 0 || (us < 0.013 && v > us)) continue;
        if (log(v) + log(inverse) - log(a / (us * us) + b) <=
            -rate + (double)k * log_rate - fnp_log_gamma((double)k + 1))
            return k;
    }
}

int64_t fnp__poisson(fnp_draw *d, double rate)
{
    if (rate >= 10.0) return poisson_many(d, rate);
    return rate == 0.0 ? 0 : poisson_few(d, rate);
}

int64_t fnp_draw_poisson(fnp_draw *d, const fnp_param *p)
{
    return fnp__poisson(d, p[0].f);
}

int64_t fnp_draw_negative_binomial(fnp_draw *d, const fnp_param *p)
{
    double rate = (1.0 - p[1].f) / p[1].f * fnp__gamma(d, p[0].f);
    return fnp__poisson(d, rate);
}

/* Sums up the probabilities, or inverts the distribution where many would be summed. */
int64_t fnp_draw_geometric_search(fnp_draw *d, double p)
{
    double u = unit(d), term = p, sum = p;
    int64_t trials = 1;
    for (; u > sum; trials++) {
        term *= 1.0 - p;
        sum += term;
    }
    return trials;
}

int64_t fnp_draw_geometric(fnp_draw *d, const fnp_param *param)
{
    double p = param[0].f;
    if (p >= 1.0 / 3.0) return fnp_draw_geometric_search(d, p);
    double trials =
        d->old ? ceil(log(1.0 - unit(d)) / log(1.0 - p)) : ceil(-exponential(d) / log1p(-p));
    return trials >= 0x1p63 ? INT64_MAX : (int64_t)trials;
}

/* Devroye 1986, chapter X.6. */
int64_t fnp_draw_zipf(fnp_draw *d, const fnp_param *p)
{
    double power = p[0].f - 1.0, b = pow(2.0, power);
    if (!d->old && p[0].f >= 1025) return 1; /* b overflows; all but certain */
    double least = d->old ? 0.0 : pow((double)INT64_MAX, -power);
    for (;;) {
        double u = unit(d), v;
        u = d->old ? 1.0 - u : u * least + (1.0 - u);
        v = unit(d);
        double x = floor(pow(u, -1.0 / power));
        if (x > (double)INT64_MAX || x < 1.0) continue;
        double t = pow(1.0 + 1.0 / x, power);
        if (v * x * (t - 1.0) / (b - 1.0) <= t / b) return (int64_t)x;
    }
}

/* Kemp, "Efficient Generation of Logarithmically Distributed Pseudo-Random Variables" (1981), LK.
 */
int64_t fnp_draw_logseries(fnp_draw *d, const fnp_param *param)
{
    double p = param[0].f, r = d->old ? log(1.0 - p) : log1p(-p);
    for (;;) {
        double v = unit(d);
        if (v >= p) return 1;
        double u = unit(d), q = d->old ? 1.0 - exp(r * u) : -expm1(r * u);
        if (v > q * q) return v >= q ? 1 : 2;
        double x = floor(1.0 + log(v) / log(q));
        if (x >= 1.0 && v != 0.0) return (int64_t)x;
    }
}
