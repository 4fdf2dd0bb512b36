/* Sorting of signed integers of BITS bits at level FNP_LV. */
#define NAME(x) CAT4(x, _i, BITS, )
#define PUBLIC(x) CAT4(x, BITS, _, FNP_LV)
#if BITS == 32
#define T int32_t
#define T_MAX INT32_MAX
#else
#define T int64_t
#define T_MAX INT64_MAX
#endif

#if defined(__AVX512F__) && defined(__AVX512VL__)
#define VECTOR_BYTES 64
#define RUN_VECTORS 16
#elif defined(__AVX2__)
#define VECTOR_BYTES 32
#define RUN_VECTORS 8
#else
#define VECTOR_BYTES 16
#define RUN_VECTORS 8
#endif
#define LANES (VECTOR_BYTES * 8 / BITS)
/* One constant per lane, so that the compiler sees every shuffle as a constant one. */
#if LANES == 2
#define EACH_LANE(f, k)                                                                            \
    {                                                                                              \
        f(0, k), f(1, k)                                                                           \
    }
#elif LANES == 4
#define EACH_LANE(f, k)                                                                            \
    {                                                                                              \
        f(0, k), f(1, k), f(2, k), f(3, k)                                                         \
    }
#elif LANES == 8
#define EACH_LANE(f, k)                                                                            \
    {                                                                                              \
        f(0, k), f(1, k), f(2, k), f(3, k), f(4, k), f(5, k), f(6, k), f(7, k)                     \
    }
#else
#define EACH_LANE(f, k)                                                                            \
    {                                                                                              \
        f(0, k), f(1, k), f(2, k), f(3, k), f(4, k), f(5, k), f(6, k), f(7, k), f(8, k), f(9, k),  \
            f(10, k), f(11, k), f(12, k), f(13, k), f(14, k), f(15, k)                             \
    }
#endif
#define RUN (RUN_VECTORS * LANES)

typedef T NAME(vec) __attribute__((vector_size(VECTOR_BYTES)));
typedef T NAME(loose) __attribute__((vector_size(VECTOR_BYTES), aligned(4), may_alias));
#define V NAME(vec)

INLINE V NAME(load)(const T *p)
{
    return *(const NAME(loose) *)p;
}
INLINE void NAME(store)(T *p, V v)
{
    *(NAME(loose) *)p = v;
}

#define PARTNER(i, k) ((i) ^ (k))
#define CHOICE(i, k) ((i) & (k) ? (i) + LANES : (i))
#define SWAP_LOW(i, k) ((i) & (k) ? LANES + ((i) ^ (k)) : (i))
#define SWAP_HIGH(i, k) ((i) & (k) ? LANES + (i) : (i) | (k))
#define TURN(i, k) (((i) & ((k)-1)) * (LANES / (k)) + (i) / (k))

/* Which vector has the elements of rank j * LANES and up, once turned. */
#define TURNED(j, n) ((n) > LANES ? (j) / ((n) / LANES) + (j) % ((n) / LANES) * LANES : (j))

/* Bit `row` of a vector's number changes places with bit `lane` of the lane's. */
INLINE void NAME(swap_bits)(V *v, const int n, const int row, const int lane)
{
    V from_low = EACH_LANE(SWAP_LOW, lane), from_high = EACH_LANE(SWAP_HIGH, lane);
#pragma GCC unroll 16
    for (int i = 0; i < n; i++)
        if (!(i & row)) {
            V x = v[i], y = v[i + row];
            v[i] = __builtin_shuffle(x, y, from_low);
            v[i + row] = __builtin_shuffle(x, y, from_high);
        }
}

/* The order runs down the columns; let it run along the vectors. */
INLINE void NAME(turn)(V *v, const int n)
{
    const int rows = n > LANES ? LANES : n;
    if (rows > 8) NAME(swap_bits)(v, n, rows / 16, LANES / 16);
    if (rows > 4) NAME(swap_bits)(v, n, rows / 8, LANES / 8);
    if (rows > 2) NAME(swap_bits)(v, n, rows / 4, LANES / 4);
    NAME(swap_bits)(v, n, rows / 2, LANES / 2);
    if (n >= LANES) return;
    V index = EACH_LANE(TURN, n);
#pragma GCC unroll 8
    for (int i = 0; i < n; i++) v[i] = __builtin_shuffle(v[i], index);
}

#define REAL 0
#include "sort_network.h"
#undef REAL
#if VECTOR_BYTES == 64
#define REAL 1
#include "sort_network.h"
#undef REAL
#endif

