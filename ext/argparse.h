/* Arguments of METH_FASTCALL | METH_KEYWORDS functions, without a tuple or dict.
 *
 *     if (ext_parse("take", args, nargs, kwnames,
 *                   "indices", NULL, &indices,            required, positional or keyword
 *                   "|axis", &PyArray_AxisConverter, &axis, optional from here on
 *                   "$out", NULL, &out,                     optional, keyword only
 *                   NULL) < 0) return NULL;
 *
 * Each parameter is a name, a converter (NULL: the borrowed object is stored) and an address. Texts
 * of errors are those NumPy gives. At most 16 parameters. */
#ifndef FNP_EXT_ARGPARSE_H
#define FNP_EXT_ARGPARSE_H
#include "ext.h"

HIDDEN int ext_parse(const char *fname, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames,
                     ...);
#endif
