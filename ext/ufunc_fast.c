/* The monomorphic paths: exact, well-behaved arrays of one built-in type and one shape, and Python
 * numbers beside them, go straight to the kernel; so do calls on numbers alone and reductions of a
 * whole array. Whatever is unusual answers NULL and takes the long way. */
#include "array.h"
#include "scalarmath.h"
#include "scalars.h"
#include "ufunc_call.h"

#include "fnp/runtime.h"

#include <string.h>

static inline bool behaved(PyArrayObject *a)
{
    int want = NPY_ARRAY_ALIGNED | NPY_ARRAY_C_CONTIGUOUS;
    return (PyArray_FLAGS(a) & want) == want;
}

static inline bool simple_type(int num)
{
    return (unsigned)num <= NPY_CLONGDOUBLE || num == NPY_HALF;
}

/* A scalar of ours as one element of type `num`, where that is the type of the result; else false.
 */
static bool scalar_as(PyObject *o, int num, char *buf)
{
    if (PyArray_CheckExact(o)) {
        PyArrayObject *a = (PyArrayObject *)o;
        if (PyArray_NDIM(a) || PyArray_DESCR(a) != ext_builtin_descrs[num]) return false;
        memcpy(buf, PyArray_DATA(a), (size_t)PyArray_ITEMSIZE(a));
        return true;
    }
    int own = ext_scalar_exact_num(o);
    if (own < 0 || !simple_type(own)) return false;
    if (own == num) {
        memcpy(buf, (char *)ext_scalar_value(o, ext_builtin_descrs[num]),
               (size_t)PyDataType_ELSIZE(ext_builtin_descrs[num]));
        return true;
    }
    if (num == NPY_DOUBLE && own == NPY_FLOAT)
        return *(double *)buf = PyArrayScalar_VAL(o, Float), true;
    if (num != NPY_DOUBLE && num != NPY_LONG) return false;
    npy_long v;
    switch (own) {
    case NPY_BYTE: v = PyArrayScalar_VAL(o, Byte); break;
    case NPY_UBYTE: v = PyArrayScalar_VAL(o, UByte); break;
    case NPY_SHORT: v = PyArrayScalar_VAL(o, Short); break;
    case NPY_USHORT: v = PyArrayScalar_VAL(o, UShort); break;
    case NPY_INT: v = PyArrayScalar_VAL(o, Int); break;
    case NPY_UINT: v = PyArrayScalar_VAL(o, UInt); break;
    case NPY_LONG: v = PyArrayScalar_VAL(o, Long); break;
    default: return false;
    }
    if (num == NPY_DOUBLE)
        *(double *)buf = (double)v;
    else
        *(npy_long *)buf = v;
    return true;
}

/* A Python number as one element of type `num`; false if it does not fit or is of a higher kind. */
static bool number_as(PyObject *o, int num, char *buf)
{
    if (PyFloat_CheckExact(o)) {
        double v = PyFloat_AS_DOUBLE(o);
        if (num == NPY_DOUBLE) return *(double *)buf = v, true;
        if (num == NPY_FLOAT) {
            if (v > 3e38 || v < -3e38) return false;
            return *(float *)buf = (float)v, true;
        }
        return false;
    }
    if (!PyLong_CheckExact(o)) return scalar_as(o, num, buf);
    int overflow;
    long v = PyLong_AsLongAndOverflow(o, &overflow);
    if (overflow) return false;
    switch (num) {
    case NPY_DOUBLE: return *(double *)buf = (double)v, true;
    case NPY_FLOAT:
        if (v > 1 << 24 || v < -(1 << 24)) return false;
        return *(float *)buf = (float)v, true;
    case NPY_LONG:
    case NPY_LONGLONG: return *(npy_int64 *)buf = v, true;
    case NPY_ULONG:
    case NPY_ULONGLONG: return v < 0 ? false : (*(npy_int64 *)buf = v, true);
    case NPY_INT: return v != (int)v ? false : (*(int *)buf = (int)v, true);
    case NPY_UINT: return v != (long)(unsigned)v ? false : (*(unsigned *)buf = (unsigned)v, true);
    case NPY_SHORT: return v != (short)v ? false : (*(short *)buf = (short)v, true);
    case NPY_USHORT:
        return v != (unsigned short)v ? false : (*(unsigned short *)buf = (unsigned short)v, true);
    case NPY_BYTE:
        return v != (signed char)v ? false : (*(signed char *)buf = (signed char)v, true);
    case NPY_UBYTE:
        return v != (unsigned char)v ? false : (*(unsigned char *)buf = (unsigned char)v, true);
    default: return false;
    }
}

