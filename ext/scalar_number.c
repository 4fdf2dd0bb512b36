/* Operators of scalars in general: a call of the ufunc. Types with a faster way put it into their
 * own table. */
#include "scalarmath.h"
#include "scalars.h"
#include "ufunc.h"

#include <string.h>

static PyObject *binary(const char *ufunc, PyObject *a, PyObject *b)
{
    PyObject *uf = ext_ufunc(ufunc);
    return uf ? PyObject_CallFunctionObjArgs(uf, a, b, NULL) : NULL;
}

static PyObject *unary(const char *ufunc, PyObject *a)
{
    PyObject *uf = ext_ufunc(ufunc);
    return uf ? PyObject_CallOneArg(uf, a) : NULL;
}

/* A long double stays itself as an element of an object array, so that a ufunc would come back here
 * for ever with what is no number: such operands are left to Python. */
static bool is_wide(PyObject *o)
{
    return PyArray_IsScalar(o, LongDouble) || PyArray_IsScalar(o, CLongDouble);
}
static bool is_stranger(PyObject *o)
{
    if (PyArray_Check(o) || PyArray_IsAnyScalar(o) || PySequence_Check(o) || PyNumber_Check(o))
        return false;
    return !PyObject_HasAttrString((PyObject *)Py_TYPE(o), "__array__") &&
           !PyObject_HasAttrString((PyObject *)Py_TYPE(o), "__array_interface__");
}

static bool is_python_scalar(PyObject *o)
{
    PyTypeObject *t = Py_TYPE(o);
    return t == &PyFloat_Type || t == &PyLong_Type || t == &PyBool_Type || t == &PyComplex_Type ||
           t == &PyBytes_Type || t == &PyUnicode_Type;
}

/* Whether `other` should get its chance first: __array_ufunc__ = None, or a class that knows
 * nothing of ufuncs but has a higher __array_priority__ and the reflected operator. */
int ext_scalar_defers(PyObject *self, PyObject *other)
{
    if (!other || PyArray_CheckExact(other) || is_python_scalar(other) ||
        PyArray_CheckAnyScalarExact(other) || Py_TYPE(self) == Py_TYPE(other))
        return 0;
    PyObject *u = PyObject_GetAttrString((PyObject *)Py_TYPE(other), "__array_ufunc__");
    if (u) {
        int none = u == Py_None;
        Py_DECREF(u);
        return none;
    }
    PyErr_Clear();
    if (is_wide(self) && is_stranger(other)) return 1;
    if (PyType_IsSubtype(Py_TYPE(other), Py_TYPE(self))) return 0;
    double mine = PyArray_GetPriority(self, NPY_SCALAR_PRIORITY),
           theirs = PyArray_GetPriority(other, NPY_SCALAR_PRIORITY);
    return theirs > mine;
}

/* ---- complex scalars: the ufunc's own kernel on one element, under the name that the warnings of
 * scalars have */

/* A number's type: that of NumPy's scalars, or a weak Python number's (*weak); -1 for others. */
static int number_type(PyObject *o, bool *weak)
{
    *weak = true;
    if (PyBool_Check(o)) {
        *weak = false;
        return NPY_BOOL;
    }
    if (PyLong_CheckExact(o)) return NPY_LONG;
    if (PyFloat_CheckExact(o)) return NPY_DOUBLE;
    if (PyComplex_CheckExact(o)) return NPY_CDOUBLE;
    *weak = false;
    if (!PyArray_IsScalar(o, Number) && !PyArray_IsScalar(o, Bool)) return -1;
    int num = ext_scalar_typenum(o);
    return PyTypeNum_ISNUMBER(num) || PyTypeNum_ISBOOL(num) ? num : -1;
}

/* The complex type of a complex scalar with another number; -1 where there is none. */
static int complex_type(PyObject *a, PyObject *b)
{
    if (!PyArray_IsScalar(a, ComplexFloating) && !PyArray_IsScalar(b, ComplexFloating)) return -1;
    bool wa, wb;
    int x = number_type(a, &wa), y = number_type(b, &wb);
    if (x < 0 || y < 0) return -1;
    return wa ? y : wb ? x : fnp_promote_typenums(x, y);
}

