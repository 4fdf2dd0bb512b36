/* The descriptor of one element of a nested sequence, and of an array's elements in a class that is
 * still unsized. */
#include "coerce.h"

#include "datetime_py.h"

#include <string.h>

bool ext_descr_is_class_only(PyArray_Descr *d)
{
    if (!ext_descr_is_legacy(d)) return false;
    if (PyTypeNum_ISFLEXIBLE(d->type_num))
        return d->elsize == 0 && !LEGACY(d)->names && !LEGACY(d)->subarray && !d->metadata;
    PyArray_DatetimeMetaData *m = ext_descr_meta(d);
    return m && m->base == NPY_FR_GENERIC && m->num == 1 && !d->metadata &&
           PyArray_ISNBO(d->byteorder);
}

/* Characters that an object needs in S or U. */
static int text_descr(int num, PyObject *o, PyArray_Descr **out)
{
    npy_intp n;
    if (PyBytes_Check(o))
        n = PyBytes_GET_SIZE(o);
    else if (PyUnicode_Check(o))
        n = PyUnicode_GetLength(o);
    else {
        PyObject *s = PyObject_Str(o);
        if (!s) return -1;
        n = PyUnicode_GetLength(s);
        Py_DECREF(s);
    }
    if (n > INT_MAX / (num == NPY_UNICODE ? 4 : 1)) {
        PyErr_SetString(PyExc_TypeError, "string too large to store inside array.");
        return -1;
    }
    *out = ext_descr_flexible(num, num == NPY_UNICODE ? 4 * n : n);
    return *out ? 0 : -1;
}

static int time_descr(int num, PyObject *o, PyArray_Descr **out)
{
    if (PyLong_Check(o)) { /* plain integers have no unit of their own */
        *out = PyArray_DescrNewFromType(num);
        return *out ? 0 : -1;
    }
    fnp_dtmeta m = {FNP_UNIT_ERROR, 1};
    npy_int64 v;
    int r = num == NPY_DATETIME ? ext_datetime_from_object(o, &m, NPY_SAME_KIND_CASTING, &v)
                                : ext_timedelta_from_object(o, &m, NPY_SAME_KIND_CASTING, &v);
    if (r < 0) {
        if (PyErr_ExceptionMatches(PyExc_ValueError)) {
            PyErr_Clear(); /* filling will say what is wrong with it */
            m = (fnp_dtmeta){FNP_UNIT_GENERIC, 1};
        } else
            return -1;
    }
    *out = ext_descr_time(num, m.unit == FNP_UNIT_ERROR ? FNP_UNIT_GENERIC : m.unit, m.num);
    return *out ? 0 : -1;
}

static int void_descr(PyObject *o, PyArray_Descr **out)
{
    if (PyObject_TypeCheck(o, &PyVoidArrType_Type)) {
        *out = (PyArray_Descr *)Py_NewRef(((PyVoidScalarObject *)o)->descr);
        return 0;
    }
    Py_buffer b;
    if (PyObject_GetBuffer(o, &b, PyBUF_SIMPLE) < 0) {
        if (!PyObject_CheckBuffer(o))
            PyErr_Format(PyExc_TypeError, "A bytes-like object is required, not '%s'",
                         Py_TYPE(o)->tp_name);
        return -1;
    }
    *out = ext_descr_flexible(NPY_VOID, b.len);
    PyBuffer_Release(&b);
    return *out ? 0 : -1;
}

