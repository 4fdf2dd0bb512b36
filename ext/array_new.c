/* Making and unmaking ndarray objects.
 *
 * An exact ndarray is one fixed-size block: the ABI struct, then room for INLINE_DIMS dimensions
 * and strides, recycled through a free list. Subclasses get their block from tp_alloc, dimensions
 * and strides from a block of their own. */
#include "alloc.h"
#include "array.h"

#include "fnp/sce.h"

#include <stdlib.h>
#include <string.h>

enum { INLINE_DIMS = 4, FREE_MAX = 64 };

typedef struct {
    PyArrayObject_fields fields;
    npy_intp dims[2 * INLINE_DIMS];
} array_block;

static array_block *free_blocks[FREE_MAX];
static int n_free_blocks;

static inline PyArrayObject_fields *fields_of(PyArrayObject *a)
{
    return (PyArrayObject_fields *)a;
}

static inline npy_intp *inline_dims(PyArrayObject_fields *f)
{
    return Py_IS_TYPE(f, &PyArray_Type) ? ((array_block *)f)->dims : NULL;
}

static PyArrayObject_fields *alloc_object(PyTypeObject *type)
{
    if (type != &PyArray_Type) return (PyArrayObject_fields *)type->tp_alloc(type, 0);
    array_block *b;
    if (n_free_blocks > 0) {
        b = free_blocks[--n_free_blocks];
    } else {
        b = PyObject_Malloc(sizeof *b);
        if (!b) return (PyArrayObject_fields *)PyErr_NoMemory();
    }
    PyObject_Init((PyObject *)b, type);
    return &b->fields;
}

int ext_array_set_ndim(PyArrayObject *a, int nd)
{
    PyArrayObject_fields *f = fields_of(a);
    npy_intp *room = inline_dims(f), *dims;
    if (nd == 0) {
        dims = room;
    } else if (room && nd <= INLINE_DIMS) {
        dims = room;
    } else {
        dims = PyMem_Malloc(2 * (size_t)nd * sizeof *dims);
        if (!dims) {
            PyErr_NoMemory();
            return -1;
        }
    }
    if (f->dimensions && f->dimensions != room) PyMem_Free(f->dimensions);
    f->dimensions = dims;
    f->strides = dims ? dims + nd : NULL;
    f->nd = nd;
    return 0;
}

static PyObject *raise_no_memory(int nd, npy_intp const *dims, PyArray_Descr *descr)
{
    static PyObject *cls;
    if (!ext_import(&cls, "_core._exceptions", "_ArrayMemoryError")) {
        PyErr_Clear();
        return PyErr_NoMemory();
    }
    PyObject *shape = PyArray_IntTupleFromIntp(nd, dims);
    if (!shape) return NULL;
    PyObject *args = Py_BuildValue("(NO)", shape, descr);
    if (args) PyErr_SetObject(cls, args);
    Py_XDECREF(args);
    return NULL;
}

/* Dimensions of a subarray dtype go behind those asked for; descr (owned) is replaced by its base.
 */
static int absorb_subarray(PyArray_Descr **descr, int *nd, npy_intp *dims, npy_intp *strides,
                           int have_strides)
{
    PyArray_ArrayDescr *sub = PyDataType_SUBARRAY(*descr);
    PyArray_Descr *base = sub->base;
    PyObject *shape = sub->shape;
    int extra = PyTuple_Check(shape) ? (int)PyTuple_GET_SIZE(shape) : 1;
    int old = *nd;
    EXT_TRY(fnp_sce_check_ndim((fnp_intp)old + extra, err), -1);
    for (int i = 0; i < extra; i++) {
        PyObject *d = PyTuple_Check(shape) ? PyTuple_GET_ITEM(shape, i) : shape;
        dims[old + i] = PyLong_AsSsize_t(d);
    }
    *nd = old + extra;
    if (have_strides) {
        npy_intp step = PyDataType_ELSIZE(base);
        for (int i = *nd - 1; i >= old; i--) {
            strides[i] = step;
            step *= dims[i];
        }
    }
    Py_INCREF(base);
    Py_SETREF(*descr, base);
    return 0;
}

/* S and U without a length hold one character where elements are to be made. */
static int give_length(PyArray_Descr **descr)
{
    int t = (*descr)->type_num;
    if (PyDataType_ELSIZE(*descr) != 0 || (t != NPY_STRING && t != NPY_UNICODE)) return 0;
    PyArray_Descr *d = PyArray_DescrNew(*descr);
    if (!d) return -1;
    PyDataType_SET_ELSIZE(d, t == NPY_STRING ? 1 : 4);
    Py_SETREF(*descr, d);
    return 0;
}

