/* NpyIter_*. */
#include "client.h"

CASE(NpyIter_New)
{
    PyArrayObject *a = arr("np.arange(6).reshape(2, 3).T");
    NpyIter *it = NpyIter_New(a, NPY_ITER_READONLY | NPY_ITER_MULTI_INDEX | NPY_ITER_C_INDEX,
                              NPY_CORDER, NPY_NO_CASTING, NULL);
    CHECK(it && NpyIter_GetNDim(it) == 2 && NpyIter_GetNOp(it) == 1 &&
          NpyIter_GetIterSize(it) == 6);
    CHECK(NpyIter_HasMultiIndex(it) && NpyIter_HasIndex(it) && !NpyIter_IsBuffered(it));
    CHECK(!NpyIter_HasExternalLoop(it) && !NpyIter_HasDelayedBufAlloc(it) &&
          !NpyIter_RequiresBuffering(it));
    npy_intp shape[2], index[2], goal[] = {2, 1}, strides[2], start, end;
    CHECK(NpyIter_GetShape(it, shape) == NPY_SUCCEED && shape[0] == 3 && shape[1] == 2);
    NpyIter_IterNextFunc *next = NpyIter_GetIterNext(it, NULL);
    NpyIter_GetMultiIndexFunc *where = NpyIter_GetGetMultiIndex(it, NULL);
    char **data = NpyIter_GetDataPtrArray(it);
    npy_intp *flat = NpyIter_GetIndexPtr(it);
    CHECK(next && where && data && flat);
    PyObject *all = PyList_New(0);
    do {
        where(it, index);
        add_seen(all, Py_BuildValue("(nnnn)", *(npy_intp *)data[0], index[0], index[1], *flat));
    } while (next(it));
    CHECK(NpyIter_GotoMultiIndex(it, goal) == NPY_SUCCEED && *(npy_intp *)data[0] == 5);
    CHECK(NpyIter_GotoIndex(it, 2) == NPY_SUCCEED && *(npy_intp *)data[0] == 1);
    CHECK(NpyIter_GotoIterIndex(it, 3) == NPY_SUCCEED && NpyIter_GetIterIndex(it) == 3);
    NpyIter_GetIterIndexRange(it, &start, &end);
    CHECK(start == 0 && end == 6);
    CHECK(NpyIter_CreateCompatibleStrides(it, 8, strides) == NPY_SUCCEED);
    npy_intp *axis = NpyIter_GetAxisStrideArray(it, 0);
    CHECK(axis && axis[0] == 8);
    CHECK(NpyIter_GetOperandArray(it)[0] == a && NpyIter_GetDescrArray(it)[0] == PyArray_DESCR(a));
    CHECK(NpyIter_GetInitialDataPtrArray(it)[0] == PyArray_BYTES(a));
    char reads, writes;
    NpyIter_GetReadFlags(it, &reads);
    NpyIter_GetWriteFlags(it, &writes);
    CHECK(reads == 1 && writes == 0);
    npy_intp bad[] = {5, 5};
    PyObject *far = num(NpyIter_GotoMultiIndex(it, bad)),
             *further = num(NpyIter_GotoIterIndex(it, 99));
    NpyIter *twin = NpyIter_Copy(it);
    CHECK(twin && NpyIter_GetIterIndex(twin) == 3);
    PyObject *view = (PyObject *)NpyIter_GetIterView(it, 0);
    PyObject *r = seen(6, all, num(strides[0]), num(strides[1]), far, further, view);
    CHECK(NpyIter_Deallocate(twin) == NPY_SUCCEED && NpyIter_Deallocate(it) == NPY_SUCCEED);
    return r;
}

CASE(NpyIter_RemoveAxis)
{
    PyArrayObject *a = arr("np.arange(24).reshape(2, 3, 4)");
    NpyIter *it =
        NpyIter_New(a, NPY_ITER_READONLY | NPY_ITER_MULTI_INDEX, NPY_CORDER, NPY_NO_CASTING, NULL);
    CHECK(it && NpyIter_RemoveAxis(it, 1) == NPY_SUCCEED && NpyIter_GetNDim(it) == 2 &&
          NpyIter_GetIterSize(it) == 8);
    CHECK(NpyIter_RemoveMultiIndex(it) == NPY_SUCCEED && !NpyIter_HasMultiIndex(it));
    CHECK(NpyIter_EnableExternalLoop(it) == NPY_SUCCEED && NpyIter_HasExternalLoop(it));
    npy_intp fixed[1];
    NpyIter_GetInnerFixedStrideArray(it, fixed);
    CHECK(*NpyIter_GetInnerLoopSizePtr(it) == 4 && NpyIter_GetInnerStrideArray(it)[0] == 8 &&
          fixed[0] == 8);
    PyObject *all = PyList_New(0);
    NpyIter_IterNextFunc *next = NpyIter_GetIterNext(it, NULL);
    do add_seen(all, num(**(npy_intp **)NpyIter_GetDataPtrArray(it)));
    while (next(it));
    NpyIter_DebugPrint(it);
    fflush(stdout);
    PyObject *r = seen(2, all, num(NpyIter_RemoveAxis(it, 0)));
    CHECK(NpyIter_Deallocate(it) == NPY_SUCCEED);
    return r;
}

