/* Walking an iterator, changing it, and asking it. */
#include "iter_impl.h"

#include <string.h>

/* ---- geometry ------------------------------------------------------------------------ */

void fnp__iter_measure(fnp_iter *it)
{
    fnp_intp n = 1;
    bool overflow = false;
    for (int i = 0; i < it->ndim; i++) {
        if (it->shape[i] == 0) {
            n = 0;
            overflow = false;
            break;
        }
        overflow |= fnp_size_mul(n, it->shape[i], &n);
    }
    it->size = overflow ? -1 : n;
    it->start = 0;
    it->end = it->size;
}

static bool can_join(const fnp_iter *it, int inner, int outer)
{
    const fnp_intp *a = fnp__iter_row(it, inner), *b = fnp__iter_row(it, outer);
    for (int k = 0; k < it->nptr; k++)
        if (b[k] != a[k] * it->shape[inner]) return false;
    return true;
}

void fnp__iter_coalesce(fnp_iter *it)
{
    int n = 0;
    for (int i = 0; i < it->ndim; i++) {
        if (it->shape[i] == 1) continue;
        if (n > 0 && can_join(it, n - 1, i)) {
            it->shape[n - 1] *= it->shape[i];
            continue;
        }
        it->shape[n] = it->shape[i];
        memmove(fnp__iter_row(it, n), fnp__iter_row(it, i), (size_t)it->nptr * sizeof *it->strides);
        n++;
    }
    if (n == 0 && it->ndim > 0) {
        it->shape[0] = 1;
        memset(it->strides, 0, (size_t)it->nptr * sizeof *it->strides);
        n = 1;
    }
    it->ndim = n;
    for (int i = 0; i < n; i++) {
        it->perm[i] = n - 1 - i;
        it->flipped[i] = false;
    }
}

/* How many whole axes fit a buffer, and keep each reduced operand either moving or standing. */
static void choose_core(fnp_iter *it)
{
    fnp_intp n = 1;
    int axes = 0;
    for (; axes < it->ndim; axes++) {
        fnp_intp next;
        if (fnp_size_mul(n, it->shape[axes], &next) || next > it->buffersize) break;
        bool mixed = false;
        for (int i = 0; i < it->nop && fnp__iter_is(it, FNP_ITER_IS_REDUCE); i++) {
            if (!it->op[i].reduce || it->shape[axes] == 1) continue;
            for (int a = 0; a < axes; a++)
                if (it->shape[a] > 1)
                    mixed |= (fnp__iter_row(it, a)[i] == 0) != (fnp__iter_row(it, axes)[i] == 0);
        }
        if (mixed) break;
        n = next;
    }
    it->core_axes = axes;
    it->core_size = n;
}

void fnp__iter_settle(fnp_iter *it)
{
    bool needs = false;
    for (int i = 0; i < it->nop; i++) {
        iter_op *op = &it->op[i];
        int k = 0;
        fnp_intp n = 1, beyond = 0; /* elements, and the step that would continue the run */
        for (; k < it->ndim; k++) {
            fnp_intp s = fnp__iter_row(it, k)[i];
            if (it->shape[k] == 1) continue;
            fnp_intp longer;
            if (n > 1 && s != beyond) break;
            /* an iterator that is too large waits for axes to be removed */
            if (fnp_size_mul(n, it->shape[k], &longer) || fnp_size_mul(s, it->shape[k], &beyond))
                break;
            n = longer;
        }
        op->linear = k;
        op->linear_count = n;
        needs |= op->buffered;
    }
    if (!fnp__iter_is(it, FNP_ITER_IS_BUFFERED)) {
        it->inner_size = it->shape[0];
        return;
    }
    if (needs) it->state |= FNP_ITER_NEEDS_BUFFERS;
    if (it->size > 0 && it->buffersize > it->size) it->buffersize = it->size;
    choose_core(it);
}

void fnp__iter_seek(fnp_iter *it, fnp_intp index)
{
    memcpy(it->ptr, it->base, (size_t)it->nptr * sizeof *it->ptr);
    it->index = index;
    for (int i = 0; i < it->ndim; i++) {
        fnp_intp n = it->shape[i], c = n > 1 ? index % n : 0;
        const fnp_intp *row = fnp__iter_row(it, i);
        if (n > 1) index /= n;
        it->coord[i] = c;
        if (c)
            for (int k = 0; k < it->nptr; k++) it->ptr[k] += c * row[k];
    }
}

