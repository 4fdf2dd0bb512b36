"""Numbers of a bit generator inside numba: `.ctypes` has its C functions and the address of their state."""
from timeit import timeit

import numba as nb

import numpy as np
from numpy.random import PCG64

bit_generator = PCG64()
source = bit_generator.ctypes
next_double = source.next_double
state = source.state_address


@nb.jit(nopython=True)
def uniforms(count, state):
    """`count` floats in [0, 1)."""
    out = np.empty(count)
    for i in range(count):
        out[i] = next_double(state)
    return out


@nb.jit(nopython=True)
def normals(count, state):
    """`count` standard normal numbers, by the polar method."""
    out = np.empty(count)
    for i in range(0, count, 2):
        square = 2.0
        while square >= 1.0 or square == 0.0:
            x = 2.0 * next_double(state) - 1.0
            y = 2.0 * next_double(state) - 1.0
            square = x * x + y * y
        scale = np.sqrt(-2.0 * np.log(square) / square)
        out[i] = scale * x
        if i + 1 < count:
            out[i + 1] = scale * y
    return out


if __name__ == "__main__":
    with bit_generator.lock:
        normals(10, state)  # compiles
        print("numba:", timeit(lambda: normals(100_000, state), number=10), "s")
    print("Generator:", timeit(lambda: np.random.Generator(bit_generator).standard_normal(100_000), number=10), "s")
