/* The scalar types: their hierarchy, construction, and the C-API between scalars, descriptors and
 * arrays. */
#include "scalar_row.h"
#include "scalarmath.h"
#include "scalars.h"
#include "time_units.h"
#include "alloc.h"
#include "array.h"

#include <string.h>

/* ---- type objects
 * ---------------------------------------------------------------------------------------------- */

#define ABSTRACT(Name)                                                                             \
    PyTypeObject Py##Name##ArrType_Type = {PyVarObject_HEAD_INIT(NULL, 0).tp_basicsize =           \
                                               sizeof(PyObject),                                   \
                                           .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE}
#define CONCRETE(Name, Struct)                                                                     \
    PyTypeObject Py##Name##ArrType_Type = {PyVarObject_HEAD_INIT(NULL, 0).tp_basicsize =           \
                                               sizeof(Struct),                                     \
                                           .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE}

ABSTRACT(Generic);
ABSTRACT(Number);
ABSTRACT(Integer);
ABSTRACT(SignedInteger);
ABSTRACT(UnsignedInteger);
ABSTRACT(Inexact);
ABSTRACT(Floating);
ABSTRACT(ComplexFloating);
ABSTRACT(Flexible);
ABSTRACT(Character);
CONCRETE(Bool, PyBoolScalarObject);
CONCRETE(Byte, PyByteScalarObject);
CONCRETE(Short, PyShortScalarObject);
CONCRETE(Int, PyIntScalarObject);
CONCRETE(Long, PyLongScalarObject);
CONCRETE(LongLong, PyLongLongScalarObject);
CONCRETE(UByte, PyUByteScalarObject);
CONCRETE(UShort, PyUShortScalarObject);
CONCRETE(UInt, PyUIntScalarObject);
CONCRETE(ULong, PyULongScalarObject);
CONCRETE(ULongLong, PyULongLongScalarObject);
CONCRETE(Half, PyHalfScalarObject);
CONCRETE(Float, PyFloatScalarObject);
CONCRETE(Double, PyDoubleScalarObject);
CONCRETE(LongDouble, PyLongDoubleScalarObject);
CONCRETE(CFloat, PyCFloatScalarObject);
CONCRETE(CDouble, PyCDoubleScalarObject);
CONCRETE(CLongDouble, PyCLongDoubleScalarObject);
CONCRETE(Object, PyObjectScalarObject);
CONCRETE(String, PyStringScalarObject);
CONCRETE(Unicode, PyUnicodeScalarObject);
CONCRETE(Void, PyVoidScalarObject);
CONCRETE(Datetime, PyDatetimeScalarObject);
CONCRETE(Timedelta, PyTimedeltaScalarObject);
PyTypeObject PyTimeIntegerArrType_Type; /* slot 214: zeroed, never readied */

#define BOOL_VALUE(v)                                                                              \
    {                                                                                              \
        PyObject_HEAD_INIT(&PyBoolArrType_Type) v                                                  \
    }
PyBoolScalarObject _PyArrayScalar_BoolValues[2] = {BOOL_VALUE(0), BOOL_VALUE(1)};

PyTypeObject *const ext_scalar_types[NPY_NTYPES_LEGACY] = {
    [NPY_BOOL] = &PyBoolArrType_Type,
    [NPY_BYTE] = &PyByteArrType_Type,
    [NPY_UBYTE] = &PyUByteArrType_Type,
    [NPY_SHORT] = &PyShortArrType_Type,
    [NPY_USHORT] = &PyUShortArrType_Type,
    [NPY_INT] = &PyIntArrType_Type,
    [NPY_UINT] = &PyUIntArrType_Type,
    [NPY_LONG] = &PyLongArrType_Type,
    [NPY_ULONG] = &PyULongArrType_Type,
    [NPY_LONGLONG] = &PyLongLongArrType_Type,
    [NPY_ULONGLONG] = &PyULongLongArrType_Type,
    [NPY_FLOAT] = &PyFloatArrType_Type,
    [NPY_DOUBLE] = &PyDoubleArrType_Type,
    [NPY_LONGDOUBLE] = &PyLongDoubleArrType_Type,
    [NPY_CFLOAT] = &PyCFloatArrType_Type,
    [NPY_CDOUBLE] = &PyCDoubleArrType_Type,
    [NPY_CLONGDOUBLE] = &PyCLongDoubleArrType_Type,
    [NPY_OBJECT] = &PyObjectArrType_Type,
    [NPY_STRING] = &PyStringArrType_Type,
    [NPY_UNICODE] = &PyUnicodeArrType_Type,
    [NPY_VOID] = &PyVoidArrType_Type,
    [NPY_DATETIME] = &PyDatetimeArrType_Type,
    [NPY_TIMEDELTA] = &PyTimedeltaArrType_Type,
    [NPY_HALF] = &PyHalfArrType_Type};

