/* From the object between the brackets to the core's selectors. */
#include "indexing.h"

#include <string.h>

#define INVALID_INDEX                                                                              \
    "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or "        \
    "boolean arrays are "                                                                          \
    "valid indices"

static int fail_invalid(void)
{
    PyErr_SetString(PyExc_IndexError, INVALID_INDEX);
    return -1;
}

void ext_index_clear(ext_index *ix)
{
    for (int i = 0; i < ix->nowned; i++) Py_DECREF(ix->owned[i]);
    ix->nowned = 0;
}

static int fail_too_many(PyArrayObject *self, Py_ssize_t n)
{
    PyErr_Format(PyExc_IndexError,
                 "too many indices for array: array is %d-dimensional, but %zd were indexed",
                 PyArray_NDIM(self), n);
    return -1;
}

static fnp_selector *add(ext_index *ix, fnp_selector_kind kind, int bit)
{
    if (ix->n == EXT_INDEX_MAX) {
        PyErr_SetString(PyExc_IndexError, "too many indices for array");
        return NULL;
    }
    ix->kinds |= bit;
    fnp_selector *s = &ix->items[ix->n++];
    s->kind = kind;
    return s;
}

static int add_integer(ext_index *ix, npy_intp k)
{
    fnp_selector *s = add(ix, FNP_SELECT_INT, EXT_INDEX_INT);
    if (!s) return -1;
    s->start = k;
    return 0;
}

static int add_slice(ext_index *ix, PyObject *obj)
{
    fnp_selector *s = add(ix, FNP_SELECT_SLICE, EXT_INDEX_SLICE);
    if (!s) return -1;
    s->array.dtype = (const void *)obj; /* looked into when all items are known to be valid */
    return 0;
}

static int unpack_slices(ext_index *ix)
{
    for (int i = 0; i < ix->n && ix->kinds & EXT_INDEX_SLICE; i++) {
        fnp_selector *s = &ix->items[i];
        if (s->kind == FNP_SELECT_SLICE &&
            PySlice_Unpack((PyObject *)s->array.dtype, &s->start, &s->stop, &s->step) < 0)
            return -1;
    }
    return 0;
}

static int add_bool(ext_index *ix, int truth)
{
    fnp_selector *s = add(ix, FNP_SELECT_BOOL, EXT_INDEX_BOOL);
    if (!s) return -1;
    s->start = truth;
    return 0;
}

/* Take over a reference to an array of native intp. */
static int add_intp_array(ext_index *ix, PyArrayObject *a)
{
    fnp_selector *s = add(ix, FNP_SELECT_ARRAY, EXT_INDEX_ARRAY);
    if (!s) {
        Py_DECREF(a);
        return -1;
    }
    ix->owned[ix->nowned++] = (PyObject *)a;
    s->array = (fnp_view){.data = PyArray_BYTES(a),
                          .ndim = PyArray_NDIM(a),
                          .shape = PyArray_DIMS(a),
                          .strides = PyArray_STRIDES(a),
                          .dtype = fnp_dtype_builtin(NPY_INTP)};
    return 0;
}

static fnp_view mask_view(PyArrayObject *mask)
{
    return (fnp_view){.data = PyArray_BYTES(mask),
                      .ndim = PyArray_NDIM(mask),
                      .shape = PyArray_DIMS(mask),
                      .strides = PyArray_STRIDES(mask),
                      .dtype = fnp_dtype_builtin(NPY_BOOL)};
}

