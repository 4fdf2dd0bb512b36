/* Shapes, axes, elements taken and put. */
#include "client.h"

CASE(PyArray_Newshape)
{
    PyArrayObject *a = arr("np.arange(6)");
    npy_intp dims[] = {2, -1}, wrong[] = {4, 2};
    PyArray_Dims shape = {dims, 2}, bad = {wrong, 2};
    PyArrayObject *b = (PyArrayObject *)PyArray_Newshape(a, &shape, NPY_CORDER);
    CHECK(b && PyArray_DIM(b, 1) == 3 && PyArray_DATA(b) == PyArray_DATA(a));
    return seen(6, same(b), PyArray_Newshape(a, &shape, NPY_FORTRANORDER),
                PyArray_Newshape(a, &bad, NPY_CORDER), PyArray_Reshape(a, py("(3, 2)")),
                PyArray_Reshape(a, py("6")), PyArray_Reshape(a, py("'x'")));
}

CASE(PyArray_Ravel)
{
    PyArrayObject *a = arr("np.arange(6).reshape(2, 3)");
    PyArrayObject *r = (PyArrayObject *)PyArray_Ravel(a, NPY_CORDER);
    PyArrayObject *f = (PyArrayObject *)PyArray_Flatten(a, NPY_CORDER);
    CHECK(r && PyArray_DATA(r) == PyArray_DATA(a) && f && PyArray_DATA(f) != PyArray_DATA(a));
    return seen(5, same(r), same(f), PyArray_Ravel(a, NPY_FORTRANORDER),
                PyArray_Flatten(a, NPY_FORTRANORDER),
                PyArray_Ravel(arr("np.array(3)"), NPY_KEEPORDER));
}

CASE(PyArray_Transpose)
{
    PyArrayObject *a = arr("np.arange(24).reshape(2, 3, 4)");
    npy_intp axes[] = {1, 2, 0}, twice[] = {1, 1, 0};
    PyArray_Dims permute = {axes, 3}, bad = {twice, 3};
    PyArrayObject *t = (PyArrayObject *)PyArray_Transpose(a, NULL);
    CHECK(t && PyArray_DIM(t, 0) == 4 && PyArray_DATA(t) == PyArray_DATA(a));
    return seen(7, same(t), PyArray_Transpose(a, &permute), PyArray_Transpose(a, &bad),
                PyArray_SwapAxes(a, 0, -1), PyArray_SwapAxes(a, 0, 3),
                PyArray_Squeeze(arr("np.zeros((1, 3, 1))")),
                PyArray_Squeeze(arr("np.zeros((1, 1))")));
}

CASE(PyArray_View)
{
    PyArrayObject *a = arr("np.arange(4, dtype='<i4')");
    PyObject *sub = py("type('Sub', (np.ndarray,), {})");
    PyArrayObject *v = (PyArrayObject *)PyArray_View(a, descr("'<i2'"), NULL);
    CHECK(v && PyArray_DATA(v) == PyArray_DATA(a) && PyArray_DIM(v, 0) == 8);
    return seen(4, same(v), PyArray_View(a, NULL, (PyTypeObject *)sub), PyArray_View(a, NULL, NULL),
                PyArray_View(arr("np.zeros(3, 'i1')"), descr("'i2'"), NULL));
}

CASE(PyArray_Resize)
{
    PyArrayObject *a = arr("np.arange(4)");
    npy_intp dims[] = {2, 3};
    PyArray_Dims shape = {dims, 2};
    PyObject *none = PyArray_Resize(a, &shape, 0, NPY_CORDER);
    CHECK(none == Py_None && PyArray_NDIM(a) == 2 && *(npy_intp *)PyArray_GETPTR2(a, 1, 2) == 0);
    PyArrayObject *shared = arr("np.arange(4)");
    PyObject *view = PyArray_View(shared, NULL, NULL);
    return seen(4, same(a), PyArray_Resize(shared, &shape, 1, NPY_CORDER),
                PyArray_Resize((PyArrayObject *)view, &shape, 0, NPY_CORDER),
                PyArray_Resize(arr("np.arange(6)[::2]"), &shape, 0, NPY_CORDER));
}

CASE(PyArray_Return)
{
    PyArrayObject *a = arr("np.array(3, 'i2')"), *b = arr("np.arange(2)");
    PyObject *scalar = PyArray_Return((PyArrayObject *)same(a));
    CHECK(scalar && PyArray_IsScalar(scalar, Short));
    CHECK(PyArray_Return((PyArrayObject *)same(b)) == (PyObject *)b);
    return seen(2, scalar, PyArray_Return(NULL) ? NULL : py("None"));
}