/* The first n elements at p (none if n <= 0, all if n >= LANES), the other lanes `pad`. */
INLINE V NAME(load_some)(const T *p, fnp_intp n, const T pad)
{
#if VECTOR_BYTES == 64 && BITS == 64
    __mmask8 m = (__mmask8)_bzhi_u32(0xff, n > 0 ? (unsigned)n : 0);
    return (V)_mm512_mask_loadu_epi64((__m512i)(pad - (V){0}), m, p);
#elif VECTOR_BYTES == 64
    __mmask16 m = (__mmask16)_bzhi_u32(0xffff, n > 0 ? (unsigned)n : 0);
    return (V)_mm512_mask_loadu_epi32((__m512i)(pad - (V){0}), m, p);
#else
    if (n >= LANES) return NAME(load)(p);
    V v = pad - (V){0};
    for (fnp_intp i = 0; i < n; i++) v[i] = p[i];
    return v;
#endif
}

INLINE void NAME(store_some)(T *p, V v, fnp_intp n)
{
#if VECTOR_BYTES == 64 && BITS == 64
    _mm512_mask_storeu_epi64(p, (__mmask8)_bzhi_u32(0xff, n > 0 ? (unsigned)n : 0), (__m512i)v);
#elif VECTOR_BYTES == 64
    _mm512_mask_storeu_epi32(p, (__mmask16)_bzhi_u32(0xffff, n > 0 ? (unsigned)n : 0), (__m512i)v);
#else
    if (n >= LANES) {
        NAME(store)(p, v);
    } else {
        for (fnp_intp i = 0; i < n; i++) p[i] = v[i];
    }
#endif
}

/* Integers of the same order as a float's bits; its own inverse. flip: T_MAX, or 0 for integers. */
INLINE T NAME(fold)(T x, T flip)
{
    return x ^ ((x >> (BITS - 1)) & flip);
}

INLINE V NAME(fold_all)(V x, T flip)
{
    return x ^ ((x >> (BITS - 1)) & (flip - (V){0}));
}

/* Only the last half of `count` vectors may be short of the n elements. */
INLINE void NAME(load_padded)(V *v, const T *a, fnp_intp n, const int count, const T pad)
{
#pragma GCC unroll 32
    for (int i = 0; i < count; i++)
        v[i] = i < count / 2 ? NAME(load)(a + i * LANES)
                             : NAME(load_some)(a + i * LANES, n - i * LANES, pad);
}

INLINE void NAME(store_padded)(const V *v, fnp_intp n, const int count, T *out, T flip)
{
#pragma GCC unroll 32
    for (int i = 0; i < count; i++) {
        V x = NAME(fold_all)(v[TURNED(i, count)], flip);
        if (i < count / 2) {
            NAME(store)(out + i * LANES, x);
        } else {
            NAME(store_some)(out + i * LANES, x, n - i * LANES);
        }
    }
}

/* n elements in `count` vectors, padded with the largest value, to `out`. */
INLINE void NAME(sort_padded)(const T *a, fnp_intp n, const int count, T *out, T flip)
{
    V v[RUN_VECTORS];
    NAME(load_padded)(v, a, n, count, T_MAX);
    NAME(sort_vectors)(v, count);
    NAME(store_padded)(v, n, count, out, flip);
}

#define RUN_OF(count)                                                                              \
    static __attribute__((noinline)) void NAME(sort_##count)(const T *a, fnp_intp n, T *out,       \
                                                             T flip)                               \
    {                                                                                              \
        NAME(sort_padded)(a, n, count, out, flip);                                                 \
    }
RUN_OF(1)
RUN_OF(2)
RUN_OF(4)
RUN_OF(8)
#if RUN_VECTORS > 8
RUN_OF(16)
#endif
#undef RUN_OF

#if VECTOR_BYTES == 64
#if BITS == 64
#define INFINITE 0x7ff0000000000000
#define UNORDERED(a, b) _mm512_cmp_pd_mask((__m512d)a, (__m512d)b, _CMP_UNORD_Q)
#else
#define INFINITE 0x7f800000
#define UNORDERED(a, b) _mm512_cmp_ps_mask((__m512)a, (__m512)b, _CMP_UNORD_Q)
#endif
/* The same as floats, unless some integers were NaNs as such: 1 in 1024 of all there are, or in 256
 * of those of 32 bits. */
