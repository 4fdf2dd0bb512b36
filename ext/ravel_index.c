/* ravel_multi_index and unravel_index: positions in a flattened array and tuples of indices. */
#include "argparse.h"
#include "array.h"
#include "convert.h"
#include "indexing.h"

#include <string.h>

static int order_of(PyObject *obj, int *fortran)
{
    NPY_ORDER order = NPY_CORDER;
    if (obj && !PyArray_OrderConverter(obj, &order)) return -1;
    if (order != NPY_CORDER && order != NPY_FORTRANORDER) {
        PyErr_SetString(PyExc_ValueError, "only 'C' or 'F' order is permitted");
        return -1;
    }
    *fortran = order == NPY_FORTRANORDER;
    return 0;
}

static int permitted(PyArrayObject *a)
{
    if (PyArray_ISINTEGER(a)) return 0;
    PyErr_SetString(PyExc_TypeError, "only int indices permitted");
    return -1;
}

/* Integers of any width as dense intp; the texts for what is none. */
static PyArrayObject *as_indices(PyObject *obj)
{
    int given = PyArray_Check(obj);
    PyArrayObject *a = (PyArrayObject *)PyArray_FROM_O(obj);
    if (!a) return NULL;
    if (!given && PyArray_SIZE(a) == 0 && PySequence_Check(obj) && !PyArray_ISINTEGER(a)) {
        PyErr_SetString(
            PyExc_TypeError,
            "indices must be integral: the provided empty sequence was inferred as float. Wrap it "
            "with 'np.array(indices, dtype=np.intp)'");
    } else if (permitted(a) == 0) {
        PyArrayObject *r = (PyArrayObject *)PyArray_FromArray(
            a, PyArray_DescrFromType(NPY_INTP), NPY_ARRAY_CARRAY_RO | NPY_ARRAY_FORCECAST);
        Py_DECREF(a);
        return r;
    }
    Py_DECREF(a);
    return NULL;
}

/* ---- several indices to one
 * ------------------------------------------------------------------------------------- */

static int add_axis(npy_intp k, npy_intp extent, npy_intp stride, NPY_CLIPMODE mode, npy_intp *sum)
{
    if (k < 0 || k >= extent) {
        if (mode == NPY_RAISE || (mode == NPY_WRAP && extent == 0)) {
            PyErr_SetString(PyExc_ValueError, "invalid entry in coordinates array");
            return -1;
        }
        if (mode == NPY_CLIP) {
            k = k < 0 ? 0 : extent - 1;
        } else {
            k %= extent;
            k += k < 0 ? extent : 0;
        }
    }
    *sum += k * stride;
    return 0;
}

static PyObject *ravel_loop(PyArrayObject **index, int n, const npy_intp *dims,
                            const npy_intp *strides, const NPY_CLIPMODE *modes)
{
    PyArrayMultiIterObject *multi =
        (PyArrayMultiIterObject *)PyArray_MultiIterFromObjects((PyObject **)index, n, 0);
    if (!multi) return NULL;
    bool is_empty = false;
    for (int i = 0; i < n; i++) is_empty = is_empty || dims[i] == 0;
    if (is_empty && multi->size > 0) {
        PyErr_SetString(PyExc_ValueError, "cannot unravel if shape has zero entries (is empty).");
        Py_DECREF(multi);
        return NULL;
    }
    PyArrayObject *r = (PyArrayObject *)PyArray_SimpleNew(multi->nd, multi->dimensions, NPY_INTP);
    npy_intp *out = r ? PyArray_DATA(r) : NULL;
    for (; r && PyArray_MultiIter_NOTDONE(multi); out++) {
        *out = 0;
        for (int i = 0; i < n && r; i++)
            if (add_axis(*(npy_intp *)PyArray_MultiIter_DATA(multi, i), dims[i], strides[i],
                         modes[i], out) < 0)
                Py_CLEAR(r);
        PyArray_MultiIter_NEXT(multi);
    }
    Py_DECREF(multi);
    return r ? ext_return(r) : NULL;
}

