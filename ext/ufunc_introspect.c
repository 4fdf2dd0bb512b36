/* Asking a ufunc what it would do: resolve_dtypes, and the loop itself for other compilers. */
#include "ufunc_call.h"

#include "argparse.h"

#include <string.h>

#define CALL_INFO "numpy_1.24_ufunc_call_info"

/* What the capsule holds; the layout is known to its users. */
typedef struct CallInfo {
    PyArrayMethod_StridedLoop *strided_loop;
    PyArrayMethod_Context *context;
    NpyAuxData *auxdata;
    npy_bool requires_pyapi;
    npy_bool no_floatingpoint_errors;
    PyArrayMethod_Context own_context;
    PyArray_Descr *descrs[NPY_MAXARGS];
    int nop;
} CallInfo;

static void info_free(PyObject *capsule)
{
    CallInfo *c = PyCapsule_GetPointer(capsule, CALL_INFO);
    if (!c) return;
    NPY_AUXDATA_FREE(c->auxdata);
    for (int i = 0; i < c->nop; i++) Py_XDECREF(c->descrs[i]);
    Py_XDECREF(c->own_context.method);
    Py_XDECREF(c->own_context.caller);
    PyMem_Free(c);
}

static int read_operand(UfuncQuery *q, int i, PyObject *o, PyArray_Descr **owned)
{
    if (o == Py_None) {
        if (i < q->nin && !(i == 0 && q->reduction)) {
            PyErr_SetString(
                PyExc_TypeError,
                "All input dtypes must be provided (except the first one in reductions)");
            return -1;
        }
        return 0;
    }
    if (PyArray_DescrCheck(o)) {
        q->given[i] = (PyArray_Descr *)o;
        return 0;
    }
    if (o == (PyObject *)&PyLong_Type || o == (PyObject *)&PyFloat_Type ||
        o == (PyObject *)&PyComplex_Type) {
        if (i >= q->nin) {
            PyErr_SetString(PyExc_TypeError, "Only dtype instances and None are valid for outputs");
            return -1;
        }
        q->weak[i] = o == (PyObject *)&PyLong_Type    ? WEAK_INT
                     : o == (PyObject *)&PyFloat_Type ? WEAK_FLOAT
                                                      : WEAK_COMPLEX;
        int num = q->weak[i] == WEAK_INT     ? NPY_LONG
                  : q->weak[i] == WEAK_FLOAT ? NPY_DOUBLE
                                             : NPY_CDOUBLE;
        q->given[i] = ext_builtin_descrs[num];
        return 0;
    }
    PyErr_SetString(PyExc_TypeError,
                    "Provided dtype must be a valid NumPy dtype, int, float, complex, or None.");
    return -1;
}

static PyObject *resolve(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kwnames,
                         bool context)
{
    PyUFuncObject *u = (PyUFuncObject *)self;
    PyObject *v[4] = {NULL};
    if (ext_parse("resolve_dtypes", args, n, kwnames, "", NULL, &v[0], "$signature", NULL, &v[1],
                  "$casting", NULL, &v[2], "$reduction", NULL, &v[3], NULL) < 0)
        return NULL;
    UfuncQuery q;
    UfuncLoop loop;
    memset(&q, 0, sizeof q);
    q.ufunc = u;
    q.nin = u->nin;
    q.nop = u->nargs;
    q.casting = NPY_UNSAFE_CASTING;
    bool check = false;
    if (v[2] && v[2] != Py_None) {
        if (!PyArray_CastingConverter(v[2], &q.casting)) return NULL;
        check = true;
    }
    if (v[3]) {
        int t = PyObject_IsTrue(v[3]);
        if (t < 0) return NULL;
        q.reduction = t;
    }
    if (!PyTuple_CheckExact(v[0]) || PyTuple_GET_SIZE(v[0]) != u->nargs) {
        PyErr_SetString(PyExc_TypeError,
                        "resolve_dtypes: The dtypes must be a tuple of `ufunc.nargs` length.");
        return NULL;
    }
    if (q.reduction && (u->nin != 2 || u->nout != 1 || u->core_enabled)) {
        PyErr_SetString(PyExc_ValueError, "ufunc is not compatible with reduction operations.");
        return NULL;
    }
    (void)check;
    for (int i = 0; i < u->nargs; i++)
        if (read_operand(&q, i, PyTuple_GET_ITEM(v[0], i), NULL) < 0) return NULL;
    if (q.reduction) {
        if (PyTuple_GET_ITEM(v[0], 2) != Py_None) {
            PyErr_SetString(
                PyExc_TypeError,
                "Output dtype must not be passed for reductions, pass the first input instead.");
            return NULL;
        }
        if (!q.given[0]) {
            int wide = ufunc_wider_type(u, q.given[1]);
            q.given[0] = wide >= 0 ? ext_builtin_descrs[wide] : q.given[1];
        }
    }
    if (ufunc_fix_types(&q, v[1] && v[1] != Py_None ? v[1] : NULL, NULL) < 0) return NULL;
    if (ufunc_resolve(&q, &loop) < 0) return NULL;
    PyObject *dtypes = PyTuple_New(u->nargs), *result = NULL;
    for (int i = 0; dtypes && i < u->nargs; i++)
        PyTuple_SET_ITEM(dtypes, i, Py_NewRef((PyObject *)loop.descrs[i]));
    if (!context || !dtypes) {
        ufunc_loop_clear(&loop);
        return dtypes;
    }
    CallInfo *c = PyMem_Calloc(1, sizeof *c);
    PyArrayMethodObject *m = NULL;
    if (c) {
        c->nop = u->nargs;
        for (int i = 0; i < u->nargs; i++)
            c->descrs[i] = (PyArray_Descr *)Py_NewRef((PyObject *)loop.descrs[i]);
        if (loop.method) {
            m = (PyArrayMethodObject *)Py_NewRef((PyObject *)loop.method);
        } else {
            PyArray_DTypeMeta *classes[NPY_MAXARGS];
            for (int i = 0; i < u->nargs; i++) classes[i] = NPY_DTYPE(loop.descrs[i]);
            m = ext_method_from_kernel(ufunc_name(u), u->nin, u->nout, classes, loop.kernel,
                                       loop.data);
            if (m && loop.flags & FNP_LOOP_NO_FLOAT_ERRORS)
                m->flags = (NPY_ARRAYMETHOD_FLAGS)(m->flags | NPY_METH_NO_FLOATINGPOINT_ERRORS);
        }
        c->own_context = (PyArrayMethod_Context){
            .caller = Py_NewRef(self), .method = m, .descriptors = c->descrs};
        c->context = &c->own_context;
        PyObject *capsule = m ? PyCapsule_New(c, CALL_INFO, info_free) : NULL;
        if (capsule) result = Py_BuildValue("NN", dtypes, capsule);
    }
    if (!result) Py_DECREF(dtypes);
    ufunc_loop_clear(&loop);
    return result;
}

