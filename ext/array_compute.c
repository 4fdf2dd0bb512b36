/* Methods of ndarray that compute, and the C-API functions of the same names: thin calls of ufuncs,
 * of the package's _core._methods, and of the selection and sorting functions. */
#include "argparse.h"
#include "array.h"
#include "array_methods.h"
#include "convert.h"

#include <math.h>
#include <string.h>

/* ---- forwarding
 * -----------------------------------------------------------------------------------------------
 */

PyObject *ext_forward(PyObject **cache, const char *module, const char *attr, PyObject *self,
                      PyObject *args, PyObject *kw)
{
    if (!ext_import(cache, module, attr)) return NULL;
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    PyObject *all = PyTuple_New(n + 1);
    if (!all) return NULL;
    PyTuple_SET_ITEM(all, 0, Py_NewRef(self));
    for (Py_ssize_t i = 0; i < n; i++)
        PyTuple_SET_ITEM(all, i + 1, Py_NewRef(PyTuple_GET_ITEM(args, i)));
    PyObject *r = PyObject_Call(*cache, all, kw);
    Py_DECREF(all);
    return r;
}

PyObject *ext_forward_fast(PyObject **cache, const char *module, const char *attr, PyObject *self,
                           PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    PyObject *buf[24];
    Py_ssize_t total = nargs + (kwnames ? PyTuple_GET_SIZE(kwnames) : 0);
    if (!ext_import(cache, module, attr)) return NULL;
    if (total > 22) {
        PyErr_Format(PyExc_TypeError, "%s() got too many arguments", attr);
        return NULL;
    }
    buf[1] = self;
    if (total) memcpy(buf + 2, args, (size_t)total * sizeof *buf);
    return PyObject_Vectorcall(*cache, buf + 1,
                               (size_t)(nargs + 1) | PY_VECTORCALL_ARGUMENTS_OFFSET, kwnames);
}

/* The executor's own way for an exact array without further arguments, when it offers one; NULL
 * without an exception when it does not apply. */
HIDDEN PyObject *ext_reduce_all_fast(PyArrayObject *a, PyObject *ufunc);

#define FORWARDED(name, py, ufunc)                                                                 \
    PyObject *ext_m_##name(PyArrayObject *self, PyObject *const *args, Py_ssize_t n,               \
                           PyObject *kwnames)                                                      \
    {                                                                                              \
        static PyObject *func, *fold;                                                              \
        if (n == 0 && !kwnames && ufunc && PyArray_CheckExact(self)) {                             \
            if (!fold && !(fold = ext_ufunc(ufunc))) return NULL;                                  \
            PyObject *r = ext_reduce_all_fast(self, fold);                                         \
            if (r || PyErr_Occurred()) return r;                                                   \
        }                                                                                          \
        return ext_forward_fast(&func, "_core._methods", py, (PyObject *)self, args, n, kwnames);  \
    }

#define NO_UFUNC ((const char *)NULL)
FORWARDED(all, "_all", "logical_and")
FORWARDED(any, "_any", "logical_or")
FORWARDED(max, "_amax", "maximum")
FORWARDED(min, "_amin", "minimum")
FORWARDED(prod, "_prod", "multiply")
FORWARDED(sum, "_sum", "add")
FORWARDED(mean, "_mean", NO_UFUNC)
FORWARDED(std, "_std", NO_UFUNC)
FORWARDED(var, "_var", NO_UFUNC)
/* A Python integer that the array's type holds, or no integer. */
static bool fits(PyArrayObject *a, PyObject *limit)
{
    if (!PyLong_CheckExact(limit) || !PyArray_ISINTEGER(a)) return limit != Py_None;
    int overflow, bits = 8 * (int)PyArray_ITEMSIZE(a);
    long long v = PyLong_AsLongLongAndOverflow(limit, &overflow);
    if (overflow) return false;
    if (PyArray_ISUNSIGNED(a)) return v >= 0 && (bits == 64 || v >> bits == 0);
    return bits == 64 || (v >= -(1LL << (bits - 1)) && v < 1LL << (bits - 1));
}

PyObject *ext_m_clip(PyArrayObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    static PyObject *func, *clip;
    if (n == 2 && !kwnames && fits(self, args[0]) && fits(self, args[1])) {
        PyObject *all[3] = {(PyObject *)self, args[0], args[1]};
        if (!clip && !(clip = ext_ufunc("clip"))) return NULL;
        return PyObject_Vectorcall(clip, all, 3, NULL);
    }
    return ext_forward_fast(&func, "_core._methods", "_clip", (PyObject *)self, args, n, kwnames);
}

