/* What an iterator tells about itself. */
#include "iter_impl.h"

#include <stdio.h>

int fnp_iter_ndim(const fnp_iter *it)
{
    return it->ndim;
}

int fnp_iter_nop(const fnp_iter *it)
{
    return it->nop;
}

fnp_intp fnp_iter_size(const fnp_iter *it)
{
    return it->size;
}

fnp_intp fnp_iter_index(const fnp_iter *it)
{
    if (!fnp__iter_is(it, FNP_ITER_IS_BUFFERED)) return it->index;
    return it->chunk_start + it->outer_pos * it->inner_size + it->pos;
}

void fnp_iter_range(const fnp_iter *it, fnp_intp *start, fnp_intp *end)
{
    *start = it->start;
    *end = it->end;
}

void fnp_iter_shape(const fnp_iter *it, fnp_intp *shape)
{
    bool named = fnp__iter_is(it, FNP_ITER_HAS_MULTI_INDEX);
    for (int i = 0; i < it->ndim; i++) shape[named ? it->perm[i] : i] = it->shape[i];
}

/* Coordinates along the iteration axes of the present position. */
static void coordinates(const fnp_iter *it, fnp_intp *at)
{
    fnp_intp index = fnp_iter_index(it);
    bool direct = !fnp__iter_is(it, FNP_ITER_IS_BUFFERED);
    for (int i = 0; i < it->ndim; i++) {
        at[i] = direct ? it->coord[i] : it->shape[i] > 1 ? index % it->shape[i] : 0;
        if (it->shape[i] > 1) index /= it->shape[i];
    }
}

void fnp_iter_multi_index(const fnp_iter *it, fnp_intp *index)
{
    fnp_intp at[FNP_MAXDIMS];
    coordinates(it, at);
    for (int i = 0; i < it->ndim; i++)
        index[it->perm[i]] = it->flipped[i] ? it->shape[i] - 1 - at[i] : at[i];
}

fnp_intp *fnp_iter_flat_index_ptr(fnp_iter *it)
{
    return fnp__iter_is(it, FNP_ITER_HAS_INDEX) ? (fnp_intp *)&it->data[it->nop] : NULL;
}

char **fnp_iter_data(fnp_iter *it)
{
    return it->data;
}

fnp_intp *fnp_iter_inner_strides(fnp_iter *it)
{
    return it->inner_strides;
}

fnp_intp *fnp_iter_inner_size(fnp_iter *it)
{
    return fnp__iter_is(it, FNP_ITER_IS_BUFFERED) ? &it->inner_size : &it->shape[0];
}

char **fnp_iter_initial_data(fnp_iter *it)
{
    return it->base;
}

void fnp_iter_fixed_strides(const fnp_iter *it, fnp_intp *strides)
{
    bool buffered = fnp__iter_is(it, FNP_ITER_IS_BUFFERED);
    for (int i = 0; i < it->nop; i++) {
        fnp_intp s = fnp__iter_row(it, 0)[i];
        if (!buffered || it->ndim <= 1) {
            strides[i] = buffered && it->op[i].buffered && s != 0 ? it->op[i].dtype->elsize : s;
            continue;
        }
        bool still = true;
        for (int a = 0; a < it->ndim; a++) still &= fnp__iter_row(it, a)[i] == 0;
        if (still && !(it->op[i].flags & FNP_ITER_CONTIG))
            strides[i] = 0;
        else if (it->op[i].buffered && !fnp__iter_is(it, FNP_ITER_IS_REDUCE))
            strides[i] = it->op[i].dtype->elsize;
        else if (!fnp__iter_is(it, FNP_ITER_NEEDS_BUFFERS))
            strides[i] = s;
        else
            strides[i] = PTRDIFF_MAX;
    }
}

fnp_intp *fnp_iter_axis_strides(fnp_iter *it, int axis, fnp_error *err)
{
    for (int i = 0; i < it->ndim; i++) {
        int named = fnp__iter_is(it, FNP_ITER_HAS_MULTI_INDEX) ? it->perm[i] : it->ndim - 1 - i;
        if (named == axis) return fnp__iter_row(it, i);
    }
    (void)fnp_fail(err, FNP_EVALUE, "axis out of bounds in iterator GetStrideAxisArray");
    return NULL;
}

fnp_status fnp_iter_compatible_strides(const fnp_iter *it, fnp_intp itemsize, fnp_intp *strides,
                                       fnp_error *err)
{
    if (!fnp__iter_is(it, FNP_ITER_HAS_MULTI_INDEX))
        return fnp_fail(err, FNP_ERUNTIME,
                        "Iterator CreateCompatibleStrides may only be called if "
                        "a multi-index is being tracked");
    for (int i = 0; i < it->ndim; i++) {
        if (it->flipped[i])
            return fnp_fail(err, FNP_ERUNTIME,
                            "Iterator CreateCompatibleStrides may only be called if "
                            "DONT_NEGATE_STRIDES was used to prevent reverse iteration of an axis");
        strides[it->perm[i]] = itemsize;
        itemsize *= it->shape[i];
    }
    return FNP_OK;
}

fnp_status fnp_iter_view(const fnp_iter *it, int iop, char **data, fnp_intp *shape,
                         fnp_intp *strides, fnp_error *err)
{
    if (iop < 0 || iop >= it->nop)
        return fnp_fail(err, FNP_EINDEX, "index provided for an iterator view was out of bounds");
    if (fnp__iter_is(it, FNP_ITER_IS_BUFFERED))
        return fnp_fail(err, FNP_EVALUE,
                        "cannot provide an iterator view when buffering is enabled");
    *data = it->base[iop];
    for (int i = 0; i < it->ndim; i++) {
        shape[it->ndim - 1 - i] = it->shape[i];
        strides[it->ndim - 1 - i] = fnp__iter_row(it, i)[iop];
    }
    return FNP_OK;
}

bool fnp_iter_is_first_visit(const fnp_iter *it, int iop)
{
    fnp_intp at[FNP_MAXDIMS];
    coordinates(it, at);
    for (int i = 0; i < it->ndim; i++)
        if (at[i] != 0 && fnp__iter_row(it, i)[iop] == 0) return false;
    return true;
}

bool fnp_iter_is_writeable(const fnp_iter *it, int iop)
{
    return it->op[iop].write;
}

bool fnp_iter_is_readable(const fnp_iter *it, int iop)
{
    return it->op[iop].read;
}

fnp_intp fnp_iter_buffersize(const fnp_iter *it)
{
    return fnp__iter_is(it, FNP_ITER_IS_BUFFERED) ? it->buffersize : 0;
}

uint32_t fnp_iter_state(const fnp_iter *it)
{
    return it->state;
}

uint32_t fnp_iter_transfer_flags(const fnp_iter *it)
{
    uint32_t flags = FNP_LOOP_NO_FLOAT_ERRORS;
    for (int i = 0; i < it->nop; i++) {
        const iter_op *op = &it->op[i];
        if (!op->buffered) continue;
        const fnp_cast *c[2] = {op->has_in ? &op->in : NULL, op->has_out ? &op->out : NULL};
        for (int k = 0; k < 2; k++) {
            if (!c[k]) continue;
            flags |= c[k]->loop.flags & FNP_LOOP_NEEDS_API;
            if (!(c[k]->loop.flags & FNP_LOOP_NO_FLOAT_ERRORS))
                flags &= ~(uint32_t)FNP_LOOP_NO_FLOAT_ERRORS;
        }
    }
    if (fnp__iter_is(it, FNP_ITER_NEEDS_API)) flags |= FNP_LOOP_NEEDS_API;
    return flags;
}
