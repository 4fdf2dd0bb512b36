/* Descriptors, casts, promotion, scalars, and DTypes of users. */
#include "client.h"

CASE(PyArray_DescrFromType)
{
    PyArray_Descr *d = PyArray_DescrFromType(NPY_DOUBLE);
    CHECK(d && d->type_num == NPY_DOUBLE && d->kind == 'f' && PyDataType_ELSIZE(d) == 8);
    CHECK(PyDataType_ALIGNMENT(d) == 8 && d->byteorder == '=' &&
          d->typeobj == &PyDoubleArrType_Type);
    PyArray_Descr *n = PyArray_DescrNewFromType(NPY_STRING), *c = PyArray_DescrNew(n);
    CHECK(n != PyArray_DescrFromType(NPY_STRING) && c != n);
    PyDataType_SET_ELSIZE(n, 7);
    CHECK(PyArray_ValidType(NPY_INT) == NPY_TRUE);
    return seen(7, same(d), same(n), same(c), (PyObject *)PyArray_DescrNewByteorder(d, NPY_SWAP),
                (PyObject *)PyArray_DescrNewByteorder(descr("'>i4,<f8'"), NPY_NATIVE),
                (PyObject *)PyArray_DescrFromType(NPY_NOTYPE),
                PyArray_TypeObjectFromType(NPY_INT16));
}

CASE(PyArray_DescrFromScalar)
{
    return seen(8, (PyObject *)PyArray_DescrFromScalar(py("np.int8(3)")),
                (PyObject *)PyArray_DescrFromScalar(py("np.datetime64('2020', 'M')")),
                (PyObject *)PyArray_DescrFromScalar(py("np.array([(1, 2)], 'i4,i2')[0]")),
                (PyObject *)PyArray_DescrFromTypeObject(py("np.float32")),
                (PyObject *)PyArray_DescrFromTypeObject(py("int")),
                (PyObject *)PyArray_DescrFromObject(py("[1, 2.5]"), NULL),
                (PyObject *)PyArray_DescrFromObject(py("['abc']"), descr("'S5'")),
                (PyObject *)PyArray_DescrFromScalar(py("np.str_('abc')")));
}

CASE(PyArray_DescrConverter)
{
    PyArray_Descr *d = NULL, *n = (PyArray_Descr *)0x1;
    CHECK(PyArray_DescrConverter(py("'i4'"), &d) == NPY_SUCCEED && d->type_num == NPY_INT);
    CHECK(PyArray_DescrConverter(Py_None, &d) == NPY_SUCCEED && d->type_num == NPY_DOUBLE);
    CHECK(PyArray_DescrConverter2(Py_None, &n) == NPY_SUCCEED && !n);
    PyArray_Descr *a = NULL, *b = NULL;
    CHECK(PyArray_DescrAlignConverter(py("'i1,f8'"), &a) == NPY_SUCCEED &&
          PyDataType_ELSIZE(a) == 16);
    CHECK(PyArray_DescrAlignConverter2(py("[('x', 'i1'), ('y', 'i4')]"), &b) == NPY_SUCCEED);
    CHECK(PyDataType_FLAGCHK(b, NPY_ALIGNED_STRUCT) && PyDataType_HASFIELDS(b));
    return seen(4, same(a), same(b), same(PyDataType_NAMES(b)),
                num(PyArray_DescrConverter(py("'no'"), &d)));
}

