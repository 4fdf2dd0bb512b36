/* Python arguments as C scalars and strings, and call-backs: the second half of fortranobject.c,
 * which includes it, so that a build names one file only. */
#ifndef FORTRANOBJECT_C
#error "part of fortranobject.c"
#endif

/* ---- scalars ---- */

/* Say `errmess` with the type of the exception that is set, or TypeError. */
static int refuse(const char *errmess)
{
    PyObject *type = PyErr_Occurred();
    if (type == NULL) {
        type = PyExc_TypeError;
    }
    Py_INCREF(type);
    PyErr_Clear();
    PyErr_SetString(type, errmess);
    Py_DECREF(type);
    return 0;
}

/* The first item of a sequence that is no text; NULL, with or without an exception. */
static PyObject *first_item(PyObject *obj)
{
    if (PyBytes_Check(obj) || PyUnicode_Check(obj) || !PySequence_Check(obj) || PyDict_Check(obj)) {
        return NULL;
    }
    PyErr_Clear();
    return PySequence_GetItem(obj, 0);
}

static int narrowed(long long value, int bytes, int exact, const char *type)
{
    if (exact && bytes == 4 && (value > 2147483647LL || value < -2147483648LL)) {
        PyErr_Format(PyExc_OverflowError, "Python int too large to convert to C %s", type);
        return 0;
    }
    return 1;
}

int f2py_get_integer(long long *value, PyObject *obj, int bytes, const char *errmess)
{
    if (PyLong_Check(obj)) {
        *value = PyLong_AsLongLong(obj);
        if (*value == -1 && PyErr_Occurred()) {
            PyErr_SetString(PyExc_OverflowError, bytes == 8
                                                     ? "int too big to convert"
                                                     : "Python int too large to convert to C int");
            return 0;
        }
        return narrowed(*value, bytes, 1, "int");
    }
    PyObject *number = NULL;
    if (PyComplex_Check(obj)) {
        number = PyFloat_FromDouble(PyComplex_RealAsDouble(obj));
        Py_XSETREF(number, number ? PyNumber_Long(number) : NULL);
    } else if (PyArray_CheckScalar(obj) || !PyArray_Check(obj) ||
               PyArray_SIZE((PyArrayObject *)obj) == 1) {
        number = PyNumber_Long(obj);
    }
    if (number == NULL) {
        PyObject *item = first_item(obj);
        if (item == NULL) {
            return refuse(errmess);
        }
        int done = f2py_get_integer(value, item, bytes, errmess);
        Py_DECREF(item);
        return done;
    }
    int done = f2py_get_integer(value, number, bytes, errmess);
    Py_DECREF(number);
    return done;
}

int f2py_get_real(long double *value, PyObject *obj, const char *errmess)
{
    if (PyArray_IsScalar(obj, LongDouble)) {
        PyArray_ScalarAsCtype(obj, value);
        return 1;
    }
    if (PyArray_Check(obj) && PyArray_TYPE((PyArrayObject *)obj) == NPY_LONGDOUBLE &&
        PyArray_SIZE((PyArrayObject *)obj) == 1) {
        memcpy(value, PyArray_DATA((PyArrayObject *)obj), sizeof *value);
        return 1;
    }
    PyObject *number = NULL;
    if (PyComplex_Check(obj)) {
        number = PyFloat_FromDouble(PyComplex_RealAsDouble(obj));
    } else if (!PyArray_Check(obj) || PyArray_SIZE((PyArrayObject *)obj) == 1) {
        number = PyNumber_Float(obj);
    }
    if (number != NULL) {
        *value = PyFloat_AS_DOUBLE(number);
        Py_DECREF(number);
        return 1;
    }
    PyObject *item = first_item(obj);
    if (item == NULL) {
        return refuse(errmess);
    }
    int done = f2py_get_real(value, item, errmess);
    Py_DECREF(item);
    return done;
}

static int complex_of_array(complex_long_double *value, PyObject *obj)
{
    PyArray_Descr *descr = PyArray_DescrFromType(NPY_CLONGDOUBLE);
    PyArrayObject *array = (PyArrayObject *)PyArray_FromAny(
        obj, descr, 0, 0, NPY_ARRAY_FORCECAST | NPY_ARRAY_CARRAY, NULL);
    if (array == NULL) {
        return 0;
    }
    int done = PyArray_SIZE(array) > 0;
    if (done) {
        memcpy(value, PyArray_DATA(array), sizeof *value);
    } else {
        PyErr_SetString(PyExc_IndexError, "empty array");
    }
    Py_DECREF(array);
    return done;
}

