/* The gufuncs of linalg._umath_linalg, and BLAS under matmul. */
#include "ext.h"
#include "ufunc_call.h"

#include "fnp/linalg.h"
#include "fnp/runtime.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The library of the scipy-openblas64 package, if one of the path's folders has it: a look, not an
 * import. */
static void find_library(void)
{
    PyObject *path = PySys_GetObject("path");
    for (Py_ssize_t i = 0; path && PyList_Check(path) && i < PyList_GET_SIZE(path); i++) {
        PyObject *item = PyList_GET_ITEM(path, i);
        const char *folder = PyUnicode_Check(item) ? PyUnicode_AsUTF8(item) : NULL;
        char full[4096];
        if (!folder || !*folder) continue;
        snprintf(full, sizeof full, "%s/scipy_openblas64/lib/libscipy_openblas64_.so", folder);
        if (access(full, R_OK) == 0) {
            fnp_linalg_set_library(full);
            return;
        }
    }
    PyErr_Clear();
}

static PyObject *available(PyObject *self, PyObject *unused)
{
    return PyBool_FromLong(fnp_linalg_available());
}

/* Before each call: the library is there (opened by the first one), and an output-only dimension p,
 * the last of its signature, is min(m, n). */
static int before_call(PyUFuncObject *ufunc, npy_intp *sizes)
{
    if (!fnp_linalg_available()) {
        PyErr_SetString(PyExc_ImportError, "no BLAS and LAPACK library was found: install the "
                                           "package scipy-openblas64 or the system's OpenBLAS");
        return -1;
    }
    if (!strstr(ufunc->core_signature, "(p)")) return 0;
    npy_intp p = sizes[0] < sizes[1] ? sizes[0] : sizes[1],
             *last = &sizes[ufunc->core_num_dim_ix - 1];
    if (*last == -1) *last = p;
    if (*last == p) return 0;
    PyErr_Format(PyExc_ValueError, "output core dimension p must be %zd, not %zd", p, *last);
    return -1;
}

/* name -> gufunc: what the module linalg._umath_linalg holds. */
static PyObject *gufuncs(PyObject *self, PyObject *unused)
{
    int count;
    const fnp_linalg_gufunc *g = fnp_linalg_gufuncs(&count);
    static void *no_data[8];
    PyObject *d = PyDict_New();
    for (int i = 0; d && i < count; i++) {
        PyObject *uf = PyUFunc_FromFuncAndDataAndSignature(
            (PyUFuncGenericFunction *)g[i].kernels, no_data, g[i].types, g[i].ntypes, g[i].nin,
            g[i].nout, PyUFunc_None, g[i].name, "", 0, g[i].signature);
        if (uf) {
            ((PyUFuncObject *)uf)->process_core_dims_func = before_call;
            ufunc_extra((PyUFuncObject *)uf)->plain_core = true;
        }
        if (!uf || PyDict_SetItemString(d, g[i].name, uf) < 0) Py_CLEAR(d);
        Py_XDECREF(uf);
    }
    return d;
}

/* The type that LAPACK computes in for arrays of this one, or -1. */
static int computed_type(int num)
{
    if (PyTypeNum_ISBOOL(num) || PyTypeNum_ISINTEGER(num) || num == NPY_FLOAT || num == NPY_DOUBLE)
        return NPY_DOUBLE;
    return num == NPY_CFLOAT || num == NPY_CDOUBLE ? NPY_CDOUBLE : -1;
}

/* `o` (stolen) in single precision. */
static PyObject *to_single(PyObject *o)
{
    PyArrayObject *a = (PyArrayObject *)PyArray_FROM_O(o);
    Py_DECREF(o);
    int num = a && PyTypeNum_ISCOMPLEX(PyArray_TYPE(a)) ? NPY_CFLOAT : NPY_FLOAT;
    PyArrayObject *r =
        a ? (PyArrayObject *)PyArray_CastToType(a, PyArray_DescrFromType(num), 0) : NULL;
    Py_XDECREF(a);
    return r ? ext_return(r) : NULL;
}

/* _lapack_quick(gufunc, failure, *arrays): the gufunc's result on square matrices, exact arrays or
 * lists, that are computed in one type, and in their precision; None where the long way has to be
 * taken. */
