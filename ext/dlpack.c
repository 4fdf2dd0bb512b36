/* DLPack: the exchange structures (specification 1.0, dmlc.github.io/dlpack), __dlpack__,
 * __dlpack_device__, from_dlpack. */
#include "argparse.h"
#include "array.h"
#include "array_methods.h"
#include "convert.h"

#include <string.h>

typedef struct {
    int32_t device_type, device_id;
} DLDevice;

enum { kDLCPU = 1, kDLCUDAHost = 3, kDLROCMHost = 11, kDLCUDAManaged = 13 };

typedef struct {
    uint8_t code, bits;
    uint16_t lanes;
} DLDataType;

enum { kDLInt = 0, kDLUInt = 1, kDLFloat = 2, kDLComplex = 5, kDLBool = 6 };

typedef struct {
    void *data;
    DLDevice device;
    int32_t ndim;
    DLDataType dtype;
    int64_t *shape, *strides;
    uint64_t byte_offset;
} DLTensor;

typedef struct DLManagedTensor {
    DLTensor dl_tensor;
    void *manager_ctx;
    void (*deleter)(struct DLManagedTensor *self);
} DLManagedTensor;

typedef struct DLManagedTensorVersioned {
    struct {
        uint32_t major, minor;
    } version;
    void *manager_ctx;
    void (*deleter)(struct DLManagedTensorVersioned *self);
    uint64_t flags;
    DLTensor dl_tensor;
} DLManagedTensorVersioned;

#define DLPACK_FLAG_READ_ONLY 1u
#define DLPACK_FLAG_COPIED 2u

/* ---- export
 * ----------------------------------------------------------------------------------------------------------
 */

static void release_array(void *ctx)
{
    if (!Py_IsInitialized()) return;
    PyGILState_STATE gil = PyGILState_Ensure();
    Py_XDECREF((PyObject *)ctx);
    PyGILState_Release(gil);
}

static void delete_tensor(DLManagedTensor *t)
{
    release_array(t->manager_ctx);
    PyMem_RawFree(t);
}

static void delete_versioned(DLManagedTensorVersioned *t)
{
    release_array(t->manager_ctx);
    PyMem_RawFree(t);
}

/* A capsule that nobody consumed still owns its tensor. */
static void capsule_end(PyObject *capsule)
{
    PyObject *type, *value, *tb;
    PyErr_Fetch(&type, &value, &tb);
    if (PyCapsule_IsValid(capsule, "dltensor")) {
        DLManagedTensor *t = PyCapsule_GetPointer(capsule, "dltensor");
        if (t && t->deleter) t->deleter(t);
    } else if (PyCapsule_IsValid(capsule, "dltensor_versioned")) {
        DLManagedTensorVersioned *t = PyCapsule_GetPointer(capsule, "dltensor_versioned");
        if (t && t->deleter) t->deleter(t);
    }
    PyErr_Restore(type, value, tb);
}

static int element_type(PyArrayObject *a, DLDataType *out)
{
    PyArray_Descr *d = PyArray_DESCR(a);
    npy_intp size = PyDataType_ELSIZE(d);
    if (PyDataType_ISBYTESWAPPED(d)) {
        PyErr_SetString(PyExc_BufferError, "DLPack only supports native byte order.");
        return -1;
    }
    out->lanes = 1;
    out->bits = (uint8_t)(8 * size);
    if (PyDataType_ISBOOL(d))
        out->code = kDLBool;
    else if (PyDataType_ISSIGNED(d))
        out->code = kDLInt;
    else if (PyDataType_ISUNSIGNED(d))
        out->code = kDLUInt;
    else if (PyDataType_ISFLOAT(d) || PyDataType_ISCOMPLEX(d)) {
        int cplx = PyDataType_ISCOMPLEX(d);
        if ((cplx ? size / 2 : size) > 8) {
            PyErr_SetString(PyExc_BufferError,
                            cplx ? "DLPack only supports IEEE floating point types without padding "
                                   "(longdouble typically is not IEEE)."
                                 : "DLPack only supports IEEE floating point types without padding "
                                   "(longdouble typically is not IEEE).");
            return -1;
        }
        out->code = cplx ? kDLComplex : kDLFloat;
    } else {
        PyErr_SetString(PyExc_BufferError,
                        "DLPack only supports signed/unsigned integers, float and complex dtypes.");
        return -1;
    }
    return 0;
}

