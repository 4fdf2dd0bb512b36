/* Array-likes: the buffer protocol, __array_struct__, __array_interface__ and __array__. */
#include "coerce.h"

#include <string.h>

/* An attribute of o's type or, failing that, of the instance; NULL without an exception if there is
 * none. Only AttributeError means that there is none. */
static PyObject *lookup(PyObject *o, const char *name)
{
    PyTypeObject *t = Py_TYPE(o);
    if (t == &PyList_Type || t == &PyTuple_Type || t == &PyDict_Type || t == &PySet_Type ||
        t == &PyFrozenSet_Type || t == &PyUnicode_Type || t == &PyBytes_Type ||
        t == &PySlice_Type || t == &PyRange_Type || o == Py_None || o == Py_Ellipsis ||
        o == Py_NotImplemented)
        return NULL;
    PyObject *v = NULL, *key = PyUnicode_InternFromString(name);
    if (!key) return NULL;
    PyObject_GetOptionalAttr(o, key, &v);
    Py_DECREF(key);
    return v;
}

static int probe_failed(void)
{
    return PyErr_Occurred() != NULL;
}

static bool is_class_attribute(PyObject *o, PyObject *v)
{
    return PyType_Check(o) && PyObject_HasAttrString(v, "__get__");
}

/* ---- buffers
 * -------------------------------------------------------------------------------------------------------
 */
static PyArray_Descr *descr_from_format(const char *format, Py_ssize_t itemsize)
{
    if (!format || (format[0] == 'B' && !format[1])) return PyArray_DescrFromType(NPY_UBYTE);
    if (format[0] && !format[1] && strchr("?bhilqHILQefdgO", format[0])) {
        PyArray_Descr *d = PyArray_DescrFromType(format[0]);
        if (d && d->elsize == itemsize) return d;
        Py_XDECREF(d);
    }
    static PyObject *parse;
    if (!ext_import(&parse, "_core._internal", "_dtype_from_pep3118")) return NULL;
    PyObject *d = PyObject_CallFunction(parse, "s", format);
    if (!d) {
        PyObject *t, *v, *tb;
        PyErr_Fetch(&t, &v, &tb);
        PyErr_NormalizeException(&t, &v, &tb);
        if (tb) PyException_SetTraceback(v, tb);
        PyErr_Format(PyExc_ValueError, "'%s' is not a valid PEP 3118 buffer format string", format);
        PyObject *t2, *v2, *tb2;
        PyErr_Fetch(&t2, &v2, &tb2);
        PyErr_NormalizeException(&t2, &v2, &tb2);
        PyException_SetCause(v2, Py_XNewRef(v));
        PyException_SetContext(v2, Py_XNewRef(v));
        PyErr_Restore(t2, v2, tb2);
        Py_XDECREF(t);
        Py_XDECREF(v);
        Py_XDECREF(tb);
        return NULL;
    }
    if (!PyArray_DescrCheck(d)) {
        PyErr_SetString(PyExc_RuntimeError,
                        "internal error: _dtype_from_pep3118 did not return a dtype");
        Py_DECREF(d);
        return NULL;
    }
    return (PyArray_Descr *)d;
}

static bool is_ctypes(PyObject *o)
{
    PyObject *m = PyObject_GetAttrString((PyObject *)Py_TYPE(Py_TYPE(o)), "__module__");
    if (!m) PyErr_Clear();
    bool r = m && PyUnicode_Check(m) && PyUnicode_CompareWithASCIIString(m, "_ctypes") == 0;
    Py_XDECREF(m);
    return r;
}

