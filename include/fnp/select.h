/* Choosing elements by position: take, repeat; which elements are not zero. */
#ifndef FNP_SELECT_H
#define FNP_SELECT_H

#include "fnp/view.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum fnp_clip_mode {
    FNP_MODE_CLIP = 0,
    FNP_MODE_WRAP = 1,
    FNP_MODE_RAISE = 2
} fnp_clip_mode; /* NPY_CLIPMODE */

/* Dense arrays seen as (outer, extent, inner): dst (outer, n, inner) gets src[:, index[j], :].
 * `axis` is for the text of FNP_EINDEX. References are counted; dst holds none yet or is
 * overwritten as elements are. */
FNP_MUST_CHECK fnp_status fnp_take(const fnp_dtype *dtype, const char *src, fnp_intp outer,
                                   fnp_intp extent, fnp_intp inner, const fnp_intp *index,
                                   fnp_intp n, fnp_clip_mode mode, int axis, char *dst,
                                   fnp_error *err);
/* dst[index[i]] = values[i] for dense dst of `extent` elements of plain bytes; values are
 * value_step bytes apart and lie elsewhere. FNP_EINDEX, before anything is written. */
FNP_MUST_CHECK fnp_status fnp_put(fnp_intp itemsize, char *dst, fnp_intp extent,
                                  const fnp_intp *index, fnp_intp n, const char *values,
                                  fnp_intp value_step, fnp_error *err);
/* The same at checked positions, with nv dense values used again and again. */
void fnp_put_cycled(fnp_intp itemsize, char *dst, const fnp_intp *position, fnp_intp n,
                    const char *values, fnp_intp nv);
/* Dense dst[i] = values[i % nv] where mask[i]; or, by_count, the next of the values. */
void fnp_put_masked(fnp_intp itemsize, char *dst, const char *mask, fnp_intp n, const char *values,
                    fnp_intp nv, bool by_count);
/* index brought into [0, extent) by `mode`; FNP_EINDEX. */
FNP_MUST_CHECK fnp_status fnp_index_resolve(fnp_intp *index, fnp_intp n, fnp_intp extent,
                                            fnp_clip_mode mode, int axis, fnp_error *err);

/* dst (outer, sum of counts, inner) gets element j of src (outer, n, inner) counts[j] times; step
 * 0: counts[0] for all, else 1. */
FNP_MUST_CHECK fnp_status fnp_repeat(const fnp_dtype *dtype, const char *src, fnp_intp outer,
                                     fnp_intp n, fnp_intp inner, const fnp_intp *counts, int step,
                                     char *dst, fnp_error *err);

/* out = mask ? x : y, element by element; plain elements of one dtype and byte order, strides under
 * one shape. */
void fnp_select(int ndim, const fnp_intp *shape, fnp_intp itemsize, char *out,
                const fnp_intp *out_strides, const char *mask, const fnp_intp *mask_strides,
                const char *x, const fnp_intp *x_strides, const char *y, const fnp_intp *y_strides);

/* out (dense bools, C order) = a != 0, by the rules of bool(); structured elements are true if a
 * field is. */
FNP_MUST_CHECK fnp_status fnp_truth(const fnp_view *a, char *out, fnp_error *err);

#ifdef __cplusplus
}
#endif
#endif
