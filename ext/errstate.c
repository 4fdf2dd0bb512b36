/* What errstate does as a context manager; the class of that name (fnp/_core/_ufunc_config.py) adds
 * what is rarely needed. */
#include "ufunc.h"

/* In the order of ufunc_errstate_push. */
enum { ALL, DIVIDE, OVER, UNDER, INVALID, CALL, NSETTINGS };
static const char *const setting_names[] = {"all", "divide", "over", "under", "invalid", "call"};

typedef struct {
    PyObject_HEAD PyObject *settings[NSETTINGS]; /* NULL: not given */
    PyObject *token;                             /* of the state that was in force before */
} guard;

static int setting_of(PyObject *name)
{
    for (int i = 0; i < NSETTINGS; i++)
        if (PyUnicode_CompareWithASCIIString(name, setting_names[i]) == 0) return i;
    PyErr_Format(PyExc_TypeError, "errstate.__init__() got an unexpected keyword argument '%U'",
                 name);
    return -1;
}

static int init(guard *self, PyObject *args, PyObject *kwargs)
{
    PyObject *name, *value;
    Py_ssize_t n = PyTuple_GET_SIZE(args), at = 0;
    if (n) {
        PyErr_Format(PyExc_TypeError,
                     "errstate.__init__() takes 1 positional argument but %zd were given", n + 1);
        return -1;
    }
    for (int i = 0; i < NSETTINGS; i++) Py_CLEAR(self->settings[i]);
    Py_CLEAR(self->token);
    while (kwargs && PyDict_Next(kwargs, &at, &name, &value)) {
        int i = setting_of(name);
        if (i < 0) return -1;
        self->settings[i] = Py_NewRef(value);
    }
    return 0;
}

static int traverse(guard *self, visitproc visit, void *arg)
{
    for (int i = 0; i < NSETTINGS; i++) Py_VISIT(self->settings[i]);
    Py_VISIT(self->token);
    return 0;
}

static int clear(guard *self)
{
    for (int i = 0; i < NSETTINGS; i++) Py_CLEAR(self->settings[i]);
    Py_CLEAR(self->token);
    return 0;
}

static void dealloc(guard *self)
{
    PyObject_GC_UnTrack(self);
    clear(self);
    Py_TYPE(self)->tp_free(self);
}

/* _apply(): put the settings in force; the token that takes them back. */
static PyObject *apply(guard *self, PyObject *unused)
{
    return ufunc_errstate_push(self->settings);
}

static PyObject *enter(guard *self, PyObject *unused)
{
    if (self->token) {
        PyErr_SetString(PyExc_TypeError, "Cannot enter `np.errstate` twice.");
        return NULL;
    }
    self->token = ufunc_errstate_push(self->settings);
    return self->token ? Py_NewRef(Py_None) : NULL;
}

static PyObject *leave(guard *self, PyObject *const *args, Py_ssize_t n)
{
    return ufunc_errstate_pop(self->token) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyMethodDef methods[] = {
    {"_apply", (PyCFunction)apply, METH_NOARGS, "Put the settings in force; returns a token."},
    {"__enter__", (PyCFunction)enter, METH_NOARGS, NULL},
    {"__exit__", (PyCFunction)(void (*)(void))leave, METH_FASTCALL, NULL},
    {NULL}};

static PyTypeObject guard_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_basicsize = sizeof(guard),
    .tp_dealloc = (destructor)dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)traverse,
    .tp_clear = (inquiry)clear,
    .tp_methods = methods,
    .tp_init = (initproc)init,
    .tp_new = PyType_GenericNew,
    .tp_doc = "Floating-point error handling for a block of code.",
};

int ext_init_errstate(PyObject *m)
{
    guard_type.tp_name = ext_qualname("_core._multiarray_umath._errstate_base");
    if (PyType_Ready(&guard_type) < 0) return -1;
    return PyModule_AddObjectRef(m, "_errstate_base", (PyObject *)&guard_type);
}