static int call_finalize(PyObject *self, PyTypeObject *type, PyObject *obj)
{
    static PyObject *name;
    if (!name && !(name = PyUnicode_InternFromString("__array_finalize__"))) return -1;
    /* Of the class: what an instance would make of it does not count. */
    PyObject *func = PyObject_GetAttr((PyObject *)type, name);
    if (!func) return -1;
    if (func == Py_None ||
        (Py_IS_TYPE(func, &PyMethodDescr_Type) &&
         ((PyMethodDescrObject *)func)->d_method->ml_meth == (PyCFunction)ext_array_finalize)) {
        Py_DECREF(func); /* ndarray's own does nothing */
        return 0;
    }
    PyObject *r = PyObject_CallFunctionObjArgs(func, self, obj ? obj : Py_None, NULL);
    Py_DECREF(func);
    if (!r) return -1;
    Py_DECREF(r);
    return 0;
}

/* Whether elements are bytes of a fixed number, of one of our own types. */
static inline bool is_plain(PyArray_Descr *d)
{
    unsigned num = (unsigned)d->type_num;
    if ((num <= NPY_CLONGDOUBLE || num == NPY_HALF) && d == ext_builtin_descrs[num]) return true;
    return num < NPY_NTYPES_LEGACY && d->elsize > 0 && (num != NPY_VOID || !PyDataType_SUBARRAY(d));
}

/* The short way to an exact array of a plain type, of few dimensions, in new memory in C order (or
 * Fortran's, where that is the same or `fortran` is set). NULL without an exception: not for it. */
static PyObject *new_plain(PyArray_Descr *descr, int nd, npy_intp const *dims, bool fortran,
                           bool zeroed)
{
    npy_intp elsize = descr->elsize, nbytes = elsize;
    int longer = 0;
    for (int i = 0; i < nd; i++) {
        if (dims[i] <= 0 || __builtin_mul_overflow(nbytes, dims[i], &nbytes)) return NULL;
        longer += dims[i] > 1;
    }
    PyArrayObject_fields *f = alloc_object(&PyArray_Type);
    if (!f) return NULL;
    npy_intp *own = ((array_block *)f)->dims, *strides = own + nd, step = elsize;
    f->nd = nd;
    f->dimensions = nd ? own : NULL;
    f->strides = nd ? strides : NULL;
    f->base = NULL;
    f->descr = descr; /* the caller's reference, once nothing can fail */
    f->weakreflist = NULL;
    f->_buffer_info = NULL;
    f->data = NULL;
    f->flags = NPY_ARRAY_ALIGNED | NPY_ARRAY_WRITEABLE;
    for (int k = 0; k < nd; k++) {
        int i = fortran ? k : nd - 1 - k;
        own[i] = dims[i];
        strides[i] = step;
        step *= dims[i];
    }
    if (longer <= 1)
        f->flags |= NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_F_CONTIGUOUS;
    else
        f->flags |= fortran ? NPY_ARRAY_F_CONTIGUOUS : NPY_ARRAY_C_CONTIGUOUS;
    f->mem_handler = PyDataMem_GetHandler();
    if (f->mem_handler)
        f->data = zeroed ? ext_data_new_zeroed((size_t)nbytes, 1, f->mem_handler)
                         : ext_data_new((size_t)nbytes, f->mem_handler);
    if (!f->data) {
        if (!PyErr_Occurred()) raise_no_memory(nd, dims, descr);
        Py_INCREF(descr); /* the array lets go of one */
        Py_DECREF(f);
        return NULL;
    }
    f->flags |= NPY_ARRAY_OWNDATA;
    return (PyObject *)f;
}

/* The same for a view of memory that is there. */
static PyObject *view_plain(PyArray_Descr *descr, int nd, npy_intp const *dims,
                            npy_intp const *strides, void *data, int flags, PyObject *base)
{
    npy_intp elsize = descr->elsize, c = elsize, f_step = elsize, bits = (npy_intp)data;
    bool c_order = true, f_order = true;
    for (int i = nd - 1; i >= 0; i--) {
        if (dims[i] <= 0 || dims[i] > (npy_intp)1 << 31) return NULL;
        if (dims[i] == 1) continue;
        c_order &= strides[i] == c;
        c *= dims[i];
        if (c < 0 || c > (npy_intp)1 << 31) return NULL;
        bits |= strides[i];
    }
    for (int i = 0; i < nd; i++) {
        if (dims[i] == 1) continue;
        f_order &= strides[i] == f_step;
        f_step *= dims[i];
    }
    PyArrayObject_fields *f = alloc_object(&PyArray_Type);
    if (!f) return NULL;
    npy_intp *own = ((array_block *)f)->dims;
    f->nd = nd;
    f->dimensions = nd ? own : NULL;
    f->strides = nd ? own + nd : NULL;
    for (int i = 0; i < nd; i++) {
        own[i] = dims[i];
        own[nd + i] = strides[i];
    }
    f->base = NULL;
    f->descr = descr; /* the caller's reference, once nothing can fail */
    f->weakreflist = NULL;
    f->_buffer_info = NULL;
    f->mem_handler = NULL;
    f->data = data;
    f->flags = flags & ~(NPY_ARRAY_OWNDATA | NPY_ARRAY_WRITEBACKIFCOPY | NPY_ARRAY_C_CONTIGUOUS |
                         NPY_ARRAY_F_CONTIGUOUS | NPY_ARRAY_ALIGNED);
    if (c_order) f->flags |= NPY_ARRAY_C_CONTIGUOUS;
    if (f_order) f->flags |= NPY_ARRAY_F_CONTIGUOUS;
    if (bits % descr->alignment == 0) f->flags |= NPY_ARRAY_ALIGNED;
    if (base) {
        Py_INCREF(base);
        if (PyArray_SetBaseObject((PyArrayObject *)f, base) < 0) {
            Py_INCREF(descr); /* the array lets go of one */
            Py_DECREF(f);
            return NULL;
        }
    }
    return (PyObject *)f;
}

