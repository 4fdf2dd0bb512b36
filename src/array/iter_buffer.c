/* Buffers: the iteration in chunks.
 *
 * A chunk is a piece of the iteration that starts where the last one ended. If it starts where the
 * core (the inner axes that fit a buffer whole) starts, it takes as many cores as fit, else the
 * rest of the core. An operand takes part directly where its elements in the chunk lie in one run
 * and need no conversion, else they are gathered into its buffer. With reductions the inner loop
 * is one core, repeated `outer` times, so that an operand which stands still along the core or
 * along the axis outside it has each of its elements in the buffer once. */
#include "iter_impl.h"

#include <string.h>

/* ---- one operand's elements between array and buffer --------------------------------- */

static fnp_status ready_cast(fnp_cast *cast, bool *have, const fnp_dtype *from, const fnp_dtype *to,
                             bool unaligned, fnp_error *err)
{
    if (*have) return FNP_OK;
    FNP_TRY(fnp_cast_init(cast, from, to, FNP_CAST_ANY_STRIDE, FNP_CAST_ANY_STRIDE,
                          unaligned ? FNP_CASTF_UNALIGNED : 0, err));
    *have = true;
    return FNP_OK;
}

static fnp_status ready_buffer(fnp_iter *it, iter_op *op, fnp_error *err)
{
    fnp_intp bytes;
    if (op->buffer) return FNP_OK;
    if (fnp_size_mul(it->buffersize, op->dtype->elsize, &bytes)) return fnp_fail_nomem(err);
    op->buffer = fnp_calloc(1, (size_t)bytes + 64); /* zero: what references start from */
    return op->buffer ? FNP_OK : fnp_fail_nomem(err);
}

static bool holds_refs(const iter_op *op)
{
    return (op->dtype->flags & (FNP_DTYPE_HASREF | FNP_DTYPE_NEEDS_INIT)) != 0;
}

/* Drop references and leave zeros. */
static fnp_status clear_buffer(iter_op *op, fnp_error *err)
{
    fnp_intp shape = op->count, stride = op->dtype->elsize;
    fnp_view v = {op->buffer, 1, FNP_VIEW_WRITEABLE | FNP_VIEW_ALIGNED, &shape, &stride, op->dtype};
    op->filled = false;
    if (!holds_refs(op) || op->count == 0) return FNP_OK;
    return fnp_clear_refs(&v, err);
}

/* The step between neighbours in iteration order, of an operand that is one run over `axes`. */
static fnp_intp run_stride(const fnp_iter *it, int iop, int axes)
{
    for (int i = 0; i < axes; i++)
        if (it->shape[i] > 1) return fnp__iter_row(it, i)[iop];
    return 0;
}

/* A run of n elements that lie `stride` apart in the array and start at element `at` of the
 * buffer. */
typedef fnp_status run_fn(fnp_iter *it, int iop, char *array, fnp_intp stride, fnp_intp at,
                          fnp_intp n, fnp_error *err);

/* Call fn for the runs that the operand's elements in the present chunk consist of. */
static fnp_status each_run(fnp_iter *it, int iop, run_fn *fn, fnp_error *err)
{
    iter_op *op = &it->op[iop];
    if (op->fill_axis >= 0)
        return fn(it, iop, it->ptr[iop], fnp__iter_row(it, op->fill_axis)[iop], 0, op->count, err);
    if (it->ndim == 0) return fn(it, iop, it->ptr[iop], 0, 0, op->count, err);

    fnp_intp coord[FNP_MAXDIMS], left = op->count, at = 0, first = 0, factor = 1;
    char *p = it->ptr[iop];
    fnp_intp stride = run_stride(it, iop, op->linear);
    for (int i = 0; i < it->ndim; i++) coord[i] = it->coord[i];
    for (int i = 0; i < op->linear; i++) {
        first += coord[i] * factor;
        factor *= it->shape[i];
    }
    for (;;) {
        fnp_intp n = op->linear_count - first;
        if (n > left) n = left;
        FNP_TRY(fn(it, iop, p, stride, at, n, err));
        at += n;
        left -= n;
        if (left == 0) return FNP_OK;
        p -= first * stride;
        first = 0;
        for (int i = op->linear; i < it->ndim; i++) {
            fnp_intp s = fnp__iter_row(it, i)[iop];
            if (++coord[i] < it->shape[i]) {
                p += s;
                break;
            }
            p -= (it->shape[i] - 1) * s;
            coord[i] = 0;
        }
    }
}

static fnp_status read_run(fnp_iter *it, int iop, char *array, fnp_intp stride, fnp_intp at,
                           fnp_intp n, fnp_error *err)
{
    iter_op *op = &it->op[iop];
    fnp_intp elsize = op->dtype->elsize;
    return fnp_cast_run(&op->in, array, stride, op->buffer + at * elsize, elsize, n, err);
}

