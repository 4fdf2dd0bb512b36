# What Cython sees of NumPy: `cimport numpy as cnp`. Declarations of the public headers, in this package's own words;
# functions of the C-API and enumerators stand in api.pxi, which tools/gen_pxd.py writes from those headers.
# Cython finds this file by `-I` of the folder above, which is what builds pass: the folder of numpy/__init__.py.

from cpython.ref cimport Py_INCREF
from cpython.object cimport PyObject, PyTypeObject, PyObject_TypeCheck
cimport libc.stdio as stdio

cdef extern from *:
    """
    /* NumPy API declarations from "numpy/__init__.pxd" */
    """

cdef extern from "Python.h":
    ctypedef Py_ssize_t Py_intptr_t
    ctypedef Py_ssize_t Py_hash_t

# ---- numbers
cdef extern from "numpy/arrayobject.h":
    ctypedef signed long npy_intp
    ctypedef unsigned long npy_uintp
    ctypedef unsigned char npy_bool
    ctypedef signed char npy_byte
    ctypedef signed short npy_short
    ctypedef signed int npy_int
    ctypedef signed long npy_long
    ctypedef signed long long npy_longlong
    ctypedef unsigned char npy_ubyte
    ctypedef unsigned short npy_ushort
    ctypedef unsigned int npy_uint
    ctypedef unsigned long npy_ulong
    ctypedef unsigned long long npy_ulonglong
    ctypedef unsigned short npy_half
    ctypedef float npy_float
    ctypedef double npy_double
    ctypedef long double npy_longdouble
    ctypedef signed char npy_int8
    ctypedef signed short npy_int16
    ctypedef signed int npy_int32
    ctypedef signed long long npy_int64
    ctypedef unsigned char npy_uint8
    ctypedef unsigned short npy_uint16
    ctypedef unsigned int npy_uint32
    ctypedef unsigned long long npy_uint64
    ctypedef unsigned short npy_float16
    ctypedef float npy_float32
    ctypedef double npy_float64
    ctypedef npy_int64 npy_datetime
    ctypedef npy_int64 npy_timedelta
    ctypedef Py_hash_t npy_hash_t
    ctypedef struct npy_cfloat:
        pass
    ctypedef struct npy_cdouble:
        pass
    ctypedef struct npy_clongdouble:
        pass
    ctypedef struct npy_complex64:
        pass
    ctypedef struct npy_complex128:
        pass

ctypedef npy_int8 int8_t
ctypedef npy_int16 int16_t
ctypedef npy_int32 int32_t
ctypedef npy_int64 int64_t
ctypedef npy_uint8 uint8_t
ctypedef npy_uint16 uint16_t
ctypedef npy_uint32 uint32_t
ctypedef npy_uint64 uint64_t
ctypedef npy_float32 float32_t
ctypedef npy_float64 float64_t
ctypedef npy_byte byte_t
ctypedef npy_short short_t
ctypedef npy_intp int_t
ctypedef npy_long long_t
ctypedef npy_longlong longlong_t
ctypedef npy_ubyte ubyte_t
ctypedef npy_ushort ushort_t
ctypedef npy_uintp uint_t
ctypedef npy_ulong ulong_t
ctypedef npy_ulonglong ulonglong_t
ctypedef npy_intp intp_t
ctypedef npy_uintp uintp_t
ctypedef npy_double float_t
ctypedef npy_double double_t
ctypedef npy_longdouble longdouble_t
ctypedef float complex cfloat_t
ctypedef double complex cdouble_t
ctypedef double complex complex_t
ctypedef long double complex clongdouble_t
ctypedef float complex complex64_t
ctypedef double complex complex128_t

include "api_enums.pxi"