static PyArray_Descr *buffer_descr(Py_buffer *b, PyObject *exporter, int *nd, npy_intp *shape)
{
    PyArray_Descr *d = descr_from_format(b->format, b->itemsize);
    if (!d || d->elsize == b->itemsize) return d;
    if (!is_ctypes(exporter)) {
        PyErr_Format(PyExc_RuntimeError,
                     "Item size %zd for PEP 3118 buffer format string '%s' does not match the "
                     "dtype %c item size %zd.",
                     b->itemsize, b->format, d->type, d->elsize);
        Py_DECREF(d);
        return NULL;
    }
    Py_DECREF(d);
    if (PyErr_WarnEx(PyExc_RuntimeWarning,
                     "A builtin ctypes object gave a PEP3118 format string that does not match its "
                     "itemsize, so a "
                     "best-guess will be made of the data type. Newer versions of python may "
                     "behave correctly.",
                     1) < 0)
        return NULL;
    d = NULL;
    PyArray_DescrConverter((PyObject *)Py_TYPE(exporter), &d);
    while (d && LEGACY(d)->subarray) { /* the buffer has the dimensions already */
        PyArray_Descr *base = (PyArray_Descr *)Py_NewRef(LEGACY(d)->subarray->base);
        Py_DECREF(d);
        d = base;
    }
    return d;
}

static PyObject *from_memoryview(PyObject *mv)
{
    Py_buffer *b = PyMemoryView_GET_BUFFER(mv);
    npy_intp shape[NPY_MAXDIMS], strides[NPY_MAXDIMS];
    int nd = b->ndim;
    PyArray_Descr *d = buffer_descr(b, b->obj ? b->obj : mv, &nd, shape);
    if (!d) return NULL;
    if (nd > NPY_MAXDIMS || nd < 0) {
        PyErr_Format(PyExc_RuntimeError,
                     "PEP3118 dimensions do not satisfy 0 <= ndim <= NPY_MAXDIMS");
        Py_DECREF(d);
        return NULL;
    }
    bool have_shape = b->shape != NULL, have_strides = b->strides != NULL;
    for (int i = 0; i < nd && have_shape; i++) shape[i] = b->shape[i];
    for (int i = 0; i < nd && have_strides; i++) strides[i] = b->strides[i];
    if (!have_shape) {
        if (nd > 1) {
            PyErr_SetString(PyExc_RuntimeError,
                            "ndim computed from the PEP 3118 memory layout is not 0 or 1");
            Py_DECREF(d);
            return NULL;
        }
        if (nd == 1) shape[0] = d->elsize ? b->len / d->elsize : 0;
        have_strides = false;
    }
    int flags = NPY_ARRAY_BEHAVED & (b->readonly ? ~NPY_ARRAY_WRITEABLE : ~0);
    PyObject *a = PyArray_NewFromDescr(&PyArray_Type, d, nd, shape, have_strides ? strides : NULL,
                                       b->buf, flags, NULL);
    if (!a) return NULL;
    if (PyArray_SetBaseObject((PyArrayObject *)a, Py_NewRef(mv)) < 0) {
        Py_DECREF(a);
        return NULL;
    }
    PyArray_UpdateFlags((PyArrayObject *)a, NPY_ARRAY_UPDATE_ALL);
    return a;
}

static PyObject *from_buffer(PyObject *o)
{
    if (!PyObject_CheckBuffer(o) || PyBytes_Check(o) || PyUnicode_Check(o))
        return Py_NewRef(Py_NotImplemented);
    PyObject *mv = PyMemoryView_FromObject(o);
    if (!mv) {
        PyErr_Clear(); /* the object may offer another way in */
        return Py_NewRef(Py_NotImplemented);
    }
    if (PyMemoryView_GET_BUFFER(mv)->suboffsets) {
        Py_DECREF(mv);
        PyErr_SetString(PyExc_BufferError,
                        "NumPy currently does not support importing buffers which include "
                        "suboffsets as they are not compatible with the NumPymemory layout without "
                        "a copy.  Consider copying the original before trying to convert it to a "
                        "NumPy array.");
        return NULL;
    }
    PyObject *a = from_memoryview(mv);
    Py_DECREF(mv);
    return a;
}

/* ---- __array_struct__
 * ------------------------------------------------------------------------------------------------
 */
