/* The buffer protocol (PEP 3118) of arrays and of void scalars: format strings, and the shape and
 * stride arrays that a Py_buffer borrows. These live in a list at the object's _buffer_info (a
 * tagged pointer, as the ABI has it) until the object dies, so that every view taken from it stays
 * valid; equal requests share one entry. */
#include "array.h"

#include <string.h>

typedef struct info {
    struct info *next;
    char *format;
    int nd;
    npy_intp shape_strides[];
} info;

#define TAG 2

static info *untag(void *p)
{
    return (info *)((uintptr_t)p & ~(uintptr_t)3);
}

/* 0, or -1 where another's field stands in the slot: a C subclass laid out by older headers. */
static int check_tag(void *tagged, PyObject *owner)
{
    if (!tagged || ((uintptr_t)tagged & 3) == TAG) return 0;
    PyErr_Format(PyExc_RuntimeError,
                 "Object of type %S appears to be C subclassed NumPy array, void scalar, or "
                 "allocated in a non-standard way."
                 "NumPy reserves the right to change the size of these structures. Projects are "
                 "required to take this into "
                 "account by either recompiling against a specific NumPy version or padding the "
                 "struct and enforcing a "
                 "maximum NumPy version.",
                 Py_TYPE(owner));
    return -1;
}

void ext_buffer_info_free(void *tagged, PyObject *owner)
{
    if (check_tag(tagged, owner) < 0) {
        PyErr_WriteUnraisable(NULL);
        return;
    }
    for (info *i = untag(tagged), *next; i; i = next) {
        next = i->next;
        PyMem_Free(i->format);
        PyMem_Free(i);
    }
}

/* ---- formats
 * ------------------------------------------------------------------------------------------------------
 */

typedef struct {
    char *s;
    size_t n, room;
} text;

static int put(text *t, const char *s, size_t n)
{
    if (t->n + n + 1 > t->room) {
        size_t room = (t->n + n + 1) * 2;
        char *p = PyMem_Realloc(t->s, room);
        if (!p) {
            PyErr_NoMemory();
            return -1;
        }
        t->s = p;
        t->room = room;
    }
    memcpy(t->s + t->n, s, n);
    t->n += n;
    t->s[t->n] = '\0';
    return 0;
}

static int puts_(text *t, const char *s)
{
    return put(t, s, strlen(s));
}

typedef struct {
    char byteorder; /* the order in force, '@' at first */
    npy_intp offset;
    PyArrayObject *array; /* or NULL */
} state;

static int put_type(text *t, PyArray_Descr *d, state *st);

static int put_padding(text *t, npy_intp n)
{
    for (; n > 0; n--)
        if (put(t, "x", 1) < 0) return -1;
    return 0;
}

static int put_struct(text *t, PyArray_Descr *d, state *st)
{
    PyObject *names = PyDataType_NAMES(d), *fields = PyDataType_FIELDS(d);
    npy_intp base = st->offset;
    if (puts_(t, "T{") < 0) return -1;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(names); i++) {
        PyObject *name = PyTuple_GET_ITEM(names, i), *item = PyDict_GetItem(fields, name);
        PyArray_Descr *child = (PyArray_Descr *)PyTuple_GET_ITEM(item, 0);
        npy_intp offset = base + PyLong_AsSsize_t(PyTuple_GET_ITEM(item, 1));
        if (st->offset > offset) {
            PyErr_SetString(
                PyExc_ValueError,
                "dtypes with overlapping or out-of-order fields are not representable as buffers. "
                "Consider reordering the fields.");
            return -1;
        }
        if (put_padding(t, offset - st->offset) < 0) return -1;
        st->offset = offset;
        if (put_type(t, child, st) < 0) return -1;
        Py_ssize_t n;
        const char *utf8 = PyUnicode_AsUTF8AndSize(name, &n);
        if (!utf8) return -1;
        if (memchr(utf8, ':', (size_t)n)) {
            PyErr_SetString(PyExc_ValueError,
                            "':' is not an allowed character in buffer field names");
            return -1;
        }
        if (put(t, ":", 1) < 0 || put(t, utf8, (size_t)n) < 0 || put(t, ":", 1) < 0) return -1;
    }
    npy_intp end = base + PyDataType_ELSIZE(d);
    if (put_padding(t, end - st->offset) < 0) return -1;
    st->offset = end;
    return put(t, "}", 1);
}

static int put_subarray(text *t, PyArray_Descr *d, state *st)
{
    PyArray_ArrayDescr *sub = PyDataType_SUBARRAY(d);
    npy_intp start = st->offset, count = 1;
    char num[32];
    if (put(t, "(", 1) < 0) return -1;
    PyObject *shape = sub->shape;
    Py_ssize_t n = PyTuple_Check(shape) ? PyTuple_GET_SIZE(shape) : 1;
    for (Py_ssize_t i = 0; i < n; i++) {
        npy_intp dim = PyLong_AsSsize_t(PyTuple_Check(shape) ? PyTuple_GET_ITEM(shape, i) : shape);
        count *= dim;
        snprintf(num, sizeof num, i ? ",%zd" : "%zd", (Py_ssize_t)dim);
        if (puts_(t, num) < 0) return -1;
    }
    if (put(t, ")", 1) < 0 || put_type(t, sub->base, st) < 0) return -1;
    st->offset = start + count * PyDataType_ELSIZE(sub->base);
    return 0;
}