PyObject *ufunc_resolve_dtypes(PyObject *u, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    return resolve(u, args, n, kwnames, false);
}

PyObject *ufunc_resolve_dtypes_and_context(PyObject *u, PyObject *const *args, Py_ssize_t n,
                                           PyObject *kwnames)
{
    return resolve(u, args, n, kwnames, true);
}

PyObject *ufunc_get_strided_loop(PyObject *self, PyObject *const *args, Py_ssize_t n,
                                 PyObject *kwnames)
{
    PyUFuncObject *u = (PyUFuncObject *)self;
    PyObject *v[2] = {NULL};
    if (ext_parse("_get_strided_loop", args, n, kwnames, "", NULL, &v[0], "$fixed_strides", NULL,
                  &v[1], NULL) < 0)
        return NULL;
    npy_intp strides[NPY_MAXARGS];
    CallInfo *c = PyCapsule_GetPointer(v[0], CALL_INFO);
    if (!c) return NULL;
    if (c->strided_loop) {
        PyErr_SetString(PyExc_TypeError, "ufunc call_info has already been filled/used!");
        return NULL;
    }
    if (c->own_context.caller != self) {
        PyErr_SetString(PyExc_TypeError, "calling get_strided_loop with incompatible context");
        return NULL;
    }
    for (int i = 0; i < u->nargs; i++) strides[i] = NPY_MAX_INTP;
    if (v[1] && v[1] != Py_None) {
        if (!PyTuple_CheckExact(v[1]) || PyTuple_GET_SIZE(v[1]) != u->nargs) {
            PyErr_SetString(PyExc_TypeError,
                            "_get_strided_loop(): fixed_strides must be a tuple or None");
            return NULL;
        }
        for (int i = 0; i < u->nargs; i++) {
            PyObject *o = PyTuple_GET_ITEM(v[1], i);
            if (o == Py_None) continue;
            if (!PyLong_CheckExact(o)) {
                PyErr_SetString(
                    PyExc_TypeError,
                    "_get_strided_loop(): fixed_strides tuple must contain Python ints or None");
                return NULL;
            }
            strides[i] = PyNumber_AsSsize_t(o, PyExc_OverflowError);
            if (strides[i] == -1 && PyErr_Occurred()) return NULL;
        }
    }
    NPY_ARRAYMETHOD_FLAGS flags = (NPY_ARRAYMETHOD_FLAGS)0;
    if (ext_method_get_loop(c->context, 1, strides, &c->strided_loop, &c->auxdata, &flags) < 0)
        return NULL;
    c->requires_pyapi = (flags & NPY_METH_REQUIRES_PYAPI) != 0;
    c->no_floatingpoint_errors = (flags & NPY_METH_NO_FLOATINGPOINT_ERRORS) != 0;
    Py_RETURN_NONE;
}
