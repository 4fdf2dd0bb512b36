/* Reductions over axes. The result's strides are 0 along the reduced axes, and the loop runs on
 * (out, in, out). Axes are ordered as they lie in memory and never turned round, so that the order
 * of summation is the reference's. */
#include "ufunc/exec.h"

#include "fnp/runtime.h"

#include "kernel/rows.h"

#include <string.h>

enum { OUT, IN, MASK };

typedef struct nest {
    int nop, ndim;
    fnp_intp shape[FNP_MAXDIMS], strides[3][FNP_MAXDIMS];
    bool reduced[FNP_MAXDIMS];
    char *data[3];
} nest;

/* Put the axes in order, drop those of extent 1, join those that are one run for all and of one
 * kind. */
static void plan(nest *t)
{
    int perm[FNP_MAXDIMS], n = 0;
    const fnp_intp *by_op[3] = {t->strides[OUT], t->strides[IN], t->strides[MASK]};
    fnp_sce_sort_axes(t->nop, t->ndim, by_op, t->shape, perm);
    nest s = *t;
    for (int k = 0; k < t->ndim; k++) {
        int axis = perm[k];
        if (t->shape[axis] == 1) continue;
        if (n > 0 && s.reduced[n - 1] == t->reduced[axis]) {
            bool join = true;
            for (int op = 0; op < t->nop; op++)
                join &= t->strides[op][axis] == s.strides[op][n - 1] * s.shape[n - 1];
            if (join) {
                s.shape[n - 1] *= t->shape[axis];
                continue;
            }
        }
        s.shape[n] = t->shape[axis];
        s.reduced[n] = t->reduced[axis];
        for (int op = 0; op < t->nop; op++) s.strides[op][n] = t->strides[op][axis];
        n++;
    }
    if (n == 0) {
        s.shape[0] = 1;
        s.reduced[0] = true;
        for (int op = 0; op < t->nop; op++) s.strides[op][0] = 0;
        n = 1;
    }
    s.ndim = n;
    *t = s;
}

/* One inner strip. `first`: all outer reduced indices are 0, and the result already holds the first
 * elements. */
static fnp_status strip(const fnp_ufunc_reduction *r, const nest *t, fnp_port *ports, bool first,
                        fnp_error *err)
{
    fnp_intp n = t->shape[0], so = t->strides[OUT][0], si = t->strides[IN][0];
    char *out = t->data[OUT], *in = t->data[IN];
    if (first) {
        if (!t->reduced[0]) return FNP_OK;
        in += si;
        n--;
    }
    if (n == 0) return FNP_OK;
    char *args[3] = {out, in, out};
    fnp_intp steps[3] = {so, si, so};
    if (t->nop > MASK)
        return fnp__run_masked(r->loop, 2, 1, ports, args, steps, t->data[MASK],
                               t->strides[MASK][0], n, r->bufsize, err);
    if (so == 0 && !ports[IN].cast && r->loop->flags & FNP_LOOP_SHARES &&
        fnp_sum_share(r->loop->kernel, out, in, n, si))
        return FNP_OK;
    return fnp__run_strip(r->loop, 2, 1, ports, args, steps, n, r->bufsize, err);
}

/* Short strips under a reduced axis are rows of a table, which one kernel folds. */
enum { ROW_MOST = 2048 };
static fnp_kernel_fn *rows_kernel(const fnp_ufunc_reduction *r, const nest *t)
{
    if (t->nop > MASK || t->ndim < 2 || t->reduced[0] || !t->reduced[1] || t->shape[0] > ROW_MOST ||
        t->shape[1] < 4 || !r->loop->kernel)
        return NULL;
    return fnp__rows_kernel(r->loop->kernel);
}

/* Rows of another type, as many at a time as the buffer holds. */
static fnp_status run_cast_rows(const nest *t, fnp_kernel_fn *rows, fnp_port *port, const char *in,
                                fnp_intp n, fnp_intp bufsize, fnp_error *err)
{
    fnp_intp columns = t->shape[0], width = port->dtype->elsize, most = bufsize / columns;
    fnp_intp si = t->strides[IN][0], sr = t->strides[IN][1];
    bool dense = sr == columns * si;
    for (fnp_intp done = 0, k; done < n; done += k, in += k * sr) {
        k = n - done < most ? n - done : most;
        for (fnp_intp i = 0; i < (dense ? 1 : k); i++)
            FNP_TRY(fnp_cast_run(&port->in, in + i * sr, si, port->buffer + i * columns * width,
                                 width, dense ? columns * k : columns, err));
        char *args[2] = {t->data[OUT], port->buffer};
        rows(args, (fnp_intp[2]){columns, k},
             (fnp_intp[3]){t->strides[OUT][0], width, columns * width}, NULL);
    }
    return FNP_OK;
}

