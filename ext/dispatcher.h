/* like= of functions written in C. */
#ifndef FNP_EXT_DISPATCHER_H
#define FNP_EXT_DISPATCHER_H
#include "ext.h"

/* Ask `like` for an override of the public function `name`, called with these fastcall arguments
 * (`like` among the keywords). The override's result; Py_NotImplemented (new reference) if there is
 * none; NULL with an exception. */
HIDDEN PyObject *ext_like_dispatch(const char *name, PyObject *like, PyObject *const *args,
                                   Py_ssize_t nargs, PyObject *kwnames);
#endif
