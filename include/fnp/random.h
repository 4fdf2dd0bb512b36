/* Streams of random bits, and numbers drawn from them. A stream is a state and four functions: the
 * layout of the ABI's bitgen_t, so that foreign streams can be drawn from, too. Not thread-safe. */
#ifndef FNP_RANDOM_H
#define FNP_RANDOM_H

#include "fnp/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fnp_bitgen {
    void *state;
    uint64_t (*next_uint64)(void *state);
    uint32_t (*next_uint32)(void *state);
    double (*next_double)(void *state); /* in [0, 1), 53 bits */
    uint64_t (*next_raw)(void *state);
} fnp_bitgen;

/* ---- Mersenne Twister, 32 bits (Matsumoto and Nishimura 1998) ----------------------------------
 */
enum { FNP_MT_WORDS = 624 };
typedef struct fnp_mt19937 {
    uint32_t key[FNP_MT_WORDS];
    int32_t pos; /* next word to hand out; FNP_MT_WORDS: make new ones first */
} fnp_mt19937;
void fnp_mt19937_seed(fnp_mt19937 *mt, uint32_t seed);
void fnp_mt19937_seed_array(fnp_mt19937 *mt, const uint32_t *words, fnp_intp count); /* count > 0 */
/* As SeedSequence seeds it: all words but the first given, which has its top bit set. */
void fnp_mt19937_seed_words(fnp_mt19937 *mt, const uint32_t words[FNP_MT_WORDS]);
/* As if 2^128 words had been drawn. */
void fnp_mt19937_jump(fnp_mt19937 *mt);
fnp_bitgen fnp_mt19937_bitgen(fnp_mt19937 *mt);

/* ---- PCG XSL RR 128/64 (O'Neill 2014) ----------------------------------------------------------
 */
typedef struct fnp_pcg64 {
    uint64_t state[2], increment[2]; /* high, low */
    bool has_half;                   /* `half` waits for the next draw of 32 bits */
    uint32_t half;
} fnp_pcg64;
/* words: high and low of the start, high and low of the sequence number. */
void fnp_pcg64_seed(fnp_pcg64 *pcg, const uint64_t words[4]);
/* As if delta (high, low) numbers of 64 bits had been drawn, modulo 2^128; a waiting half is lost.
 */
void fnp_pcg64_advance(fnp_pcg64 *pcg, const uint64_t delta[2], bool dxsm);
fnp_bitgen fnp_pcg64_bitgen(fnp_pcg64 *pcg);
/* The same generator with a cheaper multiplier and the output function DXSM (O'Neill 2019). */
fnp_bitgen fnp_pcg64_dxsm_bitgen(fnp_pcg64 *pcg);

/* ---- Philox 4x64, 10 rounds (Salmon, Moraes, Dror, Shaw 2011) ----------------------------------
 */
typedef struct fnp_philox {
    uint64_t counter[4], key[2]; /* low words first */
    uint64_t buffer[4];
    int32_t pos; /* next of the buffer to hand out; 4: count on first */
    bool has_half;
    uint32_t half;
} fnp_philox;
void fnp_philox_start(fnp_philox *p, const uint64_t counter[4], const uint64_t key[2]);
/* Adds to the counter (each step of it is four numbers) and empties the buffer. */
void fnp_philox_advance(fnp_philox *p, const uint64_t delta[4]);
fnp_bitgen fnp_philox_bitgen(fnp_philox *p);

/* ---- SFC64, small fast counting (Doty-Humphrey, PractRand) -------------------------------------
 */
typedef struct fnp_sfc64 {
    uint64_t state[4]; /* a, b, c, counter */
    bool has_half;
    uint32_t half;
} fnp_sfc64;
void fnp_sfc64_seed(fnp_sfc64 *s, const uint64_t words[3]);
fnp_bitgen fnp_sfc64_bitgen(fnp_sfc64 *s);

/* ---- seeds: O'Neill's seed_seq_fe --------------------------------------------------------------
 */
