/* Functions of the module that make arrays, and the C-API beside them. */
#include "argparse.h"
#include "array.h"
#include "promotion.h"
#include "coerce.h"
#include "convert.h"
#include "dispatcher.h"

#include "fnp/sce.h"

#include <math.h>
#include <string.h>

#define FN(f) ((PyCFunction)(void (*)(void))(f))
#define FAST (METH_FASTCALL | METH_KEYWORDS)

/* If `like` was given and overrides, return its answer from the calling function. */
#define LIKE(name)                                                                                 \
    do {                                                                                           \
        if (like != Py_None) {                                                                     \
            PyObject *r_ = ext_like_dispatch(name, like, args, n, kwnames);                        \
            if (r_ != Py_NotImplemented) {                                                         \
                Py_XDECREF(dtype);                                                                 \
                return r_;                                                                         \
            }                                                                                      \
            Py_DECREF(r_);                                                                         \
        }                                                                                          \
    } while (0)

static int c_or_f(NPY_ORDER order, int *fortran)
{
    if (order != NPY_CORDER && order != NPY_FORTRANORDER) {
        PyErr_SetString(PyExc_ValueError, "only 'C' or 'F' order is permitted");
        return -1;
    }
    *fortran = order == NPY_FORTRANORDER;
    return 0;
}

static PyObject *new_filled(const char *name, PyObject *const *args, Py_ssize_t n,
                            PyObject *kwnames,
                            PyObject *(*make)(int, npy_intp const *, PyArray_Descr *, int))
{
    PyObject *shape, *like = Py_None;
    PyArray_Descr *dtype = NULL;
    NPY_ORDER order = NPY_CORDER;
    int device, fortran, nd;
    npy_intp dims[FNP_MAXDIMS];
    if (ext_parse(name, args, n, kwnames, "shape", NULL, &shape, "|dtype", &ext_dtype_or_default,
                  &dtype, "|order", &PyArray_OrderConverter, &order, "$device",
                  &ext_device_converter, &device, "$like", NULL, &like, NULL) < 0)
        goto fail;
    LIKE(name);
    if (shape == Py_None) {
        PyErr_SetString(PyExc_TypeError, "Use () not None as shape arguments");
        goto fail;
    }
    if (ext_shape_from(shape, dims, &nd) < 0 || c_or_f(order, &fortran) < 0) goto fail;
    return make(nd, dims, dtype, fortran);
fail:
    Py_XDECREF(dtype);
    return NULL;
}

static PyObject *array_empty(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kw)
{
    return new_filled("empty", args, n, kw, PyArray_Empty);
}
static PyObject *array_zeros(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kw)
{
    return new_filled("zeros", args, n, kw, PyArray_Zeros);
}

static PyObject *array_empty_like(PyObject *self, PyObject *const *args, Py_ssize_t n,
                                  PyObject *kwnames)
{
    PyObject *prototype, *shape = Py_None;
    PyArray_Descr *dtype = NULL;
    NPY_ORDER order = NPY_KEEPORDER;
    int subok = 1, device, nd = -1;
    npy_intp dims[FNP_MAXDIMS];
    if (ext_parse("empty_like", args, n, kwnames, "prototype", NULL, &prototype, "|dtype",
                  &ext_dtype_or_default, &dtype, "|order", &PyArray_OrderConverter, &order,
                  "|subok", &ext_optional_bool, &subok, "|shape", NULL, &shape, "$device",
                  &ext_device_converter, &device, NULL) < 0)
        goto fail;
    if (shape != Py_None && ext_shape_from(shape, dims, &nd) < 0) goto fail;
    PyArrayObject *a = (PyArrayObject *)PyArray_FROM_O(prototype);
    if (!a) goto fail;
    if (!PyArray_Check(prototype) && order != NPY_FORTRANORDER)
        order = NPY_CORDER; /* only arrays have an order to keep */
    PyObject *r = ext_array_fill_none(
        ext_array_new_like(a, order, dtype, nd, nd >= 0 ? dims : NULL, subok, 0));
    Py_DECREF(a);
    return r;
fail:
    Py_XDECREF(dtype);
    return NULL;
}

/* ---- arange
 * ---------------------------------------------------------------------------------------------------------
 */

