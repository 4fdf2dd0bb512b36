/* Python's date, datetime and timedelta, strings and integers as datetime64 and timedelta64 values,
 * and back. */
#include "datetime_py.h"

#include "fnp/numtext.h"

#include <ctype.h>
#include <datetime.h>
#include <string.h>

static int ready(void)
{
    if (!PyDateTimeAPI) PyDateTime_IMPORT;
    return PyDateTimeAPI ? 0 : -1;
}

bool ext_is_pydate(PyObject *o)
{
    return ready() == 0 && PyDate_Check(o);
}
bool ext_is_pydelta(PyObject *o)
{
    return ready() == 0 && PyDelta_Check(o);
}

static int raise_core(fnp_status st, const fnp_error *err)
{
    if (st == FNP_OK) return 0;
    ext_raise(st, err);
    return -1;
}

/* ---- from Python
 * -----------------------------------------------------------------------------------------------
 */
static int cast_refused(const char *what, fnp_dtmeta from, fnp_dtmeta to, NPY_CASTING casting)
{
    static const char *const names[] = {"'no'", "'equiv'", "'safe'", "'same_kind'", "'unsafe'"};
    char a[40], b[40];
    fnp_dtmeta_format(from, true, a);
    if (to.unit == FNP_UNIT_GENERIC)
        b[0] = '\0';
    else
        fnp_dtmeta_format(to, true, b);
    PyErr_Format(PyExc_TypeError, "Cannot cast %s from metadata %s to %s according to the rule %s",
                 what, a, b, names[casting & 7]);
    return -1;
}

static int finish_datetime(const fnp_civil *c, fnp_dtmeta *meta, int best, npy_int64 *out)
{
    EXT_ERROR(e);
    if (meta->unit == FNP_UNIT_ERROR)
        *meta = (fnp_dtmeta){best == FNP_UNIT_ERROR ? FNP_UNIT_GENERIC : best, 1};
    if (c->year == FNP_NAT) {
        *out = FNP_NAT;
        return 0;
    }
    if (meta->unit == FNP_UNIT_GENERIC) {
        PyErr_SetString(PyExc_ValueError,
                        "Cannot create a NumPy datetime other than NaT with generic units");
        return -1;
    }
    return raise_core(fnp_civil_to_ticks(*meta, c, out, &e), &e);
}

static int datetime_from_text(PyObject *o, fnp_dtmeta *meta, NPY_CASTING casting, npy_int64 *out)
{
    PyObject *tmp = NULL;
    if (PyBytes_Check(o)) {
        tmp = PyUnicode_FromEncodedObject(o, "utf-8", "strict");
        if (!tmp) return -1;
        o = tmp;
    }
    Py_ssize_t n;
    const char *s = PyUnicode_AsUTF8AndSize(o, &n);
    fnp_civil c;
    int best = FNP_UNIT_ERROR, r = -1;
    bool special, zone = false;
    EXT_ERROR(e);
    int parsed =
        s ? fnp_iso_parse(s, n, meta->unit, (fnp_casting)casting, &c, &best, &special, &zone, &e)
          : FNP_EPYTHON;
    if (parsed == FNP_EVALUE && meta->unit == FNP_UNIT_GENERIC) {
        PyErr_SetString(PyExc_ValueError,
                        "Cannot create a NumPy datetime other than NaT with generic units");
        parsed = FNP_EPYTHON;
    }
    /* a zone is warned of even where the text behind it is wrong */
    if (zone && !PyErr_Occurred() &&
        PyErr_WarnEx(PyExc_UserWarning,
                     "no explicit representation of timezones available for np.datetime64", 1) < 0)
        parsed = FNP_EPYTHON;
    if (raise_core(parsed, &e) == 0) r = finish_datetime(&c, meta, best, out);
    Py_XDECREF(tmp);
    return r;
}

/* Minutes that an aware datetime is ahead of UTC. */
static int utc_offset(PyObject *o, long *minutes)
{
    *minutes = 0;
    PyObject *tz = PyObject_GetAttrString(o, "tzinfo");
    if (!tz || tz == Py_None) {
        Py_XDECREF(tz);
        return tz ? 0 : -1;
    }
    Py_DECREF(tz);
    if (PyErr_WarnEx(PyExc_UserWarning,
                     "no explicit representation of timezones available for np.datetime64", 1) < 0)
        return -1;
    PyObject *d = PyObject_CallMethod(o, "utcoffset", NULL);
    if (!d) return -1;
    if (d != Py_None)
        *minutes = PyDateTime_DELTA_GET_DAYS(d) * 1440L + PyDateTime_DELTA_GET_SECONDS(d) / 60;
    Py_DECREF(d);
    return 0;
}

