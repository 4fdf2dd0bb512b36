/* _load_from_filelike: what stands behind loadtxt. Text comes from a file's read() or from an
 * iterable of lines, the core cuts it into fields, and fields become elements by the core's
 * readers, by converters, or by the dtype. */
#include "argparse.h"
#include "fnp/textread.h"

#include <stdlib.h>
#include <string.h>

enum { READ_CHARACTERS = 1 << 14 };

/* ---- where text comes from
 * --------------------------------------------------------------------------------- */
typedef struct source {
    PyObject *read, *count; /* file.read and how much to ask it for */
    PyObject *iterator;     /* or an iterator of lines */
    PyObject *piece;        /* the str whose characters are in use */
    const char *encoding;
} source;

static void source_clear(source *s)
{
    Py_CLEAR(s->read);
    Py_CLEAR(s->count);
    Py_CLEAR(s->iterator);
    Py_CLEAR(s->piece);
}

static int source_init(source *s, PyObject *file, bool filelike, const char *encoding)
{
    *s = (source){.encoding = encoding};
    if (filelike) {
        s->read = PyObject_GetAttrString(file, "read");
        s->count = s->read ? PyLong_FromLong(READ_CHARACTERS) : NULL;
        return s->count ? 0 : -1;
    }
    if (!PyIter_Check(file)) {
        PyErr_SetString(PyExc_TypeError, "error reading from object, expected an iterable.");
        return -1;
    }
    s->iterator = Py_NewRef(file);
    return 0;
}

static fnp_status source_next(void *data, fnp_text_piece *piece, bool *end)
{
    source *s = data;
    PyObject *got = s->read ? PyObject_CallOneArg(s->read, s->count) : PyIter_Next(s->iterator);
    if (!got) {
        if (PyErr_Occurred()) return FNP_EPYTHON;
        *end = true;
        return FNP_OK;
    }
    if (PyBytes_Check(got)) {
        Py_SETREF(got, PyUnicode_FromEncodedObject(got, s->encoding, NULL));
    } else if (!PyUnicode_Check(got)) {
        Py_DECREF(got);
        PyErr_SetString(PyExc_TypeError, "non-string returned while reading data");
        return FNP_EPYTHON;
    }
    if (!got || PyUnicode_READY(got) < 0) {
        Py_XDECREF(got);
        return FNP_EPYTHON;
    }
    Py_XSETREF(s->piece, got);
    piece->data = PyUnicode_DATA(got);
    piece->len = (size_t)PyUnicode_GET_LENGTH(got);
    piece->width = (int)PyUnicode_KIND(got);
    *end = s->read && piece->len == 0;
    return FNP_OK;
}

/* ---- the columns of a dtype
 * -------------------------------------------------------------------------------- */
typedef struct column {
    PyArray_Descr *descr; /* borrowed from the table's dtype */
    npy_intp offset;
    int type_num, swap;
} column;

typedef struct columns {
    column *v;
    npy_intp n, cap;
} columns;

static int columns_add(columns *c, PyArray_Descr *d, npy_intp offset)
{
    if (c->n == c->cap) {
        npy_intp cap = c->cap ? c->cap * 2 : 8;
        column *v = PyMem_Realloc(c->v, (size_t)cap * sizeof *v);
        if (!v) {
            PyErr_NoMemory();
            return -1;
        }
        c->v = v;
        c->cap = cap;
    }
    c->v[c->n++] = (column){d, offset, d->type_num, PyDataType_ISBYTESWAPPED(d)};
    return 0;
}

/* Every simple element of a possibly nested dtype, in order. */
static int columns_of(columns *c, PyArray_Descr *d, npy_intp offset)
{
    if (PyDataType_HASSUBARRAY(d)) {
        PyArray_Descr *base = PyDataType_SUBARRAY(d)->base;
        npy_intp n = PyDataType_ELSIZE(base) ? PyDataType_ELSIZE(d) / PyDataType_ELSIZE(base) : 0;
        for (npy_intp i = 0; i < n; i++)
            if (columns_of(c, base, offset + i * PyDataType_ELSIZE(base)) < 0) return -1;
        return 0;
    }
    if (!PyDataType_HASFIELDS(d)) return columns_add(c, d, offset);
    PyObject *names = PyDataType_NAMES(d);
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(names); i++) {
        PyObject *field = PyDict_GetItem(PyDataType_FIELDS(d), PyTuple_GET_ITEM(names, i));
        Py_ssize_t at = PyLong_AsSsize_t(PyTuple_GET_ITEM(field, 1));
        if (at == -1 && PyErr_Occurred()) return -1;
        if (columns_of(c, (PyArray_Descr *)PyTuple_GET_ITEM(field, 0), offset + at) < 0) return -1;
    }
    return 0;
}

