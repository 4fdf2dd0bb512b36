/* np.array, asarray and their kin. */
#include "argparse.h"
#include "coerce.h"
#include "convert.h"
#include "dispatcher.h"

#include "fnp/runtime.h"

#include <string.h>

/* ---- the dtype argument
 * ------------------------------------------------------------------------------------------- */
int ext_dtype_or_class(PyObject *o, ext_dtype_arg *out)
{
    out->descr = NULL;
    out->cls = NULL;
    if (o == Py_None) return NPY_SUCCEED;
    if (PyObject_TypeCheck(o, &PyArrayDTypeMeta_Type_)) {
        if (o == (PyObject *)&PyArrayDescr_Type) {
            PyErr_SetString(PyExc_TypeError, "Cannot convert np.dtype into a dtype.");
            return NPY_FAIL;
        }
        PyArray_DTypeMeta *c = (PyArray_DTypeMeta *)o;
        if (!ext_dt_is_abstract(c) && !ext_dt_is_parametric(c)) {
            out->descr = ext_default_descr(c);
            return out->descr ? NPY_SUCCEED : NPY_FAIL;
        }
        out->cls = (PyArray_DTypeMeta *)Py_NewRef(o);
        return NPY_SUCCEED;
    }
    PyArray_Descr *d;
    if (!PyArray_DescrConverter(o, &d)) return NPY_FAIL;
    if (ext_descr_is_class_only(d)) {
        out->cls = (PyArray_DTypeMeta *)Py_NewRef(NPY_DTYPE(d));
        Py_DECREF(d);
    } else
        out->descr = d;
    return NPY_SUCCEED;
}

int ext_dtype_or_default(PyObject *o, PyArray_Descr **out)
{
    *out = NULL;
    if (!PyObject_TypeCheck(o, &PyArrayDTypeMeta_Type_)) return PyArray_DescrConverter2(o, out);
    ext_dtype_arg a;
    if (!ext_dtype_or_class(o, &a)) return NPY_FAIL;
    *out = a.descr                       ? (PyArray_Descr *)Py_NewRef(a.descr)
           : a.cls->type_num == NPY_VOID ? ext_descr_flexible(NPY_VOID, 0)
                                         : ext_default_descr(a.cls);
    ext_dtype_arg_clear(&a);
    return *out ? NPY_SUCCEED : NPY_FAIL;
}

void ext_dtype_arg_clear(ext_dtype_arg *a)
{
    Py_CLEAR(a->descr);
    Py_CLEAR(a->cls);
}

/* ---- the short way: a list of floats or of ints
 * ---------------------------------------------------------------------- */
/* An n-item block of one level; false: something that the general way must look at. */
static bool read_floats(PyObject *const *items, npy_intp n, double *out)
{
    for (npy_intp i = 0; i < n; i++) {
        if (!PyFloat_CheckExact(items[i])) return false;
        out[i] = PyFloat_AS_DOUBLE(items[i]);
    }
    return true;
}

static bool read_ints(PyObject *const *items, npy_intp n, long *out)
{
    for (npy_intp i = 0; i < n; i++) {
        if (!PyLong_CheckExact(items[i])) return false;
        if (ext_long_is_small(items[i], &out[i])) continue;
        int overflow;
        out[i] = PyLong_AsLongAndOverflow(items[i], &overflow);
        if (overflow) return false;
    }
    return true;
}

