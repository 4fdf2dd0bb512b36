"""A Cython module built with this package's .pxd files: buffers, struct fields, iterators, random bits."""
import os
import pathlib
import subprocess
import sys
import sysconfig

import pytest

import fnp

pytest.importorskip("Cython")

MODULE = '''
# cython: language_level=3
import numpy as np
cimport numpy as cnp
from cpython.pycapsule cimport PyCapsule_GetPointer
from numpy.random cimport bitgen_t
cnp.import_array()
cnp.import_umath()

def total(cnp.ndarray[cnp.float64_t, ndim=2] a):
    cdef Py_ssize_t i, j
    cdef double s = 0
    for i in range(a.shape[0]):
        for j in range(a.shape[1]):
            s += a[i, j]
    return s

def facts(cnp.ndarray a):
    return a.ndim, a.size, [a.strides[i] for i in range(a.ndim)], a.descr.itemsize, a.descr.kind, a.base is NULL

def made(n):
    cdef cnp.npy_intp dims[1]
    dims[0] = n
    a = cnp.PyArray_ZEROS(1, dims, cnp.NPY_INT32, 0)
    cdef int[:] view = a
    for i in range(n):
        view[i] = i * i
    return a

def owned(bytes owner):
    cdef cnp.npy_intp dims[1]
    dims[0] = len(owner)
    a = cnp.PyArray_SimpleNewFromData(1, dims, cnp.NPY_UINT8, <void *><char *>owner)
    cnp.set_array_base(a, owner)
    return a, cnp.get_array_base(a) is owner

def walked(a, b):
    cdef cnp.broadcast m = cnp.PyArray_MultiIterNew2(a, b)
    s = 0
    while cnp.PyArray_MultiIter_NOTDONE(m):
        s += (<long *>cnp.PyArray_MultiIter_DATA(m, 0))[0] * (<long *>cnp.PyArray_MultiIter_DATA(m, 1))[0]
        cnp.PyArray_MultiIter_NEXT(m)
    return s, m.size

def function(cnp.ufunc f):
    return f.nin, f.nout, f.ntypes > 0, (<bytes>f.name).decode()

def drawn(g, int n):
    cdef bitgen_t *bits = <bitgen_t *>PyCapsule_GetPointer(g.capsule, "BitGenerator")
    with g.lock:
        return [bits.next_double(bits.state) for _ in range(n)]
'''
PROGRAM = """
import numpy as np, tiny
a = np.arange(6.0).reshape(2, 3)
print(tiny.total(a), tiny.facts(a.T), tiny.made(4), tiny.owned(b"abc"))
print(tiny.walked(np.arange(3), np.arange(2).reshape(2, 1)), tiny.function(np.add))
print(tiny.drawn(np.random.PCG64(3), 2) == list(np.random.Generator(np.random.PCG64(3)).random(2)))
try:
    tiny.total(np.arange(3))
except ValueError as e:
    print(e)
"""


def test_module(tmp_path):
    (tmp_path / "tiny.pyx").write_text(MODULE)
    env = {k: v for k, v in os.environ.items() if k != "FNP_DROP_IN"}
    package = pathlib.Path(fnp.__file__).parent
    subprocess.run([sys.executable, "-m", "cython", f"-I{package}", "tiny.pyx"], cwd=tmp_path, env=env, check=True)
    subprocess.run(["cc", "-O0", "-shared", "-fPIC", "-w", f"-I{fnp.get_include()}", f"-I{sysconfig.get_path('include')}",
                    "tiny.c", "-o", "tiny" + sysconfig.get_config_var("EXT_SUFFIX")], cwd=tmp_path, check=True)
    said = subprocess.run([sys.executable, "-c", PROGRAM], env={**env, "FNP_DROP_IN": "1", "PYTHONPATH": str(tmp_path)},
                          capture_output=True, text=True)
    assert said.stdout.splitlines() == [
        "15.0 (2, 6, [8, 24], 8, 102, False) [0 1 4 9] (array([97, 98, 99], dtype=uint8), True)",
        "(3, 6) (2, 1, True, 'add')",
        "True",
        "Buffer has wrong number of dimensions (expected 2, got 1)",
    ], said.stdout + said.stderr


def test_example_of_random(tmp_path):
    package = pathlib.Path(fnp.__file__).parent
    source = package / "random/_examples/cython/extending_distributions.pyx"
    module = "extending_distributions"
    env = {k: v for k, v in os.environ.items() if k != "FNP_DROP_IN"}
    subprocess.run([sys.executable, "-m", "cython", f"-I{package}", source, "-o", tmp_path / f"{module}.c"], env=env, check=True)
    subprocess.run(["cc", "-O0", "-shared", "-fPIC", "-w", f"-I{fnp.get_include()}", f"-I{sysconfig.get_path('include')}",
                    tmp_path / f"{module}.c", "-o", tmp_path / (module + sysconfig.get_config_var("EXT_SUFFIX")),
                    f"-L{package}/random/lib", f"-L{package}/_core/lib", "-lnpyrandom", "-lnpymath", "-lm"], check=True)
    program = f"""
import numpy as np, {module} as drawn
same = np.random.Generator(np.random.PCG64(1))
for dtype in "df":
    print((drawn.uniforms_ex(np.random.PCG64(1), 9, dtype) == np.random.Generator(np.random.PCG64(1)).random(9, dtype)).all())
print(drawn.normals(5).shape)
"""
    said = subprocess.run([sys.executable, "-c", program], env={**env, "FNP_DROP_IN": "1", "PYTHONPATH": str(tmp_path)},
                          capture_output=True, text=True)
    assert said.stdout.splitlines() == ["True", "True", "(5,)"], said.stdout + said.stderr
