/* take, repeat, where and truth. */
#include "fnp/select.h"

#include "fnp/base.h"
#include "fnp/cast.h"
#include "fnp/kernel.h"
#include "fnp/sce.h"
#include "kernel/cast.h"
#include "kernel/gather.h"

#include <string.h>

static bool is_plain(const fnp_dtype *dt)
{
    return !dt->ops && !fnp_dtype_has_ref(dt);
}

/* ---- take
 * --------------------------------------------------------------------------------------------------------
 */

fnp_status fnp_index_resolve(fnp_intp *index, fnp_intp n, fnp_intp extent, fnp_clip_mode mode,
                             int axis, fnp_error *err)
{
    if (mode == FNP_MODE_CLIP) {
        for (fnp_intp i = 0; i < n; i++) {
            fnp_intp k = index[i] < extent ? index[i] : extent - 1;
            index[i] = k & ~(k >> 63);
        }
        return FNP_OK;
    }
    for (fnp_intp i = 0; i < n; i++) {
        fnp_intp k = index[i];
        if ((uint64_t)k < (uint64_t)extent) continue;
        if (mode == FNP_MODE_RAISE) {
            FNP_TRY(fnp_sce_check_index(&k, extent, axis, err));
        } else {
            k %= extent;
            k += k < 0 ? extent : 0;
        }
        index[i] = k;
    }
    return FNP_OK;
}

static fnp_status check_range(const fnp_intp *index, fnp_intp n, fnp_intp extent, int axis,
                              fnp_intp *wrap, fnp_error *err)
{
    if (fnp__indices_within((const char *)index, sizeof *index, n, extent, wrap)) return FNP_OK;
    for (fnp_intp i = 0; i < n; i++) {
        fnp_intp k = index[i];
        FNP_TRY(fnp_sce_check_index(&k, extent, axis, err));
    }
    return FNP_OK;
}

/* wrap: what is added to negative indices */
static fnp_status take_chunks(const fnp_dtype *dt, const char *src, fnp_intp outer, fnp_intp extent,
                              fnp_intp wrap, fnp_intp inner, const fnp_intp *index, fnp_intp n,
                              char *dst, fnp_error *err)
{
    fnp_intp size = dt->elsize, chunk = inner * size;
    fnp__gather_fn *gather = is_plain(dt) ? fnp__gather_kernel(chunk, false) : NULL;
    fnp_cast copy = {0};
    if (!is_plain(dt)) FNP_TRY(fnp_cast_init(&copy, dt, dt, size, size, 0, err));
    fnp_status status = FNP_OK;
    for (fnp_intp o = 0; o < outer && status == FNP_OK;
         o++, src += extent * chunk, dst += n * chunk) {
        if (gather) {
            gather((char *)src, wrap, chunk, (const char *)index, sizeof *index, dst, chunk, n);
            continue;
        }
        if (is_plain(dt)) {
            fnp__gather_chunks((char *)src, wrap, chunk, (const char *)index, sizeof *index, dst,
                               chunk, n, chunk, false);
            continue;
        }
        for (fnp_intp j = 0; j < n && status == FNP_OK; j++) {
            fnp_intp k = index[j] + (index[j] < 0 ? wrap : 0);
            status = fnp_cast_run(&copy, src + k * chunk, size, dst + j * chunk, size, inner, err);
        }
    }
    fnp_cast_clear(&copy);
    return status;
}

enum { BLOCK = 1024 }; /* indices that are looked at twice while they are in the nearest cache */

/* One line and its indices, which are checked on the way. */
typedef struct taking {
    const fnp_dtype *dtype;
    const char *src;
    fnp_intp extent, inner;
    const fnp_intp *index;
    int axis;
    char *dst;
    _Atomic bool failed;
} taking;

static fnp_status take_blocks(const taking *t, fnp_intp begin, fnp_intp end, fnp_error *err)
{
    for (fnp_intp i = begin; i < end; i += BLOCK) {
        fnp_intp m = end - i < BLOCK ? end - i : BLOCK, wrap;
        FNP_TRY(check_range(t->index + i, m, t->extent, t->axis, &wrap, err));
        FNP_TRY(take_chunks(t->dtype, t->src, 1, t->extent, wrap, t->inner, t->index + i, m,
                            t->dst + i * t->inner * t->dtype->elsize, err));
    }
    return FNP_OK;
}

