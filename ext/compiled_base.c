/* bincount, interp, packbits, unpackbits, _monotonicity, and what the Python side asks of float
 * types. */
#include "argparse.h"
#include "array.h"
#include "convert.h"

#include "fnp/func.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define FN(f) ((PyCFunction)(void (*)(void))(f))
#define FAST (METH_FASTCALL | METH_KEYWORDS)

/* ---- bincount
 * ----------------------------------------------------------------------------------------------------------
 */

static PyArrayObject *integer_vector(PyObject *list)
{
    PyArrayObject *raw = (PyArrayObject *)PyArray_FROM_O(list);
    if (!raw) return NULL;
    if (PyArray_NDIM(raw) > 1) {
        Py_DECREF(raw); /* the standard refusal, with its text */
        return (PyArrayObject *)PyArray_ContiguousFromAny(list, NPY_INTP, 1, 1);
    }
    int empty = PyArray_SIZE(raw) == 0, flags = NPY_ARRAY_CARRAY_RO;
    if (!empty && !PyArray_ISINTEGER(raw) && !PyArray_ISBOOL(raw)) {
        if (!PyArray_Check(list)) {
            if (PyErr_WarnEx(PyExc_DeprecationWarning,
                             "Non-integer input passed to bincount. In a future version of NumPy, "
                             "this will be an error. (Deprecated NumPy 2.1)",
                             1) < 0) {
                Py_DECREF(raw);
                return NULL;
            }
            flags |= NPY_ARRAY_FORCECAST;
        }
    }
    if (empty || (PyArray_ISUNSIGNED(raw) && !PyArray_Check(list))) flags |= NPY_ARRAY_FORCECAST;
    if (PyArray_TYPE(raw) == NPY_ULONG || PyArray_TYPE(raw) == NPY_ULONGLONG)
        flags |= NPY_ARRAY_FORCECAST;
    PyArrayObject *x = (PyArrayObject *)PyArray_FromAny(
        (PyObject *)raw, PyArray_DescrFromType(NPY_INTP), 1, 1, flags, NULL);
    Py_DECREF(raw);
    return x;
}

static PyObject *array_bincount(PyObject *self, PyObject *const *args, Py_ssize_t n,
                                PyObject *kwnames)
{
    PyObject *list, *weights = Py_None, *min_arg = NULL;
    if (ext_parse("bincount", args, n, kwnames, "list", NULL, &list, "|weights", NULL, &weights,
                  "|minlength", NULL, &min_arg, NULL) < 0)
        return NULL;
    npy_intp minlength = 0;
    if (min_arg == Py_None) {
        PyErr_SetString(PyExc_TypeError, "use 0 instead of None for minlength");
        return NULL;
    }
    PyArrayObject *x = integer_vector(list), *w = NULL;
    PyObject *out = NULL;
    if (!x) return NULL;
    if (min_arg) {
        minlength = PyArray_PyIntAsIntp(min_arg);
        if (minlength == -1 && PyErr_Occurred()) goto done;
    }
    if (minlength < 0) {
        PyErr_SetString(PyExc_ValueError, "'minlength' must not be negative");
        goto done;
    }
    npy_intp len = PyArray_SIZE(x), size = minlength;
    if (len > 0) {
        int64_t lo, hi;
        fnp_minmax_i64(PyArray_DATA(x), len, &lo, &hi);
        if (lo < 0) {
            PyErr_SetString(PyExc_ValueError, "'list' argument must have no negative elements");
            goto done;
        }
        if (hi + 1 > size) size = hi + 1;
    }
    if (weights == Py_None || len == 0) {
        out = PyArray_ZEROS(1, &size, NPY_INTP, 0);
        if (out) fnp_bincount(PyArray_DATA(x), len, PyArray_DATA((PyArrayObject *)out));
        goto done;
    }
    w = (PyArrayObject *)PyArray_ContiguousFromAny(weights, NPY_DOUBLE, 1, 1);
    if (!w) goto done;
    if (PyArray_SIZE(w) != len) {
        PyErr_SetString(PyExc_ValueError, "The weights and list don't have the same length.");
        goto done;
    }
    out = PyArray_ZEROS(1, &size, NPY_DOUBLE, 0);
    if (out)
        fnp_bincount_weighted(PyArray_DATA(x), PyArray_DATA(w), len,
                              PyArray_DATA((PyArrayObject *)out));
done:
    Py_DECREF(x);
    Py_XDECREF(w);
    return out;
}