/* Shape and strides (in elements) go into the int64 pairs at `room`. */
static void fill_tensor(DLTensor *t, PyArrayObject *a, DLDataType type, int64_t *room)
{
    int nd = PyArray_NDIM(a);
    npy_intp size = PyArray_ITEMSIZE(a);
    t->data = PyArray_DATA(a);
    t->device = (DLDevice){kDLCPU, 0};
    t->ndim = nd;
    t->dtype = type;
    t->byte_offset = 0;
    t->shape = nd ? room : NULL;
    t->strides = nd ? room + nd : NULL;
    for (int i = 0; i < nd; i++) {
        room[i] = PyArray_DIM(a, i);
        room[nd + i] = PyArray_STRIDE(a, i) / size;
    }
}

static PyObject *export_array(PyArrayObject *a, int versioned, int copied)
{
    DLDataType type;
    npy_intp size = PyArray_ITEMSIZE(a);
    if (element_type(a, &type) < 0) return NULL;
    for (int i = 0; i < PyArray_NDIM(a); i++) {
        if (PyArray_DIM(a, i) != 1 && PyArray_STRIDE(a, i) % size) {
            PyErr_SetString(PyExc_BufferError,
                            "DLPack only supports strides which are a multiple of itemsize.");
            return NULL;
        }
    }
    size_t room = 2 * (size_t)PyArray_NDIM(a) * sizeof(int64_t);
    PyObject *capsule;
    if (versioned) {
        DLManagedTensorVersioned *t = PyMem_RawMalloc(sizeof *t + room);
        if (!t) return PyErr_NoMemory();
        t->version.major = 1;
        t->version.minor = 0;
        t->flags = (PyArray_ISWRITEABLE(a) ? 0 : DLPACK_FLAG_READ_ONLY) |
                   (copied ? DLPACK_FLAG_COPIED : 0);
        fill_tensor(&t->dl_tensor, a, type, (int64_t *)(t + 1));
        t->manager_ctx = Py_NewRef(a);
        t->deleter = delete_versioned;
        capsule = PyCapsule_New(t, "dltensor_versioned", capsule_end);
        if (!capsule) delete_versioned(t);
        return capsule;
    }
    DLManagedTensor *t = PyMem_RawMalloc(sizeof *t + room);
    if (!t) return PyErr_NoMemory();
    fill_tensor(&t->dl_tensor, a, type, (int64_t *)(t + 1));
    t->manager_ctx = Py_NewRef(a);
    t->deleter = delete_tensor;
    capsule = PyCapsule_New(t, "dltensor", capsule_end);
    if (!capsule) delete_tensor(t);
    return capsule;
}

PyObject *ext_method_dlpack_device(PyArrayObject *self, PyObject *unused)
{
    return Py_BuildValue("ii", kDLCPU, 0);
}

static int check_device(PyObject *device)
{
    if (device == Py_None) return 0;
    int type, id;
    if (!PyTuple_Check(device)) {
        PyErr_SetString(PyExc_TypeError, "dl_device must be a tuple");
        return -1;
    }
    if (!PyArg_ParseTuple(device, "ii", &type, &id)) return -1;
    if (type != kDLCPU || id != 0) {
        PyErr_SetString(PyExc_BufferError, "unsupported device requested");
        return -1;
    }
    return 0;
}

