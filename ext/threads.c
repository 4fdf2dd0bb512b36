/* The thread limit for Python, as fnpx.threads reads and sets it. */
#include "ext.h"

#include "fnp/base.h"

static PyObject *thread_limit(PyObject *m, PyObject *args)
{
    int n = 0;
    if (!PyArg_ParseTuple(args, "|i:_thread_limit", &n)) return NULL;
    if (PyTuple_GET_SIZE(args) == 0) return PyLong_FromLong(fnp_threads());
    if (n < 0) return PyErr_Format(PyExc_ValueError, "a number of threads is not negative: %d", n);
    return PyLong_FromLong(fnp_threads_set(n));
}

static PyMethodDef functions[] = {
    {"_thread_limit", thread_limit, METH_VARARGS,
     "_thread_limit(n=None, /)\n--\n\nThe limit; or set it (0: what the environment says) and "
     "return "
     "the former."},
    {NULL, NULL, 0, NULL},
};

HIDDEN int ext_init_threads(PyObject *m);
int ext_init_threads(PyObject *m)
{
    return ext_add_functions(m, functions);
}
