/* Methods and attributes of scalars. What an array of no dimensions can do, a scalar does through
 * one; the few methods of its own are those of Python's numbers. */
#include "argparse.h"
#include "array.h"
#include "array_methods.h"
#include "convert.h"
#include "dtypemeta.h"
#include "scalarmath.h"
#include "scalars.h"

#include "fnp/half.h"

#include <math.h>
#include <string.h>

#define FN(f) ((PyCFunction)(void (*)(void))(f))
#define KW (METH_VARARGS | METH_KEYWORDS)

/* A 0-d array result becomes a scalar again. */
static PyObject *as_scalar(PyObject *r)
{
    if (!r || !PyArray_Check(r)) return r;
    return ext_return((PyArrayObject *)r);
}

/* Whether the result is the caller's `out`. */
static bool is_given(PyObject *r, PyObject *args, PyObject *kw)
{
    for (Py_ssize_t i = 0; args && i < PyTuple_GET_SIZE(args); i++)
        if (PyTuple_GET_ITEM(args, i) == r) return true;
    return kw && PyDict_GetItemString(kw, "out") == r;
}

static PyObject *through_array(PyObject *self, PyObject **name, const char *text, PyObject *args,
                               PyObject *kw)
{
    if (!*name && !(*name = PyUnicode_InternFromString(text))) return NULL;
    PyObject *arr = PyArray_FromScalar(self, NULL), *r = NULL;
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    if (arr && n < 4 && !kw) {
        PyObject *stack[4] = {arr};
        for (Py_ssize_t i = 0; i < n; i++) stack[i + 1] = PyTuple_GET_ITEM(args, i);
        r = PyObject_VectorcallMethod(*name, stack, (size_t)n + 1, NULL);
    } else {
        PyObject *meth = arr ? PyObject_GetAttr(arr, *name) : NULL;
        r = meth ? PyObject_Call(meth, args, kw) : NULL;
        Py_XDECREF(meth);
    }
    Py_XDECREF(arr);
    return r && is_given(r, args, kw) ? r : as_scalar(r);
}

// clang-format off
#define METHODS(X)                                                                                 \
    X(all)                                                                                         \
    X(any)                                                                                         \
    X(argmax)                                                                                      \
    X(argmin)                                                                                      \
    X(argsort)                                                                                     \
    X(astype)                                                                                      \
    X(choose)                                                                                      \
    X(clip)                                                                                        \
    X(compress)                                                                                    \
    X(conj) X(conjugate) X(copy) X(cumprod) X(cumsum) X(diagonal) X(dump) X(dumps) X(fill)         \
        X(flatten) X(getfield) X(item) X(max) X(mean) X(min) X(nonzero) X(prod) X(put) X(ravel)    \
            X(repeat) X(reshape) X(resize) X(round) X(searchsorted) X(setfield) X(sort) X(squeeze) \
                X(std) X(sum) X(swapaxes) X(take) X(tobytes) X(tofile) X(tolist)      \
                    X(trace) X(transpose) X(var) X(view)
// clang-format on

#define X(name)                                                                                    \
    static PyObject *m_##name(PyObject *self, PyObject *args, PyObject *kw)                        \
    {                                                                                              \
        static PyObject *interned;                                                                 \
        return through_array(self, &interned, #name, args, kw);                                    \
    }
METHODS(X)
#undef X

/* A copy of a number or time scalar; its value's address in *value. NULL without an exception:
 * another type. */
static PyObject *twin(PyObject *self, char **value)
{
    int num = ext_scalar_exact_num(self);
    if (num < 0 || num == NPY_BOOL || num == NPY_OBJECT || PyTypeNum_ISFLEXIBLE(num)) return NULL;
    PyObject *s = ext_scalar_alloc(Py_TYPE(self));
    if (!s) return NULL;
    memcpy(s + 1, self + 1, (size_t)Py_TYPE(self)->tp_basicsize - sizeof *self);
    *value = ext_scalar_value(s, ext_builtin_descrs[num]);
    return s;
}

static PyObject *m_byteswap(PyObject *self, PyObject *args, PyObject *kw)
{
    if (PyTuple_GET_SIZE(args) == 0 && !kw) {
        char *v;
        PyObject *s = twin(self, &v);
        if (s) {
            int num = ext_scalar_exact_num(self);
            size_t size = (size_t)PyDataType_ELSIZE(ext_builtin_descrs[num]);
            size_t part = PyTypeNum_ISCOMPLEX(num) ? size / 2 : size;
            for (char *p = v; p < v + size; p += part)
                for (size_t i = 0; i < part / 2; i++) {
                    char c = p[i];
                    p[i] = p[part - 1 - i];
                    p[part - 1 - i] = c;
                }
        }
        if (s || PyErr_Occurred()) return s;
    }
    static char *names[] = {"inplace", NULL};
    npy_bool inplace = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "|O&:byteswap", names, PyArray_BoolConverter,
                                     &inplace))
        return NULL;
    if (inplace) {
        PyErr_SetString(PyExc_ValueError, "cannot byteswap a scalar in-place");
        return NULL;
    }
    static PyObject *name;
    return through_array(self, &name, "byteswap", args, kw);
}

