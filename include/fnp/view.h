/* Borrowed n-d views: what every array function of the core takes. Plain data, built on the
 * caller's stack. */
#ifndef FNP_VIEW_H
#define FNP_VIEW_H

#include "fnp/dtype.h"

#ifdef __cplusplus
extern "C" {
#endif

enum fnp_view_flags {
    FNP_VIEW_WRITEABLE = 1,
    FNP_VIEW_ALIGNED = 2, /* data and strides are multiples of the dtype's alignment */
};

typedef struct fnp_view {
    char *data;
    int32_t ndim;
    uint32_t flags;
    const fnp_intp *shape;   /* elements, ndim of them */
    const fnp_intp *strides; /* bytes, ndim of them */
    const fnp_dtype *dtype;
} fnp_view;

#ifdef __cplusplus
}
#endif
#endif
