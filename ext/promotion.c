/* Promotion of DType classes and descriptors. */
#include "promotion.h"

#include "fnp/calendar.h"

#include <string.h>

static PyArray_DTypeMeta *ref(PyArray_DTypeMeta *c)
{
    return (PyArray_DTypeMeta *)Py_NewRef(c);
}
static PyArray_DTypeMeta *not_implemented(void)
{
    return (PyArray_DTypeMeta *)Py_NewRef(Py_NotImplemented);
}

static bool is_builtin(PyArray_DTypeMeta *c)
{
    return ext_dt_is_legacy(c) && c->type_num < NPY_NTYPES_LEGACY;
}

PyArray_DTypeMeta *ext_weak_class(PyObject *o)
{
    if (PyLong_CheckExact(o)) return &ext_pyint;
    if (PyFloat_CheckExact(o)) return &ext_pyfloat;
    if (PyComplex_CheckExact(o)) return &ext_pycomplex;
    return NULL;
}

/* ---- classes
 * -------------------------------------------------------------------------------------------------------
 */
static int weak_rank(PyArray_DTypeMeta *c)
{
    return c == &ext_pyint || c == &ext_int_abstract           ? 1
           : c == &ext_pyfloat || c == &ext_float_abstract     ? 2
           : c == &ext_pycomplex || c == &ext_complex_abstract ? 3
                                                               : 0;
}

/* A Python number with a built-in type: the type stays unless its kind is below the number's. */
static PyArray_DTypeMeta *weak_with_builtin(int rank, PyArray_DTypeMeta *c)
{
    int t = c->type_num;
    if (t == NPY_OBJECT) return ref(c);
    if (t == NPY_TIMEDELTA && rank == 1) return ref(c);
    if (!PyTypeNum_ISNUMBER(t) && t != NPY_BOOL) return not_implemented();
    int kind = t == NPY_BOOL ? 0 : PyTypeNum_ISINTEGER(t) ? 1 : PyTypeNum_ISCOMPLEX(t) ? 3 : 2;
    if (kind >= rank) return ref(c);
    if (rank == 1) return ref(&ext_dtypes[NPY_INTP]);
    if (rank == 2) return ref(&ext_dtypes[NPY_DOUBLE]);
    if (kind < 2) return ref(&ext_dtypes[NPY_CDOUBLE]);
    return ref(&ext_dtypes[t == NPY_LONGDOUBLE ? NPY_CLONGDOUBLE
                           : t == NPY_DOUBLE   ? NPY_CDOUBLE
                                               : NPY_CFLOAT]);
}

/* A Python number with a user's type: as the smallest types of its kind, in turn. */
static PyArray_DTypeMeta *weak_with_user(int rank, PyArray_DTypeMeta *user)
{
    static const int tries[4][3] = {{0},
                                    {NPY_BYTE, NPY_UBYTE, NPY_INTP},
                                    {NPY_HALF, NPY_DOUBLE, NPY_DOUBLE},
                                    {NPY_CFLOAT, NPY_CDOUBLE, NPY_CDOUBLE}};
    for (int i = 0; i < 3; i++) {
        PyArray_DTypeMeta *r = ext_common_dtype(user, &ext_dtypes[tries[rank][i]]);
        if (!r) {
            PyErr_Clear();
            continue;
        }
        if ((PyObject *)r != Py_NotImplemented) return r;
        Py_DECREF(r);
    }
    return not_implemented();
}

static PyArray_DTypeMeta *legacy_user_common(PyArray_DTypeMeta *a, PyArray_DTypeMeta *b)
{
    if (!ext_dt_is_legacy(b) || ext_dt_is_abstract(b)) return not_implemented();
    int r = ext_can_cast_class_foreign(a, b);
    if (r > 0) return ref(b);
    if (r == 0) r = ext_can_cast_class_foreign(b, a);
    if (r < 0) return NULL;
    return r ? ref(a) : not_implemented();
}

