/* Which loop serves a call.
 *
 * Built-in types are looked up in the public `types` array: first the loop whose inputs all have
 * the one type, then the first loop that every input can safely become. Python's numbers are weak:
 * they take the type of the others where their kind allows it. Anything else is matched by DType
 * class among the loops that were added, promoters included (ufunc_dispatch.c). */
#include "ufunc_resolve.h"

#include <string.h>

/* ---- built-in types
 * ------------------------------------------------------------------------------------------------
 */

int ufunc_same_loop(PyUFuncObject *u, int num)
{
    UfuncExtra *x = ufunc_extra(u);
    if (x->seen_functions != u->functions || x->seen_types != u->types ||
        x->seen_ntypes != u->ntypes) {
        memset(x->same, -1, sizeof x->same);
        for (int i = u->ntypes - 1; i >= 0; i--) {
            const char *t = ufunc_types(u, i);
            bool same = u->nin > 0 && t[0] >= 0;
            for (int k = 1; k < u->nin; k++) same &= t[k] == t[0];
            if (same) x->same[(int)t[0]] = (int16_t)i;
        }
        x->seen_functions = u->functions;
        x->seen_types = u->types;
        x->seen_ntypes = u->ntypes;
    }
    return num >= 0 && num < 128 ? x->same[num] : -1;
}

static int weak_rank(int num)
{
    if (num == NPY_BOOL) return 0;
    if (PyTypeNum_ISINTEGER(num)) return WEAK_INT;
    if (PyTypeNum_ISFLOAT(num)) return WEAK_FLOAT;
    if (PyTypeNum_ISCOMPLEX(num)) return WEAK_COMPLEX;
    return 100;
}

static int weak_default(int weak)
{
    return weak == WEAK_INT ? NPY_LONG : weak == WEAK_FLOAT ? NPY_DOUBLE : NPY_CDOUBLE;
}

/* The type a Python number of kind `weak` takes beside the type `common` of the others (< 0: there
 * are none). */
static int weak_beside(int weak, int common)
{
    if (common < 0) return weak_default(weak);
    int rank = weak_rank(common);
    if (rank == 100) return common == NPY_OBJECT ? NPY_OBJECT : weak_default(weak);
    if (rank >= weak) return common;
    if (weak == WEAK_COMPLEX && rank == WEAK_FLOAT)
        return common == NPY_LONGDOUBLE ? NPY_CLONGDOUBLE
               : common == NPY_DOUBLE   ? NPY_CDOUBLE
                                        : NPY_CFLOAT;
    return weak_default(weak);
}

/* Type numbers of the inputs with weak ones filled in. */
static void input_types(UfuncQuery *q, int *nums)
{
    int common = -1, widest = 0;
    bool mixed = false;
    for (int i = 0; i < q->nin; i++) {
        if (q->weak[i]) {
            if (q->weak[i] > widest) widest = q->weak[i];
            continue;
        }
        nums[i] = q->given[i] ? q->given[i]->type_num : q->fixed[i] ? q->fixed[i]->type_num : -1;
        if (nums[i] < 0 || mixed) continue;
        common = common < 0 ? nums[i] : fnp_promote_typenums(common, nums[i]);
        if (common < 0) mixed = true;
    }
    if (mixed) common = NPY_VOID; /* no common type: weak ones take their defaults */
    for (int i = 0; i < q->nin; i++)
        if (q->weak[i])
            nums[i] = common < 0 ? weak_default(widest) : weak_beside(q->weak[i], common);
}

static bool safe_typenum(int from, int to)
{
    return from == to ||
           (from >= 0 && from < NPY_NTYPES_LEGACY && to >= 0 && to < NPY_NTYPES_LEGACY &&
            fnp_cast_level_typenums(from, to) <= FNP_CAST_SAFE);
}

/* How an unfixed input must relate to the loop's type; by kind, a Python number fits every type of
 * its own kind and of those above. */
enum { MATCH_SAFE, MATCH_WEAK, MATCH_KIND };

static bool input_fits(UfuncQuery *q, int i, int num, int to, int how)
{
    if (how == MATCH_KIND && q->weak[i])
        return to == NPY_OBJECT || (weak_rank(to) >= q->weak[i] && weak_rank(to) < 100);
    if (num == to || safe_typenum(num, to)) return true;
    return how == MATCH_WEAK && q->weak[i] && safe_typenum(weak_default(q->weak[i]), to);
}