static fnp_status run_rows(const nest *t, fnp_kernel_fn *rows, fnp_port *port, bool first,
                           fnp_intp bufsize, fnp_error *err)
{
    char *in = t->data[IN] + (first ? t->strides[IN][1] : 0);
    fnp_intp n = t->shape[1] - first;
    if (port->cast) return run_cast_rows(t, rows, port, in, n, bufsize, err);
    char *args[2] = {t->data[OUT], in};
    rows(args, (fnp_intp[2]){t->shape[0], n},
         (fnp_intp[3]){t->strides[OUT][0], t->strides[IN][0], t->strides[IN][1]}, NULL);
    return FNP_OK;
}

static fnp_status run_nest(const fnp_ufunc_reduction *r, nest *t, fnp_port *ports, fnp_error *err)
{
    fnp_intp index[FNP_MAXDIMS] = {0};
    fnp_kernel_fn *rows = rows_kernel(r, t);
    int outer = rows ? 2 : 1;
    for (;;) {
        bool first = r->copy_first;
        for (int i = outer; i < t->ndim && first; i++)
            if (t->reduced[i] && index[i]) first = false;
        if (rows) {
            FNP_TRY(run_rows(t, rows, &ports[IN], first, r->bufsize, err));
        } else {
            FNP_TRY(strip(r, t, ports, first, err));
        }
        int axis = outer;
        for (; axis < t->ndim; axis++) {
            for (int op = 0; op < t->nop; op++) t->data[op] += t->strides[op][axis];
            if (++index[axis] < t->shape[axis]) break;
            index[axis] = 0;
            for (int op = 0; op < t->nop; op++)
                t->data[op] -= t->strides[op][axis] * t->shape[axis];
        }
        if (axis >= t->ndim) return FNP_OK;
    }
}

/* ---- results on several threads: any axis may be cut that is not reduced ---- */

typedef struct shared {
    const fnp_ufunc_reduction *r;
    const nest *whole;
    fnp_port *ports;
} shared;

static void run_part(void *ctx, int axis, fnp_intp begin, fnp_intp end)
{
    const shared *s = ctx;
    nest part = *s->whole;
    part.shape[axis] = end - begin;
    for (int op = 0; op < part.nop; op++) part.data[op] += begin * part.strides[op][axis];
    (void)!run_nest(s->r, &part, s->ports, NULL); /* kernels do not fail */
}

static fnp_status run_all(const fnp_ufunc_reduction *r, nest *t, fnp_port *ports, fnp_error *err)
{
    bool kept = false;
    for (int i = 0; i < t->ndim; i++) kept |= !t->reduced[i];
    if (!kept || ports[IN].cast || t->nop > MASK || !(r->loop->flags & FNP_LOOP_SHARES) ||
        fnp_sce_count(t->ndim, t->shape) < FNP_SHARE_FROM)
        return run_nest(r, t, ports, err);
    shared s = {r, t, ports};
    fnp_share_nest(t->ndim, t->shape, t->reduced, run_part, &s);
    return FNP_OK;
}

/* ---- gathered strips
 * When the innermost reduced axes are no single run, the reference folds them all the same as one:
 * what fits into its buffer is gathered there, as many whole rows as fit, and the loop sees one
 * strip. So do we, since the order of additions is part of the result. */
typedef struct gather {
    int axes;             /* gathered whole; the next one, if it is reduced, in pieces of `piece` */
    fnp_intp core, piece; /* elements of the whole axes, and of the next at a time */
    char *mask;
} gather;

/* Whether the strips of this nest are gathered, and in which pieces. */
static bool plan_gather(const nest *t, fnp_intp bufsize, gather *g)
{
    if (t->ndim < 2 || !t->reduced[0] || !t->reduced[1] || t->shape[0] > bufsize) return false;
    g->axes = 0;
    g->core = 1;
    while (g->axes < t->ndim && t->reduced[g->axes] && t->shape[g->axes] <= bufsize / g->core)
        g->core *= t->shape[g->axes++];
    bool more = g->axes < t->ndim && t->reduced[g->axes];
    g->piece = more ? bufsize / g->core : 1;
    return g->axes > 1 || g->piece > 1;
}

/* Copy `rows` of the axis after the whole ones, and all of those, into the buffers. */
static fnp_status gather_rows(const nest *t, const gather *g, fnp_intp rows, fnp_port *port,
                              fnp_error *err)
{
    fnp_intp index[FNP_MAXDIMS] = {0}, n = t->shape[0], width = port->dtype->elsize;
    char *in = t->data[IN], *mask = t->data[MASK], *to = port->buffer, *to_mask = g->mask;
    for (;;) {
        FNP_TRY(fnp_cast_run(&port->in, in, t->strides[IN][0], to, width, n, err));
        to += n * width;
        if (to_mask)
            for (fnp_intp i = 0; i < n; i++) *to_mask++ = mask[i * t->strides[MASK][0]];
        int axis = 1;
        for (; axis <= g->axes; axis++) {
            fnp_intp extent = axis == g->axes ? rows : t->shape[axis];
            if (extent == 1) continue;
            in += t->strides[IN][axis];
            if (to_mask) mask += t->strides[MASK][axis];
            if (++index[axis] < extent) break;
            index[axis] = 0;
            in -= t->strides[IN][axis] * extent;
            if (to_mask) mask -= t->strides[MASK][axis] * extent;
        }
        if (axis > g->axes) return FNP_OK;
    }
}

