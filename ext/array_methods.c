/* Methods of ndarray: views, copies, conversions and protocols. Those that compute are in
 * array_compute.c, pickling in array_pickle.c; the table at the end joins them. */
#include "argparse.h"
#include "array.h"
#include "array_methods.h"
#include "coerce.h"
#include "convert.h"

#include "fnp/runtime.h"
#include "fnp/sce.h"

#include <string.h>

HIDDEN PyObject *ext_squeeze_axes(PyArrayObject *self, int n, const npy_intp *axes);
HIDDEN PyObject *ext_resize(PyArrayObject *self, int nd, npy_intp const *dims, int refcheck);

/* ---- shape
 * ---------------------------------------------------------------------------------------------------
 */

/* f(2, 3) and f((2, 3)) mean the same. */
static int shape_of_args(PyObject *const *args, Py_ssize_t n, npy_intp *dims, int *nd)
{
    if (n == 1) return ext_shape_from(args[0], dims, nd);
    if (n > FNP_MAXDIMS) {
        PyErr_Format(PyExc_ValueError,
                     "maximum supported dimension for an ndarray is currently %d, found %zd",
                     FNP_MAXDIMS, n);
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        dims[i] = PyArray_PyIntAsIntp(args[i]);
        if (dims[i] == -1 && PyErr_Occurred()) return -1;
    }
    *nd = (int)n;
    return 0;
}

static int reshape_keyword(PyObject *key, PyObject *value, NPY_ORDER *order, int *copy)
{
    if (PyUnicode_CompareWithASCIIString(key, "order") == 0)
        return PyArray_OrderConverter(value, order) ? 0 : -1;
    if (PyUnicode_CompareWithASCIIString(key, "copy") == 0)
        return ext_copy_converter(value, copy) ? 0 : -1;
    PyErr_Format(PyExc_TypeError, "'%U' is an invalid keyword argument for this function", key);
    return -1;
}

static PyObject *method_reshape(PyArrayObject *self, PyObject *const *args, Py_ssize_t n,
                                PyObject *kwnames)
{
    NPY_ORDER order = NPY_CORDER;
    int copy = EXT_COPY_IF_NEEDED, nd;
    npy_intp dims[FNP_MAXDIMS];
    for (Py_ssize_t k = 0; kwnames && k < PyTuple_GET_SIZE(kwnames); k++)
        if (reshape_keyword(PyTuple_GET_ITEM(kwnames, k), args[n + k], &order, &copy) < 0)
            return NULL;
    if (n == 0) {
        PyErr_SetString(PyExc_TypeError, "reshape() takes exactly 1 argument (0 given)");
        return NULL;
    }
    if (n == 1 && args[0] == Py_None) return PyArray_View(self, NULL, NULL);
    if (shape_of_args(args, n, dims, &nd) < 0) return NULL;
    return ext_reshape(self, nd, dims, order, copy);
}

static PyObject *method_resize(PyArrayObject *self, PyObject *args, PyObject *kw)
{
    int refcheck = 1, nd;
    npy_intp dims[FNP_MAXDIMS];
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    if (kw && PyDict_GET_SIZE(kw)) {
        PyObject *v = PyDict_GetItemString(kw, "refcheck");
        if (!v || PyDict_GET_SIZE(kw) > 1) {
            PyObject *key, *value;
            Py_ssize_t pos = 0;
            while (PyDict_Next(kw, &pos, &key, &value))
                if (PyUnicode_CompareWithASCIIString(key, "refcheck")) break;
            PyErr_Format(PyExc_TypeError, "'%U' is an invalid keyword argument for this function",
                         key);
            return NULL;
        }
        long flag = PyLong_AsLong(v); /* bool is what most callers give */
        if (flag == -1 && PyErr_Occurred()) return NULL;
        refcheck = flag != 0;
    }
    if (n == 0 || (n == 1 && PyTuple_GET_ITEM(args, 0) == Py_None)) Py_RETURN_NONE;
    if (shape_of_args(((PyTupleObject *)args)->ob_item, n, dims, &nd) < 0) return NULL;
    return ext_resize(self, nd, dims, refcheck);
}

static PyObject *method_transpose(PyArrayObject *self, PyObject *const *args, Py_ssize_t n)
{
    npy_intp axes[FNP_MAXDIMS];
    int nd;
    if (n == 0 || (n == 1 && args[0] == Py_None)) return PyArray_Transpose(self, NULL);
    if (shape_of_args(args, n, axes, &nd) < 0) return NULL;
    PyArray_Dims permute = {axes, nd};
    return PyArray_Transpose(self, &permute);
}

static PyObject *method_swapaxes(PyArrayObject *self, PyObject *const *args, Py_ssize_t n)
{
    if (n != 2) {
        PyErr_Format(PyExc_TypeError, "swapaxes() takes exactly 2 arguments (%zd given)", n);
        return NULL;
    }
    int a1 = PyArray_PyIntAsInt(args[0]), a2;
    if (a1 == -1 && PyErr_Occurred()) return NULL;
    a2 = PyArray_PyIntAsInt(args[1]);
    if (a2 == -1 && PyErr_Occurred()) return NULL;
    return PyArray_SwapAxes(self, a1, a2);
}