/* ---- options
 * ------------------------------------------------------------------------------------------------
 */
typedef struct reader {
    fnp_dialect dialect;
    npy_intp skiplines, max_rows;
    npy_intp nuse; /* number of usecols, -1 if not given */
    npy_intp *use;
    PyObject *converters; /* borrowed dict or callable, or NULL */
    bool byte_converters, c_byte_converters;
    PyArray_Descr *dtype;
    bool homogeneous;
    columns columns;
    PyObject **by_column; /* converter per output column, borrowed */
    npy_intp ncols;       /* output columns, -1 before the first row */
    npy_intp nfields;     /* fields in the first row */
} reader;

static int read_control(PyObject *o, uint32_t *out)
{
    if (o == Py_None) {
        *out = FNP_NO_CHAR;
        return 1;
    }
    if (PyUnicode_Check(o) && PyUnicode_GET_LENGTH(o) == 1) {
        *out = PyUnicode_READ_CHAR(o, 0);
        return 1;
    }
    PyErr_Format(PyExc_TypeError,
                 "Text reading control character must be a single unicode character or None; but "
                 "got: %.100R",
                 o);
    return 0;
}

static int incompatible(const char *a, const char *b)
{
    PyErr_Format(PyExc_TypeError,
                 "The values for control characters '%s' and '%s' are incompatible", a, b);
    return -1;
}

static bool is_newline(uint32_t c)
{
    return c == '\n' || c == '\r';
}

static int check_dialect(const fnp_dialect *d)
{
    static const char *const names[3] = {"delimiter", "comment", "quotechar"};
    const uint32_t chars[3] = {d->delimiter, d->comment, d->quote};
    for (int i = 0; i < 3; i++) {
        if (!is_newline(chars[i])) continue;
        PyErr_Format(PyExc_TypeError,
                     "control character '%s' cannot be a newline (`\\r` or `\\n`).", names[i]);
        return -1;
    }
    if (d->delimiter == FNP_NO_CHAR) {
        for (int i = 1; i < 3; i++)
            if (chars[i] != FNP_NO_CHAR && fnp_ucs4_is_space(chars[i]))
                return incompatible("delimiter", names[i]);
    }
    if (d->comment != FNP_NO_CHAR && d->comment == d->quote)
        return incompatible("comment", "quotechar");
    if (d->delimiter != FNP_NO_CHAR && d->comment == d->delimiter)
        return incompatible("comment", "delimiter");
    if (d->delimiter != FNP_NO_CHAR && d->quote == d->delimiter)
        return incompatible("quotechar", "delimiter");
    return 0;
}

static int read_usecols(PyObject *o, reader *r)
{
    Py_ssize_t n;
    r->nuse = -1;
    if (!o || o == Py_None) return 0;
    n = PySequence_Length(o);
    if (n < 0) return -1;
    r->use = PyMem_Malloc((size_t)(n + 1) * sizeof *r->use);
    if (!r->use) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PySequence_GetItem(o, i);
        if (!item) return -1;
        r->use[i] = PyNumber_AsSsize_t(item, PyExc_OverflowError);
        if (r->use[i] == -1 && PyErr_Occurred()) {
            if (PyErr_ExceptionMatches(PyExc_TypeError))
                PyErr_Format(PyExc_TypeError,
                             "usecols must be an int or a sequence of ints but it contains at "
                             "least one element of "
                             "type '%s'",
                             Py_TYPE(item)->tp_name);
            Py_DECREF(item);
            return -1;
        }
        Py_DECREF(item);
    }
    r->nuse = n;
    return 0;
}