/* 1: not a date; 0: *c and *unit set; -1: error. */
static int civil_from_pydate(PyObject *o, fnp_civil *c, int *unit)
{
    memset(c, 0, sizeof *c);
    if (ready() < 0) return -1;
    if (PyDate_Check(o)) {
        c->year = PyDateTime_GET_YEAR(o);
        c->month = PyDateTime_GET_MONTH(o);
        c->day = PyDateTime_GET_DAY(o);
        *unit = FNP_UNIT_D;
        if (!PyDateTime_Check(o)) return 0;
        c->hour = PyDateTime_DATE_GET_HOUR(o);
        c->min = PyDateTime_DATE_GET_MINUTE(o);
        c->sec = PyDateTime_DATE_GET_SECOND(o);
        c->us = PyDateTime_DATE_GET_MICROSECOND(o);
        *unit = FNP_UNIT_us;
        long minutes;
        if (utc_offset(o, &minutes) < 0) return -1;
        fnp_civil_add_minutes(c, -minutes);
        return 0;
    }
    return 1;
}

int NpyDatetime_ConvertPyDateTimeToDatetimeStruct(PyObject *obj, npy_datetimestruct *out,
                                                  NPY_DATETIMEUNIT *out_bestunit, int apply_tzinfo)
{
    fnp_civil c;
    int unit;
    int r = civil_from_pydate(obj, &c, &unit);
    if (r) return r;
    if (!apply_tzinfo && unit == FNP_UNIT_us) {
        c.year = PyDateTime_GET_YEAR(obj);
        c.month = PyDateTime_GET_MONTH(obj);
        c.day = PyDateTime_GET_DAY(obj);
        c.hour = PyDateTime_DATE_GET_HOUR(obj);
        c.min = PyDateTime_DATE_GET_MINUTE(obj);
    }
    memcpy(out, &c, sizeof *out);
    if (out_bestunit) *out_bestunit = unit;
    return 0;
}

static int integer_value(PyObject *o, npy_int64 *out)
{
    *out = PyLong_AsLongLong(o);
    if (*out == -1 && PyErr_Occurred()) {
        if (PyErr_ExceptionMatches(PyExc_OverflowError))
            PyErr_SetString(PyExc_OverflowError, "int too big to convert");
        return -1;
    }
    return 0;
}

static int scalar_value(PyObject *o, const char *what, bool delta, fnp_dtmeta *meta,
                        NPY_CASTING casting, npy_int64 *out)
{
    PyDatetimeScalarObject *s = (PyDatetimeScalarObject *)o;
    fnp_dtmeta from = {s->obmeta.base, s->obmeta.num};
    if (meta->unit == FNP_UNIT_ERROR) {
        *meta = from;
        *out = s->obval;
        return 0;
    }
    if (s->obval == FNP_NAT) {
        *out = FNP_NAT;
        return 0;
    }
    if (!fnp_dtmeta_can_cast(delta, from, *meta, (fnp_casting)casting))
        return cast_refused(what, from, *meta, casting);
    EXT_ERROR(e);
    fnp_status st = delta ? fnp_timedelta_convert(from, *meta, s->obval, out, &e)
                          : fnp_datetime_convert(from, *meta, s->obval, out, &e);
    return raise_core(st, &e);
}

