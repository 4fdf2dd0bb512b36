/* The metaclass `_DTypeMeta` and the DType classes of the built-in types (numpy.dtypes.*). The
 * classes are static: their addresses are part of the C-API. */
#include "dtypemeta.h"

#include <string.h>

/* ---- metaclass
 * ------------------------------------------------------------------------------------------- */
static PyObject *meta_new(PyTypeObject *t, PyObject *args, PyObject *kwargs)
{
    PyErr_SetString(PyExc_TypeError, "Preliminary-API: Cannot subclass DType.");
    return NULL;
}

static int meta_init(PyObject *t, PyObject *args, PyObject *kwargs)
{
    PyErr_SetString(PyExc_TypeError, "Preliminary-API: Cannot __init__ DType class.");
    return -1;
}

static PyObject *meta_flag(PyObject *self, void *closure)
{
    return PyBool_FromLong((((PyArray_DTypeMeta *)self)->flags & (npy_uint64)(uintptr_t)closure) !=
                           0);
}

static PyGetSetDef meta_getset[] = {
    {"_abstract", meta_flag, NULL, NULL, (void *)(uintptr_t)EXT_DT_ABSTRACT},
    {"_legacy", meta_flag, NULL, NULL, (void *)(uintptr_t)EXT_DT_LEGACY},
    {"_parametric", meta_flag, NULL, NULL, (void *)(uintptr_t)EXT_DT_PARAMETRIC},
    {"_is_numeric", meta_flag, NULL, NULL, (void *)(uintptr_t)EXT_DT_NUMERIC},
    {NULL},
};

static PyMemberDef meta_members[] = {
    {"type", T_OBJECT, offsetof(PyArray_DTypeMeta, scalar_type), READONLY, NULL},
    {NULL},
};

static int meta_traverse(PyObject *self, visitproc visit, void *arg)
{
    PyArray_DTypeMeta *m = (PyArray_DTypeMeta *)self;
    Py_VISIT(m->singleton);
    Py_VISIT(m->scalar_type);
    if (!(m->super.ht_type.tp_flags & Py_TPFLAGS_HEAPTYPE)) return 0;
    return PyType_Type.tp_traverse(self, visit, arg);
}

static int meta_is_gc(PyObject *self)
{
    return PyType_Type.tp_is_gc(self);
}

PyTypeObject PyArrayDTypeMeta_Type_ = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_basicsize = sizeof(PyArray_DTypeMeta),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "The type of the dtype classes.",
    .tp_getset = meta_getset,
    .tp_members = meta_members,
    .tp_base = NULL, /* type; set at start */
    .tp_init = meta_init,
    .tp_new = meta_new,
    .tp_is_gc = meta_is_gc,
    .tp_traverse = meta_traverse,
};

/* ---- instantiation of the classes
 * ------------------------------------------------------------------------- */
static PyObject *class_new(PyTypeObject *cls, PyObject *args, PyObject *kwargs)
{
    PyArray_DTypeMeta *c = (PyArray_DTypeMeta *)cls;
    if (c->type_num == NPY_STRING || c->type_num == NPY_UNICODE) {
        npy_intp size;
        static char *names[] = {"", NULL};
        if (!PyArg_ParseTupleAndKeywords(args, kwargs, "n", names, &size)) return NULL;
        if (size < 0) {
            PyErr_Format(PyExc_ValueError,
                         "Strings cannot have a negative size but a size of %zd was given", size);
            return NULL;
        }
        npy_intp unit = c->type_num == NPY_UNICODE ? 4 : 1;
        if (size > INT_MAX / unit) {
            PyErr_SetString(PyExc_TypeError, "Strings too large to store inside array.");
            return NULL;
        }
        return (PyObject *)ext_descr_flexible(c->type_num, size * unit);
    }
    if (ext_dt_is_parametric(c) || !c->singleton) {
        PyErr_Format(
            PyExc_TypeError,
            "Preliminary-API: Flexible/Parametric legacy DType '%S' can only be instantiated using "
            "`np.dtype(...)`",
            cls);
        return NULL;
    }
    if (PyTuple_GET_SIZE(args) || (kwargs && PyDict_GET_SIZE(kwargs))) {
        PyErr_SetString(
            PyExc_TypeError,
            "currently only the no-argument instantiation is supported; use `np.dtype` instead.");
        return NULL;
    }
    return Py_NewRef(c->singleton);
}

