"""Elementary functions are accurate, do not depend on place, stride or neighbours, and raise the flags that are due."""
import math
import operator
import pathlib
import re

import gmpy2
import pytest

import fnp as np

TOP = {'f8': 700.0, 'f4': 86.0}
# The largest error in units in the last place, as the table of ufuncs states it.
TABLE = (pathlib.Path(__file__).resolve().parents[2] / 'src/kernel/ufuncs.def').read_text()
ROW = re.compile(r'(?:FNP_UFUNC\((\w+),.*ULP\(([\d.]+)\)\)|\w*(?:TWICE|ONCE)\((\w+), ([\d.]+)\))\s*', re.S)
ROWS = filter(None, (ROW.fullmatch(row) for row in re.split(r'^(?=\w+\(|/\*)', TABLE, flags=re.M)))
BOUNDS = {row[1] or row[3]: float(row[2] or row[4]) for row in ROWS}
TWO = [name for name in BOUNDS if name in ('arctan2', 'power', 'hypot')]
ONE = [name for name in BOUNDS if name not in TWO]
MPFR = {'arcsin': 'asin', 'arccos': 'acos', 'arctan': 'atan', 'arcsinh': 'asinh', 'arccosh': 'acosh', 'arctanh': 'atanh',
        'arctan2': 'atan2'}


def operands(name, kind):
    draw = np.random.default_rng(7)
    n = 20_000
    size = 10 ** draw.uniform(-20, 20, n)
    near = draw.normal(0, 1, n)
    if name in ('exp', 'exp2', 'sinh', 'cosh'):
        some = [(draw.uniform(-TOP[kind], TOP[kind], n),), (near,), (near / 20,)]
    elif name in ('log', 'log2', 'log10'):
        some = [(size,), (1 + near / 100,), (draw.uniform(0.7, 1.4, n),)]
    elif name in ('arcsin', 'arccos'):
        some = [(draw.uniform(-1, 1, n),), (draw.uniform(-1, 1, n) / 1000,), (1 - size / 1e22,)]
    elif name == 'arccosh':
        some = [(1 + size,), (1 + abs(near) / 100,), (1 + abs(near),)]
    elif name == 'arctanh':
        some = [(draw.uniform(-1, 1, n),), (near / 1000,), (size / 1e22,)]
    elif name == 'log1p':
        some = [(size,), (near / 100,), (draw.uniform(-1, 1, n),)]
    elif name in ('sin', 'cos', 'tan'):
        some = [(near * 3,), (near / 100,), (near * 10_000,), (size,), (np.arange(1, n + 1) * (math.pi / 2),)]
    elif name in ('expm1', 'tanh', 'arctan', 'cbrt', 'arcsinh'):
        some = [(near,), (near / 100,), (draw.uniform(-25, 25, n),), (size[size < 10 ** (20 if name in ('arctan', 'cbrt', 'arcsinh') else 1.3)],)]
    elif name == 'power':
        some = [(abs(near) + 0.01, draw.uniform(-8, 8, n)), (1 + near / 1000, draw.uniform(-20_000, 20_000, n))]
    else:
        some = [(near, draw.normal(0, 1, n)), (size, near), (draw.uniform(-1, 1, n), -np.ones(n))]
    return [tuple(a.astype(kind) for a in case) for case in some]


def exact(name):
    """The function in MPFR, of Python floats."""
    f = operator.pow if name == 'power' else getattr(gmpy2, MPFR.get(name, name))
    return lambda *x: f(*map(gmpy2.mpfr, x))


def test_bounds_are_stated():
    assert len(ONE) == 20 and len(TWO) == 3


@pytest.mark.parametrize('kind', ['f4', 'f8'])
@pytest.mark.parametrize('name', BOUNDS)
def test_error(name, kind):
    f, reference = getattr(np, name), exact(name)
    with gmpy2.context(gmpy2.get_context(), precision=160):
        for case in operands(name, kind):
            case = [a[:2000] for a in case]
            got = f(*case)
            fine = np.isfinite(got) & (abs(got) > 1e-37)
            steps = np.spacing(abs(got))
            for *x, y, step in zip(*(a[fine].tolist() for a in (*case, got, steps))):
                error = abs(reference(*x) - y) / step
                assert error < BOUNDS[name], (x, y, float(error))


