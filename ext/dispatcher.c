/* __array_function__ (NEP 18): the one type of public functions that other array types may
 * override.
 *
 * A call asks the dispatcher function for the relevant arguments, collects the distinct types among
 * them that override (subclasses before their bases, otherwise in order) and lets each try; without
 * any, the implementation runs. When every argument is of a type that can neither override nor
 * contain something that does, nothing is asked at all. */
#include "array.h"
#include "array_methods.h"
#include "dispatcher.h"

#include <structmember.h>

typedef struct {
    PyObject_HEAD vectorcallfunc vectorcall;
    PyObject *dict;
    PyObject *relevant; /* the dispatcher function; NULL: called with `like` first */
    PyObject *implementation;
    PyObject *reserved;
} dispatcher;

extern HIDDEN PyTypeObject ext_dispatcher_type;

enum { MAX_OVERRIDES = 64 };

typedef struct {
    PyObject *obj[MAX_OVERRIDES];    /* borrowed */
    PyObject *method[MAX_OVERRIDES]; /* owned: type(obj).__array_function__ */
    int n;
} overrides;

static PyObject *name_of_protocol(void)
{
    static PyObject *name;
    if (!name) name = PyUnicode_InternFromString("__array_function__");
    return name;
}

static PyObject *own_protocol(void) /* ndarray.__array_function__, borrowed */
{
    static PyObject *method;
    if (!method) method = PyObject_GetAttr((PyObject *)&PyArray_Type, name_of_protocol());
    return method;
}

/* Types that never override and hold nothing that could. */
static inline int is_plain(PyObject *o)
{
    PyTypeObject *t = Py_TYPE(o);
    return t == &PyArray_Type || o == Py_None || t == &PyLong_Type || t == &PyFloat_Type ||
           t == &PyBool_Type || t == &PyUnicode_Type || t == &PyComplex_Type ||
           t == &PyBytes_Type || t == &PySlice_Type || t == &PyDoubleArrType_Type ||
           t == &PyLongArrType_Type || t == &PyType_Type;
}

bool ext_is_other_numpy(PyTypeObject *t)
{
    if (t->tp_flags & Py_TPFLAGS_HEAPTYPE || t == &PyArray_Type) return false;
    if (strcmp(t->tp_name, "numpy.ndarray") == 0) return true;
    for (; t && t != &PyGenericArrType_Type; t = t->tp_base)
        if (strcmp(t->tp_name, "numpy.generic") == 0) return true;
    return false;
}

PyTypeObject *ext_other_ndarray(PyTypeObject *t)
{
    if (!(t->tp_flags & Py_TPFLAGS_HEAPTYPE) || PyType_IsSubtype(t, &PyArray_Type)) return NULL;
    for (; t; t = t->tp_base)
        if (!(t->tp_flags & Py_TPFLAGS_HEAPTYPE) && strcmp(t->tp_name, "numpy.ndarray") == 0)
            return t;
    return NULL;
}

/* New reference, or NULL without an exception if `o` does not take part. */
static PyObject *protocol_of(PyObject *o)
{
    PyTypeObject *t = Py_TYPE(o);
    if (t == &PyArray_Type) return Py_NewRef(own_protocol());
    if (is_plain(o) || t == &PyList_Type || t == &PyTuple_Type || t == &PyDict_Type ||
        t == &PySet_Type || ext_is_other_numpy(t))
        return NULL;
    PyObject *m = PyObject_GetAttr((PyObject *)t, name_of_protocol());
    if (!m) PyErr_Clear();
    PyTypeObject *other = m ? ext_other_ndarray(t) : NULL;
    if (other && _PyType_Lookup(t, name_of_protocol()) == _PyType_Lookup(other, name_of_protocol()))
        Py_CLEAR(m); /* what it inherits is for that NumPy's functions */
    return m;
}

static void clear_overrides(overrides *ov)
{
    for (int i = 0; i < ov->n; i++) Py_DECREF(ov->method[i]);
    ov->n = 0;
}

