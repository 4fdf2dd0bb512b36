/* The type ndarray: construction, protocols of the interpreter, and the order in which its tables
 * come together. */
#include "array.h"
#include "convert.h"

#include "fnp/sce.h"

#include <string.h>

/* Tables of other files; those that are not there yet are NULL. */
extern HIDDEN PyNumberMethods array_as_number __attribute__((weak));
extern HIDDEN PyMappingMethods array_as_mapping __attribute__((weak));
extern HIDDEN PyObject *array_richcompare(PyObject *, PyObject *, int) __attribute__((weak));
extern HIDDEN PyObject *array_item(PyObject *, Py_ssize_t) __attribute__((weak));
extern HIDDEN int array_ass_item(PyObject *, Py_ssize_t, PyObject *) __attribute__((weak));

/* ---- ndarray(shape, dtype, buffer, offset, strides, order)
 * --------------------------------------------- */

static int strides_argument(PyObject *obj, PyArray_Dims *seq)
{
    return PyArray_OptionalIntpConverter(obj, seq);
}

/* An array over memory that somebody else owns. Steals descr. */
static PyObject *over_buffer(PyTypeObject *type, PyArray_Descr *descr, PyArray_Dims dims,
                             PyArray_Dims strides, PyArray_Chunk *buffer, npy_intp offset,
                             int fortran)
{
    npy_intp itemsize = PyDataType_ELSIZE(descr);
    if (strides.len >= 0) {
        EXT_ERROR(e);
        fnp_status st = fnp_sce_check_strides(dims.len, dims.ptr, strides.ptr, itemsize, offset,
                                              buffer->len, &e);
        if (st) {
            ext_raise(st, &e);
            goto fail;
        }
    } else {
        npy_intp need = PyArray_OverflowMultiplyList(dims.ptr, dims.len), bytes;
        if (need < 0 || __builtin_mul_overflow(need, itemsize, &bytes) || offset < 0 ||
            offset + bytes > buffer->len) {
            PyErr_SetString(PyExc_TypeError, "buffer is too small for requested array");
            goto fail;
        }
    }
    int flags = (buffer->flags & NPY_ARRAY_WRITEABLE) | (fortran ? NPY_ARRAY_F_CONTIGUOUS : 0);
    return ext_array_new(type, descr, dims.len, dims.ptr, strides.len >= 0 ? strides.ptr : NULL,
                         (char *)buffer->ptr + offset, flags, NULL, buffer->base,
                         EXT_NEW_KEEP_EMPTY);
fail:
    Py_DECREF(descr);
    return NULL;
}

static PyObject *array_tp_new(PyTypeObject *subtype, PyObject *args, PyObject *kw)
{
    static char *names[] = {"shape", "dtype", "buffer", "offset", "strides", "order", NULL};
    PyArray_Descr *descr = NULL;
    PyArray_Dims dims = {NULL, 0}, strides = {NULL, -1};
    PyArray_Chunk buffer = {.ptr = NULL, .base = NULL};
    Py_ssize_t offset = 0;
    NPY_ORDER order = NPY_CORDER;
    PyObject *ret = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "O&|O&O&nO&O&:ndarray", names, PyArray_IntpConverter,
                                     &dims, PyArray_DescrConverter, &descr, PyArray_BufferConverter,
                                     &buffer, &offset, strides_argument, &strides,
                                     PyArray_OrderConverter, &order))
        goto done;
    if (!descr) descr = PyArray_DescrFromType(NPY_DEFAULT_TYPE);
    if (!descr) goto done;
    if (strides.len >= 0 && strides.len != dims.len) {
        PyErr_SetString(PyExc_ValueError, "strides, if given, must be the same length as shape");
        goto done;
    }
    if (buffer.base) {
        ret =
            over_buffer(subtype, descr, dims, strides, &buffer, offset, order == NPY_FORTRANORDER);
        descr = NULL;
        goto done;
    }
    if (strides.len >= 0) {
        EXT_ERROR(e);
        npy_intp n, bytes, elsize = PyDataType_ELSIZE(descr);
        fnp_status st = fnp_sce_nbytes(dims.len, dims.ptr, elsize, &n, &bytes, &e);
        if (!st)
            st = fnp_sce_check_strides(dims.len, dims.ptr, strides.ptr, elsize, offset, bytes, &e);
        if (st) {
            ext_raise(st, &e);
            goto done;
        }
    }
    ret = ext_array_fill_none(ext_array_new(
        subtype, descr, dims.len, dims.ptr, strides.len >= 0 ? strides.ptr : NULL, NULL,
        order == NPY_FORTRANORDER ? NPY_ARRAY_F_CONTIGUOUS : 0, NULL, NULL, EXT_NEW_KEEP_EMPTY));
    descr = NULL;
