/* StringDType: elements, instances, the class, and NpyString_* of the C-API. */
#include "stringdtype.h"

#include <stdlib.h>
#include <string.h>

/* ---- elements
 * ---------------------------------------------------------------------------------------------------
 */
enum { SHORT_MAX = EXT_SD_SHORT, IS_LONG = 0x40, IS_NULL = 0x80 };

/* The last byte: IS_NULL, or IS_LONG, or the length of the text before it. */
typedef union element {
    struct {
        char *block;
        uint64_t size; /* its top byte is the tag */
    } far;
    struct {
        char text[SHORT_MAX];
        uint8_t tag;
    } near;
} element;
_Static_assert(sizeof(element) == 16, "an element is 16 bytes");

static const uint64_t size_mask = (UINT64_C(1) << 56) - 1;

int ext_sd_load(const char *p, npy_static_string *text)
{
    const element *e = (const element *)p;
    if (e->near.tag & IS_LONG) {
        text->buf = e->far.block;
        text->size = e->far.size & size_mask;
        return 0;
    }
    text->buf = e->near.text;
    text->size = e->near.tag & SHORT_MAX;
    if (!(e->near.tag & IS_NULL)) return 0;
    text->buf = "";
    text->size = 0;
    return 1;
}

void ext_sd_clear(char *p)
{
    element *e = (element *)p;
    if (e->near.tag & IS_LONG) free(e->far.block);
    memset(e, 0, sizeof *e);
}

int ext_sd_store(char *p, const char *utf8, size_t size)
{
    element made = {0};
    if (size <= SHORT_MAX) {
        if (size) memcpy(made.near.text, utf8, size);
        made.near.tag = (uint8_t)size;
    } else {
        made.far.block = malloc(size);
        if (!made.far.block) return -1;
        memcpy(made.far.block, utf8, size);
        made.far.size = size;
        made.near.tag = IS_LONG;
    }
    ext_sd_clear(p);
    memcpy(p, &made, sizeof made);
    return 0;
}

int ext_sd_store_null(char *p)
{
    ext_sd_clear(p);
    ((element *)p)->near.tag = IS_NULL;
    return 0;
}

void ext_sd_text(PyArray_StringDTypeObject *d, const char *p, npy_static_string *text)
{
    if (ext_sd_load(p, text)) *text = ext_sd_null_is_text(d) ? d->default_string : d->na_name;
}

/* ---- Python objects
 * --------------------------------------------------------------------------------------------- */
/* 1: o stands for a missing string of this instance; -1 error. */
static int is_na(PyArray_StringDTypeObject *d, PyObject *o)
{
    if (!d->na_object) return 0;
    if (o == d->na_object) return 1;
    if (d->has_nan_na && PyFloat_Check(o) && PyFloat_Check(d->na_object)) {
        double v = PyFloat_AS_DOUBLE(o);
        return v != v;
    }
    if (d->has_string_na && PyUnicode_Check(o)) return PyUnicode_Compare(o, d->na_object) == 0;
    if (d->has_nan_na && Py_TYPE(o) == Py_TYPE(d->na_object)) {
        int r = PyObject_RichCompareBool(o, o, Py_NE);
        if (r < 0) {
            PyErr_Clear();
            return 0;
        }
        return r && !PyUnicode_Check(o);
    }
    return 0;
}

static int store_str(PyObject *s, char *p)
{
    Py_ssize_t n;
    const char *utf8 = PyUnicode_AsUTF8AndSize(s, &n);
    if (!utf8) return -1;
    if (ext_sd_store(p, utf8, (size_t)n) == 0) return 0;
    PyErr_SetString(PyExc_MemoryError, "Failed to allocate string in StringDType element");
    return -1;
}

int ext_sd_setitem(PyArray_StringDTypeObject *d, PyObject *o, char *p)
{
    int na = is_na(d, o);
    if (na < 0) return -1;
    if (na) return ext_sd_store_null(p);
    if (PyUnicode_Check(o)) return store_str(o, p);
    if (!d->coerce) {
        PyErr_SetString(PyExc_ValueError,
                        "StringDType only allows string data when string coercion is disabled.");
        return -1;
    }
    PyObject *s =
        PyBytes_Check(o) ? PyUnicode_FromEncodedObject(o, "utf-8", "strict") : PyObject_Str(o);
    int r = s ? store_str(s, p) : -1;
    Py_XDECREF(s);
    return r;
}