static PyObject *method_squeeze(PyArrayObject *self, PyObject *const *args, Py_ssize_t n,
                                PyObject *kwnames)
{
    PyObject *axis = Py_None;
    npy_intp axes[FNP_MAXDIMS];
    int na;
    if (n == 0 && !kwnames) return PyArray_Squeeze(self);
    if (ext_parse("squeeze", args, n, kwnames, "|axis", NULL, &axis, NULL) < 0) return NULL;
    if (axis == Py_None) return PyArray_Squeeze(self);
    if (PyTuple_Check(axis)) {
        na = (int)PyTuple_GET_SIZE(axis);
        if (ext_shape_from(axis, axes, &na) < 0) return NULL;
    } else {
        axes[0] = PyArray_PyIntAsInt(axis);
        if (axes[0] == -1 && PyErr_Occurred()) return NULL;
        na = 1;
        if (PyArray_NDIM(self) == 0 && (axes[0] == 0 || axes[0] == -1))
            na = 0; /* scalars know axis 0 and -1 */
    }
    return ext_squeeze_axes(self, na, axes);
}

static PyObject *method_ravel(PyArrayObject *self, PyObject *const *args, Py_ssize_t n,
                              PyObject *kwnames)
{
    NPY_ORDER order = NPY_CORDER;
    if (n == 0 && !kwnames && PyArray_CheckExact(self) && PyArray_IS_C_CONTIGUOUS(self) &&
        PyArray_ISALIGNED(self) && !fnp_ledger_on() &&
        !PyArray_CHKFLAGS(self, NPY_ARRAY_WARN_ON_WRITE))
        return ext_array_line(self, PyArray_BYTES(self), PyArray_SIZE(self),
                              PyArray_ITEMSIZE(self));
    if (ext_parse("ravel", args, n, kwnames, "|order", &PyArray_OrderConverter, &order, NULL) < 0)
        return NULL;
    return PyArray_Ravel(self, order);
}

static PyObject *method_flatten(PyArrayObject *self, PyObject *const *args, Py_ssize_t n,
                                PyObject *kwnames)
{
    NPY_ORDER order = NPY_CORDER;
    if (ext_parse("flatten", args, n, kwnames, "|order", &PyArray_OrderConverter, &order, NULL) < 0)
        return NULL;
    return PyArray_Flatten(self, order);
}

static PyObject *method_diagonal(PyArrayObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"offset", "axis1", "axis2", NULL};
    int offset = 0, axis1 = 0, axis2 = 1;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "|iii:diagonal", names, &offset, &axis1, &axis2))
        return NULL;
    return ext_return((PyArrayObject *)PyArray_Diagonal(self, offset, axis1, axis2));
}

/* ---- views and copies
 * ------------------------------------------------------------------------------------------ */

static PyObject *method_view(PyArrayObject *self, PyObject *const *args, Py_ssize_t n,
                             PyObject *kwnames)
{
    PyObject *dtype_arg = NULL, *type_arg = NULL;
    PyArray_Descr *dtype = NULL;
    if (ext_parse("view", args, n, kwnames, "|dtype", NULL, &dtype_arg, "|type", NULL, &type_arg,
                  NULL) < 0)
        return NULL;
    if (dtype_arg && PyType_Check(dtype_arg) &&
        PyType_IsSubtype((PyTypeObject *)dtype_arg, &PyArray_Type)) {
        if (type_arg) {
            PyErr_SetString(PyExc_ValueError, "Cannot specify output type twice.");
            return NULL;
        }
        type_arg = dtype_arg;
        dtype_arg = NULL;
    }
    if (type_arg &&
        !(PyType_Check(type_arg) && PyType_IsSubtype((PyTypeObject *)type_arg, &PyArray_Type))) {
        PyErr_SetString(PyExc_ValueError, "Type must be a sub-type of ndarray type");
        return NULL;
    }
    if (dtype_arg && dtype_arg != Py_None && !PyArray_DescrConverter(dtype_arg, &dtype))
        return NULL;
    return PyArray_View(self, dtype, (PyTypeObject *)type_arg);
}

static PyObject *method_copy(PyArrayObject *self, PyObject *const *args, Py_ssize_t n,
                             PyObject *kwnames)
{
    NPY_ORDER order = NPY_CORDER;
    if (ext_parse("copy", args, n, kwnames, "|order", &PyArray_OrderConverter, &order, NULL) < 0)
        return NULL;
    return PyArray_NewCopy(self, order);
}

static PyObject *method_dunder_copy(PyArrayObject *self, PyObject *unused)
{
    return PyArray_NewCopy(self, NPY_KEEPORDER);
}

