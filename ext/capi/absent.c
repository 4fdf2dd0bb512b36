/* Written by tools/gen_capi.py. The API functions that nobody has written yet: each raises
 * NotImplementedError with its name and returns its type's error value; a definition elsewhere
 * replaces the weak one. */
#include "ext.h"

#define ABSENT __attribute__((weak, visibility("hidden")))

static void absent(const char *name)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    PyErr_Format(PyExc_NotImplementedError, "%s is not written yet", name);
    PyGILState_Release(gil);
}

ABSENT unsigned int PyArray_GetNDArrayCVersion(void)
{
    absent("PyArray_GetNDArrayCVersion");
    return 0;
}

ABSENT int PyArray_INCREF(PyArrayObject *)
{
    absent("PyArray_INCREF");
    return -1;
}

ABSENT int PyArray_XDECREF(PyArrayObject *)
{
    absent("PyArray_XDECREF");
    return -1;
}

ABSENT void PyArray_SetStringFunction(PyObject *, int)
{
    absent("PyArray_SetStringFunction");
    return;
}

ABSENT PyArray_Descr *PyArray_DescrFromType(int)
{
    absent("PyArray_DescrFromType");
    return NULL;
}

ABSENT PyObject *PyArray_TypeObjectFromType(int)
{
    absent("PyArray_TypeObjectFromType");
    return NULL;
}

ABSENT char *PyArray_Zero(PyArrayObject *)
{
    absent("PyArray_Zero");
    return NULL;
}

ABSENT char *PyArray_One(PyArrayObject *)
{
    absent("PyArray_One");
    return NULL;
}

ABSENT PyObject *PyArray_CastToType(PyArrayObject *, PyArray_Descr *, int)
{
    absent("PyArray_CastToType");
    return NULL;
}

ABSENT int PyArray_CopyInto(PyArrayObject *, PyArrayObject *)
{
    absent("PyArray_CopyInto");
    return -1;
}

ABSENT int PyArray_CopyAnyInto(PyArrayObject *, PyArrayObject *)
{
    absent("PyArray_CopyAnyInto");
    return -1;
}

ABSENT int PyArray_CanCastSafely(int, int)
{
    absent("PyArray_CanCastSafely");
    return -1;
}

ABSENT npy_bool PyArray_CanCastTo(PyArray_Descr *, PyArray_Descr *)
{
    absent("PyArray_CanCastTo");
    return 0;
}

ABSENT int PyArray_ObjectType(PyObject *, int)
{
    absent("PyArray_ObjectType");
    return -1;
}

ABSENT PyArray_Descr *PyArray_DescrFromObject(PyObject *, PyArray_Descr *)
{
    absent("PyArray_DescrFromObject");
    return NULL;
}

ABSENT PyArrayObject **PyArray_ConvertToCommonType(PyObject *, int *)
{
    absent("PyArray_ConvertToCommonType");
    return NULL;
}

ABSENT PyArray_Descr *PyArray_DescrFromScalar(PyObject *)
{
    absent("PyArray_DescrFromScalar");
    return NULL;
}

ABSENT PyArray_Descr *PyArray_DescrFromTypeObject(PyObject *)
{
    absent("PyArray_DescrFromTypeObject");
    return NULL;
}

ABSENT npy_intp PyArray_Size(PyObject *)
{
    absent("PyArray_Size");
    return -1;
}

ABSENT PyObject *PyArray_Scalar(void *, PyArray_Descr *, PyObject *)
{
    absent("PyArray_Scalar");
    return NULL;
}

ABSENT PyObject *PyArray_FromScalar(PyObject *, PyArray_Descr *)
{
    absent("PyArray_FromScalar");
    return NULL;
}

ABSENT void PyArray_ScalarAsCtype(PyObject *, void *)
{
    absent("PyArray_ScalarAsCtype");
    return;
}

ABSENT int PyArray_CastScalarToCtype(PyObject *, void *, PyArray_Descr *)
{
    absent("PyArray_CastScalarToCtype");
    return -1;
}

ABSENT int PyArray_CastScalarDirect(PyObject *, PyArray_Descr *, void *, int)
{
    absent("PyArray_CastScalarDirect");
    return -1;
}

ABSENT int PyArray_Pack(PyArray_Descr *, void *, PyObject *)
{
    absent("PyArray_Pack");
    return -1;
}

ABSENT PyObject *PyArray_FromAny(PyObject *, PyArray_Descr *, int, int, int, PyObject *)
{
    absent("PyArray_FromAny");
    return NULL;
}

ABSENT PyObject *PyArray_EnsureArray(PyObject *)
{
    absent("PyArray_EnsureArray");
    return NULL;
}

ABSENT PyObject *PyArray_EnsureAnyArray(PyObject *)
{
    absent("PyArray_EnsureAnyArray");
    return NULL;
}

ABSENT PyObject *PyArray_FromFile(FILE *, PyArray_Descr *, npy_intp, char *)
{
    absent("PyArray_FromFile");
    return NULL;
}

ABSENT PyObject *PyArray_FromString(char *, npy_intp, PyArray_Descr *, npy_intp, char *)
{
    absent("PyArray_FromString");
    return NULL;
}

ABSENT PyObject *PyArray_FromBuffer(PyObject *, PyArray_Descr *, npy_intp, npy_intp)
{
    absent("PyArray_FromBuffer");
    return NULL;
}

ABSENT PyObject *PyArray_FromIter(PyObject *, PyArray_Descr *, npy_intp)
{
    absent("PyArray_FromIter");
    return NULL;
}

ABSENT PyObject *PyArray_Return(PyArrayObject *)
{
    absent("PyArray_Return");
    return NULL;
}

ABSENT PyObject *PyArray_GetField(PyArrayObject *, PyArray_Descr *, int)
{
    absent("PyArray_GetField");
    return NULL;
}

ABSENT int PyArray_SetField(PyArrayObject *, PyArray_Descr *, int, PyObject *)
{
    absent("PyArray_SetField");
    return -1;
}

ABSENT PyObject *PyArray_Byteswap(PyArrayObject *, npy_bool)
{
    absent("PyArray_Byteswap");
    return NULL;
}

