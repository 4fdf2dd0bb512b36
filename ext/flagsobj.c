/* ndarray.flags: a live view of the array's flag word. */
#include "array.h"

#include <string.h>

typedef struct {
    PyObject_HEAD PyObject *array;
    int flags;
} flags_object;

static int now(flags_object *self)
{
    return self->array ? PyArray_FLAGS((PyArrayObject *)self->array) : self->flags;
}

PyObject *ext_flags_new(PyObject *array)
{
    flags_object *f = PyObject_New(flags_object, &ext_flagsobj_type);
    if (!f) return NULL;
    f->array = Py_XNewRef(array);
    f->flags = array ? 0
                     : NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_OWNDATA | NPY_ARRAY_F_CONTIGUOUS |
                           NPY_ARRAY_ALIGNED;
    return (PyObject *)f;
}

PyObject *ext_flags_of(int flags)
{
    PyObject *f = ext_flags_new(NULL);
    if (f) ((flags_object *)f)->flags = flags;
    return f;
}

static void flags_dealloc(flags_object *self)
{
    Py_XDECREF(self->array);
    PyObject_Free(self);
}

enum { BIT, FORC, FNC, FARRAY };

/* What each name means, as a predicate on the flag word. */
typedef struct {
    const char *name;
    int kind, mask;
} flag_row;

static const flag_row rows[] = {
    {"c_contiguous", BIT, NPY_ARRAY_C_CONTIGUOUS},
    {"contiguous", BIT, NPY_ARRAY_C_CONTIGUOUS},
    {"f_contiguous", BIT, NPY_ARRAY_F_CONTIGUOUS},
    {"fortran", BIT, NPY_ARRAY_F_CONTIGUOUS},
    {"owndata", BIT, NPY_ARRAY_OWNDATA},
    {"writeable", BIT, NPY_ARRAY_WRITEABLE},
    {"aligned", BIT, NPY_ARRAY_ALIGNED},
    {"writebackifcopy", BIT, NPY_ARRAY_WRITEBACKIFCOPY},
    {"behaved", BIT, NPY_ARRAY_BEHAVED},
    {"carray", BIT, NPY_ARRAY_CARRAY},
    {"forc", FORC, 0},
    {"fnc", FNC, 0},
    {"farray", FARRAY, 0},
    {"num", -1, 0},
};

static int holds(const flag_row *r, int flags)
{
    int c = (flags & NPY_ARRAY_C_CONTIGUOUS) != 0, f = (flags & NPY_ARRAY_F_CONTIGUOUS) != 0;
    switch (r->kind) {
    case BIT: return (flags & r->mask) == r->mask;
    case FORC: return c || f;
    case FNC: return f && !c;
    default: return (flags & NPY_ARRAY_BEHAVED) == NPY_ARRAY_BEHAVED && f && !c;
    }
}

static PyObject *get_flag(flags_object *self, void *row)
{
    const flag_row *r = row;
    if (r->kind < 0) return PyLong_FromLong(now(self));
    return PyBool_FromLong(holds(r, now(self)));
}

static PyObject *get_writeable(flags_object *self, void *row)
{
    if (now(self) & NPY_ARRAY_WARN_ON_WRITE &&
        PyErr_WarnEx(PyExc_FutureWarning,
                     "future versions will not create a writeable array from broadcast_array. Set "
                     "the writable flag explicitly to avoid this warning.",
                     1) < 0)
        return NULL;
    return get_flag(self, row);
}

static int set_flags(flags_object *self, const char *which, PyObject *value)
{
    if (!self->array) {
        PyErr_SetString(PyExc_ValueError, "Cannot set flags on array scalars.");
        return -1;
    }
    if (!value) {
        PyErr_Format(PyExc_AttributeError, "Cannot delete flags %s attribute", which);
        return -1;
    }
    int on = PyObject_IsTrue(value);
    if (on < 0) return -1;
    PyObject *args[3] = {Py_None, Py_None, Py_None};
    int i = strcmp(which, "writeable") == 0 ? 0 : strcmp(which, "aligned") == 0 ? 1 : 2;
    args[i] = on ? Py_True : Py_False;
    PyObject *r = PyObject_CallMethod(self->array, "setflags", "OOO", args[0], args[1], args[2]);
    if (!r) return -1;
    Py_DECREF(r);
    return 0;
}

static int set_writeable(flags_object *self, PyObject *v, void *u)
{
    return set_flags(self, "writeable", v);
}
static int set_aligned(flags_object *self, PyObject *v, void *u)
{
    return set_flags(self, "aligned", v);
}
static int set_writeback(flags_object *self, PyObject *v, void *u)
{
    return set_flags(self, "writebackifcopy", v);
}

static int set_warn_on_write(flags_object *self, PyObject *v, void *u)
{
    if (!self->array) {
        PyErr_SetString(PyExc_ValueError, "Cannot set flags on array scalars.");
        return -1;
    }
    int on = v ? PyObject_IsTrue(v) : -1;
    if (on < 0) return -1;
    if (!on) {
        PyErr_SetString(PyExc_ValueError, "cannot clear flag: _warn_on_write");
        return -1;
    }
    PyArrayObject *a = (PyArrayObject *)self->array;
    if (!(PyArray_FLAGS(a) & NPY_ARRAY_WRITEABLE)) {
        PyErr_SetString(PyExc_ValueError,
                        "cannot set '_warn_on_write' flag when 'writable' is False");
        return -1;
    }
    PyArray_ENABLEFLAGS(a, NPY_ARRAY_WARN_ON_WRITE);
    return 0;
}

