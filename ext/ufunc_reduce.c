/* reduce, accumulate, reduceat and outer. */
#include "ufunc_resolve.h"
#include "ufunc_call.h"

#include "fnp/runtime.h"

#include "argparse.h"

#include <string.h>

static int check_kind(PyUFuncObject *u, const char *method)
{
    if (u->core_enabled) {
        PyErr_SetString(PyExc_RuntimeError, "Reduction not defined on ufunc with signature");
        return -1;
    }
    if (u->nin != 2) {
        PyErr_Format(PyExc_ValueError, "%s only supported for binary functions", method);
        return -1;
    }
    if (u->nout != 1) {
        PyErr_Format(PyExc_ValueError, "%s only supported for functions returning a single value",
                     method);
        return -1;
    }
    return 0;
}

/* Arguments of the three methods. */
typedef struct Args {
    PyUFuncObject *u;
    const char *method;
    PyObject *array, *indices, *axis, *dtype, *out, *keepdims, *initial, *where;
    bool out_none; /* out=(None,): removed for overrides, else an error */
} Args;

static int take_out(Args *a, PyObject *value)
{
    a->out = NULL;
    if (!value || value == Py_None) return 0;
    if (PyTuple_Check(value)) {
        if (PyTuple_GET_SIZE(value) != 1) {
            PyErr_SetString(PyExc_ValueError,
                            "The 'out' tuple must have exactly one entry per ufunc output");
            return -1;
        }
        value = PyTuple_GET_ITEM(value, 0);
        if (value == Py_None) {
            a->out_none = true;
            return 0;
        }
        if (value == Py_Ellipsis) {
            PyErr_SetString(PyExc_TypeError,
                            "must use `...` as `out=...` and not per-operand/in a tuple");
            return -1;
        }
    }
    if (value == Py_Ellipsis) {
        a->out = Py_Ellipsis;
        return 0;
    }
    a->out = value;
    return 0;
}

/* axis= as a list; -1 axes: every one. */
static int take_axes(PyObject *axis, int ndim, int *n, int *axes)
{
    if (!axis) {
        *n = ndim > 0 ? 1 : 0;
        axes[0] = 0;
        return 0;
    }
    if (axis == Py_None) {
        for (*n = 0; *n < ndim; ++*n) axes[*n] = *n;
        return 0;
    }
    if (PyTuple_Check(axis)) {
        npy_intp raw[NPY_MAXDIMS];
        Py_ssize_t count = PyTuple_GET_SIZE(axis);
        if (count > NPY_MAXDIMS) {
            PyErr_SetString(PyExc_ValueError, "too many values for 'axis'");
            return -1;
        }
        for (Py_ssize_t i = 0; i < count; i++) {
            raw[i] = PyArray_PyIntAsInt(PyTuple_GET_ITEM(axis, i));
            if (raw[i] == -1 && PyErr_Occurred()) return -1;
        }
        *n = (int)count;
        EXT_TRY(fnp_sce_normalize_axes((int)count, raw, ndim, NULL, NULL, axes, err), -1);
        return 0;
    }
    int v = PyArray_PyIntAsInt(axis);
    if (v == -1 && PyErr_Occurred()) return -1;
    if (ndim == 0 && (v == 0 || v == -1)) {
        *n = 0;
        return 0;
    }
    EXT_TRY(fnp_sce_normalize_axis(v, ndim, NULL, axes, err), -1);
    *n = 1;
    return 0;
}

/* Sums and products of small integers are kept in the platform's integer. */
int ufunc_wider_type(PyUFuncObject *u, PyArray_Descr *d)
{
    const fnp_ufunc_info *info = ufunc_extra(u)->info;
    if (!info || (strcmp(info->name, "add") != 0 && strcmp(info->name, "multiply") != 0)) return -1;
    if (PyTypeNum_ISBOOL(d->type_num)) return NPY_LONG;
    if (!PyTypeNum_ISINTEGER(d->type_num) || d->elsize >= (npy_intp)sizeof(long)) return -1;
    return PyTypeNum_ISUNSIGNED(d->type_num) ? NPY_ULONG : NPY_LONG;
}

static void query_init(UfuncQuery *q, PyUFuncObject *u)
{
    memset(q, 0, offsetof(UfuncQuery, given));
    q->ufunc = u;
    q->nin = 2;
    q->nop = 3;
    for (int i = 0; i < 3; i++) {
        q->given[i] = q->fixed_descr[i] = NULL;
        q->weak[i] = WEAK_NO;
        q->objects[i] = NULL;
        q->fixed[i] = NULL;
    }
    q->any_fixed = false;
    q->casting = NPY_UNSAFE_CASTING;
    q->force_inputs = false;
    q->reduction = true;
}

