/* One path for all rows of distributions.def: arguments, checks, broadcasting, the loop of draws.
 */
#include "random.h"

#include <string.h>

static int too_many(const char *function, int most, Py_ssize_t nargs)
{
    PyErr_Format(PyExc_TypeError, "%s() takes at most %d positional argument%s (%zd given)",
                 function, most, most == 1 ? "" : "s", nargs);
    return -1;
}

HIDDEN int ext_random_parse(const char *function, const char *const *names, int count, int required,
                            PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames,
                            PyObject **out)
{
    if (nargs > count) return too_many(function, count, nargs);
    for (int i = 0; i < count; i++) out[i] = i < nargs ? args[i] : NULL;
    Py_ssize_t named = kwnames ? PyTuple_GET_SIZE(kwnames) : 0;
    for (Py_ssize_t k = 0; k < named; k++) {
        PyObject *key = PyTuple_GET_ITEM(kwnames, k);
        int i = 0;
        while (i < count && PyUnicode_CompareWithASCIIString(key, names[i])) i++;
        if (i == count) {
            PyErr_Format(PyExc_TypeError, "%s() got an unexpected keyword argument '%U'", function,
                         key);
            return -1;
        }
        if (out[i]) {
            PyErr_Format(PyExc_TypeError, "%s() got multiple values for keyword argument '%U'",
                         function, key);
            return -1;
        }
        out[i] = args[nargs + k];
    }
    for (int i = 0; i < required; i++) {
        if (out[i]) continue;
        PyErr_Format(PyExc_TypeError, "%s() takes %s %d positional argument%s (%zd given)",
                     function, required == count ? "exactly" : "at least", required,
                     required == 1 ? "" : "s", nargs);
        return -1;
    }
    return 0;
}

HIDDEN PyArrayObject *ext_random_new(PyObject *size, int type)
{
    PyArray_Dims dims = {NULL, 0};
    if (size != NULL && size != Py_None && !PyArray_IntpConverter(size, &dims)) return NULL;
    PyObject *a = PyArray_SimpleNew(dims.len, dims.ptr, type);
    PyDimMem_FREE(dims.ptr);
    return (PyArrayObject *)a;
}

HIDDEN int ext_random_enter(ExtDraws *self)
{
    PyObject *r;
    if (self->acquire)
        r = PyObject_CallNoArgs(self->acquire);
    else if (self->lock)
        r = PyObject_CallMethod(self->lock, "__enter__", NULL);
    else
        r = PyErr_Format(PyExc_ValueError, "the generator has no bit generator");
    Py_XDECREF(r);
    return r ? 0 : -1;
}

HIDDEN int ext_random_leave(ExtDraws *self)
{
    PyObject *type, *value, *trace, *r;
    PyErr_Fetch(&type, &value, &trace);
    if (self->release)
        r = PyObject_CallNoArgs(self->release);
    else
        r = PyObject_CallMethod(self->lock, "__exit__", "OOO", Py_None, Py_None, Py_None);
    Py_XDECREF(r);
    if (type) PyErr_Restore(type, value, trace);
    return r && !type ? 0 : -1;
}

enum { LONG_DRAW = 200 }; /* elements from which on the interpreter's lock is given up */

static void fill(fnp_draw *d, const fnp_dist *row, const fnp_param *p, void *out, npy_intp n)
{
    double *floats = out;
    int64_t *wholes = out;
    if (row->draw_float)
        for (npy_intp i = 0; i < n; i++) floats[i] = row->draw_float(d, p);
    else
        for (npy_intp i = 0; i < n; i++) wholes[i] = row->draw_whole(d, p);
}

static PyObject *one(ExtDraws *self, const fnp_dist *row, const fnp_param *p)
{
    union {
        double f;
        int64_t i;
    } x;
    if (ext_random_enter(self) < 0) return NULL;
    fill(&self->draw, row, p, &x, 1);
    if (ext_random_leave(self) < 0) return NULL;
    return row->draw_float ? PyFloat_FromDouble(x.f) : PyLong_FromLongLong(x.i);
}

