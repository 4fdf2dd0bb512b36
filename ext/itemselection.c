/* Choosing elements by position or truth: take, put, repeat, choose, compress, nonzero, where,
 * putmask, _place. */
#include "argparse.h"
#include "array.h"
#include "convert.h"
#include "indexing.h"
#include "promotion.h"

#include "fnp/select.h"

#include <string.h>

/* Without the lock where that pays: for more than a few elements, without objects. */
#define UNLOCKED(dtype, count, status, call)                                                       \
    do {                                                                                           \
        NPY_BEGIN_THREADS_DEF;                                                                     \
        if (!((dtype)->flags & FNP_DTYPE_NEEDS_API)) NPY_BEGIN_THREADS_THRESHOLDED(count);         \
        status = call;                                                                             \
        NPY_END_THREADS;                                                                           \
    } while (0)

static PyArrayObject *as_intp(PyObject *obj, int min_depth, int max_depth)
{
    return (PyArrayObject *)PyArray_ContiguousFromAny(obj, NPY_INTP, min_depth, max_depth);
}

/* Indices of take: arrays may be of any kind of integers. */
static PyArrayObject *as_take_indices(PyObject *obj)
{
    PyArray_Descr *d = ext_builtin_descrs[NPY_INTP];
    if (!PyArray_Check(obj)) return as_intp(obj, 0, 0);
    if (!PyArray_CanCastArrayTo((PyArrayObject *)obj, d, NPY_SAME_KIND_CASTING)) {
        PyErr_Format(PyExc_TypeError,
                     "Cannot cast array data from %R to %R according to the rule 'same_kind'",
                     PyArray_DESCR((PyArrayObject *)obj), d);
        return NULL;
    }
    return (PyArrayObject *)PyArray_FromArray((PyArrayObject *)obj,
                                              (PyArray_Descr *)Py_NewRef((PyObject *)d),
                                              NPY_ARRAY_CARRAY_RO | NPY_ARRAY_FORCECAST);
}

/* ---- take
 * -------------------------------------------------------------------------------------------------------
 */

static PyArrayObject *take_output(PyArrayObject *self, int nd, npy_intp const *dims,
                                  PyArrayObject *out, NPY_CLIPMODE mode)
{
    PyArray_Descr *descr = (PyArray_Descr *)Py_NewRef(PyArray_DESCR(self));
    if (!out)
        return (PyArrayObject *)PyArray_NewFromDescr(Py_TYPE(self), descr, nd, dims, NULL, NULL, 0,
                                                     (PyObject *)self);
    int flags = NPY_ARRAY_CARRAY | NPY_ARRAY_WRITEBACKIFCOPY;
    if (PyArray_NDIM(out) != nd || !PyArray_CompareLists(PyArray_DIMS(out), dims, nd)) {
        PyErr_SetString(PyExc_ValueError, "output array does not match result of ndarray.take");
        Py_DECREF(descr);
        return NULL;
    }
    /* out stays as it was when an index is bad, and when it is part of the source */
    if (mode == NPY_RAISE || ext_may_share(out, self)) flags |= NPY_ARRAY_ENSURECOPY;
    return (PyArrayObject *)PyArray_FromArray(out, descr, flags);
}

static PyObject *finish_output(PyArrayObject *r, PyArrayObject *out, int failed)
{
    if (failed) {
        if (out && r) PyArray_DiscardWritebackIfCopy(r);
        Py_XDECREF(r);
        return NULL;
    }
    if (!out || r == out) return (PyObject *)r;
    int written = PyArray_ResolveWritebackIfCopy(r);
    Py_DECREF(r);
    return written < 0 ? NULL : Py_NewRef(out);
}

PyObject *PyArray_TakeFrom(PyArrayObject *op, PyObject *index_obj, int axis, PyArrayObject *out,
                           NPY_CLIPMODE mode)
{
    npy_intp dims[2 * NPY_MAXDIMS];
    PyArrayObject *index = NULL, *r = NULL;
    PyArrayObject *self = (PyArrayObject *)PyArray_CheckAxis(op, &axis, NPY_ARRAY_CARRAY_RO);
    if (!self) return NULL;
    int failed = 1;
    index = as_take_indices(index_obj);
    if (!index) goto done;
    int nd = PyArray_NDIM(self) + PyArray_NDIM(index) - 1;
    if (nd > NPY_MAXDIMS) {
        PyErr_Format(PyExc_ValueError, "number of dimensions must be within [0, %d]", NPY_MAXDIMS);
        goto done;
    }
    npy_intp outer = 1, inner = 1, extent = PyArray_DIM(self, axis), n = PyArray_SIZE(index);
    int k = 0;
    for (int i = 0; i < axis; i++) outer *= dims[k++] = PyArray_DIM(self, i);
    for (int i = 0; i < PyArray_NDIM(index); i++) dims[k++] = PyArray_DIM(index, i);
    for (int i = axis + 1; i < PyArray_NDIM(self); i++) inner *= dims[k++] = PyArray_DIM(self, i);
    r = take_output(self, nd, dims, out, mode);
    if (!r) goto done;
    if (extent == 0 && PyArray_SIZE(r) != 0) {
        PyErr_SetString(PyExc_IndexError, "cannot do a non-empty take from an empty axes.");
        goto done;
    }
    fnp_dtype scratch;
    const fnp_dtype *dt = ext_descr_core(PyArray_DESCR(self), &scratch);
    if (!dt) goto done;
    EXT_ERROR(err);
    fnp_status s;
    UNLOCKED(dt, PyArray_SIZE(r), s,
             fnp_take(dt, PyArray_BYTES(self), outer, extent, inner, PyArray_DATA(index), n,
                      (fnp_clip_mode)mode, axis, PyArray_BYTES(r), &err));
    if (s != FNP_OK) {
        ext_raise(s, &err);
    } else {
        failed = 0;
    }
done:
    Py_XDECREF(index);
    Py_DECREF(self);
    return finish_output(r, out, failed);
}

