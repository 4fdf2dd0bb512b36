/* The legacy iterators: what their files share. */
#ifndef FNP_EXT_ITERATORS_H
#define FNP_EXT_ITERATORS_H
#include "ext.h"

/* Set up an iterator (allocated, ao not owned yet) over the whole of an array; -1 if it has too
 * many axes. The reference to `a` is stolen on success. */
HIDDEN int ext_iter_init(PyArrayIterObject *it, PyArrayObject *a);
HIDDEN PyObject *ext_iter_next(PyObject *self);
extern HIDDEN PyMappingMethods ext_flatiter_mapping;
HIDDEN int ext_init_multiiter(PyObject *module);
HIDDEN int ext_init_neighborhood(PyObject *module);

#endif
