/* Complex scalars. Parameters beyond those of scalarmath_common: R (the type of a part), M(f) the
 * math function of that type. As the reference's scalars, products round each time, unlike arrays.
 */
#define CAT_(a, b) a##_##b
#define CAT(a, b) CAT_(a, b)
#define PARTS CAT(parts, NAME)

typedef struct {
    R re, im;
} PARTS;
#define FROM_LONG(lhs, v) ((lhs) = (T)(R)(v))

static other_kind CAT(from_parts, NAME)(double re, double im, T *out)
{
    PARTS p = {(R)re, (R)im};
    if ((isinf(p.re) && !isinf(re)) || (isinf(p.im) && !isinf(im))) return OTHER_PROMOTE;
    memcpy(out, &p, sizeof p);
    return OTHER_SAME;
}
static other_kind CAT(from_pylong, NAME)(PyObject *o, T *out)
{
    int overflow;
    long v = PyLong_AsLongAndOverflow(o, &overflow);
    return overflow ? OTHER_PROMOTE : CAT(from_parts, NAME)((double)v, 0, out);
}
static other_kind CAT(from_pyfloat, NAME)(PyObject *o, T *out)
{
    return CAT(from_parts, NAME)(PyFloat_AS_DOUBLE(o), 0, out);
}
static other_kind CAT(from_pycomplex, NAME)(PyObject *o, T *out)
{
    Py_complex z = ((PyComplexObject *)o)->cval;
    return CAT(from_parts, NAME)(z.real, z.imag, out);
}
#undef CAT
#undef CAT_
#include "scalarmath_common.tmpl.h"

static inline PARTS FN(split)(T v)
{
    PARTS p;
    memcpy(&p, &v, sizeof p);
    return p;
}

static PyObject *FN(finish)(R re, R im, const char *what)
{
    volatile PARTS r = {re, im}; /* computed before the flags are read */
    int fpe = fnp_fp_get();
    if (FNP_UNLIKELY(fpe) && ext_scalar_report(what, fpe) < 0) return NULL;
    PyObject *s = ext_scalar_alloc(&TYPE);
    if (!s) return NULL;
    PARTS out = {r.re, r.im};
    memcpy(&((STRUCT *)s)->obval, &out, sizeof out);
    return s;
}

