/* Generalised ufuncs: signatures like "(n?,k),(k,m?)->(n?,m?)", axes, and the run over loop
 * dimensions. */
#include "ufunc_call.h"

#include <ctype.h>
#include <string.h>

/* ---- the signature
 * --------------------------------------------------------------------------------------------------------
 */

typedef struct Parser {
    const char *text, *p;
    char names[NPY_MAXDIMS][64];
    int count;
} Parser;

static void skip(Parser *s)
{
    while (*s->p == ' ' || *s->p == '\t') s->p++;
}

static int fail(Parser *s, const char *what)
{
    PyErr_Format(PyExc_ValueError, "%s at position %d in \"%s\"", what, (int)(s->p - s->text),
                 s->text);
    return -1;
}

/* One name or number; its index among the distinct ones. */
static int dimension(Parser *s, PyUFuncObject *u)
{
    char name[64];
    int n = 0;
    npy_intp fixed = -1;
    if (isdigit((unsigned char)*s->p)) {
        fixed = strtol(s->p, NULL, 10);
        if (fixed == 0) return fail(s, "expect dimension name or non-zero frozen dimension");
        n = snprintf(name, sizeof name, "%zd", fixed);
        while (isdigit((unsigned char)*s->p)) s->p++;
    } else {
        if (!isalpha((unsigned char)*s->p) && *s->p != '_') return fail(s, "expect dimension name");
        while ((isalnum((unsigned char)*s->p) || *s->p == '_') && n < 63) name[n++] = *s->p++;
    }
    name[n] = '\0';
    skip(s);
    bool optional = *s->p == '?';
    if (optional) s->p++;
    int ix = 0;
    while (ix < s->count && strcmp(s->names[ix], name) != 0) ix++;
    if (ix == s->count) {
        if (s->count == NPY_MAXDIMS) return fail(s, "too many dimensions");
        strcpy(s->names[s->count++], name);
        u->core_dim_sizes[ix] = fixed;
        u->core_dim_flags[ix] = (fixed < 0 ? UFUNC_CORE_DIM_SIZE_INFERRED : 0) |
                                (optional ? UFUNC_CORE_DIM_CAN_IGNORE : 0);
    } else if (optional != ((u->core_dim_flags[ix] & UFUNC_CORE_DIM_CAN_IGNORE) != 0)) {
        return fail(s, "? cannot be used, name already seen without ?");
    }
    return ix;
}

static int parse_operands(Parser *s, PyUFuncObject *u, int begin, int end, int *filled)
{
    for (int i = begin; i < end; i++) {
        skip(s);
        if (i > begin) {
            if (*s->p != ',') return fail(s, "expect ','");
            s->p++;
            skip(s);
        }
        if (*s->p != '(') return fail(s, "expect '('");
        s->p++;
        skip(s);
        u->core_offsets[i] = *filled;
        u->core_num_dims[i] = 0;
        while (*s->p != ')') {
            int ix = dimension(s, u);
            if (ix < 0) return -1;
            u->core_dim_ixs[(*filled)++] = ix;
            u->core_num_dims[i]++;
            skip(s);
            if (*s->p == ',') {
                s->p++;
                skip(s);
                if (*s->p == ')') return fail(s, "',' must not be followed by ')'");
            } else if (*s->p != ')') {
                return fail(s, "expect ',' or ')'");
            }
        }
        s->p++;
    }
    return 0;
}

