/* The generic loops of the C-API, PyUFunc_d_d and so on: `data` is a C function on one element. */
#include "ufunc.h"

#include "fnp/half.h"

typedef fnp_c64 F;
typedef fnp_c128 D;
typedef fnp_cld G;
typedef long double g;

#define UNARY_ARGS char **args, npy_intp const *n, npy_intp const *s, void *func
#define AT(T, p) (*(T *)(p))

#define UNARY(name, ...)                                                                           \
    void name(UNARY_ARGS)                                                                          \
    {                                                                                              \
        char *a = args[0], *o = args[1];                                                           \
        for (npy_intp i = 0; i < n[0]; i++, a += s[0], o += s[1]) __VA_ARGS__;                     \
    }
#define BINARY(name, ...)                                                                          \
    void name(UNARY_ARGS)                                                                          \
    {                                                                                              \
        char *a = args[0], *b = args[1], *o = args[2];                                             \
        for (npy_intp i = 0; i < n[0]; i++, a += s[0], b += s[1], o += s[2]) __VA_ARGS__;          \
    }

UNARY(PyUFunc_f_f, AT(float, o) = ((float (*)(float))func)(AT(float, a)))
UNARY(PyUFunc_d_d, AT(double, o) = ((double (*)(double))func)(AT(double, a)))
UNARY(PyUFunc_g_g, AT(g, o) = ((g(*)(g))func)(AT(g, a)))
UNARY(PyUFunc_f_f_As_d_d, AT(float, o) = (float)((double (*)(double))func)((double)AT(float, a)))
BINARY(PyUFunc_ff_f, AT(float, o) = ((float (*)(float, float))func)(AT(float, a), AT(float, b)))
BINARY(PyUFunc_dd_d,
       AT(double, o) = ((double (*)(double, double))func)(AT(double, a), AT(double, b)))
BINARY(PyUFunc_gg_g, AT(g, o) = ((g(*)(g, g))func)(AT(g, a), AT(g, b)))
BINARY(PyUFunc_ff_f_As_dd_d,
       AT(float, o) = (float)((double (*)(double, double))func)((double)AT(float, a),
                                                                (double)AT(float, b)))

/* Complex functions take and fill pointers. */
UNARY(PyUFunc_F_F, {
    F x = AT(F, a), r;
    ((void (*)(F *, F *))func)(&x, &r);
    AT(F, o) = r;
})
UNARY(PyUFunc_D_D, {
    D x = AT(D, a), r;
    ((void (*)(D *, D *))func)(&x, &r);
    AT(D, o) = r;
})
UNARY(PyUFunc_G_G, {
    G x = AT(G, a), r;
    ((void (*)(G *, G *))func)(&x, &r);
    AT(G, o) = r;
})
UNARY(PyUFunc_F_F_As_D_D, {
    D x = {AT(F, a).re, AT(F, a).im}, r;
    ((void (*)(D *, D *))func)(&x, &r);
    AT(F, o) = ((F){(float)r.re, (float)r.im});
})
BINARY(PyUFunc_FF_F, {
    F x = AT(F, a), y = AT(F, b), r;
    ((void (*)(F *, F *, F *))func)(&x, &y, &r);
    AT(F, o) = r;
})
BINARY(PyUFunc_DD_D, {
    D x = AT(D, a), y = AT(D, b), r;
    ((void (*)(D *, D *, D *))func)(&x, &y, &r);
    AT(D, o) = r;
})
BINARY(PyUFunc_GG_G, {
    G x = AT(G, a), y = AT(G, b), r;
    ((void (*)(G *, G *, G *))func)(&x, &y, &r);
    AT(G, o) = r;
})
BINARY(PyUFunc_FF_F_As_DD_D, {
    D x = {AT(F, a).re, AT(F, a).im}, y = {AT(F, b).re, AT(F, b).im}, r;
    ((void (*)(D *, D *, D *))func)(&x, &y, &r);
    AT(F, o) = ((F){(float)r.re, (float)r.im});
})

#define HALF(p) fnp_half_to_float(AT(npy_half, p))
UNARY(PyUFunc_e_e, AT(npy_half, o) = ((npy_half(*)(npy_half))func)(AT(npy_half, a)))
UNARY(PyUFunc_e_e_As_f_f, AT(npy_half, o) = fnp_half_from_float(((float (*)(float))func)(HALF(a))))
UNARY(PyUFunc_e_e_As_d_d,
      AT(npy_half, o) = fnp_half_from_double(((double (*)(double))func)((double)HALF(a))))
BINARY(PyUFunc_ee_e,
       AT(npy_half, o) = ((npy_half(*)(npy_half, npy_half))func)(AT(npy_half, a), AT(npy_half, b)))
BINARY(PyUFunc_ee_e_As_ff_f,
       AT(npy_half, o) = fnp_half_from_float(((float (*)(float, float))func)(HALF(a), HALF(b))))
