/* Ufuncs made from C, their generic loops, and what is asked of them. */
#include "client.h"

#include "numpy/halffloat.h"

#include <complex.h>
#include <fenv.h>

static float half_of_f(float x)
{
    return x / 2;
}
static double half_of_d(double x)
{
    return x / 2;
}
static npy_longdouble half_of_g(npy_longdouble x)
{
    return x / 2;
}
static npy_half half_of_e(npy_half x)
{
    return x ^ 0x8000;
} /* the sign, to see it */
static float sum_f(float x, float y)
{
    return x + y;
}
static double sum_d(double x, double y)
{
    return x + y;
}
static npy_longdouble sum_g(npy_longdouble x, npy_longdouble y)
{
    return x + y;
}
static npy_half first_e(npy_half x, npy_half y)
{
    return x;
}
static void twice_F(float complex *x, float complex *r)
{
    *r = 2 * *x;
}
static void twice_D(double complex *x, double complex *r)
{
    *r = 2 * *x;
}
static void twice_G(long double complex *x, long double complex *r)
{
    *r = 2 * *x;
}
static void times_F(float complex *x, float complex *y, float complex *r)
{
    *r = *x * *y;
}
static void times_D(double complex *x, double complex *y, double complex *r)
{
    *r = *x * *y;
}
static void times_G(long double complex *x, long double complex *y, long double complex *r)
{
    *r = *x * *y;
}
static PyObject *of_object(PyObject *o)
{
    return PyNumber_Negative(o);
}
static PyObject *of_objects(PyObject *o, PyObject *p)
{
    return PyNumber_Add(o, p);
}

/* One ufunc whose only loop is `loop` over `types`, called on `args`. */
static PyObject *call_loop(PyUFuncGenericFunction loop, void *data, const char *types, int nin,
                           const char *args)
{
    PyUFuncGenericFunction *loops = PyMem_Malloc(sizeof *loops); /* kept for ever, as NumPy asks */
    void **datas = PyMem_Malloc(sizeof *datas);
    loops[0] = loop;
    datas[0] = data;
    PyObject *u =
        PyUFunc_FromFuncAndData(loops, datas, types, 1, nin, 1, PyUFunc_None, "loop", "doc", 0);
    PyObject *in = py(args), *r = u && in ? PyObject_Call(u, in, NULL) : NULL;
    Py_XDECREF(in);
    return r;
}

#define ONE(loop, f, types, dtype)                                                                 \
    call_loop(loop, (void *)(f), types, 1, "(np.arange(4, dtype='" dtype "')[::2],)")
#define TWO(loop, f, types, dtype)                                                                 \
    call_loop(loop, (void *)(f), types, 2,                                                         \
              "(np.arange(3, dtype='" dtype "'), np.ones(3, '" dtype "'))")

CASE(PyUFunc_d_d)
{
    static const char e[] = {NPY_HALF, NPY_HALF}, f[] = {NPY_FLOAT, NPY_FLOAT},
                      d[] = {NPY_DOUBLE, NPY_DOUBLE}, g[] = {NPY_LONGDOUBLE, NPY_LONGDOUBLE},
                      F[] = {NPY_CFLOAT, NPY_CFLOAT}, D[] = {NPY_CDOUBLE, NPY_CDOUBLE},
                      G[] = {NPY_CLONGDOUBLE, NPY_CLONGDOUBLE};
    return seen(11, ONE(PyUFunc_e_e, half_of_e, e, "e"), ONE(PyUFunc_e_e_As_f_f, half_of_f, e, "e"),
                ONE(PyUFunc_e_e_As_d_d, half_of_d, e, "e"), ONE(PyUFunc_f_f, half_of_f, f, "f"),
                ONE(PyUFunc_f_f_As_d_d, half_of_d, f, "f"), ONE(PyUFunc_d_d, half_of_d, d, "d"),
                ONE(PyUFunc_g_g, half_of_g, g, "g"), ONE(PyUFunc_F_F, twice_F, F, "F"),
                ONE(PyUFunc_F_F_As_D_D, twice_D, F, "F"), ONE(PyUFunc_D_D, twice_D, D, "D"),
                ONE(PyUFunc_G_G, twice_G, G, "G"));
}

