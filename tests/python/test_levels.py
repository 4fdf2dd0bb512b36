"""Every CPU level gives the same bits, and the right ones. (The quick build has one level only.)"""
import os
import pathlib
import subprocess
import sys

import pytest

PROGRAM = r"""
import hashlib, math, random
import numpy as np

pick = random.Random(4)
digest = hashlib.sha256()

def note(*arrays):
    for a in arrays:
        digest.update(np.where(np.isnan(a), 7e7, a).tobytes() if a.dtype.kind == 'f' else a.tobytes())

def floats(n, spread):
    special = [0.0, -0.0, 1.0, -3.0, math.inf, -math.inf, math.nan, 5e-324, 2.0**-500, 2.0**501, 1.7e308]
    return [pick.choice([pick.choice(special), float(pick.randrange(-20, 20)), pick.gauss(0, 1) * 10.0 ** spread,
                         pick.randrange(-1000, 1000) / 10]) for _ in range(n)]

# sorting: around the sizes of networks and partitions, with few and many values
for kind in ('f8', 'f4', 'f2', 'i8', 'i4', 'u4', 'i2'):
    for n in [*range(0, 140), 255, 256, 257, 511, 513, 1000, 1023, 1025, 2049, 5000, 8193, 20000]:
        for values in (3, 10**6):
            with np.errstate(all='ignore'):
                a = np.array([pick.randrange(-values, values) for _ in range(n)], 'i8').astype(kind)
            if n and kind[0] == 'f' and n % 3 == 0:
                a[n // 2] = np.nan
            b, o = np.sort(a), np.argsort(a, kind='stable')
            want = sorted(range(n), key=lambda i: (a[i] != a[i], a[i]))
            assert o.tolist() == want, (kind, n)
            assert np.array_equal(b, a[want], equal_nan=kind[0] == 'f'), (kind, n)
            note(b, o)

# remainders: values and floating-point flags
for kind in ('f8', 'f4'):
    for spread in (0, 3, 200 if kind == 'f8' else 30):
        with np.errstate(all='ignore'):
            x, y = (np.array(floats(2000, s)).astype(kind) for s in (spread, -spread))
            for a, b in ((x, y), (x, x[::-1].copy()), (x, a_ := x.dtype.type(0.7)), (a_, x), (x[::2], y[::2])):
                note(a % b, a // b, np.fmod(a, b), *np.divmod(a, b))
        for i in range(0, 2000, 8):
            for f in (np.remainder, np.floor_divide, np.fmod):
                seen = []
                with np.errstate(all='call', call=lambda what, flags: seen.append((what, flags))):
                    f(x[i:i + 8], y[i:i + 8])
                digest.update(repr(seen).encode())
for a in (7.5, -7.5, 1e300, 0.3, -0.0):
    for b in (0.7, -0.7, 2.5, 1e-5, -3.0):
        q, r = np.divmod(np.full(9, a), np.full(9, b))
        assert (q[0], r[0]) == divmod(a, b) and (q == q[0]).all() and (r == r[0]).all(), (a, b)

# elementary functions
for kind in ('f8', 'f4', 'f2'):
    for spread in (-8, 0, 2):
        with np.errstate(all='ignore'):
            x, y = (np.array(floats(3000, s)).astype(kind) for s in (spread, -spread))
            note(np.arctan2(x, y), np.power(abs(x), y), np.hypot(x, y), np.power(abs(x), x.dtype.type(2.5)), np.exp(x[::-3]))
            note(*(f(x) for f in (np.exp, np.exp2, np.expm1, np.sinh, np.cosh, np.tanh, np.log1p, np.cbrt, np.arcsinh)))
            note(*(f(abs(x)) for f in (np.log, np.log2, np.log10, np.arccosh)))
            note(*(f(x) for f in (np.sin, np.cos, np.tan, np.arctan)), *(f(x % 1) for f in (np.arcsin, np.arccos, np.arctanh)))

# narrow tables, folded over their rows
for kind in ('f8', 'f4', 'i8', 'i4', 'u1'):
    x = np.array([pick.gauss(0, 50) for _ in range(3600)]).astype('i8').astype(kind) / (7 if kind[0] == 'f' else 1)
    x = x.astype(kind)
    for width in (1, 2, 3, 5, 8, 9, 12):
        t = x.reshape(-1, width)
        for view in (t, t[::-1], t[:, ::-1], np.asfortranarray(t), t[1:]):
            total, most = view[0].copy(), view[0].copy()
            for row in view[1:]:
                total, most = total + row, np.maximum(most, row)
            assert np.array_equal(view.max(axis=0), most)
            got = np.add.reduce(view, axis=0, dtype=kind)
            if width > 1 and view.strides[0] > view.strides[1]:
                assert np.array_equal(got, total), (kind, width)
            note(got, view.max(axis=0), view.min(axis=0))

# transforms: alone, in rows, in columns; a row gives what it gives alone
for n in (1, 2, 3, 5, 8, 12, 13, 16, 27, 40, 61, 67, 96, 100, 243, 256, 401, 500, 1000, 1024):
    for kind in ('f8', 'f4'):
        x = np.array([pick.gauss(0, 1) for _ in range(10 * n)]).astype(kind).reshape(10, n)
        c = x + x.dtype.type(0.5) * x[::-1] * 1j
        for f, v in ((np.fft.fft, c), (np.fft.ifft, c), (np.fft.rfft, x), (lambda v, axis=-1: np.fft.irfft(v, n, axis=axis), c)):
            rows = f(v)
            assert np.array_equal(rows, np.array([f(row) for row in v])), (n, kind)
            assert np.array_equal(rows, f(v.T.copy(), axis=0).T), (n, kind)
            digest.update(rows.tobytes())
print(digest.hexdigest())
"""


@pytest.mark.parametrize("level", ["v2", "v3", "v4"])
def test_level(level, digests={}):
    done = subprocess.run([sys.executable, "-W", "ignore", "-m", "fnp", "-c", PROGRAM],
                          env={**os.environ, "FNP_CPU": level}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    digests[level] = done.stdout
    assert set(digests.values()) == {done.stdout}


@pytest.mark.parametrize("level", ["v2", "v3"])
def test_elementary_functions_of_lower_levels(level):
    """What test_elementary.py checks on the level of this machine."""
    tests = pathlib.Path(__file__).with_name("test_elementary.py")
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tests)],
                          env={**os.environ, "FNP_CPU": level}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