ABSENT PyObject *PyArray_Resize(PyArrayObject *, PyArray_Dims *, int, NPY_ORDER NPY_UNUSED(order))
{
    absent("PyArray_Resize");
    return NULL;
}

ABSENT int PyArray_CopyObject(PyArrayObject *, PyObject *)
{
    absent("PyArray_CopyObject");
    return -1;
}

ABSENT PyObject *PyArray_NewCopy(PyArrayObject *, NPY_ORDER)
{
    absent("PyArray_NewCopy");
    return NULL;
}

ABSENT PyObject *PyArray_ToList(PyArrayObject *)
{
    absent("PyArray_ToList");
    return NULL;
}

ABSENT PyObject *PyArray_ToString(PyArrayObject *, NPY_ORDER)
{
    absent("PyArray_ToString");
    return NULL;
}

ABSENT int PyArray_ToFile(PyArrayObject *, FILE *, char *, char *)
{
    absent("PyArray_ToFile");
    return -1;
}

ABSENT int PyArray_Dump(PyObject *, PyObject *, int)
{
    absent("PyArray_Dump");
    return -1;
}

ABSENT PyObject *PyArray_Dumps(PyObject *, int)
{
    absent("PyArray_Dumps");
    return NULL;
}

ABSENT int PyArray_ValidType(int)
{
    absent("PyArray_ValidType");
    return -1;
}

ABSENT void PyArray_UpdateFlags(PyArrayObject *, int)
{
    absent("PyArray_UpdateFlags");
    return;
}

ABSENT PyObject *PyArray_New(PyTypeObject *, int, npy_intp const *, int, npy_intp const *, void *,
                             int, int, PyObject *)
{
    absent("PyArray_New");
    return NULL;
}

ABSENT PyObject *PyArray_NewFromDescr(PyTypeObject *, PyArray_Descr *, int, npy_intp const *,
                                      npy_intp const *, void *, int, PyObject *)
{
    absent("PyArray_NewFromDescr");
    return NULL;
}

ABSENT PyArray_Descr *PyArray_DescrNew(PyArray_Descr *)
{
    absent("PyArray_DescrNew");
    return NULL;
}

ABSENT PyArray_Descr *PyArray_DescrNewFromType(int)
{
    absent("PyArray_DescrNewFromType");
    return NULL;
}

ABSENT double PyArray_GetPriority(PyObject *, double)
{
    absent("PyArray_GetPriority");
    return 0;
}

ABSENT PyObject *PyArray_IterNew(PyObject *)
{
    absent("PyArray_IterNew");
    return NULL;
}

ABSENT PyObject *PyArray_MultiIterNew(int, ...)
{
    absent("PyArray_MultiIterNew");
    return NULL;
}

ABSENT int PyArray_PyIntAsInt(PyObject *)
{
    absent("PyArray_PyIntAsInt");
    return -1;
}

ABSENT npy_intp PyArray_PyIntAsIntp(PyObject *)
{
    absent("PyArray_PyIntAsIntp");
    return -1;
}

ABSENT int PyArray_Broadcast(PyArrayMultiIterObject *)
{
    absent("PyArray_Broadcast");
    return -1;
}

ABSENT int PyArray_FillWithScalar(PyArrayObject *, PyObject *)
{
    absent("PyArray_FillWithScalar");
    return -1;
}

ABSENT npy_bool PyArray_CheckStrides(int, int, npy_intp, npy_intp, npy_intp const *,
                                     npy_intp const *)
{
    absent("PyArray_CheckStrides");
    return 0;
}

ABSENT PyArray_Descr *PyArray_DescrNewByteorder(PyArray_Descr *, char)
{
    absent("PyArray_DescrNewByteorder");
    return NULL;
}

ABSENT PyObject *PyArray_IterAllButAxis(PyObject *, int *)
{
    absent("PyArray_IterAllButAxis");
    return NULL;
}

ABSENT PyObject *PyArray_CheckFromAny(PyObject *, PyArray_Descr *, int, int, int, PyObject *)
{
    absent("PyArray_CheckFromAny");
    return NULL;
}

ABSENT PyObject *PyArray_FromArray(PyArrayObject *, PyArray_Descr *, int)
{
    absent("PyArray_FromArray");
    return NULL;
}

ABSENT PyObject *PyArray_FromInterface(PyObject *)
{
    absent("PyArray_FromInterface");
    return NULL;
}

ABSENT PyObject *PyArray_FromStructInterface(PyObject *)
{
    absent("PyArray_FromStructInterface");
    return NULL;
}

ABSENT PyObject *PyArray_FromArrayAttr(PyObject *, PyArray_Descr *, PyObject *)
{
    absent("PyArray_FromArrayAttr");
    return NULL;
}

ABSENT NPY_SCALARKIND PyArray_ScalarKind(int, PyArrayObject **)
{
    absent("PyArray_ScalarKind");
    return 0;
}

ABSENT int PyArray_CanCoerceScalar(int, int, NPY_SCALARKIND)
{
    absent("PyArray_CanCoerceScalar");
    return -1;
}

ABSENT npy_bool PyArray_CanCastScalar(PyTypeObject *, PyTypeObject *)
{
    absent("PyArray_CanCastScalar");
    return 0;
}

ABSENT int PyArray_RemoveSmallest(PyArrayMultiIterObject *)
{
    absent("PyArray_RemoveSmallest");
    return -1;
}

ABSENT int PyArray_ElementStrides(PyObject *)
{
    absent("PyArray_ElementStrides");
    return -1;
}

ABSENT void PyArray_Item_INCREF(char *, PyArray_Descr *)
{
    absent("PyArray_Item_INCREF");
    return;
}

ABSENT void PyArray_Item_XDECREF(char *, PyArray_Descr *)
{
    absent("PyArray_Item_XDECREF");
    return;
}

ABSENT PyObject *PyArray_Transpose(PyArrayObject *, PyArray_Dims *)
{
    absent("PyArray_Transpose");
    return NULL;
}

ABSENT PyObject *PyArray_TakeFrom(PyArrayObject *, PyObject *, int, PyArrayObject *, NPY_CLIPMODE)
{
    absent("PyArray_TakeFrom");
    return NULL;
}

