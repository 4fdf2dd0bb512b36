/* Casting implementations: which one there is, what it makes of two descriptors, and the loop it
 * gives to the core. */
#include "casts.h"

#include "fnp/base.h"

#include <string.h>

static bool is_core_class(PyArray_DTypeMeta *c)
{
    return ext_dt_is_legacy(c) && c->type_num >= 0 && c->type_num < NPY_NTYPES_LEGACY;
}

/* ---- which one
 * --------------------------------------------------------------------------------------------------
 */
int ext_add_cast(PyArray_DTypeMeta *from, PyArray_DTypeMeta *to, PyArrayMethodObject *m)
{
    ext_dt_slots *s = EXT_DT_SLOTS(from);
    if (!s->casts && !(s->casts = PyDict_New())) return -1;
    if (PyDict_Contains(s->casts, (PyObject *)to)) {
        PyErr_Format(PyExc_RuntimeError, "A cast was already added for %S -> %S. (method: %s)",
                     from, to, m->name);
        return -1;
    }
    return PyDict_SetItem(s->casts, (PyObject *)to, (PyObject *)m);
}

static PyArray_VectorUnaryFunc *registered_function(PyArray_DTypeMeta *from, int to_num)
{
    ext_dt_slots *s = EXT_DT_SLOTS(from);
    PyArray_ArrFuncs *f = s->legacy_funcs ? s->legacy_funcs : &s->funcs;
    if (s->legacy_funcs && to_num < 21) return f->cast[to_num];
    if (!f->castdict || !PyDict_Check(f->castdict)) return NULL;
    PyObject *key = PyLong_FromLong(to_num), *c = key ? PyDict_GetItem(f->castdict, key) : NULL;
    Py_XDECREF(key);
    return c && PyCapsule_CheckExact(c) ? PyCapsule_GetPointer(c, NULL) : NULL;
}

ext_cast_impl ext_find_cast(PyArray_DTypeMeta *from, PyArray_DTypeMeta *to)
{
    ext_cast_impl r = {EXT_CAST_NONE, NULL, NULL};
    ext_dt_slots *s = EXT_DT_SLOTS(from);
    if (is_core_class(from) && is_core_class(to)) {
        r.kind = EXT_CAST_CORE;
        return r;
    }
    PyObject *m = s && s->casts ? PyDict_GetItem(s->casts, (PyObject *)to) : NULL;
    if (m) {
        r.kind = EXT_CAST_METHOD;
        r.method = (PyArrayMethodObject *)m;
        return r;
    }
    if (ext_dt_is_abstract(from) || ext_dt_is_abstract(to)) return r;
    if (to->type_num == NPY_OBJECT && is_core_class(to)) {
        r.kind = EXT_CAST_TO_OBJECT;
        return r;
    }
    if (from->type_num == NPY_OBJECT && is_core_class(from)) {
        r.kind = EXT_CAST_FROM_OBJECT;
        return r;
    }
    if (!ext_dt_is_legacy(from) || !ext_dt_is_legacy(to)) return r;
    if (from == to) {
        r.kind = EXT_CAST_COPY;
        return r;
    }
    r.function = registered_function(from, to->type_num);
    if (r.function) r.kind = EXT_CAST_LEGACY;
    return r;
}

/* ---- views: where in `from` the bytes of `to` stand
 * ---------------------------------------------------------------- */
static bool view_offset_of(PyArray_Descr *a, PyArray_Descr *b, npy_intp *out);

static bool view_of_fields(_PyArray_LegacyDescr *a, _PyArray_LegacyDescr *b, npy_intp *out)
{
    Py_ssize_t n = PyTuple_GET_SIZE(a->names);
    if (n != PyTuple_GET_SIZE(b->names)) return false;
    bool have = false;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *ea = PyDict_GetItem(a->fields, PyTuple_GET_ITEM(a->names, i)), *ta;
        PyObject *eb = PyDict_GetItem(b->fields, PyTuple_GET_ITEM(b->names, i)), *tb;
        PyArray_Descr *fa, *fb;
        npy_intp oa, ob, v;
        if (!ea || !eb || ext_field_unpack(ea, &fa, &oa, &ta) < 0 ||
            ext_field_unpack(eb, &fb, &ob, &tb) < 0)
            return false;
        if (!view_offset_of(fa, fb, &v)) return false;
        v += oa - ob;
        if (have && v != *out) return false;
        *out = v;
        have = true;
    }
    if (!have) *out = 0;
    return *out >= 0 && *out + b->elsize <= a->elsize;
}