static bool is_empty(int nd, npy_intp const *dims)
{
    for (int i = 0; i < nd; i++)
        if (dims[i] == 0) return true;
    return false;
}

PyObject *ext_array_new(PyTypeObject *type, PyArray_Descr *descr, int nd, npy_intp const *dims,
                        npy_intp const *strides, void *data, int flags, PyObject *obj,
                        PyObject *base, int how)
{
    if (type == &PyArray_Type && data && (strides || nd == 0) && (unsigned)nd <= INLINE_DIMS &&
        descr && is_plain(descr)) {
        PyObject *r = view_plain(descr, nd, dims, strides, data, flags, base);
        if (r) return r;
        if (PyErr_Occurred()) {
            Py_DECREF(descr);
            return NULL;
        }
    }
    if (type == &PyArray_Type && !data && !strides && !base && (unsigned)nd <= INLINE_DIMS &&
        descr && is_plain(descr)) {
        bool zeroed = (how & EXT_NEW_ZEROED) || (descr->flags & NPY_NEEDS_INIT);
        PyObject *r = new_plain(descr, nd, dims, nd > 1 && flags, zeroed);
        if (r) return r;
        if (PyErr_Occurred()) {
            Py_DECREF(descr);
            return NULL;
        }
    }
    npy_intp dims_buf[FNP_MAXDIMS], strides_buf[FNP_MAXDIMS];
    if (!descr) {
        if (!PyErr_Occurred()) PyErr_SetString(PyExc_SystemError, "no descriptor given");
        return NULL;
    }
    if (strides && !data && is_empty(nd, dims)) strides = NULL; /* new and empty: all zero */
    if (nd < 0 || nd > FNP_MAXDIMS) {
        PyErr_Format(PyExc_ValueError, "number of dimensions must be within [0, %d]", FNP_MAXDIMS);
        Py_DECREF(descr);
        return NULL;
    }
    if (PyDataType_ISLEGACY(descr) && PyDataType_SUBARRAY(descr) &&
        !(how & EXT_NEW_KEEP_SUBARRAY)) {
        if (nd) memcpy(dims_buf, dims, (size_t)nd * sizeof *dims);
        if (strides && nd) memcpy(strides_buf, strides, (size_t)nd * sizeof *dims);
        while (PyDataType_ISLEGACY(descr) && PyDataType_SUBARRAY(descr)) {
            if (absorb_subarray(&descr, &nd, dims_buf, strides_buf, strides != NULL) < 0) {
                Py_DECREF(descr);
                return NULL;
            }
        }
        dims = dims_buf;
        if (strides) strides = strides_buf;
    }
    if (!data && !(how & EXT_NEW_KEEP_EMPTY) && PyDataType_ELSIZE(descr) == 0 &&
        give_length(&descr) < 0) {
        Py_DECREF(descr);
        return NULL;
    }
    npy_intp elsize = PyDataType_ELSIZE(descr), size = 1, nbytes;
    EXT_ERROR(err);
    fnp_status st = fnp_sce_nbytes(nd, dims, elsize, &size, &nbytes, &err);
    if (st) {
        Py_DECREF(descr);
        return ext_raise(st, &err);
    }

    PyArrayObject_fields *f = alloc_object(type);
    if (!f) {
        Py_DECREF(descr);
        return NULL;
    }
    f->data = NULL;
    f->nd = 0;
    f->dimensions = f->strides = NULL;
    f->base = NULL;
    f->descr = descr;
    f->flags = 0;
    f->weakreflist = NULL;
    f->_buffer_info = NULL;
    f->mem_handler = NULL;
    PyArrayObject *self = (PyArrayObject *)f;
    if (ext_array_set_ndim(self, nd) < 0) goto fail;
    if (nd) memcpy(f->dimensions, dims, (size_t)nd * sizeof *dims);

    /* Without data any flag at all asks for Fortran order; with data the F flag does. */
    int fortran =
        nd > 1 &&
        (data ? (flags & NPY_ARRAY_F_CONTIGUOUS) && !(flags & NPY_ARRAY_C_CONTIGUOUS) : flags != 0);
    if (strides) {
        if (nd) memcpy(f->strides, strides, (size_t)nd * sizeof *strides);
    } else {
        fnp_sce_fill_strides(nd, dims, elsize, fortran ? FNP_ORDER_F : FNP_ORDER_C, f->strides);
    }

    if (data) {
        f->data = data;
        f->flags = flags & ~(NPY_ARRAY_OWNDATA | NPY_ARRAY_WRITEBACKIFCOPY);
    } else {
        f->mem_handler = PyDataMem_GetHandler();
        if (!f->mem_handler) goto fail;
        npy_intp room = nbytes ? nbytes : (elsize ? elsize : 1);
        int zero = (how & EXT_NEW_ZEROED) || (PyDataType_FLAGS(descr) & NPY_NEEDS_INIT);
        f->data = zero ? ext_data_new_zeroed((size_t)room, 1, f->mem_handler)
                       : ext_data_new((size_t)room, f->mem_handler);
        if (!f->data) {
            if (!PyErr_Occurred()) raise_no_memory(nd, dims, descr);
            goto fail;
        }
        f->flags = NPY_ARRAY_OWNDATA | NPY_ARRAY_WRITEABLE;
    }
    f->flags &= ~(NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_F_CONTIGUOUS | NPY_ARRAY_ALIGNED);
    PyArray_UpdateFlags(self, NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_F_CONTIGUOUS | NPY_ARRAY_ALIGNED);
    if (base) {
        Py_INCREF(base);
        if (PyArray_SetBaseObject(self, base) < 0) goto fail;
    }
    if (type != &PyArray_Type && !(how & EXT_NEW_NO_FINALIZE) &&
        call_finalize((PyObject *)self, type, obj) < 0)
        goto fail;
    return (PyObject *)self;

fail:
    Py_DECREF(self);
    return NULL;
}

