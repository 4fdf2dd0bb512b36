/* Integer scalars. Parameters beyond those of scalarmath_common: UT (the unsigned type of that
 * width), SIGNED, TMIN, TMAX. */
#define FROM_LONG(lhs, v) ((lhs) = (T)(v))
#define CAT_(a, b) a##_##b
#define CAT(a, b) CAT_(a, b)

static other_kind CAT(from_pylong, NAME)(PyObject *o, T *out)
{
    int over = 0;
    long long v = PyLong_AsLongLongAndOverflow(o, &over);
    if (!SIGNED && sizeof(T) == 8 && over > 0) {
        unsigned long long u = PyLong_AsUnsignedLongLong(o);
        if (!PyErr_Occurred()) {
            *out = (T)u;
            return OTHER_SAME;
        }
        PyErr_Clear();
        ext_int_out_of_bounds(o, NUM);
        return OTHER_ERROR;
    }
    if (over || (SIGNED ? (v < (long long)TMIN || v > (long long)TMAX)
                        : (v < 0 || (unsigned long long)v > (unsigned long long)TMAX))) {
        if (over && sizeof(T) == 8 && SIGNED)
            PyErr_SetString(PyExc_OverflowError, "Python int too large to convert to C long");
        else
            ext_int_out_of_bounds(o, NUM);
        return OTHER_ERROR;
    }
    *out = (T)v;
    return OTHER_SAME;
}
static other_kind CAT(from_pyfloat, NAME)(PyObject *o, T *out)
{
    return OTHER_PROMOTE;
}
static other_kind CAT(from_pycomplex, NAME)(PyObject *o, T *out)
{
    return OTHER_PROMOTE;
}
#undef CAT
#undef CAT_
#include "scalarmath_common.tmpl.h"

