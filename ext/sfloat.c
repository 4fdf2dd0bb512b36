/* _get_sfloat_dtype: a float64 that is scaled by a factor kept in its dtype; NumPy's own tests of
 * the DType API use it. Written against the public API only. */
#include "ext.h"

#include <math.h>
#include <string.h>

typedef struct {
    PyArray_Descr base;
    double scaling;
} SFloat;

static PyArray_DTypeMeta SFloatDType;

static double scaling_of(const PyArray_Descr *d)
{
    return ((const SFloat *)d)->scaling;
}

static PyArray_Descr *sfloat_new(double scaling)
{
    PyObject *empty = PyTuple_New(0);
    SFloat *d = empty
                    ? (SFloat *)PyArrayDescr_Type.tp_new((PyTypeObject *)&SFloatDType, empty, NULL)
                    : NULL;
    Py_XDECREF(empty);
    if (!d) return NULL;
    d->base.elsize = sizeof(double);
    d->base.alignment = _Alignof(double);
    d->base.kind = 'f';
    d->base.type = 'd';
    d->base.flags |= NPY_NEEDS_PYAPI;
    d->scaling = scaling;
    return &d->base;
}

/* ---- the class's slots
 * --------------------------------------------------------------------------------------------- */
static PyArray_Descr *default_descr(PyArray_DTypeMeta *c)
{
    return sfloat_new(1.0);
}
static PyArray_Descr *discover(PyArray_DTypeMeta *c, PyObject *o)
{
    return sfloat_new(1.0);
}
static int is_known_scalar(PyArray_DTypeMeta *c, PyTypeObject *t)
{
    return t == &PyFloat_Type;
}

static PyArray_DTypeMeta *common_dtype(PyArray_DTypeMeta *a, PyArray_DTypeMeta *b)
{
    bool doubles = b->type_num == NPY_DOUBLE;
    return (PyArray_DTypeMeta *)Py_NewRef(doubles ? (PyObject *)a : Py_NotImplemented);
}

static PyArray_Descr *common_instance(PyArray_Descr *a, PyArray_Descr *b)
{
    return (PyArray_Descr *)Py_NewRef(scaling_of(a) >= scaling_of(b) ? a : b);
}

static PyObject *getitem(PyArray_Descr *d, char *data)
{
    double v;
    memcpy(&v, data, sizeof v);
    return PyFloat_FromDouble(v * scaling_of(d));
}

static int setitem(PyArray_Descr *d, PyObject *o, char *data)
{
    if (!PyFloat_Check(o)) {
        PyErr_SetString(PyExc_NotImplementedError, "Currently only accepts floats");
        return -1;
    }
    double v = PyFloat_AS_DOUBLE(o) / scaling_of(d);
    memcpy(data, &v, sizeof v);
    return 0;
}

static int compare(const void *a, const void *b, void *arr)
{
    double x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return (x > y) - (x < y);
}

static npy_bool nonzero(void *p, void *arr)
{
    double v;
    memcpy(&v, p, sizeof v);
    return v != 0;
}

/* ---- casts
 * ------------------------------------------------------------------------------------------------------------
 */
static NPY_CASTING level_between(PyArray_Descr *a, PyArray_Descr *b)
{
    if (scaling_of(a) == scaling_of(b)) return NPY_NO_CASTING;
    return fabs(scaling_of(a)) == fabs(scaling_of(b)) ? NPY_EQUIV_CASTING : NPY_SAME_KIND_CASTING;
}

static NPY_CASTING resolve_within(struct PyArrayMethodObject_tag *m,
                                  PyArray_DTypeMeta *const *dtypes, PyArray_Descr *const *given,
                                  PyArray_Descr **loop, npy_intp *view)
{
    loop[0] = (PyArray_Descr *)Py_NewRef(given[0]);
    loop[1] = (PyArray_Descr *)Py_NewRef(given[1] ? given[1] : given[0]);
    NPY_CASTING level = level_between(loop[0], loop[1]);
    if (level == NPY_NO_CASTING) *view = 0;
    return level;
}

static int scale(PyArrayMethod_Context *c, char *const *data, const npy_intp *dims,
                 const npy_intp *st, NpyAuxData *aux)
{
    double factor = scaling_of(c->descriptors[0]) / scaling_of(c->descriptors[1]);
    if (!isfinite(factor)) {
        PyErr_SetString(PyExc_TypeError, "error raised inside the core-loop: non-finite factor!");
        return -1;
    }
    const char *s = data[0];
    char *d = data[1];
    for (npy_intp i = 0; i < dims[0]; i++, s += st[0], d += st[1]) {
        double v;
        memcpy(&v, s, sizeof v);
        v *= factor;
        memcpy(d, &v, sizeof v);
    }
    return 0;
}