#define SIMPLE(op, first, second)                                                                  \
    static PyObject *FN(op)(PyObject * a, PyObject * b)                                            \
    {                                                                                              \
        OPERANDS(nb_##op)                                                                          \
        fnp_fp_clear();                                                                            \
        volatile PARTS u_ = FN(split)(x), v_ = FN(split)(y);                                       \
        PARTS u = {u_.re, u_.im}, v = {v_.re, v_.im};                                              \
        return FN(finish)(first, second, "scalar " #op);                                           \
    }
SIMPLE(add, u.re + v.re, u.im + v.im)
SIMPLE(subtract, u.re - v.re, u.im - v.im)
SIMPLE(multiply, u.re *v.re - u.im * v.im, u.re *v.im + u.im * v.re)
#undef SIMPLE

static PyObject *FN(true_divide)(PyObject *a, PyObject *b)
{
    OPERANDS(nb_true_divide)
    fnp_fp_clear();
    volatile PARTS u_ = FN(split)(x), v_ = FN(split)(y);
    PARTS u = {u_.re, u_.im}, v = {v_.re, v_.im};
    R vr = M(fabs)(v.re), vi = M(fabs)(v.im);
    if (vr == 0 && vi == 0) return FN(finish)(u.re / vr, u.im / vr, "scalar divide");
    if (vr >= vi) {
        R ratio = v.im / v.re, scale = 1 / (v.re + v.im * ratio);
        return FN(finish)((u.re + u.im * ratio) * scale, (u.im + -u.re * ratio) * scale,
                          "scalar divide");
    }
    R ratio = v.re / v.im, scale = 1 / (v.im + v.re * ratio);
    return FN(finish)((u.im + u.re * ratio) * scale, (-u.re + u.im * ratio) * scale,
                      "scalar divide");
}

/* A loop of the ufunc on one element. */
static PyObject *FN(power)(PyObject *a, PyObject *b, PyObject *modulo)
{
    if (modulo != Py_None) Py_RETURN_NOTIMPLEMENTED;
    T x, y, r;
    switch (FN(operands)(a, b, &x, &y)) {
    case OTHER_SAME: break;
    case OTHER_ERROR: return NULL;
    case OTHER_HIGHER: Py_RETURN_NOTIMPLEMENTED;
    default: return ext_generic_as_number.nb_power(a, b, modulo);
    }
    static one_loop loop;
    if (!loop.run && !one_loop_find(&loop, "power", NUM))
        return ext_generic_as_number.nb_power(a, b, modulo);
    char *args[3] = {(char *)&x, (char *)&y, (char *)&r};
    npy_intp n = 1, steps[3] = {sizeof(T), sizeof(T), sizeof(T)};
    fnp_fp_clear();
    loop.run(args, &n, steps, loop.data);
    PARTS p = FN(split)(r);
    return FN(finish)(p.re, p.im, "scalar power");
}

static PyObject *FN(absolute)(PyObject *a)
{
    PARTS x = FN(split)(FN(value)(a));
    fnp_fp_clear();
    volatile R r_ = M(hypot)(x.re, x.im);
    R r = r_;
    int fpe = fnp_fp_get();
    if (FNP_UNLIKELY(fpe) && ext_scalar_report("absolute", fpe) < 0) return NULL;
    PyObject *s = ext_scalar_alloc(&REAL_TYPE);
    if (s) memcpy(&((REAL_STRUCT *)s)->obval, &r, sizeof r);
    return s;
}

static PyObject *FN(negative)(PyObject *a)
{
    PARTS p = FN(split)(FN(value)(a));
    p.re = -p.re, p.im = -p.im;
    PyObject *s = ext_scalar_alloc(&TYPE);
    if (s) memcpy(&((STRUCT *)s)->obval, &p, sizeof p);
    return s;
}
static PyObject *FN(positive)(PyObject *a)
{
    return FN(box)(FN(value)(a));
}
static int FN(nonzero)(PyObject *a)
{
    PARTS p = FN(split)(FN(value)(a));
    return p.re != 0 || p.im != 0;
}

static PyNumberMethods FN(table) = {.nb_add = FN(add),
                                    .nb_subtract = FN(subtract),
                                    .nb_multiply = FN(multiply),
                                    .nb_power = FN(power),
                                    .nb_negative = FN(negative),
                                    .nb_positive = FN(positive),
                                    .nb_absolute = FN(absolute),
                                    .nb_bool = FN(nonzero),
                                    .nb_true_divide = FN(true_divide)};

/* Lexicographic; whatever involves a NaN is false, but not_equal. */
static PyObject *FN(compare)(PyObject *a, PyObject *b, int op)
{
    T x, y;
    other_kind k = FN(operands)(a, b, &x, &y);
    if (k != OTHER_SAME) {
        if (PyErr_Occurred()) return NULL;
        return ext_generic_richcompare(a, b, op);
    }
    PARTS u = FN(split)(x), v = FN(split)(y);
    bool ordered = u.im == u.im && v.im == v.im, same = u.re == v.re, r = false;
    switch (op) {
    case Py_EQ: r = same && u.im == v.im; break;
    case Py_NE: r = !(same && u.im == v.im); break;
    case Py_LT: r = (u.re < v.re && ordered) || (same && u.im < v.im); break;
    case Py_LE: r = (u.re < v.re && ordered) || (same && u.im <= v.im); break;
    case Py_GT: r = (u.re > v.re && ordered) || (same && u.im > v.im); break;
    case Py_GE: r = (u.re > v.re && ordered) || (same && u.im >= v.im); break;
    }
    return Py_NewRef((PyObject *)&_PyArrayScalar_BoolValues[r]);
}

#undef OPERANDS
#undef FN
#undef CAT
#undef CAT_
#undef FROM_LONG
#undef PARTS
#undef NAME
#undef T
#undef R
#undef M
#undef NUM
#undef STRUCT
#undef TYPE
#undef REAL_TYPE
#undef REAL_STRUCT
