/* Loops that were added to a ufunc, matched by DType class; promoters; what is said when nothing
 * matches. */
#include "ufunc_resolve.h"

#include <string.h>

/* The class of operand i as dispatching sees it: NULL where an output is open. */
static PyArray_DTypeMeta *operand_class(UfuncQuery *q, int i)
{
    static PyArray_DTypeMeta *const weak[] = {NULL, &ext_pyint, &ext_pyfloat, &ext_pycomplex};
    if (q->fixed[i]) return q->fixed[i];
    if (i < q->nin && q->weak[i]) return weak[q->weak[i]];
    if (i >= q->nin) return NULL;
    return q->given[i] ? NPY_DTYPE(q->given[i]) : NULL;
}

/* ---- matching
 * ------------------------------------------------------------------------------------------------------------
 */

/* How well a loop's class fits an operand's: 0 not at all, 1 as wildcard, 2 as a base class, 4
 * exactly. */
static int fit(PyObject *wanted, PyArray_DTypeMeta *have)
{
    if (!have) return wanted == Py_None ? 2 : 1; /* an open output: better left open */
    if (wanted == Py_None) return 1;
    if ((PyObject *)have == wanted) return 4;
    PyArray_DTypeMeta *w = (PyArray_DTypeMeta *)wanted;
    if (ext_dt_is_abstract(w) && PyType_IsSubtype((PyTypeObject *)have, (PyTypeObject *)w))
        return 3;
    return 0;
}

static int score(PyObject *dtypes, PyArray_DTypeMeta **ops, int nop)
{
    int total = 1;
    for (int i = 0; i < nop; i++) {
        int f = fit(PyTuple_GET_ITEM(dtypes, i), ops[i]);
        if (f == 0) return 0;
        total += f;
    }
    return total;
}

/* Legacy loops for one structured dtype each: the operand must be that one, or castable to it. */
static bool descrs_fit(PyObject *what, UfuncQuery *q)
{
    if (!PyObject_TypeCheck(what, &PyArrayMethod_Type_)) return true;
    PyArrayMethodObject *m = (PyArrayMethodObject *)what;
    if (!m->kernel_descrs) return true;
    for (int i = 0; i < q->nin; i++) {
        if (!q->given[i] || !m->kernel_descrs[i] || q->weak[i]) continue;
        int ok = ext_can_cast(q->given[i], m->kernel_descrs[i], NPY_SAFE_CASTING);
        if (ok < 0) PyErr_Clear();
        if (ok <= 0) return false;
    }
    return true;
}

static PyObject *best_match(UfuncQuery *q, PyArray_DTypeMeta **ops)
{
    PyObject *best = NULL;
    int best_score = 0;
    PyObject *list = q->ufunc->_loops;
    for (Py_ssize_t k = 0; k < PyList_GET_SIZE(list); k++) {
        PyObject *entry = PyList_GET_ITEM(list, k), *what = PyTuple_GET_ITEM(entry, 1);
        int s = score(PyTuple_GET_ITEM(entry, 0), ops, q->nop);
        if (s > best_score && descrs_fit(what, q)) {
            best = what;
            best_score = s;
        }
    }
    return best;
}

/* ---- promoters and methods
 * --------------------------------------------------------------------------------------------- */

static int run_promoter(UfuncQuery *q, PyObject *capsule, PyArray_DTypeMeta **ops)
{
    PyArrayMethod_PromoterFunction *f = PyCapsule_GetPointer(capsule, "numpy._ufunc_promoter");
    PyArray_DTypeMeta *result[NPY_MAXARGS] = {NULL};
    if (!f) return -1;
    if (f((PyObject *)q->ufunc, ops, q->fixed, result) < 0) {
        if (PyErr_Occurred()) return -1;
        return 0;
    }
    bool changed = false;
    for (int i = 0; i < q->nop; i++) {
        if (result[i] && result[i] != ops[i]) changed = true;
        ops[i] = result[i];
        Py_XDECREF(result[i]); /* classes outlive the call: the operands or the loops hold them */
    }
    return changed;
}

static PyObject *effective_scalar(UfuncQuery *q, int i)
{
    return i < q->nin ? q->objects[i] : NULL;
}

