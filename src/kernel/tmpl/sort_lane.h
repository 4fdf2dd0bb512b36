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
#define LANES ((int)(VECTOR_BYTES / sizeof(T)))
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

/* Lane i compares with lane i ^ k; of each pair the upper lane gets the larger value. */
INLINE V NAME(exchange)(V v, const int k)
{
    V partner, choose;
    const int top = 1 << (31 - __builtin_clz((unsigned)k));
    for (int i = 0; i < LANES; i++) {
        partner[i] = i ^ k;
        choose[i] = i & top ? i + LANES : i;
    }
    V p = __builtin_shuffle(v, partner);
    return __builtin_shuffle(NAME(least)(v, p), NAME(most)(v, p), choose);
}

INLINE V NAME(reverse)(V v)
{
    V index;
    for (int i = 0; i < LANES; i++) index[i] = LANES - 1 - i;
    return __builtin_shuffle(v, index);
}

/* A bitonic vector in order. */
INLINE V NAME(settle)(V v)
{
#pragma GCC unroll 4
    for (int k = LANES / 2; k > 0; k /= 2) v = NAME(exchange)(v, k);
    return v;
}

INLINE V NAME(sort_vector)(V v)
{
#pragma GCC unroll 4
    for (int size = 2; size <= LANES; size *= 2) {
        v = NAME(exchange)(v, size - 1);
#pragma GCC unroll 4
        for (int k = size / 4; k > 0; k /= 2) v = NAME(exchange)(v, k);
    }
    return v;
}

INLINE void NAME(sort_vectors)(V *v, const int n)
{
#pragma GCC unroll 16
    for (int i = 0; i < n; i++) v[i] = NAME(sort_vector)(v[i]);
#pragma GCC unroll 4
    for (int m = 1; m < n; m *= 2) {
#pragma GCC unroll 8
        for (int b = 0; b < n; b += 2 * m) {
#pragma GCC unroll 8
            for (int i = 0; i < m; i++) { /* against the second run read backwards */
                V x = v[b + i], y = NAME(reverse)(v[b + 2 * m - 1 - i]);
                v[b + i] = NAME(least)(x, y);
                v[b + 2 * m - 1 - i] = NAME(reverse)(NAME(most)(x, y));
            }
#pragma GCC unroll 4
            for (int s = m / 2; s > 0; s /= 2)
#pragma GCC unroll 8
                for (int h = b; h < b + 2 * m; h += 2 * s)
#pragma GCC unroll 8
                    for (int i = 0; i < s; i++) {
                        V x = v[h + i], y = v[h + s + i];
                        v[h + i] = NAME(least)(x, y);
                        v[h + s + i] = NAME(most)(x, y);
                    }
        }
#pragma GCC unroll 16
        for (int i = 0; i < n; i++) v[i] = NAME(settle)(v[i]);
    }
}

