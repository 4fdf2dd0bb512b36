"""Medians and quantiles: order statistics, and what lies between them."""
from .._core.numeric import normalize_axis_tuple
from .._globals import _NoValue
from ._moments import _weights_are_valid
from ._root import np, public


def _ureduce(a, func, keepdims=False, **kwargs):
    """Let `func`, which knows one axis, reduce over any number of axes.

    Keyword arguments go to `func`; of them `axis`, `out` and `weights` are adapted here.
    """
    a = np.asanyarray(a)
    ndim = a.ndim
    out = kwargs.get("out")
    axis = kwargs.get("axis")
    if keepdims is _NoValue:
        keepdims = False
    gone = range(ndim) if axis is None else normalize_axis_tuple(axis, ndim)
    if keepdims and out is not None:
        kwargs["out"] = out[(Ellipsis, *(0 if ax in gone else slice(None) for ax in range(ndim)))]
    if axis is not None:
        if len(gone) == 1:
            kwargs["axis"] = gone[0]
        else:
            kept = [ax for ax in range(ndim) if ax not in gone]

            def merge(x):
                x = np.moveaxis(x, kept, range(len(kept)))
                return x.reshape(x.shape[: len(kept)] + (-1,))

            weights = kwargs.get("weights")
            if weights is not None:
                kwargs["weights"] = merge(np.broadcast_to(weights, a.shape))
            a = merge(a)
            kwargs["axis"] = -1
    result = func(a, **kwargs)
    if out is not None:
        return out
    if keepdims:
        key = [np.newaxis if ax in gone else slice(None) for ax in range(ndim)]
        result = result[(Ellipsis, *key)]
    return result


def _median_nancheck(data, result, axis):
    """Turn the medians of lines with a NaN into it; NaN was partitioned to the end."""
    if data.size == 0:
        return result
    last = data.take(-1, axis=axis)
    found = np.isnan(last)
    if hasattr(found, "filled"):
        # masked
        found = found.filled(True)
    if not np.count_nonzero(found):
        return result
    if isinstance(result, np.generic):
        return last
    np.copyto(result, last, where=found)
    return result


@public(
    lambda a, axis=None, out=None, overwrite_input=None, keepdims=None: (a, out)
)
def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    """Middle value of the sorted data; the mean of the two middle ones for an even number.

    Parameters
    ----------
    a : array_like
    axis : int or sequence of int, optional
        All axes by default.
    out : array, optional
    overwrite_input : bool
        Allow to reorder `a` in place of copying it.
    keepdims : bool

    Examples
    --------
    >>> np.median([[10, 7, 4], [3, 2, 1]])
    np.float64(3.5)
    """
    options = {"axis": axis, "out": out, "overwrite_input": overwrite_input}
    return _ureduce(a, _median, keepdims, **options)


def _median(a, axis=None, out=None, overwrite_input=False):
    a = np.asanyarray(a)
    n = a.size if axis is None else a.shape[axis]
    half = n // 2
    kth = [half] if n % 2 else [half - 1, half]
    if np.issubdtype(a.dtype, np.inexact) or a.dtype.kind in "mM":
        # so that a NaN is found at the end
        kth.append(-1)
    if overwrite_input:
        part = a.ravel() if axis is None else a
        part.partition(kth, axis=0 if axis is None else axis)
    else:
        part = np.partition(a, kth, axis=axis)
    if part.shape == ():
        # half a subclass, half a scalar: hand out the plain value
        return part.item()
    if axis is None:
        axis = 0
    first = half if part.shape[axis] % 2 else half - 1
    middle = (slice(None),) * (axis % part.ndim) + (slice(first, half + 1),)
    # the mean also copies, rounds integers to float, and rejects what has no mean
    result = np.mean(part[middle], axis=axis, out=out)
    if len(kth) > 1 and kth[-1] == -1 and n > 0:
        result = _median_nancheck(part, result, axis)
    return result


