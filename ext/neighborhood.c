/* Neighbourhood iterators of the C-API: the elements around the place where another iterator
 * stands, with values made up outside the array. */
#include "iterators.h"

#include <string.h>

typedef PyArrayNeighborhoodIterObject Around;

/* The coordinates asked for, absolute in the array; false if one lies outside it. */
static inline int inside(const Around *n, const npy_intp *offset, npy_intp *absolute)
{
    int ok = 1;
    for (int i = 0; i < n->nd; i++) {
        absolute[i] = offset[i] + n->_internal_iter->coordinates[i];
        ok &= absolute[i] >= n->limits[i][0] && absolute[i] <= n->limits[i][1];
    }
    return ok;
}

static char *translate_constant(PyArrayIterObject *it, const npy_intp *offset)
{
    Around *n = (Around *)it;
    npy_intp at[NPY_MAXDIMS_LEGACY_ITERS];
    if (!inside(n, offset, at)) return n->constant;
    return n->_internal_iter->translate(n->_internal_iter, at);
}

static inline npy_intp modulo(npy_intp x, npy_intp n)
{
    npy_intp r = x % n;
    return r < 0 ? r + n : r;
}

/* ... c b a | a b c | c b a ... */
static inline npy_intp reflect(npy_intp x, npy_intp n)
{
    npy_intp r = modulo(x, 2 * n);
    return r < n ? r : 2 * n - 1 - r;
}

static char *translate_folded(PyArrayIterObject *it, const npy_intp *offset)
{
    Around *n = (Around *)it;
    npy_intp at[NPY_MAXDIMS_LEGACY_ITERS];
    inside(n, offset, at);
    for (int i = 0; i < n->nd; i++) {
        npy_intp low = n->limits[i][0], x = at[i] - low;
        at[i] =
            low + (n->mode == NPY_NEIGHBORHOOD_ITER_MIRROR_PADDING ? reflect(x, n->limits_sizes[i])
                                                                   : modulo(x, n->limits_sizes[i]));
    }
    return n->_internal_iter->translate(n->_internal_iter, at);
}

/* The value outside: 0, 1, or the array's one element. */
static char *make_constant(PyArrayObject *array, int mode, PyArrayObject *fill)
{
    if (mode == NPY_NEIGHBORHOOD_ITER_ZERO_PADDING) return PyArray_Zero(array);
    if (mode == NPY_NEIGHBORHOOD_ITER_ONE_PADDING) return PyArray_One(array);
    PyArray_Descr *descr = PyArray_DESCR(array);
    char *p = PyDataMem_NEW((size_t)PyDataType_ELSIZE(descr));
    if (!p) {
        PyErr_NoMemory();
        return NULL;
    }
    memset(p, 0, (size_t)PyDataType_ELSIZE(descr));
    PyObject *value = PyArray_GETITEM(fill, PyArray_DATA(fill));
    int r = value ? PyArray_Pack(descr, p, value) : -1;
    Py_XDECREF(value);
    if (r == 0) return p;
    PyDataMem_FREE(p);
    return NULL;
}

PyObject *PyArray_NeighborhoodIterNew(PyArrayIterObject *x, const npy_intp *bounds, int mode,
                                      PyArrayObject *fill)
{
    Around *n = PyObject_New(Around, &PyArrayNeighborhoodIter_Type);
    if (!n) {
        return NULL;
    }
    n->ao = NULL;
    n->_internal_iter = NULL;
    n->constant = NULL;
    if (ext_iter_init((PyArrayIterObject *)n, x->ao) < 0) {
        n->ao = NULL;
        goto fail;
    }
    Py_INCREF(x->ao);
    Py_INCREF(x);
    n->_internal_iter = x;
    x->contiguous = 0; /* so that stepping it keeps its coordinates */
    n->nd = PyArray_NDIM(x->ao);
    n->mode = mode;
    n->size = 1;
    for (int i = 0; i < n->nd; i++) {
        n->dimensions[i] = PyArray_DIM(x->ao, i);
        n->bounds[i][0] = bounds[2 * i];
        n->bounds[i][1] = bounds[2 * i + 1];
        n->size *= n->bounds[i][1] - n->bounds[i][0] + 1;
        /* What lies beyond is padding: the array with all that the iterator below may reach. */
        npy_intp low = x->bounds[i][0], high = x->bounds[i][1], last = n->dimensions[i] - 1;
        n->limits[i][0] = low < 0 ? low : 0;
        n->limits[i][1] = high > last ? high : last;
        n->limits_sizes[i] = n->limits[i][1] + 1 - n->limits[i][0];
    }
    switch (mode) {
    case NPY_NEIGHBORHOOD_ITER_ZERO_PADDING:
    case NPY_NEIGHBORHOOD_ITER_ONE_PADDING:
    case NPY_NEIGHBORHOOD_ITER_CONSTANT_PADDING:
        if (mode == NPY_NEIGHBORHOOD_ITER_CONSTANT_PADDING && !fill) {
            PyErr_SetString(PyExc_RuntimeError, "Unexpected error while getting constant value");
            goto fail;
        }
        n->constant = make_constant(x->ao, mode, fill);
        if (!n->constant) goto fail;
        n->translate = translate_constant;
        break;
    case NPY_NEIGHBORHOOD_ITER_CIRCULAR_PADDING:
    case NPY_NEIGHBORHOOD_ITER_MIRROR_PADDING: n->translate = translate_folded; break;
    default: PyErr_SetString(PyExc_ValueError, "Unsupported padding mode"); goto fail;
    }
    PyArrayNeighborhoodIter_Reset(n);
    return (PyObject *)n;
fail:
    Py_DECREF(n);
    return NULL;
}

static void around_dealloc(PyObject *self)
{
    Around *n = (Around *)self;
    if (n->constant) PyDataMem_FREE(n->constant);
    Py_XDECREF(n->_internal_iter);
    Py_XDECREF(n->ao);
    PyObject_Free(self);
}

PyTypeObject PyArrayNeighborhoodIter_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_basicsize = sizeof(Around),
    .tp_dealloc = around_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
};

int ext_init_neighborhood(PyObject *m)
{
    PyArrayNeighborhoodIter_Type.tp_name = ext_qualname("neigh_internal_iter");
    return PyType_Ready(&PyArrayNeighborhoodIter_Type);
}
