/* Sorting, selecting and ordering lines of an array. A line is brought into a dense native buffer
 * unless it is one; types with integer keys go to the vectorised kernels, all others to the merge
 * sort of positions. */
#include "fnp/sort.h"

#include "fnp/base.h"
#include "fnp/cast.h"
#include "func/lines.h"
#include "func/sort_complex.h"
#include "func/sort_runs.h"
#include "func/sort_text.h"
#include "kernel/cast.h"
#include "kernel/gather.h"
#include "kernel/scan.h"
#include "kernel/sort.h"

#include <string.h>

/* What one call needs for lines of n elements. Memory is made when a line first needs it. */
typedef struct sorter {
    const fnp_dtype *given; /* as the array has it */
    fnp_dtype dtype;        /* as the buffer has it: numbers are native */
    fnp_intp n, size;
    bool keyed, complex;
    fnp_kernel_fn *load;
    fnp_intp load_units;
    char *line, *moved; /* the dense line; room for a permuted one */
    void *lanes;
    fnp_intp *order, *scratch;
    fnp_error *err;
} sorter;

static void sorter_clear(sorter *s)
{
    fnp_free(s->line);
    fnp_free(s->moved);
    fnp_free(s->lanes);
    fnp_free(s->scratch);
    fnp_free(s->order);
}

/* *p has room for `count` things of `size` bytes. */
static fnp_status need(const sorter *s, void *p, fnp_intp count, fnp_intp size)
{
    void **slot = p;
    if (!*slot && !(*slot = fnp_malloc((size_t)(count * size) + 64))) return fnp_fail_nomem(s->err);
    return FNP_OK;
}

static fnp_status sorter_init(sorter *s, const fnp_dtype *dt, fnp_intp n, fnp_error *err)
{
    memset(s, 0, sizeof *s);
    s->given = dt;
    s->dtype = *dt;
    s->n = n;
    s->size = dt->elsize;
    s->err = err;
    if (!fnp_dtype_has_order(dt))
        return fnp_fail(err, FNP_ETYPE, "type does not have compare function");
    bool plain = !dt->ops && !dt->sub_ndim;
    s->keyed = plain && fnp__has_key(dt->type_num);
    s->complex = plain && (dt->type_num == FNP_CFLOAT || dt->type_num == FNP_CDOUBLE);
    fnp_intp unit = 1, count = 1;
    if ((s->keyed || s->complex) && dt->swapped) {
        fnp__swap_shape(dt, &unit, &count);
        s->dtype = *fnp_dtype_builtin(dt->type_num);
    }
    s->load = unit > 1 ? fnp__swap_kernel(unit) : fnp__copy_kernel(s->size);
    s->load_units = unit > 1 ? count : s->size;
    return FNP_OK;
}

static fnp_status load_line(sorter *s, const char *src, fnp_intp stride)
{
    FNP_TRY(need(s, &s->line, s->n, s->size));
    char *args[2] = {(char *)src, s->line};
    fnp_intp steps[2] = {stride, s->size};
    s->load(args, &s->n, steps, (void *)s->load_units);
    return FNP_OK;
}

static void store_line(const sorter *s, char *dst, fnp_intp stride)
{
    char *args[2] = {s->line, dst};
    fnp_intp steps[2] = {s->size, stride};
    s->load(args, &s->n, steps, (void *)s->load_units);
}

/* ---- positions
 * -------------------------------------------------------------------------------------------------
 */

typedef struct element_order {
    const fnp_dtype *dtype;
    const char *line;
    fnp_intp size;
    bool failed;
} element_order;

static int compare_elements(void *ctx, fnp_intp i, fnp_intp j)
{
    element_order *o = ctx;
    return fnp_dtype_compare(o->dtype, o->line + i * o->size, o->line + j * o->size, &o->failed);
}