/* NULL without an exception: take the general way. */
static PyObject *short_way(PyObject *o)
{
    if (!PyList_CheckExact(o)) return NULL;
    npy_intp dims[2] = {PyList_GET_SIZE(o), 0};
    if (dims[0] == 0) return NULL;
    PyObject *first = PyList_GET_ITEM(o, 0);
    int nd = 1;
    if (PyList_CheckExact(first)) {
        nd = 2;
        dims[1] = PyList_GET_SIZE(first);
        if (dims[1] == 0) return NULL;
        first = PyList_GET_ITEM(first, 0);
    }
    int num = PyFloat_CheckExact(first)  ? NPY_DOUBLE
              : PyLong_CheckExact(first) ? NPY_LONG
                                         : NPY_NOTYPE;
    if (num == NPY_NOTYPE) return NULL;
    PyArray_Descr *d = (PyArray_Descr *)Py_NewRef(ext_builtin_descrs[num]);
    PyObject *a = PyArray_NewFromDescr(&PyArray_Type, d, nd, dims, NULL, NULL, 0, NULL);
    if (!a) return NULL;
    char *data = PyArray_BYTES((PyArrayObject *)a);
    npy_intp rows = nd == 1 ? 1 : dims[0], n = dims[nd - 1];
    for (npy_intp r = 0; r < rows; r++, data += 8 * n) {
        PyObject *row = nd == 1 ? o : PyList_GET_ITEM(o, r);
        bool ok = PyList_CheckExact(row) && PyList_GET_SIZE(row) == n;
        PyObject **items = ok ? ((PyListObject *)row)->ob_item : NULL;
        ok = ok && (num == NPY_DOUBLE ? read_floats(items, n, (double *)data)
                                      : read_ints(items, n, (long *)data));
        if (!ok) {
            Py_DECREF(a);
            return NULL;
        }
    }
    return a;
}

static PyObject *short_scalar(PyObject *o)
{
    int num = PyFloat_CheckExact(o) ? NPY_DOUBLE : PyBool_Check(o) ? NPY_BOOL : NPY_NOTYPE;
    long v = 0;
    if (PyLong_CheckExact(o)) {
        int overflow;
        v = PyLong_AsLongAndOverflow(o, &overflow);
        if (!overflow) num = NPY_LONG;
    }
    if (num == NPY_NOTYPE) return NULL;
    PyArray_Descr *d = (PyArray_Descr *)Py_NewRef(ext_builtin_descrs[num]);
    PyObject *a = PyArray_NewFromDescr(&PyArray_Type, d, 0, NULL, NULL, NULL, 0, NULL);
    if (!a) return NULL;
    void *data = PyArray_DATA((PyArrayObject *)a);
    if (num == NPY_DOUBLE)
        *(double *)data = PyFloat_AS_DOUBLE(o);
    else if (num == NPY_LONG)
        *(long *)data = v;
    else
        *(npy_bool *)data = o == Py_True;
    return a;
}

/* ---- the functions
 * ------------------------------------------------------------------------------------------------------
 */
/* Ones in front of the shape, as a view. Steals a. */
static PyObject *prepend_ones(PyArrayObject *a, int ndmin)
{
    npy_intp dims[NPY_MAXDIMS], strides[NPY_MAXDIMS];
    int nd = PyArray_NDIM(a), ones = ndmin - nd;
    npy_intp stride = PyArray_ITEMSIZE(a);
    if (nd && (PyArray_FLAGS(a) & NPY_ARRAY_C_CONTIGUOUS))
        stride = PyArray_DIM(a, 0) * PyArray_STRIDE(a, 0);
    for (int i = 0; i < ones; i++) {
        dims[i] = 1;
        strides[i] = stride;
    }
    for (int i = 0; i < nd; i++) {
        dims[ones + i] = PyArray_DIM(a, i);
        strides[ones + i] = PyArray_STRIDE(a, i);
    }
    PyArray_Descr *d = (PyArray_Descr *)Py_NewRef(PyArray_DESCR(a));
    PyObject *r =
        ext_new_view(Py_TYPE(a), d, ndmin, dims, strides, PyArray_DATA(a), PyArray_FLAGS(a), a);
    Py_DECREF(a);
    return r;
}

