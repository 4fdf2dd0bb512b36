/* Attributes of ndarray. */
#include "array.h"
#include "indexing.h"
#include "convert.h"

#include "fnp/sce.h"

#include <string.h>

static inline PyArrayObject_fields *F(PyArrayObject *a)
{
    return (PyArrayObject_fields *)a;
}

HIDDEN PyObject *ext_matrix_transpose(PyArrayObject *a);

/* "Cannot delete array <name>" */
static int refuse_delete(PyObject *value, const char *name)
{
    if (value) return 0;
    PyErr_Format(PyExc_AttributeError, "Cannot delete array %s", name);
    return -1;
}

static PyObject *get_ndim(PyArrayObject *a, void *u)
{
    return PyLong_FromLong(PyArray_NDIM(a));
}
static PyObject *get_shape(PyArrayObject *a, void *u)
{
    return PyArray_IntTupleFromIntp(PyArray_NDIM(a), PyArray_DIMS(a));
}
static PyObject *get_strides(PyArrayObject *a, void *u)
{
    return PyArray_IntTupleFromIntp(PyArray_NDIM(a), PyArray_STRIDES(a));
}
static PyObject *get_size(PyArrayObject *a, void *u)
{
    return PyLong_FromSsize_t(PyArray_SIZE(a));
}
static PyObject *get_nbytes(PyArrayObject *a, void *u)
{
    return PyLong_FromSsize_t(PyArray_NBYTES(a));
}
static PyObject *get_itemsize(PyArrayObject *a, void *u)
{
    return PyLong_FromSsize_t(PyArray_ITEMSIZE(a));
}
static PyObject *get_dtype(PyArrayObject *a, void *u)
{
    return Py_NewRef(PyArray_DESCR(a));
}
static PyObject *get_base(PyArrayObject *a, void *u)
{
    return Py_NewRef(PyArray_BASE(a) ? PyArray_BASE(a) : Py_None);
}
static PyObject *get_flags(PyArrayObject *a, void *u)
{
    return ext_flags_new((PyObject *)a);
}
static PyObject *get_device(PyArrayObject *a, void *u)
{
    return PyUnicode_FromString("cpu");
}
static PyObject *get_priority(PyArrayObject *a, void *u)
{
    return PyFloat_FromDouble(0.0);
}
static PyObject *get_transpose(PyArrayObject *a, void *u)
{
    return PyArray_Transpose(a, NULL);
}
static PyObject *get_matrix_transpose(PyArrayObject *a, void *u)
{
    return ext_matrix_transpose(a);
}
static PyObject *get_data(PyObject *a, void *u)
{
    return PyMemoryView_FromObject(a);
}
static PyObject *get_flat(PyObject *a, void *u)
{
    return PyArray_IterNew(a);
}

static int set_shape(PyArrayObject *a, PyObject *value, void *u)
{
    npy_intp dims[FNP_MAXDIMS];
    int nd;
    if (refuse_delete(value, "shape") < 0) return -1;
    if (value == Py_None) {
        PyErr_SetString(PyExc_TypeError, "Use () not None as shape arguments");
        return -1;
    }
    if (ext_shape_from(value, dims, &nd) < 0) return -1;
    fnp_reshape_plan plan;
    EXT_TRY(fnp_sce_reshape(PyArray_NDIM(a), PyArray_DIMS(a), PyArray_STRIDES(a),
                            PyArray_ITEMSIZE(a), nd, dims, FNP_ORDER_C, &plan, err),
            -1);
    if (!plan.view) {
        PyErr_SetString(
            PyExc_AttributeError,
            "Incompatible shape for in-place modification. Use `.reshape()` to make a copy "
            "with the desired shape.");
        return -1;
    }
    if (ext_array_set_ndim(a, plan.ndim) < 0) return -1;
    if (plan.ndim) {
        memcpy(F(a)->dimensions, plan.shape, (size_t)plan.ndim * sizeof *dims);
        memcpy(F(a)->strides, plan.strides, (size_t)plan.ndim * sizeof *dims);
    }
    PyArray_UpdateFlags(a, NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_F_CONTIGUOUS);
    return 0;
}

