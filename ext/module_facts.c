/* Constants and small functions that the Python side of the package reads from this module. */
#include "ext.h"

#include "fnp/base.h"

#include <math.h>
#include <string.h>

static int add_constants(PyObject *m)
{
    static const struct {
        const char *name;
        long value;
    } ints[] = {{"ALLOW_THREADS", 1},
                {"BUFSIZE", NPY_BUFSIZE},
                {"CLIP", NPY_CLIP},
                {"WRAP", NPY_WRAP},
                {"RAISE", NPY_RAISE},
                {"MAXDIMS", NPY_MAXDIMS},
                {"MAY_SHARE_BOUNDS", 0},
                {"MAY_SHARE_EXACT", -1},
                {"ITEM_HASOBJECT", NPY_ITEM_HASOBJECT},
                {"LIST_PICKLE", NPY_LIST_PICKLE},
                {"ITEM_IS_POINTER", NPY_ITEM_IS_POINTER},
                {"NEEDS_INIT", NPY_NEEDS_INIT},
                {"NEEDS_PYAPI", NPY_NEEDS_PYAPI},
                {"USE_GETITEM", NPY_USE_GETITEM},
                {"USE_SETITEM", NPY_USE_SETITEM},
                {"FPE_DIVIDEBYZERO", 1},
                {"FPE_OVERFLOW", 2},
                {"FPE_UNDERFLOW", 4},
                {"FPE_INVALID", 8},
                {"FLOATING_POINT_SUPPORT", 1},
                {"UFUNC_BUFSIZE_DEFAULT", NPY_BUFSIZE}};
    static const struct {
        const char *name;
        double value;
    } floats[] = {{"pi", 3.14159265358979323846},
                  {"e", 2.71828182845904523536},
                  {"euler_gamma", 0.57721566490153286061},
                  {"PINF", INFINITY},
                  {"NINF", -INFINITY},
                  {"PZERO", 0.0},
                  {"NZERO", -0.0},
                  {"NAN", NAN}};
    for (size_t i = 0; i < sizeof ints / sizeof *ints; i++)
        if (PyModule_AddIntConstant(m, ints[i].name, ints[i].value) < 0) return -1;
    for (size_t i = 0; i < sizeof floats / sizeof *floats; i++)
        if (PyModule_AddObject(m, floats[i].name, PyFloat_FromDouble(floats[i].value)) < 0)
            return -1;
    if (PyModule_AddStringConstant(m, "__version__", "3.1") < 0) return -1;
    if (PyModule_AddStringConstant(m, "UFUNC_PYVALS_NAME", "UFUNC_PYVALS") < 0) return -1;
    return PyModule_AddObjectRef(m, "error", PyExc_Exception);
}

static int add_flags(PyObject *m)
{
    static const struct {
        const char *name;
        int value;
    } flags[] = {{"OWNDATA", NPY_ARRAY_OWNDATA},
                 {"O", NPY_ARRAY_OWNDATA},
                 {"FORTRAN", NPY_ARRAY_F_CONTIGUOUS},
                 {"F", NPY_ARRAY_F_CONTIGUOUS},
                 {"CONTIGUOUS", NPY_ARRAY_C_CONTIGUOUS},
                 {"C", NPY_ARRAY_C_CONTIGUOUS},
                 {"ALIGNED", NPY_ARRAY_ALIGNED},
                 {"A", NPY_ARRAY_ALIGNED},
                 {"WRITEBACKIFCOPY", NPY_ARRAY_WRITEBACKIFCOPY},
                 {"X", NPY_ARRAY_WRITEBACKIFCOPY},
                 {"WRITEABLE", NPY_ARRAY_WRITEABLE},
                 {"W", NPY_ARRAY_WRITEABLE},
                 {"C_CONTIGUOUS", NPY_ARRAY_C_CONTIGUOUS},
                 {"F_CONTIGUOUS", NPY_ARRAY_F_CONTIGUOUS}};
    PyObject *d = PyDict_New();
    for (size_t i = 0; d && i < sizeof flags / sizeof *flags; i++) {
        PyObject *v = PyLong_FromLong(flags[i].value);
        if (!v || PyDict_SetItemString(d, flags[i].name, v) < 0) Py_CLEAR(d);
        Py_XDECREF(v);
    }
    int r = d ? PyModule_AddObjectRef(m, "_flagdict", d) : -1;
    Py_XDECREF(d);
    return r;
}