#define OFF(Struct) offsetof(Struct, obval)
static const scalar_row rows[] = {
    {"generic", &PyGenericArrType_Type, NULL, NULL, -1, 0},
    {"number", &PyNumberArrType_Type, &PyGenericArrType_Type, NULL, -1, 0},
    {"integer", &PyIntegerArrType_Type, &PyNumberArrType_Type, NULL, -1, 0},
    {"signedinteger", &PySignedIntegerArrType_Type, &PyIntegerArrType_Type, NULL, -1, 0},
    {"unsignedinteger", &PyUnsignedIntegerArrType_Type, &PyIntegerArrType_Type, NULL, -1, 0},
    {"inexact", &PyInexactArrType_Type, &PyNumberArrType_Type, NULL, -1, 0},
    {"floating", &PyFloatingArrType_Type, &PyInexactArrType_Type, NULL, -1, 0},
    {"complexfloating", &PyComplexFloatingArrType_Type, &PyInexactArrType_Type, NULL, -1, 0},
    {"flexible", &PyFlexibleArrType_Type, &PyGenericArrType_Type, NULL, -1, 0},
    {"character", &PyCharacterArrType_Type, &PyFlexibleArrType_Type, NULL, -1, 0},
    {"bool", &PyBoolArrType_Type, &PyGenericArrType_Type, NULL, NPY_BOOL, OFF(PyBoolScalarObject)},
    {"int8", &PyByteArrType_Type, &PySignedIntegerArrType_Type, NULL, NPY_BYTE,
     OFF(PyByteScalarObject)},
    {"int16", &PyShortArrType_Type, &PySignedIntegerArrType_Type, NULL, NPY_SHORT,
     OFF(PyShortScalarObject)},
    {"int32", &PyIntArrType_Type, &PySignedIntegerArrType_Type, NULL, NPY_INT,
     OFF(PyIntScalarObject)},
    {"int64", &PyLongArrType_Type, &PySignedIntegerArrType_Type, NULL, NPY_LONG,
     OFF(PyLongScalarObject)},
    {"longlong", &PyLongLongArrType_Type, &PySignedIntegerArrType_Type, NULL, NPY_LONGLONG,
     OFF(PyLongLongScalarObject)},
    {"uint8", &PyUByteArrType_Type, &PyUnsignedIntegerArrType_Type, NULL, NPY_UBYTE,
     OFF(PyUByteScalarObject)},
    {"uint16", &PyUShortArrType_Type, &PyUnsignedIntegerArrType_Type, NULL, NPY_USHORT,
     OFF(PyUShortScalarObject)},
    {"uint32", &PyUIntArrType_Type, &PyUnsignedIntegerArrType_Type, NULL, NPY_UINT,
     OFF(PyUIntScalarObject)},
    {"uint64", &PyULongArrType_Type, &PyUnsignedIntegerArrType_Type, NULL, NPY_ULONG,
     OFF(PyULongScalarObject)},
    {"ulonglong", &PyULongLongArrType_Type, &PyUnsignedIntegerArrType_Type, NULL, NPY_ULONGLONG,
     OFF(PyULongLongScalarObject)},
    {"float16", &PyHalfArrType_Type, &PyFloatingArrType_Type, NULL, NPY_HALF,
     OFF(PyHalfScalarObject)},
    {"float32", &PyFloatArrType_Type, &PyFloatingArrType_Type, NULL, NPY_FLOAT,
     OFF(PyFloatScalarObject)},
    {"float64", &PyDoubleArrType_Type, &PyFloatingArrType_Type, &PyFloat_Type, NPY_DOUBLE,
     OFF(PyDoubleScalarObject)},
    {"longdouble", &PyLongDoubleArrType_Type, &PyFloatingArrType_Type, NULL, NPY_LONGDOUBLE,
     OFF(PyLongDoubleScalarObject)},
    {"complex64", &PyCFloatArrType_Type, &PyComplexFloatingArrType_Type, NULL, NPY_CFLOAT,
     OFF(PyCFloatScalarObject)},
    {"complex128", &PyCDoubleArrType_Type, &PyComplexFloatingArrType_Type, &PyComplex_Type,
     NPY_CDOUBLE, OFF(PyCDoubleScalarObject)},
    {"clongdouble", &PyCLongDoubleArrType_Type, &PyComplexFloatingArrType_Type, NULL,
     NPY_CLONGDOUBLE, OFF(PyCLongDoubleScalarObject)},
    {"object_", &PyObjectArrType_Type, &PyGenericArrType_Type, NULL, NPY_OBJECT,
     OFF(PyObjectScalarObject)},
    {"bytes_", &PyStringArrType_Type, &PyBytes_Type, &PyCharacterArrType_Type, NPY_STRING, 0},
    {"str_", &PyUnicodeArrType_Type, &PyUnicode_Type, &PyCharacterArrType_Type, NPY_UNICODE, 0},
    {"void", &PyVoidArrType_Type, &PyFlexibleArrType_Type, NULL, NPY_VOID, 0},
    {"datetime64", &PyDatetimeArrType_Type, &PyGenericArrType_Type, NULL, NPY_DATETIME,
     OFF(PyDatetimeScalarObject)},
    {"timedelta64", &PyTimedeltaArrType_Type, &PySignedIntegerArrType_Type, NULL, NPY_TIMEDELTA,
     OFF(PyTimedeltaScalarObject)},
};
enum { N_ROWS = sizeof rows / sizeof *rows };

