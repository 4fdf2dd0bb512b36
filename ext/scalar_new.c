/* Scalars from Python's objects, and their hashes. */
#include "scalar_row.h"
#include "scalars.h"
#include "array.h"
#include "time_units.h"

#include "fnp/half.h"

#include <math.h>
#include <string.h>

/* ---- construction from Python
 * ------------------------------------------------------------------------------------------ */

/* A scalar of a subclass with the value of `base`, a scalar of the built-in type. */
static PyObject *as_subclass(PyTypeObject *type, const scalar_row *r, PyObject *base)
{
    if (!base || Py_TYPE(base) == type || !PyType_IsSubtype(type, r->type)) return base;
    PyObject *s = type->tp_alloc(type, 0);
    if (s) {
        size_t size = (size_t)r->type->tp_basicsize - r->value;
        memcpy((char *)s + r->value, (char *)base + r->value, size);
    }
    Py_DECREF(base);
    return s;
}

static PyObject *from_object(PyTypeObject *type, const scalar_row *r, PyObject *obj)
{
    PyArray_Descr *d = PyArray_DescrFromType(r->num);
    if (!d) return NULL;
    PyArrayObject *a;
    if (!obj) {
        a = (PyArrayObject *)PyArray_Zeros(0, NULL, d, 0);
    } else {
        a = (PyArrayObject *)PyArray_FromAny(obj, d, 0, 0, NPY_ARRAY_FORCECAST, NULL);
    }
    if (!a) return NULL;
    if (PyArray_NDIM(a) > 0) return (PyObject *)a;
    PyObject *s = PyArray_Scalar(PyArray_DATA(a), PyArray_DESCR(a), NULL);
    Py_DECREF(a);
    return as_subclass(type, r, s);
}

/* complex64(real, imag) */
static PyObject *from_two_parts(PyTypeObject *type, const scalar_row *r, PyObject *args)
{
    double part[2];
    for (int i = 0; i < 2; i++) {
        PyObject *o = PyTuple_GET_ITEM(args, i);
        part[i] = PyFloat_AsDouble(o);
        if (part[i] != -1.0 || !PyErr_Occurred()) continue;
        if (PyErr_ExceptionMatches(PyExc_TypeError) && !PyArray_Check(o))
            PyErr_Format(PyExc_TypeError,
                         "Could not convert arguments into a complex scalar. '%S' given.", args);
        return NULL;
    }
    PyObject *c = PyComplex_FromDoubles(part[0], part[1]);
    PyObject *s = c ? from_object(type, r, c) : NULL;
    Py_XDECREF(c);
    return s;
}

/* A Python number, or a scalar of the type itself, that needs no rounding that could overflow; NULL
 * without an exception: not for the short way. */
static PyObject *from_python(const scalar_row *r, PyObject *obj)
{
    _Alignas(16) char value[32];
    size_t size = (size_t)PyDataType_ELSIZE(ext_builtin_descrs[r->num]);
    if (Py_IS_TYPE(obj, r->type)) {
        if (r->num == NPY_BOOL) return Py_NewRef(obj);
        memcpy(value, (char *)obj + r->value, size);
    } else if (PyFloat_CheckExact(obj)) {
        double d = PyFloat_AS_DOUBLE(obj);
        switch (r->num) {
        case NPY_DOUBLE: memcpy(value, &d, 8); break;
        case NPY_CDOUBLE: memcpy(value, (double[2]){d, 0}, 16); break;
        case NPY_LONGDOUBLE:
            memset(value, 0, 16);
            *(npy_longdouble *)value = d;
            break;
        case NPY_FLOAT:
        case NPY_CFLOAT: {
            if (!(fabs(d) < 1e38) || (fabs(d) < 1e-37 && d != 0)) return NULL;
            memcpy(value, (float[2]){(float)d, 0}, 8);
            break;
        }
        case NPY_LONG:
            if (!(fabs(d) < 9e18)) return NULL;
            *(long *)value = (long)d;
            break;
        case NPY_BOOL: return Py_NewRef((PyObject *)&_PyArrayScalar_BoolValues[d != 0]);
        default: return NULL;
        }
    } else if (PyLong_CheckExact(obj)) {
        int overflow;
        long v = PyLong_AsLongAndOverflow(obj, &overflow);
        if (overflow) return NULL;
        bool exact = v >= -(1L << 53) && v <= 1L << 53, small = v >= -(1L << 24) && v <= 1L << 24;
        switch (r->num) {
        case NPY_DOUBLE:
        case NPY_CDOUBLE:
            if (!exact) return NULL;
            memcpy(value, (double[2]){(double)v, 0}, 16);
            break;
        case NPY_FLOAT:
        case NPY_CFLOAT:
            if (!small) return NULL;
            memcpy(value, (float[2]){(float)v, 0}, 8);
            break;
        case NPY_BOOL: return Py_NewRef((PyObject *)&_PyArrayScalar_BoolValues[v != 0]);
        default:
            if (!PyTypeNum_ISINTEGER(r->num)) return NULL;
            if (r->num == NPY_LONG || (r->num == NPY_INT && v == (int)v) ||
                (r->num == NPY_SHORT && v == (short)v) ||
                (r->num == NPY_BYTE && v == (signed char)v) ||
                (r->num == NPY_UBYTE && v == (unsigned char)v) ||
                (r->num == NPY_USHORT && v == (unsigned short)v) ||
                (r->num == NPY_UINT && v == (long)(unsigned)v) || (r->num == NPY_ULONG && v >= 0))
                memcpy(value, &v, 8); /* the low bytes come first */
            else
                return NULL;
        }
    } else if (PyComplex_CheckExact(obj) && r->num == NPY_CDOUBLE) {
        Py_complex z = ((PyComplexObject *)obj)->cval;
        memcpy(value, &z, 16);
    } else if (PyBool_Check(obj) && r->num == NPY_BOOL) {
        return Py_NewRef((PyObject *)&_PyArrayScalar_BoolValues[obj == Py_True]);
    } else {
        return NULL;
    }
    PyObject *s = ext_scalar_alloc(r->type);
    if (s) memcpy((char *)s + r->value, value, size);
    return s;
}