fnp_status fnp_iter_check_size(const fnp_iter *it, fnp_error *err)
{
    return it->size < 0 ? fnp_fail(err, FNP_EVALUE, "iterator is too large") : FNP_OK;
}

/* ---- moving -------------------------------------------------------------------------- */

/* How far inside a core an index lies, if its chunk may as well begin where the core does. */
static fnp_intp steps_into_core(const fnp_iter *it, fnp_intp index)
{
    if (it->core_axes == 0 || fnp__iter_is(it, FNP_ITER_HAS_EXTERNAL_LOOP) || it->size <= 0)
        return 0;
    fnp_intp within = index % it->core_size;
    return index - within >= it->start ? within : 0;
}

/* Stand at `index` with buffers filled. */
static fnp_status settle_at(fnp_iter *it, fnp_intp index, fnp_error *err)
{
    bool buffered = fnp__iter_is(it, FNP_ITER_IS_BUFFERED);
    fnp_intp within = buffered && index < it->end ? steps_into_core(it, index) : 0;
    fnp__iter_seek(it, index - within);
    it->chunk_start = index - within;
    it->chunk_size = it->outer_pos = it->pos = 0;
    if (!buffered || index >= it->end) return FNP_OK;
    FNP_TRY(fnp__iter_fill(it, err));
    if (within >= it->inner_size) { /* the chunk turned out shorter */
        FNP_TRY(fnp__iter_write_back(it, err));
        fnp__iter_seek(it, index);
        it->chunk_start = index;
        return fnp__iter_fill(it, err);
    }
    it->pos = within;
    for (int i = 0; i < it->nop; i++) it->data[i] += within * it->inner_strides[i];
    fnp__iter_update_flat_index(it);
    return FNP_OK;
}

fnp_status fnp_iter_reset(fnp_iter *it, fnp_error *err)
{
    FNP_TRY(fnp_iter_check_size(it, err));
    it->failed = FNP_OK;
    it->state &= ~(uint32_t)FNP_ITER_IS_DELAYED;
    FNP_TRY(fnp__iter_write_back(it, err));
    return settle_at(it, it->start, err);
}

fnp_status fnp_iter_reset_base(fnp_iter *it, char *const *base, fnp_error *err)
{
    FNP_TRY(fnp_iter_check_size(it, err));
    FNP_TRY(fnp__iter_write_back(it, err));
    for (int i = 0; i < it->nop; i++) it->base[i] = base[i] + it->offset[i];
    return fnp_iter_reset(it, err);
}

fnp_status fnp_iter_reset_range(fnp_iter *it, fnp_intp start, fnp_intp end, fnp_error *err)
{
    if (!fnp__iter_is(it, FNP_ITER_IS_RANGED))
        return fnp_fail(err, FNP_EVALUE,
                        "Cannot call ResetToIterIndexRange on an iterator without "
                        "requesting ranged iteration support in the constructor");
    FNP_TRY(fnp_iter_check_size(it, err));
    if (start < 0 || end > it->size)
        return fnp_fail(err, FNP_EVALUE,
                        "Out-of-bounds range [%td, %td) passed to ResetToIterIndexRange", start,
                        end);
    if (end < start)
        return fnp_fail(err, FNP_EVALUE, "Invalid range [%td, %td) passed to ResetToIterIndexRange",
                        start, end);
    FNP_TRY(fnp__iter_write_back(it, err));
    it->start = start;
    it->end = end;
    return fnp_iter_reset(it, err);
}

/* One step along axis `first`, carrying into the axes outside it. */
static bool step_axes(fnp_iter *it, int first)
{
    int n = it->nptr;
    for (int i = first; i < it->ndim; i++) {
        const fnp_intp *row = fnp__iter_row(it, i);
        if (++it->coord[i] < it->shape[i]) {
            for (int k = 0; k < n; k++) it->ptr[k] += row[k];
            return true;
        }
        fnp_intp back = it->shape[i] - 1;
        it->coord[i] = 0;
        for (int k = 0; k < n; k++) it->ptr[k] -= back * row[k];
    }
    return false;
}

