/* Units of datetime64 and timedelta64 as Python gives them, and the parts of their module. */
#ifndef FNP_EXT_TIME_UNITS_H
#define FNP_EXT_TIME_UNITS_H

#include "datetime_py.h"

/* A unit as the second argument of datetime64() has it: "5s" or ("s", 5). 0 or -1. */
HIDDEN int ext_time_meta_from_object(PyObject *o, fnp_dtmeta *out);
/* datetime64(value, unit) and timedelta64(value, unit): the ticks and their unit; NULL
 * arguments were not given. 0 or -1. */
HIDDEN int ext_time_scalar_value(int type_num, PyObject *value, PyObject *unit, npy_int64 *out,
                                 PyArray_DatetimeMetaData *of);
/* str() and repr() of datetime64 and timedelta64 scalars. */
HIDDEN PyObject *ext_time_scalar_str(PyObject *self);
HIDDEN PyObject *ext_time_scalar_repr(PyObject *self);
HIDDEN Py_hash_t ext_time_scalar_hash(PyObject *self);
/* The legacy print mode (113, 121, 125, ...), a large number without one; -1 on error. */
HIDDEN long ext_legacy_print_mode(void);
HIDDEN int ext_init_busday(PyObject *module);

#endif
