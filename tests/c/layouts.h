/* Small layouts for exhaustive tests, and the list of addresses that a layout means: the slow and
 * obvious model that the stride calculus is compared with. */
#ifndef FNP_TEST_LAYOUTS_H
#define FNP_TEST_LAYOUTS_H

#include "check.h"
#include "fnp/sce.h"

#include <string.h>

enum { MAXN = 4096 };

typedef struct layout {
    int ndim;
    fnp_intp shape[FNP_MAXDIMS], strides[FNP_MAXDIMS];
} layout;

/* Offsets of all elements in C (or F) order; their number. */
static inline int addresses(const layout *l, bool f, fnp_intp *out)
{
    fnp_intp index[FNP_MAXDIMS] = {0}, n = 1;
    for (int i = 0; i < l->ndim; i++) n *= l->shape[i];
    for (fnp_intp k = 0; k < n; k++) {
        fnp_intp at = 0;
        for (int i = 0; i < l->ndim; i++) at += index[i] * l->strides[i];
        out[k] = at;
        for (int s = 0; s < l->ndim; s++) { /* odometer */
            int i = f ? s : l->ndim - 1 - s;
            if (++index[i] < l->shape[i]) break;
            index[i] = 0;
        }
    }
    return (int)n;
}

/* Call fn for each shape up to `maxdim` axes with extents 0..3. */
static inline void each_shape(int maxdim, void (*fn)(layout *))
{
    for (int ndim = 0; ndim <= maxdim; ndim++) {
        int total = 1;
        for (int i = 0; i < ndim; i++) total *= 4;
        for (int code = 0; code < total; code++) {
            layout l = {ndim};
            for (int i = 0, c = code; i < ndim; i++, c /= 4) l.shape[i] = c % 4;
            fn(&l);
        }
    }
}

/* Call fn for l with all strides from `choices`, and with dense strides of both orders. */
static inline void each_strides(const layout *l, int nchoices, const fnp_intp *choices,
                                void (*fn)(const layout *))
{
    layout m = *l;
    int total = 1;
    for (int i = 0; i < l->ndim; i++) total *= nchoices;
    for (int code = 0; code < total; code++) {
        for (int i = 0, c = code; i < l->ndim; i++, c /= nchoices)
            m.strides[i] = choices[c % nchoices];
        fn(&m);
    }
    fnp_intp step = 8;
    for (int i = l->ndim - 1; i >= 0; i--)
        m.strides[i] = step, step *= l->shape[i] ? l->shape[i] : 1;
    fn(&m);
    step = 8;
    for (int i = 0; i < l->ndim; i++) m.strides[i] = step, step *= l->shape[i] ? l->shape[i] : 1;
    fn(&m);
}

/* A random layout of up to maxdim axes and about 60 elements, often dense or nearly so. */
static inline layout random_layout(int maxdim)
{
    layout l = {(int)check_between(0, maxdim)};
    fnp_intp n = 1, step = 8;
    for (int i = 0; i < l.ndim; i++) {
        l.shape[i] = check_between(0, 99) < 3 ? 0 : check_between(1, 5);
        if (n * l.shape[i] > 60) l.shape[i] = 1;
        n *= l.shape[i] ? l.shape[i] : 1;
    }
    int kind = (int)check_between(0, 3);
    for (int s = 0; s < l.ndim; s++) {
        int i = kind == 1 ? s : l.ndim - 1 - s;
        l.strides[i] = kind == 2 ? check_between(-20, 20) : step;
        if (check_between(0, 9) == 0) l.strides[i] = -l.strides[i];
        if (check_between(0, 19) == 0) l.strides[i] = 0;
        step *= l.shape[i] ? l.shape[i] : 1;
        if (check_between(0, 5) == 0) step += check_between(0, 3) * 8;
    }
    return l;
}

/* "(2,3)/(24,8)" for messages; one of four rotating buffers. */
static inline const char *show(const layout *l)
{
    static char text[4][600];
    static int turn;
    char *t = text[turn++ & 3];
    int at = fnp_sce_format_shape(l->ndim, l->shape, t, 300);
    at += sprintf(t + at, "/(");
    for (int i = 0; i < l->ndim && at < 560; i++) at += sprintf(t + at, "%td,", l->strides[i]);
    sprintf(t + at, ")");
    return t;
}

#endif
