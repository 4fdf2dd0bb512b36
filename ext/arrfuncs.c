/* PyArray_ArrFuncs of the built-in types: the element functions that compiled wheels call through
 * descriptors. */
#include "element.h"

#include <string.h>

static PyArray_Descr *descr_of(void *arr)
{
    return PyArray_DESCR((PyArrayObject *)arr);
}

static bool swapped(void *arr)
{
    return arr && !PyArray_ISNBO(descr_of(arr)->byteorder);
}

static void reverse(char *p, npy_intp n)
{
    for (npy_intp i = 0; i < n / 2; i++) {
        char t = p[i];
        p[i] = p[n - 1 - i];
        p[n - 1 - i] = t;
    }
}

/* One native copy of a maybe unaligned, maybe swapped element. */
static void load(void *out, const void *p, size_t n, void *arr)
{
    memcpy(out, p, n);
    if (swapped(arr)) reverse(out, n);
}

typedef _Float16 f16;
#define ID(x) (x)
#define T npy_bool
#define S b1
#define R int
#define V(x) ((x) != 0)
#define W(r) ((npy_bool)((r) != 0))
#include "tmpl/arrfuncs.h"
#define T npy_byte
#define S i8
#define R npy_int
#define V ID
#define W(r) ((npy_byte)(r))
#include "tmpl/arrfuncs.h"
#define T npy_ubyte
#define S u8
#define R npy_uint
#define V ID
#define W(r) ((npy_ubyte)(r))
#include "tmpl/arrfuncs.h"
#define T npy_short
#define S i16
#define R npy_int
#define V ID
#define W(r) ((npy_short)(r))
#include "tmpl/arrfuncs.h"
#define T npy_ushort
#define S u16
#define R npy_uint
#define V ID
#define W(r) ((npy_ushort)(r))
#include "tmpl/arrfuncs.h"
#define T npy_int
#define S i32
#define R npy_long
#define V ID
#define W(r) ((npy_int)(r))
#include "tmpl/arrfuncs.h"
#define T npy_uint
#define S u32
#define R npy_ulong
#define V ID
#define W(r) ((npy_uint)(r))
#include "tmpl/arrfuncs.h"
#define T npy_long
#define S i64
#define R npy_long
#define V ID
#define W ID
#include "tmpl/arrfuncs.h"
#define T npy_ulong
#define S u64
#define R npy_ulong
#define V ID
#define W ID
#include "tmpl/arrfuncs.h"
#define T f16
#define S f16
#define R float
#define V(x) ((float)(x))
#define W(r) ((f16)(r))
#define FLOATS
#include "tmpl/arrfuncs.h"
#define T float
#define S f32
#define R float
#define V ID
#define W ID
#define FLOATS
#include "tmpl/arrfuncs.h"
#define T double
#define S f64
#define R double
#define V ID
#define W ID
#define FLOATS
#include "tmpl/arrfuncs.h"
#define T npy_longdouble
#define S fld
#define R npy_longdouble
#define V ID
#define W ID
#define FLOATS
#include "tmpl/arrfuncs.h"

/* ---- by the descriptor
 * -------------------------------------------------------------------------------------------- */
static PyObject *any_getitem(void *data, void *arr)
{
    return ext_getitem(descr_of(arr), data, arr);
}
static int any_setitem(PyObject *value, void *data, void *arr)
{
    return ext_setitem(descr_of(arr), value, data);
}

static void swap_element(PyArray_Descr *d, char *p)
{
    _PyArray_LegacyDescr *l = LEGACY(d);
    if (l->names) {
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(l->names); i++) {
            PyArray_Descr *f;
            npy_intp offset;
            PyObject *title, *e = PyDict_GetItem(l->fields, PyTuple_GET_ITEM(l->names, i));
            if (e && ext_field_unpack(e, &f, &offset, &title) == 0) swap_element(f, p + offset);
        }
        return;
    }
    if (l->subarray) {
        npy_intp size = l->subarray->base->elsize;
        for (npy_intp at = 0; size && at < d->elsize; at += size)
            swap_element(l->subarray->base, p + at);
        return;
    }
    if (d->type_num == NPY_UNICODE)
        for (npy_intp i = 0; i < d->elsize; i += 4) reverse(p + i, 4);
    else if (PyTypeNum_ISCOMPLEX(d->type_num)) {
        reverse(p, d->elsize / 2);
        reverse(p + d->elsize / 2, d->elsize / 2);
    } else if (d->type_num < NPY_OBJECT || d->type_num == NPY_HALF ||
               PyTypeNum_ISDATETIME(d->type_num))
        reverse(p, d->elsize);
}