static bool same_shape(_PyArray_LegacyDescr *a, _PyArray_LegacyDescr *b)
{
    return a->subarray && b->subarray &&
           PyObject_RichCompareBool(a->subarray->shape, b->subarray->shape, Py_EQ) == 1;
}

static bool single(_PyArray_LegacyDescr *l) /* a subarray of one element */
{
    return l->subarray && l->subarray->base->elsize == l->elsize;
}

static bool one_field(_PyArray_LegacyDescr *l, PyArray_Descr **f, npy_intp *offset)
{
    PyObject *title;
    if (!l->names || PyTuple_GET_SIZE(l->names) != 1) return false;
    PyObject *e = PyDict_GetItem(l->fields, PyTuple_GET_ITEM(l->names, 0));
    return e && ext_field_unpack(e, f, offset, &title) == 0;
}

static bool view_of_voids(PyArray_Descr *a, PyArray_Descr *b, npy_intp *out)
{
    bool va = a->type_num == NPY_VOID, vb = b->type_num == NPY_VOID;
    _PyArray_LegacyDescr *la = va ? LEGACY(a) : NULL, *lb = vb ? LEGACY(b) : NULL;
    PyArray_Descr *f;
    npy_intp offset;
    if (vb && !lb->names && !lb->subarray) { /* raw bytes: any type that is long enough */
        *out = 0;
        return b->elsize <= a->elsize && !(a->flags & NPY_ITEM_REFCOUNT);
    }
    if (va && vb && la->names && lb->names) return view_of_fields(la, lb, out);
    if (va && vb && same_shape(la, lb)) {
        if (!view_offset_of(la->subarray->base, lb->subarray->base, out)) return false;
        return *out == 0 && la->subarray->base->elsize == lb->subarray->base->elsize;
    }
    if (va && la->subarray) return single(la) && view_offset_of(la->subarray->base, b, out);
    if (vb && lb->subarray) return single(lb) && view_offset_of(a, lb->subarray->base, out);
    if (va && !vb && one_field(la, &f, &offset)) {
        if (!view_offset_of(f, b, out)) return false;
        *out += offset;
        return true;
    }
    if (vb && !va && one_field(lb, &f, &offset)) {
        if (!view_offset_of(a, f, out)) return false;
        *out -= offset;
        return *out >= 0 && *out + b->elsize <= a->elsize;
    }
    return false;
}

static bool view_offset_of(PyArray_Descr *a, PyArray_Descr *b, npy_intp *out)
{
    *out = 0;
    if (a == b) return true;
    if (!ext_descr_is_legacy(a) || !ext_descr_is_legacy(b)) {
        PyArray_Descr *given[2] = {a, b}, *loop[2] = {NULL, NULL};
        npy_intp v = NPY_MIN_INTP;
        int level = ext_cast_resolve(NPY_DTYPE(a), NPY_DTYPE(b), given, loop, &v);
        Py_XDECREF(loop[0]);
        Py_XDECREF(loop[1]);
        if (level < 0) PyErr_Clear();
        *out = v;
        return level >= 0 && v != NPY_MIN_INTP;
    }
    if (a->type_num == NPY_VOID || b->type_num == NPY_VOID) return view_of_voids(a, b, out);
    if (PyArray_ISNBO(a->byteorder) != PyArray_ISNBO(b->byteorder)) return false;
    if (a->type_num != b->type_num) return ext_descr_equiv(a, b);
    if (PyTypeNum_ISSTRING(a->type_num)) return b->elsize <= a->elsize;
    if (PyTypeNum_ISDATETIME(a->type_num)) {
        PyArray_DatetimeMetaData *ma = ext_descr_meta(a), *mb = ext_descr_meta(b);
        if (ma->base == mb->base && ma->num == mb->num) return true;
        return ma->base == NPY_FR_GENERIC;
    }
    return true;
}