/* The error text for shapes is that of a ufunc's operands. */
static int check_shapes(PyArrayObject **index, int n)
{
    int ndims[NPY_MAXDIMS], nd;
    const fnp_intp *shapes[NPY_MAXDIMS];
    npy_intp shape[NPY_MAXDIMS];
    for (int i = 0; i < n; i++) {
        ndims[i] = PyArray_NDIM(index[i]);
        shapes[i] = PyArray_DIMS(index[i]);
    }
    EXT_TRY(fnp_sce_broadcast_shapes(n, ndims, shapes, FNP_BROADCAST_OPERANDS, &nd, shape, err),
            -1);
    return 0;
}

static int ravel_strides(const PyArray_Dims *dims, int fortran, npy_intp *strides)
{
    npy_intp step = 1;
    for (int i = 0; i < dims->len; i++) {
        int k = fortran ? i : dims->len - 1 - i;
        strides[k] = step;
        if (__builtin_mul_overflow(step, dims->ptr[k], &step)) {
            PyErr_SetString(PyExc_ValueError, "invalid dims: array size defined by dims is larger "
                                              "than the maximum possible size.");
            return -1;
        }
    }
    return 0;
}

static PyObject *ravel_multi_index(PyObject *m, PyObject *const *args, Py_ssize_t nargs,
                                   PyObject *kwnames)
{
    PyObject *coords, *mode = NULL, *order = NULL, *r = NULL;
    PyArray_Dims dims = {NULL, 0};
    NPY_CLIPMODE modes[NPY_MAXDIMS];
    npy_intp strides[NPY_MAXDIMS];
    PyArrayObject *index[NPY_MAXDIMS];
    int fortran, done = 0;
    if (ext_parse("ravel_multi_index", args, nargs, kwnames, "multi_index", NULL, &coords, "dims",
                  &PyArray_IntpConverter, &dims, "|mode", NULL, &mode, "|order", NULL, &order,
                  NULL) < 0)
        goto done;
    for (int i = 0; i < NPY_MAXDIMS; i++) modes[i] = NPY_RAISE;
    if (mode && !PyArray_ConvertClipmodeSequence(mode, modes, dims.len)) goto done;
    if (order_of(order, &fortran) < 0 || ravel_strides(&dims, fortran, strides) < 0) goto done;
    PyObject *seq = PySequence_Fast(coords, "coords must be a sequence");
    if (!seq) goto done;
    if (PySequence_Fast_GET_SIZE(seq) != dims.len) {
        PyErr_Format(PyExc_ValueError, "parameter multi_index must be a sequence of length %d",
                     dims.len);
    } else {
        while (done < dims.len && (index[done] = as_indices(PySequence_Fast_GET_ITEM(seq, done))))
            done++;
        if (done == dims.len && check_shapes(index, done) == 0)
            r = ravel_loop(index, done, dims.ptr, strides, modes);
    }
    Py_DECREF(seq);
    for (int i = 0; i < done; i++) Py_DECREF(index[i]);
done:
    PyDimMem_FREE(dims.ptr);
    return r;
}

/* ---- one index to several
 * --------------------------------------------------------------------------------------- */

static int fill_columns(PyArrayObject *table, PyArrayObject *index, const PyArray_Dims *dims,
                        npy_intp size, int fortran)
{
    npy_intp n = PyArray_SIZE(index), *out = PyArray_DATA(table);
    const npy_intp *k = PyArray_DATA(index);
    int nd = dims->len;
    for (npy_intp i = 0; i < n; i++, out += nd) {
        npy_intp rest = k[i];
        if (rest < 0 || rest >= size) {
            PyErr_Format(PyExc_ValueError, "index %zd is out of bounds for array with size %zd",
                         rest, size);
            return -1;
        }
        for (int j = 0; j < nd; j++) {
            int axis = fortran ? j : nd - 1 - j;
            out[axis] = rest % dims->ptr[axis];
            rest /= dims->ptr[axis];
        }
    }
    return 0;
}

