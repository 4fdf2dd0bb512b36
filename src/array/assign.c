/* Assignment: dst[...] = src, with broadcasting, casting, a mask, and memory that may overlap. */
#include "array/cast_impl.h"
#include "array/crossing.h"

#include "fnp/kernel.h"
#include "fnp/runtime.h"
#include "fnp/sce.h"
#include "kernel/cast.h"

#include <string.h>

enum { DST, SRC, MASK, NOP };

/* A nest of loops over one to three operands; axis 0 is the innermost. */
typedef struct nest {
    int nop, ndim;
    fnp_intp shape[FNP_MAXDIMS], strides[NOP][FNP_MAXDIMS];
    char *data[NOP];
    bool turned;  /* see run_turned */
    int crossing; /* size of the elements that run_crossing copies; else 0 */
    size_t row;   /* size of the elements of runs that are copied as they are; else 0 */
} nest;

static fnp_intp count_of(const fnp_view *v)
{
    fnp_intp n = 1;
    for (int i = 0; i < v->ndim; i++) n *= v->shape[i];
    return n;
}

/* ---- shapes -------------------------------------------------------------------------- */

/* Strides of v as seen under dst's shape, in dst's axis order. */
static fnp_status broadcast(const fnp_view *v, const fnp_view *dst, fnp_intp *strides,
                            fnp_error *err)
{
    return fnp_sce_broadcast_strides(v->ndim, v->shape, v->strides, dst->ndim, dst->shape, true,
                                     strides, err);
}

/* ---- the order of the loops ---------------------------------------------------------- */

/* Walk dst upwards in memory, whatever the source does: where dst overlaps itself the last write
 * wins, so the order can be seen. Long runs are joined. */
static void order_loops(nest *t)
{
    fnp_intp *strides[NOP] = {t->strides[DST], t->strides[SRC], t->strides[MASK]};
    fnp_intp old[FNP_MAXDIMS];
    int perm[FNP_MAXDIMS], n = t->ndim;
    fnp_sce_order_axes(n, t->strides[DST], perm);
    memcpy(old, t->shape, sizeof *old * (size_t)n);
    for (int i = 0; i < n; i++) t->shape[i] = old[perm[n - 1 - i]];
    for (int op = 0; op < t->nop; op++) {
        memcpy(old, strides[op], sizeof *old * (size_t)n);
        for (int i = 0; i < n; i++) strides[op][i] = old[perm[n - 1 - i]];
    }
    for (int i = 0; i < n; i++) {
        if (t->strides[DST][i] >= 0) continue;
        for (int op = 0; op < t->nop; op++) {
            t->data[op] += (t->shape[i] - 1) * strides[op][i];
            strides[op][i] = -strides[op][i];
        }
    }
    fnp_intp count = fnp_sce_count(n, t->shape);
    t->ndim = fnp_sce_coalesce(t->nop, n, t->shape, strides);
    if (count <= 1) { /* one element or none */
        t->ndim = 1;
        t->shape[0] = count;
        for (int op = 0; op < t->nop; op++) strides[op][0] = 0;
    }
}

static void start_nest(nest *t, int nop, const fnp_view *dst_like)
{
    t->nop = nop;
    t->ndim = dst_like->ndim;
    for (int i = 0; i < t->ndim; i++) t->shape[i] = dst_like->shape[i];
}

static void set_operand(nest *t, int op, char *data, const fnp_intp *strides)
{
    t->data[op] = data;
    for (int i = 0; i < t->ndim; i++) t->strides[op][i] = strides[i];
}

/* Step the outer axes; false when all are done. */
static bool advance(nest *t, fnp_intp *index)
{
    for (int i = 1; i < t->ndim; i++) {
        for (int op = 0; op < t->nop; op++) t->data[op] += t->strides[op][i];
        if (++index[i] < t->shape[i]) return true;
        index[i] = 0;
        for (int op = 0; op < t->nop; op++) t->data[op] -= t->strides[op][i] * t->shape[i];
    }
    return false;
}

/* ---- running ------------------------------------------------------------------------- */

static fnp_status run_masked(const fnp_cast *cast, const nest *t, fnp_error *err)
{
    fnp_intp n = t->shape[0], ms = t->strides[MASK][0], ss = t->strides[SRC][0],
             ds = t->strides[DST][0];
    const char *mask = t->data[MASK];
    for (fnp_intp i = 0; i < n;) {
        while (i < n && !mask[i * ms]) i++;
        fnp_intp begin = i;
        while (i < n && mask[i * ms]) i++;
        if (i > begin)
            FNP_TRY(fnp_cast_run(cast, t->data[SRC] + begin * ss, ss, t->data[DST] + begin * ds, ds,
                                 i - begin, err));
    }
    return FNP_OK;
}

