/* dot, inner, vdot, correlate: sums of products through the matmul and vecdot loops. */
#include "argparse.h"
#include "array.h"
#include "convert.h"
#include "indexing.h"
#include "promotion.h"
#include "ufunc_call.h"

#include "fnp/func.h"
#include "fnp/runtime.h"
#include "fnp/sce.h"

#include <string.h>

#define FN(f) ((PyCFunction)(void (*)(void))(f))
#define FAST (METH_FASTCALL | METH_KEYWORDS)

/* The loops that products run on: those of matmul as "dot", those of vecdot. */
static PyUFuncObject *loops_of(PyObject **cache, const char *name)
{
    return (PyUFuncObject *)ext_import(cache, "_core._multiarray_umath", name);
}
static PyUFuncObject *dot_loops(void)
{
    static PyObject *uf;
    return loops_of(&uf, "_dot");
}

/* dot or inner (b transposed) of exact arrays of one built-in type with one or two dimensions.
 * NULL without an exception: not for the short way. */
static PyObject *quick_product(PyObject *op1, PyObject *op2, bool inner)
{
    if (!PyArray_CheckExact(op1) || !PyArray_CheckExact(op2) || fnp_ledger_on()) return NULL;
    PyArrayObject *a = (PyArrayObject *)op1, *b = (PyArrayObject *)op2;
    int na = PyArray_NDIM(a), nb = PyArray_NDIM(b);
    if (na < 1 || nb < 1 || na > 2 || nb > 2 || !PyArray_ISALIGNED(a) || !PyArray_ISALIGNED(b))
        return NULL;
    PyUFuncObject *u = dot_loops();
    if (!u) return NULL;
    if (na == 1 && nb == 1) {
        if (PyArray_DIM(a, 0) != PyArray_DIM(b, 0)) return NULL;
        return ufunc_fast_vectors(u, a, PyArray_STRIDE(a, 0), b, PyArray_STRIDE(b, 0),
                                  PyArray_DIM(a, 0), true);
    }
    PyObject *args[2] = {op1, op2}, *t = NULL;
    if (inner && nb == 2 && !(args[1] = t = PyArray_Transpose(b, NULL))) return NULL;
    PyObject *r = ufunc_fast_gufunc(u, args, NULL, NULL);
    Py_XDECREF(t);
    return r;
}

PyObject *ext_dot(PyObject *a, PyObject *b, PyArrayObject *out)
{
    PyObject *r = out ? NULL : quick_product(a, b, false);
    if (r || PyErr_Occurred()) return r;
    return ext_return((PyArrayObject *)PyArray_MatrixProduct2(a, b, out));
}

/* vdot of exact, dense arrays of one type. */
static PyObject *quick_vdot(PyObject *op1, PyObject *op2)
{
    static PyObject *uf;
    if (!PyArray_CheckExact(op1) || !PyArray_CheckExact(op2) || fnp_ledger_on()) return NULL;
    PyArrayObject *a = (PyArrayObject *)op1, *b = (PyArrayObject *)op2;
    npy_intp n = PyArray_SIZE(a), size = PyArray_ITEMSIZE(a);
    if (n != PyArray_SIZE(b) || !PyArray_ISCARRAY_RO(a) || !PyArray_ISCARRAY_RO(b)) return NULL;
    bool paired = PyTypeNum_ISCOMPLEX(PyArray_TYPE(a));
    PyUFuncObject *u = paired ? loops_of(&uf, "_vdot") : dot_loops();
    return u ? ufunc_fast_vectors(u, a, size, b, size, n, !paired) : NULL;
}

/* The products know no types of the new style, but user types of the old; they look at the first
 * operand. */
static bool is_known(PyArrayObject *a)
{
    PyArray_Descr *d = PyArray_DESCR(a);
    if (d->type_num != NPY_VSTRING && d->type_num >= 0) return true;
    PyErr_Format(PyExc_TypeError,
                 "This function currently only supports native NumPy dtypes and old-style user "
                 "dtypes, but the dtype was %S.\n(The function may need to be updated to support "
                 "arbitraryuser dtypes.)",
                 d);
    return false;
}