/* The first loop that fits; -1 if none does. */
static int search(UfuncQuery *q, const int *nums, int how, bool objects)
{
    PyUFuncObject *u = q->ufunc;
    for (int l = 0; l < u->ntypes; l++) {
        const char *t = ufunc_types(u, l);
        bool ok = true;
        for (int k = 0; k < u->nargs && ok; k++) {
            if (!objects && t[k] == NPY_OBJECT)
                ok = false;
            else if (q->fixed[k])
                ok = q->fixed[k]->type_num == t[k];
            else if (k < u->nin)
                ok = input_fits(q, k, nums[k], t[k], how);
        }
        if (ok) return l;
    }
    return -1;
}

/* The first loop of somebody else's ufunc, beside Python numbers: these have only kinds, but types
 * of their own where no array has as high a kind. */
static int search_in_order(UfuncQuery *q, int *nums, bool objects)
{
    int widest = 0, highest = -1;
    for (int i = 0; i < q->nin; i++) {
        int rank = q->weak[i] ? q->weak[i] : weak_rank(nums[i]);
        int *top = q->weak[i] ? &widest : &highest;
        if (rank == WEAK_COMPLEX) rank = WEAK_FLOAT; /* one kind in this */
        if (rank > *top) *top = rank;
    }
    if (widest <= highest) return search(q, nums, MATCH_KIND, objects);
    for (int i = 0; i < q->nin; i++)
        if (q->weak[i]) nums[i] = weak_default(q->weak[i]);
    return search(q, nums, MATCH_SAFE, objects);
}

/* The loop for exactly these inputs; -1 if there is none. */
static int search_exact(UfuncQuery *q, const int *nums)
{
    for (int l = 0; l < q->ufunc->ntypes; l++) {
        const char *t = ufunc_types(q->ufunc, l);
        int k = 0;
        while (k < q->nin && nums[k] == t[k]) k++;
        if (k == q->nin) return l;
    }
    return -1;
}

/* Where only outputs are fixed, to one type: the loop that has it everywhere. */
static int search_uniform(UfuncQuery *q, int *nums, bool objects)
{
    PyArray_DTypeMeta *out = q->fixed[q->nin];
    if (!out) return -1;
    for (int i = 0; i < q->nop; i++)
        if (i < q->nin ? q->fixed[i] != NULL && !q->reduction : q->fixed[i] != out) return -1;
    for (int i = 0; i < q->nin; i++) nums[i] = out->type_num;
    return search(q, nums, MATCH_SAFE, objects);
}

/* A comparison of integers with a Python int beyond their range has an answer: objects give it. */
static bool int_out_of_range(UfuncQuery *q, const int *nums)
{
    for (int i = 0; i < q->nin; i++) {
        if (q->weak[i] != WEAK_INT || !q->objects[i] || !PyTypeNum_ISINTEGER(nums[i])) continue;
        int overflow;
        long long v = PyLong_AsLongLongAndOverflow(q->objects[i], &overflow);
        if (v == -1 && PyErr_Occurred()) {
            PyErr_Clear();
            continue;
        }
        int bits = 8 * (int)ext_builtin_descrs[nums[i]]->elsize;
        if (PyTypeNum_ISUNSIGNED(nums[i])) {
            if (v < 0 && !overflow) return true;
            if (overflow < 0) return true;
            if (overflow > 0) {
                if (bits < 64) return true;
                unsigned long long w = PyLong_AsUnsignedLongLong(q->objects[i]);
                if (w == (unsigned long long)-1 && PyErr_Occurred()) {
                    PyErr_Clear();
                    return true;
                }
            } else if (bits < 64 && v >> bits) {
                return true;
            }
        } else if (overflow ||
                   (bits < 64 && (v >= 1LL << (bits - 1) || v < -(1LL << (bits - 1))))) {
            return true;
        }
    }
    return false;
}

/* Arithmetic knows times by pairs of kinds: m a span, M a date, i and b and f numbers. */
static const struct {
    const char *name, *pairs;
} time_pairs[] = {{"add", "mm mM Mm im mi iM Mi bm mb bM Mb"},
                  {"subtract", "mm MM Mm im mi Mi bm mb Mb"},
                  {"multiply", "mi im mf fm mb bm"},
                  {"divide", "mm mi mf mO Om MO OM"},
                  {"floor_divide", "mm mi mf mO Om MO OM"},
                  {"remainder", "mm"},
                  {"divmod", "mm"}};