static npy_intp arange_length(double start, double stop, double step, const char *what)
{
    double len = ceil((stop - start) / step);
    if (len != len) {
        PyErr_SetString(PyExc_ValueError, "arange: cannot compute length");
        return -1;
    }
    if (len >= 9.2e18 || len <= -9.3e18) {
        PyErr_SetString(PyExc_ValueError, "Maximum allowed size exceeded");
        return -1;
    }
    return len > 0 ? (npy_intp)len : 0;
}

PyObject *PyArray_Arange(double start, double stop, double step, int type_num)
{
    if (step == 0 && start != stop) {
        PyErr_SetString(PyExc_OverflowError, "arange: overflow while computing length");
        return NULL;
    }
    npy_intp len = arange_length(start, stop, step, "arange");
    if (len < 0) return NULL;
    PyArrayObject *r =
        (PyArrayObject *)PyArray_New(&PyArray_Type, 1, &len, type_num, NULL, NULL, 0, 0, NULL);
    if (!r || len == 0) return (PyObject *)r;
    double ends[2] = {start, start + step};
    for (npy_intp i = 0; i < 2 && i < len; i++) {
        PyObject *v = PyFloat_FromDouble(ends[i]);
        int bad = !v || PyArray_SETITEM(r, PyArray_BYTES(r) + i * PyArray_ITEMSIZE(r), v) < 0;
        Py_XDECREF(v);
        if (bad) goto fail;
    }
    if (len > 2 && PyDataType_GetArrFuncs(PyArray_DESCR(r))->fill(PyArray_DATA(r), len, r) < 0)
        goto fail;
    if (PyErr_Occurred()) goto fail;
    return (PyObject *)r;
fail:
    Py_DECREF(r);
    return NULL;
}

/* ceil((stop - start) / step) on Python numbers; *next becomes start + step. -1 with an exception.
 */
static npy_intp object_length(PyObject *start, PyObject *stop, PyObject *step, PyObject **next)
{
    PyObject *span = PyNumber_Subtract(stop, start), *ratio = NULL;
    *next = NULL;
    if (!span) {
        if (PyTuple_Check(stop)) {
            PyErr_Clear();
            PyErr_SetString(PyExc_TypeError,
                            "arange: scalar arguments expected instead of a tuple.");
        }
        return -1;
    }
    int zero = PyObject_IsTrue(step);
    ratio = zero < 0 ? NULL : PyNumber_TrueDivide(span, step);
    int far = ratio ? PyObject_IsTrue(span) : -1;
    Py_DECREF(span);
    if (far < 0) {
        Py_CLEAR(ratio);
        if (PyErr_ExceptionMatches(PyExc_OverflowError)) {
            PyErr_Clear();
            PyErr_SetString(PyExc_ValueError, "Maximum allowed size exceeded");
        }
        return -1;
    }
    npy_intp len;
    if (PyComplex_Check(ratio)) {
        Py_complex c = PyComplex_AsCComplex(ratio);
        npy_intp a = arange_length(0, c.real, 1, ""), b = arange_length(0, c.imag, 1, "");
        len = a < 0 || b < 0 ? -1 : a < b ? a : b;
    } else {
        double x = PyFloat_AsDouble(ratio);
        len = x == -1 && PyErr_Occurred() ? -1 : arange_length(0, x, 1, "");
        /* less than the smallest number of steps, yet the start lies before the stop */
        if (len == 0 && x == 0 && far > 0 && !signbit(x)) len = 1;
    }
    Py_DECREF(ratio);
    if (len < 0) return -1;
    *next = PyNumber_Add(start, step);
    return *next ? len : -1;
}

HIDDEN PyObject *ext_datetime_arange(PyObject *start, PyObject *stop, PyObject *step,
                                     PyArray_Descr *dtype);

static int is_time(PyObject *o)
{
    if (!o || o == Py_None) return 0;
    if (PyArray_IsScalar(o, Datetime) || PyArray_IsScalar(o, Timedelta)) return 1;
    if (PyArray_Check(o)) return PyTypeNum_ISDATETIME(PyArray_TYPE((PyArrayObject *)o));
    const char *m = Py_TYPE(o)->tp_name;
    return strncmp(m, "datetime.", 9) == 0;
}

static void not_supported(PyArray_Descr *d)
{
    PyErr_Format(PyExc_TypeError, "arange() not supported for inputs with DType %S.", Py_TYPE(d));
}

