/* The iterators of old: one array, several, neighbourhoods. Their macros read the structs. */
#include "client.h"

static PyObject *walk(PyArrayIterObject *it)
{
    PyObject *r = PyList_New(0);
    while (r && PyArray_ITER_NOTDONE(it)) {
        add_seen(r, PyArray_GETITEM(it->ao, PyArray_ITER_DATA(it)));
        PyArray_ITER_NEXT(it);
    }
    return r;
}

CASE(PyArray_IterNew)
{
    PyArrayObject *a = arr("np.arange(24).reshape(2, 3, 4)[:, ::-1, 1:]");
    PyArrayIterObject *it = (PyArrayIterObject *)PyArray_IterNew((PyObject *)a);
    CHECK(it && PyArrayIter_Check(it) && it->size == 18 && it->nd_m1 == 2 && it->ao == a);
    PyObject *all = walk(it);
    PyArray_ITER_RESET(it);
    CHECK(it->index == 0 && it->dataptr == PyArray_BYTES(a));
    npy_intp at[] = {1, 2, 1};
    PyArray_ITER_GOTO(it, at);
    CHECK(*(npy_intp *)it->dataptr == 14);
    PyArray_ITER_GOTO1D(it, 5);
    CHECK(*(npy_intp *)it->dataptr == *(npy_intp *)PyArray_GETPTR3(a, 0, 1, 2));
    PyArrayIterObject *flat = (PyArrayIterObject *)PyArray_IterNew(py("np.arange(3)"));
    CHECK(flat->contiguous);
    return seen(4, all, walk(flat), walk((PyArrayIterObject *)PyArray_IterNew(py("np.array(5)"))),
                PyArray_IterNew(py("3")));
}

CASE(PyArray_IterAllButAxis)
{
    PyArrayObject *a = arr("np.arange(12).reshape(3, 4)");
    int axis = 0, shortest = -1;
    PyArrayIterObject *it = (PyArrayIterObject *)PyArray_IterAllButAxis((PyObject *)a, &axis);
    CHECK(it && it->size == 4);
    PyArrayIterObject *rows = (PyArrayIterObject *)PyArray_IterAllButAxis((PyObject *)a, &shortest);
    CHECK(rows && rows->size == 3 && shortest == 1);
    return seen(2, walk(it), walk(rows));
}

CASE(PyArray_BroadcastToShape)
{
    npy_intp dims[] = {2, 3}, bad[] = {2, 4};
    PyObject *a = py("np.arange(3)");
    PyArrayIterObject *it = (PyArrayIterObject *)PyArray_BroadcastToShape(a, dims, 2);
    CHECK(it && it->size == 6);
    return seen(2, walk(it), PyArray_BroadcastToShape(a, bad, 2));
}

static PyObject *walk_multi(PyArrayMultiIterObject *m)
{
    PyObject *r = PyList_New(0);
    while (r && PyArray_MultiIter_NOTDONE(m)) {
        for (int i = 0; i < m->numiter; i++)
            add_seen(r, PyArray_GETITEM(m->iters[i]->ao, PyArray_MultiIter_DATA(m, i)));
        PyArray_MultiIter_NEXT(m);
    }
    return r;
}

