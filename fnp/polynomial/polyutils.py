"""What all kinds of series share: coefficient arrays, domains, division, powers, fitting."""
import functools
import itertools
import operator
import warnings

from .. import _core as np
from .._core._multiarray_umath import as_series
from .._core.multiarray import dragon4_positional, dragon4_scientific
from ..exceptions import RankWarning
from ..linalg import _linalg

__all__ = ["as_series", "trimseq", "trimcoef", "getdomain", "mapdomain", "mapparms", "format_float"]
as_series.__module__ = __name__


def trimseq(seq):
    """A sequence without its trailing zeros; at least one element stays."""
    if len(seq) == 0 or seq[-1] != 0:
        return seq
    end = len(seq)
    while end > 1 and seq[end - 1] == 0:
        end -= 1
    return seq[:end]


def trimcoef(c, tol=0):
    """Without trailing coefficients of absolute value up to tol."""
    if tol < 0:
        raise ValueError("tol must be non-negative")
    [c] = as_series([c])
    [keep] = np.nonzero(np.absolute(c) > tol)
    return c[:1] * 0 if len(keep) == 0 else c[:keep[-1] + 1].copy()


def getdomain(x):
    """Least and greatest value; of complex ones the corners of the rectangle around them."""
    [x] = as_series([x], trim=False)
    low, high = x.real.min(), x.real.max()
    if x.dtype.kind == "c":
        return np.array((complex(low, x.imag.min()), complex(high, x.imag.max())))
    return np.array((low, high))


def mapparms(old, new):
    """(offset, scale) of the linear map from one interval onto another."""
    width = old[1] - old[0]
    return (old[1] * new[0] - old[0] * new[1]) / width, (new[1] - new[0]) / width


def mapdomain(x, old, new):
    """x under the linear map that takes `old` onto `new`."""
    off, scl = mapparms(old, new)
    plain = isinstance(x, (int, float, complex, np.generic))
    return off + scl * (x if plain else np.asanyarray(x))


def _nth_slice(i, ndim):
    picks = [np.newaxis] * ndim
    picks[i] = slice(None)
    return tuple(picks)


def _vander_nd(vander_fs, points, degrees):
    count = {"sample points": len(points), "degrees": len(degrees)}
    for what, got in count.items():
        if got != len(vander_fs):
            raise ValueError(f"Expected {len(vander_fs)} dimensions of {what}, got {got}")
    if not vander_fs:
        raise ValueError("Unable to guess a dtype or shape when no points are given")
    coordinates = np.asarray(tuple(points)) + 0.0
    result = None
    for axis, (values, x, degree) in enumerate(zip(vander_fs, coordinates, degrees)):
        column = values(x, degree)[(Ellipsis, *_nth_slice(axis, len(vander_fs)))]
        result = column if result is None else result * column
    return result


def _vander_nd_flat(vander_fs, points, degrees):
    columns = _vander_nd(vander_fs, points, degrees)
    return columns.reshape(*columns.shape[:-len(degrees)], -1)


def _fromroots(line_f, mul_f, roots):
    """Product of the lines with the given roots, in pairs."""
    if len(roots) == 0:
        return np.ones(1)
    [roots] = as_series([roots], trim=False)
    roots.sort()
    factors = [line_f(-r, 1) for r in roots]
    while len(factors) > 1:
        half, odd = divmod(len(factors), 2)
        merged = [mul_f(factors[i], factors[i + half]) for i in range(half)]
        if odd:
            merged[0] = mul_f(merged[0], factors[-1])
        factors = merged
    return factors[0]


def _valnd(val_f, c, *args):
    args = [np.asanyarray(a) for a in args]
    if any(a.shape != args[0].shape for a in args):
        names = {2: "x, y", 3: "x, y, z"}.get(len(args))
        raise ValueError(f"{names} are incompatible" if names else "ordinates are incompatible")
    first, *others = args
    c = val_f(first, c)
    for x in others:
        c = val_f(x, c, tensor=False)
    return c


def _gridnd(val_f, c, *args):
    for x in args:
        c = val_f(x, c)
    return c


def _div(mul_f, c1, c2):
    """Long division: multiples of c2 by single basis elements take the leading term away."""
    rem, divisor = as_series([c1, c2])
    if divisor[-1] == 0:
        raise ZeroDivisionError
    extra = len(rem) - len(divisor)
    if extra < 0:
        return rem[:1] * 0, rem
    if len(divisor) == 1:
        return rem / divisor[0], rem[:1] * 0
    quo = np.zeros(extra + 1, dtype=rem.dtype)
    while extra >= 0:
        multiple = mul_f(extra * [0] + [1], divisor)
        quo[extra] = rem[-1] / multiple[-1]
        rem = (rem - quo[extra] * multiple)[:-1]
        extra -= 1
    return quo, trimseq(rem)


