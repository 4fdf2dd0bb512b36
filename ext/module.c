/* Module _multiarray_umath: the one extension under the package. */
#include "ext.h"

#include <string.h>

#define EXT_PART(name) HIDDEN int ext_init_##name(PyObject *) __attribute__((weak));
#include "parts.def"
#undef EXT_PART

static int init_parts(PyObject *m)
{
#define EXT_PART(name)                                                                             \
    if (ext_init_##name && ext_init_##name(m) < 0) return -1;
#include "parts.def"
#undef EXT_PART
    return 0;
}

/* The package's name is read from the name that the import system is loading us under. */
static int find_root(PyObject *m)
{
    const char *full = PyModule_GetName(m);
    if (!full) return -1;
    const char *dot = strchr(full, '.');
    size_t n = dot ? (size_t)(dot - full) : strlen(full);
    if (n >= sizeof ext_root) n = sizeof ext_root - 1;
    memcpy(ext_root, full, n);
    ext_root[n] = '\0';
    return 0;
}

static int exec_module(PyObject *m)
{
    if (ext_root[0]) {
        PyErr_SetString(PyExc_ImportError, "cannot load module more than once per process");
        return -1;
    }
    if (find_root(m) < 0 || init_parts(m) < 0) return -1;
    bool sub = PyInterpreterState_Get() != PyInterpreterState_Main();
    return PyModule_AddObjectRef(m, "_in_sub_interpreter", sub ? Py_True : Py_False);
}

/* Two phases, so that importing again after sys.modules was cleared comes here, and not to a copy
 * that Python kept. */
static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_multiple_interpreters
    {Py_mod_multiple_interpreters, Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED},
#endif
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_USED},
#endif
    {0, NULL}};
static struct PyModuleDef module_def = {PyModuleDef_HEAD_INIT, .m_name = "_multiarray_umath",
                                        .m_slots = slots};

PyMODINIT_FUNC PyInit__multiarray_umath(void)
{
    return PyModuleDef_Init(&module_def);
}