static char pair_kind(int num)
{
    switch (num) {
    case NPY_TIMEDELTA: return 'm';
    case NPY_DATETIME: return 'M';
    case NPY_BOOL: return 'b';
    case NPY_OBJECT: return 'O';
    default: return PyTypeNum_ISINTEGER(num) ? 'i' : PyTypeNum_ISFLOAT(num) ? 'f' : '?';
    }
}

/* Whether the ufunc takes these two kinds, of which one is a time; 0 if it is not in the table, -1
 * with an exception if it does not. */
static int check_times(UfuncQuery *q, int *nums)
{
    const fnp_ufunc_info *info = ufunc_extra(q->ufunc)->info;
    char pair[3] = {pair_kind(nums[0]), pair_kind(nums[1]), 0};
    for (size_t i = 0; i < sizeof time_pairs / sizeof *time_pairs; i++) {
        if (!info || strcmp(info->name, time_pairs[i].name)) continue;
        if (!strstr(time_pairs[i].pairs, pair))
            return ufunc_binary_error(q->ufunc, q->given[0], q->given[1]);
        /* a count is a count, however wide */
        for (int k = 0; k < 2; k++)
            if (pair[k] == 'i' && PyTypeNum_ISUNSIGNED(nums[k])) nums[k] = NPY_LONG;
        return 1;
    }
    return 0;
}

static int find_builtin(UfuncQuery *q)
{
    PyUFuncObject *u = q->ufunc;
    int nums[NPY_MAXARGS];
    input_types(q, nums);
    bool times = false;
    for (int i = 0; i < q->nin; i++) times |= nums[i] == NPY_TIMEDELTA || nums[i] == NPY_DATETIME;
    int arithmetic = 0;
    if (times && q->nin == 2 && !q->any_fixed && q->given[0] && q->given[1])
        arithmetic = check_times(q, nums);
    if (arithmetic < 0) return -2;
    if (!times && q->nin == 1 && ufunc_extra(u)->info &&
        strcmp(ufunc_extra(u)->info->name, "isnat") == 0)
        return -1;
    bool objects = !ufunc_extra(u)->info;
    for (int i = 0; i < q->nin; i++) objects |= nums[i] == NPY_OBJECT;
    for (int i = 0; i < u->nargs; i++)
        objects |= q->fixed[i] && q->fixed[i]->type_num == NPY_OBJECT;
    if (q->any_fixed) {
        int l = search(q, nums, MATCH_SAFE, objects);
        if (l < 0) l = search(q, nums, MATCH_WEAK, objects);
        return l >= 0 ? l : search_uniform(q, nums, objects);
    }
    if ((ufunc_extra(u)->flags & (FNP_UF_COMPARISON | FNP_UF_LOGICAL)) &&
        int_out_of_range(q, nums)) {
        if (ufunc_extra(u)->flags & FNP_UF_LOGICAL)
            for (int i = 0; i < q->nin; i++) /* truth is asked of a C long */
                if (q->weak[i] == WEAK_INT && q->objects[i] && PyLong_AsLong(q->objects[i]) == -1 &&
                    PyErr_Occurred())
                    return -2;
        for (int i = 0; i < q->nin; i++) q->weak[i] = WEAK_NO;
        q->force_inputs = true;
        return ufunc_same_loop(u, ufunc_extra(u)->flags & FNP_UF_LOGICAL ? NPY_BOOL : NPY_OBJECT);
    }
    bool same = true, whole = true;
    for (int i = 1; i < q->nin; i++) same &= nums[i] == nums[0];
    for (int i = 0; i < q->nin; i++) whole &= nums[i] >= 0 && nums[i] <= NPY_ULONGLONG;
    if (whole && ufunc_extra(u)->info && strcmp(ufunc_extra(u)->info->name, "divide") == 0)
        return ufunc_same_loop(u,
                               NPY_DOUBLE); /* integers divide as doubles, however short they are */
    bool in_order = false; /* beside Python numbers, loops of others are tried one by one */
    for (int i = 0; i < q->nin; i++) in_order |= q->weak[i] && !ufunc_extra(u)->info;
    if (same && nums[0] >= 0 && !in_order) {
        int l = ufunc_same_loop(u, nums[0]);
        if (l >= 0) return l;
    }
    if (!in_order && ufunc_is_uniform(u)) { /* one type for all, and no second try */
        int common = nums[0];
        bool time = false;
        for (int i = 0; i < q->nin; i++) time |= nums[i] >= 0 && PyTypeNum_ISDATETIME(nums[i]);
        for (int i = 1; i < q->nin && common >= 0; i++)
            common = nums[i] < 0 ? -1 : fnp_promote_typenums(common, nums[i]);
        bool dates = false, spans = false;
        for (int i = 0; i < q->nin; i++) {
            dates |= nums[i] == NPY_DATETIME;
            spans |= nums[i] == NPY_TIMEDELTA;
        }
        if (dates && spans && !arithmetic)
            return ufunc_same_loop(u, NPY_DATETIME); /* which the cast refuses */
        if (!time)
            return common < 0 || (common == NPY_OBJECT && !objects) ? -1
                                                                    : ufunc_same_loop(u, common);
    }
    int l = in_order ? search_in_order(q, nums, objects) : search_exact(q, nums);
    if (l < 0) l = search(q, nums, MATCH_SAFE, objects);
    return l >= 0 ? l : search(q, nums, MATCH_WEAK, objects);
}

