/* Runtime of generated extension modules: Fortran objects, and Python arguments as C and Fortran
 * values. It knows NumPy's public C API only. */
#define FORTRANOBJECT_C
#include "fortranobject.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- capsules and thread-local pointers ---- */

int F2PyDict_SetItemString(PyObject *dict, char *name, PyObject *obj)
{
    if (obj == NULL) {
        fprintf(stderr, "Error loading %s\n", name);
        if (PyErr_Occurred()) {
            PyErr_Print();
        }
        return -1;
    }
    return PyDict_SetItemString(dict, name, obj);
}

PyObject *F2PyCapsule_FromVoidPtr(void *ptr, void (*dtor)(PyObject *))
{
    PyObject *capsule = ptr ? PyCapsule_New(ptr, NULL, dtor) : NULL;
    if (capsule == NULL) {
        PyErr_Clear();
    }
    return capsule;
}

void *F2PyCapsule_AsVoidPtr(PyObject *capsule)
{
    void *ptr = PyCapsule_GetPointer(capsule, NULL);
    if (ptr == NULL) {
        PyErr_Clear();
    }
    return ptr;
}

int F2PyCapsule_Check(PyObject *obj)
{
    return PyCapsule_CheckExact(obj);
}

void *F2PyGetThreadLocalCallbackPtr(char *key)
{
    PyObject *dict = PyThreadState_GetDict();
    PyObject *found = dict ? PyDict_GetItemString(dict, key) : NULL;
    return found ? PyLong_AsVoidPtr(found) : NULL;
}

void *F2PySwapThreadLocalCallbackPtr(char *key, void *ptr)
{
    PyObject *dict = PyThreadState_GetDict();
    void *old = F2PyGetThreadLocalCallbackPtr(key);
    PyObject *value = PyLong_FromVoidPtr(ptr);
    if (dict == NULL || value == NULL || PyDict_SetItemString(dict, key, value) < 0) {
        Py_FatalError("f2py: no thread-local storage for a call-back");
    }
    Py_DECREF(value);
    return old;
}

/* ---- Fortran objects ---- */

/* The setter that Fortran calls has no argument for its object, hence this. The lock is held. */
static FortranDataDef *asking;

static void set_data(char *address, npy_intp *allocated)
{
    int is_allocated = *(int *)allocated != 0;
    asking->data = is_allocated ? address : NULL;
}

/* Let Fortran look at, make (job 1) or free (job 2) the allocatable array of `def`. */
static void ask_fortran(FortranDataDef *def, int job)
{
    asking = def;
    def->func(&def->rank, def->dims.d, set_data, &job);
    asking = NULL;
}

static PyArray_Descr *descr_of(int type_num, npy_intp elsize)
{
    PyArray_Descr *descr = PyArray_DescrNewFromType(type_num);
    if (descr != NULL && type_num == NPY_STRING) {
        PyDataType_SET_ELSIZE(descr, elsize);
    }
    return descr;
}

/* A view of the data that `def` names. */
static PyObject *array_of(FortranDataDef *def)
{
    PyArray_Descr *descr = descr_of(def->type, def->elsize);
    if (descr == NULL) {
        return NULL;
    }
    return PyArray_NewFromDescr(&PyArray_Type, descr, def->rank, def->dims.d, NULL, def->data,
                                NPY_ARRAY_FARRAY, NULL);
}

static int is_routine(const FortranDataDef *def)
{
    return def->rank == -1;
}