CASE(PyArray_MultiplyList)
{
    npy_intp dims[] = {2, 3, 4}, other[] = {2, 3, 5}, big[] = {NPY_MAX_INTP, 2};
    int ints[] = {2, 5};
    CHECK(PyArray_MultiplyList(dims, 3) == 24 && PyArray_MultiplyList(dims, 0) == 1);
    CHECK(PyArray_MultiplyIntList(ints, 2) == 10);
    CHECK(PyArray_OverflowMultiplyList(dims, 3) == 24 &&
          PyArray_OverflowMultiplyList(big, 2) == -1);
    CHECK(PyArray_CompareLists(dims, other, 2) && !PyArray_CompareLists(dims, other, 3));
    return seen(3, num(PyArray_Size(py("np.zeros((2, 3))"))), num(PyArray_Size(py("[1]"))),
                PyArray_IntTupleFromIntp(3, dims));
}

CASE(PyArray_CheckAxis)
{
    PyArrayObject *a = arr("np.arange(6).reshape(2, 3)");
    int all = NPY_RAVEL_AXIS, last = -1, far = 2, flags = 0;
    PyArrayObject *r = (PyArrayObject *)PyArray_CheckAxis(a, &all, 0);
    PyObject *l = PyArray_CheckAxis(a, &last, NPY_ARRAY_F_CONTIGUOUS);
    CHECK(r && PyArray_NDIM(r) == 1 && all == 0 && last == 1);
    return seen(3, same(r), l, PyArray_CheckAxis(a, &far, flags));
}

CASE(PyArray_CreateSortedStridePerm)
{
    npy_intp strides[] = {8, -64, 16, 64};
    npy_stride_sort_item order[4];
    PyArray_CreateSortedStridePerm(4, strides, order);
    return seen(4, num(order[0].perm), num(order[1].perm), num(order[2].perm),
                num(order[3].stride));
}

CASE(PyArray_TakeFrom)
{
    PyArrayObject *a = arr("np.arange(6).reshape(2, 3) * 10");
    PyArrayObject *out = arr("np.zeros((2, 2), int)");
    PyObject *same_out = PyArray_TakeFrom(a, py("[2, 0]"), 1, out, NPY_CLIP);
    CHECK(same_out == (PyObject *)out);
    return seen(4, same(out),
                PyArray_TakeFrom(a, py("[[1, 5], [0, 2]]"), NPY_RAVEL_AXIS, NULL, NPY_RAISE),
                PyArray_TakeFrom(a, py("[9, -9]"), 0, NULL, NPY_WRAP),
                PyArray_TakeFrom(a, py("9"), 0, NULL, NPY_RAISE));
}

CASE(PyArray_PutTo)
{
    PyArrayObject *a = arr("np.zeros(5, int)"), *b = arr("np.arange(5)");
    PyObject *none = PyArray_PutTo(a, py("[7, 8]"), py("[0, 3]"), NPY_RAISE);
    CHECK(none == Py_None);
    PyObject *masked = PyArray_PutMask(b, py("[-1, -2]"), py("[1, 0, 1, 0, 1]"));
    CHECK(masked == Py_None);
    return seen(4, same(a), same(b), PyArray_PutTo(a, py("1"), py("[9]"), NPY_RAISE),
                PyArray_PutMask(b, py("1"), py("[1]")));
}

CASE(PyArray_Repeat)
{
    PyArrayObject *a = arr("np.arange(4).reshape(2, 2)");
    return seen(4, PyArray_Repeat(a, py("2"), 0), PyArray_Repeat(a, py("[1, 3]"), 1),
                PyArray_Repeat(a, py("3"), NPY_RAVEL_AXIS), PyArray_Repeat(a, py("[1, 2, 3]"), 0));
}

CASE(PyArray_Choose)
{
    PyArrayObject *a = arr("np.array([0, 1, 1, 0])");
    return seen(3, PyArray_Choose(a, py("[[1, 2, 3, 4], [5, 6, 7, 8]]"), NULL, NPY_RAISE),
                PyArray_Choose(arr("np.array([3, -1])"), py("[10, 20]"), NULL, NPY_CLIP),
                PyArray_Choose(arr("np.array([3])"), py("[[1], [2]]"), NULL, NPY_RAISE));
}

CASE(PyArray_Concatenate)
{
    return seen(4, PyArray_Concatenate(py("([1, 2], [3.5])"), 0),
                PyArray_Concatenate(py("(np.zeros((1, 2)), np.ones((1, 2)))"), 1),
                PyArray_Concatenate(py("(np.zeros((1, 2)), np.ones((1, 2)))"), NPY_RAVEL_AXIS),
                PyArray_Concatenate(py("(np.zeros((1, 2)), np.ones(2))"), 0));
}

