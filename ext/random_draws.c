/* Generator and RandomState: draws from the stream of a bit generator. What is not a row of
 * distributions.def: fills with a dtype and an out, integers, shuffles, counts of many outcomes. */
#include "random.h"

#include <string.h>

static PyTypeObject generator_type, state_type;
static PyTypeObject *int64_scalar; /* the default dtype of Generator.integers */

/* _attach(bit_generator): draw from it from now on. */
static PyObject *attach(PyObject *o, PyObject *bits)
{
    ExtDraws *self = (ExtDraws *)o;
    bool old = PyObject_TypeCheck(o, &state_type);
    PyObject *capsule = PyObject_GetAttrString(bits, "capsule");
    if (!capsule) return NULL;
    if (!PyCapsule_IsValid(capsule, "BitGenerator")) {
        Py_DECREF(capsule);
        return PyErr_Format(PyExc_ValueError,
                            "Invalid bit generator. The bit generator must be %s.",
                            old ? "instantized" : "instantiated");
    }
    const fnp_bitgen *g = PyCapsule_GetPointer(capsule, "BitGenerator");
    Py_DECREF(capsule);
    PyObject *lock = PyObject_GetAttrString(bits, "lock");
    if (!lock) return NULL;
    Py_XSETREF(self->lock, lock);
    bool ordinary = !strcmp(Py_TYPE(lock)->tp_name, "_thread.RLock");
    Py_XSETREF(self->acquire, ordinary ? PyObject_GetAttrString(lock, "acquire") : NULL);
    Py_XSETREF(self->release, ordinary ? PyObject_GetAttrString(lock, "release") : NULL);
    Py_XSETREF(self->bit_generator, Py_NewRef(bits));
    self->pair = (fnp_normal_pair){0};
    self->draw = (fnp_draw){.bits = *g, .old = old ? &self->pair : NULL};
    Py_RETURN_NONE;
}

static int draws_traverse(PyObject *o, visitproc visit, void *arg)
{
    Py_VISIT(((ExtDraws *)o)->bit_generator);
    Py_VISIT(((ExtDraws *)o)->lock);
    Py_VISIT(((ExtDraws *)o)->acquire);
    Py_VISIT(((ExtDraws *)o)->release);
    return 0;
}
static int draws_clear(PyObject *o)
{
    Py_CLEAR(((ExtDraws *)o)->bit_generator);
    Py_CLEAR(((ExtDraws *)o)->lock);
    Py_CLEAR(((ExtDraws *)o)->acquire);
    Py_CLEAR(((ExtDraws *)o)->release);
    return 0;
}
static void draws_dealloc(PyObject *o)
{
    PyTypeObject *type = Py_TYPE(o);
    PyObject_GC_UnTrack(o);
    draws_clear(o);
    type->tp_free(o);
}

/* ---- fills with a dtype ------------------------------------------------------------------------
 */
typedef enum { UNIT, NORMAL, EXPONENTIAL, INVERSE } fill_kind;

static void fill(ExtDraws *self, fill_kind kind, int type, void *out, npy_intp n)
{
    const fnp_bitgen *g = &self->draw.bits;
    if (type == NPY_FLOAT) {
        switch (kind) {
        case UNIT: fnp_fill_unit_f32(g, out, n); return;
        case NORMAL: fnp_fill_normal_f32(g, out, n); return;
        case EXPONENTIAL: fnp_fill_exponential_f32(g, out, n); return;
        case INVERSE: fnp_fill_exponential_inverse_f32(g, out, n); return;
        }
    }
    if (self->draw.old && kind == NORMAL) {
        double *x = out;
        for (npy_intp i = 0; i < n; i++) x[i] = fnp_draw_normal_polar(g, &self->pair);
        return;
    }
    if (self->draw.old && kind == EXPONENTIAL) {
        double *x = out;
        for (npy_intp i = 0; i < n; i++)
            x[i] = fnp_draw_exponential(&self->draw, &(fnp_param){.f = 1.0});
        return;
    }
    switch (kind) {
    case UNIT: fnp_fill_unit(g, out, n); return;
    case NORMAL: fnp_fill_normal(g, out, n); return;
    case EXPONENTIAL: fnp_fill_exponential(g, out, n); return;
    case INVERSE: fnp_fill_exponential_inverse(g, out, n); return;
    }
}

HIDDEN int ext_random_check_out(PyObject *out, int type, PyObject *size, bool any_order)
{
    PyArrayObject *a = (PyArrayObject *)out;
    bool fits = PyArray_Check(out) && (PyArray_ISCARRAY(a) || (any_order && PyArray_ISFARRAY(a)));
    if (!fits) {
        PyErr_Format(PyExc_ValueError,
                     "Supplied output array must be %scontiguous, writable, aligned, and in "
                     "machine byte-order.",
                     any_order ? "" : "C-");
        return -1;
    }
    if (PyArray_TYPE(a) != type) {
        PyArray_Descr *d = PyArray_DescrFromType(type);
        PyErr_Format(PyExc_TypeError,
                     "Supplied output array has the wrong type. Expected %S, got %S", d,
                     PyArray_DESCR(a));
        Py_DECREF(d);
        return -1;
    }
    if (!size || size == Py_None) return 0;
    PyArray_Dims dims = {NULL, 0};
    if (!PyArray_IntpConverter(size, &dims)) return -1;
    bool same =
        dims.len == PyArray_NDIM(a) && PyArray_CompareLists(dims.ptr, PyArray_DIMS(a), dims.len);
    PyDimMem_FREE(dims.ptr);
    if (same) return 0;
    PyErr_SetString(PyExc_ValueError, "size must match out.shape when used together");
    return -1;
}