static int order_flags(NPY_ORDER order, PyArrayObject *a, bool plain_copy)
{
    switch (order) {
    case NPY_CORDER: return NPY_ARRAY_C_CONTIGUOUS;
    case NPY_FORTRANORDER: return NPY_ARRAY_F_CONTIGUOUS;
    case NPY_ANYORDER:
        if (a && PyArray_IS_F_CONTIGUOUS(a) && !PyArray_IS_C_CONTIGUOUS(a))
            return NPY_ARRAY_F_CONTIGUOUS;
        return plain_copy ? NPY_ARRAY_C_CONTIGUOUS : 0;
    default: return 0;
    }
}

/* The array itself, or a view with the descriptor that was asked for (an equivalent one), when its
 * layout will do; else a copy, which keeps the array's own descriptor. */
static PyObject *make_equivalent(PyArrayObject *a, PyArray_Descr *descr, int copy, NPY_ORDER order)
{
    bool layout = order == NPY_CORDER         ? PyArray_IS_C_CONTIGUOUS(a)
                  : order == NPY_FORTRANORDER ? PyArray_IS_F_CONTIGUOUS(a)
                                              : true;
    if (copy == EXT_COPY_ALWAYS || !layout)
        return copy == EXT_COPY_NEVER ? ext_no_copy_error() : PyArray_NewCopy(a, order);
    return descr == PyArray_DESCR(a) ? Py_NewRef(a)
                                     : PyArray_View(a, (PyArray_Descr *)Py_NewRef(descr), NULL);
}

static PyObject *make(PyObject *o, ext_dtype_arg *dt, int copy, NPY_ORDER order, bool subok,
                      int ndmin, int ndmax)
{
    PyArrayObject *a = PyArray_Check(o) ? (PyArrayObject *)o : NULL;
    if (a && (PyArray_CheckExact(o) || subok) && !dt->cls) {
        PyArray_Descr *old = PyArray_DESCR(a), *d = dt->descr ? dt->descr : old;
        if (d == old ? copy != EXT_COPY_ALWAYS
                     : d->type_num != NPY_VSTRING && PyArray_EquivTypes(d, old)) {
            PyObject *r = make_equivalent(a, d, copy, order);
            return r && PyArray_NDIM(a) < ndmin ? prepend_ones((PyArrayObject *)r, ndmin) : r;
        }
    }
    bool as_is = a && PyArray_CheckExact(o) && !dt->cls &&
                 (!dt->descr || PyArray_EquivTypes(dt->descr, PyArray_DESCR(a)));
    int flags = NPY_ARRAY_FORCECAST | order_flags(order, a, as_is && copy == EXT_COPY_ALWAYS);
    if (copy == EXT_COPY_ALWAYS) flags |= NPY_ARRAY_ENSURECOPY;
    if (copy == EXT_COPY_NEVER) flags |= NPY_ARRAY_ENSURENOCOPY;
    if (!subok) flags |= NPY_ARRAY_ENSUREARRAY;
    if (as_is) ndmax = NPY_MAXDIMS; /* the limit is for what has to be converted */
    PyObject *r = ext_array_from_any_limited(o, dt->descr, dt->cls, flags, ndmax);
    if (r && PyArray_NDIM((PyArrayObject *)r) < ndmin) r = prepend_ones((PyArrayObject *)r, ndmin);
    return r;
}

static int int_argument(PyObject *o, int *out)
{
    *out = PyArray_PyIntAsInt(o);
    return *out == -1 && PyErr_Occurred() ? NPY_FAIL : NPY_SUCCEED;
}

static PyObject *like_result(const char *name, PyObject *like, PyObject *const *args,
                             Py_ssize_t nargs, PyObject *kw)
{
    if (!like || like == Py_None) return Py_NewRef(Py_NotImplemented);
    return ext_like_dispatch(name, like, args, nargs, kw);
}

