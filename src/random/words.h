/* What generators of 64-bit words make of them. */
#ifndef FNP_RANDOM_WORDS_H
#define FNP_RANDOM_WORDS_H

#include <stdbool.h>
#include <stdint.h>

/* A word in two steps, the low half first; the high one waits in `half`. */
static inline uint32_t fnp__half_word(uint64_t (*next)(void *), void *state, bool *has_half,
                                      uint32_t *half)
{
    if (*has_half) {
        *has_half = false;
        return *half;
    }
    uint64_t both = next(state);
    *has_half = true;
    *half = (uint32_t)(both >> 32);
    return (uint32_t)both;
}

/* 53 bits of a word as a number in [0, 1). */
static inline double fnp__unit_of_word(uint64_t word)
{
    return (double)(word >> 11) * 0x1p-53;
}

/* next32 and next_double of a generator whose state has has_half and half, by its next word. */
#define FNP_WORDS_OF(type, next, next_half, next_unit)                                             \
    static uint32_t next_half(void *state)                                                         \
    {                                                                                              \
        type *s = state;                                                                           \
        return fnp__half_word(next, s, &s->has_half, &s->half);                                    \
    }                                                                                              \
    static double next_unit(void *state)                                                           \
    {                                                                                              \
        return fnp__unit_of_word(next(state));                                                     \
    }

#endif