CASE(PyArray_CanCastSafely)
{
    CHECK(PyArray_CanCastSafely(NPY_INT, NPY_DOUBLE) &&
          !PyArray_CanCastSafely(NPY_DOUBLE, NPY_INT));
    CHECK(PyArray_CanCastTo(descr("'i4'"), descr("'f8'")) &&
          !PyArray_CanCastTo(descr("'S5'"), descr("'S3'")));
    CHECK(PyArray_CanCastTypeTo(descr("'f8'"), descr("'f4'"), NPY_SAME_KIND_CASTING));
    CHECK(!PyArray_CanCastTypeTo(descr("'f8'"), descr("'i4'"), NPY_SAME_KIND_CASTING));
    CHECK(PyArray_CanCastArrayTo(arr("np.array(3.5)"), descr("'f4'"), NPY_SAME_KIND_CASTING));
    CHECK(PyArray_CanCastScalar(&PyIntArrType_Type, &PyDoubleArrType_Type));
    CHECK(!PyArray_CanCastScalar(&PyDoubleArrType_Type, &PyIntArrType_Type));
    CHECK(PyArray_EquivTypes(descr("'i8'"), descr("'q'")) &&
          !PyArray_EquivTypes(descr("'<i8'"), descr("'>i8'")));
    CHECK(PyArray_EquivTypenums(NPY_LONG, NPY_LONGLONG) &&
          !PyArray_EquivTypenums(NPY_INT, NPY_LONG));
    PyArrayObject *neg = arr("np.array(-3)"), *pos = arr("np.array(3)");
    return seen(8, num(PyArray_CanCastArrayTo(pos, descr("'u1'"), NPY_SAFE_CASTING)),
                num(PyArray_ScalarKind(NPY_INT, NULL)), num(PyArray_ScalarKind(NPY_LONG, &neg)),
                num(PyArray_ScalarKind(NPY_UINT, NULL)), num(PyArray_ScalarKind(NPY_CFLOAT, NULL)),
                num(PyArray_CanCoerceScalar(NPY_DOUBLE, NPY_FLOAT, NPY_FLOAT_SCALAR)),
                num(PyArray_CanCoerceScalar(NPY_DOUBLE, NPY_INT, NPY_FLOAT_SCALAR)),
                num(PyArray_CanCoerceScalar(NPY_INT, NPY_FLOAT, NPY_NOSCALAR)));
}

CASE(PyArray_PromoteTypes)
{
    PyArrayObject *arrays[] = {arr("np.zeros(2, 'f4')"), arr("np.array(3, 'f8')")};
    PyArray_Descr *descrs[] = {descr("'i2'"), descr("'i8'")};
    return seen(9, (PyObject *)PyArray_PromoteTypes(descr("'i4'"), descr("'u4'")),
                (PyObject *)PyArray_PromoteTypes(descr("'S3'"), descr("'i4'")),
                (PyObject *)PyArray_PromoteTypes(descr("'M8'"), descr("'f4'")),
                (PyObject *)PyArray_MinScalarType(arr("np.array(300)")),
                (PyObject *)PyArray_MinScalarType(arr("np.array([300])")),
                (PyObject *)PyArray_ResultType(2, arrays, 2, descrs),
                (PyObject *)PyArray_ResultType(1, arrays, 1, descrs),
                (PyObject *)PyArray_ResultType(0, NULL, 2, descrs),
                (PyObject *)PyArray_ResultType(0, NULL, 0, NULL));
}

CASE(PyArray_ObjectType)
{
    int n = 0;
    PyArrayObject **many = PyArray_ConvertToCommonType(py("[[1, 2], [2.5, 3]]"), &n);
    CHECK(many && n == 2);
    PyObject *first = same(many[0]), *second = same(many[1]);
    Py_DECREF(many[0]);
    Py_DECREF(many[1]);
    PyDataMem_FREE(many);
    return seen(5, num(PyArray_ObjectType(py("[1, 2.5]"), NPY_BOOL)),
                num(PyArray_ObjectType(py("[1]"), NPY_CFLOAT)),
                num(PyArray_ObjectType(py("['a']"), 0)), first, second);
}

CASE(PyArray_CastToType)
{
    PyArrayObject *a = arr("np.array([[1.7, -2.2], [3, 4]])");
    return seen(4, PyArray_CastToType(a, descr("'i4'"), 0), PyArray_CastToType(a, descr("'f4'"), 1),
                PyArray_CastToType(a, descr("'S'"), 0),
                PyArray_Cast(arr("np.array([1, 2])"), NPY_CDOUBLE));
}

