/* flatiter and the C-API's one-array iterators. Their struct is public: macros in the headers step
 * it. */
#include "array.h"
#include "iterators.h"

#include "fnp/sce.h"

#include <string.h>

static int check_ndim(int nd)
{
    if (nd <= NPY_MAXDIMS_LEGACY_ITERS) return 0;
    PyErr_Format(PyExc_RuntimeError,
                 "this function only supports up to %d dimensions but the array has %d.",
                 NPY_MAXDIMS_LEGACY_ITERS, nd);
    return -1;
}

/* Where the element with these coordinates lies; what `translate` is for ordinary iterators. */
static char *translate_plain(PyArrayIterObject *it, const npy_intp *coordinates)
{
    char *p = PyArray_BYTES(it->ao);
    for (int i = 0; i < PyArray_NDIM(it->ao); i++) p += coordinates[i] * it->strides[i];
    return p;
}

int ext_iter_init(PyArrayIterObject *it, PyArrayObject *a)
{
    int nd = PyArray_NDIM(a);
    if (check_ndim(nd) < 0) return -1;
    it->contiguous = PyArray_IS_C_CONTIGUOUS(a) != 0;
    it->ao = a;
    it->size = PyArray_SIZE(a);
    it->nd_m1 = nd - 1;
    npy_intp factor = 1;
    for (int i = nd - 1; i >= 0; i--) {
        npy_intp n = PyArray_DIM(a, i);
        it->dims_m1[i] = n - 1;
        it->strides[i] = PyArray_STRIDE(a, i);
        it->backstrides[i] = it->strides[i] * it->dims_m1[i];
        it->factors[i] = factor;
        factor *= n;
        it->bounds[i][0] = it->limits[i][0] = 0;
        it->bounds[i][1] = it->limits[i][1] = n - 1;
        it->limits_sizes[i] = n;
    }
    it->translate = translate_plain;
    PyArray_ITER_RESET(it);
    return 0;
}

static PyArrayIterObject *new_iter(PyArrayObject *a_stolen)
{
    PyArrayIterObject *it = PyObject_New(PyArrayIterObject, &PyArrayIter_Type);
    if (it) it->ao = NULL;
    if (!it || ext_iter_init(it, a_stolen) < 0) {
        Py_XDECREF(it);
        Py_DECREF(a_stolen);
        return NULL;
    }
    return it;
}

