/* _array_converter(*objects): arrays of several objects, which remembers which of them were Python
 * scalars, so that result types and wrapping come out as a ufunc's would. */
#include "argparse.h"
#include "array.h"
#include "convert.h"

#include <string.h>

typedef struct {
    PyObject *object;
    PyArrayObject *array;
    PyArray_Descr *descr;   /* what takes part in promotion */
    int scalar_input, weak; /* weak: a Python int, float or complex */
} item;

typedef struct {
    PyObject_VAR_HEAD int all_scalar, any_weak;
    PyObject *wrap, *wrap_type; /* the __array_wrap__ of the highest priority, or NULL */
    item items[];
} converter;

static int fill_item(item *it, PyObject *o)
{
    it->object = Py_NewRef(o);
    if (PyArray_Check(o)) {
        it->array = (PyArrayObject *)Py_NewRef(o);
    } else {
        it->array = (PyArrayObject *)PyArray_FromAny(o, NULL, 0, 0, 0, NULL);
        if (!it->array) return -1;
        it->scalar_input = PyArray_NDIM(it->array) == 0;
        it->weak = PyLong_CheckExact(o) || PyFloat_CheckExact(o) || PyComplex_CheckExact(o);
    }
    it->descr = (PyArray_Descr *)Py_NewRef(PyArray_DESCR(it->array));
    return 0;
}

static int wrap_method(PyObject *o, PyObject **method)
{
    static PyObject *name;
    if (!name && !(name = PyUnicode_InternFromString("__array_wrap__"))) return -1;
    return PyObject_GetOptionalAttr(o, name, method);
}

static PyObject *converter_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    if (kw && PyDict_GET_SIZE(kw)) {
        PyErr_SetString(PyExc_TypeError, "Array creation helper doesn't support keywords.");
        return NULL;
    }
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    if (n > NPY_MAXARGS) {
        PyErr_SetString(PyExc_RuntimeError, "too many arrays.");
        return NULL;
    }
    converter *self = (converter *)type->tp_alloc(type, n);
    if (!self) return NULL;
    self->all_scalar = 1;
    double best = NPY_SCALAR_PRIORITY;
    for (Py_ssize_t i = 0; i < n; i++) {
        item *it = &self->items[i];
        if (fill_item(it, PyTuple_GET_ITEM(args, i)) < 0) {
            Py_DECREF(self);
            return NULL;
        }
        self->all_scalar &= it->scalar_input;
        self->any_weak |= it->weak;
        if (PyArray_CheckExact(it->object) || it->scalar_input ||
            ext_is_other_numpy(Py_TYPE(it->object)))
            continue;
        PyObject *w;
        if (wrap_method(it->object, &w) <= 0) {
            PyErr_Clear();
            continue;
        }
        double p = PyArray_GetPriority(it->object, NPY_PRIORITY);
        if (p > best || !self->wrap) {
            best = p;
            Py_XSETREF(self->wrap, w);
            Py_XSETREF(self->wrap_type, Py_NewRef(Py_TYPE(it->object)));
        } else {
            Py_DECREF(w);
        }
    }
    if (n == 0) self->all_scalar = 0;
    return (PyObject *)self;
}

static void converter_dealloc(converter *self)
{
    for (Py_ssize_t i = 0; i < Py_SIZE(self); i++) {
        Py_XDECREF(self->items[i].object);
        Py_XDECREF(self->items[i].array);
        Py_XDECREF(self->items[i].descr);
    }
    Py_XDECREF(self->wrap);
    Py_XDECREF(self->wrap_type);
    Py_TYPE(self)->tp_free(self);
}

enum { CONVERT, PRESERVE, CONVERT_IF_NO_ARRAY };

static int scalar_mode(PyObject *o, int *mode)
{
    static const char *const names[] = {"convert", "preserve", "convert_if_no_array"};
    for (int i = 0; i < 3; i++)
        if (PyUnicode_Check(o) && PyUnicode_CompareWithASCIIString(o, names[i]) == 0) {
            *mode = i;
            return 1;
        }
    PyErr_SetString(PyExc_ValueError, "invalid pyscalar mode, must be 'convert', 'preserve', or "
                                      "'convert_if_no_array' (default).");
    return 0;
}

