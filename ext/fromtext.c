/* fromstring and fromfile: numbers from separated text, elements from raw bytes of files. */
#include "argparse.h"
#include "dispatcher.h"
#include "dtypemeta.h"

#include "fnp/textread.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- separated text
 * ----------------------------------------------------------------------------------------- */
typedef struct numbers {
    char *data;
    npy_intp n, cap;
} numbers;

static int numbers_grow(numbers *v, npy_intp size)
{
    npy_intp cap = v->cap ? v->cap * 2 : 64;
    char *p =
        cap > NPY_MAX_INTP / (size ? size : 1) ? NULL : realloc(v->data, (size_t)(cap * size) + 1);
    if (!p) {
        PyErr_NoMemory();
        return -1;
    }
    v->data = p;
    v->cap = cap;
    return 0;
}

/* Numbers of text[0..len) up to `count` (negative: all). *used: how far reading came. */
static int read_numbers(const char *text, size_t len, PyArray_Descr *d, npy_intp count,
                        const char *sep, numbers *v, size_t *used)
{
    const npy_intp size = PyDataType_ELSIZE(d);
    const char *p = text, *end = text + len;
    int state = 0;
    while (state == 0 && (count < 0 || v->n < count)) {
        if (v->n == v->cap && numbers_grow(v, size) < 0) return -1;
        fnp_intp n =
            fnp_number_read(d->type_num, size, p, (size_t)(end - p), v->data + v->n * size);
        if (n < 0) {
            PyErr_SetString(PyExc_ValueError,
                            "don't know how to read character strings with that array type");
            return -1;
        }
        if (n == 0) {
            state = len == 0 || (v->n && p == end) ? -1 : -2;
            break;
        }
        p += n;
        v->n++;
        state = fnp_sep_match(&p, end, sep);
    }
    *used = (size_t)(p - text);
    if (state == -2 && (count < 0 || v->n < count)) {
        PyErr_SetString(PyExc_ValueError,
                        "string or file could not be read to its end due to unmatched data");
        return -1;
    }
    return 0;
}

static PyObject *array_of(PyArray_Descr *d, npy_intp n)
{
    Py_INCREF(d);
    return PyArray_NewFromDescr(&PyArray_Type, d, 1, &n, NULL, NULL, 0, NULL);
}

static PyObject *numbers_to_array(numbers *v, PyArray_Descr *d)
{
    PyObject *a = array_of(d, v->n);
    if (a && v->n)
        memcpy(PyArray_DATA((PyArrayObject *)a), v->data, (size_t)(v->n * PyDataType_ELSIZE(d)));
    if (a && PyDataType_ISBYTESWAPPED(d))
        Py_XDECREF(PyArray_Byteswap((PyArrayObject *)a, NPY_TRUE));
    return a;
}

/* Text read as numbers; does not steal d. */
static PyObject *from_text(const char *text, size_t len, PyArray_Descr *d, npy_intp count,
                           const char *sep, size_t *used)
{
    numbers v = {0};
    PyObject *a = NULL;
    if (read_numbers(text, len, d, count, sep, &v, used) == 0) a = numbers_to_array(&v, d);
    free(v.data);
    return a;
}

/* Steals dtype. */
PyObject *PyArray_FromString(char *data, npy_intp slen, PyArray_Descr *dtype, npy_intp num,
                             char *sep)
{
    PyArray_Descr *d = dtype ? dtype : PyArray_DescrFromType(NPY_DEFAULT_TYPE);
    PyObject *a = NULL;
    size_t used;
    npy_intp size = PyDataType_ELSIZE(d);
    if (PyDataType_FLAGCHK(d, NPY_ITEM_IS_POINTER) || PyDataType_REFCHK(d)) {
        PyErr_SetString(PyExc_ValueError, "Cannot create an object array from a string");
    } else if (size == 0) {
        PyErr_SetString(PyExc_ValueError, "zero-valued itemsize");
    } else if (sep && *sep) {
        a = from_text(data, (size_t)slen, d, num, sep, &used);
    } else if (num < 0 && slen % size) {
        PyErr_SetString(PyExc_ValueError, "string size must be a multiple of element size");
    } else if (num >= 0 && slen / size < num) {
        PyErr_SetString(PyExc_ValueError, "string is smaller than requested size");
    } else {
        npy_intp n = num < 0 ? slen / size : num;
        a = array_of(d, n);
        if (a) memcpy(PyArray_DATA((PyArrayObject *)a), data, (size_t)(n * size));
    }
    Py_DECREF(d);
    return a;
}

