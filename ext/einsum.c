/* c_einsum: subscripts are read into labels, each operand into strides per label; the sum itself is
 * the core's. */
#include "argparse.h"
#include "array.h"
#include "convert.h"

#include "fnp/base.h"
#include "fnp/func.h"
#include "fnp/sce.h"

#include <ctype.h>
#include <string.h>

enum { MAX_OPS = NPY_MAXARGS - 1, MAX_LABELS = 128, ELLIPSIS_ = -1 };

/* Labels of one operand: letters, ELLIPSIS_ at most once. */
typedef struct {
    int n, has_ellipsis;
    int label[FNP_MAXDIMS + 1];
} subscripts;

static int refuse(const char *text)
{
    PyErr_SetString(PyExc_ValueError, text);
    return -1;
}

/* Letters, blanks and one "..." up to `end`. op < 0: the output. */
static int read_subscripts(const char *s, const char *end, int op, int ndim, subscripts *out)
{
    out->n = out->has_ellipsis = 0;
    for (; s < end; s++) {
        if (*s == ' ') continue;
        if (*s == '.') {
            if (out->has_ellipsis || end - s < 3 || s[1] != '.' || s[2] != '.') {
                if (op >= 0)
                    PyErr_Format(PyExc_ValueError,
                                 "einstein sum subscripts string contains a '.' that is not part "
                                 "of an ellipsis ('...') in operand %d",
                                 op);
                else
                    refuse("einstein sum subscripts string contains a '.' that is not part of an "
                           "ellipsis ('...') in the output");
                return -1;
            }
            out->has_ellipsis = 1;
            out->label[out->n++] = ELLIPSIS_;
            s += 2;
            continue;
        }
        if (!isalpha((unsigned char)*s)) {
            PyErr_Format(PyExc_ValueError,
                         "invalid subscript '%c' in einstein sum subscripts string, subscripts "
                         "must be letters",
                         *s);
            return -1;
        }
        if (out->n - out->has_ellipsis >= ndim) {
            if (op >= 0)
                PyErr_Format(
                    PyExc_ValueError,
                    "einstein sum subscripts string contains too many subscripts for operand %d",
                    op);
            else
                refuse("einstein sum subscripts string contains too many subscripts in the output");
            return -1;
        }
        out->label[out->n++] = (unsigned char)*s;
    }
    if (op >= 0 && !out->has_ellipsis && out->n < ndim)
        return refuse("operand has more dimensions than subscripts given in einstein sum, but no "
                      "'...' ellipsis provided to broadcast the extra dimensions.");
    return 0;
}

typedef struct {
    int nop;
    PyArrayObject *op[MAX_OPS];
    subscripts in[MAX_OPS], out;
    /* The loop nest: output labels first (the ellipsis in its place), then the summed ones. */
    int ndim, ndim_out, n_ellipsis;
    fnp_intp shape[FNP_MAXDIMS];
    fnp_intp strides[(MAX_OPS + 1) * FNP_MAXDIMS];
    int axis_of_label[MAX_LABELS], first_ellipsis;
} plan;

/* Large: what is read is written first. */
static plan *new_plan(void)
{
    plan *p = PyMem_Malloc(sizeof *p);
    if (p) p->nop = p->ndim = p->ndim_out = p->n_ellipsis = p->first_ellipsis = 0;
    return p;
}

/* Without "->": the ellipsis, then the labels that occur once, in alphabetical order. */
static void implicit_output(plan *p)
{
    int count[MAX_LABELS] = {0};
    p->out.n = p->out.has_ellipsis = 0;
    for (int i = 0; i < p->nop; i++)
        for (int k = 0; k < p->in[i].n; k++) {
            if (p->in[i].label[k] == ELLIPSIS_)
                p->out.has_ellipsis = 1;
            else
                count[p->in[i].label[k]]++;
        }
    if (p->out.has_ellipsis) p->out.label[p->out.n++] = ELLIPSIS_;
    for (int c = 0; c < MAX_LABELS; c++)
        if (count[c] == 1 && p->out.n <= FNP_MAXDIMS) p->out.label[p->out.n++] = c;
}

