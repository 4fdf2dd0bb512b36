/* The n-d iterator against plain nested counting: values, order, indices, sums and writes for
 * random operands, orders, buffer sizes and flags; then every allocation failing in turn. */
#include "check.h"
#include "fnp/base.h"
#include "fnp/iter.h"

#include <stdlib.h>
#include <string.h>

enum { MAXOPS = 3, CELLS = 4096 };

typedef struct operand {
    int64_t cells[CELLS];
    fnp_intp shape[8], strides[8];
    char *data;
    int ndim;
} operand;

static operand pool[MAXOPS];

static fnp_status no_allocate(void *ctx, int iop, int ndim, const fnp_intp *shape,
                              const fnp_intp *strides, fnp_iter_operand *op, fnp_error *err)
{
    operand *o = &pool[iop];
    o->ndim = ndim;
    memset(o->cells, 0, sizeof o->cells);
    o->data = (char *)o->cells;
    memcpy(o->shape, shape, sizeof *shape * (size_t)ndim);
    memcpy(o->strides, strides, sizeof *strides * (size_t)ndim);
    op->view = (fnp_view){o->data, ndim, 3, o->shape, o->strides, op->dtype};
    op->handle = o;
    return FNP_OK;
}

static fnp_status no_copy(void *ctx, int iop, const fnp_intp *strides, bool fill, bool writeback,
                          fnp_iter_operand *op, fnp_error *err)
{
    return fnp_fail(err, FNP_ENOTIMPL, "copies are not part of this test");
}

static const fnp_iter_hooks hooks = {NULL, NULL, NULL, no_allocate, no_copy};

/* An operand of at most `shape`, with axes missing, stretched, permuted, reversed or strided. */
static void random_operand(operand *o, int ndim, const fnp_intp *shape, bool stretch)
{
    int order[8];
    fnp_intp step = 8, low = 0;
    o->ndim = stretch && check_between(0, 3) == 0 ? (int)check_between(0, ndim) : ndim;
    for (int i = 0; i < o->ndim; i++) {
        o->shape[i] = shape[ndim - o->ndim + i];
        if (stretch && check_between(0, 4) == 0) o->shape[i] = 1;
        order[i] = i;
    }
    for (int i = o->ndim - 1; i > 0 && (check_random() & 1); i--) {
        int k = (int)check_between(0, i), t = order[i];
        order[i] = order[k];
        order[k] = t;
    }
    for (int k = o->ndim - 1; k >= 0; k--) {
        int i = order[k];
        if (check_between(0, 5) == 0) step *= 2;
        o->strides[i] = step;
        step *= o->shape[i] ? o->shape[i] : 1;
        if (check_between(0, 5) == 0) {
            o->strides[i] = -o->strides[i];
            low += (o->shape[i] - 1) * o->strides[i];
        }
    }
    for (int i = 0; i < CELLS; i++) o->cells[i] = i + 1;
    o->data = (char *)o->cells - low;
    if (step > (fnp_intp)sizeof o->cells) abort();
}

static char *element(const operand *o, int ndim, const fnp_intp *index)
{
    char *p = o->data;
    for (int i = 0; i < o->ndim; i++)
        if (o->shape[i] > 1) p += o->strides[i] * index[ndim - o->ndim + i];
    return p;
}

typedef struct trial {
    int nop, ndim;
    fnp_intp shape[5], size;
    fnp_iter_request req;
    fnp_iter_operand ops[MAXOPS];
    bool write;
} trial;

static void random_trial(trial *t)
{
    static const uint32_t choices[] = {0, 0, FNP_ITER_BUFFERED,
                                       FNP_ITER_BUFFERED | FNP_ITER_GROWINNER,
                                       FNP_ITER_BUFFERED | FNP_ITER_DELAY_BUFALLOC};
    memset(t, 0, sizeof *t);
    t->nop = (int)check_between(1, MAXOPS);
    t->ndim = (int)check_between(0, 4);
    t->size = 1;
    for (int i = 0; i < t->ndim; i++) {
        t->shape[i] = check_between(1, 4);
        if (check_between(0, 40) == 0) t->shape[i] = 0;
        t->size *= t->shape[i];
    }
    t->req.flags = choices[check_between(0, 4)] | FNP_ITER_ZEROSIZE_OK | FNP_ITER_REDUCE_OK;
    switch (check_between(0, 4)) {
    case 0: t->req.flags |= FNP_ITER_EXTERNAL_LOOP; break;
    case 1: t->req.flags |= FNP_ITER_MULTI_INDEX; break;
    case 2: t->req.flags |= FNP_ITER_C_INDEX; break;
    case 3: t->req.flags |= FNP_ITER_MULTI_INDEX | FNP_ITER_F_INDEX; break;
    }
    bool buffered = t->req.flags & FNP_ITER_BUFFERED;
    t->write = check_random() & 1;
    for (int i = 0; i < t->nop; i++) {
        random_operand(&pool[i], t->ndim, t->shape, i > 0 || t->nop == 1);
        operand *o = &pool[i];
        fnp_iter_operand *op = &t->ops[i];
        op->view =
            (fnp_view){o->data, o->ndim, 3, o->shape, o->strides, fnp_dtype_builtin(FNP_LONG)};
        op->handle = o;
        op->flags = FNP_ITER_READONLY;
        if (t->write && i == t->nop - 1) op->flags = FNP_ITER_READWRITE;
        op->dtype = fnp_dtype_builtin(buffered && (check_random() & 1) ? FNP_DOUBLE : FNP_LONG);
        if (o->ndim == 0) op->dtype = op->view.dtype; /* would be copied */
        if (buffered && check_between(0, 7) == 0) op->flags |= FNP_ITER_CONTIG;
    }
    if (t->nop == 1) { /* alone it decides the shape */
        t->ndim = pool[0].ndim;
        memcpy(t->shape, pool[0].shape, sizeof t->shape);
        t->size = fnp_sce_count(t->ndim, t->shape);
    }
    t->req.nop = t->nop;
    t->req.order = (fnp_order)check_between(-1, 2);
    t->req.ndim = -1;
    t->req.buffersize = check_between(1, 20);
    t->req.ops = t->ops;
    t->req.hooks = &hooks;
}

