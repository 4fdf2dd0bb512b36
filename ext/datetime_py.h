/* Between Python's dates and datetime64/timedelta64 values. */
#ifndef FNP_EXT_DATETIME_PY_H
#define FNP_EXT_DATETIME_PY_H

#include "dtypemeta.h"

#include "fnp/calendar.h"

/* Value of `o` in units of *meta; meta->unit FNP_UNIT_ERROR: find the unit (and set it). 0 or -1.
 */
HIDDEN int ext_datetime_from_object(PyObject *o, fnp_dtmeta *meta, NPY_CASTING casting,
                                    npy_int64 *out);
HIDDEN int ext_timedelta_from_object(PyObject *o, fnp_dtmeta *meta, NPY_CASTING casting,
                                     npy_int64 *out);
/* date, datetime, timedelta, int or None. */
HIDDEN PyObject *ext_datetime_to_object(npy_int64 value, fnp_dtmeta meta);
HIDDEN PyObject *ext_timedelta_to_object(npy_int64 value, fnp_dtmeta meta);
/* Is it a datetime.date or datetime / a datetime.timedelta? */
HIDDEN bool ext_is_pydate(PyObject *o);
HIDDEN bool ext_is_pydelta(PyObject *o);

static inline fnp_dtmeta ext_dtmeta(const PyArray_Descr *d)
{
    PyArray_DatetimeMetaData *m = ext_descr_meta(d);
    return m ? (fnp_dtmeta){m->base, m->num} : (fnp_dtmeta){FNP_UNIT_GENERIC, 1};
}

#endif
