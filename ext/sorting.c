/* sort, argsort, partition, lexsort, searchsorted, argmax and argmin as the C-API has them, and the
 * module's functions of these names. */
#include "argparse.h"
#include "array.h"
#include "convert.h"
#include "promotion.h"

#include "fnp/sce.h"
#include "fnp/sort.h"

#include <string.h>

/* A core call with the lock let go where nothing needs it. */
#define UNLOCKED(dtype, status, call)                                                              \
    do {                                                                                           \
        NPY_BEGIN_THREADS_DEF;                                                                     \
        if (!((dtype)->flags & FNP_DTYPE_NEEDS_API)) NPY_BEGIN_THREADS;                            \
        status = call;                                                                             \
        NPY_END_THREADS;                                                                           \
    } while (0)

static int check_axis(int *axis, PyArrayObject *a)
{
    return PyArray_CheckAxis_(axis, PyArray_NDIM(a));
}

/* ---- sort
 * -------------------------------------------------------------------------------------------------------
 */

static fnp_sort_kind sort_kind(NPY_SORTKIND kind)
{
    return (int)kind == NPY_STABLESORT ? FNP_SORT_STABLE : FNP_SORT_QUICK;
}

int PyArray_Sort(PyArrayObject *a, int axis, NPY_SORTKIND kind)
{
    fnp_view v;
    fnp_dtype scratch;
    EXT_ERROR(err);
    fnp_status s;
    if (check_axis(&axis, a) < 0 || PyArray_FailUnlessWriteable(a, "sort array") < 0) return -1;
    if (ext_view(a, &v, &scratch) < 0) return -1;
    UNLOCKED(v.dtype, s, fnp_sort(&v, axis, sort_kind(kind), &err));
    if (s == FNP_OK) return 0;
    ext_raise(s, &err);
    return -1;
}

static PyObject *new_order(PyArrayObject *like, fnp_view *out, fnp_dtype *scratch)
{
    PyObject *r =
        PyArray_NewFromDescr(Py_TYPE(like), PyArray_DescrFromType(NPY_INTP), PyArray_NDIM(like),
                             PyArray_DIMS(like), NULL, NULL, 0, (PyObject *)like);
    if (r && ext_view((PyArrayObject *)r, out, scratch) < 0) Py_CLEAR(r);
    return r;
}

static PyArrayObject *at_least_1d(PyArrayObject *a, int *axis)
{
    return (PyArrayObject *)PyArray_CheckAxis(a, axis, 0);
}

PyObject *PyArray_ArgSort(PyArrayObject *op, int axis, NPY_SORTKIND kind)
{
    fnp_view v, out;
    fnp_dtype scratch[2];
    EXT_ERROR(err);
    fnp_status s;
    PyArrayObject *a = at_least_1d(op, &axis);
    if (!a) return NULL;
    PyObject *r = new_order(a, &out, &scratch[1]);
    if (r && ext_view(a, &v, &scratch[0]) < 0) Py_CLEAR(r);
    if (r) {
        UNLOCKED(v.dtype, s, fnp_argsort(&v, axis, &out, &err));
        if (s != FNP_OK) {
            Py_CLEAR(r);
            ext_raise(s, &err);
        }
    }
    Py_DECREF(a);
    return r;
}

/* ---- partition
 * -----------------------------------------------------------------------------------------------------
 */

static int by_value(const void *a, const void *b)
{
    npy_intp x = *(const npy_intp *)a, y = *(const npy_intp *)b;
    return (x > y) - (x < y);
}