INLINE void NAME(real_sort_padded)(const T *a, fnp_intp n, const int count, T *out, T flip,
                                   void (*otherwise)(const T *, fnp_intp, T *, T))
{
    V v[RUN_VECTORS];
    unsigned nan = 0;
    NAME(load_padded)(v, a, n, count, INFINITE);
#pragma GCC unroll 32
    for (int i = 0; i < count; i++) {
        v[i] = NAME(fold_all)(v[i], T_MAX);
        if (i % 2) nan |= UNORDERED(v[i - 1], v[i]);
    }
    if (nan) {
        otherwise(a, n, out, flip);
        return;
    }
    NAME(real_sort_vectors)(v, count);
    NAME(store_padded)(v, n, count, out, flip ^ T_MAX);
}

#define RUN_OF(count)                                                                              \
    static __attribute__((noinline)) void NAME(real_sort_##count)(const T *a, fnp_intp n, T *out,  \
                                                                  T flip)                          \
    {                                                                                              \
        NAME(real_sort_padded)(a, n, count, out, flip, NAME(sort_##count));                        \
    }
RUN_OF(4)
RUN_OF(8)
RUN_OF(16)
#undef RUN_OF
#undef INFINITE
#undef UNORDERED
#define SORT_LONG(count) NAME(real_sort_##count)
#else
#define SORT_LONG(count) NAME(sort_##count)
#endif

static void NAME(sort_run)(const T *a, fnp_intp n, T *out, T flip)
{
    if (n <= LANES) {
        NAME(sort_1)(a, n, out, flip);
    } else if (n <= 2 * LANES) {
        NAME(sort_2)(a, n, out, flip);
    } else if (n <= 4 * LANES) {
        SORT_LONG(4)(a, n, out, flip);
#if RUN_VECTORS > 8
    } else if (n > 8 * LANES) {
        SORT_LONG(16)(a, n, out, flip);
#endif
    } else {
        SORT_LONG(8)(a, n, out, flip);
    }
}

/* ---- partition ---- */

#if VECTOR_BYTES > 16
/* A vector of PART lanes is compared and permuted so that the lanes in front of the pivot come
 * first; stored at the front's end and, once more, so that it ends where the back begins, its two
 * halves fall into place, and what else is written lands in the gap between them. The gap is kept
 * open by vectors read ahead at both ends (Bramas 2017). */
#if VECTOR_BYTES == 32 && BITS == 64
#define PART 4
#elif VECTOR_BYTES == 64 && BITS == 32
#define PART 16
#else
#define PART 8
#endif
typedef T NAME(part) __attribute__((vector_size(PART * BITS / 8)));
typedef T NAME(part_loose) __attribute__((vector_size(PART * BITS / 8), aligned(4), may_alias));
#define P NAME(part)

INLINE P NAME(take)(const T *p)
{
    return *(const NAME(part_loose) *)p;
}

/* The mask of lanes that belong in front: v < pivot, or v <= pivot. */
INLINE unsigned NAME(front)(P v, P pivot, const bool equal)
{
#if VECTOR_BYTES == 64 && BITS == 64
    return equal ? _mm512_cmple_epi64_mask((__m512i)v, (__m512i)pivot)
                 : _mm512_cmplt_epi64_mask((__m512i)v, (__m512i)pivot);
#elif VECTOR_BYTES == 64
    return equal ? _mm512_cmple_epi32_mask((__m512i)v, (__m512i)pivot)
                 : _mm512_cmplt_epi32_mask((__m512i)v, (__m512i)pivot);
#elif BITS == 64
    return equal ? (unsigned)_mm256_movemask_pd((__m256d)(v > pivot)) ^ 15u
                 : (unsigned)_mm256_movemask_pd((__m256d)(v < pivot));
#else
    return equal ? (unsigned)_mm256_movemask_ps((__m256)(v > pivot)) ^ 255u
                 : (unsigned)_mm256_movemask_ps((__m256)(v < pivot));
#endif
}

#if PART < 16
INLINE P NAME(arrange)(P v, unsigned mask)
{
#if PART == 4
    __m256i index = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)&front4[mask]));
    return (P)_mm256_permutevar8x32_epi32((__m256i)v, index);
#elif BITS == 64
    __m512i index = _mm512_cvtepu8_epi64(_mm_loadl_epi64((const __m128i *)&front8[mask]));
    return (P)_mm512_permutexvar_epi64(index, (__m512i)v);
#else
    __m256i index = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)&front8[mask]));
    return (P)_mm256_permutevar8x32_epi32((__m256i)v, index);