/* Runs along the first axis that are so short that calls would cost more than the elements; then
 * the copy goes along the second axis, in tiles that stay in the nearest cache. */
enum { SHORT_RUN = 8, TILE = 512 };

static fnp_status run_turned(const fnp_cast *cast, nest *t, fnp_error *err)
{
    fnp_intp n = t->shape[1], ss = t->strides[SRC][1], ds = t->strides[DST][1], rest = 1,
             index[FNP_MAXDIMS] = {0};
    for (int d = 2; d < t->ndim; d++) rest *= t->shape[d];
    for (; rest > 0; rest--) {
        for (fnp_intp k = 0; k < n; k += TILE)
            for (fnp_intp j = 0; j < t->shape[0]; j++)
                FNP_TRY(fnp_cast_run(cast, t->data[SRC] + k * ss + j * t->strides[SRC][0], ss,
                                     t->data[DST] + k * ds + j * t->strides[DST][0], ds,
                                     n - k < TILE ? n - k : TILE, err));
        for (int d = 2; d < t->ndim; d++) {
            bool more = ++index[d] < t->shape[d];
            fnp_intp times = more ? 1 : 1 - t->shape[d];
            t->data[SRC] += t->strides[SRC][d] * times;
            t->data[DST] += t->strides[DST][d] * times;
            if (more) break;
            index[d] = 0;
        }
    }
    return FNP_OK;
}

/* ---- dense along axis 0 in one operand, along axis 1 in the other: copied in squares */

enum { CROSS_TILE = 256 };

/* All squares, then what is left at the edges; lines of the source stay in the nearest cache. */
#define CROSSING(SIZE)                                                                             \
    static void crossing_##SIZE(const char *src, fnp_intp from, char *dst, fnp_intp to,            \
                                fnp_intp ni, fnp_intp nj)                                          \
    {                                                                                              \
        for (fnp_intp tile = 0; tile < ni; tile += CROSS_TILE) {                                   \
            fnp_intp end = ni - tile < CROSS_TILE ? ni : tile + CROSS_TILE, j = 0;                 \
            for (; j + SQUARE <= nj; j += SQUARE) {                                                \
                fnp_intp i = tile;                                                                 \
                for (; i + SQUARE <= end; i += SQUARE)                                             \
                    square_##SIZE(src + i * from + j * SIZE, from, dst + j * to + i * SIZE, to);   \
                for (; i < end; i++)                                                               \
                    for (int b = 0; b < SQUARE; b++)                                               \
                        memcpy(dst + (j + b) * to + i * SIZE, src + i * from + (j + b) * SIZE,     \
                               SIZE);                                                              \
            }                                                                                      \
            for (; j < nj; j++)                                                                    \
                for (fnp_intp i = tile; i < end; i++)                                              \
                    memcpy(dst + j * to + i * SIZE, src + i * from + j * SIZE, SIZE);              \
        }                                                                                          \
    }
CROSSING(1)
CROSSING(2)
CROSSING(4)
CROSSING(8)
CROSSING(16)

static void run_crossing(nest *t)
{
    fnp_intp index[FNP_MAXDIMS] = {0}, from = t->strides[SRC][0], to = t->strides[DST][1],
             ni = t->shape[0], nj = t->shape[1];
    for (bool more = true; more;) {
        const char *src = t->data[SRC];
        char *dst = t->data[DST];
        switch (t->crossing) {
        case 1: crossing_1(src, from, dst, to, ni, nj); break;
        case 2: crossing_2(src, from, dst, to, ni, nj); break;
        case 4: crossing_4(src, from, dst, to, ni, nj); break;
        case 8: crossing_8(src, from, dst, to, ni, nj); break;
        case 16: crossing_16(src, from, dst, to, ni, nj); break;
        }
        more = false;
        for (int d = 2; d < t->ndim && !more; d++) {
            more = ++index[d] < t->shape[d];
            fnp_intp times = more ? 1 : 1 - t->shape[d];
            t->data[SRC] += t->strides[SRC][d] * times;
            t->data[DST] += t->strides[DST][d] * times;
            if (!more) index[d] = 0;
        }
    }
}