/* Both operands as arrays of their common type. */
static int common_operands(PyObject *op1, PyObject *op2, PyArrayObject **a, PyArrayObject **b)
{
    PyArrayObject *raw[2] = {NULL, NULL};
    *a = *b = NULL;
    raw[0] = (PyArrayObject *)PyArray_FROM_O(op1);
    raw[1] = raw[0] ? (PyArrayObject *)PyArray_FROM_O(op2) : NULL;
    bool known = raw[1] && is_known(raw[0]);
    PyArray_Descr *d = known ? PyArray_ResultType(2, raw, 0, NULL) : NULL;
    if (known) d = ext_or_object(d);
    if (d && d->type_num == NPY_VOID) {
        Py_DECREF(d);
        d = PyArray_DescrFromType(NPY_OBJECT);
    }
    if (d) {
        *a = (PyArrayObject *)PyArray_FromArray(raw[0], (PyArray_Descr *)Py_NewRef(d),
                                                NPY_ARRAY_ALIGNED | NPY_ARRAY_NOTSWAPPED);
        *b = *a ? (PyArrayObject *)PyArray_FromArray(raw[1], (PyArray_Descr *)Py_NewRef(d),
                                                     NPY_ARRAY_ALIGNED | NPY_ARRAY_NOTSWAPPED)
                : NULL;
        Py_DECREF(d);
    }
    Py_XDECREF(raw[0]);
    Py_XDECREF(raw[1]);
    if (*b) return 0;
    Py_CLEAR(*a);
    return -1;
}

static int not_aligned(PyArrayObject *a, int i, PyArrayObject *b, int j)
{
    PyObject *sa = PyArray_IntTupleFromIntp(PyArray_NDIM(a), PyArray_DIMS(a)),
             *sb = PyArray_IntTupleFromIntp(PyArray_NDIM(b), PyArray_DIMS(b));
    char ta[256], tb[256];
    fnp_sce_format_shape(PyArray_NDIM(a), PyArray_DIMS(a), ta, sizeof ta);
    fnp_sce_format_shape(PyArray_NDIM(b), PyArray_DIMS(b), tb, sizeof tb);
    PyErr_Format(PyExc_ValueError, "shapes %s and %s not aligned: %zd (dim %d) != %zd (dim %d)", ta,
                 tb, PyArray_DIM(a, i), i, PyArray_DIM(b, j), j);
    Py_XDECREF(sa);
    Py_XDECREF(sb);
    return -1;
}

/* a of shape (..., k) as the matrix (m, k). */
static PyArrayObject *rows_of(PyArrayObject *a)
{
    npy_intp k = PyArray_DIM(a, PyArray_NDIM(a) - 1),
             m = fnp_sce_count(PyArray_NDIM(a) - 1, PyArray_DIMS(a));
    npy_intp dims[2] = {m, k};
    return (PyArrayObject *)ext_reshape(a, 2, dims, NPY_CORDER, EXT_COPY_IF_NEEDED);
}

/* b of shape (..., k, n) as (k, the rest, n) and then the matrix (k, rest*n). */
static PyArrayObject *columns_of(PyArrayObject *b)
{
    int nd = PyArray_NDIM(b), perm[FNP_MAXDIMS];
    npy_intp axes[FNP_MAXDIMS];
    perm[0] = nd - 2;
    for (int i = 0; i < nd - 2; i++) perm[i + 1] = i;
    perm[nd - 1] = nd - 1;
    for (int i = 0; i < nd; i++) axes[i] = perm[i];
    PyArray_Dims p = {axes, nd};
    PyArrayObject *t = (PyArrayObject *)PyArray_Transpose(b, &p);
    if (!t) return NULL;
    npy_intp k = PyArray_DIM(t, 0), dims[2] = {k, fnp_sce_count(nd - 1, PyArray_DIMS(t) + 1)};
    PyArrayObject *m = (PyArrayObject *)ext_reshape(t, 2, dims, NPY_CORDER, EXT_COPY_IF_NEEDED);
    Py_DECREF(t);
    return m;
}

