"""Numba: arrays unboxed by their structs, ufuncs built on PyUFuncObject's fields."""
import numpy as np
from numba import guvectorize, njit, vectorize


@njit
def squares(x):
    s = 0.0
    for i in range(x.shape[0]):
        s += x[i] * x[i]
    return s


@vectorize(["float64(float64,float64)", "int64(int64,int64)"])
def add(a, b):
    return a + 2 * b


@guvectorize(["void(float64[:],float64[:],float64[:])"], "(n),(n)->()")
def dot(a, b, r):
    r[0] = 0
    for i in range(a.shape[0]):
        r[0] += a[i] * b[i]


@njit
def makes(n):
    a = np.zeros((n, n))
    for i in range(n):
        a[i, i] = i
    return a, a.T.copy(), np.where(a > 1, a, -1), a.sum(axis=0), np.sort(a[1]), a.astype(np.int32), np.dot(a, a)


@njit
def draws():
    np.random.seed(3)
    return np.random.rand(2), np.random.randint(0, 10)


@njit
def fields(a):
    return a["x"].sum() + a[0]["y"]


@vectorize
def grows(a, b):  # a new loop is written into the live ufunc for each type
    return a * b + 1


print(squares(np.arange(10.0)), squares(np.arange(5, dtype=np.float32)))
print(add(np.arange(3.0), 1.0), add(np.arange(3), 1), add.reduce(np.arange(4.0)), add.types)
print(dot(np.arange(6.0).reshape(2, 3), np.ones(3)))
for made in makes(3):
    print(made)
print(draws())
print(fields(np.array([(1, 2.0), (3, 4.0)], dtype=[("x", "i4"), ("y", "f8")])))
print(grows(np.arange(3), 2), grows(np.arange(3.0), 2.0), grows(1, 2), grows(np.float32(2), np.float32(3)))


@njit
def generator(g):  # through the C functions that the bit generator shows by ctypes
    return g.random(), g.standard_normal(), g.integers(0, 10), g.normal(0, 1, 3)


print(generator(np.random.default_rng(1)))