static PyObject *as_arrays(converter *self, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    int subok = 1, mode = CONVERT_IF_NO_ARRAY;
    if (ext_parse("as_arrays", args, n, kwnames, "$subok", &ext_optional_bool, &subok, "$pyscalars",
                  &scalar_mode, &mode, NULL) < 0)
        return NULL;
    if (mode == CONVERT_IF_NO_ARRAY) mode = self->all_scalar ? CONVERT : PRESERVE;
    PyObject *t = PyTuple_New(Py_SIZE(self));
    for (Py_ssize_t i = 0; t && i < Py_SIZE(self); i++) {
        item *it = &self->items[i];
        PyObject *o = it->weak && mode == PRESERVE ? Py_NewRef(it->object)
                      : subok                      ? Py_NewRef(it->array)
                                                   : PyArray_EnsureArray(Py_NewRef(it->array));
        if (!o) {
            Py_CLEAR(t);
            break;
        }
        PyTuple_SET_ITEM(t, i, o);
    }
    return t;
}

/* result_type of the items, Python scalars weak: through the package's own function, which knows
 * the rules. */
static PyObject *result_type_of(converter *self, PyObject *extra)
{
    static PyObject *func;
    if (!ext_import(&func, "_core._multiarray_umath", "result_type")) return NULL;
    Py_ssize_t n = Py_SIZE(self), k = 0;
    PyObject **args = PyMem_Malloc((size_t)(n + 1) * sizeof *args), *r = NULL;
    if (!args) return PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < n; i++)
        args[k++] = self->items[i].weak ? self->items[i].object : (PyObject *)self->items[i].descr;
    if (extra) args[k++] = extra;
    r = PyObject_Vectorcall(func, args, (size_t)k, NULL);
    PyMem_Free(args);
    return r;
}

static PyObject *result_type(converter *self, PyObject *const *args, Py_ssize_t n,
                             PyObject *kwnames)
{
    PyObject *extra = Py_None;
    npy_bool inexact = 0;
    if (ext_parse("result_type", args, n, kwnames, "|extra_dtype", NULL, &extra, "|ensure_inexact",
                  &PyArray_BoolConverter, &inexact, NULL) < 0)
        return NULL;
    if (extra != Py_None && inexact) {
        PyErr_SetString(PyExc_TypeError, "extra_dtype and ensure_inexact are mutually exclusive.");
        return NULL;
    }
    PyArray_Descr *d = NULL;
    if (extra != Py_None && !PyArray_DescrConverter(extra, &d)) return NULL;
    PyObject *r;
    if (inexact) {
        /* a weak Python float lifts integers to double and leaves inexact types alone */
        PyObject *f = PyFloat_FromDouble(1.0);
        r = f ? result_type_of(self, f) : NULL;
        Py_XDECREF(f);
    } else {
        r = result_type_of(self, (PyObject *)d);
    }
    Py_XDECREF(d);
    return r;
}

/* A result as the class of the inputs, or as a scalar. */
static PyObject *wrapped(converter *self, PyObject *obj, int scalar)
{
    if (!self->wrap || (self->wrap_type == (PyObject *)&PyArray_Type)) {
        if (PyArray_Check(obj) && scalar) return ext_return((PyArrayObject *)Py_NewRef(obj));
        return Py_NewRef(obj);
    }
    PyObject *arr = PyArray_Check(obj) ? Py_NewRef(obj) : PyArray_FROM_O(obj);
    if (!arr) return NULL;
    PyObject *r;
    if ((PyObject *)Py_TYPE(obj) == self->wrap_type)
        r = Py_NewRef(obj);
    else
        r = PyObject_CallFunctionObjArgs(self->wrap, arr, Py_None, scalar ? Py_True : Py_False,
                                         NULL);
    Py_DECREF(arr);
    return r;
}

static PyObject *wrap(converter *self, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    PyObject *obj, *to_scalar = Py_None;
    if (ext_parse("wrap", args, n, kwnames, "arr_or_array", NULL, &obj, "$to_scalar", NULL,
                  &to_scalar, NULL) < 0)
        return NULL;
    int scalar = to_scalar == Py_None ? self->all_scalar : PyObject_IsTrue(to_scalar);
    return scalar < 0 ? NULL : wrapped(self, obj, scalar);
}

