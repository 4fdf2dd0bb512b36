/* The DType classes in the table of the C-API: slots 320 to 360, and the abstract ones at 366 to
 * 368. */
#include "../dtypemeta.h"

extern HIDDEN PyArray_DTypeMeta ext_stringdtype;

HIDDEN int ext_fill_dtype_slots(void **api)
{
    /* Type numbers in the order of the slots from 321 on. */
    static const signed char nums[] = {
        NPY_BOOL,       NPY_BYTE,      NPY_UBYTE,   NPY_SHORT,       NPY_USHORT,    NPY_INT,
        NPY_UINT,       NPY_LONG,      NPY_ULONG,   NPY_LONGLONG,    NPY_ULONGLONG, NPY_INT8,
        NPY_UINT8,      NPY_INT16,     NPY_UINT16,  NPY_INT32,       NPY_UINT32,    NPY_INT64,
        NPY_UINT64,     NPY_INTP,      NPY_UINTP,   NPY_HALF,        NPY_FLOAT,     NPY_DOUBLE,
        NPY_LONGDOUBLE, NPY_CFLOAT,    NPY_CDOUBLE, NPY_CLONGDOUBLE, NPY_STRING,    NPY_UNICODE,
        NPY_DATETIME,   NPY_TIMEDELTA, NPY_OBJECT,  NPY_VOID,
    };
    void **dtypes = api + 320;
    dtypes[0] = &PyArrayDTypeMeta_Type_;
    for (size_t i = 0; i < sizeof nums; i++) dtypes[1 + i] = &ext_dtypes[nums[i]];
    dtypes[35] = &ext_pyint;
    dtypes[36] = &ext_pyfloat;
    dtypes[37] = &ext_pycomplex;
    dtypes[38] = &ext_dtypes[NPY_LONG];
    dtypes[39] = &ext_stringdtype;
    api[366] = &ext_int_abstract;
    api[367] = &ext_float_abstract;
    api[368] = &ext_complex_abstract;
    return 0;
}
