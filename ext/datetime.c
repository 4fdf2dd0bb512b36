/* datetime_data and datetime_as_string, and units given to the scalar types. */
#include "time_units.h"

#include <datetime.h>
#include <stdlib.h>

int ext_time_meta_from_object(PyObject *o, fnp_dtmeta *out)
{
    Py_ssize_t n;
    if (PyTuple_Check(o)) {
        HIDDEN int ext_time_meta_from_tuple(PyObject *, PyArray_DatetimeMetaData *, int);
        PyArray_DatetimeMetaData m;
        if (ext_time_meta_from_tuple(o, &m, 0) < 0) return -1;
        *out = (fnp_dtmeta){m.base, m.num};
        return 0;
    }
    PyObject *text = PyBytes_Check(o) ? PyUnicode_FromEncodedObject(o, NULL, NULL) : Py_NewRef(o);
    if (!text) return -1;
    if (!PyUnicode_Check(text)) {
        Py_DECREF(text);
        PyErr_SetString(PyExc_TypeError, "Invalid object for specifying NumPy datetime metadata");
        return -1;
    }
    const char *s = PyUnicode_AsUTF8AndSize(text, &n);
    EXT_ERROR(e);
    fnp_status st = s ? fnp_dtmeta_parse(s, (size_t)n, s, out, &e) : FNP_EPYTHON;
    Py_DECREF(text);
    if (st) ext_raise(st, &e);
    return st ? -1 : 0;
}

int ext_time_scalar_value(int type_num, PyObject *value, PyObject *unit, npy_int64 *out,
                          PyArray_DatetimeMetaData *of)
{
    fnp_dtmeta meta = {FNP_UNIT_ERROR, 1};
    bool date = type_num == NPY_DATETIME;
    if (unit && ext_time_meta_from_object(unit, &meta) < 0) return -1;
    if (!value) {
        *out = date ? FNP_NAT : 0;
        if (meta.unit == FNP_UNIT_ERROR) meta = (fnp_dtmeta){FNP_UNIT_GENERIC, 1};
    } else if ((date ? ext_datetime_from_object
                     : ext_timedelta_from_object)(value, &meta, NPY_SAME_KIND_CASTING, out) < 0) {
        return -1;
    }
    *of = (PyArray_DatetimeMetaData){(NPY_DATETIMEUNIT)meta.unit, meta.num};
    return 0;
}

/* ---- texts of scalars
 * --------------------------------------------------------------------------------------- */
static PyObject *date_text(npy_int64 ticks, fnp_dtmeta meta)
{
    char buf[128];
    fnp_civil c;
    size_t n = 0;
    EXT_TRY(fnp_ticks_to_civil(meta, ticks, &c, err), NULL);
    EXT_TRY(fnp_iso_format(&c, FNP_ZONE_NAIVE, 0, meta.unit, meta.unit, FNP_CAST_UNSAFE, buf,
                           sizeof buf, &n, err),
            NULL);
    return PyUnicode_FromStringAndSize(buf, (Py_ssize_t)n);
}

PyObject *ext_time_scalar_str(PyObject *self)
{
    static const char *const words[] = {
#define FNP_UNIT(id, value, name, word) [value] = word,
#include "fnp/units.def"
#undef FNP_UNIT
    };
    PyDatetimeScalarObject *s = (PyDatetimeScalarObject *)self;
    fnp_dtmeta meta = {s->obmeta.base, s->obmeta.num};
    if (PyObject_TypeCheck(self, &PyDatetimeArrType_Type)) return date_text(s->obval, meta);
    if (s->obval == FNP_NAT) return PyUnicode_FromString("NaT");
    return PyUnicode_FromFormat("%lld %s", (long long)((npy_uint64)s->obval * (npy_uint64)meta.num),
                                words[meta.unit]);
}

