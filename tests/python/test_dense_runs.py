"""ldexp, frexp, packed bits and correlation against slow twins, at lengths around the vectors'."""
import math
import random

import pytest

import fnp as np

LENGTHS = (1, 7, 8, 9, 31, 63, 64, 65, 127, 130, 257, 1000)


def numbers(n, kind):
    r = random.Random(n)
    special = [0.0, -0.0, math.inf, -math.inf, 5e-324, 1e-310, 1.5, -2.0, 1e308]
    x = [r.choice(special) if r.random() < 0.05 else r.uniform(-1, 1) * 2.0 ** r.randint(-60, 60) for _ in range(n)]
    with np.errstate(all='ignore'):
        return np.array(x).astype(kind)


def scaled(x, e):
    try:
        return math.ldexp(x, e)
    except OverflowError:
        return math.copysign(math.inf, x)


@pytest.mark.parametrize('kind', ['f4', 'f8'])
@pytest.mark.parametrize('n', LENGTHS)
def test_parts_of_floats(n, kind):
    x = numbers(n, kind)
    r = random.Random(n)
    m, e = np.frexp(x)
    assert m.dtype == x.dtype and e.dtype == 'i4'
    for a, b, c in zip(x.tolist(), m.tolist(), e.tolist()):
        assert (b, c) == ((a, 0) if math.isinf(a) else math.frexp(a))
        assert math.copysign(1, a) == math.copysign(1, b)
    for spread in (5, 3000, 2**31 - 1):
        by = np.array([r.randint(-spread, spread) for _ in range(n)], 'i4')
        with np.errstate(all='ignore'):
            want = np.array([scaled(a, b) for a, b in zip(x.tolist(), by.tolist())]).astype(kind)
            for exponents in by, by.astype('i8'):
                assert np.ldexp(x, exponents).tobytes() == want.tobytes()
            assert np.ldexp(x, by[0]).tobytes() == \
                np.array([scaled(a, int(by[0])) for a in x.tolist()]).astype(kind).tobytes()
    assert np.ldexp(x[::-2], 3).tolist() == np.ldexp(x[::-2].copy(), 3).tolist()
    y = x.copy()
    np.ldexp(y, 1, out=y)
    assert y.tolist() == np.ldexp(x, 1).tolist()
    with pytest.warns(RuntimeWarning, match='overflow'):
        np.ldexp(np.full(n, 1e30, kind), 5000)


