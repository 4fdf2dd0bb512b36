# Written by tools/gen_pxd.py from the public headers.
cdef extern from "numpy/ufuncobject.h":
    object PyUFunc_FromFuncAndData(PyUFuncGenericFunction *, void **, const char *, int, int, int, int, const char *, const char *, int)
    int PyUFunc_RegisterLoopForType(ufunc, int, PyUFuncGenericFunction, const int *, void *) except -1
    void PyUFunc_f_f_As_d_d(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_d_d(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_f_f(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_g_g(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_F_F_As_D_D(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_F_F(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_D_D(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_G_G(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_O_O(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_ff_f_As_dd_d(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_ff_f(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_dd_d(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_gg_g(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_FF_F_As_DD_D(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_DD_D(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_FF_F(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_GG_G(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_OO_O(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_O_O_method(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_OO_O_method(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_On_Om(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_clearfperr()
    int PyUFunc_getfperr()
    int PyUFunc_ReplaceLoopBySignature(ufunc, PyUFuncGenericFunction, const int *, PyUFuncGenericFunction *) except -1
    object PyUFunc_FromFuncAndDataAndSignature(PyUFuncGenericFunction *, void **, const char *, int, int, int, int, const char *, const char *, int, const char *)
    void PyUFunc_e_e(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_e_e_As_f_f(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_e_e_As_d_d(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_ee_e(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_ee_e_As_ff_f(char **, const npy_intp *, const npy_intp *, void *)
    void PyUFunc_ee_e_As_dd_d(char **, const npy_intp *, const npy_intp *, void *)
    int PyUFunc_DefaultTypeResolver(ufunc, NPY_CASTING, PyArrayObject **, object, PyArray_Descr **) except -1
    int PyUFunc_ValidateCasting(ufunc, NPY_CASTING, PyArrayObject **, PyArray_Descr **)
    int PyUFunc_RegisterLoopForDescr(ufunc, dtype, PyUFuncGenericFunction, PyArray_Descr **, void *) except -1
    object PyUFunc_FromFuncAndDataAndSignatureAndIdentity(PyUFuncGenericFunction *, void **, const char *, int, int, int, int, const char *, const char *, const int, const char *, object)
    int PyUFunc_AddPromoter(object, object, object) except -1
    int PyUFunc_GiveFloatingpointErrors(const char *, int) except -1
