/* Legacy user types: registration, and element access by their own functions. */
#include "casts.h"

#include <string.h>

static PyArray_Descr **user_descrs; /* by type number - NPY_USERDEF */
static PyObject *class_of_type;     /* scalar type -> DType class, legacy and new-style */

/* ---- look-ups
 * -----------------------------------------------------------------------------------------------------
 */
HIDDEN PyArray_Descr *ext_legacy_user_descr(int type_num)
{
    int i = type_num - NPY_USERDEF;
    return i >= 0 && i < NPY_NUMUSERTYPES ? user_descrs[i] : NULL;
}

HIDDEN PyArray_DTypeMeta *ext_user_class_of_type(PyTypeObject *t)
{
    return class_of_type ? (PyArray_DTypeMeta *)PyDict_GetItem(class_of_type, (PyObject *)t) : NULL;
}

HIDDEN PyArray_Descr *ext_user_descr_from_scalar_type(PyTypeObject *t)
{
    PyArray_DTypeMeta *c = ext_user_class_of_type(t);
    if (!c || !ext_dt_is_legacy(c)) {
        /* a subclass of a registered scalar type */
        for (int i = 0; i < NPY_NUMUSERTYPES; i++)
            if (user_descrs[i]->typeobj != &PyVoidArrType_Type &&
                PyType_IsSubtype(t, user_descrs[i]->typeobj) &&
                user_descrs[i]->typeobj != &PyGenericArrType_Type)
                return (PyArray_Descr *)Py_NewRef(user_descrs[i]);
        return NULL;
    }
    return (PyArray_Descr *)Py_NewRef(c->singleton);
}

HIDDEN int ext_register_scalar_type(PyTypeObject *t, PyArray_DTypeMeta *c)
{
    if (!class_of_type && !(class_of_type = PyDict_New())) return -1;
    return PyDict_SetItem(class_of_type, (PyObject *)t, (PyObject *)c);
}

/* ---- element access
 * --------------------------------------------------------------------------------------------------
 */
static void fake_array(PyArrayObject_fields *f, PyArray_Descr *d)
{
    *f = (PyArrayObject_fields){.descr = d, .flags = NPY_ARRAY_BEHAVED | NPY_ARRAY_C_CONTIGUOUS};
    Py_SET_TYPE(f, &PyArray_Type);
    Py_SET_REFCNT(f, 1 << 20);
}

PyObject *ext_getitem_foreign(PyArray_Descr *d, const char *data, PyObject *base)
{
    ext_dt_slots *s = EXT_DT_SLOTS(NPY_DTYPE(d));
    if (!ext_descr_is_legacy(d)) {
        if (!s->getitem)
            return PyErr_Format(PyExc_RuntimeError, "DType %S has no getitem", Py_TYPE(d));
        _Alignas(16) char small[128];
        if ((uintptr_t)data % (d->alignment > 1 ? d->alignment : 1) == 0 ||
            d->elsize > (npy_intp)sizeof small)
            return s->getitem(d, (char *)data);
        memcpy(small, data, d->elsize);
        return s->getitem(d, small);
    }
    PyArrayObject_fields f;
    fake_array(&f, d);
    f.data = (char *)data;
    if ((uintptr_t)data % (d->alignment > 1 ? d->alignment : 1)) f.flags &= ~NPY_ARRAY_ALIGNED;
    return _PyDataType_GetArrFuncs(d)->getitem((void *)data, &f);
}

int ext_setitem_foreign(PyArray_Descr *d, PyObject *value, char *data)
{
    ext_dt_slots *s = EXT_DT_SLOTS(NPY_DTYPE(d));
    bool aligned = (uintptr_t)data % (d->alignment > 1 ? d->alignment : 1) == 0;
    _Alignas(16) char small[128];
    if (!ext_descr_is_legacy(d)) {
        if (!s->setitem) {
            PyErr_Format(PyExc_RuntimeError, "DType %S has no setitem", Py_TYPE(d));
            return -1;
        }
        if (aligned || d->elsize > (npy_intp)sizeof small) return s->setitem(d, value, data);
        memcpy(small, data, d->elsize);
        int r = s->setitem(d, value, small);
        memcpy(data, small, d->elsize);
        return r;
    }
    PyArrayObject_fields f;
    fake_array(&f, d);
    if (!aligned) f.flags &= ~NPY_ARRAY_ALIGNED;
    return _PyDataType_GetArrFuncs(d)->setitem(value, data, &f);
}

