/* Reductions, products, and arguments turned into C values. */
#include "client.h"

#define A arr("np.arange(6.).reshape(2, 3)")

CASE(PyArray_Sum)
{
    PyArrayObject *a = A, *out = arr("np.zeros(3)");
    PyObject *r = PyArray_Sum(a, 0, NPY_NOTYPE, out);
    CHECK(r == (PyObject *)out && *(double *)PyArray_GETPTR1(out, 2) == 7);
    return seen(8, same(out), PyArray_Sum(a, NPY_RAVEL_AXIS, NPY_NOTYPE, NULL),
                PyArray_Sum(a, 1, NPY_INT, NULL), PyArray_CumSum(a, 1, NPY_NOTYPE, NULL),
                PyArray_CumSum(a, NPY_RAVEL_AXIS, NPY_FLOAT, NULL),
                PyArray_Prod(a, 1, NPY_NOTYPE, NULL), PyArray_CumProd(a, 0, NPY_NOTYPE, NULL),
                PyArray_Sum(a, 5, NPY_NOTYPE, NULL));
}

CASE(PyArray_Mean)
{
    PyArrayObject *a = A;
    return seen(6, PyArray_Mean(a, 0, NPY_NOTYPE, NULL),
                PyArray_Mean(a, NPY_RAVEL_AXIS, NPY_FLOAT, NULL),
                PyArray_Std(a, 1, NPY_NOTYPE, NULL, 0), PyArray_Std(a, 1, NPY_NOTYPE, NULL, 1),
                PyArray_Std(a, NPY_RAVEL_AXIS, NPY_NOTYPE, NULL, 0),
                PyArray_Mean(arr("np.arange(4)"), 0, NPY_NOTYPE, NULL));
}

CASE(PyArray_Max)
{
    PyArrayObject *a = arr("np.array([[3, 1, 2], [9, 8, 7]])");
    return seen(8, PyArray_Max(a, 0, NULL), PyArray_Min(a, 1, NULL),
                PyArray_Ptp(a, NPY_RAVEL_AXIS, NULL), PyArray_Ptp(a, 0, NULL),
                PyArray_ArgMax(a, 1, NULL), PyArray_ArgMin(a, NPY_RAVEL_AXIS, NULL),
                PyArray_Max(arr("np.zeros((0, 2))"), 0, NULL),
                PyArray_ArgMax(a, 0, arr("np.zeros(3, np.intp)")));
}

CASE(PyArray_All)
{
    PyArrayObject *a = arr("np.array([[1, 0], [2, 3]])");
    return seen(4, PyArray_All(a, 0, NULL), PyArray_Any(a, 1, NULL),
                PyArray_All(a, NPY_RAVEL_AXIS, NULL), PyArray_Any(a, NPY_RAVEL_AXIS, NULL));
}

CASE(PyArray_Clip)
{
    return seen(6, PyArray_Clip(A, py("1"), py("4"), NULL),
                PyArray_Clip(A, Py_None, py("2.5"), NULL),
                PyArray_Round(arr("np.array([1.25, 2.345])"), 1, NULL),
                PyArray_Round(arr("np.array([15, 25])"), -1, NULL),
                PyArray_Conjugate(arr("np.array([1 + 2j])"), NULL), PyArray_Conjugate(A, NULL));
}

CASE(PyArray_InnerProduct)
{
    PyObject *a = (PyObject *)A, *v = py("[1., 2., 3.]");
    PyArrayObject *out = arr("np.zeros(2)");
    CHECK(PyArray_MatrixProduct2(a, v, out) == (PyObject *)out);
    return seen(8, PyArray_InnerProduct(a, v), PyArray_MatrixProduct(a, v), same(out),
                PyArray_InnerProduct(py("[1, 2]"), py("[3, 4]")),
                PyArray_MatrixProduct(py("[[1, 2], [3, 4]]"), py("[[0, 1], [1, 0]]")),
                PyArray_Correlate(py("[1, 2, 3]"), py("[0, 1j]"), 2),
                PyArray_Correlate2(py("[1, 2, 3]"), py("[0, 1j]"), 2),
                PyArray_MatrixProduct(a, py("[1, 2]")));
}

