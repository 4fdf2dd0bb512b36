/* What differs among the CPythons this package is built for (3.11 and later): functions of newer
 * ones, under their newer names, and the one look into an int that saves a call. */
#ifndef FNP_PYCOMPAT_H
#define FNP_PYCOMPAT_H

#include <Python.h>

#if PY_VERSION_HEX < 0x030b0000
#error "Python 3.11 or later is needed"
#endif
#ifdef Py_GIL_DISABLED
#error "the free-threaded build of Python is not supported"
#endif

#if PY_VERSION_HEX < 0x030d0000
/* *value = o.name, a new reference; 1, 0: there is none and no exception (*value NULL), or -1. */
static inline int PyObject_GetOptionalAttr(PyObject *o, PyObject *name, PyObject **value)
{
    return _PyObject_LookupAttr(o, name, value);
}
#endif

/* Whether `o`, an int, is of one digit at most; then *value is it. */
static inline bool ext_long_is_small(PyObject *o, long *value)
{
#if PY_VERSION_HEX >= 0x030c0000
    if (!PyUnstable_Long_IsCompact((PyLongObject *)o)) return false;
    *value = (long)PyUnstable_Long_CompactValue((PyLongObject *)o);
#else
    Py_ssize_t size = Py_SIZE(o);
    if (size < -1 || size > 1) return false;
    *value = (long)size * (long)((PyLongObject *)o)->ob_digit[0];
#endif
    return true;
}

/* The older names do not compile anywhere: on the Python at hand they would. */
#pragma GCC poison _PyObject_LookupAttr ob_digit

#endif
