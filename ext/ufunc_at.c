/* ufunc.at: the operation in place at indexed elements, repeated indices counting each time. */
#include "ufunc_call.h"

#include <string.h>

/* Positions in a one-dimensional array from an array of integers, negative ones counted from the
 * end. */
static PyArrayObject *line_positions(PyArrayObject *a, PyObject *indices)
{
    PyArrayObject *p = (PyArrayObject *)PyArray_FROMANY(indices, NPY_INTP, 0, 0,
                                                        NPY_ARRAY_CARRAY | NPY_ARRAY_ENSURECOPY);
    if (!p) return NULL;
    npy_intp *ix = PyArray_DATA(p), n = PyArray_DIM(a, 0);
    EXT_ERROR(err);
    for (npy_intp i = 0, count = PyArray_SIZE(p); i < count; i++) {
        fnp_status st = fnp_sce_check_index(&ix[i], n, 0, &err);
        if (FNP_LIKELY(!st)) continue;
        ext_raise(st, &err);
        Py_DECREF(p);
        return NULL;
    }
    return p;
}

/* Where a[indices] lies, as flat C-order positions in a: the index is applied to an array of
 * positions. */
static PyArrayObject *positions(PyArrayObject *a, PyObject *indices)
{
    npy_intp n = PyArray_SIZE(a);
    if (PyArray_NDIM(a) == 1 && PyArray_Check(indices) &&
        PyArray_ISINTEGER((PyArrayObject *)indices) &&
        PyArray_CanCastSafely(PyArray_TYPE((PyArrayObject *)indices), NPY_INTP))
        return line_positions(a, indices);
    PyObject *flat = PyArray_Arange(0, (double)n, 1, NPY_INTP);
    PyArray_Dims dims = {PyArray_DIMS(a), PyArray_NDIM(a)};
    PyObject *shaped = flat ? PyArray_Newshape((PyArrayObject *)flat, &dims, NPY_CORDER) : NULL;
    PyObject *picked = shaped ? PyObject_GetItem(shaped, indices) : NULL;
    PyObject *r = picked ? PyArray_FromAny(picked, NULL, 0, 0, 0, NULL) : NULL;
    Py_XDECREF(flat);
    Py_XDECREF(shaped);
    Py_XDECREF(picked);
    return (PyArrayObject *)r;
}

static char *element(PyArrayObject *a, npy_intp flat)
{
    char *p = PyArray_BYTES(a);
    for (int i = PyArray_NDIM(a) - 1; i >= 0; i--) {
        npy_intp n = PyArray_DIM(a, i);
        p += flat % n * PyArray_STRIDE(a, i);
        flat /= n;
    }
    return p;
}

/* The second operand, in the loop's dtype and the shape of the index. */
static PyArrayObject *second_operand(PyArrayObject *b, PyArray_Descr *d, PyArrayObject *pos)
{
    Py_INCREF(d);
    PyArrayObject *r = (PyArrayObject *)PyArray_NewFromDescr(
        &PyArray_Type, d, PyArray_NDIM(pos), PyArray_DIMS(pos), NULL, NULL, 0, NULL);
    if (r && ext_assign_array(r, b, NULL) < 0) {
        PyObject *t, *v, *tb;
        PyErr_Fetch(&t, &v, &tb);
        if (t && PyErr_GivenExceptionMatches(t, PyExc_ValueError) && !PyErr_Occurred() &&
            !fnp_sce_same_shape(PyArray_NDIM(b), PyArray_DIMS(b), PyArray_NDIM(pos),
                                PyArray_DIMS(pos))) {
            char s1[256], s2[256];
            Py_XDECREF(t);
            Py_XDECREF(v);
            Py_XDECREF(tb);
            fnp_sce_format_shape(PyArray_NDIM(b), PyArray_DIMS(b), s1, sizeof s1);
            fnp_sce_format_shape(PyArray_NDIM(pos), PyArray_DIMS(pos), s2, sizeof s2);
            PyErr_Format(
                PyExc_ValueError,
                "shape mismatch: value array of shape %s could not be broadcast to indexing "
                "result of shape %s",
                s1, s2);
        } else {
            PyErr_Restore(t, v, tb);
        }
        Py_CLEAR(r);
    }
    return r;
}

/* A method's own loop over indices, where array, index and operand are as it wants them: 1 it ran,
 * 0 not for it, -1. */