/* Stable order of a dense line; with kth only these ranks have to be in place. */
static fnp_status order_line(sorter *s, const char *line, const fnp_intp *kth, fnp_intp nkth,
                             fnp_intp *order)
{
    int run = s->n > 16 ? fnp__line_run(&s->dtype, line, s->n) : 0;
    if (run) {
        for (fnp_intp i = 0; i < s->n; i++) order[i] = run > 0 ? i : s->n - 1 - i;
        return FNP_OK;
    }
    if (s->dtype.type_num == FNP_LONGDOUBLE && !s->dtype.swapped && !s->dtype.ops) {
        FNP_TRY(need(s, &s->scratch, s->n + s->n / 2 + 1, sizeof(fnp__placed)));
        fnp__placed *all = (fnp__placed *)(void *)s->scratch;
        for (fnp_intp i = 0; i < s->n; i++) {
            memcpy(&all[i].value, line + i * s->size, sizeof(long double));
            all[i].place = i;
        }
        fnp__sort_placed(all, s->n, all + s->n);
        for (fnp_intp i = 0; i < s->n; i++) order[i] = all[i].place;
        return FNP_OK;
    }
    if (s->keyed) {
        if (fnp__argsort_keys(s->dtype.type_num, line, s->n, kth, nkth, order, s->scratch))
            return FNP_OK;
        FNP_TRY(need(s, &s->scratch, s->n / 2 + 1, sizeof *order));
        (void)fnp__argsort_keys(s->dtype.type_num, line, s->n, kth, nkth, order, s->scratch);
        return FNP_OK;
    }
    if (fnp__is_text(&s->dtype)) {
        if (s->n > FNP__TEXT_FEW) FNP_TRY(need(s, &s->scratch, 2 * s->n, sizeof *order));
        fnp__text_order(&s->dtype, line, s->n, order, s->scratch);
        return FNP_OK;
    }
    if (s->complex) {
        FNP_TRY(need(s, &s->scratch, 3 * s->n, sizeof *order));
        fnp__complex_order(s->dtype.type_num, line, s->n, order, s->scratch);
        return FNP_OK;
    }
    FNP_TRY(need(s, &s->scratch, s->n / 2 + 1, sizeof *order));
    for (fnp_intp i = 0; i < s->n; i++) order[i] = i;
    element_order o = {.dtype = &s->dtype, .line = line, .size = s->size};
    fnp__merge_argsort(order, s->n, s->scratch, compare_elements, &o, &o.failed);
    return o.failed ? FNP_EPYTHON : FNP_OK;
}

static fnp_status permute_line(sorter *s, char *line)
{
    FNP_TRY(need(s, &s->moved, s->n, s->size));
    const fnp_intp size = s->size;
    fnp__gather_fn *gather = fnp__gather_kernel(s->size, false);
    if (gather) {
        gather(line, s->n, s->size, (const char *)s->order, sizeof(fnp_intp), s->moved, s->size,
               s->n);
    } else {
        for (fnp_intp i = 0; i < s->n; i++)
            scan_copy(s->moved + i * size, line + s->order[i] * size, size);
    }
    memcpy(line, s->moved, (size_t)(s->n * s->size));
    return FNP_OK;
}

/* ---- sorting a dense line
 * ----------------------------------------------------------------------------------------- */

static void sort_bytes(const sorter *s, uint8_t *line)
{
    enum { FEW = 48 };
    if (s->dtype.type_num == FNP_BOOL) {
        fnp_intp zeros = 0;
        for (fnp_intp i = 0; i < s->n; i++) zeros += line[i] == 0;
        memset(line, 0, (size_t)zeros);
        memset(line + zeros, 1, (size_t)(s->n - zeros));
        return;
    }
    if (s->n <= FEW) { /* each to its place; the flip makes signed bytes compare as unsigned */
        const uint8_t flip = s->dtype.type_num == FNP_BYTE ? 128 : 0;
        for (fnp_intp i = 1; i < s->n; i++) {
            uint8_t x = line[i];
            fnp_intp j = i;
            for (; j > 0 && (uint8_t)(line[j - 1] ^ flip) > (uint8_t)(x ^ flip); j--)
                line[j] = line[j - 1];
            line[j] = x;
        }
        return;
    }
    fnp_intp count[256] = {0}, k = 0;
    for (fnp_intp i = 0; i < s->n; i++) count[line[i]]++;
    int first = s->dtype.type_num == FNP_BYTE ? 128 : 0;
    for (int c = 0; c < 256; c++) {
        int value = (c + first) & 255;
        memset(line + k, value, (size_t)count[value]);
        k += count[value];
    }
}

/* Put elements of these ranks (ascending) in place among m integers. */
static void select_lanes(void *lanes, int lane, fnp_intp m, const fnp_intp *kth, fnp_intp nkth)
{
    fnp_intp begin = 0;
    for (fnp_intp i = 0; i < nkth && kth[i] < m; i++) {
        if (kth[i] < begin) continue;
        if (lane == 8) {
            fnp__select_i64((int64_t *)lanes + begin, m - begin, kth[i] - begin);
        } else {
            fnp__select_i32((int32_t *)lanes + begin, m - begin, kth[i] - begin);
        }
        begin = kth[i] + 1;
    }
}