# ---- structs and classes
cdef extern from "numpy/arrayobject.h":
    ctypedef struct PyArray_Descr:
        pass
    ctypedef struct PyArrayObject:
        pass
    ctypedef struct PyArray_DTypeMeta:
        pass
    ctypedef struct PyArray_ArrFuncs:
        pass
    ctypedef struct PyArrayIterObject:
        pass
    ctypedef struct PyArrayMultiIterObject:
        pass
    ctypedef struct PyArrayNeighborhoodIterObject:
        pass
    ctypedef struct PyArray_DescrProto:
        pass
    ctypedef struct PyArrayDTypeMeta_Spec:
        pass
    ctypedef struct PyArrayMethod_Spec:
        pass
    ctypedef struct PyArray_Chunk:
        pass
    ctypedef struct NpyIter:
        pass
    ctypedef struct npy_stride_sort_item:
        npy_intp perm
        npy_intp stride
    ctypedef struct PyArray_Dims:
        npy_intp *ptr
        int len
    ctypedef struct PyArray_ArrayDescr:
        PyArray_Descr *base
        PyObject *shape
    ctypedef struct PyArray_DatetimeMetaData:
        NPY_DATETIMEUNIT base
        int num
    ctypedef struct npy_datetimestruct:
        npy_int64 year
        npy_int32 month, day, hour, min, sec, us, ps, as
    ctypedef struct npy_static_string:
        size_t size
        const char *buf
    ctypedef struct npy_packed_static_string:
        pass
    ctypedef struct npy_string_allocator:
        pass
    ctypedef struct PyArray_StringDTypeObject:
        PyArray_Descr base
        PyObject *na_object
        char coerce
        char has_nan_na
        char has_string_na
        char array_owned
        npy_static_string default_string
        npy_static_string na_name
        npy_string_allocator *allocator

    ctypedef int (*NpyIter_IterNextFunc "NpyIter_IterNextFunc *")(NpyIter *) noexcept nogil
    ctypedef void (*NpyIter_GetMultiIndexFunc "NpyIter_GetMultiIndexFunc *")(NpyIter *, npy_intp *) noexcept nogil
    ctypedef void (*PyArray_VectorUnaryFunc)(void *, void *, npy_intp, void *, void *)

    ctypedef class numpy.dtype [object PyArray_Descr, check_size ignore]:
        cdef PyTypeObject *typeobj
        cdef char kind
        cdef char type
        cdef char byteorder
        cdef int type_num

        @property
        cdef inline npy_intp itemsize(self) noexcept nogil:
            return PyDataType_ELSIZE(self)

        @property
        cdef inline npy_intp alignment(self) noexcept nogil:
            return PyDataType_ALIGNMENT(self)

        @property
        cdef inline npy_uint64 flags(self) noexcept nogil:
            return PyDataType_FLAGS(self)

        @property
        cdef inline object fields(self):
            return <object>PyDataType_FIELDS(self) if PyDataType_HASFIELDS(self) else None

        @property
        cdef inline object names(self):
            return <object>PyDataType_NAMES(self) if PyDataType_HASFIELDS(self) else None

        @property
        cdef inline PyArray_ArrayDescr *subarray(self) noexcept nogil:
            return PyDataType_SUBARRAY(self)

    ctypedef class numpy.flatiter [object PyArrayIterObject, check_size ignore]:
        pass

    ctypedef class numpy.broadcast [object PyArrayMultiIterObject, check_size ignore]:
        @property
        cdef inline int numiter(self) noexcept nogil:
            return PyArray_MultiIter_NUMITER(self)

        @property
        cdef inline npy_intp size(self) noexcept nogil:
            return PyArray_MultiIter_SIZE(self)

        @property
        cdef inline npy_intp index(self) noexcept nogil:
            return PyArray_MultiIter_INDEX(self)

        @property
        cdef inline int nd(self) noexcept nogil:
            return PyArray_MultiIter_NDIM(self)

        @property
        cdef inline npy_intp *dimensions(self) noexcept nogil:
            return PyArray_MultiIter_DIMS(self)

        @property
        cdef inline void **iters(self) noexcept nogil:
            return PyArray_MultiIter_ITERS(self)

    ctypedef class numpy.ndarray [object PyArrayObject, check_size ignore]:
        @property
        cdef inline PyObject *base(self) noexcept nogil:
            return PyArray_BASE(self)

        @property
        cdef inline dtype descr(self):
            return <dtype>PyArray_DESCR(self)

        @property
        cdef inline int ndim(self) noexcept nogil:
            return PyArray_NDIM(self)

        @property
        cdef inline npy_intp *shape(self) noexcept nogil:
            return PyArray_DIMS(self)

        @property
        cdef inline npy_intp *strides(self) noexcept nogil:
            return PyArray_STRIDES(self)

        @property
        cdef inline npy_intp size(self) noexcept nogil:
            return PyArray_SIZE(self)

        @property
        cdef inline char *data(self) noexcept nogil:
            return PyArray_BYTES(self)

    ctypedef class numpy.generic [object PyObject]:
        pass
    ctypedef class numpy.number [object PyObject]:
        pass
    ctypedef class numpy.integer [object PyObject]:
        pass
    ctypedef class numpy.signedinteger [object PyObject]:
        pass
    ctypedef class numpy.unsignedinteger [object PyObject]:
        pass
    ctypedef class numpy.inexact [object PyObject]:
        pass
    ctypedef class numpy.floating [object PyObject]:
        pass
    ctypedef class numpy.complexfloating [object PyObject]:
        pass
    ctypedef class numpy.flexible [object PyObject]:
        pass
    ctypedef class numpy.character [object PyObject]:
        pass

