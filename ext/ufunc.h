/* Between the files of the ufunc object. */
#ifndef FNP_EXT_UFUNC_H
#define FNP_EXT_UFUNC_H

#include "dtypemeta.h"
#include "fnp/base.h"
#include "fnp/sce.h"
#include "fnp/ufunc.h"

#include "arraymethod.h"

/* What we keep behind a PyUFuncObject, in its _dispatch_cache. The index of the loop whose inputs
 * all have one type is remembered per type character, as long as the public arrays are the ones
 * that were looked at. */
typedef struct UfuncExtra {
    const fnp_ufunc_info *info; /* NULL: made from outside */
    uint32_t flags;             /* fnp_ufunc_flags */
    bool plain_core; /* made from outside, but its loops are ours: see ufunc_fast_gufunc */
    const void *seen_functions, *seen_types;
    int seen_ntypes;
    int16_t same[128];                      /* loop index, -1: none */
    const struct fnp_string_ufunc *text[2]; /* rows of the core's string loops for S and U */
    char *owned_doc, *owned_name;
    PyUFuncGenericFunction *owned_functions;
    void **owned_data;
    char *owned_types;
} UfuncExtra;

static inline UfuncExtra *ufunc_extra(PyUFuncObject *u)
{
    return (UfuncExtra *)u->_dispatch_cache;
}
static inline const char *ufunc_name(PyUFuncObject *u)
{
    return u->name ? u->name : "<unnamed ufunc>";
}
static inline const char *ufunc_types(PyUFuncObject *u, int i)
{
    return u->types + (npy_intp)i * u->nargs;
}

/* Which Python number an operand was. */
enum { WEAK_NO = 0, WEAK_INT, WEAK_FLOAT, WEAK_COMPLEX };

/* A loop that was chosen: descriptors it works on (owned) and how to call it. */
typedef struct UfuncLoop {
    PyUFuncObject *ufunc; /* borrowed */
    int nop;
    PyArray_Descr *descrs[NPY_MAXARGS];
    PyUFuncGenericFunction kernel; /* built-in and legacy loops */
    void *data;
    PyArrayMethodObject *method; /* others; owned */
    uint32_t flags;              /* FNP_LOOP_* */
    bool check_error;            /* the kernel reports by PyErr_Occurred */
    fnp_loop run;                /* filled by ufunc_loop_bind */
    PyArrayMethod_Context context;
} UfuncLoop;

/* What is asked of a loop: descriptors or classes of operands, and what the caller fixed. */
typedef struct UfuncQuery {
    PyUFuncObject *ufunc;
    int nin, nop;
    PyArray_Descr *given[NPY_MAXARGS]; /* of operands, NULL: output to be made (borrowed) */
    int weak[NPY_MAXARGS];
    PyObject *objects[NPY_MAXARGS];        /* the input objects, for weak ones and scalars */
    PyArray_DTypeMeta *fixed[NPY_MAXARGS]; /* by signature= or dtype=, else NULL (borrowed) */
    PyArray_Descr *fixed_descr[NPY_MAXARGS];
    bool any_fixed;
    NPY_CASTING casting;
    bool reduction;    /* (out, in, out) of a reduction */
    bool force_inputs; /* inputs may be cast in any way */
} UfuncQuery;

/* resolve.c: choose the loop, resolve its descriptors, check that operands can be cast. 0 or -1. */
HIDDEN int ufunc_resolve(UfuncQuery *q, UfuncLoop *loop);
/* The same, not asking the type resolver that a client put into the ufunc. */
HIDDEN int ufunc_resolve_own(UfuncQuery *q, UfuncLoop *loop);
HIDDEN void ufunc_loop_clear(UfuncLoop *loop);
/* Make loop->run callable for operands with these fixed strides (NULL: unknown). */
HIDDEN int ufunc_loop_bind(UfuncLoop *loop, const npy_intp *strides, int aligned);
HIDDEN int ufunc_check_casting(UfuncQuery *q, UfuncLoop *loop);
/* Whether loop `index` is a kernel of ours, without state, and not replaced. */
HIDDEN bool ufunc_is_built_in(PyUFuncObject *u, int index);
/* The loop index for inputs that all are `type`, or -1. */
HIDDEN int ufunc_same_loop(PyUFuncObject *u, int type_char);

/* errors.c */
HIDDEN int ufunc_no_loop_error(PyUFuncObject *u, PyObject *dtypes_stolen);
HIDDEN int ufunc_binary_error(PyUFuncObject *u, PyArray_Descr *a, PyArray_Descr *b);
HIDDEN int ufunc_cast_error(PyUFuncObject *u, NPY_CASTING casting, PyArray_Descr *from,
                            PyArray_Descr *to, int i);