# --- quantiles ---------------------------------------------------------------------------------
#
# A method maps (n, q) to virtual indices into the sorted sample (Hyndman & Fan, 1996).  Integer
# ones are looked up; between others lies a weighted mean, whose weight a method may change.


def _plotting_position(alpha, beta):
    return lambda n, q: n * q + (alpha + q * (1 - alpha - beta)) - 1


def _step_up(n, q):
    return _whole(np.ceil(n * q) - 1)


def _nearest_even(n, q):
    position = n * q - 0.5
    below = np.floor(position)
    return _whole(below - ((position == below) & (below % 2 == 0)))


def _whole(index):
    return np.maximum(index, 0).astype(np.intp)


def _between(n, q):
    position = (n - 1) * q
    return 0.5 * (np.floor(position) + np.ceil(position))


_METHODS = {
    "inverted_cdf": (_step_up, None),
    "averaged_inverted_cdf": (
        lambda n, q: n * q - 1, lambda gamma, _: np.where(gamma == 0, 0.5, 1.0)
    ),
    "closest_observation": (_nearest_even, None),
    "interpolated_inverted_cdf": (_plotting_position(0, 1), None),
    "hazen": (_plotting_position(0.5, 0.5), None),
    "weibull": (_plotting_position(0, 0), None),
    "linear": (lambda n, q: (n - 1) * q, None),
    "median_unbiased": (_plotting_position(1 / 3.0, 1 / 3.0), None),
    "normal_unbiased": (_plotting_position(3 / 8.0, 3 / 8.0), None),
    "lower": (lambda n, q: np.floor((n - 1) * q).astype(np.intp), None),
    "higher": (lambda n, q: np.ceil((n - 1) * q).astype(np.intp), None),
    "midpoint": (_between, lambda gamma, virtual: np.where(virtual % 1 == 0, 0.0, 0.5)),
    "nearest": (lambda n, q: np.round((n - 1) * q).astype(np.intp), None),
}
_WEIGHTED_METHODS = ("inverted_cdf",)
# methods whose integer positions always lie in the sample
_LOOKED_UP = ("inverted_cdf", "closest_observation", "linear", "lower", "higher", "nearest")


def _quantile_is_valid(q):
    return bool(np.all((q >= 0) & (q <= 1)))


def _lerp(a, b, t, out=None):
    """``a + (b - a) * t``, exact at both ends, monotonic and symmetric in t."""
    step = b - a
    result = np.asanyarray(np.add(a, np.multiply(step, t), out=out))
    # from the middle on count back from b
    np.subtract(b, np.multiply(step, 1 - t), out=result, where=t >= 0.5, casting="unsafe",
                dtype=type(result.dtype))
    return result[()] if result.ndim == 0 and out is None else result


def _neighbours(virtual, n):
    """Indices below and above, both at the edge where the virtual index leaves the sample."""
    below = np.floor(virtual)
    above = below + 1
    past_end, before_start = virtual >= n - 1, virtual < 0
    pair = []
    for index in (below, above):
        index = np.where(past_end, -1, np.where(before_start, 0, index))
        pair.append(index.astype(np.intp))
    return pair


def _one_quantile(arr, q):
    """The quantile q (a float) by linear interpolation in a line of doubles, which is reordered."""
    last = len(arr) - 1
    virtual = last * q
    below = int(virtual)
    t = virtual - below
    above = min(below + 1, last)
    arr.partition(sorted({below, above, last}))
    end = arr[last]
    if end != end:
        return end
    a, b = arr[below], arr[above]
    step = b - a
    return a + step * t if t < 0.5 else b - step * (1 - t)


