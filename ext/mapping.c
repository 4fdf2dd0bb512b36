/* ndarray's brackets: a[index] and a[index] = value. Integers and slices take short ways of their
 * own; arrays and masks go through the core's index plans. */
#include "array.h"
#include "indexing.h"
#include "scalarmath.h"

#include "fnp/select.h"

#include "fnp/runtime.h"

#include <string.h>

/* ---- pieces
 * ---------------------------------------------------------------------------------------------- */

static PyObject *view_of(PyArrayObject *self, int nd, npy_intp const *dims, npy_intp const *strides,
                         char *data)
{
    PyArray_Descr *descr = PyArray_DESCR(self);
    Py_INCREF(descr);
    return ext_new_view(Py_TYPE(self), descr, nd, dims, strides, data, PyArray_FLAGS(self), self);
}

static int check_integer(npy_intp *k, npy_intp length, int axis)
{
    if (NPY_LIKELY(*k >= 0 ? *k < length : *k >= -length)) {
        if (*k < 0) *k += length;
        return 0;
    }
    PyErr_Format(PyExc_IndexError, "index %zd is out of bounds for axis %d with size %zd", *k, axis,
                 length);
    return -1;
}

static int fail_too_many(PyArrayObject *self, int n)
{
    PyErr_Format(PyExc_IndexError,
                 "too many indices for array: array is %d-dimensional, but %d were indexed",
                 PyArray_NDIM(self), n);
    return -1;
}

static PyObject *get_item(PyObject *op, Py_ssize_t i)
{
    PyArrayObject *self = (PyArrayObject *)op;
    int nd = PyArray_NDIM(self);
    if (nd == 0) {
        fail_too_many(self, 1);
        return NULL;
    }
    if (check_integer(&i, PyArray_DIM(self, 0), 0) < 0) return NULL;
    char *data = PyArray_BYTES(self) + i * PyArray_STRIDE(self, 0);
    if (nd == 1) return PyArray_Scalar(data, PyArray_DESCR(self), op);
    return view_of(self, nd - 1, PyArray_DIMS(self) + 1, PyArray_STRIDES(self) + 1, data);
}

/* The sequence protocol has added the length to a negative index already: one that still is
 * negative is out of bounds, and the caller's own number is what the text shows. */
static int check_sequence_index(PyArrayObject *self, Py_ssize_t i)
{
    if (PyArray_NDIM(self) == 0) {
        PyErr_SetString(PyExc_IndexError, "too many indices for array");
        return -1;
    }
    npy_intp n = PyArray_DIM(self, 0);
    if (i >= 0 && i < n) return 0;
    PyErr_Format(PyExc_IndexError, "index %zd is out of bounds for axis 0 with size %zd",
                 i < 0 ? i - n : i, n);
    return -1;
}

PyObject *array_item(PyObject *op, Py_ssize_t i)
{
    return check_sequence_index((PyArrayObject *)op, i) < 0 ? NULL : get_item(op, i);
}

static int index_view(PyArrayObject *self, fnp_view *v)
{
    *v = (fnp_view){.data = PyArray_BYTES(self),
                    .ndim = PyArray_NDIM(self),
                    .shape = PyArray_DIMS(self),
                    .strides = PyArray_STRIDES(self)};
    return 0;
}

/* All integers, as many as axes: the address of the element. -1 on errors. */
static int element_address(PyArrayObject *self, const ext_index *ix, char **data)
{
    *data = PyArray_BYTES(self);
    for (int i = 0; i < ix->n; i++) {
        npy_intp k = ix->items[i].start;
        if (check_integer(&k, PyArray_DIM(self, i), i) < 0) return -1;
        *data += k * PyArray_STRIDE(self, i);
    }
    return 0;
}

static int is_element(PyArrayObject *self, const ext_index *ix)
{
    return (ix->kinds & ~(EXT_INDEX_INT | EXT_INDEX_SCALAR_ARRAY)) == 0 &&
           ix->n == PyArray_NDIM(self) && ix->n > 0;
}

static int make_plan(PyArrayObject *self, const ext_index *ix, fnp_index_plan *plan)
{
    fnp_view v;
    index_view(self, &v);
    EXT_TRY(fnp_index_plan_init(plan, &v, ix->n, ix->items, err), -1);
    return 0;
}

static PyObject *plan_view(PyArrayObject *self, const fnp_index_plan *p)
{
    return view_of(self, p->sub_ndim, p->sub_shape, p->sub_strides, p->base);
}

/* ---- reading
 * ------------------------------------------------------------------------------------------------
 */

/* Strides of a fancy result, index axes first: they are C-ordered around the subspace, which keeps
 * the array's order; without a subspace the order of the index arrays is kept. */
