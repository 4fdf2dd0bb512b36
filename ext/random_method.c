/* Methods of Generator and RandomState: as those of any type in C, but they say which module they
 * belong to, bound or not, and inspect shows them as NumPy's, whose `self` may go by name. */
#include "random.h"

#include <stddef.h>
#include <string.h>

typedef struct placed_method {
    PyObject_HEAD vectorcallfunc call;
    PyMethodDescrObject *plain; /* does the work */
    PyObject *module;
} placed_method;

static PyObject *call_plain(PyObject *self, PyObject *const *args, size_t nargs, PyObject *kwnames)
{
    return PyObject_Vectorcall((PyObject *)((placed_method *)self)->plain, args, nargs, kwnames);
}

static PyObject *bind(PyObject *self, PyObject *o, PyObject *type)
{
    placed_method *m = (placed_method *)self;
    if (!o) return Py_NewRef(self);
    return PyCFunction_NewEx(m->plain->d_method, o, m->module);
}

static PyObject *get_text_signature(PyObject *self, void *unused)
{
    PyObject *text =
        PyObject_GetAttrString((PyObject *)((placed_method *)self)->plain, "__text_signature__");
    const char *utf8 = text && PyUnicode_Check(text) ? PyUnicode_AsUTF8(text) : NULL;
    if (!utf8 || strncmp(utf8, "($", 2) != 0) return text;
    PyObject *named = PyUnicode_FromFormat("(%s", utf8 + 2);
    Py_DECREF(text);
    return named;
}

/* Whatever else is asked of it, the plain method knows. */
static PyObject *get_attribute(PyObject *self, PyObject *name)
{
    PyObject *v = PyObject_GenericGetAttr(self, name);
    if (v || !PyErr_ExceptionMatches(PyExc_AttributeError)) return v;
    PyErr_Clear();
    return PyObject_GetAttr((PyObject *)((placed_method *)self)->plain, name);
}

static PyObject *reduce(PyObject *self, PyObject *unused)
{
    return PyObject_CallMethod((PyObject *)((placed_method *)self)->plain, "__reduce__", NULL);
}

static PyObject *get_doc(PyObject *self, void *unused)
{
    return PyObject_GetAttrString((PyObject *)((placed_method *)self)->plain, "__doc__");
}

static PyObject *represent(PyObject *self)
{
    return PyObject_Repr((PyObject *)((placed_method *)self)->plain);
}

static void dealloc(PyObject *self)
{
    Py_XDECREF(((placed_method *)self)->plain);
    Py_XDECREF(((placed_method *)self)->module);
    Py_TYPE(self)->tp_free(self);
}

static PyGetSetDef getset[] = {{"__text_signature__", get_text_signature, NULL, NULL, NULL},
                               {"__doc__", get_doc, NULL, NULL, NULL},
                               {NULL}};
static PyMemberDef members[] = {
    {"__module__", T_OBJECT, offsetof(placed_method, module), READONLY, NULL}, {NULL}};
static PyMethodDef methods[] = {{"__reduce__", reduce, METH_NOARGS, NULL}, {NULL}};

static PyTypeObject method_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "method_descriptor",
    .tp_basicsize = sizeof(placed_method),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_METHOD_DESCRIPTOR,
    .tp_vectorcall_offset = offsetof(placed_method, call),
    .tp_call = PyVectorcall_Call,
    .tp_descr_get = bind,
    .tp_getattro = get_attribute,
    .tp_dealloc = dealloc,
    .tp_repr = represent,
    .tp_getset = getset,
    .tp_members = members,
    .tp_methods = methods,
};

int ext_random_place_methods(PyTypeObject *type, const char *module)
{
    PyObject *names = PyDict_Keys(type->tp_dict),
             *home = PyUnicode_FromString(ext_qualname(module));
    int r = names && home && PyType_Ready(&method_type) == 0 ? 0 : -1;
    for (Py_ssize_t i = 0; r == 0 && i < PyList_GET_SIZE(names); i++) {
        PyObject *name = PyList_GET_ITEM(names, i),
                 *plain = PyDict_GetItemWithError(type->tp_dict, name);
        if (!plain || !Py_IS_TYPE(plain, &PyMethodDescr_Type)) continue;
        placed_method *m = PyObject_New(placed_method, &method_type);
        if (!m) r = -1;
        if (!m) break;
        m->call = call_plain;
        m->plain = (PyMethodDescrObject *)Py_NewRef(plain);
        m->module = Py_NewRef(home);
        r = PyDict_SetItem(type->tp_dict, name, (PyObject *)m);
        Py_DECREF(m);
    }
    Py_XDECREF(names);
    Py_XDECREF(home);
    PyType_Modified(type);
    return r;
}
