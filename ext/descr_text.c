/* Descriptors from text: type characters, kind and size, names, datetime units, comma-separated
 * lists. */
#include "descr_convert.h"

#include <ctype.h>
#include <string.h>

int ext_typenum_from_kind(char kind, npy_intp size)
{
    switch (kind) {
    case 'b': return size == 1 ? NPY_BOOL : -1;
    case 'i':
        return size == 1   ? NPY_BYTE
               : size == 2 ? NPY_SHORT
               : size == 4 ? NPY_INT
               : size == 8 ? NPY_LONG
                           : -1;
    case 'u':
        return size == 1   ? NPY_UBYTE
               : size == 2 ? NPY_USHORT
               : size == 4 ? NPY_UINT
               : size == 8 ? NPY_ULONG
                           : -1;
    case 'f':
        return size == 2                     ? NPY_HALF
               : size == 4                   ? NPY_FLOAT
               : size == 8                   ? NPY_DOUBLE
               : size == sizeof(long double) ? NPY_LONGDOUBLE
                                             : -1;
    case 'c':
        return size == 8                         ? NPY_CFLOAT
               : size == 16                      ? NPY_CDOUBLE
               : size == 2 * sizeof(long double) ? NPY_CLONGDOUBLE
                                                 : -1;
    case 'O': return size == 4 || size == 8 ? NPY_OBJECT : -1;
    case 'M': return size == 8 ? NPY_DATETIME : -1;
    case 'm': return size == 8 ? NPY_TIMEDELTA : -1;
    case 'S':
    case 'a': return NPY_STRING;
    case 'U': return NPY_UNICODE;
    case 'V': return NPY_VOID;
    }
    return -1;
}

/* Names that stand for a type of their own; the package may add more with set_typeDict. */
static const struct {
    const char *name;
    int num;
} names[] = {
#define FNP_DTYPE(NAME, num, sfx, ctype, kind, chr, name, alias) {name, num}, {alias, num},
#include "fnp/dtypes.def"
#undef FNP_DTYPE
    {"bool_", NPY_BOOL},          {"int", NPY_INTP},
    {"int_", NPY_INTP},           {"intp", NPY_INTP},
    {"uint", NPY_UINTP},          {"uintp", NPY_UINTP},
    {"float", NPY_DOUBLE},        {"complex", NPY_CDOUBLE},
    {"float128", NPY_LONGDOUBLE}, {"complex256", NPY_CLONGDOUBLE},
    {"object_", NPY_OBJECT},      {"bytes", NPY_STRING},
    {"str", NPY_UNICODE},         {"unicode", NPY_UNICODE},
};

static PyObject *type_dict;

static PyObject *set_type_dict(PyObject *self, PyObject *dict)
{
    if (!PyDict_Check(dict)) return PyErr_Format(PyExc_TypeError, "set_typeDict needs a dict");
    Py_XSETREF(type_dict, Py_NewRef(dict));
    Py_RETURN_NONE;
}

HIDDEN PyMethodDef ext_descr_text_functions[] = {
    {"set_typeDict", set_type_dict, METH_O,
     "Set the mapping of names to types that dtype() consults last."},
    {NULL},
};

static int warn_a(void)
{
    return PyErr_WarnEx(
        PyExc_DeprecationWarning,
        "Data type alias 'a' was deprecated in NumPy 2.0. Use the 'S' alias instead.", 1);
}

static PyArray_Descr *not_understood(PyObject *s)
{
    static const char *removed[] = {"int0", "uint0", "void0", "object0", "str0", "bytes0", "bool8"};
    for (size_t i = 0; i < sizeof removed / sizeof *removed; i++)
        if (PyUnicode_CompareWithASCIIString(s, removed[i]) == 0) {
            PyErr_Format(
                PyExc_TypeError,
                "Alias %R was removed in NumPy 2.0. Use a name without a digit at the end.", s);
            return NULL;
        }
    PyErr_Format(PyExc_TypeError, "data type %R not understood", s);
    return NULL;
}

static PyArray_Descr *from_name(PyObject *s, const char *text)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(text, names[i].name) == 0) return PyArray_DescrFromType(names[i].num);
    PyObject *item = type_dict ? PyDict_GetItemWithError(type_dict, s) : NULL;
    if (item && strcmp(text, "a") != 0) {
        if (PyArray_DescrCheck(item)) return (PyArray_Descr *)Py_NewRef(item);
        if (PyType_Check(item)) return ext_descr_from_type((PyTypeObject *)item);
    }
    return PyErr_Occurred() ? NULL : not_understood(s);
}

