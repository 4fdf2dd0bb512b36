/* The Mersenne Twister MT19937, from Matsumoto and Nishimura's paper and reference description. */
#include "fnp/random.h"

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

static void renew(fnp_mt19937 *mt)
{
    uint32_t *key = mt->key;
    for (int i = 0; i < N; i++) {
        uint32_t y = (key[i] & 0x80000000u) | (key[(i + 1) % N] & 0x7fffffffu);
        key[i] = key[(i + M) % N] ^ (y >> 1) ^ (y & 1 ? 0x9908b0dfu : 0);
    }
    mt->pos = 0;
}

static uint32_t next32(void *state)
{
    fnp_mt19937 *mt = state;
    if (mt->pos >= N) renew(mt);
    uint32_t y = mt->key[mt->pos++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    return y ^ (y >> 18);
}

static uint64_t next64(void *state)
{
    uint64_t high = next32(state);
    return high << 32 | next32(state);
}

static uint64_t next_raw(void *state)
{
    return next32(state);
}

static double next_double(void *state)
{
    uint32_t a = next32(state) >> 5, b = next32(state) >> 6;
    return (a * 67108864.0 + b) / 9007199254740992.0;
}

fnp_bitgen fnp_mt19937_bitgen(fnp_mt19937 *mt)
{
    return (fnp_bitgen){mt, next64, next32, next_double, next_raw};
}
