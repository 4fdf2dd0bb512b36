/* Shortest digits by Schubfach: the two or four decimal candidates next to the value are compared
 * with the ends of its rounding interval, all scaled by one 128-bit power of ten. */
#include "numtext_internal.h"

typedef unsigned __int128 u128;

/* floor(x * 2^-64 * 2^-64) of a 128-bit g times cp, its last bit made sticky. */
static inline uint64_t scale128(u128 g, uint64_t cp)
{
    u128 lo = (u128)(uint64_t)g * cp;
    u128 hi = (u128)(uint64_t)(g >> 64) * cp + (uint64_t)(lo >> 64);
    return (uint64_t)(hi >> 64) | ((uint64_t)hi > 1);
}

void fnp__shortest(const fnp__binary *b, fnp__digits *out)
{
    char text[20];
    const uint64_t c = b->mant;
    const bool odd = c & 1;
    /* floor(log10(2^exp)), or of 3/4 of it where the interval is lopsided */
    const int k = (b->exp * 1262611 - (b->low_closer ? 524031 : 0)) >> 22;
    const int h = b->exp + fnp__log2_pow10(-k) + 1;
    const uint64_t *p = fnp__pow10[-k - FNP__POW10_MIN];
    const u128 g = ((u128)p[0] << 64 | p[1]) + (-k < 0 || -k > 55);
    const uint64_t left = scale128(g, (4 * c - 2 + b->low_closer) << h) + odd;
    const uint64_t mid = scale128(g, (4 * c) << h);
    const uint64_t right = scale128(g, (4 * c + 2) << h) - odd;
    uint64_t s = mid / 4, best;
    int e = k, n = 0;
    bool done = false;

    best = s;
    if (s >= 10) {
        uint64_t tens = s / 10;
        bool under = left <= 40 * tens, over = 40 * tens + 40 <= right;
        if (under != over) {
            best = tens + over;
            e = k + 1;
            done = true;
        }
    }
    if (!done) {
        bool under = left <= 4 * s, over = 4 * s + 4 <= right;
        uint64_t half = 4 * s + 2;
        best = s + (under != over ? over : mid > half || (mid == half && (s & 1)));
    }
    while (best % 10 == 0) {
        best /= 10;
        e++;
    }
    for (; best; best /= 10) text[n++] = (char)('0' + best % 10);
    out->n = n;
    out->exp10 = e + n - 1;
    for (int i = 0; i < n; i++) out->d[i] = text[n - 1 - i];
}
