/* repr and str of scalars. */
#include "scalars.h"
#include "time_units.h"

#include "fnp/numtext.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Print options of mode `legacy` (0: none; 113, 121, 125 ...); -1 on error. Only old modes change
 * scalars. */
long ext_legacy_print_mode(void)
{
    static PyObject *options;
    if (!ext_import(&options, "_core.printoptions", "format_options")) {
        PyErr_Clear();
        return 1000000;
    }
    PyObject *d = NULL;
    if (PyContextVar_Get(options, NULL, &d) < 0) return -1;
    if (!d) return 1000000;
    static PyObject *key;
    if (!key && !(key = PyUnicode_InternFromString("legacy"))) return -1;
    PyObject *v = PyDict_CheckExact(d) ? PyDict_GetItemWithError(d, key) : NULL;
    if (v)
        Py_INCREF(v);
    else
        v = PyObject_GetItem(d, key);
    Py_DECREF(d);
    long mode = v && PyLong_Check(v) ? PyLong_AsLong(v) : 1000000;
    if (mode == -1 && PyErr_Occurred()) {
        PyErr_Clear(); /* sys.maxsize and the like: no legacy mode */
        mode = 1000000;
    }
    Py_XDECREF(v);
    return mode;
}

static fnp_fkind kind_of(int t)
{
    switch (t) {
    case NPY_HALF: return FNP_FLOAT_F16;
    case NPY_FLOAT:
    case NPY_CFLOAT: return FNP_FLOAT_F32;
    case NPY_DOUBLE:
    case NPY_CDOUBLE: return FNP_FLOAT_F64;
    default: return FNP_FLOAT_FLD;
    }
}

static PyObject *void_bytes_text(PyVoidScalarObject *v)
{
    Py_ssize_t n = Py_SIZE(v);
    PyObject *s = PyUnicode_New(3 + 4 * n, 127);
    if (!s) return NULL;
    char *p = (char *)PyUnicode_1BYTE_DATA(s);
    static const char hex[] = "0123456789ABCDEF";
    *p++ = 'b';
    *p++ = '\'';
    for (Py_ssize_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)v->obval[i];
        *p++ = '\\';
        *p++ = 'x';
        *p++ = hex[c >> 4];
        *p++ = hex[c & 15];
    }
    *p = '\'';
    return s;
}

static PyObject *record_text(PyObject *self, int is_repr)
{
    static PyObject *func;
    if (!ext_import(&func, "_core.arrayprint", "_void_scalar_to_string")) return NULL;
    return PyObject_CallFunctionObjArgs(func, self, is_repr ? Py_True : Py_False, NULL);
}

/* Mode 1.13: so many digits, and a point. */
static void digits_text(long double x, int digits, char *out, size_t size)
{
    snprintf(out, size, "%.*Lg", digits, x);
    if (isfinite(x) && !strpbrk(out, ".e")) strcat(out, ".0");
}

static PyObject *value_text_1_13(PyArray_Descr *d, void *v, bool is_repr)
{
    static const struct {
        int num, str, repr;
    } digits[] = {{NPY_HALF, 6, 8},         {NPY_FLOAT, 6, 8},     {NPY_DOUBLE, 12, 17},
                  {NPY_CFLOAT, 6, 8},       {NPY_CDOUBLE, 12, 17}, {NPY_LONGDOUBLE, 12, 20},
                  {NPY_CLONGDOUBLE, 12, 20}};
    int n = 12, t = d->type_num;
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
        if (digits[i].num == t) n = is_repr ? digits[i].repr : digits[i].str;
    long double part[2] = {0, 0};
    switch (t) {
    case NPY_HALF: part[0] = (long double)*(_Float16 *)v; break;
    case NPY_FLOAT: part[0] = *(float *)v; break;
    case NPY_DOUBLE: part[0] = *(double *)v; break;
    case NPY_LONGDOUBLE: part[0] = *(long double *)v; break;
    case NPY_CFLOAT: part[0] = ((float *)v)[0], part[1] = ((float *)v)[1]; break;
    case NPY_CDOUBLE: part[0] = ((double *)v)[0], part[1] = ((double *)v)[1]; break;
    default: part[0] = ((long double *)v)[0], part[1] = ((long double *)v)[1];
    }
    char re[64], im[64];
    if (PyTypeNum_ISFLOAT(t)) {
        digits_text(part[0], n, re, sizeof re);
        return PyUnicode_FromString(re);
    }
    snprintf(re, sizeof re, "%.*Lg", n, part[0]);
    snprintf(im, sizeof im, "%.*Lg", n, part[1]);
    const char *star = isfinite(part[1]) ? "" : "*";
    if (part[0] == 0 && !signbit(part[0])) return PyUnicode_FromFormat("%s%sj", im, star);
    return PyUnicode_FromFormat("(%s%s%s%sj)", re, *im == '-' ? "" : "+", im, star);
}

/* The value alone. */
static PyObject *value_text(PyObject *self, PyArray_Descr *d, int bare, bool is_repr)
{
    char buf[FNP_COMPLEX_STR_MAX];
    int t = d->type_num;
    void *v = ext_scalar_value(self, d);
    if (t == NPY_BOOL) return PyUnicode_FromString(*(npy_bool *)v ? "True" : "False");
    if (PyTypeNum_ISINTEGER(t)) {
        PyObject *i = PyNumber_Long(self), *s = i ? PyObject_Str(i) : NULL;
        Py_XDECREF(i);
        return s;
    }
    long mode = ext_legacy_print_mode();
    if (mode == 113 && (PyTypeNum_ISFLOAT(t) || PyTypeNum_ISCOMPLEX(t)))
        return value_text_1_13(d, v, is_repr);
    if (PyTypeNum_ISFLOAT(t)) {
        bool wide = mode >= 0 && mode <= 202;
        return PyUnicode_FromStringAndSize(
            buf, (Py_ssize_t)(wide ? fnp_float_str_wide : fnp_float_str)(kind_of(t), v, buf));
    }
    if (PyTypeNum_ISCOMPLEX(t))
        return PyUnicode_FromStringAndSize(
            buf, (Py_ssize_t)(bare ? fnp_complex_str_bare : fnp_complex_str)(kind_of(t), v, buf));
    PyErr_SetString(PyExc_NotImplementedError, "text of this scalar type is not written yet");
    return NULL;
}