static void take_part(void *ctx, int axis, fnp_intp begin, fnp_intp end)
{
    taking *t = ctx;
    (void)axis;
    if (take_blocks(t, begin, end, NULL) != FNP_OK) t->failed = true;
}

fnp_status fnp_take(const fnp_dtype *dtype, const char *src, fnp_intp outer, fnp_intp extent,
                    fnp_intp inner, const fnp_intp *index, fnp_intp n, fnp_clip_mode mode, int axis,
                    char *dst, fnp_error *err)
{
    if (mode == FNP_MODE_RAISE && outer != 1) {
        fnp_intp wrap;
        FNP_TRY(check_range(index, n, extent, axis, &wrap, err));
        return take_chunks(dtype, src, outer, extent, wrap, inner, index, n, dst, err);
    }
    if (mode == FNP_MODE_RAISE) {
        taking t = {dtype, src, extent, inner, index, axis, dst, false};
        if (n < FNP_SHARE_FROM || !is_plain(dtype)) return take_blocks(&t, 0, n, err);
        fnp_share_nest(1, &n, NULL, take_part, &t);
        /* which index is wrong, from the first one on */
        return t.failed ? take_blocks(&t, 0, n, err) : FNP_OK;
    }
    if (outer == 1) {
        fnp_intp block[BLOCK];
        for (fnp_intp i = 0; i < n; i += BLOCK) {
            fnp_intp m = n - i < BLOCK ? n - i : BLOCK;
            memcpy(block, index + i, (size_t)m * sizeof *index);
            FNP_TRY(fnp_index_resolve(block, m, extent, mode, axis, err));
            FNP_TRY(take_chunks(dtype, src, 1, extent, 0, inner, block, m,
                                dst + i * inner * dtype->elsize, err));
        }
        return FNP_OK;
    }
    fnp_intp *resolved = fnp_malloc_array(n, sizeof *resolved);
    if (!resolved) return fnp_fail_nomem(err);
    memcpy(resolved, index, (size_t)n * sizeof *index);
    fnp_status status = fnp_index_resolve(resolved, n, extent, mode, axis, err);
    if (status == FNP_OK)
        status = take_chunks(dtype, src, outer, extent, 0, inner, resolved, n, dst, err);
    fnp_free(resolved);
    return status;
}

/* ---- put
 * --------------------------------------------------------------------------------------------------------
 */

static void put_at(fnp_intp itemsize, char *dst, fnp_intp wrap, const fnp_intp *index, fnp_intp n,
                   const char *values, fnp_intp value_step)
{
    fnp__gather_fn *kernel = fnp__gather_kernel(itemsize, true);
    if (kernel)
        kernel(dst, wrap, itemsize, (const char *)index, sizeof *index, (char *)values, value_step,
               n);
    else
        fnp__gather_chunks(dst, wrap, itemsize, (const char *)index, sizeof *index, (char *)values,
                           value_step, n, itemsize, true);
}

fnp_status fnp_put(fnp_intp itemsize, char *dst, fnp_intp extent, const fnp_intp *index, fnp_intp n,
                   const char *values, fnp_intp value_step, fnp_error *err)
{
    fnp_intp wrap;
    FNP_TRY(check_range(index, n, extent, 0, &wrap, err));
    put_at(itemsize, dst, wrap, index, n, values, value_step);
    return FNP_OK;
}

void fnp_put_cycled(fnp_intp itemsize, char *dst, const fnp_intp *position, fnp_intp n,
                    const char *values, fnp_intp nv)
{
    if (nv == 1) {
        put_at(itemsize, dst, 0, position, n, values, 0);
        return;
    }
    for (fnp_intp i = 0; i < n; i += nv)
        put_at(itemsize, dst, 0, position + i, n - i < nv ? n - i : nv, values, itemsize);
}

void fnp_put_masked(fnp_intp itemsize, char *dst, const char *mask, fnp_intp n, const char *values,
                    fnp_intp nv, bool by_count)
{
    fnp__spread_fn *spread = fnp__spread_kernel(itemsize);
    if (spread && (nv == 1 || (by_count && nv >= fnp__count_bytes(mask, n)))) {
        spread(dst, mask, values, nv == 1 ? 0 : itemsize, n);
        return;
    }
    if (!by_count && nv >= 64) { /* in stretches of all values */
        fnp__select_fn *select = fnp__select_kernel(itemsize);
        for (fnp_intp i = 0; i < n; i += nv, dst += nv * itemsize)
            select(n - i < nv ? n - i : nv, itemsize, dst, itemsize, mask + i, 1, values, itemsize,
                   dst, itemsize);
        return;
    }
    fnp_intp from = 0;
    for (fnp_intp i = 0; i < n; i++, dst += itemsize) {
        if (mask[i]) memcpy(dst, values + from * itemsize, (size_t)itemsize);
        if ((mask[i] || !by_count) && ++from == nv) from = 0;
    }
}

