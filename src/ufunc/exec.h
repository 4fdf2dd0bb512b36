/* What the executors of ufuncs share: operands of a loop nest, buffers that cast, temporaries. */
#ifndef FNP_UFUNC_EXEC_H
#define FNP_UFUNC_EXEC_H

#include "fnp/base.h"
#include "fnp/sce.h"
#include "fnp/ufunc.h"

/* How an operand reaches the loop: directly, or through a buffer of the loop's dtype. */
typedef struct fnp_port {
    bool cast; /* through the buffer */
    bool output;
    fnp_cast in, out; /* view to buffer, buffer to view */
    char *buffer;
    const fnp_dtype *dtype; /* the loop's */
} fnp_port;

/* Whether a view of `view` may be handed to a loop on `dtype` as it is. */
bool fnp__port_direct(const fnp_view *view, const fnp_dtype *dtype, uint32_t loop_flags);
fnp_status fnp__port_init(fnp_port *p, const fnp_view *view, const fnp_dtype *dtype, bool output,
                          uint32_t loop_flags, fnp_intp bufsize, fnp_error *err);
/* The same through a buffer in any case. */
fnp_status fnp__port_buffer(fnp_port *p, const fnp_view *view, const fnp_dtype *dtype, bool output,
                            fnp_intp bufsize, fnp_error *err);
/* Drop what references the first n elements of the buffer hold. */
void fnp__port_drop(fnp_port *p, fnp_intp n);
void fnp__port_clear(fnp_port *p);

/* One run along the innermost axis: n elements of every operand. */
fnp_status fnp__run_strip(const fnp_loop *loop, int nin, int nout, fnp_port *ports,
                          char *const *data, const fnp_intp *strides, fnp_intp n, fnp_intp bufsize,
                          fnp_error *err);
/* The same where the mask is true. */
fnp_status fnp__run_masked(const fnp_loop *loop, int nin, int nout, fnp_port *ports,
                           char *const *data, const fnp_intp *strides, const char *mask,
                           fnp_intp mask_stride, fnp_intp n, fnp_intp bufsize, fnp_error *err);

/* A C-ordered copy of a view, of dtype `dtype`. */
typedef struct fnp_copy {
    fnp_view view;
    fnp_intp strides[FNP_MAXDIMS];
    char *block;
} fnp_copy;
fnp_status fnp__copy_init(fnp_copy *c, const fnp_view *src, fnp_error *err);
void fnp__copy_clear(fnp_copy *c);

#endif