PyObject *PyArray_FromStructInterface(PyObject *o)
{
    PyObject *attr = lookup(o, "__array_struct__");
    if (!attr) return probe_failed() ? NULL : Py_NewRef(Py_NotImplemented);
    PyArrayInterface *in = NULL;
    if (PyCapsule_CheckExact(attr)) {
        in = PyCapsule_GetPointer(attr, NULL);
        if (!in) goto fail;
    }
    if (!in || in->two != 2) {
        if (!in && is_class_attribute(o, attr)) {
            Py_DECREF(attr);
            return Py_NewRef(Py_NotImplemented);
        }
        PyErr_SetString(PyExc_ValueError, "invalid __array_struct__");
        goto fail;
    }
    PyArray_Descr *d = NULL;
    if ((in->flags & NPY_ARR_HAS_DESCR) && in->descr) {
        if (!PyArray_DescrConverter(in->descr, &d)) PyErr_Clear();
    }
    if (!d) {
        char order = in->flags & NPY_ARRAY_NOTSWAPPED ? NPY_NATBYTE : NPY_OPPBYTE;
        PyObject *s = PyUnicode_FromFormat("%c%c%d", order, in->typekind, in->itemsize);
        int ok = s && PyArray_DescrConverter(s, &d);
        Py_XDECREF(s);
        if (!ok) goto fail;
    }
    if (d->flags & NPY_ITEM_REFCOUNT && in->typekind != 'O') {
        PyErr_SetString(PyExc_ValueError, "cannot take objects from a raw pointer");
        Py_DECREF(d);
        goto fail;
    }
    PyObject *a = PyArray_NewFromDescr(&PyArray_Type, d, in->nd, in->shape, in->strides, in->data,
                                       in->flags & NPY_ARRAY_WRITEABLE, NULL);
    if (!a) goto fail;
    PyObject *base = PyTuple_Pack(2, o, attr);
    Py_DECREF(attr);
    if (!base || PyArray_SetBaseObject((PyArrayObject *)a, base) < 0) {
        Py_DECREF(a);
        return NULL;
    }
    PyArray_UpdateFlags((PyArrayObject *)a, NPY_ARRAY_UPDATE_ALL);
    return a;
fail:
    Py_DECREF(attr);
    return NULL;
}

/* ---- __array_interface__
 * ------------------------------------------------------------------------------------------------
 */
static PyArray_Descr *interface_descr(PyObject *dict)
{
    PyObject *s = PyDict_GetItemString(dict, "typestr");
    if (!s) {
        PyErr_SetString(PyExc_ValueError, "Missing __array_interface__ typestr");
        return NULL;
    }
    PyArray_Descr *d = NULL;
    if (!PyUnicode_Check(s) && !PyBytes_Check(s)) {
        PyErr_SetString(PyExc_TypeError, "__array_interface__ typestr must be a string");
        return NULL;
    }
    if (!PyArray_DescrConverter(s, &d)) return NULL;
    PyObject *descr = PyDict_GetItemString(dict, "descr");
    if (!descr || d->type_num != NPY_VOID) return d;
    /* the default, [("", typestr)], says no more than the type string */
    bool trivial = false;
    if (PyList_Check(descr) && PyList_GET_SIZE(descr) == 1 &&
        PyTuple_Check(PyList_GET_ITEM(descr, 0)) &&
        PyTuple_GET_SIZE(PyList_GET_ITEM(descr, 0)) == 2) {
        PyObject *name = PyTuple_GET_ITEM(PyList_GET_ITEM(descr, 0), 0);
        trivial = PyUnicode_Check(name) && PyUnicode_GET_LENGTH(name) == 0;
    }
    if (trivial) return d;
    PyArray_Descr *full = NULL;
    if (!PyArray_DescrConverter2(descr, &full))
        PyErr_Clear();
    else if (full && full->elsize == d->elsize) {
        Py_DECREF(d);
        return full;
    }
    Py_XDECREF(full);
    return d;
}

