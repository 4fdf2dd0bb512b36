/* Elements as Python objects. */
#include "element.h"

#include "datetime_py.h"

#include "fnp/half.h"

#include <string.h>

HIDDEN PyObject *ext_getitem_foreign(PyArray_Descr *d, const char *data, PyObject *base);

static void load(const PyArray_Descr *d, const char *data, void *out)
{
    npy_intp n = d->elsize;
    if (PyArray_ISNBO(d->byteorder)) {
        if (n == 8)
            memcpy(out, data, 8);
        else if (n == 4)
            memcpy(out, data, 4);
        else
            memcpy(out, data, n);
        return;
    }
    npy_intp part = PyTypeNum_ISCOMPLEX(d->type_num) ? n / 2 : n;
    for (npy_intp at = 0; at < n; at += part)
        for (npy_intp i = 0; i < part; i++) ((char *)out)[at + i] = data[at + part - 1 - i];
}

static PyObject *text(const PyArray_Descr *d, const char *data)
{
    if (d->type_num == NPY_STRING) {
        npy_intp n = d->elsize;
        while (n && !data[n - 1]) n--;
        return PyBytes_FromStringAndSize(data, n);
    }
    npy_intp n = d->elsize / 4;
    Py_UCS4 small[64], *buf = n <= 64 ? small : PyMem_Malloc(n * 4);
    if (!buf) return PyErr_NoMemory();
    memcpy(buf, data, n * 4);
    if (!PyArray_ISNBO(d->byteorder))
        for (npy_intp i = 0; i < n; i++) buf[i] = __builtin_bswap32(buf[i]);
    while (n && !buf[n - 1]) n--;
    PyObject *s = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, buf, n);
    if (buf != small) PyMem_Free(buf);
    return s;
}

static PyObject *record(_PyArray_LegacyDescr *l, const char *data, PyObject *base)
{
    Py_ssize_t n = PyTuple_GET_SIZE(l->names);
    PyObject *t = PyTuple_New(n);
    for (Py_ssize_t i = 0; t && i < n; i++) {
        PyObject *title, *entry = PyDict_GetItemWithError(l->fields, PyTuple_GET_ITEM(l->names, i)),
                         *item = NULL;
        PyArray_Descr *f;
        npy_intp offset;
        if (entry && ext_field_unpack(entry, &f, &offset, &title) == 0)
            item = ext_getitem(f, data + offset, base);
        if (!item)
            Py_CLEAR(t);
        else
            PyTuple_SET_ITEM(t, i, item);
    }
    return t;
}

static PyObject *subarray(_PyArray_LegacyDescr *l, const char *data, PyObject *base)
{
    npy_intp dims[NPY_MAXDIMS];
    PyObject *shape = l->subarray->shape;
    int nd = 0;
    if (PyTuple_Check(shape))
        for (; nd < PyTuple_GET_SIZE(shape); nd++)
            dims[nd] = PyLong_AsSsize_t(PyTuple_GET_ITEM(shape, nd));
    else
        dims[nd++] = PyLong_AsSsize_t(shape);
    PyArray_Descr *d = (PyArray_Descr *)Py_NewRef(l->subarray->base);
    PyObject *a = PyArray_NewFromDescr(&PyArray_Type, d, nd, dims, NULL, base ? (void *)data : NULL,
                                       base ? NPY_ARRAY_CARRAY : 0, NULL);
    if (!a) return NULL;
    if (base) {
        if (PyArray_SetBaseObject((PyArrayObject *)a, Py_NewRef(base)) < 0) Py_CLEAR(a);
        return a;
    }
    if (d->flags & NPY_ITEM_REFCOUNT)
        for (npy_intp i = 0; i < PyArray_SIZE((PyArrayObject *)a); i++) {
            if (ext_cast_element(d, data + i * d->elsize, d,
                                 PyArray_BYTES((PyArrayObject *)a) + i * d->elsize) < 0) {
                Py_DECREF(a);
                return NULL;
            }
        }
    else
        memcpy(PyArray_DATA((PyArrayObject *)a), data, l->elsize);
    return a;
}

static PyObject *void_item(PyArray_Descr *d, const char *data, PyObject *base)
{
    _PyArray_LegacyDescr *l = LEGACY(d);
    if (l->names) return record(l, data, base);
    if (l->subarray) return subarray(l, data, base);
    return PyBytes_FromStringAndSize(data, d->elsize);
}

PyObject *ext_getitem(PyArray_Descr *d, const char *data, PyObject *base)
{
    union {
        int8_t i8;
        uint8_t u8;
        int16_t i16;
        uint16_t u16;
        int32_t i32;
        uint32_t u32;
        int64_t i64;
        uint64_t u64;
        float f[2];
        double d[2];
        long double ld[2];
        PyObject *o;
    } v;
    int t = d->type_num;
    if (PyTypeNum_ISUSERDEF(t) && LEGACY(d)->names)
        t = NPY_VOID; /* a structure under a name of its own */
    if (t < NPY_OBJECT && t >= 0) load(d, data, &v);
    switch (t) {
    case NPY_BOOL: return PyBool_FromLong(v.u8);
    case NPY_BYTE: return PyLong_FromLong(v.i8);
    case NPY_UBYTE: return PyLong_FromLong(v.u8);
    case NPY_SHORT: return PyLong_FromLong(v.i16);
    case NPY_USHORT: return PyLong_FromLong(v.u16);
    case NPY_INT: return PyLong_FromLong(v.i32);
    case NPY_UINT: return PyLong_FromUnsignedLong(v.u32);
    case NPY_LONG:
    case NPY_LONGLONG: return PyLong_FromLongLong(v.i64);
    case NPY_ULONG:
    case NPY_ULONGLONG: return PyLong_FromUnsignedLongLong(v.u64);
    case NPY_FLOAT: return PyFloat_FromDouble(v.f[0]);
    case NPY_DOUBLE: return PyFloat_FromDouble(v.d[0]);
    case NPY_CFLOAT: return PyComplex_FromDoubles(v.f[0], v.f[1]);
    case NPY_CDOUBLE: return PyComplex_FromDoubles(v.d[0], v.d[1]);
    case NPY_LONGDOUBLE:
    case NPY_CLONGDOUBLE: return PyArray_Scalar(&v, ext_builtin_descrs[t], NULL);
    case NPY_HALF: {
        load(d, data, &v);
        return PyFloat_FromDouble(fnp_half_to_float(v.u16));
    }
    case NPY_OBJECT: memcpy(&v, data, sizeof v.o); return Py_NewRef(v.o ? v.o : Py_None);
    case NPY_STRING:
    case NPY_UNICODE: return text(d, data);
    case NPY_VOID: return void_item(d, data, base);
    case NPY_DATETIME:
    case NPY_TIMEDELTA:
        load(d, data, &v);
        return t == NPY_DATETIME ? ext_datetime_to_object(v.i64, ext_dtmeta(d))
                                 : ext_timedelta_to_object(v.i64, ext_dtmeta(d));
    }
    return ext_getitem_foreign(d, data, base);
}

PyObject *ext_getitem_plain(PyArray_Descr *d, char *data)
{
    return ext_getitem(d, data, NULL);
}
