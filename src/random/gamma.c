/* Gamma numbers and what is made of them: beta, chi-square, F, Student's t. */
#include "draw.h"

/* Shape below 1: Ahrens and Dieter 1974, GS. */
static double gamma_small(fnp_draw *d, double shape)
{
    for (;;) {
        double u = unit(d), e = exponential(d);
        if (u <= 1.0 - shape) {
            double x = pow(u, 1.0 / shape);
            if (x <= e) return x;
        } else {
            double y = -log((1.0 - u) / shape), x = pow(1.0 - shape + shape * y, 1.0 / shape);
            if (x <= e + y) return x;
        }
    }
}

/* Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables" (2000). */
double fnp__gamma(fnp_draw *d, double shape)
{
    if (shape == 1.0) return exponential(d);
    if (shape == 0.0) return 0.0;
    if (shape < 1.0) return gamma_small(d, shape);
    double size = shape - 1.0 / 3.0, c = 1.0 / sqrt(9.0 * size);
    for (;;) {
        double x, v;
        do {
            x = normal(d);
            v = 1.0 + c * x;
        } while (v <= 0.0);
        v = v * v * v;
        double u = unit(d);
        if (u < 1.0 - 0.0331 * (x * x) * (x * x)) return size * v;
        if (log(u) < 0.5 * x * x + size * (1.0 - v + log(v))) return size * v;
    }
}

double fnp_draw_standard_gamma(fnp_draw *d, const fnp_param *p)
{
    return fnp__gamma(d, p[0].f);
}
double fnp_draw_gamma(fnp_draw *d, const fnp_param *p)
{
    return p[1].f * fnp__gamma(d, p[0].f);
}
double fnp_draw_chisquare(fnp_draw *d, const fnp_param *p)
{
    return chisquare(d, p[0].f);
}

/* Jöhnk 1964 for a, b <= 1: u^(1/a) and v^(1/b), given that their sum is at most one. */
static double beta_small(fnp_draw *d, double a, double b)
{
    /* So small that every power is 0 or 1: one of the ends. */
    if (!d->old && a < 3e-103 && b < 3e-103) return (a + b) * unit(d) < a;
    for (;;) {
        double u = unit(d), v = unit(d), x = pow(u, 1.0 / a), y = pow(v, 1.0 / b), sum = x + y;
        if (sum > 1.0 || (!d->old && u + v <= 0.0)) continue;
        if (d->old ? sum > 0.0 : x > 0.0 && y > 0.0) return x / sum;
        double log_x = log(u) / a, log_y = log(v) / b, larger = fmax(log_x, log_y);
        log_x -= larger, log_y -= larger;
        return exp(log_x - log(exp(log_x) + exp(log_y)));
    }
}

double fnp_draw_beta(fnp_draw *d, const fnp_param *p)
{
    if (p[0].f <= 1.0 && p[1].f <= 1.0) return beta_small(d, p[0].f, p[1].f);
    double x = fnp__gamma(d, p[0].f), y = fnp__gamma(d, p[1].f);
    return x / (x + y);
}

/* Breaks a stick: part j is the beta share of what is left. rest[j]: sum of alpha beyond j. */
void fnp_draw_sticks(fnp_draw *d, const double *alpha, const double *rest, fnp_intp k, double *out)
{
    double left = 1.0;
    fnp_intp j = 0;
    for (; j < k - 1; j++) {
        fnp_param p[2] = {{.f = alpha[j]}, {.f = rest[j]}};
        double share = fnp_draw_beta(d, p);
        out[j] = left * share;
        left *= 1.0 - share;
        if (rest[j] == 0.0) break;
    }
    for (j++; j < k; j++) out[j] = 0.0;
    if (k > 0) out[k - 1] = left;
}

double fnp_draw_f(fnp_draw *d, const fnp_param *p)
{
    double above = chisquare(d, p[0].f) * p[1].f, below = chisquare(d, p[1].f) * p[0].f;
    return above / below;
}

double fnp_draw_standard_t(fnp_draw *d, const fnp_param *p)
{
    double x = normal(d), g = fnp__gamma(d, p[0].f / 2.0);
    return sqrt(p[0].f / 2.0) * x / sqrt(g);
}

static double noncentral(fnp_draw *d, double freedom, double apart)
{
    if (isnan(apart)) return NAN;
    if (apart == 0.0) return chisquare(d, freedom);
    if (freedom > 1.0) {
        double rest = chisquare(d, freedom - 1.0), x = normal(d) + sqrt(apart);
        return rest + x * x;
    }
    int64_t events = fnp__poisson(d, apart / 2.0);
    return chisquare(d, freedom + 2.0 * (double)events);
}

double fnp_draw_noncentral_chisquare(fnp_draw *d, const fnp_param *p)
{
    return noncentral(d, p[0].f, p[1].f);
}
double fnp_draw_noncentral_f(fnp_draw *d, const fnp_param *p)
{
    double above = noncentral(d, p[0].f, p[2].f) * p[1].f;
    return above / (chisquare(d, p[1].f) * p[0].f);
}