static PyFortranObject *new_object(FortranDataDef *defs, int len)
{
    PyFortranObject *self = PyObject_New(PyFortranObject, &PyFortran_Type);
    if (self == NULL) {
        return NULL;
    }
    self->len = len;
    self->defs = defs;
    self->dict = PyDict_New();
    if (self->dict == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    return self;
}

PyObject *PyFortranObject_NewAsAttr(FortranDataDef *def)
{
    return (PyObject *)new_object(def, 1);
}

PyObject *PyFortranObject_New(FortranDataDef *defs, f2py_void_func init)
{
    int len = 0;
    if (init != NULL) {
        init();
    }
    while (defs[len].name != NULL) {
        len++;
    }
    PyFortranObject *self = new_object(defs, len);
    for (int i = 0; self != NULL && i < len; i++) {
        PyObject *value = NULL;
        if (is_routine(&defs[i])) {
            value = PyFortranObject_NewAsAttr(&defs[i]);
        } else if (defs[i].func == NULL && defs[i].data != NULL) {
            value = array_of(&defs[i]);
        } else {
            continue;
        }
        if (value == NULL || PyDict_SetItemString(self->dict, defs[i].name, value) < 0) {
            Py_XDECREF(value);
            Py_CLEAR(self);
        } else {
            Py_DECREF(value);
        }
    }
    return (PyObject *)self;
}

static void fortran_dealloc(PyObject *op)
{
    Py_XDECREF(((PyFortranObject *)op)->dict);
    PyObject_Free(op);
}

static FortranDataDef *find_def(PyFortranObject *self, PyObject *name)
{
    const char *text = PyUnicode_AsUTF8(name);
    for (int i = 0; text != NULL && i < self->len; i++) {
        if (strcmp(text, self->defs[i].name) == 0) {
            return &self->defs[i];
        }
    }
    return NULL;
}

/* One line on an array, or a routine's own documentation. */
static PyObject *doc_of(FortranDataDef *def)
{
    if (def->doc != NULL) {
        return PyUnicode_DecodeLatin1(def->doc, (Py_ssize_t)strlen(def->doc), NULL);
    }
    if (is_routine(def)) {
        return PyUnicode_FromFormat("%s - no docs available\n", def->name);
    }
    int absent = 0;
    if (def->func != NULL) {
        for (int i = 0; i < def->rank; i++) {
            def->dims.d[i] = -1;
        }
        ask_fortran(def, 0);
        absent = def->data == NULL;
    }
    PyArray_Descr *descr = PyArray_DescrFromType(def->type);
    if (descr == NULL) {
        return NULL;
    }
    char code[2] = {descr->type, 0}, extents[F2PY_MAX_DIMS * 22 + 16] = "-scalar";
    Py_DECREF(descr);
    if (def->rank > 0) {
        char *at = extents + sprintf(extents, "-array");
        for (int i = 0; i < def->rank; i++) {
            at += sprintf(at, "%c%ld", i ? ',' : '(', (long)def->dims.d[i]);
        }
        strcpy(at, ")");
    }
    /* The zero byte behind "not allocated" is part of what users see. */
    char line[sizeof extents + 320];
    int size = snprintf(line, sizeof line, "%.200s : '%s'%s%s", def->name, code, extents,
                        absent ? ", not allocated" : "");
    size += absent; /* keeps the terminating zero */
    line[size++] = '\n';
    return PyUnicode_FromStringAndSize(line, size);
}

static PyObject *fortran_doc(PyFortranObject *self)
{
    PyObject *text = PyUnicode_FromString("");
    for (int i = 0; text != NULL && i < self->len; i++) {
        PyObject *part = doc_of(&self->defs[i]);
        if (part == NULL) {
            Py_CLEAR(text);
            break;
        }
        PyUnicode_Append(&text, part);
        Py_DECREF(part);
    }
    return text;
}

static PyObject *allocatable_value(FortranDataDef *def)
{
    for (int i = 0; i < def->rank; i++) {
        def->dims.d[i] = -1;
    }
    ask_fortran(def, 0);
    if (def->data == NULL) {
        Py_RETURN_NONE;
    }
    return array_of(def);
}

static PyObject *fortran_getattro(PyObject *op, PyObject *name)
{
    PyFortranObject *self = (PyFortranObject *)op;
    PyObject *value = PyDict_GetItemWithError(self->dict, name);
    if (value != NULL || PyErr_Occurred()) {
        Py_XINCREF(value);
        return value;
    }
    FortranDataDef *def = find_def(self, name);
    if (def != NULL && def->func != NULL && !is_routine(def)) {
        return allocatable_value(def);
    }
    if (PyUnicode_CompareWithASCIIString(name, "__dict__") == 0) {
        return Py_NewRef(self->dict);
    }
    if (PyUnicode_CompareWithASCIIString(name, "__doc__") == 0) {
        return fortran_doc(self);
    }
    int alone = self->len == 1 && is_routine(&self->defs[0]);
    if (alone && PyUnicode_CompareWithASCIIString(name, "__name__") == 0) {
        return PyUnicode_FromFormat("function %s", self->defs[0].name);
    }
    if (alone && PyUnicode_CompareWithASCIIString(name, "_cpointer") == 0) {
        PyObject *capsule = F2PyCapsule_FromVoidPtr(self->defs[0].data, NULL);
        if (capsule != NULL) {
            return capsule;
        }
    }
    return PyObject_GenericGetAttr(op, name);
}

/* Fortran fills strings up with blanks, NumPy with zeros. */
static void fill_blanks(PyArrayObject *array)
{
    if (PyArray_TYPE(array) != NPY_STRING) {
        return;
    }
    npy_intp size = PyArray_ITEMSIZE(array), count = PyArray_SIZE(array);
    for (npy_intp i = 0; i < count; i++) {
        char *item = PyArray_BYTES(array) + i * size;
        for (npy_intp j = size - 1; j >= 0 && item[j] == 0; j--) {
            item[j] = ' ';
        }
    }
}

static int assign_allocatable(FortranDataDef *def, PyObject *value)
{
    PyArrayObject *array = NULL;
    if (value == Py_None) {
        ask_fortran(def, 2);
        return 0;
    }
    for (int i = 0; i < def->rank; i++) {
        def->dims.d[i] = -1;
    }
    array = ndarray_from_pyobj(def->type, def->elsize, def->dims.d, def->rank,
                               F2PY_INTENT_IN | F2PY_INTENT_COPY, value,
                               "failed to assign an allocatable array");
    if (array == NULL) {
        return -1;
    }
    fill_blanks(array);
    ask_fortran(def, 1);
    if (def->data != NULL && PyArray_SIZE(array) > 0) {
        memcpy(def->data, PyArray_DATA(array), (size_t)PyArray_NBYTES(array));
    }
    Py_DECREF(array);
    return 0;
}

static int assign_data(FortranDataDef *def, PyObject *value)
{
    npy_intp dims[F2PY_MAX_DIMS], bytes = def->elsize;
    for (int i = 0; i < def->rank; i++) {
        dims[i] = def->dims.d[i];
        bytes *= dims[i];
    }
    PyArrayObject *array =
        ndarray_from_pyobj(def->type, def->elsize, dims, def->rank,
                           F2PY_INTENT_IN | F2PY_INTENT_COPY, value, "failed to assign");
    if (array == NULL) {
        return -1;
    }
    fill_blanks(array);
    if (PyArray_NBYTES(array) != bytes) {
        PyErr_Format(PyExc_ValueError, "%s: expected %zd bytes but got %zd", def->name,
                     (Py_ssize_t)bytes, (Py_ssize_t)PyArray_NBYTES(array));
        Py_DECREF(array);
        return -1;
    }
    memcpy(def->data, PyArray_DATA(array), (size_t)bytes);
    Py_DECREF(array);
    return 0;
}

static int fortran_setattro(PyObject *op, PyObject *name, PyObject *value)
{
    PyFortranObject *self = (PyFortranObject *)op;
    FortranDataDef *def = find_def(self, name);
    if (def != NULL && is_routine(def)) {
        PyErr_SetString(PyExc_AttributeError, "over-writing fortran routine");
        return -1;
    }
    if (def != NULL && value == NULL) {
        PyErr_Format(PyExc_AttributeError, "cannot delete Fortran variable '%s'", def->name);
        return -1;
    }
    if (def != NULL) {
        if (def->func != NULL) {
            return assign_allocatable(def, value);
        }
        return assign_data(def, value);
    }
    if (value != NULL) {
        return PyDict_SetItem(self->dict, name, value);
    }
    if (PyDict_DelItem(self->dict, name) < 0) {
        PyErr_SetString(PyExc_AttributeError, "delete non-existing fortran attribute");
        return -1;
    }
    return 0;
}

typedef PyObject *(*wrapper)(PyObject *, PyObject *, PyObject *, void *);

static PyObject *fortran_call(PyObject *op, PyObject *args, PyObject *kwds)
{
    PyFortranObject *self = (PyFortranObject *)op;
    FortranDataDef *def = self->defs;
    if (self->len != 1 || !is_routine(def)) {
        PyErr_SetString(PyExc_TypeError, "this fortran object is not callable");
        return NULL;
    }
    if (def->func == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "no function to call");
        return NULL;
    }
    return ((wrapper)def->func)(op, args, kwds, (void *)def->data);
}