/* The short way for results: an exact array shaped and ordered as `model`, an exact, contiguous
 * array of few dimensions; `descr` (borrowed) is a built-in number type of the model's element
 * size, or the model is C-contiguous. */
PyArrayObject *ext_array_like(PyArrayObject *model, PyArray_Descr *descr)
{
    int nd = PyArray_NDIM(model);
    npy_intp elsize = PyDataType_ELSIZE(descr), nbytes = elsize;
    if (nd > INLINE_DIMS) {
        Py_INCREF(descr);
        return (PyArrayObject *)ext_array_new(&PyArray_Type, descr, nd, PyArray_DIMS(model), NULL,
                                              NULL, 0, NULL, NULL, 0);
    }
    PyArrayObject_fields *f = alloc_object(&PyArray_Type);
    if (!f) return NULL;
    npy_intp *dims = ((array_block *)f)->dims, *strides = dims + nd;
    f->nd = nd;
    f->dimensions = nd ? dims : NULL;
    f->strides = nd ? strides : NULL;
    f->base = NULL;
    Py_INCREF(descr);
    f->descr = descr;
    f->weakreflist = NULL;
    f->_buffer_info = NULL;
    f->flags = (PyArray_FLAGS(model) & (NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_F_CONTIGUOUS)) |
               NPY_ARRAY_ALIGNED | NPY_ARRAY_WRITEABLE;
    bool same = elsize == PyArray_ITEMSIZE(model);
    for (int i = nd - 1; i >= 0; i--) {
        dims[i] = PyArray_DIM(model, i);
        strides[i] = same ? PyArray_STRIDE(model, i) : nbytes;
        if (__builtin_mul_overflow(nbytes, dims[i], &nbytes)) nbytes = -1;
    }
    f->data = NULL;
    f->mem_handler = PyDataMem_GetHandler();
    if (nbytes == 0)
        for (int i = 0; i < nd; i++) strides[i] = 0; /* new and empty: all zero */
    if (nbytes >= 0 && f->mem_handler)
        f->data = ext_data_new((size_t)(nbytes ? nbytes : elsize ? elsize : 1), f->mem_handler);
    if (!f->data) {
        if (!PyErr_Occurred()) raise_no_memory(nd, dims, descr);
        Py_DECREF(f);
        return NULL;
    }
    f->flags |= NPY_ARRAY_OWNDATA;
    return (PyArrayObject *)f;
}

