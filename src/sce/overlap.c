/* Memory overlap: do two sets of addresses, each a box of steps, meet?
 *
 * Element and byte of an array lie at data + sum stride[i]*k[i] + e with 0 <= k[i] < shape[i] and
 * 0 <= e < itemsize. Two arrays meet if both sums can be equal, which is a linear equation in
 * bounded non-negative integers. The search fixes unknowns from the largest coefficient to the
 * smallest; what remains must be divisible by the gcd of the coefficients to come and not exceed
 * what they can sum to, which leaves a short arithmetic progression of values for each unknown
 * and decides the last two outright. Before that, terms whose multiples fill each other's gaps
 * are joined, so that dense layouts need no search at all. The problem is NP-hard in general:
 * hence max_work. */
#include "fnp/sce.h"
#include "fnp/base.h"

typedef struct solver {
    int n;
    bool proper;
    int64_t a[FNP_SCE_MAXTERMS], ub[FNP_SCE_MAXTERMS]; /* a descending */
    int64_t gcd[FNP_SCE_MAXTERMS + 1];                 /* of a[i..] */
    int64_t reach[FNP_SCE_MAXTERMS + 1];               /* sum of a[j]*ub[j], j >= i */
    int64_t x[FNP_SCE_MAXTERMS];
    int place[FNP_SCE_MAXTERMS]; /* where term i stood in the caller's order */
    int64_t work_left;           /* dead ends still allowed; negative: any number */
} solver;

static int64_t gcd64(int64_t a, int64_t b)
{
    while (b) {
        int64_t t = a % b;
        a = b;
        b = t;
    }
    return a;
}

/* a*x = b (mod m) has exactly one x in [0, m) when gcd(a, m) = 1; m >= 1. */
static int64_t solve_congruence(int64_t a, int64_t b, int64_t m)
{
    /* extended Euclid keeps u with u*a = r (mod m) */
    int64_t r0 = m, r1 = a % m, u0 = 0, u1 = 1;
    while (r1 != 0) {
        int64_t q = r0 / r1, t = r0 - q * r1;
        r0 = r1;
        r1 = t;
        t = u0 - q * u1;
        u0 = u1;
        u1 = t;
    }
    if (u0 < 0) u0 += m;
    return (int64_t)((__int128)u0 * (b % m) % m);
}

static bool is_proper(const solver *s)
{
    for (int i = 0; i < s->n; i++)
        if (s->ub[i] != 2 * s->x[i]) return true;
    return false;
}

/* Terms i.. must sum to b, which gcd[i] divides and 0 <= b <= reach[i]. */
static fnp_overlap search(solver *s, int i, int64_t b)
{
    if (i == s->n) return s->proper && !is_proper(s) ? FNP_OVERLAP_NO : FNP_OVERLAP_YES;
    if (s->work_left == 0) return FNP_OVERLAP_TOO_HARD;

    int64_t a = s->a[i], after = s->reach[i + 1], step = 1, first = 0;
    int64_t high = b / a < s->ub[i] ? b / a : s->ub[i];
    int64_t low = b > after ? (b - after - 1) / a + 1 : 0;
    if (i + 1 == s->n) {
        if (b % a != 0) return FNP_OVERLAP_NO;
        first = b / a;
    } else {
        /* b - a*x has to be a multiple of the next gcd */
        int64_t g = s->gcd[i];
        step = s->gcd[i + 1] / g;
        first = solve_congruence(a / g, b / g, step);
    }
    if (first < low) first += (low - first + step - 1) / step * step;
    for (int64_t x = first; x <= high; x += step) {
        s->x[i] = x;
        fnp_overlap r = search(s, i + 1, b - a * x);
        if (r != FNP_OVERLAP_NO) return r;
        if (step > high - x) break;
    }
    if (s->work_left > 0) s->work_left--;
    return FNP_OVERLAP_NO;
}

/* Terms in descending order of coefficient, with gcds and reaches from the right. False: a sum
 * does not fit. */
static bool prepare(solver *s, int n, const int64_t *a, const int64_t *ub)
{
    s->n = n;
    for (int i = 0; i < n; i++) {
        int k = i;
        for (; k > 0 && s->a[k - 1] < a[i]; k--) {
            s->a[k] = s->a[k - 1];
            s->ub[k] = s->ub[k - 1];
            s->place[k] = s->place[k - 1];
        }
        s->a[k] = a[i];
        s->ub[k] = ub[i];
        s->place[k] = i;
    }
    s->gcd[n] = s->reach[n] = 0;
    for (int i = n - 1; i >= 0; i--) {
        int64_t p;
        s->gcd[i] = gcd64(s->a[i], s->gcd[i + 1]);
        if (__builtin_mul_overflow(s->a[i], s->ub[i], &p) ||
            __builtin_add_overflow(p, s->reach[i + 1], &s->reach[i]))
            return false;
    }
    return true;
}