static fnp_status write_run(fnp_iter *it, int iop, char *array, fnp_intp stride, fnp_intp at,
                            fnp_intp n, fnp_error *err)
{
    iter_op *op = &it->op[iop];
    fnp_intp elsize = op->dtype->elsize;
    return fnp_cast_run(&op->out, op->buffer + at * elsize, elsize, array, stride, n, err);
}

/* Only where the mask says so. The mask is walked like the operand: element `at` of the chunk. */
static fnp_status write_masked_run(fnp_iter *it, int iop, char *array, fnp_intp stride, fnp_intp at,
                                   fnp_intp n, fnp_error *err)
{
    int m = it->maskop;
    iter_op *op = &it->op[iop];
    fnp_intp step = op->fill_axis >= 0 ? it->outer_strides[m] : it->inner_strides[m];
    const char *mask = it->op[m].filled ? it->op[m].buffer : it->ptr[m];
    mask += at * step;
    for (fnp_intp i = 0; i < n;) {
        fnp_intp k = i;
        while (i < n && !mask[i * step]) i++;
        for (k = i; i < n && mask[i * step];) i++;
        if (i > k) FNP_TRY(write_run(it, iop, array + k * stride, stride, at + k, i - k, err));
    }
    return FNP_OK;
}

/* ---- chunks -------------------------------------------------------------------------- */

/* How far the next chunk goes: sets inner_size, outer, and returns how many axes (from the inside)
 * one inner loop may span. */
static int measure_chunk(fnp_iter *it)
{
    fnp_intp left = it->end - it->chunk_start;
    bool reduce = fnp__iter_is(it, FNP_ITER_IS_REDUCE);
    fnp_intp within = 0, factor = 1; /* position inside the core */
    it->outer = 1;
    if (it->ndim == 0) {
        it->inner_size = 1;
        return 0;
    }
    if (fnp__iter_is(it, FNP_ITER_IS_GROWINNER) && !fnp__iter_is(it, FNP_ITER_NEEDS_BUFFERS)) {
        fnp_intp n = it->shape[0] - it->coord[0]; /* nothing to convert: the inner axis as it is */
        it->inner_size = n < left ? n : left;
        return 1;
    }
    if (it->core_axes == 0) { /* not even one axis fits */
        fnp_intp n = it->shape[0] - it->coord[0];
        if (n > it->buffersize) n = it->buffersize;
        it->inner_size = n < left ? n : left;
        return 1;
    }
    for (int i = 0; i < it->core_axes; i++) {
        within += it->coord[i] * factor;
        factor *= it->shape[i];
    }
    if (within > 0 || left < it->core_size) {
        fnp_intp n = it->core_size - within;
        it->inner_size = n < left ? n : left;
        return it->core_axes;
    }
    fnp_intp outer = 1;
    if (it->core_axes < it->ndim) {
        outer = it->shape[it->core_axes] - it->coord[it->core_axes];
        if (outer > it->buffersize / it->core_size) outer = it->buffersize / it->core_size;
        if (outer > left / it->core_size) outer = left / it->core_size;
    }
    if (reduce && it->maskop < 0) {
        it->inner_size = it->core_size;
        it->outer = outer;
        return it->core_axes;
    }
    if (reduce) outer = 1;
    it->inner_size = it->core_size * outer;
    return it->core_axes + (outer > 1);
}

static bool stands_still(const fnp_iter *it, int iop, int axes)
{
    for (int i = 0; i < axes; i++)
        if (it->shape[i] > 1 && fnp__iter_row(it, i)[iop] != 0) return false;
    return true;
}

/* Decide how an operand takes part in the chunk; true if through its buffer. */
static bool plan_operand(fnp_iter *it, int iop, int axes)
{
    iter_op *op = &it->op[iop];
    fnp_intp elsize = op->dtype->elsize;
    fnp_intp outer_stride = it->outer > 1 ? fnp__iter_row(it, it->core_axes)[iop] : 0;
    bool still = stands_still(it, iop, axes);
    op->fill_axis = -1;
    if (!op->buffered && (axes <= op->linear || still)) {
        it->inner_strides[iop] = run_stride(it, iop, axes);
        it->outer_strides[iop] = outer_stride;
        return false;
    }
    bool spread = (op->flags & FNP_ITER_CONTIG) && !op->reduce; /* repeat a standing value */
    if (still && !spread) {
        it->inner_strides[iop] = 0;
        it->outer_strides[iop] = outer_stride ? elsize : 0;
        op->count = outer_stride ? it->outer : 1;
        if (outer_stride) op->fill_axis = it->core_axes;
        return true;
    }
    it->inner_strides[iop] = elsize;
    if (it->outer > 1 && outer_stride == 0 && !spread) {
        it->outer_strides[iop] = 0;
        op->count = it->inner_size;
        return true;
    }
    it->outer_strides[iop] = it->inner_size * elsize;
    op->count = it->inner_size * it->outer;
    return true;
}