static PyObject *m_setflags(PyObject *self, PyObject *args, PyObject *kw)
{
    Py_RETURN_NONE;
}

static PyObject *m_array(PyObject *self, PyObject *args)
{
    PyArray_Descr *d = NULL;
    if (!PyArg_ParseTuple(args, "|O&:__array__", PyArray_DescrConverter2, &d)) return NULL;
    return PyArray_FromScalar(self, d);
}

/* The array itself where it has dimensions or the caller wants no scalar. */
static PyObject *m_array_wrap(PyObject *self, PyObject *args)
{
    PyArrayObject *arr;
    PyObject *context, *want = Py_None;
    if (!PyArg_ParseTuple(args, "O!|OO:__array_wrap__", &PyArray_Type, &arr, &context, &want))
        return NULL;
    int scalar = want == Py_None ? 1 : PyObject_IsTrue(want);
    if (scalar < 0) return NULL;
    if (!scalar || PyArray_NDIM(arr) > 0) return Py_NewRef(arr);
    return PyArray_Scalar(PyArray_DATA(arr), PyArray_DESCR(arr), (PyObject *)arr);
}

static PyObject *m_namespace(PyObject *self, PyObject *args, PyObject *kw)
{
    static PyObject *name;
    return through_array(self, &name, "__array_namespace__", args, kw);
}
/* Scalars do not change, except records. */
static PyObject *m_copy_(PyObject *self, PyObject *unused)
{
    if (!PyArray_IsScalar(self, Void)) return Py_NewRef(self);
    return PyObject_CallMethod(self, "copy", NULL);
}

static PyObject *m_deepcopy(PyObject *self, PyObject *memo)
{
    if (!PyArray_IsScalar(self, Void)) return Py_NewRef(self);
    PyObject *arr = PyArray_FromScalar(self, NULL);
    PyObject *r = arr ? PyObject_CallMethod(arr, "__deepcopy__", "O", memo) : NULL;
    Py_XDECREF(arr);
    return as_scalar(r);
}

static PyObject *m_to_device(PyObject *self, PyObject *args, PyObject *kw)
{
    static PyObject *name;
    PyObject *r = through_array(self, &name, "to_device", args, kw);
    if (r) Py_SETREF(r, Py_NewRef(self));
    return r;
}

/* (scalar, (dtype, bytes)); those that hold references pickle as a 0-d array. */
static PyObject *m_reduce(PyObject *self, PyObject *unused)
{
    static PyObject *scalar;
    if (!ext_import(&scalar, "_core.multiarray", "scalar")) return NULL;
    PyObject *arr = PyArray_FromScalar(self, NULL);
    if (!arr) return NULL;
    PyArrayObject *a = (PyArrayObject *)arr;
    PyObject *d = (PyObject *)PyArray_DESCR(a), *out;
    if (PyDataType_FLAGCHK(PyArray_DESCR(a), NPY_LIST_PICKLE)) {
        if (PyArray_TYPE(a) == NPY_OBJECT)
            out = Py_BuildValue("O(OO)", scalar, d, self);
        else
            out = Py_BuildValue("O(OO)", scalar, d, arr);
    } else {
        out = Py_BuildValue("O(ON)", scalar, d,
                            PyBytes_FromStringAndSize(PyArray_DATA(a), PyArray_ITEMSIZE(a)));
    }
    Py_DECREF(arr);
    return out;
}

static PyObject *m_setstate(PyObject *self, PyObject *args)
{
    Py_RETURN_NONE;
}