static PyArrayObject *dense_doubles(PyObject *o, npy_intp n)
{
    if (PyArray_Check(o) && PyArray_TYPE((PyArrayObject *)o) == NPY_DOUBLE &&
        PyArray_ISCARRAY_RO((PyArrayObject *)o) && PyArray_NDIM((PyArrayObject *)o) == 1 &&
        (n < 0 || PyArray_SIZE((PyArrayObject *)o) == n))
        return (PyArrayObject *)o;
    PyErr_SetString(PyExc_TypeError, "dense arrays of double are wanted");
    return NULL;
}

/* histogram's counting in bins of equal width. */
static PyObject *histogram_uniform(PyObject *self, PyObject *args)
{
    PyObject *xo, *wo, *edges_o;
    double first, last, span;
    if (!PyArg_ParseTuple(args, "OOdddO", &xo, &wo, &first, &last, &span, &edges_o)) return NULL;
    PyArrayObject *x = dense_doubles(xo, -1), *edges = x ? dense_doubles(edges_o, -1) : NULL,
                  *w = NULL;
    if (!edges) return NULL;
    if (wo != Py_None && !(w = dense_doubles(wo, PyArray_SIZE(x)))) return NULL;
    npy_intp bins = PyArray_SIZE(edges) - 1;
    PyArrayObject *out =
        bins < 1 ? NULL : (PyArrayObject *)PyArray_ZEROS(1, &bins, w ? NPY_DOUBLE : NPY_INTP, 0);
    if (!out) return bins < 1 ? PyErr_Format(PyExc_ValueError, "there is no bin") : NULL;
    Py_BEGIN_ALLOW_THREADS fnp_histogram(PyArray_DATA(x), w ? PyArray_DATA(w) : NULL,
                                         PyArray_SIZE(x), first, last, span, PyArray_DATA(edges),
                                         bins, PyArray_DATA(out), PyArray_DATA(out));
    Py_END_ALLOW_THREADS return (PyObject *)out;
}

static PyObject *array_monotonicity(PyObject *self, PyObject *const *args, Py_ssize_t n,
                                    PyObject *kwnames)
{
    PyObject *obj;
    if (ext_parse("_monotonicity", args, n, kwnames, "x", NULL, &obj, NULL) < 0) return NULL;
    PyArrayObject *x = (PyArrayObject *)PyArray_FROMANY(obj, NPY_DOUBLE, 1, 1, NPY_ARRAY_CARRAY_RO);
    if (!x) return NULL;
    int m = fnp_monotonicity(PyArray_DATA(x), PyArray_SIZE(x));
    Py_DECREF(x);
    return PyLong_FromLong(m);
}

/* ---- interp
 * --------------------------------------------------------------------------------------------------------------
 */

static PyObject *interpolate(const char *name, PyObject *const *args, Py_ssize_t n,
                             PyObject *kwnames, int type)
{
    PyObject *xo, *xpo, *fpo, *left = Py_None, *right = Py_None;
    if (ext_parse(name, args, n, kwnames, "x", NULL, &xo, "xp", NULL, &xpo, "fp", NULL, &fpo,
                  "|left", NULL, &left, "|right", NULL, &right, NULL) < 0)
        return NULL;
    PyArrayObject *fp = (PyArrayObject *)PyArray_ContiguousFromAny(fpo, type, 1, 1), *xp = NULL,
                  *x = NULL, *out = NULL;
    if (fp) xp = (PyArrayObject *)PyArray_ContiguousFromAny(xpo, NPY_DOUBLE, 1, 1);
    if (xp) x = (PyArrayObject *)PyArray_ContiguousFromAny(xo, NPY_DOUBLE, 0, 0);
    if (!x) goto done;
    npy_intp np = PyArray_SIZE(xp);
    if (np == 0) {
        PyErr_SetString(PyExc_ValueError, "array of sample points is empty");
        goto done;
    }
    if (PyArray_SIZE(fp) != np) {
        PyErr_SetString(PyExc_ValueError, "fp and xp are not of the same length.");
        goto done;
    }
    out = (PyArrayObject *)PyArray_SimpleNew(PyArray_NDIM(x), PyArray_DIMS(x), type);
    if (!out) goto done;
    if (type == NPY_DOUBLE) {
        double *f = PyArray_DATA(fp), l = left == Py_None ? f[0] : PyFloat_AsDouble(left),
               r = right == Py_None ? f[np - 1] : PyFloat_AsDouble(right);
        if (PyErr_Occurred()) {
            Py_CLEAR(out);
            goto done;
        }
        Py_BEGIN_ALLOW_THREADS fnp_interp(PyArray_DATA(x), PyArray_SIZE(x), PyArray_DATA(xp), f, np,
                                          l, r, PyArray_DATA(out));
        Py_END_ALLOW_THREADS
    } else {
        fnp_c128 *f = PyArray_DATA(fp), l = f[0], r = f[np - 1];
        if (left != Py_None) {
            Py_complex c = PyComplex_AsCComplex(left);
            l = (fnp_c128){c.real, c.imag};
        }
        if (right != Py_None && !PyErr_Occurred()) {
            Py_complex c = PyComplex_AsCComplex(right);
            r = (fnp_c128){c.real, c.imag};
        }
        if (PyErr_Occurred()) {
            Py_CLEAR(out);
            goto done;
        }
        Py_BEGIN_ALLOW_THREADS fnp_interp_complex(PyArray_DATA(x), PyArray_SIZE(x),
                                                  PyArray_DATA(xp), f, np, l, r, PyArray_DATA(out));
        Py_END_ALLOW_THREADS
    }
done:
    Py_XDECREF(fp);
    Py_XDECREF(xp);
    Py_XDECREF(x);
    return ext_return(out);
}