/* ---- repeat
 * --------------------------------------------------------------------------------------------------------
 */

/* One copy of a fixed size, which is a load and a store. */
static inline __attribute__((always_inline)) char *
repeat_sized(const char *src, fnp_intp n, const fnp_intp *counts, int step, char *dst, size_t size)
{
    for (fnp_intp j = 0; j < n; j++, src += size) {
        char item[16];
        memcpy(item, src, size);
        for (fnp_intp k = counts[step * j]; k > 0; k--, dst += size) memcpy(dst, item, size);
    }
    return dst;
}
static char *repeat_items(const char *src, fnp_intp n, const fnp_intp *counts, int step, char *dst,
                          fnp_intp size)
{
    switch (size) {
    case 1: return repeat_sized(src, n, counts, step, dst, 1);
    case 2: return repeat_sized(src, n, counts, step, dst, 2);
    case 4: return repeat_sized(src, n, counts, step, dst, 4);
    case 8: return repeat_sized(src, n, counts, step, dst, 8);
    default: return repeat_sized(src, n, counts, step, dst, 16);
    }
}

fnp_status fnp_repeat(const fnp_dtype *dt, const char *src, fnp_intp outer, fnp_intp n,
                      fnp_intp inner, const fnp_intp *counts, int step, char *dst, fnp_error *err)
{
    fnp_intp size = dt->elsize, chunk = inner * size;
    fnp_cast copy = {0};
    if (is_plain(dt) && (chunk <= 2 || chunk == 4 || chunk == 8 || chunk == 16) && chunk > 0) {
        for (fnp_intp o = 0; o < outer; o++, src += n * chunk)
            dst = repeat_items(src, n, counts, step, dst, chunk);
        return FNP_OK;
    }
    if (is_plain(dt)) {
        copy.loop = (fnp_loop){.kernel = fnp__copy_kernel(chunk), .data = (void *)chunk};
    } else {
        FNP_TRY(fnp_cast_init(&copy, dt, dt, size, size, 0, err));
    }
    fnp_status status = FNP_OK;
    for (fnp_intp o = 0; o < outer && status == FNP_OK; o++) {
        for (fnp_intp j = 0; j < n && status == FNP_OK; j++, src += chunk) {
            fnp_intp times = counts[step * j];
            if (is_plain(dt)) {
                if (times == 1) {
                    memcpy(dst, src, (size_t)chunk);
                } else {
                    status = fnp_cast_run(&copy, src, 0, dst, chunk, times, err);
                }
                dst += times * chunk;
                continue;
            }
            for (fnp_intp k = 0; k < times && status == FNP_OK; k++, dst += chunk)
                status = fnp_cast_run(&copy, src, size, dst, size, inner, err);
        }
    }
    fnp_cast_clear(&copy);
    return status;
}

/* ---- where
 * -----------------------------------------------------------------------------------------------------------
 */

enum { OUT, CHOICE, FIRST, SECOND, NOP };

typedef struct selection {
    fnp__select_fn *kernel;
    fnp_intp itemsize;
    int ndim;
    fnp_intp extents[FNP_MAXDIMS], steps[NOP][FNP_MAXDIMS];
    const char *at[NOP];
} selection;

/* The nest of these extents that begins at `from`. */
static void select_nest(const selection *s, const fnp_intp *extents, const char *const *from)
{
    fnp_intp index[FNP_MAXDIMS] = {0};
    const char *at[NOP] = {from[OUT], from[CHOICE], from[FIRST], from[SECOND]};
    for (;;) {
        s->kernel(extents[0], s->itemsize, (char *)at[OUT], s->steps[OUT][0], at[CHOICE],
                  s->steps[CHOICE][0], at[FIRST], s->steps[FIRST][0], at[SECOND],
                  s->steps[SECOND][0]);
        int d = 1;
        for (; d < s->ndim; d++) {
            bool more = ++index[d] < extents[d];
            fnp_intp times = more ? 1 : 1 - extents[d];
            for (int op = 0; op < NOP; op++) at[op] += s->steps[op][d] * times;
            if (more) break;
            index[d] = 0;
        }
        if (d >= s->ndim) return;
    }
}

