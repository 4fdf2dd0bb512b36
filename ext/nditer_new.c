/* Making NpyIter objects: types of the operands, checks of casting, memory for outputs and
 * temporaries. */
#include "nditer.h"

#include "promotion.h"

#include <string.h>

int ext_nditer_raise(fnp_status status, const fnp_error *err)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    if (!PyErr_Occurred()) ext_raise(status, err);
    PyGILState_Release(gil);
    return -1;
}

/* ---- types --------------------------------------------------------------------------- */

/* A requested descriptor that leaves its size open takes it from the operand. New reference. */
static PyArray_Descr *adapt_descr(PyArray_Descr *wanted, PyArrayObject *op)
{
    PyArray_Descr *have = op ? PyArray_DESCR(op) : NULL;
    if (!have || !PyDataType_ISSTRING(wanted) || PyDataType_ELSIZE(wanted) != 0)
        return (PyArray_Descr *)Py_NewRef(wanted);
    npy_intp chars = 0, width = wanted->type_num == NPY_UNICODE ? 4 : 1;
    if (PyDataType_ISSTRING(have))
        chars = PyDataType_ELSIZE(have) / (have->type_num == NPY_UNICODE ? 4 : 1);
    else
        chars = fnp_dtype_text_width(have->type_num);
    PyArray_Descr *d = PyArray_DescrNew(wanted);
    if (d) PyDataType_SET_ELSIZE(d, (chars > 0 ? chars : 1) * width);
    return d;
}

/* Result type of the listed operands' dtypes; one alone is taken as it is. */
static PyArray_Descr *common_descr(int nop, PyArray_Descr **dtypes, PyArrayObject **ops,
                                   npy_uint32 *op_flags, bool readable_only)
{
    PyArray_Descr **list = PyMem_New(PyArray_Descr *, nop > 0 ? nop : 1), *r = NULL;
    npy_intp n = 0;
    if (!list) return (PyArray_Descr *)PyErr_NoMemory();
    for (int i = 0; i < nop; i++)
        if (dtypes[i] && (!ops || ops[i]) && !(readable_only && (op_flags[i] & NPY_ITER_WRITEONLY)))
            list[n++] = dtypes[i];
    if (n == 0)
        PyErr_SetString(PyExc_TypeError, "no arrays or types available to calculate result type");
    else
        r = n == 1 ? (PyArray_Descr *)Py_NewRef(list[0]) : PyArray_ResultType(0, NULL, n, list);
    PyMem_Free(list);
    return r;
}

/* The type that operand i is asked to have, before the others are looked at; NULL stays where an
 * output takes its type from the inputs. */
static int requested_dtype(NpyIter *it, int i, npy_uint32 flags, PyArray_Descr *want)
{
    if (want)
        it->dtypes[i] = adapt_descr(want, it->ops[i]);
    else if (it->ops[i])
        it->dtypes[i] = (PyArray_Descr *)Py_NewRef(PyArray_DESCR(it->ops[i]));
    else if (flags & NPY_ITER_ARRAYMASK)
        it->dtypes[i] = PyArray_DescrFromType(NPY_BOOL);
    else
        return 0;
    if (it->dtypes[i] && (flags & NPY_ITER_NBO)) {
        PyArray_Descr *native = PyArray_DescrNewByteorder(it->dtypes[i], NPY_NATIVE);
        Py_SETREF(it->dtypes[i], native);
    }
    return it->dtypes[i] ? 0 : -1;
}

static int resolve_dtypes(NpyIter *it, npy_uint32 *op_flags)
{
    if (it->flags & NPY_ITER_COMMON_DTYPE) {
        PyArray_Descr *c = common_descr(it->nop, it->dtypes, NULL, op_flags, false);
        if (!c) return -1;
        for (int i = 0; i < it->nop; i++) Py_XSETREF(it->dtypes[i], (PyArray_Descr *)Py_NewRef(c));
        Py_DECREF(c);
    }
    PyArray_Descr *output = NULL;
    for (int i = 0; i < it->nop; i++) {
        if (it->dtypes[i]) continue;
        if (!output && !(output = common_descr(it->nop, it->dtypes, it->ops, op_flags, true)))
            return -1;
        it->dtypes[i] = (PyArray_Descr *)Py_NewRef(output);
    }
    Py_XDECREF(output);
    return 0;
}

