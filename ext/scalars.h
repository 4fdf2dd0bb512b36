/* Scalar objects: what the files about them share. */
#ifndef FNP_EXT_SCALARS_H
#define FNP_EXT_SCALARS_H
#include "ext.h"

/* Type object of each built-in type number. */
extern HIDDEN PyTypeObject *const ext_scalar_types[NPY_NTYPES_LEGACY];
/* Address of the value inside a built-in scalar (NULL for str_ and bytes_ handled by the caller).
 */
HIDDEN void *ext_scalar_value(PyObject *scalar, PyArray_Descr *descr);
/* Whose scalar it is: ours, that of a user dtype, or of a Python class beside np.generic. */
enum { EXT_SCALAR_BUILTIN, EXT_SCALAR_USER, EXT_SCALAR_FOREIGN };
HIDDEN int ext_scalar_kind(PyObject *scalar);
/* repr and str by value; NULL on error. */
HIDDEN PyObject *ext_scalar_repr(PyObject *self);
HIDDEN PyObject *ext_scalar_str(PyObject *self);
extern HIDDEN PyMethodDef ext_generic_methods[];
extern HIDDEN PyGetSetDef ext_generic_getset[];
extern HIDDEN PyMethodDef ext_integer_methods[], ext_sized_integer_methods[],
    ext_floating_methods[], ext_float_methods[], ext_complex_methods[], ext_number_methods[],
    ext_bool_methods[], ext_closed_methods[];
extern HIDDEN PyGetSetDef ext_integer_getset[], ext_void_getset[], ext_complex_getset[];
extern HIDDEN PyMethodDef ext_void_methods[];
extern HIDDEN PyNumberMethods ext_generic_as_number;
extern HIDDEN PyMappingMethods ext_generic_as_mapping, ext_void_as_mapping;
extern HIDDEN PySequenceMethods ext_void_as_sequence;
HIDDEN PyNumberMethods *ext_integer_number_table(void);
/* Put the operators of each number type into its type object; once, before the types are readied.
 */
HIDDEN void ext_fill_scalar_tables(void);
HIDDEN PyObject *ext_generic_richcompare(PyObject *a, PyObject *b, int op);
HIDDEN int ext_scalar_getbuffer(PyObject *self, Py_buffer *view, int flags);
/* Signature of a free list for the most frequent scalars: allocation of type `t` of its basic size.
 */
HIDDEN PyObject *ext_scalar_alloc(PyTypeObject *t);
#endif
