/* Object loops: each built-in ufunc's meaning on Python objects. */
#include "ufunc.h"

#include <string.h>

#define LOOP_ARGS char **args, npy_intp const *n, npy_intp const *s, void *func

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

/* ---- one element
 * -----------------------------------------------------------------------------------------------------
 */

static PyObject *obj_power(PyObject *a, PyObject *b)
{
    return PyNumber_Power(a, b, Py_None);
}
static PyObject *obj_square(PyObject *a)
{
    return PyNumber_Multiply(a, a);
}
static PyObject *obj_one(PyObject *a)
{
    return PyLong_FromLong(1);
}
static PyObject *obj_reciprocal(PyObject *a)
{
    PyObject *one = PyLong_FromLong(1), *r = one ? PyNumber_TrueDivide(one, a) : NULL;
    Py_XDECREF(one);
    return r;
}
static PyObject *obj_sign(PyObject *a)
{
    PyObject *zero = PyLong_FromLong(0);
    int result = 0, found = zero ? PyObject_RichCompareBool(a, zero, Py_LT) : -1;
    if (found == 1) result = -1;
    if (found == 0 && (found = PyObject_RichCompareBool(a, zero, Py_GT)) == 1) result = 1;
    if (found == 0 && (found = PyObject_RichCompareBool(a, zero, Py_EQ)) == 0) {
        PyErr_SetString(PyExc_TypeError, "unorderable types for comparison");
        found = -1;
    }
    Py_XDECREF(zero);
    return found < 0 ? NULL : PyLong_FromLong(result);
}
static PyObject *obj_not(PyObject *a)
{
    int t = PyObject_Not(a);
    return t < 0 ? NULL : PyBool_FromLong(t);
}
static PyObject *obj_and(PyObject *a, PyObject *b)
{
    int t = PyObject_IsTrue(a);
    return t < 0 ? NULL : Py_NewRef(t ? b : a);
}
static PyObject *obj_or(PyObject *a, PyObject *b)
{
    int t = PyObject_IsTrue(a);
    return t < 0 ? NULL : Py_NewRef(t ? a : b);
}
static PyObject *obj_max(PyObject *a, PyObject *b)
{
    int t = PyObject_RichCompareBool(a, b, Py_GE);
    return t < 0 ? NULL : Py_NewRef(t ? a : b);
}
static PyObject *obj_min(PyObject *a, PyObject *b)
{
    int t = PyObject_RichCompareBool(a, b, Py_LE);
    return t < 0 ? NULL : Py_NewRef(t ? a : b);
}
static PyObject *math_function(const char *name, PyObject *const *args, size_t n)
{
    static PyObject *math;
    if (!math && !(math = PyImport_ImportModule("math"))) return NULL;
    PyObject *f = PyObject_GetAttrString(math, name);
    PyObject *r = f ? PyObject_Vectorcall(f, args, n, NULL) : NULL;
    Py_XDECREF(f);
    return r;
}
static PyObject *obj_floor(PyObject *a)
{
    return math_function("floor", &a, 1);
}
static PyObject *obj_ceil(PyObject *a)
{
    return math_function("ceil", &a, 1);
}
static PyObject *obj_trunc(PyObject *a)
{
    return math_function("trunc", &a, 1);
}

/* 1 unless the object says that it is infinite or not a number. */
static int is_finite(PyObject *a)
{
    PyObject *r = math_function("isfinite", &a, 1);
    int t = r ? PyObject_IsTrue(r) : -1;
    Py_XDECREF(r);
    return t;
}

/* Euclid's algorithm for what math.gcd does not take. */
static PyObject *obj_gcd(PyObject *a, PyObject *b)
{
    PyObject *both[] = {a, b}, *r = math_function("gcd", both, 2);
    if (r || !PyErr_ExceptionMatches(PyExc_TypeError)) return r;
    PyErr_Clear();
    int finite = is_finite(a);
    if (finite > 0) finite = is_finite(b);
    if (finite < 0) return NULL; /* math says what they are not */
    if (!finite) {
        PyErr_Format(PyExc_ValueError,
                     "Can only find greatest common divisor of finite arguments, found \"%S\" "
                     "and \"%S\"",
                     a, b);
        return NULL;
    }
    Py_INCREF(a);
    Py_INCREF(b);
    for (;;) {
        int more = PyObject_IsTrue(b);
        if (more == 0) break;
        PyObject *rest = more > 0 ? PyNumber_Remainder(a, b) : NULL;
        Py_DECREF(a);
        a = b;
        b = rest;
        if (!rest) {
            Py_DECREF(a);
            return NULL;
        }
    }
    Py_DECREF(b);
    r = PyNumber_Absolute(a);
    Py_DECREF(a);
    return r;
}
static PyObject *obj_lcm(PyObject *a, PyObject *b)
{
    PyObject *g = obj_gcd(a, b);
    if (!g) return NULL;
    PyObject *q = PyNumber_FloorDivide(a, g), *p = q ? PyNumber_Multiply(q, b) : NULL;
    PyObject *r = p ? PyNumber_Absolute(p) : NULL;
    Py_DECREF(g);
    Py_XDECREF(q);
    Py_XDECREF(p);
    return r;
}