# ---- macros that read the structs
cdef extern from "numpy/arrayobject.h":
    int PyArray_NDIM(ndarray) nogil
    npy_intp *PyArray_DIMS(ndarray) nogil
    npy_intp *PyArray_SHAPE(ndarray) nogil
    npy_intp *PyArray_STRIDES(ndarray) nogil
    npy_intp PyArray_DIM(ndarray, size_t) nogil
    npy_intp PyArray_STRIDE(ndarray, size_t) nogil
    void *PyArray_DATA(ndarray) nogil
    char *PyArray_BYTES(ndarray) nogil
    PyObject *PyArray_BASE(ndarray) nogil
    PyArray_Descr *PyArray_DESCR(ndarray) nogil
    PyArray_Descr *PyArray_DTYPE(ndarray) nogil
    int PyArray_FLAGS(ndarray) nogil
    npy_intp PyArray_ITEMSIZE(ndarray) nogil
    int PyArray_TYPE(ndarray) nogil
    npy_intp PyArray_SIZE(ndarray) nogil
    npy_intp PyArray_NBYTES(ndarray) nogil
    object PyArray_GETITEM(ndarray, void *)
    int PyArray_SETITEM(ndarray, void *, object) except -1
    bint PyArray_CHKFLAGS(ndarray, int) nogil
    void PyArray_ENABLEFLAGS(ndarray, int) nogil
    void PyArray_CLEARFLAGS(ndarray, int) nogil
    void PyArray_FILLWBYTE(ndarray, int) nogil
    void *PyArray_GETPTR1(ndarray, npy_intp) nogil
    void *PyArray_GETPTR2(ndarray, npy_intp, npy_intp) nogil
    void *PyArray_GETPTR3(ndarray, npy_intp, npy_intp, npy_intp) nogil
    void *PyArray_GETPTR4(ndarray, npy_intp, npy_intp, npy_intp, npy_intp) nogil
    bint PyArray_IS_C_CONTIGUOUS(ndarray) nogil
    bint PyArray_IS_F_CONTIGUOUS(ndarray) nogil
    bint PyArray_ISCONTIGUOUS(ndarray) nogil
    bint PyArray_ISFORTRAN(ndarray) nogil
    bint PyArray_ISWRITEABLE(ndarray) nogil
    bint PyArray_ISALIGNED(ndarray) nogil
    bint PyArray_ISNBO(char) nogil
    bint PyArray_ISNOTSWAPPED(ndarray) nogil
    bint PyArray_ISBYTESWAPPED(ndarray) nogil
    bint PyArray_ISCARRAY(ndarray) nogil
    bint PyArray_ISCARRAY_RO(ndarray) nogil
    bint PyArray_ISFARRAY(ndarray) nogil
    bint PyArray_ISFARRAY_RO(ndarray) nogil
    bint PyArray_ISBEHAVED(ndarray) nogil
    bint PyArray_ISBEHAVED_RO(ndarray) nogil
    bint PyArray_ISONESEGMENT(ndarray) nogil
    bint PyArray_ISBOOL(ndarray) nogil
    bint PyArray_ISUNSIGNED(ndarray) nogil
    bint PyArray_ISSIGNED(ndarray) nogil
    bint PyArray_ISINTEGER(ndarray) nogil
    bint PyArray_ISFLOAT(ndarray) nogil
    bint PyArray_ISNUMBER(ndarray) nogil
    bint PyArray_ISSTRING(ndarray) nogil
    bint PyArray_ISCOMPLEX(ndarray) nogil
    bint PyArray_ISFLEXIBLE(ndarray) nogil
    bint PyArray_ISUSERDEF(ndarray) nogil
    bint PyArray_ISEXTENDED(ndarray) nogil
    bint PyArray_ISOBJECT(ndarray) nogil
    bint PyArray_HASFIELDS(ndarray) nogil
    bint PyArray_SAMESHAPE(ndarray, ndarray) nogil
    bint PyArray_EquivByteorders(int, int) nogil
    bint PyArray_Check(object)
    bint PyArray_CheckExact(object)
    bint PyArray_CheckScalar(object)
    bint PyArray_CheckAnyScalar(object)
    bint PyArray_IsPythonNumber(object)
    bint PyArray_IsPythonScalar(object)
    bint PyArray_IsAnyScalar(object)
    bint PyArray_IsZeroDim(object)
    bint PyArray_DescrCheck(object)
    object PyArray_ToScalar(void *, ndarray)

    object PyArray_SimpleNew(int, npy_intp *, int)
    object PyArray_SimpleNewFromData(int, npy_intp *, int, void *)
    object PyArray_SimpleNewFromDescr(int, npy_intp *, dtype)
    object PyArray_ZEROS(int, npy_intp *, int, int)
    object PyArray_EMPTY(int, npy_intp *, int, int)
    object PyArray_Copy(ndarray)
    object PyArray_Cast(ndarray, int)
    object PyArray_FROM_O(object)
    object PyArray_FROM_OF(object, int)
    object PyArray_FROM_OT(object, int)
    object PyArray_FROM_OTF(object, int, int)
    object PyArray_FROMANY(object, int, int, int, int)
    object PyArray_ContiguousFromAny(object, int, int, int)
    object PyArray_ContiguousFromObject(object, int, int, int)
    object PyArray_CopyFromObject(object, int, int, int)
    object PyArray_FromObject(object, int, int, int)
    void PyArray_DiscardWritebackIfCopy(ndarray)
    void PyArray_XDECREF_ERR(ndarray)

    bint PyTypeNum_ISBOOL(int) nogil
    bint PyTypeNum_ISUNSIGNED(int) nogil
    bint PyTypeNum_ISSIGNED(int) nogil
    bint PyTypeNum_ISINTEGER(int) nogil
    bint PyTypeNum_ISFLOAT(int) nogil
    bint PyTypeNum_ISNUMBER(int) nogil
    bint PyTypeNum_ISSTRING(int) nogil
    bint PyTypeNum_ISCOMPLEX(int) nogil
    bint PyTypeNum_ISFLEXIBLE(int) nogil
    bint PyTypeNum_ISUSERDEF(int) nogil
    bint PyTypeNum_ISEXTENDED(int) nogil
    bint PyTypeNum_ISOBJECT(int) nogil
    bint PyTypeNum_ISDATETIME(int) nogil
    bint PyDataType_ISBOOL(dtype) nogil
    bint PyDataType_ISUNSIGNED(dtype) nogil
    bint PyDataType_ISSIGNED(dtype) nogil
    bint PyDataType_ISINTEGER(dtype) nogil
    bint PyDataType_ISFLOAT(dtype) nogil
    bint PyDataType_ISNUMBER(dtype) nogil
    bint PyDataType_ISSTRING(dtype) nogil
    bint PyDataType_ISCOMPLEX(dtype) nogil
    bint PyDataType_ISFLEXIBLE(dtype) nogil
    bint PyDataType_ISUSERDEF(dtype) nogil
    bint PyDataType_ISEXTENDED(dtype) nogil
    bint PyDataType_ISOBJECT(dtype) nogil
    bint PyDataType_ISDATETIME(dtype) nogil
    bint PyDataType_HASFIELDS(dtype) nogil
    bint PyDataType_HASSUBARRAY(dtype) nogil
    bint PyDataType_FLAGCHK(dtype, npy_uint64) nogil
    bint PyDataType_REFCHK(dtype) nogil
    npy_intp PyDataType_ELSIZE(dtype) nogil
    void PyDataType_SET_ELSIZE(dtype, npy_intp) nogil
    npy_intp PyDataType_ALIGNMENT(dtype) nogil
    npy_uint64 PyDataType_FLAGS(dtype) nogil
    PyObject *PyDataType_FIELDS(dtype) nogil
    PyObject *PyDataType_NAMES(dtype) nogil
    PyObject *PyDataType_METADATA(dtype) nogil
    PyArray_ArrayDescr *PyDataType_SUBARRAY(dtype) nogil

    void *PyArray_ITER_DATA(flatiter) nogil
    void PyArray_ITER_NEXT(flatiter) nogil
    void PyArray_ITER_RESET(flatiter) nogil
    void PyArray_ITER_GOTO(flatiter, npy_intp *) nogil
    void PyArray_ITER_GOTO1D(flatiter, npy_intp) nogil
    bint PyArray_ITER_NOTDONE(flatiter) nogil
    int PyArray_MultiIter_NUMITER(broadcast) nogil
    npy_intp PyArray_MultiIter_SIZE(broadcast) nogil
    npy_intp PyArray_MultiIter_INDEX(broadcast) nogil
    int PyArray_MultiIter_NDIM(broadcast) nogil
    npy_intp *PyArray_MultiIter_DIMS(broadcast) nogil
    void **PyArray_MultiIter_ITERS(broadcast) nogil
    void *PyArray_MultiIter_DATA(broadcast, npy_intp) nogil
    void PyArray_MultiIter_NEXT(broadcast) nogil
    void PyArray_MultiIter_NEXTi(broadcast, npy_intp) nogil
    void PyArray_MultiIter_RESET(broadcast) nogil
    void PyArray_MultiIter_GOTO(broadcast, npy_intp *) nogil
    void PyArray_MultiIter_GOTO1D(broadcast, npy_intp) nogil
    bint PyArray_MultiIter_NOTDONE(broadcast) nogil

    void *PyArray_malloc(size_t) nogil
    void *PyArray_realloc(void *, size_t) nogil
    void PyArray_free(void *) nogil
    void *PyDimMem_NEW(size_t) nogil
    void PyDimMem_FREE(void *) nogil

