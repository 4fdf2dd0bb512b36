/* Datetime units of descriptors: from text and from tuples. */
#include "descr_convert.h"

#include "fnp/calendar.h"

static int parse_meta(const char *text, Py_ssize_t n, const char *whole,
                      PyArray_DatetimeMetaData *out)
{
    fnp_dtmeta m;
    EXT_TRY(fnp_dtmeta_parse(text, n, whole, &m, err), -1);
    out->base = m.unit;
    out->num = m.num;
    return 0;
}

PyArray_Descr *ext_descr_time_from_text(int type_num, const char *meta, Py_ssize_t n,
                                        PyObject *whole)
{
    PyArray_DatetimeMetaData m;
    if (parse_meta(meta, n, meta, &m) < 0) return NULL;
    return ext_descr_time(type_num, m.base, m.num);
}

HIDDEN int ext_unit_from_object(PyObject *o)
{
    Py_ssize_t n;
    PyObject *tmp =
        PyBytes_Check(o) ? PyUnicode_FromEncodedObject(o, "ASCII", "strict") : Py_NewRef(o);
    const char *s = tmp ? PyUnicode_AsUTF8AndSize(tmp, &n) : NULL;
    int unit = s ? fnp_unit_from_text(s, n) : FNP_UNIT_ERROR;
    if (s && unit == FNP_UNIT_ERROR) {
        PyErr_Format(PyExc_TypeError, "Invalid datetime unit \"%s\" in metadata", s);
    }
    Py_XDECREF(tmp);
    return unit;
}

/* (unit, num), (unit, num, den) or, from old pickles, (unit, num, den, events). */
int ext_time_meta_from_tuple(PyObject *t, PyArray_DatetimeMetaData *out, int from_pickle)
{
    if (!PyTuple_Check(t)) {
        PyErr_Format(PyExc_TypeError,
                     "Require tuple for tuple to NumPy datetime metadata conversion, not %R", t);
        return -1;
    }
    Py_ssize_t n = PyTuple_GET_SIZE(t);
    if (n < 2 || n > 4) {
        PyErr_SetString(
            PyExc_TypeError,
            "Require tuple of size 2 to 4 for tuple to NumPy datetime metadata conversion");
        return -1;
    }
    int unit = ext_unit_from_object(PyTuple_GET_ITEM(t, 0));
    if (unit == FNP_UNIT_ERROR) return -1;
    long num = PyLong_AsLong(PyTuple_GET_ITEM(t, 1)), den = 1;
    if (num == -1 && PyErr_Occurred()) return -1;
    if (n == 3) {
        PyErr_SetString(PyExc_ValueError, "Use (unit, num) with no event");
        return -1;
    }
    if (n == 4) {
        PyObject *event = PyTuple_GET_ITEM(t, 3);
        long e = event == Py_None ? 1 : PyLong_AsLong(event);
        if (e == -1 && PyErr_Occurred()) return -1;
        den = PyLong_AsLong(PyTuple_GET_ITEM(t, 2));
        if (den == -1 && PyErr_Occurred()) return -1;
        if (event != Py_None && !from_pickle &&
            PyErr_WarnEx(PyExc_DeprecationWarning,
                         "When passing a 4-tuple as (unit, num, den, event), the event argument is "
                         "ignored since 1.7",
                         1) < 0)
            return -1;
    }
    if (num <= 0 || den <= 0) {
        PyErr_Format(PyExc_TypeError,
                     "Invalid tuple values for NumPy datetime metadata conversion");
        return -1;
    }
    fnp_dtmeta m = {unit, (int)num};
    if (den != 1) EXT_TRY(fnp_dtmeta_divide(&m, (int)den, "", err), -1);
    out->base = m.unit;
    out->num = m.num;
    return 0;
}