PyObject *PyArray_Compress(PyArrayObject *self, PyObject *condition, int axis, PyArrayObject *out)
{
    PyArrayObject *cond = PyArray_Check(condition) ? (PyArrayObject *)Py_NewRef(condition)
                                                   : (PyArrayObject *)PyArray_FROM_O(condition);
    if (!cond) return NULL;
    PyObject *r = NULL;
    if (PyArray_NDIM(cond) != 1) {
        PyErr_SetString(PyExc_ValueError, "condition must be a 1-d array");
    } else {
        PyObject *where = PyArray_Nonzero(cond);
        if (where) r = PyArray_TakeFrom(self, PyTuple_GET_ITEM(where, 0), axis, out, NPY_RAISE);
        Py_XDECREF(where);
    }
    Py_DECREF(cond);
    return r;
}

/* ---- put, putmask, place
 * ------------------------------------------------------------------------------------------ */

/* self as a dense array of its own that goes back to it, or itself; the values as a dense array of
 * its dtype that does not share its memory. */
static int open_target(PyArrayObject *self, PyObject *values, PyArrayObject **target,
                       PyArrayObject **v)
{
    PyArray_Descr *descr = PyArray_DESCR(self);
    *target = NULL;
    *v = (PyArrayObject *)PyArray_FromAny(values, (PyArray_Descr *)Py_NewRef(descr), 0, 0,
                                          NPY_ARRAY_DEFAULT | NPY_ARRAY_FORCECAST, NULL);
    if (!*v) return -1;
    if (ext_may_share(self, *v)) Py_SETREF(*v, (PyArrayObject *)PyArray_NewCopy(*v, NPY_CORDER));
    if (*v) {
        *target =
            PyArray_IS_C_CONTIGUOUS(self)
                ? (PyArrayObject *)Py_NewRef(self)
                : (PyArrayObject *)PyArray_FromArray(self, (PyArray_Descr *)Py_NewRef(descr),
                                                     NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_WRITEABLE |
                                                         NPY_ARRAY_WRITEBACKIFCOPY);
    }
    if (*target) return 0;
    Py_CLEAR(*v);
    return -1;
}

static int close_target(PyArrayObject *self, PyArrayObject *target, PyArrayObject *v, int failed)
{
    Py_DECREF(v);
    int r = failed ? -1 : 0;
    if (target != self && !failed && PyArray_ResolveWritebackIfCopy(target) < 0) r = -1;
    if (target != self && failed) PyArray_DiscardWritebackIfCopy(target);
    Py_DECREF(target);
    return r;
}

/* target.flat[position[i]] = values[i % nv] for n positions (NULL: those where mask is set, counted
 * by themselves or, by_place, by their number among the set ones). Values are dense. */
typedef struct {
    const npy_intp *position;
    const char *mask;
    npy_intp n;
    int count_set;
} scatter_job;

static int scatter(PyArrayObject *target, PyArrayObject *values, const scatter_job *job)
{
    fnp_dtype scratch;
    const fnp_dtype *dt = ext_descr_core(PyArray_DESCR(target), &scratch);
    if (!dt) return -1;
    bool fields = job->count_set && fnp_dtype_has_gaps(dt); /* as NumPy: place, not put */
    if (!dt->ops && !fnp_dtype_has_ref(dt) && !fields) {
        NPY_BEGIN_THREADS_DEF;
        NPY_BEGIN_THREADS_THRESHOLDED(job->n);
        if (job->mask)
            fnp_put_masked(dt->elsize, PyArray_BYTES(target), job->mask, job->n,
                           PyArray_BYTES(values), PyArray_SIZE(values), job->count_set);
        else
            fnp_put_cycled(dt->elsize, PyArray_BYTES(target), job->position, job->n,
                           PyArray_BYTES(values), PyArray_SIZE(values));
        NPY_END_THREADS;
        return 0;
    }
    fnp_cast copy;
    EXT_TRY(fnp_cast_init(&copy, dt, dt, FNP_CAST_ANY_STRIDE, FNP_CAST_ANY_STRIDE, 0, err), -1);
    npy_intp nv = PyArray_SIZE(values), size = dt->elsize, used = 0;
    char *data = PyArray_BYTES(target);
    const char *v = PyArray_BYTES(values);
    EXT_ERROR(err);
    fnp_status s = FNP_OK;
    for (npy_intp i = 0; i < job->n && s == FNP_OK; i++) {
        if (job->mask && !job->mask[i]) continue;
        npy_intp at = job->position ? job->position[i] : i, from = job->count_set ? used++ : i;
        s = fnp_cast_run(&copy, v + from % nv * size, size, data + at * size, size, 1, &err);
    }
    fnp_cast_clear(&copy);
    if (s == FNP_OK) return 0;
    ext_raise(s, &err);
    return -1;
}

