/* Python's dates and NumPy's: what the binding's files need to know of datetime64 and timedelta64 values. */
#ifndef FNP_EXT_DATETIME_H
#define FNP_EXT_DATETIME_H

#include "ext.h"
#include "fnp/calendar.h"

static inline fnp_dtmeta ext_meta(const PyArray_DatetimeMetaData *m) { return (fnp_dtmeta){m->base, m->num}; }
static inline PyArray_DatetimeMetaData ext_abi_meta(fnp_dtmeta m) { return (PyArray_DatetimeMetaData){m.unit, m.num}; }

/* The value of a str, bytes, int, None, date, datetime, datetime64 (scalar or 0-d array), ... in the unit *meta, under
 * `casting`. meta->base NPY_FR_ERROR: the object decides and *meta is set. 0 or -1. */
HIDDEN int ext_datetime_from_object(PyObject *o, PyArray_DatetimeMetaData *meta, NPY_CASTING casting,
                                    npy_datetime *out);
/* The same for timedelta64: str, int, None, timedelta, timedelta64. */
HIDDEN int ext_timedelta_from_object(PyObject *o, PyArray_DatetimeMetaData *meta, NPY_CASTING casting,
                                     npy_timedelta *out);
/* The unit that an element of a list asks for when dtype=M8 (m8) comes without one; generic if it does not say. */
HIDDEN int ext_time_discover(PyObject *o, bool is_timedelta, PyArray_DatetimeMetaData *out);

/* What item() and tolist() give: date, datetime, timedelta, int or None. */
HIDDEN PyObject *ext_datetime_to_object(npy_datetime value, const PyArray_DatetimeMetaData *meta);
HIDDEN PyObject *ext_timedelta_to_object(npy_timedelta value, const PyArray_DatetimeMetaData *meta);

/* str() and repr() of scalars; prefix is "np" or, in legacy printing, "numpy". */
HIDDEN PyObject *ext_datetime_str(npy_datetime value, const PyArray_DatetimeMetaData *meta);
HIDDEN PyObject *ext_datetime_repr(npy_datetime value, const PyArray_DatetimeMetaData *meta, const char *prefix);
HIDDEN PyObject *ext_timedelta_str(npy_timedelta value, const PyArray_DatetimeMetaData *meta);
HIDDEN PyObject *ext_timedelta_repr(npy_timedelta value, const PyArray_DatetimeMetaData *meta, const char *prefix);

/* A unit as the second argument of datetime64() gives it: "5s", ("s", 5), a dtype. 0 or -1. */
HIDDEN int ext_time_meta_from_object(PyObject *o, PyArray_DatetimeMetaData *out);

/* tp_new of the scalar types datetime64 and timedelta64. */
HIDDEN PyObject *ext_datetime64_new(PyTypeObject *type, PyObject *args, PyObject *kwargs);
HIDDEN PyObject *ext_timedelta64_new(PyTypeObject *type, PyObject *args, PyObject *kwargs);

/* The C library's warning for texts with a zone. 0 or -1. */
HIDDEN int ext_warn_zone(void);

extern HIDDEN PyTypeObject ext_busdaycalendar_type;
HIDDEN int ext_init_busday(PyObject *module);

#endif