/* ---- registration
 * --------------------------------------------------------------------------------------------------------
 */
static void default_copyswapn(void *dst, npy_intp ds, void *src, npy_intp ss, npy_intp n, int swap,
                              void *arr)
{
    PyArray_CopySwapFunc *one =
        _PyDataType_GetArrFuncs(PyArray_DESCR((PyArrayObject *)arr))->copyswap;
    for (npy_intp i = 0; i < n; i++)
        one((char *)dst + i * ds, src ? (char *)src + i * ss : NULL, swap, arr);
}

static npy_bool default_nonzero(void *p, void *arr)
{
    const char *c = p;
    for (npy_intp i = 0; i < PyArray_ITEMSIZE((PyArrayObject *)arr); i++)
        if (c[i]) return NPY_TRUE;
    return NPY_FALSE;
}

void PyArray_InitArrFuncs(PyArray_ArrFuncs *f)
{
    memset(f, 0, sizeof *f);
}

static PyArray_Descr *user_default_descr(PyArray_DTypeMeta *c)
{
    return (PyArray_Descr *)Py_NewRef(c->singleton);
}
static PyArray_Descr *user_discover(PyArray_DTypeMeta *c, PyObject *o)
{
    return (PyArray_Descr *)Py_NewRef(c->singleton);
}

/* The class "dtype[scalar]"; like the type's functions, it stays for ever. */
static PyArray_DTypeMeta *new_class(PyArray_DescrProto *p, int num)
{
    PyArray_DTypeMeta *c = PyMem_Calloc(1, sizeof *c);
    ext_dt_slots *s = c ? PyMem_Calloc(1, sizeof *s) : NULL;
    const char *dot = strrchr(p->typeobj->tp_name, '.');
    PyObject *name =
        PyUnicode_FromFormat("%s.dtype[%s]", ext_root, dot ? dot + 1 : p->typeobj->tp_name);
    if (!s || !name || !(s->casts = PyDict_New())) {
        if (!PyErr_Occurred()) PyErr_NoMemory();
        return NULL;
    }
    PyTypeObject *t = &c->super.ht_type;
    Py_SET_TYPE(t, &PyArrayDTypeMeta_Type_);
    Py_SET_REFCNT(t, 1);
    t->tp_name = PyUnicode_AsUTF8(name); /* kept with it */
    t->tp_flags = Py_TPFLAGS_DEFAULT;
    t->tp_base = &PyArrayDescr_Type;
    t->tp_basicsize = sizeof(ExtDescr);
    t->tp_new = ext_dtypes[NPY_LONG].super.ht_type.tp_new; /* the singleton, without arguments */
    c->type_num = num;
    c->scalar_type = (PyTypeObject *)Py_NewRef(p->typeobj);
    c->flags = EXT_DT_LEGACY;
    c->dt_slots = s;
    s->legacy_funcs = p->f;
    s->default_descr = user_default_descr;
    s->discover = user_discover;
    s->ensure_canonical = ext_descr_canonical;
    s->getitem = (PyArrayDTypeMeta_GetItem *)ext_getitem_plain;
    s->setitem = ext_setitem;
    return PyType_Ready(t) < 0 ? NULL : c;
}

static int check_proto(PyArray_DescrProto *p)
{
    PyArray_ArrFuncs *f = p->f;
    if (p->elsize == 0 && p->typeobj && 0) return -1;
    if (!f || !f->copyswap || !f->getitem || !f->setitem) {
        PyErr_SetString(PyExc_ValueError, "a required array function is missing.");
        return -1;
    }
    if (!p->typeobj) {
        PyErr_SetString(PyExc_ValueError, "missing typeobject");
        return -1;
    }
    if (!f->nonzero) f->nonzero = default_nonzero;
    if (!f->copyswapn) f->copyswapn = default_copyswapn;
    if (p->flags & (NPY_ITEM_IS_POINTER | NPY_ITEM_REFCOUNT)) {
        bool voids = (PyTypeObject *)Py_TYPE(p) == &ext_dtypes[NPY_VOID].super.ht_type &&
                     p->names && p->fields;
        if (!voids) {
            PyErr_SetString(PyExc_ValueError,
                            "Legacy user dtypes referencing Python objects or generally "
                            "with NPY_ITEM_IS_POINTER or NPY_ITEM_REFCOUNT are unsupported.");
            return -1;
        }
    }
    return 0;
}