static PyObject *method_deepcopy(PyArrayObject *self, PyObject *memo)
{
    static PyObject *deepcopy;
    PyArrayObject *copy = (PyArrayObject *)PyArray_NewCopy(self, NPY_KEEPORDER);
    if (!copy || !PyDataType_REFCHK(PyArray_DESCR(self))) return (PyObject *)copy;
    if (PyArray_TYPE(self) == NPY_VSTRING) return (PyObject *)copy; /* text is not shared */
    if (PyArray_TYPE(self) != NPY_OBJECT) {
        PyObject *helper = NULL;
        if (!ext_import(&helper, "_core._internal", "_deepcopy_fields")) goto fail;
        PyObject *r = PyObject_CallFunctionObjArgs(helper, (PyObject *)copy, memo, NULL);
        Py_DECREF(helper);
        if (!r) goto fail;
        Py_DECREF(r);
        return (PyObject *)copy;
    }
    if (!deepcopy) {
        PyObject *m = PyImport_ImportModule("copy");
        deepcopy = m ? PyObject_GetAttrString(m, "deepcopy") : NULL;
        Py_XDECREF(m);
        if (!deepcopy) goto fail;
    }
    PyArrayIterObject *it = (PyArrayIterObject *)PyArray_IterNew((PyObject *)copy);
    if (!it) goto fail;
    while (it->index < it->size) {
        PyObject **slot = (PyObject **)it->dataptr;
        PyObject *value;
        memcpy(&value, slot, sizeof value);
        PyObject *deep =
            PyObject_CallFunctionObjArgs(deepcopy, value ? value : Py_None, memo, NULL);
        if (!deep) {
            Py_DECREF(it);
            goto fail;
        }
        memcpy(slot, &deep, sizeof deep);
        Py_XDECREF(value);
        PyArray_ITER_NEXT(it);
    }
    Py_DECREF(it);
    return (PyObject *)copy;
fail:
    Py_XDECREF(copy);
    return NULL;
}

/* copy= of astype: false means "if needed". */
static int astype_copy(PyObject *o, int *copy)
{
    if (!ext_copy_converter(o, copy)) return NPY_FAIL;
    if (PyBool_Check(o) || PyLong_Check(o))
        *copy = *copy == EXT_COPY_NEVER ? EXT_COPY_IF_NEEDED : *copy;
    return NPY_SUCCEED;
}

static PyObject *method_astype(PyArrayObject *self, PyObject *const *args, Py_ssize_t n,
                               PyObject *kwnames)
{
    PyArray_Descr *dtype = NULL;
    NPY_ORDER order = NPY_KEEPORDER;
    NPY_CASTING casting = NPY_UNSAFE_CASTING;
    int subok = 1, copy = EXT_COPY_ALWAYS;
    PyObject *dtype_arg = NULL;
    if (ext_parse("astype", args, n, kwnames, "dtype", NULL, &dtype_arg, "|order",
                  &PyArray_OrderConverter, &order, "|casting", &ext_astype_casting, &casting,
                  "|subok", &ext_optional_bool, &subok, "|copy", &astype_copy, &copy, NULL) < 0)
        return NULL;
    ext_dtype_arg wanted;
    if (!ext_dtype_or_class(dtype_arg, &wanted)) return NULL;
    if (dtype_arg == Py_None) wanted.descr = PyArray_DescrFromType(NPY_DEFAULT_TYPE);
    if (n == 1 && !kwnames && wanted.descr && !fnp_ledger_on()) {
        PyObject *r = ext_astype_plain(self, wanted.descr);
        if (r || PyErr_Occurred()) {
            ext_dtype_arg_clear(&wanted);
            return r;
        }
    }
    dtype = ext_adapt_descr(self, wanted.cls, wanted.descr);
    ext_dtype_arg_clear(&wanted);
    if (!dtype) return NULL;
    if (FNP_LIKELY(!fnp_ledger_on()))
        return ext_astype(self, dtype, dtype_arg, order, casting, subok, copy);
    const char *outer = fnp_ledger_context("astype");
    PyObject *r = ext_astype(self, dtype, dtype_arg, order, casting, subok, copy);
    bool same = r == (PyObject *)self;
    fnp_ledger_note(FNP_EVENT_VIEW, "astype",
                    same ? "it has that type already and copy=False" : "astype makes new memory",
                    "%s", same ? "the same array" : "copy");
    fnp_ledger_context(outer);
    return r;
}

static PyObject *method_byteswap(PyArrayObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"inplace", NULL};
    npy_bool inplace = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "|O&:byteswap", names, PyArray_BoolConverter,
                                     &inplace))
        return NULL;
    return PyArray_Byteswap(self, inplace);
}

static PyObject *method_getfield(PyArrayObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"dtype", "offset", NULL};
    PyArray_Descr *dtype = NULL;
    int offset = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "O&|i:getfield", names, PyArray_DescrConverter,
                                     &dtype, &offset)) {
        Py_XDECREF(dtype);
        return NULL;
    }
    return PyArray_GetField(self, dtype, offset);
}

static PyObject *method_setfield(PyArrayObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"value", "dtype", "offset", NULL};
    PyArray_Descr *dtype = NULL;
    PyObject *value;
    int offset = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "OO&|i:setfield", names, &value,
                                     PyArray_DescrConverter, &dtype, &offset)) {
        Py_XDECREF(dtype);
        return NULL;
    }
    if (PyArray_SetField(self, dtype, offset, value) < 0) return NULL;
    Py_RETURN_NONE;
}