ABSENT PyObject *PyArray_PutTo(PyArrayObject *, PyObject *, PyObject *, NPY_CLIPMODE)
{
    absent("PyArray_PutTo");
    return NULL;
}

ABSENT PyObject *PyArray_PutMask(PyArrayObject *, PyObject *, PyObject *)
{
    absent("PyArray_PutMask");
    return NULL;
}

ABSENT PyObject *PyArray_Repeat(PyArrayObject *, PyObject *, int)
{
    absent("PyArray_Repeat");
    return NULL;
}

ABSENT PyObject *PyArray_Choose(PyArrayObject *, PyObject *, PyArrayObject *, NPY_CLIPMODE)
{
    absent("PyArray_Choose");
    return NULL;
}

ABSENT int PyArray_Sort(PyArrayObject *, int, NPY_SORTKIND)
{
    absent("PyArray_Sort");
    return -1;
}

ABSENT PyObject *PyArray_ArgSort(PyArrayObject *, int, NPY_SORTKIND)
{
    absent("PyArray_ArgSort");
    return NULL;
}

ABSENT PyObject *PyArray_SearchSorted(PyArrayObject *, PyObject *, NPY_SEARCHSIDE, PyObject *)
{
    absent("PyArray_SearchSorted");
    return NULL;
}

ABSENT PyObject *PyArray_ArgMax(PyArrayObject *, int, PyArrayObject *)
{
    absent("PyArray_ArgMax");
    return NULL;
}

ABSENT PyObject *PyArray_ArgMin(PyArrayObject *, int, PyArrayObject *)
{
    absent("PyArray_ArgMin");
    return NULL;
}

ABSENT PyObject *PyArray_Reshape(PyArrayObject *, PyObject *)
{
    absent("PyArray_Reshape");
    return NULL;
}

ABSENT PyObject *PyArray_Newshape(PyArrayObject *, PyArray_Dims *, NPY_ORDER)
{
    absent("PyArray_Newshape");
    return NULL;
}

ABSENT PyObject *PyArray_Squeeze(PyArrayObject *)
{
    absent("PyArray_Squeeze");
    return NULL;
}

ABSENT PyObject *PyArray_View(PyArrayObject *, PyArray_Descr *, PyTypeObject *)
{
    absent("PyArray_View");
    return NULL;
}

ABSENT PyObject *PyArray_SwapAxes(PyArrayObject *, int, int)
{
    absent("PyArray_SwapAxes");
    return NULL;
}

ABSENT PyObject *PyArray_Max(PyArrayObject *, int, PyArrayObject *)
{
    absent("PyArray_Max");
    return NULL;
}

ABSENT PyObject *PyArray_Min(PyArrayObject *, int, PyArrayObject *)
{
    absent("PyArray_Min");
    return NULL;
}

ABSENT PyObject *PyArray_Ptp(PyArrayObject *, int, PyArrayObject *)
{
    absent("PyArray_Ptp");
    return NULL;
}

ABSENT PyObject *PyArray_Mean(PyArrayObject *, int, int, PyArrayObject *)
{
    absent("PyArray_Mean");
    return NULL;
}

ABSENT PyObject *PyArray_Trace(PyArrayObject *, int, int, int, int, PyArrayObject *)
{
    absent("PyArray_Trace");
    return NULL;
}

ABSENT PyObject *PyArray_Diagonal(PyArrayObject *, int, int, int)
{
    absent("PyArray_Diagonal");
    return NULL;
}

ABSENT PyObject *PyArray_Clip(PyArrayObject *, PyObject *, PyObject *, PyArrayObject *)
{
    absent("PyArray_Clip");
    return NULL;
}

ABSENT PyObject *PyArray_Conjugate(PyArrayObject *, PyArrayObject *)
{
    absent("PyArray_Conjugate");
    return NULL;
}

ABSENT PyObject *PyArray_Nonzero(PyArrayObject *)
{
    absent("PyArray_Nonzero");
    return NULL;
}

ABSENT PyObject *PyArray_Std(PyArrayObject *, int, int, PyArrayObject *, int)
{
    absent("PyArray_Std");
    return NULL;
}

ABSENT PyObject *PyArray_Sum(PyArrayObject *, int, int, PyArrayObject *)
{
    absent("PyArray_Sum");
    return NULL;
}

ABSENT PyObject *PyArray_CumSum(PyArrayObject *, int, int, PyArrayObject *)
{
    absent("PyArray_CumSum");
    return NULL;
}

ABSENT PyObject *PyArray_Prod(PyArrayObject *, int, int, PyArrayObject *)
{
    absent("PyArray_Prod");
    return NULL;
}

ABSENT PyObject *PyArray_CumProd(PyArrayObject *, int, int, PyArrayObject *)
{
    absent("PyArray_CumProd");
    return NULL;
}

ABSENT PyObject *PyArray_All(PyArrayObject *, int, PyArrayObject *)
{
    absent("PyArray_All");
    return NULL;
}

ABSENT PyObject *PyArray_Any(PyArrayObject *, int, PyArrayObject *)
{
    absent("PyArray_Any");
    return NULL;
}

ABSENT PyObject *PyArray_Compress(PyArrayObject *, PyObject *, int, PyArrayObject *)
{
    absent("PyArray_Compress");
    return NULL;
}

ABSENT PyObject *PyArray_Flatten(PyArrayObject *, NPY_ORDER)
{
    absent("PyArray_Flatten");
    return NULL;
}

ABSENT PyObject *PyArray_Ravel(PyArrayObject *, NPY_ORDER)
{
    absent("PyArray_Ravel");
    return NULL;
}

ABSENT npy_intp PyArray_MultiplyList(npy_intp const *, int)
{
    absent("PyArray_MultiplyList");
    return -1;
}

ABSENT int PyArray_MultiplyIntList(int const *, int)
{
    absent("PyArray_MultiplyIntList");
    return -1;
}

ABSENT void *PyArray_GetPtr(PyArrayObject *, npy_intp const *)
{
    absent("PyArray_GetPtr");
    return NULL;
}