static void result_strides(const fnp_index_plan *p, npy_intp itemsize, npy_intp *strides)
{
    npy_intp step = itemsize;
    if (p->sub_ndim) {
        fnp_sce_fill_strides_like(p->sub_ndim, p->sub_shape, itemsize, FNP_ORDER_K, p->sub_shape,
                                  p->sub_strides, itemsize, strides + p->ndim);
        step *= p->sub_count;
        for (int i = p->ndim - 1; i >= 0; i--) {
            strides[i] = step;
            step *= p->shape[i];
        }
        return;
    }
    const fnp_intp *ops[NPY_MAXDIMS];
    int perm[NPY_MAXDIMS];
    for (int a = 0; a < p->narrays; a++) ops[a] = p->arrays[a].strides;
    fnp_sce_sort_axes(p->narrays, p->ndim, ops, p->shape, perm); /* innermost first */
    for (int i = 0; i < p->ndim; i++) {
        strides[perm[i]] = step;
        step *= p->shape[perm[i]];
    }
}

/* The axes of a result move from "index axes first" to where they belong. */
static void place_axes(const fnp_index_plan *p, const npy_intp *first, npy_intp *placed)
{
    memcpy(placed, first + p->ndim, (size_t)p->at * sizeof *placed);
    memcpy(placed + p->at, first, (size_t)p->ndim * sizeof *placed);
    memcpy(placed + p->at + p->ndim, first + p->ndim + p->at,
           (size_t)(p->sub_ndim - p->at) * sizeof *placed);
}

/* `result` (stolen) as the caller's subclass and with its axes placed. */
static PyObject *finish_result(PyArrayObject *self, const fnp_index_plan *p, PyArrayObject *result)
{
    int exact = PyArray_CheckExact(self);
    if (!result || (exact && (!p || p->at == 0 || p->ndim == 0))) return (PyObject *)result;
    npy_intp dims[NPY_MAXDIMS], strides[NPY_MAXDIMS];
    int nd = PyArray_NDIM(result);
    if (p) {
        place_axes(p, PyArray_DIMS(result), dims);
        place_axes(p, PyArray_STRIDES(result), strides);
    } else {
        memcpy(dims, PyArray_DIMS(result), (size_t)nd * sizeof *dims);
        memcpy(strides, PyArray_STRIDES(result), (size_t)nd * sizeof *dims);
    }
    PyArray_Descr *descr = PyArray_DESCR(result);
    Py_INCREF(descr);
    PyObject *view = ext_array_new(Py_TYPE(self), descr, nd, dims, strides, PyArray_DATA(result),
                                   PyArray_FLAGS(result), (PyObject *)self, (PyObject *)result, 0);
    Py_DECREF(result);
    return view;
}

static PyObject *get_fancy(PyArrayObject *self, const ext_index *ix)
{
    fnp_index_plan plan;
    if (make_plan(self, ix, &plan) < 0) return NULL;
    PyArray_Descr *descr = PyArray_DESCR(self);
    fnp_dtype scratch;
    const fnp_dtype *dtype = ext_descr_core(descr, &scratch);
    if (!dtype) return NULL;
    int nd = plan.ndim + plan.sub_ndim;
    npy_intp dims[NPY_MAXDIMS], strides[NPY_MAXDIMS];
    memcpy(dims, plan.shape, (size_t)plan.ndim * sizeof *dims);
    memcpy(dims + plan.ndim, plan.sub_shape, (size_t)plan.sub_ndim * sizeof *dims);
    int empty = plan.count == 0 || plan.sub_count == 0;
    if (!empty) result_strides(&plan, PyDataType_ELSIZE(descr), strides);
    Py_INCREF(descr);
    PyArrayObject *result =
        (PyArrayObject *)ext_array_new(&PyArray_Type, descr, nd, dims, empty ? NULL : strides, NULL,
                                       0, NULL, NULL, EXT_NEW_KEEP_EMPTY);
    if (!result) return NULL;
    EXT_ERROR(err);
    NPY_BEGIN_THREADS_DEF;
    if (!(dtype->flags & FNP_DTYPE_NEEDS_API))
        NPY_BEGIN_THREADS_THRESHOLDED(plan.count * plan.sub_count);
    fnp_status s =
        fnp_index_get(&plan, dtype, PyArray_BYTES(result), PyArray_STRIDES(result), &err);
    NPY_END_THREADS;
    if (s != FNP_OK) {
        Py_DECREF(result);
        return ext_raise(s, &err);
    }
    return finish_result(self, &plan, result);
}

static PyObject *get_masked(PyArrayObject *self, PyArrayObject *mask)
{
    fnp_view src, m;
    fnp_dtype scratch, mask_scratch;
    if (ext_view(self, &src, &scratch) < 0 || ext_view(mask, &m, &mask_scratch) < 0) return NULL;
    npy_intp count = fnp_mask_count(&m);
    PyArray_Descr *descr = PyArray_DESCR(self);
    Py_INCREF(descr);
    PyArrayObject *result = (PyArrayObject *)ext_array_new(&PyArray_Type, descr, 1, &count, NULL,
                                                           NULL, 0, NULL, NULL, EXT_NEW_KEEP_EMPTY);
    if (!result) return NULL;
    EXT_ERROR(err);
    NPY_BEGIN_THREADS_DEF;
    if (!(src.dtype->flags & FNP_DTYPE_NEEDS_API))
        NPY_BEGIN_THREADS_THRESHOLDED(PyArray_SIZE(self));
    fnp_status s = fnp_mask_get(&src, &m, PyArray_BYTES(result), &err);
    NPY_END_THREADS;
    if (s != FNP_OK) {
        Py_DECREF(result);
        return ext_raise(s, &err);
    }
    return finish_result(self, NULL, result);
}