static int check_output(const plan *p)
{
    int seen[MAX_LABELS] = {0}, any[MAX_LABELS] = {0};
    for (int i = 0; i < p->nop; i++)
        for (int k = 0; k < p->in[i].n; k++)
            if (p->in[i].label[k] != ELLIPSIS_) any[p->in[i].label[k]] = 1;
    for (int k = 0; k < p->out.n; k++) {
        int c = p->out.label[k];
        if (c == ELLIPSIS_) continue;
        if (seen[c]++) {
            PyErr_Format(
                PyExc_ValueError,
                "einstein sum subscripts string includes output subscript '%c' multiple times", c);
            return -1;
        }
        if (!any[c]) {
            PyErr_Format(PyExc_ValueError,
                         "einstein sum subscripts string included output subscript '%c' which "
                         "never appeared in an input",
                         c);
            return -1;
        }
    }
    return 0;
}

static int number_axes(plan *p)
{
    for (int c = 0; c < MAX_LABELS; c++) p->axis_of_label[c] = -1;
    p->n_ellipsis = 0;
    for (int i = 0; i < p->nop; i++) {
        int extra = PyArray_NDIM(p->op[i]) - (p->in[i].n - p->in[i].has_ellipsis);
        if (extra > p->n_ellipsis) p->n_ellipsis = extra;
    }
    if (p->n_ellipsis > 0 && !p->out.has_ellipsis)
        return refuse("output has more dimensions than subscripts given in einstein sum, but no "
                      "'...' ellipsis provided to broadcast the extra dimensions.");
    int nd = 0;
    p->first_ellipsis = 0;
    if (p->out.n - p->out.has_ellipsis + p->n_ellipsis > FNP_MAXDIMS)
        return refuse("too many subscripts in einsum");
    for (int k = 0; k < p->out.n; k++) {
        if (p->out.label[k] == ELLIPSIS_) {
            p->first_ellipsis = nd;
            nd += p->n_ellipsis;
        } else {
            p->axis_of_label[p->out.label[k]] = nd++;
        }
    }
    p->ndim_out = nd;
    for (int i = 0; i < p->nop; i++)
        for (int k = 0; k < p->in[i].n; k++) {
            int c = p->in[i].label[k];
            if (c == ELLIPSIS_ || p->axis_of_label[c] >= 0) continue;
            if (nd >= FNP_MAXDIMS) return refuse("too many subscripts in einsum");
            p->axis_of_label[c] = nd++;
        }
    p->ndim = nd;
    return 0;
}

static int remapped_mismatch(const plan *p, fnp_intp (*shapes)[FNP_MAXDIMS],
                             int (*have)[FNP_MAXDIMS])
{
    PyObject *text = PyUnicode_FromString(
        "operands could not be broadcast together with remapped shapes [original->remapped]: ");
    for (int i = 0; text && i < p->nop; i++) {
        char a[1024], b[1024];
        fnp_intp re[FNP_MAXDIMS];
        int n = p->ndim;
        for (int d = 0; d < n; d++) re[d] = have[i][d] ? shapes[i][d] : -1;
        fnp_sce_format_shape(PyArray_NDIM(p->op[i]), PyArray_DIMS(p->op[i]), a, sizeof a);
        fnp_sce_format_shape(n, re, b, sizeof b);
        PyObject *part = PyUnicode_FromFormat("%s->%s ", a, b);
        if (!part)
            Py_CLEAR(text);
        else
            PyUnicode_AppendAndDel(&text, part);
    }
    if (text) PyErr_SetObject(PyExc_ValueError, text);
    Py_XDECREF(text);
    return -1;
}

/* Extents and strides per axis; repeated labels of one operand walk its diagonal. */
static int map_operands(plan *p)
{
    fnp_intp shapes[MAX_OPS][FNP_MAXDIMS];
    int have[MAX_OPS][FNP_MAXDIMS];
    for (int d = 0; d < p->ndim; d++) p->shape[d] = 1;
    for (int i = 0; i < p->nop; i++) {
        PyArrayObject *a = p->op[i];
        int extra = PyArray_NDIM(a) - (p->in[i].n - p->in[i].has_ellipsis), dim = 0;
        fnp_intp *st = p->strides + i * FNP_MAXDIMS;
        memset(st, 0, FNP_MAXDIMS * sizeof *st);
        memset(have[i], 0, sizeof have[i]);
        for (int k = 0; k < p->in[i].n; k++) {
            int c = p->in[i].label[k], many = c == ELLIPSIS_ ? extra : 1;
            for (int e = 0; e < many; e++, dim++) {
                int axis = c == ELLIPSIS_ ? p->first_ellipsis + p->n_ellipsis - extra + e
                                          : p->axis_of_label[c];
                fnp_intp len = PyArray_DIM(a, dim);
                if (have[i][axis] && shapes[i][axis] != len && len != 1 && shapes[i][axis] != 1) {
                    PyErr_Format(PyExc_ValueError,
                                 "dimensions in operand %d for collapsing index '%c' don't match "
                                 "(%zd != %zd)",
                                 i, c, shapes[i][axis], len);
                    return -1;
                }
                if (!have[i][axis] || shapes[i][axis] == 1) shapes[i][axis] = len;
                have[i][axis] = 1;
                if (len != 1) st[axis] += PyArray_STRIDE(a, dim);
            }
        }
    }
    for (int i = 0; i < p->nop; i++)
        for (int d = 0; d < p->ndim; d++) {
            if (!have[i][d] || shapes[i][d] == 1) continue;
            if (p->shape[d] != 1 && p->shape[d] != shapes[i][d])
                return remapped_mismatch(p, shapes, have);
            p->shape[d] = shapes[i][d];
        }
    return 0;
}