@pytest.mark.parametrize('name', ONE)
def test_every_half(name):
    f = getattr(np, name)
    x = np.arange(65536).astype('u2').view('f2')
    with np.errstate(all='ignore'):
        got, want = f(x), f(x.astype('f8'))
        near = want.astype('f2')
    same = (got == near) | (np.isnan(got) & np.isnan(near))
    error = abs(got[~same].astype('f8') - want[~same]) / np.spacing(abs(near[~same])).astype('f8')
    assert (error < 0.58).all()
    zeros = near == 0
    assert np.array_equal(np.signbit(got[zeros]), np.signbit(near[zeros]))


def test_two_halves():
    draw = np.random.default_rng(3)
    x, y = draw.normal(0, 2, 50_000).astype('f2'), draw.normal(0, 2, 50_000).astype('f2')
    for f, a in ((np.arctan2, x), (np.hypot, x), (np.power, abs(x))):
        want = f(a.astype('f8'), y.astype('f8'))
        fine = want < 60_000
        with np.errstate(all='ignore'):
            got = f(a, y)
        error = abs(got[fine].astype('f8') - want[fine]) / np.spacing(abs(want[fine].astype('f2'))).astype('f8')
        assert error.max() < 0.52, f


@pytest.mark.parametrize('kind', ['f2', 'f4', 'f8'])
@pytest.mark.parametrize('name', [*ONE, *TWO])
def test_odd_ones_among_others(name, kind):
    """What is out of the ordinary gives in a crowd, with strides and alone the same, and the same flags."""
    f = getattr(np, name)
    tiny, most = float(np.finfo(kind).tiny), float(np.finfo(kind).max)
    odd = [0.0, -0.0, math.inf, -math.inf, math.nan, tiny / 4, -tiny / 4, tiny, most, -most, 1.0, -1.0, -3.0, 2.0, -2.5, 90.0, -90.0, 0.5, 720.0, -740.0]
    with np.errstate(all='ignore'):
        odd = list(np.array(odd).astype(kind))
    cases = [(a,) for a in odd] if name in ONE else [(a, b) for a in odd for b in odd]
    with np.errstate(all='ignore'):
        rest = [a[:99].astype(kind) for a in operands(name, kind if kind != 'f2' else 'f4')[1]]
    rest = [np.where(np.isfinite(r) & (r != 0), r, r.dtype.type(1)) for r in rest]

    def call(*operands):
        seen = []
        with np.errstate(all='call', call=lambda what, flags: seen.append(what)):
            return f(*operands), seen

    with np.errstate(all='ignore'):
        plain = f(*rest)
    quiet = call(*rest)[1] == []
    for case in cases:
        alone, flags = call(*(np.array([a]) for a in case))
        crowd = [r.copy() for r in rest]
        for c, a in zip(crowd, case):
            c[37] = a
        for operands_ in (crowd, [c.repeat(2)[::2] for c in crowd]):
            got, seen = call(*operands_)
            assert np.array_equal(got[37:38], alone, equal_nan=True), (case, got[37], alone)
            keep = np.arange(99) != 37
            assert np.array_equal(got[keep], plain[keep])
            assert seen == flags or not quiet, (case, seen, flags)


