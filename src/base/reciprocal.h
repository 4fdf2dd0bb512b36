/* Floored division of int64 by one positive number, as a product with its scaled reciprocal: 63 +
 * log bits of it fit a word. (Granlund and Montgomery, "Division by invariant integers using
 * multiplication".) */
#ifndef FNP_BASE_RECIPROCAL_H
#define FNP_BASE_RECIPROCAL_H
#include <stdint.h>

typedef struct reciprocal {
    uint64_t times;
    int shift;
} reciprocal;

/* d > 1 */
static inline reciprocal reciprocal_of(int64_t d)
{
    int log = 64 - __builtin_clzll((uint64_t)d - 1);
    unsigned __int128 top = (unsigned __int128)1 << (63 + log);
    return (reciprocal){(uint64_t)(top / (uint64_t)d + 1), log - 1};
}

static inline int64_t reciprocal_floor(int64_t a, reciprocal r)
{
    uint64_t sign = (uint64_t)(a >> 63);
    uint64_t high = (uint64_t)((unsigned __int128)((uint64_t)a ^ sign) * r.times >> 64);
    return (int64_t)((high >> r.shift) ^ sign);
}
#endif
