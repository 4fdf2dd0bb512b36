/* PyArrayMethod: a loop, or a family of loops, for given DType classes; what the specs of the DType
 * API become. */
#ifndef FNP_EXT_ARRAYMETHOD_H
#define FNP_EXT_ARRAYMETHOD_H

#include "ext.h"

typedef struct PyArrayMethodObject_tag {
    PyObject_HEAD const char *name; /* owned copy */
    int nin, nout;
    NPY_CASTING casting;
    NPY_ARRAYMETHOD_FLAGS flags;
    void *static_data;
    PyArrayMethod_ResolveDescriptorsWithScalar *resolve_with_scalars;
    PyArrayMethod_ResolveDescriptors *resolve;
    PyArrayMethod_GetLoop *get_loop;
    PyArrayMethod_GetReductionInitial *get_initial;
    PyArrayMethod_StridedLoop *strided, *contiguous, *unaligned, *unaligned_contiguous, *indexed;
    PyArray_DTypeMeta **dtypes; /* nin + nout, owned references */
    /* A loop of the old kind: a kernel and its data, instead of the slots above. */
    PyUFuncGenericFunction kernel;
    void *kernel_data;
    PyArray_Descr **kernel_descrs; /* exact descriptors of such a loop, or NULL */
    /* A wrapping loop: another method on other DTypes. */
    struct PyArrayMethodObject_tag *wrapped;
    PyArray_DTypeMeta **wrapped_dtypes;
    PyArrayMethod_TranslateGivenDescriptors *translate_given;
    PyArrayMethod_TranslateLoopDescriptors *translate_loop;
} PyArrayMethodObject;

extern HIDDEN PyTypeObject PyArrayMethod_Type_;

/* From a spec; `private`: slots that only we may use are accepted. New reference. */
HIDDEN PyArrayMethodObject *ext_method_from_spec(PyArrayMethod_Spec *spec, int private_);
/* A loop of the old kind on given classes (borrowed). */
HIDDEN PyArrayMethodObject *ext_method_from_kernel(const char *name, int nin, int nout,
                                                   PyArray_DTypeMeta **dtypes,
                                                   PyUFuncGenericFunction kernel, void *data);
/* Descriptors for a call: `given` may hold NULL for outputs; loop gets new references. The casting
 * level, or < 0. */
HIDDEN NPY_CASTING ext_method_resolve(PyArrayMethodObject *m, PyArray_Descr *const *given,
                                      PyObject *const *scalars, PyArray_Descr **loop);
/* The strided loop for a context. 0 or -1. */
HIDDEN int ext_method_get_loop(PyArrayMethod_Context *context, int aligned, const npy_intp *strides,
                               PyArrayMethod_StridedLoop **loop, NpyAuxData **aux,
                               NPY_ARRAYMETHOD_FLAGS *flags);

#endif