CASE(PyUFunc_dd_d)
{
    static const char e[] = {NPY_HALF, NPY_HALF, NPY_HALF}, f[] = {NPY_FLOAT, NPY_FLOAT, NPY_FLOAT},
                      d[] = {NPY_DOUBLE, NPY_DOUBLE, NPY_DOUBLE},
                      g[] = {NPY_LONGDOUBLE, NPY_LONGDOUBLE, NPY_LONGDOUBLE},
                      F[] = {NPY_CFLOAT, NPY_CFLOAT, NPY_CFLOAT},
                      D[] = {NPY_CDOUBLE, NPY_CDOUBLE, NPY_CDOUBLE},
                      G[] = {NPY_CLONGDOUBLE, NPY_CLONGDOUBLE, NPY_CLONGDOUBLE};
    return seen(11, TWO(PyUFunc_ee_e, first_e, e, "e"), TWO(PyUFunc_ee_e_As_ff_f, sum_f, e, "e"),
                TWO(PyUFunc_ee_e_As_dd_d, sum_d, e, "e"), TWO(PyUFunc_ff_f, sum_f, f, "f"),
                TWO(PyUFunc_ff_f_As_dd_d, sum_d, f, "f"), TWO(PyUFunc_dd_d, sum_d, d, "d"),
                TWO(PyUFunc_gg_g, sum_g, g, "g"), TWO(PyUFunc_FF_F, times_F, F, "F"),
                TWO(PyUFunc_FF_F_As_DD_D, times_D, F, "F"), TWO(PyUFunc_DD_D, times_D, D, "D"),
                TWO(PyUFunc_GG_G, times_G, G, "G"));
}

CASE(PyUFunc_O_O)
{
    static const char one[] = {NPY_OBJECT, NPY_OBJECT},
                      two[] = {NPY_OBJECT, NPY_OBJECT, NPY_OBJECT};
    PyUFunc_PyFuncData python = {1, 1, py("lambda x: [x]")};
    PyUFunc_PyFuncData *kept = PyMem_Malloc(sizeof python);
    *kept = python;
    return seen(
        7, call_loop(PyUFunc_O_O, (void *)of_object, one, 1, "(np.array([1, 2.5], object),)"),
        call_loop(PyUFunc_O_O, (void *)of_object, one, 1, "(np.array(['x'], object),)"),
        call_loop(PyUFunc_OO_O, (void *)of_objects, two, 2,
                  "(np.array(['a', 2], object), np.array(['b', 3], object))"),
        call_loop(PyUFunc_O_O_method, "conjugate", one, 1, "(np.array([1j, 2.5], object),)"),
        call_loop(PyUFunc_OO_O_method, "__add__", two, 2,
                  "(np.array(['a', 2], object), np.array(['b', 3], object))"),
        call_loop(PyUFunc_O_O_method, "nothing", one, 1, "(np.array([1j], object),)"),
        call_loop(PyUFunc_On_Om, kept, one, 1, "(np.array([1, 'x'], object),)"));
}

static void add3(char **args, const npy_intp *n, const npy_intp *steps, void *data)
{
    for (npy_intp i = 0; i < n[0]; i++)
        *(npy_int *)(args[1] + i * steps[1]) = *(npy_int *)(args[0] + i * steps[0]) + 3;
}
static void add4(char **args, const npy_intp *n, const npy_intp *steps, void *data)
{
    for (npy_intp i = 0; i < n[0]; i++)
        *(npy_int *)(args[1] + i * steps[1]) = *(npy_int *)(args[0] + i * steps[0]) + 4;
}
/* (n),(n)->(): the sum of products */
static void dot(char **args, const npy_intp *n, const npy_intp *steps, void *data)
{
    for (npy_intp i = 0; i < n[0]; i++) {
        double sum = 0;
        for (npy_intp k = 0; k < n[1]; k++)
            sum += *(double *)(args[0] + i * steps[0] + k * steps[3]) *
                   *(double *)(args[1] + i * steps[1] + k * steps[4]);
        *(double *)(args[2] + i * steps[2]) = sum;
    }
}