static int64_t value_at(const fnp_iter_operand *op, const char *p)
{
    double d;
    int64_t v;
    if (op->dtype->type_num != FNP_DOUBLE) return memcpy(&v, p, 8), v;
    return memcpy(&d, p, 8), (int64_t)d;
}

static void add_one(const fnp_iter_operand *op, char *p)
{
    double d;
    int64_t v;
    if (op->dtype->type_num == FNP_DOUBLE) {
        memcpy(&d, p, 8);
        d += 1;
        memcpy(p, &d, 8);
    } else {
        memcpy(&v, p, 8);
        v += 1;
        memcpy(p, &v, 8);
    }
}

/* For every position in C order the address of each operand's element; 625 positions at most. */
static char *plain[MAXOPS][700];
static fnp_intp plain_index[700][5];

static void count_plainly(const trial *t)
{
    fnp_intp index[5] = {0};
    for (fnp_intp k = 0; k < t->size; k++) {
        for (int i = 0; i < t->nop; i++) plain[i][k] = element(&pool[i], t->ndim, index);
        memcpy(plain_index[k], index, sizeof index);
        for (int i = t->ndim - 1; i >= 0 && ++index[i] == t->shape[i]; i--) index[i] = 0;
    }
}

static operand before[MAXOPS];

static int64_t original(int i, const char *p)
{
    return before[i].cells[(p - (char *)pool[i].cells) / 8];
}

/* Every position is met exactly once, with the right values and indices, and in the order asked. */
static void walk(trial *t, fnp_iter *it, fnp_intp from)
{
    static bool met[700];
    static int additions[CELLS];
    fnp_error err;
    fnp_intp steps = from;
    bool last_written = t->write, ok = true;
    int w = t->nop - 1;
    memset(met, 0, sizeof met);
    memset(additions, 0, sizeof additions);
    memcpy(before, pool, sizeof before);
    bool ext = t->req.flags & FNP_ITER_EXTERNAL_LOOP;
    if (t->size > 0) do {
            fnp_intp n = ext ? *fnp_iter_inner_size(it) : 1, index[5] = {0};
            ok &= fnp_iter_index(it) == steps;
            if (t->req.flags & FNP_ITER_BUFFERED && !(t->req.flags & FNP_ITER_GROWINNER))
                ok &= n <= t->req.buffersize;
            for (fnp_intp j = 0; j < n; j++, steps++) {
                fnp_intp k = steps; /* position in C order, where it can be told */
                if (t->req.flags & FNP_ITER_MULTI_INDEX) {
                    fnp_iter_multi_index(it, index);
                    k = 0;
                    for (int i = 0; i < t->ndim; i++) k = k * t->shape[i] + index[i];
                } else if (t->req.flags & FNP_ITER_C_INDEX) {
                    k = *fnp_iter_flat_index_ptr(it);
                } else if (t->req.order != FNP_ORDER_C) {
                    k = -1;
                }
                if (t->req.flags & FNP_ITER_F_INDEX) {
                    fnp_intp f = 0;
                    for (int i = t->ndim - 1; i >= 0; i--) f = f * t->shape[i] + index[i];
                    ok &= f == *fnp_iter_flat_index_ptr(it);
                }
                if (t->req.order == FNP_ORDER_C) ok &= k == steps;
                if (k >= t->size) ok = false;
                if (k >= 0 && k < t->size) ok &= !met[k], met[k] = true;
                for (int i = 0; i < t->nop && ok; i++) {
                    char *p = fnp_iter_data(it)[i] + j * (ext ? fnp_iter_inner_strides(it)[i] : 0);
                    int64_t v = value_at(&t->ops[i], p);
                    if (k >= 0 && !(last_written && i == w)) ok &= v == original(i, plain[i][k]);
                    if (last_written && i == w) {
                        add_one(&t->ops[i], p);
                        if (k >= 0) additions[(plain[i][k] - (char *)pool[i].cells) / 8]++;
                    }
                }
            }
        } while (fnp_iter_next(it) && ok);
    CHECK(fnp_iter_failure(it, &err) == FNP_OK && fnp_iter_flush(it, &err) == FNP_OK);
    CHECK_MSG(ok && steps == t->size,
              "nop %d ndim %d flags %x order %d buffer %td steps %td of %td", t->nop, t->ndim,
              t->req.flags, t->req.order, t->req.buffersize, steps, t->size);
    if (!last_written || !ok) return;
    int64_t total = 0, wanted = t->size - from;
    for (int c = 0; c < CELLS; c++) {
        int64_t change = pool[w].cells[c] - before[w].cells[c];
        total += change;
        if (t->req.order == FNP_ORDER_C || t->req.flags & FNP_ITER_MULTI_INDEX)
            CHECK(change == additions[c]);
    }
    CHECK_MSG(total == wanted, "sum of additions %td, not %td; flags %x buffer %td",
              (fnp_intp)total, (fnp_intp)wanted, t->req.flags, t->req.buffersize);
}