PyObject *ext_sd_getitem(PyArray_StringDTypeObject *d, const char *p)
{
    npy_static_string t;
    if (ext_sd_load(p, &t))
        return d->na_object ? Py_NewRef(d->na_object) : PyUnicode_FromString("");
    return PyUnicode_DecodeUTF8(t.buf, (Py_ssize_t)t.size, "strict");
}

/* ---- instances
 * --------------------------------------------------------------------------------------------------
 */
static int keep_text(PyObject *s, npy_static_string *out)
{
    Py_ssize_t n;
    const char *utf8 = s ? PyUnicode_AsUTF8AndSize(s, &n) : NULL;
    char *copy = utf8 ? malloc((size_t)n + 1) : NULL;
    if (!copy) return -1;
    memcpy(copy, utf8, (size_t)n + 1);
    *out = (npy_static_string){(size_t)n, copy};
    return 0;
}

/* What kind of NA it is: text, something unequal to itself, or an ordinary object. */
static int read_na(PyArray_StringDTypeObject *d, PyObject *na)
{
    d->na_object = Py_NewRef(na);
    if (PyUnicode_Check(na)) {
        d->has_string_na = 1;
        if (keep_text(na, &d->default_string) < 0) return -1;
    } else {
        PyObject *self_ne = PyObject_RichCompare(na, na, Py_NE);
        if (!self_ne) return -1;
        int truth = self_ne == na ? 1 : PyObject_IsTrue(self_ne);
        Py_DECREF(self_ne);
        if (truth < 0) {
            PyErr_Clear(); /* an answer that is neither: pandas.NA and its kin */
            truth = 1;
        }
        d->has_nan_na = (char)truth;
    }
    PyObject *s = PyObject_Str(na);
    int r = keep_text(s, &d->na_name);
    Py_XDECREF(s);
    return r;
}

PyArray_Descr *ext_sd_new(PyObject *na, int coerce)
{
    PyTypeObject *t = &ext_stringdtype.super.ht_type;
    PyArray_StringDTypeObject *d = (PyArray_StringDTypeObject *)t->tp_alloc(t, 0);
    if (!d) return NULL;
    PyArray_Descr *b = &d->base;
    b->typeobj = (PyTypeObject *)Py_NewRef(&PyUnicode_Type);
    b->kind = NPY_VSTRINGLTR;
    b->type = NPY_VSTRINGLTR;
    b->byteorder = NPY_IGNORE;
    b->type_num = NPY_VSTRING;
    b->elsize = sizeof(element);
    b->alignment = _Alignof(element);
    b->hash = -1;
    b->flags =
        NPY_ITEM_REFCOUNT | NPY_LIST_PICKLE | NPY_NEEDS_INIT | NPY_USE_GETITEM | NPY_USE_SETITEM;
    d->coerce = (char)(coerce != 0);
    if (na && read_na(d, na) < 0) {
        if (!PyErr_Occurred()) PyErr_NoMemory();
        Py_DECREF(d);
        return NULL;
    }
    /* the allocator is no more than a handle here: elements own their text */
    d->allocator = (npy_string_allocator *)d;
    return b;
}

PyArray_Descr *ext_vstring_default(void)
{
    return ext_sd_new(NULL, 1);
}

static PyObject *sd_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"coerce", "na_object", NULL};
    PyObject *na = NULL;
    int coerce = 1;
    if (PyTuple_GET_SIZE(args)) {
        PyErr_SetString(PyExc_TypeError, "StringDType() takes no positional arguments");
        return NULL;
    }
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|$pO:StringDType", names, &coerce, &na))
        return NULL;
    static PyObject *no_value;
    if (na && !ext_import(&no_value, "_globals", "_NoValue")) return NULL;
    return (PyObject *)ext_sd_new(na == no_value ? NULL : na, coerce);
}

static void sd_dealloc(PyArray_StringDTypeObject *d)
{
    Py_CLEAR(d->na_object);
    free((void *)d->default_string.buf);
    free((void *)d->na_name.buf);
    Py_XDECREF(d->base.typeobj);
    Py_TYPE(d)->tp_free(d);
}

static PyObject *sd_repr(PyArray_StringDTypeObject *d)
{
    if (d->na_object && !d->coerce)
        return PyUnicode_FromFormat("StringDType(na_object=%R, coerce=False)", d->na_object);
    if (d->na_object) return PyUnicode_FromFormat("StringDType(na_object=%R)", d->na_object);
    return PyUnicode_FromString(d->coerce ? "StringDType()" : "StringDType(coerce=False)");
}

