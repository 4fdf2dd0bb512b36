"""Weighted means and covariances."""
import warnings

from .._core.numeric import normalize_axis_tuple
from .._globals import _NoValue
from ._root import np, public


def _weights_are_valid(weights, a, axis):
    """Weights as an array that broadcasts against `a`; `axis` is a tuple or None."""
    weights = np.asanyarray(weights)
    if weights.shape == a.shape:
        return weights
    if axis is None:
        raise TypeError("Axis must be specified when shapes of a and weights differ.")
    if weights.shape != tuple(a.shape[ax] for ax in axis):
        raise ValueError(
            "Shape of weights must be consistent with shape of a along specified axis."
        )
    # the weights' axes follow `axis`: bring them into the order of a, with ones between
    weights = weights.transpose(np.argsort(axis))
    return weights.reshape([n if ax in axis else 1 for ax, n in enumerate(a.shape)])


@public(
    lambda a, axis=None, weights=None, returned=None, *, keepdims=None: (a, weights)
)
def average(a, axis=None, weights=None, returned=False, *, keepdims=_NoValue):
    """Weighted mean.

    Parameters
    ----------
    a : array_like
    axis : int or tuple of int, optional
    weights : array_like, optional
        Of the shape of `a`, or of its lengths along `axis`.
    returned : bool
        Also return the sum of the weights.
    keepdims : bool

    Examples
    --------
    >>> np.average([1, 2, 3], weights=[3, 0, 1])
    np.float64(1.5)
    """
    a = np.asanyarray(a)
    if axis is not None:
        axis = normalize_axis_tuple(axis, a.ndim, argname="axis")
    # subclasses such as matrix do not know keepdims
    extra = {} if keepdims is _NoValue else {"keepdims": keepdims}
    if weights is None:
        mean = a.mean(axis, **extra)
        mean_array = np.asanyarray(mean)
        total = mean_array.dtype.type(a.size / mean_array.size) if returned else None
    else:
        w = _weights_are_valid(weights, a, axis)
        whole = issubclass(a.dtype.type, (np.integer, np.bool))
        dtype = np.result_type(a.dtype, w.dtype, "f8") if whole else \
            np.result_type(a.dtype, w.dtype)
        total = w.sum(axis=axis, dtype=dtype, **extra)
        if np.any(total == 0.0):
            raise ZeroDivisionError("Weights sum to zero, can't be normalized")
        mean = mean_array = np.multiply(a, w, dtype=dtype).sum(axis, **extra) / total
    if not returned:
        return mean
    if np.shape(total) != mean_array.shape:
        total = np.broadcast_to(total, mean_array.shape, subok=True).copy()
    return mean, total


def _observation_weights(weights, name, count):
    weights = np.asarray(weights, dtype=float)
    if name == "fweights" and not np.all(weights == np.around(weights)):
        raise TypeError("fweights must be integer")
    if weights.ndim > 1:
        raise RuntimeError(f"cannot handle multidimensional {name}")
    if weights.shape[0] != count:
        raise RuntimeError(f"incompatible numbers of samples and {name}")
    if np.any(weights < 0):
        raise ValueError(f"{name} cannot be negative")
    return weights


def _cov_dispatcher(m, y=None, rowvar=None, bias=None, ddof=None, fweights=None, aweights=None,
                    *, dtype=None):
    return m, y, fweights, aweights


@public(_cov_dispatcher)
def cov(m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *,
        dtype=None):
    """Covariance matrix.

    Parameters
    ----------
    m : array_like, up to 2-D
        Variables are rows (columns, if `rowvar` is false).
    y : array_like, optional
        More variables.
    rowvar : bool
    bias : bool
        Divide by N rather than by N - 1; `ddof` overrides it.
    ddof : int, optional
    fweights : array_like of int, optional
        How often each observation occurred.
    aweights : array_like, optional
        Relative importance of each observation.
    dtype : data-type, optional
        At least float64 by default.

    Examples
    --------
    >>> np.cov([[0, 1, 2], [2, 1, 0]])
    array([[ 1., -1.],
           [-1.,  1.]])
    """
    if ddof is not None and ddof != int(ddof):
        raise ValueError("ddof must be integer")
    m = np.asarray(m)
    if m.ndim > 2:
        raise ValueError("m has more than 2 dimensions")
    samples = [m]
    if y is not None:
        y = np.asarray(y)
        if y.ndim > 2:
            raise ValueError("y has more than 2 dimensions")
        samples.append(y)
    if dtype is None:
        dtype = np.result_type(*samples, np.float64)

    rows = np.array(m, ndmin=2, dtype=dtype)
    if not rowvar and m.ndim != 1:
        rows = rows.T
    if rows.shape[0] == 0:
        return np.array([]).reshape(0, 0)
    if y is not None:
        more = np.array(y, copy=None, ndmin=2, dtype=dtype)
        if not rowvar and more.shape[0] != 1:
            more = more.T
        rows = np.concatenate((rows, more), axis=0)
    count = rows.shape[1]
    if ddof is None:
        ddof = 0 if bias else 1

    weights = None
    if fweights is not None:
        weights = _observation_weights(fweights, "fweights", count)
    if aweights is not None:
        aweights = _observation_weights(aweights, "aweights", count)
        weights = aweights if weights is None else weights * aweights
    mean, total = average(rows, axis=1, weights=weights, returned=True)
    total = total[0]

    if weights is None:
        norm = count - ddof
    elif ddof == 0:
        norm = total
    elif aweights is None:
        norm = total - ddof
    else:
        norm = total - ddof * sum(weights * aweights) / total
    if norm <= 0:
        warnings.warn("Degrees of freedom <= 0 for slice", RuntimeWarning, stacklevel=2)
        norm = 0.0

    rows -= mean[:, None]
    other = rows if weights is None else rows * weights
    c = np.dot(rows, other.T.conj())
    c *= np.true_divide(1, norm)
    return c.squeeze()


@public(lambda x, y=None, rowvar=None, *, dtype=None: (x, y))
def corrcoef(x, y=None, rowvar=True, *, dtype=None):
    """Pearson correlation coefficients of variables, as a matrix.

    Parameters
    ----------
    x, y, rowvar, dtype
        As for `cov`.

    Examples
    --------
    >>> np.corrcoef([[0, 1, 2], [2, 1, 0]])
    array([[ 1., -1.],
           [-1.,  1.]])
    """
    c = cov(x, y, rowvar, dtype=dtype)
    if c.ndim == 0:
        # a single variable: 1, or nan where it does not vary
        return c / c
    spread = np.sqrt(np.diagonal(c).real)
    c /= spread[:, np.newaxis]
    c /= spread
    # rounding may have left the unit interval
    for part in (c.real, c.imag) if np.iscomplexobj(c) else (c,):
        np.clip(part, -1, 1, out=part)
    return c