static int collect(overrides *ov, PyObject *const *args, Py_ssize_t nargs)
{
    ov->n = 0;
    for (Py_ssize_t a = 0; a < nargs; a++) {
        PyTypeObject *t = Py_TYPE(args[a]);
        int seen = 0;
        for (int i = 0; i < ov->n && !seen; i++) seen = Py_TYPE(ov->obj[i]) == t;
        if (seen) continue;
        PyObject *m = protocol_of(args[a]);
        if (!m) continue;
        if (ov->n >= MAX_OVERRIDES) {
            Py_DECREF(m);
            clear_overrides(ov);
            PyErr_Format(PyExc_TypeError,
                         "maximum number (%d) of distinct argument types implementing "
                         "__array_function__ exceeded",
                         MAX_OVERRIDES);
            return -1;
        }
        int at = ov->n; /* before the first of its base classes */
        for (int i = 0; i < ov->n; i++) {
            if (PyType_IsSubtype(t, Py_TYPE(ov->obj[i]))) {
                at = i;
                break;
            }
        }
        for (int i = ov->n; i > at; i--) {
            ov->obj[i] = ov->obj[i - 1];
            ov->method[i] = ov->method[i - 1];
        }
        ov->obj[at] = args[a];
        ov->method[at] = m;
        ov->n++;
    }
    return 0;
}

static int any_foreign(const overrides *ov)
{
    for (int i = 0; i < ov->n; i++)
        if (ov->method[i] != own_protocol()) return 1;
    return 0;
}

static PyObject *tuple_of_types(const overrides *ov)
{
    PyObject *types = PyTuple_New(ov->n);
    for (int i = 0; types && i < ov->n; i++)
        PyTuple_SET_ITEM(types, i, Py_NewRef(Py_TYPE(ov->obj[i])));
    return types;
}

static PyObject *no_implementation(PyObject *public_api, const overrides *ov)
{
    static PyObject *format;
    PyObject *types = PyList_New(0);
    for (int i = 0; types && i < ov->n; i++)
        if (PyList_Append(types, (PyObject *)Py_TYPE(ov->obj[i])) < 0) Py_CLEAR(types);
    if (!types) return NULL;
    (void)format;
    PyObject *name = PyObject_GetAttrString(public_api, "__name__"),
             *module = PyObject_GetAttrString(public_api, "__module__");
    if (!module || module == Py_None) {
        PyErr_Clear();
        Py_XSETREF(module, PyUnicode_FromString(ext_root));
    }
    if (name && module)
        PyErr_Format(
            PyExc_TypeError,
            "no implementation found for '%U.%U' on types that implement __array_function__: %R",
            module, name, types);
    Py_XDECREF(name);
    Py_XDECREF(module);
    Py_DECREF(types);
    return NULL;
}

/* Let each override try; args and kwargs as the public function got them. */
static PyObject *run_overrides(PyObject *public_api, const overrides *ov, PyObject *args,
                               PyObject *kwargs)
{
    PyObject *types = tuple_of_types(ov);
    if (!types) return NULL;
    PyObject *result = NULL;
    for (int i = 0; i < ov->n; i++) {
        PyObject *stack[5] = {ov->obj[i], public_api, types, args, kwargs};
        result = PyObject_Vectorcall(ov->method[i], stack, 5, NULL);
        if (result != Py_NotImplemented) {
            Py_DECREF(types);
            return result;
        }
        Py_CLEAR(result);
    }
    Py_DECREF(types);
    return no_implementation(public_api, ov);
}

static PyObject *tuple_from(PyObject *const *args, Py_ssize_t n)
{
    PyObject *t = PyTuple_New(n);
    for (Py_ssize_t i = 0; t && i < n; i++) PyTuple_SET_ITEM(t, i, Py_NewRef(args[i]));
    return t;
}

static PyObject *dict_from(PyObject *const *values, PyObject *kwnames)
{
    PyObject *d = PyDict_New();
    Py_ssize_t n = kwnames ? PyTuple_GET_SIZE(kwnames) : 0;
    for (Py_ssize_t i = 0; d && i < n; i++)
        if (PyDict_SetItem(d, PyTuple_GET_ITEM(kwnames, i), values[i]) < 0) Py_CLEAR(d);
    return d;
}

static int all_plain(PyObject *const *args, Py_ssize_t n)
{
    for (Py_ssize_t i = 0; i < n; i++)
        if (!is_plain(args[i])) return 0;
    return 1;
}

/* "f() missing 1 required positional argument" comes from the dispatcher function under its own
 * name: say the public one. */