static inline bool same_shape(PyArrayObject *a, PyArrayObject *b)
{
    if (PyArray_NDIM(a) != PyArray_NDIM(b)) return false;
    for (int k = 0; k < PyArray_NDIM(a); k++)
        if (PyArray_DIM(a, k) != PyArray_DIM(b, k)) return false;
    return true;
}

/* Run loop `index` and report. */
static int run(PyUFuncObject *u, int index, char **data, npy_intp n, const npy_intp *steps)
{
    UfuncSection s;
    ufunc_enter(&s, n > 5000);
    if (n >= FNP_SHARE_FROM && ufunc_is_built_in(u, index)) {
        fnp_loop loop = {.kernel = (fnp_kernel_fn *)u->functions[index]};
        fnp_loop_share(&loop, u->nargs, data, n, steps);
    } else {
        u->functions[index](data, &n, steps, u->data ? (void *)u->data[index] : NULL);
    }
    int flags = ufunc_leave(&s);
    if (FNP_LIKELY(!flags) || ufunc_extra(u)->flags & FNP_UF_QUIET) return 0;
    return ext_report_fp(ufunc_name(u), flags);
}

/* The type of a number, a scalar or an array of no dimensions, with its value; -1: not for this
 * path.
 */
static int scalar_value(PyObject *o, char *buf, bool *weak)
{
    *weak = true;
    if (PyFloat_CheckExact(o)) return *(double *)buf = PyFloat_AS_DOUBLE(o), NPY_DOUBLE;
    if (PyLong_CheckExact(o)) {
        int overflow;
        *(long *)buf = PyLong_AsLongAndOverflow(o, &overflow);
        return overflow ? -1 : NPY_LONG;
    }
    *weak = false;
    if (Py_IS_TYPE(o, &PyDoubleArrType_Type))
        return *(double *)buf = PyArrayScalar_VAL(o, Double), NPY_DOUBLE;
    if (PyArray_CheckExact(o)) {
        PyArrayObject *a = (PyArrayObject *)o;
        int num = PyArray_DESCR(a)->type_num;
        if (PyArray_NDIM(a) || !simple_type(num) || PyArray_DESCR(a) != ext_builtin_descrs[num])
            return -1;
        memcpy(buf, PyArray_DATA(a), (size_t)PyArray_DESCR(a)->elsize);
        return num;
    }
    int num = ext_scalar_exact_num(o);
    if (num < 0 || !simple_type(num)) return -1;
    memcpy(buf, ext_scalar_value(o, ext_builtin_descrs[num]),
           (size_t)PyDataType_ELSIZE(ext_builtin_descrs[num]));
    return num;
}

static inline void to_double(char *value)
{
    *(double *)value = (double)*(long *)value;
}

/* All inputs are single numbers. */
static PyObject *on_scalars(PyUFuncObject *u, PyObject *const *args, bool signed_power)
{
    _Alignas(16) char values[3][32];
    char *data[3];
    npy_intp steps[3] = {32, 32, 32};
    int nin = u->nin;
    bool weak[2];
    int num = scalar_value(args[0], values[0], &weak[0]);
    if (num < 0) return NULL;
    data[0] = values[0];
    if (nin == 2) {
        data[1] = values[1];
        int other = scalar_value(args[1], values[1], &weak[1]);
        if (other < 0) return NULL;
        if (num == NPY_LONG && other == NPY_DOUBLE) {
            to_double(values[0]);
            num = NPY_DOUBLE;
        } else if (num == NPY_DOUBLE && other == NPY_LONG) {
            to_double(values[1]);
            other = NPY_DOUBLE;
        } else if (other != num && weak[0] != weak[1]) { /* the number takes the other's type */
            int w = weak[0] ? 0 : 1;
            if (!number_as(args[w], w ? num : other, values[w])) return NULL;
            num = other = w ? num : other;
        }
        if (other != num) return NULL;
        if (signed_power && !PyTypeNum_ISFLOAT(num)) return NULL;
    }
    int index = ufunc_same_loop(u, num);
    if (index < 0 && num == NPY_LONG && nin == 1 && u->ntypes > 0 &&
        ufunc_types(u, 0)[0] == NPY_HALF) {
        to_double(values[0]);
        index = ufunc_same_loop(u, num = NPY_DOUBLE);
    }
    if (index < 0) return NULL;
    int out = ufunc_types(u, index)[nin];
    if (!simple_type(out)) return NULL;
    data[nin] = values[2];
    if (run(u, index, data, 1, steps) < 0) return NULL;
    return PyArray_Scalar(values[2], ext_builtin_descrs[out], NULL);
}

