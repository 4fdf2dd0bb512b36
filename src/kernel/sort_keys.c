/* Types as integers whose order is the type's, and what argsort makes of them. Compiled once per
 * CPU level. */
#include "kernel/sort.h"

#define CAT4_(a, b, c, d) a##b##c##d
#define CAT4(a, b, c, d) CAT4_(a, b, c, d)
#define LEVEL(name) CAT4(fnp__, name, _, FNP_LV)

#define AT_LEVEL(result, name, ...)                                                                \
    result LEVEL(name)(__VA_ARGS__);                                                               \
    result LEVEL(name)(__VA_ARGS__)

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

AT_LEVEL(void, to_lane, int t, const char *src, fnp_intp n, void *dst)
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

AT_LEVEL(void, from_lane, int t, const void *src, fnp_intp n, char *dst)
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

AT_LEVEL(void, keys_u64, int t, const char *src, fnp_intp n, uint64_t *dst)
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

AT_LEVEL(fnp_intp, nans_last, int t, char *a, fnp_intp n)
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

enum { KEYS_AT_ONCE = 256 };

AT_LEVEL(bool, key_range, int t, const char *line, fnp_intp size, fnp_intp n, uint64_t *low,
         uint64_t *high)
{
    uint64_t keys[KEYS_AT_ONCE], least = UINT64_MAX, most = 0, last = 0;
    bool sorted = true;
    for (fnp_intp i = 0; i < n; i += KEYS_AT_ONCE) {
        fnp_intp m = n - i < KEYS_AT_ONCE ? n - i : KEYS_AT_ONCE;
        LEVEL(keys_u64)(t, line + i * size, m, keys);
        for (fnp_intp k = 0; k < m; k++) {
            least = keys[k] < least ? keys[k] : least;
            most = keys[k] > most ? keys[k] : most;
        }
        if (!sorted) continue;
        uint64_t down = keys[0] < last;
        for (fnp_intp k = 1; k < m; k++) down |= keys[k] < keys[k - 1];
        sorted = !down;
        last = keys[m - 1];
    }
    *low = least;
    *high = most;
    return sorted;
}

AT_LEVEL(void, pack_keys, int t, const char *line, fnp_intp size, fnp_intp n, uint64_t low,
         int shift, int index_bits, int64_t *words)
{
    uint64_t keys[KEYS_AT_ONCE];
    for (fnp_intp i = 0; i < n; i += KEYS_AT_ONCE) {
        fnp_intp m = n - i < KEYS_AT_ONCE ? n - i : KEYS_AT_ONCE;
        LEVEL(keys_u64)(t, line + i * size, m, keys);
        for (fnp_intp k = 0; k < m; k++) {
            uint64_t word = (keys[k] - low) >> shift << index_bits | (uint64_t)(i + k);
            words[i + k] = (int64_t)(word ^ (uint64_t)1 << 63);
        }
    }
}