HIDDEN int ext_random_float_type(PyObject *dtype, const char *function)
{
    PyArray_Descr *d = NULL;
    if (!dtype) return NPY_DOUBLE;
    if (!PyArray_DescrConverter(dtype, &d)) return -1;
    int type = d->type_num;
    bool fits = (type == NPY_DOUBLE || type == NPY_FLOAT) && PyArray_ISNBO(d->byteorder);
    if (!fits) PyErr_Format(PyExc_TypeError, "Unsupported dtype %R for %s", d, function);
    Py_DECREF(d);
    return fits ? type : -1;
}

static PyObject *filled(PyObject *o, fill_kind kind, int type, PyObject *size, PyObject *out)
{
    ExtDraws *self = (ExtDraws *)o;
    if (type < 0) return NULL;
    if (out == Py_None) out = NULL;
    if (out && ext_random_check_out(out, type, size, true) < 0) return NULL;
    if (!out && (!size || size == Py_None)) {
        double x;
        float single;
        if (ext_random_enter(self) < 0) return NULL;
        fill(self, kind, type, type == NPY_FLOAT ? (void *)&single : &x, 1);
        if (ext_random_leave(self) < 0) return NULL;
        return PyFloat_FromDouble(type == NPY_FLOAT ? single : x);
    }
    PyArrayObject *a = out ? (PyArrayObject *)Py_NewRef(out) : ext_random_new(size, type);
    if (!a || ext_random_enter(self) < 0) {
        Py_XDECREF(a);
        return NULL;
    }
    npy_intp n = PyArray_SIZE(a);
    NPY_BEGIN_THREADS_DEF;
    NPY_BEGIN_THREADS_THRESHOLDED(n);
    fill(self, kind, type, PyArray_DATA(a), n);
    NPY_END_THREADS;
    if (ext_random_leave(self) < 0) Py_CLEAR(a);
    return (PyObject *)a;
}

#define FAST PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames

static PyObject *plain(FAST, const char *name, fill_kind kind)
{
    static const char *const names[] = {"size"};
    PyObject *size;
    if (ext_random_parse(name, names, 1, 0, args, nargs, kwnames, &size) < 0) return NULL;
    return filled(self, kind, NPY_DOUBLE, size, NULL);
}
static PyObject *old_random_sample(FAST)
{
    return plain(self, args, nargs, kwnames, "random_sample", UNIT);
}
static PyObject *old_random(FAST)
{
    return plain(self, args, nargs, kwnames, "random", UNIT);
}
static PyObject *old_normal(FAST)
{
    return plain(self, args, nargs, kwnames, "standard_normal", NORMAL);
}
static PyObject *old_exponential(FAST)
{
    return plain(self, args, nargs, kwnames, "standard_exponential", EXPONENTIAL);
}

static PyObject *typed(FAST, const char *name, fill_kind kind)
{
    static const char *const names[] = {"size", "dtype", "out"};
    PyObject *given[3];
    if (ext_random_parse(name, names, 3, 0, args, nargs, kwnames, given) < 0) return NULL;
    return filled(self, kind, ext_random_float_type(given[1], name), given[0], given[2]);
}
static PyObject *new_random(FAST)
{
    return typed(self, args, nargs, kwnames, "random", UNIT);
}
static PyObject *new_normal(FAST)
{
    return typed(self, args, nargs, kwnames, "standard_normal", NORMAL);
}
static PyObject *new_exponential(FAST)
{
    static const char *const names[] = {"size", "dtype", "method", "out"};
    PyObject *given[4];
    if (ext_random_parse("standard_exponential", names, 4, 0, args, nargs, kwnames, given) < 0)
        return NULL;
    bool zig = !given[2] ||
               (PyUnicode_Check(given[2]) && !PyUnicode_CompareWithASCIIString(given[2], "zig"));
    return filled(self, zig ? EXPONENTIAL : INVERSE,
                  ext_random_float_type(given[1], "standard_exponential"), given[0], given[3]);
}

