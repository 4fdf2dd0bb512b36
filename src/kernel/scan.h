/* Inside the core: reading short strings without a branch per character: bit masks of where a
 * character stands, and copies and comparisons whose cost does not jump with the length. No
 * function reads outside of what it is given. */
#ifndef FNP_KERNEL_SCAN_H
#define FNP_KERNEL_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define SCAN_INLINE static inline __attribute__((always_inline))

SCAN_INLINE uint64_t scan_u64(const char *p)
{
    uint64_t x;
    memcpy(&x, p, 8);
    return x;
}

SCAN_INLINE uint32_t scan_u32(const char *p)
{
    uint32_t x;
    memcpy(&x, p, 4);
    return x;
}

/* The n lowest bits; n <= 64. */
SCAN_INLINE uint64_t scan_low(ptrdiff_t n)
{
    return n >= 64 ? UINT64_MAX : (UINT64_C(1) << n) - 1;
}

/* Equality of n bytes: memcmp without the call. */
SCAN_INLINE bool scan_same(const void *x, const void *y, ptrdiff_t n)
{
    const char *a = x, *b = y;
    if (n >= 8) {
        ptrdiff_t i = 0;
        for (; i + 8 < n; i += 8)
            if (scan_u64(a + i) != scan_u64(b + i)) return false;
        return scan_u64(a + n - 8) == scan_u64(b + n - 8);
    }
    if (n >= 4) return scan_u32(a) == scan_u32(b) && scan_u32(a + n - 4) == scan_u32(b + n - 4);
    for (ptrdiff_t i = 0; i < n; i++)
        if (a[i] != b[i]) return false;
    return true;
}

SCAN_INLINE bool scan_zero(const void *x, ptrdiff_t n)
{
    const char *a = x;
    for (; n >= 8; a += 8, n -= 8)
        if (scan_u64(a)) return false;
    for (; n > 0; a++, n--)
        if (*a) return false;
    return true;
}

/* memcpy without the call where n is small. */
SCAN_INLINE void scan_copy(void *to, const void *from, ptrdiff_t n)
{
    char *d = to;
    const char *s = from;
    if (n >= 8 && n <= 64) {
        char last[8];
        memcpy(last, s + n - 8, 8);
        for (ptrdiff_t i = 0; i + 8 < n; i += 8) memcpy(d + i, s + i, 8);
        memcpy(d + n - 8, last, 8);
    } else if (n > 64) {
        memcpy(d, s, (size_t)n);
    } else if (n >= 4) {
        uint32_t a = scan_u32(s), b = scan_u32(s + n - 4);
        memcpy(d, &a, 4);
        memcpy(d + n - 4, &b, 4);
    } else {
        if (n & 2) memcpy(d, s, 2);
        if (n & 1) d[n & 2] = s[n & 2];
    }
}

/* memset to 0 without the call where n is small. */
SCAN_INLINE void scan_clear(void *to, ptrdiff_t n)
{
    char *d = to;
    if (n >= 8 && n <= 64) {
        for (ptrdiff_t i = 0; i + 8 < n; i += 8) memset(d + i, 0, 8);
        memset(d + n - 8, 0, 8);
    } else if (n > 64) {
        memset(d, 0, (size_t)n);
    } else if (n >= 4) {
        memset(d, 0, 4);
        memset(d + n - 4, 0, 4);
    } else {
        if (n & 2) memset(d, 0, 2);
        if (n & 1) d[n & 2] = 0;
    }
}

/* ---- masks: bit i tells whether character i of p[0..n) is c; n <= 64 ------------------------- */

SCAN_INLINE uint64_t s_matches(const uint8_t *p, ptrdiff_t n, uint8_t c)
{
    uint64_t m = 0;
    ptrdiff_t i = 0;
#ifdef __SSE2__
    const __m128i want = _mm_set1_epi8((char)c);
#define S_MASK(load) (uint64_t)(uint32_t) _mm_movemask_epi8(_mm_cmpeq_epi8(load, want))
    if (n >= 16) {
        for (; i + 16 <= n; i += 16)
            m |= S_MASK(_mm_loadu_si128((const __m128i *)(const void *)(p + i))) << i;
        if (i < n)
            m |= S_MASK(_mm_loadu_si128((const __m128i *)(const void *)(p + n - 16))) << (n - 16);
        return m;
    }
    if (n >= 8) {
        m = S_MASK(_mm_loadl_epi64((const __m128i *)(const void *)p)) & 255;
        return m | (S_MASK(_mm_loadl_epi64((const __m128i *)(const void *)(p + n - 8))) & 255)
                       << (n - 8);
    }
    if (n >= 4) {
        m = S_MASK(_mm_cvtsi32_si128((int)scan_u32((const char *)p))) & 15;
        return m | (S_MASK(_mm_cvtsi32_si128((int)scan_u32((const char *)p + n - 4))) & 15)
                       << (n - 4);
    }
#undef S_MASK
#endif
    for (; i < n; i++) m |= (uint64_t)(p[i] == c) << i;
    return m;
}

SCAN_INLINE uint64_t u_matches(const uint32_t *p, ptrdiff_t n, uint32_t c)
{
    uint64_t m = 0;
    ptrdiff_t i = 0;
#ifdef __SSE2__
    const __m128i want = _mm_set1_epi32((int)c);
#define U_LOAD(at) _mm_cmpeq_epi32(_mm_loadu_si128((const __m128i *)(const void *)(at)), want)
#define U_MASK(at) (uint64_t)(uint32_t) _mm_movemask_ps(_mm_castsi128_ps(U_LOAD(at)))
    if (n >= 4) {
        for (; i + 16 <= n; i += 16) {
            __m128i low = _mm_packs_epi32(U_LOAD(p + i), U_LOAD(p + i + 4));
            __m128i high = _mm_packs_epi32(U_LOAD(p + i + 8), U_LOAD(p + i + 12));
            m |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_packs_epi16(low, high)) << i;
        }
        for (; i + 4 <= n; i += 4) m |= U_MASK(p + i) << i;
        if (i < n) m |= U_MASK(p + n - 4) << (n - 4);
        return m;
    }
#undef U_LOAD
#undef U_MASK
#endif
    for (; i < n; i++) m |= (uint64_t)(p[i] == c) << i;
    return m;
}

/* -1, 0, 1 for n characters each. */
SCAN_INLINE int s_order(const uint8_t *a, const uint8_t *b, ptrdiff_t n)
{
    uint64_t x, y;
    ptrdiff_t i = 0;
    if (n >= 8) {
        for (; i + 8 < n; i += 8)
            if ((x = scan_u64((const char *)a + i)) != (y = scan_u64((const char *)b + i)))
                goto found;
        x = scan_u64((const char *)a + n - 8);
        y = scan_u64((const char *)b + n - 8);
        if (x == y) return 0;
    found:
        return __builtin_bswap64(x) < __builtin_bswap64(y) ? -1 : 1;
    }
    for (; i < n; i++)
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    return 0;
}

SCAN_INLINE int u_order(const uint32_t *a, const uint32_t *b, ptrdiff_t n)
{
    ptrdiff_t i = 0;
#ifdef __SSE2__
    for (; i + 4 <= n; i += 4) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(a + i));
        __m128i y = _mm_loadu_si128((const __m128i *)(const void *)(b + i));
        int same = _mm_movemask_ps(_mm_castsi128_ps(_mm_cmpeq_epi32(x, y)));
        if (same == 15) continue;
        i += __builtin_ctz((unsigned)~same);
        return a[i] < b[i] ? -1 : 1;
    }
#endif
    for (; i < n; i++)
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    return 0;
}
#endif