/* The ranks as a sorted array of intp, checked against lines of n elements; new reference. */
static PyArrayObject *ranks(PyArrayObject *kth, npy_intp n, npy_intp size)
{
    if (PyArray_ISBOOL(kth)) {
        PyErr_SetString(PyExc_ValueError, "Booleans unacceptable as partition index");
        return NULL;
    }
    if (!PyArray_ISINTEGER(kth)) {
        PyErr_SetString(PyExc_TypeError, "Partition index must be integer");
        return NULL;
    }
    if (PyArray_NDIM(kth) > 1) {
        PyErr_SetString(PyExc_ValueError, "kth array must have dimension <= 1");
        return NULL;
    }
    PyArrayObject *r = (PyArrayObject *)PyArray_FromArray(kth, PyArray_DescrFromType(NPY_INTP),
                                                          NPY_ARRAY_CARRAY | NPY_ARRAY_ENSURECOPY |
                                                              NPY_ARRAY_FORCECAST);
    if (!r) return NULL;
    npy_intp *k = PyArray_DATA(r), count = PyArray_SIZE(r);
    for (npy_intp i = 0; i < count && size > 0; i++) {
        if (k[i] < 0) k[i] += n;
        if (k[i] >= 0 && k[i] < n) continue;
        PyErr_Format(PyExc_ValueError, "kth(=%zd) out of bounds (%zd)", k[i], n);
        Py_DECREF(r);
        return NULL;
    }
    qsort(k, (size_t)count, sizeof *k, by_value);
    return r;
}

int PyArray_Partition(PyArrayObject *a, PyArrayObject *kth, int axis, NPY_SELECTKIND which)
{
    fnp_view v;
    fnp_dtype scratch;
    EXT_ERROR(err);
    fnp_status s;
    if (check_axis(&axis, a) < 0 || PyArray_FailUnlessWriteable(a, "partition array") < 0)
        return -1;
    PyArrayObject *k = ranks(kth, PyArray_DIM(a, axis), PyArray_SIZE(a));
    if (!k) return -1;
    int r = ext_view(a, &v, &scratch);
    if (r == 0 && PyArray_SIZE(a) > 0) {
        UNLOCKED(v.dtype, s, fnp_partition(&v, axis, PyArray_DATA(k), PyArray_SIZE(k), &err));
        if (s != FNP_OK) {
            ext_raise(s, &err);
            r = -1;
        }
    }
    Py_DECREF(k);
    return r;
}

PyObject *PyArray_ArgPartition(PyArrayObject *op, PyArrayObject *kth, int axis,
                               NPY_SELECTKIND which)
{
    fnp_view v, out;
    fnp_dtype scratch[2];
    EXT_ERROR(err);
    fnp_status s;
    PyArrayObject *a = at_least_1d(op, &axis);
    if (!a) return NULL;
    PyArrayObject *k = ranks(kth, PyArray_DIM(a, axis), PyArray_SIZE(a));
    PyObject *r = k ? new_order(a, &out, &scratch[1]) : NULL;
    if (r && ext_view(a, &v, &scratch[0]) < 0) Py_CLEAR(r);
    if (r) {
        UNLOCKED(v.dtype, s,
                 fnp_argpartition(&v, axis, PyArray_DATA(k), PyArray_SIZE(k), &out, &err));
        if (s != FNP_OK) {
            Py_CLEAR(r);
            ext_raise(s, &err);
        }
    }
    Py_XDECREF(k);
    Py_DECREF(a);
    return r;
}

/* ---- lexsort
 * ---------------------------------------------------------------------------------------------------------
 */

