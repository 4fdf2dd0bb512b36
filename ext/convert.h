/* Converters that the public C-API does not list. */
#ifndef FNP_EXT_CONVERT_H
#define FNP_EXT_CONVERT_H
#include "ext.h"

/* The values of the package's _CopyMode. */
enum { EXT_COPY_NEVER = 0, EXT_COPY_ALWAYS = 1, EXT_COPY_IF_NEEDED = 2 };

HIDDEN int ext_copy_converter(PyObject *obj, int *mode);
HIDDEN int ext_device_converter(PyObject *obj, int *device);
HIDDEN int ext_optional_bool(PyObject *obj, int *val);
/* An integer or a sequence of integers as a shape (dims has room for FNP_MAXDIMS). 0 or -1. */
HIDDEN int ext_shape_from(PyObject *obj, npy_intp *dims, int *nd);
HIDDEN int PyArray_OptionalIntpConverter(PyObject *obj, PyArray_Dims *seq);
/* Normalise *axis for ndim axes, AxisError if it is out of bounds. 0 or -1. */
HIDDEN int PyArray_CheckAxis_(int *axis, int ndim);
/* Casting levels and 'same_value', which only astype has. */
HIDDEN int ext_astype_casting(PyObject *obj, NPY_CASTING *casting);
#endif