/* ---- scalars */
CASE(PyArray_Scalar)
{
    double d = 2.5;
    npy_int16 back = 0;
    PyObject *o = PyArray_Scalar(&d, descr("'f8'"), NULL);
    CHECK(o && PyArray_IsScalar(o, Double) && PyArrayScalar_VAL(o, Double) == 2.5);
    char swapped[] = {0, 7};
    PyArrayObject *rec = arr("np.array([(1, 2.5)], 'i4,f8')");
    double wide;
    PyArray_ScalarAsCtype(o, &wide);
    CHECK(wide == 2.5);
    CHECK(PyArray_CastScalarToCtype(o, &back, descr("'i2'")) == 0 && back == 2);
    npy_float32 narrow = 0;
    CHECK(PyArray_CastScalarDirect(o, descr("'f8'"), &narrow, NPY_FLOAT) == 0 && narrow == 2.5f);
    CHECK(PyArray_CheckAnyScalarExact(o) && !PyArray_CheckAnyScalarExact(py("[]")));
    CHECK(!PyArray_CheckAnyScalarExact(py("type('F', (np.float64,), {})(1)")));
    return seen(
        12, o, num(PyArray_CheckAnyScalarExact(py("3"))),
        num(PyArray_CheckAnyScalarExact(py("3.5"))), num(PyArray_CheckAnyScalarExact(py("True"))),
        num(PyArray_CheckAnyScalarExact(py("'a'"))), num(PyArray_CheckAnyScalarExact(py("2j"))),
        num(PyArray_CheckAnyScalarExact(py("b'a'"))), PyArray_Scalar(swapped, descr("'>i2'"), NULL),
        PyArray_Scalar(PyArray_DATA(rec), PyArray_DESCR(rec), (PyObject *)rec),
        PyArray_FromScalar(py("np.int8(3)"), NULL),
        PyArray_FromScalar(py("np.float64(3.5)"), descr("'i4'")),
        PyArray_Scalar("ab\0\0", descr("'S4'"), NULL));
}

CASE(PyArray_Pack)
{
    char item[16] = {0};
    CHECK(PyArray_Pack(descr("'>i4'"), item, py("258")) == 0 && item[2] == 1 && item[3] == 2);
    CHECK(PyArray_Pack(descr("'S4'"), item, py("'abc'")) == 0 && memcmp(item, "abc", 4) == 0);
    CHECK(PyArray_Pack(descr("'i2,i2'"), item, py("(1, 2)")) == 0 && item[0] == 1 && item[2] == 2);
    return seen(2, num(PyArray_Pack(descr("'i1'"), item, py("300"))),
                num(PyArray_Pack(descr("'f4'"), item, py("'x'"))));
}

CASE(_PyDataType_GetArrFuncs)
{
    PyArray_Descr *d = descr("'<f4'");
    PyArray_ArrFuncs *f = PyDataType_GetArrFuncs(d);
    PyArrayObject *a = arr("np.array([3, 1, 2, 0], 'f4')");
    float *v = PyArray_DATA(a), fill[4] = {1, 3}, x = 0;
    npy_intp at = -1, order[4] = {0, 1, 2, 3};
    CHECK(f->getitem && f->setitem && f->copyswap && f->copyswapn && f->compare && f->nonzero);
    CHECK(f->compare(v, v + 1, a) > 0 && f->nonzero(v, a) && !f->nonzero(v + 3, a));
    CHECK(f->argmax(v, 4, &at, a) == 0 && at == 0);
    CHECK(f->argmin(v, 4, &at, a) == 0 && at == 3);
    f->dotfunc(v, 4, v, 4, &x, 4, a);
    CHECK(x == 14);
    CHECK(f->fill(fill, 4, a) == 0 && fill[3] == 7);
    f->copyswap(&x, v, 0, a);
    CHECK(x == 3);
    f->copyswapn(fill, 4, v, 4, 4, 1, a);
    f->copyswapn(fill, 4, NULL, 4, 4, 1, a);
    CHECK(fill[2] == 2);
    CHECK(f->setitem(py("9"), v, a) == 0 && v[0] == 9);
    PyArrayObject *b = arr("np.zeros(4)");
    double *wide = PyArray_DATA(b);
    if (f->cast[NPY_DOUBLE]) { /* a table of old, which NumPy 2 leaves empty */
        f->cast[NPY_DOUBLE](v, wide, 4, a, b);
        CHECK(wide[0] == 9 && wide[2] == 2);
    }
    CHECK(!f->argsort[NPY_QUICKSORT] ||
          (f->argsort[NPY_QUICKSORT](v, order, 4, a) == 0 && order[0] == 3));
    return seen(1, f->getitem(v + 1, a));
}