static PyObject *array_interp(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kw)
{
    return interpolate("interp", args, n, kw, NPY_DOUBLE);
}
static PyObject *array_interp_complex(PyObject *self, PyObject *const *args, Py_ssize_t n,
                                      PyObject *kw)
{
    return interpolate("interp_complex", args, n, kw, NPY_CDOUBLE);
}

/* ---- bits
 * ------------------------------------------------------------------------------------------------------------------
 */

static int bit_order(PyObject *order, bool *little)
{
    const char *s = order ? PyUnicode_AsUTF8(order) : "big";
    if (!s) return -1;
    *little = s[0] == 'l';
    if (s[0] == 'l' || s[0] == 'b') return 0;
    PyErr_SetString(PyExc_ValueError, "'order' must be either 'little' or 'big'");
    return -1;
}

/* Along `axis` (flattened if NPY_RAVEL_AXIS): out has new length `len` there. */
static PyArrayObject *along_axis(PyArrayObject *a, int *axis)
{
    if (*axis != NPY_RAVEL_AXIS && PyArray_NDIM(a) > 0) {
        if (PyArray_CheckAxis_(axis, PyArray_NDIM(a)) < 0) return NULL;
        return (PyArrayObject *)Py_NewRef(a);
    }
    *axis = 0;
    return (PyArrayObject *)PyArray_Ravel(a, NPY_CORDER);
}

static PyArrayObject *resized_like(PyArrayObject *a, int axis, npy_intp len)
{
    npy_intp dims[NPY_MAXDIMS];
    memcpy(dims, PyArray_DIMS(a), (size_t)PyArray_NDIM(a) * sizeof *dims);
    dims[axis] = len;
    PyArray_Descr *d = PyArray_DescrFromType(NPY_UBYTE);
    return d ? (PyArrayObject *)ext_array_new(Py_TYPE(a), d, PyArray_NDIM(a), dims, NULL, NULL,
                                              PyArray_ISFORTRAN(a) ? NPY_ARRAY_F_CONTIGUOUS : 0,
                                              (PyObject *)a, NULL, EXT_NEW_ZEROED)
             : NULL;
}

static PyObject *array_packbits(PyObject *self, PyObject *const *args, Py_ssize_t n,
                                PyObject *kwnames)
{
    PyObject *obj, *order = NULL;
    int axis = NPY_RAVEL_AXIS;
    bool little;
    if (ext_parse("packbits", args, n, kwnames, "a", NULL, &obj, "|axis", &PyArray_AxisConverter,
                  &axis, "|bitorder", NULL, &order, NULL) < 0)
        return NULL;
    if (bit_order(order, &little) < 0) return NULL;
    PyArrayObject *in = (PyArrayObject *)PyArray_FROM_O(obj), *a = NULL, *out = NULL;
    if (!in) return NULL;
    if (!PyArray_ISBOOL(in) && !PyArray_ISINTEGER(in)) {
        PyErr_SetString(PyExc_TypeError, "Expected an input array of integer or boolean data type");
        Py_DECREF(in);
        return NULL;
    }
    a = along_axis(in, &axis);
    Py_DECREF(in);
    if (!a) return NULL;
    npy_intp len = PyArray_DIM(a, axis);
    out = resized_like(a, axis, (len + 7) / 8);
    int ax1 = axis, ax2 = axis;
    PyArrayIterObject *it =
        out ? (PyArrayIterObject *)PyArray_IterAllButAxis((PyObject *)a, &ax1) : NULL;
    PyArrayIterObject *ot =
        it ? (PyArrayIterObject *)PyArray_IterAllButAxis((PyObject *)out, &ax2) : NULL;
    if (!ot) {
        Py_CLEAR(out);
    } else if (PyArray_SIZE(out) > 0) {
        while (it->index < it->size) {
            fnp_packbits(it->dataptr, PyArray_ITEMSIZE(a), len, PyArray_STRIDE(a, axis),
                         ot->dataptr, PyArray_STRIDE(out, axis), little);
            PyArray_ITER_NEXT(it);
            PyArray_ITER_NEXT(ot);
        }
    }
    Py_XDECREF(it);
    Py_XDECREF(ot);
    Py_DECREF(a);
    return (PyObject *)out;
}