int ext_datetime_from_object(PyObject *o, fnp_dtmeta *meta, NPY_CASTING casting, npy_int64 *out)
{
    if (PyUnicode_Check(o) || PyBytes_Check(o)) return datetime_from_text(o, meta, casting, out);
    if (PyLong_Check(o)) {
        if (meta->unit == FNP_UNIT_ERROR || meta->unit == FNP_UNIT_GENERIC) {
            PyErr_SetString(PyExc_ValueError,
                            "Converting an integer to a NumPy datetime requires a specified unit");
            return -1;
        }
        return integer_value(o, out);
    }
    if (PyObject_TypeCheck(o, &PyDatetimeArrType_Type))
        return scalar_value(o, "NumPy timedelta64 scalar", false, meta, casting, out);
    if (PyArray_Check(o) && PyArray_NDIM((PyArrayObject *)o) == 0 &&
        PyArray_DESCR((PyArrayObject *)o)->type_num == NPY_DATETIME) {
        PyObject *s = PyArray_ToScalar(PyArray_DATA((PyArrayObject *)o), (PyArrayObject *)o);
        int r = s ? scalar_value(s, "NumPy timedelta64 scalar", false, meta, casting, out) : -1;
        Py_XDECREF(s);
        return r;
    }
    fnp_civil c;
    int unit, r = civil_from_pydate(o, &c, &unit);
    if (r < 0) return -1;
    if (r == 0) {
        if (meta->unit != FNP_UNIT_ERROR &&
            !fnp_dtmeta_can_cast(false, (fnp_dtmeta){unit, 1}, *meta, (fnp_casting)casting))
            return cast_refused(unit == FNP_UNIT_D ? "datetime.date object"
                                                   : "datetime.datetime object",
                                (fnp_dtmeta){unit, 1}, *meta, casting);
        return finish_datetime(&c, meta, unit, out);
    }
    if (o == Py_None || casting == NPY_UNSAFE_CASTING) {
        if (meta->unit == FNP_UNIT_ERROR) *meta = (fnp_dtmeta){FNP_UNIT_GENERIC, 1};
        *out = FNP_NAT;
        if (o == Py_None) return 0;
    }
    PyErr_SetString(PyExc_ValueError, "Could not convert object to NumPy datetime");
    return -1;
}

static int timedelta_from_text(PyObject *o, fnp_dtmeta *meta, npy_int64 *out)
{
    PyObject *tmp =
        PyBytes_Check(o) ? PyUnicode_FromEncodedObject(o, "utf-8", "strict") : Py_NewRef(o);
    if (!tmp) return -1;
    Py_ssize_t n;
    const char *s = PyUnicode_AsUTF8AndSize(tmp, &n);
    int r = 1;
    if (s && (n == 0 || (n == 3 && strncasecmp(s, "nat", 3) == 0))) {
        *out = FNP_NAT;
        r = 0;
    } else if (s && (isdigit((unsigned char)s[0]) ||
                     (n > 1 && (s[0] == '-' || s[0] == '+') && isdigit((unsigned char)s[1])))) {
        bool overflow;
        int64_t v;
        const char *digits = s + (s[0] == '+');
        size_t left = (size_t)(n - (digits - s));
        if (fnp_text_to_i64(digits, left, &v, &overflow) == left && !overflow) {
            *out = v;
            r = 0;
        }
    } else if (!s)
        PyErr_Clear();
    Py_DECREF(tmp);
    if (r == 0 && meta->unit == FNP_UNIT_ERROR) *meta = (fnp_dtmeta){FNP_UNIT_GENERIC, 1};
    if (r == 1) PyErr_SetString(PyExc_ValueError, "Could not convert object to NumPy timedelta");
    return r ? -1 : 0;
}

static int from_pydelta(PyObject *o, fnp_dtmeta *meta, NPY_CASTING casting, npy_int64 *out)
{
    npy_int64 days = PyDateTime_DELTA_GET_DAYS(o), secs = PyDateTime_DELTA_GET_SECONDS(o);
    npy_int64 us = PyDateTime_DELTA_GET_MICROSECONDS(o);
    fnp_dtmeta micro = {FNP_UNIT_us, 1};
    npy_int64 all = (days * 86400 + secs) * 1000000 + us;
    if (meta->unit == FNP_UNIT_ERROR) {
        *meta = micro;
        *out = all;
        return 0;
    }
    /* The coarsest unit that holds the value exactly is what a strict cast starts from. */
    fnp_dtmeta from = micro;
    if (casting != NPY_UNSAFE_CASTING) {
        if (us % 1000)
            from.unit = FNP_UNIT_us;
        else if (us)
            from.unit = FNP_UNIT_ms;
        else if (secs % 60)
            from.unit = FNP_UNIT_s;
        else if (secs % 3600)
            from.unit = FNP_UNIT_m;
        else if (secs)
            from.unit = FNP_UNIT_h;
        else if (days % 7)
            from.unit = FNP_UNIT_D;
        else
            from.unit = FNP_UNIT_W;
    }
    if (!fnp_dtmeta_can_cast(true, from, *meta, (fnp_casting)casting))
        return cast_refused("datetime.timedelta object", from, *meta, casting);
    EXT_ERROR(e);
    return raise_core(fnp_timedelta_convert(micro, *meta, all, out, &e), &e);
}