/* The loop for exactly these two arrays' types, which differ; -1: none. */
static int pair_loop(PyUFuncObject *u, PyObject *const *args)
{
    int num[2];
    for (int i = 0; i < 2; i++) {
        PyArray_Descr *d = PyArray_DESCR((PyArrayObject *)args[i]);
        num[i] = d->type_num;
        if (!simple_type(num[i]) || d != ext_builtin_descrs[num[i]]) return -1;
    }
    for (int k = 0; k < u->ntypes; k++)
        if (ufunc_types(u, k)[0] == num[0] && ufunc_types(u, k)[1] == num[1]) return k;
    return -1;
}

/* ---- dates and durations of one unit
 * --------------------------------------------------------------------------------------------- */

typedef struct {
    int num;
    PyArray_Descr *descr; /* of arrays; borrowed */
    char *data;
    npy_intp step;
    char own[8];
} time_operand;

/* Whether `o` can be an operand; a time's unit becomes *unit, or is the one that stands there. */
static bool time_operand_of(PyObject *o, time_operand *t, PyArrayObject **shape_of,
                            PyArray_DatetimeMetaData *unit, bool *known)
{
    const PyArray_DatetimeMetaData *meta = NULL;
    t->descr = NULL;
    t->step = 0;
    t->data = t->own;
    if (PyArray_CheckExact(o)) {
        PyArrayObject *a = (PyArrayObject *)o;
        PyArray_Descr *d = PyArray_DESCR(a);
        t->num = d->type_num;
        if (PyTypeNum_ISDATETIME(t->num)) {
            if (!PyArray_ISNBO(d->byteorder) || d->metadata) return false;
            meta = ext_descr_meta(d);
            t->descr = d;
        } else if ((t->num != NPY_LONG && t->num != NPY_DOUBLE) || d != ext_builtin_descrs[t->num])
            return false;
        if (PyArray_NDIM(a) == 0) {
            memcpy(t->own, PyArray_DATA(a), 8);
        } else {
            if (!behaved(a) || (*shape_of && !same_shape(a, *shape_of))) return false;
            *shape_of = a;
            t->data = PyArray_BYTES(a);
            t->step = 8;
        }
    } else if (Py_IS_TYPE(o, &PyDatetimeArrType_Type) || Py_IS_TYPE(o, &PyTimedeltaArrType_Type)) {
        t->num = Py_IS_TYPE(o, &PyDatetimeArrType_Type) ? NPY_DATETIME : NPY_TIMEDELTA;
        meta = &((PyDatetimeScalarObject *)o)->obmeta;
        memcpy(t->own, &((PyDatetimeScalarObject *)o)->obval, 8);
    } else if (PyLong_CheckExact(o)) {
        int overflow;
        long v = PyLong_AsLongAndOverflow(o, &overflow);
        if (overflow) return false;
        memcpy(t->own, &v, 8);
        t->num = NPY_LONG;
    } else if (PyFloat_CheckExact(o)) {
        double v = PyFloat_AS_DOUBLE(o);
        memcpy(t->own, &v, 8);
        t->num = NPY_DOUBLE;
    } else {
        return false;
    }
    if (!meta) return true;
    if (*known && (meta->base != unit->base || meta->num != unit->num)) return false;
    *unit = *meta;
    *known = true;
    return true;
}

/* Times of one unit, and numbers beside them where a loop has these very types: what results has
 * the unit, too. */