fnp_overlap fnp_sce_solve_bounded(int n, const int64_t *a, const int64_t *ub, int64_t b,
                                  bool proper, fnp_intp max_work, int64_t *x)
{
    solver s;
    for (int i = 0; i < n; i++)
        if (ub[i] < 0) return FNP_OVERLAP_NO;
    if (b < 0) return FNP_OVERLAP_NO;
    if (!prepare(&s, n, a, ub)) return FNP_OVERLAP_OVERFLOW;
    if (b > s.reach[0] || (n > 0 && b % s.gcd[0] != 0)) return FNP_OVERLAP_NO;
    s.proper = proper;
    s.work_left = max_work;
    fnp_overlap r = search(&s, 0, b);
    if (r == FNP_OVERLAP_YES)
        for (int i = 0; i < n; i++) x[s.place[i]] = s.x[i];
    return r;
}

/* Join terms, smallest first: with multiples of c up to c*u, and further k*c up to v times where
 * k <= u + 1, every multiple of c up to c*(u + k*v) can be reached. Returns the number left. */
static int join_terms(int n, int64_t *a, int64_t *ub)
{
    int m = 0;
    for (int i = 1; i < n; i++) { /* insertion sort, ascending */
        int64_t c = a[i], u = ub[i];
        int k = i;
        for (; k > 0 && a[k - 1] > c; k--) {
            a[k] = a[k - 1];
            ub[k] = ub[k - 1];
        }
        a[k] = c;
        ub[k] = u;
    }
    for (int i = 0; i < n; i++) {
        int k = 0;
        if (ub[i] == 0) continue;
        while (k < m && !(a[i] % a[k] == 0 && a[i] / a[k] - 1 <= ub[k])) k++;
        int64_t more;
        if (k < m && !__builtin_mul_overflow(a[i] / a[k], ub[i], &more) &&
            !__builtin_add_overflow(ub[k], more, &more)) {
            ub[k] = more;
            continue;
        }
        a[m] = a[i];
        ub[m] = ub[i];
        m++;
    }
    return m;
}

/* First and last byte's address + 1 into [*low, *high); false if the array has no bytes or wraps
 * round the address space. */
static bool address_range(const fnp_layout *l, uintptr_t *low, uintptr_t *high, bool *overflow)
{
    fnp_intp lo, hi;
    *overflow = false;
    if (l->itemsize == 0) return false;
    if (fnp_sce_extent(l->ndim, l->shape, l->strides, l->itemsize, &lo, &hi, NULL) != FNP_OK) {
        *overflow = true;
        return false;
    }
    *low = l->data + (uintptr_t)lo;
    *high = l->data + (uintptr_t)hi;
    return lo != hi;
}

/* Append |stride| and bound of each axis that moves, and the bytes of an element. */
static int add_terms(int n, const fnp_layout *l, int64_t *a, int64_t *ub)
{
    for (int i = 0; i < l->ndim; i++) {
        if (l->shape[i] == 1 || l->strides[i] == 0) continue;
        a[n] = l->strides[i] < 0 ? -l->strides[i] : l->strides[i];
        ub[n] = l->shape[i] - 1;
        n++;
    }
    a[n] = 1;
    ub[n] = l->itemsize - 1;
    return n + 1;
}

fnp_overlap fnp_sce_shares_memory(const fnp_layout *x, const fnp_layout *y, fnp_intp max_work)
{
    int64_t a[FNP_SCE_MAXTERMS], ub[FNP_SCE_MAXTERMS], found[FNP_SCE_MAXTERMS];
    uintptr_t x_low, x_high, y_low, y_high;
    bool x_wraps, y_wraps;
    bool x_any = address_range(x, &x_low, &x_high, &x_wraps);
    bool y_any = address_range(y, &y_low, &y_high, &y_wraps);
    if (x_wraps || y_wraps) return FNP_OVERLAP_OVERFLOW;
    if (!x_any || !y_any || x_high <= y_low || y_high <= x_low) return FNP_OVERLAP_NO;
    if (max_work == 0) return FNP_OVERLAP_TOO_HARD;
    /* Count x from its lowest byte upwards and y from its highest downwards; they meet where both
     * distances add up to the span between. The smaller of the two spans keeps numbers small. */
    uintptr_t up = x_high - y_low, down = y_high - x_low;
    uintptr_t span = (up < down ? up : down) - 1;
    if (span > INT64_MAX) return FNP_OVERLAP_OVERFLOW;
    int n = add_terms(add_terms(0, x, a, ub), y, a, ub);
    n = join_terms(n, a, ub);
    return fnp_sce_solve_bounded(n, a, ub, (int64_t)span, false, max_work, found);
}