void fnp_seedseq_mix(uint32_t *pool, fnp_intp pool_size, const uint32_t *entropy, fnp_intp count);
void fnp_seedseq_generate(const uint32_t *pool, fnp_intp pool_size, uint32_t *out, fnp_intp count);

/* ---- numbers -----------------------------------------------------------------------------------
 */
/* Pairs of normal numbers by Marsaglia's polar method; the second of a pair waits in `pair`. */
typedef struct fnp_normal_pair {
    bool has;
    double value;
} fnp_normal_pair;
double fnp_draw_normal_polar(const fnp_bitgen *g, fnp_normal_pair *pair);

/* By the ziggurat of Marsaglia and Tsang (2000), count numbers at a time. */
void fnp_fill_normal(const fnp_bitgen *g, double *out, fnp_intp count);
void fnp_fill_normal_f32(const fnp_bitgen *g, float *out, fnp_intp count);
void fnp_fill_exponential(const fnp_bitgen *g, double *out, fnp_intp count);
void fnp_fill_exponential_f32(const fnp_bitgen *g, float *out, fnp_intp count);
/* By the logarithm of a uniform number. */
void fnp_fill_exponential_inverse(const fnp_bitgen *g, double *out, fnp_intp count);
void fnp_fill_exponential_inverse_f32(const fnp_bitgen *g, float *out, fnp_intp count);
/* Uniform in [0, 1), 53 or 24 bits. */
void fnp_fill_unit(const fnp_bitgen *g, double *out, fnp_intp count);
void fnp_fill_unit_f32(const fnp_bitgen *g, float *out, fnp_intp count);
/* Gamma numbers of one shape >= 0, scale 1. */
void fnp_fill_gamma_f32(const fnp_bitgen *g, float shape, float *out, fnp_intp count);

/* A source of draws. `old`, if given, asks for the frozen algorithms of RandomState and keeps the
 * second number of a normal pair. `kept` holds what the last parameters of a draw gave. */
typedef struct fnp_binomial_plan {
    int64_t n;
    double p, q, wide; /* of the rarer outcome; n * p * q */
    bool mirrored, ready, inverse;
    double none;        /* inverse: probability of 0; most: give up beyond */
    int64_t most, mode; /* below: Kachitvichyanukul and Schmeiser's names */
    double fm, p1, p2, p3, p4, xm, xl, xr, c, left, right;
} fnp_binomial_plan;
typedef struct fnp_draw {
    fnp_bitgen bits;
    fnp_normal_pair *old;
    fnp_binomial_plan binomial, first_outcome;
} fnp_draw;
typedef union fnp_param {
    double f;
    int64_t i;
} fnp_param;

typedef enum fnp_dist_rule {
    FNP_RULE_ANY,
    FNP_RULE_NOT_NEGATIVE, /* nor -0.0 */
    FNP_RULE_POSITIVE,
    FNP_RULE_POSITIVE_NUMBER, /* and not NaN */
    FNP_RULE_UNIT,
    FNP_RULE_UNIT_ABOVE_0,
    FNP_RULE_UNIT_BELOW_1,
    FNP_RULE_ABOVE_1,
    FNP_RULE_AT_LEAST_1,
    FNP_RULE_RATE, /* of Poisson events: so few that they can be counted */
} fnp_dist_rule;
typedef struct fnp_dist_param {
    const char *name;
    fnp_dist_rule rule, old_rule; /* old: RandomState's */
    bool whole, required;
    double otherwise;
} fnp_dist_param;
typedef struct fnp_dist {
    const char *name;
    int count; /* of parameters */
    fnp_dist_param params[3];
    /* One of the two. */
    double (*draw_float)(fnp_draw *d, const fnp_param *p);
    int64_t (*draw_whole)(fnp_draw *d, const fnp_param *p);
} fnp_dist;
/* The rows of distributions.def. The parameters of a draw must keep the row's rules. */
enum {
#define FNP_DIST(name, ...) FNP_DIST_##name,
#include "fnp/distributions.def"
#undef FNP_DIST
    FNP_DISTS
};
extern const fnp_dist fnp_dists[FNP_DISTS];
#define FNP_RESULT_FLOAT double
#define FNP_RESULT_WHOLE int64_t
#define FNP_DIST(name, result, ...)                                                                \
    FNP_RESULT_##result fnp_draw_##name(fnp_draw *d, const fnp_param *p);