/* ---- loops of their own
 * ---------------------------------------------------------------------------------------------- */

static void compare_bool(LOOP_ARGS)
{
    int op = (int)(intptr_t)func;
    char *a = args[0], *b = args[1], *o = args[2];
    for (npy_intp i = 0; i < n[0]; i++, a += s[0], b += s[1], o += s[2]) {
        PyObject *r = PyObject_RichCompare(get(a), get(b), op);
        int t = r ? PyObject_IsTrue(r) : -1;
        Py_XDECREF(r);
        if (t < 0) return;
        *(npy_bool *)o = (npy_bool)t;
    }
}

static void compare_object(LOOP_ARGS)
{
    int op = (int)(intptr_t)func;
    char *a = args[0], *b = args[1], *o = args[2];
    for (npy_intp i = 0; i < n[0]; i++, a += s[0], b += s[1], o += s[2]) {
        PyObject *r = PyObject_RichCompare(get(a), get(b), op);
        if (!r) return;
        put(o, r);
    }
}

static void clip(LOOP_ARGS)
{
    char *x = args[0], *lo = args[1], *hi = args[2], *o = args[3];
    for (npy_intp i = 0; i < n[0]; i++, x += s[0], lo += s[1], hi += s[2], o += s[3]) {
        PyObject *m = obj_max(get(x), get(lo)), *r = m ? obj_min(m, get(hi)) : NULL;
        Py_XDECREF(m);
        if (!r) return;
        put(o, r);
    }
}

/* Sum of products, `conj`: the first factor is conjugated. */
static int dot(const char *a, npy_intp sa, const char *b, npy_intp sb, char *o, npy_intp n,
               bool conj)
{
    PyObject *sum = n == 0 ? PyLong_FromLong(0) : NULL;
    if (n == 0 && !sum) return -1;
    for (npy_intp i = 0; i < n; i++, a += sa, b += sb) {
        PyObject *x = conj ? PyObject_CallMethod(get(a), "conjugate", NULL) : Py_NewRef(get(a));
        PyObject *p = x ? PyNumber_Multiply(x, get(b)) : NULL;
        Py_XDECREF(x);
        if (p && sum) {
            PyObject *t = PyNumber_Add(sum, p);
            Py_DECREF(p);
            p = t;
        }
        Py_XDECREF(sum);
        if (!(sum = p)) return -1;
    }
    put(o, sum);
    return 0;
}
static void matmul(LOOP_ARGS)
{
    const npy_intp *c = s + 3;
    for (npy_intp t = 0; t < n[0]; t++)
        for (npy_intp i = 0; i < n[1]; i++)
            for (npy_intp j = 0; j < n[3]; j++)
                if (dot(args[0] + t * s[0] + i * c[0], c[1], args[1] + t * s[1] + j * c[3], c[2],
                        args[2] + t * s[2] + i * c[4] + j * c[5], n[2], false) < 0)
                    return;
}
static void vecdot(LOOP_ARGS)
{
    for (npy_intp t = 0; t < n[0]; t++)
        if (dot(args[0] + t * s[0], s[3], args[1] + t * s[1], s[4], args[2] + t * s[2], n[1],
                true) < 0)
            return;
}
static void matvec(LOOP_ARGS)
{
    const npy_intp *c = s + 3;
    for (npy_intp t = 0; t < n[0]; t++)
        for (npy_intp i = 0; i < n[1]; i++)
            if (dot(args[0] + t * s[0] + i * c[0], c[1], args[1] + t * s[1], c[2],
                    args[2] + t * s[2] + i * c[3], n[2], false) < 0)
                return;
}
static void vecmat(LOOP_ARGS)
{
    const npy_intp *c = s + 3;
    for (npy_intp t = 0; t < n[0]; t++)
        for (npy_intp j = 0; j < n[2]; j++)
            if (dot(args[0] + t * s[0], c[0], args[1] + t * s[1] + j * c[2], c[1],
                    args[2] + t * s[2] + j * c[3], n[1], true) < 0)
                return;
}

