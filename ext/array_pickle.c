/* Pickling of arrays: __reduce__, __reduce_ex__ (out-of-band buffers from protocol 5 on),
 * __setstate__, _reconstruct. */
#include "alloc.h"
#include "array.h"
#include "array_methods.h"

#include "fnp/sce.h"

#include <string.h>

/* Elements in C or Fortran order as a list of Python objects, for dtypes that hold references. */
static PyObject *object_list(PyArrayObject *self)
{
    PyObject *list = PyList_New(0);
    PyArrayIterObject *it = list ? (PyArrayIterObject *)PyArray_IterNew((PyObject *)self) : NULL;
    while (it && it->index < it->size) {
        PyObject *item = PyArray_GETITEM(self, it->dataptr);
        if (!item || PyList_Append(list, item) < 0) {
            Py_XDECREF(item);
            Py_CLEAR(list);
            break;
        }
        Py_DECREF(item);
        PyArray_ITER_NEXT(it);
    }
    if (!it) Py_CLEAR(list);
    Py_XDECREF(it);
    return list;
}

PyObject *ext_method_reduce(PyArrayObject *self, PyObject *unused)
{
    static PyObject *reconstruct;
    if (!ext_import(&reconstruct, "_core.multiarray", "_reconstruct")) return NULL;
    int fortran = PyArray_ISFORTRAN(self);
    PyObject *shape = PyArray_IntTupleFromIntp(PyArray_NDIM(self), PyArray_DIMS(self));
    PyObject *data = PyDataType_FLAGCHK(PyArray_DESCR(self), NPY_LIST_PICKLE)
                         ? object_list(self)
                         : PyArray_ToString(self, NPY_ANYORDER);
    PyObject *out = NULL;
    if (shape && data)
        out = Py_BuildValue("O(O(n)y)(iOOOO)", reconstruct, (PyObject *)Py_TYPE(self),
                            (Py_ssize_t)0, "b", 1, shape, (PyObject *)PyArray_DESCR(self),
                            fortran ? Py_True : Py_False, data);
    Py_XDECREF(shape);
    Py_XDECREF(data);
    return out;
}

/* Whether the elements fill one run of memory, in some order of the axes; axes[i] says which axis
 * of that run (as a C-contiguous array of shape `dims`) is axis i of the array. */
static bool one_run(PyArrayObject *a, npy_intp *dims, int *axes)
{
    int perm[FNP_MAXDIMS], nd = PyArray_NDIM(a);
    npy_intp step = PyArray_ITEMSIZE(a);
    fnp_sce_order_axes(nd, PyArray_STRIDES(a), perm);
    for (int k = nd - 1; k >= 0; k--) {
        dims[k] = PyArray_DIM(a, perm[k]);
        axes[perm[k]] = k;
        if (PyArray_STRIDE(a, perm[k]) != step) return false;
        step *= dims[k];
    }
    return true;
}

/* Protocol 5 hands the memory itself to the pickler, if it is one run and holds no references.
 * NotImplemented if it is not. */
static PyObject *reduce_with_buffer(PyArrayObject *self)
{
    static PyObject *frombuffer;
    npy_intp dims[FNP_MAXDIMS];
    int axes[FNP_MAXDIMS], nd = PyArray_NDIM(self), back[FNP_MAXDIMS];
    bool c = PyArray_IS_C_CONTIGUOUS(self), f = PyArray_IS_F_CONTIGUOUS(self);
    if (!ext_import(&frombuffer, "_core.numeric", "_frombuffer")) return NULL;
    if (!c && !f && !one_run(self, dims, axes)) return Py_NewRef(Py_NotImplemented);
    PyObject *src = (PyObject *)self, *turned = NULL, *order = NULL;
    if (f && !c) {
        src = turned = PyArray_Transpose(self, NULL);
    } else if (!c) {
        npy_intp to[FNP_MAXDIMS];
        for (int i = 0; i < nd; i++) back[axes[i]] = i;
        for (int i = 0; i < nd; i++) to[i] = back[i];
        PyArray_Dims by = {to, nd};
        src = turned = PyArray_Transpose(self, &by);
        for (int i = 0; i < nd; i++) to[i] = axes[i];
        order = PyArray_IntTupleFromIntp(nd, to);
        if (!order) Py_CLEAR(src);
    }
    PyObject *buffer = src ? PyPickleBuffer_FromObject(src) : NULL, *shape = NULL, *out = NULL;
    if (buffer) shape = PyArray_IntTupleFromIntp(nd, order ? dims : PyArray_DIMS(self));
    if (shape && order)
        out = Py_BuildValue("O(OOOCO)", frombuffer, buffer, (PyObject *)PyArray_DESCR(self), shape,
                            'K', order);
    else if (shape)
        out = Py_BuildValue("O(OOOC)", frombuffer, buffer, (PyObject *)PyArray_DESCR(self), shape,
                            c ? 'C' : 'F');
    Py_XDECREF(turned);
    Py_XDECREF(order);
    Py_XDECREF(shape);
    Py_XDECREF(buffer);
    return out;
}