static int run_indexed(UfuncLoop *loop, PyArrayObject *a, PyArrayObject *pos, PyArrayObject *second)
{
    PyArrayMethodObject *m = loop->method;
    if (!m || !m->indexed || PyArray_NDIM(a) != 1 || PyArray_NDIM(pos) != 1 ||
        !PyArray_ISBEHAVED(a) || !PyArray_EquivTypes(PyArray_DESCR(a), loop->descrs[0]))
        return 0;
    npy_intp n = PyArray_SIZE(pos);
    char *args[3] = {PyArray_BYTES(a), PyArray_BYTES(pos), second ? PyArray_BYTES(second) : NULL};
    npy_intp steps[4] = {PyArray_STRIDE(a, 0), sizeof(npy_intp),
                         second ? PyArray_ITEMSIZE(second) : 0, 0};
    return m->indexed(&loop->context, args, &n, steps, NULL) < 0 ? -1 : 1;
}

/* One cast either way per element, where the array is not of the loop's dtype. */
static int run_elements(UfuncLoop *loop, PyArrayObject *a, const npy_intp *pos, npy_intp n,
                        char *second, npy_intp second_step, fnp_error *err)
{
    fnp_dtype s1, s2, s3;
    const fnp_dtype *have = ext_descr_core(PyArray_DESCR(a), &s1),
                    *want = ext_descr_core(loop->descrs[0], &s2),
                    *back = ext_descr_core(loop->descrs[loop->nop - 1], &s3);
    int binary = loop->ufunc->nin == 2;
    const fnp_ufunc_info *info = ufunc_extra(loop->ufunc)->info;
    bool direct = PyArray_ISBEHAVED(a) && PyArray_EquivTypes(PyArray_DESCR(a), loop->descrs[0]) &&
                  PyArray_EquivTypes(PyArray_DESCR(a), loop->descrs[loop->nop - 1]);
    npy_intp one = 1, steps[3] = {0, 0, 0};
    fnp_status st = FNP_OK;
    if (direct) {
        bool flat = PyArray_NDIM(a) == 1;
        npy_intp stride = flat ? PyArray_STRIDE(a, 0) : 0;
        if (flat && binary && info && !loop->method &&
            fnp_kernel_indexed(info->name, PyArray_TYPE(a), PyArray_BYTES(a), stride, pos, second,
                               second_step, n))
            return FNP_OK;
        for (npy_intp i = 0; i < n && st == FNP_OK; i++, second += second_step) {
            char *p = flat ? PyArray_BYTES(a) + pos[i] * stride : element(a, pos[i]);
            char *args[3] = {p, binary ? second : p, p};
            st = fnp_loop_status(fnp_loop_call(&loop->run, args, &one, steps));
        }
        return st;
    }
    fnp_cast in, out;
    st = fnp_cast_init(&in, have, want, 0, 0, FNP_CASTF_UNALIGNED, err);
    if (st) return st;
    st = fnp_cast_init(&out, back, have, 0, 0, FNP_CASTF_UNALIGNED, err);
    char *x = PyMem_Calloc(1, (size_t)(want->elsize + back->elsize) + 32),
         *y = x ? x + (want->elsize + 15) / 16 * 16 : NULL;
    for (npy_intp i = 0; i < n && st == FNP_OK && x; i++, second += second_step) {
        char *p = element(a, pos[i]);
        char *args[3] = {x, binary ? second : y, y};
        st = fnp_cast_run(&in, p, 0, x, 0, 1, err);
        if (!st) st = fnp_loop_status(fnp_loop_call(&loop->run, args, &one, steps));
        if (!st) st = fnp_cast_run(&out, y, 0, p, 0, 1, err);
    }
    if (x && loop->descrs[0]->type_num == NPY_OBJECT) Py_XDECREF(*(PyObject **)x);
    if (x && loop->descrs[loop->nop - 1]->type_num == NPY_OBJECT) Py_XDECREF(*(PyObject **)y);
    PyMem_Free(x);
    fnp_cast_clear(&in);
    fnp_cast_clear(&out);
    return x ? st : FNP_ENOMEM;
}