static int accept_out(PyArrayObject *out, int nd, npy_intp const *dims, PyArray_Descr *d)
{
    if (PyArray_NDIM(out) == nd && PyArray_CompareLists(PyArray_DIMS(out), dims, nd) &&
        PyArray_EquivTypes(PyArray_DESCR(out), d) && PyArray_ISCARRAY(out))
        return 0;
    PyErr_SetString(PyExc_ValueError, "output array is not acceptable (must have the right "
                                      "datatype, number of dimensions, and be a C-Array)");
    return -1;
}

/* Element by element through the type's own dotfunc, for types that matmul has no loop for. */
static int dot_by_type(PyArrayObject *a, PyArrayObject *b, PyArrayObject *r)
{
    PyArray_Descr *d = PyArray_DESCR(a);
    PyArray_DotFunc *dot = PyDataType_ISLEGACY(d) || PyTypeNum_ISUSERDEF(d->type_num)
                               ? PyDataType_GetArrFuncs(d)->dotfunc
                               : NULL;
    if (!dot) {
        PyErr_SetString(PyExc_ValueError, "dot not available for this type");
        return -1;
    }
    bool rows = PyArray_NDIM(a) == 2, columns = PyArray_NDIM(b) == 2;
    npy_intp m = rows ? PyArray_DIM(a, 0) : 1, k = PyArray_DIM(a, PyArray_NDIM(a) - 1),
             n = columns ? PyArray_DIM(b, 1) : 1;
    npy_intp down = rows ? PyArray_STRIDE(a, 0) : 0, along = PyArray_STRIDE(a, PyArray_NDIM(a) - 1),
             across = columns ? PyArray_STRIDE(b, 1) : 0, step = PyArray_STRIDE(b, 0);
    char *out = PyArray_BYTES(r);
    for (npy_intp i = 0; i < m; i++)
        for (npy_intp j = 0; j < n; j++, out += PyDataType_ELSIZE(d)) {
            dot(PyArray_BYTES(a) + i * down, along, PyArray_BYTES(b) + j * across, step, out, k, r);
            if (PyErr_Occurred()) return -1;
        }
    return 0;
}

/* r = a (m, k) or (k,) times b (k, n) or (k,), into base-class C-contiguous memory. */
static int multiply_into(PyArrayObject *a, PyArrayObject *b, PyArrayObject *r)
{
    int t = PyArray_TYPE(a);
    if (!PyTypeNum_ISBOOL(t) && !PyTypeNum_ISNUMBER(t) && t != NPY_OBJECT)
        return dot_by_type(a, b, r);
    PyUFuncObject *uf = dot_loops();
    if (!uf) return -1;
    PyObject *x = PyArray_EnsureArray(Py_NewRef(a)),
             *y = x ? PyArray_EnsureArray(Py_NewRef(b)) : NULL;
    PyObject *done =
        y ? PyObject_CallFunctionObjArgs((PyObject *)uf, x, y, (PyObject *)r, NULL) : NULL;
    Py_XDECREF(x);
    Py_XDECREF(y);
    Py_XDECREF(done);
    return done ? 0 : -1;
}

/* x times y, both of at most two dimensions, as an array of shape `dims` in the class of the
 * operand with the higher priority, or in `out`. */