int ufunc_parse_core_signature(PyUFuncObject *u, const char *signature)
{
    size_t len = strlen(signature);
    u->core_signature = PyMem_Malloc(len + 1);
    u->core_num_dims = PyMem_Calloc((size_t)u->nargs + 1, sizeof(int));
    u->core_offsets = PyMem_Calloc((size_t)u->nargs + 1, sizeof(int));
    u->core_dim_ixs = PyMem_Calloc(len + 1, sizeof(int));
    u->core_dim_sizes = PyMem_Calloc(len + 1, sizeof(npy_intp));
    u->core_dim_flags = PyMem_Calloc(len + 1, sizeof(npy_uint32));
    if (!u->core_signature || !u->core_num_dims || !u->core_offsets || !u->core_dim_ixs ||
        !u->core_dim_sizes || !u->core_dim_flags) {
        PyErr_NoMemory();
        return -1;
    }
    memcpy(u->core_signature, signature, len + 1);
    Parser s = {.text = signature, .p = signature};
    int filled = 0;
    if (parse_operands(&s, u, 0, u->nin, &filled) < 0) return -1;
    skip(&s);
    if (s.p[0] != '-' || s.p[1] != '>') return fail(&s, "expect '->'");
    s.p += 2;
    if (parse_operands(&s, u, u->nin, u->nargs, &filled) < 0) return -1;
    skip(&s);
    if (*s.p) return fail(&s, "expect end of signature");
    u->core_num_dim_ix = s.count;
    u->core_enabled = filled > 0;
    return 0;
}

/* ---- one call
 * ---------------------------------------------------------------------------------------------------------------
 */

typedef struct Core {
    PyUFuncObject *u;
    int ncore[NPY_MAXARGS]; /* core dimensions of each operand now, optional ones left out */
    npy_intp sizes[NPY_MAXDIMS];
    bool missing[NPY_MAXDIMS];
    int axes[NPY_MAXARGS]
            [NPY_MAXDIMS]; /* where core dimension k of an operand is; -1: at the end, in order */
    bool moved[NPY_MAXARGS];
    bool keepdims;
    int loop_ndim;
    npy_intp loop_shape[NPY_MAXDIMS];
} Core;

static int enough_dims(Core *c, PyArrayObject **arrays)
{
    PyUFuncObject *u = c->u;
    for (int i = 0; i < u->nargs; i++) c->ncore[i] = u->core_num_dims[i];
    for (int k = 0; k < u->core_num_dim_ix; k++) c->missing[k] = false;
    for (int i = 0; i < u->nargs; i++) {
        if (!arrays[i]) continue;
        int have = PyArray_NDIM(arrays[i]), off = u->core_offsets[i];
        int want = u->core_num_dims[i];
        /* Leave out optional dimensions, the first ones first, until it fits. */
        int now = want;
        for (int k = 0; k < want; k++) now -= c->missing[u->core_dim_ixs[off + k]];
        for (int k = 0; k < want && now > have; k++) {
            int ix = u->core_dim_ixs[off + k];
            if (c->missing[ix] || !(u->core_dim_flags[ix] & UFUNC_CORE_DIM_CAN_IGNORE)) continue;
            c->missing[ix] = true;
            now--;
        }
        if (now <= have) continue;
        if (c->keepdims && i >= u->nin) continue;
        PyErr_Format(PyExc_ValueError,
                     "%s: %s operand %d does not have enough dimensions (has %d, gufunc core with "
                     "signature %s requires "
                     "%d)",
                     ufunc_name(u), i < u->nin ? "Input" : "Output", i < u->nin ? i : i - u->nin,
                     have, u->core_signature, now);
        return -1;
    }
    for (int i = 0; i < u->nargs; i++) {
        c->ncore[i] = 0;
        for (int k = 0; k < u->core_num_dims[i]; k++)
            c->ncore[i] += !c->missing[u->core_dim_ixs[u->core_offsets[i] + k]];
    }
    return 0;
}

static int read_axis(PyObject *o, int ndim, int *out)
{
    npy_intp v = PyArray_PyIntAsIntp(o);
    if (v == -1 && PyErr_Occurred()) return -1;
    EXT_TRY(fnp_sce_normalize_axis(v, ndim, NULL, out, err), -1);
    return 0;
}

/* Number of dimensions operand i has (outputs: will have). */
static int operand_ndim(Core *c, PyArrayObject **arrays, int i)
{
    if (arrays[i]) return PyArray_NDIM(arrays[i]);
    return c->loop_ndim + c->ncore[i] + (c->keepdims && i >= c->u->nin ? c->ncore[0] : 0);
}

