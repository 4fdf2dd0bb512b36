/* What masked arrays do whenever one is made: ndarray methods that fnp/ma/_array.py puts on its
 * class, where every operation goes through them. */
#include "array.h"

/* The attributes that travel with the value that is taken where the source has none. */
typedef struct {
    const char *name;
    PyObject *missing;
} travelling;

static int set_from(PyObject *dict, PyObject *obj, const char *name, PyObject *missing)
{
    PyObject *key = PyUnicode_InternFromString(name), *value = NULL;
    int r = !key ? -1 : PyArray_CheckExact(obj) ? 0 : PyObject_GetOptionalAttr(obj, key, &value);
    if (r >= 0) r = PyDict_SetItem(dict, key, value ? value : missing);
    Py_XDECREF(value);
    Py_XDECREF(key);
    return r;
}

static int update_from_attr(PyObject *dict, PyObject *obj, const char *name)
{
    PyObject *key = PyUnicode_InternFromString(name), *value = NULL;
    int r = key ? PyObject_GetOptionalAttr(obj, key, &value) : -1;
    if (r > 0) r = PyDict_Update(dict, value);
    Py_XDECREF(value);
    Py_XDECREF(key);
    return r < 0 ? -1 : 0;
}

/* What `obj` was given besides data and mask, in a new dictionary. */
static PyObject *own_information(PyObject *obj, int masked)
{
    PyObject *info = PyDict_New();
    if (!info || PyArray_CheckExact(obj)) return info;
    if (update_from_attr(info, obj, "_optinfo") < 0 ||
        update_from_attr(info, obj, "_basedict") < 0 ||
        (!masked && update_from_attr(info, obj, "__dict__") < 0))
        Py_CLEAR(info);
    return info;
}

/* _update_from(obj): take over what an array has besides data and mask. */
static PyObject *update_from(PyObject *self, PyObject *obj)
{
    static PyObject *masked_type;
    if (!ext_import(&masked_type, "ma._array", "MaskedArray")) return NULL;
    int masked = PyObject_IsInstance(obj, masked_type);
    PyObject *own = masked < 0 ? NULL : PyObject_GenericGetDict(self, NULL);
    PyObject *info = own ? own_information(obj, masked) : NULL, *done = NULL;
    PyTypeObject *base = PyArray_Check(obj) ? Py_TYPE(obj) : &PyArray_Type;
    const travelling all[] = {{"_fill_value", Py_None},
                              {"_hardmask", Py_False},
                              {"_sharedmask", Py_False},
                              {"_isfield", Py_False},
                              {"_baseclass", (PyObject *)base}};
    for (size_t i = 0; info && i < sizeof all / sizeof *all; i++)
        if (set_from(own, obj, all[i].name, all[i].missing) < 0) Py_CLEAR(info);
    if (info && PyDict_SetItemString(own, "_optinfo", info) == 0 &&
        PyDict_SetItemString(own, "_basedict", info) == 0 && PyDict_Update(own, info) == 0)
        done = Py_NewRef(Py_None);
    Py_XDECREF(info);
    Py_XDECREF(own);
    return done;
}

/* The data without the mask, in its own class. */
static PyObject *get_data(PyObject *self, PyObject *unused)
{
    PyObject *type = PyObject_GetAttrString(self, "_baseclass");
    if (!type) return NULL;
    PyObject *data = NULL;
    if (!PyType_Check(type) || !PyType_IsSubtype((PyTypeObject *)type, &PyArray_Type))
        PyErr_SetString(PyExc_ValueError, "Type must be a sub-type of ndarray type");
    else
        data = PyArray_View((PyArrayObject *)self, NULL, (PyTypeObject *)type);
    Py_DECREF(type);
    return data;
}

static PyObject *same_data(PyObject *module, PyObject *const *args, Py_ssize_t n)
{
    if (n != 2 || !PyArray_Check(args[0]) || !PyArray_Check(args[1])) {
        PyErr_SetString(PyExc_TypeError, "two arrays are needed");
        return NULL;
    }
    return PyBool_FromLong(PyArray_BYTES((PyArrayObject *)args[0]) ==
                           PyArray_BYTES((PyArrayObject *)args[1]));
}

static PyMethodDef methods[] = {
    {"_update_from", update_from, METH_O,
     "_update_from($self, obj, /)\n--\n\nCopy what an array has besides data and mask."},
    {"_get_data", get_data, METH_NOARGS,
     "_get_data($self, /)\n--\n\nThe data without the mask, in its own class."},
    {NULL}};

static PyMethodDef functions[] = {
    {"_same_data", (PyCFunction)(void (*)(void))same_data, METH_FASTCALL,
     "_same_data(a, b)\n--\n\nWhether the data of two arrays begins at one address."},
    {NULL}};

int ext_init_masked(PyObject *m)
{
    PyObject *found = PyDict_New();
    for (PyMethodDef *def = methods; found && def->ml_name; def++) {
        PyObject *method = PyDescr_NewMethod(&PyArray_Type, def);
        if (!method || PyDict_SetItemString(found, def->ml_name, method) < 0) Py_CLEAR(found);
        Py_XDECREF(method);
    }
    if (!found || PyModule_AddObject(m, "_masked_methods", found) < 0) return -1;
    return ext_add_functions(m, functions);
}
