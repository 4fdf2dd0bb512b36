"""`python -m fnp …` runs a program as plain Python does, and `numpy` is this package everywhere."""
import os
import subprocess
import sys
import textwrap

import pytest

PROGRAM = """\
import atexit, pickle, sys
print({k: type(v) for k, v in globals().items() if k not in ("atexit", "pickle", "sys")})
print(globals().get("__file__"), sys.argv, sys.path[0], __name__, sys.modules["__main__"].__dict__ is globals())
class A:
    pass
print(pickle.dumps(A()), type(pickle.loads(pickle.dumps(A()))) is A)
atexit.register(lambda: print("last", sorted(globals())))
"""
ENDINGS = {
    "falls off": "",
    "error": "def f():\n    return 1 / 0\nf()\n",
    "chained": "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('x') from e\n",
    "exit code": "sys.exit(7)\n",
    "exit text": "sys.exit('bye')\n",
    "interrupt": "raise KeyboardInterrupt\n",
    "syntax error": "x = = 1\n",
    "import error": "import fnp_is_no_such_module\n",
    "own hook": "sys.excepthook = lambda t, v, tb: print('mine', t, tb.tb_lineno)\nraise ValueError\n",
    "annotations": "x: int = 3\nprint(__annotations__)\n",
}


def run(args, stdin=None, cwd=None, **env):
    base = {k: v for k, v in os.environ.items() if k != "FNP_DROP_IN"}
    p = subprocess.run([sys.executable, *args], input=stdin, cwd=cwd, env={**base, **env},
                       capture_output=True, text=True, timeout=120)
    return p.returncode, p.stdout, p.stderr


@pytest.mark.parametrize("way", ["path", "module", "command", "dash", "stdin", "folder", "zip"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_runs_as_plain_python(tmp_path, way, ending):
    text = PROGRAM + ENDINGS[ending]
    (tmp_path / "prog.py").write_text(text)
    stdin = None
    if way == "path":
        args = ["prog.py", "a", "-b"]
    elif way == "module":
        args = ["-m", "prog", "-m", "c"]
    elif way == "command":
        args = ["-c", text, "x"]
    elif way == "dash":
        args, stdin = ["-", "x"], text
    elif way == "stdin":
        args, stdin = [], text
    elif way == "folder":
        (tmp_path / "box").mkdir()
        (tmp_path / "box" / "__main__.py").write_text(text)
        args = ["box", "x"]
    else:
        import zipfile

        with zipfile.ZipFile(tmp_path / "box.zip", "w") as z:
            z.writestr("__main__.py", text)
        args = ["box.zip", "x"]
    plain = run(args, stdin, tmp_path)
    ours = run(["-m", "fnp", *args], stdin, tmp_path)
    assert ours == plain


@pytest.mark.parametrize("args", [["no_such.py"], ["-m", "no_such_module"], ["-c"], ["-m"]])
def test_what_cannot_run(tmp_path, args):
    plain, ours = run(args, cwd=tmp_path), run(["-m", "fnp", *args], cwd=tmp_path)
    assert ours[:2] == plain[:2]
    assert ours[2].splitlines()[0] == plain[2].splitlines()[0]


@pytest.fixture
def poisoned(tmp_path):
    """A folder with a `numpy` that must never be loaded."""
    (tmp_path / "numpy").mkdir()
    (tmp_path / "numpy" / "__init__.py").write_text("raise SystemExit('the other numpy was loaded')\n")
    return str(tmp_path)


def check(code, args=(), **env):
    status, out, err = run([*args, "-c", textwrap.dedent(code)], **env)
    assert status == 0, err
    return out


def test_import_fnp_stands_alone(poisoned):
    check("""
        import sys, fnp
        assert fnp.__name__ == "fnp" and "numpy" not in sys.modules
        assert not [m for m in sys.modules if m.startswith("numpy.")]
        """, PYTHONPATH=poisoned)


NAMES = """
    import sys, numpy, fnp, numpy.version, fnp._core
    assert numpy is fnp and fnp._core is numpy._core is sys.modules["fnp._core"]
    assert numpy.__name__ == "numpy" and numpy.__spec__.name == "numpy", numpy.__spec__
    assert numpy._core.__name__ == "numpy._core" and numpy._core.__spec__.name == "numpy._core"
    import importlib.metadata as m
    assert m.version("numpy") == numpy.version.version
    assert "array_api" in {e.group for e in m.distribution("numpy").entry_points}
    """


def test_drop_in(poisoned):
    check(NAMES, ["-m", "fnp"], PYTHONPATH=poisoned)
    check(NAMES, FNP_DROP_IN="1", PYTHONPATH=poisoned)


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_children(tmp_path, poisoned, method):
    program = tmp_path / "prog.py"
    program.write_text(textwrap.dedent(f"""
        import multiprocessing, sys
        class Thing:
            pass
        def work(x):
            import numpy, fnp
            assert numpy is fnp, numpy
            return x
        if __name__ == "__main__":
            with multiprocessing.get_context({method!r}).Pool(2) as pool:
                print(len(pool.map(work, [Thing(), Thing()])), Thing.__module__)
        """))
    assert run(["-m", "fnp", str(program)], PYTHONPATH=poisoned) == (0, "2 __main__\n", "")


def test_xdist_workers(tmp_path, poisoned):
    (tmp_path / "test_x.py").write_text(
        "import pytest\n@pytest.mark.parametrize('i', range(4))\n"
        "def test_x(i):\n    import numpy, fnp\n    assert numpy is fnp\n")
    status, out, err = run(["-m", "fnp", "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", "test_x.py"],
                           cwd=tmp_path, PYTHONPATH=poisoned)
    assert status == 0, out + err


def test_a_loaded_numpy_is_never_replaced(tmp_path):
    (tmp_path / "numpy.py").write_text("other = True\n")
    check("import numpy, fnp; assert numpy.other and fnp.__name__ == 'fnp' and fnp is not numpy",
          PYTHONPATH=str(tmp_path))


def test_builds_find_our_headers():
    code = ("import subprocess, numpy\n"
            "for o in '--version', '--cflags', '--pkgconfigdir':\n"
            "    print(subprocess.check_output(['numpy-config', o], text=True).strip())\n"
            "print(numpy.__version__, numpy.get_include())")
    status, said, wrong = run(["-c", code], FNP_DROP_IN="1")
    version, cflags, config, expected = said.splitlines()
    assert (status, wrong) == (0, "")
    assert f"{version} {cflags.removeprefix('-I')}" == expected
    assert os.path.exists(os.path.join(config, "numpy.pc"))


def test_a_sub_interpreter_is_warned():
    program = textwrap.dedent("""
        import sys
        try:
            import _xxsubinterpreters as sub
        except ImportError:
            import _interpreters as sub
        name = sub.create("legacy") if sys.version_info >= (3, 13) else sub.create(isolated=False)
        sub.run_string(name, 'import sys; sys.path[:] = %r\\nimport warnings\\nwith warnings.catch_warnings(record=True) as w:'
                       '\\n    warnings.simplefilter("always")\\n    import fnp\\n'
                       'print(len(w), w[0].category.__name__, w[0].filename, "sub-interpreter" in str(w[0].message), fnp.arange(3))' % sys.path)
        """)
    code, out, err = run(["-c", program])
    assert (code, out) == (0, "1 UserWarning <string> True [0 1 2]\n"), err