/* ---- levels
 * ------------------------------------------------------------------------------------------------------------
 */
static PyArray_Descr *default_target(PyArray_DTypeMeta *from_class, PyArray_DTypeMeta *to,
                                     PyArray_Descr *from)
{
    if (from_class == to) {
        if (from->type_num == NPY_VOID && (LEGACY(from)->subarray || LEGACY(from)->names))
            return ext_descr_flexible(NPY_VOID, from->elsize);
        return ext_descr_canonical(from);
    }
    if (is_core_class(from_class) && from->type_num == NPY_OBJECT && ext_dt_is_parametric(to)) {
        PyErr_Format(PyExc_TypeError,
                     "casting from object to the parametric DType %S requires the specified output "
                     "dtype instance. "
                     "This may be a NumPy issue, since the correct instance should be discovered "
                     "automatically, "
                     "however.",
                     to);
        return NULL;
    }
    return ext_descr_in_class(from, to);
}

static bool numeric(PyArray_Descr *d)
{
    return PyTypeNum_ISNUMBER(d->type_num) || d->type_num == NPY_BOOL;
}

static int legacy_level(PyArray_DTypeMeta *from, PyArray_DTypeMeta *to)
{
    ext_dt_slots *s = EXT_DT_SLOTS(from);
    PyArray_ArrFuncs *f = s->legacy_funcs ? s->legacy_funcs : &s->funcs;
    for (int *p = f->cancastto; p && *p != NPY_NOTYPE; p++)
        if (*p == to->type_num) return NPY_SAFE_CASTING;
    return NPY_UNSAFE_CASTING;
}

static int method_level(PyArrayMethodObject *m, PyArray_Descr *const given[2],
                        PyArray_Descr *loop[2], npy_intp *view)
{
    if (!m->resolve) {
        for (int i = 0; i < 2; i++) {
            loop[i] = given[i] ? ext_descr_canonical(given[i]) : ext_default_descr(m->dtypes[i]);
            if (!loop[i]) return -1;
        }
        if (m->casting == NPY_NO_CASTING && ext_descr_equiv(loop[0], loop[1])) *view = 0;
        return m->casting;
    }
    int level = m->resolve(m, m->dtypes, given, loop, view);
    if (level < 0) return PyErr_Occurred() ? -1 : FNP_CAST_NEVER;
    return level;
}

/* The loops between two number or time classes take native elements; text, bytes and objects come
 * as they are. */
static void native_between_classes(PyArray_DTypeMeta *from, PyArray_DTypeMeta *to,
                                   PyArray_Descr *loop[2])
{
    if (from->type_num == NPY_VOID || to->type_num == NPY_VOID || from->type_num == NPY_OBJECT ||
        to->type_num == NPY_OBJECT)
        return;
    if (PyArray_EquivTypenums(from->type_num, to->type_num)) return;
    for (int i = 0; i < 2; i++) {
        PyArray_Descr *n = ext_descr_canonical(loop[i]);
        if (n)
            Py_SETREF(loop[i], n);
        else
            PyErr_Clear();
    }
}

int ext_cast_resolve(PyArray_DTypeMeta *from, PyArray_DTypeMeta *to, PyArray_Descr *const given[2],
                     PyArray_Descr *loop[2], npy_intp *view_offset)
{
    *view_offset = NPY_MIN_INTP;
    loop[0] = loop[1] = NULL;
    ext_cast_impl c = ext_find_cast(from, to);
    if (c.kind == EXT_CAST_NONE) return FNP_CAST_NEVER;
    if (c.kind == EXT_CAST_METHOD) return method_level(c.method, given, loop, view_offset);
    loop[0] = (PyArray_Descr *)Py_NewRef(given[0]);
    loop[1] = given[1] ? (PyArray_Descr *)Py_NewRef(given[1]) : default_target(from, to, given[0]);
    if (!loop[1]) {
        Py_CLEAR(loop[0]);
        return -1;
    }
    int level;
    if (c.kind == EXT_CAST_CORE && from != to) native_between_classes(from, to, loop);
    switch (c.kind) {
    case EXT_CAST_CORE:
        level = ext_cast_level(loop[0], loop[1]);
        npy_intp v;
        if (level >= 0 && level != FNP_CAST_NEVER && view_offset_of(loop[0], loop[1], &v))
            *view_offset = v;
        if (level == FNP_CAST_NEVER) {
            Py_CLEAR(loop[0]);
            Py_CLEAR(loop[1]);
        }
        break;
    case EXT_CAST_TO_OBJECT: level = NPY_SAFE_CASTING; break;
    case EXT_CAST_COPY:
        level = PyArray_ISNBO(loop[0]->byteorder) == PyArray_ISNBO(loop[1]->byteorder)
                    ? NPY_NO_CASTING
                    : NPY_EQUIV_CASTING;
        if (level == NPY_NO_CASTING) *view_offset = 0;
        break;
    case EXT_CAST_LEGACY: level = legacy_level(from, to); break;
    default: level = NPY_UNSAFE_CASTING;
    }
    return level;
}

