/* Draws without replacement: urns of two and of many colours. */
#include "draw.h"
#include "log_factorials.h"

double fnp__log_factorial(int64_t k)
{
    if (k < 126) return log_factorials[k];
    double x = (double)k, inverse = 1.0 / x;
    return (x + 0.5) * log(x) - x +
           (0.91893853320467274178 + inverse * (1.0 / 12 - inverse * inverse / 360));
}

/* Takes the balls one by one; all but the sample if that is less. */
static int64_t take_balls(fnp_draw *d, int64_t good, int64_t bad, int64_t sample)
{
    int64_t total = good + bad, left = good;
    bool leave = sample > total / 2;
    int64_t takes = leave ? total - sample : sample;
    while (takes > 0 && left > 0 && total > left) {
        total--;
        if ((int64_t)fnp_draw_masked(&d->bits, (uint64_t)total) < left) left--;
        takes--;
    }
    if (total == left) left -= takes;
    return leave ? left : good - left;
}

/* Stadlober, "The Ratio of Uniforms Approach for Generating Discrete Random Variates" (1990),
 * HRUA*; for the rarer colour and the smaller of sample and rest. */
static int64_t ratio_of_uniforms(fnp_draw *d, int64_t good, int64_t bad, int64_t sample)
{
    const double d1 = 1.7155277699214135,
                 d2 = 0.8989161620588988; /* 2 sqrt(2/e), 3 - 2 sqrt(3/e) */
    int64_t total = good + bad, few = good < bad ? good : bad, many = total - few;
    int64_t takes = sample < total - sample ? sample : total - sample;
    double (*log_factorial)(int64_t) = fnp__log_factorial;
    double p = (double)few / (double)total, q = (double)many / (double)total;
    double a = (double)takes * p + 0.5;
    double variance = (double)(total - takes) * (double)takes * p * q / (double)(total - 1);
    double c = sqrt(variance + 0.5), h = d1 * c + d2;
    int64_t mode = (int64_t)floor((double)(takes + 1) * (double)(few + 1) / (double)(total + 2));
    double top = log_factorial(mode) + log_factorial(few - mode) + log_factorial(takes - mode) +
                 log_factorial(many - takes + mode);
    double end = fmin((double)(takes < few ? takes : few) + 1.0, floor(a + 16 * c));
    int64_t k;
    for (;;) {
        double u = unit(d), v = unit(d), x = a + h * (v - 0.5) / u;
        if (x < 0.0 || x >= end) continue;
        k = (int64_t)floor(x);
        double t = top - (log_factorial(k) + log_factorial(few - k) + log_factorial(takes - k) +
                          log_factorial(many - takes + k));
        if (u * (4.0 - u) - 3.0 <= t) break;
        if (u * (u - t) >= 1) continue;
        if (2.0 * log(u) <= t) break;
    }
    if (good > bad) k = takes - k;
    return takes < sample ? good - k : k;
}

/* RandomState's: Kachitvichyanukul and Schmeiser 1985, HYP, and HRUA of an earlier form. */
static int64_t old_by_balls(fnp_draw *d, int64_t good, int64_t bad, int64_t sample)
{
    double rest = (double)(bad + good - sample), few = (double)(good < bad ? good : bad), y = few;
    int64_t k = sample;
    while (y > 0.0 && k > 0) {
        y -= floor(unit(d) + y / (rest + (double)k));
        k--;
    }
    int64_t found = (int64_t)(few - y);
    return good > bad ? sample - found : found;
}

static double old_log_terms(double k, double few, double many, double takes)
{
    return fnp_log_gamma(k + 1) + fnp_log_gamma(few - k + 1) + fnp_log_gamma(takes - k + 1) +
           fnp_log_gamma(many - takes + k + 1);
}

static int64_t old_ratio_of_uniforms(fnp_draw *d, int64_t good, int64_t bad, int64_t sample)
{
    const double d1 = 1.7155277699214135, d2 = 0.8989161620588988;
    int64_t total = good + bad, few = good < bad ? good : bad, many = good < bad ? bad : good;
    int64_t takes = sample < total - sample ? sample : total - sample;
    double d4 = (double)few / (double)total, d5 = 1.0 - d4, d6 = (double)takes * d4 + 0.5;
    double d7 =
        sqrt((double)(total - takes) * (double)sample * d4 * d5 / (double)(total - 1) + 0.5);
    double d8 = d1 * d7 + d2;
    int64_t mode = (int64_t)floor((double)(takes + 1) * (double)(few + 1) / (double)(total + 2));
    double top = old_log_terms((double)mode, (double)few, (double)many, (double)takes);
    double end = fmin((double)(takes < few ? takes : few) + 1.0, floor(d6 + 16 * d7));
    int64_t k;
    for (;;) {
        double u = unit(d), v = unit(d), w = d6 + d8 * (v - 0.5) / u;
        if (w < 0.0 || w >= end) continue;
        k = (int64_t)floor(w);
        double t = top - old_log_terms((double)k, (double)few, (double)many, (double)takes);
        if (u * (4.0 - u) - 3.0 <= t) break;
        if (u * (u - t) >= 1) continue;
        if (2.0 * log(u) <= t) break;
    }
    if (good > bad) k = takes - k;
    return takes < sample ? good - k : k;
}

int64_t fnp__hypergeometric(fnp_draw *d, int64_t good, int64_t bad, int64_t sample)
{
    if (d->old) {
        if (sample > 10) return old_ratio_of_uniforms(d, good, bad, sample);
        return sample > 0 ? old_by_balls(d, good, bad, sample) : 0;
    }
    if (sample >= 10 && sample <= good + bad - 10) return ratio_of_uniforms(d, good, bad, sample);
    return take_balls(d, good, bad, sample);
}

int64_t fnp_draw_hypergeometric(fnp_draw *d, const fnp_param *p)
{
    return fnp__hypergeometric(d, p[0].i, p[1].i, p[2].i);
}

void fnp_draw_colors_by_margin(fnp_draw *d, int64_t total, const int64_t *colors, fnp_intp k,
                               int64_t sample, int64_t *counts)
{
    bool leave = sample > total / 2;
    int64_t takes = leave ? total - sample : sample, others = total;
    for (fnp_intp i = 0; i < k; i++) counts[i] = 0;
    for (fnp_intp i = 0; takes > 0 && i < k - 1; i++) {
        others -= colors[i];
        counts[i] = fnp__hypergeometric(d, colors[i], others, takes);
        takes -= counts[i];
    }
    if (takes > 0) counts[k - 1] = takes;
    for (fnp_intp i = 0; leave && i < k; i++) counts[i] = colors[i] - counts[i];
}

void fnp_draw_balls(const int64_t *colors, fnp_intp k, fnp_intp *balls)
{
    for (fnp_intp i = 0; i < k; i++)
        for (int64_t j = 0; j < colors[i]; j++) *balls++ = i;
}

void fnp_draw_colors_by_count(fnp_draw *d, int64_t total, const int64_t *colors, fnp_intp k,
                              int64_t sample, int64_t *counts, fnp_intp *balls)
{
    bool leave = sample > total / 2;
    int64_t takes = leave ? total - sample : sample;
    for (fnp_intp i = 0; i < k; i++) counts[i] = 0;
    for (int64_t i = 0; i < takes; i++) {
        int64_t j = i + (int64_t)fnp_draw_masked(&d->bits, (uint64_t)(total - i - 1));
        fnp_intp ball = balls[j];
        balls[j] = balls[i];
        balls[i] = ball;
        counts[ball]++;
    }
    for (fnp_intp i = 0; leave && i < k; i++) counts[i] = colors[i] - counts[i];
}