/* The loop of a reduction of `arr`: result and first input of one dtype. */
static int resolve(Args *a, PyArrayObject *arr, PyArrayObject *out, UfuncLoop *loop)
{
    PyUFuncObject *u = a->u;
    UfuncQuery q;
    query_init(&q, u);
    PyArray_Descr *want = NULL;
    q.given[0] = q.given[1] = PyArray_DESCR(arr);
    bool logical = (ufunc_extra(u)->flags & FNP_UF_LOGICAL) != 0;
    if (a->dtype && a->dtype != Py_None) {
        if (PyObject_TypeCheck(a->dtype, &PyArrayDTypeMeta_Type_))
            want =
                (PyArray_Descr *)Py_XNewRef((PyObject *)((PyArray_DTypeMeta *)a->dtype)->singleton);
        if (!want && !PyArray_DescrConverter(a->dtype, &want)) return -1;
        PyArray_Descr *plain = NPY_DTYPE(want)->singleton;
        if (ext_descr_is_legacy(want) && plain && !PyArray_EquivTypes(want, plain)) {
            PyErr_SetString(
                PyExc_TypeError,
                "The `dtype` and `signature` arguments to ufuncs only select the general DType and "
                "not details such as the byte order or time unit. You can avoid this error by "
                "using the scalar types `np.float64` or the dtype string notation.");
            Py_DECREF(want);
            return -1;
        }
        if (logical && want->type_num != NPY_BOOL && want->type_num != NPY_OBJECT) {
            Py_DECREF(want);
            q.any_fixed = true;
            return ufunc_not_found(&q);
        }
    } else if (out) {
        want = (PyArray_Descr *)Py_NewRef((PyObject *)PyArray_DESCR(out));
    } else {
        int t = ufunc_wider_type(u, PyArray_DESCR(arr));
        if (t >= 0) want = (PyArray_Descr *)Py_NewRef((PyObject *)ext_builtin_descrs[t]);
    }
    if (logical && PyArray_DESCR(arr)->type_num != NPY_OBJECT &&
        PyArray_DESCR(arr)->type_num < NPY_NTYPES_LEGACY && PyArray_DESCR(arr)->type_num >= 0) {
        if (!want || want->type_num != NPY_OBJECT) {
            Py_XSETREF(want, (PyArray_Descr *)Py_NewRef((PyObject *)ext_builtin_descrs[NPY_BOOL]));
            q.fixed[1] = NPY_DTYPE(want);
            if (PyDataType_HASFIELDS(PyArray_DESCR(arr)) &&
                !PyArray_CanCastTypeTo(PyArray_DESCR(arr), want, NPY_UNSAFE_CASTING)) {
                PyErr_Format(PyExc_TypeError,
                             "Iterator operand 1 dtype could not be cast from %R to %R according "
                             "to the rule 'unsafe'",
                             PyArray_DESCR(arr), want);
                Py_DECREF(want);
                return -1;
            }
        }
    }
    if (want) {
        q.fixed[0] = q.fixed[2] = NPY_DTYPE(want);
        q.given[0] = want;
        q.any_fixed = true;
        if (want->type_num == NPY_TIMEDELTA && PyArray_DESCR(arr)->type_num != NPY_TIMEDELTA)
            q.fixed_descr[0] = want;
    }
    int r = ufunc_resolve(&q, loop);
    if (r == 0 && fnp_ledger_on())
        ufunc_note_promotion(&q, loop,
                             !want                             ? NULL
                             : a->dtype && a->dtype != Py_None ? "the caller fixed it"
                             : out                             ? "that is the type of out"
                             : logical                         ? "truth values are folded"
                                       : "small integers are summed as long ones");
    if (r == 0 && !PyArray_EquivTypes(loop->descrs[0], loop->descrs[2])) {
        if (ufunc_extra(u)->flags & FNP_UF_COMPARISON ||
            (!loop->method && ufunc_extra(u)->info &&
             !PyTypeNum_ISDATETIME(loop->descrs[0]->type_num)))
            PyErr_Format(
                PyExc_TypeError,
                "No loop matching the specified signature and casting was found for ufunc %s",
                ufunc_name(u));
        else
            PyErr_Format(PyExc_TypeError,
                         "the resolved dtypes are not compatible with %s.%s. Resolved (%R, %R, %R)",
                         ufunc_name(u), a->method, loop->descrs[0], loop->descrs[1],
                         loop->descrs[2]);
        ufunc_loop_clear(loop);
        r = -1;
    }
    Py_XDECREF(want);
    return r;
}

/* ---- results
 * ---------------------------------------------------------------------------------------------------------------
 */

/* An array of `shape`, laid out as `like` is (axes may have other extents). */
static PyArrayObject *result_like(PyArrayObject *like, PyArray_Descr *d, const npy_intp *shape)
{
    int ndim = PyArray_NDIM(like), perm[NPY_MAXDIMS];
    npy_intp strides[NPY_MAXDIMS], step = d->elsize;
    const npy_intp *by_op[1] = {PyArray_STRIDES(like)};
    Py_INCREF(d);
    if (ndim < 2)
        return (PyArrayObject *)PyArray_NewFromDescr(&PyArray_Type, d, ndim, shape, NULL, NULL, 0,
                                                     NULL);
    fnp_sce_sort_axes(1, ndim, by_op, PyArray_DIMS(like), perm);
    for (int k = 0; k < ndim; k++) {
        strides[perm[k]] = step;
        step *= shape[perm[k]];
    }
    if (step == 0) memset(strides, 0, sizeof strides); /* nothing in it: as NumPy leaves it */
    return (PyArrayObject *)PyArray_NewFromDescr(&PyArray_Type, d, ndim, shape, strides, NULL, 0,
                                                 NULL);
}