static void note_index(const ext_index *ix)
{
    if (ix->kinds & EXT_INDEX_MASK)
        fnp_ledger_note(FNP_EVENT_VIEW, "indexing",
                        "a boolean mask picks elements that no strides can reach", "copy");
    else if (ix->kinds & (EXT_INDEX_ARRAY | EXT_INDEX_BOOL))
        fnp_ledger_note(FNP_EVENT_VIEW, "indexing",
                        "an array of indices picks elements that no strides can reach", "copy");
    else
        fnp_ledger_note(FNP_EVENT_VIEW, "indexing",
                        "integers, slices and new axes only move the start and the strides",
                        "view");
}

static PyObject *get_parsed(PyArrayObject *self, const ext_index *ix)
{
    char *data;
    if (fnp_ledger_on() && !is_element(self, ix)) note_index(ix);
    if (is_element(self, ix)) {
        if (element_address(self, ix, &data) < 0) return NULL;
        return PyArray_Scalar(data, PyArray_DESCR(self), (PyObject *)self);
    }
    if (ix->kinds & EXT_INDEX_MASK) return get_masked(self, ix->mask);
    if (ix->kinds & (EXT_INDEX_ARRAY | EXT_INDEX_BOOL)) return get_fancy(self, ix);
    if (ix->n == 0 && PyArray_NDIM(self) == 0)
        return PyArray_Scalar(PyArray_DATA(self), PyArray_DESCR(self), (PyObject *)self);
    fnp_index_plan plan;
    if (make_plan(self, ix, &plan) < 0) return NULL;
    PyObject *view = plan_view(self, &plan);
    if (view && ix->kinds & EXT_INDEX_SCALAR_ARRAY)
        Py_SETREF(view, PyArray_NewCopy((PyArrayObject *)view, NPY_KEEPORDER));
    return view;
}

/* One slice of the first axis. */
static PyObject *get_slice(PyArrayObject *self, PyObject *slice)
{
    Py_ssize_t start, stop, step;
    if (PySlice_Unpack(slice, &start, &stop, &step) < 0) return NULL;
    int nd = PyArray_NDIM(self);
    if (nd == 1 && PyArray_CheckExact(self) && PyArray_ITEMSIZE(self) > 0 &&
        (PyArray_FLAGS(self) & (NPY_ARRAY_ALIGNED | NPY_ARRAY_WARN_ON_WRITE)) ==
            NPY_ARRAY_ALIGNED) {
        npy_intp n = PyArray_DIM(self, 0), stride = PyArray_STRIDE(self, 0);
        char *p = PyArray_BYTES(self) + fnp_sce_slice_axis(&n, &stride, start, stop, step);
        return ext_array_line(self, p, n, stride);
    }
    npy_intp dims[NPY_MAXDIMS], strides[NPY_MAXDIMS];
    memcpy(dims, PyArray_DIMS(self), (size_t)nd * sizeof *dims);
    memcpy(strides, PyArray_STRIDES(self), (size_t)nd * sizeof *strides);
    char *data = PyArray_BYTES(self) + fnp_sce_slice_axis(&dims[0], &strides[0], start, stop, step);
    return view_of(self, nd, dims, strides, data);
}

/* As many exact integers as axes: 1 with the element's address, 0 if it is something else, -1 on
 * errors. */
static int address_of_integers(PyArrayObject *self, PyObject *tuple, char **data)
{
    int nd = PyArray_NDIM(self);
    if (!PyTuple_CheckExact(tuple) || PyTuple_GET_SIZE(tuple) != nd || nd == 0) return 0;
    char *p = PyArray_BYTES(self);
    for (int i = 0; i < nd; i++) {
        PyObject *item = PyTuple_GET_ITEM(tuple, i);
        if (!PyLong_CheckExact(item)) return 0;
        npy_intp k = PyLong_AsSsize_t(item);
        if (k == -1 && PyErr_Occurred()) {
            PyErr_Clear();
            return 0;
        }
        if (check_integer(&k, PyArray_DIM(self, i), i) < 0) return -1;
        p += k * PyArray_STRIDE(self, i);
    }
    *data = p;
    return 1;
}

