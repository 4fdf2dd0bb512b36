/* numpy.nested_iters: the axes shared out among several iterators, each resetting the next. */
#include "nditer_pyobject.h"

typedef struct {
    int n;                  /* levels */
    int count[NPY_MAXDIMS]; /* axes of each level */
    int axes[NPY_MAXDIMS];  /* all of them, level by level */
} Levels;

static int read_levels(PyObject *o, Levels *l)
{
    bool used[NPY_MAXDIMS] = {false};
    int at = 0;
    if (!PyTuple_Check(o) && !PyList_Check(o)) {
        PyErr_SetString(PyExc_ValueError, "axes must be a tuple of axis arrays");
        return -1;
    }
    Py_ssize_t n = PySequence_Fast_GET_SIZE(o);
    if (n < 2 || n > NPY_MAXDIMS) {
        PyErr_SetString(PyExc_ValueError,
                        n < 2 ? "axes must have at least 2 entries for nested iteration"
                              : "Too many entries in axes for nested iteration");
        return -1;
    }
    l->n = (int)n;
    for (int i = 0; i < l->n; i++) {
        PyObject *item = PySequence_Fast_GET_ITEM(o, i);
        if (!PyTuple_Check(item) && !PyList_Check(item)) {
            PyErr_SetString(PyExc_ValueError, "Each item in axes must be an integer tuple");
            return -1;
        }
        l->count[i] = (int)PySequence_Fast_GET_SIZE(item);
        for (int k = 0; k < l->count[i]; k++) {
            long axis = PyLong_AsLong(PySequence_Fast_GET_ITEM(item, k));
            if (axis == -1 && PyErr_Occurred()) return -1;
            if (axis < 0 || axis >= NPY_MAXDIMS) {
                PyErr_SetString(PyExc_ValueError, "An axis is out of bounds");
                return -1;
            }
            if (used[axis]) {
                PyErr_SetString(PyExc_ValueError, "An axis is used more than once");
                return -1;
            }
            used[axis] = true;
            l->axes[at++] = (int)axis;
        }
    }
    return 0;
}

typedef struct {
    int nop;
    npy_uint32 flags;
    NPY_ORDER order;
    NPY_CASTING casting;
    int buffersize;
    PyArrayObject **ops;
    npy_uint32 *op_flags;
    PyArray_Descr **dtypes;
} Plan;

/* The iterator of one level. Conversions through copies happen at the first one, through buffers at
 * the last. */
static NditerObject *make_level(Plan *p, int level, int n, int *axes, int count)
{
    npy_uint32 flags = p->flags;
    bool last = level == n - 1, buffered = (flags & NPY_ITER_BUFFERED) != 0;
    int **op_axes = PyMem_New(int *, p->nop);
    npy_uint32 *op_flags = PyMem_New(npy_uint32, p->nop);
    NditerObject *self = NULL;
    if (!op_axes || !op_flags) {
        PyErr_NoMemory();
        goto done;
    }
    for (int i = 0; i < p->nop; i++) {
        op_axes[i] = axes;
        op_flags[i] = p->op_flags[i];
        if (buffered && !last)
            op_flags[i] &= ~(npy_uint32)(NPY_ITER_NBO | NPY_ITER_ALIGNED | NPY_ITER_CONTIG);
    }
    if (!last)
        flags &= ~(npy_uint32)(NPY_ITER_EXTERNAL_LOOP | NPY_ITER_BUFFERED | NPY_ITER_GROWINNER |
                               NPY_ITER_DELAY_BUFALLOC | NPY_ITER_COMMON_DTYPE);
    bool convert = buffered ? last : level == 0;
    NpyIter *it =
        NpyIter_AdvancedNew(p->nop, p->ops, flags, p->order, p->casting, op_flags,
                            convert ? p->dtypes : NULL, count, op_axes, NULL, p->buffersize);
    if (!it) goto done;
    self = (NditerObject *)NpyIter_Type.tp_alloc(&NpyIter_Type, 0);
    if (!self)
        NpyIter_Deallocate(it);
    else if (ext_nditer_take(self, it) < 0)
        Py_CLEAR(self);
done:
    PyMem_Free(op_axes);
    PyMem_Free(op_flags);
    return self;
}

/* Later levels walk over what the first one made of the operands. */
static void follow_first(Plan *p, NpyIter *first)
{
    for (int i = 0; i < p->nop; i++) {
        Py_XSETREF(p->ops[i], (PyArrayObject *)Py_XNewRef(first->ops[i]));
        p->op_flags[i] &= ~(npy_uint32)(NPY_ITER_COPY | NPY_ITER_UPDATEIFCOPY | NPY_ITER_ALLOCATE);
    }
    p->flags &= ~(npy_uint32)NPY_ITER_COPY_IF_OVERLAP;
}

PyObject *ext_nested_iters(PyObject *module, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"op",    "axes",    "flags",      "op_flags", "op_dtypes",
                            "order", "casting", "buffersize", NULL};
    PyObject *op, *axes, *op_flags = NULL, *op_dtypes = NULL, *result = NULL;
    Plan p = {.order = NPY_KEEPORDER, .casting = NPY_SAFE_CASTING};
    Levels l;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "OO|O&OOO&O&i", names, &op, &axes,
                                     ext_nditer_global_flags, &p.flags, &op_flags, &op_dtypes,
                                     PyArray_OrderConverter, &p.order, PyArray_CastingConverter,
                                     &p.casting, &p.buffersize))
        return NULL;
    if (read_levels(axes, &l) < 0 ||
        ext_nditer_operands(op, op_flags, &p.nop, &p.ops, &p.op_flags) < 0)
        return NULL;
    if (op_dtypes && op_dtypes != Py_None) {
        p.dtypes = PyMem_Calloc((size_t)p.nop, sizeof *p.dtypes);
        if (!p.dtypes || ext_nditer_op_dtypes(op_dtypes, p.nop, p.dtypes) < 0) {
            if (!PyErr_Occurred()) PyErr_NoMemory();
            goto done;
        }
    }
    result = PyTuple_New(l.n);
    for (int i = 0, at = 0; result && i < l.n; at += l.count[i], i++) {
        NditerObject *it = make_level(&p, i, l.n, l.axes + at, l.count[i]);
        if (!it) {
            Py_CLEAR(result);
            break;
        }
        PyTuple_SET_ITEM(result, i, (PyObject *)it);
        if (i == 0)
            follow_first(&p, it->iter);
        else
            ((NditerObject *)PyTuple_GET_ITEM(result, i - 1))->child =
                (NditerObject *)Py_NewRef((PyObject *)it);
    }
    if (result && ext_nditer_reset_children((NditerObject *)PyTuple_GET_ITEM(result, 0)) < 0)
        Py_CLEAR(result);
done:
    for (int i = 0; i < p.nop; i++) {
        Py_XDECREF(p.ops[i]);
        if (p.dtypes) Py_XDECREF(p.dtypes[i]);
    }
    PyMem_Free(p.ops);
    PyMem_Free(p.op_flags);
    PyMem_Free(p.dtypes);
    return result;
}