static int read_count(PyObject *o, npy_intp *out)
{
    PyObject *index = PyNumber_Index(o);
    if (!index) return 0;
    *out = PyLong_AsLong(index);
    Py_DECREF(index);
    return *out != -1 || !PyErr_Occurred();
}

static int check_converters(PyObject *c)
{
    PyObject *key, *value;
    Py_ssize_t at = 0;
    if (!c || PyCallable_Check(c)) return 0;
    if (!PyDict_Check(c)) {
        PyErr_SetString(PyExc_TypeError, "converters must be a dictionary mapping columns to "
                                         "converter functions or a single callable.");
        return -1;
    }
    while (PyDict_Next(c, &at, &key, &value)) {
        Py_ssize_t k = PyNumber_AsSsize_t(key, PyExc_OverflowError);
        if (k == -1 && PyErr_Occurred()) {
            PyErr_Format(PyExc_TypeError,
                         "keys of the converters dictionary must be integers; got %.100R", key);
            return -1;
        }
        if (!PyCallable_Check(value)) {
            PyErr_Format(PyExc_TypeError,
                         "values of the converters dictionary must be callable, but the value "
                         "associated with key %R "
                         "is not",
                         key);
            return -1;
        }
    }
    return 0;
}

/* ---- one row
 * ------------------------------------------------------------------------------------------------
 */
/* The converter of each output column, once the number of fields is known. */
static int match_converters(reader *r)
{
    PyObject *key, *value;
    Py_ssize_t at = 0;
    r->by_column = PyMem_Calloc((size_t)r->ncols + 1, sizeof *r->by_column);
    if (!r->by_column) {
        PyErr_NoMemory();
        return -1;
    }
    if (!r->converters) return 0;
    if (!PyDict_Check(r->converters)) {
        for (npy_intp i = 0; i < r->ncols; i++) r->by_column[i] = r->converters;
        return 0;
    }
    while (PyDict_Next(r->converters, &at, &key, &value)) {
        Py_ssize_t given = PyNumber_AsSsize_t(key, NULL), k = given;
        bool used = false;
        if (given == -1 && PyErr_Occurred()) return -1;
        for (npy_intp i = 0; r->nuse >= 0 && i < r->nuse; i++) {
            /* a column named as usecols names it, whatever the number of fields */
            if (r->use[i] == given) {
                r->by_column[i] = value;
                used = true;
            }
        }
        if (used) continue;
        if (k < 0) k += r->nfields;
        if (k < 0 || k >= r->nfields) {
            if (r->nuse >= 0 && given >= 0) continue;
            PyErr_Format(PyExc_ValueError,
                         "converter specified for column %zd, which is invalid for the number of "
                         "fields %zd.",
                         given, r->nfields);
            return -1;
        }
        for (npy_intp i = 0; i < r->ncols; i++) {
            npy_intp column = r->nuse < 0 ? i : r->use[i] < 0 ? r->use[i] + r->nfields : r->use[i];
            if (column == k) r->by_column[i] = value;
        }
    }
    return 0;
}

static int first_row(reader *r, npy_intp nfields)
{
    r->nfields = nfields;
    r->ncols = r->nuse >= 0 ? r->nuse : r->homogeneous ? nfields : r->columns.n;
    return match_converters(r);
}

static PyObject *field_text(const fnp_tokenizer *t, const fnp_field_token *f, bool as_bytes)
{
    PyObject *s =
        PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, t->text + f->start, (Py_ssize_t)f->len);
    if (s && as_bytes) Py_SETREF(s, PyUnicode_AsEncodedString(s, "latin1", NULL));
    return s;
}

static int store_object(const column *c, char *item, PyObject *value_stolen)
{
    int failed = value_stolen ? PyArray_Pack(c->descr, item, value_stolen) : -1;
    Py_XDECREF(value_stolen);
    return failed;
}

static void swap_parts(char *p, npy_intp n, npy_intp size)
{
    for (npy_intp i = 0; i < n; i++, p += size)
        for (npy_intp a = 0, b = size - 1; a < b; a++, b--) {
            char t = p[a];
            p[a] = p[b];
            p[b] = t;
        }
}