PyObject *PyArray_ArangeObj(PyObject *start, PyObject *stop, PyObject *step, PyArray_Descr *dtype)
{
    PyObject *zero = NULL, *one = NULL, *next = NULL;
    PyArray_Descr *native = NULL;
    PyArrayObject *r = NULL;
    if (dtype ? PyTypeNum_ISDATETIME(dtype->type_num)
              : is_time(start) || is_time(stop) || is_time(step))
        return ext_datetime_arange(start, stop, step, dtype);
    if (!dtype) {
        PyArray_Descr *d = PyArray_DescrFromType(NPY_LONG);
        PyObject *given[3] = {start, stop, step};
        for (int i = 0; d && i < 3; i++) {
            if (!given[i] || given[i] == Py_None) continue;
            PyArray_Descr *wider = PyArray_DescrFromObject(given[i], d);
            Py_SETREF(d, wider);
        }
        if (!d) return NULL;
        dtype = d;
    } else {
        Py_INCREF(dtype);
    }
    if (!step || step == Py_None) step = one = PyLong_FromLong(1);
    if (!stop || stop == Py_None) {
        stop = start;
        start = zero = PyLong_FromLong(0);
    }
    if (!step || !start) goto fail;
    if (PyTypeNum_ISFLEXIBLE(dtype->type_num) || dtype->type_num == NPY_VSTRING ||
        (PyDataType_ISLEGACY(dtype) && PyDataType_SUBARRAY(dtype))) {
        not_supported(dtype);
        goto fail;
    }
    npy_intp len = object_length(start, stop, step, &next);
    if (len < 0) goto fail;
    native = PyArray_ISNBO(dtype->byteorder) ? (PyArray_Descr *)Py_NewRef(dtype)
                                             : PyArray_DescrNewByteorder(dtype, NPY_NATBYTE);
    if (!native) goto fail;
    r = (PyArrayObject *)ext_array_new(&PyArray_Type, (PyArray_Descr *)Py_NewRef(native), 1, &len,
                                       NULL, NULL, 0, NULL, NULL, 0);
    if (!r) goto fail;
    PyObject *ends[2] = {start, next};
    for (npy_intp i = 0; i < 2 && i < len; i++)
        if (PyArray_SETITEM(r, PyArray_BYTES(r) + i * PyArray_ITEMSIZE(r), ends[i]) < 0) goto fail;
    if (len > 2) {
        PyArray_FillFunc *fill = PyDataType_ISLEGACY(native) || 1
                                     ? PyDataType_GetArrFuncs(PyArray_DESCR(r))->fill
                                     : NULL;
        if (!fill) {
            if (native->type_num == NPY_BOOL)
                PyErr_SetString(PyExc_TypeError, "arange() is only supported for booleans when the "
                                                 "result has at most length 2.");
            else
                not_supported(native);
            goto fail;
        }
        if (fill(PyArray_DATA(r), len, r) < 0 || PyErr_Occurred()) goto fail;
    }
    if (native != dtype) {
        PyObject *swapped = PyArray_CastToType(r, (PyArray_Descr *)Py_NewRef(dtype), 0);
        Py_SETREF(r, (PyArrayObject *)swapped);
    }
    goto done;
fail:
    Py_CLEAR(r);
done:
    Py_XDECREF(native);
    Py_XDECREF(dtype);
    Py_XDECREF(zero);
    Py_XDECREF(one);
    Py_XDECREF(next);
    return (PyObject *)r;
}

static PyObject *array_arange(PyObject *self, PyObject *const *args, Py_ssize_t n,
                              PyObject *kwnames)
{
    PyObject *start = NULL, *stop = NULL, *step = NULL, *like = Py_None;
    PyArray_Descr *dtype = NULL;
    int device;
    if (ext_parse("arange", args, n, kwnames, "|start", NULL, &start, "|stop", NULL, &stop, "|step",
                  NULL, &step, "|dtype", &ext_dtype_or_default, &dtype, "$device",
                  &ext_device_converter, &device, "$like", NULL, &like, NULL) < 0) {
        Py_XDECREF(dtype);
        return NULL;
    }
    LIKE("arange");
    if (!stop && (!start || n == 0)) { /* a start by name wants a stop */
        PyErr_SetString(PyExc_TypeError, "arange() requires stop to be specified.");
        Py_XDECREF(dtype);
        return NULL;
    }
    if (!start) {
        start = stop;
        stop = NULL;
    }
    PyObject *r = PyArray_ArangeObj(start, stop, step, dtype);
    Py_XDECREF(dtype);
    return r;
}