/* ---- the list
 * --------------------------------------------------------------------------------------------------------
 */

static const struct {
    const char *name;
    PyUFuncGenericFunction loop;
    void *data;
} by_name[] = {
    {"add", PyUFunc_OO_O, PyNumber_Add},
    {"subtract", PyUFunc_OO_O, PyNumber_Subtract},
    {"multiply", PyUFunc_OO_O, PyNumber_Multiply},
    {"divide", PyUFunc_OO_O, PyNumber_TrueDivide},
    {"floor_divide", PyUFunc_OO_O, PyNumber_FloorDivide},
    {"remainder", PyUFunc_OO_O, PyNumber_Remainder},
    {"power", PyUFunc_OO_O, obj_power},
    {"negative", PyUFunc_O_O, PyNumber_Negative},
    {"positive", PyUFunc_O_O, PyNumber_Positive},
    {"absolute", PyUFunc_O_O, PyNumber_Absolute},
    {"sign", PyUFunc_O_O, obj_sign},
    {"square", PyUFunc_O_O, obj_square},
    {"reciprocal", PyUFunc_O_O, obj_reciprocal},
    {"_ones_like", PyUFunc_O_O, obj_one},
    {"logical_and", PyUFunc_OO_O, obj_and},
    {"logical_or", PyUFunc_OO_O, obj_or},
    {"logical_not", PyUFunc_O_O, obj_not},
    {"maximum", PyUFunc_OO_O, obj_max},
    {"minimum", PyUFunc_OO_O, obj_min},
    {"fmax", PyUFunc_OO_O, obj_max},
    {"fmin", PyUFunc_OO_O, obj_min},
    {"clip", clip, NULL},
    {"bitwise_and", PyUFunc_OO_O, PyNumber_And},
    {"bitwise_or", PyUFunc_OO_O, PyNumber_Or},
    {"bitwise_xor", PyUFunc_OO_O, PyNumber_Xor},
    {"invert", PyUFunc_O_O, PyNumber_Invert},
    {"left_shift", PyUFunc_OO_O, PyNumber_Lshift},
    {"right_shift", PyUFunc_OO_O, PyNumber_Rshift},
    {"gcd", PyUFunc_OO_O, obj_gcd},
    {"lcm", PyUFunc_OO_O, obj_lcm},
    {"floor", PyUFunc_O_O, obj_floor},
    {"ceil", PyUFunc_O_O, obj_ceil},
    {"trunc", PyUFunc_O_O, obj_trunc},
    {"equal", compare_bool, (void *)Py_EQ},
    {"not_equal", compare_bool, (void *)Py_NE},
    {"less", compare_bool, (void *)Py_LT},
    {"less_equal", compare_bool, (void *)Py_LE},
    {"greater", compare_bool, (void *)Py_GT},
    {"greater_equal", compare_bool, (void *)Py_GE},
    {"equal_obj", compare_object, (void *)Py_EQ},
    {"not_equal_obj", compare_object, (void *)Py_NE},
    {"less_obj", compare_object, (void *)Py_LT},
    {"less_equal_obj", compare_object, (void *)Py_LE},
    {"greater_obj", compare_object, (void *)Py_GT},
    {"greater_equal_obj", compare_object, (void *)Py_GE},
    {"matmul", matmul, NULL},
    {"vecdot", vecdot, NULL},
    {"matvec", matvec, NULL},
    {"vecmat", vecmat, NULL},
};

/* ".name" is a method of the first object. */
PyUFuncGenericFunction ufunc_object_loop(const char *name, const char *types, void **data)
{
    if (name[0] == '.') {
        *data = (void *)(name + 1);
        return types[1] == 'O' ? PyUFunc_OO_O_method : PyUFunc_O_O_method;
    }
    for (size_t i = 0; i < sizeof by_name / sizeof by_name[0]; i++)
        if (strcmp(by_name[i].name, name) == 0) {
            *data = by_name[i].data;
            return by_name[i].loop;
        }
    PyErr_Format(PyExc_SystemError, "no object loop %s", name);
    return NULL;
}
