/* libnpyrandom.a: the functions of numpy/random/distributions.h, for extensions that link against
 * them: the draws of src/random over the bit generator that the caller has. What binomial_t could
 * keep from one draw to the next is computed anew. */
#include <Python.h>

#include <numpy/random/distributions.h>

#include "fnp/random.h"

#include <stddef.h>

_Static_assert(sizeof(bitgen_t) == sizeof(fnp_bitgen) &&
                   offsetof(bitgen_t, next_double) == offsetof(fnp_bitgen, next_double) &&
                   offsetof(bitgen_t, next_raw) == offsetof(fnp_bitgen, next_raw),
               "a bit generator has one layout");

static const fnp_bitgen *bits(const bitgen_t *g)
{
    return (const fnp_bitgen *)(const void *)g;
}

static fnp_draw source(const bitgen_t *g)
{
    return (fnp_draw){.bits = *bits(g)};
}

/* ---- uniform words and numbers ---- */

uint64_t random_uint(bitgen_t *g)
{
    return g->next_uint64(g->state);
}
int64_t random_positive_int64(bitgen_t *g)
{
    return (int64_t)(g->next_uint64(g->state) >> 1);
}
int64_t random_positive_int(bitgen_t *g)
{
    return random_positive_int64(g);
}
int32_t random_positive_int32(bitgen_t *g)
{
    return (int32_t)(g->next_uint32(g->state) >> 1);
}

#define FILLED(name, fill, T)                                                                      \
    T random_standard_##name(bitgen_t *g)                                                          \
    {                                                                                              \
        T x;                                                                                       \
        fill(bits(g), &x, 1);                                                                      \
        return x;                                                                                  \
    }
#define FILL(name, fill, T)                                                                        \
    void random_standard_##name(bitgen_t *g, npy_intp n, T *out)                                   \
    {                                                                                              \
        fill(bits(g), out, n);                                                                     \
    }
FILLED(uniform, fnp_fill_unit, double)
FILLED(uniform_f, fnp_fill_unit_f32, float)
FILLED(normal, fnp_fill_normal, double)
FILLED(normal_f, fnp_fill_normal_f32, float)
FILLED(exponential, fnp_fill_exponential, double)
FILLED(exponential_f, fnp_fill_exponential_f32, float)
FILL(uniform_fill, fnp_fill_unit, double)
FILL(uniform_fill_f, fnp_fill_unit_f32, float)
FILL(normal_fill, fnp_fill_normal, double)
FILL(normal_fill_f, fnp_fill_normal_f32, float)
FILL(exponential_fill, fnp_fill_exponential, double)
FILL(exponential_fill_f, fnp_fill_exponential_f32, float)
FILL(exponential_inv_fill, fnp_fill_exponential_inverse, double)
FILL(exponential_inv_fill_f, fnp_fill_exponential_inverse_f32, float)

/* ---- distributions with up to two parameters, as the rows of distributions.def ---- */

#define ROW0(name)                                                                                 \
    double random_##name(bitgen_t *g)                                                              \
    {                                                                                              \
        fnp_draw d = source(g);                                                                    \
        return fnp_draw_##name(&d, NULL);                                                          \
    }
#define ROW1(R, name)                                                                              \
    R random_##name(bitgen_t *g, double a)                                                         \
    {                                                                                              \
        fnp_draw d = source(g);                                                                    \
        return fnp_draw_##name(&d, (fnp_param[]){{.f = a}});                                       \
    }
#define ROW2(R, name)                                                                              \
    R random_##name(bitgen_t *g, double a, double b)                                               \
    {                                                                                              \
        fnp_draw d = source(g);                                                                    \
        return fnp_draw_##name(&d, (fnp_param[]){{.f = a}, {.f = b}});                             \
    }
#define ROW3(R, name)                                                                              \
    R random_##name(bitgen_t *g, double a, double b, double c)                                     \
    {                                                                                              \
        fnp_draw d = source(g);                                                                    \
        return fnp_draw_##name(&d, (fnp_param[]){{.f = a}, {.f = b}, {.f = c}});                   \
    }
ROW0(standard_cauchy)
ROW1(double, chisquare)
ROW1(double, exponential)
ROW1(double, pareto)
ROW1(double, power)
ROW1(double, rayleigh)
ROW1(double, standard_gamma)
ROW1(double, standard_t)
ROW1(double, weibull)
ROW2(double, beta)
ROW2(double, f)
ROW2(double, gamma)
ROW2(double, gumbel)
ROW2(double, laplace)
ROW2(double, logistic)
ROW2(double, lognormal)
ROW2(double, noncentral_chisquare)
ROW2(double, normal)
ROW2(double, vonmises)
ROW2(double, wald)
ROW3(double, noncentral_f)
ROW3(double, triangular)
ROW1(int64_t, geometric)
ROW1(int64_t, logseries)
ROW1(RAND_INT_TYPE, poisson)
ROW1(RAND_INT_TYPE, zipf)
ROW2(RAND_INT_TYPE, negative_binomial)

