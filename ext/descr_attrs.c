/* Attributes of descriptors. The long texts (repr, str, name) are written in Python, in
 * _core/_dtype.py. */
#include "dtypemeta.h"

#include <string.h>

PyMemberDef ext_descr_members[] = {
    {"type", T_OBJECT, offsetof(PyArray_Descr, typeobj), READONLY, "The scalar type."},
    {"kind", T_CHAR, offsetof(PyArray_Descr, kind), READONLY,
     "One character for the kind of data."},
    {"char", T_CHAR, offsetof(PyArray_Descr, type), READONLY, "The type's own character."},
    {"num", T_INT, offsetof(PyArray_Descr, type_num), READONLY, "The type number."},
    {"byteorder", T_CHAR, offsetof(PyArray_Descr, byteorder), READONLY, "'=', '<', '>' or '|'."},
    {"itemsize", T_PYSSIZET, offsetof(PyArray_Descr, elsize), READONLY, "Bytes of one element."},
    {"alignment", T_PYSSIZET, offsetof(PyArray_Descr, alignment), READONLY, "Alignment in bytes."},
    {"flags", T_ULONGLONG, offsetof(PyArray_Descr, flags), READONLY,
     "How elements must be treated, as bits."},
    {NULL},
};

static _PyArray_LegacyDescr *legacy_or_null(PyObject *self)
{
    return ext_descr_is_legacy((PyArray_Descr *)self) ? (_PyArray_LegacyDescr *)self : NULL;
}

static const char *unit_text(int unit)
{
    switch (unit) {
#define FNP_UNIT(id, value, name, word)                                                            \
    case value:                                                                                    \
        return name;
#include "fnp/units.def"
#undef FNP_UNIT
    }
    return "?";
}

static PyObject *text_by(const char *function, PyObject *arg)
{
    PyObject *f = NULL;
    if (!ext_import(&f, "_core._dtype", function)) return NULL;
    PyObject *r = PyObject_CallOneArg(f, arg);
    Py_DECREF(f);
    return r;
}

PyObject *ext_descr_repr(PyObject *d)
{
    return text_by("__repr__", d);
}
PyObject *ext_descr_str(PyObject *d)
{
    return text_by("__str__", d);
}
static PyObject *get_name(PyObject *d, void *unused)
{
    return text_by("_name_get", d);
}

PyObject *ext_descr_typestr(PyObject *self, void *unused)
{
    PyArray_Descr *d = (PyArray_Descr *)self;
    if (!legacy_or_null(self)) return PyObject_Str(self);
    char order = d->byteorder;
    npy_intp size = d->elsize;
    if (order == NPY_NATIVE) order = NPY_NATBYTE;
    if (order == NPY_IGNORE) order = '|';
    if (d->type_num == NPY_UNICODE) size >>= 2;
    if (d->type_num == NPY_OBJECT) return PyUnicode_FromFormat("%c%c", order, d->kind);
    PyArray_DatetimeMetaData *m = ext_descr_meta(d);
    if (!m || m->base == NPY_FR_GENERIC)
        return PyUnicode_FromFormat("%c%c%zd", order, d->kind, size);
    if (m->num == 1)
        return PyUnicode_FromFormat("%c%c%zd[%s]", order, d->kind, size, unit_text(m->base));
    return PyUnicode_FromFormat("%c%c%zd[%d%s]", order, d->kind, size, m->num, unit_text(m->base));
}

static PyObject *get_subdtype(PyObject *self, void *unused)
{
    _PyArray_LegacyDescr *d = legacy_or_null(self);
    if (!d || !d->subarray) Py_RETURN_NONE;
    return PyTuple_Pack(2, d->subarray->base, d->subarray->shape);
}

static PyObject *get_descr(PyObject *self, void *unused)
{
    _PyArray_LegacyDescr *d = legacy_or_null(self);
    if (!d || !d->names) {
        PyObject *s = ext_descr_typestr(self, NULL);
        return s ? Py_BuildValue("[(sN)]", "", s) : NULL;
    }
    static PyObject *array_descr;
    if (!ext_import(&array_descr, "_core._internal", "_array_descr")) return NULL;
    return PyObject_CallOneArg(array_descr, self);
}

static PyObject *get_base(PyObject *self, void *unused)
{
    _PyArray_LegacyDescr *d = legacy_or_null(self);
    return Py_NewRef(d && d->subarray ? (PyObject *)d->subarray->base : self);
}

static PyObject *get_shape(PyObject *self, void *unused)
{
    _PyArray_LegacyDescr *d = legacy_or_null(self);
    if (!d || !d->subarray) return PyTuple_New(0);
    if (PyTuple_Check(d->subarray->shape)) return Py_NewRef(d->subarray->shape);
    return Py_BuildValue("(O)", d->subarray->shape);
}

static PyObject *get_ndim(PyObject *self, void *unused)
{
    PyObject *s = get_shape(self, NULL);
    if (!s) return NULL;
    Py_ssize_t n = PyTuple_GET_SIZE(s);
    Py_DECREF(s);
    return PyLong_FromSsize_t(n);
}

static PyObject *get_isbuiltin(PyObject *self, void *unused)
{
    PyArray_Descr *d = (PyArray_Descr *)self;
    long v = 0;
    if (NPY_DTYPE(d)->singleton == d) v = 1;
    if (PyTypeNum_ISUSERDEF(d->type_num)) v = 2;
    return PyLong_FromLong(v);
}