static PyArray_DTypeMeta *common_one_way(PyArray_DTypeMeta *a, PyArray_DTypeMeta *b)
{
    int rank = weak_rank(a);
    if (rank) {
        int other = weak_rank(b);
        if (other) return ref(other > rank ? b : a);
        if (is_builtin(b)) return weak_with_builtin(rank, b);
        if (ext_dt_is_legacy(b)) return weak_with_user(rank, b);
        return not_implemented();
    }
    if (is_builtin(a)) {
        if (a->type_num == NPY_OBJECT && !ext_dt_is_abstract(b)) return ref(a);
        if (!is_builtin(b)) return not_implemented();
        int t = fnp_promote_typenums(a->type_num, b->type_num);
        return t == FNP_NOTYPE ? not_implemented() : ref(&ext_dtypes[t]);
    }
    if (ext_dt_is_legacy(a)) return legacy_user_common(a, b);
    ext_dt_slots *s = EXT_DT_SLOTS(a);
    if (!s || !s->common_dtype) return not_implemented();
    return s->common_dtype(a, b);
}

PyArray_DTypeMeta *ext_common_dtype(PyArray_DTypeMeta *a, PyArray_DTypeMeta *b)
{
    if (a == b) return ref(a);
    PyArray_DTypeMeta *r = common_one_way(a, b);
    if (!r || (PyObject *)r != Py_NotImplemented) return r;
    Py_DECREF(r);
    return common_one_way(b, a);
}

PyArray_DTypeMeta *PyArray_CommonDType(PyArray_DTypeMeta *a, PyArray_DTypeMeta *b)
{
    PyArray_DTypeMeta *r = ext_common_dtype(a, b);
    if (!r || (PyObject *)r != Py_NotImplemented) return r;
    Py_DECREF(r);
    PyObject *cls = ext_exception("DTypePromotionError");
    if (cls)
        PyErr_Format(cls,
                     "The DTypes %S and %S do not have a common DType. For example they cannot be "
                     "stored in a single "
                     "array unless the dtype is `object`.",
                     a, b);
    return NULL;
}

PyArray_Descr *ext_or_object(PyArray_Descr *common)
{
    PyObject *none = common ? NULL : ext_exception("DTypePromotionError");
    if (!none || !PyErr_ExceptionMatches(none)) return common;
    PyErr_Clear();
    return PyArray_DescrFromType(NPY_OBJECT);
}

/* Who can speak for a mixed list: object first, user types, strings and times, then numbers by
 * kind, Python's last. */
static int authority(PyArray_DTypeMeta *c)
{
    if (weak_rank(c)) return weak_rank(c) - 4;
    if (!ext_dt_is_legacy(c)) return 20;
    int t = c->type_num;
    if (t == NPY_OBJECT) return 30;
    if (t >= NPY_NTYPES_LEGACY) return 15;
    if (t == NPY_VOID) return 12;
    if (t == NPY_UNICODE) return 11;
    if (t == NPY_STRING) return 10;
    if (t == NPY_DATETIME) return 9;
    if (t == NPY_TIMEDELTA) return 8;
    if (PyTypeNum_ISCOMPLEX(t)) return 3;
    if (PyTypeNum_ISFLOAT(t)) return 2;
    return t == NPY_BOOL ? 0 : 1;
}

static PyArray_DTypeMeta *sequence_error(npy_intp n, PyArray_DTypeMeta **c, PyArray_DTypeMeta *main,
                                         PyArray_DTypeMeta *other)
{
    PyObject *cls = ext_exception("DTypePromotionError");
    PyObject *all = PyTuple_New(n);
    for (npy_intp i = 0; all && i < n; i++) PyTuple_SET_ITEM(all, i, Py_NewRef(c[i]));
    if (cls && all)
        PyErr_Format(cls,
                     "The DType %S could not be promoted by %S. This means that no common DType "
                     "exists for the given "
                     "inputs. For example they cannot be stored in a single array unless the dtype "
                     "is `object`. The "
                     "full list of DTypes is: %S",
                     main, other, all);
    Py_XDECREF(all);
    return NULL;
}

