"""Long loops run on several threads: the bits, the warnings and the order of overlapping copies are those of one."""
import os
import subprocess
import sys

import pytest

import fnpx

import fnp as np

PROGRAM = r"""
import hashlib, warnings
import numpy as np

digest = hashlib.sha256()

def note(*arrays):
    for a in arrays:
        digest.update(np.ascontiguousarray(a).tobytes())

draw = np.random.default_rng(5)
x = draw.normal(0, 3, 600_000)
cube = x.reshape(60, 100, 100)
for kind in ('f8', 'f4', 'f2', 'i8', 'i4', 'u1', '?', 'c16', 'c8', '>f8'):
    a = (cube * 20).astype(kind)
    note(a)
    for b in (a, a.T, a[::-1], a[:, ::2], a[..., ::-3], a.transpose(1, 2, 0)):
        note(b + b, b * b[..., :1], b.copy(), b.astype('f8') if a.dtype.kind != 'c' else b.real, b == b[:1], np.sqrt(b))
        for axis in (None, 0, 1, 2, (0, 1), (1, 2), (0, 2)):
            note(b.sum(axis), b.max(axis), b.any(axis), b.mean(axis, dtype='f4' if kind == 'f2' else None))
    c = a.copy()
    c += c if kind == '?' else c[:1]
    c[1:] = c[:-1]
    c[:, :, 1:] = c[:, :, :-1].copy()
    c[...] = c.transpose(0, 2, 1)
    note(c)
for f in (np.sin, np.exp, np.tanh, np.sort, np.cumsum, np.argsort):
    note(f(x))
    note(f(x[::2]))
t = np.arange(400_000).astype('M8[s]')
note(t.astype('M8[h]'), t - t[0], t.astype('U20')[:1000])
o = np.arange(70_000).astype(object)
note((o + o).astype('i8'))
at = (np.arange(600_000) * 7919) % 600_000
y = np.sort(x)
for side in ('left', 'right'):
    note(np.searchsorted(y, x, side), np.searchsorted(y[::-3][::-1], x[::2], side), np.searchsorted(x, x[at], side, sorter=np.argsort(x)))
note(np.interp(x, y[::1000], x[:600]), np.interp(x, y[:7], x[:7], left=-1, right=np.nan), np.digitize(x, y[::5000]))
note(x[at], x[-at - 1], np.take(x, at), np.take(cube[:, :2, :1], at % 60, axis=0), np.take(x, at * 2, mode='wrap'))
for bad in (599_999, 300_000, 70_000):
    at[bad] = 600_000 + bad
    for call in (lambda: x[at], lambda: np.take(x, at)):
        try:
            call()
            raise AssertionError
        except IndexError as e:
            note(np.array(str(e)))
for b in (cube, cube.T, cube[:, ::-1]):
    note(np.where(b > 0, b, 1), np.where(b[:1] > 0, b, b.astype('f4')), np.where(b > 0, b[..., :1], 2j))
out = np.zeros(600_001)
np.add(x, 1, out=out[1:])
np.add(out[:-1], 1, out=out[1:])
note(out, np.add.accumulate(out), np.add.reduceat(out, [0, 5, 300_000]))
seen = []
for at in range(0, 600_000, 77_777):
    y = np.ones_like(x)
    y[at] = 0
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter('always')
        1 / y
        np.log(y)
        (y * 1e300 - 5).astype('f4')
    seen.append([str(m.message) for m in w])
    with np.errstate(divide='raise'):
        try:
            np.divide(x, y, out=out[1:])
            raise AssertionError
        except FloatingPointError as e:
            seen.append(str(e))
digest.update(repr(seen).encode())
print(digest.hexdigest())
"""


def run(threads):
    env = {**os.environ, 'FNP_NUM_THREADS': str(threads)}
    done = subprocess.run([sys.executable, '-m', 'fnp', '-c', PROGRAM], capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope='module')
def alone():
    return run(1)


@pytest.mark.parametrize('threads', [2, 5])
def test_number_of_threads_does_not_show(alone, threads):
    assert run(threads) == alone


def test_the_ledger_says_on_how_many_threads_and_why():
    x = np.linspace(0, 1, 300_000)
    with fnpx.explain() as log:
        np.sin(x)
        x.sum()
        x.astype('f4')
        np.sin(x[:100])
    notes = [r for r in log if r.event == 'threads']
    assert [r.op for r in notes] == ['sin', 'add.reduce', 'astype']
    assert all('thread' in r.decision and r.reason for r in notes)


def test_limit():
    before = fnpx.threads()
    with fnpx.threads(3) as now:
        assert now == 3 == fnpx.threads()
        with fnpx.threads(1):
            assert fnpx.threads() == 1
        assert fnpx.threads() == 3
    assert fnpx.threads() == before
    assert fnpx.threads(2) == 2 == fnpx.threads()
    assert fnpx.threads(0) >= 1
    fnpx.threads(before)
    with pytest.raises(ValueError):
        fnpx.threads(-1)
