/* Order: sorting, selection and searching along an axis, extremes, comparison of elements.
 * NaN and NaT come last. Complex numbers: first those without NaN, by real and imaginary part, then
 * x+nanj, nan+xj, nan+nanj. Structured types by their fields in order. Foreign types by
 * dtype->ops->compare. */
#ifndef FNP_SORT_H
#define FNP_SORT_H

#include "fnp/view.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum fnp_sort_kind { /* values of NPY_SORTKIND, where both mean something here */
                             FNP_SORT_QUICK = 0,
                             FNP_SORT_HEAP = 1,
                             FNP_SORT_STABLE = 2,
} fnp_sort_kind;

/* <0, 0, >0. Any byte order and alignment. *failed is set when a foreign comparison raised. */
int fnp_dtype_compare(const fnp_dtype *dt, const char *a, const char *b, bool *failed);
/* Whether the type can be ordered at all. */
bool fnp_dtype_has_order(const fnp_dtype *dt);

/* Sort each line of `a` along `axis` in place. Errors: FNP_ENOMEM, FNP_ETYPE, FNP_EPYTHON. */
FNP_MUST_CHECK fnp_status fnp_sort(const fnp_view *a, int axis, fnp_sort_kind kind, fnp_error *err);
/* out: intp, shape of `a`. Always stable. */
FNP_MUST_CHECK fnp_status fnp_argsort(const fnp_view *a, int axis, const fnp_view *out,
                                      fnp_error *err);
/* Put the elements of ranks kth[0..nkth) (ascending, in range) where sorting would put them. */
FNP_MUST_CHECK fnp_status fnp_partition(const fnp_view *a, int axis, const fnp_intp *kth,
                                        fnp_intp nkth, fnp_error *err);
/* The same as positions: out intp, shape of `a`. */
FNP_MUST_CHECK fnp_status fnp_argpartition(const fnp_view *a, int axis, const fnp_intp *kth,
                                           fnp_intp nkth, const fnp_view *out, fnp_error *err);
/* Sort by the last key, then the one before, ...: out as fnp_argsort. All keys have one shape. */
FNP_MUST_CHECK fnp_status fnp_lexsort(int nkeys, const fnp_view *keys, int axis,
                                      const fnp_view *out, fnp_error *err);

/* Where each of n keys (`key_stride` bytes apart, dtype of `sorted`) goes in the 1-d view `sorted`:
 * before equal elements (right false) or behind them. sorter (may be NULL): positions that sort it,
 * checked. out: n intp. Errors: FNP_EVALUE "Sorter index out of range.". */
FNP_MUST_CHECK fnp_status fnp_searchsorted(const fnp_view *sorted, const char *keys,
                                           fnp_intp key_stride, fnp_intp n, bool right,
                                           const fnp_intp *sorter, fnp_intp *out, fnp_error *err);

/* Position of the first largest (or smallest) element of each line; a NaN or NaT counts as both.
 * out: intp, shape of `a` without the axis. The lines are not empty. */
FNP_MUST_CHECK fnp_status fnp_argextreme(const fnp_view *a, int axis, bool max, const fnp_view *out,
                                         fnp_error *err);

#ifdef __cplusplus
}
#endif
#endif
