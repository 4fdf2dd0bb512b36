/* Brackets of a.flat: one index over the flattened array. */
#include "array.h"
#include "iterators.h"

#include "fnp/cast.h"

#include <string.h>

#define INVALID_INDEX                                                                              \
    "only integers, slices (`:`), ellipsis (`...`) and integer or boolean arrays are valid "       \
    "indices"

/* What the brackets held, all of it as positions. */
typedef struct {
    enum { ONE, RANGE, MANY, NOTHING } kind;
    npy_intp start, step, count; /* ONE: start */
    PyArrayObject *positions;    /* MANY: intp, of the shape of the result; owned */
} flat_index;

static int check(npy_intp *k, npy_intp size)
{
    if (*k < -size || *k >= size) {
        PyErr_Format(PyExc_IndexError, "index %zd is out of bounds for size %zd", *k, size);
        return -1;
    }
    if (*k < 0) *k += size;
    return 0;
}

static int set_range(flat_index *ix, npy_intp start, npy_intp step, npy_intp count)
{
    ix->kind = RANGE;
    ix->start = start;
    ix->step = step;
    ix->count = count;
    return 0;
}

static int set_one(flat_index *ix, npy_intp k, npy_intp size)
{
    if (check(&k, size) < 0) return -1;
    ix->kind = ONE;
    ix->start = k;
    ix->count = 1;
    return 0;
}

static int set_mask(flat_index *ix, PyArrayObject *mask, npy_intp size)
{
    if (PyArray_NDIM(mask) > 1) {
        PyErr_Format(PyExc_IndexError,
                     "too many indices for flat iterator: flat iterator is 1-dimensional, but %d "
                     "were indexed",
                     PyArray_NDIM(mask));
        return -1;
    }
    if (PyArray_DIM(mask, 0) != size) {
        PyErr_Format(PyExc_IndexError,
                     "boolean index did not match indexed flat iterator along axis 0; size of axis "
                     "is %zd but size of "
                     "corresponding boolean axis is %zd",
                     size, PyArray_DIM(mask, 0));
        return -1;
    }
    PyObject *tuple = PyArray_Nonzero(mask);
    if (!tuple) return -1;
    ix->kind = MANY;
    ix->positions = (PyArrayObject *)Py_NewRef(PyTuple_GET_ITEM(tuple, 0));
    ix->count = PyArray_SIZE(ix->positions);
    Py_DECREF(tuple);
    return 0;
}

static int deprecate(const char *text)
{
    return PyErr_WarnEx(PyExc_DeprecationWarning, text, 1);
}

static int set_array(flat_index *ix, PyArrayObject *a, int given, npy_intp size)
{
    if (PyArray_TYPE(a) == NPY_BOOL) {
        if (!given || PyArray_NDIM(a) == 0) {
            PyErr_SetString(PyExc_IndexError,
                            "boolean indices for iterators are not supported because of previous "
                            "behavior that was "
                            "confusing (valid boolean indices are expected to work in the future)");
            return -1;
        }
        return set_mask(ix, a, size);
    }
    if (!PyTypeNum_ISINTEGER(PyArray_TYPE(a)) && PyArray_SIZE(a) != 0) {
        if (given) {
            PyErr_SetString(PyExc_IndexError,
                            "arrays used as indices must be of integer (or boolean) type");
            return -1;
        }
        if (PyArray_TYPE(a) == NPY_OBJECT || !PyTypeNum_ISNUMBER(PyArray_TYPE(a)) ||
            PyArray_NDIM(a) == 0) {
            PyErr_SetString(PyExc_IndexError, INVALID_INDEX);
            return -1;
        }
        if (deprecate("Invalid non-array indices for iterator objects are deprecated and will be "
                      "removed in a future "
                      "version. (Deprecated NumPy 2.4)") < 0)
            return -1;
    }
    PyArrayObject *p = (PyArrayObject *)PyArray_FromArray(
        a, PyArray_DescrFromType(NPY_INTP), NPY_ARRAY_FORCECAST | NPY_ARRAY_CARRAY_RO);
    if (!p) return -1;
    if (PyArray_NDIM(p) == 0) {
        npy_intp k = *(npy_intp *)PyArray_DATA(p);
        Py_DECREF(p);
        return set_one(ix, k, size);
    }
    const npy_intp *k = PyArray_DATA(p);
    npy_intp n = PyArray_SIZE(p);
    for (npy_intp i = 0; i < n; i++) {
        npy_intp x = k[i];
        if (check(&x, size) < 0) {
            Py_DECREF(p);
            return -1;
        }
    }
    ix->kind = MANY;
    ix->positions = p;
    ix->count = n;
    return 0;
}