static int read_axes_entry(Core *c, PyArrayObject **arrays, int i, PyObject *entry)
{
    PyUFuncObject *u = c->u;
    int want = c->ncore[i] + (c->keepdims && i >= u->nin ? c->ncore[0] : 0),
        ndim = operand_ndim(c, arrays, i);
    c->moved[i] = true;
    if (!PyTuple_Check(entry)) {
        npy_intp v = PyArray_PyIntAsIntp(entry);
        if (v == -1 && PyErr_Occurred()) {
            if (want != 1)
                PyErr_Format(PyExc_TypeError, "%s: axes item %d should be a tuple.", ufunc_name(u),
                             i);
            return -1;
        }
        if (want != 1) {
            PyObject *cls = ext_exception("AxisError");
            if (cls)
                PyErr_Format(
                    cls,
                    "%s: operand %d has %d core dimensions, but the axes item is a single integer.",
                    ufunc_name(u), i, want);
            return -1;
        }
        return read_axis(entry, ndim, &c->axes[i][0]);
    }
    if (PyTuple_GET_SIZE(entry) != want) {
        PyObject *cls = ext_exception("AxisError");
        if (cls)
            PyErr_Format(cls,
                         "%s: operand %d has %d core dimensions, but %zd dimensions are specified "
                         "by axes tuple.",
                         ufunc_name(u), i, want, PyTuple_GET_SIZE(entry));
        return -1;
    }
    for (int k = 0; k < want; k++) {
        if (read_axis(PyTuple_GET_ITEM(entry, k), ndim, &c->axes[i][k]) < 0) return -1;
        for (int m = 0; m < k; m++)
            if (c->axes[i][m] == c->axes[i][k]) {
                PyErr_Format(PyExc_ValueError, "axes item %d has value %d repeated", i,
                             c->axes[i][k]);
                return -1;
            }
    }
    return 0;
}

static int read_axes(Core *c, PyArrayObject **arrays, PyObject *axes)
{
    PyUFuncObject *u = c->u;
    if (!PyList_Check(axes)) {
        PyErr_SetString(PyExc_TypeError, "axes should be a list.");
        return -1;
    }
    Py_ssize_t n = PyList_GET_SIZE(axes);
    int needed = 0;
    for (int i = u->nin; i < u->nargs; i++) needed += c->ncore[i] > 0;
    if (n != u->nargs && !(n == u->nin && needed == 0)) {
        PyErr_SetString(
            PyExc_ValueError,
            "axes should be a list with an entry for all inputs and outputs; entries for "
            "outputs can only be omitted if none of them has core axes.");
        return -1;
    }
    for (int i = 0; i < n; i++)
        if (read_axes_entry(c, arrays, i, PyList_GET_ITEM(axes, i)) < 0) return -1;
    return 0;
}

static int read_single_axis(Core *c, PyArrayObject **arrays, PyObject *axis)
{
    PyUFuncObject *u = c->u;
    for (int i = 0; i < u->nargs; i++)
        if (u->core_num_dims[i] > 1 ||
            (u->core_num_dims[i] == 1 && u->core_dim_ixs[u->core_offsets[i]] != 0)) {
            PyErr_Format(PyExc_TypeError,
                         "%s: axis can only be used with a single shared core dimension, not with "
                         "the %d distinct ones "
                         "implied by signature %s.",
                         ufunc_name(u), u->core_num_dim_ix, u->core_signature);
            return -1;
        }
    if (u->core_num_dim_ix != 1) {
        PyErr_Format(PyExc_TypeError,
                     "%s: axis can only be used with a single shared core dimension, not with the "
                     "%d distinct ones "
                     "implied by signature %s.",
                     ufunc_name(u), u->core_num_dim_ix, u->core_signature);
        return -1;
    }
    for (int i = 0; i < u->nargs; i++) {
        if (c->ncore[i] == 0 && !(c->keepdims && i >= u->nin)) continue;
        if (read_axis(axis, operand_ndim(c, arrays, i), &c->axes[i][0]) < 0) return -1;
        c->moved[i] = true;
    }
    return 0;
}

