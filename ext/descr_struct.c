/* Structured, subarray and two-part descriptors from tuples, lists and dicts. */
#include "descr_convert.h"

#include <string.h>

/* ---- subarrays
 * ------------------------------------------------------------------------------------------------------
 */
static int one_dim(PyObject *o, npy_intp *out)
{
    if (PyBool_Check(o) || !PyIndex_Check(o)) {
        PyErr_SetString(PyExc_ValueError, "invalid shape in fixed-type tuple.");
        return -1;
    }
    npy_intp v = PyNumber_AsSsize_t(o, NULL);
    if (v == -1 && PyErr_Occurred()) return -1;
    if (v > INT_MAX) {
        PyErr_SetString(PyExc_ValueError,
                        "invalid shape in fixed-type tuple: dimension does not fit into a C int.");
        return -1;
    }
    if (v < 0) {
        PyErr_SetString(PyExc_ValueError,
                        "invalid shape in fixed-type tuple: dimension smaller then zero.");
        return -1;
    }
    *out = v;
    return 0;
}

static int read_dims(PyObject *shape, npy_intp *dims)
{
    if (PyIndex_Check(shape) && !PySequence_Check(shape)) return one_dim(shape, dims) < 0 ? -1 : 1;
    if (PyUnicode_Check(shape) || PyDict_Check(shape) || !PySequence_Check(shape)) {
        PyErr_SetString(PyExc_ValueError, "invalid shape in fixed-type tuple.");
        return -1;
    }
    Py_ssize_t n = PySequence_Size(shape);
    if (n < 0 || n > NPY_MAXDIMS) {
        PyErr_SetString(PyExc_ValueError, "invalid shape in fixed-type tuple.");
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *o = PySequence_GetItem(shape, i);
        int r = o ? one_dim(o, &dims[i]) : -1;
        Py_XDECREF(o);
        if (r < 0) return -1;
    }
    return (int)n;
}

PyArray_Descr *ext_descr_with_shape(PyArray_Descr *type, PyObject *shape)
{
    npy_intp dims[NPY_MAXDIMS];
    int n = read_dims(shape, dims);
    if (n < 0) {
        Py_DECREF(type);
        return NULL;
    }
    return ext_descr_subarray(type, n, dims);
}

/* ---- (type, type)
 * --------------------------------------------------------------------------------------------------------
 */
/* References inside must be visible through both readings of the same bytes. */
static bool object_views_agree(PyArray_Descr *type, PyArray_Descr *conv)
{
    if (!((type->flags | conv->flags) & NPY_ITEM_HASOBJECT)) return true;
    if (type->type_num != NPY_OBJECT) return type->elsize == 0 && !LEGACY(type)->names;
    _PyArray_LegacyDescr *c = LEGACY(conv);
    if (!c->names || PyTuple_GET_SIZE(c->names) != 1) return false;
    PyObject *title, *entry = PyDict_GetItemWithError(c->fields, PyTuple_GET_ITEM(c->names, 0));
    PyArray_Descr *f;
    npy_intp offset;
    return entry && ext_field_unpack(entry, &f, &offset, &title) == 0 &&
           f->type_num == NPY_OBJECT && offset == 0;
}

/* `type` with the fields of `conv`; steals both. */
static PyArray_Descr *inherit(PyArray_Descr *type, PyArray_Descr *conv)
{
    PyArray_Descr *d = NULL;
    if (!ext_descr_is_legacy(type) || !ext_descr_is_legacy(conv)) {
        PyErr_SetString(PyExc_TypeError, "cannot combine new-style dtypes in a (type, type) tuple");
        goto done;
    }
    d = PyArray_DescrNew(type);
    if (!d) goto done;
    if ((d->elsize || LEGACY(type)->names) && d->elsize != conv->elsize) {
        PyErr_SetString(PyExc_ValueError, "mismatch in size of old and new data-descriptor");
        Py_CLEAR(d);
        goto done;
    }
    if (!object_views_agree(type, conv)) {
        PyErr_SetString(PyExc_ValueError, "dtypes of the form (old_dtype, new_dtype) containing "
                                          "the object dtype are not supported");
        Py_CLEAR(d);
        goto done;
    }
    d->elsize = conv->elsize;
    _PyArray_LegacyDescr *n = LEGACY(d), *c = LEGACY(conv);
    if (c->names) {
        Py_XSETREF(n->names, Py_NewRef(c->names));
        Py_XSETREF(n->fields, Py_NewRef(c->fields));
    }
    if (d->type_num == NPY_VOID) {
        d->flags = conv->flags;
        if (c->names) d->alignment = conv->alignment;
    }
    if (conv->metadata) d = ext_descr_attach_metadata(d, conv->metadata);
done:
    Py_DECREF(type);
    Py_DECREF(conv);
    return d;
}