@pytest.mark.parametrize('kind', ['f4', 'f8'])
@pytest.mark.parametrize('name', [*ONE, *TWO])
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
            (np.log, [-1.0], nan, ['invalid value']), (np.log, [nan], nan, []), (np.log, [-inf], nan, ['invalid value']), (np.log2, [-0.0], -inf, ['divide by zero']),
            (np.exp, [nan], nan, []), (np.exp, [709.5 if kind == 'f8' else 88.5], math.exp(709.5 if kind == 'f8' else 88.5), []),
            (np.tanh, [0.0], 0, []), (np.tanh, [inf], 1, []), (np.tanh, [-inf], -1, []), (np.tanh, [nan], nan, []),
            (np.tanh, [50.0], 1, []), (np.tanh, [4 * tiny], 4 * tiny, []),
            (np.arctan2, [0.0, 1.0], 0, []), (np.arctan2, [0.0, -1.0], math.pi, []),
            (np.arctan2, [1.0, 0.0], math.pi / 2, []), (np.arctan2, [inf, -inf], 3 * math.pi / 4, []),
            (np.power, [2.0, 10.0], 1024, []), (np.power, [-2.0, 3.0], -8, []), (np.power, [1.0, nan], 1, []),
            (np.power, [0.0, -1.0], inf, ['divide by zero']), (np.power, [-1.0, 0.5], nan, ['invalid value']),
            (np.power, [10.0, 1e4], inf, ['overflow']), (np.power, [10.0, -1e4], 0, ['underflow']),
            (np.power, [0.7, 1e30], 0, ['underflow']), (np.power, [3.0, 0.0], 1, []),
            (np.sin, [0.0], 0, []), (np.sin, [inf], nan, ['invalid value']), (np.cos, [-inf], nan, ['invalid value']), (np.sin, [nan], nan, []),
            (np.sin, [4 * tiny], 4 * tiny, []), (np.cos, [4 * tiny], 1, []), (np.cos, [0.0], 1, []), (np.tan, [inf], nan, ['invalid value']),
            (np.sin, [1e30], math.sin(float(np.array(1e30, kind))), []), (np.cos, [3e7], math.cos(3e7), []),
            (np.arctan, [inf], math.pi / 2, []), (np.arctan, [-inf], -math.pi / 2, []), (np.arctan, [0.0], 0, []), (np.arctan, [nan], nan, []),
            (np.arctan, [1 / 16], math.atan(1 / 16), []), (np.arctan, [16], math.atan(16), []),
            (np.arcsin, [1.0], math.pi / 2, []), (np.arcsin, [2.0], nan, ['invalid value']), (np.arcsin, [0.0], 0, []), (np.arcsin, [nan], nan, []),
            (np.arccos, [1.0], 0, []), (np.arccos, [-1.0], math.pi, []), (np.arccos, [-1.5], nan, ['invalid value']),
            (np.exp2, [0.0], 1, []), (np.exp2, [10.0], 1024, []), (np.exp2, [-2000.0], 0, ['underflow']), (np.exp2, [2000.0], inf, ['overflow']),
            (np.exp2, [4 * tiny], 1, []), (np.expm1, [0.0], 0, []), (np.expm1, [-inf], -1, []), (np.expm1, [-1000.0], -1, []),
            (np.expm1, [2000.0], inf, ['overflow']), (np.expm1, [4 * tiny], 4 * tiny, []), (np.sinh, [2000.0], inf, ['overflow']),
            (np.sinh, [-inf], -inf, []), (np.cosh, [-2000.0], inf, ['overflow']), (np.cosh, [0.0], 1, []), (np.sinh, [0.0], 0, []),
            (np.log2, [8.0], 3, []), (np.log2, [0.0], -inf, ['divide by zero']), (np.log2, [-1.0], nan, ['invalid value']), (np.log10, [1000.0], 3, []),
            (np.log10, [0.0], -inf, ['divide by zero']), (np.log1p, [0.0], 0, []), (np.log1p, [-1.0], -inf, ['divide by zero']),
            (np.log1p, [-2.0], nan, ['invalid value']), (np.log1p, [inf], inf, []), (np.log1p, [4 * tiny], 4 * tiny, []),
            (np.cbrt, [0.0], 0, []), (np.cbrt, [-27.0], -3, []), (np.cbrt, [inf], inf, []), (np.cbrt, [nan], nan, []),
            (np.arcsinh, [0.0], 0, []), (np.arcsinh, [-inf], -inf, []), (np.arcsinh, [nan], nan, []), (np.arcsinh, [1e30], math.asinh(1e30), []),
            (np.arccosh, [1.0], 0, []), (np.arccosh, [0.5], nan, ['invalid value']), (np.arccosh, [inf], inf, []), (np.arccosh, [1e30], math.acosh(1e30), []),
            (np.arctanh, [1.0], inf, ['divide by zero']), (np.arctanh, [0.0], 0, []), (np.arctanh, [2.0], nan, ['invalid value']), (np.arctanh, [nan], nan, []),
            (np.hypot, [3.0, -4.0], 5, []), (np.hypot, [0.0, 0.0], 0, []), (np.hypot, [inf, nan], inf, []), (np.hypot, [nan, 1.0], nan, []),
            (np.hypot, [4 * tiny, 0.0], 4 * tiny, []), (np.arctan2, [0.0, 0.0], 0, []), (np.arctan2, [1e-20, 1e8], 1e-28, [])]:
        got, seen = call(f, *args)
        assert got == pytest.approx(want, rel=2e-7, abs=0, nan_ok=True) and seen == flags, (f, args, got, seen)
    for f in (np.sin, np.tan, np.arctan, np.arcsin, np.expm1, np.log1p, np.sinh, np.tanh, np.cbrt, np.arcsinh, np.arctanh):
        assert math.copysign(1, call(f, -0.0)[0]) == -1, f
    assert math.copysign(1, call(np.arctan2, -0.0, 1.0)[0]) == -1
    whole = np.arange(1, 30).astype(kind)
    for e in range(1, 5):
        assert np.power(whole, np.full(29, e, kind)).tolist() == [float(i ** e) for i in range(1, 30)]