int ext_sd_na_equal(PyObject *a, PyObject *b)
{
    if (a == b || !a || !b) return a == b;
    if (PyFloat_Check(a) && PyFloat_Check(b)) {
        double x = PyFloat_AS_DOUBLE(a), y = PyFloat_AS_DOUBLE(b);
        return x == y || (x != x && y != y);
    }
    if (PyUnicode_Check(a) != PyUnicode_Check(b)) return 0;
    int r = PyObject_RichCompareBool(a, b, Py_EQ);
    if (r < 0) PyErr_Clear();
    return r > 0;
}

static PyObject *sd_richcompare(PyObject *a, PyObject *b, int op)
{
    if ((op != Py_EQ && op != Py_NE) || !PyArray_DescrCheck(b) || !ext_is_sd((PyArray_Descr *)b))
        Py_RETURN_NOTIMPLEMENTED;
    PyArray_StringDTypeObject *x = (PyArray_StringDTypeObject *)a,
                              *y = (PyArray_StringDTypeObject *)b;
    bool same = x->coerce == y->coerce && ext_sd_na_equal(x->na_object, y->na_object);
    return PyBool_FromLong(same == (op == Py_EQ));
}

static Py_hash_t sd_hash(PyArray_StringDTypeObject *d)
{
    Py_hash_t h = d->na_object ? PyObject_Hash(d->na_object) : 0;
    PyObject *t;
    if (h == -1) return -1;
    /* every NaN is the same NA */
    if (d->na_object && PyFloat_Check(d->na_object) && d->has_nan_na) h = 1;
    t = Py_BuildValue("(nis)", h, d->coerce, d->na_object ? "na" : "");
    h = t ? PyObject_Hash(t) : -1;
    Py_XDECREF(t);
    return h;
}

static PyObject *sd_reduce(PyArray_StringDTypeObject *d, PyObject *unused)
{
    static PyObject *convert;
    if (!ext_import(&convert, "_core._internal", "_convert_to_stringdtype_kwargs")) return NULL;
    return d->na_object ? Py_BuildValue("(O(iO))", convert, d->coerce, d->na_object)
                        : Py_BuildValue("(O(i))", convert, d->coerce);
}

static PyObject *get_na(PyArray_StringDTypeObject *d, void *unused)
{
    if (d->na_object) return Py_NewRef(d->na_object);
    PyErr_Format(PyExc_AttributeError, "'%s' object has no attribute 'na_object'",
                 Py_TYPE(d)->tp_name);
    return NULL;
}

static PyObject *get_coerce(PyArray_StringDTypeObject *d, void *unused)
{
    return PyBool_FromLong(d->coerce);
}

static PyGetSetDef sd_getset[] = {
    {"na_object", (getter)get_na, NULL, "What stands for a missing string.", NULL},
    {"coerce", (getter)get_coerce, NULL, "Whether other objects become text.", NULL},
    {NULL}};
static PyMethodDef sd_methods[] = {{"__reduce__", (PyCFunction)sd_reduce, METH_NOARGS, NULL},
                                   {NULL}};

/* ---- the class
 * --------------------------------------------------------------------------------------------------
 */
static PyArray_DTypeMeta *common_dtype(PyArray_DTypeMeta *self, PyArray_DTypeMeta *other)
{
    return (PyArray_DTypeMeta *)Py_NewRef(other == &ext_dtypes[NPY_UNICODE] ? (PyObject *)self
                                                                            : Py_NotImplemented);
}

PyArray_Descr *ext_sd_common(PyArray_Descr *a, PyArray_Descr *b)
{
    PyObject *x = ext_sd(a)->na_object, *y = ext_sd(b)->na_object;
    int coerce = ext_sd(a)->coerce && ext_sd(b)->coerce;
    if (x && y && !ext_sd_na_equal(x, y)) {
        PyErr_Format(PyExc_TypeError,
                     "Cannot find common instance for incompatible dtypes '%R' and '%R'", a, b);
        return NULL;
    }
    if (ext_sd_na_equal(x, y) && ext_sd(a)->coerce == coerce) return (PyArray_Descr *)Py_NewRef(a);
    return ext_sd_new(x ? x : y, coerce);
}

