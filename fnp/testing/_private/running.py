"""Running code for a test: threads, temporary files, cycles, strings of code."""
import concurrent.futures
import contextlib
import functools
import gc
import inspect
import os
import pprint
import re
import shutil
import sys
import tempfile
import threading
import time
import types
import unittest

from .compare import assert_
from .machine import HAS_REFCOUNT, IS_PYPY

np = sys.modules[__package__.partition(".")[0]]


class KnownFailureException(Exception):
    """A test that is known to fail."""


KnownFailureTest = KnownFailureException


class IgnoreException(Exception):
    """Ignored by the disguised tests that raise it."""


_case = unittest.TestCase()


def assert_raises(*args, **kwargs):
    """unittest's assertRaises as a function: block form, or `(exception, callable, *args)`."""
    __tracebackhide__ = True
    return _case.assertRaises(*args, **kwargs)


def assert_raises_regex(exception_class, expected_regexp, *args, **kwargs):
    """unittest's assertRaisesRegex as a function."""
    __tracebackhide__ = True
    return _case.assertRaisesRegex(exception_class, expected_regexp, *args, **kwargs)


def runstring(astr, dict):
    """Execute code in the namespace `dict`."""
    exec(astr, dict)


def rundocs(filename=None, raise_on_error=True):
    """Run the doctests of a file; by default of the one that calls."""
    import doctest
    import importlib.util

    if filename is None:
        filename = inspect.currentframe().f_back.f_globals["__file__"]
    name = os.path.splitext(os.path.basename(filename))[0]
    spec = importlib.util.spec_from_file_location(name, filename)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    said = []
    runner = doctest.DocTestRunner(verbose=False)
    for case in doctest.DocTestFinder().find(module):
        runner.run(case, out=said.append if raise_on_error else None)
    if raise_on_error and runner.failures:
        raise AssertionError("Some doctests failed:\n" + "\n".join(said))


def measure(code_str, times=1, label=None):
    """Seconds of CPU time, in hundredths, that `times` runs of the code take in the caller's names."""
    from .machine import jiffies

    caller = inspect.currentframe().f_back
    code = compile(code_str, f"Test name: {label} ", "exec")
    start = jiffies()
    for _ in range(times):
        exec(code, caller.f_globals, caller.f_locals)
    return 0.01 * (jiffies() - start)


def decorate_methods(cls, decorator, testmatch=None):
    """Decorate the functions of a class whose names match (by default: look like tests)."""
    pattern = re.compile(testmatch or r"(?:^|[\\b_\.%s-])[Tt]est" % re.escape(os.sep))
    for name, value in list(vars(cls).items()):
        if isinstance(value, types.FunctionType) and not name.startswith("_") and pattern.search(name):
            setattr(cls, name, decorator(value))


@contextlib.contextmanager
def tempdir(*args, **kwargs):
    """A temporary folder; arguments as for tempfile.mkdtemp."""
    path = tempfile.mkdtemp(*args, **kwargs)
    try:
        yield path
    finally:
        shutil.rmtree(path)


@contextlib.contextmanager
def temppath(*args, **kwargs):
    """Path of a closed temporary file; arguments as for tempfile.mkstemp."""
    handle, path = tempfile.mkstemp(*args, **kwargs)
    os.close(handle)
    try:
        yield path
    finally:
        os.remove(path)


def _no_tracing(func):
    """Decorator: run without the interpreter's trace function, which refcount tests cannot bear."""
    if not hasattr(sys, "gettrace"):
        return func

    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        tracer = sys.gettrace()
        sys.settrace(None)
        try:
            return func(*args, **kwargs)
        finally:
            sys.settrace(tracer)

    return wrapper


def break_cycles():
    """Collect all garbage now."""
    for _ in range(4 if IS_PYPY else 1):
        gc.collect()


def assert_no_gc_cycles(*args, **kwargs):
    """Fail if the block, or `args[0](*args[1:], **kwargs)`, leaves reference cycles to the collector."""
    if not args:
        return _no_cycles()
    func, *rest = args
    with _no_cycles(func.__name__):
        func(*rest, **kwargs)


