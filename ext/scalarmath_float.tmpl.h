/* Floating-point scalars. Parameters beyond those of scalarmath_common: C (the type to compute in),
 * GET(v), PUT(c), M(f) the math function of that type, FROM_DOUBLE(d). */
#define FROM_LONG(lhs, v) ((lhs) = PUT((C)(v)))
#define CAT_(a, b) a##_##b
#define CAT(a, b) CAT_(a, b)

static other_kind CAT(from_double, NAME)(double d, T *out)
{
    if (sizeof(C) < sizeof(double) || NUM == NPY_HALF) {
        fnp_fp_clear();
        *out = PUT((C)d);
        if (isinf((double)GET(*out)) && !isinf(d)) {
            int r = ext_scalar_report("cast", NPY_FPE_OVERFLOW);
            fnp_fp_clear();
            if (r < 0) return OTHER_ERROR;
        }
        return OTHER_SAME;
    }
    *out = PUT((C)d);
    return OTHER_SAME;
}

static other_kind CAT(from_pylong, NAME)(PyObject *o, T *out)
{
    if (NUM == NPY_LONGDOUBLE) { /* exact, and as large as the type is */
        int overflow;
        long long v = PyLong_AsLongLongAndOverflow(o, &overflow);
        if (!overflow) {
            *out = PUT((C)v);
            return OTHER_SAME;
        }
        PyArray_Descr *ld = PyArray_DescrFromType(NPY_LONGDOUBLE);
        int r = ld ? PyArray_Pack(ld, (char *)out, o) : -1;
        Py_XDECREF(ld);
        return r < 0 ? OTHER_ERROR : OTHER_SAME;
    }
    double d = PyLong_AsDouble(o);
    if (d == -1 && PyErr_Occurred()) return OTHER_ERROR;
    return CAT(from_double, NAME)(d, out);
}
static other_kind CAT(from_pyfloat, NAME)(PyObject *o, T *out)
{
    return CAT(from_double, NAME)(PyFloat_AS_DOUBLE(o), out);
}
static other_kind CAT(from_pycomplex, NAME)(PyObject *o, T *out)
{
    return OTHER_PROMOTE;
}
#undef CAT
#undef CAT_
#include "scalarmath_common.tmpl.h"

/* Report what the computation raised, then box. */
static PyObject *FN(finish)(C r, const char *what)
{
    volatile T out = PUT(r); /* computed before the flags are read */
    int fpe = fnp_fp_get();
    if (FNP_UNLIKELY(fpe) && ext_scalar_report(what, fpe) < 0) return NULL;
    return FN(box)(out);
}