#endif
}

#endif

/* Store v at the end of the front, *low, and before the begin of the back, `room` further on. */
INLINE void NAME(put)(P v, P pivot, T **low, fnp_intp room, const bool equal)
{
    unsigned mask = NAME(front)(v, pivot, equal);
#if PART == 16
    fnp_intp count = __builtin_popcount(mask);
    __m512i front = _mm512_maskz_compress_epi32((__mmask16)mask, (__m512i)v);
    __m512i back = _mm512_maskz_compress_epi32((__mmask16)~mask, (__m512i)v);
    _mm512_storeu_si512(*low, front);
    *low += count;
    _mm512_mask_storeu_epi32(*low + room - PART, (__mmask16)(0xffffu >> count), back);
#else
    P both = NAME(arrange)(v, mask);
    *(NAME(part_loose) *)*low = both;
    *(NAME(part_loose) *)(*low + room - PART) = both;
    *low += __builtin_popcount(mask);
#endif
}

enum { NAME(AHEAD) = VECTOR_BYTES == 64 ? 8 : 4 };

/* Elements < pivot (or <= pivot) come first; returns how many. n > 2 * AHEAD * PART. Each vector
 * narrows the room between front and back by PART, whatever is in it. */
INLINE fnp_intp NAME(partition)(T *a, fnp_intp n, T pivot_value, const bool equal)
{
    enum { AHEAD = NAME(AHEAD) };
    fnp_intp rest = n % PART, todo = n / PART - 2 * AHEAD, room = n - rest;
    P pivot = pivot_value - (P){0}, left[AHEAD], right[AHEAD];
    T *low = a + rest, *from = low + AHEAD * PART, *to = a + n - AHEAD * PART;
#pragma GCC unroll 8
    for (int i = 0; i < AHEAD; i++) {
        left[i] = NAME(take)(low + i * PART);
        right[i] = NAME(take)(to + i * PART);
    }
    for (; todo >= AHEAD; todo -= AHEAD) {
        T *next = from;
        if (from - low <= low + room - to) {
            from += AHEAD * PART;
        } else {
            next = to -= AHEAD * PART;
        }
        P v[AHEAD];
#pragma GCC unroll 8
        for (int i = 0; i < AHEAD; i++) v[i] = NAME(take)(next + i * PART);
#pragma GCC unroll 8
        for (int i = 0; i < AHEAD; i++) NAME(put)(v[i], pivot, &low, room - i * PART, equal);
        room -= AHEAD * PART;
    }
    for (; todo > 0; todo--) {
        T *next = from;
        if (from - low <= low + room - to) {
            from += PART;
        } else {
            next = to -= PART;
        }
        NAME(put)(NAME(take)(next), pivot, &low, room, equal);
        room -= PART;
    }
#pragma GCC unroll 8
    for (int i = 0; i < AHEAD; i++) {
        NAME(put)(left[i], pivot, &low, room, equal);
        NAME(put)(right[i], pivot, &low, room - PART, equal);
        room -= 2 * PART;
    }
    /* the first few, which fill no vector: the wrong ones change places with the last in front */
    for (fnp_intp i = rest; i-- > 0;) {
        T x = a[i];
        bool back = equal ? x > pivot_value : x >= pivot_value;
        T *last = low - 1, y = *last;
        *last = back ? x : y;
        a[i] = back ? y : x;
        if (last == a + i) a[i] = x;
        low -= back;
    }
    return low - a;
}

/* The same from one place to another. */
INLINE fnp_intp NAME(divide)(const T *a, fnp_intp n, T pivot_value, T *out, const bool equal)
{
    P pivot = pivot_value - (P){0};
    T *low = out;
    fnp_intp room = n;
    for (; room % PART; room--) {
        T x = *a++;
        low[0] = low[room - 1] = x;
        low += equal ? x <= pivot_value : x < pivot_value;
    }
    for (; room >= 4 * PART; room -= 4 * PART, a += 4 * PART)
#pragma GCC unroll 4
        for (int i = 0; i < 4; i++)
            NAME(put)(NAME(take)(a + i * PART), pivot, &low, room - i * PART, equal);
    for (; room > 0; room -= PART, a += PART) NAME(put)(NAME(take)(a), pivot, &low, room, equal);
    return low - out;
}
#undef P
#undef PART
#else
/* Branch-free: every element changes places with the first of the back, and the front grows or not.
 */
