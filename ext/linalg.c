/* The gufuncs of linalg._umath_linalg, and BLAS under matmul. */
#include "ext.h"

#include "fnp/linalg.h"

#include <string.h>

/* The library of the scipy-openblas64 package beside us, if it is installed. Looked up without importing it. */
static void find_library(void)
{
    PyObject *util = PyImport_ImportModule("importlib.util");
    PyObject *spec = util ? PyObject_CallMethod(util, "find_spec", "s", "scipy_openblas64") : NULL;
    PyObject *origin = spec && spec != Py_None ? PyObject_GetAttrString(spec, "origin") : NULL;
    const char *path = origin && PyUnicode_Check(origin) ? PyUnicode_AsUTF8(origin) : NULL;
    if (path) {
        const char *slash = strrchr(path, '/');
        PyObject *folder = slash ? PyUnicode_FromStringAndSize(path, slash - path) : NULL;
        PyObject *lib = folder ? PyUnicode_FromFormat("%U/lib/libscipy_openblas64_.so", folder) : NULL;
        const char *text = lib ? PyUnicode_AsUTF8(lib) : NULL;
        if (text) fnp_linalg_set_library(text);
        Py_XDECREF(folder);
        Py_XDECREF(lib);
    }
    PyErr_Clear();
    Py_XDECREF(origin);
    Py_XDECREF(spec);
    Py_XDECREF(util);
}

static PyObject *available(PyObject *self, PyObject *unused)
{
    static int looked;
    if (!looked) find_library();
    looked = 1;
    return PyBool_FromLong(fnp_linalg_available());
}

/* Output-only dimension p = min(m, n), the last one of its signature. */
static int smaller_dimension(PyUFuncObject *ufunc, npy_intp *sizes)
{
    npy_intp p = sizes[0] < sizes[1] ? sizes[0] : sizes[1], *last = &sizes[ufunc->core_num_dim_ix - 1];
    if (*last == -1) *last = p;
    if (*last == p) return 0;
    PyErr_Format(PyExc_ValueError, "output core dimension p must be %zd, not %zd", p, *last);
    return -1;
}

/* name -> gufunc: what the module linalg._umath_linalg holds. */
static PyObject *gufuncs(PyObject *self, PyObject *unused)
{
    int count;
    PyObject *found = available(self, NULL);
    if (!found) return NULL;
    Py_DECREF(found);
    if (found == Py_False) {
        PyErr_SetString(PyExc_ImportError, "no BLAS and LAPACK library was found: install the package scipy-openblas64 or the system's OpenBLAS");
        return NULL;
    }
    const fnp_linalg_gufunc *g = fnp_linalg_gufuncs(&count);
    static void *no_data[8];
    PyObject *d = PyDict_New();
    for (int i = 0; d && i < count; i++) {
        PyObject *uf = PyUFunc_FromFuncAndDataAndSignature((PyUFuncGenericFunction *)g[i].kernels, no_data, g[i].types, g[i].ntypes, g[i].nin, g[i].nout,
                                                           PyUFunc_None, g[i].name, "", 0, g[i].signature);
        if (uf && strstr(g[i].signature, "(p)")) ((PyUFuncObject *)uf)->process_core_dims_func = smaller_dimension;
        if (!uf || PyDict_SetItemString(d, g[i].name, uf) < 0) Py_CLEAR(d);
        Py_XDECREF(uf);
    }
    return d;
}

static PyMethodDef functions[] = {
    {"_linalg_available", available, METH_NOARGS, "Whether BLAS and LAPACK were found."},
    {"_linalg_gufuncs", gufuncs, METH_NOARGS, "The gufuncs over LAPACK, by name."},
    {NULL}};

int ext_init_linalg(PyObject *m) { return ext_add_functions(m, functions); }
