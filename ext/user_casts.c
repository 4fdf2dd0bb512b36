/* Cast loops of user types, as the core runs them: registered functions of legacy types, methods of
 * new-style ones, and what goes through Python objects. */
#include "casts.h"

#include <string.h>

typedef struct {
    fnp_auxdata base;
    PyArray_Descr *from, *to;
    PyArray_VectorUnaryFunc *function;
    /* a method of the DType API with its own descriptors, and casts to and from these */
    PyArrayMethod_Context context;
    PyArray_Descr *loop[2];
    PyArrayMethod_StridedLoop *strided;
    NpyAuxData *aux;
    fnp_cast before, after;
    bool has_before, has_after;
} UserAux;

static void user_free(fnp_auxdata *a)
{
    UserAux *u = (UserAux *)a;
    PyGILState_STATE gil = PyGILState_Ensure();
    if (u->has_before) fnp_cast_clear(&u->before);
    if (u->has_after) fnp_cast_clear(&u->after);
    NPY_AUXDATA_FREE(u->aux);
    Py_XDECREF(u->from);
    Py_XDECREF(u->to);
    Py_XDECREF(u->loop[0]);
    Py_XDECREF(u->loop[1]);
    Py_XDECREF(u->context.method);
    PyGILState_Release(gil);
    PyMem_RawFree(u);
}

static fnp_auxdata *user_clone(fnp_auxdata *a)
{
    return NULL;
}

static UserAux *aux_new(PyArray_Descr *from, PyArray_Descr *to)
{
    UserAux *u = PyMem_RawCalloc(1, sizeof *u);
    if (!u) return NULL;
    u->base.free = user_free;
    u->base.clone = user_clone;
    u->from = (PyArray_Descr *)Py_NewRef(from);
    u->to = (PyArray_Descr *)Py_NewRef(to);
    return u;
}

static void fake_array(PyArrayObject_fields *f, PyArray_Descr *d)
{
    *f = (PyArrayObject_fields){.descr = d, .flags = NPY_ARRAY_BEHAVED | NPY_ARRAY_C_CONTIGUOUS};
    Py_SET_TYPE(f, &PyArray_Type);
    Py_SET_REFCNT(f, 1 << 20);
}

/* ---- registered functions: contiguous, aligned, native
 * ------------------------------------------------------------- */
static int run_function(void *ctx, char *const *data, const fnp_intp *dims, const fnp_intp *st,
                        void *aux)
{
    UserAux *u = aux;
    PyArrayObject_fields fa, ta;
    fake_array(&fa, u->from);
    fake_array(&ta, u->to);
    PyArray_ArrFuncs *ff = _PyDataType_GetArrFuncs(u->from), *tf = _PyDataType_GetArrFuncs(u->to);
    npy_intp fs = u->from->elsize, ts = u->to->elsize;
    _Alignas(16) char in_small[256], out_small[256];
    char *in = fs <= 256 ? in_small : PyMem_RawMalloc(fs),
         *out = ts <= 256 ? out_small : PyMem_RawMalloc(ts);
    const char *s = data[0];
    char *d = data[1];
    bool swap_in = !PyArray_ISNBO(u->from->byteorder), swap_out = !PyArray_ISNBO(u->to->byteorder);
    for (fnp_intp i = 0; in && out && i < dims[0]; i++, s += st[0], d += st[1]) {
        memcpy(in, s, fs);
        memset(out, 0, ts);
        if (swap_in) ff->copyswap(in, NULL, 1, &fa);
        u->function(in, out, 1, &fa, &ta);
        if (PyErr_Occurred()) break;
        if (swap_out) tf->copyswap(out, NULL, 1, &ta);
        if (u->to->flags & NPY_ITEM_REFCOUNT) {
            PyObject *old;
            memcpy(&old, d, sizeof old);
            Py_XDECREF(old);
        }
        memcpy(d, out, ts);
    }
    if (in != in_small) PyMem_RawFree(in);
    if (out != out_small) PyMem_RawFree(out);
    return PyErr_Occurred() ? -1 : 0;
}

