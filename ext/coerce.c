/* Discovery of shape and type of nested sequences, and filling arrays from them.
 *
 * One walk finds the shape and the common type; what had to be converted (sequences that are not
 * lists or tuples, array-likes) is remembered in walking order, so that the second walk, which
 * fills, meets the same objects. */
#include "array.h"
#include "coerce.h"
#include "scalarmath.h"

#include <math.h>
#include <string.h>

/* ---- the shape
 * -------------------------------------------------------------------------------------------------
 */
/* An element was met `depth` levels down: nothing may be deeper. */
static void leaf(ext_coerce *c, int depth)
{
    if (depth < c->nshape && depth < c->limit) c->ragged = true;
    if (depth < c->limit) c->limit = depth;
}

/* A block of n more dimensions below `depth`. False: it does not fit and is an object among others.
 */
static bool block(ext_coerce *c, int depth, int n, const npy_intp *dims)
{
    for (int i = 0; i < n; i++) {
        int at = depth + i;
        if (at >= c->limit) {
            if (c->limit == c->maxdims && !c->ragged)
                c->too_deep = true;
            else
                c->ragged = true;
            return false;
        }
        if (at < c->nshape) {
            if (c->shape[at] == dims[i]) continue;
            c->ragged = true;
            c->limit = at;
            return false;
        }
        c->shape[at] = dims[i];
        c->nshape = at + 1;
    }
    return true;
}

/* ---- the type
 * ----------------------------------------------------------------------------------------------------
 */
int ext_coerce_add(ext_coerce *c, PyArray_Descr *d)
{
    if (!d) return -1;
    if (!c->descr || c->descr == d) {
        Py_XDECREF(c->descr);
        c->descr = d;
        return 0;
    }
    PyArray_Descr *r = PyArray_PromoteTypes(c->descr, d);
    Py_DECREF(d);
    if (!r) {
        if (c->fixed || !PyErr_ExceptionMatches(PyExc_TypeError)) return -1;
        PyErr_Clear();
        r = PyArray_DescrFromType(NPY_OBJECT);
    }
    Py_SETREF(c->descr, r);
    return 0;
}

static int add_builtin(ext_coerce *c, int num)
{
    if (c->descr == ext_builtin_descrs[num]) return 0;
    return ext_coerce_add(c, (PyArray_Descr *)Py_NewRef(ext_builtin_descrs[num]));
}

static int add_text(ext_coerce *c, int num, npy_intp size)
{
    if (c->descr && c->descr->type_num == num && c->descr->elsize >= size) return 0;
    return ext_coerce_add(c, ext_descr_flexible(num, size));
}

static int add_element(ext_coerce *c, PyObject *o)
{
    if (!c->want_descr) return 0;
    if (!c->fixed) {
        PyTypeObject *t = Py_TYPE(o);
        if (t == &PyFloat_Type) return add_builtin(c, NPY_DOUBLE);
        if (t == &PyBool_Type) return add_builtin(c, NPY_BOOL);
        if (t == &PyUnicode_Type) return add_text(c, NPY_UNICODE, 4 * PyUnicode_GET_LENGTH(o));
        if (t == &PyBytes_Type) return add_text(c, NPY_STRING, PyBytes_GET_SIZE(o));
        if (c->descr && c->descr->type_num == NPY_OBJECT) return 0;
        if (t == &PyLong_Type) {
            int overflow;
            PyLong_AsLongAndOverflow(o, &overflow);
            if (!overflow) return add_builtin(c, NPY_LONG);
        } else {
            int num = ext_scalar_exact_num(o);
            if (num >= 0 && (num < NPY_OBJECT || num == NPY_HALF)) return add_builtin(c, num);
        }
    }
    PyArray_Descr *d = NULL;
    if (ext_item_descr(c, o, &d) < 0) return -1;
    return d ? ext_coerce_add(c, d) : 0;
}

/* ---- the walk
 * ------------------------------------------------------------------------------------------------------
 */
static int remember(ext_coerce *c, PyObject *o, PyObject *converted_stolen, int depth)
{
    if (c->npairs + 2 > c->room) {
        Py_ssize_t room = c->room ? 2 * c->room : 16;
        PyObject **p = PyMem_Realloc(c->pairs, room * sizeof *p);
        if (p) c->pairs = p;
        int *d = p ? PyMem_Realloc(c->depths, room / 2 * sizeof *d) : NULL;
        if (!d) {
            Py_DECREF(converted_stolen);
            PyErr_NoMemory();
            return -1;
        }
        c->depths = d;
        c->room = room;
    }
    c->depths[c->npairs / 2] = depth;
    c->pairs[c->npairs++] = Py_NewRef(o);
    c->pairs[c->npairs++] = converted_stolen;
    return 0;
}

