/* Casting levels between descriptors, and the Python functions of promotion. */
#include "element.h"

#include <math.h>
#include <string.h>

/* ---- levels
 * ----------------------------------------------------------------------------------------------------------
 */
static bool is_core(PyArray_Descr *d)
{
    return ext_descr_is_legacy(d) && d->type_num < NPY_NTYPES_LEGACY;
}

/* Titles are invisible to the core: a change of title makes a cast "safe" at best. */
static int titles_differ(_PyArray_LegacyDescr *a, _PyArray_LegacyDescr *b)
{
    if (!a->names || !b->names || PyTuple_GET_SIZE(a->names) != PyTuple_GET_SIZE(b->names))
        return 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(a->names); i++) {
        PyObject *ea = PyDict_GetItem(a->fields, PyTuple_GET_ITEM(a->names, i));
        PyObject *eb = PyDict_GetItem(b->fields, PyTuple_GET_ITEM(b->names, i)), *ta, *tb;
        PyArray_Descr *fa, *fb;
        npy_intp o;
        if (!ea || !eb || ext_field_unpack(ea, &fa, &o, &ta) < 0 ||
            ext_field_unpack(eb, &fb, &o, &tb) < 0) {
            PyErr_Clear();
            return 1;
        }
        if (ta || tb) {
            int same = ta && tb ? PyObject_RichCompareBool(ta, tb, Py_EQ) : 0;
            if (same < 0) PyErr_Clear();
            if (same != 1) return 1;
        }
        if (is_core(fa) && is_core(fb) && titles_differ(LEGACY(fa), LEGACY(fb))) return 1;
    }
    return 0;
}

static bool has_foreign_field(PyArray_Descr *d)
{
    if (!is_core(d)) return true;
    _PyArray_LegacyDescr *l = LEGACY(d);
    if (l->subarray) return has_foreign_field(l->subarray->base);
    for (Py_ssize_t i = 0; l->names && i < PyTuple_GET_SIZE(l->names); i++) {
        PyObject *e = PyDict_GetItem(l->fields, PyTuple_GET_ITEM(l->names, i));
        if (e && has_foreign_field((PyArray_Descr *)PyTuple_GET_ITEM(e, 0))) return true;
    }
    return false;
}

static bool is_unsized(PyArray_Descr *d)
{
    return PyTypeNum_ISFLEXIBLE(d->type_num) && d->elsize == 0 && !LEGACY(d)->names &&
           !LEGACY(d)->subarray;
}

int ext_cast_level(PyArray_Descr *from, PyArray_Descr *to)
{
    if (from == to) return NPY_NO_CASTING;
    if (has_foreign_field(from) || has_foreign_field(to)) return ext_cast_level_foreign(from, to);
    if (to->type_num == NPY_VOID && is_unsized(to)) {
        bool bytes = from->type_num == NPY_VOID && !LEGACY(from)->subarray;
        if (from->type_num == NPY_OBJECT) return NPY_UNSAFE_CASTING;
        return bytes ? NPY_NO_CASTING : NPY_SAFE_CASTING;
    }
    fnp_dtype s1, s2;
    const fnp_dtype *a = ext_descr_core(from, &s1), *b = a ? ext_descr_core(to, &s2) : NULL;
    if (!b) return -1;
    fnp_dtype sized;
    if (is_unsized(to) && from->type_num == to->type_num && !LEGACY(from)->names &&
        !LEGACY(from)->subarray) {
        sized = *b;
        sized.elsize = from->elsize;
        b = &sized;
    }
    int level = fnp_cast_level(a, b);
    if (level < NPY_SAFE_CASTING && LEGACY(from)->names && titles_differ(LEGACY(from), LEGACY(to)))
        level = NPY_SAFE_CASTING;
    return level;
}

int ext_can_cast(PyArray_Descr *from, PyArray_Descr *to, NPY_CASTING casting)
{
    casting &= ~NPY_SAME_VALUE_CASTING_FLAG;
    /* simple native types: one table look-up */
    if (is_core(from) && is_core(to) && from->type_num < NPY_OBJECT && to->type_num < NPY_OBJECT &&
        PyArray_ISNBO(from->byteorder) && PyArray_ISNBO(to->byteorder))
        return (int)fnp_cast_level_typenums(from->type_num, to->type_num) <= (int)casting;
    int level = ext_cast_level(from, to);
    return level < 0 ? -1 : level <= (int)casting;
}

