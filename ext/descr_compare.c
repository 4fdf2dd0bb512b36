/* Equality, order, truth and hash of descriptors. */
#include "dtypemeta.h"

/* How two fields or subarrays must agree for "same bytes, same meaning". */
static bool same_subarray(_PyArray_LegacyDescr *a, _PyArray_LegacyDescr *b)
{
    if (!a->subarray || !b->subarray) return a->subarray == b->subarray;
    int r = PyObject_RichCompareBool(a->subarray->shape, b->subarray->shape, Py_EQ);
    if (r < 0) PyErr_Clear();
    return r == 1 && ext_descr_equiv(a->subarray->base, b->subarray->base);
}

static bool same_title(PyObject *a, PyObject *b)
{
    if (!a || !b) return a == b;
    int r = PyObject_RichCompareBool(a, b, Py_EQ);
    if (r < 0) PyErr_Clear();
    return r == 1;
}

static bool same_fields(_PyArray_LegacyDescr *a, _PyArray_LegacyDescr *b)
{
    if (!a->names || !b->names) return a->names == b->names;
    if (a->names == b->names && a->fields == b->fields) return true;
    Py_ssize_t n = PyTuple_GET_SIZE(a->names);
    if (n != PyTuple_GET_SIZE(b->names)) return false;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *name = PyTuple_GET_ITEM(a->names, i);
        if (PyUnicode_Compare(name, PyTuple_GET_ITEM(b->names, i)) != 0) return false;
        PyObject *ea = PyDict_GetItem(a->fields, name), *eb = PyDict_GetItem(b->fields, name), *ta,
                 *tb;
        PyArray_Descr *fa, *fb;
        npy_intp oa, ob;
        if (!ea || !eb || ext_field_unpack(ea, &fa, &oa, &ta) < 0 ||
            ext_field_unpack(eb, &fb, &ob, &tb) < 0) {
            PyErr_Clear();
            return false;
        }
        if (oa != ob || !same_title(ta, tb) || !ext_descr_equiv(fa, fb)) return false;
    }
    return true;
}

HIDDEN bool ext_descr_equiv_foreign(PyArray_Descr *a, PyArray_Descr *b) __attribute__((weak));

bool ext_descr_equiv(PyArray_Descr *a, PyArray_Descr *b)
{
    if (a == b) return true;
    if (!ext_descr_is_legacy(a) || !ext_descr_is_legacy(b)) {
        if (Py_TYPE(a) != Py_TYPE(b)) return false;
        return ext_descr_equiv_foreign ? ext_descr_equiv_foreign(a, b)
                                       : !ext_dt_is_parametric(NPY_DTYPE(a));
    }
    if (a->elsize != b->elsize || a->kind != b->kind) return false;
    if (PyArray_ISNBO(a->byteorder) != PyArray_ISNBO(b->byteorder)) return false;
    if (a->type_num != b->type_num) {
        bool ints = PyTypeNum_ISINTEGER(a->type_num) && PyTypeNum_ISINTEGER(b->type_num);
        return ints; /* long and long long of one width; other kinds have one type per size */
    }
    PyArray_DatetimeMetaData *ma = ext_descr_meta(a), *mb = ext_descr_meta(b);
    if (ma && mb) return ma->base == mb->base && ma->num == mb->num;
    if (a->type_num != NPY_VOID) return true;
    return same_subarray(LEGACY(a), LEGACY(b)) && same_fields(LEGACY(a), LEGACY(b));
}

unsigned char PyArray_EquivTypes(PyArray_Descr *a, PyArray_Descr *b)
{
    return ext_descr_equiv(a, b);
}

unsigned char PyArray_EquivTypenums(int a, int b)
{
    if (a == b) return NPY_TRUE;
    PyArray_Descr *da = PyArray_DescrFromType(a), *db = da ? PyArray_DescrFromType(b) : NULL;
    bool r = da && db && ext_descr_equiv(da, db);
    Py_XDECREF(da);
    Py_XDECREF(db);
    return r;
}

/* ---- hash
 * ---------------------------------------------------------------------------------------------------------
 */
static int hash_parts(PyArray_Descr *d, PyObject *list);

