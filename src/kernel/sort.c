/* Sorting by integer keys: the choice of CPU level, the maps from types to integers, argsort by
 * packed keys, and the merge sort for everything that can only be compared. */
#include "kernel/sort.h"

#include "fnp/base.h"

#include <string.h>

/* ---- level
 * ------------------------------------------------------------------------------------------------------
 */

#define DECLARE(level)                                                                             \
    void fnp__sort_i32_##level(int32_t *, fnp_intp, int32_t *);                                    \
    void fnp__sort_i64_##level(int64_t *, fnp_intp, int64_t *);                                    \
    void fnp__select_i32_##level(int32_t *, fnp_intp, fnp_intp, int32_t *);                        \
    void fnp__select_i64_##level(int64_t *, fnp_intp, fnp_intp, int64_t *);
DECLARE(v2)
#ifdef FNP_HAVE_V3
DECLARE(v3)
#define V3(f) f##_v3
#else
#define V3(f) f##_v2
#endif
#ifdef FNP_HAVE_V4
DECLARE(v4)
#define V4(f) f##_v4
#else
#define V4(f) V3(f)
#endif

#define BY_LEVEL(f, ...)                                                                           \
    switch (fnp_cpu_level()) {                                                                     \
    case 4: V4(f)(__VA_ARGS__); return;                                                            \
    case 3: V3(f)(__VA_ARGS__); return;                                                            \
    default: f##_v2(__VA_ARGS__); return;                                                          \
    }

void fnp__sort_i32(int32_t *a, fnp_intp n, int32_t *scratch)
{
    BY_LEVEL(fnp__sort_i32, a, n, scratch)
}
void fnp__sort_i64(int64_t *a, fnp_intp n, int64_t *scratch)
{
    BY_LEVEL(fnp__sort_i64, a, n, scratch)
}
void fnp__select_i32(int32_t *a, fnp_intp n, fnp_intp kth, int32_t *scratch)
{
    BY_LEVEL(fnp__select_i32, a, n, kth, scratch)
}
void fnp__select_i64(int64_t *a, fnp_intp n, fnp_intp kth, int64_t *scratch)
{
    BY_LEVEL(fnp__select_i64, a, n, kth, scratch)
}

/* ---- types as integers
 * ---------------------------------------------------------------------------------------------- */

/* A float's bits, sign and magnitude, to a signed integer of the same order; its own inverse. */
static inline int64_t fold64(int64_t x)
{
    return x ^ (int64_t)((uint64_t)(x >> 63) >> 1);
}
static inline int32_t fold32(int32_t x)
{
    return x ^ (int32_t)((uint32_t)(x >> 31) >> 1);
}
static inline int16_t fold16(int16_t x)
{
    return (int16_t)(x ^ (int16_t)((uint16_t)(x >> 15) >> 1));
}

bool fnp__has_key(int t)
{
    return t <= FNP_DOUBLE || t == FNP_HALF || t == FNP_DATETIME || t == FNP_TIMEDELTA;
}

int fnp__lane(int t)
{
    switch (t) {
    case FNP_LONG:
    case FNP_ULONG:
    case FNP_LONGLONG:
    case FNP_ULONGLONG:
    case FNP_DOUBLE:
    case FNP_DATETIME:
    case FNP_TIMEDELTA: return 8;
    default: return 4;
    }
}

#define FOR(T, U, expr)                                                                            \
    {                                                                                              \
        const T *s = (const T *)(const void *)src;                                                 \
        U *d = (U *)(void *)dst;                                                                   \
        for (fnp_intp i = 0; i < n; i++) {                                                         \
            T x = s[i];                                                                            \
            d[i] = (U)(expr);                                                                      \
        }                                                                                          \
        break;                                                                                     \
    }

void fnp__to_lane(int t, const char *src, fnp_intp n, void *dst)
{
    switch (t) {
    case FNP_BOOL:
    case FNP_UBYTE: FOR(uint8_t, int32_t, x)
    case FNP_BYTE: FOR(int8_t, int32_t, x)
    case FNP_SHORT: FOR(int16_t, int32_t, x)
    case FNP_USHORT: FOR(uint16_t, int32_t, x)
    case FNP_HALF: FOR(int16_t, int32_t, fold16(x))
    case FNP_INT: FOR(int32_t, int32_t, x)
    case FNP_UINT: FOR(uint32_t, int32_t, x ^ 0x80000000u)
    case FNP_FLOAT: FOR(int32_t, int32_t, fold32(x))
    case FNP_LONG:
    case FNP_LONGLONG: FOR(int64_t, int64_t, x)
    case FNP_ULONG:
    case FNP_ULONGLONG: FOR(uint64_t, int64_t, x ^ (uint64_t)1 << 63)
    case FNP_DOUBLE: FOR(int64_t, int64_t, fold64(x))
    default: FOR(uint64_t, int64_t, x - 1) /* NaT becomes the largest */
    }
}