CASE(NpyIter_MultiNew)
{
    PyArrayObject *op[] = {arr("np.arange(3)"), arr("np.array([[1], [2]], 'i2')"), NULL};
    npy_uint32 flags[] = {NPY_ITER_READONLY, NPY_ITER_READONLY,
                          NPY_ITER_WRITEONLY | NPY_ITER_ALLOCATE};
    PyArray_Descr *types[] = {descr("'f8'"), descr("'f8'"), descr("'f8'")};
    for (int i = 0; i < 3; i++) flags[i] |= NPY_ITER_NBO | NPY_ITER_ALIGNED;
    NpyIter *it = NpyIter_MultiNew(3, op,
                                   NPY_ITER_EXTERNAL_LOOP | NPY_ITER_BUFFERED | NPY_ITER_GROWINNER |
                                       NPY_ITER_DELAY_BUFALLOC,
                                   NPY_KEEPORDER, NPY_SAFE_CASTING, flags, types);
    CHECK(it && NpyIter_IsBuffered(it) && NpyIter_RequiresBuffering(it) &&
          NpyIter_HasDelayedBufAlloc(it));
    PyObject *grows = num(NpyIter_IsGrowInner(it));
    CHECK(NpyIter_Reset(it, NULL) == NPY_SUCCEED && !NpyIter_HasDelayedBufAlloc(it));
    CHECK(!NpyIter_IterationNeedsAPI(it) && NpyIter_GetBufferSize(it) > 0);
    int transfer = NpyIter_GetTransferFlags(it);
    NpyIter_IterNextFunc *next = NpyIter_GetIterNext(it, NULL);
    char **data = NpyIter_GetDataPtrArray(it);
    npy_intp *stride = NpyIter_GetInnerStrideArray(it), *size = NpyIter_GetInnerLoopSizePtr(it);
    do
        for (npy_intp i = 0; i < *size; i++)
            *(double *)(data[2] + i * stride[2]) =
                *(double *)(data[0] + i * stride[0]) + *(double *)(data[1] + i * stride[1]);
    while (next(it));
    PyArrayObject *out = (PyArrayObject *)same(NpyIter_GetOperandArray(it)[2]);
    CHECK(NpyIter_Deallocate(it) == NPY_SUCCEED);
    PyArrayObject *odd[] = {arr("np.zeros(3)"), arr("np.zeros(2)")};
    CHECK(NpyIter_MultiNew(2, odd, 0, NPY_KEEPORDER, NPY_SAFE_CASTING, flags, NULL) == NULL);
    PyObject *why = NULL;
    return seen(
        5, same(out), why, grows, num(transfer & NPY_METH_REQUIRES_PYAPI),
        (NpyIter_MultiNew(2, op, NPY_ITER_BUFFERED, NPY_KEEPORDER, NPY_NO_CASTING, flags, types),
         NULL));
}

CASE(NpyIter_AdvancedNew)
{
    /* an outer product, and a sum over its second axis */
    PyArrayObject *op[] = {arr("np.arange(3.)"), arr("np.arange(1., 3.)"), arr("np.zeros(3)")};
    npy_uint32 flags[] = {NPY_ITER_READONLY, NPY_ITER_READONLY, NPY_ITER_READWRITE};
    int a0[] = {0, -1}, a1[] = {-1, 0}, a2[] = {0, -1}, *axes[] = {a0, a1, a2};
    NpyIter *it = NpyIter_AdvancedNew(3, op, NPY_ITER_REDUCE_OK | NPY_ITER_RANGED, NPY_CORDER,
                                      NPY_SAFE_CASTING, flags, NULL, 2, axes, NULL, 0);
    CHECK(it && NpyIter_GetNDim(it) == 2 && NpyIter_GetIterSize(it) == 6);
    NpyIter_IterNextFunc *next = NpyIter_GetIterNext(it, NULL);
    double **data = (double **)NpyIter_GetDataPtrArray(it);
    PyObject *first = PyList_New(0);
    do {
        add_seen(first, num(NpyIter_IsFirstVisit(it, 2)));
        *data[2] += *data[0] * *data[1];
    } while (next(it));
    CHECK(NpyIter_ResetToIterIndexRange(it, 2, 4, NULL) == NPY_SUCCEED && *data[0] == 1);
    PyArrayObject *other = arr("np.ones(3)");
    char *bases[] = {PyArray_BYTES(other), PyArray_BYTES(op[1]), PyArray_BYTES(op[2])};
    CHECK(NpyIter_ResetBasePointers(it, bases, NULL) == NPY_SUCCEED);
    PyObject *part = PyList_New(0);
    do add_seen(part, real(*data[0]));
    while (next(it));
    PyObject *r =
        seen(4, same(op[2]), first, part, num(NpyIter_ResetToIterIndexRange(it, 4, 99, NULL)));
    CHECK(NpyIter_Deallocate(it) == NPY_SUCCEED);
    return r;
}

const client_case nditer_cases[] = {
    ROW(NpyIter_New), ROW(NpyIter_RemoveAxis), ROW(NpyIter_MultiNew), ROW(NpyIter_AdvancedNew),
    {NULL, NULL},
};
