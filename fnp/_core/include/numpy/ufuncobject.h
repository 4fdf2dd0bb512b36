#ifndef NUMPY_CORE_INCLUDE_NUMPY_UFUNCOBJECT_H_
#define NUMPY_CORE_INCLUDE_NUMPY_UFUNCOBJECT_H_

#include <numpy/npy_math.h>
#include <numpy/npy_common.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*PyUFuncGenericFunction)
            (char **args,
             npy_intp const *dimensions,
             npy_intp const *strides,
             void *innerloopdata);

typedef void (PyUFunc_MaskedStridedInnerLoopFunc)(
                char **dataptrs, npy_intp *strides,
                char *maskptr, npy_intp mask_stride,
                npy_intp count,
                NpyAuxData *innerloopdata);

struct _tagPyUFuncObject;

typedef int (PyUFunc_TypeResolutionFunc)(
                                struct _tagPyUFuncObject *ufunc,
                                NPY_CASTING casting,
                                PyArrayObject **operands,
                                PyObject *type_tup,
                                PyArray_Descr **out_dtypes);

typedef int (PyUFunc_ProcessCoreDimsFunc)(
                                struct _tagPyUFuncObject *ufunc,
                                npy_intp *core_dim_sizes);

typedef struct _tagPyUFuncObject {
        PyObject_HEAD

        int nin, nout, nargs;

        int identity;

        PyUFuncGenericFunction *functions;

        void *const *data;

        int ntypes;

        int reserved1;

        const char *name;

        const char *types;

        const char *doc;

        void *ptr;
        PyObject *obj;
        PyObject *userloops;

        int core_enabled;

        int core_num_dim_ix;

        int *core_num_dims;

        int *core_dim_ixs;

        int *core_offsets;

        char *core_signature;

        PyUFunc_TypeResolutionFunc *type_resolver;

        PyObject *dict;

        #ifndef Py_LIMITED_API
            vectorcallfunc vectorcall;
        #else
            void *vectorcall;
        #endif

        void *reserved3;

        npy_uint32 *op_flags;

        npy_uint32 iter_flags;

    #if NPY_FEATURE_VERSION >= NPY_1_16_API_VERSION

        npy_intp *core_dim_sizes;

        npy_uint32 *core_dim_flags;

        PyObject *identity_value;
    #endif

    #if NPY_FEATURE_VERSION >= NPY_1_22_API_VERSION

        void *_dispatch_cache;

        PyObject *_loops;
    #endif
    #if NPY_FEATURE_VERSION >= NPY_2_1_API_VERSION

        PyUFunc_ProcessCoreDimsFunc *process_core_dims_func;
    #endif
} PyUFuncObject;

#include "arrayobject.h"

#define UFUNC_CORE_DIM_SIZE_INFERRED 0x0002

#define UFUNC_CORE_DIM_CAN_IGNORE 0x0004

#define UFUNC_CORE_DIM_MISSING 0x00040000

#define UFUNC_OBJ_ISOBJECT      1
#define UFUNC_OBJ_NEEDS_API     2

#if NPY_ALLOW_THREADS
#define NPY_LOOP_BEGIN_THREADS do {if (!(loop->obj & UFUNC_OBJ_NEEDS_API)) _save = PyEval_SaveThread();} while (0);
#define NPY_LOOP_END_THREADS   do {if (!(loop->obj & UFUNC_OBJ_NEEDS_API)) PyEval_RestoreThread(_save);} while (0);
#else
#define NPY_LOOP_BEGIN_THREADS
#define NPY_LOOP_END_THREADS
#endif

#define PyUFunc_Zero 0

#define PyUFunc_One 1

#define PyUFunc_MinusOne 2

#define PyUFunc_None -1

#define PyUFunc_ReorderableNone -2

#define PyUFunc_IdentityValue -3

#define UFUNC_REDUCE 0
#define UFUNC_ACCUMULATE 1
#define UFUNC_REDUCEAT 2
#define UFUNC_OUTER 3

typedef struct {
        int nin;
        int nout;
        PyObject *callable;
} PyUFunc_PyFuncData;

typedef struct _loop1d_info {
        PyUFuncGenericFunction func;
        void *data;
        int *arg_types;
        struct _loop1d_info *next;
        int nargs;
        PyArray_Descr **arg_dtypes;
} PyUFunc_Loop1d;

#define UFUNC_PYVALS_NAME "UFUNC_PYVALS"

#define UFUNC_FPE_DIVIDEBYZERO  NPY_FPE_DIVIDEBYZERO
#define UFUNC_FPE_OVERFLOW      NPY_FPE_OVERFLOW
#define UFUNC_FPE_UNDERFLOW     NPY_FPE_UNDERFLOW
#define UFUNC_FPE_INVALID       NPY_FPE_INVALID

#ifndef UFUNC_NOFPE

#if defined(__BORLANDC__)
#define UFUNC_NOFPE _control87(MCW_EM, MCW_EM);
#else
#define UFUNC_NOFPE
#endif
#endif

#include "__ufunc_api.h"

#ifdef __cplusplus
}
#endif

#endif
