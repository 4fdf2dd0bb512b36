/* Elementwise execution: broadcast, take copies where memory overlaps, order and join the axes, run
 * the nest. */
#include "ufunc/exec.h"

#include "fnp/base.h"
#include "fnp/runtime.h"

#include <string.h>

/* The operands under the call's shape. Operand nop is the mask, if there is one. */
typedef struct nest {
    int nop, ndim;
    fnp_intp shape[FNP_MAXDIMS];
    fnp_intp *strides[FNP_MAXARGS + 1]; /* into one block */
    char *data[FNP_MAXARGS + 1];
} nest;

static fnp_layout layout_of(const fnp_view *v, const fnp_intp *strides, const fnp_ufunc_call *c)
{
    return (fnp_layout){(uintptr_t)v->data, c->ndim, c->shape, strides, v->dtype->elsize};
}

/* Whether writing some output may change what is later read through `v`. */
static bool must_copy(const fnp_ufunc_call *c, const nest *t, const fnp_view *v,
                      const fnp_intp *strides, bool is_mask)
{
    for (int o = c->nin; o < c->nin + c->nout; o++) {
        const fnp_view *w = &c->ops[o];
        fnp_layout s = layout_of(v, strides, c), d = layout_of(w, t->strides[o], c);
        if (v->data == w->data && v->dtype->elsize == w->dtype->elsize && !is_mask &&
            memcmp(strides, t->strides[o], sizeof *strides * (size_t)c->ndim) == 0 &&
            !fnp_sce_may_overlap_itself(&d))
            continue;
        if (!fnp_sce_may_share_memory(&s, &d)) continue;
        if (!fnp_sce_safe_elementwise(&s, &d, 1)) return true;
    }
    return false;
}

static fnp_status bind(const fnp_ufunc_call *c, const fnp_view *v, nest *t, int i, fnp_error *err)
{
    t->data[i] = v->data;
    return fnp_sce_broadcast_strides(v->ndim, v->shape, v->strides, c->ndim, c->shape, false,
                                     t->strides[i], err);
}

/* Runs along the first axis that are so short that calls would cost more than the elements; then
 * the loop goes along the second axis, in tiles that stay in the nearest cache. */
enum { SHORT_RUN = 8, TILE = 512 };

static bool is_turned(const fnp_ufunc_call *c, const nest *t)
{
    return t->ndim > 1 && t->shape[0] <= SHORT_RUN && t->shape[1] >= 4 * t->shape[0] &&
           c->loop->kernel && !(c->loop->flags & FNP_LOOP_NEEDS_API);
}

/* One run from `data` on. */
static fnp_status run_one(const fnp_ufunc_call *c, fnp_port *ports, bool direct, char *const *data,
                          const fnp_intp *steps, fnp_intp n, fnp_error *err)
{
    int nop = c->nin + c->nout;
    if (c->where)
        return fnp__run_masked(c->loop, c->nin, c->nout, ports, data, steps, data[nop], steps[nop],
                               n, c->bufsize, err);
    if (!direct)
        return fnp__run_strip(c->loop, c->nin, c->nout, ports, data, steps, n, c->bufsize, err);
    char *at[FNP_MAXARGS]; /* loops may walk their arguments */
    for (int i = 0; i < nop; i++) at[i] = data[i];
    return fnp_loop_status(fnp_loop_call(c->loop, at, &n, steps));
}

static fnp_status run_turned(const fnp_ufunc_call *c, const nest *t, fnp_port *ports, bool direct,
                             fnp_error *err)
{
    fnp_intp steps[FNP_MAXARGS + 1], n = t->shape[1];
    char *data[FNP_MAXARGS + 1];
    for (int i = 0; i < t->nop; i++) steps[i] = t->strides[i][1];
    for (fnp_intp k = 0; k < n; k += TILE)
        for (fnp_intp j = 0; j < t->shape[0]; j++) {
            for (int i = 0; i < t->nop; i++)
                data[i] = t->data[i] + k * steps[i] + j * t->strides[i][0];
            FNP_TRY(run_one(c, ports, direct, data, steps, n - k < TILE ? n - k : TILE, err));
        }
    return FNP_OK;
}