#define SIMPLE(op, expr, what)                                                                     \
    static PyObject *FN(op)(PyObject * a, PyObject * b)                                            \
    {                                                                                              \
        OPERANDS(nb_##op)                                                                          \
        fnp_fp_clear();                                                                            \
        volatile C u = GET(x), v = GET(y);                                                         \
        return FN(finish)(expr, what);                                                             \
    }
SIMPLE(add, u + v, "scalar add")
SIMPLE(subtract, u - v, "scalar subtract")
SIMPLE(multiply, u *v, "scalar multiply")
SIMPLE(true_divide, u / v, "scalar divide")
#undef SIMPLE

/* Python's rule: the remainder has the divisor's sign, the quotient is floor. */
static C FN(floor_mod)(C a, C b, C *mod)
{
    C m = M(fmod)(a, b);
    if (b == 0) {
        *mod = m;
        return a / b;
    }
    C div = (a - m) / b;
    if (m != 0) {
        if ((b < 0) != (m < 0)) {
            m += b;
            div -= 1;
        }
    } else {
        m = M(copysign)(0, b);
    }
    C fl;
    if (div != 0) {
        fl = M(floor)(div);
        if (div - fl > (C)0.5) fl += 1;
    } else {
        fl = M(copysign)(0, a / b);
    }
    *mod = m;
    return fl;
}

static PyObject *FN(floor_divide)(PyObject *a, PyObject *b)
{
    OPERANDS(nb_floor_divide)
    fnp_fp_clear();
    C u = GET(x), v = GET(y), m;
    if (v == 0) {
        volatile C zero = v;
        return FN(finish)(u / zero, "scalar floor_divide");
    }
    return FN(finish)(FN(floor_mod)(u, v, &m), "scalar floor_divide");
}

static PyObject *FN(remainder)(PyObject *a, PyObject *b)
{
    OPERANDS(nb_remainder)
    C u = GET(x), v = GET(y);
    fnp_fp_clear();
    C m = M(fmod)(u, v);
    if (v != 0) {
        if (m != 0) {
            if ((v < 0) != (m < 0)) m += v;
        } else {
            m = M(copysign)(0, v);
        }
    }
    return FN(finish)(m, "scalar remainder");
}

static PyObject *FN(divmod)(PyObject *a, PyObject *b)
{
    OPERANDS(nb_divmod)
    fnp_fp_clear();
    C m, q = FN(floor_mod)(GET(x), GET(y), &m);
    int fpe = fnp_fp_get();
    if (fpe && ext_scalar_report("scalar divmod", fpe) < 0) return NULL;
    return Py_BuildValue("(NN)", FN(box)(PUT(q)), FN(box)(PUT(m)));
}

static PyObject *FN(power)(PyObject *a, PyObject *b, PyObject *modulo)
{
    if (modulo != Py_None) Py_RETURN_NOTIMPLEMENTED;
    T x, y;
    switch (FN(operands)(a, b, &x, &y)) {
    case OTHER_SAME: break;
    case OTHER_ERROR: return NULL;
    case OTHER_HIGHER: Py_RETURN_NOTIMPLEMENTED;
    default: return ext_generic_as_number.nb_power(a, b, modulo);
    }
    fnp_fp_clear();
    return FN(finish)(M(pow)(GET(x), GET(y)), "scalar power");
}

static PyObject *FN(negative)(PyObject *a)
{
    return FN(box)(PUT(-GET(FN(value)(a))));
}
static PyObject *FN(positive)(PyObject *a)
{
    return FN(box)(FN(value)(a));
}
static PyObject *FN(absolute)(PyObject *a)
{
    return FN(box)(PUT(M(fabs)(GET(FN(value)(a)))));
}
static PyObject *FN(to_float)(PyObject *a)
{
    return PyFloat_FromDouble((double)GET(FN(value)(a)));
}
static PyObject *FN(to_int)(PyObject *a)
{
    if (NUM == NPY_LONGDOUBLE) return ext_generic_as_number.nb_int(a);
    return PyLong_FromDouble((double)GET(FN(value)(a)));
}
static int FN(nonzero)(PyObject *a)
{
    return GET(FN(value)(a)) != 0;
}

static PyNumberMethods FN(table) = {.nb_add = FN(add),
                                    .nb_subtract = FN(subtract),
                                    .nb_multiply = FN(multiply),
                                    .nb_remainder = FN(remainder),
                                    .nb_divmod = FN(divmod),
                                    .nb_power = FN(power),
                                    .nb_negative = FN(negative),
                                    .nb_positive = FN(positive),
                                    .nb_absolute = FN(absolute),
                                    .nb_bool = FN(nonzero),
                                    .nb_int = FN(to_int),
                                    .nb_float = FN(to_float),
                                    .nb_floor_divide = FN(floor_divide),
                                    .nb_true_divide = FN(true_divide)};

static PyObject *FN(compare)(PyObject *a, PyObject *b, int op)
{
    T x, y;
    if (PyLong_CheckExact(b) && PyObject_TypeCheck(a, &TYPE)) {
        double d = PyLong_AsDouble(b);
        if (d == -1 && PyErr_Occurred()) return NULL;
    }
    other_kind k = FN(operands)(a, b, &x, &y);
    if (k != OTHER_SAME) {
        if (PyErr_Occurred()) return NULL;
        if (k == OTHER_HIGHER && Py_IS_TYPE(b, &PyDoubleArrType_Type))
            return ext_compare_swapped(a, b, op);
        return ext_generic_richcompare(a, b, op);
    }
    C u = GET(x), v = GET(y);
    return ext_compared(op, u<v, u == v, u> v);
}

#undef OPERANDS
#undef FN
#undef CAT
#undef CAT_
#undef FROM_LONG
#undef NAME
#undef T
#undef C
#undef GET
#undef PUT
#undef M
#undef NUM
#undef STRUCT
#undef TYPE