static bool is_plain_scalar(PyObject *o)
{
    PyTypeObject *t = Py_TYPE(o);
    return t == &PyFloat_Type || t == &PyLong_Type || t == &PyBool_Type || t == &PyUnicode_Type ||
           t == &PyBytes_Type || t == &PyComplex_Type || o == Py_None;
}

/* A NumPy scalar, a Python scalar of a subclass, an instance of a user's scalar type. */
static int is_scalar(ext_coerce *c, PyObject *o)
{
    if (is_plain_scalar(o)) return 1;
    if (c->tuples_are_elements && PyTuple_Check(o)) return 1;
    if (PyList_CheckExact(o) || PyTuple_CheckExact(o)) return 0;
    if (ext_scalar_exact_num(o) >= 0) return 1;
    PyArray_DTypeMeta *cls = ext_discover_class(o);
    if (!cls && PyErr_Occurred()) return -1;
    if (cls) return 1;
    if (c->fixed) { /* a class may know types that are not its own */
        ext_dt_slots *s = EXT_DT_SLOTS(c->fixed);
        if (s && s->is_known_scalar) return s->is_known_scalar(c->fixed, Py_TYPE(o));
    }
    return 0;
}

static int walk(ext_coerce *c, PyObject *o, int depth);

static int walk_items(ext_coerce *c, PyObject *seq, int depth)
{
    for (npy_intp i = 0; i < PySequence_Fast_GET_SIZE(seq); i++) {
        PyObject *item = Py_NewRef(PySequence_Fast_GET_ITEM(seq, i));
        int r = walk(c, item, depth + 1);
        Py_DECREF(item);
        if (r < 0) return -1;
    }
    return 0;
}

static int walk_sequence(ext_coerce *c, PyObject *o, int depth)
{
    PyObject *seq = o;
    if (!PyList_CheckExact(o) && !PyTuple_CheckExact(o)) {
        seq = PySequence_Fast(o, "could not convert object to sequence");
        if (!seq) {
            /* objects that claim to be sequences but are not are elements (a KeyError says: a
             * mapping) */
            if (!PyErr_ExceptionMatches(PyExc_KeyError)) return -1;
            PyErr_Clear();
            leaf(c, depth);
            return add_element(c, o);
        }
        if (remember(c, o, seq, depth) < 0) return -1;
    }
    npy_intp n = PySequence_Fast_GET_SIZE(seq);
    if (!block(c, depth, 1, &n)) {
        if (!c->want_descr || c->fixed) return 0;
        return add_builtin(c, NPY_OBJECT);
    }
    if (n == 0) { /* nothing is known of what would be inside: nothing may be */
        if (depth + 1 < c->nshape) c->ragged = true;
        if (depth + 1 < c->limit) c->limit = depth + 1;
        return 0;
    }
    if (Py_EnterRecursiveCall(" while discovering array dimensions")) return -1;
    int r = walk_items(c, seq, depth);
    Py_LeaveRecursiveCall();
    return r;
}

static int walk_known_array(ext_coerce *c, PyArrayObject *a, int depth)
{
    int nd = PyArray_NDIM(a);
    if (nd == 0)
        leaf(c, depth);
    else if (!block(c, depth, nd, PyArray_DIMS(a))) {
        if (!c->want_descr || c->fixed) return 0;
        return add_builtin(c, NPY_OBJECT);
    } else { /* nothing may be deeper than the array's elements */
        if (depth + nd < c->limit) {
            if (depth + nd < c->nshape) c->ragged = true;
            c->limit = depth + nd;
        }
    }
    if (!c->want_descr) return 0;
    if (!c->fixed) return ext_coerce_add(c, (PyArray_Descr *)Py_NewRef(PyArray_DESCR(a)));
    PyArray_Descr *d = ext_adapt_descr(a, c->fixed, NULL);
    return ext_coerce_add(c, d);
}

static int walk_array(ext_coerce *c, PyArrayObject *a, int depth)
{
    /* a 0-d array must still be there when the result is filled */
    if (PyArray_NDIM(a) == 0 && depth && remember(c, (PyObject *)a, Py_NewRef(a), depth) < 0)
        return -1;
    return walk_known_array(c, a, depth);
}

static int is_sequence(PyObject *o)
{
    if (PyList_CheckExact(o) || PyTuple_CheckExact(o)) return 1;
    if (PyType_Check(o) || !PySequence_Check(o)) return 0;
    if (PySequence_Size(o) < 0) {
        if (PyErr_ExceptionMatches(PyExc_RecursionError) ||
            PyErr_ExceptionMatches(PyExc_MemoryError))
            return -1;
        PyErr_Clear();
        return 0;
    }
    return 1;
}