static PyObject *array_unpackbits(PyObject *self, PyObject *const *args, Py_ssize_t n,
                                  PyObject *kwnames)
{
    PyObject *obj, *order = NULL, *count_arg = Py_None;
    int axis = NPY_RAVEL_AXIS;
    bool little;
    if (ext_parse("unpackbits", args, n, kwnames, "a", NULL, &obj, "|axis", &PyArray_AxisConverter,
                  &axis, "|count", NULL, &count_arg, "|bitorder", NULL, &order, NULL) < 0)
        return NULL;
    if (bit_order(order, &little) < 0) return NULL;
    PyArrayObject *in = (PyArrayObject *)PyArray_FROM_O(obj), *a, *out;
    if (!in) return NULL;
    if (PyArray_TYPE(in) != NPY_UBYTE) {
        PyErr_SetString(PyExc_TypeError, "Expected an input array of unsigned byte data type");
        Py_DECREF(in);
        return NULL;
    }
    a = along_axis(in, &axis);
    Py_DECREF(in);
    if (!a) return NULL;
    npy_intp bytes = PyArray_DIM(a, axis), bits = bytes * 8, len = bits;
    if (count_arg != Py_None) {
        npy_intp count = PyArray_PyIntAsIntp(count_arg);
        if (count == -1 && PyErr_Occurred()) {
            Py_DECREF(a);
            return NULL;
        }
        if (count < 0 && -count > bits) {
            PyErr_SetString(PyExc_ValueError, "-count larger than number of elements");
            Py_DECREF(a);
            return NULL;
        }
        len = count < 0 ? bits + count : count;
    }
    out = resized_like(a, axis, len);
    int ax1 = axis, ax2 = axis;
    PyArrayIterObject *it =
        out ? (PyArrayIterObject *)PyArray_IterAllButAxis((PyObject *)a, &ax1) : NULL;
    PyArrayIterObject *ot =
        it ? (PyArrayIterObject *)PyArray_IterAllButAxis((PyObject *)out, &ax2) : NULL;
    if (!ot) {
        Py_CLEAR(out);
    } else if (PyArray_SIZE(out) > 0) {
        npy_intp real = len < bits ? len : bits;
        while (it->index < it->size) {
            fnp_unpackbits(it->dataptr, PyArray_STRIDE(a, axis), ot->dataptr, real,
                           PyArray_STRIDE(out, axis), little);
            PyArray_ITER_NEXT(it);
            PyArray_ITER_NEXT(ot);
        }
    }
    Py_XDECREF(it);
    Py_XDECREF(ot);
    Py_DECREF(a);
    return (PyObject *)out;
}

/* ---- limits of float types
 * --------------------------------------------------------------------------------------------------
 */

static int set_scalar(PyObject *obj, const char *name, PyArray_Descr *d, npy_longdouble v)
{
    union {
        npy_half h;
        float f;
        double d;
        npy_longdouble g;
    } u;
    memset(&u, 0, sizeof u);
    switch (d->type_num) {
    case NPY_FLOAT: u.f = (float)v; break;
    case NPY_DOUBLE: u.d = (double)v; break;
    case NPY_LONGDOUBLE: u.g = v; break;
    default: { /* half: exact powers of two and the largest value, by its bits */
        int e;
        npy_longdouble m = frexpl(fabsl(v), &e);
        unsigned sign = v < 0 ? 0x8000u : 0;
        if (e - 1 < -14)
            u.h = (npy_half)(sign | (unsigned)ldexpl(m, e + 24));
        else
            u.h = (npy_half)(sign | ((unsigned)(e - 1 + 15) << 10) |
                             ((unsigned)ldexpl(m, 11) & 0x3ff));
    }
    }
    PyObject *s = PyArray_Scalar(&u, d, NULL);
    int r = s ? PyObject_SetAttrString(obj, name, s) : -1;
    Py_XDECREF(s);
    return r;
}

