/* Python's operators on arrays: each is a ufunc call, after the question whether the other operand
 * wants to answer (NEP 13), and with a short way for exact arrays. */
#include "number.h"

#include <string.h>

/* The ufuncs of the operators, looked up once at import. */
enum {
#define OP(name) OP_##name,
#include "number_ops.def"
#undef OP
    OP_COUNT
};
static PyUFuncObject *ops[OP_COUNT];

/* ---- deferring
 * -------------------------------------------------------------------------------------------------------
 */

static PyObject *type_attr(PyObject *o, PyObject **name, const char *text)
{
    if (!*name && !(*name = PyUnicode_InternFromString(text))) return NULL;
    return _PyType_Lookup(Py_TYPE(o), *name);
}

/* Whether array `self` should let `other` answer. */
bool ext_array_defers(PyObject *self, PyObject *other, bool inplace)
{
    static PyObject *str_array_ufunc;
    PyTypeObject *t = Py_TYPE(other);
    if (t == Py_TYPE(self) || t == &PyArray_Type || t == &PyFloat_Type || t == &PyLong_Type ||
        t == &PyBool_Type || t == &PyComplex_Type || t == &PyList_Type || t == &PyTuple_Type ||
        t == &PyUnicode_Type || t == &PyBytes_Type || other == Py_None)
        return false;
    if (PyArray_IsScalar(other, Generic) && PyArray_CheckAnyScalarExact(other)) return false;
    PyObject *attr = type_attr(other, &str_array_ufunc, "__array_ufunc__");
    if (attr) return !inplace && attr == Py_None;
    if (!inplace && PyType_IsSubtype(t, Py_TYPE(self))) return false;
    return PyArray_GetPriority(self, NPY_SCALAR_PRIORITY) <
           PyArray_GetPriority(other, NPY_SCALAR_PRIORITY);
}

/* Does `b`'s type have an operator of its own in this slot? */
#define OWN_SLOT(b, slot, mine)                                                                    \
    (Py_TYPE(b)->tp_as_number && Py_TYPE(b)->tp_as_number->slot != (mine))
#define DEFER(a, b, slot, mine, inplace)                                                           \
    do {                                                                                           \
        if (PyArray_Check(a) && OWN_SLOT(b, slot, mine) && ext_array_defers(a, b, inplace))        \
            Py_RETURN_NOTIMPLEMENTED;                                                              \
    } while (0)

/* ---- calls
 * --------------------------------------------------------------------------------------------------------------
 */

static PyObject *call1(int op, PyObject *a)
{
    return ufunc_vectorcall((PyObject *)ops[op], &a, 1, NULL);
}
static PyObject *call2(int op, PyObject *a, PyObject *b)
{
    PyObject *args[] = {a, b};
    return ufunc_vectorcall((PyObject *)ops[op], args, 2, NULL);
}
static PyObject *call_into(int op, PyObject *a, PyObject *b)
{
    PyObject *args[] = {a, b, a};
    return ufunc_vectorcall((PyObject *)ops[op], args, 3, NULL);
}