static PyArray_Descr *sized(PyArray_Descr *type, PyObject *size)
{
    npy_intp n = PyBool_Check(size) || !PyIndex_Check(size) ? -1 : PyNumber_AsSsize_t(size, NULL);
    if (PyErr_Occurred()) PyErr_Clear();
    npy_intp unit = type->type_num == NPY_UNICODE ? 4 : 1;
    if (n < 0 || n > INT_MAX / unit) {
        PyErr_SetString(PyExc_ValueError, "invalid itemsize in generic type tuple");
        Py_DECREF(type);
        return NULL;
    }
    PyArray_Descr *d = PyArray_DescrNew(type);
    if (d) d->elsize = n * unit;
    Py_DECREF(type);
    return d;
}

static bool has_open_size(PyArray_Descr *type)
{
    return PyTypeNum_ISFLEXIBLE(type->type_num) && type->elsize == 0 && !LEGACY(type)->names &&
           !LEGACY(type)->subarray;
}

PyArray_Descr *ext_descr_repeated(PyArray_Descr *type, PyObject *repeat)
{
    return has_open_size(type) ? sized(type, repeat) : ext_descr_with_shape(type, repeat);
}

PyArray_Descr *ext_descr_from_tuple(PyObject *t, int align)
{
    if (PyTuple_GET_SIZE(t) != 2) {
        PyErr_Format(PyExc_TypeError, "Tuple must have size 2, but has size %zd",
                     PyTuple_GET_SIZE(t));
        return NULL;
    }
    PyArray_Descr *type = ext_descr_from_any(PyTuple_GET_ITEM(t, 0), align);
    if (!type) return NULL;
    PyObject *v = PyTuple_GET_ITEM(t, 1);
    bool number = PyLong_Check(v) || PyObject_TypeCheck(v, &PyIntegerArrType_Type);
    if (!number && !PyArray_Check(v)) {
        PyArray_Descr *conv = ext_descr_from_any(v, align);
        if (conv) return inherit(type, conv);
        if (!PyErr_ExceptionMatches(PyExc_Exception) ||
            PyErr_ExceptionMatches(PyExc_RecursionError)) {
            Py_DECREF(type);
            return NULL;
        }
        PyErr_Clear();
    }
    return ext_descr_repeated(type, v);
}

/* ---- assembling a structure
 * ---------------------------------------------------------------------------------------------- */
typedef struct {
    PyObject *names, *fields; /* list while growing, dict */
    npy_intp size, align;
    npy_uint64 flags;
    int aligned;
} Builder;

static void builder_clear(Builder *b)
{
    Py_CLEAR(b->names);
    Py_CLEAR(b->fields);
}

static int builder_init(Builder *b, int aligned)
{
    *b = (Builder){PyList_New(0), PyDict_New(), 0, 1, NPY_NEEDS_PYAPI, aligned};
    if (b->names && b->fields) return 0;
    builder_clear(b);
    return -1;
}

static npy_intp round_up(npy_intp n, npy_intp to)
{
    return to > 1 ? (n + to - 1) / to * to : n;
}

/* Append a field. offset < 0: behind the last one. Steals d. */
static int builder_add(Builder *b, PyObject *name, PyObject *title, PyArray_Descr *d,
                       npy_intp offset)
{
    npy_intp a = b->aligned ? d->alignment : 1;
    if (a > b->align) b->align = a;
    if (offset < 0) offset = round_up(b->size, a);
    if (offset + d->elsize > b->size) b->size = offset + d->elsize;
    b->flags |= d->flags & NPY_FROM_FIELDS;
    PyObject *entry =
        title ? Py_BuildValue("(NnO)", d, offset, title) : Py_BuildValue("(Nn)", d, offset);
    int r = entry ? PyDict_SetItem(b->fields, name, entry) : -1;
    if (r == 0) r = PyList_Append(b->names, name);
    if (r == 0 && title && PyUnicode_Check(title)) r = PyDict_SetItem(b->fields, title, entry);
    Py_XDECREF(entry);
    return r;
}

static PyArray_Descr *builder_finish(Builder *b)
{
    if (b->aligned) {
        b->size = round_up(b->size, b->align);
        b->flags |= NPY_ALIGNED_STRUCT;
    }
    PyObject *names = PyList_AsTuple(b->names);
    PyArray_Descr *d =
        names ? ext_descr_struct(names, b->fields, b->size, b->aligned ? b->align : 1, b->flags)
              : NULL;
    Py_XDECREF(names);
    builder_clear(b);
    return d;
}

