/* "O&" converters of the C-API: one Python argument to one C value, with NumPy's texts. */
#include "ext.h"
#include "convert.h"

#include "fnp/sce.h"

#include <string.h>

/* "<bad> (got <repr>)". */
static int refuse(const char *bad, PyObject *obj)
{
    PyErr_Format(PyExc_ValueError, "%s (got %R)", bad, obj);
    return NPY_FAIL;
}

/* UTF-8 text of a str (or ASCII bytes) argument; NULL with an error. */
static const char *text_of(PyObject *obj, const char *what, const char *bad, Py_ssize_t *len,
                           PyObject **hold)
{
    PyObject *given = obj;
    *hold = NULL;
    if (PyBytes_Check(obj)) {
        *hold = PyUnicode_FromEncodedObject(obj, "ascii", NULL);
        if (!*hold) {
            PyErr_Clear();
            refuse(bad, given);
            return NULL;
        }
        obj = *hold;
    } else if (!PyUnicode_Check(obj)) {
        PyErr_Format(PyExc_TypeError, "%s must be str, not %.200s", what, Py_TYPE(obj)->tp_name);
        return NULL;
    }
    const char *s = PyUnicode_AsUTF8AndSize(obj, len);
    if (!s) Py_CLEAR(*hold);
    return s;
}

typedef struct {
    const char *text;
    int value;
} choice;

/* The value of the choice that equals `s` whole, else -1. */
static int choose_exact(const choice *c, const char *s, Py_ssize_t n)
{
    for (; c->text; c++)
        if (strlen(c->text) == (size_t)n && memcmp(c->text, s, (size_t)n) == 0) return c->value;
    return -1;
}