int ext_cast_level_foreign(PyArray_Descr *from, PyArray_Descr *to)
{
    if (ext_descr_is_legacy(from) && from->type_num == NPY_VOID && to->type_num == NPY_OBJECT)
        return NPY_SAFE_CASTING;
    if (from->type_num == NPY_OBJECT && to->type_num == NPY_VOID) return NPY_UNSAFE_CASTING;
    if (from->type_num == NPY_VOID &&
        to->type_num == NPY_VOID) { /* structures with fields of user types */
        _PyArray_LegacyDescr *a = LEGACY(from), *b = LEGACY(to);
        if (a->subarray || b->subarray)
            return same_shape(a, b) ? ext_cast_level(a->subarray->base, b->subarray->base)
                                    : FNP_CAST_NEVER;
        if (!a->names || !b->names || PyTuple_GET_SIZE(a->names) != PyTuple_GET_SIZE(b->names))
            return FNP_CAST_NEVER;
        int level = PyObject_RichCompareBool(a->names, b->names, Py_EQ) == 1 ? NPY_NO_CASTING
                                                                             : NPY_SAFE_CASTING;
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(a->names); i++) {
            PyObject *ea = PyDict_GetItem(a->fields, PyTuple_GET_ITEM(a->names, i));
            PyObject *eb = PyDict_GetItem(b->fields, PyTuple_GET_ITEM(b->names, i));
            if (!ea || !eb) return FNP_CAST_NEVER;
            int l = ext_cast_level((PyArray_Descr *)PyTuple_GET_ITEM(ea, 0),
                                   (PyArray_Descr *)PyTuple_GET_ITEM(eb, 0));
            if (l < 0) return -1;
            if (l > level) level = l;
        }
        return level;
    }
    PyArray_Descr *given[2] = {from, to}, *loop[2];
    npy_intp view;
    int level = ext_cast_resolve(NPY_DTYPE(from), NPY_DTYPE(to), given, loop, &view);
    if (level >= 0) level &= ~NPY_SAME_VALUE_CASTING_FLAG;
    /* what the implementation takes and gives may be reached by further casts: the weakest link
     * counts */
    for (int i = 0; i < 2 && level >= 0 && level != FNP_CAST_NEVER; i++) {
        if (!loop[i] || loop[i] == given[i] || NPY_DTYPE(loop[i]) != NPY_DTYPE(given[i])) continue;
        bool itself = NPY_DTYPE(from) == NPY_DTYPE(to) && loop[1 - i] == given[1 - i];
        int more = itself   ? level
                   : i == 0 ? ext_cast_level(given[0], loop[0])
                            : ext_cast_level(loop[1], given[1]);
        if (more < 0 || more > level) level = more;
    }
    Py_XDECREF(loop[0]);
    Py_XDECREF(loop[1]);
    return level;
}

PyArray_Descr *ext_descr_in_class_foreign(PyArray_Descr *d, PyArray_DTypeMeta *cls)
{
    PyArray_Descr *given[2] = {d, NULL}, *loop[2];
    npy_intp view;
    int level = ext_cast_resolve(NPY_DTYPE(d), cls, given, loop, &view);
    Py_XDECREF(loop[0]);
    if (level >= 0 && level != FNP_CAST_NEVER) return loop[1];
    Py_XDECREF(loop[1]);
    if (level != -1 || !PyErr_Occurred())
        PyErr_Format(PyExc_TypeError, "cannot cast dtype %S to %S.", d, cls);
    return NULL;
}