static void rename_error(dispatcher *self)
{
    if (!PyErr_ExceptionMatches(PyExc_TypeError)) return;
    PyObject *type, *value, *tb;
    PyErr_Fetch(&type, &value, &tb);
    PyErr_NormalizeException(&type, &value, &tb);
    PyObject *from = PyObject_GetAttrString(self->relevant, "__qualname__"),
             *to = PyObject_GetAttrString(self->implementation, "__qualname__");
    PyObject *text = value ? PyObject_Str(value) : NULL;
    if (from && to && text && PyUnicode_Tailmatch(text, from, 0, PY_SSIZE_T_MAX, -1) == 1) {
        PyObject *fixed = PyUnicode_Replace(text, from, to, 1);
        PyObject *args = fixed ? PyTuple_Pack(1, fixed) : NULL;
        if (args) PyObject_SetAttrString(value, "args", args);
        Py_XDECREF(args);
        Py_XDECREF(fixed);
    }
    Py_XDECREF(from);
    Py_XDECREF(to);
    Py_XDECREF(text);
    PyErr_Clear();
    PyErr_Restore(type, value, tb);
}

/* Nobody overrides. Where a function in C refuses its arguments, the dispatcher says what is wrong
 * with their number and names, as it would have if it had been asked first. */
static PyObject *call_plain(dispatcher *self, PyObject *const *args, size_t nargsf,
                            PyObject *kwnames)
{
    PyObject *result = PyObject_Vectorcall(self->implementation, args, nargsf, kwnames);
    if (result || !PyCFunction_Check(self->implementation) ||
        !PyErr_ExceptionMatches(PyExc_TypeError))
        return result;
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *relevant = PyObject_Vectorcall(self->relevant, args, nargsf, kwnames);
    if (!relevant && PyErr_ExceptionMatches(PyExc_TypeError)) {
        rename_error(self);
        Py_XDECREF(type);
        Py_XDECREF(value);
        Py_XDECREF(traceback);
        return NULL;
    }
    Py_XDECREF(relevant);
    PyErr_Restore(type, value, traceback);
    return NULL;
}

static PyObject *call(dispatcher *self, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf), nkw = kwnames ? PyTuple_GET_SIZE(kwnames) : 0;
    overrides ov = {.n = 0};
    PyObject *public_api = (PyObject *)self;

    if (self->relevant) {
        if (nargs + nkw && all_plain(args, nargs + nkw))
            return call_plain(self, args, nargsf, kwnames);
        PyObject *relevant = PyObject_Vectorcall(self->relevant, args, nargsf, kwnames);
        if (!relevant) {
            rename_error(self);
            return NULL;
        }
        PyObject *fast = PySequence_Fast(
            relevant, "dispatcher for __array_function__ did not return an iterable");
        Py_DECREF(relevant);
        if (!fast) return NULL;
        int r = collect(&ov, PySequence_Fast_ITEMS(fast), PySequence_Fast_GET_SIZE(fast));
        if (r < 0 || !any_foreign(&ov)) {
            clear_overrides(&ov);
            Py_DECREF(fast);
            return r < 0 ? NULL : PyObject_Vectorcall(self->implementation, args, nargsf, kwnames);
        }
        PyObject *pos = tuple_from(args, nargs), *kw = dict_from(args + nargs, kwnames),
                 *result = NULL;
        if (pos && kw) result = run_overrides(public_api, &ov, pos, kw);
        Py_XDECREF(pos);
        Py_XDECREF(kw);
        clear_overrides(&ov);
        Py_DECREF(fast);
        return result;
    }

    /* like=: the first argument decides, and is not passed on. */
    if (nargs < 1) {
        PyErr_SetString(PyExc_TypeError,
                        "`like` argument dispatching requires the `like` argument first");
        return NULL;
    }
    PyObject *like = args[0];
    if (collect(&ov, args, 1) < 0) return NULL;
    if (ov.n == 0) {
        PyErr_SetString(PyExc_TypeError, "The `like` argument must be an array-like that "
                                         "implements the `__array_function__` protocol.");
        return NULL;
    }
    if (!any_foreign(&ov)) {
        clear_overrides(&ov);
        return PyObject_Vectorcall(self->implementation, args + 1, (size_t)(nargs - 1), kwnames);
    }
    /* The override gets the public function of that name, which knows how to dispatch. */
    (void)like;
    PyObject *name = PyObject_GetAttrString(self->implementation, "__name__"),
             *m = PyImport_ImportModule(ext_root);
    PyObject *api = name && m ? PyObject_GetAttr(m, name) : NULL;
    PyObject *pos = tuple_from(args + 1, nargs - 1), *kw = dict_from(args + nargs, kwnames),
             *result = NULL;
    if (api && pos && kw) result = run_overrides(api, &ov, pos, kw);
    Py_XDECREF(name);
    Py_XDECREF(m);
    Py_XDECREF(api);
    Py_XDECREF(pos);
    Py_XDECREF(kw);
    clear_overrides(&ov);
    return result;
}