def _add(c1, c2):
    [c1, c2] = as_series([c1, c2])
    if len(c1) < len(c2):
        c1, c2 = c2, c1
    c1[:len(c2)] += c2
    return trimseq(c1)


def _sub(c1, c2):
    [c1, c2] = as_series([c1, c2])
    if len(c1) >= len(c2):
        c1[:len(c2)] -= c2
        return trimseq(c1)
    c2 = -c2
    c2[:len(c1)] += c1
    return trimseq(c2)


def _fit_degrees(deg):
    deg = np.asarray(deg)
    if deg.dtype.kind not in "iu" or not deg.size or deg.ndim > 1:
        raise TypeError("deg must be an int or non-empty 1-D array of int")
    if deg.min() < 0:
        raise ValueError("expected deg >= 0")
    return np.sort(deg) if deg.ndim else deg


def _fit_data(x, y, w):
    x, y = np.asarray(x) + 0.0, np.asarray(y) + 0.0
    w = None if w is None else np.asarray(w) + 0.0
    faults = [("expected 1D vector for x", x.ndim != 1), ("expected non-empty vector for x", not x.size),
              ("expected 1D or 2D array for y", y.ndim not in (1, 2)), ("expected x and y to have same length", y.ndim and x.ndim and len(x) != len(y)),
              ("expected 1D vector for w", w is not None and w.ndim != 1), ("expected x and w to have same length", w is not None and w.ndim == 1 and x.ndim and len(x) != len(w))]
    for text, wrong in faults:
        if wrong:
            raise TypeError(text)
    return x, y, w


def _fit(vander_f, x, y, deg, rcond=None, full=False, w=None):
    """Weighted least squares in the columns that vander_f gives, scaled to unit length."""
    degrees = _fit_degrees(deg)
    x, y, w = _fit_data(x, y, w)
    top = int(degrees.max())
    design = vander_f(x, top)
    if degrees.ndim:
        design = design[:, degrees]
    if w is not None:
        design, y = design * w[:, np.newaxis], (y.T * w).T
    lengths = np.sqrt((design * design.conj()).real.sum(axis=0))
    lengths[lengths == 0] = 1
    if rcond is None:
        rcond = np.finfo(x.dtype).eps * len(x)
    solution, residuals, rank, singular = _linalg.lstsq(design / lengths, y, rcond)
    solution = (solution.T / lengths).T
    if degrees.ndim:
        spread = np.zeros((top + 1, *solution.shape[1:]), dtype=solution.dtype)
        spread[degrees] = solution
        solution = spread
    if full:
        return solution, [residuals, rank, singular, rcond]
    if rank != design.shape[1]:
        warnings.warn("The fit may be poorly conditioned", RankWarning, stacklevel=3)
    return solution


def _pow(mul_f, c, pow, maxpower):
    if pow != (times := int(pow)) or times < 0:
        raise ValueError("Power must be a non-negative integer.")
    if maxpower is not None and times > maxpower:
        raise ValueError("Power is too large")
    series = as_series([c])[0]
    # One after the other, as the degree grows: the same roundings as repeated multiplication by hand.
    steps = itertools.repeat(series, times)
    return functools.reduce(mul_f, steps, next(steps, np.ones(1, dtype=series.dtype)))


def _as_int(x, desc):
    try:
        return operator.index(x)
    except TypeError as e:
        raise TypeError(f"{desc} must be an integer, received {x}") from e


def format_float(x, parens=False):
    """A number as arrays are printed: by the print options' precision."""
    if not np.issubdtype(type(x), np.floating):
        return str(x)
    opts = np.get_printoptions()
    if np.isnan(x):
        return opts["nanstr"]
    if np.isinf(x):
        return opts["infstr"]
    size = np.absolute(x)
    scientific = x != 0 and (size >= 1.e8 or size < 10 ** min(0, -(opts["precision"] - 1) // 2))
    fixed = opts["floatmode"] == "fixed"
    trim = "k" if fixed else "0"
    if scientific:
        s = dragon4_scientific(x, precision=opts["precision"], unique=not fixed, trim=trim, sign=opts["sign"] == "+")
        return f"({s})" if parens else s
    return dragon4_positional(x, precision=opts["precision"], fractional=True, unique=not fixed, trim=trim, sign=opts["sign"] == "+")