/* Integers, slices, new axes and an ellipsis; NULL without exception if it is something else. */
static PyObject *get_basic(PyArrayObject *self, PyObject *const *items, Py_ssize_t n)
{
    int nd = PyArray_NDIM(self), used = 0, axis = 0, out = 0, ellipses = 0, fresh = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *o = items[i];
        ellipses += o == Py_Ellipsis;
        fresh += o == Py_None;
        if (PyLong_CheckExact(o) || PySlice_Check(o)) {
            used++;
        } else if (o != Py_Ellipsis && o != Py_None) {
            return NULL;
        }
    }
    if (used > nd || ellipses > 1 || nd + fresh > NPY_MAXDIMS || fnp_ledger_on()) return NULL;
    npy_intp dims[NPY_MAXDIMS], strides[NPY_MAXDIMS];
    char *data = PyArray_BYTES(self);
    bool slices = ellipses > 0 || used < nd || fresh > 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *o = items[i];
        if (o == Py_None) {
            dims[out] = 1;
            strides[out++] = 0;
        } else if (o == Py_Ellipsis) {
            for (int k = nd - used; k > 0; k--, axis++) {
                dims[out] = PyArray_DIM(self, axis);
                strides[out++] = PyArray_STRIDE(self, axis);
            }
        } else if (PyLong_CheckExact(o)) {
            npy_intp k = PyLong_AsSsize_t(o);
            if (k == -1 && PyErr_Occurred()) {
                PyErr_Clear();
                return NULL;
            }
            if (check_integer(&k, PyArray_DIM(self, axis), axis) < 0) return NULL;
            data += k * PyArray_STRIDE(self, axis++);
        } else {
            Py_ssize_t start, stop, step;
            if (PySlice_Unpack(o, &start, &stop, &step) < 0) return NULL;
            slices = true;
            dims[out] = PyArray_DIM(self, axis);
            strides[out] = PyArray_STRIDE(self, axis++);
            data += fnp_sce_slice_axis(&dims[out], &strides[out], start, stop, step);
            out++;
        }
    }
    if (!slices) return NULL; /* one element */
    for (; axis < nd; axis++) {
        dims[out] = PyArray_DIM(self, axis);
        strides[out++] = PyArray_STRIDE(self, axis);
    }
    return view_of(self, out, dims, strides, data);
}

/* A dense line of plain elements by a dense array of intp; NULL without exception if it is
 * something else. */
static PyObject *get_line(PyArrayObject *self, PyArrayObject *index)
{
    if (!PyArray_CheckExact(self) || PyArray_NDIM(self) != 1 || PyArray_NDIM(index) != 1 ||
        PyArray_TYPE(index) != NPY_INTP || !PyArray_ISCARRAY_RO(index) ||
        !PyArray_IS_C_CONTIGUOUS(self))
        return NULL;
    fnp_dtype scratch;
    const fnp_dtype *dt = ext_descr_core(PyArray_DESCR(self), &scratch);
    if (!dt || dt->ops || fnp_dtype_has_ref(dt)) return NULL;
    npy_intp n = PyArray_DIM(index, 0);
    PyArrayObject *r = (PyArrayObject *)ext_array_new(
        &PyArray_Type, (PyArray_Descr *)Py_NewRef(PyArray_DESCR(self)), 1, &n, NULL, NULL, 0, NULL,
        NULL, EXT_NEW_KEEP_EMPTY);
    if (!r) return NULL;
    EXT_ERROR(err);
    NPY_BEGIN_THREADS_DEF;
    NPY_BEGIN_THREADS_THRESHOLDED(n);
    fnp_status s = fnp_take(dt, PyArray_BYTES(self), 1, PyArray_DIM(self, 0), 1,
                            PyArray_DATA(index), n, FNP_MODE_RAISE, 0, PyArray_BYTES(r), &err);
    NPY_END_THREADS;
    if (s == FNP_OK) return (PyObject *)r;
    Py_DECREF(r);
    return ext_raise(s, &err);
}

static PyObject *array_subscript(PyObject *op, PyObject *index)
{
    PyArrayObject *self = (PyArrayObject *)op;
    char *data;
    if (PyLong_CheckExact(index) && PyArray_NDIM(self) > 0) {
        Py_ssize_t i = PyLong_AsSsize_t(index);
        if (i != -1 || !PyErr_Occurred()) return get_item(op, i);
        PyErr_Clear();
    }
    if (PySlice_Check(index) && PyArray_NDIM(self) > 0) {
        FNP_NOTE(FNP_EVENT_VIEW, "indexing", "a slice only moves the start and the strides",
                 "view");
        return get_slice(self, index);
    }
    if (index == Py_Ellipsis)
        return view_of(self, PyArray_NDIM(self), PyArray_DIMS(self), PyArray_STRIDES(self),
                       PyArray_BYTES(self));
    int element = address_of_integers(self, index, &data);
    if (element < 0) return NULL;
    if (element) return PyArray_Scalar(data, PyArray_DESCR(self), op);
    if (PyArray_CheckExact(index)) {
        PyObject *r = get_line(self, (PyArrayObject *)index);
        if (r || PyErr_Occurred()) return r;
    } else if (index == Py_None || (PyTuple_CheckExact(index) && PyTuple_GET_SIZE(index) > 0)) {
        bool none = index == Py_None;
        PyObject *r = get_basic(self, none ? &index : &PyTuple_GET_ITEM(index, 0),
                                none ? 1 : PyTuple_GET_SIZE(index));
        if (r || PyErr_Occurred()) return r;
    }
    if (PyDataType_HASFIELDS(PyArray_DESCR(self))) {
        PyObject *view = ext_index_fields(self, index);
        if (view || PyErr_Occurred()) return view;
    }
    ext_index ix;
    if (ext_index_parse(self, index, &ix) < 0) return NULL;
    PyObject *result = get_parsed(self, &ix);
    ext_index_clear(&ix);
    return result;
}

/* ---- writing
 * --------------------------------------------------------------------------------------------------
 */

