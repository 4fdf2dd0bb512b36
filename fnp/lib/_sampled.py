"""Functions known at sample points: slopes, differences, interpolation, integrals, phases."""
from .._core.multiarray import (
    _monotonicity,
    interp as _interp_real,
    interp_complex as _interp_complex,
    normalize_axis_index,
)
from .._core.numeric import normalize_axis_tuple
from .._globals import _NoValue
from ._root import np, public


def _gradient_dispatcher(f, *varargs, axis=None, edge_order=None):
    yield f
    yield from varargs


def _spacings(varargs, shape, axes):
    """One spacing per axis: a number, or the array of steps between coordinates."""
    if not varargs:
        return [1.0] * len(axes)
    if len(varargs) == 1 and np.ndim(varargs[0]) == 0:
        return list(varargs) * len(axes)
    if len(varargs) != len(axes):
        raise TypeError("invalid number of arguments")
    result = []
    for coordinates, axis in zip(varargs, axes):
        coordinates = np.asanyarray(coordinates)
        if coordinates.ndim == 0:
            result.append(coordinates)
            continue
        if coordinates.ndim != 1:
            raise ValueError("distances must be either scalars or 1d")
        if len(coordinates) != shape[axis]:
            raise ValueError(
                "when 1d, distances must match the length of the corresponding dimension"
            )
        if np.issubdtype(coordinates.dtype, np.integer):
            # unsigned coordinates must not wrap
            coordinates = coordinates.astype(np.float64)
        steps = np.diff(coordinates)
        result.append(steps[0] if (steps == steps[0]).all() else steps)
    return result


def _central_weights(before, after):
    """Weights of the second-order difference at a point between two unequal steps."""
    span = before + after
    return -after / (before * span), (after - before) / (before * after), before / (after * span)


def _end_weights(near, far):
    """Weights of the second-order one-sided difference; the end is the first point."""
    span = near + far
    return -(2.0 * near + far) / (near * span), span / (near * far), -near / (far * span)


def _slope(f, step, axis, edge_order, dtype):
    result = np.empty_like(f, dtype=dtype)
    # work on views that have the axis in front
    y, out = f.swapaxes(0, axis), result.swapaxes(0, axis)
    uniform = isinstance(step, float) or np.ndim(step) == 0
    if uniform:
        out[1:-1] = (y[2:] - y[:-2]) / (2.0 * step)
        first = last = second = last_but_one = step
    else:
        aligned = step.reshape((-1,) + (1,) * (f.ndim - 1))
        a, b, c = _central_weights(aligned[:-1], aligned[1:])
        out[1:-1] = a * y[:-2] + b * y[1:-1] + c * y[2:]
        first, last = step[0], step[-1]
    if edge_order == 1:
        out[0] = (y[1] - y[0]) / first
        out[-1] = (y[-1] - y[-2]) / last
        return result
    if uniform:
        a, b, c = -1.5 / step, 2.0 / step, -0.5 / step
        z, w, v = 0.5 / step, -2.0 / step, 1.5 / step
    else:
        a, b, c = _end_weights(first, step[1])
        v, w, z = (-x for x in _end_weights(last, step[-2]))
    out[0] = a * y[0] + b * y[1] + c * y[2]
    out[-1] = z * y[-3] + w * y[-2] + v * y[-1]
    return result


