/* Arguments of vectorcall functions by name. */
#ifndef FNP_EXT_KEYWORDS_H
#define FNP_EXT_KEYWORDS_H

#include "ext.h"

#define EXT_MAX_ARGS 24

/* Sort the arguments of a METH_FASTCALL | METH_KEYWORDS function into out[], borrowed, NULL where not given.
 * spec: names separated by blanks; what follows '|' may be left out, what follows '$' is by keyword only
 * (and may be left out). "x | precision unique $ out". Returns 0, or -1 with TypeError. */
HIDDEN int ext_keywords(const char *function, const char *spec, PyObject *const *args, Py_ssize_t nargs,
                        PyObject *kwnames, PyObject **out);

/* A C int from an integer-like object; -1 with an exception set on failure. */
HIDDEN int ext_as_int(PyObject *o);

#endif