/* The value as an array of self's own dtype. */
static PyArrayObject *as_own_dtype(PyArrayObject *self, PyObject *value)
{
    PyArray_Descr *descr = PyArray_DESCR(self);
    Py_INCREF(descr);
    return (PyArrayObject *)PyArray_FromAny(value, descr, 0, 0, NPY_ARRAY_FORCECAST, NULL);
}

static fnp_layout layout_of(PyArrayObject *a)
{
    return (fnp_layout){(uintptr_t)PyArray_DATA(a), PyArray_NDIM(a), PyArray_DIMS(a),
                        PyArray_STRIDES(a), PyArray_ITEMSIZE(a)};
}

int ext_may_share(PyArrayObject *a, PyArrayObject *b)
{
    fnp_layout x = layout_of(a), y = layout_of(b);
    return fnp_sce_may_share_memory(&x, &y);
}

/* Replace *a by a copy if writing self could change it. */
static int keep_apart(PyArrayObject *self, PyArrayObject **a)
{
    if (!ext_may_share(self, *a)) return 0;
    PyArrayObject *copy = (PyArrayObject *)PyArray_NewCopy(*a, NPY_ANYORDER);
    if (!copy) return -1;
    Py_SETREF(*a, copy);
    return 0;
}

static int set_masked(PyArrayObject *self, PyArrayObject *mask, PyObject *value)
{
    PyArrayObject *v = as_own_dtype(self, value);
    if (!v) return -1;
    int result = -1;
    PyArrayObject *m = (PyArrayObject *)Py_NewRef(mask);
    fnp_view dst, mv;
    fnp_dtype scratch, mask_scratch;
    if (PyArray_NDIM(v) > 1) {
        PyErr_Format(PyExc_TypeError,
                     "NumPy boolean array indexing assignment requires a 0 or 1-dimensional input, "
                     "input has %d "
                     "dimensions",
                     PyArray_NDIM(v));
        goto done;
    }
    if (keep_apart(self, &v) < 0 || keep_apart(self, &m) < 0) goto done;
    if (ext_view(self, &dst, &scratch) < 0 || ext_view(m, &mv, &mask_scratch) < 0) goto done;
    npy_intp have = PyArray_SIZE(v), stride = PyArray_NDIM(v) ? PyArray_STRIDE(v, 0) : 0;
    if (have == 1) {
        stride = 0;
    } else {
        npy_intp count = fnp_mask_count(&mv);
        if (count != have) {
            PyErr_Format(PyExc_ValueError,
                         "NumPy boolean array indexing assignment cannot assign %zd input values "
                         "to the %zd output "
                         "values where the mask is true",
                         have, count);
            goto done;
        }
    }
    EXT_ERROR(err);
    NPY_BEGIN_THREADS_DEF;
    if (!(dst.dtype->flags & FNP_DTYPE_NEEDS_API))
        NPY_BEGIN_THREADS_THRESHOLDED(PyArray_SIZE(self));
    fnp_status s = fnp_mask_set(&dst, &mv, PyArray_BYTES(v), stride, &err);
    NPY_END_THREADS;
    if (s != FNP_OK) {
        ext_raise(s, &err);
        goto done;
    }
    result = 0;
done:
    Py_DECREF(v);
    Py_DECREF(m);
    return result;
}

/* The shape that self[index] has; its number of axes is returned. */
static int result_shape(const fnp_index_plan *p, npy_intp *dims)
{
    npy_intp both[NPY_MAXDIMS];
    memcpy(both, p->shape, (size_t)p->ndim * sizeof *both);
    memcpy(both + p->ndim, p->sub_shape, (size_t)p->sub_ndim * sizeof *both);
    place_axes(p, both, dims);
    return p->ndim + p->sub_ndim;
}

/* The value for self[index] = value. Objects may be lists themselves: what is no array is unpacked
 * only as deep as the result has axes. Other elements that own memory go the same way. */
static PyArrayObject *fancy_value(PyArrayObject *self, const fnp_index_plan *p, PyObject *value)
{
    PyArray_Descr *d = PyArray_DESCR(self);
    if (PyArray_Check(value) || !PyDataType_REFCHK(d) || PyDataType_HASFIELDS(d))
        return as_own_dtype(self, value);
    npy_intp dims[NPY_MAXDIMS];
    int nd = result_shape(p, dims);
    Py_INCREF(d);
    PyArrayObject *v =
        (PyArrayObject *)PyArray_NewFromDescr(&PyArray_Type, d, nd, dims, NULL, NULL, 0, NULL);
    if (v && PyArray_CopyObject(v, value) < 0) Py_CLEAR(v);
    return v;
}