static PyObject *product(PyArrayObject *x, PyArrayObject *y, PyArrayObject *a, PyArrayObject *b,
                         int nd, npy_intp const *dims, PyArrayObject *out)
{
    PyArray_Descr *d = out ? (PyArray_Descr *)Py_NewRef(PyArray_DESCR(out))
                           : PyArray_DescrNewFromType(PyArray_TYPE(a)); /* times lose their unit */
    if (!d) return NULL;
    PyArrayObject *lead =
        PyArray_GetPriority((PyObject *)b, 0) > PyArray_GetPriority((PyObject *)a, 0) ? b : a;
    bool direct = out && !ext_may_share(out, a) && !ext_may_share(out, b);
    PyArrayObject *r =
        direct ? (PyArrayObject *)Py_NewRef(out)
               : (PyArrayObject *)ext_array_new(out ? &PyArray_Type : Py_TYPE(lead),
                                                (PyArray_Descr *)Py_NewRef(d), nd, dims, NULL, NULL,
                                                0, out ? NULL : (PyObject *)lead, NULL, 0);
    if (!r) {
        Py_DECREF(d);
        return NULL;
    }
    npy_intp flat[2];
    int n = 0;
    if (PyArray_NDIM(x) == 2) flat[n++] = PyArray_DIM(x, 0);
    if (PyArray_NDIM(y) == 2) flat[n++] = PyArray_DIM(y, 1);
    PyArrayObject *window =
        (PyArrayObject *)ext_array_new(&PyArray_Type, d, n, flat, NULL, PyArray_DATA(r),
                                       NPY_ARRAY_WRITEABLE, NULL, (PyObject *)r, 0);
    int failed = !window || multiply_into(x, y, window) < 0 ||
                 (out && !direct && PyArray_CopyInto(out, r) < 0);
    Py_XDECREF(window);
    if (out && !failed) Py_SETREF(r, (PyArrayObject *)Py_NewRef(out));
    if (failed) Py_CLEAR(r);
    return (PyObject *)r;
}

static PyObject *scaled(PyArrayObject *a, PyArrayObject *b, PyArrayObject *out)
{
    PyObject *uf = ext_ufunc("multiply");
    if (!uf) return NULL;
    if (!out && PyTypeNum_ISNUMBER(PyArray_TYPE(a)) && (PyArray_NDIM(a) || PyArray_NDIM(b))) {
        /* of the same type, so that a scalar says no more than its array, and goes faster */
        PyObject *x = PyArray_Return((PyArrayObject *)Py_NewRef(a)),
                 *y = PyArray_Return((PyArrayObject *)Py_NewRef(b));
        PyObject *r = x && y ? PyObject_CallFunctionObjArgs(uf, x, y, NULL) : NULL;
        Py_XDECREF(x);
        Py_XDECREF(y);
        return r;
    }
    if (out) {
        PyArrayObject *shape_of = PyArray_NDIM(a) ? a : b;
        if (accept_out(out, PyArray_NDIM(shape_of), PyArray_DIMS(shape_of), PyArray_DESCR(a)) < 0)
            return NULL;
        return PyObject_CallFunctionObjArgs(uf, (PyObject *)a, (PyObject *)b, (PyObject *)out,
                                            NULL);
    }
    return PyObject_CallFunctionObjArgs(uf, (PyObject *)a, (PyObject *)b, NULL);
}

