/* Inside the core: element copies through indices and masks, for elements of 1, 2, 4, 8 and 16
 * bytes. */
#ifndef FNP_KERNEL_GATHER_H
#define FNP_KERNEL_GATHER_H

#include "fnp/status.h"

/* Copy n elements between `other` (other_step bytes apart) and base + index[i] * step, index
 * negative from the end (extent elements). Indices were checked. NULL for other sizes. */
typedef void fnp__gather_fn(char *base, fnp_intp extent, fnp_intp step, const char *index,
                            fnp_intp index_step, char *other, fnp_intp other_step, fnp_intp n);
fnp__gather_fn *fnp__gather_kernel(fnp_intp size, bool scatter);

/* The same for chunks of any size. */
void fnp__gather_chunks(char *base, fnp_intp extent, fnp_intp step, const char *index,
                        fnp_intp index_step, char *other, fnp_intp other_step, fnp_intp n,
                        fnp_intp size, bool scatter);

/* Whether n indices all lie in [-extent, extent). *wrap, if so: the extent to hand to a gather, 0
 * where none is negative, which is faster. */
bool fnp__indices_within(const char *index, fnp_intp index_step, fnp_intp n, fnp_intp extent,
                         fnp_intp *wrap);

/* offset[i] = index[i] * step for checked indices, negative ones from the end; or that much more.
 */
void fnp__index_offsets(const char *index, fnp_intp index_step, fnp_intp n, fnp_intp extent,
                        fnp_intp step, fnp_intp *offset, bool add);

/* Copy the elements of src whose mask byte is set to out, without gaps; the number copied is
 * returned. `out` has room for `count` elements, the number of set bytes. */
typedef fnp_intp fnp__compress_fn(const char *src, const char *mask, char *out, fnp_intp n);
fnp__compress_fn *fnp__compress_kernel(fnp_intp size);

/* out[i] = mask[i] ? x[i] : y[i], byte steps; any size (`size` is looked at by the general one
 * only). */
typedef void fnp__select_fn(fnp_intp n, fnp_intp size, char *out, fnp_intp out_step,
                            const char *mask, fnp_intp mask_step, const char *x, fnp_intp x_step,
                            const char *y, fnp_intp y_step);
fnp__select_fn *fnp__select_kernel(fnp_intp size);

/* Set bytes among n (any non-zero counts). */
fnp_intp fnp__count_bytes(const char *mask, fnp_intp n);

/* Positions (from `first`) of the set bytes among n, `step` bytes apart; returns how many. Room for
 * exactly those is enough. */
fnp_intp fnp__positions(const char *mask, fnp_intp n, fnp_intp first, char *out, fnp_intp step);

/* dst[i] = *values where mask[i], and values moves on by value_step: dense dst and mask. Returns
 * how many. Elements where the mask is not set are read and written back. */
typedef fnp_intp fnp__spread_fn(char *dst, const char *mask, const char *values,
                                fnp_intp value_step, fnp_intp n);
fnp__spread_fn *fnp__spread_kernel(fnp_intp size);

#endif