/* ---- a type of old: three bytes, an RGB colour */
static PyObject *rgb_getitem(void *p, void *a)
{
    unsigned char *c = p;
    return Py_BuildValue("(iii)", c[0], c[1], c[2]);
}
static int rgb_setitem(PyObject *o, void *p, void *a)
{
    unsigned char *c = p;
    return PyArg_ParseTuple(o, "bbb", c, c + 1, c + 2) ? 0 : -1;
}
static void rgb_copyswap(void *to, void *from, int swap, void *a)
{
    if (from) memcpy(to, from, 3);
}
static void rgb_copyswapn(void *to, npy_intp ts, void *from, npy_intp fs, npy_intp n, int swap,
                          void *a)
{
    for (npy_intp i = 0; from && i < n; i++) memcpy((char *)to + i * ts, (char *)from + i * fs, 3);
}
static npy_bool rgb_nonzero(void *p, void *a)
{
    unsigned char *c = p;
    return c[0] || c[1] || c[2];
}
static void rgb_to_int(void *from, void *to, npy_intp n, void *fa, void *ta)
{
    unsigned char *c = from;
    for (npy_intp i = 0; i < n; i++)
        ((npy_int *)to)[i] = c[3 * i] << 16 | c[3 * i + 1] << 8 | c[3 * i + 2];
}
static void rgb_invert(char **args, const npy_intp *n, const npy_intp *steps, void *data)
{
    for (npy_intp i = 0; i < n[0]; i++)
        for (int k = 0; k < 3; k++)
            args[1][i * steps[1] + k] = (char)(*(char *)data - args[0][i * steps[0] + k]);
}

CASE(PyArray_RegisterDataType)
{
    static PyArray_ArrFuncs funcs;
    static PyArray_DescrProto proto;
    static char top = (char)255;
    static PyTypeObject rgb_type = {PyVarObject_HEAD_INIT(NULL, 0)};
    rgb_type.tp_name = "capi_client.rgb";
    rgb_type.tp_basicsize = sizeof(PyObject) + 8;
    rgb_type.tp_base = &PyGenericArrType_Type;
    rgb_type.tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE;
    CHECK(PyType_Ready(&rgb_type) == 0);
    PyArray_InitArrFuncs(&funcs);
    CHECK(!funcs.getitem && !funcs.cast[0] && !funcs.castdict && !funcs.sort[0]);
    funcs.getitem = rgb_getitem;
    funcs.setitem = rgb_setitem;
    funcs.copyswap = rgb_copyswap;
    funcs.copyswapn = rgb_copyswapn;
    funcs.nonzero = rgb_nonzero;
    Py_SET_TYPE(&proto, &PyArrayDescr_Type);
    Py_SET_REFCNT(&proto, 1);
    proto.typeobj = &rgb_type;
    proto.kind = 'V';
    proto.type = 'r';
    proto.byteorder = '|';
    proto.flags = NPY_USE_GETITEM | NPY_USE_SETITEM;
    proto.elsize = 3;
    proto.alignment = 1;
    proto.f = &funcs;
    proto.hash = -1;
    int rgb = PyArray_RegisterDataType(&proto);
    CHECK(rgb >= NPY_USERDEF && PyTypeNum_ISUSERDEF(rgb));
    PyArray_Descr *d = PyArray_DescrFromType(rgb);
    CHECK(d && PyDataType_ELSIZE(d) == 3 && PyDataType_ISUSERDEF(d));
    CHECK(PyArray_RegisterCastFunc(d, NPY_INT, rgb_to_int) == 0);
    CHECK(PyArray_RegisterCanCast(d, NPY_INT, NPY_NOSCALAR) == 0);
    CHECK(PyArray_CanCastSafely(rgb, NPY_INT));
    npy_intp dims[] = {2};
    PyArrayObject *a = (PyArrayObject *)PyArray_Zeros(1, dims, (PyArray_Descr *)same(d), 0);
    CHECK(a && PyArray_SETITEM(a, PyArray_GETPTR1(a, 1), py("(1, 2, 3)")) == 0);
    PyObject *u =
        PyUFunc_FromFuncAndData(NULL, NULL, NULL, 0, 1, 1, PyUFunc_None, "rgb_invert", NULL, 0);
    int types[] = {rgb, rgb};
    CHECK(u && PyUFunc_RegisterLoopForType((PyUFuncObject *)u, rgb, rgb_invert, types, &top) == 0);
    PyObject *v = PyObject_CallFunctionObjArgs(u, a, NULL);
    CHECK(v && PyArray_TYPE((PyArrayObject *)v) == rgb);
    return seen(6, PyArray_ToList(a), PyArray_ToList((PyArrayObject *)v),
                PyArray_CastToType(a, PyArray_DescrFromType(NPY_INT), 0),
                num(PyArray_CountNonzero(a)), num(PyArray_RegisterDataType(&proto) == rgb),
                PyObject_Repr((PyObject *)d));
}