static PyObject *method_fill(PyArrayObject *self, PyObject *const *args, Py_ssize_t n)
{
    if (n != 1) {
        PyErr_Format(PyExc_TypeError, "fill() takes exactly 1 argument (%zd given)", n);
        return NULL;
    }
    if (PyArray_FillWithScalar(self, args[0]) < 0) return NULL;
    Py_RETURN_NONE;
}

static int set_one_flag(PyArrayObject *self, PyObject *value, int flag, int allowed,
                        const char *refusal)
{
    int on = PyObject_IsTrue(value);
    if (on < 0) return -1;
    if (!on) {
        PyArray_CLEARFLAGS(self, flag);
        if (flag == NPY_ARRAY_WRITEABLE) PyArray_CLEARFLAGS(self, NPY_ARRAY_WARN_ON_WRITE);
        return 0;
    }
    if (!allowed) {
        PyErr_SetString(PyExc_ValueError, refusal);
        return -1;
    }
    PyArray_ENABLEFLAGS(self, flag);
    if (flag == NPY_ARRAY_WRITEABLE) PyArray_CLEARFLAGS(self, NPY_ARRAY_WARN_ON_WRITE);
    return 0;
}

static PyObject *method_setflags(PyArrayObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"write", "align", "uic", NULL};
    PyObject *write = Py_None, *align = Py_None, *uic = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "|OOO:setflags", names, &write, &align, &uic))
        return NULL;
    if (align != Py_None) {
        npy_intp need = PyDataType_ALIGNMENT(PyArray_DESCR(self));
        int ok = need <= 1 || fnp_sce_is_aligned((uintptr_t)PyArray_DATA(self), PyArray_NDIM(self),
                                                 PyArray_DIMS(self), PyArray_STRIDES(self), need);
        if (set_one_flag(self, align, NPY_ARRAY_ALIGNED, ok,
                         "cannot set aligned flag of mis-aligned array to True") < 0)
            return NULL;
    }
    if (uic != Py_None) {
        int on = PyObject_IsTrue(uic);
        if (on < 0) return NULL;
        if (on) {
            PyErr_SetString(PyExc_ValueError, "cannot set WRITEBACKIFCOPY flag to True");
            return NULL;
        }
        PyArray_DiscardWritebackIfCopy_(self);
    }
    if (write != Py_None &&
        set_one_flag(self, write, NPY_ARRAY_WRITEABLE, ext_array_may_write(self),
                     "cannot set WRITEABLE flag to True of this array") < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* ---- to Python objects
 * ------------------------------------------------------------------------------------------ */

static PyObject *method_item(PyArrayObject *self, PyObject *const *args, Py_ssize_t n)
{
    npy_intp index[FNP_MAXDIMS];
    int nd = PyArray_NDIM(self);
    if (n == 1 && PyTuple_Check(args[0])) {
        PyObject *t = args[0];
        args = ((PyTupleObject *)t)->ob_item;
        n = PyTuple_GET_SIZE(t);
    }
    if (n == 0) {
        if (PyArray_SIZE(self) != 1) {
            PyErr_SetString(PyExc_ValueError,
                            "can only convert an array of size 1 to a Python scalar");
            return NULL;
        }
        memset(index, 0, sizeof index);
    } else if (n == 1 && nd != 1) {
        npy_intp flat = PyArray_PyIntAsIntp(args[0]), size = PyArray_SIZE(self);
        if (flat == -1 && PyErr_Occurred()) return NULL;
        EXT_TRY(fnp_sce_check_index(&flat, size, -1, err), NULL);
        for (int i = nd - 1; i >= 0; i--) {
            index[i] = flat % PyArray_DIM(self, i);
            flat /= PyArray_DIM(self, i);
        }
    } else if (n == nd) {
        for (int i = 0; i < nd; i++) {
            index[i] = PyArray_PyIntAsIntp(args[i]);
            if (index[i] == -1 && PyErr_Occurred()) return NULL;
            EXT_TRY(fnp_sce_check_index(&index[i], PyArray_DIM(self, i), i, err), NULL);
        }
    } else {
        PyErr_SetString(PyExc_ValueError, "incorrect number of indices for array");
        return NULL;
    }
    return PyArray_GETITEM(self, PyArray_GetPtr(self, index));
}

/* Elements of a plain type into a new list, up to a failure; false: not for this type. */
static bool plain_items(PyArrayObject *self, PyObject *list, const char *p, npy_intp step)
{
    const npy_intp n = PyList_GET_SIZE(list);
    PyObject **items = ((PyListObject *)list)->ob_item;
#define EACH(num, T, make)                                                                         \
    case num:                                                                                      \
        for (npy_intp i = 0; i < n; i++, p += step) {                                              \
            T v;                                                                                   \
            memcpy(&v, p, sizeof v);                                                               \
            if (!(items[i] = make(v))) break;                                                      \
        }                                                                                          \
        return true;
    switch (PyArray_TYPE(self)) {
        EACH(NPY_DOUBLE, double, PyFloat_FromDouble)
        EACH(NPY_FLOAT, float, PyFloat_FromDouble)
        EACH(NPY_BYTE, npy_int8, PyLong_FromLong)
        EACH(NPY_UBYTE, npy_uint8, PyLong_FromLong)
        EACH(NPY_SHORT, npy_int16, PyLong_FromLong)
        EACH(NPY_USHORT, npy_uint16, PyLong_FromLong)
        EACH(NPY_INT, npy_int32, PyLong_FromLong)
        EACH(NPY_UINT, npy_uint32, PyLong_FromLong)
        EACH(NPY_LONG, npy_int64, PyLong_FromLong)
        EACH(NPY_LONGLONG, npy_int64, PyLong_FromLong)
        EACH(NPY_ULONG, npy_uint64, PyLong_FromUnsignedLong)
        EACH(NPY_ULONGLONG, npy_uint64, PyLong_FromUnsignedLong)
    case NPY_BOOL:
        for (npy_intp i = 0; i < n; i++, p += step) items[i] = Py_NewRef(*p ? Py_True : Py_False);
        return true;
    case NPY_OBJECT:
        for (npy_intp i = 0; i < n; i++, p += step) {
            PyObject *o;
            memcpy(&o, p, sizeof o);
            items[i] = Py_NewRef(o ? o : Py_None);
        }
        return true;
    default: return false;
    }
#undef EACH
}

static PyObject *list_of(PyArrayObject *self, int axis, char *data)
{
    if (axis == PyArray_NDIM(self)) return PyArray_GETITEM(self, data);
    npy_intp n = PyArray_DIM(self, axis), step = PyArray_STRIDE(self, axis);
    PyObject *list = PyList_New(n);
    if (list && axis + 1 == PyArray_NDIM(self) && PyArray_ISNBO(PyArray_DESCR(self)->byteorder) &&
        plain_items(self, list, data, step)) {
        if (n && !PyList_GET_ITEM(list, n - 1)) Py_CLEAR(list);
        return list;
    }
    for (npy_intp i = 0; list && i < n; i++) {
        PyObject *item = list_of(self, axis + 1, data + i * step);
        if (!item) {
            Py_CLEAR(list);
            break;
        }
        PyList_SET_ITEM(list, i, item);
    }
    return list;
}

PyObject *PyArray_ToList(PyArrayObject *self)
{
    return list_of(self, 0, PyArray_BYTES(self));
}

static PyObject *method_tolist(PyArrayObject *self, PyObject *args)
{
    if (!PyArg_ParseTuple(args, "")) return NULL;
    return PyArray_ToList(self);
}

PyObject *PyArray_ToString(PyArrayObject *self, NPY_ORDER order)
{
    if (order == NPY_ANYORDER) order = PyArray_ISFORTRAN(self) ? NPY_FORTRANORDER : NPY_CORDER;
    if (order == NPY_KEEPORDER)
        order = PyArray_IS_F_CONTIGUOUS(self) && !PyArray_IS_C_CONTIGUOUS(self) ? NPY_FORTRANORDER
                                                                                : NPY_CORDER;
    int direct =
        order == NPY_FORTRANORDER ? PyArray_IS_F_CONTIGUOUS(self) : PyArray_IS_C_CONTIGUOUS(self);
    if (direct) return PyBytes_FromStringAndSize(PyArray_DATA(self), PyArray_NBYTES(self));
    PyArrayObject *copy = (PyArrayObject *)PyArray_NewCopy(self, order);
    if (!copy) return NULL;
    PyObject *out = PyBytes_FromStringAndSize(PyArray_DATA(copy), PyArray_NBYTES(copy));
    Py_DECREF(copy);
    return out;
}

static PyObject *method_tobytes(PyArrayObject *self, PyObject *const *args, Py_ssize_t n,
                                PyObject *kwnames)
{
    NPY_ORDER order = NPY_CORDER;
    if (ext_parse("tobytes", args, n, kwnames, "|order", &PyArray_OrderConverter, &order, NULL) < 0)
        return NULL;
    return PyArray_ToString(self, order);
}

static PyObject *method_tofile(PyArrayObject *self, PyObject *args, PyObject *kw)
{
    static PyObject *func;
    return ext_forward(&func, "_core._internal", "_tofile", (PyObject *)self, args, kw);
}

static PyObject *method_dump(PyArrayObject *self, PyObject *args, PyObject *kw)
{
    static PyObject *func;
    return ext_forward(&func, "_core._methods", "_dump", (PyObject *)self, args, kw);
}

static PyObject *method_dumps(PyArrayObject *self, PyObject *args, PyObject *kw)
{
    static PyObject *func;
    return ext_forward(&func, "_core._methods", "_dumps", (PyObject *)self, args, kw);
}

static PyObject *method_complex(PyArrayObject *self, PyObject *unused)
{
    if (PyArray_NDIM(self) != 0) {
        if (PyArray_SIZE(self) != 1) {
            PyErr_SetString(PyExc_TypeError,
                            "only 0-dimensional arrays can be converted to Python scalars");
            return NULL;
        }
        PyErr_SetString(PyExc_TypeError,
                        "only 0-dimensional arrays can be converted to Python scalars");
        return NULL;
    }
    PyArray_Descr *want = PyArray_DescrFromType(NPY_CDOUBLE);
    if (!want) return NULL;
    if (!PyArray_CanCastArrayTo(self, want, NPY_SAME_KIND_CASTING) &&
        PyArray_TYPE(self) != NPY_OBJECT) {
        PyErr_Format(PyExc_TypeError, "Unable to convert %R to complex", PyArray_DESCR(self));
        Py_DECREF(want);
        return NULL;
    }
    if (PyArray_TYPE(self) == NPY_OBJECT) {
        Py_DECREF(want);
        PyObject *o = PyArray_GETITEM(self, PyArray_DATA(self));
        PyObject *c = o ? PyObject_CallOneArg((PyObject *)&PyComplex_Type, o) : NULL;
        Py_XDECREF(o);
        return c;
    }
    PyArrayObject *a = (PyArrayObject *)PyArray_FromArray(self, want, NPY_ARRAY_FORCECAST);
    if (!a) return NULL;
    PyObject *c = PyArray_GETITEM(a, PyArray_DATA(a));
    Py_DECREF(a);
    return c;
}

static PyObject *method_format(PyArrayObject *self, PyObject *spec)
{
    PyObject *value;
    if (PyArray_NDIM(self) == 0) {
        value = PyArray_ToScalar(PyArray_DATA(self), self);
    } else {
        value = Py_NewRef(self);
        if (PyUnicode_Check(spec) && PyUnicode_GET_LENGTH(spec) == 0) {
            PyObject *s = PyObject_Str(value);
            Py_DECREF(value);
            return s;
        }
        PyErr_Format(PyExc_TypeError, "unsupported format string passed to %.200s.__format__",
                     Py_TYPE(self)->tp_name);
        Py_DECREF(value);
        return NULL;
    }
    PyObject *s = value ? PyObject_Format(value, spec) : NULL;
    Py_XDECREF(value);
    return s;
}

static PyObject *method_sizeof(PyArrayObject *self, PyObject *unused)
{
    Py_ssize_t n =
        Py_TYPE(self)->tp_basicsize + PyArray_NDIM(self) * 2 * (Py_ssize_t)sizeof(npy_intp);
    if (PyArray_CHKFLAGS(self, NPY_ARRAY_OWNDATA)) n += PyArray_NBYTES(self);
    return PyLong_FromSsize_t(n);
}

/* ---- protocols
 * ------------------------------------------------------------------------------------------------------
 */

PyObject *ext_array_finalize(PyObject *self, PyObject *obj)
{
    Py_RETURN_NONE;
}

static PyObject *method_array(PyArrayObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"dtype", "copy", NULL};
    PyArray_Descr *dtype = NULL;
    int copy = EXT_COPY_IF_NEEDED;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "|O&$O&:__array__", names, PyArray_DescrConverter2,
                                     &dtype, ext_copy_converter, &copy)) {
        Py_XDECREF(dtype);
        return NULL;
    }
    PyArrayObject *a = self;
    Py_INCREF(a);
    if (!PyArray_CheckExact(self)) {
        Py_DECREF(a);
        PyArray_Descr *own = (PyArray_Descr *)Py_NewRef(PyArray_DESCR(self));
        a = (PyArrayObject *)ext_array_new(
            &PyArray_Type, own, PyArray_NDIM(self), PyArray_DIMS(self), PyArray_STRIDES(self),
            PyArray_DATA(self), PyArray_FLAGS(self) & ~NPY_ARRAY_OWNDATA, NULL, (PyObject *)self,
            0);
        if (!a) goto fail;
    }
    int same = !dtype || PyArray_EquivTypes(PyArray_DESCR(self), dtype);
    if (same && copy != EXT_COPY_ALWAYS) {
        Py_XDECREF(dtype);
        return (PyObject *)a;
    }
    if (copy == EXT_COPY_NEVER) {
        PyErr_SetString(PyExc_ValueError,
                        "Unable to avoid copy while creating an array as requested.\n"
                        "If using `np.array(obj, copy=False)` replace it with `np.asarray(obj)` to "
                        "allow a copy when needed (no "
                        "behavior change in NumPy 1.x).\nFor more details, see "
                        "https://numpy.org/devdocs/"
                        "numpy_2_0_migration_guide.html#adapting-to-changes-in-the-copy-keyword.");
        goto fail;
    }
    if (!dtype) dtype = (PyArray_Descr *)Py_NewRef(PyArray_DESCR(self));
    PyObject *r = PyArray_NewLikeArray(a, NPY_KEEPORDER, dtype, 0);
    if (r && ext_assign_array((PyArrayObject *)r, a, NULL) < 0) Py_CLEAR(r);
    Py_DECREF(a);
    return r;
