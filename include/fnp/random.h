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
fnp_bitgen fnp_pcg64_bitgen(fnp_pcg64 *pcg);

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

#ifdef __cplusplus
}
#endif
#endif