/* Dense numbers of one type, as many as positions: 1 if it was done, 0 if it is for the long way.
 */
static int put_quick(PyArrayObject *self, PyObject *values, PyArrayObject *index, NPY_CLIPMODE mode)
{
    PyArrayObject *v = (PyArrayObject *)values;
    PyArray_Descr *d = PyArray_DESCR(self);
    if (!PyArray_Check(values) || PyArray_DESCR(v) != d || d->type_num > NPY_CDOUBLE ||
        mode != NPY_RAISE || !PyArray_ISCARRAY(self) || !PyArray_ISCARRAY_RO(v) ||
        PyArray_SIZE(self) == 0 || PyArray_SIZE(index) != PyArray_SIZE(v) ||
        ext_may_share(self, v) || ext_may_share(self, index))
        return 0;
    EXT_ERROR(err);
    NPY_BEGIN_THREADS_DEF;
    NPY_BEGIN_THREADS_THRESHOLDED(PyArray_SIZE(index));
    fnp_status s = fnp_put(d->elsize, PyArray_DATA(self), PyArray_SIZE(self), PyArray_DATA(index),
                           PyArray_SIZE(index), PyArray_DATA(v), d->elsize, &err);
    NPY_END_THREADS;
    if (s == FNP_OK) return 1;
    ext_raise(s, &err);
    return -1;
}

PyObject *PyArray_PutTo(PyArrayObject *self, PyObject *values0, PyObject *indices0,
                        NPY_CLIPMODE mode)
{
    PyArrayObject *target, *values, *index;
    if (!PyArray_Check(self)) {
        PyErr_SetString(PyExc_TypeError, "put: first argument must be an array");
        return NULL;
    }
    if (PyArray_FailUnlessWriteable(self, "put: output array") < 0) return NULL;
    PyArrayObject *given = as_intp(indices0, 0, 0);
    int done = given ? put_quick(self, values0, given, mode) : 0;
    if (done) {
        Py_DECREF(given);
        if (done < 0) return NULL;
        Py_RETURN_NONE;
    }
    index = given ? (PyArrayObject *)PyArray_NewCopy(given, NPY_CORDER) : NULL;
    Py_XDECREF(given);
    if (!index) return NULL;
    npy_intp n = PyArray_SIZE(index), size = PyArray_SIZE(self);
    if (n > 0 && size == 0) {
        PyErr_SetString(PyExc_IndexError, "cannot replace elements of an empty array");
        Py_DECREF(index);
        return NULL;
    }
    if (open_target(self, values0, &target, &values) < 0) {
        Py_DECREF(index);
        return NULL;
    }
    int r = 0;
    if (PyArray_SIZE(values) > 0 && n > 0) {
        EXT_ERROR(err);
        fnp_status s =
            fnp_index_resolve(PyArray_DATA(index), n, size, (fnp_clip_mode)mode, 0, &err);
        if (s != FNP_OK) {
            ext_raise(s, &err);
            r = -1;
        } else {
            r = scatter(target, values, &(scatter_job){.position = PyArray_DATA(index), .n = n});
        }
    }
    Py_DECREF(index);
    if (close_target(self, target, values, r) < 0) return NULL;
    Py_RETURN_NONE;
}

/* The mask as dense bools of as many elements as self has. */
static PyArrayObject *flat_mask(PyArrayObject *self, PyObject *mask0, const char *name)
{
    PyArrayObject *mask = (PyArrayObject *)PyArray_FROM_OTF(
        mask0, NPY_BOOL, NPY_ARRAY_CARRAY_RO | NPY_ARRAY_FORCECAST);
    if (mask && PyArray_SIZE(mask) != PyArray_SIZE(self)) {
        PyErr_Format(PyExc_ValueError, "%s: mask and data must be the same size", name);
        Py_CLEAR(mask);
    }
    return mask;
}

PyObject *PyArray_PutMask(PyArrayObject *self, PyObject *values0, PyObject *mask0)
{
    PyArrayObject *target, *values;
    if (!PyArray_Check(self)) {
        PyErr_SetString(PyExc_TypeError, "putmask: first argument must be an array");
        return NULL;
    }
    if (PyArray_FailUnlessWriteable(self, "putmask: output array") < 0) return NULL;
    PyArrayObject *mask = flat_mask(self, mask0, "putmask");
    if (!mask) return NULL;
    if (ext_may_share(self, mask))
        Py_SETREF(mask, (PyArrayObject *)PyArray_NewCopy(mask, NPY_CORDER));
    if (!mask || open_target(self, values0, &target, &values) < 0) {
        Py_XDECREF(mask);
        return NULL;
    }
    int r = 0;
    if (PyArray_SIZE(values) > 0)
        r = scatter(target, values,
                    &(scatter_job){.mask = PyArray_BYTES(mask), .n = PyArray_SIZE(mask)});
    Py_DECREF(mask);
    if (close_target(self, target, values, r) < 0) return NULL;
    Py_RETURN_NONE;
}