fail:
    Py_XDECREF(a);
    Py_XDECREF(dtype);
    return NULL;
}

static PyObject *method_array_wrap(PyArrayObject *self, PyObject *args)
{
    PyObject *arr, *context = NULL;
    int return_scalar = 0;
    if (!PyArg_ParseTuple(args, "O|Op:__array_wrap__", &arr, &context, &return_scalar)) return NULL;
    if (!PyArray_Check(arr)) {
        PyErr_SetString(PyExc_TypeError, "can only be called with ndarray object");
        return NULL;
    }
    PyArrayObject *a = (PyArrayObject *)arr;
    if (return_scalar && Py_IS_TYPE(self, &PyArray_Type) && PyArray_NDIM(a) == 0)
        return PyArray_Scalar(PyArray_DATA(a), PyArray_DESCR(a), arr);
    if (Py_TYPE(self) == Py_TYPE(a)) return Py_NewRef(arr);
    PyArray_Descr *d = (PyArray_Descr *)Py_NewRef(PyArray_DESCR(a));
    return ext_array_new(Py_TYPE(self), d, PyArray_NDIM(a), PyArray_DIMS(a), PyArray_STRIDES(a),
                         PyArray_DATA(a), PyArray_FLAGS(a) & ~NPY_ARRAY_OWNDATA, (PyObject *)self,
                         arr, EXT_NEW_KEEP_SUBARRAY);
}