static void any_copyswapn(void *dst, npy_intp ds, void *src, npy_intp ss, npy_intp n, int swap,
                          void *arr)
{
    PyArray_Descr *d = descr_of(arr);
    char *out = dst, *in = src;
    bool refs = (d->flags & NPY_ITEM_REFCOUNT) != 0;
    for (npy_intp i = 0; i < n; i++, out += ds, in = in ? in + ss : NULL) {
        if (in && in != out) {
            if (refs) {
                if (ext_cast_element(d, in, d, out) < 0) PyErr_WriteUnraisable(NULL);
            } else
                memmove(out, in, d->elsize);
        }
        if (swap) swap_element(d, out);
    }
}

static void any_copyswap(void *dst, void *src, int swap, void *arr)
{
    any_copyswapn(dst, 0, src, 0, 1, swap, arr);
}

/* Types of one size: callers may pass no array. */
static void fixed_copyswapn(char *out, npy_intp ds, const char *in, npy_intp ss, npy_intp n,
                            int swap, npy_intp size, npy_intp part)
{
    for (npy_intp i = 0; i < n; i++, out += ds, in = in ? in + ss : NULL) {
        if (in && in != out) memmove(out, in, (size_t)size);
        if (swap)
            for (npy_intp at = 0; at < size; at += part) reverse(out + at, part);
    }
}
#define FIXED(s, size, part)                                                                       \
    static void copyswapn_##s(void *dst, npy_intp ds, void *src, npy_intp ss, npy_intp n,          \
                              int swap, void *arr)                                                 \
    {                                                                                              \
        fixed_copyswapn(dst, ds, src, ss, n, swap, size, part);                                    \
    }                                                                                              \
    static void copyswap_##s(void *dst, void *src, int swap, void *arr)                            \
    {                                                                                              \
        fixed_copyswapn(dst, 0, src, 0, 1, swap, size, part);                                      \
    }
FIXED(1, 1, 1)
FIXED(2, 2, 2)
FIXED(4, 4, 4)
FIXED(8, 8, 8)
FIXED(16, 16, 16)
FIXED(c8, 8, 4)
FIXED(c16, 16, 8)
FIXED(c32, 32, 16)
#undef FIXED

static void object_copyswapn(void *dst, npy_intp ds, void *src, npy_intp ss, npy_intp n, int swap,
                             void *arr)
{
    char *out = dst, *in = src;
    for (npy_intp i = 0; in && i < n; i++, out += ds, in += ss) {
        PyObject *o, *old;
        memcpy(&o, in, sizeof o);
        memcpy(&old, out, sizeof old);
        Py_XINCREF(o);
        memcpy(out, &o, sizeof o);
        Py_XDECREF(old);
    }
}

static void object_copyswap(void *dst, void *src, int swap, void *arr)
{
    object_copyswapn(dst, 0, src, 0, 1, swap, arr);
}

static int compare_text(PyArray_Descr *d, const char *a, const char *b)
{
    if (d->type_num == NPY_STRING) {
        int r = memcmp(a, b, d->elsize);
        return (r > 0) - (r < 0);
    }
    bool swap = !PyArray_ISNBO(d->byteorder);
    for (npy_intp i = 0; i < d->elsize; i += 4) {
        npy_uint32 x, y;
        memcpy(&x, a + i, 4);
        memcpy(&y, b + i, 4);
        if (swap) {
            x = __builtin_bswap32(x);
            y = __builtin_bswap32(y);
        }
        if (x != y) return x < y ? -1 : 1;
    }
    return 0;
}

