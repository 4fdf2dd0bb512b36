/* The core's element operations on object, StringDType and user types. */
#include "promotion.h"

const fnp_dtype_ops ext_foreign_ops = {0};

int ext_cast_level_foreign(PyArray_Descr *from, PyArray_Descr *to)
{
    PyErr_SetString(PyExc_NotImplementedError, "casts of user types");
    return -1;
}
PyArray_Descr *ext_descr_in_class_foreign(PyArray_Descr *d, PyArray_DTypeMeta *cls)
{
    PyErr_SetString(PyExc_NotImplementedError, "casts of user types");
    return NULL;
}
int ext_can_cast_class_foreign(PyArray_DTypeMeta *from, PyArray_DTypeMeta *to)
{
    PyErr_SetString(PyExc_NotImplementedError, "casts of user types");
    return -1;
}