static PyObject *py_array(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kw)
{
    if (nargs == 1 && !kw) {
        PyObject *r = short_way(args[0]);
        if (!r && !PyErr_Occurred()) r = short_scalar(args[0]);
        if (r || PyErr_Occurred()) return r;
        if (PyArray_CheckExact(args[0]))
            return ext_array_from_array((PyArrayObject *)args[0], NULL, NULL,
                                        NPY_ARRAY_ENSURECOPY | NPY_ARRAY_ENSUREARRAY);
    }
    PyObject *o = NULL, *like = NULL;
    ext_dtype_arg dt = {0};
    int copy = EXT_COPY_ALWAYS, ndmin = 0, ndmax = NPY_MAXDIMS;
    NPY_ORDER order = NPY_KEEPORDER;
    npy_bool subok = NPY_FALSE;
    PyObject *r = NULL;
    if (ext_parse("array", args, nargs, kw, "object", NULL, &o, "|dtype", &ext_dtype_or_class, &dt,
                  "$copy", &ext_copy_converter, &copy, "$order", &PyArray_OrderConverter, &order,
                  "$subok", &PyArray_BoolConverter, &subok, "$ndmin", &int_argument, &ndmin,
                  "$ndmax", &int_argument, &ndmax, "$like", NULL, &like, NULL) < 0)
        goto done;
    r = like_result("array", like, args, nargs, kw);
    if (r != Py_NotImplemented) goto done;
    Py_CLEAR(r);
    if (ndmax < 0 || ndmax > NPY_MAXDIMS)
        PyErr_Format(PyExc_ValueError, "ndmax must be in the range [0, NPY_MAXDIMS (%d)] ",
                     NPY_MAXDIMS);
    else if (ndmin > ndmax)
        PyErr_Format(PyExc_ValueError, "ndmin must be <= ndmax (%d)", ndmax);
    else
        r = make(o, &dt, copy, order, subok, ndmin, ndmax);
done:
    ext_dtype_arg_clear(&dt);
    return r;
}

static PyObject *asarray_like(const char *name, bool subok, PyObject *const *args, Py_ssize_t nargs,
                              PyObject *kw)
{
    if (nargs == 1 && !kw) {
        if (PyArray_CheckExact(args[0]) || (subok && PyArray_Check(args[0])))
            return Py_NewRef(args[0]);
        PyObject *r = short_way(args[0]);
        if (r || PyErr_Occurred()) return r;
    }
    PyObject *o = NULL, *like = NULL, *r = NULL;
    ext_dtype_arg dt = {0};
    int copy = EXT_COPY_IF_NEEDED, device = 0;
    NPY_ORDER order = NPY_KEEPORDER;
    if (ext_parse(name, args, nargs, kw, "a", NULL, &o, "|dtype", &ext_dtype_or_class, &dt, "order",
                  &PyArray_OrderConverter, &order, "$device", &ext_device_converter, &device,
                  "$copy", &ext_copy_converter, &copy, "$like", NULL, &like, NULL) < 0)
        goto done;
    r = like_result(name, like, args, nargs, kw);
    if (r != Py_NotImplemented) goto done;
    Py_DECREF(r);
    r = make(o, &dt, copy, order, subok, 0, NPY_MAXDIMS);
done:
    ext_dtype_arg_clear(&dt);
    return r;
}

static PyObject *py_asarray(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kw)
{
    return asarray_like("asarray", false, args, nargs, kw);
}

static PyObject *py_asanyarray(PyObject *self, PyObject *const *args, Py_ssize_t nargs,
                               PyObject *kw)
{
    return asarray_like("asanyarray", true, args, nargs, kw);
}