CASE(PyArray_Diagonal)
{
    PyArrayObject *a = arr("np.arange(12).reshape(3, 4)");
    PyArrayObject *d = (PyArrayObject *)PyArray_Diagonal(a, 1, 0, 1);
    CHECK(d && PyArray_DIM(d, 0) == 3 && PyArray_STRIDE(d, 0) == 40);
    return seen(3, same(d), PyArray_Trace(a, 0, 0, 1, NPY_NOTYPE, NULL),
                PyArray_Trace(a, -1, 1, 0, NPY_FLOAT, NULL));
}

CASE(PyArray_Nonzero)
{
    PyArrayObject *a = arr("np.array([[0, 3], [4, 0]])");
    CHECK(PyArray_CountNonzero(a) == 2);
    return seen(4, PyArray_Nonzero(a), PyArray_Compress(a, py("[0, 1]"), 1, NULL),
                PyArray_Compress(a, py("[1, 0, 1]"), NPY_RAVEL_AXIS, NULL),
                num(PyArray_CountNonzero(arr("np.array(['', 'a'], object)"))));
}

CASE(PyArray_Where)
{
    return seen(3, PyArray_Where(py("[1, 0]"), py("[1, 2]"), py("3.5")),
                PyArray_Where(py("[[0, 1], [1, 0]]"), NULL, NULL),
                PyArray_Where(py("[1]"), py("1"), NULL));
}

CASE(PyArray_Sort)
{
    PyArrayObject *a = arr("np.array([[3, 1, 2], [9, 8, 7]])");
    CHECK(PyArray_Sort(a, 1, NPY_QUICKSORT) == 0 && *(npy_intp *)PyArray_GETPTR2(a, 1, 0) == 7);
    PyArrayObject *b = arr("np.array([[3, 1, 2], [9, 8, 7]])");
    CHECK(PyArray_Sort(b, 0, NPY_STABLESORT) == 0);
    return seen(6, same(a), same(b), PyArray_ArgSort(arr("np.array([3, 1, 2])"), 0, NPY_HEAPSORT),
                PyArray_ArgSort(b, -1, NPY_MERGESORT), num(PyArray_Sort(a, 5, NPY_QUICKSORT)),
                PyArray_LexSort(py("([1, 2, 1], [3, 1, 3])"), -1));
}

CASE(PyArray_Partition)
{
    PyArrayObject *a = arr("np.array([5, 3, 1, 4, 2])"), *kth = arr("np.array([2])");
    PyObject *order = PyArray_ArgPartition(a, kth, 0, NPY_INTROSELECT);
    CHECK(order && PyArray_Partition(a, kth, 0, NPY_INTROSELECT) == 0);
    npy_intp *v = PyArray_DATA(a);
    CHECK(v[2] == 3 && v[0] < 3 && v[1] < 3 && v[3] > 3 && v[4] > 3);
    return seen(1, num(PyArray_Partition(a, arr("np.array([9])"), 0, NPY_INTROSELECT)));
}

CASE(PyArray_SearchSorted)
{
    PyArrayObject *a = arr("np.array([1, 2, 2, 3])");
    return seen(3, PyArray_SearchSorted(a, py("[2, 5]"), NPY_SEARCHLEFT, NULL),
                PyArray_SearchSorted(a, py("2"), NPY_SEARCHRIGHT, NULL),
                PyArray_SearchSorted(arr("np.array([3, 1, 2])"), py("[2.5]"), NPY_SEARCHLEFT,
                                     py("[1, 2, 0]")));
}

const client_case shape_cases[] = {
    ROW(PyArray_Newshape),     ROW(PyArray_Ravel),        ROW(PyArray_Transpose),
    ROW(PyArray_View),         ROW(PyArray_Resize),       ROW(PyArray_Return),
    ROW(PyArray_MultiplyList), ROW(PyArray_CheckAxis),    ROW(PyArray_CreateSortedStridePerm),
    ROW(PyArray_TakeFrom),     ROW(PyArray_PutTo),        ROW(PyArray_Repeat),
    ROW(PyArray_Choose),       ROW(PyArray_Concatenate),  ROW(PyArray_Diagonal),
    ROW(PyArray_Nonzero),      ROW(PyArray_Where),        ROW(PyArray_Sort),
    ROW(PyArray_Partition),    ROW(PyArray_SearchSorted), {NULL, NULL},
};
