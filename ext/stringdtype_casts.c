/* Casts of StringDType: within itself, and to and from every other type by way of the text of one
 * value. */
#include "casts.h"
#include "stringdtype.h"

#include <string.h>

static PyArray_Descr *side(PyArray_Descr *const given[2], int i)
{
    return given[i];
}

static NPY_CASTING resolve_self(PyArrayMethodObject *m, PyArray_DTypeMeta *const *classes,
                                PyArray_Descr *const *given, PyArray_Descr **loop,
                                npy_intp *view_offset)
{
    loop[0] = (PyArray_Descr *)Py_NewRef(given[0]);
    loop[1] = (PyArray_Descr *)Py_NewRef(given[1] ? given[1] : given[0]);
    PyObject *a = ext_sd(loop[0])->na_object, *b = ext_sd(loop[1])->na_object;
    if (a && !b) return NPY_SAME_KIND_CASTING; /* missing strings become text */
    if (ext_sd(loop[0])->coerce != ext_sd(loop[1])->coerce && a != b && !ext_sd_na_equal(a, b))
        return NPY_SAFE_CASTING;
    return NPY_NO_CASTING;
}

static int run_self(PyArrayMethod_Context *c, char *const *data, const npy_intp *dims,
                    const npy_intp *strides, NpyAuxData *aux)
{
    PyArray_StringDTypeObject *from = ext_sd(c->descriptors[0]), *to = ext_sd(c->descriptors[1]);
    const char *s = data[0];
    char *d = data[1];
    for (npy_intp i = 0; i < dims[0]; i++, s += strides[0], d += strides[1]) {
        npy_static_string t;
        if (ext_sd_load(s, &t)) {
            if (to->na_object || !from->na_object) {
                ext_sd_store_null(d);
                continue;
            }
            ext_sd_text(from, s, &t);
        }
        if (s != d && ext_sd_store(d, t.buf, t.size) < 0) {
            PyErr_NoMemory();
            return -1;
        }
    }
    return 0;
}

/* ---- to other types
 * --------------------------------------------------------------------------------------------- */
static PyArray_Descr *plain_target(PyArray_DTypeMeta *c, PyArray_Descr *from, PyArray_Descr *given)
{
    if (given) {
        bool unsized_text = PyTypeNum_ISFLEXIBLE(given->type_num) && given->elsize == 0;
        if (!unsized_text) return ext_descr_canonical(given);
    }
    if (PyTypeNum_ISDATETIME(c->type_num)) return PyArray_DescrFromType(c->type_num);
    if (PyTypeNum_ISFLEXIBLE(c->type_num)) {
        PyErr_Format(PyExc_TypeError, "cannot cast dtype %S to %S.", from, c);
        return NULL;
    }
    return ext_default_descr(c);
}

static NPY_CASTING resolve_to(PyArrayMethodObject *m, PyArray_DTypeMeta *const *classes,
                              PyArray_Descr *const *given, PyArray_Descr **loop,
                              npy_intp *view_offset)
{
    if (!(loop[1] = plain_target(classes[1], given[0], side(given, 1)))) return -1;
    loop[0] = (PyArray_Descr *)Py_NewRef(given[0]);
    return classes[1]->type_num == NPY_UNICODE || classes[1]->type_num == NPY_STRING
               ? NPY_SAME_KIND_CASTING
               : NPY_UNSAFE_CASTING;
}

/* Text as a Python number of the target's kind, so that errors are those of int() and float(). */
static PyObject *number_of(PyObject *text, PyArray_Descr *to)
{
    if (PyTypeNum_ISINTEGER(to->type_num)) return PyLong_FromUnicodeObject(text, 10);
    if (to->type_num == NPY_LONGDOUBLE || to->type_num == NPY_CLONGDOUBLE) return Py_NewRef(text);
    if (PyTypeNum_ISFLOAT(to->type_num)) return PyFloat_FromString(text);
    if (PyTypeNum_ISCOMPLEX(to->type_num))
        return PyObject_CallOneArg((PyObject *)&PyComplex_Type, text);
    if (to->type_num == NPY_STRING) return PyUnicode_AsASCIIString(text);
    if (to->type_num == NPY_VOID) return PyUnicode_AsUTF8String(text);
    return Py_NewRef(text);
}

