/* Overlap and loop nests against sets of bytes and lists of visits. */
#include "layouts.h"

#include <stdlib.h>

/* ---- overlap ------------------------------------------------------------------------- */

enum { ORIGIN = 2048, SPAN = 4096 };

/* Count into bytes[] how often each byte is reached. */
static void cover(const layout *l, fnp_intp data, fnp_intp itemsize, unsigned char *bytes)
{
    fnp_intp at[MAXN];
    int n = addresses(l, false, at);
    for (int i = 0; i < n; i++)
        for (fnp_intp e = 0; e < itemsize; e++) bytes[ORIGIN + data + at[i] + e]++;
}

static fnp_layout placed(const layout *l, fnp_intp data, fnp_intp itemsize)
{
    return (fnp_layout){(uintptr_t)(100000 + data), l->ndim, l->shape, l->strides, itemsize};
}

/* A layout whose bytes stay within SPAN. */
static layout small_layout(int maxdim, int step)
{
    layout l = {(int)check_between(0, maxdim)};
    for (int i = 0; i < l.ndim; i++) {
        l.shape[i] = check_between(0, 30) ? check_between(1, 4) : 0;
        l.strides[i] = check_between(-30, 30) * step;
    }
    return l;
}

static void check_pair(void)
{
    static unsigned char a[SPAN], b[SPAN];
    int step = check_random() & 1 ? 1 : 4;
    layout x = small_layout(4, step), y = small_layout(4, step);
    fnp_intp xs = check_between(0, 9), ys = check_between(0, 9), at = check_between(-300, 300);
    bool meet = false, bounds_meet = false;
    int first_a = SPAN, last_a = -1, first_b = SPAN, last_b = -1;
    memset(a, 0, sizeof a);
    memset(b, 0, sizeof b);
    cover(&x, 0, xs, a);
    cover(&y, at, ys, b);
    for (int i = 0; i < SPAN; i++) {
        meet |= a[i] && b[i];
        if (a[i]) last_a = i, first_a = first_a < i ? first_a : i;
        if (b[i]) last_b = i, first_b = first_b < i ? first_b : i;
    }
    bounds_meet = last_a >= first_b && last_b >= first_a;
    fnp_layout p = placed(&x, 0, xs), q = placed(&y, at, ys);
    CHECK_MSG(fnp_sce_shares_memory(&p, &q, -1) == (meet ? FNP_OVERLAP_YES : FNP_OVERLAP_NO),
              "%s+0 (%td) and %s%+td (%td)", show(&x), xs, show(&y), at, ys);
    CHECK(fnp_sce_may_share_memory(&p, &q) == bounds_meet);
    fnp_overlap some = fnp_sce_shares_memory(&p, &q, 1);
    CHECK(some == FNP_OVERLAP_TOO_HARD || some == (meet ? FNP_OVERLAP_YES : FNP_OVERLAP_NO));

    bool self = false;
    for (int i = 0; i < SPAN; i++) self |= a[i] > 1;
    CHECK_MSG(fnp_sce_internal_overlap(&p, -1) == (self ? FNP_OVERLAP_YES : FNP_OVERLAP_NO),
              "%s (%td)", show(&x), xs);
    if (!fnp_sce_may_overlap_itself(&p)) CHECK(!self);
}

/* Every layout of up to two axes with small strides against itself at every distance. */
static void check_self(const layout *l)
{
    for (fnp_intp itemsize = 1; itemsize <= 5; itemsize += 2)
        for (fnp_intp at = -9; at <= 9; at++) {
            static unsigned char a[SPAN], b[SPAN];
            bool meet = false, self = false;
            fnp_layout p = placed(l, 0, itemsize), q = placed(l, at, itemsize);
            memset(a + ORIGIN - 200, 0, 400);
            memset(b + ORIGIN - 200, 0, 400);
            cover(l, 0, itemsize, a);
            cover(l, at, itemsize, b);
            for (int i = ORIGIN - 200; i < ORIGIN + 200; i++) {
                meet |= a[i] && b[i];
                self |= a[i] > 1;
            }
            CHECK_MSG(fnp_sce_shares_memory(&p, &q, -1) ==
                          (meet ? FNP_OVERLAP_YES : FNP_OVERLAP_NO),
                      "%s at %td, itemsize %td", show(l), at, itemsize);
            CHECK_MSG(fnp_sce_internal_overlap(&p, -1) == (self ? FNP_OVERLAP_YES : FNP_OVERLAP_NO),
                      "%s itemsize %td", show(l), itemsize);
        }
}

