/* Loops shared between threads. Where the work is cut is a question of shape alone; whether it pays
 * is measured on the first piece. */
#include "kernel/level_symbols.h"

#include "fnp/base.h"
#include "fnp/kernel.h"
#include "fnp/runtime.h"
#include "fnp/sce.h"

#include <string.h>

/* FIRST: elements of the first piece. An innermost axis is cut at multiples of UNIT, so that
 * threads write to cache lines of their own, and in a nest only if it is LONG: pieces of rows below
 * a page or two cost more than a second thread brings. An outer axis of MANY gives every thread
 * some. */
enum { FIRST = 1 << 14, UNIT = 64, MANY = 64, LONG = 1 << 13 };

typedef struct cut {
    fnp_part_fn fn;
    void *ctx;
    int axis;
    fnp_intp unit, extent;
} cut;

static void run_units(void *ctx, fnp_intp begin, fnp_intp end)
{
    const cut *c = ctx;
    fnp_intp last = end * c->unit;
    c->fn(c->ctx, c->axis, begin * c->unit, last < c->extent ? last : c->extent);
}

/* The outermost axis that is long enough, else the longest; -1: none may be cut. */
static int axis_to_cut(int ndim, const fnp_intp *shape, const bool *whole)
{
    int axis = -1;
    for (int i = ndim > 1 && shape[0] < LONG; i < ndim; i++)
        if (!(whole && whole[i]) &&
            (axis < 0 || shape[i] >= (shape[axis] < MANY ? shape[axis] : MANY)))
            axis = i;
    return axis;
}

static void note(fnp_sharing s)
{
    if (s.threads > 1) {
        fnp_ledger_note(FNP_EVENT_THREADS, NULL, "a first piece was timed, and the rest is long",
                        "%d threads; one would need %lld us more", s.threads,
                        (long long)(s.rest_ns / 1000));
    } else if (s.rest_ns >= 0) {
        fnp_ledger_note(FNP_EVENT_THREADS, NULL,
                        "a first piece was timed, and another would not pay",
                        "one thread; it needs %lld us more", (long long)(s.rest_ns / 1000));
    } else {
        fnp_ledger_note(FNP_EVENT_THREADS, NULL,
                        fnp_threads() < 2 ? "no more are allowed" : "the first piece is all",
                        "one thread");
    }
}

void fnp_share_nest(int ndim, const fnp_intp *shape, const bool *whole, fnp_part_fn fn, void *ctx)
{
    int axis = axis_to_cut(ndim, shape, whole);
    if (axis < 0) {
        fn(ctx, 0, 0, shape[0]);
        FNP_NOTE(FNP_EVENT_THREADS, NULL, "no axis can be cut into long pieces", "one thread");
        return;
    }
    fnp_intp count = fnp_sce_count(ndim, shape);
    cut c = {fn, ctx, axis, axis > 0 ? 1 : UNIT, shape[axis]};
    fnp_intp units = (c.extent + c.unit - 1) / c.unit, each = count / units;
    fnp_sharing s = fnp_parallel_measured(units, each < FIRST ? FIRST / each : 1, run_units, &c);
    if (fnp_ledger_on()) note(s);
}

typedef struct run {
    const fnp_loop *loop;
    int nop;
    char *const *args;
    const fnp_intp *strides;
} run;

static void run_part(void *ctx, int axis, fnp_intp begin, fnp_intp end)
{
    const run *r = ctx;
    char *at[FNP_LOOP_MAXARGS];
    fnp_intp n = end - begin;
    for (int i = 0; i < r->nop; i++) at[i] = r->args[i] + begin * r->strides[i];
    (void)axis;
    r->loop->kernel(at, &n, r->strides, r->loop->data);
}

void fnp_loop_share(const fnp_loop *loop, int nop, char *const *args, fnp_intp n,
                    const fnp_intp *strides)
{
    run r = {loop, nop, args, strides};
    fnp_share_nest(1, &n, NULL, run_part, &r);
}