static PyObject *gamma32_each(ExtDraws *self, PyArrayObject *shape, PyArrayObject *to)
{
    PyArrayMultiIterObject *m = ext_random_walk(to, &shape, 1);
    if (!m || ext_random_enter(self) < 0) {
        Py_XDECREF(m);
        return NULL;
    }
    float *out = PyArray_DATA(to);
    if (PyArray_SIZE(shape) == 1)
        fnp_fill_gamma_f32(&self->draw.bits, *(float *)PyArray_DATA(shape), out, PyArray_SIZE(to));
    for (npy_intp i = 0; PyArray_SIZE(shape) != 1 && i < m->size; i++) {
        fnp_fill_gamma_f32(&self->draw.bits, *(float *)PyArray_MultiIter_DATA(m, 1), out + i, 1);
        PyArray_MultiIter_NEXT(m);
    }
    Py_DECREF(m);
    return ext_random_leave(self) < 0 ? NULL : Py_NewRef((PyObject *)to);
}

HIDDEN PyObject *ext_random_gamma32(ExtDraws *self, PyObject *given, PyObject *size, PyObject *out)
{
    PyArrayObject *shape = (PyArrayObject *)PyArray_FROM_OTF(
        given, NPY_FLOAT, NPY_ARRAY_ALIGNED | NPY_ARRAY_FORCECAST);
    if (!shape) return NULL;
    PyObject *found = NULL;
    bool scalar = PyArray_NDIM(shape) == 0;
    int r = scalar ? ext_random_check_value(FNP_RULE_NOT_NEGATIVE, "shape",
                                            (fnp_param){.f = *(float *)PyArray_DATA(shape)}, false)
                   : ext_random_check_array(FNP_RULE_NOT_NEGATIVE, "shape", shape);
    if (r == 0 && scalar && !size && !out) {
        float x;
        if (ext_random_enter(self) == 0) {
            fnp_fill_gamma_f32(&self->draw.bits, *(float *)PyArray_DATA(shape), &x, 1);
            if (ext_random_leave(self) == 0) found = PyFloat_FromDouble(x);
        }
    } else if (r == 0) {
        PyArrayObject *to = out    ? (PyArrayObject *)Py_NewRef(out)
                            : size ? ext_random_new(size, NPY_FLOAT)
                                   : (PyArrayObject *)PyArray_SimpleNew(
                                         PyArray_NDIM(shape), PyArray_DIMS(shape), NPY_FLOAT);
        found = to ? gamma32_each(self, shape, to) : NULL;
        Py_XDECREF(to);
    }
    Py_DECREF(shape);
    return found;
}

static PyObject *new_gamma(FAST)
{
    static const char *const names[] = {"shape", "size", "dtype", "out"};
    PyObject *given[4];
    if (ext_random_parse("standard_gamma", names, 4, 1, args, nargs, kwnames, given) < 0)
        return NULL;
    int type = ext_random_float_type(given[2], "standard_gamma");
    PyObject *size = given[1] == Py_None ? NULL : given[1],
             *out = given[3] == Py_None ? NULL : given[3];
    if (type < 0 || (out && ext_random_check_out(out, type, size, false) < 0)) return NULL;
    if (type == NPY_FLOAT) return ext_random_gamma32((ExtDraws *)self, given[0], size, out);
    return ext_random_run((ExtDraws *)self, &fnp_dists[FNP_DIST_standard_gamma], given, size, out);
}

/* ---- integers ----------------------------------------------------------------------------------
 */

/* _integers(out, first, most, masked): out[i] = first + a number in [0, most]. */
static PyObject *integers(ExtDraws *self, PyObject *args)
{
    PyArrayObject *out;
    unsigned long long first, most;
    int masked;
    if (!PyArg_ParseTuple(args, "O!KKp", &PyArray_Type, &out, &first, &most, &masked)) return NULL;
    if (ext_random_enter(self) < 0) return NULL;
    npy_intp n = PyArray_SIZE(out);
    int bits = PyArray_TYPE(out) == NPY_BOOL ? 1 : 8 * (int)PyArray_ITEMSIZE(out);
    NPY_BEGIN_THREADS_DEF;
    NPY_BEGIN_THREADS_THRESHOLDED(n);
    fnp_fill_integers(&self->draw.bits, first, most, bits, masked, PyArray_DATA(out), n);
    NPY_END_THREADS;
    return ext_random_leave(self) < 0 ? NULL : Py_NewRef(Py_None);
}

/* Python's numbers and no unusual dtype: 1, or 0 if the general way must be gone. */
static int plain_range(PyObject *const *given, bool closed, uint64_t *first, uint64_t *most)
{
    bool single = !given[1] || given[1] == Py_None;
    if (!PyLong_CheckExact(given[0]) || (!single && !PyLong_CheckExact(given[1]))) return 0;
    int far = 0, farther = 0;
    int64_t low = single ? 0 : PyLong_AsLongLongAndOverflow(given[0], &far);
    int64_t high = PyLong_AsLongLongAndOverflow(single ? given[0] : given[1], &farther);
    if (far || farther || (closed ? high < low : high <= low)) return 0;
    *first = (uint64_t)low;
    *most = (uint64_t)high - (uint64_t)low - !closed;
    return 1;
}