static int check_casting(NpyIter *it, int i, npy_uint32 flags, NPY_CASTING casting)
{
    PyArray_Descr *have = PyArray_DESCR(it->ops[i]), *want = it->dtypes[i];
    if (have == want || PyArray_EquivTypes(have, want)) return 0;
    if (!(flags & NPY_ITER_WRITEONLY) && !PyArray_CanCastArrayTo(it->ops[i], want, casting)) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_TypeError,
                         "Iterator operand %d dtype could not be cast from %R to %R according to "
                         "the rule %s",
                         i, have, want, ext_casting_name(casting));
        return -1;
    }
    if (!(flags & NPY_ITER_READONLY) && !PyArray_CanCastTypeTo(want, have, casting)) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_TypeError,
                         "Iterator requested dtype could not be cast from %R to %R, the operand %d "
                         "dtype, according to "
                         "the rule %s",
                         want, have, i, ext_casting_name(casting));
        return -1;
    }
    return 0;
}

/* ---- memory (hooks of the core) ------------------------------------------------------ */

typedef struct {
    NpyIter *it;
    npy_uint32 *op_flags;
    PyArray_Descr **requested;
    NPY_CASTING casting;
} Builder;

static fnp_status check_operand(void *ctx, int i, fnp_error *err)
{
    Builder *b = ctx;
    NpyIter *it = b->it;
    PyArrayObject *op = it->ops[i];
    npy_uint32 flags = b->op_flags[i];
    if (op && !(flags & NPY_ITER_READONLY) &&
        PyArray_FailUnlessWriteable(op, "operand array with iterator write flag set") < 0)
        return FNP_EPYTHON;
    if (requested_dtype(it, i, flags, b->requested ? b->requested[i] : NULL) < 0)
        return FNP_EPYTHON;
    if (op && !(it->flags & NPY_ITER_REFS_OK) &&
        (PyDataType_REFCHK(PyArray_DESCR(op)) || PyDataType_REFCHK(it->dtypes[i])))
        return fnp_fail(err, FNP_ETYPE,
                        "Iterator operand or requested dtype holds references, but "
                        "the NPY_ITER_REFS_OK flag was not enabled");
    return FNP_OK;
}

static fnp_status resolve_operands(void *ctx, fnp_iter_operand *ops, fnp_error *err)
{
    Builder *b = ctx;
    NpyIter *it = b->it;
    if (resolve_dtypes(it, b->op_flags) < 0) return FNP_EPYTHON;
    for (int i = 0; i < it->nop; i++) {
        if (it->ops[i]) {
            if ((b->op_flags[i] & NPY_ITER_ARRAYMASK) && it->dtypes[i]->type_num != NPY_BOOL &&
                it->dtypes[i]->type_num != NPY_UINT8)
                return fnp_fail(err, FNP_ETYPE,
                                "Iterator mask operand must have type bool or uint8");
            if (check_casting(it, i, b->op_flags[i], b->casting) < 0) return FNP_EPYTHON;
        }
        ops[i].dtype = ext_descr_core(it->dtypes[i], &it->scratch[2 * i + 1]);
        if (!ops[i].dtype) return FNP_EPYTHON;
    }
    return FNP_OK;
}

/* The operand's array as the core sees it. */
static fnp_status set_operand(Builder *b, int i, fnp_iter_operand *op)
{
    NpyIter *it = b->it;
    Py_XSETREF(it->sources[i], (PyArray_Descr *)Py_NewRef(PyArray_DESCR(it->ops[i])));
    if (ext_view(it->ops[i], &op->view, &it->scratch[2 * i]) < 0) return FNP_EPYTHON;
    op->handle = it->ops[i];
    return FNP_OK;
}

