/* The __array_ufunc__ protocol. */
#include "ufunc_call.h"

#include <string.h>

static bool is_basic(PyObject *o)
{
    PyTypeObject *t = Py_TYPE(o);
    return t == &PyArray_Type || t == &PyFloat_Type || t == &PyLong_Type || t == &PyBool_Type ||
           t == &PyComplex_Type || t == &PyUnicode_Type || t == &PyBytes_Type ||
           t == &PyList_Type || t == &PyTuple_Type || o == Py_None;
}

/* The type's __array_ufunc__ (new reference) if it is not ndarray's own. */
static PyObject *own_method(PyObject *o)
{
    static PyObject *name, *inherited;
    if (is_basic(o) || PyArray_IsScalar(o, Generic) || ext_is_other_numpy(Py_TYPE(o))) return NULL;
    if (!name && !(name = PyUnicode_InternFromString("__array_ufunc__"))) return NULL;
    PyObject *m = _PyType_Lookup(Py_TYPE(o), name);
    if (!m) return NULL;
    if (!inherited) inherited = _PyType_Lookup(&PyArray_Type, name);
    if (m == inherited) return NULL;
    PyTypeObject *other = ext_other_ndarray(Py_TYPE(o));
    return other && m == _PyType_Lookup(other, name) ? NULL : Py_NewRef(m);
}

int ufunc_override_needed(PyObject *const *in, int nin, PyObject *const *out, int nout)
{
    for (int i = 0; i < nin + nout; i++) {
        PyObject *o = i < nin ? in[i] : out[i - nin];
        if (!o || is_basic(o)) continue;
        PyObject *m = own_method(o);
        if (!m) continue;
        Py_DECREF(m);
        return 1;
    }
    return 0;
}

/* ---- normalised arguments
 * ---------------------------------------------------------------------------------------------------
 */

static int put(PyObject *kw, const char *name, PyObject *value)
{
    return PyDict_SetItemString(kw, name, value);
}

static int put_out(PyObject *kw, PyObject *const *out, int nout)
{
    bool any = false;
    for (int i = 0; i < nout; i++) any |= out[i] != NULL;
    if (!any) return 0;
    PyObject *t = PyTuple_New(nout);
    if (!t) return -1;
    for (int i = 0; i < nout; i++) PyTuple_SET_ITEM(t, i, Py_NewRef(out[i] ? out[i] : Py_None));
    int r = put(kw, "out", t);
    Py_DECREF(t);
    return r;
}

/* Names of the positional arguments of each method, from the first that is passed by keyword. */
static const char *const reduce_names[] = {"axis",    "dtype", "out", "keepdims",
                                           "initial", "where", NULL};
static const char *const accumulate_names[] = {"axis", "dtype", "out", NULL};
static const char *const reduceat_names[] = {"axis", "dtype", "out", NULL};

static PyObject *no_value(void)
{
    static PyObject *v;
    return ext_import(&v, "_globals", "_NoValue");
}

static int put_positional(PyObject *kw, const char *const *names, PyObject *const *args,
                          Py_ssize_t n)
{
    for (Py_ssize_t i = 0; i < n && names[i]; i++) {
        if (strcmp(names[i], "out") == 0) continue;
        if (strcmp(names[i], "initial") == 0 && args[i] == no_value()) continue;
        if (put(kw, names[i], args[i]) < 0) return -1;
    }
    return 0;
}

static PyObject *normal_keywords(PyUFuncObject *u, const char *method, int nin,
                                 PyObject *const *out, int nout, PyObject *const *args,
                                 Py_ssize_t nargs, PyObject *kwnames)
{
    PyObject *kw = PyDict_New();
    if (!kw) return NULL;
    int bad = 0;
    if (strcmp(method, "reduce") == 0) bad = put_positional(kw, reduce_names, args + 1, nargs - 1);
    if (strcmp(method, "accumulate") == 0)
        bad = put_positional(kw, accumulate_names, args + 1, nargs - 1);
    if (strcmp(method, "reduceat") == 0)
        bad = put_positional(kw, reduceat_names, args + 2, nargs - 2);
    Py_ssize_t nkw = kwnames ? PyTuple_GET_SIZE(kwnames) : 0;
    for (Py_ssize_t i = 0; i < nkw && !bad; i++) {
        PyObject *k = PyTuple_GET_ITEM(kwnames, i);
        if (PyUnicode_CompareWithASCIIString(k, "out") == 0 ||
            PyUnicode_CompareWithASCIIString(k, "array") == 0 ||
            PyUnicode_CompareWithASCIIString(k, "indices") == 0)
            continue;
        if (PyUnicode_CompareWithASCIIString(k, "initial") == 0 && args[nargs + i] == no_value())
            continue;
        if (PyUnicode_CompareWithASCIIString(k, "sig") == 0)
            bad = put(kw, "signature", args[nargs + i]);
        else
            bad = PyDict_SetItem(kw, k, args[nargs + i]);
    }
    if (!bad) bad = put_out(kw, out, nout);
    if (bad) Py_CLEAR(kw);
    return kw;
}

