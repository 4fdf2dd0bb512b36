/* The short way of generalised ufuncs: exact arrays of one built-in type with at most one loop
 * dimension, outputs made here. What is unusual answers NULL without an exception and takes the
 * long way, which also words the errors. */
#include "array.h"
#include "ufunc_call.h"

enum { MOST_ARGS = 6, MOST_CORE = 6, SCALAR_ROOM = 32, RELEASE = 5000 };

static inline bool is_number(int num)
{
    return (unsigned)num <= NPY_CLONGDOUBLE || num == NPY_HALF;
}

/* One call, laid out as the kernel wants it. */
typedef struct quick {
    PyUFuncObject *u;
    const char *types;
    int loop_ndim;
    bool missing[MOST_CORE];
    npy_intp dims[1 + MOST_CORE]; /* count, then core sizes */
    npy_intp steps[MOST_ARGS * 4], *core;
    char *data[MOST_ARGS];
} quick;

/* Whether "dd->d" names this loop. */
static bool names_loop(PyObject *text, PyUFuncObject *u, const char *types)
{
    if (!PyUnicode_Check(text) || !PyUnicode_IS_ASCII(text) ||
        PyUnicode_GET_LENGTH(text) != u->nargs + 2)
        return false;
    const char *s = (const char *)PyUnicode_1BYTE_DATA(text);
    for (int i = 0; i < u->nargs; i++) {
        if (i == u->nin && (*s++ != '-' || *s++ != '>')) return false;
        if (*s++ != ext_builtin_descrs[(int)types[i]]->type) return false;
    }
    return true;
}

static bool take_input(quick *q, int i, PyArrayObject *a)
{
    PyUFuncObject *u = q->u;
    const int *ix = u->core_dim_ixs + u->core_offsets[i];
    int nd = PyArray_NDIM(a), want = u->core_num_dims[i], now = want, at = 0;
    for (int k = 0; k < want && now > nd; k++)
        if (u->core_dim_flags[ix[k]] & UFUNC_CORE_DIM_CAN_IGNORE) {
            q->missing[ix[k]] = true;
            now--;
        }
    if (nd < now || nd > now + 1) return false;
    q->data[i] = PyArray_BYTES(a);
    q->steps[i] = 0;
    if (nd > now) {
        if (q->loop_ndim && q->dims[0] != PyArray_DIM(a, 0)) return false;
        q->loop_ndim = 1;
        q->dims[0] = PyArray_DIM(a, 0);
        q->steps[i] = PyArray_STRIDE(a, at++);
    }
    for (int k = 0; k < want; k++) {
        npy_intp *size = &q->dims[1 + ix[k]];
        if (q->missing[ix[k]]) {
            if (now == want) return false; /* left out in another operand only */
            *size = 1;
            *q->core++ = 0;
            continue;
        }
        npy_intp n = PyArray_DIM(a, at);
        if (*size < 0) *size = n;
        if (*size != n || n == 0) return false;
        *q->core++ = PyArray_STRIDE(a, at++);
    }
    return true;
}

/* Output i: a new array, or NULL with the kernel writing to `cell` for a scalar; false: failed. */
static bool make_output(quick *q, int i, char *cell, PyArrayObject **out)
{
    PyUFuncObject *u = q->u;
    PyArray_Descr *d = ext_builtin_descrs[(int)q->types[i]];
    const int *ix = u->core_dim_ixs + u->core_offsets[i];
    npy_intp shape[1 + MOST_CORE];
    int nd = q->loop_ndim, at = nd;
    shape[0] = q->dims[0];
    for (int k = 0; k < u->core_num_dims[i]; k++)
        if (!q->missing[ix[k]]) shape[nd++] = q->dims[1 + ix[k]];
    *out = NULL;
    q->data[i] = cell;
    q->steps[i] = 0;
    if (nd) {
        Py_INCREF(d);
        *out = (PyArrayObject *)ext_array_new(&PyArray_Type, d, nd, shape, NULL, NULL, 0, NULL,
                                              NULL, 0);
        if (!*out) return false;
        q->data[i] = PyArray_BYTES(*out);
        if (q->loop_ndim) q->steps[i] = PyArray_STRIDE(*out, 0);
    }
    for (int k = 0; k < u->core_num_dims[i]; k++)
        *q->core++ = q->missing[ix[k]] ? 0 : PyArray_STRIDE(*out, at++);
    return true;
}

static bool take_sizes(quick *q)
{
    PyUFuncObject *u = q->u;
    if (u->process_core_dims_func && u->process_core_dims_func(u, q->dims + 1) < 0) return false;
    npy_intp work = q->dims[0];
    for (int k = 0; k < u->core_num_dim_ix; k++) {
        if (q->dims[1 + k] <= 0) return false;
        work = work > RELEASE ? work : work * q->dims[1 + k];
    }
    return work > 0;
}

/* Report what the kernel raised: LAPACK's failures, which come as invalid, to `failure` if there is
 * one, which then hears of nothing else. */
