/* The exceptions of loop choice; their classes are Python (fnp/_core/_exceptions.py). */
#include "ufunc.h"

static int raise_class(PyObject **cache, const char *name, PyObject *args_stolen)
{
    PyObject *cls = ext_import(cache, "_core._exceptions", name);
    if (cls && args_stolen) PyErr_SetObject(cls, args_stolen);
    Py_XDECREF(args_stolen);
    return -1;
}

int ufunc_no_loop_error(PyUFuncObject *u, PyObject *dtypes)
{
    static PyObject *cls;
    return raise_class(&cls, "_UFuncNoLoopError", dtypes ? Py_BuildValue("ON", u, dtypes) : NULL);
}

int ufunc_binary_error(PyUFuncObject *u, PyArray_Descr *a, PyArray_Descr *b)
{
    static PyObject *cls;
    return raise_class(&cls, "_UFuncBinaryResolutionError", Py_BuildValue("O(OO)", u, a, b));
}

int ufunc_cast_error(PyUFuncObject *u, NPY_CASTING casting, PyArray_Descr *from, PyArray_Descr *to,
                     int i)
{
    static PyObject *in_cls, *out_cls;
    static const char *const names[] = {"no", "equiv", "safe", "same_kind", "unsafe"};
    int level = casting & ~NPY_SAME_VALUE_CASTING_FLAG;
    const char *name = level >= 0 && level <= 4 ? names[level] : "same_value";
    PyObject *args;
    if (i < u->nin) {
        args = Py_BuildValue("OsOOi", u, name, from, to, i);
        return raise_class(&in_cls, "_UFuncInputCastingError", args);
    }
    args = Py_BuildValue("OsOOi", u, name, from, to, i - u->nin);
    return raise_class(&out_cls, "_UFuncOutputCastingError", args);
}

int ufunc_raise(fnp_status st, fnp_error *err)
{
    if (st == FNP_OK) return 0;
    ext_raise(st, err);
    return -1;
}