static PyObject *integers_of(ExtDraws *self, const char *name, int count, PyObject *const *args,
                             Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"low", "high", "size", "dtype", "endpoint"};
    static PyObject *general;
    PyObject *given[5] = {NULL, NULL, NULL, NULL, NULL};
    uint64_t first, most;
    bool old = self->draw.old;
    if (ext_random_parse(name, names, count, 1, args, nargs, kwnames, given) < 0) return NULL;
    int closed = given[4] ? PyObject_IsTrue(given[4]) : 0;
    if (closed < 0) return NULL;
    bool python = given[3] ? given[3] == (PyObject *)&PyLong_Type : old;
    bool plain = python || !given[3] || given[3] == (PyObject *)int64_scalar;
    if (!plain || !plain_range(given, closed, &first, &most)) {
        if (!ext_import(&general, "random._draws", "integers")) return NULL;
        PyObject *kind = given[3] ? given[3] : (PyObject *)(old ? &PyLong_Type : int64_scalar);
        return PyObject_CallFunction(general, "OOOOOii", self, given[0],
                                     given[1] ? given[1] : Py_None, given[2] ? given[2] : Py_None,
                                     kind, closed, (int)old);
    }
    bool one = !given[2] || given[2] == Py_None;
    int64_t x;
    PyArrayObject *made = one ? NULL : ext_random_new(given[2], NPY_INT64);
    if ((!one && !made) || ext_random_enter(self) < 0) {
        Py_XDECREF(made);
        return NULL;
    }
    npy_intp n = one ? 1 : PyArray_SIZE(made);
    NPY_BEGIN_THREADS_DEF;
    NPY_BEGIN_THREADS_THRESHOLDED(n);
    fnp_fill_integers(&self->draw.bits, first, most, 64, old, one ? (void *)&x : PyArray_DATA(made),
                      n);
    NPY_END_THREADS;
    if (ext_random_leave(self) < 0) Py_CLEAR(made);
    if (!one || PyErr_Occurred()) return (PyObject *)made;
    if (python) return PyLong_FromLongLong(x);
    PyArray_Descr *d = PyArray_DescrFromType(NPY_INT64);
    PyObject *scalar = PyArray_Scalar(&x, d, NULL);
    Py_DECREF(d);
    return scalar;
}
static PyObject *new_integers(FAST)
{
    return integers_of((ExtDraws *)self, "integers", 5, args, nargs, kwnames);
}
static PyObject *old_randint(FAST)
{
    return integers_of((ExtDraws *)self, "randint", 4, args, nargs, kwnames);
}

/* rand and randn: the arguments are the shape. */
static PyObject *of_shape(PyObject *self, fill_kind kind, PyObject *args)
{
    return filled(self, kind, NPY_DOUBLE, PyTuple_GET_SIZE(args) ? args : NULL, NULL);
}
static PyObject *old_rand(PyObject *self, PyObject *args)
{
    return of_shape(self, UNIT, args);
}
static PyObject *old_randn(PyObject *self, PyObject *args)
{
    return of_shape(self, NORMAL, args);
}

/* _integers_each(out, firsts, mosts, masked): the same with uint64 arrays of out's length. */
static PyObject *integers_each(ExtDraws *self, PyObject *args)
{
    PyArrayObject *out, *firsts, *mosts;
    int masked;
    if (!PyArg_ParseTuple(args, "O!O!O!p", &PyArray_Type, &out, &PyArray_Type, &firsts,
                          &PyArray_Type, &mosts, &masked) ||
        ext_random_enter(self) < 0)
        return NULL;
    npy_intp n = PyArray_SIZE(out), size = PyArray_ITEMSIZE(out);
    const uint64_t *first = PyArray_DATA(firsts), *most = PyArray_DATA(mosts);
    int bits = PyArray_TYPE(out) == NPY_BOOL ? 1 : 8 * (int)size;
    fnp_draw_pieces pieces = {0};
    for (npy_intp i = 0; i < n; i++) {
        const fnp_bitgen *g = &self->draw.bits;
        uint64_t x = bits < 32 ? fnp_draw_small(g, most[i], bits, masked, &pieces)
                     : masked  ? fnp_draw_masked(g, most[i])
                               : fnp_draw_bounded(g, most[i]);
        x += first[i];
        memcpy(PyArray_BYTES(out) + i * size, &x, (size_t)size); /* little-endian */
    }
    return ext_random_leave(self) < 0 ? NULL : Py_NewRef(Py_None);
}

/* _interval(most): one number in [0, most], by masking; _bounded(most): by multiplication. */
static PyObject *interval(ExtDraws *self, PyObject *arg)
{
    uint64_t most = PyLong_AsUnsignedLongLong(arg);
    if (PyErr_Occurred()) return NULL;
    return PyLong_FromUnsignedLongLong(fnp_draw_masked(&self->draw.bits, most));
}
static PyObject *bounded(ExtDraws *self, PyObject *arg)
{
    uint64_t most = PyLong_AsUnsignedLongLong(arg);
    if (PyErr_Occurred()) return NULL;
    return PyLong_FromUnsignedLongLong(fnp_draw_bounded(&self->draw.bits, most));
}