/* Which of an operand's own axes are core axes, in order. */
static void core_axes(Core *c, int i, int ndim, int *out)
{
    int n = c->ncore[i] + (c->keepdims && i >= c->u->nin ? c->ncore[0] : 0);
    for (int k = 0; k < n; k++) out[k] = c->moved[i] ? c->axes[i][k] : ndim - n + k;
}

/* Extents of the core dimensions, from every operand that exists. */
static int core_sizes(Core *c, PyArrayObject **arrays)
{
    PyUFuncObject *u = c->u;
    for (int k = 0; k < u->core_num_dim_ix; k++)
        c->sizes[k] =
            u->core_dim_flags[k] & UFUNC_CORE_DIM_SIZE_INFERRED ? -1 : u->core_dim_sizes[k];
    for (int k = 0; k < u->core_num_dim_ix; k++)
        if (c->missing[k]) c->sizes[k] = 1;
    for (int i = 0; i < u->nargs; i++) {
        if (!arrays[i] || (c->keepdims && i >= u->nin)) continue;
        int where[NPY_MAXDIMS], pos = 0;
        core_axes(c, i, PyArray_NDIM(arrays[i]), where);
        for (int k = 0; k < u->core_num_dims[i]; k++) {
            int ix = u->core_dim_ixs[u->core_offsets[i] + k];
            if (c->missing[ix]) continue;
            npy_intp n = PyArray_DIM(arrays[i], where[pos]);
            if (c->sizes[ix] < 0) c->sizes[ix] = n;
            if (n != c->sizes[ix]) {
                PyErr_Format(PyExc_ValueError,
                             "%s: %s operand %d has a mismatch in its core dimension %d, with "
                             "gufunc signature %s (size "
                             "%zd is different from %zd)",
                             ufunc_name(u), i < u->nin ? "Input" : "Output",
                             i < u->nin ? i : i - u->nin, pos, u->core_signature, n, c->sizes[ix]);
                return -1;
            }
            pos++;
        }
    }
    if (u->process_core_dims_func && u->process_core_dims_func(u, c->sizes) < 0) return -1;
    for (int i = u->nin; i < u->nargs; i++)
        for (int k = 0; k < u->core_num_dims[i]; k++)
            if (c->sizes[u->core_dim_ixs[u->core_offsets[i] + k]] < 0) {
                PyErr_Format(PyExc_ValueError,
                             "%s: Output operand %d has core dimension %d unspecified, with gufunc "
                             "signature %s",
                             ufunc_name(u), i - u->nin, k, u->core_signature);
                return -1;
            }
    return 0;
}

/* The loop dimensions of an operand: those that are no core axes. */
static int loop_dims(Core *c, int i, PyArrayObject *a, npy_intp *dims)
{
    int where[NPY_MAXDIMS], ndim = PyArray_NDIM(a), n = 0;
    int ncore = c->ncore[i] + (c->keepdims && i >= c->u->nin ? c->ncore[0] : 0);
    core_axes(c, i, ndim, where);
    for (int k = 0; k < ndim; k++) {
        bool core = false;
        for (int m = 0; m < ncore; m++) core |= where[m] == k;
        if (!core) dims[n++] = PyArray_DIM(a, k);
    }
    return n;
}

/* The shape of operand i with its loop dimensions first. */
static int result_shape(Core *c, int i, npy_intp *shape)
{
    PyUFuncObject *u = c->u;
    int n = c->loop_ndim;
    memcpy(shape, c->loop_shape, sizeof *shape * (size_t)n);
    for (int k = 0; k < u->core_num_dims[i]; k++) {
        int ix = u->core_dim_ixs[u->core_offsets[i] + k];
        if (!c->missing[ix]) shape[n++] = c->sizes[ix];
    }
    if (c->keepdims)
        for (int k = 0; k < c->ncore[0]; k++) shape[n++] = 1;
    return n;
}