/* 0, or -1 with or without an exception that tells why. */
static int store_field(const reader *r, const fnp_tokenizer *t, const fnp_field_token *f,
                       npy_intp i, char *item)
{
    const column *c = r->homogeneous ? &r->columns.v[0] : &r->columns.v[i];
    if (r->by_column[i]) {
        PyObject *text = field_text(t, f, r->byte_converters);
        PyObject *value = text ? PyObject_CallOneArg(r->by_column[i], text) : NULL;
        Py_XDECREF(text);
        return store_object(c, item, value);
    }
    int done = fnp_field_read(c->type_num, PyDataType_ELSIZE(c->descr), r->dialect.imaginary_unit,
                              t->text + f->start, f->len, item);
    if (done == 1) {
        npy_intp size = PyDataType_ELSIZE(c->descr);
        if (!c->swap || size < 2) return 0;
        if (c->type_num == NPY_UNICODE)
            swap_parts(item, size / 4, 4);
        else if (PyTypeNum_ISCOMPLEX(c->type_num))
            swap_parts(item, 2, size / 2);
        else
            swap_parts(item, 1, size);
        return 0;
    }
    if (done == 0) return -1;
    if (c->type_num == NPY_VOID) return -1;
    return store_object(c, item, field_text(t, f, r->c_byte_converters));
}

static void raise_conversion(const fnp_tokenizer *t, const fnp_field_token *f, const column *c,
                             npy_intp row, npy_intp column)
{
    PyObject *type, *why, *trace, *now;
    PyErr_Fetch(&type, &why, &trace);
    PyErr_NormalizeException(&type, &why, &trace);
    if (why && trace) PyException_SetTraceback(why, trace);
    PyObject *s = field_text(t, f, false);
    if (s)
        PyErr_Format(PyExc_ValueError,
                     "could not convert string %.100R to %S at row %zd, column %zd.", s, c->descr,
                     row, column + 1);
    Py_XDECREF(s);
    if (why) {
        PyObject *type2, *trace2;
        PyErr_Fetch(&type2, &now, &trace2);
        PyErr_NormalizeException(&type2, &now, &trace2);
        PyException_SetCause(now, Py_NewRef(why));
        PyErr_Restore(type2, now, trace2);
    }
    Py_XDECREF(type);
    Py_XDECREF(why);
    Py_XDECREF(trace);
}

/* Fields of the current line into the row at `out`. */
static int store_row(const reader *r, const fnp_tokenizer *t, npy_intp row, char *out)
{
    const npy_intp size = PyDataType_ELSIZE(r->dtype), found = (npy_intp)t->nfields;
    if (r->nuse < 0 && found != r->ncols) {
        if (r->homogeneous)
            PyErr_Format(PyExc_ValueError,
                         "the number of columns changed from %zd to %zd at row %zd; use `usecols` "
                         "to select a subset "
                         "and avoid this error",
                         r->ncols, found, row + 1);
        else
            PyErr_Format(PyExc_ValueError,
                         "the dtype passed requires %zd columns but %zd were found at row %zd; use "
                         "`usecols` to select "
                         "a subset and avoid this error",
                         r->ncols, found, row + 1);
        return -1;
    }
    for (npy_intp i = 0; i < r->ncols; i++) {
        npy_intp column = r->nuse < 0 ? i : r->use[i];
        if (column < 0) column += found;
        if (column < 0 || column >= found) {
            PyErr_Format(PyExc_ValueError, "invalid column index %zd at row %zd with %zd columns",
                         r->use[i], row + 1, found);
            return -1;
        }
        char *item = out + (r->homogeneous ? i * size : r->columns.v[i].offset);
        if (store_field(r, t, &t->fields[column], i, item) < 0) {
            raise_conversion(t, &t->fields[column], &r->columns.v[r->homogeneous ? 0 : i], row,
                             column);
            return -1;
        }
    }
    return 0;
}

/* ---- the table
 * ---------------------------------------------------------------------------------------------- */