/* ---- a DType of today: bytes that mean quarters */
static PyTypeObject quarter_type = {PyVarObject_HEAD_INIT(NULL, 0)};
static PyArray_DTypeMeta quarter_dtype;

static PyArray_Descr *quarter_default(PyArray_DTypeMeta *cls)
{
    PyArray_Descr *d = (PyArray_Descr *)PyArrayDescr_Type.tp_new((PyTypeObject *)cls, NULL, NULL);
    if (d) {
        PyDataType_SET_ELSIZE(d, 1);
        d->alignment = 1;
        d->flags |= NPY_USE_GETITEM | NPY_USE_SETITEM;
    }
    return d;
}
static PyObject *quarter_new(PyTypeObject *cls, PyObject *args, PyObject *kwargs)
{
    return (PyObject *)quarter_default((PyArray_DTypeMeta *)cls);
}
static PyObject *quarter_repr(PyObject *d)
{
    return text("quarter");
}
static PyArray_Descr *quarter_discover(PyArray_DTypeMeta *cls, PyObject *o)
{
    return quarter_default(cls);
}
static PyArray_Descr *quarter_common(PyArray_Descr *a, PyArray_Descr *b)
{
    return (PyArray_Descr *)same(a);
}
static PyArray_DTypeMeta *quarter_common_dtype(PyArray_DTypeMeta *cls, PyArray_DTypeMeta *other)
{
    PyObject *r = other == &PyArray_DoubleDType ? (PyObject *)other : Py_NotImplemented;
    return (PyArray_DTypeMeta *)same(r);
}
static PyArray_Descr *quarter_canonical(PyArray_Descr *d)
{
    return (PyArray_Descr *)same(d);
}
static int quarter_set(PyArray_Descr *d, PyObject *o, char *p)
{
    double x = PyFloat_AsDouble(o);
    *(signed char *)p = (signed char)(x * 4);
    return x == -1 && PyErr_Occurred() ? -1 : 0;
}
static PyObject *quarter_get(PyArray_Descr *d, char *p)
{
    return PyFloat_FromDouble(*(signed char *)p / 4.0);
}
static int quarter_copy(PyArrayMethod_Context *c, char *const *data, const npy_intp *n,
                        const npy_intp *steps, NpyAuxData *aux)
{
    for (npy_intp i = 0; i < n[0]; i++) data[1][i * steps[1]] = data[0][i * steps[0]];
    return 0;
}
static int quarter_to_double(PyArrayMethod_Context *c, char *const *data, const npy_intp *n,
                             const npy_intp *steps, NpyAuxData *aux)
{
    for (npy_intp i = 0; i < n[0]; i++)
        *(double *)(data[1] + i * steps[1]) = *(signed char *)(data[0] + i * steps[0]) / 4.0;
    return 0;
}
static int quarter_add(PyArrayMethod_Context *c, char *const *data, const npy_intp *n,
                       const npy_intp *steps, NpyAuxData *aux)
{
    for (npy_intp i = 0; i < n[0]; i++)
        data[2][i * steps[2]] = (char)(data[0][i * steps[0]] + data[1][i * steps[1]]);
    return 0;
}
/* add of two quarters, from quarter and float: both are told to become quarters */
static int quarter_promoter(PyObject *u, PyArray_DTypeMeta *const given[],
                            PyArray_DTypeMeta *const signature[], PyArray_DTypeMeta *to[])
{
    for (int i = 0; i < 3; i++) to[i] = (PyArray_DTypeMeta *)same(&quarter_dtype);
    return 0;
}

