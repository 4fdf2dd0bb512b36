/* linalg.lapack_lite: LAPACK by its own names. Arrays are checked as NumPy checks them and, where
 * NumPy lets LAPACK run past their end, for their size. */
#include "ext.h"

#include "fnp/linalg.h"

#include <string.h>

static PyObject *refuse(const char *format, const char *parameter, const char *routine)
{
    static PyObject *error;
    if (ext_import(&error, "linalg.lapack_lite", "LapackError"))
        PyErr_Format(error, format, parameter, routine);
    return NULL;
}

/* One array of a routine, and how many elements of it LAPACK will touch. */
typedef struct argument {
    PyObject *o;
    const char *name;
    int type;
    int64_t count;
} argument;

static bool fits(const argument *x, const char *routine)
{
    static const char *const names[] = {
        [NPY_INT] = "NPY_INT", [NPY_DOUBLE] = "NPY_DOUBLE", [NPY_CDOUBLE] = "NPY_CDOUBLE"};
    PyArrayObject *a = (PyArrayObject *)x->o;
    char wrong_type[80];
    if (!PyArray_Check(x->o))
        return refuse("Expected an array for parameter %s in lapack_lite.%s", x->name, routine);
    if (!PyArray_IS_C_CONTIGUOUS(a))
        return refuse("Parameter %s is not contiguous in lapack_lite.%s", x->name, routine);
    if (PyArray_TYPE(a) != x->type) {
        PyOS_snprintf(wrong_type, sizeof wrong_type,
                      "Parameter %%s is not of type %s in lapack_lite.%%s", names[x->type]);
        return refuse(wrong_type, x->name, routine);
    }
    if (PyArray_ISBYTESWAPPED(a))
        return refuse("Parameter %s has non-native byte order in lapack_lite.%s", x->name, routine);
    return true;
}

/* May LAPACK run? Sizes are asked last: a call that LAPACK itself refuses touches nothing. */
static bool all_fit(const argument *x, int n, const char *routine)
{
    for (int i = 0; i < n; i++)
        if (!fits(&x[i], routine)) return false;
    if (!fnp_linalg_available()) {
        PyErr_SetString(PyExc_ImportError, "no BLAS and LAPACK library was found: install the "
                                           "package scipy-openblas64 or the system's OpenBLAS");
        return false;
    }
    for (int i = 0; i < n; i++)
        if (x[i].count > PyArray_SIZE((PyArrayObject *)x[i].o))
            return refuse("Parameter %s is too small in lapack_lite.%s", x[i].name, routine);
    return true;
}

static void *data(const argument *x)
{
    return PyArray_DATA((PyArrayObject *)x->o);
}

/* Elements of an m by n matrix by columns, lda apart; more than any array holds if that overflows.
 */
static int64_t extent(int64_t m, int64_t n, int64_t lda)
{
    int64_t last;
    if (m <= 0 || n <= 0 || lda < m) return 0;
    if (__builtin_mul_overflow(lda, n - 1, &last) || __builtin_add_overflow(last, m, &last))
        return INT64_MAX;
    return last;
}
static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}
static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static PyObject *geqrf(PyObject *args, bool is_complex)
{
    const char *name = is_complex ? "zgeqrf" : "dgeqrf";
    int type = is_complex ? NPY_CDOUBLE : NPY_DOUBLE;
    long m, n, lda, lwork, info;
    argument x[3] = {{.name = "a"}, {.name = "tau"}, {.name = "work"}};
    if (!PyArg_ParseTuple(args, is_complex ? "llOlOOll:zgeqrf" : "llOlOOll:dgeqrf", &m, &n, &x[0].o,
                          &lda, &x[1].o, &x[2].o, &lwork, &info))
        return NULL;
    bool query = lwork == -1;
    for (int i = 0; i < 3; i++) x[i].type = type;
    x[0].count = query ? 0 : extent(m, n, lda);
    x[1].count = query ? 0 : smaller(m, n);
    x[2].count = larger(1, lwork);
    if (!all_fit(x, 3, name)) return NULL;
    int64_t state =
        fnp_linalg_geqrf(is_complex, m, n, data(&x[0]), lda, data(&x[1]), data(&x[2]), lwork);
    return Py_BuildValue("{si,sl,sl,sl,sl,sl}", is_complex ? "zgeqrf_" : "dgeqrf_", 0, "m", m, "n",
                         n, "lda", lda, "lwork", lwork, "info", (long)state);
}