static PyObject *module_putmask(PyObject *m, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    PyObject *a, *mask, *values;
    if (ext_parse("putmask", args, n, kwnames, "a", NULL, &a, "mask", NULL, &mask, "values", NULL,
                  &values, NULL) < 0)
        return NULL;
    if (PyArray_Check(a)) return PyArray_PutMask((PyArrayObject *)a, values, mask);
    PyErr_SetString(PyExc_TypeError, "putmask: first argument must be an array");
    return NULL;
}

/* Values go, in order and again from the start, where the mask is set. */
static PyObject *module_place(PyObject *m, PyObject *args, PyObject *kw)
{
    static char *names[] = {"input", "mask", "vals", NULL};
    PyObject *mask0, *values0;
    PyArrayObject *self, *target, *values;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "O!OO:place", names, &PyArray_Type, &self, &mask0,
                                     &values0))
        return NULL;
    PyArrayObject *mask = flat_mask(self, mask0, "place");
    if (!mask) return NULL;
    if (PyArray_FailUnlessWriteable(self, "place: output array") < 0 ||
        open_target(self, values0, &target, &values) < 0) {
        Py_DECREF(mask);
        return NULL;
    }
    int r = 0;
    if (PyArray_SIZE(values) > 0) {
        r = scatter(
            target, values,
            &(scatter_job){.mask = PyArray_BYTES(mask), .n = PyArray_SIZE(mask), .count_set = 1});
    } else if (PyArray_CountNonzero(mask) > 0) {
        PyErr_SetString(PyExc_ValueError, "Cannot insert from an empty array!");
        r = -1;
    }
    Py_DECREF(mask);
    if (close_target(self, target, values, r) < 0) return NULL;
    Py_RETURN_NONE;
}

/* ---- repeat
 * ---------------------------------------------------------------------------------------------------------
 */

PyObject *PyArray_Repeat(PyArrayObject *op, PyObject *repeats0, int axis)
{
    PyArrayObject *repeats = as_intp(repeats0, 0, 1), *r = NULL;
    if (!repeats) return NULL;
    int one = PyArray_NDIM(repeats) == 0 || PyArray_SIZE(repeats) == 1;
    PyArrayObject *self = (PyArrayObject *)PyArray_CheckAxis(op, &axis, NPY_ARRAY_CARRAY_RO);
    if (!self) goto done;
    npy_intp n = PyArray_DIM(self, axis), total = 0, dims[NPY_MAXDIMS], outer = 1, inner = 1;
    const npy_intp *counts = PyArray_DATA(repeats);
    if (!one && PyArray_DIM(repeats, 0) != n) {
        PyErr_Format(PyExc_ValueError,
                     "operands could not be broadcast together with shape (%zd,) (%zd,)", n,
                     PyArray_DIM(repeats, 0));
        goto done;
    }
    if (one) {
        if (__builtin_mul_overflow(n, counts[0], &total)) total = -1;
    } else {
        for (npy_intp j = 0; j < n; j++) {
            if (counts[j] < 0) {
                PyErr_SetString(PyExc_ValueError, "repeats may not contain negative values.");
                goto done;
            }
            total += counts[j];
        }
    }
    for (int i = 0; i < PyArray_NDIM(self); i++) {
        dims[i] = i == axis ? total : PyArray_DIM(self, i);
        if (i < axis) outer *= dims[i];
        if (i > axis) inner *= dims[i];
    }
    PyArray_Descr *descr = (PyArray_Descr *)Py_NewRef(PyArray_DESCR(self));
    r = (PyArrayObject *)PyArray_NewFromDescr(Py_TYPE(self), descr, PyArray_NDIM(self), dims, NULL,
                                              NULL, 0, (PyObject *)self);
    if (!r) goto done;
    fnp_dtype scratch;
    const fnp_dtype *dt = ext_descr_core(descr, &scratch);
    EXT_ERROR(err);
    fnp_status s = FNP_EPYTHON;
    if (dt)
        UNLOCKED(dt, total, s,
                 fnp_repeat(dt, PyArray_BYTES(self), outer, n, inner, counts, !one,
                            PyArray_BYTES(r), &err));
    if (s != FNP_OK) {
        Py_CLEAR(r);
        ext_raise(s, &err);
    }
done:
    Py_DECREF(repeats);
    Py_XDECREF(self);
    return (PyObject *)r;
}

/* ---- choose
 * ----------------------------------------------------------------------------------------------------------
 */

/* All choices as arrays of their common dtype, in new memory at *list; -1 on errors. */
static int common_choices(PyObject *op, PyArrayObject ***list, int *n)
{
    PyObject *seq = PySequence_Fast(op, "choices must be a sequence");
    if (!seq) return -1;
    Py_ssize_t count = PySequence_Fast_GET_SIZE(seq), done = 0;
    PyArrayObject **a = PyMem_Calloc((size_t)(count ? count : 1), sizeof *a);
    PyArray_Descr *common = NULL;
    if (!a) PyErr_NoMemory();
    if (a && count == 0) PyErr_SetString(PyExc_ValueError, "0-length sequence.");
    for (; a && done < count; done++) {
        a[done] = (PyArrayObject *)PyArray_FROM_O(PySequence_Fast_GET_ITEM(seq, done));
        if (!a[done]) break;
    }
    if (a && count && done == count)
        common = ext_result_of_arrays(count, a, PySequence_Fast_ITEMS(seq));
    Py_DECREF(seq);
    int failed = !common;
    for (Py_ssize_t i = 0; i < count && !failed; i++) {
        PyArrayObject *b = (PyArrayObject *)PyArray_FromArray(
            a[i], (PyArray_Descr *)Py_NewRef(common), NPY_ARRAY_CARRAY_RO | NPY_ARRAY_FORCECAST);
        if (!b) failed = 1;
        if (b) Py_SETREF(a[i], b);
    }
    Py_XDECREF(common);
    *list = a;
    *n = (int)count;
    if (!failed) return 0;
    for (Py_ssize_t i = 0; a && i < done; i++) Py_XDECREF(a[i]);
    PyMem_Free(a);
    return -1;
}

