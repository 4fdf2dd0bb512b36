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

static int is_name_list(PyObject *obj)
{
    if (!PySequence_Check(obj) || PyTuple_Check(obj) || PyArray_Check(obj) || PyArray_IsScalar(obj, Generic)) return 0;
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

/* Append the field's parts to the four lists. 0 or -1. */
static int add_field(PyObject *fields, PyObject *name, PyObject *seen, PyObject *names, PyObject *formats,
                     PyObject *offsets, PyObject *titles, int *titled)
{
    PyObject *entry = PyDict_GetItemWithError(fields, name);
    if (!entry) {
        if (!PyErr_Occurred()) PyErr_SetObject(PyExc_KeyError, name);
        return -1;
    }
    PyObject *title = PyTuple_GET_SIZE(entry) > 2 ? PyTuple_GET_ITEM(entry, 2) : Py_None;
    if (title != Py_None) {
        int same = PyObject_RichCompareBool(title, name, Py_EQ);
        if (same < 0) return -1;
        if (same) {
            PyErr_SetString(PyExc_KeyError, "cannot use field titles in multi-field index");
            return -1;
        }
        *titled = 1;
    }
    int twice = PySet_Contains(seen, name);
    if (twice) {
        if (twice > 0) PyErr_Format(PyExc_ValueError, "duplicate field of name %R", name);
        return -1;
    }
    return PySet_Add(seen, name) < 0 || PyList_Append(names, name) < 0 ||
                   PyList_Append(formats, PyTuple_GET_ITEM(entry, 0)) < 0 ||
                   PyList_Append(offsets, PyTuple_GET_ITEM(entry, 1)) < 0 || PyList_Append(titles, title) < 0
               ? -1
               : 0;
}

static PyArray_Descr *descr_of_names(PyArrayObject *self, PyObject *obj)
{
    PyArray_Descr *descr = PyArray_DESCR(self), *result = NULL;
    PyObject *seen = PySet_New(NULL), *names = PyList_New(0), *formats = PyList_New(0), *offsets = PyList_New(0),
             *titles = PyList_New(0), *spec = NULL;
    if (!seen || !names || !formats || !offsets || !titles) goto done;
    int titled = 0;
    Py_ssize_t n = PySequence_Size(obj);
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *name = PySequence_GetItem(obj, i);
        if (!name) goto done;
        int r = add_field(PyDataType_FIELDS(descr), name, seen, names, formats, offsets, titles, &titled);
        Py_DECREF(name);
        if (r < 0) goto done;
    }
    spec = Py_BuildValue("{sOsOsOsn}", "names", names, "formats", formats, "offsets", offsets, "itemsize",
                         (Py_ssize_t)PyDataType_ELSIZE(descr));
    if (!spec || (titled && PyDict_SetItemString(spec, "titles", titles) < 0)) goto done;
    int ok = PyDataType_FLAGS(descr) & NPY_ALIGNED_STRUCT ? PyArray_DescrAlignConverter(spec, &result)
                                                           : PyArray_DescrConverter(spec, &result);
    if (!ok) result = NULL;
done:
    Py_XDECREF(seen);
    Py_XDECREF(names);
    Py_XDECREF(formats);
    Py_XDECREF(offsets);
    Py_XDECREF(titles);
    Py_XDECREF(spec);
    return result;
}

PyObject *ext_index_fields(PyArrayObject *self, PyObject *obj)
{
    if (!PyDataType_HASFIELDS(PyArray_DESCR(self))) return NULL;
    if (PyUnicode_Check(obj)) return one_field(self, obj);
    if (!is_name_list(obj)) return NULL;
    PyArray_Descr *descr = descr_of_names(self, obj);
    if (!descr) return NULL;
    return ext_new_view(Py_TYPE(self), descr, PyArray_NDIM(self), PyArray_DIMS(self), PyArray_STRIDES(self),
                        PyArray_DATA(self), PyArray_FLAGS(self), self);
}
