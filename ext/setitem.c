/* Python objects as elements: each type's own setitem. Values of other NumPy types come through a
 * cast (pack.c). */
#include "element.h"

#include "datetime_py.h"

#include "fnp/base.h"
#include "fnp/half.h"
#include "fnp/numtext.h"

#include <math.h>
#include <string.h>

#pragma weak ext_report_fp

HIDDEN int ext_setitem_foreign(PyArray_Descr *d, PyObject *value, char *data);

/* Store n native bytes in the descriptor's byte order; complex: each part on its own. */
static void store(const PyArray_Descr *d, const void *native, char *data)
{
    npy_intp n = d->elsize;
    if (PyArray_ISNBO(d->byteorder)) {
        memcpy(data, native, n);
        return;
    }
    npy_intp part = PyTypeNum_ISCOMPLEX(d->type_num) ? n / 2 : n;
    for (npy_intp at = 0; at < n; at += part)
        for (npy_intp i = 0; i < part; i++)
            data[at + i] = ((const char *)native)[at + part - 1 - i];
}

/* ---- integers
 * -----------------------------------------------------------------------------------------------------
 */
static int out_of_bounds(PyArray_Descr *d, PyObject *value)
{
    static const char *const names[] = {"",       "int8",  "uint8",  "int16", "uint16", "int32",
                                        "uint32", "int64", "uint64", "int64", "uint64"};
    PyErr_Format(PyExc_OverflowError, "Python integer %R out of bounds for %s", value,
                 names[d->type_num]);
    return -1;
}

static int overflowed(PyArray_Descr *d)
{
    if (!PyErr_ExceptionMatches(PyExc_OverflowError)) return -1;
    bool ll = d->type_num == NPY_LONGLONG || d->type_num == NPY_ULONGLONG;
    PyErr_SetString(PyExc_OverflowError,
                    ll ? "int too big to convert" : "Python int too large to convert to C long");
    return -1;
}

/* Where the error is that a sequence was given for one element, say so; the reason stays its cause.
 */
static int blame_sequence(bool sequence)
{
    if (!sequence || PyErr_ExceptionMatches(PyExc_RecursionError) ||
        PyErr_ExceptionMatches(PyExc_MemoryError))
        return -1;
    PyObject *t, *v, *tb;
    PyErr_Fetch(&t, &v, &tb);
    PyErr_NormalizeException(&t, &v, &tb);
    PyErr_SetString(PyExc_ValueError, "setting an array element with a sequence.");
    PyObject *t2, *v2, *tb2;
    PyErr_Fetch(&t2, &v2, &tb2);
    PyErr_NormalizeException(&t2, &v2, &tb2);
    if (v) PyException_SetCause(v2, Py_NewRef(v));
    PyErr_Restore(t2, v2, tb2);
    Py_XDECREF(t);
    Py_XDECREF(v);
    Py_XDECREF(tb);
    return -1;
}

static int set_integer(PyArray_Descr *d, PyObject *value, char *data)
{
    PyObject *v = PyLong_CheckExact(value) ? Py_NewRef(value) : PyNumber_Long(value);
    if (!v) return blame_sequence(PyArray_Check(value) && PyArray_NDIM((PyArrayObject *)value) > 0);
    int r = -1, overflow;
    long long s = PyLong_AsLongLongAndOverflow(v, &overflow);
    bool is_unsigned = PyTypeNum_ISUNSIGNED(d->type_num);
    int bits = (int)d->elsize * 8;
    if (overflow > 0 && is_unsigned && bits == 64) {
        unsigned long long u = PyLong_AsUnsignedLongLong(v);
        if (u == (unsigned long long)-1 && PyErr_Occurred())
            r = overflowed(d);
        else {
            store(d, &u, data);
            r = 0;
        }
    } else if (overflow) {
        PyErr_SetNone(PyExc_OverflowError);
        r = overflowed(d);
    } else if (is_unsigned ? s < 0 || (bits < 64 && s >> bits)
                           : bits < 64 && (s >> (bits - 1)) != 0 && (s >> (bits - 1)) != -1)
        r = out_of_bounds(d, v);
    else {
        store(d, &s, data); /* little end first: the low bytes are the value */
        r = 0;
    }
    Py_DECREF(v);
    return r;
}

/* ---- floats
 * --------------------------------------------------------------------------------------------------------
 */
static bool is_sequence(PyObject *o)
{
    if (PyUnicode_Check(o) || PyBytes_Check(o)) return false;
    if (!PySequence_Check(o)) return false;
    Py_ssize_t n = PySequence_Size(o);
    if (n < 0) PyErr_Clear();
    return n >= 0;
}