static int run_copy(void *ctx, char *const *data, const fnp_intp *dims, const fnp_intp *st,
                    void *aux)
{
    UserAux *u = aux;
    PyArrayObject_fields fa;
    fake_array(&fa, u->from);
    PyArray_ArrFuncs *f = _PyDataType_GetArrFuncs(u->from);
    int swap = PyArray_ISNBO(u->from->byteorder) != PyArray_ISNBO(u->to->byteorder);
    if (f->copyswapn)
        f->copyswapn(data[1], st[1], data[0], st[0], dims[0], swap, &fa);
    else
        for (fnp_intp i = 0; i < dims[0]; i++)
            f->copyswap(data[1] + i * st[1], data[0] + i * st[0], swap, &fa);
    return PyErr_Occurred() ? -1 : 0;
}

/* ---- through Python objects
 * --------------------------------------------------------------------------------------------- */
static int run_via_object(void *ctx, char *const *data, const fnp_intp *dims, const fnp_intp *st,
                          void *aux)
{
    UserAux *u = aux;
    const char *s = data[0];
    char *d = data[1];
    for (fnp_intp i = 0; i < dims[0]; i++, s += st[0], d += st[1]) {
        PyObject *o = ext_getitem(u->from, s, NULL);
        int r = o ? ext_setitem(u->to, o, d) : -1;
        Py_XDECREF(o);
        if (r < 0) return -1;
    }
    return 0;
}

/* ---- methods
 * --------------------------------------------------------------------------------------------------------------
 */
enum { CHUNK = 128 };

static int run_method(void *ctx, char *const *data, const fnp_intp *dims, const fnp_intp *st,
                      void *aux)
{
    UserAux *u = aux;
    if (!u->has_before && !u->has_after) return u->strided(&u->context, data, dims, st, u->aux);
    npy_intp is = u->loop[0]->elsize, os = u->loop[1]->elsize;
    char *block = PyMem_RawCalloc(CHUNK, is + os);
    if (!block) return FNP_ENOMEM;
    int r = 0;
    EXT_ERROR(e);
    for (fnp_intp at = 0; r == 0 && at < dims[0]; at += CHUNK) {
        fnp_intp n = dims[0] - at < CHUNK ? dims[0] - at : CHUNK;
        char *args[2] = {data[0] + at * st[0], data[1] + at * st[1]};
        fnp_intp strides[2] = {st[0], st[1]};
        if (u->has_before) {
            r = fnp_cast_run(&u->before, args[0], st[0], block, is, n, &e);
            args[0] = block;
            strides[0] = is;
        }
        char *final = args[1];
        if (u->has_after) {
            args[1] = block + CHUNK * is;
            strides[1] = os;
        }
        if (r == 0) r = u->strided(&u->context, args, &n, strides, u->aux);
        if (r == 0 && u->has_after) r = fnp_cast_run(&u->after, args[1], os, final, st[1], n, &e);
    }
    PyMem_RawFree(block);
    if (r > 0 && !PyErr_Occurred()) ext_raise((fnp_status)r, &e);
    return r ? -1 : 0;
}

static fnp_status prepare_cast(PyArray_Descr *a, PyArray_Descr *b, npy_intp ss, npy_intp ds,
                               fnp_cast *out, bool *has, fnp_error *err)
{
    fnp_dtype s1, s2;
    const fnp_dtype *x = ext_descr_core(a, &s1), *y = x ? ext_descr_core(b, &s2) : NULL;
    if (!y) return FNP_EPYTHON;
    fnp_status st = fnp_cast_init(out, x, y, ss, ds, FNP_CASTF_UNALIGNED, err);
    if (!st) *has = true;
    return st;
}

