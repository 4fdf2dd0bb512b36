/* What generated extension modules and fortranobject.c share.
 *
 * Names that signature files, hand-written wrappers and other packages use (PyFortran_Type,
 * FortranDataDef, F2PY_INTENT_*, array_from_pyobj …) are f2py's published interface; the names with
 * f2py_ and small letters at the end of this file serve our own generated code. */
#ifndef Py_FORTRANOBJECT_H
#define Py_FORTRANOBJECT_H

#include <Python.h>

#include <setjmp.h>

#ifndef NPY_NO_DEPRECATED_API
#define NPY_NO_DEPRECATED_API NPY_API_VERSION
#endif
#define PY_ARRAY_UNIQUE_SYMBOL _npy_f2py_ARRAY_API
#ifdef FORTRANOBJECT_C
#define NO_IMPORT_ARRAY
#endif
#include "numpy/arrayobject.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Fortran objects: routines, COMMON blocks, modules ---- */

#define F2PY_MAX_DIMS 40
#define F2PY_MESSAGE_BUFFER_SIZE 300

typedef void *(*f2pycfunc)(void);
typedef void (*f2py_void_func)(void);
/* Fortran tells where an array is: (address, is it allocated). */
typedef void (*f2py_set_data_func)(char *address, npy_intp *allocated);
/* Fortran's side of an allocatable array: (rank, dimensions, setter, what to do: 0 look,
 * 1 make it of these dimensions, 2 free it). */
typedef void (*f2py_init_func)(int *rank, npy_intp *dims, f2py_set_data_func setter, int *job);

/* One attribute of a Fortran object. */
typedef struct {
    char *name;
    int rank; /* -1: a routine */
    struct {
        npy_intp d[F2PY_MAX_DIMS];
    } dims;
    int type, elsize;    /* NumPy's type number, bytes of an element */
    char *data;          /* the array, or the Fortran routine */
    f2py_init_func func; /* of an allocatable array; or the wrapper of the routine */
    char *doc;
} FortranDataDef;

typedef struct {
    PyObject_HEAD int len;
    FortranDataDef *defs;
    PyObject *dict;
} PyFortranObject;

extern PyTypeObject PyFortran_Type;
#define PyFortran_Check(o) (Py_TYPE(o) == &PyFortran_Type)
#define PyFortran_Check1(o) (strcmp(Py_TYPE(o)->tp_name, "fortran") == 0)

PyObject *PyFortranObject_New(FortranDataDef *defs, f2py_void_func init);
PyObject *PyFortranObject_NewAsAttr(FortranDataDef *def);
int F2PyDict_SetItemString(PyObject *dict, char *name, PyObject *obj);
PyObject *F2PyCapsule_FromVoidPtr(void *ptr, void (*dtor)(PyObject *));
void *F2PyCapsule_AsVoidPtr(PyObject *capsule);
int F2PyCapsule_Check(PyObject *obj);
void *F2PySwapThreadLocalCallbackPtr(char *key, void *ptr);
void *F2PyGetThreadLocalCallbackPtr(char *key);

/* ---- arguments as arrays ---- */

enum {
    F2PY_INTENT_IN = 1 << 0,
    F2PY_INTENT_INOUT = 1 << 1,
    F2PY_INTENT_OUT = 1 << 2,
    F2PY_INTENT_HIDE = 1 << 3,
    F2PY_INTENT_CACHE = 1 << 4,
    F2PY_INTENT_COPY = 1 << 5,
    F2PY_INTENT_C = 1 << 6,
    F2PY_OPTIONAL = 1 << 7,
    F2PY_INTENT_INPLACE = 1 << 8,
    F2PY_INTENT_ALIGNED4 = 1 << 9,
    F2PY_INTENT_ALIGNED8 = 1 << 10,
    F2PY_INTENT_ALIGNED16 = 1 << 11
};