/* The memory block behind the array: [*low, *low + *size) holds everything that strides may reach.
 */
static int memory_behind(PyArrayObject *a, char **low, npy_intp *size)
{
    PyArrayObject *owner = a;
    while (PyArray_BASE(owner) && PyArray_Check(PyArray_BASE(owner)))
        owner = (PyArrayObject *)PyArray_BASE(owner);
    Py_buffer view;
    if (PyArray_BASE(owner) && PyObject_GetBuffer(PyArray_BASE(owner), &view, PyBUF_SIMPLE) >= 0) {
        *low = view.buf;
        *size = view.len;
        PyBuffer_Release(&view);
        return 0;
    }
    PyErr_Clear();
    npy_intp lo, hi;
    EXT_TRY(fnp_sce_extent(PyArray_NDIM(owner), PyArray_DIMS(owner), PyArray_STRIDES(owner),
                           PyArray_ITEMSIZE(owner), &lo, &hi, err),
            -1);
    *low = PyArray_BYTES(owner) + lo;
    *size = hi - lo;
    return 0;
}

static int set_strides(PyArrayObject *a, PyObject *value, void *u)
{
    if (refuse_delete(value, "strides") < 0) return -1;
    if (PyErr_WarnEx(
            PyExc_DeprecationWarning,
            "Setting the strides on a NumPy array has been deprecated in NumPy 2.4.\n"
            "As an alternative, you can create a new view using np.lib.stride_tricks.as_strided.",
            1) < 0)
        return -1;
    npy_intp strides[FNP_MAXDIMS], size;
    char *low;
    int nd;
    if (ext_shape_from(value, strides, &nd) < 0) return -1;
    if (nd != PyArray_NDIM(a)) {
        PyErr_Format(PyExc_ValueError, "strides must be  same length as shape (%d)",
                     PyArray_NDIM(a));
        return -1;
    }
    if (memory_behind(a, &low, &size) < 0) return -1;
    fnp_error e;
    if (fnp_sce_check_strides(nd, PyArray_DIMS(a), strides, PyArray_ITEMSIZE(a),
                              PyArray_BYTES(a) - low, size, &e)) {
        PyErr_SetString(PyExc_ValueError, "strides is not compatible with available memory");
        return -1;
    }
    if (nd) memcpy(F(a)->strides, strides, (size_t)nd * sizeof *strides);
    PyArray_UpdateFlags(a, NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_F_CONTIGUOUS | NPY_ARRAY_ALIGNED);
    return 0;
}

/* ---- dtype: the same bytes seen as another type
 * --------------------------------------------------------- */

/* Which views must not be: references may neither appear nor vanish. */
static int check_references(PyArrayObject *a, PyArray_Descr *to)
{
    static PyObject *safe;
    PyArray_Descr *from = PyArray_DESCR(a);
    if (from == to ||
        !(PyDataType_FLAGS(from) & NPY_ITEM_HASOBJECT || PyDataType_FLAGS(to) & NPY_ITEM_HASOBJECT))
        return 0;
    if (from->type_num == NPY_OBJECT && to->type_num == NPY_OBJECT) return 0;
    if (!ext_import(&safe, "_core._internal", "_view_is_safe")) return -1;
    PyObject *r = PyObject_CallFunctionObjArgs(safe, (PyObject *)from, (PyObject *)to, NULL);
    Py_XDECREF(r);
    return r ? 0 : -1;
}