static fnp_status run_nest(const fnp_ufunc_call *c, nest *t, fnp_port *ports, bool direct,
                           fnp_error *err)
{
    fnp_intp index[FNP_MAXDIMS] = {0}, steps[FNP_MAXARGS + 1], n = t->shape[0];
    bool turned = is_turned(c, t);
    for (int i = 0; i < t->nop; i++) steps[i] = t->strides[i][0];
    if (n == 0) return FNP_OK;
    for (;;) {
        FNP_TRY(turned ? run_turned(c, t, ports, direct, err)
                       : run_one(c, ports, direct, t->data, steps, n, err));
        int axis = 1 + turned;
        for (; axis < t->ndim; axis++) {
            for (int i = 0; i < t->nop; i++) t->data[i] += t->strides[i][axis];
            if (++index[axis] < t->shape[axis]) break;
            index[axis] = 0;
            for (int i = 0; i < t->nop; i++) t->data[i] -= t->strides[i][axis] * t->shape[axis];
        }
        if (axis >= t->ndim) return FNP_OK;
    }
}

/* ---- parts of the nest, each on a thread ---- */

typedef struct shared {
    const fnp_ufunc_call *call;
    const nest *whole;
    fnp_port *ports;
} shared;

static void run_part(void *ctx, int axis, fnp_intp begin, fnp_intp end)
{
    const shared *s = ctx;
    nest part = *s->whole;
    part.shape[axis] = end - begin;
    for (int i = 0; i < part.nop; i++) part.data[i] += begin * part.strides[i][axis];
    (void)!run_nest(s->call, &part, s->ports, true, NULL); /* kernels do not fail */
}

static fnp_status run_all(const fnp_ufunc_call *c, nest *t, fnp_port *ports, fnp_error *err)
{
    bool direct = true;
    for (int i = 0; i < c->nin + c->nout; i++) direct &= !ports[i].cast;
    if (!direct || c->where || !(c->loop->flags & FNP_LOOP_SHARES) ||
        fnp_sce_count(t->ndim, t->shape) < FNP_SHARE_FROM)
        return run_nest(c, t, ports, direct, err);
    shared s = {c, t, ports};
    fnp_share_nest(t->ndim, t->shape, NULL, run_part, &s);
    return FNP_OK;
}

static fnp_status plan_and_run(const fnp_ufunc_call *c, nest *t, fnp_port *ports, fnp_copy **copies,
                               fnp_error *err)
{
    int nop = c->nin + c->nout;
    for (int i = 0; i < nop; i++) FNP_TRY(bind(c, &c->ops[i], t, i, err));
    if (c->where) FNP_TRY(bind(c, c->where, t, nop, err));
    for (int i = 0; i < t->nop && !c->fresh; i++) {
        if (i >= c->nin && i < nop) continue;
        const fnp_view *v = i < nop ? &c->ops[i] : c->where;
        if (!must_copy(c, t, v, t->strides[i], i == nop)) continue;
        if (!(copies[i] = fnp_calloc(1, sizeof **copies))) return fnp_fail_nomem(err);
        FNP_TRY(fnp__copy_init(copies[i], v, err));
        FNP_TRY(bind(c, &copies[i]->view, t, i, err));
    }
    for (int i = c->nin; i < nop && !c->fresh;
         i++) { /* an output that reaches a byte twice is computed aside */
        fnp_layout l = layout_of(&c->ops[i], t->strides[i], c);
        if (FNP_LIKELY(!fnp_sce_may_overlap_itself(&l))) continue;
        if (!(copies[i] = fnp_calloc(1, sizeof **copies))) return fnp_fail_nomem(err);
        FNP_TRY(fnp__copy_init(copies[i], &c->ops[i], err));
        FNP_TRY(bind(c, &copies[i]->view, t, i, err));
    }
    t->ndim = c->ndim;
    for (int i = 0; i < c->ndim; i++) t->shape[i] = c->shape[i];
    fnp_intp offset[FNP_MAXARGS + 1];
    fnp_sce_plan_loops(t->nop, &t->ndim, t->shape, t->strides, offset);
    for (int i = 0; i < t->nop; i++) t->data[i] += offset[i];
    if (t->shape[0] == 0) return FNP_OK;
    fnp_intp longest = is_turned(c, t) ? TILE : t->shape[0],
             bufsize = c->bufsize < longest ? c->bufsize : longest;
    for (int i = 0; i < nop; i++) {
        fnp_view v = c->ops[i];
        if (copies[i]) v.flags |= FNP_VIEW_ALIGNED;
        FNP_TRY(
            fnp__port_init(&ports[i], &v, c->dtypes[i], i >= c->nin, c->loop->flags, bufsize, err));
    }
    FNP_TRY(run_all(c, t, ports, err));
    for (int i = c->nin; i < nop; i++)
        if (copies[i]) FNP_TRY(fnp_assign(&c->ops[i], &copies[i]->view, NULL, 0, err));
    return FNP_OK;
}

