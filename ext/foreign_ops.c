/* The core's element operations on types that it cannot interpret: objects, StringDType, user
 * types. */
#include "element.h"

#include <string.h>

HIDDEN fnp_status ext_user_get_cast(const fnp_dtype *from, const fnp_dtype *to, fnp_intp ss,
                                    fnp_intp ds, uint32_t flags, fnp_cast *out, fnp_error *err)
    __attribute__((weak));
HIDDEN fnp_status ext_user_clear(PyArray_Descr *d, char *data, fnp_intp n, fnp_intp stride)
    __attribute__((weak));

/* ---- the descriptor behind a fnp_dtype
 * ----------------------------------------------------------- */
static PyArray_Descr *rebuild(const fnp_dtype *dt)
{
    if (dt->type_num < 0 || dt->type_num >= NPY_NTYPES_LEGACY) return NULL;
    PyArray_Descr *d;
    if (fnp_typenum_is_time(dt->type_num))
        d = ext_descr_time(dt->type_num, dt->meta.unit, dt->meta.num);
    else
        d = PyArray_DescrNewFromType(dt->type_num);
    if (!d) return NULL;
    d->elsize = dt->elsize;
    if (dt->swapped) d->byteorder = NPY_OPPBYTE;
    return d;
}

PyArray_Descr *ext_descr_of_core(const fnp_dtype *dt)
{
    PyArray_Descr *d = dt->handle;
    if (d && d->elsize == dt->elsize && d->type_num == dt->type_num &&
        (d->byteorder == NPY_OPPBYTE) == (dt->swapped != 0))
        return (PyArray_Descr *)Py_NewRef(d);
    bool simple = dt->type_num >= 0 && dt->type_num < NPY_NTYPES_LEGACY && !dt->swapped &&
                  !fnp_typenum_is_time(dt->type_num) && !fnp_typenum_is_flexible(dt->type_num);
    if (simple) return (PyArray_Descr *)Py_NewRef(ext_builtin_descrs[dt->type_num]);
    if (!d || dt->nfields < 0) {
        PyArray_Descr *r = rebuild(dt);
        if (r || PyErr_Occurred()) return r;
    }
    if (d && dt->swapped != (d->byteorder == NPY_OPPBYTE))
        return PyArray_DescrNewByteorder(d, NPY_SWAP);
    if (d) return (PyArray_Descr *)Py_NewRef(d);
    PyErr_SetString(PyExc_SystemError, "a core dtype without a descriptor");
    return NULL;
}

/* ---- casts from and to objects
 * --------------------------------------------------------------------- */
typedef struct {
    fnp_auxdata base;
    PyArray_Descr *descr; /* the side that is not objects */
} ObjectAux;

static void aux_free(fnp_auxdata *a)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    Py_XDECREF(((ObjectAux *)a)->descr);
    PyGILState_Release(gil);
    PyMem_RawFree(a);
}

static fnp_auxdata *aux_clone(fnp_auxdata *a)
{
    ObjectAux *n = PyMem_RawMalloc(sizeof *n);
    if (!n) return NULL;
    *n = *(ObjectAux *)a;
    PyGILState_STATE gil = PyGILState_Ensure();
    Py_XINCREF(n->descr);
    PyGILState_Release(gil);
    return &n->base;
}

static PyObject *load_object(const char *p)
{
    PyObject *o;
    memcpy(&o, p, sizeof o);
    return o;
}

static void store_object(char *p, PyObject *o)
{
    memcpy(p, &o, sizeof o);
}

static int copy_objects(void *ctx, char *const *data, const fnp_intp *dims, const fnp_intp *st,
                        void *aux)
{
    const char *s = data[0];
    char *d = data[1];
    for (fnp_intp i = 0; i < dims[0]; i++, s += st[0], d += st[1]) {
        PyObject *o = load_object(s), *old = load_object(d);
        Py_XINCREF(o);
        store_object(d, o);
        Py_XDECREF(old);
    }
    return 0;
}

static int move_objects(void *ctx, char *const *data, const fnp_intp *dims, const fnp_intp *st,
                        void *aux)
{
    char *s = data[0], *d = data[1];
    for (fnp_intp i = 0; i < dims[0]; i++, s += st[0], d += st[1]) {
        PyObject *o = load_object(s), *old = load_object(d);
        store_object(s, NULL);
        store_object(d, o);
        Py_XDECREF(old);
    }
    return 0;
}

static int from_objects(void *ctx, char *const *data, const fnp_intp *dims, const fnp_intp *st,
                        void *aux)
{
    PyArray_Descr *d = ((ObjectAux *)aux)->descr;
    const char *s = data[0];
    char *out = data[1];
    for (fnp_intp i = 0; i < dims[0]; i++, s += st[0], out += st[1]) {
        PyObject *o = load_object(s);
        if (PyArray_Pack(d, out, o ? o : Py_None) < 0) return -1;
    }
    return 0;
}

static int from_objects_moving(void *ctx, char *const *data, const fnp_intp *dims,
                               const fnp_intp *st, void *aux)
{
    int r = from_objects(ctx, data, dims, st, aux);
    char *s = data[0];
    for (fnp_intp i = 0; i < dims[0]; i++, s += st[0]) {
        PyObject *o = load_object(s);
        store_object(s, NULL);
        Py_XDECREF(o);
    }
    return r;
}

static int to_objects(void *ctx, char *const *data, const fnp_intp *dims, const fnp_intp *st,
                      void *aux)
{
    PyArray_Descr *d = ((ObjectAux *)aux)->descr;
    const char *s = data[0];
    char *out = data[1];
    for (fnp_intp i = 0; i < dims[0]; i++, s += st[0], out += st[1]) {
        PyObject *o = ext_getitem(d, s, NULL);
        if (!o) return -1;
        PyObject *old = load_object(out);
        store_object(out, o);
        Py_XDECREF(old);
    }
    return 0;
}

