/* Seeds of good quality from entropy of any: seed_seq_fe of O'Neill's "Developing a seed_seq
 * Alternative" (2015), with its constants. */
#include "fnp/random.h"

static uint32_t hash(uint32_t value, uint32_t *constant, uint32_t multiplier)
{
    value ^= *constant;
    *constant *= multiplier;
    value *= *constant;
    return value ^ value >> 16;
}

static uint32_t mix(uint32_t x, uint32_t y)
{
    uint32_t result = 0xca01f9ddu * x - 0x4973f715u * y;
    return result ^ result >> 16;
}

void fnp_seedseq_mix(uint32_t *pool, fnp_intp pool_size, const uint32_t *entropy, fnp_intp count)
{
    const uint32_t by = 0x931e8875u;
    uint32_t constant = 0x43b0d7e5u;
    for (fnp_intp i = 0; i < pool_size; i++)
        pool[i] = hash(i < count ? entropy[i] : 0, &constant, by);
    for (fnp_intp from = 0; from < pool_size; from++)
        for (fnp_intp to = 0; to < pool_size; to++)
            if (from != to) pool[to] = mix(pool[to], hash(pool[from], &constant, by));
    for (fnp_intp from = pool_size; from < count; from++)
        for (fnp_intp to = 0; to < pool_size; to++)
            pool[to] = mix(pool[to], hash(entropy[from], &constant, by));
}

void fnp_seedseq_generate(const uint32_t *pool, fnp_intp pool_size, uint32_t *out, fnp_intp count)
{
    uint32_t constant = 0x8b51f9ddu;
    for (fnp_intp i = 0; i < count; i++) out[i] = hash(pool[i % pool_size], &constant, 0x58f38dedu);
}