static int parse(PyObject *obj, flat_index *ix, npy_intp size)
{
    ix->positions = NULL;
    if (PyTuple_Check(obj)) {
        Py_ssize_t n = PyTuple_GET_SIZE(obj);
        if (n == 0) {
            set_range(ix, 0, 1, size);
            ix->kind = NOTHING;
            return 0;
        }
        if (n > 1) {
            int ellipsis = 0;
            for (Py_ssize_t i = 0; i < n; i++) ellipsis |= PyTuple_GET_ITEM(obj, i) == Py_Ellipsis;
            if (ellipsis) {
                PyErr_SetString(PyExc_IndexError, INVALID_INDEX);
            } else {
                PyErr_Format(PyExc_IndexError,
                             "too many indices for flat iterator: flat iterator is 1-dimensional, "
                             "but %zd were indexed",
                             n);
            }
            return -1;
        }
        obj = PyTuple_GET_ITEM(obj, 0);
    }
    if (obj == Py_Ellipsis) return set_range(ix, 0, 1, size);
    if (PyBool_Check(obj)) {
        if (deprecate("Indexing flat iterators with a 0-dimensional boolean index is deprecated "
                      "and may be removed in a "
                      "future version. (Deprecated NumPy 2.4)") < 0)
            return -1;
        return obj == Py_True ? set_one(ix, 0, size) : set_range(ix, 0, 1, 0);
    }
    if (PySlice_Check(obj)) {
        Py_ssize_t start, stop, step;
        if (PySlice_Unpack(obj, &start, &stop, &step) < 0) return -1;
        npy_intp n = PySlice_AdjustIndices(size, &start, &stop, step);
        return set_range(ix, start, step, n);
    }
    if (PyIndex_Check(obj) && !PyArray_Check(obj) && !PyArray_IsScalar(obj, Bool)) {
        npy_intp k = PyNumber_AsSsize_t(obj, PyExc_IndexError);
        if (k != -1 || !PyErr_Occurred()) return set_one(ix, k, size);
        PyErr_Clear();
    }
    if (obj == Py_None || PyUnicode_Check(obj) || PyBytes_Check(obj)) {
        PyErr_SetString(PyExc_IndexError, INVALID_INDEX);
        return -1;
    }
    int given = PyArray_Check(obj);
    if (PyFloat_Check(obj)) {
        if (deprecate("Invalid non-array indices for iterator objects are deprecated and will be "
                      "removed in a future "
                      "version. (Deprecated NumPy 2.4)") < 0)
            return -1;
        return set_one(ix, (npy_intp)PyFloat_AS_DOUBLE(obj), size);
    }
    PyArrayObject *a =
        given ? (PyArrayObject *)Py_NewRef(obj) : (PyArrayObject *)PyArray_FROM_O(obj);
    if (!a) return -1;
    int r = set_array(ix, a, given, size);
    Py_DECREF(a);
    return r;
}

/* ---- copies
 * ----------------------------------------------------------------------------------------------------
 */

static char *address(PyArrayIterObject *it, npy_intp k)
{
    char *p = PyArray_BYTES(it->ao);
    if (it->contiguous) return p + k * PyArray_ITEMSIZE(it->ao);
    for (int i = 0; i <= it->nd_m1; i++) {
        p += k / it->factors[i] * it->strides[i];
        k %= it->factors[i];
    }
    return p;
}

/* Copy between the chosen elements and `other`, which holds `period` of them and is used round and
 * round. */
