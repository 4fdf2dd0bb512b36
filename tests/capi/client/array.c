/* Arrays made, converted, filled and looked at. */
#include "client.h"

#include <stdio.h>
#include <unistd.h>

CASE(versions)
{
    CHECK(PyArray_GetNDArrayCVersion() == NPY_ABI_VERSION);
    CHECK(PyArray_GetNDArrayCFeatureVersion() >= NPY_FEATURE_VERSION);
    CHECK(PyArray_GetEndianness() == NPY_CPU_LITTLE);
    return seen(1, num(PyArray_GetNDArrayCFeatureVersion()));
}

CASE(PyArray_New)
{
    npy_intp dims[] = {2, 3}, strides[] = {8, 16};
    static double data[6] = {0, 1, 2, 3, 4, 5};
    PyObject *fresh =
        PyArray_New(&PyArray_Type, 2, dims, NPY_INT16, NULL, NULL, 0, NPY_ARRAY_F_CONTIGUOUS, NULL);
    PyArrayObject *a = (PyArrayObject *)PyArray_New(&PyArray_Type, 2, dims, NPY_DOUBLE, strides,
                                                    data, 0, NPY_ARRAY_WRITEABLE, NULL);
    CHECK(fresh && a);
    CHECK(PyArray_CHKFLAGS((PyArrayObject *)fresh, NPY_ARRAY_OWNDATA));
    CHECK(PyArray_DATA(a) == data && !PyArray_CHKFLAGS(a, NPY_ARRAY_OWNDATA));
    CHECK(PyArray_CHKFLAGS(a, NPY_ARRAY_F_CONTIGUOUS) && *(double *)PyArray_GETPTR2(a, 1, 2) == 5);
    PyArray_FILLWBYTE((PyArrayObject *)fresh, 1);
    return seen(4, fresh, same(a),
                PyArray_New(&PyArray_Type, 1, dims, NPY_STRING, NULL, NULL, 0, 0, NULL),
                PyArray_New(&PyArray_Type, 99, dims, NPY_INT, NULL, NULL, 0, 0, NULL));
}

CASE(PyArray_NewFromDescr)
{
    npy_intp dims[] = {2, -1}, one[] = {2};
    PyArray_Descr *d = descr("('f4', (3,))");
    Py_ssize_t refs = Py_REFCNT(d);
    Py_INCREF(d);
    PyArrayObject *a =
        (PyArrayObject *)PyArray_NewFromDescr(&PyArray_Type, d, 1, one, NULL, NULL, 0, NULL);
    CHECK(a && PyArray_NDIM(a) == 2 && PyArray_DIM(a, 1) == 3 && PyArray_TYPE(a) == NPY_FLOAT);
    CHECK(Py_REFCNT(d) == refs);
    PyArray_FILLWBYTE(a, 0);
    static char bytes[16] = "abcdefgh";
    PyObject *view = PyArray_NewFromDescr(&PyArray_Type, descr("'>u2'"), 1, one, NULL, bytes,
                                          NPY_ARRAY_CARRAY, NULL);
    return seen(3, same(a), view,
                PyArray_NewFromDescr(&PyArray_Type, descr("'i4'"), 2, dims, NULL, NULL, 0, NULL));
}

CASE(PyArray_NewFromDescr_subclass)
{
    PyObject *cls = py("type('Sub', (np.ndarray,), {'__array_finalize__': lambda s, o: "
                       "setattr(s, 'tag', type(o).__name__)})");
    npy_intp dims[] = {2};
    PyArrayObject *proto = arr("np.zeros(3)");
    PyObject *a = PyArray_NewFromDescr((PyTypeObject *)cls, descr("'i1'"), 1, dims, NULL, NULL, 0,
                                       (PyObject *)proto);
    CHECK(a && Py_TYPE(a) == (PyTypeObject *)cls);
    return seen(2, PyObject_GetAttrString(a, "tag"),
                PyArray_NewLikeArray(proto, NPY_FORTRANORDER, NULL, 1) ? py("1") : NULL);
}

