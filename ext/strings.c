/* compare_chararrays and _vec_string, the slow road of string operations; the Unicode database for
 * the core's loops. */
#include "argparse.h"
#include "dtypemeta.h"
#include "string_ops.h"

#include "fnp/sce.h"

#include <string.h>

/* ---- characters
 * --------------------------------------------------------------------------------------------- */
static bool u_alpha(uint32_t c)
{
    return Py_UNICODE_ISALPHA(c);
}
static bool u_digit(uint32_t c)
{
    return Py_UNICODE_ISDIGIT(c);
}
static bool u_decimal(uint32_t c)
{
    return Py_UNICODE_ISDECIMAL(c);
}
static bool u_numeric(uint32_t c)
{
    return Py_UNICODE_ISNUMERIC(c);
}
static bool u_space(uint32_t c)
{
    return Py_UNICODE_ISSPACE(c);
}
static bool u_alnum(uint32_t c)
{
    return Py_UNICODE_ISALNUM(c);
}
static bool u_lower(uint32_t c)
{
    return Py_UNICODE_ISLOWER(c);
}
static bool u_upper(uint32_t c)
{
    return Py_UNICODE_ISUPPER(c);
}
static bool u_title(uint32_t c)
{
    return Py_UNICODE_ISTITLE(c);
}

const fnp_char_class ext_char_class = {u_alpha, u_digit, u_decimal, u_numeric, u_space,
                                       u_alnum, u_lower, u_upper,   u_title};

/* ---- compare_chararrays
 * ------------------------------------------------------------------------------------- */
static int read_operator(const char *s, Py_ssize_t n)
{
    static const char *const names[] = {[Py_LT] = "<",  [Py_LE] = "<=", [Py_EQ] = "==",
                                        [Py_NE] = "!=", [Py_GT] = ">",  [Py_GE] = ">="};
    for (int op = 0; op < 6; op++)
        if (strlen(names[op]) == (size_t)n && !memcmp(names[op], s, (size_t)n)) return op;
    PyErr_SetString(PyExc_ValueError, "comparison must be '==', '!=', '<', '>', '<=', '>='");
    return -1;
}

static bool holds(int order, int op)
{
    switch (op) {
    case Py_LT: return order < 0;
    case Py_LE: return order <= 0;
    case Py_EQ: return order == 0;
    case Py_NE: return order != 0;
    case Py_GT: return order > 0;
    default: return order >= 0;
    }
}

static PyObject *no_broadcast(PyArrayObject *a, PyArrayObject *b)
{
    const int ndims[2] = {PyArray_NDIM(a), PyArray_NDIM(b)};
    const fnp_intp *shapes[2] = {PyArray_DIMS(a), PyArray_DIMS(b)};
    EXT_TRY(fnp_sce_fail_broadcast(2, ndims, shapes, FNP_BROADCAST_OPERANDS, err), NULL);
    return NULL;
}

/* Native and aligned, as the core compares them; borrowed contents, new reference. */
static PyArrayObject *plain(PyArrayObject *a)
{
    if (PyArray_ISBEHAVED_RO(a)) return (PyArrayObject *)Py_NewRef(a);
    PyArray_Descr *d = ext_descr_flexible(PyArray_DESCR(a)->type_num, PyArray_ITEMSIZE(a));
    return d ? (PyArrayObject *)PyArray_FromArray(a, d, NPY_ARRAY_ALIGNED | NPY_ARRAY_NOTSWAPPED)
             : NULL;
}

/* Bytes from one element to the next where an array goes along with `count` results, else -1. */
static npy_intp even_step(PyArrayObject *a, npy_intp count)
{
    if (PyArray_SIZE(a) == 1) return 0;
    return PyArray_SIZE(a) == count && PyArray_IS_C_CONTIGUOUS(a) ? PyArray_ITEMSIZE(a) : -1;
}