static PyGetSetDef getset[] = {
    {"c_contiguous", (getter)get_flag, NULL, NULL, (void *)&rows[0]},
    {"contiguous", (getter)get_flag, NULL, NULL, (void *)&rows[1]},
    {"f_contiguous", (getter)get_flag, NULL, NULL, (void *)&rows[2]},
    {"fortran", (getter)get_flag, NULL, NULL, (void *)&rows[3]},
    {"owndata", (getter)get_flag, NULL, NULL, (void *)&rows[4]},
    {"writeable", (getter)get_writeable, (setter)set_writeable, NULL, (void *)&rows[5]},
    {"aligned", (getter)get_flag, (setter)set_aligned, NULL, (void *)&rows[6]},
    {"writebackifcopy", (getter)get_flag, (setter)set_writeback, NULL, (void *)&rows[7]},
    {"behaved", (getter)get_flag, NULL, NULL, (void *)&rows[8]},
    {"carray", (getter)get_flag, NULL, NULL, (void *)&rows[9]},
    {"forc", (getter)get_flag, NULL, NULL, (void *)&rows[10]},
    {"fnc", (getter)get_flag, NULL, NULL, (void *)&rows[11]},
    {"farray", (getter)get_flag, NULL, NULL, (void *)&rows[12]},
    {"num", (getter)get_flag, NULL, NULL, (void *)&rows[13]},
    {"_writeable_no_warn", (getter)get_flag, NULL, NULL, (void *)&rows[5]},
    {"_warn_on_write", NULL, (setter)set_warn_on_write, NULL, NULL},
    {NULL}};

/* Keys of flags[...]: short names and the long ones in capitals. */
static const struct {
    const char *key, *name;
} keys[] = {{"C", "c_contiguous"},
            {"F", "f_contiguous"},
            {"O", "owndata"},
            {"W", "writeable"},
            {"A", "aligned"},
            {"X", "writebackifcopy"},
            {"B", "behaved"},
            {"CA", "carray"},
            {"FA", "farray"},
            {"FNC", "fnc"},
            {"FORC", "forc"},
            {"CONTIGUOUS", "c_contiguous"},
            {"C_CONTIGUOUS", "c_contiguous"},
            {"FORTRAN", "f_contiguous"},
            {"F_CONTIGUOUS", "f_contiguous"},
            {"OWNDATA", "owndata"},
            {"WRITEABLE", "writeable"},
            {"ALIGNED", "aligned"},
            {"WRITEBACKIFCOPY", "writebackifcopy"},
            {"BEHAVED", "behaved"},
            {"CARRAY", "carray"},
            {"FARRAY", "farray"}};

static const char *name_of_key(PyObject *key)
{
    const char *s = PyUnicode_Check(key) ? PyUnicode_AsUTF8(key)
                    : PyBytes_Check(key) ? PyBytes_AS_STRING(key)
                                         : NULL;
    for (size_t i = 0; s && i < sizeof keys / sizeof *keys; i++)
        if (strcmp(s, keys[i].key) == 0) return keys[i].name;
    PyErr_SetString(PyExc_KeyError, "Unknown flag");
    return NULL;
}

static PyObject *flags_getitem(PyObject *self, PyObject *key)
{
    const char *name = name_of_key(key);
    return name ? PyObject_GetAttrString(self, name) : NULL;
}

static int flags_setitem(PyObject *self, PyObject *key, PyObject *value)
{
    const char *name = name_of_key(key);
    if (!name) return -1;
    if (strcmp(name, "writeable") && strcmp(name, "aligned") && strcmp(name, "writebackifcopy")) {
        PyErr_SetString(PyExc_KeyError, "Unknown flag");
        return -1;
    }
    return PyObject_SetAttrString(self, name, value);
}

static PyObject *flags_str(flags_object *self)
{
    int f = now(self);
#define YN(mask) ((f & (mask)) ? "True" : "False")
    return PyUnicode_FromFormat("  C_CONTIGUOUS : %s\n  F_CONTIGUOUS : %s\n  OWNDATA : %s\n  "
                                "WRITEABLE : %s%s\n  ALIGNED : %s\n"
                                "  WRITEBACKIFCOPY : %s\n",
                                YN(NPY_ARRAY_C_CONTIGUOUS), YN(NPY_ARRAY_F_CONTIGUOUS),
                                YN(NPY_ARRAY_OWNDATA), YN(NPY_ARRAY_WRITEABLE),
                                (f & NPY_ARRAY_WARN_ON_WRITE) ? "  (with WARN_ON_WRITE=True)" : "",
                                YN(NPY_ARRAY_ALIGNED), YN(NPY_ARRAY_WRITEBACKIFCOPY));
#undef YN
}

static PyObject *flags_compare(PyObject *self, PyObject *other, int op)
{
    if (!Py_IS_TYPE(other, &ext_flagsobj_type) || (op != Py_EQ && op != Py_NE))
        Py_RETURN_NOTIMPLEMENTED;
    int equal = now((flags_object *)self) == now((flags_object *)other);
    return PyBool_FromLong(op == Py_EQ ? equal : !equal);
}

static PyObject *flags_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    PyObject *arg = NULL;
    if (!PyArg_UnpackTuple(args, "flagsobj", 0, 1, &arg)) return NULL;
    return ext_flags_new(arg && PyArray_Check(arg) ? arg : NULL);
}

static PyMappingMethods as_mapping = {NULL, flags_getitem, flags_setitem};

PyTypeObject ext_flagsobj_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_basicsize = sizeof(flags_object),
    .tp_dealloc = (destructor)flags_dealloc,
    .tp_repr = (reprfunc)flags_str,
    .tp_str = (reprfunc)flags_str,
    .tp_as_mapping = &as_mapping,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_richcompare = flags_compare,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getset = getset,
    .tp_new = flags_new,
    .tp_doc = "Memory layout of an array, live: attributes and item access by name.",
};