static int copy(PyArrayMethod_Context *c, char *const *data, const npy_intp *dims,
                const npy_intp *st, NpyAuxData *aux)
{
    for (npy_intp i = 0; i < dims[0]; i++)
        memcpy(data[1] + i * st[1], data[0] + i * st[0], sizeof(double));
    return 0;
}

static PyArray_Descr *unit_of(PyArray_DTypeMeta *c) /* float64, or the factor 1 */
{
    return c == &SFloatDType ? sfloat_new(1.0) : PyArray_DescrFromType(NPY_DOUBLE);
}

static NPY_CASTING resolve_double(struct PyArrayMethodObject_tag *m,
                                  PyArray_DTypeMeta *const *dtypes, PyArray_Descr *const *given,
                                  PyArray_Descr **loop, npy_intp *view)
{
    loop[0] = unit_of(dtypes[0]);
    loop[1] = loop[0] ? unit_of(dtypes[1]) : NULL;
    if (!loop[1]) return (NPY_CASTING)-1;
    *view = 0;
    return NPY_NO_CASTING;
}

static NPY_CASTING resolve_bool(struct PyArrayMethodObject_tag *m, PyArray_DTypeMeta *const *dtypes,
                                PyArray_Descr *const *given, PyArray_Descr **loop, npy_intp *view)
{
    loop[0] = (PyArray_Descr *)Py_NewRef(given[0]);
    loop[1] = PyArray_DescrFromType(NPY_BOOL);
    return NPY_UNSAFE_CASTING;
}

static int to_bool(PyArrayMethod_Context *c, char *const *data, const npy_intp *dims,
                   const npy_intp *st, NpyAuxData *aux)
{
    for (npy_intp i = 0; i < dims[0]; i++)
        data[1][i * st[1]] = (char)nonzero(data[0] + i * st[0], NULL);
    return 0;
}

/* ---- ufuncs
 * -------------------------------------------------------------------------------------------------------------
 */
static NPY_CASTING resolve_multiply(struct PyArrayMethodObject_tag *m,
                                    PyArray_DTypeMeta *const *dtypes, PyArray_Descr *const *given,
                                    PyArray_Descr **loop, npy_intp *view)
{
    loop[2] = sfloat_new(scaling_of(given[0]) * scaling_of(given[1]));
    if (!loop[2]) return (NPY_CASTING)-1;
    loop[0] = (PyArray_Descr *)Py_NewRef(given[0]);
    loop[1] = (PyArray_Descr *)Py_NewRef(given[1]);
    return NPY_NO_CASTING;
}

static int multiply(PyArrayMethod_Context *c, char *const *data, const npy_intp *dims,
                    const npy_intp *st, NpyAuxData *aux)
{
    for (npy_intp i = 0; i < dims[0]; i++)
        *(double *)(data[2] + i * st[2]) =
            *(double *)(data[0] + i * st[0]) * *(double *)(data[1] + i * st[1]);
    return 0;
}

static NPY_CASTING resolve_add(struct PyArrayMethodObject_tag *m, PyArray_DTypeMeta *const *dtypes,
                               PyArray_Descr *const *given, PyArray_Descr **loop, npy_intp *view)
{
    loop[2] = given[2] ? (PyArray_Descr *)Py_NewRef(given[2]) : common_instance(given[0], given[1]);
    loop[0] = (PyArray_Descr *)Py_NewRef(given[0]);
    loop[1] = (PyArray_Descr *)Py_NewRef(given[1]);
    NPY_CASTING a = level_between(loop[0], loop[2]), b = level_between(loop[1], loop[2]);
    return a > b ? a : b;
}

static int add(PyArrayMethod_Context *c, char *const *data, const npy_intp *dims,
               const npy_intp *st, NpyAuxData *aux)
{
    double out = scaling_of(c->descriptors[2]);
    double fa = scaling_of(c->descriptors[0]) / out, fb = scaling_of(c->descriptors[1]) / out;
    for (npy_intp i = 0; i < dims[0]; i++)
        *(double *)(data[2] + i * st[2]) =
            *(double *)(data[0] + i * st[0]) * fa + *(double *)(data[1] + i * st[1]) * fb;
    return 0;
}

static int all_sfloat(PyObject *ufunc, PyArray_DTypeMeta *const op[],
                      PyArray_DTypeMeta *const signature[], PyArray_DTypeMeta *new_op[])
{
    for (int i = 0; i < 3; i++)
        new_op[i] = (PyArray_DTypeMeta *)Py_NewRef(signature[i] ? signature[i] : &SFloatDType);
    return 0;
}

