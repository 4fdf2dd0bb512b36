/* One scalar type: boxing, and telling what the other operand is. Parameters: NAME, T, NUM (type
 * number), STRUCT, TYPE. */
#define CAT_(a, b) a##_##b
#define CAT(a, b) CAT_(a, b)
#define FN(f) CAT(f, NAME)

static inline T FN(value)(PyObject *o)
{
    return ((STRUCT *)o)->obval;
}

static inline PyObject *FN(box)(T v)
{
    PyObject *s = ext_scalar_alloc(&TYPE);
    if (s) ((STRUCT *)s)->obval = v;
    return s;
}

static other_kind FN(convert)(PyObject *o, T *out)
{
    if (FNP_LIKELY(Py_IS_TYPE(o, &TYPE))) {
        *out = FN(value)(o);
        return OTHER_SAME;
    }
    if (PyBool_Check(o)) {
        FROM_LONG(*out, o == Py_True);
        return OTHER_SAME;
    }
    if (PyLong_CheckExact(o)) return FN(from_pylong)(o, out);
    if (PyFloat_CheckExact(o)) return FN(from_pyfloat)(o, out);
    if (PyComplex_CheckExact(o)) return FN(from_pycomplex)(o, out);
    if (PyObject_TypeCheck(o, &TYPE)) {
        *out = FN(value)(o);
        return OTHER_SAME;
    }
    int num = ext_scalar_typenum(o);
    if (num < 0) return OTHER_UNKNOWN;
    if (PyArray_CanCastSafely(num, NUM)) {
        switch (num) {
        case NPY_BYTE: FROM_LONG(*out, PyArrayScalar_VAL(o, Byte)); return OTHER_SAME;
        case NPY_UBYTE: FROM_LONG(*out, PyArrayScalar_VAL(o, UByte)); return OTHER_SAME;
        case NPY_SHORT: FROM_LONG(*out, PyArrayScalar_VAL(o, Short)); return OTHER_SAME;
        case NPY_USHORT: FROM_LONG(*out, PyArrayScalar_VAL(o, UShort)); return OTHER_SAME;
        case NPY_INT: FROM_LONG(*out, PyArrayScalar_VAL(o, Int)); return OTHER_SAME;
        case NPY_UINT: FROM_LONG(*out, PyArrayScalar_VAL(o, UInt)); return OTHER_SAME;
        case NPY_LONG: FROM_LONG(*out, PyArrayScalar_VAL(o, Long)); return OTHER_SAME;
        case NPY_ULONG: FROM_LONG(*out, PyArrayScalar_VAL(o, ULong)); return OTHER_SAME;
        case NPY_FLOAT: FROM_LONG(*out, PyArrayScalar_VAL(o, Float)); return OTHER_SAME;
        case NPY_DOUBLE: FROM_LONG(*out, PyArrayScalar_VAL(o, Double)); return OTHER_SAME;
        default: break;
        }
        PyArray_Descr *d = PyArray_DescrFromType(NUM);
        int r = d ? PyArray_CastScalarToCtype(o, out, d) : -1;
        Py_XDECREF(d);
        return r < 0 ? OTHER_ERROR : OTHER_SAME;
    }
    return PyArray_CanCastSafely(NUM, num) ? OTHER_HIGHER : OTHER_PROMOTE;
}

/* Both operands' values; which side is of our type decides where to look. OTHER_SAME when x and y
 * are set. */
static inline other_kind FN(operands)(PyObject *a, PyObject *b, T *x, T *y)
{
    if (FNP_LIKELY(Py_IS_TYPE(a, &TYPE) && Py_IS_TYPE(b, &TYPE))) {
        *x = FN(value)(a);
        *y = FN(value)(b);
        return OTHER_SAME;
    }
    int forward = PyObject_TypeCheck(a, &TYPE);
    PyObject *other = forward ? b : a;
    *(forward ? x : y) = FN(value)(forward ? a : b);
    other_kind k = FN(convert)(other, forward ? y : x);
    if (k == OTHER_UNKNOWN && ext_scalar_defers(forward ? a : b, other)) return OTHER_HIGHER;
    return k;
}

#define OPERANDS(slot)                                                                             \
    T x, y;                                                                                        \
    switch (FN(operands)(a, b, &x, &y)) {                                                          \
    case OTHER_SAME: break;                                                                        \
    case OTHER_ERROR: return NULL;                                                                 \
    case OTHER_HIGHER: Py_RETURN_NOTIMPLEMENTED;                                                   \
    default: return ext_generic_as_number.slot(a, b);                                              \
    }
