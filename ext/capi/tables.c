/* The two tables of function and type pointers that compiled packages read: _ARRAY_API and
 * _UFUNC_API. */
#include "ext.h"

#define COUNT_ARRAY 379
#define COUNT_UFUNC 49

unsigned int PyArray_GetNDArrayCVersion(void)
{
    return NPY_ABI_VERSION;
}
unsigned int PyArray_GetNDArrayCFeatureVersion(void)
{
    return NPY_API_VERSION;
}
int PyArray_GetEndianness(void)
{
    return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? NPY_CPU_LITTLE : NPY_CPU_BIG;
}

NPY_CASTING NPY_DEFAULT_ASSIGN_CASTING = NPY_SAME_KIND_CASTING;

extern HIDDEN PyTypeObject NpyIter_Type;
static void *array_api[COUNT_ARRAY], *ufunc_api[COUNT_UFUNC];

HIDDEN int ext_fill_dtype_slots(void **api); /* slots 320-360, 366-368 */

int ext_init_capi(PyObject *m)
{
#define API_FUNC(table, slot, name) table##_slots[slot] = (void *)(uintptr_t)name;
#define API_OBJECT(table, slot, name) table##_slots[slot] = (void *)&name;
    void **PyArray_API_slots = array_api, **PyUFunc_API_slots = ufunc_api;
#include "capi.def"
#undef API_FUNC
#undef API_OBJECT
    if (ext_fill_dtype_slots(array_api) < 0) return -1;
    PyObject *a = PyCapsule_New(array_api, NULL, NULL), *u = PyCapsule_New(ufunc_api, NULL, NULL);
    int r = a && u ? 0 : -1;
    if (r == 0) r = PyModule_AddObjectRef(m, "_ARRAY_API", a);
    if (r == 0) r = PyModule_AddObjectRef(m, "_UFUNC_API", u);
    Py_XDECREF(a);
    Py_XDECREF(u);
    return r;
}