static PyObject *m_format(PyObject *self, PyObject *spec)
{
    PyObject *value;
    /* numbers are formatted as Python's own, without a specification too */
    bool is_empty = PyUnicode_Check(spec) && PyUnicode_GET_LENGTH(spec) == 0;
    if (is_empty && !PyArray_IsScalar(self, Inexact)) return PyObject_Str(self);
    if (PyArray_IsScalar(self, Bool))
        value = PyBool_FromLong(((PyBoolScalarObject *)self)->obval);
    else if (PyArray_IsScalar(self, Integer) && !PyArray_IsScalar(self, Timedelta))
        value = PyNumber_Long(self);
    else if (PyArray_IsScalar(self, Floating))
        value = PyNumber_Float(self);
    else if (PyArray_IsScalar(self, ComplexFloating))
        value = PyObject_CallOneArg((PyObject *)&PyComplex_Type, self);
    else if (PyUnicode_Check(self) || PyBytes_Check(self))
        return PyUnicode_Check(self) ? PyObject_CallMethod((PyObject *)&PyUnicode_Type,
                                                           "__format__", "OO", self, spec)
                                     : PyObject_CallMethod((PyObject *)&PyBaseObject_Type,
                                                           "__format__", "OO", self, spec);
    else
        value = PyObject_Str(self);
    PyObject *s = value ? PyObject_Format(value, spec) : NULL;
    Py_XDECREF(value);
    return s;
}

static PyObject *m_complex(PyObject *self, PyObject *unused)
{
    if (PyArray_IsScalar(self, CDouble)) {
        double part[2];
        memcpy(part, &PyArrayScalar_VAL(self, CDouble), sizeof part);
        return PyComplex_FromDoubles(part[0], part[1]);
    }
    if (PyArray_IsScalar(self, CFloat)) {
        float part[2];
        memcpy(part, &PyArrayScalar_VAL(self, CFloat), sizeof part);
        return PyComplex_FromDoubles(part[0], part[1]);
    }
    PyObject *re = PyObject_GetAttrString(self, "real"), *im = PyObject_GetAttrString(self, "imag"),
             *c = NULL;
    double x = re ? PyFloat_AsDouble(re) : 0, y = im ? PyFloat_AsDouble(im) : 0;
    if (re && im && !PyErr_Occurred()) c = PyComplex_FromDoubles(x, y);
    Py_XDECREF(re);
    Py_XDECREF(im);
    return c;
}

static PyObject *m_sizeof(PyObject *self, PyObject *unused)
{
    Py_ssize_t n = Py_TYPE(self)->tp_basicsize;
    if (PyArray_IsScalar(self, Void)) n += Py_SIZE(self);
    return PyLong_FromSsize_t(n);
}

PyMethodDef ext_generic_methods[] = {
#define X(name) {#name, FN(m_##name), KW, NULL},
    METHODS(X)
#undef X
        {"to_device", FN(m_to_device), KW, NULL},
    {"byteswap", FN(m_byteswap), KW, NULL},
    {"setflags", FN(m_setflags), KW, NULL},
    {"__array__", m_array, METH_VARARGS, "The scalar as an array of no dimensions."},
    {"__array_wrap__", m_array_wrap, METH_VARARGS, "A scalar from an array of no dimensions."},
    {"__array_namespace__", FN(m_namespace), KW, NULL},
    {"__copy__", m_copy_, METH_NOARGS, NULL},
    {"__deepcopy__", m_deepcopy, METH_O, NULL},
    {"__reduce__", m_reduce, METH_NOARGS, NULL},
    {"__setstate__", m_setstate, METH_VARARGS, NULL},
    {"__format__", m_format, METH_O, NULL},
    {"__sizeof__", m_sizeof, METH_NOARGS, NULL},
    {NULL}};

/* Methods that ndarray has, too, carry its signature and words. */
int ext_init_scalar_docs(PyObject *module)
{
    for (PyMethodDef *m = ext_generic_methods; m->ml_name; m++)
        for (PyMethodDef *of = ext_array_methods; !m->ml_doc && of->ml_name; of++)
            if (strcmp(of->ml_name, m->ml_name) == 0 && strcmp(m->ml_name, "__array_wrap__"))
                m->ml_doc = of->ml_doc;
    return 0;
}

/* ---- attributes
 * ------------------------------------------------------------------------------------------------------
 */

static PyObject *get_through_array(PyObject *self, void *name)
{
    PyObject *arr = PyArray_FromScalar(self, NULL);
    PyObject *r = arr ? PyObject_GetAttrString(arr, name) : NULL;
    Py_XDECREF(arr);
    return as_scalar(r);
}