static bool is_plain_copy(const nest *t, const fnp_dtype *from, const fnp_dtype *to)
{
    return t->nop <= MASK && fnp_dtype_equiv(from, to) && !from->ops && !to->ops && !to->sub_ndim &&
           !fnp_dtype_has_ref(to) && !fnp_dtype_is_structured(to);
}

/* The axis along which the source is dense, put second, if this is such a copy; its elements' size,
 * or 0. */
static int find_crossing(nest *t, const fnp_dtype *from, const fnp_dtype *to)
{
    fnp_intp size = to->elsize;
    if (t->ndim < 2 || !is_plain_copy(t, from, to) ||
        (size != 1 && size != 2 && size != 4 && size != 8 && size != 16) ||
        t->strides[DST][0] != size || t->strides[SRC][0] == size || t->shape[0] < 4)
        return 0;
    for (int i = 1; i < t->ndim; i++)
        if (t->strides[DST][i] < t->strides[DST][i - 1] * t->shape[i - 1]) return 0;
    for (int i = 1; i < t->ndim; i++) {
        if (t->strides[SRC][i] != size || t->shape[i] < 4) continue;
        for (int op = 0; op < t->nop; op++) {
            fnp_intp stride = t->strides[op][i];
            t->strides[op][i] = t->strides[op][1];
            t->strides[op][1] = stride;
        }
        fnp_intp n = t->shape[i];
        t->shape[i] = t->shape[1];
        t->shape[1] = n;
        return (int)size;
    }
    return 0;
}

static fnp_status run_nest(const fnp_cast *cast, nest *t, fnp_error *err)
{
    fnp_intp index[FNP_MAXDIMS] = {0};
    if (t->crossing) {
        run_crossing(t);
        return FNP_OK;
    }
    if (t->row) {
        do memcpy(t->data[DST], t->data[SRC], (size_t)t->shape[0] * t->row);
        while (advance(t, index));
        return FNP_OK;
    }
    if (t->turned) return run_turned(cast, t, err);
    do {
        if (t->nop > MASK) {
            FNP_TRY(run_masked(cast, t, err));
        } else {
            FNP_TRY(fnp_cast_run(cast, t->data[SRC], t->strides[SRC][0], t->data[DST],
                                 t->strides[DST][0], t->shape[0], err));
        }
    } while (advance(t, index));
    return FNP_OK;
}

/* ---- parts of the nest, each on a thread ---- */

typedef struct shared {
    const fnp_cast *cast;
    const nest *whole;
} shared;

static void run_part(void *ctx, int axis, fnp_intp begin, fnp_intp end)
{
    const shared *s = ctx;
    nest part = *s->whole;
    part.shape[axis] = end - begin;
    for (int op = 0; op < part.nop; op++) part.data[op] += begin * part.strides[op][axis];
    (void)!run_nest(s->cast, &part, NULL); /* kernels do not fail */
}

static fnp_status run_all(const fnp_cast *cast, nest *t, fnp_intp dst_size, fnp_error *err)
{
    fnp_layout d = {(uintptr_t)t->data[DST], t->ndim, t->shape, t->strides[DST], dst_size};
    if (t->nop > MASK || !cast->loop.kernel || !(cast->loop.flags & FNP_LOOP_SHARES) ||
        fnp_sce_count(t->ndim, t->shape) < FNP_SHARE_FROM || fnp_sce_may_overlap_itself(&d))
        return run_nest(cast, t, err);
    shared s = {cast, t};
    fnp_share_nest(t->ndim, t->shape, NULL, run_part, &s);
    return FNP_OK;
}

/* ---- overlap ------------------------------------------------------------------------- */

enum { OVERLAP_WORK = 1000 };

/* May writing dst change elements of src that are read later? */
static bool overlaps(const fnp_view *dst, const fnp_view *src, const fnp_intp *src_strides)
{
    fnp_layout d = {(uintptr_t)dst->data, dst->ndim, dst->shape, dst->strides, dst->dtype->elsize};
    fnp_layout s = {(uintptr_t)src->data, dst->ndim, dst->shape, src_strides, src->dtype->elsize};
    /* A structure is cast field by field: its own element is not safe from it. */
    if (fnp_dtype_is_structured(dst->dtype) && !fnp_dtype_equiv(dst->dtype, src->dtype))
        return fnp_sce_may_share_memory(&s, &d);
    return !fnp_sce_safe_elementwise(&s, &d, OVERLAP_WORK);
}