static PyObject *columns_of(PyArrayObject *table, PyArrayObject *index, int nd)
{
    PyObject *tuple = PyTuple_New(nd);
    npy_intp strides[NPY_MAXDIMS], step = nd * (npy_intp)sizeof(npy_intp);
    for (int i = PyArray_NDIM(index) - 1; i >= 0; i--) {
        strides[i] = step;
        step *= PyArray_DIM(index, i);
    }
    for (int i = 0; tuple && i < nd; i++) {
        PyObject *column =
            ext_array_new(&PyArray_Type, PyArray_DescrFromType(NPY_INTP), PyArray_NDIM(index),
                          PyArray_DIMS(index), strides, (npy_intp *)PyArray_DATA(table) + i,
                          NPY_ARRAY_WRITEABLE | NPY_ARRAY_ALIGNED, NULL, (PyObject *)table, 0);
        if (column) column = ext_return((PyArrayObject *)column);
        if (!column) {
            Py_DECREF(tuple);
            return NULL;
        }
        PyTuple_SET_ITEM(tuple, i, column);
    }
    return tuple;
}

static PyObject *unravel_index(PyObject *m, PyObject *const *args, Py_ssize_t nargs,
                               PyObject *kwnames)
{
    PyObject *obj, *order = NULL, *r = NULL;
    PyArray_Dims dims = {NULL, 0};
    PyArrayObject *index = NULL, *table = NULL;
    int fortran;
    if (ext_parse("unravel_index", args, nargs, kwnames, "indices", NULL, &obj, "shape",
                  &PyArray_IntpConverter, &dims, "|order", NULL, &order, NULL) < 0 ||
        order_of(order, &fortran) < 0)
        goto done;
    npy_intp size = PyArray_OverflowMultiplyList(dims.ptr, dims.len);
    if (size == -1) {
        PyErr_SetString(
            PyExc_ValueError,
            "dimensions are too large; arrays and shapes with a total size greater than 'intp' are "
            "not supported.");
        goto done;
    }
    index = as_indices(obj);
    if (!index) goto done;
    if (dims.len == 0 && PyArray_NDIM(index) != 0) {
        /* the one element has no index of its own */
        const npy_intp *at = PyArray_DATA(index);
        for (npy_intp i = 0; i < PyArray_SIZE(index); i++)
            if (at[i] < 0 || at[i] >= size) {
                PyErr_Format(PyExc_ValueError, "index %zd is out of bounds for array with size %zd",
                             at[i], size);
                goto done;
            }
        PyErr_SetString(PyExc_ValueError, "multiple indices are not supported for 0d arrays");
        goto done;
    }
    npy_intp room[2] = {PyArray_SIZE(index), dims.len};
    table = (PyArrayObject *)PyArray_SimpleNew(2, room, NPY_INTP);
    if (table && fill_columns(table, index, &dims, size, fortran) == 0)
        r = columns_of(table, index, dims.len);
done:
    PyDimMem_FREE(dims.ptr);
    Py_XDECREF(index);
    Py_XDECREF(table);
    return r;
}

static PyMethodDef functions[] = {
    {"ravel_multi_index", (PyCFunction)(void (*)(void))ravel_multi_index,
     METH_FASTCALL | METH_KEYWORDS,
     "ravel_multi_index($module, /, multi_index, dims, mode='raise', order='C')\n--\n\nPositions "
     "in the flattened array of tuples of indices."},
    {"unravel_index", (PyCFunction)(void (*)(void))unravel_index, METH_FASTCALL | METH_KEYWORDS,
     "unravel_index($module, /, indices, shape, order='C')\n--\n\nTuples of indices of positions "
     "in the flattened array."},
    {0}};

HIDDEN int ext_init_ravel_index(PyObject *m);
int ext_init_ravel_index(PyObject *m)
{
    return ext_add_functions(m, functions);
}