/* ---- calling ufuncs
 * ------------------------------------------------------------------------------------------------
 */

/* ufunc.<method>(self, axis, dtype, out) */
static PyObject *call_reduction(PyArrayObject *self, const char *ufunc, const char *method,
                                int axis, int rtype, PyArrayObject *out)
{
    PyObject *uf = ext_ufunc(ufunc);
    if (!uf) return NULL;
    PyObject *meth = PyObject_GetAttrString(uf, method), *r = NULL;
    PyObject *ax = axis == NPY_RAVEL_AXIS ? Py_NewRef(Py_None) : PyLong_FromLong(axis);
    PyObject *dt =
        rtype == NPY_NOTYPE ? Py_NewRef(Py_None) : (PyObject *)PyArray_DescrFromType(rtype);
    if (meth && ax && dt)
        r = PyObject_CallFunctionObjArgs(meth, (PyObject *)self, ax, dt,
                                         out ? (PyObject *)out : Py_None, NULL);
    Py_XDECREF(meth);
    Py_XDECREF(ax);
    Py_XDECREF(dt);
    return r;
}

PyObject *PyArray_Sum(PyArrayObject *self, int axis, int rtype, PyArrayObject *out)
{
    return call_reduction(self, "add", "reduce", axis, rtype, out);
}
PyObject *PyArray_Prod(PyArrayObject *self, int axis, int rtype, PyArrayObject *out)
{
    return call_reduction(self, "multiply", "reduce", axis, rtype, out);
}
PyObject *PyArray_Any(PyArrayObject *self, int axis, PyArrayObject *out)
{
    return call_reduction(self, "logical_or", "reduce", axis, NPY_BOOL, out);
}
PyObject *PyArray_All(PyArrayObject *self, int axis, PyArrayObject *out)
{
    return call_reduction(self, "logical_and", "reduce", axis, NPY_BOOL, out);
}
PyObject *PyArray_Max(PyArrayObject *self, int axis, PyArrayObject *out)
{
    return call_reduction(self, "maximum", "reduce", axis, NPY_NOTYPE, out);
}
PyObject *PyArray_Min(PyArrayObject *self, int axis, PyArrayObject *out)
{
    return call_reduction(self, "minimum", "reduce", axis, NPY_NOTYPE, out);
}

static PyObject *call_accumulate(PyArrayObject *self, const char *ufunc, int axis, int rtype,
                                 PyArrayObject *out)
{
    PyArrayObject *a = (PyArrayObject *)Py_NewRef(self);
    if (axis == NPY_RAVEL_AXIS) {
        Py_SETREF(a, (PyArrayObject *)PyArray_Ravel(self, NPY_CORDER));
        if (!a) return NULL;
        axis = PyArray_NDIM(a) - 1; /* a matrix stays one: its only row */
    }
    PyObject *r = call_reduction(a, ufunc, "accumulate", axis, rtype, out);
    Py_DECREF(a);
    return r;
}

PyObject *PyArray_CumSum(PyArrayObject *self, int axis, int rtype, PyArrayObject *out)
{
    return call_accumulate(self, "add", axis, rtype, out);
}
PyObject *PyArray_CumProd(PyArrayObject *self, int axis, int rtype, PyArrayObject *out)
{
    return call_accumulate(self, "multiply", axis, rtype, out);
}

static PyObject *forward_c(const char *name, PyArrayObject *self, int axis, int rtype,
                           PyArrayObject *out)
{
    PyObject *func = NULL;
    if (!ext_import(&func, "_core._methods", name)) return NULL;
    PyObject *ax = axis == NPY_RAVEL_AXIS ? Py_NewRef(Py_None) : PyLong_FromLong(axis);
    PyObject *dt =
        rtype == NPY_NOTYPE ? Py_NewRef(Py_None) : (PyObject *)PyArray_DescrFromType(rtype);
    PyObject *r = ax && dt ? PyObject_CallFunctionObjArgs(func, (PyObject *)self, ax, dt,
                                                          out ? (PyObject *)out : Py_None, NULL)
                           : NULL;
    Py_DECREF(func);
    Py_XDECREF(ax);
    Py_XDECREF(dt);
    return r;
}