PyObject *ext_time_scalar_repr(PyObject *self)
{
    PyDatetimeScalarObject *s = (PyDatetimeScalarObject *)self;
    fnp_dtmeta meta = {s->obmeta.base, s->obmeta.num};
    long mode = ext_legacy_print_mode();
    const char *prefix = mode >= 0 && mode <= 125 ? "numpy" : "np";
    char unit[40];
    PyObject *value = NULL, *text = NULL;
    fnp_dtmeta_format(meta, false, unit);
    if (PyObject_TypeCheck(self, &PyDatetimeArrType_Type)) {
        /* the text says the unit, but not that it is hours, a multiple, or of no date at all */
        bool plain = meta.num == 1 && meta.unit != FNP_UNIT_h && meta.unit != FNP_UNIT_GENERIC &&
                     s->obval != FNP_NAT;
        if (!(value = date_text(s->obval, meta))) return NULL;
        if (plain && PyUnicode_IS_COMPACT_ASCII(value)) {
            char buf[160];
            int n = snprintf(buf, sizeof buf, "%s.datetime64('%s')", prefix,
                             (const char *)PyUnicode_DATA(value));
            text = PyUnicode_FromStringAndSize(buf, n);
        } else
            text = plain ? PyUnicode_FromFormat("%s.datetime64('%U')", prefix, value)
                         : PyUnicode_FromFormat("%s.datetime64('%U','%s')", prefix, value, unit);
    } else {
        value = s->obval == FNP_NAT ? PyUnicode_FromString("'NaT'")
                                    : PyUnicode_FromFormat("%lld", (long long)s->obval);
        if (!value) return NULL;
        text = meta.unit == FNP_UNIT_GENERIC
                   ? PyUnicode_FromFormat("%s.timedelta64(%U)", prefix, value)
                   : PyUnicode_FromFormat("%s.timedelta64(%U,'%s')", prefix, value, unit);
    }
    Py_DECREF(value);
    return text;
}

static PyObject *datetime_data(PyObject *self, PyObject *args)
{
    PyArray_Descr *d = NULL;
    PyObject *o;
    if (PyTuple_GET_SIZE(args) != 1) {
        PyErr_Format(PyExc_TypeError, "datetime_data() takes exactly 1 argument (%zd given)",
                     PyTuple_GET_SIZE(args));
        return NULL;
    }
    o = PyTuple_GET_ITEM(args, 0);
    if (!PyArray_DescrConverter(o, &d)) return NULL;
    if (!d || (d->type_num != NPY_DATETIME && d->type_num != NPY_TIMEDELTA)) {
        Py_XDECREF(d);
        PyErr_SetString(PyExc_TypeError, "cannot get datetime metadata from non-datetime type");
        return NULL;
    }
    fnp_dtmeta m = ext_dtmeta(d);
    Py_DECREF(d);
    return Py_BuildValue("(si)", fnp_unit_name(m.unit), m.num);
}

/* ---- datetime_as_string
 * ------------------------------------------------------------------------------------- */
typedef struct layout {
    int unit; /* FNP_UNIT_ERROR: the shortest for each element */
    fnp_iso_zone zone;
    PyObject *tzinfo; /* borrowed */
    fnp_casting casting;
    fnp_dtmeta meta;
} layout;

static int read_unit(PyObject *o, layout *l)
{
    Py_ssize_t n;
    if (!o || o == Py_None) {
        l->unit = l->meta.unit;
        return 0;
    }
    PyObject *text = PyBytes_Check(o) ? PyUnicode_FromEncodedObject(o, NULL, NULL) : Py_NewRef(o);
    const char *s = text && PyUnicode_Check(text) ? PyUnicode_AsUTF8AndSize(text, &n) : NULL;
    if (!s) {
        if (!PyErr_Occurred()) PyErr_BadArgument();
    } else if (!strcmp(s, "auto")) {
        l->unit = FNP_UNIT_ERROR;
    } else if ((l->unit = fnp_unit_from_text(s, (size_t)n)) == FNP_UNIT_ERROR) {
        PyErr_Format(PyExc_TypeError, "Invalid datetime unit \"%s\" in metadata", s);
    }
    Py_XDECREF(text);
    return PyErr_Occurred() ? -1 : 0;
}

static int read_zone(PyObject *o, layout *l)
{
    if (!o || (PyUnicode_Check(o) && PyUnicode_CompareWithASCIIString(o, "naive") == 0)) {
        l->zone = FNP_ZONE_NAIVE;
        return 0;
    }
    PyObject *text = PyBytes_Check(o) ? PyUnicode_FromEncodedObject(o, NULL, NULL) : Py_NewRef(o);
    if (!text) return -1;
    if (!PyUnicode_Check(text)) {
        l->zone = FNP_ZONE_OFFSET;
        l->tzinfo = o;
    } else if (PyUnicode_CompareWithASCIIString(text, "local") == 0) {
        l->zone = FNP_ZONE_LOCAL;
    } else if (PyUnicode_CompareWithASCIIString(text, "UTC") == 0) {
        l->zone = FNP_ZONE_UTC;
    } else if (PyUnicode_CompareWithASCIIString(text, "naive") == 0) {
        l->zone = FNP_ZONE_NAIVE;
    } else {
        PyErr_Format(PyExc_ValueError, "Unsupported timezone input string \"%U\"", text);
    }
    Py_DECREF(text);
    return PyErr_Occurred() ? -1 : 0;
}