/* The given output seen with the reduced axes as extents of 1. */
static int check_out(Args *a, PyArrayObject *arr, PyArrayObject *out, const bool *reduced,
                     bool keepdims)
{
    int ndim = PyArray_NDIM(arr), want = 0;
    for (int i = 0; i < ndim; i++) want += keepdims || !reduced[i];
    if (PyArray_FailUnlessWriteable(out, "output array") < 0) return -1;
    if (PyArray_NDIM(out) != want) {
        PyErr_Format(PyExc_ValueError,
                     "output parameter for reduction operation %s has the wrong number of "
                     "dimensions: Found %d but "
                     "expected %d%s",
                     ufunc_name(a->u), PyArray_NDIM(out), want,
                     keepdims ? " (must match the operand's when keepdims=True)" : "");
        return -1;
    }
    for (int i = 0, k = 0; i < ndim; i++) {
        if (reduced[i] && !keepdims) continue;
        npy_intp have = PyArray_DIM(out, k++), n = PyArray_DIM(arr, i);
        if (reduced[i]) {
            if (have == 1) continue;
            PyErr_Format(PyExc_ValueError,
                         "operand was set up as a reduction along axis %d, but the length of the "
                         "axis is %zd (it has to "
                         "be 1)",
                         i, have);
            return -1;
        }
        if (have == n) continue;
        if (have == 1) {
            PyErr_Format(PyExc_ValueError,
                         "output operand requires a reduction along dimension %d, but the "
                         "reduction is not enabled. The "
                         "dimension size of 1 does not match the expected output shape.",
                         k - 1);
            return -1;
        }
        char s1[256], s2[256];
        fnp_sce_format_shape(PyArray_NDIM(out), PyArray_DIMS(out), s1, sizeof s1);
        fnp_sce_format_shape(ndim, PyArray_DIMS(arr), s2, sizeof s2);
        PyErr_Format(PyExc_ValueError,
                     "operands could not be broadcast together with remapped shapes "
                     "[original->remapped]: %s %s ",
                     s1, s2);
        return -1;
    }
    return 0;
}

static PyArrayObject *out_with_axes(PyArrayObject *out, int ndim, const bool *reduced,
                                    bool keepdims)
{
    if (keepdims) return (PyArrayObject *)Py_NewRef((PyObject *)out);
    npy_intp shape[NPY_MAXDIMS], strides[NPY_MAXDIMS];
    for (int i = 0, k = 0; i < ndim; i++) {
        shape[i] = reduced[i] ? 1 : PyArray_DIM(out, k);
        strides[i] = reduced[i] ? 0 : PyArray_STRIDE(out, k++);
    }
    PyArray_Descr *d = PyArray_DESCR(out);
    Py_INCREF(d);
    return (PyArrayObject *)ext_new_view(&PyArray_Type, d, ndim, shape, strides, PyArray_DATA(out),
                                         PyArray_FLAGS(out), out);
}

/* The result as the caller shall see it: `array` (stolen) or the given output. */
static PyObject *present(Args *a, PyArrayObject *array, PyArrayObject *source_out)
{
    if (source_out) {
        Py_XDECREF(array);
        return Py_NewRef((PyObject *)source_out);
    }
    bool keep_array = a->out == Py_Ellipsis;
    if (PyArray_CheckExact(a->array)) return keep_array ? (PyObject *)array : PyArray_Return(array);
    UfuncWrap w;
    PyObject *in[] = {a->array};
    if (ufunc_find_wrap(&w, in, 1, true) < 0) {
        Py_DECREF(array);
        return NULL;
    }
    if (!w.wrap) return keep_array ? (PyObject *)array : PyArray_Return(array);
    PyObject *r =
        ufunc_wrap_result(&w, a->u, NULL, 0, array, NULL, PyArray_NDIM(array) == 0 && !keep_array);
    Py_DECREF(w.wrap);
    return r;
}

/* ---- reduce
 * -----------------------------------------------------------------------------------------------------------------
 */

/* result[...] = value, converted. */
static int fill(PyArrayObject *result, PyObject *value)
{
    if (PyArray_SIZE(result) == 1 && !PyDataType_REFCHK(PyArray_DESCR(result)))
        return PyArray_Pack(PyArray_DESCR(result), PyArray_DATA(result), value);
    PyArrayObject *one = ufunc_scalar_array(value, PyArray_DESCR(result));
    int r = one ? ext_assign_array(result, one, NULL) : -1;
    Py_XDECREF(one);
    return r;
}