PyObject *ext_method_reduce_ex(PyArrayObject *self, PyObject *args)
{
    int protocol;
    if (!PyArg_ParseTuple(args, "i:__reduce_ex__", &protocol)) return NULL;
    PyArray_Descr *d = PyArray_DESCR(self);
    int plain = protocol < 5 || PyDataType_FLAGCHK(d, NPY_ITEM_HASOBJECT) ||
                (PyType_IsSubtype((PyTypeObject *)Py_TYPE(self), &PyArray_Type) &&
                 !PyArray_CheckExact(self)) ||
                PyDataType_ELSIZE(d) == 0 || !PyDataType_ISLEGACY(d);
    if (!plain) {
        PyObject *r = reduce_with_buffer(self);
        if (r && r != Py_NotImplemented) return r;
        Py_XDECREF(r);
        if (!r && !PyErr_ExceptionMatches(PyExc_ValueError)) return NULL;
        PyErr_Clear(); /* dates have no buffer format: their bytes travel in band */
    }
    return PyObject_CallMethod((PyObject *)self, "__reduce__", NULL);
}

enum { SMALL = 1000 };

/* Put a list of objects into a freshly made array. */
static int fill_from_list(PyArrayObject *self, PyObject *list)
{
    PyArrayIterObject *it = (PyArrayIterObject *)PyArray_IterNew((PyObject *)self);
    if (!it) return -1;
    Py_ssize_t n = PyList_GET_SIZE(list);
    if (n != it->size) {
        PyErr_SetString(PyExc_ValueError,
                        "list size in pickle does not match the shape of the array");
        Py_DECREF(it);
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        if (PyArray_SETITEM(self, it->dataptr, PyList_GET_ITEM(list, i)) < 0) {
            Py_DECREF(it);
            return -1;
        }
        PyArray_ITER_NEXT(it);
    }
    Py_DECREF(it);
    return 0;
}

/* Replace everything inside `self` by the contents of `fresh` (a plain array that owns its data).
 */
static int swap_contents(PyArrayObject *self, PyArrayObject *fresh)
{
    PyArrayObject_fields *f = (PyArrayObject_fields *)self, *g = (PyArrayObject_fields *)fresh;
    int nd = g->nd;
    npy_intp dims[FNP_MAXDIMS], strides[FNP_MAXDIMS];
    if (nd) {
        memcpy(dims, g->dimensions, (size_t)nd * sizeof *dims);
        memcpy(strides, g->strides, (size_t)nd * sizeof *dims);
    }
    int old_nd = f->nd;
    npy_intp old_dims[FNP_MAXDIMS];
    if (old_nd) memcpy(old_dims, f->dimensions, (size_t)old_nd * sizeof *dims);
    if (ext_array_set_ndim(self, nd) < 0 || ext_array_set_ndim(fresh, old_nd) < 0) return -1;
    if (nd) {
        memcpy(f->dimensions, dims, (size_t)nd * sizeof *dims);
        memcpy(f->strides, strides, (size_t)nd * sizeof *dims);
    }
    if (old_nd) {
        memcpy(g->dimensions, old_dims, (size_t)old_nd * sizeof *dims);
        fnp_sce_fill_strides(old_nd, old_dims, PyDataType_ELSIZE(f->descr), FNP_ORDER_C,
                             g->strides);
    }
#define SWAP(type, field)                                                                          \
    do {                                                                                           \
        type tmp_ = f->field;                                                                      \
        f->field = g->field;                                                                       \
        g->field = tmp_;                                                                           \
    } while (0)
    SWAP(char *, data);
    SWAP(PyObject *, base);
    SWAP(PyArray_Descr *, descr);
    SWAP(int, flags);
    SWAP(PyObject *, mem_handler);
#undef SWAP
    return 0;
}

/* Numbers of the other byte order become native ones; fields stay as they were pickled. */
static int make_native(PyArrayObject *fresh)
{
    PyArray_Descr *native = PyArray_DescrNewByteorder(PyArray_DESCR(fresh), NPY_NATIVE);
    if (!native) return -1;
    PyObject *same = PyArray_Byteswap(fresh, NPY_TRUE);
    if (!same) {
        Py_DECREF(native);
        return -1;
    }
    Py_DECREF(same);
    Py_SETREF(((PyArrayObject_fields *)fresh)->descr, native);
    return 0;
}

