/* Inside the core: sorting of one dense run in memory. */
#ifndef FNP_KERNEL_SORT_H
#define FNP_KERNEL_SORT_H

#include "fnp/dtype.h"

/* Sort (long runs on several threads), or put the element of rank kth in its place with smaller
 * ones before it. In place. */
void fnp__sort_i32(int32_t *a, fnp_intp n);
void fnp__sort_i64(int64_t *a, fnp_intp n);
/* Sort n of FNP_FLOAT or FNP_DOUBLE; false, and nothing has changed, if there are NaNs. */
bool fnp__sort_floats(int type_num, char *a, fnp_intp n);
/* Make n of these integers of the same order (as fnp__to_lane does; once more: back again); false,
 * and nothing has changed, if there are NaNs. */
bool fnp__fold_floats(int type_num, char *a, fnp_intp n);
void fnp__select_i32(int32_t *a, fnp_intp n, fnp_intp kth);
void fnp__select_i64(int64_t *a, fnp_intp n, fnp_intp kth);

/* ---- types as integers whose order is the type's order ----
 * Of numeric types of up to 8 bytes, dates too. NaN and NaT come last. */

/* Whether fnp__keys_* know the type. */
bool fnp__has_key(int type_num);
/* One unsigned key per element (dense, native): equal elements (-0.0 and 0.0, any NaNs) get equal
 * keys. */
void fnp__keys_u64(int type_num, const char *src, fnp_intp n, uint64_t *keys);
/* In-place or widening maps that keep every bit, for sorting: NaNs must be out of the way. `lane`
 * is 4 or 8. */
int fnp__lane(int type_num);
void fnp__to_lane(int type_num, const char *src, fnp_intp n, void *lane);
void fnp__from_lane(int type_num, const void *lane, fnp_intp n, char *dst);
/* Move NaNs (NaTs stay, their lane is the largest) to the end; the number of other elements is
 * returned. */
fnp_intp fnp__nans_last(int type_num, char *a, fnp_intp n);

/* order[] sorts n dense native elements stably; with kth (ascending, nkth of them) only the ranks
 * asked for are in place and the others on their side. scratch: n/2 + 1, or NULL; false if it is
 * NULL and was needed (call again). */
bool fnp__argsort_keys(int type_num, const char *line, fnp_intp n, const fnp_intp *kth,
                       fnp_intp nkth, fnp_intp *order, fnp_intp *scratch);

/* ---- by comparison: stable merge sort of positions ---- */
/* <0, 0, >0 for elements i and j. */
typedef int fnp__order_fn(void *ctx, fnp_intp i, fnp_intp j);
/* order[] holds positions and is put in order, stably; scratch: n/2 + 1. Stops early when *stop is
 * set. */
void fnp__merge_argsort(fnp_intp *order, fnp_intp n, fnp_intp *scratch, fnp__order_fn *compare,
                        void *ctx, const bool *stop);
#endif
