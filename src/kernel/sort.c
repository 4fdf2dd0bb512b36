/* Sorting by integer keys: the choice of CPU level, the maps from types to integers, argsort by
 * packed keys, and the merge sort for everything that can only be compared. */
#include "kernel/sort.h"

#include "fnp/base.h"
#include "fnp/runtime.h"
#include "kernel/level_symbols.h"

#include <string.h>

/* ---- level
 * ------------------------------------------------------------------------------------------------------
 */

#define DECLARE(level)                                                                             \
    void fnp__sort_i32_##level(int32_t *, fnp_intp, bool);                                         \
    void fnp__sort_i64_##level(int64_t *, fnp_intp, bool);                                         \
    bool fnp__fold_i32_##level(int32_t *, fnp_intp);                                               \
    bool fnp__fold_i64_##level(int64_t *, fnp_intp);                                               \
    fnp_intp fnp__split_i32_##level(int32_t *, fnp_intp);                                          \
    fnp_intp fnp__split_i64_##level(int64_t *, fnp_intp);                                          \
    void fnp__select_i32_##level(int32_t *, fnp_intp, fnp_intp);                                   \
    void fnp__select_i64_##level(int64_t *, fnp_intp, fnp_intp);                                   \
    void fnp__to_lane_##level(int, const char *, fnp_intp, void *);                                \
    void fnp__from_lane_##level(int, const void *, fnp_intp, char *);                              \
    void fnp__keys_u64_##level(int, const char *, fnp_intp, uint64_t *);                           \
    fnp_intp fnp__nans_last_##level(int, char *, fnp_intp);                                        \
    bool fnp__key_range_##level(int, const char *, fnp_intp, fnp_intp, uint64_t *, uint64_t *);    \
    void fnp__pack_keys_##level(int, const char *, fnp_intp, fnp_intp, uint64_t, int, int,         \
                                int64_t *);
DECLARE(v2)
DECLARE(v3)
DECLARE(v4)

static void sort_i32(int32_t *a, fnp_intp n, bool folded)
{
    BY_LEVEL(fnp__sort_i32)(a, n, folded);
}
static void sort_i64(int64_t *a, fnp_intp n, bool folded)
{
    BY_LEVEL(fnp__sort_i64)(a, n, folded);
}
static bool fold_i32(int32_t *a, fnp_intp n)
{
    return BY_LEVEL(fnp__fold_i32)(a, n);
}
static bool fold_i64(int64_t *a, fnp_intp n)
{
    return BY_LEVEL(fnp__fold_i64)(a, n);
}
static fnp_intp split_i32(int32_t *a, fnp_intp n)
{
    return BY_LEVEL(fnp__split_i32)(a, n);
}
static fnp_intp split_i64(int64_t *a, fnp_intp n)
{
    return BY_LEVEL(fnp__split_i64)(a, n);
}
void fnp__select_i32(int32_t *a, fnp_intp n, fnp_intp k)
{
    BY_LEVEL(fnp__select_i32)(a, n, k);
}
void fnp__select_i64(int64_t *a, fnp_intp n, fnp_intp k)
{
    BY_LEVEL(fnp__select_i64)(a, n, k);
}

/* ---- threads: split a few times, then sort the pieces side by side ---- */

enum { PARALLEL_FROM = 200000, PIECES_MAX = 16 };

typedef struct pieces {
    char *a;
    bool wide, folded;
    fnp_intp begin[PIECES_MAX + 1];
} pieces;

static void sort_pieces(void *ctx, fnp_intp begin, fnp_intp end)
{
    const pieces *p = ctx;
    for (fnp_intp i = begin; i < end; i++) {
        fnp_intp at = p->begin[i], n = p->begin[i + 1] - at;
        if (p->wide) {
            sort_i64((int64_t *)(void *)p->a + at, n, p->folded);
        } else {
            sort_i32((int32_t *)(void *)p->a + at, n, p->folded);
        }
    }
}

static void sort_parallel(void *a, bool wide, fnp_intp n, bool folded, int threads)
{
    pieces p = {.a = a, .wide = wide, .folded = folded, .begin = {0, n}};
    int count = 1, want = threads * 2 < PIECES_MAX ? threads * 2 : PIECES_MAX;
    while (count < want) {
        int largest = 0;
        for (int i = 1; i < count; i++)
            if (p.begin[i + 1] - p.begin[i] > p.begin[largest + 1] - p.begin[largest]) largest = i;
        fnp_intp at = p.begin[largest], size = p.begin[largest + 1] - at;
        fnp_intp low =
            wide ? split_i64((int64_t *)a + at, size) : split_i32((int32_t *)a + at, size);
        if (low <= 0 || low >= size) break;
        memmove(&p.begin[largest + 2], &p.begin[largest + 1],
                (size_t)(count - largest) * sizeof p.begin[0]);
        p.begin[largest + 1] = at + low;
        count++;
    }
    fnp_parallel_for(count, 1, sort_pieces, &p);
}

