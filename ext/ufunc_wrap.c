/* __array_wrap__: how results take the type of the inputs. */
#include "ufunc_call.h"

static PyObject *str_wrap(void)
{
    static PyObject *s;
    return s ? s : (s = PyUnicode_InternFromString("__array_wrap__"));
}

/* The type's attribute, bound to o; NULL without exception if there is none. */
static PyObject *lookup(PyObject *o, PyObject *name)
{
    PyObject *r;
    if (PyObject_GetOptionalAttr(o, name, &r) < 0) return NULL;
    return r;
}

static bool is_basic(PyObject *o)
{
    PyTypeObject *t = Py_TYPE(o);
    return t == &PyArray_Type || t == &PyFloat_Type || t == &PyLong_Type || t == &PyBool_Type ||
           t == &PyComplex_Type || t == &PyUnicode_Type || t == &PyBytes_Type ||
           t == &PyList_Type || t == &PyTuple_Type || t == &PyDict_Type || t == &PySet_Type ||
           t == &PySlice_Type || o == Py_None || PyArray_IsScalar(o, Generic) ||
           ext_is_other_numpy(t);
}

int ufunc_find_wrap(UfuncWrap *w, PyObject *const *in, int nin, bool subok)
{
    w->wrap = NULL;
    if (!subok) return 0;
    double best = 0;
    bool plain = false; /* ndarray itself: it has no wrapper, but a priority */
    for (int i = 0; i < nin; i++) {
        plain |= PyArray_CheckExact(in[i]);
        if (is_basic(in[i])) continue;
        PyObject *f = lookup(in[i], str_wrap());
        if (!f) {
            if (PyErr_Occurred()) return -1;
            continue;
        }
        if (!PyCallable_Check(f)) {
            Py_DECREF(f);
            continue;
        }
        double p = PyArray_GetPriority(in[i], NPY_PRIORITY);
        if (!w->wrap || p > best) {
            Py_XSETREF(w->wrap, f);
            best = p;
        } else {
            Py_DECREF(f);
        }
    }
    if (plain && best < NPY_PRIORITY) Py_CLEAR(w->wrap);
    return 0;
}

/* Call a wrapper with (array, context, return_scalar); older ones take fewer arguments. */
static PyObject *call_wrap(PyObject *wrap, PyObject *array, PyObject *context, bool scalar)
{
    PyObject *args[] = {array, context, scalar ? Py_True : Py_False};
    PyObject *r = PyObject_Vectorcall(wrap, args, 3, NULL);
    if (r || !PyErr_ExceptionMatches(PyExc_TypeError)) return r;
    PyObject *t, *v, *b;
    PyErr_Fetch(&t, &v, &b);
    bool third = true;
    r = PyObject_Vectorcall(wrap, args, 2, NULL);
    if (!r && PyErr_ExceptionMatches(PyExc_TypeError)) {
        third = false;
        PyErr_Clear();
        r = PyObject_Vectorcall(wrap, args, 1, NULL);
    }
    if (!r) {
        if (PyErr_ExceptionMatches(PyExc_TypeError)) {
            PyErr_Clear();
            PyErr_Restore(t, v, b);
        } else {
            Py_XDECREF(t);
            Py_XDECREF(v);
            Py_XDECREF(b);
        }
        return NULL;
    }
    Py_XDECREF(t);
    Py_XDECREF(v);
    Py_XDECREF(b);
    const char *text = third ? "__array_wrap__ must accept context and return_scalar arguments "
                               "(positionally) in the "
                               "future. (Deprecated NumPy 2.0)"
                             : "__array_wrap__ must accept context and return_scalar arguments "
                               "(positionally) in the "
                               "future. (Deprecated NumPy 2.0)";
    if (PyErr_WarnEx(PyExc_DeprecationWarning, text, 1) < 0) Py_CLEAR(r);
    return r;
}

/* `array` (stolen) as the wrapper knows arrays: one whose owner derives from a real NumPy's ndarray
 * gets such an array with the same numbers. */
static PyObject *as_owner_knows(PyObject *wrap, PyArrayObject *array)
{
    PyObject *owner = PyObject_GetAttrString(wrap, "__self__");
    PyTypeObject *other = owner ? ext_other_ndarray(Py_TYPE(owner)) : NULL;
    if (!owner) PyErr_Clear();
    Py_XDECREF(owner);
    int num = PyArray_TYPE(array);
    if (!other || !(PyTypeNum_ISNUMBER(num) || PyTypeNum_ISBOOL(num))) return (PyObject *)array;
    PyObject *dense = PyArray_NewCopy(array, NPY_CORDER),
             *shape = PyArray_IntTupleFromIntp(PyArray_NDIM(array), PyArray_DIMS(array));
    char type[2] = {PyArray_DESCR(array)->type, 0};
    PyObject *r =
        dense && shape ? PyObject_CallFunction((PyObject *)other, "OsO", shape, type, dense) : NULL;
    Py_XDECREF(dense);
    Py_XDECREF(shape);
    Py_DECREF(array);
    return r;
}

PyObject *ufunc_wrap_result(UfuncWrap *w, PyUFuncObject *u, PyObject *full_args, int i,
                            PyArrayObject *array, PyObject *given, bool scalar)
{
    PyObject *wrap = w->wrap;
    if (given) {
        if (PyArray_CheckExact(given)) {
            Py_DECREF(array);
            return Py_NewRef(given);
        }
        wrap = lookup(given, str_wrap());
        if (!wrap) {
            Py_DECREF(array);
            return PyErr_Occurred() ? NULL : Py_NewRef(given);
        }
    }
    if (!wrap) {
        if (!scalar) return (PyObject *)array;
        return PyArray_Return(array);
    }
    PyObject *context = full_args ? Py_BuildValue("OOi", u, full_args, i) : Py_NewRef(Py_None);
    PyObject *known = as_owner_knows(wrap, array);
    PyObject *r = context && known ? call_wrap(wrap, known, context, scalar) : NULL;
    Py_XDECREF(context);
    Py_XDECREF(known);
    if (given) Py_DECREF(wrap);
    return r;
}

PyObject *ufunc_full_args(PyObject *const *in, int nin, PyObject *const *out, int nout)
{
    PyObject *t = PyTuple_New(nin + (out ? nout : 0));
    if (!t) return NULL;
    for (int i = 0; i < nin; i++) PyTuple_SET_ITEM(t, i, Py_NewRef(in[i]));
    for (int i = 0; out && i < nout; i++)
        PyTuple_SET_ITEM(t, nin + i, Py_NewRef(out[i] ? out[i] : Py_None));
    return t;
}