/* Tell the ledger which loop runs, and what is cast to its types on the way. */
static void note_loop(const fnp_ufunc_call *c)
{
    char types[FNP_MAXARGS + 4], from[40], to[40];
    int n = 0;
    for (int i = 0; i < c->nin + c->nout; i++) {
        if (i == c->nin) types[n++] = '-', types[n++] = '>';
        types[n++] = c->dtypes[i]->type;
        if (fnp_dtype_equiv(c->ops[i].dtype, c->dtypes[i])) continue;
        fnp_dtype_label(c->ops[i].dtype, from, sizeof from);
        fnp_dtype_label(c->dtypes[i], to, sizeof to);
        fnp_ledger_note(FNP_EVENT_CAST, NULL, "the loop works on that type",
                        i < c->nin ? "input %d, %s to %s, in pieces of %td"
                                   : "output %d, from %s to %s, in pieces of %td",
                        i < c->nin ? i : i - c->nin, i < c->nin ? from : to, i < c->nin ? to : from,
                        c->bufsize);
    }
    types[n] = 0;
    fnp_ledger_note(FNP_EVENT_LOOP, NULL,
                    c->loop->kernel ? "it is built in" : "it belongs to the type or was registered",
                    "%s over %td elements, CPU level v%d", types, fnp_sce_count(c->ndim, c->shape),
                    fnp_cpu_level());
}

fnp_status fnp_ufunc_run(const fnp_ufunc_call *c, fnp_error *err)
{
    if (fnp_ledger_on()) note_loop(c);
    int nop = c->nin + c->nout, all = nop + (c->where != NULL);
    fnp_intp small[8 * 4];
    fnp_port ports[nop];
    nest t;
    t.nop = all;
    fnp_intp width = c->ndim > 0 ? c->ndim : 1, *block = small;
    if (all * width > 32 && !(block = fnp_malloc_array(all * width, sizeof *block)))
        return fnp_fail_nomem(err);
    for (int i = 0; i < all; i++) t.strides[i] = block + i * width;
    for (int i = 0; i < nop; i++) ports[i].cast = false;
    fnp_copy *copies[all];
    for (int i = 0; i < all; i++) copies[i] = NULL;
    fnp_status st = plan_and_run(c, &t, ports, copies, err);
    for (int i = 0; i < nop; i++) fnp__port_clear(&ports[i]);
    for (int i = 0; i < all; i++) {
        if (!copies[i]) continue;
        fnp__copy_clear(copies[i]);
        fnp_free(copies[i]);
    }
    if (block != small) fnp_free(block);
    return st;
}
