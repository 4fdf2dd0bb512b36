/* Methods of ndarray that live in files of their own. */
#ifndef FNP_EXT_ARRAY_METHODS_H
#define FNP_EXT_ARRAY_METHODS_H
#include "ext.h"

/* Call <module>.<attr>(self, *args, **kw) of the package; the function is found once. */
HIDDEN PyObject *ext_forward(PyObject **cache, const char *module, const char *attr, PyObject *self,
                             PyObject *args, PyObject *kw);
/* The same with fastcall arguments. */
HIDDEN PyObject *ext_forward_fast(PyObject **cache, const char *module, const char *attr,
                                  PyObject *self, PyObject *const *args, Py_ssize_t nargs,
                                  PyObject *kwnames);

/* Of an exact dense array of a built-in type to another; NULL without an exception: the long way.
 */
HIDDEN PyObject *ext_astype_plain(PyArrayObject *self, PyArray_Descr *d);
HIDDEN PyObject *ext_astype(PyArrayObject *self, PyArray_Descr *dtype_stolen, PyObject *dtype_arg,
                            NPY_ORDER order, NPY_CASTING casting, int subok, int copy);

HIDDEN PyObject *ext_method_reduce(PyArrayObject *self, PyObject *unused);
HIDDEN PyObject *ext_method_reduce_ex(PyArrayObject *self, PyObject *args);
HIDDEN PyObject *ext_method_setstate(PyArrayObject *self, PyObject *args);
HIDDEN PyObject *ext_method_array_ufunc(PyObject *self, PyObject *args, PyObject *kw);
HIDDEN PyObject *ext_method_array_function(PyObject *self, PyObject *args, PyObject *kw);
HIDDEN PyObject *ext_method_dlpack(PyArrayObject *self, PyObject *const *args, Py_ssize_t n,
                                   PyObject *kwnames);
HIDDEN PyObject *ext_method_dlpack_device(PyArrayObject *self, PyObject *unused);
#define FASTCALL_METHOD(f)                                                                         \
    HIDDEN PyObject *f(PyArrayObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
FASTCALL_METHOD(ext_m_all);
FASTCALL_METHOD(ext_m_any);
FASTCALL_METHOD(ext_m_argmax);
FASTCALL_METHOD(ext_m_argmin);
FASTCALL_METHOD(ext_m_argpartition);
FASTCALL_METHOD(ext_m_argsort);
FASTCALL_METHOD(ext_m_clip);
FASTCALL_METHOD(ext_m_dot);
FASTCALL_METHOD(ext_m_max);
FASTCALL_METHOD(ext_m_mean);
FASTCALL_METHOD(ext_m_min);
FASTCALL_METHOD(ext_m_partition);
FASTCALL_METHOD(ext_m_prod);
FASTCALL_METHOD(ext_m_searchsorted);
FASTCALL_METHOD(ext_m_sort);
FASTCALL_METHOD(ext_m_std);
FASTCALL_METHOD(ext_m_sum);
FASTCALL_METHOD(ext_m_take);
FASTCALL_METHOD(ext_m_trace);
FASTCALL_METHOD(ext_m_var);
HIDDEN PyObject *ext_m_choose(PyArrayObject *self, PyObject *args, PyObject *kw);
HIDDEN PyObject *ext_m_compress(PyArrayObject *self, PyObject *args, PyObject *kw);
HIDDEN PyObject *ext_m_conjugate(PyArrayObject *self, PyObject *args);
HIDDEN PyObject *ext_m_cumprod(PyArrayObject *self, PyObject *args, PyObject *kw);
HIDDEN PyObject *ext_m_cumsum(PyArrayObject *self, PyObject *args, PyObject *kw);
HIDDEN PyObject *ext_m_nonzero(PyArrayObject *self, PyObject *unused);
HIDDEN PyObject *ext_m_put(PyArrayObject *self, PyObject *args, PyObject *kw);
HIDDEN PyObject *ext_m_repeat(PyArrayObject *self, PyObject *args, PyObject *kw);
HIDDEN PyObject *ext_m_round(PyArrayObject *self, PyObject *args, PyObject *kw);
#endif
