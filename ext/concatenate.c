/* concatenate: join along an axis, or flattened. */
#include "argparse.h"
#include "array.h"
#include "coerce.h"
#include "convert.h"
#include "promotion.h"

#include "fnp/sce.h"

#include <string.h>

/* The class of the result: the input's with the highest __array_priority__ above ndarray's own. */
static PyTypeObject *result_class(int n, PyArrayObject **a)
{
    PyTypeObject *best = &PyArray_Type;
    double priority = NPY_PRIORITY;
    for (int i = 0; i < n; i++) {
        if (Py_TYPE(a[i]) == best) continue;
        double p = PyArray_GetPriority((PyObject *)a[i], NPY_PRIORITY);
        if (p > priority) {
            priority = p;
            best = Py_TYPE(a[i]);
        }
    }
    return best;
}

/* Memory order: that of the inputs where they agree, in doubt C order; axes that an
 * input has no extent along, or no stride, do not count. */
static int result_strides(int n, PyArrayObject **a, int nd, npy_intp const *shape, npy_intp elsize,
                          npy_intp *strides)
{
    int perm[FNP_MAXDIMS] = {0};
    if (nd > 1) {
        npy_intp *values = PyMem_Malloc((size_t)n * (size_t)nd * sizeof *values);
        const npy_intp **rows = PyMem_Malloc((size_t)n * sizeof *rows);
        for (int i = 0; values && rows && i < n; i++) {
            npy_intp *row = values + (size_t)i * (size_t)nd;
            for (int d = 0; d < nd; d++)
                row[d] = PyArray_DIM(a[i], d) == 1 ? 0 : PyArray_STRIDE(a[i], d);
            rows[i] = row;
        }
        bool ok = values && rows;
        if (ok) fnp_sce_sort_axes_outward(n, nd, rows, perm);
        PyMem_Free(values);
        PyMem_Free(rows);
        if (!ok) {
            PyErr_NoMemory();
            return -1;
        }
    }
    npy_intp step = elsize;
    for (int k = nd - 1; k >= 0; k--) {
        strides[perm[k]] = step;
        step *= shape[perm[k]];
    }
    return 0;
}

/* The dtype of the result. A wanted one that is a class only (text without a length, times without
 * a unit) gets what the arrays' dtypes need in that class; their elements are not looked at. */
static PyArray_Descr *result_descr(int n, PyArrayObject **a, PyObject *const *from,
                                   PyArray_Descr *dtype)
{
    if (!dtype) return ext_result_of_arrays(n, a, from);
    if (PyDataType_ISLEGACY(dtype) && PyDataType_SUBARRAY(dtype)) {
        PyErr_Format(PyExc_TypeError,
                     "The dtype `%R` is not a valid dtype for concatenation since it is a subarray "
                     "dtype (the subarray dimensions would be added as "
                     "array dimensions).",
                     dtype);
        return NULL;
    }
    if (!ext_descr_is_class_only(dtype)) return (PyArray_Descr *)Py_NewRef(dtype);
    PyArray_Descr *found = NULL;
    for (int i = 0; i < n; i++) {
        PyArray_Descr *one = ext_descr_in_class(PyArray_DESCR(a[i]), NPY_DTYPE(dtype));
        if (one && found) {
            PyArray_Descr *both = PyArray_PromoteTypes(found, one);
            Py_SETREF(found, both);
            Py_DECREF(one);
        } else {
            Py_XSETREF(found, one);
        }
        if (!found) return NULL;
    }
    return found;
}

/* A Python number may go wherever its class does. */
static int check_casts(int n, PyArrayObject **a, PyObject *const *from, PyArray_Descr *to,
                       NPY_CASTING casting)
{
    static const char *const names[] = {"'no'", "'equiv'", "'safe'", "'same_kind'", "'unsafe'"};
    for (int i = 0; i < n; i++) {
        if (ext_can_cast_made_of(a[i], from[i], to, casting)) continue;
        PyErr_Clear();
        PyErr_Format(PyExc_TypeError, "Cannot cast %s from %R to %R according to the rule %s",
                     PyArray_IsAnyScalar(from[i]) ? "scalar" : "array data", PyArray_DESCR(a[i]),
                     to, names[casting & 7]);
        return -1;
    }
    return 0;
}