/* The loop `m` for the query's descriptors. */
static int use_method(UfuncQuery *q, PyArrayMethodObject *m, UfuncLoop *loop)
{
    PyArray_Descr *given[NPY_MAXARGS] = {NULL};
    PyObject *scalars[NPY_MAXARGS] = {NULL};
    int r = -1;
    for (int i = 0; i < q->nop; i++) {
        PyArray_DTypeMeta *cls = m->dtypes[i];
        PyArray_Descr *d = q->fixed_descr[i] ? q->fixed_descr[i] : q->given[i];
        if (i < q->nin) scalars[i] = effective_scalar(q, i);
        if (i >= q->nin && !d) continue;
        if (!cls || (d && NPY_DTYPE(d) == cls && !(i < q->nin && q->weak[i]))) {
            given[i] = (PyArray_Descr *)Py_XNewRef((PyObject *)d);
        } else if (i < q->nin) {
            if (q->weak[i] || !d)
                given[i] = ext_default_descr(cls);
            else
                given[i] = ext_descr_in_class(d, cls);
            if (!given[i]) goto done;
        }
    }
    NPY_CASTING level = ext_method_resolve(m, given, scalars, loop->descrs);
    if ((int)level < 0) {
        for (int i = 0; i < q->nop; i++) loop->descrs[i] = NULL;
        if (!PyErr_Occurred()) {
            PyObject *t = PyTuple_New(q->nop);
            for (int i = 0; t && i < q->nop; i++)
                PyTuple_SET_ITEM(t, i, Py_NewRef(given[i] ? (PyObject *)given[i] : Py_None));
            ufunc_no_loop_error(q->ufunc, t);
        }
        goto done;
    }
    if ((int)level > (int)(q->casting & ~NPY_SAME_VALUE_CASTING_FLAG)) {
        PyErr_Format(PyExc_TypeError,
                     "The ufunc implementation for %s with the given dtype signature is not "
                     "possible under the casting rule %s",
                     ufunc_name(q->ufunc), ext_casting_name(q->casting));
        for (int i = 0; i < q->nop; i++) Py_CLEAR(loop->descrs[i]);
        goto done;
    }
    loop->nop = q->nop;
    loop->method = (PyArrayMethodObject *)Py_NewRef((PyObject *)m);
    if (m->flags & _NPY_METH_FORCE_CAST_INPUTS) q->force_inputs = true;
    r = 1;
done:
    for (int i = 0; i < q->nop; i++) Py_XDECREF(given[i]);
    return r;
}

/* The first added loop whose inputs can safely be cast to: what legacy user types expect. */
static PyArrayMethodObject *castable_match(UfuncQuery *q)
{
    PyObject *list = q->ufunc->_loops;
    for (Py_ssize_t k = 0; k < PyList_GET_SIZE(list); k++) {
        PyObject *what = PyTuple_GET_ITEM(PyList_GET_ITEM(list, k), 1);
        if (!PyObject_TypeCheck(what, &PyArrayMethod_Type_)) continue;
        PyArrayMethodObject *m = (PyArrayMethodObject *)what;
        if (!m->kernel) continue;
        bool ok = true;
        for (int i = 0; i < q->nin && ok; i++) {
            if (q->fixed[i]) {
                ok = q->fixed[i] == m->dtypes[i];
                continue;
            }
            PyArray_Descr *to = m->kernel_descrs && m->kernel_descrs[i]
                                    ? (PyArray_Descr *)Py_NewRef(m->kernel_descrs[i])
                                    : ext_default_descr(m->dtypes[i]);
            PyArray_Descr *from = q->given[i];
            int can = to && from ? ext_can_cast(from, to, NPY_SAFE_CASTING) : 0;
            if (can < 0) PyErr_Clear();
            ok = can > 0;
            Py_XDECREF(to);
        }
        for (int i = q->nin; i < q->nop && ok; i++)
            ok = !q->fixed[i] || q->fixed[i] == m->dtypes[i];
        if (ok) return m;
    }
    return NULL;
}

static int number_rank(int t)
{
    return PyTypeNum_ISCOMPLEX(t)   ? 3
           : PyTypeNum_ISFLOAT(t)   ? 2
           : PyTypeNum_ISINTEGER(t) ? 1
           : t == NPY_OBJECT        ? 4
                                    : 0;
}

