/* Copies between arrays, casts of whole arrays, fields and bytes: the API's assignment functions
 * over the core's. */
#include "array.h"
#include "coerce.h"
#include "array_methods.h"
#include "convert.h"
#include "promotion.h"

#include "fnp/kernel.h"
#include "fnp/runtime.h"

#include "fnp/base.h"
#include "fnp/sce.h"

#include <string.h>

enum { GIL_ELEMENTS = 500 }; /* shorter copies are over before another thread could run */

int ext_assign_views(PyArrayObject *dst, PyArrayObject *src, PyArrayObject *where, uint32_t flags)
{
    fnp_view d, s, w;
    fnp_dtype ds, ss, ws;
    EXT_ERROR(err);
    if (ext_warn_if_complex_is_lost(PyArray_DESCR(src), PyArray_DESCR(dst)) < 0) return -1;
    if (ext_view(dst, &d, &ds) < 0 || ext_view(src, &s, &ss) < 0 ||
        (where && ext_view(where, &w, &ws) < 0))
        return -1;
    int needs_api =
        ((d.dtype->flags | s.dtype->flags) & FNP_DTYPE_NEEDS_API) || d.dtype->ops || s.dtype->ops;
    fnp_fp_clear();
    PyThreadState *ts = !needs_api && PyArray_SIZE(dst) > GIL_ELEMENTS ? PyEval_SaveThread() : NULL;
    fnp_status st = fnp_assign(&d, &s, where ? &w : NULL, flags, &err);
    int fpe = fnp_fp_get();
    if (ts) PyEval_RestoreThread(ts);
    if (st) {
        if (!(st == FNP_EPYTHON && PyErr_Occurred())) ext_raise(st, &err);
        ext_improve_cast_error(PyArray_DESCR(src), PyArray_DESCR(dst));
        return -1;
    }
    if (PyErr_Occurred()) return -1;
    if (fnp_typenum_is_time(d.dtype->type_num) && !PyTypeNum_ISNUMBER(PyArray_TYPE(src)))
        fpe = 0; /* text that is no time is NaT, silently */
    if (flags & FNP_CASTF_SAME_VALUE) return ext_check_same_values(src, dst);
    int same = PyArray_DESCR(dst) == PyArray_DESCR(src);
    return fpe && !same && ext_report_fp && ext_report_fp("cast", fpe) < 0 ? -1 : 0;
}

/* The cast alone: no warnings, no floating-point report. */
int ext_copy_quietly(PyArrayObject *dst, PyArrayObject *src)
{
    fnp_view d, s;
    fnp_dtype ds, ss;
    EXT_ERROR(err);
    if (ext_view(dst, &d, &ds) < 0 || ext_view(src, &s, &ss) < 0) return -1;
    fnp_status st = fnp_assign(&d, &s, NULL, 0, &err);
    fnp_fp_clear();
    if (st) ext_raise(st, &err);
    return st ? -1 : 0;
}

/* A few dense elements of one type without references, one by one or one for all: done here. */
static bool assign_few(PyArrayObject *dst, PyArrayObject *src)
{
    enum { FEW = 4096 };
    PyArray_Descr *d = PyArray_DESCR(dst);
    unsigned num = (unsigned)d->type_num;
    npy_intp n = PyArray_SIZE(dst), size = d->elsize;
    if (PyArray_DESCR(src) != d || num >= NPY_NTYPES_LEGACY || num == NPY_OBJECT ||
        num == NPY_VOID || size > 32 || n * size > FEW ||
        !(PyArray_IS_C_CONTIGUOUS(dst) || PyArray_IS_F_CONTIGUOUS(dst)) || fnp_ledger_on())
        return false;
    char *to = PyArray_DATA(dst);
    const char *from = PyArray_DATA(src);
    if (PyArray_NDIM(src) == 0) {
        const npy_intp all = n * size;
        if (all) memmove(to, from, (size_t)size);
        for (npy_intp done = size; done < all; done *= 2) /* what is there doubles */
            memcpy(to + done, to, (size_t)(done < all - done ? done : all - done));
        return true;
    }
    if (PyArray_NDIM(src) != PyArray_NDIM(dst) ||
        !PyArray_CompareLists(PyArray_DIMS(src), PyArray_DIMS(dst), PyArray_NDIM(dst)) ||
        !((PyArray_IS_C_CONTIGUOUS(dst) && PyArray_IS_C_CONTIGUOUS(src)) ||
          (PyArray_IS_F_CONTIGUOUS(dst) && PyArray_IS_F_CONTIGUOUS(src))))
        return false;
    memmove(to, from, (size_t)(n * size));
    return true;
}