static const char *const names[] = {"bool", "byte", "ubyte", "short",    "ushort",   "int",
                                    "uint", "long", "ulong", "longlong", "ulonglong"};

static int store_one(PyArray_StringDTypeObject *from, const char *s, PyArray_Descr *to, char *d)
{
    npy_static_string t;
    int missing = ext_sd_load(s, &t);
    const bool text_like = PyTypeNum_ISFLEXIBLE(to->type_num) || to->type_num == NPY_OBJECT;
    if (missing && to->type_num == NPY_BOOL) {
        *(npy_bool *)d = from->has_nan_na;
        return 0;
    }
    if (missing && !from->has_string_na) {
        if (PyTypeNum_ISDATETIME(to->type_num)) {
            npy_int64 nat = NPY_DATETIME_NAT;
            memcpy(d, &nat, sizeof nat);
            return 0;
        }
        if (!text_like && from->na_object) {
            PyErr_SetString(PyExc_ValueError,
                            "Arrays with missing data cannot be converted to a non-nullable type");
            return -1;
        }
    }
    if (missing) ext_sd_text(from, s, &t);
    if (to->type_num == NPY_BOOL) {
        *(npy_bool *)d = t.size != 0;
        return 0;
    }
    PyObject *text = PyUnicode_DecodeUTF8(t.buf, (Py_ssize_t)t.size, "strict");
    PyObject *value = text ? number_of(text, to) : NULL;
    int r = value ? PyArray_Pack(to, d, value) : -1;
    if (r < 0 && PyTypeNum_ISINTEGER(to->type_num) && value &&
        PyErr_ExceptionMatches(PyExc_OverflowError)) {
        PyErr_Clear();
        PyErr_Format(PyExc_OverflowError, "Integer %S is out of bounds for %s", value,
                     names[to->type_num]);
    }
    Py_XDECREF(value);
    Py_XDECREF(text);
    return r;
}

static int run_to(PyArrayMethod_Context *c, char *const *data, const npy_intp *dims,
                  const npy_intp *strides, NpyAuxData *aux)
{
    for (npy_intp i = 0; i < dims[0]; i++)
        if (store_one(ext_sd(c->descriptors[0]), data[0] + i * strides[0], c->descriptors[1],
                      data[1] + i * strides[1]) < 0)
            return -1;
    return 0;
}

/* ---- from other types
 * ------------------------------------------------------------------------------------------- */
static NPY_CASTING resolve_from(PyArrayMethodObject *m, PyArray_DTypeMeta *const *classes,
                                PyArray_Descr *const *given, PyArray_Descr **loop,
                                npy_intp *view_offset)
{
    loop[1] = given[1] ? (PyArray_Descr *)Py_NewRef(given[1]) : ext_vstring_default();
    if (!loop[1]) return -1;
    loop[0] = ext_descr_canonical(given[0]);
    if (!loop[0]) {
        Py_CLEAR(loop[1]);
        return -1;
    }
    return classes[0]->type_num == NPY_UNICODE || classes[0]->type_num == NPY_STRING
               ? NPY_SAME_KIND_CASTING
               : NPY_SAFE_CASTING;
}

