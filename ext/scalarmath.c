#pragma GCC diagnostic ignored "-Wtype-limits" /* one template for signed and unsigned */
/* Operators of number scalars: one table per type, from three templates. Mixed types that neither
 * side holds, and complex long doubles, go the general way through the ufunc. */
#include "scalarmath.h"
#include "scalars.h"
#include "ufunc.h"

#include <limits.h>
#include <math.h>
#include <string.h>

int ext_scalar_report(const char *what, int fpe)
{
    return ext_report_fp ? ext_report_fp(what, fpe) : 0;
}

int ext_scalar_typenum(PyObject *o)
{
    int i = ext_scalar_exact_num(o);
    return i >= 0 && (PyTypeNum_ISNUMBER(i) || i == NPY_BOOL) ? i : -1;
}

void ext_int_out_of_bounds(PyObject *value, int type_num)
{
    PyErr_Format(PyExc_OverflowError, "Python integer %R out of bounds for %s", value,
                 strrchr(ext_scalar_types[type_num]->tp_name, '.') + 1);
}

static PyObject *ext_int_true_divide(double x, double y)
{
    fnp_fp_clear();
    volatile double u = x, v = y;
    volatile double r = u / v;
    int fpe = fnp_fp_get();
    if (fpe && ext_scalar_report("scalar divide", fpe) < 0) return NULL;
    PyObject *s = ext_scalar_alloc(&PyDoubleArrType_Type);
    if (s) ((PyDoubleScalarObject *)s)->obval = r;
    return s;
}

static PyObject *ext_bool_scalar(PyObject *b)
{
    PyObject *r = Py_NewRef((PyObject *)&_PyArrayScalar_BoolValues[b == Py_True]);
    Py_DECREF(b);
    return r;
}

static PyObject *ext_compared(int op, int lt, int eq, int gt)
{
    int r = 0;
    switch (op) {
    case Py_LT: r = lt; break;
    case Py_LE: r = lt || eq; break;
    case Py_EQ: r = eq; break;
    case Py_NE: r = !eq; break;
    case Py_GT: r = gt; break;
    case Py_GE: r = gt || eq; break;
    }
    return Py_NewRef((PyObject *)&_PyArrayScalar_BoolValues[r]);
}

PyObject *ext_compare_swapped(PyObject *a, PyObject *b, int op)
{
    static const int swapped[] = {[Py_LT] = Py_GT, [Py_LE] = Py_GE, [Py_EQ] = Py_EQ,
                                  [Py_NE] = Py_NE, [Py_GT] = Py_LT, [Py_GE] = Py_LE};
    return Py_TYPE(b)->tp_richcompare(b, a, swapped[op]);
}

#define NAME byte
#define T npy_byte
#define UT npy_ubyte
#define NUM NPY_BYTE
#define STRUCT PyByteScalarObject
#define TYPE PyByteArrType_Type
#define SIGNED 1
#define TMIN SCHAR_MIN
#define TMAX SCHAR_MAX
#include "scalarmath_int.tmpl.h"
#define NAME short
#define T npy_short
#define UT npy_ushort
#define NUM NPY_SHORT
#define STRUCT PyShortScalarObject
#define TYPE PyShortArrType_Type
#define SIGNED 1
#define TMIN SHRT_MIN
#define TMAX SHRT_MAX
#include "scalarmath_int.tmpl.h"
#define NAME int
#define T npy_int
#define UT npy_uint
#define NUM NPY_INT
#define STRUCT PyIntScalarObject
#define TYPE PyIntArrType_Type
#define SIGNED 1
#define TMIN INT_MIN
#define TMAX INT_MAX
#include "scalarmath_int.tmpl.h"
#define NAME long
#define T npy_long
#define UT npy_ulong
#define NUM NPY_LONG
#define STRUCT PyLongScalarObject
#define TYPE PyLongArrType_Type
#define SIGNED 1
#define TMIN LONG_MIN
#define TMAX LONG_MAX
#include "scalarmath_int.tmpl.h"
#define NAME longlong
#define T npy_longlong
#define UT npy_ulonglong
#define NUM NPY_LONGLONG
#define STRUCT PyLongLongScalarObject
#define TYPE PyLongLongArrType_Type
#define SIGNED 1
#define TMIN LLONG_MIN
#define TMAX LLONG_MAX
#include "scalarmath_int.tmpl.h"
#define NAME ubyte
#define T npy_ubyte
#define UT npy_ubyte
#define NUM NPY_UBYTE
#define STRUCT PyUByteScalarObject
#define TYPE PyUByteArrType_Type
#define SIGNED 0
#define TMIN 0
#define TMAX UCHAR_MAX
#include "scalarmath_int.tmpl.h"
#define NAME ushort
#define T npy_ushort
#define UT npy_ushort
#define NUM NPY_USHORT
#define STRUCT PyUShortScalarObject
#define TYPE PyUShortArrType_Type
#define SIGNED 0
#define TMIN 0
#define TMAX USHRT_MAX
#include "scalarmath_int.tmpl.h"
#define NAME uint
#define T npy_uint
#define UT npy_uint
#define NUM NPY_UINT
#define STRUCT PyUIntScalarObject
#define TYPE PyUIntArrType_Type
#define SIGNED 0
#define TMIN 0
#define TMAX UINT_MAX
#include "scalarmath_int.tmpl.h"
#define NAME ulong
#define T npy_ulong
#define UT npy_ulong
#define NUM NPY_ULONG
#define STRUCT PyULongScalarObject
#define TYPE PyULongArrType_Type
#define SIGNED 0
#define TMIN 0
#define TMAX ULONG_MAX
#include "scalarmath_int.tmpl.h"
#define NAME ulonglong
#define T npy_ulonglong
#define UT npy_ulonglong
#define NUM NPY_ULONGLONG
#define STRUCT PyULongLongScalarObject
#define TYPE PyULongLongArrType_Type
#define SIGNED 0
#define TMIN 0
#define TMAX ULLONG_MAX
#include "scalarmath_int.tmpl.h"