int f2py_get_complex(complex_long_double *value, PyObject *obj, const char *errmess)
{
    if (PyComplex_CheckExact(obj)) {
        Py_complex c = PyComplex_AsCComplex(obj);
        value->r = c.real;
        value->i = c.imag;
        return 1;
    }
    if (PyFloat_Check(obj) || PyLong_Check(obj)) {
        double real = PyFloat_AsDouble(obj);
        value->r = real;
        value->i = 0;
        return !(real == -1.0 && PyErr_Occurred());
    }
    if (PyArray_CheckScalar(obj) || PyArray_Check(obj)) {
        PyArray_Descr *descr = PyArray_Check(obj) ? PyArray_DESCR((PyArrayObject *)obj) : NULL;
        int number = descr
                         ? PyTypeNum_ISNUMBER(descr->type_num) || PyTypeNum_ISBOOL(descr->type_num)
                         : PyArray_IsScalar(obj, Number) || PyArray_IsScalar(obj, Bool);
        if (!number) {
            PyErr_SetString(PyExc_TypeError, "not a number");
            return refuse(errmess);
        }
        return complex_of_array(value, obj) || refuse(errmess);
    }
    PyObject *item = first_item(obj);
    if (item == NULL) {
        return refuse(errmess);
    }
    int done = f2py_get_complex(value, item, errmess);
    Py_DECREF(item);
    return done;
}

int f2py_put_scalar(PyObject *obj, int type_num, const void *value)
{
    if (!PyArray_Check(obj)) {
        return 1;
    }
    PyArrayObject *array = (PyArrayObject *)obj;
    if (PyArray_FailUnlessWriteable(array, "argument of intent(inout)") < 0) {
        return 0;
    }
    if (PyArray_SIZE(array) < 1) {
        return 1;
    }
    if (PyArray_TYPE(array) == type_num && PyArray_ISNOTSWAPPED(array)) {
        memcpy(PyArray_DATA(array), value, (size_t)PyArray_ITEMSIZE(array));
        return 1;
    }
    PyArray_Descr *descr = PyArray_DescrFromType(type_num);
    PyObject *number = descr ? PyArray_Scalar((void *)value, descr, NULL) : NULL;
    Py_XDECREF(descr);
    int done = number != NULL && PyArray_SETITEM(array, PyArray_DATA(array), number) == 0;
    Py_XDECREF(number);
    return done;
}

/* ---- text ---- */

static int is_bytes_like(PyArrayObject *array)
{
    int type = PyArray_TYPE(array);
    return (type == NPY_STRING && PyArray_ITEMSIZE(array) >= 1) || type == NPY_UINT8;
}

int f2py_get_character(char *value, PyObject *obj, const char *errmess)
{
    if (PyBytes_Check(obj)) {
        *value = PyBytes_GET_SIZE(obj) ? PyBytes_AS_STRING(obj)[0] : 0;
        return 1;
    }
    if (PyUnicode_Check(obj)) {
        PyObject *bytes = PyUnicode_AsASCIIString(obj);
        if (bytes != NULL) {
            *value = PyBytes_GET_SIZE(bytes) ? PyBytes_AS_STRING(bytes)[0] : 0;
            Py_DECREF(bytes);
            return 1;
        }
    } else if (PyArray_Check(obj)) {
        PyArrayObject *array = (PyArrayObject *)obj;
        if (is_bytes_like(array)) {
            *value = PyArray_SIZE(array) ? PyArray_BYTES(array)[0] : 0;
            return 1;
        }
        if (PyArray_TYPE(array) == NPY_UNICODE) {
            *value = PyArray_NBYTES(array) >= 4 ? (char)*(npy_ucs4 *)PyArray_DATA(array) : 0;
            return 1;
        }
    } else if (PySequence_Check(obj)) {
        PyObject *item = first_item(obj);
        if (item != NULL) {
            int done = f2py_get_character(value, item, errmess);
            Py_DECREF(item);
            return done;
        }
    }
    char what[F2PY_MESSAGE_BUFFER_SIZE];
    PyObject *type = PyErr_Occurred() ? PyErr_Occurred() : PyExc_TypeError;
    Py_INCREF(type);
    PyErr_Clear();
    f2py_describe(obj, what);
    PyErr_Format(type, "%s -- expected str|bytes|sequence-of-str-or-bytes, got %s", errmess, what);
    Py_DECREF(type);
    return 0;
}

int f2py_put_character(PyObject *obj, char value)
{
    if (obj == NULL || obj == Py_None) {
        return 1;
    }
    if (PyArray_Check(obj) && is_bytes_like((PyArrayObject *)obj)) {
        if (PyArray_FailUnlessWriteable((PyArrayObject *)obj, "argument of intent(inout)") < 0) {
            return 0;
        }
        if (PyArray_SIZE((PyArrayObject *)obj)) {
            PyArray_BYTES((PyArrayObject *)obj)[0] = value;
        }
        return 1;
    }
    char what[F2PY_MESSAGE_BUFFER_SIZE];
    f2py_describe(obj, what);
    PyErr_Format(PyExc_ValueError,
                 "try_pyarr_from_character failed -- expected bytes array-scalar|array, got %s",
                 what);
    return 0;
}