/* All parameters are numbers. */
static PyObject *draw_same(ExtDraws *self, const fnp_dist *row, fnp_param *p, PyObject *size,
                           PyObject *out)
{
    bool old = self->draw.old;
    if (ext_random_check_together(row, old, p) < 0) return NULL;
    if (!size && !out) return one(self, row, p);
    PyArrayObject *a = out ? (PyArrayObject *)Py_NewRef(out)
                           : ext_random_new(size, row->draw_float ? NPY_DOUBLE : NPY_INT64);
    if (!a || ext_random_enter(self) < 0) {
        Py_XDECREF(a);
        return NULL;
    }
    npy_intp n = PyArray_SIZE(a);
    NPY_BEGIN_THREADS_DEF;
    NPY_BEGIN_THREADS_THRESHOLDED(n + 500 - LONG_DRAW);
    fill(&self->draw, row, p, PyArray_DATA(a), n);
    NPY_END_THREADS;
    if (ext_random_leave(self) < 0) Py_CLEAR(a);
    return (PyObject *)a;
}

/* The array to fill: out, or a new one of shape size or of the parameters' own. */
static PyArrayObject *target(PyArrayObject **a, int count, int type, PyObject *size, PyObject *out)
{
    if (out) return (PyArrayObject *)Py_NewRef(out);
    if (size) return ext_random_new(size, type);
    PyArrayMultiIterObject *m =
        (PyArrayMultiIterObject *)PyArray_MultiIterFromObjects((PyObject **)a, count, 0);
    if (!m) return NULL;
    PyObject *made = PyArray_SimpleNew(m->nd, m->dimensions, type);
    Py_DECREF(m);
    return (PyArrayObject *)made;
}

/* An iterator over target and parameters; the parameters must fit into the target. */
HIDDEN PyArrayMultiIterObject *ext_random_walk(PyArrayObject *to, PyArrayObject **a, int count)
{
    PyObject *all[4] = {(PyObject *)to};
    for (int i = 0; i < count; i++) all[i + 1] = (PyObject *)a[i];
    PyArrayMultiIterObject *m =
        (PyArrayMultiIterObject *)PyArray_MultiIterFromObjects(all, count + 1, 0);
    if (!m) return NULL;
    if (m->nd == PyArray_NDIM(to) &&
        PyArray_CompareLists(m->dimensions, PyArray_DIMS(to), PyArray_NDIM(to)))
        return m;
    PyObject *theirs = PyArray_IntTupleFromIntp(m->nd, m->dimensions);
    PyObject *ours = PyArray_IntTupleFromIntp(PyArray_NDIM(to), PyArray_DIMS(to));
    if (theirs && ours)
        PyErr_Format(PyExc_ValueError,
                     "Output size %S is not compatible with broadcast dimensions of inputs %S.",
                     ours, theirs);
    Py_XDECREF(theirs);
    Py_XDECREF(ours);
    Py_DECREF(m);
    return NULL;
}

static void draw_each(fnp_draw *d, const fnp_dist *row, PyArrayMultiIterObject *m, void *to)
{
    bool widths = row == &fnp_dists[FNP_DIST_uniform];
    double *floats = to;
    int64_t *wholes = to;
    for (npy_intp k = 0; PyArray_MultiIter_NOTDONE(m); k++) {
        fnp_param p[3];
        for (int i = 0; i < row->count; i++) {
            void *at = PyArray_MultiIter_DATA(m, i + 1);
            if (row->params[i].whole)
                p[i].i = *(int64_t *)at;
            else
                p[i].f = *(double *)at;
        }
        if (widths) p[1].f -= p[0].f;
        if (row->draw_float)
            floats[k] = row->draw_float(d, p);
        else
            wholes[k] = row->draw_whole(d, p);
        PyArray_MultiIter_NEXT(m);
    }
}

/* Parameters that lie as the target does, or are one number: no iterator. */
static bool in_step(PyArrayObject *to, PyArrayObject **a, int count)
{
    for (int i = 0; i < count; i++) {
        bool same = PyArray_NDIM(a[i]) == PyArray_NDIM(to) && PyArray_IS_C_CONTIGUOUS(a[i]) &&
                    PyArray_CompareLists(PyArray_DIMS(a[i]), PyArray_DIMS(to), PyArray_NDIM(to));
        if (!same && PyArray_SIZE(a[i]) != 1) return false;
    }
    return PyArray_IS_C_CONTIGUOUS(to);
}