/* The first built-in loop whose types the inputs can safely be cast to, where one input is of a
 * legacy user type. */
static bool fix_builtin_for_user_type(UfuncQuery *q)
{
    PyUFuncObject *u = q->ufunc;
    bool any_user = false;
    for (int i = 0; i < q->nin; i++) {
        if (q->fixed[i] || !q->given[i]) return false;
        any_user |= PyTypeNum_ISUSERDEF(q->given[i]->type_num);
    }
    for (int k = 0; any_user && k < u->ntypes; k++) {
        const unsigned char *types = (const unsigned char *)u->types + (size_t)k * q->nop;
        bool ok = true;
        for (int i = 0; i < q->nin && ok; i++) {
            PyArray_Descr *to = types[i] < NPY_NTYPES_LEGACY ? ext_builtin_descrs[types[i]] : NULL;
            int weak = q->weak[i] ? number_rank(q->given[i]->type_num) : 0;
            int can = !to    ? 0
                      : weak ? number_rank(types[i]) >= weak
                             : ext_can_cast(q->given[i], to, NPY_SAFE_CASTING);
            if (can < 0) PyErr_Clear();
            ok = can > 0;
        }
        for (int i = q->nin; i < q->nop && ok; i++) ok = types[i] < NPY_NTYPES_LEGACY;
        if (!ok) continue;
        for (int i = 0; i < q->nop; i++) q->fixed[i] = &ext_dtypes[types[i]];
        q->any_fixed = true;
        return true;
    }
    return false;
}

/* Every input in the class that all of them share. */
static int promote_to_common(UfuncQuery *q, PyArray_DTypeMeta **ops)
{
    PyArray_DTypeMeta *in[NPY_MAXARGS];
    for (int i = 0; i < q->nin; i++)
        if (!(in[i] = ops[i]) || q->fixed[i]) return 0;
    PyArray_DTypeMeta *c = PyArray_PromoteDTypeSequence(q->nin, in);
    if (!c) {
        PyErr_Clear();
        return 0;
    }
    bool changed = false;
    for (int i = 0; i < q->nin; i++) {
        changed |= ops[i] != c;
        ops[i] = c;
    }
    Py_DECREF(c);
    return changed;
}

int ufunc_dispatch(UfuncQuery *q, UfuncLoop *loop, bool builtin)
{
    PyArray_DTypeMeta *ops[NPY_MAXARGS];
    for (int i = 0; i < q->nop; i++) ops[i] = operand_class(q, i);
    for (int round = 0; round < 8; round++) {
        PyObject *what = best_match(q, ops);
        if (!what) break;
        if (PyObject_TypeCheck(what, &PyArrayMethod_Type_))
            return use_method(q, (PyArrayMethodObject *)what, loop);
        int changed = run_promoter(q, what, ops);
        if (changed < 0) return -1;
        if (!changed) break;
        bool all = true;
        for (int i = 0; i < q->nin; i++) {
            if (!ops[i]) return 0;
            all &= ops[i]->type_num >= 0 && ops[i]->type_num < NPY_NTYPES_LEGACY &&
                   !ext_dt_is_abstract(ops[i]) && ext_dt_is_legacy(ops[i]);
        }
        if (all && !best_match(q, ops)) { /* a built-in loop is meant */
            for (int i = 0; i < q->nop; i++) {
                q->fixed[i] = ops[i];
                q->any_fixed |= ops[i] != NULL;
            }
            return 0;
        }
    }
    if (builtin && q->ufunc->ntypes) return 0;
    PyArrayMethodObject *legacy = castable_match(q);
    if (legacy) return use_method(q, legacy, loop);
    for (int i = 0; i < q->nop; i++) ops[i] = operand_class(q, i);
    if (promote_to_common(q, ops)) {
        PyObject *what = best_match(q, ops);
        if (what && PyObject_TypeCheck(what, &PyArrayMethod_Type_))
            return use_method(q, (PyArrayMethodObject *)what, loop);
    }
    fix_builtin_for_user_type(q);
    return 0;
}

/* ---- nothing found
 * --------------------------------------------------------------------------------------------------------
 */

