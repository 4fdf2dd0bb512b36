"""Histograms in one and more dimensions, and rules for the number of bins."""
import operator
import warnings
from builtins import range as _range

from .._core.multiarray import _histogram_uniform
from ._root import np, public

__all__ = ["histogram", "histogramdd", "histogram_bin_edges"]

# Data is counted in blocks, so that temporaries stay in the cache.
_BLOCK = 65536


def _unsigned_subtract(a, b):
    """a - b for a >= b, without the overflow of narrow signed integers."""
    dtype = np.result_type(a, b)
    if dtype.kind != "i":
        return np.subtract(a, b, dtype=dtype)
    wide = np.dtype(f"u{dtype.itemsize}")
    # the conversion of negative values wraps, and wraps back in the difference
    return np.subtract(np.asarray(a, dtype=dtype), np.asarray(b, dtype=dtype), casting="unsafe",
                       dtype=wide)


def _ptp(x):
    return _unsigned_subtract(x.max(), x.min())


# --- bin widths: x is not empty -----------------------------------------------------------------


def _hist_bin_sqrt(x, range):
    return _ptp(x) / np.sqrt(x.size)


def _hist_bin_sturges(x, range):
    return _ptp(x) / (np.log2(x.size) + 1.0)


def _hist_bin_rice(x, range):
    return _ptp(x) / (2.0 * x.size ** (1.0 / 3))


def _hist_bin_scott(x, range):
    return (24.0 * np.pi**0.5 / x.size) ** (1.0 / 3.0) * np.std(x)


def _hist_bin_stone(x, range):
    """The width with the least estimated integrated squared error, by leaving one out."""
    n, extent = x.size, _ptp(x)
    if n <= 1 or extent == 0:
        return 0

    def risk(bins):
        share = np.histogram(x, bins=bins, range=range)[0] / n
        return (2 - (n + 1) * share.dot(share)) / (extent / bins)

    most = max(100, int(np.sqrt(n)))
    best = min(_range(1, most + 1), key=risk)
    if best == most:
        warnings.warn(
            "The number of bins estimated may be suboptimal.", RuntimeWarning, stacklevel=3
        )
    return extent / best


def _hist_bin_doane(x, range):
    """Sturges' rule with a term for skewness."""
    n = x.size
    if n > 2:
        spread = np.std(x)
        if spread > 0.0:
            skew = np.mean(((x - np.mean(x)) / spread) ** 3)
            skew_error = np.sqrt(6.0 * (n - 2) / ((n + 1.0) * (n + 3)))
            return _ptp(x) / (
                1.0 + np.log2(n) + np.log2(1.0 + np.absolute(skew) / skew_error)
            )
    return 0.0


def _hist_bin_fd(x, range):
    """Freedman and Diaconis: by the distance of the quartiles."""
    iqr = np.subtract(*np.percentile(x, [75, 25]))
    return 2.0 * iqr * x.size ** (-1.0 / 3.0)


def _hist_bin_auto(x, range):
    """The narrower of the rules of Freedman-Diaconis and Sturges.

    The first is 0 where half of the data is equal, and too narrow for long tails; a multiple of the
    square root rule limits it.
    """
    width = _hist_bin_fd(x, range)
    sturges = _hist_bin_sturges(x, range)
    if not width:
        return sturges
    return min(max(width, _hist_bin_sqrt(x, range) / 2), sturges)


_hist_bin_selectors = {
    "stone": _hist_bin_stone,
    "auto": _hist_bin_auto,
    "doane": _hist_bin_doane,
    "fd": _hist_bin_fd,
    "rice": _hist_bin_rice,
    "scott": _hist_bin_scott,
    "sqrt": _hist_bin_sqrt,
    "sturges": _hist_bin_sturges,
}


# --- edges ----------------------------------------------------------------------------------------


def _flat_pair(a, weights):
    """Data and weights as 1-D arrays."""
    a = np.asarray(a)
    if a.dtype == bool:
        warnings.warn(
            f"Converting input from {a.dtype} to {np.uint8} for compatibility.",
            RuntimeWarning,
            stacklevel=3,
        )
        a = a.astype(np.uint8)
    if weights is not None:
        weights = np.asarray(weights)
        if weights.shape != a.shape:
            raise ValueError("weights should have the same shape as a.")
        weights = weights.ravel()
    return a.ravel(), weights


def _get_outer_edges(a, range):
    """The first and the last edge: as asked for, or those of the data; never equal."""
    if range is not None:
        first, last = range
        if first > last:
            raise ValueError("max must be larger than min in range parameter.")
        origin = "supplied"
    elif a.size == 0:
        first, last = 0, 1
        origin = "default"
    else:
        first, last = a.min(), a.max()
        origin = "autodetected"
    if not (np.isfinite(first) and np.isfinite(last)):
        raise ValueError(f"{origin} range of [{first}, {last}] is not finite")
    if first == last:
        first, last = first - 0.5, last + 0.5
    return first, last