static int all_bool(PyObject *ufunc, PyArray_DTypeMeta *const op[],
                    PyArray_DTypeMeta *const signature[], PyArray_DTypeMeta *new_op[])
{
    PyArray_Descr *b = PyArray_DescrFromType(NPY_BOOL);
    for (int i = 0; i < 3; i++) {
        PyArray_DTypeMeta *c = signature[i] ? signature[i] : NPY_DTYPE(b);
        new_op[i] = (PyArray_DTypeMeta *)Py_NewRef(c);
    }
    Py_DECREF(b);
    return 0;
}

static int translate_given(int nin, int nout, PyArray_DTypeMeta *const wrapped[],
                           PyArray_Descr *const given[], PyArray_Descr *out[])
{
    for (int i = 0; i < nin + nout; i++)
        out[i] = given[i] ? PyArray_DescrFromType(NPY_DOUBLE) : NULL;
    return 0;
}

/* All operands take the first one's factor: the functions wrapped here commute with scaling. */
static int translate_loop(int nin, int nout, PyArray_DTypeMeta *const new_dtypes[],
                          PyArray_Descr *const given[], PyArray_Descr *original[],
                          PyArray_Descr *loop[])
{
    for (int i = 0; i < nin + nout; i++) loop[i] = (PyArray_Descr *)Py_NewRef(given[0]);
    return 0;
}

static int add_loop(const char *name, PyArrayMethod_ResolveDescriptors *resolve,
                    PyArrayMethod_StridedLoop *loop)
{
    PyArray_DTypeMeta *dtypes[3] = {&SFloatDType, &SFloatDType, &SFloatDType};
    PyType_Slot slots[] = {
        {NPY_METH_resolve_descriptors, resolve}, {NPY_METH_strided_loop, loop}, {0, NULL}};
    PyArrayMethod_Spec spec = {.name = name,
                               .nin = 2,
                               .nout = 1,
                               .casting = NPY_NO_CASTING,
                               .dtypes = dtypes,
                               .slots = slots};
    PyObject *u = ext_ufunc(name);
    return u ? PyUFunc_AddLoopFromSpec(u, &spec) : -1;
}

static int add_promoter(const char *name, PyArray_DTypeMeta *a, PyArray_DTypeMeta *b, PyObject *out,
                        PyArrayMethod_PromoterFunction *f)
{
    PyObject *u = ext_ufunc(name), *t = PyTuple_Pack(3, a, b, out);
    PyObject *c = t ? PyCapsule_New((void *)f, "numpy._ufunc_promoter", NULL) : NULL;
    int r = u && c ? PyUFunc_AddPromoter(u, t, c) : -1;
    Py_XDECREF(t);
    Py_XDECREF(c);
    return r;
}

static int add_ufuncs(PyArray_DTypeMeta *doubles)
{
    if (add_loop("multiply", resolve_multiply, multiply) < 0 ||
        add_loop("add", resolve_add, add) < 0)
        return -1;
    if (add_promoter("multiply", &SFloatDType, doubles, Py_None, all_sfloat) < 0 ||
        add_promoter("multiply", doubles, &SFloatDType, Py_None, all_sfloat) < 0)
        return -1;
    static const char *const logical[] = {"logical_and", "logical_or", "logical_xor"};
    PyArray_Descr *b = PyArray_DescrFromType(NPY_BOOL);
    for (int i = 0; i < 3; i++)
        if (add_promoter(logical[i], &SFloatDType, &SFloatDType, (PyObject *)NPY_DTYPE(b),
                         all_bool) < 0)
            return -1;
    Py_DECREF(b);
    PyArray_DTypeMeta *own[3] = {&SFloatDType, &SFloatDType, &SFloatDType},
                      *wrapped[3] = {doubles, doubles, doubles};
    PyObject *hypot = ext_ufunc("hypot");
    return hypot ? PyUFunc_AddWrappingLoop(hypot, own, wrapped, translate_given, translate_loop)
                 : -1;
}

/* ---- the class
 * -------------------------------------------------------------------------------------------------------------
 */
static PyObject *class_new(PyTypeObject *cls, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"scaling", NULL};
    double scaling = 1.0;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|d:_ScaledFloatTestDType", names, &scaling))
        return NULL;
    return (PyObject *)sfloat_new(scaling);
}

static PyObject *scaled_by(PyObject *self, PyObject *arg)
{
    double f = PyFloat_AsDouble(arg);
    if (f == -1 && PyErr_Occurred()) return NULL;
    return (PyObject *)sfloat_new(f * scaling_of((PyArray_Descr *)self));
}

static PyObject *get_scaling(PyObject *self, PyObject *unused)
{
    return PyFloat_FromDouble(scaling_of((PyArray_Descr *)self));
}

static PyObject *reduce(PyObject *self, PyObject *unused)
{
    return Py_BuildValue("(O(d))", Py_TYPE(self), scaling_of((PyArray_Descr *)self));
}