const char *ext_casting_name(NPY_CASTING casting)
{
    switch ((int)casting) {
    case NPY_NO_CASTING: return "'no'";
    case NPY_EQUIV_CASTING: return "'equiv'";
    case NPY_SAFE_CASTING: return "'safe'";
    case NPY_SAME_KIND_CASTING: return "'same_kind'";
    case NPY_UNSAFE_CASTING: return "'unsafe'";
    default: return "'same_value'";
    }
}

int ext_warn_if_complex_is_lost(PyArray_Descr *from, PyArray_Descr *to)
{
    if (!PyTypeNum_ISCOMPLEX(from->type_num)) return 0;
    if (PyDataType_HASFIELDS(to)) { /* every field gets the number */
        PyObject *names = PyDataType_NAMES(to);
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(names); i++) {
            PyObject *field = PyDict_GetItem(PyDataType_FIELDS(to), PyTuple_GET_ITEM(names, i));
            PyArray_Descr *type = (PyArray_Descr *)PyTuple_GET_ITEM(field, 0);
            if (ext_warn_if_complex_is_lost(from, type) < 0) return -1;
        }
        return 0;
    }
    if (!(PyTypeNum_ISINTEGER(to->type_num) || PyTypeNum_ISFLOAT(to->type_num))) return 0;
    PyObject *cls = ext_exception("ComplexWarning");
    const char *text = "Casting complex values to real discards the imaginary part";
    return cls ? PyErr_WarnEx(cls, text, 1) : -1;
}

void ext_improve_cast_error(PyArray_Descr *from, PyArray_Descr *to)
{
    if (!PyErr_ExceptionMatches(PyExc_TypeError)) return;
    PyObject *t, *v, *tb;
    PyErr_Fetch(&t, &v, &tb);
    if (ext_cast_level(from, to) == FNP_CAST_NEVER) {
        Py_XDECREF(t);
        Py_XDECREF(v);
        Py_XDECREF(tb);
        PyErr_Format(PyExc_TypeError, "Cannot cast array data from %R to %R.", from, to);
    } else {
        PyErr_Clear();
        PyErr_Restore(t, v, tb);
    }
}

/* ---- API
 * -------------------------------------------------------------------------------------------------------------
 */
npy_bool PyArray_CanCastTypeTo(PyArray_Descr *from, PyArray_Descr *to, NPY_CASTING casting)
{
    int r = ext_can_cast(from, to, casting);
    if (r < 0) PyErr_Clear();
    return r == 1;
}

npy_bool PyArray_CanCastTo(PyArray_Descr *from, PyArray_Descr *to)
{
    return PyArray_CanCastTypeTo(from, to, NPY_SAFE_CASTING);
}

int PyArray_CanCastSafely(int from, int to)
{
    if (from == to) return 1;
    if (from >= 0 && to >= 0 && from < NPY_NTYPES_LEGACY && to < NPY_NTYPES_LEGACY)
        return fnp_cast_level_typenums(from, to) <= FNP_CAST_SAFE;
    PyArray_DTypeMeta *a = ext_dtype_from_num(from), *b = a ? ext_dtype_from_num(to) : NULL;
    int r = b ? ext_can_cast_class_foreign(a, b) : 0;
    if (r < 0 || !b) PyErr_Clear();
    return r > 0;
}

npy_bool PyArray_CanCastArrayTo(PyArrayObject *a, PyArray_Descr *to, NPY_CASTING casting)
{
    return PyArray_CanCastTypeTo(PyArray_DESCR(a), to, casting);
}

npy_bool PyArray_CanCastScalar(PyTypeObject *from, PyTypeObject *to)
{
    PyArray_Descr *a = PyArray_DescrFromTypeObject((PyObject *)from);
    PyArray_Descr *b = a ? PyArray_DescrFromTypeObject((PyObject *)to) : NULL;
    npy_bool r = b ? PyArray_CanCastTo(a, b) : NPY_FALSE;
    if (!b) PyErr_Clear();
    Py_XDECREF(a);
    Py_XDECREF(b);
    return r;
}

bool ext_can_cast_made_of(PyArrayObject *a, PyObject *made_of, PyArray_Descr *to,
                          NPY_CASTING casting)
{
    PyArray_DTypeMeta *weak = ext_weak_class(made_of);
    PyArray_DTypeMeta *common = weak ? ext_common_dtype(weak, NPY_DTYPE(to)) : NULL;
    bool fits = common == NPY_DTYPE(to);
    if (weak && !common) PyErr_Clear();
    Py_XDECREF(common);
    return fits || PyArray_CanCastArrayTo(a, to, casting);
}