PyObject *PyArray_Mean(PyArrayObject *self, int axis, int rtype, PyArrayObject *out)
{
    return forward_c("_mean", self, axis, rtype, out);
}

PyObject *PyArray_Std(PyArrayObject *self, int axis, int rtype, PyArrayObject *out, int variance)
{
    return forward_c(variance ? "_var" : "_std", self, axis, rtype, out);
}

PyObject *PyArray_Ptp(PyArrayObject *self, int axis, PyArrayObject *out)
{
    PyObject *hi = PyArray_Max(self, axis, out), *lo = hi ? PyArray_Min(self, axis, NULL) : NULL;
    PyObject *uf = lo ? ext_ufunc("subtract") : NULL;
    PyObject *r =
        uf ? PyObject_CallFunctionObjArgs(uf, hi, lo, out ? (PyObject *)out : NULL, NULL) : NULL;
    Py_XDECREF(hi);
    Py_XDECREF(lo);
    return r;
}

PyObject *PyArray_Clip(PyArrayObject *self, PyObject *min, PyObject *max, PyArrayObject *out)
{
    PyObject *func = NULL;
    if (!ext_import(&func, "_core._methods", "_clip")) return NULL;
    PyObject *r =
        PyObject_CallFunctionObjArgs(func, (PyObject *)self, min ? min : Py_None,
                                     max ? max : Py_None, out ? (PyObject *)out : Py_None, NULL);
    Py_DECREF(func);
    return r;
}

PyObject *PyArray_Conjugate(PyArrayObject *self, PyArrayObject *out)
{
    if (PyArray_ISCOMPLEX(self) || PyArray_ISOBJECT(self) || PyArray_ISUSERDEF(self)) {
        PyObject *uf = ext_ufunc("conjugate");
        return uf ? PyObject_CallFunctionObjArgs(uf, (PyObject *)self, (PyObject *)out, NULL)
                  : NULL;
    }
    if (!PyArray_ISNUMBER(self)) {
        PyErr_Format(PyExc_TypeError, "cannot conjugate non-numeric dtype");
        return NULL;
    }
    PyArrayObject *ret = out ? out : self;
    if (out && PyArray_CopyInto(out, self) < 0) return NULL;
    return Py_NewRef(ret);
}

/* ---- round
 * ------------------------------------------------------------------------------------------------------------
 */

static PyObject *round_parts(PyArrayObject *a, int decimals, PyArrayObject *out)
{
    PyObject *ret = out ? Py_NewRef(out) : PyArray_NewCopy(a, NPY_KEEPORDER);
    for (int part = 0; ret && part < 2; part++) {
        const char *name = part ? "imag" : "real";
        PyObject *x = PyObject_GetAttrString((PyObject *)a, name);
        PyObject *r = x ? PyArray_Round((PyArrayObject *)x, decimals, NULL) : NULL;
        if (!r || PyObject_SetAttrString(ret, name, r) < 0) Py_CLEAR(ret);
        Py_XDECREF(x);
        Py_XDECREF(r);
    }
    return ret;
}

static int apply(const char *ufunc, PyObject *x, PyObject *y, PyObject *out)
{
    PyObject *uf = ext_ufunc(ufunc);
    PyObject *r = uf ? (y ? PyObject_CallFunctionObjArgs(uf, x, y, out, NULL)
                          : PyObject_CallFunctionObjArgs(uf, x, out, NULL))
                     : NULL;
    Py_XDECREF(r);
    return r ? 0 : -1;
}

/* a * 10^d, rounded to even, / 10^d (the other way round for negative d). */
/* A power of ten as NumPy has it: multiplied up, so that large ones carry its rounding. */
static double power_of_ten(int n)
{
    double p = 1;
    while (n-- > 0) p *= 10;
    return p;
}

static PyObject *round_scaled(PyArrayObject *a, int decimals, PyArrayObject *out)
{
    int integer = PyArray_ISINTEGER(a) || PyArray_ISBOOL(a);
    PyObject *work;
    if (out)
        work = Py_NewRef(out);
    else
        work = PyArray_NewLikeArray(a, NPY_KEEPORDER,
                                    integer ? PyArray_DescrFromType(NPY_DOUBLE) : NULL, 1);
    PyObject *scale = PyFloat_FromDouble(power_of_ten(decimals < 0 ? -decimals : decimals));
    PyObject *ret = NULL;
    if (work && scale &&
        apply(decimals >= 0 ? "multiply" : "true_divide", (PyObject *)a, scale, work) == 0 &&
        apply("rint", work, NULL, work) == 0 &&
        apply(decimals >= 0 ? "true_divide" : "multiply", work, scale, work) == 0) {
        if (integer && !out)
            ret = PyArray_CastToType((PyArrayObject *)work,
                                     (PyArray_Descr *)Py_NewRef(PyArray_DESCR(a)),
                                     PyArray_ISFORTRAN(a));
        else
            ret = Py_NewRef(work);
    }
    Py_XDECREF(scale);
    Py_XDECREF(work);
    return ret;
}

