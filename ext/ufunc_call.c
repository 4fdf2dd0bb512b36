/* Calling a ufunc: arguments, conversion of operands, the choice of loop, execution, the form of
 * the result. */
#include "ufunc_call.h"
#include "ufunc_resolve.h"

#include "fnp/runtime.h"

#include <string.h>

/* They take their output by name only; a third argument is deprecated. */
static const char *const extremes[] = {"maximum", "minimum", NULL};

/* ---- operands
 * ------------------------------------------------------------------------------------------------------------
 */

int ufunc_weak_kind(PyObject *o)
{
    if (PyLong_CheckExact(o)) return WEAK_INT;
    if (PyFloat_CheckExact(o)) return WEAK_FLOAT;
    return PyComplex_CheckExact(o) ? WEAK_COMPLEX : WEAK_NO;
}

static PyArrayObject *take_operand(PyObject *o, int *weak)
{
    *weak = ufunc_weak_kind(o);
    if (PyArray_Check(o)) return (PyArrayObject *)Py_NewRef(o);
    return (PyArrayObject *)PyArray_FromAny(o, NULL, 0, 0, 0, NULL);
}

/* A Python number as the loop wants it. */
PyArrayObject *ufunc_scalar_array(PyObject *o, PyArray_Descr *descr)
{
    Py_INCREF(descr);
    PyArrayObject *a =
        (PyArrayObject *)PyArray_NewFromDescr(&PyArray_Type, descr, 0, NULL, NULL, NULL, 0, NULL);
    if (a && PyArray_Pack(descr, PyArray_DATA(a), o) < 0) Py_CLEAR(a);
    return a;
}

/* ---- keywords
 * -------------------------------------------------------------------------------------------------------------
 */

static int bad_out_count(void)
{
    PyErr_SetString(PyExc_ValueError,
                    "The 'out' tuple must have exactly one entry per ufunc output");
    return -1;
}

/* The outputs of `out=`; entries of `out` are NULL where none is given. */
int ufunc_take_out(PyUFuncObject *u, PyObject *value, PyObject **out, bool *ellipsis)
{
    if (value == Py_None && u->nout == 1) return 0;
    if (value == Py_Ellipsis) {
        *ellipsis = true;
        return 0;
    }
    if (PyTuple_CheckExact(value)) {
        if (PyTuple_GET_SIZE(value) != u->nout) return bad_out_count();
        for (int i = 0; i < u->nout; i++) {
            PyObject *o = PyTuple_GET_ITEM(value, i);
            if (o == Py_Ellipsis) {
                PyErr_SetString(PyExc_TypeError,
                                "must use `...` as `out=...` and not per-operand/in a tuple");
                return -1;
            }
            out[i] = o == Py_None ? NULL : o;
        }
        return 0;
    }
    if (u->nout != 1) {
        PyErr_SetString(PyExc_TypeError, "'out' must be a tuple of arrays");
        return -1;
    }
    out[0] = value;
    return 0;
}

static int take_keyword(UfuncArgs *a, PyObject *name, PyObject *value)
{
    PyUFuncObject *u = a->ufunc;
    const char *k = PyUnicode_AsUTF8(name);
    if (!k) return -1;
    bool core = u->core_enabled;
    if (strcmp(k, "out") == 0) {
        if (a->out_given) {
            PyErr_SetString(PyExc_TypeError,
                            "cannot specify 'out' as both a positional and keyword argument");
            return -1;
        }
        a->out_given = a->out_keyword = true;
        return ufunc_take_out(u, value, a->out, &a->ellipsis);
    }
    if (strcmp(k, "dtype") == 0) return a->dtype = value == Py_None ? NULL : value, 0;
    if (strcmp(k, "casting") == 0) return a->casting_arg = value, 0;
    if (strcmp(k, "order") == 0) return a->order_arg = value, 0;
    if (strcmp(k, "subok") == 0) return a->subok_arg = value, 0;
    if (strcmp(k, "signature") == 0 || strcmp(k, "sig") == 0) {
        if (a->signature_seen) {
            PyErr_SetString(PyExc_TypeError, "cannot specify both 'sig' and 'signature'");
            return -1;
        }
        a->signature_seen = true;
        a->signature = value == Py_None ? NULL : value;
        return 0;
    }
    if (!core && strcmp(k, "where") == 0) return a->where = value, 0;
    if (core && strcmp(k, "axes") == 0) return a->axes = value, 0;
    if (core && strcmp(k, "axis") == 0) return a->axis = value, 0;
    if (core && strcmp(k, "keepdims") == 0) return a->keepdims = value, 0;
    PyErr_Format(PyExc_TypeError, "%s() got an unexpected keyword argument '%U'", ufunc_name(u),
                 name);
    return -1;
}