CASE(PyUFunc_FromFuncAndDataAndSignature)
{
    static PyUFuncGenericFunction loops[] = {dot};
    static void *data[] = {NULL};
    static const char types[] = {NPY_DOUBLE, NPY_DOUBLE, NPY_DOUBLE};
    PyObject *u = PyUFunc_FromFuncAndDataAndSignature(loops, data, types, 1, 2, 1, PyUFunc_None,
                                                      "dot", "a doc", 0, "(n),(n)->()");
    PyUFuncObject *f = (PyUFuncObject *)u;
    CHECK(u && f->core_enabled && f->core_num_dim_ix == 1 && f->core_num_dims[0] == 1 &&
          f->nargs == 3);
    PyObject *v = PyUFunc_FromFuncAndDataAndSignatureAndIdentity(
        loops, data, types, 1, 2, 1, PyUFunc_IdentityValue, "dot", NULL, 0, "(n),(n)->()", py("7"));
    CHECK(v && ((PyUFuncObject *)v)->identity == PyUFunc_IdentityValue);
    return seen(7, PyObject_Call(u, py("(np.arange(6).reshape(2, 3), np.ones(3))"), NULL),
                PyObject_Call(u, py("(np.ones(2), np.ones(3))"), NULL),
                PyObject_GetAttrString(u, "signature"), PyObject_GetAttrString(u, "types"),
                PyObject_GetAttrString(v, "identity"), PyObject_Repr(u),
                PyUFunc_FromFuncAndDataAndSignature(loops, data, types, 1, 2, 1, PyUFunc_None,
                                                    "bad", NULL, 0, "(n),(n"));
}

CASE(PyUFunc_ReplaceLoopBySignature)
{
    static PyUFuncGenericFunction loops[] = {add3};
    static void *data[] = {NULL};
    static const char types[] = {NPY_INT, NPY_INT};
    PyUFuncObject *u = (PyUFuncObject *)PyUFunc_FromFuncAndData(loops, data, types, 1, 1, 1,
                                                                PyUFunc_Zero, "add3", NULL, 0);
    CHECK(u && u->ntypes == 1 && u->functions[0] == add3 && u->types[0] == NPY_INT);
    PyObject *before = PyObject_CallFunction((PyObject *)u, "N", py("np.arange(2, dtype='i4')"));
    int signature[] = {NPY_INT, NPY_INT}, other[] = {NPY_FLOAT, NPY_FLOAT};
    PyUFuncGenericFunction old = NULL;
    CHECK(PyUFunc_ReplaceLoopBySignature(u, add4, signature, &old) == 0 && old == add3);
    CHECK(PyUFunc_ReplaceLoopBySignature(u, add4, other, &old) == -1);
    return seen(2, before,
                PyObject_CallFunction((PyObject *)u, "N", py("np.arange(2, dtype='i4')")));
}

static void pair_add(char **args, const npy_intp *n, const npy_intp *steps, void *data)
{
    for (npy_intp i = 0; i < n[0]; i++)
        for (int k = 0; k < 2; k++)
            ((npy_int *)(args[2] + i * steps[2]))[k] =
                ((npy_int *)(args[0] + i * steps[0]))[k] + ((npy_int *)(args[1] + i * steps[1]))[k];
}

