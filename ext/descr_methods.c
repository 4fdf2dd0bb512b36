/* Methods and protocols of descriptors: items, repetition, byte order, pickling. */
#include "dtypemeta.h"

#include <string.h>

static _PyArray_LegacyDescr *legacy_or_null(PyObject *self)
{
    return ext_descr_is_legacy((PyArray_Descr *)self) ? (_PyArray_LegacyDescr *)self : NULL;
}

/* ---- items
 * ------------------------------------------------------------------------------------------------------
 */
static Py_ssize_t descr_length(PyObject *self)
{
    _PyArray_LegacyDescr *d = legacy_or_null(self);
    return d && d->names ? PyTuple_GET_SIZE(d->names) : 0;
}

static PyObject *field_by_name(_PyArray_LegacyDescr *d, PyObject *name)
{
    PyObject *entry = PyDict_GetItemWithError(d->fields, name);
    if (entry) return Py_NewRef(PyTuple_GET_ITEM(entry, 0));
    if (!PyErr_Occurred()) PyErr_Format(PyExc_KeyError, "Field named %R not found.", name);
    return NULL;
}

static bool is_list_of_strings(PyObject *o)
{
    if (!PyList_CheckExact(o)) return false;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(o); i++)
        if (!PyUnicode_Check(PyList_GET_ITEM(o, i))) return false;
    return true;
}

HIDDEN PyArray_Descr *ext_descr_subset(PyArray_Descr *self, PyObject *list)
{
    _PyArray_LegacyDescr *d = LEGACY(self);
    PyObject *fields = PyDict_New(), *names = PyTuple_New(PyList_GET_SIZE(list));
    PyArray_Descr *r = NULL;
    if (!fields || !names) goto done;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *name = PyList_GET_ITEM(list, i);
        PyTuple_SET_ITEM(names, i, Py_NewRef(name));
        PyObject *entry = PyDict_GetItemWithError(d->fields, name);
        if (!entry) {
            if (!PyErr_Occurred()) PyErr_SetObject(PyExc_KeyError, name);
            goto done;
        }
        if (PyTuple_GET_SIZE(entry) > 2) {
            PyObject *title = PyTuple_GET_ITEM(entry, 2);
            int same = PyObject_RichCompareBool(title, name, Py_EQ);
            if (same < 0) goto done;
            if (same) {
                PyErr_SetString(PyExc_KeyError, "cannot use field titles in multi-field index");
                goto done;
            }
            if (PyDict_SetItem(fields, title, entry) < 0) goto done;
        }
        int known = PyDict_Contains(fields, name);
        if (known < 0) goto done;
        if (known) {
            PyErr_Format(PyExc_ValueError, "duplicate field of name %R", name);
            goto done;
        }
        if (PyDict_SetItem(fields, name, entry) < 0) goto done;
    }
    r = ext_descr_struct(names, fields, d->elsize, d->alignment, d->flags);
done:
    Py_XDECREF(fields);
    Py_XDECREF(names);
    return r;
}

static PyObject *field_by_index(_PyArray_LegacyDescr *d, PyObject *index)
{
    Py_ssize_t n = PyTuple_GET_SIZE(d->names);
    int i = PyArray_PyIntAsInt(index);
    if (i == -1 && PyErr_Occurred()) {
        PyErr_SetString(PyExc_TypeError, "Field key must be an integer field offset, single field "
                                         "name, or list of field names.");
        return NULL;
    }
    int at = i < 0 ? i + (int)n : i;
    if (at < 0 || at >= n) {
        PyErr_Format(PyExc_IndexError, "Field index %d out of range.", i);
        return NULL;
    }
    return field_by_name(d, PyTuple_GET_ITEM(d->names, at));
}

static PyObject *descr_subscript(PyObject *self, PyObject *key)
{
    _PyArray_LegacyDescr *d = legacy_or_null(self);
    if (!d || !d->names) {
        PyObject *s = PyObject_Str(self);
        PyObject *m = s ? PyUnicode_FromFormat("There are no fields in dtype %U.", s) : NULL;
        if (m) PyErr_SetObject(PyExc_KeyError, m);
        Py_XDECREF(s);
        Py_XDECREF(m);
        return NULL;
    }
    if (PyUnicode_Check(key)) return field_by_name(d, key);
    if (is_list_of_strings(key)) return (PyObject *)ext_descr_subset((PyArray_Descr *)self, key);
    return field_by_index(d, key);
}

static PyObject *descr_repeat(PyObject *self, Py_ssize_t n)
{
    if (n < 0) return PyErr_Format(PyExc_ValueError, "Array length must be >= 0, not %zd", n);
    return (PyObject *)ext_descr_subarray((PyArray_Descr *)Py_NewRef(self), 1, &n);
}

static int descr_bool(PyObject *self)
{
    return 1;
}