INLINE fnp_intp NAME(partition)(T *a, fnp_intp n, T pivot, const bool equal)
{
    fnp_intp low = 0;
    for (fnp_intp i = 0; i < n; i++) {
        T v = a[i];
        a[i] = a[low];
        a[low] = v;
        low += equal ? v <= pivot : v < pivot;
    }
    return low;
}

INLINE fnp_intp NAME(divide)(const T *a, fnp_intp n, T pivot, T *out, const bool equal)
{
    T *low = out;
    for (fnp_intp room = n; room > 0; room--) {
        T x = *a++;
        low[0] = low[room - 1] = x;
        low += equal ? x <= pivot : x < pivot;
    }
    return low - out;
}
#endif

static fnp_intp NAME(divide_less)(const T *a, fnp_intp n, T pivot, T *out)
{
    return NAME(divide)(a, n, pivot, out, false);
}

static fnp_intp NAME(divide_equal)(const T *a, fnp_intp n, T pivot, T *out)
{
    return NAME(divide)(a, n, pivot, out, true);
}

static fnp_intp NAME(split)(T *a, fnp_intp n, T pivot)
{
    return NAME(partition)(a, n, pivot, false);
}

static fnp_intp NAME(split_equal)(T *a, fnp_intp n, T pivot)
{
    return NAME(partition)(a, n, pivot, true);
}

/* The element of rank `at` of m: a sample, sorted, that is spread over the run. */
INLINE T NAME(sampled)(const T *a, fnp_intp n, const int m, int at)
{
    T sample[64];
    fnp_intp step = n / m;
    a += (n - step * (m - 1)) / 2;
    for (int i = 0; i < m; i += 8, a += 8 * step)
#pragma GCC unroll 8
        for (int k = 0; k < 8; k++) sample[i + k] = a[k * step];
    NAME(sort_run)(sample, m, sample, 0);
    return sample[at];
}

enum { NAME(SAMPLE) = RUN < 64 ? RUN : 64 };

/* The median of a sample. */
static T NAME(pivot)(const T *a, fnp_intp n)
{
    int m = n > 20000 ? NAME(SAMPLE) : n > 1000 && RUN >= 16 ? 16 : 8;
    return NAME(sampled)(a, n, m, m / 2);
}

/* A pivot that lies a little to the far side of the rank wanted, so that nearly all others fall
 * away at once (Floyd and Rivest 1975). */
static T NAME(pivot_beyond)(const T *a, fnp_intp n, fnp_intp kth)
{
    enum { M = NAME(SAMPLE), MARGIN = M / 16 };
    if (n < 4 * M) return NAME(pivot)(a, n);
    int at = (int)(kth / (n / M));
    at += kth < n / 2 ? MARGIN : -MARGIN;
    return NAME(sampled)(a, n, M, at < 0 ? 0 : at > M - 1 ? M - 1 : at);
}

/* What guards against bad pivots: n log n in any case. */
static __attribute__((noinline)) void NAME(heapsort)(T *a, fnp_intp n)
{
    for (fnp_intp start = n / 2, end = n; end > 1;) {
        T v;
        if (start > 0) {
            v = a[--start];
        } else {
            v = a[--end];
            a[end] = a[0];
        }
        fnp_intp root = start, child;
        while ((child = 2 * root + 1) < end) {
            if (child + 1 < end && a[child] < a[child + 1]) child++;
            if (a[child] <= v) break;
            a[root] = a[child];
            root = child;
        }
        a[root] = v;
    }
}

static void NAME(sort_badly)(T *a, fnp_intp n, T flip)
{
    NAME(heapsort)(a, n);
    for (fnp_intp i = 0; i < n; i++) a[i] = NAME(fold)(a[i], flip);
}

static void NAME(fill)(T *a, fnp_intp n, T x)
{
    for (fnp_intp i = 0; i < n; i++) a[i] = x;
}

/* Divided from `a` to `b` and back, which is faster than in place: the elements are in `from`, one
 * of the two, and get sorted into a. */
static void NAME(sort_between)(T *a, T *b, fnp_intp n, const T *from, T flip, int depth)
{
    while (n > RUN) {
        T *to = from == a ? b : a;
        if (depth-- <= 0) {
            if (from != a) memcpy(a, from, (size_t)n * sizeof(T));
            NAME(sort_badly)(a, n, flip);
            return;
        }
        T pivot = NAME(pivot)(from, n);
        fnp_intp low = NAME(divide_less)(from, n, pivot, to);
        if (low == 0) { /* the pivot is the least: all equal to it are done */
            low = NAME(divide_equal)(from, n, pivot, to);
            NAME(fill)(a, low, NAME(fold)(pivot, flip));
        } else {
            NAME(sort_between)(a, b, low, to, flip, depth);
        }
        a += low;
        b += low;
        from = to + low;
        n -= low;
    }
    if (n > 0) NAME(sort_run)(from, n, a, flip);
}

