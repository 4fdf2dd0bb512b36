/* What class an object is read as, and PyArray_Pack: any object into one element, through a cast
 * where needed. */
#include "element.h"
#include "scalarmath.h"
#include "scalars.h"

#include "datetime_py.h"

#include "fnp/base.h"

#include <string.h>

#pragma weak ext_report_fp

HIDDEN PyArray_DTypeMeta *ext_user_class_of_type(PyTypeObject *t) __attribute__((weak));

/* ---- discovery
 * --------------------------------------------------------------------------------------------------
 */
static PyObject *class_of_scalar_type; /* scalar type -> DType class, for the built-in types */

static int fill_table(void)
{
    PyObject *d = PyDict_New();
    for (int i = 0; d && i < NPY_NTYPES_LEGACY; i++)
        if (PyDict_SetItem(d, (PyObject *)ext_dtypes[i].scalar_type, (PyObject *)&ext_dtypes[i]) <
            0)
            Py_CLEAR(d);
    class_of_scalar_type = d;
    return d ? 0 : -1;
}

static PyArray_DTypeMeta *generic_class(PyTypeObject *t)
{
    if (!class_of_scalar_type && fill_table() < 0) return NULL;
    PyObject *c = PyDict_GetItem(class_of_scalar_type, (PyObject *)t);
    if (c) return (PyArray_DTypeMeta *)c;
    PyObject *mro = t->tp_mro;
    for (Py_ssize_t i = 1; i < PyTuple_GET_SIZE(mro); i++)
        if ((c = PyDict_GetItem(class_of_scalar_type, PyTuple_GET_ITEM(mro, i))))
            return (PyArray_DTypeMeta *)c;
    return NULL;
}

PyArray_DTypeMeta *ext_discover_class(PyObject *o)
{
    PyTypeObject *t = Py_TYPE(o);
    if (t == &PyFloat_Type) return &ext_pyfloat;
    if (t == &PyLong_Type) return &ext_pyint;
    if (t == &PyBool_Type) return &ext_dtypes[NPY_BOOL];
    if (t == &PyUnicode_Type) return &ext_dtypes[NPY_UNICODE];
    if (t == &PyBytes_Type) return &ext_dtypes[NPY_STRING];
    if (t == &PyComplex_Type) return &ext_pycomplex;
    if (o == Py_None || t == &PyTuple_Type || t == &PyList_Type || t == &PyDict_Type) return NULL;
    int num = ext_scalar_exact_num(o);
    if (num >= 0) return &ext_dtypes[num];
    if (ext_user_class_of_type) {
        PyArray_DTypeMeta *c = ext_user_class_of_type(t);
        if (c) return c;
    }
    if (PyType_IsSubtype(t, &PyGenericArrType_Type)) return generic_class(t);
    if (PyLong_Check(o)) return &ext_pyint;
    if (PyFloat_Check(o)) return &ext_pyfloat;
    if (PyComplex_Check(o)) return &ext_pycomplex;
    if (PyUnicode_Check(o)) return &ext_dtypes[NPY_UNICODE];
    if (PyBytes_Check(o)) return &ext_dtypes[NPY_STRING];
    return NULL;
}

static PyArray_Descr *descr_of_int(PyObject *o)
{
    int overflow;
    PyLong_AsLongLongAndOverflow(o, &overflow);
    if (!overflow) return PyArray_DescrFromType(NPY_INTP);
    if (overflow > 0) {
        PyLong_AsUnsignedLongLong(o);
        if (!PyErr_Occurred())
            return PyArray_DescrFromType(NPY_ULONGLONG == NPY_UINTP ? NPY_UINTP : NPY_ULONG);
        PyErr_Clear();
    }
    return PyArray_DescrFromType(NPY_OBJECT);
}

PyArray_Descr *ext_discover_descr(PyArray_DTypeMeta *c, PyObject *o)
{
    if (!c) return PyArray_DescrFromType(NPY_OBJECT);
    if (c == &ext_pyint) return descr_of_int(o);
    switch (ext_dt_is_legacy(c) ? c->type_num : -1) {
    case NPY_UNICODE: return ext_descr_flexible(NPY_UNICODE, 4 * PyUnicode_GetLength(o));
    case NPY_STRING:
        if (PyBytes_Check(o)) return ext_descr_flexible(NPY_STRING, PyBytes_GET_SIZE(o));
        break;
    case NPY_VOID:
        if (PyObject_TypeCheck(o, &PyVoidArrType_Type))
            return (PyArray_Descr *)Py_NewRef(((PyVoidScalarObject *)o)->descr);
        break;
    case NPY_DATETIME:
    case NPY_TIMEDELTA: {
        PyDatetimeScalarObject *s = (PyDatetimeScalarObject *)o;
        return ext_descr_time(c->type_num, s->obmeta.base, s->obmeta.num);
    }
    }
    ext_dt_slots *s = EXT_DT_SLOTS(c);
    bool own = !ext_dt_is_legacy(c) && !ext_dt_is_abstract(c);
    if (own && s && s->discover) return s->discover(c, o);
    return ext_default_descr(c);
}