static PyObject *classes_tuple(UfuncQuery *q)
{
    PyObject *t = PyTuple_New(q->nop);
    for (int i = 0; t && i < q->nop; i++) {
        PyObject *c = (PyObject *)operand_class(q, i);
        if (q->reduction && i == 0 && !q->fixed[0]) c = NULL; /* the result's is not chosen yet */
        PyTuple_SET_ITEM(t, i, Py_NewRef(c ? c : Py_None));
    }
    return t;
}

static PyObject *descrs_tuple(UfuncQuery *q)
{
    PyObject *t = PyTuple_New(q->nop);
    for (int i = 0; t && i < q->nop; i++) {
        PyObject *d = i < q->nin ? (PyObject *)q->given[i] : NULL;
        PyTuple_SET_ITEM(t, i, Py_NewRef(d ? d : Py_None));
    }
    return t;
}

bool ufunc_is_one_of(PyUFuncObject *u, const char *const *names)
{
    const fnp_ufunc_info *info = ufunc_extra(u)->info;
    if (!info) return false;
    for (; *names; names++)
        if (strcmp(*names, info->name) == 0) return true;
    return false;
}

bool ufunc_is_uniform(PyUFuncObject *u)
{
    static const char *const uniform[] = {"add",  "subtract",   "multiply", "maximum",  "minimum",
                                          "fmax", "fmin",       "positive", "negative", "absolute",
                                          "sign", "_ones_like", "gcd",      "lcm",      NULL};
    return ufunc_is_one_of(u, uniform);
}

static bool is_text(PyArray_Descr *d)
{
    return d && (d->type_num == NPY_STRING || d->type_num == NPY_UNICODE);
}

int ufunc_not_found(UfuncQuery *q)
{
    static const char *const time_aware[] = {"add",          "subtract",  "multiply", "divide",
                                             "floor_divide", "remainder", "divmod",   NULL};
    PyUFuncObject *u = q->ufunc;
    UfuncExtra *x = ufunc_extra(u);
    if (PyErr_Occurred()) return -1;
    bool new_style = false;
    for (int i = 0; i < q->nop; i++) {
        PyArray_DTypeMeta *c = q->fixed[i]   ? q->fixed[i]
                               : q->given[i] ? NPY_DTYPE(q->given[i])
                                             : NULL;
        new_style |= c && !ext_dt_is_legacy(c);
    }
    if (q->any_fixed && new_style) return ufunc_no_loop_error(u, classes_tuple(q));
    if (q->any_fixed) {
        PyErr_Format(PyExc_TypeError,
                     "No loop matching the specified signature and casting was found for ufunc %s",
                     ufunc_name(u));
        return -1;
    }
    bool time = false, flexible = false, foreign = false, is_bool = q->nin > 0;
    for (int i = 0; i < q->nin; i++) {
        int num = q->weak[i] || !q->given[i] ? NPY_DOUBLE : q->given[i]->type_num;
        time |= PyTypeNum_ISDATETIME(num);
        flexible |= PyTypeNum_ISFLEXIBLE(num);
        foreign |= num < 0 || num >= NPY_VSTRING;
        is_bool &= num == NPY_BOOL;
    }
    static const char *const sum[] = {"add", NULL};
    bool texts = q->nin == 2 && is_text(q->given[0]) && is_text(q->given[1]);
    if (((time && !foreign && ufunc_is_one_of(u, time_aware)) ||
         (texts && ufunc_is_one_of(u, sum))) &&
        q->nin == 2)
        return ufunc_binary_error(u, q->given[0], q->given[1]);
    if (time && (x->flags & FNP_UF_COMPARISON) && q->given[0] && q->given[1] &&
        PyTypeNum_ISDATETIME(q->given[0]->type_num) && PyTypeNum_ISDATETIME(q->given[1]->type_num))
        return ufunc_binary_error(u, q->given[0], q->given[1]);
    if (x->info && is_bool && strcmp(x->info->name, "subtract") == 0) {
        PyErr_SetString(PyExc_TypeError,
                        "numpy boolean subtract, the `-` operator, is not supported, use the "
                        "bitwise_xor, the `^` operator, or the logical_xor function instead.");
        return -1;
    }
    if (x->info && is_bool && strcmp(x->info->name, "negative") == 0) {
        PyErr_SetString(
            PyExc_TypeError,
            "The numpy boolean negative, the `-` operator, is not supported, use the `~` "
            "operator or the logical_not function instead.");
        return -1;
    }
    if (x->info && !foreign && strcmp(x->info->name, "isnat") == 0) {
        PyErr_SetString(PyExc_TypeError,
                        "ufunc 'isnat' is only defined for np.datetime64 and np.timedelta64.");
        return -1;
    }
    if (x->flags & FNP_UF_COMPARISON || foreign || (u->ntypes == 0 && !u->userloops) ||
        (x->info && x->info->nloops == 0))
        return ufunc_no_loop_error(u, classes_tuple(q));
    static const char *const one_type[] = {"clip", "matmul", "vecdot", "matvec", "vecmat", NULL};
    if (ufunc_is_uniform(u) || ufunc_is_one_of(u, one_type))
        return ufunc_no_loop_error(u, flexible && q->nin > 1 ? descrs_tuple(q) : classes_tuple(q));
    PyErr_Format(PyExc_TypeError,
                 "ufunc '%s' not supported for the input types, and the inputs could not be safely "
                 "coerced to any "
                 "supported types according to the casting rule ''safe''",
                 ufunc_name(u));
    return -1;
}