bool fnp_iter_next(fnp_iter *it)
{
    if (fnp__iter_is(it, FNP_ITER_IS_BUFFERED)) return fnp__iter_next_buffered(it);
    if (fnp__iter_is(it, FNP_ITER_HAS_EXTERNAL_LOOP)) {
        it->index += it->shape[0];
        if (it->index >= it->end) {
            it->index = it->end;
            return false;
        }
        return step_axes(it, 1);
    }
    if (++it->index >= it->end) {
        it->index = it->end;
        return false;
    }
    return step_axes(it, 0);
}

fnp_status fnp_iter_failure(fnp_iter *it, fnp_error *err)
{
    fnp_status st = it->failed;
    it->failed = FNP_OK;
    if (st != FNP_OK && err) *err = *it->failure;
    return st;
}

/* Move to an index, within the present chunk if that is possible. */
static fnp_status move_to(fnp_iter *it, fnp_intp index, fnp_error *err)
{
    if (!fnp__iter_is(it, FNP_ITER_IS_BUFFERED)) {
        fnp__iter_seek(it, index);
        return FNP_OK;
    }
    FNP_TRY(fnp__iter_write_back(it, err));
    return settle_at(it, index, err);
}

fnp_status fnp_iter_goto(fnp_iter *it, fnp_intp iterindex, fnp_error *err)
{
    if (fnp__iter_is(it, FNP_ITER_HAS_EXTERNAL_LOOP))
        return fnp_fail(err, FNP_EVALUE,
                        "Cannot call GotoIterIndex on an iterator which has the "
                        "flag EXTERNAL_LOOP");
    FNP_TRY(fnp_iter_check_size(it, err));
    if (iterindex < it->start || iterindex >= it->end)
        return fnp_fail(err, FNP_EINDEX,
                        "Iterator GotoIterIndex called with an iterindex outside "
                        "the iteration range.");
    return move_to(it, iterindex, err);
}

/* Iteration index of the position whose coordinates along iteration axes are `at`. */
static fnp_intp index_of(const fnp_iter *it, const fnp_intp *at)
{
    fnp_intp index = 0, factor = 1;
    for (int i = 0; i < it->ndim; i++) {
        index += at[i] * factor;
        factor *= it->shape[i];
    }
    return index;
}

fnp_status fnp_iter_goto_multi_index(fnp_iter *it, const fnp_intp *index, fnp_error *err)
{
    fnp_intp at[FNP_MAXDIMS];
    if (!fnp__iter_is(it, FNP_ITER_HAS_MULTI_INDEX))
        return fnp_fail(err, FNP_EVALUE,
                        "Cannot call GotoMultiIndex on an iterator without "
                        "requesting a multi-index in the constructor");
    if (fnp__iter_is(it, FNP_ITER_IS_BUFFERED))
        return fnp_fail(err, FNP_EVALUE,
                        "Cannot call GotoMultiIndex on an iterator which is buffered");
    if (fnp__iter_is(it, FNP_ITER_HAS_EXTERNAL_LOOP))
        return fnp_fail(err, FNP_EVALUE,
                        "Cannot call GotoMultiIndex on an iterator which has the "
                        "flag EXTERNAL_LOOP");
    FNP_TRY(fnp_iter_check_size(it, err));
    for (int i = 0; i < it->ndim; i++) {
        fnp_intp k = index[it->perm[i]];
        if (k < 0 || k >= it->shape[i])
            return fnp_fail(err, FNP_EINDEX,
                            "Iterator GotoMultiIndex called with an out-of-bounds multi-index");
        at[i] = it->flipped[i] ? it->shape[i] - 1 - k : k;
    }
    fnp_intp k = index_of(it, at);
    if (k < it->start || k >= it->end)
        return fnp_fail(err, FNP_EINDEX,
                        "Iterator GotoMultiIndex called with a multi-index "
                        "outside the restricted iteration range");
    return move_to(it, k, err);
}