/* ---- from iterables and buffers
 * ----------------------------------------------------------------------------------------- */

static int grow(PyArrayObject *a, npy_intp to)
{
    PyArray_Dims dims = {&to, 1};
    PyObject *r = PyArray_Resize(a, &dims, 0, NPY_ANYORDER);
    Py_XDECREF(r);
    return r ? 0 : -1;
}

PyObject *PyArray_FromIter(PyObject *obj, PyArray_Descr *dtype, npy_intp count)
{
    PyObject *iter = PyObject_GetIter(obj);
    PyArrayObject *a = NULL;
    if (!iter) goto fail;
    npy_intp hint = count >= 0 ? count : PyObject_LengthHint(obj, 0), i = 0;
    if (hint < 0) goto fail;
    if (PyDataType_ELSIZE(dtype) == 0 && PyTypeNum_ISFLEXIBLE(dtype->type_num) &&
        !PyDataType_NAMES(dtype) && !PyDataType_SUBARRAY(dtype)) {
        PyErr_SetString(PyExc_ValueError,
                        "Must specify length when using variable-size data-type.");
        goto fail;
    }
    /* A subarray dtype makes rows: resizing works on the array of whole elements. */
    a = (PyArrayObject *)ext_array_new(&PyArray_Type, (PyArray_Descr *)Py_NewRef(dtype), 1, &hint,
                                       NULL, NULL, 0, NULL, NULL, EXT_NEW_KEEP_SUBARRAY);
    if (!a) goto fail;
    npy_intp room = hint, elsize = PyDataType_ELSIZE(dtype);
    for (; count < 0 || i < count; i++) {
        PyObject *item = PyIter_Next(iter);
        if (!item) break;
        if (i >= room) {
            npy_intp more = room + room / 2 + 8;
            if (grow(a, more) < 0) {
                Py_DECREF(item);
                goto fail;
            }
            room = more;
        }
        int bad = PyArray_Pack(dtype, PyArray_BYTES(a) + i * elsize, item) < 0;
        Py_DECREF(item);
        if (bad) goto fail;
    }
    if (PyErr_Occurred()) goto fail;
    if (i < count) {
        PyErr_Format(PyExc_ValueError,
                     "iterator too short: Expected %zd but iterator had only %zd items.", count, i);
        goto fail;
    }
    if (i != room && grow(a, i) < 0) goto fail;
    Py_DECREF(iter);
    if (PyDataType_ISLEGACY(dtype) && PyDataType_SUBARRAY(dtype)) {
        PyObject *rows =
            ext_array_new(&PyArray_Type, dtype, 1, PyArray_DIMS(a), NULL, PyArray_DATA(a),
                          NPY_ARRAY_WRITEABLE, NULL, (PyObject *)a, 0);
        Py_DECREF(a);
        return rows;
    }
    Py_DECREF(dtype);
    return (PyObject *)a;
fail:
    Py_XDECREF(iter);
    Py_XDECREF(a);
    Py_DECREF(dtype);
    return NULL;
}

static PyObject *array_fromiter(PyObject *self, PyObject *const *args, Py_ssize_t n,
                                PyObject *kwnames)
{
    PyObject *iter, *count_arg = NULL, *like = Py_None;
    PyArray_Descr *dtype = NULL;
    if (ext_parse("fromiter", args, n, kwnames, "iter", NULL, &iter, "dtype",
                  &PyArray_DescrConverter, &dtype, "|count", NULL, &count_arg, "$like", NULL, &like,
                  NULL) < 0) {
        Py_XDECREF(dtype);
        return NULL;
    }
    LIKE("fromiter");
    npy_intp count = count_arg ? PyArray_PyIntAsIntp(count_arg) : -1;
    if (count == -1 && PyErr_Occurred()) {
        Py_DECREF(dtype);
        return NULL;
    }
    return PyArray_FromIter(iter, dtype, count);
}

