/* Continuous draws by a formula from uniform, normal or exponential numbers; Devroye, "Non-Uniform
 * Random Variate Generation" (1986), where nothing else is named. */
#include "draw.h"

static const double PI = 3.14159265358979323846;

/* Uniform in (0, 1). */
static double inner_unit(fnp_draw *d)
{
    double u;
    do {
        u = unit(d);
    } while (u <= 0.0);
    return u;
}

double fnp_draw_uniform(fnp_draw *d, const fnp_param *p)
{
    return p[0].f + p[1].f * unit(d); /* the binding has made high the width */
}
double fnp_draw_normal(fnp_draw *d, const fnp_param *p)
{
    return p[0].f + p[1].f * normal(d);
}
double fnp_draw_lognormal(fnp_draw *d, const fnp_param *p)
{
    return exp(p[0].f + p[1].f * normal(d));
}
double fnp_draw_exponential(fnp_draw *d, const fnp_param *p)
{
    return p[0].f * exponential(d);
}
double fnp_draw_standard_cauchy(fnp_draw *d, const fnp_param *p)
{
    (void)p;
    double above = normal(d);
    return above / normal(d);
}

double fnp_draw_pareto(fnp_draw *d, const fnp_param *p)
{
    double e = exponential(d) / p[0].f;
    return d->old ? exp(e) - 1.0 : expm1(e);
}
double fnp_draw_weibull(fnp_draw *d, const fnp_param *p)
{
    return p[0].f == 0.0 ? 0.0 : pow(exponential(d), 1.0 / p[0].f);
}
double fnp_draw_power(fnp_draw *d, const fnp_param *p)
{
    double e = exponential(d);
    return pow(d->old ? 1.0 - exp(-e) : -expm1(-e), 1.0 / p[0].f);
}
double fnp_draw_rayleigh(fnp_draw *d, const fnp_param *p)
{
    return p[0].f * sqrt(d->old ? -2.0 * log1p(-unit(d)) : 2.0 * exponential(d));
}

double fnp_draw_laplace(fnp_draw *d, const fnp_param *p)
{
    double u = inner_unit(d);
    return u >= 0.5 ? p[0].f - p[1].f * log(2.0 - u - u) : p[0].f + p[1].f * log(u + u);
}
double fnp_draw_logistic(fnp_draw *d, const fnp_param *p)
{
    double u = inner_unit(d);
    return p[0].f + p[1].f * log(u / (1.0 - u));
}
double fnp_draw_gumbel(fnp_draw *d, const fnp_param *p)
{
    return p[0].f - p[1].f * log(-log(1.0 - inner_unit(d)));
}

double fnp_draw_triangular(fnp_draw *d, const fnp_param *p)
{
    double left = p[0].f, mode = p[1].f, right = p[2].f, base = right - left, rise = mode - left;
    double u = unit(d);
    if (u <= rise / base) return left + sqrt(u * (rise * base));
    return right - sqrt((1.0 - u) * ((right - mode) * base));
}

/* Michael, Schucany and Haas 1976: the smaller root, or its counterpart. RandomState has the root
 * as the paper does; it loses digits where the mean is large. */
double fnp_draw_wald(fnp_draw *d, const fnp_param *p)
{
    double mean = p[0].f, y = normal(d), x;
    y = mean * y * y;
    if (d->old)
        x = mean + mean / (2.0 * p[1].f) * (y - sqrt(4.0 * p[1].f * y + y * y));
    else
        x = mean * (1.0 - 2.0 / (1.0 + sqrt(1.0 + 4.0 * p[1].f / y)));
    return unit(d) <= mean / (mean + x) ? x : mean * mean / x;
}

/* An angle brought into [-pi, pi]. */
static double turned(double angle)
{
    double size = fmod(fabs(angle) + PI, 2.0 * PI) - PI;
    return angle < 0 ? -size : size;
}

/* Best and Fisher, "Efficient Simulation of the von Mises Distribution" (1979); nearly uniform for
 * a small, nearly normal for a large concentration. */
double fnp_draw_vonmises(fnp_draw *d, const fnp_param *p)
{
    double mu = p[0].f, kappa = p[1].f, s;
    if (isnan(kappa)) return NAN;
    if (kappa < 1e-8) return PI * (2.0 * unit(d) - 1.0);
    if (kappa < 1e-5) {
        s = 1.0 / kappa + kappa; /* series of the formula below */
    } else if (kappa <= 1e6 || d->old) {
        double r = 1.0 + sqrt(1.0 + 4.0 * kappa * kappa), rho = (r - sqrt(2.0 * r)) / (2.0 * kappa);
        s = (1.0 + rho * rho) / (2.0 * rho);
    } else {
        double angle = mu + sqrt(1.0 / kappa) * normal(d);
        if (angle < -PI) angle += 2.0 * PI;
        if (angle > PI) angle -= 2.0 * PI;
        return angle;
    }
    double w, y, v;
    do {
        double z = cos(PI * unit(d));
        w = (1.0 + s * z) / (s + z);
        y = kappa * (s - w);
        v = unit(d);
    } while (y * (2.0 - y) - v < 0 && log(y / v) + 1.0 - y < 0);
    double angle = acos(w);
    return turned((unit(d) < 0.5 ? -angle : angle) + mu);
}