/* real (name "real") or imag of numbers that are no subclass. */
static PyObject *get_part(PyObject *self, void *name)
{
    bool real = *(const char *)name == 'r';
    if (Py_IS_TYPE(self, &PyCDoubleArrType_Type)) {
        double part[2];
        memcpy(part, &PyArrayScalar_VAL(self, CDouble), sizeof part);
        return PyArray_Scalar(&part[!real], ext_builtin_descrs[NPY_DOUBLE], NULL);
    }
    if (Py_IS_TYPE(self, &PyCFloatArrType_Type)) {
        float part[2];
        memcpy(part, &PyArrayScalar_VAL(self, CFloat), sizeof part);
        return PyArray_Scalar(&part[!real], ext_builtin_descrs[NPY_FLOAT], NULL);
    }
    int num = ext_scalar_exact_num(self);
    if (num >= 0 && num != NPY_OBJECT && num != NPY_VOID && !PyTypeNum_ISCOMPLEX(num)) {
        if (real) return Py_NewRef(self);
        if (num == NPY_BOOL) return Py_NewRef((PyObject *)&_PyArrayScalar_BoolValues[0]);
        if (PyTypeNum_ISSTRING(num)) return PyObject_CallNoArgs((PyObject *)Py_TYPE(self));
        char *v;
        PyObject *zero = twin(self, &v);
        if (zero) memset(v, 0, (size_t)PyDataType_ELSIZE(ext_builtin_descrs[num]));
        return zero;
    }
    return get_through_array(self, name);
}

static PyObject *get_dtype(PyObject *self, void *u)
{
    return (PyObject *)PyArray_DescrFromScalar(self);
}
static PyObject *get_empty(PyObject *self, void *u)
{
    return PyTuple_New(0);
}
static PyObject *get_number(PyObject *self, void *n)
{
    return PyLong_FromLong((long)(intptr_t)n);
}
static PyObject *get_none(PyObject *self, void *u)
{
    Py_RETURN_NONE;
}
static PyObject *get_self(PyObject *self, void *u)
{
    return Py_NewRef(self);
}
static PyObject *get_flags(PyObject *self, void *u)
{
    return ext_flags_new(NULL);
}
static PyObject *get_device(PyObject *self, void *u)
{
    return PyUnicode_FromString("cpu");
}
static PyObject *get_priority(PyObject *self, void *u)
{
    return PyFloat_FromDouble(-1000000.0);
}
static PyObject *get_data(PyObject *self, void *u)
{
    return PyMemoryView_FromObject(self);
}

static PyObject *get_itemsize(PyObject *self, void *u)
{
    PyArray_Descr *d = PyArray_DescrFromScalar(self);
    if (!d) return NULL;
    PyObject *n = PyLong_FromSsize_t(PyDataType_ELSIZE(d));
    Py_DECREF(d);
    return n;
}

static PyObject *get_interface(PyObject *self, void *u)
{
    PyObject *arr = PyArray_FromScalar(self, NULL);
    PyObject *d = arr ? PyObject_GetAttrString(arr, "__array_interface__") : NULL;
    if (d && PyDict_SetItemString(d, "__ref", arr) < 0)
        Py_CLEAR(d); /* keeps the memory that `data` names */
    Py_XDECREF(arr);
    return d;
}

PyGetSetDef ext_generic_getset[] = {
    {"ndim", get_number, NULL, "The number of array dimensions.", (void *)0},
    {"flags", get_flags, NULL, "Flags of a contiguous array."},
    {"shape", get_empty, NULL, "()"},
    {"strides", get_empty, NULL, "()"},
    {"data", get_data, NULL, "The value's bytes."},
    {"itemsize", get_itemsize, NULL, "Bytes of the value."},
    {"size", get_number, NULL, "1", (void *)1},
    {"nbytes", get_itemsize, NULL, "Bytes of the value."},
    {"base", get_none, NULL, "None"},
    {"dtype", get_dtype, NULL, "Descriptor of the value."},
    {"real", get_part, NULL, "Real part.", "real"},
    {"imag", get_part, NULL, "Imaginary part.", "imag"},
    {"flat", get_through_array, NULL, "Iterator over one element.", "flat"},
    {"T", get_self, NULL, "The scalar itself."},
    {"device", get_device, NULL, "Always 'cpu'."},
    {"__array_interface__", get_interface, NULL, "Array protocol: Python side."},
    {"__array_struct__", get_through_array, NULL, "Array protocol: C side.", "__array_struct__"},
    {"__array_priority__", get_priority, NULL, "Array priority."},
    {NULL}};

/* ---- numbers
 * ---------------------------------------------------------------------------------------------------------
 */