/* One operand and nothing summed: the result is a view. */
static PyObject *as_view(const plan *p)
{
    PyArrayObject *a = p->op[0];
    return ext_array_new(Py_TYPE(a), (PyArray_Descr *)Py_NewRef(PyArray_DESCR(a)), p->ndim_out,
                         p->shape, p->strides, PyArray_DATA(a),
                         PyArray_FLAGS(a) & ~NPY_ARRAY_OWNDATA, (PyObject *)a, (PyObject *)a, 0);
}

static int object_kernel(int nop, char *const *data, const fnp_intp *strides, fnp_intp n)
{
    for (fnp_intp i = 0; i < n; i++) {
        PyObject *prod = NULL;
        for (int k = 0; k < nop; k++) {
            PyObject *x;
            memcpy(&x, data[k] + i * strides[k], sizeof x);
            if (!x) x = Py_None;
            PyObject *next = prod ? PyNumber_Multiply(prod, x) : Py_NewRef(x);
            Py_XDECREF(prod);
            prod = next;
            if (!prod) return -1;
        }
        char *slot = data[nop] + i * strides[nop];
        PyObject *old;
        memcpy(&old, slot, sizeof old);
        PyObject *sum = old ? PyNumber_Add(old, prod) : Py_NewRef(prod);
        Py_DECREF(prod);
        if (!sum) return -1;
        memcpy(slot, &sum, sizeof sum);
        Py_XDECREF(old);
    }
    return 0;
}

/* Zeros in the order of memory that the loop over all operands has. */
static PyArrayObject *new_result(const plan *p, PyArray_Descr *d)
{
    const fnp_intp *rows[MAX_OPS];
    fnp_intp strides[FNP_MAXDIMS], step = PyDataType_ELSIZE(d);
    int perm[FNP_MAXDIMS];
    for (int i = 0; i < p->nop; i++) rows[i] = p->strides + i * FNP_MAXDIMS;
    fnp_sce_sort_axes(p->nop, p->ndim, rows, p->shape, perm);
    for (int k = 0; k < p->ndim; k++) {
        if (perm[k] >= p->ndim_out) continue;
        strides[perm[k]] = step;
        step *= p->shape[perm[k]];
    }
    PyObject *r = ext_array_new(&PyArray_Type, (PyArray_Descr *)Py_NewRef(d), p->ndim_out, p->shape,
                                strides, NULL, 0, NULL, NULL, EXT_NEW_ZEROED);
    if (r && ext_array_fill_zero((PyArrayObject *)r) < 0) Py_CLEAR(r);
    return (PyArrayObject *)r;
}