/* Strides of the value under the result's shape, then with the index axes first. */
static int value_strides(const fnp_index_plan *p, PyArrayObject *v, npy_intp *first)
{
    npy_intp dims[NPY_MAXDIMS], strides[NPY_MAXDIMS];
    int nd = result_shape(p, dims);
    if (fnp_sce_broadcast_strides(PyArray_NDIM(v), PyArray_DIMS(v), PyArray_STRIDES(v), nd, dims,
                                  true, strides, NULL) != FNP_OK) {
        char a[200], b[200];
        fnp_sce_format_shape(PyArray_NDIM(v), PyArray_DIMS(v), a, sizeof a);
        fnp_sce_format_shape(nd, dims, b, sizeof b);
        PyErr_Format(PyExc_ValueError,
                     "shape mismatch: value array of shape %s could not be broadcast to indexing "
                     "result of shape %s",
                     a, b);
        return -1;
    }
    memcpy(first, strides + p->at, (size_t)p->ndim * sizeof *first);
    memcpy(first + p->ndim, strides, (size_t)p->at * sizeof *first);
    memcpy(first + p->ndim + p->at, strides + p->at + p->ndim,
           (size_t)(p->sub_ndim - p->at) * sizeof *first);
    return 0;
}

/* Index arrays that writing self could change are copied: they were checked before the first write.
 */
static int protect_indices(PyArrayObject *self, ext_index *ix)
{
    int k = 0;
    for (int i = 0; i < ix->n; i++) {
        if (ix->items[i].kind != FNP_SELECT_ARRAY) continue;
        PyArrayObject *a = (PyArrayObject *)ix->owned[k];
        if (keep_apart(self, &a) < 0) return -1;
        ix->owned[k++] = (PyObject *)a;
        ix->items[i].array.data = PyArray_BYTES(a);
        ix->items[i].array.shape = PyArray_DIMS(a);
        ix->items[i].array.strides = PyArray_STRIDES(a);
    }
    return 0;
}

static int set_fancy(PyArrayObject *self, ext_index *ix, PyObject *value)
{
    fnp_index_plan plan;
    npy_intp strides[NPY_MAXDIMS];
    fnp_view own;
    index_view(self, &own);
    if (protect_indices(self, ix) < 0) return -1;
    EXT_TRY(fnp_index_plan_layout(&plan, &own, ix->n, ix->items, err), -1);
    fnp_dtype scratch;
    const fnp_dtype *dtype = ext_descr_core(PyArray_DESCR(self), &scratch);
    if (!dtype) return -1;
    PyArrayObject *v = fancy_value(self, &plan, value);
    if (!v) return -1;
    if (keep_apart(self, &v) < 0 || value_strides(&plan, v, strides) < 0) {
        Py_DECREF(v);
        return -1;
    }
    /* a value of the wrong shape is told of before an index out of bounds */
    EXT_ERROR(err);
    fnp_status s = fnp_index_plan_check(&plan, &err);
    if (s == FNP_OK) {
        NPY_BEGIN_THREADS_DEF;
        if (!(dtype->flags & FNP_DTYPE_NEEDS_API))
            NPY_BEGIN_THREADS_THRESHOLDED(plan.count * plan.sub_count);
        s = fnp_index_set(&plan, dtype, PyArray_BYTES(v), strides, &err);
        NPY_END_THREADS;
    }
    Py_DECREF(v);
    if (s == FNP_OK) return 0;
    ext_raise(s, &err);
    return -1;
}

static int set_view(PyObject *view, PyObject *value)
{
    if (!view) return -1;
    int r = PyArray_CopyObject((PyArrayObject *)view, value);
    Py_DECREF(view);
    return r;
}

/* A view of exactly these axes that no subclass sees. */
static PyObject *plain_view(PyArrayObject *self, int nd, npy_intp const *dims,
                            npy_intp const *strides, char *data)
{
    PyArray_Descr *descr = PyArray_DESCR(self);
    Py_INCREF(descr);
    return ext_array_new(&PyArray_Type, descr, nd, dims, strides, data, PyArray_FLAGS(self), NULL,
                         (PyObject *)self, 0);
}

/* One Python number into an element of a native builtin type: 1 if it was done. */
static inline int store_number(PyArrayObject *self, char *data, PyObject *value)
{
    if (PyArray_DESCR(self) == ext_builtin_descrs[NPY_DOUBLE] && PyFloat_CheckExact(value)) {
        double x = PyFloat_AS_DOUBLE(value);
        memcpy(data, &x, sizeof x);
        return 1;
    }
    if (!PyLong_CheckExact(value)) return 0;
    int overflow;
    if (PyArray_DESCR(self) == ext_builtin_descrs[NPY_LONG]) {
        long x = PyLong_AsLongAndOverflow(value, &overflow);
        if (overflow) return 0;
        memcpy(data, &x, sizeof x);
        return 1;
    }
    if (PyArray_DESCR(self) == ext_builtin_descrs[NPY_DOUBLE]) {
        long x = PyLong_AsLongAndOverflow(value, &overflow);
        const long most = 1L << 53;
        if (overflow || x > most || x < -most) return 0;
        double f = (double)x;
        memcpy(data, &f, sizeof f);
        return 1;
    }
    return 0;
}

/* One number, if it is such as store_number knows (both of its types have eight bytes), into n
 * elements. */
static inline int store_numbers(PyArrayObject *self, char *p, npy_intp n, npy_intp stride,
                                PyObject *value)
{
    uint64_t bits;
    if (!store_number(self, (char *)&bits, value)) return 0;
    if (stride == sizeof bits && (uintptr_t)p % sizeof bits == 0) {
        uint64_t *restrict d = (uint64_t *)(void *)p;
        for (npy_intp i = 0; i < n; i++) d[i] = bits;
    } else {
        for (; n > 0; n--, p += stride) memcpy(p, &bits, sizeof bits);
    }
    return 1;
}

