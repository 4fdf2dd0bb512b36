"""Compile a small C extension inside a test and import it."""
import importlib.util
import pathlib
import shlex
import subprocess
import sys
import sysconfig

__all__ = ["build_and_import_extension", "compile_extension_module"]

_TEMPLATE = """\
#include <Python.h>
{prologue}
{functions}
static PyMethodDef methods[] = {{
{table}
    {{NULL, NULL, 0, NULL}}
}};
static struct PyModuleDef moduledef = {{PyModuleDef_HEAD_INIT, "{name}", NULL, -1, methods, NULL, NULL, NULL, NULL}};
PyMODINIT_FUNC PyInit_{name}(void)
{{
    PyObject *mod = PyModule_Create(&moduledef);
    if (mod == NULL) return NULL;
    {more_init}
    return mod;
}}
"""


def build_and_import_extension(modname, functions, *, prologue="", build_dir=None, include_dirs=None, more_init=""):
    """The imported module `modname` made of C functions `(name, calling convention, body)`.

    A body sees `self` and `args`. `prologue` stands before the functions, `more_init` in the
    module's initialisation.
    """
    source = _TEMPLATE.format(
        name=modname, prologue=prologue, more_init=more_init,
        functions="\n".join(
            f"static PyObject *{modname}_{name}(PyObject *self, PyObject *args)\n{{\n{body}\n}}"
            for name, _, body in functions),
        table="\n".join(
            f'    {{"{name}", (PyCFunction){modname}_{name}, {flags}, NULL}},' for name, flags, _ in functions),
    )
    path = compile_extension_module(modname, pathlib.Path(build_dir or "."), list(include_dirs or []), source)
    spec = importlib.util.spec_from_file_location(modname, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compile_extension_module(name, builddir, include_dirs, source_string, libraries=None, library_dirs=None):
    """Path of the extension compiled from `source_string` into `builddir`/`name`."""
    folder = pathlib.Path(builddir) / name
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "source.c"
    source.write_text(source_string)
    target = folder / (name + sysconfig.get_config_var("EXT_SUFFIX"))
    compiler = shlex.split(sysconfig.get_config_var("CC") or "cc")
    command = [*compiler, "-shared", "-fPIC", "-O1", "-o", str(target), str(source)]
    command += [f"-I{d}" for d in [sysconfig.get_path("include"), *map(str, include_dirs)]]
    command += [f"-L{d}" for d in library_dirs or []] + [f"-l{n}" for n in libraries or []]
    if sys.platform == "darwin":
        command += ["-undefined", "dynamic_lookup"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr}")
    return target