PyObject *PyArray_MatrixProduct2(PyObject *op1, PyObject *op2, PyArrayObject *out)
{
    PyArrayObject *a, *b, *x = NULL, *y = NULL;
    PyObject *r = NULL;
    npy_intp dims[FNP_MAXDIMS];
    int nd = 0;
    if (common_operands(op1, op2, &a, &b) < 0) return NULL;
    int na = PyArray_NDIM(a), nb = PyArray_NDIM(b);
    if (na == 0 || nb == 0) {
        r = scaled(a, b, out);
        goto done;
    }
    int match = nb > 1 ? nb - 2 : 0;
    if (PyArray_DIM(a, na - 1) != PyArray_DIM(b, match)) {
        not_aligned(a, na - 1, b, match);
        goto done;
    }
    if (na - 1 + (nb > 1 ? nb - 1 : 0) > FNP_MAXDIMS) {
        PyErr_SetString(PyExc_ValueError, "dot: too many dimensions in result");
        goto done;
    }
    for (int i = 0; i < na - 1; i++) dims[nd++] = PyArray_DIM(a, i);
    for (int i = 0; i < nb - 2; i++) dims[nd++] = PyArray_DIM(b, i);
    if (nb > 1) dims[nd++] = PyArray_DIM(b, nb - 1);
    if (out && accept_out(out, nd, dims, PyArray_DESCR(a)) < 0) goto done;
    x = na > 2 ? rows_of(a) : (PyArrayObject *)Py_NewRef(a);
    y = nb > 2 ? columns_of(b) : (PyArrayObject *)Py_NewRef(b);
    if (x && y) r = product(x, y, a, b, nd, dims, out);
done:
    Py_XDECREF(x);
    Py_XDECREF(y);
    Py_DECREF(a);
    Py_DECREF(b);
    return r;
}

PyObject *PyArray_MatrixProduct(PyObject *op1, PyObject *op2)
{
    return PyArray_MatrixProduct2(op1, op2, NULL);
}

PyObject *PyArray_InnerProduct(PyObject *op1, PyObject *op2)
{
    PyArrayObject *a, *b;
    PyObject *r = NULL;
    if (common_operands(op1, op2, &a, &b) < 0) return NULL;
    int na = PyArray_NDIM(a), nb = PyArray_NDIM(b), nd = 0;
    npy_intp dims[FNP_MAXDIMS];
    if (na == 0 || nb == 0) {
        r = scaled(a, b, NULL);
    } else if (PyArray_DIM(a, na - 1) != PyArray_DIM(b, nb - 1)) {
        PyArrayObject *turned = (PyArrayObject *)PyArray_SwapAxes(b, nb - 1, nb > 1 ? nb - 2 : 0);
        if (turned) not_aligned(a, na - 1, turned, nb > 1 ? nb - 2 : 0);
        Py_XDECREF(turned);
    } else if (na + nb - 2 > FNP_MAXDIMS) {
        PyErr_SetString(PyExc_ValueError, "inner: too many dimensions in result");
    } else {
        for (int i = 0; i < na - 1; i++) dims[nd++] = PyArray_DIM(a, i);
        for (int i = 0; i < nb - 1; i++) dims[nd++] = PyArray_DIM(b, i);
        PyArrayObject *x = na > 2 ? rows_of(a) : (PyArrayObject *)Py_NewRef(a),
                      *y = nb > 2 ? rows_of(b) : (PyArrayObject *)Py_NewRef(b);
        PyArrayObject *t = y && PyArray_NDIM(y) == 2 ? (PyArrayObject *)PyArray_Transpose(y, NULL)
                                                     : (PyArrayObject *)Py_XNewRef(y);
        if (x && t) r = product(x, t, a, b, nd, dims, NULL);
        Py_XDECREF(x);
        Py_XDECREF(y);
        Py_XDECREF(t);
    }
    Py_DECREF(a);
    Py_DECREF(b);
    return r;
}

static PyObject *array_dot(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    PyObject *a, *b, *out = NULL;
    if (ext_parse("dot", args, n, kwnames, "a", NULL, &a, "b", NULL, &b, "|out", NULL, &out, NULL) <
        0)
        return NULL;
    if (out == Py_None) out = NULL;
    if (out && !PyArray_Check(out)) {
        PyErr_SetString(PyExc_TypeError, "'out' must be an array");
        return NULL;
    }
    return ext_dot(a, b, (PyArrayObject *)out);
}