/* ---- the built-in classes
 * ----------------------------------------------------------------------------------- */
PyArray_DTypeMeta ext_dtypes[NPY_NTYPES_LEGACY];
PyArray_DTypeMeta ext_int_abstract, ext_float_abstract, ext_complex_abstract;
PyArray_DTypeMeta ext_pyint, ext_pyfloat, ext_pycomplex;
static ext_dt_slots slots_of_builtins[NPY_NTYPES_LEGACY];
static ext_dt_slots slots_of_abstracts[6];

static const struct {
    const char *name, *alias;
    PyArray_DTypeMeta *base;
    PyTypeObject *scalar;
    int flags;
} class_facts[NPY_NTYPES_LEGACY] = {
#define NUM (EXT_DT_LEGACY | EXT_DT_NUMERIC)
#define PAR (EXT_DT_LEGACY | EXT_DT_PARAMETRIC)
    [NPY_BOOL] = {"BoolDType", NULL, NULL, &PyBoolArrType_Type, NUM},
    [NPY_BYTE] = {"Int8DType", "ByteDType", &ext_int_abstract, &PyByteArrType_Type, NUM},
    [NPY_UBYTE] = {"UInt8DType", "UByteDType", &ext_int_abstract, &PyUByteArrType_Type, NUM},
    [NPY_SHORT] = {"Int16DType", "ShortDType", &ext_int_abstract, &PyShortArrType_Type, NUM},
    [NPY_USHORT] = {"UInt16DType", "UShortDType", &ext_int_abstract, &PyUShortArrType_Type, NUM},
    [NPY_INT] = {"Int32DType", "IntDType", &ext_int_abstract, &PyIntArrType_Type, NUM},
    [NPY_UINT] = {"UInt32DType", "UIntDType", &ext_int_abstract, &PyUIntArrType_Type, NUM},
    [NPY_LONG] = {"Int64DType", "LongDType", &ext_int_abstract, &PyLongArrType_Type, NUM},
    [NPY_ULONG] = {"UInt64DType", "ULongDType", &ext_int_abstract, &PyULongArrType_Type, NUM},
    [NPY_LONGLONG] = {"LongLongDType", NULL, &ext_int_abstract, &PyLongLongArrType_Type, NUM},
    [NPY_ULONGLONG] = {"ULongLongDType", NULL, &ext_int_abstract, &PyULongLongArrType_Type, NUM},
    [NPY_HALF] = {"Float16DType", NULL, &ext_float_abstract, &PyHalfArrType_Type, NUM},
    [NPY_FLOAT] = {"Float32DType", NULL, &ext_float_abstract, &PyFloatArrType_Type, NUM},
    [NPY_DOUBLE] = {"Float64DType", NULL, &ext_float_abstract, &PyDoubleArrType_Type, NUM},
    [NPY_LONGDOUBLE] = {"LongDoubleDType", NULL, &ext_float_abstract, &PyLongDoubleArrType_Type,
                        NUM},
    [NPY_CFLOAT] = {"Complex64DType", NULL, &ext_complex_abstract, &PyCFloatArrType_Type, NUM},
    [NPY_CDOUBLE] = {"Complex128DType", NULL, &ext_complex_abstract, &PyCDoubleArrType_Type, NUM},
    [NPY_CLONGDOUBLE] = {"CLongDoubleDType", NULL, &ext_complex_abstract,
                         &PyCLongDoubleArrType_Type, NUM},
    [NPY_OBJECT] = {"ObjectDType", NULL, NULL, &PyObjectArrType_Type, EXT_DT_LEGACY},
    [NPY_STRING] = {"BytesDType", NULL, NULL, &PyStringArrType_Type, PAR},
    [NPY_UNICODE] = {"StrDType", NULL, NULL, &PyUnicodeArrType_Type, PAR},
    [NPY_VOID] = {"VoidDType", NULL, NULL, &PyVoidArrType_Type, PAR},
    [NPY_DATETIME] = {"DateTime64DType", NULL, NULL, &PyDatetimeArrType_Type, PAR},
    [NPY_TIMEDELTA] = {"TimeDelta64DType", NULL, NULL, &PyTimedeltaArrType_Type, PAR},
};

