/* broadcast: several arrays walked through together under their common shape. */
#include "iterators.h"

#include "fnp/sce.h"

#include <stdarg.h>
#include <string.h>

enum { MULTI_MAX = 64 };

typedef struct {
    PyArrayMultiIterObject head;
    PyArrayIterObject *room[MULTI_MAX]; /* where head.iters[] lies */
} multi_block;

int PyArray_Broadcast(PyArrayMultiIterObject *mit)
{
    int ndims[MULTI_MAX], nd;
    const fnp_intp *shapes[MULTI_MAX];
    npy_intp shape[NPY_MAXDIMS], strides[NPY_MAXDIMS];
    for (int i = 0; i < mit->numiter; i++) {
        ndims[i] = PyArray_NDIM(mit->iters[i]->ao);
        shapes[i] = PyArray_DIMS(mit->iters[i]->ao);
    }
    EXT_TRY(fnp_sce_broadcast_shapes(mit->numiter, ndims, shapes, FNP_BROADCAST_OBJECTS, &nd, shape,
                                     err),
            -1);
    if (nd > NPY_MAXDIMS_LEGACY_ITERS) {
        PyErr_Format(PyExc_RuntimeError,
                     "this function only supports up to %d dimensions but the array has %d.",
                     NPY_MAXDIMS_LEGACY_ITERS, nd);
        return -1;
    }
    mit->nd = nd;
    memcpy(mit->dimensions, shape, (size_t)nd * sizeof *shape);
    npy_intp size = PyArray_OverflowMultiplyList(shape, nd);
    if (size < 0) {
        PyErr_SetString(PyExc_ValueError, "broadcast dimensions too large.");
        return -1;
    }
    mit->size = size;
    for (int i = 0; i < mit->numiter; i++) {
        PyArrayIterObject *it = mit->iters[i];
        EXT_TRY(fnp_sce_broadcast_strides(ndims[i], shapes[i], PyArray_STRIDES(it->ao), nd, shape,
                                          false, strides, err),
                -1);
        it->nd_m1 = nd - 1;
        it->size = size;
        npy_intp factor = 1;
        for (int k = nd - 1; k >= 0; k--) {
            int own = k - (nd - ndims[i]);
            bool stretched = own < 0 || shapes[i][own] != shape[k];
            it->dims_m1[k] = shape[k] - 1;
            it->strides[k] = stretched ? 0 : PyArray_STRIDE(it->ao, own);
            if (stretched) it->contiguous = 0;
            it->backstrides[k] = it->strides[k] * it->dims_m1[k];
            it->factors[k] = factor;
            factor *= shape[k];
        }
        PyArray_ITER_RESET(it);
    }
    return 0;
}

/* Stay on one place of the axis with the shortest steps, which the caller will walk by itself; that
 * axis, or -1. */
int PyArray_RemoveSmallest(PyArrayMultiIterObject *mit)
{
    if (mit->nd == 0) return -1;
    int axis = 0;
    npy_intp least = NPY_MAX_INTP;
    for (int k = 0; k < mit->nd; k++) {
        npy_intp sum = 0;
        for (int i = 0; i < mit->numiter; i++) sum += Py_ABS(mit->iters[i]->strides[k]);
        if (sum < least) {
            least = sum;
            axis = k;
        }
    }
    for (int i = 0; i < mit->numiter; i++) {
        PyArrayIterObject *it = mit->iters[i];
        it->contiguous = 0;
        if (it->size) it->size /= it->dims_m1[axis] + 1;
        it->dims_m1[axis] = it->backstrides[axis] = 0;
        npy_intp factor = 1;
        for (int k = it->nd_m1; k >= 0; k--) {
            it->factors[k] = factor;
            factor *= it->dims_m1[k] + 1;
        }
    }
    mit->size = mit->numiter ? mit->iters[0]->size : 0;
    return axis;
}

/* An empty one with room for n; iters are NULL. */
static multi_block *new_multi(int n)
{
    if (n < 0 || n > MULTI_MAX) {
        PyErr_Format(PyExc_ValueError, "Need at least 0 and at most %d array objects.", MULTI_MAX);
        return NULL;
    }
    multi_block *m = PyObject_New(multi_block, &PyArrayMultiIter_Type);
    if (!m) return NULL;
    m->head.numiter = 0;
    m->head.index = m->head.size = 0;
    m->head.nd = 0;
    return m;
}

static int add_object(multi_block *m, PyObject *obj)
{
    if (m->head.numiter == MULTI_MAX) {
        PyErr_Format(PyExc_ValueError, "Need at least 0 and at most %d array objects.", MULTI_MAX);
        return -1;
    }
    PyObject *a = PyArray_FROM_O(obj);
    PyObject *it = a ? PyArray_IterNew(a) : NULL;
    Py_XDECREF(a);
    if (!it) return -1;
    m->head.iters[m->head.numiter++] = (PyArrayIterObject *)it;
    return 0;
}

static int add_any(multi_block *m, PyObject *obj)
{
    if (!PyObject_TypeCheck(obj, &PyArrayMultiIter_Type)) return add_object(m, obj);
    PyArrayMultiIterObject *other = (PyArrayMultiIterObject *)obj;
    for (int i = 0; i < other->numiter; i++)
        if (add_object(m, (PyObject *)other->iters[i]->ao) < 0) return -1;
    return 0;
}