PyObject *PyArray_FromBuffer(PyObject *buf, PyArray_Descr *type, npy_intp count, npy_intp offset)
{
    npy_intp itemsize = PyDataType_ELSIZE(type);
    if (PyDataType_REFCHK(type)) {
        PyErr_SetString(PyExc_ValueError, "cannot create an OBJECT array from memory buffer");
        goto fail;
    }
    if (itemsize == 0 && count < 0) {
        PyErr_SetString(PyExc_ValueError, "cannot determine count if itemsize is 0");
        goto fail;
    }
    /* Mutable exporters must not move the memory while the array lives: a view holds it. Arrays
     * export plain bytes even where no format describes their type. */
    PyObject *held = PyMemoryView_Check(buf) || PyBytes_CheckExact(buf) || PyArray_Check(buf)
                         ? Py_NewRef(buf)
                         : PyMemoryView_FromObject(buf);
    if (!held) {
        if (PyErr_ExceptionMatches(PyExc_TypeError)) {
            PyErr_Clear();
            PyErr_Format(PyExc_TypeError, "a bytes-like object is required, not '%.100s'",
                         Py_TYPE(buf)->tp_name);
        }
        goto fail;
    }
    Py_buffer view;
    int writeable = 1;
    if (PyObject_GetBuffer(buf, &view, PyBUF_WRITABLE | PyBUF_SIMPLE) < 0) {
        PyErr_Clear();
        writeable = 0;
        if (PyObject_GetBuffer(buf, &view, PyBUF_SIMPLE) < 0) {
            Py_DECREF(held);
            goto fail;
        }
    }
    char *data = view.buf;
    npy_intp size = view.len;
    PyBuffer_Release(&view);
    if (offset < 0 || offset > size) {
        PyErr_Format(PyExc_ValueError,
                     "offset must be non-negative and no greater than buffer length (%zd)", size);
        Py_DECREF(held);
        goto fail;
    }
    data += offset;
    size -= offset;
    npy_intp n = count, need;
    if (n < 0) {
        if (size % itemsize) {
            PyErr_SetString(PyExc_ValueError, "buffer size must be a multiple of element size");
            Py_DECREF(held);
            goto fail;
        }
        n = size / itemsize;
    } else if (__builtin_mul_overflow(n, itemsize, &need) || size < need) {
        PyErr_SetString(PyExc_ValueError, "buffer is smaller than requested size");
        Py_DECREF(held);
        goto fail;
    }
    PyObject *a = ext_array_new(&PyArray_Type, type, 1, &n, NULL, data,
                                writeable ? NPY_ARRAY_WRITEABLE : 0, NULL, held, 0);
    Py_DECREF(held);
    return a;
fail:
    Py_DECREF(type);
    return NULL;
}

static PyObject *array_frombuffer(PyObject *self, PyObject *const *args, Py_ssize_t n,
                                  PyObject *kwnames)
{
    PyObject *buf, *count_arg = NULL, *offset_arg = NULL, *like = Py_None;
    PyArray_Descr *dtype = NULL;
    if (ext_parse("frombuffer", args, n, kwnames, "buffer", NULL, &buf, "|dtype",
                  &PyArray_DescrConverter, &dtype, "|count", NULL, &count_arg, "|offset", NULL,
                  &offset_arg, "$like", NULL, &like, NULL) < 0) {
        Py_XDECREF(dtype);
        return NULL;
    }
    LIKE("frombuffer");
    npy_intp count = count_arg ? PyArray_PyIntAsIntp(count_arg) : -1,
             offset = offset_arg ? PyArray_PyIntAsIntp(offset_arg) : 0;
    if (PyErr_Occurred()) {
        Py_XDECREF(dtype);
        return NULL;
    }
    if (!dtype) dtype = PyArray_DescrFromType(NPY_DEFAULT_TYPE);
    return PyArray_FromBuffer(buf, dtype, count, offset);
}

/* ---- copyto
 * ----------------------------------------------------------------------------------------------------------------
 */