PyObject *ext_method_dlpack(PyArrayObject *self, PyObject *const *args, Py_ssize_t n,
                            PyObject *kwnames)
{
    PyObject *stream = Py_None, *max_version = Py_None, *device = Py_None;
    int copy = EXT_COPY_IF_NEEDED;
    long major = 0;
    if (ext_parse("__dlpack__", args, n, kwnames, "$stream", NULL, &stream, "$max_version", NULL,
                  &max_version, "$dl_device", NULL, &device, "$copy", &ext_copy_converter, &copy,
                  NULL) < 0)
        return NULL;
    if (max_version != Py_None) {
        if (!PyTuple_Check(max_version) || PyTuple_GET_SIZE(max_version) != 2) {
            PyErr_SetString(PyExc_TypeError,
                            "max_version must be None or a tuple with two elements.");
            return NULL;
        }
        major = PyLong_AsLong(PyTuple_GET_ITEM(max_version, 0));
        if (major == -1 && PyErr_Occurred()) return NULL;
    }
    if (check_device(device) < 0) return NULL;
    if (stream != Py_None) {
        PyErr_SetString(PyExc_RuntimeError, "NumPy only supports stream=None.");
        return NULL;
    }
    PyArrayObject *a = (PyArrayObject *)Py_NewRef(self);
    if (copy == EXT_COPY_ALWAYS) {
        Py_SETREF(a, (PyArrayObject *)PyArray_NewCopy(self, NPY_KEEPORDER));
        if (!a) return NULL;
    }
    PyObject *r = NULL;
    if (major < 1 && !PyArray_ISWRITEABLE(a))
        PyErr_SetString(PyExc_BufferError,
                        "Cannot export readonly array since signalling readonly is unsupported by "
                        "DLPack (supported by newer DLPack version).");
    else
        r = export_array(a, major >= 1, copy == EXT_COPY_ALWAYS);
    Py_DECREF(a);
    return r;
}

/* ---- import
 * -------------------------------------------------------------------------------------------------------------
 */

static void end_used(PyObject *capsule)
{
    DLManagedTensor *t = PyCapsule_GetPointer(capsule, "numpy_dltensor");
    if (t && t->deleter) t->deleter(t);
}

static void end_used_versioned(PyObject *capsule)
{
    DLManagedTensorVersioned *t = PyCapsule_GetPointer(capsule, "numpy_dltensor_versioned");
    if (t && t->deleter) t->deleter(t);
}

static int type_number(DLDataType t)
{
    static const int ints[] = {NPY_INT8, NPY_INT16, NPY_INT32, NPY_INT64},
                     uints[] = {NPY_UINT8, NPY_UINT16, NPY_UINT32, NPY_UINT64};
    int k = t.bits == 8 ? 0 : t.bits == 16 ? 1 : t.bits == 32 ? 2 : t.bits == 64 ? 3 : -1;
    if (t.lanes != 1) return -1;
    switch (t.code) {
    case kDLBool: return t.bits == 8 ? NPY_BOOL : -1;
    case kDLInt: return k >= 0 ? ints[k] : -1;
    case kDLUInt: return k >= 0 ? uints[k] : -1;
    case kDLFloat:
        return t.bits == 16   ? NPY_FLOAT16
               : t.bits == 32 ? NPY_FLOAT32
               : t.bits == 64 ? NPY_FLOAT64
                              : -1;
    case kDLComplex: return t.bits == 64 ? NPY_COMPLEX64 : t.bits == 128 ? NPY_COMPLEX128 : -1;
    default: return -1;
    }
}

static PyObject *array_of_tensor(const DLTensor *t, int readonly, PyObject *owner)
{
    npy_intp shape[NPY_MAXDIMS], strides[NPY_MAXDIMS];
    if (t->ndim > NPY_MAXDIMS) {
        PyErr_SetString(PyExc_RuntimeError,
                        "maxdims of DLPack tensor is higher than the supported maxdims.");
        return NULL;
    }
    int dt = t->device.device_type;
    if (dt != kDLCPU && dt != kDLCUDAHost && dt != kDLROCMHost && dt != kDLCUDAManaged) {
        PyErr_SetString(PyExc_RuntimeError, "Unsupported device in DLTensor.");
        return NULL;
    }
    int num = type_number(t->dtype);
    if (t->dtype.lanes != 1) {
        PyErr_SetString(PyExc_RuntimeError, "Unsupported lanes in DLTensor dtype.");
        return NULL;
    }
    if (num < 0) {
        PyErr_SetString(PyExc_RuntimeError, "Unsupported dtype in DLTensor.");
        return NULL;
    }
    PyArray_Descr *d = PyArray_DescrFromType(num);
    if (!d) return NULL;
    for (int i = 0; i < t->ndim; i++) {
        shape[i] = (npy_intp)t->shape[i];
        if (t->strides) strides[i] = (npy_intp)t->strides[i] * PyDataType_ELSIZE(d);
    }
    return ext_array_new(&PyArray_Type, d, t->ndim, shape, t->strides ? strides : NULL,
                         (char *)t->data + t->byte_offset, readonly ? 0 : NPY_ARRAY_WRITEABLE, NULL,
                         owner, 0);
}