#define BINARY(fn, slot, op)                                                                       \
    static PyObject *fn(PyObject *a, PyObject *b)                                                  \
    {                                                                                              \
        DEFER(a, b, slot, fn, false);                                                              \
        return call2(OP_##op, a, b);                                                               \
    }
#define INPLACE(fn, slot, op)                                                                      \
    static PyObject *fn(PyObject *a, PyObject *b)                                                  \
    {                                                                                              \
        DEFER(a, b, slot, fn, true);                                                               \
        return call_into(OP_##op, a, b);                                                           \
    }
#define UNARY(fn, op)                                                                              \
    static PyObject *fn(PyObject *a)                                                               \
    {                                                                                              \
        return call1(OP_##op, a);                                                                  \
    }

BINARY(array_add, nb_add, add)
BINARY(array_subtract, nb_subtract, subtract)
BINARY(array_multiply, nb_multiply, multiply)
BINARY(array_true_divide, nb_true_divide, divide)
BINARY(array_floor_divide, nb_floor_divide, floor_divide)
BINARY(array_remainder, nb_remainder, remainder)
BINARY(array_divmod, nb_divmod, divmod)
BINARY(array_lshift, nb_lshift, left_shift)
BINARY(array_rshift, nb_rshift, right_shift)
BINARY(array_and, nb_and, bitwise_and)
BINARY(array_or, nb_or, bitwise_or)
BINARY(array_xor, nb_xor, bitwise_xor)
BINARY(array_matmul, nb_matrix_multiply, matmul)
INPLACE(array_iadd, nb_inplace_add, add)
INPLACE(array_isubtract, nb_inplace_subtract, subtract)
INPLACE(array_imultiply, nb_inplace_multiply, multiply)
INPLACE(array_itrue_divide, nb_inplace_true_divide, divide)
INPLACE(array_ifloor_divide, nb_inplace_floor_divide, floor_divide)
INPLACE(array_iremainder, nb_inplace_remainder, remainder)
INPLACE(array_ilshift, nb_inplace_lshift, left_shift)
INPLACE(array_irshift, nb_inplace_rshift, right_shift)
INPLACE(array_iand, nb_inplace_and, bitwise_and)
INPLACE(array_ior, nb_inplace_or, bitwise_or)
INPLACE(array_ixor, nb_inplace_xor, bitwise_xor)
UNARY(array_negative, negative)
UNARY(array_positive, positive)
UNARY(array_absolute, absolute)
UNARY(array_invert, invert)

/* ---- powers
 * --------------------------------------------------------------------------------------------------------------
 */

/* Whole and half exponents that have a ufunc of their own; -1 if there is none. */
static int simple_power(PyObject *a, PyObject *exponent)
{
    if (!PyArray_CheckExact(a) && !PyArray_Check(a)) return -1;
    int num = PyArray_DESCR((PyArrayObject *)a)->type_num;
    double e;
    bool whole = PyLong_CheckExact(exponent);
    if (whole) {
        int overflow;
        long v = PyLong_AsLongAndOverflow(exponent, &overflow);
        if (overflow || v < -1 || v > 2) return -1;
        e = (double)v;
    } else if (PyFloat_CheckExact(exponent)) {
        e = PyFloat_AS_DOUBLE(exponent);
    } else {
        return -1;
    }
    bool inexact = PyTypeNum_ISFLOAT(num) || PyTypeNum_ISCOMPLEX(num);
    if (e == 2.0 && (inexact || (whole && num != NPY_OBJECT))) return OP_square;
    if (!inexact) return -1;
    if (e == 1.0) return OP_positive;
    if (e == -1.0) return OP_reciprocal;
    if (e == 0.5) return OP_sqrt;
    if (e == 0.0) return OP__ones_like;
    return -1;
}

static PyObject *array_power(PyObject *a, PyObject *b, PyObject *modulo)
{
    if (modulo != Py_None) Py_RETURN_NOTIMPLEMENTED;
    DEFER(a, b, nb_power, array_power, false);
    int op = simple_power(a, b);
    return op >= 0 ? call1(op, a) : call2(OP_power, a, b);
}

static PyObject *array_ipower(PyObject *a, PyObject *b, PyObject *modulo)
{
    if (modulo != Py_None) Py_RETURN_NOTIMPLEMENTED;
    DEFER(a, b, nb_inplace_power, array_ipower, true);
    int op = simple_power(a, b);
    if (op < 0) return call_into(OP_power, a, b);
    PyObject *args[] = {a, a};
    return ufunc_vectorcall((PyObject *)ops[op], args, 2, NULL);
}

/* a @= b writes into a: the core axes of the result are a's. */
static PyObject *array_imatmul(PyObject *a, PyObject *b)
{
    static PyObject *two_d, *one_d, *names;
    DEFER(a, b, nb_inplace_matrix_multiply, array_imatmul, true);
    if (!names) names = Py_BuildValue("(ss)", "out", "axes");
    if (!one_d) one_d = Py_BuildValue("[i(ii)i]", -1, -2, -1, -1);
    if (!two_d) two_d = Py_BuildValue("[(ii)(ii)(ii)]", -2, -1, -2, -1, -2, -1);
    if (!two_d || !one_d || !names) return NULL;
    PyObject *axes = PyArray_NDIM((PyArrayObject *)a) == 1 ? one_d : two_d;
    PyObject *args[] = {a, b, a, axes};
    PyObject *r = ufunc_vectorcall((PyObject *)ops[OP_matmul], args, 2, names);
    PyObject *axis_error = r ? NULL : ext_exception("AxisError");
    if (axis_error && PyErr_ExceptionMatches(axis_error))
        PyErr_SetString(PyExc_ValueError,
                        "inplace matrix multiplication requires the first operand to have at least "
                        "one and the second at least two dimensions.");
    return r;
}

/* ---- conversions to Python's numbers
 * --------------------------------------------------------------------------------------- */

static int array_bool(PyObject *o)
{
    PyArrayObject *a = (PyArrayObject *)o;
    npy_intp n = PyArray_SIZE(a);
    if (n == 0) {
        PyErr_SetString(PyExc_ValueError,
                        "The truth value of an empty array is ambiguous. Use `array.size > 0` to "
                        "check that an array is not empty.");
        return -1;
    }
    if (n > 1) {
        PyErr_SetString(PyExc_ValueError,
                        "The truth value of an array with more than one element is ambiguous. Use "
                        "a.any() or a.all()");
        return -1;
    }
    if (Py_EnterRecursiveCall(" while converting array to bool")) return -1;
    int r = (int)PyDataType_GetArrFuncs(PyArray_DESCR(a))->nonzero(PyArray_DATA(a), a);
    Py_LeaveRecursiveCall();
    if (PyErr_Occurred()) r = -1;
    return r;
}

/* The one element of a 0-d array as a Python object. */
static PyObject *only_element(PyArrayObject *a)
{
    if (PyArray_NDIM(a) != 0) {
        PyErr_SetString(PyExc_TypeError,
                        "only 0-dimensional arrays can be converted to Python scalars");
        return NULL;
    }
    return PyArray_GETITEM(a, PyArray_DATA(a));
}

static PyObject *convert(PyObject *o, PyObject *(*f)(PyObject *), const char *what)
{
    PyArrayObject *a = (PyArrayObject *)o;
    PyObject *e = only_element(a);
    if (!e) return NULL;
    /* An object array that holds itself would never end. */
    if (PyArray_DESCR(a)->type_num == NPY_OBJECT && Py_EnterRecursiveCall(what)) {
        Py_DECREF(e);
        return NULL;
    }
    PyObject *r = f(e);
    if (PyArray_DESCR(a)->type_num == NPY_OBJECT) Py_LeaveRecursiveCall();
    Py_DECREF(e);
    return r;
}
static PyObject *as_int(PyObject *e)
{
    /* As int() does: text is parsed. */
    return PyObject_CallOneArg((PyObject *)&PyLong_Type, e);
}
static PyObject *as_float(PyObject *e)
{
    return PyObject_CallOneArg((PyObject *)&PyFloat_Type, e);
}
static PyObject *array_int(PyObject *o)
{
    return convert(o, as_int, " in array to int");
}
static PyObject *array_float(PyObject *o)
{
    return convert(o, as_float, " in array to float");
}

static PyObject *array_index(PyObject *o)
{
    PyArrayObject *a = (PyArrayObject *)o;
    if (!PyArray_ISINTEGER(a) || PyArray_NDIM(a) != 0) {
        PyErr_SetString(PyExc_TypeError,
                        "only integer scalar arrays can be converted to a scalar index");
        return NULL;
    }
    return PyArray_GETITEM(a, PyArray_DATA(a));
}

HIDDEN PyNumberMethods array_as_number = {
    .nb_add = array_add,
    .nb_subtract = array_subtract,
    .nb_multiply = array_multiply,
    .nb_remainder = array_remainder,
    .nb_divmod = array_divmod,
    .nb_power = array_power,
    .nb_negative = array_negative,
    .nb_positive = array_positive,
    .nb_absolute = array_absolute,
    .nb_bool = array_bool,
    .nb_invert = array_invert,
    .nb_lshift = array_lshift,
    .nb_rshift = array_rshift,
    .nb_and = array_and,
    .nb_xor = array_xor,
    .nb_or = array_or,
    .nb_int = array_int,
    .nb_float = array_float,
    .nb_inplace_add = array_iadd,
    .nb_inplace_subtract = array_isubtract,
    .nb_inplace_multiply = array_imultiply,
    .nb_inplace_remainder = array_iremainder,
    .nb_inplace_power = array_ipower,
    .nb_inplace_lshift = array_ilshift,
    .nb_inplace_rshift = array_irshift,
    .nb_inplace_and = array_iand,
    .nb_inplace_xor = array_ixor,
    .nb_inplace_or = array_ior,
    .nb_floor_divide = array_floor_divide,
    .nb_true_divide = array_true_divide,
    .nb_inplace_floor_divide = array_ifloor_divide,
    .nb_inplace_true_divide = array_itrue_divide,
    .nb_index = array_index,
    .nb_matrix_multiply = array_matmul,
    .nb_inplace_matrix_multiply = array_imatmul,
};

int ext_init_number(PyObject *module);
HIDDEN int ext_init_number(PyObject *module)
{
#define OP(name)                                                                                   \
    if (!(ops[OP_##name] = (PyUFuncObject *)ext_ufunc(#name))) return -1;
#include "number_ops.def"
#undef OP
    return 0;
}
