/* numpy.nditer: a Python object around NpyIter. */
#include "nditer_pyobject.h"

#include <string.h>

static NditerObject *cast(PyObject *o)
{
    return (NditerObject *)o;
}

/* ---- construction and end ------------------------------------------------------------ */
int ext_nditer_take(NditerObject *self, NpyIter *it)
{
    self->step = NpyIter_GetIterNext(it, NULL);
    if (!self->step) {
        NpyIter_Deallocate(it);
        return -1;
    }
    self->iter = it;
    self->started = false;
    self->finished = NpyIter_GetIterSize(it) == 0;
    return 0;
}

int ext_nditer_reset_children(NditerObject *self)
{
    for (; self->child; self = self->child) {
        NpyIter *c = self->child->iter;
        if (!c || !self->iter) return 0;
        if (NpyIter_ResetBasePointers(c, NpyIter_GetDataPtrArray(self->iter), NULL) != NPY_SUCCEED)
            return -1;
        self->child->started = false;
        self->child->finished = NpyIter_GetIterSize(c) == 0;
    }
    return 0;
}

static PyObject *nditer_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    NditerObject *self = (NditerObject *)type->tp_alloc(type, 0);
    if (self) self->finished = true;
    return (PyObject *)self;
}

/* Everything that one call of the constructor holds. */
typedef struct {
    int nop, ndim;
    npy_uint32 flags;
    NPY_ORDER order;
    NPY_CASTING casting;
    int buffersize;
    PyArrayObject **ops;
    npy_uint32 *op_flags;
    PyArray_Descr **dtypes;
    int **axes, *axes_memory;
    PyArray_Dims itershape;
} Arguments;

static void arguments_clear(Arguments *a)
{
    for (int i = 0; i < a->nop; i++) {
        if (a->ops) Py_XDECREF(a->ops[i]);
        if (a->dtypes) Py_XDECREF(a->dtypes[i]);
    }
    PyMem_Free(a->ops);
    PyMem_Free(a->op_flags);
    PyMem_Free(a->dtypes);
    PyMem_Free(a->axes);
    PyMem_Free(a->axes_memory);
    PyDimMem_FREE(a->itershape.ptr);
}

static int read_axes(Arguments *a, PyObject *op_axes)
{
    a->axes = PyMem_Calloc((size_t)a->nop, sizeof *a->axes);
    a->axes_memory = PyMem_Calloc((size_t)a->nop * NPY_MAXDIMS, sizeof *a->axes_memory);
    if (!a->axes || !a->axes_memory) {
        PyErr_NoMemory();
        return -1;
    }
    for (int i = 0; i < a->nop; i++) a->axes[i] = a->axes_memory + (size_t)i * NPY_MAXDIMS;
    return ext_nditer_op_axes(op_axes, a->nop, a->axes, &a->ndim);
}

static int read_itershape(Arguments *a, PyObject *itershape)
{
    if (!itershape || itershape == Py_None) return 0;
    if (!PyArray_IntpConverter(itershape, &a->itershape)) return -1;
    if (a->ndim < 0)
        a->ndim = a->itershape.len;
    else if (a->ndim != a->itershape.len) {
        PyErr_SetString(
            PyExc_ValueError,
            "'op_axes' and 'itershape' must have the same number of entries equal to the "
            "iterator rank");
        return -1;
    }
    return 0;
}