/* Rows by the address of their type, open addressing; filled when the module loads. */
enum { ROW_SLOTS = 128 };
static uint8_t row_slots[ROW_SLOTS]; /* index of the row, plus one */

static size_t row_slot(const PyTypeObject *t)
{
    return (size_t)((uintptr_t)t * UINT64_C(0x9e3779b97f4a7c15) >> 57);
}

static void fill_row_slots(void)
{
    for (size_t i = 0; i < N_ROWS; i++) {
        size_t k = row_slot(rows[i].type);
        while (row_slots[k]) k = (k + 1) % ROW_SLOTS;
        row_slots[k] = (uint8_t)(i + 1);
    }
}

/* The row of exactly this built-in type. */
static const scalar_row *exact_row(const PyTypeObject *t)
{
    for (size_t k = row_slot(t); row_slots[k]; k = (k + 1) % ROW_SLOTS) {
        const scalar_row *r = &rows[row_slots[k] - 1];
        if (r->type == t) return r->num >= 0 ? r : NULL;
    }
    return NULL;
}

int ext_scalar_exact_num(PyObject *o)
{
    const scalar_row *r = exact_row(Py_TYPE(o));
    return r ? r->num : -1;
}

/* The row of the built-in type that `t` is or derives from; NULL if none. */
const scalar_row *ext_scalar_row(PyTypeObject *t)
{
    const scalar_row *exact = exact_row(t);
    if (exact) return exact;
    for (size_t i = 0; i < N_ROWS; i++)
        if (rows[i].num >= 0 && PyType_IsSubtype(t, rows[i].type)) return &rows[i];
    return NULL;
}

static const size_t value_offset[NPY_NTYPES_LEGACY] = {
    [NPY_BOOL] = OFF(PyBoolScalarObject),
    [NPY_BYTE] = OFF(PyByteScalarObject),
    [NPY_UBYTE] = OFF(PyUByteScalarObject),
    [NPY_SHORT] = OFF(PyShortScalarObject),
    [NPY_USHORT] = OFF(PyUShortScalarObject),
    [NPY_INT] = OFF(PyIntScalarObject),
    [NPY_UINT] = OFF(PyUIntScalarObject),
    [NPY_LONG] = OFF(PyLongScalarObject),
    [NPY_ULONG] = OFF(PyULongScalarObject),
    [NPY_LONGLONG] = OFF(PyLongLongScalarObject),
    [NPY_ULONGLONG] = OFF(PyULongLongScalarObject),
    [NPY_FLOAT] = OFF(PyFloatScalarObject),
    [NPY_DOUBLE] = OFF(PyDoubleScalarObject),
    [NPY_LONGDOUBLE] = OFF(PyLongDoubleScalarObject),
    [NPY_CFLOAT] = OFF(PyCFloatScalarObject),
    [NPY_CDOUBLE] = OFF(PyCDoubleScalarObject),
    [NPY_CLONGDOUBLE] = OFF(PyCLongDoubleScalarObject),
    [NPY_OBJECT] = OFF(PyObjectScalarObject),
    [NPY_DATETIME] = OFF(PyDatetimeScalarObject),
    [NPY_TIMEDELTA] = OFF(PyTimedeltaScalarObject),
    [NPY_HALF] = OFF(PyHalfScalarObject)};

void *ext_scalar_value(PyObject *s, PyArray_Descr *d)
{
    int t = d->type_num;
    if (t == NPY_STRING) return PyBytes_AS_STRING(s);
    if (t == NPY_VOID) return ((PyVoidScalarObject *)s)->obval;
    if (t < 0 ||
        t >= NPY_NTYPES_LEGACY) /* user types: the value stands behind the object head, aligned */
        return (char *)s + (sizeof(PyObject) + (size_t)PyDataType_ALIGNMENT(d) - 1) /
                               (size_t)PyDataType_ALIGNMENT(d) * (size_t)PyDataType_ALIGNMENT(d);
    return value_offset[t] ? (char *)s + value_offset[t] : NULL;
}

/* ---- allocation: free lists for scalars of 24 and of 32 bytes
 * --------------------------------------------------------------- */

enum { FREE_SMALL = 24, FREE_LARGE = 32, FREE_MAX = 64 };
static struct {
    PyObject *kept[FREE_MAX];
    int n;
} free_scalars[2];

/* 0 or 1 by the type's size; -1: not kept. */
static inline int free_list(PyTypeObject *t)
{
    if (t->tp_itemsize || t->tp_flags & Py_TPFLAGS_HEAPTYPE) return -1;
    return t->tp_basicsize == FREE_SMALL ? 0 : t->tp_basicsize == FREE_LARGE ? 1 : -1;
}

PyObject *ext_scalar_alloc(PyTypeObject *t)
{
    int k = free_list(t);
    if (k < 0) return t->tp_alloc(t, 0);
    if (free_scalars[k].n > 0) return PyObject_Init(free_scalars[k].kept[--free_scalars[k].n], t);
    return PyObject_New(PyObject, t);
}

static void generic_dealloc(PyObject *self)
{
    PyTypeObject *t = Py_TYPE(self);
    int k = free_list(t);
    if (k >= 0 && free_scalars[k].n < FREE_MAX) {
        free_scalars[k].kept[free_scalars[k].n++] = self;
        return;
    }
    t->tp_free(self);
}

