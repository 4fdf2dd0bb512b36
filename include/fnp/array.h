/* Arrays that own their memory, for C programs: a view together with the memory behind it, shared
 * by counting. Functions of the core take views (fnp/view.h), so any of them works on `a->view`.
 *
 * Owned by the caller: each array that a function hands out through `out`; give it back with
 * fnp_array_free. Not for references (object dtype). Thread-safe, as long as no two threads write
 * one element; counts are atomic. */
#ifndef FNP_ARRAY_H
#define FNP_ARRAY_H

#include "fnp/sce.h"
#include "fnp/view.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fnp_array {
    fnp_view view;          /* its shape and strides are the two members below */
    struct fnp_array *base; /* the array whose memory this one sees, counted; NULL: its own */
    long refs;              /* atomic */
    fnp_dtype dtype;        /* view.dtype points here */
    fnp_intp shape[FNP_MAXDIMS], strides[FNP_MAXDIMS]; /* elements; bytes */
} fnp_array;

/* A new array in C order, all zero. `dtype` is copied (what it points to is borrowed).
 * Errors: FNP_EVALUE (negative or too large extents, too many axes), FNP_ETYPE (references),
 * FNP_ENOMEM. */
FNP_MUST_CHECK fnp_status fnp_array_new(const fnp_dtype *dtype, int ndim, const fnp_intp *shape,
                                        fnp_array **out, fnp_error *err);
/* The same for the built-in type `type_num` (FNP_DOUBLE, FNP_INT …). */
FNP_MUST_CHECK fnp_status fnp_array_zeros(int type_num, int ndim, const fnp_intp *shape,
                                          fnp_array **out, fnp_error *err);
/* One more owner; returns `a`. */
fnp_array *fnp_array_share(fnp_array *a);
/* One owner less; the last one frees the memory. NULL does nothing. */
void fnp_array_free(fnp_array *a);

/* Number of elements. */
fnp_intp fnp_array_size(const fnp_array *a);
/* Address of the element at index[0..ndim), which the caller has checked. */
void *fnp_array_at(const fnp_array *a, const fnp_intp *index);

/* A view of `a` after basic indexing (fnp_sce_index): no element moves.
 * Errors: FNP_EINDEX, FNP_EVALUE, FNP_ENOMEM. */
FNP_MUST_CHECK fnp_status fnp_array_index(fnp_array *a, int nitems, const fnp_index_item *items,
                                          fnp_array **out, fnp_error *err);
/* Shape (…, -1, …) for the same elements in C order: a view where the layout allows, else a copy.
 * Errors: FNP_EVALUE, FNP_ENOMEM. */
FNP_MUST_CHECK fnp_status fnp_array_reshape(fnp_array *a, int ndim, const fnp_intp *shape,
                                            fnp_array **out, fnp_error *err);
/* Axes permuted, axes NULL: reversed; a view. Errors: FNP_EVALUE, FNP_EAXIS, FNP_ENOMEM. */
FNP_MUST_CHECK fnp_status fnp_array_transpose(fnp_array *a, const fnp_intp *axes, fnp_array **out,
                                              fnp_error *err);
/* A copy in C order, elements cast to `dtype` (NULL: as they are); any cast is made.
 * Errors: FNP_ETYPE, FNP_EVALUE (text that is no number), FNP_ENOMEM. */
FNP_MUST_CHECK fnp_status fnp_array_copy(const fnp_array *a, const fnp_dtype *dtype,
                                         fnp_array **out, fnp_error *err);

#ifdef __cplusplus
}
#endif
#endif