/* The short way for slices: n elements of an exact, aligned line, from `data` on. */
PyObject *ext_array_line(PyArrayObject *whole, char *data, npy_intp n, npy_intp stride)
{
    PyArrayObject_fields *f = alloc_object(&PyArray_Type);
    if (!f) return NULL;
    npy_intp *dims = ((array_block *)f)->dims;
    dims[0] = n;
    dims[1] = stride;
    f->nd = 1;
    f->dimensions = dims;
    f->strides = dims + 1;
    f->data = data;
    Py_INCREF(PyArray_DESCR(whole));
    f->descr = PyArray_DESCR(whole);
    f->weakreflist = NULL;
    f->_buffer_info = NULL;
    f->mem_handler = NULL;
    f->flags = PyArray_FLAGS(whole) & (NPY_ARRAY_ALIGNED | NPY_ARRAY_WRITEABLE);
    if (n <= 1 || stride == PyArray_ITEMSIZE(whole))
        f->flags |= NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_F_CONTIGUOUS;
    PyObject *owner = (PyObject *)whole;
    while (PyArray_CheckExact(owner) && !(PyArray_FLAGS((PyArrayObject *)owner) &
                                          (NPY_ARRAY_OWNDATA | NPY_ARRAY_WRITEBACKIFCOPY))) {
        PyObject *next = PyArray_BASE((PyArrayObject *)owner);
        if (!next || !PyArray_CheckExact(next)) break;
        owner = next;
    }
    f->base = Py_NewRef(owner);
    return (PyObject *)f;
}

PyObject *PyArray_NewFromDescr(PyTypeObject *type, PyArray_Descr *descr, int nd,
                               npy_intp const *dims, npy_intp const *strides, void *data, int flags,
                               PyObject *obj)
{
    if (type == NULL) {
        PyErr_SetString(PyExc_ValueError, "subtype is NULL in PyArray_NewFromDescr");
        return NULL;
    }
    return ext_array_new(type, descr, nd, dims, strides, data, flags, obj, NULL, 0);
}

PyObject *ext_new_view(PyTypeObject *type, PyArray_Descr *descr, int nd, npy_intp const *dims,
                       npy_intp const *strides, void *data, int flags, PyArrayObject *base)
{
    return ext_array_new(type, descr, nd, dims, strides, data, flags & ~NPY_ARRAY_WRITEBACKIFCOPY,
                         (PyObject *)base, (PyObject *)base, 0);
}

PyObject *PyArray_New(PyTypeObject *type, int nd, npy_intp const *dims, int type_num,
                      npy_intp const *strides, void *data, int itemsize, int flags, PyObject *obj)
{
    PyArray_Descr *descr = PyArray_DescrFromType(type_num);
    if (!descr) return NULL;
    if (PyDataType_ELSIZE(descr) == 0) {
        if (itemsize < 1) {
            PyErr_SetString(PyExc_ValueError, "data type must provide an itemsize");
            Py_DECREF(descr);
            return NULL;
        }
        PyArray_Descr *sized = PyArray_DescrNew(descr);
        Py_DECREF(descr);
        if (!sized) return NULL;
        PyDataType_SET_ELSIZE(sized, itemsize);
        descr = sized;
    }
    return PyArray_NewFromDescr(type, descr, nd, dims, strides, data, flags, obj);
}

PyObject *ext_array_new_like(PyArrayObject *proto, NPY_ORDER order, PyArray_Descr *descr, int nd,
                             npy_intp const *dims, int subok, int how)
{
    npy_intp strides[FNP_MAXDIMS];
    if (!descr) descr = (PyArray_Descr *)Py_NewRef(PyArray_DESCR(proto));
    if (!dims) {
        nd = PyArray_NDIM(proto);
        dims = PyArray_DIMS(proto);
    }
    PyTypeObject *type = subok ? Py_TYPE(proto) : &PyArray_Type;
    PyObject *obj = subok ? (PyObject *)proto : NULL;
    if (order == NPY_ANYORDER)
        order = PyArray_IS_F_CONTIGUOUS(proto) && !PyArray_IS_C_CONTIGUOUS(proto) ? NPY_FORTRANORDER
                                                                                  : NPY_CORDER;
    if (order == NPY_KEEPORDER &&
        (PyArray_IS_C_CONTIGUOUS(proto) || nd <= 1 || nd != PyArray_NDIM(proto)))
        order = NPY_CORDER;
    if (order == NPY_KEEPORDER && PyArray_IS_F_CONTIGUOUS(proto)) order = NPY_FORTRANORDER;
    if (order != NPY_KEEPORDER)
        return ext_array_new(type, descr, nd, dims, NULL, NULL,
                             order == NPY_FORTRANORDER ? NPY_ARRAY_F_CONTIGUOUS : 0, obj, NULL,
                             how);
    if (give_length(&descr) < 0) {
        Py_DECREF(descr);
        return NULL;
    }
    fnp_sce_fill_strides_like(nd, dims, PyDataType_ELSIZE(descr), FNP_ORDER_K, PyArray_DIMS(proto),
                              PyArray_STRIDES(proto), PyArray_ITEMSIZE(proto), strides);
    int subarray = PyDataType_ISLEGACY(descr) && PyDataType_SUBARRAY(descr) != NULL;
    return ext_array_new(type, descr, nd, dims, subarray ? NULL : strides, NULL, 0, obj, NULL, how);
}