/* ---- lists of (name, type[, shape])
 * ---------------------------------------------------------------------------------------- */
static int type_error(const char *format, PyObject *o)
{
    PyErr_Format(PyExc_TypeError, format, o);
    return -1;
}

/* Name (new reference) and title (borrowed or NULL) of the first element of a field tuple. */
static PyObject *field_name(PyObject *first, Py_ssize_t index, PyObject **title)
{
    *title = NULL;
    PyObject *name = first;
    if (PyTuple_Check(first)) {
        if (PyTuple_GET_SIZE(first) != 2) {
            PyErr_Format(
                PyExc_TypeError,
                "If a tuple, the first element of a field tuple must have two elements, not %zd",
                PyTuple_GET_SIZE(first));
            return NULL;
        }
        *title = PyTuple_GET_ITEM(first, 0);
        if (*title == Py_None) *title = NULL;
        name = PyTuple_GET_ITEM(first, 1);
        if (!PyUnicode_Check(name)) {
            type_error("Field name must be a str", NULL);
            return NULL;
        }
    } else if (!PyUnicode_Check(first)) {
        type_error("First element of field tuple is neither a tuple nor str", NULL);
        return NULL;
    }
    if (PyUnicode_GET_LENGTH(name)) {
        Py_INCREF(name);
        PyUnicode_InternInPlace(&name);
        return name;
    }
    if (*title && PyUnicode_Check(*title)) return Py_NewRef(*title);
    return PyUnicode_FromFormat("f%zd", index);
}

static PyArray_Descr *field_type(PyObject *item, int align)
{
    if (PyTuple_GET_SIZE(item) == 2) return ext_descr_from_any(PyTuple_GET_ITEM(item, 1), align);
    PyObject *pair = PyTuple_GetSlice(item, 1, 3);
    if (!pair) return NULL;
    PyArray_Descr *d = ext_descr_from_any(pair, align);
    Py_DECREF(pair);
    return d;
}

static int add_list_item(Builder *b, PyObject *item, Py_ssize_t i)
{
    if (!PyTuple_Check(item) || PyTuple_GET_SIZE(item) < 2)
        return type_error("Field elements must be 2- or 3-tuples, got '%R'", item);
    PyObject *title, *name = field_name(PyTuple_GET_ITEM(item, 0), i, &title);
    if (!name) return -1;
    int r = -1;
    if (PyTuple_GET_SIZE(item) > 3) {
        type_error("Field elements must be tuples with at most 3 elements, got '%R'", item);
        goto done;
    }
    PyArray_Descr *d = field_type(item, b->aligned);
    if (!d) goto done;
    int known = PyDict_Contains(b->fields, name);
    int title_known = title ? PyDict_Contains(b->fields, title) : 0;
    if (title && title_known == 0) {
        title_known = PyObject_RichCompareBool(title, name, Py_EQ);
    }
    if (known || title_known) {
        if (known > 0)
            PyErr_Format(PyExc_ValueError, "field %R occurs more than once", name);
        else if (title_known > 0) {
            bool own_name = PyObject_RichCompareBool(title, name, Py_EQ) == 1;
            if (own_name)
                PyErr_SetString(PyExc_ValueError, "title already used as a name or title.");
            else
                PyErr_Format(PyExc_ValueError, "field %R occurs more than once", name);
        }
        Py_DECREF(d);
        goto done;
    }
    r = builder_add(b, name, title, d, -1);
done:
    Py_DECREF(name);
    return r;
}

PyArray_Descr *ext_descr_from_list(PyObject *l, int align)
{
    Builder b;
    if (builder_init(&b, align) < 0) return NULL;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(l); i++) {
        PyObject *item = Py_NewRef(PyList_GET_ITEM(l, i));
        int r = add_list_item(&b, item, i);
        Py_DECREF(item);
        if (r < 0) {
            builder_clear(&b);
            return NULL;
        }
    }
    return builder_finish(&b);
}

/* ---- dicts
 * --------------------------------------------------------------------------------------------------------------------
 */