/* ---- adding loops
 * ----------------------------------------------------------------------------------------------------------
 */

int ufunc_add_loop(PyUFuncObject *u, PyObject *info, bool ignore_duplicate)
{
    if (!PyTuple_CheckExact(info) || PyTuple_GET_SIZE(info) != 2 ||
        !PyTuple_CheckExact(PyTuple_GET_ITEM(info, 0))) {
        PyErr_SetString(PyExc_TypeError,
                        "Info must be a tuple: (tuple of DTypes or None, ArrayMethod or promoter)");
        return -1;
    }
    PyObject *dtypes = PyTuple_GET_ITEM(info, 0);
    if (PyTuple_GET_SIZE(dtypes) != u->nargs) {
        PyErr_SetString(PyExc_TypeError,
                        "DType tuple length does not match ufunc number of operands");
        return -1;
    }
    for (Py_ssize_t i = 0; i < u->nargs; i++) {
        PyObject *c = PyTuple_GET_ITEM(dtypes, i);
        if (c != Py_None && !PyObject_TypeCheck(c, &PyArrayDTypeMeta_Type_)) {
            PyErr_SetString(PyExc_TypeError, "DType tuple may only contain None and DType classes");
            return -1;
        }
    }
    for (Py_ssize_t k = 0; k < PyList_GET_SIZE(u->_loops); k++) {
        PyObject *old = PyList_GET_ITEM(u->_loops, k);
        int same = PyObject_RichCompareBool(PyTuple_GET_ITEM(old, 0), dtypes, Py_EQ);
        if (same < 0) return -1;
        if (!same) continue;
        PyObject *was = PyTuple_GET_ITEM(old, 1);
        bool structured = PyObject_TypeCheck(was, &PyArrayMethod_Type_) &&
                          ((PyArrayMethodObject *)was)->kernel_descrs;
        if (structured) continue;
        if (ignore_duplicate) return 0;
        PyErr_Format(PyExc_TypeError,
                     "A loop/promoter has already been registered with '%s' for %R", ufunc_name(u),
                     dtypes);
        return -1;
    }
    return PyList_Append(u->_loops, info);
}

static int add_method(PyUFuncObject *u, PyArrayMethodObject *m, bool ignore_duplicate)
{
    int n = m->nin + m->nout;
    PyObject *t = PyTuple_New(n), *info;
    if (!t) return -1;
    for (int i = 0; i < n; i++)
        PyTuple_SET_ITEM(t, i, Py_NewRef(m->dtypes[i] ? (PyObject *)m->dtypes[i] : Py_None));
    info = PyTuple_Pack(2, t, m);
    Py_DECREF(t);
    int r = info ? ufunc_add_loop(u, info, ignore_duplicate) : -1;
    Py_XDECREF(info);
    return r;
}

