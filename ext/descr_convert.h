/* Between the files that read dtype specifications. All return new references or NULL with an
 * exception. */
#ifndef FNP_EXT_DESCR_CONVERT_H
#define FNP_EXT_DESCR_CONVERT_H

#include "dtypemeta.h"

HIDDEN PyArray_Descr *ext_descr_from_any(PyObject *o, int align);
HIDDEN PyArray_Descr *ext_descr_from_str(PyObject *s, int align);
HIDDEN PyArray_Descr *ext_descr_from_comma(PyObject *s, int align);
HIDDEN bool ext_is_comma_string(const char *s, Py_ssize_t n);
HIDDEN PyArray_Descr *ext_descr_from_type(PyTypeObject *t);
HIDDEN PyArray_Descr *ext_descr_from_tuple(PyObject *t, int align);
HIDDEN PyArray_Descr *ext_descr_from_list(PyObject *l, int align);
HIDDEN PyArray_Descr *ext_descr_from_dict(PyObject *d, int align);
/* (type, shape) with shape an int or a sequence of them. */
HIDDEN PyArray_Descr *ext_descr_with_shape(PyArray_Descr *type_stolen, PyObject *shape);
/* The same, but a number is the size of a text or void type that has none: "3S" is "S3". */
HIDDEN PyArray_Descr *ext_descr_repeated(PyArray_Descr *type_stolen, PyObject *repeat);
/* Attach `metadata` (a dict, merged over what is there) to a descriptor of one's own; steals d. */
HIDDEN PyArray_Descr *ext_descr_attach_metadata(PyArray_Descr *d, PyObject *metadata);
/* A type number for kind and size ('i', 4); -1 if there is none. */
HIDDEN int ext_typenum_from_kind(char kind, npy_intp size);
/* "M8[us]" and the like from the text behind the type's name. */
HIDDEN PyArray_Descr *ext_descr_time_from_text(int type_num, const char *meta, Py_ssize_t n,
                                               PyObject *whole);

#endif