static int nditer_init(PyObject *o, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"op",      "flags",   "op_flags",  "op_dtypes",  "order",
                            "casting", "op_axes", "itershape", "buffersize", NULL};
    NditerObject *self = cast(o);
    PyObject *op, *op_flags = NULL, *op_dtypes = NULL, *op_axes = NULL, *itershape = NULL;
    Arguments a = {.ndim = -1, .order = NPY_KEEPORDER, .casting = NPY_SAFE_CASTING};
    if (self->iter) {
        PyErr_SetString(PyExc_ValueError, "Iterator was already initialized");
        return -1;
    }
    int r = -1;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|O&OOO&O&OOi:nditer", names, &op,
                                     ext_nditer_global_flags, &a.flags, &op_flags, &op_dtypes,
                                     PyArray_OrderConverter, &a.order, PyArray_CastingConverter,
                                     &a.casting, &op_axes, &itershape, &a.buffersize))
        goto done;
    if (ext_nditer_operands(op, op_flags, &a.nop, &a.ops, &a.op_flags) < 0) {
        a.nop = 0;
        goto done;
    }
    if (op_dtypes && op_dtypes != Py_None) {
        a.dtypes = PyMem_Calloc((size_t)a.nop, sizeof *a.dtypes);
        if (!a.dtypes) {
            PyErr_NoMemory();
            goto done;
        }
        if (ext_nditer_op_dtypes(op_dtypes, a.nop, a.dtypes) < 0) goto done;
    }
    if (op_axes && op_axes != Py_None && read_axes(&a, op_axes) < 0) goto done;
    if (read_itershape(&a, itershape) < 0) goto done;
    npy_intp nothing = 0, *shape = a.itershape.ptr; /* itershape=() is a shape too */
    if (!shape && itershape && itershape != Py_None) shape = &nothing;
    NpyIter *it = NpyIter_AdvancedNew(a.nop, a.ops, a.flags, a.order, a.casting, a.op_flags,
                                      a.dtypes, a.ndim, a.axes, shape, a.buffersize);
    if (it) r = ext_nditer_take(self, it);
done:
    arguments_clear(&a);
    return r;
}

static void nditer_dealloc(PyObject *o)
{
    NditerObject *self = cast(o);
    if (self->iter) {
        PyObject *type, *value, *trace;
        PyErr_Fetch(&type, &value, &trace);
        if (ext_nditer_unresolved(self->iter) &&
            PyErr_WarnEx(PyExc_RuntimeWarning,
                         "Temporary data has not been written back to one of the operands: use "
                         "nditer as a context "
                         "manager, or call its close method before reading results.",
                         1) < 0)
            PyErr_WriteUnraisable(Py_None);
        if (NpyIter_Deallocate(self->iter) != NPY_SUCCEED) PyErr_WriteUnraisable(Py_None);
        PyErr_Restore(type, value, trace);
    }
    Py_XDECREF(self->child);
    Py_TYPE(o)->tp_free(o);
}

/* ---- guards -------------------------------------------------------------------------- */
static int check_valid(NditerObject *self)
{
    if (self->iter) return 0;
    PyErr_SetString(PyExc_ValueError, "Iterator is invalid");
    return -1;
}

/* There is an element to look at. */
static int check_value(NditerObject *self)
{
    if (!self->iter || self->finished) {
        PyErr_SetString(PyExc_ValueError, "Iterator is past the end");
        return -1;
    }
    if (NpyIter_HasDelayedBufAlloc(self->iter)) {
        PyErr_SetString(
            PyExc_ValueError,
            "Iterator construction used delayed buffer allocation, and no reset has been done yet");
        return -1;
    }
    return 0;
}

/* A position was set: the next next() starts there. */
static int rewound(NditerObject *self)
{
    self->started = false;
    npy_intp start, end;
    NpyIter_GetIterIndexRange(self->iter, &start, &end);
    self->finished = start >= end;
    return ext_nditer_reset_children(self);
}