static int check_ufunc(PyObject *u)
{
    if (PyObject_TypeCheck(u, &PyUFunc_Type)) return 0;
    PyErr_SetString(PyExc_TypeError, "ufunc object passed is not a ufunc!");
    return -1;
}

int PyUFunc_AddLoopFromSpec(PyObject *ufunc, PyArrayMethod_Spec *spec)
{
    if (check_ufunc(ufunc) < 0) return -1;
    PyArrayMethodObject *m = ext_method_from_spec(spec, 0);
    int r = m ? add_method((PyUFuncObject *)ufunc, m, false) : -1;
    Py_XDECREF(m);
    return r;
}

int PyUFunc_AddPromoter(PyObject *ufunc, PyObject *dtypes, PyObject *promoter)
{
    if (check_ufunc(ufunc) < 0) return -1;
    if (!PyCapsule_CheckExact(promoter) || !PyCapsule_IsValid(promoter, "numpy._ufunc_promoter")) {
        PyErr_SetString(PyExc_TypeError, "promoter must (currently) be a PyCapsule.");
        return -1;
    }
    PyObject *info = PyTuple_Pack(2, dtypes, promoter);
    int r = info ? ufunc_add_loop((PyUFuncObject *)ufunc, info, false) : -1;
    Py_XDECREF(info);
    return r;
}

/* "module:name" to the ufunc. */
static PyObject *ufunc_by_path(const char *path)
{
    const char *colon = strchr(path, ':');
    if (!colon) {
        PyObject *root = PyImport_ImportModule(ext_root);
        PyObject *u = root ? PyObject_GetAttrString(root, path) : NULL;
        Py_XDECREF(root);
        return u;
    }
    PyObject *modname = PyUnicode_FromStringAndSize(path, colon - path);
    PyObject *mod = modname ? PyImport_Import(modname) : NULL;
    Py_XDECREF(modname);
    PyObject *u = mod ? PyObject_GetAttrString(mod, colon + 1) : NULL;
    Py_XDECREF(mod);
    return u;
}

int PyUFunc_AddLoopsFromSpecs(PyUFunc_LoopSlot *slots)
{
    for (; slots->name; slots++) {
        PyObject *u = ufunc_by_path(slots->name);
        int r = u ? PyUFunc_AddLoopFromSpec(u, slots->spec) : -1;
        Py_XDECREF(u);
        if (r < 0) return -1;
    }
    return 0;
}

/* A reduction by a wrapping loop starts with the identity as the wrapped type has it. */
static int wrapped_initial(PyArrayMethod_Context *c, npy_bool empty, void *to)
{
    bool reorderable;
    (void)empty;
    PyArray_Descr *d = c->method->wrapped_dtypes[0]->singleton;
    PyObject *identity = ufunc_identity_object((PyUFuncObject *)c->caller, &reorderable);
    int r = !identity || identity == Py_None || !d ? -!identity
            : PyArray_Pack(d, to, identity) < 0    ? -1
                                                   : 1;
    Py_XDECREF(identity);
    return r;
}