static PyObject *class_getitem_any(PyObject *cls, PyObject *args)
{
    Py_ssize_t n = PyTuple_Check(args) ? PyTuple_Size(args) : 1;
    Py_ssize_t most = PyType_IsSubtype((PyTypeObject *)cls, &PyComplexFloatingArrType_Type) ? 2 : 1;
    if (n == 0 || n > most) {
        PyErr_Format(PyExc_TypeError, "Too %s arguments for %s", n > most ? "many" : "few",
                     ((PyTypeObject *)cls)->tp_name);
        return NULL;
    }
    return Py_GenericAlias(cls, args);
}

static PyObject *class_getitem_closed(PyObject *cls, PyObject *args)
{
    return PyErr_Format(PyExc_TypeError, "There are no type variables left in %s",
                        ((PyTypeObject *)cls)->tp_name);
}

#define CLASS_GETITEM(f)                                                                           \
    {                                                                                              \
        "__class_getitem__", f, METH_CLASS | METH_O, "Generic alias, for annotations."             \
    }

static PyObject *is_integer_true(PyObject *self, PyObject *u)
{
    Py_RETURN_TRUE;
}
static PyObject *get_one(PyObject *self, void *u)
{
    return PyObject_CallFunction((PyObject *)Py_TYPE(self), "i", 1);
}

static PyObject *bit_count(PyObject *self, PyObject *u)
{
    int num = ext_scalar_exact_num(self);
    if (num == NPY_LONG || num == NPY_LONGLONG || num == NPY_ULONG || num == NPY_ULONGLONG) {
        unsigned long long v = PyArrayScalar_VAL(self, ULongLong);
        if (!PyTypeNum_ISUNSIGNED(num) && (long long)v < 0) v = 0 - v;
        return PyLong_FromLong(__builtin_popcountll(v));
    }
    long small;
    switch (num) {
    case NPY_BYTE: small = PyArrayScalar_VAL(self, Byte); break;
    case NPY_UBYTE: small = PyArrayScalar_VAL(self, UByte); break;
    case NPY_SHORT: small = PyArrayScalar_VAL(self, Short); break;
    case NPY_USHORT: small = PyArrayScalar_VAL(self, UShort); break;
    case NPY_INT: small = PyArrayScalar_VAL(self, Int); break;
    case NPY_UINT: small = PyArrayScalar_VAL(self, UInt); break;
    default: num = -1;
    }
    if (num >= 0)
        return PyLong_FromLong(
            __builtin_popcountll((unsigned long long)(small < 0 ? -small : small)));
    PyObject *i = PyNumber_Long(self), *a = i ? PyNumber_Absolute(i) : NULL;
    PyObject *r = a ? PyObject_CallMethod(a, "bit_count", NULL) : NULL;
    Py_XDECREF(i);
    Py_XDECREF(a);
    return r;
}

static PyObject *number_round(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"ndigits", NULL};
    PyObject *ndigits = Py_None;
    if (PyTuple_GET_SIZE(args) == 0 && !kw) {
        int num = ext_scalar_exact_num(self);
        if (num == NPY_FLOAT) return PyLong_FromDouble(rint(PyArrayScalar_VAL(self, Float)));
        if (num == NPY_HALF)
            return PyLong_FromDouble(rint(fnp_half_to_float(PyArrayScalar_VAL(self, Half))));
        if (num >= 0 && PyTypeNum_ISINTEGER(num)) return PyNumber_Long(self);
    }
    if (!PyArg_ParseTupleAndKeywords(args, kw, "|O:__round__", names, &ndigits)) return NULL;
    if (ndigits != Py_None) return PyObject_CallMethod(self, "round", "O", ndigits);
    if (Py_IS_TYPE(self, &PyDoubleArrType_Type))
        return PyLong_FromDouble(rint(PyArrayScalar_VAL(self, Double)));
    PyObject *r = PyObject_CallMethod(self, "round", NULL);
    if (!r) return NULL;
    PyObject *i = PyNumber_Long(r);
    Py_DECREF(r);
    return i;
}

/* The exact value as a double or, for longdouble, as long double. */
static long double float_value(PyObject *self)
{
    if (PyArray_IsScalar(self, LongDouble)) return ((PyLongDoubleScalarObject *)self)->obval;
    if (PyArray_IsScalar(self, Double)) return PyArrayScalar_VAL(self, Double);
    if (PyArray_IsScalar(self, Float)) return PyArrayScalar_VAL(self, Float);
    if (PyArray_IsScalar(self, Half)) return fnp_half_to_float(PyArrayScalar_VAL(self, Half));
    PyObject *f = PyNumber_Float(self);
    double x = f ? PyFloat_AsDouble(f) : NAN;
    Py_XDECREF(f);
    return x;
}

