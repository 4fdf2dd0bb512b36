"""Streams of `random` against digests of NumPy's, and what NumPy's own tests leave out: the capsule, foreign streams,
jumps of MT19937, subsets, sticks."""
import ctypes
import hashlib
import pickle
import threading

import fnp as np
import pytest


def digest(values):
    return hashlib.md5(np.ascontiguousarray(values).tobytes()).hexdigest()[:12]


STREAMS = {
    "g.standard_normal(9999)": "01b5c4630e33",
    "g.standard_normal(9999, dtype='f4')": "cc83beb150e8",
    "g.standard_exponential(9999)": "e7bcd2912e2d",
    "g.standard_exponential(9999, dtype='f4')": "db864500c0a7",
    "g.standard_exponential(999, dtype='f4', method='inv')": "b7a8d61a6d09",
    "g.standard_gamma([.3, 2, 7], (999, 3), dtype='f4')": "d3c07778d463",
    "g.beta([1e-4, .3, 2], [.2, .4, 3], (999, 3))": "b50dd1fb7093",
    "g.wald([.2, 1], [1e-4, 3], (999, 2))": "a999b17e4783",
    "g.vonmises(1, [1e-9, 1e-6, .3, 4, 2e6], (999, 5))": "85aecce832d2",
    "g.zipf([1.1, 2, 5], (99, 3))": "6daf649987fe",
    "g.binomial([5, 100, 10**9], [.3, .7, .01], (999, 3))": "990c5690faa7",
    "g.hypergeometric([5, 100, 10**6], [9, 50, 999], [7, 70, 500], (999, 3))": "8672150aabff",
    "g.poisson([.1, 9, 10, 1e6], (999, 4))": "ad9c565266c9",
    "g.logseries([.1, .9, .999], (999, 3))": "02fcc8607c82",
    "g.dirichlet([.05, 0, .01, 0], 99)": "79f21938465e",
    "g.multivariate_hypergeometric([30, 20, 40], 25, 99, method='count')": "637b80f0c9ad",
    "g.choice(20000, 600, replace=False)": "77243fd32b60",
    "g.choice(100, 30, replace=False, shuffle=False)": "9f8ba54c2fa7",
    "g.permuted(np.arange(60).reshape(3, 20), axis=1)": "df4788415762",
    "r.standard_normal(9999)": "dd6e1be47719",
    "r.hypergeometric([5, 100, 10**6], [9, 50, 999], [7, 70, 500], (999, 3))": "028932c2936f",
    "r.binomial([0, 5, 100], [.3, 0, .7], (999, 3))": "175882f90f4e",
    "r.rayleigh(2.5, 999)": "80d85b04964c",
    "r.wald([.2, 1], [1e-4, 3], (999, 2))": "02aa1bef3769",
    "r.vonmises(1, [.3, 2e6], (999, 2))": "007e4a6a8bae",
    "r.geometric([.1, .5], (999, 2))": "e2453ef84b23",
    "r.negative_binomial([.5, 30], .3, (999, 2))": "734821e5ea21",
    "r.randint(0, [3, 300, 70000], (99, 3), dtype='u4')": "3519a24b31fb",
    "r.noncentral_f(1, 2, [0, 3], (999, 2))": "f2a016dcca16",
    "mt.jumped(2).random_raw(5)": "351d3a50ff55",
    "np.random.Philox(3).advance(2**70).random_raw(5)": "3513640c3443",
    "np.random.PCG64DXSM(3).jumped().random_raw(5)": "4b78a9a4a25a",
    "np.random.SFC64(3).random_raw(5)": "c29759f8cc66",
}


@pytest.mark.parametrize("expression", STREAMS)
def test_streams(expression):
    names = {"np": np, "g": np.random.Generator(np.random.PCG64(42)), "r": np.random.RandomState(42),
             "mt": np.random.MT19937(7)}
    assert digest(eval(expression, names)) == STREAMS[expression]


U64, U32, F64 = (ctypes.CFUNCTYPE(t, ctypes.c_void_p) for t in (ctypes.c_uint64, ctypes.c_uint32, ctypes.c_double))


class Bits(ctypes.Structure):
    _fields_ = [("state", ctypes.c_void_p), ("next_uint64", U64), ("next_uint32", U32), ("next_double", F64),
                ("next_raw", U64)]


class Foreign:
    """A stream of our own making."""

    def __init__(self, words):
        words = iter(words)
        self.lock = threading.Lock()
        self.bits = Bits(None, U64(lambda _: next(words)), U32(lambda _: 7), F64(lambda _: 0.25), U64(lambda _: 0))
        new = ctypes.pythonapi.PyCapsule_New
        new.restype, new.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
        self.capsule = new(ctypes.addressof(self.bits), b"BitGenerator", None)


def test_foreign_streams():
    g = np.random.Generator(Foreign([5 | 1 << 40, 5 | 1 << 8 | 1 << 40]))
    assert g.random(3).tolist() == [0.25] * 3
    assert g.standard_normal(2).tolist() == [1.9473511438941495e-07, -1.9473511438941495e-07]


def test_capsule_and_ctypes():
    bits = np.random.PCG64(3)
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    found = Bits.from_address(pointer(bits.capsule, b"BitGenerator"))
    same = np.random.PCG64(3)
    assert found.next_uint64(found.state) == same.random_raw()
    assert bits.ctypes.next_double(bits.ctypes.state) == np.random.Generator(same).random()
    assert bits.ctypes is bits.ctypes


def test_layouts_that_compiled_users_check():
    assert np.random.BitGenerator.__basicsize__ == 96
    assert np.random.SeedSequence.__basicsize__ == 64
    assert type(np.random.SeedSequence.__pyx_vtable__).__name__ == "PyCapsule"


@pytest.mark.parametrize("name", ["MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64"])
def test_pickles(name):
    g = np.random.Generator(getattr(np.random, name)(5))
    g.integers(9, dtype="u4")
    same = pickle.loads(pickle.dumps(g))
    assert same.random() == g.random() and same.integers(9, dtype="u4") == g.integers(9, dtype="u4")
    seeds = g.bit_generator.seed_seq
    assert pickle.loads(pickle.dumps(seeds)).pool.tolist() == seeds.pool.tolist()


def test_a_generator_without_a_stream_refuses():
    with pytest.raises(ValueError):
        np.random.Generator.__new__(np.random.Generator).random()