/* bytes(length) */
static PyObject *bytes(FAST)
{
    static const char *const names[] = {"length"};
    ExtDraws *s = (ExtDraws *)self;
    PyObject *length, *i;
    if (ext_random_parse("bytes", names, 1, 1, args, nargs, kwnames, &length) < 0) return NULL;
    if (!(i = PyNumber_Long(length))) return NULL;
    Py_ssize_t n = PyLong_AsSsize_t(i);
    Py_DECREF(i);
    if (n == -1 && PyErr_Occurred()) return NULL;
    Py_ssize_t words = (n - 1) / 4 + 1;
    if (words < 0) words = 0;
    PyObject *made = PyBytes_FromStringAndSize(NULL, 4 * words);
    if (!made || ext_random_enter(s) < 0) return NULL;
    uint32_t *out = (uint32_t *)PyBytes_AS_STRING(made);
    for (Py_ssize_t k = 0; k < words; k++) out[k] = s->draw.bits.next_uint32(s->draw.bits.state);
    if (ext_random_leave(s) < 0) Py_CLEAR(made);
    if (made && n != 4 * words) {
        Py_ssize_t keep = n < 0 ? 4 * words + n : n;
        _PyBytes_Resize(&made, keep < 0 ? 0 : keep);
    }
    return made;
}

/* ---- orders ------------------------------------------------------------------------------------
 */

/* _shuffle(array, least): the items along the first axis (those from `least` on are final), items
 * being contiguous blocks. */
static PyObject *shuffle(ExtDraws *self, PyObject *args)
{
    PyArrayObject *a;
    Py_ssize_t least = 1;
    if (!PyArg_ParseTuple(args, "O!|n", &PyArray_Type, &a, &least)) return NULL;
    npy_intp size = PyArray_ITEMSIZE(a);
    for (int i = 1; i < PyArray_NDIM(a); i++) size *= PyArray_DIM(a, i);
    char *swap = PyMem_Malloc(size ? (size_t)size : 1);
    if (!swap || ext_random_enter(self) < 0) {
        PyMem_Free(swap);
        return swap ? NULL : PyErr_NoMemory();
    }
    fnp_draw_shuffle(&self->draw.bits, PyArray_BYTES(a), PyArray_DIM(a, 0), PyArray_STRIDE(a, 0),
                     size, least, swap);
    PyMem_Free(swap);
    return ext_random_leave(self) < 0 ? NULL : Py_NewRef(Py_None);
}

/* _shuffle_lines(array, axis): each line along an axis by itself, the lines in C order. */
static PyObject *shuffle_lines(ExtDraws *self, PyObject *args)
{
    PyArrayObject *a;
    int axis;
    if (!PyArg_ParseTuple(args, "O!i", &PyArray_Type, &a, &axis)) return NULL;
    PyArrayIterObject *line = (PyArrayIterObject *)PyArray_IterAllButAxis((PyObject *)a, &axis);
    if (!line) return NULL;
    npy_intp size = PyArray_ITEMSIZE(a), n = PyArray_DIM(a, axis), stride = PyArray_STRIDE(a, axis);
    char *swap = PyMem_Malloc(size ? (size_t)size : 1);
    int r = swap ? ext_random_enter(self) : (PyErr_NoMemory(), -1);
    if (r == 0) {
        while (PyArray_ITER_NOTDONE(line)) {
            fnp_draw_shuffle(&self->draw.bits, PyArray_ITER_DATA(line), n, stride, size, 1, swap);
            PyArray_ITER_NEXT(line);
        }
        r = ext_random_leave(self);
    }
    PyMem_Free(swap);
    Py_DECREF(line);
    return r < 0 ? NULL : Py_NewRef(Py_None);
}

/* _shuffle_list(list) */
static PyObject *shuffle_list(ExtDraws *self, PyObject *list)
{
    if (ext_random_enter(self) < 0) return NULL;
    for (Py_ssize_t i = PyList_GET_SIZE(list) - 1; i > 0; i--) {
        Py_ssize_t j = (Py_ssize_t)fnp_draw_masked(&self->draw.bits, (uint64_t)i);
        if (i >= PyList_GET_SIZE(list)) break; /* a foreign stream has changed it */
        PyObject *kept = PyList_GET_ITEM(list, i);
        PyList_SET_ITEM(list, i, PyList_GET_ITEM(list, j));
        PyList_SET_ITEM(list, j, kept);
    }
    return ext_random_leave(self) < 0 ? NULL : Py_NewRef(Py_None);
}

/* Three arrays as arguments, and the lock. */
static int enter_with_arrays(ExtDraws *self, PyObject *args, PyArrayObject **a, PyArrayObject **b,
                             PyArrayObject **c)
{
    if (!PyArg_ParseTuple(args, "O!O!O!", &PyArray_Type, a, &PyArray_Type, b, &PyArray_Type, c))
        return -1;
    return ext_random_enter(self);
}