PyArray_Descr *ext_result_of_arrays(npy_intp n, PyArrayObject **arrays, PyObject *const *made_of)
{
    void **block = PyMem_Malloc(2 * n * sizeof(void *));
    if (!block) return (PyArray_Descr *)PyErr_NoMemory();
    PyArray_Descr **d = (PyArray_Descr **)block;
    PyArray_DTypeMeta **c = (PyArray_DTypeMeta **)(block + n);
    for (npy_intp i = 0; i < n; i++) {
        c[i] = ext_weak_class(made_of[i]);
        d[i] = c[i] ? NULL : PyArray_DESCR(arrays[i]);
        if (d[i]) c[i] = NPY_DTYPE(d[i]);
    }
    PyArray_Descr *r = ext_result_descr(n, c, d);
    PyMem_Free(block);
    return r;
}

PyArray_Descr *PyArray_ResultType(npy_intp na, PyArrayObject *arrs[], npy_intp nd,
                                  PyArray_Descr *descrs[])
{
    if (na + nd <= 0) {
        PyErr_SetString(PyExc_TypeError, "no arrays or types available to calculate result type");
        return NULL;
    }
    npy_intp n = na + nd;
    void **block = PyMem_Malloc(2 * n * sizeof(void *));
    if (!block) return (PyArray_Descr *)PyErr_NoMemory();
    PyArray_Descr **d = (PyArray_Descr **)block;
    PyArray_DTypeMeta **c = (PyArray_DTypeMeta **)(block + n);
    for (npy_intp i = 0; i < n; i++) {
        d[i] = i < nd ? descrs[i] : PyArray_DESCR(arrs[i - nd]);
        c[i] = NPY_DTYPE(d[i]);
    }
    PyArray_Descr *r = ext_result_descr(n, c, d);
    PyMem_Free(block);
    return r;
}

/* ---- smallest type of a value
 * -------------------------------------------------------------------------------------------- */
static int min_unsigned(unsigned long long v)
{
    return v <= UINT8_MAX    ? NPY_UBYTE
           : v <= UINT16_MAX ? NPY_USHORT
           : v <= UINT32_MAX ? NPY_UINT
                             : NPY_ULONGLONG;
}

/* `widest`, long or long long, holds what nothing smaller does. */
static int min_signed(long long v, int widest)
{
    if (v >= 0) return min_unsigned(v);
    return v >= INT8_MIN    ? NPY_BYTE
           : v >= INT16_MIN ? NPY_SHORT
           : v >= INT32_MIN ? NPY_INT
                            : widest;
}

static int min_float(long double v)
{
    if (!isfinite(v)) return NPY_HALF;
    if (v > -65000 && v < 65000) return NPY_HALF;
    if (v > -3.4e38L && v < 3.4e38L) return NPY_FLOAT;
    if (v > -1.7e308L && v < 1.7e308L) return NPY_DOUBLE;
    return NPY_LONGDOUBLE;
}

static int min_complex(long double re, long double im)
{
    int a = min_float(re), b = min_float(im);
    static const int order[] = {
        [NPY_HALF] = 0, [NPY_FLOAT] = 0, [NPY_DOUBLE] = 1, [NPY_LONGDOUBLE] = 2};
    int k = order[a] > order[b] ? order[a] : order[b];
    return k == 0 ? NPY_CFLOAT : k == 1 ? NPY_CDOUBLE : NPY_CLONGDOUBLE;
}

HIDDEN int ext_min_typenum(int t, const char *data)
{
    switch (t) {
    case NPY_BYTE: return min_signed(*(const int8_t *)data, t);
    case NPY_SHORT: return min_signed(*(const int16_t *)data, t);
    case NPY_INT: return min_signed(*(const int32_t *)data, t);
    case NPY_LONG:
    case NPY_LONGLONG: return min_signed(*(const int64_t *)data, t);
    case NPY_UBYTE: return min_unsigned(*(const uint8_t *)data);
    case NPY_USHORT: return min_unsigned(*(const uint16_t *)data);
    case NPY_UINT: return min_unsigned(*(const uint32_t *)data);
    case NPY_ULONG:
    case NPY_ULONGLONG: return min_unsigned(*(const uint64_t *)data);
    case NPY_FLOAT: return min_float(*(const float *)data);
    case NPY_DOUBLE: return min_float(*(const double *)data);
    case NPY_LONGDOUBLE: return min_float(*(const long double *)data);
    case NPY_CFLOAT: return min_complex(((const float *)data)[0], ((const float *)data)[1]);
    case NPY_CDOUBLE: return min_complex(((const double *)data)[0], ((const double *)data)[1]);
    case NPY_CLONGDOUBLE:
        return min_complex(((const long double *)data)[0], ((const long double *)data)[1]);
    }
    return t;
}

