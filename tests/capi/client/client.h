/* A compiled client of the C-API, as a wheel is one: it sees NumPy's public headers and nothing of
 * this package. Each case calls functions, checks what they did, and returns what it saw; the same
 * module must see the same on NumPy and here. */
#ifndef CLIENT_H
#define CLIENT_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#ifndef NPY_TARGET_VERSION
#define NPY_TARGET_VERSION NPY_2_4_API_VERSION
#endif
#define PY_ARRAY_UNIQUE_SYMBOL client_array_api
#define PY_UFUNC_UNIQUE_SYMBOL client_ufunc_api
#ifndef CLIENT_MAIN
#define NO_IMPORT_ARRAY
#define NO_IMPORT_UFUNC
#endif
#include "numpy/arrayobject.h"
#include "numpy/arrayscalars.h"
#include "numpy/dtype_api.h"
#include "numpy/ufuncobject.h"

typedef struct {
    const char *name;
    PyObject *(*run)(void);
} client_case;
extern const client_case array_cases[], shape_cases[], compute_cases[], dtype_cases[], iter_cases[],
    nditer_cases[], text_cases[], ufunc_cases[];

#define CASE(name) static PyObject *case_##name(void)
#define ROW(name)                                                                                  \
    {                                                                                              \
#name, case_##name                                                                         \
    }

/* What does not hold ends the case with AssertionError. */
#define CHECK(c)                                                                                   \
    do {                                                                                           \
        if (!(c)) {                                                                                \
            if (!PyErr_Occurred())                                                                 \
                PyErr_Format(PyExc_AssertionError, "%s:%d: %s", __FILE__, __LINE__, #c);           \
            return NULL;                                                                           \
        }                                                                                          \
    } while (0)

/* The value of a Python expression that may use np. */
PyObject *py(const char *expression);
#define arr(expression) ((PyArrayObject *)py(expression))
#define descr(expression) ((PyArray_Descr *)py("np.dtype(" expression ")"))
/* seen(n, …): a list of n references, which it takes, evaluated one by one; NULL stands for the
 * exception that is set. */
void add_seen(PyObject *list, PyObject *o);
#define seen(n, ...)                                                                               \
    ({                                                                                             \
        PyObject *list_ = PyList_New(0);                                                           \
        SEEN_##n(list_, __VA_ARGS__);                                                              \
        list_;                                                                                     \
    })
#define SEEN_0(list, ...) (void)0
#define SEEN_1(list, o) add_seen(list, o)
#define SEEN_2(list, o, ...) add_seen(list, o), SEEN_1(list, __VA_ARGS__)
#define SEEN_3(list, o, ...) add_seen(list, o), SEEN_2(list, __VA_ARGS__)
#define SEEN_4(list, o, ...) add_seen(list, o), SEEN_3(list, __VA_ARGS__)
#define SEEN_5(list, o, ...) add_seen(list, o), SEEN_4(list, __VA_ARGS__)
#define SEEN_6(list, o, ...) add_seen(list, o), SEEN_5(list, __VA_ARGS__)
#define SEEN_7(list, o, ...) add_seen(list, o), SEEN_6(list, __VA_ARGS__)
#define SEEN_8(list, o, ...) add_seen(list, o), SEEN_7(list, __VA_ARGS__)
#define SEEN_9(list, o, ...) add_seen(list, o), SEEN_8(list, __VA_ARGS__)
#define SEEN_10(list, o, ...) add_seen(list, o), SEEN_9(list, __VA_ARGS__)
#define SEEN_11(list, o, ...) add_seen(list, o), SEEN_10(list, __VA_ARGS__)
#define SEEN_12(list, o, ...) add_seen(list, o), SEEN_11(list, __VA_ARGS__)
/* An integer, or the exception that came with it. */
PyObject *num(long long value);
PyObject *real(double value);
PyObject *text(const char *value);
/* The object itself, held by one more reference; NULL is None. */
PyObject *same(void *object);

#endif