/* _sticks(out (m, k), alpha (k), rest (k)), all float64. */
static PyObject *sticks(ExtDraws *self, PyObject *args)
{
    PyArrayObject *out, *alpha, *rest;
    if (enter_with_arrays(self, args, &out, &alpha, &rest) < 0) return NULL;
    npy_intp k = PyArray_DIM(out, 1);
    double *row = PyArray_DATA(out);
    for (npy_intp i = 0; i < PyArray_DIM(out, 0); i++, row += k)
        fnp_draw_sticks(&self->draw, PyArray_DATA(alpha), PyArray_DATA(rest), k, row);
    return ext_random_leave(self) < 0 ? NULL : Py_NewRef(Py_None);
}

/* _simplex(out (..., k), alpha (k)), float64 and C-contiguous: gamma numbers of shapes alpha, each
 * row over its sum from left to right. */
static PyObject *simplex(ExtDraws *self, PyObject *args)
{
    PyArrayObject *out, *alpha;
    if (!PyArg_ParseTuple(args, "O!O!", &PyArray_Type, &out, &PyArray_Type, &alpha) ||
        ext_random_enter(self) < 0)
        return NULL;
    npy_intp k = PyArray_SIZE(alpha);
    const double *shapes = PyArray_DATA(alpha);
    double *row = PyArray_DATA(out), *end = row + PyArray_SIZE(out);
    Py_BEGIN_ALLOW_THREADS;
    for (; row < end; row += k) {
        double sum = 0.0;
        for (npy_intp j = 0; j < k; j++) {
            row[j] = fnp_draw_standard_gamma(&self->draw, &(fnp_param){.f = shapes[j]});
            sum += row[j];
        }
        double inverse = 1.0 / sum;
        for (npy_intp j = 0; j < k; j++) row[j] *= inverse;
    }
    Py_END_ALLOW_THREADS;
    return ext_random_leave(self) < 0 ? NULL : Py_NewRef(Py_None);
}

/* _reorder(int64 array): the same with numbers by multiplication. */
static PyObject *reorder(ExtDraws *self, PyObject *arg)
{
    if (!PyArray_Check(arg) || ext_random_enter(self) < 0) return NULL;
    fnp_draw_order(&self->draw.bits, PyArray_DATA((PyArrayObject *)arg),
                   PyArray_SIZE((PyArrayObject *)arg), 1);
    return ext_random_leave(self) < 0 ? NULL : Py_NewRef(Py_None);
}