/* The class for outputs: that of the operand with the highest priority above ndarray's. */
static PyTypeObject *output_type(NpyIter *it)
{
    PyTypeObject *type = &PyArray_Type;
    double best = NPY_PRIORITY;
    for (int i = 0; i < it->nop; i++) {
        if (!it->ops[i] || Py_TYPE(it->ops[i]) == &PyArray_Type) continue;
        double p = PyArray_GetPriority((PyObject *)it->ops[i], 0.0);
        if (p > best) {
            best = p;
            type = Py_TYPE(it->ops[i]);
        }
    }
    return type;
}

static fnp_status allocate_output(void *ctx, int i, int ndim, const fnp_intp *shape,
                                  const fnp_intp *strides, fnp_iter_operand *op, fnp_error *err)
{
    Builder *b = ctx;
    NpyIter *it = b->it;
    npy_intp dims[NPY_MAXDIMS], steps[NPY_MAXDIMS];
    PyArray_Descr *descr = it->dtypes[i];
    int nd = ndim;
    memcpy(dims, shape, sizeof *dims * (size_t)ndim);
    memcpy(steps, strides, sizeof *steps * (size_t)ndim);
    PyArray_ArrayDescr *sub = PyDataType_SUBARRAY(descr);
    if (sub) { /* its dimensions become the array's last ones */
        Py_ssize_t more = PyTuple_GET_SIZE(sub->shape);
        npy_intp step = PyDataType_ELSIZE(sub->base);
        if (ndim + more > NPY_MAXDIMS) return fnp_sce_check_ndim(ndim + more, err);
        for (Py_ssize_t k = more - 1; k >= 0; k--) {
            dims[ndim + k] = PyLong_AsSsize_t(PyTuple_GET_ITEM(sub->shape, k));
            steps[ndim + k] = step;
            step *= dims[ndim + k];
        }
        nd += (int)more;
        descr = sub->base;
    }
    PyTypeObject *type = b->op_flags[i] & NPY_ITER_NO_SUBTYPE ? &PyArray_Type : output_type(it);
    Py_INCREF(descr);
    it->ops[i] = (PyArrayObject *)PyArray_NewFromDescr(type, descr, nd, dims, steps, NULL, 0, NULL);
    if (!it->ops[i]) return FNP_EPYTHON;
    if (type != &PyArray_Type && (PyArray_NDIM(it->ops[i]) != nd ||
                                  !PyArray_CompareLists(PyArray_DIMS(it->ops[i]), dims, nd)))
        return fnp_fail(
            err, FNP_ERUNTIME,
            "Iterator automatic output has an array subtype which changed the dimensions "
            "of the output");
    FNP_TRY(set_operand(b, i, op));
    op->view.ndim = ndim;
    op->view.dtype = op->dtype;
    Py_SETREF(it->sources[i], (PyArray_Descr *)Py_NewRef(it->dtypes[i]));
    return FNP_OK;
}

static fnp_status copy_operand(void *ctx, int i, const fnp_intp *strides, bool fill,
                               bool write_back, fnp_iter_operand *op, fnp_error *err)
{
    Builder *b = ctx;
    PyArrayObject *old = b->it->ops[i];
    PyArray_Descr *descr = (PyArray_Descr *)Py_NewRef(b->it->dtypes[i]);
    PyArrayObject *temp = (PyArrayObject *)PyArray_NewFromDescr(
        &PyArray_Type, descr, PyArray_NDIM(old), PyArray_DIMS(old), strides, NULL, 0, NULL);
    if (!temp) return FNP_EPYTHON;
    if ((fill && PyArray_CopyInto(temp, old) < 0) ||
        (write_back && PyArray_SetWritebackIfCopyBase(temp, (PyArrayObject *)Py_NewRef(old)) < 0)) {
        Py_DECREF(temp);
        return FNP_EPYTHON;
    }
    Py_SETREF(b->it->ops[i], temp);
    return set_operand(b, i, op);
}