CASE(PyArray_NewLikeArray)
{
    PyArrayObject *a = arr("np.arange(24).reshape(2, 3, 4).transpose(1, 0, 2)");
    PyArrayObject *b = (PyArrayObject *)PyArray_NewLikeArray(a, NPY_KEEPORDER, NULL, 0);
    PyArrayObject *c = (PyArrayObject *)PyArray_NewLikeArray(a, NPY_CORDER, descr("'i1'"), 0);
    CHECK(b && c && PyArray_SAMESHAPE(a, b));
    PyArray_FILLWBYTE(b, 0);
    PyArray_FILLWBYTE(c, 0);
    return seen(2, same(b), same(c));
}

CASE(PyArray_NewCopy)
{
    PyArrayObject *a = arr("np.arange(6).reshape(2, 3).T");
    PyArrayObject *b = (PyArrayObject *)PyArray_NewCopy(a, NPY_ANYORDER);
    CHECK(b && PyArray_DATA(a) != PyArray_DATA(b));
    return seen(4, same(b), PyArray_NewCopy(a, NPY_CORDER), PyArray_NewCopy(a, NPY_FORTRANORDER),
                PyArray_NewCopy(a, NPY_KEEPORDER));
}

CASE(PyArray_Empty)
{
    npy_intp dims[] = {3, 2};
    PyArrayObject *a = (PyArrayObject *)PyArray_Empty(2, dims, descr("'c8'"), 1);
    CHECK(a && PyArray_IS_F_CONTIGUOUS(a));
    PyArray_FILLWBYTE(a, 0);
    return seen(4, same(a), PyArray_Empty(1, dims, descr("object"), 0),
                PyArray_Zeros(2, dims, descr("'<f2'"), 0), PyArray_Zeros(1, dims, descr("'O'"), 0));
}

CASE(PyArray_Arange)
{
    return seen(6, PyArray_Arange(0, 5, 1, NPY_INT), PyArray_Arange(1, 2, 0.25, NPY_DOUBLE),
                PyArray_Arange(3, 0, 1, NPY_DOUBLE), PyArray_Arange(0, 1, 0, NPY_DOUBLE),
                PyArray_ArangeObj(py("1"), py("6"), py("2"), NULL),
                PyArray_ArangeObj(py("1"), Py_None, Py_None, descr("'f4'")));
}

CASE(PyArray_FromAny)
{
    PyObject *list = py("[[1, 2, 3], [4, 5, 6]]");
    PyArrayObject *a = (PyArrayObject *)PyArray_FromAny(list, NULL, 0, 0, 0, NULL);
    CHECK(a && PyArray_NDIM(a) == 2);
    PyArrayObject *again = (PyArrayObject *)PyArray_FromAny((PyObject *)a, NULL, 0, 0, 0, NULL);
    CHECK(again == a);
    PyObject *copy = PyArray_FromAny((PyObject *)a, NULL, 0, 0, NPY_ARRAY_ENSURECOPY, NULL);
    CHECK(copy && copy != (PyObject *)a);
    PyArrayObject *t = arr("np.arange(6.).reshape(2, 3).T");
    return seen(
        10, same(a), copy, PyArray_FromAny(list, descr("'f8'"), 2, 2, NPY_ARRAY_FARRAY, NULL),
        PyArray_FromAny(list, NULL, 3, 0, 0, NULL), PyArray_FromAny(list, NULL, 0, 1, 0, NULL),
        PyArray_FromAny((PyObject *)t, NULL, 0, 0, NPY_ARRAY_IN_ARRAY, NULL),
        PyArray_FromAny((PyObject *)t, descr("'i4'"), 0, 0, 0, NULL),
        PyArray_FromAny((PyObject *)t, descr("'i4'"), 0, 0, NPY_ARRAY_FORCECAST, NULL),
        PyArray_FROM_OTF(py("1.5"), NPY_DOUBLE, NPY_ARRAY_ALIGNED),
        PyArray_FROMANY(list, NPY_OBJECT, 1, 2, NPY_ARRAY_DEFAULT));
}