ABSENT int PyArray_CompareLists(npy_intp const *, npy_intp const *, int)
{
    absent("PyArray_CompareLists");
    return -1;
}

ABSENT int PyArray_AsCArray(PyObject **, void *, npy_intp *, int, PyArray_Descr *)
{
    absent("PyArray_AsCArray");
    return -1;
}

ABSENT int PyArray_Free(PyObject *, void *)
{
    absent("PyArray_Free");
    return -1;
}

ABSENT int PyArray_Converter(PyObject *, PyObject **)
{
    absent("PyArray_Converter");
    return 0; /* NPY_FAIL */
}

ABSENT int PyArray_IntpFromSequence(PyObject *, npy_intp *, int)
{
    absent("PyArray_IntpFromSequence");
    return -1;
}

ABSENT PyObject *PyArray_Concatenate(PyObject *, int)
{
    absent("PyArray_Concatenate");
    return NULL;
}

ABSENT PyObject *PyArray_InnerProduct(PyObject *, PyObject *)
{
    absent("PyArray_InnerProduct");
    return NULL;
}

ABSENT PyObject *PyArray_MatrixProduct(PyObject *, PyObject *)
{
    absent("PyArray_MatrixProduct");
    return NULL;
}

ABSENT PyObject *PyArray_Correlate(PyObject *, PyObject *, int)
{
    absent("PyArray_Correlate");
    return NULL;
}

ABSENT int PyArray_DescrConverter(PyObject *, PyArray_Descr **)
{
    absent("PyArray_DescrConverter");
    return 0; /* NPY_FAIL */
}

ABSENT int PyArray_DescrConverter2(PyObject *, PyArray_Descr **)
{
    absent("PyArray_DescrConverter2");
    return 0; /* NPY_FAIL */
}

ABSENT int PyArray_IntpConverter(PyObject *, PyArray_Dims *)
{
    absent("PyArray_IntpConverter");
    return 0; /* NPY_FAIL */
}

ABSENT int PyArray_BufferConverter(PyObject *, PyArray_Chunk *)
{
    absent("PyArray_BufferConverter");
    return 0; /* NPY_FAIL */
}

ABSENT int PyArray_AxisConverter(PyObject *, int *)
{
    absent("PyArray_AxisConverter");
    return 0; /* NPY_FAIL */
}

ABSENT int PyArray_BoolConverter(PyObject *, npy_bool *)
{
    absent("PyArray_BoolConverter");
    return 0; /* NPY_FAIL */
}

ABSENT int PyArray_ByteorderConverter(PyObject *, char *)
{
    absent("PyArray_ByteorderConverter");
    return 0; /* NPY_FAIL */
}

ABSENT int PyArray_OrderConverter(PyObject *, NPY_ORDER *)
{
    absent("PyArray_OrderConverter");
    return 0; /* NPY_FAIL */
}

ABSENT unsigned char PyArray_EquivTypes(PyArray_Descr *, PyArray_Descr *)
{
    absent("PyArray_EquivTypes");
    return 0;
}

ABSENT PyObject *PyArray_Zeros(int, npy_intp const *, PyArray_Descr *, int)
{
    absent("PyArray_Zeros");
    return NULL;
}

ABSENT PyObject *PyArray_Empty(int, npy_intp const *, PyArray_Descr *, int)
{
    absent("PyArray_Empty");
    return NULL;
}

ABSENT PyObject *PyArray_Where(PyObject *, PyObject *, PyObject *)
{
    absent("PyArray_Where");
    return NULL;
}

ABSENT PyObject *PyArray_Arange(double, double, double, int)
{
    absent("PyArray_Arange");
    return NULL;
}

ABSENT PyObject *PyArray_ArangeObj(PyObject *, PyObject *, PyObject *, PyArray_Descr *)
{
    absent("PyArray_ArangeObj");
    return NULL;
}

ABSENT int PyArray_SortkindConverter(PyObject *, NPY_SORTKIND *)
{
    absent("PyArray_SortkindConverter");
    return 0; /* NPY_FAIL */
}

ABSENT PyObject *PyArray_LexSort(PyObject *, int)
{
    absent("PyArray_LexSort");
    return NULL;
}

ABSENT PyObject *PyArray_Round(PyArrayObject *, int, PyArrayObject *)
{
    absent("PyArray_Round");
    return NULL;
}

ABSENT unsigned char PyArray_EquivTypenums(int, int)
{
    absent("PyArray_EquivTypenums");
    return 0;
}

ABSENT int PyArray_RegisterDataType(PyArray_DescrProto *)
{
    absent("PyArray_RegisterDataType");
    return -1;
}

ABSENT int PyArray_RegisterCastFunc(PyArray_Descr *, int, PyArray_VectorUnaryFunc *)
{
    absent("PyArray_RegisterCastFunc");
    return -1;
}

ABSENT int PyArray_RegisterCanCast(PyArray_Descr *, int, NPY_SCALARKIND)
{
    absent("PyArray_RegisterCanCast");
    return -1;
}

ABSENT void PyArray_InitArrFuncs(PyArray_ArrFuncs *)
{
    absent("PyArray_InitArrFuncs");
    return;
}

ABSENT PyObject *PyArray_IntTupleFromIntp(int, npy_intp const *)
{
    absent("PyArray_IntTupleFromIntp");
    return NULL;
}

ABSENT int PyArray_ClipmodeConverter(PyObject *, NPY_CLIPMODE *)
{
    absent("PyArray_ClipmodeConverter");
    return 0; /* NPY_FAIL */
}

ABSENT int PyArray_OutputConverter(PyObject *, PyArrayObject **)
{
    absent("PyArray_OutputConverter");
    return 0; /* NPY_FAIL */
}

ABSENT PyObject *PyArray_BroadcastToShape(PyObject *, npy_intp *, int)
{
    absent("PyArray_BroadcastToShape");
    return NULL;
}

ABSENT int PyArray_DescrAlignConverter(PyObject *, PyArray_Descr **)
{
    absent("PyArray_DescrAlignConverter");
    return 0; /* NPY_FAIL */
}

ABSENT int PyArray_DescrAlignConverter2(PyObject *, PyArray_Descr **)
{
    absent("PyArray_DescrAlignConverter2");
    return 0; /* NPY_FAIL */
}