static fnp_status fill_operand(fnp_iter *it, int iop, fnp_error *err)
{
    iter_op *op = &it->op[iop];
    FNP_TRY(ready_buffer(it, op, err));
    it->data[iop] = op->buffer;
    op->filled = true;
    if (op->virtual_) return FNP_OK;
    if (op->write)
        FNP_TRY(ready_cast(&op->out, &op->has_out, op->dtype, op->source, op->unaligned, err));
    if (!op->read) return FNP_OK;
    FNP_TRY(ready_cast(&op->in, &op->has_in, op->source, op->dtype, op->unaligned, err));
    return each_run(it, iop, read_run, err);
}

/* Forget the chunk without writing anything. */
static void drop_chunk(fnp_iter *it)
{
    for (int i = 0; i < it->nop; i++)
        if (it->op[i].filled) (void)clear_buffer(&it->op[i], NULL);
    it->chunk_size = 0;
}

fnp_status fnp__iter_fill(fnp_iter *it, fnp_error *err)
{
    fnp_status st = FNP_OK;
    int axes = measure_chunk(it);
    it->chunk_size = it->inner_size * it->outer;
    it->outer_pos = it->pos = 0;
    for (int i = 0; i < it->nop && st == FNP_OK; i++) {
        it->op[i].filled = false;
        if (it->op[i].virtual_) {
            it->op[i].count = it->chunk_size;
            it->inner_strides[i] = it->op[i].dtype->elsize;
            it->outer_strides[i] = it->inner_size * it->op[i].dtype->elsize;
            st = fill_operand(it, i, err);
        } else if (plan_operand(it, i, axes)) {
            st = fill_operand(it, i, err);
        } else {
            it->data[i] = it->ptr[i];
        }
    }
    if (st != FNP_OK) {
        drop_chunk(it);
        return st;
    }
    memcpy(it->outer_ptr, it->data, (size_t)it->nop * sizeof *it->data);
    fnp__iter_update_flat_index(it);
    return FNP_OK;
}

fnp_status fnp__iter_write_back(fnp_iter *it, fnp_error *err)
{
    fnp_status st = FNP_OK;
    if (!fnp__iter_is(it, FNP_ITER_IS_BUFFERED) || it->chunk_size == 0) return FNP_OK;
    for (int i = 0; i < it->nop && st == FNP_OK; i++) {
        iter_op *op = &it->op[i];
        if (!op->filled || !op->write || op->virtual_) continue;
        bool masked = it->maskop >= 0 && (op->flags & FNP_ITER_WRITEMASKED);
        st = each_run(it, i, masked ? write_masked_run : write_run, err);
    }
    drop_chunk(it);
    return st;
}

/* With buffers the flat index is worked out from the position. */
void fnp__iter_update_flat_index(fnp_iter *it)
{
    if (!fnp__iter_is(it, FNP_ITER_HAS_INDEX)) return;
    fnp_intp index = fnp_iter_index(it), flat = (fnp_intp)(it->base[it->nop] - (char *)0);
    for (int i = 0; i < it->ndim; i++) {
        if (it->shape[i] <= 1) continue;
        flat += index % it->shape[i] * fnp__iter_row(it, i)[it->nop];
        index /= it->shape[i];
    }
    it->data[it->nop] = (char *)0 + flat;
}

bool fnp__iter_next_buffered(fnp_iter *it)
{
    bool external = fnp__iter_is(it, FNP_ITER_HAS_EXTERNAL_LOOP);
    if (!external && it->pos + 1 < it->inner_size) {
        it->pos++;
        for (int i = 0; i < it->nop; i++) it->data[i] += it->inner_strides[i];
        fnp__iter_update_flat_index(it);
        return true;
    }
    if (it->outer_pos + 1 < it->outer) {
        it->outer_pos++;
        it->pos = 0;
        for (int i = 0; i < it->nop; i++) {
            it->outer_ptr[i] += it->outer_strides[i];
            it->data[i] = it->outer_ptr[i];
        }
        fnp__iter_update_flat_index(it);
        return true;
    }
    fnp_intp next = it->chunk_start + it->chunk_size;
    it->failed = fnp__iter_write_back(it, it->failure);
    it->chunk_start = next < it->end ? next : it->end;
    it->pos = it->outer_pos = 0;
    if (it->failed != FNP_OK || next >= it->end) {
        it->inner_size = 0; /* a caller may look at it alone, and never at what this returns */
        return false;
    }
    fnp__iter_seek(it, next);
    it->failed = fnp__iter_fill(it, it->failure);
    return it->failed == FNP_OK;
}