include "api.pxi"

# ---- ufuncs
cdef extern from "numpy/ufuncobject.h":
    ctypedef void (*PyUFuncGenericFunction)(char **, const npy_intp *, const npy_intp *, void *)

    ctypedef class numpy.ufunc [object PyUFuncObject, check_size ignore]:
        cdef:
            int nin, nout, nargs
            int identity
            PyUFuncGenericFunction *functions
            void **data
            int ntypes
            int check_return "reserved1"
            char *name
            char *types
            char *doc
            void *ptr
            PyObject *obj
            PyObject *userloops

    cdef enum:
        PyUFunc_Zero
        PyUFunc_One
        PyUFunc_None
        PyUFunc_MinusOne
        PyUFunc_ReorderableNone
        PyUFunc_IdentityValue
        UFUNC_FPE_DIVIDEBYZERO
        UFUNC_FPE_OVERFLOW
        UFUNC_FPE_UNDERFLOW
        UFUNC_FPE_INVALID

    int _import_umath() except -1

include "api_ufunc.pxi"

cdef extern from "numpy/arrayobject.h":
    int _import_array() except -1
    int __pyx_import_array "_import_array"() except -1

    ctypedef struct PyArray_DatetimeDTypeMetaData:
        PyArray_DatetimeMetaData meta