ABSENT int PyArray_SearchsideConverter(PyObject *, void *)
{
    absent("PyArray_SearchsideConverter");
    return 0; /* NPY_FAIL */
}

ABSENT PyObject *PyArray_CheckAxis(PyArrayObject *, int *, int)
{
    absent("PyArray_CheckAxis");
    return NULL;
}

ABSENT npy_intp PyArray_OverflowMultiplyList(npy_intp const *, int)
{
    absent("PyArray_OverflowMultiplyList");
    return -1;
}

ABSENT PyObject *PyArray_MultiIterFromObjects(PyObject **, int, int, ...)
{
    absent("PyArray_MultiIterFromObjects");
    return NULL;
}

ABSENT int PyArray_GetEndianness(void)
{
    absent("PyArray_GetEndianness");
    return -1;
}

ABSENT unsigned int PyArray_GetNDArrayCFeatureVersion(void)
{
    absent("PyArray_GetNDArrayCFeatureVersion");
    return 0;
}

ABSENT PyObject *PyArray_Correlate2(PyObject *, PyObject *, int)
{
    absent("PyArray_Correlate2");
    return NULL;
}

ABSENT PyObject *PyArray_NeighborhoodIterNew(PyArrayIterObject *, const npy_intp *, int,
                                             PyArrayObject *)
{
    absent("PyArray_NeighborhoodIterNew");
    return NULL;
}

ABSENT NPY_ARRAYMETHOD_FLAGS NpyIter_GetTransferFlags(NpyIter *)
{
    absent("NpyIter_GetTransferFlags");
    return 0;
}

ABSENT NpyIter *NpyIter_New(PyArrayObject *, npy_uint32, NPY_ORDER, NPY_CASTING, PyArray_Descr *)
{
    absent("NpyIter_New");
    return NULL;
}

ABSENT NpyIter *NpyIter_MultiNew(int, PyArrayObject **, npy_uint32, NPY_ORDER, NPY_CASTING,
                                 npy_uint32 *, PyArray_Descr **)
{
    absent("NpyIter_MultiNew");
    return NULL;
}

ABSENT NpyIter *NpyIter_AdvancedNew(int, PyArrayObject **, npy_uint32, NPY_ORDER, NPY_CASTING,
                                    npy_uint32 *, PyArray_Descr **, int, int **, npy_intp *,
                                    npy_intp)
{
    absent("NpyIter_AdvancedNew");
    return NULL;
}

ABSENT NpyIter *NpyIter_Copy(NpyIter *)
{
    absent("NpyIter_Copy");
    return NULL;
}

ABSENT int NpyIter_Deallocate(NpyIter *)
{
    absent("NpyIter_Deallocate");
    return -1;
}

ABSENT npy_bool NpyIter_HasDelayedBufAlloc(NpyIter *)
{
    absent("NpyIter_HasDelayedBufAlloc");
    return 0;
}

ABSENT npy_bool NpyIter_HasExternalLoop(NpyIter *)
{
    absent("NpyIter_HasExternalLoop");
    return 0;
}

ABSENT int NpyIter_EnableExternalLoop(NpyIter *)
{
    absent("NpyIter_EnableExternalLoop");
    return -1;
}

ABSENT npy_intp *NpyIter_GetInnerStrideArray(NpyIter *)
{
    absent("NpyIter_GetInnerStrideArray");
    return NULL;
}

ABSENT npy_intp *NpyIter_GetInnerLoopSizePtr(NpyIter *)
{
    absent("NpyIter_GetInnerLoopSizePtr");
    return NULL;
}

ABSENT int NpyIter_Reset(NpyIter *, char **)
{
    absent("NpyIter_Reset");
    return -1;
}

ABSENT int NpyIter_ResetBasePointers(NpyIter *, char **, char **)
{
    absent("NpyIter_ResetBasePointers");
    return -1;
}

ABSENT int NpyIter_ResetToIterIndexRange(NpyIter *, npy_intp, npy_intp, char **)
{
    absent("NpyIter_ResetToIterIndexRange");
    return -1;
}

ABSENT int NpyIter_GetNDim(NpyIter *)
{
    absent("NpyIter_GetNDim");
    return -1;
}

ABSENT int NpyIter_GetNOp(NpyIter *)
{
    absent("NpyIter_GetNOp");
    return -1;
}

ABSENT NpyIter_IterNextFunc *NpyIter_GetIterNext(NpyIter *, char **)
{
    absent("NpyIter_GetIterNext");
    return NULL;
}

ABSENT npy_intp NpyIter_GetIterSize(NpyIter *)
{
    absent("NpyIter_GetIterSize");
    return -1;
}

ABSENT void NpyIter_GetIterIndexRange(NpyIter *, npy_intp *, npy_intp *)
{
    absent("NpyIter_GetIterIndexRange");
    return;
}

ABSENT npy_intp NpyIter_GetIterIndex(NpyIter *)
{
    absent("NpyIter_GetIterIndex");
    return -1;
}

ABSENT int NpyIter_GotoIterIndex(NpyIter *, npy_intp)
{
    absent("NpyIter_GotoIterIndex");
    return -1;
}

ABSENT npy_bool NpyIter_HasMultiIndex(NpyIter *)
{
    absent("NpyIter_HasMultiIndex");
    return 0;
}

ABSENT int NpyIter_GetShape(NpyIter *, npy_intp *)
{
    absent("NpyIter_GetShape");
    return -1;
}

ABSENT NpyIter_GetMultiIndexFunc *NpyIter_GetGetMultiIndex(NpyIter *, char **)
{
    absent("NpyIter_GetGetMultiIndex");
    return NULL;
}

ABSENT int NpyIter_GotoMultiIndex(NpyIter *, npy_intp const *)
{
    absent("NpyIter_GotoMultiIndex");
    return -1;
}

ABSENT int NpyIter_RemoveMultiIndex(NpyIter *)
{
    absent("NpyIter_RemoveMultiIndex");
    return -1;
}

ABSENT npy_bool NpyIter_HasIndex(NpyIter *)
{
    absent("NpyIter_HasIndex");
    return 0;
}

