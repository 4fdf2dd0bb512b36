/* Inside the core: sorting of one dense run in memory. */
#ifndef FNP_KERNEL_SORT_H
#define FNP_KERNEL_SORT_H

#include "fnp/dtype.h"

/* Room behind the n elements of a scratch block: partitions write whole vectors. */
enum { FNP__SORT_SLACK = 16 };

/* Sort, or put the element of rank kth in its place with smaller ones before it. scratch: n +
 * FNP__SORT_SLACK. */
void fnp__sort_i32(int32_t *a, fnp_intp n, int32_t *scratch);
void fnp__sort_i64(int64_t *a, fnp_intp n, int64_t *scratch);
void fnp__select_i32(int32_t *a, fnp_intp n, fnp_intp kth, int32_t *scratch);
void fnp__select_i64(int64_t *a, fnp_intp n, fnp_intp kth, int64_t *scratch);

/* ---- types as integers whose order is the type's order
 * --------------------------------------------------- Of numeric types of up to 8 bytes, dates too.
 * NaN and NaT come last. */

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

/* order[] sorts keys[] stably. work: n + FNP__SORT_SLACK each. */
void fnp__argsort_keys(const uint64_t *keys, fnp_intp n, fnp_intp *order, int64_t *work,
                       int64_t *scratch);

/* ---- by comparison: stable merge sort of positions
 * ---------------------------------------------------------- */
/* <0, 0, >0 for elements i and j. */
typedef int fnp__order_fn(void *ctx, fnp_intp i, fnp_intp j);
/* order[] holds positions and is put in order, stably; scratch: n/2 + 1. Stops early when *stop is
 * set. */
void fnp__merge_argsort(fnp_intp *order, fnp_intp n, fnp_intp *scratch, fnp__order_fn *compare,
                        void *ctx, const bool *stop);
#endif
