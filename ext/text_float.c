/* dragon4_positional, dragon4_scientific and format_longfloat: the formatting functions that the printing of
 * arrays calls for one number. */
#include "ext.h"
#include "fnp/numtext.h"
#include "keywords.h"

#pragma weak PyHalfArrType_Type
#pragma weak PyFloatArrType_Type
#pragma weak PyDoubleArrType_Type
#pragma weak PyLongDoubleArrType_Type

static bool is_scalar(PyObject *o, PyTypeObject *type) { return type && PyObject_TypeCheck(o, type); }

/* The float behind a scalar of any width; anything else becomes a double. 0 or -1. */
static int read_float(PyObject *o, fnp_fkind *kind, void *value)
{
    double d;
    if (is_scalar(o, &PyHalfArrType_Type)) {
        *kind = FNP_FLOAT_F16;
        memcpy(value, &((PyHalfScalarObject *)o)->obval, 2);
    } else if (is_scalar(o, &PyFloatArrType_Type)) {
        *kind = FNP_FLOAT_F32;
        memcpy(value, &((PyFloatScalarObject *)o)->obval, 4);
    } else if (is_scalar(o, &PyLongDoubleArrType_Type)) {
        *kind = FNP_FLOAT_FLD;
        memcpy(value, &((PyLongDoubleScalarObject *)o)->obval, sizeof(long double));
    } else {
        d = PyFloat_AsDouble(o);
        if (d == -1.0 && PyErr_Occurred()) return -1;
        *kind = FNP_FLOAT_F64;
        memcpy(value, &d, 8);
    }
    return 0;
}

static int read_trim(PyObject *o, char *out)
{
    Py_UCS4 c = o && PyUnicode_Check(o) && PyUnicode_GET_LENGTH(o) == 1 ? PyUnicode_READ_CHAR(o, 0) : 0;
    if (!o) return 0;
    if (c == 'k' || c == '.' || c == '0' || c == '-') {
        *out = (char)c;
        return 0;
    }
    PyErr_Format(PyExc_TypeError, "if supplied, trim must be 'k', '.', '0' or '-' found `%100S`", o);
    return -1;
}

static int read_int(PyObject *o, int *out)
{
    if (!o) return 0;
    *out = ext_as_int(o);
    return *out == -1 && PyErr_Occurred() ? -1 : 0;
}

/* The options that both functions have. in: precision, unique, sign, trim, pad_left, min_digits. */
static int read_options(PyObject *const in[6], fnp_float_format *f)
{
    int unique = 1, sign = 0;
    if (read_int(in[0], &f->precision) || read_int(in[1], &unique) || read_int(in[2], &sign) ||
        read_trim(in[3], &f->trim) || read_int(in[4], &f->pad_left) || read_int(in[5], &f->min_digits))
        return -1;
    f->unique = unique != 0;
    f->sign = sign != 0;
    if (!f->unique && f->precision < 0) {
        PyErr_SetString(PyExc_TypeError, "in non-unique mode `precision` must be supplied");
        return -1;
    }
    return 0;
}

static PyObject *text_of(PyObject *x, const fnp_float_format *f, bool positional)
{
    char buf[FNP_FLOAT_TEXT_MAX], value[16];
    fnp_fkind kind;
    size_t n = 0;
    if (read_float(x, &kind, value)) return NULL;
    EXT_TRY((positional ? fnp_float_positional : fnp_float_scientific)(kind, value, f, buf, sizeof buf, &n, err), NULL);
    return PyUnicode_FromStringAndSize(buf, (Py_ssize_t)n);
}

static PyObject *positional(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    PyObject *a[9];
    fnp_float_format f = fnp_float_format_default();
    int fractional = 0;
    if (ext_keywords("dragon4_positional",
                     "x | precision unique fractional sign trim pad_left pad_right min_digits", args, nargs, kwnames,
                     a))
        return NULL;
    PyObject *common[6] = {a[1], a[2], a[4], a[5], a[6], a[8]};
    if (read_options(common, &f) || read_int(a[3], &fractional) || read_int(a[7], &f.pad_right)) return NULL;
    f.fractional = fractional != 0;
    return text_of(a[0], &f, true);
}

static PyObject *scientific(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    PyObject *a[8];
    fnp_float_format f = fnp_float_format_default();
    if (ext_keywords("dragon4_scientific", "x | precision unique sign trim pad_left exp_digits min_digits", args, nargs,
                     kwnames, a))
        return NULL;
    PyObject *common[6] = {a[1], a[2], a[3], a[4], a[5], a[7]};
    if (read_options(common, &f) || read_int(a[6], &f.exp_digits)) return NULL;
    return text_of(a[0], &f, false);
}

static PyObject *format_longfloat(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"x", "precision", NULL};
    PyObject *x;
    unsigned int precision;
    fnp_float_format f = fnp_float_format_default();
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "OI:format_longfloat", names, &x, &precision)) return NULL;
    if (!is_scalar(x, &PyLongDoubleArrType_Type)) {
        PyErr_SetString(PyExc_TypeError, "not a longfloat");
        return NULL;
    }
    f.precision = (int)precision;
    f.trim = '0';
    return text_of(x, &f, false);
}

static PyMethodDef functions[] = {
    {"dragon4_positional", (PyCFunction)(void (*)(void))positional, METH_FASTCALL | METH_KEYWORDS,
     "Text of a number without an exponent."},
    {"dragon4_scientific", (PyCFunction)(void (*)(void))scientific, METH_FASTCALL | METH_KEYWORDS,
     "Text of a number with an exponent."},
    {"format_longfloat", (PyCFunction)(void (*)(void))format_longfloat, METH_VARARGS | METH_KEYWORDS,
     "Text of a longdouble with an exponent and at most `precision` digits after the point."},
    {NULL}};

HIDDEN int ext_init_text_float(PyObject *module) { return ext_add_functions(module, functions); }