int ext_assign_array(PyArrayObject *dst, PyArrayObject *src, PyArrayObject *where)
{
    if (!where && assign_few(dst, src)) return 0;
    return ext_assign_views(dst, src, where, 0);
}

int PyArray_CopyInto(PyArrayObject *dst, PyArrayObject *src)
{
    if (PyArray_FailUnlessWriteable(dst, "assignment destination") < 0) return -1;
    return ext_assign_array(dst, src, NULL);
}

int PyArray_CopyAnyInto(PyArrayObject *dst, PyArrayObject *src)
{
    if (PyArray_NDIM(dst) == PyArray_NDIM(src) &&
        PyArray_CompareLists(PyArray_DIMS(dst), PyArray_DIMS(src), PyArray_NDIM(dst)))
        return PyArray_CopyInto(dst, src);
    if (PyArray_FailUnlessWriteable(dst, "destination array") < 0) return -1;
    if (PyArray_SIZE(dst) != PyArray_SIZE(src)) {
        PyErr_Format(PyExc_ValueError,
                     "cannot copy from array of size %zd into an array of size %zd",
                     PyArray_SIZE(src), PyArray_SIZE(dst));
        return -1;
    }
    /* The source's elements in C order, in the destination's shape. */
    PyObject *flat = PyArray_Ravel(src, NPY_CORDER);
    PyObject *shaped = flat ? ext_reshape((PyArrayObject *)flat, PyArray_NDIM(dst),
                                          PyArray_DIMS(dst), NPY_CORDER, EXT_COPY_IF_NEEDED)
                            : NULL;
    int r = shaped ? ext_assign_array(dst, (PyArrayObject *)shaped, NULL) : -1;
    Py_XDECREF(flat);
    Py_XDECREF(shaped);
    return r;
}

/* dest[...] = any object. */
int PyArray_CopyObject(PyArrayObject *dest, PyObject *src)
{
    if (PyArray_FailUnlessWriteable(dest, "assignment destination") < 0) return -1;
    if (PyArray_Check(src) && PyArray_TYPE(dest) != NPY_OBJECT)
        return ext_assign_array(dest, (PyArrayObject *)src, NULL);
    bool letters = PyArray_DESCR(dest)->type == NPY_CHARLTR && PyUnicode_Check(src);
    if (PyObject_TypeCheck(src, &PyGenericArrType_Type) && !letters)
        return PyArray_FillWithScalar(dest, src);
    PyArray_Descr *d = (PyArray_Descr *)Py_NewRef(PyArray_DESCR(dest));
    PyArrayObject *a;
    if (PyArray_Check(src)) {
        a = (PyArrayObject *)Py_NewRef(src);
    } else {
        /* at most dest's dimensions deep: an object array may hold sequences */
        a = (PyArrayObject *)ext_array_from_any_limited(src, d, NULL, NPY_ARRAY_FORCECAST,
                                                        PyArray_NDIM(dest));
    }
    Py_DECREF(d);
    if (!a) return -1;
    int r = ext_assign_array(dest, a, NULL);
    Py_DECREF(a);
    return r;
}

