/* Small functions of the C-API that belong to no other file. */
#include "array.h"
#include "array_methods.h"
#include "convert.h"

#include <string.h>

double PyArray_GetPriority(PyObject *obj, double missing)
{
    static PyObject *name;
    if (PyArray_CheckExact(obj)) return NPY_PRIORITY;
    if (PyArray_CheckAnyScalarExact(obj)) return NPY_SCALAR_PRIORITY;
    if (!name) name = PyUnicode_InternFromString("__array_priority__");
    PyObject *v = PyObject_GetAttr((PyObject *)Py_TYPE(obj), name);
    if (v && !PyFloat_Check(v) && !PyLong_Check(v)) { /* a property: ask the object */
        Py_DECREF(v);
        v = PyObject_GetAttr(obj, name);
    }
    if (!v) {
        PyErr_Clear();
        return missing;
    }
    double p = PyFloat_AsDouble(v);
    Py_DECREF(v);
    if (p == -1 && PyErr_Occurred()) {
        PyErr_Clear();
        return missing;
    }
    return p;
}

PyObject *PyArray_CheckAxis(PyArrayObject *arr, int *axis, int flags)
{
    PyArrayObject *a = (PyArrayObject *)Py_NewRef(arr);
    if (*axis == NPY_RAVEL_AXIS || PyArray_NDIM(a) == 0) {
        if (PyArray_NDIM(a) != 1) {
            Py_SETREF(a, (PyArrayObject *)PyArray_Ravel(arr, NPY_CORDER));
            if (!a) return NULL;
        }
        if (*axis == NPY_RAVEL_AXIS) *axis = PyArray_NDIM(a) - 1;
        if (flags == 0 && *axis == 0) return (PyObject *)a;
    }
    if (flags) {
        PyObject *b = PyArray_CheckFromAny((PyObject *)a, NULL, 0, 0, flags, NULL);
        Py_SETREF(a, (PyArrayObject *)b);
        if (!a) return NULL;
    }
    if (PyArray_CheckAxis_(axis, PyArray_NDIM(a)) < 0) Py_CLEAR(a);
    return (PyObject *)a;
}

int PyArray_ValidType(int type)
{
    PyArray_Descr *d = PyArray_DescrFromType(type);
    if (!d) {
        PyErr_Clear();
        return 0;
    }
    Py_DECREF(d);
    return 1;
}

/* The bytes of 0 or 1 in the array's type; objects are borrowed references. */
static char *number_bytes(PyArrayObject *arr, long value)
{
    PyArray_Descr *d = PyArray_DESCR(arr);
    char *p = PyDataMem_NEW((size_t)PyDataType_ELSIZE(d));
    if (!p) {
        PyErr_NoMemory();
        return NULL;
    }
    PyObject *v = PyLong_FromLong(value);
    memset(p, 0, (size_t)PyDataType_ELSIZE(d));
    if (d->type_num == NPY_OBJECT) {
        memcpy(p, &v, sizeof v); /* small integers live for ever */
        Py_DECREF(v);
        return p;
    }
    int r = v ? PyArray_Pack(d, p, v) : -1;
    Py_XDECREF(v);
    if (r >= 0) return p;
    PyDataMem_FREE(p);
    return NULL;
}

char *PyArray_Zero(PyArrayObject *arr)
{
    return number_bytes(arr, 0);
}
char *PyArray_One(PyArrayObject *arr)
{
    return number_bytes(arr, 1);
}

NPY_SCALARKIND PyArray_ScalarKind(int typenum, PyArrayObject **arr)
{
    if (PyTypeNum_ISBOOL(typenum)) return NPY_BOOL_SCALAR;
    if (PyTypeNum_ISUNSIGNED(typenum)) return NPY_INTPOS_SCALAR;
    if (PyTypeNum_ISINTEGER(typenum)) {
        if (arr && *arr) {
            PyObject *v = PyArray_GETITEM(*arr, PyArray_DATA(*arr)), *zero = PyLong_FromLong(0);
            int negative = v && zero ? PyObject_RichCompareBool(v, zero, Py_LT) : 0;
            Py_XDECREF(v);
            Py_XDECREF(zero);
            return negative == 1 ? NPY_INTNEG_SCALAR : NPY_INTPOS_SCALAR;
        }
        return NPY_INTPOS_SCALAR;
    }
    if (PyTypeNum_ISFLOAT(typenum)) return NPY_FLOAT_SCALAR;
    if (PyTypeNum_ISCOMPLEX(typenum)) return NPY_COMPLEX_SCALAR;
    return NPY_OBJECT_SCALAR;
}

int PyArray_CanCoerceScalar(int thistype, int neededtype, NPY_SCALARKIND scalar)
{
    if (scalar == NPY_NOSCALAR) return PyArray_CanCastSafely(thistype, neededtype);
    return PyArray_ScalarKind(neededtype, NULL) >= scalar;
}