PyObject *PyArray_IterNew(PyObject *obj)
{
    if (!PyArray_Check(obj)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return (PyObject *)new_iter((PyArrayObject *)Py_NewRef(obj));
}

PyObject *PyArray_IterAllButAxis(PyObject *obj, int *axis)
{
    PyArrayIterObject *it = (PyArrayIterObject *)PyArray_IterNew(obj);
    if (!it || it->nd_m1 < 0) return (PyObject *)it;
    if (*axis < 0) {
        /* the longest way to go with the smallest step */
        npy_intp least = 0;
        *axis = 0;
        for (int i = 0; i <= it->nd_m1; i++) {
            npy_intp step = PyArray_STRIDE(it->ao, i);
            if (step > 0 && (least == 0 || step < least)) {
                least = step;
                *axis = i;
            }
        }
    }
    int k = *axis;
    it->contiguous = 0;
    if (it->size != 0) it->size /= PyArray_DIM(it->ao, k);
    it->dims_m1[k] = 0;
    it->backstrides[k] = 0;
    /* factors count the elements that are left */
    npy_intp factor = 1;
    for (int i = it->nd_m1; i >= 0; i--) {
        it->factors[i] = factor;
        factor *= it->dims_m1[i] + 1;
    }
    return (PyObject *)it;
}

PyObject *PyArray_BroadcastToShape(PyObject *obj, npy_intp *dims, int nd)
{
    PyArrayObject *a = (PyArrayObject *)obj;
    npy_intp strides[NPY_MAXDIMS];
    if (check_ndim(nd) < 0) return NULL;
    if (PyArray_NDIM(a) > nd ||
        fnp_sce_broadcast_strides(PyArray_NDIM(a), PyArray_DIMS(a), PyArray_STRIDES(a), nd, dims,
                                  false, strides, NULL) != FNP_OK) {
        PyErr_SetString(PyExc_ValueError, "array is not broadcastable to correct shape");
        return NULL;
    }
    PyArrayIterObject *it = (PyArrayIterObject *)PyArray_IterNew(obj);
    if (!it) return NULL;
    it->nd_m1 = nd - 1;
    it->contiguous = 0;
    npy_intp factor = 1;
    for (int i = nd - 1; i >= 0; i--) {
        it->dims_m1[i] = dims[i] - 1;
        it->strides[i] = dims[i] == 1 ? 0 : strides[i];
        it->backstrides[i] = it->strides[i] * it->dims_m1[i];
        it->factors[i] = factor;
        factor *= dims[i];
    }
    it->size = factor;
    PyArray_ITER_RESET(it);
    return (PyObject *)it;
}

/* ---- the type flatiter
 * -------------------------------------------------------------------------------------- */

static void iter_dealloc(PyObject *self)
{
    Py_XDECREF(((PyArrayIterObject *)self)->ao);
    PyObject_Free(self);
}

PyObject *ext_iter_next(PyObject *self)
{
    PyArrayIterObject *it = (PyArrayIterObject *)self;
    if (it->index >= it->size) return NULL;
    PyObject *r = PyArray_Scalar(it->dataptr, PyArray_DESCR(it->ao), (PyObject *)it->ao);
    PyArray_ITER_NEXT(it);
    return r;
}

static PyObject *iter_base(PyObject *self, void *closure)
{
    return Py_NewRef(((PyArrayIterObject *)self)->ao);
}

static PyObject *iter_index(PyObject *self, void *closure)
{
    return PyLong_FromSsize_t(((PyArrayIterObject *)self)->index);
}

static PyObject *iter_coords(PyObject *self, void *closure)
{
    PyArrayIterObject *it = (PyArrayIterObject *)self;
    int nd = PyArray_NDIM(it->ao);
    if (it->contiguous) {
        /* coordinates are not kept while memory is walked straight through */
        npy_intp rest = it->index;
        for (int i = 0; i < nd; i++) {
            it->coordinates[i] = it->factors[i] ? rest / it->factors[i] : 0;
            rest = it->factors[i] ? rest % it->factors[i] : 0;
        }
    }
    return PyArray_IntTupleFromIntp(nd, it->coordinates);
}

static PyGetSetDef iter_getset[] = {
    {"base", iter_base, NULL, "The array that is iterated over."},
    {"index", iter_index, NULL, "Current flat index into the array."},
    {"coords", iter_coords, NULL, "The same as one index per axis."},
    {0}};

/* All elements as one axis: a view where memory allows it, else a copy. */
static PyObject *iter_array(PyObject *self, PyObject *args, PyObject *kw)
{
    PyArrayIterObject *it = (PyArrayIterObject *)self;
    PyArray_Descr *descr = PyArray_DESCR(it->ao);
    npy_intp n = it->size;
    if (PyArray_IS_C_CONTIGUOUS(it->ao)) {
        Py_INCREF(descr);
        return ext_array_new(&PyArray_Type, descr, 1, &n, NULL, PyArray_DATA(it->ao),
                             PyArray_FLAGS(it->ao), NULL, (PyObject *)it->ao, 0);
    }
    PyObject *flat = PyArray_Flatten(it->ao, NPY_CORDER);
    if (flat && !PyArray_CheckExact(flat)) Py_SETREF(flat, PyArray_EnsureArray(Py_NewRef(flat)));
    if (flat) PyArray_CLEARFLAGS((PyArrayObject *)flat, NPY_ARRAY_WRITEABLE);
    return flat;
}

static PyObject *iter_copy(PyObject *self, PyObject *unused)
{
    return PyArray_Flatten(((PyArrayIterObject *)self)->ao, NPY_CORDER);
}

static PyMethodDef iter_methods[] = {
    {"__array__", (PyCFunction)(void (*)(void))iter_array, METH_VARARGS | METH_KEYWORDS,
     "__array__($self, dtype=None, /, *, copy=None)\n--\n\nThe elements as a one-dimensional "
     "array."},
    {"copy", iter_copy, METH_NOARGS,
     "copy($self, /)\n--\n\nThe elements, copied, as a one-dimensional array."},
    {0}};

static PyObject *iter_richcompare(PyObject *self, PyObject *other, int op)
{
    PyObject *a = iter_array(self, NULL, NULL);
    if (!a) return NULL;
    PyObject *r = PyObject_RichCompare(a, other, op);
    Py_DECREF(a);
    return r;
}

PyTypeObject PyArrayIter_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_basicsize = sizeof(PyArrayIterObject),
    .tp_dealloc = iter_dealloc,
    .tp_as_mapping = &ext_flatiter_mapping,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_doc = "The elements of an array, one after the other in C order; what `a.flat` gives.",
    .tp_richcompare = iter_richcompare,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = ext_iter_next,
    .tp_methods = iter_methods,
    .tp_getset = iter_getset,
};

HIDDEN int ext_init_iterators(PyObject *m);
int ext_init_iterators(PyObject *m)
{
    PyArrayIter_Type.tp_name = ext_qualname("flatiter");
    if (PyType_Ready(&PyArrayIter_Type) < 0) return -1;
    if (PyModule_AddObjectRef(m, "flatiter", (PyObject *)&PyArrayIter_Type) < 0) return -1;
    return ext_init_multiiter(m) < 0 ? -1 : ext_init_neighborhood(m);
}