int PyArray_FillWithScalar(PyArrayObject *arr, PyObject *obj)
{
    if (PyArray_FailUnlessWriteable(arr, "assignment destination") < 0) return -1;
    PyArray_Descr *d = PyArray_DESCR(arr);
    npy_intp zero = 0;
    (void)zero;
    PyArrayObject *value = (PyArrayObject *)ext_array_new(
        &PyArray_Type, (PyArray_Descr *)Py_NewRef(d), 0, NULL, NULL, NULL, 0, NULL, NULL,
        EXT_NEW_ZEROED | EXT_NEW_KEEP_EMPTY | EXT_NEW_KEEP_SUBARRAY);
    if (!value) return -1;
    int r = -1;
    if (PyArray_Pack(PyArray_DESCR(value), PyArray_DATA(value), obj) >= 0)
        r = ext_assign_array(arr, value, NULL);
    Py_DECREF(value);
    return r;
}

/* ---- astype
 * ------------------------------------------------------------------------------------------------------
 */

/* A parametric dtype named without its parameters takes them from the array ('S' of int64 is S21).
 */
static PyArray_Descr *adapt_to(PyArrayObject *self, PyArray_Descr *dtype)
{
    PyArray_Descr *d = ext_adapt_descr(self, NULL, dtype);
    Py_DECREF(dtype);
    return d;
}

static PyObject *refuse_cast(PyArrayObject *self, PyArray_Descr *dtype, NPY_CASTING casting)
{
    static const char *const names[] = {"'no'", "'equiv'", "'safe'", "'same_kind'", "'unsafe'"};
    int level = casting & ~NPY_SAME_VALUE_CASTING_FLAG;
    const char *rule = casting & NPY_SAME_VALUE_CASTING_FLAG ? "'same_value'" : names[level];
    PyErr_Format(PyExc_TypeError, "Cannot cast %s data from %R to %R according to the rule %s",
                 PyArray_NDIM(self) == 0 && !PyArray_BASE(self) ? "array" : "array",
                 PyArray_DESCR(self), dtype, rule);
    return NULL;
}

/* Numbers, texts and times as objects; NULL without an exception: another case. */
static PyObject *boxed_plain(PyArrayObject *self, PyArray_Descr *d)
{
    PyArray_Descr *from = PyArray_DESCR(self);
    if (!PyArray_CheckExact(self) || !PyArray_IS_C_CONTIGUOUS(self) || PyArray_SIZE(self) == 0 ||
        (unsigned)from->type_num >= NPY_NTYPES_LEGACY || from->type_num == NPY_OBJECT ||
        from->type_num == NPY_VOID)
        return NULL;
    PyArrayObject *out = (PyArrayObject *)ext_array_new(
        &PyArray_Type, (PyArray_Descr *)Py_NewRef(d), PyArray_NDIM(self), PyArray_DIMS(self), NULL,
        NULL, 0, NULL, NULL, 0);
    if (!out) return NULL;
    const char *p = PyArray_BYTES(self);
    PyObject **o = PyArray_DATA(out);
    npy_intp n = PyArray_SIZE(self), step = from->elsize;
    for (npy_intp i = 0; i < n; i++, p += step)
        if (!(o[i] = ext_getitem(from, p, NULL))) {
            Py_DECREF(out);
            return NULL;
        }
    return (PyObject *)out;
}

