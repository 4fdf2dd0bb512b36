/* The core's string loops as loops of ufuncs: new ufuncs (find, isalpha, _center, ...), and more
 * loops for add, multiply and the comparisons. */
#include "array.h"
#include "string_ops.h"
#include "ufunc_call.h"
#include "ufunc_resolve.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* ---- the method behind each (ufunc, S or U)
 * ------------------------------------------------------------------- */
static const fnp_string_ufunc *row_of(PyArrayMethodObject *m)
{
    return m->static_data;
}

static PyArray_Descr *descr_for(const fnp_dtype *d)
{
    return d->kind == 'S' || d->kind == 'U' ? ext_descr_flexible(d->type_num, d->elsize)
                                            : PyArray_DescrFromType(d->type_num);
}

static NPY_CASTING resolve(PyArrayMethodObject *m, PyArray_DTypeMeta *const *classes,
                           PyArray_Descr *const *given, PyArray_Descr **loop, npy_intp *view_offset)
{
    const fnp_string_ufunc *u = row_of(m);
    const int nop = (int)(strlen(u->in) + strlen(u->out));
    fnp_dtype scratch[EXT_STRING_OPERANDS], dtypes[EXT_STRING_OPERANDS];
    const fnp_dtype *cores[EXT_STRING_OPERANDS] = {0};
    for (int i = 0; i < nop; i++)
        if (given[i] && !(cores[i] = ext_descr_core(given[i], &scratch[i]))) return -1;
    EXT_TRY(fnp_string_resolve(u, cores, dtypes, err), -1);
    for (int i = 0; i < nop; i++) {
        loop[i] = descr_for(&dtypes[i]);
        if (loop[i]) continue;
        while (i--) Py_CLEAR(loop[i]);
        return -1;
    }
    return NPY_NO_CASTING;
}

/* Our auxdata: the core's loop and whose it is. */
typedef struct string_loop {
    NpyAuxData base;
    const fnp_string_ufunc *u;
    fnp_loop inner;
} string_loop;

static void loop_free(NpyAuxData *a)
{
    fnp_loop_clear(&((string_loop *)a)->inner);
    PyMem_Free(a);
}

static NpyAuxData *loop_clone(NpyAuxData *a)
{
    const string_loop *from = (string_loop *)a;
    string_loop *to = PyMem_Malloc(sizeof *to);
    if (!to) return NULL;
    *to = *from;
    to->inner.aux = from->inner.aux->clone(from->inner.aux);
    if (to->inner.aux) return &to->base;
    PyMem_Free(to);
    return NULL;
}

static int run(PyArrayMethod_Context *context, char *const *data, const npy_intp *dims,
               const npy_intp *strides, NpyAuxData *aux)
{
    string_loop *l = (string_loop *)aux;
    int st = fnp_loop_call(&l->inner, data, dims, strides);
    if (st == 0) return 0;
    PyGILState_STATE gil = PyGILState_Ensure();
    fnp_error e = {.status = st};
    snprintf(e.message, sizeof e.message, "%s", fnp_string_loop_error(l->u, st));
    ext_raise((fnp_status)st, &e);
    PyGILState_Release(gil);
    return -1;
}

static int get_loop(PyArrayMethod_Context *context, int aligned, int move_references,
                    const npy_intp *strides, PyArrayMethod_StridedLoop **out, NpyAuxData **aux,
                    NPY_ARRAYMETHOD_FLAGS *flags)
{
    const fnp_string_ufunc *u = row_of((PyArrayMethodObject *)context->method);
    const int nop = (int)(strlen(u->in) + strlen(u->out));
    fnp_dtype dtypes[EXT_STRING_OPERANDS];
    string_loop *l = PyMem_Calloc(1, sizeof *l);
    EXT_ERROR(e);
    if (!l) {
        PyErr_NoMemory();
        return -1;
    }
    for (int i = 0; i < nop; i++) {
        const fnp_dtype *core = ext_descr_core(context->descriptors[i], &dtypes[i]);
        if (core && core != &dtypes[i]) dtypes[i] = *core;
    }
    fnp_status st = fnp_string_loop(u, dtypes, &ext_char_class, &l->inner, &e);
    if (st) {
        PyMem_Free(l);
        ext_raise(st, &e);
        return -1;
    }
    l->base.free = loop_free;
    l->base.clone = loop_clone;
    l->u = u;
    *out = run;
    *aux = &l->base;
    *flags = NPY_METH_NO_FLOATINGPOINT_ERRORS;
    return 0;
}

