/* The Mersenne Twister MT19937, from Matsumoto and Nishimura's paper and reference description. */
#include "fnp/random.h"
#include "mt19937_jump.h"

enum { N = FNP_MT_WORDS, M = 397 };

void fnp_mt19937_seed(fnp_mt19937 *mt, uint32_t seed)
{
    mt->key[0] = seed;
    for (uint32_t i = 1; i < N; i++)
        mt->key[i] = 1812433253u * (mt->key[i - 1] ^ (mt->key[i - 1] >> 30)) + i;
    mt->pos = N;
}

void fnp_mt19937_seed_array(fnp_mt19937 *mt, const uint32_t *words, fnp_intp count)
{
    uint32_t *key = mt->key, i = 1;
    fnp_mt19937_seed(mt, 19650218u);
    fnp_intp j = 0;
    for (fnp_intp k = count > N ? count : N; k > 0; k--) {
        key[i] = (key[i] ^ ((key[i - 1] ^ (key[i - 1] >> 30)) * 1664525u)) + words[j] + (uint32_t)j;
        if (++i == N) key[0] = key[N - 1], i = 1;
        if (++j == count) j = 0;
    }
    for (int k = N - 1; k > 0; k--) {
        key[i] = (key[i] ^ ((key[i - 1] ^ (key[i - 1] >> 30)) * 1566083941u)) - i;
        if (++i == N) key[0] = key[N - 1], i = 1;
    }
    key[0] = 0x80000000u;
    mt->pos = N;
}

void fnp_mt19937_seed_words(fnp_mt19937 *mt, const uint32_t words[FNP_MT_WORDS])
{
    for (int i = 0; i < N; i++) mt->key[i] = words[i];
    mt->key[0] = 0x80000000u;
    mt->pos = N - 1;
}

static uint32_t twist(uint32_t first, uint32_t second, uint32_t far)
{
    uint32_t y = (first & 0x80000000u) | (second & 0x7fffffffu);
    return far ^ (y >> 1) ^ (-(y & 1) & 0x9908b0dfu);
}

static __attribute__((noinline, optimize("O3"))) void renew(fnp_mt19937 *mt)
{
    uint32_t *key = mt->key;
    for (int i = 0; i < N - M; i++) key[i] = twist(key[i], key[i + 1], key[i + M]);
    for (int i = N - M; i < N - 1; i++) key[i] = twist(key[i], key[i + 1], key[i + M - N]);
    key[N - 1] = twist(key[N - 1], key[0], key[M - 1]);
    mt->pos = 0;
}

/* Horner's rule: the jump polynomial in the one-word step, applied to the state as a ring of words
 * that begins at `pos`. */
__attribute__((optimize("O3"))) void fnp_mt19937_jump(fnp_mt19937 *mt)
{
    fnp_mt19937 sum = *mt;
    uint32_t twice[2 * N]; /* the ring from any word on, without a seam */
    for (int i = 0; i < 2 * N; i++) twice[i] = mt->key[i % N];
    int start = mt->pos % N, at = start, bit = 64 * 312 - 1;
    while (!(jump_polynomial[bit / 64] >> bit % 64 & 1)) bit--;
    while (--bit >= 0) {
        sum.key[at] = twist(sum.key[at], sum.key[(at + 1) % N], sum.key[(at + M) % N]);
        at = (at + 1) % N;
        if (!(jump_polynomial[bit / 64] >> bit % 64 & 1)) continue;
        int offset = (at - start + N) % N; /* sum's word i stands against mt's i - offset */
        const uint32_t *from = twice + N - offset;
        for (int i = 0; i < N; i++) sum.key[i] ^= from[i];
    }
    sum.pos = at;
    *mt = sum;
}

static inline uint32_t next(fnp_mt19937 *mt)
{
    if (__builtin_expect(mt->pos >= N, 0)) renew(mt);
    uint32_t y = mt->key[mt->pos++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    return y ^ (y >> 18);
}

static uint32_t next32(void *state)
{
    return next(state);
}

static uint64_t next64(void *state)
{
    uint64_t high = next(state);
    return high << 32 | next(state);
}

static uint64_t next_raw(void *state)
{
    return next(state);
}

static double next_double(void *state)
{
    uint32_t a = next(state) >> 5, b = next(state) >> 6;
    return (a * 67108864.0 + b) * 0x1p-53;
}

fnp_bitgen fnp_mt19937_bitgen(fnp_mt19937 *mt)
{
    return (fnp_bitgen){mt, next64, next32, next_double, next_raw};
}