/* dtype "c": text is a sequence of characters, but one character is an element. */
static int walk_characters(ext_coerce *c, PyObject *o, int depth)
{
    Py_ssize_t n = PySequence_Size(o);
    PyObject *list = PyList_New(n);
    for (Py_ssize_t i = 0; list && i < n; i++) {
        PyObject *one = PySequence_GetSlice(o, i, i + 1);
        if (!one)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, one);
    }
    if (!list || remember(c, o, list, depth) < 0) return -1;
    if (block(c, depth, 1, &n)) leaf(c, depth + 1);
    return 0;
}

static int walk(ext_coerce *c, PyObject *o, int depth)
{
    if (c->characters && (PyUnicode_Check(o) || PyBytes_Check(o)) && PySequence_Size(o) != 1)
        return walk_characters(c, o, depth);
    if (PyArray_Check(o)) return walk_array(c, (PyArrayObject *)o, depth);
    int scalar = is_scalar(c, o);
    if (scalar < 0) return -1;
    if (scalar) {
        leaf(c, depth);
        return add_element(c, o);
    }
    if (PyList_CheckExact(o) || PyTuple_CheckExact(o)) return walk_sequence(c, o, depth);
    bool copied = false;
    PyObject *a = ext_array_from_like(o, c->requested, false, c->copy, &copied);
    if (!a) return -1;
    if (a != Py_NotImplemented) {
        c->any_copied |= copied;
        if (remember(c, o, a, depth) < 0) return -1;
        return walk_known_array(c, (PyArrayObject *)a, depth);
    }
    Py_DECREF(a);
    int seq = is_sequence(o);
    if (seq < 0) return -1;
    if (seq) return walk_sequence(c, o, depth);
    leaf(c, depth);
    return add_element(c, o);
}

static int refuse_shape(ext_coerce *c)
{
    if (c->too_deep && !c->ragged) {
        PyErr_Format(PyExc_ValueError,
                     "setting an array element with a sequence. The requested array would exceed "
                     "the maximum number of "
                     "dimension of %d.",
                     c->maxdims);
        return -1;
    }
    PyObject *shape = PyTuple_New(c->ndim);
    for (int i = 0; shape && i < c->ndim; i++)
        PyTuple_SET_ITEM(shape, i, PyLong_FromSsize_t(c->shape[i]));
    if (shape)
        PyErr_Format(PyExc_ValueError,
                     "setting an array element with a sequence. The requested array has an "
                     "inhomogeneous shape after %d "
                     "dimensions. The detected shape was %R + inhomogeneous part.",
                     c->ndim, shape);
    Py_XDECREF(shape);
    return -1;
}

int ext_coerce_discover(ext_coerce *c, PyObject *o, int maxdims, PyArray_DTypeMeta *fixed,
                        PyArray_Descr *requested, int copy)
{
    *c = (ext_coerce){
        .limit = maxdims, .maxdims = maxdims, .fixed = fixed, .requested = requested, .copy = copy};
    c->want_descr = requested == NULL;
    if (fixed && !ext_dt_is_parametric(fixed)) c->want_descr = false;
    c->characters =
        requested && requested->type == NPY_CHARLTR && requested->type_num == NPY_STRING;
    c->tuples_are_elements = requested && requested->type_num == NPY_VOID &&
                             (LEGACY(requested)->names || LEGACY(requested)->subarray);
    if (walk(c, o, 0) < 0) {
        ext_coerce_clear(c);
        return -1;
    }
    c->ndim = c->nshape < c->limit ? c->nshape : c->limit;
    bool objects =
        (requested && requested->type_num == NPY_OBJECT) || fixed == &ext_dtypes[NPY_OBJECT];
    if ((c->ragged || c->too_deep) && !objects) {
        refuse_shape(c);
        ext_coerce_clear(c);
        return -1;
    }
    return 0;
}

void ext_coerce_clear(ext_coerce *c)
{
    for (Py_ssize_t i = 0; i < c->npairs; i++) Py_DECREF(c->pairs[i]);
    PyMem_Free(c->pairs);
    PyMem_Free(c->depths);
    c->depths = NULL;
    c->pairs = NULL;
    c->npairs = c->room = 0;
    Py_CLEAR(c->descr);
}

/* ---- filling
 * --------------------------------------------------------------------------------------------------------
 */
typedef struct {
    ext_coerce *c;
    PyArrayObject *dst;
    PyArray_Descr *descr;
    Py_ssize_t next; /* in pairs */
    int type_num;    /* of a plain native aligned type, else -1 */
} Filler;

