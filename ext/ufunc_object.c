/* The ufunc type: construction, attributes, the table of built-in ufuncs. */
#include "ufunc.h"

#include <ctype.h>
#include <string.h>

/* ---- life
 * ---------------------------------------------------------------------------------------------------------
 */

static void ufunc_dealloc(PyObject *self)
{
    PyUFuncObject *u = (PyUFuncObject *)self;
    UfuncExtra *x = ufunc_extra(u);
    PyObject_GC_UnTrack(self);
    PyMem_Free(u->core_num_dims);
    PyMem_Free(u->core_dim_ixs);
    PyMem_Free(u->core_offsets);
    PyMem_Free(u->core_signature);
    PyMem_Free(u->core_dim_sizes);
    PyMem_Free(u->core_dim_flags);
    PyMem_Free(u->op_flags);
    if (u->ptr) PyArray_free(u->ptr);
    if (x) {
        PyMem_Free(x->owned_doc);
        PyMem_Free(x->owned_name);
        PyMem_Free(x->owned_functions);
        PyMem_Free(x->owned_data);
        PyMem_Free(x->owned_types);
        PyMem_Free(x);
    }
    Py_XDECREF(u->userloops);
    Py_XDECREF(u->identity_value);
    Py_XDECREF(u->obj);
    Py_XDECREF(u->_loops);
    Py_XDECREF(u->dict);
    PyObject_GC_Del(self);
}

static int ufunc_traverse(PyObject *self, visitproc visit, void *arg)
{
    PyUFuncObject *u = (PyUFuncObject *)self;
    Py_VISIT(u->obj);
    if (u->identity == PyUFunc_IdentityValue) Py_VISIT(u->identity_value);
    Py_VISIT(u->dict);
    return 0;
}

/* Block of a new ufunc with its own tables; no loops, no name yet. */
static PyUFuncObject *ufunc_blank(int inputs, int outputs)
{
    if (inputs + outputs > NPY_MAXARGS) {
        PyErr_Format(PyExc_ValueError,
                     "Cannot construct a ufunc with more than %d operands (requested number were: "
                     "inputs = %d and outputs = %d)",
                     NPY_MAXARGS, inputs, outputs);
        return NULL;
    }
    PyUFuncObject *u = PyObject_GC_New(PyUFuncObject, &PyUFunc_Type);
    if (!u) return NULL;
    memset((char *)u + sizeof(PyObject), 0, sizeof *u - sizeof(PyObject));
    u->nin = inputs;
    u->nout = outputs;
    u->nargs = inputs + outputs;
    u->identity = PyUFunc_None;
    u->vectorcall = ufunc_vectorcall;
    u->type_resolver = PyUFunc_DefaultTypeResolver; /* clients put their own here */
    UfuncExtra *extra = PyMem_Calloc(1, sizeof *extra);
    u->_dispatch_cache = extra;
    u->op_flags = PyMem_Calloc((size_t)u->nargs + 1, sizeof(npy_uint32));
    u->_loops = PyList_New(0);
    u->dict = PyDict_New();
    if (!extra || !u->op_flags || !u->_loops || !u->dict) {
        ufunc_dealloc((PyObject *)u);
        PyErr_NoMemory();
        return NULL;
    }
    extra->seen_ntypes = -1;
    return u;
}

PyObject *PyUFunc_FromFuncAndDataAndSignatureAndIdentity(
    PyUFuncGenericFunction *loops, void *const *loop_data, const char *type_rows, int rows,
    int inputs, int outputs, int reorder, const char *title, const char *text, const int ignored,
    const char *core, PyObject *start)
{
    (void)ignored;
    PyUFuncObject *u = ufunc_blank(inputs, outputs);
    if (!u) return NULL;
    u->name = title ? title : "?";
    u->doc = text;
    u->functions = loops;
    u->data = loop_data;
    u->types = type_rows;
    u->ntypes = rows;
    u->identity = reorder;
    if (reorder == PyUFunc_IdentityValue) u->identity_value = Py_XNewRef(start);
    if (core && ufunc_parse_core_signature(u, core) < 0) {
        Py_DECREF(u);
        return NULL;
    }
    PyObject_GC_Track(u);
    return (PyObject *)u;
}

