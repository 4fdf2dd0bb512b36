/* Descriptor objects: allocation, the built-in ones, copies, and the compiled fnp_dtype behind the
 * ABI struct. */
#include "dtypemeta.h"

#include <string.h>

HIDDEN int ext_dtypemeta_init(PyObject *module);
HIDDEN void ext_arrfuncs_init(void);
extern HIDDEN PyMethodDef ext_descr_text_functions[], ext_promotion_functions[];

PyArray_Descr *ext_builtin_descrs[NPY_NTYPES_LEGACY];
int NPY_NUMUSERTYPES;

static const struct {
    char kind, type;
    npy_intp size, align;
} facts[NPY_NTYPES_LEGACY] = {
#define FNP_DTYPE(NAME, num, sfx, ctype, knd, chr, name, alias)                                    \
    [num] = {knd, chr, sizeof(ctype), _Alignof(ctype)},
#include "fnp/dtypes.def"
#undef FNP_DTYPE
};

/* ---- datetime metadata
 * -------------------------------------------------------------------------------------- */
static void time_meta_free(NpyAuxData *d)
{
    PyMem_RawFree(d);
}

static NpyAuxData *time_meta_clone(NpyAuxData *d)
{
    PyArray_DatetimeDTypeMetaData *copy = PyMem_RawMalloc(sizeof *copy);
    if (copy) memcpy(copy, d, sizeof *copy);
    return (NpyAuxData *)copy;
}

static NpyAuxData *time_meta_new(int unit, int num)
{
    PyArray_DatetimeDTypeMetaData *m = PyMem_RawCalloc(1, sizeof *m);
    if (!m) {
        PyErr_NoMemory();
        return NULL;
    }
    m->base.free = time_meta_free;
    m->base.clone = time_meta_clone;
    m->meta.base = unit;
    m->meta.num = num;
    return &m->base;
}

PyArray_DatetimeMetaData *ext_descr_meta(const PyArray_Descr *d)
{
    NpyAuxData *c = PyTypeNum_ISDATETIME(d->type_num) ? LEGACY(d)->c_metadata : NULL;
    return c ? &((PyArray_DatetimeDTypeMetaData *)c)->meta : NULL;
}

/* ---- life
 * -----------------------------------------------------------------------------------------------------
 */
ExtDescr *ext_descr_alloc(PyArray_DTypeMeta *cls)
{
    ExtDescr *d = (ExtDescr *)PyType_GenericAlloc(&cls->super.ht_type, 0);
    if (!d) return NULL;
    d->abi.typeobj = (PyTypeObject *)Py_XNewRef(cls->scalar_type);
    d->abi.type_num = cls->type_num;
    d->abi.byteorder = '|';
    d->abi.hash = -1;
    d->core.type_num = FNP_NOTYPE;
    return d;
}

static void legacy_clear(ExtDescr *d)
{
    Py_CLEAR(d->abi.names);
    Py_CLEAR(d->abi.fields);
    if (d->abi.subarray) {
        Py_XDECREF(d->abi.subarray->base);
        Py_XDECREF(d->abi.subarray->shape);
        PyMem_Free(d->abi.subarray);
        d->abi.subarray = NULL;
    }
    NPY_AUXDATA_FREE(d->abi.c_metadata);
    d->abi.c_metadata = NULL;
    PyMem_Free(d->core_storage);
    d->core_storage = NULL;
    d->core.type_num = FNP_NOTYPE;
}

static void descr_dealloc(PyObject *self)
{
    PyArray_Descr *d = (PyArray_Descr *)self;
    PyArray_DTypeMeta *cls = NPY_DTYPE(d);
    if (cls->singleton == d) { /* wheels have been known to drop one reference too many */
        Py_SET_REFCNT(d, 1000);
        return;
    }
    if (ext_dt_is_legacy(cls)) legacy_clear((ExtDescr *)d);
    Py_CLEAR(d->metadata);
    Py_CLEAR(d->typeobj);
    Py_TYPE(d)->tp_free(d);
}