cdef extern from "numpy/arrayscalars.h":
    ctypedef struct PyDatetimeScalarObject:
        npy_datetime obval
        PyArray_DatetimeMetaData obmeta
    ctypedef struct PyTimedeltaScalarObject:
        npy_timedelta obval
        PyArray_DatetimeMetaData obmeta

# Names without a prefix, for what stands in the datetime section of the C-API.
cdef extern from "numpy/arrayobject.h":
    int convert_datetime64_to_datetimestruct "NpyDatetime_ConvertDatetime64ToDatetimeStruct"(
        PyArray_DatetimeMetaData *, npy_datetime, npy_datetimestruct *) except -1
    int convert_datetimestruct_to_datetime64 "NpyDatetime_ConvertDatetimeStructToDatetime64"(
        PyArray_DatetimeMetaData *, const npy_datetimestruct *, npy_datetime *) except -1
    int convert_pydatetime_to_datetimestruct "NpyDatetime_ConvertPyDateTimeToDatetimeStruct"(
        PyObject *, npy_datetimestruct *, NPY_DATETIMEUNIT *, int) except -1
    int get_datetime_iso_8601_strlen "NpyDatetime_GetDatetimeISO8601StrLen"(int, NPY_DATETIMEUNIT) except -1
    int make_iso_8601_datetime "NpyDatetime_MakeISO8601Datetime"(
        npy_datetimestruct *, char *, npy_intp, int, int, NPY_DATETIMEUNIT, int, NPY_CASTING) except -1
    int parse_iso_8601_datetime "NpyDatetime_ParseISO8601Datetime"(
        const char *, Py_ssize_t, NPY_DATETIMEUNIT, NPY_CASTING, npy_datetimestruct *, NPY_DATETIMEUNIT *,
        npy_bool *) except -1