/* ---- the calls
 * --------------------------------------------------------------------------------------------------------------
 */

static void none_wanted(PyUFuncObject *u, const char *method, PyObject *const *in, int nin,
                        PyObject *kw)
{
    static PyObject *format;
    if (!ext_import(&format, "_core._internal", "array_ufunc_errmsg_formatter")) return;
    PyObject *args = PyTuple_New(nin + 3);
    if (!args) return;
    PyTuple_SET_ITEM(args, 0, Py_NewRef(Py_None));
    PyTuple_SET_ITEM(args, 1, Py_NewRef((PyObject *)u));
    PyTuple_SET_ITEM(args, 2, PyUnicode_FromString(method));
    for (int i = 0; i < nin; i++) PyTuple_SET_ITEM(args, 3 + i, Py_NewRef(in[i]));
    PyObject *text = PyObject_Call(format, args, kw);
    if (text) PyErr_SetObject(PyExc_TypeError, text);
    Py_XDECREF(text);
    Py_DECREF(args);
}

/* The mask counts as an operand that may answer. */
static PyObject *where_argument(const char *method, PyObject *const *args, Py_ssize_t nargs,
                                PyObject *kwnames)
{
    if (strcmp(method, "reduce") == 0 && nargs > 6) return args[6];
    for (Py_ssize_t i = 0; kwnames && i < PyTuple_GET_SIZE(kwnames); i++)
        if (PyUnicode_CompareWithASCIIString(PyTuple_GET_ITEM(kwnames, i), "where") == 0)
            return args[nargs + i];
    return NULL;
}

int ufunc_override(PyUFuncObject *u, const char *method, PyObject *const *in, int nin,
                   PyObject *const *out, int nout, PyObject *const *args, Py_ssize_t nargs,
                   PyObject *kwnames, PyObject **result)
{
    PyObject *objects[NPY_MAXARGS + 1], *methods[NPY_MAXARGS + 1],
        *where = where_argument(method, args, nargs, kwnames);
    int n = 0, answered = 1;
    *result = NULL;
    for (int i = 0; i <= nin + nout; i++) {
        PyObject *o = i < nin ? in[i] : i < nin + nout ? out[i - nin] : where;
        if (!o) continue;
        bool seen = false;
        for (int k = 0; k < n; k++) seen |= Py_TYPE(objects[k]) == Py_TYPE(o);
        PyObject *m = seen ? NULL : own_method(o);
        if (!m) continue;
        if (m == Py_None) {
            PyErr_Format(PyExc_TypeError,
                         "operand '%.200s' does not support ufuncs (__array_ufunc__=None)",
                         Py_TYPE(o)->tp_name);
            Py_DECREF(m);
            for (int k = 0; k < n; k++) Py_DECREF(methods[k]);
            return 1;
        }
        objects[n] = o;
        methods[n++] = m;
    }
    if (n == 0) return 0;
    PyObject *kw = normal_keywords(u, method, nin, out, nout, args, nargs, kwnames);
    PyObject *name = kw ? PyUnicode_FromString(method) : NULL;
    bool done[NPY_MAXARGS + 1] = {false};
    for (int round = 0; name && round < n; round++) {
        int pick = -1; /* the first one left whose type has no subtype among those left */
        for (int i = 0; i < n && pick < 0; i++) {
            if (done[i]) continue;
            pick = i;
            for (int k = i + 1; k < n; k++)
                if (!done[k] &&
                    PyObject_IsInstance(objects[k], (PyObject *)Py_TYPE(objects[i])) == 1)
                    pick = -1;
        }
        if (pick < 0) break;
        done[pick] = true;
        PyObject *t = PyTuple_New(nin + 3);
        if (!t) break;
        PyTuple_SET_ITEM(t, 0, Py_NewRef(objects[pick]));
        PyTuple_SET_ITEM(t, 1, Py_NewRef((PyObject *)u));
        PyTuple_SET_ITEM(t, 2, Py_NewRef(name));
        for (int i = 0; i < nin; i++) PyTuple_SET_ITEM(t, 3 + i, Py_NewRef(in[i]));
        PyObject *f = methods[pick], *r;
        descrgetfunc get = Py_TYPE(f)->tp_descr_get;
        if (get && !PyFunction_Check(f)) { /* classmethods and the like */
            PyObject *bound = get(f, objects[pick], (PyObject *)Py_TYPE(objects[pick]));
            PyObject *rest = bound ? PyTuple_GetSlice(t, 1, nin + 3) : NULL;
            r = rest ? PyObject_Call(bound, rest, kw) : NULL;
            Py_XDECREF(rest);
            Py_XDECREF(bound);
        } else {
            r = PyObject_Call(f, t, kw);
        }
        Py_DECREF(t);
        if (r == Py_NotImplemented) {
            Py_DECREF(r);
            if (round == n - 1) none_wanted(u, method, in, nin, kw);
            continue;
        }
        *result = r;
        break;
    }
    Py_XDECREF(name);
    Py_XDECREF(kw);
    for (int k = 0; k < n; k++) Py_DECREF(methods[k]);
    return answered;
}