def _estimate(a, bins, range, first, last):
    """Number of bins by the rule that `bins` names."""
    if range is not None:
        inside = (a >= first) & (a <= last)
        if not inside.all():
            a = a[inside]
    if a.size == 0:
        return 1
    width = _hist_bin_selectors[bins](a, (first, last))
    if not width:
        # no spread
        return 1
    if np.issubdtype(a.dtype, np.integer) and width < 1:
        width = 1
    return int(np.ceil(_unsigned_subtract(last, first) / width))


def _get_bin_edges(a, bins, range, weights):
    """(edges, (first, last, count) if they are uniform, else None)"""
    if isinstance(bins, str):
        if bins not in _hist_bin_selectors:
            raise ValueError(f"{bins!r} is not a valid estimator for `bins`")
        if weights is not None:
            raise TypeError(
                "Automated estimation of the number of bins is not supported for weighted data"
            )
        first, last = _get_outer_edges(a, range)
        count = _estimate(a, bins, range, first, last)
    elif np.ndim(bins) == 0:
        try:
            count = operator.index(bins)
        except TypeError as e:
            raise TypeError("`bins` must be an integer, a string, or an array") from e
        if count < 1:
            raise ValueError("`bins` must be positive, when an integer")
        first, last = _get_outer_edges(a, range)
    elif np.ndim(bins) == 1:
        edges = np.asarray(bins)
        if np.any(edges[:-1] > edges[1:]):
            raise ValueError("`bins` must increase monotonically, when an array")
        return edges, None
    else:
        raise ValueError("`bins` must be 1d, when an array")

    dtype = np.result_type(first, last, a)
    if np.issubdtype(dtype, np.integer):
        dtype = np.result_type(dtype, float)
    edges = np.linspace(first, last, count + 1, endpoint=True, dtype=dtype)
    if np.any(edges[:-1] >= edges[1:]):
        raise ValueError(
            f"Too many bins for data range. Cannot create {count} finite-sized bins."
        )
    return edges, (first, last, count)


@public(lambda a, bins=None, range=None, weights=None: (a, bins, weights))
def histogram_bin_edges(a, bins=10, range=None, weights=None):
    """The edges that `histogram` would use.

    Parameters
    ----------
    a : array_like
    bins : int, sequence of scalars, or str
        A number of bins of equal width; their edges; or the name of a rule: 'auto', 'fd', 'doane',
        'scott', 'stone', 'rice', 'sturges', 'sqrt'.
    range : (float, float), optional
    weights : array_like, optional

    Examples
    --------
    >>> np.histogram_bin_edges([0, 4], bins=2)
    array([0., 2., 4.])
    """
    a, weights = _flat_pair(a, weights)
    return _get_bin_edges(a, bins, range, weights)[0]


# --- counting -------------------------------------------------------------------------------------


def _blocks(a, weights):
    for start in _range(0, len(a), _BLOCK):
        part = slice(start, start + _BLOCK)
        yield a[part], None if weights is None else weights[part]


def _in_doubles(a, edges, first, last):
    """Whether doubles compare with the bounds as the data does."""
    return (edges.dtype == float and (a.dtype.kind in 'iu' or a.dtype == float)
            and type(a) is np.ndarray and abs(first) <= 2**53 and abs(last) <= 2**53)


def _count_uniform(a, weights, edges, uniform, dtype):
    """Counts in bins of equal width: the place follows from the value."""
    first, last, count = uniform
    span = _unsigned_subtract(last, first)
    if _in_doubles(a, edges, first, last) and (weights is None or dtype == float):
        total = 0
        for values, share in _blocks(a, weights):
            values = np.ascontiguousarray(values, float)
            share = None if share is None else np.ascontiguousarray(share)
            total = total + _histogram_uniform(values, share, first, last, span, edges)
        return total if len(a) else np.zeros(count, dtype)
    n = np.zeros(count, dtype)
    for values, share in _blocks(a, weights):
        inside = (values >= first) & (values <= last)
        if not inside.all():
            values = values[inside]
            share = None if share is None else share[inside]
        # in the type of the edges, so that comparisons with them are exact
        values = values.astype(edges.dtype, copy=False)
        place = (_unsigned_subtract(values, first) / span * count).astype(np.intp)
        place[place == count] -= 1
        # rounding may have missed by one
        place[values < edges[place]] -= 1
        place[(values >= edges[place + 1]) & (place != count - 1)] += 1
        if dtype.kind == "c":
            n.real += np.bincount(place, weights=share.real, minlength=count)
            n.imag += np.bincount(place, weights=share.imag, minlength=count)
        else:
            n += np.bincount(place, weights=share, minlength=count).astype(dtype)
    return n


def _rank_edges(ordered, edges):
    """How many elements lie below each edge; the last edge belongs to its bin."""
    below = ordered.searchsorted(edges[:-1], "left")
    return np.concatenate((below, ordered.searchsorted(edges[-1:], "right")))


