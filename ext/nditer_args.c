/* Arguments of numpy.nditer: words to flags, and lists per operand. */
#include "nditer.h"

#include <string.h>

typedef struct {
    const char *name;
    npy_uint32 flag;
} Word;

static const Word global_words[] = {
    {"buffered", NPY_ITER_BUFFERED},
    {"c_index", NPY_ITER_C_INDEX},
    {"common_dtype", NPY_ITER_COMMON_DTYPE},
    {"copy_if_overlap", NPY_ITER_COPY_IF_OVERLAP},
    {"delay_bufalloc", NPY_ITER_DELAY_BUFALLOC},
    {"external_loop", NPY_ITER_EXTERNAL_LOOP},
    {"f_index", NPY_ITER_F_INDEX},
    {"grow_inner", NPY_ITER_GROWINNER},
    {"growinner", NPY_ITER_GROWINNER},
    {"multi_index", NPY_ITER_MULTI_INDEX},
    {"ranged", NPY_ITER_RANGED},
    {"reduce_ok", NPY_ITER_REDUCE_OK},
    {"refs_ok", NPY_ITER_REFS_OK},
    {"zerosize_ok", NPY_ITER_ZEROSIZE_OK},
    {NULL, 0},
};

static const Word operand_words[] = {
    {"aligned", NPY_ITER_ALIGNED},
    {"allocate", NPY_ITER_ALLOCATE},
    {"arraymask", NPY_ITER_ARRAYMASK},
    {"contig", NPY_ITER_CONTIG},
    {"copy", NPY_ITER_COPY},
    {"nbo", NPY_ITER_NBO},
    {"no_broadcast", NPY_ITER_NO_BROADCAST},
    {"no_subtype", NPY_ITER_NO_SUBTYPE},
    {"overlap_assume_elementwise", NPY_ITER_OVERLAP_ASSUME_ELEMENTWISE},
    {"readonly", NPY_ITER_READONLY},
    {"readwrite", NPY_ITER_READWRITE},
    {"updateifcopy", NPY_ITER_UPDATEIFCOPY},
    {"virtual", NPY_ITER_VIRTUAL},
    {"writemasked", NPY_ITER_WRITEMASKED},
    {"writeonly", NPY_ITER_WRITEONLY},
    {NULL, 0},
};

/* The text of a str or bytes, borrowed; NULL without an exception for other objects. */
static const char *as_text(PyObject *o)
{
    if (PyUnicode_Check(o)) return PyUnicode_AsUTF8(o);
    return PyBytes_Check(o) ? PyBytes_AS_STRING(o) : NULL;
}

/* 0 if the word is unknown. */
static npy_uint32 flag_of(const Word *words, const char *name)
{
    for (; words->name; words++)
        if (strcmp(words->name, name) == 0) return words->flag;
    return 0;
}

static bool is_list(PyObject *o)
{
    return PyTuple_Check(o) || PyList_Check(o);
}

int ext_nditer_global_flags(PyObject *o, void *out)
{
    npy_uint32 flags = 0;
    if (o && o != Py_None) {
        if (!is_list(o)) {
            PyErr_SetString(PyExc_ValueError,
                            "Iterator global flags must be a list or tuple of strings");
            return 0;
        }
        for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(o); i++) {
            PyObject *item = PySequence_Fast_GET_ITEM(o, i);
            const char *s = as_text(item);
            if (!s) {
                if (!PyErr_Occurred())
                    PyErr_Format(PyExc_TypeError, "expected bytes, %s found",
                                 Py_TYPE(item)->tp_name);
                return 0;
            }
            npy_uint32 f = flag_of(global_words, s);
            if (!f) {
                PyErr_Format(PyExc_ValueError, "Unexpected iterator global flag \"%s\"", s);
                return 0;
            }
            flags |= f;
        }
    }
    *(npy_uint32 *)out |= flags;
    return 1;
}

static int fail_op_flags(void)
{
    PyErr_SetString(PyExc_ValueError, "op_flags must be a tuple or array of per-op flag-tuples");
    return -1;
}

/* One operand's words. 1: done, 0: not a list of words (no exception), -1: a word is unknown. */
static int words_of_operand(PyObject *o, npy_uint32 *flags)
{
    npy_uint32 all = 0;
    if (!is_list(o)) return 0;
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(o); i++) {
        const char *s = as_text(PySequence_Fast_GET_ITEM(o, i));
        if (!s) {
            PyErr_Clear();
            return 0;
        }
        npy_uint32 f = flag_of(operand_words, s);
        if (!f) {
            PyErr_Format(PyExc_ValueError, "Unexpected per-op iterator flag \"%s\"", s);
            return -1;
        }
        all |= f;
    }
    *flags = all;
    return 1;
}

int ext_nditer_op_flags(PyObject *o, int nop, npy_uint32 *flags)
{
    if (!is_list(o)) return fail_op_flags();
    if (PySequence_Fast_GET_SIZE(o) == nop) {
        int r = 1;
        for (int i = 0; i < nop && r == 1; i++)
            r = words_of_operand(PySequence_Fast_GET_ITEM(o, i), &flags[i]);
        if (r != 0) return r < 0 ? -1 : 0;
    }
    npy_uint32 same = 0; /* one list of words for all operands */
    int r = words_of_operand(o, &same);
    if (r < 0) return -1;
    if (r == 0) return fail_op_flags();
    for (int i = 0; i < nop; i++) flags[i] = same;
    return 0;
}