/* A C-ordered copy of src in new memory (*block, to be dropped with drop_copy). */
static fnp_status copy_aside(const fnp_view *src, fnp_view *copy, fnp_intp *strides, char **block,
                             fnp_error *err)
{
    fnp_intp size = src->dtype->elsize;
    for (int i = src->ndim - 1; i >= 0; i--) {
        strides[i] = size;
        size *= src->shape[i];
    }
    *block = fnp_calloc(1, (size_t)size);
    if (!*block) return fnp_fail_nomem(err);
    *copy = *src;
    copy->data = *block;
    copy->strides = strides;
    return fnp_assign(copy, src, NULL, 0, err);
}

static void drop_copy(const fnp_view *copy, char *block)
{
    if (block && fnp_dtype_has_ref(copy->dtype)) (void)!fnp_clear_refs(copy, NULL);
    fnp_free(block);
}

enum { ONE_ELEMENT = 64 };

/* A source of one element that is cast on the way: cast it once, and copy the result. */
static bool is_fill(const nest *t, const fnp_dtype *from, const fnp_dtype *to)
{
    if (from->ops || to->ops || fnp_dtype_has_ref(to) || to->elsize > ONE_ELEMENT) return false;
    if (from == to || t->shape[0] < 4) return false;
    for (int i = 0; i < t->ndim; i++)
        if (t->strides[SRC][i]) return false;
    return true;
}

static fnp_status assign_disjoint(const fnp_view *dst, const fnp_view *src,
                                  const fnp_intp *src_strides, const fnp_view *where,
                                  const fnp_intp *mask_strides, uint32_t flags, fnp_error *err)
{
    nest t;
    fnp_cast cast;
    _Alignas(16) char one[ONE_ELEMENT];
    start_nest(&t, where ? NOP : MASK, dst);
    set_operand(&t, DST, dst->data, dst->strides);
    set_operand(&t, SRC, src->data, src_strides);
    if (where) set_operand(&t, MASK, where->data, mask_strides);
    order_loops(&t);
    t.crossing = find_crossing(&t, src->dtype, dst->dtype);
    t.row = t.ndim > 1 && t.strides[DST][0] == dst->dtype->elsize &&
                    t.strides[SRC][0] == dst->dtype->elsize &&
                    is_plain_copy(&t, src->dtype, dst->dtype)
                ? (size_t)dst->dtype->elsize
                : 0;
    bool turned = !where && !t.crossing && !t.row && t.ndim > 1 && t.shape[0] <= SHORT_RUN &&
                  t.shape[1] >= 4 * t.shape[0] && t.strides[DST][0] >= dst->dtype->elsize &&
                  t.strides[DST][1] >= t.shape[0] * t.strides[DST][0] && !src->dtype->ops &&
                  !dst->dtype->ops && !fnp_dtype_has_ref(src->dtype) &&
                  !fnp_dtype_has_ref(dst->dtype);
    FNP_TRY(fnp_cast_init(&cast, src->dtype, dst->dtype, t.strides[SRC][turned],
                          t.strides[DST][turned], flags, err));
    fnp_status status = FNP_OK;
    if (is_fill(&t, src->dtype, dst->dtype) && !where) {
        memset(one, 0, sizeof one);
        status = fnp_cast_run(&cast, t.data[SRC], 0, one, 0, 1, err);
        t.data[SRC] = one;
        fnp_cast_clear(&cast);
        cast.loop = (fnp_loop){.kernel = fnp__copy_kernel(dst->dtype->elsize),
                               .data = (void *)dst->dtype->elsize,
                               .flags = FNP_LOOP_SHARES};
    }
    t.turned = turned;
    if (status == FNP_OK) status = run_all(&cast, &t, dst->dtype->elsize, err);
    fnp_cast_clear(&cast);
    return status;
}

static void note_cast(const fnp_view *dst, const fnp_view *src)
{
    char from[40], to[40];
    if (fnp_dtype_equiv(dst->dtype, src->dtype)) return;
    fnp_dtype_label(src->dtype, from, sizeof from);
    fnp_dtype_label(dst->dtype, to, sizeof to);
    fnp_ledger_note(FNP_EVENT_CAST, NULL, "the destination has another type",
                    "%s to %s, %td elements", from, to, count_of(dst));
}