const char *ext_scalar_bytes(PyObject *o, int t)
{
    switch (t) {
    case NPY_BOOL: return (const char *)&((PyBoolScalarObject *)o)->obval;
    case NPY_LONGDOUBLE: return (const char *)&((PyLongDoubleScalarObject *)o)->obval;
    case NPY_CLONGDOUBLE: return (const char *)&((PyCLongDoubleScalarObject *)o)->obval;
    case NPY_VOID: return ((PyVoidScalarObject *)o)->obval;
    case NPY_OBJECT:
    case NPY_STRING:
    case NPY_UNICODE: return NULL;
    }
    return (const char *)o + sizeof(PyObject);
}

/* ---- one element cast
 * -----------------------------------------------------------------------------------------------
 */
static int cast_core(const fnp_dtype *from, const char *src, const fnp_dtype *to, char *dst)
{
    fnp_cast c;
    EXT_TRY(fnp_cast_init(&c, from, to, from->elsize, to->elsize, FNP_CASTF_UNALIGNED, err), -1);
    fnp_fp_clear();
    EXT_ERROR(e);
    fnp_status st = fnp_cast_run(&c, src, from->elsize, dst, to->elsize, 1, &e);
    bool watch = !(c.loop.flags & FNP_LOOP_NO_FLOAT_ERRORS);
    fnp_cast_clear(&c);
    if (st) {
        ext_raise(st, &e);
        return -1;
    }
    int flags = watch && !fnp_typenum_is_time(to->type_num) ? fnp_fp_take() : 0;
    return flags && ext_report_fp ? ext_report_fp("cast", flags) : 0;
}

int ext_cast_element(PyArray_Descr *from, const char *src, PyArray_Descr *to, char *dst)
{
    fnp_dtype s1, s2;
    const fnp_dtype *a = ext_descr_core(from, &s1), *b = a ? ext_descr_core(to, &s2) : NULL;
    if (!b || ext_warn_if_complex_is_lost(from, to) < 0) return -1;
    if (cast_core(a, src, b, dst) == 0) return 0;
    ext_improve_cast_error(from, to);
    return -1;
}

static int pack_through(PyArray_DTypeMeta *c, PyArray_Descr *d, char *item, PyObject *value)
{
    int t = ext_dt_is_legacy(c) ? c->type_num : -1;
    bool plain =
        PyTypeNum_ISDATETIME(t) || (t >= 0 && (t < NPY_OBJECT || t == NPY_HALF || t == NPY_VOID));
    bool numpy = PyObject_TypeCheck(value, &PyGenericArrType_Type);
    if (numpy && plain) {
        PyArray_Descr *from = PyTypeNum_ISDATETIME(t) || t == NPY_VOID
                                  ? ext_discover_descr(c, value)
                                  : (PyArray_Descr *)Py_NewRef(ext_builtin_descrs[t]);
        int r = from ? ext_cast_element(from, ext_scalar_bytes(value, t), d, item) : -1;
        Py_XDECREF(from);
        return r;
    }
    PyArray_Descr *tmp = ext_discover_descr(c, value);
    if (!tmp) return -1;
    char small[128],
        *buf = tmp->elsize <= (npy_intp)sizeof small ? small : PyMem_Malloc(tmp->elsize);
    int r = -1;
    if (buf) {
        memset(buf, 0, tmp->elsize);
        r = ext_setitem(tmp, value, buf);
        if (r == 0) r = ext_cast_element(tmp, buf, d, item);
        if (tmp->flags & NPY_ITEM_REFCOUNT) PyArray_Item_XDECREF(buf, tmp);
        if (buf != small) PyMem_Free(buf);
    } else
        PyErr_NoMemory();
    Py_DECREF(tmp);
    return r;
}