PyObject *PyArray_Round(PyArrayObject *a, int decimals, PyArrayObject *out)
{
    if (out && PyArray_SIZE(out) != PyArray_SIZE(a)) {
        PyErr_SetString(PyExc_ValueError, "invalid output shape");
        return NULL;
    }
    if (PyArray_ISCOMPLEX(a)) return round_parts(a, decimals, out);
    if (decimals >= 0) {
        if (PyArray_ISINTEGER(a)) {
            if (!out) return PyArray_NewCopy(a, NPY_KEEPORDER);
            return PyArray_CopyInto(out, a) < 0 ? NULL : Py_NewRef(out);
        }
        if (decimals == 0) {
            PyObject *uf = ext_ufunc("rint");
            return uf ? PyObject_CallFunctionObjArgs(uf, (PyObject *)a, (PyObject *)out, NULL)
                      : NULL;
        }
    }
    return round_scaled(a, decimals, out);
}

/* ---- methods with an axis, a dtype, an output
 * ------------------------------------------------------------------------- */

static int type_of(PyArray_Descr *d)
{
    return d ? d->type_num : NPY_NOTYPE;
}

static PyObject *cumulate(PyArrayObject *self, PyObject *args, PyObject *kw, const char *format,
                          const char *ufunc)
{
    static char *names[] = {"axis", "dtype", "out", NULL};
    int axis = NPY_RAVEL_AXIS;
    PyArray_Descr *dtype = NULL;
    PyArrayObject *out = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kw, format, names, PyArray_AxisConverter, &axis,
                                     PyArray_DescrConverter2, &dtype, PyArray_OutputConverter,
                                     &out)) {
        Py_XDECREF(dtype);
        return NULL;
    }
    int rtype = type_of(dtype);
    Py_XDECREF(dtype);
    if (axis == NPY_RAVEL_AXIS || PyArray_NDIM(self) > 0)
        return call_accumulate(self, ufunc, axis, rtype, out);
    npy_intp one[1] = {1};
    PyArrayObject *line =
        (PyArrayObject *)ext_reshape(self, 1, one, NPY_CORDER, EXT_COPY_IF_NEEDED);
    PyObject *r = line ? call_accumulate(line, ufunc, axis, rtype, out) : NULL;
    Py_XDECREF(line);
    return r;
}

PyObject *ext_m_cumsum(PyArrayObject *self, PyObject *args, PyObject *kw)
{
    return cumulate(self, args, kw, "|O&O&O&:cumsum", "add");
}
PyObject *ext_m_cumprod(PyArrayObject *self, PyObject *args, PyObject *kw)
{
    return cumulate(self, args, kw, "|O&O&O&:cumprod", "multiply");
}

