# cython: language_level=3
"""Distributions of numpy's C library in Cython, filled into arrays of a dtype that the caller chooses."""
from cpython.pycapsule cimport PyCapsule_GetPointer, PyCapsule_IsValid

import numpy as np
cimport numpy as np
from numpy.random cimport bitgen_t
from numpy.random.c_distributions cimport (
    random_standard_normal, random_standard_uniform_fill, random_standard_uniform_fill_f)
from numpy.random import PCG64

np.import_array()


cdef bitgen_t *stream_of(source) except NULL:
    """What a bit generator draws from, borrowed from it."""
    if not PyCapsule_IsValid(source.capsule, "BitGenerator"):
        raise ValueError("Invalid pointer to anon_func_state")
    return <bitgen_t *>PyCapsule_GetPointer(source.capsule, "BitGenerator")


def uniforms(Py_ssize_t n):
    """`n` floats in [0, 1), word by word."""
    source = PCG64()
    cdef bitgen_t *bits = stream_of(source)
    out = np.empty(n)
    cdef double[::1] view = out
    cdef Py_ssize_t i
    with source.lock, nogil:
        for i in range(n):
            view[i] = bits.next_double(bits.state)
    return out


def normals(Py_ssize_t n):
    """`n` standard normal numbers."""
    source = PCG64()
    cdef bitgen_t *bits = stream_of(source)
    out = np.empty(n)
    cdef double[::1] view = out
    cdef Py_ssize_t i
    with source.lock, nogil:
        for i in range(n):
            view[i] = random_standard_normal(bits)
    return out


def uniforms_ex(source, Py_ssize_t n, dtype=np.float64):
    """`n` floats in [0, 1) of a bit generator, as float64 or float32."""
    cdef bitgen_t *bits = stream_of(source)
    kind = np.dtype(dtype)
    if kind not in (np.dtype(np.float64), np.dtype(np.float32)):
        raise TypeError(f"Unsupported dtype {kind!r} for random")
    out = np.empty(n, dtype=kind)
    cdef double[::1] doubles
    cdef float[::1] floats
    if n == 0:
        return out
    if kind == np.float64:
        doubles = out
        with source.lock, nogil:
            random_standard_uniform_fill(bits, n, &doubles[0])
    else:
        floats = out
        with source.lock, nogil:
            random_standard_uniform_fill_f(bits, n, &floats[0])
    return out
