/* Core errors as Python exceptions, and the few names that the binding imports from its own
 * package. */
#include "ext.h"

#include <stdio.h>
#include <stdlib.h>
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

PyObject *ext_dict_get(PyObject *dict, const char *key)
{
    PyObject *k = PyUnicode_FromString(key), *v = k ? PyDict_GetItemWithError(dict, k) : NULL;
    Py_XDECREF(k);
    return v;
}

PyObject *ext_exception(const char *name)
{
    static PyObject *cache; /* name -> class */
    if (!cache && !(cache = PyDict_New())) return NULL;
    PyObject *cls = ext_dict_get(cache, name);
    if (cls || PyErr_Occurred()) return cls;
    const char *home = strcmp(name, "UFuncTypeError") == 0 ? "_core._exceptions" : "exceptions";
    PyObject *found = NULL;
    if (!ext_import(&found, home, name)) return NULL;
    int kept = PyDict_SetItemString(cache, name, found);
    Py_DECREF(found);
    return kept < 0 ? NULL : found;
}

/* The core's text "'ascii' codec can't encode character '\\xe9' in position 3: ..." as the
 * exception it quotes. */
static PyObject *raise_unicode(const char *text)
{
    const char *at = strstr(text, "position "), *code = strstr(text, "\\x"),
               *byte = strstr(text, "byte 0x");
    if (!code) code = strstr(text, "\\u");
    if (!code) code = strstr(text, "\\U");
    if (!at || (!code && !byte)) {
        PyErr_SetString(PyExc_UnicodeError, text);
        return NULL;
    }
    Py_ssize_t position = atol(at + 9);
    unsigned long c = strtoul(code ? code + 2 : byte + 7, NULL, 16);
    PyObject *cls = code ? PyExc_UnicodeEncodeError : PyExc_UnicodeDecodeError;
    PyObject *object = code ? PyUnicode_New(position + 1, (Py_UCS4)c)
                            : PyBytes_FromStringAndSize(NULL, position + 1);
    if (!object) return NULL;
    if (code) {
        for (Py_ssize_t i = 0; i < position; i++) PyUnicode_WriteChar(object, i, ' ');
        PyUnicode_WriteChar(object, position, (Py_UCS4)c);
    } else {
        memset(PyBytes_AS_STRING(object), ' ', (size_t)position);
        PyBytes_AS_STRING(object)[position] = (char)c;
    }
    PyObject *e = PyObject_CallFunction(cls, "sNnns", "ascii", object, position, position + 1,
                                        "ordinal not in range(128)");
    if (e) PyErr_SetObject(cls, e);
    Py_XDECREF(e);
    return NULL;
}

PyObject *ext_raise(fnp_status status, const fnp_error *err)
{
    if (status == FNP_EPYTHON) return NULL;
    const char *text = err && err->message[0] ? err->message : "";
    if (status == FNP_EAXIS && err) {
        PyObject *cls = ext_exception("AxisError");
        /* "axis2: axis 3 is out of …": the class makes the rest of the text by itself */
        const char *rest = strstr(text, ": axis ");
        PyObject *e = !cls   ? NULL
                      : rest ? PyObject_CallFunction(cls, "iis#", err->axis, err->ndim, text,
                                                     (Py_ssize_t)(rest - text))
                             : PyObject_CallFunction(cls, "ii", err->axis, err->ndim);
        if (e) PyErr_SetObject(cls, e);
        Py_XDECREF(e);
        return NULL;
    }
    if (status == FNP_EUNICODE) return raise_unicode(text);
    const char *name = fnp_status_exception(status);
    if (status == FNP_ENOMEM && !*text) return PyErr_NoMemory();
    PyObject *builtins = PyEval_GetBuiltins();
    PyObject *cls = name ? PyDict_GetItemString(builtins, name) : PyExc_SystemError;
    if (!cls) cls = ext_exception(name);
    /* texts may quote bytes that are no UTF-8 */
    PyObject *message =
        cls ? PyUnicode_DecodeUTF8(text, (Py_ssize_t)strlen(text), "replace") : NULL;
    if (message) PyErr_SetObject(cls, message);
    Py_XDECREF(message);
    return NULL;
}

int ext_add_functions(PyObject *module, PyMethodDef *defs)
{
    return PyModule_AddFunctions(module, defs);
}
