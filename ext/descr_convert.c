/* Any object -> descriptor: the entry points, and what is not a structure (descr_struct.c) or text
 * (descr_text.c). */
#include "descr_convert.h"

#include <string.h>

/* ---- types
 * ---------------------------------------------------------------------------------------------------------
 */
static int abstract_scalar(PyTypeObject *t, const char **why)
{
    const struct {
        PyTypeObject *type;
        const char *text;
    } rows[] = {
        {&PyGenericArrType_Type, "Converting `np.generic` to a dtype is not allowed."},
        {&PyFlexibleArrType_Type, "Converting `np.generic` to a dtype is not allowed."},
        {&PyNumberArrType_Type, "Converting `np.inexact` or `np.floating` to a dtype not allowed"},
        {&PyInexactArrType_Type, "Converting `np.inexact` or `np.floating` to a dtype not allowed"},
        {&PyFloatingArrType_Type,
         "Converting `np.inexact` or `np.floating` to a dtype not allowed"},
        {&PyIntegerArrType_Type,
         "Converting 'np.integer' or 'np.signedinteger' to a dtype is not allowed"},
        {&PySignedIntegerArrType_Type,
         "Converting 'np.integer' or 'np.signedinteger' to a dtype is not allowed"},
        {&PyUnsignedIntegerArrType_Type,
         "Converting `np.unsignedinteger` to a dtype is not allowed"},
        {&PyComplexFloatingArrType_Type, "Converting `np.complex` to a dtype is not allowed."},
        {&PyCharacterArrType_Type, "Converting `np.character` to a dtype is not allowed"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].type == t) {
            *why = rows[i].text;
            return 1;
        }
    return 0;
}

static int python_typenum(PyTypeObject *t)
{
    if (t == &PyLong_Type) return NPY_INTP;
    if (t == &PyFloat_Type) return NPY_DOUBLE;
    if (t == &PyComplex_Type) return NPY_CDOUBLE;
    if (t == &PyBool_Type) return NPY_BOOL;
    if (t == &PyBytes_Type) return NPY_STRING;
    if (t == &PyUnicode_Type) return NPY_UNICODE;
    if (t == &PyMemoryView_Type) return NPY_VOID;
    if (t == &PyBaseObject_Type) return NPY_OBJECT;
    return -1;
}

HIDDEN PyArray_Descr *ext_user_descr_from_scalar_type(PyTypeObject *t) __attribute__((weak));

static int from_attribute(PyObject *o, const char *name, PyArray_Descr **out);

/* A subclass of void may say what its elements look like. */
static PyArray_Descr *own_dtype(PyTypeObject *t)
{
    PyArray_Descr *d = NULL;
    return from_attribute((PyObject *)t, "dtype", &d) > 0 ? d : NULL;
}

/* numpy.generic's subclasses: the built-in scalar type among the bases decides. */
static PyArray_Descr *from_scalar_type(PyTypeObject *t)
{
    PyObject *mro = t->tp_mro;
    for (Py_ssize_t i = 0; mro && i < PyTuple_GET_SIZE(mro); i++) {
        PyTypeObject *base = (PyTypeObject *)PyTuple_GET_ITEM(mro, i);
        for (int k = 0; k < NPY_NTYPES_LEGACY; k++) {
            if (ext_dtypes[k].scalar_type != base) continue;
            if (k != NPY_VOID || t == base) return PyArray_DescrFromType(k);
            PyArray_Descr *d = own_dtype(t);
            if (d || PyErr_Occurred()) return d;
            d = PyArray_DescrNewFromType(NPY_VOID); /* a subclass of void keeps its own scalars */
            if (d) Py_SETREF(d->typeobj, (PyTypeObject *)Py_NewRef(t));
            return d;
        }
    }
    return NULL;
}

PyArray_Descr *ext_descr_from_type(PyTypeObject *t)
{
    int num = python_typenum(t);
    if (num >= 0) return PyArray_DescrFromType(num);
    if (PyType_IsSubtype(t, &PyGenericArrType_Type)) {
        if (ext_user_descr_from_scalar_type) {
            PyArray_Descr *d = ext_user_descr_from_scalar_type(t);
            if (d || PyErr_Occurred()) return d;
        }
        const char *why;
        if (abstract_scalar(t, &why)) {
            PyErr_SetString(PyExc_TypeError, why);
            return NULL;
        }
        PyArray_Descr *d = from_scalar_type(t);
        if (d || PyErr_Occurred()) return d;
    }
    return PyArray_DescrFromType(NPY_OBJECT);
}

/* ctypes' own metaclasses, and those that swap bytes on top of them. */
static bool is_ctypes_type(PyTypeObject *t)
{
    PyObject *mro = Py_TYPE(t)->tp_mro;
    for (Py_ssize_t i = 0; mro && i < PyTuple_GET_SIZE(mro); i++)
        if (strncmp(((PyTypeObject *)PyTuple_GET_ITEM(mro, i))->tp_name, "_ctypes.", 8) == 0)
            return true;
    return false;
}

