/* The two functions of the C-API that resolvers of types from before the array methods are made
 * of. */
#include "../ufunc_call.h"

static void query(UfuncQuery *q, PyUFuncObject *u, NPY_CASTING casting, PyArrayObject **operands)
{
    *q = (UfuncQuery){.ufunc = u, .nin = u->nin, .nop = u->nargs, .casting = casting};
    for (int i = 0; i < u->nargs; i++) {
        q->given[i] = operands[i] ? PyArray_DESCR(operands[i]) : NULL;
        if (i < u->nin) q->objects[i] = (PyObject *)operands[i];
    }
}

static int check_outputs(PyUFuncObject *u, NPY_CASTING casting, PyArrayObject **operands,
                         PyArray_Descr **made)
{
    static const char *const rules[] = {"no", "equiv", "safe", "same_kind", "unsafe"};
    for (int i = u->nin; i < u->nargs; i++) {
        if (!operands[i] || PyArray_CanCastTypeTo(made[i], PyArray_DESCR(operands[i]), casting))
            continue;
        PyErr_Format(PyExc_TypeError,
                     "ufunc '%s' output (typecode '%c') could not be coerced to provided output "
                     "parameter (typecode '%c') according to the casting rule ''%s''",
                     ufunc_name(u), made[i]->type, PyArray_DESCR(operands[i])->type,
                     rules[casting & 7]);
        return -1;
    }
    return 0;
}

int PyUFunc_DefaultTypeResolver(PyUFuncObject *u, NPY_CASTING casting, PyArrayObject **operands,
                                PyObject *type_tup, PyArray_Descr **out_dtypes)
{
    UfuncQuery q;
    UfuncLoop loop = {0};
    query(&q, u, casting, operands);
    for (int i = u->nin; i < u->nargs; i++) q.given[i] = NULL;
    if (ufunc_fix_types(&q, type_tup, NULL) < 0 || ufunc_resolve_own(&q, &loop) < 0) return -1;
    int r = check_outputs(u, casting, operands, loop.descrs);
    for (int i = 0; r == 0 && i < u->nargs; i++)
        out_dtypes[i] = (PyArray_Descr *)Py_NewRef((PyObject *)loop.descrs[i]);
    ufunc_loop_clear(&loop);
    return r;
}

int PyUFunc_ValidateCasting(PyUFuncObject *u, NPY_CASTING casting, PyArrayObject **operands,
                            PyArray_Descr *const *dtypes)
{
    for (int i = 0; i < u->nargs; i++) {
        if (!operands[i]) continue;
        PyArray_Descr *own = PyArray_DESCR(operands[i]);
        if (i < u->nin ? PyArray_CanCastArrayTo(operands[i], dtypes[i], casting)
                       : PyArray_CanCastTypeTo(dtypes[i], own, casting))
            continue;
        return i < u->nin ? ufunc_cast_error(u, casting, own, dtypes[i], i)
                          : ufunc_cast_error(u, casting, dtypes[i], own, i);
    }
    return 0;
}