PyObject *ext_astype_plain(PyArrayObject *self, PyArray_Descr *d)
{
    if (d->type_num == NPY_OBJECT && d == ext_builtin_descrs[NPY_OBJECT])
        return boxed_plain(self, d);
    const int dense = NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_ALIGNED;
    const int from = PyArray_TYPE(self), to = d->type_num;
    if (!PyArray_CheckExact(self) || (PyArray_FLAGS(self) & dense) != dense ||
        !(PyTypeNum_ISNUMBER(from) || PyTypeNum_ISBOOL(from)) ||
        !(PyTypeNum_ISNUMBER(to) || PyTypeNum_ISBOOL(to)) ||
        (PyTypeNum_ISCOMPLEX(from) && !PyTypeNum_ISCOMPLEX(to)) || d != ext_builtin_descrs[to] ||
        PyArray_DESCR(self) != ext_builtin_descrs[from] || PyArray_SIZE(self) == 0)
        return NULL;
    PyArrayObject *out = ext_array_like(self, d);
    if (!out) return NULL;
    const npy_intp n = PyArray_SIZE(self);
    if (from == to && n < FNP_SHARE_FROM) {
        memcpy(PyArray_DATA(out), PyArray_DATA(self), (size_t)PyArray_NBYTES(self));
        return (PyObject *)out;
    }
    fnp_cast c;
    EXT_ERROR(e);
    npy_intp step = PyArray_ITEMSIZE(self);
    fnp_status st =
        fnp_cast_init(&c, fnp_dtype_builtin(from), fnp_dtype_builtin(to), step, d->elsize, 0, &e);
    if (st == FNP_OK) {
        fnp_fp_clear();
        PyThreadState *ts = n > GIL_ELEMENTS ? PyEval_SaveThread() : NULL;
        if (n >= FNP_SHARE_FROM && c.loop.flags & FNP_LOOP_SHARES) {
            fnp_loop_share(&c.loop, 2, (char *[2]){PyArray_BYTES(self), PyArray_BYTES(out)}, n,
                           (npy_intp[2]){step, d->elsize});
        } else {
            st = fnp_cast_run(&c, PyArray_BYTES(self), step, PyArray_BYTES(out), d->elsize, n, &e);
        }
        int fpe = fnp_fp_get();
        if (ts) PyEval_RestoreThread(ts);
        fnp_cast_clear(&c);
        if (st == FNP_OK && (!fpe || !ext_report_fp || ext_report_fp("cast", fpe) >= 0))
            return (PyObject *)out;
    }
    Py_DECREF(out);
    if (st) ext_raise(st, &e);
    return NULL;
}

PyObject *ext_astype(PyArrayObject *self, PyArray_Descr *dtype, PyObject *dtype_arg,
                     NPY_ORDER order, NPY_CASTING casting, int subok, int copy)
{
    dtype = adapt_to(self, dtype);
    if (!dtype) return NULL;
    int strict = casting & NPY_SAME_VALUE_CASTING_FLAG;
    int right_order = order == NPY_KEEPORDER ||
                      (order == NPY_ANYORDER &&
                       (PyArray_IS_C_CONTIGUOUS(self) || PyArray_IS_F_CONTIGUOUS(self))) ||
                      (order == NPY_CORDER && PyArray_IS_C_CONTIGUOUS(self)) ||
                      (order == NPY_FORTRANORDER && PyArray_IS_F_CONTIGUOUS(self));
    int right_type =
        dtype == PyArray_DESCR(self) ||
        (dtype->type_num != NPY_VSTRING && PyArray_EquivTypes(dtype, PyArray_DESCR(self)) &&
         PyArray_CanCastTypeTo(PyArray_DESCR(self), dtype, NPY_NO_CASTING));
    if (copy != EXT_COPY_ALWAYS && right_order && right_type &&
        (subok || PyArray_CheckExact(self))) {
        Py_DECREF(dtype);
        return Py_NewRef(self);
    }
    if (copy == EXT_COPY_ALWAYS && dtype == PyArray_DESCR(self) && PyArray_CheckExact(self) &&
        right_order) {
        Py_DECREF(dtype);
        return PyArray_NewCopy(self, order);
    }
    int can = ext_can_cast(PyArray_DESCR(self), dtype, casting);
    if (can < 0 && PyErr_ExceptionMatches(PyExc_MemoryError)) {
        Py_DECREF(dtype);
        return NULL;
    }
    if (can != 1 || (strict && !ext_can_keep_values(PyArray_DESCR(self), dtype))) {
        PyErr_Clear();
        refuse_cast(self, dtype, casting);
        Py_DECREF(dtype);
        return NULL;
    }
    if (copy == EXT_COPY_NEVER) {
        PyErr_SetString(PyExc_ValueError, "Unable to avoid copy while casting in never copy mode.");
        Py_DECREF(dtype);
        return NULL;
    }
    PyArrayObject *out = (PyArrayObject *)ext_array_new_like(
        self, order, (PyArray_Descr *)Py_NewRef(dtype), -1, NULL, subok, EXT_NEW_KEEP_EMPTY);
    if (!out) {
        Py_DECREF(dtype);
        return NULL;
    }
    /* A subarray dtype adds dimensions: seen without them, the result takes the cast element by
     * element. */
    PyArrayObject *target = out;
    if (PyArray_NDIM(out) != PyArray_NDIM(self)) {
        target = (PyArrayObject *)ext_array_new(
            &PyArray_Type, (PyArray_Descr *)Py_NewRef(dtype), PyArray_NDIM(self),
            PyArray_DIMS(self), PyArray_STRIDES(out), PyArray_DATA(out), NPY_ARRAY_WRITEABLE, NULL,
            (PyObject *)out, EXT_NEW_KEEP_SUBARRAY);
    } else {
        Py_INCREF(target);
    }
    Py_DECREF(dtype);
    int r = target ? ext_assign_views(target, self, NULL, strict ? FNP_CASTF_SAME_VALUE : 0) : -1;
    Py_XDECREF(target);
    if (r < 0) Py_CLEAR(out);
    return (PyObject *)out;
}