static void sort_lanes(void *a, bool wide, fnp_intp n, bool folded)
{
    int threads = n >= PARALLEL_FROM ? fnp_threads() : 1;
    if (threads > 1) {
        FNP_NOTE(FNP_EVENT_THREADS, NULL, "it is split a few times, and the parts are sorted apart",
                 "%d threads", threads);
        sort_parallel(a, wide, n, folded, threads);
    } else if (wide) {
        sort_i64(a, n, folded);
    } else {
        sort_i32(a, n, folded);
    }
}

void fnp__sort_i32(int32_t *a, fnp_intp n)
{
    sort_lanes(a, false, n, false);
}

void fnp__sort_i64(int64_t *a, fnp_intp n)
{
    sort_lanes(a, true, n, false);
}

bool fnp__fold_floats(int t, char *a, fnp_intp n)
{
    bool nans =
        t == FNP_DOUBLE ? fold_i64((int64_t *)(void *)a, n) : fold_i32((int32_t *)(void *)a, n);
    if (nans) fnp__from_lane(t, a, n, a); /* they are to go to the end first */
    return !nans;
}

bool fnp__sort_floats(int t, char *a, fnp_intp n)
{
    if (!fnp__fold_floats(t, a, n)) return false;
    sort_lanes(a, t == FNP_DOUBLE, n, true);
    return true;
}

/* ---- types as integers ---- */

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

void fnp__to_lane(int t, const char *src, fnp_intp n, void *lane)
{
    BY_LEVEL(fnp__to_lane)(t, src, n, lane);
}
void fnp__from_lane(int t, const void *lane, fnp_intp n, char *dst)
{
    BY_LEVEL(fnp__from_lane)(t, lane, n, dst);
}
void fnp__keys_u64(int t, const char *src, fnp_intp n, uint64_t *keys)
{
    BY_LEVEL(fnp__keys_u64)(t, src, n, keys);
}
fnp_intp fnp__nans_last(int t, char *a, fnp_intp n)
{
    return BY_LEVEL(fnp__nans_last)(t, a, n);
}

/* ---- argsort ---- */

typedef struct keyed_line {
    int type_num;
    const char *line;
    fnp_intp size;
} keyed_line;

static uint64_t key_at(const keyed_line *l, fnp_intp i)
{
    uint64_t k;
    fnp__keys_u64(l->type_num, l->line + i * l->size, 1, &k);
    return k;
}

static int compare_keys(void *ctx, fnp_intp i, fnp_intp j)
{
    uint64_t x = key_at(ctx, i), y = key_at(ctx, j);
    return (x > y) - (x < y);
}

static void insertion_order(const keyed_line *l, fnp_intp *order, fnp_intp n)
{
    for (fnp_intp i = 1; i < n; i++) {
        fnp_intp v = order[i], j = i;
        uint64_t k = key_at(l, v);
        for (; j > 0 && key_at(l, order[j - 1]) > k; j--) order[j] = order[j - 1];
        order[j] = v;
    }
}

enum { KEYS_AT_ONCE = 256, SHORT_RUN = 24 };

/* Least and largest key, and whether the keys never go down. */
static bool key_range(const keyed_line *l, fnp_intp n, uint64_t *low, uint64_t *high)
{
    return BY_LEVEL(fnp__key_range)(l->type_num, l->line, l->size, n, low, high);
}

/* Words of the order of the keys: key - low without its last `shift` bits, then the position. */
static void pack_keys(const keyed_line *l, fnp_intp n, uint64_t low, int shift, int index_bits,
                      fnp_intp *words)
{
    BY_LEVEL(fnp__pack_keys)
    (l->type_num, l->line, l->size, n, low, shift, index_bits, (int64_t *)words);
}

/* Positions whose leading key bits are equal, put right by whole keys; they are in ascending order.
 */
static bool settle_run(const keyed_line *l, fnp_intp *order, fnp_intp n, fnp_intp *scratch)
{
    if (n <= SHORT_RUN) {
        insertion_order(l, order, n);
        return true;
    }
    if (!scratch) return false;
    fnp__merge_argsort(order, n, scratch, compare_keys, (void *)l, NULL);
    return true;
}

/* The elements that share the leading bits of a selected one may lie on both sides of it: they are
 * put in order among the places that they hold. False if they are many. */