/* ---- descriptors of a built-in loop
 * ----------------------------------------------------------------------------------- */

static fnp_dtmeta meta_of(PyArray_Descr *d)
{
    PyArray_DatetimeMetaData *m = ext_descr_meta(d);
    return (fnp_dtmeta){(int)m->base, m->num};
}

static bool is_time(PyArray_Descr *d)
{
    return d && PyTypeNum_ISDATETIME(d->type_num);
}

/* The unit that all time operands of a call share. */
static int common_unit(UfuncQuery *q, const char *types, fnp_dtmeta *unit)
{
    bool found = false, strict_first = false;
    for (int i = 0; i < q->nin; i++) {
        if (!is_time(q->given[i])) continue;
        fnp_dtmeta m = meta_of(q->given[i]);
        if (!found) {
            *unit = m;
            strict_first = q->given[i]->type_num == NPY_TIMEDELTA;
            found = true;
            continue;
        }
        EXT_ERROR(err);
        fnp_dtmeta r;
        bool strict = q->given[i]->type_num == NPY_TIMEDELTA;
        fnp_status st = fnp_dtmeta_gcd(*unit, m, strict_first, strict, &r, &err);
        if (st) return ufunc_raise(st, &err);
        *unit = r;
    }
    if (!found)
        for (int i = 0; i < q->nop; i++) {
            PyArray_Descr *d = q->fixed_descr[i] ? q->fixed_descr[i]
                               : i >= q->nin     ? q->given[i]
                                                 : NULL;
            if (is_time(d)) {
                *unit = meta_of(d);
                found = true;
                break;
            }
        }
    if (!found) *unit = (fnp_dtmeta){NPY_FR_GENERIC, 1};
    return 0;
}

static int builtin_descrs(UfuncQuery *q, int index, UfuncLoop *loop)
{
    const char *t = ufunc_types(q->ufunc, index);
    fnp_dtmeta unit;
    bool have_unit = false;
    for (int i = 0; i < q->nop; i++) {
        int num = t[i];
        PyArray_Descr *d = NULL;
        if (PyTypeNum_ISDATETIME(num)) {
            if (!have_unit && common_unit(q, t, &unit) < 0) return -1;
            have_unit = true;
            d = ext_descr_time(num, unit.unit, unit.num);
        } else if (num < NPY_NTYPES_LEGACY && ext_builtin_descrs[num]->elsize) {
            d = (PyArray_Descr *)Py_NewRef((PyObject *)ext_builtin_descrs[num]);
        } else {
            d = PyArray_DescrFromType(num);
        }
        if (!d) return -1;
        loop->descrs[i] = d;
        loop->nop = i + 1; /* what a failure has to drop */
    }
    loop->kernel = q->ufunc->functions[index];
    loop->data = q->ufunc->data ? (void *)q->ufunc->data[index] : NULL;
    for (int i = 0; i < q->nop; i++)
        if (t[i] == NPY_OBJECT) loop->check_error = true;
    if (loop->check_error) loop->flags |= FNP_LOOP_NEEDS_API;
    if (ufunc_is_built_in(q->ufunc, index)) loop->flags |= FNP_LOOP_SHARES;
    if (ufunc_extra(q->ufunc)->flags & FNP_UF_QUIET) loop->flags |= FNP_LOOP_NO_FLOAT_ERRORS;
    return 0;
}

