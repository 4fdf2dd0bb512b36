/* dragon4_positional, dragon4_scientific and format_longfloat: the formatting functions that the
 * printing of arrays calls for one number. */
#include "argparse.h"
#include "fnp/numtext.h"

#pragma weak PyHalfArrType_Type
#pragma weak PyFloatArrType_Type
#pragma weak PyDoubleArrType_Type
#pragma weak PyLongDoubleArrType_Type

static bool is_scalar(PyObject *o, PyTypeObject *type)
{
    return type && PyObject_TypeCheck(o, type);
}

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
    Py_UCS4 c = PyUnicode_Check(o) && PyUnicode_GET_LENGTH(o) == 1 ? PyUnicode_READ_CHAR(o, 0) : 0;
    if (c == 'k' || c == '.' || c == '0' || c == '-') {
        *out = (char)c;
        return 1;
    }
    PyErr_Format(PyExc_TypeError, "if supplied, trim must be 'k', '.', '0' or '-' found `%100S`",
                 o);
    return 0;
}

/* What the functions are called with; ints where the format has flags. */
typedef struct options {
    fnp_float_format f;
    int unique, fractional, sign;
} options;

static int finish_options(options *o)
{
    o->f.unique = o->unique != 0;
    o->f.fractional = o->fractional != 0;
    o->f.sign = o->sign != 0;
    if (o->f.unique || o->f.precision >= 0) return 0;
    PyErr_SetString(PyExc_TypeError, "in non-unique mode `precision` must be supplied");
    return -1;
}

static PyObject *text_of(PyObject *x, const fnp_float_format *f, bool positional)
{
    char buf[FNP_FLOAT_TEXT_MAX], value[16];
    fnp_fkind kind;
    size_t n = 0;
    if (read_float(x, &kind, value)) return NULL;
    EXT_TRY((positional ? fnp_float_positional : fnp_float_scientific)(kind, value, f, buf,
                                                                       sizeof buf, &n, err),
            NULL);
    return PyUnicode_FromStringAndSize(buf, (Py_ssize_t)n);
}

static PyObject *positional(PyObject *self, PyObject *const *args, Py_ssize_t nargs,
                            PyObject *kwnames)
{
    PyObject *x;
    options o = {fnp_float_format_default(), .unique = 1};
    if (ext_parse("dragon4_positional", args, nargs, kwnames, "x", NULL, &x, "|precision",
                  &ext_int_argument, &o.f.precision, "|unique", &ext_int_argument, &o.unique,
                  "|fractional", &ext_int_argument, &o.fractional, "|sign", &ext_int_argument,
                  &o.sign, "|trim", &read_trim, &o.f.trim, "|pad_left", &ext_int_argument,
                  &o.f.pad_left, "|pad_right", &ext_int_argument, &o.f.pad_right, "|min_digits",
                  &ext_int_argument, &o.f.min_digits, NULL) < 0 ||
        finish_options(&o) < 0)
        return NULL;
    return text_of(x, &o.f, true);
}

static PyObject *scientific(PyObject *self, PyObject *const *args, Py_ssize_t nargs,
                            PyObject *kwnames)
{
    PyObject *x;
    options o = {fnp_float_format_default(), .unique = 1, .fractional = 1};
    if (ext_parse("dragon4_scientific", args, nargs, kwnames, "x", NULL, &x, "|precision",
                  &ext_int_argument, &o.f.precision, "|unique", &ext_int_argument, &o.unique,
                  "|sign", &ext_int_argument, &o.sign, "|trim", &read_trim, &o.f.trim, "|pad_left",
                  &ext_int_argument, &o.f.pad_left, "|exp_digits", &ext_int_argument,
                  &o.f.exp_digits, "|min_digits", &ext_int_argument, &o.f.min_digits, NULL) < 0 ||
        finish_options(&o) < 0)
        return NULL;
    return text_of(x, &o.f, false);
}

static PyObject *format_longfloat(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"x", "precision", NULL};
    PyObject *x;
    unsigned int precision;
    fnp_float_format f = fnp_float_format_default();
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "OI:format_longfloat", names, &x, &precision))
        return NULL;
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
    {"format_longfloat", (PyCFunction)(void (*)(void))format_longfloat,
     METH_VARARGS | METH_KEYWORDS,
     "Text of a longdouble with an exponent and at most `precision` digits after the point."},
    {NULL}};

HIDDEN int ext_init_text_float(PyObject *module)
{
    return ext_add_functions(module, functions);
}
