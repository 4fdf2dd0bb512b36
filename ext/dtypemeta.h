/* The DType classes: what stands behind PyArray_DTypeMeta.dt_slots, and the classes of the built-in
 * types. */
#ifndef FNP_EXT_DTYPEMETA_H
#define FNP_EXT_DTYPEMETA_H

#include "ext.h"

/* The scalar and array types may belong to a part that is not linked yet. */
#pragma weak PyGenericArrType_Type
#pragma weak PyNumberArrType_Type
#pragma weak PyIntegerArrType_Type
#pragma weak PySignedIntegerArrType_Type
#pragma weak PyUnsignedIntegerArrType_Type
#pragma weak PyInexactArrType_Type
#pragma weak PyFloatingArrType_Type
#pragma weak PyComplexFloatingArrType_Type
#pragma weak PyFlexibleArrType_Type
#pragma weak PyCharacterArrType_Type
#pragma weak PyBoolArrType_Type
#pragma weak PyByteArrType_Type
#pragma weak PyUByteArrType_Type
#pragma weak PyShortArrType_Type
#pragma weak PyUShortArrType_Type
#pragma weak PyIntArrType_Type
#pragma weak PyUIntArrType_Type
#pragma weak PyLongArrType_Type
#pragma weak PyULongArrType_Type
#pragma weak PyLongLongArrType_Type
#pragma weak PyULongLongArrType_Type
#pragma weak PyFloatArrType_Type
#pragma weak PyDoubleArrType_Type
#pragma weak PyLongDoubleArrType_Type
#pragma weak PyCFloatArrType_Type
#pragma weak PyCDoubleArrType_Type
#pragma weak PyCLongDoubleArrType_Type
#pragma weak PyObjectArrType_Type
#pragma weak PyStringArrType_Type
#pragma weak PyUnicodeArrType_Type
#pragma weak PyVoidArrType_Type
#pragma weak PyDatetimeArrType_Type
#pragma weak PyTimedeltaArrType_Type
#pragma weak PyHalfArrType_Type
#pragma weak PyArray_Type

/* Flags of PyArray_DTypeMeta.flags (the public macros of some of them lack parentheses). */
enum {
    EXT_DT_LEGACY = 1 << 0,
    EXT_DT_ABSTRACT = 1 << 1,
    EXT_DT_PARAMETRIC = 1 << 2,
    EXT_DT_NUMERIC = 1 << 3,
};

/* The slots of a DType class; every concrete class has all that a comment does not call optional.
 */
typedef struct ext_dt_slots {
    PyArrayDTypeMeta_DiscoverDescrFromPyobject *discover;
    PyArrayDTypeMeta_IsKnownScalarType *is_known_scalar; /* optional */
    PyArrayDTypeMeta_DefaultDescriptor *default_descr;
    PyArrayDTypeMeta_CommonDType *common_dtype;
    PyArrayDTypeMeta_CommonInstance *common_instance; /* parametric types only */
    PyArrayDTypeMeta_EnsureCanonical *ensure_canonical;
    PyArrayDTypeMeta_SetItem *setitem;
    PyArrayDTypeMeta_GetItem *getitem;
    PyArrayMethod_GetTraverseLoop *get_clear_loop;     /* optional */
    PyArrayMethod_GetTraverseLoop *get_fill_zero_loop; /* optional */
    PyArrayDTypeMeta_FinalizeDescriptor *finalize;     /* optional */
    PyArrayDTypeMeta_GetConstant *get_constant;        /* optional */
    PyObject *casts;  /* dict: other DType class -> casting implementation or None */
    PyObject *within; /* the cast from the class to itself */
    /* Modules built inside NumPy (its test helpers are) read this table here without a call. */
    PyArray_ArrFuncs funcs;
    PyArray_ArrFuncs
        *legacy_funcs; /* a legacy user type's own table, which its module may still write to */
} ext_dt_slots;
_Static_assert(offsetof(ext_dt_slots, funcs) == 112, "where NumPy's classes have it");

#define EXT_DT_SLOTS(cls) ((ext_dt_slots *)((PyArray_DTypeMeta *)(cls))->dt_slots)