static PyObject *float_is_integer(PyObject *self, PyObject *u)
{
    if (!PyArray_IsScalar(self, LongDouble)) {
        double d = (double)float_value(self);
        return PyBool_FromLong(isfinite(d) && floor(d) == d);
    }
    long double x = float_value(self);
    return PyBool_FromLong(isfinite(x) && floorl(x) == x);
}

static PyObject *float_ratio(PyObject *self, PyObject *u)
{
    long double x = float_value(self);
    if (isnan(x)) {
        PyErr_SetString(PyExc_ValueError, "cannot convert NaN to integer ratio");
        return NULL;
    }
    if (isinf(x)) {
        PyErr_SetString(PyExc_OverflowError, "cannot convert Infinity to integer ratio");
        return NULL;
    }
    int e;
    long double m = frexpl(x, &e);
    int k = 0;
    for (; k < 300 && m != floorl(m); k++) m *= 2, e--;
    /* x = m * 2^e with integer m of at most 64 bits and a sign */
    PyObject *num = PyLong_FromUnsignedLongLong((unsigned long long)fabsl(m)),
             *den = PyLong_FromLong(1), *out = NULL;
    PyObject *shift = PyLong_FromLong(e < 0 ? -e : e);
    if (num && den && shift) {
        PyObject **which = e < 0 ? &den : &num;
        PyObject *shifted = PyNumber_Lshift(*which, shift);
        if (shifted) Py_SETREF(*which, shifted);
        if (signbit(m) && m != 0) {
            PyObject *neg = PyNumber_Negative(num);
            if (neg) Py_SETREF(num, neg);
        }
        out = PyErr_Occurred() ? NULL : PyTuple_Pack(2, num, den);
    }
    Py_XDECREF(num);
    Py_XDECREF(den);
    Py_XDECREF(shift);
    return out;
}

PyMethodDef ext_number_methods[] = {CLASS_GETITEM(class_getitem_any), {NULL}};
/* bool and datetime64 take any number of arguments. */
PyMethodDef ext_bool_methods[] = {CLASS_GETITEM(Py_GenericAlias), {NULL}};
PyMethodDef ext_closed_methods[] = {CLASS_GETITEM(class_getitem_closed), {NULL}};
PyMethodDef ext_complex_methods[] = {
    {"__complex__", m_complex, METH_NOARGS, NULL}, CLASS_GETITEM(class_getitem_closed), {NULL}};
PyMethodDef ext_integer_methods[] = {
    {"is_integer", is_integer_true, METH_NOARGS, "is_integer($self, /)\n--\n\nTrue: integers are."},
    {"__round__", FN(number_round), KW, NULL},
    {NULL}};
PyMethodDef ext_sized_integer_methods[] = {
    {"bit_count", bit_count, METH_NOARGS,
     "bit_count($self, /)\n--\n\nNumber of ones in the absolute value."},
    CLASS_GETITEM(class_getitem_closed),
    {NULL}};
PyMethodDef ext_floating_methods[] = {{"__round__", FN(number_round), KW, NULL}, {NULL}};
PyGetSetDef ext_integer_getset[] = {{"numerator", get_self, NULL, "The value itself."},
                                    {"denominator", get_one, NULL, "1"},
                                    {NULL}};
PyMethodDef ext_float_methods[] = {
    {"is_integer", float_is_integer, METH_NOARGS,
     "is_integer($self, /)\n--\n\nWhether the value is a whole number."},
    {"as_integer_ratio", float_ratio, METH_NOARGS,
     "as_integer_ratio($self, /)\n--\n\nTwo integers whose ratio is the value."},
    CLASS_GETITEM(class_getitem_closed),
    {NULL}};

/* ---- records
 * ------------------------------------------------------------------------------------------------------------
 */

static PyObject *void_array(PyObject *self)
{
    return PyArray_FromScalar(self, NULL);
}

static Py_ssize_t void_length(PyObject *self)
{
    PyArray_Descr *d = ((PyVoidScalarObject *)self)->descr;
    return PyDataType_NAMES(d) ? PyTuple_GET_SIZE(PyDataType_NAMES(d)) : 0;
}