int ext_item_descr(ext_coerce *c, PyObject *o, PyArray_Descr **out)
{
    PyArray_DTypeMeta *cls = ext_discover_class(o);
    if (!cls && PyErr_Occurred()) return -1;
    if (!c->fixed) {
        *out = ext_discover_descr(cls, o);
        return *out ? 0 : -1;
    }
    PyArray_DTypeMeta *want = c->fixed;
    bool numpy = PyObject_TypeCheck(o, &PyGenericArrType_Type);
    bool subclass = PyLong_Check(o) || PyFloat_Check(o) || PyComplex_Check(o);
    if (PyTypeNum_ISDATETIME(want->type_num) || PyBool_Check(o)) subclass = false;
    /* dates become text as str() writes them */
    if (PyTypeNum_ISSTRING(want->type_num) && cls && PyTypeNum_ISDATETIME(cls->type_num))
        numpy = PyTypeNum_ISDATETIME(cls->type_num) && cls->type_num == NPY_TIMEDELTA;
    bool exact = PyLong_CheckExact(o) || PyFloat_CheckExact(o) || PyComplex_CheckExact(o);
    if ((numpy || (subclass && !exact)) && cls && cls != want &&
        !(numpy && ext_dt_is_abstract(cls))) { /* through a cast */
        PyArray_Descr *d = ext_discover_descr(cls, o);
        if (!d) return -1;
        if (PyTypeNum_ISDATETIME(want->type_num) && PyTypeNum_ISSTRING(d->type_num)) {
            Py_DECREF(d);
            return time_descr(want->type_num, o, out);
        }
        *out = d->type_num == NPY_OBJECT ? NULL : ext_descr_in_class(d, want);
        Py_DECREF(d);
        return *out ? 0 : -1;
    }
    switch (ext_dt_is_legacy(want) ? want->type_num : -1) {
    case NPY_STRING:
    case NPY_UNICODE: return text_descr(want->type_num, o, out);
    case NPY_DATETIME:
    case NPY_TIMEDELTA: return time_descr(want->type_num, o, out);
    case NPY_VOID: return void_descr(o, out);
    }
    ext_dt_slots *s = EXT_DT_SLOTS(want);
    if (s && s->discover) {
        *out = s->discover(want, o);
        return *out ? 0 : -1;
    }
    *out = ext_default_descr(want);
    return *out ? 0 : -1;
}

/* ---- arrays in an unsized class
 * ---------------------------------------------------------------------------------------- */
PyArray_Descr *ext_scan_elements(PyArrayObject *a, PyArray_DTypeMeta *cls)
{
    ext_coerce c = {.fixed = cls, .want_descr = true};
    PyObject *flat = PyArray_Flatten(a, NPY_CORDER);
    if (!flat) return NULL;
    PyArray_Descr *d = PyArray_DESCR(a);
    npy_intp n = PyArray_SIZE(a);
    for (npy_intp i = 0; i < n; i++) {
        PyObject *o = ext_getitem(d, PyArray_BYTES((PyArrayObject *)flat) + i * d->elsize, flat);
        PyArray_Descr *e = NULL;
        if (!o || ext_item_descr(&c, o, &e) < 0 || ext_coerce_add(&c, e) < 0) {
            Py_XDECREF(o);
            Py_DECREF(flat);
            Py_XDECREF(c.descr);
            return NULL;
        }
        Py_DECREF(o);
    }
    Py_DECREF(flat);
    return c.descr ? c.descr : ext_default_descr(cls);
}

PyArray_Descr *ext_adapt_descr(PyArrayObject *a, PyArray_DTypeMeta *cls, PyArray_Descr *descr)
{
    if (descr && !ext_descr_is_class_only(descr)) return (PyArray_Descr *)Py_NewRef(descr);
    if (!cls && descr) cls = NPY_DTYPE(descr);
    PyArray_Descr *from = PyArray_DESCR(a);
    if (!cls) return (PyArray_Descr *)Py_NewRef(from);
    if (!ext_dt_is_parametric(cls)) {
        if (ext_dt_is_abstract(cls)) {
            PyArray_DTypeMeta *t = PyArray_CommonDType(NPY_DTYPE(from), cls);
            PyArray_Descr *r = t ? ext_descr_in_class(from, t) : NULL;
            Py_XDECREF(t);
            return r;
        }
        return NPY_DTYPE(from) == cls ? (PyArray_Descr *)Py_NewRef(from) : ext_default_descr(cls);
    }
    if (NPY_DTYPE(from) == cls) return (PyArray_Descr *)Py_NewRef(from);
    bool look = from->type_num == NPY_OBJECT ||
                (PyTypeNum_ISDATETIME(cls->type_num) && PyTypeNum_ISSTRING(from->type_num));
    if (look && (ext_dt_is_legacy(cls) || from->type_num == NPY_OBJECT)) {
        PyArray_Descr *d = ext_scan_elements(a, cls);
        if (d && d->elsize == 0 && PyTypeNum_ISSTRING(d->type_num)) { /* only empty text */
            Py_DECREF(d);
            d = ext_default_descr(cls);
        }
        return d;
    }
    if (ext_dt_is_legacy(cls) && cls->type_num == NPY_VOID)
        return ext_descr_flexible(NPY_VOID, from->elsize);
    return ext_descr_in_class(from, cls);
}