int ext_nditer_op_dtypes(PyObject *o, int nop, PyArray_Descr **dtypes)
{
    if (is_list(o) && PySequence_Fast_GET_SIZE(o) == nop) {
        int i = 0;
        for (; i < nop; i++)
            if (!PyArray_DescrConverter2(PySequence_Fast_GET_ITEM(o, i), &dtypes[i])) break;
        if (i == nop) return 0;
        for (; i >= 0; i--) Py_CLEAR(dtypes[i]);
        if (nop > 1) return -1;
        PyErr_Clear(); /* a list of one may also be a structured type with one field */
    }
    PyArray_Descr *same = NULL;
    if (!PyArray_DescrConverter2(o, &same)) return -1;
    for (int i = 0; i < nop; i++) dtypes[i] = (PyArray_Descr *)Py_XNewRef(same);
    Py_XDECREF(same);
    return 0;
}

static int axes_of_operand(PyObject *o, int *axes, int *ndim)
{
    if (!is_list(o)) {
        PyErr_SetString(PyExc_ValueError, "Each entry of op_axes must be None or a tuple/list");
        return -1;
    }
    Py_ssize_t n = PySequence_Fast_GET_SIZE(o);
    if (*ndim < 0) {
        if (n > NPY_MAXDIMS) {
            PyErr_SetString(PyExc_ValueError, "Too many dimensions in op_axes");
            return -1;
        }
        *ndim = (int)n;
    }
    if (n != *ndim) {
        PyErr_SetString(PyExc_ValueError, "Each entry of op_axes must have the same size");
        return -1;
    }
    for (Py_ssize_t k = 0; k < n; k++) {
        PyObject *item = PySequence_Fast_GET_ITEM(o, k);
        axes[k] = -1;
        if (item == Py_None) continue;
        long v = PyLong_AsLong(item);
        if (v == -1 && PyErr_Occurred()) return -1;
        axes[k] = v < 0 && v > -(1 << 29) ? -1 : v > INT_MAX || v < INT_MIN ? NPY_MAXDIMS : (int)v;
    }
    return 0;
}

/* axes[i] has room for NPY_MAXDIMS entries each, and becomes NULL where the operand has none. */
int ext_nditer_op_axes(PyObject *o, int nop, int **axes, int *ndim)
{
    if (!is_list(o) || PySequence_Fast_GET_SIZE(o) != nop) {
        PyErr_SetString(PyExc_ValueError,
                        "op_axes must be a tuple/list matching the number of ops");
        return -1;
    }
    *ndim = -1;
    for (int i = 0; i < nop; i++) {
        PyObject *item = PySequence_Fast_GET_ITEM(o, i);
        if (item == Py_None) {
            axes[i] = NULL;
            continue;
        }
        if (axes_of_operand(item, axes[i], ndim) < 0) return -1;
    }
    if (*ndim >= 0) return 0;
    PyErr_SetString(
        PyExc_ValueError,
        "If op_axes is provided, at least one list of axes must be contained within it");
    return -1;
}

static PyArrayObject *as_operand(PyObject *o, npy_uint32 flags, bool *failed)
{
    *failed = false;
    if (o == Py_None) return NULL;
    if (PyArray_Check(o)) return (PyArrayObject *)Py_NewRef(o);
    *failed = true;
    if (flags & (NPY_ITER_READWRITE | NPY_ITER_WRITEONLY)) {
        PyErr_SetString(
            PyExc_TypeError,
            "Iterator operand is flagged as writeable, but is an object which cannot be "
            "written back to via WRITEBACKIFCOPY");
        return NULL;
    }
    PyArrayObject *a = (PyArrayObject *)PyArray_FromAny(o, NULL, 0, 0, 0, NULL);
    *failed = a == NULL;
    return a;
}

int ext_nditer_operands(PyObject *op, PyObject *op_flags, int *nop, PyArrayObject ***ops,
                        npy_uint32 **flags)
{
    bool list = is_list(op);
    Py_ssize_t n = list ? PySequence_Fast_GET_SIZE(op) : 1;
    *ops = NULL;
    *flags = NULL;
    if (n == 0 || n > INT_MAX) {
        PyErr_SetString(PyExc_ValueError,
                        n ? "Too many operands to nditer" : "Must provide at least one operand");
        return -1;
    }
    *nop = (int)n;
    *ops = PyMem_Calloc((size_t)n, sizeof **ops);
    *flags = PyMem_Calloc((size_t)n, sizeof **flags);
    if (!*ops || !*flags) goto memory;
    bool given = op_flags && op_flags != Py_None;
    if (given && ext_nditer_op_flags(op_flags, *nop, *flags) < 0) goto fail;
    for (int i = 0; i < *nop; i++) {
        PyObject *item = list ? PySequence_Fast_GET_ITEM(op, i) : op;
        bool failed;
        if (!given)
            (*flags)[i] =
                item == Py_None ? NPY_ITER_WRITEONLY | NPY_ITER_ALLOCATE : NPY_ITER_READONLY;
        (*ops)[i] = as_operand(item, (*flags)[i], &failed);
        if (failed) goto fail;
    }
    return 0;

memory:
    PyErr_NoMemory();
fail:
    for (Py_ssize_t i = 0; *ops && i < n; i++) Py_XDECREF((*ops)[i]);
    PyMem_Free(*ops);
    PyMem_Free(*flags);
    *ops = NULL;
    *flags = NULL;
    return -1;
}