static PyArray_Descr *new_builtin(int num)
{
    ExtDescr *d = ext_descr_alloc(&ext_dtypes[num]);
    if (!d) return NULL;
    d->abi.kind = facts[num].kind;
    d->abi.type = facts[num].type;
    d->abi.alignment = facts[num].align;
    d->abi.elsize = PyTypeNum_ISFLEXIBLE(num) ? 0 : facts[num].size;
    bool has_order =
        num != NPY_OBJECT && num != NPY_STRING && num != NPY_VOID && facts[num].size > 1;
    d->abi.byteorder = has_order ? '=' : '|';
    if (num == NPY_OBJECT) d->abi.flags = NPY_OBJECT_DTYPE_FLAGS;
    if (num == NPY_UNICODE) d->abi.flags = NPY_NEEDS_INIT;
    if (PyTypeNum_ISDATETIME(num) && !(d->abi.c_metadata = time_meta_new(NPY_FR_GENERIC, 1))) {
        Py_DECREF(d);
        return NULL;
    }
    return (PyArray_Descr *)d;
}

PyArray_Descr *PyArray_DescrNew(PyArray_Descr *base)
{
    if (!ext_descr_is_legacy(base)) {
        PyErr_SetString(PyExc_RuntimeError, "cannot copy new-style dtypes with PyArray_DescrNew");
        return NULL;
    }
    _PyArray_LegacyDescr *b = LEGACY(base);
    ExtDescr *d = ext_descr_alloc(NPY_DTYPE(base));
    if (!d) return NULL;
    _PyArray_LegacyDescr *n = &d->abi;
    memcpy((char *)n + offsetof(PyArray_Descr, typeobj) + sizeof(PyTypeObject *), &b->kind,
           offsetof(PyArray_Descr, metadata) - offsetof(PyArray_Descr, kind));
    Py_XINCREF(b->typeobj);
    Py_XSETREF(n->typeobj, b->typeobj);
    n->metadata = Py_XNewRef(b->metadata);
    n->fields = Py_XNewRef(b->fields);
    n->names = Py_XNewRef(b->names);
    n->hash = -1;
    if (b->subarray) {
        n->subarray = PyMem_Malloc(sizeof *n->subarray);
        if (!n->subarray) goto nomem;
        n->subarray->base = (PyArray_Descr *)Py_NewRef(b->subarray->base);
        n->subarray->shape = Py_XNewRef(b->subarray->shape);
    }
    if (b->c_metadata && !(n->c_metadata = NPY_AUXDATA_CLONE(b->c_metadata))) goto nomem;
    return (PyArray_Descr *)d;
nomem:
    Py_DECREF(d);
    PyErr_NoMemory();
    return NULL;
}

int ext_typenum_from_char(int c)
{
    if (c == 'p' || c == 'n') return NPY_INTP;
    if (c == 'P' || c == 'N') return NPY_UINTP;
    if (c == NPY_VSTRINGLTR) return NPY_VSTRING;
    for (int i = 0; i < NPY_NTYPES_LEGACY; i++)
        if (facts[i].type == c) return i;
    return -1;
}

HIDDEN PyArray_Descr *ext_legacy_user_descr(int type_num) __attribute__((weak));
HIDDEN PyArray_Descr *ext_vstring_default(void);