/* ---- the whole
 * ----------------------------------------------------------------------------------------------------------
 */

static bool builtin_class(PyArray_DTypeMeta *c)
{
    return !c || (ext_dt_is_legacy(c) && c->type_num >= 0 && c->type_num < NPY_NTYPES_LEGACY);
}

static bool all_builtin(UfuncQuery *q)
{
    for (int i = 0; i < q->nin; i++) {
        PyArray_DTypeMeta *c = q->fixed[i]                  ? q->fixed[i]
                               : q->weak[i] || !q->given[i] ? NULL
                                                            : NPY_DTYPE(q->given[i]);
        if (!builtin_class(c)) return false;
    }
    for (int i = q->nin; i < q->nop; i++)
        if (q->fixed[i] && !builtin_class(q->fixed[i])) return false;
    return true;
}

/* Numbers all: nobody adds loops for those. */
static bool plain_numbers(UfuncQuery *q)
{
    for (int i = 0; i < q->nop; i++) {
        if (q->fixed[i] && q->fixed[i]->type_num > NPY_CLONGDOUBLE &&
            q->fixed[i]->type_num != NPY_HALF)
            return false;
        if (i >= q->nin || q->weak[i] || q->fixed[i]) continue;
        int num = q->given[i] ? q->given[i]->type_num : -1;
        if (!((num >= 0 && num <= NPY_CLONGDOUBLE) || num == NPY_HALF)) return false;
    }
    return true;
}

/* Types of users from before DTypes: the first loop to which their registered casts are safe. */
static bool all_legacy(UfuncQuery *q)
{
    for (int i = 0; i < q->nin; i++) {
        PyArray_Descr *d = q->given[i];
        if (!q->weak[i] && (!d || d->type_num < 0 || d->type_num >= NPY_VSTRING)) return false;
    }
    return true;
}

static int find_for_users(UfuncQuery *q)
{
    PyUFuncObject *u = q->ufunc;
    if (q->any_fixed) { /* the type that the caller wants, everywhere */
        PyArray_DTypeMeta *out = u->nout ? q->fixed[q->nin] : NULL;
        if (!out || !builtin_class(out)) return -1;
        q->force_inputs |= (ufunc_extra(u)->flags & FNP_UF_LOGICAL) != 0;
        return ufunc_same_loop(u, out->type_num);
    }
    for (int l = 0; l < u->ntypes; l++) {
        const char *t = ufunc_types(u, l);
        bool ok = t[0] != NPY_OBJECT;
        for (int i = 0; i < q->nin && ok; i++)
            ok = q->weak[i] ? weak_rank(t[i]) >= q->weak[i] && weak_rank(t[i]) < 100
                            : PyArray_CanCastSafely(q->given[i]->type_num, t[i]);
        if (ok) return l;
    }
    return -1;
}

/* Truth functions take anything that can become a bool. */
static int find_truth(UfuncQuery *q)
{
    if (!(ufunc_extra(q->ufunc)->flags & FNP_UF_LOGICAL) || q->any_fixed) return -1;
    if (q->nin == 1 && q->given[0] && !PyTypeNum_ISNUMBER(q->given[0]->type_num) &&
        !PyTypeNum_ISBOOL(q->given[0]->type_num) && !PyTypeNum_ISOBJECT(q->given[0]->type_num))
        return -1;
    for (int i = 0; i < q->nin; i++)
        if (q->given[i] && q->given[i]->type_num == NPY_VOID && PyDataType_HASFIELDS(q->given[i])) {
            PyErr_Format(PyExc_TypeError,
                         "Cannot cast array data from %R to %R according to the rule 'unsafe'",
                         q->given[i], ext_builtin_descrs[NPY_BOOL]);
            return -2;
        }
    q->force_inputs = true;
    for (int i = 0; i < q->nin; i++)
        if (q->given[i] && !q->weak[i] && q->given[i]->type_num == NPY_OBJECT)
            return ufunc_same_loop(q->ufunc, NPY_OBJECT);
    return ufunc_same_loop(q->ufunc, NPY_BOOL);
}

