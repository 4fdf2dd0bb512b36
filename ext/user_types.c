/* Legacy user types and new-style user DTypes: what promotion, casts and element access ask of them. */
#include "element.h"

int ext_cast_level_foreign(PyArray_Descr *from, PyArray_Descr *to)
{
    if (NPY_DTYPE(from) == NPY_DTYPE(to)) return NPY_NO_CASTING;
    if (to->type_num == NPY_OBJECT) return NPY_SAFE_CASTING;
    return FNP_CAST_NEVER;
}

PyArray_Descr *ext_descr_in_class_foreign(PyArray_Descr *d, PyArray_DTypeMeta *cls)
{
    PyErr_SetString(PyExc_NotImplementedError, "casts of user types");
    return NULL;
}

int ext_can_cast_class_foreign(PyArray_DTypeMeta *from, PyArray_DTypeMeta *to) { return 0; }

PyObject *ext_getitem_foreign(PyArray_Descr *d, const char *data, PyObject *base)
{
    PyErr_SetString(PyExc_NotImplementedError, "elements of user types");
    return NULL;
}

int ext_setitem_foreign(PyArray_Descr *d, PyObject *value, char *data)
{
    PyErr_SetString(PyExc_NotImplementedError, "elements of user types");
    return -1;
}
