/* casting="same_value": a cast is undone and compared. */
#include "promotion.h"

#include <string.h>

static const char *const type_names[NPY_NTYPES_LEGACY] = {
#define FNP_DTYPE(NAME, num, sfx, ctype, kind, chr, name, alias) [num] = #NAME,
#include "fnp/dtypes.def"
#undef FNP_DTYPE
};

static bool is_number(PyArray_Descr *d)
{
    return ext_descr_is_legacy(d) && (PyTypeNum_ISNUMBER(d->type_num) || d->type_num == NPY_BOOL);
}

bool ext_can_keep_values(PyArray_Descr *from, PyArray_Descr *to)
{
    return ext_descr_equiv(from, to) || (is_number(from) && is_number(to));
}

static void lower(const char *name, char out[32])
{
    int i = 0;
    for (; name[i] && i < 31; i++) out[i] = (char)Py_TOLOWER(name[i]);
    out[i] = '\0';
}

static int changed(PyArray_Descr *from, PyArray_Descr *to, bool imaginary)
{
    char a[32], b[32];
    lower(type_names[from->type_num], a);
    lower(type_names[to->type_num], b);
    PyErr_Format(PyExc_ValueError, "could not cast 'same_value' %s to %s%s", a, b,
                 imaginary ? ": imag is not 0" : "");
    return -1;
}

/* What integers of one width but different sign would hide: the bits return unchanged. */
static bool sign_lost(PyArray_Descr *a, PyArray_Descr *b, const char *x, const char *y)
{
    if (!PyTypeNum_ISINTEGER(a->type_num) || !PyTypeNum_ISINTEGER(b->type_num)) return false;
    bool ua = PyTypeNum_ISUNSIGNED(a->type_num), ub = PyTypeNum_ISUNSIGNED(b->type_num);
    if (ua == ub) return false;
    return ((ua ? y[b->elsize - 1] : x[a->elsize - 1]) & 0x80) != 0; /* the top byte has the sign */
}

int ext_check_same_values(PyArrayObject *src, PyArrayObject *dst)
{
    PyArray_Descr *from = PyArray_DESCR(src), *to = PyArray_DESCR(dst);
    if (!is_number(from) || !is_number(to) || to->type_num == NPY_BOOL) return 0;
    /* contiguous native copies of what was, what is, and what comes back */
    PyArray_Descr *a = ext_builtin_descrs[from->type_num], *b = ext_builtin_descrs[to->type_num];
    PyArrayObject *was =
        (PyArrayObject *)PyArray_NewLikeArray(src, NPY_CORDER, (PyArray_Descr *)Py_NewRef(a), 0);
    PyArrayObject *is = was ? (PyArrayObject *)PyArray_NewLikeArray(
                                  src, NPY_CORDER, (PyArray_Descr *)Py_NewRef(b), 0)
                            : NULL;
    PyArrayObject *back = is ? (PyArrayObject *)PyArray_NewLikeArray(
                                   src, NPY_CORDER, (PyArray_Descr *)Py_NewRef(a), 0)
                             : NULL;
    int r = back ? 0 : -1;
    if (r == 0) r = ext_copy_quietly(was, src);
    if (r == 0) r = ext_copy_quietly(is, dst);
    if (r == 0) r = ext_copy_quietly(back, is);
    PyArray_CompareFunc *compare = _PyDataType_GetArrFuncs(a)->compare;
    npy_intp half = PyTypeNum_ISCOMPLEX(from->type_num) ? a->elsize / 2 : 0;
    bool to_real = half && !PyTypeNum_ISCOMPLEX(to->type_num);
    int part = half == 4 ? NPY_FLOAT : half == 8 ? NPY_DOUBLE : NPY_LONGDOUBLE;
    PyArray_CompareFunc *compare_part =
        half ? _PyDataType_GetArrFuncs(ext_builtin_descrs[part])->compare : NULL;
    for (npy_intp i = 0; r == 0 && i < PyArray_SIZE(src); i++) {
        const char *x = PyArray_BYTES(was) + i * a->elsize, *y = PyArray_BYTES(is) + i * b->elsize;
        const char *z = PyArray_BYTES(back) + i * a->elsize;
        if (to_real) {
            if (compare_part(x, z, NULL) != 0)
                r = changed(from, to, false);
            else if (compare_part(x + half, z + half, NULL) != 0)
                r = changed(from, to, true);
        } else if (compare(x, z, was) != 0 || sign_lost(a, b, x, y))
            r = changed(from, to, false);
    }
    Py_XDECREF(was);
    Py_XDECREF(is);
    Py_XDECREF(back);
    return r;
}