/* ---- the short way: dense arrays of one shape, Python texts and integers
 * ------------------------------------------------------------------- */
enum { SHORT_TEXT = 32 };

typedef struct short_call {
    PyArrayObject *model; /* tells the shape */
    int num;              /* NPY_STRING or NPY_UNICODE */
    char *data[EXT_STRING_OPERANDS];
    npy_intp sizes[EXT_STRING_OPERANDS], strides[EXT_STRING_OPERANDS];
    union {
        int64_t number;
        Py_UCS4 text[SHORT_TEXT + 1];
    } held[EXT_STRING_OPERANDS];
} short_call;

static bool short_array(short_call *c, int i, PyArrayObject *a)
{
    const int good = NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_ALIGNED;
    PyArray_Descr *d = PyArray_DESCR(a);
    if (d->type_num != c->num || (PyArray_FLAGS(a) & good) != good || !PyArray_ISNBO(d->byteorder))
        return false;
    if (c->model && !PyArray_SAMESHAPE(a, c->model)) return false;
    c->model = a;
    c->data[i] = PyArray_BYTES(a);
    c->sizes[i] = c->strides[i] = d->elsize;
    return true;
}

static bool short_text(short_call *c, int i, PyObject *o)
{
    Py_ssize_t n;
    c->data[i] = (char *)&c->held[i];
    c->strides[i] = 0;
    if (c->num == NPY_UNICODE && PyUnicode_CheckExact(o)) {
        n = PyUnicode_GET_LENGTH(o);
        c->sizes[i] = 4 * n;
        return n <= SHORT_TEXT && PyUnicode_AsUCS4(o, c->held[i].text, SHORT_TEXT + 1, 0);
    }
    if (c->num != NPY_STRING || !PyBytes_CheckExact(o)) return false;
    c->sizes[i] = n = PyBytes_GET_SIZE(o);
    c->data[i] = PyBytes_AS_STRING(o);
    return true;
}

static bool short_number(short_call *c, int i, PyObject *o)
{
    int overflow;
    if (!PyLong_CheckExact(o)) return false;
    c->held[i].number = PyLong_AsLongAndOverflow(o, &overflow);
    c->data[i] = (char *)&c->held[i].number;
    c->sizes[i] = c->strides[i] = 0;
    return !overflow;
}