PyObject *PyUFunc_FromFuncAndDataAndSignature(PyUFuncGenericFunction *loops, void *const *loop_data,
                                              const char *type_rows, int rows, int inputs,
                                              int outputs, int reorder, const char *title,
                                              const char *text, int ignored, const char *core)
{
    return PyUFunc_FromFuncAndDataAndSignatureAndIdentity(loops, loop_data, type_rows, rows, inputs,
                                                          outputs, reorder, title, text, ignored,
                                                          core, NULL);
}

PyObject *PyUFunc_FromFuncAndData(PyUFuncGenericFunction *loops, void *const *loop_data,
                                  const char *type_rows, int rows, int inputs, int outputs,
                                  int reorder, const char *title, const char *text, int ignored)
{
    return PyUFunc_FromFuncAndDataAndSignature(loops, loop_data, type_rows, rows, inputs, outputs,
                                               reorder, title, text, ignored, NULL);
}

/* ---- the table
 * ------------------------------------------------------------------------------------------------------
 */

/* "dd->d" without the arrow, as type numbers. */
static void copy_types(const char *types, char *out)
{
    for (; *types; types++)
        if (*types != '-' && *types != '>') *out++ = (char)ext_typenum_from_char(*types);
}

/* As NumPy's own ufuncs have it: an object, which is None where the order is free and there is no
 * identity. */
static int identity_code(fnp_ufunc_identity id, PyObject **value)
{
    *value = NULL;
    switch (id) {
    case FNP_ID_NONE: return PyUFunc_None;
    case FNP_ID_REORDERABLE: *value = Py_NewRef(Py_None); break;
    case FNP_ID_ZERO: *value = PyLong_FromLong(0); break;
    case FNP_ID_ONE: *value = PyLong_FromLong(1); break;
    case FNP_ID_MINUSONE: *value = PyLong_FromLong(-1); break;
    case FNP_ID_TRUE: *value = Py_NewRef(Py_True); break;
    case FNP_ID_FALSE: *value = Py_NewRef(Py_False); break;
    case FNP_ID_NINF: *value = PyFloat_FromDouble(-NPY_INFINITY); break;
    }
    return PyUFunc_IdentityValue;
}

static const char *doc_of(const char *name)
{
    static const struct {
        const char *name, *text;
    } docs[] = {
#define DOC(name, text) {#name, text},
#include "ufunc_docs.def"
#undef DOC
    };
    for (size_t i = 0; i < sizeof docs / sizeof docs[0]; i++)
        if (strcmp(docs[i].name, name) == 0) return docs[i].text;
    return NULL;
}

static PyObject *make_builtin(const fnp_ufunc_info *info)
{
    int nargs = info->nin + info->nout, n = info->nloops;
    PyUFuncGenericFunction *functions = PyMem_Calloc((size_t)n + 1, sizeof *functions);
    void **data = PyMem_Calloc((size_t)n + 1, sizeof *data);
    char *types = PyMem_Calloc((size_t)n * nargs + 1, 1);
    if (!functions || !data || !types) return PyErr_NoMemory();
    for (int i = 0; i < n; i++) {
        const fnp_ufunc_loop *l = &info->loops[i];
        copy_types(l->types, types + i * nargs);
        if (l->object) {
            functions[i] = ufunc_object_loop(l->object, l->types, &data[i]);
            if (!functions[i]) return NULL;
        } else {
            functions[i] = (PyUFuncGenericFunction)fnp_ufunc_kernel(l);
        }
    }
    PyObject *value;
    int identity = identity_code(info->identity, &value);
    PyObject *o = PyUFunc_FromFuncAndDataAndSignatureAndIdentity(
        functions, data, types, n, info->nin, info->nout, identity, info->name, doc_of(info->name),
        0, info->signature, value);
    Py_XDECREF(value);
    if (!o) return NULL;
    UfuncExtra *x = ufunc_extra((PyUFuncObject *)o);
    x->info = info;
    x->flags = info->flags;
    x->owned_functions = functions;
    x->owned_data = data;
    x->owned_types = types;
    return o;
}

