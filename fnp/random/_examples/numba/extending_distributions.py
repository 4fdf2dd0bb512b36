"""Distributions of numpy's C library inside numba, through cffi.

libnpyrandom.a is linked into a small shared library, whose path is the first argument:
    cc -shared -o libdraws.so -Wl,--whole-archive .../numpy/random/lib/libnpyrandom.a -Wl,--no-whole-archive
"""
import os
import sys

import cffi
import numba as nb

import numpy as np
from numpy.random import PCG64

from ..cffi.parse import parse_distributions_h


def open_library(path):
    """The library with its declarations."""
    ffi = cffi.FFI()
    parse_distributions_h(ffi, os.path.join(np.get_include(), "numpy"))
    return ffi, ffi.dlopen(path)


def main(path):
    ffi, library = open_library(path)
    standard_normal = library.random_standard_normal
    bit_generator = PCG64(7)
    state = bit_generator.cffi.bit_generator

    @nb.jit(nopython=True)
    def normals(count, state):
        out = np.empty(count)
        for i in range(count):
            out[i] = standard_normal(state)
        return out

    with bit_generator.lock:
        drawn = normals(5, state)
    assert (drawn == np.random.Generator(PCG64(7)).standard_normal(5)).all()
    print(drawn)


if __name__ == "__main__":
    main(sys.argv[1])