fnp_status fnp_assign(const fnp_view *dst, const fnp_view *src, const fnp_view *where,
                      uint32_t flags, fnp_error *err)
{
    fnp_intp src_strides[FNP_MAXDIMS], mask_strides[FNP_MAXDIMS];
    fnp_intp copy_strides[2][FNP_MAXDIMS];
    fnp_view src_copy, mask_copy;
    char *src_block = NULL, *mask_block = NULL;
    FNP_TRY(broadcast(src, dst, src_strides, err));
    if (where) FNP_TRY(broadcast(where, dst, mask_strides, err));
    if (count_of(dst) == 0) return FNP_OK;
    if (fnp_ledger_on()) note_cast(dst, src);

    fnp_status status = FNP_OK;
    if (overlaps(dst, src, src_strides)) {
        status = copy_aside(src, &src_copy, copy_strides[0], &src_block, err);
        src = &src_copy;
        if (status == FNP_OK) status = broadcast(src, dst, src_strides, err);
    }
    if (status == FNP_OK && where && overlaps(dst, where, mask_strides)) {
        status = copy_aside(where, &mask_copy, copy_strides[1], &mask_block, err);
        where = &mask_copy;
        if (status == FNP_OK) status = broadcast(where, dst, mask_strides, err);
    }
    if (status == FNP_OK)
        status = assign_disjoint(dst, src, src_strides, where, mask_strides, flags, err);
    if (src_block) drop_copy(&src_copy, src_block);
    fnp_free(mask_block);
    return status;
}

/* ---- filling and clearing ------------------------------------------------------------ */

static fnp_status clear_run(const fnp_dtype *dt, char *data, fnp_intp n, fnp_intp stride,
                            fnp_error *err)
{
    if (dt->sub_ndim) {
        fnp_intp count = 1, size = dt->sub_base->elsize;
        for (int i = 0; i < dt->sub_ndim; i++) count *= dt->sub_shape[i];
        for (fnp_intp j = 0; j < count; j++)
            FNP_TRY(clear_run(dt->sub_base, data + j * size, n, stride, err));
    } else if (dt->ops) {
        if (fnp_dtype_has_ref(dt) && dt->ops->clear)
            return dt->ops->clear(dt, data, n, stride, err);
    } else if (fnp_dtype_is_structured(dt)) {
        for (int i = 0; i < dt->nfields; i++)
            if (fnp_dtype_has_ref(dt->fields[i].dtype))
                FNP_TRY(
                    clear_run(dt->fields[i].dtype, data + dt->fields[i].offset, n, stride, err));
    }
    return FNP_OK;
}

static fnp_status zero_run(const fnp_dtype *dt, char *data, fnp_intp n, fnp_intp stride,
                           fnp_error *err)
{
    if (!(dt->flags & FNP_DTYPE_HASREF)) {
        if (stride == dt->elsize) {
            memset(data, 0, (size_t)(n * stride));
        } else {
            for (; n > 0; n--, data += stride) memset(data, 0, (size_t)dt->elsize);
        }
        return FNP_OK;
    }
    if (dt->sub_ndim) {
        fnp_intp count = 1, size = dt->sub_base->elsize;
        for (int i = 0; i < dt->sub_ndim; i++) count *= dt->sub_shape[i];
        for (fnp_intp j = 0; j < count; j++)
            FNP_TRY(zero_run(dt->sub_base, data + j * size, n, stride, err));
    } else if (dt->ops) {
        if (dt->ops->fill_zero) return dt->ops->fill_zero(dt, data, n, stride, err);
        for (; n > 0; n--, data += stride) memset(data, 0, (size_t)dt->elsize);
    } else {
        for (int i = 0; i < dt->nfields; i++)
            FNP_TRY(zero_run(dt->fields[i].dtype, data + dt->fields[i].offset, n, stride, err));
    }
    return FNP_OK;
}

typedef fnp_status run_fn(const fnp_dtype *dt, char *data, fnp_intp n, fnp_intp stride,
                          fnp_error *err);

static fnp_status for_runs(const fnp_view *dst, run_fn *fn, fnp_error *err)
{
    if (count_of(dst) == 0) return FNP_OK;
    nest t;
    fnp_intp index[FNP_MAXDIMS] = {0};
    start_nest(&t, 1, dst);
    set_operand(&t, DST, dst->data, dst->strides);
    order_loops(&t);
    do {
        FNP_TRY(fn(dst->dtype, t.data[DST], t.shape[0], t.strides[DST][0], err));
    } while (advance(&t, index));
    return FNP_OK;
}

fnp_status fnp_fill_zero(const fnp_view *dst, fnp_error *err)
{
    return for_runs(dst, zero_run, err);
}

fnp_status fnp_clear_refs(const fnp_view *dst, fnp_error *err)
{
    return for_runs(dst, clear_run, err);
}