static int resize_last_axis(PyArrayObject *a, npy_intp newsize)
{
    npy_intp oldsize = PyArray_ITEMSIZE(a);
    int nd = PyArray_NDIM(a);
    if (nd == 0) {
        PyErr_SetString(
            PyExc_ValueError,
            "Changing the dtype of a 0d array is only supported if the itemsize is unchanged");
        return -1;
    }
    int axis = nd - 1;
    if (PyArray_DIM(a, axis) != 1 && PyArray_SIZE(a) != 0 && PyArray_STRIDE(a, axis) != oldsize) {
        PyErr_SetString(
            PyExc_ValueError,
            "To change to a dtype of a different size, the last axis must be contiguous");
        return -1;
    }
    if (newsize < oldsize) {
        if (newsize == 0 || oldsize % newsize) {
            PyErr_SetString(PyExc_ValueError, "When changing to a smaller dtype, its size must be "
                                              "a divisor of the size of original dtype");
            return -1;
        }
        npy_intp k = oldsize / newsize, n;
        if (fnp_sce_count(nd, PyArray_DIMS(a)) &&
            __builtin_mul_overflow(PyArray_DIM(a, axis), k, &n)) {
            PyErr_NoMemory();
            return -1;
        }
        F(a)->dimensions[axis] *= k;
        F(a)->strides[axis] = newsize;
        return 0;
    }
    npy_intp bytes = PyArray_DIM(a, axis) * oldsize;
    if (bytes % newsize) {
        PyErr_SetString(PyExc_ValueError, "When changing to a larger dtype, its size must be a "
                                          "divisor of the total size in bytes of "
                                          "the last axis of the array.");
        return -1;
    }
    F(a)->dimensions[axis] = bytes / newsize;
    F(a)->strides[axis] = newsize;
    return 0;
}

/* A subarray dtype: its dimensions become the array's last ones. */
static int take_subarray(PyArrayObject *a, PyArray_Descr *d)
{
    PyArrayObject *t = (PyArrayObject *)ext_array_new(
        &PyArray_Type, (PyArray_Descr *)Py_NewRef(d), PyArray_NDIM(a), PyArray_DIMS(a),
        PyArray_STRIDES(a), PyArray_DATA(a), PyArray_FLAGS(a) & ~NPY_ARRAY_OWNDATA, NULL, NULL, 0);
    if (!t) return -1;
    int r = ext_array_set_ndim(a, PyArray_NDIM(t));
    if (r == 0 && PyArray_NDIM(t)) {
        memcpy(F(a)->dimensions, PyArray_DIMS(t), (size_t)PyArray_NDIM(t) * sizeof(npy_intp));
        memcpy(F(a)->strides, PyArray_STRIDES(t), (size_t)PyArray_NDIM(t) * sizeof(npy_intp));
    }
    if (r == 0) {
        Py_INCREF(PyArray_DESCR(t));
        Py_SETREF(F(a)->descr, PyArray_DESCR(t));
    }
    Py_DECREF(t);
    return r;
}

static int set_dtype(PyArrayObject *a, PyObject *value, void *u)
{
    PyArray_Descr *d = NULL;
    if (refuse_delete(value, "dtype") < 0) return -1;
    if (!PyArray_DescrConverter(value, &d)) return -1;
    if (check_references(a, d) < 0) goto fail;
    int t = d->type_num;
    if (PyDataType_ELSIZE(d) == 0 && PyArray_ITEMSIZE(a) != 0 &&
        (t == NPY_STRING || t == NPY_UNICODE ||
         (t == NPY_VOID && !PyDataType_NAMES(d) && !PyDataType_SUBARRAY(d)))) {
        PyArray_Descr *sized = PyArray_DescrNew(d);
        if (!sized) goto fail;
        PyDataType_SET_ELSIZE(sized, PyArray_ITEMSIZE(a));
        Py_SETREF(d, sized);
        if (t == NPY_UNICODE && PyArray_ITEMSIZE(a) % 4) {
            PyErr_SetString(PyExc_TypeError, "Data type must provide an itemsize");
            goto fail;
        }
    }
    npy_intp newsize = PyDataType_ELSIZE(d);
    if (newsize != PyArray_ITEMSIZE(a)) {
        if (newsize == 0) {
            PyErr_SetString(PyExc_ValueError, "When changing to a smaller dtype, its size must be "
                                              "a divisor of the size of original dtype");
            goto fail;
        }
        if (resize_last_axis(a, newsize) < 0) goto fail;
    }
    if (PyDataType_ISLEGACY(d) && PyDataType_SUBARRAY(d)) {
        if (take_subarray(a, d) < 0) goto fail;
        Py_DECREF(d);
    } else {
        Py_SETREF(F(a)->descr, d);
    }
    PyArray_UpdateFlags(a, NPY_ARRAY_UPDATE_ALL);
    return 0;
fail:
    Py_DECREF(d);
    return -1;
}