def _find_quantiles(arr, q, method, out, weak_q):
    """Unweighted quantiles along axis 0 of `arr`, which is reordered.

    Returns the result and its NaN marks (or None).
    """
    n = arr.shape[0]
    if (method == "linear" and arr.ndim == 1 and n and q.ndim == 0 and out is None
            and q.dtype == float and (arr.dtype == float or arr.dtype.kind in "iu")
            and type(arr) is type(q) is np.ndarray):
        return _one_quantile(arr, q.item()), None
    can_be_nan = np.issubdtype(arr.dtype, np.inexact) or arr.dtype.kind in "Mm"
    position, adjust = _METHODS[method]
    virtual = np.asanyarray(position(n, q))
    if method in _LOOKED_UP and np.issubdtype(virtual.dtype, np.integer):
        kth = virtual.ravel()
        arr.partition(np.append(kth, -1) if can_be_nan else kth, axis=0)
        result = np.take(arr, virtual, axis=0, out=out)
    else:
        below, above = _neighbours(virtual, n)
        arr.partition(np.unique(np.concatenate(([0, -1], below.ravel(), above.ravel()))), axis=0)
        gamma = np.asanyarray(virtual - np.floor(virtual))
        if adjust:
            gamma = np.asanyarray(adjust(gamma, virtual), dtype=gamma.dtype)
        gamma = gamma.reshape(virtual.shape + (1,) * (arr.ndim - 1))
        if weak_q and (arr.dtype.kind == "f" or gamma.dtype.kind == "i"):
            gamma = gamma.astype(arr.dtype if arr.dtype.kind == "f" else float)
        result = _lerp(arr[below], arr[above], gamma, out=out)
    return result, np.isnan(arr[-1, ...]) if can_be_nan else None


def _find_weighted(arr, q, weights, out):
    """Quantiles along axis 0: the first value whose cumulative weight reaches q.

    Returns the sorted values, the result, and NaN marks (or None).
    """
    share = np.asanyarray(weights)
    order = np.argsort(arr, axis=0)
    arr = np.take_along_axis(arr, order, axis=0)
    share = np.take_along_axis(np.broadcast_to(share, arr.shape), order, axis=0)
    reached = share.cumsum(axis=0, dtype=np.float64)
    reached /= reached[-1, ...]
    if np.isnan(reached[-1, ...]).any():
        raise ValueError("Weights included NaN, inf or were all zero.")
    # values without weight stay below every q, 0 included
    reached[reached == 0] = -1

    last = arr.shape[0] - 1
    result = np.empty_like(arr, shape=q.shape + arr.shape[1:]) if out is None else out
    for place in np.ndindex(arr.shape[1:]):
        line = (slice(None), *place)
        picked = np.searchsorted(reached[line], q, side="left")
        result[(Ellipsis, *place)] = arr[line][np.minimum(picked, last)]
    can_be_nan = np.issubdtype(arr.dtype, np.inexact) or arr.dtype.kind in "Mm"
    if result.ndim == 0 and result.dtype.kind == "O":
        result = result.item()
    return arr, result, np.isnan(arr[-1, ...]) if can_be_nan else None


def _quantile(arr, quantiles, axis=-1, method="linear", out=None, weights=None, weak_q=False):
    """Quantiles along one axis; their axes come first in the result.  Reorders `arr`."""
    arr = np.asanyarray(arr)
    if axis != 0:
        arr = np.moveaxis(arr, axis, 0)
    if method not in _METHODS:
        raise ValueError(
            f"{method!r} is not a valid method. Use one of: {_METHODS.keys()}"
        ) from None
    if weights is None:
        result, has_nan = _find_quantiles(arr, quantiles, method, out, weak_q)
    else:
        weights = np.asanyarray(weights)
        if axis != 0:
            weights = np.moveaxis(weights, axis, 0)
        arr, result, has_nan = _find_weighted(arr, np.asanyarray(quantiles), weights, out)
    if has_nan is not None and np.any(has_nan):
        if result.ndim == 0 and out is None:
            return arr[-1]
        np.copyto(result, arr[-1, ...], where=has_nan)
    return result