PyArray_Descr *PyArray_DescrFromType(int type)
{
    if (type >= 0 && type < NPY_NTYPES_LEGACY)
        return (PyArray_Descr *)Py_NewRef(ext_builtin_descrs[type]);
    if (type == NPY_NOTYPE) return NULL;
    if (type == NPY_VSTRING || type == NPY_VSTRINGLTR) {
        return ext_vstring_default();
    }
    if (type == NPY_CHARLTR) {
        PyArray_Descr *d = ext_descr_flexible(NPY_STRING, 1);
        if (d) d->type = NPY_CHARLTR;
        return d;
    }
    if (PyTypeNum_ISUSERDEF(type) && ext_legacy_user_descr) {
        PyArray_Descr *d = ext_legacy_user_descr(type);
        if (d) return (PyArray_Descr *)Py_NewRef(d);
    }
    int num = type > 0 && type < 128 ? ext_typenum_from_char(type) : -1;
    if (num >= 0 && num < NPY_NTYPES_LEGACY)
        return (PyArray_Descr *)Py_NewRef(ext_builtin_descrs[num]);
    PyErr_SetString(PyExc_ValueError, "Invalid data-type for array");
    return NULL;
}

PyArray_Descr *PyArray_DescrNewFromType(int type)
{
    PyArray_Descr *old = PyArray_DescrFromType(type);
    if (!old) return NULL;
    PyArray_Descr *d = PyArray_DescrNew(old);
    Py_DECREF(old);
    return d;
}

PyArray_Descr *ext_descr_flexible(int type_num, npy_intp elsize)
{
    PyArray_Descr *d = PyArray_DescrNew(ext_builtin_descrs[type_num]);
    if (d) d->elsize = elsize;
    return d;
}

PyArray_Descr *ext_descr_time(int type_num, int unit, int num)
{
    PyArray_Descr *d = PyArray_DescrNew(ext_builtin_descrs[type_num]);
    if (!d) return NULL;
    ext_descr_meta(d)->base = unit;
    ext_descr_meta(d)->num = num;
    return d;
}

PyArray_Descr *ext_descr_subarray(PyArray_Descr *base, int nd, const npy_intp *shape)
{
    if (nd == 0) return base;
    npy_intp total = base->elsize;
    PyObject *t = PyTuple_New(nd);
    PyArray_Descr *d = t ? PyArray_DescrNew(ext_builtin_descrs[NPY_VOID]) : NULL;
    if (!d) goto fail;
    for (int i = 0; i < nd; i++) {
        PyTuple_SET_ITEM(t, i, PyLong_FromSsize_t(shape[i]));
        if (__builtin_mul_overflow(total, shape[i], &total) || total > INT_MAX) {
            PyErr_SetString(
                PyExc_ValueError,
                "invalid shape in fixed-type tuple: dtype size in bytes must fit into a C int.");
            goto fail;
        }
    }
    _PyArray_LegacyDescr *n = LEGACY(d);
    n->subarray = PyMem_Malloc(sizeof *n->subarray);
    if (!n->subarray) {
        PyErr_NoMemory();
        goto fail;
    }
    n->subarray->base = base;
    n->subarray->shape = t;
    n->elsize = total;
    n->alignment = base->alignment;
    n->flags = base->flags;
    return d;
fail:
    Py_XDECREF(t);
    Py_XDECREF(d);
    Py_DECREF(base);
    return NULL;
}

PyArray_Descr *ext_descr_struct(PyObject *names, PyObject *fields, npy_intp elsize,
                                npy_intp alignment, npy_uint64 flags)
{
    PyArray_Descr *d = PyArray_DescrNew(ext_builtin_descrs[NPY_VOID]);
    if (!d) return NULL;
    _PyArray_LegacyDescr *n = LEGACY(d);
    n->names = Py_NewRef(names);
    n->fields = Py_NewRef(fields);
    n->elsize = elsize;
    n->alignment = alignment;
    n->flags = flags;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(names); i++) {
        PyArray_Descr *f;
        npy_intp offset;
        PyObject *title;
        PyObject *entry = PyDict_GetItemWithError(fields, PyTuple_GET_ITEM(names, i));
        if (!entry || ext_field_unpack(entry, &f, &offset, &title) < 0) {
            Py_DECREF(d);
            return NULL;
        }
        n->flags |= f->flags & NPY_FROM_FIELDS;
    }
    return d;
}

