/* Core errors as Python exceptions, and the few names that the binding imports from its own package. */
#include "ext.h"

#include <stdio.h>
#include <string.h>

char ext_root[64];

const char *ext_qualname(const char *suffix)
{
    PyObject *s = PyUnicode_FromFormat("%s.%s", ext_root, suffix);
    if (!s) return NULL;
    PyUnicode_InternInPlace(&s); /* kept: tp_name must outlive the type */
    return PyUnicode_AsUTF8(s);
}

PyObject *ext_import(PyObject **cache, const char *module, const char *attr)
{
    if (*cache) return *cache;
    char name[256];
    snprintf(name, sizeof name, "%s%s%s", ext_root, *module ? "." : "", module);
    PyObject *m = PyImport_ImportModule(name);
    if (!m) return NULL;
    *cache = PyObject_GetAttrString(m, attr);
    Py_DECREF(m);
    return *cache;
}

PyObject *ext_exception(const char *name)
{
    static PyObject *cache; /* name -> class */
    if (!cache && !(cache = PyDict_New())) return NULL;
    PyObject *cls = PyDict_GetItemString(cache, name);
    if (cls) return cls;
    const char *home = strcmp(name, "UFuncTypeError") == 0 ? "_core._exceptions" : "exceptions";
    PyObject *found = NULL;
    if (!ext_import(&found, home, name)) return NULL;
    PyDict_SetItemString(cache, name, found);
    Py_DECREF(found);
    return PyDict_GetItemString(cache, name);
}

PyObject *ext_raise(fnp_status status, const fnp_error *err)
{
    if (status == FNP_EPYTHON) return NULL;
    const char *text = err && err->message[0] ? err->message : "";
    if (status == FNP_EAXIS && err) {
        PyObject *cls = ext_exception("AxisError");
        PyObject *e = cls ? PyObject_CallFunction(cls, "ii", err->axis, err->ndim) : NULL;
        if (e) PyErr_SetObject(cls, e);
        Py_XDECREF(e);
        return NULL;
    }
    const char *name = fnp_status_exception(status);
    if (status == FNP_ENOMEM && !*text) return PyErr_NoMemory();
    PyObject *builtins = PyEval_GetBuiltins();
    PyObject *cls = name ? PyDict_GetItemString(builtins, name) : PyExc_SystemError;
    if (!cls) cls = ext_exception(name);
    if (cls) PyErr_SetString(cls, text);
    return NULL;
}

int ext_add_functions(PyObject *module, PyMethodDef *defs) { return PyModule_AddFunctions(module, defs); }