static int parse(UfuncArgs *a, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    PyUFuncObject *u = a->ufunc;
    if (n < u->nin || n > u->nargs) {
        bool one = u->nin == u->nargs;
        const char *was = n == 1 ? "was" : "were";
        if (one)
            PyErr_Format(PyExc_TypeError,
                         "%s() takes exactly %d positional arguments but %zd %s given",
                         ufunc_name(u), u->nin, n, was);
        else
            PyErr_Format(PyExc_TypeError,
                         "%s() takes from %d to %d positional arguments but %zd %s given",
                         ufunc_name(u), u->nin, u->nargs, n, was);
        return -1;
    }
    a->in = args;
    if (n > u->nin && ufunc_is_one_of(u, extremes) &&
        PyErr_WarnEx(
            PyExc_DeprecationWarning,
            "Passing more than 2 positional arguments to np.maximum and np.minimum is "
            "deprecated. If you meant to use the third argument as an output, use the "
            "`out` keyword argument instead. If you hoped to work with more than 2 inputs, "
            "combine them into a single array and get the extrema for the relevant axis.",
            1) < 0)
        return -1;
    for (Py_ssize_t i = u->nin; i < n; i++) {
        a->out_given = true;
        PyObject *o = args[i];
        if (o == Py_Ellipsis) {
            PyErr_SetString(PyExc_TypeError, "out=... is only allowed as a keyword argument.");
            return -1;
        }
        if (o != Py_None) a->out[i - u->nin] = o;
    }
    Py_ssize_t nkw = kwnames ? PyTuple_GET_SIZE(kwnames) : 0;
    for (Py_ssize_t i = 0; i < nkw; i++)
        if (take_keyword(a, PyTuple_GET_ITEM(kwnames, i), args[n + i]) < 0) return -1;
    if (a->dtype && a->signature) {
        PyErr_SetString(PyExc_TypeError, "cannot specify both 'signature' and 'dtype'");
        return -1;
    }
    if (a->axes && a->axes != Py_None && a->axis && a->axis != Py_None) {
        PyErr_SetString(PyExc_TypeError, "cannot specify both 'axis' and 'axes'");
        return -1;
    }
    return 0;
}

/* What is converted only when no operand's __array_ufunc__ took the call. */
static int convert_keywords(UfuncArgs *a)
{
    if (a->casting_arg && !PyArray_CastingConverter(a->casting_arg, &a->casting)) return -1;
    if (a->order_arg && !PyArray_OrderConverter(a->order_arg, &a->order)) return -1;
    if (!a->subok_arg) return 0;
    if (!PyBool_Check(a->subok_arg)) {
        PyErr_SetString(PyExc_TypeError, "'subok' must be a boolean");
        return -1;
    }
    a->subok = a->subok_arg == Py_True;
    return 0;
}

/* ---- signature= and dtype=
 * -------------------------------------------------------------------------------------------------
 */

