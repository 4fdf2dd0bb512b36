/* Universal functions: the table of built-in loops, and their execution over n-d views.
 *
 * The caller has chosen a loop and the dtypes it works on; operands of other dtypes, byte orders or
 * alignments are cast through buffers on the way. Nothing here knows of promotion, error states or
 * Python. Floating-point flags that loops and casts raise stay raised for the caller to take. */
#ifndef FNP_UFUNC_H
#define FNP_UFUNC_H

#include "fnp/cast.h"
#include "fnp/kernel.h"
#include "fnp/loop.h"
#include "fnp/view.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { FNP_MAXARGS = 64, FNP_UFUNC_BUFSIZE = 8192 };

/* ---- execution. All of these: thread-safe; call user code only through loops and casts. Errors:
 * FNP_ENOMEM, FNP_ETYPE (no cast), FNP_EPYTHON or what a loop returned. */

typedef struct fnp_ufunc_call {
    const fnp_loop *loop;
    int nin, nout;
    const fnp_view *ops; /* nin + nout; every one broadcasts to `shape`, outputs have it */
    const fnp_dtype *const *dtypes; /* what the loop works on, per operand */
    int ndim;
    const fnp_intp *shape;
    const fnp_view *where; /* bool, broadcasts to shape; or NULL */
    fnp_intp bufsize;      /* elements per buffer */
    bool fresh;            /* outputs are new memory that no input touches */
} fnp_ufunc_call;

/* Run the loop over every element (where the mask is true). Alias: inputs that overlap an output
 * other than element by element are copied first. */
FNP_MUST_CHECK fnp_status fnp_ufunc_run(const fnp_ufunc_call *call, fnp_error *err);

typedef struct fnp_ufunc_reduction {
    const fnp_loop
        *loop;           /* of two inputs and one output, all of out's dtype but the second input */
    const fnp_view *out; /* same ndim as in, extent 1 on the reduced axes; may not overlap in */
    const fnp_view *in;
    const fnp_dtype *in_dtype; /* what the loop's second input is */
    const bool *axes;          /* in->ndim flags: reduced or not */
    bool copy_first;       /* out starts as in's first elements (else out holds the start value) */
    const fnp_view *where; /* bool, broadcasts to in's shape; not with copy_first */
    fnp_intp bufsize;
} fnp_ufunc_reduction;

/* Order: axes as they lie in memory, pairwise inside kernels. With copy_first, no reduced axis may
 * be empty. */
FNP_MUST_CHECK fnp_status fnp_ufunc_reduce(const fnp_ufunc_reduction *r, fnp_error *err);

/* out[..., i] = out[..., i-1] op in[..., i] along `axis`; out has in's shape, both of the loop's
 * dtypes, aligned, and either the same memory or disjoint. */
FNP_MUST_CHECK fnp_status fnp_ufunc_accumulate(const fnp_loop *loop, const fnp_view *out,
                                               const fnp_view *in, int axis, fnp_error *err);
/* out[..., k] = reduction of in over [indices[k], indices[k+1]) (or the one element, if that is
 * empty) along `axis`. Same conditions; indices are in range. */
FNP_MUST_CHECK fnp_status fnp_ufunc_reduceat(const fnp_loop *loop, const fnp_view *out,
                                             const fnp_view *in, int axis, const fnp_intp *indices,
                                             fnp_intp count, fnp_error *err);

/* A generalised ufunc. ops[i] has its loop dimensions first (broadcasting to `shape`) and ncore[i]
 * core dimensions last; all of the loop's dtypes and aligned. core_sizes: extent of each distinct
 * core dimension; the loop gets dims {n, core_sizes...} and strides {outer of each operand, core
 * strides of operand 0, 1, ...}. */
typedef struct fnp_gufunc_call {
    const fnp_loop *loop;
    int nop;
    const fnp_view *ops;
    const int *ncore;
    int ndim;
    const fnp_intp *shape;
    int ncore_sizes;
    const fnp_intp *core_sizes;
} fnp_gufunc_call;
FNP_MUST_CHECK fnp_status fnp_gufunc_run(const fnp_gufunc_call *call, fnp_error *err);

#ifdef __cplusplus
}
#endif
#endif