static int compare_by(PyArray_Descr *d, const char *a, const char *b);

static int compare_fields(_PyArray_LegacyDescr *l, const char *a, const char *b)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(l->names); i++) {
        PyArray_Descr *f;
        npy_intp offset;
        PyObject *title, *e = PyDict_GetItem(l->fields, PyTuple_GET_ITEM(l->names, i));
        if (!e || ext_field_unpack(e, &f, &offset, &title) < 0) return 0;
        int r = compare_by(f, a + offset, b + offset);
        if (r || PyErr_Occurred()) return r;
    }
    return 0;
}

/* The compare function of `d` on plain pointers. */
static int compare_by(PyArray_Descr *d, const char *a, const char *b)
{
    switch (d->type_num) {
    case NPY_STRING:
    case NPY_UNICODE: return compare_text(d, a, b);
    case NPY_OBJECT: {
        bool failed = false;
        fnp_dtype s;
        const fnp_dtype *c = ext_descr_core(d, &s);
        return c->ops->compare(c, a, b, &failed);
    }
    case NPY_VOID: {
        _PyArray_LegacyDescr *l = LEGACY(d);
        if (l->names) return compare_fields(l, a, b);
        if (l->subarray && l->subarray->base->elsize) {
            npy_intp size = l->subarray->base->elsize;
            for (npy_intp at = 0; at < d->elsize; at += size) {
                int r = compare_by(l->subarray->base, a + at, b + at);
                if (r || PyErr_Occurred()) return r;
            }
            return 0;
        }
        int r = memcmp(a, b, d->elsize);
        return (r > 0) - (r < 0);
    }
    }
    PyArray_ArrFuncs *f = _PyDataType_GetArrFuncs(d);
    if (!f || !f->compare) return 0;
    PyArrayObject_fields fake = {.descr = d, .flags = NPY_ARRAY_BEHAVED};
    Py_SET_TYPE(&fake, &PyArray_Type);
    Py_SET_REFCNT(&fake, 1);
    return f->compare(a, b, &fake);
}

static int any_compare(const void *a, const void *b, void *arr)
{
    return compare_by(descr_of(arr), a, b);
}

static int complex_compare(const void *pa, const void *pb, void *arr)
{
    PyArray_Descr *d = descr_of(arr);
    npy_intp half = d->elsize / 2;
    PyArray_CompareFunc *part = half == 4 ? compare_f32 : half == 8 ? compare_f64 : compare_fld;
    int re = part(pa, pb, arr), im = part((const char *)pa + half, (const char *)pb + half, arr);
    return re ? re : im;
}

static int nat_compare(const void *pa, const void *pb, void *arr)
{
    npy_int64 a, b;
    load(&a, pa, 8, arr);
    load(&b, pb, 8, arr);
    if (a == NPY_DATETIME_NAT || b == NPY_DATETIME_NAT)
        return (a == NPY_DATETIME_NAT) - (b == NPY_DATETIME_NAT);
    return (a > b) - (a < b);
}

static int best(void *data, npy_intp n, npy_intp *at, void *arr, int sign)
{
    PyArray_Descr *d = descr_of(arr);
    PyArray_CompareFunc *compare = _PyDataType_GetArrFuncs(d)->compare;
    const char *x = data;
    *at = 0;
    for (npy_intp i = 1; i < n; i++) {
        if (compare(x + i * d->elsize, x + *at * d->elsize, arr) * sign > 0) *at = i;
        if (PyErr_Occurred()) return -1;
    }
    return 0;
}

static int any_argmax(void *data, npy_intp n, npy_intp *at, void *arr)
{
    return best(data, n, at, arr, 1);
}

/* NaN and NaT count as the smallest, too. */
static int any_argmin(void *data, npy_intp n, npy_intp *at, void *arr)
{
    PyArray_Descr *d = descr_of(arr);
    if (PyTypeNum_ISDATETIME(d->type_num))
        for (npy_intp i = 0; i < n; i++)
            if (((npy_int64 *)data)[i] == NPY_DATETIME_NAT) {
                *at = i;
                return 0;
            }
    return best(data, n, at, arr, -1);
}