/* Whether every element has this part where its type's alignment wants it. */
static bool natively_aligned(PyArray_Descr *d, const state *st)
{
    npy_intp align = PyDataType_ALIGNMENT(d);
    if (align <= 1) return true;
    if (st->offset % align) return false;
    if (!st->array) return true;
    if ((npy_intp)((uintptr_t)PyArray_DATA(st->array) % (uintptr_t)align)) return false;
    if (PyArray_SIZE(st->array) > 1 && PyArray_ITEMSIZE(st->array) % align) return false;
    for (int i = 0; i < PyArray_NDIM(st->array); i++)
        if (PyArray_DIM(st->array, i) > 1 && PyArray_STRIDE(st->array, i) % align) return false;
    return true;
}

/* '@' has the machine's sizes and alignment, '=' standard sizes without, '^' the machine's sizes
 * without alignment. */
static int put_byteorder(text *t, PyArray_Descr *d, state *st)
{
    char want = d->byteorder;
    if (want == NPY_IGNORE) return 0;
    if (want == NPY_NATIVE) {
        bool no_standard = d->type_num == NPY_LONGDOUBLE || d->type_num == NPY_CLONGDOUBLE;
        want = natively_aligned(d, st) ? '@' : no_standard ? '^' : '=';
    }
    if (want == st->byteorder) return 0;
    st->byteorder = want;
    return put(t, &want, 1);
}

static int put_simple(text *t, PyArray_Descr *d, state *st)
{
    static const char *const codes[NPY_NTYPES_LEGACY] = {
        [NPY_BOOL] = "?",     [NPY_BYTE] = "b",         [NPY_UBYTE] = "B",
        [NPY_SHORT] = "h",    [NPY_USHORT] = "H",       [NPY_INT] = "i",
        [NPY_UINT] = "I",     [NPY_LONG] = "l",         [NPY_ULONG] = "L",
        [NPY_LONGLONG] = "q", [NPY_ULONGLONG] = "Q",    [NPY_FLOAT] = "f",
        [NPY_DOUBLE] = "d",   [NPY_LONGDOUBLE] = "g",   [NPY_CFLOAT] = "Zf",
        [NPY_CDOUBLE] = "Zd", [NPY_CLONGDOUBLE] = "Zg", [NPY_OBJECT] = "O",
        [NPY_HALF] = "e"};
    char num[40];
    int tn = d->type_num;
    if (tn == NPY_STRING || tn == NPY_UNICODE || tn == NPY_VOID) {
        npy_intp n = tn == NPY_UNICODE ? PyDataType_ELSIZE(d) / 4 : PyDataType_ELSIZE(d);
        if (tn == NPY_UNICODE && put_byteorder(t, d, st) < 0) return -1;
        snprintf(num, sizeof num, "%zd%c", (Py_ssize_t)n,
                 tn == NPY_STRING    ? 's'
                 : tn == NPY_UNICODE ? 'w'
                                     : 'x');
        return puts_(t, num);
    }
    if (tn < 0 || tn >= NPY_NTYPES_LEGACY || !codes[tn]) {
        PyErr_Format(PyExc_ValueError, "cannot include dtype '%c' in a buffer", d->type);
        return -1;
    }
    /* 'l', 'q' and their kin have other sizes in standard mode: the byte orders '<' and '>' need
     * the letter of that width. */
    const char *code = codes[tn];
    if ((d->byteorder == '<' || d->byteorder == '>') &&
        (tn == NPY_LONGDOUBLE || tn == NPY_CLONGDOUBLE)) {
        PyErr_Format(PyExc_ValueError,
                     "cannot expose native-only dtype '%c' in non-native byte order '%c' via "
                     "buffer interface",
                     d->type, d->byteorder);
        return -1;
    }
    if (put_byteorder(t, d, st) < 0) return -1;
    if (st->byteorder != '@' && st->byteorder != '^' && (tn == NPY_LONG || tn == NPY_ULONG))
        code = tn == NPY_LONG ? "q" : "Q";
    return puts_(t, code);
}

static int put_type(text *t, PyArray_Descr *d, state *st)
{
    if (!PyDataType_ISLEGACY(d)) {
        PyErr_Format(PyExc_ValueError, "cannot include dtype '%c' in a buffer", d->type);
        return -1;
    }
    if (PyDataType_SUBARRAY(d)) return put_subarray(t, d, st);
    if (PyDataType_NAMES(d)) return put_struct(t, d, st);
    if (put_simple(t, d, st) < 0) return -1;
    st->offset += PyDataType_ELSIZE(d);
    return 0;
}

/* Format of an element; NULL with an exception. The caller frees it with PyMem_Free. */
static char *format_of(PyArray_Descr *d, PyArrayObject *a)
{
    text t = {NULL, 0, 0};
    state st = {'@', 0, a};
    if (put(&t, "", 0) < 0) return NULL;
    if (put_type(&t, d, &st) < 0) {
        PyMem_Free(t.s);
        return NULL;
    }
    return t.s;
}