static PyObject *method_array_namespace(PyObject *self, PyObject *const *args, Py_ssize_t n,
                                        PyObject *kwnames)
{
    static const char *const versions[] = {"2021.12", "2022.12", "2023.12", "2024.12"};
    PyObject *version = Py_None;
    if (ext_parse("__array_namespace__", args, n, kwnames, "$api_version", NULL, &version, NULL) <
        0)
        return NULL;
    if (version != Py_None) {
        if (!PyUnicode_Check(version)) {
            PyErr_SetString(PyExc_ValueError,
                            "Only None and strings are allowed as the Array API version");
            return NULL;
        }
        size_t i = 0;
        while (i < 4 && PyUnicode_CompareWithASCIIString(version, versions[i])) i++;
        if (i == 4) {
            PyErr_Format(PyExc_ValueError,
                         "Version \"%U\" of the Array API Standard is not supported.", version);
            return NULL;
        }
    }
    return PyImport_ImportModule(ext_root);
}

static PyObject *method_to_device(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"", "stream", NULL};
    const char *device = "";
    PyObject *stream = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "s|$O:to_device", names, &device, &stream))
        return NULL;
    if (stream != Py_None) {
        PyErr_SetString(PyExc_ValueError, "The stream argument in to_device() is not supported");
        return NULL;
    }
    if (strcmp(device, "cpu") != 0) {
        PyErr_Format(PyExc_ValueError, "Unsupported device: %s. Only 'cpu' is accepted.", device);
        return NULL;
    }
    return Py_NewRef(self);
}