static int changed(void)
{
    PyErr_SetString(PyExc_RuntimeError,
                    "Inconsistent object during array creation? Content of sequences changed "
                    "(length inconsistent).");
    return -1;
}

static int fill_array(Filler *f, PyArrayObject *a, char *data, int depth)
{
    int nd = f->c->ndim - depth;
    PyArray_Descr *d = (PyArray_Descr *)Py_NewRef(f->descr);
    PyArrayObject *view = (PyArrayObject *)ext_array_new(
        &PyArray_Type, d, nd, PyArray_DIMS(f->dst) + depth, PyArray_STRIDES(f->dst) + depth, data,
        PyArray_FLAGS(f->dst) & (NPY_ARRAY_WRITEABLE | NPY_ARRAY_ALIGNED), NULL, NULL,
        EXT_NEW_KEEP_SUBARRAY);
    if (!view) return -1;
    int r = ext_assign_array(view, a, NULL);
    Py_DECREF(view);
    return r;
}

static inline int fill_element(Filler *f, PyObject *o, char *data)
{
    if (f->type_num == NPY_DOUBLE && PyFloat_CheckExact(o)) {
        *(double *)data = PyFloat_AS_DOUBLE(o);
        return 0;
    }
    if (f->type_num == NPY_FLOAT && PyFloat_CheckExact(o)) {
        double v = PyFloat_AS_DOUBLE(o), size = fabs(v);
        if ((size < 3.4e38 && size > 1.2e-38) || size == 0) { /* neither overflow nor underflow */
            *(float *)data = (float)v;
            return 0;
        }
    }
    if (f->type_num == NPY_LONG && PyLong_CheckExact(o)) {
        long v = PyLong_AsLong(o);
        if (v != -1 || !PyErr_Occurred()) {
            *(long *)data = v;
            return 0;
        }
        PyErr_Clear();
    }
    if ((f->type_num == NPY_INT || f->type_num == NPY_DOUBLE) && PyLong_CheckExact(o)) {
        int overflow;
        const long v = PyLong_AsLongAndOverflow(o, &overflow);
        if (v == (npy_int32)v && !overflow) {
            if (f->type_num == NPY_INT)
                *(npy_int32 *)data = (npy_int32)v;
            else
                *(double *)data = (double)v;
            return 0;
        }
    }
    return PyArray_Pack(f->descr, data, o);
}

static int fill(Filler *f, PyObject *o, char *data, int depth)
{
    ext_coerce *c = f->c;
    PyObject *known = NULL;
    /* what lies deeper than the array goes was looked at in vain */
    while (f->next < c->npairs && c->depths[f->next / 2] > c->ndim) f->next += 2;
    if (f->next < c->npairs && c->pairs[f->next] == o) {
        known = c->pairs[f->next + 1];
        f->next += 2;
    }
    if (depth == c->ndim)
        return fill_element(f, o, data); /* 0-d array-likes too: they know float() best */
    PyObject *seq = known ? known : o;
    if (PyArray_Check(seq)) return fill_array(f, (PyArrayObject *)seq, data, depth);
    if (!PyList_CheckExact(seq) && !PyTuple_CheckExact(seq)) return changed();
    npy_intp n = PyArray_DIM(f->dst, depth), stride = PyArray_STRIDE(f->dst, depth);
    if (PySequence_Fast_GET_SIZE(seq) != n) return changed();
    bool last = depth + 1 == c->ndim;
    for (npy_intp i = 0; i < n; i++, data += stride) {
        if (PySequence_Fast_GET_SIZE(seq) != n) return changed();
        PyObject *item = Py_NewRef(PySequence_Fast_GET_ITEM(seq, i));
        int r = last && f->next >= c->npairs && !PyArray_Check(item)
                    ? fill_element(f, item, data)
                    : fill(f, item, data, depth + 1);
        Py_DECREF(item);
        if (r < 0) return -1;
    }
    return 0;
}

int ext_coerce_fill(ext_coerce *c, PyArrayObject *dst, PyObject *o)
{
    PyArray_Descr *d = PyArray_DESCR(dst);
    Filler f = {c, dst, d, 0, -1};
    bool plain = ext_descr_is_legacy(d) && PyArray_ISNBO(d->byteorder) &&
                 (PyArray_FLAGS(dst) & NPY_ARRAY_ALIGNED);
    if (plain) f.type_num = d->type_num;
    if (fill(&f, o, PyArray_BYTES(dst), 0) < 0) return -1;
    while (f.next < c->npairs && c->depths[f.next / 2] > c->ndim) f.next += 2;
    return f.next < c->npairs ? changed() : 0; /* something that was converted is gone */
}