static bool settle_rank(const keyed_line *l, fnp_intp *order, fnp_intp n, fnp_intp chosen,
                        int index_bits)
{
    fnp_intp place[SHORT_RUN], value[SHORT_RUN], count = 0;
    uint64_t mask = ((uint64_t)1 << index_bits) - 1, lead = (uint64_t)chosen & ~mask;
    for (fnp_intp i = 0; i < n; i++) {
        if (FNP_LIKELY(((uint64_t)order[i] & ~mask) != lead)) continue;
        if (count == SHORT_RUN) return false;
        place[count] = i;
        value[count++] = (fnp_intp)((uint64_t)order[i] & mask);
    }
    if (count < 2) return true;
    insertion_order(l, value, count);
    for (fnp_intp i = 0; i < count; i++) order[place[i]] = (fnp_intp)(lead | (uint64_t)value[i]);
    return true;
}

/* As many leading bits of the key as there is room for above the position; sorted as integers; then
 * runs whose leading bits were equal are put right by their whole keys. */
/* Whether some of the first n sorted words has the leading bits of the next one. */
static bool leads_repeat(const fnp_intp *order, fnp_intp n, int index_bits)
{
    int64_t any = 0;
    for (fnp_intp i = 0; i < n; i++) any |= (uint64_t)(order[i] ^ order[i + 1]) >> index_bits == 0;
    return any;
}

bool fnp__argsort_keys(int type_num, const char *line, fnp_intp n, const fnp_intp *kth,
                       fnp_intp nkth, fnp_intp *order, fnp_intp *scratch)
{
    const keyed_line l = {type_num, line, fnp_dtype_builtin(type_num)->elsize};
    uint64_t low, high;
    bool sorted = n <= 16 ? false : key_range(&l, n, &low, &high);
    if (n <= 16 || sorted) {
        for (fnp_intp i = 0; i < n; i++) order[i] = i;
        if (!sorted) insertion_order(&l, order, n);
        return true;
    }
    int index_bits = 64 - __builtin_clzll((uint64_t)n - 1);
    int key_bits = high > low ? 64 - __builtin_clzll(high - low) : 1;
    int shift = key_bits + index_bits > 64 ? key_bits + index_bits - 64 : 0;
    pack_keys(&l, n, low, shift, index_bits, order);
    uint64_t mask = ((uint64_t)1 << index_bits) - 1;
    bool partial = kth != NULL;
    if (partial) {
        fnp_intp begin = 0;
        for (fnp_intp i = 0; i < nkth; i++) {
            if (kth[i] < begin) continue;
            fnp__select_i64((int64_t *)order + begin, n - begin, kth[i] - begin);
            begin = kth[i] + 1;
        }
        for (fnp_intp i = 0; shift && partial && i < nkth; i++)
            partial = settle_rank(&l, order, n, order[kth[i]], index_bits);
    }
    if (!partial) fnp__sort_i64((int64_t *)order, n);
    if (shift == 0 || partial) {
        for (fnp_intp i = 0; i < n; i++) order[i] = (fnp_intp)((uint64_t)order[i] & mask);
        return true;
    }
    for (fnp_intp i = 0, looked = 0; i < n;) {
        fnp_intp end = i + KEYS_AT_ONCE;
        if (i >= looked && end < n) {
            looked = end;
            if (!leads_repeat(order + i, KEYS_AT_ONCE, index_bits)) {
                for (; i < end; i++) order[i] = (fnp_intp)((uint64_t)order[i] & mask);
                continue;
            }
        }
        uint64_t lead = (uint64_t)order[i] >> index_bits;
        fnp_intp begin = i;
        for (; i < n && (uint64_t)order[i] >> index_bits == lead; i++)
            order[i] = (fnp_intp)((uint64_t)order[i] & mask);
        if (i - begin > 1 && !settle_run(&l, order + begin, i - begin, scratch)) return false;
    }
    return true;
}

/* ---- merge sort
 * ----------------------------------------------------------------------------------------------------------
 */

/* What comes later is asked whether it is less: so say the errors of objects that cannot be
 * compared.
 */
void fnp__merge_argsort(fnp_intp *order, fnp_intp n, fnp_intp *scratch, fnp__order_fn *compare,
                        void *ctx, const bool *stop)
{
    if (n <= 12) {
        for (fnp_intp i = 1; i < n; i++) {
            fnp_intp v = order[i], j = i;
            for (; j > 0 && compare(ctx, v, order[j - 1]) < 0; j--) {
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
    if ((stop && *stop) || compare(ctx, right[0], right[-1]) >= 0) return;
    memcpy(scratch, order, (size_t)half * sizeof *order);
    fnp_intp i = 0, j = half, k = 0;
    while (i < half && j < n) {
        if (stop && *stop) break;
        order[k++] = compare(ctx, order[j], scratch[i]) < 0 ? order[j++] : scratch[i++];
    }
    memcpy(order + k, scratch + i, (size_t)(half - i) * sizeof *order);
}
