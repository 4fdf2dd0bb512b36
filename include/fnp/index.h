/* Indexing with arrays: a plan made from the parts of an index, and copies of elements through it.
 *
 * The binding turns an index expression into items: integers, slices, new axes, one ellipsis,
 * arrays of integers and one-element booleans; masks with more dimensions become one integer array
 * per dimension (fnp_mask_nonzero). Views alone need no plan (fnp_sce_index). */
#ifndef FNP_INDEX_H
#define FNP_INDEX_H

#include "fnp/cast.h"
#include "fnp/sce.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum fnp_selector_kind {
    FNP_SELECT_INT,   /* start: consumes an axis */
    FNP_SELECT_SLICE, /* start, stop, step as Python's slice unpacks them */
    FNP_SELECT_NEWAXIS,
    FNP_SELECT_ELLIPSIS,
    FNP_SELECT_ARRAY, /* array of native, aligned fnp_intp: consumes an axis */
    FNP_SELECT_BOOL,  /* start 0 or 1: an index array of that many elements that consumes nothing */
} fnp_selector_kind;

typedef struct fnp_selector {
    fnp_selector_kind kind;
    fnp_intp start, stop, step;
    fnp_view array;
} fnp_selector;

typedef struct fnp_index_array {
    const char *data;
    fnp_intp extent, step; /* of the axis of the source that it picks from: elements, bytes */
    fnp_intp wrap;         /* what is added to negative indices: extent, or 0 if there are none */
    int axis;              /* number of that axis, for messages */
    int ndim;              /* its own shape, for the bounds check */
    const fnp_intp *shape, *own_strides;
    fnp_intp strides[FNP_MAXDIMS]; /* under the plan's shape */
} fnp_index_array;

/* What an index means for one array. The selectors' arrays must live as long as the plan. Large:
 * initialise with fnp_index_plan_init, not with zeros. */
typedef struct fnp_index_plan {
    char *base;   /* first element of the part that slices and integers choose */
    int ndim;     /* of the index arrays, broadcast together */
    int sub_ndim; /* of what each of their elements chooses */
    int at;       /* axis of the result where the index arrays' axes stand */
    int narrays;
    fnp_intp count, sub_count; /* elements */
    fnp_intp shape[FNP_MAXDIMS];
    fnp_intp sub_shape[FNP_MAXDIMS], sub_strides[FNP_MAXDIMS];
    fnp_index_array arrays[FNP_MAXDIMS];
} fnp_index_plan;

/* Make the plan, check the shapes and every index. The result's shape has plan->ndim +
 * plan->sub_ndim axes: sub_shape[:at] + shape + sub_shape[at:]. Errors: FNP_EINDEX with NumPy's
 * texts, FNP_EVALUE. */
FNP_MUST_CHECK fnp_status fnp_index_plan_init(fnp_index_plan *plan, const fnp_view *src, int n,
                                              const fnp_selector *items, fnp_error *err);
/* The same in two steps: all but the values in index arrays, then those. */
FNP_MUST_CHECK fnp_status fnp_index_plan_layout(fnp_index_plan *plan, const fnp_view *src, int n,
                                                const fnp_selector *items, fnp_error *err);
FNP_MUST_CHECK fnp_status fnp_index_plan_check(fnp_index_plan *plan, fnp_error *err);

/* Copy between the chosen elements and `other`, whose strides are given with the index arrays' axes
 * first: plan->ndim of them, then plan->sub_ndim. Both hold elements of `dtype` in the same byte
 * order. References are copied, the old ones of the destination dropped. With repeated indices the
 * last one in C order wins. */
FNP_MUST_CHECK fnp_status fnp_index_get(const fnp_index_plan *plan, const fnp_dtype *dtype,
                                        char *other, const fnp_intp *other_strides, fnp_error *err);
FNP_MUST_CHECK fnp_status fnp_index_set(const fnp_index_plan *plan, const fnp_dtype *dtype,
                                        const char *other, const fnp_intp *other_strides,
                                        fnp_error *err);

/* ---- masks
 * ---------------------------------------------------------------------------------------- */

/* Number of true elements of a bool view. */
fnp_intp fnp_mask_count(const fnp_view *mask);
/* Positions of the true elements, in C order: out[axis] gets that axis' indices, `stride` bytes
 * apart. */
void fnp_mask_nonzero(const fnp_view *mask, fnp_intp *const *out, fnp_intp stride);
/* out (dense, fnp_mask_count(mask) elements of src's dtype) = src[mask], shapes equal, in C order.
 */
FNP_MUST_CHECK fnp_status fnp_mask_get(const fnp_view *src, const fnp_view *mask, char *out,
                                       fnp_error *err);
/* dst[mask] = values, one after the other, `stride` bytes apart (0: one value for all), of dst's
 * dtype. */
FNP_MUST_CHECK fnp_status fnp_mask_set(const fnp_view *dst, const fnp_view *mask,
                                       const char *values, fnp_intp stride, fnp_error *err);

#ifdef __cplusplus
}
#endif
#endif