PySequenceMethods ext_descr_as_sequence = {.sq_length = descr_length, .sq_repeat = descr_repeat};
PyMappingMethods ext_descr_as_mapping = {.mp_length = descr_length,
                                         .mp_subscript = descr_subscript};
PyNumberMethods ext_descr_as_number = {.nb_bool = descr_bool};

/* ---- byte order, __class_getitem__
 * -------------------------------------------------------------------------------- */
static PyObject *newbyteorder(PyObject *self, PyObject *args)
{
    PyObject *o = NULL;
    if (!PyArg_ParseTuple(args, "|O:newbyteorder", &o)) return NULL;
    char order = o ? ext_byteorder_from_object(o) : NPY_SWAP;
    return order ? (PyObject *)PyArray_DescrNewByteorder((PyArray_Descr *)self, order) : NULL;
}

static PyObject *class_getitem(PyObject *cls, PyObject *args)
{
    Py_ssize_t n = PyTuple_Check(args) ? PyTuple_GET_SIZE(args) : 1;
    if (n != 1)
        return PyErr_Format(PyExc_TypeError, "Too %s arguments for %s", n > 1 ? "many" : "few",
                            ((PyTypeObject *)cls)->tp_name);
    return Py_GenericAlias(cls, args);
}

/* ---- pickling
 * ---------------------------------------------------------------------------------------------------------
 */
static const char *unit_text(int unit)
{
    switch (unit) {
#define FNP_UNIT(id, value, name, word)                                                            \
    case value:                                                                                    \
        return name;
#include "fnp/units.def"
#undef FNP_UNIT
    }
    return NULL;
}

static PyObject *reduce_arg(PyArray_Descr *d)
{
    /* A scalar type of the user's own stands for itself; others become kind and size. */
    bool user_scalar = PyTypeNum_ISUSERDEF(d->type_num) ||
                       (d->type_num == NPY_VOID && d->typeobj != &PyVoidArrType_Type);
    if (user_scalar) return Py_NewRef(d->typeobj);
    npy_intp size = d->elsize;
    if (d->type_num == NPY_UNICODE) size >>= 2;
    return PyUnicode_FromFormat("%c%zd", d->kind, size);
}

static PyObject *descr_reduce(PyObject *self, PyObject *unused)
{
    PyArray_Descr *d = (PyArray_Descr *)self;
    _PyArray_LegacyDescr *l = legacy_or_null(self);
    if (!l) {
        PyErr_SetString(PyExc_TypeError, "cannot pickle new-style dtypes that do not define how");
        return NULL;
    }
    PyObject *arg = reduce_arg(d);
    if (!arg) return NULL;
    char order = d->byteorder == NPY_NATIVE ? NPY_NATBYTE : d->byteorder;
    PyObject *sub =
        l->subarray ? PyTuple_Pack(2, l->subarray->base, l->subarray->shape) : Py_NewRef(Py_None);
    npy_intp size = -1, align = -1;
    if (PyTypeNum_ISEXTENDED(d->type_num)) {
        size = d->elsize;
        align = d->alignment;
    }
    PyObject *names = l->names ? l->names : Py_None, *fields = l->names ? l->fields : Py_None;
    PyArray_DatetimeMetaData *m = ext_descr_meta(d);
    PyObject *state;
    if (m)
        state = Py_BuildValue("(iCNOOnnK(O(yiii)))", 4, order, sub, names, fields, size, align,
                              (unsigned long long)d->flags, d->metadata ? d->metadata : Py_None,
                              unit_text(m->base), m->num, 1, 1);
    else if (d->metadata)
        state = Py_BuildValue("(iCNOOnnKO)", 4, order, sub, names, fields, size, align,
                              (unsigned long long)d->flags, d->metadata);
    else
        state = Py_BuildValue("(iCNOOnnK)", 3, order, sub, names, fields, size, align,
                              (unsigned long long)d->flags);
    if (!state) {
        Py_DECREF(arg);
        return NULL;
    }
    return Py_BuildValue("(O(NOO)N)", &PyArrayDescr_Type, arg, Py_False, Py_True, state);
}

typedef struct {
    int version;
    PyObject *endian, *sub, *names, *fields, *metadata;
    Py_ssize_t size, align;
    PyObject *flags;
} DescrState;