/* ---- views
 * ---------------------------------------------------------------------------------------------------------------
 */

/* The entry for this layout: an equal one of the list, or a new one at its head. */
static info *find_info(void **slot, int nd, npy_intp const *shape, npy_intp const *strides,
                       char *format)
{
    size_t n = (size_t)nd * sizeof(npy_intp);
    for (info *i = untag(*slot); i; i = i->next) {
        if (i->nd != nd || (format && (!i->format || strcmp(i->format, format) != 0))) continue;
        if (nd == 0 || (memcmp(i->shape_strides, shape, n) == 0 &&
                        memcmp(i->shape_strides + nd, strides, n) == 0)) {
            PyMem_Free(format);
            return i;
        }
    }
    info *i = PyMem_Malloc(sizeof *i + 2 * n);
    if (!i) {
        PyMem_Free(format);
        PyErr_NoMemory();
        return NULL;
    }
    i->next = untag(*slot);
    i->format = format;
    i->nd = nd;
    if (nd) {
        memcpy(i->shape_strides, shape, n);
        memcpy(i->shape_strides + nd, strides, n);
    }
    *slot = (void *)((uintptr_t)i | TAG);
    return i;
}

/* Why a request can't be met, NULL if it can. */
static const char *objection(PyArrayObject *a, int flags)
{
    int c = PyArray_IS_C_CONTIGUOUS(a), f = PyArray_IS_F_CONTIGUOUS(a);
    if ((flags & PyBUF_C_CONTIGUOUS) == PyBUF_C_CONTIGUOUS && !c)
        return "ndarray is not C-contiguous";
    if ((flags & PyBUF_F_CONTIGUOUS) == PyBUF_F_CONTIGUOUS && !f)
        return "ndarray is not Fortran contiguous";
    if ((flags & PyBUF_ANY_CONTIGUOUS) == PyBUF_ANY_CONTIGUOUS && !PyArray_ISONESEGMENT(a))
        return "ndarray is not contiguous";
    if ((flags & PyBUF_STRIDES) != PyBUF_STRIDES && !c) return "ndarray is not C-contiguous";
    return NULL;
}

int ext_array_getbuffer(PyObject *obj, Py_buffer *view, int flags)
{
    PyArrayObject *a = (PyArrayObject *)obj;
    view->obj = NULL;
    const char *why = objection(a, flags);
    if (why) {
        PyErr_SetString(PyExc_ValueError, why);
        return -1;
    }
    if ((flags & PyBUF_WRITEABLE) == PyBUF_WRITEABLE &&
        PyArray_FailUnlessWriteable(a, "buffer source array") < 0)
        return -1;
    char *format = NULL;
    if (flags & PyBUF_FORMAT) {
        format = format_of(PyArray_DESCR(a), a);
        if (!format) return -1;
    }
    /* A one-element axis of a contiguous array may carry any stride: consumers expect the canonical
     * one. */
    npy_intp strides[NPY_MAXDIMS];
    int nd = PyArray_NDIM(a);
    npy_intp step = PyArray_ITEMSIZE(a);
    if (nd > 0) memcpy(strides, PyArray_STRIDES(a), (size_t)nd * sizeof *strides);
    if (PyArray_IS_C_CONTIGUOUS(a) &&
        !(PyArray_IS_F_CONTIGUOUS(a) && (flags & PyBUF_F_CONTIGUOUS) == PyBUF_F_CONTIGUOUS &&
          nd > 1)) {
        for (int i = nd - 1; i >= 0; i--) {
            strides[i] = step;
            step *= PyArray_DIM(a, i);
        }
    } else if (PyArray_IS_F_CONTIGUOUS(a)) {
        for (int i = 0; i < nd; i++) {
            strides[i] = step;
            step *= PyArray_DIM(a, i);
        }
    }
    if (check_tag(((PyArrayObject_fields *)a)->_buffer_info, obj) < 0) {
        PyMem_Free(format);
        return -1;
    }
    info *i =
        find_info(&((PyArrayObject_fields *)a)->_buffer_info, nd, PyArray_DIMS(a), strides, format);
    if (!i) return -1;
    view->buf = PyArray_DATA(a);
    view->suboffsets = NULL;
    view->itemsize = PyArray_ITEMSIZE(a);
    view->readonly = !PyArray_ISWRITEABLE(a) || PyArray_CHKFLAGS(a, NPY_ARRAY_WARN_ON_WRITE);
    view->internal = NULL;
    view->len = PyArray_NBYTES(a);
    view->format = flags & PyBUF_FORMAT ? i->format : NULL;
    view->ndim = (flags & PyBUF_ND) == PyBUF_ND || nd < 1 ? nd : 1; /* plain bytes */
    view->shape = (flags & PyBUF_ND) == PyBUF_ND ? (Py_ssize_t *)i->shape_strides : NULL;
    view->strides =
        (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? (Py_ssize_t *)(i->shape_strides + nd) : NULL;
    view->obj = Py_NewRef(obj);
    return 0;
}
