/* One number each, inline, for the files of this room. */
#ifndef FNP_RANDOM_DRAW_H
#define FNP_RANDOM_DRAW_H

#include "fnp/random.h"

#include <math.h>

static inline double unit(fnp_draw *d)
{
    return d->bits.next_double(d->bits.state);
}

/* most: not 0; mask: the smallest that holds it. */
static inline uint64_t masked_by(const fnp_bitgen *g, uint64_t most, uint64_t mask)
{
    uint64_t value;
    do {
        value = (most <= UINT32_MAX ? g->next_uint32(g->state) : g->next_uint64(g->state)) & mask;
    } while (value > most);
    return value;
}

double fnp__normal(const fnp_bitgen *g);
double fnp__exponential(const fnp_bitgen *g);
double fnp__log_factorial(int64_t k);
double fnp__gamma(fnp_draw *d, double shape);
int64_t fnp__poisson(fnp_draw *d, double rate);
int64_t fnp__binomial(fnp_draw *d, int64_t n, double p);
int64_t fnp__hypergeometric(fnp_draw *d, int64_t good, int64_t bad, int64_t sample);

static inline double normal(fnp_draw *d)
{
    return d->old ? fnp_draw_normal_polar(&d->bits, d->old) : fnp__normal(&d->bits);
}

static inline double exponential(fnp_draw *d)
{
    return d->old ? -log(1.0 - unit(d)) : fnp__exponential(&d->bits);
}

static inline double chisquare(fnp_draw *d, double freedom)
{
    return 2.0 * fnp__gamma(d, freedom / 2.0);
}

#endif