/* A mask of n axes becomes n arrays of the positions where it is set. */
static int add_mask(ext_index *ix, PyArrayObject *mask)
{
    fnp_view v = mask_view(mask);
    npy_intp count = fnp_mask_count(&v);
    fnp_intp *out[NPY_MAXDIMS];
    int first = ix->n;
    for (int i = 0; i < v.ndim; i++) {
        PyArrayObject *a = (PyArrayObject *)PyArray_SimpleNew(1, &count, NPY_INTP);
        if (!a || add_intp_array(ix, a) < 0) return -1;
        out[i] = PyArray_DATA(a);
        ix->items[ix->n - 1].start = -1; /* so far: which axis of which mask is checked later */
    }
    fnp_mask_nonzero(&v, out, sizeof(fnp_intp));
    for (int i = 0; i < v.ndim; i++) {
        ix->items[first + i].start = 1;
        ix->items[first + i].stop = v.shape[i];
    }
    return 0;
}

/* An array, taken over, as one index. `given`: the object was an array already. */
static int add_array(ext_index *ix, PyArrayObject *self, PyArrayObject *a, int given, int alone)
{
    int t = PyArray_TYPE(a), r = -1;
    if (t == NPY_BOOL) {
        if (PyArray_NDIM(a) == 0) {
            r = add_bool(ix, *PyArray_BYTES(a) != 0);
        } else if (alone && PyArray_NDIM(a) == PyArray_NDIM(self)) {
            ix->mask = a;
            ix->owned[ix->nowned++] = Py_NewRef(a);
            ix->kinds |= EXT_INDEX_MASK;
            r = 0;
        } else {
            r = add_mask(ix, a);
        }
    } else if (PyTypeNum_ISINTEGER(t) || (PyArray_SIZE(a) == 0 && !given)) {
        PyArray_Descr *intp = PyArray_DescrFromType(NPY_INTP);
        PyArrayObject *b = (PyArrayObject *)PyArray_FromArray(
            a, intp, NPY_ARRAY_FORCECAST | NPY_ARRAY_ALIGNED | NPY_ARRAY_NOTSWAPPED);
        if (!b) {
            r = -1;
        } else if (PyArray_NDIM(b) == 0) {
            r = add_integer(ix, *(npy_intp *)PyArray_DATA(b));
            if (given) ix->kinds |= EXT_INDEX_SCALAR_ARRAY;
            Py_DECREF(b);
        } else {
            r = add_intp_array(ix, b);
            if (r == 0) ix->items[ix->n - 1].start = 0;
        }
    } else if (given) {
        PyErr_SetString(PyExc_IndexError,
                        "arrays used as indices must be of integer (or boolean) type");
    } else {
        fail_invalid();
    }
    Py_DECREF(a);
    return r;
}

/* Objects that are integers by __index__: 1 if added, 0 if it is none, -1 on errors. */
static int try_integer(ext_index *ix, PyObject *obj)
{
    if (PyLong_CheckExact(obj)) {
        npy_intp k = PyLong_AsSsize_t(obj);
        if (k == -1 && PyErr_Occurred()) {
            PyErr_Clear();
            return fail_invalid();
        }
        return add_integer(ix, k) < 0 ? -1 : 1;
    }
    if (!PyIndex_Check(obj) || PyArray_Check(obj)) return 0;
    PyObject *number = PyNumber_Index(obj);
    if (!number) {
        PyErr_Clear();
        return 0;
    }
    npy_intp k = PyLong_AsLong(number);
    Py_DECREF(number);
    if (k == -1 && PyErr_Occurred()) {
        if (PyArray_IsScalar(obj, Generic)) return -1;
        PyErr_Clear();
        return fail_invalid();
    }
    return add_integer(ix, k) < 0 ? -1 : 1;
}