static int set_element(PyArrayObject *self, char *data, PyObject *value)
{
    if (store_number(self, data, value)) return 0;
    return PyArray_Pack(PyArray_DESCR(self), data, value);
}

static int set_item(PyArrayObject *self, npy_intp i, PyObject *value)
{
    int nd = PyArray_NDIM(self);
    if (check_integer(&i, PyArray_DIM(self, 0), 0) < 0) return -1;
    char *data = PyArray_BYTES(self) + i * PyArray_STRIDE(self, 0);
    if (nd == 1) return set_element(self, data, value);
    if (nd == 2 && store_numbers(self, data, PyArray_DIM(self, 1), PyArray_STRIDE(self, 1), value))
        return 0;
    return set_view(
        plain_view(self, nd - 1, PyArray_DIMS(self) + 1, PyArray_STRIDES(self) + 1, data), value);
}

int array_ass_item(PyObject *op, Py_ssize_t i, PyObject *value)
{
    PyArrayObject *self = (PyArrayObject *)op;
    if (!value) {
        PyErr_SetString(PyExc_ValueError, "cannot delete array elements");
        return -1;
    }
    if (PyArray_FailUnlessWriteable(self, "assignment destination") < 0) return -1;
    return check_sequence_index(self, i) < 0 ? -1 : set_item(self, i, value);
}

/* Into what a subclass says the index means: a matrix keeps two dimensions. */
static int set_through_class(PyArrayObject *self, PyObject *index, PyObject *value)
{
    PyObject *view = PyObject_GetItem((PyObject *)self, index);
    if (!view) return -1;
    if (!PyArray_Check(view)) {
        PyErr_SetString(PyExc_RuntimeError, "Getitem not returning array");
        Py_DECREF(view);
        return -1;
    }
    return set_view(view, value);
}

static int set_parsed(PyArrayObject *self, ext_index *ix, PyObject *index, PyObject *value)
{
    char *data;
    if (is_element(self, ix))
        return element_address(self, ix, &data) < 0 ? -1 : set_element(self, data, value);
    if (ix->kinds & EXT_INDEX_MASK) return set_masked(self, ix->mask, value);
    if (ix->kinds == EXT_INDEX_BOOL && ix->n == 1 && PyArray_NDIM(self) == 0) {
        PyObject *truth = PyArray_FROM_O(ix->items[0].start ? Py_True : Py_False);
        int r = truth ? set_masked(self, (PyArrayObject *)truth, value) : -1;
        Py_XDECREF(truth);
        return r;
    }
    if (ix->kinds & (EXT_INDEX_ARRAY | EXT_INDEX_BOOL)) return set_fancy(self, ix, value);
    if (ix->n == 0 && PyArray_NDIM(self) == 0) return set_element(self, PyArray_DATA(self), value);
    if (ix->kinds == EXT_INDEX_ELLIPSIS && ix->n == 1)
        return PyArray_CopyObject(self, value) < 0 ? -1 : 0;
    if (ix->n > 0 && !PyArray_CheckExact(self)) return set_through_class(self, index, value);
    fnp_index_plan plan;
    if (make_plan(self, ix, &plan) < 0) return -1;
    return set_view(plain_view(self, plan.sub_ndim, plan.sub_shape, plan.sub_strides, plan.base),
                    value);
}

/* One number into a slice of a line: 1 if it was done, 0 if it is something else, -1 on errors. */
static int fill_slice(PyArrayObject *self, PyObject *slice, PyObject *value)
{
    if (PyArray_NDIM(self) != 1 || !(PyFloat_CheckExact(value) || PyLong_CheckExact(value)))
        return 0;
    Py_ssize_t start, stop, step;
    if (PySlice_Unpack(slice, &start, &stop, &step) < 0) return -1;
    npy_intp n = PyArray_DIM(self, 0), stride = PyArray_STRIDE(self, 0);
    char *p = PyArray_BYTES(self) + fnp_sce_slice_axis(&n, &stride, start, stop, step);
    return store_numbers(self, p, n, stride, value);
}

/* view[...] = value for a view (stolen). */
static int fill_or_set(PyObject *view, PyObject *value)
{
    PyArrayObject *v = (PyArrayObject *)view;
    if (PyArray_NDIM(v) != 1 ||
        !store_numbers(v, PyArray_BYTES(v), PyArray_DIM(v, 0), PyArray_STRIDE(v, 0), value))
        return set_view(view, value);
    Py_DECREF(view);
    return 0;
}

/* The bytes of two dense arrays lie apart. */
static bool apart(PyArrayObject *a, PyArrayObject *b)
{
    uintptr_t p = (uintptr_t)PyArray_DATA(a), q = (uintptr_t)PyArray_DATA(b);
    return p + (uintptr_t)PyArray_NBYTES(a) <= q || q + (uintptr_t)PyArray_NBYTES(b) <= p;
}