/* An identity is cast as C casts: -1 is all bits of an unsigned type. */
static int fill_identity(PyArrayObject *result, PyObject *identity)
{
    if (!PyLong_CheckExact(identity) || !PyTypeNum_ISUNSIGNED(PyArray_TYPE(result)))
        return fill(result, identity);
    PyArrayObject *one = ufunc_scalar_array(identity, ext_builtin_descrs[NPY_LONG]);
    int r = one ? ext_assign_array(result, one, NULL) : -1;
    Py_XDECREF(one);
    return r;
}

/* What the result starts from: 1 it was filled, 0 it takes the first elements, -1 error. */
static int start(Args *a, UfuncLoop *loop, PyArrayObject *result, bool empty, bool masked)
{
    bool reorderable;
    PyObject *identity = NULL;
    int r = -1;
    if (a->initial && a->initial != Py_None) return fill(result, a->initial) < 0 ? -1 : 1;
    if (!a->initial && loop->method && loop->method->get_initial) {
        PyArrayMethod_Context c = {
            .caller = (PyObject *)a->u, .method = loop->method, .descriptors = loop->descrs};
        char *mem = PyMem_Calloc(1, (size_t)loop->descrs[0]->elsize + 1);
        int has = mem ? loop->method->get_initial(&c, empty, mem) : -1;
        if (has > 0) {
            PyObject *v = PyArray_Scalar(mem, loop->descrs[0], NULL);
            has = v && fill(result, v) == 0 ? 1 : -1;
            Py_XDECREF(v);
        }
        PyMem_Free(mem);
        if (has != 0) return has;
    } else if (!a->initial) {
        identity = ufunc_identity_object(a->u, &reorderable);
        if (!identity) return -1;
        bool object = loop->descrs[0]->type_num == NPY_OBJECT;
        if (identity != Py_None && (!object || empty)) {
            r = fill_identity(result, identity) < 0 ? -1 : 1;
            Py_DECREF(identity);
            return r;
        }
        Py_DECREF(identity);
    }
    if (empty) {
        PyErr_Format(PyExc_ValueError,
                     "zero-size array to reduction operation %s which has no identity",
                     ufunc_name(a->u));
        return -1;
    }
    if (masked) {
        PyErr_Format(PyExc_ValueError,
                     "reduction operation '%s' does not have an identity, so to use a where mask "
                     "one has to specify "
                     "'initial'",
                     ufunc_name(a->u));
        return -1;
    }
    return 0;
}

static int run_reduction(Args *a, UfuncLoop *loop, PyArrayObject *arr, PyArrayObject *result,
                         const bool *reduced, PyArrayObject *mask)
{
    npy_intp size = PyArray_SIZE(arr);
    bool empty = false;
    for (int i = 0; i < PyArray_NDIM(arr); i++) empty |= reduced[i] && PyArray_DIM(arr, i) == 0;
    int started = start(a, loop, result, empty, mask != NULL);
    if (started < 0) return -1;
    if (size == 0) return 0;
    fnp_view in, out, where;
    fnp_dtype s1, s2, s3, s4;
    if (ext_view(arr, &in, &s1) < 0 || ext_view(result, &out, &s2) < 0) return -1;
    if (mask && ext_view(mask, &where, &s3) < 0) return -1;
    const fnp_dtype *in_dtype = ext_descr_core(loop->descrs[1], &s4);
    if (!in_dtype || ufunc_loop_bind(loop, NULL, 1) < 0) return -1;
    npy_intp bufsize = in.dtype == in_dtype && in.ndim < 2 ? FNP_UFUNC_BUFSIZE : ufunc_bufsize();
    if (bufsize < 0) return -1;
    fnp_ufunc_reduction r = {&loop->run,           &out,   &in, in_dtype, reduced, started == 0,
                             mask ? &where : NULL, bufsize};
    UfuncSection s;
    EXT_ERROR(err);
    PyArrayObject *both[] = {result, arr};
    ufunc_enter(&s, ufunc_may_release(loop, both, 2, size));
    fnp_status st = fnp_ufunc_reduce(&r, &err);
    int flags = ufunc_leave(&s);
    if (st) return ufunc_raise(st, &err);
    if (PyErr_Occurred()) return -1;
    if (flags && !(loop->run.flags & FNP_LOOP_NO_FLOAT_ERRORS)) {
        return ext_report_fp("reduce", flags);
    }
    return 0;
}

static bool shares(PyArrayObject *a, PyArrayObject *b)
{
    fnp_layout x = {(uintptr_t)PyArray_DATA(a), PyArray_NDIM(a), PyArray_DIMS(a),
                    PyArray_STRIDES(a), PyArray_ITEMSIZE(a)};
    fnp_layout y = {(uintptr_t)PyArray_DATA(b), PyArray_NDIM(b), PyArray_DIMS(b),
                    PyArray_STRIDES(b), PyArray_ITEMSIZE(b)};
    return fnp_sce_shares_memory(&x, &y, 1) != FNP_OVERLAP_NO;
}

