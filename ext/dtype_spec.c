/* New-style user DTypes: PyArrayInitDTypeMeta_FromSpec. */
#include "casts.h"

#include <string.h>

HIDDEN int ext_register_scalar_type(PyTypeObject *t, PyArray_DTypeMeta *c);

static int never_known(PyArray_DTypeMeta *c, PyTypeObject *t)
{
    return 0;
}
static PyArray_Descr *canonical_self(PyArray_Descr *d)
{
    return (PyArray_Descr *)Py_NewRef(d);
}
static PyArray_Descr *discover_default(PyArray_DTypeMeta *c, PyObject *o)
{
    return ext_default_descr(c);
}

static PyArray_Descr *default_descr(PyArray_DTypeMeta *c)
{
    if (!c->singleton) {
        PyObject *d = PyObject_CallNoArgs((PyObject *)c);
        if (!d || ext_dt_is_parametric(c)) return (PyArray_Descr *)d;
        c->singleton = (PyArray_Descr *)d;
    }
    return (PyArray_Descr *)Py_NewRef(c->singleton);
}

static PyArray_DTypeMeta *no_common(PyArray_DTypeMeta *a, PyArray_DTypeMeta *b)
{
    return (PyArray_DTypeMeta *)Py_NewRef(Py_NotImplemented);
}

static int set_slot(ext_dt_slots *s, int id, void *p)
{
    switch (id) {
    case NPY_DT_discover_descr_from_pyobject: s->discover = p; return 0;
    case _NPY_DT_is_known_scalar_type: s->is_known_scalar = p; return 0;
    case NPY_DT_default_descr: s->default_descr = p; return 0;
    case NPY_DT_common_dtype: s->common_dtype = p; return 0;
    case NPY_DT_common_instance: s->common_instance = p; return 0;
    case NPY_DT_ensure_canonical: s->ensure_canonical = p; return 0;
    case NPY_DT_setitem: s->setitem = p; return 0;
    case NPY_DT_getitem: s->getitem = p; return 0;
    case NPY_DT_get_clear_loop: s->get_clear_loop = p; return 0;
    case NPY_DT_get_fill_zero_loop: s->get_fill_zero_loop = p; return 0;
    case NPY_DT_finalize_descr: s->finalize = p; return 0;
    case NPY_DT_get_constant: s->get_constant = p; return 0;
    }
    PyArray_ArrFuncs *f = &s->funcs;
    switch (id - _NPY_DT_ARRFUNCS_OFFSET) {
    case 1: f->getitem = p; return 0;
    case 2: f->setitem = p; return 0;
    case 3: f->copyswapn = p; return 0;
    case 4: f->copyswap = p; return 0;
    case 5: f->compare = p; return 0;
    case 6: f->argmax = p; return 0;
    case 7: f->dotfunc = p; return 0;
    case 8: f->scanfunc = p; return 0;
    case 9: f->fromstr = p; return 0;
    case 10: f->nonzero = p; return 0;
    case 11: f->fill = p; return 0;
    case 12: f->fillwithscalar = p; return 0;
    case 13: f->sort[0] = p; return 0;
    case 14: f->argsort[0] = p; return 0;
    case 22: f->argmin = p; return 0;
    }
    PyErr_Format(PyExc_RuntimeError, "Invalid slot with value %d passed in.", id);
    return -1;
}

static PyObject *slot_getitem(void *data, void *arr)
{
    return ext_getitem(PyArray_DESCR((PyArrayObject *)arr), data, NULL);
}
static int slot_setitem(PyObject *v, void *data, void *arr)
{
    return ext_setitem(PyArray_DESCR((PyArrayObject *)arr), v, data);
}

static void slot_copyswapn(void *dst, npy_intp ds, void *src, npy_intp ss, npy_intp n, int swap,
                           void *arr)
{
    PyArray_Descr *d = PyArray_DESCR((PyArrayObject *)arr);
    for (npy_intp i = 0; src && i < n; i++)
        if (ext_cast_element(d, (char *)src + i * ss, d, (char *)dst + i * ds) < 0) return;
}
static void slot_copyswap(void *dst, void *src, int swap, void *arr)
{
    slot_copyswapn(dst, 0, src, 0, 1, swap, arr);
}

static void fill_defaults(ext_dt_slots *s)
{
    if (!s->is_known_scalar) s->is_known_scalar = never_known;
    if (!s->default_descr) s->default_descr = default_descr;
    if (!s->discover) s->discover = discover_default;
    if (!s->common_dtype) s->common_dtype = no_common;
    if (!s->ensure_canonical) s->ensure_canonical = canonical_self;
    if (!s->funcs.getitem) s->funcs.getitem = slot_getitem;
    if (!s->funcs.setitem) s->funcs.setitem = slot_setitem;
    if (!s->funcs.copyswapn) s->funcs.copyswapn = slot_copyswapn;
    if (!s->funcs.copyswap) s->funcs.copyswap = slot_copyswap;
}

