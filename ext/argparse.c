/* The argument parser of the binding's fastcall functions. */
#include "argparse.h"

#include <stdarg.h>
#include <string.h>

enum { MAX_PARAMS = 16 };

typedef int (*converter)(PyObject *, void *);

typedef struct {
    const char *name[MAX_PARAMS];
    converter conv[MAX_PARAMS];
    void *where[MAX_PARAMS];
    int n, required, positional;
} params;

static void read_params(params *p, va_list ap)
{
    p->n = 0;
    p->required = p->positional = -1;
    for (const char *name; p->n < MAX_PARAMS && (name = va_arg(ap, const char *)); p->n++) {
        if (*name == '|' || *name == '$') {
            if (p->required < 0) p->required = p->n;
            if (*name == '$' && p->positional < 0) p->positional = p->n;
            name++;
        }
        p->name[p->n] = name;
        p->conv[p->n] = va_arg(ap, converter);
        p->where[p->n] = va_arg(ap, void *);
    }
    if (p->required < 0) p->required = p->n;
    if (p->positional < 0) p->positional = p->n;
}

static int too_many(const char *fname, const params *p, Py_ssize_t nargs)
{
    if (p->required >= p->positional)
        PyErr_Format(PyExc_TypeError, "%s() takes %d positional arguments but %zd were given",
                     fname, p->positional, nargs);
    else
        PyErr_Format(PyExc_TypeError,
                     "%s() takes from %d to %d positional arguments but %zd were given", fname,
                     p->required, p->positional, nargs);
    return -1;
}

static int place_keywords(const char *fname, const params *p, PyObject *const *values,
                          Py_ssize_t nargs, PyObject *kwnames, PyObject **got)
{
    Py_ssize_t nkw = PyTuple_GET_SIZE(kwnames);
    for (Py_ssize_t k = 0; k < nkw; k++) {
        PyObject *key = PyTuple_GET_ITEM(kwnames, k);
        int i = 0;
        while (i < p->n &&
               !(p->name[i][0] && PyUnicode_CompareWithASCIIString(key, p->name[i]) == 0))
            i++;
        if (i == p->n) {
            PyErr_Format(PyExc_TypeError, "%s() got an unexpected keyword argument '%S'", fname,
                         key);
            return -1;
        }
        if (i < nargs) {
            PyErr_Format(PyExc_TypeError,
                         "argument for %s() given by name ('%s') and position (position %d)", fname,
                         p->name[i], i);
            return -1;
        }
        got[i] = values[k];
    }
    return 0;
}

int ext_parse(const char *fname, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames, ...)
{
    params p;
    PyObject *got[MAX_PARAMS] = {0};
    va_list ap;
    va_start(ap, kwnames);
    read_params(&p, ap);
    va_end(ap);
    if (nargs > p.positional) return too_many(fname, &p, nargs);
    for (Py_ssize_t i = 0; i < nargs; i++) got[i] = args[i];
    if (kwnames && place_keywords(fname, &p, args + nargs, nargs, kwnames, got) < 0) return -1;
    for (int i = 0; i < p.n; i++) {
        if (!got[i]) {
            if (i >= p.required) continue;
            PyErr_Format(PyExc_TypeError, "%s() missing required argument '%s' (pos %d)", fname,
                         p.name[i], i);
            return -1;
        }
        if (!p.conv[i]) {
            *(PyObject **)p.where[i] = got[i];
        } else if (!p.conv[i](got[i], p.where[i])) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_SystemError, "converter failed without an exception");
            return -1;
        }
    }
    return 0;
}
