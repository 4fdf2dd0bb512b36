/* arange over dates and spans, and hashes of time scalars: what needs values of several units side
 * by side. */
#include "time_units.h"

#include <datetime.h>

/* ---- arange
 * ---------------------------------------------------------------------------------------------------
 */
typedef struct operand {
    bool given, date; /* a date, or a span */
    npy_int64 value;
    fnp_dtmeta meta;
} operand;

static bool is_date_object(PyObject *o)
{
    if (PyObject_TypeCheck(o, &PyDatetimeArrType_Type)) return true;
    if (PyArray_Check(o)) return PyArray_TYPE((PyArrayObject *)o) == NPY_DATETIME;
    return ext_is_pydate(o);
}

static bool is_span_object(PyObject *o)
{
    if (PyLong_Check(o) || PyObject_TypeCheck(o, &PyTimedeltaArrType_Type)) return true;
    if (PyArray_IsScalar(o, Integer)) return true;
    if (PyArray_Check(o)) return PyArray_TYPE((PyArrayObject *)o) == NPY_TIMEDELTA;
    return ext_is_pydelta(o);
}

static int read_operand(PyObject *o, bool date, fnp_dtmeta meta, operand *out)
{
    *out = (operand){.given = o && o != Py_None, .date = date, .meta = meta};
    if (!out->given) return 0;
    return (date ? ext_datetime_from_object
                 : ext_timedelta_from_object)(o, &out->meta, NPY_SAME_KIND_CASTING, &out->value);
}

/* The unit that holds all three; dates may mix years with days, spans may not. */
static int common_unit(operand *v, fnp_dtmeta *out)
{
    *out = (fnp_dtmeta){FNP_UNIT_GENERIC, 1};
    bool date_seen = false;
    for (int i = 0; i < 3; i++) {
        if (!v[i].given) continue;
        EXT_TRY(fnp_dtmeta_gcd(v[i].meta, *out, !v[i].date, !date_seen, out, err), -1);
        date_seen |= v[i].date;
    }
    for (int i = 0; i < 3; i++) {
        if (!v[i].given || v[i].meta.unit == FNP_UNIT_GENERIC) continue;
        EXT_TRY((v[i].date ? fnp_datetime_convert
                           : fnp_timedelta_convert)(v[i].meta, *out, v[i].value, &v[i].value, err),
                -1);
    }
    return 0;
}

static PyObject *range_error(const char *text)
{
    PyErr_SetString(PyExc_ValueError, text);
    return NULL;
}

HIDDEN PyObject *ext_datetime_arange(PyObject *start, PyObject *stop, PyObject *step,
                                     PyArray_Descr *dtype)
{
    fnp_dtmeta meta = {FNP_UNIT_ERROR, 1};
    operand v[3]; /* start, stop, step */
    bool dates = dtype ? dtype->type_num == NPY_DATETIME
                       : (start && is_date_object(start)) || (stop && is_date_object(stop));
    bool fixed = dtype && ext_dtmeta(dtype).unit != FNP_UNIT_GENERIC;
    npy_int64 length = 0;
    if (fixed) meta = ext_dtmeta(dtype);
    if (!stop || stop == Py_None) {
        stop = start;
        start = NULL;
        if (dates)
            return range_error(
                "arange requires both a start and a stop for NumPy datetime64 ranges");
    }
    if (step && is_date_object(step))
        return range_error("cannot use a datetime as a step in arange");
    bool relative = dates && is_span_object(stop);
    if (read_operand(start, dates, meta, &v[0]) ||
        read_operand(stop, dates && !relative, meta, &v[1]) ||
        read_operand(step, false, meta, &v[2]))
        return NULL;
    if (!fixed && common_unit(v, &meta) < 0) return NULL;
    if (!v[0].given) v[0].value = 0;
    if (!v[2].given) v[2].value = 1;
    for (int i = 0; i < 3; i++)
        if (v[i].value == FNP_NAT)
            return range_error("arange: cannot use NaT (not-a-time) datetime values");
    if (relative) v[1].value += v[0].value;
    if (v[2].value == 0) return range_error("arange: step cannot be zero");
    if (v[2].value > 0 && v[0].value < v[1].value)
        length = (v[1].value - v[0].value - 1) / v[2].value + 1;
    else if (v[2].value < 0 && v[0].value > v[1].value)
        length = (v[1].value - v[0].value + 1) / v[2].value + 1;

    PyArray_Descr *d = ext_descr_time(dates ? NPY_DATETIME : NPY_TIMEDELTA, meta.unit, meta.num);
    npy_intp n = length;
    PyArrayObject *a =
        d ? (PyArrayObject *)PyArray_NewFromDescr(&PyArray_Type, d, 1, &n, NULL, NULL, 0, NULL)
          : NULL;
    npy_int64 *p = a ? PyArray_DATA(a) : NULL;
    for (npy_intp i = 0; a && i < n; i++) p[i] = v[0].value + i * v[2].value;
    if (a && dtype && !PyArray_ISNBO(dtype->byteorder)) {
        Py_INCREF(dtype);
        Py_SETREF(a, (PyArrayObject *)PyArray_CastToType(a, dtype, 0));
    }
    return (PyObject *)a;
}