static int report(PyUFuncObject *u, int flags, PyObject *failure)
{
    if (!flags || ufunc_extra(u)->flags & FNP_UF_QUIET) return 0;
    if (!failure) return ext_report_fp(ufunc_name(u), flags);
    if (!(flags & NPY_FPE_INVALID)) return 0;
    if (fnp_kernel_nomem_take()) {
        PyErr_NoMemory();
        return -1;
    }
    PyObject *r = PyObject_CallFunction(failure, "si", "invalid value", flags);
    Py_XDECREF(r);
    return r ? 0 : -1;
}

PyObject *ufunc_fast_gufunc(PyUFuncObject *u, PyObject *const *args, PyObject *signature,
                            PyObject *failure)
{
    UfuncExtra *x = ufunc_extra(u);
    if (!(x->info || x->plain_core) || u->nargs > MOST_ARGS || u->core_num_dim_ix > MOST_CORE ||
        !PyArray_CheckExact(args[0]))
        return NULL;
    PyArray_Descr *d = PyArray_DESCR((PyArrayObject *)args[0]);
    int num = d->type_num, index = is_number(num) ? ufunc_same_loop(u, num) : -1;
    if (index < 0 || d != ext_builtin_descrs[num]) return NULL;
    quick q = {.u = u, .types = ufunc_types(u, index), .dims = {1}};
    q.core = q.steps + u->nargs;
    if (signature && !names_loop(signature, u, q.types)) return NULL;
    for (int k = 0; k < u->core_num_dim_ix; k++)
        q.dims[1 + k] =
            u->core_dim_flags[k] & UFUNC_CORE_DIM_SIZE_INFERRED ? -1 : u->core_dim_sizes[k];
    for (int i = 0; i < u->nin; i++) {
        PyArrayObject *a = (PyArrayObject *)args[i];
        if (!PyArray_CheckExact(args[i]) || PyArray_DESCR(a) != d || !PyArray_ISALIGNED(a) ||
            !take_input(&q, i, a))
            return NULL;
    }
    for (int i = u->nin; i < u->nargs; i++)
        if (!is_number(q.types[i])) return NULL;
    if (!take_sizes(&q)) return NULL;
    _Alignas(16) char cells[MOST_ARGS][SCALAR_ROOM];
    PyArrayObject *out[MOST_ARGS] = {NULL};
    PyObject *r = NULL;
    for (int i = u->nin; i < u->nargs; i++)
        if (!make_output(&q, i, cells[i], &out[i])) goto done;
    npy_intp work = q.dims[0];
    for (int k = 0; k < u->core_num_dim_ix && work < RELEASE; k++) work *= q.dims[1 + k];
    UfuncSection s;
    ufunc_enter(&s, work >= RELEASE);
    u->functions[index](q.data, q.dims, q.steps, u->data ? (void *)u->data[index] : NULL);
    int flags = ufunc_leave(&s);
    if (report(u, flags, failure) < 0) goto done;
    for (int i = u->nin; i < u->nargs; i++)
        if (!out[i]) {
            PyObject *v = PyArray_Scalar(cells[i], ext_builtin_descrs[(int)q.types[i]], NULL);
            if (!(out[i] = (PyArrayObject *)v)) goto done;
        }
    if (u->nout == 1) {
        r = Py_NewRef(out[u->nin]);
    } else if ((r = PyTuple_New(u->nout))) {
        for (int i = 0; i < u->nout; i++) PyTuple_SET_ITEM(r, i, Py_NewRef(out[u->nin + i]));
    }
done:
    for (int i = u->nin; i < u->nargs; i++) Py_XDECREF(out[i]);
    return r;
}

PyObject *ufunc_fast_vectors(PyUFuncObject *u, PyArrayObject *a, npy_intp a_step, PyArrayObject *b,
                             npy_intp b_step, npy_intp n, bool matrix)
{
    PyArray_Descr *d = PyArray_DESCR(a);
    int num = d->type_num, index = is_number(num) ? ufunc_same_loop(u, num) : -1;
    if (index < 0 || d != ext_builtin_descrs[num] || PyArray_DESCR(b) != d || n == 0) return NULL;
    _Alignas(16) char cell[SCALAR_ROOM];
    char *data[3] = {PyArray_BYTES(a), PyArray_BYTES(b), cell};
    /* matmul has core axes (n, k), (k, m), (n, m), of which only k is there; vecdot has k alone */
    npy_intp dims_m[4] = {1, 1, n, 1}, dims_v[2] = {1, n},
             steps_m[9] = {0, 0, 0, 0, a_step, b_step, 0, 0, 0},
             steps_v[5] = {0, 0, 0, a_step, b_step};
    UfuncSection s;
    ufunc_enter(&s, n > RELEASE);
    u->functions[index](data, matrix ? dims_m : dims_v, matrix ? steps_m : steps_v,
                        u->data ? (void *)u->data[index] : NULL);
    int flags = ufunc_leave(&s);
    if (flags && ext_report_fp(ufunc_name(u), flags) < 0) return NULL;
    return PyArray_Scalar(cell, d, NULL);
}
