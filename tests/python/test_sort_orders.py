"""Sorting of complex numbers and of two-byte types against Python's own sort."""
import math

import pytest

import fnp as np

PARTS = [0.0, -0.0, 1.0, -3.0, math.inf, -math.inf, math.nan, 5e-324]


def complex_rank(z):
    nans = 2 * math.isnan(z.real) + math.isnan(z.imag)
    known = [part for part in (z.real, z.imag) if not math.isnan(part)]
    return nans, known


@pytest.mark.parametrize("dtype", ["c8", "c16", ">c16"])
@pytest.mark.parametrize("n", [0, 1, 5, 17, 300, 5000])
def test_complex(dtype, n):
    rng = np.random.default_rng(n)
    for parts in (PARTS, PARTS[:4], list(range(n))):
        a = np.empty(n, dtype)
        a.real, a.imag = (rng.choice(parts, n) if n else [] for _ in range(2))
        items = a.tolist()
        want = sorted(range(n), key=lambda i: complex_rank(items[i]))
        assert np.argsort(a, kind="stable").tolist() == want
        assert np.sort(a).astype("c16").tobytes() == a[want].astype("c16").tobytes()


def half_rank(bits):
    size, sign = bits & 0x7FFF, bits >> 15
    return (size > 0x7C00, 0 if size > 0x7C00 else -size if sign else size)


@pytest.mark.parametrize("dtype", ["f2", "i2", "u2", ">f2"])
@pytest.mark.parametrize("n", [100, 200_000])
def test_two_bytes(dtype, n):
    bits = np.random.default_rng(n).integers(0, 65536, n).astype("u2")
    a = bits.view(dtype[-2:]).astype(dtype)
    got = np.sort(a).astype(dtype[-2:]).view("u2").tolist()
    if dtype[-2:] == "f2":
        assert sorted(got) == sorted(bits.tolist())
        ranks = [half_rank(b) for b in got]
        assert ranks == sorted(ranks)
    else:
        assert np.array(got, "u2").view(dtype).tolist() == sorted(a.tolist())