static fnp_status through_lanes(sorter *s, char *line, const fnp_intp *kth, fnp_intp nkth);

/* Counted: every pattern of 16 bits in the order of its type. */
static fnp_status sort_halfwords(sorter *s, uint16_t *line)
{
    enum { PATTERNS = 1 << 16, SIGN = 0x8000, MINUS_INFINITY = 0xfc00 };
    if (s->n > UINT32_MAX) return through_lanes(s, (char *)line, NULL, 0);
    FNP_TRY(need(s, &s->lanes, PATTERNS, sizeof(uint32_t)));
    uint32_t *count = s->lanes;
    fnp_intp k = 0;
    memset(count, 0, PATTERNS * sizeof *count);
    for (fnp_intp i = 0; i < s->n; i++) count[line[i]]++;
    bool half = s->dtype.type_num == FNP_HALF, is_signed = s->dtype.type_num == FNP_SHORT;
    for (int c = 0; c < PATTERNS; c++) {
        int bits = is_signed ? c ^ SIGN : c;
        if (half && c <= MINUS_INFINITY) /* to -0.0; then 0.0 and NaNs; then NaNs with a sign */
            bits =
                c <= MINUS_INFINITY - SIGN ? MINUS_INFINITY - c : c - (MINUS_INFINITY - SIGN + 1);
        fnp_intp end = k + count[bits];
        if (end + 4 <= s->n) { /* most are few: four stores are quicker than a loop */
            for (int i = 0; i < 4; i++) line[k + i] = (uint16_t)bits;
            k += 4;
        }
        for (; k < end; k++) line[k] = (uint16_t)bits;
        k = end;
    }
    return FNP_OK;
}

/* Sort or select the line's integers: NaNs out of the way, widened where needed. */
static fnp_status through_lanes(sorter *s, char *line, const fnp_intp *kth, fnp_intp nkth)
{
    int t = s->dtype.type_num, lane = fnp__lane(t);
    if (t == FNP_DOUBLE || t == FNP_FLOAT) {
        if (!kth && fnp__sort_floats(t, line, s->n)) return FNP_OK;
        if (kth && fnp__fold_floats(t, line, s->n)) {
            select_lanes(line, lane, s->n, kth, nkth);
            fnp__from_lane(t, line, s->n, line); /* folded numbers may look like NaNs */
            return FNP_OK;
        }
    }
    if (lane != s->size) FNP_TRY(need(s, &s->lanes, s->n, lane));
    fnp_intp m = fnp__nans_last(t, line, s->n);
    void *lanes = lane == s->size ? (void *)line : s->lanes;
    fnp__to_lane(t, line, m, lanes);
    if (kth) {
        select_lanes(lanes, lane, m, kth, nkth);
    } else if (lane == 8) {
        fnp__sort_i64(lanes, m);
    } else {
        fnp__sort_i32(lanes, m);
    }
    fnp__from_lane(t, lanes, m, line);
    return FNP_OK;
}

/* Equal elements may have different bits: only then does stability show in a sorted line of
 * numbers. */
static bool has_lookalikes(const sorter *s, const char *line)
{
    switch (s->dtype.type_num) {
    case FNP_HALF:
        for (fnp_intp i = 0; i < s->n; i++) {
            uint16_t x = ((const uint16_t *)(const void *)line)[i];
            if (x == 0x8000u || (x & 0x7fffu) > 0x7c00u) return true;
        }
        return false;
    case FNP_FLOAT:
        for (fnp_intp i = 0; i < s->n; i++) {
            uint32_t x = ((const uint32_t *)(const void *)line)[i];
            if (x == 0x80000000u || (x & 0x7fffffffu) > 0x7f800000u) return true;
        }
        return false;
    case FNP_DOUBLE:
        for (fnp_intp i = 0; i < s->n; i++) {
            uint64_t x = ((const uint64_t *)(const void *)line)[i];
            if (x == (uint64_t)1 << 63 || (x & INT64_MAX) > 0x7ff0000000000000u) return true;
        }
        return false;
    default: return false;
    }
}

