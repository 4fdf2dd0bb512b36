/* Between the files that choose loops. */
#ifndef FNP_EXT_UFUNC_RESOLVE_H
#define FNP_EXT_UFUNC_RESOLVE_H

#include "promotion.h"
#include "ufunc.h"

/* Match among the loops that were added: 1 found (loop filled, descriptors resolved), 0 none (the
 * query may have been rewritten by a promoter), -1 error. */
HIDDEN int ufunc_dispatch(UfuncQuery *q, UfuncLoop *loop, bool builtin);
/* Does the ufunc work on one type only, common to all inputs? */
HIDDEN bool ufunc_is_uniform(PyUFuncObject *u);
/* Is it one of our ufuncs of these names (NULL ends them)? */
HIDDEN bool ufunc_is_one_of(PyUFuncObject *u, const char *const *names);
/* Set the exception for a call that no loop serves; -1. */
HIDDEN int ufunc_not_found(UfuncQuery *q);
/* Add (DTypes, method or promoter) to the ufunc; `ignore_duplicate` as in NumPy. 0 or -1. */
HIDDEN int ufunc_add_loop(PyUFuncObject *u, PyObject *info, bool ignore_duplicate);

#endif