PyObject *PyArray_CastToType(PyArrayObject *arr, PyArray_Descr *dtype, int fortran)
{
    dtype = adapt_to(arr, dtype);
    if (!dtype) return NULL;
    PyObject *out =
        ext_array_new_like(arr, fortran ? NPY_FORTRANORDER : NPY_CORDER, dtype, -1, NULL, 1, 0);
    if (out && ext_assign_array((PyArrayObject *)out, arr, NULL) < 0) Py_CLEAR(out);
    return out;
}

int PyArray_CastTo_(PyArrayObject *out, PyArrayObject *mp)
{
    return PyArray_CopyInto(out, mp);
}

/* ---- bytes and fields
 * ------------------------------------------------------------------------------------------------
 */

/* Every unit of 2, 4 or 8 bytes, n of them side by side and aligned, the other way round. */
static void swap_units(char *p, npy_intp n, npy_intp unit)
{
    if (unit == 2)
        for (npy_intp i = 0; i < n; i++) ((uint16_t *)p)[i] = __builtin_bswap16(((uint16_t *)p)[i]);
    else if (unit == 4)
        for (npy_intp i = 0; i < n; i++) ((uint32_t *)p)[i] = __builtin_bswap32(((uint32_t *)p)[i]);
    else
        for (npy_intp i = 0; i < n; i++) ((uint64_t *)p)[i] = __builtin_bswap64(((uint64_t *)p)[i]);
}