static PyObject *get_scalar_input(converter *self, void *u)
{
    PyObject *t = PyTuple_New(Py_SIZE(self));
    for (Py_ssize_t i = 0; t && i < Py_SIZE(self); i++)
        PyTuple_SET_ITEM(t, i, PyBool_FromLong(self->items[i].scalar_input));
    return t;
}

static Py_ssize_t length(converter *self)
{
    return Py_SIZE(self);
}

static PyObject *get_item(converter *self, Py_ssize_t i)
{
    if (i < 0 || i >= Py_SIZE(self)) {
        PyErr_SetString(PyExc_IndexError, "index out of bounds");
        return NULL;
    }
    return Py_NewRef(self->items[i].array);
}

#define FAST (METH_FASTCALL | METH_KEYWORDS)
static PyMethodDef methods[] = {
    {"as_arrays", (PyCFunction)(void (*)(void))as_arrays, FAST,
     "as_arrays(*, subok=True, pyscalars='convert_if_no_array')\n--\n\nThe objects as arrays, "
     "Python scalars kept or not."},
    {"result_type", (PyCFunction)(void (*)(void))result_type, FAST,
     "result_type(extra_dtype=None, ensure_inexact=False)\n--\n\nThe common type."},
    {"wrap", (PyCFunction)(void (*)(void))wrap, FAST,
     "wrap(arr, *, to_scalar=None)\n--\n\nThe result as the inputs' class or as a scalar."},
    {NULL}};
static PyGetSetDef getset[] = {
    {"scalar_input", (getter)get_scalar_input, NULL, "Which of the objects were scalars."}, {NULL}};
static PySequenceMethods as_sequence = {.sq_length = (lenfunc)length,
                                        .sq_item = (ssizeargfunc)get_item};

static PyTypeObject converter_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_basicsize = sizeof(converter),
    .tp_itemsize = sizeof(item),
    .tp_dealloc = (destructor)converter_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = methods,
    .tp_getset = getset,
    .tp_as_sequence = &as_sequence,
    .tp_new = converter_new,
    .tp_doc = "_array_converter(*array_likes)\n--\n\nArrays of several objects, with the memory of "
              "which were scalars.",
};

/* _wrapfunc(obj, method, *args, **kwargs): obj's own method of that name. What has none, or refuses
 * the arguments (pandas has other signatures), becomes an array first, and the result goes back
 * through its __array_wrap__. */
static PyObject *wrapfunc(PyObject *module, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    if (n < 2 || !PyUnicode_Check(args[1])) {
        PyErr_SetString(PyExc_TypeError, "an object and the name of a method are needed");
        return NULL;
    }
    PyObject *own;
    if (PyObject_GetOptionalAttr(args[0], args[1], &own) < 0) return NULL;
    if (own) {
        PyObject *r = PyObject_Vectorcall(own, args + 2, (size_t)(n - 2), kwnames);
        Py_DECREF(own);
        if (r || !PyErr_ExceptionMatches(PyExc_TypeError)) return r;
        PyErr_Clear();
    }
    converter *conv = (converter *)PyObject_CallOneArg((PyObject *)&converter_type, args[0]);
    own = conv ? PyObject_GetAttr((PyObject *)conv->items[0].array, args[1]) : NULL;
    PyObject *r = own ? PyObject_Vectorcall(own, args + 2, (size_t)(n - 2), kwnames) : NULL;
    Py_XDECREF(own);
    if (r) Py_SETREF(r, wrapped(conv, r, 0));
    Py_XDECREF(conv);
    return r;
}

static PyMethodDef functions[] = {
    {"_wrapfunc", (PyCFunction)(void (*)(void))wrapfunc, FAST,
     "_wrapfunc(obj, method, *args, **kwargs)\n--\n\nThe method of an object, or of the array "
     "that it becomes."},
    {NULL}};

int ext_init_array_converter(PyObject *m)
{
    converter_type.tp_name = ext_qualname("_core._multiarray_umath._array_converter");
    if (PyType_Ready(&converter_type) < 0) return -1;
    if (PyModule_AddObjectRef(m, "_array_converter", (PyObject *)&converter_type) < 0) return -1;
    return ext_add_functions(m, functions);
}