static npy_bool any_nonzero(void *p, void *arr)
{
    PyArray_Descr *d = descr_of(arr);
    const char *c = p;
    if (d->type_num == NPY_OBJECT) {
        bool failed = false;
        fnp_dtype s;
        const fnp_dtype *core = ext_descr_core(d, &s);
        return core->ops->nonzero(core, p, &failed);
    }
    if (d->type_num == NPY_VOID && LEGACY(d)->names) {
        PyObject *o = ext_getitem(d, p, NULL);
        bool any = false;
        for (Py_ssize_t i = 0; o && !any && i < PyTuple_GET_SIZE(o); i++)
            any = PyObject_IsTrue(PyTuple_GET_ITEM(o, i)) > 0;
        Py_XDECREF(o);
        return any;
    }
    if (PyTypeNum_ISCOMPLEX(d->type_num)) {
        npy_intp half = d->elsize / 2;
        npy_bool (*part)(void *, void *) = half == 4   ? nonzero_f32
                                           : half == 8 ? nonzero_f64
                                                       : nonzero_fld;
        return part(p, arr) || part((char *)p + half, arr);
    }
    for (npy_intp i = 0; i < d->elsize; i++)
        if (c[i]) return NPY_TRUE;
    return NPY_FALSE;
}

static int any_fillwithscalar(void *data, npy_intp n, void *value, void *arr)
{
    PyArray_Descr *d = descr_of(arr);
    any_copyswapn(data, d->elsize, value, 0, n, 0, arr);
    return 0;
}

/* A line through the first two elements, by Python's arithmetic. */
static int any_fill(void *data, npy_intp n, void *arr)
{
    PyArray_Descr *d = descr_of(arr);
    char *p = data;
    if (n <= 2) return 0;
    PyObject *start = ext_getitem(d, p, NULL),
             *second = start ? ext_getitem(d, p + d->elsize, NULL) : NULL;
    PyObject *step = second ? PyNumber_Subtract(second, start) : NULL, *now = Py_XNewRef(second);
    int r = step ? 0 : -1;
    for (npy_intp i = 2; r == 0 && i < n; i++) {
        Py_SETREF(now, PyNumber_Add(now, step));
        r = now ? ext_setitem(d, now, p + i * d->elsize) : -1;
    }
    Py_XDECREF(start);
    Py_XDECREF(second);
    Py_XDECREF(step);
    Py_XDECREF(now);
    return r;
}

static int time_fill(void *data, npy_intp n, void *arr)
{
    return fill_i64(data, n, arr);
}

#define COMPLEX_DOT(name, C)                                                                       \
    static void name(void *a, npy_intp as, void *b, npy_intp bs, void *out, npy_intp n, void *arr) \
    {                                                                                              \
        C sum = 0, x, y;                                                                           \
        for (npy_intp i = 0; i < n; i++) {                                                         \
            memcpy(&x, (char *)a + i * as, sizeof x);                                              \
            memcpy(&y, (char *)b + i * bs, sizeof y);                                              \
            sum += x * y;                                                                          \
        }                                                                                          \
        memcpy(out, &sum, sizeof sum);                                                             \
    }
COMPLEX_DOT(dot_c64, npy_cfloat)
COMPLEX_DOT(dot_c128, npy_cdouble)
COMPLEX_DOT(dot_cld, npy_clongdouble)

/* A sum of products of booleans is true as soon as one is. */
static void bool_dot(void *a, npy_intp as, void *b, npy_intp bs, void *out, npy_intp n, void *arr)
{
    const npy_bool *x = a, *y = b;
    npy_bool found = 0;
    for (npy_intp i = 0; i < n && !found; i++, x += as, y += bs) found = *x && *y;
    *(npy_bool *)out = found;
}