static PyObject *field_name(PyObject *self, Py_ssize_t n)
{
    PyArray_Descr *d = ((PyVoidScalarObject *)self)->descr;
    if (!PyDataType_NAMES(d)) {
        PyErr_SetString(PyExc_IndexError, "can't index void scalar without fields");
        return NULL;
    }
    Py_ssize_t m = PyTuple_GET_SIZE(PyDataType_NAMES(d));
    if (n < 0) n += m;
    if (n < 0 || n >= m) {
        PyErr_Format(PyExc_IndexError, "invalid index (%zd)", n);
        return NULL;
    }
    return PyTuple_GET_ITEM(PyDataType_NAMES(d), n);
}

static PyObject *void_subscript(PyObject *self, PyObject *key)
{
    PyArray_Descr *d = ((PyVoidScalarObject *)self)->descr;
    if (PyDataType_NAMES(d) && !PyTuple_Check(key) && PyIndex_Check(key)) {
        Py_ssize_t n = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (n == -1 && PyErr_Occurred()) return NULL;
        key = field_name(self, n);
        if (!key) return NULL;
    }
    PyObject *arr = void_array(self), *empty = NULL;
    PyObject *r = arr ? PyObject_GetItem(arr, key) : NULL;
    Py_XDECREF(empty);
    Py_XDECREF(arr);
    if (r && PyArray_Check(r) && PyArray_NDIM((PyArrayObject *)r) == 0) {
        PyArrayObject *a = (PyArrayObject *)r;
        PyObject *s = PyArray_Scalar(PyArray_DATA(a), PyArray_DESCR(a), r);
        Py_DECREF(r);
        return s;
    }
    return r;
}

static int void_ass_subscript(PyObject *self, PyObject *key, PyObject *value)
{
    PyArray_Descr *d = ((PyVoidScalarObject *)self)->descr;
    if (!PyDataType_NAMES(d)) {
        PyErr_SetString(PyExc_IndexError, "can't index void scalar without fields");
        return -1;
    }
    if (!value) {
        PyErr_SetString(PyExc_ValueError, "cannot delete scalar field");
        return -1;
    }
    if (PyIndex_Check(key)) {
        Py_ssize_t n = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (n == -1 && PyErr_Occurred()) return -1;
        key = field_name(self, n);
        if (!key) return -1;
    } else if (!PyUnicode_Check(key)) {
        PyErr_SetString(PyExc_IndexError, "invalid index");
        return -1;
    }
    PyObject *title, *entry = PyDict_GetItemWithError(PyDataType_FIELDS(d), key);
    PyArray_Descr *field;
    npy_intp offset;
    if (!entry) {
        if (!PyErr_Occurred()) PyErr_Format(PyExc_ValueError, "no field of name %U", key);
        return -1;
    }
    if (ext_field_unpack(entry, &field, &offset, &title) < 0) return -1;
    return PyArray_Pack(field, ((PyVoidScalarObject *)self)->obval + offset, value);
}

static PyObject *void_item(PyObject *self, Py_ssize_t n)
{
    PyObject *name = field_name(self, n);
    return name ? void_subscript(self, name) : NULL;
}

static int void_ass_item(PyObject *self, Py_ssize_t n, PyObject *value)
{
    PyObject *name = field_name(self, n);
    return name ? void_ass_subscript(self, name, value) : -1;
}

PyMappingMethods ext_void_as_mapping = {void_length, void_subscript, void_ass_subscript};
PySequenceMethods ext_void_as_sequence = {
    .sq_length = void_length, .sq_item = void_item, .sq_ass_item = void_ass_item};

static PyObject *void_getfield(PyObject *self, PyObject *args, PyObject *kw)
{
    PyVoidScalarObject *v = (PyVoidScalarObject *)self;
    PyObject *arr = ext_array_new(&PyArray_Type, (PyArray_Descr *)Py_NewRef(v->descr), 0, NULL,
                                  NULL, v->obval, v->flags & ~NPY_ARRAY_OWNDATA, NULL, self, 0);
    PyObject *meth = arr ? PyObject_GetAttrString(arr, "getfield") : NULL;
    PyObject *r = meth ? PyObject_Call(meth, args, kw) : NULL;
    Py_XDECREF(meth);
    Py_XDECREF(arr);
    if (!r) return NULL;
    PyArrayObject *a = (PyArrayObject *)r;
    if (PyArray_NDIM(a) > 0) return r;
    PyObject *s = PyArray_Scalar(PyArray_DATA(a), PyArray_DESCR(a), r);
    Py_DECREF(r);
    return s;
}