/* datetime64(value, unit) */
static PyObject *time_scalar(const scalar_row *r, PyObject *obj, PyObject *unit)
{
    npy_int64 value;
    PyArray_DatetimeMetaData meta;
    if (ext_time_scalar_value(r->num, obj, unit, &value, &meta) < 0) return NULL;
    PyObject *s = ext_scalar_alloc(r->type);
    if (s) {
        ((PyDatetimeScalarObject *)s)->obval = value;
        ((PyDatetimeScalarObject *)s)->obmeta = meta;
    }
    return s;
}

/* A call of exactly a built-in number or time type. */
PyObject *ext_number_scalar_vectorcall(PyObject *type, PyObject *const *args, size_t nargsf,
                                       PyObject *kwnames)
{
    Py_ssize_t n = PyVectorcall_NARGS(nargsf);
    const scalar_row *r = ext_scalar_row((PyTypeObject *)type);
    if (!kwnames && n <= 2 && PyTypeNum_ISDATETIME(r->num))
        return time_scalar(r, n ? args[0] : NULL, n > 1 ? args[1] : NULL);
    if (!kwnames && n <= 1 && !PyTypeNum_ISDATETIME(r->num)) {
        PyObject *s = NULL;
        if (n == 1) {
            s = from_python(r, args[0]);
        } else if (r->num == NPY_BOOL) {
            s = Py_NewRef((PyObject *)&_PyArrayScalar_BoolValues[0]);
        } else if ((s = ext_scalar_alloc(r->type))) {
            memset((char *)s + r->value, 0, (size_t)PyDataType_ELSIZE(ext_builtin_descrs[r->num]));
        }
        if (s || PyErr_Occurred()) return s;
    }
    PyObject *tuple = PyTuple_New(n), *kw = NULL, *s = NULL;
    for (Py_ssize_t i = 0; tuple && i < n; i++) PyTuple_SET_ITEM(tuple, i, Py_NewRef(args[i]));
    if (tuple && kwnames && (kw = PyDict_New()))
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(kwnames); i++)
            if (PyDict_SetItem(kw, PyTuple_GET_ITEM(kwnames, i), args[n + i]) < 0) Py_CLEAR(kw);
    if (tuple && (kw || !kwnames)) s = PyType_Type.tp_call(type, tuple, kw);
    Py_XDECREF(tuple);
    Py_XDECREF(kw);
    return s;
}