bool ufunc_is_built_in(PyUFuncObject *u, int index)
{
    const fnp_ufunc_info *info = ufunc_extra(u)->info;
    if (!info || index >= info->nloops || info->loops[index].object) return false;
    return u->functions[index] == (PyUFuncGenericFunction)fnp_ufunc_kernel(&info->loops[index]);
}

static PyObject *table; /* name -> ufunc; filled at import */

PyObject *ext_ufunc(const char *name)
{
    PyObject *u = ext_dict_get(table, name);
    if (!u && !PyErr_Occurred()) PyErr_Format(PyExc_SystemError, "no ufunc %s", name);
    return u;
}

static int add_builtins(PyObject *m)
{
    static const struct {
        const char *alias, *name;
    } aliases[] = {{"conj", "conjugate"}, {"mod", "remainder"}, {"true_divide", "divide"}};
    int n;
    const fnp_ufunc_info *info = fnp_ufunc_table(&n);
    if (!(table = PyDict_New())) return -1;
    for (int i = 0; i < n; i++) {
        PyObject *u = make_builtin(&info[i]);
        if (!u || PyDict_SetItemString(table, info[i].name, u) < 0 ||
            PyModule_AddObjectRef(m, info[i].name, u) < 0)
            return -1;
        Py_DECREF(u);
    }
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        PyObject *u = PyDict_GetItemString(table, aliases[i].name);
        if (PyDict_SetItemString(table, aliases[i].alias, u) < 0 ||
            PyModule_AddObjectRef(m, aliases[i].alias, u) < 0)
            return -1;
    }
    return 0;
}

/* ---- attributes
 * ------------------------------------------------------------------------------------------------------
 */

static PyObject *ufunc_repr(PyObject *self)
{
    return PyUnicode_FromFormat("<ufunc '%s'>", ufunc_name((PyUFuncObject *)self));
}

/* "x" or "x1, x2", "[, out]" and the keywords, as a signature for humans. */
static PyObject *text_signature(PyUFuncObject *u)
{
    PyObject *in = PyUnicode_FromString(u->nin == 0 ? "" : u->nin == 1 ? "x" : "x1");
    for (int i = 1; in && i < u->nin; i++) {
        PyObject *longer = PyUnicode_FromFormat("%U, x%d", in, i + 1);
        Py_SETREF(in, longer);
    }
    if (!in) return NULL;
    PyObject *out;
    if (u->nout == 1) {
        out = PyUnicode_FromString("out=None");
    } else {
        out = PyUnicode_FromString("[, out1");
        for (int i = 1; out && i < u->nout; i++) {
            PyObject *longer = PyUnicode_FromFormat("%U, out%d", out, i + 1);
            Py_SETREF(out, longer);
        }
        PyObject *tail = out ? PyUnicode_FromFormat("%U], / [, out=(None", out) : NULL;
        Py_XSETREF(out, tail);
        for (int i = 1; out && i < u->nout; i++) {
            PyObject *longer = PyUnicode_FromFormat("%U, None", out);
            Py_SETREF(out, longer);
        }
        PyObject *end = out ? PyUnicode_FromFormat("%U)]", out) : NULL;
        Py_XSETREF(out, end);
    }
    PyObject *r = NULL;
    if (out)
        r = PyUnicode_FromFormat(u->nout == 1 ? "%s(%U, /, %U, *, %scasting='same_kind', "
                                                "order='K', dtype=None, subok=True[, signature%s])"
                                              : "%s(%U%U, *, %scasting='same_kind', order='K', "
                                                "dtype=None, subok=True[, signature%s])",
                                 ufunc_name(u), in, out, u->core_enabled ? "" : "where=True, ",
                                 u->core_enabled ? ", axes, axis" : "");
    Py_DECREF(in);
    Py_XDECREF(out);
    return r;
}

