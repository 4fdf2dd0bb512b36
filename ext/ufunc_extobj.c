/* Error state of ufuncs: what to do about floating-point flags, and the buffer size, in a context
 * variable. */
#include "ufunc.h"

#include <string.h>

enum { MODE_IGNORE, MODE_WARN, MODE_RAISE, MODE_CALL, MODE_PRINT, MODE_LOG };
static const char *const mode_names[] = {"ignore", "warn", "raise", "call", "print", "log", NULL};
static const char *const kind_names[] = {"divide", "over", "under", "invalid", NULL};
enum { DIVIDE, OVER, UNDER, INVALID, NKINDS };
enum { DEFAULT_MODES = MODE_WARN << 3 * DIVIDE | MODE_WARN << 3 * OVER | MODE_WARN << 3 * INVALID };
#define CAPSULE "numpy.ufunc.extobj"

typedef struct ExtObj {
    int modes;
    npy_intp bufsize;
    PyObject *call; /* owned */
} ExtObj;

static PyObject *the_variable; /* the context variable; made once at import */

static void extobj_free(PyObject *capsule)
{
    ExtObj *e = PyCapsule_GetPointer(capsule, CAPSULE);
    if (!e) return;
    Py_XDECREF(e->call);
    PyMem_Free(e);
}

static PyObject *extobj_new(int modes, npy_intp bufsize, PyObject *call)
{
    ExtObj *e = PyMem_Malloc(sizeof *e);
    if (!e) return PyErr_NoMemory();
    *e = (ExtObj){modes, bufsize, Py_NewRef(call)};
    PyObject *c = PyCapsule_New(e, CAPSULE, extobj_free);
    if (!c) {
        Py_DECREF(call);
        PyMem_Free(e);
    }
    return c;
}

/* The current object, a new reference. */
static PyObject *current(ExtObj **e)
{
    PyObject *capsule = NULL;
    if (PyContextVar_Get(the_variable, NULL, &capsule) < 0) return NULL;
    *e = capsule ? PyCapsule_GetPointer(capsule, CAPSULE) : NULL;
    if (!*e) {
        Py_XDECREF(capsule);
        return NULL;
    }
    return capsule;
}

int ufunc_errstate(UfuncErrState *out)
{
    ExtObj *e;
    out->owner = current(&e);
    if (!out->owner) return -1;
    out->modes = e->modes;
    out->bufsize = e->bufsize;
    out->call = e->call;
    return 0;
}

npy_intp ufunc_bufsize(void)
{
    UfuncErrState s;
    if (ufunc_errstate(&s) < 0) return -1;
    Py_DECREF(s.owner);
    return s.bufsize;
}

/* ---- reporting
 * --------------------------------------------------------------------------------------------------
 */

static int write_log(PyObject *call, const char *text)
{
    if (call == Py_None) {
        PyErr_Format(PyExc_NameError,
                     "log specified for %s (in %s) but no object with write method found.", text,
                     "");
        return -1;
    }
    PyObject *r = PyObject_CallMethod(call, "write", "s", text);
    Py_XDECREF(r);
    return r ? 0 : -1;
}

static int report_one(int mode, PyObject *call, const char *kind, const char *name, int flags)
{
    char text[256];
    switch (mode) {
    case MODE_IGNORE: return 0;
    case MODE_WARN:
        snprintf(text, sizeof text, "%s encountered in %s", kind, name);
        return PyErr_WarnEx(PyExc_RuntimeWarning, text, 1);
    case MODE_RAISE:
        PyErr_Format(PyExc_FloatingPointError, "%s encountered in %s", kind, name);
        return -1;
    case MODE_CALL: {
        if (call == Py_None) {
            PyErr_Format(PyExc_NameError,
                         "python callback specified for %s (in  %s) but no function found.", kind,
                         name);
            return -1;
        }
        PyObject *r = PyObject_CallFunction(call, "si", kind, flags);
        Py_XDECREF(r);
        return r ? 0 : -1;
    }
    case MODE_PRINT: PySys_WriteStderr("Warning: %s encountered in %s\n", kind, name); return 0;
    default:
        if (call == Py_None) {
            PyErr_Format(PyExc_NameError,
                         "log specified for %s (in %s) but no object with write method found.",
                         kind, name);
            return -1;
        }
        snprintf(text, sizeof text, "Warning: %s encountered in %s\n", kind, name);
        return write_log(call, text);
    }
}

int ext_report_fp(const char *name, int flags)
{
    if (!flags) return 0;
    if (flags & NPY_FPE_INVALID && fnp_kernel_nomem_take()) {
        PyErr_NoMemory();
        return -1;
    }
    UfuncErrState s;
    if (ufunc_errstate(&s) < 0) return -1;
    static const struct {
        int flag;
        const char *text;
    } kinds[NKINDS] = {{NPY_FPE_DIVIDEBYZERO, "divide by zero"},
                       {NPY_FPE_OVERFLOW, "overflow"},
                       {NPY_FPE_UNDERFLOW, "underflow"},
                       {NPY_FPE_INVALID, "invalid value"}};
    int r = 0;
    for (int k = 0; k < NKINDS && r == 0; k++)
        if (flags & kinds[k].flag)
            r = report_one(s.modes >> 3 * k & 7, s.call, kinds[k].text, name, flags);
    Py_DECREF(s.owner);
    return r;
}

int PyUFunc_GiveFloatingpointErrors(const char *name, int fpe_errors)
{
    return ext_report_fp(name, fpe_errors);
}
void PyUFunc_clearfperr(void)
{
    fnp_fp_clear();
}
int PyUFunc_getfperr(void)
{
    return fnp_fp_take();
}

/* ---- the module's functions
 * --------------------------------------------------------------------------------------- */