PyObject *ext_method_setstate(PyArrayObject *self, PyObject *args)
{
    int version = 1, fortran = 0;
    PyObject *shape, *raw, *descr, *result = NULL;
    PyObject *order;
    if (!PyArg_ParseTuple(args, "(iO!O!OO):__setstate__", &version, &PyTuple_Type, &shape,
                          &PyArrayDescr_Type, &descr, &order, &raw)) {
        PyErr_Clear();
        version = 0; /* very old pickles carry none */
        if (!PyArg_ParseTuple(args, "(O!O!OO):__setstate__", &PyTuple_Type, &shape,
                              &PyArrayDescr_Type, &descr, &order, &raw))
            return NULL;
    }
    fortran = PyObject_IsTrue(order);
    if (fortran < 0) return NULL;
    if (version != 0 && version != 1) {
        PyErr_Format(PyExc_ValueError, "can't handle version %d of numpy.ndarray pickle", version);
        return NULL;
    }
    npy_intp dims[FNP_MAXDIMS];
    int nd = PyArray_IntpFromSequence(shape, dims, FNP_MAXDIMS);
    if (nd < 0) return NULL;
    PyArray_Descr *d = (PyArray_Descr *)Py_NewRef(descr);
    npy_intp size = PyArray_OverflowMultiplyList(dims, nd), elsize = PyDataType_ELSIZE(d);
    PyObject *bytes = NULL;
    PyArrayObject *fresh = NULL;
    if (!PyDataType_FLAGCHK(d, NPY_LIST_PICKLE)) {
        if (PyUnicode_Check(raw)) {
            bytes = PyUnicode_AsLatin1String(raw); /* pickles written by Python 2 */
            if (!bytes) {
                Py_DECREF(d);
                return NULL;
            }
        } else if (PyBytes_Check(raw)) {
            bytes = Py_NewRef(raw);
        } else {
            PyErr_SetString(PyExc_TypeError, "pickle not returning string");
            Py_DECREF(d);
            return NULL;
        }
        npy_intp want;
        if (size < 0 || __builtin_mul_overflow(size, elsize, &want)) {
            Py_DECREF(bytes);
            Py_DECREF(d);
            return PyErr_NoMemory();
        }
        if (PyBytes_GET_SIZE(bytes) != want) {
            PyErr_SetString(PyExc_ValueError, "buffer size does not match array size");
            Py_DECREF(bytes);
            Py_DECREF(d);
            return NULL;
        }
    } else if (!PyList_Check(raw)) {
        PyErr_SetString(PyExc_TypeError, "object pickle not returning list");
        Py_DECREF(d);
        return NULL;
    }
    /* Larger ones stay in the bytes that the unpickler made; nobody else sees those. */
    bool in_place = bytes && PyBytes_GET_SIZE(bytes) > SMALL && PyArray_ISNBO(d->byteorder) &&
                    (uintptr_t)PyBytes_AS_STRING(bytes) % (size_t)PyDataType_ALIGNMENT(d) == 0;
    int flags = fortran ? NPY_ARRAY_F_CONTIGUOUS : 0;
    fresh = (PyArrayObject *)ext_array_new(
        &PyArray_Type, d, nd, dims, NULL, in_place ? PyBytes_AS_STRING(bytes) : NULL,
        in_place ? flags | NPY_ARRAY_WRITEABLE : flags, NULL, in_place ? bytes : NULL,
        EXT_NEW_KEEP_EMPTY | EXT_NEW_KEEP_SUBARRAY);
    if (!fresh) goto done;
    if (in_place) {
        /* it has them */
    } else if (bytes) {
        memcpy(PyArray_DATA(fresh), PyBytes_AS_STRING(bytes), (size_t)PyBytes_GET_SIZE(bytes));
        if (PyArray_ISBYTESWAPPED(fresh) && make_native(fresh) < 0) goto done;
    } else if (fill_from_list(fresh, raw) < 0) {
        goto done;
    }
    if (swap_contents(self, fresh) < 0) goto done;
    result = Py_NewRef(Py_None);
done:
    Py_XDECREF(bytes);
    Py_XDECREF(fresh);
    return result;
}

static PyObject *reconstruct(PyObject *self, PyObject *args)
{
    PyTypeObject *subtype;
    PyArray_Dims shape = {NULL, 0};
    PyArray_Descr *dtype = NULL;
    if (!PyArg_ParseTuple(args, "O!O&O&:_reconstruct", &PyType_Type, &subtype,
                          PyArray_IntpConverter, &shape, PyArray_DescrConverter, &dtype)) {
        PyDimMem_FREE(shape.ptr);
        Py_XDECREF(dtype);
        return NULL;
    }
    PyObject *a = NULL;
    if (!PyType_IsSubtype(subtype, &PyArray_Type)) {
        PyErr_SetString(PyExc_TypeError,
                        "_reconstruct: First argument must be a sub-type of ndarray");
        Py_DECREF(dtype);
    } else {
        a = PyArray_NewFromDescr(subtype, dtype, shape.len, shape.ptr, NULL, NULL, 0, NULL);
    }
    PyDimMem_FREE(shape.ptr);
    return a;
}

static PyMethodDef functions[] = {
    {"_reconstruct", reconstruct, METH_VARARGS,
     "_reconstruct(subtype, shape, dtype)\n\nAn empty array, to be filled by __setstate__."},
    {NULL}};

int ext_init_array_pickle(PyObject *m)
{
    return ext_add_functions(m, functions);
}