/* ---- values -------------------------------------------------------------------------- */
static PyObject *operand_value(NditerObject *self, Py_ssize_t i)
{
    NpyIter *it = self->iter;
    npy_intp size = 0, stride = 0;
    int nd = 0;
    if (NpyIter_HasExternalLoop(it)) {
        nd = 1;
        size = *NpyIter_GetInnerLoopSizePtr(it);
        stride = NpyIter_GetInnerStrideArray(it)[i];
    }
    int flags = fnp_iter_is_writeable(it->core, (int)i) ? NPY_ARRAY_WRITEABLE : 0;
    PyArray_Descr *d = (PyArray_Descr *)Py_NewRef(it->dtypes[i]);
    npy_intp dims[NPY_MAXDIMS] = {size}, strides[NPY_MAXDIMS] = {stride};
    PyArray_ArrayDescr *sub = PyDataType_SUBARRAY(d);
    if (sub) { /* the element's own dimensions come last */
        Py_ssize_t more = PyTuple_GET_SIZE(sub->shape);
        npy_intp step = PyDataType_ELSIZE(sub->base);
        for (Py_ssize_t k = more - 1; k >= 0; k--) {
            dims[nd + k] = PyLong_AsSsize_t(PyTuple_GET_ITEM(sub->shape, k));
            strides[nd + k] = step;
            step *= dims[nd + k];
        }
        nd += (int)more;
        Py_SETREF(d, (PyArray_Descr *)Py_NewRef(sub->base));
    }
    PyArrayObject *v = (PyArrayObject *)PyArray_NewFromDescr(
        &PyArray_Type, d, nd, dims, strides, NpyIter_GetDataPtrArray(it)[i], flags, NULL);
    if (!v) return NULL;
    if (PyArray_SetBaseObject(v, Py_NewRef((PyObject *)self)) < 0) {
        Py_DECREF(v);
        return NULL;
    }
    PyArray_UpdateFlags(v, NPY_ARRAY_ALIGNED | NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_F_CONTIGUOUS);
    return (PyObject *)v;
}

static PyObject *get_value(PyObject *o, void *unused)
{
    NditerObject *self = cast(o);
    if (check_value(self) < 0) return NULL;
    int n = self->iter->nop;
    if (n == 1) return operand_value(self, 0);
    PyObject *t = PyTuple_New(n);
    for (int i = 0; t && i < n; i++) {
        PyObject *v = operand_value(self, i);
        if (!v)
            Py_CLEAR(t);
        else
            PyTuple_SET_ITEM(t, i, v);
    }
    return t;
}

/* One step: 1 moved, 0 at the end, -1 error. */
static int advance(NditerObject *self)
{
    if (!self->step(self->iter)) {
        if (PyErr_Occurred()) return -1;
        self->finished = true;
        return 0;
    }
    return ext_nditer_reset_children(self) < 0 ? -1 : 1;
}

static PyObject *nditer_next(PyObject *o)
{
    NditerObject *self = cast(o);
    if (!self->iter || self->finished) return NULL;
    if (NpyIter_HasDelayedBufAlloc(self->iter)) return get_value(o, NULL);
    if (self->started) {
        int r = advance(self);
        if (r <= 0) return NULL;
    }
    self->started = true;
    return get_value(o, NULL);
}

/* ---- methods ------------------------------------------------------------------------- */
static PyObject *nditer_iternext(PyObject *o, PyObject *unused)
{
    NditerObject *self = cast(o);
    if (!self->iter || self->finished) Py_RETURN_FALSE;
    int r = advance(self);
    return r < 0 ? NULL : PyBool_FromLong(r);
}

