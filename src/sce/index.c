/* Views by slicing: slices, basic indexing, diagonals, windows. */
#include "fnp/sce.h"
#include "fnp/base.h"

/* A bound as Python clamps it: from the end if negative, then into [low, high]. */
static fnp_intp clamp_bound(fnp_intp bound, fnp_intp length, fnp_intp low, fnp_intp high)
{
    if (bound < 0) bound += length; /* cannot overflow: the signs differ */
    return bound < low ? low : bound > high ? high : bound;
}

fnp_intp fnp_sce_slice_adjust(fnp_intp length, fnp_intp *start, fnp_intp *stop, fnp_intp step)
{
    fnp_intp low = step < 0 ? -1 : 0, high = step < 0 ? length - 1 : length;
    *start = clamp_bound(*start, length, low, high);
    *stop = clamp_bound(*stop, length, low, high);
    if (step > 0) return *start < *stop ? (*stop - *start - 1) / step + 1 : 0;
    /* -step overflows for PTRDIFF_MIN only, which passes over everything but the first */
    if (*start <= *stop) return 0;
    return step == PTRDIFF_MIN ? 1 : (*start - *stop - 1) / -step + 1;
}

fnp_intp fnp_sce_slice_axis(fnp_intp *extent, fnp_intp *stride, fnp_intp start, fnp_intp stop,
                            fnp_intp step)
{
    fnp_intp count = fnp_sce_slice_adjust(*extent, &start, &stop, step), old = *stride;
    *extent = count;
    if (count == 0) return 0;
    /* with two elements or more both lie inside, so the product fits; the step of a single one is
     * never taken, and wraps */
    *stride = (fnp_intp)((size_t)old * (size_t)step);
    return start * old;
}

fnp_status fnp_sce_fail_index(fnp_intp index, fnp_intp length, int axis, fnp_error *err)
{
    if (axis < 0)
        return fnp_fail(err, FNP_EINDEX, "index %td is out of bounds for size %td", index, length);
    return fnp_fail(err, FNP_EINDEX, "index %td is out of bounds for axis %d with size %td", index,
                    axis, length);
}

/* How many axes the items use up, and what ndim results; one ellipsis at most. */
static fnp_status count_items(int ndim, int nitems, const fnp_index_item *items, int *used,
                              int *result_ndim, fnp_error *err)
{
    int n = 0, ellipses = 0, fresh = 0, ints = 0;
    for (int i = 0; i < nitems; i++) {
        n += items[i].kind == FNP_INDEX_INT || items[i].kind == FNP_INDEX_SLICE;
        ints += items[i].kind == FNP_INDEX_INT;
        fresh += items[i].kind == FNP_INDEX_NEWAXIS;
        ellipses += items[i].kind == FNP_INDEX_ELLIPSIS;
    }
    if (ellipses > 1)
        return fnp_fail(err, FNP_EINDEX, "an index can only have a single ellipsis ('...')");
    if (n > ndim)
        return fnp_fail(err, FNP_EINDEX,
                        "too many indices for array: array is %d-dimensional, but %d were indexed",
                        ndim, n);
    if (ndim - ints + fresh > FNP_MAXDIMS)
        return fnp_fail(err, FNP_EINDEX,
                        "number of dimensions must be within [0, %d], indexing result would have "
                        "%d",
                        FNP_MAXDIMS, ndim - ints + fresh);
    *used = n;
    *result_ndim = ndim - ints + fresh;
    return FNP_OK;
}

fnp_status fnp_sce_index(int ndim, const fnp_intp *shape, const fnp_intp *strides, int nitems,
                         const fnp_index_item *items, int *out_ndim, fnp_intp *out_shape,
                         fnp_intp *out_strides, fnp_intp *offset, fnp_error *err)
{
    int used = 0, total = 0, axis = 0, n = 0;
    fnp_intp at = 0;
    FNP_TRY(count_items(ndim, nitems, items, &used, &total, err));
    for (int i = 0; i < nitems; i++) {
        fnp_intp start = items[i].start;
        switch (items[i].kind) {
        case FNP_INDEX_INT:
            FNP_TRY(fnp_sce_check_index(&start, shape[axis], axis, err));
            at += start * strides[axis];
            axis++;
            break;
        case FNP_INDEX_SLICE:
            if (items[i].step == 0) return fnp_fail(err, FNP_EVALUE, "slice step cannot be zero");
            out_shape[n] = shape[axis];
            out_strides[n] = strides[axis];
            at += fnp_sce_slice_axis(&out_shape[n], &out_strides[n], start, items[i].stop,
                                     items[i].step);
            n++, axis++;
            break;
        case FNP_INDEX_NEWAXIS:
            out_shape[n] = 1;
            out_strides[n] = 0;
            n++;
            break;
        case FNP_INDEX_ELLIPSIS:
            for (int k = ndim - used; k > 0; k--, n++, axis++) {
                out_shape[n] = shape[axis];
                out_strides[n] = strides[axis];
            }
            break;
        }
    }
    for (; axis < ndim; n++, axis++) {
        out_shape[n] = shape[axis];
        out_strides[n] = strides[axis];
    }
    *out_ndim = total;
    *offset = at;
    return FNP_OK;
}