static PyObject *array_copyto(PyObject *self, PyObject *const *args, Py_ssize_t n,
                              PyObject *kwnames)
{
    PyObject *dst_obj, *src_obj, *where_obj = NULL;
    NPY_CASTING casting = NPY_SAME_KIND_CASTING;
    if (ext_parse("copyto", args, n, kwnames, "dst", NULL, &dst_obj, "src", NULL, &src_obj,
                  "|casting", &PyArray_CastingConverter, &casting, "|where", NULL, &where_obj,
                  NULL) < 0)
        return NULL;
    if (!PyArray_Check(dst_obj)) {
        PyErr_Format(PyExc_TypeError, "copyto() argument 1 must be a numpy.ndarray, not %s",
                     Py_TYPE(dst_obj)->tp_name);
        return NULL;
    }
    PyArrayObject *dst = (PyArrayObject *)dst_obj, *src = NULL, *where = NULL;
    PyObject *result = NULL;
    if (PyArray_FailUnlessWriteable(dst, "assignment destination") < 0) return NULL;
    /* A Python number is weak: it takes the destination's type if that holds it. */
    PyArray_Descr *d = PyArray_DESCR(dst);
    PyArray_DTypeMeta *weak = ext_weak_class(src_obj),
                      *common = weak ? ext_common_dtype(weak, NPY_DTYPE(d)) : NULL;
    bool fits = weak && common == NPY_DTYPE(d) &&
                (PyTypeNum_ISNUMBER(d->type_num) || d->type_num == NPY_OBJECT);
    if (weak && !common) PyErr_Clear();
    Py_XDECREF(common);
    src = (PyArrayObject *)PyArray_FromAny(src_obj, NULL, 0, 0, 0, NULL);
    if (!src) goto done;
    if (fits && casting < NPY_SAFE_CASTING && PyArray_TYPE(src) != d->type_num &&
        d->type_num != NPY_OBJECT) {
        PyErr_Format(PyExc_TypeError, "cannot cast Python %s to %S under the casting rule %s",
                     Py_TYPE(src_obj)->tp_name, d, ext_casting_name(casting));
        goto done;
    }
    if (fits)
        Py_XSETREF(src, (PyArrayObject *)PyArray_FromAny(src_obj, (PyArray_Descr *)Py_NewRef(d), 0,
                                                         0, 0, NULL));
    if (!src) goto done;
    if (where_obj) {
        PyArray_Descr *b = PyArray_DescrFromType(NPY_BOOL);
        where = b ? (PyArrayObject *)PyArray_FromAny(where_obj, b, 0, 0, 0, NULL) : NULL;
        if (!where) goto done;
    }
    if (!PyArray_CanCastArrayTo(src, PyArray_DESCR(dst), casting)) {
        static const char *const names[] = {"'no'", "'equiv'", "'safe'", "'same_kind'", "'unsafe'"};
        PyErr_Format(PyExc_TypeError, "Cannot cast %s from %R to %R according to the rule %s",
                     PyArray_NDIM(src) ? "array data" : "scalar", PyArray_DESCR(src),
                     PyArray_DESCR(dst),
                     casting & NPY_SAME_VALUE_CASTING_FLAG ? "'same_value'" : names[casting & 7]);
        goto done;
    }
    if (ext_assign_array(dst, src, where) == 0) result = Py_NewRef(Py_None);
done:
    Py_XDECREF(src);
    Py_XDECREF(where);
    return result;
}

/* ---- questions about arrays
 * -----------------------------------------------------------------------------------------------------
 */

static PyObject *normalize_axis_index(PyObject *self, PyObject *const *args, Py_ssize_t n,
                                      PyObject *kwnames)
{
    PyObject *axis_arg, *ndim_arg, *prefix = Py_None;
    if (ext_parse("normalize_axis_index", args, n, kwnames, "axis", NULL, &axis_arg, "ndim", NULL,
                  &ndim_arg, "|msg_prefix", NULL, &prefix, NULL) < 0)
        return NULL;
    int axis, ndim, out;
    if (!ext_int_argument(axis_arg, &axis) || !ext_int_argument(ndim_arg, &ndim)) return NULL;
    if (axis < -ndim || axis >= ndim) {
        PyObject *cls = ext_exception("AxisError"),
                 *e = cls ? PyObject_CallFunction(cls, "iiO", axis, ndim, prefix) : NULL;
        if (e) PyErr_SetObject(cls, e);
        Py_XDECREF(e);
        return NULL;
    }
    out = axis < 0 ? axis + ndim : axis;
    return PyLong_FromLong(out);
}

static PyArrayObject *memory_of(PyObject *o)
{
    if (PyArray_Check(o)) return (PyArrayObject *)Py_NewRef(o);
    return (PyArrayObject *)PyArray_FROM_O(o);
}