static fnp_status get_cast(const fnp_dtype *from, const fnp_dtype *to, fnp_intp ss, fnp_intp ds,
                           uint32_t flags, fnp_cast *out, fnp_error *err)
{
    bool from_obj = from->type_num == FNP_OBJECT, to_obj = to->type_num == FNP_OBJECT;
    bool move = (flags & FNP_CASTF_MOVE_REFS) != 0;
    bool foreign = (!from_obj && from->ops) || (!to_obj && to->ops);
    if (foreign) {
        if (ext_user_get_cast) return ext_user_get_cast(from, to, ss, ds, flags, out, err);
        return fnp_fail(err, FNP_ENOTIMPL, "casts of user types");
    }
    out->loop.flags = FNP_LOOP_NEEDS_API | FNP_LOOP_UNALIGNED_OK | FNP_LOOP_NO_FLOAT_ERRORS;
    if (from_obj && to_obj) {
        out->loop.fn = move ? move_objects : copy_objects;
        return FNP_OK;
    }
    ObjectAux *a = PyMem_RawCalloc(1, sizeof *a);
    if (!a) return fnp_fail(err, FNP_ENOMEM, "out of memory");
    a->base.free = aux_free;
    a->base.clone = aux_clone;
    a->descr = ext_descr_of_core(from_obj ? to : from);
    out->loop.aux = &a->base;
    if (!a->descr) {
        fnp_loop_clear(&out->loop);
        return FNP_EPYTHON;
    }
    out->loop.fn = to_obj ? to_objects : move ? from_objects_moving : from_objects;
    return FNP_OK;
}

/* ---- the other operations
 * ------------------------------------------------------------------------------ */
static fnp_status clear(const fnp_dtype *dt, char *data, fnp_intp n, fnp_intp stride,
                        fnp_error *err)
{
    if (dt->type_num != FNP_OBJECT) {
        if (ext_user_clear) return ext_user_clear(dt->handle, data, n, stride);
        return fnp_fail(err, FNP_ENOTIMPL, "clearing user types");
    }
    for (fnp_intp i = 0; i < n; i++, data += stride) {
        PyObject *o = load_object(data);
        store_object(data, NULL);
        Py_XDECREF(o);
    }
    return FNP_OK;
}

static fnp_status fill_zero(const fnp_dtype *dt, char *data, fnp_intp n, fnp_intp stride,
                            fnp_error *err)
{
    if (dt->type_num != FNP_OBJECT) return FNP_OK;
    PyObject *zero = PyLong_FromLong(0);
    if (!zero) return FNP_EPYTHON;
    for (fnp_intp i = 0; i < n; i++, data += stride) {
        PyObject *old = load_object(data);
        store_object(data, Py_NewRef(zero));
        Py_XDECREF(old);
    }
    Py_DECREF(zero);
    return FNP_OK;
}

static int compare(const fnp_dtype *dt, const char *a, const char *b, bool *failed)
{
    if (*failed) return 0; /* whoever asks ends soon */
    if (dt->type_num != FNP_OBJECT) {
        PyArray_ArrFuncs *f = _PyDataType_GetArrFuncs(dt->handle);
        if (!f || !f->compare) {
            PyErr_SetString(PyExc_TypeError, "type does not have compare function");
            *failed = true;
            return 0;
        }
        PyArrayObject_fields fake = {.descr = dt->handle, .flags = NPY_ARRAY_BEHAVED};
        Py_SET_TYPE(&fake, &PyArray_Type);
        Py_SET_REFCNT(&fake, 1);
        int r = f->compare(a, b, &fake);
        if (PyErr_Occurred()) *failed = true;
        return r;
    }
    PyObject *x = load_object(a), *y = load_object(b);
    if (!x || !y) return x == y ? 0 : x ? -1 : 1; /* empty slots sort last */
    Py_INCREF(x);
    Py_INCREF(y);
    int r = 0, lt = PyObject_RichCompareBool(x, y, Py_LT);
    if (lt > 0)
        r = -1;
    else if (lt == 0) {
        int gt = PyObject_RichCompareBool(x, y, Py_GT);
        if (gt < 0) *failed = true;
        r = gt > 0;
    }
    if (lt < 0) *failed = true;
    Py_DECREF(x);
    Py_DECREF(y);
    return r;
}

static bool nonzero(const fnp_dtype *dt, const char *a, bool *failed)
{
    if (dt->type_num != FNP_OBJECT) {
        PyArray_ArrFuncs *f = _PyDataType_GetArrFuncs(dt->handle);
        if (f && f->nonzero) {
            PyArrayObject_fields fake = {.descr = dt->handle, .flags = NPY_ARRAY_BEHAVED};
            Py_SET_TYPE(&fake, &PyArray_Type);
            Py_SET_REFCNT(&fake, 1);
            bool r = f->nonzero((void *)a, &fake);
            if (PyErr_Occurred()) *failed = true;
            return r;
        }
        PyObject *o = ext_getitem(dt->handle, a, NULL);
        int r = o ? PyObject_IsTrue(o) : -1;
        Py_XDECREF(o);
        *failed = r < 0;
        return r > 0;
    }
    PyObject *o = load_object(a);
    if (!o) return false;
    int r = PyObject_IsTrue(o);
    if (r < 0) *failed = true;
    return r > 0;
}

const fnp_dtype_ops ext_foreign_ops = {get_cast, clear, fill_zero, compare, nonzero};
