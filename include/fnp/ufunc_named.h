/* Ufuncs by their names, on arrays: what C programs call. Promotion is NumPy's for arrays: of the
 * loops in the table, the first to which every input casts safely. */
#ifndef FNP_UFUNC_NAMED_H
#define FNP_UFUNC_NAMED_H

#include "fnp/array.h"
#include "fnp/kernel.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The table's row of that name ("add", "sqrt" …). Errors: FNP_EVALUE. Thread-safe. */
FNP_MUST_CHECK fnp_status fnp_ufunc_find(const char *name, const fnp_ufunc_info **out,
                                         fnp_error *err);

/* Elementwise: out[0..nout) get new arrays of the broadcast shape of in[0..nin).
 * Dtypes: numbers and bools in any byte order; the loop decides what comes out.
 * Alias: inputs may be one array. Floating-point flags stay raised (fnp_fp_take, fnp/base.h).
 * Errors: FNP_EVALUE (no such ufunc, shapes, number of arguments), FNP_ETYPE (no loop), FNP_ENOMEM.
 * Threads: long calls are divided. */
FNP_MUST_CHECK fnp_status fnp_ufunc_apply(const char *name, int nin, fnp_array *const *in, int nout,
                                          fnp_array **out, fnp_error *err);

/* Reduction with a binary ufunc over `axis` (or all axes: FNP_ALL_AXES) into a new array without
 * it. Narrow integers are added and multiplied in 64 bits.
 * Order: pairwise, as fnp_ufunc_reduce. An empty axis gives the identity.
 * Errors: FNP_EAXIS, FNP_EVALUE (no identity for an empty axis), FNP_ETYPE, FNP_ENOMEM. */
#define FNP_ALL_AXES INT32_MIN
FNP_MUST_CHECK fnp_status fnp_ufunc_reduce_axis(const char *name, fnp_array *in, fnp_intp axis,
                                                fnp_array **out, fnp_error *err);

#ifdef __cplusplus
}
#endif
#endif