PyObject *ufunc_text_call(PyUFuncObject *f, PyObject *const *args)
{
    if (!PyArray_CheckExact(args[0]) || PyArray_NDIM((PyArrayObject *)args[0]) == 0) return NULL;
    short_call c;
    c.model = NULL;
    c.num = PyArray_TYPE((PyArrayObject *)args[0]);
    const fnp_string_ufunc *u = c.num == NPY_STRING    ? ufunc_extra(f)->text[0]
                                : c.num == NPY_UNICODE ? ufunc_extra(f)->text[1]
                                                       : NULL;
    if (!u || u->rule == FNP_STR_GIVEN) return NULL;
    const int nin = f->nin;
    for (int i = 0; i < nin; i++) {
        bool ok = u->in[i] != 's' ? short_number(&c, i, args[i])
                  : PyArray_CheckExact(args[i])
                      ? short_array(&c, i, (PyArrayObject *)args[i])
                      : u->rule != FNP_STR_SUM && short_text(&c, i, args[i]);
        if (!ok) return NULL;
    }
    npy_intp size = u->rule == FNP_STR_SUM ? c.sizes[0] + c.sizes[1] : c.sizes[0];
    if (size <= 0 || size > INT_MAX) return NULL;
    PyArray_Descr *d = u->out[0] != 's' ? NULL : ext_descr_flexible(c.num, size);
    if (!d && u->out[0] == 's') return NULL;
    PyArrayObject *out =
        ext_array_like(c.model, d ? d : ext_builtin_descrs[u->out[0] == 'l' ? NPY_LONG : NPY_BOOL]);
    Py_XDECREF(d);
    if (!out) return NULL;
    c.data[nin] = PyArray_BYTES(out);
    c.sizes[nin] = c.strides[nin] = PyArray_ITEMSIZE(out);
    npy_intp n = PyArray_SIZE(out);
    PyThreadState *save = n > 500 ? PyEval_SaveThread() : NULL;
    int st = fnp_string_run(u, c.num == NPY_UNICODE ? 'U' : 'S', &ext_char_class, c.sizes, c.data,
                            n, c.strides);
    if (save) PyEval_RestoreThread(save);
    if (!st) return (PyObject *)out;
    Py_DECREF(out);
    fnp_error e = {.status = st};
    snprintf(e.message, sizeof e.message, "%s", fnp_string_loop_error(u, st));
    ext_raise((fnp_status)st, &e);
    return NULL;
}

/* ---- registration
 * ------------------------------------------------------------------------------------------- */
static int class_num(char kind, char type)
{
    return kind == 'l'   ? NPY_INT64
           : kind == '?' ? NPY_BOOL
           : type == 'U' ? NPY_UNICODE
                         : NPY_STRING;
}

static int add_entry(PyUFuncObject *ufunc, PyArray_DTypeMeta *const *classes, int nop,
                     PyObject *what_stolen)
{
    PyObject *t = what_stolen ? PyTuple_New(nop) : NULL, *info = NULL;
    for (int i = 0; t && i < nop; i++)
        PyTuple_SET_ITEM(t, i, Py_NewRef(classes[i] ? (PyObject *)classes[i] : Py_None));
    if (t) info = PyTuple_Pack(2, t, what_stolen);
    int r = info ? ufunc_add_loop(ufunc, info, false) : -1;
    Py_XDECREF(info);
    Py_XDECREF(t);
    Py_XDECREF(what_stolen);
    return r;
}

static int add_method(PyUFuncObject *ufunc, const fnp_string_ufunc *u, char type)
{
    PyArray_DTypeMeta *classes[EXT_STRING_OPERANDS];
    const int nin = (int)strlen(u->in), nout = (int)strlen(u->out);
    PyType_Slot slots[] = {{NPY_METH_resolve_descriptors, (void *)resolve},
                           {NPY_METH_get_loop, (void *)get_loop},
                           {_NPY_METH_static_data, (void *)u},
                           {0, NULL}};
    PyArrayMethod_Spec spec = {.name = u->name,
                               .nin = nin,
                               .nout = nout,
                               .casting = NPY_NO_CASTING,
                               .flags = NPY_METH_NO_FLOATINGPOINT_ERRORS,
                               .dtypes = classes,
                               .slots = slots};
    for (int i = 0; i < nin + nout; i++)
        if (!(classes[i] =
                  ext_dtype_from_num(class_num(i < nin ? u->in[i] : u->out[i - nin], type))))
            return -1;
    return add_entry(ufunc, classes, nin + nout, (PyObject *)ext_method_from_spec(&spec, 1));
}