static int parse_one(PyArrayObject *self, PyObject *obj, ext_index *ix, int alone)
{
    if (obj == Py_Ellipsis) {
        if (ix->kinds & EXT_INDEX_ELLIPSIS) {
            PyErr_SetString(PyExc_IndexError, "an index can only have a single ellipsis ('...')");
            return -1;
        }
        return add(ix, FNP_SELECT_ELLIPSIS, EXT_INDEX_ELLIPSIS) ? 0 : -1;
    }
    if (obj == Py_None) return add(ix, FNP_SELECT_NEWAXIS, EXT_INDEX_NEWAXIS) ? 0 : -1;
    if (PySlice_Check(obj)) return add_slice(ix, obj);
    if (PyBool_Check(obj)) return add_bool(ix, obj == Py_True);
    if (!PyArray_Check(obj) && !PyArray_IsScalar(obj, Bool)) {
        int r = try_integer(ix, obj);
        if (r) return r < 0 ? -1 : 0;
    }
    int given = PyArray_Check(obj);
    PyArrayObject *a =
        given ? (PyArrayObject *)Py_NewRef(obj) : (PyArrayObject *)PyArray_FROM_O(obj);
    return a ? add_array(ix, self, a, given, alone) : -1;
}

/* Axes fit, and each axis of a mask is as long as the axis it stands at. */
static int check_masks(PyArrayObject *self, const ext_index *ix)
{
    int used = 0;
    for (int i = 0; i < ix->n; i++) {
        fnp_selector_kind k = ix->items[i].kind;
        used += k == FNP_SELECT_INT || k == FNP_SELECT_SLICE || k == FNP_SELECT_ARRAY;
    }
    if (used > PyArray_NDIM(self)) return fail_too_many(self, used);
    if (!(ix->kinds & EXT_INDEX_ARRAY)) return 0;
    int axis = 0;
    for (int i = 0; i < ix->n; i++) {
        const fnp_selector *s = &ix->items[i];
        if (s->kind == FNP_SELECT_ELLIPSIS) axis += PyArray_NDIM(self) - used;
        if (s->kind == FNP_SELECT_ARRAY && s->start == 1 && s->stop != PyArray_DIM(self, axis)) {
            PyErr_Format(PyExc_IndexError,
                         "boolean index did not match indexed array along axis %d; size of axis is "
                         "%zd but size of "
                         "corresponding boolean axis is %zd",
                         axis, PyArray_DIM(self, axis), s->stop);
            return -1;
        }
        axis +=
            s->kind == FNP_SELECT_INT || s->kind == FNP_SELECT_SLICE || s->kind == FNP_SELECT_ARRAY;
    }
    return 0;
}

static int check_whole_mask(PyArrayObject *self, PyArrayObject *mask)
{
    for (int i = 0; i < PyArray_NDIM(self); i++) {
        if (PyArray_DIM(self, i) == PyArray_DIM(mask, i)) continue;
        PyErr_Format(PyExc_IndexError,
                     "boolean index did not match indexed array along axis %d; size of axis is %zd "
                     "but size of "
                     "corresponding boolean axis is %zd",
                     i, PyArray_DIM(self, i), PyArray_DIM(mask, i));
        return -1;
    }
    return 0;
}

static int parse_tuple(PyArrayObject *self, PyObject *tuple, ext_index *ix)
{
    Py_ssize_t n = PyTuple_GET_SIZE(tuple);
    if (n > EXT_INDEX_MAX) {
        PyErr_SetString(PyExc_IndexError, "too many indices for array");
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++)
        if (parse_one(self, PyTuple_GET_ITEM(tuple, i), ix, n == 1) < 0) return -1;
    return 0;
}

int ext_index_parse(PyArrayObject *self, PyObject *obj, ext_index *ix)
{
    ix->n = ix->kinds = ix->nowned = 0;
    ix->mask = NULL;
    int r;
    if (PyTuple_CheckExact(obj)) {
        r = parse_tuple(self, obj, ix);
    } else if (PyTuple_Check(obj)) {
        PyObject *tuple = PySequence_Tuple(obj);
        r = tuple ? parse_tuple(self, tuple, ix) : -1;
        Py_XDECREF(tuple);
    } else {
        r = parse_one(self, obj, ix, 1);
    }
    if (r == 0)
        r = ix->kinds & EXT_INDEX_MASK ? check_whole_mask(self, ix->mask) : check_masks(self, ix);
    if (r == 0) r = unpack_slices(ix);
    if (r < 0) ext_index_clear(ix);
    return r;
}