PyObject *PyArray_NewLikeArray(PyArrayObject *prototype, NPY_ORDER order, PyArray_Descr *descr,
                               int subok)
{
    return ext_array_new_like(prototype, order, descr, -1, NULL, subok, 0);
}

PyObject *PyArray_Empty(int nd, npy_intp const *dims, PyArray_Descr *type, int fortran)
{
    if (!type) type = PyArray_DescrFromType(NPY_DEFAULT_TYPE);
    return ext_array_fill_none(ext_array_new(&PyArray_Type, type, nd, dims, NULL, NULL,
                                             fortran ? NPY_ARRAY_F_CONTIGUOUS : 0, NULL, NULL, 0));
}

int ext_array_fill_zero(PyArrayObject *a)
{
    if (!(PyDataType_FLAGS(PyArray_DESCR(a)) & (NPY_ITEM_REFCOUNT | NPY_NEEDS_INIT))) return 0;
    fnp_view v;
    fnp_dtype scratch;
    if (ext_view(a, &v, &scratch) < 0) return -1;
    if (!fnp_dtype_has_ref(v.dtype)) return 0; /* the memory is zeroed already */
    EXT_TRY(fnp_fill_zero(&v, err), -1);
    return 0;
}

PyObject *PyArray_Zeros(int nd, npy_intp const *dims, PyArray_Descr *type, int fortran)
{
    if (!type) type = PyArray_DescrFromType(NPY_DEFAULT_TYPE);
    PyObject *a = ext_array_new(&PyArray_Type, type, nd, dims, NULL, NULL,
                                fortran ? NPY_ARRAY_F_CONTIGUOUS : 0, NULL, NULL, EXT_NEW_ZEROED);
    if (a && ext_array_fill_zero((PyArrayObject *)a) < 0) Py_CLEAR(a);
    return a;
}

/* A short C-contiguous array of bytes or of object pointers. */
static bool copies_quickly(PyArrayObject *a, NPY_ORDER order)
{
    PyArray_Descr *d = PyArray_DESCR(a);
    bool same_order = (PyArray_IS_C_CONTIGUOUS(a) && order != NPY_FORTRANORDER) ||
                      (PyArray_IS_F_CONTIGUOUS(a) && order != NPY_CORDER);
    return PyArray_CheckExact(a) && same_order && is_plain(d) && d->type_num != NPY_VOID &&
           PyArray_NDIM(a) <= INLINE_DIMS && PyArray_NBYTES(a) <= 1 << 16;
}

PyObject *PyArray_NewCopy(PyArrayObject *a, NPY_ORDER order)
{
    if (copies_quickly(a, order)) {
        PyArrayObject *r = ext_array_like(a, PyArray_DESCR(a));
        if (!r) return NULL;
        memcpy(PyArray_DATA(r), PyArray_DATA(a), (size_t)PyArray_NBYTES(a));
        if (PyArray_TYPE(a) == NPY_OBJECT) {
            npy_intp n = PyArray_NBYTES(a) / (npy_intp)sizeof(PyObject *);
            char *p = PyArray_DATA(r);
            for (PyObject *o; n-- > 0; p += sizeof o) {
                memcpy(&o, p, sizeof o);
                Py_XINCREF(o);
            }
        }
        return (PyObject *)r;
    }
    PyObject *copy = PyArray_NewLikeArray(a, order, NULL, 1);
    if (copy && ext_assign_array((PyArrayObject *)copy, a, NULL) < 0) Py_CLEAR(copy);
    return copy;
}

int ext_view(PyArrayObject *a, fnp_view *view, fnp_dtype *scratch)
{
    const fnp_dtype *dt = ext_descr_core(PyArray_DESCR(a), scratch);
    if (!dt) return -1;
    view->data = PyArray_BYTES(a);
    view->ndim = PyArray_NDIM(a);
    view->flags = ((PyArray_FLAGS(a) & NPY_ARRAY_WRITEABLE) ? FNP_VIEW_WRITEABLE : 0u) |
                  ((PyArray_FLAGS(a) & NPY_ARRAY_ALIGNED) ? FNP_VIEW_ALIGNED : 0u);
    view->shape = PyArray_DIMS(a);
    view->strides = PyArray_STRIDES(a);
    view->dtype = dt;
    return 0;
}

/* ---- base objects, flags
 * --------------------------------------------------------------------------- */

