/* Between the files that call ufuncs. */
#ifndef FNP_EXT_UFUNC_CALL_H
#define FNP_EXT_UFUNC_CALL_H

#include "ufunc.h"

/* The arguments of a call, all borrowed. */
typedef struct UfuncArgs {
    PyUFuncObject *ufunc;
    PyObject *const *in;
    PyObject *out[NPY_MAXARGS];
    bool out_given, out_keyword, ellipsis, subok, signature_seen;
    PyObject *where, *dtype, *signature, *axes, *axis, *keepdims, *casting_arg, *order_arg,
        *subok_arg;
    NPY_CASTING casting;
    NPY_ORDER order;
} UfuncArgs;

HIDDEN int ufunc_weak_kind(PyObject *o);
HIDDEN PyArrayObject *ufunc_scalar_array(PyObject *o, PyArray_Descr *descr);
HIDDEN int ufunc_take_out(PyUFuncObject *u, PyObject *value, PyObject **out, bool *ellipsis);
HIDDEN int ufunc_fix_types(UfuncQuery *q, PyObject *signature, PyObject *dtype);
HIDDEN int ufunc_fill_weak(UfuncQuery *q, UfuncLoop *loop, PyArrayObject **arrays);

/* The type number that sums and products of `d` are kept in, or -1. */
HIDDEN int ufunc_wider_type(PyUFuncObject *u, PyArray_Descr *d);

/* The monomorphic path: exact arrays of one built-in type and Python numbers. NULL without an
 * exception: not for it. */
/* The same for texts; NULL without an exception: the long way. */
HIDDEN PyObject *ufunc_text_call(PyUFuncObject *u, PyObject *const *args);
HIDDEN PyObject *ufunc_fast_call(PyUFuncObject *u, PyObject *const *args, PyArrayObject *into);
/* The same for generalised ufuncs; `signature` is NULL or the keyword's value, `failure` NULL or
 * who is called, in place of what errstate says, where the loop says invalid. */
HIDDEN PyObject *ufunc_fast_gufunc(PyUFuncObject *u, PyObject *const *args, PyObject *signature,
                                   PyObject *failure);
/* The same for one sum of products of n elements, by the loop of matmul or else of vecdot. */
HIDDEN PyObject *ufunc_fast_vectors(PyUFuncObject *u, PyArrayObject *a, npy_intp a_step,
                                    PyArrayObject *b, npy_intp b_step, npy_intp n, bool matrix);
/* The same for a reduction of all of an exact array. */
HIDDEN PyObject *ufunc_fast_reduce(PyUFuncObject *u, PyArrayObject *a);

/* Run core code around which the lock may be dropped. */
typedef struct UfuncSection {
    PyThreadState *saved;
} UfuncSection;
static inline void ufunc_enter(UfuncSection *s, bool release)
{
    fnp_fp_clear();
    s->saved = release ? PyEval_SaveThread() : NULL;
}
/* Returns the floating-point flags raised since. */
static inline int ufunc_leave(UfuncSection *s)
{
    int flags = fnp_fp_take();
    if (s->saved) PyEval_RestoreThread(s->saved);
    return flags;
}
/* May the lock be dropped around this loop over arrays of these descriptors? */
HIDDEN bool ufunc_may_release(UfuncLoop *loop, PyArrayObject *const *arrays, int n, npy_intp count);

#endif