CASE(PyArray_EinsteinSum)
{
    PyArrayObject *ops[] = {A, arr("np.ones((3, 2))")};
    PyArrayObject *r =
        PyArray_EinsteinSum("ij,jk->ik", 2, ops, NULL, NPY_KEEPORDER, NPY_SAFE_CASTING, NULL);
    CHECK(r && PyArray_NDIM(r) == 2);
    return seen(
        3, same(r),
        (PyObject *)PyArray_EinsteinSum("ij", 1, ops, NULL, NPY_KEEPORDER, NPY_SAFE_CASTING, NULL),
        (PyObject *)PyArray_EinsteinSum("ij,kl,m", 2, ops, NULL, NPY_KEEPORDER, NPY_SAFE_CASTING,
                                        NULL));
}

/* ---- converters of arguments */
CASE(PyArray_Converter)
{
    PyObject *a = NULL, *list = py("[1, 2]"), *arr_in = py("np.zeros(2)");
    CHECK(PyArray_Converter(list, &a) == NPY_SUCCEED && PyArray_Check(a));
    CHECK(PyArray_Converter(arr_in, &a) == NPY_SUCCEED && a == arr_in);
    PyArrayObject *out = (PyArrayObject *)a;
    CHECK(PyArray_OutputConverter(Py_None, &out) == NPY_SUCCEED && !out);
    CHECK(PyArray_OutputConverter(arr_in, &out) == NPY_SUCCEED && out == (PyArrayObject *)arr_in);
    return seen(1, num(PyArray_OutputConverter(list, &out)));
}

CASE(PyArray_IntpConverter)
{
    PyArray_Dims d = {NULL, 0};
    npy_intp into[3];
    CHECK(PyArray_IntpConverter(py("(2, 3)"), &d) == NPY_SUCCEED && d.len == 2 && d.ptr[1] == 3);
    PyDimMem_FREE(d.ptr);
    d.ptr = NULL;
    CHECK(PyArray_IntpConverter(py("7"), &d) == NPY_SUCCEED && d.len == 1 && d.ptr[0] == 7);
    PyDimMem_FREE(d.ptr);
    CHECK(PyArray_IntpFromSequence(py("[4, 5, 6]"), into, 3) == 3 && into[2] == 6);
    d.ptr = NULL;
    return seen(5, num(PyArray_IntpConverter(py("'x'"), &d)),
                num(PyArray_IntpConverter(py("[1.5]"), &d)),
                num(PyArray_IntpFromSequence(py("3"), into, 3)),
                num(PyArray_IntpFromSequence(py("'ab'"), into, 3)),
                num(PyArray_IntpFromSequence(py("[1, 2, 3, 4]"), into, 3)));
}

CASE(PyArray_PyIntAsInt)
{
    CHECK(PyArray_PyIntAsInt(py("np.int8(5)")) == 5 &&
          PyArray_PyIntAsIntp(py("2**40")) == 1099511627776);
    return seen(5, num(PyArray_PyIntAsInt(py("2**40"))), num(PyArray_PyIntAsInt(py("1.5"))),
                num(PyArray_PyIntAsInt(py("True"))), num(PyArray_PyIntAsIntp(py("np.array(4)"))),
                num(PyArray_PyIntAsIntp(py("np.array([4])"))));
}

CASE(PyArray_BufferConverter)
{
    PyArray_Chunk c;
    PyObject *b = py("bytearray(b'abc')");
    CHECK(PyArray_BufferConverter(b, &c) == NPY_SUCCEED && c.len == 3 && !memcmp(c.ptr, "abc", 3));
    PyObject *flags = num(c.flags & NPY_ARRAY_WRITEABLE);
    CHECK(PyArray_BufferConverter(Py_None, &c) == NPY_SUCCEED);
    return seen(2, flags, num(PyArray_BufferConverter(py("3"), &c)));
}