static int refuse_output(Core *c, int i, PyArrayObject *a)
{
    char have[256], want[256], ours[256];
    npy_intp shape[NPY_MAXDIMS], turned[NPY_MAXDIMS];
    int nd = PyArray_NDIM(a), n = result_shape(c, i, shape);
    if (nd < n) {
        PyErr_SetString(PyExc_ValueError,
                        "output operand requires a reduction along dimension -1, but the reduction "
                        "is not enabled. The dimension size of 1 does not match the expected "
                        "output shape.");
        return -1;
    }
    for (int k = 0; k < nd; k++) turned[k] = PyArray_DIM(a, nd - 1 - k);
    fnp_sce_format_shape(nd, PyArray_DIMS(a), have, sizeof have);
    fnp_sce_format_shape(nd, turned, ours, sizeof ours);
    fnp_sce_format_shape(n, shape, want, sizeof want);
    PyErr_Format(PyExc_ValueError,
                 "non-broadcastable output operand with shape %s [remapped to %s] doesn't match "
                 "the broadcast shape %s",
                 have, ours, want);
    return -1;
}

/* Given outputs take part, but are not stretched. */
static int loop_shape(Core *c, PyArrayObject **arrays)
{
    PyUFuncObject *u = c->u;
    npy_intp dims[NPY_MAXARGS][NPY_MAXDIMS];
    const npy_intp *shapes[NPY_MAXARGS];
    int ndims[NPY_MAXARGS], n = 0;
    for (int i = 0; i < u->nargs; i++) {
        if (!arrays[i]) continue;
        ndims[n] = loop_dims(c, i, arrays[i], dims[n]);
        shapes[n] = dims[n];
        n++;
    }
    EXT_TRY(fnp_sce_broadcast_shapes(n, ndims, shapes, FNP_BROADCAST_OPERANDS, &c->loop_ndim,
                                     c->loop_shape, err),
            -1);
    for (int i = u->nin; i < u->nargs; i++) {
        if (!arrays[i]) continue;
        n = loop_dims(c, i, arrays[i], dims[0]);
        if (!fnp_sce_same_shape(n, dims[0], c->loop_ndim, c->loop_shape))
            return refuse_output(c, i, arrays[i]);
    }
    return 0;
}

static PyArrayObject *make_output(Core *c, int i, PyArray_Descr *d, NPY_ORDER order)
{
    npy_intp ordered[NPY_MAXDIMS], shape[NPY_MAXDIMS];
    int ndim = result_shape(c, i, ordered), where[NPY_MAXDIMS], ncore = ndim - c->loop_ndim,
        next = 0;
    core_axes(c, i, ndim, where);
    for (int k = 0; k < ndim; k++) {
        int core = -1;
        for (int m = 0; m < ncore; m++)
            if (where[m] == k) core = m;
        shape[k] = core >= 0 ? ordered[c->loop_ndim + core] : ordered[next++];
    }
    Py_INCREF(d);
    return (PyArrayObject *)PyArray_NewFromDescr(
        &PyArray_Type, d, ndim, shape, NULL, NULL,
        order == NPY_FORTRANORDER ? NPY_ARRAY_F_CONTIGUOUS : 0, NULL);
}

/* An operand as the core wants it: loop dimensions first, then all core dimensions (missing ones
 * with extent 1). */
static int arrange(Core *c, int i, PyArrayObject *a, const fnp_dtype *dtype, fnp_view *v,
                   npy_intp *shape, npy_intp *strides)
{
    PyUFuncObject *u = c->u;
    int ndim = PyArray_NDIM(a), where[NPY_MAXDIMS], n = 0, pos = 0;
    int ncore = c->ncore[i] + (c->keepdims && i >= u->nin ? c->ncore[0] : 0);
    core_axes(c, i, ndim, where);
    for (int k = 0; k < ndim; k++) {
        bool core = false;
        for (int m = 0; m < ncore; m++) core |= where[m] == k;
        if (core) continue;
        shape[n] = PyArray_DIM(a, k);
        strides[n++] = PyArray_STRIDE(a, k);
    }
    for (int k = 0; k < u->core_num_dims[i]; k++) {
        int ix = u->core_dim_ixs[u->core_offsets[i] + k];
        if (c->missing[ix]) {
            shape[n] = 1;
            strides[n++] = 0;
            continue;
        }
        shape[n] = PyArray_DIM(a, where[pos]);
        strides[n++] = PyArray_STRIDE(a, where[pos]);
        pos++;
    }
    *v = (fnp_view){PyArray_BYTES(a), n,    FNP_VIEW_ALIGNED | FNP_VIEW_WRITEABLE, shape,
                    strides,          dtype};
    return 0;
}