static void bool_dealloc(PyObject *self)
{
    Py_SET_REFCNT(self, 1 << 28);
} /* True_ and False_ live for ever */

static void object_dealloc(PyObject *self)
{
    Py_XDECREF(((PyObjectScalarObject *)self)->obval);
    Py_TYPE(self)->tp_free(self);
}

static void unicode_dealloc(PyObject *self)
{
    PyMem_Free(((PyUnicodeScalarObject *)self)->obval);
    PyMem_Free(((PyUnicodeScalarObject *)self)->buffer_fmt);
    PyUnicode_Type.tp_dealloc(self);
}

static void void_dealloc(PyObject *self)
{
    PyVoidScalarObject *v = (PyVoidScalarObject *)self;
    if (v->_buffer_info) ext_buffer_info_free(v->_buffer_info, self);
    if ((v->flags & NPY_ARRAY_OWNDATA) && v->obval) {
        if (PyDataType_REFCHK(v->descr)) PyArray_Item_XDECREF(v->obval, v->descr);
        ext_data_free(v->obval, (size_t)(Py_SIZE(v) ? Py_SIZE(v) : 1), PyDataMem_DefaultHandler);
    }
    Py_XDECREF(v->descr);
    Py_XDECREF(v->base);
    Py_TYPE(self)->tp_free(self);
}

/* ---- scalar from memory
 * ---------------------------------------------------------------------------------------------- */

PyObject *ext_void_scalar(const char *data, PyArray_Descr *descr, PyObject *base,
                          PyTypeObject *type)
{
    npy_intp size = PyDataType_ELSIZE(descr);
    PyVoidScalarObject *v = (PyVoidScalarObject *)type->tp_alloc(type, 0);
    if (!v) return NULL;
    Py_SET_SIZE(v, size);
    v->descr = (PyArray_Descr *)Py_NewRef(descr);
    v->obval = NULL;
    v->base = NULL;
    v->_buffer_info = NULL;
    v->flags = NPY_ARRAY_CARRAY | NPY_ARRAY_F_CONTIGUOUS;
    /* A record of an array stays a window on it; anything else owns its bytes. */
    if (base && PyDataType_NAMES(descr) && PyArray_Check(base)) {
        v->base = Py_NewRef(base);
        v->flags = PyArray_FLAGS((PyArrayObject *)base) & ~NPY_ARRAY_OWNDATA;
        v->obval = (char *)data;
        return (PyObject *)v;
    }
    v->flags |= NPY_ARRAY_OWNDATA;
    v->obval = ext_data_new_zeroed((size_t)(size ? size : 1), 1, PyDataMem_DefaultHandler);
    if (!v->obval) {
        Py_DECREF(v);
        return PyErr_NoMemory();
    }
    if (data) memcpy(v->obval, data, (size_t)size);
    if (data && PyDataType_REFCHK(descr)) PyArray_Item_INCREF(v->obval, descr);
    return (PyObject *)v;
}

PyObject *ext_text_scalar(const char *data, PyArray_Descr *descr, PyTypeObject *type)
{
    npy_intp n = PyDataType_ELSIZE(descr);
    PyObject *value;
    if (descr->type_num == NPY_STRING) {
        while (n > 0 && data[n - 1] == 0) n--;
        if (type == &PyStringArrType_Type) { /* as the type's own tp_new makes it, but once */
            PyObject *b = type->tp_alloc(type, n);
            if (!b) return NULL;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
            ((PyBytesObject *)b)->ob_shash = -1;
#pragma GCC diagnostic pop
            memcpy(PyBytes_AS_STRING(b), data, (size_t)n);
            PyBytes_AS_STRING(b)[n] = 0;
            return b;
        }
        value = PyBytes_FromStringAndSize(data, n);
    } else {
        Py_UCS4 *u = PyMem_Malloc((size_t)n + 4);
        if (!u) return PyErr_NoMemory();
        memcpy(u, data, (size_t)n);
        n /= 4;
        if (PyDataType_ISBYTESWAPPED(descr))
            for (npy_intp i = 0; i < n; i++) u[i] = __builtin_bswap32(u[i]);
        while (n > 0 && u[n - 1] == 0) n--;
        value = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, u, n);
        PyMem_Free(u);
    }
    if (!value) return NULL;
    PyObject *args = PyTuple_Pack(1, value);
    Py_DECREF(value);
    if (!args) return NULL;
    PyTypeObject *python = descr->type_num == NPY_STRING ? &PyBytes_Type : &PyUnicode_Type;
    PyObject *s = python->tp_new(type, args, NULL);
    Py_DECREF(args);
    return s;
}