static int choose_loop(PyArrayMultiIterObject *multi, int n, PyArrayObject *r, NPY_CLIPMODE mode)
{
    fnp_dtype scratch;
    const fnp_dtype *dt = ext_descr_core(PyArray_DESCR(r), &scratch);
    if (!dt) return -1;
    fnp_cast copy;
    EXT_TRY(fnp_cast_init(&copy, dt, dt, FNP_CAST_ANY_STRIDE, FNP_CAST_ANY_STRIDE, 0, err), -1);
    char *out = PyArray_BYTES(r);
    EXT_ERROR(err);
    fnp_status s = FNP_OK;
    while (PyArray_MultiIter_NOTDONE(multi) && s == FNP_OK) {
        npy_intp k = *(npy_intp *)PyArray_MultiIter_DATA(multi, n);
        if (k < 0 || k >= n) {
            if (mode == NPY_RAISE) {
                s = fnp_fail(&err, FNP_EVALUE, "invalid entry in choice array");
                break;
            }
            (void)!fnp_index_resolve(&k, 1, n, (fnp_clip_mode)mode, 0, NULL);
        }
        s = fnp_cast_run(&copy, PyArray_MultiIter_DATA(multi, k), 0, out, 0, 1, &err);
        out += dt->elsize;
        PyArray_MultiIter_NEXT(multi);
    }
    fnp_cast_clear(&copy);
    if (s == FNP_OK) return 0;
    ext_raise(s, &err);
    return -1;
}

PyObject *PyArray_Choose(PyArrayObject *ip, PyObject *op, PyArrayObject *out, NPY_CLIPMODE mode)
{
    PyArrayObject **choices, *index = NULL, *r = NULL;
    PyArrayMultiIterObject *multi = NULL;
    int n, failed = 1;
    if (common_choices(op, &choices, &n) < 0) return NULL;
    index = (PyArrayObject *)PyArray_FROM_OT((PyObject *)ip, NPY_INTP);
    if (index)
        multi = (PyArrayMultiIterObject *)PyArray_MultiIterFromObjects((PyObject **)choices, n, 1,
                                                                       index);
    if (!multi) goto done;
    PyArray_Descr *descr = (PyArray_Descr *)Py_NewRef(PyArray_DESCR(choices[0]));
    if (!out) {
        r = (PyArrayObject *)PyArray_NewFromDescr(Py_TYPE(ip), descr, multi->nd, multi->dimensions,
                                                  NULL, NULL, 0, (PyObject *)ip);
    } else if (PyArray_NDIM(out) != multi->nd ||
               !PyArray_CompareLists(PyArray_DIMS(out), multi->dimensions, multi->nd)) {
        PyErr_SetString(PyExc_TypeError, "choose: invalid shape for output array.");
        Py_DECREF(descr);
    } else {
        int apart = mode != NPY_RAISE && PyArray_ISCARRAY(out) &&
                    PyArray_EquivTypes(descr, PyArray_DESCR(out));
        for (int i = 0; i < n; i++) apart = apart && !ext_may_share(out, choices[i]);
        if (apart) {
            Py_DECREF(descr);
            r = (PyArrayObject *)Py_NewRef(out);
        } else { /* memory of its own, which is copied at the end; what `out` held does not matter
                  */
            r = (PyArrayObject *)PyArray_SimpleNewFromDescr(multi->nd, multi->dimensions, descr);
            if (r && PyArray_SetWritebackIfCopyBase(r, (PyArrayObject *)Py_NewRef(out)) < 0)
                Py_CLEAR(r);
        }
    }
    if (r) failed = choose_loop(multi, n, r, mode) < 0;
done:
    for (int i = 0; i < n; i++) Py_DECREF(choices[i]);
    PyMem_Free(choices);
    Py_XDECREF(multi);
    Py_XDECREF(index);
    return finish_output(r, out, failed);
}

/* ---- truth
 * -------------------------------------------------------------------------------------------------------------
 */

/* Types of users say themselves what is not zero. */
static PyArrayObject *user_truth(PyArrayObject *a, PyArrayObject *mask)
{
    PyArray_NonzeroFunc *nonzero = PyDataType_GetArrFuncs(PyArray_DESCR(a))->nonzero;
    PyArrayIterObject *it = (PyArrayIterObject *)PyArray_IterNew((PyObject *)a);
    npy_bool *out = PyArray_DATA(mask);
    while (it && PyArray_ITER_NOTDONE(it)) {
        *out++ = nonzero(it->dataptr, a) != 0;
        PyArray_ITER_NEXT(it);
    }
    Py_XDECREF(it);
    if (!it || PyErr_Occurred()) Py_CLEAR(mask);
    return mask;
}