static int fix_one(UfuncQuery *q, int i, PyObject *value)
{
    if (value == Py_None) return 0;
    PyArray_Descr *d = NULL;
    PyArray_DTypeMeta *cls;
    if (PyObject_TypeCheck(value, &PyArrayDTypeMeta_Type_)) {
        cls = (PyArray_DTypeMeta *)value;
        if (ext_dt_is_abstract(cls)) {
            PyErr_SetString(PyExc_TypeError, "The ufunc signature may not contain abstract DTypes");
            return -1;
        }
    } else {
        if (!PyArray_DescrConverter(value, &d)) return -1;
        cls = NPY_DTYPE(d);
        if (!ext_descr_is_legacy(d)) {
            PyErr_SetString(PyExc_TypeError,
                            "Cannot pass a new user DType instance to the `dtype` or `signature` "
                            "arguments of ufuncs. Pass the DType class instead.");
            Py_DECREF(d);
            return -1;
        }
        bool details =
            !PyArray_ISNBO(d->byteorder) ||
            (PyTypeNum_ISDATETIME(d->type_num) && ext_descr_meta(d)->base != NPY_FR_GENERIC) ||
            (d->type_num == NPY_VOID && d->elsize) ||
            (PyTypeNum_ISFLEXIBLE(d->type_num) && d->elsize);
        if (details) {
            PyErr_SetString(PyExc_TypeError, "The `dtype` and `signature` arguments to ufuncs only "
                                             "select the general DType and not details "
                                             "such as the byte order or time unit. You can avoid "
                                             "this error by using the scalar types "
                                             "`np.float64` or the dtype string notation.");
            Py_DECREF(d);
            return -1;
        }
    }
    q->fixed[i] = cls;
    q->any_fixed = true;
    if (d) Py_DECREF(d); /* the class is static or held by the caller's dtype object */
    return 0;
}

static int type_from_char(PyObject *s, Py_ssize_t i, PyObject **dtype)
{
    Py_UCS4 c = PyUnicode_ReadChar(s, i);
    int num = c < 128 ? ext_typenum_from_char((int)c) : -1;
    PyArray_Descr *d = num < 0 ? NULL : PyArray_DescrFromType(num);
    if (!d) {
        PyErr_Clear();
        PyErr_SetString(PyExc_ValueError, "Invalid data-type for array");
        return -1;
    }
    *dtype = Py_NewRef((PyObject *)NPY_DTYPE(d)); /* a character names no details */
    Py_DECREF(d);
    return 0;
}

static int fix_by_text(UfuncQuery *q, PyObject *text)
{
    PyUFuncObject *u = q->ufunc;
    Py_ssize_t n = PyUnicode_GET_LENGTH(text);
    if (n == 1 && u->nargs != 1) {
        PyErr_SetString(PyExc_TypeError,
                        "Use `dtype` or  fill the tuple with more than one 'None'.");
        return -1;
    }
    bool good = n == u->nargs + 2 && PyUnicode_ReadChar(text, u->nin) == '-' &&
                PyUnicode_ReadChar(text, u->nin + 1) == '>';
    if (!good) {
        PyErr_Format(PyExc_ValueError,
                     "a type-string for %s, %d typecode(s) before and %d after the -> sign",
                     ufunc_name(u), u->nin, u->nout);
        return -1;
    }
    for (int i = 0; i < u->nargs; i++) {
        PyObject *d;
        if (type_from_char(text, i < u->nin ? i : i + 2, &d) < 0) return -1;
        int r = fix_one(q, i, d);
        Py_DECREF(d);
        if (r < 0) return -1;
    }
    return 0;
}