CASE(PyUFunc_RegisterLoopForDescr)
{
    PyUFuncObject *u = (PyUFuncObject *)PyUFunc_FromFuncAndData(NULL, NULL, NULL, 0, 2, 1,
                                                                PyUFunc_None, "pairs", NULL, 0);
    PyArray_Descr *d = descr("'i4,i4'"), *types[] = {d, d, d};
    CHECK(u && PyUFunc_RegisterLoopForDescr(u, d, pair_add, types, NULL) == 0);
    return seen(3,
                PyObject_Call((PyObject *)u,
                              py("(np.array([(1, 2)], 'i4,i4'), np.array([(3, 4)], 'i4,i4'))"),
                              NULL),
                num(PyUFunc_RegisterLoopForDescr(u, d, pair_add, types, NULL)),
                PyObject_Call((PyObject *)u, py("(np.ones(2), np.ones(2))"), NULL));
}

CASE(PyUFunc_DefaultTypeResolver)
{
    PyUFuncObject *add = (PyUFuncObject *)py("np.add"), *equal = (PyUFuncObject *)py("np.equal");
    PyArrayObject *ops[] = {arr("np.zeros(2, 'i2')"), arr("np.zeros(2, 'f4')"), NULL};
    PyArrayObject *into[] = {ops[0], ops[1], arr("np.zeros(2, 'i4')")};
    PyArray_Descr *out[3] = {NULL, NULL, NULL};
    CHECK(PyUFunc_DefaultTypeResolver(add, NPY_SAME_KIND_CASTING, ops, NULL, out) == 0);
    CHECK(PyUFunc_ValidateCasting(add, NPY_SAME_KIND_CASTING, ops, out) == 0);
    PyObject *bad = num(PyUFunc_ValidateCasting(add, NPY_SAME_KIND_CASTING, into, out));
    PyArray_Descr *other[3] = {NULL, NULL, NULL};
    CHECK(PyUFunc_DefaultTypeResolver(equal, NPY_SAME_KIND_CASTING, ops, NULL, other) == 0);
    PyArray_Descr *fixed[3] = {NULL, NULL, NULL};
    CHECK(PyUFunc_DefaultTypeResolver(add, NPY_SAME_KIND_CASTING, ops,
                                      py("(None, None, np.dtype('f8'))"), fixed) == 0);
    return seen(10, same(out[0]), same(out[1]), same(out[2]), bad, same(other[0]), same(other[2]),
                same(fixed[0]), same(fixed[2]),
                num(PyUFunc_ValidateCasting(add, NPY_NO_CASTING, ops, out)),
                num(PyUFunc_DefaultTypeResolver(add, NPY_SAFE_CASTING, into, NULL, out)));
}

/* A resolver of a client: whatever comes in is to be an int, and texts are taken apart elsewhere.
 */
static int ints_only(PyUFuncObject *u, NPY_CASTING casting, PyArrayObject **operands,
                     PyObject *types, PyArray_Descr **out)
{
    for (int i = 0; i < u->nargs; i++) out[i] = PyArray_DescrFromType(NPY_INT);
    return operands[0] && !operands[1] ? 0 : -1;
}

CASE(type_resolver)
{
    static PyUFuncGenericFunction loops[] = {add3};
    static void *data[] = {NULL};
    static const char types[] = {NPY_INT, NPY_INT};
    PyUFuncObject *u = (PyUFuncObject *)PyUFunc_FromFuncAndData(loops, data, types, 1, 1, 1,
                                                                PyUFunc_None, "add3", NULL, 0);
    PyObject *before = PyObject_Call((PyObject *)u, py("(np.arange(2),)"), NULL);
    PyObject *refused = seen(1, before);
    CHECK(u->type_resolver);
    u->type_resolver = ints_only;
    return seen(5, refused, PyObject_Call((PyObject *)u, py("(np.arange(2),)"), NULL),
                PyObject_Call((PyObject *)u, py("(7,)"), NULL),
                PyObject_Call((PyObject *)u, py("(np.ones(2),)"), NULL),
                PyObject_Call((PyObject *)u, py("(np.arange(2),)"), py("{'casting': 'safe'}")));
}

/* What resolvers of clients look up: the loops that were registered, by the number of their type.
 */