/* The array as dense bools, or itself if it holds bools; new reference. */
static PyArrayObject *truth_of(PyArrayObject *a)
{
    if (PyArray_TYPE(a) == NPY_BOOL) return (PyArrayObject *)Py_NewRef(a);
    PyArrayObject *mask =
        (PyArrayObject *)PyArray_SimpleNew(PyArray_NDIM(a), PyArray_DIMS(a), NPY_BOOL);
    if (mask && PyTypeNum_ISUSERDEF(PyArray_TYPE(a))) return user_truth(a, mask);
    fnp_view v;
    fnp_dtype scratch;
    EXT_ERROR(err);
    fnp_status s;
    if (!mask || ext_view(a, &v, &scratch) < 0) {
        Py_XDECREF(mask);
        return NULL;
    }
    UNLOCKED(v.dtype, PyArray_SIZE(mask), s, fnp_truth(&v, PyArray_BYTES(mask), &err));
    if (s == FNP_OK) return mask;
    Py_DECREF(mask);
    ext_raise(s, &err);
    return NULL;
}

npy_intp PyArray_CountNonzero(PyArrayObject *self)
{
    PyArrayObject *mask = truth_of(self);
    if (!mask) return -1;
    fnp_view v;
    fnp_dtype scratch;
    npy_intp n = ext_view(mask, &v, &scratch) < 0 ? -1 : fnp_mask_count(&v);
    Py_DECREF(mask);
    return n;
}

/* Positions of what is not zero in a short dense line of numbers; NULL without an exception: other
 * arrays. */
static PyObject *nonzero_of_few(PyArrayObject *self)
{
    enum { FEW = 256 };
    npy_intp n = PyArray_SIZE(self), at[FEW], k = 0;
    int num = PyArray_TYPE(self);
    if (n > FEW || !PyArray_ISCARRAY_RO(self) || !PyArray_ISNOTSWAPPED(self)) return NULL;
    const char *p = PyArray_BYTES(self);
#define WHERE_(T, test)                                                                            \
    {                                                                                              \
        const T *v = (const T *)(const void *)p;                                                   \
        for (npy_intp i = 0; i < n; i++) {                                                         \
            at[k] = i;                                                                             \
            k += (test);                                                                           \
        }                                                                                          \
        break;                                                                                     \
    }
    switch (num) {
    case NPY_BOOL:
    case NPY_BYTE:
    case NPY_UBYTE: WHERE_(npy_byte, v[i] != 0)
    case NPY_SHORT:
    case NPY_USHORT: WHERE_(npy_short, v[i] != 0)
    case NPY_HALF: WHERE_(npy_short, (v[i] & 0x7fff) != 0)
    case NPY_INT:
    case NPY_UINT: WHERE_(npy_int, v[i] != 0)
    case NPY_LONG:
    case NPY_ULONG:
    case NPY_LONGLONG:
    case NPY_ULONGLONG:
    case NPY_DATETIME:
    case NPY_TIMEDELTA: WHERE_(npy_int64, v[i] != 0)
    case NPY_FLOAT: WHERE_(float, v[i] != 0)
    case NPY_DOUBLE: WHERE_(double, v[i] != 0)
    case NPY_LONGDOUBLE: WHERE_(npy_longdouble, v[i] != 0)
    case NPY_CFLOAT: WHERE_(float, (v[2 * i] != 0) | (v[2 * i + 1] != 0))
    case NPY_CDOUBLE: WHERE_(double, (v[2 * i] != 0) | (v[2 * i + 1] != 0))
    default: return NULL;
    }
#undef WHERE_
    PyObject *r = PyArray_SimpleNew(1, &k, NPY_INTP);
    if (!r) return NULL;
    PyArray_STRIDES((PyArrayObject *)r)[0] = sizeof(npy_intp); /* also if empty */
    memcpy(PyArray_DATA((PyArrayObject *)r), at, (size_t)k * sizeof *at);
    PyObject *tuple = PyTuple_New(1);
    if (tuple)
        PyTuple_SET_ITEM(tuple, 0, r);
    else
        Py_DECREF(r);
    return tuple;
}