@pytest.mark.parametrize('kind', ['f4', 'f8'])
def test_small_operands_do_not_underflow(kind):
    last = 125 if kind == 'f4' else 1020
    small = np.array([s * 2.0 ** -k for k in range(1, last, 4) for s in (1, -1.25)], kind)
    one = np.ones_like(small)
    with np.errstate(all='raise'):
        for name in ONE:
            if name not in ('log', 'log2', 'log10', 'arccosh'):
                getattr(np, name)(small)
        for f in (np.arctan2, np.hypot):
            f(small, one)
            f(one, small)
        np.power(one + 1, small)
        large = np.linspace(-85, 85, 500).astype(kind) * (8 if kind == 'f8' else 1)
        for f in (np.expm1, np.sinh, np.cosh, np.tanh, np.exp, np.arctan, np.arcsinh, np.cbrt):
            f(large)


def test_powers_of_negative_numbers_and_of_zeros():
    inf, nan = math.inf, math.nan
    for kind in ('f2', 'f4', 'f8'):
        for x, y, want, flags in [(-2.0, 3.0, -8, []), (-2.0, 4.0, 16, []), (-2.0, -1.0, -0.5, []), (-2.0, 0.5, nan, ['invalid value']),
                                  (0.0, 2.0, 0, []), (-0.0, 3.0, -0.0, []), (-0.0, -3.0, -inf, ['divide by zero']),
                                  (0.0, -2.5, inf, ['divide by zero']), (-inf, 3.0, -inf, []), (-inf, -3.0, -0.0, []), (inf, -1.0, 0, []),
                                  (nan, 0.0, 1, []), (1.0, nan, 1, []), (nan, 1.0, nan, []), (-1.0, inf, 1, []), (0.5, inf, 0, [])]:
            seen = []
            with np.errstate(all='call', call=lambda what, flags: seen.append(what)):
                got = np.power(np.full(99, x, kind), np.full(99, y, kind))
            assert np.array_equal(got, np.full(99, want, kind), equal_nan=True) and seen == flags, (kind, x, y, got[0], seen)
            assert want != 0 or math.copysign(1, got[0]) == math.copysign(1, want)


def test_strides_take_the_vector_loops():
    draw = np.random.default_rng(5)
    for kind in ('i1', 'i2', 'i4', 'i8', 'f2', 'f4', 'f8', 'c8', 'c16'):
        x = draw.integers(1, 60, 3001).astype(kind)
        for f in (np.add, np.maximum, np.less, np.multiply):
            want = f(x, x[::-1])
            for step in (2, 3, -2):
                wide = np.zeros(3001 * abs(step), kind)[::step]
                wide[...] = x
                assert np.array_equal(f(wide, x[::-1]), want) and np.array_equal(f(x, wide[::-1]), f(x, x[::-1]))
        for f in (np.negative, np.square, np.absolute, np.isfinite):
            wide = np.zeros((3001, 2), kind)[:, 1]
            wide[...] = x
            assert np.array_equal(f(wide), f(x))
            if kind in ('f4', 'f8'):
                assert all(np.array_equal(p, q) for p, q in zip(np.frexp(wide), np.frexp(x)))
            inside = x.copy()
            if f in (np.negative, np.square):  # the result lies over the operand
                f(inside[1:1001:2], out=inside[:500])
                assert np.array_equal(inside[:500], f(x[1:1001:2]))


def test_size_of_complex_numbers():
    inf, nan = math.inf, math.nan
    for re, im, want, flags in [(3, -4, 5, []), (0, 0, 0, []), (-inf, nan, inf, []), (nan, inf, inf, []), (nan, 1, nan, []), (5e-324, 1e308, 1e308, []),
                                (0.0, nan, nan, []), (1e308, 1e308, 2 ** 0.5 * 1e308, []), (1.7e308, 1.7e308, inf, [])]:
        seen = []
        with np.errstate(all='call', call=lambda what, flags: seen.append(what)):
            got = abs(np.array([complex(re, im)] * 9))
        assert got == pytest.approx([want] * 9, nan_ok=True, abs=1e-322) and seen == flags, (re, im, seen)
        with np.errstate(all='ignore'):
            single = abs(np.array([complex(re, im)] * 99, 'c8'))
        assert abs(re) > 1e300 or abs(im) > 1e300 or single.tolist() == pytest.approx([want] * 99, nan_ok=True, rel=2e-7)
    x = np.array([complex(i, 2 * i) for i in range(40)])
    assert abs(x[::-3]).tolist() == pytest.approx([abs(v) for v in x.tolist()][::-3], rel=1e-15)