PyArray_DTypeMeta *PyArray_PromoteDTypeSequence(npy_intp n, PyArray_DTypeMeta **c)
{
    if (n == 1) return ref(c[0]);
    npy_intp m = 0;
    for (npy_intp i = 1; i < n; i++)
        if (authority(c[i]) > authority(c[m])) m = i;
    /* Everyone is promoted by the leader alone; only what that gives is promoted further, so that
     * (int16, uint16, float32) stays float32. */
    PyArray_DTypeMeta *result = ref(c[m]);
    for (npy_intp i = 0; i < n; i++) {
        if (i == m) continue;
        PyArray_DTypeMeta *one = ext_common_dtype(c[m], c[i]), *next = NULL;
        if (one && (PyObject *)one != Py_NotImplemented) next = ext_common_dtype(result, one);
        bool none =
            one && ((PyObject *)one == Py_NotImplemented || (PyObject *)next == Py_NotImplemented);
        Py_XDECREF(one);
        Py_DECREF(result);
        if (none) {
            Py_XDECREF(next);
            return sequence_error(n, c, c[0], c[m == 0 ? i : m]);
        }
        if (!next) return NULL;
        result = next;
    }
    return result;
}

/* ---- descriptors
 * ------------------------------------------------------------------------------------------------------
 */
PyArray_Descr *ext_default_descr(PyArray_DTypeMeta *c)
{
    if (weak_rank(c)) {
        static const int nums[] = {0, NPY_INTP, NPY_DOUBLE, NPY_CDOUBLE};
        return PyArray_DescrFromType(nums[weak_rank(c)]);
    }
    if (c->type_num == NPY_STRING) return ext_descr_flexible(c->type_num, 1);
    if (c->type_num == NPY_VOID) return ext_descr_flexible(c->type_num, 8);
    if (c->type_num == NPY_UNICODE) return ext_descr_flexible(c->type_num, 4);
    if (PyTypeNum_ISDATETIME(c->type_num)) return PyArray_DescrNewFromType(c->type_num);
    if (c->singleton) return (PyArray_Descr *)Py_NewRef(c->singleton);
    ext_dt_slots *s = EXT_DT_SLOTS(c);
    if (s && s->default_descr) return s->default_descr(c);
    PyErr_Format(PyExc_TypeError, "DType %S has no default descriptor", c);
    return NULL;
}

PyArray_Descr *PyArray_GetDefaultDescr(PyArray_DTypeMeta *c)
{
    return ext_default_descr(c);
}

static PyArray_Descr *canonical_void(PyArray_Descr *d);

PyArray_Descr *ext_descr_canonical(PyArray_Descr *d)
{
    if (!ext_descr_is_legacy(d)) {
        ext_dt_slots *s = EXT_DT_SLOTS(NPY_DTYPE(d));
        if (s && s->ensure_canonical) return s->ensure_canonical(d);
        return (PyArray_Descr *)Py_NewRef(d);
    }
    if (d->type_num == NPY_VOID) return canonical_void(d);
    if (PyArray_ISNBO(d->byteorder)) return (PyArray_Descr *)Py_NewRef(d);
    return PyArray_DescrNewByteorder(d, NPY_NATIVE);
}

static PyArray_Descr *pack(PyObject *names, PyObject *descrs, PyObject *titles_of, int aligned,
                           npy_intp *size_out);

/* Fields in native order, packed (or as aligned fields are placed). */
static PyArray_Descr *canonical_void(PyArray_Descr *d)
{
    _PyArray_LegacyDescr *l = LEGACY(d);
    if (l->subarray) {
        PyArray_Descr *base = ext_descr_canonical(l->subarray->base);
        if (!base) return NULL;
        PyArray_Descr *n = PyArray_DescrNew(d);
        if (!n) {
            Py_DECREF(base);
            return NULL;
        }
        Py_SETREF(LEGACY(n)->subarray->base, base);
        return n;
    }
    if (!l->names) return (PyArray_Descr *)Py_NewRef(d);
    PyObject *list = PyList_New(0);
    bool same = true;
    for (Py_ssize_t i = 0; list && i < PyTuple_GET_SIZE(l->names); i++) {
        PyObject *title, *entry = PyDict_GetItemWithError(l->fields, PyTuple_GET_ITEM(l->names, i));
        PyArray_Descr *f, *c = NULL;
        npy_intp offset;
        if (entry && ext_field_unpack(entry, &f, &offset, &title) == 0) c = ext_descr_canonical(f);
        if (!c || PyList_Append(list, (PyObject *)c) < 0) Py_CLEAR(list);
        same &= c == f;
        Py_XDECREF(c);
    }
    if (!list) return NULL;
    npy_intp size;
    PyArray_Descr *n = pack(l->names, list, l->fields, (d->flags & NPY_ALIGNED_STRUCT) != 0, &size);
    Py_DECREF(list);
    if (!n) return NULL;
    if (same && ext_descr_equiv(n, d) && n->elsize == d->elsize &&
        n->flags == d->flags) { /* nothing changed: keep what the user gave */
        Py_DECREF(n);
        return (PyArray_Descr *)Py_NewRef(d);
    }
    Py_SETREF(n->typeobj, (PyTypeObject *)Py_XNewRef(d->typeobj));
    return n;
}