static PyArray_Descr *discover(PyArray_DTypeMeta *c, PyObject *o)
{
    return ext_vstring_default();
}
static PyArray_Descr *default_descr(PyArray_DTypeMeta *c)
{
    return ext_vstring_default();
}
static PyArray_Descr *canonical(PyArray_Descr *d)
{
    return (PyArray_Descr *)Py_NewRef(d);
}

static int is_known(PyArray_DTypeMeta *c, PyTypeObject *t)
{
    return t == &PyUnicode_Type || t == &PyBytes_Type || t == &PyFloat_Type || t == &PyLong_Type ||
           t == &PyBool_Type || t == &PyComplex_Type || PyType_IsSubtype(t, &PyGenericArrType_Type);
}

static int setitem(PyArray_Descr *d, PyObject *o, char *p)
{
    return ext_sd_setitem(ext_sd(d), o, p);
}
static PyObject *getitem(PyArray_Descr *d, char *p)
{
    return ext_sd_getitem(ext_sd(d), p);
}

static int clear_loop(void *context, const PyArray_Descr *d, char *data, npy_intp n,
                      npy_intp stride, NpyAuxData *aux)
{
    for (npy_intp i = 0; i < n; i++) ext_sd_clear(data + i * stride);
    return 0;
}

static int get_clear_loop(void *context, const PyArray_Descr *d, int aligned, npy_intp stride,
                          PyArrayMethod_TraverseLoop **loop, NpyAuxData **aux,
                          NPY_ARRAYMETHOD_FLAGS *flags)
{
    *loop = clear_loop;
    *flags = NPY_METH_NO_FLOATINGPOINT_ERRORS;
    return 0;
}

static int zero_loop(void *context, const PyArray_Descr *d, char *data, npy_intp n, npy_intp stride,
                     NpyAuxData *aux)
{
    for (npy_intp i = 0; i < n; i++) memset(data + i * stride, 0, sizeof(element));
    return 0;
}

static int get_zero_loop(void *context, const PyArray_Descr *d, int aligned, npy_intp stride,
                         PyArrayMethod_TraverseLoop **loop, NpyAuxData **aux,
                         NPY_ARRAYMETHOD_FLAGS *flags)
{
    *loop = zero_loop;
    *flags = NPY_METH_NO_FLOATINGPOINT_ERRORS;
    return 0;
}

static PyArray_StringDTypeObject *descr_of(void *arr)
{
    return ext_sd(PyArray_DESCR((PyArrayObject *)arr));
}

static PyObject *slot_getitem(void *p, void *arr)
{
    return ext_sd_getitem(descr_of(arr), p);
}
static int slot_setitem(PyObject *o, void *p, void *arr)
{
    return ext_sd_setitem(descr_of(arr), o, p);
}

static void slot_copyswapn(void *dst, npy_intp ds, void *src, npy_intp ss, npy_intp n, int swap,
                           void *arr)
{
    npy_static_string t;
    for (npy_intp i = 0; src && i < n; i++) {
        char *to = (char *)dst + i * ds;
        const char *from = (char *)src + i * ss;
        if (to == from) continue;
        if (ext_sd_load(from, &t))
            ext_sd_store_null(to);
        else if (ext_sd_store(to, t.buf, t.size) < 0)
            PyErr_NoMemory();
    }
}
static void slot_copyswap(void *dst, void *src, int swap, void *arr)
{
    slot_copyswapn(dst, 0, src, 0, 1, swap, arr);
}

static npy_bool slot_nonzero(void *p, void *arr)
{
    PyArray_StringDTypeObject *d = descr_of(arr);
    npy_static_string t;
    if (!ext_sd_load(p, &t)) return t.size != 0;
    return d->has_nan_na; /* as NumPy: any other NA counts as empty, text too */
}

static int slot_compare(const void *a, const void *b, void *arr)
{
    PyArray_StringDTypeObject *d = descr_of(arr);
    npy_static_string x, y;
    int nx = ext_sd_load(a, &x), ny = ext_sd_load(b, &y);
    if (nx || ny) {
        if (ext_sd_null_is_text(d)) {
            if (nx) x = d->default_string;
            if (ny) y = d->default_string;
        } else if (d->has_nan_na) {
            return nx - ny;
        } else {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_ValueError,
                                "Cannot compare null that is not a nan-like value");
            return 0;
        }
    }
    size_t n = x.size < y.size ? x.size : y.size;
    int r = n ? memcmp(x.buf, y.buf, n) : 0;
    return r ? r : (x.size > y.size) - (x.size < y.size);
}