static PyObject *argextreme(PyArrayObject *self, PyObject *const *args, Py_ssize_t n,
                            PyObject *kwnames, const char *name,
                            PyObject *(*find)(PyArrayObject *, int, PyArrayObject *))
{
    int axis = NPY_RAVEL_AXIS;
    PyArrayObject *out = NULL, *squeezed = NULL;
    npy_bool keepdims = 0;
    if (ext_parse(name, args, n, kwnames, "|axis", &PyArray_AxisConverter, &axis, "|out",
                  &PyArray_OutputConverter, &out, "$keepdims", &PyArray_BoolConverter, &keepdims,
                  NULL) < 0)
        return NULL;
    int nd = PyArray_NDIM(self);
    npy_intp dims[NPY_MAXDIMS];
    if (axis != NPY_RAVEL_AXIS && PyArray_CheckAxis_(&axis, nd ? nd : 1) < 0) return NULL;
    if (!keepdims) return ext_return_or_out(find(self, axis, out), out);
    for (int i = 0; i < nd; i++)
        dims[i] = axis == NPY_RAVEL_AXIS || i == axis ? 1 : PyArray_DIM(self, i);
    if (out) {
        if (PyArray_NDIM(out) != nd || !PyArray_CompareLists(PyArray_DIMS(out), dims, nd)) {
            PyErr_SetString(PyExc_ValueError, "output array does not match result of np.argmax.");
            return NULL;
        }
        npy_intp flat[NPY_MAXDIMS];
        int k = 0;
        for (int i = 0; i < nd; i++)
            if (!(axis == NPY_RAVEL_AXIS || i == axis)) flat[k++] = dims[i];
        squeezed = (PyArrayObject *)ext_reshape(out, k, flat, NPY_CORDER, EXT_COPY_NEVER);
        if (!squeezed) return NULL;
    }
    PyArrayObject *r = (PyArrayObject *)find(self, axis, squeezed);
    Py_XDECREF(squeezed);
    if (!r) return NULL;
    if (out) {
        Py_DECREF(r);
        return Py_NewRef(out);
    }
    PyArrayObject *arr = (PyArrayObject *)PyArray_EnsureAnyArray((PyObject *)r);
    if (!arr) return NULL;
    PyObject *shaped = ext_reshape(arr, nd, dims, NPY_CORDER, EXT_COPY_IF_NEEDED);
    Py_DECREF(arr);
    return ext_return((PyArrayObject *)shaped);
}

PyObject *ext_m_argmax(PyArrayObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kw)
{
    return argextreme(self, args, n, kw, "argmax", PyArray_ArgMax);
}
PyObject *ext_m_argmin(PyArrayObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kw)
{
    return argextreme(self, args, n, kw, "argmin", PyArray_ArgMin);
}

PyObject *PyArray_Trace(PyArrayObject *self, int offset, int axis1, int axis2, int rtype,
                        PyArrayObject *out)
{
    PyArrayObject *diag = (PyArrayObject *)PyArray_Diagonal(self, offset, axis1, axis2);
    if (!diag) return NULL;
    PyObject *r = PyArray_Sum(diag, -1, rtype, out);
    Py_DECREF(diag);
    return r;
}

PyObject *ext_m_trace(PyArrayObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    PyArray_Descr *dtype = NULL;
    PyArrayObject *out = NULL;
    int offset = 0, axis1 = 0, axis2 = 1;
    if (ext_parse("trace", args, n, kwnames, "|offset", &ext_int_argument, &offset, "|axis1",
                  &ext_int_argument, &axis1, "|axis2", &ext_int_argument, &axis2, "|dtype",
                  &PyArray_DescrConverter2, &dtype, "|out", &PyArray_OutputConverter, &out,
                  NULL) < 0) {
        Py_XDECREF(dtype);
        return NULL;
    }
    int rtype = type_of(dtype);
    Py_XDECREF(dtype);
    return ext_return_or_out(PyArray_Trace(self, offset, axis1, axis2, rtype, out), out);
}

PyObject *ext_m_round(PyArrayObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"decimals", "out", NULL};
    int decimals = 0;
    PyArrayObject *out = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "|iO&:round", names, &decimals,
                                     PyArray_OutputConverter, &out))
        return NULL;
    return ext_return_or_out(PyArray_Round(self, decimals, out), out);
}

PyObject *ext_m_conjugate(PyArrayObject *self, PyObject *args)
{
    PyArrayObject *out = NULL;
    if (!PyArg_ParseTuple(args, "|O&:conjugate", PyArray_OutputConverter, &out)) return NULL;
    return PyArray_Conjugate(self, out);
}

PyObject *ext_m_dot(PyArrayObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    PyObject *b, *out = NULL;
    if (ext_parse("dot", args, n, kwnames, "b", NULL, &b, "|out", NULL, &out, NULL) < 0)
        return NULL;
    if (out == Py_None) out = NULL;
    if (out && !PyArray_Check(out)) {
        PyErr_SetString(PyExc_TypeError, "'out' must be an array");
        return NULL;
    }
    return ext_dot((PyObject *)self, b, (PyArrayObject *)out);
}

/* ---- selection
 * ------------------------------------------------------------------------------------------------------------
 */