static PyObject *get_doc(PyObject *self, void *unused)
{
    PyUFuncObject *u = (PyUFuncObject *)self;
    PyObject *own = u->dict ? PyDict_GetItemString(u->dict, "__doc__") : NULL;
    if (own) return Py_NewRef(own);
    PyObject *head = text_signature(u);
    if (!head || !u->doc) return head;
    PyObject *r = PyUnicode_FromFormat("%U\n\n%s", head, u->doc);
    Py_DECREF(head);
    return r;
}
static int set_doc(PyObject *self, PyObject *value, void *unused)
{
    PyUFuncObject *u = (PyUFuncObject *)self;
    return value ? PyDict_SetItemString(u->dict, "__doc__", value)
                 : PyDict_DelItemString(u->dict, "__doc__");
}
static PyObject *get_nin(PyObject *u, void *unused)
{
    return PyLong_FromLong(((PyUFuncObject *)u)->nin);
}
static PyObject *get_nout(PyObject *u, void *unused)
{
    return PyLong_FromLong(((PyUFuncObject *)u)->nout);
}
static PyObject *get_nargs(PyObject *u, void *unused)
{
    return PyLong_FromLong(((PyUFuncObject *)u)->nargs);
}
static PyObject *get_ntypes(PyObject *u, void *unused)
{
    return PyLong_FromLong(((PyUFuncObject *)u)->ntypes);
}
static PyObject *get_name(PyObject *u, void *unused)
{
    return PyUnicode_FromString(ufunc_name((PyUFuncObject *)u));
}
static PyObject *get_signature(PyObject *u, void *unused)
{
    const char *s = ((PyUFuncObject *)u)->core_signature;
    if (!s) Py_RETURN_NONE;
    return PyUnicode_FromString(s);
}

static char type_char(int num)
{
    PyArray_Descr *d = PyArray_DescrFromType(num);
    if (!d) {
        PyErr_Clear();
        return '?';
    }
    char c = d->type;
    Py_DECREF(d);
    return c;
}

static PyObject *get_types(PyObject *self, void *unused)
{
    PyUFuncObject *u = (PyUFuncObject *)self;
    PyObject *list = PyList_New(u->ntypes);
    char text[NPY_MAXARGS + 3];
    for (int i = 0; list && i < u->ntypes; i++) {
        const char *t = ufunc_types(u, i);
        int n = 0;
        for (int k = 0; k < u->nargs; k++) {
            if (k == u->nin) {
                text[n++] = '-';
                text[n++] = '>';
            }
            text[n++] = type_char(t[k]);
        }
        PyObject *s = PyUnicode_FromStringAndSize(text, n);
        if (!s)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, s);
    }
    return list;
}

/* The identity as a Python object (None if there is none); new reference. */
PyObject *ufunc_identity_object(PyUFuncObject *u, bool *reorderable)
{
    *reorderable = true;
    switch (u->identity) {
    case PyUFunc_One: return PyLong_FromLong(1);
    case PyUFunc_Zero: return PyLong_FromLong(0);
    case PyUFunc_MinusOne: return PyLong_FromLong(-1);
    case PyUFunc_ReorderableNone: Py_RETURN_NONE;
    case PyUFunc_None: *reorderable = false; Py_RETURN_NONE;
    case PyUFunc_IdentityValue: return Py_XNewRef(u->identity_value);
    }
    PyErr_Format(PyExc_ValueError, "ufunc %s has an invalid identity", ufunc_name(u));
    return NULL;
}

static PyObject *get_identity(PyObject *self, void *unused)
{
    bool reorderable;
    return ufunc_identity_object((PyUFuncObject *)self, &reorderable);
}

/* inspect.Signature, built by Python the first time. */
static PyObject *get_inspect_signature(PyObject *self, void *unused)
{
    static PyObject *build;
    if (!ext_import(&build, "_core._internal", "_ufunc_inspect_signature_builder")) return NULL;
    PyObject *dict = ((PyUFuncObject *)self)->dict,
             *made = dict ? PyDict_GetItemString(dict, "__signature__") : NULL;
    if (made) return Py_NewRef(made);
    made = PyObject_CallOneArg(build, self);
    if (made && dict && PyDict_SetItemString(dict, "__signature__", made) < 0) Py_CLEAR(made);
    return made;
}

static PyGetSetDef getset[] = {
    {"__doc__", get_doc, set_doc},
    {"__name__", get_name},
    {"__signature__", get_inspect_signature},
    {"nin", get_nin, NULL, "The number of inputs."},
    {"nout", get_nout, NULL, "The number of outputs."},
    {"nargs", get_nargs, NULL, "The number of inputs and outputs together."},
    {"ntypes", get_ntypes, NULL, "The number of type combinations listed in `types`."},
    {"types", get_types, NULL, "The type combinations that have a loop, as 'dd->d'."},
    {"identity", get_identity, NULL, "The value that leaves the other operand as it is, or None."},
    {"signature", get_signature, NULL, "The core dimensions of a generalised ufunc, or None."},
    {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict},
    {NULL}};