int PyArray_SetBaseObject(PyArrayObject *arr, PyObject *obj)
{
    PyArrayObject_fields *f = fields_of(arr);
    if (!obj) {
        PyErr_SetString(
            PyExc_ValueError,
            "Cannot set the NumPy array 'base' dependency to NULL after initialization");
        return -1;
    }
    if (f->base) {
        Py_DECREF(obj);
        PyErr_SetString(PyExc_ValueError,
                        "Cannot set the NumPy array 'base' dependency more than once");
        return -1;
    }
    /* Chains of views collapse to the owner, as long as no subclass is skipped. */
    while (PyArray_Check(obj)) {
        PyArrayObject *owner = (PyArrayObject *)obj;
        if (owner == arr) {
            Py_DECREF(obj);
            PyErr_SetString(PyExc_ValueError,
                            "Cannot create a circular NumPy array 'base' dependency");
            return -1;
        }
        if (PyArray_CHKFLAGS(owner, NPY_ARRAY_OWNDATA) ||
            PyArray_CHKFLAGS(owner, NPY_ARRAY_WRITEBACKIFCOPY))
            break;
        if (f->flags & NPY_ARRAY_WARN_ON_WRITE) break;
        PyObject *next = PyArray_BASE(owner);
        if (!next || Py_TYPE(next) != Py_TYPE(arr)) break;
        Py_INCREF(next);
        Py_SETREF(obj, next);
    }
    f->base = obj;
    return 0;
}

void PyArray_UpdateFlags(PyArrayObject *a, int mask)
{
    PyArrayObject_fields *f = fields_of(a);
    npy_intp elsize = PyDataType_ELSIZE(f->descr);
    if (mask & (NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_F_CONTIGUOUS)) {
        int c = fnp_sce_is_c_contiguous(f->nd, f->dimensions, f->strides, elsize);
        int fo = f->nd <= 1 ? c : fnp_sce_is_f_contiguous(f->nd, f->dimensions, f->strides, elsize);
        f->flags &= ~(NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_F_CONTIGUOUS);
        f->flags |= (c ? NPY_ARRAY_C_CONTIGUOUS : 0) | (fo ? NPY_ARRAY_F_CONTIGUOUS : 0);
    }
    if (mask & NPY_ARRAY_ALIGNED) {
        npy_intp align = PyDataType_ALIGNMENT(f->descr);
        int ok = align <= 1 ||
                 fnp_sce_is_aligned((uintptr_t)f->data, f->nd, f->dimensions, f->strides, align);
        f->flags = ok ? f->flags | NPY_ARRAY_ALIGNED : f->flags & ~NPY_ARRAY_ALIGNED;
    }
    if ((mask & NPY_ARRAY_WRITEABLE) && ext_array_may_write(a)) f->flags |= NPY_ARRAY_WRITEABLE;
}

/* Whether WRITEABLE may be set: the memory is its own, or the last owner in the chain of bases is
 * writeable. */
int ext_array_may_write(PyArrayObject *a)
{
    if (!PyArray_BASE(a) || PyArray_CHKFLAGS(a, NPY_ARRAY_OWNDATA)) {
        return PyArray_BASE(a) != NULL || PyArray_CHKFLAGS(a, NPY_ARRAY_OWNDATA) ||
               PyArray_ISWRITEABLE(a);
    }
    PyObject *base = PyArray_BASE(a);
    while (PyArray_Check(base)) {
        PyArrayObject *b = (PyArrayObject *)base;
        if (PyArray_ISWRITEABLE(b)) return 1;
        if (PyArray_CHKFLAGS(b, NPY_ARRAY_OWNDATA) || !PyArray_BASE(b)) return 0;
        base = PyArray_BASE(b);
    }
    Py_buffer view;
    if (PyObject_GetBuffer(base, &view, PyBUF_WRITABLE | PyBUF_SIMPLE) < 0) {
        PyErr_Clear();
        return 0;
    }
    PyBuffer_Release(&view);
    return 1;
}

/* ---- write-back copies
 * ----------------------------------------------------------------------------- */

int PyArray_SetWritebackIfCopyBase(PyArrayObject *arr, PyArrayObject *base)
{
    PyArrayObject_fields *f = fields_of(arr);
    if (!base) {
        PyErr_SetString(PyExc_ValueError, "Cannot WRITEBACKIFCOPY to NULL array");
        return -1;
    }
    if (f->base) {
        PyErr_SetString(PyExc_ValueError, "Cannot set array with existing base to WRITEBACKIFCOPY");
        Py_DECREF(base);
        return -1;
    }
    if (PyArray_FailUnlessWriteable(base, "WRITEBACKIFCOPY base") < 0) {
        Py_DECREF(base);
        return -1;
    }
    f->base = (PyObject *)base; /* not collapsed: the copy goes back to this very view */
    f->flags |= NPY_ARRAY_WRITEBACKIFCOPY;
    PyArray_CLEARFLAGS(base, NPY_ARRAY_WRITEABLE);
    return 0;
}

int PyArray_ResolveWritebackIfCopy(PyArrayObject *self)
{
    PyArrayObject_fields *f = fields_of(self);
    if (!f || !f->base || !(f->flags & NPY_ARRAY_WRITEBACKIFCOPY)) return 0;
    PyArrayObject *base = (PyArrayObject *)f->base;
    f->flags &= ~NPY_ARRAY_WRITEBACKIFCOPY;
    f->base = NULL;
    PyArray_ENABLEFLAGS(base, NPY_ARRAY_WRITEABLE);
    int r = PyArray_CopyAnyInto(base, self);
    Py_DECREF(base);
    return r < 0 ? -1 : 1;
}