/* One piece: gathered, then folded into the result where the axes outside stand. */
static fnp_status gathered_piece(const fnp_ufunc_reduction *r, const nest *t, const gather *g,
                                 fnp_intp rows, fnp_port *port, bool first, fnp_error *err)
{
    static const fnp_port direct = {.cast = false};
    fnp_intp n = g->core * rows, width = port->dtype->elsize;
    fnp_status st = gather_rows(t, g, rows, port, err);
    if (st == FNP_OK && n > first) {
        fnp_port ports[3] = {direct, direct, direct};
        char *args[3] = {t->data[OUT], port->buffer + first * width, t->data[OUT]};
        fnp_intp steps[3] = {0, width, 0};
        st = g->mask ? fnp__run_masked(r->loop, 2, 1, ports, args, steps, g->mask + first, 1,
                                       n - first, n, err)
                     : fnp__run_strip(r->loop, 2, 1, ports, args, steps, n - first, n, err);
    }
    fnp__port_drop(port, n);
    return st;
}

static fnp_status run_gathered(const fnp_ufunc_reduction *r, nest *t, const gather *g,
                               fnp_port *port, fnp_error *err)
{
    fnp_intp index[FNP_MAXDIMS] = {0};
    int split = g->axes;
    bool pieces = split < t->ndim && t->reduced[split];
    for (;;) {
        bool first = r->copy_first;
        for (int i = split; i < t->ndim && first; i++)
            if (t->reduced[i] && index[i]) first = false;
        fnp_intp rows = 1;
        if (pieces) {
            rows = t->shape[split] - index[split];
            if (rows > g->piece) rows = g->piece;
        }
        FNP_TRY(gathered_piece(r, t, g, rows, port, first, err));
        int axis = split;
        for (; axis < t->ndim; axis++) {
            fnp_intp step = axis == split ? rows : 1;
            for (int op = 0; op < t->nop; op++) t->data[op] += t->strides[op][axis] * step;
            index[axis] += step;
            if (index[axis] < t->shape[axis]) break;
            index[axis] = 0;
            for (int op = 0; op < t->nop; op++)
                t->data[op] -= t->strides[op][axis] * t->shape[axis];
        }
        if (axis >= t->ndim) return FNP_OK;
    }
}

static fnp_status reduce_gathered(const fnp_ufunc_reduction *r, nest *t, gather *g, fnp_error *err)
{
    fnp_intp room = g->core * g->piece;
    fnp_port port = {.cast = false};
    g->mask = NULL;
    if (t->nop > MASK) {
        g->mask = fnp_calloc((size_t)room, 1);
        if (!g->mask) return fnp_fail_nomem(err);
    }
    fnp_status st = fnp__port_buffer(&port, r->in, r->in_dtype, false, room, err);
    if (st == FNP_OK) st = run_gathered(r, t, g, &port, err);
    fnp__port_clear(&port);
    fnp_free(g->mask);
    return st;
}

/* out = the first element of `in` along every reduced axis. */
static fnp_status copy_first(const fnp_ufunc_reduction *r, fnp_error *err)
{
    fnp_view v = *r->in;
    v.shape = r->out->shape;
    return fnp_assign(r->out, &v, NULL, 0, err);
}