/* ---- hashes
 * ---------------------------------------------------------------------------------------------------
 */
static Py_hash_t hash_of(PyObject *o_stolen)
{
    Py_hash_t h = o_stolen ? PyObject_Hash(o_stolen) : -1;
    Py_XDECREF(o_stolen);
    return h;
}

/* Equal dates hash equal, whatever their unit, and like Python's datetime where there is one. */
static Py_hash_t date_hash(npy_int64 ticks, fnp_dtmeta meta)
{
    fnp_civil c;
    EXT_TRY(fnp_ticks_to_civil(meta, ticks, &c, err), -1);
    if (c.year >= 1 && c.year <= 9999 && !c.ps && !c.as)
        return hash_of(PyDateTimeAPI->DateTime_FromDateAndTime((int)c.year, c.month, c.day, c.hour,
                                                               c.min, c.sec, c.us, Py_None,
                                                               PyDateTimeAPI->DateTimeType));
    return hash_of(Py_BuildValue("(Liiiiiiii)", (long long)c.year, c.month, c.day, c.hour, c.min,
                                 c.sec, c.us, c.ps, c.as));
}

/* Months as their number; other spans like Python's timedelta, or by days and attoseconds. */
static Py_hash_t span_hash(npy_int64 value, fnp_dtmeta meta)
{
    const int64_t second_as = INT64_C(1000000000000000000);
    __int128 per_day, days, rest, us_as;
    if (meta.unit == FNP_UNIT_GENERIC) {
        PyErr_SetString(PyExc_ValueError, "Can't hash generic timedelta64");
        return -1;
    }
    if (meta.unit <= FNP_UNIT_M)
        return hash_of(
            PyLong_FromLongLong((long long)value * meta.num * (meta.unit == FNP_UNIT_Y ? 12 : 1)));
    /* whole days, and what is left in units, then in attoseconds */
    days = (__int128)value * meta.num;
    rest = 0;
    if (meta.unit == FNP_UNIT_W) {
        days *= 7;
    } else if (meta.unit > FNP_UNIT_D) {
        __int128 unit_as = (__int128)second_as * (meta.unit == FNP_UNIT_h   ? 3600
                                                  : meta.unit == FNP_UNIT_m ? 60
                                                                            : 1);
        for (int u = FNP_UNIT_s; u < meta.unit; u++) unit_as /= 1000;
        per_day = (__int128)86400 * second_as / unit_as;
        rest = days % per_day;
        days /= per_day;
        if (rest < 0) {
            rest += per_day;
            days--;
        }
        rest *= unit_as;
    }
    us_as = second_as / 1000000;
    if (days >= -999999999 && days <= 999999999 && rest % us_as == 0) {
        int64_t us = (int64_t)(rest / us_as);
        return hash_of(PyDateTimeAPI->Delta_FromDelta(
            (int)days, (int)(us / 1000000), (int)(us % 1000000), 1, PyDateTimeAPI->DeltaType));
    }
    return hash_of(Py_BuildValue("(LLL)", (long long)days, (long long)(rest / second_as),
                                 (long long)(rest % second_as)));
}

Py_hash_t ext_time_scalar_hash(PyObject *self)
{
    PyDatetimeScalarObject *s = (PyDatetimeScalarObject *)self;
    fnp_dtmeta meta = {s->obmeta.base, s->obmeta.num};
    if (s->obval == FNP_NAT) return _Py_HashPointer(self);
    if (!PyDateTimeAPI) PyDateTime_IMPORT;
    if (!PyDateTimeAPI) return -1;
    return PyObject_TypeCheck(self, &PyDatetimeArrType_Type) ? date_hash(s->obval, meta)
                                                             : span_hash(s->obval, meta);
}