@contextlib.contextmanager
def _no_cycles(name=None):
    __tracebackhide__ = True
    if not HAS_REFCOUNT:
        yield
        return
    assert_(gc.isenabled())
    debug = gc.get_debug()
    gc.disable()
    try:
        for _ in range(100):
            if gc.collect() == 0:
                break
        else:
            raise RuntimeError(
                "Unable to fully collect garbage - perhaps a __del__ method is creating more reference cycles?"
            )
        gc.set_debug(gc.DEBUG_SAVEALL)
        yield
        count = gc.collect()
        found = gc.garbage[:]
    finally:
        del gc.garbage[:]
        gc.set_debug(debug)
        gc.enable()
    if count:
        listed = "".join(
            "\n  {} object with id={}:\n    {}".format(
                type(o).__name__, id(o), pprint.pformat(o).replace("\n", "\n    "))
            for o in found
        )
        where = "" if name is None else f" when calling {name}"
        raise AssertionError(
            f"Reference cycles were found{where}: {count} objects were collected, "
            f"of which {len(found)} are shown below:{listed}"
        )


def _assert_valid_refcount(op):
    """An operation on two arrays must leave the references of a small int as they were."""
    if not HAS_REFCOUNT:
        return
    table = np.arange(100 * 100).reshape(100, 100)
    i = 1
    gc.disable()
    try:
        before = sys.getrefcount(i)
        for j in range(15):
            result = op(table, table)
        assert_(sys.getrefcount(i) >= before)
        del result
    finally:
        gc.enable()


def _gen_alignment_data(dtype=np.float32, type="binary", max_size=24):
    """Operands of every small misalignment: tuples (out, in …, description)."""
    inputs = {"unary": 1, "binary": 2}[type]

    def fresh(size):
        return np.arange(size, dtype=dtype)

    def cut(array, first, last):
        return array[first:array.size - last]

    for offset in range(3):
        for size in range(offset + 2, max(offset + 3, max_size)):
            def case(offsets, length, arrays, note):
                shown = ", ".join(map(str, offsets))
                return (*arrays, f"{type} offset=({shown}), size={length}, dtype={dtype!r}, {note}")

            def at(which):
                return tuple(offset + (k == which) for k in range(inputs + 1))

            level = (offset,) * (inputs + 1)
            parts = [fresh(size)[offset:] for _ in range(inputs)]
            yield case(level, size, [np.empty_like(fresh(size))[offset:], *parts], "out of place")
            for k in range(inputs):
                parts = [fresh(size)[offset:] for _ in range(inputs)]
                note = "in place" + (str(k + 1) if inputs > 1 else "")
                yield case(level, size, [parts[k], *parts], note)
            for note in ("out of place", "aliased"):
                order = range(inputs + 1)
                if inputs == 1 and note == "aliased":
                    order = (1, 0)
                for which in order:
                    arrays = [cut(fresh(size), offset + (k == which), k != which) for k in range(inputs + 1)]
                    if note == "out of place":
                        arrays[0] = np.empty_like(arrays[0])
                    yield case(at(which), size - 1, arrays, note)


def run_threaded(func, max_workers=8, pass_count=False, pass_barrier=False, outer_iterations=1, prepare_args=None):
    """Call `func` in `max_workers` threads at once; the first error of any is raised.

    The arguments are `prepare_args()`, then a barrier for all threads if `pass_barrier`, and first
    of all the thread's number if `pass_count`.
    """
    for _ in range(outer_iterations):
        with concurrent.futures.ThreadPoolExecutor(max_workers=max_workers) as pool:
            args = [] if prepare_args is None else list(prepare_args())
            barrier = threading.Barrier(max_workers) if pass_barrier else None
            if barrier is not None:
                args.append(barrier)
            try:
                jobs = [pool.submit(func, *([i] if pass_count else []), *args) for i in range(max_workers)]
            except RuntimeError:
                import pytest

                if barrier is not None:
                    barrier.abort()
                pytest.skip("Could not start the needed threads, skipping")
            for job in jobs:
                job.result()