static PyObject *on_times(PyUFuncObject *u, PyObject *const *args)
{
    time_operand t[2];
    PyArrayObject *shape_of = NULL;
    PyArray_DatetimeMetaData unit = {NPY_FR_GENERIC, 1};
    bool known = false;
    int nin = u->nin, index = -1;
    for (int i = 0; i < nin; i++)
        if (!time_operand_of(args[i], &t[i], &shape_of, &unit, &known)) return NULL;
    if (!known) return NULL;
    for (int k = 0; k < u->ntypes && index < 0; k++) {
        const char *types = ufunc_types(u, k);
        bool same = true;
        for (int i = 0; i < nin; i++)
            same &= types[i] == t[i].num || (t[i].num == NPY_LONG && types[i] == NPY_LONGLONG);
        if (same) index = k;
    }
    if (index < 0) return NULL;
    int num = ufunc_types(u, index)[nin];
    bool time = PyTypeNum_ISDATETIME(num);
    if (!time && !simple_type(num)) return NULL;
    PyArray_Descr *d = NULL;
    if (!time) d = (PyArray_Descr *)Py_NewRef(ext_builtin_descrs[num]);
    for (int i = 0; i < nin && !d; i++)
        if (t[i].descr && t[i].num == num) d = (PyArray_Descr *)Py_NewRef(t[i].descr);
    if (!d && !(d = ext_descr_time(num, unit.base, unit.num))) return NULL;
    char *data[3], value[16];
    npy_intp steps[3];
    for (int i = 0; i < nin; i++) {
        data[i] = t[i].data;
        steps[i] = t[i].step;
    }
    PyArrayObject *out = shape_of ? ext_array_like(shape_of, d) : NULL;
    PyObject *r = NULL;
    if (!shape_of || out) {
        data[nin] = out ? PyArray_BYTES(out) : value;
        steps[nin] = d->elsize;
        int failed = run(u, index, data, out ? PyArray_SIZE(out) : 1, steps);
        if (failed)
            Py_XDECREF(out);
        else
            r = out ? (PyObject *)out : PyArray_Scalar(value, d, NULL);
    }
    Py_DECREF(d);
    return r;
}

static inline bool is_time(PyObject *o)
{
    return PyArray_CheckExact(o)
               ? PyTypeNum_ISDATETIME(PyArray_TYPE((PyArrayObject *)o))
               : Py_IS_TYPE(o, &PyDatetimeArrType_Type) || Py_IS_TYPE(o, &PyTimedeltaArrType_Type);
}

PyObject *ufunc_fast_call(PyUFuncObject *u, PyObject *const *args, PyArrayObject *into)
{
    int nin = u->nin, num = -1;
    bool mixed = false;
    UfuncExtra *x = ufunc_extra(u);
    if (u->nout != 1 || nin > 3 || nin < 1 || u->core_enabled || !x->info) return NULL;
    PyArrayObject *shape_of = NULL;
    if (nin <= 2 && !into && (is_time(args[0]) || (nin == 2 && is_time(args[1]))))
        return on_times(u, args);
    for (int i = 0; i < nin; i++) {
        PyArrayObject *a = (PyArrayObject *)args[i];
        if (!PyArray_CheckExact(args[i])) continue;
        if (PyArray_NDIM(a) == 0) continue; /* as a scalar */
        if (!behaved(a)) return NULL;
        if (!shape_of) {
            num = PyArray_DESCR(a)->type_num;
            shape_of = a;
        } else if (!same_shape(a, shape_of)) {
            return NULL;
        } else if (PyArray_DESCR(a) != PyArray_DESCR(shape_of)) {
            mixed = true;
        }
    }
    bool signed_power =
        x->info->name[0] == 'p' && nin == 2; /* integer power looks at signs first */
    if (!shape_of) return into || nin > 2 ? NULL : on_scalars(u, args, signed_power);
    if (!simple_type(num) || PyArray_DESCR(shape_of) != ext_builtin_descrs[num]) return NULL;
    if (mixed && nin != 2) return NULL;
    int index = mixed ? pair_loop(u, args) : ufunc_same_loop(u, num);
    if (index < 0 || (signed_power && num < NPY_FLOAT)) return NULL;
    _Alignas(16) char number[3][32];
    char *data[4];
    npy_intp steps[4], size = PyArray_ITEMSIZE(shape_of), n = PyArray_SIZE(shape_of);
    for (int i = 0; i < nin; i++) {
        if (PyArray_CheckExact(args[i]) && PyArray_NDIM((PyArrayObject *)args[i])) {
            data[i] = PyArray_BYTES((PyArrayObject *)args[i]);
            steps[i] = mixed ? PyArray_ITEMSIZE((PyArrayObject *)args[i]) : size;
        } else {
            if (!number_as(args[i], num, number[i])) return NULL;
            data[i] = number[i];
            steps[i] = 0;
        }
    }
    int out_num = ufunc_types(u, index)[nin];
    if (!simple_type(out_num)) return NULL;
    PyArray_Descr *d = ext_builtin_descrs[out_num];
    PyArrayObject *out = into;
    if (into) {
        if (PyArray_DESCR(into) != d || !behaved(into) || !PyArray_ISWRITEABLE(into) ||
            !same_shape(into, shape_of))
            return NULL;
        for (int i = 0; i < nin; i++) { /* the same memory, or none in common */
            npy_intp gap = (npy_intp)((uintptr_t)data[i] - (uintptr_t)PyArray_BYTES(into));
            if (gap != 0 && gap < n * d->elsize && -gap < n * steps[i]) return NULL;
        }
        Py_INCREF(into);
    } else if (!(out = ext_array_like(shape_of, d))) {
        return NULL;
    }
    data[nin] = PyArray_BYTES(out);
    steps[nin] = d->elsize;
    if (run(u, index, data, n, steps) < 0) Py_CLEAR(out);
    return (PyObject *)out;
}