static PyObject *fortran_repr(PyObject *op)
{
    PyFortranObject *self = (PyFortranObject *)op;
    if (self->len == 1 && is_routine(self->defs)) {
        return PyUnicode_FromFormat("<fortran function %s>", self->defs[0].name);
    }
    return PyUnicode_FromString("<fortran object>");
}

PyTypeObject PyFortran_Type = {
    .ob_base = {.ob_base = {.ob_refcnt = 1}},
    .tp_name = "fortran",
    .tp_basicsize = sizeof(PyFortranObject),
    .tp_dealloc = fortran_dealloc,
    .tp_getattro = fortran_getattro,
    .tp_setattro = fortran_setattro,
    .tp_call = fortran_call,
    .tp_repr = fortran_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

/* ---- arrays ---- */

/* Write what `obj` is, for messages, into a buffer of F2PY_MESSAGE_BUFFER_SIZE. */
int f2py_describe(PyObject *obj, char *text)
{
    const size_t room = F2PY_MESSAGE_BUFFER_SIZE;
    if (PyBytes_Check(obj)) {
        return snprintf(text, room, "%zd-%s", PyBytes_GET_SIZE(obj), Py_TYPE(obj)->tp_name);
    }
    if (PyUnicode_Check(obj)) {
        return snprintf(text, room, "%zd-%s", PyUnicode_GET_LENGTH(obj), Py_TYPE(obj)->tp_name);
    }
    if (PyArray_CheckScalar(obj) || PyArray_Check(obj)) {
        PyArrayObject *array = PyArray_Check(obj) ? (PyArrayObject *)obj : NULL;
        PyArray_Descr *descr = array ? PyArray_DESCR(array) : PyArray_DescrFromScalar(obj);
        size_t at = 0;
        int scalar = array == NULL || PyArray_NDIM(array) == 0;
        if (!scalar) {
            at += (size_t)snprintf(text, room, "(");
            for (int i = 0; i < PyArray_NDIM(array) && at < room - 100; i++) {
                at += (size_t)snprintf(text + at, room - at, i ? " %ld" : "%ld",
                                       (long)PyArray_DIM(array, i));
            }
            if (PyArray_NDIM(array) == 1) {
                at += (size_t)snprintf(text + at, room - at, ",");
            }
            at += (size_t)snprintf(text + at, room - at, ")-");
        }
        snprintf(text + at, room - at, "%c%ld-%.100s%s", descr->kind,
                 (long)PyDataType_ELSIZE(descr), Py_TYPE(obj)->tp_name, scalar ? "-scalar" : "");
        if (array == NULL) {
            Py_DECREF(descr);
        }
        return (int)strlen(text);
    }
    if (PySequence_Check(obj)) {
        return snprintf(text, room, "%zd-%.100s", PySequence_Length(obj), Py_TYPE(obj)->tp_name);
    }
    return snprintf(text, room, "%.100s instance", Py_TYPE(obj)->tp_name);
}

int copy_ND_array(const PyArrayObject *from, PyArrayObject *to)
{
    return PyArray_CopyInto(to, (PyArrayObject *)from);
}

npy_intp f2py_size_impl(PyArrayObject *array, ...)
{
    va_list list;
    va_start(list, array);
    int axis = va_arg(list, int);
    va_end(list);
    if (axis == -1) {
        return PyArray_SIZE(array);
    }
    int rank = PyArray_NDIM(array);
    if (axis >= 1 && axis <= rank) {
        return PyArray_DIM(array, axis - 1);
    }
    fprintf(stderr,
            "f2py_size: 2nd argument value=%d fails to satisfy 1<=value<=%d. Result will be 0.\n",
            axis, rank);
    return 0;
}

/* Give `array` the extents that are wanted, and fill in those that are not fixed. Axes of one
 * element count as absent where an array has too many. */
static int fit_dimensions(PyArrayObject *array, int rank, npy_intp *dims, const char *errmess)
{
    npy_intp found[F2PY_MAX_DIMS];
    int n = PyArray_NDIM(array), count = 0, drop = n > rank ? n - rank : 0;
    int effective = 0;
    for (int i = 0; i < n; i++) {
        effective += PyArray_DIM(array, i) > 1;
        if (drop > 0 && PyArray_DIM(array, i) == 1) {
            drop--;
        } else if (count < F2PY_MAX_DIMS) {
            found[count++] = PyArray_DIM(array, i);
        }
    }
    if (count > rank && rank > 0 && dims[rank - 1] < 0) {
        while (count > rank) { /* the last axis takes what is left */
            found[count - 2] *= found[count - 1];
            count--;
        }
    }
    if (count > rank) {
        PyErr_Format(PyExc_ValueError, "too many axes: %d (effrank=%d), expected rank=%d\n", n,
                     effective, rank);
        return -1;
    }
    for (int i = 0; i < rank; i++) {
        if (i >= count) {
            if (dims[i] > 1) {
                PyErr_Format(PyExc_ValueError,
                             "%d-th dimension must be %zd but got 0 (not defined).\n", i,
                             (Py_ssize_t)dims[i]);
                return -1;
            }
            if (dims[i] < 0) {
                dims[i] = 1;
            }
        } else if (dims[i] >= 0 && dims[i] != found[i]) {
            PyErr_Format(PyExc_ValueError, "%s -- %d-th dimension must be fixed to %zd but got %zd",
                         errmess ? errmess : "array_from_pyobj", i, (Py_ssize_t)dims[i],
                         (Py_ssize_t)found[i]);
            return -1;
        } else {
            dims[i] = found[i];
        }
    }
    return 0;
}

static int alignment_of(int intent)
{
    return intent & F2PY_INTENT_ALIGNED4    ? 4
           : intent & F2PY_INTENT_ALIGNED8  ? 8
           : intent & F2PY_INTENT_ALIGNED16 ? 16
                                            : 1;
}

static int is_aligned(PyArrayObject *array, int intent)
{
    return (size_t)PyArray_DATA(array) % (size_t)alignment_of(intent) == 0 &&
           PyArray_CHKFLAGS(array, NPY_ARRAY_ALIGNED);
}

/* Same bytes mean the same to Fortran: integers of either sign, and equivalent types. */
static int is_same_type(PyArrayObject *array, int type_num)
{
    int theirs = PyArray_TYPE(array);
    if (PyArray_EquivTypenums(theirs, type_num)) {
        return PyArray_ISNOTSWAPPED(array);
    }
    return PyTypeNum_ISINTEGER(theirs) && PyTypeNum_ISINTEGER(type_num) &&
           PyArray_ISNOTSWAPPED(array);
}

static int is_same_kind(int a, int b)
{
    return a == b || (PyTypeNum_ISINTEGER(a) && PyTypeNum_ISINTEGER(b)) ||
           (PyTypeNum_ISFLOAT(a) && PyTypeNum_ISFLOAT(b)) ||
           (PyTypeNum_ISCOMPLEX(a) && PyTypeNum_ISCOMPLEX(b));
}

static int has_layout(PyArrayObject *array, int intent)
{
    return intent & F2PY_INTENT_C ? PyArray_IS_C_CONTIGUOUS(array) : PyArray_IS_F_CONTIGUOUS(array);
}

static PyArrayObject *new_array(int type_num, npy_intp elsize, npy_intp *dims, int rank, int intent)
{
    PyArray_Descr *descr = descr_of(type_num, elsize > 0 ? elsize : 1);
    if (descr == NULL) {
        return NULL;
    }
    return (PyArrayObject *)PyArray_Zeros(rank, dims, descr, !(intent & F2PY_INTENT_C));
}

static PyArrayObject *created(int type_num, npy_intp elsize, npy_intp *dims, int rank, int intent)
{
    for (int i = 0; i < rank; i++) {
        if (dims[i] < 0) {
            PyObject *shape = PyTuple_New(rank);
            for (int j = 0; shape != NULL && j < rank; j++) {
                PyTuple_SET_ITEM(shape, j, PyLong_FromSsize_t(dims[j]));
            }
            PyErr_Format(PyExc_ValueError,
                         "failed to create intent(cache|hide)|optional array-- must have defined "
                         "dimensions but got %R",
                         shape);
            Py_XDECREF(shape);
            return NULL;
        }
    }
    return new_array(type_num, elsize, dims, rank, intent);
}

/* `array` (stolen), as a view without its surplus axes of one element. */
static PyArrayObject *squeezed(PyArrayObject *array, int rank, npy_intp *dims, int intent)
{
    if (array == NULL || PyArray_NDIM(array) <= rank) {
        return array;
    }
    PyArray_Dims shape = {dims, rank};
    NPY_ORDER order = has_layout(array, intent & F2PY_INTENT_C) && !(intent & F2PY_INTENT_C)
                          ? NPY_FORTRANORDER
                          : NPY_CORDER;
    PyArrayObject *view = (PyArrayObject *)PyArray_Newshape(array, &shape, order);
    Py_DECREF(array);
    return view;
}

static PyArrayObject *cached(PyArrayObject *array, npy_intp elsize, npy_intp *dims, int rank,
                             const char *errmess)
{
    const char *fault = NULL;
    if (!PyArray_ISONESEGMENT(array)) {
        fault = " -- input must be in one segment";
    } else if (PyArray_ITEMSIZE(array) < elsize) {
        PyErr_Format(PyExc_ValueError,
                     "failed to initialize intent(cache) array -- expected at least elsize=%zd "
                     "but got %zd",
                     (Py_ssize_t)elsize, (Py_ssize_t)PyArray_ITEMSIZE(array));
        return NULL;
    }
    if (fault != NULL) {
        PyErr_Format(PyExc_ValueError, "failed to initialize intent(cache) array%s", fault);
        return NULL;
    }
    if (fit_dimensions(array, rank, dims, errmess) < 0) {
        return NULL;
    }
    return (PyArrayObject *)Py_NewRef((PyObject *)array);
}

static void refuse_inout(PyArrayObject *array, int type_num, npy_intp elsize, int intent)
{
    char text[F2PY_MESSAGE_BUFFER_SIZE];
    int at = snprintf(text, sizeof text, "failed to initialize intent(inout) array");
    if (!has_layout(array, intent)) {
        at += snprintf(text + at, sizeof text - (size_t)at, " -- input not %scontiguous",
                       intent & F2PY_INTENT_C ? "" : "fortran ");
    }
    if (PyArray_ITEMSIZE(array) != elsize) {
        at += snprintf(text + at, sizeof text - (size_t)at, " -- expected elsize=%ld but got %ld",
                       (long)elsize, (long)PyArray_ITEMSIZE(array));
    }
    if (!is_same_kind(PyArray_TYPE(array), type_num)) {
        PyArray_Descr *wanted = PyArray_DescrFromType(type_num);
        at += snprintf(text + at, sizeof text - (size_t)at, " -- input '%c' not compatible to '%c'",
                       PyArray_DESCR(array)->type, wanted ? wanted->type : '?');
        Py_XDECREF(wanted);
    }
    if (PyArray_ISBYTESWAPPED(array)) {
        at += snprintf(text + at, sizeof text - (size_t)at, " -- input in foreign byte order");
    }
    if (!is_aligned(array, intent)) {
        snprintf(text + at, sizeof text - (size_t)at, " -- input not %d-aligned",
                 alignment_of(intent));
    }
    PyErr_SetString(PyExc_ValueError, text);
}

/* Make `array` own what `fresh` owns, and the other way round. Extents and strides are written in
 * place, since they may live inside the object. */
static void exchange(PyArrayObject *array, PyArrayObject *fresh)
{
    PyArrayObject_fields *a = (PyArrayObject_fields *)array, *b = (PyArrayObject_fields *)fresh;
#define SWAP(T, x, y)                                                                              \
    do {                                                                                           \
        T t_ = (x);                                                                                \
        (x) = (y);                                                                                 \
        (y) = t_;                                                                                  \
    } while (0)
    SWAP(char *, a->data, b->data);
    SWAP(PyObject *, a->base, b->base);
    SWAP(PyArray_Descr *, a->descr, b->descr);
    SWAP(int, a->flags, b->flags);
    SWAP(PyObject *, a->mem_handler, b->mem_handler);
    for (int i = 0; i < a->nd; i++) {
        SWAP(npy_intp, a->dimensions[i], b->dimensions[i]);
        SWAP(npy_intp, a->strides[i], b->strides[i]);
    }
#undef SWAP
}

static PyArrayObject *from_array(PyArrayObject *array, int type_num, npy_intp elsize,
                                 npy_intp *dims, int rank, int intent, const char *errmess)
{
    if (intent & F2PY_INTENT_CACHE) {
        return cached(array, elsize, dims, rank, errmess);
    }
    int flexible = type_num == NPY_STRING && elsize <= 0;
    if (flexible && PyArray_TYPE(array) == NPY_STRING) {
        elsize = PyArray_ITEMSIZE(array);
    }
    if (flexible && PyArray_TYPE(array) == NPY_UNICODE) {
        elsize = PyArray_ITEMSIZE(array) / 4;
    }
    if (fit_dimensions(array, rank, dims, errmess) < 0) {
        return NULL;
    }
    int fits = is_same_type(array, type_num) && PyArray_ITEMSIZE(array) == elsize &&
               has_layout(array, intent) && is_aligned(array, intent);
    if (intent & F2PY_INTENT_INOUT && !(intent & F2PY_INTENT_COPY)) {
        if (!fits) {
            refuse_inout(array, type_num, elsize, intent);
            return NULL;
        }
        return (PyArrayObject *)Py_NewRef((PyObject *)array);
    }
    if (fits && !(intent & F2PY_INTENT_COPY)) {
        return (PyArrayObject *)Py_NewRef((PyObject *)array);
    }
    PyArrayObject *fresh =
        new_array(type_num, elsize, PyArray_DIMS(array), PyArray_NDIM(array), intent);
    if (fresh == NULL) {
        return NULL;
    }
    if (copy_ND_array(array, fresh) < 0) {
        Py_DECREF(fresh);
        return NULL;
    }
    if (intent & F2PY_INTENT_INPLACE) {
        exchange(array, fresh);
        Py_DECREF(fresh);
        return (PyArrayObject *)Py_NewRef((PyObject *)array);
    }
    return fresh;
}

PyArrayObject *ndarray_from_pyobj(const int type_num, const int elsize_, npy_intp *dims,
                                  const int rank, const int intent, PyObject *obj,
                                  const char *errmess)
{
    npy_intp elsize = elsize_;
    if (type_num != NPY_STRING) {
        PyArray_Descr *descr = PyArray_DescrFromType(type_num);
        if (descr == NULL) {
            return NULL;
        }
        elsize = PyDataType_ELSIZE(descr);
        Py_DECREF(descr);
    }
    if (intent & F2PY_INTENT_HIDE ||
        (obj == Py_None && intent & (F2PY_INTENT_CACHE | F2PY_OPTIONAL))) {
        return created(type_num, elsize, dims, rank, intent);
    }
    if (PyArray_Check(obj)) {
        PyArrayObject *array =
            from_array((PyArrayObject *)obj, type_num, elsize, dims, rank, intent, errmess);
        return squeezed(array, rank, dims, intent);
    }
    if (intent & (F2PY_INTENT_INOUT | F2PY_INTENT_INPLACE | F2PY_INTENT_CACHE)) {
        PyErr_Format(PyExc_TypeError,
                     "failed to initialize intent(inout|inplace|cache) array, input '%s' object "
                     "is not an array",
                     Py_TYPE(obj)->tp_name);
        return NULL;
    }
    PyArray_Descr *descr = descr_of(type_num, elsize > 0 ? elsize : 0);
    if (descr == NULL) {
        return NULL;
    }
    int flags =
        (intent & F2PY_INTENT_C ? NPY_ARRAY_CARRAY : NPY_ARRAY_FARRAY) | NPY_ARRAY_FORCECAST;
    PyArrayObject *array = (PyArrayObject *)PyArray_FromAny(obj, descr, 0, 0, flags, NULL);
    if (array != NULL && fit_dimensions(array, rank, dims, errmess) < 0) {
        Py_CLEAR(array);
    }
    return squeezed(array, rank, dims, intent);
}

PyArrayObject *array_from_pyobj(const int type_num, npy_intp *dims, const int rank,
                                const int intent, PyObject *obj)
{
    PyArray_Descr *descr = PyArray_DescrFromType(type_num);
    if (descr == NULL) {
        return NULL;
    }
    int elsize = (int)PyDataType_ELSIZE(descr);
    Py_DECREF(descr);
    return ndarray_from_pyobj(type_num, elsize, dims, rank, intent, obj, NULL);
}

#include "fortranvalues.h"