static PyObject *class_getitem(PyObject *cls, PyObject *args)
{
    Py_ssize_t n = PyTuple_Check(args) ? PyTuple_Size(args) : 1;
    if (n > 2 || n == 0) {
        PyErr_Format(PyExc_TypeError, "Too %s arguments for %s", n > 2 ? "many" : "few",
                     ((PyTypeObject *)cls)->tp_name);
        return NULL;
    }
    return Py_GenericAlias(cls, args);
}

#define FAST (METH_FASTCALL | METH_KEYWORDS)
#define KW (METH_VARARGS | METH_KEYWORDS)
#define FN(f) ((PyCFunction)(void (*)(void))(f))

PyMethodDef ext_array_methods[] = {
#define COMPUTE(name, func, flags, sig, doc) {name, FN(func), flags, name sig "\n--\n\n" doc},
#include "array_compute.def"
#undef COMPUTE
    {"__array__", FN(method_array), KW,
     "__array__($self, dtype=None, /, *, copy=None)\n--\n\nThe array itself as a base-class "
     "ndarray."},
    {"__array_finalize__", FN(ext_array_finalize), METH_O,
     "__array_finalize__($self, obj, /)\n--\n\nDoes nothing; subclasses override it."},
    {"__array_wrap__", FN(method_array_wrap), METH_VARARGS,
     "__array_wrap__($self, array, context=None, return_scalar=True, /)\n--\n\nView of `array` "
     "with the type of self."},
    {"__array_ufunc__", FN(ext_method_array_ufunc), KW,
     "__array_ufunc__($self, ufunc, method, /, *inputs, **kwargs)\n--\n\nCall ufunc's method; "
     "NotImplemented if an input overrides it."},
    {"__array_function__", FN(ext_method_array_function), KW,
     "__array_function__($self, /, func, types, args, kwargs)\n--\n\nCall func's implementation if "
     "all types are subclasses of ndarray."},
    {"__array_namespace__", FN(method_array_namespace), FAST,
     "__array_namespace__($self, /, *, api_version=None)\n--\n\nThe package, as the array API's "
     "namespace."},
    {"__copy__", FN(method_dunder_copy), METH_NOARGS,
     "__copy__($self, /)\n--\n\nShallow copy in the same memory order."},
    {"__deepcopy__", FN(method_deepcopy), METH_O, "__deepcopy__($self, memo, /)\n--\n\nDeep copy."},
    {"__reduce__", FN(ext_method_reduce), METH_NOARGS, "__reduce__($self, /)\n--\n\nFor pickle."},
    {"__reduce_ex__", FN(ext_method_reduce_ex), METH_VARARGS,
     "__reduce_ex__($self, protocol, /)\n--\n\nFor pickle, out of band from protocol 5 on."},
    {"__setstate__", FN(ext_method_setstate), METH_VARARGS,
     "__setstate__($self, state, /)\n--\n\nFor unpickling: (version, shape, dtype, is_fortran, "
     "data)."},
    {"__complex__", FN(method_complex), METH_NOARGS,
     "__complex__($self, /)\n--\n\nThe one element as a Python complex."},
    {"__format__", FN(method_format), METH_O,
     "__format__($self, spec, /)\n--\n\nText by a format; arrays take the empty one."},
    {"__sizeof__", FN(method_sizeof), METH_NOARGS,
     "__sizeof__($self, /)\n--\n\nBytes of object and owned data."},
    {"__class_getitem__", FN(class_getitem), METH_CLASS | METH_O,
     "__class_getitem__($type, item, /)\n--\n\nndarray[shape, dtype] for annotations."},
    {"__dlpack__", FN(ext_method_dlpack), FAST,
     "__dlpack__($self, /, *, stream=None, max_version=None, dl_device=None, copy=None)\n--\n\nA "
     "DLPack capsule."},
    {"__dlpack_device__", FN(ext_method_dlpack_device), METH_NOARGS,
     "__dlpack_device__($self, /)\n--\n\n(1, 0): the CPU."},
    {"astype", FN(method_astype), FAST,
     "astype($self, /, dtype, order='K', casting='unsafe', subok=True, copy=True)\n--\n\nCopy cast "
     "to dtype."},
    {"byteswap", FN(method_byteswap), KW,
     "byteswap($self, /, inplace=False)\n--\n\nReverse the bytes of each element."},
    {"copy", FN(method_copy), FAST, "copy($self, /, order='C')\n--\n\nCopy of the array."},
    {"diagonal", FN(method_diagonal), KW,
     "diagonal($self, /, offset=0, axis1=0, axis2=1)\n--\n\nRead-only view of a diagonal."},
    {"dump", FN(method_dump), KW, "dump($self, /, file)\n--\n\nPickle to a file."},
    {"dumps", FN(method_dumps), KW, "dumps($self, /)\n--\n\nPickle to bytes."},
    {"fill", FN(method_fill), METH_FASTCALL,
     "fill($self, /, value)\n--\n\nSet every element to value."},
    {"flatten", FN(method_flatten), FAST,
     "flatten($self, /, order='C')\n--\n\nOne-dimensional copy."},
    {"getfield", FN(method_getfield), KW,
     "getfield($self, /, dtype, offset=0)\n--\n\nView of a field of each element."},
    {"item", FN(method_item), METH_FASTCALL,
     "item($self, /, *args)\n--\n\nAn element as a Python scalar."},
    {"ravel", FN(method_ravel), FAST,
     "ravel($self, /, order='C')\n--\n\nOne-dimensional view, or copy where needed."},
    {"reshape", FN(method_reshape), FAST,
     "reshape($self, /, *shape, order='C', copy=None)\n--\n\nThe same elements in another shape."},
    {"resize", FN(method_resize), KW,
     "resize($self, /, *new_shape, refcheck=True)\n--\n\nChange shape and size in place."},
    {"setfield", FN(method_setfield), KW,
     "setfield($self, val, /, dtype, offset=0)\n--\n\nAssign to a field of each element."},
    {"setflags", FN(method_setflags), KW,
     "setflags($self, /, *, write=None, align=None, uic=None)\n--\n\nSet flags of the array."},
    {"squeeze", FN(method_squeeze), FAST,
     "squeeze($self, /, axis=None)\n--\n\nView without axes of extent 1."},
    {"swapaxes", FN(method_swapaxes), METH_FASTCALL,
     "swapaxes($self, axis1, axis2, /)\n--\n\nView with two axes exchanged."},
    {"to_device", FN(method_to_device), KW,
     "to_device($self, device, /, *, stream=None)\n--\n\nThe array itself, for 'cpu'."},
    {"tobytes", FN(method_tobytes), FAST,
     "tobytes($self, /, order='C')\n--\n\nThe elements' bytes."},
    {"tofile", FN(method_tofile), KW,
     "tofile($self, fid, /, sep='', format='%s')\n--\n\nWrite to a file as bytes or text."},
    {"tolist", FN(method_tolist), METH_VARARGS,
     "tolist($self, /)\n--\n\nNested lists of Python scalars."},
    {"transpose", FN(method_transpose), METH_FASTCALL,
     "transpose($self, /, *axes)\n--\n\nView with the axes permuted."},
    {"view", FN(method_view), FAST,
     "view($self, /, *args, **kwargs)\n--\n\nThe same memory as another type."},
    {NULL}};