#define KEYWORD_METHOD(f) (PyCFunction)(void (*)(void)) f
/* Compiled code walks this table: the order and the flags are part of the ABI. */
static PyMethodDef methods[] = {
    {"reduce", KEYWORD_METHOD(ufunc_reduce), METH_FASTCALL | METH_KEYWORDS,
     "reduce($self, array, /, axis=0, dtype=None, out=None, **kwargs)\n--\n\n"
     "Combine the elements along one or more axes into one."},
    {"accumulate", KEYWORD_METHOD(ufunc_accumulate), METH_FASTCALL | METH_KEYWORDS,
     "accumulate($self, array, /, axis=0, dtype=None, out=None)\n--\n\nKeep every intermediate "
     "result of a reduction."},
    {"reduceat", KEYWORD_METHOD(ufunc_reduceat), METH_FASTCALL | METH_KEYWORDS,
     "reduceat($self, array, /, indices, axis=0, dtype=None, out=None)\n--\n\nReduce the slices "
     "that begin at the given indices."},
    {"outer", KEYWORD_METHOD(ufunc_outer), METH_FASTCALL | METH_KEYWORDS,
     "outer($self, A, B, /, **kwargs)\n--\n\nApply the ufunc to every pair of an element of A and "
     "one of B."},
    {"at", ufunc_at, METH_VARARGS,
     "at($self, a, indices, b=None, /)\n--\n\nOperate in place on a[indices], once for every time "
     "an index occurs."},
    {"resolve_dtypes", KEYWORD_METHOD(ufunc_resolve_dtypes), METH_FASTCALL | METH_KEYWORDS,
     "resolve_dtypes($self, dtypes, *, signature=None, casting=None, reduction=False)\n--\n\n"
     "The dtypes that a call with operands of these dtypes works on."},
    {"_resolve_dtypes_and_context", KEYWORD_METHOD(ufunc_resolve_dtypes_and_context),
     METH_FASTCALL | METH_KEYWORDS, "resolve_dtypes, and a capsule for _get_strided_loop."},
    {"_get_strided_loop", KEYWORD_METHOD(ufunc_get_strided_loop), METH_FASTCALL | METH_KEYWORDS,
     "Fill the capsule with the loop for fixed strides."},
    {NULL}};

/* A ufunc's type answers `__module__` by the instance's dict first; the type's own is the
 * package's. */
PyTypeObject PyUFunc_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "numpy.ufunc",
    .tp_basicsize = sizeof(PyUFuncObject),
    .tp_dealloc = ufunc_dealloc,
    .tp_vectorcall_offset = offsetof(PyUFuncObject, vectorcall),
    .tp_repr = ufunc_repr,
    .tp_str = ufunc_repr,
    .tp_call = PyVectorcall_Call,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_HAVE_GC |
                Py_TPFLAGS_IMMUTABLETYPE,
    .tp_traverse = ufunc_traverse,
    .tp_methods = methods,
    .tp_getset = getset,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_dictoffset = offsetof(PyUFuncObject, dict),
};

/* ---- the module's functions
 * ------------------------------------------------------------------------------------------- */