static PyObject *fromstring(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"string", "dtype", "count", "sep", "like", NULL};
    char *data, *sep = "";
    Py_ssize_t len, count = -1;
    PyArray_Descr *d = NULL;
    PyObject *like = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "s#|O&ns$O:fromstring", names, &data, &len,
                                     &PyArray_DescrConverter, &d, &count, &sep, &like)) {
        Py_XDECREF(d);
        return NULL;
    }
    if (!*sep) {
        Py_XDECREF(d);
        PyErr_SetString(PyExc_ValueError,
                        "The binary mode of fromstring is removed, use frombuffer instead");
        return NULL;
    }
    return PyArray_FromString(data, len, d, count, sep);
}

/* ---- files
 * --------------------------------------------------------------------------------------------------
 */
/* The rest of the file from its position on, NUL-terminated; NULL with an exception. */
static char *read_rest(FILE *fp, size_t *len)
{
    size_t cap = 1 << 12, n = 0, got;
    char *buf = malloc(cap), *grown;
    while (buf && (got = fread(buf + n, 1, cap - n - 1, fp)) > 0) {
        n += got;
        if (n + 1 < cap) continue;
        grown = realloc(buf, cap *= 2);
        if (!grown) free(buf);
        buf = grown;
    }
    if (buf)
        buf[n] = 0;
    else
        PyErr_NoMemory();
    *len = n;
    return buf;
}

static PyObject *text_from_file(FILE *fp, PyArray_Descr *d, npy_intp count, const char *sep)
{
    off_t at = ftello(fp);
    size_t len, used = 0;
    char *buf = read_rest(fp, &len);
    PyObject *a = buf ? from_text(buf, len, d, count, sep, &used) : NULL;
    free(buf);
    if (a && at >= 0) fseeko(fp, at + (off_t)used, SEEK_SET);
    return a;
}

/* Elements as they lie in the file. */
static PyObject *bytes_from_file(FILE *fp, PyArray_Descr *d, npy_intp count)
{
    const npy_intp size = PyDataType_ELSIZE(d);
    npy_intp got;
    if (count < 0) {
        off_t at = ftello(fp), end;
        if (at < 0 || fseeko(fp, 0, SEEK_END) < 0 || (end = ftello(fp)) < 0 ||
            fseeko(fp, at, SEEK_SET) < 0)
            return PyErr_SetFromErrno(PyExc_OSError);
        count = size ? (npy_intp)(end - at) / size : -1;
        if (end < at || count < 0) {
            PyErr_SetString(PyExc_ValueError, "negative dimensions are not allowed");
            return NULL;
        }
    }
    PyArrayObject *a = (PyArrayObject *)array_of(d, count);
    if (!a) return NULL;
    /* a subarray dtype has become dimensions of the array: count its rows */
    Py_BEGIN_ALLOW_THREADS;
    got = size ? (npy_intp)fread(PyArray_DATA(a), (size_t)size, (size_t)count, fp) : 0;
    Py_END_ALLOW_THREADS;
    if (got == count) return (PyObject *)a;
    PyArrayObject *part = NULL;
    part = (PyArrayObject *)array_of(d, got);
    if (part) memcpy(PyArray_DATA(part), PyArray_DATA(a), (size_t)(got * size));
    Py_DECREF(a);
    return (PyObject *)part;
}