PyObject *ext_number_scalar_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    const scalar_row *r = ext_scalar_row(type);
    PyObject *obj = NULL;
    if (type == r->type && PyTuple_GET_SIZE(args) == 1 && !kw) {
        PyObject *s = from_python(r, PyTuple_GET_ITEM(args, 0));
        if (s) return s;
    }
    if (r->num == NPY_DOUBLE && ((kw && PyDict_GET_SIZE(kw)) || PyTuple_GET_SIZE(args) > 1)) {
        PyErr_Clear();
        if (kw && PyDict_GET_SIZE(kw)) {
            PyErr_SetString(PyExc_TypeError, "float() takes no keyword arguments");
            return NULL;
        }
        PyErr_Format(PyExc_TypeError, "float expected at most 1 argument, got %zd",
                     PyTuple_GET_SIZE(args));
        return NULL;
    }
    bool two_parts = r->num == NPY_CDOUBLE || r->num == NPY_CFLOAT;
    if (two_parts && PyTuple_GET_SIZE(args) == 2 && !(kw && PyDict_GET_SIZE(kw)))
        return from_two_parts(type, r, args);
    static char *names[] = {"", NULL}, *part_names[] = {"", "", NULL};
    PyObject *imag = NULL;
    if (two_parts ? !PyArg_ParseTupleAndKeywords(args, kw, "|OO", part_names, &obj, &imag)
                  : !PyArg_ParseTupleAndKeywords(args, kw, r->num == NPY_BOOL ? "|O:bool_" : "|O",
                                                 names, &obj))
        return NULL;
    if (r->num == NPY_BOOL) {
        if (!obj) return Py_NewRef((PyObject *)&_PyArrayScalar_BoolValues[0]);
        if (obj == Py_True || obj == Py_False)
            return Py_NewRef((PyObject *)&_PyArrayScalar_BoolValues[obj == Py_True]);
    }
    if (r->num == NPY_DOUBLE && obj && PyFloat_CheckExact(obj)) {
        PyObject *s = type == r->type ? ext_scalar_alloc(type) : type->tp_alloc(type, 0);
        if (s) ((PyDoubleScalarObject *)s)->obval = PyFloat_AS_DOUBLE(obj);
        return s;
    }
    return from_object(type, r, obj);
}

PyObject *ext_object_scalar_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    static char *names[] = {"", NULL};
    PyObject *obj = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "|O:object_", names, &obj)) return NULL;
    PyArrayObject *a = (PyArrayObject *)PyArray_FromAny(obj, PyArray_DescrFromType(NPY_OBJECT), 0,
                                                        0, NPY_ARRAY_FORCECAST, NULL);
    return ext_return(a);
}

/* str_ and bytes_: what Python's own type makes of the arguments, else what an array of one makes
 * of them. */
PyObject *ext_text_scalar_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    const scalar_row *r = ext_scalar_row(type);
    PyTypeObject *python = r->num == NPY_STRING ? &PyBytes_Type : &PyUnicode_Type;
    PyObject *s = python->tp_new(type, args, kw);
    if (s || PyTuple_GET_SIZE(args) != 1 || (kw && PyDict_GET_SIZE(kw))) return s;
    PyErr_Clear();
    PyArray_Descr *d = PyArray_DescrNewFromType(r->num);
    if (!d) return NULL;
    PyArrayObject *a = (PyArrayObject *)PyArray_FromAny(PyTuple_GET_ITEM(args, 0), d, 0, 0,
                                                        NPY_ARRAY_FORCECAST, NULL);
    if (!a || PyArray_NDIM(a) > 0) return (PyObject *)a;
    s = ext_text_scalar(PyArray_DATA(a), PyArray_DESCR(a), type);
    Py_DECREF(a);
    return s;
}

PyObject *ext_void_scalar_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    static char *names[] = {"", "dtype", NULL};
    PyObject *obj;
    PyArray_Descr *d = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "O|O&:void", names, &obj, PyArray_DescrConverter2,
                                     &d))
        return NULL;
    /* void(n): n zero bytes */
    if (!d && (PyLong_Check(obj) || PyArray_IsScalar(obj, Integer) ||
               (PyArray_Check(obj) && PyArray_NDIM((PyArrayObject *)obj) == 0 &&
                PyArray_ISINTEGER((PyArrayObject *)obj)))) {
        PyObject *number = PyNumber_Long(obj);
        if (!number) return NULL;
        unsigned long long n = PyLong_AsUnsignedLongLong(number);
        Py_DECREF(number);
        if (PyErr_Occurred() || n > INT_MAX) {
            PyErr_Clear();
            PyErr_Format(PyExc_OverflowError, "size must be non-negative and not greater than %d",
                         INT_MAX);
            return NULL;
        }
        PyArray_Descr *sized_d = ext_sized_descr(NPY_VOID, (npy_intp)n);
        PyObject *v = sized_d ? ext_void_scalar(NULL, sized_d, NULL, type) : NULL;
        Py_XDECREF(sized_d);
        return v;
    }
    if (!d)
        d = PyArray_DescrNewFromType(NPY_VOID);
    else if (d->type_num != NPY_VOID || (PyDataType_SUBARRAY(d))) {
        PyErr_Format(PyExc_TypeError, "void: descr must be a `void.dtype`, not %R", d);
        Py_DECREF(d);
        return NULL;
    }
    if (!d) return NULL;
    PyArrayObject *a = (PyArrayObject *)PyArray_FromAny(obj, d, 0, 0, NPY_ARRAY_FORCECAST, NULL);
    if (!a || PyArray_NDIM(a) > 0) return (PyObject *)a;
    PyObject *v = ext_void_scalar(PyArray_DATA(a), PyArray_DESCR(a), NULL, type);
    Py_DECREF(a);
    return v;
}