static PyObject *complex_binary(int num, const char *ufunc, const char *label, PyObject *a,
                                PyObject *b)
{
    PyUFuncObject *u = (PyUFuncObject *)ext_ufunc(ufunc);
    PyArray_Descr *d = u ? PyArray_DescrFromType(num) : NULL;
    if (!d) return NULL;
    _Alignas(16) char x[32], y[32], r[32];
    PyObject *out = NULL;
    int l = ufunc_same_loop(u, num);
    if (l >= 0 && PyArray_Pack(d, x, a) == 0 && PyArray_Pack(d, y, b) == 0) {
        char *args[3] = {x, y, r};
        npy_intp n = 1, steps[3] = {0, 0, 0};
        fnp_fp_clear();
        u->functions[l](args, &n, steps, u->data ? (void *)u->data[l] : NULL);
        int fpe = fnp_fp_take();
        if (!fpe || ext_scalar_report(label, fpe) == 0) out = PyArray_Scalar(r, d, NULL);
    } else if (!PyErr_Occurred()) {
        PyErr_Format(PyExc_SystemError, "%s has no loop for a complex type", ufunc);
    }
    Py_DECREF(d);
    return out;
}

static PyObject *binary_number(const char *ufunc, const char *label, PyObject *a, PyObject *b)
{
    int num = complex_type(a, b);
    return num < 0 ? binary(ufunc, a, b) : complex_binary(num, ufunc, label, a, b);
}

#define BINARY(name, ufunc)                                                                        \
    static PyObject *n_##name(PyObject *a, PyObject *b)                                            \
    {                                                                                              \
        int mine = PyArray_IsScalar(a, Generic);                                                   \
        if (mine ? ext_scalar_defers(a, b) : ext_scalar_defers(b, a)) Py_RETURN_NOTIMPLEMENTED;    \
        return binary(ufunc, a, b);                                                                \
    }
/* For complex scalars there is no such operator. */
#define BINARY_REAL(name, ufunc)                                                                   \
    static PyObject *n_##name(PyObject *a, PyObject *b)                                            \
    {                                                                                              \
        int mine = PyArray_IsScalar(a, Generic);                                                   \
        if (mine ? ext_scalar_defers(a, b) : ext_scalar_defers(b, a)) Py_RETURN_NOTIMPLEMENTED;    \
        if (complex_type(a, b) >= 0) Py_RETURN_NOTIMPLEMENTED;                                     \
        return binary(ufunc, a, b);                                                                \
    }
#define BINARY_NUMBER(name, ufunc)                                                                 \
    static PyObject *n_##name(PyObject *a, PyObject *b)                                            \
    {                                                                                              \
        int mine = PyArray_IsScalar(a, Generic);                                                   \
        if (mine ? ext_scalar_defers(a, b) : ext_scalar_defers(b, a)) Py_RETURN_NOTIMPLEMENTED;    \
        return binary_number(ufunc, "scalar " ufunc, a, b);                                        \
    }
BINARY_NUMBER(subtract, "subtract")

/* Texts are Python's own strings, too, and sequences: with others than arrays and scalars they are
 * joined and repeated. */
static bool is_text(PyObject *o)
{
    return PyUnicode_Check(o) || PyBytes_Check(o);
}

static bool only_repeats(PyObject *o)
{
    PyTypeObject *t = Py_TYPE(o);
    return t->tp_as_sequence && t->tp_as_sequence->sq_repeat &&
           !(t->tp_as_number && t->tp_as_number->nb_multiply);
}

/* 0 or 1 for NumPy's and Python's booleans, else -1. */
static inline int truth_value(PyObject *o)
{
    if (Py_IS_TYPE(o, &PyBoolArrType_Type)) return PyArrayScalar_VAL(o, Bool) != 0;
    return o == Py_True ? 1 : o == Py_False ? 0 : -1;
}