/* A scalar of the very type that the element has: its bytes. */
static inline bool pack_same(PyArray_Descr *d, char *item, PyObject *value)
{
    int t = d->type_num;
    if ((unsigned)t >= NPY_NTYPES_LEGACY || !Py_IS_TYPE(value, ext_scalar_types[t]) ||
        !PyArray_ISNBO(d->byteorder))
        return false;
    if (PyTypeNum_ISDATETIME(t)) {
        const PyArray_DatetimeMetaData *a = &((PyDatetimeScalarObject *)value)->obmeta;
        const PyArray_DatetimeMetaData *b =
            &((PyArray_DatetimeDTypeMetaData *)PyDataType_C_METADATA(d))->meta;
        if (a->base != b->base || a->num != b->num) return false;
    } else if (t >= NPY_OBJECT && t != NPY_HALF) {
        return false;
    }
    const char *bytes = ext_scalar_bytes(value, t);
    if (d->elsize == 8)
        memcpy(item, bytes, 8);
    else
        memcpy(item, bytes, (size_t)d->elsize);
    return true;
}

int PyArray_Pack(PyArray_Descr *d, void *item, PyObject *value)
{
    if (pack_same(d, item, value)) return 0;
    int t = d->type_num;
    if (t == NPY_OBJECT) return ext_setitem(d, value, item);
    PyTypeObject *vt = Py_TYPE(value);
    if (vt == &PyFloat_Type || vt == &PyLong_Type || vt == &PyBool_Type || vt == &PyComplex_Type)
        if (ext_descr_is_legacy(d)) return ext_setitem(d, value, item);
    /* numbers ask a subclass for its own __int__ and __float__; structures take its fields */
    if ((t == NPY_VOID ? PyArray_Check(value) : PyArray_CheckExact(value)) &&
        PyArray_NDIM((PyArrayObject *)value) == 0) {
        PyArrayObject *a = (PyArrayObject *)value;
        PyArray_Descr *from = PyArray_DESCR(a);
        if (from->type_num == NPY_OBJECT) {
            PyObject *o = ext_getitem(from, PyArray_BYTES(a), NULL);
            int r = o ? PyArray_Pack(d, item, o) : -1;
            Py_XDECREF(o);
            return r;
        }
        return ext_cast_element(from, PyArray_BYTES(a), d, item);
    }
    if (t == NPY_VSTRING) return ext_setitem(d, value, item);
    PyArray_DTypeMeta *c = ext_discover_class(value);
    if (!c && PyErr_Occurred()) return -1;
    /* text is read by setitem itself: int("12"), float("nan"), dates */
    bool text = (ext_descr_is_legacy(d) || t == NPY_VSTRING) && c &&
                (c == &ext_dtypes[NPY_UNICODE] || c == &ext_dtypes[NPY_STRING]);
    bool weak = !c || text || ext_dt_is_abstract(c);
    bool numpy = PyObject_TypeCheck(value, &PyGenericArrType_Type);
    bool plain =
        ext_descr_is_legacy(d) && !weak && ext_dt_is_legacy(c) && c->type_num < NPY_NTYPES_LEGACY;
    /* subclasses of Python's own types are read as these are; NumPy's scalars are cast, but not to
     * signed integers, where their value must fit */
    if (plain && (!numpy || PyTypeNum_ISSIGNED(t))) weak = true;
    if (plain && PyTypeNum_ISSTRING(t) && PyTypeNum_ISDATETIME(c->type_num)) weak = true;
    if (weak || c == NPY_DTYPE(d) || (t == NPY_VOID && !numpy)) return ext_setitem(d, value, item);
    return pack_through(c, d, item, value);
}

int ext_pack_cast(PyArray_Descr *d, char *item, PyObject *value)
{
    if (pack_same(d, item, value)) return 0;
    PyArray_DTypeMeta *c = ext_discover_class(value);
    bool text = c == &ext_dtypes[NPY_UNICODE] || c == &ext_dtypes[NPY_STRING];
    if (!c || text || d->type_num == NPY_OBJECT || ext_dt_is_abstract(c))
        return PyArray_Pack(d, item, value);
    if (PyTypeNum_ISSTRING(d->type_num) && PyTypeNum_ISDATETIME(c->type_num))
        return PyArray_Pack(d, item, value);
    if (d->type_num == NPY_VOID && c->type_num == NPY_VOID && !LEGACY(d)->names &&
        !LEGACY(d)->subarray)
        return PyArray_Pack(d, item, value);
    return pack_through(c, d, item, value);
}