static int quarter_make(void)
{
    static PyArray_DTypeMeta *self_self[] = {NULL, NULL};
    static PyArray_DTypeMeta *to_double[] = {NULL, NULL};
    to_double[1] = &PyArray_DoubleDType;
    static PyType_Slot copy_slots[] = {{NPY_METH_strided_loop, quarter_copy},
                                       {NPY_METH_unaligned_strided_loop, quarter_copy},
                                       {0, NULL}};
    static PyType_Slot double_slots[] = {{NPY_METH_strided_loop, quarter_to_double}, {0, NULL}};
    static PyArrayMethod_Spec copy = {
        "quarter_to_quarter",        1,         1,         NPY_NO_CASTING,
        NPY_METH_SUPPORTS_UNALIGNED, self_self, copy_slots};
    static PyArrayMethod_Spec widen = {"quarter_to_double", 1,           1, NPY_SAFE_CASTING, 0,
                                       to_double,           double_slots};
    static PyArrayMethod_Spec *casts[] = {&copy, &widen, NULL};
    static PyType_Slot slots[] = {{NPY_DT_discover_descr_from_pyobject, quarter_discover},
                                  {NPY_DT_default_descr, quarter_default},
                                  {NPY_DT_common_dtype, quarter_common_dtype},
                                  {NPY_DT_common_instance, quarter_common},
                                  {NPY_DT_ensure_canonical, quarter_canonical},
                                  {NPY_DT_setitem, quarter_set},
                                  {NPY_DT_getitem, quarter_get},
                                  {0, NULL}};
    if (quarter_type.tp_name) return 0;
    quarter_type.tp_name = "capi_client.quarter";
    quarter_type.tp_basicsize = sizeof(PyObject);
    quarter_type.tp_flags = Py_TPFLAGS_DEFAULT;
    if (PyType_Ready(&quarter_type) < 0) return -1;
    PyTypeObject *t = (PyTypeObject *)&quarter_dtype;
    Py_SET_TYPE(t, &PyArrayDTypeMeta_Type);
    Py_SET_REFCNT((PyObject *)t, 1);
    t->tp_name = "capi_client.QuarterDType";
    t->tp_basicsize = sizeof(PyArray_Descr);
    t->tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE;
    t->tp_base = &PyArrayDescr_Type;
    t->tp_new = quarter_new;
    t->tp_repr = t->tp_str = quarter_repr;
    if (PyType_Ready(t) < 0) return -1;
    PyArrayDTypeMeta_Spec spec = {&quarter_type, 0, casts, slots, NULL};
    return PyArrayInitDTypeMeta_FromSpec(&quarter_dtype, &spec);
}

CASE(PyArrayInitDTypeMeta_FromSpec)
{
    CHECK(quarter_make() == 0);
    PyArray_Descr *d = PyArray_GetDefaultDescr(&quarter_dtype);
    CHECK(d && Py_TYPE(d) == (PyTypeObject *)&quarter_dtype && PyDataType_ELSIZE(d) == 1);
    PyArrayObject *a = (PyArrayObject *)PyArray_FromAny(py("[0.25, 1.5]"), (PyArray_Descr *)same(d),
                                                        0, 0, 0, NULL);
    CHECK(a && *(signed char *)PyArray_GETPTR1(a, 1) == 6);
    PyArray_DTypeMeta *many[] = {&quarter_dtype, &PyArray_DoubleDType, &quarter_dtype};
    CHECK(PyArray_CommonDType(&quarter_dtype, &PyArray_DoubleDType) == &PyArray_DoubleDType);
    CHECK(PyArray_PromoteDTypeSequence(3, many) == &PyArray_DoubleDType);
    return seen(5, PyArray_ToList(a), PyArray_CastToType(a, PyArray_DescrFromType(NPY_DOUBLE), 0),
                (PyObject *)PyArray_CommonDType(&quarter_dtype, &PyArray_IntDType),
                (PyObject *)PyArray_CommonDType(&PyArray_IntDType, &PyArray_FloatDType),
                (PyObject *)PyArray_GetDefaultDescr(&PyArray_IntDType));
}

CASE(PyUFunc_AddLoopFromSpec)
{
    CHECK(quarter_make() == 0);
    PyObject *u =
        PyUFunc_FromFuncAndData(NULL, NULL, NULL, 0, 2, 1, PyUFunc_None, "quarter_add", NULL, 0);
    PyArray_DTypeMeta *dtypes[] = {&quarter_dtype, &quarter_dtype, &quarter_dtype};
    PyType_Slot slots[] = {{NPY_METH_strided_loop, quarter_add}, {0, NULL}};
    PyArrayMethod_Spec spec = {"quarter_add", 2, 1, NPY_NO_CASTING, 0, dtypes, slots};
    CHECK(PyUFunc_AddLoopFromSpec(u, &spec) == 0);
    PyObject *twice = num(PyUFunc_AddLoopFromSpec(u, &spec));
    PyObject *promoter = PyCapsule_New(quarter_promoter, "numpy._ufunc_promoter", NULL);
    PyObject *key = PyTuple_Pack(3, &quarter_dtype, &PyArray_DoubleDType, Py_None);
    CHECK(PyUFunc_AddPromoter(u, key, promoter) == 0);
    PyArrayObject *a = (PyArrayObject *)PyArray_FromAny(
        py("[0.25, 1.5]"), PyArray_GetDefaultDescr(&quarter_dtype), 0, 0, 0, NULL);
    PyArrayObject *sum = (PyArrayObject *)PyObject_CallFunctionObjArgs(u, a, a, NULL);
    CHECK(sum && Py_TYPE(PyArray_DESCR(sum)) == (PyTypeObject *)&quarter_dtype);
    return seen(4, PyArray_ToList(sum), twice,
                PyObject_CallFunctionObjArgs(u, a, py("np.ones(2)"), NULL),
                PyObject_CallFunctionObjArgs(u, py("np.ones(2)"), py("np.ones(2)"), NULL));
}