static void draw_in_step(fnp_draw *d, const fnp_dist *row, PyArrayObject **a, void *to, npy_intp n)
{
    bool widths = row == &fnp_dists[FNP_DIST_uniform];
    const fnp_param *at[3];
    npy_intp step[3];
    double *floats = to;
    int64_t *wholes = to;
    for (int i = 0; i < row->count; i++) {
        at[i] = PyArray_DATA(a[i]);
        step[i] = PyArray_SIZE(a[i]) == 1 ? 0 : 1;
    }
    for (npy_intp k = 0; k < n; k++) {
        fnp_param p[3];
        for (int i = 0; i < row->count; i++) p[i] = at[i][k * step[i]];
        if (widths) p[1].f -= p[0].f;
        if (row->draw_float)
            floats[k] = row->draw_float(d, p);
        else
            wholes[k] = row->draw_whole(d, p);
    }
}

static PyObject *draw_arrays(ExtDraws *self, const fnp_dist *row, PyArrayObject **a, PyObject *size,
                             PyObject *out)
{
    bool old = self->draw.old, colors = row == &fnp_dists[FNP_DIST_hypergeometric];
    if (colors && ext_random_check_arrays_together(row, old, a) < 0) return NULL;
    for (int i = 0; i < row->count; i++) {
        const fnp_dist_param *q = &row->params[i];
        if (ext_random_check_array(old ? q->old_rule : q->rule, q->name, a[i]) < 0) return NULL;
    }
    if (!colors && ext_random_check_arrays_together(row, old, a) < 0) return NULL;
    PyArrayObject *to = target(a, row->count, row->draw_float ? NPY_DOUBLE : NPY_INT64, size, out);
    PyArrayMultiIterObject *m = to ? ext_random_walk(to, a, row->count) : NULL;
    if (!m || ext_random_enter(self) < 0) {
        Py_XDECREF(m);
        Py_XDECREF(to);
        return NULL;
    }
    NPY_BEGIN_THREADS_DEF;
    NPY_BEGIN_THREADS_THRESHOLDED(m->size + 500 - LONG_DRAW);
    if (in_step(to, a, row->count))
        draw_in_step(&self->draw, row, a, PyArray_DATA(to), PyArray_SIZE(to));
    else
        draw_each(&self->draw, row, m, PyArray_DATA(to));
    NPY_END_THREADS;
    Py_DECREF(m);
    if (ext_random_leave(self) < 0) Py_CLEAR(to);
    return (PyObject *)to;
}

/* A number parameter; 1 if it is none but an array. */
static int number_of(PyObject *o, bool whole, fnp_param *p)
{
    if (PyFloat_CheckExact(o) && !whole) {
        p->f = PyFloat_AS_DOUBLE(o);
        return 0;
    }
    if (!whole) {
        p->f = PyFloat_AsDouble(o);
        if (p->f != -1.0 || !PyErr_Occurred()) return 0;
        if (PyComplex_Check(o)) {
            PyErr_Clear();
            PyErr_Format(PyExc_TypeError,
                         "float() argument must be a string or a real number, not 'complex'");
        } else if (PyUnicode_Check(o)) {
            PyErr_Clear();
            PyObject *f = PyFloat_FromString(o);
            p->f = f ? PyFloat_AS_DOUBLE(f) : 0;
            Py_XDECREF(f);
            return f ? 0 : -1;
        }
        return -1;
    }
    PyObject *i = PyBytes_Check(o) ? PyErr_Format(PyExc_TypeError, "an integer is required")
                                   : PyNumber_Long(o);
    p->i = i ? PyLong_AsLong(i) : -1;
    Py_XDECREF(i);
    return p->i == -1 && PyErr_Occurred() ? -1 : 0;
}