PyObject *PyArray_Nonzero(PyArrayObject *self)
{
    int nd = PyArray_NDIM(self);
    if (nd == 1) {
        PyObject *few = nonzero_of_few(self);
        if (few || PyErr_Occurred()) return few;
    }
    if (nd == 0) {
        PyErr_Format(PyExc_ValueError,
                     "Calling nonzero on 0d arrays is not allowed. Use "
                     "np.atleast_1d(scalar).nonzero() instead.%s",
                     PyArray_ISBOOL(self) ? " If the context of this error is of the form "
                                            "`arr[nonzero(cond)]`, just use `arr[cond]`."
                                          : "");
        return NULL;
    }
    PyArrayObject *mask = truth_of(self);
    if (!mask) return NULL;
    fnp_view v;
    fnp_dtype scratch;
    PyObject *tuple = NULL, *table = NULL;
    fnp_intp *columns[NPY_MAXDIMS];
    if (ext_view(mask, &v, &scratch) < 0) goto done;
    npy_intp dims[2] = {fnp_mask_count(&v), nd};
    if (PyArray_ISOBJECT(self)) {
        /* objects are asked twice, as NumPy does, and have to stay with their answer */
        Py_SETREF(mask, truth_of(self));
        if (!mask || ext_view(mask, &v, &scratch) < 0) goto done;
        if (fnp_mask_count(&v) != dims[0]) {
            PyErr_SetString(PyExc_RuntimeError,
                            "number of non-zero array elements changed during function execution.");
            goto done;
        }
    }
    table = PyArray_SimpleNew(nd == 1 ? 1 : 2, dims, NPY_INTP);
    tuple = table ? PyTuple_New(nd) : NULL;
    if (!tuple) goto done;
    if (nd == 1) PyArray_STRIDES((PyArrayObject *)table)[0] = sizeof(npy_intp); /* also if empty */
    for (int i = 0; i < nd; i++) columns[i] = (fnp_intp *)PyArray_DATA((PyArrayObject *)table) + i;
    fnp_mask_nonzero(&v, columns, nd * (npy_intp)sizeof(npy_intp));
    npy_intp step = nd * (npy_intp)sizeof(npy_intp);
    for (int i = 0; i < nd; i++) {
        PyObject *column =
            nd == 1 ? Py_NewRef(table)
                    : ext_array_new(&PyArray_Type, PyArray_DescrFromType(NPY_INTP), 1, dims, &step,
                                    columns[i], NPY_ARRAY_WRITEABLE | NPY_ARRAY_ALIGNED, NULL,
                                    table, 0);
        if (!column) {
            Py_CLEAR(tuple);
            goto done;
        }
        PyTuple_SET_ITEM(tuple, i, column);
    }
done:
    Py_XDECREF(mask);
    Py_XDECREF(table);
    return tuple;
}

static PyObject *module_count_nonzero(PyObject *m, PyObject *const *args, Py_ssize_t n,
                                      PyObject *kwnames)
{
    PyObject *obj;
    if (ext_parse("count_nonzero", args, n, kwnames, "a", NULL, &obj, NULL) < 0) return NULL;
    PyArrayObject *a = (PyArrayObject *)PyArray_FROM_O(obj);
    if (!a) return NULL;
    npy_intp count = PyArray_CountNonzero(a);
    Py_DECREF(a);
    if (count == -1) return NULL;
    PyArray_Descr *intp = PyArray_DescrFromType(NPY_INTP);
    PyObject *r = PyArray_Scalar(&count, intp, NULL);
    Py_DECREF(intp);
    return r;
}

/* ---- where
 * ---------------------------------------------------------------------------------------------------------------
 */

/* Broadcast shape of condition, x, y and each one's strides under it. */
static int where_shapes(PyArrayObject **ops, int *nd, npy_intp *shape,
                        npy_intp strides[3][NPY_MAXDIMS])
{
    int ndims[3];
    const fnp_intp *shapes[3];
    for (int i = 0; i < 3; i++) {
        ndims[i] = PyArray_NDIM(ops[i]);
        shapes[i] = PyArray_DIMS(ops[i]);
    }
    EXT_TRY(fnp_sce_broadcast_shapes(3, ndims, shapes, FNP_BROADCAST_OPERANDS, nd, shape, err), -1);
    for (int i = 0; i < 3; i++)
        EXT_TRY(fnp_sce_broadcast_strides(ndims[i], shapes[i], PyArray_STRIDES(ops[i]), *nd, shape,
                                          false, strides[i], err),
                -1);
    return 0;
}

/* A new array whose axes lie in memory as those of the operands do. */
static PyArrayObject *where_output(PyArray_Descr *descr, int nd, npy_intp const *shape,
                                   npy_intp strides[3][NPY_MAXDIMS])
{
    const fnp_intp *ops[3] = {strides[0], strides[1], strides[2]};
    npy_intp out[NPY_MAXDIMS], step = PyDataType_ELSIZE(descr);
    int perm[NPY_MAXDIMS], empty = 0;
    fnp_sce_sort_axes(3, nd, ops, shape, perm);
    for (int i = 0; i < nd; i++) {
        out[perm[i]] = step;
        step *= shape[perm[i]];
        empty |= shape[i] == 0;
    }
    Py_INCREF(descr);
    return (PyArrayObject *)ext_array_new(&PyArray_Type, descr, nd, shape, empty ? NULL : out, NULL,
                                          0, NULL, NULL, EXT_NEW_KEEP_EMPTY);
}

static int where_fill(PyArrayObject *r, PyArrayObject **ops, int nd, npy_intp const *shape,
                      npy_intp strides[3][NPY_MAXDIMS])
{
    fnp_dtype scratch;
    const fnp_dtype *dt = ext_descr_core(PyArray_DESCR(r), &scratch);
    if (!dt) return -1;
    if (!dt->ops && !fnp_dtype_has_ref(dt)) {
        NPY_BEGIN_THREADS_DEF;
        NPY_BEGIN_THREADS_THRESHOLDED(PyArray_SIZE(r));
        fnp_select(nd, shape, dt->elsize, PyArray_BYTES(r), PyArray_STRIDES(r),
                   PyArray_BYTES(ops[0]), strides[0], PyArray_BYTES(ops[1]), strides[1],
                   PyArray_BYTES(ops[2]), strides[2]);
        NPY_END_THREADS;
        return 0;
    }
    return ext_assign_array(r, ops[2], NULL) < 0 || ext_assign_array(r, ops[1], ops[0]) < 0 ? -1
                                                                                            : 0;
}

