/* What goes with what: common classes, common descriptors, casting levels. */
#ifndef FNP_EXT_PROMOTION_H
#define FNP_EXT_PROMOTION_H

#include "dtypemeta.h"

/* The class of both, new reference; Py_NotImplemented (new reference) if there is none; NULL with
 * an exception. */
HIDDEN PyArray_DTypeMeta *ext_common_dtype(PyArray_DTypeMeta *a, PyArray_DTypeMeta *b);
/* The descriptor that values of `d` take in class `cls` (which d can be promoted to); new
 * reference. */
HIDDEN PyArray_Descr *ext_descr_in_class(PyArray_Descr *d, PyArray_DTypeMeta *cls);
/* Two descriptors of one parametric class. */
HIDDEN PyArray_Descr *ext_common_instance(PyArray_Descr *a, PyArray_Descr *b);
HIDDEN PyArray_Descr *ext_descr_canonical(PyArray_Descr *d);
HIDDEN PyArray_Descr *ext_default_descr(PyArray_DTypeMeta *cls);
/* Result type of n operands: classes[i] with its descriptor, or NULL for Python's numbers (weak).
 */
HIDDEN PyArray_Descr *ext_result_descr(npy_intp n, PyArray_DTypeMeta **classes,
                                       PyArray_Descr **descrs);
/* The same for n arrays; those made of a Python number are weak. */
HIDDEN PyArray_Descr *ext_result_of_arrays(npy_intp n, PyArrayObject **arrays,
                                           PyObject *const *made_of);
/* `common` (stolen); object, if it is NULL because nothing is common. */
HIDDEN PyArray_Descr *ext_or_object(PyArray_Descr *common);
HIDDEN bool ext_can_cast_made_of(PyArrayObject *a, PyObject *made_of, PyArray_Descr *to,
                                 NPY_CASTING casting);

/* Casting level from one descriptor to another: NPY_NO_CASTING ... NPY_UNSAFE_CASTING,
 * FNP_CAST_NEVER if there is no such cast, -1 with an exception. An unsized string or void `to`
 * takes the size that is needed. */
HIDDEN int ext_cast_level(PyArray_Descr *from, PyArray_Descr *to);
/* 1, 0 or -1. */
HIDDEN int ext_can_cast(PyArray_Descr *from, PyArray_Descr *to, NPY_CASTING casting);
HIDDEN const char *ext_casting_name(NPY_CASTING casting); /* "'same_kind'" */

/* ComplexWarning if a cast drops imaginary parts. 0 or -1. */
HIDDEN int ext_warn_if_complex_is_lost(PyArray_Descr *from, PyArray_Descr *to);
/* casting="same_value": is it defined for these types; did the cast from src to dst keep every
 * value? 0 or -1. */
HIDDEN bool ext_can_keep_values(PyArray_Descr *from, PyArray_Descr *to);
HIDDEN int ext_copy_quietly(PyArrayObject *dst, PyArrayObject *src);
HIDDEN int ext_check_same_values(PyArrayObject *src, PyArrayObject *dst);
/* Let the exception of a cast that does not exist name the dtypes in full. */
HIDDEN void ext_improve_cast_error(PyArray_Descr *from, PyArray_Descr *to);

/* The weak class of a Python number (exact int, float or complex), borrowed, or NULL. */
HIDDEN PyArray_DTypeMeta *ext_weak_class(PyObject *o);

/* For legacy user types (usertypes.c) and new-style ones. */
HIDDEN int ext_cast_level_foreign(PyArray_Descr *from, PyArray_Descr *to);
HIDDEN PyArray_Descr *ext_descr_in_class_foreign(PyArray_Descr *d, PyArray_DTypeMeta *cls);
HIDDEN int ext_can_cast_class_foreign(PyArray_DTypeMeta *from, PyArray_DTypeMeta *to);

#endif