CASE(PyArray_CheckFromAny)
{
    PyArrayObject *swapped = arr("np.arange(3, dtype='>i4')");
    PyObject *odd = py("np.frombuffer(b'x' * 25, 'u1')[1:].view('f8')");
    PyObject *native = PyArray_CheckFromAny((PyObject *)swapped, NULL, 0, 0,
                                            NPY_ARRAY_NOTSWAPPED | NPY_ARRAY_CARRAY, NULL);
    CHECK(native && PyArray_ISNBO(PyArray_DESCR((PyArrayObject *)native)->byteorder));
    return seen(
        4, native, PyArray_CheckFromAny(odd, NULL, 0, 0, NPY_ARRAY_BEHAVED, NULL),
        PyArray_CheckFromAny(py("np.arange(6)[::2]"), NULL, 0, 0, NPY_ARRAY_ELEMENTSTRIDES, NULL),
        num(PyArray_ElementStrides(odd)));
}

CASE(PyArray_FromArray)
{
    PyArrayObject *a = arr("np.arange(4, dtype='i4')");
    PyObject *s = py("np.arange(3).view(type('Sub', (np.ndarray,), {}))");
    PyObject *exact = PyArray_EnsureArray(same(s));
    CHECK(exact && PyArray_CheckExact(exact));
    PyObject *any = PyArray_EnsureAnyArray(same(s));
    CHECK(any == s);
    return seen(6, PyArray_FromArray(a, NULL, 0), PyArray_FromArray(a, descr("'f8'"), 0),
                PyArray_FromArray(a, descr("'i2'"), 0),
                PyArray_FromArray(a, NULL, NPY_ARRAY_WRITEBACKIFCOPY | NPY_ARRAY_ENSURECOPY), exact,
                PyArray_EnsureArray(py("(1, 2)")));
}

CASE(PyArray_ResolveWritebackIfCopy)
{
    PyArrayObject *base = arr("np.arange(6)[::2]");
    PyArrayObject *copy = (PyArrayObject *)PyArray_FromArray(
        base, NULL, NPY_ARRAY_CARRAY | NPY_ARRAY_WRITEBACKIFCOPY);
    CHECK(copy && copy != base && PyArray_BASE(copy) == (PyObject *)base);
    CHECK(!PyArray_ISWRITEABLE(base));
    *(npy_intp *)PyArray_GETPTR1(copy, 1) = 77;
    int first = PyArray_ResolveWritebackIfCopy(copy), second = PyArray_ResolveWritebackIfCopy(copy);
    CHECK(first == 1 && second == 0 && PyArray_ISWRITEABLE(base) && !PyArray_BASE(copy));
    PyArrayObject *other = arr("np.zeros(3, int)"), *temp = arr("np.ones(3, int)");
    CHECK(PyArray_SetWritebackIfCopyBase(temp, (PyArrayObject *)same(other)) == 0);
    PyArray_DiscardWritebackIfCopy(temp);
    CHECK(!PyArray_BASE(temp));
    return seen(3, same(base), same(other), num(PyArray_SetUpdateIfCopyBase(temp, other)));
}

CASE(PyArray_SetBaseObject)
{
    npy_intp dims[] = {4};
    static npy_int8 data[4] = {1, 2, 3, 4};
    PyArrayObject *a = (PyArrayObject *)PyArray_SimpleNewFromData(1, dims, NPY_INT8, data);
    PyObject *owner = py("['owner']");
    Py_ssize_t refs = Py_REFCNT(owner);
    CHECK(PyArray_SetBaseObject(a, same(owner)) == 0 && PyArray_BASE(a) == owner);
    CHECK(Py_REFCNT(owner) == refs + 1);
    int twice = PyArray_SetBaseObject(a, same(owner));
    PyObject *why = num(twice);
    PyArrayObject *v = (PyArrayObject *)PyArray_SimpleNewFromData(1, dims, NPY_INT8, data);
    PyArrayObject *deep = arr("np.arange(4, dtype='i1')[:][1:]");
    CHECK(PyArray_SetBaseObject(v, same(deep)) == 0);
    CHECK(PyArray_Check(PyArray_BASE(v)) && PyArray_BASE(v) != (PyObject *)deep);
    return seen(2, why, same(a));
}

CASE(PyArray_FailUnlessWriteable)
{
    PyArrayObject *a = arr("np.arange(3)");
    CHECK(PyArray_FailUnlessWriteable(a, "thing") == 0);
    PyArray_CLEARFLAGS(a, NPY_ARRAY_WRITEABLE);
    return seen(1, num(PyArray_FailUnlessWriteable(a, "thing")));
}