static PyObject *lexsort(PyArrayObject **keys, int n, int axis)
{
    for (int i = 1; i < n; i++)
        if (!PyArray_SAMESHAPE(keys[i], keys[0])) {
            PyErr_SetString(PyExc_ValueError, "all keys need to be the same shape");
            return NULL;
        }
    int nd = PyArray_NDIM(keys[0]);
    if (nd == 0) {
        /* one element: its place is 0 */
        if (axis != -1 && axis != 0 && PyArray_CheckAxis_(&axis, nd) < 0) return NULL;
        PyArrayObject *zero = (PyArrayObject *)PyArray_ZEROS(0, NULL, NPY_INTP, 0);
        return zero ? ext_return(zero) : NULL;
    }
    if (PyArray_CheckAxis_(&axis, nd) < 0) return NULL;
    PyObject *r = PyArray_SimpleNew(nd, PyArray_DIMS(keys[0]), NPY_INTP);
    fnp_view out, *views = PyMem_Malloc((size_t)n * sizeof *views);
    fnp_dtype out_scratch, *scratch = PyMem_Malloc((size_t)n * sizeof *scratch);
    EXT_ERROR(err);
    int ok = r && views && scratch && ext_view((PyArrayObject *)r, &out, &out_scratch) == 0;
    uint32_t flags = 0;
    for (int i = 0; i < n && ok; i++) {
        ok = ext_view(keys[i], &views[i], &scratch[i]) == 0;
        if (ok) flags |= views[i].dtype->flags;
    }
    if (ok) {
        fnp_dtype any = {.flags = flags};
        fnp_status s;
        UNLOCKED(&any, s, fnp_lexsort(n, views, axis, &out, &err));
        if (s != FNP_OK) {
            ext_raise(s, &err);
            ok = 0;
        }
    }
    if (!ok) Py_CLEAR(r);
    PyMem_Free(views);
    PyMem_Free(scratch);
    return r || PyErr_Occurred() ? r : PyErr_NoMemory();
}

PyObject *PyArray_LexSort(PyObject *obj, int axis)
{
    Py_ssize_t n = PySequence_Check(obj) ? PySequence_Size(obj) : -1;
    if (n <= 0) {
        PyErr_Clear();
        PyErr_SetString(PyExc_TypeError, "need sequence of keys with len > 0 in lexsort");
        return NULL;
    }
    PyArrayObject **keys = PyMem_Calloc((size_t)n, sizeof *keys);
    if (!keys) return PyErr_NoMemory();
    PyObject *r = NULL;
    Py_ssize_t i = 0;
    for (; i < n; i++) {
        PyObject *item = PySequence_GetItem(obj, i);
        keys[i] = item ? (PyArrayObject *)PyArray_FROM_O(item) : NULL;
        Py_XDECREF(item);
        if (!keys[i]) break;
    }
    if (i == n) r = lexsort(keys, (int)n, axis);
    for (Py_ssize_t k = 0; k < i; k++) Py_DECREF(keys[k]);
    PyMem_Free(keys);
    return r;
}

static PyObject *module_lexsort(PyObject *m, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    PyObject *keys, *axis_arg = NULL;
    if (ext_parse("lexsort", args, n, kwnames, "keys", NULL, &keys, "|axis", NULL, &axis_arg,
                  NULL) < 0)
        return NULL;
    int axis = axis_arg ? PyArray_PyIntAsInt(axis_arg) : -1;
    if (axis == -1 && PyErr_Occurred()) return NULL;
    PyObject *r = PyArray_LexSort(keys, axis);
    return r && PyArray_Check(r) ? ext_return((PyArrayObject *)r) : r;
}

/* ---- searchsorted
 * ------------------------------------------------------------------------------------------------------
 */

static PyArrayObject *checked_sorter(PyObject *obj, npy_intp n)
{
    PyArrayObject *s = (PyArrayObject *)PyArray_CheckFromAny(
        obj, NULL, 1, 1, NPY_ARRAY_ALIGNED | NPY_ARRAY_NOTSWAPPED, NULL);
    if (!s) {
        PyErr_SetString(PyExc_TypeError, "could not parse sorter argument");
        return NULL;
    }
    if (!PyArray_ISINTEGER(s)) {
        PyErr_SetString(PyExc_TypeError, "sorter must only contain integers");
    } else if (PyArray_SIZE(s) != n) {
        PyErr_SetString(PyExc_ValueError, "sorter.size must equal a.size");
    } else {
        PyArrayObject *r = (PyArrayObject *)PyArray_FromArray(
            s, PyArray_DescrFromType(NPY_INTP), NPY_ARRAY_CARRAY_RO | NPY_ARRAY_FORCECAST);
        Py_DECREF(s);
        return r;
    }
    Py_DECREF(s);
    return NULL;
}