ABSENT npy_bool NpyIter_IsBuffered(NpyIter *)
{
    absent("NpyIter_IsBuffered");
    return 0;
}

ABSENT npy_bool NpyIter_IsGrowInner(NpyIter *)
{
    absent("NpyIter_IsGrowInner");
    return 0;
}

ABSENT npy_intp NpyIter_GetBufferSize(NpyIter *)
{
    absent("NpyIter_GetBufferSize");
    return -1;
}

ABSENT npy_intp *NpyIter_GetIndexPtr(NpyIter *)
{
    absent("NpyIter_GetIndexPtr");
    return NULL;
}

ABSENT int NpyIter_GotoIndex(NpyIter *, npy_intp)
{
    absent("NpyIter_GotoIndex");
    return -1;
}

ABSENT char **NpyIter_GetDataPtrArray(NpyIter *)
{
    absent("NpyIter_GetDataPtrArray");
    return NULL;
}

ABSENT PyArray_Descr **NpyIter_GetDescrArray(NpyIter *)
{
    absent("NpyIter_GetDescrArray");
    return NULL;
}

ABSENT PyArrayObject **NpyIter_GetOperandArray(NpyIter *)
{
    absent("NpyIter_GetOperandArray");
    return NULL;
}

ABSENT PyArrayObject *NpyIter_GetIterView(NpyIter *, npy_intp)
{
    absent("NpyIter_GetIterView");
    return NULL;
}

ABSENT void NpyIter_GetReadFlags(NpyIter *, char *)
{
    absent("NpyIter_GetReadFlags");
    return;
}

ABSENT void NpyIter_GetWriteFlags(NpyIter *, char *)
{
    absent("NpyIter_GetWriteFlags");
    return;
}

ABSENT void NpyIter_DebugPrint(NpyIter *)
{
    absent("NpyIter_DebugPrint");
    return;
}

ABSENT npy_bool NpyIter_IterationNeedsAPI(NpyIter *)
{
    absent("NpyIter_IterationNeedsAPI");
    return 0;
}

ABSENT void NpyIter_GetInnerFixedStrideArray(NpyIter *, npy_intp *)
{
    absent("NpyIter_GetInnerFixedStrideArray");
    return;
}

ABSENT int NpyIter_RemoveAxis(NpyIter *, int)
{
    absent("NpyIter_RemoveAxis");
    return -1;
}

ABSENT npy_intp *NpyIter_GetAxisStrideArray(NpyIter *, int)
{
    absent("NpyIter_GetAxisStrideArray");
    return NULL;
}

ABSENT npy_bool NpyIter_RequiresBuffering(NpyIter *)
{
    absent("NpyIter_RequiresBuffering");
    return 0;
}

ABSENT char **NpyIter_GetInitialDataPtrArray(NpyIter *)
{
    absent("NpyIter_GetInitialDataPtrArray");
    return NULL;
}

ABSENT int NpyIter_CreateCompatibleStrides(NpyIter *, npy_intp, npy_intp *)
{
    absent("NpyIter_CreateCompatibleStrides");
    return -1;
}

ABSENT int PyArray_CastingConverter(PyObject *, NPY_CASTING *)
{
    absent("PyArray_CastingConverter");
    return 0; /* NPY_FAIL */
}

ABSENT npy_intp PyArray_CountNonzero(PyArrayObject *)
{
    absent("PyArray_CountNonzero");
    return -1;
}

ABSENT PyArray_Descr *PyArray_PromoteTypes(PyArray_Descr *, PyArray_Descr *)
{
    absent("PyArray_PromoteTypes");
    return NULL;
}

ABSENT PyArray_Descr *PyArray_MinScalarType(PyArrayObject *)
{
    absent("PyArray_MinScalarType");
    return NULL;
}

ABSENT PyArray_Descr *PyArray_ResultType(npy_intp, PyArrayObject *arrs[], npy_intp,
                                         PyArray_Descr *descrs[])
{
    absent("PyArray_ResultType");
    return NULL;
}

ABSENT npy_bool PyArray_CanCastArrayTo(PyArrayObject *, PyArray_Descr *, NPY_CASTING)
{
    absent("PyArray_CanCastArrayTo");
    return 0;
}

ABSENT npy_bool PyArray_CanCastTypeTo(PyArray_Descr *, PyArray_Descr *, NPY_CASTING)
{
    absent("PyArray_CanCastTypeTo");
    return 0;
}

ABSENT PyArrayObject *PyArray_EinsteinSum(char *, npy_intp, PyArrayObject **, PyArray_Descr *,
                                          NPY_ORDER, NPY_CASTING, PyArrayObject *)
{
    absent("PyArray_EinsteinSum");
    return NULL;
}

ABSENT PyObject *PyArray_NewLikeArray(PyArrayObject *, NPY_ORDER, PyArray_Descr *, int)
{
    absent("PyArray_NewLikeArray");
    return NULL;
}

ABSENT int PyArray_ConvertClipmodeSequence(PyObject *, NPY_CLIPMODE *, int)
{
    absent("PyArray_ConvertClipmodeSequence");
    return -1;
}

ABSENT PyObject *PyArray_MatrixProduct2(PyObject *, PyObject *, PyArrayObject *)
{
    absent("PyArray_MatrixProduct2");
    return NULL;
}

ABSENT npy_bool NpyIter_IsFirstVisit(NpyIter *, int)
{
    absent("NpyIter_IsFirstVisit");
    return 0;
}

ABSENT int PyArray_SetBaseObject(PyArrayObject *, PyObject *)
{
    absent("PyArray_SetBaseObject");
    return -1;
}

ABSENT void PyArray_CreateSortedStridePerm(int, npy_intp const *, npy_stride_sort_item *)
{
    absent("PyArray_CreateSortedStridePerm");
    return;
}

ABSENT void PyArray_RemoveAxesInPlace(PyArrayObject *, const npy_bool *)
{
    absent("PyArray_RemoveAxesInPlace");
    return;
}

ABSENT void PyArray_DebugPrint(PyArrayObject *)
{
    absent("PyArray_DebugPrint");
    return;
}