static PyObject *nditer_reset(PyObject *o, PyObject *unused)
{
    NditerObject *self = cast(o);
    if (check_valid(self) < 0 || NpyIter_Reset(self->iter, NULL) != NPY_SUCCEED ||
        rewound(self) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *nditer_copy(PyObject *o, PyObject *unused)
{
    NditerObject *self = cast(o);
    if (check_valid(self) < 0) return NULL;
    if (self->child) {
        PyErr_SetString(PyExc_ValueError, "Cannot copy an iterator which is nested");
        return NULL;
    }
    NditerObject *copy = (NditerObject *)nditer_new(Py_TYPE(o), NULL, NULL);
    NpyIter *it = copy ? NpyIter_Copy(self->iter) : NULL;
    if (!it || ext_nditer_take(copy, it) < 0) {
        Py_XDECREF(copy);
        return NULL;
    }
    copy->started = self->started;
    copy->finished = self->finished;
    return (PyObject *)copy;
}

static PyObject *nditer_remove_axis(PyObject *o, PyObject *args)
{
    NditerObject *self = cast(o);
    int axis;
    if (check_valid(self) < 0 || !PyArg_ParseTuple(args, "i:remove_axis", &axis)) return NULL;
    if (NpyIter_RemoveAxis(self->iter, axis) != NPY_SUCCEED ||
        !(self->step = NpyIter_GetIterNext(self->iter, NULL)) || rewound(self) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *nditer_remove_multi_index(PyObject *o, PyObject *unused)
{
    NditerObject *self = cast(o);
    if (check_valid(self) < 0 || NpyIter_RemoveMultiIndex(self->iter) != NPY_SUCCEED ||
        rewound(self) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *nditer_enable_external_loop(PyObject *o, PyObject *unused)
{
    NditerObject *self = cast(o);
    if (check_valid(self) < 0 || NpyIter_EnableExternalLoop(self->iter) != NPY_SUCCEED ||
        rewound(self) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *nditer_debug_print(PyObject *o, PyObject *unused)
{
    if (cast(o)->iter)
        NpyIter_DebugPrint(cast(o)->iter);
    else
        PySys_WriteStdout("Iterator: (nil)\n");
    if (PyErr_Occurred()) return NULL;
    Py_RETURN_NONE;
}

static PyObject *nditer_enter(PyObject *o, PyObject *unused)
{
    if (!cast(o)->iter) {
        PyErr_SetString(PyExc_RuntimeError, "operation on non-initialized iterator");
        return NULL;
    }
    return Py_NewRef(o);
}

static PyObject *nditer_close(PyObject *o, PyObject *unused)
{
    NditerObject *self = cast(o);
    NpyIter *it = self->iter;
    if (!it) Py_RETURN_NONE;
    self->iter = NULL;
    self->finished = true;
    Py_CLEAR(self->child);
    if (NpyIter_Deallocate(it) != NPY_SUCCEED) return NULL;
    Py_RETURN_NONE;
}

static PyObject *nditer_exit(PyObject *o, PyObject *args)
{
    return nditer_close(o, NULL);
}

/* ---- attributes ---------------------------------------------------------------------- */
static PyObject *get_operands(PyObject *o, void *unused)
{
    NditerObject *self = cast(o);
    if (check_valid(self) < 0) return NULL;
    PyObject *t = PyTuple_New(self->iter->nop);
    for (int i = 0; t && i < self->iter->nop; i++) {
        PyObject *a = (PyObject *)self->iter->ops[i];
        PyTuple_SET_ITEM(t, i, Py_NewRef(a ? a : Py_None));
    }
    return t;
}

static PyObject *get_itviews(PyObject *o, void *unused)
{
    NditerObject *self = cast(o);
    if (check_valid(self) < 0) return NULL;
    PyObject *t = PyTuple_New(self->iter->nop);
    for (int i = 0; t && i < self->iter->nop; i++) {
        PyObject *v = (PyObject *)NpyIter_GetIterView(self->iter, i);
        if (!v)
            Py_CLEAR(t);
        else
            PyTuple_SET_ITEM(t, i, v);
    }
    return t;
}

static PyObject *get_dtypes(PyObject *o, void *unused)
{
    NditerObject *self = cast(o);
    if (check_valid(self) < 0) return NULL;
    PyObject *t = PyTuple_New(self->iter->nop);
    for (int i = 0; t && i < self->iter->nop; i++)
        PyTuple_SET_ITEM(t, i, Py_NewRef((PyObject *)self->iter->dtypes[i]));
    return t;
}

static PyObject *int_tuple(int n, const npy_intp *v)
{
    PyObject *t = PyTuple_New(n);
    for (int i = 0; t && i < n; i++) {
        PyObject *k = PyLong_FromSsize_t(v[i]);
        if (!k)
            Py_CLEAR(t);
        else
            PyTuple_SET_ITEM(t, i, k);
    }
    return t;
}

static PyObject *get_shape(PyObject *o, void *unused)
{
    NditerObject *self = cast(o);
    npy_intp shape[NPY_MAXDIMS];
    if (!self->iter || self->finished) {
        PyErr_SetString(PyExc_ValueError, "Iterator is past the end");
        return NULL;
    }
    NpyIter_GetShape(self->iter, shape);
    return int_tuple(NpyIter_GetNDim(self->iter), shape);
}

static PyObject *get_multi_index(PyObject *o, void *unused)
{
    NditerObject *self = cast(o);
    npy_intp index[NPY_MAXDIMS];
    if (check_value(self) < 0) return NULL;
    if (!NpyIter_HasMultiIndex(self->iter)) {
        PyErr_SetString(PyExc_ValueError, "Iterator is not tracking a multi-index");
        return NULL;
    }
    fnp_iter_multi_index(self->iter->core, index);
    return int_tuple(NpyIter_GetNDim(self->iter), index);
}

static int no_deletion(PyObject *value, const char *name)
{
    if (value) return 0;
    PyErr_Format(PyExc_AttributeError, "Cannot delete nditer %s", name);
    return -1;
}

static int set_multi_index(PyObject *o, PyObject *value, void *unused)
{
    NditerObject *self = cast(o);
    npy_intp index[NPY_MAXDIMS];
    if (no_deletion(value, "multi_index") < 0 || check_valid(self) < 0) return -1;
    if (!NpyIter_HasMultiIndex(self->iter)) {
        PyErr_SetString(PyExc_ValueError, "Iterator is not tracking a multi-index");
        return -1;
    }
    int ndim = NpyIter_GetNDim(self->iter);
    Py_ssize_t n = PySequence_Check(value) ? PySequence_Size(value) : -1;
    if (n < 0) {
        PyErr_Clear();
        PyErr_SetString(PyExc_ValueError, "multi_index must be set with a sequence");
        return -1;
    }
    if (n != ndim) {
        PyErr_SetString(PyExc_ValueError, "Wrong number of indices");
        return -1;
    }
    for (int i = 0; i < ndim; i++) {
        PyObject *k = PySequence_GetItem(value, i);
        if (!k) return -1;
        index[i] = PyLong_AsSsize_t(k);
        Py_DECREF(k);
        if (index[i] == -1 && PyErr_Occurred()) return -1;
    }
    if (NpyIter_GotoMultiIndex(self->iter, index) != NPY_SUCCEED) return -1;
    return rewound(self);
}

static PyObject *get_index(PyObject *o, void *unused)
{
    NditerObject *self = cast(o);
    if (!self->iter || self->finished) {
        PyErr_SetString(PyExc_ValueError, "Iterator is past the end");
        return NULL;
    }
    if (!NpyIter_HasIndex(self->iter)) {
        PyErr_SetString(PyExc_ValueError, "Iterator does not have an index");
        return NULL;
    }
    return PyLong_FromSsize_t(*NpyIter_GetIndexPtr(self->iter));
}

static int set_index(PyObject *o, PyObject *value, void *unused)
{
    NditerObject *self = cast(o);
    if (no_deletion(value, "index") < 0 || check_valid(self) < 0) return -1;
    if (!NpyIter_HasIndex(self->iter)) {
        PyErr_SetString(PyExc_ValueError, "Iterator does not have an index");
        return -1;
    }
    npy_intp k = PyLong_AsSsize_t(value);
    if (k == -1 && PyErr_Occurred()) return -1;
    if (NpyIter_GotoIndex(self->iter, k) != NPY_SUCCEED) return -1;
    return rewound(self);
}

static PyObject *get_iterindex(PyObject *o, void *unused)
{
    NditerObject *self = cast(o);
    if (!self->iter || self->finished) {
        PyErr_SetString(PyExc_ValueError, "Iterator is past the end");
        return NULL;
    }
    return PyLong_FromSsize_t(NpyIter_GetIterIndex(self->iter));
}

static int set_iterindex(PyObject *o, PyObject *value, void *unused)
{
    NditerObject *self = cast(o);
    if (no_deletion(value, "iterindex") < 0 || check_valid(self) < 0) return -1;
    npy_intp k = PyLong_AsSsize_t(value);
    if (k == -1 && PyErr_Occurred()) return -1;
    if (NpyIter_GotoIterIndex(self->iter, k) != NPY_SUCCEED) return -1;
    return rewound(self);
}

static PyObject *get_iterrange(PyObject *o, void *unused)
{
    NditerObject *self = cast(o);
    npy_intp range[2];
    if (check_valid(self) < 0) return NULL;
    NpyIter_GetIterIndexRange(self->iter, &range[0], &range[1]);
    return int_tuple(2, range);
}

static int set_iterrange(PyObject *o, PyObject *value, void *unused)
{
    NditerObject *self = cast(o);
    npy_intp start, end;
    if (no_deletion(value, "iterrange") < 0 || check_valid(self) < 0) return -1;
    if (!PyArg_ParseTuple(value, "nn", &start, &end)) return -1;
    if (NpyIter_ResetToIterIndexRange(self->iter, start, end, NULL) != NPY_SUCCEED) return -1;
    return rewound(self);
}

static PyObject *get_finished(PyObject *o, void *unused)
{
    return PyBool_FromLong(!cast(o)->iter || cast(o)->finished);
}

#define ASK(name, expr)                                                                            \
    static PyObject *name(PyObject *o, void *unused)                                               \
    {                                                                                              \
        NpyIter *it = cast(o)->iter;                                                               \
        return check_valid(cast(o)) < 0 ? NULL : (expr);                                           \
    }
ASK(get_has_delayed_bufalloc, PyBool_FromLong(NpyIter_HasDelayedBufAlloc(it)))
ASK(get_iterationneedsapi, PyBool_FromLong(NpyIter_IterationNeedsAPI(it)))
ASK(get_has_multi_index, PyBool_FromLong(NpyIter_HasMultiIndex(it)))
ASK(get_has_index, PyBool_FromLong(NpyIter_HasIndex(it)))
ASK(get_ndim, PyLong_FromLong(NpyIter_GetNDim(it)))
ASK(get_nop, PyLong_FromLong(it->nop))
ASK(get_itersize, PyLong_FromSsize_t(NpyIter_GetIterSize(it)))

/* ---- sequence and mapping ------------------------------------------------------------ */
static Py_ssize_t nditer_length(PyObject *o)
{
    return cast(o)->iter ? cast(o)->iter->nop : 0;
}

static PyObject *nditer_item(PyObject *o, Py_ssize_t i)
{
    NditerObject *self = cast(o);
    if (check_value(self) < 0) return NULL;
    if (i < 0 || i >= self->iter->nop) {
        PyErr_Format(PyExc_IndexError, "Iterator operand index %zd is out of bounds", i);
        return NULL;
    }
    return operand_value(self, i);
}

static int nditer_set_item(PyObject *o, Py_ssize_t i, PyObject *value)
{
    NditerObject *self = cast(o);
    if (!value) {
        PyErr_SetString(PyExc_TypeError, "Cannot delete iterator elements");
        return -1;
    }
    if (check_value(self) < 0) return -1;
    if (i < 0 || i >= self->iter->nop) {
        PyErr_Format(PyExc_IndexError, "Iterator operand index %zd is out of bounds", i);
        return -1;
    }
    if (!fnp_iter_is_writeable(self->iter->core, (int)i)) {
        PyErr_Format(PyExc_RuntimeError, "Iterator operand %zd is not writeable", i);
        return -1;
    }
    PyObject *v = operand_value(self, i);
    int r = v ? PyArray_CopyObject((PyArrayObject *)v, value) : -1;
    Py_XDECREF(v);
    return r;
}

/* The operands that a slice selects; step 1 only. */
static int slice_bounds(NditerObject *self, PyObject *slice, Py_ssize_t *start, Py_ssize_t *count)
{
    Py_ssize_t stop, step;
    if (PySlice_Unpack(slice, start, &stop, &step) < 0) return -1;
    *count = PySlice_AdjustIndices(self->iter->nop, start, &stop, step);
    if (step == 1) return 0;
    PyErr_SetString(PyExc_ValueError, "Iterator slicing only supports a step of 1");
    return -1;
}

static int as_index(NditerObject *self, PyObject *key, Py_ssize_t *i)
{
    *i = PyNumber_AsSsize_t(key, PyExc_IndexError);
    if (*i == -1 && PyErr_Occurred()) return -1;
    if (*i < 0) *i += self->iter->nop;
    return 0;
}

static PyObject *nditer_subscript(PyObject *o, PyObject *key)
{
    NditerObject *self = cast(o);
    Py_ssize_t start, count;
    if (check_value(self) < 0) return NULL;
    if (PyIndex_Check(key)) return as_index(self, key, &start) < 0 ? NULL : nditer_item(o, start);
    if (!PySlice_Check(key)) {
        PyErr_SetString(PyExc_TypeError, "invalid index type for iterator indexing");
        return NULL;
    }
    if (slice_bounds(self, key, &start, &count) < 0) return NULL;
    PyObject *t = PyTuple_New(count);
    for (Py_ssize_t i = 0; t && i < count; i++) {
        PyObject *v = operand_value(self, start + i);
        if (!v)
            Py_CLEAR(t);
        else
            PyTuple_SET_ITEM(t, i, v);
    }
    return t;
}

static int nditer_set_subscript(PyObject *o, PyObject *key, PyObject *value)
{
    NditerObject *self = cast(o);
    Py_ssize_t start, count;
    if (!value) {
        PyErr_SetString(PyExc_TypeError, "Cannot delete iterator elements");
        return -1;
    }
    if (check_value(self) < 0) return -1;
    if (PyIndex_Check(key))
        return as_index(self, key, &start) < 0 ? -1 : nditer_set_item(o, start, value);
    if (!PySlice_Check(key)) {
        PyErr_SetString(PyExc_TypeError, "invalid index type for iterator indexing");
        return -1;
    }
    if (slice_bounds(self, key, &start, &count) < 0) return -1;
    if (!PySequence_Check(value) || PySequence_Size(value) != count) {
        PyErr_Clear();
        PyErr_SetString(PyExc_ValueError, "Wrong size to assign to iterator slice");
        return -1;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *v = PySequence_GetItem(value, i);
        int r = v ? nditer_set_item(o, start + i, v) : -1;
        Py_XDECREF(v);
        if (r < 0) return -1;
    }
    return 0;
}

/* ---- the type ------------------------------------------------------------------------ */
static PyMethodDef methods[] = {
    {"reset", nditer_reset, METH_NOARGS, "reset($self, /)\n--\n\nGo back to the first element."},
    {"copy", nditer_copy, METH_NOARGS,
     "copy($self, /)\n--\n\nAn independent iterator at the same element."},
    {"__copy__", nditer_copy, METH_NOARGS,
     "__copy__($self, /)\n--\n\nAn independent iterator at the same element."},
    {"iternext", nditer_iternext, METH_NOARGS,
     "iternext($self, /)\n--\n\nOne step without building a value; False once the end is passed."},
    {"remove_axis", nditer_remove_axis, METH_VARARGS,
     "remove_axis($self, i, /)\n--\n\nLeave axis i out of the iteration; it stays at index 0."},
    {"remove_multi_index", nditer_remove_multi_index, METH_NOARGS,
     "remove_multi_index($self, /)\n--\n\nStop tracking a multi-index, so that axes can be "
     "joined."},
    {"enable_external_loop", nditer_enable_external_loop, METH_NOARGS,
     "enable_external_loop($self, /)\n--\n\nLeave the innermost loop to the caller from now on."},
    {"debug_print", nditer_debug_print, METH_NOARGS,
     "debug_print($self, /)\n--\n\nWrite the iterator's state to standard output."},
    {"close", nditer_close, METH_NOARGS,
     "close($self, /)\n--\n\nWrite temporaries back and end the iteration."},
    {"__enter__", nditer_enter, METH_NOARGS, "__enter__($self, /)\n--\n\n"},
    {"__exit__", nditer_exit, METH_VARARGS,
     "__exit__($self, /, exc_type, exc_value, traceback)\n--\n\n"},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef attributes[] = {
    {"value", get_value, NULL, "What the operands hold at this step.", NULL},
    {"shape", get_shape, NULL, "Extents of the iteration.", NULL},
    {"multi_index", get_multi_index, set_multi_index,
     "Where the iteration stands, one index per axis.", NULL},
    {"index", get_index, set_index, "Where the iteration stands, as one C- or Fortran-order index.",
     NULL},
    {"iterindex", get_iterindex, set_iterindex, "How many steps lie before this one.", NULL},
    {"iterrange", get_iterrange, set_iterrange, "First and one-past-last step.", NULL},
    {"operands", get_operands, NULL, "The arrays that are walked over.", NULL},
    {"itviews", get_itviews, NULL, "Views of the operands in the iterator's own order of axes.",
     NULL},
    {"has_delayed_bufalloc", get_has_delayed_bufalloc, NULL,
     "Whether reset has to be called before values are read.", NULL},
    {"iterationneedsapi", get_iterationneedsapi, NULL, "Whether stepping needs the interpreter.",
     NULL},
    {"has_multi_index", get_has_multi_index, NULL, "Whether multi_index can be used.", NULL},
    {"has_index", get_has_index, NULL, "Whether index can be used.", NULL},
    {"dtypes", get_dtypes, NULL, "Types of the values.", NULL},
    {"ndim", get_ndim, NULL, "Number of axes of the iteration.", NULL},
    {"nop", get_nop, NULL, "Number of operands.", NULL},
    {"itersize", get_itersize, NULL, "Number of steps of the whole iteration.", NULL},
    {"finished", get_finished, NULL, "Whether the end was passed.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PySequenceMethods as_sequence = {
    .sq_length = nditer_length,
    .sq_item = nditer_item,
    .sq_ass_item = nditer_set_item,
};

static PyMappingMethods as_mapping = {
    .mp_length = nditer_length,
    .mp_subscript = nditer_subscript,
    .mp_ass_subscript = nditer_set_subscript,
};

PyTypeObject NpyIter_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_basicsize = sizeof(NditerObject),
    .tp_dealloc = nditer_dealloc,
    .tp_as_sequence = &as_sequence,
    .tp_as_mapping = &as_mapping,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "nditer(op, flags=None, op_flags=None, op_dtypes=None, order='K', casting='safe', "
              "op_axes=None, "
              "itershape=None, buffersize=0)\n--\n\n"
              "Walk over several arrays at once, broadcast against each other.\n\n"
              "The order of visits follows the arrays' memory unless `order` says otherwise. With "
              "the flag 'buffered'\n"
              "operands are converted in pieces to the types of `op_dtypes`; with 'external_loop' "
              "each step gives\n"
              "one-dimensional pieces as long as possible. An operand None is allocated.\n",
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = nditer_next,
    .tp_methods = methods,
    .tp_getset = attributes,
    .tp_init = nditer_init,
    .tp_new = nditer_new,
};

static PyMethodDef functions[] = {
    {"nested_iters", (PyCFunction)(void (*)(void))ext_nested_iters, METH_VARARGS | METH_KEYWORDS,
     "nested_iters(op, axes, flags=None, op_flags=None, op_dtypes=None, order='K', casting='safe', "
     "buffersize=0)\n"
     "--\n\n"
     "One nditer per entry of `axes`, each over those axes, for loops within loops.\n\n"
     "Stepping an outer iterator resets the inner ones to the part of the arrays that it points "
     "to.\n"},
    {NULL, NULL, 0, NULL},
};

HIDDEN int ext_init_nditer(PyObject *m)
{
    NpyIter_Type.tp_name = ext_qualname("nditer");
    if (!NpyIter_Type.tp_name || PyType_Ready(&NpyIter_Type) < 0) return -1;
    if (PyModule_AddObjectRef(m, "nditer", (PyObject *)&NpyIter_Type) < 0) return -1;
    return ext_add_functions(m, functions);
}