static PyObject *search(PyArrayObject *a, PyArrayObject *keys, int right, PyArrayObject *sorter)
{
    fnp_view v;
    fnp_dtype scratch;
    EXT_ERROR(err);
    fnp_status s;
    if (ext_view(a, &v, &scratch) < 0) return NULL;
    if (!fnp_dtype_has_order(v.dtype)) {
        PyErr_SetString(PyExc_TypeError, "compare not supported for type");
        return NULL;
    }
    PyArrayObject *out = (PyArrayObject *)PyArray_NewFromDescr(
        &PyArray_Type, PyArray_DescrFromType(NPY_INTP), PyArray_NDIM(keys), PyArray_DIMS(keys),
        NULL, NULL, 0, NULL);
    if (!out) return NULL;
    const npy_intp *order = sorter ? PyArray_DATA(sorter) : NULL;
    if (PyArray_SIZE(keys) < 200)
        s = fnp_searchsorted(&v, PyArray_BYTES(keys), PyArray_ITEMSIZE(keys), PyArray_SIZE(keys),
                             right, order, PyArray_DATA(out), &err);
    else
        UNLOCKED(v.dtype, s,
                 fnp_searchsorted(&v, PyArray_BYTES(keys), PyArray_ITEMSIZE(keys),
                                  PyArray_SIZE(keys), right, order, PyArray_DATA(out), &err));
    if (s == FNP_OK) return (PyObject *)out;
    Py_DECREF(out);
    return ext_raise(s, &err);
}

PyObject *PyArray_SearchSorted(PyArrayObject *op, PyObject *values, NPY_SEARCHSIDE side,
                               PyObject *sorter)
{
    PyArrayObject *given = (PyArrayObject *)PyArray_FROM_O(values), *a = NULL, *keys = NULL,
                  *order = NULL;
    PyObject *r = NULL;
    if (!given) return NULL;
    if (PyArray_DESCR(op) == PyArray_DESCR(given) && PyArray_NDIM(op) == 1 &&
        (!sorter || sorter == Py_None) && PyArray_ISCARRAY_RO(given) && PyArray_ISBEHAVED_RO(op)) {
        r = search(op, given, side == NPY_SEARCHRIGHT, NULL);
        Py_DECREF(given);
        return r;
    }
    PyArray_Descr *common =
        ext_or_object(PyArray_PromoteTypes(PyArray_DESCR(op), PyArray_DESCR(given)));
    if (!common) goto done;
    /* others know best which objects they hold */
    bool ask = common->type_num == NPY_OBJECT && !PyArray_Check(values);
    keys = (PyArrayObject *)PyArray_CheckFromAny(ask ? values : (PyObject *)given,
                                                 (PyArray_Descr *)Py_NewRef(common), 0, 0,
                                                 NPY_ARRAY_CARRAY_RO | NPY_ARRAY_NOTSWAPPED, NULL);
    if (!keys) goto done;
    a = (PyArrayObject *)PyArray_CheckFromAny((PyObject *)op, (PyArray_Descr *)Py_NewRef(common), 1,
                                              1, NPY_ARRAY_ALIGNED | NPY_ARRAY_NOTSWAPPED, NULL);
    if (!a) goto done;
    if (sorter && sorter != Py_None && !(order = checked_sorter(sorter, PyArray_DIM(a, 0))))
        goto done;
    r = search(a, keys, side == NPY_SEARCHRIGHT, order);
done:
    Py_XDECREF(given);
    Py_XDECREF(common);
    Py_XDECREF(keys);
    Py_XDECREF(a);
    Py_XDECREF(order);
    return r;
}

/* ---- argmax, argmin
 * -------------------------------------------------------------------------------------------------------
 */

