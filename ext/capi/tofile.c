/* Elements into a stream of the C library. */
#include "../ext.h"

#include <stdio.h>
#include <string.h>

static int write_bytes(FILE *fp, const char *data, size_t size)
{
    if (fwrite(data, 1, size, fp) == size) return 0;
    PyErr_SetFromErrno(PyExc_OSError);
    return -1;
}

static int write_binary(PyArrayObject *a, FILE *fp)
{
    if (PyDataType_FLAGCHK(PyArray_DESCR(a), NPY_LIST_PICKLE)) {
        PyErr_SetString(PyExc_OSError, "cannot write object arrays to a file in binary mode");
        return -1;
    }
    if (PyArray_IS_C_CONTIGUOUS(a)) return write_bytes(fp, PyArray_DATA(a), PyArray_NBYTES(a));
    PyArrayIterObject *it = (PyArrayIterObject *)PyArray_IterNew((PyObject *)a);
    if (!it) return -1;
    size_t size = (size_t)PyArray_ITEMSIZE(a);
    int r = 0;
    while (r == 0 && PyArray_ITER_NOTDONE(it)) {
        r = write_bytes(fp, it->dataptr, size);
        PyArray_ITER_NEXT(it);
    }
    Py_DECREF(it);
    return r;
}

/* `item` as str(), or by a format with one place. */
static PyObject *item_text(PyObject *item, PyObject *format)
{
    if (!format) return PyObject_Str(item);
    PyObject *args = PyTuple_Pack(1, item);
    PyObject *text = args ? PyUnicode_Format(format, args) : NULL;
    Py_XDECREF(args);
    return text;
}

static int write_item(PyArrayObject *a, const char *data, PyObject *format, FILE *fp)
{
    PyObject *item = PyArray_GETITEM(a, data);
    PyObject *text = item ? item_text(item, format) : NULL;
    Py_ssize_t size;
    const char *utf8 = text ? PyUnicode_AsUTF8AndSize(text, &size) : NULL;
    int r = utf8 ? write_bytes(fp, utf8, (size_t)size) : -1;
    Py_XDECREF(text);
    Py_XDECREF(item);
    return r;
}

static int write_text(PyArrayObject *a, FILE *fp, const char *sep, const char *format)
{
    size_t nsep = strlen(sep);
    PyObject *f = NULL;
    if (format && *format && !(f = PyUnicode_FromString(format))) return -1;
    PyArrayIterObject *it = (PyArrayIterObject *)PyArray_IterNew((PyObject *)a);
    int r = it ? 0 : -1;
    while (r == 0 && PyArray_ITER_NOTDONE(it)) {
        r = write_item(a, it->dataptr, f, fp);
        PyArray_ITER_NEXT(it);
        if (r == 0 && PyArray_ITER_NOTDONE(it)) r = write_bytes(fp, sep, nsep);
    }
    Py_XDECREF(it);
    Py_XDECREF(f);
    return r;
}

int PyArray_ToFile(PyArrayObject *a, FILE *fp, char *sep, char *format)
{
    return sep && *sep ? write_text(a, fp, sep, format) : write_binary(a, fp);
}