/* The result's dtype: Python's own numbers are weak. */
static PyArray_Descr *where_descr(PyObject *x, PyObject *y, PyArrayObject *ax, PyArrayObject *ay)
{
    PyObject *objects[2] = {x, y};
    PyArrayObject *arrays[2] = {ax, ay};
    PyArray_DTypeMeta *classes[2];
    PyArray_Descr *descrs[2];
    for (int i = 0; i < 2; i++) {
        PyArray_DTypeMeta *weak = ext_weak_class(objects[i]);
        classes[i] = weak ? weak : NPY_DTYPE(PyArray_DESCR(arrays[i]));
        descrs[i] = weak ? NULL : PyArray_DESCR(arrays[i]);
    }
    if (!descrs[0] && !descrs[1]) return PyArray_ResultType(2, arrays, 0, NULL);
    return ext_result_descr(2, classes, descrs);
}

/* One choice in the result's dtype. A weak Python number may not fit its array's dtype but the
 * result's. */
static PyArrayObject *where_operand(PyObject *obj, PyArrayObject *a, PyArray_Descr *descr)
{
    Py_INCREF(descr);
    if (ext_weak_class(obj))
        return (PyArrayObject *)PyArray_FromAny(obj, descr, 0, 0, NPY_ARRAY_FORCECAST, NULL);
    return (PyArrayObject *)PyArray_FromArray(a, descr, NPY_ARRAY_FORCECAST);
}

PyObject *PyArray_Where(PyObject *condition, PyObject *x, PyObject *y)
{
    PyArrayObject *cond = (PyArrayObject *)PyArray_FROM_O(condition), *ax = NULL, *ay = NULL,
                  *r = NULL;
    PyArrayObject *ops[3] = {NULL, NULL, NULL};
    PyArray_Descr *descr = NULL;
    if (!cond) return NULL;
    if (!x && !y) {
        PyObject *t = PyArray_Nonzero(cond);
        Py_DECREF(cond);
        return t;
    }
    if (!x || !y) {
        PyErr_SetString(PyExc_ValueError, "either both or neither of x and y should be given");
        Py_DECREF(cond);
        return NULL;
    }
    npy_intp shape[NPY_MAXDIMS], strides[3][NPY_MAXDIMS];
    int nd;
    ax = (PyArrayObject *)PyArray_FROM_O(x);
    ay = ax ? (PyArrayObject *)PyArray_FROM_O(y) : NULL;
    descr = ay ? where_descr(x, y, ax, ay) : NULL;
    if (!descr) goto done;
    PyArrayObject *given[3] = {cond, ax, ay};
    if (where_shapes(given, &nd, shape, strides) < 0) goto done;
    ops[0] = truth_of(cond);
    ops[1] = ops[0] ? where_operand(x, ax, descr) : NULL;
    ops[2] = ops[1] ? where_operand(y, ay, descr) : NULL;
    if (!ops[2] || where_shapes(ops, &nd, shape, strides) < 0) goto done;
    r = where_output(descr, nd, shape, strides);
    if (r && where_fill(r, ops, nd, shape, strides) < 0) Py_CLEAR(r);
done:
    Py_DECREF(cond);
    Py_XDECREF(ax);
    Py_XDECREF(ay);
    Py_XDECREF(descr);
    for (int i = 0; i < 3; i++) Py_XDECREF(ops[i]);
    return (PyObject *)r;
}

static PyObject *module_where(PyObject *m, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    PyObject *condition, *x = NULL, *y = NULL;
    if (kwnames && PyTuple_GET_SIZE(kwnames)) {
        PyObject *comma = PyUnicode_FromString(", "),
                 *names = comma ? PyUnicode_Join(comma, kwnames) : NULL;
        if (names)
            PyErr_Format(
                PyExc_TypeError,
                "where() got some positional-only arguments passed as keyword arguments: '%U'",
                names);
        Py_XDECREF(comma);
        Py_XDECREF(names);
        return NULL;
    }
    if (ext_parse("where", args, n, kwnames, "condition", NULL, &condition, "|x", NULL, &x, "|y",
                  NULL, &y, NULL) < 0)
        return NULL;
    return PyArray_Where(condition, x, y);
}

static PyMethodDef functions[] = {
    {"where", (PyCFunction)(void (*)(void))module_where, METH_FASTCALL | METH_KEYWORDS,
     "where(condition, [x, y], /)\n--\n\nElements of x where the condition holds, of y elsewhere; "
     "without them the positions where it holds."},
    {"count_nonzero", (PyCFunction)(void (*)(void))module_count_nonzero,
     METH_FASTCALL | METH_KEYWORDS,
     "count_nonzero(a, /)\n--\n\nNumber of elements that are not zero."},
    {"putmask", (PyCFunction)(void (*)(void))module_putmask, METH_FASTCALL | METH_KEYWORDS,
     "putmask($module, /, a, mask, values)\n--\n\nReplace the elements where the mask is set by "
     "values at the same positions."},
    {"_place", (PyCFunction)(void (*)(void))module_place, METH_VARARGS | METH_KEYWORDS,
     "Replace the elements where the mask is set by the values, one after the other."},
    {0}};

HIDDEN int ext_init_itemselection(PyObject *m);
int ext_init_itemselection(PyObject *m)
{
    return ext_add_functions(m, functions);
}