/* `out` as an array of intp that is written back, or a new one. */
static PyArrayObject *extreme_output(PyArrayObject *a, int nd, npy_intp const *dims,
                                     PyArrayObject *out, const char *name)
{
    if (!out)
        return (PyArrayObject *)PyArray_NewFromDescr(Py_TYPE(a), PyArray_DescrFromType(NPY_INTP),
                                                     nd, dims, NULL, NULL, 0, (PyObject *)a);
    if (PyArray_NDIM(out) != nd || !PyArray_CompareLists(PyArray_DIMS(out), dims, nd)) {
        PyErr_Format(PyExc_ValueError, "output array does not match result of np.%s.", name);
        return NULL;
    }
    return (PyArrayObject *)PyArray_FromArray(out, PyArray_DescrFromType(NPY_INTP),
                                              NPY_ARRAY_CARRAY | NPY_ARRAY_WRITEBACKIFCOPY);
}

static PyObject *arg_extreme(PyArrayObject *op, int axis, PyArrayObject *out, bool max)
{
    const char *name = max ? "argmax" : "argmin";
    npy_intp dims[NPY_MAXDIMS];
    fnp_view v, to;
    fnp_dtype scratch[2];
    EXT_ERROR(err);
    fnp_status s = FNP_OK;
    PyArrayObject *a = at_least_1d(op, &axis);
    if (!a) return NULL;
    PyArrayObject *r = NULL;
    int nd = 0;
    for (int i = 0; i < PyArray_NDIM(a); i++)
        if (i != axis) dims[nd++] = PyArray_DIM(a, i);
    npy_intp lines = PyArray_MultiplyList(dims, nd);
    if (ext_view(a, &v, &scratch[0]) < 0) goto fail;
    if (!fnp_dtype_has_order(v.dtype) || v.dtype->type_num == FNP_VOID) {
        PyErr_SetString(PyExc_TypeError, "data type not ordered");
        goto fail;
    }
    if (PyArray_DIM(a, axis) == 0) {
        PyErr_Format(PyExc_ValueError, "attempt to get %s of an empty sequence", name);
        goto fail;
    }
    r = extreme_output(a, nd, dims, out, name);
    if (!r || ext_view(r, &to, &scratch[1]) < 0) goto fail;
    /* a matrix has given its new array a shape of its own: the memory counts */
    npy_intp strides[NPY_MAXDIMS], step = sizeof(npy_intp);
    for (int i = nd - 1; i >= 0; step *= dims[i--]) strides[i] = step;
    to.ndim = nd;
    to.shape = dims;
    to.strides = strides;
    if (lines > 0) {
        UNLOCKED(v.dtype, s, fnp_argextreme(&v, axis, max, &to, &err));
        if (s != FNP_OK) {
            ext_raise(s, &err);
            goto fail;
        }
    }
    Py_DECREF(a);
    if (!out) return (PyObject *)r;
    int written = PyArray_ResolveWritebackIfCopy(r);
    Py_DECREF(r);
    return written < 0 ? NULL : Py_NewRef(out);
fail:
    Py_DECREF(a);
    Py_XDECREF(r);
    return NULL;
}

PyObject *PyArray_ArgMax(PyArrayObject *op, int axis, PyArrayObject *out)
{
    return arg_extreme(op, axis, out, true);
}
PyObject *PyArray_ArgMin(PyArrayObject *op, int axis, PyArrayObject *out)
{
    return arg_extreme(op, axis, out, false);
}

static PyMethodDef functions[] = {
    {"lexsort", (PyCFunction)(void (*)(void))module_lexsort, METH_FASTCALL | METH_KEYWORDS,
     "lexsort($module, keys, axis=-1)\n--\n\nOrder by several keys, the last one first."},
    {0}};

HIDDEN int ext_init_sorting(PyObject *m);
int ext_init_sorting(PyObject *m)
{
    return ext_add_functions(m, functions);
}
