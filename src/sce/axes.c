/* Axes: normalised, permuted, dropped and added. */
#include "fnp/sce.h"

fnp_status fnp_sce_normalize_axis(fnp_intp axis, int ndim, const char *prefix, int *out,
                                  fnp_error *err)
{
    if (axis >= -ndim && axis < ndim) {
        *out = (int)(axis < 0 ? axis + ndim : axis);
        return FNP_OK;
    }
    if (err) {
        err->axis = (int)axis;
        err->ndim = ndim;
    }
    return fnp_fail(err, FNP_EAXIS, "%s%saxis %td is out of bounds for array of dimension %d",
                    prefix ? prefix : "", prefix ? ": " : "", axis, ndim);
}

/* out gets each normalised axis; seen[] those that occurred. */
static fnp_status normalize_distinct(int n, const fnp_intp *axes, int ndim, const char *prefix,
                                     const char *repeat_text, int *out, bool *seen, fnp_error *err)
{
    for (int i = 0; i < ndim; i++) seen[i] = false;
    for (int i = 0; i < n; i++) {
        int axis = 0;
        FNP_TRY(fnp_sce_normalize_axis(axes[i], ndim, prefix, &axis, err));
        if (seen[axis])
            return fnp_fail(err, FNP_EVALUE, "%s",
                            repeat_text ? repeat_text : "duplicate value in 'axis'");
        seen[axis] = true;
        if (out) out[i] = axis;
    }
    return FNP_OK;
}

fnp_status fnp_sce_normalize_axes(int n, const fnp_intp *axes, int ndim, const char *prefix,
                                  const char *repeat_text, int *out, fnp_error *err)
{
    bool seen[FNP_MAXDIMS];
    return normalize_distinct(n, axes, ndim, prefix, repeat_text, out, seen, err);
}

fnp_status fnp_sce_axis_mask(int n, const fnp_intp *axes, int ndim, bool *mask, fnp_error *err)
{
    if (n >= 0) return normalize_distinct(n, axes, ndim, NULL, NULL, NULL, mask, err);
    for (int i = 0; i < ndim; i++) mask[i] = true;
    return FNP_OK;
}

fnp_status fnp_sce_transpose_perm(int ndim, int naxes, const fnp_intp *axes, int *perm,
                                  fnp_error *err)
{
    if (!axes) {
        for (int i = 0; i < ndim; i++) perm[i] = ndim - 1 - i;
        return FNP_OK;
    }
    if (naxes != ndim) return fnp_fail(err, FNP_EVALUE, "axes don't match array");
    return fnp_sce_normalize_axes(naxes, axes, ndim, NULL, "repeated axis in transpose", perm, err);
}

fnp_status fnp_sce_swapaxes_perm(int ndim, fnp_intp axis1, fnp_intp axis2, int *perm,
                                 fnp_error *err)
{
    int a = 0, b = 0;
    FNP_TRY(fnp_sce_normalize_axis(axis1, ndim, "axis1", &a, err));
    FNP_TRY(fnp_sce_normalize_axis(axis2, ndim, "axis2", &b, err));
    for (int i = 0; i < ndim; i++) perm[i] = i;
    perm[a] = b;
    perm[b] = a;
    return FNP_OK;
}

fnp_status fnp_sce_moveaxis_perm(int ndim, int nsrc, const fnp_intp *source, int ndst,
                                 const fnp_intp *destination, int *perm, fnp_error *err)
{
    int src[FNP_MAXDIMS], dst[FNP_MAXDIMS];
    bool moved[FNP_MAXDIMS], filled[FNP_MAXDIMS];
    FNP_TRY(normalize_distinct(nsrc, source, ndim, "source", "repeated axis in `source` argument",
                               src, moved, err));
    FNP_TRY(normalize_distinct(ndst, destination, ndim, "destination",
                               "repeated axis in `destination` argument", dst, filled, err));
    if (nsrc != ndst)
        return fnp_fail(err, FNP_EVALUE,
                        "`source` and `destination` arguments must have the same "
                        "number of elements");
    for (int i = 0; i < nsrc; i++) perm[dst[i]] = src[i];
    for (int i = 0, old = 0; i < ndim; i++) {
        if (filled[i]) continue;
        while (moved[old]) old++;
        perm[i] = old++;
    }
    return FNP_OK;
}

void fnp_sce_permute(int ndim, const int *perm, const fnp_intp *shape, const fnp_intp *strides,
                     fnp_intp *out_shape, fnp_intp *out_strides)
{
    for (int i = 0; i < ndim; i++) {
        out_shape[i] = shape[perm[i]];
        out_strides[i] = strides[perm[i]];
    }
}

fnp_status fnp_sce_squeeze(int ndim, const fnp_intp *shape, const fnp_intp *strides, int naxes,
                           const fnp_intp *axes, int *out_ndim, fnp_intp *out_shape,
                           fnp_intp *out_strides, fnp_error *err)
{
    bool drop[FNP_MAXDIMS];
    int n = 0;
    FNP_TRY(fnp_sce_axis_mask(naxes, axes, ndim, drop, err));
    for (int i = 0; i < ndim; i++) {
        if (drop[i] && shape[i] == 1) continue;
        if (drop[i] && naxes >= 0)
            return fnp_fail(err, FNP_EVALUE,
                            "cannot select an axis to squeeze out which has size "
                            "not equal to one");
        out_shape[n] = shape[i];
        out_strides[n] = strides[i];
        n++;
    }
    *out_ndim = n;
    return FNP_OK;
}

fnp_status fnp_sce_expand_dims(int ndim, const fnp_intp *shape, const fnp_intp *strides, int naxes,
                               const fnp_intp *axes, int *out_ndim, fnp_intp *out_shape,
                               fnp_intp *out_strides, fnp_error *err)
{
    bool fresh[FNP_MAXDIMS];
    int total = ndim + naxes;
    FNP_TRY(fnp_sce_check_ndim(total, err));
    FNP_TRY(normalize_distinct(naxes, axes, total, NULL, "repeated axis", NULL, fresh, err));
    for (int i = 0, old = 0; i < total; i++) {
        out_shape[i] = fresh[i] ? 1 : shape[old];
        out_strides[i] = fresh[i] ? 0 : strides[old];
        old += !fresh[i];
    }
    *out_ndim = total;
    return FNP_OK;
}