static PyObject *orgqr(PyObject *args, bool is_complex)
{
    const char *name = is_complex ? "zungqr" : "dorgqr";
    int type = is_complex ? NPY_CDOUBLE : NPY_DOUBLE;
    long m, n, k, lda, lwork, info;
    argument x[3] = {{.name = "a"}, {.name = "tau"}, {.name = "work"}};
    if (!PyArg_ParseTuple(args, is_complex ? "lllOlOOll:zungqr" : "lllOlOOll:dorgqr", &m, &n, &k,
                          &x[0].o, &lda, &x[1].o, &x[2].o, &lwork, &info))
        return NULL;
    bool query = lwork == -1;
    for (int i = 0; i < 3; i++) x[i].type = type;
    x[0].count = query ? 0 : extent(m, n, lda);
    x[1].count = query ? 0 : smaller(k, n);
    x[2].count = larger(1, lwork);
    if (!all_fit(x, 3, name)) return NULL;
    int64_t state =
        fnp_linalg_orgqr(is_complex, m, n, k, data(&x[0]), lda, data(&x[1]), data(&x[2]), lwork);
    return Py_BuildValue("{si,sl}", is_complex ? "zungqr_" : "dorgqr_", 0, "info", (long)state);
}

typedef struct least_squares {
    long m, n, nrhs, lda, ldb, rank, lwork, info;
    double rcond;
    argument x[6]; /* a b s work (rwork) iwork */
} least_squares;

/* The workspace of integers is ours, since an array of C ints is too narrow for a library with
 * 64-bit ones; so is that of reals, since nobody asks LAPACK how much it takes. */
static bool run_gelsd(least_squares *q, bool is_complex)
{
    double lrwork = 0;
    npy_cdouble answer = {0};
    int64_t liwork = 0, rank = q->rank;
    bool query = q->lwork == -1;
    void *a = data(&q->x[0]), *b = data(&q->x[1]);
    double *s = data(&q->x[2]);
    argument *iwork = &q->x[is_complex ? 5 : 4];
    q->info =
        (long)fnp_linalg_gelsd(is_complex, q->m, q->n, q->nrhs, a, q->lda, b, q->ldb, s, q->rcond,
                               &rank, query ? data(&q->x[3]) : &answer, -1, &lrwork, &liwork);
    if (q->info == 0 && PyArray_SIZE((PyArrayObject *)iwork->o)) *(int *)data(iwork) = (int)liwork;
    if (q->info == 0 && is_complex && PyArray_SIZE((PyArrayObject *)q->x[4].o))
        *(double *)data(&q->x[4]) = lrwork;
    if (q->info || query) return true;
    double *reals = PyMem_Calloc((size_t)larger(1, (int64_t)lrwork), sizeof *reals);
    int64_t *ints = PyMem_Calloc((size_t)larger(1, liwork), sizeof *ints);
    if (reals && ints)
        q->info = (long)fnp_linalg_gelsd(is_complex, q->m, q->n, q->nrhs, a, q->lda, b, q->ldb, s,
                                         q->rcond, &rank, data(&q->x[3]), q->lwork, reals, ints);
    else
        PyErr_NoMemory();
    q->rank = (long)rank;
    PyMem_Free(reals);
    PyMem_Free(ints);
    return reals && ints;
}