/* Integer operands of any kind become int64, a fill text the type of the text to fill. */
static int promote(PyObject *ufunc, PyArray_DTypeMeta *const given[],
                   PyArray_DTypeMeta *const fixed[], PyArray_DTypeMeta *out[])
{
    const fnp_string_ufunc *u = fnp_string_ufuncs();
    PyUFuncObject *f = (PyUFuncObject *)ufunc;
    PyArray_DTypeMeta *text = NULL;
    for (int i = 0; i < f->nin; i++)
        if (given[i] && (given[i]->type_num == NPY_STRING || given[i]->type_num == NPY_UNICODE)) {
            text = given[i];
            break;
        }
    while (u->name && (strcmp(u->name, f->name) || (given[0] != text && u->in[0] == 's'))) u++;
    if (!u->name || !text) return -1;
    for (int i = 0; i < f->nargs; i++) {
        char kind = i < f->nin ? u->in[i] : u->out[i - f->nin];
        if (kind == 'l' && (given[i] == &ext_pyfloat || given[i] == &ext_pycomplex)) {
            /* a Python number has no descriptor that the casting check would see */
            int num = given[i] == &ext_pyfloat ? NPY_DOUBLE : NPY_CDOUBLE;
            return ufunc_cast_error(f, NPY_SAME_KIND_CASTING, ext_builtin_descrs[num],
                                    ext_builtin_descrs[NPY_INT64], i);
        }
        out[i] = kind == 's' ? text : ext_dtype_from_num(class_num(kind, 0));
        Py_XINCREF(out[i]);
    }
    return 0;
}

/* `count`: what counts in arithmetic. */
static int add_promoter(PyUFuncObject *ufunc, const fnp_string_ufunc *u, char type,
                        PyArray_DTypeMeta *count)
{
    PyArray_DTypeMeta *classes[EXT_STRING_OPERANDS] = {0};
    const int nin = (int)strlen(u->in), nout = (int)strlen(u->out);
    const bool arithmetic = u->rule == FNP_STR_GIVEN && u->name[0] != '_';
    bool text = false;
    if (!strchr(u->in, 'l') || !(arithmetic || count == &ext_int_abstract)) return 0;
    for (int i = 0; i < nin; i++) {
        /* only the first text decides; what follows an integer is a fill text */
        if (u->in[i] == 'l') {
            if (arithmetic) classes[i] = count;
        } else if (!text || u->in[i - 1] == 's') {
            classes[i] = ext_dtype_from_num(class_num('s', type));
            text = true;
        }
    }
    return add_entry(ufunc, classes, nin + nout,
                     PyCapsule_New((void *)promote, "numpy._ufunc_promoter", NULL));
}

/* The ufunc of that name in the module, made if it is not there. Borrowed. */
static PyUFuncObject *ufunc_named(PyObject *module, const fnp_string_ufunc *u)
{
    PyObject *space = PyModule_GetDict(module), *f = PyDict_GetItemString(space, u->name);
    if (f) return (PyUFuncObject *)f;
    PyObject *identity = u->out[0] == '?'                  ? Py_NewRef(Py_False)
                         : strcmp(u->name, "str_len") == 0 ? PyLong_FromLong(0)
                                                           : NULL;
    f = PyUFunc_FromFuncAndDataAndSignatureAndIdentity(
        NULL, NULL, NULL, 0, (int)strlen(u->in), (int)strlen(u->out),
        identity ? PyUFunc_IdentityValue : PyUFunc_None, u->name, NULL, 0, NULL, identity);
    Py_XDECREF(identity);
    if (!f) return NULL;
    int r = PyDict_SetItemString(space, u->name, f);
    Py_DECREF(f);
    return r < 0 ? NULL : (PyUFuncObject *)f;
}

HIDDEN int ext_init_string_ufuncs(PyObject *module)
{
    for (const fnp_string_ufunc *u = fnp_string_ufuncs(); u->name; u++) {
        PyUFuncObject *f = ufunc_named(module, u);
        if (!f) return -1;
        for (const char *t = u->types; *t; t++)
            if (u->in[0] == 's') ufunc_extra(f)->text[*t == 'U'] = u;
        for (const char *t = u->types; *t; t++)
            if (add_method(f, u, *t) < 0 || add_promoter(f, u, *t, &ext_int_abstract) < 0 ||
                add_promoter(f, u, *t, ext_dtype_from_num(NPY_DATETIME)) < 0 ||
                add_promoter(f, u, *t, ext_dtype_from_num(NPY_TIMEDELTA)) < 0)
                return -1;
    }
    return 0;
}