static int to_double(PyObject *value, double *out, bool as_element)
{
    if (PyFloat_CheckExact(value)) {
        *out = PyFloat_AS_DOUBLE(value);
        return 0;
    }
    if (value == Py_None) {
        *out = NPY_NAN;
        return 0;
    }
    if (PyLong_CheckExact(value)) {
        *out = PyLong_AsDouble(value);
        return *out == -1 && PyErr_Occurred() ? -1 : 0;
    }
    PyObject *f = PyNumber_Float(value);
    if (!f) {
        if (as_element) {
            PyObject *t, *v, *tb;
            PyErr_Fetch(&t, &v, &tb);
            bool sequence = is_sequence(value);
            PyErr_Restore(t, v, tb);
            return blame_sequence(sequence);
        }
        return -1;
    }
    *out = PyFloat_AS_DOUBLE(f);
    Py_DECREF(f);
    return 0;
}

static int report(void)
{
    int flags = fnp_fp_take();
    return flags & FNP_FP_OVER && ext_report_fp ? ext_report_fp("cast", flags) : 0;
}

/* One double as half or float, with the overflow reported. */
static int store_double(PyArray_Descr *d, double v, char *data)
{
    if (d->type_num == NPY_DOUBLE) {
        store(d, &v, data);
        return 0;
    }
    char out[8];
    fnp_fp_clear();
    if (d->type_num == NPY_FLOAT) {
        volatile float f = (float)v;
        memcpy(out, (const void *)&f, 4);
    } else {
        uint16_t h = fnp_half_from_double(v);
        memcpy(out, &h, sizeof h);
    }
    store(d, out, data);
    return report();
}

static int to_longdouble(PyObject *value, long double *out)
{
    if (PyObject_TypeCheck(value, &PyLongDoubleArrType_Type)) {
        *out = ((PyLongDoubleScalarObject *)value)->obval;
        return 0;
    }
    if ((PyLong_Check(value) && !PyBool_Check(value)) || PyUnicode_Check(value) ||
        PyBytes_Check(value)) {
        PyObject *s =
            PyBytes_Check(value)
                ? PyUnicode_DecodeUTF8(PyBytes_AS_STRING(value), PyBytes_GET_SIZE(value), "replace")
                : PyObject_Str(value);
        Py_ssize_t n;
        const char *t = s ? PyUnicode_AsUTF8AndSize(s, &n) : NULL;
        if (!t) {
            Py_XDECREF(s);
            return -1;
        }
        const char *p = t, *end = t + n;
        while (p < end && (*p == ' ' || (*p >= '\t' && *p <= '\r'))) p++;
        size_t used = fnp_text_to_float(FNP_FLOAT_FLD, p, end - p, out);
        bool ok = used && p + used == end;
        if (!ok) PyErr_Format(PyExc_ValueError, "invalid literal for long double: %U", s);
        bool said_inf = ok && (memchr(p, 'i', end - p) || memchr(p, 'I', end - p));
        if (ok && isinf(*out) && !said_inf)
            ok = PyErr_WarnEx(PyExc_RuntimeWarning,
                              "overflow encountered in conversion from string", 1) == 0;
        Py_DECREF(s);
        return ok ? 0 : -1;
    }
    double v;
    if (to_double(value, &v, false) < 0) return -1;
    *out = v;
    return 0;
}

/* ---- complex
 * --------------------------------------------------------------------------------------------------------
 */
static int to_complex(PyObject *value, Py_complex *out)
{
    if (value == Py_None) {
        *out = (Py_complex){NPY_NAN, NPY_NAN};
        return 0;
    }
    if (PyUnicode_Check(value) || PyBytes_Check(value)) {
        PyObject *s = PyBytes_Check(value) ? PyUnicode_FromEncodedObject(value, "utf-8", "strict")
                                           : Py_NewRef(value);
        PyObject *c = s ? PyObject_CallOneArg((PyObject *)&PyComplex_Type, s) : NULL;
        Py_XDECREF(s);
        if (!c) return -1;
        *out = PyComplex_AsCComplex(c);
        Py_DECREF(c);
        return 0;
    }
    *out = PyComplex_AsCComplex(value);
    return out->real == -1 && PyErr_Occurred() ? -1 : 0;
}