/* like= of C functions. NULL with an exception, Py_NotImplemented (borrowed marker, new reference)
 * if not overridden. */
PyObject *ext_like_dispatch(const char *name, PyObject *like, PyObject *const *args,
                            Py_ssize_t nargs, PyObject *kwnames)
{
    overrides ov = {.n = 0};
    if (collect(&ov, &like, 1) < 0) return NULL;
    if (ov.n == 0) {
        PyErr_SetString(PyExc_TypeError, "The `like` argument must be an array-like that "
                                         "implements the `__array_function__` protocol.");
        return NULL;
    }
    if (!any_foreign(&ov)) {
        clear_overrides(&ov);
        Py_RETURN_NOTIMPLEMENTED;
    }
    PyObject *m = PyImport_ImportModule(ext_root),
             *api = m ? PyObject_GetAttrString(m, name) : NULL;
    PyObject *pos = tuple_from(args, nargs), *kw = dict_from(args + nargs, kwnames), *result = NULL;
    if (kw && PyDict_DelItemString(kw, "like") < 0) Py_CLEAR(kw);
    if (api && pos && kw) result = run_overrides(api, &ov, pos, kw);
    Py_XDECREF(m);
    Py_XDECREF(api);
    Py_XDECREF(pos);
    Py_XDECREF(kw);
    clear_overrides(&ov);
    return result;
}

/* ---- the type
 * -----------------------------------------------------------------------------------------------------------
 */

static PyObject *dispatcher_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    static char *names[] = {"", "", NULL};
    PyObject *relevant, *implementation;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "OO:_ArrayFunctionDispatcher", names, &relevant,
                                     &implementation))
        return NULL;
    dispatcher *self = PyObject_GC_New(dispatcher, type);
    if (!self) return NULL;
    self->vectorcall = (vectorcallfunc)call;
    self->relevant = relevant == Py_None ? NULL : Py_NewRef(relevant);
    self->implementation = Py_NewRef(implementation);
    self->reserved = NULL;
    self->dict = PyDict_New();
    PyObject_GC_Track(self);
    if (!self->dict) Py_CLEAR(self);
    return (PyObject *)self;
}

static int traverse(dispatcher *self, visitproc visit, void *arg)
{
    Py_VISIT(self->dict);
    Py_VISIT(self->relevant);
    Py_VISIT(self->implementation);
    return 0;
}

static int clear(dispatcher *self)
{
    Py_CLEAR(self->dict);
    Py_CLEAR(self->relevant);
    Py_CLEAR(self->implementation);
    return 0;
}

static void dealloc(dispatcher *self)
{
    PyObject_GC_UnTrack(self);
    clear(self);
    PyObject_GC_Del(self);
}

/* As a Python function, whatever the implementation is. */
static PyObject *dispatcher_repr(dispatcher *self)
{
    if (PyFunction_Check(self->implementation)) return PyObject_Repr(self->implementation);
    PyObject *name = PyObject_GetAttrString((PyObject *)self, "__qualname__");
    PyObject *r = name ? PyUnicode_FromFormat("<function %S at %p>", name, self) : NULL;
    Py_XDECREF(name);
    return r;
}

static PyObject *get_implementation(dispatcher *self, void *u)
{
    return Py_NewRef(self->implementation);
}

static PyObject *descr_get(PyObject *func, PyObject *obj, PyObject *type)
{
    return !obj || obj == Py_None ? Py_NewRef(func) : PyMethod_New(func, obj);
}

static PyObject *reduce(PyObject *self, PyObject *unused)
{
    return PyObject_GetAttrString(self, "__qualname__");
}

/* The signature of a C function is that of the Python function named `_signature_source`: built
 * when it is asked for, since importing `inspect` is slow. */
static PyObject *get_signature(dispatcher *self, void *u)
{
    PyObject *known = PyDict_GetItemString(self->dict, "__signature__");
    if (known) return Py_NewRef(known);
    PyObject *source = PyDict_GetItemString(self->dict, "_signature_source");
    if (!source) {
        PyErr_SetString(PyExc_AttributeError, "__signature__");
        return NULL;
    }
    PyObject *inspect = PyImport_ImportModule("inspect");
    PyObject *made = inspect ? PyObject_CallMethod(inspect, "signature", "O", source) : NULL;
    Py_XDECREF(inspect);
    if (made && PyDict_SetItemString(self->dict, "__signature__", made) < 0) Py_CLEAR(made);
    return made;
}

