/* Generalised ufuncs: a nest over the loop dimensions, the innermost of which the loop itself
 * walks. */
#include "ufunc/exec.h"

fnp_status fnp_gufunc_run(const fnp_gufunc_call *c, fnp_error *err)
{
    int nop = c->nop, ncore = 0;
    for (int i = 0; i < nop; i++) ncore += c->ncore[i];
    fnp_intp width = c->ndim > 0 ? c->ndim : 1;
    fnp_intp *block =
        fnp_malloc_array(nop * width + nop + ncore + 1 + c->ncore_sizes + 1, sizeof *block);
    if (!block) return fnp_fail_nomem(err);
    fnp_intp *steps = block + nop * width, *dims = steps + nop + ncore + 1;
    fnp_intp *outer[FNP_MAXARGS], shape[FNP_MAXDIMS], offset[FNP_MAXARGS], index[FNP_MAXDIMS] = {0};
    char *data[FNP_MAXARGS];
    fnp_status st = FNP_OK;
    int ndim = c->ndim;
    fnp_intp *core = steps + nop;
    for (int i = 0; i < nop && st == FNP_OK; i++) {
        const fnp_view *v = &c->ops[i];
        int loop_ndim = v->ndim - c->ncore[i];
        outer[i] = block + i * width;
        data[i] = v->data;
        st = fnp_sce_broadcast_strides(loop_ndim, v->shape, v->strides, ndim, c->shape, false,
                                       outer[i], err);
        for (int k = 0; k < c->ncore[i]; k++) *core++ = v->strides[loop_ndim + k];
    }
    for (int i = 0; i < ndim; i++) shape[i] = c->shape[i];
    if (st == FNP_OK) fnp_sce_plan_loops(nop, &ndim, shape, outer, offset);
    dims[0] = shape[0];
    for (int k = 0; k < c->ncore_sizes; k++) dims[1 + k] = c->core_sizes[k];
    for (int i = 0; i < nop && st == FNP_OK; i++) {
        data[i] += offset[i];
        steps[i] = outer[i][0];
    }
    bool more = st == FNP_OK && shape[0] != 0;
    while (more) {
        char *args[FNP_MAXARGS]; /* loops may walk their arguments */
        for (int i = 0; i < nop; i++) args[i] = data[i];
        st = fnp_loop_status(fnp_loop_call(c->loop, args, dims, steps));
        if (st) break;
        more = false;
        for (int axis = 1; axis < ndim && !more; axis++) {
            for (int i = 0; i < nop; i++) data[i] += outer[i][axis];
            more = ++index[axis] < shape[axis];
            if (more) break;
            index[axis] = 0;
            for (int i = 0; i < nop; i++) data[i] -= outer[i][axis] * shape[axis];
        }
    }
    fnp_free(block);
    return st;
}
