/* Module _multiarray_umath: the one extension under the package. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static struct PyModuleDef module_def = {PyModuleDef_HEAD_INIT, "_multiarray_umath", NULL, -1, NULL};

PyMODINIT_FUNC PyInit__multiarray_umath(void)
{
    return PyModule_Create(&module_def);
}