/* A few texts, on the stack; false: they are more. */
static bool sort_few_texts(const sorter *s, char *line)
{
    char moved[2048];
    fnp_intp order[FNP__TEXT_FEW];
    if (s->n > FNP__TEXT_FEW || s->n * s->size > (fnp_intp)sizeof moved || !fnp__is_text(&s->dtype))
        return false;
    fnp__text_order(&s->dtype, line, s->n, order, NULL);
    for (fnp_intp i = 0; i < s->n; i++)
        scan_copy(moved + i * s->size, line + order[i] * s->size, s->size);
    memcpy(line, moved, (size_t)(s->n * s->size));
    return true;
}

enum { COUNT_HALFWORDS_FROM = 1 << 17 };

static fnp_status sort_line(sorter *s, char *line, fnp_sort_kind kind)
{
    if (s->n < 2) return FNP_OK;
    if (!s->keyed && sort_few_texts(s, line)) return FNP_OK;
    int run = s->n > 16 ? fnp__line_run(&s->dtype, line, s->n) : 0;
    if (run) {
        if (run < 0) fnp__line_reverse(line, s->n, s->size);
        return FNP_OK;
    }
    if (s->dtype.type_num == FNP_LONGDOUBLE && !s->dtype.swapped && !s->dtype.ops) {
        FNP_TRY(need(s, &s->scratch, s->n / 2 + 1, sizeof(long double)));
        fnp__sort_longdoubles((long double *)(void *)line, s->n, (long double *)(void *)s->scratch);
        return FNP_OK;
    }
    if (s->keyed && s->size == 1) {
        sort_bytes(s, (uint8_t *)line);
        return FNP_OK;
    }
    if (s->keyed && s->size == 2 && s->n >= COUNT_HALFWORDS_FROM &&
        !(kind == FNP_SORT_STABLE && has_lookalikes(s, line)))
        return sort_halfwords(s, (uint16_t *)(void *)line);
    if (s->keyed && !(kind == FNP_SORT_STABLE && has_lookalikes(s, line)))
        return through_lanes(s, line, NULL, 0);
    FNP_TRY(need(s, &s->order, s->n, sizeof *s->order));
    FNP_TRY(order_line(s, line, NULL, 0, s->order));
    return permute_line(s, line);
}

/* ---- whole arrays
 * ----------------------------------------------------------------------------------------------------
 */

static bool is_direct(const sorter *s, const lines *w)
{
    return w->stride[0] == s->size && !s->given->swapped &&
           (uintptr_t)w->at[0] % (uintptr_t)s->dtype.alignment == 0 && !fnp_dtype_has_ref(s->given);
}

fnp_status fnp_sort(const fnp_view *a, int axis, fnp_sort_kind kind, fnp_error *err)
{
    if (a->ndim == 0) return FNP_OK;
    sorter s;
    lines w;
    lines_init(&w, a, axis, NULL, false);
    if (w.done || w.n < 2) return FNP_OK;
    FNP_TRY(sorter_init(&s, a->dtype, w.n, err));
    fnp_status status = FNP_OK;
    for (; !w.done && status == FNP_OK; lines_next(&w)) {
        if (is_direct(&s, &w)) {
            status = sort_line(&s, w.at[0], kind);
            continue;
        }
        status = load_line(&s, w.at[0], w.stride[0]);
        if (status == FNP_OK) status = sort_line(&s, s.line, kind);
        if (status == FNP_OK) store_line(&s, w.at[0], w.stride[0]);
    }
    sorter_clear(&s);
    return status;
}

static fnp_status order_one(sorter *s, const lines *w, const fnp_intp *kth, fnp_intp nkth)
{
    const char *line = w->at[0];
    if (!is_direct(s, w)) {
        FNP_TRY(load_line(s, w->at[0], w->stride[0]));
        line = s->line;
    }
    bool dense = w->stride[1] == sizeof(fnp_intp);
    if (!dense) FNP_TRY(need(s, &s->order, s->n, sizeof *s->order));
    fnp_intp *order = dense ? (fnp_intp *)(void *)w->at[1] : s->order;
    FNP_TRY(order_line(s, line, kth, nkth, order));
    if (!dense)
        for (fnp_intp i = 0; i < w->n; i++)
            *(fnp_intp *)(void *)(w->at[1] + i * w->stride[1]) = order[i];
    return FNP_OK;
}