CASE(PyArray_UpdateFlags)
{
    PyArrayObject *a = arr("np.arange(6).reshape(2, 3)");
    PyArray_CLEARFLAGS(a, NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_ALIGNED);
    PyArray_UpdateFlags(a, NPY_ARRAY_UPDATE_ALL);
    CHECK(PyArray_CHKFLAGS(a, NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_ALIGNED));
    npy_bool drop[] = {0, 1};
    PyArrayObject *b = arr("np.arange(6).reshape(2, 3)[:, :1]");
    PyArray_RemoveAxesInPlace(b, drop);
    CHECK(PyArray_NDIM(b) == 1);
    return seen(2, num(PyArray_FLAGS(a)), same(b));
}

CASE(PyArray_CopyInto)
{
    PyArrayObject *a = arr("np.zeros((2, 3))"), *b = arr("np.arange(3)");
    CHECK(PyArray_CopyInto(a, b) == 0);
    PyArrayObject *c = arr("np.zeros(6, 'i2')"), *d = arr("np.arange(6.).reshape(2, 3)");
    CHECK(PyArray_CopyAnyInto(c, d) == 0);
    PyObject *bad = num(PyArray_CopyInto(a, c));
    PyArrayObject *e = arr("np.zeros(2, 'f4')");
    CHECK(PyArray_CopyObject(e, py("[3, 4]")) == 0);
    return seen(6, same(a), same(c), bad, same(e), num(PyArray_CopyObject(e, py("[1, 2, 3]"))),
                num(PyArray_CopyAnyInto(a, c)));
}

CASE(PyArray_FillWithScalar)
{
    PyArrayObject *a = arr("np.zeros((2, 2), 'f4')");
    CHECK(PyArray_FillWithScalar(a, py("2.5")) == 0);
    CHECK(*(float *)PyArray_GETPTR2(a, 1, 1) == 2.5f);
    return seen(2, same(a), num(PyArray_FillWithScalar(arr("np.zeros(2, 'i1')"), py("'x'"))));
}

CASE(PyArray_Zero)
{
    PyArrayObject *a = arr("np.zeros(1, '>i4')"), *o = arr("np.zeros(1, object)");
    char *zero = PyArray_Zero(a), *one = PyArray_One(a), *oone = PyArray_One(o);
    CHECK(zero && one && oone && memcmp(zero, "\0\0\0\0", 4) == 0);
    PyObject *r = seen(2, PyBytes_FromStringAndSize(one, 4), same(*(PyObject **)oone));
    PyDataMem_FREE(zero);
    PyDataMem_FREE(one);
    PyDataMem_FREE(oone);
    return r;
}

CASE(PyArray_GetPtr)
{
    PyArrayObject *a = arr("np.arange(12).reshape(3, 4)[::-1, 1:]");
    npy_intp at[] = {2, 1};
    CHECK(*(npy_intp *)PyArray_GetPtr(a, at) == 2);
    CHECK(PyArray_GETPTR2(a, 2, 1) == PyArray_GetPtr(a, at));
    PyObject *item = PyArray_GETITEM(a, PyArray_GetPtr(a, at));
    CHECK(PyArray_SETITEM(a, PyArray_GetPtr(a, at), py("99")) == 0);
    return seen(2, item, same(a));
}

CASE(PyArray_AsCArray)
{
    PyObject *o = py("[[1, 2], [3, 4], [5, 6]]");
    npy_intp dims[2];
    double **rows;
    PyObject *kept = o;
    CHECK(PyArray_AsCArray(&kept, &rows, dims, 2, descr("'f8'")) == 0);
    CHECK(dims[0] == 3 && dims[1] == 2 && rows[2][1] == 6 && rows[0][1] == 2);
    CHECK(PyArray_Free(kept, rows) == 0);
    PyObject *cube = py("np.arange(24).reshape(2, 3, 4)");
    npy_intp dims3[3];
    npy_intp ***planes;
    CHECK(PyArray_AsCArray(&cube, &planes, dims3, 3, descr("'i8'")) == 0 && planes[1][2][3] == 23);
    CHECK(PyArray_Free(cube, planes) == 0);
    PyObject *line = py("[1, 2]");
    npy_intp *flat;
    CHECK(PyArray_AsCArray(&line, &flat, dims, 1, descr("'i8'")) == 0 && flat[1] == 2);
    CHECK(PyArray_Free(line, flat) == 0);
    return seen(1, num(PyArray_AsCArray(&o, &rows, dims, 4, descr("'f8'"))));
}