cdef inline int import_array() except -1:
    """Fetch the table of the C-API; a module calls it once, before anything else."""
    return _import_array()

cdef inline int import_umath() except -1:
    """Fetch the table of the ufunc C-API."""
    return _import_umath()

cdef inline int import_ufunc() except -1:
    return _import_umath()

cdef inline object PyArray_MultiIterNew1(a):
    return PyArray_MultiIterNew(1, <void *>a)

cdef inline object PyArray_MultiIterNew2(a, b):
    return PyArray_MultiIterNew(2, <void *>a, <void *>b)

cdef inline object PyArray_MultiIterNew3(a, b, c):
    return PyArray_MultiIterNew(3, <void *>a, <void *>b, <void *>c)

cdef inline object PyArray_MultiIterNew4(a, b, c, d):
    return PyArray_MultiIterNew(4, <void *>a, <void *>b, <void *>c, <void *>d)

cdef inline object PyArray_MultiIterNew5(a, b, c, d, e):
    return PyArray_MultiIterNew(5, <void *>a, <void *>b, <void *>c, <void *>d, <void *>e)

cdef inline tuple PyDataType_SHAPE(dtype d):
    """Shape of a subarray type; () of any other."""
    if PyDataType_HASSUBARRAY(d):
        return <tuple>PyDataType_SUBARRAY(d).shape
    return ()

cdef inline int set_array_base(ndarray arr, object base) except -1:
    """Let `arr` keep `base` alive, which owns its memory."""
    Py_INCREF(base)
    return PyArray_SetBaseObject(arr, base)

cdef inline object get_array_base(ndarray arr):
    """The owner of the memory of `arr`, or None."""
    base = PyArray_BASE(arr)
    return None if base is NULL else <object>base

cdef inline bint is_timedelta64_object(object obj) noexcept:
    return PyObject_TypeCheck(obj, &PyTimedeltaArrType_Type)

cdef inline bint is_datetime64_object(object obj) noexcept:
    return PyObject_TypeCheck(obj, &PyDatetimeArrType_Type)

cdef inline npy_datetime get_datetime64_value(object obj) noexcept nogil:
    """Count of units of a datetime64 scalar; not checked to be one."""
    return (<PyDatetimeScalarObject *>obj).obval

cdef inline npy_timedelta get_timedelta64_value(object obj) noexcept nogil:
    return (<PyTimedeltaScalarObject *>obj).obval

cdef inline NPY_DATETIMEUNIT get_datetime64_unit(object obj) noexcept nogil:
    return <NPY_DATETIMEUNIT>(<PyDatetimeScalarObject *>obj).obmeta.base