PyObject *ext_m_take(PyArrayObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    PyObject *indices;
    int axis = NPY_RAVEL_AXIS;
    PyArrayObject *out = NULL;
    NPY_CLIPMODE mode = NPY_RAISE;
    if (ext_parse("take", args, n, kwnames, "indices", NULL, &indices, "|axis",
                  &PyArray_AxisConverter, &axis, "|out", &PyArray_OutputConverter, &out, "|mode",
                  &PyArray_ClipmodeConverter, &mode, NULL) < 0)
        return NULL;
    return ext_return_or_out(PyArray_TakeFrom(self, indices, axis, out, mode), out);
}

PyObject *ext_m_put(PyArrayObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"indices", "values", "mode", NULL};
    PyObject *indices, *values;
    NPY_CLIPMODE mode = NPY_RAISE;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "OO|O&:put", names, &indices, &values,
                                     PyArray_ClipmodeConverter, &mode))
        return NULL;
    return PyArray_PutTo(self, values, indices, mode);
}

PyObject *ext_m_repeat(PyArrayObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"repeats", "axis", NULL};
    PyObject *repeats;
    int axis = NPY_RAVEL_AXIS;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "O|O&:repeat", names, &repeats,
                                     PyArray_AxisConverter, &axis))
        return NULL;
    return ext_return((PyArrayObject *)PyArray_Repeat(self, repeats, axis));
}

PyObject *ext_m_compress(PyArrayObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"condition", "axis", "out", NULL};
    PyObject *condition;
    int axis = NPY_RAVEL_AXIS;
    PyArrayObject *out = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "O|O&O&:compress", names, &condition,
                                     PyArray_AxisConverter, &axis, PyArray_OutputConverter, &out))
        return NULL;
    return ext_return_or_out(PyArray_Compress(self, condition, axis, out), out);
}

PyObject *ext_m_choose(PyArrayObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"out", "mode", NULL};
    PyArrayObject *out = NULL;
    NPY_CLIPMODE mode = NPY_RAISE;
    PyObject *none = PyTuple_New(0);
    int ok = none && PyArg_ParseTupleAndKeywords(none, kw, "|O&O&", names, PyArray_OutputConverter,
                                                 &out, PyArray_ClipmodeConverter, &mode);
    Py_XDECREF(none);
    if (!ok) return NULL;
    PyObject *choices = PyTuple_GET_SIZE(args) == 1 ? PyTuple_GET_ITEM(args, 0) : args;
    return ext_return_or_out(PyArray_Choose(self, choices, out, mode), out);
}

PyObject *ext_m_nonzero(PyArrayObject *self, PyObject *args)
{
    if (!PyArg_ParseTuple(args, "")) return NULL;
    return PyArray_Nonzero(self);
}

PyObject *ext_m_searchsorted(PyArrayObject *self, PyObject *const *args, Py_ssize_t n,
                             PyObject *kwnames)
{
    PyObject *keys, *sorter = NULL;
    NPY_SEARCHSIDE side = NPY_SEARCHLEFT;
    if (ext_parse("searchsorted", args, n, kwnames, "v", NULL, &keys, "|side",
                  &PyArray_SearchsideConverter, &side, "|sorter", NULL, &sorter, NULL) < 0)
        return NULL;
    if (sorter == Py_None) sorter = NULL;
    return ext_return((PyArrayObject *)PyArray_SearchSorted(self, keys, side, sorter));
}

/* ---- sorting
 * ----------------------------------------------------------------------------------------------------------------
 */

/* A view of `self` whose dtype compares the fields in `order` first. */
static PyArrayObject *ordered_view(PyArrayObject *self, PyObject *order)
{
    static PyObject *newnames;
    PyArray_Descr *old = PyArray_DESCR(self);
    if (!PyDataType_ISLEGACY(old) || !PyDataType_NAMES(old)) {
        PyErr_SetString(PyExc_ValueError, "Cannot specify order when the array has no fields.");
        return NULL;
    }
    if (!ext_import(&newnames, "_core._internal", "_newnames")) return NULL;
    PyObject *names = PyObject_CallFunctionObjArgs(newnames, (PyObject *)old, order, NULL);
    if (!names) return NULL;
    _PyArray_LegacyDescr *d = (_PyArray_LegacyDescr *)PyArray_DescrNew(old);
    if (!d) {
        Py_DECREF(names);
        return NULL;
    }
    Py_SETREF(d->names, names);
    return (PyArrayObject *)ext_array_new(
        &PyArray_Type, (PyArray_Descr *)d, PyArray_NDIM(self), PyArray_DIMS(self),
        PyArray_STRIDES(self), PyArray_DATA(self), PyArray_FLAGS(self) & ~NPY_ARRAY_OWNDATA, NULL,
        (PyObject *)self, 0);
}

