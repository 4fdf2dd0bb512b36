/* The ndarray object: what its files share. */
#ifndef FNP_EXT_ARRAY_H
#define FNP_EXT_ARRAY_H
#include "ext.h"

/* Internal bits of the flag word, not in the public headers. */
#define NPY_ARRAY_WARN_ON_WRITE ((int)(1u << 31))

enum ext_new_flags {
    EXT_NEW_ZEROED = 1,
    EXT_NEW_KEEP_EMPTY = 2,    /* S and U of length 0 stay so */
    EXT_NEW_KEEP_SUBARRAY = 4, /* a subarray dtype stays the dtype */
    EXT_NEW_NO_FINALIZE = 8,
};

/* PyArray_NewFromDescr with an explicit base (a new reference is taken) and flags above. Steals
 * descr. */
HIDDEN PyObject *ext_array_new(PyTypeObject *type, PyArray_Descr *descr, int nd,
                               npy_intp const *dims, npy_intp const *strides, void *data, int flags,
                               PyObject *obj, PyObject *base, int how);
HIDDEN PyObject *ext_dot(PyObject *a, PyObject *b, PyArrayObject *out); /* products.c */
HIDDEN PyArrayObject *ext_array_like(PyArrayObject *model, PyArray_Descr *descr);
HIDDEN PyObject *ext_array_line(PyArrayObject *whole, char *data, npy_intp n, npy_intp stride);
/* An array like proto in memory order `order`, with another dtype (stolen, NULL: its own) and shape
 * (NULL: its own). */
HIDDEN PyObject *ext_array_new_like(PyArrayObject *proto, NPY_ORDER order, PyArray_Descr *descr,
                                    int nd, npy_intp const *dims, int subok, int how);
/* Room for another number of dimensions; their values are the caller's to set. */
HIDDEN int ext_array_set_ndim(PyArrayObject *a, int nd);
/* Objects of a freshly zeroed array become the integer 0. */
HIDDEN int ext_array_fill_zero(PyArrayObject *a);
HIDDEN int ext_array_may_write(PyArrayObject *a);
HIDDEN PyObject *ext_array_finalize(PyObject *self, PyObject *obj);
HIDDEN void ext_array_dealloc(PyObject *self);
HIDDEN void PyArray_DiscardWritebackIfCopy_(PyArrayObject *self);

/* Buffer protocol (buffer.c). */
HIDDEN int ext_array_getbuffer(PyObject *self, Py_buffer *view, int flags);
HIDDEN void ext_buffer_info_free(void *info, PyObject *owner);

/* Attribute and method tables. */
extern HIDDEN PyGetSetDef ext_array_getset[];
extern HIDDEN PyMethodDef ext_array_methods[];
extern HIDDEN PyTypeObject ext_flagsobj_type;
HIDDEN PyObject *ext_flags_new(PyObject *array);
/* Flags that belong to no array. */
HIDDEN PyObject *ext_flags_of(int flags);

/* Views and copies of another shape (shape.c). */
HIDDEN PyObject *ext_reshape(PyArrayObject *a, int nd, npy_intp const *dims, NPY_ORDER order,
                             int copy);

#endif