/* What a type resolver of old is shown of an operand: an array of its type. */
static PyArrayObject *shown(UfuncQuery *q, int i)
{
    if (i < q->nin && q->objects[i] && (q->weak[i] || PyArray_Check(q->objects[i])))
        return (PyArrayObject *)PyArray_FROM_O(q->objects[i]);
    PyArray_Descr *d = q->given[i];
    Py_INCREF(d);
    return (PyArrayObject *)PyArray_NewFromDescr(&PyArray_Type, d, 0, NULL, NULL, NULL, 0, NULL);
}

static PyObject *fixed_types(UfuncQuery *q)
{
    PyObject *t = PyTuple_New(q->nop);
    for (int i = 0; t && i < q->nop; i++) {
        PyObject *d = q->fixed_descr[i] ? (PyObject *)q->fixed_descr[i] : (PyObject *)q->fixed[i];
        PyTuple_SET_ITEM(t, i, Py_NewRef(d ? d : Py_None));
    }
    return t;
}

/* The loop of the types that the client's resolver answered. */
static int resolve_by_client(UfuncQuery *q, UfuncLoop *loop, NPY_CASTING casting)
{
    PyUFuncObject *u = q->ufunc;
    PyArrayObject *operands[NPY_MAXARGS] = {NULL};
    PyObject *types = q->any_fixed ? fixed_types(q) : NULL;
    int r = q->any_fixed && !types ? -1 : 0, index = -1;
    for (int i = 0; i < q->nop && r == 0; i++)
        if (q->given[i] || q->weak[i]) r = (operands[i] = shown(q, i)) ? 0 : -1;
    if (r == 0) r = u->type_resolver(u, casting, operands, types, loop->descrs);
    for (int i = 0; i < q->nop; i++) Py_XDECREF(operands[i]);
    Py_XDECREF(types);
    if (r < 0) return -1;
    loop->nop = q->nop;
    for (int l = 0; l < u->ntypes && index < 0; l++) {
        bool same = true;
        for (int k = 0; k < u->nargs && same; k++)
            same = ufunc_types(u, l)[k] == loop->descrs[k]->type_num;
        if (same) index = l;
    }
    if (index < 0) { /* a loop that was registered: it is asked for by its own types */
        UfuncQuery exact = {
            .ufunc = u, .nin = q->nin, .nop = q->nop, .casting = NPY_UNSAFE_CASTING};
        UfuncLoop answer = *loop;
        for (int i = 0; i < q->nop; i++) exact.given[i] = answer.descrs[i];
        int found = ufunc_resolve_own(&exact, loop);
        for (int i = 0; i < q->nop; i++) Py_DECREF(answer.descrs[i]);
        return found;
    }
    loop->kernel = u->functions[index];
    loop->data = u->data ? (void *)u->data[index] : NULL;
    for (int i = 0; i < q->nop; i++) loop->check_error |= loop->descrs[i]->type_num == NPY_OBJECT;
    if (loop->check_error) loop->flags |= FNP_LOOP_NEEDS_API;
    if (ufunc_is_built_in(u, index)) loop->flags |= FNP_LOOP_SHARES;
    return 0;
}

static void loop_blank(UfuncQuery *q, UfuncLoop *loop)
{
    memset(loop, 0, offsetof(UfuncLoop, descrs));
    for (int i = 0; i < q->nop; i++) loop->descrs[i] = NULL;
    memset(&loop->kernel, 0, sizeof *loop - offsetof(UfuncLoop, kernel));
    loop->ufunc = q->ufunc;
}

int ufunc_resolve(UfuncQuery *q, UfuncLoop *loop)
{
    PyUFuncObject *u = q->ufunc;
    if (FNP_LIKELY(u->type_resolver == PyUFunc_DefaultTypeResolver || !u->type_resolver))
        return ufunc_resolve_own(q, loop);
    loop_blank(q, loop);
    if (!all_builtin(q)) return ufunc_resolve_own(q, loop);
    /* of numbers it chooses the types, and whether operands may be cast to them is asked here;
     * texts, dates and structs are its own matter */
    int r = resolve_by_client(q, loop, NPY_UNSAFE_CASTING);
    bool numbers = true;
    for (int i = 0; r == 0 && i < q->nop; i++)
        numbers &= fnp_typenum_is_number(loop->descrs[i]->type_num);
    if (r == 0 && numbers) r = ufunc_check_casting(q, loop);
    if (r == 0 && !numbers) {
        ufunc_loop_clear(loop);
        loop_blank(q, loop);
        r = resolve_by_client(q, loop, q->casting);
    }
    if (r == 0) return 0;
    loop->nop = q->nop;
    ufunc_loop_clear(loop);
    return -1;
}