fnp_status fnp_iter_goto_flat_index(fnp_iter *it, fnp_intp index, fnp_error *err)
{
    fnp_intp at[FNP_MAXDIMS];
    if (!fnp__iter_is(it, FNP_ITER_HAS_INDEX))
        return fnp_fail(err, FNP_EVALUE,
                        "Cannot call GotoIndex on an iterator without requesting "
                        "a C or Fortran index in the constructor");
    if (fnp__iter_is(it, FNP_ITER_IS_BUFFERED))
        return fnp_fail(err, FNP_EVALUE, "Cannot call GotoIndex on an iterator which is buffered");
    if (fnp__iter_is(it, FNP_ITER_HAS_EXTERNAL_LOOP))
        return fnp_fail(err, FNP_EVALUE,
                        "Cannot call GotoIndex on an iterator which has the flag EXTERNAL_LOOP");
    FNP_TRY(fnp_iter_check_size(it, err));
    if (index < 0 || index >= it->size)
        return fnp_fail(err, FNP_EINDEX, "Iterator GotoIndex called with an out-of-bounds index");
    for (int i = 0; i < it->ndim; i++) {
        fnp_intp s = fnp__iter_row(it, i)[it->nop], n = it->shape[i];
        at[i] = s == 0 ? 0 : (index / (s < 0 ? -s : s)) % n;
        if (s < 0) at[i] = n - 1 - at[i];
    }
    fnp_intp k = index_of(it, at);
    if (k < it->start || k >= it->end)
        return fnp_fail(err, FNP_EINDEX,
                        "Iterator GotoIndex called with an index outside the "
                        "restricted iteration range.");
    return move_to(it, k, err);
}

/* ---- changing ------------------------------------------------------------------------ */

fnp_status fnp_iter_remove_axis(fnp_iter *it, int axis, fnp_error *err)
{
    if (!fnp__iter_is(it, FNP_ITER_HAS_MULTI_INDEX))
        return fnp_fail(err, FNP_ERUNTIME,
                        "Iterator RemoveAxis may only be called if a multi-index is being tracked");
    if (fnp__iter_is(it, FNP_ITER_HAS_INDEX))
        return fnp_fail(err, FNP_ERUNTIME,
                        "Iterator RemoveAxis may not be called on an index is being tracked");
    if (fnp__iter_is(it, FNP_ITER_IS_BUFFERED))
        return fnp_fail(err, FNP_ERUNTIME,
                        "Iterator RemoveAxis may not be called on a buffered iterator");
    int at = 0;
    while (at < it->ndim && it->perm[at] != axis) at++;
    if (at == it->ndim)
        return fnp_fail(err, FNP_EVALUE, "axis out of bounds in iterator RemoveAxis");
    if (it->shape[at] == 0)
        return fnp_fail(err, FNP_EVALUE, "cannot remove a zero-sized axis from an iterator");
    if (it->flipped[at]) { /* index 0 lies at the far end */
        const fnp_intp *row = fnp__iter_row(it, at);
        for (int k = 0; k < it->nptr; k++) {
            it->base[k] += (it->shape[at] - 1) * row[k];
            it->offset[k] += (it->shape[at] - 1) * row[k];
        }
    }
    for (int i = at; i + 1 < it->ndim; i++) {
        it->shape[i] = it->shape[i + 1];
        it->perm[i] = it->perm[i + 1];
        it->flipped[i] = it->flipped[i + 1];
        memcpy(fnp__iter_row(it, i), fnp__iter_row(it, i + 1),
               (size_t)it->nptr * sizeof *it->strides);
    }
    it->ndim--;
    for (int i = 0; i < it->ndim; i++) it->perm[i] -= it->perm[i] > axis;
    if (it->ndim == 0) {
        it->shape[0] = 1;
        memset(it->strides, 0, (size_t)it->nptr * sizeof *it->strides);
    }
    fnp__iter_measure(it);
    fnp__iter_settle(it);
    return it->size < 0 ? FNP_OK : fnp_iter_reset(it, err);
}