static PyObject *at(PyUFuncObject *u, PyArrayObject *a, PyObject *indices, PyObject *second)
{
    PyArrayObject *pos = NULL, *b = NULL, *flat = NULL, *b2 = NULL;
    UfuncLoop loop;
    bool have_loop = false, ok = false;
    UfuncQuery q;
    if (PyArray_FailUnlessWriteable(a, "array") < 0) return NULL;
    memset(&q, 0, sizeof q);
    q.ufunc = u;
    q.nin = u->nin;
    q.nop = u->nargs;
    q.casting = NPY_UNSAFE_CASTING;
    q.given[0] = q.given[u->nargs - 1] = PyArray_DESCR(a);
    if (second) {
        q.weak[1] = ufunc_weak_kind(second);
        b = (PyArrayObject *)PyArray_FromAny(second, NULL, 0, 0, 0, NULL);
        if (!b) goto done;
        q.given[1] = PyArray_DESCR(b);
        q.objects[1] = second;
    }
    if (!(pos = positions(a, indices))) goto done;
    if (ufunc_resolve(&q, &loop) < 0) goto done;
    have_loop = true;
    if (second && q.weak[1]) {
        PyArrayObject *s = ufunc_scalar_array(second, loop.descrs[1]);
        if (!s) goto done;
        Py_SETREF(b, s);
    }
    if (ufunc_loop_bind(&loop, NULL, 1) < 0) goto done;
    flat = (PyArrayObject *)PyArray_ContiguousFromAny((PyObject *)pos, NPY_INTP, 0, 0);
    if (!flat) goto done;
    bool one =
        b && PyArray_NDIM(b) == 0 && PyArray_DESCR(b) == loop.descrs[1] && PyArray_ISBEHAVED_RO(b);
    if (one)
        b2 = (PyArrayObject *)Py_NewRef((PyObject *)b);
    else if (b && !(b2 = second_operand(b, loop.descrs[1], pos)))
        goto done;
    EXT_ERROR(err);
    fnp_fp_clear();
    int indexed = one ? 0 : run_indexed(&loop, a, flat, b2);
    if (indexed < 0) goto done;
    fnp_status st = indexed ? FNP_OK
                            : run_elements(&loop, a, PyArray_DATA(flat), PyArray_SIZE(flat),
                                           b2 ? PyArray_BYTES(b2) : NULL,
                                           b2 && !one ? PyArray_ITEMSIZE(b2) : 0, &err);
    int flags = fnp_fp_take();
    if (st) {
        ufunc_raise(st, &err);
        goto done;
    }
    if (PyErr_Occurred()) goto done;
    ok = !flags || (loop.run.flags & FNP_LOOP_NO_FLOAT_ERRORS) ||
         ext_report_fp(ufunc_name(u), flags) == 0;
done:
    if (have_loop) ufunc_loop_clear(&loop);
    Py_XDECREF(pos);
    Py_XDECREF(flat);
    Py_XDECREF(b);
    Py_XDECREF(b2);
    return ok ? Py_NewRef(Py_None) : NULL;
}

PyObject *ufunc_at(PyObject *self, PyObject *args)
{
    PyUFuncObject *u = (PyUFuncObject *)self;
    PyObject *a, *indices, *second = NULL;
    if (u->core_enabled) {
        PyErr_Format(
            PyExc_TypeError,
            "%s.at does not support ufunc with non-trivial signature: %s has signature %s.",
            ufunc_name(u), ufunc_name(u), u->core_signature);
        return NULL;
    }
    if (u->nin > 2) {
        PyErr_SetString(PyExc_ValueError, "Only unary and binary ufuncs supported at this time");
        return NULL;
    }
    if (u->nout != 1) {
        PyErr_SetString(PyExc_ValueError, "Only single output ufuncs supported at this time");
        return NULL;
    }
    if (!PyArg_ParseTuple(args, "OO|O:at", &a, &indices, &second)) return NULL;
    PyObject *in[3] = {a, indices, second}, *none[1] = {NULL};
    int nin = second ? 3 : 2;
    PyObject *first_and_third[2] = {a, second};
    if (ufunc_override_needed(first_and_third, 1, none, 0) ||
        (second && ufunc_override_needed(&second, 1, none, 0))) {
        PyObject *r;
        if (ufunc_override(u, "at", in, nin, none, 0, in, nin, NULL, &r)) return r;
    }
    if (u->nin == 1 && second) {
        PyErr_SetString(PyExc_ValueError, "second operand provided when ufunc is unary");
        return NULL;
    }
    if (u->nin == 2 && !second) {
        PyErr_SetString(PyExc_ValueError, "second operand needed for ufunc");
        return NULL;
    }
    if (!PyArray_Check(a)) {
        PyErr_SetString(PyExc_TypeError, "first operand must be array");
        return NULL;
    }
    return at(u, (PyArrayObject *)a, indices, second);
}