static void self_of_shape(layout *l)
{
    static const fnp_intp strides[] = {-3, -1, 0, 1, 2, 5};
    each_strides(l, 6, strides, check_self);
}

/* All x of a bounded problem by counting. */
static bool any_solution(int n, const int64_t *a, const int64_t *ub, int64_t b, bool proper)
{
    int64_t x[4] = {0};
    for (;;) {
        int64_t sum = 0;
        bool middle = true;
        for (int i = 0; i < n; i++) {
            sum += a[i] * x[i];
            middle &= 2 * x[i] == ub[i];
        }
        if (sum == b && !(proper && middle)) return true;
        int i = 0;
        while (i < n && x[i] == ub[i]) x[i++] = 0;
        if (i == n) return false;
        x[i]++;
    }
}

static void test_solver(void)
{
    for (int t = 0; t < 60000; t++) {
        int64_t a[4], ub[4], x[4], b = check_between(0, 120), sum = 0;
        int n = (int)check_between(1, 4);
        bool proper = check_random() & 1;
        for (int i = 0; i < n; i++) a[i] = check_between(1, 30), ub[i] = check_between(0, 6);
        fnp_overlap r = fnp_sce_solve_bounded(n, a, ub, b, proper, -1, x);
        CHECK(r == (any_solution(n, a, ub, b, proper) ? FNP_OVERLAP_YES : FNP_OVERLAP_NO));
        if (r != FNP_OVERLAP_YES) continue;
        for (int i = 0; i < n; i++) {
            CHECK(x[i] >= 0 && x[i] <= ub[i]);
            sum += a[i] * x[i];
        }
        CHECK(sum == b);
    }
    int64_t a[2] = {INT64_MAX, INT64_MAX}, ub[2] = {5, 5}, x[2];
    CHECK(fnp_sce_solve_bounded(2, a, ub, 1, false, -1, x) == FNP_OVERLAP_OVERFLOW);
    /* large coefficients, two terms: decided outright */
    int64_t big[2] = {(int64_t)1 << 40, ((int64_t)1 << 40) - 1}, wide[2] = {1 << 20, 1 << 20};
    CHECK(fnp_sce_solve_bounded(2, big, wide, big[0] * 777 + big[1] * 12345, false, 10, x) ==
              FNP_OVERLAP_YES &&
          big[0] * x[0] + big[1] * x[1] == big[0] * 777 + big[1] * 12345);
}

/* Whenever the answer is "safe", a copy in any of several orders equals one through a buffer. */
static void check_safe(void)
{
    layout src = random_layout(3), dst = src;
    fnp_intp from[MAXN], to[MAXN], n = addresses(&src, false, from);
    fnp_intp shift = 8 * check_between(-4, 4);
    if (check_random() & 1) {
        layout other = random_layout(3);
        if (other.ndim == src.ndim) memcpy(dst.strides, other.strides, sizeof dst.strides);
    }
    addresses(&dst, false, to);
    fnp_layout s = placed(&src, 0, 8), d = placed(&dst, shift, 8);
    if (!fnp_sce_safe_elementwise(&s, &d, -1)) return;
    static unsigned char mem[SPAN * 2], want[SPAN * 2];
    int twice = 0;
    for (int i = 0; i < n; i++)
        for (int k = 0; k < i; k++) twice |= labs(to[i] - to[k]) < 8;
    if (twice) return; /* elements share bytes: no order is the right one */
    for (int order = 0; order < 2; order++) {
        for (int i = 0; i < SPAN * 2; i++) want[i] = mem[i] = (unsigned char)(i * 37 + (i >> 3));
        unsigned char *m = mem + SPAN, *w = want + SPAN;
        unsigned char buffer[MAXN * 8];
        for (int i = 0; i < n; i++) memcpy(buffer + i * 8, w + from[i], 8);
        for (int i = 0; i < n; i++) memcpy(w + shift + to[i], buffer + i * 8, 8);
        for (int i = 0; i < n; i++) {
            fnp_intp k = order ? n - 1 - i : i;
            memmove(m + shift + to[k], m + from[k], 8);
        }
        CHECK_MSG(memcmp(mem, want, sizeof mem) == 0, "safe? %s to %s%+td", show(&src), show(&dst),
                  shift);
    }
}