static PyObject *sum_products(plan *p, PyArray_Descr *dtype, NPY_ORDER order, NPY_CASTING casting,
                              PyArrayObject *out)
{
    static const char *const names[] = {"'no'", "'equiv'", "'safe'", "'same_kind'", "'unsafe'"};
    PyArrayObject *cast[MAX_OPS] = {NULL}, *res = NULL, *sink = NULL;
    PyArray_Descr *d =
        dtype ? (PyArray_Descr *)Py_NewRef(dtype) : PyArray_ResultType(p->nop, p->op, 0, NULL);
    PyObject *ret = NULL;
    if (!d) return NULL;
    if (!PyArray_ISNBO(d->byteorder)) Py_SETREF(d, PyArray_DescrNewByteorder(d, NPY_NATBYTE));
    fnp_einsum_kernel *kernel =
        d->type_num == NPY_OBJECT ? object_kernel : fnp_einsum_kernel_of(d->type_num);
    if (!kernel) {
        PyErr_Format(PyExc_TypeError, "invalid data type for einsum");
        goto done;
    }
    for (int i = 0; i < p->nop; i++) {
        if (!PyArray_CanCastArrayTo(p->op[i], d, casting)) {
            PyErr_Clear();
            PyErr_Format(PyExc_TypeError,
                         "Iterator operand %d dtype could not be cast from %R to %R according to "
                         "the rule %s",
                         i, PyArray_DESCR(p->op[i]), d, names[casting & 7]);
            goto done;
        }
        cast[i] = (PyArrayObject *)PyArray_FromArray(p->op[i], (PyArray_Descr *)Py_NewRef(d),
                                                     NPY_ARRAY_ALIGNED | NPY_ARRAY_NOTSWAPPED |
                                                         NPY_ARRAY_FORCECAST);
        if (!cast[i]) goto done;
        Py_INCREF(cast[i]);
        Py_SETREF(p->op[i], cast[i]);
    }
    if (map_operands(p) < 0) goto done; /* the casts may have other strides */
    if (out) {
        if (PyArray_NDIM(out) != p->ndim_out) {
            PyErr_Format(PyExc_ValueError,
                         "out parameter does not have the correct number of dimensions, has %d but "
                         "should have %d",
                         PyArray_NDIM(out), p->ndim_out);
            goto done;
        }
        if (!PyArray_CompareLists(PyArray_DIMS(out), p->shape, p->ndim_out)) {
            fnp_intp have[FNP_MAXDIMS];
            char a[1024], b[1024];
            memcpy(have, PyArray_DIMS(out), (size_t)p->ndim_out * sizeof *have);
            fnp_sce_format_shape(PyArray_NDIM(p->op[0]), PyArray_DIMS(p->op[0]), a, sizeof a);
            fnp_sce_format_shape(p->ndim_out, have, b, sizeof b);
            PyErr_Format(PyExc_ValueError,
                         "operands could not be broadcast together with remapped shapes "
                         "[original->remapped]: %s->%s %s->%s ",
                         a, a, b, b);
            goto done;
        }
        if (!PyArray_CanCastTypeTo(d, PyArray_DESCR(out), casting)) {
            PyErr_Clear();
            PyErr_Format(PyExc_TypeError,
                         "Iterator requested dtype could not be cast from %R to %R, the operand %d "
                         "dtype, according to the rule %s",
                         d, PyArray_DESCR(out), p->nop, names[casting & 7]);
            goto done;
        }
        res = (PyArrayObject *)Py_NewRef(out);
        sink =
            (PyArrayObject *)PyArray_Zeros(p->ndim_out, p->shape, (PyArray_Descr *)Py_NewRef(d), 0);
    } else {
        int fortran = order == NPY_FORTRANORDER;
        if (order == NPY_ANYORDER) {
            fortran = 1;
            for (int i = 0; i < p->nop; i++) fortran &= PyArray_ISFORTRAN(p->op[i]) != 0;
        }
        if (order == NPY_KEEPORDER)
            res = new_result(p, d);
        else
            res = (PyArrayObject *)PyArray_Zeros(p->ndim_out, p->shape,
                                                 (PyArray_Descr *)Py_NewRef(d), fortran);
        sink = (PyArrayObject *)Py_XNewRef(res);
    }
    if (!res || !sink) goto done;
    if (d->type_num ==
        NPY_OBJECT) { /* sums of objects start from the first product, or 0 where there is none */
        int empty = 0;
        for (int i = p->ndim_out; i < p->ndim; i++) empty |= p->shape[i] == 0;
        if (!empty) {
            fnp_view v;
            fnp_dtype scratch;
            EXT_ERROR(e);
            if (ext_view(sink, &v, &scratch) < 0 || fnp_clear_refs(&v, &e)) goto done;
        }
    }
    char *data[MAX_OPS + 1];
    for (int i = 0; i < p->nop; i++) data[i] = PyArray_DATA(p->op[i]);
    data[p->nop] = PyArray_DATA(sink);
    fnp_intp *so = p->strides + p->nop * FNP_MAXDIMS;
    memset(so, 0, FNP_MAXDIMS * sizeof *so);
    for (int k = 0; k < p->ndim_out; k++) so[k] = p->shape[k] == 1 ? 0 : PyArray_STRIDE(sink, k);
    PyThreadState *ts = d->type_num == NPY_OBJECT ? NULL : PyEval_SaveThread();
    bool free_order = d->type_num != NPY_OBJECT && d->type_num != NPY_HALF;
    fnp_status st = fnp_einsum_run(kernel, p->nop, data, p->ndim, p->shape, p->strides,
                                   free_order ? PyDataType_ELSIZE(d) : 0);
    if (ts) PyEval_RestoreThread(ts);
    if (st) goto done;
    if (sink != res && ext_assign_array(res, sink, NULL) < 0) goto done;
    ret = Py_NewRef(res);
done:
    for (int i = 0; i < p->nop; i++) Py_XDECREF(cast[i]);
    Py_XDECREF(res);
    Py_XDECREF(sink);
    Py_DECREF(d);
    return ret;
}