/* -1 without an exception if the text is not about datetimes. */
static int time_prefix(const char *t, Py_ssize_t n, const char **meta)
{
    static const struct {
        const char *word;
        int num;
    } words[] = {{"datetime64", NPY_DATETIME},
                 {"timedelta64", NPY_TIMEDELTA},
                 {"M8", NPY_DATETIME},
                 {"m8", NPY_TIMEDELTA}};
    for (int i = 0; i < 4; i++) {
        size_t len = strlen(words[i].word);
        if ((size_t)n >= len && memcmp(t, words[i].word, len) == 0) {
            *meta = t + len;
            return words[i].num;
        }
    }
    return -1;
}

/* The type for the unit in `meta`, generic if there is none; not shared, for its unit may be
 * written to. */
static PyArray_Descr *time_descr(int num, const char *meta, Py_ssize_t n, PyObject *whole)
{
    if (n == 0) return ext_descr_time(num, FNP_UNIT_GENERIC, 1);
    if (meta[0] == '[') return ext_descr_time_from_text(num, meta, n, whole);
    PyErr_Format(PyExc_TypeError, "Invalid datetime metadata string \"%s\"%s", meta,
                 n < 3 ? "" : " at position 1");
    return NULL;
}

static PyArray_Descr *with_order(PyArray_Descr *d, char order)
{
    if (!d || order == '=' || d->byteorder == '|' || !ext_descr_is_legacy(d)) return d;
    if (PyArray_ISNBO(order)) return d;
    PyArray_Descr *n = PyArray_DescrNew(d);
    Py_DECREF(d);
    if (n) n->byteorder = order;
    return n;
}

/* Kind letter and size: "i4", "S10". */
static PyArray_Descr *from_kind_and_size(const char *t, Py_ssize_t n)
{
    npy_intp size = 0;
    if (n < 2 || n > 12) return NULL;
    for (Py_ssize_t i = 1; i < n; i++) {
        if (!isdigit((unsigned char)t[i])) return NULL;
        size = size * 10 + (t[i] - '0');
    }
    if (size > INT_MAX || (t[0] == 'U' && size > INT_MAX / 4)) return NULL;
    int num = ext_typenum_from_kind(t[0], size);
    if (num < 0) return NULL;
    if (t[0] == 'a' && warn_a() < 0) return NULL;
    if (!PyTypeNum_ISFLEXIBLE(num)) return PyArray_DescrFromType(num);
    return size == 0 ? PyArray_DescrFromType(num)
                     : ext_descr_flexible(num, num == NPY_UNICODE ? size * 4 : size);
}

static PyArray_Descr *from_char(char c)
{
    if (c == 'a') return warn_a() < 0 ? NULL : PyArray_DescrFromType(NPY_STRING);
    if (c == NPY_CHARLTR) return PyArray_DescrFromType(NPY_CHARLTR);
    int num = ext_typenum_from_char(c);
    return num < 0 ? NULL : PyArray_DescrFromType(num);
}

PyArray_Descr *ext_descr_from_str(PyObject *s, int align)
{
    Py_ssize_t n;
    const char *text = PyUnicode_AsUTF8AndSize(s, &n);
    if (!text) {
        PyErr_Clear();
        return not_understood(s);
    }
    if (n == 0 || strlen(text) != (size_t)n) return not_understood(s);
    if (ext_is_comma_string(text, n)) return ext_descr_from_comma(s, align);

    char order = '=';
    const char *t = text;
    Py_ssize_t left = n;
    if (strchr("<>=|", t[0])) {
        if (t[0] != '|') order = t[0];
        t++;
        left--;
    }
    if (left == 0) return not_understood(s);
    const char *meta;
    int time_num = time_prefix(t, left, &meta);
    if (time_num >= 0) return with_order(time_descr(time_num, meta, left - (meta - t), s), order);
    PyArray_Descr *d = left == 1 ? from_char(t[0]) : from_kind_and_size(t, left);
    if (!d && PyErr_Occurred()) return NULL;
    if (d &&
        PyTypeNum_ISDATETIME(d->type_num)) { /* never the shared one: its unit may be written to */
        Py_SETREF(d, PyArray_DescrNew(d));
    }
    if (d) return with_order(d, order);
    if (t != text) return not_understood(s);
    return from_name(s, text);
}

/* ---- comma-separated lists
 * ------------------------------------------------------------------------------------------- */
bool ext_is_comma_string(const char *s, Py_ssize_t n)
{
    if (isdigit((unsigned char)s[0])) return true;
    if (n > 1 && strchr("<>=|", s[0]) && isdigit((unsigned char)s[1])) return true;
    if (n > 1 && s[0] == '(' && s[1] == ')') return true;
    int depth = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        if (s[i] == '[')
            depth++;
        else if (s[i] == ']')
            depth--;
        else if (s[i] == ',' && depth <= 0)
            return true;
    }
    return false;
}

static const char *skip_blanks(const char *p)
{
    while (*p == ' ' || *p == '\t') p++;
    return p;
}

/* "(2, 3)" or "4" at p as a Python object in *shape; returns what follows, or NULL if it is not
 * one. */
