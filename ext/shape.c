/* Views and copies of another shape: every decision is the Stride Calculus Engine's, this file
 * makes the objects. */
#include "array.h"
#include "convert.h"

#include "fnp/runtime.h"
#include "fnp/sce.h"

#include <string.h>

/* A view of `a` with another shape and strides, first element `offset` bytes further. */
static PyObject *view_of(PyArrayObject *a, int nd, npy_intp const *dims, npy_intp const *strides,
                         npy_intp offset)
{
    PyArray_Descr *d = (PyArray_Descr *)Py_NewRef(PyArray_DESCR(a));
    return ext_array_new(Py_TYPE(a), d, nd, dims, strides, PyArray_BYTES(a) + offset,
                         PyArray_FLAGS(a) & ~(NPY_ARRAY_OWNDATA | NPY_ARRAY_WRITEBACKIFCOPY),
                         (PyObject *)a, (PyObject *)a, 0);
}

PyObject *PyArray_View(PyArrayObject *self, PyArray_Descr *type, PyTypeObject *pytype)
{
    PyTypeObject *cls = pytype ? pytype : Py_TYPE(self);
    PyArray_Descr *d = (PyArray_Descr *)Py_NewRef(PyArray_DESCR(self));
    PyObject *v = ext_array_new(
        cls, d, PyArray_NDIM(self), PyArray_DIMS(self), PyArray_STRIDES(self), PyArray_DATA(self),
        PyArray_FLAGS(self) & ~(NPY_ARRAY_OWNDATA | NPY_ARRAY_WRITEBACKIFCOPY), (PyObject *)self,
        (PyObject *)self, EXT_NEW_KEEP_EMPTY | EXT_NEW_KEEP_SUBARRAY);
    if (!v) {
        Py_XDECREF(type);
        return NULL;
    }
    if (type) {
        int r = PyObject_SetAttrString(v, "dtype", (PyObject *)type);
        Py_DECREF(type);
        if (r < 0) Py_CLEAR(v);
    }
    return v;
}

PyObject *ext_reshape(PyArrayObject *a, int nd, npy_intp const *dims, NPY_ORDER order, int copy)
{
    fnp_reshape_plan plan;
    if (order == NPY_KEEPORDER) {
        PyErr_SetString(PyExc_ValueError, "order 'K' is not permitted for reshaping");
        return NULL;
    }
    EXT_TRY(fnp_sce_reshape(PyArray_NDIM(a), PyArray_DIMS(a), PyArray_STRIDES(a),
                            PyArray_ITEMSIZE(a), nd, dims, (fnp_order)order, &plan, err),
            NULL);
    FNP_NOTE(FNP_EVENT_VIEW, "reshape",
             !plan.view ? "no strides can show these elements in that order"
                        : "strides can express the new shape",
             plan.view && copy != EXT_COPY_ALWAYS ? "view" : "copy of %zd bytes",
             PyArray_NBYTES(a));
    if (plan.view && copy != EXT_COPY_ALWAYS)
        return view_of(a, plan.ndim, plan.shape, plan.strides, 0);
    if (copy == EXT_COPY_NEVER) {
        PyErr_SetString(PyExc_ValueError, "Unable to avoid creating a copy while reshaping.");
        return NULL;
    }
    PyArrayObject *src = (PyArrayObject *)PyArray_NewCopy(a, (NPY_ORDER)plan.order);
    if (!src) return NULL;
    fnp_sce_fill_strides(plan.ndim, plan.shape, PyArray_ITEMSIZE(src), plan.order, plan.strides);
    PyArray_Descr *d = (PyArray_Descr *)Py_NewRef(PyArray_DESCR(src));
    PyObject *v =
        ext_array_new(Py_TYPE(a), d, plan.ndim, plan.shape, plan.strides, PyArray_DATA(src),
                      PyArray_FLAGS(src) & ~NPY_ARRAY_OWNDATA, (PyObject *)a, (PyObject *)src, 0);
    Py_DECREF(src);
    return v;
}

PyObject *PyArray_Newshape(PyArrayObject *self, PyArray_Dims *newdims, NPY_ORDER order)
{
    return ext_reshape(self, newdims->len, newdims->ptr, order, EXT_COPY_IF_NEEDED);
}

PyObject *PyArray_Reshape(PyArrayObject *self, PyObject *shape)
{
    npy_intp dims[FNP_MAXDIMS];
    int nd;
    if (ext_shape_from(shape, dims, &nd) < 0) return NULL;
    return ext_reshape(self, nd, dims, NPY_CORDER, EXT_COPY_IF_NEEDED);
}

PyObject *PyArray_Squeeze(PyArrayObject *self)
{
    npy_intp dims[FNP_MAXDIMS], strides[FNP_MAXDIMS];
    int nd = 0;
    for (int i = 0; i < PyArray_NDIM(self); i++) nd += PyArray_DIM(self, i) != 1;
    if (nd == PyArray_NDIM(self)) return Py_NewRef(self); /* nothing to take away */
    EXT_TRY(fnp_sce_squeeze(PyArray_NDIM(self), PyArray_DIMS(self), PyArray_STRIDES(self), -1, NULL,
                            &nd, dims, strides, err),
            NULL);
    return view_of(self, nd, dims, strides, 0);
}