CASE(PyArray_MultiIterNew)
{
    PyObject *a = py("np.arange(3)"), *b = py("np.arange(2).reshape(2, 1) * 10");
    PyArrayMultiIterObject *m = (PyArrayMultiIterObject *)PyArray_MultiIterNew(2, a, b);
    CHECK(m && PyObject_TypeCheck(m, &PyArrayMultiIter_Type) && PyArray_MultiIter_NDIM(m) == 2 &&
          PyArray_MultiIter_SIZE(m) == 6);
    CHECK(PyArray_MultiIter_DIMS(m)[0] == 2 && PyArray_MultiIter_NUMITER(m) == 2);
    PyObject *all = walk_multi(m);
    PyArray_MultiIter_RESET(m);
    PyArray_MultiIter_NEXTi(m, 0);
    PyArray_MultiIter_GOTO1D(m, 4);
    CHECK(*(npy_intp *)PyArray_MultiIter_DATA(m, 0) == 1 &&
          *(npy_intp *)PyArray_MultiIter_DATA(m, 1) == 10);
    PyObject *objects[] = {a, b};
    PyArrayMultiIterObject *three =
        (PyArrayMultiIterObject *)PyArray_MultiIterFromObjects(objects, 2, 1, py("[[7]]"));
    CHECK(three && three->numiter == 3);
    PyArrayMultiIterObject *again = (PyArrayMultiIterObject *)PyArray_MultiIterNew(2, a, b);
    CHECK(PyArray_Broadcast(again) == 0 && again->size == 6);
    return seen(4, all, walk_multi(three), PyArray_MultiIterNew(2, a, py("[1, 2]")),
                PyArray_MultiIterNew(1, py("'x'")));
}

CASE(PyArray_RemoveSmallest)
{
    PyArrayMultiIterObject *m = (PyArrayMultiIterObject *)PyArray_MultiIterNew(
        2, py("np.arange(24).reshape(2, 3, 4).transpose(2, 0, 1)"), py("np.arange(3)"));
    CHECK(m && m->size == 24);
    int axis = PyArray_RemoveSmallest(m);
    PyArrayMultiIterObject *flat = (PyArrayMultiIterObject *)PyArray_MultiIterNew(
        2, py("np.zeros((2, 3))"), py("np.zeros((2, 3), order='F')"));
    int first = PyArray_RemoveSmallest(flat);
    PyArrayMultiIterObject *scalar =
        (PyArrayMultiIterObject *)PyArray_MultiIterNew(1, py("np.array(3)"));
    CHECK(PyArray_RemoveSmallest(scalar) == -1);
    npy_intp size = m->size;
    return seen(5, num(axis), num(size), num(m->iters[0]->dims_m1[axis]), walk_multi(m),
                num(first));
}

static PyObject *around(const char *what, int mode, PyArrayObject *fill)
{
    PyArrayIterObject *it = (PyArrayIterObject *)PyArray_IterNew(py(what));
    npy_intp bounds[] = {-1, 1};
    PyArrayNeighborhoodIterObject *n =
        (PyArrayNeighborhoodIterObject *)PyArray_NeighborhoodIterNew(it, bounds, mode, fill);
    if (!n) return NULL;
    PyObject *r = PyList_New(0);
    while (PyArray_ITER_NOTDONE(it)) {
        PyArrayNeighborhoodIter_Reset(n);
        for (npy_intp i = 0; i < n->size; i++) {
            add_seen(r, PyArray_GETITEM(it->ao, n->dataptr));
            PyArrayNeighborhoodIter_Next(n);
        }
        PyArray_ITER_NEXT(it);
    }
    Py_DECREF(n);
    return r;
}

CASE(PyArray_NeighborhoodIterNew)
{
    PyArrayObject *fill = arr("np.array(7.)");
    return seen(5, around("np.arange(3.)", NPY_NEIGHBORHOOD_ITER_ZERO_PADDING, NULL),
                around("np.arange(3.)", NPY_NEIGHBORHOOD_ITER_ONE_PADDING, NULL),
                around("np.arange(3.)", NPY_NEIGHBORHOOD_ITER_CONSTANT_PADDING, fill),
                around("np.arange(3.)", NPY_NEIGHBORHOOD_ITER_CIRCULAR_PADDING, NULL),
                around("np.arange(3.)", NPY_NEIGHBORHOOD_ITER_MIRROR_PADDING, NULL));
}

const client_case iter_cases[] = {
    ROW(PyArray_IterNew),
    ROW(PyArray_IterAllButAxis),
    ROW(PyArray_BroadcastToShape),
    ROW(PyArray_MultiIterNew),
    ROW(PyArray_RemoveSmallest),
    ROW(PyArray_NeighborhoodIterNew),
    {NULL, NULL},
};