/* Turn a core failure into an exception. */
HIDDEN int ufunc_raise(fnp_status st, fnp_error *err);

/* extobj.c */
typedef struct UfuncErrState {
    int modes; /* three bits each: divide, over, under, invalid */
    npy_intp bufsize;
    PyObject *call; /* borrowed from the context's object */
    PyObject *owner;
} UfuncErrState;
HIDDEN int ufunc_errstate(UfuncErrState *out);
/* Put a changed state in force: modes for all kinds, for each kind, and what is called; NULL where
 * nothing changes. The token that takes it back. */
HIDDEN PyObject *ufunc_errstate_push(PyObject *const settings[6]);
HIDDEN int ufunc_errstate_pop(PyObject *token);
HIDDEN npy_intp ufunc_bufsize(void);

/* override.c: 1 and *result if an operand's __array_ufunc__ answered (or failed: *result NULL), 0
 * if none wants to. */
HIDDEN int ufunc_override(PyUFuncObject *u, const char *method, PyObject *const *in, int nin,
                          PyObject *const *out, int nout, PyObject *const *args, Py_ssize_t nargs,
                          PyObject *kwnames, PyObject **result);
HIDDEN int ufunc_override_needed(PyObject *const *in, int nin, PyObject *const *out, int nout);

/* call.c */
/* Tell the ledger what the operands' types have led to; why NULL: they alone decided. */
HIDDEN void ufunc_note_promotion(const UfuncQuery *q, const UfuncLoop *loop, const char *why);
HIDDEN PyObject *ufunc_vectorcall(PyObject *u, PyObject *const *args, size_t nargsf,
                                  PyObject *kwnames);
/* wrap.c: the result `array` (stolen) as the caller shall see it. */
typedef struct UfuncWrap {
    PyObject *wrap; /* __array_wrap__ of an input, or NULL */
    bool scalar;    /* all inputs were 0-d: return scalars */
} UfuncWrap;
HIDDEN int ufunc_find_wrap(UfuncWrap *w, PyObject *const *in, int nin, bool subok);
HIDDEN PyObject *ufunc_wrap_result(UfuncWrap *w, PyUFuncObject *u, PyObject *full_args, int i,
                                   PyArrayObject *array, PyObject *given_out, bool return_scalar);
HIDDEN PyObject *ufunc_full_args(PyObject *const *in, int nin, PyObject *const *out, int nout);

/* Elementwise execution; `arrays` hold inputs, and outputs or NULL (made here, new references). */
typedef struct UfuncRun {
    UfuncLoop *loop;
    PyArrayObject **arrays;
    PyArrayObject *where; /* or NULL */
    NPY_ORDER order;
    bool subok;
} UfuncRun;
HIDDEN int ufunc_run_elementwise(UfuncRun *r);
HIDDEN int ufunc_run_gufunc(UfuncRun *r, PyObject *axes, PyObject *axis, PyObject *keepdims);

/* Two indices of `a` may reach one byte: then it is written through memory of its own. */
HIDDEN bool ufunc_overlaps_itself(PyArrayObject *a);

/* reduce.c, at.c */
HIDDEN PyObject *ufunc_reduce(PyObject *u, PyObject *const *args, Py_ssize_t n, PyObject *kwnames);
HIDDEN PyObject *ufunc_accumulate(PyObject *u, PyObject *const *args, Py_ssize_t n,
                                  PyObject *kwnames);
HIDDEN PyObject *ufunc_reduceat(PyObject *u, PyObject *const *args, Py_ssize_t n,
                                PyObject *kwnames);
HIDDEN PyObject *ufunc_outer(PyObject *u, PyObject *const *args, Py_ssize_t n, PyObject *kwnames);
HIDDEN PyObject *ufunc_at(PyObject *u, PyObject *args);
HIDDEN PyObject *ufunc_identity_object(PyUFuncObject *u, bool *reorderable);

/* resolve_dtypes and friends (introspect.c) */
HIDDEN PyObject *ufunc_resolve_dtypes(PyObject *u, PyObject *const *args, Py_ssize_t n,
                                      PyObject *kwnames);
HIDDEN PyObject *ufunc_resolve_dtypes_and_context(PyObject *u, PyObject *const *args, Py_ssize_t n,
                                                  PyObject *kwnames);
HIDDEN PyObject *ufunc_get_strided_loop(PyObject *u, PyObject *const *args, Py_ssize_t n,
                                        PyObject *kwnames);

/* object_loops.c */
HIDDEN PyUFuncGenericFunction ufunc_object_loop(const char *name, const char *types, void **data);
HIDDEN int ufunc_parse_core_signature(PyUFuncObject *u, const char *signature);

#endif