/* A new reference to an array of the given type, extents (-1: to be filled in) and layout, made of
 * `obj` as the intent says; NULL with an exception set. `elsize` is the length of a string. */
PyArrayObject *ndarray_from_pyobj(const int type_num, const int elsize, npy_intp *dims,
                                  const int rank, const int intent, PyObject *obj,
                                  const char *errmess);
PyArrayObject *array_from_pyobj(const int type_num, npy_intp *dims, const int rank,
                                const int intent, PyObject *obj);
int copy_ND_array(const PyArrayObject *from, PyArrayObject *to);
int f2py_describe(PyObject *obj, char *text);

/* Functions of signature files' C expressions; an argument's array stands in capi_NAME_as_array. */
npy_intp f2py_size_impl(PyArrayObject *array, ...);
#define f2py_size(x, ...) f2py_size_impl((PyArrayObject *)capi_##x##_as_array, ##__VA_ARGS__, -1)
#define f2py_itemsize(x) PyArray_ITEMSIZE(capi_##x##_as_array)
#define f2py_rank(x) x##_Rank
#define f2py_shape(x, i) x##_Dims[i]
#define f2py_len(x) f2py_shape(x, 0)
#define f2py_fshape(x, i) f2py_shape(x, f2py_rank(x) - (i)-1)
#define f2py_flen(x) f2py_fshape(x, 0)
#define f2py_slen(x) capi_##x##_len

/* ---- arguments as scalars: 1, or 0 with an exception that says `errmess` ---- */

typedef signed char signed_char;
typedef unsigned char unsigned_char;
typedef unsigned short unsigned_short;
typedef unsigned long unsigned_long;
typedef unsigned long long unsigned_long_long;
typedef long long long_long;
typedef long double long_double;
typedef char character;
typedef char *string;
typedef struct {
    float r, i;
} complex_float;
typedef struct {
    double r, i;
} complex_double;
typedef struct {
    long double r, i;
} complex_long_double;

int f2py_get_integer(long long *value, PyObject *obj, int bytes, const char *errmess);
int f2py_get_real(long double *value, PyObject *obj, const char *errmess);
int f2py_get_complex(complex_long_double *value, PyObject *obj, const char *errmess);
int f2py_get_character(char *value, PyObject *obj, const char *errmess);
/* A string of *length bytes (-1: as long as it is), filled up with blanks; to be freed. */
char *f2py_get_string(int *length, PyObject *obj, const char *initial, const char *errmess);
/* The same for intent(inout): `obj` must be an array of bytes. */
char *f2py_get_string_inout(int *length, PyObject *obj, const char *errmess);
int f2py_put_string(PyObject *obj, const char *text, int length);
/* Write a scalar back into the array that was given for it. */
int f2py_put_scalar(PyObject *obj, int type_num, const void *value);
int f2py_put_character(PyObject *obj, char value);
/* Bytes of a Fortran string, without the blanks at its end. */
PyObject *f2py_string_result(const char *text, int length);

/* ---- call-backs ---- */

typedef struct f2py_callback {
    PyObject *function; /* NULL: the module's attribute */
    void *pointer;      /* or a C function, called as it is */
    PyObject *args;     /* a tuple that ends with the extra arguments */
    int nofargs;        /* how many arguments of Fortran's the function takes */
    int armed;          /* jump is set */
    jmp_buf jump;
} f2py_callback;

/* Prepare a call of `function`: how many of `most` arguments it takes, and the extra ones. */
int f2py_callback_args(PyObject *function, PyObject *extra, int most, int *nofargs,
                       PyObject **args);
/* Call it with the first nofargs of `given` (stolen). A tuple of what it returned, or NULL. */
PyObject *f2py_callback_call(f2py_callback *cb, PyObject *given);
/* Find the function of a call-back that was not given as an argument. */
int f2py_callback_find(f2py_callback *cb, PyObject *module, PyObject *error, const char *name,
                       int given, int most);

#ifdef __cplusplus
}
#endif
#endif