#define OVERFLOWING(op, builtin, what, wrap)                                                       \
    static PyObject *FN(op)(PyObject * a, PyObject * b)                                            \
    {                                                                                              \
        OPERANDS(nb_##op)                                                                          \
        T r;                                                                                       \
        if (FNP_UNLIKELY(builtin(x, y, &r))) {                                                     \
            r = (T)((UT)x wrap(UT) y);                                                             \
            if (ext_scalar_report(what, NPY_FPE_OVERFLOW) < 0) return NULL;                        \
        }                                                                                          \
        return FN(box)(r);                                                                         \
    }
OVERFLOWING(add, __builtin_add_overflow, "scalar add", +)
OVERFLOWING(subtract, __builtin_sub_overflow, "scalar subtract", -)
OVERFLOWING(multiply, __builtin_mul_overflow, "scalar multiply", *)
#undef OVERFLOWING

/* Floor division and remainder with the divisor's sign; the flag tells what went wrong. */
static inline T FN(floor_div)(T x, T y, T *rem, int *fpe)
{
    if (y == 0) {
        *fpe = NPY_FPE_DIVIDEBYZERO;
        *rem = 0;
        return 0;
    }
    if (SIGNED && x == TMIN && y == (T)-1) {
        *fpe = NPY_FPE_OVERFLOW;
        *rem = 0;
        return TMIN;
    }
    T q = (T)(x / y), r = (T)(x % y);
    if (SIGNED && r != 0 && ((r < 0) != (y < 0))) {
        q = (T)(q - 1);
        r = (T)(r + y);
    }
    *rem = r;
    return q;
}

static PyObject *FN(floor_divide)(PyObject *a, PyObject *b)
{
    OPERANDS(nb_floor_divide)
    T r;
    int fpe = 0;
    T q = FN(floor_div)(x, y, &r, &fpe);
    if (fpe && ext_scalar_report("scalar floor_divide", fpe) < 0) return NULL;
    return FN(box)(q);
}

static PyObject *FN(remainder)(PyObject *a, PyObject *b)
{
    OPERANDS(nb_remainder)
    T r;
    int fpe = 0;
    FN(floor_div)(x, y, &r, &fpe);
    if (fpe == NPY_FPE_DIVIDEBYZERO && ext_scalar_report("scalar remainder", fpe) < 0) return NULL;
    return FN(box)(r);
}

static PyObject *FN(divmod)(PyObject *a, PyObject *b)
{
    OPERANDS(nb_divmod)
    T r;
    int fpe = 0;
    T q = FN(floor_div)(x, y, &r, &fpe);
    if (fpe && ext_scalar_report("scalar divmod", fpe) < 0) return NULL;
    return Py_BuildValue("(NN)", FN(box)(q), FN(box)(r));
}

static PyObject *FN(true_divide)(PyObject *a, PyObject *b)
{
    if (!(Py_IS_TYPE(a, &TYPE) && Py_IS_TYPE(b, &TYPE))) {
        T x, y;
        other_kind k = FN(operands)(a, b, &x, &y);
        if (k == OTHER_ERROR && PyErr_ExceptionMatches(PyExc_OverflowError)) {
            PyErr_Clear(); /* as a double it fits */
            return ext_generic_as_number.nb_true_divide(a, b);
        }
        if (k == OTHER_ERROR) return NULL;
        if (k == OTHER_HIGHER) Py_RETURN_NOTIMPLEMENTED;
        if (k != OTHER_SAME) return ext_generic_as_number.nb_true_divide(a, b);
        return ext_int_true_divide((double)x, (double)y);
    }
    OPERANDS(nb_true_divide)
    return ext_int_true_divide((double)x, (double)y);
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
    if (SIGNED && y < 0) {
        PyErr_SetString(PyExc_ValueError, "Integers to negative integer powers are not allowed.");
        return NULL;
    }
    UT base = (UT)x, r = 1;
    for (UT e = (UT)y; e; e = (UT)(e >> 1)) {
        if (e & 1) r = (UT)(r * base);
        base = (UT)(base * base);
    }
    return FN(box)((T)r);
}

static PyObject *FN(lshift)(PyObject *a, PyObject *b)
{
    OPERANDS(nb_lshift)
    return FN(box)((UT)y < 8 * sizeof(T) ? (T)((UT)x << y) : 0);
}

static PyObject *FN(rshift)(PyObject *a, PyObject *b)
{
    OPERANDS(nb_rshift)
    return FN(box)((UT)y < 8 * sizeof(T) ? (T)(x >> y) : SIGNED && x < 0 ? (T)-1 : 0);
}

#define BITWISE(op, sym)                                                                           \
    static PyObject *FN(op)(PyObject * a, PyObject * b)                                            \
    {                                                                                              \
        OPERANDS(nb_##op)                                                                          \
        return FN(box)((T)(x sym y));                                                              \
    }
BITWISE(and, &)
BITWISE(or, |)
BITWISE(xor, ^)
#undef BITWISE

static PyObject *FN(negative)(PyObject *a)
{
    T x = FN(value)(a);
    if ((SIGNED ? x == TMIN : x != 0) && ext_scalar_report("scalar negative", NPY_FPE_OVERFLOW) < 0)
        return NULL;
    return FN(box)((T)(0 - (UT)x));
}

static PyObject *FN(positive)(PyObject *a)
{
    return FN(box)(FN(value)(a));
}

static PyObject *FN(absolute)(PyObject *a)
{
    T x = FN(value)(a);
    if (SIGNED && x == TMIN && ext_scalar_report("scalar absolute", NPY_FPE_OVERFLOW) < 0)
        return NULL;
    return FN(box)(SIGNED && x < 0 ? (T)(0 - (UT)x) : x);
}

static PyObject *FN(invert)(PyObject *a)
{
    return FN(box)((T)~FN(value)(a));
}
static int FN(nonzero)(PyObject *a)
{
    return FN(value)(a) != 0;
}
static PyObject *FN(to_int)(PyObject *a)
{
    return SIGNED ? PyLong_FromLongLong((long long)FN(value)(a))
                  : PyLong_FromUnsignedLongLong((unsigned long long)FN(value)(a));
}
static PyObject *FN(to_float)(PyObject *a)
{
    return PyFloat_FromDouble((double)FN(value)(a));
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
                                    .nb_invert = FN(invert),
                                    .nb_lshift = FN(lshift),
                                    .nb_rshift = FN(rshift),
                                    .nb_and = FN(and),
                                    .nb_xor = FN(xor),
                                    .nb_or = FN(or),
                                    .nb_int = FN(to_int),
                                    .nb_float = FN(to_float),
                                    .nb_floor_divide = FN(floor_divide),
                                    .nb_true_divide = FN(true_divide),
                                    .nb_index = FN(to_int)};

static PyObject *FN(compare)(PyObject *a, PyObject *b, int op)
{
    T x, y;
    if (PyLong_CheckExact(b) && Py_IS_TYPE(a, &TYPE)) { /* exact, beyond the type's range too */
        PyObject *v = FN(to_int)(a);
        PyObject *r = v ? PyLong_Type.tp_richcompare(v, b, op) : NULL;
        Py_XDECREF(v);
        return r ? ext_bool_scalar(r) : NULL;
    }
    other_kind k = FN(operands)(a, b, &x, &y);
    if (k != OTHER_SAME) {
        if (PyErr_Occurred()) return NULL;
        if (k == OTHER_HIGHER &&
            (Py_IS_TYPE(b, &PyDoubleArrType_Type) || Py_IS_TYPE(b, &PyLongArrType_Type)))
            return ext_compare_swapped(a, b, op);
        return ext_generic_richcompare(a, b, op);
    }
    return ext_compared(op, x<y, x == y, x> y);
}

#undef OPERANDS
#undef FN
#undef CAT
#undef CAT_
#undef FROM_LONG
#undef NAME
#undef T
#undef UT
#undef NUM
#undef STRUCT
#undef TYPE
#undef SIGNED
#undef TMIN
#undef TMAX