int ufunc_fix_types(UfuncQuery *q, PyObject *signature, PyObject *dtype)
{
    PyUFuncObject *u = q->ufunc;
    if (dtype) {
        if (dtype == Py_None) return 0;
        for (int i = u->nin; i < u->nargs; i++)
            if (fix_one(q, i, dtype) < 0) return -1;
        return 0;
    }
    if (!signature || signature == Py_None) return 0;
    if (PyTuple_Check(signature)) {
        Py_ssize_t n = PyTuple_GET_SIZE(signature);
        if (n == 1 && u->nargs != 1) {
            if (PyTuple_GET_ITEM(signature, 0) == Py_None) {
                PyErr_SetString(PyExc_TypeError, "a single item type tuple cannot contain None.");
                return -1;
            }
            PyErr_SetString(PyExc_TypeError,
                            "Use `dtype` or  fill the tuple with more than one 'None'.");
            return -1;
        }
        if (n != u->nargs) {
            PyErr_Format(PyExc_ValueError,
                         "a type-tuple must be specified of length %d for ufunc '%s'", u->nargs,
                         ufunc_name(u));
            return -1;
        }
        for (int i = 0; i < u->nargs; i++)
            if (fix_one(q, i, PyTuple_GET_ITEM(signature, i)) < 0) return -1;
        return 0;
    }
    if (PyBytes_Check(signature)) {
        PyObject *text = PyUnicode_FromEncodedObject(signature, "ASCII", NULL);
        int r = text ? fix_by_text(q, text) : -1;
        Py_XDECREF(text);
        return r;
    }
    if (PyUnicode_Check(signature)) return fix_by_text(q, signature);
    PyErr_SetString(PyExc_TypeError, "the signature object to ufunc must be a string or a tuple.");
    return -1;
}

/* ---- the call
 * ---------------------------------------------------------------------------------------------------------------
 */

static int take_where(UfuncArgs *a, PyArrayObject **mask)
{
    *mask = NULL;
    if (!a->where || a->where == Py_True) return 0;
    PyArray_Descr *b = ext_builtin_descrs[NPY_BOOL];
    Py_INCREF(b);
    *mask = (PyArrayObject *)PyArray_FromAny(a->where, b, 0, 0, 0, NULL);
    if (!*mask) return -1;
    if (!a->out_keyword && !a->out_given &&
        PyErr_WarnEx(PyExc_UserWarning,
                     "'where' used without 'out', expect unitialized memory in output. If this is "
                     "intentional, use "
                     "out=None.",
                     1) < 0)
        return -1;
    return 0;
}

static int take_arrays(UfuncArgs *a, UfuncQuery *q, PyArrayObject **arrays)
{
    PyUFuncObject *u = a->ufunc;
    for (int i = 0; i < u->nin; i++) {
        arrays[i] = take_operand(a->in[i], &q->weak[i]);
        if (!arrays[i]) return -1;
        if (u->nin == 1) q->weak[i] = WEAK_NO;
        q->given[i] = PyArray_DESCR(arrays[i]);
        q->objects[i] = PyArray_NDIM(arrays[i]) == 0 ? a->in[i] : NULL;
    }
    for (int i = 0; i < u->nout; i++) {
        PyObject *o = a->out[i];
        if (!o) continue;
        if (!PyArray_Check(o)) {
            PyErr_SetString(PyExc_TypeError, "return arrays must be of ArrayType");
            return -1;
        }
        if (PyArray_FailUnlessWriteable((PyArrayObject *)o, "output array") < 0) return -1;
        arrays[u->nin + i] = (PyArrayObject *)Py_NewRef(o);
        q->given[u->nin + i] = PyArray_DESCR((PyArrayObject *)o);
    }
    return 0;
}

/* Python numbers become arrays of the loop's type. */
int ufunc_fill_weak(UfuncQuery *q, UfuncLoop *loop, PyArrayObject **arrays)
{
    for (int i = 0; i < q->nin; i++) {
        if (!q->weak[i] || !q->objects[i]) continue;
        PyArrayObject *a = ufunc_scalar_array(q->objects[i], loop->descrs[i]);
        if (!a) return -1;
        Py_SETREF(arrays[i], a);
    }
    return 0;
}