done:
    Py_XDECREF(descr);
    PyDimMem_FREE(dims.ptr);
    PyDimMem_FREE(strides.ptr);
    return ret;
}

/* ---- text
 * -------------------------------------------------------------------------------------------------
 */

static PyObject *array_repr(PyObject *self)
{
    static PyObject *func;
    if (!ext_import(&func, "_core.arrayprint", "_default_array_repr")) return NULL;
    return PyObject_CallOneArg(func, self);
}

static PyObject *array_str(PyObject *self)
{
    static PyObject *func;
    if (!ext_import(&func, "_core.arrayprint", "_default_array_str")) return NULL;
    return PyObject_CallOneArg(func, self);
}

/* ---- sequence
 * ------------------------------------------------------------------------------------------------
 */

static Py_ssize_t array_length(PyObject *self)
{
    if (PyArray_NDIM((PyArrayObject *)self) == 0) {
        PyErr_SetString(PyExc_TypeError, "len() of unsized object");
        return -1;
    }
    return PyArray_DIM((PyArrayObject *)self, 0);
}

static int array_contains(PyObject *self, PyObject *el)
{
    PyObject *eq = PyObject_RichCompare(self, el, Py_EQ);
    PyObject *any = eq ? PyArray_EnsureAnyArray(eq) : NULL;
    if (!any) return -1;
    PyObject *r = PyArray_Any((PyArrayObject *)any, NPY_RAVEL_AXIS, NULL);
    Py_DECREF(any);
    if (!r) return -1;
    int truth = PyObject_IsTrue(r);
    Py_DECREF(r);
    return truth;
}

static PyObject *sequence_concat(PyObject *a, PyObject *b)
{
    PyErr_SetString(
        PyExc_TypeError,
        "Concatenation operation is not implemented for NumPy arrays, use np.concatenate() "
        "instead. Please do not rely on this error; it may not be given on all Python "
        "implementations.");
    return NULL;
}

static PySequenceMethods as_sequence = {
    .sq_length = array_length, .sq_concat = sequence_concat, .sq_contains = array_contains};
static PyMappingMethods length_only = {.mp_length = array_length};

static PyObject *array_iter(PyObject *self)
{
    if (PyArray_NDIM((PyArrayObject *)self) == 0) {
        PyErr_SetString(PyExc_TypeError, "iteration over a 0-d array");
        return NULL;
    }
    return PySeqIter_New(self);
}

static PyBufferProcs as_buffer = {.bf_getbuffer = ext_array_getbuffer};

PyTypeObject PyArray_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_basicsize = sizeof(PyArrayObject_fields),
    .tp_dealloc = ext_array_dealloc,
    .tp_repr = array_repr,
    .tp_str = array_str,
    .tp_as_sequence = &as_sequence,
    .tp_as_mapping = &length_only,
    .tp_as_buffer = &as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_weaklistoffset = offsetof(PyArrayObject_fields, weakreflist),
    .tp_iter = array_iter,
    .tp_methods = ext_array_methods,
    .tp_getset = ext_array_getset,
    .tp_new = array_tp_new,
    .tp_hash = PyObject_HashNotImplemented,
};

int ext_init_array(PyObject *m)
{
    PyArray_Type.tp_name = ext_qualname("ndarray");
    ext_flagsobj_type.tp_name = ext_qualname("_core.multiarray.flagsobj");
    if (&array_as_number) PyArray_Type.tp_as_number = &array_as_number;
    if (&array_as_mapping) PyArray_Type.tp_as_mapping = &array_as_mapping;
    if (array_richcompare) PyArray_Type.tp_richcompare = array_richcompare;
    if (array_item) as_sequence.sq_item = array_item;
    if (array_ass_item) as_sequence.sq_ass_item = array_ass_item;
    if (PyType_Ready(&PyArray_Type) < 0 || PyType_Ready(&ext_flagsobj_type) < 0) return -1;
    if (PyModule_AddObjectRef(m, "ndarray", (PyObject *)&PyArray_Type) < 0) return -1;
    return PyModule_AddObjectRef(m, "flagsobj", (PyObject *)&ext_flagsobj_type);
}
