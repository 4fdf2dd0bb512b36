/* == != < <= > >= on arrays: ufuncs, but for structured types, and for == and != of what cannot be
 * compared. */
#include "number.h"

#include <string.h>

static const char *const names[] = {
    [Py_LT] = "less",      [Py_LE] = "less_equal", [Py_EQ] = "equal",
    [Py_NE] = "not_equal", [Py_GT] = "greater",    [Py_GE] = "greater_equal"};

static PyObject *compare(int op, PyObject *a, PyObject *b)
{
    PyObject *u = ext_ufunc(names[op]), *args[] = {a, b};
    return u ? ufunc_vectorcall(u, args, 2, NULL) : NULL;
}

/* All false for ==, all true for !=, in the common shape. */
static PyObject *constant(PyArrayObject *a, PyArrayObject *b, int op)
{
    int ndims[] = {PyArray_NDIM(a), PyArray_NDIM(b)}, ndim;
    const npy_intp *shapes[] = {PyArray_DIMS(a), PyArray_DIMS(b)};
    npy_intp shape[NPY_MAXDIMS];
    EXT_TRY(fnp_sce_broadcast_shapes(2, ndims, shapes, FNP_BROADCAST_OPERANDS, &ndim, shape, err),
            NULL);
    PyArray_Descr *d = ext_builtin_descrs[NPY_BOOL];
    Py_INCREF(d);
    PyArrayObject *r =
        (PyArrayObject *)PyArray_NewFromDescr(&PyArray_Type, d, ndim, shape, NULL, NULL, 0, NULL);
    if (!r) return NULL;
    npy_bool *p = PyArray_DATA(r);
    for (npy_intp i = 0, n = PyArray_SIZE(r); i < n; i++) p[i] = op == Py_NE;
    PyArrayObject *of = a; /* the subclass that wraps it */
    if (!PyArray_CheckExact(b) &&
        (PyArray_CheckExact(a) ||
         PyArray_GetPriority((PyObject *)b, 0.) > PyArray_GetPriority((PyObject *)a, 0.)))
        of = b;
    if (PyArray_CheckExact(of)) return PyArray_Return(r);
    PyObject *wrapped = PyObject_CallMethod((PyObject *)of, "__array_wrap__", "OOO", r, Py_None,
                                            ndim == 0 ? Py_True : Py_False);
    Py_DECREF(r);
    return wrapped;
}

/* Reduce trailing axes beyond `ndim` with logical_and (==) or logical_or (!=). */
static PyObject *fold_axes(PyObject *r, int ndim, int op)
{
    if (!r || !PyArray_Check(r) || PyArray_NDIM((PyArrayObject *)r) <= ndim) return r;
    PyObject *axes = PyTuple_New(PyArray_NDIM((PyArrayObject *)r) - ndim);
    for (int i = ndim; axes && i < PyArray_NDIM((PyArrayObject *)r); i++)
        PyTuple_SET_ITEM(axes, i - ndim, PyLong_FromLong(i));
    PyObject *u = axes ? ext_ufunc(op == Py_EQ ? "logical_and" : "logical_or") : NULL;
    PyObject *folded = u ? PyObject_CallMethod(u, "reduce", "OO", r, axes) : NULL;
    Py_XDECREF(axes);
    Py_DECREF(r);
    return folded;
}

static PyArrayObject *converted(PyArrayObject *a, PyArray_Descr *d)
{
    Py_INCREF(d);
    return (PyArrayObject *)PyArray_FromArray(a, d, NPY_ARRAY_FORCECAST);
}

static int result_ndim(PyArrayObject *a, PyArrayObject *b)
{
    return PyArray_NDIM(a) > PyArray_NDIM(b) ? PyArray_NDIM(a) : PyArray_NDIM(b);
}

/* Field by field. */
static PyObject *compare_fields(PyArrayObject *a, PyArrayObject *b, PyArray_Descr *d, int op)
{
    PyObject *order = PyDataType_NAMES(d), *result = NULL;
    const char *join = op == Py_EQ ? "logical_and" : "logical_or";
    int ndim = result_ndim(a, b);
    Py_ssize_t n = PyTuple_GET_SIZE(order);
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *name = PyTuple_GET_ITEM(order, i);
        PyObject *x = PyObject_GetItem((PyObject *)a, name),
                 *y = x ? PyObject_GetItem((PyObject *)b, name) : NULL;
        PyObject *r = y ? PyObject_RichCompare(x, y, op) : NULL;
        Py_XDECREF(x);
        Py_XDECREF(y);
        r = fold_axes(r, ndim, op);
        if (r && result) {
            PyObject *both = PyObject_CallFunctionObjArgs(ext_ufunc(join), result, r, NULL);
            Py_DECREF(r);
            r = both;
        }
        Py_XSETREF(result, r);
        if (!r) return NULL;
    }
    if (result) return result;
    /* No fields: all elements are equal. */
    return constant(a, b, op == Py_EQ ? Py_NE : Py_EQ);
}