int PyUFunc_AddWrappingLoop(PyObject *ufunc_obj, PyArray_DTypeMeta *new_dtypes[],
                            PyArray_DTypeMeta *wrapped_dtypes[],
                            PyArrayMethod_TranslateGivenDescriptors *translate_given,
                            PyArrayMethod_TranslateLoopDescriptors *translate_loop)
{
    if (check_ufunc(ufunc_obj) < 0) return -1;
    PyUFuncObject *u = (PyUFuncObject *)ufunc_obj;
    PyArrayMethodObject *inner = NULL;
    for (Py_ssize_t k = 0; k < PyList_GET_SIZE(u->_loops) && !inner; k++) {
        PyObject *entry = PyList_GET_ITEM(u->_loops, k), *d = PyTuple_GET_ITEM(entry, 0);
        bool same = PyObject_TypeCheck(PyTuple_GET_ITEM(entry, 1), &PyArrayMethod_Type_);
        for (int i = 0; i < u->nargs && same; i++)
            same = PyTuple_GET_ITEM(d, i) == (PyObject *)wrapped_dtypes[i];
        if (same) inner = (PyArrayMethodObject *)Py_NewRef(PyTuple_GET_ITEM(entry, 1));
    }
    for (int l = 0; l < u->ntypes && !inner; l++) {
        const char *t = ufunc_types(u, l);
        bool same = true;
        for (int i = 0; i < u->nargs && same; i++)
            same = wrapped_dtypes[i] && wrapped_dtypes[i]->type_num == t[i];
        if (same)
            inner = ext_method_from_kernel(ufunc_name(u), u->nin, u->nout, wrapped_dtypes,
                                           u->functions[l], u->data ? (void *)u->data[l] : NULL);
    }
    if (!inner) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_TypeError,
                            "Did not find the to-be-wrapped loop in the ufunc with given DTypes.");
        return -1;
    }
    PyArrayMethodObject *m =
        ext_method_from_kernel(ufunc_name(u), u->nin, u->nout, new_dtypes, NULL, NULL);
    int r = -1;
    if (m) {
        m->flags = inner->flags;
        m->casting = inner->casting;
        m->wrapped = inner;
        inner = NULL;
        m->get_initial = wrapped_initial;
        m->translate_given = translate_given;
        m->translate_loop = translate_loop;
        m->wrapped_dtypes = PyMem_Calloc((size_t)u->nargs, sizeof *m->wrapped_dtypes);
        if (m->wrapped_dtypes) {
            for (int i = 0; i < u->nargs; i++)
                m->wrapped_dtypes[i] =
                    (PyArray_DTypeMeta *)Py_NewRef((PyObject *)wrapped_dtypes[i]);
            r = add_method(u, m, false);
        }
    }
    Py_XDECREF(inner);
    Py_XDECREF(m);
    return r;
}

/* ---- loops from before array methods, in the public field that resolvers of clients read: type
 * number -> capsule of a list of PyUFunc_Loop1d. */
static void free_loops(PyObject *capsule)
{
    PyUFunc_Loop1d *l = PyCapsule_GetPointer(capsule, NULL);
    while (l) {
        PyUFunc_Loop1d *next = l->next;
        for (int i = 0; l->arg_dtypes && i < l->nargs; i++) Py_DECREF(l->arg_dtypes[i]);
        PyMem_Free(l->arg_dtypes);
        PyMem_Free(l->arg_types);
        PyMem_Free(l);
        l = next;
    }
}

static PyUFunc_Loop1d *new_loop1d(PyUFuncObject *u, PyUFuncGenericFunction func, void *data)
{
    PyUFunc_Loop1d *l = PyMem_Calloc(1, sizeof *l);
    if (!l || !(l->arg_types = PyMem_Calloc((size_t)u->nargs, sizeof *l->arg_types))) {
        PyMem_Free(l);
        PyErr_NoMemory();
        return NULL;
    }
    l->func = func;
    l->data = data;
    l->nargs = u->nargs;
    return l;
}

static int show_loop(PyUFuncObject *u, int type_num, PyUFunc_Loop1d *l)
{
    if (!u->userloops && !(u->userloops = PyDict_New())) return -1;
    PyObject *key = PyLong_FromLong(type_num);
    PyObject *list = key ? PyDict_GetItemWithError(u->userloops, key) : NULL;
    int r = 0;
    if (list) {
        PyUFunc_Loop1d *last = PyCapsule_GetPointer(list, NULL);
        while (last->next) last = last->next;
        last->next = l;
    } else {
        list = PyErr_Occurred() ? NULL : PyCapsule_New(l, NULL, free_loops);
        r = list ? PyDict_SetItem(u->userloops, key, list) : -1;
        Py_XDECREF(list);
    }
    Py_XDECREF(key);
    return r;
}

static int show_type_loop(PyUFuncObject *u, int usertype, PyUFuncGenericFunction func,
                          const int *types, void *data)
{
    PyUFunc_Loop1d *l = new_loop1d(u, func, data);
    for (int i = 0; l && i < u->nargs; i++) l->arg_types[i] = types ? types[i] : usertype;
    return l ? show_loop(u, usertype, l) : -1;
}