static int parse_mode(PyObject *o, int kind, int *modes)
{
    if (o == Py_None) return 0;
    int found = -1;
    if (PyUnicode_Check(o))
        for (int i = 0; mode_names[i]; i++)
            if (PyUnicode_CompareWithASCIIString(o, mode_names[i]) == 0) {
                found = i;
                break;
            }
    if (found < 0) {
        PyErr_Format(PyExc_ValueError, "invalid error mode %R", o);
        return -1;
    }
    *modes = (*modes & ~(7 << 3 * kind)) | found << 3 * kind;
    return 0;
}

static int parse_call(PyObject *o)
{
    if (o == Py_None || PyCallable_Check(o)) return 0;
    PyObject *w = PyObject_GetAttrString(o, "write");
    int ok = w && PyCallable_Check(w);
    Py_XDECREF(w);
    if (ok) return 0;
    PyErr_SetString(PyExc_TypeError,
                    "python object must be callable or have a callable write method");
    return -1;
}

static int parse_bufsize(PyObject *o, npy_intp *size)
{
    npy_intp n = PyNumber_AsSsize_t(o, PyExc_OverflowError);
    if (n == -1 && PyErr_Occurred()) return -1;
    if (n < 0) return 0; /* keeps what it is */
    if (n > 10000000) {
        PyErr_Format(PyExc_ValueError, "Buffer size, %zd, is too big", n);
        return -1;
    }
    if (n < 5) {
        PyErr_Format(PyExc_ValueError, "Buffer size, %zd, is too small", n);
        return -1;
    }
    if (n % 16) {
        PyErr_Format(PyExc_ValueError, "Buffer size, %zd, is not a multiple of 16", n);
        return -1;
    }
    *size = n;
    return 0;
}

static PyObject *make_extobj(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"all", "divide", "over", "under", "invalid", "call", "bufsize", NULL};
    PyObject *all = Py_None, *by_kind[NKINDS] = {Py_None, Py_None, Py_None, Py_None}, *call = NULL,
             *bufsize = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "|$OOOOOOO:_seterrobj", names, &all, &by_kind[0],
                                     &by_kind[1], &by_kind[2], &by_kind[3], &call, &bufsize))
        return NULL;
    ExtObj *e;
    PyObject *old = current(&e), *made = NULL;
    if (!old) return NULL;
    int modes = e->modes;
    npy_intp size = e->bufsize;
    for (int k = 0; k < NKINDS; k++)
        if (parse_mode(all, k, &modes) < 0) goto done;
    for (int k = 0; k < NKINDS; k++)
        if (parse_mode(by_kind[k], k, &modes) < 0) goto done;
    if (call && parse_call(call) < 0) goto done;
    if (bufsize != Py_None && parse_bufsize(bufsize, &size) < 0) goto done;
    made = extobj_new(modes, size, call ? call : e->call);
done:
    Py_DECREF(old);
    return made;
}

PyObject *ufunc_errstate_push(PyObject *const settings[6])
{
    ExtObj *e;
    PyObject *old = current(&e), *made = NULL, *token = NULL, *all = settings[0],
             *call = settings[1 + NKINDS];
    if (!old) return NULL;
    int modes = e->modes, failed = 0;
    for (int k = 0; k < NKINDS && !failed; k++) failed = all && parse_mode(all, k, &modes) < 0;
    for (int k = 0; k < NKINDS && !failed; k++)
        failed = settings[1 + k] && parse_mode(settings[1 + k], k, &modes) < 0;
    if (!failed && call) failed = parse_call(call) < 0;
    if (!failed) made = extobj_new(modes, e->bufsize, call ? call : e->call);
    if (made) token = PyContextVar_Set(the_variable, made);
    Py_XDECREF(made);
    Py_DECREF(old);
    return token;
}

int ufunc_errstate_pop(PyObject *token)
{
    if (token) return PyContextVar_Reset(the_variable, token);
    PyErr_SetString(PyExc_TypeError, "expected an instance of Token, got None");
    return -1;
}

static PyObject *get_extobj_dict(PyObject *self, PyObject *unused)
{
    UfuncErrState s;
    if (ufunc_errstate(&s) < 0) return NULL;
    PyObject *d = PyDict_New();
    for (int k = 0; d && k < NKINDS; k++) {
        PyObject *v = PyUnicode_FromString(mode_names[s.modes >> 3 * k & 7]);
        if (!v || PyDict_SetItemString(d, kind_names[k], v) < 0) Py_CLEAR(d);
        Py_XDECREF(v);
    }
    if (d && PyDict_SetItemString(d, "call", s.call) < 0) Py_CLEAR(d);
    if (d) {
        PyObject *v = PyLong_FromSsize_t(s.bufsize);
        if (!v || PyDict_SetItemString(d, "bufsize", v) < 0) Py_CLEAR(d);
        Py_XDECREF(v);
    }
    Py_DECREF(s.owner);
    return d;
}

static PyMethodDef functions[] = {
    {"_make_extobj", (PyCFunction)(void (*)(void))make_extobj, METH_VARARGS | METH_KEYWORDS,
     "A new error state: the current one with the given modes, callback and buffer size."},
    {"_get_extobj_dict", get_extobj_dict, METH_NOARGS, "The current error state as a dict."},
    {NULL}};

HIDDEN int ext_init_ufunc_extobj(PyObject *m)
{
    PyObject *start = extobj_new(DEFAULT_MODES, NPY_BUFSIZE, Py_None);
    if (!start) return -1;
    the_variable = PyContextVar_New(CAPSULE, start);
    Py_DECREF(start);
    if (!the_variable || PyModule_AddObjectRef(m, "_extobj_contextvar", the_variable) < 0)
        return -1;
    return ext_add_functions(m, functions);
}