static PyObject *frompyfunc(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"", "nin", "nout", "identity", NULL};
    PyObject *function, *identity = NULL;
    int nin, nout;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "Oii|$O:frompyfunc", names, &function, &nin, &nout,
                                     &identity))
        return NULL;
    if (!PyCallable_Check(function)) {
        PyErr_SetString(PyExc_TypeError, "function must be callable");
        return NULL;
    }
    if (nin < 0 || nout < 0 || nin + nout > NPY_MAXARGS) {
        PyErr_Format(PyExc_ValueError,
                     "Cannot construct a ufunc with more than %d operands (requested number were: "
                     "inputs = %d and outputs = %d)",
                     NPY_MAXARGS, nin, nout);
        return NULL;
    }
    PyObject *fname = PyObject_GetAttrString(function, "__name__");
    if (!fname) PyErr_Clear();
    PyObject *name = fname && PyUnicode_Check(fname)
                         ? PyUnicode_FromFormat("%U (vectorized)", fname)
                         : PyUnicode_FromString("? (vectorized)");
    Py_XDECREF(fname);
    if (!name) return NULL;
    Py_ssize_t len;
    const char *text = PyUnicode_AsUTF8AndSize(name, &len);
    PyUFunc_PyFuncData *fdata = PyMem_Malloc(sizeof *fdata);
    PyUFuncGenericFunction *functions = PyMem_Malloc(sizeof *functions);
    void **data = PyMem_Malloc(sizeof *data);
    char *types = PyMem_Malloc((size_t)(nin + nout) + 1),
         *owned_name = text ? PyMem_Malloc((size_t)len + 1) : NULL;
    if (!fdata || !functions || !data || !types || !owned_name) return PyErr_NoMemory();
    *fdata = (PyUFunc_PyFuncData){nin, nout, function};
    functions[0] = PyUFunc_On_Om;
    data[0] = fdata;
    memset(types, NPY_OBJECT, (size_t)(nin + nout));
    memcpy(owned_name, text, (size_t)len + 1);
    Py_DECREF(name);
    int code = identity ? PyUFunc_IdentityValue : PyUFunc_None;
    PyObject *o = PyUFunc_FromFuncAndDataAndSignatureAndIdentity(
        functions, data, types, 1, nin, nout, code, owned_name,
        "dynamic ufunc based on a python function", 0, NULL, identity);
    if (!o) return NULL;
    UfuncExtra *x = ufunc_extra((PyUFuncObject *)o);
    x->owned_functions = functions;
    x->owned_data = data;
    x->owned_types = types;
    x->owned_name = owned_name;
    x->owned_doc = (char *)fdata;
    ((PyUFuncObject *)o)->obj = Py_NewRef(function);
    return o;
}

static PyObject *add_newdoc_ufunc(PyObject *self, PyObject *args)
{
    PyUFuncObject *u;
    PyObject *text;
    if (!PyArg_ParseTuple(args, "O!O!:_add_newdoc_ufunc", &PyUFunc_Type, &u, &PyUnicode_Type,
                          &text))
        return NULL;
    if (PyErr_WarnEx(PyExc_DeprecationWarning,
                     "_add_newdoc_ufunc is deprecated. Use `ufunc.__doc__ = newdoc` instead.",
                     1) < 0)
        return NULL;
    if (u->doc) {
        PyErr_SetString(PyExc_ValueError,
                        "Cannot change docstring of ufunc with non-NULL docstring");
        return NULL;
    }
    Py_ssize_t n;
    const char *s = PyUnicode_AsUTF8AndSize(text, &n);
    char *copy = s ? PyMem_Malloc((size_t)n + 1) : NULL;
    if (!copy) return PyErr_NoMemory();
    memcpy(copy, s, (size_t)n + 1);
    ufunc_extra(u)->owned_doc = copy;
    u->doc = copy;
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"frompyfunc", KEYWORD_METHOD(frompyfunc), METH_VARARGS | METH_KEYWORDS,
     "frompyfunc(func, /, nin, nout, **kwargs)\n--\n\nA ufunc on objects that calls a Python "
     "function."},
    {"_add_newdoc_ufunc", add_newdoc_ufunc, METH_VARARGS, "Give a ufunc its docstring."},
    {NULL}};

HIDDEN int ext_init_arraymethod(PyObject *module);
HIDDEN int ext_init_ufunc_extobj(PyObject *module);

int ext_init_ufunc(PyObject *m);
HIDDEN int ext_init_ufunc(PyObject *m)
{
    if (ext_init_arraymethod(m) < 0 || ext_init_ufunc_extobj(m) < 0) return -1;
    const char *name = ext_qualname("ufunc");
    if (!name) return -1;
    PyUFunc_Type.tp_name = name;
    if (PyType_Ready(&PyUFunc_Type) < 0) return -1;
    if (PyModule_AddIntConstant(m, "UFUNC_BUFSIZE_DEFAULT", NPY_BUFSIZE) < 0) return -1;
    return add_builtins(m) < 0 ? -1 : ext_add_functions(m, functions);
}