/* out[..., start:start+len, ...] along axis as a plain view; returns the view. */
static PyArrayObject *window(PyArrayObject *out, int axis, npy_intp start, npy_intp len)
{
    npy_intp dims[FNP_MAXDIMS];
    memcpy(dims, PyArray_DIMS(out), (size_t)PyArray_NDIM(out) * sizeof *dims);
    dims[axis] = len;
    return (PyArrayObject *)ext_array_new(
        &PyArray_Type, (PyArray_Descr *)Py_NewRef(PyArray_DESCR(out)), PyArray_NDIM(out), dims,
        PyArray_STRIDES(out), PyArray_BYTES(out) + start * PyArray_STRIDE(out, axis),
        PyArray_FLAGS(out) & ~NPY_ARRAY_OWNDATA, NULL, (PyObject *)out,
        EXT_NEW_KEEP_SUBARRAY | EXT_NEW_KEEP_EMPTY);
}

static int common_shape(int n, PyArrayObject **a, int axis, npy_intp *shape)
{
    int nd = PyArray_NDIM(a[0]);
    memcpy(shape, PyArray_DIMS(a[0]), (size_t)nd * sizeof *shape);
    for (int i = 1; i < n; i++) {
        if (PyArray_NDIM(a[i]) != nd) {
            PyErr_Format(
                PyExc_ValueError,
                "all the input arrays must have same number of dimensions, but the array at index "
                "0 has %d dimension(s) and the array at index %d has %d dimension(s)",
                nd, i, PyArray_NDIM(a[i]));
            return -1;
        }
        for (int d = 0; d < nd; d++) {
            npy_intp len = PyArray_DIM(a[i], d);
            if (d == axis) {
                if (__builtin_add_overflow(shape[d], len, &shape[d])) {
                    PyErr_SetString(PyExc_ValueError,
                                    "total size of the concatenated axis is too large");
                    return -1;
                }
            } else if (shape[d] != len) {
                PyErr_Format(PyExc_ValueError,
                             "all the input array dimensions except for the concatenation axis "
                             "must match exactly, but along dimension %d, the array at index %d "
                             "has size %zd and the array at index %d has size %zd",
                             d, 0, shape[d], i, len);
                return -1;
            }
        }
    }
    return 0;
}

static int check_out(PyArrayObject *out, int nd, npy_intp const *shape)
{
    if (PyArray_NDIM(out) != nd) {
        PyErr_SetString(PyExc_ValueError, "Output array has wrong dimensionality");
        return -1;
    }
    if (!PyArray_CompareLists(PyArray_DIMS(out), shape, nd)) {
        PyErr_SetString(PyExc_ValueError, "Output array is the wrong shape");
        return -1;
    }
    return 0;
}

static PyObject *concatenate_arrays(int n, PyArrayObject **a, PyObject *const *from, int axis,
                                    PyArrayObject *out, PyArray_Descr *dtype, NPY_CASTING casting)
{
    npy_intp shape[FNP_MAXDIMS], strides[FNP_MAXDIMS];
    int nd = PyArray_NDIM(a[0]);
    if (nd == 0) {
        PyErr_SetString(PyExc_ValueError, "zero-dimensional arrays cannot be concatenated");
        return NULL;
    }
    if (PyArray_CheckAxis_(&axis, nd) < 0 || common_shape(n, a, axis, shape) < 0) return NULL;
    PyArrayObject *res;
    if (out) {
        if (check_out(out, nd, shape) < 0 ||
            check_casts(n, a, from, PyArray_DESCR(out), casting) < 0)
            return NULL;
        res = (PyArrayObject *)Py_NewRef(out);
    } else {
        PyArray_Descr *d = result_descr(n, a, from, dtype);
        if (!d) return NULL;
        if (check_casts(n, a, from, d, casting) < 0) {
            Py_DECREF(d);
            return NULL;
        }
        if (result_strides(n, a, nd, shape, PyDataType_ELSIZE(d), strides) < 0) {
            Py_DECREF(d);
            return NULL;
        }
        res = (PyArrayObject *)ext_array_new(
            result_class(n, a), d, nd, shape,
            PyDataType_ISLEGACY(d) && PyDataType_SUBARRAY(d) ? NULL : strides, NULL, 0, NULL, NULL,
            0);
        if (!res) return NULL;
    }
    npy_intp at = 0;
    for (int i = 0; i < n; i++) {
        npy_intp len = PyArray_DIM(a[i], axis);
        PyArrayObject *w = window(res, axis, at, len);
        if (!w || ext_assign_array(w, a[i], NULL) < 0) {
            Py_XDECREF(w);
            Py_DECREF(res);
            return NULL;
        }
        Py_DECREF(w);
        at += len;
    }
    return (PyObject *)res;
}

