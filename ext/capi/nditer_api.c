/* NpyIter_*: moving and asking. Each is the core's function of that name; errors become exceptions,
 * or texts for callers that let the lock go. */
#include "../nditer.h"

/* Report a failure: into *errmsg if the caller wants text (it may not hold the lock), else as an
 * exception. Texts live per thread until the next failure. */
static int fail(fnp_status st, const fnp_error *err, char **errmsg)
{
    static _Thread_local char text[sizeof err->message];
    if (st == FNP_OK) return NPY_SUCCEED;
    if (errmsg) {
        PyOS_snprintf(text, sizeof text, "%s", err->message);
        *errmsg = text;
    } else {
        ext_nditer_raise(st, err);
    }
    return NPY_FAIL;
}

#define RETURN_STATUS(expr, errmsg)                                                                \
    EXT_ERROR(err_);                                                                               \
    fnp_error *err = &err_;                                                                        \
    return fail((expr), err, errmsg)

/* ---- moving -------------------------------------------------------------------------- */
static int step(NpyIter *it)
{
    if (FNP_LIKELY(fnp_iter_next(it->core))) return 1;
    EXT_ERROR(err);
    fnp_status st = fnp_iter_failure(it->core, &err);
    if (st != FNP_OK) ext_nditer_raise(st, &err);
    return 0;
}

NpyIter_IterNextFunc *NpyIter_GetIterNext(NpyIter *it, char **errmsg)
{
    EXT_ERROR(err);
    fnp_status st = fnp_iter_check_size(it->core, &err);
    if (fail(st, &err, errmsg) == NPY_FAIL) return NULL;
    return step;
}

int NpyIter_Reset(NpyIter *it, char **errmsg)
{
    RETURN_STATUS(fnp_iter_reset(it->core, err), errmsg);
}

int NpyIter_ResetBasePointers(NpyIter *it, char **baseptrs, char **errmsg)
{
    RETURN_STATUS(fnp_iter_reset_base(it->core, baseptrs, err), errmsg);
}

int NpyIter_ResetToIterIndexRange(NpyIter *it, npy_intp istart, npy_intp iend, char **errmsg)
{
    RETURN_STATUS(fnp_iter_reset_range(it->core, istart, iend, err), errmsg);
}

int NpyIter_GotoIterIndex(NpyIter *it, npy_intp iterindex)
{
    RETURN_STATUS(fnp_iter_goto(it->core, iterindex, err), NULL);
}

int NpyIter_GotoMultiIndex(NpyIter *it, npy_intp const *multi_index)
{
    RETURN_STATUS(fnp_iter_goto_multi_index(it->core, multi_index, err), NULL);
}

int NpyIter_GotoIndex(NpyIter *it, npy_intp flat_index)
{
    RETURN_STATUS(fnp_iter_goto_flat_index(it->core, flat_index, err), NULL);
}

/* ---- changing ------------------------------------------------------------------------ */
int NpyIter_RemoveAxis(NpyIter *it, int axis)
{
    RETURN_STATUS(fnp_iter_remove_axis(it->core, axis, err), NULL);
}

int NpyIter_RemoveMultiIndex(NpyIter *it)
{
    RETURN_STATUS(fnp_iter_remove_multi_index(it->core, err), NULL);
}

int NpyIter_EnableExternalLoop(NpyIter *it)
{
    RETURN_STATUS(fnp_iter_enable_external_loop(it->core, err), NULL);
}

/* ---- asking -------------------------------------------------------------------------- */
static bool is(NpyIter *it, npy_uint32 state)
{
    return (fnp_iter_state(it->core) & state) != 0;
}

npy_bool NpyIter_HasDelayedBufAlloc(NpyIter *it)
{
    return is(it, FNP_ITER_IS_DELAYED);
}
npy_bool NpyIter_HasExternalLoop(NpyIter *it)
{
    return is(it, FNP_ITER_HAS_EXTERNAL_LOOP);
}
npy_bool NpyIter_HasMultiIndex(NpyIter *it)
{
    return is(it, FNP_ITER_HAS_MULTI_INDEX);
}
npy_bool NpyIter_HasIndex(NpyIter *it)
{
    return is(it, FNP_ITER_HAS_INDEX);
}
npy_bool NpyIter_IsBuffered(NpyIter *it)
{
    return is(it, FNP_ITER_IS_BUFFERED);
}
npy_bool NpyIter_IsGrowInner(NpyIter *it)
{
    return is(it, FNP_ITER_IS_GROWINNER);
}
npy_bool NpyIter_RequiresBuffering(NpyIter *it)
{
    return is(it, FNP_ITER_NEEDS_BUFFERS);
}
npy_bool NpyIter_IterationNeedsAPI(NpyIter *it)
{
    return is(it, FNP_ITER_NEEDS_API);
}
npy_bool NpyIter_IsFirstVisit(NpyIter *it, int iop)
{
    return fnp_iter_is_first_visit(it->core, iop);
}

NPY_ARRAYMETHOD_FLAGS NpyIter_GetTransferFlags(NpyIter *it)
{
    npy_uint32 f = fnp_iter_transfer_flags(it->core);
    return (f & FNP_LOOP_NEEDS_API ? NPY_METH_REQUIRES_PYAPI : 0) |
           (f & FNP_LOOP_NO_FLOAT_ERRORS ? NPY_METH_NO_FLOATINGPOINT_ERRORS : 0);
}

