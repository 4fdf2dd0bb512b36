/* The one record of a one-dimensional strided loop: casts, ufunc kernels, object loops and user
 * loops alike. */
#ifndef FNP_LOOP_H
#define FNP_LOOP_H

#include "fnp/dtype.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A kernel of our own: args[i] data pointers, dims[0] the count (dims[1..] core dimensions), steps
 * in bytes. Same shape as the ABI's PyUFuncGenericFunction, so kernels can stand in a ufunc's
 * public table. */
typedef void fnp_kernel_fn(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data);

/* A loop with a context, the shape of the ABI's PyArrayMethod_StridedLoop. Returns 0, a positive
 * fnp_status, or a negative number when the binding has set an exception. */
typedef int fnp_loop_fn(void *context, char *const *data, const fnp_intp *dims,
                        const fnp_intp *strides, void *aux);

/* Private data of a loop; layout of the ABI's NpyAuxData. */
typedef struct fnp_auxdata {
    void (*free)(struct fnp_auxdata *);
    struct fnp_auxdata *(*clone)(struct fnp_auxdata *);
    void *reserved[2];
} fnp_auxdata;

enum fnp_loop_flags {
    FNP_LOOP_NEEDS_API = 1,       /* hold the interpreter's lock */
    FNP_LOOP_NO_FLOAT_ERRORS = 2, /* do not look at the floating-point status after it */
    FNP_LOOP_UNALIGNED_OK = 4,
    FNP_LOOP_REORDERABLE = 8,
    FNP_LOOP_SHARES = 16, /* a kernel without state: parts of a run may go to several threads */
};

enum { FNP_LOOP_MAXARGS = 8 }; /* of kernels that share */

/* Exactly one of kernel and fn is set. data: kernel's last argument. aux is owned (fnp_loop_clear).
 */
typedef struct fnp_loop {
    fnp_kernel_fn *kernel;
    void *data;
    fnp_loop_fn *fn;
    void *context;
    fnp_auxdata *aux;
    uint32_t flags;
} fnp_loop;

static inline int fnp_loop_call(const fnp_loop *l, char *const *args, const fnp_intp *dims,
                                const fnp_intp *strides)
{
    if (l->kernel) {
        l->kernel((char **)args, dims, strides, l->data);
        return 0;
    }
    return l->fn(l->context, args, dims, strides, l->aux);
}

static inline void fnp_loop_clear(fnp_loop *l)
{
    if (l->aux) l->aux->free(l->aux);
    l->aux = NULL;
}

/* What fnp_loop_call returned, as a status: negative is "the binding set an exception". */
static inline fnp_status fnp_loop_status(int r)
{
    return r == 0 ? FNP_OK : r < 0 ? FNP_EPYTHON : (fnp_status)r;
}

#ifdef __cplusplus
}
#endif
#endif
