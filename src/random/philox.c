/* Philox 4x64 with 10 rounds, from Salmon, Moraes, Dror and Shaw, "Parallel Random Numbers: As Easy
 * as 1, 2, 3" (2011). */
#include "fnp/random.h"

#include "words.h"

typedef unsigned __int128 u128;

static void encrypt(const uint64_t counter[4], const uint64_t key[2], uint64_t out[4])
{
    uint64_t x0 = counter[0], x1 = counter[1], x2 = counter[2], x3 = counter[3];
    uint64_t k0 = key[0], k1 = key[1];
    for (int i = 0; i < 10; i++) {
        u128 left = (u128)0xd2e7470ee14c6c93u * x0, right = (u128)0xca5a826395121157u * x2;
        x0 = (uint64_t)(right >> 64) ^ x1 ^ k0;
        x1 = (uint64_t)right;
        x2 = (uint64_t)(left >> 64) ^ x3 ^ k1;
        x3 = (uint64_t)left;
        k0 += 0x9e3779b97f4a7c15u; /* golden ratio, and the square root of 3 less 1 */
        k1 += 0xbb67ae8584caa73bu;
    }
    out[0] = x0, out[1] = x1, out[2] = x2, out[3] = x3;
}

static void add(uint64_t counter[4], const uint64_t delta[4])
{
    u128 sum = 0;
    for (int i = 0; i < 4; i++) {
        sum += (u128)counter[i] + delta[i];
        counter[i] = (uint64_t)sum;
        sum >>= 64;
    }
}

void fnp_philox_start(fnp_philox *p, const uint64_t counter[4], const uint64_t key[2])
{
    *p = (fnp_philox){.pos = 4};
    for (int i = 0; i < 4; i++) p->counter[i] = counter[i];
    p->key[0] = key[0], p->key[1] = key[1];
}

void fnp_philox_advance(fnp_philox *p, const uint64_t delta[4])
{
    add(p->counter, delta);
    fnp_philox_start(p, (uint64_t[]){p->counter[0], p->counter[1], p->counter[2], p->counter[3]},
                     (uint64_t[]){p->key[0], p->key[1]});
}

static uint64_t next64(void *state)
{
    fnp_philox *p = state;
    if (p->pos >= 4) {
        for (int i = 0; i < 4 && ++p->counter[i] == 0; i++)
            ;
        encrypt(p->counter, p->key, p->buffer);
        p->pos = 0;
    }
    return p->buffer[p->pos++];
}

FNP_WORDS_OF(fnp_philox, next64, next32, next_double)

fnp_bitgen fnp_philox_bitgen(fnp_philox *p)
{
    return (fnp_bitgen){p, next64, next32, next_double, next64};
}