static int warn_empty(npy_intp line, npy_intp max_rows)
{
    return PyErr_WarnFormat(
        PyExc_UserWarning, 3,
        "Input line %zd contained no data and will not be counted towards `max_rows=%zd`.  This "
        "differs from the behaviour in NumPy <=1.22 which counted lines rather than rows.  If "
        "desired, the previous behaviour can be achieved by using `itertools.islice`.\nPlease see "
        "the 1.23 release notes for an example on how to do this.  If you wish to ignore this "
        "warning, use `warnings.filterwarnings`.  This warning is expected to be removed in the "
        "future and is given only once per `loadtxt` call.",
        line, max_rows);
}

typedef struct rows {
    char *data;
    npy_intp n, cap, size; /* bytes per row */
    bool full;             /* every byte of a row is written */
} rows;

static int rows_grow(rows *v)
{
    npy_intp cap = v->cap ? v->cap + v->cap / 2 + 16 : 64;
    char *p = v->size && cap > NPY_MAX_INTP / v->size
                  ? NULL
                  : realloc(v->data, (size_t)(cap * v->size) + 1);
    if (!p) {
        PyErr_NoMemory();
        return -1;
    }
    /* fresh memory is zero: elements may hold references, or have gaps */
    if (!v->full) memset(p + v->n * v->size, 0, (size_t)((cap - v->n) * v->size));
    v->data = p;
    v->cap = cap;
    return 0;
}

static int read_rows(reader *r, fnp_tokenizer *t, rows *v)
{
    bool more = true, warned = false;
    npy_intp line = r->skiplines > 0 ? r->skiplines : 0;
    const npy_intp size = PyDataType_ELSIZE(r->dtype);
    for (npy_intp i = 0; i < r->skiplines && more; i++)
        EXT_TRY(fnp_tokenizer_skip(t, &more, err), -1);
    while (more && (r->max_rows < 0 || v->n < r->max_rows)) {
        EXT_TRY(fnp_tokenizer_line(t, &more, err), -1);
        if (!more) break;
        line++;
        if (t->nfields == 0) {
            if (r->max_rows >= 0 && !warned) {
                warned = true;
                if (warn_empty(line, r->max_rows) < 0) return -1;
            }
            continue;
        }
        if (r->ncols < 0) {
            if (first_row(r, (npy_intp)t->nfields) < 0) return -1;
            v->size = r->homogeneous ? r->ncols * size : size;
            v->full = r->homogeneous && PyTypeNum_ISNUMBER(r->dtype->type_num) &&
                      r->dtype->type_num != NPY_LONGDOUBLE && r->dtype->type_num != NPY_CLONGDOUBLE;
            v->full |= r->homogeneous && PyTypeNum_ISSTRING(r->dtype->type_num);
        }
        if (v->n == v->cap && rows_grow(v) < 0) return -1;
        v->n++; /* a row that fails half way has references to drop */
        if (store_row(r, t, v->n - 1, v->data + (v->n - 1) * v->size) < 0) return -1;
    }
    return 0;
}

/* The rows as an array, which takes over the references in them. */
static PyObject *rows_to_array(const reader *r, const rows *v)
{
    npy_intp dims[2] = {v->n, r->ncols < 0 ? (r->nuse >= 0 ? r->nuse : 1) : r->ncols};
    PyObject *a;
    Py_INCREF(r->dtype);
    a = PyArray_NewFromDescr(&PyArray_Type, r->dtype, r->homogeneous ? 2 : 1, dims, NULL, NULL, 0,
                             NULL);
    if (a && v->n && v->size)
        memcpy(PyArray_DATA((PyArrayObject *)a), v->data, (size_t)(v->n * v->size));
    return a;
}

/* Drop what a failed read has collected. */
static void rows_drop(const reader *r, rows *v)
{
    PyObject *type, *value, *trace;
    if (v->n && PyDataType_REFCHK(r->dtype)) {
        PyErr_Fetch(&type, &value, &trace);
        Py_XDECREF(rows_to_array(r, v));
        PyErr_Restore(type, value, trace);
    }
}