static void select_part(void *ctx, int axis, fnp_intp begin, fnp_intp end)
{
    const selection *s = ctx;
    fnp_intp extents[FNP_MAXDIMS];
    const char *from[NOP];
    memcpy(extents, s->extents, (size_t)s->ndim * sizeof *extents);
    extents[axis] = end - begin;
    for (int op = 0; op < NOP; op++) from[op] = s->at[op] + begin * s->steps[op][axis];
    select_nest(s, extents, from);
}

void fnp_select(int ndim, const fnp_intp *shape, fnp_intp itemsize, char *out,
                const fnp_intp *out_strides, const char *mask, const fnp_intp *mask_strides,
                const char *x, const fnp_intp *x_strides, const char *y, const fnp_intp *y_strides)
{
    selection s; /* large: not cleared */
    const char *at[NOP] = {out, mask, x, y};
    s.kernel = fnp__select_kernel(itemsize);
    s.itemsize = itemsize;
    s.ndim = ndim;
    const fnp_intp *given[NOP] = {out_strides, mask_strides, x_strides, y_strides};
    fnp_intp *strides[NOP] = {s.steps[0], s.steps[1], s.steps[2], s.steps[3]}, offset[NOP];
    memcpy(s.extents, shape, (size_t)ndim * sizeof *shape);
    for (int op = 0; op < NOP; op++) memcpy(s.steps[op], given[op], (size_t)ndim * sizeof *shape);
    fnp_sce_plan_loops(NOP, &s.ndim, s.extents, strides, offset);
    for (int op = 0; op < NOP; op++) s.at[op] = at[op] + offset[op];
    if (s.extents[0] == 0) return;
    if (fnp_sce_count(s.ndim, s.extents) < FNP_SHARE_FROM)
        select_nest(&s, s.extents, s.at);
    else
        fnp_share_nest(s.ndim, s.extents, NULL, select_part, &s);
}

/* ---- truth
 * -------------------------------------------------------------------------------------------------------------
 */

/* out |= truth of the elements; `temp` has room for as many bools. */
static fnp_status or_truth(const fnp_view *a, char *out, char *temp, fnp_intp n, fnp_error *err)
{
    const fnp_dtype *dt = a->dtype;
    if (dt->sub_ndim) {
        fnp_intp count = 1, size = dt->sub_base->elsize;
        for (int i = 0; i < dt->sub_ndim; i++) count *= dt->sub_shape[i];
        fnp_view part = *a;
        part.dtype = dt->sub_base;
        for (fnp_intp j = 0; j < count; j++, part.data += size)
            FNP_TRY(or_truth(&part, out, temp, n, err));
        return FNP_OK;
    }
    if (fnp_dtype_is_structured(dt)) {
        for (int i = 0; i < dt->nfields; i++) {
            fnp_view part = *a;
            part.data += dt->fields[i].offset;
            part.dtype = dt->fields[i].dtype;
            FNP_TRY(or_truth(&part, out, temp, n, err));
        }
        return FNP_OK;
    }
    fnp_intp strides[FNP_MAXDIMS];
    fnp_sce_fill_strides(a->ndim, a->shape, 1, FNP_ORDER_C, strides);
    fnp_view to = {.data = temp,
                   .ndim = a->ndim,
                   .shape = a->shape,
                   .strides = strides,
                   .dtype = fnp_dtype_builtin(FNP_BOOL)};
    FNP_TRY(fnp_assign(&to, a, NULL, 0, err));
    if (temp != out)
        for (fnp_intp i = 0; i < n; i++) out[i] |= temp[i];
    return FNP_OK;
}

fnp_status fnp_truth(const fnp_view *a, char *out, fnp_error *err)
{
    fnp_intp n = fnp_sce_count(a->ndim, a->shape);
    if (n == 0) return FNP_OK;
    if (!a->dtype->sub_ndim && !fnp_dtype_is_structured(a->dtype))
        return or_truth(a, out, out, n, err);
    memset(out, 0, (size_t)n);
    char *temp = fnp_malloc((size_t)n);
    if (!temp) return fnp_fail_nomem(err);
    fnp_status status = or_truth(a, out, temp, n, err);
    fnp_free(temp);
    return status;
}
