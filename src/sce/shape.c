/* Shapes: sizes, and their spelling in messages. */
#include "fnp/sce.h"
#include "fnp/base.h"

#include <stdio.h>

static fnp_status fail_too_big(fnp_error *err)
{
    return fnp_fail(err, FNP_EVALUE,
                    "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum "
                    "possible size.");
}

fnp_status fnp_sce_size(int ndim, const fnp_intp *shape, fnp_intp *size, fnp_error *err)
{
    fnp_intp nbytes;
    return fnp_sce_nbytes(ndim, shape, 1, size, &nbytes, err);
}

fnp_status fnp_sce_nbytes(int ndim, const fnp_intp *shape, fnp_intp itemsize, fnp_intp *size,
                          fnp_intp *nbytes, fnp_error *err)
{
    fnp_intp bytes = itemsize; /* with zero extents left out: what strides may grow to */
    fnp_intp n = 1;
    bool empty = false;
    for (int i = 0; i < ndim; i++) {
        if (shape[i] < 0) return fnp_fail(err, FNP_EVALUE, "negative dimensions are not allowed");
        if (shape[i] == 0) {
            empty = true;
            continue;
        }
        if (fnp_size_mul(bytes, shape[i], &bytes)) return fail_too_big(err);
        if (fnp_size_mul(n, shape[i], &n)) return fail_too_big(err);
    }
    *size = empty ? 0 : n;
    *nbytes = empty ? 0 : bytes;
    return FNP_OK;
}

fnp_status fnp_sce_check_ndim(fnp_intp ndim, fnp_error *err)
{
    if (ndim <= FNP_MAXDIMS) return FNP_OK;
    return fnp_fail(err, FNP_EVALUE,
                    "maximum supported dimension for an ndarray is currently %d, found %td",
                    FNP_MAXDIMS, ndim);
}

bool fnp_sce_same_shape(int ndim1, const fnp_intp *shape1, int ndim2, const fnp_intp *shape2)
{
    if (ndim1 != ndim2) return false;
    for (int i = 0; i < ndim1; i++)
        if (shape1[i] != shape2[i]) return false;
    return true;
}

/* Append to buf, always terminated; the new length, which is that of what fitted. */
static int append(char *buf, size_t bufsize, int at, const char *fmt, fnp_intp value)
{
    size_t room = bufsize - (size_t)at;
    int n = snprintf(buf + at, room, fmt, value);
    return n < 0 ? at : (size_t)n < room ? at + n : (int)bufsize - 1;
}

int fnp_sce_format_shape(int ndim, const fnp_intp *shape, char *buf, size_t bufsize)
{
    int at = 0;
    if (bufsize == 0) return 0;
    at = append(buf, bufsize, at, "(", 0);
    int first = 0;
    while (first < ndim && shape[first] < 0) first++;
    for (int i = first; i < ndim; i++) {
        if (i > first) at = append(buf, bufsize, at, ",", 0);
        at = append(buf, bufsize, at, shape[i] < 0 ? "newaxis" : "%td", shape[i]);
    }
    return append(buf, bufsize, at, ndim == 1 && first == 0 ? ",)" : ")", 0);
}