static int add_dict_item(Builder *b, PyObject *name, PyObject *format, PyObject *offset_obj,
                         PyObject *title)
{
    PyArray_Descr *d = ext_descr_from_any(format, b->aligned);
    if (!d) return -1;
    npy_intp offset = -1;
    if (offset_obj) {
        offset = PyArray_PyIntAsInt(offset_obj);
        if (offset == -1 && PyErr_Occurred()) goto fail;
        if (offset < 0) {
            PyErr_Format(PyExc_ValueError, "offset %zd cannot be negative", offset);
            goto fail;
        }
        npy_intp a = b->aligned ? d->alignment : 1;
        if (a > 1 && offset % a) {
            PyErr_Format(PyExc_ValueError,
                         "offset %zd for NumPy dtype with fields is not divisible by the field "
                         "alignment %zd with "
                         "align=True",
                         offset, a);
            goto fail;
        }
    }
    if (!PyUnicode_Check(name)) {
        PyErr_SetString(PyExc_ValueError, "field names must be strings");
        goto fail;
    }
    int known = PyDict_Contains(b->fields, name);
    if (known) {
        if (known > 0) PyErr_SetString(PyExc_ValueError, "name already used as a name or title");
        goto fail;
    }
    if (title == Py_None) title = NULL;
    if (title && PyUnicode_Check(title)) {
        known = PyDict_Contains(b->fields, title);
        if (known) {
            if (known > 0)
                PyErr_SetString(PyExc_ValueError, "title already used as a name or title.");
            goto fail;
        }
    }
    return builder_add(b, name, title, d, offset);
fail:
    Py_DECREF(d);
    return -1;
}

/* {name: (format, offset[, title])} -> the three or four lists, sorted by offset. */
static PyObject *entries_by_offset(PyObject *dict)
{
    PyObject *list = PyList_New(0), *key, *value;
    Py_ssize_t pos = 0;
    while (list && PyDict_Next(dict, &pos, &key, &value)) {
        Py_ssize_t n = PyObject_Size(value);
        if (n < 0) goto fail;
        if (!PyTuple_Check(value) || n < 2 || n > 3) {
            PyErr_SetString(PyExc_ValueError, "entry not a 2- or 3- tuple");
            goto fail;
        }
        PyObject *offset = PyNumber_Long(PyTuple_GET_ITEM(value, 1));
        if (!offset) goto fail;
        if (_PyLong_Sign(offset) < 0) {
            Py_DECREF(offset);
            PyErr_SetString(PyExc_ValueError, "invalid offset.");
            goto fail;
        }
        PyObject *title = n == 3 ? PyTuple_GET_ITEM(value, 2) : Py_None;
        PyObject *row =
            Py_BuildValue("(NnOOO)", offset, pos, key, PyTuple_GET_ITEM(value, 0), title);
        int r = row ? PyList_Append(list, row) : -1;
        Py_XDECREF(row);
        if (r < 0) goto fail;
    }
    if (list && PyList_Sort(list) < 0) goto fail;
    return list;
fail:
    Py_DECREF(list);
    return NULL;
}

static PyArray_Descr *from_entries(PyObject *dict, int align)
{
    PyObject *rows = entries_by_offset(dict);
    Builder b;
    if (!rows || builder_init(&b, align) < 0) {
        Py_XDECREF(rows);
        return NULL;
    }
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(rows); i++) {
        PyObject *row = PyList_GET_ITEM(rows, i);
        if (add_dict_item(&b, PyTuple_GET_ITEM(row, 2), PyTuple_GET_ITEM(row, 3),
                          PyTuple_GET_ITEM(row, 0), PyTuple_GET_ITEM(row, 4)) < 0) {
            builder_clear(&b);
            Py_DECREF(rows);
            return NULL;
        }
    }
    Py_DECREF(rows);
    return builder_finish(&b);
}

/* Two fields with references must not share bytes with any other field. */
static int check_object_overlap(PyArray_Descr *d)
{
    if (!(d->flags & NPY_ITEM_HASOBJECT)) return 0;
    _PyArray_LegacyDescr *l = LEGACY(d);
    char *used = PyMem_Calloc(d->elsize ? d->elsize : 1, 1); /* 1: plain bytes, 2: references */
    if (!used) {
        PyErr_NoMemory();
        return -1;
    }
    int r = 0;
    for (Py_ssize_t i = 0; r == 0 && i < PyTuple_GET_SIZE(l->names); i++) {
        PyArray_Descr *f;
        npy_intp offset;
        PyObject *title;
        if (ext_field_unpack(PyDict_GetItem(l->fields, PyTuple_GET_ITEM(l->names, i)), &f, &offset,
                             &title) < 0)
            r = -1;
        char mark = r == 0 && f->flags & NPY_ITEM_HASOBJECT ? 2 : 1;
        for (npy_intp k = offset; r == 0 && k < offset + f->elsize; k++) {
            if (used[k] && (used[k] == 2 || mark == 2)) {
                PyErr_SetString(PyExc_TypeError,
                                "Cannot create a NumPy dtype with overlapping object fields");
                r = -1;
            }
            used[k] = mark;
        }
    }
    PyMem_Free(used);
    return r;
}