PyObject *PyArray_Byteswap(PyArrayObject *self, npy_bool inplace)
{
    if (!inplace && PyArray_ITEMSIZE(self) == 1 && PyArray_CheckExact(self) &&
        PyTypeNum_ISNUMBER(PyArray_TYPE(self)))
        return PyArray_NewCopy(self, NPY_KEEPORDER); /* one byte is its own reverse */
    if (!inplace) {
        PyObject *copy = PyArray_NewCopy(self, NPY_ANYORDER);
        PyObject *r = copy ? PyArray_Byteswap((PyArrayObject *)copy, 1) : NULL;
        Py_XDECREF(copy);
        return r;
    }
    if (PyArray_FailUnlessWriteable(self, "array to be byte-swapped") < 0) return NULL;
    PyArray_CopySwapNFunc *copyswapn = PyDataType_GetArrFuncs(PyArray_DESCR(self))->copyswapn;
    npy_intp size = PyArray_SIZE(self), step = PyArray_ITEMSIZE(self);
    if (!copyswapn) {
        PyErr_SetString(PyExc_TypeError, "cannot swap the bytes of this dtype");
        return NULL;
    }
    int num = PyArray_TYPE(self), parts = PyTypeNum_ISCOMPLEX(num) ? 2 : 1;
    npy_intp unit = step / parts;
    bool number = PyTypeNum_ISNUMBER(num) || PyTypeNum_ISDATETIME(num);
    if (PyArray_ISONESEGMENT(self) && PyArray_ISALIGNED(self) && number &&
        (unit == 2 || unit == 4 || unit == 8)) {
        swap_units(PyArray_DATA(self), size * parts, unit);
    } else if (PyArray_ISONESEGMENT(self)) {
        copyswapn(PyArray_DATA(self), step, NULL, -1, size, 1, self);
    } else {
        int axis = -1;
        PyArrayIterObject *it =
            (PyArrayIterObject *)PyArray_IterAllButAxis((PyObject *)self, &axis);
        if (!it) return NULL;
        while (it->index < it->size) {
            copyswapn(it->dataptr, PyArray_STRIDE(self, axis), NULL, -1, PyArray_DIM(self, axis), 1,
                      self);
            PyArray_ITER_NEXT(it);
        }
        Py_DECREF(it);
    }
    return PyErr_Occurred() ? NULL : Py_NewRef(self);
}

PyObject *PyArray_GetField(PyArrayObject *self, PyArray_Descr *typed, int offset)
{
    static PyObject *check;
    PyArray_Descr *own = PyArray_DESCR(self);
    if ((PyDataType_FLAGS(own) | PyDataType_FLAGS(typed)) & NPY_ITEM_HASOBJECT) {
        PyObject *safe = ext_import(&check, "_core._internal", "_getfield_is_safe");
        PyObject *r = safe ? PyObject_CallFunction(safe, "OOi", own, typed, offset) : NULL;
        if (!r) {
            Py_DECREF(typed);
            return NULL;
        }
        Py_DECREF(r);
    }
    npy_intp elsize = PyDataType_ELSIZE(own), want = PyDataType_ELSIZE(typed);
    if (offset < 0) {
        PyErr_Format(PyExc_ValueError, "offset is negative");
    } else if (want > elsize) {
        PyErr_Format(PyExc_ValueError, "new type is larger than original type");
    } else if (offset > elsize - want) {
        PyErr_Format(PyExc_ValueError, "new type plus offset is larger than original type");
    }
    if (PyErr_Occurred()) {
        Py_DECREF(typed);
        return NULL;
    }
    return ext_array_new(Py_TYPE(self), typed, PyArray_NDIM(self), PyArray_DIMS(self),
                         PyArray_STRIDES(self), PyArray_BYTES(self) + offset,
                         PyArray_FLAGS(self) & ~(NPY_ARRAY_F_CONTIGUOUS | NPY_ARRAY_OWNDATA),
                         (PyObject *)self, (PyObject *)self, EXT_NEW_KEEP_EMPTY);
}

int PyArray_SetField(PyArrayObject *self, PyArray_Descr *dtype, int offset, PyObject *val)
{
    if (PyArray_FailUnlessWriteable(self, "assignment destination") < 0) {
        Py_DECREF(dtype);
        return -1;
    }
    PyObject *field = PyArray_GetField(self, dtype, offset);
    if (!field) return -1;
    int r = PyArray_CopyObject((PyArrayObject *)field, val);
    Py_DECREF(field);
    return r;
}

/* ---- small things around scalars
 * -------------------------------------------------------------------------------------- */