def _count_sorted(a, weights, edges, dtype):
    """Counts between any edges, as differences of ranks."""
    total = np.zeros(edges.shape, dtype)
    for values, share in _blocks(a, weights):
        if share is None:
            total += _rank_edges(np.sort(values), edges)
        else:
            order = np.argsort(values)
            running = np.concatenate((np.zeros(1, dtype), share[order].cumsum()))
            total += running[_rank_edges(values[order], edges)]
    return np.diff(total)


@public(
    lambda a, bins=None, range=None, density=None, weights=None: (a, bins, weights)
)
def histogram(a, bins=10, range=None, density=None, weights=None):
    """Count values by bins.  All bins but the last are half open.

    Parameters
    ----------
    a : array_like
        Used flattened.
    bins : int, sequence of scalars, or str
        As for `histogram_bin_edges`.
    range : (float, float), optional
        Values outside of it are ignored.
    density : bool
        Return a probability density, whose integral over the range is 1.
    weights : array_like, optional
        What each value counts.

    Returns
    -------
    hist, bin_edges : arrays; there is one edge more than bins

    Examples
    --------
    >>> np.histogram([1, 2, 1], bins=[0, 1, 2, 3])
    (array([0, 2, 1]), array([0, 1, 2, 3]))
    """
    a, weights = _flat_pair(a, weights)
    edges, uniform = _get_bin_edges(a, bins, range, weights)
    dtype = np.dtype(np.intp) if weights is None else weights.dtype
    # bincount works in doubles
    plain = weights is None or np.can_cast(dtype, np.double) or dtype.kind == "c"
    if uniform is not None and plain:
        n = _count_uniform(a, weights, edges, uniform, dtype)
    else:
        n = _count_sorted(a, weights, edges, dtype)
    if density:
        width = np.array(np.diff(edges), float)
        return n / width / n.sum(), edges
    return n, edges


def _histogramdd_dispatcher(sample, bins=None, range=None, density=None, weights=None):
    if hasattr(sample, "shape"):
        yield sample
    else:
        yield from sample
    try:
        yield from bins
    except TypeError:
        yield bins
    yield weights


def _axis_edges(coordinates, bins, range, axis):
    """Edges of one dimension."""
    if np.ndim(bins) == 0:
        if bins < 1:
            raise ValueError(f"`bins[{axis}]` must be positive, when an integer")
        first, last = _get_outer_edges(coordinates, range)
        try:
            count = operator.index(bins)
        except TypeError as e:
            raise TypeError(f"`bins[{axis}]` must be an integer, when a scalar") from e
        return np.linspace(first, last, count + 1)
    if np.ndim(bins) != 1:
        raise ValueError(f"`bins[{axis}]` must be a scalar or 1d array")
    edges = np.asarray(bins)
    if np.any(edges[:-1] > edges[1:]):
        raise ValueError(f"`bins[{axis}]` must be monotonically increasing, when an array")
    return edges


@public(_histogramdd_dispatcher)
def histogramdd(sample, bins=10, range=None, density=None, weights=None):
    """Count points in space by boxes.

    Parameters
    ----------
    sample : array of shape (N, D), or sequence of D coordinate arrays
    bins : int, or sequence of ints and edge arrays
    range : sequence of (lower, upper) or None, optional
    density : bool
    weights : array_like of N values, optional

    Returns
    -------
    H : array with D axes
    edges : list of D arrays

    Examples
    --------
    >>> H, edges = np.histogramdd(np.array([[0, 0], [1, 1.]]), bins=2)
    >>> H.tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    try:
        _, ndim = sample.shape
    except (AttributeError, ValueError):
        # coordinates one by one, or one dimension
        sample = np.atleast_2d(sample).T
        ndim = sample.shape[1]
    if weights is not None:
        weights = np.asarray(weights)
    try:
        given = len(bins)
    except TypeError:
        bins = [bins] * ndim
    else:
        if given != ndim:
            raise ValueError(
                "The dimension of bins must be equal to the dimension of the sample x."
            )
    if range is None:
        range = (None,) * ndim
    elif len(range) != ndim:
        raise ValueError("range argument must have one entry per dimension")

    columns = [sample[:, i] for i in _range(ndim)]
    edges = [_axis_edges(c, b, r, i) for i, (c, b, r) in enumerate(zip(columns, bins, range))]
    # with the space before the first and after the last edge
    counts = tuple(len(e) + 1 for e in edges)
    places = []
    for column, e in zip(columns, edges):
        place = np.searchsorted(e, column, side="right")
        # the last edge belongs to its bin
        place[column == e[-1]] -= 1
        places.append(place)
    flat = np.ravel_multi_index(tuple(places), counts)
    size = 1
    for count in counts:
        size *= count
    hist = np.bincount(flat, weights, minlength=size).reshape(counts)
    hist = hist.astype(float, casting="safe")[(slice(1, -1),) * ndim]
    if density:
        total = hist.sum()
        for i, e in enumerate(edges):
            hist = hist / np.diff(e).reshape([-1 if j == i else 1 for j in _range(ndim)])
        hist /= total
    return hist, edges