static char *filled(const char *text, Py_ssize_t size, int *length)
{
    if (*length < 0) {
        *length = (int)size;
    }
    char *buffer = malloc((size_t)*length + 1);
    if (buffer == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    if (size > *length) {
        size = *length;
    }
    memcpy(buffer, text, (size_t)size);
    memset(buffer + size, ' ', (size_t)(*length - size));
    buffer[*length] = 0;
    return buffer;
}

char *f2py_get_string(int *length, PyObject *obj, const char *initial, const char *errmess)
{
    if (obj == NULL || obj == Py_None) {
        return filled(initial, (Py_ssize_t)strlen(initial), length);
    }
    if (PyArray_Check(obj) && PyArray_TYPE((PyArrayObject *)obj) != NPY_UNICODE) {
        if (!PyArray_ISCONTIGUOUS((PyArrayObject *)obj)) {
            PyErr_SetString(PyExc_ValueError, "array object is non-contiguous.");
            return NULL;
        }
        return filled(PyArray_BYTES((PyArrayObject *)obj), PyArray_NBYTES((PyArrayObject *)obj),
                      length);
    }
    PyObject *bytes = NULL, *text = NULL;
    if (PyBytes_Check(obj)) {
        bytes = Py_NewRef(obj);
    } else {
        text = PyArray_Check(obj) && PyArray_SIZE((PyArrayObject *)obj) == 1
                   ? PyArray_GETITEM((PyArrayObject *)obj, PyArray_BYTES((PyArrayObject *)obj))
                   : Py_NewRef(obj);
        Py_XSETREF(text, text ? PyObject_Str(text) : NULL);
        bytes = text ? PyUnicode_AsASCIIString(text) : NULL;
        Py_XDECREF(text);
    }
    if (bytes == NULL) {
        refuse(errmess);
        return NULL;
    }
    char *buffer = filled(PyBytes_AS_STRING(bytes), PyBytes_GET_SIZE(bytes), length);
    Py_DECREF(bytes);
    return buffer;
}

char *f2py_get_string_inout(int *length, PyObject *obj, const char *errmess)
{
    if (obj == Py_None) {
        return f2py_get_string(length, obj, "", errmess);
    }
    if (!PyArray_Check(obj) || PyArray_TYPE((PyArrayObject *)obj) != NPY_STRING) {
        char what[F2PY_MESSAGE_BUFFER_SIZE];
        f2py_describe(obj, what);
        PyErr_Format(PyExc_ValueError, "%s -- expected bytes array for intent(inout), got %s",
                     errmess, what);
        return NULL;
    }
    if (PyArray_NBYTES((PyArrayObject *)obj) > 0 &&
        PyArray_FailUnlessWriteable((PyArrayObject *)obj, "argument of intent(inout)") < 0) {
        return NULL;
    }
    return f2py_get_string(length, obj, "", errmess);
}

int f2py_put_string(PyObject *obj, const char *text, int length)
{
    if (obj != Py_None && PyArray_Check(obj)) {
        npy_intp size = PyArray_NBYTES((PyArrayObject *)obj);
        memcpy(PyArray_DATA((PyArrayObject *)obj), text, (size_t)(size < length ? size : length));
    }
    return 1;
}

PyObject *f2py_string_result(const char *text, int length)
{
    while (length > 0 && text[length - 1] == ' ') {
        length--;
    }
    const char *end = length > 0 ? memchr(text, 0, (size_t)length) : NULL;
    return PyBytes_FromStringAndSize(text, end ? end - text : length > 0 ? length : 0);
}

/* ---- call-backs ---- */

/* How many positional arguments a Python function takes (-1: any number) and how many of them are
 * optional. Objects without code take what they are given. */
static int count_args(PyObject *function, int *optional)
{
    int bound = 0, total = -1;
    PyObject *target = Py_NewRef(function);
    *optional = 0;
    if (!PyObject_HasAttrString(target, "__code__") && !PyType_Check(target) &&
        !PyFortran_Check1(target) && PyObject_HasAttrString(target, "__call__") &&
        !PyMethod_Check(target) && !PyCFunction_Check(target)) {
        Py_SETREF(target, PyObject_GetAttrString(target, "__call__"));
    }
    if (target != NULL && PyMethod_Check(target)) {
        bound = 1;
        Py_SETREF(target, Py_NewRef(PyMethod_GET_FUNCTION(target)));
    }
    PyObject *code = target ? PyObject_GetAttrString(target, "__code__") : NULL;
    PyObject *count = code ? PyObject_GetAttrString(code, "co_argcount") : NULL;
    PyObject *flags = code ? PyObject_GetAttrString(code, "co_flags") : NULL;
    if (count != NULL && flags != NULL) {
        PyObject *defaults = PyObject_GetAttrString(target, "__defaults__");
        total = (int)PyLong_AsLong(count) - bound;
        *optional = defaults && PyTuple_Check(defaults) ? (int)PyTuple_GET_SIZE(defaults) : 0;
        if (PyLong_AsLong(flags) & 0x04) { /* *args */
            *optional += 1 << 20;
            total += 1 << 20;
        }
        Py_XDECREF(defaults);
    }
    PyErr_Clear();
    Py_XDECREF(flags);
    Py_XDECREF(count);
    Py_XDECREF(code);
    Py_XDECREF(target);
    return total;
}

int f2py_callback_args(PyObject *function, PyObject *extra, int most, int *nofargs, PyObject **args)
{
    int more = extra ? (int)PyTuple_GET_SIZE(extra) : 0, optional = 0;
    if (!PyCallable_Check(function)) {
        fprintf(stderr,
                "Call-back argument must be function|instance|instance.__call__|f2py-function "
                "but got %s.\n",
                Py_TYPE(function)->tp_name);
        return 0;
    }
    int total = count_args(function, &optional);
    if (total < 0) {
        total = most + more;
    }
    int size = most + more < total ? most + more : total;
    if (size < total - optional) {
        fprintf(stderr,
                "create_cb_arglist: Failed to build argument list (siz) with enough arguments "
                "(tot-opt) required by user-supplied function (siz,tot,opt=%d, %d, %d).\n",
                size, total, optional);
        return 0;
    }
    *nofargs = size > more ? size - more : 0;
    *args = PyTuple_New(size);
    if (*args == NULL) {
        return 0;
    }
    for (int i = 0; i < size; i++) {
        PyObject *item = i < *nofargs ? Py_None : PyTuple_GET_ITEM(extra, i - *nofargs);
        PyTuple_SET_ITEM(*args, i, Py_NewRef(item));
    }
    return 1;
}

PyObject *f2py_callback_call(f2py_callback *cb, PyObject *given)
{
    if (given == NULL) {
        return NULL;
    }
    Py_ssize_t size = PyTuple_GET_SIZE(cb->args);
    PyObject *args = PyTuple_New(size);
    for (Py_ssize_t i = 0; args != NULL && i < size; i++) {
        PyObject *item =
            i < cb->nofargs ? PyTuple_GET_ITEM(given, i) : PyTuple_GET_ITEM(cb->args, i);
        PyTuple_SET_ITEM(args, i, Py_NewRef(item));
    }
    Py_DECREF(given);
    PyObject *result = args ? PyObject_CallObject(cb->function, args) : NULL;
    Py_XDECREF(args);
    if (result == NULL) {
        fprintf(stderr, "capi_return is NULL\n");
        return NULL;
    }
    if (result == Py_None) {
        Py_DECREF(result);
        return PyTuple_New(0);
    }
    if (PyTuple_Check(result)) {
        return result;
    }
    PyObject *tuple = PyTuple_Pack(1, result);
    Py_DECREF(result);
    return tuple;
}

int f2py_callback_find(f2py_callback *cb, PyObject *module, PyObject *error, const char *name,
                       int given, int most)
{
    if (cb->function == NULL) {
        cb->function = PyObject_GetAttrString(module, name);
        if (cb->function == NULL) {
            PyErr_Clear();
            PyErr_Format(error,
                         "%sCallback %s not defined (as an argument or module %s attribute).\n",
                         given ? "" : "cb: ", name, PyModule_GetName(module));
            return 0;
        }
    }
    /* Called without its wrapper, a module's function takes its own defaults. */
    if (cb->args == NULL && !given) {
        cb->args = PyTuple_New(0);
        return cb->args != NULL;
    }
    if (cb->args == NULL) {
        char text[256];
        snprintf(text, sizeof text, "%.200s_extra_args", name);
        PyObject *extra = PyObject_GetAttrString(module, text);
        PyErr_Clear();
        int done = f2py_callback_args(cb->function, extra && PyTuple_Check(extra) ? extra : NULL,
                                      most, &cb->nofargs, &cb->args);
        Py_XDECREF(extra);
        if (!done && !PyErr_Occurred()) {
            PyErr_SetString(error, "failed in processing argument list for call-back.");
        }
        return done;
    }
    return 1;
}
