"""The real NumPy and this package in one process: two packages that pass arrays to each other."""
import functools
import os
import pathlib
import subprocess
import textwrap

import pytest

from fnpx.conformance import oracle

ROOT = pathlib.Path(__file__).parents[2]


@functools.cache
def numpys():
    return oracle.find()


def together(code):
    """Run code in NumPy's own interpreter, with this checkout on its path."""
    env = {**oracle.clean_environment(), "PYTHONPATH": str(ROOT)}
    head = "import sys, numpy, fnp\n"
    done = subprocess.run([numpys().python, "-c", head + textwrap.dedent(code)], env=env, capture_output=True, text=True,
                          timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("first", ["numpy, fnp", "fnp, numpy"])
def test_two_packages(first):
    env = {**oracle.clean_environment(), "PYTHONPATH": str(ROOT)}
    code = f"""if 1:
        import {first}, sys, os
        assert numpy.__name__ == "numpy" and fnp.__name__ == "fnp"
        assert os.path.dirname(numpy.__file__) != os.path.dirname(fnp.__file__)
        assert numpy.ndarray is not fnp.ndarray and numpy.dtype is not fnp.dtype
        assert fnp.ndarray.__module__ == "fnp" and numpy.ndarray.__module__ == "numpy"
        shared = {{id(m) for n, m in sys.modules.items() if n.partition(".")[0] == "numpy"}}
        assert not shared & {{id(m) for n, m in sys.modules.items() if n.partition(".")[0] == "fnp"}}
        import pickle
        for module in numpy, fnp:
            back = pickle.loads(pickle.dumps(module.arange(3)))
            assert type(back) is module.ndarray, type(back)
        """
    done = subprocess.run([numpys().python, "-c", code], env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("way", ["{to}.asarray(a)", "{to}.asarray(memoryview(a))", "{to}.frombuffer(a, a.dtype.str).reshape(a.shape)",
                                 "{to}.from_dlpack(a)"])
@pytest.mark.parametrize("kind", ["'?'", "'i1'", "'u2'", "'i4'", "'i8'", "'f4'", "'f8'", "'c16'"])
def test_memory_is_shared(way, kind):
    together(f"""
        for source, target in (numpy, fnp), (fnp, numpy):
            a = source.arange(6).reshape(2, 3).astype({kind})
            b = {way.format(to="target")}
            assert type(b) is target.ndarray and b.dtype.str == a.dtype.str and b.shape == (2, 3), b
            assert b.ctypes.data == a.ctypes.data and b.tolist() == a.tolist()
            a[0, 1] = 0
            assert b.tolist() == a.tolist()
        """)


def test_what_only_the_interfaces_carry():
    together("""
        makers = [
            lambda np: np.arange(24).reshape(2, 3, 4)[::-1, :, ::2],
            lambda np: np.array(["abc", "d"]), lambda np: np.array([b"abc", b"d"]),
            lambda np: np.arange(3).astype(">i4"),
            lambda np: np.array([(1, 2.5, b"x")], dtype=[("a", "<i4"), ("b", ">f8"), ("c", "S3")]),
            lambda np: np.array(5.0), lambda np: np.zeros((0, 3)),
            lambda np: np.asfortranarray(np.arange(6.0).reshape(2, 3)),
            lambda np: np.array([1.5], "e"), lambda np: np.array([1.5], "g"), lambda np: np.array([1.5 + 2j], "F"),
        ]
        for make in makers:
            for source, target in (numpy, fnp), (fnp, numpy):
                a = make(source)
                b = target.asarray(a)
                assert type(b) is target.ndarray and b.shape == a.shape, (a, b)
                assert b.strides == a.strides or a.size == 0, (a, b)
                assert b.dtype.descr == a.dtype.descr and b.tolist() == a.tolist(), (a, b)
                assert b.__array_interface__["data"][0] == a.__array_interface__["data"][0], (a, b)
                assert b.base is not None
        """)


def test_read_only_stays_read_only():
    together("""
        for source, target in (numpy, fnp), (fnp, numpy):
            a = source.arange(3)
            a.flags.writeable = False
            assert not target.asarray(a).flags.writeable
        """)


def test_functions_take_the_other_arrays():
    together("""
        a, b = numpy.arange(4.0), fnp.arange(4.0)
        assert fnp.sum(a) == 6 and numpy.sum(b) == 6
        assert type(fnp.sqrt(a)) is fnp.ndarray and type(numpy.concatenate([b, b])) is numpy.ndarray
        assert fnp.dot(a, b) == 14 and numpy.dot(a, b) == 14
        assert type(a + b) is numpy.ndarray and type(b + a) is fnp.ndarray and (a + b).tolist() == (b + a).tolist()
        assert type(numpy.sqrt(b)) is numpy.ndarray and fnp.add.reduce(a) == numpy.add.reduce(b) == 6
        assert type(b + numpy.float64(2)) is fnp.ndarray and type(fnp.float64(2) + a) is fnp.ndarray
        assert (b == a).all() and (a == b).all()
        fnp.add(a, 1, out=b)
        numpy.add(b, 1, out=a)
        assert a.tolist() == [2, 3, 4, 5] and b.tolist() == [1, 2, 3, 4]
        assert b[numpy.array([1])] == 2 and a[fnp.array([1])] == 3
        assert fnp.float64(numpy.float64(1.5)) == 1.5 and numpy.int8(fnp.int8(3)) == 3
        assert fnp.array([numpy.float32(1), numpy.float32(2)]).tolist() == [1, 2]
        """)


def test_derived_classes_of_the_other():
    together("""
        for ours, other in (fnp, numpy), (numpy, fnp):
            masked = other.ma.array([0.0, 1.0, 2.0], mask=[0, 1, 0])
            for result in ours.sqrt(masked), ours.add(masked, 1):
                assert type(result) is other.ma.MaskedArray and result.mask.tolist() == [False, True, False], result
            assert ours.add(masked, 1).tolist() == [1.0, None, 3.0]
            grid = other.matrix([[1.0, 4.0]])
            assert type(ours.sqrt(grid)) is other.matrix and ours.sqrt(grid).tolist() == [[1.0, 2.0]]
        assert fnp.sum(numpy.ma.array([1.0, 2.0], mask=[0, 1])) == 1
        """)


def test_owner_lives_as_long_as_the_view():
    together("""
        import gc, weakref
        for source, target in (numpy, fnp), (fnp, numpy):
            a = source.arange(100000)
            gone = weakref.ref(a)
            b = target.asarray(a)[5:]
            del a
            gc.collect()
            assert b[0] == 5 and b[-1] == 99999
            del b
            gc.collect()
            assert gone() is None
        """)