int ufunc_resolve_own(UfuncQuery *q, UfuncLoop *loop)
{
    PyUFuncObject *u = q->ufunc;
    loop_blank(q, loop);
    bool builtin = all_builtin(q);
    int index = -1;
    if (builtin && plain_numbers(q)) index = find_builtin(q);
    if (index < 0 && index != -2 && u->_loops && PyList_GET_SIZE(u->_loops) > 0) {
        int found = ufunc_dispatch(q, loop, builtin);
        if (found != 0) {
            if (found > 0 && ufunc_check_casting(q, loop) < 0) found = -1;
            if (found < 0) ufunc_loop_clear(loop);
            return found < 0 ? -1 : 0;
        }
        builtin = all_builtin(q);
    }
    if (builtin) {
        if (index < 0) index = find_builtin(q);
        if (index >= 0 && ufunc_extra(u)->flags & FNP_UF_LOGICAL &&
            ufunc_types(u, index)[0] == NPY_BOOL)
            q->force_inputs = true;
        if (index < 0 && index != -2) index = find_truth(q);
        if (index == -2) return -1;
    } else if (all_legacy(q) && !PyErr_Occurred()) {
        index = find_for_users(q);
    }
    if (index < 0) return ufunc_not_found(q);
    if (builtin_descrs(q, index, loop) < 0 || ufunc_check_casting(q, loop) < 0) {
        ufunc_loop_clear(loop);
        return -1;
    }
    return 0;
}

void ufunc_loop_clear(UfuncLoop *loop)
{
    for (int i = 0; i < loop->nop; i++) Py_CLEAR(loop->descrs[i]);
    Py_CLEAR(loop->method);
    fnp_loop_clear(&loop->run);
}

static int castable(PyArray_Descr *from, PyArray_Descr *to, NPY_CASTING casting)
{
    if (from == to) return 1;
    return ext_can_cast(from, to, casting);
}

/* May a Python number become `to`? Its kind counts; under "equiv" its default type. */
static bool weak_castable(UfuncQuery *q, int i, PyArray_Descr *to)
{
    static const char *const names[] = {"", "int", "float", "complex"};
    int num = weak_default(q->weak[i]), level = q->casting & ~NPY_SAME_VALUE_CASTING_FLAG;
    if (q->fixed[i] || level == NPY_UNSAFE_CASTING || to->type_num == num ||
        to->type_num == NPY_OBJECT)
        return true;
    int rank =
        to->type_num >= 0 && to->type_num < NPY_NTYPES_LEGACY ? weak_rank(to->type_num) : 100;
    if (rank >= q->weak[i]) {
        if (level != NPY_EQUIV_CASTING || rank == 100) return true;
        PyErr_Format(PyExc_TypeError, "cannot cast Python %s to %S under the casting rule 'equiv'",
                     names[q->weak[i]], to);
        return false;
    }
    int ok = castable(ext_builtin_descrs[num], to, q->casting);
    if (ok == 0) ufunc_cast_error(q->ufunc, q->casting, ext_builtin_descrs[num], to, i);
    return ok > 0;
}

int ufunc_check_casting(UfuncQuery *q, UfuncLoop *loop)
{
    for (int i = 0; i < q->nop; i++) {
        if (!q->given[i] || (i < q->nin && q->force_inputs)) continue;
        if (i < q->nin && q->weak[i]) {
            if (weak_castable(q, i, loop->descrs[i])) continue;
            return -1;
        }
        if (i < q->nin && PyTypeNum_ISINTEGER(q->given[i]->type_num) &&
            loop->descrs[i]->type_num == NPY_TIMEDELTA)
            continue;
        int ok = i < q->nin ? castable(q->given[i], loop->descrs[i], q->casting)
                            : castable(loop->descrs[i], q->given[i], q->casting);
        if (ok < 0) return -1;
        if (ok) continue;
        return i < q->nin ? ufunc_cast_error(q->ufunc, q->casting, q->given[i], loop->descrs[i], i)
                          : ufunc_cast_error(q->ufunc, q->casting, loop->descrs[i], q->given[i], i);
    }
    return 0;
}

