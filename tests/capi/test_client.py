"""A compiled client calls every function of the C-API; what it sees is right, and the same on NumPy.

The client is compiled once, against the public headers, and imported unchanged by both: on an interpreter with NumPy
(fnpx.conformance.oracle) and under the drop-in.
"""
import functools
import json
import os
import pathlib
import re
import subprocess
import sys
import sysconfig
import tempfile

import pytest

from fnpx.conformance import oracle as oracles
import fnp

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SOURCES = sorted((HERE / "client").glob("*.c"))
CASES = re.findall(r"\bROW\((\w+)\)", "".join(p.read_text() for p in SOURCES if p.name != "client.c"))


@functools.cache
def client():
    """The folder with the compiled module."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="capi-client-"))
    module = folder / ("capi_client" + sysconfig.get_config_var("EXT_SUFFIX"))
    include = [f"-I{fnp.get_include()}", f"-I{sysconfig.get_path('include')}"]
    subprocess.run(["cc", "-O0", "-shared", "-fPIC", "-Wall", *include, *SOURCES, "-o", module, "-lm"], check=True)
    return folder


def ask(python, **env):
    """{case: what it saw} by one process; a case that killed it says so."""
    said = subprocess.run([python, str(HERE / "answers.py"), str(client())], env=env, cwd="/", text=True,
                          capture_output=True, timeout=300)
    answers, name = {}, None
    for line in said.stdout.splitlines():
        if line.startswith("> "):
            name = line[2:]
            answers[name] = f"the process died with {said.returncode}: {said.stderr[-600:]}"
        elif line.startswith("= "):
            answers[name] = json.loads(line[2:])
    return answers or {"": said.stderr}


@functools.cache
def here():
    return ask(sys.executable, **{**os.environ, "FNP_DROP_IN": "1"})


@functools.cache
def on_numpy():
    try:
        oracle = oracles.find()
    except (SystemExit, subprocess.CalledProcessError) as why:
        pytest.skip(f"no NumPy to compare with: {why}")
    return ask(oracle.python, **oracles.clean_environment())


@pytest.mark.parametrize("case", CASES)
def test_checks(case):
    answer = here().get(case) or f"did not run: {here()}"
    assert not answer.startswith(("raised", "did not run", "the process died")), answer


@pytest.mark.parametrize("case", CASES)
def test_same_as_numpy(case):
    assert here()[case] == on_numpy()[case]


def test_every_function_is_called():
    text = "".join(p.read_text() for p in SOURCES)
    functions = re.findall(r"^API_FUNC\(\w+, \d+, (\w+)\)", (ROOT / "ext/capi/capi.def").read_text(), re.M)
    missing = [f for f in functions if not re.search(rf"\b{f}\b", text)]
    assert len(functions) > 290 and not missing


def test_every_slot_is_filled():
    """No NULL in the tables where NumPy's headers name something."""
    program = ("import ctypes, re, sys\nfrom numpy._core import _multiarray_umath as m\n"
               "get = ctypes.pythonapi.PyCapsule_GetPointer\nget.restype = ctypes.c_void_p\n"
               "get.argtypes = ctypes.py_object, ctypes.c_char_p\n"
               "t = {n: (ctypes.c_void_p * 400).from_address(get(c, None)) for n, c in "
               "(('PyArray_API', m._ARRAY_API), ('PyUFunc_API', m._UFUNC_API))}\n"
               "print([r for r in re.findall(r'^API_\\w+\\((\\w+), (\\d+), (\\w+)', open(sys.argv[1]).read(), re.M) "
               "if not t[r[0]][int(r[1])]])\n")
    said = subprocess.run([sys.executable, "-c", program, str(ROOT / "ext/capi/capi.def")], text=True,
                          env={**os.environ, "FNP_DROP_IN": "1"}, capture_output=True, cwd="/")
    assert said.stdout.strip() == "[]", said.stdout + said.stderr