static int parse_state(PyObject *args, DescrState *s)
{
    PyObject *t = PyTuple_GET_SIZE(args) == 1 ? PyTuple_GET_ITEM(args, 0) : NULL;
    if (!t || !PyTuple_Check(t)) {
        PyErr_BadInternalCall();
        return -1;
    }
    switch (PyTuple_GET_SIZE(t)) {
    case 9:
        if (!PyArg_ParseTuple(t, "iOOOOnnOO:__setstate__", &s->version, &s->endian, &s->sub,
                              &s->names, &s->fields, &s->size, &s->align, &s->flags, &s->metadata))
            return -1;
        break;
    case 8:
        if (!PyArg_ParseTuple(t, "iOOOOnnO:__setstate__", &s->version, &s->endian, &s->sub,
                              &s->names, &s->fields, &s->size, &s->align, &s->flags))
            return -1;
        break;
    case 7:
        if (!PyArg_ParseTuple(t, "iOOOOnn:__setstate__", &s->version, &s->endian, &s->sub,
                              &s->names, &s->fields, &s->size, &s->align))
            return -1;
        break;
    case 6:
        if (!PyArg_ParseTuple(t, "iOOOnn:__setstate__", &s->version, &s->endian, &s->sub,
                              &s->fields, &s->size, &s->align))
            return -1;
        break;
    case 5:
        s->version = 0;
        if (!PyArg_ParseTuple(t, "OOOnn:__setstate__", &s->endian, &s->sub, &s->fields, &s->size,
                              &s->align))
            return -1;
        break;
    default:
        s->version = PyTuple_GET_SIZE(t) > 5 ? PyLong_AsLong(PyTuple_GET_ITEM(t, 0)) : -1;
        if (s->version == -1) PyErr_Clear();
        PyErr_Format(PyExc_ValueError, "can't handle version %d of numpy.dtype pickle", s->version);
        return -1;
    }
    if (s->version < 0 || s->version > 4) {
        PyErr_Format(PyExc_ValueError, "can't handle version %d of numpy.dtype pickle", s->version);
        return -1;
    }
    return 0;
}

static int check_names(DescrState *s)
{
    if (s->names == NULL &&
        s->fields != Py_None) { /* version 0 and 1: names stand in the dict under -1 */
        PyObject *key = PyLong_FromLong(-1);
        PyObject *names =
            key && PyDict_Check(s->fields) ? PyDict_GetItemWithError(s->fields, key) : NULL;
        s->names = names ? PySequence_Tuple(names) : NULL;
        if (names) PyDict_DelItem(s->fields, key);
        Py_XDECREF(key);
        if (!s->names) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_ValueError, "non-dict fields in Numpy dtype unpickling");
            return -1;
        }
    }
    if (!s->names) s->names = Py_None;
    const char *bad = NULL;
    if ((s->names == Py_None) != (s->fields == Py_None))
        bad = "inconsistent fields and names in Numpy dtype unpickling";
    else if (s->names != Py_None && !PyTuple_Check(s->names))
        bad = "non-tuple names in Numpy dtype unpickling";
    else if (s->fields != Py_None && !PyDict_Check(s->fields))
        bad = "non-dict fields in Numpy dtype unpickling";
    if (bad) PyErr_SetString(PyExc_ValueError, bad);
    return bad ? -1 : 0;
}

static int endian_char(PyObject *o, char *out)
{
    PyObject *tmp = PyBytes_Check(o) ? PyUnicode_FromEncodedObject(o, "ASCII", "strict") : NULL;
    if (tmp) o = tmp;
    if (!PyUnicode_Check(o)) {
        PyErr_SetString(PyExc_ValueError, "endian is not a string in Numpy dtype unpickling");
        return -1;
    }
    if (PyUnicode_GET_LENGTH(o) != 1 || PyUnicode_READ_CHAR(o, 0) > 127) {
        PyErr_SetString(PyExc_ValueError, "endian is not 1-char string in Numpy dtype unpickling");
        Py_XDECREF(tmp);
        return -1;
    }
    *out = (char)PyUnicode_READ_CHAR(o, 0);
    Py_XDECREF(tmp);
    return 0;
}

static int set_subarray(_PyArray_LegacyDescr *d, PyObject *sub)
{
    if (d->subarray) {
        Py_XDECREF(d->subarray->base);
        Py_XDECREF(d->subarray->shape);
        PyMem_Free(d->subarray);
        d->subarray = NULL;
    }
    if (sub == Py_None) return 0;
    if (!PyTuple_Check(sub) || PyTuple_GET_SIZE(sub) != 2 ||
        !PyArray_DescrCheck(PyTuple_GET_ITEM(sub, 0))) {
        PyErr_SetString(PyExc_ValueError, "incorrect subarray in __setstate__");
        return -1;
    }
    PyObject *shape = PyTuple_GET_ITEM(sub, 1), *t = NULL;
    if (PyNumber_Check(shape)) {
        PyObject *n = PyNumber_Long(shape);
        t = n ? PyTuple_Pack(1, n) : NULL;
        Py_XDECREF(n);
        if (!t) return -1;
    } else if (PyTuple_Check(shape) && PyTuple_GET_SIZE(shape) <= NPY_MAXDIMS)
        t = Py_NewRef(shape);
    else {
        PyErr_SetString(PyExc_ValueError, "incorrect subarray shape in __setstate__");
        return -1;
    }
    d->subarray = PyMem_Malloc(sizeof *d->subarray);
    if (!d->subarray) {
        Py_DECREF(t);
        PyErr_NoMemory();
        return -1;
    }
    d->subarray->base = (PyArray_Descr *)Py_NewRef(PyTuple_GET_ITEM(sub, 0));
    d->subarray->shape = t;
    return 0;
}