int NpyIter_GetNDim(NpyIter *it)
{
    return fnp_iter_ndim(it->core);
}
int NpyIter_GetNOp(NpyIter *it)
{
    return it->nop;
}
npy_intp NpyIter_GetIterSize(NpyIter *it)
{
    return fnp_iter_size(it->core);
}
npy_intp NpyIter_GetIterIndex(NpyIter *it)
{
    return fnp_iter_index(it->core);
}
npy_intp NpyIter_GetBufferSize(NpyIter *it)
{
    return fnp_iter_buffersize(it->core);
}
npy_intp *NpyIter_GetIndexPtr(NpyIter *it)
{
    return fnp_iter_flat_index_ptr(it->core);
}
char **NpyIter_GetDataPtrArray(NpyIter *it)
{
    return fnp_iter_data(it->core);
}
npy_intp *NpyIter_GetInnerStrideArray(NpyIter *it)
{
    return fnp_iter_inner_strides(it->core);
}
npy_intp *NpyIter_GetInnerLoopSizePtr(NpyIter *it)
{
    return fnp_iter_inner_size(it->core);
}
PyArray_Descr **NpyIter_GetDescrArray(NpyIter *it)
{
    return it->dtypes;
}
PyArrayObject **NpyIter_GetOperandArray(NpyIter *it)
{
    return it->ops;
}
char **NpyIter_GetInitialDataPtrArray(NpyIter *it)
{
    return fnp_iter_initial_data(it->core);
}

void NpyIter_GetIterIndexRange(NpyIter *it, npy_intp *istart, npy_intp *iend)
{
    fnp_iter_range(it->core, istart, iend);
}

int NpyIter_GetShape(NpyIter *it, npy_intp *outshape)
{
    fnp_iter_shape(it->core, outshape);
    return NPY_SUCCEED;
}

static void get_multi_index(NpyIter *it, npy_intp *out)
{
    fnp_iter_multi_index(it->core, out);
}

NpyIter_GetMultiIndexFunc *NpyIter_GetGetMultiIndex(NpyIter *it, char **errmsg)
{
    EXT_ERROR(err);
    fnp_status st = fnp_iter_check_size(it->core, &err);
    if (st == FNP_OK && !NpyIter_HasMultiIndex(it))
        st = fnp_fail(
            &err, FNP_EVALUE,
            "Cannot retrieve a GetMultiIndex function for an iterator that doesn't track a "
            "multi-index.");
    return fail(st, &err, errmsg) == NPY_FAIL ? NULL : get_multi_index;
}

void NpyIter_GetReadFlags(NpyIter *it, char *out)
{
    for (int i = 0; i < it->nop; i++) out[i] = fnp_iter_is_readable(it->core, i);
}

void NpyIter_GetWriteFlags(NpyIter *it, char *out)
{
    for (int i = 0; i < it->nop; i++) out[i] = fnp_iter_is_writeable(it->core, i);
}

void NpyIter_GetInnerFixedStrideArray(NpyIter *it, npy_intp *out)
{
    fnp_iter_fixed_strides(it->core, out);
}

npy_intp *NpyIter_GetAxisStrideArray(NpyIter *it, int axis)
{
    EXT_ERROR(err);
    npy_intp *r = fnp_iter_axis_strides(it->core, axis, &err);
    if (!r) ext_nditer_raise(err.status, &err);
    return r;
}

int NpyIter_CreateCompatibleStrides(NpyIter *it, npy_intp itemsize, npy_intp *outstrides)
{
    RETURN_STATUS(fnp_iter_compatible_strides(it->core, itemsize, outstrides, err), NULL);
}

PyArrayObject *NpyIter_GetIterView(NpyIter *it, npy_intp i)
{
    npy_intp shape[NPY_MAXDIMS], strides[NPY_MAXDIMS];
    char *data;
    EXT_TRY(
        fnp_iter_view(it->core, i < 0 || i >= it->nop ? -1 : (int)i, &data, shape, strides, err),
        NULL);
    int flags = fnp_iter_is_writeable(it->core, (int)i) ? NPY_ARRAY_WRITEABLE : 0;
    PyArray_Descr *d = (PyArray_Descr *)Py_NewRef(PyArray_DESCR(it->ops[i]));
    PyArrayObject *v = (PyArrayObject *)PyArray_NewFromDescr(&PyArray_Type, d, NpyIter_GetNDim(it),
                                                             shape, strides, data, flags, NULL);
    if (v && PyArray_SetBaseObject(v, Py_NewRef(it->ops[i])) < 0) Py_CLEAR(v);
    if (v)
        PyArray_UpdateFlags(v, NPY_ARRAY_ALIGNED | NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_F_CONTIGUOUS);
    return v;
}

/* ---- dump ---------------------------------------------------------------------------- */
static void dump_text(void *ctx, const char *text)
{
    fputs(text, stdout);
}

static void dump_types(void *ctx, bool of_operands)
{
    NpyIter *it = ctx;
    for (int i = 0; i < it->nop; i++) {
        PyObject *d =
            (PyObject *)(of_operands && it->ops[i] ? PyArray_DESCR(it->ops[i]) : it->dtypes[i]);
        PyObject *s = PyObject_Repr(d);
        const char *text = s ? PyUnicode_AsUTF8(s) : NULL;
        printf("%s ", text ? text : "(nil)");
        Py_XDECREF(s);
        PyErr_Clear();
    }
}

void NpyIter_DebugPrint(NpyIter *it)
{
    fnp_iter_dump out = {dump_text, dump_types, it};
    PyGILState_STATE gil = PyGILState_Ensure();
    fnp_iter_debug_print(it->core, &out);
    fflush(stdout);
    PyGILState_Release(gil);
}