static PyObject *repr(PyObject *self)
{
    PyObject *s = PyFloat_FromDouble(scaling_of((PyArray_Descr *)self));
    PyObject *r = s ? PyUnicode_FromFormat("_ScaledFloatTestDType(scaling=%R)", s) : NULL;
    Py_XDECREF(s);
    return r;
}

static PyMethodDef methods[] = {
    {"scaled_by", scaled_by, METH_O, "The same type with another factor on top."},
    {"get_scaling", get_scaling, METH_NOARGS, "The factor."},
    {"__reduce__", reduce, METH_NOARGS, NULL},
    {NULL},
};

static PyArray_DTypeMeta SFloatDType = {{{
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "_ScaledFloatTestDType",
    .tp_basicsize = sizeof(SFloat),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_repr = repr,
    .tp_str = repr,
    .tp_methods = methods,
    .tp_new = class_new,
}}};

static int init_class(void)
{
    static bool done;
    if (done) return 0;
    PyArray_Descr *d = PyArray_DescrFromType(NPY_DOUBLE), *b = PyArray_DescrFromType(NPY_BOOL);
    PyArray_DTypeMeta *doubles = NPY_DTYPE(d), *bools = NPY_DTYPE(b);
    Py_SET_TYPE(&SFloatDType, Py_TYPE(&PyArrayDescr_Type));
    SFloatDType.super.ht_type.tp_name = ext_qualname("_ScaledFloatTestDType");
    PyType_Slot within[] = {{NPY_METH_resolve_descriptors, resolve_within},
                            {NPY_METH_strided_loop, scale},
                            {NPY_METH_unaligned_strided_loop, scale},
                            {0, NULL}};
    PyType_Slot plain[] = {{NPY_METH_resolve_descriptors, resolve_double},
                           {NPY_METH_strided_loop, copy},
                           {NPY_METH_unaligned_strided_loop, copy},
                           {0, NULL}};
    PyType_Slot bool_slots[] = {
        {NPY_METH_resolve_descriptors, resolve_bool}, {NPY_METH_strided_loop, to_bool}, {0, NULL}};
    PyArray_DTypeMeta *none[2] = {NULL, NULL}, *from_d[2] = {doubles, NULL},
                      *to_d[2] = {NULL, doubles}, *to_b[2] = {NULL, bools};
    const NPY_ARRAYMETHOD_FLAGS any = NPY_METH_SUPPORTS_UNALIGNED;
    PyArrayMethod_Spec specs[] = {
        {"sfloat_to_sfloat_cast", 1, 1, NPY_SAME_KIND_CASTING, any, none, within},
        {"float_to_sfloat_cast", 1, 1, NPY_NO_CASTING, any, from_d, plain},
        {"sfloat_to_float_cast", 1, 1, NPY_NO_CASTING, any, to_d, plain},
        {"sfloat_to_bool_cast", 1, 1, NPY_UNSAFE_CASTING, 0, to_b, bool_slots},
    };
    PyArrayMethod_Spec *casts[] = {&specs[0], &specs[1], &specs[2], &specs[3], NULL};
    PyType_Slot slots[] = {
        {NPY_DT_discover_descr_from_pyobject, discover},
        {_NPY_DT_is_known_scalar_type, is_known_scalar},
        {NPY_DT_default_descr, default_descr},
        {NPY_DT_common_dtype, common_dtype},
        {NPY_DT_common_instance, common_instance},
        {NPY_DT_setitem, setitem},
        {NPY_DT_getitem, getitem},
        {NPY_DT_PyArray_ArrFuncs_compare, compare},
        {NPY_DT_PyArray_ArrFuncs_nonzero, nonzero},
        {0, NULL},
    };
    PyArrayDTypeMeta_Spec spec = {.typeobj = &PyFloat_Type,
                                  .flags = (NPY_DT_PARAMETRIC) | (NPY_DT_NUMERIC),
                                  .casts = casts,
                                  .slots = slots};
    int r = PyArrayInitDTypeMeta_FromSpec(&SFloatDType, &spec);
    if (r == 0) r = add_ufuncs(doubles);
    Py_DECREF(d);
    Py_DECREF(b);
    done = r == 0;
    return r;
}

static PyObject *get_sfloat_dtype(PyObject *self, PyObject *unused)
{
    return init_class() < 0 ? NULL : Py_NewRef(&SFloatDType);
}

static PyMethodDef functions[] = {
    {"_get_sfloat_dtype", get_sfloat_dtype, METH_NOARGS,
     "The class of a scaled float, for tests of user dtypes."},
    {NULL},
};

HIDDEN int ext_init_sfloat(PyObject *module)
{
    return ext_add_functions(module, functions);
}