/* half: its bits in a _Float16, computed in float */
static inline float half_get(npy_half h)
{
    _Float16 f;
    memcpy(&f, &h, sizeof f);
    return (float)f;
}

static inline npy_half half_put(float x)
{
    _Float16 f = (_Float16)x;
    npy_half h;
    memcpy(&h, &f, sizeof h);
    if (isinf((float)f) && !isinf(x)) fnp_fp_raise(NPY_FPE_OVERFLOW);
    return h;
}

#define NAME half
#define T npy_half
#define C float
#define GET(v) half_get(v)
#define PUT(c) half_put(c)
#define M(fun) fun##f
#define NUM NPY_HALF
#define STRUCT PyHalfScalarObject
#define TYPE PyHalfArrType_Type
#include "scalarmath_float.tmpl.h"
#define NAME float
#define T float
#define C float
#define GET(v) (v)
#define PUT(c) (c)
#define M(fun) fun##f
#define NUM NPY_FLOAT
#define STRUCT PyFloatScalarObject
#define TYPE PyFloatArrType_Type
#include "scalarmath_float.tmpl.h"
#define NAME double
#define T double
#define C double
#define GET(v) (v)
#define PUT(c) (c)
#define M(fun) fun
#define NUM NPY_DOUBLE
#define STRUCT PyDoubleScalarObject
#define TYPE PyDoubleArrType_Type
#include "scalarmath_float.tmpl.h"
#define NAME longdouble
#define T npy_longdouble
#define C npy_longdouble
#define GET(v) (v)
#define PUT(c) (c)
#define M(fun) fun##l
#define NUM NPY_LONGDOUBLE
#define STRUCT PyLongDoubleScalarObject
#define TYPE PyLongDoubleArrType_Type
#include "scalarmath_float.tmpl.h"

/* A ufunc's inner loop of one type, for a single element. */
typedef struct {
    PyUFuncGenericFunction run;
    void *data;
} one_loop;
static bool one_loop_find(one_loop *found, const char *ufunc, int type_num)
{
    PyUFuncObject *u = (PyUFuncObject *)ext_ufunc(ufunc);
    int l = u ? ufunc_same_loop(u, type_num) : -1;
    if (l < 0) return PyErr_Clear(), false;
    found->data = u->data ? (void *)u->data[l] : NULL;
    found->run = u->functions[l];
    return true;
}

#define NAME cfloat
#define T npy_cfloat
#define R float
#define M(fun) fun##f
#define NUM NPY_CFLOAT
#define STRUCT PyCFloatScalarObject
#define TYPE PyCFloatArrType_Type
#define REAL_STRUCT PyFloatScalarObject
#define REAL_TYPE PyFloatArrType_Type
#include "scalarmath_complex.tmpl.h"
#define NAME cdouble
#define T npy_cdouble
#define R double
#define M(fun) fun
#define NUM NPY_CDOUBLE
#define STRUCT PyCDoubleScalarObject
#define TYPE PyCDoubleArrType_Type
#define REAL_STRUCT PyDoubleScalarObject
#define REAL_TYPE PyDoubleArrType_Type
#include "scalarmath_complex.tmpl.h"

/* Slots that a type's table leaves empty keep the general ones. */
static void fill(PyTypeObject *t, PyNumberMethods *table, richcmpfunc compare)
{
    PyNumberMethods *base = t->tp_as_number ? t->tp_as_number : &ext_generic_as_number;
    static PyNumberMethods merged[NPY_NTYPES_LEGACY];
    static int used;
    PyNumberMethods *m = &merged[used++];
    *m = *base;
    binaryfunc *from = (binaryfunc *)table, *to = (binaryfunc *)m;
    for (size_t i = 0; i < sizeof *m / sizeof *to; i++)
        if (from[i]) to[i] = from[i];
    t->tp_as_number = m;
    t->tp_richcompare = compare;
}

/* Before the types are readied. */
void ext_fill_scalar_tables(void)
{
    fill(&PyByteArrType_Type, &table_byte, compare_byte);
    fill(&PyShortArrType_Type, &table_short, compare_short);
    fill(&PyIntArrType_Type, &table_int, compare_int);
    fill(&PyLongArrType_Type, &table_long, compare_long);
    fill(&PyLongLongArrType_Type, &table_longlong, compare_longlong);
    fill(&PyUByteArrType_Type, &table_ubyte, compare_ubyte);
    fill(&PyUShortArrType_Type, &table_ushort, compare_ushort);
    fill(&PyUIntArrType_Type, &table_uint, compare_uint);
    fill(&PyULongArrType_Type, &table_ulong, compare_ulong);
    fill(&PyULongLongArrType_Type, &table_ulonglong, compare_ulonglong);
    fill(&PyHalfArrType_Type, &table_half, compare_half);
    fill(&PyFloatArrType_Type, &table_float, compare_float);
    fill(&PyDoubleArrType_Type, &table_double, compare_double);
    fill(&PyLongDoubleArrType_Type, &table_longdouble, compare_longdouble);
    fill(&PyCFloatArrType_Type, &table_cfloat, compare_cfloat);
    fill(&PyCDoubleArrType_Type, &table_cdouble, compare_cdouble);
}
