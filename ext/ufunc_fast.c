/* The monomorphic path: exact, well-behaved arrays of one built-in type and one shape, and Python numbers beside them,
 * go straight to the kernel. Whatever is unusual answers NULL and takes the long way. */
#include "ufunc_call.h"

static inline bool behaved(PyArrayObject *a)
{
    int want = NPY_ARRAY_ALIGNED | NPY_ARRAY_C_CONTIGUOUS;
    return (PyArray_FLAGS(a) & want) == want && PyArray_ISNOTSWAPPED(a);
}

static inline bool simple_type(int num)
{
    return num <= NPY_CLONGDOUBLE || num == NPY_HALF;
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
    if (!PyLong_CheckExact(o)) return false;
    int overflow;
    long v = PyLong_AsLongAndOverflow(o, &overflow);
    if (overflow) return false;
    switch (num) {
    case NPY_DOUBLE: return *(double *)buf = (double)v, true;
    case NPY_FLOAT:
        if (v > 1 << 24 || v < -(1 << 24)) return false;
        return *(float *)buf = (float)v, true;
    case NPY_LONG: case NPY_LONGLONG: return *(npy_int64 *)buf = v, true;
    case NPY_ULONG: case NPY_ULONGLONG: return v < 0 ? false : (*(npy_int64 *)buf = v, true);
    case NPY_INT: return v != (int)v ? false : (*(int *)buf = (int)v, true);
    case NPY_UINT: return v < 0 || v != (unsigned)v ? false : (*(unsigned *)buf = (unsigned)v, true);
    case NPY_SHORT: return v != (short)v ? false : (*(short *)buf = (short)v, true);
    case NPY_USHORT: return v != (unsigned short)v ? false : (*(unsigned short *)buf = (unsigned short)v, true);
    case NPY_BYTE: return v != (signed char)v ? false : (*(signed char *)buf = (signed char)v, true);
    case NPY_UBYTE: return v != (unsigned char)v ? false : (*(unsigned char *)buf = (unsigned char)v, true);
    default: return false;
    }
}

PyObject *ufunc_fast_call(PyUFuncObject *u, PyObject *const *args)
{
    int nin = u->nin;
    UfuncExtra *x = ufunc_extra(u);
    if (u->nout != 1 || nin > 2 || nin < 1 || u->core_enabled || !x->info) return NULL;
    PyArrayObject *shape_of = NULL;
    int num = -1;
    for (int i = 0; i < nin; i++) {
        PyArrayObject *a = (PyArrayObject *)args[i];
        if (!PyArray_CheckExact(args[i])) continue;
        if (!behaved(a) || PyArray_NDIM(a) == 0) return NULL;
        int t = PyArray_DESCR(a)->type_num;
        if (num < 0) {
            num = t;
            shape_of = a;
            continue;
        }
        if (t != num || PyArray_NDIM(a) != PyArray_NDIM(shape_of)) return NULL;
        for (int k = 0; k < PyArray_NDIM(a); k++)
            if (PyArray_DIM(a, k) != PyArray_DIM(shape_of, k)) return NULL;
    }
    if (num < 0 || !simple_type(num)) return NULL;
    if (PyArray_DESCR(shape_of) != ext_builtin_descrs[num]) return NULL;
    int index = ufunc_same_loop(u, num);
    if (index < 0) return NULL;
    if (nin == 2 && num < NPY_FLOAT && num > NPY_BOOL && x->info->name[0] == 'p') return NULL; /* power checks signs */
    char number[2][16], *data[3];
    npy_intp steps[3], size = PyArray_ITEMSIZE(shape_of), n = PyArray_SIZE(shape_of);
    for (int i = 0; i < nin; i++) {
        if (PyArray_CheckExact(args[i])) {
            data[i] = PyArray_BYTES((PyArrayObject *)args[i]);
            steps[i] = size;
        } else {
            if (!number_as(args[i], num, number[i])) return NULL;
            data[i] = number[i];
            steps[i] = 0;
        }
    }
    int out_num = ufunc_types(u, index)[nin];
    if (out_num >= NPY_NTYPES_LEGACY) return NULL;
    PyArray_Descr *d = ext_builtin_descrs[out_num];
    Py_INCREF(d);
    PyArrayObject *out = (PyArrayObject *)PyArray_NewFromDescr(&PyArray_Type, d, PyArray_NDIM(shape_of),
                                                               PyArray_DIMS(shape_of), NULL, NULL, 0, NULL);
    if (!out) return NULL;
    data[nin] = PyArray_BYTES(out);
    steps[nin] = d->elsize;
    UfuncSection s;
    ufunc_enter(&s, n > 5000);
    u->functions[index](data, &n, steps, u->data ? (void *)u->data[index] : NULL);
    int flags = ufunc_leave(&s);
    if (flags && !(x->flags & FNP_UF_QUIET) && ext_report_fp(ufunc_name(u), flags) < 0) {
        Py_DECREF(out);
        return NULL;
    }
    return (PyObject *)out;
}