int ext_can_cast_class_foreign(PyArray_DTypeMeta *from, PyArray_DTypeMeta *to)
{
    if (from == to) return 1;
    if (is_core_class(from) && is_core_class(to))
        return fnp_cast_level_typenums(from->type_num, to->type_num) <= FNP_CAST_SAFE;
    ext_cast_impl c = ext_find_cast(from, to);
    switch (c.kind) {
    case EXT_CAST_TO_OBJECT: return 1;
    case EXT_CAST_LEGACY: return legacy_level(from, to) <= NPY_SAFE_CASTING;
    case EXT_CAST_METHOD:
        return (c.method->casting & ~NPY_SAME_VALUE_CASTING_FLAG) <= NPY_SAFE_CASTING;
    default: return 0;
    }
}

HIDDEN bool ext_descr_equiv_foreign(PyArray_Descr *a, PyArray_Descr *b)
{
    int level = ext_cast_level_foreign(a, b);
    if (level < 0) PyErr_Clear();
    return level == NPY_NO_CASTING;
}

/* ---- Python's view of an implementation
 * ------------------------------------------------------------------------------------ */
typedef struct {
    PyObject_HEAD PyArray_DTypeMeta *dtypes[2];
    ext_cast_impl impl;
} BoundCast;

static void bound_dealloc(PyObject *self)
{
    BoundCast *b = (BoundCast *)self;
    Py_XDECREF(b->dtypes[0]);
    Py_XDECREF(b->dtypes[1]);
    Py_XDECREF(b->impl.method);
    PyObject_Free(self);
}

static const char *bound_name(BoundCast *b)
{
    if (b->impl.method) return b->impl.method->name;
    int f = b->dtypes[0]->type_num, t = b->dtypes[1]->type_num;
    if (f == NPY_OBJECT && t == NPY_OBJECT) return "object_to_object_cast";
    if (t == NPY_OBJECT) return "any_to_object_cast";
    if (f == NPY_OBJECT) return "object_to_any_cast";
    if (f == NPY_VOID && t == NPY_VOID) return "void_to_void_cast";
    if (f == NPY_VOID) return "void_to_any_cast";
    if (t == NPY_VOID) return "any_to_void_cast";
    if (f == t && PyTypeNum_ISDATETIME(f)) return "datetime_casts";
    if (PyTypeNum_ISDATETIME(f) && PyTypeNum_ISDATETIME(t)) return "timedelta_and_datetime_cast";
    if (f == t && PyTypeNum_ISSTRING(f)) return "string_to_string_cast";
    if (PyTypeNum_ISSTRING(t)) return "legacy_cast_to_string";
    bool numbers =
        (PyTypeNum_ISNUMBER(f) || f == NPY_BOOL) && (PyTypeNum_ISNUMBER(t) || t == NPY_BOOL);
    if (numbers) return PyArray_EquivTypenums(f, t) ? "numeric_copy_or_byteswap" : "numeric_cast";
    return "legacy_cast";
}

static PyObject *bound_repr(PyObject *self)
{
    BoundCast *b = (BoundCast *)self;
    return PyUnicode_FromFormat("<np._BoundArrayMethod `%s` for dtypes (%R, %R)>", bound_name(b),
                                b->dtypes[0], b->dtypes[1]);
}