static inline bool ext_dt_is_legacy(PyArray_DTypeMeta *c)
{
    return (c->flags & EXT_DT_LEGACY) != 0;
}
static inline bool ext_dt_is_abstract(PyArray_DTypeMeta *c)
{
    return (c->flags & EXT_DT_ABSTRACT) != 0;
}
static inline bool ext_dt_is_parametric(PyArray_DTypeMeta *c)
{
    return (c->flags & EXT_DT_PARAMETRIC) != 0;
}

/* Is the descriptor laid out as ExtDescr (built-in types and legacy user types)? */
static inline bool ext_descr_is_legacy(const PyArray_Descr *d)
{
    return PyDataType_ISLEGACY(d);
}

extern HIDDEN PyTypeObject PyArrayDTypeMeta_Type_;
/* Classes of the built-in types by type number, the abstract ones, and those of Python's numbers.
 */
extern HIDDEN PyArray_DTypeMeta ext_dtypes[NPY_NTYPES_LEGACY];
extern HIDDEN PyArray_DTypeMeta ext_int_abstract, ext_float_abstract, ext_complex_abstract;
extern HIDDEN PyArray_DTypeMeta ext_pyint, ext_pyfloat, ext_pycomplex;

/* The class for a type number (legacy user types included), borrowed; NULL with an exception. */
HIDDEN PyArray_DTypeMeta *ext_dtype_from_num(int type_num);

/* ---- descriptors ---- */
/* An uninitialised ExtDescr of class `cls`: the ABI fields are zero, hash is -1. */
HIDDEN ExtDescr *ext_descr_alloc(PyArray_DTypeMeta *cls);
/* A string, bytes or void descriptor of `elsize` bytes; byteorder native. */
HIDDEN PyArray_Descr *ext_descr_flexible(int type_num, npy_intp elsize);
/* datetime64 or timedelta64 with a unit. */
HIDDEN PyArray_Descr *ext_descr_time(int type_num, int unit, int num);
/* A new descriptor for a structure: steals nothing. flags: NPY_ALIGNED_STRUCT or 0 (field flags are
 * added). */
HIDDEN PyArray_Descr *ext_descr_struct(PyObject *names, PyObject *fields, npy_intp elsize,
                                       npy_intp alignment, npy_uint64 flags);
/* (base, shape); steals base. An empty shape gives base itself. */
HIDDEN PyArray_Descr *ext_descr_subarray(PyArray_Descr *base, int nd, const npy_intp *shape);
HIDDEN PyArray_DatetimeMetaData *ext_descr_meta(const PyArray_Descr *d);
HIDDEN bool ext_descr_equiv(PyArray_Descr *a, PyArray_Descr *b);
HIDDEN Py_hash_t ext_descr_hash(PyObject *d);
/* Type number of a type character ('b', 'p', ...); -1 if there is none. */
HIDDEN int ext_typenum_from_char(int c);
/* Unpack a fields-dict entry (all borrowed). 0 or -1. */
HIDDEN int ext_field_unpack(PyObject *entry, PyArray_Descr **descr, npy_intp *offset,
                            PyObject **title);
/* A byte order letter or word -> NPY_LITTLE, NPY_BIG, NPY_NATIVE, NPY_SWAP, NPY_IGNORE; 0 with an
 * exception. */
HIDDEN char ext_byteorder_from_object(PyObject *o);

extern HIDDEN const fnp_dtype_ops
    ext_foreign_ops; /* element operations of object, StringDType and user types */

static inline _PyArray_LegacyDescr *LEGACY(const PyArray_Descr *d)
{
    return (_PyArray_LegacyDescr *)d;
}

extern HIDDEN PyMethodDef ext_descr_methods[];
extern HIDDEN PyGetSetDef ext_descr_getset[];
extern HIDDEN PyMemberDef ext_descr_members[];
extern HIDDEN PySequenceMethods ext_descr_as_sequence;
extern HIDDEN PyMappingMethods ext_descr_as_mapping;
extern HIDDEN PyNumberMethods ext_descr_as_number;
HIDDEN PyObject *ext_descr_richcompare(PyObject *a, PyObject *b, int op);
HIDDEN PyObject *ext_descr_repr(PyObject *d);
HIDDEN PyObject *ext_descr_str(PyObject *d);
HIDDEN PyObject *ext_descr_typestr(PyObject *d, void *unused);
HIDDEN PyObject *ext_descr_new(PyTypeObject *cls, PyObject *args, PyObject *kwargs);

#endif
