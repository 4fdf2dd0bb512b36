"""double to half is rounded once, at every length, with its flags; signs of halves are bits."""
import random

import pytest

import fnp as np

HALVES = np.arange(0x7c00, dtype='u2').view('f2').astype('f8')


def bits(x):
    return np.array(x, 'f8').astype('f2').view('u2')


def test_around_every_half():
    below, above = HALVES[:-1], HALVES[1:]
    tie = (below + above) / 2
    even = np.arange(0x7c00, dtype='u2')[:-1]
    even = even + (even & 1)
    with np.errstate(all='ignore'):
        for sign in 1, -1:
            flag = 0x8000 if sign < 0 else 0
            assert (bits(sign * HALVES) == (np.arange(0x7c00, dtype='u2') | flag)).all()
            assert (bits(sign * tie) == (even | flag)).all()
            up, down = np.nextafter(tie, 1e6), np.nextafter(tie, -1e6)
            assert (bits(sign * up) == (np.arange(1, 0x7c00, dtype='u2') | flag)).all()
            assert (bits(sign * down) == (np.arange(0x7c00 - 1, dtype='u2') | flag)).all()


@pytest.mark.parametrize('n', range(20))
def test_far_away(n):
    r = random.Random(n)
    x = [r.choice([65519.99, 65520.0, 1e300, -1e300, np.inf, 1e-300, -5e-324, 2.0**-25, 2.0**-24 * 0.50001, 0.0, np.nan])
         for _ in range(n)]
    with np.errstate(all='ignore'):
        one = [bits([v])[0] for v in x]
        assert bits(x).tolist() == one


def test_flags():
    for n in 1, 8, 9, 40:
        with pytest.warns(RuntimeWarning, match='overflow'):
            bits([65520.0] + [1.0] * (n - 1))
        with np.errstate(under='raise'):
            with pytest.raises(FloatingPointError):
                bits([1e-6 / 3] * n)
            bits([2.0**-24, 2.0**-14, -0.0] * n)


def test_signs_are_bits():
    for n in 1, 3, 100:
        h = np.array([0x7d00, 0xfd01, 0x7e01, 0x8000, 0xfc00] * n, 'u2')
        x = h.view('f2')
        assert (np.abs(x).view('u2') == (h & 0x7fff)).all()
        assert ((-x).view('u2') == (h ^ 0x8000)).all()
        assert ((+x).view('u2') == h).all()
