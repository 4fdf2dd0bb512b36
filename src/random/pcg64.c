/* PCG XSL RR 128/64, from O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good
 * Algorithms for Random Number Generation" (2014). */
#include "fnp/random.h"

#include "words.h"

typedef unsigned __int128 u128;

#define MULTIPLIER (((u128)2549297995355413924u << 64) + 4865540595714422341u)

static u128 join(const uint64_t w[2])
{
    return (u128)w[0] << 64 | w[1];
}
static void split(u128 x, uint64_t w[2])
{
    w[0] = (uint64_t)(x >> 64), w[1] = (uint64_t)x;
}

static void step(fnp_pcg64 *p)
{
    split(join(p->state) * MULTIPLIER + join(p->increment), p->state);
}

void fnp_pcg64_seed(fnp_pcg64 *p, const uint64_t words[4])
{
    split(join(words + 2) << 1 | 1, p->increment);
    split(0, p->state);
    step(p);
    split(join(p->state) + join(words), p->state);
    step(p);
    p->has_half = false;
    p->half = 0;
}

static uint64_t next64(void *state)
{
    fnp_pcg64 *p = state;
    step(p);
    uint64_t folded = p->state[0] ^ p->state[1];
    unsigned turn = (unsigned)(p->state[0] >> 58);
    return folded >> turn | folded << (-turn & 63);
}

/* DXSM (double xorshift multiply, O'Neill 2019) hands out the state before the step, which
 * multiplies by 64 bits only. */
static uint64_t next64_dxsm(void *state)
{
    const uint64_t cheap = 0xda942042e4dd58b5u;
    fnp_pcg64 *p = state;
    uint64_t high = p->state[0], low = p->state[1] | 1;
    split(join(p->state) * cheap + join(p->increment), p->state);
    high ^= high >> 32;
    high *= cheap;
    high ^= high >> 48;
    return high * low;
}

FNP_WORDS_OF(fnp_pcg64, next64, next32, next_double)
FNP_WORDS_OF(fnp_pcg64, next64_dxsm, next32_dxsm, next_double_dxsm)

/* Brown 1994: x -> a x + c applied n times is again of that form; square and multiply. */
void fnp_pcg64_advance(fnp_pcg64 *p, const uint64_t delta[2], bool dxsm)
{
    u128 a = dxsm ? (u128)0xda942042e4dd58b5u : MULTIPLIER, c = join(p->increment);
    u128 times = 1, plus = 0;
    for (u128 n = join(delta); n; n >>= 1) {
        if (n & 1) times *= a, plus = plus * a + c;
        c *= a + 1;
        a *= a;
    }
    split(join(p->state) * times + plus, p->state);
    p->has_half = false;
    p->half = 0;
}

fnp_bitgen fnp_pcg64_bitgen(fnp_pcg64 *p)
{
    return (fnp_bitgen){p, next64, next32, next_double, next64};
}
fnp_bitgen fnp_pcg64_dxsm_bitgen(fnp_pcg64 *p)
{
    return (fnp_bitgen){p, next64_dxsm, next32_dxsm, next_double_dxsm, next64_dxsm};
}