fnp_status fnp_iter_remove_multi_index(fnp_iter *it, fnp_error *err)
{
    FNP_TRY(fnp_iter_check_size(it, err));
    if (!fnp__iter_is(it, FNP_ITER_HAS_MULTI_INDEX)) return FNP_OK;
    FNP_TRY(fnp__iter_write_back(it, err));
    it->state &= ~(uint32_t)FNP_ITER_HAS_MULTI_INDEX;
    fnp__iter_coalesce(it);
    fnp__iter_settle(it);
    if (fnp__iter_is(it, FNP_ITER_IS_DELAYED)) {
        fnp__iter_seek(it, it->start);
        return FNP_OK;
    }
    return fnp_iter_reset(it, err);
}

fnp_status fnp_iter_enable_external_loop(fnp_iter *it, fnp_error *err)
{
    if (fnp__iter_is(it, FNP_ITER_HAS_MULTI_INDEX | FNP_ITER_HAS_INDEX))
        return fnp_fail(err, FNP_EVALUE,
                        "Iterator flag EXTERNAL_LOOP cannot be used if an index "
                        "or multi-index is being tracked");
    if (fnp__iter_is(it, FNP_ITER_IS_RANGED) && !fnp__iter_is(it, FNP_ITER_IS_BUFFERED))
        return fnp_fail(err, FNP_EVALUE,
                        "Iterator flag RANGED cannot be used with the flag "
                        "EXTERNAL_LOOP unless BUFFERED is also enabled");
    it->state |= FNP_ITER_HAS_EXTERNAL_LOOP;
    if (fnp__iter_is(it, FNP_ITER_IS_DELAYED)) return FNP_OK;
    return fnp_iter_reset(it, err);
}

/* ---- copy and end -------------------------------------------------------------------- */

static fnp_status copy_into(fnp_iter *to, const fnp_iter *from, fnp_error *err)
{
    FNP_TRY(fnp__iter_alloc_arrays(to, from->ndim, err));
    size_t rows = from->ndim > 0 ? (size_t)from->ndim : 1, n = (size_t)from->nptr;
    memcpy(to->shape, from->shape, rows * sizeof *to->shape);
    memcpy(to->coord, from->coord, rows * sizeof *to->coord);
    memcpy(to->perm, from->perm, rows * sizeof *to->perm);
    memcpy(to->flipped, from->flipped, rows * sizeof *to->flipped);
    memcpy(to->strides, from->strides, rows * n * sizeof *to->strides);
    memcpy(to->ptr, from->ptr, n * sizeof *to->ptr);
    memcpy(to->base, from->base, n * sizeof *to->base);
    memcpy(to->offset, from->offset, n * sizeof *to->offset);
    for (int i = 0; i < from->nop; i++) {
        to->op[i] = from->op[i];
        to->op[i].buffer = NULL;
        to->op[i].has_in = to->op[i].has_out = to->op[i].filled = false;
    }
    if (!fnp__iter_is(from, FNP_ITER_IS_BUFFERED) || fnp__iter_is(from, FNP_ITER_IS_DELAYED))
        return FNP_OK;
    return from->size < 0 ? FNP_OK : settle_at(to, fnp_iter_index(from), err);
}

fnp_status fnp_iter_copy(const fnp_iter *from, fnp_iter **out, fnp_error *err)
{
    fnp_iter *to = fnp_malloc(sizeof *to);
    if (!to) return fnp_fail_nomem(err);
    *to = *from;
    to->strides = to->inner_strides = to->offset = to->outer_strides = NULL;
    to->ptr = to->base = to->data = to->outer_ptr = NULL;
    to->op = NULL;
    fnp_status st = copy_into(to, from, err);
    if (st != FNP_OK) {
        fnp_iter_free(to);
        return st;
    }
    *out = to;
    return FNP_OK;
}

fnp_status fnp_iter_flush(fnp_iter *it, fnp_error *err)
{
    return fnp__iter_write_back(it, err);
}

void fnp_iter_free(fnp_iter *it)
{
    if (!it) return;
    for (int i = 0; it->op && i < it->nop; i++) {
        iter_op *op = &it->op[i];
        if (op->has_in) fnp_cast_clear(&op->in);
        if (op->has_out) fnp_cast_clear(&op->out);
        fnp_free(op->buffer);
    }
    fnp_free(it->op); /* and all the arrays, which stand behind */
    fnp_free(it);
}