int ext_field_unpack(PyObject *entry, PyArray_Descr **descr, npy_intp *offset, PyObject **title)
{
    if (!PyTuple_Check(entry) || PyTuple_GET_SIZE(entry) < 2 ||
        !PyArray_DescrCheck(PyTuple_GET_ITEM(entry, 0))) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "malformed field of a structured dtype");
        return -1;
    }
    *descr = (PyArray_Descr *)PyTuple_GET_ITEM(entry, 0);
    *offset = PyLong_AsSsize_t(PyTuple_GET_ITEM(entry, 1));
    *title = PyTuple_GET_SIZE(entry) > 2 ? PyTuple_GET_ITEM(entry, 2) : NULL;
    return *offset == -1 && PyErr_Occurred() ? -1 : 0;
}

/* ---- the core's view of a descriptor
 * ----------------------------------------------------------------------------- */
static bool is_swapped(char byteorder)
{
    return byteorder == NPY_OPPBYTE || byteorder == NPY_SWAP;
}

static void core_scalars(const PyArray_Descr *d, fnp_dtype *c)
{
    c->type_num = d->type_num;
    c->kind = d->kind;
    c->type = d->type;
    c->swapped = is_swapped(d->byteorder);
    c->byteorder = c->swapped ? NPY_OPPBYTE : d->byteorder == '|' ? '|' : '=';
    c->flags = (d->flags & NPY_ITEM_REFCOUNT ? FNP_DTYPE_HASREF : 0) |
               (d->flags & NPY_NEEDS_INIT ? FNP_DTYPE_NEEDS_INIT : 0) |
               (d->flags & NPY_NEEDS_PYAPI || d->type_num == NPY_VSTRING ? FNP_DTYPE_NEEDS_API : 0);
    c->elsize = d->elsize;
    c->alignment = d->alignment;
    c->nfields = -1;
    c->handle = (void *)d;
    if (PyTypeNum_ISUSERDEF(d->type_num) && LEGACY(d)->names)
        c->type_num = FNP_VOID; /* a structure under a name */
    else if (d->type_num == NPY_OBJECT || d->type_num >= NPY_NTYPES_LEGACY || d->type_num < 0) {
        c->ops = &ext_foreign_ops;
        c->flags |= FNP_DTYPE_NEEDS_API; /* their functions may call Python */
    }
}

static npy_uint64 stamp_of(const PyArray_Descr *d)
{
    const _PyArray_LegacyDescr *l = LEGACY(d);
    npy_uint64 s = (npy_uint64)d->elsize * 0x9E3779B97F4A7C15u ^ (unsigned char)d->byteorder;
    s = (s ^ (npy_uint64)(uintptr_t)l->names) * 0xD6E8FEB86659FD93u;
    s = (s ^ (npy_uint64)(uintptr_t)l->fields) * 0xD6E8FEB86659FD93u;
    return (s ^ (npy_uint64)(uintptr_t)l->subarray ^ d->flags << 32) | 1;
}

static const fnp_dtype *child_core(PyArray_Descr *child, fnp_dtype *scratch)
{
    return ext_descr_core(child, scratch);
}

static int compile_fields(ExtDescr *d)
{
    PyObject *names = d->abi.names, *fields = d->abi.fields;
    Py_ssize_t n = PyTuple_GET_SIZE(names);
    char *block = PyMem_Calloc(n ? n : 1, sizeof(fnp_field) + sizeof(fnp_dtype));
    if (!block) {
        PyErr_NoMemory();
        return -1;
    }
    fnp_dtype *scratch = (fnp_dtype *)block; /* for fields of foreign types */
    fnp_field *f = (fnp_field *)(block + n * sizeof(fnp_dtype));
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *name = PyTuple_GET_ITEM(names, i), *title;
        PyObject *entry = PyDict_GetItemWithError(fields, name);
        PyArray_Descr *fd;
        if (!entry || ext_field_unpack(entry, &fd, &f[i].offset, &title) < 0) goto fail;
        f[i].name = PyUnicode_AsUTF8(name);
        if (!f[i].name) { /* lone surrogates: names only serve to compare and to match */
            PyErr_Clear();
            f[i].name = "";
        }
        f[i].dtype = child_core(fd, &scratch[i]);
        if (!f[i].dtype) goto fail;
        d->core.flags |= f[i].dtype->flags & FNP_DTYPE_HASREF;
    }
    d->core.nfields = n;
    d->core.fields = f;
    d->core_storage = block;
    return 0;