/* n elements in `count` vectors, padded with the largest value. */
INLINE void NAME(sort_padded)(T *a, fnp_intp n, const int count)
{
    V v[RUN_VECTORS];
    T tail[RUN_VECTORS * (VECTOR_BYTES / sizeof(T))];
    if (n == count * LANES) {
#pragma GCC unroll 16
        for (int i = 0; i < count; i++) v[i] = NAME(load)(a + i * LANES);
        NAME(sort_vectors)(v, count);
#pragma GCC unroll 16
        for (int i = 0; i < count; i++) NAME(store)(a + i * LANES, v[i]);
        return;
    }
    memcpy(tail, a, (size_t)n * sizeof(T));
    for (int i = (int)n; i < count * LANES; i++) tail[i] = T_MAX;
#pragma GCC unroll 16
    for (int i = 0; i < count; i++) v[i] = NAME(load)(tail + i * LANES);
    NAME(sort_vectors)(v, count);
#pragma GCC unroll 16
    for (int i = 0; i < count; i++) NAME(store)(tail + i * LANES, v[i]);
    memcpy(a, tail, (size_t)n * sizeof(T));
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
#if RUN_VECTORS == 16
static __attribute__((noinline)) void NAME(sort_16)(T *a, fnp_intp n)
{
    NAME(sort_padded)(a, n, 16);
}
#endif

static void NAME(sort_run)(T *a, fnp_intp n)
{
    if (n <= LANES) {
        NAME(sort_1)(a, n);
    } else if (n <= 2 * LANES) {
        NAME(sort_2)(a, n);
    } else if (n <= 4 * LANES) {
        NAME(sort_4)(a, n);
#if RUN_VECTORS == 16
    } else if (n > 8 * LANES) {
        NAME(sort_16)(a, n);
#endif
    } else {
        NAME(sort_8)(a, n);
    }
}

/* ---- partition
 * ------------------------------------------------------------------------------------------------
 */

#if VECTOR_BYTES == 32
/* For each mask of lanes, their numbers first to last, the set ones in front; in units of 32 bits.
 */
#if BITS == 64
static const int32_t NAME(pack_front)[16][8] = {
#define ROW(m)                                                                                     \
    {                                                                                              \
        PICK(m, 0), PICK(m, 0) + 1, PICK(m, 1), PICK(m, 1) + 1, PICK(m, 2), PICK(m, 2) + 1,        \
            PICK(m, 3), PICK(m, 3) + 1                                                             \
    }
#define SET(m, i) ((m) >> (i)&1)
#define RANK(m, i) (SET(m, i) ? NSET(m, i) : NSET(m, 4) + (i)-NSET(m, i))
#define NSET(m, i)                                                                                 \
    ((i > 0 ? SET(m, 0) : 0) + (i > 1 ? SET(m, 1) : 0) + (i > 2 ? SET(m, 2) : 0) +                 \
     (i > 3 ? SET(m, 3) : 0))
#define PICK(m, r) (RANK(m, 0) == (r) ? 0 : RANK(m, 1) == (r) ? 2 : RANK(m, 2) == (r) ? 4 : 6)
    ROW(0), ROW(1), ROW(2),  ROW(3),  ROW(4),  ROW(5),  ROW(6),  ROW(7),
    ROW(8), ROW(9), ROW(10), ROW(11), ROW(12), ROW(13), ROW(14), ROW(15),
#undef ROW
#undef PICK
#undef RANK
#undef NSET
#undef SET
};
#endif
#endif

/* Elements < pivot (or <= pivot) stay in front, in place; the others go to scratch and back behind
 * them. Returns how many are in front. */
INLINE fnp_intp NAME(partition)(T *a, fnp_intp n, T pivot, T *scratch, const bool equal)
{
    fnp_intp low = 0, high = 0, i = 0;
#if VECTOR_BYTES == 64
    V p = pivot - (V){0};
    for (; i + LANES <= n; i += LANES) {
        V v = NAME(load)(a + i);
#if BITS == 64
        __mmask8 m = equal ? _mm512_cmple_epi64_mask((__m512i)v, (__m512i)p)
                           : _mm512_cmplt_epi64_mask((__m512i)v, (__m512i)p);
        NAME(store)(a + low, (V)_mm512_maskz_compress_epi64(m, (__m512i)v));
        NAME(store)(scratch + high, (V)_mm512_maskz_compress_epi64((__mmask8)~m, (__m512i)v));
#else
        __mmask16 m = equal ? _mm512_cmple_epi32_mask((__m512i)v, (__m512i)p)
                            : _mm512_cmplt_epi32_mask((__m512i)v, (__m512i)p);
        NAME(store)(a + low, (V)_mm512_maskz_compress_epi32(m, (__m512i)v));
        NAME(store)(scratch + high, (V)_mm512_maskz_compress_epi32((__mmask16)~m, (__m512i)v));
#endif
        int c = __builtin_popcount(m);
        low += c;
        high += LANES - c;
    }
#elif VECTOR_BYTES == 32 && BITS == 64
    V p = pivot - (V){0};
    for (; i + LANES <= n; i += LANES) {
        V v = NAME(load)(a + i);
        int m = _mm256_movemask_pd((__m256d)(equal ? v <= p : v < p));
        __m256i front = _mm256_loadu_si256((const __m256i *)NAME(pack_front)[m]);
        __m256i back = _mm256_loadu_si256((const __m256i *)NAME(pack_front)[m ^ 15]);
        NAME(store)(a + low, (V)_mm256_permutevar8x32_epi32((__m256i)v, front));
        NAME(store)(scratch + high, (V)_mm256_permutevar8x32_epi32((__m256i)v, back));
        int c = __builtin_popcount((unsigned)m);
        low += c;
        high += LANES - c;
    }
#elif VECTOR_BYTES == 32
    V p = pivot - (V){0};
    for (; i + LANES <= n; i += LANES) {
        V v = NAME(load)(a + i);
        unsigned m = (unsigned)_mm256_movemask_ps((__m256)(equal ? v <= p : v < p));
        /* nibbles 0..7, the set ones gathered in front, by BMI2 (Kocsis, "compress with pext") */
        uint64_t spread = _pdep_u64(m, 0x0101010101010101u) * 0xff;
        __m256i front = _mm256_cvtepu8_epi32(
            _mm_cvtsi64_si128((long long)_pext_u64(0x0706050403020100u, spread)));
        __m256i back = _mm256_cvtepu8_epi32(
            _mm_cvtsi64_si128((long long)_pext_u64(0x0706050403020100u, ~spread)));
        NAME(store)(a + low, (V)_mm256_permutevar8x32_epi32((__m256i)v, front));
        NAME(store)(scratch + high, (V)_mm256_permutevar8x32_epi32((__m256i)v, back));
        int c = __builtin_popcount(m);
        low += c;
        high += LANES - c;
    }
#endif
    for (; i < n; i++) {
        T v = a[i];
        bool front = equal ? v <= pivot : v < pivot;
        a[low] = v;
        scratch[high] = v;
        low += front;
        high += !front;
    }
    memcpy(a + low, scratch, (size_t)high * sizeof(T));
    return low;
}

static fnp_intp NAME(split)(T *a, fnp_intp n, T pivot, T *scratch)
{
    return NAME(partition)(a, n, pivot, scratch, false);
}

static fnp_intp NAME(split_equal)(T *a, fnp_intp n, T pivot, T *scratch)
{
    return NAME(partition)(a, n, pivot, scratch, true);
}

/* Median of a sample that is spread over the run. */
static T NAME(pivot)(const T *a, fnp_intp n)
{
    T sample[64];
    int m = n > 20000 ? 64 : n > 1000 ? 16 : 8;
    if (m > RUN) m = RUN;
    uint64_t x = 0x9e3779b97f4a7c15u ^ (uint64_t)n;
    fnp_intp step = n / m;
    for (int i = 0; i < m; i++) {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        sample[i] = a[i * step + (fnp_intp)((x >> 11) % (uint64_t)step)];
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

static void NAME(quicksort)(T *a, fnp_intp n, T *scratch, int depth)
{
    while (n > RUN) {
        if (depth-- <= 0) {
            NAME(heapsort)(a, n);
            return;
        }
        T pivot = NAME(pivot)(a, n);
        fnp_intp low = NAME(split)(a, n, pivot, scratch);
        if (low == 0) { /* the pivot is the least: all equal to it are done */
            low = NAME(split_equal)(a, n, pivot, scratch);
            a += low;
            n -= low;
        } else if (low < n - low) {
            NAME(quicksort)(a, low, scratch, depth);
            a += low;
            n -= low;
        } else {
            NAME(quicksort)(a + low, n - low, scratch, depth);
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

void PUBLIC(fnp__sort_i)(T *a, fnp_intp n, T *scratch);
void PUBLIC(fnp__sort_i)(T *a, fnp_intp n, T *scratch)
{
    NAME(quicksort)(a, n, scratch, NAME(depth)(n));
}

void PUBLIC(fnp__select_i)(T *a, fnp_intp n, fnp_intp kth, T *scratch);
void PUBLIC(fnp__select_i)(T *a, fnp_intp n, fnp_intp kth, T *scratch)
{
    int depth = NAME(depth)(n);
    while (n > RUN) {
        if (depth-- <= 0) {
            NAME(heapsort)(a, n);
            return;
        }
        T pivot = NAME(pivot)(a, n);
        fnp_intp low = NAME(split)(a, n, pivot, scratch);
        if (low == 0) {
            low = NAME(split_equal)(a, n, pivot, scratch);
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
#undef RUN
#undef V