static PyObject *user_text(PyObject *self, int is_repr)
{
    PyObject *item = PyObject_CallMethod(self, "item", NULL);
    PyObject *s = item ? (is_repr ? PyObject_Repr(item) : PyObject_Str(item)) : NULL;
    Py_XDECREF(item);
    return s;
}

PyObject *ext_scalar_str(PyObject *self)
{
    if (Py_IS_TYPE(self, &PyUnicodeArrType_Type)) return PyUnicode_Type.tp_str(self);
    if (Py_IS_TYPE(self, &PyStringArrType_Type)) return PyBytes_Type.tp_repr(self);
    PyArray_Descr *d = PyArray_DescrFromScalar(self);
    if (!d) return NULL;
    PyObject *s;
    int t = d->type_num;
    if (t == NPY_STRING)
        s = PyBytes_Type.tp_repr(self);
    else if (t == NPY_UNICODE)
        s = PyUnicode_Type.tp_str(self);
    else if (t == NPY_VOID)
        s = PyDataType_NAMES(d) ? record_text(self, 0)
                                : void_bytes_text((PyVoidScalarObject *)self);
    else if (PyTypeNum_ISDATETIME(t))
        s = ext_time_scalar_str(self);
    else if (t < 0 || t >= NPY_NTYPES_LEGACY)
        s = user_text(self, 0);
    else
        s = value_text(self, d, 0, false);
    Py_DECREF(d);
    return s;
}

/* "np.name(value)"; subclasses print their own name without the prefix. */
static PyObject *wrapped(PyObject *self, PyObject *value, int quoted)
{
    if (!value) return NULL;
    PyTypeObject *t = Py_TYPE(self);
    const char *dot = strrchr(t->tp_name, '.');
    const char *name = dot ? dot + 1 : t->tp_name;
    if (t == &PyLongLongArrType_Type) name = "int64"; /* 'long' is as wide: both print one name */
    if (t == &PyULongLongArrType_Type) name = "uint64";
    const char *prefix = t->tp_flags & Py_TPFLAGS_HEAPTYPE ? "" : "np.";
    if (PyUnicode_IS_COMPACT_ASCII(value)) {
        size_t parts[] = {strlen(prefix), strlen(name), quoted ? 2 : 1,
                          (size_t)PyUnicode_GET_LENGTH(value), quoted ? 2 : 1};
        const char *texts[] = {prefix, name, "('", PyUnicode_DATA(value), quoted ? "')" : ")"};
        size_t all = 0;
        for (int i = 0; i < 5; i++) all += parts[i];
        PyObject *r = PyUnicode_New((Py_ssize_t)all, 127);
        char *p = r ? PyUnicode_DATA(r) : NULL;
        for (int i = 0; r && i < 5; p += parts[i++]) memcpy(p, texts[i], parts[i]);
        Py_DECREF(value);
        return r;
    }
    PyObject *s = PyUnicode_FromFormat(quoted ? "%s%s('%U')" : "%s%s(%U)", prefix, name, value);
    Py_DECREF(value);
    return s;
}

/* (1+2j) brings its own parentheses; 2j does not. */
static PyObject *bracketed_complex(PyObject *self, PyObject *s, int t, int quoted)
{
    if (s && (t == NPY_CFLOAT || t == NPY_CDOUBLE) && PyUnicode_READ_CHAR(s, 0) == '(')
        Py_SETREF(s, PyUnicode_Substring(s, 1, PyUnicode_GET_LENGTH(s) - 1));
    return wrapped(self, s, quoted);
}

PyObject *ext_scalar_repr(PyObject *self)
{
    PyArray_Descr *d = PyArray_DescrFromScalar(self);
    if (!d) return NULL;
    int t = d->type_num;
    if (PyTypeNum_ISDATETIME(t)) {
        Py_DECREF(d);
        return ext_time_scalar_repr(self);
    }
    long mode = ext_legacy_print_mode();
    int plain = mode >= 0 && mode <= 125;
    PyObject *s;
    if (t == NPY_STRING || t == NPY_UNICODE) {
        s = t == NPY_STRING ? PyBytes_Type.tp_repr(self) : PyUnicode_Type.tp_repr(self);
        if (!plain) s = wrapped(self, s, 0);
    } else if (t == NPY_VOID) {
        if (PyDataType_NAMES(d)) {
            s = record_text(self, 1);
        } else {
            s = void_bytes_text((PyVoidScalarObject *)self);
            if (s && plain)
                Py_SETREF(s, PyUnicode_FromFormat("void(%U)", s));
            else
                s = wrapped(self, s, 0);
        }
    } else if (t < 0 || t >= NPY_NTYPES_LEGACY) {
        s = user_text(self, 1);
    } else if (t == NPY_BOOL && !plain) {
        s = PyUnicode_FromString(((PyBoolScalarObject *)self)->obval ? "np.True_" : "np.False_");
    } else {
        int quoted = t == NPY_LONGDOUBLE || t == NPY_CLONGDOUBLE;
        s = value_text(self, d, quoted && !plain, true);
        if (!plain) {
            s = bracketed_complex(self, s, t, quoted);
        }
    }
    Py_DECREF(d);
    return s;
}