fail:
    PyMem_Free(block);
    return -1;
}

static int compile_subarray(ExtDescr *d)
{
    PyObject *shape = d->abi.subarray->shape;
    int is_tuple = PyTuple_Check(shape);
    Py_ssize_t nd = is_tuple ? PyTuple_GET_SIZE(shape) : 1;
    char *block = PyMem_Calloc(1, sizeof(fnp_dtype) + nd * sizeof(fnp_intp));
    if (!block) {
        PyErr_NoMemory();
        return -1;
    }
    fnp_intp *dims = (fnp_intp *)(block + sizeof(fnp_dtype));
    for (Py_ssize_t i = 0; i < nd; i++)
        dims[i] = PyLong_AsSsize_t(is_tuple ? PyTuple_GET_ITEM(shape, i) : shape);
    d->core.sub_base = child_core(d->abi.subarray->base, (fnp_dtype *)block);
    if (!d->core.sub_base || PyErr_Occurred()) {
        PyMem_Free(block);
        return -1;
    }
    d->core.flags |= d->core.sub_base->flags & FNP_DTYPE_HASREF;
    d->core.sub_ndim = (int32_t)nd;
    d->core.sub_shape = dims;
    d->core_storage = block;
    return 0;
}

static int compile_core(ExtDescr *d, npy_uint64 stamp)
{
    PyMem_Free(d->core_storage);
    d->core_storage = NULL;
    memset(&d->core, 0, sizeof d->core);
    core_scalars((PyArray_Descr *)d, &d->core);
    int r = 0;
    if (d->abi.subarray)
        r = compile_subarray(d);
    else if (d->core.type_num == FNP_VOID && d->abi.names && d->abi.fields &&
             PyTuple_Check(d->abi.names) && PyDict_Check(d->abi.fields))
        r = compile_fields(d); /* (a number may have fields, too: it stays one) */
    d->stamp = r < 0 ? 0 : stamp;
    return r;
}

const fnp_dtype *ext_descr_core(PyArray_Descr *descr, fnp_dtype *scratch)
{
    if (!ext_descr_is_legacy(descr)) {
        memset(scratch, 0, sizeof *scratch);
        core_scalars(descr, scratch);
        return scratch;
    }
    ExtDescr *d = (ExtDescr *)descr;
    npy_uint64 stamp = stamp_of(descr);
    if (FNP_UNLIKELY(d->stamp != stamp) && compile_core(d, stamp) < 0) return NULL;
    if (d->abi.c_metadata && PyTypeNum_ISDATETIME(descr->type_num)) {
        PyArray_DatetimeMetaData *m = ext_descr_meta(descr);
        d->core.meta.unit = m->base;
        d->core.meta.num = m->num;
    }
    return &d->core;
}

/* ---- byte order
 * ----------------------------------------------------------------------------------------------------
 */
char ext_byteorder_from_object(PyObject *o)
{
    char order;
    return PyArray_ByteorderConverter(o, &order) ? order : 0;
}

static PyObject *fields_with_order(_PyArray_LegacyDescr *n, char order)
{
    PyObject *fields = PyDict_New(), *key, *entry;
    Py_ssize_t pos = 0;
    while (fields && PyDict_Next(n->fields, &pos, &key, &entry)) {
        if (!PyTuple_Check(entry) || PyTuple_GET_SIZE(entry) < 2 ||
            !PyArray_DescrCheck(PyTuple_GET_ITEM(entry, 0)))
            continue;
        PyObject *e = PySequence_List(entry), *t = NULL;
        PyArray_Descr *f =
            e ? PyArray_DescrNewByteorder((PyArray_Descr *)PyTuple_GET_ITEM(entry, 0), order)
              : NULL;
        if (f) {
            PyList_SetItem(e, 0, (PyObject *)f);
            t = PyList_AsTuple(e);
        }
        Py_XDECREF(e);
        if (!t || PyDict_SetItem(fields, key, t) < 0) Py_CLEAR(fields);
        Py_XDECREF(t);
    }
    return fields;
}