double random_uniform(bitgen_t *g, double lower, double range)
{
    return lower + range * g->next_double(g->state);
}
float random_standard_gamma_f(bitgen_t *g, float shape)
{
    float x;
    fnp_fill_gamma_f32(bits(g), shape, &x, 1);
    return x;
}
float random_gamma_f(bitgen_t *g, float shape, float scale)
{
    return scale * random_standard_gamma_f(g, shape);
}

int64_t random_hypergeometric(bitgen_t *g, int64_t good, int64_t bad, int64_t sample)
{
    fnp_draw d = source(g);
    return fnp_draw_hypergeometric(&d, (fnp_param[]){{.i = good}, {.i = bad}, {.i = sample}});
}
int64_t random_binomial(bitgen_t *g, double p, int64_t n, binomial_t *kept)
{
    (void)kept;
    fnp_draw d = source(g);
    return fnp_draw_binomial(&d, (fnp_param[]){{.i = n}, {.f = p}});
}
RAND_INT_TYPE random_binomial_btpe(bitgen_t *g, RAND_INT_TYPE n, double p, binomial_t *kept)
{
    (void)kept;
    fnp_draw d = source(g);
    return fnp_draw_binomial_by(&d, n, p, false);
}
RAND_INT_TYPE random_binomial_inversion(bitgen_t *g, RAND_INT_TYPE n, double p, binomial_t *kept)
{
    (void)kept;
    fnp_draw d = source(g);
    return fnp_draw_binomial_by(&d, n, p, true);
}
RAND_INT_TYPE random_geometric_search(bitgen_t *g, double p)
{
    fnp_draw d = source(g);
    return fnp_draw_geometric_search(&d, p);
}
double random_loggam(double x)
{
    return fnp_log_gamma(x);
}

void random_multinomial(bitgen_t *g, RAND_INT_TYPE n, RAND_INT_TYPE *counts, double *p, npy_intp k,
                        binomial_t *kept)
{
    (void)kept;
    fnp_draw d = source(g);
    fnp_draw_multinomial(&d, n, counts, p, k);
}
int random_multivariate_hypergeometric_count(bitgen_t *g, int64_t total, size_t k, int64_t *colors,
                                             int64_t sample, size_t variates, int64_t *counts)
{
    if (total == 0 || sample == 0 || variates == 0) return 0;
    fnp_intp *balls = malloc((size_t)total * sizeof *balls);
    if (!balls) return -1;
    fnp_draw d = source(g);
    fnp_draw_balls(colors, (fnp_intp)k, balls);
    for (size_t i = 0; i < variates; i++)
        fnp_draw_colors_by_count(&d, total, colors, (fnp_intp)k, sample, counts + i * k, balls);
    free(balls);
    return 0;
}
void random_multivariate_hypergeometric_marginals(bitgen_t *g, int64_t total, size_t k,
                                                  int64_t *colors, int64_t sample, size_t variates,
                                                  int64_t *counts)
{
    if (total == 0 || sample == 0) return;
    fnp_draw d = source(g);
    for (size_t i = 0; i < variates; i++)
        fnp_draw_colors_by_margin(&d, total, colors, (fnp_intp)k, sample, counts + i * k);
}

/* ---- integers in [off, off + rng] ---- */

uint64_t random_interval(bitgen_t *g, uint64_t most)
{
    return fnp_draw_masked(bits(g), most);
}
uint64_t random_bounded_uint64(bitgen_t *g, uint64_t off, uint64_t rng, uint64_t mask,
                               bool use_masked)
{
    (void)mask;
    return off + (use_masked ? fnp_draw_masked : fnp_draw_bounded)(bits(g), rng);
}
uint32_t random_buffered_bounded_uint32(bitgen_t *g, uint32_t off, uint32_t rng, uint32_t mask,
                                        bool use_masked, int *count, uint32_t *word)
{
    (void)count, (void)word;
    return (uint32_t)random_bounded_uint64(g, off, rng, mask, use_masked);
}
#define BUFFERED(name, T, width)                                                                   \
    T random_buffered_bounded_##name(bitgen_t *g, T off, T rng, T mask, bool use_masked,           \
                                     int *count, uint32_t *word)                                   \
    {                                                                                              \
        (void)mask;                                                                                \
        fnp_draw_pieces pieces = {.word = *word, .left = *count};                                  \
        uint64_t x = fnp_draw_small(bits(g), rng, width, use_masked, &pieces);                     \
        *word = pieces.word;                                                                       \
        *count = pieces.left;                                                                      \
        return (T)(off + x);                                                                       \
    }
BUFFERED(uint16, uint16_t, 16)
BUFFERED(uint8, uint8_t, 8)
BUFFERED(bool, npy_bool, 1)

#define BOUNDED_FILL(name, T, width)                                                               \
    void random_bounded_##name##_fill(bitgen_t *g, T off, T rng, npy_intp n, bool use_masked,      \
                                      T *out)                                                      \
    {                                                                                              \
        fnp_fill_integers(bits(g), off, rng, width, use_masked, out, n);                           \
    }
BOUNDED_FILL(uint64, uint64_t, 64)
BOUNDED_FILL(uint32, uint32_t, 32)
BOUNDED_FILL(uint16, uint16_t, 16)
BOUNDED_FILL(uint8, uint8_t, 8)
BOUNDED_FILL(bool, npy_bool, 1)