static PyObject *lapack_quick(PyObject *self, PyObject *const *args, Py_ssize_t n)
{
    PyUFuncObject *u = (PyUFuncObject *)args[0];
    PyObject *failure = args[1] == Py_None ? NULL : args[1], *in[2] = {NULL}, *r = NULL;
    n -= 2;
    if (n < 1 || n > 2 || n != u->nin || fnp_ledger_on()) Py_RETURN_NONE;
    int to = -1, single = 0;
    bool fits = true;
    for (Py_ssize_t i = 0; i < n && fits; i++) {
        PyObject *x = args[2 + i];
        bool plain = PyList_CheckExact(x) || PyTuple_CheckExact(x);
        fits = plain || PyArray_CheckExact(x);
        if (!fits || !(in[i] = plain ? PyArray_FROM_O(x) : Py_NewRef(x))) break;
        PyArrayObject *a = (PyArrayObject *)in[i];
        int nd = PyArray_NDIM(a), num = PyArray_TYPE(a), computed = computed_type(num);
        fits = computed >= 0 && (i == 0 || computed == to) && PyArray_ISNOTSWAPPED(a) &&
               (i > 0 || (nd > 1 && PyArray_DIM(a, nd - 1) == PyArray_DIM(a, nd - 2)));
        to = computed;
        single += num == NPY_FLOAT || num == NPY_CFLOAT;
        if (fits && num != to)
            Py_SETREF(in[i], PyArray_CastToType(a, PyArray_DescrFromType(to), 0));
    }
    if (fits && !PyErr_Occurred() && (single == 0 || single == n))
        r = ufunc_fast_gufunc(u, in, NULL, failure);
    Py_XDECREF(in[0]);
    Py_XDECREF(in[1]);
    if (!r) return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
    if (!single) return r;
    if (!PyTuple_CheckExact(r)) return to_single(r);
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(r); i++) {
        PyObject *single = to_single(Py_NewRef(PyTuple_GET_ITEM(r, i)));
        if (!single) {
            Py_DECREF(r);
            return NULL;
        }
        PyObject *wide = PyTuple_GET_ITEM(r, i);
        PyTuple_SET_ITEM(r, i, single);
        Py_DECREF(wide);
    }
    return r;
}

static PyMethodDef functions[] = {
    {"_lapack_quick", (PyCFunction)(void (*)(void))lapack_quick, METH_FASTCALL,
     "_lapack_quick(gufunc, failure, *arrays)\n\nThe short way to a gufunc, or None."},
    {"_linalg_available", available, METH_NOARGS, "Whether BLAS and LAPACK were found."},
    {"_linalg_gufuncs", gufuncs, METH_NOARGS, "The gufuncs over LAPACK, by name."},
    {NULL}};

/* BLAS stands in for matmul's own loops on the four types that it has. */
static int put_blas_under_matmul(PyObject *m)
{
    PyUFuncObject *uf = (PyUFuncObject *)PyDict_GetItemString(PyModule_GetDict(m), "matmul");
    for (int i = 0; uf && i < uf->ntypes; i++) {
        const char *t = uf->types + i * uf->nargs;
        if (t[0] == t[1] && t[1] == t[2])
            uf->functions[i] =
                (PyUFuncGenericFunction)fnp_linalg_matmul(t[0], (fnp_kernel_fn *)uf->functions[i]);
    }
    return 0;
}

/* What dot, inner and vdot call: the same loops under the name that their warnings have. */
static int add_loops(PyObject *m, const char *from, const char *as, const char *name)
{
    PyUFuncObject *uf = (PyUFuncObject *)PyDict_GetItemString(PyModule_GetDict(m), from);
    PyObject *dot = uf ? PyUFunc_FromFuncAndDataAndSignature(
                             uf->functions, (void **)uf->data, uf->types, uf->ntypes, uf->nin,
                             uf->nout, PyUFunc_None, name, "", 0, uf->core_signature)
                       : NULL;
    int r = dot ? PyModule_AddObjectRef(m, as, dot) : -1;
    if (dot) ufunc_extra((PyUFuncObject *)dot)->plain_core = true;
    Py_XDECREF(dot);
    return r;
}

int ext_init_linalg(PyObject *m)
{
    find_library();
    if (put_blas_under_matmul(m) < 0 || add_loops(m, "matmul", "_dot", "dot") < 0 ||
        add_loops(m, "vecdot", "_vdot", "dot") < 0)
        return -1;
    return ext_add_functions(m, functions);
}
