# cython: language_level=3
"""Numbers of a bit generator in Cython: its capsule holds a bitgen_t."""
from cpython.pycapsule cimport PyCapsule_GetPointer, PyCapsule_IsValid
from libc.stdint cimport uint32_t

import numpy as np
cimport numpy as np
from numpy.random cimport bitgen_t
from numpy.random import PCG64

np.import_array()


cdef bitgen_t *stream_of(source) except NULL:
    """What a bit generator draws from, borrowed from it."""
    if not PyCapsule_IsValid(source.capsule, "BitGenerator"):
        raise ValueError("Invalid pointer to anon_func_state")
    return <bitgen_t *>PyCapsule_GetPointer(source.capsule, "BitGenerator")


def uniform_mean(Py_ssize_t n):
    """The mean of `n` floats in [0, 1)."""
    source = PCG64()
    cdef bitgen_t *bits = stream_of(source)
    cdef double total = 0
    cdef Py_ssize_t i
    with source.lock, nogil:
        for i in range(n):
            total += bits.next_double(bits.state)
    return total / n


cdef uint32_t below(uint32_t last, bitgen_t *bits) noexcept nogil:
    """A word in [0, last], each alike: draw within the next power of two until one fits."""
    cdef uint32_t mask = 0, value
    while mask < last:
        mask = 2 * mask + 1
    value = bits.next_uint32(bits.state) & mask
    while value > last:
        value = bits.next_uint32(bits.state) & mask
    return value


def bounded_uints(uint32_t low, uint32_t high, Py_ssize_t n):
    """`n` unsigned words in [low, high]."""
    source = PCG64()
    cdef bitgen_t *bits = stream_of(source)
    out = np.empty(n, dtype=np.uint32)
    cdef uint32_t[::1] view = out
    cdef Py_ssize_t i
    with source.lock, nogil:
        for i in range(n):
            view[i] = low + below(high - low, bits)
    return out