static fnp_status order_all(const fnp_view *a, int axis, const fnp_intp *kth, fnp_intp nkth,
                            const fnp_view *out, fnp_error *err)
{
    sorter s;
    lines w;
    lines_init(&w, a, axis, out, false);
    if (w.done || w.n == 0) return FNP_OK;
    FNP_TRY(sorter_init(&s, a->dtype, w.n, err));
    fnp_status status = FNP_OK;
    for (; !w.done && status == FNP_OK; lines_next(&w)) status = order_one(&s, &w, kth, nkth);
    sorter_clear(&s);
    return status;
}

fnp_status fnp_argsort(const fnp_view *a, int axis, const fnp_view *out, fnp_error *err)
{
    return order_all(a, axis, NULL, 0, out, err);
}

fnp_status fnp_argpartition(const fnp_view *a, int axis, const fnp_intp *kth, fnp_intp nkth,
                            const fnp_view *out, fnp_error *err)
{
    return order_all(a, axis, kth, nkth, out, err);
}

fnp_status fnp_partition(const fnp_view *a, int axis, const fnp_intp *kth, fnp_intp nkth,
                         fnp_error *err)
{
    sorter s;
    lines w;
    lines_init(&w, a, axis, NULL, false);
    if (w.done || w.n < 2 || nkth == 0) return FNP_OK;
    FNP_TRY(sorter_init(&s, a->dtype, w.n, err));
    fnp_status status = FNP_OK;
    for (; !w.done && status == FNP_OK; lines_next(&w)) {
        bool direct = is_direct(&s, &w);
        if (!direct) status = load_line(&s, w.at[0], w.stride[0]);
        char *line = direct ? w.at[0] : s.line;
        if (status != FNP_OK) break;
        int run = s.n > 16 ? fnp__line_run(&s.dtype, line, s.n) : 0;
        if (run) {
            if (run < 0) fnp__line_reverse(line, s.n, s.size);
            if (!direct) store_line(&s, w.at[0], w.stride[0]);
            continue;
        }
        status = s.keyed && s.size > 1 ? through_lanes(&s, line, kth, nkth)
                                       : sort_line(&s, line, FNP_SORT_QUICK);
        if (!direct && status == FNP_OK) store_line(&s, w.at[0], w.stride[0]);
    }
    sorter_clear(&s);
    return status;
}

/* ---- several keys
 * ------------------------------------------------------------------------------------------------------
 */

/* From the least important key to the most important: each pass orders what the last one left,
 * stably. */
static fnp_status refine(sorter *s, fnp_intp *order, fnp_intp *next)
{
    FNP_TRY(need(s, &s->moved, s->n, s->size));
    for (fnp_intp i = 0; i < s->n; i++)
        memcpy(s->moved + i * s->size, s->line + order[i] * s->size, (size_t)s->size);
    FNP_TRY(order_line(s, s->moved, NULL, 0, next));
    for (fnp_intp i = 0; i < s->n; i++) next[i] = order[next[i]];
    return FNP_OK;
}

fnp_status fnp_lexsort(int nkeys, const fnp_view *keys, int axis, const fnp_view *out,
                       fnp_error *err)
{
    lines first;
    lines_init(&first, out, axis, NULL, false);
    if (first.done || first.n == 0) return FNP_OK;
    for (; !first.done; lines_next(&first))
        for (fnp_intp i = 0; i < first.n; i++)
            *(fnp_intp *)(void *)(first.at[0] + i * first.stride[0]) = i;
    fnp_intp *order = fnp_malloc_array(first.n, sizeof *order);
    if (!order) return fnp_fail_nomem(err);
    fnp_status status = FNP_OK;
    for (int k = 0; k < nkeys && status == FNP_OK; k++) {
        sorter s;
        lines w;
        lines_init(&w, &keys[k], axis, out, false);
        status = sorter_init(&s, keys[k].dtype, w.n, err);
        if (status == FNP_OK) status = need(&s, &s.order, w.n, sizeof *order);
        for (; !w.done && status == FNP_OK; lines_next(&w)) {
            status = load_line(&s, w.at[0], w.stride[0]);
            for (fnp_intp i = 0; i < w.n; i++)
                order[i] = *(fnp_intp *)(void *)(w.at[1] + i * w.stride[1]);
            if (status == FNP_OK) status = refine(&s, order, s.order);
            for (fnp_intp i = 0; i < w.n; i++)
                *(fnp_intp *)(void *)(w.at[1] + i * w.stride[1]) = s.order[i];
        }
        sorter_clear(&s);
    }
    fnp_free(order);
    return status;
}