/* ---- making it callable
 * -------------------------------------------------------------------------------------------------
 */

static int call_checked(void *context, char *const *data, const fnp_intp *dims,
                        const fnp_intp *strides, void *aux)
{
    UfuncLoop *l = context;
    l->kernel((char **)data, dims, strides, l->data);
    return PyErr_Occurred() ? -1 : 0;
}

/* Integers to negative integer powers have no answer. */
static bool is_negative(const char *p, int size)
{
    return size == 1   ? *(const npy_int8 *)p < 0
           : size == 2 ? *(const npy_int16 *)p < 0
           : size == 4 ? *(const npy_int32 *)p < 0
                       : *(const npy_int64 *)p < 0;
}

static int call_int_power(void *context, char *const *data, const fnp_intp *dims,
                          const fnp_intp *strides, void *aux)
{
    UfuncLoop *l = context;
    int size = (int)l->descrs[1]->elsize;
    const char *p = data[1];
    for (fnp_intp i = 0; i < (strides[1] ? dims[0] : 1); i++, p += strides[1])
        if (is_negative(p, size)) {
            PyGILState_STATE g = PyGILState_Ensure();
            PyErr_SetString(PyExc_ValueError,
                            "Integers to negative integer powers are not allowed.");
            PyGILState_Release(g);
            return -1;
        }
    l->kernel((char **)data, dims, strides, l->data);
    return 0;
}

static int call_method(void *context, char *const *data, const fnp_intp *dims,
                       const fnp_intp *strides, void *aux)
{
    UfuncLoop *l = context;
    PyArrayMethod_StridedLoop *fn = (PyArrayMethod_StridedLoop *)l->data;
    return fn(&l->context, data, dims, strides, aux) < 0 ? -1 : 0;
}

static int bind_method(UfuncLoop *loop, const npy_intp *strides, int aligned)
{
    npy_intp unknown[NPY_MAXARGS];
    for (int i = 0; i < loop->nop; i++) unknown[i] = NPY_MAX_INTP;
    loop->context = (PyArrayMethod_Context){
        .caller = (PyObject *)loop->ufunc, .method = loop->method, .descriptors = loop->descrs};
    PyArrayMethod_StridedLoop *fn = NULL;
    NpyAuxData *aux = NULL;
    NPY_ARRAYMETHOD_FLAGS flags = (NPY_ARRAYMETHOD_FLAGS)0;
    if (ext_method_get_loop(&loop->context, aligned, strides ? strides : unknown, &fn, &aux,
                            &flags) < 0)
        return -1;
    loop->data = (void *)fn;
    loop->flags = 0;
    if (flags & NPY_METH_REQUIRES_PYAPI) loop->flags |= FNP_LOOP_NEEDS_API;
    if (flags & NPY_METH_NO_FLOATINGPOINT_ERRORS) loop->flags |= FNP_LOOP_NO_FLOAT_ERRORS;
    loop->run = (fnp_loop){
        .fn = call_method, .context = loop, .aux = (fnp_auxdata *)aux, .flags = loop->flags};
    return 0;
}

int ufunc_loop_bind(UfuncLoop *loop, const npy_intp *strides, int aligned)
{
    if (loop->method) return bind_method(loop, strides, aligned);
    UfuncExtra *x = ufunc_extra(loop->ufunc);
    loop->run = (fnp_loop){
        .kernel = (fnp_kernel_fn *)loop->kernel, .data = loop->data, .flags = loop->flags};
    if (loop->check_error)
        loop->run = (fnp_loop){.fn = call_checked, .context = loop, .flags = loop->flags};
    else if (x->info && PyTypeNum_ISSIGNED(loop->descrs[0]->type_num) &&
             PyTypeNum_ISINTEGER(loop->descrs[0]->type_num) && strcmp(x->info->name, "power") == 0)
        loop->run = (fnp_loop){.fn = call_int_power, .context = loop, .flags = loop->flags};
    return 0;
}