static int set_complex(PyArray_Descr *d, PyObject *value, char *data)
{
    if (d->type_num == NPY_CLONGDOUBLE) {
        long double v[2] = {0, 0};
        if (PyObject_TypeCheck(value, &PyCLongDoubleArrType_Type))
            memcpy(v, &((PyCLongDoubleScalarObject *)value)->obval, sizeof v);
        else {
            Py_complex c;
            if (to_complex(value, &c) < 0) return -1;
            v[0] = c.real;
            v[1] = c.imag;
        }
        store(d, v, data);
        return 0;
    }
    Py_complex c;
    if (to_complex(value, &c) < 0) return -1;
    if (d->type_num == NPY_CDOUBLE) {
        store(d, &c, data);
        return 0;
    }
    fnp_fp_clear();
    volatile float re = (float)c.real, im = (float)c.imag;
    float f[2] = {re, im};
    store(d, f, data);
    return report();
}

/* ---- text
 * --------------------------------------------------------------------------------------------------------------
 */
/* A string for S and U: text as it is, anything else by str(). */
static PyObject *as_text(PyObject *value)
{
    if (PyUnicode_Check(value)) return Py_NewRef(value);
    if (PyBytes_Check(value)) return PyUnicode_FromEncodedObject(value, "ASCII", "strict");
    if (PySequence_Check(value) && !(PyArray_Check(value) && !is_sequence(value)) &&
        !PyObject_TypeCheck(value, &PyGenericArrType_Type)) {
        PyErr_SetString(PyExc_ValueError, "setting an array element with a sequence");
        return NULL;
    }
    return PyObject_Str(value);
}

static int set_bytes(PyArray_Descr *d, PyObject *value, char *data)
{
    PyObject *b;
    if (PyBytes_Check(value))
        b = Py_NewRef(value);
    else {
        PyObject *s = as_text(value);
        if (!s) return -1;
        b = PyUnicode_AsASCIIString(s);
        Py_DECREF(s);
    }
    if (!b) return -1;
    npy_intp n = PyBytes_GET_SIZE(b);
    if (n > d->elsize) n = d->elsize;
    memcpy(data, PyBytes_AS_STRING(b), n);
    memset(data + n, 0, d->elsize - n);
    Py_DECREF(b);
    return 0;
}

static int set_unicode(PyArray_Descr *d, PyObject *value, char *data)
{
    PyObject *s = as_text(value);
    if (!s) return -1;
    if (PyUnicode_READY(s) < 0) {
        Py_DECREF(s);
        return -1;
    }
    npy_intp room = d->elsize / 4, n = PyUnicode_GET_LENGTH(s);
    if (n > room) n = room;
    int kind = PyUnicode_KIND(s);
    const void *chars = PyUnicode_DATA(s);
    bool swap = !PyArray_ISNBO(d->byteorder);
    for (npy_intp i = 0; i < n; i++) {
        Py_UCS4 c = PyUnicode_READ(kind, chars, i);
        if (swap) c = __builtin_bswap32(c);
        memcpy(data + 4 * i, &c, 4);
    }
    memset(data + 4 * n, 0, d->elsize - 4 * n);
    Py_DECREF(s);
    return 0;
}

/* ---- void
 * --------------------------------------------------------------------------------------------------------------
 */
static int set_record(_PyArray_LegacyDescr *l, PyObject *value, char *data)
{
    if (PyArray_Check(value) && PyArray_NDIM((PyArrayObject *)value) > 0) {
        PyArrayObject *a = (PyArrayObject *)value; /* one element of any type will do */
        if (PyArray_SIZE(a) == 1)
            return ext_cast_element(PyArray_DESCR(a), PyArray_DATA(a), (PyArray_Descr *)l, data);
        PyErr_SetString(PyExc_ValueError, "setting an array element with a sequence.");
        return -1;
    }
    Py_ssize_t n = PyTuple_GET_SIZE(l->names);
    bool tuple = PyTuple_Check(value);
    if (tuple && PyTuple_GET_SIZE(value) != n) {
        PyErr_Format(PyExc_ValueError,
                     "could not assign tuple of length %zd to structure with %zd fields.",
                     PyTuple_GET_SIZE(value), n);
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *title, *entry = PyDict_GetItemWithError(l->fields, PyTuple_GET_ITEM(l->names, i));
        PyArray_Descr *f;
        npy_intp offset;
        if (!entry || ext_field_unpack(entry, &f, &offset, &title) < 0) return -1;
        PyObject *v = tuple ? PyTuple_GET_ITEM(value, i) : value;
        /* arrays of one value are cast, whatever is lost; Python's objects must fit */
        bool cast = PyArray_CheckExact(v) && PyArray_NDIM((PyArrayObject *)v) == 0 &&
                    !PyDataType_HASSUBARRAY(f);
        if ((cast ? PyArray_Pack(f, data + offset, v) : ext_setitem(f, v, data + offset)) < 0)
            return -1;
    }
    return 0;
}

