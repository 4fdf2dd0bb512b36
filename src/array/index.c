/* Index plans: from the items of an index to strides, shapes and checked index arrays. */
#include "fnp/index.h"
#include "kernel/gather.h"

#include <string.h>

static fnp_status fail_too_many(int ndim, fnp_intp n, fnp_error *err)
{
    return fnp_fail(err, FNP_EINDEX,
                    "too many indices for array: array is %d-dimensional, but %td were indexed",
                    ndim, n);
}

static fnp_status too_many_axes(int n, fnp_error *err)
{
    return fnp_fail(err, FNP_EINDEX,
                    "number of dimensions must be within [0, %d], indexing result would have %d",
                    FNP_MAXDIMS, n);
}

/* Axes that the items use up, how many axes the ellipsis stands for, and where it is. */
static fnp_status measure(const fnp_view *src, int n, const fnp_selector *items, int *fill,
                          fnp_error *err)
{
    int used = 0, ellipses = 0, kept = 0;
    *fill = 0;
    for (int i = 0; i < n; i++) {
        switch (items[i].kind) {
        case FNP_SELECT_INT:
        case FNP_SELECT_ARRAY: used++; break;
        case FNP_SELECT_SLICE:
            used++;
            kept++;
            break;
        case FNP_SELECT_NEWAXIS: kept++; break;
        case FNP_SELECT_ELLIPSIS: ellipses++; break;
        case FNP_SELECT_BOOL: break;
        }
    }
    if (ellipses > 1)
        return fnp_fail(err, FNP_EINDEX, "an index can only have a single ellipsis ('...')");
    if (used > src->ndim) return fail_too_many(src->ndim, used, err);
    *fill = src->ndim - used;
    kept += *fill;
    return kept > FNP_MAXDIMS ? too_many_axes(kept, err) : FNP_OK;
}

static bool is_fancy(fnp_selector_kind k)
{
    return k == FNP_SELECT_INT || k == FNP_SELECT_ARRAY || k == FNP_SELECT_BOOL;
}

/* The common shape of the index arrays, and each one's strides under it. */
static fnp_status broadcast_arrays(fnp_index_plan *p, int n, const fnp_selector *items,
                                   fnp_error *err)
{
    int ndims[FNP_MAXDIMS + 1] = {0}, nop = 0;
    const fnp_intp *shapes[FNP_MAXDIMS + 1] = {0};
    fnp_intp one_bool[1] = {1};
    for (int i = 0; i < n; i++) {
        if (items[i].kind == FNP_SELECT_BOOL) {
            one_bool[0] = one_bool[0] && items[i].start;
            continue;
        }
        if (items[i].kind != FNP_SELECT_ARRAY) continue;
        ndims[nop] = items[i].array.ndim;
        shapes[nop++] = items[i].array.shape;
    }
    bool has_bool = false;
    for (int i = 0; i < n; i++) has_bool |= items[i].kind == FNP_SELECT_BOOL;
    int total = nop;
    if (has_bool) {
        ndims[total] = 1;
        shapes[total++] = one_bool;
    }
    if (fnp_sce_broadcast_shapes(total, ndims, shapes, FNP_BROADCAST_OPERANDS, &p->ndim, p->shape,
                                 NULL) != FNP_OK) {
        char text[400];
        size_t k = 0;
        for (int i = 0; i < total && k < 300; i++) {
            k += (size_t)fnp_sce_format_shape(ndims[i], shapes[i], text + k, sizeof text - k);
            text[k++] = ' ';
        }
        text[k] = '\0';
        return fnp_fail(
            err, FNP_EINDEX,
            "shape mismatch: indexing arrays could not be broadcast together with shapes %s", text);
    }
    for (int i = 0; i < nop; i++) {
        fnp_index_array *a = &p->arrays[i];
        FNP_TRY(fnp_sce_broadcast_strides(a->ndim, a->shape, a->own_strides, p->ndim, p->shape,
                                          false, a->strides, err));
    }
    return FNP_OK;
}

/* Every index of an array lies in [-extent, extent); the first that does not is reported. */
static fnp_status check_array(fnp_index_array *a, fnp_error *err)
{
    fnp_intp index[FNP_MAXDIMS] = {0}, count = fnp_sce_count(a->ndim, a->shape);
    if (count == 0) return FNP_OK;
    fnp_intp n = a->ndim ? a->shape[a->ndim - 1] : 1,
             step = a->ndim ? a->own_strides[a->ndim - 1] : 0;
    const char *data = a->data;
    a->wrap = 0;
    for (;;) {
        fnp_intp wrap;
        bool within = fnp__indices_within(data, step, n, a->extent, &wrap);
        a->wrap |= wrap;
        if (!within)
            for (fnp_intp i = 0; i < n; i++) {
                fnp_intp k = *(const fnp_intp *)(const void *)(data + i * step);
                FNP_TRY(fnp_sce_check_index(&k, a->extent, a->axis, err));
            }
        int d = a->ndim - 2;
        for (; d >= 0; d--) {
            data += a->own_strides[d];
            if (++index[d] < a->shape[d]) break;
            index[d] = 0;
            data -= a->own_strides[d] * a->shape[d];
        }
        if (d < 0) return FNP_OK;
    }
}

