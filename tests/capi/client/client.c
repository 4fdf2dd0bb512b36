/* The module: run(name) for each case, cases() for their names. */
#define CLIENT_MAIN
#include "client.h"

static PyObject *names; /* what py() sees */

PyObject *py(const char *expression)
{
    return PyRun_String(expression, Py_eval_input, names, names);
}

/* (class name, text) of the exception that is set, which is cleared. */
static PyObject *raised(void)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    if (!type) return PyUnicode_FromString("NULL without an exception");
    PyErr_NormalizeException(&type, &value, &traceback);
    PyObject *r = Py_BuildValue("(sNN)", "raised", PyObject_GetAttrString(type, "__name__"),
                                PyObject_Str(value));
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    return r;
}

void add_seen(PyObject *list, PyObject *o)
{
    if (!o) o = raised();
    PyList_Append(list, o);
    Py_XDECREF(o);
}

PyObject *num(long long value)
{
    if (PyErr_Occurred()) return Py_BuildValue("(LN)", value, raised());
    return PyLong_FromLongLong(value);
}
PyObject *real(double value)
{
    return PyFloat_FromDouble(value);
}
PyObject *text(const char *value)
{
    return PyUnicode_FromString(value);
}
PyObject *same(void *object)
{
    PyObject *o = object ? object : Py_None;
    Py_INCREF(o);
    return o;
}

static const client_case *const all[] = {array_cases, shape_cases,  compute_cases, dtype_cases,
                                         iter_cases,  nditer_cases, text_cases,    ufunc_cases};
enum { FILES = sizeof all / sizeof *all };

static PyObject *run(PyObject *self, PyObject *name)
{
    for (int i = 0; i < FILES; i++)
        for (const client_case *c = all[i]; c->name; c++)
            if (PyUnicode_CompareWithASCIIString(name, c->name) == 0) {
                PyObject *r = c->run();
                if (r && PyErr_Occurred()) { /* nobody looked at it */
                    Py_DECREF(r);
                    return NULL;
                }
                return r;
            }
    return PyErr_Format(PyExc_KeyError, "%S", name);
}

static PyObject *cases(PyObject *self, PyObject *unused)
{
    PyObject *r = PyList_New(0);
    for (int i = 0; i < FILES; i++)
        for (const client_case *c = all[i]; c->name; c++) {
            PyObject *s = PyUnicode_FromString(c->name);
            PyList_Append(r, s);
            Py_DECREF(s);
        }
    return r;
}

static PyMethodDef methods[] = {
    {"run", run, METH_O, NULL}, {"cases", cases, METH_NOARGS, NULL}, {NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "capi_client", NULL, -1, methods};

PyMODINIT_FUNC PyInit_capi_client(void)
{
    import_array();
    import_umath();
    PyObject *np = PyImport_ImportModule("numpy");
    names = np ? Py_BuildValue("{sNss}", "np", np, "__name__", "capi_client") : NULL;
    if (!names || PyDict_SetItemString(names, "__builtins__", PyEval_GetBuiltins()) < 0)
        return NULL;
    return PyModule_Create(&module);
}
