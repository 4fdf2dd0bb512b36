/* Unsigned big integers of fixed capacity, as much as the exact work on 80-bit floats needs:
 * reading 11514 digits, or scaling by 10^4951. Limbs are little-endian; n counts them, the top one
 * is not 0. */
#ifndef FNP__BIGINT_H
#define FNP__BIGINT_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define BIG_LIMBS 672

typedef struct big {
    int n;
    uint64_t limb[BIG_LIMBS];
} big;

typedef unsigned __int128 u128;

static inline void big_set(big *a, uint64_t v)
{
    a->n = v != 0;
    a->limb[0] = v;
}

static inline void big_copy(big *dst, const big *src)
{
    dst->n = src->n;
    memcpy(dst->limb, src->limb, sizeof(uint64_t) * (size_t)src->n);
}

/* a = a * m + c */
static inline void big_muladd(big *a, uint64_t m, uint64_t c)
{
    for (int i = 0; i < a->n; i++) {
        u128 t = (u128)a->limb[i] * m + c;
        a->limb[i] = (uint64_t)t;
        c = (uint64_t)(t >> 64);
    }
    if (c) a->limb[a->n++] = c;
    if (!m) {
        while (a->n && !a->limb[a->n - 1]) a->n--;
    }
}

static inline void big_mul_pow5(big *a, int k)
{
    const uint64_t five27 = 7450580596923828125u;
    uint64_t rest = 1;
    for (; k >= 27; k -= 27) big_muladd(a, five27, 0);
    for (; k > 0; k--) rest *= 5;
    if (rest > 1) big_muladd(a, rest, 0);
}

static inline void big_shl(big *a, int bits)
{
    int words = bits / 64, part = bits % 64;
    if (!a->n || !bits) return;
    if (part) {
        uint64_t carry = 0;
        for (int i = 0; i < a->n; i++) {
            uint64_t v = a->limb[i];
            a->limb[i] = v << part | carry;
            carry = v >> (64 - part);
        }
        if (carry) a->limb[a->n++] = carry;
    }
    if (words) {
        memmove(a->limb + words, a->limb, sizeof(uint64_t) * (size_t)a->n);
        memset(a->limb, 0, sizeof(uint64_t) * (size_t)words);
        a->n += words;
    }
}

static inline int big_cmp(const big *a, const big *b)
{
    if (a->n != b->n) return a->n < b->n ? -1 : 1;
    for (int i = a->n - 1; i >= 0; i--)
        if (a->limb[i] != b->limb[i]) return a->limb[i] < b->limb[i] ? -1 : 1;
    return 0;
}

/* Sign of a + b - c without changing them. */
static inline int big_cmp_sum(const big *a, const big *b, const big *c)
{
    big sum;
    const big *lng = a->n >= b->n ? a : b, *shr = a->n >= b->n ? b : a;
    uint64_t carry = 0;
    if (lng->n > c->n) return 1;
    if (lng->n + 1 < c->n) return -1;
    for (int i = 0; i < lng->n; i++) {
        u128 t = (u128)lng->limb[i] + (i < shr->n ? shr->limb[i] : 0) + carry;
        sum.limb[i] = (uint64_t)t;
        carry = (uint64_t)(t >> 64);
    }
    sum.n = lng->n;
    if (carry) sum.limb[sum.n++] = carry;
    return big_cmp(&sum, c);
}

/* a -= q * b; the caller knows that the result is not negative. */
static inline void big_submul(big *a, const big *b, uint64_t q)
{
    uint64_t carry = 0, borrow = 0;
    for (int i = 0; i < a->n; i++) {
        u128 p = (u128)(i < b->n ? b->limb[i] : 0) * q + carry;
        u128 t = (u128)a->limb[i] - (uint64_t)p - borrow;
        carry = (uint64_t)(p >> 64);
        a->limb[i] = (uint64_t)t;
        borrow = (uint64_t)(t >> 64) & 1;
    }
    while (a->n && !a->limb[a->n - 1]) a->n--;
}

static inline int big_bits(const big *a)
{
    return a->n ? a->n * 64 - __builtin_clzll(a->limb[a->n - 1]) : 0;
}

/* Shift that puts the top bit of `s` at bit 58 of its limb, so that ten times it stays in the limb
 * and big_digit may estimate from the top limbs alone. */
static inline int big_digit_shift(const big *s)
{
    return (58 - (big_bits(s) - 1) % 64 + 64) % 64;
}

/* The digit floor(r / s) < 11, subtracted from r; s aligned by big_digit_shift. */
static inline int big_digit(big *r, const big *s)
{
    uint64_t q;
    if (r->n < s->n) return 0;
    q = r->limb[r->n - 1] / (s->limb[s->n - 1] + 1);
    if (q) big_submul(r, s, q);
    while (big_cmp(r, s) >= 0) {
        big_submul(r, s, 1);
        q++;
    }
    return (int)q;
}

#endif