static PyObject *array_inner(PyObject *self, PyObject *args)
{
    PyObject *a, *b;
    if (PyTuple_GET_SIZE(args) > 2) {
        PyErr_Format(PyExc_TypeError, "inner() takes 2 positional arguments but %zd were given",
                     PyTuple_GET_SIZE(args));
        return NULL;
    }
    if (!PyArg_ParseTuple(args, "OO:inner", &a, &b)) return NULL;
    PyObject *r = quick_product(a, b, true);
    if (r || PyErr_Occurred()) return r;
    return ext_return((PyArrayObject *)PyArray_InnerProduct(a, b));
}

static PyObject *array_vdot(PyObject *self, PyObject *args)
{
    PyObject *op1, *op2, *r = NULL;
    PyArrayObject *a, *b;
    if (!PyArg_ParseTuple(args, "OO:vdot", &op1, &op2)) return NULL;
    r = quick_vdot(op1, op2);
    if (r || PyErr_Occurred()) return r;
    if (common_operands(op1, op2, &a, &b) < 0) return NULL;
    PyObject *x = PyArray_Ravel(a, NPY_CORDER), *y = x ? PyArray_Ravel(b, NPY_CORDER) : NULL;
    PyObject *c = !y ? NULL
                  : PyTypeNum_ISCOMPLEX(PyArray_TYPE(a)) || PyTypeNum_ISOBJECT(PyArray_TYPE(a))
                      ? PyArray_Conjugate((PyArrayObject *)x, NULL)
                      : Py_NewRef(x);
    if (c && PyArray_SIZE((PyArrayObject *)x) != PyArray_SIZE((PyArrayObject *)y)) {
        PyErr_SetString(PyExc_ValueError, "vectors have different lengths");
    } else if (c) {
        r = product((PyArrayObject *)c, (PyArrayObject *)y, (PyArrayObject *)c, (PyArrayObject *)y,
                    0, NULL, NULL);
    }
    Py_XDECREF(x);
    Py_XDECREF(y);
    Py_XDECREF(c);
    Py_DECREF(a);
    Py_DECREF(b);
    return r && PyArray_Check(r) ? ext_return((PyArrayObject *)r) : r;
}

/* ---- correlate
 * ------------------------------------------------------------------------------------------------------
 */

/* sum over k of a[i+k] * v[k] for each lag: windows of the longer operand times the shorter one.
 * mode 0 valid, 1 same, 2 full. *swapped: the operands were exchanged, so that lags run backwards.
 */