/* ---- real and imag
 * ------------------------------------------------------------------------------------------ */

static PyObject *complex_part(PyArrayObject *a, int imag)
{
    static const int part[] = {NPY_FLOAT, NPY_DOUBLE, NPY_LONGDOUBLE};
    PyArray_Descr *d = PyArray_DescrFromType(part[PyArray_TYPE(a) - NPY_CFLOAT]);
    if (d && !PyArray_ISNBO(PyArray_DESCR(a)->byteorder)) {
        PyArray_Descr *swapped = PyArray_DescrNewByteorder(d, NPY_SWAP);
        Py_SETREF(d, swapped);
    }
    if (!d) return NULL;
    npy_intp offset = imag ? PyDataType_ELSIZE(d) : 0;
    return ext_array_new(Py_TYPE(a), d, PyArray_NDIM(a), PyArray_DIMS(a), PyArray_STRIDES(a),
                         PyArray_BYTES(a) + offset, PyArray_FLAGS(a) & ~NPY_ARRAY_OWNDATA,
                         (PyObject *)a, (PyObject *)a, 0);
}

static PyObject *get_real(PyArrayObject *a, void *u)
{
    return PyArray_ISCOMPLEX(a) ? complex_part(a, 0) : Py_NewRef(a);
}

static PyObject *get_imag(PyArrayObject *a, void *u)
{
    if (PyArray_ISCOMPLEX(a)) return complex_part(a, 1);
    PyArray_Descr *d = (PyArray_Descr *)Py_NewRef(PyArray_DESCR(a));
    PyObject *z = ext_array_new(Py_TYPE(a), d, PyArray_NDIM(a), PyArray_DIMS(a), NULL, NULL,
                                PyArray_ISFORTRAN(a) ? NPY_ARRAY_F_CONTIGUOUS : 0, (PyObject *)a,
                                NULL, EXT_NEW_ZEROED);
    if (z && ext_array_fill_zero((PyArrayObject *)z) < 0) Py_CLEAR(z);
    if (z) PyArray_CLEARFLAGS((PyArrayObject *)z, NPY_ARRAY_WRITEABLE);
    return z;
}

static int assign_into(PyArrayObject *view, PyObject *value)
{
    if (!view) return -1;
    int r = PyArray_CopyObject(view, value);
    Py_DECREF(view);
    return r;
}

static int set_real(PyArrayObject *a, PyObject *value, void *u)
{
    if (refuse_delete(value, "real part") < 0) return -1;
    return assign_into((PyArrayObject *)get_real(a, NULL), value);
}

static int set_imag(PyArrayObject *a, PyObject *value, void *u)
{
    if (refuse_delete(value, "imaginary part") < 0) return -1;
    if (!PyArray_ISCOMPLEX(a)) {
        PyErr_SetString(PyExc_TypeError, "array does not have imaginary part to set");
        return -1;
    }
    return assign_into((PyArrayObject *)complex_part(a, 1), value);
}

/* Does `value` hold as many elements of a's type, elsewhere? Then they need no turns and no casts.
 */