static int set_signature(dispatcher *self, PyObject *value, void *u)
{
    return value ? PyDict_SetItemString(self->dict, "__signature__", value)
                 : PyDict_DelItemString(self->dict, "__signature__");
}

static PyMethodDef methods[] = {{"__reduce__", reduce, METH_NOARGS, NULL}, {NULL}};
static PyGetSetDef getset[] = {
    {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict},
    {"_implementation", (getter)get_implementation, NULL, "The function without dispatching."},
    {"__signature__", (getter)get_signature, (setter)set_signature, NULL},
    {NULL}};

PyTypeObject ext_dispatcher_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_basicsize = sizeof(dispatcher),
    .tp_dictoffset = offsetof(dispatcher, dict),
    .tp_vectorcall_offset = offsetof(dispatcher, vectorcall),
    .tp_call = PyVectorcall_Call,
    .tp_dealloc = (destructor)dealloc,
    .tp_traverse = (traverseproc)traverse,
    .tp_clear = (inquiry)clear,
    .tp_repr = (reprfunc)dispatcher_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL |
                Py_TPFLAGS_METHOD_DESCRIPTOR,
    .tp_descr_get = descr_get,
    .tp_methods = methods,
    .tp_getset = getset,
    .tp_new = dispatcher_new,
    .tp_doc = "A public function that __array_function__ can override: (dispatcher or None, "
              "implementation).",
};

/* ---- ndarray's own protocols
 * --------------------------------------------------------------------------------------------------
 */

PyObject *ext_method_array_function(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"func", "types", "args", "kwargs", NULL};
    PyObject *func, *types, *fargs, *fkwargs;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "OOOO:__array_function__", names, &func, &types,
                                     &fargs, &fkwargs))
        return NULL;
    PyObject *fast =
        PySequence_Fast(types, "types argument to ndarray.__array_function__ must be iterable");
    if (!fast) return NULL;
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(fast); i++) {
        PyObject *type = PySequence_Fast_GET_ITEM(fast, i);
        if (PyType_Check(type) && ext_is_other_numpy((PyTypeObject *)type)) continue;
        int sub = PyObject_IsSubclass(type, (PyObject *)&PyArray_Type);
        if (sub < 1) {
            Py_DECREF(fast);
            if (sub < 0) return NULL;
            Py_RETURN_NOTIMPLEMENTED;
        }
    }
    Py_DECREF(fast);
    if (!PyTuple_Check(fargs) || !PyDict_Check(fkwargs)) {
        PyErr_Format(PyExc_TypeError, "%s must be a %s.", PyTuple_Check(fargs) ? "kwargs" : "args",
                     PyTuple_Check(fargs) ? "dict" : "tuple");
        return NULL;
    }
    PyObject *impl = PyObject_GetAttrString(func, "_implementation");
    if (!impl && PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Clear(); /* C functions with like= have no implementation apart from themselves */
        impl = Py_NewRef(func);
    }
    PyObject *r = impl ? PyObject_Call(impl, fargs, fkwargs) : NULL;
    Py_XDECREF(impl);
    return r;
}

static int has_ufunc_override(PyObject *o)
{
    static PyObject *own, *name;
    if (!name) name = PyUnicode_InternFromString("__array_ufunc__");
    if (!own) own = PyObject_GetAttr((PyObject *)&PyArray_Type, name);
    if (is_plain(o) || PyArray_IsScalar(o, Generic) || ext_is_other_numpy(Py_TYPE(o))) return 0;
    PyObject *m = PyObject_GetAttr((PyObject *)Py_TYPE(o), name);
    if (!m) {
        PyErr_Clear();
        return 0;
    }
    int differs = m != own;
    Py_DECREF(m);
    return differs;
}

/* For a ufunc of another NumPy, our arrays are memory that it may read. *wraps: the first one of a
 * derived class, borrowed by the caller's arguments. */
static int show_memory(PyObject *inputs, PyObject **wraps)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(inputs); i++) {
        PyObject *o = PyTuple_GET_ITEM(inputs, i);
        if (!PyArray_Check(o)) continue;
        if (!*wraps && !PyArray_CheckExact(o)) *wraps = o;
        PyObject *memory = PyMemoryView_FromObject(o);
        if (!memory) return -1;
        PyTuple_SET_ITEM(inputs, i, memory);
        Py_DECREF(o);
    }
    return 0;
}