static int transfer(PyArrayIterObject *it, const flat_index *ix, char *other, npy_intp period,
                    int set)
{
    fnp_dtype scratch;
    const fnp_dtype *dt = ext_descr_core(PyArray_DESCR(it->ao), &scratch);
    if (!dt) return -1;
    fnp_cast copy;
    EXT_TRY(fnp_cast_init(&copy, dt, dt, FNP_CAST_ANY_STRIDE, FNP_CAST_ANY_STRIDE, 0, err), -1);
    npy_intp size = dt->elsize;
    const npy_intp *positions = ix->positions ? PyArray_DATA(ix->positions) : NULL;
    EXT_ERROR(err);
    fnp_status s = FNP_OK;
    for (npy_intp i = 0; i < ix->count && s == FNP_OK; i++) {
        npy_intp k = positions ? positions[i] : ix->start + i * ix->step;
        if (k < 0) k += it->size;
        char *a = address(it, k), *o = other + i % period * size;
        s = set ? fnp_cast_run(&copy, o, 0, a, 0, 1, &err)
                : fnp_cast_run(&copy, a, 0, o, 0, 1, &err);
    }
    fnp_cast_clear(&copy);
    if (s == FNP_OK) return 0;
    ext_raise(s, &err);
    return -1;
}

static PyObject *flat_get(PyObject *self, PyObject *obj)
{
    PyArrayIterObject *it = (PyArrayIterObject *)self;
    flat_index ix;
    if (parse(obj, &ix, it->size) < 0) return NULL;
    PyArray_Descr *descr = PyArray_DESCR(it->ao);
    if (ix.kind == ONE) return PyArray_Scalar(address(it, ix.start), descr, (PyObject *)it->ao);
    Py_INCREF(descr);
    PyArrayObject *r = (PyArrayObject *)ext_array_new(
        Py_TYPE(it->ao), descr, ix.positions ? PyArray_NDIM(ix.positions) : 1,
        ix.positions ? PyArray_DIMS(ix.positions) : &ix.count, NULL, NULL, 0, (PyObject *)it->ao,
        NULL, EXT_NEW_KEEP_EMPTY);
    if (r && ix.count && transfer(it, &ix, PyArray_BYTES(r), ix.count, 0) < 0) Py_CLEAR(r);
    Py_XDECREF(ix.positions);
    return (PyObject *)r;
}

static int flat_set_one(PyArrayIterObject *it, npy_intp k, PyObject *value)
{
    if (PyArray_Pack(PyArray_DESCR(it->ao), address(it, k), value) == 0) return 0;
    if (PyErr_ExceptionMatches(PyExc_ValueError) || PyErr_ExceptionMatches(PyExc_TypeError)) {
        PyErr_Clear();
        PyErr_SetString(PyExc_ValueError, "Error setting single item of array.");
    }
    return -1;
}

static int flat_set(PyObject *self, PyObject *obj, PyObject *value)
{
    PyArrayIterObject *it = (PyArrayIterObject *)self;
    if (!value) {
        PyErr_SetString(PyExc_TypeError, "Cannot delete iterator elements");
        return -1;
    }
    if (PyArray_FailUnlessWriteable(it->ao, "underlying array") < 0) return -1;
    flat_index ix;
    if (parse(obj, &ix, it->size) < 0) return -1;
    if (ix.kind == NOTHING) {
        PyErr_SetString(PyExc_IndexError,
                        "Assigning to a flat iterator with a 0-D index is not supported");
        return -1;
    }
    if (ix.kind == ONE) return flat_set_one(it, ix.start, value);
    PyArray_Descr *descr = PyArray_DESCR(it->ao);
    Py_INCREF(descr);
    PyArrayObject *v = (PyArrayObject *)PyArray_FromAny(
        value, descr, 0, 0, NPY_ARRAY_FORCECAST | NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_ENSURECOPY,
        NULL);
    int r = v ? 0 : -1;
    if (v && PyArray_SIZE(v) > 0) r = transfer(it, &ix, PyArray_BYTES(v), PyArray_SIZE(v), 1);
    Py_XDECREF(v);
    Py_XDECREF(ix.positions);
    return r;
}

static Py_ssize_t flat_length(PyObject *self)
{
    return ((PyArrayIterObject *)self)->size;
}

PyMappingMethods ext_flatiter_mapping = {flat_length, flat_get, flat_set};
