/* Numbers drawn from streams of bits. */
#include "draw.h"

/* Marsaglia and Bray 1964. */
double fnp_draw_normal_polar(const fnp_bitgen *g, fnp_normal_pair *pair)
{
    if (pair->has) {
        pair->has = false;
        return pair->value;
    }
    double x, y, square;
    do {
        x = 2.0 * g->next_double(g->state) - 1.0;
        y = 2.0 * g->next_double(g->state) - 1.0;
        square = x * x + y * y;
    } while (square >= 1.0 || square == 0.0);
    double scale = sqrt(-2.0 * log(square) / square);
    pair->has = true;
    pair->value = scale * x;
    return scale * y;
}

uint64_t fnp_draw_masked(const fnp_bitgen *g, uint64_t most)
{
    if (most == 0) return 0;
    return masked_by(g, most, UINT64_MAX >> __builtin_clzll(most));
}

static inline uint64_t bounded32(const fnp_bitgen *g, uint32_t most)
{
    if (most == UINT32_MAX) return g->next_uint32(g->state);
    uint32_t range = most + 1;
    uint64_t product = (uint64_t)g->next_uint32(g->state) * range;
    if ((uint32_t)product < range) {
        uint32_t threshold = -range % range;
        while ((uint32_t)product < threshold) product = (uint64_t)g->next_uint32(g->state) * range;
    }
    return product >> 32;
}

static inline uint64_t bounded64(const fnp_bitgen *g, uint64_t most)
{
    if (most == UINT64_MAX) return g->next_uint64(g->state);
    uint64_t range = most + 1;
    unsigned __int128 product = (unsigned __int128)g->next_uint64(g->state) * range;
    if ((uint64_t)product < range) {
        uint64_t threshold = -range % range;
        while ((uint64_t)product < threshold)
            product = (unsigned __int128)g->next_uint64(g->state) * range;
    }
    return (uint64_t)(product >> 64);
}

uint64_t fnp_draw_bounded(const fnp_bitgen *g, uint64_t most)
{
    if (most == 0) return 0;
    return most <= UINT32_MAX ? bounded32(g, (uint32_t)most) : bounded64(g, most);
}

static inline uint32_t piece(const fnp_bitgen *g, int bits, fnp_draw_pieces *p)
{
    if (p->left == 0) {
        p->word = g->next_uint32(g->state);
        p->left = 32 / bits;
    } else {
        p->word >>= bits;
    }
    p->left--;
    return p->word & ((1u << bits) - 1);
}

/* most: neither 0 nor all bits. mask: the smallest that holds it, or 0 for multiplication. */
static inline uint64_t small(const fnp_bitgen *g, uint32_t most, int bits, uint32_t mask,
                             fnp_draw_pieces *p)
{
    uint32_t full = (1u << bits) - 1;
    if (mask) {
        uint32_t value;
        do {
            value = piece(g, bits, p) & mask;
        } while (value > most);
        return value;
    }
    uint32_t range = most + 1, product = piece(g, bits, p) * range;
    if ((product & full) < range) {
        uint32_t threshold = (full + 1 - range) % range;
        while ((product & full) < threshold) product = piece(g, bits, p) * range;
    }
    return product >> bits;
}

uint64_t fnp_draw_small(const fnp_bitgen *g, uint64_t most, int bits, bool masked,
                        fnp_draw_pieces *p)
{
    if (most == 0) return 0;
    if (most >= (1u << bits) - 1) return piece(g, bits, p);
    return small(g, (uint32_t)most, bits, masked ? UINT32_MAX >> __builtin_clz((uint32_t)most) : 0,
                 p);
}

/* Stores by width; little-endian machines store the low bytes. */
static inline void store(void *out, fnp_intp i, int bits, uint64_t x)
{
    switch (bits) {
    case 64: ((uint64_t *)out)[i] = x; return;
    case 32: ((uint32_t *)out)[i] = (uint32_t)x; return;
    case 16: ((uint16_t *)out)[i] = (uint16_t)x; return;
    default: ((uint8_t *)out)[i] = (uint8_t)x;
    }
}

static inline __attribute__((always_inline)) void fill_width(const fnp_bitgen *g, uint64_t first,
                                                             uint64_t most, int bits, bool masked,
                                                             void *out, fnp_intp count)
{
    fnp_draw_pieces pieces = {0};
    if (most == 0) {
        for (fnp_intp i = 0; i < count; i++) store(out, i, bits, first);
    } else if (bits < 32 && most >= (1u << (bits & 31)) - 1) {
        for (fnp_intp i = 0; i < count;) { /* all bits count: whole words at a time */
            uint32_t word = g->next_uint32(g->state);
            for (int left = 32 / bits; left > 0 && i < count; left--, word >>= bits)
                store(out, i++, bits, first + (word & ((1u << (bits & 31)) - 1)));
        }
    } else if (bits < 32) {
        uint32_t mask = masked ? UINT32_MAX >> __builtin_clz((uint32_t)most) : 0;
        for (fnp_intp i = 0; i < count; i++)
            store(out, i, bits, first + small(g, (uint32_t)most, bits, mask, &pieces));
    } else if (masked) {
        uint64_t mask = UINT64_MAX >> __builtin_clzll(most);
        for (fnp_intp i = 0; i < count; i++) store(out, i, bits, first + masked_by(g, most, mask));
    } else if (most <= UINT32_MAX) {
        for (fnp_intp i = 0; i < count; i++)
            store(out, i, bits, first + bounded32(g, (uint32_t)most));
    } else {
        for (fnp_intp i = 0; i < count; i++) store(out, i, bits, first + bounded64(g, most));
    }
}

void fnp_fill_integers(const fnp_bitgen *g, uint64_t first, uint64_t most, int bits, bool masked,
                       void *out, fnp_intp count)
{
    switch (bits) {
    case 64: fill_width(g, first, most, 64, masked, out, count); return;
    case 32: fill_width(g, first, most, 32, masked, out, count); return;
    case 16: fill_width(g, first, most, 16, masked, out, count); return;
    case 8: fill_width(g, first, most, 8, masked, out, count); return;
    default: fill_width(g, first, most, 1, masked, out, count);
    }
}