static bool fits(PyArrayObject *a, PyArray_Descr *d)
{
    return PyArray_EquivTypes(PyArray_DESCR(a), d) && PyArray_ISALIGNED(a) &&
           PyArray_ISNOTSWAPPED(a);
}

static bool overlaps_output(PyArrayObject **arrays, int nin, int nop, int i)
{
    fnp_layout a = {(uintptr_t)PyArray_DATA(arrays[i]), PyArray_NDIM(arrays[i]),
                    PyArray_DIMS(arrays[i]), PyArray_STRIDES(arrays[i]),
                    PyArray_ITEMSIZE(arrays[i])};
    for (int o = nin; o < nop; o++) {
        fnp_layout b = {(uintptr_t)PyArray_DATA(arrays[o]), PyArray_NDIM(arrays[o]),
                        PyArray_DIMS(arrays[o]), PyArray_STRIDES(arrays[o]),
                        PyArray_ITEMSIZE(arrays[o])};
        if (fnp_sce_shares_memory(&a, &b, 1) != FNP_OVERLAP_NO) return true;
    }
    return false;
}

static int execute(Core *c, UfuncRun *r)
{
    UfuncLoop *l = r->loop;
    PyUFuncObject *u = c->u;
    int nop = u->nargs, result = -1;
    PyArrayObject *work[NPY_MAXARGS] = {NULL};
    npy_intp(*shape)[NPY_MAXDIMS] = PyMem_Malloc(sizeof *shape * (size_t)nop);
    npy_intp(*strides)[NPY_MAXDIMS] = PyMem_Malloc(sizeof *strides * (size_t)nop);
    fnp_view views[NPY_MAXARGS];
    fnp_dtype scratch[NPY_MAXARGS];
    if (!shape || !strides) {
        PyErr_NoMemory();
        goto done;
    }
    for (int i = 0; i < nop; i++) {
        if (i < u->nin) {
            bool copy = overlaps_output(r->arrays, u->nin, nop, i);
            if (fits(r->arrays[i], l->descrs[i]) && !copy) {
                work[i] = (PyArrayObject *)Py_NewRef((PyObject *)r->arrays[i]);
            } else {
                Py_INCREF(l->descrs[i]);
                work[i] = (PyArrayObject *)PyArray_FromArray(
                    r->arrays[i], l->descrs[i],
                    NPY_ARRAY_ALIGNED | NPY_ARRAY_NOTSWAPPED | NPY_ARRAY_FORCECAST |
                        (copy ? NPY_ARRAY_ENSURECOPY : 0));
            }
        } else if (fits(r->arrays[i], l->descrs[i]) && !ufunc_overlaps_itself(r->arrays[i])) {
            work[i] = (PyArrayObject *)Py_NewRef((PyObject *)r->arrays[i]);
        } else {
            Py_INCREF(l->descrs[i]);
            work[i] =
                (PyArrayObject *)PyArray_NewLikeArray(r->arrays[i], NPY_KEEPORDER, l->descrs[i], 0);
        }
        if (!work[i]) goto done;
        const fnp_dtype *d = ext_descr_core(l->descrs[i], &scratch[i]);
        if (!d || arrange(c, i, work[i], d, &views[i], shape[i], strides[i]) < 0) goto done;
    }
    for (int k = 0; k < u->core_num_dim_ix; k++)
        if (c->sizes[k] < 0) c->sizes[k] = 0;
    if (ufunc_loop_bind(l, NULL, 1) < 0) goto done;
    int ncore[NPY_MAXARGS];
    for (int i = 0; i < nop; i++) ncore[i] = u->core_num_dims[i];
    fnp_gufunc_call g = {
        &l->run, nop, views, ncore, c->loop_ndim, c->loop_shape, u->core_num_dim_ix, c->sizes};
    UfuncSection s;
    EXT_ERROR(err);
    ufunc_enter(&s, ufunc_may_release(l, work, nop, 1000));
    fnp_status st = fnp_gufunc_run(&g, &err);
    int flags = ufunc_leave(&s);
    if (st) {
        ufunc_raise(st, &err);
        goto done;
    }
    if (PyErr_Occurred()) goto done;
    if (flags && !(l->run.flags & FNP_LOOP_NO_FLOAT_ERRORS) &&
        ext_report_fp(ufunc_name(u), flags) < 0)
        goto done;
    for (int i = u->nin; i < nop; i++)
        if (work[i] != r->arrays[i] && ext_assign_array(r->arrays[i], work[i], NULL) < 0) goto done;
    result = 0;
done:
    for (int i = 0; i < nop; i++) Py_XDECREF(work[i]);
    PyMem_Free(shape);
    PyMem_Free(strides);
    return result;
}