/* typeinfo: official names of the built-in types to their descriptors. */
static int add_typeinfo(PyObject *m)
{
    static const struct {
        int num;
        const char *macro, *name, *alias;
    } rows[] = {
#define FNP_DTYPE(NAME, num, sfx, ctype, kind, chr, name, alias)                                   \
    {num, "NPY_" #NAME, name, kind == 'i' || kind == 'u' ? alias : name},
#include "fnp/dtypes.def"
#undef FNP_DTYPE
        {NPY_INTP, "intp", "intp", "intp"}, {NPY_UINTP, "uintp", "uintp", "uintp"}};
    PyObject *d = PyDict_New();
    for (size_t i = 0; d && i < sizeof rows / sizeof *rows; i++) {
        PyObject *descr = (PyObject *)ext_builtin_descrs[rows[i].num];
        const char *name = rows[i].num == NPY_OBJECT ? "object_" : rows[i].name;
        const char *alias = rows[i].num == NPY_OBJECT ? "object_" : rows[i].alias;
        if (PyDict_SetItemString(d, name, descr) < 0 || PyDict_SetItemString(d, alias, descr) < 0 ||
            PyDict_SetItemString(d, rows[i].macro, descr) < 0)
            Py_CLEAR(d);
    }
    int r = d ? PyModule_AddObjectRef(m, "typeinfo", d) : -1;
    Py_XDECREF(d);
    return r;
}

/* DATETIMEUNITS: a capsule around the names of the units, by NPY_DATETIMEUNIT. */
static int add_unit_names(PyObject *m)
{
    static const char *const names[NPY_DATETIME_NUMUNITS] = {
        [NPY_FR_Y] = "Y",   [NPY_FR_M] = "M",
        [NPY_FR_W] = "W",   [NPY_FR_D] = "D",
        [NPY_FR_h] = "h",   [NPY_FR_m] = "m",
        [NPY_FR_s] = "s",   [NPY_FR_ms] = "ms",
        [NPY_FR_us] = "us", [NPY_FR_ns] = "ns",
        [NPY_FR_ps] = "ps", [NPY_FR_fs] = "fs",
        [NPY_FR_as] = "as", [NPY_FR_GENERIC] = "generic"};
    PyObject *c = PyCapsule_New((void *)names, NULL, NULL);
    int r = c ? PyModule_AddObjectRef(m, "DATETIMEUNITS", c) : -1;
    Py_XDECREF(c);
    return r;
}

/* What the CPU has, by the names of the levels that kernels are compiled for and of single
 * features. */
static int add_cpu(PyObject *m)
{
    PyObject *features = PyDict_New(), *baseline = Py_BuildValue("[s]", "X86_V2"),
             *dispatch = Py_BuildValue("[ss]", "X86_V3", "X86_V4");
    PyObject *targets = PyDict_New();
    int r = -1;
    if (!features || !baseline || !dispatch || !targets) goto done;
#define HAS(NAME, gcc)                                                                             \
    PyDict_SetItemString(features, NAME, __builtin_cpu_supports(gcc) ? Py_True : Py_False)
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (HAS("MMX", "mmx") || HAS("SSE", "sse") || HAS("SSE2", "sse2") || HAS("SSE3", "sse3") ||
        HAS("SSSE3", "ssse3") || HAS("SSE41", "sse4.1") || HAS("SSE42", "sse4.2") ||
        HAS("POPCNT", "popcnt") || HAS("AVX", "avx") || HAS("AVX2", "avx2") || HAS("FMA3", "fma") ||
        HAS("BMI", "bmi") || HAS("BMI2", "bmi2") || HAS("AVX512F", "avx512f") ||
        HAS("AVX512CD", "avx512cd") || HAS("AVX512VL", "avx512vl") || HAS("AVX512BW", "avx512bw") ||
        HAS("AVX512DQ", "avx512dq"))
        goto done;
#endif
#undef HAS
    int level = fnp_cpu_level_hardware();
    if (PyDict_SetItemString(features, "X86_V2", Py_True) < 0 ||
        PyDict_SetItemString(features, "X86_V3", level >= 3 ? Py_True : Py_False) < 0 ||
        PyDict_SetItemString(features, "X86_V4", level >= 4 ? Py_True : Py_False) < 0)
        goto done;
    r = PyModule_AddObjectRef(m, "__cpu_features__", features);
    if (r == 0) r = PyModule_AddObjectRef(m, "__cpu_baseline__", baseline);
    if (r == 0) r = PyModule_AddObjectRef(m, "__cpu_dispatch__", dispatch);
    if (r == 0) r = PyModule_AddObjectRef(m, "__cpu_targets_info__", targets);
done:
    Py_XDECREF(features);
    Py_XDECREF(baseline);
    Py_XDECREF(dispatch);
    Py_XDECREF(targets);
    return r;
}

/* Give a C object its docstring, once; the text lives for ever. */
static PyObject *add_docstring(PyObject *self, PyObject *args)
{
    PyObject *obj, *doc;
    int replace = 0;
    if (!PyArg_ParseTuple(args, "OO!|p:add_docstring", &obj, &PyUnicode_Type, &doc, &replace))
        return NULL;
    const char *text = PyUnicode_AsUTF8(doc), **slot = NULL;
    if (!text) return NULL;
    const char *name = "object", *method = " method";
    if (PyCFunction_Check(obj)) {
        PyMethodDef *m = ((PyCFunctionObject *)obj)->m_ml;
        slot = (const char **)&m->ml_doc, name = m->ml_name;
    } else if (PyType_Check(obj)) {
        slot = (const char **)&((PyTypeObject *)obj)->tp_doc, name = ((PyTypeObject *)obj)->tp_name;
    } else if (Py_IS_TYPE(obj, &PyMemberDescr_Type)) {
        PyMemberDef *m = ((PyMemberDescrObject *)obj)->d_member;
        slot = (const char **)&m->doc, name = m->name;
    } else if (Py_IS_TYPE(obj, &PyGetSetDescr_Type)) {
        PyGetSetDef *g = ((PyGetSetDescrObject *)obj)->d_getset;
        slot = (const char **)&g->doc, name = g->name;
    } else if (Py_IS_TYPE(obj, &PyMethodDescr_Type)) {
        PyMethodDef *m = ((PyMethodDescrObject *)obj)->d_method;
        slot = (const char **)&m->ml_doc, name = m->ml_name;
    } else {
        method = "";
        PyObject *old = PyObject_GetAttrString(obj, "__doc__");
        if (!old) return NULL;
        int same = old != Py_None && PyObject_RichCompareBool(old, doc, Py_EQ) == 1;
        bool set = old == Py_None;
        Py_DECREF(old);
        if (same || (set && PyObject_SetAttrString(obj, "__doc__", doc) == 0)) Py_RETURN_NONE;
        if (set) return NULL;
    }
    if (!slot || (*slot && !replace)) {
        if (slot && strcmp(*slot, text) == 0) Py_RETURN_NONE;
        return PyErr_Format(PyExc_RuntimeError, "%s%s already has a different docstring", name,
                            method);
    }
    Py_INCREF(doc); /* keeps the text */
    *slot = text;
    Py_RETURN_NONE;
}

static PyObject *c_version(PyObject *self, PyObject *u)
{
    return PyLong_FromLong(NPY_ABI_VERSION);
}

static PyObject *reload_guard(PyObject *self, PyObject *u)
{
    static int loaded;
    if (loaded) {
        if (PyErr_WarnEx(PyExc_UserWarning,
                         "The NumPy module was reloaded (imported a second time). This can in some "
                         "cases result in small but subtle "
                         "issues and is discouraged.",
                         2) < 0)
            return NULL;
        Py_RETURN_NONE;
    }
    loaded = 1;
    Py_RETURN_NONE;
}

static PyObject *ignore_one(PyObject *self, PyObject *arg)
{
    Py_RETURN_NONE;
}
static PyObject *blas_fpe(PyObject *self, PyObject *args)
{
    Py_RETURN_TRUE;
}

static PyMethodDef functions[] = {
    {"add_docstring", add_docstring, METH_VARARGS,
     "add_docstring(obj, docstring)\n\nGive a C object its docstring."},
    {"_get_ndarray_c_version", c_version, METH_NOARGS, "Version of the ABI."},
    {"_reload_guard", reload_guard, METH_NOARGS, "Warn when the package is imported twice."},
    {"set_datetimeparse_function", ignore_one, METH_VARARGS, "Dates are parsed here."},
    {"_blas_supports_fpe", blas_fpe, METH_VARARGS,
     "Whether BLAS reports floating-point errors reliably."},
    {NULL}};

int ext_init_module_facts(PyObject *m)
{
    if (add_constants(m) < 0 || add_flags(m) < 0 || add_cpu(m) < 0 || add_typeinfo(m) < 0 ||
        add_unit_names(m) < 0)
        return -1;
    return ext_add_functions(m, functions);
}