static PyObject *contiguous(const char *name, NPY_ORDER order, PyObject *const *args,
                            Py_ssize_t nargs, PyObject *kw)
{
    PyObject *o = NULL, *like = NULL, *r = NULL;
    int wanted = order == NPY_CORDER ? NPY_ARRAY_C_CONTIGUOUS : NPY_ARRAY_F_CONTIGUOUS;
    if (nargs == 1 && !kw && PyArray_CheckExact(args[0])) {
        PyArrayObject *a = (PyArrayObject *)args[0];
        if (PyArray_NDIM(a) > 0 && PyArray_CHKFLAGS(a, wanted) && !fnp_ledger_on())
            return Py_NewRef(args[0]);
    }
    ext_dtype_arg dt = {0};
    if (ext_parse(name, args, nargs, kw, "a", NULL, &o, "|dtype", &ext_dtype_or_class, &dt, "$like",
                  NULL, &like, NULL) < 0)
        goto done;
    r = like_result(name, like, args, nargs, kw);
    if (r != Py_NotImplemented) goto done;
    Py_DECREF(r);
    r = make(o, &dt, EXT_COPY_IF_NEEDED, order, false, 1, NPY_MAXDIMS);
done:
    ext_dtype_arg_clear(&dt);
    return r;
}

static PyObject *py_ascontiguous(PyObject *self, PyObject *const *args, Py_ssize_t nargs,
                                 PyObject *kw)
{
    return contiguous("ascontiguousarray", NPY_CORDER, args, nargs, kw);
}

static PyObject *py_asfortran(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kw)
{
    return contiguous("asfortranarray", NPY_FORTRANORDER, args, nargs, kw);
}

static PyObject *py_discover(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kw)
{
    PyObject *o = NULL, *r = NULL;
    ext_dtype_arg dt = {0};
    if (ext_parse("_discover_array_parameters", args, nargs, kw, "", NULL, &o, "|dtype",
                  &ext_dtype_or_class, &dt, NULL) < 0)
        goto done;
    ext_coerce c;
    if (ext_coerce_discover(&c, o, NPY_MAXDIMS, dt.cls, dt.descr, -1) < 0) goto done;
    PyArray_Descr *d = NULL;
    bool ok = true;
    if (dt.descr)
        d = (PyArray_Descr *)Py_NewRef(dt.descr);
    else if (c.descr) {
        d = (PyArray_Descr *)Py_NewRef(c.descr);
    } else if (dt.cls)
        ok = (d = ext_default_descr(dt.cls)) != NULL;
    PyObject *shape = PyTuple_New(c.ndim);
    for (int i = 0; shape && i < c.ndim; i++)
        PyTuple_SET_ITEM(shape, i, PyLong_FromSsize_t(c.shape[i]));
    ext_coerce_clear(&c);
    if (ok && shape) r = PyTuple_Pack(2, d ? (PyObject *)d : Py_None, shape);
    Py_XDECREF(d);
    Py_XDECREF(shape);
done:
    ext_dtype_arg_clear(&dt);
    return r;
}

#define FAST(f) (PyCFunction)(void (*)(void)) f, METH_FASTCALL | METH_KEYWORDS
static PyMethodDef functions[] = {
    {"array", FAST(py_array),
     "array(object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, ndmax=0, "
     "like=None)\n--\n\n"
     "Make an array of any array-like object or nested sequence."},
    {"asarray", FAST(py_asarray),
     "asarray(a, dtype=None, order=None, *, device=None, copy=None, like=None)\n--\n\n"
     "The input as an array, copied only where needed."},
    {"asanyarray", FAST(py_asanyarray),
     "asanyarray(a, dtype=None, order=None, *, device=None, copy=None, like=None)\n--\n\n"
     "The input as an array; subclasses of ndarray pass through."},
    {"ascontiguousarray", FAST(py_ascontiguous),
     "ascontiguousarray(a, dtype=None, *, like=None)\n--\n\nThe input as an array with at least "
     "one dimension, in C order."},
    {"asfortranarray", FAST(py_asfortran),
     "asfortranarray(a, dtype=None, *, like=None)\n--\n\n"
     "The input as an array with at least one dimension, in Fortran order."},
    {"_discover_array_parameters", FAST(py_discover), "Shape and type that array() would find."},
    {NULL},
};

int ext_init_coerce(PyObject *module)
{
    return ext_add_functions(module, functions);
}