HIDDEN PyObject *ext_random_run(ExtDraws *self, const fnp_dist *row, PyObject *const *given,
                                PyObject *size, PyObject *out)
{
    fnp_param p[3];
    PyArrayObject *a[3] = {NULL, NULL, NULL};
    PyObject *found = NULL;
    bool old = self->draw.old, arrays = false;
    bool waiting = !old && row == &fnp_dists[FNP_DIST_negative_binomial]; /* None is NaN there */
    if (size == Py_None) size = NULL;
    if (out == Py_None) out = NULL;
    for (int i = 0; i < row->count; i++) {
        const fnp_dist_param *q = &row->params[i];
        PyObject *o = given[i];
        if (!o) {
            p[i].f = q->otherwise;
            continue;
        }
        if (PyFloat_CheckExact(o) || PyLong_CheckExact(o)) continue;
        a[i] = (PyArrayObject *)PyArray_FROM_OTF(o, q->whole ? NPY_INT64 : NPY_DOUBLE,
                                                 NPY_ARRAY_ALIGNED);
        if (!a[i] && !PyArray_IsAnyScalar(o)) goto done;
        if (!a[i]) PyErr_Clear();
        if (a[i] && PyArray_NDIM(a[i])) arrays = true;
    }
    for (int i = 0; arrays && i < row->count; i++) {
        if (a[i]) continue;
        const fnp_dist_param *q = &row->params[i];
        PyObject *o = given[i] ? Py_NewRef(given[i]) : PyFloat_FromDouble(q->otherwise);
        a[i] = (PyArrayObject *)PyArray_FROM_OTF(o, q->whole ? NPY_INT64 : NPY_DOUBLE,
                                                 NPY_ARRAY_ALIGNED | NPY_ARRAY_FORCECAST);
        Py_XDECREF(o);
        if (!a[i]) goto done;
    }
    if (arrays) {
        found = draw_arrays(self, row, a, size, out);
        goto done;
    }
    for (int i = 0; i < row->count; i++) {
        const fnp_dist_param *q = &row->params[i];
        if (waiting && a[i])
            p[i].f = *(double *)PyArray_DATA(a[i]);
        else if (given[i] && number_of(given[i], q->whole, &p[i]) < 0)
            goto done;
    }
    if (row == &fnp_dists[FNP_DIST_hypergeometric] && p[0].i + p[1].i < p[2].i &&
        ext_random_check_together(row, old, p) < 0)
        goto done;
    for (int i = 0; i < row->count; i++) {
        const fnp_dist_param *q = &row->params[i];
        if (ext_random_check_value(old ? q->old_rule : q->rule, q->name, p[i], q->whole) < 0)
            goto done;
    }
    found = draw_same(self, row, p, size, out);
done:
    for (int i = 0; i < 3; i++) Py_XDECREF(a[i]);
    return found;
}

static PyObject *call(PyObject *self, const fnp_dist *row, PyObject *const *args, Py_ssize_t nargs,
                      PyObject *kwnames)
{
    const char *names[4];
    PyObject *given[4];
    int required = 0;
    for (int i = 0; i < row->count; i++) {
        names[i] = row->params[i].name;
        required += row->params[i].required;
    }
    names[row->count] = "size";
    if (ext_random_parse(row->name, names, row->count + 1, required, args, nargs, kwnames, given) <
        0)
        return NULL;
    return ext_random_run((ExtDraws *)self, row, given, given[row->count], NULL);
}

#define FNP_DIST(name, ...)                                                                        \
    static PyObject *draw_##name(PyObject *self, PyObject *const *args, Py_ssize_t n,              \
                                 PyObject *kw)                                                     \
    {                                                                                              \
        return call(self, &fnp_dists[FNP_DIST_##name], args, n, kw);                               \
    }
#include "fnp/distributions.def"
#undef FNP_DIST

/* "name($self, parameters, size=None)" and a line, for inspect and help. */
static void describe(const fnp_dist *row, char *text, size_t room)
{
    int n = snprintf(text, room, "%s($self", row->name);
    for (int i = 0; i < row->count; i++) {
        const fnp_dist_param *q = &row->params[i];
        n += snprintf(text + n, room - n, ", %s", q->name);
        if (!q->required) n += snprintf(text + n, room - n, "=%.1f", q->otherwise);
    }
    char title[32];
    snprintf(title, sizeof title, "%s", row->name);
    for (char *c = title; *c; c++)
        if (*c == '_') *c = ' ';
    snprintf(
        text + n, room - n,
        ", size=None)\n--\n\nDraws from the %s distribution.\n\n"
        "The result has shape `size`, to which the parameters broadcast, or theirs; without any it "
        "is a number.",
        title);
}

HIDDEN PyMethodDef *ext_random_dist_methods(void)
{
    static char docs[FNP_DISTS][320];
    static PyMethodDef methods[FNP_DISTS + 1] = {
#define FNP_DIST(name, ...)                                                                        \
    {#name, (PyCFunction)(void (*)(void))draw_##name, METH_FASTCALL | METH_KEYWORDS,               \
     docs[FNP_DIST_##name]},
#include "fnp/distributions.def"
#undef FNP_DIST
    };
    for (int i = 0; i < FNP_DISTS; i++) describe(&fnp_dists[i], docs[i], sizeof docs[i]);
    return methods;
}
