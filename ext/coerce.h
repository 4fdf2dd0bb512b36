/* Nested sequences and array-likes -> arrays. */
#ifndef FNP_EXT_COERCE_H
#define FNP_EXT_COERCE_H

#include "element.h"

/* What a discovery found. Owned: ext_coerce_clear. */
typedef struct ext_coerce {
    int ndim;
    npy_intp shape[NPY_MAXDIMS];
    PyArray_Descr *descr; /* the common descriptor of the elements; NULL for none at all */
    /* what was converted on the way, in the order of the walk: pairs (original, converted) */
    PyObject **pairs;
    int *depths; /* of the pairs */
    Py_ssize_t npairs, room;
    /* state of the walk */
    int limit, maxdims, nshape;
    bool ragged, too_deep, want_descr, tuples_are_elements, characters, any_copied;
    int copy;                 /* of array-likes: 1, 0 never, -1 if needed */
    PyArray_DTypeMeta *fixed; /* the class that was asked for, or NULL */
    PyArray_Descr *requested; /* the complete descriptor that was asked for, or NULL */
} ext_coerce;

/* Shape and type of `o`. requested: a complete descriptor or NULL; fixed: a class or NULL. copy as
 * above. 0 or -1. */
HIDDEN int ext_coerce_discover(ext_coerce *c, PyObject *o, int maxdims, PyArray_DTypeMeta *fixed,
                               PyArray_Descr *requested, int copy);
HIDDEN void ext_coerce_clear(ext_coerce *c);
/* Fill `dst`, an array of c's shape, from the object that was discovered. 0 or -1. */
HIDDEN int ext_coerce_fill(ext_coerce *c, PyArrayObject *dst, PyObject *o);

/* An array for what exports a buffer, an array interface or __array__; Py_NotImplemented if `o`
 * does nothing of the kind. New reference. *copied: the memory is surely a fresh copy. */
HIDDEN PyObject *ext_array_from_like(PyObject *o, PyArray_Descr *requested, bool writeable,
                                     int copy, bool *copied);

/* The complete descriptor that `a` takes in an unsized one (or class): lengths and units are looked
 * up in the elements where the dtype alone does not tell. New reference. */
HIDDEN PyArray_Descr *ext_adapt_descr(PyArrayObject *a, PyArray_DTypeMeta *cls,
                                      PyArray_Descr *descr);
/* What its elements, looked at one by one, need in the class. New reference. */
HIDDEN PyArray_Descr *ext_scan_elements(PyArrayObject *a, PyArray_DTypeMeta *cls);
/* Is the descriptor a wish for a class only ("S", "U", "V", "M8", "m8")? */
HIDDEN bool ext_descr_is_class_only(PyArray_Descr *d);

/* np.array's and np.asarray's work: steals nothing. copy: 1, 0, -1. */
HIDDEN PyObject *ext_array_from_any(PyObject *o, PyArray_Descr *descr, PyArray_DTypeMeta *cls,
                                    int min_depth, int max_depth, int flags);
HIDDEN PyObject *ext_array_from_array(PyArrayObject *a, PyArray_Descr *descr,
                                      PyArray_DTypeMeta *cls, int flags);
/* The same with a limit on the dimensions that sequences are looked into. */
HIDDEN PyObject *ext_array_from_any_limited(PyObject *o, PyArray_Descr *descr,
                                            PyArray_DTypeMeta *cls, int flags, int maxdims);
HIDDEN PyObject *ext_no_copy_error(void);
/* The dtype= argument of functions that take classes, too (converter): a descriptor, a class, or
 * nothing. */
typedef struct {
    PyArray_Descr *descr;
    PyArray_DTypeMeta *cls;
} ext_dtype_arg;
HIDDEN int ext_dtype_or_class(PyObject *o, ext_dtype_arg *out);
/* The same for functions that have no values to look at: a class gives its default descriptor; None
 * gives NULL. */
HIDDEN int ext_dtype_or_default(PyObject *o, PyArray_Descr **out);
HIDDEN void ext_dtype_arg_clear(ext_dtype_arg *a);
HIDDEN int ext_item_descr(ext_coerce *c, PyObject *o, PyArray_Descr **out);
HIDDEN int ext_coerce_add(ext_coerce *c, PyArray_Descr *d_stolen);

#endif
