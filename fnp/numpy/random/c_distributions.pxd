# Written by tools/gen_pxd.py from the public headers.
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from numpy cimport npy_bool, npy_intp
from numpy.random cimport bitgen_t

cdef extern from "numpy/random/distributions.h" nogil:
    ctypedef bint bool
    ctypedef int64_t RAND_INT_TYPE
    ctypedef struct binomial_t:
        pass
    float random_standard_uniform_f(bitgen_t *bitgen_state) noexcept
    double random_standard_uniform(bitgen_t *bitgen_state) noexcept
    void random_standard_uniform_fill(bitgen_t *, npy_intp, double *) noexcept
    void random_standard_uniform_fill_f(bitgen_t *, npy_intp, float *) noexcept
    int64_t random_positive_int64(bitgen_t *bitgen_state) noexcept
    int32_t random_positive_int32(bitgen_t *bitgen_state) noexcept
    int64_t random_positive_int(bitgen_t *bitgen_state) noexcept
    uint64_t random_uint(bitgen_t *bitgen_state) noexcept
    double random_standard_exponential(bitgen_t *bitgen_state) noexcept
    float random_standard_exponential_f(bitgen_t *bitgen_state) noexcept
    void random_standard_exponential_fill(bitgen_t *, npy_intp, double *) noexcept
    void random_standard_exponential_fill_f(bitgen_t *, npy_intp, float *) noexcept
    void random_standard_exponential_inv_fill(bitgen_t *, npy_intp, double *) noexcept
    void random_standard_exponential_inv_fill_f(bitgen_t *, npy_intp, float *) noexcept
    double random_standard_normal(bitgen_t *bitgen_state) noexcept
    float random_standard_normal_f(bitgen_t *bitgen_state) noexcept
    void random_standard_normal_fill(bitgen_t *, npy_intp, double *) noexcept
    void random_standard_normal_fill_f(bitgen_t *, npy_intp, float *) noexcept
    double random_standard_gamma(bitgen_t *bitgen_state, double shape) noexcept
    float random_standard_gamma_f(bitgen_t *bitgen_state, float shape) noexcept
    double random_normal(bitgen_t *bitgen_state, double loc, double scale) noexcept
    double random_gamma(bitgen_t *bitgen_state, double shape, double scale) noexcept
    float random_gamma_f(bitgen_t *bitgen_state, float shape, float scale) noexcept
    double random_exponential(bitgen_t *bitgen_state, double scale) noexcept
    double random_uniform(bitgen_t *bitgen_state, double lower, double range) noexcept
    double random_beta(bitgen_t *bitgen_state, double a, double b) noexcept
    double random_chisquare(bitgen_t *bitgen_state, double df) noexcept
    double random_f(bitgen_t *bitgen_state, double dfnum, double dfden) noexcept
    double random_standard_cauchy(bitgen_t *bitgen_state) noexcept
    double random_pareto(bitgen_t *bitgen_state, double a) noexcept
    double random_weibull(bitgen_t *bitgen_state, double a) noexcept
    double random_power(bitgen_t *bitgen_state, double a) noexcept
    double random_laplace(bitgen_t *bitgen_state, double loc, double scale) noexcept
    double random_gumbel(bitgen_t *bitgen_state, double loc, double scale) noexcept
    double random_logistic(bitgen_t *bitgen_state, double loc, double scale) noexcept
    double random_lognormal(bitgen_t *bitgen_state, double mean, double sigma) noexcept
    double random_rayleigh(bitgen_t *bitgen_state, double mode) noexcept
    double random_standard_t(bitgen_t *bitgen_state, double df) noexcept
    double random_noncentral_chisquare(bitgen_t *bitgen_state, double df, double nonc) noexcept
    double random_noncentral_f(bitgen_t *bitgen_state, double dfnum, double dfden, double nonc) noexcept
    double random_wald(bitgen_t *bitgen_state, double mean, double scale) noexcept
    double random_vonmises(bitgen_t *bitgen_state, double mu, double kappa) noexcept
    double random_triangular(bitgen_t *bitgen_state, double left, double mode, double right) noexcept
    RAND_INT_TYPE random_poisson(bitgen_t *bitgen_state, double lam) noexcept
    RAND_INT_TYPE random_negative_binomial(bitgen_t *bitgen_state, double n, double p) noexcept
    int64_t random_binomial(bitgen_t *bitgen_state, double p, int64_t n, binomial_t *binomial) noexcept
    int64_t random_logseries(bitgen_t *bitgen_state, double p) noexcept
    int64_t random_geometric(bitgen_t *bitgen_state, double p) noexcept
    RAND_INT_TYPE random_geometric_search(bitgen_t *bitgen_state, double p) noexcept
    RAND_INT_TYPE random_zipf(bitgen_t *bitgen_state, double a) noexcept
    int64_t random_hypergeometric(bitgen_t *bitgen_state, int64_t good, int64_t bad, int64_t sample) noexcept
    uint64_t random_interval(bitgen_t *bitgen_state, uint64_t max) noexcept
    uint64_t random_bounded_uint64(bitgen_t *bitgen_state, uint64_t off, uint64_t rng, uint64_t mask, bool use_masked) noexcept
    uint32_t random_buffered_bounded_uint32(bitgen_t *bitgen_state, uint32_t off, uint32_t rng, uint32_t mask, bool use_masked, int *bcnt, uint32_t *buf) noexcept
    uint16_t random_buffered_bounded_uint16(bitgen_t *bitgen_state, uint16_t off, uint16_t rng, uint16_t mask, bool use_masked, int *bcnt, uint32_t *buf) noexcept
    uint8_t random_buffered_bounded_uint8(bitgen_t *bitgen_state, uint8_t off, uint8_t rng, uint8_t mask, bool use_masked, int *bcnt, uint32_t *buf) noexcept
    npy_bool random_buffered_bounded_bool(bitgen_t *bitgen_state, npy_bool off, npy_bool rng, npy_bool mask, bool use_masked, int *bcnt, uint32_t *buf) noexcept
    void random_bounded_uint64_fill(bitgen_t *bitgen_state, uint64_t off, uint64_t rng, npy_intp cnt, bool use_masked, uint64_t *out) noexcept
    void random_bounded_uint32_fill(bitgen_t *bitgen_state, uint32_t off, uint32_t rng, npy_intp cnt, bool use_masked, uint32_t *out) noexcept
    void random_bounded_uint16_fill(bitgen_t *bitgen_state, uint16_t off, uint16_t rng, npy_intp cnt, bool use_masked, uint16_t *out) noexcept
    void random_bounded_uint8_fill(bitgen_t *bitgen_state, uint8_t off, uint8_t rng, npy_intp cnt, bool use_masked, uint8_t *out) noexcept
    void random_bounded_bool_fill(bitgen_t *bitgen_state, npy_bool off, npy_bool rng, npy_intp cnt, bool use_masked, npy_bool *out) noexcept
    void random_multinomial(bitgen_t *bitgen_state, RAND_INT_TYPE n, RAND_INT_TYPE *mnix, double *pix, npy_intp d, binomial_t *binomial) noexcept
    int random_multivariate_hypergeometric_count(bitgen_t *bitgen_state, int64_t total, size_t num_colors, int64_t *colors, int64_t nsample, size_t num_variates, int64_t *variates) noexcept
    void random_multivariate_hypergeometric_marginals(bitgen_t *bitgen_state, int64_t total, size_t num_colors, int64_t *colors, int64_t nsample, size_t num_variates, int64_t *variates) noexcept