bool ufunc_overlaps_itself(PyArrayObject *a)
{
    fnp_layout l = {(uintptr_t)PyArray_DATA(a), PyArray_NDIM(a), PyArray_DIMS(a),
                    PyArray_STRIDES(a), PyArray_ITEMSIZE(a)};
    return fnp_sce_may_overlap_itself(&l);
}

static PyObject *reduce(Args *a, PyArrayObject *arr, PyArrayObject *out)
{
    int ndim = PyArray_NDIM(arr), n, axes[NPY_MAXDIMS], keepdims = 0;
    bool reduced[NPY_MAXDIMS] = {false};
    npy_intp shape[NPY_MAXDIMS];
    UfuncLoop loop;
    PyArrayObject *mask = NULL, *result = NULL, *target = NULL;
    PyObject *answer = NULL;
    if (take_axes(a->axis, ndim, &n, axes) < 0) return NULL;
    if (a->keepdims && (keepdims = PyObject_IsTrue(a->keepdims)) < 0) return NULL;
    for (int k = 0; k < n; k++) reduced[axes[k]] = true;
    bool reorderable = true;
    Py_XDECREF(ufunc_identity_object(a->u, &reorderable));
    if (n > 1 && !reorderable) {
        PyErr_Format(
            PyExc_ValueError,
            "reduction operation '%s' is not reorderable, so at most one axis may be specified",
            ufunc_name(a->u));
        return NULL;
    }
    if (a->where && a->where != Py_True) {
        PyArray_Descr *b = ext_builtin_descrs[NPY_BOOL];
        Py_INCREF(b);
        if (!(mask = (PyArrayObject *)PyArray_FromAny(a->where, b, 0, 0, 0, NULL))) return NULL;
    }
    if (resolve(a, arr, out, &loop) < 0) {
        Py_XDECREF(mask);
        return NULL;
    }
    for (int i = 0; i < ndim; i++) shape[i] = reduced[i] ? 1 : PyArray_DIM(arr, i);
    if (out) {
        if (check_out(a, arr, out, reduced, keepdims) < 0) goto done;
        target = out_with_axes(out, ndim, reduced, keepdims);
        if (!target) goto done;
        if (PyArray_EquivTypes(PyArray_DESCR(out), loop.descrs[0]) && PyArray_ISBEHAVED(out) &&
            !shares(out, arr) && !ufunc_overlaps_itself(out))
            result = (PyArrayObject *)Py_NewRef((PyObject *)target);
    }
    if (!result && !(result = result_like(arr, loop.descrs[0], shape))) goto done;
    if (run_reduction(a, &loop, arr, result, reduced, mask) < 0) goto done;
    if (target && target != result && ext_assign_array(target, result, NULL) < 0) goto done;
    if (!out && !keepdims && n > 0) PyArray_RemoveAxesInPlace(result, (const npy_bool *)reduced);
    Py_INCREF(result);
    answer = present(a, result, out);
done:
    ufunc_loop_clear(&loop);
    Py_XDECREF(mask);
    Py_XDECREF(result);
    Py_XDECREF(target);
    return answer;
}

/* ---- accumulate and reduceat
 * --------------------------------------------------------------------------------------------------
 */

/* The operand in the loop's dtype, native and aligned; never the memory of `out`, unless it is
 * exactly the same. */
static PyArrayObject *prepared(PyArrayObject *arr, PyArray_Descr *d, PyArrayObject *out)
{
    bool copy = out && shares(arr, out);
    if (!copy && PyArray_EquivTypes(PyArray_DESCR(arr), d) && PyArray_ISALIGNED(arr) &&
        PyArray_ISNOTSWAPPED(arr))
        return (PyArrayObject *)Py_NewRef((PyObject *)arr);
    Py_INCREF(d);
    return (PyArrayObject *)PyArray_FromArray(arr, d,
                                              NPY_ARRAY_ALIGNED | NPY_ARRAY_NOTSWAPPED |
                                                  NPY_ARRAY_FORCECAST |
                                                  (copy ? NPY_ARRAY_ENSURECOPY : 0));
}

static int run_along(Args *a, UfuncLoop *loop, PyArrayObject *in, PyArrayObject *result, int axis,
                     PyArrayObject *indices)
{
    fnp_view iv, ov;
    fnp_dtype s1, s2;
    if (ext_view(in, &iv, &s1) < 0 || ext_view(result, &ov, &s2) < 0 ||
        ufunc_loop_bind(loop, NULL, 1) < 0)
        return -1;
    PyArrayObject *both[] = {result, in};
    UfuncSection s;
    EXT_ERROR(err);
    ufunc_enter(&s, ufunc_may_release(loop, both, 2, PyArray_SIZE(in)));
    fnp_status st = indices ? fnp_ufunc_reduceat(&loop->run, &ov, &iv, axis, PyArray_DATA(indices),
                                                 PyArray_SIZE(indices), &err)
                            : fnp_ufunc_accumulate(&loop->run, &ov, &iv, axis, &err);
    int flags = ufunc_leave(&s);
    if (st) return ufunc_raise(st, &err);
    if (PyErr_Occurred()) return -1;
    if (flags && !(loop->run.flags & FNP_LOOP_NO_FLOAT_ERRORS))
        return ext_report_fp(a->method, flags);
    return 0;
}