static PyObject *ask_for_capsule(PyObject *obj, PyObject *device, PyObject *copy)
{
    PyObject *method = PyObject_GetAttrString(obj, "__dlpack__");
    if (!method) return NULL;
    static PyObject *names, *version;
    if (!names) names = Py_BuildValue("(sss)", "dl_device", "copy", "max_version");
    if (!version) version = Py_BuildValue("(ii)", 1, 0);
    PyObject *const args[] = {device, copy, version};
    PyObject *capsule = names && version ? PyObject_Vectorcall(method, args, 0, names) : NULL;
    if (!capsule && PyErr_ExceptionMatches(PyExc_TypeError) && device == Py_None &&
        copy == Py_None) {
        PyErr_Clear(); /* a producer from before version 1.0 */
        capsule = PyObject_CallNoArgs(method);
    }
    Py_DECREF(method);
    return capsule;
}

static PyObject *from_dlpack(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    PyObject *obj, *device = Py_None, *copy = Py_None;
    if (ext_parse("from_dlpack", args, n, kwnames, "obj", NULL, &obj, "$device", NULL, &device,
                  "$copy", NULL, &copy, NULL) < 0)
        return NULL;
    PyObject *dl_device = NULL;
    int unused = 0;
    if (device != Py_None) {
        if (!ext_device_converter(device, &unused)) return NULL;
        dl_device = Py_BuildValue("(ii)", kDLCPU, 0);
    } else {
        dl_device = Py_NewRef(Py_None);
    }
    PyObject *capsule = dl_device ? ask_for_capsule(obj, dl_device, copy) : NULL;
    Py_XDECREF(dl_device);
    if (!capsule) return NULL;
    int versioned = PyCapsule_IsValid(capsule, "dltensor_versioned");
    void *p = PyCapsule_GetPointer(capsule, versioned ? "dltensor_versioned" : "dltensor");
    if (!p) {
        Py_DECREF(capsule);
        return NULL;
    }
    const DLTensor *t;
    int readonly;
    if (versioned) {
        DLManagedTensorVersioned *m = p;
        if (m->version.major > 1) {
            PyErr_SetString(PyExc_BufferError,
                            "from_dlpack(): the exported DLPack major version is too high to be "
                            "imported by this version of NumPy.");
            Py_DECREF(capsule);
            return NULL;
        }
        t = &m->dl_tensor;
        readonly = (m->flags & DLPACK_FLAG_READ_ONLY) != 0;
    } else {
        t = &((DLManagedTensor *)p)->dl_tensor;
        readonly = 1; /* the old protocol can't say */
    }
    const char *used = versioned ? "used_dltensor_versioned" : "used_dltensor",
               *own = versioned ? "numpy_dltensor_versioned" : "numpy_dltensor";
    PyObject *owner = PyCapsule_New(p, own, NULL),
             *a = owner ? array_of_tensor(t, readonly, owner) : NULL;
    if (a) {
        PyCapsule_SetName(capsule, used); /* ours from here on */
        PyCapsule_SetDestructor(owner, versioned ? end_used_versioned : end_used);
    }
    Py_XDECREF(owner);
    Py_DECREF(capsule);
    return a;
}

static PyMethodDef functions[] = {{"from_dlpack", (PyCFunction)(void (*)(void))from_dlpack,
                                   METH_FASTCALL | METH_KEYWORDS,
                                   "from_dlpack(x, /, *, device=None, copy=None)\n--\n\nAn array "
                                   "over the memory of an object that speaks DLPack."},
                                  {NULL}};

int ext_init_dlpack(PyObject *m)
{
    return ext_add_functions(m, functions);
}
