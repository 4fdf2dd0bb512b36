/* The built-in scalar types, a row each, and what their construction shares. */
#ifndef FNP_EXT_SCALAR_ROW_H
#define FNP_EXT_SCALAR_ROW_H
#include "ext.h"

/* name, type, base, second base, type number (-1: abstract) */
typedef struct {
    const char *name;
    PyTypeObject *type, *base, *base2;
    int num;
    size_t value; /* offset of the value */
} scalar_row;

/* The row of the built-in type that `t` is or derives from; NULL if none. */
HIDDEN const scalar_row *ext_scalar_row(PyTypeObject *t);
/* str_ or bytes_ (or a subclass) of an element; void likewise, `base` keeping the data alive, or
 * with zero bytes of its own where data is NULL. */
HIDDEN PyObject *ext_text_scalar(const char *data, PyArray_Descr *descr, PyTypeObject *type);
HIDDEN PyObject *ext_void_scalar(const char *data, PyArray_Descr *descr, PyObject *base,
                                 PyTypeObject *type);
/* A new descriptor of that many bytes. */
HIDDEN PyArray_Descr *ext_sized_descr(int type_num, npy_intp elsize);

/* tp_new and tp_hash of the types. */
HIDDEN PyObject *ext_number_scalar_new(PyTypeObject *type, PyObject *args, PyObject *kw);
HIDDEN PyObject *ext_number_scalar_vectorcall(PyObject *type, PyObject *const *args, size_t nargsf,
                                              PyObject *kwnames);
HIDDEN PyObject *ext_object_scalar_new(PyTypeObject *type, PyObject *args, PyObject *kw);
HIDDEN PyObject *ext_text_scalar_new(PyTypeObject *type, PyObject *args, PyObject *kw);
HIDDEN PyObject *ext_void_scalar_new(PyTypeObject *type, PyObject *args, PyObject *kw);
HIDDEN PyObject *ext_time_scalar_new(PyTypeObject *type, PyObject *args, PyObject *kw);
HIDDEN PyObject *ext_abstract_scalar_new(PyTypeObject *type, PyObject *args, PyObject *kw);
HIDDEN Py_hash_t ext_number_scalar_hash(PyObject *self);
HIDDEN Py_hash_t ext_void_scalar_hash(PyObject *self);
#endif
