/* Arithmetic of scalars without arrays: what the per-type templates share. */
#ifndef FNP_EXT_SCALARMATH_H
#define FNP_EXT_SCALARMATH_H
#include "ext.h"

#include "fnp/base.h"

/* What the other operand of a scalar operation is. */
typedef enum {
    OTHER_SAME,    /* its value is in the template's type now */
    OTHER_HIGHER,  /* a scalar of a type that ours casts to safely: let that one do it */
    OTHER_PROMOTE, /* both must change: the ufunc does it */
    OTHER_UNKNOWN, /* not a number of ours: defer, or ask the ufunc */
    OTHER_ERROR
} other_kind;

/* The type's own number table, by type number; filled when the module loads. */
HIDDEN int ext_scalar_report(const char *what, int fpe);
/* The generic slot of nb_<slot> (a call of the ufunc, with deferral). */
extern HIDDEN PyNumberMethods ext_generic_as_number;
/* Whether `other` asks to be left alone (__array_ufunc__ = None and the like). */
HIDDEN int ext_scalar_defers(PyObject *self, PyObject *other);
/* Built-in type number of an exact numpy scalar; -1 otherwise. */
HIDDEN int ext_scalar_typenum(PyObject *o);
/* The type number of an object whose type is exactly one of the scalar types; -1 otherwise. */
HIDDEN int ext_scalar_exact_num(PyObject *o);
/* a op b by the type of b, which is a wider one of ours than a's; Py_NotImplemented is passed on.
 */
HIDDEN PyObject *ext_compare_swapped(PyObject *a, PyObject *b, int op);
/* OverflowError "Python integer 300 out of bounds for int8" */
HIDDEN void ext_int_out_of_bounds(PyObject *value, int type_num);
#endif