/* ---- loop nests ---------------------------------------------------------------------- */

typedef struct visit {
    fnp_intp at[3];
} visit;

static int compare_visits(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(visit));
}

/* The visits of nop operands over one shape, sorted, so that order does not matter. */
static int visits(int nop, int ndim, const fnp_intp *shape, fnp_intp *const *strides,
                  const fnp_intp *offset, visit *out)
{
    fnp_intp at[MAXN];
    int n = 0;
    memset(out, 0, sizeof(visit) * MAXN);
    for (int op = 0; op < nop; op++) {
        layout l = {ndim};
        memcpy(l.shape, shape, sizeof(fnp_intp) * (size_t)ndim);
        memcpy(l.strides, strides[op], sizeof(fnp_intp) * (size_t)ndim);
        n = addresses(&l, false, at);
        for (int i = 0; i < n; i++) out[i].at[op] = at[i] + (offset ? offset[op] : 0);
    }
    qsort(out, (size_t)n, sizeof *out, compare_visits);
    return n;
}

static void check_plan(const layout *first)
{
    static visit want[MAXN], got[MAXN];
    for (int nop = 1; nop <= 3; nop++) {
        layout l[3];
        fnp_intp shape[FNP_MAXDIMS], offset[3], *strides[3];
        int ndim = first->ndim;
        memcpy(shape, first->shape, sizeof shape);
        for (int op = 0; op < nop; op++) {
            l[op] = *first;
            for (int i = 0; i < ndim && op; i++)
                if (check_between(0, 3) == 0) l[op].strides[i] = 8 * check_between(-6, 6);
            strides[op] = l[op].strides;
        }
        int n = visits(nop, ndim, shape, strides, NULL, want);
        bool flip = check_random() & 1;
        fnp_sce_plan_loops(nop, &ndim, shape, strides, flip ? offset : NULL);
        int m = visits(nop, ndim, shape, strides, flip ? offset : NULL, got);
        CHECK(ndim >= 1 && ndim <= (first->ndim ? first->ndim : 1));
        CHECK_MSG(n == m && memcmp(want, got, sizeof(visit) * (size_t)n) == 0, "plan %s nop %d",
                  show(first), nop);
        if (nop == 1 && n > 0 &&
            fnp_sce_is_c_contiguous(first->ndim, first->shape, first->strides, 8))
            CHECK(ndim == 1 && shape[0] == n && (n == 1 || strides[0][0] == 8));
        if (nop == 1 && n > 0 &&
            fnp_sce_is_f_contiguous(first->ndim, first->shape, first->strides, 8))
            CHECK(ndim == 1 && shape[0] == n);
    }
}

static void plan_of_shape(layout *l)
{
    static const fnp_intp strides[] = {-8, 0, 8, 24};
    each_strides(l, 4, strides, check_plan);
}

int main(void)
{
    test_solver();
    each_shape(2, self_of_shape);
    for (int i = 0; i < 60000; i++) check_pair();
    for (int i = 0; i < 60000; i++) check_safe();
    each_shape(4, plan_of_shape);
    for (int i = 0; i < 20000; i++) {
        layout l = random_layout(6);
        check_plan(&l);
    }
    return check_done();
}