void fnp__from_lane(int t, const void *src, fnp_intp n, char *dst)
{
    switch (t) {
    case FNP_BOOL:
    case FNP_UBYTE:
    case FNP_BYTE: FOR(int32_t, uint8_t, x)
    case FNP_SHORT:
    case FNP_USHORT: FOR(int32_t, uint16_t, x)
    case FNP_HALF: FOR(int32_t, int16_t, fold16((int16_t)x))
    case FNP_INT: FOR(int32_t, int32_t, x)
    case FNP_UINT: FOR(uint32_t, uint32_t, x ^ 0x80000000u)
    case FNP_FLOAT: FOR(int32_t, int32_t, fold32(x))
    case FNP_LONG:
    case FNP_LONGLONG: FOR(int64_t, int64_t, x)
    case FNP_ULONG:
    case FNP_ULONGLONG: FOR(uint64_t, uint64_t, x ^ (uint64_t)1 << 63)
    case FNP_DOUBLE: FOR(int64_t, int64_t, fold64(x))
    default: FOR(uint64_t, uint64_t, x + 1)
    }
}

void fnp__keys_u64(int t, const char *src, fnp_intp n, uint64_t *dst)
{
    const uint64_t top = (uint64_t)1 << 63;
    switch (t) {
    case FNP_BOOL:
    case FNP_UBYTE: FOR(uint8_t, uint64_t, x)
    case FNP_BYTE: FOR(int8_t, uint64_t, x + 128)
    case FNP_SHORT: FOR(int16_t, uint64_t, x + 32768)
    case FNP_USHORT: FOR(uint16_t, uint64_t, x)
    case FNP_INT: FOR(int32_t, uint64_t, (uint32_t)x ^ 0x80000000u)
    case FNP_UINT: FOR(uint32_t, uint64_t, x)
    case FNP_LONG:
    case FNP_LONGLONG: FOR(int64_t, uint64_t, (uint64_t)x ^ top)
    case FNP_ULONG:
    case FNP_ULONGLONG: FOR(uint64_t, uint64_t, x)
    case FNP_HALF:
        FOR(int16_t, uint64_t,
            (x & 0x7fff) > 0x7c00 ? 0x1ffffu
            : x == INT16_MIN      ? 0x8000u
                                  : (uint32_t)(fold16(x) + 0x8000))
    case FNP_FLOAT:
        FOR(int32_t, uint64_t,
            (x & INT32_MAX) > 0x7f800000 ? 0x1ffffffffu
            : x == INT32_MIN             ? 0x80000000u
                                         : (uint32_t)fold32(x) ^ 0x80000000u)
    case FNP_DOUBLE:
        FOR(int64_t, uint64_t,
            (x & INT64_MAX) > 0x7ff0000000000000 ? UINT64_MAX
            : x == INT64_MIN                     ? top
                                                 : (uint64_t)fold64(x) ^ top)
    default: FOR(uint64_t, uint64_t, (x ^ top) - 1)
    }
}

fnp_intp fnp__nans_last(int t, char *a, fnp_intp n)
{
#define SPLIT(T, INF, MAX)                                                                         \
    {                                                                                              \
        T *p = (T *)(void *)a;                                                                     \
        fnp_intp end = n;                                                                          \
        bool any = false;                                                                          \
        for (fnp_intp i = 0; i < n; i++) any |= (p[i] & MAX) > INF;                                \
        for (fnp_intp i = 0; any && i < end;) {                                                    \
            if ((p[i] & MAX) <= INF) {                                                             \
                i++;                                                                               \
                continue;                                                                          \
            }                                                                                      \
            T x = p[--end];                                                                        \
            p[end] = p[i];                                                                         \
            p[i] = x;                                                                              \
        }                                                                                          \
        return end;                                                                                \
    }
    switch (t) {
    case FNP_HALF: SPLIT(uint16_t, 0x7c00u, 0x7fffu)
    case FNP_FLOAT: SPLIT(uint32_t, 0x7f800000u, 0x7fffffffu)
    case FNP_DOUBLE: SPLIT(uint64_t, 0x7ff0000000000000u, (uint64_t)INT64_MAX)
    default: return n;
    }
#undef SPLIT
}

