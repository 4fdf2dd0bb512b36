"""pytest plugin that runs NumPy's test files, from a bare copy of its tests folders, on any `numpy`.

The folders are grafted onto the package under test under their own names (`numpy._core.tests` …), so
relative imports hold. NumPy's compiled test helpers come from its wheel. Each outcome is written
when it is known, so that a crash loses none.

SUITE_TREE     the folder with the copied tests, numpy/…/tests
SUITE_WHEEL    the folder whose numpy/_core holds the compiled helpers; unset on NumPy itself
SUITE_LOG      file that gets one JSON list a line: [event, …]
SUITE_SKIP     file with node ids that ran already, one a line
SUITE_SECONDS  the most that one test may take
"""
import faulthandler
import importlib
import importlib.util
import json
import os
import pathlib
import sys

import pytest

TREE = pathlib.Path(os.environ["SUITE_TREE"])
WHEEL = os.environ.get("SUITE_WHEEL")
SECONDS = float(os.environ.get("SUITE_SECONDS", 300))
HELPERS = ("_multiarray_tests", "_umath_tests", "_rational_tests", "_struct_ufunc_tests", "_operand_flag_tests")
IGNORED = (
    "Not importing directory", "numpy.dtype size changed", "numpy.ufunc size changed", ":UserWarning:cpuinfo",
    " divide by zero encountered in log", " invalid value encountered in log",
    "the matrix subclass is not:PendingDeprecationWarning", "Importing from numpy.matlib is:PendingDeprecationWarning",
    "assertions not in test modules or plugins:pytest.PytestConfigWarning",
    "Matplotlib is currently using agg, which is a non-GUI backend, so cannot show the figure.:UserWarning",
)
MARKERS = ("valgrind_error", "leaks_references", "slow", "slow_pypy", "parallel_threads(n)", "iterations(n)", "thread_unsafe")
STDERR = os.fdopen(os.dup(2), "w")  # as it is before pytest captures it


class Graft:
    """Finds `numpy.….tests` in the copied tree, and the helpers in the wheel."""

    def find_spec(self, name, path=None, target=None):
        head, _, last = name.rpartition(".")
        if last == "tests" and name.startswith("numpy."):
            folder = TREE.joinpath(*name.split("."))
            if folder.is_dir():
                init = folder / "__init__.py"
                init.touch()
                if WHEEL and head == "numpy.f2py":  # its tests look for Fortran sources beside the package
                    sys.modules[head].__file__ = str(folder.parent / "__init__.py")
                return importlib.util.spec_from_file_location(name, init, submodule_search_locations=[str(folder)])
        if WHEEL and head == "numpy._core" and last in HELPERS:
            found = next(pathlib.Path(WHEEL, "numpy", "_core").glob(last + ".*.so"), None)
            return found and importlib.util.spec_from_file_location(name, found)
        return None


class SuiteModule(pytest.Module):
    """A test module under its full name."""

    def _getobj(self):
        name = ".".join(self.path.relative_to(TREE).with_suffix("").parts)
        try:
            if WHEEL:  # NumPy's own package has loaded this helper by the time its tests run
                importlib.import_module("numpy._core._multiarray_tests")
            return importlib.import_module(name)
        except pytest.skip.Exception as skipped:
            if skipped.allow_module_level:
                raise
            raise self.CollectError("skip outside a test") from None
        except Exception:
            import traceback

            raise self.CollectError(traceback.format_exc(limit=-6)) from None


def pytest_configure(config):
    import hypothesis

    hypothesis.settings.register_profile(
        "suite", deadline=None, database=None, derandomize=True, suppress_health_check=list(hypothesis.HealthCheck))
    hypothesis.settings.load_profile("suite")
    os.environ["NUMPY_EXPERIMENTAL_DTYPE_API"] = "1"
    # f2py's tests build with the Meson and Ninja that stand beside Python
    os.environ["PATH"] = os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]
    for marker in MARKERS:
        config.addinivalue_line("markers", marker + ": NumPy's own")
    config.addinivalue_line("filterwarnings", "error")
    for text in IGNORED:
        config.addinivalue_line("filterwarnings", "ignore:" + text)
    sys.meta_path.insert(1 if WHEEL else 0, Graft())
    config.pluginmanager.register(Journal(), "suite-journal")


def pytest_addoption(parser):
    parser.addoption("--available-memory", action="store", default=None)


def pytest_collect_directory(path, parent):
    return pytest.Dir.from_parent(parent, path=path)  # never a Package: that would import it under another name


def pytest_pycollect_makemodule(module_path, parent):
    return SuiteModule.from_parent(parent, path=module_path)


class Journal:
    """Writes what happens, line by line."""

    def __init__(self):
        self.log = open(os.environ["SUITE_LOG"], "a", buffering=1)
        with open(os.environ["SUITE_SKIP"]) as f:
            self.done = set(f.read().splitlines())

    def write(self, *event):
        self.log.write(json.dumps(event) + "\n")

    def pytest_collection_modifyitems(self, items):
        items[:] = [item for item in items if item.nodeid not in self.done]

    def pytest_collectreport(self, report):
        if report.failed:
            self.write("broken", report.nodeid, str(report.longrepr)[-1500:])

    def pytest_runtest_logstart(self, nodeid, location):
        self.write("start", nodeid)
        faulthandler.dump_traceback_later(SECONDS, exit=True, file=STDERR)

    def pytest_runtest_logreport(self, report):
        if report.when != "call" and report.outcome == "passed":
            return
        outcome = report.outcome
        if hasattr(report, "wasxfail"):
            outcome = "xfailed" if outcome == "skipped" else "xpassed"
        message = "" if outcome in ("passed", "skipped", "xfailed") else str(report.longrepr)[-400:]
        self.write("end", report.nodeid, outcome, round(report.duration, 3), message)

    def pytest_runtest_logfinish(self, nodeid, location):
        faulthandler.cancel_dump_traceback_later()


@pytest.fixture(autouse=True)
def _names_and_seed(doctest_namespace):
    import numpy

    numpy.random.seed(1)
    doctest_namespace["np"] = numpy


@pytest.fixture(autouse=True)
def _fixed_hashes(monkeypatch):
    monkeypatch.setenv("PYTHONHASHSEED", "0")