static PyObject *finish(UfuncArgs *a, PyArrayObject **arrays, bool all_scalars)
{
    PyUFuncObject *u = a->ufunc;
    UfuncWrap w;
    if (ufunc_find_wrap(&w, a->in, u->nin, a->subok) < 0) return NULL;
    PyObject *full = NULL, *results[NPY_MAXARGS] = {NULL}, *r = NULL;
    bool need_args = w.wrap != NULL, any_out = false;
    for (int i = 0; i < u->nout; i++) {
        any_out |= a->out[i] != NULL;
        need_args |= a->out[i] && !PyArray_CheckExact(a->out[i]);
    }
    if (need_args && !(full = ufunc_full_args(a->in, u->nin, any_out ? a->out : NULL, u->nout)))
        goto done;
    for (int i = 0; i < u->nout; i++) {
        PyArrayObject *x = arrays[u->nin + i];
        arrays[u->nin + i] = NULL;
        bool scalar = !a->ellipsis && all_scalars && PyArray_NDIM(x) == 0;
        results[i] =
            ufunc_wrap_result(&w, u, full, i, x, a->subok ? a->out[i] : NULL, scalar && !a->out[i]);
        if (!results[i]) goto done;
    }
    if (u->nout == 1) {
        r = Py_NewRef(results[0]);
        goto done;
    }
    r = PyTuple_New(u->nout);
    for (int i = 0; r && i < u->nout; i++) PyTuple_SET_ITEM(r, i, Py_NewRef(results[i]));
done:
    for (int i = 0; i < u->nout; i++) Py_XDECREF(results[i]);
    Py_XDECREF(full);
    Py_XDECREF(w.wrap);
    return r;
}

void ufunc_note_promotion(const UfuncQuery *q, const UfuncLoop *loop, const char *why)
{
    char reason[400] = "", decision[200] = "", label[40];
    size_t at = 0, to = 0;
    fnp_dtype scratch;
    for (int i = 0; i < q->nin; i++) {
        const fnp_dtype *d = q->given[i] ? ext_descr_core(q->given[i], &scratch) : NULL;
        const char *what =
            q->weak[i] ? "a Python number, which takes the other type" : "an operand";
        if (!q->weak[i] && d) what = fnp_dtype_label(d, label, sizeof label);
        if (at < sizeof reason - 60)
            at += (size_t)PyOS_snprintf(reason + at, sizeof reason - at, "%s%s",
                                        at ? " and " : "the inputs are ", what);
    }
    for (int i = 0; i < q->nop; i++) {
        const fnp_dtype *d = loop->descrs[i] ? ext_descr_core(loop->descrs[i], &scratch) : NULL;
        if (d && to < sizeof decision - 50)
            to += (size_t)PyOS_snprintf(decision + to, sizeof decision - to, "%s%s",
                                        i == 0        ? ""
                                        : i == q->nin ? " -> "
                                                      : ", ",
                                        fnp_dtype_label(d, label, sizeof label));
    }
    PyErr_Clear();
    fnp_ledger_note(FNP_EVENT_PROMOTION, NULL, why ? why : reason, "%s", decision);
}