static int check_descrs(BoundCast *b, PyObject *args, PyArray_Descr *given[2])
{
    if (!PyTuple_CheckExact(args) || PyTuple_GET_SIZE(args) != 2) {
        PyErr_SetString(
            PyExc_TypeError,
            "_resolve_descriptors() takes exactly one tuple with as many elements as the "
            "method takes arguments (1+1).");
        return -1;
    }
    for (int i = 0; i < 2; i++) {
        PyObject *o = PyTuple_GET_ITEM(args, i);
        given[i] = NULL;
        if (o == Py_None) {
            if (i == 1) continue;
            PyErr_SetString(PyExc_TypeError, "only output dtypes may be omitted (set to None).");
            return -1;
        }
        if (!PyArray_DescrCheck(o)) {
            PyErr_SetString(PyExc_TypeError, "dtype tuple must contain only dtypes.");
            return -1;
        }
        if (NPY_DTYPE((PyArray_Descr *)o) != b->dtypes[i]) {
            PyErr_Format(PyExc_TypeError,
                         "input dtype %S was not an exact instance of the bound DType class %S.", o,
                         b->dtypes[i]);
            return -1;
        }
        given[i] = (PyArray_Descr *)o;
    }
    return 0;
}

static PyObject *bound_resolve(PyObject *self, PyObject *args)
{
    BoundCast *b = (BoundCast *)self;
    PyArray_Descr *given[2], *loop[2];
    npy_intp view;
    if (check_descrs(b, args, given) < 0) return NULL;
    int level = ext_cast_resolve(b->dtypes[0], b->dtypes[1], given, loop, &view);
    if (level < 0) return NULL;
    if (level == FNP_CAST_NEVER) return Py_BuildValue("iOO", -1, Py_None, Py_None);
    if (b->impl.kind == EXT_CAST_CORE && numeric(loop[0]) && numeric(loop[1]))
        level |= NPY_SAME_VALUE_CASTING_FLAG;
    PyObject *v = view == NPY_MIN_INTP ? Py_NewRef(Py_None) : PyLong_FromSsize_t(view);
    return Py_BuildValue("i(NN)N", level, loop[0], loop[1], v);
}

static int check_arrays(BoundCast *b, PyObject *args, PyArrayObject *a[2])
{
    if (!PyTuple_CheckExact(args) || PyTuple_GET_SIZE(args) != 2) {
        PyErr_SetString(PyExc_TypeError,
                        "_simple_strided_call() takes exactly one tuple with as many arrays as the "
                        "method takes arguments (1+1).");
        return -1;
    }
    npy_intp length = -1;
    for (int i = 0; i < 2; i++) {
        PyObject *o = PyTuple_GET_ITEM(args, i);
        if (!PyArray_CheckExact(o)) {
            PyErr_SetString(PyExc_TypeError, "All inputs must be NumPy arrays.");
            return -1;
        }
        a[i] = (PyArrayObject *)o;
        if (NPY_DTYPE(PyArray_DESCR(a[i])) != b->dtypes[i]) {
            PyErr_Format(PyExc_TypeError,
                         "input dtype %S was not an exact instance of the bound DType class %S.",
                         PyArray_DESCR(a[i]), b->dtypes[i]);
            return -1;
        }
        if (PyArray_NDIM(a[i]) != 1) {
            PyErr_SetString(PyExc_ValueError, "All arrays must be one dimensional.");
            return -1;
        }
        if (i && PyArray_DIM(a[i], 0) != length) {
            PyErr_SetString(PyExc_ValueError, "All arrays must have the same length.");
            return -1;
        }
        length = PyArray_DIM(a[i], 0);
    }
    if (!PyArray_ISWRITEABLE(a[1])) {
        PyErr_SetString(PyExc_ValueError, "_simple_strided_call() output is read-only");
        return -1;
    }
    return 0;
}