/* axis None: everything in C order, one after the other. */
static PyObject *concatenate_flat(int n, PyArrayObject **a, PyObject *const *from,
                                  PyArrayObject *out, PyArray_Descr *dtype, NPY_CASTING casting)
{
    PyArrayObject **flat = PyMem_Calloc((size_t)n, sizeof *flat);
    PyObject *r = NULL;
    if (!flat) return PyErr_NoMemory();
    int i = 0;
    for (; i < n; i++) {
        flat[i] = (PyArrayObject *)PyArray_Ravel(a[i], NPY_CORDER);
        if (!flat[i]) break;
    }
    if (i == n) {
        if (out && PyArray_NDIM(out) != 1) {
            PyErr_SetString(PyExc_ValueError, "Output array must be 1D");
        } else {
            r = concatenate_arrays(n, flat, from, 0, out, dtype, casting);
        }
    }
    while (i-- > 0) Py_DECREF(flat[i]);
    PyMem_Free(flat);
    return r;
}

HIDDEN PyObject *ext_concatenate(PyObject *seq, int axis, PyArrayObject *out, PyArray_Descr *dtype,
                                 NPY_CASTING casting)
{
    if (!PySequence_Check(seq)) {
        PyErr_SetString(PyExc_TypeError, "The first input argument needs to be a sequence");
        return NULL;
    }
    Py_ssize_t n = PySequence_Size(seq);
    if (n < 0) return NULL;
    if (n > INT_MAX) {
        PyErr_Format(PyExc_ValueError, "concatenate() only supports up to %d arrays but got %zd.",
                     INT_MAX, n);
        return NULL;
    }
    PyObject *items = PySequence_Tuple(seq), *r = NULL;
    if (!items) return NULL;
    n = PyTuple_GET_SIZE(items);
    PyArrayObject **a = PyMem_Calloc((size_t)n + 1, sizeof *a);
    if (!a) {
        Py_DECREF(items);
        return PyErr_NoMemory();
    }
    PyObject *const *from = ((PyTupleObject *)items)->ob_item;
    Py_ssize_t i = 0;
    for (; i < n; i++) {
        a[i] = (PyArrayObject *)PyArray_FROM_O(from[i]);
        if (!a[i]) break;
    }
    if (i == n) {
        if (n == 0)
            PyErr_SetString(PyExc_ValueError, "need at least one array to concatenate");
        else if (axis == NPY_RAVEL_AXIS)
            r = concatenate_flat((int)n, a, from, out, dtype, casting);
        else
            r = concatenate_arrays((int)n, a, from, axis, out, dtype, casting);
    }
    while (i-- > 0) Py_DECREF(a[i]);
    PyMem_Free(a);
    Py_DECREF(items);
    return r;
}

PyObject *PyArray_Concatenate(PyObject *op, int axis)
{
    return ext_concatenate(op, axis, NULL, NULL, NPY_SAME_KIND_CASTING);
}

static PyObject *array_concatenate(PyObject *self, PyObject *const *args, Py_ssize_t n,
                                   PyObject *kwnames)
{
    PyObject *seq, *out = Py_None;
    int axis = 0;
    PyArray_Descr *dtype = NULL;
    NPY_CASTING casting = NPY_SAME_KIND_CASTING;
    PyObject *casting_arg = NULL;
    if (ext_parse("concatenate", args, n, kwnames, "seq", NULL, &seq, "|axis",
                  &PyArray_AxisConverter, &axis, "|out", NULL, &out, "$dtype",
                  &PyArray_DescrConverter2, &dtype, "$casting", NULL, &casting_arg, NULL) < 0)
        goto fail;
    if (casting_arg && !PyArray_CastingConverter(casting_arg, &casting)) goto fail;
    if (out != Py_None && !PyArray_Check(out)) {
        PyErr_SetString(PyExc_TypeError, "'out' must be an array");
        goto fail;
    }
    if (out != Py_None && dtype) {
        PyErr_SetString(
            PyExc_TypeError,
            "concatenate() only takes `out` or `dtype` as an argument, but both were provided.");
        goto fail;
    }
    if (!PySequence_Check(seq) && !Py_TYPE(seq)->tp_iter) {
        PyErr_SetString(PyExc_TypeError,
                        "dispatcher for __array_function__ did not return an iterable");
        goto fail;
    }
    PyObject *r =
        ext_concatenate(seq, axis, out == Py_None ? NULL : (PyArrayObject *)out, dtype, casting);
    Py_XDECREF(dtype);
    return r;
fail:
    Py_XDECREF(dtype);
    return NULL;
}

static PyMethodDef functions[] = {
    {"concatenate", (PyCFunction)(void (*)(void))array_concatenate, METH_FASTCALL | METH_KEYWORDS,
     "concatenate(arrays, /, axis=0, out=None, *, dtype=None, casting='same_kind')\n--\n\nJoin "
     "arrays along an existing axis."},
    {NULL}};

int ext_init_concatenate(PyObject *m)
{
    return ext_add_functions(m, functions);
}