/* ---- reading the call
 * -------------------------------------------------------------------------------------------------
 */

static int take_operand(plan *p, PyObject *o)
{
    if (p->nop >= MAX_OPS) return refuse("too many operands");
    p->op[p->nop] = (PyArrayObject *)PyArray_FROM_O(o);
    return p->op[p->nop++] ? 0 : -1;
}

static int from_string(plan *p, PyObject *const *args, Py_ssize_t n)
{
    PyObject *hold = PyBytes_Check(args[0]) ? PyUnicode_FromEncodedObject(args[0], "ascii", NULL)
                                            : Py_NewRef(args[0]);
    const char *s = hold ? PyUnicode_AsUTF8(hold) : NULL;
    int r = -1;
    if (!s) goto done;
    for (Py_ssize_t i = 1; i < n; i++)
        if (take_operand(p, args[i]) < 0) goto done;
    if (p->nop < 1) {
        refuse("must specify the einstein sum subscripts string and at least one operand");
        goto done;
    }
    for (int i = 0; i < p->nop; i++) {
        size_t len = strcspn(s, ",-");
        if (s[len] == '-' && s[len + 1] != '>') {
            refuse("einstein sum subscript string does not contain proper '->' output specified");
            goto done;
        }
        if (i < p->nop - 1 && s[len] != ',') {
            refuse("fewer operands provided to einstein sum function than specified in the "
                   "subscripts string");
            goto done;
        }
        if (i == p->nop - 1 && s[len] == ',') {
            refuse("more operands provided to einstein sum function than specified in the "
                   "subscripts string");
            goto done;
        }
        if (read_subscripts(s, s + len, i, PyArray_NDIM(p->op[i]), &p->in[i]) < 0) goto done;
        s += len + (s[len] == ',');
    }
    if (*s == '\0') {
        implicit_output(p);
    } else {
        s += 2;
        if (read_subscripts(s, s + strlen(s), -1, FNP_MAXDIMS, &p->out) < 0) goto done;
    }
    r = 0;
done:
    Py_XDECREF(hold);
    return r;
}

static int from_list(PyObject *list, int op, int ndim, subscripts *out)
{
    char text[4 * FNP_MAXDIMS + 8];
    int k = 0;
    PyObject *fast =
        PySequence_Fast(list, "the subscripts for each operand must be a list or a tuple");
    if (!fast) return -1;
    int dots = 0;
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(fast); i++) {
        PyObject *item = PySequence_Fast_GET_ITEM(fast, i);
        if (k > 4 * FNP_MAXDIMS) {
            Py_DECREF(fast);
            return refuse("subscripts list is too long");
        }
        if (item == Py_Ellipsis) {
            if (dots++) {
                Py_DECREF(fast);
                return refuse("each subscripts list may have only one ellipsis");
            }
            memcpy(text + k, "...", 3);
            k += 3;
            continue;
        }
        npy_intp v = PyArray_PyIntAsIntp(item);
        if (v == -1 && PyErr_Occurred()) {
            PyErr_SetString(PyExc_TypeError,
                            "each subscript must be either an integer or an ellipsis");
            Py_DECREF(fast);
            return -1;
        }
        if (v < 0 || v >= 52) {
            Py_DECREF(fast);
            return refuse("subscript is not within the valid range [0, 52)");
        }
        text[k++] = (char)(v < 26 ? 'A' + v : 'a' + v - 26);
    }
    Py_DECREF(fast);
    return read_subscripts(text, text + k, op, ndim, out);
}

static int from_lists(plan *p, PyObject *const *args, Py_ssize_t n)
{
    if (n < 2) return refuse("must provide at least an operand and a subscripts list to einsum");
    for (Py_ssize_t i = 0; i + 1 < n; i += 2) {
        if (take_operand(p, args[i]) < 0) return -1;
        if (from_list(args[i + 1], p->nop - 1, PyArray_NDIM(p->op[p->nop - 1]),
                      &p->in[p->nop - 1]) < 0)
            return -1;
    }
    if (n % 2 == 0) {
        implicit_output(p);
        return 0;
    }
    return from_list(args[n - 1], -1, FNP_MAXDIMS, &p->out);
}