static fnp_layout layout_of(PyArrayObject *a)
{
    return (fnp_layout){(uintptr_t)PyArray_DATA(a), PyArray_NDIM(a), PyArray_DIMS(a),
                        PyArray_STRIDES(a), PyArray_ITEMSIZE(a)};
}

static PyObject *shares(const char *name, PyObject *const *args, Py_ssize_t n, PyObject *kwnames,
                        npy_intp work, int exact)
{
    PyObject *x, *y, *work_arg = Py_None;
    if (ext_parse(name, args, n, kwnames, "a", NULL, &x, "b", NULL, &y, "|max_work", NULL,
                  &work_arg, NULL) < 0)
        return NULL;
    PyArrayObject *a = memory_of(x), *b = a ? memory_of(y) : NULL;
    PyObject *r = NULL;
    if (!b) goto done;
    if (work_arg != Py_None) {
        work = PyArray_PyIntAsIntp(work_arg);
        if (work == -1 && PyErr_Occurred()) goto done;
    }
    fnp_layout la = layout_of(a), lb = layout_of(b);
    fnp_overlap o;
    Py_BEGIN_ALLOW_THREADS o = fnp_sce_shares_memory(&la, &lb, work);
    Py_END_ALLOW_THREADS if (o == FNP_OVERLAP_NO)
    {
        r = Py_NewRef(Py_False);
    }
    else if (o == FNP_OVERLAP_YES || !exact)
    {
        r = Py_NewRef(Py_True);
    }
    else if (o == FNP_OVERLAP_TOO_HARD)
    {
        PyObject *cls = ext_exception("TooHardError");
        if (cls) PyErr_SetString(cls, "Exceeded max_work");
    }
    else
    {
        PyErr_SetString(PyExc_OverflowError, "Integer overflow in computing overlap");
    }
done:
    Py_XDECREF(a);
    Py_XDECREF(b);
    return r;
}

static PyObject *shares_memory(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kw)
{
    return shares("shares_memory", args, n, kw, -1, 1);
}
static PyObject *may_share_memory(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kw)
{
    return shares("may_share_memory", args, n, kw, 0, 0);
}

static PyMethodDef functions[] = {
    {"empty", FN(array_empty), FAST,
     "empty(shape, dtype=None, order='C', *, device=None, like=None)\n--\n\nAn array whose "
     "elements are not set."},
    {"zeros", FN(array_zeros), FAST,
     "zeros(shape, dtype=None, order='C', *, device=None, like=None)\n--\n\nAn array of zeros."},
    {"empty_like", FN(array_empty_like), FAST,
     "empty_like(prototype, /, dtype=None, order='K', subok=True, shape=None, *, "
     "device=None)\n--\n\nAn array like another, elements not set."},
    {"arange", FN(array_arange), FAST,
     "arange(start_or_stop, /, stop=None, step=1, *, dtype=None, device=None, "
     "like=None)\n--\n\nEvenly spaced values in [start, stop)."},
    {"fromiter", FN(array_fromiter), FAST,
     "fromiter(iter, dtype, count=-1, *, like=None)\n--\n\nA one-dimensional array from an "
     "iterable."},
    {"frombuffer", FN(array_frombuffer), FAST,
     "frombuffer(buffer, dtype=None, count=-1, offset=0, *, like=None)\n--\n\nA one-dimensional "
     "array over a buffer."},
    {"copyto", FN(array_copyto), FAST,
     "copyto(dst, src, casting='same_kind', where=True)\n--\n\nCopy values into an array, "
     "broadcasting."},
    {"normalize_axis_index", FN(normalize_axis_index), FAST,
     "normalize_axis_index(axis, ndim, msg_prefix=None)\n--\n\nThe axis as a number from 0 to ndim "
     "- 1."},
    {"shares_memory", FN(shares_memory), FAST,
     "shares_memory(a, b, /, max_work=-1)\n--\n\nWhether two arrays have a byte in common."},
    {"may_share_memory", FN(may_share_memory), FAST,
     "may_share_memory(a, b, /, max_work=0)\n--\n\nWhether the bounds of two arrays overlap."},
    {NULL}};

int ext_init_creation(PyObject *m)
{
    return ext_add_functions(m, functions);
}