@public(_gradient_dispatcher)
def gradient(f, *varargs, axis=None, edge_order=1):
    """Slopes by second-order central differences inside, and one-sided ones at the edges.

    Parameters
    ----------
    f : array_like
    *varargs : scalars or 1-D arrays
        Spacing: one number for all axes, or per axis a number or the coordinates.
    axis : int or tuple of int, optional
    edge_order : {1, 2}
        Order of accuracy at the edges.

    Returns
    -------
    An array, or a tuple of arrays if there is more than one axis.

    Examples
    --------
    >>> np.gradient([1., 2, 4])
    array([1. , 1.5, 2. ])
    """
    f = np.asanyarray(f)
    axes = tuple(range(f.ndim)) if axis is None else normalize_axis_tuple(axis, f.ndim)
    steps = _spacings(varargs, f.shape, axes)
    if edge_order > 2:
        raise ValueError("'edge_order' greater than 2 not supported")
    dtype = f.dtype
    if dtype.kind == "M":
        # differences of dates are durations
        dtype = np.dtype(dtype.name.replace("datetime", "timedelta"))
        f = f.view(dtype)
    elif dtype.kind not in "mfc":
        if dtype.kind in "iu":
            # differences of unsigned integers would wrap
            f = f.astype(np.float64)
        dtype = np.dtype(np.float64)
    slopes = []
    for ax, step in zip(axes, steps):
        if f.shape[ax] < edge_order + 1:
            raise ValueError(
                "Shape of array too small to calculate a numerical gradient, "
                "at least (edge_order + 1) elements are required."
            )
        slopes.append(_slope(f, step, ax, edge_order, dtype))
    return slopes[0] if len(axes) == 1 else tuple(slopes)


@public(lambda a, n=None, axis=None, prepend=None, append=None: (a, prepend, append))
def diff(a, n=1, axis=-1, prepend=_NoValue, append=_NoValue):
    """The `n`-th difference ``a[i+1] - a[i]`` along an axis.

    Parameters
    ----------
    a : array_like
    n : int
    axis : int
    prepend, append : array_like, optional
        Joined to `a` first; scalars count as one slice.

    Examples
    --------
    >>> np.diff([1, 2, 4, 7])
    array([1, 2, 3])
    """
    if n == 0:
        return a
    if n < 0:
        raise ValueError(f"order must be non-negative but got {n!r}")
    a = np.asanyarray(a)
    if a.ndim == 0:
        raise ValueError("diff requires input that is at least one dimensional")
    axis = normalize_axis_index(axis, a.ndim)

    def edge(values):
        values = np.asanyarray(values)
        if values.ndim:
            return values
        return np.broadcast_to(values, a.shape[:axis] + (1,) + a.shape[axis + 1 :])

    parts = [a]
    if prepend is not _NoValue:
        parts.insert(0, edge(prepend))
    if append is not _NoValue:
        parts.append(edge(append))
    if len(parts) > 1:
        a = np.concatenate(parts, axis)
    lead = (slice(None),) * axis
    later, earlier = lead + (slice(1, None),), lead + (slice(None, -1),)
    subtract = np.not_equal if a.dtype == bool else np.subtract
    for _ in range(n):
        a = subtract(a[later], a[earlier])
    return a


@public(lambda x, xp, fp, left=None, right=None, period=None: (x, xp, fp))
def interp(x, xp, fp, left=None, right=None, period=None):
    """Piecewise linear interpolation of the points ``(xp, fp)``.

    Parameters
    ----------
    x : array_like
        Where to evaluate.
    xp : 1-D sequence of float
        Increasing, unless `period` is given.
    fp : 1-D sequence of float or complex
    left, right : number, optional
        Values outside of `xp`; ``fp[0]`` and ``fp[-1]`` by default.
    period : float, optional
        Both coordinates are taken modulo it; `left` and `right` are not used.

    Examples
    --------
    >>> np.interp(2.5, [1, 2, 3], [3, 2, 0])
    np.float64(1.0)
    """
    fp = np.asarray(fp)
    is_complex = np.iscomplexobj(fp)
    if period is not None:
        if period == 0:
            raise ValueError("period must be a non-zero value")
        x, xp = (np.asarray(c, dtype=np.float64) for c in (x, xp))
        fp = np.asarray(fp, dtype=np.complex128 if is_complex else np.float64)
        left, right, period = None, None, abs(period)
        if not xp.ndim == fp.ndim == 1:
            raise ValueError("Data points must be 1-D sequences")
        if xp.shape[0] != fp.shape[0]:
            raise ValueError("fp and xp are not of the same length")
        x = x % period
        xp = xp % period
        order = np.argsort(xp)
        xp, fp = xp[order], fp[order]
        # the neighbours across the seam
        xp = np.concatenate((xp[-1:] - period, xp, xp[:1] + period))
        fp = np.concatenate((fp[-1:], fp, fp[:1]))
    return (_interp_complex if is_complex else _interp_real)(x, xp, fp, left, right)