static PyObject *load(reader *r, PyObject *file, bool filelike, const char *encoding)
{
    source src;
    fnp_tokenizer t;
    rows v = {0};
    PyObject *result = NULL;
    if (source_init(&src, file, filelike, encoding) < 0) {
        source_clear(&src);
        return NULL;
    }
    fnp_tokenizer_init(&t, &r->dialect, !filelike, source_next, &src);
    if (read_rows(r, &t, &v) == 0)
        result = rows_to_array(r, &v);
    else
        rows_drop(r, &v);
    fnp_tokenizer_clear(&t);
    source_clear(&src);
    free(v.data);
    return result;
}

static int read_dtype(PyObject *o, reader *r)
{
    if (!o || !PyArray_DescrCheck(o)) {
        PyErr_SetString(PyExc_TypeError,
                        "internal error: dtype must be provided and be a NumPy dtype");
        return -1;
    }
    r->dtype = (PyArray_Descr *)o;
    if (PyDataType_HASSUBARRAY(r->dtype)) {
        PyErr_SetString(PyExc_TypeError,
                        "file reader does not support subarray dtypes.  You canput the dtype into "
                        "a structured one "
                        "using `np.dtype(('name', dtype))` to avoid this limitation.");
        return -1;
    }
    r->homogeneous = !PyDataType_HASFIELDS(r->dtype);
    if (columns_of(&r->columns, r->dtype, 0) < 0) return -1;
    if (!r->homogeneous && r->nuse >= 0 && r->nuse != r->columns.n) {
        PyErr_Format(
            PyExc_TypeError,
            "If a structured dtype is used, the number of columns in `usecols` must match the "
            "effective "
            "number of fields. But %zd usecols were given and the number of fields is %zd.",
            r->nuse, r->columns.n);
        return -1;
    }
    return 0;
}

static PyObject *load_from_filelike(PyObject *self, PyObject *const *args, Py_ssize_t nargs,
                                    PyObject *kwnames)
{
    PyObject *file, *usecols = NULL, *dtype = NULL, *encoding = NULL, *result = NULL;
    const char *codec = NULL;
    npy_bool filelike = 1, as_bytes = 0, c_as_bytes = 0;
    reader r = {.dialect = {',', '#', '"', 'j'}, .max_rows = -1, .nuse = -1, .ncols = -1};
    if (ext_parse("_load_from_filelike", args, nargs, kwnames, "file", NULL, &file, "|delimiter",
                  &read_control, &r.dialect.delimiter, "|comment", &read_control,
                  &r.dialect.comment, "|quote", &read_control, &r.dialect.quote, "|imaginary_unit",
                  &read_control, &r.dialect.imaginary_unit, "|usecols", NULL, &usecols,
                  "|skiplines", &read_count, &r.skiplines, "|max_rows", &read_count, &r.max_rows,
                  "|converters", NULL, &r.converters, "|dtype", NULL, &dtype, "|encoding", NULL,
                  &encoding, "|filelike", &PyArray_BoolConverter, &filelike, "|byte_converters",
                  &PyArray_BoolConverter, &as_bytes, "|c_byte_converters", &PyArray_BoolConverter,
                  &c_as_bytes, NULL) < 0)
        return NULL;
    r.byte_converters = as_bytes;
    r.c_byte_converters = c_as_bytes;
    if (r.converters == Py_None) r.converters = NULL;
    if (encoding && encoding != Py_None) {
        if (!PyUnicode_Check(encoding)) {
            PyErr_SetString(PyExc_TypeError, "encoding must be a unicode string.");
            return NULL;
        }
        if (!(codec = PyUnicode_AsUTF8(encoding))) return NULL;
    }
    if (check_dialect(&r.dialect) == 0 && check_converters(r.converters) == 0 &&
        read_usecols(usecols, &r) == 0 && read_dtype(dtype, &r) == 0)
        result = load(&r, file, filelike, codec);
    PyMem_Free(r.use);
    PyMem_Free(r.columns.v);
    PyMem_Free(r.by_column);
    return result;
}

static PyMethodDef functions[] = {
    {"_load_from_filelike", (PyCFunction)(void (*)(void))load_from_filelike,
     METH_FASTCALL | METH_KEYWORDS, "Read a table from a text file or an iterable of lines."},
    {NULL}};

HIDDEN int ext_init_textread(PyObject *module)
{
    return ext_add_functions(module, functions);
}