PyObject *ext_time_scalar_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    const scalar_row *r = ext_scalar_row(type);
    PyObject *obj = NULL, *unit = NULL;
    static char *names[] = {"", "", NULL};
    if (!PyArg_ParseTupleAndKeywords(args, kw, "|OO", names, &obj, &unit)) return NULL;
    return as_subclass(type, r, time_scalar(r, obj, unit));
}

PyObject *ext_abstract_scalar_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    PyErr_Format(PyExc_TypeError, "cannot create '%s' instances", type->tp_name);
    return NULL;
}

/* ---- hash
 * ------------------------------------------------------------------------------------------------------------------
 */

/* Of values that Python has no equal for: by the double they convert to, so that equal numbers hash
 * equal. */
Py_hash_t ext_number_scalar_hash(PyObject *self)
{
    const scalar_row *r = ext_scalar_row(Py_TYPE(self));
    char *v = (char *)self + r->value;
    PyObject *o = NULL;
    int64_t small = 0;
    bool is_small = true;
    switch (r->num) { /* Python's own hash of integers that are their own remainder */
    case NPY_BOOL: small = *(npy_bool *)v; break;
    case NPY_BYTE: small = *(npy_byte *)v; break;
    case NPY_UBYTE: small = *(npy_ubyte *)v; break;
    case NPY_SHORT: small = *(npy_short *)v; break;
    case NPY_USHORT: small = *(npy_ushort *)v; break;
    case NPY_INT: small = *(npy_int *)v; break;
    case NPY_UINT: small = *(npy_uint *)v; break;
    case NPY_LONG:
    case NPY_LONGLONG: small = *(npy_longlong *)v; break;
    case NPY_ULONG:
    case NPY_ULONGLONG:
        small = *(npy_longlong *)v;
        is_small = small >= 0;
        break;
    default: is_small = false;
    }
    if (is_small && small > -(int64_t)_PyHASH_MODULUS && small < (int64_t)_PyHASH_MODULUS)
        return small == -1 ? -2 : small;
    if (PyTypeNum_ISDATETIME(r->num)) return ext_time_scalar_hash(self);
    switch (r->num) {
    case NPY_HALF:
    case NPY_FLOAT:
    case NPY_DOUBLE:
    case NPY_LONGDOUBLE: {
        double x = r->num == NPY_HALF         ? fnp_half_to_float(*(npy_half *)v)
                   : r->num == NPY_FLOAT      ? *(float *)v
                   : r->num == NPY_DOUBLE     ? *(double *)v
                   : r->num == NPY_LONGDOUBLE ? (double)*(npy_longdouble *)v
                                              : 0;
        return _Py_HashDouble(self, x);
    }
    case NPY_CFLOAT:
    case NPY_CDOUBLE: {
        bool wide = r->num == NPY_CDOUBLE;
        double re = wide ? ((double *)v)[0] : ((float *)v)[0];
        double im = wide ? ((double *)v)[1] : ((float *)v)[1];
        if (re == re && im == im) { /* as Python's own */
            Py_uhash_t h = (Py_uhash_t)_Py_HashDouble(self, re) +
                           _PyHASH_IMAG * (Py_uhash_t)_Py_HashDouble(self, im);
            return h == (Py_uhash_t)-1 ? -2 : (Py_hash_t)h;
        }
        o = PyComplex_FromDoubles(re, im);
        break;
    }
    case NPY_CLONGDOUBLE:
        o = PyComplex_FromDoubles((double)((npy_longdouble *)v)[0],
                                  (double)((npy_longdouble *)v)[1]);
        break;
    default: o = PyObject_CallMethod(self, "item", NULL);
    }
    if (!o) return -1;
    Py_hash_t h = PyObject_Hash(o);
    Py_DECREF(o);
    return h;
}

Py_hash_t ext_void_scalar_hash(PyObject *self)
{
    PyVoidScalarObject *v = (PyVoidScalarObject *)self;
    if (PyDataType_NAMES(v->descr)) {
        if (v->flags & NPY_ARRAY_WRITEABLE) {
            PyErr_SetString(PyExc_TypeError, "unhashable type: 'writeable void-scalar'");
            return -1;
        }
    } else if (v->flags & NPY_ARRAY_WRITEABLE) {
        PyErr_SetString(PyExc_TypeError, "unhashable type: 'writeable void-scalar'");
        return -1;
    }
    PyObject *o = PyObject_CallMethod(self, "item", NULL);
    Py_hash_t h = o ? PyObject_Hash(o) : -1;
    Py_XDECREF(o);
    return h;
}