CASE(PyArray_FromInterface)
{
    PyObject *a = py("type('I', (), {'__array_interface__': np.arange(3, "
                     "dtype='i2').__array_interface__, 'keep': None})()");
    PyObject *owner = py("np.arange(4, dtype='f4')");
    PyObject *has = PyObject_CallFunction(
        py("lambda o: type('S', (), {'__array_struct__': o.__array_struct__, 'o': o, "
           "'__array_interface__': o.__array_interface__})()"),
        "O", owner);
    PyObject *attr = py("type('A', (), {'__array__': lambda s, dtype=None, copy=None: "
                        "np.array([7, 8], dtype)})()");
    /* NumPy lends NotImplemented: the reference is not the caller's */
    PyObject *none = PyArray_FromInterface(py("object()"));
    CHECK(none == Py_NotImplemented && a);
    CHECK(PyArray_FromStructInterface(py("object()")) == Py_NotImplemented);
    CHECK(PyArray_FromArrayAttr(py("3"), NULL, NULL) == Py_NotImplemented);
    return seen(4, PyArray_FromInterface(has), PyArray_FromStructInterface(has),
                PyArray_FromArrayAttr(attr, NULL, NULL),
                PyArray_FromArrayAttr(attr, descr("'f4'"), NULL));
}

CASE(PyArray_FromBuffer)
{
    PyObject *bytes = py("b'\\x01\\x00\\x02\\x00\\x03\\x00'");
    return seen(5, PyArray_FromBuffer(bytes, descr("'<i2'"), -1, 0),
                PyArray_FromBuffer(bytes, descr("'<i2'"), 1, 2),
                PyArray_FromBuffer(bytes, descr("'<i4'"), -1, 0),
                PyArray_FromBuffer(py("bytearray(b'ab')"), descr("'u1'"), -1, 0),
                PyArray_FromBuffer(py("3"), descr("'u1'"), -1, 0));
}

CASE(PyArray_FromString)
{
    char bytes[] = "\1\0\2\0", words[] = "1 2.5  3";
    return seen(4, PyArray_FromString(bytes, 4, descr("'<i2'"), -1, NULL),
                PyArray_FromString(words, 8, descr("'f8'"), -1, " "),
                PyArray_FromString(words, 8, descr("'f8'"), 2, " "),
                PyArray_FromString(bytes, 3, descr("'<i2'"), -1, NULL));
}

CASE(PyArray_FromIter)
{
    return seen(3, PyArray_FromIter(py("iter(range(4))"), descr("'f4'"), -1),
                PyArray_FromIter(py("iter(range(4))"), descr("'i8'"), 2),
                PyArray_FromIter(py("iter(range(2))"), descr("'i8'"), 5));
}

CASE(PyArray_ToFile)
{
    FILE *f = tmpfile();
    PyArrayObject *a = arr("np.arange(6, dtype='<i4').reshape(2, 3).T");
    CHECK(PyArray_ToFile(a, f, "", "") == 0 && ftell(f) == 24);
    rewind(f);
    PyObject *back = PyArray_FromFile(f, descr("'<i4'"), -1, "");
    rewind(f);
    CHECK(PyArray_ToFile(arr("np.array([1.5, 2, -3])"), f, ", ", "%.2f") == 0);
    fputs(" ", f);
    CHECK(PyArray_ToFile(arr("np.array([1, 2])"), f, " ", "") == 0);
    fflush(f);
    CHECK(ftruncate(fileno(f), ftell(f)) == 0);
    char line[64] = "";
    rewind(f);
    CHECK(fgets(line, sizeof line, f));
    PyObject *objects = num(PyArray_ToFile(arr("np.zeros(2, object)"), f, "", ""));
    f = freopen(NULL, "w+", f);
    CHECK(f && fputs("1, 2, 3", f) >= 0);
    rewind(f);
    PyObject *numbers = PyArray_FromFile(f, descr("'f8'"), -1, ",");
    fclose(f);
    return seen(4, back, text(line), objects, numbers);
}

