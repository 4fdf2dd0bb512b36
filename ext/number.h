/* Between operators, comparisons and scalars. */
#ifndef FNP_EXT_NUMBER_H
#define FNP_EXT_NUMBER_H

#include "ufunc.h"

/* Whether array `self` should let `other` answer an operator (NEP 13; __array_priority__ for older
 * types). */
HIDDEN bool ext_array_defers(PyObject *self, PyObject *other, bool inplace);
HIDDEN PyObject *array_richcompare(PyObject *self, PyObject *other, int op);

#endif