static PyObject *text_of(PyArray_Descr *from, const char *s)
{
    if (from->type_num == NPY_UNICODE) return ext_getitem(from, s, NULL);
    if (from->type_num == NPY_STRING || from->type_num == NPY_VOID) {
        Py_ssize_t n = from->elsize;
        while (n && !s[n - 1]) n--;
        return PyUnicode_DecodeUTF8(s, n, "strict");
    }
    PyObject *value = PyArray_Scalar((void *)s, from, NULL), *text;
    if (value && from->type_num == NPY_TIMEDELTA &&
        ((PyTimedeltaScalarObject *)value)->obval != NPY_DATETIME_NAT)
        Py_SETREF(value, PyLong_FromLongLong(((PyTimedeltaScalarObject *)value)->obval));
    text = value ? PyObject_Str(value) : NULL;
    Py_XDECREF(value);
    return text;
}

static int run_from(PyArrayMethod_Context *c, char *const *data, const npy_intp *dims,
                    const npy_intp *strides, NpyAuxData *aux)
{
    PyArray_Descr *from = c->descriptors[0];
    PyArray_StringDTypeObject *to = ext_sd(c->descriptors[1]);
    const bool time = PyTypeNum_ISDATETIME(from->type_num);
    for (npy_intp i = 0; i < dims[0]; i++) {
        const char *s = data[0] + i * strides[0];
        char *d = data[1] + i * strides[1];
        npy_int64 ticks = 0;
        if (time) memcpy(&ticks, s, sizeof ticks);
        if (time && ticks == NPY_DATETIME_NAT && to->na_object) {
            ext_sd_store_null(d);
            continue;
        }
        PyObject *text = text_of(from, s);
        if (!text) return -1;
        if (to->has_nan_na && PyFloat_Check(to->na_object) && PyTypeNum_ISFLOAT(from->type_num) &&
            PyUnicode_CompareWithASCIIString(text, "nan") == 0) {
            ext_sd_store_null(d);
            Py_DECREF(text);
            continue;
        }
        Py_ssize_t n;
        const char *utf8 = PyUnicode_AsUTF8AndSize(text, &n);
        int r = utf8 ? ext_sd_store(d, utf8, (size_t)n) : -1;
        Py_DECREF(text);
        if (r < 0) {
            if (!PyErr_Occurred()) PyErr_NoMemory();
            return -1;
        }
    }
    return 0;
}

static int add_cast(PyArray_DTypeMeta *from, PyArray_DTypeMeta *to, const char *name, void *resolve,
                    void *run, NPY_CASTING casting)
{
    PyArray_DTypeMeta *classes[2] = {from, to};
    PyType_Slot slots[] = {{NPY_METH_resolve_descriptors, resolve},
                           {NPY_METH_strided_loop, run},
                           {NPY_METH_unaligned_strided_loop, run},
                           {0, NULL}};
    PyArrayMethod_Spec spec = {.name = name,
                               .nin = 1,
                               .nout = 1,
                               .casting = casting,
                               .flags = NPY_METH_REQUIRES_PYAPI | NPY_METH_NO_FLOATINGPOINT_ERRORS |
                                        NPY_METH_SUPPORTS_UNALIGNED,
                               .dtypes = classes,
                               .slots = slots};
    PyArrayMethodObject *m = ext_method_from_spec(&spec, 1);
    int r = m ? ext_add_cast(from, to, m) : -1;
    Py_XDECREF(m);
    return r;
}

int ext_sd_add_casts(void)
{
    if (add_cast(&ext_stringdtype, &ext_stringdtype, "cast_StringDType_to_StringDType",
                 resolve_self, run_self, NPY_UNSAFE_CASTING) < 0)
        return -1;
    for (int t = 0; t < NPY_NTYPES_LEGACY; t++) {
        if (t == NPY_OBJECT) continue;
        if (add_cast(&ext_stringdtype, &ext_dtypes[t], "cast_StringDType_to_other", resolve_to,
                     run_to, NPY_UNSAFE_CASTING) < 0 ||
            add_cast(&ext_dtypes[t], &ext_stringdtype, "cast_other_to_StringDType", resolve_from,
                     run_from, NPY_SAFE_CASTING) < 0)
            return -1;
    }
    return 0;
}
