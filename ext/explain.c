/* The ledger for Python: _Ledger collects the decisions of the thread that started it, for
 * fnpx.explain. */
#include "ext.h"

#include "fnp/base.h"
#include "fnp/runtime.h"

#include <string.h>

/* Records arrive with or without the interpreter's lock, so they are kept as C text until drained:
 * op, decision, reason, each with its NUL. */
typedef struct Entry {
    struct Entry *next;
    npy_uint64 serial;
    fnp_event event;
    char text[];
} Entry;

typedef struct {
    PyObject_HEAD fnp_sink sink;
    bool open;
    unsigned long thread;
    Entry *first, **end;
    Py_ssize_t lost; /* records that found no memory */
} Ledger;

static void collect(void *ctx, const fnp_record *r)
{
    Ledger *self = ctx;
    const char *parts[3] = {r->op, r->decision, r->reason};
    size_t n = 0;
    for (int i = 0; i < 3; i++) n += strlen(parts[i]) + 1;
    Entry *e = fnp_malloc(sizeof *e + n);
    if (!e) {
        self->lost++;
        return;
    }
    e->next = NULL;
    e->serial = r->serial;
    e->event = r->event;
    char *p = e->text;
    for (int i = 0; i < 3; i++) p = stpcpy(p, parts[i]) + 1;
    *self->end = e;
    self->end = &e->next;
}

static fnp_record record_of(const Entry *e)
{
    const char *decision = e->text + strlen(e->text) + 1;
    return (fnp_record){e->serial, e->event, e->text, decision, decision + strlen(decision) + 1};
}

static PyObject *ledger_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    if (!PyArg_ParseTuple(args, ":_Ledger")) return NULL;
    Ledger *self = (Ledger *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->sink = (fnp_sink){collect, self, NULL};
    self->end = &self->first;
    return (PyObject *)self;
}

static PyObject *ledger_start(PyObject *o, PyObject *unused)
{
    Ledger *self = (Ledger *)o;
    if (self->open) {
        PyErr_SetString(PyExc_RuntimeError, "this ledger is open already");
        return NULL;
    }
    Py_INCREF(o); /* the sink's stack refers to it */
    fnp_ledger_push(&self->sink);
    self->open = true;
    self->thread = PyThread_get_thread_ident();
    Py_RETURN_NONE;
}

static PyObject *ledger_stop(PyObject *o, PyObject *unused)
{
    Ledger *self = (Ledger *)o;
    if (!self->open) Py_RETURN_NONE;
    if (self->thread != PyThread_get_thread_ident()) {
        PyErr_SetString(PyExc_RuntimeError, "a ledger is closed in the thread that opened it");
        return NULL;
    }
    fnp_ledger_pop(&self->sink);
    self->open = false;
    Py_DECREF(o);
    Py_RETURN_NONE;
}

typedef int render_fn(const fnp_record *, char *, size_t);

static PyObject *rendered(const fnp_record *r, render_fn *render)
{
    char buf[2048], *big = buf;
    int n = render(r, buf, sizeof buf);
    if (n >= (int)sizeof buf) {
        big = PyMem_Malloc((size_t)n + 1);
        if (!big) return PyErr_NoMemory();
        render(r, big, (size_t)n + 1);
    }
    PyObject *s = PyUnicode_DecodeUTF8(big, n, "replace");
    if (big != buf) PyMem_Free(big);
    return s;
}

/* A list of (event, op, decision, reason, words, json); they are forgotten. */
static PyObject *ledger_drain(PyObject *o, PyObject *unused)
{
    Ledger *self = (Ledger *)o;
    PyObject *list = PyList_New(0);
    while (list && self->first) {
        Entry *e = self->first;
        fnp_record r = record_of(e);
        PyObject *words = rendered(&r, fnp_record_words), *json = rendered(&r, fnp_record_json);
        PyObject *t = words && json ? Py_BuildValue("(ssssNN)", fnp_event_name(r.event), r.op,
                                                    r.decision, r.reason, words, json)
                                    : NULL;
        if (!t || PyList_Append(list, t) < 0) Py_CLEAR(list);
        Py_XDECREF(t);
        self->first = e->next;
        if (!self->first) self->end = &self->first;
        fnp_free(e);
    }
    return list;
}

static void ledger_dealloc(PyObject *o)
{
    Ledger *self = (Ledger *)o;
    while (self->first) {
        Entry *e = self->first;
        self->first = e->next;
        fnp_free(e);
    }
    Py_TYPE(o)->tp_free(o);
}

static PyMethodDef methods[] = {
    {"start", ledger_start, METH_NOARGS,
     "start($self, /)\n--\n\nCollect this thread's decisions from now on."},
    {"stop", ledger_stop, METH_NOARGS, "stop($self, /)\n--\n\nCollect no more."},
    {"drain", ledger_drain, METH_NOARGS,
     "drain($self, /)\n--\n\nTake what was collected: tuples (event, op, decision, reason, words, "
     "json)."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Ledger_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_basicsize = sizeof(Ledger),
    .tp_dealloc = ledger_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Decisions of one thread, as fnpx.explain reads them.",
    .tp_methods = methods,
    .tp_new = ledger_new,
};

HIDDEN int ext_init_explain(PyObject *m)
{
    Ledger_Type.tp_name = ext_qualname("_Ledger");
    if (!Ledger_Type.tp_name || PyType_Ready(&Ledger_Type) < 0) return -1;
    return PyModule_AddObjectRef(m, "_Ledger", (PyObject *)&Ledger_Type);
}