/* line[positions] = a Python number, or a dense array of the same type and shape: 1 if it was done,
 * 0 if it is for the long way. */
static int set_line(PyArrayObject *self, PyArrayObject *index, PyObject *value)
{
    PyArray_Descr *d = PyArray_DESCR(self);
    npy_intp n = PyArray_SIZE(index), step = 0;
    _Alignas(16) char one[32];
    char *from = one;
    if (!PyArray_CheckExact(self) || PyArray_NDIM(self) != 1 || PyArray_NDIM(index) != 1 ||
        n == 0 || PyArray_DESCR(index) != ext_builtin_descrs[NPY_INTP] ||
        !PyArray_ISCARRAY_RO(index) || !PyArray_ISALIGNED(self) ||
        !(d->type_num < NPY_OBJECT || d->type_num == NPY_HALF ||
          PyTypeNum_ISDATETIME(d->type_num)) ||
        !PyArray_ISNBO(d->byteorder) || !PyArray_IS_C_CONTIGUOUS(self) || !apart(self, index) ||
        fnp_ledger_on())
        return 0;
    if (PyArray_CheckExact(value)) {
        PyArrayObject *v = (PyArrayObject *)value;
        if (PyArray_DESCR(v) != d || PyArray_NDIM(v) != 1 || PyArray_DIM(v, 0) != n ||
            !PyArray_ISCARRAY_RO(v) || !apart(self, v))
            return 0;
        from = PyArray_BYTES(v);
        step = PyArray_ITEMSIZE(v);
    } else if (!store_number(self, one, value)) {
        bool number = PyFloat_CheckExact(value) || PyLong_CheckExact(value) ||
                      ext_scalar_exact_num(value) == d->type_num;
        if (!number) return 0;
        if (PyArray_Pack(d, one, value) < 0) {
            PyErr_Clear(); /* the long way looks at the positions first */
            return 0;
        }
    }
    EXT_ERROR(err);
    NPY_BEGIN_THREADS_DEF;
    NPY_BEGIN_THREADS_THRESHOLDED(n);
    fnp_status s = fnp_put(d->elsize, PyArray_BYTES(self), PyArray_DIM(self, 0),
                           PyArray_DATA(index), n, from, step, &err);
    NPY_END_THREADS;
    if (s == FNP_OK) return 1;
    ext_raise(s, &err);
    return -1;
}

static int array_assign_subscript(PyObject *op, PyObject *index, PyObject *value)
{
    char *data;
    PyArrayObject *self = (PyArrayObject *)op;
    if (!value) {
        PyErr_SetString(PyExc_ValueError, "cannot delete array elements");
        return -1;
    }
    if (PyArray_FailUnlessWriteable(self, "assignment destination") < 0) return -1;
    if (PyLong_CheckExact(index) && PyArray_NDIM(self) > 0) {
        Py_ssize_t i = PyLong_AsSsize_t(index);
        if (i != -1 || !PyErr_Occurred())
            return PyArray_NDIM(self) > 1 && !PyArray_CheckExact(self)
                       ? set_through_class(self, index, value)
                       : set_item(self, i, value);
        PyErr_Clear();
    }
    if (PySlice_Check(index) && PyArray_CheckExact(self)) {
        int filled = fill_slice(self, index, value);
        if (filled) return filled < 0 ? -1 : 0;
    }
    int element = address_of_integers(self, index, &data);
    if (element) return element < 0 ? -1 : set_element(self, data, value);
    if (PyArray_CheckExact(self) && !PyDataType_HASFIELDS(PyArray_DESCR(self))) {
        PyObject *view = NULL;
        if (PySlice_Check(index) && PyArray_NDIM(self) > 0 && !fnp_ledger_on())
            view = get_slice(self, index);
        else if (PyTuple_CheckExact(index) && PyTuple_GET_SIZE(index) > 0)
            view = get_basic(self, &PyTuple_GET_ITEM(index, 0), PyTuple_GET_SIZE(index));
        if (!view && PyErr_Occurred()) return -1;
        if (view) return fill_or_set(view, value);
    }
    if (PyArray_CheckExact(index)) {
        int done = set_line(self, (PyArrayObject *)index, value);
        if (done) return done < 0 ? -1 : 0;
    }
    if (PyDataType_HASFIELDS(PyArray_DESCR(self))) {
        PyObject *view = ext_index_fields(self, index);
        if (view) return set_view(view, value);
        if (PyErr_Occurred()) return -1;
    }
    ext_index ix;
    if (ext_index_parse(self, index, &ix) < 0) return -1;
    int r = set_parsed(self, &ix, index, value);
    ext_index_clear(&ix);
    return r;
}

static Py_ssize_t array_length(PyObject *op)
{
    PyArrayObject *self = (PyArrayObject *)op;
    if (PyArray_NDIM(self) > 0) return PyArray_DIM(self, 0);
    PyErr_SetString(PyExc_TypeError, "len() of unsized object");
    return -1;
}

extern HIDDEN PyMappingMethods array_as_mapping;
PyMappingMethods array_as_mapping = {
    .mp_length = array_length,
    .mp_subscript = array_subscript,
    .mp_ass_subscript = array_assign_subscript,
};