static void object_dot(void *a, npy_intp as, void *b, npy_intp bs, void *out, npy_intp n, void *arr)
{
    PyObject *sum = NULL;
    for (npy_intp i = 0; i < n; i++) {
        PyObject *x = *(PyObject **)((char *)a + i * as), *y = *(PyObject **)((char *)b + i * bs);
        PyObject *p = PyNumber_Multiply(x ? x : Py_None, y ? y : Py_None);
        if (!p) {
            Py_XDECREF(sum);
            return;
        }
        if (!sum) {
            sum = p;
            continue;
        }
        Py_SETREF(sum, PyNumber_Add(sum, p));
        Py_DECREF(p);
        if (!sum) return;
    }
    Py_XSETREF(*(PyObject **)out, sum ? sum : PyBool_FromLong(0));
}

/* ---- sorting: by the type's own compare
 * ------------------------------------------------------------------------------- */
typedef struct {
    PyArray_CompareFunc *compare;
    void *arr;
    const char *base;
    npy_intp size;
} SortContext;

static int by_element(const void *a, const void *b, void *ctx)
{
    SortContext *c = ctx;
    return c->compare(a, b, c->arr);
}

static int by_index(const void *a, const void *b, void *ctx)
{
    SortContext *c = ctx;
    npy_intp i = *(const npy_intp *)a, j = *(const npy_intp *)b;
    int r = c->compare(c->base + i * c->size, c->base + j * c->size, c->arr);
    return r ? r : (i > j) - (i < j);
}

static int any_sort(void *data, npy_intp n, void *arr)
{
    PyArray_Descr *d = descr_of(arr);
    SortContext c = {_PyDataType_GetArrFuncs(d)->compare, arr, data, d->elsize};
    qsort_r(data, n, d->elsize, by_element, &c); /* glibc's is a merge sort: stable */
    return PyErr_Occurred() ? -1 : 0;
}

static int any_argsort(void *data, npy_intp *order, npy_intp n, void *arr)
{
    PyArray_Descr *d = descr_of(arr);
    SortContext c = {_PyDataType_GetArrFuncs(d)->compare, arr, data, d->elsize};
    qsort_r(order, n, sizeof *order, by_index, &c);
    return PyErr_Occurred() ? -1 : 0;
}

static void any_cast(void *from, void *to, npy_intp n, void *from_arr, void *to_arr)
{
    if (!from_arr || !to_arr) return;
    PyArray_Descr *a = descr_of(from_arr), *b = descr_of(to_arr);
    for (npy_intp i = 0; i < n; i++)
        if (ext_cast_element(a, (char *)from + i * a->elsize, b, (char *)to + i * b->elsize) < 0)
            return;
}

static PyArray_Descr *discover_slot(PyArray_DTypeMeta *c, PyObject *o)
{
    return ext_discover_descr(c, o);
}

static void fill_slots(ext_dt_slots *s)
{
    s->discover = discover_slot;
    s->default_descr = ext_default_descr;
    s->ensure_canonical = ext_descr_canonical;
    s->common_dtype = ext_common_dtype;
    s->common_instance = ext_common_instance;
    s->getitem = ext_getitem_plain;
    s->setitem = ext_setitem;
}