static bool is_flat_twin(PyArrayObject *a, PyObject *value)
{
    PyArrayObject *v = (PyArrayObject *)value;
    return PyArray_CheckExact(value) && PyArray_SIZE(v) == PyArray_SIZE(a) &&
           PyArray_TYPE(v) == PyArray_TYPE(a) && (PyArray_ISNUMBER(v) || PyArray_ISBOOL(v)) &&
           PyArray_EquivTypes(PyArray_DESCR(v), PyArray_DESCR(a)) && !ext_may_share(a, v);
}

static int set_flat(PyObject *a, PyObject *value, void *u)
{
    if (refuse_delete(value, "flat iterator") < 0 ||
        PyArray_FailUnlessWriteable((PyArrayObject *)a, "array") < 0)
        return -1;
    if (is_flat_twin((PyArrayObject *)a, value)) {
        PyArray_Dims shape = {PyArray_DIMS((PyArrayObject *)a), PyArray_NDIM((PyArrayObject *)a)};
        PyObject *same = PyArray_Newshape((PyArrayObject *)value, &shape, NPY_CORDER);
        int r = same ? PyArray_CopyInto((PyArrayObject *)a, (PyArrayObject *)same) : -1;
        Py_XDECREF(same);
        return r;
    }
    PyObject *flat = PyArray_IterNew(a);
    if (!flat) return -1;
    PyObject *all = PySlice_New(NULL, NULL, NULL);
    int r = all ? PyObject_SetItem(flat, all, value) : -1;
    Py_XDECREF(all);
    Py_DECREF(flat);
    return r;
}

/* ---- exchange with other libraries
 * ------------------------------------------------------------------------------ */

static PyObject *get_ctypes(PyObject *a, void *u)
{
    static PyObject *cls;
    if (!ext_import(&cls, "_core._internal", "_ctypes")) return NULL;
    return PyObject_CallFunction(cls, "ON", a,
                                 PyLong_FromVoidPtr(PyArray_DATA((PyArrayObject *)a)));
}

static PyObject *interface_descr(PyArrayObject *a)
{
    PyObject *d = PyObject_GetAttrString((PyObject *)PyArray_DESCR(a), "descr");
    if (d) return d;
    PyErr_Clear();
    PyObject *s = PyObject_GetAttrString((PyObject *)PyArray_DESCR(a), "str");
    return s ? Py_BuildValue("[(sN)]", "", s) : NULL;
}

static PyObject *get_interface(PyArrayObject *a, void *u)
{
    PyObject *typestr = PyObject_GetAttrString((PyObject *)PyArray_DESCR(a), "str");
    PyObject *strides = PyArray_IS_C_CONTIGUOUS(a) ? Py_NewRef(Py_None) : get_strides(a, NULL);
    PyObject *shape = get_shape(a, NULL), *descr = interface_descr(a), *out = NULL;
    PyObject *data = Py_BuildValue(
        "(NO)", PyLong_FromVoidPtr(PyArray_DATA(a)),
        PyArray_ISWRITEABLE(a) && !PyArray_CHKFLAGS(a, NPY_ARRAY_WARN_ON_WRITE) ? Py_False
                                                                                : Py_True);
    if (typestr && strides && shape && descr && data)
        out = Py_BuildValue("{sOsOsOsOsOsi}", "data", data, "strides", strides, "descr", descr,
                            "typestr", typestr, "shape", shape, "version", 3);
    Py_XDECREF(typestr);
    Py_XDECREF(strides);
    Py_XDECREF(shape);
    Py_XDECREF(descr);
    Py_XDECREF(data);
    return out;
}

static void free_interface(PyObject *capsule)
{
    PyArrayInterface *inter = PyCapsule_GetPointer(capsule, NULL);
    if (!inter) return;
    Py_XDECREF(inter->descr);
    PyMem_Free(inter->shape);
    PyMem_Free(inter);
    Py_XDECREF(PyCapsule_GetContext(capsule));
}