ABSENT int PyArray_FailUnlessWriteable(PyArrayObject *, const char *)
{
    absent("PyArray_FailUnlessWriteable");
    return -1;
}

ABSENT int PyArray_SetUpdateIfCopyBase(PyArrayObject *, PyArrayObject *)
{
    absent("PyArray_SetUpdateIfCopyBase");
    return -1;
}

ABSENT void *PyDataMem_NEW(size_t)
{
    absent("PyDataMem_NEW");
    return NULL;
}

ABSENT void PyDataMem_FREE(void *)
{
    absent("PyDataMem_FREE");
    return;
}

ABSENT void *PyDataMem_RENEW(void *, size_t)
{
    absent("PyDataMem_RENEW");
    return NULL;
}

ABSENT int PyArray_Partition(PyArrayObject *, PyArrayObject *, int, NPY_SELECTKIND)
{
    absent("PyArray_Partition");
    return -1;
}

ABSENT PyObject *PyArray_ArgPartition(PyArrayObject *, PyArrayObject *, int, NPY_SELECTKIND)
{
    absent("PyArray_ArgPartition");
    return NULL;
}

ABSENT int PyArray_SelectkindConverter(PyObject *, NPY_SELECTKIND *)
{
    absent("PyArray_SelectkindConverter");
    return 0; /* NPY_FAIL */
}

ABSENT void *PyDataMem_NEW_ZEROED(size_t, size_t)
{
    absent("PyDataMem_NEW_ZEROED");
    return NULL;
}

ABSENT int PyArray_CheckAnyScalarExact(PyObject *)
{
    absent("PyArray_CheckAnyScalarExact");
    return -1;
}

ABSENT int PyArray_ResolveWritebackIfCopy(PyArrayObject *)
{
    absent("PyArray_ResolveWritebackIfCopy");
    return -1;
}

ABSENT int PyArray_SetWritebackIfCopyBase(PyArrayObject *, PyArrayObject *)
{
    absent("PyArray_SetWritebackIfCopyBase");
    return -1;
}

ABSENT PyObject *PyDataMem_SetHandler(PyObject *)
{
    absent("PyDataMem_SetHandler");
    return NULL;
}

ABSENT PyObject *PyDataMem_GetHandler(void)
{
    absent("PyDataMem_GetHandler");
    return NULL;
}

ABSENT int NpyDatetime_ConvertDatetime64ToDatetimeStruct(PyArray_DatetimeMetaData *, npy_datetime,
                                                         npy_datetimestruct *)
{
    absent("NpyDatetime_ConvertDatetime64ToDatetimeStruct");
    return -1;
}

ABSENT int NpyDatetime_ConvertDatetimeStructToDatetime64(PyArray_DatetimeMetaData *,
                                                         const npy_datetimestruct *, npy_datetime *)
{
    absent("NpyDatetime_ConvertDatetimeStructToDatetime64");
    return -1;
}

ABSENT int NpyDatetime_ConvertPyDateTimeToDatetimeStruct(PyObject *, npy_datetimestruct *,
                                                         NPY_DATETIMEUNIT *, int)
{
    absent("NpyDatetime_ConvertPyDateTimeToDatetimeStruct");
    return -1;
}

ABSENT int NpyDatetime_GetDatetimeISO8601StrLen(int, NPY_DATETIMEUNIT)
{
    absent("NpyDatetime_GetDatetimeISO8601StrLen");
    return -1;
}

ABSENT int NpyDatetime_MakeISO8601Datetime(npy_datetimestruct *, char *, npy_intp, int, int,
                                           NPY_DATETIMEUNIT, int, NPY_CASTING)
{
    absent("NpyDatetime_MakeISO8601Datetime");
    return -1;
}

ABSENT int NpyDatetime_ParseISO8601Datetime(char const *, Py_ssize_t, NPY_DATETIMEUNIT, NPY_CASTING,
                                            npy_datetimestruct *, NPY_DATETIMEUNIT *, npy_bool *)
{
    absent("NpyDatetime_ParseISO8601Datetime");
    return -1;
}

ABSENT int NpyString_load(npy_string_allocator *, const npy_packed_static_string *,
                          npy_static_string *)
{
    absent("NpyString_load");
    return -1;
}

ABSENT int NpyString_pack(npy_string_allocator *, npy_packed_static_string *, const char *, size_t)
{
    absent("NpyString_pack");
    return -1;
}

ABSENT int NpyString_pack_null(npy_string_allocator *, npy_packed_static_string *)
{
    absent("NpyString_pack_null");
    return -1;
}

ABSENT npy_string_allocator *NpyString_acquire_allocator(const PyArray_StringDTypeObject *)
{
    absent("NpyString_acquire_allocator");
    return NULL;
}

ABSENT void NpyString_acquire_allocators(size_t, PyArray_Descr *const descrs[],
                                         npy_string_allocator *allocators[])
{
    absent("NpyString_acquire_allocators");
    return;
}

ABSENT void NpyString_release_allocator(npy_string_allocator *)
{
    absent("NpyString_release_allocator");
    return;
}

ABSENT void NpyString_release_allocators(size_t, npy_string_allocator *allocators[])
{
    absent("NpyString_release_allocators");
    return;
}

ABSENT PyArray_Descr *PyArray_GetDefaultDescr(PyArray_DTypeMeta *)
{
    absent("PyArray_GetDefaultDescr");
    return NULL;
}

ABSENT int PyArrayInitDTypeMeta_FromSpec(PyArray_DTypeMeta *, PyArrayDTypeMeta_Spec *)
{
    absent("PyArrayInitDTypeMeta_FromSpec");
    return -1;
}

ABSENT PyArray_DTypeMeta *PyArray_CommonDType(PyArray_DTypeMeta *, PyArray_DTypeMeta *)
{
    absent("PyArray_CommonDType");
    return NULL;
}

ABSENT PyArray_DTypeMeta *PyArray_PromoteDTypeSequence(npy_intp, PyArray_DTypeMeta **)
{
    absent("PyArray_PromoteDTypeSequence");
    return NULL;
}

ABSENT PyArray_ArrFuncs *_PyDataType_GetArrFuncs(const PyArray_Descr *)
{
    absent("_PyDataType_GetArrFuncs");
    return NULL;
}