static PyObject *c_einsum(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    PyArrayObject *out = NULL;
    PyArray_Descr *dtype = NULL;
    NPY_ORDER order = NPY_KEEPORDER;
    NPY_CASTING casting = NPY_SAFE_CASTING;
    PyObject *ret = NULL;
    plan *p = new_plan();
    if (!p) return PyErr_NoMemory();
    for (Py_ssize_t k = 0; kwnames && k < PyTuple_GET_SIZE(kwnames); k++) {
        const char *key = PyUnicode_AsUTF8(PyTuple_GET_ITEM(kwnames, k));
        PyObject *v = args[n + k];
        int ok = 0;
        if (!key) goto done;
        if (strcmp(key, "out") == 0) {
            ok = v == Py_None || PyArray_Check(v);
            if (ok)
                out = v == Py_None ? NULL : (PyArrayObject *)v;
            else
                PyErr_SetString(PyExc_TypeError,
                                "keyword parameter out must be an array for einsum");
        } else if (strcmp(key, "order") == 0) {
            ok = PyArray_OrderConverter(v, &order);
        } else if (strcmp(key, "casting") == 0) {
            ok = PyArray_CastingConverter(v, &casting);
        } else if (strcmp(key, "dtype") == 0) {
            ok = PyArray_DescrConverter2(v, &dtype);
        } else {
            PyErr_Format(PyExc_TypeError, "einsum() got an unexpected keyword argument '%s'", key);
        }
        if (!ok) goto done;
    }
    if (n < 1) {
        refuse("must specify the einstein sum subscripts string and at least one operand, or at "
               "least one operand and its corresponding subscripts list");
        goto done;
    }
    int r = PyUnicode_Check(args[0]) || PyBytes_Check(args[0]) ? from_string(p, args, n)
                                                               : from_lists(p, args, n);
    if (r < 0 || check_output(p) < 0 || number_axes(p) < 0 || map_operands(p) < 0) goto done;
    if (p->nop == 1 && p->ndim == p->ndim_out && !out &&
        (!dtype || PyArray_EquivTypes(dtype, PyArray_DESCR(p->op[0]))))
        ret = as_view(p);
    else
        ret = sum_products(p, dtype, order, casting, out);
    ret = ext_return_or_out(ret, out);
done:
    for (int i = 0; i < p->nop; i++) Py_XDECREF(p->op[i]);
    PyMem_Free(p);
    Py_XDECREF(dtype);
    return ret;
}

PyArrayObject *PyArray_EinsteinSum(char *text, npy_intp nop, PyArrayObject **op_in,
                                   PyArray_Descr *dtype, NPY_ORDER order, NPY_CASTING casting,
                                   PyArrayObject *out)
{
    plan *p = new_plan();
    PyObject *args[MAX_OPS + 1] = {NULL}, *ret = NULL;
    if (!p) return (PyArrayObject *)PyErr_NoMemory();
    if (nop < 1 || nop >= MAX_OPS) {
        refuse("too many operands provided to einstein sum function");
        goto done;
    }
    args[0] = PyUnicode_FromString(text);
    for (npy_intp i = 0; i < nop; i++) args[i + 1] = (PyObject *)op_in[i];
    if (args[0] && from_string(p, args, nop + 1) == 0 && check_output(p) == 0 &&
        number_axes(p) == 0 && map_operands(p) == 0)
        ret = p->nop == 1 && p->ndim == p->ndim_out && !out
                  ? as_view(p)
                  : sum_products(p, dtype, order, casting, out);
    for (int i = 0; i < p->nop; i++) Py_XDECREF(p->op[i]);
done:
    Py_XDECREF(args[0]);
    PyMem_Free(p);
    return (PyArrayObject *)ret;
}

static PyMethodDef functions[] = {
    {"c_einsum", (PyCFunction)(void (*)(void))c_einsum, METH_FASTCALL | METH_KEYWORDS,
     "c_einsum(subscripts, *operands, out=None, dtype=None, order='K', casting='safe')\n\nEinstein "
     "summation without reordering of the contractions."},
    {NULL}};

int ext_init_einsum(PyObject *m)
{
    return ext_add_functions(m, functions);
}