static PyObject *finish(multi_block *m, int failed)
{
    if (failed || PyArray_Broadcast(&m->head) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    PyArray_MultiIter_RESET(m);
    return (PyObject *)m;
}

PyObject *PyArray_MultiIterFromObjects(PyObject **objects, int n, int more, ...)
{
    multi_block *m = new_multi(n < 0 || more < 0 ? -1 : n + more);
    if (!m) return NULL;
    int failed = 0;
    for (int i = 0; i < n && !failed; i++) failed = add_any(m, objects[i]) < 0;
    va_list ap;
    va_start(ap, more);
    for (int i = 0; i < more && !failed; i++) failed = add_any(m, va_arg(ap, PyObject *)) < 0;
    va_end(ap);
    return finish(m, failed);
}

PyObject *PyArray_MultiIterNew(int n, ...)
{
    multi_block *m = new_multi(n);
    if (!m) return NULL;
    int failed = 0;
    va_list ap;
    va_start(ap, n);
    for (int i = 0; i < n && !failed; i++) failed = add_any(m, va_arg(ap, PyObject *)) < 0;
    va_end(ap);
    return finish(m, failed);
}

/* ---- the type broadcast
 * --------------------------------------------------------------------------------------- */

static PyObject *multi_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    if (kw && PyDict_GET_SIZE(kw)) {
        PyErr_SetString(PyExc_ValueError, "keyword arguments not accepted.");
        return NULL;
    }
    multi_block *m = new_multi(0);
    if (!m) return NULL;
    int failed = 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(args) && !failed; i++)
        failed = add_any(m, PyTuple_GET_ITEM(args, i)) < 0;
    return finish(m, failed);
}

static void multi_dealloc(PyObject *self)
{
    PyArrayMultiIterObject *m = (PyArrayMultiIterObject *)self;
    for (int i = 0; i < m->numiter; i++) Py_XDECREF(m->iters[i]);
    PyObject_Free(self);
}

static PyObject *multi_next(PyObject *self)
{
    PyArrayMultiIterObject *m = (PyArrayMultiIterObject *)self;
    if (m->index >= m->size) return NULL;
    PyObject *tuple = PyTuple_New(m->numiter);
    if (!tuple) return NULL;
    for (int i = 0; i < m->numiter; i++) {
        PyArrayIterObject *it = m->iters[i];
        PyObject *x = PyArray_Scalar(it->dataptr, PyArray_DESCR(it->ao), (PyObject *)it->ao);
        if (!x) {
            Py_DECREF(tuple);
            return NULL;
        }
        PyTuple_SET_ITEM(tuple, i, x);
        PyArray_ITER_NEXT(it);
    }
    m->index++;
    return tuple;
}

static PyObject *multi_reset(PyObject *self, PyObject *unused)
{
    PyArray_MultiIter_RESET(self);
    Py_RETURN_NONE;
}

static PyObject *get_index(PyObject *self, void *closure)
{
    return PyLong_FromSsize_t(_PyMIT(self)->index);
}
static PyObject *get_size(PyObject *self, void *closure)
{
    return PyLong_FromSsize_t(_PyMIT(self)->size);
}
static PyObject *get_nd(PyObject *self, void *closure)
{
    return PyLong_FromLong(_PyMIT(self)->nd);
}
static PyObject *get_numiter(PyObject *self, void *closure)
{
    return PyLong_FromLong(_PyMIT(self)->numiter);
}

static PyObject *get_shape(PyObject *self, void *closure)
{
    return PyArray_IntTupleFromIntp(_PyMIT(self)->nd, _PyMIT(self)->dimensions);
}

static PyObject *get_iters(PyObject *self, void *closure)
{
    PyArrayMultiIterObject *m = (PyArrayMultiIterObject *)self;
    PyObject *tuple = PyTuple_New(m->numiter);
    for (int i = 0; tuple && i < m->numiter; i++)
        PyTuple_SET_ITEM(tuple, i, Py_NewRef(m->iters[i]));
    return tuple;
}

static PyGetSetDef multi_getset[] = {
    {"index", get_index, NULL, "Position in the broadcast result."},
    {"size", get_size, NULL, "Number of elements of the broadcast result."},
    {"nd", get_nd, NULL, "Number of axes."},
    {"ndim", get_nd, NULL, "Number of axes."},
    {"numiter", get_numiter, NULL, "Number of arrays."},
    {"shape", get_shape, NULL, "Shape of the broadcast result."},
    {"iters", get_iters, NULL, "One flat iterator for each array."},
    {0}};

static PyMethodDef multi_methods[] = {
    {"reset", multi_reset, METH_NOARGS, "reset($self, /)\n--\n\nGo back to the first element."},
    {0}};

PyTypeObject PyArrayMultiIter_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_basicsize = sizeof(multi_block),
    .tp_dealloc = multi_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "broadcast(*arrays)\n--\n\nArrays seen under their common shape; iterating gives "
              "tuples of elements.",
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = multi_next,
    .tp_methods = multi_methods,
    .tp_getset = multi_getset,
    .tp_new = multi_new,
};

int ext_init_multiiter(PyObject *m)
{
    PyArrayMultiIter_Type.tp_name = ext_qualname("broadcast");
    if (PyType_Ready(&PyArrayMultiIter_Type) < 0) return -1;
    return PyModule_AddObjectRef(m, "broadcast", (PyObject *)&PyArrayMultiIter_Type);
}
