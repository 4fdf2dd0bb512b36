/* PyArrayMethod objects, from the DType API's specs or from kernels of the old kind. */
#include "arraymethod.h"

#include "dtypemeta.h"

#include <string.h>

static void method_dealloc(PyObject *self)
{
    PyArrayMethodObject *m = (PyArrayMethodObject *)self;
    int n = m->nin + m->nout;
    if (m->dtypes)
        for (int i = 0; i < n; i++) Py_XDECREF(m->dtypes[i]);
    if (m->wrapped_dtypes)
        for (int i = 0; i < n; i++) Py_XDECREF(m->wrapped_dtypes[i]);
    if (m->kernel_descrs)
        for (int i = 0; i < n; i++) Py_XDECREF(m->kernel_descrs[i]);
    Py_XDECREF(m->wrapped);
    PyMem_Free(m->dtypes);
    PyMem_Free(m->wrapped_dtypes);
    PyMem_Free(m->kernel_descrs);
    PyMem_Free((void *)m->name);
    Py_TYPE(self)->tp_free(self);
}

static PyObject *method_repr(PyObject *self)
{
    PyArrayMethodObject *m = (PyArrayMethodObject *)self;
    return PyUnicode_FromFormat("<%s `%s`>", Py_TYPE(self)->tp_name, m->name);
}

PyTypeObject PyArrayMethod_Type_ = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "numpy._ArrayMethod",
    .tp_basicsize = sizeof(PyArrayMethodObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = method_dealloc,
    .tp_repr = method_repr,
};

static PyArrayMethodObject *method_alloc(const char *name, int nin, int nout,
                                         PyArray_DTypeMeta **dtypes)
{
    PyArrayMethodObject *m = PyObject_New(PyArrayMethodObject, &PyArrayMethod_Type_);
    if (!m) return NULL;
    memset((char *)m + sizeof(PyObject), 0, sizeof *m - sizeof(PyObject));
    m->nin = nin;
    m->nout = nout;
    size_t len = strlen(name ? name : "<unknown>") + 1;
    char *copy = PyMem_Malloc(len);
    m->dtypes = PyMem_Calloc((size_t)(nin + nout), sizeof *m->dtypes);
    if (!copy || !m->dtypes) {
        PyMem_Free(copy);
        Py_DECREF(m);
        PyErr_NoMemory();
        return NULL;
    }
    memcpy(copy, name ? name : "<unknown>", len);
    m->name = copy;
    if (dtypes)
        for (int i = 0; i < nin + nout; i++)
            m->dtypes[i] = (PyArray_DTypeMeta *)Py_XNewRef((PyObject *)dtypes[i]);
    return m;
}

static int read_slots(PyArrayMethodObject *m, PyArrayMethod_Spec *spec, int private_)
{
    for (PyType_Slot *s = spec->slots; s && s->slot != 0; s++) {
        switch (s->slot) {
        case _NPY_METH_resolve_descriptors_with_scalars:
            m->resolve_with_scalars = (PyArrayMethod_ResolveDescriptorsWithScalar *)s->pfunc;
            break;
        case NPY_METH_resolve_descriptors:
            m->resolve = (PyArrayMethod_ResolveDescriptors *)s->pfunc;
            break;
        case NPY_METH_get_loop: m->get_loop = (PyArrayMethod_GetLoop *)s->pfunc; break;
        case NPY_METH_get_reduction_initial:
            m->get_initial = (PyArrayMethod_GetReductionInitial *)s->pfunc;
            break;
        case NPY_METH_strided_loop: m->strided = (PyArrayMethod_StridedLoop *)s->pfunc; break;
        case NPY_METH_contiguous_loop: m->contiguous = (PyArrayMethod_StridedLoop *)s->pfunc; break;
        case NPY_METH_unaligned_strided_loop:
            m->unaligned = (PyArrayMethod_StridedLoop *)s->pfunc;
            break;
        case NPY_METH_unaligned_contiguous_loop:
            m->unaligned_contiguous = (PyArrayMethod_StridedLoop *)s->pfunc;
            break;
        case NPY_METH_contiguous_indexed_loop:
            m->indexed = (PyArrayMethod_StridedLoop *)s->pfunc;
            break;
        case _NPY_METH_static_data: m->static_data = s->pfunc; break;
        default:
            PyErr_Format(PyExc_RuntimeError, "invalid slot number %d to ArrayMethod: %s", s->slot,
                         spec->name);
            return -1;
        }
    }
    if (m->resolve_with_scalars && !m->resolve && !private_ && 0) return -1;
    return 0;
}