int PyArray_RegisterDataType(PyArray_DescrProto *p)
{
    for (int i = 0; i < NPY_NUMUSERTYPES; i++)
        if (p->type_num == user_descrs[i]->type_num) return p->type_num;
    PyTypeObject *pt = Py_TYPE(p);
    bool known =
        pt == NULL || pt == &PyArrayDescr_Type || PyObject_TypeCheck(pt, &PyArrayDTypeMeta_Type_);
    if (!known) {
        PyErr_Format(
            PyExc_RuntimeError,
            "internal error: the type of the descriptor to register is %s, not numpy.dtype",
            pt->tp_name);
        return -1;
    }
    if (check_proto(p) < 0) return -1;
    int num = NPY_USERDEF + NPY_NUMUSERTYPES;
    if (num >= NPY_VSTRING) {
        PyErr_SetString(PyExc_ValueError, "Too many user defined dtypes registered");
        return -1;
    }
    PyArray_Descr **grown = PyMem_Realloc(user_descrs, (NPY_NUMUSERTYPES + 1) * sizeof *grown);
    if (!grown) {
        PyErr_NoMemory();
        return -1;
    }
    user_descrs = grown;
    PyArray_DTypeMeta *c = new_class(p, num);
    ExtDescr *d = c ? ext_descr_alloc(c) : NULL;
    if (!d) return -1;
    d->abi.kind = p->kind;
    d->abi.type = p->type;
    d->abi.byteorder = p->byteorder;
    d->abi.flags = (unsigned char)p->flags;
    d->abi.elsize = p->elsize;
    d->abi.alignment = p->alignment;
    d->abi.names = Py_XNewRef(p->names);
    d->abi.fields = p->fields && p->fields != Py_None ? Py_NewRef(p->fields) : NULL;
    d->abi.metadata = Py_XNewRef(p->metadata);
    c->singleton = (PyArray_Descr *)d;
    user_descrs[NPY_NUMUSERTYPES] = (PyArray_Descr *)Py_NewRef(d);
    NPY_NUMUSERTYPES++;
    p->type_num = num;
    if (p->typeobj != &PyVoidArrType_Type && ext_register_scalar_type(p->typeobj, c) < 0) return -1;
    return num;
}

static PyArray_ArrFuncs *functions_of(PyArray_Descr *d)
{
    return _PyDataType_GetArrFuncs(d);
}

int PyArray_RegisterCastFunc(PyArray_Descr *d, int to, PyArray_VectorUnaryFunc *f)
{
    if (to < 21 && PyTypeNum_ISUSERDEF(d->type_num)) {
        functions_of(d)->cast[to] = f;
        return 0;
    }
    if (to >= NPY_NTYPES_LEGACY && !PyTypeNum_ISUSERDEF(to)) {
        PyErr_SetString(PyExc_TypeError, "invalid type number.");
        return -1;
    }
    PyArray_ArrFuncs *table = functions_of(d);
    if (!table->castdict && !(table->castdict = PyDict_New())) return -1;
    PyObject *key = PyLong_FromLong(to), *c = PyCapsule_New((void *)f, NULL, NULL);
    int r = key && c ? PyDict_SetItem(table->castdict, key, c) : -1;
    Py_XDECREF(key);
    Py_XDECREF(c);
    return r;
}

static int append_type(int **list, int value)
{
    int n = 0;
    while (*list && (*list)[n] != NPY_NOTYPE) n++;
    int *grown = realloc(*list, (n + 2) * sizeof *grown);
    if (!grown) {
        PyErr_NoMemory();
        return -1;
    }
    grown[n] = value;
    grown[n + 1] = NPY_NOTYPE;
    *list = grown;
    return 0;
}

int PyArray_RegisterCanCast(PyArray_Descr *d, int to, NPY_SCALARKIND scalar)
{
    if (!PyTypeNum_ISUSERDEF(d->type_num) && !PyTypeNum_ISUSERDEF(to)) {
        PyErr_SetString(
            PyExc_ValueError,
            "At least one of the types provided to RegisterCanCast must be user-defined.");
        return -1;
    }
    PyArray_ArrFuncs *f = functions_of(d);
    if (scalar == NPY_NOSCALAR) return append_type(&f->cancastto, to);
    if (!f->cancastscalarkindto) {
        f->cancastscalarkindto = calloc(NPY_NSCALARKINDS, sizeof(int *));
        if (!f->cancastscalarkindto) {
            PyErr_NoMemory();
            return -1;
        }
    }
    return append_type(&f->cancastscalarkindto[scalar], to);
}