/* ---- reductions of a whole exact array
 * --------------------------------------------------------------------------------- */

/* The start value that the identity of a sum or product has, by type number; false: none. */
static bool start_value(fnp_ufunc_identity identity, int num, char *buf)
{
    long v;
    switch (identity) {
    case FNP_ID_ZERO: v = 0; break;
    case FNP_ID_ONE: v = 1; break;
    default: return false;
    }
    switch (num) {
    case NPY_DOUBLE: return *(double *)buf = (double)v, true;
    case NPY_FLOAT: return *(float *)buf = (float)v, true;
    case NPY_LONG:
    case NPY_ULONG: return *(long *)buf = v, true;
    case NPY_CDOUBLE: return ((double *)buf)[0] = (double)v, ((double *)buf)[1] = 0, true;
    default: return false;
    }
}

PyObject *ufunc_fast_reduce(PyUFuncObject *u, PyArrayObject *a)
{
    char acc[16], *data[3];
    int num = PyArray_DESCR(a)->type_num;
    npy_intp n = PyArray_SIZE(a), size = PyArray_ITEMSIZE(a);
    const fnp_ufunc_info *info = ufunc_extra(u)->info;
    if (!info || u->nin != 2 || u->nout != 1 || u->core_enabled || !behaved(a) ||
        PyArray_NDIM(a) == 0 || n == 0)
        return NULL;
    if ((num >= NPY_CFLOAT && num != NPY_CDOUBLE) || (unsigned)num > NPY_CLONGDOUBLE ||
        num == NPY_LONGDOUBLE || PyArray_DESCR(a) != ext_builtin_descrs[num])
        return NULL;
    int index = ufunc_same_loop(u, num);
    if (index < 0 || ufunc_types(u, index)[2] != num) return NULL;
    char *first = PyArray_BYTES(a);
    if (info->identity == FNP_ID_REORDERABLE) { /* extremes start with the first element */
        for (npy_intp i = 0; i < size; i++) acc[i] = first[i];
        first += size;
        n--;
    } else if (!start_value(info->identity, num, acc)) {
        return NULL;
    }
    data[0] = data[2] = acc;
    data[1] = first;
    npy_intp steps[3] = {0, size, 0};
    UfuncSection s;
    ufunc_enter(&s, n > 5000);
    if (n && !(n >= FNP_SHARE_FROM && ufunc_is_built_in(u, index) &&
               fnp_sum_share((fnp_kernel_fn *)u->functions[index], acc, first, n, size)))
        u->functions[index](data, &n, steps, u->data ? (void *)u->data[index] : NULL);
    int flags = ufunc_leave(&s);
    if (flags && !(ufunc_extra(u)->flags & FNP_UF_QUIET) && ext_report_fp("reduce", flags) < 0)
        return NULL;
    return PyArray_Scalar(acc, ext_builtin_descrs[num], NULL);
}

/* ndarray.sum() and the like, without arguments. */
HIDDEN PyObject *ext_reduce_all_fast(PyArrayObject *a, PyObject *ufunc);
PyObject *ext_reduce_all_fast(PyArrayObject *a, PyObject *ufunc)
{
    return fnp_ledger_on() ? NULL : ufunc_fast_reduce((PyUFuncObject *)ufunc, a);
}