static PyObject *void_setfield(PyObject *self, PyObject *args, PyObject *kw)
{
    PyVoidScalarObject *v = (PyVoidScalarObject *)self;
    PyObject *arr = ext_array_new(&PyArray_Type, (PyArray_Descr *)Py_NewRef(v->descr), 0, NULL,
                                  NULL, v->obval, v->flags & ~NPY_ARRAY_OWNDATA, NULL, self, 0);
    PyObject *meth = arr ? PyObject_GetAttrString(arr, "setfield") : NULL;
    PyObject *r = meth ? PyObject_Call(meth, args, kw) : NULL;
    Py_XDECREF(meth);
    Py_XDECREF(arr);
    return r;
}

PyMethodDef ext_void_methods[] = {
    {"getfield", FN(void_getfield), KW,
     "getfield($self, /, dtype, offset=0)\n--\n\nThe bytes at `offset` as another type."},
    {"setfield", FN(void_setfield), KW,
     "setfield($self, /, val, dtype, offset=0)\n--\n\nAssign to the bytes at `offset`."},
    {NULL}};

static PyObject *void_get_flags(PyObject *self, void *u)
{
    return ext_flags_of(((PyVoidScalarObject *)self)->flags);
}

static PyObject *void_get_dtype(PyObject *self, void *u)
{
    return Py_NewRef(((PyVoidScalarObject *)self)->descr);
}
static PyObject *void_get_base(PyObject *self, void *u)
{
    PyObject *b = ((PyVoidScalarObject *)self)->base;
    return Py_NewRef(b ? b : Py_None);
}

PyGetSetDef ext_void_getset[] = {
    {"flags", void_get_flags, NULL, "Flags of the memory."},
    {"dtype", void_get_dtype, NULL, "The record's descriptor."},
    {"base", void_get_base, NULL, "The array whose record this is, or None."},
    {NULL}};

/* ---- buffer
 * ---------------------------------------------------------------------------------------------------------------
 */

int ext_scalar_getbuffer(PyObject *self, Py_buffer *view, int flags)
{
    if (flags & PyBUF_WRITABLE) {
        PyErr_SetString(PyExc_BufferError, "scalar buffer is readonly");
        view->obj = NULL;
        return -1;
    }
    if (Py_IS_TYPE(self, &PyStringArrType_Type))
        return PyBytes_Type.tp_as_buffer->bf_getbuffer(self, view, flags);
    int kind = ext_scalar_kind(self);
    if (kind == EXT_SCALAR_FOREIGN || (kind == EXT_SCALAR_USER && (flags & PyBUF_FORMAT))) {
        PyErr_Format(PyExc_TypeError,
                     "NumPy scalar %R can only exported as a buffer without format.", self);
        view->obj = NULL;
        return -1;
    }
    /* A private 0-d array holds the value for as long as the view lives. */
    PyArrayObject *arr = (PyArrayObject *)PyArray_FromScalar(self, NULL);
    if (!arr) {
        view->obj = NULL;
        return -1;
    }
    PyArray_CLEARFLAGS(arr, NPY_ARRAY_WRITEABLE);
    int r = PyTypeNum_ISDATETIME(PyArray_TYPE(arr))
                ? -2
                : ext_array_getbuffer((PyObject *)arr, view, flags);
    if (r == -2) { /* time values export as bytes */
        PyArray_Descr *d = PyArray_DescrFromType(NPY_UBYTE);
        npy_intp n = PyArray_ITEMSIZE(arr);
        PyObject *bytes = d ? ext_array_new(&PyArray_Type, d, 1, &n, NULL, PyArray_DATA(arr), 0,
                                            NULL, (PyObject *)arr, 0)
                            : NULL;
        r = bytes ? ext_array_getbuffer(bytes, view, flags) : -1;
        Py_XDECREF(bytes);
    }
    Py_DECREF(arr);
    return r;
}

/* ---- indexing
 * -----------------------------------------------------------------------------------------------------------------
 */

static PyObject *generic_subscript(PyObject *self, PyObject *key)
{
    PyObject *arr = PyArray_FromScalar(self, NULL);
    if (!arr) return NULL;
    PyObject *r = PyObject_GetItem(arr, key);
    Py_DECREF(arr);
    if (!r && PyErr_ExceptionMatches(PyExc_IndexError)) {
        PyErr_Clear();
        PyErr_SetString(PyExc_IndexError, "invalid index to scalar variable.");
    }
    return r;
}

PyMappingMethods ext_generic_as_mapping = {NULL, generic_subscript, NULL};