static void fill_table(int t)
{
    fill_slots(EXT_DT_SLOTS(&ext_dtypes[t]));
    PyArray_ArrFuncs *f = &EXT_DT_SLOTS(&ext_dtypes[t])->funcs;
    *f = (PyArray_ArrFuncs){.getitem = any_getitem,
                            .setitem = any_setitem,
                            .copyswapn = any_copyswapn,
                            .copyswap = any_copyswap,
                            .compare = any_compare,
                            .argmax = any_argmax,
                            .argmin = any_argmin,
                            .nonzero = any_nonzero,
                            .fillwithscalar = any_fillwithscalar};
    for (int k = 0; k < 3; k++) {
        f->sort[k] = any_sort;
        f->argsort[k] = any_argsort;
    }
    for (int k = 0; k < 21; k++) f->cast[k] = any_cast;
#define FIXED(s) f->copyswap = copyswap_##s, f->copyswapn = copyswapn_##s
    bool paired = PyTypeNum_ISCOMPLEX(t);
    if (PyTypeNum_ISNUMBER(t) || PyTypeNum_ISBOOL(t) || PyTypeNum_ISDATETIME(t))
        switch (ext_builtin_descrs[t]->elsize) {
        case 1: FIXED(1); break;
        case 2: FIXED(2); break;
        case 4: FIXED(4); break;
        case 8: paired ? (FIXED(c8)) : (FIXED(8)); break;
        case 16: paired ? (FIXED(c16)) : (FIXED(16)); break;
        case 32: FIXED(c32); break;
        }
#undef FIXED
    switch (t) {
#define NUMBERS(num, s)                                                                            \
    case num:                                                                                      \
        f->compare = compare_##s, f->argmax = argmax_##s, f->argmin = argmin_##s,                  \
        f->nonzero = nonzero_##s;                                                                  \
        f->dotfunc = dot_##s, f->fill = fill_##s, f->fillwithscalar = fillwithscalar_##s;          \
        break
        NUMBERS(NPY_BOOL, b1);
        NUMBERS(NPY_BYTE, i8);
        NUMBERS(NPY_UBYTE, u8);
        NUMBERS(NPY_SHORT, i16);
        NUMBERS(NPY_USHORT, u16);
        NUMBERS(NPY_INT, i32);
        NUMBERS(NPY_UINT, u32);
        NUMBERS(NPY_LONG, i64);
        NUMBERS(NPY_ULONG, u64);
        NUMBERS(NPY_LONGLONG, i64);
        NUMBERS(NPY_ULONGLONG, u64);
        NUMBERS(NPY_HALF, f16);
        NUMBERS(NPY_FLOAT, f32);
        NUMBERS(NPY_DOUBLE, f64);
        NUMBERS(NPY_LONGDOUBLE, fld);
#undef NUMBERS
    case NPY_CFLOAT:
    case NPY_CDOUBLE:
    case NPY_CLONGDOUBLE:
        f->compare = complex_compare;
        f->dotfunc = t == NPY_CFLOAT ? dot_c64 : t == NPY_CDOUBLE ? dot_c128 : dot_cld;
        f->fill = any_fill;
        break;
    case NPY_OBJECT:
        f->dotfunc = object_dot;
        f->fill = any_fill;
        f->copyswap = object_copyswap;
        f->copyswapn = object_copyswapn;
        break;
    case NPY_DATETIME:
    case NPY_TIMEDELTA:
        f->compare = nat_compare;
        f->fill = time_fill;
        if (t == NPY_TIMEDELTA) f->dotfunc = dot_i64;
        break;
    }
    if (t == NPY_BOOL) f->fill = NULL, f->dotfunc = bool_dot;
}

PyArray_ArrFuncs *_PyDataType_GetArrFuncs(const PyArray_Descr *d)
{
    ext_dt_slots *s = EXT_DT_SLOTS(NPY_DTYPE((PyArray_Descr *)d));
    return s->legacy_funcs ? s->legacy_funcs : &s->funcs;
}

PyArray_VectorUnaryFunc *PyArray_GetCastFunc(PyArray_Descr *d, int type_num)
{
    PyArray_ArrFuncs *f = _PyDataType_GetArrFuncs(d);
    PyArray_VectorUnaryFunc *r = NULL;
    if (type_num < 21)
        r = f->cast[type_num];
    else if (f->castdict && PyDict_Check(f->castdict)) {
        PyObject *key = PyLong_FromLong(type_num),
                 *c = key ? PyDict_GetItem(f->castdict, key) : NULL;
        if (c && PyCapsule_CheckExact(c)) r = PyCapsule_GetPointer(c, NULL);
        Py_XDECREF(key);
    }
    if (!r && type_num < NPY_NTYPES_LEGACY) r = any_cast;
    if (!r) PyErr_SetString(PyExc_ValueError, "No cast function available.");
    return r;
}

void ext_arrfuncs_init(void)
{
    for (int t = 0; t < NPY_NTYPES_LEGACY; t++) fill_table(t);
    PyArray_DTypeMeta *weak[] = {&ext_pyint, &ext_pyfloat, &ext_pycomplex};
    for (int i = 0; i < 3; i++) fill_slots(EXT_DT_SLOTS(weak[i]));
}