static int apply_itemsize(Builder *b, PyObject *size)
{
    npy_intp n = PyArray_PyIntAsInt(size);
    if (n == -1 && PyErr_Occurred()) return -1;
    npy_intp need = b->aligned ? round_up(b->size, b->align) : b->size;
    if (n < need) {
        PyErr_Format(
            PyExc_ValueError,
            "NumPy dtype descriptor requires %zd bytes, cannot override to smaller itemsize of %zd",
            need, n);
        return -1;
    }
    if (b->aligned && n % b->align) {
        PyErr_Format(PyExc_ValueError,
                     "NumPy dtype descriptor requires alignment of %zd bytes, which is not "
                     "divisible into the specified "
                     "itemsize %zd",
                     b->align, n);
        return -1;
    }
    b->size = n;
    return 0;
}

static int check_lengths(Py_ssize_t n, PyObject *formats, PyObject *offsets, PyObject *titles)
{
    Py_ssize_t nf = PyObject_Size(formats),
               no = offsets && offsets != Py_None ? PyObject_Size(offsets) : n;
    Py_ssize_t nt = titles && titles != Py_None ? PyObject_Size(titles) : n;
    if (nf < 0 || no < 0 || nt < 0) return -1;
    bool bad =
        nf < n || no < n || nt < n || offsets == Py_None || titles == Py_None; /* more is ignored */
    if (bad)
        PyErr_SetString(
            PyExc_ValueError,
            "'names', 'formats', 'offsets', and 'titles' dict entries must have the same length");
    return bad ? -1 : 0;
}

static PyObject *item_or_null(PyObject *seq, Py_ssize_t i)
{
    return seq ? PySequence_GetItem(seq, i) : NULL;
}

static int fill_from_lists(Builder *b, PyObject *names, PyObject *formats, PyObject *offsets,
                           PyObject *titles)
{
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(names); i++) {
        PyObject *f = item_or_null(formats, i), *o = item_or_null(offsets, i),
                 *t = item_or_null(titles, i);
        int r = -1;
        if (!PyErr_Occurred()) r = add_dict_item(b, PySequence_Fast_GET_ITEM(names, i), f, o, t);
        Py_XDECREF(f);
        Py_XDECREF(o);
        Py_XDECREF(t);
        if (r < 0) return -1;
    }
    return 0;
}

static int read_aligned(PyObject *dict, int align)
{
    PyObject *v = ext_dict_get(dict, "aligned");
    if (!v && PyErr_Occurred()) return -1;
    if (!v || v == Py_False) return align;
    if (v == Py_True) return 1;
    PyErr_SetString(
        PyExc_ValueError,
        "NumPy dtype descriptor includes 'aligned' entry, but its value is neither True nor False");
    return -1;
}

PyArray_Descr *ext_descr_from_dict(PyObject *dict, int align)
{
    static const char *const keys[] = {"names",  "formats",  "offsets",
                                       "titles", "itemsize", "metadata"};
    PyObject *given[6];
    for (int i = 0; i < 6; i++)
        if (!(given[i] = ext_dict_get(dict, keys[i])) && PyErr_Occurred()) return NULL;
    PyObject *names = given[0], *formats = given[1], *offsets = given[2], *titles = given[3],
             *size = given[4], *metadata = given[5];
    if (!names || !formats) return from_entries(dict, align);
    int aligned = read_aligned(dict, align);
    if (aligned < 0) return NULL;
    PyObject *seq = PyObject_GetIter(names); /* the usual "not iterable" message */
    if (!seq) return NULL;
    if (!PySequence_Check(names)) {
        Py_DECREF(seq);
        PyErr_Format(PyExc_TypeError, "'%s' object is not subscriptable", Py_TYPE(names)->tp_name);
        return NULL;
    }
    Py_SETREF(seq, PySequence_List(names));
    Builder b = {0};
    PyArray_Descr *d = NULL;
    if (!seq || check_lengths(PyList_GET_SIZE(seq), formats, offsets, titles) < 0 ||
        builder_init(&b, aligned) < 0 || fill_from_lists(&b, seq, formats, offsets, titles) < 0)
        goto fail;
    if (size && apply_itemsize(&b, size) < 0) goto fail;
    Py_DECREF(seq);
    d = builder_finish(&b);
    if (d && offsets && check_object_overlap(d) < 0) Py_CLEAR(d);
    if (d && metadata && PyDict_Check(metadata)) d = ext_descr_attach_metadata(d, metadata);
    return d;
fail:
    builder_clear(&b);
    Py_XDECREF(seq);
    return NULL;
}