#define BOTH_TRUTHS(a, b, op)                                                                      \
    do {                                                                                           \
        int x_ = truth_value(a), y_ = x_ < 0 ? -1 : truth_value(b);                                \
        if (y_ >= 0) return Py_NewRef((PyObject *)&_PyArrayScalar_BoolValues[x_ op y_]);           \
    } while (0)

static PyObject *n_add(PyObject *a, PyObject *b)
{
    BOTH_TRUTHS(a, b, |);
    int mine = PyArray_IsScalar(a, Generic);
    if (is_text(a) || (mine ? ext_scalar_defers(a, b) : ext_scalar_defers(b, a)))
        Py_RETURN_NOTIMPLEMENTED;
    return binary_number("add", "scalar add", a, b);
}

static PyObject *n_multiply(PyObject *a, PyObject *b)
{
    BOTH_TRUTHS(a, b, &);
    int mine = PyArray_IsScalar(a, Generic);
    PyObject *other = mine ? b : a;
    bool text = is_text(mine ? a : b) && !PyArray_Check(other) && !PyArray_IsScalar(other, Generic);
    if (text || only_repeats(other) || (mine ? ext_scalar_defers(a, b) : ext_scalar_defers(b, a)))
        Py_RETURN_NOTIMPLEMENTED;
    return binary_number("multiply", "scalar multiply", a, b);
}

static PyObject *n_remainder(PyObject *a, PyObject *b)
{
    if (PyUnicode_Check(a)) return PyUnicode_Type.tp_as_number->nb_remainder(a, b);
    if (PyBytes_Check(a)) return PyBytes_Type.tp_as_number->nb_remainder(a, b);
    int mine = PyArray_IsScalar(a, Generic);
    if (mine ? ext_scalar_defers(a, b) : ext_scalar_defers(b, a)) Py_RETURN_NOTIMPLEMENTED;
    if (complex_type(a, b) >= 0) Py_RETURN_NOTIMPLEMENTED;
    return binary("remainder", a, b);
}

BINARY_REAL(divmod, "divmod")
BINARY(lshift, "left_shift")
BINARY(rshift, "right_shift")

#define BINARY_BITS(name, ufunc, op)                                                               \
    static PyObject *n_##name(PyObject *a, PyObject *b)                                            \
    {                                                                                              \
        int x = truth_value(a), y = truth_value(b);                                                \
        if (x >= 0 && y >= 0) return Py_NewRef((PyObject *)&_PyArrayScalar_BoolValues[x op y]);    \
        int mine = PyArray_IsScalar(a, Generic);                                                   \
        if (mine ? ext_scalar_defers(a, b) : ext_scalar_defers(b, a)) Py_RETURN_NOTIMPLEMENTED;    \
        return binary(ufunc, a, b);                                                                \
    }
BINARY_BITS(and, "bitwise_and", &)
BINARY_BITS(or, "bitwise_or", |)
BINARY_BITS(xor, "bitwise_xor", ^)
BINARY_REAL(floor_divide, "floor_divide")
BINARY_NUMBER(true_divide, "divide")

static PyObject *n_power(PyObject *a, PyObject *b, PyObject *modulo)
{
    if (modulo != Py_None) Py_RETURN_NOTIMPLEMENTED;
    int mine = PyArray_IsScalar(a, Generic);
    if (mine ? ext_scalar_defers(a, b) : ext_scalar_defers(b, a)) Py_RETURN_NOTIMPLEMENTED;
    return binary_number("power", "scalar power", a, b);
}

#define UNARY(name, ufunc)                                                                         \
    static PyObject *n_##name(PyObject *a)                                                         \
    {                                                                                              \
        return unary(ufunc, a);                                                                    \
    }
UNARY(positive, "positive")

UNARY(negative, "negative")

UNARY(absolute, "absolute")

static PyObject *n_invert(PyObject *a)
{
    if (Py_IS_TYPE(a, &PyBoolArrType_Type))
        return Py_NewRef((PyObject *)&_PyArrayScalar_BoolValues[!PyArrayScalar_VAL(a, Bool)]);
    return unary("invert", a);
}