/* ---- life ---------------------------------------------------------------------------- */

static NpyIter *alloc_iter(int nop, npy_uint32 flags)
{
    NpyIter *it = PyMem_Calloc(1, sizeof *it);
    if (!it) return (NpyIter *)PyErr_NoMemory();
    size_t n = nop > 0 ? (size_t)nop : 1;
    it->nop = nop;
    it->flags = flags;
    /* one block: the scratch descriptors, then four arrays of pointers */
    size_t size = n * (2 * sizeof *it->scratch + 4 * sizeof(void *));
    it->scratch = PyMem_Malloc(size);
    if (!it->scratch) {
        PyMem_Free(it);
        return (NpyIter *)PyErr_NoMemory();
    }
    memset(it->scratch, 0, size);
    it->ops = (PyArrayObject **)(void *)(it->scratch + 2 * n);
    it->dtypes = (PyArray_Descr **)(void *)(it->ops + n);
    it->sources = it->dtypes + n;
    it->reset_pointers = (char **)(void *)(it->sources + n);
    return it;
}

static int build_core(NpyIter *it, fnp_iter_operand *ops, NPY_ORDER order, npy_uint32 *op_flags,
                      NPY_CASTING casting, PyArray_Descr **requested, int ndim, int **op_axes,
                      const npy_intp *itershape, npy_intp buffersize)
{
    Builder b = {it, op_flags, requested, casting};
    fnp_iter_hooks hooks = {&b, check_operand, resolve_operands, allocate_output, copy_operand};
    fnp_iter_request req = {it->nop, it->flags, (fnp_order)order, ndim, itershape, buffersize,
                            ops,     &hooks};
    for (int i = 0; i < it->nop; i++) {
        ops[i].flags = op_flags[i];
        ops[i].axes = ndim >= 0 && op_axes ? op_axes[i] : NULL;
        if (it->ops[i] && set_operand(&b, i, &ops[i]) != FNP_OK) return -1;
    }
    EXT_TRY(fnp_iter_new(&req, &it->core, err), -1);
    return PyErr_Occurred() ? -1 : 0;
}

NpyIter *NpyIter_AdvancedNew(int nop, PyArrayObject **op, npy_uint32 flags, NPY_ORDER order,
                             NPY_CASTING casting, npy_uint32 *op_flags, PyArray_Descr **op_dtypes,
                             int oa_ndim, int **op_axes, npy_intp *itershape, npy_intp buffersize)
{
    if (nop < 1) {
        PyErr_SetString(PyExc_ValueError, "Must provide at least one operand");
        return NULL;
    }
    if (oa_ndim == 0 && !op_axes && !itershape) oa_ndim = -1;
    if (oa_ndim > NPY_MAXDIMS) {
        PyErr_Format(
            PyExc_ValueError,
            "Cannot construct an iterator with more than %d dimensions (%d were requested)",
            NPY_MAXDIMS, oa_ndim);
        return NULL;
    }
    NpyIter *it = alloc_iter(nop, flags);
    fnp_iter_operand *ops = PyMem_Calloc((size_t)nop, sizeof *ops);
    if (!it || !ops) {
        if (it) NpyIter_Deallocate(it);
        PyMem_Free(ops);
        return (NpyIter *)PyErr_NoMemory();
    }
    for (int i = 0; i < nop; i++) it->ops[i] = (PyArrayObject *)Py_XNewRef(op[i]);
    int r = build_core(it, ops, order, op_flags, casting, op_dtypes, oa_ndim, op_axes,
                       oa_ndim >= 0 ? itershape : NULL, buffersize);
    PyMem_Free(ops);
    if (r == 0) return it;
    PyObject *type, *value, *trace;
    PyErr_Fetch(&type, &value, &trace);
    for (int i = 0; i < nop; i++) /* nothing was computed: temporaries do not write back */
        if (it->ops[i] && PyArray_CHKFLAGS(it->ops[i], NPY_ARRAY_WRITEBACKIFCOPY))
            PyArray_DiscardWritebackIfCopy(it->ops[i]);
    NpyIter_Deallocate(it);
    PyErr_Restore(type, value, trace);
    return NULL;
}