static PyArray_Descr *from_ctypes(PyObject *t)
{
    static PyObject *f;
    if (!ext_import(&f, "_core._dtype_ctypes", "dtype_from_ctypes_type")) return NULL;
    PyObject *r = PyObject_CallOneArg(f, t);
    if (r && !PyArray_DescrCheck(r)) {
        Py_DECREF(r);
        PyErr_BadInternalCall();
        return NULL;
    }
    return (PyArray_Descr *)r;
}

/* ---- objects that name a dtype
 * ----------------------------------------------------------------------------------------- */
/* 1: *out set; 0: there is no such attribute; -1: error. */
static int from_attribute(PyObject *o, const char *name, PyArray_Descr **out)
{
    PyObject *v = NULL, *key = PyUnicode_InternFromString(name);
    int found = key ? PyObject_GetOptionalAttr(o, key, &v) : -1;
    Py_XDECREF(key);
    if (found <= 0) return found;
    if (PyArray_DescrCheck(v)) {
        *out = (PyArray_Descr *)v;
        return 1;
    }
    /* a class whose attribute is a property or the like says nothing about its own dtype */
    if (PyType_Check(o) && Py_TYPE(v)->tp_descr_get) {
        Py_DECREF(v);
        return 0;
    }
    PyErr_Format(PyExc_ValueError, "Could not convert %R to a NumPy dtype (via `.%s` value %R).", o,
                 name, v);
    Py_DECREF(v);
    return -1;
}

static PyArray_Descr *from_unicode_or_bytes(PyObject *o, int align)
{
    PyObject *s = o, *tmp = NULL;
    if (PyBytes_Check(o)) {
        if (PyBytes_GET_SIZE(o) == 1 && (unsigned char)PyBytes_AS_STRING(o)[0] < NPY_NTYPES_LEGACY)
            return PyArray_DescrFromType(PyBytes_AS_STRING(o)[0]); /* a type number */
        s = tmp = PyUnicode_FromEncodedObject(o, "ASCII", "strict");
        if (!tmp) {
            if (!PyErr_ExceptionMatches(PyExc_UnicodeError)) return NULL;
            PyErr_SetString(PyExc_TypeError, "data type not understood");
            return NULL;
        }
    }
    PyArray_Descr *d = ext_descr_from_str(s, align);
    Py_XDECREF(tmp);
    return d;
}

static PyArray_Descr *from_container(PyObject *o, int align)
{
    const char *what =
        PyTuple_Check(o)  ? " while trying to convert the given data type from a tuple object"
        : PyList_Check(o) ? " while trying to convert the given data type from a list object"
                          : " while trying to convert the given data type from a dict object";
    if (Py_EnterRecursiveCall(what)) return NULL;
    PyArray_Descr *d = PyTuple_Check(o)  ? ext_descr_from_tuple(o, align)
                       : PyList_Check(o) ? ext_descr_from_list(o, align)
                                         : ext_descr_from_dict(o, align);
    Py_LeaveRecursiveCall();
    return d;
}

PyArray_Descr *ext_descr_from_any(PyObject *o, int align)
{
    if (o == Py_None) return PyArray_DescrFromType(NPY_DEFAULT_TYPE);
    if (PyArray_DescrCheck(o)) return (PyArray_Descr *)Py_NewRef(o);
    if (PyUnicode_Check(o) || PyBytes_Check(o)) return from_unicode_or_bytes(o, align);
    if (PyTuple_Check(o) || PyList_Check(o) || PyDict_Check(o)) return from_container(o, align);
    if (PyObject_TypeCheck(o, &PyDictProxy_Type)) {
        PyObject *d = PyDict_New();
        PyArray_Descr *r = d && PyDict_Update(d, o) == 0 ? from_container(d, align) : NULL;
        Py_XDECREF(d);
        return r;
    }
    if (PyArray_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "Cannot construct a dtype from an array");
        return NULL;
    }
    if (PyType_Check(o)) {
        PyTypeObject *t = (PyTypeObject *)o;
        if (python_typenum(t) >= 0 || PyType_IsSubtype(t, &PyGenericArrType_Type))
            return ext_descr_from_type(t);
    }
    PyArray_Descr *d = NULL;
    int found = from_attribute(o, "__numpy_dtype__", &d);
    if (found == 0) found = from_attribute(o, "dtype", &d);
    if (found) return d;
    if (PyType_Check(o)) {
        if (is_ctypes_type((PyTypeObject *)o)) return from_ctypes(o);
        return ext_descr_from_type((PyTypeObject *)o);
    }
    if (is_ctypes_type(Py_TYPE(o))) return from_ctypes((PyObject *)Py_TYPE(o));
    PyErr_Format(PyExc_TypeError, "Cannot interpret '%R' as a data type", o);
    return NULL;
}