@public(lambda z, deg=None: (z,))
def angle(z, deg=False):
    """The angle of complex numbers with the positive real axis, in radians or degrees.

    Examples
    --------
    >>> np.angle([1, 1j], deg=True)
    array([ 0., 90.])
    """
    z = np.asanyarray(z)
    if issubclass(z.dtype.type, np.complexfloating):
        a = np.arctan2(z.imag, z.real)
    else:
        a = np.arctan2(0, z)
    if deg:
        a *= 180 / np.pi
    return a


@public(lambda p, discont=None, axis=None, *, period=None: (p,))
def unwrap(p, discont=None, axis=-1, *, period=6.283185307179586):
    """Undo wrapping: add multiples of `period` so that no jump is larger than half of it.

    Parameters
    ----------
    p : array_like
    discont : float, optional
        Smallest jump that is corrected; values below ``period / 2`` count as that.
    axis : int
    period : float

    Examples
    --------
    >>> np.unwrap([0, 5, 1], period=6)
    array([ 0, -1,  1])
    """
    p = np.asarray(p)
    jumps = diff(p, axis=axis)
    if discont is None:
        discont = period / 2
    dtype = np.result_type(jumps, period)
    if np.issubdtype(dtype, np.integer):
        half, remainder = divmod(period, 2)
        ambiguous = remainder == 0
    else:
        half = period / 2
        ambiguous = True
    low = -half
    wrapped = np.mod(jumps - low, period) + low
    if ambiguous:
        # a jump of exactly half a period keeps its sign
        np.copyto(wrapped, half, where=(wrapped == low) & (jumps > 0))
    correction = wrapped - jumps
    np.copyto(correction, 0, where=abs(jumps) < discont)
    up = np.array(p, copy=True, dtype=dtype)
    tail = (slice(None),) * (axis % p.ndim) + (slice(1, None),)
    up[tail] = p[tail] + correction.cumsum(axis)
    return up


@public(lambda y, x=None, dx=None, axis=None: (y, x))
def trapezoid(y, x=None, dx=1.0, axis=-1):
    """Integral along an axis by the trapezoidal rule.

    Parameters
    ----------
    y : array_like
    x : array_like, optional
        Sample points; else they are `dx` apart.
    dx : scalar
    axis : int

    Examples
    --------
    >>> np.trapezoid([1, 2, 3])
    np.float64(4.0)
    """
    y = np.asanyarray(y)
    if x is None:
        width = dx
    else:
        width = diff(np.asanyarray(x), axis=axis if np.ndim(x) != 1 else -1)
        if np.ndim(x) == 1:
            shape = [1] * y.ndim
            shape[axis] = width.shape[0]
            width = width.reshape(shape)
    key = [slice(None)] * y.ndim
    key[axis] = slice(1, None)
    later = tuple(key)
    key[axis] = slice(None, -1)
    earlier = tuple(key)
    try:
        return (width * (y[later] + y[earlier]) / 2.0).sum(axis)
    except ValueError:
        # subclasses whose product is not elementwise
        width, y = np.asarray(width), np.asarray(y)
        return np.add.reduce(width * (y[later] + y[earlier]) / 2.0, axis)


@public(lambda x, bins, right=None: (x, bins))
def digitize(x, bins, right=False):
    """The number of the bin that each value falls into.

    Parameters
    ----------
    x : array_like of real numbers
    bins : array_like
        Edges, monotonic in either direction.  0 and ``len(bins)`` stand for "outside".
    right : bool
        Whether bins contain their right edge.

    Examples
    --------
    >>> np.digitize([0.2, 6.4], [0., 1., 10.])
    array([1, 2])
    """
    x = np.asarray(x)
    bins = np.asarray(bins)
    # searchsorted would accept complex numbers
    if np.issubdtype(x.dtype, np.complexfloating):
        raise TypeError("x may not be complex")
    direction = _monotonicity(bins)
    if direction == 0:
        raise ValueError("bins must be monotonically increasing or decreasing")
    side = "left" if right else "right"
    if direction == -1:
        return len(bins) - np.searchsorted(bins[::-1], x, side)
    return np.searchsorted(bins, x, side)