PyObject *PyArray_Scalar(void *data, PyArray_Descr *descr, PyObject *base)
{
    int t = descr->type_num;
    PyTypeObject *type = descr->typeobj;
    if (t == NPY_BOOL)
        return Py_NewRef((PyObject *)&_PyArrayScalar_BoolValues[*(npy_bool *)data != 0]);
    if (t == NPY_OBJECT) {
        PyObject *o;
        memcpy(&o, data, sizeof o);
        return Py_NewRef(o ? o : Py_None);
    }
    if (t == NPY_STRING || t == NPY_UNICODE) return ext_text_scalar(data, descr, type);
    if (t == NPY_VOID) {
        if (PyDataType_ISLEGACY(descr) && PyDataType_SUBARRAY(descr))
            return PyArray_GETITEM((PyArrayObject *)base, data);
        return ext_void_scalar(data, descr, base, type);
    }
    if (t < 0 || t >= NPY_NTYPES_LEGACY) {
        if (!PyTypeNum_ISUSERDEF(t) || !type || !PyType_IsSubtype(type, &PyGenericArrType_Type)) {
            /* the type's own getitem makes its scalars */
            PyArrayObject *holder =
                base && PyArray_Check(base) ? (PyArrayObject *)Py_NewRef(base) : NULL;
            if (!holder) {
                holder =
                    (PyArrayObject *)ext_array_new(&PyArray_Type, (PyArray_Descr *)Py_NewRef(descr),
                                                   0, NULL, NULL, data, 0, NULL, NULL, 0);
                if (!holder) return NULL;
            }
            PyObject *s = PyArray_GETITEM(holder, data);
            Py_DECREF(holder);
            return s;
        }
        PyObject *s = type->tp_alloc(type, 0);
        if (s) memcpy(ext_scalar_value(s, descr), data, (size_t)PyDataType_ELSIZE(descr));
        return s;
    }
    PyObject *s = ext_scalar_alloc(type);
    if (!s) return NULL;
    char *value = (char *)s + value_offset[t];
    npy_intp size = PyDataType_ELSIZE(descr);
    memcpy(value, data, (size_t)size);
    if (PyDataType_ISBYTESWAPPED(descr)) {
        npy_intp part = PyTypeNum_ISCOMPLEX(t) ? size / 2 : size;
        for (char *p = value; p < value + size; p += part)
            for (npy_intp i = 0; i < part / 2; i++) {
                char c = p[i];
                p[i] = p[part - 1 - i];
                p[part - 1 - i] = c;
            }
    }
    if (PyTypeNum_ISDATETIME(t)) {
        PyArray_DatetimeMetaData *m =
            &((PyArray_DatetimeDTypeMetaData *)PyDataType_C_METADATA(descr))->meta;
        ((PyDatetimeScalarObject *)s)->obmeta = *m;
    }
    return s;
}

PyObject *PyArray_ToScalar_(void *data, PyArrayObject *arr)
{
    return PyArray_Scalar(data, PyArray_DESCR(arr), (PyObject *)arr);
}

/* ---- descriptor and array from scalar
 * --------------------------------------------------------------------------------- */

PyArray_Descr *ext_sized_descr(int type_num, npy_intp elsize)
{
    PyArray_Descr *d = PyArray_DescrNewFromType(type_num);
    if (d) PyDataType_SET_ELSIZE(d, elsize);
    return d;
}

PyArray_Descr *PyArray_DescrFromScalar(PyObject *sc)
{
    if (PyArray_IsScalar(sc, Void))
        return (PyArray_Descr *)Py_NewRef(((PyVoidScalarObject *)sc)->descr);
    const scalar_row *r = ext_scalar_row(Py_TYPE(sc));
    if (PyBytes_Check(sc)) return ext_sized_descr(NPY_STRING, PyBytes_GET_SIZE(sc));
    if (PyUnicode_Check(sc)) return ext_sized_descr(NPY_UNICODE, 4 * PyUnicode_GET_LENGTH(sc));
    if (!r) return PyArray_DescrFromTypeObject((PyObject *)Py_TYPE(sc));
    if (PyTypeNum_ISDATETIME(r->num)) {
        PyArray_Descr *d = PyArray_DescrNewFromType(r->num);
        if (d)
            ((PyArray_DatetimeDTypeMetaData *)PyDataType_C_METADATA(d))->meta =
                ((PyDatetimeScalarObject *)sc)->obmeta;
        return d;
    }
    return PyArray_DescrFromType(r->num);
}

PyObject *ext_structure_view(PyObject *scalar)
{
    PyVoidScalarObject *v = (PyVoidScalarObject *)scalar;
    return ext_array_new(&PyArray_Type, (PyArray_Descr *)Py_NewRef(v->descr), 0, NULL, NULL,
                         v->obval, v->flags & ~NPY_ARRAY_OWNDATA, NULL, scalar, 0);
}

