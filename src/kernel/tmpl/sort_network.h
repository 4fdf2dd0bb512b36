/* The sorting network over vectors in registers, for sort_lane.h: of its integers or, where REAL,
 * of the doubles with these bits, none of them a NaN: those are compared twice as fast. */
#if REAL
#define NET(x) NAME(real_##x)
#else
#define NET(x) NAME(x)
#endif

INLINE V NET(least)(V a, V b)
{
#if REAL && BITS == 64
    return (V)_mm512_range_pd((__m512d)a, (__m512d)b, 4); /* the lesser, -0.0 before 0.0 */
#elif REAL
    return (V)_mm512_range_ps((__m512)a, (__m512)b, 4);
#elif VECTOR_BYTES == 64 && BITS == 64
    return (V)_mm512_min_epi64((__m512i)a, (__m512i)b);
#elif VECTOR_BYTES == 64
    return (V)_mm512_min_epi32((__m512i)a, (__m512i)b);
#elif VECTOR_BYTES == 32 && BITS == 32
    return (V)_mm256_min_epi32((__m256i)a, (__m256i)b);
#elif defined(__SSE4_2__) && VECTOR_BYTES == 16 && BITS == 32
    return (V)_mm_min_epi32((__m128i)a, (__m128i)b);
#else
    V m = a < b;
    return (a & m) | (b & ~m);
#endif
}

INLINE V NET(most)(V a, V b)
{
#if REAL && BITS == 64
    return (V)_mm512_range_pd((__m512d)a, (__m512d)b, 5);
#elif REAL
    return (V)_mm512_range_ps((__m512)a, (__m512)b, 5);
#elif VECTOR_BYTES == 64 && BITS == 64
    return (V)_mm512_max_epi64((__m512i)a, (__m512i)b);
#elif VECTOR_BYTES == 64
    return (V)_mm512_max_epi32((__m512i)a, (__m512i)b);
#elif VECTOR_BYTES == 32 && BITS == 32
    return (V)_mm256_max_epi32((__m256i)a, (__m256i)b);
#elif defined(__SSE4_2__) && VECTOR_BYTES == 16 && BITS == 32
    return (V)_mm_max_epi32((__m128i)a, (__m128i)b);
#else
    V m = a < b;
    return (b & m) | (a & ~m);
#endif
}

/* Lane i of a compares with lane i ^ k of b; a keeps the larger value in those lanes that have the
 * highest bit of k, the smaller in the others. */
INLINE V NET(cross)(V a, V b, const int k)
{
    const int top = k & 8 ? 8 : k & 4 ? 4 : k & 2 ? 2 : 1;
    V partner = EACH_LANE(PARTNER, k);
    V p = __builtin_shuffle(b, partner);
    V low = NET(least)(a, p);
#if VECTOR_BYTES == 64
    const unsigned upper = top == 8 ? 0xff00u : top == 4 ? 0xf0f0u : top == 2 ? 0xccccu : 0xaaaau;
#if REAL && BITS == 64
    return (V)_mm512_mask_range_pd((__m512d)low, (__mmask8)upper, (__m512d)a, (__m512d)p, 5);
#elif REAL
    return (V)_mm512_mask_range_ps((__m512)low, (__mmask16)upper, (__m512)a, (__m512)p, 5);
#elif BITS == 64
    return (V)_mm512_mask_max_epi64((__m512i)low, (__mmask8)upper, (__m512i)a, (__m512i)p);
#else
    return (V)_mm512_mask_max_epi32((__m512i)low, (__mmask16)upper, (__m512i)a, (__m512i)p);
#endif
#else
    V choose = EACH_LANE(CHOICE, top);
    return __builtin_shuffle(low, NET(most)(a, p), choose);
#endif
}

INLINE V NET(exchange)(V v, const int k)
{
    return NET(cross)(v, v, k);
}

INLINE V NET(sort_vector)(V v)
{
    v = NET(exchange)(v, 1);
#if LANES >= 4
    v = NET(exchange)(NET(exchange)(v, 3), 1);
#endif
#if LANES >= 8
    v = NET(exchange)(NET(exchange)(NET(exchange)(v, 7), 2), 1);
#endif
#if LANES >= 16
    v = NET(exchange)(NET(exchange)(NET(exchange)(NET(exchange)(v, 15), 4), 2), 1);
#endif
    return v;
}

INLINE void NET(order)(V *v, const int i, const int j)
{
    V x = v[i], y = v[j];
    v[i] = NET(least)(x, y);
    v[j] = NET(most)(x, y);
}

/* Every lane for itself: the elements of n vectors in order, by the smallest networks known. */
INLINE void NET(sort_columns)(V *v, const int n)
{
#define ORDER(i, j) NET(order)(v, i, j);
    if (n == 2) ORDER(0, 1)
    if (n == 4) {
#include "kernel/sort_columns4.def"
    }
    if (n == 8) {
#include "kernel/sort_columns8.def"
    }
#if RUN_VECTORS > 8
    if (n == 16) {
#include "kernel/sort_columns16.def"
    }
#endif
#undef ORDER
}

INLINE void NET(exchange_all)(V *v, const int n, const int k)
{
#pragma GCC unroll 16
    for (int i = 0; i < n; i++) v[i] = NET(exchange)(v[i], k);
}

/* Columns that are sorted in groups of `width` lanes, lane after lane, become sorted in groups
 * twice as wide: against the second group read backwards, after which both are bitonic. */
INLINE void NET(merge_columns)(V *v, const int n, const int width)
{
#pragma GCC unroll 8
    for (int i = 0; i < n / 2; i++) {
        V x = v[i], y = v[n - 1 - i];
        v[i] = NET(cross)(x, y, 2 * width - 1);
        v[n - 1 - i] = NET(cross)(y, x, 2 * width - 1);
    }
    if (width > 4) NET(exchange_all)(v, n, 4);
    if (width > 2) NET(exchange_all)(v, n, 2);
    if (width > 1) NET(exchange_all)(v, n, 1);
#pragma GCC unroll 5
    for (int s = n / 2; s > 0; s /= 2)
#pragma GCC unroll 16
        for (int i = 0; i < n; i++)
            if (!(i & s)) NET(order)(v, i, i + s);
}

INLINE void NET(sort_vectors)(V *v, const int n)
{
    if (n == 1) {
        v[0] = NET(sort_vector)(v[0]);
        return;
    }
    NET(sort_columns)(v, n);
    NET(merge_columns)(v, n, 1);
    if (LANES > 2) NET(merge_columns)(v, n, 2);
    if (LANES > 4) NET(merge_columns)(v, n, 4);
    if (LANES > 8) NET(merge_columns)(v, n, 8);
    NAME(turn)(v, n);
}

#undef NET