static PyObject *gelsd(PyObject *args, bool is_complex)
{
    int type = is_complex ? NPY_CDOUBLE : NPY_DOUBLE;
    least_squares q = {.x = {{.name = "a", .type = type},
                             {.name = "b", .type = type},
                             {.name = "s", .type = NPY_DOUBLE},
                             {.name = "work", .type = type},
                             {.name = "rwork", .type = NPY_DOUBLE},
                             {.name = "iwork", .type = NPY_INT}}};
    argument *x = q.x;
    if (!is_complex) x[4] = x[5];
    if (is_complex ? !PyArg_ParseTuple(args, "lllOlOlOdlOlOOl:zgelsd", &q.m, &q.n, &q.nrhs, &x[0].o,
                                       &q.lda, &x[1].o, &q.ldb, &x[2].o, &q.rcond, &q.rank, &x[3].o,
                                       &q.lwork, &x[4].o, &x[5].o, &q.info)
                   : !PyArg_ParseTuple(args, "lllOlOlOdlOlOl:dgelsd", &q.m, &q.n, &q.nrhs, &x[0].o,
                                       &q.lda, &x[1].o, &q.ldb, &x[2].o, &q.rcond, &q.rank, &x[3].o,
                                       &q.lwork, &x[4].o, &q.info))
        return NULL;
    if (q.lwork != -1) {
        x[0].count = extent(q.m, q.n, q.lda);
        x[1].count = extent(larger(q.m, q.n), q.nrhs, q.ldb);
        x[2].count = smaller(q.m, q.n);
    }
    x[3].count = larger(1, q.lwork);
    if (!all_fit(x, is_complex ? 6 : 5, is_complex ? "zgelsd" : "dgelsd")) return NULL;
    if (!run_gelsd(&q, is_complex)) return NULL;
    if (is_complex)
        return Py_BuildValue("{si,sl,sl,sl,sl,sl,sl,sl,sl}", "zgelsd_", 0, "m", q.m, "n", q.n,
                             "nrhs", q.nrhs, "lda", q.lda, "ldb", q.ldb, "rank", q.rank, "lwork",
                             q.lwork, "info", q.info);
    return Py_BuildValue("{si,sl,sl,sl,sl,sl,sd,sl,sl,sl}", "dgelsd_", 0, "m", q.m, "n", q.n,
                         "nrhs", q.nrhs, "lda", q.lda, "ldb", q.ldb, "rcond", q.rcond, "rank",
                         q.rank, "lwork", q.lwork, "info", q.info);
}

static PyObject *dgelsd(PyObject *self, PyObject *args)
{
    return gelsd(args, false);
}
static PyObject *dgeqrf(PyObject *self, PyObject *args)
{
    return geqrf(args, false);
}
static PyObject *dorgqr(PyObject *self, PyObject *args)
{
    return orgqr(args, false);
}
static PyObject *zgelsd(PyObject *self, PyObject *args)
{
    return gelsd(args, true);
}
static PyObject *zgeqrf(PyObject *self, PyObject *args)
{
    return geqrf(args, true);
}
static PyObject *zungqr(PyObject *self, PyObject *args)
{
    return orgqr(args, true);
}

/* What LAPACK's handler of errors does where it is NumPy's; a test of it, as its text says. */
static PyObject *xerbla(PyObject *self, PyObject *args)
{
    PyErr_SetString(PyExc_ValueError, "On entry to test parameter number -1 had an illegal value");
    return NULL;
}

static PyMethodDef routines[] = {
    {"dgelsd", dgelsd, METH_VARARGS, NULL}, {"dgeqrf", dgeqrf, METH_VARARGS, NULL},
    {"dorgqr", dorgqr, METH_VARARGS, NULL}, {"xerbla", xerbla, METH_VARARGS, NULL},
    {"zgelsd", zgelsd, METH_VARARGS, NULL}, {"zgeqrf", zgeqrf, METH_VARARGS, NULL},
    {"zungqr", zungqr, METH_VARARGS, NULL}, {NULL}};

/* _lapack_routines(module name): what the module linalg.lapack_lite holds, by name. */
static PyObject *lapack_routines(PyObject *self, PyObject *module)
{
    PyObject *d = PyDict_New();
    for (PyMethodDef *row = routines; d && row->ml_name; row++) {
        PyObject *f = PyCFunction_NewEx(row, NULL, module);
        if (!f || PyDict_SetItemString(d, row->ml_name, f) < 0) Py_CLEAR(d);
        Py_XDECREF(f);
    }
    return d;
}

static PyMethodDef functions[] = {
    {"_lapack_routines", lapack_routines, METH_O, "The functions of linalg.lapack_lite, by name."},
    {NULL}};

int ext_init_lapack_lite(PyObject *m)
{
    return ext_add_functions(m, functions);
}
