/* What every function of the polynomial package does first: its arguments as coefficient arrays. */
#include "array.h"

/* A coefficient array of one dimension and at least one element. */
static PyArrayObject *coefficients(PyObject *obj)
{
    PyArrayObject *a =
        (PyArrayObject *)PyArray_FromAny(obj, NULL, 0, 0, NPY_ARRAY_ENSUREARRAY, NULL);
    if (a && !PyArray_NDIM(a)) Py_SETREF(a, (PyArrayObject *)PyArray_Ravel(a, NPY_CORDER));
    if (!a) return NULL;
    const char *fault = !PyArray_SIZE(a)      ? "Coefficient array is empty"
                        : PyArray_NDIM(a) > 1 ? "Coefficient array is not 1-d"
                                              : NULL;
    if (!fault) return a;
    PyErr_SetString(PyExc_ValueError, fault);
    Py_DECREF(a);
    return NULL;
}

/* How many elements are left without trailing zeros, one at least; -1 with an exception. */
static npy_intp trimmed_length(PyArrayObject *a)
{
    npy_intp n = PyArray_DIM(a, 0);
    while (n > 1) {
        PyObject *last = PyArray_GETITEM(a, PyArray_GETPTR1(a, n - 1));
        PyObject *zero = last ? PyLong_FromLong(0) : NULL;
        int keep = zero ? PyObject_RichCompareBool(last, zero, Py_NE) : -1;
        Py_XDECREF(last);
        Py_XDECREF(zero);
        if (keep < 0) return -1;
        if (keep) break;
        n--;
    }
    return n;
}

/* The type to calculate in: floating point at least, object as soon as one is. */
static PyArray_Descr *common_type(PyObject *arrays)
{
    PyArray_Descr *type = NULL;
    int odd = 0;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(arrays); i++) {
        int num = PyArray_TYPE((PyArrayObject *)PyList_GET_ITEM(arrays, i));
        if (PyTypeNum_ISINTEGER(num) || num == NPY_TIMEDELTA) num = NPY_DOUBLE;
        if (num == NPY_OBJECT) {
            Py_XDECREF(type);
            return PyArray_DescrFromType(num);
        }
        if (!PyTypeNum_ISFLOAT(num) && !PyTypeNum_ISCOMPLEX(num)) odd = 1;
        if (odd) continue;
        PyArray_Descr *own = PyArray_DescrFromType(num);
        if (type) {
            PyArray_Descr *joined = PyArray_PromoteTypes(type, own);
            Py_DECREF(own);
            Py_DECREF(type);
            own = joined;
        }
        type = own;
        if (!type) return NULL;
    }
    if (odd) {
        Py_CLEAR(type);
        PyErr_SetString(PyExc_ValueError, "Coefficient arrays have no common type");
    }
    return type;
}

/* A copy of the first n elements in the given type. */
static PyObject *copy_front(PyArrayObject *a, npy_intp n, PyArray_Descr *type)
{
    PyObject *front = ext_array_line(a, PyArray_BYTES(a), n, PyArray_STRIDE(a, 0));
    if (!front) return NULL;
    Py_INCREF(type);
    PyObject *copy = PyArray_NewFromDescr(&PyArray_Type, type, 1, &n, NULL, NULL, 0, NULL);
    if (copy && PyArray_CopyInto((PyArrayObject *)copy, (PyArrayObject *)front) < 0) Py_CLEAR(copy);
    Py_DECREF(front);
    return copy;
}

static PyObject *as_series(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"alist", "trim", NULL};
    PyObject *list;
    int trim = 1;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|p:as_series", names, &list, &trim))
        return NULL;
    PyObject *series = PySequence_List(list);
    if (!series) return NULL;
    Py_ssize_t count = PyList_GET_SIZE(series);
    PyArray_Descr *type = NULL;
    if (!count) return series;
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *a = (PyObject *)coefficients(PyList_GET_ITEM(series, i));
        if (!a) goto fail;
        PyList_SetItem(series, i, a);
    }
    type = common_type(series);
    if (!type) goto fail;
    for (Py_ssize_t i = 0; i < count; i++) {
        PyArrayObject *a = (PyArrayObject *)PyList_GET_ITEM(series, i);
        npy_intp n = trim ? trimmed_length(a) : PyArray_DIM(a, 0);
        PyObject *copy = n < 0 ? NULL : copy_front(a, n, type);
        if (!copy) goto fail;
        PyList_SetItem(series, i, copy);
    }
    Py_DECREF(type);
    return series;
fail:
    Py_XDECREF(type);
    Py_DECREF(series);
    return NULL;
}

static PyMethodDef functions[] = {
    {"as_series", (PyCFunction)(void (*)(void))as_series, METH_VARARGS | METH_KEYWORDS,
     "as_series(alist, trim=True)\n--\n\n"
     "The arguments as one-dimensional arrays of a common inexact type: copies."},
    {NULL}};

int ext_init_series(PyObject *m)
{
    return ext_add_functions(m, functions);
}