static int check_slots(PyArray_DTypeMeta *c)
{
    ext_dt_slots *s = EXT_DT_SLOTS(c);
    if (!s->setitem || !s->getitem) {
        PyErr_SetString(PyExc_RuntimeError, "A DType must provide a getitem/setitem (there may be "
                                            "an exception here in the future if no "
                                            "scalar type is provided):");
        return -1;
    }
    if (!ext_dt_is_parametric(c)) return 0;
    if (!s->common_instance) {
        PyErr_SetString(
            PyExc_RuntimeError,
            "Parametric DType must define a common-instance (but default_descr is OK).");
        return -1;
    }
    if (s->discover == discover_default) {
        PyErr_SetString(
            PyExc_RuntimeError,
            "A parametric DType must define a discover_descr_from_pyobject() function.");
        return -1;
    }
    return 0;
}

static int add_casts(PyArray_DTypeMeta *c, PyArrayMethod_Spec **specs)
{
    bool within = false;
    for (; specs && *specs; specs++) {
        PyArrayMethod_Spec spec = **specs;
        PyArray_DTypeMeta *dtypes[2];
        if (spec.nin != 1 || spec.nout != 1) {
            PyErr_Format(PyExc_TypeError, "A cast must have one input and one output.");
            return -1;
        }
        for (int i = 0; i < 2; i++) dtypes[i] = spec.dtypes[i] ? spec.dtypes[i] : c;
        if (dtypes[0] == c && dtypes[1] == c) within = true;
        spec.dtypes = dtypes;
        PyArrayMethodObject *m = ext_method_from_spec(&spec, 1);
        int r = m ? ext_add_cast(dtypes[0], dtypes[1], m) : -1;
        Py_XDECREF(m);
        if (r < 0) return -1;
    }
    if (!within) {
        PyErr_SetString(PyExc_RuntimeError, "DType must provide a function to cast between its "
                                            "instances (a cast within the same DType).");
        return -1;
    }
    return 0;
}

static int check_type(PyArray_DTypeMeta *c, PyArrayDTypeMeta_Spec *spec)
{
    PyTypeObject *t = &c->super.ht_type;
    if (!PyObject_TypeCheck(c, &PyArrayDTypeMeta_Type_)) {
        PyErr_SetString(PyExc_RuntimeError,
                        "Passed in DType must be a valid (initialized) DTypeMeta instance!");
        return -1;
    }
    if (!spec->typeobj || !PyType_Check(spec->typeobj)) {
        PyErr_SetString(
            PyExc_TypeError,
            "Not giving a type object is currently not supported, but is expected to be "
            "supported eventually.  This would mean that e.g. indexing a NumPy array will "
            "return a 0-D array and not a scalar.");
        return -1;
    }
    if (t->tp_repr == PyArrayDescr_Type.tp_repr || t->tp_str == PyArrayDescr_Type.tp_str) {
        PyErr_SetString(PyExc_TypeError,
                        "A custom DType must implement `__repr__` and `__str__` since the default "
                        "inherited version (currently) fails.");
        return -1;
    }
    if (c->dt_slots) {
        PyErr_Format(PyExc_RuntimeError, "DType %R appears already registered?", c);
        return -1;
    }
    if (spec->flags & ~(EXT_DT_PARAMETRIC | EXT_DT_ABSTRACT | EXT_DT_NUMERIC)) {
        PyErr_SetString(PyExc_RuntimeError,
                        "invalid DType flags specified, only parametric, abstract, and numeric are "
                        "valid flags for user DTypes.");
        return -1;
    }
    if (!t->tp_base) t->tp_base = spec->baseclass ? spec->baseclass : &PyArrayDescr_Type;
    return 0;
}

int PyArrayInitDTypeMeta_FromSpec(PyArray_DTypeMeta *c, PyArrayDTypeMeta_Spec *spec)
{
    if (!(c->super.ht_type.tp_flags & Py_TPFLAGS_READY)) {
        if (!c->super.ht_type.tp_base)
            c->super.ht_type.tp_base = spec->baseclass ? spec->baseclass : &PyArrayDescr_Type;
        if (PyType_Ready(&c->super.ht_type) < 0) return -1;
    }
    if (check_type(c, spec) < 0) return -1;
    ext_dt_slots *s = PyMem_Calloc(1, sizeof *s);
    if (!s || !(s->casts = PyDict_New())) {
        PyErr_NoMemory();
        return -1;
    }
    c->dt_slots = s;
    c->flags = (npy_uint64)spec->flags;
    c->type_num = -1;
    c->scalar_type = (PyTypeObject *)Py_NewRef(spec->typeobj);
    for (PyType_Slot *p = spec->slots; p && p->slot; p++)
        if (set_slot(s, p->slot, p->pfunc) < 0) return -1;
    fill_defaults(s);
    if (check_slots(c) < 0) return -1;
    /* Python's own types keep the built-in classes */
    PyTypeObject *t = spec->typeobj;
    bool python = t == &PyFloat_Type || t == &PyLong_Type || t == &PyBool_Type ||
                  t == &PyComplex_Type || t == &PyUnicode_Type || t == &PyBytes_Type ||
                  t == &PyBaseObject_Type;
    if (!python && ext_register_scalar_type(t, c) < 0) return -1;
    return add_casts(c, spec->casts);
}
