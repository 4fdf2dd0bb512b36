/* Layouts: contiguity, alignment, the strides of new arrays, the bytes that a layout reaches. */
#include "fnp/sce.h"
#include "fnp/base.h"

static bool is_empty(int ndim, const fnp_intp *shape)
{
    for (int i = 0; i < ndim; i++)
        if (shape[i] == 0) return true;
    return false;
}

/* Dense when axes are taken from `axis`, `by` at a time: last to first for C, first to last for
 * F. */
static bool is_dense(int axis, int by, int ndim, const fnp_intp *shape, const fnp_intp *strides,
                     fnp_intp itemsize)
{
    fnp_intp expected = itemsize;
    for (int i = 0; i < ndim; i++, axis += by) {
        if (shape[axis] == 1) continue;
        if (strides[axis] != expected) return false;
        if (fnp_size_mul(expected, shape[axis], &expected)) return false;
    }
    return true;
}

bool fnp_sce_is_c_contiguous(int ndim, const fnp_intp *shape, const fnp_intp *strides,
                             fnp_intp itemsize)
{
    return is_dense(ndim - 1, -1, ndim, shape, strides, itemsize) || is_empty(ndim, shape);
}

bool fnp_sce_is_f_contiguous(int ndim, const fnp_intp *shape, const fnp_intp *strides,
                             fnp_intp itemsize)
{
    return is_dense(0, 1, ndim, shape, strides, itemsize) || is_empty(ndim, shape);
}

bool fnp_sce_is_aligned(uintptr_t data, int ndim, const fnp_intp *shape, const fnp_intp *strides,
                        fnp_intp align)
{
    uintptr_t bits = data;
    if (align <= 1) return true;
    for (int i = 0; i < ndim; i++) {
        if (shape[i] == 0) return true;
        if (shape[i] > 1) bits |= (uintptr_t)strides[i];
    }
    return (bits & ((uintptr_t)align - 1)) == 0;
}

fnp_order fnp_sce_resolve_order(fnp_order order, int ndim, const fnp_intp *shape,
                                const fnp_intp *strides, fnp_intp itemsize)
{
    if (order != FNP_ORDER_A) return order;
    if (fnp_sce_is_c_contiguous(ndim, shape, strides, itemsize)) return FNP_ORDER_C;
    return fnp_sce_is_f_contiguous(ndim, shape, strides, itemsize) ? FNP_ORDER_F : FNP_ORDER_C;
}

/* Strides of a dense array whose axes, outermost first, are perm. */
static void fill_in_order(int ndim, const fnp_intp *shape, fnp_intp itemsize, const int *perm,
                          fnp_intp *strides)
{
    fnp_intp step = is_empty(ndim, shape) ? 0 : itemsize;
    for (int k = ndim - 1; k >= 0; k--) {
        strides[perm[k]] = step;
        step *= shape[perm[k]];
    }
}

void fnp_sce_fill_strides(int ndim, const fnp_intp *shape, fnp_intp itemsize, fnp_order c_or_f,
                          fnp_intp *strides)
{
    int perm[FNP_MAXDIMS];
    for (int i = 0; i < ndim; i++) perm[i] = c_or_f == FNP_ORDER_F ? ndim - 1 - i : i;
    fill_in_order(ndim, shape, itemsize, perm, strides);
}

void fnp_sce_fill_strides_like(int ndim, const fnp_intp *shape, fnp_intp itemsize, fnp_order order,
                               const fnp_intp *like_shape, const fnp_intp *like_strides,
                               fnp_intp like_itemsize, fnp_intp *strides)
{
    bool c = fnp_sce_is_c_contiguous(ndim, like_shape, like_strides, like_itemsize);
    bool f = !c && fnp_sce_is_f_contiguous(ndim, like_shape, like_strides, like_itemsize);
    int perm[FNP_MAXDIMS];
    if (order == FNP_ORDER_K && !c && !f) {
        fnp_sce_order_axes(ndim, like_strides, perm);
        fill_in_order(ndim, shape, itemsize, perm, strides);
        return;
    }
    if (order != FNP_ORDER_C && order != FNP_ORDER_F) order = f ? FNP_ORDER_F : FNP_ORDER_C;
    fnp_sce_fill_strides(ndim, shape, itemsize, order, strides);
}

static inline size_t magnitude(fnp_intp stride)
{
    return stride < 0 ? -(size_t)stride : (size_t)stride;
}

void fnp_sce_order_axes(int ndim, const fnp_intp *strides, int *perm)
{
    for (int i = 0; i < ndim; i++) {
        int k = i;
        for (; k > 0 && magnitude(strides[perm[k - 1]]) < magnitude(strides[i]); k--)
            perm[k] = perm[k - 1];
        perm[k] = i;
    }
}

fnp_status fnp_sce_extent(int ndim, const fnp_intp *shape, const fnp_intp *strides,
                          fnp_intp itemsize, fnp_intp *low, fnp_intp *high, fnp_error *err)
{
    fnp_intp lo = 0, hi = 0;
    *low = *high = 0;
    if (is_empty(ndim, shape)) return FNP_OK;
    for (int i = 0; i < ndim; i++) {
        fnp_intp *end = strides[i] < 0 ? &lo : &hi;
        if (fnp_size_muladd(*end, shape[i] - 1, strides[i], end))
            return fnp_fail(err, FNP_EVALUE, "array extent does not fit the address space");
    }
    if (fnp_size_add(hi, itemsize, &hi))
        return fnp_fail(err, FNP_EVALUE, "array extent does not fit the address space");
    *low = lo;
    *high = hi;
    return FNP_OK;
}

fnp_status fnp_sce_check_strides(int ndim, const fnp_intp *shape, const fnp_intp *strides,
                                 fnp_intp itemsize, fnp_intp offset, fnp_intp nbytes,
                                 fnp_error *err)
{
    fnp_intp low, high;
    if (fnp_sce_extent(ndim, shape, strides, itemsize, &low, &high, NULL) == FNP_OK) {
        if (low == high) return FNP_OK;
        if (low >= -offset && high <= nbytes - offset) return FNP_OK;
    }
    return fnp_fail(err, FNP_EVALUE,
                    "strides is incompatible with shape of requested array and size of buffer");
}