#include "fnp/distributions.def"
#undef FNP_DIST
#undef FNP_RESULT_FLOAT
#undef FNP_RESULT_WHOLE

/* log(gamma(x)), x > 0. */
double fnp_log_gamma(double x);
/* One of the algorithms behind a row, whatever the parameters. The binomial ones: p <= 0.5. */
int64_t fnp_draw_geometric_search(fnp_draw *d, double p);
int64_t fnp_draw_binomial_by(fnp_draw *d, int64_t n, double p, bool inverse);

/* counts[k]: how many of n fall on outcome k of probability p[k]; the last takes the rest. */
void fnp_draw_multinomial(fnp_draw *d, int64_t n, int64_t *counts, const double *p, fnp_intp k);
/* A point of the simplex by shares of a stick; rest[j]: sum of alpha[j + 1 ...]. */
void fnp_draw_sticks(fnp_draw *d, const double *alpha, const double *rest, fnp_intp k, double *out);
/* counts[k]: how many of colour k in a sample without replacement from colors[]. By its margins, or
 * by shuffling all balls, which stay so for the next draw. */
void fnp_draw_colors_by_margin(fnp_draw *d, int64_t total, const int64_t *colors, fnp_intp k,
                               int64_t sample, int64_t *counts);
void fnp_draw_colors_by_count(fnp_draw *d, int64_t total, const int64_t *colors, fnp_intp k,
                              int64_t sample, int64_t *counts, fnp_intp *balls);
void fnp_draw_balls(const int64_t *colors, fnp_intp k, fnp_intp *balls);
/* Items of a size in a random order; swap has room for one. */
void fnp_draw_shuffle(const fnp_bitgen *g, char *items, fnp_intp count, fnp_intp stride,
                      fnp_intp size, fnp_intp least, char *swap);

/* The last of `count` numbers in a random order, down to the one at `least`. */
void fnp_draw_order(const fnp_bitgen *g, int64_t *items, fnp_intp count, fnp_intp least);
/* count different numbers in [0, of), in random order if shuffled; work has room for so many. */
fnp_intp fnp_draw_subset_room(fnp_intp count, int64_t of, bool shuffled);
void fnp_draw_subset(const fnp_bitgen *g, int64_t *out, fnp_intp count, int64_t of, bool shuffled,
                     int64_t *work, fnp_intp room);

/* Integers in [0, most]. Masked: bits under the smallest mask until one fits; the width of `most`
 * decides how many bits are drawn. */
uint64_t fnp_draw_masked(const fnp_bitgen *g, uint64_t most);
/* Lemire's multiplication (2019), in 32 or 64 bits by the size of `most`. */
uint64_t fnp_draw_bounded(const fnp_bitgen *g, uint64_t most);
/* The same for types of 1, 8 or 16 bits: a word of 32 bits is cut into pieces, low ones first. */
typedef struct fnp_draw_pieces {
    uint32_t word;
    int left;
} fnp_draw_pieces;
uint64_t fnp_draw_small(const fnp_bitgen *g, uint64_t most, int bits, bool masked,
                        fnp_draw_pieces *pieces);

/* Integers of 64, 32, 16, 8 or 1 bits (a byte each) in [first, first + most]. */
void fnp_fill_integers(const fnp_bitgen *g, uint64_t first, uint64_t most, int bits, bool masked,
                       void *out, fnp_intp count);

#ifdef __cplusplus
}
#endif
#endif