int ufunc_run_gufunc(UfuncRun *r, PyObject *axes, PyObject *axis, PyObject *keepdims)
{
    UfuncLoop *l = r->loop;
    PyUFuncObject *u = l->ufunc;
    Core *c = PyMem_Calloc(1, sizeof *c);
    int result = -1;
    if (!c) {
        PyErr_NoMemory();
        return -1;
    }
    c->u = u;
    if (keepdims && keepdims != Py_None) {
        if (!PyBool_Check(keepdims)) {
            PyErr_SetString(PyExc_TypeError, "'keepdims' must be a boolean");
            goto done;
        }
        c->keepdims = keepdims == Py_True;
    }
    bool asked = keepdims && keepdims != Py_None; /* False is refused as well */
    for (int i = 1; i < u->nargs && asked; i++) {
        int must = i < u->nin ? u->core_num_dims[0] : 0;
        if (u->core_num_dims[i] == must) continue;
        PyErr_Format(PyExc_TypeError,
                     "%s does not support keepdims: its signature %s requires %s %d to have %d "
                     "core dimensions, but "
                     "keepdims can only be used when all inputs have the same number of core "
                     "dimensions and all outputs "
                     "have no core dimensions.",
                     ufunc_name(u), u->core_signature, i < u->nin ? "input" : "output",
                     i < u->nin ? i : i - u->nin, u->core_num_dims[i]);
        goto done;
    }
    if (enough_dims(c, r->arrays) < 0) goto done;
    /* The loop's dimensions count first, since axes of outputs are counted from them. */
    for (int i = 0; i < u->nin; i++) {
        int n = PyArray_NDIM(r->arrays[i]) - c->ncore[i];
        if (n > c->loop_ndim) c->loop_ndim = n;
    }
    if (axes && axes != Py_None && read_axes(c, r->arrays, axes) < 0) goto done;
    if (axis && axis != Py_None && read_single_axis(c, r->arrays, axis) < 0) goto done;
    if (core_sizes(c, r->arrays) < 0 || loop_shape(c, r->arrays) < 0) goto done;
    for (int i = u->nin; i < u->nargs; i++) {
        if (!r->arrays[i]) {
            r->arrays[i] = make_output(c, i, l->descrs[i], r->order);
            if (!r->arrays[i]) goto done;
            continue;
        }
        npy_intp want[NPY_MAXDIMS];
        int n = result_shape(c, i, want);
        if (PyArray_NDIM(r->arrays[i]) < n) {
            PyErr_Format(PyExc_ValueError,
                         "%s: Output operand %d does not have enough dimensions (has %d, gufunc "
                         "core with signature %s "
                         "requires %d)",
                         ufunc_name(u), i - u->nin, PyArray_NDIM(r->arrays[i]), u->core_signature,
                         n);
            goto done;
        }
    }
    result = execute(c, r);
done:
    PyMem_Free(c);
    return result;
}