static fnp_status method_cast(UserAux *u, PyArrayMethodObject *m, fnp_intp ss, fnp_intp ds,
                              uint32_t flags, fnp_cast *out, fnp_error *err)
{
    PyArray_Descr *given[2] = {u->from, u->to};
    npy_intp view;
    int level = ext_cast_resolve(NPY_DTYPE(u->from), NPY_DTYPE(u->to), given, u->loop, &view);
    if (level < 0) return FNP_EPYTHON;
    if (level == FNP_CAST_NEVER) return fnp_fail(err, FNP_ETYPE, "the cast does not exist");
    fnp_intp strides[2] = {ss, ds};
    /* a method may answer with other instances than were asked for: then it is one of three steps
     */
    if (u->loop[0] != u->from && !ext_descr_equiv(u->loop[0], u->from)) {
        FNP_TRY(prepare_cast(u->from, u->loop[0], ss, u->loop[0]->elsize, &u->before,
                             &u->has_before, err));
        strides[0] = u->loop[0]->elsize;
    }
    if (u->loop[1] != u->to && !ext_descr_equiv(u->loop[1], u->to)) {
        FNP_TRY(
            prepare_cast(u->loop[1], u->to, u->loop[1]->elsize, ds, &u->after, &u->has_after, err));
        strides[1] = u->loop[1]->elsize;
    }
    if (!u->has_before) Py_SETREF(u->loop[0], (PyArray_Descr *)Py_NewRef(u->from));
    if (!u->has_after) Py_SETREF(u->loop[1], (PyArray_Descr *)Py_NewRef(u->to));
    u->context = (PyArrayMethod_Context){
        .caller = NULL, .method = (PyArrayMethodObject *)Py_NewRef(m), .descriptors = u->loop};
    if (flags & FNP_CASTF_SAME_VALUE) u->context.flags |= NPY_SAME_VALUE_CONTEXT_FLAG;
    int aligned = !(flags & FNP_CASTF_UNALIGNED);
    NPY_ARRAYMETHOD_FLAGS mflags = m->flags;
    int r;
    if (m->get_loop)
        r = m->get_loop(&u->context, aligned, (flags & FNP_CASTF_MOVE_REFS) != 0, strides,
                        &u->strided, &u->aux, &mflags);
    else
        r = ext_method_get_loop(&u->context, aligned, strides, &u->strided, &u->aux, &mflags);
    if (r < 0) return FNP_EPYTHON;
    if (mflags & NPY_METH_NO_FLOATINGPOINT_ERRORS) out->loop.flags |= FNP_LOOP_NO_FLOAT_ERRORS;
    out->loop.fn = run_method;
    return FNP_OK;
}

HIDDEN fnp_status ext_user_get_cast(const fnp_dtype *from, const fnp_dtype *to, fnp_intp ss,
                                    fnp_intp ds, uint32_t flags, fnp_cast *out, fnp_error *err)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    PyArray_Descr *a = ext_descr_of_core(from), *b = a ? ext_descr_of_core(to) : NULL;
    fnp_status st = b ? FNP_OK : FNP_EPYTHON;
    UserAux *u = b ? aux_new(a, b) : NULL;
    if (b && !u) st = FNP_ENOMEM;
    if (u) {
        out->loop.aux = &u->base;
        out->loop.flags = FNP_LOOP_NEEDS_API | FNP_LOOP_UNALIGNED_OK;
        ext_cast_impl c = ext_find_cast(NPY_DTYPE(a), NPY_DTYPE(b));
        u->function = c.function;
        switch (c.kind) {
        case EXT_CAST_METHOD: st = method_cast(u, c.method, ss, ds, flags, out, err); break;
        case EXT_CAST_LEGACY: out->loop.fn = run_function; break;
        case EXT_CAST_COPY: out->loop.fn = run_copy; break;
        case EXT_CAST_FROM_OBJECT:
        case EXT_CAST_TO_OBJECT: out->loop.fn = run_via_object; break;
        default:
            PyErr_Format(PyExc_TypeError, "Cannot cast array data from %R to %R.", a, b);
            st = FNP_EPYTHON;
        }
        if (st) fnp_loop_clear(&out->loop);
    }
    Py_XDECREF(a);
    Py_XDECREF(b);
    PyGILState_Release(gil);
    return st;
}

HIDDEN fnp_status ext_user_clear(PyArray_Descr *d, char *data, fnp_intp n, fnp_intp stride)
{
    if (!(d->flags & NPY_ITEM_REFCOUNT)) return FNP_OK;
    ext_dt_slots *s = EXT_DT_SLOTS(NPY_DTYPE(d));
    if (s->get_clear_loop) {
        PyArrayMethod_TraverseLoop *loop = NULL;
        NpyAuxData *aux = NULL;
        NPY_ARRAYMETHOD_FLAGS flags = 0;
        if (s->get_clear_loop(NULL, d, 1, stride, &loop, &aux, &flags) < 0) return FNP_EPYTHON;
        int r = loop ? loop(NULL, d, data, n, stride, aux) : 0;
        NPY_AUXDATA_FREE(aux);
        if (r < 0) return FNP_EPYTHON;
        return FNP_OK;
    }
    if (ext_descr_is_legacy(d) && d->elsize == sizeof(PyObject *)) /* a legacy type of references */
        for (fnp_intp i = 0; i < n; i++) {
            PyObject *o;
            memcpy(&o, data + i * stride, sizeof o);
            memset(data + i * stride, 0, sizeof o);
            Py_XDECREF(o);
        }
    return FNP_OK;
}