static PyArrayObject *correlate_arrays(PyArrayObject *a, PyArrayObject *v, int mode, int *swapped)
{
    npy_intp n = PyArray_DIM(a, 0), m = PyArray_DIM(v, 0), left, right, len;
    if (n == 0 || m == 0) {
        PyErr_Format(PyExc_ValueError, "%s array argument cannot be empty",
                     n == 0 ? "first" : "second");
        return NULL;
    }
    *swapped = n < m;
    if (*swapped) {
        PyArrayObject *t = a;
        a = v;
        v = t;
        npy_intp k = n;
        n = m;
        m = k;
    }
    len = n;
    switch (mode) {
    case 0: len = n - m + 1, left = right = 0; break;
    case 1: left = m / 2, right = m - left - 1; break;
    case 2: left = right = m - 1, len = n + m - 1; break;
    default: PyErr_SetString(PyExc_ValueError, "mode must be 0, 1, or 2"); return NULL;
    }
    PyArray_Descr *d = PyArray_DESCR(a);
    PyArrayObject *out = (PyArrayObject *)PyArray_Zeros(1, &len, (PyArray_Descr *)Py_NewRef(d), 0);
    PyArray_DotFunc *dot = PyDataType_GetArrFuncs(d)->dotfunc;
    if (!out) return NULL;
    if (!dot) {
        PyErr_SetString(PyExc_ValueError, "function not available for this data type");
        Py_DECREF(out);
        return NULL;
    }
    npy_intp sa = PyArray_STRIDE(a, 0), sv = PyArray_STRIDE(v, 0), so = PyArray_STRIDE(out, 0);
    char *pa = PyArray_BYTES(a), *pv = PyArray_BYTES(v), *po = PyArray_BYTES(out);
    (void)right;
    /* v as convolve turns it round: read in one direction, often */
    _Alignas(32) char few[512];
    PyArrayObject *dense = NULL;
    const npy_intp size = PyArray_ITEMSIZE(v);
    if (sv != size && PyTypeNum_ISNUMBER(PyArray_TYPE(v)) && m * size <= (npy_intp)sizeof few) {
        for (npy_intp k = 0; k < m; k++) memcpy(few + k * size, pv + k * sv, (size_t)size);
        pv = few;
        sv = size;
    } else if (sv != size) {
        if (!(dense = (PyArrayObject *)PyArray_NewCopy(v, NPY_CORDER))) {
            Py_DECREF(out);
            return NULL;
        }
        pv = PyArray_BYTES(dense);
        sv = size;
    }
    if (len == 1 && PyTypeNum_ISNUMBER(PyArray_TYPE(a))) {
        /* one lag: a dot product */
        PyObject *sum = ext_dot((PyObject *)a, dense ? (PyObject *)dense : (PyObject *)v, NULL);
        if (!sum || PyArray_SETITEM(out, po, sum) < 0) Py_CLEAR(out);
        Py_XDECREF(sum);
        Py_XDECREF(dense);
        return out;
    }
    PyThreadState *ts = PyDataType_FLAGCHK(d, NPY_NEEDS_PYAPI) ? NULL : PyEval_SaveThread();
    if (PyArray_ISCARRAY_RO(a) && PyArray_ISALIGNED(v) && PyArray_ISNOTSWAPPED(v) &&
        fnp_correlate(PyArray_TYPE(a), pa, n, pv, m, left, po, len))
        len = 0;
    for (npy_intp i = 0; i < len; i++, po += so) {
        /* lag i - left: the overlap of v, shifted by it, with a */
        npy_intp lag = i - left, lo = lag < 0 ? -lag : 0, hi = lag + m > n ? n - lag : m;
        dot(pa + (lag + lo) * sa, sa, pv + lo * sv, sv, po, hi - lo, out);
    }
    if (ts) PyEval_RestoreThread(ts);
    Py_XDECREF(dense);
    if (PyErr_Occurred()) Py_CLEAR(out);
    return out;
}

static int vectors(PyObject *op1, PyObject *op2, PyArrayObject **a, PyArrayObject **b)
{
    if (common_operands(op1, op2, a, b) < 0) return -1;
    if (PyArray_NDIM(*a) != 1 || PyArray_NDIM(*b) != 1) {
        bool shallow = PyArray_NDIM(*a) == 0 || (PyArray_NDIM(*a) == 1 && PyArray_NDIM(*b) == 0);
        PyErr_Format(PyExc_ValueError, "object %s for desired array",
                     shallow ? "of too small depth" : "too deep");
        Py_CLEAR(*a);
        Py_CLEAR(*b);
        return -1;
    }
    return 0;
}

static int reverse(PyArrayObject **a)
{
    npy_intp n = PyArray_DIM(*a, 0), s = -PyArray_STRIDE(*a, 0);
    PyArrayObject *v = (PyArrayObject *)ext_array_new(
        &PyArray_Type, (PyArray_Descr *)Py_NewRef(PyArray_DESCR(*a)), 1, &n, &s,
        PyArray_BYTES(*a) + (n ? n - 1 : 0) * PyArray_STRIDE(*a, 0), NPY_ARRAY_WRITEABLE, NULL,
        (PyObject *)*a, 0);
    PyArrayObject *c = v ? (PyArrayObject *)PyArray_NewCopy(v, NPY_CORDER) : NULL;
    Py_XDECREF(v);
    if (!c) return -1;
    Py_SETREF(*a, c);
    return 0;
}