def _quantile_ureduce_func(
    a, q, weights=None, axis=None, out=None, overwrite_input=False, method="linear", weak_q=False
):
    if q.ndim > 2:
        raise ValueError("q must be a scalar or 1d")
    if axis is None:
        axis = 0
        weights = None if weights is None else weights.ravel()
        arr = a.ravel() if overwrite_input else a.flatten()
    else:
        arr = a if overwrite_input else a.copy()
    return _quantile(arr, q, axis, method, out, weights, weak_q)


def _quantile_unchecked(
    a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False,
    weights=None, weak_q=False,
):
    return _ureduce(
        a, _quantile_ureduce_func, keepdims=keepdims, q=q, weights=weights, axis=axis, out=out,
        overwrite_input=overwrite_input, method=method, weak_q=weak_q,
    )


def _check_weights(weights, method, a, axis):
    if weights is None:
        return None
    if method not in _WEIGHTED_METHODS:
        raise ValueError(f"Only method 'inverted_cdf' supports weights. Got: {method}.")
    axes = None if axis is None else normalize_axis_tuple(axis, a.ndim, argname="axis")
    checked = _weights_are_valid(weights, a, axes)
    if (checked < 0).any():
        raise ValueError("Weights must be non-negative.")
    return checked


def _real_array(a):
    a = np.asanyarray(a)
    if a.dtype.kind == "c":
        raise TypeError("a must be an array of real numbers")
    return a


def _is_weak(q):
    return type(q) in (int, float)


def _percent(q, a):
    """Percentiles as quantiles, checked; Python numbers do not decide the precision."""
    q = np.asanyarray(np.true_divide(q, 100))
    if not _quantile_is_valid(q):
        raise ValueError("Percentiles must be in the range [0, 100]")
    return q


def _fraction(q, a):
    q = np.asanyarray(q)
    if not _quantile_is_valid(q):
        raise ValueError("Quantiles must be in the range [0, 1]")
    return q


_quantile_dispatch = public(
    lambda a, q, axis=None, out=None, overwrite_input=None, method=None, keepdims=None, *,
    weights=None: (a, q, out, weights)
)


@_quantile_dispatch
def percentile(
    a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *,
    weights=None,
):
    """Percentiles of the data along some axes; `quantile` with `q` from 0 to 100.

    Examples
    --------
    >>> np.percentile([1, 2, 3, 4], [25, 50])
    array([1.75, 2.5 ])
    """
    a = _real_array(a)
    weak_q = _is_weak(q)
    q = _percent(q, a)
    weights = _check_weights(weights, method, a, axis)
    return _quantile_unchecked(
        a, q, axis, out, overwrite_input, method, keepdims, weights, weak_q
    )


@_quantile_dispatch
def quantile(
    a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *,
    weights=None,
):
    """Quantiles of the data along some axes.

    Parameters
    ----------
    a : array_like of real numbers
    q : array_like
        From 0 to 1.  Its axes come first in the result.
    axis : int or tuple of int, optional
        All axes by default.
    out : array, optional
    overwrite_input : bool
        Allow to reorder `a`.
    method : str
        Discontinuous: 'inverted_cdf', 'averaged_inverted_cdf', 'closest_observation'.
        Continuous: 'interpolated_inverted_cdf', 'hazen', 'weibull', 'linear',
        'median_unbiased', 'normal_unbiased'.
        Variants of 'linear': 'lower', 'higher', 'midpoint', 'nearest'.
    keepdims : bool
    weights : array_like, optional
        For method 'inverted_cdf' only.

    Examples
    --------
    >>> np.quantile([1, 2, 3, 4], 0.25)
    np.float64(1.75)
    """
    a = _real_array(a)
    weak_q = _is_weak(q)
    q = _fraction(q, a)
    weights = _check_weights(weights, method, a, axis)
    return _quantile_unchecked(
        a, q, axis, out, overwrite_input, method, keepdims, weights, weak_q
    )