void PyArray_DiscardWritebackIfCopy_(PyArrayObject *self)
{
    PyArrayObject_fields *f = fields_of(self);
    if (f->base && (f->flags & NPY_ARRAY_WRITEBACKIFCOPY)) {
        PyArray_ENABLEFLAGS((PyArrayObject *)f->base, NPY_ARRAY_WRITEABLE);
        f->flags &= ~NPY_ARRAY_WRITEBACKIFCOPY;
        Py_CLEAR(f->base);
    }
}

int PyArray_FailUnlessWriteable(PyArrayObject *obj, const char *name)
{
    if (!PyArray_ISWRITEABLE(obj)) {
        PyErr_Format(PyExc_ValueError, "%s is read-only", name);
        return -1;
    }
    if (PyArray_FLAGS(obj) & NPY_ARRAY_WARN_ON_WRITE) {
        if (PyErr_WarnEx(PyExc_DeprecationWarning,
                         "Numpy has detected that you (may be) writing to an array with\n"
                         "overlapping memory from np.broadcast_arrays. If this is intentional\n"
                         "set the WRITEABLE flag True or make a copy immediately before writing.",
                         1) < 0)
            return -1;
        PyArray_CLEARFLAGS(obj, NPY_ARRAY_WARN_ON_WRITE);
    }
    return 0;
}

/* ---- the end
 * ------------------------------------------------------------------------------------------ */

static void clear_elements(PyArrayObject *self)
{
    fnp_view v;
    fnp_dtype scratch;
    EXT_ERROR(err);
    if (ext_view(self, &v, &scratch) < 0 || fnp_clear_refs(&v, &err) != FNP_OK)
        PyErr_WriteUnraisable(NULL);
}

static void free_data(PyArrayObject_fields *f)
{
    npy_intp elsize = PyDataType_ELSIZE(f->descr);
    npy_intp nbytes = fnp_sce_count(f->nd, f->dimensions) * elsize;
    /* An empty array's block has the size of an element, of whatever type it was made with: our own
     * handler takes 0 for a size that it must not go by. */
    if (nbytes == 0 && f->mem_handler != PyDataMem_DefaultHandler) nbytes = elsize ? elsize : 1;
    if (f->mem_handler) {
        ext_data_free(f->data, (size_t)nbytes, f->mem_handler);
        return;
    }
    if (ext_warns_without_policy() &&
        PyErr_WarnEx(PyExc_RuntimeWarning,
                     "Trying to dealloc data, but a memory policy is not set. If you take "
                     "ownership of the data, you must "
                     "set a base owning the data (e.g. a PyCapsule).",
                     1) < 0)
        PyErr_WriteUnraisable(NULL);
    free(f->data);
}

void ext_array_dealloc(PyObject *self)
{
    PyArrayObject_fields *f = (PyArrayObject_fields *)self;
    if (f->weakreflist) PyObject_ClearWeakRefs(self);
    if (f->_buffer_info) ext_buffer_info_free(f->_buffer_info, self);
    if (f->base) {
        if (f->flags & NPY_ARRAY_WRITEBACKIFCOPY) {
            PyObject *type, *value, *tb;
            PyErr_Fetch(&type, &value, &tb);
            Py_SET_REFCNT(self, 1); /* alive while the copy goes back */
            if (PyErr_WarnEx(PyExc_RuntimeWarning,
                             "WRITEBACKIFCOPY detected in array_dealloc.  Required call to "
                             "PyArray_ResolveWritebackIfCopy "
                             "or PyArray_DiscardWritebackIfCopy is missing.",
                             1) < 0)
                PyErr_WriteUnraisable(NULL);
            if (PyArray_ResolveWritebackIfCopy((PyArrayObject *)self) < 0)
                PyErr_WriteUnraisable(NULL);
            Py_SET_REFCNT(self, 0);
            PyErr_Restore(type, value, tb);
        }
        Py_CLEAR(f->base);
    }
    if ((f->flags & NPY_ARRAY_OWNDATA) && f->data) {
        if (PyDataType_REFCHK(f->descr)) {
            Py_SET_REFCNT(self, 1);
            clear_elements((PyArrayObject *)self);
            Py_SET_REFCNT(self, 0);
        }
        free_data(f);
    }
    Py_XDECREF(f->mem_handler);
    npy_intp *room = inline_dims(f);
    if (f->dimensions && f->dimensions != room) PyMem_Free(f->dimensions);
    Py_XDECREF(f->descr);
    if (room && n_free_blocks < FREE_MAX) {
        free_blocks[n_free_blocks++] = (array_block *)self;
    } else if (room) {
        PyObject_Free(self);
    } else {
        Py_TYPE(self)->tp_free(self);
    }
}