static int sort_arguments(const char *name, PyObject *const *args, Py_ssize_t n, PyObject *kwnames,
                          int (*to_axis)(PyObject *, int *), int *axis, NPY_SORTKIND *kind,
                          PyObject **order)
{
    PyObject *kind_arg = Py_None;
    int stable = -1;
    *order = Py_None;
    *axis = -1;
    if (ext_parse(name, args, n, kwnames, "|axis", to_axis, axis, "|kind", NULL, &kind_arg,
                  "|order", NULL, order, "$stable", &ext_optional_bool, &stable, NULL) < 0)
        return -1;
    if (kind_arg != Py_None && stable != -1) {
        PyErr_SetString(PyExc_ValueError, "`kind` and keyword parameters can't be provided at the "
                                          "same time. Use only one of them.");
        return -1;
    }
    if (!PyArray_SortkindConverter(kind_arg, kind)) return -1;
    if (stable == 1) *kind = NPY_STABLESORT;
    return 0;
}

PyObject *ext_m_sort(PyArrayObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    int axis;
    NPY_SORTKIND kind;
    PyObject *order;
    if (sort_arguments("sort", args, n, kwnames, ext_int_argument, &axis, &kind, &order) < 0)
        return NULL;
    PyArrayObject *a =
        order == Py_None ? (PyArrayObject *)Py_NewRef(self) : ordered_view(self, order);
    if (!a) return NULL;
    int r = PyArray_Sort(a, axis, kind);
    Py_DECREF(a);
    if (r < 0) return NULL;
    Py_RETURN_NONE;
}

PyObject *ext_m_argsort(PyArrayObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    int axis;
    NPY_SORTKIND kind;
    PyObject *order;
    if (sort_arguments("argsort", args, n, kwnames, PyArray_AxisConverter, &axis, &kind, &order) <
        0)
        return NULL;
    PyArrayObject *a =
        order == Py_None ? (PyArrayObject *)Py_NewRef(self) : ordered_view(self, order);
    if (!a) return NULL;
    PyObject *r = PyArray_ArgSort(a, axis, kind);
    Py_DECREF(a);
    return ext_return((PyArrayObject *)r);
}

static PyArrayObject *kth_array(PyObject *kth)
{
    PyArrayObject *k = (PyArrayObject *)PyArray_FromAny(kth, NULL, 0, 1, NPY_ARRAY_DEFAULT, NULL);
    if (k && PyArray_TYPE(k) == NPY_BOOL) {
        PyErr_SetString(PyExc_ValueError, "Booleans unacceptable as partition index");
        Py_CLEAR(k);
    }
    if (k && !PyArray_ISINTEGER(k)) {
        PyErr_Format(PyExc_TypeError, "Partition index must be integer");
        Py_CLEAR(k);
    }
    return k;
}

static PyObject *partition(PyArrayObject *self, PyObject *const *args, Py_ssize_t n,
                           PyObject *kwnames, int arg)
{
    PyObject *kth, *order = Py_None;
    int axis = -1;
    NPY_SELECTKIND kind = NPY_INTROSELECT;
    if (ext_parse(arg ? "argpartition" : "partition", args, n, kwnames, "kth", NULL, &kth, "|axis",
                  arg ? &PyArray_AxisConverter : &ext_int_argument, &axis, "|kind",
                  &PyArray_SelectkindConverter, &kind, "|order", NULL, &order, NULL) < 0)
        return NULL;
    PyArrayObject *a =
        order == Py_None ? (PyArrayObject *)Py_NewRef(self) : ordered_view(self, order);
    PyArrayObject *k = a ? kth_array(kth) : NULL;
    PyObject *r = NULL;
    if (k && arg)
        r = ext_return((PyArrayObject *)PyArray_ArgPartition(a, k, axis, kind));
    else if (k)
        r = PyArray_Partition(a, k, axis, kind) < 0 ? NULL : Py_NewRef(Py_None);
    Py_XDECREF(a);
    Py_XDECREF(k);
    return r;
}

PyObject *ext_m_partition(PyArrayObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kw)
{
    return partition(self, args, n, kw, 0);
}
PyObject *ext_m_argpartition(PyArrayObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kw)
{
    return partition(self, args, n, kw, 1);
}