/* _subset(out (k) int64, of, shuffled): k different numbers in [0, of). */
static PyObject *subset(ExtDraws *self, PyObject *args)
{
    PyArrayObject *out;
    long long of;
    int shuffled;
    if (!PyArg_ParseTuple(args, "O!Lp", &PyArray_Type, &out, &of, &shuffled)) return NULL;
    npy_intp n = PyArray_SIZE(out), room = fnp_draw_subset_room(n, of, shuffled);
    int64_t *work = PyMem_Malloc((size_t)(room > 0 ? room : 1) * sizeof *work);
    if (!work) return PyErr_NoMemory();
    if (ext_random_enter(self) < 0) {
        PyMem_Free(work);
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS;
    fnp_draw_subset(&self->draw.bits, PyArray_DATA(out), n, of, shuffled, work, room);
    Py_END_ALLOW_THREADS;
    PyMem_Free(work);
    return ext_random_leave(self) < 0 ? NULL : Py_NewRef(Py_None);
}

/* ---- many outcomes -----------------------------------------------------------------------------
 */

/* Kahan's sum, which is what decides whether probabilities add up to one. */
static double careful_sum(const double *x, npy_intp n)
{
    double total = 0.0, rest = 0.0;
    for (npy_intp i = 0; i < n; i++) {
        double y = x[i] - rest, t = total + y;
        rest = (t - total) - y;
        total = t;
    }
    return total;
}

/* _outcomes(pvals, given): pvals as a C-contiguous array of float64 whose last axis holds
 * probabilities. `given` is what the caller passed: for the text of an error. */
static PyObject *outcomes(PyObject *unused, PyObject *const *args, Py_ssize_t nargs)
{
    static PyObject *refuse;
    if (nargs != 2) return PyErr_Format(PyExc_TypeError, "two arguments are needed");
    PyArrayObject *p = (PyArrayObject *)PyArray_FROM_OTF(args[0], NPY_DOUBLE, NPY_ARRAY_CARRAY_RO);
    int nd = p ? PyArray_NDIM(p) : 0;
    npy_intp k = nd ? PyArray_DIM(p, nd - 1) : 0;
    if (!k) return (PyObject *)p;
    const double *x = PyArray_DATA(p), *end = x + PyArray_SIZE(p);
    for (const double *each = x; each < end; each++)
        if (!(*each >= 0 && *each <= 1)) {
            PyErr_SetString(PyExc_ValueError, "pvals < 0, pvals > 1 or pvals contains NaNs");
            goto fail;
        }
    for (; x < end; x += k)
        if (k > 1 && careful_sum(x, k - 1) > 1.0 + 1e-12) {
            if (ext_import(&refuse, "random._draws", "refuse_sum"))
                Py_XDECREF(PyObject_CallOneArg(refuse, args[1]));
            goto fail;
        }
    return (PyObject *)p;
fail:
    Py_DECREF(p);
    return NULL;
}

/* _multinomial(out (..., k) int64, n, p float64), C-contiguous; n is an integer or an int64 array
 * of out's rows, p (k) or of out's shape. */
static PyObject *multinomial(ExtDraws *self, PyObject *args)
{
    PyArrayObject *out, *p;
    PyObject *n;
    if (!PyArg_ParseTuple(args, "O!OO!", &PyArray_Type, &out, &n, &PyArray_Type, &p)) return NULL;
    npy_intp k = PyArray_DIM(out, PyArray_NDIM(out) - 1), rows = PyArray_SIZE(out) / k,
             step = PyArray_NDIM(p) == 1 ? 0 : k;
    npy_intp next = PyArray_Check(n);
    int64_t single = next ? 0 : PyLong_AsLong(n);
    if ((single == -1 && PyErr_Occurred()) || ext_random_enter(self) < 0) return NULL;
    int64_t *counts = PyArray_DATA(out), *sizes = next ? PyArray_DATA((PyArrayObject *)n) : &single;
    double *chances = PyArray_DATA(p);
    Py_BEGIN_ALLOW_THREADS;
    for (npy_intp i = 0; i < rows; i++)
        fnp_draw_multinomial(&self->draw, sizes[i * next], counts + i * k, chances + i * step, k);
    Py_END_ALLOW_THREADS;
    return ext_random_leave(self) < 0 ? NULL : Py_NewRef(Py_None);
}

/* _colors(out (m, k) int64, colors (k) int64, total, sample, by margins) */
static PyObject *colors(ExtDraws *self, PyObject *args)
{
    PyArrayObject *out, *of;
    long long total, sample;
    int margins;
    if (!PyArg_ParseTuple(args, "O!O!LLp", &PyArray_Type, &out, &PyArray_Type, &of, &total, &sample,
                          &margins))
        return NULL;
    fnp_intp *work = margins ? NULL : PyMem_Calloc((size_t)total + 1, sizeof *work);
    if (!margins && !work)
        return PyErr_Format(
            PyExc_MemoryError,
            "Insufficient memory for multivariate_hypergeometric with method='count' "
            "and sum(colors)=%lld",
            total);
    if (ext_random_enter(self) < 0) {
        PyMem_Free(work);
        return NULL;
    }
    npy_intp k = PyArray_DIM(out, 1);
    int64_t *counts = PyArray_DATA(out);
    if (work) fnp_draw_balls(PyArray_DATA(of), k, work);
    for (npy_intp i = 0; i < PyArray_DIM(out, 0); i++, counts += k) {
        if (margins)
            fnp_draw_colors_by_margin(&self->draw, total, PyArray_DATA(of), k, sample, counts);
        else
            fnp_draw_colors_by_count(&self->draw, total, PyArray_DATA(of), k, sample, counts, work);
    }
    PyMem_Free(work);
    return ext_random_leave(self) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *get_pair(PyObject *o, void *unused)
{
    fnp_normal_pair *p = &((ExtDraws *)o)->pair;
    return Py_BuildValue("id", (int)p->has, p->has ? p->value : 0.0);
}
static int set_pair(PyObject *o, PyObject *value, void *unused)
{
    int has;
    double x;
    if (!PyArg_ParseTuple(value, "id", &has, &x)) return -1;
    ((ExtDraws *)o)->pair = (fnp_normal_pair){has != 0, x};
    return 0;
}

#define METHOD(name, function, doc)                                                                \
    {                                                                                              \
        name, (PyCFunction)(void (*)(void))function, METH_FASTCALL | METH_KEYWORDS, doc            \
    }
#define COMMON                                                                                     \
    {"_attach", attach, METH_O, NULL}, {"_integers", (PyCFunction)integers, METH_VARARGS, NULL},   \
        {"_integers_each", (PyCFunction)integers_each, METH_VARARGS, NULL},                        \
        {"_interval", (PyCFunction)interval, METH_O, NULL},                                        \
        {"_bounded", (PyCFunction)bounded, METH_O, NULL},                                          \
        {"_shuffle", (PyCFunction)shuffle, METH_VARARGS, NULL},                                    \
        {"_shuffle_lines", (PyCFunction)shuffle_lines, METH_VARARGS, NULL},                        \
        {"_reorder", (PyCFunction)reorder, METH_O, NULL},                                          \
        {"_shuffle_list", (PyCFunction)shuffle_list, METH_O, NULL},                                \
        {"_sticks", (PyCFunction)sticks, METH_VARARGS, NULL},                                      \
        {"_simplex", (PyCFunction)simplex, METH_VARARGS, NULL},                                    \
        {"_subset", (PyCFunction)subset, METH_VARARGS, NULL},                                      \
        {"_outcomes", (PyCFunction)(void (*)(void))outcomes, METH_FASTCALL, NULL},                 \
        {"_multinomial", (PyCFunction)multinomial, METH_VARARGS, NULL},                            \
        {"_colors", (PyCFunction)colors, METH_VARARGS, NULL},                                      \
        METHOD("bytes", bytes, "bytes($self, length)\n--\n\nThat many random bytes.")

static PyMethodDef generator_methods[] = {
    COMMON,
    METHOD("integers", new_integers,
           "integers($self, low, high=None, size=None, dtype=int, endpoint=False)\n--\n\n"
           "Integers in [low, high), or [low, high] with `endpoint`."),
    METHOD("random", new_random,
           "random($self, size=None, dtype=float, out=None)\n--\n\nFloats in [0, 1)."),
    METHOD("standard_normal", new_normal,
           "standard_normal($self, size=None, dtype=float, out=None)\n--\n\n"
           "Normal numbers of mean zero and deviation one."),
    METHOD("standard_exponential", new_exponential,
           "standard_exponential($self, size=None, dtype=float, method='zig', out=None)\n--\n\n"
           "Exponential numbers of mean one."),
    METHOD("standard_gamma", new_gamma,
           "standard_gamma($self, shape, size=None, dtype=float, out=None)\n--\n\n"
           "Gamma numbers of scale one."),
    {NULL}};
static PyMethodDef state_methods[] = {
    COMMON,
    METHOD("randint", old_randint,
           "randint($self, low, high=None, size=None, dtype=int)\n--\n\nIntegers in [low, high)."),
    {"rand", old_rand, METH_VARARGS, "rand($self, *args)\n--\n\nFloats in [0, 1) of a shape."},
    {"randn", old_randn, METH_VARARGS,
     "randn($self, *args)\n--\n\nStandard normal numbers of a shape."},
    METHOD("random_sample", old_random_sample,
           "random_sample($self, size=None)\n--\n\nFloats in [0, 1)."),
    METHOD("random", old_random, "random($self, size=None)\n--\n\nThe same as random_sample."),
    METHOD(
        "standard_normal", old_normal,
        "standard_normal($self, size=None)\n--\n\nNormal numbers of mean zero and deviation one."),
    METHOD("standard_exponential", old_exponential,
           "standard_exponential($self, size=None)\n--\n\nExponential numbers of mean one."),
    {NULL}};

static PyMemberDef members[] = {
    {"_bit_generator", T_OBJECT, offsetof(ExtDraws, bit_generator), READONLY, NULL}, {NULL}};
static PyGetSetDef state_getset[] = {{"_pair", get_pair, set_pair, NULL, NULL}, {NULL}};

static PyTypeObject generator_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "Generator",
    .tp_basicsize = sizeof(ExtDraws),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_new = PyType_GenericNew,
    .tp_dealloc = draws_dealloc,
    .tp_traverse = draws_traverse,
    .tp_clear = draws_clear,
    .tp_methods = generator_methods,
    .tp_members = members,
    .tp_doc =
        "Generator(bit_generator)\n\nRandom numbers from a bit generator; made by default_rng.",
};
static PyTypeObject state_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "RandomState",
    .tp_basicsize = sizeof(ExtDraws),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_new = PyType_GenericNew,
    .tp_dealloc = draws_dealloc,
    .tp_traverse = draws_traverse,
    .tp_clear = draws_clear,
    .tp_methods = state_methods,
    .tp_members = members,
    .tp_getset = state_getset,
    .tp_doc = "RandomState(seed=None)\n\nRandom numbers whose streams never change.",
};

