"""exp, log, tanh, arctan2 and power are accurate, do not depend on place, stride or neighbours, and raise the flags
that are due."""
import math

import pytest

import fnp as np

TOP = {'f8': 700.0, 'f4': 86.0}
ONE = ('exp', 'log', 'tanh')
TWO = ('arctan2', 'power')


def operands(name, kind):
    draw = np.random.default_rng(7)
    n = 20_000
    size = 10 ** draw.uniform(-20, 20, n)
    near = draw.normal(0, 1, n)
    if name == 'exp':
        some = [(draw.uniform(-TOP[kind], TOP[kind], n),), (near,)]
    elif name == 'log':
        some = [(size,), (1 + near / 100,)]
    elif name == 'tanh':
        some = [(near,), (near / 100,), (draw.uniform(-25, 25, n),)]
    elif name == 'arctan2':
        some = [(near, draw.normal(0, 1, n)), (size, near), (draw.uniform(-1, 1, n), -np.ones(n))]
    else:
        some = [(abs(near) + 0.01, draw.uniform(-8, 8, n)), (1 + near / 1000, draw.uniform(-20_000, 20_000, n))]
    return [tuple(a.astype(kind) for a in case) for case in some]


@pytest.mark.parametrize('kind', ['f4', 'f8'])
@pytest.mark.parametrize('name', ONE + TWO)
def test_error_is_below_one_ulp(name, kind):
    f = getattr(np, name)
    for case in operands(name, kind):
        got = f(*case)
        want = f(*(a.astype(np.longdouble) for a in case))
        error = abs(got.astype(np.longdouble) - want) / np.spacing(abs(got)).astype(np.longdouble)
        assert error[np.isfinite(got) & (abs(got) > 1e-37)].max() < 0.75


@pytest.mark.parametrize('kind', ['f4', 'f8'])
@pytest.mark.parametrize('name', ONE + TWO)
def test_place_and_neighbours_do_not_matter(name, kind):
    f = getattr(np, name)
    case = [a[:300].copy() for a in operands(name, kind)[0]]
    alone = np.array([f(*(a[i] for a in case)) for i in range(300)])
    assert np.array_equal(alone, f(*case))
    for i in range(1, 9):
        assert np.array_equal(alone[i:], f(*(a[i:] for a in case)))
        assert np.array_equal(alone[::i], f(*(a[::i] for a in case)))
    assert np.array_equal(alone[::-1], f(*(a[::-1] for a in case)))
    for a in case:
        a[5::7] = np.nan
    with np.errstate(all='ignore'):
        mixed = f(*case)
    keep = np.arange(300) % 7 != 5
    assert np.array_equal(alone[keep], mixed[keep]) and np.isnan(mixed[~keep]).all()
    if len(case) == 1:
        inside = case[0].copy()
        with np.errstate(all='ignore'):
            f(inside[:-3], out=inside[3:])
        assert np.array_equal(inside[3:], mixed[:-3], equal_nan=True)


@pytest.mark.parametrize('kind', ['f4', 'f8'])
def test_special_values_and_flags(kind):
    tiny = float(np.finfo(kind).tiny)

    def call(f, *operands):
        seen = []
        with np.errstate(all='call', call=lambda what, flags: seen.append(what)):
            r = f(*(np.array([a] * 9, kind) for a in operands))
        assert np.array_equal(r, r[:1].repeat(9), equal_nan=True)
        return float(r[0]), seen

    inf, nan = math.inf, math.nan
    for f, args, want, flags in [
            (np.exp, [0.0], 1, []), (np.exp, [-inf], 0, []), (np.exp, [inf], inf, []), (np.exp, [1e-30], 1, []),
            (np.exp, [2000.0], inf, ['overflow']), (np.exp, [-2000.0], 0, ['underflow']),
            (np.log, [1.0], 0, []), (np.log, [0.0], -inf, ['divide by zero']), (np.log, [inf], inf, []),
            (np.log, [-1.0], nan, ['invalid value']), (np.log, [nan], nan, []),
            (np.tanh, [0.0], 0, []), (np.tanh, [inf], 1, []), (np.tanh, [-inf], -1, []), (np.tanh, [nan], nan, []),
            (np.tanh, [50.0], 1, []), (np.tanh, [4 * tiny], 4 * tiny, []),
            (np.arctan2, [0.0, 1.0], 0, []), (np.arctan2, [0.0, -1.0], math.pi, []),
            (np.arctan2, [1.0, 0.0], math.pi / 2, []), (np.arctan2, [inf, -inf], 3 * math.pi / 4, []),
            (np.power, [2.0, 10.0], 1024, []), (np.power, [-2.0, 3.0], -8, []), (np.power, [1.0, nan], 1, []),
            (np.power, [0.0, -1.0], inf, ['divide by zero']), (np.power, [-1.0, 0.5], nan, ['invalid value']),
            (np.power, [10.0, 1e4], inf, ['overflow']), (np.power, [10.0, -1e4], 0, ['underflow']),
            (np.power, [0.7, 1e30], 0, ['underflow']), (np.power, [3.0, 0.0], 1, [])]:
        got, seen = call(f, *args)
        assert got == pytest.approx(want, rel=2e-7, abs=0, nan_ok=True) and seen == flags, (f, args, got, seen)
    assert math.copysign(1, call(np.tanh, -0.0)[0]) == -1 and math.copysign(1, call(np.arctan2, -0.0, 1.0)[0]) == -1
    whole = np.arange(1, 30).astype(kind)
    for e in range(1, 5):
        assert np.power(whole, np.full(29, e, kind)).tolist() == [float(i ** e) for i in range(1, 30)]


def test_size_of_complex_numbers():
    inf, nan = math.inf, math.nan
    for re, im, want, flags in [(3, -4, 5, []), (0, 0, 0, []), (-inf, nan, inf, []), (nan, inf, inf, []), (nan, 1, nan, []), (5e-324, 1e308, 1e308, []),
                                (0.0, nan, nan, []), (1e308, 1e308, 2 ** 0.5 * 1e308, []), (1.7e308, 1.7e308, inf, ['overflow'])]:
        seen = []
        with np.errstate(all='call', call=lambda what, flags: seen.append(what)):
            got = abs(np.array([complex(re, im)] * 9))
        assert got == pytest.approx([want] * 9, nan_ok=True, abs=1e-322) and seen == flags, (re, im, seen)
    x = np.array([complex(i, 2 * i) for i in range(40)])
    assert abs(x[::-3]).tolist() == pytest.approx([abs(v) for v in x.tolist()][::-3], rel=1e-15)
