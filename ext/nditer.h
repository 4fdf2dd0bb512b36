/* The iterator behind NpyIter_* and numpy.nditer: the core's iterator with the objects it walks
 * over. */
#ifndef FNP_EXT_NDITER_H
#define FNP_EXT_NDITER_H

#include "ext.h"
#include "fnp/iter.h"

struct NpyIter_InternalOnly {
    fnp_iter *core;
    int nop;
    npy_uint32 flags;        /* as requested */
    PyArrayObject **ops;     /* owned; NULL where virtual; temporaries and outputs included */
    PyArray_Descr **dtypes;  /* owned: what the loop sees */
    PyArray_Descr **sources; /* owned: what the arrays have */
    fnp_dtype *scratch;      /* two per operand, for descriptors of foreign types */
    char **reset_pointers;   /* handed out by GetInitialDataPtrArray */
};

/* Set the exception for a failed core call; callers may have let the lock go. Always returns -1. */
HIDDEN int ext_nditer_raise(fnp_status status, const fnp_error *err);

/* Write back and close temporaries that stand for operands. 0 or -1. */
HIDDEN int ext_nditer_resolve(NpyIter *it);
/* Whether a temporary still waits for that. */
HIDDEN bool ext_nditer_unresolved(NpyIter *it);

/* Python's arguments as what NpyIter_AdvancedNew takes (nditer_args.c). All are 0 or -1. */
HIDDEN int ext_nditer_global_flags(PyObject *o, void *flags);
HIDDEN int ext_nditer_op_flags(PyObject *o, int nop, npy_uint32 *flags);
HIDDEN int ext_nditer_op_dtypes(PyObject *o, int nop, PyArray_Descr **dtypes);
HIDDEN int ext_nditer_op_axes(PyObject *o, int nop, int **axes, int *ndim);
/* Operands and their flags: ops and flags are allocated (PyMem), ops hold references. */
HIDDEN int ext_nditer_operands(PyObject *op, PyObject *op_flags, int *nop, PyArrayObject ***ops,
                               npy_uint32 **flags);

#endif