static PyArray_Descr *pack(PyObject *names, PyObject *descrs, PyObject *titles_of, int aligned,
                           npy_intp *size_out)
{
    npy_intp offset = 0, align = 1;
    PyObject *fields = PyDict_New();
    for (Py_ssize_t i = 0; fields && i < PyTuple_GET_SIZE(names); i++) {
        PyArray_Descr *f = (PyArray_Descr *)PyList_GET_ITEM(descrs, i), *old;
        PyObject *name = PyTuple_GET_ITEM(names, i), *title = NULL;
        PyObject *old_entry = PyDict_GetItemWithError(titles_of, name);
        npy_intp unused;
        if (!old_entry || ext_field_unpack(old_entry, &old, &unused, &title) < 0) {
            Py_CLEAR(fields);
            break;
        }
        if (aligned && f->alignment > 1) {
            offset = (offset + f->alignment - 1) / f->alignment * f->alignment;
            if (f->alignment > align) align = f->alignment;
        }
        PyObject *entry =
            title ? Py_BuildValue("(OnO)", f, offset, title) : Py_BuildValue("(On)", f, offset);
        int r = entry ? PyDict_SetItem(fields, name, entry) : -1;
        if (r == 0 && title && PyUnicode_Check(title)) r = PyDict_SetItem(fields, title, entry);
        Py_XDECREF(entry);
        if (r < 0) Py_CLEAR(fields);
        offset += f->elsize;
    }
    if (!fields) return NULL;
    if (aligned) offset = (offset + align - 1) / align * align;
    PyArray_Descr *d = ext_descr_struct(names, fields, offset, align,
                                        NPY_NEEDS_PYAPI | (aligned ? NPY_ALIGNED_STRUCT : 0));
    Py_DECREF(fields);
    *size_out = offset;
    return d;
}

PyArray_Descr *ext_descr_in_class(PyArray_Descr *d, PyArray_DTypeMeta *c)
{
    if (NPY_DTYPE(d) == c) return (PyArray_Descr *)Py_NewRef(d);
    if (!ext_dt_is_parametric(c)) return ext_default_descr(c);
    if (is_builtin(c) && is_builtin(NPY_DTYPE(d))) {
        int from = d->type_num;
        if (PyTypeNum_ISDATETIME(c->type_num)) {
            PyArray_DatetimeMetaData *m = ext_descr_meta(d);
            return m ? ext_descr_time(c->type_num, m->base, m->num)
                     : PyArray_DescrNewFromType(c->type_num);
        }
        if (c->type_num == NPY_STRING || c->type_num == NPY_UNICODE) {
            npy_intp unit = c->type_num == NPY_UNICODE ? 4 : 1;
            npy_intp n = from == NPY_STRING    ? d->elsize
                         : from == NPY_UNICODE ? d->elsize / 4
                         : from == NPY_VOID    ? d->elsize
                         : PyTypeNum_ISDATETIME(from)
                             ? (from == NPY_TIMEDELTA
                                    ? 21
                                    : (npy_intp)fnp_iso_format_room(false, ext_descr_meta(d)->base))
                             : fnp_dtype_text_width(from);
            if (n > INT_MAX / unit) {
                PyErr_Format(PyExc_TypeError, "cannot cast dtype %S to %S.", d, c);
                return NULL;
            }
            return ext_descr_flexible(c->type_num, n * unit);
        }
        if (c->type_num == NPY_VOID) return ext_descr_flexible(NPY_VOID, d->elsize);
    }
    return ext_descr_in_class_foreign(d, c);
}