PyObject *PyArray_Correlate(PyObject *op1, PyObject *op2, int mode)
{
    PyArrayObject *a, *v;
    int swapped;
    if (vectors(op1, op2, &a, &v) < 0) return NULL;
    PyArrayObject *r = correlate_arrays(a, v, mode, &swapped);
    Py_DECREF(a);
    Py_DECREF(v);
    return (PyObject *)r;
}

PyObject *PyArray_Correlate2(PyObject *op1, PyObject *op2, int mode)
{
    PyArrayObject *a, *v, *r = NULL;
    int swapped;
    if (vectors(op1, op2, &a, &v) < 0) return NULL;
    PyArrayObject *c = PyArray_ISCOMPLEX(v) || PyArray_ISOBJECT(v)
                           ? (PyArrayObject *)PyArray_Conjugate(v, NULL)
                           : (PyArrayObject *)Py_NewRef(v);
    if (c) r = correlate_arrays(a, c, mode, &swapped);
    if (r && swapped && reverse(&r) < 0) Py_CLEAR(r);
    Py_XDECREF(c);
    Py_DECREF(a);
    Py_DECREF(v);
    return (PyObject *)r;
}

static int mode_converter(PyObject *o, int *mode)
{
    static const char *const names[] = {"valid", "same", "full"};
    if (PyUnicode_Check(o)) {
        for (int i = 0; i < 3; i++)
            if (PyUnicode_CompareWithASCIIString(o, names[i]) == 0) {
                *mode = i;
                return 1;
            }
        Py_ssize_t n = PyUnicode_GET_LENGTH(o);
        Py_UCS4 c = n ? PyUnicode_READ_CHAR(o, 0) | 32 : 0;
        if (c == 'v' || c == 's' || c == 'f') {
            PyErr_SetString(PyExc_ValueError,
                            "Use one of 'valid', 'same', or 'full' for convolve/correlate mode");
        } else {
            PyErr_Format(PyExc_ValueError,
                         "mode must be one of 'valid', 'same', or 'full' (got %R)", o);
        }
        return 0;
    }
    int v = PyArray_PyIntAsInt(o);
    if (v == -1 && PyErr_Occurred()) {
        PyErr_SetString(PyExc_TypeError, "convolve/correlate mode not understood");
        return 0;
    }
    if (v < 0 || v > 2) {
        PyErr_SetString(PyExc_ValueError, "integer convolve/correlate mode must be 0, 1, or 2");
        return 0;
    }
    *mode = v;
    return 1;
}

static PyObject *correlate_call(const char *name, PyObject *const *args, Py_ssize_t n,
                                PyObject *kwnames, PyObject *(*f)(PyObject *, PyObject *, int))
{
    PyObject *a, *v;
    int mode = 0;
    if (ext_parse(name, args, n, kwnames, "a", NULL, &a, "v", NULL, &v, "|mode", &mode_converter,
                  &mode, NULL) < 0)
        return NULL;
    return f(a, v, mode);
}

static PyObject *array_correlate(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kw)
{
    return correlate_call("correlate", args, n, kw, PyArray_Correlate);
}
static PyObject *array_correlate2(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kw)
{
    return correlate_call("correlate2", args, n, kw, PyArray_Correlate2);
}

static PyMethodDef functions[] = {
    {"dot", FN(array_dot), FAST,
     "dot(a, b, out=None)\n\nSum of products over the last axis of a and the second-to-last of b."},
    {"inner", array_inner, METH_VARARGS, "inner(a, b, /)\n\nSum of products over the last axes."},
    {"vdot", array_vdot, METH_VARARGS,
     "vdot(a, b, /)\n\nDot product of flattened vectors, the first conjugated."},
    {"correlate", FN(array_correlate), FAST,
     "correlate(a, v, mode=0)\n\nCross-correlation without conjugation."},
    {"correlate2", FN(array_correlate2), FAST,
     "correlate2(a, v, mode=0)\n\nCross-correlation, v conjugated."},
    {NULL}};

int ext_init_products(PyObject *m)
{
    return ext_add_functions(m, functions);
}