static int validate(PyArrayMethod_Spec *spec)
{
    int n = spec->nin + spec->nout;
    if (spec->nin < 0 || spec->nout < 0 || n > NPY_MAXARGS) {
        PyErr_Format(PyExc_ValueError,
                     "ArrayMethod inputs and outputs must be greater zero and not exceeding %d. "
                     "(method: %s)",
                     NPY_MAXARGS, spec->name);
        return -1;
    }
    for (int i = 0; i < n; i++) {
        if (!spec->dtypes[i]) {
            if (i < spec->nin) {
                PyErr_Format(PyExc_TypeError,
                             "ArrayMethod must provide all input DTypes. (method: %s)", spec->name);
                return -1;
            }
            continue;
        }
        if (!PyObject_TypeCheck((PyObject *)spec->dtypes[i], &PyArrayDTypeMeta_Type_)) {
            PyErr_Format(PyExc_TypeError,
                         "ArrayMethod provided object %R is not a DType. (method: %s)",
                         spec->dtypes[i], spec->name);
            return -1;
        }
    }
    return 0;
}

PyArrayMethodObject *ext_method_from_spec(PyArrayMethod_Spec *spec, int private_)
{
    if (validate(spec) < 0) return NULL;
    PyArrayMethodObject *m = method_alloc(spec->name, spec->nin, spec->nout, spec->dtypes);
    if (!m) return NULL;
    m->casting = spec->casting;
    m->flags = spec->flags;
    if (read_slots(m, spec, private_) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}

PyArrayMethodObject *ext_method_from_kernel(const char *name, int nin, int nout,
                                            PyArray_DTypeMeta **dtypes,
                                            PyUFuncGenericFunction kernel, void *data)
{
    PyArrayMethodObject *m = method_alloc(name, nin, nout, dtypes);
    if (!m) return NULL;
    m->casting = NPY_NO_CASTING;
    m->kernel = kernel;
    m->kernel_data = data;
    m->flags = (NPY_ARRAYMETHOD_FLAGS)0;
    for (int i = 0; i < nin + nout; i++)
        if (dtypes[i] && dtypes[i]->type_num == NPY_OBJECT)
            m->flags = (NPY_ARRAYMETHOD_FLAGS)(m->flags | NPY_METH_REQUIRES_PYAPI);
    return m;
}

/* The rule where a method has none of its own: canonical inputs, default outputs. */
static NPY_CASTING default_resolve(PyArrayMethodObject *m, PyArray_Descr *const *given,
                                   PyArray_Descr **loop)
{
    int n = m->nin + m->nout;
    for (int i = 0; i < n; i++) loop[i] = NULL;
    for (int i = 0; i < n; i++) {
        PyArray_DTypeMeta *cls = m->dtypes[i];
        if (m->kernel_descrs && m->kernel_descrs[i])
            loop[i] = (PyArray_Descr *)Py_NewRef((PyObject *)m->kernel_descrs[i]);
        else if (given[i])
            loop[i] = EXT_DT_SLOTS(NPY_DTYPE(given[i]))->ensure_canonical(given[i]);
        else if (cls && ext_dt_is_parametric(cls) && i >= m->nin && m->nin > 0 && given[0] &&
                 NPY_DTYPE(given[0]) == cls)
            loop[i] = EXT_DT_SLOTS(cls)->ensure_canonical(given[0]);
        else
            loop[i] = cls->singleton ? (PyArray_Descr *)Py_NewRef((PyObject *)cls->singleton)
                                     : EXT_DT_SLOTS(cls)->default_descr(cls);
        if (!loop[i]) {
            for (int k = 0; k < i; k++) Py_CLEAR(loop[k]);
            return (NPY_CASTING)-1;
        }
    }
    return m->casting;
}

static NPY_CASTING wrapped_resolve(PyArrayMethodObject *m, PyArray_Descr *const *given,
                                   PyArray_Descr **loop)
{
    int n = m->nin + m->nout;
    PyArray_Descr *inner_given[NPY_MAXARGS] = {NULL}, *inner[NPY_MAXARGS] = {NULL};
    NPY_CASTING casting = (NPY_CASTING)-1;
    if (m->translate_given(m->nin, m->nout, m->wrapped_dtypes, given, inner_given) == 0) {
        casting = ext_method_resolve(m->wrapped, inner_given, NULL, inner);
        if ((int)casting >= 0 &&
            m->translate_loop(m->nin, m->nout, m->dtypes, given, inner, loop) < 0)
            casting = (NPY_CASTING)-1;
    }
    for (int i = 0; i < n; i++) {
        Py_XDECREF(inner_given[i]);
        Py_XDECREF(inner[i]);
    }
    return casting;
}

NPY_CASTING ext_method_resolve(PyArrayMethodObject *m, PyArray_Descr *const *given,
                               PyObject *const *scalars, PyArray_Descr **loop)
{
    npy_intp view_offset = NPY_MIN_INTP;
    if (m->wrapped) return wrapped_resolve(m, given, loop);
    if (m->resolve_with_scalars) {
        PyObject *none[NPY_MAXARGS] = {NULL};
        return m->resolve_with_scalars(m, m->dtypes, given, scalars ? scalars : none, loop,
                                       &view_offset);
    }
    if (m->resolve) return m->resolve(m, m->dtypes, given, loop, &view_offset);
    return default_resolve(m, given, loop);
}

/* ---- loops
 * ------------------------------------------------------------------------------------------------------
 */

typedef struct KernelAux {
    NpyAuxData base;
    PyUFuncGenericFunction kernel;
    void *data;
    int check;
} KernelAux;

static void aux_free(NpyAuxData *a)
{
    PyMem_Free(a);
}
static NpyAuxData *aux_clone(NpyAuxData *a)
{
    KernelAux *c = PyMem_Malloc(sizeof *c);
    if (c) *c = *(KernelAux *)a;
    return (NpyAuxData *)c;
}

static int run_kernel(PyArrayMethod_Context *context, char *const *data, const npy_intp *dims,
                      const npy_intp *strides, NpyAuxData *aux)
{
    KernelAux *k = (KernelAux *)aux;
    k->kernel((char **)data, dims, strides, k->data);
    return k->check && PyErr_Occurred() ? -1 : 0;
}

typedef struct WrappedAux {
    NpyAuxData base;
    PyArrayMethod_Context context;
    PyArray_Descr *descrs[NPY_MAXARGS];
    PyArrayMethod_StridedLoop *loop;
    NpyAuxData *aux;
} WrappedAux;

static void wrapped_free(NpyAuxData *a)
{
    WrappedAux *w = (WrappedAux *)a;
    if (w->context.method)
        for (int i = 0; i < w->context.method->nin + w->context.method->nout; i++)
            Py_XDECREF(w->descrs[i]);
    NPY_AUXDATA_FREE(w->aux);
    PyMem_Free(w);
}
static NpyAuxData *no_clone(NpyAuxData *a)
{
    return NULL;
}

static int run_wrapped(PyArrayMethod_Context *context, char *const *data, const npy_intp *dims,
                       const npy_intp *strides, NpyAuxData *aux)
{
    WrappedAux *w = (WrappedAux *)aux;
    return w->loop(&w->context, data, dims, strides, w->aux);
}

static int get_wrapped_loop(PyArrayMethod_Context *context, int aligned, const npy_intp *strides,
                            PyArrayMethod_StridedLoop **loop, NpyAuxData **aux,
                            NPY_ARRAYMETHOD_FLAGS *flags)
{
    PyArrayMethodObject *m = context->method;
    WrappedAux *w = PyMem_Calloc(1, sizeof *w);
    if (!w) {
        PyErr_NoMemory();
        return -1;
    }
    w->base.free = wrapped_free;
    w->base.clone = no_clone;
    w->context = (PyArrayMethod_Context){
        .caller = context->caller, .method = m->wrapped, .descriptors = w->descrs};
    if (m->translate_given(m->nin, m->nout, m->wrapped_dtypes, context->descriptors, w->descrs) <
            0 ||
        ext_method_get_loop(&w->context, aligned, strides, &w->loop, &w->aux, flags) < 0) {
        wrapped_free(&w->base);
        return -1;
    }
    *loop = run_wrapped;
    *aux = &w->base;
    return 0;
}

int ext_method_get_loop(PyArrayMethod_Context *context, int aligned, const npy_intp *strides,
                        PyArrayMethod_StridedLoop **loop, NpyAuxData **aux,
                        NPY_ARRAYMETHOD_FLAGS *flags)
{
    PyArrayMethodObject *m = context->method;
    *aux = NULL;
    *flags = m->flags;
    if (m->wrapped) return get_wrapped_loop(context, aligned, strides, loop, aux, flags);
    if (m->kernel) {
        KernelAux *k = PyMem_Calloc(1, sizeof *k);
        if (!k) {
            PyErr_NoMemory();
            return -1;
        }
        k->base.free = aux_free;
        k->base.clone = aux_clone;
        k->kernel = m->kernel;
        k->data = m->kernel_data;
        k->check = (m->flags & NPY_METH_REQUIRES_PYAPI) != 0;
        *loop = run_kernel;
        *aux = &k->base;
        return 0;
    }
    if (m->get_loop) return m->get_loop(context, aligned, 0, strides, loop, aux, flags);
    bool dense = true;
    for (int i = 0; i < m->nin + m->nout; i++)
        dense &= strides[i] == context->descriptors[i]->elsize;
    if (aligned)
        *loop = dense && m->contiguous ? m->contiguous : m->strided;
    else
        *loop = dense && m->unaligned_contiguous ? m->unaligned_contiguous : m->unaligned;
    if (!*loop) *loop = m->strided;
    if (!*loop) {
        PyErr_Format(PyExc_SystemError, "method %s has no strided loop", m->name);
        return -1;
    }
    return 0;
}

HIDDEN int ext_init_arraymethod(PyObject *module)
{
    return PyType_Ready(&PyArrayMethod_Type_);
}