bool fnp_sce_may_share_memory(const fnp_layout *a, const fnp_layout *b)
{
    return fnp_sce_shares_memory(a, b, 0) != FNP_OVERLAP_NO;
}

/* Moving axes of `l` in ascending order of |stride|; -1 if one of several elements does not move.
 * An array without elements has none. */
static int moving_axes(const fnp_layout *l, int64_t *a, int64_t *ub)
{
    int n = 0;
    for (int i = 0; i < l->ndim; i++)
        if (l->shape[i] == 0) return 0;
    for (int i = 0; i < l->ndim; i++) {
        if (l->shape[i] == 1) continue;
        if (l->strides[i] == 0) return -1;
        int64_t c = l->strides[i] < 0 ? -l->strides[i] : l->strides[i];
        int k = n++;
        for (; k > 0 && a[k - 1] > c; k--) {
            a[k] = a[k - 1];
            ub[k] = ub[k - 1];
        }
        a[k] = c;
        ub[k] = l->shape[i] - 1;
    }
    return n;
}

/* Each axis steps over all that the smaller ones reach. */
static bool is_nested(int n, const int64_t *a, const int64_t *ub, fnp_intp itemsize)
{
    int64_t reach = itemsize;
    for (int i = 0; i < n; i++) {
        int64_t p;
        if (a[i] < reach) return false;
        if (__builtin_mul_overflow(a[i], ub[i], &p) || __builtin_add_overflow(reach, p, &reach))
            return false;
    }
    return true;
}

bool fnp_sce_may_overlap_itself(const fnp_layout *l)
{
    int64_t a[FNP_MAXDIMS], ub[FNP_MAXDIMS];
    int n = moving_axes(l, a, ub);
    return l->itemsize != 0 && (n < 0 || !is_nested(n, a, ub, l->itemsize));
}

fnp_overlap fnp_sce_internal_overlap(const fnp_layout *l, fnp_intp max_work)
{
    int64_t a[FNP_SCE_MAXTERMS], ub[FNP_SCE_MAXTERMS], found[FNP_SCE_MAXTERMS], middle = 0;
    if (l->itemsize == 0) return FNP_OVERLAP_NO;
    int n = moving_axes(l, a, ub);
    if (n < 0) return FNP_OVERLAP_YES;
    if (is_nested(n, a, ub, l->itemsize)) return FNP_OVERLAP_NO;
    for (int i = 1; i < n; i++)
        if (a[i] == a[i - 1]) return FNP_OVERLAP_YES;
    if (max_work == 0) return FNP_OVERLAP_TOO_HARD;
    /* Two elements meet if the differences d of their indices, not all 0, and of the byte within
     * give sum a*d = 0. With d shifted by its bound to be non-negative, the trivial solution is the
     * middle of every range. */
    a[n] = 1;
    ub[n] = l->itemsize - 1;
    n += ub[n] > 0;
    for (int i = 0; i < n; i++) {
        int64_t p;
        if (__builtin_mul_overflow(a[i], ub[i], &p) || __builtin_add_overflow(middle, p, &middle) ||
            __builtin_mul_overflow(ub[i], 2, &ub[i]))
            return FNP_OVERLAP_OVERFLOW;
    }
    return fnp_sce_solve_bounded(n, a, ub, middle, true, max_work, found);
}

/* Same elements in the same order: same start and, where an axis is longer than 1, same stride. */
static bool is_same_layout(const fnp_layout *a, const fnp_layout *b)
{
    int i = a->ndim - 1, k = b->ndim - 1;
    if (a->data != b->data || a->itemsize != b->itemsize) return false;
    for (;; i--, k--) {
        while (i >= 0 && a->shape[i] == 1) i--;
        while (k >= 0 && b->shape[k] == 1) k--;
        if (i < 0 || k < 0) return i < 0 && k < 0;
        if (a->shape[i] != b->shape[k] || a->strides[i] != b->strides[k]) return false;
    }
}

bool fnp_sce_safe_elementwise(const fnp_layout *src, const fnp_layout *dst, fnp_intp max_work)
{
    if (!fnp_sce_may_share_memory(src, dst)) return true;
    if (is_same_layout(src, dst) && !fnp_sce_may_overlap_itself(dst)) return true;
    return max_work != 0 && fnp_sce_shares_memory(src, dst, max_work) == FNP_OVERLAP_NO;
}
