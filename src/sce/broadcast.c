/* Broadcasting: the common shape of several operands, and each one's strides in it. */
#include "fnp/sce.h"

#include <stdio.h>
#include <string.h>

/* Longest of the ndims, at least 0. */
static int most_axes(int nop, const int *ndims)
{
    int n = 0;
    for (int i = 0; i < nop; i++)
        if (ndims[i] > n) n = ndims[i];
    return n;
}

/* Extent of axis `axis`, counted from the last (0) backwards; 1 where the operand has none. */
static fnp_intp extent_from_end(int ndim, const fnp_intp *shape, int axis)
{
    return axis < ndim ? shape[ndim - 1 - axis] : 1;
}

/* Common extent of the operands along an axis counted from the end. *first and *second name two
 * operands that differ, if the result is false. */
static bool common_extent(int nop, const int *ndims, const fnp_intp *const *shapes, int axis,
                          fnp_intp *extent, int *first, int *second)
{
    fnp_intp n = 1;
    for (int i = 0; i < nop; i++) {
        fnp_intp k = extent_from_end(ndims[i], shapes[i], axis);
        if (k == 1 || k == n) continue;
        if (n != 1) {
            *second = i;
            return false;
        }
        n = k;
        *first = i;
    }
    *extent = n;
    return true;
}

fnp_status fnp_sce_broadcast_shapes(int nop, const int *ndims, const fnp_intp *const *shapes,
                                    fnp_broadcast_text text, int *out_ndim, fnp_intp *out_shape,
                                    fnp_error *err)
{
    int ndim = most_axes(nop, ndims), first = 0, second = 0;
    for (int axis = 0; axis < ndim; axis++)
        if (!common_extent(nop, ndims, shapes, axis, &out_shape[ndim - 1 - axis], &first, &second))
            return fnp_sce_fail_broadcast(nop, ndims, shapes, text, err);
    *out_ndim = ndim;
    return FNP_OK;
}

/* This one message shows shapes as Python does: "(1, 3)". */
static void space_shape(const char *plain, char *out, size_t room)
{
    size_t n = 0;
    for (; *plain && n + 2 < room; plain++) {
        out[n++] = *plain;
        if (*plain == ',' && plain[1] != ')') out[n++] = ' ';
    }
    out[n] = 0;
}

/* NumPy looks for the culprits from the first axis to the last. */
static fnp_status fail_objects(int nop, const int *ndims, const fnp_intp *const *shapes,
                               fnp_error *err)
{
    char plain[200], a[260], b[260];
    int first = 0, second = 0;
    fnp_intp extent;
    for (int axis = most_axes(nop, ndims) - 1; axis >= 0; axis--)
        if (!common_extent(nop, ndims, shapes, axis, &extent, &first, &second)) break;
    fnp_sce_format_shape(ndims[first], shapes[first], plain, sizeof plain);
    space_shape(plain, a, sizeof a);
    fnp_sce_format_shape(ndims[second], shapes[second], plain, sizeof plain);
    space_shape(plain, b, sizeof b);
    return fnp_fail(err, FNP_EVALUE,
                    "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is "
                    "between arg %d with shape %s and arg %d with shape %s.",
                    first, a, second, b);
}

fnp_status fnp_sce_fail_broadcast(int nop, const int *ndims, const fnp_intp *const *shapes,
                                  fnp_broadcast_text text, fnp_error *err)
{
    char list[440];
    int at = 0;
    if (!err) return FNP_EVALUE;
    if (text == FNP_BROADCAST_OBJECTS) return fail_objects(nop, ndims, shapes, err);
    list[0] = 0;
    for (int i = 0; i < nop && at < (int)sizeof list - 2; i++) {
        at += fnp_sce_format_shape(ndims[i], shapes[i], list + at, sizeof list - 1 - (size_t)at);
        list[at++] = ' ';
        list[at] = 0;
    }
    return fnp_fail(err, FNP_EVALUE, "operands could not be broadcast together with shapes %s",
                    list);
}

static fnp_status fail_input(int ndim, const fnp_intp *shape, int out_ndim,
                             const fnp_intp *out_shape, fnp_error *err)
{
    char a[200], b[200];
    if (!err) return FNP_EVALUE;
    for (; ndim > out_ndim && *shape == 1; ndim--) shape++; /* the ones that could be dropped */
    fnp_sce_format_shape(ndim, shape, a, sizeof a);
    fnp_sce_format_shape(out_ndim, out_shape, b, sizeof b);
    return fnp_fail(err, FNP_EVALUE, "could not broadcast input array from shape %s into shape %s",
                    a, b);
}

fnp_status fnp_sce_broadcast_strides(int ndim, const fnp_intp *shape, const fnp_intp *strides,
                                     int out_ndim, const fnp_intp *out_shape, bool drop_ones,
                                     fnp_intp *out_strides, fnp_error *err)
{
    int skip = 0; /* leading axes of the source that have no place in the result */
    if (ndim > out_ndim) {
        skip = ndim - out_ndim;
        for (int i = 0; i < skip; i++)
            if (!drop_ones || shape[i] != 1)
                return fail_input(ndim, shape, out_ndim, out_shape, err);
    }
    int lead = out_ndim - (ndim - skip); /* leading axes of the result that the source lacks */
    for (int i = 0; i < lead; i++) out_strides[i] = 0;
    for (int i = lead; i < out_ndim; i++) {
        int k = i - lead + skip;
        if (shape[k] != 1 && shape[k] != out_shape[i])
            return fail_input(ndim, shape, out_ndim, out_shape, err);
        out_strides[i] = shape[k] == 1 ? 0 : strides[k];
    }
    return FNP_OK;
}