int ext_timedelta_from_object(PyObject *o, fnp_dtmeta *meta, NPY_CASTING casting, npy_int64 *out)
{
    if (PyUnicode_Check(o) || PyBytes_Check(o)) return timedelta_from_text(o, meta, out);
    if (PyLong_Check(o)) {
        if (meta->unit == FNP_UNIT_ERROR) *meta = (fnp_dtmeta){FNP_UNIT_GENERIC, 1};
        return integer_value(o, out);
    }
    if (PyArray_IsScalar(o, Integer) && !PyArray_IsScalar(o, Timedelta)) {
        PyObject *index = PyNumber_Index(o);
        int r = index ? ext_timedelta_from_object(index, meta, casting, out) : -1;
        Py_XDECREF(index);
        return r;
    }
    if (PyObject_TypeCheck(o, &PyTimedeltaArrType_Type))
        return scalar_value(o, "NumPy timedelta64 scalar", true, meta, casting, out);
    if (PyArray_Check(o) && PyArray_NDIM((PyArrayObject *)o) == 0 &&
        PyArray_DESCR((PyArrayObject *)o)->type_num == NPY_TIMEDELTA) {
        PyObject *s = PyArray_ToScalar(PyArray_DATA((PyArrayObject *)o), (PyArrayObject *)o);
        int r = s ? scalar_value(s, "NumPy timedelta64 scalar", true, meta, casting, out) : -1;
        Py_XDECREF(s);
        return r;
    }
    if (ext_is_pydelta(o)) return from_pydelta(o, meta, casting, out);
    if (o == Py_None) {
        if (meta->unit == FNP_UNIT_ERROR) *meta = (fnp_dtmeta){FNP_UNIT_GENERIC, 1};
        *out = FNP_NAT;
        return 0;
    }
    PyErr_SetString(PyExc_ValueError, "Could not convert object to NumPy timedelta");
    return -1;
}

/* ---- to Python
 * -----------------------------------------------------------------------------------------------------
 */
PyObject *ext_datetime_to_object(npy_int64 value, fnp_dtmeta meta)
{
    if (value == FNP_NAT || meta.unit == FNP_UNIT_GENERIC) Py_RETURN_NONE;
    if (meta.unit > FNP_UNIT_us) return PyLong_FromLongLong(value);
    fnp_civil c;
    EXT_ERROR(e);
    if (raise_core(fnp_ticks_to_civil(meta, value, &c, &e), &e) < 0 || ready() < 0) return NULL;
    if (c.year < 1 || c.year > 9999 || c.sec == 60) return PyLong_FromLongLong(value);
    if (meta.unit > FNP_UNIT_D)
        return PyDateTime_FromDateAndTime((int)c.year, c.month, c.day, c.hour, c.min, c.sec, c.us);
    return PyDate_FromDate((int)c.year, c.month, c.day);
}

PyObject *ext_timedelta_to_object(npy_int64 value, fnp_dtmeta meta)
{
    if (value == FNP_NAT) Py_RETURN_NONE;
    if (meta.unit > FNP_UNIT_us || meta.unit == FNP_UNIT_Y || meta.unit == FNP_UNIT_M ||
        meta.unit == FNP_UNIT_GENERIC)
        return PyLong_FromLongLong(value);
    static const int64_t micros[] = {[FNP_UNIT_W] = 604800000000,
                                     [FNP_UNIT_D] = 86400000000,
                                     [FNP_UNIT_h] = 3600000000,
                                     [FNP_UNIT_m] = 60000000,
                                     [FNP_UNIT_s] = 1000000,
                                     [FNP_UNIT_ms] = 1000,
                                     [FNP_UNIT_us] = 1};
    int64_t num, den, whole;
    if (!__builtin_mul_overflow(micros[meta.unit], meta.num, &num) &&
        !__builtin_mul_overflow(value, num, &whole)) { /* without long division */
        int64_t rest = whole % 86400000000LL, days = whole / 86400000000LL;
        if (rest < 0) {
            rest += 86400000000LL;
            days--;
        }
        if (days >= -999999999 && days <= 999999999 && ready() == 0)
            return PyDelta_FromDSU((int)days, (int)(rest / 1000000), (int)(rest % 1000000));
    }
    fnp_dtmeta_factor(meta, (fnp_dtmeta){FNP_UNIT_us, 1}, &num, &den);
    __int128 us = (__int128)value * num / (den ? den : 1);
    __int128 days = us / 86400000000LL;
    npy_int64 rest = (npy_int64)(us % 86400000000LL);
    if (rest < 0) {
        rest += 86400000000LL;
        days--;
    }
    if (days < -999999999 || days > 999999999 || ready() < 0) return PyLong_FromLongLong(value);
    return PyDelta_FromDSU((int)days, (int)(rest / 1000000), (int)(rest % 1000000));
}
