"""Operators of complex scalars: products round each time, as the reference's; the rest is as on arrays."""
import operator

import fnp as np
import pytest


@pytest.mark.parametrize("t", [np.complex64, np.complex128])
def test_as_arrays(t):
    rng = np.random.default_rng(1)
    values = [t(complex(*rng.standard_normal(2))) for _ in range(12)]
    values += [t(0), t(complex(np.inf, 1)), t(complex(np.nan, 2)), t(complex(1, np.nan)), t(-0.0)]
    names = "lt le gt ge eq ne add sub truediv".split()
    with np.errstate(all="ignore"):
        for x in values:
            assert bool(x) == bool(np.array(x))
            assert (-x).tobytes() == (-np.array([x])).tobytes()
            for y in values + [2, 1.5, 2j, True]:
                for name in names:
                    f = getattr(operator, name)
                    u, v = f(x, y), f(np.array([x]), np.array([y], t))[0]
                    assert type(u) is type(v)
                    assert u == v or (u != u and v != v), (name, x, y)


@pytest.mark.parametrize("t, r", [(np.complex64, np.float32), (np.complex128, np.float64)])
def test_product_rounds_each_time(t, r):
    rng = np.random.default_rng(2)
    for a, b, c, d in rng.standard_normal((50, 4)).astype(r):
        z = t(complex(a, b)) * t(complex(c, d))
        assert z.real == a * c - b * d and z.imag == a * d + b * c


def test_hash_is_pythons():
    for z in (1 + 2j, 0.5 - 3j, 4 + 0j):
        assert hash(np.complex128(z)) == hash(np.complex64(z)) == hash(z)
    assert hash(np.uint64(7)) == hash(np.float16(7)) == 7
    assert hash(np.uint64(2**64 - 1)) == hash(2**64 - 1)