CASE(PyArray_ToList)
{
    PyArrayObject *a = arr("np.arange(4, dtype='<u2').reshape(2, 2)");
    return seen(4, PyArray_ToList(a), PyArray_ToString(a, NPY_CORDER),
                PyArray_ToString(a, NPY_FORTRANORDER), PyArray_ToList(arr("np.array(3)")));
}

CASE(PyArray_Dump)
{
    PyArrayObject *a = arr("np.arange(3)");
    PyObject *loads = py("__import__('pickle').loads"), *bytes = PyArray_Dumps((PyObject *)a, 2);
    PyObject *stream = py("__import__('io').BytesIO()");
    CHECK(bytes && PyBytes_Check(bytes));
    CHECK(PyArray_Dump((PyObject *)a, stream, 2) == 0);
    return seen(2, PyObject_CallFunction(loads, "N", bytes),
                PyObject_CallFunction(loads, "N", PyObject_CallMethod(stream, "getvalue", NULL)));
}

CASE(PyArray_GetField)
{
    PyArrayObject *a = arr("np.arange(3, dtype='<u4')");
    CHECK(PyArray_SetField(a, descr("'<u2'"), 2, py("[1, 2, 3]")) == 0);
    return seen(4, PyArray_GetField(a, descr("'<u2'"), 2), same(a),
                PyArray_GetField(a, descr("'<u2'"), 3), PyArray_GetField(a, descr("'<u8'"), 0));
}

CASE(PyArray_Byteswap)
{
    PyArrayObject *a = arr("np.arange(3, dtype='<u2')");
    PyObject *copy = PyArray_Byteswap(a, 0), *in_place = PyArray_Byteswap(a, 1);
    CHECK(copy && in_place == (PyObject *)a);
    return seen(2, copy, in_place);
}

CASE(PyArray_INCREF)
{
    PyArrayObject *a = arr("np.array([[], 'x', None], dtype=object)");
    PyObject *first = *(PyObject **)PyArray_DATA(a);
    Py_ssize_t refs = Py_REFCNT(first);
    CHECK(PyArray_INCREF(a) == 0 && Py_REFCNT(first) == refs + 1);
    CHECK(PyArray_XDECREF(a) == 0 && Py_REFCNT(first) == refs);
    PyArray_Item_INCREF(PyArray_DATA(a), PyArray_DESCR(a));
    CHECK(Py_REFCNT(first) == refs + 1);
    PyArray_Item_XDECREF(PyArray_DATA(a), PyArray_DESCR(a));
    CHECK(Py_REFCNT(first) == refs);
    PyArrayObject *s =
        arr("np.array([([], 1, [])], dtype=[('a', object), ('b', 'i4'), ('c', object)])");
    PyObject *part = *(PyObject **)PyArray_DATA(s);
    refs = Py_REFCNT(part);
    CHECK(PyArray_INCREF(s) == 0 && Py_REFCNT(part) == refs + 1);
    CHECK(PyArray_XDECREF(s) == 0 && Py_REFCNT(part) == refs);
    return seen(1, same(a));
}

CASE(PyDataMem_NEW)
{
    char *p = PyDataMem_NEW(16), *z = PyDataMem_NEW_ZEROED(4, 8);
    CHECK(p && z && z[0] == 0 && z[31] == 0);
    memcpy(p, "0123456789abcde", 16);
    p = PyDataMem_RENEW(p, 4096);
    CHECK(p && memcmp(p, "0123456789abcde", 16) == 0);
    PyDataMem_FREE(p);
    PyDataMem_FREE(z);
    PyDataMem_FREE(PyArray_malloc(3) ? NULL : NULL);
    return seen(0);
}

/* A handler that counts, and lets the default do the work. */
static long long asked, freed;
static void *count_malloc(void *ctx, size_t n)
{
    asked++;
    return malloc(n);
}
static void *count_calloc(void *ctx, size_t n, size_t size)
{
    asked++;
    return calloc(n, size);
}
static void *count_realloc(void *ctx, void *p, size_t n)
{
    return realloc(p, n);
}
static void count_free(void *ctx, void *p, size_t n)
{
    freed++;
    free(p);
}
static PyDataMem_Handler counting = {
    "counting", 1, {NULL, count_malloc, count_calloc, count_realloc, count_free}};