static PyArray_Descr *promotion_error(const char *format, PyObject *a, PyObject *b)
{
    PyObject *cls = ext_exception("DTypePromotionError");
    if (cls) PyErr_Format(cls, format, a, b);
    return NULL;
}

static int titles_agree(PyObject *a, PyObject *b)
{
    if (!a || !b) return a == b;
    return PyObject_RichCompareBool(a, b, Py_EQ);
}

static PyArray_Descr *promote_structs(_PyArray_LegacyDescr *a, _PyArray_LegacyDescr *b)
{
    int same = PyObject_RichCompareBool(a->names, b->names, Py_EQ);
    if (same < 0) return NULL;
    if (!same) return promotion_error("field names `%A` and `%A` mismatch.", a->names, b->names);
    PyObject *list = PyList_New(0);
    bool unchanged = true;
    for (Py_ssize_t i = 0; list && i < PyTuple_GET_SIZE(a->names); i++) {
        PyObject *name = PyTuple_GET_ITEM(a->names, i), *ta, *tb;
        PyArray_Descr *fa, *fb, *f;
        npy_intp oa, ob;
        PyObject *ea = PyDict_GetItemWithError(a->fields, name),
                 *eb = ea ? PyDict_GetItemWithError(b->fields, name) : NULL;
        if (!eb || ext_field_unpack(ea, &fa, &oa, &ta) < 0 ||
            ext_field_unpack(eb, &fb, &ob, &tb) < 0)
            goto fail;
        int titles = titles_agree(ta, tb);
        if (titles < 0) goto fail;
        if (!titles) {
            promotion_error("field titles of field %R mismatch", name, NULL);
            goto fail;
        }
        f = PyArray_PromoteTypes(fa, fb);
        if (!f || PyList_Append(list, (PyObject *)f) < 0) {
            Py_XDECREF(f);
            goto fail;
        }
        unchanged &= f == fa;
        Py_DECREF(f);
    }
    if (!list) return NULL;
    npy_intp size;
    int aligned = ((a->flags | b->flags) & NPY_ALIGNED_STRUCT) != 0;
    PyArray_Descr *d = pack(a->names, list, a->fields, aligned, &size);
    Py_DECREF(list);
    if (!d) return NULL;
    if (a == b && unchanged && a->elsize == d->elsize && ext_descr_equiv(d, (PyArray_Descr *)a)) {
        Py_DECREF(d);
        return (PyArray_Descr *)Py_NewRef(a);
    }
    return d;
fail:
    Py_DECREF(list);
    return NULL;
}

static PyArray_Descr *promote_voids(PyArray_Descr *da, PyArray_Descr *db)
{
    _PyArray_LegacyDescr *a = LEGACY(da), *b = LEGACY(db);
    if (!a->subarray && !a->names && !b->subarray && !b->names) {
        if (da->elsize != db->elsize)
            return promotion_error(
                "Invalid type promotion with void datatypes of different lengths. Use the "
                "`np.bytes_` datatype instead to pad the shorter value with trailing zero bytes.",
                NULL, NULL);
        return (PyArray_Descr *)Py_NewRef(da);
    }
    if (a->names && b->names) return promote_structs(a, b);
    if (a->subarray && b->subarray) {
        int same = PyObject_RichCompareBool(a->subarray->shape, b->subarray->shape, Py_EQ);
        if (same < 0) return NULL;
        if (!same)
            return promotion_error(
                "invalid type promotion with subarray datatypes (shape mismatch).", NULL, NULL);
        PyArray_Descr *base = PyArray_PromoteTypes(a->subarray->base, b->subarray->base);
        if (!base) return NULL;
        if (da == db && base == a->subarray->base) {
            Py_DECREF(base);
            return (PyArray_Descr *)Py_NewRef(da);
        }
        PyArray_Descr *pair[1] = {base};
        PyObject *t = PyTuple_Pack(2, pair[0], a->subarray->shape);
        Py_DECREF(base);
        PyArray_Descr *d = NULL;
        if (t) PyArray_DescrConverter(t, &d);
        Py_XDECREF(t);
        return d;
    }
    return promotion_error("invalid type promotion with structured datatype(s).", NULL, NULL);
}

