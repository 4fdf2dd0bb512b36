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

INLINE V NAME(least)(V a, V b)
{
#if VECTOR_BYTES == 64 && BITS == 64
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

INLINE V NAME(most)(V a, V b)
{
#if VECTOR_BYTES == 64 && BITS == 64
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

#define PARTNER(i, k) ((i) ^ (k))
#define CHOICE(i, k) ((i) & (k) ? (i) + LANES : (i))
#define MIRROR(i, k) (LANES - 1 - (i))

/* Lane i compares with lane i ^ k; of each pair the upper lane, where the highest bit of k is set,
 * gets the larger value. */
INLINE V NAME(exchange)(V v, const int k)
{
    const int top = k & 8 ? 8 : k & 4 ? 4 : k & 2 ? 2 : 1;
    V partner = EACH_LANE(PARTNER, k);
    V p = __builtin_shuffle(v, partner);
    V low = NAME(least)(v, p);
#if VECTOR_BYTES == 64
    /* the lanes whose number has the bit `top` */
    const unsigned upper = top == 8 ? 0xff00u : top == 4 ? 0xf0f0u : top == 2 ? 0xccccu : 0xaaaau;
#if BITS == 64
    return (V)_mm512_mask_max_epi64((__m512i)low, (__mmask8)upper, (__m512i)v, (__m512i)p);
#else
    return (V)_mm512_mask_max_epi32((__m512i)low, (__mmask16)upper, (__m512i)v, (__m512i)p);
#endif
#else
    V choose = EACH_LANE(CHOICE, top);
    return __builtin_shuffle(low, NAME(most)(v, p), choose);
#endif
}

INLINE V NAME(reverse)(V v)
{
    V index = EACH_LANE(MIRROR, 0);
    return __builtin_shuffle(v, index);
}

/* A bitonic vector in order. */
INLINE V NAME(settle)(V v)
{
#if LANES >= 16
    v = NAME(exchange)(v, 8);
#endif
#if LANES >= 8
    v = NAME(exchange)(v, 4);
#endif
#if LANES >= 4
    v = NAME(exchange)(v, 2);
#endif
    return NAME(exchange)(v, 1);
}

INLINE V NAME(sort_vector)(V v)
{
    v = NAME(exchange)(v, 1);
#if LANES >= 4
    v = NAME(exchange)(NAME(exchange)(v, 3), 1);
#endif
#if LANES >= 8
    v = NAME(exchange)(NAME(exchange)(NAME(exchange)(v, 7), 2), 1);
#endif
#if LANES >= 16
    v = NAME(exchange)(NAME(exchange)(NAME(exchange)(NAME(exchange)(v, 15), 4), 2), 1);
#endif
    return v;
}

INLINE void NAME(sort_vectors)(V *v, const int n)
{
    V back[RUN_VECTORS / 2];
#pragma GCC unroll 32
    for (int i = 0; i < n; i++) v[i] = NAME(sort_vector)(v[i]);
#pragma GCC unroll 5
    for (int m = 1; m < n; m *= 2) {
#pragma GCC unroll 16
        for (int b = 0; b < n; b += 2 * m) {
#pragma GCC unroll 16
            for (int i = 0; i < m; i++) back[i] = NAME(reverse)(v[b + 2 * m - 1 - i]);
#pragma GCC unroll 16
            for (int i = 0; i < m;
                 i++) { /* against the second run read backwards; both halves are bitonic then */
                V x = v[b + i];
                v[b + i] = NAME(least)(x, back[i]);
                v[b + m + i] = NAME(most)(x, back[i]);
            }
#pragma GCC unroll 5
            for (int s = m / 2; s > 0; s /= 2)
#pragma GCC unroll 16
                for (int h = b; h < b + 2 * m; h += 2 * s)
#pragma GCC unroll 16
                    for (int i = 0; i < s; i++) {
                        V x = v[h + i], y = v[h + s + i];
                        v[h + i] = NAME(least)(x, y);
                        v[h + s + i] = NAME(most)(x, y);
                    }
        }
#pragma GCC unroll 32
        for (int i = 0; i < n; i++) v[i] = NAME(settle)(v[i]);
    }
}

/* The first n elements at p (none if n <= 0, all if n >= LANES), the other lanes the largest value.
 */
INLINE V NAME(load_some)(const T *p, fnp_intp n)
{
#if VECTOR_BYTES == 64 && BITS == 64
    __mmask8 m = (__mmask8)_bzhi_u32(0xff, n > 0 ? (unsigned)n : 0);
    return (V)_mm512_mask_loadu_epi64((__m512i)(T_MAX - (V){0}), m, p);
#elif VECTOR_BYTES == 64
    __mmask16 m = (__mmask16)_bzhi_u32(0xffff, n > 0 ? (unsigned)n : 0);
    return (V)_mm512_mask_loadu_epi32((__m512i)(T_MAX - (V){0}), m, p);
#else
    if (n >= LANES) return NAME(load)(p);
    V v = T_MAX - (V){0};
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

/* n elements in `count` vectors, padded with the largest value. Only the last half may be short. */
INLINE void NAME(sort_padded)(T *a, fnp_intp n, const int count)
{
    V v[RUN_VECTORS];
#pragma GCC unroll 32
    for (int i = 0; i < count; i++)
        v[i] = i < count / 2 ? NAME(load)(a + i * LANES)
                             : NAME(load_some)(a + i * LANES, n - i * LANES);
    NAME(sort_vectors)(v, count);
#pragma GCC unroll 32
    for (int i = 0; i < count; i++) {
        if (i < count / 2) {
            NAME(store)(a + i * LANES, v[i]);
        } else {
            NAME(store_some)(a + i * LANES, v[i], n - i * LANES);
        }
    }
}

static __attribute__((noinline)) void NAME(sort_1)(T *a, fnp_intp n)
{
    NAME(sort_padded)(a, n, 1);
}
static __attribute__((noinline)) void NAME(sort_2)(T *a, fnp_intp n)
{
    NAME(sort_padded)(a, n, 2);
}
static __attribute__((noinline)) void NAME(sort_4)(T *a, fnp_intp n)
{
    NAME(sort_padded)(a, n, 4);
}
static __attribute__((noinline)) void NAME(sort_8)(T *a, fnp_intp n)
{
    NAME(sort_padded)(a, n, 8);
}
#if RUN_VECTORS > 8
static __attribute__((noinline)) void NAME(sort_16)(T *a, fnp_intp n)
{
    NAME(sort_padded)(a, n, 16);
}
#if RUN_VECTORS > 16
static __attribute__((noinline)) void NAME(sort_32)(T *a, fnp_intp n)
{
    NAME(sort_padded)(a, n, 32);
}
#endif
#endif

static void NAME(sort_run)(T *a, fnp_intp n)
{
    if (n <= LANES) {
        NAME(sort_1)(a, n);
    } else if (n <= 2 * LANES) {
        NAME(sort_2)(a, n);
    } else if (n <= 4 * LANES) {
        NAME(sort_4)(a, n);
#if RUN_VECTORS > 16
    } else if (n > 16 * LANES) {
        NAME(sort_32)(a, n);
#endif
#if RUN_VECTORS > 8
    } else if (n > 8 * LANES) {
        NAME(sort_16)(a, n);
#endif
    } else {
        NAME(sort_8)(a, n);
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
    return equal ? _mm256_cmple_epi32_mask((__m256i)v, (__m256i)pivot)
                 : _mm256_cmplt_epi32_mask((__m256i)v, (__m256i)pivot);
#elif BITS == 64
    return equal ? (unsigned)_mm256_movemask_pd((__m256d)(v > pivot)) ^ 15u
                 : (unsigned)_mm256_movemask_pd((__m256d)(v < pivot));
#else
    return equal ? (unsigned)_mm256_movemask_ps((__m256)(v > pivot)) ^ 255u
                 : (unsigned)_mm256_movemask_ps((__m256)(v < pivot));
#endif
}

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

INLINE void NAME(put)(P v, P pivot, T **low, T **high, const bool equal)
{
    unsigned mask = NAME(front)(v, pivot, equal);
    fnp_intp n = __builtin_popcount(mask);
    P both = NAME(arrange)(v, mask);
    *(NAME(part_loose) *)*low = both;
    *(NAME(part_loose) *)(*high - PART) = both;
    *low += n;
    *high -= PART - n;
}

enum { NAME(AHEAD) = 4 };

/* Elements < pivot (or <= pivot) come first; returns how many. n > 2 * AHEAD * PART. */
INLINE fnp_intp NAME(partition)(T *a, fnp_intp n, T pivot_value, const bool equal)
{
    enum { AHEAD = NAME(AHEAD) };
    fnp_intp rest = n % PART, todo = n / PART - 2 * AHEAD;
    P pivot = pivot_value - (P){0}, left[AHEAD], right[AHEAD];
    T *low = a + rest, *high = a + n, *from = low + AHEAD * PART, *to = high - AHEAD * PART;
#pragma GCC unroll 4
    for (int i = 0; i < AHEAD; i++) {
        left[i] = NAME(take)(low + i * PART);
        right[i] = NAME(take)(to + i * PART);
    }
    for (; todo >= AHEAD; todo -= AHEAD) {
        T *next = from;
        if (from - low <= high - to) {
            from += AHEAD * PART;
        } else {
            next = to -= AHEAD * PART;
        }
        P v[AHEAD];
#pragma GCC unroll 4
        for (int i = 0; i < AHEAD; i++) v[i] = NAME(take)(next + i * PART);
#pragma GCC unroll 4
        for (int i = 0; i < AHEAD; i++) NAME(put)(v[i], pivot, &low, &high, equal);
    }
    for (; todo > 0; todo--) {
        T *next = from;
        if (from - low <= high - to) {
            from += PART;
        } else {
            next = to -= PART;
        }
        NAME(put)(NAME(take)(next), pivot, &low, &high, equal);
    }
#pragma GCC unroll 4
    for (int i = 0; i < AHEAD; i++) {
        NAME(put)(left[i], pivot, &low, &high, equal);
        NAME(put)(right[i], pivot, &low, &high, equal);
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
#endif

static fnp_intp NAME(split)(T *a, fnp_intp n, T pivot)
{
    return NAME(partition)(a, n, pivot, false);
}

static fnp_intp NAME(split_equal)(T *a, fnp_intp n, T pivot)
{
    return NAME(partition)(a, n, pivot, true);
}

/* Median of a sample that is spread over the run. */
static T NAME(pivot)(const T *a, fnp_intp n)
{
    T sample[64];
    int m = n > 20000 ? 64 : n > 1000 ? 16 : 8;
    if (m > RUN) m = RUN;
    uint64_t x = 0x9e3779b97f4a7c15u * (uint64_t)n, step = (uint64_t)(n / m);
    for (int i = 0; i < m; i++) {
        x = x * 6364136223846793005u + 1442695040888963407u;
        sample[i] = a[(uint64_t)i * step + ((x >> 32) * step >> 32)];
    }
    NAME(sort_run)(sample, m);
    return sample[m / 2];
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

static void NAME(quicksort)(T *a, fnp_intp n, int depth)
{
    while (n > RUN) {
        if (depth-- <= 0) {
            NAME(heapsort)(a, n);
            return;
        }
        T pivot = NAME(pivot)(a, n);
        fnp_intp low = NAME(split)(a, n, pivot);
        if (low == 0) { /* the pivot is the least: all equal to it are done */
            low = NAME(split_equal)(a, n, pivot);
            a += low;
            n -= low;
        } else if (low < n - low) {
            NAME(quicksort)(a, low, depth);
            a += low;
            n -= low;
        } else {
            NAME(quicksort)(a + low, n - low, depth);
            n = low;
        }
    }
    if (n > 1) NAME(sort_run)(a, n);
}

static int NAME(depth)(fnp_intp n)
{
    int d = 8;
    while (n >>= 1) d += 2;
    return d;
}

void PUBLIC(fnp__sort_i)(T *a, fnp_intp n);
void PUBLIC(fnp__sort_i)(T *a, fnp_intp n)
{
    NAME(quicksort)(a, n, NAME(depth)(n));
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
        T pivot = NAME(pivot)(a, n);
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
    if (n > 1) NAME(sort_run)(a, n);
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
#undef MIRROR
#undef RUN
#undef V