PyArray_Descr *PyArray_MinScalarType(PyArrayObject *a)
{
    PyArray_Descr *d = PyArray_DESCR(a);
    if (PyArray_NDIM(a) > 0 || !PyTypeNum_ISNUMBER(d->type_num))
        return (PyArray_Descr *)Py_NewRef(d);
    long double space[2];
    char *data = (char *)space;
    memcpy(data, PyArray_DATA(a), d->elsize);
    if (!PyArray_ISNBO(d->byteorder)) {
        npy_intp part = PyTypeNum_ISCOMPLEX(d->type_num) ? d->elsize / 2 : d->elsize;
        for (npy_intp at = 0; at < d->elsize; at += part)
            for (npy_intp i = 0; i < part / 2; i++) {
                char t = data[at + i];
                data[at + i] = data[at + part - 1 - i];
                data[at + part - 1 - i] = t;
            }
    }
    return PyArray_DescrFromType(ext_min_typenum(d->type_num, data));
}

/* ---- Python functions
 * --------------------------------------------------------------------------------------------------------
 */
static PyObject *py_promote_types(PyObject *self, PyObject *const *args, Py_ssize_t n)
{
    if (n != 2) {
        if (n < 2)
            return PyErr_Format(PyExc_TypeError,
                                "promote_types() missing required positional argument %zd", n);
        return PyErr_Format(PyExc_TypeError,
                            "promote_types() takes 2 positional arguments but %zd were given", n);
    }
    PyArray_Descr *a, *b = NULL;
    if (!PyArray_DescrConverter2(args[0], &a) || !PyArray_DescrConverter2(args[1], &b)) {
        Py_XDECREF(a);
        return NULL;
    }
    PyArray_Descr *r = NULL;
    if (!a || !b)
        PyErr_SetString(PyExc_TypeError, "did not understand one of the types");
    else
        r = PyArray_PromoteTypes(a, b);
    Py_XDECREF(a);
    Py_XDECREF(b);
    return (PyObject *)r;
}

/* One operand of result_type: its class (borrowed) and, unless it is weak, its descriptor (new). */
static int operand(PyObject *o, PyArray_DTypeMeta **c, PyArray_Descr **d)
{
    *d = NULL;
    if (PyArray_Check(o)) {
        *d = (PyArray_Descr *)Py_NewRef(PyArray_DESCR((PyArrayObject *)o));
    } else if ((*c = ext_weak_class(o)))
        return 0;
    else if (PyObject_TypeCheck(o, &PyGenericArrType_Type) || PyLong_Check(o) || PyFloat_Check(o) ||
             PyComplex_Check(o) ||
             (!PyArray_DescrCheck(o) && !PyType_Check(o) && !PyUnicode_Check(o) &&
              !PyBytes_Check(o) && ext_discover_class(o))) {
        PyObject *a = PyArray_FromAny(o, NULL, 0, 0, 0, NULL);
        if (!a) return -1;
        *d = (PyArray_Descr *)Py_NewRef(PyArray_DESCR((PyArrayObject *)a));
        Py_DECREF(a);
    } else if (!PyArray_DescrConverter(o, d))
        return -1;
    *c = NPY_DTYPE(*d);
    return 0;
}

static PyObject *py_result_type(PyObject *self, PyObject *const *args, Py_ssize_t n)
{
    if (n == 0) {
        PyErr_SetString(PyExc_ValueError, "at least one array or dtype is required");
        return NULL;
    }
    if (n == 1 && ext_weak_class(args[0])) { /* alone, a number is as wide as its value needs */
        PyObject *a = PyArray_FromAny(args[0], NULL, 0, 0, 0, NULL);
        if (!a) return NULL;
        PyObject *d = Py_NewRef(PyArray_DESCR((PyArrayObject *)a));
        Py_DECREF(a);
        return d;
    }
    void *small[2 * 16], **block = n > 16 ? PyMem_Malloc(2 * n * sizeof(void *)) : small;
    if (!block) return PyErr_NoMemory();
    PyArray_Descr **d = (PyArray_Descr **)block;
    PyArray_DTypeMeta **c = (PyArray_DTypeMeta **)(block + n);
    Py_ssize_t i = 0;
    PyArray_Descr *r = NULL;
    /* dtypes first, then values: the order in which errors list them */
    Py_ssize_t used = 0;
    bool failed = false;
    for (int pass = 0; pass < 2 && !failed; pass++)
        for (Py_ssize_t k = 0; k < n && !failed; k++) {
            PyObject *o = args[k];
            bool value = PyArray_Check(o) || PyObject_TypeCheck(o, &PyGenericArrType_Type) ||
                         PyLong_Check(o) || PyFloat_Check(o) || PyComplex_Check(o) ||
                         (!PyArray_DescrCheck(o) && !PyType_Check(o) && ext_discover_class(o) &&
                          !PyUnicode_Check(o) && !PyBytes_Check(o));
            if (value != pass) continue;
            failed = operand(o, &c[used], &d[used]) < 0;
            if (!failed) used++;
        }
    i = used;
    if (i == n) r = ext_result_descr(n, c, d);
    while (i-- > 0) Py_XDECREF(d[i]);
    if (block != small) PyMem_Free(block);
    return (PyObject *)r;
}