/* ---- argsort
 * ----------------------------------------------------------------------------------------------------------
 */

static int compare_keys(void *ctx, fnp_intp i, fnp_intp j)
{
    const uint64_t *k = ctx;
    return (k[i] > k[j]) - (k[i] < k[j]);
}

static void insertion_order(const uint64_t *keys, fnp_intp *order, fnp_intp n)
{
    for (fnp_intp i = 1; i < n; i++) {
        fnp_intp v = order[i], j = i;
        for (; j > 0 && keys[order[j - 1]] > keys[v]; j--) order[j] = order[j - 1];
        order[j] = v;
    }
}

/* As many leading bits of the key as there is room for above the position; sorted as integers; then
 * runs whose leading bits were equal are put right by their whole keys. */
void fnp__argsort_keys(const uint64_t *keys, fnp_intp n, fnp_intp *order, int64_t *work,
                       int64_t *scratch)
{
    for (fnp_intp i = 0; i < n; i++) order[i] = i;
    if (n <= 16) {
        insertion_order(keys, order, n);
        return;
    }
    uint64_t low = UINT64_MAX, high = 0, descents = 0;
    for (fnp_intp i = 0; i < n; i++) {
        low = keys[i] < low ? keys[i] : low;
        high = keys[i] > high ? keys[i] : high;
    }
    for (fnp_intp i = 1; i < n; i++) descents += keys[i] < keys[i - 1];
    if (descents == 0) return;
    const uint64_t top = (uint64_t)1 << 63;
    int index_bits = 64 - __builtin_clzll((uint64_t)n - 1);
    int key_bits = high > low ? 64 - __builtin_clzll(high - low) : 1;
    int shift = key_bits + index_bits > 64 ? key_bits + index_bits - 64 : 0;
    for (fnp_intp i = 0; i < n; i++)
        work[i] = (int64_t)(((keys[i] - low) >> shift << index_bits | (uint64_t)i) ^ top);
    fnp__sort_i64(work, n, scratch);
    uint64_t mask = ((uint64_t)1 << index_bits) - 1;
    for (fnp_intp i = 0; i < n; i++) order[i] = (fnp_intp)((uint64_t)work[i] & mask);
    if (shift == 0) return;
    for (fnp_intp i = 1; i < n; i++) {
        if (FNP_LIKELY(((uint64_t)(work[i] ^ work[i - 1]) >> index_bits) != 0)) continue;
        fnp_intp begin = i - 1;
        while (i < n && ((uint64_t)(work[i] ^ work[begin]) >> index_bits) == 0) i++;
        if (i - begin <= 24) {
            insertion_order(keys, order + begin, i - begin);
        } else {
            fnp__merge_argsort(order + begin, i - begin, (fnp_intp *)scratch, compare_keys,
                               (void *)keys, NULL);
        }
    }
}

/* ---- merge sort
 * ----------------------------------------------------------------------------------------------------------
 */

void fnp__merge_argsort(fnp_intp *order, fnp_intp n, fnp_intp *scratch, fnp__order_fn *compare,
                        void *ctx, const bool *stop)
{
    if (n <= 12) {
        for (fnp_intp i = 1; i < n; i++) {
            fnp_intp v = order[i], j = i;
            for (; j > 0 && compare(ctx, order[j - 1], v) > 0; j--) {
                if (stop && *stop) return;
                order[j] = order[j - 1];
            }
            order[j] = v;
            if (stop && *stop) return;
        }
        return;
    }
    fnp_intp half = n / 2, *right = order + half;
    fnp__merge_argsort(order, half, scratch, compare, ctx, stop);
    fnp__merge_argsort(right, n - half, scratch, compare, ctx, stop);
    if ((stop && *stop) || compare(ctx, right[-1], right[0]) <= 0) return;
    memcpy(scratch, order, (size_t)half * sizeof *order);
    fnp_intp i = 0, j = half, k = 0;
    while (i < half && j < n) {
        if (stop && *stop) break;
        order[k++] = compare(ctx, scratch[i], order[j]) <= 0 ? scratch[i++] : order[j++];
    }
    memcpy(order + k, scratch + i, (size_t)(half - i) * sizeof *order);
}