PyObject *PyArray_FromScalar(PyObject *scalar, PyArray_Descr *outcode)
{
    const scalar_row *row = exact_row(Py_TYPE(scalar));
    if (row && value_offset[row->num] && !PyTypeNum_ISDATETIME(row->num) &&
        row->num != NPY_OBJECT && (!outcode || outcode == ext_builtin_descrs[row->num])) {
        PyArray_Descr *own = ext_builtin_descrs[row->num];
        if (!outcode) Py_INCREF(own); /* else the caller's reference */
        PyObject *r = ext_array_new(&PyArray_Type, own, 0, NULL, NULL, NULL, 0, NULL, NULL, 0);
        if (r)
            memcpy(PyArray_DATA((PyArrayObject *)r), (char *)scalar + row->value,
                   (size_t)own->elsize);
        return r;
    }
    PyArray_Descr *d = PyArray_DescrFromScalar(scalar);
    if (!d) {
        Py_XDECREF(outcode);
        return NULL;
    }
    if (PyArray_IsScalar(scalar, Void) && PyDataType_NAMES(d) && !outcode &&
        !(((PyVoidScalarObject *)scalar)->flags & NPY_ARRAY_OWNDATA)) {
        Py_DECREF(d);
        return ext_structure_view(scalar);
    }
    PyArrayObject *a = (PyArrayObject *)ext_array_new(
        &PyArray_Type, d, 0, NULL, NULL, NULL, 0, NULL, NULL, EXT_NEW_KEEP_EMPTY | EXT_NEW_ZEROED);
    if (!a) {
        Py_XDECREF(outcode);
        return NULL;
    }
    d = PyArray_DESCR(a);
    PyArray_ScalarAsCtype(scalar, PyArray_DATA(a));
    if (PyErr_Occurred()) goto fail;
    if (PyDataType_REFCHK(d)) PyArray_Item_INCREF(PyArray_DATA(a), d);
    if (!outcode) return (PyObject *)a;
    if (outcode == d ||
        (PyArray_EquivTypes(outcode, d) && !PyTypeNum_ISEXTENDED(outcode->type_num) &&
         outcode->elsize == d->elsize)) {
        Py_DECREF(outcode);
        return (PyObject *)a;
    }
    PyObject *cast = PyArray_CastToType(a, outcode, 0);
    Py_DECREF(a);
    return cast;
fail:
    Py_XDECREF(outcode);
    Py_DECREF(a);
    return NULL;
}

int ext_scalar_kind(PyObject *scalar)
{
    if (ext_scalar_row(Py_TYPE(scalar))) return EXT_SCALAR_BUILTIN;
    PyArray_Descr *d = PyArray_DescrFromScalar(scalar);
    bool user = d && d->type_num >= NPY_NTYPES_LEGACY;
    if (!d) PyErr_Clear();
    Py_XDECREF(d);
    return user ? EXT_SCALAR_USER : EXT_SCALAR_FOREIGN;
}

/* The value's bytes into memory of the size that its descriptor has. */
void PyArray_ScalarAsCtype(PyObject *scalar, void *ctypeptr)
{
    if (PyBytes_Check(scalar)) {
        memcpy(ctypeptr, PyBytes_AS_STRING(scalar), (size_t)PyBytes_GET_SIZE(scalar));
        return;
    }
    if (PyUnicode_Check(scalar)) {
        Py_ssize_t n = PyUnicode_GET_LENGTH(scalar);
        if (n) PyUnicode_AsUCS4(scalar, ctypeptr, n, 0);
        return;
    }
    PyArray_Descr *d = PyArray_DescrFromScalar(scalar);
    if (!d) return;
    if (d->type_num < NPY_NTYPES_LEGACY && !ext_scalar_row(Py_TYPE(scalar))) {
        /* `class C(int, np.generic)`: a Python number in the dress of a scalar */
        PyObject *value = PyLong_Check(scalar)    ? PyLong_Type.tp_as_number->nb_positive(scalar)
                          : PyFloat_Check(scalar) ? PyFloat_FromDouble(PyFloat_AS_DOUBLE(scalar))
                          : PyComplex_Check(scalar)
                              ? PyComplex_FromCComplex(((PyComplexObject *)scalar)->cval)
                              : Py_NewRef(scalar);
        if (d->type_num == NPY_OBJECT) {
            memcpy(ctypeptr, &value, sizeof value); /* FromScalar takes the reference */
            Py_XDECREF(value);
        } else {
            if (value) PyArray_Pack(d, ctypeptr, value);
            Py_XDECREF(value);
        }
        Py_DECREF(d);
        return;
    }
    void *value = ext_scalar_value(scalar, d);
    if (value) memcpy(ctypeptr, value, (size_t)PyDataType_ELSIZE(d));
    Py_DECREF(d);
}

int PyArray_CheckAnyScalarExact(PyObject *obj)
{
    if (!obj) {
        PyErr_SetString(PyExc_ValueError, "obj is NULL in PyArray_CheckAnyScalarExact");
        return 0;
    }
    return exact_row(Py_TYPE(obj)) != NULL;
}

int PyArray_CastScalarToCtype(PyObject *scalar, void *ctypeptr, PyArray_Descr *outcode)
{
    PyArrayObject *a =
        (PyArrayObject *)PyArray_FromScalar(scalar, (PyArray_Descr *)Py_NewRef(outcode));
    if (!a) return -1;
    memcpy(ctypeptr, PyArray_DATA(a), (size_t)PyDataType_ELSIZE(outcode));
    if (PyDataType_REFCHK(outcode)) PyArray_Item_INCREF(ctypeptr, outcode);
    Py_DECREF(a);
    return 0;
}

