/* The Python object numpy.nditer. */
#ifndef FNP_EXT_NDITER_PYOBJECT_H
#define FNP_EXT_NDITER_PYOBJECT_H

#include "nditer.h"

typedef struct NditerObject {
    PyObject_HEAD NpyIter *iter; /* NULL before __init__ and after close */
    NpyIter_IterNextFunc *step;
    bool started, finished;     /* the first next() gives the element that the iterator stands at */
    struct NditerObject *child; /* of nested_iters: walks over what this one points to; owned */
} NditerObject;

extern HIDDEN PyTypeObject NpyIter_Type;

/* Take the iterator (stolen) into the object. 0 or -1. */
HIDDEN int ext_nditer_take(NditerObject *self, NpyIter *it);
/* Point the nested iterators at where this one stands. 0 or -1. */
HIDDEN int ext_nditer_reset_children(NditerObject *self);
HIDDEN PyObject *ext_nested_iters(PyObject *module, PyObject *args, PyObject *kwds);

#endif