PyArray_Descr *PyArray_DescrFromTypeObject(PyObject *type)
{
    if (!PyType_Check(type)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return ext_descr_from_type((PyTypeObject *)type);
}

/* ---- API
 * --------------------------------------------------------------------------------------------------------------
 */
int PyArray_DescrConverter(PyObject *o, PyArray_Descr **out)
{
    *out = ext_descr_from_any(o, 0);
    return *out ? NPY_SUCCEED : NPY_FAIL;
}

int PyArray_DescrConverter2(PyObject *o, PyArray_Descr **out)
{
    *out = NULL;
    if (o == Py_None) return NPY_SUCCEED;
    return PyArray_DescrConverter(o, out);
}

int PyArray_DescrAlignConverter(PyObject *o, PyArray_Descr **out)
{
    *out = ext_descr_from_any(o, 1);
    return *out ? NPY_SUCCEED : NPY_FAIL;
}

int PyArray_DescrAlignConverter2(PyObject *o, PyArray_Descr **out)
{
    *out = NULL;
    if (o == Py_None) return NPY_SUCCEED;
    return PyArray_DescrAlignConverter(o, out);
}

PyArray_Descr *ext_descr_attach_metadata(PyArray_Descr *d, PyObject *metadata)
{
    if (!ext_descr_is_legacy(d)) {
        PyErr_SetString(PyExc_TypeError, "cannot attach metadata to new style DType");
        Py_DECREF(d);
        return NULL;
    }
    PyArray_Descr *n = PyArray_DescrNew(d);
    PyObject *m = n ? PyDict_New() : NULL;
    if (!m || (n->metadata && PyDict_Update(m, n->metadata) < 0) ||
        PyDict_Update(m, metadata) < 0) {
        Py_XDECREF(m);
        Py_XDECREF(n);
        Py_DECREF(d);
        return NULL;
    }
    Py_XSETREF(n->metadata, m);
    Py_DECREF(d);
    return n;
}

/* dtype.__new__ of a user's DType class: an empty instance for the class to fill. */
static PyObject *new_instance(PyTypeObject *cls)
{
    PyArray_DTypeMeta *c = (PyArray_DTypeMeta *)cls;
    if (cls->tp_new == ext_descr_new) {
        PyErr_Format(PyExc_SystemError,
                     "'%S' must not inherit np.dtype.__new__(). User DTypes should currently call "
                     "`PyArrayDescr_Type.tp_new` from their new.",
                     cls);
        return NULL;
    }
    PyArray_Descr *d = (PyArray_Descr *)cls->tp_alloc(cls, 0);
    if (!d) return NULL;
    d->typeobj = (PyTypeObject *)Py_XNewRef(c->scalar_type);
    d->type_num = c->type_num;
    d->flags = NPY_USE_GETITEM | NPY_USE_SETITEM;
    d->byteorder = '|';
    d->hash = -1;
    return (PyObject *)d;
}

static int read_align(PyObject *o)
{
    if (!PyBool_Check(o) && !PyObject_TypeCheck(o, &PyBoolArrType_Type)) {
        PyObject *w = ext_exception("VisibleDeprecationWarning");
        if (!w || PyErr_WarnFormat(
                      w, 1,
                      "dtype(): align should be passed as Python or NumPy boolean but got "
                      "`align=%R`. Did "
                      "you mean to pass a tuple to create a subarray type? (Deprecated NumPy 2.4)",
                      o) < 0)
            return -1;
    }
    return PyObject_IsTrue(o);
}

PyObject *ext_descr_new(PyTypeObject *cls, PyObject *args, PyObject *kwargs)
{
    if (cls != &PyArrayDescr_Type) return new_instance(cls);
    static char *names[] = {"dtype", "align", "copy", "metadata", NULL};
    PyObject *o, *align_arg = NULL, *copy_arg = NULL, *metadata = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|OOO!:dtype", names, &o, &align_arg, &copy_arg,
                                     &PyDict_Type, &metadata))
        return NULL;
    /* pickles from before dtype had booleans say (…, 0, 1) */
    bool old_pickle = align_arg && copy_arg && PyLong_CheckExact(align_arg) &&
                      PyLong_CheckExact(copy_arg) && PyLong_AsLong(align_arg) == 0 &&
                      PyLong_AsLong(copy_arg) == 1;
    if (PyErr_Occurred()) PyErr_Clear();
    int align = old_pickle ? 0 : align_arg ? read_align(align_arg) : 0;
    int copy = align < 0 ? -1 : copy_arg ? PyObject_IsTrue(copy_arg) : 0;
    if (copy < 0) return NULL;
    PyArray_Descr *d = ext_descr_from_any(o, align);
    if (!d) return NULL;
    if (metadata) return (PyObject *)ext_descr_attach_metadata(d, metadata);
    if (copy && ext_descr_is_legacy(d)) {
        PyArray_Descr *n = PyArray_DescrNew(d);
        Py_DECREF(d);
        return (PyObject *)n;
    }
    return (PyObject *)d;
}