static int set_subarray(_PyArray_LegacyDescr *l, PyObject *value, char *data)
{
    npy_intp dims[NPY_MAXDIMS];
    PyObject *shape = l->subarray->shape;
    int nd = 0;
    if (PyTuple_Check(shape))
        for (; nd < PyTuple_GET_SIZE(shape); nd++)
            dims[nd] = PyLong_AsSsize_t(PyTuple_GET_ITEM(shape, nd));
    else
        dims[nd++] = PyLong_AsSsize_t(shape);
    PyArray_Descr *base = (PyArray_Descr *)Py_NewRef(l->subarray->base);
    PyArrayObject *view = (PyArrayObject *)PyArray_NewFromDescr(&PyArray_Type, base, nd, dims, NULL,
                                                                data, NPY_ARRAY_WRITEABLE, NULL);
    if (!view) return -1;
    if ((uintptr_t)data % (base->alignment > 0 ? base->alignment : 1) == 0)
        PyArray_ENABLEFLAGS(view, NPY_ARRAY_ALIGNED);
    else
        PyArray_CLEARFLAGS(view, NPY_ARRAY_ALIGNED);
    int r = PyArray_CopyObject(view, value);
    Py_DECREF(view);
    return r;
}

static int set_void(PyArray_Descr *d, PyObject *value, char *data)
{
    _PyArray_LegacyDescr *l = LEGACY(d);
    if (l->names && PyObject_TypeCheck(value, &PyVoidArrType_Type)) {
        PyVoidScalarObject *s = (PyVoidScalarObject *)value;
        return ext_cast_element(s->descr, s->obval, d, data);
    }
    if (l->names) return set_record(l, value, data);
    if (l->subarray) return set_subarray(l, value, data);
    if (PyObject_TypeCheck(value, &PyVoidArrType_Type)) {
        PyVoidScalarObject *v = (PyVoidScalarObject *)value;
        npy_intp bytes = v->descr->elsize < d->elsize ? v->descr->elsize : d->elsize;
        memcpy(data, v->obval, bytes);
        memset(data + bytes, 0, d->elsize - bytes);
        return 0;
    }
    Py_buffer b;
    if (PyObject_GetBuffer(value, &b, PyBUF_SIMPLE) < 0) return -1;
    npy_intp n = b.len < d->elsize ? b.len : d->elsize;
    memcpy(data, b.buf, n);
    memset(data + n, 0, d->elsize - n);
    PyBuffer_Release(&b);
    return 0;
}

int ext_setitem(PyArray_Descr *d, PyObject *value, char *data)
{
    int t = d->type_num;
    if (PyTypeNum_ISUSERDEF(t) && LEGACY(d)->names)
        t = NPY_VOID; /* a structure under a name of its own */
    switch (t) {
    case NPY_BOOL: {
        int v = value == Py_True ? 1 : value == Py_False ? 0 : PyObject_IsTrue(value);
        if (v < 0) return -1;
        *data = (char)v;
        return 0;
    }
    case NPY_BYTE:
    case NPY_UBYTE:
    case NPY_SHORT:
    case NPY_USHORT:
    case NPY_INT:
    case NPY_UINT:
    case NPY_LONG:
    case NPY_ULONG:
    case NPY_LONGLONG:
    case NPY_ULONGLONG: return set_integer(d, value, data);
    case NPY_HALF:
    case NPY_FLOAT:
    case NPY_DOUBLE: {
        double v;
        return to_double(value, &v, true) < 0 ? -1 : store_double(d, v, data);
    }
    case NPY_LONGDOUBLE: {
        long double v = 0;
        if (to_longdouble(value, &v) < 0) return -1;
        store(d, &v, data);
        return 0;
    }
    case NPY_CFLOAT:
    case NPY_CDOUBLE:
    case NPY_CLONGDOUBLE: return set_complex(d, value, data);
    case NPY_OBJECT: {
        PyObject *old;
        memcpy(&old, data, sizeof old);
        Py_INCREF(value);
        memcpy(data, &value, sizeof value);
        Py_XDECREF(old);
        return 0;
    }
    case NPY_STRING: return set_bytes(d, value, data);
    case NPY_UNICODE: return set_unicode(d, value, data);
    case NPY_VOID: return set_void(d, value, data);
    case NPY_DATETIME:
    case NPY_TIMEDELTA: {
        fnp_dtmeta m = ext_dtmeta(d);
        npy_int64 v;
        int r = t == NPY_DATETIME ? ext_datetime_from_object(value, &m, NPY_SAME_KIND_CASTING, &v)
                                  : ext_timedelta_from_object(value, &m, NPY_SAME_KIND_CASTING, &v);
        if (r == 0) store(d, &v, data);
        return r;
    }
    }
    return ext_setitem_foreign(d, value, data);
}
