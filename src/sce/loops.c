/* Loop nests: the order of axes that suits all operands, and axes joined into longer ones. */
#include "fnp/sce.h"

static inline size_t magnitude(fnp_intp stride)
{
    return stride < 0 ? -(size_t)stride : (size_t)stride;
}

/* Whether axis `in` should lie inside axis `out`: some operand has the smaller stride there, and
 * none the larger. Operands that do not move along one of the two have no say. */
static int compare_axes(int nop, const fnp_intp *const *strides, int in, int out)
{
    int verdict = 0;
    for (int op = 0; op < nop; op++) {
        size_t a = magnitude(strides[op][in]), b = magnitude(strides[op][out]);
        if (a == 0 || b == 0) continue;
        if (a >= b) return -1;
        verdict = 1;
    }
    return verdict;
}

void fnp_sce_sort_axes(int nop, int ndim, const fnp_intp *const *strides, const fnp_intp *shape,
                       int *perm)
{
    /* perm[0] is the innermost. Axes come in from C order's innermost to its outermost; each
     * goes as far in as it may, over axes that have no opinion only if it gets further. */
    for (int i = 0; i < ndim; i++) {
        int axis = ndim - 1 - i, place = i;
        for (int k = i - 1; k >= 0; k--) {
            int verdict = shape[axis] == 1 || shape[perm[k]] == 1
                              ? 0
                              : compare_axes(nop, strides, axis, perm[k]);
            if (verdict < 0) break;
            if (verdict > 0) place = k;
        }
        for (int k = i; k > place; k--) perm[k] = perm[k - 1];
        perm[place] = axis;
    }
}

void fnp_sce_sort_axes_outward(int nop, int ndim, const fnp_intp *const *strides, int *perm)
{
    for (int axis = 0; axis < ndim; axis++) {
        int place = axis;
        for (int k = axis - 1; k >= 0; k--) {
            int verdict = compare_axes(nop, strides, perm[k], axis);
            if (verdict < 0) break;
            if (verdict > 0) place = k;
        }
        for (int k = axis; k > place; k--) perm[k] = perm[k - 1];
        perm[place] = axis;
    }
}

/* Axes k (inner) and k + 1 are one for every operand. */
static bool can_join(int nop, fnp_intp *const *strides, int inner, int outer, fnp_intp extent)
{
    for (int op = 0; op < nop; op++)
        if (strides[op][outer] != (fnp_intp)((size_t)strides[op][inner] * (size_t)extent))
            return false;
    return true;
}

int fnp_sce_coalesce(int nop, int ndim, fnp_intp *shape, fnp_intp *const *strides)
{
    int n = 0; /* axes kept so far; axis n - 1 may still grow */
    for (int i = 0; i < ndim; i++) {
        if (shape[i] == 1) continue;
        if (n > 0 && can_join(nop, strides, n - 1, i, shape[n - 1])) {
            shape[n - 1] *= shape[i];
            continue;
        }
        shape[n] = shape[i];
        for (int op = 0; op < nop; op++) strides[op][n] = strides[op][i];
        n++;
    }
    return n;
}

/* Turn axes round along which no operand walks upwards. */
static void flip_axes(int nop, int ndim, const fnp_intp *shape, fnp_intp *const *strides,
                      fnp_intp *offset)
{
    for (int i = 0; i < ndim; i++) {
        bool down = false, up = false;
        for (int op = 0; op < nop; op++) {
            down |= strides[op][i] < 0;
            up |= strides[op][i] > 0;
        }
        if (!down || up) continue;
        for (int op = 0; op < nop; op++) {
            offset[op] += (shape[i] - 1) * strides[op][i];
            strides[op][i] = -strides[op][i];
        }
    }
}

static void permute_in_place(int ndim, const int *perm, fnp_intp *values)
{
    fnp_intp old[FNP_MAXDIMS];
    for (int i = 0; i < ndim; i++) old[i] = values[i];
    for (int i = 0; i < ndim; i++) values[i] = old[perm[i]];
}

void fnp_sce_plan_loops(int nop, int *ndim, fnp_intp *shape, fnp_intp *const *strides,
                        fnp_intp *offset)
{
    int n = *ndim, perm[FNP_MAXDIMS];
    if (offset)
        for (int op = 0; op < nop; op++) offset[op] = 0;
    for (int i = 0; i < n; i++) {
        if (shape[i] != 0) continue;
        for (int op = 0; op < nop; op++) strides[op][0] = 0;
        shape[0] = 0;
        *ndim = 1;
        return;
    }
    if (n > 1) {
        fnp_sce_sort_axes(nop, n, (const fnp_intp *const *)strides, shape, perm);
        permute_in_place(n, perm, shape);
        for (int op = 0; op < nop; op++) permute_in_place(n, perm, strides[op]);
    }
    if (offset) flip_axes(nop, n, shape, strides, offset);
    n = fnp_sce_coalesce(nop, n, shape, strides);
    if (n == 0) {
        shape[0] = 1;
        for (int op = 0; op < nop; op++) strides[op][0] = 0;
        n = 1;
    }
    *ndim = n;
}
