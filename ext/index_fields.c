/* Structured arrays: a field by its name, several fields by a list of names. */
#include "indexing.h"

#include <string.h>

static PyObject *one_field(PyArrayObject *self, PyObject *name)
{
    PyObject *fields = PyDataType_FIELDS(PyArray_DESCR(self));
    PyObject *entry = PyDict_GetItemWithError(fields, name);
    if (!entry) {
        if (!PyErr_Occurred()) PyErr_Format(PyExc_ValueError, "no field of name %U", name);
        return NULL;
    }
    PyArray_Descr *descr = (PyArray_Descr *)PyTuple_GET_ITEM(entry, 0);
    long offset = PyLong_AsLong(PyTuple_GET_ITEM(entry, 1));
    if (offset == -1 && PyErr_Occurred()) return NULL;
    Py_INCREF(descr);
    return PyArray_GetField(self, descr, (int)offset);
}

/* An array of text or of objects may hold names; no other does. */
static int may_hold_names(PyArrayObject *a)
{
    int type = PyArray_TYPE(a);
    return type == NPY_UNICODE || type == NPY_OBJECT || type == NPY_VSTRING;
}

static int is_name_list(PyObject *obj)
{
    if (!PySequence_Check(obj) || PyTuple_Check(obj) || PyArray_IsScalar(obj, Generic) ||
        (PyArray_Check(obj) && !may_hold_names((PyArrayObject *)obj)))
        return 0;
    Py_ssize_t n = PySequence_Size(obj);
    if (n < 0) {
        PyErr_Clear();
        return 0;
    }
    if (n == 0) return 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PySequence_GetItem(obj, i);
        if (!item) {
            PyErr_Clear();
            return 0;
        }
        int ok = PyUnicode_Check(item);
        Py_DECREF(item);
        if (!ok) return 0;
    }
    return 1;
}

HIDDEN PyArray_Descr *ext_descr_subset(PyArray_Descr *self, PyObject *list);

static PyArray_Descr *descr_of_names(PyArrayObject *self, PyObject *obj)
{
    PyObject *list = PySequence_List(obj);
    PyArray_Descr *d = list ? ext_descr_subset(PyArray_DESCR(self), list) : NULL;
    Py_XDECREF(list);
    return d;
}

PyObject *ext_index_fields(PyArrayObject *self, PyObject *obj)
{
    if (!PyDataType_HASFIELDS(PyArray_DESCR(self))) return NULL;
    if (PyUnicode_Check(obj)) return one_field(self, obj);
    if (!is_name_list(obj)) return NULL;
    PyArray_Descr *descr = descr_of_names(self, obj);
    if (!descr) return NULL;
    return ext_new_view(Py_TYPE(self), descr, PyArray_NDIM(self), PyArray_DIMS(self),
                        PyArray_STRIDES(self), PyArray_DATA(self), PyArray_FLAGS(self), self);
}