/* Steals dtype. */
PyObject *PyArray_FromFile(FILE *fp, PyArray_Descr *dtype, npy_intp num, char *sep)
{
    PyArray_Descr *d = dtype ? dtype : PyArray_DescrFromType(NPY_DEFAULT_TYPE);
    PyObject *a = NULL;
    if (PyDataType_REFCHK(d))
        PyErr_SetString(PyExc_ValueError, "Cannot read into object array");
    else if (PyDataType_ELSIZE(d) == 0)
        PyErr_SetString(PyExc_ValueError, "The elements are 0-sized.");
    else if (num == 0)
        a = array_of(d, 0);
    else
        a = sep && *sep ? text_from_file(fp, d, num, sep) : bytes_from_file(fp, d, num);
    Py_DECREF(d);
    return a;
}

/* A stdio stream at the position of a Python file object, and that position. */
static FILE *open_stream(PyObject *file, long long *start)
{
    PyObject *r = PyObject_CallMethod(file, "flush", NULL), *os = NULL, *dup = NULL;
    FILE *fp = NULL;
    int fd;
    if (!r) return NULL;
    Py_DECREF(r);
    fd = PyObject_AsFileDescriptor(file);
    if (fd == -1 || !(os = PyImport_ImportModule("os"))) return NULL;
    dup = PyObject_CallMethod(os, "dup", "i", fd);
    Py_DECREF(os);
    if (!dup) return NULL;
    if (!PyLong_Check(dup)) PyErr_Format(PyExc_TypeError, "os.dup() returned %R", dup);
    fd = PyErr_Occurred() ? -1 : PyObject_AsFileDescriptor(dup);
    if (fd < 0 && PyErr_ExceptionMatches(PyExc_OverflowError)) {
        PyErr_Clear(); /* no such file can be open */
        PyErr_SetString(PyExc_OSError, "os.dup() returned what is no file descriptor");
    }
    Py_DECREF(dup);
    if (PyErr_Occurred()) return NULL;
    if (!(fp = fdopen(fd, "rb"))) {
        PyErr_SetString(
            PyExc_OSError,
            "Getting a FILE* from a Python file object failed via fdopen. If you built NumPy, "
            "you probably linked with the wrong debug/release runtime");
        return NULL;
    }
    if (ftello(fp) < 0) {
        PyErr_SetString(PyExc_OSError, "obtaining file position failed");
    } else if ((r = PyObject_CallMethod(file, "tell", NULL))) {
        *start = PyLong_AsLongLong(r);
        Py_DECREF(r);
        if (!PyErr_Occurred() && fseeko(fp, (off_t)*start, SEEK_SET) < 0)
            PyErr_SetString(PyExc_OSError, "seeking file failed");
    }
    if (!PyErr_Occurred()) return fp;
    fclose(fp);
    return NULL;
}

/* Close the stream and put the Python file object where it stood. */
static int close_stream(PyObject *file, FILE *fp)
{
    long long at = (long long)ftello(fp);
    fclose(fp);
    if (PyErr_Occurred()) return -1;
    PyObject *r = PyObject_CallMethod(file, "seek", "Li", at, 0);
    Py_XDECREF(r);
    return r ? 0 : -1;
}

static PyObject *read_file(PyObject *file, PyArray_Descr *d, Py_ssize_t count, char *sep,
                           long long offset)
{
    long long start = 0;
    PyObject *a = NULL;
    FILE *fp = open_stream(file, &start);
    if (!fp) {
        Py_XDECREF(d);
        return NULL;
    }
    if (fseeko(fp, (off_t)offset, SEEK_CUR) != 0) {
        PyErr_SetFromErrno(PyExc_OSError);
        Py_XDECREF(d);
    } else {
        a = PyArray_FromFile(fp, d, count, sep);
    }
    if (close_stream(file, fp) < 0) Py_CLEAR(a);
    return a;
}

