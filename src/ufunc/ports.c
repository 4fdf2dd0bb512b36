/* Operands of a loop: direct, or cast through a buffer; and copies of whole operands. */
#include "ufunc/exec.h"

#include <string.h>

bool fnp__port_direct(const fnp_view *view, const fnp_dtype *dtype, uint32_t loop_flags)
{
    if (!(view->flags & FNP_VIEW_ALIGNED) && !(loop_flags & FNP_LOOP_UNALIGNED_OK)) return false;
    return view->dtype == dtype || fnp_dtype_equiv(view->dtype, dtype);
}

fnp_status fnp__port_init(fnp_port *p, const fnp_view *view, const fnp_dtype *dtype, bool output,
                          uint32_t loop_flags, fnp_intp bufsize, fnp_error *err)
{
    p->cast = false;
    p->dtype = dtype;
    p->output = output;
    if (fnp__port_direct(view, dtype, loop_flags)) return FNP_OK;
    return fnp__port_buffer(p, view, dtype, output, bufsize, err);
}

fnp_status fnp__port_buffer(fnp_port *p, const fnp_view *view, const fnp_dtype *dtype, bool output,
                            fnp_intp bufsize, fnp_error *err)
{
    p->dtype = dtype;
    p->output = output;
    memset(&p->in, 0, sizeof p->in);
    memset(&p->out, 0, sizeof p->out);
    uint32_t flags = view->flags & FNP_VIEW_ALIGNED ? 0 : FNP_CASTF_UNALIGNED;
    p->cast = true;
    p->buffer = fnp_calloc((size_t)bufsize, (size_t)dtype->elsize + 1);
    if (!p->buffer) return fnp_fail_nomem(err);
    if (output)
        return fnp_cast_init(&p->out, dtype, view->dtype, dtype->elsize, FNP_CAST_ANY_STRIDE, flags,
                             err);
    return fnp_cast_init(&p->in, view->dtype, dtype, FNP_CAST_ANY_STRIDE, dtype->elsize, flags,
                         err);
}

void fnp__port_clear(fnp_port *p)
{
    if (!p->cast) return;
    fnp_cast_clear(&p->in);
    fnp_cast_clear(&p->out);
    fnp_free(p->buffer);
}

void fnp__port_drop(fnp_port *p, fnp_intp n)
{
    if (!fnp_dtype_has_ref(p->dtype)) return;
    fnp_intp shape = n, stride = p->dtype->elsize;
    fnp_view v = {p->buffer, 1, FNP_VIEW_WRITEABLE | FNP_VIEW_ALIGNED, &shape, &stride, p->dtype};
    (void)!fnp_clear_refs(&v, NULL);
}

static fnp_status chunk(const fnp_loop *loop, int nin, int nop, fnp_port *ports, char *const *data,
                        const fnp_intp *strides, fnp_intp n, fnp_error *err)
{
    char *args[FNP_MAXARGS];
    fnp_intp steps[FNP_MAXARGS];
    fnp_status st = FNP_OK;
    for (int i = 0; i < nop; i++) {
        args[i] = data[i];
        steps[i] = strides[i];
        if (!ports[i].cast) continue;
        args[i] = ports[i].buffer;
        steps[i] = ports[i].dtype->elsize;
        if (i >= nin) continue;
        bool one = strides[i] == 0;
        if (one) steps[i] = 0;
        st = fnp_cast_run(&ports[i].in, data[i], strides[i], ports[i].buffer,
                          ports[i].dtype->elsize, one ? 1 : n, err);
        if (st) {
            for (int k = 0; k <= i; k++)
                if (ports[k].cast) fnp__port_drop(&ports[k], n);
            return st;
        }
    }
    st = fnp_loop_status(fnp_loop_call(loop, args, &n, steps));
    for (int i = 0; i < nop; i++) {
        if (!ports[i].cast) continue;
        if (i >= nin && st == FNP_OK)
            st = fnp_cast_run(&ports[i].out, ports[i].buffer, ports[i].dtype->elsize, data[i],
                              strides[i], n, err);
        fnp__port_drop(&ports[i], i < nin && strides[i] == 0 ? 1 : n);
    }
    return st;
}

fnp_status fnp__run_strip(const fnp_loop *loop, int nin, int nout, fnp_port *ports,
                          char *const *data, const fnp_intp *strides, fnp_intp n, fnp_intp bufsize,
                          fnp_error *err)
{
    int nop = nin + nout;
    bool buffered = false;
    for (int i = 0; i < nop; i++) buffered |= ports[i].cast;
    if (buffered && n <= bufsize) return chunk(loop, nin, nop, ports, data, strides, n, err);
    char *at[FNP_MAXARGS]; /* a copy also for the loop, which may walk its arguments */
    for (int i = 0; i < nop; i++) at[i] = data[i];
    if (!buffered) return fnp_loop_status(fnp_loop_call(loop, at, &n, strides));
    while (n > 0) {
        fnp_intp m = n < bufsize ? n : bufsize;
        FNP_TRY(chunk(loop, nin, nop, ports, at, strides, m, err));
        for (int i = 0; i < nop; i++) at[i] += m * strides[i];
        n -= m;
    }
    return FNP_OK;
}

fnp_status fnp__run_masked(const fnp_loop *loop, int nin, int nout, fnp_port *ports,
                           char *const *data, const fnp_intp *strides, const char *mask,
                           fnp_intp mask_stride, fnp_intp n, fnp_intp bufsize, fnp_error *err)
{
    for (fnp_intp i = 0; i < n;) {
        while (i < n && !mask[i * mask_stride]) i++;
        fnp_intp begin = i;
        while (i < n && mask[i * mask_stride]) i++;
        if (i == begin) break;
        char *at[FNP_MAXARGS];
        for (int k = 0; k < nin + nout; k++) at[k] = data[k] + begin * strides[k];
        FNP_TRY(fnp__run_strip(loop, nin, nout, ports, at, strides, i - begin, bufsize, err));
    }
    return FNP_OK;
}

fnp_status fnp__copy_init(fnp_copy *c, const fnp_view *src, fnp_error *err)
{
    fnp_intp size = src->dtype->elsize;
    for (int i = src->ndim - 1; i >= 0; i--) {
        c->strides[i] = size;
        size *= src->shape[i];
    }
    c->block = fnp_calloc(1, (size_t)size + 1);
    if (!c->block) return fnp_fail_nomem(err);
    c->view = *src;
    c->view.data = c->block;
    c->view.strides = c->strides;
    c->view.flags = FNP_VIEW_WRITEABLE | FNP_VIEW_ALIGNED;
    return fnp_assign(&c->view, src, NULL, 0, err);
}

void fnp__copy_clear(fnp_copy *c)
{
    if (!c->block) return;
    if (fnp_dtype_has_ref(c->view.dtype)) (void)!fnp_clear_refs(&c->view, NULL);
    fnp_free(c->block);
    c->block = NULL;
}