PyObject *ext_squeeze_axes(PyArrayObject *self, int n, const npy_intp *axes)
{
    if (n == 0) return Py_NewRef(self);
    npy_intp dims[FNP_MAXDIMS], strides[FNP_MAXDIMS];
    int nd;
    EXT_TRY(fnp_sce_squeeze(PyArray_NDIM(self), PyArray_DIMS(self), PyArray_STRIDES(self), n, axes,
                            &nd, dims, strides, err),
            NULL);
    return view_of(self, nd, dims, strides, 0);
}

static PyObject *permuted(PyArrayObject *a, const int *perm)
{
    npy_intp dims[FNP_MAXDIMS], strides[FNP_MAXDIMS];
    int nd = PyArray_NDIM(a);
    fnp_sce_permute(nd, perm, PyArray_DIMS(a), PyArray_STRIDES(a), dims, strides);
    return view_of(a, nd, dims, strides, 0);
}

PyObject *PyArray_Transpose(PyArrayObject *a, PyArray_Dims *permute)
{
    int perm[FNP_MAXDIMS];
    EXT_TRY(fnp_sce_transpose_perm(PyArray_NDIM(a), permute ? permute->len : 0,
                                   permute ? permute->ptr : NULL, perm, err),
            NULL);
    return permuted(a, perm);
}

PyObject *PyArray_SwapAxes(PyArrayObject *a, int a1, int a2)
{
    int perm[FNP_MAXDIMS];
    EXT_TRY(fnp_sce_swapaxes_perm(PyArray_NDIM(a), a1, a2, perm, err), NULL);
    return permuted(a, perm);
}

PyObject *ext_matrix_transpose(PyArrayObject *a)
{
    if (PyArray_NDIM(a) < 2) {
        PyErr_SetString(PyExc_ValueError, "matrix transpose with ndim < 2 is undefined");
        return NULL;
    }
    return PyArray_SwapAxes(a, -1, -2);
}

PyObject *PyArray_Flatten(PyArrayObject *a, NPY_ORDER order)
{
    npy_intp size = PyArray_SIZE(a);
    PyArrayObject *src = a;
    if (order == NPY_ANYORDER) order = PyArray_ISFORTRAN(a) ? NPY_FORTRANORDER : NPY_CORDER;
    PyArrayObject *out = (PyArrayObject *)ext_array_new_like(a, NPY_CORDER, NULL, 1, &size, 1, 0);
    if (!out) return NULL;
    /* The flat array seen in the source's shape, in the order in which elements are wanted. */
    npy_intp strides[FNP_MAXDIMS];
    if (order == NPY_KEEPORDER)
        fnp_sce_fill_strides_like(PyArray_NDIM(a), PyArray_DIMS(a), PyArray_ITEMSIZE(a),
                                  FNP_ORDER_K, PyArray_DIMS(a), PyArray_STRIDES(a),
                                  PyArray_ITEMSIZE(a), strides);
    else
        fnp_sce_fill_strides(PyArray_NDIM(a), PyArray_DIMS(a), PyArray_ITEMSIZE(a),
                             (fnp_order)order, strides);
    PyArray_Descr *d = (PyArray_Descr *)Py_NewRef(PyArray_DESCR(out));
    PyArrayObject *shaped = (PyArrayObject *)ext_array_new(
        &PyArray_Type, d, PyArray_NDIM(src), PyArray_DIMS(src), strides, PyArray_DATA(out),
        NPY_ARRAY_WRITEABLE, NULL, (PyObject *)out, 0);
    if (!shaped || ext_assign_array(shaped, src, NULL) < 0) Py_CLEAR(out);
    Py_XDECREF(shaped);
    return (PyObject *)out;
}

PyObject *PyArray_Ravel(PyArrayObject *a, NPY_ORDER order)
{
    npy_intp minus_one = -1;
    if (order == NPY_KEEPORDER && (PyArray_IS_C_CONTIGUOUS(a) || PyArray_NDIM(a) <= 1))
        order = NPY_CORDER;
    if (order == NPY_KEEPORDER && PyArray_IS_F_CONTIGUOUS(a)) order = NPY_FORTRANORDER;
    if (order == NPY_ANYORDER) order = PyArray_ISFORTRAN(a) ? NPY_FORTRANORDER : NPY_CORDER;
    if (order != NPY_KEEPORDER) {
        if ((order == NPY_CORDER && PyArray_IS_C_CONTIGUOUS(a)) ||
            (order == NPY_FORTRANORDER && PyArray_IS_F_CONTIGUOUS(a)))
            return ext_reshape(a, 1, &minus_one, order, EXT_COPY_IF_NEEDED);
        if (PyArray_NDIM(a) == 1 && order == NPY_CORDER) return PyArray_Flatten(a, order);
        return PyArray_Flatten(a, order);
    }
    /* K: axes from the largest stride to the smallest; dense in that order means a view. */
    int perm[FNP_MAXDIMS];
    npy_intp dims[FNP_MAXDIMS], strides[FNP_MAXDIMS];
    int nd = PyArray_NDIM(a);
    fnp_sce_order_axes(nd, PyArray_STRIDES(a), perm);
    fnp_sce_permute(nd, perm, PyArray_DIMS(a), PyArray_STRIDES(a), dims, strides);
    if (fnp_sce_is_c_contiguous(nd, dims, strides, PyArray_ITEMSIZE(a))) {
        npy_intp size = PyArray_SIZE(a), step = PyArray_ITEMSIZE(a);
        return view_of(a, 1, &size, &step, 0);
    }
    return PyArray_Flatten(a, NPY_KEEPORDER);
}