static PyObject *bound_call(PyObject *self, PyObject *args)
{
    BoundCast *b = (BoundCast *)self;
    PyArrayObject *a[2];
    if (check_arrays(b, args, a) < 0) return NULL;
    PyArray_Descr *given[2] = {PyArray_DESCR(a[0]), PyArray_DESCR(a[1])}, *loop[2];
    npy_intp view;
    int level = ext_cast_resolve(b->dtypes[0], b->dtypes[1], given, loop, &view);
    if (level < 0) return NULL;
    bool exact = loop[0] == given[0] && loop[1] == given[1];
    Py_XDECREF(loop[0]);
    Py_XDECREF(loop[1]);
    if (level == FNP_CAST_NEVER)
        return PyErr_Format(PyExc_TypeError, "cannot perform method call with the given dtypes.");
    if (!exact)
        return PyErr_Format(
            PyExc_TypeError,
            "_simple_strided_call(): requires dtypes to not require a cast (must match "
            "exactly with `_resolve_descriptors()`).");
    fnp_dtype s0, s1;
    const fnp_dtype *from = ext_descr_core(given[0], &s0),
                    *to = from ? ext_descr_core(given[1], &s1) : NULL;
    if (!to) return NULL;
    fnp_cast c;
    bool aligned = PyArray_ISALIGNED(a[0]) && PyArray_ISALIGNED(a[1]);
    npy_intp ss = PyArray_STRIDE(a[0], 0), ds = PyArray_STRIDE(a[1], 0);
    EXT_TRY(fnp_cast_init(&c, from, to, ss, ds, aligned ? 0 : FNP_CASTF_UNALIGNED, err), NULL);
    EXT_ERROR(e);
    fnp_fp_clear();
    fnp_status st = fnp_cast_run(&c, PyArray_BYTES(a[0]), ss, PyArray_BYTES(a[1]), ds,
                                 PyArray_DIM(a[0], 0), &e);
    bool watch = !(c.loop.flags & FNP_LOOP_NO_FLOAT_ERRORS);
    fnp_cast_clear(&c);
    if (st) return ext_raise(st, &e);
    int flags = watch ? fnp_fp_take() : 0;
    if (flags && ext_report_fp("cast", flags) < 0) return NULL;
    Py_RETURN_NONE;
}

static PyObject *bound_unaligned(PyObject *self, void *unused)
{
    BoundCast *b = (BoundCast *)self;
    if (b->impl.method)
        return PyBool_FromLong((b->impl.method->flags & NPY_METH_SUPPORTS_UNALIGNED) != 0);
    if (b->impl.kind == EXT_CAST_LEGACY) Py_RETURN_FALSE;
    int f = b->dtypes[0]->type_num, t = b->dtypes[1]->type_num;
    bool text = (PyTypeNum_ISSTRING(f) || PyTypeNum_ISSTRING(t)) && f != t;
    bool raw = PyTypeNum_ISSTRING(f) && PyTypeNum_ISSTRING(t);
    return PyBool_FromLong(!text || raw || f == NPY_OBJECT || t == NPY_OBJECT || f == NPY_VOID ||
                           t == NPY_VOID);
}

static PyMethodDef bound_methods[] = {
    {"_resolve_descriptors", bound_resolve, METH_O, NULL},
    {"_simple_strided_call", bound_call, METH_O, NULL},
    {NULL},
};
static PyGetSetDef bound_getset[] = {{"_supports_unaligned", bound_unaligned}, {NULL}};

static PyTypeObject BoundCast_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "numpy._BoundArrayMethod",
    .tp_basicsize = sizeof(BoundCast),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = bound_dealloc,
    .tp_repr = bound_repr,
    .tp_methods = bound_methods,
    .tp_getset = bound_getset,
};

static PyObject *get_castingimpl(PyObject *self, PyObject *args)
{
    PyArray_DTypeMeta *from, *to;
    if (!PyArg_ParseTuple(args, "O!O!:_get_castingimpl", &PyArrayDTypeMeta_Type_, &from,
                          &PyArrayDTypeMeta_Type_, &to))
        return NULL;
    ext_cast_impl impl = ext_find_cast(from, to);
    if (impl.kind == EXT_CAST_NONE) Py_RETURN_NONE;
    BoundCast *b = PyObject_New(BoundCast, &BoundCast_Type);
    if (!b) return NULL;
    b->dtypes[0] = (PyArray_DTypeMeta *)Py_NewRef(from);
    b->dtypes[1] = (PyArray_DTypeMeta *)Py_NewRef(to);
    b->impl = impl;
    Py_XINCREF(impl.method);
    return (PyObject *)b;
}

static PyMethodDef functions[] = {
    {"_get_castingimpl", get_castingimpl, METH_VARARGS,
     "The cast between two DType classes, or None."},
    {NULL},
};

int ext_init_casts(PyObject *module)
{
    BoundCast_Type.tp_name = ext_qualname("_BoundArrayMethod");
    if (PyType_Ready(&BoundCast_Type) < 0) return -1;
    return ext_add_functions(module, functions);
}