/* What another NumPy computed (stolen), as an input of a derived class wraps results. */
static PyObject *wrap_other(PyObject *by, PyObject *args, PyObject *result)
{
    PyTypeObject *t = Py_TYPE(result);
    if (strcmp(t->tp_name, "numpy.ndarray") != 0 && !ext_is_other_numpy(t)) return result;
    PyObject *ours = PyArray_FROM_O(result),
             *inputs = ours ? PyTuple_GetSlice(args, 2, PyTuple_GET_SIZE(args)) : NULL;
    PyObject *r =
        inputs ? PyObject_CallMethod(by, "__array_wrap__", "O(OOi)O", ours,
                                     PyTuple_GET_ITEM(args, 0), inputs, 0,
                                     PyArray_NDIM((PyArrayObject *)ours) == 0 ? Py_True : Py_False)
               : NULL;
    Py_XDECREF(inputs);
    Py_XDECREF(ours);
    Py_DECREF(result);
    return r;
}

PyObject *ext_method_array_ufunc(PyObject *self, PyObject *args, PyObject *kw)
{
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    if (n < 2) {
        PyErr_SetString(PyExc_TypeError, "__array_ufunc__ requires at least 4 arguments");
        return NULL;
    }
    PyObject *inputs = PyTuple_GetSlice(args, 2, n);
    if (!inputs) return NULL;
    int overridden = 0;
    for (Py_ssize_t i = 0; i < n - 2; i++)
        overridden |= has_ufunc_override(PyTuple_GET_ITEM(inputs, i));
    PyObject *out = kw ? PyDict_GetItemString(kw, "out") : NULL;
    if (out && PyTuple_Check(out)) {
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(out); i++)
            overridden |= has_ufunc_override(PyTuple_GET_ITEM(out, i));
    } else if (out) {
        overridden |= has_ufunc_override(out);
    }
    PyObject *where = kw ? PyDict_GetItemString(kw, "where") : NULL;
    if (where) overridden |= has_ufunc_override(where);
    if (overridden) {
        Py_DECREF(inputs);
        Py_RETURN_NOTIMPLEMENTED;
    }
    PyObject *wraps = NULL;
    if (!PyObject_TypeCheck(PyTuple_GET_ITEM(args, 0), &PyUFunc_Type) &&
        show_memory(inputs, &wraps) < 0) {
        Py_DECREF(inputs);
        return NULL;
    }
    PyObject *method = PyObject_GetAttr(PyTuple_GET_ITEM(args, 0), PyTuple_GET_ITEM(args, 1));
    PyObject *r = method ? PyObject_Call(method, inputs, kw) : NULL;
    Py_XDECREF(method);
    Py_DECREF(inputs);
    return r && wraps && !out ? wrap_other(wraps, args, r) : r;
}

static PyObject *get_implementing_args(PyObject *self, PyObject *args)
{
    PyObject *relevant;
    if (!PyArg_ParseTuple(args, "O:array__get_implementing_args", &relevant)) return NULL;
    PyObject *fast =
        PySequence_Fast(relevant, "dispatcher for __array_function__ did not return an iterable");
    if (!fast) return NULL;
    overrides ov;
    PyObject *list = NULL;
    if (collect(&ov, PySequence_Fast_ITEMS(fast), PySequence_Fast_GET_SIZE(fast)) == 0) {
        list = PyList_New(ov.n);
        for (int i = 0; list && i < ov.n; i++) PyList_SET_ITEM(list, i, Py_NewRef(ov.obj[i]));
        clear_overrides(&ov);
    }
    Py_DECREF(fast);
    return list;
}

static PyMethodDef functions[] = {
    {"_get_implementing_args", get_implementing_args, METH_VARARGS,
     "_get_implementing_args(relevant_args)\n\nThe arguments whose types take part in "
     "__array_function__, in the order in which they are asked."},
    {NULL}};

int ext_init_dispatcher(PyObject *m)
{
    ext_dispatcher_type.tp_name = ext_qualname("_ArrayFunctionDispatcher");
    if (PyType_Ready(&ext_dispatcher_type) < 0) return -1;
    if (PyModule_AddObjectRef(m, "_ArrayFunctionDispatcher", (PyObject *)&ext_dispatcher_type) < 0)
        return -1;
    return ext_add_functions(m, functions);
}