/* ---- long sums
 * A float sum is a tree of halves (tmpl/pairwise.h): its uppermost branches are cut where the tree
 * cuts them, so the bits are those of one thread. The sum of an empty branch is -0.0, or 0. */

enum { BRANCHES_MAX = 64, WIDEST = 16 };

typedef struct sum_kernel {
    fnp_kernel_fn *add[3];
    fnp_intp size, real; /* of an element, and of the floats in it (0: integers) */
    fnp_intp unit;       /* halves are multiples of it */
} sum_kernel;

#define SUMS(X)                                                                                    \
    X(f64, 8, 8, 8)                                                                                \
    X(f32, 4, 4, 8) X(c128, 16, 8, 4) X(c64, 8, 4, 4) X(i64, 8, 0, 8) X(u64, 8, 0, 8)
#define DECLARE(s, size, real, unit)                                                               \
    extern __attribute__((visibility("hidden"))) fnp_kernel_fn SYM(add, s, v2), SYM3(add, s),      \
        SYM4(add, s);
SUMS(DECLARE)
#define ROW(s, size, real, unit) {{SYM(add, s, v2), SYM3(add, s), SYM4(add, s)}, size, real, unit},
static const sum_kernel sums[] = {SUMS(ROW)};

typedef struct sum {
    const sum_kernel *kernel;
    fnp_kernel_fn *add;
    const char *in;
    fnp_intp stride;
    int count;
    fnp_intp begin[BRANCHES_MAX + 1];
    _Alignas(16) char value[BRANCHES_MAX][WIDEST];
} sum;

static void add_branches(void *ctx, fnp_intp begin, fnp_intp end)
{
    sum *s = ctx;
    for (fnp_intp i = begin; i < end; i++) {
        fnp_intp n = s->begin[i + 1] - s->begin[i], steps[3] = {0, s->stride, 0};
        char *args[3] = {s->value[i], (char *)s->in + s->begin[i] * s->stride, s->value[i]};
        memset(s->value[i], 0, WIDEST);
        for (fnp_intp k = s->kernel->real; k && k <= s->kernel->size; k += s->kernel->real)
            s->value[i][k - 1] = (char)0x80;
        s->add(args, &n, steps, NULL);
    }
}

static void add_one(const sum *s, char *to, char *from)
{
    fnp_intp one = 1, steps[3] = {s->kernel->size, s->kernel->size, s->kernel->size};
    char *args[3] = {to, from, to};
    s->add(args, &one, steps, NULL);
}

static void cut_halves(sum *s, fnp_intp begin, fnp_intp n, int levels)
{
    if (levels == 0) {
        s->begin[s->count++] = begin;
        return;
    }
    fnp_intp half = n / 2;
    half -= half % s->kernel->unit;
    cut_halves(s, begin, half, levels - 1);
    cut_halves(s, begin + half, n - half, levels - 1);
}

bool fnp_sum_share(fnp_kernel_fn *add, char *out, const char *in, fnp_intp n, fnp_intp stride)
{
    sum s = {.add = add, .in = in, .stride = stride};
    int level = fnp_cpu_level() - 2, levels = 0;
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++)
        if (sums[i].add[level] == add) s.kernel = &sums[i];
    if (!s.kernel || n < FNP_SHARE_FROM) return false;
    while (2 << levels <= BRANCHES_MAX && n >> (levels + 1) >= FIRST / 2) levels++;
    cut_halves(&s, 0, n, levels);
    s.begin[s.count] = n;
    fnp_sharing how = fnp_parallel_measured(s.count, 1, add_branches, &s);
    if (fnp_ledger_on()) note(how);
    for (int step = 1; step < s.count; step *= 2)
        for (int i = 0; i < s.count; i += 2 * step) add_one(&s, s.value[i], s.value[i + step]);
    add_one(&s, out, s.value[0]);
    return true;
}