static const char *read_repeat(const char *p, PyObject **shape)
{
    *shape = NULL;
    if (isdigit((unsigned char)*p)) {
        char *end;
        *shape = PyLong_FromString(p, &end, 10);
        if (!*shape) { /* leading zeros */
            PyErr_Clear();
            *shape = PyLong_FromLong(strtol(p, &end, 10));
        }
        return end;
    }
    if (*p != '(') return p;
    PyObject *dims = PyList_New(0);
    bool comma = false;
    p = skip_blanks(p + 1);
    while (dims && *p != ')') {
        if (!isdigit((unsigned char)*p)) {
            Py_DECREF(dims);
            return NULL;
        }
        char *end;
        PyObject *dim = PyLong_FromLong(strtol(p, &end, 10));
        if (!dim || PyList_Append(dims, dim) < 0) Py_CLEAR(dims);
        Py_XDECREF(dim);
        p = skip_blanks(end);
        if (*p == ',') {
            comma = true;
            p = skip_blanks(p + 1);
        } else if (*p != ')') {
            Py_XDECREF(dims);
            return NULL;
        }
    }
    if (!dims) return NULL;
    if (!comma && PyList_GET_SIZE(dims) == 1) {
        const char *text =
            "Passing in a parenthesized single number for repeats is deprecated; pass either "
            "a single number or indicate a tuple with a comma, like \"(2,)\".";
        if (PyErr_WarnEx(PyExc_DeprecationWarning, text, 1) < 0) {
            Py_DECREF(dims);
            return NULL;
        }
        *shape = Py_NewRef(PyList_GET_ITEM(dims, 0));
    } else
        *shape = PyList_AsTuple(dims);
    Py_DECREF(dims);
    return p + 1;
}

/* One item: [order][repeat][order]name[unit]. */
static const char *read_item(const char *p, int number, PyObject *whole, int align,
                             PyArray_Descr **out)
{
    char first = 0, order = 0;
    PyObject *shape = NULL;
    p = skip_blanks(p);
    if (strchr("<>=|", *p) && *p) first = *p++;
    p = skip_blanks(p);
    const char *q = read_repeat(p, &shape);
    if (!q) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_ValueError, "format number %d of \"%U\" is not recognized", number,
                         whole);
        return NULL;
    }
    p = skip_blanks(q);
    if (strchr("<>=|", *p) && *p) order = *p++;
    if (first && order && first != order &&
        (first != '=' && first != '<' ? 1 : order != '=' && order != '<')) {
        PyErr_Format(PyExc_ValueError, "inconsistent byte-order specification %c and %c", first,
                     order);
        Py_XDECREF(shape);
        return NULL;
    }
    if (!order) order = first;
    const char *start = p;
    while (isalnum((unsigned char)*p) || *p == '.' || *p == '?') p++;
    if (*p == '[') {
        while (*p && *p != ']') p++;
        if (*p) p++;
    }
    const char *stop = p;
    p = skip_blanks(p);
    if (*p && *p != ',') {
        PyErr_Format(PyExc_ValueError, "format number %d of \"%U\" is not recognized", number,
                     whole);
        Py_XDECREF(shape);
        return NULL;
    }
    PyObject *name = PyUnicode_FromStringAndSize(start, stop - start);
    PyObject *spec = name && order && order != '|' ? PyUnicode_FromFormat("%c%U", order, name)
                                                   : Py_XNewRef(name);
    PyArray_Descr *d = NULL;
    if (spec) d = stop == start ? not_understood(name) : ext_descr_from_str(spec, align);
    Py_XDECREF(name);
    Py_XDECREF(spec);
    if (d && shape) d = ext_descr_repeated(d, shape);
    Py_XDECREF(shape);
    *out = d;
    return d ? p : NULL;
}

PyArray_Descr *ext_descr_from_comma(PyObject *s, int align)
{
    const char *p = PyUnicode_AsUTF8(s);
    PyObject *list = p ? PyList_New(0) : NULL;
    if (!list) return NULL;
    bool any_comma = false;
    PyArray_Descr *d;
    for (int number = 1;; number++) {
        p = read_item(p, number, s, align, &d);
        if (!p) goto fail;
        if (*p != ',' && !any_comma) { /* a single item: not a structure */
            Py_DECREF(list);
            return d;
        }
        PyObject *pair = Py_BuildValue("(sN)", "", d);
        int r = pair ? PyList_Append(list, pair) : -1;
        Py_XDECREF(pair);
        if (r < 0) goto fail;
        if (*p == ',') {
            any_comma = true;
            p = skip_blanks(p + 1);
        }
        if (!*p) break;
    }
    d = ext_descr_from_list(list, align);
    Py_DECREF(list);
    return d;
fail:
    Py_DECREF(list);
    return NULL;
}
