/* Casting implementations between DType classes. */
#ifndef FNP_EXT_CASTS_H
#define FNP_EXT_CASTS_H

#include "arraymethod.h"
#include "element.h"

/* How values of one class become those of another. */
typedef struct ext_cast_impl {
    enum {
        EXT_CAST_NONE,
        EXT_CAST_CORE,        /* both built in */
        EXT_CAST_FROM_OBJECT, /* through setitem */
        EXT_CAST_TO_OBJECT,   /* through getitem */
        EXT_CAST_METHOD,      /* a method of the DType API */
        EXT_CAST_LEGACY,      /* a function registered for a legacy user type */
        EXT_CAST_COPY,        /* within a legacy user type */
    } kind;
    PyArrayMethodObject *method;
    PyArray_VectorUnaryFunc *function;
} ext_cast_impl;

HIDDEN ext_cast_impl ext_find_cast(PyArray_DTypeMeta *from, PyArray_DTypeMeta *to);
/* Casting level for given[0] -> given[1] (may be NULL: the default instance); loop gets new
 * references. *view_offset is NPY_MIN_INTP unless the bytes need no change. FNP_CAST_NEVER if the
 * instances do not go together; -1 with an exception. */
HIDDEN int ext_cast_resolve(PyArray_DTypeMeta *from, PyArray_DTypeMeta *to,
                            PyArray_Descr *const given[2], PyArray_Descr *loop[2],
                            npy_intp *view_offset);
HIDDEN int ext_add_cast(PyArray_DTypeMeta *from, PyArray_DTypeMeta *to,
                        PyArrayMethodObject *method);

#endif