static const char *class_doc(const char *name, int num)
{
    const char *params = num == NPY_STRING || num == NPY_UNICODE ? "size, /"
                         : num == NPY_VOID                       ? "length, /"
                         : PyTypeNum_ISDATETIME(num)             ? "unit, /"
                                                                 : "";
    PyObject *s = PyUnicode_FromFormat(
        "%s(%s)\n--\n\nThe class of one built-in data type's descriptors.", name, params);
    if (!s) return NULL;
    PyUnicode_InternInPlace(&s); /* as long as the class: for ever */
    return PyUnicode_AsUTF8(s);
}

static int ready_class(PyArray_DTypeMeta *c, const char *name, PyArray_DTypeMeta *base,
                       PyTypeObject *scalar, int type_num, int flags, ext_dt_slots *slots)
{
    char full[64];
    snprintf(full, sizeof full, "dtypes.%s", name);
    PyTypeObject *t = &c->super.ht_type;
    Py_SET_TYPE(t, &PyArrayDTypeMeta_Type_);
    Py_SET_REFCNT(t, 1);
    t->tp_name = ext_qualname(full);
    t->tp_flags = Py_TPFLAGS_DEFAULT;
    t->tp_base = base ? &base->super.ht_type : &PyArrayDescr_Type;
    t->tp_basicsize = flags & EXT_DT_LEGACY ? sizeof(ExtDescr) : 0;
    if (flags & EXT_DT_LEGACY) {
        t->tp_new = class_new;
        t->tp_doc = class_doc(name, type_num);
    } else
        t->tp_new = ext_descr_new;
    c->type_num = type_num;
    c->scalar_type = scalar;
    c->flags = flags;
    c->dt_slots = slots;
    if (!slots->casts && !(slots->casts = PyDict_New())) return -1;
    return PyType_Ready(t);
}

static int add_class_names(PyObject *list, PyArray_DTypeMeta *c, const char *name,
                           const char *alias)
{
    PyObject *pair = Py_BuildValue("(Osz)", c, name, alias);
    int r = pair ? PyList_Append(list, pair) : -1;
    Py_XDECREF(pair);
    return r;
}

HIDDEN int ext_dtypemeta_init(PyObject *module)
{
    PyArrayDTypeMeta_Type_.tp_name = ext_qualname("_DTypeMeta");
    PyArrayDTypeMeta_Type_.tp_base = &PyType_Type;
    if (!PyArrayDTypeMeta_Type_.tp_name || PyType_Ready(&PyArrayDTypeMeta_Type_) < 0) return -1;

    PyTypeObject *dt = &PyArrayDescr_Type;
    Py_SET_TYPE(dt, &PyArrayDTypeMeta_Type_);
    dt->tp_name = ext_qualname("dtype");
    PyArrayDescr_TypeFull.flags = EXT_DT_ABSTRACT;
    PyArrayDescr_TypeFull.type_num = -1;
    if (PyType_Ready(dt) < 0) return -1;

    struct {
        PyArray_DTypeMeta *c, *base;
        const char *name;
        PyTypeObject *scalar;
    } rows[6] = {
        {&ext_int_abstract, NULL, "_IntegerAbstractDType", NULL},
        {&ext_float_abstract, NULL, "_FloatAbstractDType", NULL},
        {&ext_complex_abstract, NULL, "_ComplexAbstractDType", NULL},
        {&ext_pyint, &ext_int_abstract, "_PyLongDType", &PyLong_Type},
        {&ext_pyfloat, &ext_float_abstract, "_PyFloatDType", &PyFloat_Type},
        {&ext_pycomplex, &ext_complex_abstract, "_PyComplexDType", &PyComplex_Type},
    };
    for (int i = 0; i < 6; i++)
        if (ready_class(rows[i].c, rows[i].name, rows[i].base, rows[i].scalar, -1, EXT_DT_ABSTRACT,
                        &slots_of_abstracts[i]) < 0)
            return -1;

    PyObject *list = PyList_New(0);
    if (!list) return -1;
    for (int i = 0; i < NPY_NTYPES_LEGACY; i++)
        if (ready_class(&ext_dtypes[i], class_facts[i].name, class_facts[i].base,
                        class_facts[i].scalar, i, class_facts[i].flags,
                        &slots_of_builtins[i]) < 0 ||
            add_class_names(list, &ext_dtypes[i], class_facts[i].name, class_facts[i].alias) < 0) {
            Py_DECREF(list);
            return -1;
        }
    /* [(class, name, alias or None)]: from which the package's module `dtypes` is filled */
    int r = PyModule_AddObjectRef(module, "_builtin_dtypes", list);
    Py_DECREF(list);
    return r;
}