static PyObject *fromfile(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"file", "dtype", "count", "sep", "offset", "like", NULL};
    PyObject *file, *like = Py_None, *path, *a = NULL;
    char *sep = "";
    Py_ssize_t count = -1;
    long long offset = 0;
    PyArray_Descr *d = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "O|O&nsL$O:fromfile", names, &file,
                                     &PyArray_DescrConverter, &d, &count, &sep, &offset, &like)) {
        Py_XDECREF(d);
        return NULL;
    }
    if (*sep && offset) {
        Py_XDECREF(d);
        PyErr_SetString(PyExc_TypeError, "'offset' argument only permitted for binary files");
        return NULL;
    }
    path = PyOS_FSPath(file);
    if (!path) {
        PyErr_Clear();
        return read_file(file, d, count, sep, offset);
    }
    PyObject *io = PyImport_ImportModule("io");
    PyObject *opened = io ? PyObject_CallMethod(io, "open", "Os", path, "rb") : NULL;
    Py_XDECREF(io);
    Py_DECREF(path);
    if (!opened) {
        Py_XDECREF(d);
        return NULL;
    }
    a = read_file(opened, d, count, sep, offset);
    PyObject *type, *value, *trace;
    PyErr_Fetch(&type, &value, &trace);
    PyObject *r = PyObject_CallMethod(opened, "close", NULL);
    if (!r && !type)
        Py_CLEAR(a);
    else if (type)
        PyErr_Restore(type, value, trace);
    Py_XDECREF(r);
    Py_DECREF(opened);
    return a;
}

/* Ask like= first, then call the function with a tuple and a dict. */
static PyObject *call(const char *name, PyObject *(*f)(PyObject *, PyObject *, PyObject *),
                      PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    Py_ssize_t nkw = kwnames ? PyTuple_GET_SIZE(kwnames) : 0;
    PyObject *kw = NULL, *tuple, *result = NULL;
    for (Py_ssize_t i = 0; i < nkw; i++) {
        if (args[n + i] == Py_None ||
            PyUnicode_CompareWithASCIIString(PyTuple_GET_ITEM(kwnames, i), "like"))
            continue;
        PyObject *r = ext_like_dispatch(name, args[n + i], args, n, kwnames);
        if (r != Py_NotImplemented) return r;
        Py_DECREF(r);
    }
    if (nkw && !(kw = PyDict_New())) return NULL;
    for (Py_ssize_t i = 0; i < nkw; i++) {
        if (PyDict_SetItem(kw, PyTuple_GET_ITEM(kwnames, i), args[n + i]) < 0) {
            Py_DECREF(kw);
            return NULL;
        }
    }
    tuple = PyTuple_New(n);
    for (Py_ssize_t i = 0; tuple && i < n; i++) PyTuple_SET_ITEM(tuple, i, Py_NewRef(args[i]));
    if (tuple) result = f(NULL, tuple, kw);
    Py_XDECREF(tuple);
    Py_XDECREF(kw);
    return result;
}

static PyObject *array_fromstring(PyObject *self, PyObject *const *args, Py_ssize_t n,
                                  PyObject *kwnames)
{
    return call("fromstring", fromstring, args, n, kwnames);
}

static PyObject *array_fromfile(PyObject *self, PyObject *const *args, Py_ssize_t n,
                                PyObject *kwnames)
{
    return call("fromfile", fromfile, args, n, kwnames);
}

static PyMethodDef functions[] = {
    {"fromstring", (PyCFunction)(void (*)(void))array_fromstring, METH_FASTCALL | METH_KEYWORDS,
     "fromstring(string, dtype=None, count=-1, sep='', *, like=None)\n--\n\nNumbers from separated "
     "text."},
    {"fromfile", (PyCFunction)(void (*)(void))array_fromfile, METH_FASTCALL | METH_KEYWORDS,
     "fromfile(file, dtype=None, count=-1, sep='', offset=0, *, like=None)\n--\n\nElements from a "
     "file of bytes or of "
     "separated text."},
    {NULL}};

HIDDEN int ext_init_fromtext(PyObject *module)
{
    return ext_add_functions(module, functions);
}