/* The rows' methods, where the type has none of its own of that name. */
static int add_rows(PyTypeObject *type)
{
    for (PyMethodDef *row = ext_random_dist_methods(); row->ml_name; row++) {
        if (PyDict_GetItemString(type->tp_dict, row->ml_name)) continue;
        PyObject *method = PyDescr_NewMethod(type, row);
        int r = method ? PyDict_SetItemString(type->tp_dict, row->ml_name, method) : -1;
        Py_XDECREF(method);
        if (r < 0) return -1;
    }
    PyType_Modified(type);
    return 0;
}

HIDDEN int ext_init_random_draws(PyObject *m)
{
    generator_type.tp_name = ext_qualname("random._generator.Generator");
    state_type.tp_name = ext_qualname("random.mtrand.RandomState");
    int64_scalar = ext_builtin_descrs[NPY_INT64]->typeobj;
    if (PyType_Ready(&generator_type) < 0 || PyType_Ready(&state_type) < 0) return -1;
    if (add_rows(&generator_type) < 0 || add_rows(&state_type) < 0) return -1;
    if (ext_random_place_methods(&generator_type, "random._generator") < 0 ||
        ext_random_place_methods(&state_type, "random") < 0)
        return -1;
    if (PyModule_AddObjectRef(m, "_Generator", (PyObject *)&generator_type) < 0) return -1;
    return PyModule_AddObjectRef(m, "_RandomState", (PyObject *)&state_type);
}
