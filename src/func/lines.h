/* Inside src/func: walking the lines of a view along one axis, together with those of a second
 * view. */
#ifndef FNP_FUNC_LINES_H
#define FNP_FUNC_LINES_H

#include "fnp/view.h"

typedef struct lines {
    int ndim; /* of the axes that are left */
    fnp_intp shape[FNP_MAXDIMS], steps[2][FNP_MAXDIMS], index[FNP_MAXDIMS];
    fnp_intp n, stride[2]; /* of one line */
    char *at[2];
    bool done;
} lines;

/* other (may be NULL) has a's axes, or all but `axis` if `reduced`. */
static inline void lines_init(lines *w, const fnp_view *a, int axis, const fnp_view *other,
                              bool reduced)
{
    w->ndim = 0;
    w->done = false;
    w->n = a->ndim ? a->shape[axis] : 1;
    w->stride[0] = a->ndim ? a->strides[axis] : 0;
    w->stride[1] = other && !reduced && a->ndim ? other->strides[axis] : 0;
    w->at[0] = a->data;
    w->at[1] = other ? other->data : NULL;
    for (int i = 0; i < a->ndim; i++) {
        if (i == axis) continue;
        w->shape[w->ndim] = a->shape[i];
        w->steps[0][w->ndim] = a->strides[i];
        w->steps[1][w->ndim] = other ? other->strides[reduced ? w->ndim : i] : 0;
        w->index[w->ndim++] = 0;
        if (a->shape[i] == 0) w->done = true;
    }
}

static inline void lines_next(lines *w)
{
    for (int i = w->ndim - 1; i >= 0; i--) {
        bool more = ++w->index[i] < w->shape[i];
        fnp_intp times = more ? 1 : 1 - w->shape[i];
        w->at[0] += w->steps[0][i] * times;
        w->at[1] += w->steps[1][i] * times;
        if (more) return;
        w->index[i] = 0;
    }
    w->done = true;
}

#endif