static void run_trial(void)
{
    trial t;
    fnp_iter *it = NULL, *copy = NULL;
    fnp_error err;
    random_trial(&t);
    count_plainly(&t);
    fnp_status st = fnp_iter_new(&t.req, &it, &err);
    CHECK_MSG(st == FNP_OK, "%s", st ? err.message : "");
    if (st != FNP_OK) return;
    CHECK(fnp_iter_size(it) == t.size);
    if (t.req.flags & FNP_ITER_DELAY_BUFALLOC) CHECK(fnp_iter_reset(it, &err) == FNP_OK);
    walk(&t, it, 0);
    CHECK(fnp_iter_reset(it, &err) == FNP_OK);
    if (!t.write) {
        CHECK(fnp_iter_copy(it, &copy, &err) == FNP_OK);
        walk(&t, copy, 0);
        fnp_iter_free(copy);
    }
    if (t.size > 0 && !(t.req.flags & FNP_ITER_EXTERNAL_LOOP)) {
        fnp_intp k = check_between(0, t.size - 1);
        CHECK(fnp_iter_goto(it, k, &err) == FNP_OK);
        walk(&t, it, k);
    }
    fnp_iter_free(it);
}

/* A buffered sum over one axis into an allocated output, while the n-th allocation fails. */
static fnp_status reduce_once(bool *right)
{
    static const fnp_intp shape[] = {7, 5}, strides[] = {40, 8};
    static const int out_axes[] = {-1, 0}, in_axes[] = {0, 1};
    operand *a = &pool[0];
    fnp_iter_operand ops[2] = {
        {{(char *)a->cells, 2, 3, shape, strides, fnp_dtype_builtin(FNP_LONG)},
         a,
         fnp_dtype_builtin(FNP_DOUBLE),
         FNP_ITER_READONLY,
         in_axes},
        {{0},
         NULL,
         fnp_dtype_builtin(FNP_DOUBLE),
         FNP_ITER_READWRITE | FNP_ITER_ALLOCATE,
         out_axes}};
    fnp_iter_request req = {2,
                            FNP_ITER_BUFFERED | FNP_ITER_DELAY_BUFALLOC | FNP_ITER_REDUCE_OK |
                                FNP_ITER_EXTERNAL_LOOP,
                            FNP_ORDER_K,
                            2,
                            NULL,
                            12,
                            ops,
                            &hooks};
    fnp_iter *it = NULL;
    fnp_error err;
    for (int i = 0; i < 35; i++) a->cells[i] = i;
    FNP_TRY(fnp_iter_new(&req, &it, &err));
    fnp_status st = fnp_iter_reset(it, &err);
    if (st == FNP_OK) do {
            char **p = fnp_iter_data(it);
            const fnp_intp *s = fnp_iter_inner_strides(it);
            for (fnp_intp i = 0; i < *fnp_iter_inner_size(it); i++)
                *(double *)(p[1] + i * s[1]) += *(double *)(p[0] + i * s[0]);
        } while (fnp_iter_next(it));
    if (st == FNP_OK) st = fnp_iter_failure(it, &err);
    fnp_iter_free(it);
    *right = true;
    for (int k = 0; k < 5 && st == FNP_OK; k++) {
        double d;
        memcpy(&d, &pool[1].cells[k], 8);
        *right &= d == 7 * k + 5 * 21;
    }
    return st;
}

static void test_failures(void)
{
    for (long n = 0; n < 200; n++) {
        bool right = false;
        fnp_alloc_fail_after(n);
        fnp_status st = reduce_once(&right);
        if (!fnp_alloc_failed()) {
            CHECK(st == FNP_OK && right);
            CHECK(n > 5);
            break;
        }
        CHECK(st == FNP_ENOMEM);
    }
    fnp_alloc_fail_after(-1);
}

int main(void)
{
    for (int i = 0; i < 60000; i++) run_trial();
    test_failures();
    return check_done();
}
