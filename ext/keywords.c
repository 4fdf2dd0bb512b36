/* Sorting arguments by name, with the wording of NumPy's argument errors. */
#include "keywords.h"

#include <string.h>

typedef struct slot {
    const char *name;
    size_t len;
} slot;

/* Names of the spec; counts of required and positional ones. */
static int read_spec(const char *spec, slot *slots, int *required, int *positional)
{
    int n = 0;
    *required = *positional = -1;
    while (*spec) {
        size_t len = strcspn(spec, " ");
        if (len == 1 && *spec == '|') {
            *required = n;
        } else if (len == 1 && *spec == '$') {
            *positional = n;
        } else if (len) {
            slots[n++] = (slot){spec, len};
        }
        spec += len;
        while (*spec == ' ') spec++;
    }
    if (*positional < 0) *positional = n;
    if (*required < 0) *required = *positional;
    return n;
}

int ext_keywords(const char *function, const char *spec, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames,
                 PyObject **out)
{
    slot slots[EXT_MAX_ARGS];
    int required, positional, n = read_spec(spec, slots, &required, &positional);
    Py_ssize_t nkw = kwnames ? PyTuple_GET_SIZE(kwnames) : 0;
    if (nargs > positional) {
        if (required == positional)
            PyErr_Format(PyExc_TypeError, "%s() takes %d positional arguments but %zd were given", function, positional,
                         nargs);
        else
            PyErr_Format(PyExc_TypeError, "%s() takes from %d to %d positional arguments but %zd were given", function,
                         required, positional, nargs);
        return -1;
    }
    for (int i = 0; i < n; i++) out[i] = i < nargs ? args[i] : NULL;
    for (Py_ssize_t k = 0; k < nkw; k++) {
        PyObject *key = PyTuple_GET_ITEM(kwnames, k);
        Py_ssize_t len;
        const char *name = PyUnicode_AsUTF8AndSize(key, &len);
        int i = 0;
        if (!name) return -1;
        while (i < n && (slots[i].len != (size_t)len || memcmp(slots[i].name, name, (size_t)len))) i++;
        if (i == n) {
            PyErr_Format(PyExc_TypeError, "%s() got an unexpected keyword argument '%S'", function, key);
            return -1;
        }
        if (out[i]) {
            PyErr_Format(PyExc_TypeError, "argument for %s() given by name ('%S') and position (position %d)", function, key, i);
            return -1;
        }
        out[i] = args[nargs + k];
    }
    for (int i = 0; i < required; i++) {
        if (out[i]) continue;
        char name[64] = "";
        memcpy(name, slots[i].name, slots[i].len < sizeof name ? slots[i].len : sizeof name - 1);
        PyErr_Format(PyExc_TypeError, "%s() missing required argument '%s' (pos %d)", function, name, i);
        return -1;
    }
    return 0;
}

int ext_as_int(PyObject *o)
{
    int overflow;
    long v;
    if (PyFloat_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    PyObject *index = PyNumber_Index(o);
    if (!index) return -1;
    v = PyLong_AsLongAndOverflow(index, &overflow);
    Py_DECREF(index);
    if (overflow || v != (int)v) {
        PyErr_SetString(PyExc_OverflowError, "Python int too large to convert to C int");
        return -1;
    }
    return (int)v;
}