static NPY_CASTING wrap_given(int nin, int nout, PyArray_DTypeMeta *const wrapped[],
                              PyArray_Descr *const given[], PyArray_Descr *out[])
{
    for (int i = 0; i < nin + nout; i++) out[i] = given[i] ? PyArray_DescrFromType(NPY_INT8) : NULL;
    return 0;
}
static int wrap_loop(int nin, int nout, PyArray_DTypeMeta *const wrapped[],
                     PyArray_Descr *const given[], PyArray_Descr *from[], PyArray_Descr *out[])
{
    for (int i = 0; i < nin + nout; i++)
        out[i] =
            given[i] ? (PyArray_Descr *)same(given[i]) : PyArray_GetDefaultDescr(&quarter_dtype);
    return 0;
}

CASE(PyUFunc_AddWrappingLoop)
{
    CHECK(quarter_make() == 0);
    PyObject *add = py("np.subtract");
    PyArray_DTypeMeta *ours[] = {&quarter_dtype, &quarter_dtype, &quarter_dtype};
    PyArray_DTypeMeta *theirs[] = {&PyArray_Int8DType, &PyArray_Int8DType, &PyArray_Int8DType};
    CHECK(PyUFunc_AddWrappingLoop(add, ours, theirs, (void *)wrap_given, (void *)wrap_loop) == 0);
    PyArrayObject *a = (PyArrayObject *)PyArray_FromAny(
        py("[0.25, 1.5]"), PyArray_GetDefaultDescr(&quarter_dtype), 0, 0, 0, NULL);
    PyArrayObject *r = (PyArrayObject *)PyObject_CallFunctionObjArgs(add, a, a, NULL);
    CHECK(r && Py_TYPE(PyArray_DESCR(r)) == (PyTypeObject *)&quarter_dtype);
    PyArray_DTypeMeta *dtypes[] = {&quarter_dtype, &quarter_dtype, &quarter_dtype};
    PyType_Slot slots[] = {{NPY_METH_strided_loop, quarter_add}, {0, NULL}};
    PyArrayMethod_Spec spec = {"quarter_add", 2, 1, NPY_NO_CASTING, 0, dtypes, slots};
    PyUFunc_LoopSlot loops[] = {{"add", &spec}, {NULL, NULL}},
                     nowhere[] = {{"no_such_ufunc", &spec}, {NULL, NULL}};
    CHECK(PyUFunc_AddLoopsFromSpecs(loops) == 0);
    PyArrayObject *s = (PyArrayObject *)PyObject_CallFunctionObjArgs(py("np.add"), a, a, NULL);
    return seen(3, PyArray_ToList(r), s ? PyArray_ToList(s) : NULL,
                num(PyUFunc_AddLoopsFromSpecs(nowhere)));
}

const client_case dtype_cases[] = {
    ROW(PyArray_DescrFromType),   ROW(PyArray_DescrFromScalar),  ROW(PyArray_DescrConverter),
    ROW(PyArray_CanCastSafely),   ROW(PyArray_PromoteTypes),     ROW(PyArray_ObjectType),
    ROW(PyArray_CastToType),      ROW(PyArray_Scalar),           ROW(PyArray_Pack),
    ROW(_PyDataType_GetArrFuncs), ROW(PyArray_RegisterDataType), ROW(PyArrayInitDTypeMeta_FromSpec),
    ROW(PyUFunc_AddLoopFromSpec), ROW(PyUFunc_AddWrappingLoop),  {NULL, NULL},
};