/* Conversions go through the Python value. */
static PyObject *python_value(PyObject *self)
{
    PyArray_Descr *d = PyArray_DescrFromScalar(self);
    if (!d) return NULL;
    void *v = ext_scalar_value(self, d);
    PyObject *o = NULL;
    switch (d->type_num) {
    case NPY_BOOL: o = PyBool_FromLong(*(npy_bool *)v); break;
    case NPY_BYTE: o = PyLong_FromLong(*(npy_byte *)v); break;
    case NPY_UBYTE: o = PyLong_FromLong(*(npy_ubyte *)v); break;
    case NPY_SHORT: o = PyLong_FromLong(*(npy_short *)v); break;
    case NPY_USHORT: o = PyLong_FromLong(*(npy_ushort *)v); break;
    case NPY_INT: o = PyLong_FromLong(*(npy_int *)v); break;
    case NPY_UINT: o = PyLong_FromUnsignedLong(*(npy_uint *)v); break;
    case NPY_LONG:
    case NPY_LONGLONG: o = PyLong_FromLongLong(*(npy_longlong *)v); break;
    case NPY_ULONG:
    case NPY_ULONGLONG: o = PyLong_FromUnsignedLongLong(*(npy_ulonglong *)v); break;
    case NPY_FLOAT: o = PyFloat_FromDouble(*(float *)v); break;
    case NPY_DOUBLE: o = PyFloat_FromDouble(*(double *)v); break;
    default: {
        PyObject *arr = PyArray_FromScalar(self, NULL);
        o = arr ? PyArray_GETITEM((PyArrayObject *)arr, PyArray_DATA((PyArrayObject *)arr)) : NULL;
        Py_XDECREF(arr);
    }
    }
    Py_DECREF(d);
    return o;
}

static int warn_imaginary(PyObject *self)
{
    if (!PyArray_IsScalar(self, ComplexFloating)) return 0;
    PyObject *cls = ext_exception("ComplexWarning");
    return cls ? PyErr_WarnEx(cls, "Casting complex values to real discards the imaginary part", 1)
               : -1;
}

/* long double holds integers that no double does. */
static PyObject *long_double_to_int(npy_longdouble x)
{
    if (x != x) {
        PyErr_SetString(PyExc_ValueError, "cannot convert float NaN to integer");
        return NULL;
    }
    if (x - x != 0) {
        PyErr_SetString(PyExc_OverflowError, "cannot convert float infinity to integer");
        return NULL;
    }
    int e;
    npy_longdouble m = __builtin_frexpl(__builtin_truncl(x), &e);
    if (e <= 0) return PyLong_FromLong(0);
    int bits = e < 64 ? e : 64;
    PyObject *top =
        PyLong_FromUnsignedLongLong((unsigned long long)__builtin_ldexpl(m < 0 ? -m : m, bits));
    PyObject *shift = PyLong_FromLong(e - bits);
    PyObject *r = top && shift ? PyNumber_Lshift(top, shift) : NULL;
    Py_XDECREF(top);
    Py_XDECREF(shift);
    if (r && m < 0) Py_SETREF(r, PyNumber_Negative(r));
    return r;
}

static PyObject *n_int(PyObject *self)
{
    if (PyArray_IsScalar(self, LongDouble))
        return long_double_to_int(((PyLongDoubleScalarObject *)self)->obval);
    if (warn_imaginary(self) < 0) return NULL;
    PyObject *v;
    if (PyArray_IsScalar(self, ComplexFloating)) {
        PyObject *re = PyObject_GetAttrString(self, "real");
        v = re ? n_int(re) : NULL;
        Py_XDECREF(re);
        return v;
    }
    v = python_value(self);
    PyObject *r = v ? PyNumber_Long(v) : NULL;
    Py_XDECREF(v);
    return r;
}

static PyObject *n_float(PyObject *self)
{
    if (PyArray_IsScalar(self, LongDouble))
        return PyFloat_FromDouble((double)((PyLongDoubleScalarObject *)self)->obval);
    if (warn_imaginary(self) < 0) return NULL;
    PyObject *v;
    if (PyArray_IsScalar(self, ComplexFloating)) {
        PyObject *re = PyObject_GetAttrString(self, "real");
        v = re ? n_float(re) : NULL;
        Py_XDECREF(re);
        return v;
    }
    v = python_value(self);
    PyObject *r = v ? PyNumber_Float(v) : NULL;
    Py_XDECREF(v);
    return r;
}