static int slot_arg(void *data, npy_intp n, npy_intp *out, void *arr, int sign)
{
    char *p = data;
    *out = 0;
    for (npy_intp i = 1; i < n; i++) {
        if (slot_compare(p + i * 16, p + *out * 16, arr) * sign > 0) *out = i;
        if (PyErr_Occurred()) return -1;
    }
    return 0;
}
static int slot_argmax(void *data, npy_intp n, npy_intp *out, void *arr)
{
    return slot_arg(data, n, out, arr, 1);
}
static int slot_argmin(void *data, npy_intp n, npy_intp *out, void *arr)
{
    return slot_arg(data, n, out, arr, -1);
}

PyArray_DTypeMeta ext_stringdtype;
static ext_dt_slots sd_slots = {
    .discover = discover,
    .is_known_scalar = is_known,
    .default_descr = default_descr,
    .common_dtype = common_dtype,
    .common_instance = ext_sd_common,
    .ensure_canonical = canonical,
    .setitem = setitem,
    .getitem = getitem,
    .get_clear_loop = get_clear_loop,
    .get_fill_zero_loop = get_zero_loop,
    .funcs = {.getitem = slot_getitem,
              .setitem = slot_setitem,
              .copyswapn = slot_copyswapn,
              .copyswap = slot_copyswap,
              .compare = slot_compare,
              .argmax = slot_argmax,
              .argmin = slot_argmin,
              .nonzero = slot_nonzero},
};

HIDDEN int ext_init_stringdtype(PyObject *module)
{
    PyTypeObject *t = &ext_stringdtype.super.ht_type;
    Py_SET_TYPE(t, &PyArrayDTypeMeta_Type_);
    Py_SET_REFCNT(t, 1);
    t->tp_name = ext_qualname("dtypes.StringDType");
    t->tp_flags = Py_TPFLAGS_DEFAULT;
    t->tp_base = &PyArrayDescr_Type;
    t->tp_basicsize = sizeof(PyArray_StringDTypeObject);
    t->tp_new = sd_new;
    t->tp_dealloc = (destructor)sd_dealloc;
    t->tp_repr = (reprfunc)sd_repr;
    t->tp_str = (reprfunc)sd_repr;
    t->tp_richcompare = sd_richcompare;
    t->tp_hash = (hashfunc)sd_hash;
    t->tp_getset = sd_getset;
    t->tp_methods = sd_methods;
    t->tp_doc = "StringDType(*, coerce=True, **kwargs)\n--\n\nStrings of any length, as UTF-8.";
    ext_stringdtype.type_num = NPY_VSTRING;
    ext_stringdtype.scalar_type = &PyUnicode_Type;
    ext_stringdtype.flags = EXT_DT_PARAMETRIC;
    ext_stringdtype.dt_slots = &sd_slots;
    if (!t->tp_name || !(sd_slots.casts = PyDict_New()) || PyType_Ready(t) < 0) return -1;
    if (PyModule_AddObjectRef(module, "StringDType", (PyObject *)t) < 0) return -1;
    if (ext_sd_add_casts() < 0) return -1;
    return ext_sd_add_ufuncs(module);
}

/* ---- the C-API
 * --------------------------------------------------------------------------------------------------
 */
/* Elements need no arena; what callers hold between acquire and release is the instance. */
npy_string_allocator *NpyString_acquire_allocator(const PyArray_StringDTypeObject *d)
{
    return (npy_string_allocator *)d;
}

void NpyString_acquire_allocators(size_t n, PyArray_Descr *const descrs[],
                                  npy_string_allocator *allocators[])
{
    for (size_t i = 0; i < n; i++)
        allocators[i] =
            descrs[i]->type_num == NPY_VSTRING ? (npy_string_allocator *)descrs[i] : NULL;
}

void NpyString_release_allocator(npy_string_allocator *a) {}
void NpyString_release_allocators(size_t n, npy_string_allocator *a[]) {}

int NpyString_load(npy_string_allocator *a, const npy_packed_static_string *s,
                   npy_static_string *out)
{
    return ext_sd_load((const char *)s, out);
}

int NpyString_pack(npy_string_allocator *a, npy_packed_static_string *s, const char *buf,
                   size_t size)
{
    return ext_sd_store((char *)s, buf, size);
}

int NpyString_pack_null(npy_string_allocator *a, npy_packed_static_string *s)
{
    return ext_sd_store_null((char *)s);
}