/* Pointers to rows: the array in C layout is kept in *op, `ptr` gets a pointer of nd levels. */
int PyArray_AsCArray(PyObject **op, void *ptr, npy_intp *dims, int nd, PyArray_Descr *typedescr)
{
    if (nd < 1 || nd > 3) {
        PyErr_SetString(PyExc_ValueError, "C arrays of only 1-3 dimensions available");
        Py_XDECREF(typedescr);
        return -1;
    }
    PyArrayObject *a =
        (PyArrayObject *)PyArray_FromAny(*op, typedescr, nd, nd, NPY_ARRAY_CARRAY, NULL);
    if (!a) return -1;
    if (nd == 1) {
        *(char **)ptr = PyArray_BYTES(a);
    } else if (nd == 2) {
        npy_intp n = PyArray_DIM(a, 0);
        char **rows = PyMem_Malloc((size_t)(n ? n : 1) * sizeof *rows);
        if (!rows) goto fail;
        for (npy_intp i = 0; i < n; i++) rows[i] = PyArray_BYTES(a) + i * PyArray_STRIDE(a, 0);
        *(char ***)ptr = rows;
    } else {
        npy_intp n = PyArray_DIM(a, 0), m = PyArray_DIM(a, 1);
        char ***planes =
            PyMem_Malloc((size_t)(n ? n : 1) * sizeof *planes + (size_t)(n * m) * sizeof(char *));
        if (!planes) goto fail;
        char **rows = (char **)(planes + n);
        for (npy_intp i = 0; i < n; i++) {
            planes[i] = rows + i * m;
            for (npy_intp j = 0; j < m; j++)
                planes[i][j] =
                    PyArray_BYTES(a) + i * PyArray_STRIDE(a, 0) + j * PyArray_STRIDE(a, 1);
        }
        *(char ****)ptr = planes;
    }
    if (nd) memcpy(dims, PyArray_DIMS(a), (size_t)nd * sizeof *dims);
    *op = (PyObject *)a;
    return 0;
fail:
    Py_DECREF(a);
    PyErr_NoMemory();
    return -1;
}

int PyArray_Free(PyObject *op, void *ptr)
{
    PyArrayObject *a = (PyArrayObject *)op;
    if (PyArray_NDIM(a) < 1 || PyArray_NDIM(a) > 3) return -1;
    if (PyArray_NDIM(a) >= 2) PyMem_Free(ptr);
    Py_DECREF(a);
    return 0;
}

void PyArray_DebugPrint(PyArrayObject *a)
{
    printf("array %p\n ndim   : %d\n data   : %p\n base   : %p\n flags  : 0x%x\n", (void *)a,
           PyArray_NDIM(a), PyArray_DATA(a), (void *)PyArray_BASE(a), (unsigned)PyArray_FLAGS(a));
    for (int i = 0; i < PyArray_NDIM(a); i++)
        printf(" axis %d : %zd elements, stride %zd\n", i, (Py_ssize_t)PyArray_DIM(a, i),
               (Py_ssize_t)PyArray_STRIDE(a, i));
    fflush(stdout);
}

PyObject *PyArray_Dumps(PyObject *self, int protocol)
{
    PyObject *pickle = PyImport_ImportModule("pickle");
    PyObject *r = pickle
                      ? (protocol < 0 ? PyObject_CallMethod(pickle, "dumps", "O", self)
                                      : PyObject_CallMethod(pickle, "dumps", "Oi", self, protocol))
                      : NULL;
    Py_XDECREF(pickle);
    return r;
}

int PyArray_Dump(PyObject *self, PyObject *file, int protocol)
{
    PyObject *func = NULL;
    if (!ext_import(&func, "_core._methods", "_dump")) return -1;
    PyObject *r = PyObject_CallFunction(func, "OOi", self, file, protocol < 0 ? 2 : protocol);
    Py_DECREF(func);
    Py_XDECREF(r);
    return r ? 0 : -1;
}

void PyArray_SetStringFunction(PyObject *op, int repr)
{
    PyErr_SetString(PyExc_ValueError, "PyArray_SetStringFunction was removed");
}

int PyArray_SetUpdateIfCopyBase(PyArrayObject *arr, PyArrayObject *base)
{
    PyErr_SetString(
        PyExc_RuntimeError,
        "PyArray_SetUpdateIfCopyBase is disabled, use PyArray_SetWritebackIfCopyBase instead, and "
        "be sure to call PyArray_ResolveWritebackIfCopy before the array is deallocated, i.e. "
        "before the last call to Py_DECREF. If cleaning up from an error, "
        "PyArray_DiscardWritebackIfCopy may be called instead to throw away the scratch buffer.");
    return -1;
}

/* Sequence of objects as arrays of one type; the caller frees the list with PyDataMem_FREE after
 * dropping each. */
PyArrayObject **PyArray_ConvertToCommonType(PyObject *op, int *retn)
{
    Py_ssize_t n = PySequence_Length(op);
    *retn = 0;
    if (n == 0) PyErr_SetString(PyExc_ValueError, "0-length sequence.");
    if (n <= 0) return NULL;
    PyArrayObject **mps = PyDataMem_NEW((size_t)n * sizeof *mps);
    if (!mps) {
        PyErr_NoMemory();
        return NULL;
    }
    Py_ssize_t got = 0;
    PyArray_Descr *d = NULL;
    for (; got < n; got++) {
        PyObject *item = PySequence_GetItem(op, got);
        mps[got] = item ? (PyArrayObject *)PyArray_FROM_O(item) : NULL;
        Py_XDECREF(item);
        if (!mps[got]) goto fail;
    }
    d = PyArray_ResultType(n, mps, 0, NULL);
    if (!d) goto fail;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *a = PyArray_FromAny((PyObject *)mps[i], (PyArray_Descr *)Py_NewRef(d), 0, 0,
                                      NPY_ARRAY_CARRAY, NULL);
        if (!a) goto fail;
        Py_SETREF(mps[i], (PyArrayObject *)a);
    }
    Py_DECREF(d);
    *retn = (int)n;
    return mps;
fail:
    while (got-- > 0) Py_XDECREF(mps[got]);
    Py_XDECREF(d);
    PyDataMem_FREE(mps);
    return NULL;
}