@pytest.mark.parametrize('order', ['big', 'little'])
@pytest.mark.parametrize('n', LENGTHS)
def test_bits(n, order):
    r = random.Random(n)
    a = np.array([r.choice([0, 1, 0, 2, 255, 128]) for _ in range(n)], 'u1')
    digits = ''.join('1' if v else '0' for v in a.tolist()).ljust(-(-n // 8) * 8, '0')
    eights = [digits[i:i + 8] for i in range(0, len(digits), 8)]
    want = [int(s if order == 'big' else s[::-1], 2) for s in eights]
    assert np.packbits(a, bitorder=order).tolist() == want
    assert np.packbits(a != 0, bitorder=order).tolist() == want
    packed = np.array(want, 'u1')
    assert np.unpackbits(packed, bitorder=order, count=n).tolist() == (a != 0).astype('u1').tolist()
    assert np.unpackbits(packed[::-1], bitorder=order).tolist() == \
        np.unpackbits(packed[::-1].copy(), bitorder=order).tolist()


def slow_correlate(a, v, mode):
    n, m = len(a), len(v)
    left, length = {'valid': (0, n - m + 1), 'same': (m // 2, n), 'full': (m - 1, n + m - 1)}[mode]
    sums = []
    for i in range(length):
        total = a.dtype.type(0)
        for k in range(m):
            if 0 <= i - left + k < n:
                total = a.dtype.type(total + a[i - left + k] * v[k])
        sums.append(total)
    return np.array(sums, a.dtype)


@pytest.mark.parametrize('kind', ['f4', 'f8', 'i4', 'u8'])
@pytest.mark.parametrize('n, m', [(1, 1), (5, 5), (40, 3), (64, 33), (200, 11), (130, 129), (100, 70)])
def test_correlate(n, m, kind):
    r = random.Random(n)
    a = np.array([r.uniform(-9, 99) for _ in range(n)]).astype(kind)
    v = np.array([r.uniform(0, 9) for _ in range(m)]).astype(kind)
    for mode in 'valid', 'same', 'full':
        want = slow_correlate(a, v, mode)
        assert np.correlate(a, v, mode).tobytes() == want.tobytes()
        assert np.convolve(a, v[::-1], mode)[:n].tobytes() == want[:n].tobytes() or mode == 'same'
        assert np.correlate(a.astype(a.dtype.newbyteorder()), v, mode).tobytes() == want.tobytes()


def test_edges_do_not_touch_what_is_outside():
    v = np.array([np.inf, 1.0, np.nan])
    assert np.correlate([1.0, 2, 3, 4], v, 'full')[1] != np.inf
    a = np.ones(100)
    a[0] = np.inf
    assert np.isfinite(np.correlate(a, np.ones(5), 'full')[5:]).all()


@pytest.mark.parametrize('kind', ['f2', 'f4', 'f8'])
@pytest.mark.parametrize('n', [*range(1, 70, 3), 130, 1000])
def test_extremes_pass_over_nans(n, kind):
    r = random.Random(n)
    for nan in 0.1, 0.5, 0.95:
        a = np.array([math.nan if r.random() < nan else r.choice([r.gauss(0, 1), 0.0, -0.0]) for _ in range(n)], kind)
        for f in np.fmax, np.fmin:
            one_by_one = a[0]
            for x in a[1:]:
                one_by_one = f(one_by_one, x)
            assert str(f.reduce(a)) == str(one_by_one)


def slow_histogram(x, edges):
    counts = [0] * (len(edges) - 1)
    for v in x:
        for k in range(len(counts)):
            if edges[k] <= v < edges[k + 1] or (k == len(counts) - 1 and v == edges[-1]):
                counts[k] += 1
    return counts


def test_histogram():
    r = random.Random(2)
    for n in 1, 5, 255, 256, 257, 600:
        for values in [r.gauss(0, 1) for _ in range(n)], [float(r.randrange(-5, 9)) for _ in range(n)]:
            x = np.array(values)
            for bins in 1, 7, 10:
                counts, edges = np.histogram(x, bins)
                assert counts.dtype == np.intp and counts.tolist() == slow_histogram(values, edges.tolist())
                counts, edges = np.histogram(x[::-1], bins, range=(-1, 1.5), weights=np.full(n, 0.5))
                assert (counts * 2).tolist() == slow_histogram(values, edges.tolist())
                counts, edges = np.histogram(x.astype(int), bins)
                assert counts.tolist() == slow_histogram(x.astype(int).tolist(), edges.tolist())
    assert np.histogram([0.5, math.nan], range=(0, 1))[0].sum() == 1
    assert np.histogram([], 3)[0].tolist() == [0, 0, 0]


def test_interp():
    r = random.Random(3)
    for n in 1, 2, 3, 5, 6, 40:
        xp = sorted(r.choice([r.gauss(0, 1), float(r.randrange(-3, 4))]) for _ in range(n))
        fp = [r.gauss(0, 1) for _ in range(n)]
        places = [r.choice([r.gauss(0, 1), r.choice(xp), math.inf, -math.inf]) for _ in range(500)]
        one_by_one = [np.interp(x, xp, fp).tolist() for x in places]
        assert np.interp(places, xp, fp).tolist() == one_by_one
        assert np.interp(sorted(places), xp, fp).tolist() == \
            [np.interp(x, xp, fp).tolist() for x in sorted(places)]
        for x, y in zip(places, one_by_one):
            k = sum(p <= x for p in xp)
            if k == 0 or k == n or xp[k - 1] == x:
                assert y == fp[max(k - 1, 0)]
            else:
                assert min(fp[k - 1:k + 1]) - 1e-9 <= y <= max(fp[k - 1:k + 1]) + 1e-9