static bool is_native(const PyArray_Descr *d)
{
    if (!ext_descr_is_legacy(d)) return true;
    _PyArray_LegacyDescr *l = LEGACY(d);
    if (!l->names) return PyArray_ISNBO(d->byteorder);
    PyObject *key, *entry, *title;
    Py_ssize_t pos = 0;
    while (PyDict_Next(l->fields, &pos, &key, &entry)) {
        PyArray_Descr *f;
        npy_intp offset;
        if (ext_field_unpack(entry, &f, &offset, &title) < 0) {
            PyErr_Clear();
            return false;
        }
        if (!is_native(f)) return false;
    }
    return true;
}

static PyObject *get_isnative(PyObject *self, void *unused)
{
    return PyBool_FromLong(is_native((PyArray_Descr *)self));
}

static PyObject *get_isalignedstruct(PyObject *self, void *unused)
{
    return PyBool_FromLong((((PyArray_Descr *)self)->flags & NPY_ALIGNED_STRUCT) != 0);
}

static PyObject *get_hasobject(PyObject *self, void *unused)
{
    return PyBool_FromLong((((PyArray_Descr *)self)->flags & NPY_ITEM_HASOBJECT) != 0);
}

static PyObject *get_fields(PyObject *self, void *unused)
{
    _PyArray_LegacyDescr *d = legacy_or_null(self);
    if (!d || !d->names) Py_RETURN_NONE;
    return PyDictProxy_New(d->fields);
}

static PyObject *get_metadata(PyObject *self, void *unused)
{
    PyObject *m = ((PyArray_Descr *)self)->metadata;
    if (!m) Py_RETURN_NONE;
    return PyDictProxy_New(m);
}

static PyObject *get_names(PyObject *self, void *unused)
{
    _PyArray_LegacyDescr *d = legacy_or_null(self);
    return Py_NewRef(d && d->names ? d->names : Py_None);
}

static PyObject *renamed_fields(_PyArray_LegacyDescr *d, PyObject *names)
{
    PyObject *fields = PyDict_New();
    for (Py_ssize_t i = 0; fields && i < PyTuple_GET_SIZE(names); i++) {
        PyObject *name = PyTuple_GET_ITEM(names, i);
        PyObject *entry = PyDict_GetItemWithError(d->fields, PyTuple_GET_ITEM(d->names, i));
        int known = entry ? PyDict_Contains(fields, name) : -1;
        if (known > 0) PyErr_SetString(PyExc_ValueError, "Duplicate field names given.");
        if (known || PyDict_SetItem(fields, name, entry) < 0) Py_CLEAR(fields);
    }
    return fields;
}

static int set_names(PyObject *self, PyObject *value, void *unused)
{
    if (!value) {
        PyErr_SetString(PyExc_AttributeError, "Cannot delete dtype names attribute");
        return -1;
    }
    _PyArray_LegacyDescr *d = legacy_or_null(self);
    if (!d || !d->names) {
        PyErr_SetString(PyExc_ValueError, "there are no fields defined");
        return -1;
    }
    Py_ssize_t n = PyTuple_GET_SIZE(d->names);
    if (!PySequence_Check(value) || PySequence_Size(value) != n) {
        if (PyErr_Occurred()) PyErr_Clear();
        PyErr_Format(PyExc_ValueError,
                     "must replace all names at once with a sequence of length %zd", n);
        return -1;
    }
    PyObject *names = PySequence_Tuple(value);
    if (!names) return -1;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *s = PyTuple_GET_ITEM(names, i);
        if (!PyUnicode_Check(s)) {
            PyErr_Format(PyExc_ValueError, "item #%zd of names is of type %s and not string", i,
                         Py_TYPE(s)->tp_name);
            Py_DECREF(names);
            return -1;
        }
    }
    PyObject *fields = renamed_fields(d, names);
    if (!fields) {
        Py_DECREF(names);
        return -1;
    }
    Py_XSETREF(d->fields, fields);
    Py_XSETREF(d->names, names);
    d->hash = -1;
    return 0;
}

PyGetSetDef ext_descr_getset[] = {
    {"subdtype", get_subdtype, NULL, "(base, shape) of a subarray type, else None."},
    {"descr", get_descr, NULL, "The type as the array interface describes it."},
    {"str", ext_descr_typestr, NULL, "The type as one short string."},
    {"name", get_name, NULL, "The type's name with its width in bits."},
    {"base", get_base, NULL, "The element type of a subarray type, else the type itself."},
    {"shape", get_shape, NULL, "Shape of a subarray type, else ()."},
    {"ndim", get_ndim, NULL, "Number of dimensions of a subarray type, else 0."},
    {"isbuiltin", get_isbuiltin, NULL, "1 for a built-in type, 2 for a registered one, else 0."},
    {"isnative", get_isnative, NULL, "Whether all bytes stand in this machine's order."},
    {"isalignedstruct", get_isalignedstruct, NULL,
     "Whether fields are placed as a C compiler places them."},
    {"fields", get_fields, NULL, "Mapping of names to (dtype, offset[, title]), or None."},
    {"metadata", get_metadata, NULL, "The user's own mapping, or None."},
    {"names", get_names, set_names, "Names of the fields in order, or None."},
    {"hasobject", get_hasobject, NULL, "Whether elements hold references to Python objects."},
    {NULL},
};