static int n_bool(PyObject *self)
{
    if (PyArray_IsScalar(self, Bool)) return ((PyBoolScalarObject *)self)->obval != 0;
    PyObject *arr = PyArray_FromScalar(self, NULL);
    if (!arr) return -1;
    PyArrayObject *a = (PyArrayObject *)arr;
    int r = PyDataType_GetArrFuncs(PyArray_DESCR(a))->nonzero(PyArray_DATA(a), a);
    Py_DECREF(arr);
    return PyErr_Occurred() ? -1 : r;
}

PyNumberMethods ext_generic_as_number = {
    .nb_add = n_add,
    .nb_subtract = n_subtract,
    .nb_multiply = n_multiply,
    .nb_remainder = n_remainder,
    .nb_divmod = n_divmod,
    .nb_power = n_power,
    .nb_negative = n_negative,
    .nb_positive = n_positive,
    .nb_absolute = n_absolute,
    .nb_bool = n_bool,
    .nb_invert = n_invert,
    .nb_lshift = n_lshift,
    .nb_rshift = n_rshift,
    .nb_and = n_and,
    .nb_xor = n_xor,
    .nb_or = n_or,
    .nb_int = n_int,
    .nb_float = n_float,
    .nb_floor_divide = n_floor_divide,
    .nb_true_divide = n_true_divide,
};

/* Integers serve as indices: only they have nb_index. */
static PyNumberMethods integer_as_number;

PyNumberMethods *ext_integer_number_table(void)
{
    integer_as_number = ext_generic_as_number;
    integer_as_number.nb_index = n_int;
    return &integer_as_number;
}

PyObject *ext_generic_richcompare(PyObject *a, PyObject *b, int op)
{
    static const char *const names[] = {
        [Py_LT] = "less",      [Py_LE] = "less_equal", [Py_EQ] = "equal",
        [Py_NE] = "not_equal", [Py_GT] = "greater",    [Py_GE] = "greater_equal"};
    if (Py_IS_TYPE(a, &PyBoolArrType_Type)) {
        int x = truth_value(a), y = truth_value(b);
        if (y >= 0) {
            bool r = op == Py_EQ   ? x == y
                     : op == Py_NE ? x != y
                     : op == Py_LT ? x < y
                     : op == Py_LE ? x <= y
                     : op == Py_GT ? x > y
                                   : x >= y;
            return Py_NewRef((PyObject *)&_PyArrayScalar_BoolValues[r]);
        }
    }
    if (PyUnicode_Check(a) && PyUnicode_Check(b)) return PyUnicode_Type.tp_richcompare(a, b, op);
    if (PyBytes_Check(a) && PyBytes_Check(b)) return PyBytes_Type.tp_richcompare(a, b, op);
    if ((PyUnicode_Check(a) || PyBytes_Check(a)) &&
        (PyLong_CheckExact(b) || PyFloat_CheckExact(b) || PyBool_Check(b)))
        Py_RETURN_NOTIMPLEMENTED; /* as texts of Python's */
    if (b == Py_None) {
        if (op == Py_EQ) Py_RETURN_FALSE;
        if (op == Py_NE) Py_RETURN_TRUE;
    }
    if (ext_scalar_defers(a, b)) Py_RETURN_NOTIMPLEMENTED;
    PyObject *arr = PyArray_FromScalar(a, NULL);
    if (!arr) return NULL;
    PyObject *r;
    if (PyArray_Check(b))
        r = PyObject_RichCompare(arr, b, op); /* classes of arrays may compare in their own way */
    else
        r = PyArray_Type.tp_richcompare ? PyArray_Type.tp_richcompare(arr, b, op)
                                        : binary(names[op], a, b);
    Py_DECREF(arr);
    return r && PyArray_CheckExact(r) ? ext_return((PyArrayObject *)r) : r;
}