NpyIter *NpyIter_MultiNew(int nop, PyArrayObject **op, npy_uint32 flags, NPY_ORDER order,
                          NPY_CASTING casting, npy_uint32 *op_flags, PyArray_Descr **op_dtypes)
{
    return NpyIter_AdvancedNew(nop, op, flags, order, casting, op_flags, op_dtypes, -1, NULL, NULL,
                               0);
}

NpyIter *NpyIter_New(PyArrayObject *op, npy_uint32 flags, NPY_ORDER order, NPY_CASTING casting,
                     PyArray_Descr *dtype)
{
    npy_uint32 op_flags = flags & NPY_ITER_PER_OP_FLAGS;
    return NpyIter_AdvancedNew(1, &op, flags & NPY_ITER_GLOBAL_FLAGS, order, casting, &op_flags,
                               dtype ? &dtype : NULL, -1, NULL, NULL, 0);
}

NpyIter *NpyIter_Copy(NpyIter *from)
{
    NpyIter *it = alloc_iter(from->nop, from->flags);
    if (!it) return NULL;
    for (int i = 0; i < it->nop; i++) {
        it->ops[i] = (PyArrayObject *)Py_XNewRef(from->ops[i]);
        it->dtypes[i] = (PyArray_Descr *)Py_XNewRef(from->dtypes[i]);
        it->sources[i] = (PyArray_Descr *)Py_XNewRef(from->sources[i]);
        it->scratch[2 * i] = from->scratch[2 * i];
        it->scratch[2 * i + 1] = from->scratch[2 * i + 1];
    }
    EXT_ERROR(err);
    fnp_status st = fnp_iter_copy(from->core, &it->core, &err);
    if (st == FNP_OK) return it;
    ext_raise(st, &err);
    NpyIter_Deallocate(it);
    return NULL;
}

bool ext_nditer_unresolved(NpyIter *it)
{
    for (int i = 0; i < it->nop; i++)
        if (it->ops[i] && PyArray_CHKFLAGS(it->ops[i], NPY_ARRAY_WRITEBACKIFCOPY)) return true;
    return false;
}

int ext_nditer_resolve(NpyIter *it)
{
    int r = 0;
    for (int i = 0; i < it->nop; i++)
        if (it->ops[i] && PyArray_CHKFLAGS(it->ops[i], NPY_ARRAY_WRITEBACKIFCOPY) &&
            PyArray_ResolveWritebackIfCopy(it->ops[i]) < 0)
            r = -1;
    return r;
}

int NpyIter_Deallocate(NpyIter *it)
{
    if (!it) return NPY_SUCCEED;
    int r = NPY_SUCCEED;
    EXT_ERROR(err);
    PyGILState_STATE gil = PyGILState_Ensure();
    if (it->core) {
        fnp_status st = fnp_iter_flush(it->core, &err);
        if (st != FNP_OK) {
            ext_nditer_raise(st, &err);
            r = NPY_FAIL;
        }
    }
    if (it->ops && ext_nditer_resolve(it) < 0) r = NPY_FAIL;
    fnp_iter_free(it->core);
    for (int i = 0; i < it->nop; i++) {
        if (it->ops) Py_XDECREF(it->ops[i]);
        if (it->dtypes) Py_XDECREF(it->dtypes[i]);
        if (it->sources) Py_XDECREF(it->sources[i]);
    }
    PyMem_Free(it->scratch); /* and all the arrays, which stand behind */
    PyMem_Free(it);
    PyGILState_Release(gil);
    return r;
}
