"""Types that compiled wheels subclass or look into have the sizes of ext/capi/layouts.def.

Offsets are asserted when the extension is compiled; the rows of types are checked here, and the sizes that wheels for
older targets see, by a compiler.
"""
import functools
import pathlib
import re
import subprocess
import sys
import sysconfig

import pytest

import fnp

DEF = (pathlib.Path(__file__).resolve().parent.parent.parent / "ext/capi/layouts.def").read_text()
TYPES = [m.groups() for m in re.finditer(r"^LAYOUT_TYPE\(([\w.]+), (.+), (-?\d+), (-?\d+), (-?\d+)\)", DEF, re.M)]
TARGETS = [m.groups() for m in re.finditer(r"^LAYOUT_TARGET\((\w+), (\d+), (\d+), (\d+)\)", DEF, re.M)]
OF_THIS_PYTHON = re.findall(rf"^LAYOUT_PYTHON_TYPE\(0x{sys.hexversion >> 16:04x}, ([\w.]+), (\d+)\)", DEF, re.M)
PYTHON_SIZES = {"PyHeapTypeObject": type.__basicsize__, "PyUnicodeObject": str.__basicsize__}


def find(path):
    if path == "DTypeMeta":
        return type(fnp.dtype)
    return functools.reduce(getattr, path.split("."), fnp)


@pytest.mark.parametrize("path, size, itemsize, dictoffset, weakrefoffset", TYPES, ids=[t[0] for t in TYPES])
def test_type(path, size, itemsize, dictoffset, weakrefoffset):
    cls = find(path)
    if path.startswith("random.") and cls.__flags__ & 1 << 9:
        pytest.xfail("numpy.random's classes are classes of Python yet")
    wanted = eval(re.sub(r"sizeof\((\w+)\)", lambda m: str(PYTHON_SIZES[m[1]]), size))
    # our own fields stand behind the public ones of descriptors
    grows = path.startswith(("dtypes.", "random.")) or path == "dtype"
    assert cls.__basicsize__ >= wanted if grows else cls.__basicsize__ == wanted
    assert cls.__itemsize__ == int(itemsize)
    if int(dictoffset) >= 0:
        assert cls.__dictoffset__ == int(dictoffset)
        assert cls.__weakrefoffset__ == int(weakrefoffset)


@pytest.mark.parametrize("path, basicsize", OF_THIS_PYTHON)
def test_type_of_this_python(path, basicsize):
    assert find(path).__basicsize__ == int(basicsize)


@pytest.mark.parametrize("column, target", [(1, "NPY_2_4_API_VERSION"), (2, "NPY_2_0_API_VERSION"), (3, None)])
def test_sizes_by_target(column, target, tmp_path):
    source = tmp_path / "sizes.c"
    source.write_text(
        "#include <Python.h>\n" + (f"#define NPY_TARGET_VERSION {target}\n" if target else "")
        + "#include <numpy/ndarrayobject.h>\n#include <numpy/ufuncobject.h>\n#include <numpy/dtype_api.h>\n"
        + "".join(f"_Static_assert(sizeof({row[0]}) == {row[column]}, \"{row[0]}\");\n" for row in TARGETS))
    subprocess.run(["cc", "-fsyntax-only", "-w", f"-I{fnp.get_include()}", f"-I{sysconfig.get_path('include')}",
                    source], check=True)