PyObject *ext_return(PyArrayObject *a)
{
    if (!a) return NULL;
    if (!PyArray_Check(a) || PyArray_NDIM(a) > 0) return (PyObject *)a;
    PyObject *s = PyArray_Scalar(PyArray_DATA(a), PyArray_DESCR(a), (PyObject *)a);
    Py_DECREF(a);
    return s;
}

PyObject *ext_return_or_out(PyObject *result, PyArrayObject *out)
{
    return out ? result : ext_return((PyArrayObject *)result);
}

PyObject *PyArray_Return(PyArrayObject *mp)
{
    return ext_return(mp);
}

int PyArray_INCREF(PyArrayObject *mp)
{
    if (!PyDataType_REFCHK(PyArray_DESCR(mp))) return 0;
    PyArrayIterObject *it = (PyArrayIterObject *)PyArray_IterNew((PyObject *)mp);
    if (!it) return -1;
    while (it->index < it->size) {
        PyArray_Item_INCREF(it->dataptr, PyArray_DESCR(mp));
        PyArray_ITER_NEXT(it);
    }
    Py_DECREF(it);
    return 0;
}

int PyArray_XDECREF(PyArrayObject *mp)
{
    if (!PyDataType_REFCHK(PyArray_DESCR(mp))) return 0;
    PyArrayIterObject *it = (PyArrayIterObject *)PyArray_IterNew((PyObject *)mp);
    if (!it) return -1;
    while (it->index < it->size) {
        PyArray_Item_XDECREF(it->dataptr, PyArray_DESCR(mp));
        PyArray_ITER_NEXT(it);
    }
    Py_DECREF(it);
    return 0;
}

enum { OBJECT_UP, OBJECT_DOWN, OBJECT_NONE };

/* Do this to each object pointer of one element. */
static void each_object(char *data, PyArray_Descr *d, int what)
{
    if (d->type_num == NPY_OBJECT) {
        PyObject *o;
        memcpy(&o, data, sizeof o);
        switch (what) {
        case OBJECT_UP: Py_XINCREF(o); break;
        case OBJECT_DOWN: Py_XDECREF(o); break;
        default:
            if (o) return;
            o = Py_NewRef(Py_None);
            memcpy(data, &o, sizeof o);
        }
        return;
    }
    if (!PyDataType_REFCHK(d) || !PyDataType_ISLEGACY(d)) return;
    if (PyDataType_NAMES(d)) {
        PyObject *names = PyDataType_NAMES(d), *fields = PyDataType_FIELDS(d);
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(names); i++) {
            PyObject *f = PyDict_GetItem(fields, PyTuple_GET_ITEM(names, i));
            if (f)
                each_object(data + PyLong_AsSsize_t(PyTuple_GET_ITEM(f, 1)),
                            (PyArray_Descr *)PyTuple_GET_ITEM(f, 0), what);
        }
    } else if (PyDataType_SUBARRAY(d)) {
        PyArray_Descr *base = PyDataType_SUBARRAY(d)->base;
        npy_intp step = PyDataType_ELSIZE(base), n = step ? PyDataType_ELSIZE(d) / step : 0;
        for (npy_intp i = 0; i < n; i++) each_object(data + i * step, base, what);
    }
}

PyObject *ext_array_fill_none(PyObject *fresh)
{
    if (!fresh) return NULL;
    PyArrayObject *a = (PyArrayObject *)fresh;
    PyArray_Descr *d = PyArray_DESCR(a);
    npy_intp n = PyDataType_REFCHK(d) ? PyArray_SIZE(a) : 0;
    for (npy_intp i = 0; i < n; i++)
        each_object(PyArray_BYTES(a) + i * PyDataType_ELSIZE(d), d, OBJECT_NONE);
    return fresh;
}

void PyArray_Item_INCREF(char *data, PyArray_Descr *descr)
{
    each_object(data, descr, OBJECT_UP);
}
void PyArray_Item_XDECREF(char *data, PyArray_Descr *descr)
{
    each_object(data, descr, OBJECT_DOWN);
}