fnp_status fnp_ufunc_reduce(const fnp_ufunc_reduction *r, fnp_error *err)
{
    const fnp_view *in = r->in;
    FNP_NOTE(FNP_EVENT_LOOP, NULL,
             r->loop->kernel ? "it is built in" : "it belongs to the type or was registered",
             "%c%c->%c over %td elements, CPU level v%d", r->out->dtype->type, r->in_dtype->type,
             r->out->dtype->type, fnp_sce_count(in->ndim, in->shape), fnp_cpu_level());
    nest t;
    t.ndim = in->ndim;
    t.nop = r->where ? 3 : 2;
    t.data[OUT] = r->out->data;
    t.data[IN] = in->data;
    for (int i = 0; i < in->ndim; i++) {
        t.shape[i] = in->shape[i];
        t.strides[IN][i] = in->strides[i];
        t.strides[OUT][i] = r->axes[i] ? 0 : r->out->strides[i];
        t.reduced[i] = r->axes[i];
        if (in->shape[i] == 0) return FNP_OK;
    }
    if (r->where) {
        t.data[MASK] = r->where->data;
        FNP_TRY(fnp_sce_broadcast_strides(r->where->ndim, r->where->shape, r->where->strides,
                                          in->ndim, in->shape, false, t.strides[MASK], err));
    }
    if (r->copy_first) FNP_TRY(copy_first(r, err));
    plan(&t);
    gather g;
    if (plan_gather(&t, r->bufsize, &g)) return reduce_gathered(r, &t, &g, err);
    fnp_port ports[3] = {{.cast = false}, {.cast = false}, {.cast = false}};
    fnp_intp bufsize = r->bufsize < t.shape[0] ? r->bufsize : t.shape[0];
    if (rows_kernel(r, &t)) { /* many short rows at a time, or one long one */
        fnp_intp most = t.shape[1] < ROW_MOST / t.shape[0] ? t.shape[1] : ROW_MOST / t.shape[0];
        bufsize = t.shape[0] * (most > 1 ? most : 1);
    }
    fnp_status st =
        fnp__port_init(&ports[IN], in, r->in_dtype, false, r->loop->flags, bufsize, err);
    fnp_ufunc_reduction run = *r;
    run.bufsize = bufsize;
    if (st == FNP_OK) st = run_all(&run, &t, ports, err);
    fnp__port_clear(&ports[IN]);
    return st;
}

/* ---- accumulate and reduceat
 * ---------------------------------------------------------------------------------- */

/* Walk every position off `axis`; `offsets` are of out and in. */
static bool next_position(const fnp_view *v, int axis, fnp_intp *index, const fnp_intp *so,
                          const fnp_intp *si, fnp_intp *offsets)
{
    for (int i = v->ndim - 1; i >= 0; i--) {
        if (i == axis) continue;
        offsets[0] += so[i];
        offsets[1] += si[i];
        if (++index[i] < v->shape[i]) return true;
        index[i] = 0;
        offsets[0] -= so[i] * v->shape[i];
        offsets[1] -= si[i] * v->shape[i];
    }
    return false;
}

fnp_status fnp_ufunc_accumulate(const fnp_loop *loop, const fnp_view *out, const fnp_view *in,
                                int axis, fnp_error *err)
{
    fnp_intp n = in->shape[axis];
    for (int i = 0; i < in->ndim; i++)
        if (in->shape[i] == 0) return FNP_OK;
    if (out->data != in->data) { /* the first elements */
        fnp_intp shape[FNP_MAXDIMS];
        for (int i = 0; i < in->ndim; i++) shape[i] = i == axis ? 1 : in->shape[i];
        fnp_view o = *out, v = *in;
        o.shape = v.shape = shape;
        FNP_TRY(fnp_assign(&o, &v, NULL, 0, err));
    }
    if (n < 2) return FNP_OK;
    fnp_intp index[FNP_MAXDIMS] = {0}, at[2] = {0, 0}, so = out->strides[axis],
             si = in->strides[axis], steps[3] = {so, si, so}, m = n - 1;
    do {
        char *o = out->data + at[0], *v = in->data + at[1];
        char *args[3] = {o, v + si, o + so};
        FNP_TRY(fnp_loop_status(fnp_loop_call(loop, args, &m, steps)));
    } while (next_position(in, axis, index, out->strides, in->strides, at));
    return FNP_OK;
}

fnp_status fnp_ufunc_reduceat(const fnp_loop *loop, const fnp_view *out, const fnp_view *in,
                              int axis, const fnp_intp *indices, fnp_intp count, fnp_error *err)
{
    fnp_intp n = in->shape[axis], si = in->strides[axis];
    for (int i = 0; i < in->ndim; i++)
        if (i != axis && in->shape[i] == 0) return FNP_OK;
    for (fnp_intp k = 0; k < count; k++) {
        fnp_intp begin = indices[k], end = k + 1 < count ? indices[k + 1] : n;
        fnp_intp shape[FNP_MAXDIMS], index[FNP_MAXDIMS] = {0}, at[2] = {0, 0};
        for (int i = 0; i < in->ndim; i++) shape[i] = i == axis ? 1 : in->shape[i];
        fnp_view o = *out, v = *in;
        o.shape = v.shape = shape;
        o.data += k * out->strides[axis];
        v.data += begin * si;
        FNP_TRY(fnp_assign(&o, &v, NULL, 0, err));
        fnp_intp m = end - begin - 1, steps[3] = {0, si, 0};
        if (m <= 0) continue;
        do {
            char *args[3] = {o.data + at[0], v.data + si + at[1], o.data + at[0]};
            FNP_TRY(fnp_loop_status(fnp_loop_call(loop, args, &m, steps)));
        } while (next_position(in, axis, index, out->strides, in->strides, at));
    }
    return FNP_OK;
}