static int lower(int c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

static int first_letter(const choice *c, int letter)
{
    for (; c->text; c++)
        if (c->text[0] == letter) return c->value;
    return -1;
}

int PyArray_OrderConverter(PyObject *obj, NPY_ORDER *order)
{
    if (!obj || obj == Py_None) return NPY_SUCCEED;
    static const char bad[] = "order must be one of 'C', 'F', 'A', or 'K'";
    PyObject *hold;
    Py_ssize_t n;
    const char *s = text_of(obj, "order", bad, &n, &hold);
    if (!s) return NPY_FAIL;
    int ok = n == 1;
    switch (ok ? lower(s[0]) : 0) {
    case 'c': *order = NPY_CORDER; break;
    case 'f': *order = NPY_FORTRANORDER; break;
    case 'a': *order = NPY_ANYORDER; break;
    case 'k': *order = NPY_KEEPORDER; break;
    default: ok = 0;
    }
    Py_XDECREF(hold);
    return ok ? NPY_SUCCEED : refuse(bad, obj);
}

static int casting_of(PyObject *obj, NPY_CASTING *casting, const choice *choices, const char *bad)
{
    PyObject *hold;
    Py_ssize_t n;
    const char *s = text_of(obj, "casting", bad, &n, &hold);
    if (!s) return NPY_FAIL;
    int v = choose_exact(choices, s, n);
    Py_XDECREF(hold);
    if (v < 0) return refuse(bad, obj);
    *casting = (NPY_CASTING)v;
    return NPY_SUCCEED;
}

static const choice castings[] = {{"same_value", NPY_UNSAFE_CASTING | NPY_SAME_VALUE_CASTING_FLAG},
                                  {"no", NPY_NO_CASTING},
                                  {"equiv", NPY_EQUIV_CASTING},
                                  {"safe", NPY_SAFE_CASTING},
                                  {"same_kind", NPY_SAME_KIND_CASTING},
                                  {"unsafe", NPY_UNSAFE_CASTING},
                                  {NULL, 0}};

int PyArray_CastingConverter(PyObject *obj, NPY_CASTING *casting)
{
    return casting_of(obj, casting, castings + 1,
                      "casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe'");
}

int ext_astype_casting(PyObject *obj, NPY_CASTING *casting)
{
    return casting_of(
        obj, casting, castings,
        "casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe', 'same_value'");
}

/* Converters that once took abbreviations: an exact word, or (with a deprecation's text as error)
 * its first letter. */
static int word_or_letter(PyObject *obj, const char *what, const choice *choices,
                          const char *inexact, const char *bad, int *value)
{
    PyObject *hold;
    Py_ssize_t n;
    const char *s = text_of(obj, what, bad, &n, &hold);
    if (!s) return NPY_FAIL;
    int v = choose_exact(choices, s, n);
    if (v < 0) {
        if (n > 0 && first_letter(choices, lower(s[0])) >= 0)
            PyErr_SetString(PyExc_ValueError, inexact);
        else
            refuse(bad, obj);
    } else {
        *value = v;
    }
    Py_XDECREF(hold);
    return v < 0 ? NPY_FAIL : NPY_SUCCEED;
}

int PyArray_ClipmodeConverter(PyObject *obj, NPY_CLIPMODE *mode)
{
    static const choice choices[] = {
        {"clip", NPY_CLIP}, {"wrap", NPY_WRAP}, {"raise", NPY_RAISE}, {NULL, 0}};
    if (!obj || obj == Py_None) {
        *mode = NPY_RAISE;
        return NPY_SUCCEED;
    }
    int v;
    if (PyBytes_Check(obj) || PyUnicode_Check(obj)) {
        if (!word_or_letter(obj, "clipmode", choices,
                            "Use one of 'clip', 'raise', or 'wrap' for clip mode",
                            "clipmode must be one of 'clip', 'raise', or 'wrap'", &v))
            return NPY_FAIL;
    } else {
        v = PyArray_PyIntAsInt(obj);
        if (v == -1 && PyErr_Occurred()) {
            PyErr_SetString(PyExc_TypeError, "clipmode not understood");
            return NPY_FAIL;
        }
        if (v < NPY_CLIP || v > NPY_RAISE) {
            PyErr_Format(PyExc_ValueError,
                         "integer clipmode must be RAISE, WRAP, or CLIP from '%s._core.multiarray'",
                         ext_root);
            return NPY_FAIL;
        }
    }
    *mode = (NPY_CLIPMODE)v;
    return NPY_SUCCEED;
}

int PyArray_ConvertClipmodeSequence(PyObject *obj, NPY_CLIPMODE *modes, int n)
{
    if (obj && (PyTuple_Check(obj) || PyList_Check(obj))) {
        if (PySequence_Size(obj) != n) {
            PyErr_Format(PyExc_ValueError, "list of clipmodes has wrong length (%zd instead of %d)",
                         PySequence_Size(obj), n);
            return NPY_FAIL;
        }
        for (int i = 0; i < n; i++) {
            PyObject *item = PySequence_GetItem(obj, i);
            if (!item) return NPY_FAIL;
            int r = PyArray_ClipmodeConverter(item, &modes[i]);
            Py_DECREF(item);
            if (r == NPY_FAIL) return NPY_FAIL;
        }
        return NPY_SUCCEED;
    }
    if (PyArray_ClipmodeConverter(obj, &modes[0]) == NPY_FAIL) return NPY_FAIL;
    for (int i = 1; i < n; i++) modes[i] = modes[0];
    return NPY_SUCCEED;
}

int PyArray_SearchsideConverter(PyObject *obj, void *addr)
{
    static const choice choices[] = {
        {"left", NPY_SEARCHLEFT}, {"right", NPY_SEARCHRIGHT}, {NULL, 0}};
    int v;
    if (!word_or_letter(obj, "search side", choices, "search side must be one of 'left' or 'right'",
                        "search side must be 'left' or 'right'", &v))
        return NPY_FAIL;
    *(NPY_SEARCHSIDE *)addr = (NPY_SEARCHSIDE)v;
    return NPY_SUCCEED;
}

int PyArray_SortkindConverter(PyObject *obj, NPY_SORTKIND *kind)
{
    if (obj == Py_None) {
        *kind = NPY_QUICKSORT;
        return NPY_SUCCEED;
    }
    static const char bad[] = "sort kind must be one of 'quick', 'heap', or 'stable'";
    PyObject *hold;
    Py_ssize_t n;
    const char *s = text_of(obj, "sort kind", bad, &n, &hold);
    if (!s) return NPY_FAIL;
    int ok = 1;
    switch (n > 0 ? lower(s[0]) : 0) {
    case 'q': *kind = NPY_QUICKSORT; break;
    case 'h': *kind = NPY_HEAPSORT; break;
    case 'm':
    case 's': *kind = NPY_STABLESORT; break;
    default: ok = 0;
    }
    Py_XDECREF(hold);
    return ok ? NPY_SUCCEED : refuse(bad, obj);
}

int PyArray_SelectkindConverter(PyObject *obj, NPY_SELECTKIND *kind)
{
    static const char bad[] = "select kind must be 'introselect'";
    PyObject *hold;
    Py_ssize_t n;
    const char *s = text_of(obj, "select kind", bad, &n, &hold);
    if (!s) return NPY_FAIL;
    int ok = n == 11 && memcmp(s, "introselect", 11) == 0;
    Py_XDECREF(hold);
    if (!ok) return refuse(bad, obj);
    *kind = NPY_INTROSELECT;
    return NPY_SUCCEED;
}

int PyArray_ByteorderConverter(PyObject *obj, char *endian)
{
    static const char bad[] = "byteorder not recognized";
    PyObject *hold;
    Py_ssize_t n;
    const char *s = text_of(obj, "byteorder", bad, &n, &hold);
    if (!s) return NPY_FAIL;
    int ok = 1;
    switch (n > 0 ? s[0] : 0) {
    case '>':
    case 'b':
    case 'B': *endian = NPY_BIG; break;
    case '<':
    case 'l':
    case 'L': *endian = NPY_LITTLE; break;
    case '=':
    case 'n':
    case 'N': *endian = NPY_NATIVE; break;
    case '|':
    case 'i':
    case 'I': *endian = NPY_IGNORE; break;
    case 's':
    case 'S': *endian = NPY_SWAP; break;
    default: ok = 0;
    }
    Py_XDECREF(hold);
    return ok ? NPY_SUCCEED : refuse(bad, obj);
}

int PyArray_BoolConverter(PyObject *obj, npy_bool *val)
{
    int r = PyObject_IsTrue(obj);
    if (r < 0) return NPY_FAIL;
    *val = (npy_bool)r;
    return NPY_SUCCEED;
}

int ext_optional_bool(PyObject *obj, int *val)
{
    if (obj == Py_None) return NPY_SUCCEED;
    int r = PyObject_IsTrue(obj);
    if (r < 0) return NPY_FAIL;
    *val = r;
    return NPY_SUCCEED;
}

int ext_copy_converter(PyObject *obj, int *mode)
{
    static PyObject *copymode;
    if (obj == Py_None) {
        *mode = EXT_COPY_IF_NEEDED;
        return NPY_SUCCEED;
    }
    if (!ext_import(&copymode, "", "_CopyMode")) return NPY_FAIL;
    if ((PyObject *)Py_TYPE(obj) == copymode) {
        PyObject *value = PyObject_GetAttrString(obj, "value");
        if (!value) return NPY_FAIL;
        *mode = (int)PyLong_AsLong(value); /* True and False count */
        Py_DECREF(value);
        return *mode == -1 && PyErr_Occurred() ? NPY_FAIL : NPY_SUCCEED;
    }
    if (PyUnicode_Check(obj)) {
        PyErr_SetString(PyExc_ValueError,
                        "strings are not allowed for 'copy' keyword. Use True/False/None instead.");
        return NPY_FAIL;
    }
    int r = PyObject_IsTrue(obj);
    if (r < 0) return NPY_FAIL;
    *mode = r ? EXT_COPY_ALWAYS : EXT_COPY_NEVER;
    return NPY_SUCCEED;
}

int ext_device_converter(PyObject *obj, int *device)
{
    if (obj == Py_None) return NPY_SUCCEED;
    if (PyUnicode_Check(obj) && PyUnicode_CompareWithASCIIString(obj, "cpu") == 0)
        return NPY_SUCCEED;
    PyErr_Format(PyExc_ValueError,
                 "Device not understood. Only \"cpu\" is allowed, but received: %S", obj);
    return NPY_FAIL;
}

/* ---- integers and shapes
 * ------------------------------------------------------------------------------ */

/* The integer value of anything with __index__, but not of a bool or an array with axes. */
static npy_intp as_intp(PyObject *o, const char *msg)
{
    if (FNP_LIKELY(PyLong_CheckExact(o))) {
        npy_intp v = PyLong_AsSsize_t(o);
        if (v == -1 && PyErr_Occurred() && PyErr_ExceptionMatches(PyExc_OverflowError)) {
            PyErr_Clear();
            PyErr_SetString(PyExc_OverflowError, "Python int too large to convert to C long");
        }
        return v;
    }
    if (!o || PyBool_Check(o) || PyArray_IsScalar(o, Bool)) {
        PyErr_SetString(PyExc_TypeError, msg);
        return -1;
    }
    PyObject *i = PyNumber_Index(o);
    if (!i) return -1;
    npy_intp v = PyLong_AsSsize_t(i);
    Py_DECREF(i);
    if (v == -1 && PyErr_Occurred() && PyErr_ExceptionMatches(PyExc_OverflowError)) {
        PyErr_Clear();
        PyErr_SetString(PyExc_OverflowError, "Python int too large to convert to C long");
    }
    return v;
}

npy_intp PyArray_PyIntAsIntp(PyObject *o)
{
    return as_intp(o, "an integer is required");
}

int PyArray_PyIntAsInt(PyObject *o)
{
    npy_intp v = as_intp(o, "an integer is required");
    if (v == -1 && PyErr_Occurred()) return -1;
    if (v > INT_MAX || v < INT_MIN) {
        PyErr_SetString(PyExc_ValueError, "integer won't fit into a C int");
        return -1;
    }
    return (int)v;
}

int ext_int_argument(PyObject *o, int *out)
{
    long v;
    int overflow;
    if (PyFloat_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return 0;
    }
    v = PyLong_AsLongAndOverflow(o, &overflow);
    if (v == -1 && PyErr_Occurred()) return 0;
    *out = (int)v;
    if (!overflow && v == *out) return 1;
    PyErr_SetString(PyExc_OverflowError, "Python int too large to convert to C int");
    return 0;
}

int PyArray_AxisConverter(PyObject *obj, int *axis)
{
    if (obj == Py_None) {
        *axis = NPY_RAVEL_AXIS;
        return NPY_SUCCEED;
    }
    if (PyBool_Check(obj)) {
        PyErr_SetString(PyExc_TypeError, "an integer is required for the axis");
        return NPY_FAIL;
    }
    *axis = PyArray_PyIntAsInt(obj);
    return *axis == -1 && PyErr_Occurred() ? NPY_FAIL : NPY_SUCCEED;
}

int PyArray_CheckAxis_(int *axis, int ndim)
{
    int out;
    EXT_TRY(fnp_sce_normalize_axis(*axis, ndim, NULL, &out, err), -1);
    *axis = out;
    return 0;
}

static npy_intp dimension_of(PyObject *o)
{
    npy_intp v = as_intp(o, "'bool' object cannot be interpreted as an integer");
    if (v == -1 && PyErr_Occurred() && PyErr_ExceptionMatches(PyExc_OverflowError)) {
        PyErr_Clear();
        PyErr_SetString(PyExc_ValueError, "Maximum allowed dimension exceeded");
    }
    return v;
}

/* A shape, an integer or a sequence of integers; its length, of which at most `room` are stored, or
 * -1. Longer than `limit` is an error. */
static int integers_from(PyObject *obj, npy_intp *dims, int room, Py_ssize_t limit)
{
    PyObject *fast = NULL;
    if (PyTuple_CheckExact(obj) || PyList_CheckExact(obj)) {
        fast = Py_NewRef(obj);
    } else if (!PyLong_CheckExact(obj) && PySequence_Check(obj) &&
               !PyArray_IsScalar(obj, Generic)) {
        fast = PySequence_Fast(obj, "");
        if (!fast) {
            if (PyErr_ExceptionMatches(PyExc_RecursionError) ||
                PyErr_ExceptionMatches(PyExc_MemoryError))
                return -1;
            PyErr_Clear();
        }
    }
    if (!fast) {
        PyObject *i = PyBool_Check(obj) ? NULL : PyNumber_Index(obj);
        if (!i) {
            if (PyErr_Occurred() && !PyErr_ExceptionMatches(PyExc_TypeError)) return -1;
            PyErr_Clear();
            PyErr_Format(PyExc_TypeError,
                         "expected a sequence of integers or a single integer, got '%.100R'", obj);
            return -1;
        }
        dims[0] = dimension_of(i);
        Py_DECREF(i);
        return dims[0] == -1 && PyErr_Occurred() ? -1 : 1;
    }
    Py_ssize_t n = PySequence_Fast_GET_SIZE(fast);
    if (n > limit) {
        PyErr_Format(PyExc_ValueError,
                     "maximum supported dimension for an ndarray is currently %d, found %zd",
                     FNP_MAXDIMS, n);
        n = -1;
    }
    for (Py_ssize_t i = 0; i < n && i < room; i++) {
        dims[i] = dimension_of(PySequence_Fast_GET_ITEM(fast, i));
        if (dims[i] == -1 && PyErr_Occurred()) n = -1;
    }
    Py_DECREF(fast);
    return (int)n;
}

int PyArray_IntpFromSequence(PyObject *seq, npy_intp *vals, int maxvals)
{
    return integers_from(seq, vals, maxvals, INT_MAX);
}

int ext_shape_from(PyObject *obj, npy_intp *dims, int *nd)
{
    *nd = integers_from(obj, dims, FNP_MAXDIMS, FNP_MAXDIMS);
    return *nd < 0 ? -1 : 0;
}

int PyArray_IntpConverter(PyObject *obj, PyArray_Dims *seq)
{
    seq->ptr = NULL;
    seq->len = 0;
    if (obj == Py_None) {
        PyErr_SetString(PyExc_TypeError, "Use () not None as shape arguments");
        return NPY_FAIL;
    }
    npy_intp dims[FNP_MAXDIMS];
    int nd;
    if (ext_shape_from(obj, dims, &nd) < 0) return NPY_FAIL;
    seq->len = nd;
    if (nd > 0) {
        seq->ptr = PyDimMem_NEW((size_t)(nd > 0 ? nd : 1)); /* callers free it by PyDimMem_FREE */
        if (!seq->ptr) {
            PyErr_NoMemory();
            return NPY_FAIL;
        }
        memcpy(seq->ptr, dims, (size_t)nd * sizeof *dims);
    }
    return NPY_SUCCEED;
}

int PyArray_OptionalIntpConverter(PyObject *obj, PyArray_Dims *seq)
{
    if (obj == Py_None) return NPY_SUCCEED;
    return PyArray_IntpConverter(obj, seq);
}

PyObject *PyArray_IntTupleFromIntp(int len, npy_intp const *vals)
{
    PyObject *t = PyTuple_New(len);
    for (int i = 0; t && i < len; i++) {
        PyObject *v = PyLong_FromSsize_t(vals[i]);
        if (!v) {
            Py_CLEAR(t);
            break;
        }
        PyTuple_SET_ITEM(t, i, v);
    }
    return t;
}

/* ---- arrays
 * -------------------------------------------------------------------------------------------- */

int PyArray_Converter(PyObject *obj, PyObject **address)
{
    if (PyArray_Check(obj)) {
        *address = Py_NewRef(obj);
        return NPY_SUCCEED;
    }
    *address = PyArray_FROM_OF(obj, NPY_ARRAY_CARRAY);
    return *address ? NPY_SUCCEED : NPY_FAIL;
}

int PyArray_OutputConverter(PyObject *obj, PyArrayObject **address)
{
    if (obj == NULL || obj == Py_None) {
        *address = NULL;
        return NPY_SUCCEED;
    }
    if (PyArray_Check(obj)) {
        *address = (PyArrayObject *)obj;
        return NPY_SUCCEED;
    }
    PyErr_SetString(PyExc_TypeError, "output must be an array");
    *address = NULL;
    return NPY_FAIL;
}

int PyArray_BufferConverter(PyObject *obj, PyArray_Chunk *buf)
{
    Py_buffer view;
    memset(buf, 0, sizeof *buf);
    buf->flags = NPY_ARRAY_BEHAVED;
    if (obj == Py_None) return NPY_SUCCEED;
    if (PyObject_GetBuffer(obj, &view, PyBUF_ANY_CONTIGUOUS | PyBUF_WRITABLE | PyBUF_SIMPLE) < 0) {
        PyErr_Clear();
        buf->flags &= ~NPY_ARRAY_WRITEABLE;
        if (PyObject_GetBuffer(obj, &view, PyBUF_ANY_CONTIGUOUS | PyBUF_SIMPLE) < 0)
            return NPY_FAIL;
    }
    buf->ptr = view.buf;
    buf->len = (npy_intp)view.len;
    buf->base = obj;
    PyBuffer_Release(&view); /* the caller keeps `base`, which keeps the memory */
    if (PyMemoryView_Check(obj)) buf->base = PyMemoryView_GET_BASE(obj);
    return NPY_SUCCEED;
}