ABSENT PyObject *PyUFunc_FromFuncAndData(PyUFuncGenericFunction *, void *const *, const char *, int,
                                         int, int, int, const char *, const char *, int)
{
    absent("PyUFunc_FromFuncAndData");
    return NULL;
}

ABSENT int PyUFunc_RegisterLoopForType(PyUFuncObject *, int, PyUFuncGenericFunction, const int *,
                                       void *)
{
    absent("PyUFunc_RegisterLoopForType");
    return -1;
}

ABSENT void PyUFunc_f_f_As_d_d(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_f_f_As_d_d");
    return;
}

ABSENT void PyUFunc_d_d(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_d_d");
    return;
}

ABSENT void PyUFunc_f_f(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_f_f");
    return;
}

ABSENT void PyUFunc_g_g(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_g_g");
    return;
}

ABSENT void PyUFunc_F_F_As_D_D(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_F_F_As_D_D");
    return;
}

ABSENT void PyUFunc_F_F(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_F_F");
    return;
}

ABSENT void PyUFunc_D_D(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_D_D");
    return;
}

ABSENT void PyUFunc_G_G(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_G_G");
    return;
}

ABSENT void PyUFunc_O_O(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_O_O");
    return;
}

ABSENT void PyUFunc_ff_f_As_dd_d(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_ff_f_As_dd_d");
    return;
}

ABSENT void PyUFunc_ff_f(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_ff_f");
    return;
}

ABSENT void PyUFunc_dd_d(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_dd_d");
    return;
}

ABSENT void PyUFunc_gg_g(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_gg_g");
    return;
}

ABSENT void PyUFunc_FF_F_As_DD_D(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_FF_F_As_DD_D");
    return;
}

ABSENT void PyUFunc_DD_D(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_DD_D");
    return;
}

ABSENT void PyUFunc_FF_F(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_FF_F");
    return;
}

ABSENT void PyUFunc_GG_G(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_GG_G");
    return;
}

ABSENT void PyUFunc_OO_O(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_OO_O");
    return;
}

ABSENT void PyUFunc_O_O_method(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_O_O_method");
    return;
}

ABSENT void PyUFunc_OO_O_method(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_OO_O_method");
    return;
}

ABSENT void PyUFunc_On_Om(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_On_Om");
    return;
}

ABSENT void PyUFunc_clearfperr(void)
{
    absent("PyUFunc_clearfperr");
    return;
}

ABSENT int PyUFunc_getfperr(void)
{
    absent("PyUFunc_getfperr");
    return -1;
}

ABSENT int PyUFunc_ReplaceLoopBySignature(PyUFuncObject *, PyUFuncGenericFunction, const int *,
                                          PyUFuncGenericFunction *)
{
    absent("PyUFunc_ReplaceLoopBySignature");
    return -1;
}

ABSENT PyObject *PyUFunc_FromFuncAndDataAndSignature(PyUFuncGenericFunction *, void *const *,
                                                     const char *, int, int, int, int, const char *,
                                                     const char *, int, const char *)
{
    absent("PyUFunc_FromFuncAndDataAndSignature");
    return NULL;
}

ABSENT void PyUFunc_e_e(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_e_e");
    return;
}

ABSENT void PyUFunc_e_e_As_f_f(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_e_e_As_f_f");
    return;
}

ABSENT void PyUFunc_e_e_As_d_d(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_e_e_As_d_d");
    return;
}

ABSENT void PyUFunc_ee_e(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_ee_e");
    return;
}

ABSENT void PyUFunc_ee_e_As_ff_f(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_ee_e_As_ff_f");
    return;
}

ABSENT void PyUFunc_ee_e_As_dd_d(char **, npy_intp const *, npy_intp const *, void *)
{
    absent("PyUFunc_ee_e_As_dd_d");
    return;
}

ABSENT int PyUFunc_DefaultTypeResolver(PyUFuncObject *, NPY_CASTING, PyArrayObject **, PyObject *,
                                       PyArray_Descr **)
{
    absent("PyUFunc_DefaultTypeResolver");
    return -1;
}

ABSENT int PyUFunc_ValidateCasting(PyUFuncObject *, NPY_CASTING, PyArrayObject **,
                                   PyArray_Descr *const *)
{
    absent("PyUFunc_ValidateCasting");
    return -1;
}

ABSENT int PyUFunc_RegisterLoopForDescr(PyUFuncObject *, PyArray_Descr *, PyUFuncGenericFunction,
                                        PyArray_Descr **, void *)
{
    absent("PyUFunc_RegisterLoopForDescr");
    return -1;
}

ABSENT PyObject *PyUFunc_FromFuncAndDataAndSignatureAndIdentity(PyUFuncGenericFunction *,
                                                                void *const *, const char *, int,
                                                                int, int, int, const char *,
                                                                const char *, const int,
                                                                const char *, PyObject *)
{
    absent("PyUFunc_FromFuncAndDataAndSignatureAndIdentity");
    return NULL;
}

ABSENT int PyUFunc_AddLoopFromSpec(PyObject *, PyArrayMethod_Spec *)
{
    absent("PyUFunc_AddLoopFromSpec");
    return -1;
}

ABSENT int PyUFunc_AddPromoter(PyObject *, PyObject *, PyObject *)
{
    absent("PyUFunc_AddPromoter");
    return -1;
}

ABSENT int PyUFunc_AddWrappingLoop(PyObject *, PyArray_DTypeMeta *new_dtypes[],
                                   PyArray_DTypeMeta *wrapped_dtypes[],
                                   PyArrayMethod_TranslateGivenDescriptors *,
                                   PyArrayMethod_TranslateLoopDescriptors *)
{
    absent("PyUFunc_AddWrappingLoop");
    return -1;
}

ABSENT int PyUFunc_GiveFloatingpointErrors(const char *, int)
{
    absent("PyUFunc_GiveFloatingpointErrors");
    return -1;
}

ABSENT int PyUFunc_AddLoopsFromSpecs(PyUFunc_LoopSlot *)
{
    absent("PyUFunc_AddLoopsFromSpecs");
    return -1;
}
