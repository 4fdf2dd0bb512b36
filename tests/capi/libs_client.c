/* Prints what the archives beside NumPy's headers compute: libnpymath.a and libnpyrandom.a. A
 * seeded generator of its own (splitmix64) stands behind the draws. */
#include <Python.h>

#include <numpy/halffloat.h>
#include <numpy/npy_math.h>

#include <numpy/random/distributions.h>

#include <inttypes.h>
#include <stdio.h>

static uint64_t state;
static uint64_t next64(void *s)
{
    uint64_t z = (*(uint64_t *)s += 0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}
static uint32_t next32(void *s)
{
    return (uint32_t)(next64(s) >> 32);
}
static double next_number(void *s)
{
    return (double)(next64(s) >> 11) * 0x1p-53;
}
static bitgen_t generator = {&state, next64, next32, next_number, next64};

enum { TIMES = 200 };
#define EACH(name, format, call)                                                                   \
    do {                                                                                           \
        state = 42;                                                                                \
        printf("%s", name);                                                                        \
        for (int i = 0; i < TIMES; i++) printf(" " format, call);                                  \
        printf("\n");                                                                              \
    } while (0)
#define NUMBER(call) EACH(#call, "%a", (double)random_##call)
#define WHOLE(call) EACH(#call, "%" PRId64, (int64_t)random_##call)
#define FILL(name, T, ...)                                                                         \
    {                                                                                              \
        T out[TIMES];                                                                              \
        state = 7;                                                                                 \
        random_##name(&generator, __VA_ARGS__);                                                    \
        printf(#name " " #__VA_ARGS__);                                                            \
        for (int i = 0; i < TIMES; i++) printf(" %a", (double)out[i]);                             \
        printf("\n");                                                                              \
    }
#define G &generator

static void draws(void)
{
    binomial_t kept = {0};
    NUMBER(standard_uniform(G));
    NUMBER(standard_uniform_f(G));
    NUMBER(standard_normal(G));
    NUMBER(standard_normal_f(G));
    NUMBER(standard_exponential(G));
    NUMBER(standard_exponential_f(G));
    NUMBER(standard_gamma(G, 0.5));
    NUMBER(standard_gamma(G, 1));
    NUMBER(standard_gamma(G, 2.5));
    NUMBER(standard_gamma_f(G, 0.5f));
    NUMBER(standard_gamma_f(G, 2.5f));
    NUMBER(normal(G, 1, 2));
    NUMBER(gamma(G, 2, 3));
    NUMBER(gamma_f(G, 2, 3));
    NUMBER(exponential(G, 2));
    NUMBER(uniform(G, 2, 5));
    NUMBER(beta(G, 0.5, 0.25));
    NUMBER(beta(G, 2, 3));
    NUMBER(chisquare(G, 3));
    NUMBER(f(G, 2, 3));
    NUMBER(standard_cauchy(G));
    NUMBER(pareto(G, 2));
    NUMBER(weibull(G, 2));
    NUMBER(power(G, 2));
    NUMBER(laplace(G, 1, 2));
    NUMBER(gumbel(G, 1, 2));
    NUMBER(logistic(G, 1, 2));
    NUMBER(lognormal(G, 1, 0.5));
    NUMBER(rayleigh(G, 2));
    NUMBER(standard_t(G, 3));
    NUMBER(noncentral_chisquare(G, 3, 2));
    NUMBER(noncentral_chisquare(G, 0.5, 2));
    NUMBER(noncentral_f(G, 3, 4, 2));
    NUMBER(wald(G, 1, 2));
    NUMBER(vonmises(G, 1, 2));
    NUMBER(vonmises(G, 0, 1e-6));
    NUMBER(triangular(G, 0, 1, 3));
    WHOLE(uint(G));
    WHOLE(positive_int64(G));
    WHOLE(positive_int32(G));
    WHOLE(positive_int(G));
    WHOLE(poisson(G, 3));
    WHOLE(poisson(G, 300));
    WHOLE(negative_binomial(G, 3, 0.4));
    WHOLE(binomial(G, 0.3, 10, &kept));
    WHOLE(binomial(G, 0.7, 1000, &kept));
    WHOLE(binomial_btpe(G, 1000, 0.3, &kept));

    kept.has_binomial = 0;
    WHOLE(binomial_inversion(G, 20, 0.3, &kept));
    WHOLE(logseries(G, 0.6));
    WHOLE(geometric(G, 0.1));
    WHOLE(geometric(G, 0.6));
    WHOLE(geometric_search(G, 0.2));
    WHOLE(zipf(G, 2.5));
    WHOLE(hypergeometric(G, 10, 20, 5));
    WHOLE(hypergeometric(G, 1000, 2000, 500));
    WHOLE(interval(G, 100));
    WHOLE(interval(G, 1ull << 40));
    for (int masked = 0; masked < 2; masked++) {
        int count = 0;
        uint32_t word = 0;
        WHOLE(bounded_uint64(G, 5, 100, 127, masked));
        WHOLE(bounded_uint64(G, 0, 1ull << 40, (2ull << 40) - 1, masked));
        WHOLE(buffered_bounded_uint32(G, 5, 1000, 1023, masked, &count, &word));
        count = 0;
        WHOLE(buffered_bounded_uint16(G, 5, 1000, 1023, masked, &count, &word));
        count = 0;
        WHOLE(buffered_bounded_uint8(G, 5, 100, 127, masked, &count, &word));
        count = 0;
        WHOLE(buffered_bounded_bool(G, 0, 1, 1, masked, &count, &word));
        FILL(bounded_uint64_fill, uint64_t, 1, 1000, TIMES, masked, out);
        FILL(bounded_uint32_fill, uint32_t, 1, 1000, TIMES, masked, out);
        FILL(bounded_uint16_fill, uint16_t, 1, 1000, TIMES, masked, out);
        FILL(bounded_uint8_fill, uint8_t, 1, 100, TIMES, masked, out);
        FILL(bounded_bool_fill, npy_bool, 0, 1, TIMES, masked, out);
    }
    FILL(standard_uniform_fill, double, TIMES, out);
    FILL(standard_uniform_fill_f, float, TIMES, out);
    FILL(standard_normal_fill, double, TIMES, out);
    FILL(standard_normal_fill_f, float, TIMES, out);
    FILL(standard_exponential_fill, double, TIMES, out);
    FILL(standard_exponential_fill_f, float, TIMES, out);
    FILL(standard_exponential_inv_fill, double, TIMES, out);
    FILL(standard_exponential_inv_fill_f, float, TIMES, out);
    int64_t counts[3], colors[3] = {5, 8, 9};
    double p[3] = {0.2, 0.3, 0.5};
    for (int i = 0; i < TIMES; i++) {
        memset(counts, 0, sizeof counts);
        kept.has_binomial = 0;
        random_multinomial(G, 20, counts, p, 3, &kept);
        printf("%d %d %d ", (int)counts[0], (int)counts[1], (int)counts[2]);
        memset(counts, 0, sizeof counts);
        random_multivariate_hypergeometric_count(G, 22, 3, colors, 7, 1, counts);
        printf("%d %d %d ", (int)counts[0], (int)counts[1], (int)counts[2]);
        memset(counts, 0, sizeof counts);
        random_multivariate_hypergeometric_marginals(G, 22, 3, colors, 15, 1, counts);
        printf("%d %d %d\n", (int)counts[0], (int)counts[1], (int)counts[2]);
    }
    for (int i = 1; i < 50; i++) printf("%a ", random_loggam(i / 3.0));
}

/* A NaN's sign and bits are not compared. */
#define SHOW(format, x) ((x) != (x) ? printf(" nan") : printf(" " format, x))
#define REALS(s, T, format)                                                                        \
    for (int i = 0; i < N; i++)                                                                    \
        for (int j = 0; j < N; j++) {                                                              \
            T x = (T)some[i], y = (T)some[j], m;                                                   \
            printf("\n" #T " %d %d:", i, j);                                                       \
            SHOW(format, npy_spacing##s(x));                                                       \
            SHOW(format, npy_deg2rad##s(x));                                                       \
            SHOW(format, npy_rad2deg##s(x));                                                       \
            SHOW(format, npy_heaviside##s(x, y));                                                  \
            SHOW(format, npy_divmod##s(x, y, &m));                                                 \
            SHOW(format, m);                                                                       \
            SHOW(format, npy_hypot##s(x, y));                                                      \
            SHOW(format, npy_atan2##s(x, y));                                                      \
            SHOW(format, npy_logaddexp##s(x, y));                                                  \
            SHOW(format, npy_logaddexp2##s(x, y));                                                 \
            SHOW(format, npy_sin##s(x));                                                           \
            SHOW(format, npy_pow##s(x, y));                                                        \
        }
#define INTEGERS(s, T, first)                                                                      \
    for (int i = first; i < 12; i++)                                                               \
        for (int j = first; j < 12; j++)                                                           \
            printf("\n" #T " %d %d: %lld %lld", i, j, (long long)npy_gcd##s((T)i, (T)j),           \
                   (long long)npy_lcm##s((T)i, (T)j));
#define SHIFTED(s, T, first)                                                                       \
    for (int i = first; i < 5; i++)                                                                \
        for (int j = 0; j < 70; j += 7)                                                            \
            printf("\n" #T " %d %d: %lld %lld %d", i, j, (long long)npy_lshift##s((T)i, (T)j),     \
                   (long long)npy_rshift##s((T)i, (T)j), npy_popcount##s((T)i));

static void numbers(void)
{
    static const double some[] = {0.0, -0.0, 1,    -1,       0.7,       -2.5, 3,
                                  7,   100,  1e-3, INFINITY, -INFINITY, NAN};
    enum { N = sizeof some / sizeof *some };
    REALS(f, float, "%a");
    REALS(, double, "%a");
    REALS(l, npy_longdouble, "%La");
    INTEGERS(, npy_int, -8);
    INTEGERS(l, npy_long, -8);
    INTEGERS(ll, npy_longlong, -8);
    INTEGERS(u, npy_uint, 0);
    INTEGERS(ul, npy_ulong, 0);
    INTEGERS(ull, npy_ulonglong, 0);
    SHIFTED(hh, npy_byte, -5);
    SHIFTED(h, npy_short, -5);
    SHIFTED(, npy_int, -5);
    SHIFTED(l, npy_long, -5);
    SHIFTED(ll, npy_longlong, -5);
    SHIFTED(uhh, npy_ubyte, 0);
    SHIFTED(uh, npy_ushort, 0);
    SHIFTED(u, npy_uint, 0);
    SHIFTED(ul, npy_ulong, 0);
    SHIFTED(ull, npy_ulonglong, 0);
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            npy_cdouble z = npy_cpack(some[i], some[j]), w = npy_cpow(z, npy_cpack(2, 0));
            printf("\ncomplex %d %d:", i, j);
            SHOW("%a", npy_cabs(z));
            SHOW("%a", npy_carg(z));
            SHOW("%a", npy_creal(w));
            SHOW("%a", npy_cimag(w));
            w = npy_csqrt(z);
            SHOW("%a", npy_creal(w));
            SHOW("%a", npy_cimag(w));
        }
    for (unsigned h = 0; h < 65536; h += 97) {
        npy_half x = (npy_half)h, y = (npy_half)(h * 31), m;
        printf("\nhalf %x: %x %x %x %d%d%d%d%d%d%d%d%d%d", h, npy_half_copysign(x, y),
               npy_half_nextafter(x, y), npy_half_spacing(x), npy_half_eq(x, y), npy_half_ne(x, y),
               npy_half_le(x, y), npy_half_lt(x, y), npy_half_ge(x, y), npy_half_isnan(x),
               npy_half_isinf(x), npy_half_isfinite(x), npy_half_signbit(x), npy_half_iszero(x));
        SHOW("%a", npy_half_to_double(npy_half_divmod(x, y, &m)));
        SHOW("%a", npy_half_to_float(m));
        SHOW("%a", npy_half_to_float(npy_double_to_half(npy_half_to_double(x) * 1.0003)));
        SHOW("%a", npy_half_to_float(npy_float_to_half(npy_half_to_float(x) * 1.0007f)));
    }
    npy_clear_floatstatus();
    npy_set_floatstatus_overflow();
    npy_set_floatstatus_divbyzero();
    printf("\nstatus %d %d", npy_get_floatstatus(), npy_clear_floatstatus());
    npy_set_floatstatus_invalid();
    printf(" %d", npy_clear_floatstatus());
    npy_set_floatstatus_underflow();
    printf(" %d %d\n", npy_clear_floatstatus(), npy_get_floatstatus());
}

int main(void)
{
    draws();
    numbers();
}