enum { NAME(ASIDE) = 8192 / sizeof(T) };

static void NAME(quicksort)(T *a, fnp_intp n, T *aside, T flip, int depth)
{
    while (n > NAME(ASIDE)) {
        if (depth-- <= 0) {
            NAME(sort_badly)(a, n, flip);
            return;
        }
        T pivot = NAME(pivot)(a, n);
        fnp_intp low = NAME(split)(a, n, pivot);
        if (low == 0) {
            low = NAME(split_equal)(a, n, pivot);
            NAME(fill)(a, low, NAME(fold)(pivot, flip));
            a += low;
            n -= low;
        } else if (low < n - low) {
            NAME(quicksort)(a, low, aside, flip, depth);
            a += low;
            n -= low;
        } else {
            NAME(quicksort)(a + low, n - low, aside, flip, depth);
            n = low;
        }
    }
    NAME(sort_between)(a, aside, n, a, flip, depth);
}

static int NAME(depth)(fnp_intp n)
{
    int d = 8;
    while (n >>= 1) d += 2;
    return d;
}

static __attribute__((noinline)) void NAME(sort_long)(T *a, fnp_intp n, T flip)
{
    T aside[NAME(ASIDE)];
    NAME(quicksort)(a, n, aside, flip, NAME(depth)(n));
}

/* folded: floats that fnp__fold_i has made integers; they become floats again. */
void PUBLIC(fnp__sort_i)(T *a, fnp_intp n, bool folded);
void PUBLIC(fnp__sort_i)(T *a, fnp_intp n, bool folded)
{
    T flip = folded ? T_MAX : 0;
    if (n > RUN) {
        NAME(sort_long)(a, n, flip);
    } else if (n > 0) {
        NAME(sort_run)(a, n, a, flip);
    }
}

/* Fold n floats; true if a NaN, whose bits are above those of infinity, is among them. */
bool PUBLIC(fnp__fold_i)(T *a, fnp_intp n);
bool PUBLIC(fnp__fold_i)(T *a, fnp_intp n)
{
#if BITS == 32
    const T infinity = 0x7f800000;
#else
    const T infinity = 0x7ff0000000000000;
#endif
    T most = 0;
    for (fnp_intp i = 0; i < n; i++) {
        T x = a[i], size = x & T_MAX;
        most = size > most ? size : most;
        a[i] = NAME(fold)(x, T_MAX);
    }
    return most > infinity;
}

/* Split in two for two threads: how many are in the first part, 0 if there is nothing to split. */
fnp_intp PUBLIC(fnp__split_i)(T *a, fnp_intp n);
fnp_intp PUBLIC(fnp__split_i)(T *a, fnp_intp n)
{
    if (n <= RUN) return 0;
    T pivot = NAME(pivot)(a, n);
    return NAME(split)(a, n, pivot);
}

void PUBLIC(fnp__select_i)(T *a, fnp_intp n, fnp_intp kth);
void PUBLIC(fnp__select_i)(T *a, fnp_intp n, fnp_intp kth)
{
    int depth = NAME(depth)(n);
    while (n > RUN) {
        if (depth-- <= 0) {
            NAME(heapsort)(a, n);
            return;
        }
        T pivot = NAME(pivot_beyond)(a, n, kth);
        fnp_intp low = NAME(split)(a, n, pivot);
        if (low == 0) {
            low = NAME(split_equal)(a, n, pivot);
            if (kth < low) return;
        }
        if (kth < low) {
            n = low;
        } else {
            a += low;
            n -= low;
            kth -= low;
        }
    }
    if (n > 1) NAME(sort_run)(a, n, a, 0);
}

#undef NAME
#undef PUBLIC
#undef T
#undef T_MAX
#undef VECTOR_BYTES
#undef RUN_VECTORS
#undef LANES
#undef EACH_LANE
#undef PARTNER
#undef CHOICE
#undef SWAP_LOW
#undef SWAP_HIGH
#undef TURN
#undef TURNED
#undef RUN
#undef V
#undef SORT_LONG