CASE(PyArray_AxisConverter)
{
    int axis = 9;
    npy_bool b = 9;
    CHECK(PyArray_AxisConverter(Py_None, &axis) == NPY_SUCCEED && axis == NPY_RAVEL_AXIS);
    CHECK(PyArray_AxisConverter(py("-2"), &axis) == NPY_SUCCEED && axis == -2);
    CHECK(PyArray_BoolConverter(py("[0]"), &b) == NPY_SUCCEED && b == 1);
    CHECK(PyArray_BoolConverter(Py_None, &b) == NPY_SUCCEED && b == 0);
    return seen(1, num(PyArray_AxisConverter(py("'x'"), &axis)));
}

CASE(PyArray_OrderConverter)
{
    char order = 0;
    NPY_ORDER o = NPY_CORDER;
    NPY_CASTING c;
    CHECK(PyArray_ByteorderConverter(py("'>'"), &order) == NPY_SUCCEED && order == '>');
    CHECK(PyArray_ByteorderConverter(py("'little'"), &order) == NPY_SUCCEED && order == '<');
    CHECK(PyArray_OrderConverter(py("'F'"), &o) == NPY_SUCCEED && o == NPY_FORTRANORDER);
    CHECK(PyArray_OrderConverter(py("'K'"), &o) == NPY_SUCCEED && o == NPY_KEEPORDER);
    CHECK(PyArray_CastingConverter(py("'same_kind'"), &c) == NPY_SUCCEED &&
          c == NPY_SAME_KIND_CASTING);
    return seen(4, num(PyArray_ByteorderConverter(py("'x'"), &order)),
                num(PyArray_OrderConverter(py("'Q'"), &o)),
                num(PyArray_OrderConverter(py("3"), &o)),
                num(PyArray_CastingConverter(py("'sure'"), &c)));
}

CASE(PyArray_SortkindConverter)
{
    NPY_SORTKIND s;
    NPY_SELECTKIND k;
    NPY_SEARCHSIDE side;
    NPY_CLIPMODE m, modes[2];
    CHECK(PyArray_SortkindConverter(py("'heapsort'"), &s) == NPY_SUCCEED && s == NPY_HEAPSORT);
    CHECK(PyArray_SortkindConverter(py("'stable'"), &s) == NPY_SUCCEED && s == NPY_STABLESORT);
    CHECK(PyArray_SelectkindConverter(py("'introselect'"), &k) == NPY_SUCCEED &&
          k == NPY_INTROSELECT);
    CHECK(PyArray_SearchsideConverter(py("'right'"), &side) == NPY_SUCCEED &&
          side == NPY_SEARCHRIGHT);
    CHECK(PyArray_ClipmodeConverter(py("'wrap'"), &m) == NPY_SUCCEED && m == NPY_WRAP);
    CHECK(PyArray_ClipmodeConverter(Py_None, &m) == NPY_SUCCEED && m == NPY_RAISE);
    CHECK(PyArray_ConvertClipmodeSequence(py("('clip', 'raise')"), modes, 2) == NPY_SUCCEED);
    CHECK(modes[0] == NPY_CLIP && modes[1] == NPY_RAISE);
    return seen(5, num(PyArray_SortkindConverter(py("'x'"), &s)),
                num(PyArray_SelectkindConverter(py("'x'"), &k)),
                num(PyArray_SearchsideConverter(py("'x'"), &side)),
                num(PyArray_ClipmodeConverter(py("'x'"), &m)),
                num(PyArray_ConvertClipmodeSequence(py("('clip',)"), modes, 2)));
}

const client_case compute_cases[] = {
    ROW(PyArray_Sum),
    ROW(PyArray_Mean),
    ROW(PyArray_Max),
    ROW(PyArray_All),
    ROW(PyArray_Clip),
    ROW(PyArray_InnerProduct),
    ROW(PyArray_EinsteinSum),
    ROW(PyArray_Converter),
    ROW(PyArray_IntpConverter),
    ROW(PyArray_PyIntAsInt),
    ROW(PyArray_BufferConverter),
    ROW(PyArray_AxisConverter),
    ROW(PyArray_OrderConverter),
    ROW(PyArray_SortkindConverter),
    {NULL, NULL},
};
