/* What the parameters of a distribution must be, and what NumPy says if they are not. */
#include "random.h"

#include <math.h>

static const double RATE_MOST = 9.223372006484771e+18; /* 2^63 less ten deviations */
static const int64_t COLOR_MOST = 1000000000;

static bool keeps(fnp_dist_rule rule, double x)
{
    switch (rule) {
    case FNP_RULE_ANY: return true;
    case FNP_RULE_NOT_NEGATIVE: return isnan(x) || !signbit(x);
    case FNP_RULE_POSITIVE: return !(x <= 0.0);
    case FNP_RULE_POSITIVE_NUMBER: return x > 0.0;
    case FNP_RULE_UNIT: return x >= 0.0 && x <= 1.0;
    case FNP_RULE_UNIT_ABOVE_0: return x > 0.0 && x <= 1.0;
    case FNP_RULE_UNIT_BELOW_1: return x >= 0.0 && x < 1.0;
    case FNP_RULE_ABOVE_1: return x > 1.0;
    case FNP_RULE_AT_LEAST_1: return x >= 1.0;
    case FNP_RULE_RATE: return x >= 0.0 && x <= RATE_MOST;
    }
    return false;
}

/* `is` for a value, `contains` for an array. */
static int refuse(fnp_dist_rule rule, const char *name, double x, bool array)
{
    const char *nan = array ? "contains NaNs" : "is NaN", *text = NULL;
    switch (rule) {
    case FNP_RULE_NOT_NEGATIVE: text = "%s < 0"; break;
    case FNP_RULE_POSITIVE_NUMBER: text = isnan(x) ? "%s must not be NaN" : "%s <= 0"; break;
    case FNP_RULE_POSITIVE: text = "%s <= 0"; break;
    case FNP_RULE_UNIT: text = "%s < 0, %s > 1 or %s %s"; break;
    case FNP_RULE_UNIT_ABOVE_0:
        text = "%s <= 0, %s > 1 or %s %s";
        nan = "contains NaNs";
        break;
    case FNP_RULE_UNIT_BELOW_1: text = "%s < 0, %s >= 1 or %s %s"; break;
    case FNP_RULE_ABOVE_1:
    case FNP_RULE_AT_LEAST_1:
        PyErr_Format(PyExc_ValueError,
                     rule == FNP_RULE_ABOVE_1 ? "%s <= 1 or %s %s" : "%s < 1 or %s %s", name, name,
                     nan);
        return -1;
    case FNP_RULE_RATE:
        if (x > RATE_MOST || (array && isnan(x)))
            PyErr_Format(PyExc_ValueError, "%s value too large", name);
        else
            PyErr_Format(PyExc_ValueError, "%s < 0 or %s %s", name, name, nan);
        return -1;
    case FNP_RULE_ANY: break;
    }
    PyErr_Format(PyExc_ValueError, text, name, name, name, nan);
    return -1;
}

HIDDEN int ext_random_check_value(fnp_dist_rule rule, const char *name, fnp_param p, bool whole)
{
    double x = whole ? (double)p.i : p.f;
    return keeps(rule, x) ? 0 : refuse(rule, name, x, false);
}

HIDDEN int ext_random_check_array(fnp_dist_rule rule, const char *name, PyArrayObject *a)
{
    if (rule == FNP_RULE_ANY) return 0;
    bool whole = PyArray_TYPE(a) == NPY_INT64, single = PyArray_TYPE(a) == NPY_FLOAT;
    PyArrayIterObject *it = (PyArrayIterObject *)PyArray_IterNew((PyObject *)a);
    if (!it) return -1;
    int r = 0;
    while (r == 0 && PyArray_ITER_NOTDONE(it)) {
        void *at = PyArray_ITER_DATA(it);
        double x = whole ? (double)*(int64_t *)at : single ? *(float *)at : *(double *)at;
        if (!keeps(rule, x)) r = refuse(rule, name, x, true);
        PyArray_ITER_NEXT(it);
    }
    Py_DECREF(it);
    return r;
}

static int say(PyObject *type, const char *text)
{
    PyErr_SetString(type, text);
    return -1;
}

static int check_uniform(bool old, bool array, fnp_param *p)
{
    double width = p[1].f - p[0].f;
    if (!isfinite(width))
        return say(PyExc_OverflowError, old || array ? "Range exceeds valid bounds"
                                                     : "high - low range exceeds valid bounds");
    if (!old && signbit(width)) return say(PyExc_ValueError, "high - low < 0");
    p[1].f = width;
    return 0;
}

static int check_triangular(const fnp_param *p)
{
    if (p[0].f > p[1].f) return say(PyExc_ValueError, "left > mode");
    if (p[1].f > p[2].f) return say(PyExc_ValueError, "mode > right");
    return p[0].f == p[2].f ? say(PyExc_ValueError, "left == right") : 0;
}

static int check_colors(bool old, const fnp_param *p)
{
    if (!old && (p[0].i >= COLOR_MOST || p[1].i >= COLOR_MOST))
        return say(PyExc_ValueError, "both ngood and nbad must be less than 1000000000");
    int64_t total;
    if (__builtin_add_overflow(p[0].i, p[1].i, &total)) total = INT64_MAX;
    return total < p[2].i ? say(PyExc_ValueError, "ngood + nbad < nsample") : 0;
}

static int check_waiting(const fnp_param *p)
{
    double rate = (1.0 - p[1].f) / p[1].f * (p[0].f + 10.0 * sqrt(p[0].f));
    return rate > RATE_MOST
               ? say(PyExc_ValueError,
                     "n too large or p too small, see Generator.negative_binomial Notes")
               : 0;
}

static int together(const fnp_dist *row, bool old, bool array, fnp_param *p)
{
    switch (row - fnp_dists) {
    case FNP_DIST_uniform: return check_uniform(old, array, p);
    case FNP_DIST_triangular: return check_triangular(p);
    case FNP_DIST_hypergeometric: return check_colors(old, p);
    case FNP_DIST_negative_binomial: return old ? 0 : check_waiting(p);
    default: return 0;
    }
}

HIDDEN int ext_random_check_together(const fnp_dist *row, bool old, fnp_param *p)
{
    return together(row, old, false, p);
}

/* Checked again where it is drawn, element by element: here before the first draw. */
HIDDEN int ext_random_check_arrays_together(const fnp_dist *row, bool old, PyArrayObject **a)
{
    int kind = (int)(row - fnp_dists);
    if (kind != FNP_DIST_uniform && kind != FNP_DIST_triangular &&
        kind != FNP_DIST_hypergeometric && (old || kind != FNP_DIST_negative_binomial))
        return 0;
    PyArrayMultiIterObject *m =
        (PyArrayMultiIterObject *)PyArray_MultiIterFromObjects((PyObject **)a, row->count, 0);
    if (!m) return -1;
    int r = 0;
    while (r == 0 && PyArray_MultiIter_NOTDONE(m)) {
        fnp_param p[3];
        for (int i = 0; i < row->count; i++) {
            void *at = PyArray_MultiIter_DATA(m, i);
            if (row->params[i].whole)
                p[i].i = *(int64_t *)at;
            else
                p[i].f = *(double *)at;
        }
        r = together(row, old, true, p);
        PyArray_MultiIter_NEXT(m);
    }
    Py_DECREF(m);
    return r;
}