CASE(userloops)
{
    PyUFuncObject *u = (PyUFuncObject *)PyUFunc_FromFuncAndData(NULL, NULL, NULL, 0, 2, 1,
                                                                PyUFunc_None, "pairs", NULL, 0);
    PyArray_Descr *d = descr("'i4,i4'"), *three[] = {d, d, d};
    CHECK(u && !u->userloops);
    CHECK(PyUFunc_RegisterLoopForDescr(u, d, pair_add, three, &d) == 0);
    PyObject *key = PyLong_FromLong(NPY_VOID), *list = PyDict_GetItem(u->userloops, key);
    CHECK(list && PyDict_Size(u->userloops) == 1);
    PyUFunc_Loop1d *l = PyCapsule_GetPointer(list, NULL);
    CHECK(l && l->func == pair_add && l->data == &d && l->nargs == 3 && !l->next);
    CHECK(l->arg_types[2] == NPY_VOID && l->arg_dtypes[0] == d);
    return seen(1, same(l->arg_dtypes[1]));
}

CASE(PyUFunc_getfperr)
{
    PyUFunc_clearfperr();
    volatile double zero = 0, one = 1;
    volatile double inf = one / zero;
    (void)inf;
    int flags = PyUFunc_getfperr(), after = PyUFunc_getfperr();
    CHECK(flags == UFUNC_FPE_DIVIDEBYZERO && after == 0);
    inf = one / zero;
    PyUFunc_clearfperr();
    CHECK(PyUFunc_getfperr() == 0);
    PyObject *state = PyObject_CallMethod(py("__import__('numpy')"), "seterr", "s", "raise");
    PyObject *raised =
        num(PyUFunc_GiveFloatingpointErrors("made up", UFUNC_FPE_INVALID | UFUNC_FPE_OVERFLOW));
    int quiet = PyUFunc_GiveFloatingpointErrors("made up", 0);
    Py_XDECREF(PyObject_Call(py("np.seterr"), PyTuple_New(0), state));
    return seen(2, raised, num(quiet));
}

CASE(PyUFunc_Type)
{
    /* what compilers of Python read: a table with `reduce` first */
    PyMethodDef *m = PyUFunc_Type.tp_methods;
    CHECK(m && strcmp(m[0].ml_name, "reduce") == 0 &&
          m[0].ml_flags == (METH_FASTCALL | METH_KEYWORDS));
    PyObject *names = PyList_New(0);
    for (; m->ml_name; m++) add_seen(names, Py_BuildValue("(si)", m->ml_name, m->ml_flags));
    PyUFuncObject *add = (PyUFuncObject *)py("np.add");
    CHECK(add->nin == 2 && add->nout == 1 && add->nargs == 3 && strcmp(add->name, "add") == 0);
    CHECK(add->ntypes > 10 && add->functions && add->types && !add->core_enabled);
    /* the loop of doubles, straight from the table */
    PyObject *r = NULL;
    for (int i = 0; i < add->ntypes && !r; i++) {
        const char *t = add->types + 3 * i;
        if (t[0] != NPY_DOUBLE || t[1] != NPY_DOUBLE) continue;
        double x[] = {1, 2}, y[] = {10, 20}, z[2];
        char *args[] = {(char *)x, (char *)y, (char *)z};
        npy_intp n = 2, steps[] = {8, 8, 8};
        add->functions[i](args, &n, steps, add->data ? add->data[i] : NULL);
        r = Py_BuildValue("(dd)", z[0], z[1]);
    }
    return seen(2, names, r);
}

const client_case ufunc_cases[] = {
    ROW(PyUFunc_d_d),
    ROW(PyUFunc_dd_d),
    ROW(PyUFunc_O_O),
    ROW(PyUFunc_FromFuncAndDataAndSignature),
    ROW(PyUFunc_ReplaceLoopBySignature),
    ROW(PyUFunc_RegisterLoopForDescr),
    ROW(PyUFunc_DefaultTypeResolver),
    ROW(type_resolver),
    ROW(userloops),
    ROW(PyUFunc_getfperr),
    ROW(PyUFunc_Type),
    {NULL, NULL},
};
