/* SFC64, "small fast counting", of Chris Doty-Humphrey's PractRand, from its description. */
#include "fnp/random.h"

#include "words.h"

static uint64_t next64(void *state)
{
    uint64_t *s = ((fnp_sfc64 *)state)->state;
    uint64_t out = s[0] + s[1] + s[3]++;
    s[0] = s[1] ^ s[1] >> 11;
    s[1] = s[2] + (s[2] << 3);
    s[2] = (s[2] << 24 | s[2] >> 40) + out;
    return out;
}

void fnp_sfc64_seed(fnp_sfc64 *s, const uint64_t words[3])
{
    *s = (fnp_sfc64){.state = {words[0], words[1], words[2], 1}};
    for (int i = 0; i < 12; i++) next64(s);
}

FNP_WORDS_OF(fnp_sfc64, next64, next32, next_double)

fnp_bitgen fnp_sfc64_bitgen(fnp_sfc64 *s)
{
    return (fnp_bitgen){s, next64, next32, next_double, next64};
}