static int set_int(PyObject *obj, const char *name, long v)
{
    PyObject *o = PyLong_FromLong(v);
    int r = o ? PyObject_SetAttrString(obj, name, o) : -1;
    Py_XDECREF(o);
    return r;
}

/* mantissa bits after the point, least and greatest exponent (as finfo counts them), decimal digits
 */
static PyObject *populate_finfo(PyObject *self, PyObject *args)
{
    PyObject *obj;
    PyArray_Descr *d;
    if (!PyArg_ParseTuple(args, "OO!:_populate_finfo_constants", &obj, &PyArrayDescr_Type, &d))
        return NULL;
    int nmant, maxexp, digits;
    switch (d->type_num) {
    case NPY_HALF: nmant = 10, maxexp = 16, digits = 3; break;
    case NPY_FLOAT: nmant = FLT_MANT_DIG - 1, maxexp = FLT_MAX_EXP, digits = FLT_DIG; break;
    case NPY_DOUBLE: nmant = DBL_MANT_DIG - 1, maxexp = DBL_MAX_EXP, digits = DBL_DIG; break;
    case NPY_LONGDOUBLE: nmant = LDBL_MANT_DIG - 1, maxexp = LDBL_MAX_EXP, digits = LDBL_DIG; break;
    default: PyErr_Format(PyExc_ValueError, "finfo not supported for dtype %R", d); return NULL;
    }
    int minexp = 2 - maxexp;
    npy_longdouble max =
        d->type_num == NPY_LONGDOUBLE ? LDBL_MAX : ldexpl(2 - ldexpl(1, -nmant), maxexp - 1);
    if (set_scalar(obj, "max", d, max) < 0 || set_scalar(obj, "min", d, -max) < 0 ||
        set_scalar(obj, "_radix", d, 2) < 0 || set_scalar(obj, "eps", d, ldexpl(1, -nmant)) < 0 ||
        set_scalar(obj, "smallest_normal", d, ldexpl(1, minexp)) < 0 ||
        set_scalar(obj, "smallest_subnormal", d, ldexpl(1, minexp - nmant)) < 0 ||
        set_int(obj, "nmant", nmant) < 0 || set_int(obj, "minexp", minexp) < 0 ||
        set_int(obj, "maxexp", maxexp) < 0 || set_int(obj, "precision", digits) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* Distinct values by hashing: sorting is faster here, so the caller is told to sort. */
static PyObject *unique_hash(PyObject *self, PyObject *args, PyObject *kw)
{
    Py_RETURN_NOTIMPLEMENTED;
}

static PyMethodDef functions[] = {
    {"bincount", FN(array_bincount), FAST,
     "bincount(x, /, weights=None, minlength=0)\n\nHow often each value occurs in integers >= 0."},
    {"_histogram_uniform", histogram_uniform, METH_VARARGS,
     "Counts, or sums of weights, in bins of equal width."},
    {"_monotonicity", FN(array_monotonicity), FAST, "1 ascending, -1 descending, 0 neither."},
    {"interp", FN(array_interp), FAST,
     "interp(x, xp, fp, left=None, right=None)\n\nPiecewise-linear interpolation of floats."},
    {"interp_complex", FN(array_interp_complex), FAST,
     "interp_complex(x, xp, fp, left=None, right=None)\n\nThe same for complex values."},
    {"packbits", FN(array_packbits), FAST,
     "packbits(a, /, axis=None, bitorder='big')\n\nPack booleans into the bits of bytes."},
    {"unpackbits", FN(array_unpackbits), FAST,
     "unpackbits(a, /, axis=None, count=None, bitorder='big')\n\nThe bits of bytes, one per "
     "element."},
    {"_populate_finfo_constants", populate_finfo, METH_VARARGS,
     "Set the limits of a float type as attributes of an object."},
    {"_unique_hash", FN(unique_hash), METH_VARARGS | METH_KEYWORDS,
     "NotImplemented: sort instead."},
    {NULL}};

int ext_init_compiled_base(PyObject *m)
{
    return ext_add_functions(m, functions);
}