static PyObject *call(UfuncArgs *a)
{
    PyUFuncObject *u = a->ufunc;
    UfuncQuery q;
    UfuncLoop loop;
    PyArrayObject *arrays[NPY_MAXARGS], *mask = NULL;
    PyObject *result = NULL;
    bool have_loop = false, all_scalars = true;
    memset(&q, 0, offsetof(UfuncQuery, given));
    for (int i = 0; i < u->nargs; i++) {
        arrays[i] = NULL;
        q.given[i] = q.fixed_descr[i] = NULL;
        q.weak[i] = 0;
        q.objects[i] = NULL;
        q.fixed[i] = NULL;
    }
    q.ufunc = u;
    q.nin = u->nin;
    q.nop = u->nargs;
    q.casting = a->casting;
    q.any_fixed = q.reduction = q.force_inputs = false;
    if (take_arrays(a, &q, arrays) < 0 || ufunc_fix_types(&q, a->signature, a->dtype) < 0 ||
        take_where(a, &mask) < 0)
        goto done;
    if (ufunc_resolve(&q, &loop) < 0) goto done;
    have_loop = true;
    if (fnp_ledger_on())
        ufunc_note_promotion(&q, &loop, q.any_fixed ? "the caller fixed it" : NULL);
    for (int i = 0; i < u->nin; i++) all_scalars &= PyArray_NDIM(arrays[i]) == 0;
    if (ufunc_fill_weak(&q, &loop, arrays) < 0) goto done;
    UfuncRun run = {&loop, arrays, mask, a->order, a->subok};
    if (u->core_enabled) {
        if (ufunc_run_gufunc(&run, a->axes, a->axis, a->keepdims) < 0) goto done;
        all_scalars = true;
    } else if (ufunc_run_elementwise(&run) < 0) {
        goto done;
    }
    result = finish(a, arrays, all_scalars);
done:
    if (have_loop) ufunc_loop_clear(&loop);
    for (int i = 0; i < u->nargs; i++) Py_XDECREF(arrays[i]);
    Py_XDECREF(mask);
    return result;
}

PyObject *ufunc_vectorcall(PyObject *self, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    PyUFuncObject *u = (PyUFuncObject *)self;
    Py_ssize_t n = PyVectorcall_NARGS(nargsf);
    bool noted = fnp_ledger_on(); /* then the long way, which tells what it does */
    PyArrayObject *into = NULL;
    bool short_way = !noted && n == u->nin && !kwnames;
    if (!noted && u->nout == 1 && n == u->nargs && !kwnames && PyArray_CheckExact(args[u->nin]) &&
        !ufunc_is_one_of(u, extremes)) {
        into = (PyArrayObject *)args[u->nin];
        short_way = true;
    } else if (!noted && n == u->nin && kwnames && PyTuple_GET_SIZE(kwnames) == 1 &&
               PyArray_CheckExact(args[n]) &&
               PyUnicode_CompareWithASCIIString(PyTuple_GET_ITEM(kwnames, 0), "out") == 0) {
        into = (PyArrayObject *)args[n];
        short_way = true;
    }
    if (u->core_enabled) {
        static PyObject *signature;
        if (!signature && !(signature = PyUnicode_InternFromString("signature"))) return NULL;
        bool named =
            kwnames && PyTuple_GET_SIZE(kwnames) == 1 && PyTuple_GET_ITEM(kwnames, 0) == signature;
        if (!noted && n == u->nin && (!kwnames || named)) {
            PyObject *r = ufunc_fast_gufunc(u, args, named ? args[n] : NULL, NULL);
            if (r || PyErr_Occurred()) return r;
        }
    } else if (short_way) {
        PyObject *r = ufunc_fast_call(u, args, into);
        if (!r && !into && (ufunc_extra(u)->text[0] || ufunc_extra(u)->text[1]))
            r = ufunc_text_call(u, args);
        if (r || PyErr_Occurred()) return r;
    }
    UfuncArgs a = {
        .ufunc = u, .casting = NPY_SAME_KIND_CASTING, .order = NPY_KEEPORDER, .subok = true};
    if (parse(&a, args, n, kwnames) < 0) return NULL;
    if (ufunc_override_needed(a.in, u->nin, a.out, u->nout) ||
        (a.where && ufunc_override_needed(&a.where, 1, NULL, 0))) {
        PyObject *r;
        if (ufunc_override(u, "__call__", a.in, u->nin, a.out, u->nout, args, n, kwnames, &r))
            return r;
    }
    if (convert_keywords(&a) < 0) return NULL;
    if (FNP_LIKELY(!noted)) return call(&a);
    const char *outer = fnp_ledger_context(ufunc_name(u));
    PyObject *r = call(&a);
    fnp_ledger_context(outer);
    return r;
}
