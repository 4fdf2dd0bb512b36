/* One element: to a Python object and from one. */
#ifndef FNP_EXT_ELEMENT_H
#define FNP_EXT_ELEMENT_H

#include "promotion.h"

/* What ndarray.item() gives for the element at `data` (maybe unaligned). `base` (may be NULL) owns
 * the memory and is kept alive by views of it (raw void elements). */
HIDDEN PyObject *ext_getitem(PyArray_Descr *descr, const char *data, PyObject *base);
/* ext_getitem without a base, as a DType's slot. */
HIDDEN PyObject *ext_getitem_plain(PyArray_Descr *descr, char *data);
/* Store `value` as the type's own setitem does: no detour over the class of `value`. 0 or -1. */
HIDDEN int ext_setitem(PyArray_Descr *descr, PyObject *value, char *data);
/* The class that `value` is read as: borrowed; NULL without an exception for unknown objects. */
HIDDEN PyArray_DTypeMeta *ext_discover_class(PyObject *value);
/* The descriptor of scalar `value` of class `cls` (ext_discover_class); new reference. */
HIDDEN PyArray_Descr *ext_discover_descr(PyArray_DTypeMeta *cls, PyObject *value);
/* Data of a NumPy scalar of a built-in class (not S, U, O); NULL for others. */
HIDDEN const char *ext_scalar_bytes(PyObject *scalar, int type_num);
/* Store a NumPy scalar by casting it, whatever the target. 0 or -1. */
HIDDEN int ext_pack_cast(PyArray_Descr *d, char *item, PyObject *value);
/* One element cast between any two descriptors, with floating-point errors reported. 0 or -1. */
HIDDEN int ext_cast_element(PyArray_Descr *from, const char *src, PyArray_Descr *to, char *dst);
/* The descriptor object of a core dtype (rebuilt if the core made the dtype up); new reference. */
HIDDEN PyArray_Descr *ext_descr_of_core(const fnp_dtype *dt);

#endif
