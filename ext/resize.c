/* ndarray.resize: the one operation that changes the memory under an array object. */
#include "alloc.h"
#include "array.h"

#include "fnp/sce.h"

#include <string.h>

HIDDEN PyObject *ext_resize(PyArrayObject *self, int nd, npy_intp const *dims, int refcheck);

static int zero_tail(PyArrayObject *self, npy_intp from, npy_intp count)
{
    npy_intp elsize = PyArray_ITEMSIZE(self);
    char *p = PyArray_BYTES(self) + from * elsize;
    memset(p, 0, (size_t)(count * elsize));
    if (!PyDataType_REFCHK(PyArray_DESCR(self))) return 0;
    fnp_dtype scratch;
    fnp_view v = {p,      1,       FNP_VIEW_WRITEABLE | FNP_VIEW_ALIGNED,
                  &count, &elsize, ext_descr_core(PyArray_DESCR(self), &scratch)};
    if (!v.dtype) return -1;
    EXT_TRY(fnp_fill_zero(&v, err), -1);
    return 0;
}

static int clear_tail(PyArrayObject *self, npy_intp from, npy_intp count)
{
    if (!PyDataType_REFCHK(PyArray_DESCR(self))) return 0;
    npy_intp elsize = PyArray_ITEMSIZE(self);
    fnp_dtype scratch;
    fnp_view v = {PyArray_BYTES(self) + from * elsize,
                  1,
                  FNP_VIEW_WRITEABLE | FNP_VIEW_ALIGNED,
                  &count,
                  &elsize,
                  ext_descr_core(PyArray_DESCR(self), &scratch)};
    if (!v.dtype) return -1;
    EXT_TRY(fnp_clear_refs(&v, err), -1);
    return 0;
}

PyObject *ext_resize(PyArrayObject *self, int nd, npy_intp const *dims, int refcheck)
{
    PyArrayObject_fields *f = (PyArrayObject_fields *)self;
    npy_intp elsize = PyArray_ITEMSIZE(self), newsize, newbytes, oldsize = PyArray_SIZE(self);
    if (!PyArray_ISONESEGMENT(self)) {
        PyErr_SetString(PyExc_ValueError, "resize only works on single-segment arrays");
        return NULL;
    }
    for (int i = 0; i < nd; i++) {
        if (dims[i] < 0) {
            PyErr_SetString(PyExc_ValueError, "negative dimensions not allowed");
            return NULL;
        }
    }
    EXT_ERROR(e);
    if (fnp_sce_nbytes(nd, dims, elsize, &newsize, &newbytes, &e)) return PyErr_NoMemory();
    if (newbytes != oldsize * elsize) {
        if (!(f->flags & NPY_ARRAY_OWNDATA)) {
            PyErr_SetString(PyExc_ValueError, "cannot resize this array: it does not own its data");
            return NULL;
        }
        if (f->base || f->weakreflist) {
            PyErr_SetString(PyExc_ValueError,
                            "cannot resize an array that references or is referenced\nby another "
                            "array in this way. Use the np.resize function.");
            return NULL;
        }
        if (refcheck && Py_REFCNT(self) > 2) {
            PyErr_SetString(PyExc_ValueError,
                            "cannot resize an array that references or is referenced\nby another "
                            "array in this way.\nUse the np.resize function or refcheck=False");
            return NULL;
        }
        if (newsize < oldsize && clear_tail(self, newsize, oldsize - newsize) < 0) return NULL;
        npy_intp room = newbytes ? newbytes : (elsize ? elsize : 1);
        PyObject *handler = f->mem_handler;
        if (!handler) {
            PyErr_SetString(PyExc_RuntimeError, "no memory handler found but OWNDATA flag set");
            return NULL;
        }
        void *p = ext_data_renew(f->data, (size_t)room, handler);
        if (!p) {
            PyErr_SetString(PyExc_MemoryError, "cannot allocate memory for array");
            return NULL;
        }
        f->data = p;
    }
    if (nd != f->nd && ext_array_set_ndim(self, nd) < 0) return NULL;
    if (nd) memcpy(f->dimensions, dims, (size_t)nd * sizeof *dims);
    fnp_sce_fill_strides(nd, f->dimensions, elsize, FNP_ORDER_C, f->strides);
    PyArray_UpdateFlags(self, NPY_ARRAY_UPDATE_ALL);
    if (newsize > oldsize && zero_tail(self, oldsize, newsize - oldsize) < 0) return NULL;
    Py_RETURN_NONE;
}