static PyObject *get_struct(PyArrayObject *a, void *u)
{
    PyArrayInterface *inter = PyMem_Calloc(1, sizeof *inter);
    if (!inter) return PyErr_NoMemory();
    int nd = PyArray_NDIM(a);
    inter->two = 2;
    inter->nd = nd;
    inter->typekind = PyArray_DESCR(a)->kind;
    inter->itemsize = (int)PyArray_ITEMSIZE(a);
    inter->flags = PyArray_FLAGS(a) & ~(NPY_ARRAY_WRITEBACKIFCOPY | NPY_ARRAY_OWNDATA);
    if (PyArray_ISNOTSWAPPED(a)) inter->flags |= NPY_ARRAY_NOTSWAPPED;
    if (inter->flags & NPY_ARRAY_WARN_ON_WRITE)
        inter->flags &= ~(NPY_ARRAY_WARN_ON_WRITE | NPY_ARRAY_WRITEABLE);
    inter->data = PyArray_DATA(a);
    if (nd) {
        inter->shape = PyMem_Malloc(2 * (size_t)nd * sizeof(npy_intp));
        if (!inter->shape) {
            PyMem_Free(inter);
            return PyErr_NoMemory();
        }
        inter->strides = inter->shape + nd;
        memcpy(inter->shape, PyArray_DIMS(a), (size_t)nd * sizeof(npy_intp));
        memcpy(inter->strides, PyArray_STRIDES(a), (size_t)nd * sizeof(npy_intp));
    }
    if (PyDataType_ISLEGACY(PyArray_DESCR(a)) && PyDataType_NAMES(PyArray_DESCR(a))) {
        inter->descr = interface_descr(a);
        if (inter->descr)
            inter->flags |= NPY_ARR_HAS_DESCR;
        else
            PyErr_Clear();
    }
    PyObject *capsule = PyCapsule_New(inter, NULL, free_interface);
    if (!capsule) return NULL;
    PyCapsule_SetContext(capsule, Py_NewRef(a));
    return capsule;
}

PyGetSetDef ext_array_getset[] = {
    {"ndim", (getter)get_ndim, NULL, "Number of dimensions."},
    {"flags", (getter)get_flags, NULL, "Memory layout, as a live object."},
    {"shape", (getter)get_shape, (setter)set_shape,
     "Extents of the dimensions; assignment reshapes in place."},
    {"strides", (getter)get_strides, (setter)set_strides,
     "Bytes from one element to the next along each dimension."},
    {"data", (getter)get_data, NULL, "The array's memory as a memoryview."},
    {"itemsize", (getter)get_itemsize, NULL, "Bytes of one element."},
    {"size", (getter)get_size, NULL, "Number of elements."},
    {"nbytes", (getter)get_nbytes, NULL, "Bytes of all elements."},
    {"base", (getter)get_base, NULL, "The object that owns the memory, or None."},
    {"dtype", (getter)get_dtype, (setter)set_dtype,
     "Type of the elements; assignment reinterprets the bytes."},
    {"real", (getter)get_real, (setter)set_real, "Real part, a view."},
    {"imag", (getter)get_imag, (setter)set_imag, "Imaginary part, a view of complex arrays."},
    {"flat", (getter)get_flat, (setter)set_flat, "One-dimensional iterator in C order."},
    {"ctypes", (getter)get_ctypes, NULL, "Access for ctypes."},
    {"T", (getter)get_transpose, NULL, "View with the axes reversed."},
    {"mT", (getter)get_matrix_transpose, NULL, "View with the last two axes exchanged."},
    {"device", (getter)get_device, NULL, "Always 'cpu'."},
    {"__array_interface__", (getter)get_interface, NULL, "Array protocol: Python side."},
    {"__array_struct__", (getter)get_struct, NULL, "Array protocol: C side."},
    {"__array_priority__", (getter)get_priority, NULL, "Array priority."},
    {NULL}};