static int single_axis(Args *a, PyArrayObject *arr, int *axis)
{
    int n, axes[NPY_MAXDIMS];
    if (take_axes(a->axis, PyArray_NDIM(arr), &n, axes) < 0) return -1;
    if (PyArray_NDIM(arr) == 0) {
        PyErr_Format(PyExc_TypeError, "cannot %s on a scalar", a->method);
        return -1;
    }
    if (n != 1) {
        PyErr_Format(PyExc_ValueError, "%s does not allow multiple axes", a->method);
        return -1;
    }
    *axis = axes[0];
    return 0;
}

static PyObject *along(Args *a, PyArrayObject *arr, PyArrayObject *out, PyArrayObject *indices)
{
    int axis;
    UfuncLoop loop;
    if (single_axis(a, arr, &axis) < 0) return NULL;
    if (indices) {
        const npy_intp *ix = PyArray_DATA(indices), n = PyArray_DIM(arr, axis);
        for (npy_intp k = 0; k < PyArray_SIZE(indices); k++)
            if (ix[k] < 0 || ix[k] >= n) {
                PyErr_Format(PyExc_IndexError, "index %zd out-of-bounds in %s.%s [0, %zd)", ix[k],
                             ufunc_name(a->u), a->method, n);
                return NULL;
            }
    }
    if (resolve(a, arr, out, &loop) < 0) return NULL;
    if (!PyArray_EquivTypes(loop.descrs[0], loop.descrs[1])) {
        PyErr_Format(PyExc_TypeError,
                     "the resolved dtypes are not compatible with %s.%s. Resolved (%R, %R, %R)",
                     ufunc_name(a->u), a->method, loop.descrs[0], loop.descrs[1], loop.descrs[2]);
        ufunc_loop_clear(&loop);
        return NULL;
    }
    npy_intp shape[NPY_MAXDIMS];
    int ndim = PyArray_NDIM(arr);
    for (int i = 0; i < ndim; i++) shape[i] = PyArray_DIM(arr, i);
    if (indices) shape[axis] = PyArray_SIZE(indices);
    PyArrayObject *in = NULL, *result = NULL;
    PyObject *answer = NULL;
    if (out) {
        if (PyArray_FailUnlessWriteable(out, "output array") < 0) goto done;
        if (!fnp_sce_same_shape(PyArray_NDIM(out), PyArray_DIMS(out), ndim, shape)) {
            if (PyArray_NDIM(out) < ndim) {
                int bad = PyArray_NDIM(out);
                PyErr_Format(PyExc_ValueError,
                             "Iterator input op_axes[0][%d] (==%d) is not a valid axis of op[0], "
                             "which has %d dimensions ",
                             bad - 1 < 0 ? 0 : bad - 1, bad, PyArray_NDIM(out));
            } else {
                char s1[256], s2[256];
                fnp_sce_format_shape(PyArray_NDIM(out), PyArray_DIMS(out), s1, sizeof s1);
                fnp_sce_format_shape(ndim, shape, s2, sizeof s2);
                PyErr_Format(PyExc_ValueError,
                             "provided out is the wrong size for the accumulation: %s %s", s1, s2);
            }
            goto done;
        }
    }
    in = prepared(arr, loop.descrs[0], out);
    if (!in) goto done;
    if (out && PyArray_EquivTypes(PyArray_DESCR(out), loop.descrs[0]) && PyArray_ISBEHAVED(out) &&
        !ufunc_overlaps_itself(out))
        result = (PyArrayObject *)Py_NewRef((PyObject *)out);
    else
        result = result_like(arr, loop.descrs[0], shape);
    if (!result || run_along(a, &loop, in, result, axis, indices) < 0) goto done;
    if (out && result != out && ext_assign_array(out, result, NULL) < 0) goto done;
    Py_INCREF(result);
    answer = present(a, result, out);
done:
    ufunc_loop_clear(&loop);
    Py_XDECREF(in);
    Py_XDECREF(result);
    return answer;
}

/* ---- the methods
 * --------------------------------------------------------------------------------------------------------------
 */

static PyObject *no_value(void)
{
    static PyObject *v;
    return ext_import(&v, "_globals", "_NoValue");
}

