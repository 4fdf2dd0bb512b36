/* What every file of the binding includes: CPython, the public object layouts, and the functions
 * that the files of the binding offer one another. The public C-API *is* the interface between
 * them: a function of the API keeps its API name and signature (prototypes come from the public
 * headers), and the extension does not link while one is missing.
 *
 * A part of the module is one file (or a few) with an `int ext_init_<part>(PyObject *module)`,
 * listed in parts.def. */
#ifndef FNP_EXT_H
#define FNP_EXT_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <structmember.h>

#define _MULTIARRAYMODULE
#define _UMATHMODULE
#define NPY_NO_DEPRECATED_API NPY_API_VERSION
#define NPY_TARGET_VERSION 0x00000015
#include "numpy/ndarraytypes.h"
#include "numpy/arrayobject.h"
#include "numpy/arrayscalars.h"
#include "numpy/ufuncobject.h"

#include "fnp/cast.h"
#include "fnp/dtype.h"
#include "fnp/loop.h"
#include "fnp/status.h"
#include "fnp/view.h"

#include "pycompat.h"

#define HIDDEN __attribute__((visibility("hidden")))

/* ---- module and errors (module.c, errors.c)
 * ------------------------------------------------------------ */
/* The name under which the package was loaded: "fnp" or "numpy". */
extern HIDDEN char ext_root[64];
/* "<root>.suffix" as an interned C string that lives for ever: for tp_name. */
HIDDEN const char *ext_qualname(const char *suffix);
/* Turn a core error into a Python exception; always returns NULL. FNP_EPYTHON: the exception is set
 * already. */
HIDDEN PyObject *ext_raise(fnp_status status, const fnp_error *err);
/* Declare an error record that says nothing. Its text stays as it is: to clear it takes longer than
 * many a call. */
#define EXT_ERROR(name)                                                                            \
    fnp_error name;                                                                                \
    name.status = FNP_OK, name.axis = name.ndim = 0, name.message[0] = '\0'
#define EXT_TRY(expr, fail)                                                                        \
    do {                                                                                           \
        EXT_ERROR(err_);                                                                           \
        fnp_error *err = &err_;                                                                    \
        fnp_status st_ = (expr);                                                                   \
        if (st_) {                                                                                 \
            ext_raise(st_, err);                                                                   \
            return fail;                                                                           \
        }                                                                                          \
    } while (0)
/* Import `attr` of the package's module `module` (relative to the root, e.g. "_core._internal")
 * once, keep it in *cache for ever, and return it borrowed. */
HIDDEN PyObject *ext_import(PyObject **cache, const char *module, const char *attr);
/* exceptions.<name> of the package (AxisError, ComplexWarning, DTypePromotionError, ...), borrowed.
 */
HIDDEN PyObject *ext_exception(const char *name);
/* Add a method table to a module. */
HIDDEN int ext_add_functions(PyObject *module, PyMethodDef *defs);

/* ---- descriptors (descr.c and its neighbours)
 * ------------------------------------------------------------ Our descriptor objects have the
 * core's fnp_dtype behind the ABI struct. */
typedef struct {
    _PyArray_LegacyDescr abi;
    fnp_dtype core;     /* compiled from the ABI fields */
    void *core_storage; /* fields, names and shapes that core points to */
    npy_uint64 stamp;   /* of what `core` was compiled from, see ext_descr_core */
} ExtDescr;

/* The core's view of any descriptor: a static one for native simple types, the compiled one behind
 * ours (compiled again if the ABI fields were changed from outside; datetime units are read from
 * c_metadata every time), or *scratch for descriptors of foreign DTypes. Never fails for complete
 * descriptors; NULL with an exception set on memory errors. */
HIDDEN const fnp_dtype *ext_descr_core(PyArray_Descr *descr, fnp_dtype *scratch);

/* Native, one-size descriptors of our built-in types, by type number; borrowed, immortal. */
extern HIDDEN PyArray_Descr *ext_builtin_descrs[NPY_NTYPES_LEGACY];

/* The view of an array object; `scratch` as above and must live as long as the view. */
HIDDEN int ext_view(PyArrayObject *a, fnp_view *view, fnp_dtype *scratch);

/* ---- arrays
 * --------------------------------------------------------------------------------------------------
 */
/* None wherever a new array of our own memory holds no object yet; returns the array (or NULL for
 * NULL). */
HIDDEN PyObject *ext_array_fill_none(PyObject *fresh);
/* Cast-assign with `casting` not checked; errstate ("cast") honoured. 0 or -1. */
HIDDEN int ext_assign_array(PyArrayObject *dst, PyArrayObject *src, PyArrayObject *where_or_null);
/* Scalar for element `data` (like PyArray_Scalar) / array 0-d -> scalar, n-d unchanged; steals `a`.
 */
HIDDEN PyObject *ext_return(PyArrayObject *a);
/* 0-d array over the memory of a structured scalar. */
HIDDEN PyObject *ext_structure_view(PyObject *scalar);
/* A C int from an integer, with the errors of plain Python arguments; 1 or 0 with an error set. */
HIDDEN int ext_int_argument(PyObject *o, int *out);
/* Whether `t` is ndarray or a scalar of a real NumPy that is loaded beside this package. Such
 * objects are data: their protocols would call our functions again, for ever. */
HIDDEN bool ext_is_other_numpy(PyTypeObject *t);
/* That NumPy's ndarray, if `t` is a class derived from it; else NULL. Borrowed. */
HIDDEN PyTypeObject *ext_other_ndarray(PyTypeObject *t);
/* `result` as it is where the caller gave `out`, else as ext_return makes it. */
HIDDEN PyObject *ext_return_or_out(PyObject *result, PyArrayObject *out);
/* Report floating-point flags (NPY_FPE_*) of operation `name` by the current errstate. 0 or -1. */
HIDDEN int ext_report_fp(const char *name, int fpe_flags) __attribute__((weak));
/* Call <base>.__array_finalize__ etc. as PyArray_NewFromDescr does, with an explicit base object.
 */
HIDDEN PyObject *ext_new_view(PyTypeObject *type, PyArray_Descr *descr_stolen, int nd,
                              npy_intp const *dims, npy_intp const *strides, void *data, int flags,
                              PyArrayObject *base);
/* a op b for Python operators and methods: looks the ufunc up by its index in ops.def; NULL on
 * error. */
/* dict[key], borrowed; NULL without an exception if there is none. */
HIDDEN PyObject *ext_dict_get(PyObject *dict, const char *key);
HIDDEN PyObject *ext_ufunc(const char *name); /* borrowed: the ufunc object `name` of this module */

#endif