HIDDEN int ext_time_meta_from_tuple(PyObject *tuple, PyArray_DatetimeMetaData *out,
                                    int from_pickle);

static int set_names_and_fields(_PyArray_LegacyDescr *d, DescrState *s)
{
    if (s->fields == Py_None) return 0;
    PyObject *names = PyTuple_New(PyTuple_GET_SIZE(s->names));
    if (!names) return -1;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(names); i++) {
        PyObject *n = PyTuple_GET_ITEM(s->names, i);
        if (PyUnicode_Check(n)) {
            Py_INCREF(n);
            PyUnicode_InternInPlace(&n);
        } else if (PyBytes_Check(n))
            n = PyUnicode_FromEncodedObject(n, "ASCII", "strict"); /* pickles of Python 2 */
        else {
            PyErr_BadInternalCall();
            n = NULL;
        }
        if (!n) {
            Py_DECREF(names);
            return -1;
        }
        PyTuple_SET_ITEM(names, i, n);
    }
    PyObject *fields = PyDict_New(), *key, *value;
    Py_ssize_t pos = 0;
    while (fields && PyDict_Next(s->fields, &pos, &key, &value)) {
        PyObject *k = PyBytes_Check(key) ? PyUnicode_FromEncodedObject(key, "ASCII", "strict")
                                         : Py_NewRef(key);
        if (!k || PyDict_SetItem(fields, k, value) < 0) Py_CLEAR(fields);
        Py_XDECREF(k);
    }
    if (!fields) {
        Py_DECREF(names);
        return -1;
    }
    Py_XSETREF(d->names, names);
    Py_XSETREF(d->fields, fields);
    return 0;
}

static int set_metadata(_PyArray_LegacyDescr *d, PyObject *meta)
{
    PyArray_DatetimeMetaData *m = ext_descr_meta((PyArray_Descr *)d);
    if (m) {
        if (!meta || !PyTuple_Check(meta) || PyTuple_GET_SIZE(meta) != 2) {
            PyErr_Format(PyExc_ValueError, "Invalid datetime dtype (metadata, c_metadata): %R",
                         meta ? meta : Py_None);
            return -1;
        }
        if (ext_time_meta_from_tuple(PyTuple_GET_ITEM(meta, 1), m, 1) < 0) return -1;
        meta = PyTuple_GET_ITEM(meta, 0);
    }
    Py_CLEAR(d->metadata);
    if (!meta || meta == Py_None) return 0;
    if (PyDict_Check(meta)) d->metadata = Py_NewRef(meta);
    return 0;
}

static PyObject *descr_setstate(PyObject *self, PyObject *args)
{
    PyArray_Descr *d = (PyArray_Descr *)self;
    _PyArray_LegacyDescr *l = legacy_or_null(self);
    /* the shared descriptors are what unpickling finds for the simple types: nothing to restore */
    if (!l || NPY_DTYPE(d)->singleton == d) Py_RETURN_NONE;
    DescrState s = {.endian = Py_None, .sub = Py_None, .fields = Py_None, .size = -1, .align = -1};
    char order;
    if (parse_state(args, &s) < 0 || check_names(&s) < 0 || endian_char(s.endian, &order) < 0)
        return NULL;
    if (set_subarray(l, s.sub) < 0 || set_names_and_fields(l, &s) < 0) return NULL;
    if (order != '|' && PyArray_ISNBO(order)) order = '=';
    d->byteorder = order;
    if (PyTypeNum_ISEXTENDED(d->type_num)) {
        d->elsize = s.size;
        d->alignment = s.align;
    }
    if (s.flags) {
        unsigned long long f = PyLong_AsUnsignedLongLongMask(s.flags);
        if (PyErr_Occurred()) return NULL;
        d->flags = f;
    }
    d->hash = -1;
    if (set_metadata(l, s.metadata) < 0) return NULL;
    Py_RETURN_NONE;
}

PyMethodDef ext_descr_methods[] = {
    {"__reduce__", descr_reduce, METH_NOARGS, NULL},
    {"__setstate__", descr_setstate, METH_VARARGS, NULL},
    {"newbyteorder", newbyteorder, METH_VARARGS, "The same type in another byte order."},
    {"__class_getitem__", class_getitem, METH_O | METH_CLASS,
     "dtype[scalar type], for annotations."},
    {NULL},
};