/* Plain void: bytes. */
static PyObject *compare_bytes(PyArrayObject *a, PyArrayObject *b, int op)
{
    npy_intp size = PyArray_ITEMSIZE(a);
    if (size != PyArray_ITEMSIZE(b)) {
        PyErr_SetString(
            PyExc_TypeError,
            "cannot compare unstructured voids of different length. Use bytes to compare. "
            "(This may return array of False in the future.)");
        return NULL;
    }
    PyObject *r = constant(a, b, op);
    if (!r || size == 0) {
        Py_XDECREF(r);
        return size == 0 ? constant(a, b, op == Py_EQ ? Py_NE : Py_EQ) : NULL;
    }
    PyArrayObject *out = (PyArrayObject *)PyArray_FromAny(r, NULL, 0, 0, 0, NULL);
    Py_DECREF(r);
    if (!out) return NULL;
    npy_intp sa[NPY_MAXDIMS], sb[NPY_MAXDIMS], index[NPY_MAXDIMS] = {0}, n = PyArray_SIZE(out);
    int ndim = PyArray_NDIM(out);
    if (fnp_sce_broadcast_strides(PyArray_NDIM(a), PyArray_DIMS(a), PyArray_STRIDES(a), ndim,
                                  PyArray_DIMS(out), false, sa, NULL) ||
        fnp_sce_broadcast_strides(PyArray_NDIM(b), PyArray_DIMS(b), PyArray_STRIDES(b), ndim,
                                  PyArray_DIMS(out), false, sb, NULL))
        n = 0;
    const char *x = PyArray_BYTES(a), *y = PyArray_BYTES(b);
    npy_bool *o = PyArray_DATA(out);
    for (npy_intp i = 0; i < n; i++) {
        o[i] = (memcmp(x, y, (size_t)size) == 0) == (op == Py_EQ);
        for (int k = ndim - 1; k >= 0; k--) {
            x += sa[k];
            y += sb[k];
            if (++index[k] < PyArray_DIM(out, k)) break;
            index[k] = 0;
            x -= sa[k] * PyArray_DIM(out, k);
            y -= sb[k] * PyArray_DIM(out, k);
        }
    }
    return PyArray_Return(out);
}

static PyObject *compare_void(PyArrayObject *a, PyObject *other, int op)
{
    PyArrayObject *b = (PyArrayObject *)PyArray_FromAny(other, NULL, 0, 0, 0, NULL), *x = NULL,
                  *y = NULL;
    PyObject *r = NULL;
    if (!b) return NULL;
    if (PyArray_TYPE(b) != NPY_VOID || PyArray_TYPE(a) != NPY_VOID) {
        PyErr_SetString(PyExc_TypeError, "Cannot compare structured or void to non-void arrays.");
        goto done;
    }
    if (PyArray_HASFIELDS(a) && PyArray_HASFIELDS(b)) {
        PyArray_Descr *common = PyArray_PromoteTypes(PyArray_DESCR(a), PyArray_DESCR(b));
        if (!common) {
            PyObject *t, *v, *tb, *t2, *v2, *tb2;
            PyErr_Fetch(&t, &v, &tb);
            PyErr_NormalizeException(&t, &v, &tb);
            PyErr_SetString(
                PyExc_TypeError,
                "Cannot compare structured arrays unless they have a common dtype.  I.e. "
                "`np.result_type(arr1, arr2)` must be defined.");
            PyErr_Fetch(&t2, &v2, &tb2);
            PyErr_NormalizeException(&t2, &v2, &tb2);
            PyException_SetCause(v2, Py_XNewRef(v));
            PyErr_Restore(t2, v2, tb2);
            Py_XDECREF(t);
            Py_XDECREF(v);
            Py_XDECREF(tb);
            goto done;
        }
        x = converted(a, common);
        y = x ? converted(b, common) : NULL;
        if (y) r = compare_fields(x, y, common, op);
        Py_DECREF(common);
    } else if (PyArray_HASFIELDS(a) || PyArray_HASFIELDS(b)) {
        PyErr_SetString(
            PyExc_TypeError,
            "Cannot compare structured with unstructured void arrays. (unreachable error, please "
            "report to NumPy devs.)");
    } else {
        r = compare_bytes(a, b, op);
    }
done:
    Py_DECREF(b);
    Py_XDECREF(x);
    Py_XDECREF(y);
    return r;
}

/* No loop for == and !=: nothing is equal. Other failures stay. */
static PyObject *unequal(PyArrayObject *self, PyObject *other, int op)
{
    static PyObject *no_loop;
    if (!PyErr_ExceptionMatches(PyExc_TypeError)) return NULL;
    PyObject *t, *v, *tb;
    PyErr_Fetch(&t, &v, &tb);
    if (!ext_import(&no_loop, "_core._exceptions", "_UFuncNoLoopError")) goto keep;
    if (!PyErr_GivenExceptionMatches(t, no_loop)) goto keep;
    PyArrayObject *b = (PyArrayObject *)PyArray_FromAny(other, NULL, 0, 0, 0, NULL);
    if (!b) goto keep;
    PyObject *r = constant(self, b, op);
    Py_DECREF(b);
    Py_XDECREF(t);
    Py_XDECREF(v);
    Py_XDECREF(tb);
    return r;
keep:
    PyErr_Restore(t, v, tb);
    return NULL;
}

static bool is_void(PyObject *o)
{
    return (PyArray_Check(o) && PyArray_TYPE((PyArrayObject *)o) == NPY_VOID) ||
           PyArray_IsScalar(o, Void);
}

PyObject *array_richcompare(PyObject *self, PyObject *other, int op)
{
    PyArrayObject *a = (PyArrayObject *)self;
    if (Py_TYPE(other)->tp_richcompare != array_richcompare && ext_array_defers(self, other, false))
        Py_RETURN_NOTIMPLEMENTED;
    if ((op == Py_EQ || op == Py_NE) &&
        (PyArray_TYPE(a) == NPY_VOID || (PyArray_TYPE(a) != NPY_OBJECT && is_void(other))))
        return compare_void(a, other, op);
    PyObject *r = compare(op, self, other);
    if (r || (op != Py_EQ && op != Py_NE)) return r;
    return unequal(a, other, op);
}