static PyObject *compare(PyArrayObject *a, PyArrayObject *b, int op, bool strip)
{
    PyObject *operands[2] = {(PyObject *)a, (PyObject *)b};
    PyArrayMultiIterObject *it =
        (PyArrayMultiIterObject *)PyArray_MultiIterFromObjects(operands, 2, 0);
    if (!it) {
        PyErr_Clear();
        return no_broadcast(a, b);
    }
    const char type = PyArray_DESCR(a)->type;
    const npy_intp na = PyArray_ITEMSIZE(a), nb = PyArray_ITEMSIZE(b);
    PyArrayObject *out = (PyArrayObject *)PyArray_SimpleNew(it->nd, it->dimensions, NPY_BOOL);
    npy_bool *p = out ? PyArray_DATA(out) : NULL;
    const npy_intp step_a = even_step(a, it->size), step_b = even_step(b, it->size);
    const bool even = step_a >= 0 && step_b >= 0;
    for (npy_intp i = 0; out && even && i < it->size; i++)
        *p++ = holds(fnp_string_compare(type, PyArray_BYTES(a) + i * step_a, na,
                                        PyArray_BYTES(b) + i * step_b, nb, strip),
                     op);
    for (npy_intp i = 0; out && !even && i < it->size; i++) {
        *p++ = holds(fnp_string_compare(type, PyArray_MultiIter_DATA(it, 0), na,
                                        PyArray_MultiIter_DATA(it, 1), nb, strip),
                     op);
        PyArray_MultiIter_NEXT(it);
    }
    Py_DECREF(it);
    return (PyObject *)out;
}

static PyObject *compare_chararrays(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"a1", "a2", "cmp", "rstrip", NULL};
    PyObject *x, *y, *result = NULL;
    const char *cmp;
    Py_ssize_t n;
    int strip, op;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "OOs#p:compare_chararrays", names, &x, &y, &cmp,
                                     &n, &strip))
        return NULL;
    if ((op = read_operator(cmp, n)) < 0) return NULL;
    PyArrayObject *a = (PyArrayObject *)PyArray_FROM_O(x),
                  *b = a ? (PyArrayObject *)PyArray_FROM_O(y) : NULL;
    if (a && b) {
        if (!PyArray_ISSTRING(a) || !PyArray_ISSTRING(b)) {
            PyErr_SetString(PyExc_TypeError, "comparison of non-string arrays");
        } else if (PyArray_TYPE(a) != PyArray_TYPE(b)) {
            result = Py_NewRef(Py_NotImplemented);
        } else {
            PyArrayObject *pa = plain(a), *pb = pa ? plain(b) : NULL;
            if (pb) result = compare(pa, pb, op, strip != 0);
            Py_XDECREF(pa);
            Py_XDECREF(pb);
        }
    }
    Py_XDECREF(a);
    Py_XDECREF(b);
    return result;
}

/* ---- _vec_string
 * -------------------------------------------------------------------------------------------- */
static PyObject *item_at(PyArrayMultiIterObject *it, int i)
{
    PyArrayIterObject *one = it->iters[i];
    return PyArray_Scalar(one->dataptr, PyArray_DESCR(one->ao), (PyObject *)one->ao);
}

/* method(element, *arguments) for every element of the broadcast; operand 0 is the array. */
static PyObject *call_each(PyArrayMultiIterObject *it, int n, PyArray_Descr *type, PyObject *method)
{
    Py_INCREF(type);
    PyArrayObject *out = (PyArrayObject *)PyArray_NewFromDescr(&PyArray_Type, type, it->nd,
                                                               it->dimensions, NULL, NULL, 0, NULL);
    char *p = out ? PyArray_DATA(out) : NULL;
    for (npy_intp at = 0; out && at < it->size; at++) {
        PyObject *args = PyTuple_New(n), *value = NULL;
        bool ok = args != NULL;
        for (int i = 0; ok && i < n; i++) {
            PyObject *item = item_at(it, i);
            ok = item != NULL;
            if (ok) PyTuple_SET_ITEM(args, i, item);
        }
        if (ok) value = PyObject_Call(method, args, NULL);
        Py_XDECREF(args);
        if (!value) {
            Py_CLEAR(out);
        } else if (PyArray_Pack(PyArray_DESCR(out), p, value) < 0) {
            Py_CLEAR(out);
            PyErr_SetString(PyExc_TypeError,
                            "result array type does not match underlying function");
        }
        Py_XDECREF(value);
        if (out) p += PyArray_ITEMSIZE(out);
        PyArray_MultiIter_NEXT(it);
    }
    return (PyObject *)out;
}

/* ---- change of case: what is ASCII needs no method
 * --------------------------------------------------------------------------------------------- */
static int read_case(PyObject *name)
{
    static const char *const names[] = {[FNP_CASE_UPPER] = "upper",
                                        [FNP_CASE_LOWER] = "lower",
                                        [FNP_CASE_SWAP] = "swapcase",
                                        [FNP_CASE_CAPITAL] = "capitalize",
                                        [FNP_CASE_TITLE] = "title"};
    for (int how = 0; PyUnicode_Check(name) && how <= FNP_CASE_TITLE; how++)
        if (PyUnicode_CompareWithASCIIString(name, names[how]) == 0) return how;
    return -1;
}