static PyObject *py_can_cast(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"from_", "to", "casting", NULL};
    PyObject *from, *to, *casting_arg = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OO|O:can_cast", names, &from, &to,
                                     &casting_arg))
        return NULL;
    NPY_CASTING casting = NPY_SAFE_CASTING;
    PyArray_Descr *a = NULL, *b = NULL;
    PyObject *r = NULL;
    if (!PyArray_DescrConverter2(to, &b)) return NULL;
    if (casting_arg && !PyArray_CastingConverter(casting_arg, &casting)) {
        Py_XDECREF(b);
        return NULL;
    }
    if (!b) {
        PyErr_SetString(PyExc_TypeError,
                        "did not understand one of the types; 'None' not accepted");
        return NULL;
    }
    bool number =
        (PyLong_Check(from) && !PyBool_Check(from)) || PyFloat_Check(from) || PyComplex_Check(from);
    if (PyArray_Check(from))
        a = (PyArray_Descr *)Py_NewRef(PyArray_DESCR((PyArrayObject *)from));
    else if (PyObject_TypeCheck(from, &PyGenericArrType_Type))
        a = PyArray_DescrFromScalar(from);
    else if (number)
        PyErr_SetString(PyExc_TypeError, "can_cast() does not support Python ints, floats, and "
                                         "complex because the result used to depend "
                                         "on the value.\nThis change was part of adopting NEP 50, "
                                         "we may explicitly allow them again in "
                                         "the future.");
    else if (PyBool_Check(from))
        a = PyArray_DescrFromType(NPY_BOOL);
    else if (PyArray_DescrConverter2(from, &a) && !a)
        PyErr_SetString(PyExc_TypeError,
                        "did not understand one of the types; 'None' not accepted");
    if (a) {
        int ok = ext_can_cast(a, b, casting);
        if (ok >= 0) r = PyBool_FromLong(ok);
    }
    Py_XDECREF(a);
    Py_DECREF(b);
    return r;
}

static PyObject *py_min_scalar_type(PyObject *self, PyObject *args)
{
    PyObject *o;
    if (PyTuple_GET_SIZE(args) != 1) {
        if (PyTuple_GET_SIZE(args) == 0)
            return PyErr_Format(PyExc_TypeError,
                                "min_scalar_type() missing 1 required positional argument: 'a'");
        return PyErr_Format(PyExc_TypeError,
                            "min_scalar_type() takes 1 positional argument but %zd were given",
                            PyTuple_GET_SIZE(args));
    }
    o = PyTuple_GET_ITEM(args, 0);
    PyObject *a = PyArray_FromAny(o, NULL, 0, 0, 0, NULL);
    if (!a) return NULL;
    PyArray_Descr *d = PyArray_MinScalarType((PyArrayObject *)a);
    Py_DECREF(a);
    return (PyObject *)d;
}

HIDDEN PyMethodDef ext_promotion_functions[] = {
    {"promote_types", (PyCFunction)(void (*)(void))py_promote_types, METH_FASTCALL,
     "promote_types(type1, type2, /)\n--\n\nThe smallest type that both can safely be cast to."},
    {"result_type", (PyCFunction)(void (*)(void))py_result_type, METH_FASTCALL,
     "The type that an operation on these arrays and types gives."},
    {"can_cast", (PyCFunction)(void (*)(void))py_can_cast, METH_VARARGS | METH_KEYWORDS,
     "can_cast(from_, to, casting='safe')\n--\n\nWhether a cast is allowed at a casting level."},
    {"min_scalar_type", py_min_scalar_type, METH_VARARGS,
     "The smallest type that holds a scalar's value."},
    {NULL},
};