int PyArray_CastScalarDirect(PyObject *scalar, PyArray_Descr *indescr, void *ctypeptr, int outtype)
{
    PyArray_Descr *out = PyArray_DescrFromType(outtype);
    if (!out) return -1;
    int r = PyArray_CastScalarToCtype(scalar, ctypeptr, out);
    Py_DECREF(out);
    return r;
}

PyObject *PyArray_TypeObjectFromType(int type)
{
    PyArray_Descr *d = PyArray_DescrFromType(type);
    if (!d) return NULL;
    PyObject *t = Py_NewRef(d->typeobj);
    Py_DECREF(d);
    return t;
}

/* ---- making the types ready
 * ----------------------------------------------------------------------------------------------------
 */

static PyBufferProcs as_buffer = {.bf_getbuffer = ext_scalar_getbuffer};

/* Help on the abstract types; that on the others is added in Python. */
static const char *abstract_doc(const char *name)
{
    static const char *const docs[][2] = {
        {"generic", "generic()\n--\n\nWhat every NumPy scalar is."},
        {"number", "number()\n--\n\nWhat every number is."},
        {"integer", "integer()\n--\n\nWhat every integer is."},
        {"signedinteger", "signedinteger()\n--\n\nWhat every integer with a sign is."},
        {"unsignedinteger", "unsignedinteger()\n--\n\nWhat every integer without a sign is."},
        {"inexact", "inexact()\n--\n\nWhat every real or complex floating-point number is."},
        {"floating", "floating()\n--\n\nWhat every real floating-point number is."},
        {"complexfloating", "complexfloating()\n--\n\nWhat every complex number is."},
        {"flexible", "flexible()\n--\n\nWhat every scalar without a fixed size is."},
        {"character", "character()\n--\n\nWhat every text scalar is."}};
    for (size_t i = 0; i < sizeof docs / sizeof *docs; i++)
        if (strcmp(docs[i][0], name) == 0) return docs[i][1];
    return NULL;
}

static int ready(const scalar_row *r)
{
    PyTypeObject *t = r->type;
    t->tp_name = ext_qualname(r->num == NPY_LONGLONG ? "longlong" : r->name);
    t->tp_base = r->base;
    if (r->base2) {
        t->tp_bases = PyTuple_Pack(2, r->base, r->base2);
        if (!t->tp_bases) return -1;
    }
    if (!r->base) { /* generic */
        t->tp_as_number = &ext_generic_as_number;
        t->tp_as_mapping = &ext_generic_as_mapping;
        t->tp_as_buffer = &as_buffer;
        t->tp_richcompare = ext_generic_richcompare;
        t->tp_hash = ext_number_scalar_hash;
        t->tp_repr = ext_scalar_repr;
        t->tp_str = ext_scalar_str;
        t->tp_methods = ext_generic_methods;
        t->tp_getset = ext_generic_getset;
        t->tp_dealloc = generic_dealloc;
    }
    if (r->num < 0) {
        t->tp_new = ext_abstract_scalar_new;
        t->tp_doc = abstract_doc(r->name);
    } else {
        t->tp_new = PyTypeNum_ISDATETIME(r->num)                    ? ext_time_scalar_new
                    : r->num == NPY_STRING || r->num == NPY_UNICODE ? ext_text_scalar_new
                    : r->num == NPY_VOID                            ? ext_void_scalar_new
                    : r->num == NPY_OBJECT                          ? ext_object_scalar_new
                                                                    : ext_number_scalar_new;
        if (t->tp_new == ext_number_scalar_new || t->tp_new == ext_time_scalar_new)
            t->tp_vectorcall = ext_number_scalar_vectorcall;
        t->tp_repr = ext_scalar_repr;
        t->tp_str = ext_scalar_str;
        if (!t->tp_richcompare) t->tp_richcompare = ext_generic_richcompare;
        t->tp_hash = r->num == NPY_VOID ? ext_void_scalar_hash : ext_number_scalar_hash;
        t->tp_as_buffer = &as_buffer;
        t->tp_dealloc = r->num == NPY_VOID     ? void_dealloc
                        : r->num == NPY_BOOL   ? bool_dealloc
                        : r->num == NPY_OBJECT ? object_dealloc
                                               : generic_dealloc;
    }
    if (r->num == NPY_STRING || r->num == NPY_UNICODE) {
        t->tp_hash = r->base->tp_hash;
        t->tp_dealloc = r->num == NPY_UNICODE ? unicode_dealloc : PyBytes_Type.tp_dealloc;
        t->tp_itemsize = r->base->tp_itemsize;
        if (r->num == NPY_STRING) t->tp_basicsize = PyBytes_Type.tp_basicsize + 7;
        if (r->num == NPY_STRING) t->tp_basicsize = 40;
        t->tp_as_number = &ext_generic_as_number;
    }
    if (t == &PyFlexibleArrType_Type) t->tp_flags &= ~Py_TPFLAGS_BASETYPE;
    if (t == &PyNumberArrType_Type) t->tp_methods = ext_number_methods;
    if (r->base == &PySignedIntegerArrType_Type || r->base == &PyUnsignedIntegerArrType_Type) {
        if (r->num != NPY_TIMEDELTA && !t->tp_as_number)
            t->tp_as_number = ext_integer_number_table();
    }
    if (t == &PyIntegerArrType_Type) {
        t->tp_methods = ext_integer_methods;
        t->tp_getset = ext_integer_getset;
    }
    if (r->base == &PyFloatingArrType_Type) t->tp_methods = ext_float_methods;
    if (r->base == &PyComplexFloatingArrType_Type) t->tp_methods = ext_complex_methods;
    if (t == &PyBoolArrType_Type || t == &PyDatetimeArrType_Type) t->tp_methods = ext_bool_methods;
    if (t == &PyFloatingArrType_Type) t->tp_methods = ext_floating_methods;
    if (r->num == NPY_TIMEDELTA) t->tp_methods = ext_closed_methods;
    if (PyTypeNum_ISINTEGER(r->num)) t->tp_methods = ext_sized_integer_methods;
    if (t == &PyVoidArrType_Type) {
        t->tp_methods = ext_void_methods;
        t->tp_getset = ext_void_getset;
        t->tp_as_mapping = &ext_void_as_mapping;
        t->tp_as_sequence = &ext_void_as_sequence;
    }
    return PyType_Ready(t);
}