static int call_one(PyArrayObject *a, const char *item, PyObject *method, char *to)
{
    PyObject *text = PyArray_Scalar((char *)item, PyArray_DESCR(a), (PyObject *)a);
    PyObject *value = text ? PyObject_CallOneArg(method, text) : NULL;
    int r = value ? PyArray_Pack(PyArray_DESCR(a), to, value) : -1;
    Py_XDECREF(text);
    Py_XDECREF(value);
    return r;
}

/* For a dense array into one like it. */
static PyObject *recase(PyArrayObject *a, int how, PyObject *method)
{
    const char type = PyArray_TYPE(a) == NPY_UNICODE ? 'U' : 'S';
    const npy_intp size = PyArray_ITEMSIZE(a), width = type == 'U' ? 4 : 1;
    PyArrayObject *out = (PyArrayObject *)PyArray_NewFromDescr(
        &PyArray_Type, (PyArray_Descr *)Py_NewRef(PyArray_DESCR(a)), PyArray_NDIM(a),
        PyArray_DIMS(a), NULL, NULL, 0, NULL);
    if (!out) return NULL;
    const char *from = PyArray_BYTES(a);
    char *to = PyArray_BYTES(out);
    for (npy_intp left = PyArray_SIZE(a); left > 0; left--, from += size, to += size) {
        if (fnp_string_recase((fnp_string_case)how, type, from, size / width, to)) continue;
        memset(to, 0, (size_t)size);
        if (call_one(a, from, method, to) < 0) {
            Py_DECREF(out);
            return NULL;
        }
    }
    return (PyObject *)out;
}

enum { MAX_OPERANDS = 32 };

static PyObject *vec_string(PyObject *self, PyObject *args)
{
    PyObject *o, *name, *extra = NULL, *operands[MAX_OPERANDS] = {0}, *method = NULL,
                        *result = NULL;
    PyArray_Descr *type = NULL;
    Py_ssize_t n = 1, more = 0;
    if (!PyArg_ParseTuple(args, "OO&O|O", &o, &PyArray_DescrConverter, &type, &name, &extra)) {
        Py_XDECREF(type);
        return NULL;
    }
    PyArrayObject *a = (PyArrayObject *)PyArray_FROM_O(o);
    if (!a) goto done;
    int num = PyArray_TYPE(a);
    if (num == NPY_STRING)
        method = PyObject_GetAttr((PyObject *)&PyBytes_Type, name);
    else if (num == NPY_UNICODE || num == NPY_VSTRING)
        method = PyObject_GetAttr((PyObject *)&PyUnicode_Type, name);
    else
        PyErr_SetString(PyExc_TypeError, "string operation on non-string array");
    if (!method) goto done;
    if (extra && !PySequence_Check(extra)) {
        PyErr_SetString(PyExc_TypeError, "'args' must be a sequence of arguments");
        goto done;
    }
    if (extra) more = PySequence_Size(extra);
    if (more < 0) goto done;
    if (more >= MAX_OPERANDS) {
        PyErr_Format(PyExc_ValueError, "len(args) must be < %d", 31);
        goto done;
    }
    const int how = more == 0 && type == PyArray_DESCR(a) ? read_case(name) : -1;
    if (how >= 0 && num != NPY_VSTRING && PyArray_ISCARRAY_RO(a)) {
        result = recase(a, how, method);
        goto done;
    }
    operands[0] = Py_NewRef((PyObject *)a);
    for (; n <= more; n++)
        if (!(operands[n] = PySequence_GetItem(extra, n - 1))) goto done;
    PyArrayMultiIterObject *it =
        (PyArrayMultiIterObject *)PyArray_MultiIterFromObjects(operands, (int)n, 0);
    if (it) result = call_each(it, (int)n, type, method);
    Py_XDECREF(it);
done:
    for (Py_ssize_t i = 0; i < MAX_OPERANDS; i++) Py_XDECREF(operands[i]);
    Py_XDECREF(method);
    Py_XDECREF(a);
    Py_XDECREF(type);
    return result;
}

static PyMethodDef functions[] = {
    {"compare_chararrays", (PyCFunction)(void (*)(void))compare_chararrays,
     METH_VARARGS | METH_KEYWORDS,
     "compare_chararrays(a1, a2, cmp, rstrip)\n--\n\nElement-wise comparison of two string "
     "arrays."},
    {"_vec_string", vec_string, METH_VARARGS, "Call a method of str or bytes for every element."},
    {NULL}};

HIDDEN int ext_init_strings(PyObject *module)
{
    return ext_add_functions(module, functions);
}