static PyObject *dispatch(Args *a, PyObject *const *args, Py_ssize_t n, PyObject *kwnames,
                          PyObject *out_value)
{
    for (Py_ssize_t i = 1; i < n && out_value == Py_Ellipsis; i++)
        if (args[i] == Py_Ellipsis) {
            PyErr_SetString(PyExc_TypeError, "out=... is only allowed as a keyword argument.");
            return NULL;
        }
    if (take_out(a, out_value) < 0) return NULL;
    PyObject *in[2] = {a->array, a->indices}, *outs[1] = {a->out == Py_Ellipsis ? NULL : a->out};
    int nin = a->indices ? 2 : 1;
    if (ufunc_override_needed(in, nin, outs, 1) ||
        (a->where && ufunc_override_needed(&a->where, 1, NULL, 0))) {
        PyObject *r;
        if (ufunc_override(a->u, a->method, in, nin, outs, 1, args, n, kwnames, &r)) return r;
    }
    if (check_kind(a->u, a->method) < 0) return NULL;
    if (a->out_none || (outs[0] && !PyArray_Check(outs[0]))) {
        PyErr_SetString(PyExc_TypeError, "return arrays must be of ArrayType");
        return NULL;
    }
    PyArrayObject *arr = (PyArrayObject *)PyArray_FromAny(a->array, NULL, 0, 0, 0, NULL),
                  *indices = NULL;
    if (!arr) return NULL;
    PyObject *r = NULL;
    char name[100];
    bool noted = fnp_ledger_on();
    const char *outer = NULL;
    PyArray_Descr *named = NULL; /* a dtype by its name is read before the axis */
    if (a->dtype && a->dtype != Py_None && !PyArray_DescrCheck(a->dtype) &&
        !PyObject_TypeCheck(a->dtype, &PyArrayDTypeMeta_Type_)) {
        if (!PyArray_DescrConverter(a->dtype, &named)) {
            Py_DECREF(arr);
            return NULL;
        }
        a->dtype = (PyObject *)named;
    }
    if (FNP_UNLIKELY(noted)) {
        PyOS_snprintf(name, sizeof name, "%s.%s", ufunc_name(a->u), a->method);
        outer = fnp_ledger_context(name);
    }
    if (a->indices) {
        indices = (PyArrayObject *)PyArray_ContiguousFromAny(a->indices, NPY_INTP, 1, 1);
        if (!indices) goto done;
    }
    PyArrayObject *out = (PyArrayObject *)outs[0];
    r = strcmp(a->method, "reduce") == 0 ? reduce(a, arr, out) : along(a, arr, out, indices);
done:
    if (FNP_UNLIKELY(noted)) fnp_ledger_context(outer);
    Py_DECREF(arr);
    Py_XDECREF(named);
    Py_XDECREF(indices);
    return r;
}

PyObject *ufunc_reduce(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    /* The whole of an exact one-dimensional array. */
    if (n == 1 && !kwnames && PyArray_CheckExact(args[0]) &&
        PyArray_NDIM((PyArrayObject *)args[0]) == 1 && !fnp_ledger_on()) {
        PyObject *r = ufunc_fast_reduce((PyUFuncObject *)self, (PyArrayObject *)args[0]);
        if (r || PyErr_Occurred()) return r;
    }
    PyObject *v[7] = {NULL};
    if (ext_parse("reduce", args, n, kwnames, "array", NULL, &v[0], "|axis", NULL, &v[1], "dtype",
                  NULL, &v[2], "out", NULL, &v[3], "keepdims", NULL, &v[4], "initial", NULL, &v[5],
                  "where", NULL, &v[6], NULL) < 0)
        return NULL;
    if (v[5] && v[5] == no_value()) v[5] = NULL;
    Args a = {(PyUFuncObject *)self, "reduce", v[0], NULL, v[1], v[2], NULL, v[4], v[5], v[6]};
    return dispatch(&a, args, n, kwnames, v[3]);
}

PyObject *ufunc_accumulate(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    PyObject *v[4] = {NULL};
    if (ext_parse("accumulate", args, n, kwnames, "array", NULL, &v[0], "|axis", NULL, &v[1],
                  "dtype", NULL, &v[2], "out", NULL, &v[3], NULL) < 0)
        return NULL;
    Args a = {(PyUFuncObject *)self, "accumulate", v[0], NULL, v[1], v[2], NULL, NULL, NULL, NULL};
    return dispatch(&a, args, n, kwnames, v[3]);
}

PyObject *ufunc_reduceat(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    PyObject *v[5] = {NULL};
    if (ext_parse("reduceat", args, n, kwnames, "array", NULL, &v[0], "indices", NULL, &v[1],
                  "|axis", NULL, &v[2], "dtype", NULL, &v[3], "out", NULL, &v[4], NULL) < 0)
        return NULL;
    Args a = {(PyUFuncObject *)self, "reduceat", v[0], v[1], v[2], v[3], NULL, NULL, NULL, NULL};
    return dispatch(&a, args, n, kwnames, v[4]);
}