PyObject *PyArray_Diagonal(PyArrayObject *self, int offset, int axis1, int axis2)
{
    npy_intp dims[FNP_MAXDIMS], strides[FNP_MAXDIMS], start;
    int nd;
    if (PyArray_NDIM(self) < 2) {
        PyErr_SetString(PyExc_ValueError, "diag requires an array of at least two dimensions");
        return NULL;
    }
    EXT_TRY(fnp_sce_diagonal(PyArray_NDIM(self), PyArray_DIMS(self), PyArray_STRIDES(self), offset,
                             axis1, axis2, &nd, dims, strides, &start, err),
            NULL);
    PyObject *v = view_of(self, nd, dims, strides, start);
    if (v)
        PyArray_CLEARFLAGS((PyArrayObject *)v,
                           NPY_ARRAY_WRITEABLE); /* a copy's manners: read-only by contract */
    return v;
}

/* ---- resize in place
 * ----------------------------------------------------------------------------------- */

PyObject *ext_resize(PyArrayObject *self, int nd, npy_intp const *dims, int refcheck);

PyObject *PyArray_Resize(PyArrayObject *self, PyArray_Dims *newshape, int refcheck, NPY_ORDER order)
{
    return ext_resize(self, newshape->len, newshape->ptr, refcheck);
}

HIDDEN int PyArray_CompareLists(npy_intp const *l1, npy_intp const *l2, int n)
{
    for (int i = 0; i < n; i++)
        if (l1[i] != l2[i]) return 0;
    return 1;
}

npy_intp PyArray_MultiplyList(npy_intp const *l1, int n)
{
    npy_intp p = 1;
    while (n--) p *= *l1++;
    return p;
}

int PyArray_MultiplyIntList(int const *l1, int n)
{
    int p = 1;
    while (n--) p *= *l1++;
    return p;
}

npy_intp PyArray_OverflowMultiplyList(npy_intp const *l1, int n)
{
    npy_intp p = 1;
    for (int i = 0; i < n; i++) {
        if (l1[i] == 0) return 0;
        if (__builtin_mul_overflow(p, l1[i], &p)) return -1;
    }
    return p;
}

void *PyArray_GetPtr(PyArrayObject *obj, npy_intp const *ind)
{
    char *p = PyArray_BYTES(obj);
    for (int i = 0; i < PyArray_NDIM(obj); i++) p += PyArray_STRIDES(obj)[i] * ind[i];
    return p;
}

npy_intp PyArray_Size(PyObject *op)
{
    return PyArray_Check(op) ? PyArray_SIZE((PyArrayObject *)op) : 0;
}

npy_bool PyArray_CheckStrides(int elsize, int nd, npy_intp numbytes, npy_intp offset,
                              npy_intp const *dims, npy_intp const *newstrides)
{
    npy_intp size = PyArray_MultiplyList(dims, nd) * elsize;
    fnp_error e;
    return fnp_sce_check_strides(nd, dims, newstrides, elsize, offset, numbytes ? numbytes : size,
                                 &e) == FNP_OK;
}

int PyArray_ElementStrides(PyObject *obj)
{
    if (!PyArray_Check(obj)) return 0;
    PyArrayObject *a = (PyArrayObject *)obj;
    npy_intp itemsize = PyArray_ITEMSIZE(a);
    for (int i = 0; i < PyArray_NDIM(a); i++)
        if (itemsize == 0 || PyArray_STRIDE(a, i) % itemsize) return 0;
    return 1;
}

void PyArray_CreateSortedStridePerm(int ndim, npy_intp const *strides, npy_stride_sort_item *out)
{
    int perm[FNP_MAXDIMS];
    fnp_sce_order_axes(ndim, strides, perm);
    for (int i = 0; i < ndim; i++) out[i] = (npy_stride_sort_item){perm[i], strides[perm[i]]};
}

void PyArray_RemoveAxesInPlace(PyArrayObject *arr, const npy_bool *flags)
{
    PyArrayObject_fields *f = (PyArrayObject_fields *)arr;
    int k = 0;
    for (int i = 0; i < f->nd; i++) {
        if (flags[i]) continue;
        f->dimensions[k] = f->dimensions[i];
        f->strides[k++] = f->strides[i];
    }
    f->nd = k;
    PyArray_UpdateFlags(arr, NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_F_CONTIGUOUS);
}
