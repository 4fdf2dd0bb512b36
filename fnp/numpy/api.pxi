# Written by tools/gen_pxd.py from the public headers.
cdef extern from "numpy/arrayobject.h":
    PyTypeObject PyArray_Type
    PyTypeObject PyArrayDescr_Type
    PyTypeObject PyArrayIter_Type
    PyTypeObject PyArrayMultiIter_Type
    PyTypeObject PyBoolArrType_Type
    PyTypeObject PyGenericArrType_Type
    PyTypeObject PyNumberArrType_Type
    PyTypeObject PyIntegerArrType_Type
    PyTypeObject PySignedIntegerArrType_Type
    PyTypeObject PyUnsignedIntegerArrType_Type
    PyTypeObject PyInexactArrType_Type
    PyTypeObject PyFloatingArrType_Type
    PyTypeObject PyComplexFloatingArrType_Type
    PyTypeObject PyFlexibleArrType_Type
    PyTypeObject PyCharacterArrType_Type
    PyTypeObject PyByteArrType_Type
    PyTypeObject PyShortArrType_Type
    PyTypeObject PyIntArrType_Type
    PyTypeObject PyLongArrType_Type
    PyTypeObject PyLongLongArrType_Type
    PyTypeObject PyUByteArrType_Type
    PyTypeObject PyUShortArrType_Type
    PyTypeObject PyUIntArrType_Type
    PyTypeObject PyULongArrType_Type
    PyTypeObject PyULongLongArrType_Type
    PyTypeObject PyFloatArrType_Type
    PyTypeObject PyDoubleArrType_Type
    PyTypeObject PyLongDoubleArrType_Type
    PyTypeObject PyCFloatArrType_Type
    PyTypeObject PyCDoubleArrType_Type
    PyTypeObject PyCLongDoubleArrType_Type
    PyTypeObject PyObjectArrType_Type
    PyTypeObject PyStringArrType_Type
    PyTypeObject PyUnicodeArrType_Type
    PyTypeObject PyVoidArrType_Type
    PyTypeObject PyTimeIntegerArrType_Type
    PyTypeObject PyDatetimeArrType_Type
    PyTypeObject PyTimedeltaArrType_Type
    PyTypeObject PyHalfArrType_Type
    object PyArray_MultiIterNew(int, ...)
    unsigned int PyArray_GetNDArrayCVersion()
    int PyArray_INCREF(ndarray) except -1
    int PyArray_XDECREF(ndarray) except -1
    void PyArray_SetStringFunction(object, int)
    dtype PyArray_DescrFromType(int)
    object PyArray_TypeObjectFromType(int)
    char *PyArray_Zero(ndarray)
    char *PyArray_One(ndarray)
    object PyArray_CastToType(ndarray, dtype, int)
    int PyArray_CopyInto(ndarray, ndarray) except -1
    int PyArray_CopyAnyInto(ndarray, ndarray) except -1
    int PyArray_CanCastSafely(int, int)
    npy_bool PyArray_CanCastTo(dtype, dtype)
    int PyArray_ObjectType(object, int) except -1
    dtype PyArray_DescrFromObject(object, dtype)
    dtype PyArray_DescrFromScalar(object)
    dtype PyArray_DescrFromTypeObject(object)
    npy_intp PyArray_Size(object)
    object PyArray_Scalar(void *, dtype, object)
    object PyArray_FromScalar(object, dtype)
    void PyArray_ScalarAsCtype(object, void *)
    int PyArray_CastScalarToCtype(object, void *, dtype) except -1
    int PyArray_CastScalarDirect(object, dtype, void *, int) except -1
    int PyArray_Pack(dtype, void *, object) except -1
    object PyArray_FromAny(object, dtype, int, int, int, object)
    object PyArray_EnsureArray(object)
    object PyArray_EnsureAnyArray(object)
    object PyArray_FromFile(stdio.FILE *, dtype, npy_intp, char *)
    object PyArray_FromString(char *, npy_intp, dtype, npy_intp, char *)
    object PyArray_FromBuffer(object, dtype, npy_intp, npy_intp)
    object PyArray_FromIter(object, dtype, npy_intp)
    object PyArray_Return(ndarray)
    object PyArray_GetField(ndarray, dtype, int)
    int PyArray_SetField(ndarray, dtype, int, object) except -1
    object PyArray_Byteswap(ndarray, npy_bool)
    object PyArray_Resize(ndarray, PyArray_Dims *, int, NPY_ORDER)
    int PyArray_CopyObject(ndarray, object) except -1
    object PyArray_NewCopy(ndarray, NPY_ORDER)
    object PyArray_ToList(ndarray)
    object PyArray_ToString(ndarray, NPY_ORDER)
    int PyArray_ToFile(ndarray, stdio.FILE *, char *, char *) except -1
    int PyArray_Dump(object, object, int) except -1
    object PyArray_Dumps(object, int)
    int PyArray_ValidType(int)
    void PyArray_UpdateFlags(ndarray, int)
    object PyArray_New(PyTypeObject *, int, const npy_intp *, int, const npy_intp *, void *, int, int, object)
    object PyArray_NewFromDescr(PyTypeObject *, dtype, int, const npy_intp *, const npy_intp *, void *, int, object)
    dtype PyArray_DescrNew(dtype)
    dtype PyArray_DescrNewFromType(int)
    double PyArray_GetPriority(object, double)
    object PyArray_IterNew(object)
    int PyArray_PyIntAsInt(object) except -1
    npy_intp PyArray_PyIntAsIntp(object) except? -1
    int PyArray_Broadcast(broadcast) except -1
    int PyArray_FillWithScalar(ndarray, object) except -1
    npy_bool PyArray_CheckStrides(int, int, npy_intp, npy_intp, const npy_intp *, const npy_intp *)
    dtype PyArray_DescrNewByteorder(dtype, char)
    object PyArray_IterAllButAxis(object, int *)
    object PyArray_CheckFromAny(object, dtype, int, int, int, object)
    object PyArray_FromArray(ndarray, dtype, int)
    object PyArray_FromInterface(object)
    object PyArray_FromStructInterface(object)
    object PyArray_FromArrayAttr(object, dtype, object)
    NPY_SCALARKIND PyArray_ScalarKind(int, PyArrayObject **)
    int PyArray_CanCoerceScalar(int, int, NPY_SCALARKIND)
    npy_bool PyArray_CanCastScalar(PyTypeObject *, PyTypeObject *)
    int PyArray_RemoveSmallest(broadcast) except -1
    int PyArray_ElementStrides(object)
    void PyArray_Item_INCREF(char *, dtype)
    void PyArray_Item_XDECREF(char *, dtype)
    object PyArray_Transpose(ndarray, PyArray_Dims *)
    object PyArray_TakeFrom(ndarray, object, int, ndarray, NPY_CLIPMODE)
    object PyArray_PutTo(ndarray, object, object, NPY_CLIPMODE)
    object PyArray_PutMask(ndarray, object, object)
    object PyArray_Repeat(ndarray, object, int)
    object PyArray_Choose(ndarray, object, ndarray, NPY_CLIPMODE)
    int PyArray_Sort(ndarray, int, NPY_SORTKIND) except -1
    object PyArray_ArgSort(ndarray, int, NPY_SORTKIND)
    object PyArray_SearchSorted(ndarray, object, NPY_SEARCHSIDE, object)
    object PyArray_ArgMax(ndarray, int, ndarray)
    object PyArray_ArgMin(ndarray, int, ndarray)
    object PyArray_Reshape(ndarray, object)
    object PyArray_Newshape(ndarray, PyArray_Dims *, NPY_ORDER)
    object PyArray_Squeeze(ndarray)
    object PyArray_View(ndarray, dtype, PyTypeObject *)
    object PyArray_SwapAxes(ndarray, int, int)
    object PyArray_Max(ndarray, int, ndarray)
    object PyArray_Min(ndarray, int, ndarray)
    object PyArray_Ptp(ndarray, int, ndarray)
    object PyArray_Mean(ndarray, int, int, ndarray)
    object PyArray_Trace(ndarray, int, int, int, int, ndarray)
    object PyArray_Diagonal(ndarray, int, int, int)
    object PyArray_Clip(ndarray, object, object, ndarray)
    object PyArray_Conjugate(ndarray, ndarray)
    object PyArray_Nonzero(ndarray)
    object PyArray_Std(ndarray, int, int, ndarray, int)
    object PyArray_Sum(ndarray, int, int, ndarray)
    object PyArray_CumSum(ndarray, int, int, ndarray)
    object PyArray_Prod(ndarray, int, int, ndarray)
    object PyArray_CumProd(ndarray, int, int, ndarray)
    object PyArray_All(ndarray, int, ndarray)
    object PyArray_Any(ndarray, int, ndarray)
    object PyArray_Compress(ndarray, object, int, ndarray)
    object PyArray_Flatten(ndarray, NPY_ORDER)
    object PyArray_Ravel(ndarray, NPY_ORDER)
    npy_intp PyArray_MultiplyList(const npy_intp *, int) nogil
    int PyArray_MultiplyIntList(const int *, int) nogil
    void *PyArray_GetPtr(ndarray, const npy_intp *) nogil
    int PyArray_CompareLists(const npy_intp *, const npy_intp *, int) nogil
    int PyArray_Free(object, void *) except -1
    int PyArray_IntpFromSequence(object, npy_intp *, int) except -1
    object PyArray_Concatenate(object, int)
    object PyArray_InnerProduct(object, object)
    object PyArray_MatrixProduct(object, object)
    object PyArray_Correlate(object, object, int)
    int PyArray_DescrConverter(object, PyArray_Descr **) except 0
    int PyArray_DescrConverter2(object, PyArray_Descr **) except 0
    int PyArray_IntpConverter(object, PyArray_Dims *) except 0
    int PyArray_BufferConverter(object, PyArray_Chunk *) except 0
    int PyArray_AxisConverter(object, int *) except 0
    int PyArray_BoolConverter(object, npy_bool *) except 0
    int PyArray_ByteorderConverter(object, char *) except 0
    int PyArray_OrderConverter(object, NPY_ORDER *) except 0
    npy_bool PyArray_EquivTypes(dtype, dtype)
    object PyArray_Zeros(int, const npy_intp *, dtype, int)
    object PyArray_Empty(int, const npy_intp *, dtype, int)
    object PyArray_Where(object, object, object)
    object PyArray_Arange(double, double, double, int)
    object PyArray_ArangeObj(object, object, object, dtype)
    int PyArray_SortkindConverter(object, NPY_SORTKIND *) except 0
    object PyArray_LexSort(object, int)
    object PyArray_Round(ndarray, int, ndarray)
    npy_bool PyArray_EquivTypenums(int, int)
    int PyArray_RegisterDataType(PyArray_DescrProto *) except -1
    int PyArray_RegisterCanCast(dtype, int, NPY_SCALARKIND) except -1
    void PyArray_InitArrFuncs(PyArray_ArrFuncs *)
    object PyArray_IntTupleFromIntp(int, const npy_intp *)
    int PyArray_ClipmodeConverter(object, NPY_CLIPMODE *) except 0
    object PyArray_BroadcastToShape(object, npy_intp *, int)
    int PyArray_DescrAlignConverter(object, PyArray_Descr **) except 0
    int PyArray_DescrAlignConverter2(object, PyArray_Descr **) except 0
    int PyArray_SearchsideConverter(object, void *) except 0
    object PyArray_CheckAxis(ndarray, int *, int)
    npy_intp PyArray_OverflowMultiplyList(const npy_intp *, int) nogil
    int PyArray_GetEndianness()
    unsigned int PyArray_GetNDArrayCFeatureVersion()
    object PyArray_Correlate2(object, object, int)
    object PyArray_NeighborhoodIterNew(flatiter, const npy_intp *, int, ndarray)
    int NpyIter_GetTransferFlags(NpyIter *) except 0 nogil
    NpyIter *NpyIter_New(ndarray, npy_uint32, NPY_ORDER, NPY_CASTING, dtype) except NULL
    NpyIter *NpyIter_MultiNew(int, PyArrayObject **, npy_uint32, NPY_ORDER, NPY_CASTING, npy_uint32 *, PyArray_Descr **) except NULL
    NpyIter *NpyIter_AdvancedNew(int, PyArrayObject **, npy_uint32, NPY_ORDER, NPY_CASTING, npy_uint32 *, PyArray_Descr **, int, int **, npy_intp *, npy_intp) except NULL
    NpyIter *NpyIter_Copy(NpyIter *) except NULL
    int NpyIter_Deallocate(NpyIter *) except 0
    npy_bool NpyIter_HasDelayedBufAlloc(NpyIter *) nogil
    npy_bool NpyIter_HasExternalLoop(NpyIter *) nogil
    int NpyIter_EnableExternalLoop(NpyIter *) except 0
    npy_intp *NpyIter_GetInnerStrideArray(NpyIter *) nogil
    npy_intp *NpyIter_GetInnerLoopSizePtr(NpyIter *) nogil
    int NpyIter_Reset(NpyIter *, char **) except 0 nogil
    int NpyIter_ResetBasePointers(NpyIter *, char **, char **) except 0 nogil
    int NpyIter_ResetToIterIndexRange(NpyIter *, npy_intp, npy_intp, char **) except 0 nogil
    int NpyIter_GetNDim(NpyIter *) nogil
    int NpyIter_GetNOp(NpyIter *) nogil
    NpyIter_IterNextFunc NpyIter_GetIterNext(NpyIter *, char **)
    npy_intp NpyIter_GetIterSize(NpyIter *) nogil
    void NpyIter_GetIterIndexRange(NpyIter *, npy_intp *, npy_intp *) nogil
    npy_intp NpyIter_GetIterIndex(NpyIter *) nogil
    int NpyIter_GotoIterIndex(NpyIter *, npy_intp) except 0 nogil
    npy_bool NpyIter_HasMultiIndex(NpyIter *) nogil
    int NpyIter_GetShape(NpyIter *, npy_intp *) except 0 nogil
    NpyIter_GetMultiIndexFunc NpyIter_GetGetMultiIndex(NpyIter *, char **) nogil
    int NpyIter_GotoMultiIndex(NpyIter *, const npy_intp *) except 0 nogil
    int NpyIter_RemoveMultiIndex(NpyIter *) except 0
    npy_bool NpyIter_HasIndex(NpyIter *) nogil
    npy_bool NpyIter_IsBuffered(NpyIter *) nogil
    npy_bool NpyIter_IsGrowInner(NpyIter *) nogil
    npy_intp NpyIter_GetBufferSize(NpyIter *) nogil
    npy_intp *NpyIter_GetIndexPtr(NpyIter *) nogil
    int NpyIter_GotoIndex(NpyIter *, npy_intp) except 0 nogil
    char **NpyIter_GetDataPtrArray(NpyIter *) nogil
    PyArray_Descr **NpyIter_GetDescrArray(NpyIter *) nogil
    PyArrayObject **NpyIter_GetOperandArray(NpyIter *) nogil
    ndarray NpyIter_GetIterView(NpyIter *, npy_intp)
    void NpyIter_GetReadFlags(NpyIter *, char *) nogil
    void NpyIter_GetWriteFlags(NpyIter *, char *) nogil
    void NpyIter_DebugPrint(NpyIter *)
    npy_bool NpyIter_IterationNeedsAPI(NpyIter *) nogil
    void NpyIter_GetInnerFixedStrideArray(NpyIter *, npy_intp *) nogil
    int NpyIter_RemoveAxis(NpyIter *, int) except 0
    npy_intp *NpyIter_GetAxisStrideArray(NpyIter *, int) nogil
    npy_bool NpyIter_RequiresBuffering(NpyIter *) nogil
    char **NpyIter_GetInitialDataPtrArray(NpyIter *) nogil
    int NpyIter_CreateCompatibleStrides(NpyIter *, npy_intp, npy_intp *) except 0
    int PyArray_CastingConverter(object, NPY_CASTING *) except 0
    npy_intp PyArray_CountNonzero(ndarray)
    dtype PyArray_PromoteTypes(dtype, dtype)
    dtype PyArray_MinScalarType(ndarray)
    dtype PyArray_ResultType(npy_intp, PyArrayObject **, npy_intp, PyArray_Descr **)
    npy_bool PyArray_CanCastArrayTo(ndarray, dtype, NPY_CASTING)
    npy_bool PyArray_CanCastTypeTo(dtype, dtype, NPY_CASTING)
    ndarray PyArray_EinsteinSum(char *, npy_intp, PyArrayObject **, dtype, NPY_ORDER, NPY_CASTING, ndarray)
    object PyArray_NewLikeArray(ndarray, NPY_ORDER, dtype, int)
    int PyArray_ConvertClipmodeSequence(object, NPY_CLIPMODE *, int) except -1
    object PyArray_MatrixProduct2(object, object, ndarray)
    npy_bool NpyIter_IsFirstVisit(NpyIter *, int) nogil
    int PyArray_SetBaseObject(ndarray, object) except -1
    void PyArray_CreateSortedStridePerm(int, const npy_intp *, npy_stride_sort_item *)
    void PyArray_RemoveAxesInPlace(ndarray, const npy_bool *)
    void PyArray_DebugPrint(ndarray)
    int PyArray_FailUnlessWriteable(ndarray, const char *) except -1
    int PyArray_SetUpdateIfCopyBase(ndarray, ndarray) except -1
    void *PyDataMem_NEW(size_t) nogil
    void PyDataMem_FREE(void *) nogil
    void *PyDataMem_RENEW(void *, size_t) nogil
    int PyArray_Partition(ndarray, ndarray, int, NPY_SELECTKIND) except -1
    object PyArray_ArgPartition(ndarray, ndarray, int, NPY_SELECTKIND)
    int PyArray_SelectkindConverter(object, NPY_SELECTKIND *) except 0
    void *PyDataMem_NEW_ZEROED(size_t, size_t) nogil
    int PyArray_CheckAnyScalarExact(object)
    int PyArray_ResolveWritebackIfCopy(ndarray) except -1
    int PyArray_SetWritebackIfCopyBase(ndarray, ndarray) except -1
    object PyDataMem_SetHandler(object)
    object PyDataMem_GetHandler()
    int NpyDatetime_ConvertDatetime64ToDatetimeStruct(PyArray_DatetimeMetaData *, npy_datetime, npy_datetimestruct *) except -1
    int NpyDatetime_ConvertDatetimeStructToDatetime64(PyArray_DatetimeMetaData *, const npy_datetimestruct *, npy_datetime *) except -1
    int NpyDatetime_ConvertPyDateTimeToDatetimeStruct(object, npy_datetimestruct *, NPY_DATETIMEUNIT *, int) except -1
    int NpyDatetime_GetDatetimeISO8601StrLen(int, NPY_DATETIMEUNIT) except -1
    int NpyDatetime_MakeISO8601Datetime(npy_datetimestruct *, char *, npy_intp, int, int, NPY_DATETIMEUNIT, int, NPY_CASTING) except -1
    int NpyDatetime_ParseISO8601Datetime(const char *, Py_ssize_t, NPY_DATETIMEUNIT, NPY_CASTING, npy_datetimestruct *, NPY_DATETIMEUNIT *, npy_bool *) except -1
    int NpyString_load(npy_string_allocator *, const npy_packed_static_string *, npy_static_string *) except -1 nogil
    int NpyString_pack(npy_string_allocator *, npy_packed_static_string *, const char *, size_t) except -1 nogil
    int NpyString_pack_null(npy_string_allocator *, npy_packed_static_string *) except -1 nogil
    npy_string_allocator *NpyString_acquire_allocator(const PyArray_StringDTypeObject *) nogil
    void NpyString_acquire_allocators(size_t, PyArray_Descr **, npy_string_allocator **) nogil
    void NpyString_release_allocator(npy_string_allocator *) nogil
    void NpyString_release_allocators(size_t, npy_string_allocator **) nogil
    dtype PyArray_GetDefaultDescr(PyArray_DTypeMeta *)
    PyArray_DTypeMeta *PyArray_CommonDType(PyArray_DTypeMeta *, PyArray_DTypeMeta *)
    PyArray_DTypeMeta *PyArray_PromoteDTypeSequence(npy_intp, PyArray_DTypeMeta **)
    PyArray_ArrFuncs *_PyDataType_GetArrFuncs(dtype)