CASE(PyDataMem_SetHandler)
{
    PyObject *capsule = PyCapsule_New(&counting, "mem_handler", NULL),
             *before = PyDataMem_GetHandler();
    PyObject *old = PyDataMem_SetHandler(capsule), *now = PyDataMem_GetHandler();
    CHECK(old == before && now == capsule);
    npy_intp dims[] = {1000};
    PyArrayObject *a = (PyArrayObject *)PyArray_SimpleNew(1, dims, NPY_DOUBLE);
    PyArrayObject *z = (PyArrayObject *)PyArray_ZEROS(1, dims, NPY_DOUBLE, 0);
    CHECK(a && z && asked == 2 && PyArray_HANDLER(a) == capsule);
    PyObject *last = PyDataMem_SetHandler(old);
    CHECK(last == capsule);
    Py_DECREF(a);
    Py_DECREF(z);
    CHECK(freed == 2);
    PyObject *wrong = PyCapsule_New(&counting, "other", NULL);
    PyObject *default_again = PyDataMem_SetHandler(NULL);
    CHECK(default_again == before);
    return seen(2, PyDataMem_SetHandler(wrong), text("done"));
}

CASE(PyArray_DebugPrint)
{
    PyArray_DebugPrint(arr("np.arange(3)"));
    fflush(stdout);
    PyArray_SetStringFunction(NULL, 0);
    return seen(1, num(0));
}

CASE(PyArray_GetPriority)
{
    return seen(5, real(PyArray_GetPriority(py("np.zeros(1)"), -5)),
                real(PyArray_GetPriority(py("3"), -5)),
                real(PyArray_GetPriority(py("np.float64(1)"), -5)),
                real(PyArray_GetPriority(py("type('P', (), {'__array_priority__': 7})()"), -5)),
                real(PyArray_GetPriority(py("np.matrix([1])"), -5)));
}

CASE(PyArray_CheckStrides)
{
    npy_intp dims[] = {3, 4}, dense[] = {32, 8}, far[] = {40, 8}, odd[] = {33, 8},
             back[] = {-32, 8};
    return seen(5, num(PyArray_CheckStrides(8, 2, 0, 0, dims, dense)),
                num(PyArray_CheckStrides(8, 2, 96, 0, dims, far)),
                num(PyArray_CheckStrides(8, 2, 0, 0, dims, odd)),
                num(PyArray_CheckStrides(8, 2, 96, 64, dims, back)),
                num(PyArray_CheckStrides(8, 2, 96, 0, dims, back)));
}

const client_case array_cases[] = {
    ROW(versions),
    ROW(PyArray_New),
    ROW(PyArray_NewFromDescr),
    ROW(PyArray_NewFromDescr_subclass),
    ROW(PyArray_NewLikeArray),
    ROW(PyArray_NewCopy),
    ROW(PyArray_Empty),
    ROW(PyArray_Arange),
    ROW(PyArray_FromAny),
    ROW(PyArray_CheckFromAny),
    ROW(PyArray_FromArray),
    ROW(PyArray_ResolveWritebackIfCopy),
    ROW(PyArray_SetBaseObject),
    ROW(PyArray_FailUnlessWriteable),
    ROW(PyArray_UpdateFlags),
    ROW(PyArray_CopyInto),
    ROW(PyArray_FillWithScalar),
    ROW(PyArray_Zero),
    ROW(PyArray_GetPtr),
    ROW(PyArray_AsCArray),
    ROW(PyArray_FromInterface),
    ROW(PyArray_FromBuffer),
    ROW(PyArray_FromString),
    ROW(PyArray_FromIter),
    ROW(PyArray_ToFile),
    ROW(PyArray_ToList),
    ROW(PyArray_Dump),
    ROW(PyArray_GetField),
    ROW(PyArray_Byteswap),
    ROW(PyArray_INCREF),
    ROW(PyDataMem_NEW),
    ROW(PyDataMem_SetHandler),
    ROW(PyArray_DebugPrint),
    ROW(PyArray_GetPriority),
    ROW(PyArray_CheckStrides),
    {NULL, NULL},
};