/* What a tzinfo says of UTC time c, in minutes. */
static int zone_offset(PyObject *tzinfo, const fnp_civil *c, int *minutes)
{
    if (!PyDateTimeAPI) PyDateTime_IMPORT;
    if (!PyDateTimeAPI) return -1;
    PyObject *utc =
        PyObject_CallFunction((PyObject *)PyDateTimeAPI->DateTimeType, "iiiiiiiO", (int)c->year,
                              c->month, c->day, c->hour, c->min, 0, 0, PyDateTime_TimeZone_UTC);
    PyObject *local = utc ? PyObject_CallMethod(utc, "astimezone", "O", tzinfo) : NULL;
    PyObject *offset = local ? PyObject_CallMethod(local, "utcoffset", NULL) : NULL;
    Py_XDECREF(utc);
    Py_XDECREF(local);
    if (!offset) return -1;
    if (!PyDelta_Check(offset)) {
        Py_DECREF(offset);
        PyErr_SetString(PyExc_TypeError, "utcoffset() did not return a timedelta");
        return -1;
    }
    *minutes = PyDateTime_DELTA_GET_DAYS(offset) * 1440 + PyDateTime_DELTA_GET_SECONDS(offset) / 60;
    Py_DECREF(offset);
    return 0;
}

/* One value as ISO 8601 into `room` UCS-4 characters. */
static int write_text(const layout *l, npy_int64 ticks, npy_ucs4 *out, size_t room)
{
    char buf[128];
    fnp_civil c;
    size_t n = 0;
    int minutes = 0;
    EXT_TRY(fnp_ticks_to_civil(l->meta, ticks, &c, err), -1);
    if (l->tzinfo && c.year != FNP_NAT && zone_offset(l->tzinfo, &c, &minutes) < 0) return -1;
    EXT_TRY(fnp_iso_format(&c, l->zone, minutes, l->unit, l->meta.unit, l->casting, buf, sizeof buf,
                           &n, err),
            -1);
    for (size_t i = 0; i < room; i++) out[i] = i < n ? (npy_ucs4)buf[i] : 0;
    return 0;
}

static PyObject *as_strings(PyArrayObject *dates, const layout *l)
{
    const bool zone = l->zone == FNP_ZONE_LOCAL || l->zone == FNP_ZONE_OFFSET;
    const size_t room = fnp_iso_format_room(zone, l->unit);
    const npy_int64 *v = PyArray_DATA(dates);
    PyArray_Descr *d = ext_descr_flexible(NPY_UNICODE, (npy_intp)room * 4);
    if (!d) return NULL;
    PyArrayObject *out = (PyArrayObject *)PyArray_NewFromDescr(
        &PyArray_Type, d, PyArray_NDIM(dates), PyArray_DIMS(dates), NULL, NULL, 0, NULL);
    if (!out) return NULL;
    npy_ucs4 *p = PyArray_DATA(out);
    for (npy_intp i = 0, n = PyArray_SIZE(dates); i < n; i++, p += room) {
        if (write_text(l, v[i], p, room) < 0) {
            Py_DECREF(out);
            return NULL;
        }
    }
    return PyArray_Return(out);
}

static PyObject *datetime_as_string(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"arr", "unit", "timezone", "casting", NULL};
    PyObject *arr, *unit = NULL, *zone = NULL, *result = NULL;
    NPY_CASTING casting = NPY_SAME_KIND_CASTING;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|OOO&:datetime_as_string", names, &arr, &unit,
                                     &zone, &PyArray_CastingConverter, &casting))
        return NULL;
    PyArrayObject *given = (PyArrayObject *)PyArray_FROM_O(arr);
    if (!given) return NULL;
    if (PyArray_DESCR(given)->type_num != NPY_DATETIME) {
        Py_DECREF(given);
        PyErr_SetString(PyExc_TypeError, "input must have type NumPy datetime");
        return NULL;
    }
    layout l = {.casting = (fnp_casting)casting, .meta = ext_dtmeta(PyArray_DESCR(given))};
    if (read_unit(unit, &l) == 0 && read_zone(zone, &l) == 0) {
        PyArray_Descr *native = ext_descr_time(NPY_DATETIME, l.meta.unit, l.meta.num);
        PyObject *dates = native ? PyArray_FromArray(given, native, NPY_ARRAY_CARRAY_RO) : NULL;
        if (dates) result = as_strings((PyArrayObject *)dates, &l);
        Py_XDECREF(dates);
    }
    Py_DECREF(given);
    return result;
}

static PyMethodDef functions[] = {
    {"datetime_data", datetime_data, METH_VARARGS,
     "Unit of a datetime64 or timedelta64 dtype, and how many of it."},
    {"datetime_as_string", (PyCFunction)(void (*)(void))datetime_as_string,
     METH_VARARGS | METH_KEYWORDS, "Dates as ISO 8601 texts."},
    {NULL}};

HIDDEN int ext_init_datetime(PyObject *module)
{
    return ext_add_functions(module, functions) < 0 ? -1 : ext_init_busday(module);
}