PyArray_Descr *PyArray_DescrNewByteorder(PyArray_Descr *self, char order)
{
    if (!ext_descr_is_legacy(self)) {
        PyErr_SetString(PyExc_TypeError, "Cannot use DescrNewByteOrder for this new style DTypes.");
        return NULL;
    }
    PyArray_Descr *d = PyArray_DescrNew(self);
    if (!d) return NULL;
    if (d->byteorder != NPY_IGNORE && order != NPY_IGNORE) {
        if (order == NPY_SWAP)
            d->byteorder = is_swapped(d->byteorder) ? NPY_NATBYTE : NPY_OPPBYTE;
        else
            d->byteorder = order;
    }
    _PyArray_LegacyDescr *n = LEGACY(d);
    if (n->names) {
        PyObject *fields = fields_with_order(n, order);
        if (!fields) {
            Py_DECREF(d);
            return NULL;
        }
        Py_XSETREF(n->fields, fields);
    }
    if (n->subarray) {
        PyArray_Descr *base = PyArray_DescrNewByteorder(n->subarray->base, order);
        if (!base) {
            Py_DECREF(d);
            return NULL;
        }
        Py_SETREF(n->subarray->base, base);
    }
    return d;
}

/* ---- the type
 * ----------------------------------------------------------------------------------------------------------
 */
PyArray_DTypeMeta PyArrayDescr_TypeFull = {{{
    PyVarObject_HEAD_INIT(NULL, 0).tp_basicsize = sizeof(PyArray_Descr),
    .tp_dealloc = descr_dealloc,
    .tp_repr = ext_descr_repr,
    .tp_str = ext_descr_str,
    .tp_as_number = &ext_descr_as_number,
    .tp_as_sequence = &ext_descr_as_sequence,
    .tp_as_mapping = &ext_descr_as_mapping,
    .tp_hash = ext_descr_hash,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "dtype(dtype, align=False, copy=False, **kwargs)\n--\n\n"
              "Describes how the bytes of one array element are to be read.",
    .tp_richcompare = ext_descr_richcompare,
    .tp_methods = ext_descr_methods,
    .tp_members = ext_descr_members,
    .tp_getset = ext_descr_getset,
    .tp_new = ext_descr_new,
}}};

PyArray_DTypeMeta *ext_dtype_from_num(int num)
{
    if (num >= 0 && num < NPY_NTYPES_LEGACY) return &ext_dtypes[num];
    PyArray_Descr *d = PyArray_DescrFromType(num);
    if (!d) return NULL;
    PyArray_DTypeMeta *c = NPY_DTYPE(d);
    Py_DECREF(d); /* registered types live for ever */
    return c;
}

int ext_init_descr(PyObject *module)
{
    if (ext_dtypemeta_init(module) < 0) return -1;
    for (int i = 0; i < NPY_NTYPES_LEGACY; i++) {
        ext_builtin_descrs[i] = new_builtin(i);
        if (!ext_builtin_descrs[i]) return -1;
        ext_dtypes[i].singleton = (PyArray_Descr *)Py_NewRef(ext_builtin_descrs[i]);
    }
    if (ext_add_functions(module, ext_descr_text_functions) < 0) return -1;
    if (ext_add_functions(module, ext_promotion_functions) < 0) return -1;
    ext_arrfuncs_init();
    return PyModule_AddObjectRef(module, "dtype", (PyObject *)&PyArrayDescr_Type);
}