static int show_descr_loop(PyUFuncObject *u, PyArray_Descr *user, PyUFuncGenericFunction func,
                           PyArray_Descr **descrs, void *data)
{
    PyUFunc_Loop1d *l = new_loop1d(u, func, data);
    if (!l) return -1;
    l->arg_dtypes = PyMem_Calloc((size_t)u->nargs, sizeof *l->arg_dtypes);
    for (int i = 0; l->arg_dtypes && i < u->nargs; i++) {
        l->arg_dtypes[i] = descrs ? descrs[i] : user;
        Py_INCREF(l->arg_dtypes[i]);
        l->arg_types[i] = l->arg_dtypes[i]->type_num;
    }
    return show_loop(u, user->type_num, l);
}

int PyUFunc_RegisterLoopForType(PyUFuncObject *u, int usertype, PyUFuncGenericFunction function,
                                const int *arg_types, void *data)
{
    PyArray_DTypeMeta *classes[NPY_MAXARGS];
    PyArray_Descr *d = PyArray_DescrFromType(usertype);
    if (!d || (usertype < NPY_USERDEF && usertype != NPY_VOID)) {
        PyErr_SetString(PyExc_TypeError, "unknown user-defined type");
        Py_XDECREF(d);
        return -1;
    }
    Py_DECREF(d);
    for (int i = 0; i < u->nargs; i++)
        if (!(classes[i] = ext_dtype_from_num(arg_types ? arg_types[i] : usertype))) return -1;
    PyArrayMethodObject *m =
        ext_method_from_kernel(ufunc_name(u), u->nin, u->nout, classes, function, data);
    int r = m ? add_method(u, m, true) : -1;
    if (r == 0) r = show_type_loop(u, usertype, function, arg_types, data);
    Py_XDECREF(m);
    return r;
}

int PyUFunc_RegisterLoopForDescr(PyUFuncObject *u, PyArray_Descr *user_dtype,
                                 PyUFuncGenericFunction function, PyArray_Descr **arg_dtypes,
                                 void *data)
{
    if (!user_dtype) {
        PyErr_SetString(PyExc_TypeError, "unknown user defined struct dtype");
        return -1;
    }
    PyArray_DTypeMeta *classes[NPY_MAXARGS];
    for (int i = 0; i < u->nargs; i++)
        classes[i] = NPY_DTYPE(arg_dtypes ? arg_dtypes[i] : user_dtype);
    PyArrayMethodObject *m =
        ext_method_from_kernel(ufunc_name(u), u->nin, u->nout, classes, function, data);
    if (!m) return -1;
    m->kernel_descrs = PyMem_Calloc((size_t)u->nargs, sizeof *m->kernel_descrs);
    int r = -1;
    if (m->kernel_descrs) {
        for (int i = 0; i < u->nargs; i++)
            m->kernel_descrs[i] =
                (PyArray_Descr *)Py_NewRef((PyObject *)(arg_dtypes ? arg_dtypes[i] : user_dtype));
        for (Py_ssize_t k = 0; k < PyList_GET_SIZE(u->_loops); k++) {
            PyArrayMethodObject *o =
                (PyArrayMethodObject *)PyTuple_GET_ITEM(PyList_GET_ITEM(u->_loops, k), 1);
            if (!PyObject_TypeCheck((PyObject *)o, &PyArrayMethod_Type_) || !o->kernel_descrs)
                continue;
            bool same = true;
            for (int i = 0; i < u->nargs && same; i++)
                same = PyArray_EquivTypes(o->kernel_descrs[i], m->kernel_descrs[i]);
            if (!same) continue;
            PyErr_SetString(PyExc_RuntimeError, "loop already registered");
            Py_DECREF(m);
            return -1;
        }
        r = add_method(u, m, false);
        if (r == 0) r = show_descr_loop(u, user_dtype, function, arg_dtypes, data);
    }
    Py_DECREF(m);
    return r;
}

int PyUFunc_ReplaceLoopBySignature(PyUFuncObject *u, PyUFuncGenericFunction newfunc,
                                   const int *signature, PyUFuncGenericFunction *oldfunc)
{
    for (int l = 0; l < u->ntypes; l++) {
        const char *t = ufunc_types(u, l);
        bool same = true;
        for (int i = 0; i < u->nargs && same; i++) same = t[i] == signature[i];
        if (!same) continue;
        if (oldfunc) *oldfunc = u->functions[l];
        u->functions[l] = newfunc;
        return 0;
    }
    return -1;
}