int ext_ready_scalar_types(void)
{
    static int done;
    if (done) return 0;
    ext_fill_scalar_tables();
    fill_row_slots();
    for (size_t i = 0; i < N_ROWS; i++)
        if (ready(&rows[i]) < 0) return -1;
    done = 1;
    return 0;
}

/* multiarray.scalar(dtype, bytes): what pickles of scalars call. */
static PyObject *scalar_function(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"dtype", "obj", NULL};
    PyArray_Descr *d;
    PyObject *obj = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "O!|O:scalar", names, &PyArrayDescr_Type, &d, &obj))
        return NULL;
    if (PyDataType_FLAGCHK(d, NPY_LIST_PICKLE)) {
        if (d->type_num == NPY_OBJECT)
            return PyErr_Format(PyExc_TypeError, "Cannot unpickle a scalar with object dtype.");
        if (d->type_num == NPY_VSTRING)
            return PyErr_Format(PyExc_TypeError, "Cannot unpickle a StringDType scalar");
        if (!obj || !PyArray_Check(obj)) {
            PyErr_SetString(
                PyExc_RuntimeError,
                "Unpickling NPY_LIST_PICKLE (structured void) scalar requires an array.  "
                "The pickle file may be corrupted?");
            return NULL;
        }
        if (!PyArray_EquivTypes(PyArray_DESCR((PyArrayObject *)obj), d)) {
            PyErr_SetString(PyExc_RuntimeError, "Pickled array is not compatible with requested "
                                                "scalar dtype.  The pickle file may be corrupted?");
            return NULL;
        }
        PyArrayObject *a = (PyArrayObject *)obj;
        return PyArray_Scalar(PyArray_DATA(a), d, obj);
    }
    npy_intp size = PyDataType_ELSIZE(d);
    char zero[64] = {0};
    char *data = zero, *heap = NULL;
    PyObject *latin = NULL;
    if (!obj) {
        if (size > (npy_intp)sizeof zero && !(data = heap = PyMem_Calloc(1, (size_t)size)))
            return PyErr_NoMemory();
    } else {
        if (PyUnicode_Check(obj)) obj = latin = PyUnicode_AsLatin1String(obj);
        if (!obj) {
            PyErr_Clear();
            PyErr_SetString(PyExc_ValueError,
                            "Failed to encode Numpy scalar data string to latin1,\npickle.load(a, "
                            "encoding='latin1') is assumed if unpickling.");
            return NULL;
        }
        if (!PyBytes_Check(obj)) {
            PyErr_SetString(PyExc_TypeError, "initializing object must be a bytes object");
            return NULL;
        }
        if (PyBytes_GET_SIZE(obj) < size) {
            PyErr_SetString(PyExc_ValueError, "initialization string is too small");
            Py_XDECREF(latin);
            return NULL;
        }
        data = PyBytes_AS_STRING(obj);
    }
    PyObject *s = PyArray_Scalar(data, d, NULL);
    PyMem_Free(heap);
    Py_XDECREF(latin);
    return s;
}

static PyMethodDef functions[] = {
    {"scalar", (PyCFunction)(void (*)(void))scalar_function, METH_VARARGS | METH_KEYWORDS,
     "scalar(dtype, obj)\n\nScalar of `dtype` from its bytes: for unpickling."},
    {NULL}};

int ext_init_scalars(PyObject *m)
{
    static const char *const exported[] = {
        "generic", "number",   "integer",         "signedinteger", "unsignedinteger",
        "inexact", "floating", "complexfloating", "flexible",      "character"};
    if (ext_ready_scalar_types() < 0) return -1;
    for (size_t i = 0; i < N_ROWS; i++)
        for (size_t k = 0; k < sizeof exported / sizeof *exported; k++)
            if (strcmp(rows[i].name, exported[k]) == 0 &&
                PyModule_AddObjectRef(m, rows[i].name, (PyObject *)rows[i].type) < 0)
                return -1;
    return ext_add_functions(m, functions);
}

/* The types come first: descriptor classes name them. */
int ext_init_scalar_types(PyObject *m)
{
    return ext_ready_scalar_types();
}