fnp_status fnp_sce_diagonal(int ndim, const fnp_intp *shape, const fnp_intp *strides,
                            fnp_intp offset, fnp_intp axis1, fnp_intp axis2, int *out_ndim,
                            fnp_intp *out_shape, fnp_intp *out_strides, fnp_intp *start,
                            fnp_error *err)
{
    int a = 0, b = 0, n = 0;
    if (ndim < 2)
        return fnp_fail(err, FNP_EVALUE, "diag requires an array of at least two dimensions");
    FNP_TRY(fnp_sce_normalize_axis(axis1, ndim, "axis1", &a, err));
    FNP_TRY(fnp_sce_normalize_axis(axis2, ndim, "axis2", &b, err));
    if (a == b) return fnp_fail(err, FNP_EVALUE, "axis1 and axis2 cannot be the same");

    fnp_intp rows = shape[a], columns = shape[b];
    *start = 0;
    if (offset >= 0) {
        columns = offset < columns ? columns - offset : 0;
        if (columns > 0) *start = offset * strides[b];
    } else {
        rows = offset > -rows ? rows + offset : 0; /* -rows never overflows, -offset might */
        if (rows > 0) *start = offset * -strides[a];
    }
    fnp_intp length = rows < columns ? rows : columns;
    if (length == 0) *start = 0;
    fnp_intp step = (fnp_intp)((size_t)strides[a] + (size_t)strides[b]);
    for (int i = 0; i < ndim; i++) {
        if (i == a || i == b) continue;
        out_shape[n] = shape[i];
        out_strides[n] = strides[i];
        n++;
    }
    out_shape[n] = length;
    out_strides[n] = step;
    *out_ndim = n + 1;
    return FNP_OK;
}

fnp_status fnp_sce_windows(int ndim, const fnp_intp *shape, const fnp_intp *strides, int nwindow,
                           const fnp_intp *window, int naxes, const fnp_intp *axes, int *out_ndim,
                           fnp_intp *out_shape, fnp_intp *out_strides, fnp_error *err)
{
    int ax[FNP_MAXDIMS];
    for (int i = 0; i < nwindow; i++)
        if (window[i] < 0)
            return fnp_fail(err, FNP_EVALUE, "`window_shape` cannot contain negative values");
    if (!axes && nwindow != ndim)
        return fnp_fail(err, FNP_EVALUE,
                        "Since axis is `None`, must provide window_shape for all dimensions of "
                        "`x`; got %d window_shape elements and `x.ndim` is %d.",
                        nwindow, ndim);
    if (axes && nwindow != naxes)
        return fnp_fail(err, FNP_EVALUE,
                        "Must provide matching length window_shape and axis; got %d window_shape "
                        "elements and %d axes elements.",
                        nwindow, naxes);
    FNP_TRY(fnp_sce_check_ndim((fnp_intp)ndim + nwindow, err));
    for (int i = 0; i < ndim; i++) {
        out_shape[i] = shape[i];
        out_strides[i] = strides[i];
    }
    for (int i = 0; i < nwindow; i++) {
        ax[i] = i;
        if (axes) FNP_TRY(fnp_sce_normalize_axis(axes[i], ndim, NULL, &ax[i], err));
    }
    for (int i = 0; i < nwindow; i++) {
        /* an axis may occur twice: windows of windows */
        if (out_shape[ax[i]] - window[i] < -1 || out_shape[ax[i]] < window[i])
            return fnp_fail(err, FNP_EVALUE,
                            "window shape cannot be larger than input array shape");
        out_shape[ax[i]] -= window[i] - 1;
        out_shape[ndim + i] = window[i];
        out_strides[ndim + i] = strides[ax[i]];
    }
    *out_ndim = ndim + nwindow;
    return FNP_OK;
}