BINARY(PyUFunc_ee_e_As_dd_d,
       AT(npy_half, o) = fnp_half_from_double(((double (*)(double, double))func)((double)HALF(a),
                                                                                 (double)HALF(b))))

/* ---- objects: an empty element is None; the loop stops at the first exception
 * ---------------------------------------- */

static inline PyObject *get(const char *p)
{
    PyObject *o = *(PyObject *const *)p;
    return o ? o : Py_None;
}
static inline void put(char *p, PyObject *stolen)
{
    PyObject *old = *(PyObject **)p;
    *(PyObject **)p = stolen;
    Py_XDECREF(old);
}

void PyUFunc_O_O(UNARY_ARGS)
{
    char *a = args[0], *o = args[1];
    for (npy_intp i = 0; i < n[0]; i++, a += s[0], o += s[1]) {
        PyObject *r = ((unaryfunc)func)(get(a));
        if (!r) return;
        put(o, r);
    }
}

void PyUFunc_OO_O(UNARY_ARGS)
{
    char *a = args[0], *b = args[1], *o = args[2];
    for (npy_intp i = 0; i < n[0]; i++, a += s[0], b += s[1], o += s[2]) {
        PyObject *r = ((binaryfunc)func)(get(a), get(b));
        if (!r) return;
        put(o, r);
    }
}

/* The bound method `name` of x, or a TypeError that names the operand. */
static PyObject *callable_method(PyObject *x, const char *name, npy_intp i)
{
    PyObject *m = PyObject_GetAttrString(x, name);
    if (m && PyCallable_Check(m)) return m;
    Py_XDECREF(m);
    PyObject *type, *value, *trace;
    PyErr_Fetch(&type, &value, &trace);
    PyErr_Format(
        PyExc_TypeError,
        "loop of ufunc does not support argument %d of type %s which has no callable %s method", 0,
        Py_TYPE(x)->tp_name, name);
    if (type) {
        PyObject *t2, *v2, *b2;
        PyErr_NormalizeException(&type, &value, &trace);
        if (trace) PyException_SetTraceback(value, trace);
        PyErr_Fetch(&t2, &v2, &b2);
        PyErr_NormalizeException(&t2, &v2, &b2);
        PyException_SetCause(v2, Py_NewRef(value));
        PyException_SetContext(v2, Py_NewRef(value));
        PyErr_Restore(t2, v2, b2);
    }
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(trace);
    return NULL;
}

void PyUFunc_O_O_method(UNARY_ARGS)
{
    char *a = args[0], *o = args[1];
    for (npy_intp i = 0; i < n[0]; i++, a += s[0], o += s[1]) {
        PyObject *m = callable_method(get(a), (const char *)func, i);
        PyObject *r = m ? PyObject_CallNoArgs(m) : NULL;
        Py_XDECREF(m);
        if (!r) return;
        put(o, r);
    }
}

void PyUFunc_OO_O_method(UNARY_ARGS)
{
    char *a = args[0], *b = args[1], *o = args[2];
    for (npy_intp i = 0; i < n[0]; i++, a += s[0], b += s[1], o += s[2]) {
        PyObject *r = PyObject_CallMethod(get(a), (const char *)func, "(O)", get(b));
        if (!r) return;
        put(o, r);
    }
}

/* Store what a Python function returned for nout > 1. */
static int put_many(char **args, npy_intp const *s, int nin, int nout, npy_intp i, PyObject *r)
{
    if (!PyTuple_Check(r)) {
        PyErr_Format(PyExc_TypeError, "ufunc with %d outputs needs a tuple of results", nout);
        return -1;
    }
    if (PyTuple_GET_SIZE(r) != nout) {
        PyErr_Format(PyExc_ValueError, "ufunc with %d outputs got %zd results", nout,
                     PyTuple_GET_SIZE(r));
        return -1;
    }
    for (int k = 0; k < nout; k++)
        put(args[nin + k] + i * s[nin + k], Py_NewRef(PyTuple_GET_ITEM(r, k)));
    return 0;
}

void PyUFunc_On_Om(UNARY_ARGS)
{
    const PyUFunc_PyFuncData *d = func;
    for (npy_intp i = 0; i < n[0]; i++) {
        PyObject *stack[NPY_MAXARGS];
        for (int k = 0; k < d->nin; k++) stack[k] = get(args[k] + i * s[k]);
        PyObject *r = PyObject_Vectorcall(d->callable, stack, (size_t)d->nin, NULL);
        if (!r) return;
        if (d->nout == 1) {
            put(args[d->nin] + i * s[d->nin], r);
            continue;
        }
        int bad = d->nout == 0 && r == Py_None ? 0 : put_many(args, s, d->nin, d->nout, i, r);
        Py_DECREF(r);
        if (bad < 0) return;
    }
}
