/* Reshape: the new shape, whether it can be a view, and the strides either way. */
#include "fnp/sce.h"
#include "fnp/base.h"

static fnp_status fail_size(fnp_intp size, int ndim, const fnp_intp *shape, fnp_error *err)
{
    char text[300];
    if (!err) return FNP_EVALUE;
    fnp_sce_format_shape(ndim, shape, text, sizeof text);
    return fnp_fail(err, FNP_EVALUE, "cannot reshape array of size %td into shape %s", size, text);
}

fnp_status fnp_sce_reshape_shape(fnp_intp size, int new_ndim, const fnp_intp *new_shape,
                                 fnp_intp *out_shape, fnp_error *err)
{
    int unknown = -1;
    fnp_intp known = 1;
    bool overflow = false, zero = false;
    for (int i = 0; i < new_ndim; i++) {
        if (new_shape[i] >= 0) {
            zero |= new_shape[i] == 0;
            overflow |= fnp_size_mul(known, new_shape[i], &known);
        } else if (unknown >= 0) {
            return fnp_fail(err, FNP_EVALUE, "can only specify one unknown dimension");
        } else {
            unknown = i;
        }
    }
    if (overflow) return fail_size(size, new_ndim, new_shape, err);
    if (unknown < 0 ? known != size : (zero || size % known != 0))
        return fail_size(size, new_ndim, new_shape, err);
    for (int i = 0; i < new_ndim; i++) out_shape[i] = i == unknown ? size / known : new_shape[i];
    return FNP_OK;
}

/* Old axes first..last are one run in memory, axis `first` (F) or `last` (C) the innermost. */
static bool is_one_run(int first, int last, const fnp_intp *shape, const fnp_intp *strides, bool f)
{
    for (int k = first; k < last; k++) {
        int inner = f ? k : k + 1, outer = f ? k + 1 : k;
        fnp_intp whole;
        if (fnp_size_mul(shape[inner], strides[inner], &whole) || strides[outer] != whole)
            return false;
    }
    return true;
}

/* Strides of axes first..last as one run whose innermost step is `step`. Extents of 0 count as 1.
 * Returns the step beyond the run. */
static fnp_intp lay_out_run(int first, int last, const fnp_intp *shape, fnp_intp step, bool f,
                            fnp_intp *strides)
{
    for (int i = 0; i <= last - first; i++) {
        int axis = f ? first + i : last - i;
        strides[axis] = step;
        if (shape[axis] > 1) step *= shape[axis];
    }
    return step;
}

bool fnp_sce_reshape_strides(int ndim, const fnp_intp *shape, const fnp_intp *strides,
                             fnp_intp itemsize, int new_ndim, const fnp_intp *new_shape,
                             fnp_order c_or_f, fnp_intp *new_strides)
{
    fnp_intp old_shape[FNP_MAXDIMS], old_strides[FNP_MAXDIMS];
    bool f = c_or_f == FNP_ORDER_F;
    int n = 0;
    for (int i = 0; i < ndim; i++) {
        if (shape[i] == 0) { /* no element has to keep its place */
            lay_out_run(0, new_ndim - 1, new_shape, itemsize, f, new_strides);
            return true;
        }
        if (shape[i] == 1) continue;
        old_shape[n] = shape[i];
        old_strides[n] = strides[i];
        n++;
    }

    /* Cut both shapes, from the left, into the shortest groups of equal size; each group of the
     * source has to be a run. What is left at the end are new axes of extent 1. */
    int old = 0, fresh = 0;
    fnp_intp rest = itemsize;
    while (old < n) {
        int old_first = old, fresh_first = fresh;
        fnp_intp old_count = old_shape[old], fresh_count = new_shape[fresh];
        while (old_count != fresh_count) {
            if (fresh_count < old_count)
                fresh_count *= new_shape[++fresh];
            else
                old_count *= old_shape[++old];
        }
        if (!is_one_run(old_first, old, old_shape, old_strides, f)) return false;
        fnp_intp step = old_strides[f ? old_first : old];
        fnp_intp beyond = lay_out_run(fresh_first, fresh, new_shape, step, f, new_strides);
        rest = f ? beyond : step;
        old++, fresh++;
    }
    while (fresh < new_ndim) new_strides[fresh++] = rest;
    return true;
}

fnp_status fnp_sce_reshape(int ndim, const fnp_intp *shape, const fnp_intp *strides,
                           fnp_intp itemsize, int new_ndim, const fnp_intp *new_shape,
                           fnp_order order, fnp_reshape_plan *plan, fnp_error *err)
{
    fnp_intp size = fnp_sce_count(ndim, shape);
    if (order == FNP_ORDER_K)
        return fnp_fail(err, FNP_EVALUE, "order 'K' is not permitted for reshaping");
    FNP_TRY(fnp_sce_check_ndim(new_ndim, err));
    plan->order = fnp_sce_resolve_order(order, ndim, shape, strides, itemsize);
    plan->ndim = new_ndim;
    FNP_TRY(fnp_sce_reshape_shape(size, new_ndim, new_shape, plan->shape, err));
    if (fnp_sce_same_shape(ndim, shape, new_ndim, new_shape)) { /* strides stay to the letter */
        plan->view = true;
        for (int i = 0; i < ndim; i++) plan->strides[i] = strides[i];
        return FNP_OK;
    }
    plan->view = fnp_sce_reshape_strides(ndim, shape, strides, itemsize, new_ndim, plan->shape,
                                         plan->order, plan->strides);
    if (!plan->view)
        fnp_sce_fill_strides(new_ndim, plan->shape, itemsize, plan->order, plan->strides);
    return FNP_OK;
}