static void add_sub_axis(fnp_index_plan *p, fnp_intp extent, fnp_intp stride)
{
    p->sub_shape[p->sub_ndim] = extent;
    p->sub_strides[p->sub_ndim++] = stride;
}

static void add_array(fnp_index_plan *p, const fnp_view *src, int axis, const fnp_view *v)
{
    fnp_index_array *a = &p->arrays[p->narrays++];
    a->data = v->data;
    a->extent = a->wrap = src->shape[axis];
    a->step = src->strides[axis];
    a->axis = axis;
    a->ndim = v->ndim;
    a->shape = v->shape;
    a->own_strides = v->strides;
}

/* NumPy's limits, which come from its iterator; a result that is too deep is told of later. */
static fnp_status limit_arrays(const fnp_index_plan *p, int n, const fnp_selector *items,
                               fnp_error *err)
{
    int fancy = 0;
    for (int i = 0; i < n; i++)
        fancy += items[i].kind == FNP_SELECT_ARRAY || items[i].kind == FNP_SELECT_BOOL;
    if (fancy > FNP_MAXDIMS)
        return fnp_fail(err, FNP_EINDEX,
                        "too many advanced (array) indices. This probably means you are indexing "
                        "with too many booleans. "
                        "(more than %d found)",
                        FNP_MAXDIMS);
    if (fancy == FNP_MAXDIMS && fnp_sce_count(p->sub_ndim, p->sub_shape) == 1)
        return fnp_fail(err, FNP_EINDEX,
                        "when no subspace is given, the number of index arrays cannot be above %d, "
                        "but %d index arrays found",
                        FNP_MAXDIMS - 1, fancy);
    return FNP_OK;
}

fnp_status fnp_index_plan_init(fnp_index_plan *p, const fnp_view *src, int n,
                               const fnp_selector *items, fnp_error *err)
{
    FNP_TRY(fnp_index_plan_layout(p, src, n, items, err));
    return fnp_index_plan_check(p, err);
}

fnp_status fnp_index_plan_check(fnp_index_plan *p, fnp_error *err)
{
    if (p->count == 0) return FNP_OK;
    for (int i = 0; i < p->narrays; i++) FNP_TRY(check_array(&p->arrays[i], err));
    return FNP_OK;
}

fnp_status fnp_index_plan_layout(fnp_index_plan *p, const fnp_view *src, int n,
                                 const fnp_selector *items, fnp_error *err)
{
    int fill = 0, axis = 0, first = -1, last = -1;
    bool ellipsis = false, adjacent = true;
    FNP_TRY(measure(src, n, items, &fill, err));
    p->base = src->data;
    p->ndim = p->sub_ndim = p->at = p->narrays = 0;
    for (int i = 0; i < n; i++) {
        const fnp_selector *s = &items[i];
        if (is_fancy(s->kind)) {
            if (first < 0) {
                first = i;
                p->at = p->sub_ndim;
            } else if (last != i - 1) {
                adjacent = false;
            }
            last = i;
        }
        switch (s->kind) {
        case FNP_SELECT_INT: {
            fnp_intp k = s->start;
            FNP_TRY(fnp_sce_check_index(&k, src->shape[axis], axis, err));
            p->base += k * src->strides[axis++];
            break;
        }
        case FNP_SELECT_SLICE: {
            fnp_intp extent = src->shape[axis], stride = src->strides[axis];
            p->base += fnp_sce_slice_axis(&extent, &stride, s->start, s->stop, s->step);
            add_sub_axis(p, extent, stride);
            axis++;
            break;
        }
        case FNP_SELECT_NEWAXIS: add_sub_axis(p, 1, 0); break;
        case FNP_SELECT_ELLIPSIS:
            ellipsis = true;
            for (int k = 0; k < fill; k++, axis++)
                add_sub_axis(p, src->shape[axis], src->strides[axis]);
            break;
        case FNP_SELECT_ARRAY: add_array(p, src, axis++, &s->array); break;
        case FNP_SELECT_BOOL: break;
        }
    }
    if (!ellipsis)
        for (; axis < src->ndim; axis++) add_sub_axis(p, src->shape[axis], src->strides[axis]);
    if (!adjacent) p->at = 0;
    FNP_TRY(limit_arrays(p, n, items, err));
    FNP_TRY(broadcast_arrays(p, n, items, err));
    if (p->ndim + p->sub_ndim > FNP_MAXDIMS) return too_many_axes(p->ndim + p->sub_ndim, err);
    if (fnp_sce_size(p->ndim, p->shape, &p->count, err))
        return fnp_fail(err, FNP_EVALUE, "iterator is too large");
    p->sub_count = fnp_sce_count(p->sub_ndim, p->sub_shape);
    return FNP_OK;
}