PyArray_Descr *ext_common_instance(PyArray_Descr *a, PyArray_Descr *b)
{
    if (!ext_descr_is_legacy(a)) {
        ext_dt_slots *s = EXT_DT_SLOTS(NPY_DTYPE(a));
        if (s && s->common_instance) return s->common_instance(a, b);
        return (PyArray_Descr *)Py_NewRef(a);
    }
    switch (a->type_num) {
    case NPY_STRING:
    case NPY_UNICODE: return ext_descr_canonical(a->elsize >= b->elsize ? a : b);
    case NPY_VOID: return promote_voids(a, b);
    case NPY_DATETIME:
    case NPY_TIMEDELTA: {
        PyArray_DatetimeMetaData *ma = ext_descr_meta(a), *mb = ext_descr_meta(b);
        /* the unit is all that is kept */
        if (ma->base == mb->base && ma->num == mb->num)
            return ext_descr_time(a->type_num, ma->base, ma->num);
        bool strict = a->type_num == NPY_TIMEDELTA;
        fnp_dtmeta m, x = {ma->base, ma->num}, y = {mb->base, mb->num};
        EXT_TRY(fnp_dtmeta_gcd(x, y, strict, strict, &m, err), NULL);
        return ext_descr_time(a->type_num, m.unit, m.num);
    }
    }
    return ext_descr_canonical(a);
}

PyArray_Descr *PyArray_PromoteTypes(PyArray_Descr *a, PyArray_Descr *b)
{
    if (a == b && ext_descr_is_legacy(a) && PyArray_ISNBO(a->byteorder) && a->type_num != NPY_VOID)
        return (PyArray_Descr *)Py_NewRef(a);
    PyArray_DTypeMeta *c = PyArray_CommonDType(NPY_DTYPE(a), NPY_DTYPE(b));
    if (!c) return NULL;
    PyArray_Descr *r = NULL;
    if (!ext_dt_is_parametric(c))
        r = ext_default_descr(c);
    else {
        PyArray_Descr *x = ext_descr_in_class(a, c), *y = x ? ext_descr_in_class(b, c) : NULL;
        if (y) r = ext_common_instance(x, y);
        Py_XDECREF(x);
        Py_XDECREF(y);
    }
    Py_DECREF(c);
    return r;
}

PyArray_Descr *ext_result_descr(npy_intp n, PyArray_DTypeMeta **classes, PyArray_Descr **descrs)
{
    if (n == 1) return descrs[0] ? ext_descr_canonical(descrs[0]) : ext_default_descr(classes[0]);
    /* the usual case: the very same native descriptors */
    bool same = descrs[0] && ext_descr_is_legacy(descrs[0]) &&
                PyArray_ISNBO(descrs[0]->byteorder) && descrs[0]->type_num != NPY_VOID;
    for (npy_intp i = 1; same && i < n; i++) same = descrs[i] == descrs[0];
    if (same) return (PyArray_Descr *)Py_NewRef(descrs[0]);
    PyArray_DTypeMeta *c = PyArray_PromoteDTypeSequence(n, classes);
    if (!c) return NULL;
    PyArray_Descr *r = NULL;
    if (!ext_dt_is_parametric(c)) {
        r = ext_default_descr(c);
        Py_DECREF(c);
        return r;
    }
    for (npy_intp i = 0; i < n; i++) {
        if (!descrs[i]) continue;
        PyArray_Descr *d = ext_descr_in_class(descrs[i], c);
        PyArray_Descr *next = d && r ? ext_common_instance(r, d) : (PyArray_Descr *)Py_XNewRef(d);
        Py_XDECREF(d);
        Py_XDECREF(r);
        r = next;
        if (!r) break;
    }
    Py_DECREF(c);
    return r;
}