static int append(PyObject *list, PyObject *item_stolen)
{
    int r = item_stolen ? PyList_Append(list, item_stolen) : -1;
    Py_XDECREF(item_stolen);
    return r;
}

static int hash_fields(_PyArray_LegacyDescr *d, PyObject *list)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(d->names); i++) {
        PyObject *name = PyTuple_GET_ITEM(d->names, i), *title;
        PyObject *entry = PyDict_GetItemWithError(d->fields, name);
        PyArray_Descr *f;
        npy_intp offset;
        if (!entry) continue;
        if (ext_field_unpack(entry, &f, &offset, &title) < 0) return -1;
        if (append(list, Py_NewRef(name)) < 0 || append(list, PyLong_FromSsize_t(offset)) < 0 ||
            (title && append(list, Py_NewRef(title)) < 0) || hash_parts(f, list) < 0)
            return -1;
    }
    return 0;
}

static int hash_parts(PyArray_Descr *d, PyObject *list)
{
    if (!ext_descr_is_legacy(d)) {
        Py_hash_t h = PyObject_Hash((PyObject *)d);
        return h == -1 ? -1 : append(list, PyLong_FromSsize_t(h));
    }
    _PyArray_LegacyDescr *l = LEGACY(d);
    if (l->subarray) {
        if (append(list, Py_NewRef(l->subarray->shape)) < 0) return -1;
        return hash_parts(l->subarray->base, list);
    }
    char order = d->byteorder == NPY_NATIVE ? NPY_NATBYTE : d->byteorder;
    if (append(list, Py_BuildValue("(CCnn)", d->kind, order, d->elsize, d->alignment)) < 0)
        return -1;
    if (PyTypeNum_ISUSERDEF(d->type_num) && append(list, PyLong_FromLong(d->type_num)) < 0)
        return -1;
    return l->names && d->type_num == NPY_VOID ? hash_fields(l, list) : 0;
}

Py_hash_t ext_descr_hash(PyObject *self)
{
    PyArray_Descr *d = (PyArray_Descr *)self;
    if (d->hash != -1) return d->hash;
    if (!ext_descr_is_legacy(d)) return d->hash = _Py_HashPointer(d);
    PyObject *list = PyList_New(0);
    PyObject *t = list && hash_parts(d, list) == 0 ? PyList_AsTuple(list) : NULL;
    Py_XDECREF(list);
    if (!t) return -1;
    d->hash = PyObject_Hash(t);
    Py_DECREF(t);
    return d->hash;
}

/* ---- comparison
 * ------------------------------------------------------------------------------------------------------
 */
static PyArray_Descr *other_as_descr(PyObject *o)
{
    if (PyArray_DescrCheck(o)) return (PyArray_Descr *)Py_NewRef(o);
    PyArray_Descr *d = NULL;
    if (!PyArray_DescrConverter(o, &d)) return NULL;
    return d;
}

PyObject *ext_descr_richcompare(PyObject *self, PyObject *other, int op)
{
    PyArray_Descr *a = (PyArray_Descr *)self;
    PyArray_Descr *b = other_as_descr(other);
    if (!b) {
        if (op == Py_NE || op == Py_EQ) {
            /* what cannot be read as a dtype is just unequal; failures of other kinds surface */
            if (!PyErr_ExceptionMatches(PyExc_TypeError) &&
                !PyErr_ExceptionMatches(PyExc_ValueError))
                return NULL;
            PyErr_Clear();
            Py_RETURN_NOTIMPLEMENTED;
        }
        PyErr_Clear();
        Py_RETURN_NOTIMPLEMENTED;
    }
    bool r = false;
    switch (op) {
    case Py_EQ: r = ext_descr_equiv(a, b); break;
    case Py_NE: r = !ext_descr_equiv(a, b); break;
    case Py_LT: r = !ext_descr_equiv(a, b) && PyArray_CanCastTo(a, b); break;
    case Py_LE: r = PyArray_CanCastTo(a, b); break;
    case Py_GT: r = !ext_descr_equiv(a, b) && PyArray_CanCastTo(b, a); break;
    case Py_GE: r = PyArray_CanCastTo(b, a); break;
    }
    Py_DECREF(b);
    if (PyErr_Occurred()) return NULL;
    return PyBool_FromLong(r);
}