static int interface_shape(PyObject *dict, npy_intp *shape)
{
    PyObject *s = PyDict_GetItemString(dict, "shape");
    if (!s && !PyDict_GetItemString(dict, "data")) return 0; /* a scalar */
    if (!s) {
        PyErr_SetString(PyExc_ValueError, "Missing __array_interface__ shape");
        return -1;
    }
    if (!PyTuple_Check(s)) {
        PyErr_SetString(PyExc_TypeError, "shape must be a tuple");
        return -1;
    }
    Py_ssize_t n = PyTuple_GET_SIZE(s);
    if (n > NPY_MAXDIMS) {
        PyErr_Format(PyExc_ValueError,
                     "number of dimensions must be within [0, %d], indexing result would have %zd",
                     NPY_MAXDIMS, n);
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        shape[i] = PyNumber_AsSsize_t(PyTuple_GET_ITEM(s, i), PyExc_OverflowError);
        if (shape[i] == -1 && PyErr_Occurred()) return -1;
    }
    return (int)n;
}

typedef struct {
    char *data;
    bool readonly;
    PyObject *base; /* borrowed */
    npy_intp room;  /* bytes, -1: unknown */
} Memory;

static int interface_pointer(PyObject *t, Memory *m)
{
    if (PyTuple_GET_SIZE(t) != 2) {
        PyErr_SetString(PyExc_TypeError, "__array_interface__ data must be a 2-tuple with (data "
                                         "pointer integer, read-only flag)");
        return -1;
    }
    PyObject *p = PyTuple_GET_ITEM(t, 0);
    if (PyUnicode_Check(p)) {
        char *end = NULL;
        const char *s = PyUnicode_AsUTF8(p);
        m->data = s ? (char *)strtoull(s, &end, 0) : NULL;
        if (!s || end == s) {
            PyErr_SetString(PyExc_TypeError,
                            "first element of __array_interface__ data tuple must be an integer.");
            return -1;
        }
    } else if (PyLong_Check(p))
        m->data = PyLong_AsVoidPtr(p);
    else
        PyErr_SetString(PyExc_TypeError,
                        "first element of __array_interface__ data tuple must be an integer.");
    if (PyErr_Occurred()) return -1;
    int ro = PyObject_IsTrue(PyTuple_GET_ITEM(t, 1));
    m->readonly = ro != 0;
    return ro < 0 ? -1 : 0;
}

static int interface_memory(PyObject *o, PyObject *dict, Memory *m)
{
    PyObject *v = PyDict_GetItemString(dict, "data");
    *m = (Memory){.base = o, .room = -1};
    if (v && PyTuple_Check(v)) return interface_pointer(v, m);
    PyObject *source = v && v != Py_None ? v : o;
    m->base = source;
    Py_buffer b;
    if (PyObject_GetBuffer(source, &b, PyBUF_WRITABLE | PyBUF_SIMPLE) < 0) {
        PyErr_Clear();
        m->readonly = true;
        if (PyObject_GetBuffer(source, &b, PyBUF_SIMPLE) < 0) return -1;
    }
    m->data = b.buf;
    m->room = b.len;
    PyBuffer_Release(&b); /* as the interface wants it: the base keeps the memory alive */
    PyObject *off = PyDict_GetItemString(dict, "offset");
    if (off) {
        npy_intp n = PyLong_Check(off) ? PyLong_AsLongLong(off) : -1;
        if (!PyLong_Check(off) || PyErr_Occurred()) {
            PyErr_SetString(PyExc_TypeError, "__array_interface__ offset must be an integer");
            return -1;
        }
        m->data += n;
        m->room -= n;
    }
    return 0;
}