/* a with `extra` axes of extent 1 at its end. */
static PyObject *with_axes(PyArrayObject *a, int extra, const char *ufunc)
{
    npy_intp shape[NPY_MAXDIMS], strides[NPY_MAXDIMS];
    int n = PyArray_NDIM(a);
    if (n + extra > NPY_MAXDIMS) {
        PyErr_Format(PyExc_ValueError,
                     "maximum supported dimension for an ndarray is currently %d, found %d",
                     NPY_MAXDIMS, n + extra);
        return NULL;
    }
    for (int i = 0; i < n + extra; i++) {
        shape[i] = i < n ? PyArray_DIM(a, i) : 1;
        strides[i] = i < n ? PyArray_STRIDE(a, i) : PyArray_ITEMSIZE(a);
    }
    PyArray_Descr *d = PyArray_DESCR(a);
    Py_INCREF(d);
    PyObject *r = ext_new_view(Py_TYPE(a), d, n + extra, shape, strides, PyArray_DATA(a),
                               PyArray_FLAGS(a), a);
    if (r && !PyArray_CheckExact(r) &&
        !fnp_sce_same_shape(PyArray_NDIM((PyArrayObject *)r), PyArray_DIMS((PyArrayObject *)r),
                            n + extra, shape)) {
        PyErr_Format(PyExc_TypeError,
                     "%s.outer() called with ndarray-subclass of type '%s' which modified its "
                     "shape after a reshape. "
                     "`outer()` relies on reshaping the inputs and is for example not supported "
                     "for the 'np.matrix' class "
                     "(the usage of matrix is generally discouraged). To work around this issue, "
                     "please convert the inputs "
                     "to numpy arrays.",
                     ufunc, Py_TYPE(r)->tp_name);
        Py_CLEAR(r);
    }
    return r;
}

PyObject *ufunc_outer(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    PyUFuncObject *u = (PyUFuncObject *)self;
    if (u->core_enabled) {
        PyErr_SetString(PyExc_TypeError,
                        "method outer is not allowed in ufunc with non-trivial signature");
        return NULL;
    }
    if (u->nin != 2) {
        PyErr_SetString(PyExc_ValueError, "outer product only supported for binary functions");
        return NULL;
    }
    if (n != 2) {
        PyErr_SetString(PyExc_TypeError, "exactly two arguments expected");
        return NULL;
    }
    int signatures = 0;
    for (Py_ssize_t i = 0; kwnames && i < PyTuple_GET_SIZE(kwnames); i++) {
        PyObject *k = PyTuple_GET_ITEM(kwnames, i);
        signatures += PyUnicode_CompareWithASCIIString(k, "sig") == 0 ||
                      PyUnicode_CompareWithASCIIString(k, "signature") == 0;
    }
    if (signatures > 1) {
        PyErr_SetString(PyExc_TypeError, "cannot specify both 'sig' and 'signature'");
        return NULL;
    }
    PyObject *outs[NPY_MAXARGS] = {NULL};
    Py_ssize_t nkw = kwnames ? PyTuple_GET_SIZE(kwnames) : 0;
    bool ellipsis;
    for (Py_ssize_t i = 0; i < nkw; i++)
        if (PyUnicode_CompareWithASCIIString(PyTuple_GET_ITEM(kwnames, i), "out") == 0 &&
            ufunc_take_out(u, args[n + i], outs, &ellipsis) < 0)
            return NULL;
    if (ufunc_override_needed(args, 2, outs, u->nout)) {
        PyObject *r;
        if (ufunc_override(u, "outer", args, 2, outs, u->nout, args, n, kwnames, &r)) return r;
    }
    PyObject *stack[2 + 16] = {NULL}, *result = NULL;
    bool scalars = false;
    if (nkw > 16) {
        PyErr_Format(PyExc_TypeError, "%s.outer() got too many keyword arguments", ufunc_name(u));
        return NULL;
    }
    PyArrayObject *b = (PyArrayObject *)PyArray_FromAny(args[1], NULL, 0, 0, 0, NULL);
    PyArrayObject *a0 = b ? (PyArrayObject *)PyArray_FromAny(args[0], NULL, 0, 0, 0, NULL) : NULL;
    if (!a0) goto done;
    scalars = PyArray_NDIM(a0) == 0 && PyArray_NDIM(b) == 0;
    /* Python numbers stay what they are, so that they stay weak. */
    stack[0] = ufunc_weak_kind(args[0]) ? Py_NewRef(args[0])
                                        : with_axes(a0, PyArray_NDIM(b), ufunc_name(u));
    stack[1] = ufunc_weak_kind(args[1]) ? Py_NewRef(args[1]) : Py_NewRef((PyObject *)b);
    if (scalars && stack[0]) Py_SETREF(stack[0], Py_NewRef(args[0]));
    if (!stack[0]) goto done;
    for (Py_ssize_t i = 0; i < nkw; i++) stack[2 + i] = args[n + i];
    result = ufunc_vectorcall(self, stack, 2, kwnames);
done:
    Py_XDECREF(stack[0]);
    Py_XDECREF(stack[1]);
    Py_XDECREF(a0);
    Py_XDECREF(b);
    return result;
}