static int interface_strides(PyObject *dict, int nd, npy_intp *strides)
{
    PyObject *s = PyDict_GetItemString(dict, "strides");
    if (!s || s == Py_None) return 0;
    if (!PyTuple_Check(s)) {
        PyErr_SetString(PyExc_TypeError, "strides must be a tuple");
        return -1;
    }
    if (PyTuple_GET_SIZE(s) != nd) {
        PyErr_SetString(PyExc_ValueError, "mismatch in length of strides and shape");
        return -1;
    }
    for (int i = 0; i < nd; i++) {
        strides[i] = PyNumber_AsSsize_t(PyTuple_GET_ITEM(s, i), PyExc_OverflowError);
        if (strides[i] == -1 && PyErr_Occurred()) return -1;
    }
    return 1;
}

static PyObject *interface_scalar(PyObject *o, PyArray_Descr *d, int nd, npy_intp *shape)
{
    npy_intp n = 1;
    for (int i = 0; i < nd; i++) n *= shape[i];
    if (n > 1) {
        PyErr_SetString(PyExc_ValueError, "cannot coerce scalar to array with size > 1");
        Py_DECREF(d);
        return NULL;
    }
    PyObject *a = PyArray_NewFromDescr(&PyArray_Type, d, nd, shape, NULL, NULL, 0, NULL);
    if (a &&
        PyArray_Pack(PyArray_DESCR((PyArrayObject *)a), PyArray_DATA((PyArrayObject *)a), o) < 0)
        Py_CLEAR(a);
    return a;
}

PyObject *PyArray_FromInterface(PyObject *o)
{
    PyObject *dict = lookup(o, "__array_interface__");
    if (!dict) return probe_failed() ? NULL : Py_NewRef(Py_NotImplemented);
    if (!PyDict_Check(dict)) {
        if (is_class_attribute(o, dict)) {
            Py_DECREF(dict);
            return Py_NewRef(Py_NotImplemented);
        }
        Py_DECREF(dict);
        PyErr_SetString(PyExc_ValueError, "Invalid __array_interface__ value, must be a dict");
        return NULL;
    }
    npy_intp shape[NPY_MAXDIMS], strides[NPY_MAXDIMS];
    PyObject *a = NULL;
    PyArray_Descr *d = interface_descr(dict);
    int nd = d ? interface_shape(dict, shape) : -1;
    if (nd < 0) {
        Py_XDECREF(d);
        goto done;
    }
    Memory m;
    int have = interface_strides(dict, nd, strides);
    if (have >= 0 && !PyDict_GetItemString(dict, "data") && !PyObject_CheckBuffer(o)) {
        a = interface_scalar(o, d, nd, shape);
        goto done;
    }
    if (have < 0 || interface_memory(o, dict, &m) < 0) {
        Py_DECREF(d);
        goto done;
    }
    if (!m.data && PyArray_MultiplyList(shape, nd) * d->elsize != 0) {
        PyErr_SetString(
            PyExc_ValueError,
            "data is NULL but array contains data, in older versions of NumPy this may have used "
            "the "
            "scalar path.  To get the scalar path you must leave the data field undefined.");
        Py_DECREF(d);
        goto done;
    }
    if (m.room >= 0 &&
        !PyArray_CheckStrides((int)d->elsize, nd, m.room, 0, shape, have ? strides : strides) &&
        have) {
        PyErr_SetString(PyExc_ValueError, "__array_interface__ strides leave the buffer");
        Py_DECREF(d);
        goto done;
    }
    int flags = NPY_ARRAY_BEHAVED & (m.readonly ? ~NPY_ARRAY_WRITEABLE : ~0);
    a = PyArray_NewFromDescr(&PyArray_Type, d, nd, shape, have ? strides : NULL, m.data, flags,
                             NULL);
    if (a && PyArray_SetBaseObject((PyArrayObject *)a, Py_NewRef(m.base)) < 0) Py_CLEAR(a);
    if (a) PyArray_UpdateFlags((PyArrayObject *)a, NPY_ARRAY_UPDATE_ALL);
done:
    Py_DECREF(dict);
    return a;
}

/* ---- __array__
 * -------------------------------------------------------------------------------------------------------------
 */
static int refused_copy_keyword(void)
{
    if (!PyErr_ExceptionMatches(PyExc_TypeError)) return 0;
    PyObject *t, *v, *tb;
    PyErr_Fetch(&t, &v, &tb);
    PyErr_NormalizeException(&t, &v, &tb);
    PyObject *s = v ? PyObject_Str(v) : NULL;
    int r = s && PyUnicode_Check(s) &&
            strstr(PyUnicode_AsUTF8(s), "got an unexpected keyword argument 'copy'") != NULL;
    if (!r && s) { /* C functions and those that take no keywords at all */
        const char *text = PyUnicode_AsUTF8(s);
        r = text && (strstr(text, "takes no keyword arguments") ||
                     strstr(text, "'copy' is an invalid keyword"));
    }
    Py_XDECREF(s);
    PyErr_Restore(t, v, tb);
    return r;
}

static PyObject *from_array_attr(PyObject *o, PyArray_Descr *d, int copy, bool *copied)
{
    PyObject *f = lookup(o, "__array__");
    if (!f) return probe_failed() ? NULL : Py_NewRef(Py_NotImplemented);
    if (is_class_attribute(o, f)) {
        Py_DECREF(f);
        return Py_NewRef(Py_NotImplemented);
    }
    static PyObject *kw_copy;
    if (!kw_copy && !(kw_copy = Py_BuildValue("(s)", "copy"))) return NULL;
    PyObject *args[3] = {NULL, NULL, NULL}, *r;
    size_t n = 0;
    if (d) args[n++] = (PyObject *)d;
    args[n] = copy == 1 ? Py_True : Py_False;
    /* copy=None is not passed on: old implementations do not know the word */
    r = PyObject_Vectorcall(f, args, n, copy == -1 ? NULL : kw_copy);
    if (r && copy == 1) *copied = true;
    if (!r && copy != -1 && refused_copy_keyword()) {
        PyErr_Clear();
        if (PyErr_WarnEx(PyExc_DeprecationWarning,
                         "__array__ implementation doesn't accept a copy keyword, so passing "
                         "copy=False failed. "
                         "__array__ must implement 'dtype' and 'copy' keyword arguments. To learn "
                         "more, see the "
                         "migration guide "
                         "https://numpy.org/devdocs/"
                         "numpy_2_0_migration_guide.html#adapting-to-changes-in-the-copy-"
                         "keyword",
                         1) < 0) {
            Py_DECREF(f);
            return NULL;
        }
        if (copy == 0) {
            Py_DECREF(f);
            return ext_no_copy_error();
        }
        r = PyObject_Vectorcall(f, args, n, NULL);
    }
    Py_DECREF(f);
    if (r && !PyArray_Check(r)) {
        PyErr_SetString(PyExc_ValueError, "object __array__ method not producing an array");
        Py_CLEAR(r);
    }
    return r;
}

PyObject *PyArray_FromArrayAttr(PyObject *o, PyArray_Descr *d, PyObject *context)
{
    if (context) {
        PyErr_SetString(PyExc_RuntimeError, "'context' must be NULL");
        return NULL;
    }
    bool copied;
    return from_array_attr(o, d, -1, &copied);
}

PyObject *ext_array_from_like(PyObject *o, PyArray_Descr *requested, bool writeable, int copy,
                              bool *copied)
{
    PyObject *a = from_buffer(o);
    if (a == Py_NotImplemented) {
        Py_DECREF(a);
        a = PyArray_FromStructInterface(o);
    }
    if (a == Py_NotImplemented) {
        Py_DECREF(a);
        a = PyArray_FromInterface(o);
    }
    if (a == Py_NotImplemented) {
        Py_DECREF(a);
        a = from_array_attr(o, requested, copy, copied);
    }
    if (a && a != Py_NotImplemented && writeable &&
        PyArray_FailUnlessWriteable((PyArrayObject *)a, "writeable array-like") < 0)
        Py_CLEAR(a);
    return a;
}
