"""Reductions that pass over NaN.

Most replace NaN by what does not change the result, reduce, and then mend or count what had nothing
else.  `_NoValue` options are not passed on, since subclasses need not know them.
"""
import warnings

from .._globals import _NoValue
from . import _quantiles
from ._root import np, public

__all__ = [
    "nansum",
    "nanmax",
    "nanmin",
    "nanargmax",
    "nanargmin",
    "nanmean",
    "nanmedian",
    "nanpercentile",
    "nanvar",
    "nanstd",
    "nanprod",
    "nancumsum",
    "nancumprod",
    "nanquantile",
]


def _given(**options):
    return {name: value for name, value in options.items() if value is not _NoValue}


def _find_nan(a):
    """Where `a` is NaN, or None for types that cannot be."""
    if a.dtype.kind == "O":
        return np.not_equal(a, a, dtype=bool)
    if issubclass(a.dtype.type, np.inexact):
        return np.isnan(a)
    return None


def _nan_mask(a, out=None):
    """Where `a` is not NaN; plain True for types that cannot be."""
    if a.dtype.kind not in "fc":
        return True
    mask = np.isnan(a, out=out)
    return np.invert(mask, out=mask)


def _replace_nan(a, val):
    """A copy with `val` for NaN, and where they were; or `a` itself and None."""
    return _nan_replaced(a, val, keep=False)


def _nan_replaced(a, val, keep=True):
    """As `_replace_nan`, but what has no NaN may be kept as it is."""
    given = np.asanyarray(a)
    mask = _find_nan(given)
    if mask is None:
        return given, None
    if keep and type(given) is np.ndarray and not mask.any():
        return given, mask
    filled = np.array(given, copy=True, subok=True)
    np.copyto(filled, val, where=mask)
    return filled, mask


def _fill_where(a, val, mask):
    """Write `val` into an array; a scalar is replaced."""
    if isinstance(a, np.ndarray):
        np.copyto(a, val, where=mask, casting="unsafe")
        return a
    return a.dtype.type(val)


def _divide_by_count(a, b, out=None):
    """a / b without warnings, in place where that is possible, in the type of a."""
    with np.errstate(invalid="ignore", divide="ignore"):
        if isinstance(a, np.ndarray) or out is not None:
            return np.divide(a, b, out=a if out is None else out, casting="unsafe")
        quotient = a / b
        return a.dtype.type(quotient) if hasattr(a, "dtype") else quotient


def _check_inexact(arr, dtype, out):
    if not issubclass(arr.dtype.type, np.inexact):
        return
    if dtype is not None and not issubclass(np.dtype(dtype).type, np.inexact):
        raise TypeError("If a is inexact, then dtype must be inexact")
    if out is not None and not issubclass(out.dtype.type, np.inexact):
        raise TypeError("If a is inexact, then out must be inexact")


def _extremum(a, axis, out, options, quick, slow, neutral):
    """(result, warning text or None)"""
    if type(a) in (np.ndarray, np.memmap) and a.dtype.kind != "O":
        # fmin and fmax prefer the other operand to NaN; __array_ufunc__ is not an issue here
        result = quick.reduce(a, axis=axis, out=out, **options)
        return result, "All-NaN slice encountered" if np.isnan(result).any() else None
    a, mask = _nan_replaced(a, neutral)
    result = slow(a, axis=axis, out=out, **options)
    if mask is None:
        return result, None
    options.pop("initial", None)
    empty = np.all(mask, axis=axis, **options)
    if not np.any(empty):
        return result, None
    return _fill_where(result, np.nan, empty), "All-NaN axis encountered"


_extremum_dispatch = public(
    lambda a, axis=None, out=None, keepdims=None, initial=None, where=None: (a, out)
)


@_extremum_dispatch
def nanmin(a, axis=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """Smallest element, NaN left out.

    Examples
    --------
    >>> np.nanmin([3., np.nan, 2.])
    np.float64(2.0)
    """
    options = _given(keepdims=keepdims, initial=initial, where=where)
    result, text = _extremum(a, axis, out, options, np.fmin, np.amin, +np.inf)
    if text:
        warnings.warn(text, RuntimeWarning, stacklevel=2)
    return result


@_extremum_dispatch
def nanmax(a, axis=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """Largest element, NaN left out.

    Examples
    --------
    >>> np.nanmax([3., np.nan, 2.])
    np.float64(3.0)
    """
    options = _given(keepdims=keepdims, initial=initial, where=where)
    result, text = _extremum(a, axis, out, options, np.fmax, np.amax, -np.inf)
    if text:
        warnings.warn(text, RuntimeWarning, stacklevel=2)
    return result


def _position(a, axis, out, keepdims, find, neutral):
    a, mask = _nan_replaced(a, neutral)
    if mask is not None and mask.size and np.any(np.all(mask, axis=axis)):
        raise ValueError("All-NaN slice encountered")
    return find(a, axis=axis, out=out, **_given(keepdims=keepdims))


_position_dispatch = public(lambda a, axis=None, out=None, *, keepdims=None: (a,))


@_position_dispatch
def nanargmin(a, axis=None, out=None, *, keepdims=_NoValue):
    """Index of the smallest element, NaN left out; ValueError if there is nothing else.

    Examples
    --------
    >>> np.nanargmin([np.nan, 4, 2])
    np.int64(2)
    """
    return _position(a, axis, out, keepdims, np.argmin, np.inf)


@_position_dispatch
def nanargmax(a, axis=None, out=None, *, keepdims=_NoValue):
    """Index of the largest element, NaN left out; ValueError if there is nothing else.

    Examples
    --------
    >>> np.nanargmax([np.nan, 4, 2])
    np.int64(1)
    """
    return _position(a, axis, out, keepdims, np.argmax, -np.inf)


_fold_dispatch = public(
    lambda a, axis=None, dtype=None, out=None, keepdims=None, initial=None, where=None: (a, out)
)


@_fold_dispatch
def nansum(
    a, axis=None, dtype=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue
):
    """Sum with NaN counted as zero.

    Examples
    --------
    >>> np.nansum([1, np.nan])
    np.float64(1.0)
    """
    a, _ = _nan_replaced(a, 0)
    return np.sum(a, axis=axis, dtype=dtype, out=out, keepdims=keepdims, initial=initial,
                  where=where)


@_fold_dispatch
def nanprod(
    a, axis=None, dtype=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue
):
    """Product with NaN counted as one.

    Examples
    --------
    >>> np.nanprod([3, np.nan])
    np.float64(3.0)
    """
    a, _ = _nan_replaced(a, 1)
    return np.prod(a, axis=axis, dtype=dtype, out=out, keepdims=keepdims, initial=initial,
                   where=where)


_running_dispatch = public(lambda a, axis=None, dtype=None, out=None: (a, out))


@_running_dispatch
def nancumsum(a, axis=None, dtype=None, out=None):
    """Running sum with NaN counted as zero.

    Examples
    --------
    >>> np.nancumsum([1, np.nan, 2])
    array([1., 1., 3.])
    """
    a, _ = _nan_replaced(a, 0)
    return np.cumsum(a, axis=axis, dtype=dtype, out=out)


@_running_dispatch
def nancumprod(a, axis=None, dtype=None, out=None):
    """Running product with NaN counted as one.

    Examples
    --------
    >>> np.nancumprod([2, np.nan, 3])
    array([2., 2., 6.])
    """
    a, _ = _nan_replaced(a, 1)
    return np.cumprod(a, axis=axis, dtype=dtype, out=out)


def _nanmean_dispatcher(a, axis=None, dtype=None, out=None, keepdims=None, *, where=None):
    return a, out


@public(_nanmean_dispatcher)
def nanmean(a, axis=None, dtype=None, out=None, keepdims=_NoValue, *, where=_NoValue):
    """Arithmetic mean of what is not NaN.

    Examples
    --------
    >>> np.nanmean([1, np.nan, 3])
    np.float64(2.0)
    """
    options = {"axis": axis, "keepdims": keepdims, "where": where}
    values, mask = _nan_replaced(a, 0)
    if mask is None:
        return np.mean(values, dtype=dtype, out=out, **options)
    _check_inexact(values, dtype, out)
    count = np.sum(~mask, dtype=np.intp, **options)
    total = np.sum(values, dtype=dtype, out=out, **options)
    mean = _divide_by_count(total, count, out)
    if (count == 0).any():
        # 0/0 has made it NaN already
        warnings.warn("Mean of empty slice", RuntimeWarning, stacklevel=2)
    return mean


def _without_nan(line, overwrite_input=False):
    """1-D data without NaN, what was kept (None for all), and whether it may be reordered."""
    found = np.not_equal(line, line, dtype=bool) if line.dtype.kind == "O" else np.isnan(line)
    if not found.any():
        return line, None, overwrite_input
    keep = ~found
    return line[keep], keep, True


def _warn_all_nan(stacklevel):
    warnings.warn("All-NaN slice encountered", RuntimeWarning, stacklevel=stacklevel)


def _nanmedian_line(line, overwrite_input, stacklevel):
    values, _, overwrite_input = _without_nan(line, overwrite_input)
    if values.size == 0:
        _warn_all_nan(stacklevel)
        # NaN of the right type
        return line[-1]
    return np.median(values, overwrite_input=overwrite_input)


def _nanmedian_sorted(a, axis):
    """Medians of all lines at once: NaN sorts to the end, so the count tells the middle."""
    ordered = np.sort(a, axis=axis)
    found = np.isnan(ordered)
    count = found.shape[axis] - np.count_nonzero(found, axis=axis, keepdims=True)
    for _ in range(count.size - np.count_nonzero(count)):
        _warn_all_nan(6)
    high = count // 2
    low = np.maximum(count - 1, 0) // 2
    # a line of NaN only has count 0, and its first element is one
    upper = np.take_along_axis(ordered, high, axis)
    upper = upper.squeeze(axis)
    two = low != high
    if not two.any():
        return upper
    lower = np.take_along_axis(ordered, low, axis).squeeze(axis)
    return np.where(two.squeeze(axis), np.mean([lower, upper], axis=0), upper)


def _nanmedian(a, axis=None, out=None, overwrite_input=False):
    if axis is None or a.ndim == 1:
        part = a.ravel()
        if out is None:
            return _nanmedian_line(part, overwrite_input, 6)
        out[...] = _nanmedian_line(part, overwrite_input, 6)
        return out
    if a.dtype.kind in "fc" and type(a) in (np.ndarray, np.matrix):
        result = _nanmedian_sorted(np.asarray(a), axis)
    else:
        result = np.apply_along_axis(_nanmedian_line, axis, a, overwrite_input, 8)
    if out is not None:
        out[...] = result
    return result


@public(
    lambda a, axis=None, out=None, overwrite_input=None, keepdims=None: (a, out)
)
def nanmedian(a, axis=None, out=None, overwrite_input=False, keepdims=_NoValue):
    """Median of what is not NaN.

    Examples
    --------
    >>> np.nanmedian([10., np.nan, 4.])
    np.float64(7.0)
    """
    a = np.asanyarray(a)
    if a.size == 0:
        # it warns, and gives the right shape
        return nanmean(a, axis, out=out, keepdims=keepdims)
    return _quantiles._ureduce(
        a, func=_nanmedian, keepdims=keepdims, axis=axis, out=out,
        overwrite_input=overwrite_input,
    )


def _nanquantile_1d(
    arr1d, q, overwrite_input=False, method="linear", weights=None, weak_q=False
):
    values, keep, overwrite_input = _without_nan(arr1d, overwrite_input)
    if values.size == 0:
        _warn_all_nan(2)
        return np.full(q.shape, np.nan, dtype=arr1d.dtype)[()]
    if weights is not None and keep is not None:
        weights = weights[keep]
    return _quantiles._quantile_unchecked(
        values, q, overwrite_input=overwrite_input, method=method, weights=weights, weak_q=weak_q
    )


def _nanquantile_ureduce_func(
    a, q, weights=None, axis=None, out=None, overwrite_input=False, method="linear", weak_q=False
):
    options = {"overwrite_input": overwrite_input, "method": method, "weak_q": weak_q}
    if axis is None or a.ndim == 1:
        weights = None if weights is None else weights.ravel()
        result = _nanquantile_1d(a.ravel(), q, weights=weights, **options)
    elif weights is None:
        result = np.apply_along_axis(_nanquantile_1d, axis, a, q, **options)
    else:
        # lines of values and of weights go in pairs
        values = np.moveaxis(a, axis, -1)
        weights = np.moveaxis(np.broadcast_to(weights, a.shape), axis, -1)
        result = None
        for place in np.ndindex(values.shape[:-1]):
            line = np.asanyarray(
                _nanquantile_1d(values[place], q, weights=weights[place], **options)
            )
            if result is None:
                result = np.empty_like(line, shape=values.shape[:-1] + line.shape)
            result[place] = line
        result = np.moveaxis(
            result, range(values.ndim - 1, result.ndim), range(axis, axis + q.ndim)
        ) if axis >= 0 else result
    if q.ndim and not (axis is None or a.ndim == 1):
        # the axes of q stand where the reduced axis was; they belong in front
        first = axis % a.ndim
        result = np.moveaxis(result, range(first, first + q.ndim), range(q.ndim))
    if out is not None:
        out[...] = result
    return result


def _nanquantile_unchecked(
    a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=_NoValue,
    weights=None, weak_q=False,
):
    if a.size == 0:
        return nanmean(a, axis, out=out, keepdims=keepdims)
    options = {"overwrite_input": overwrite_input, "method": method, "weak_q": weak_q}
    return _quantiles._ureduce(
        a, _nanquantile_ureduce_func, keepdims, q=q, weights=weights, axis=axis, out=out, **options
    )


_quantile_dispatch = public(
    lambda a, q, axis=None, out=None, overwrite_input=None, method=None, keepdims=None, *,
    weights=None: (a, q, out, weights)
)


@_quantile_dispatch
def nanpercentile(
    a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=_NoValue, *,
    weights=None,
):
    """Percentiles of what is not NaN; arguments as for `percentile`.

    Examples
    --------
    >>> np.nanpercentile([1., np.nan, 3.], 50)
    np.float64(2.0)
    """
    a = _quantiles._real_array(a)
    weak_q = _quantiles._is_weak(q)
    q = _quantiles._percent(q, a)
    weights = _quantiles._check_weights(weights, method, a, axis)
    return _nanquantile_unchecked(
        a, q, axis, out, overwrite_input, method, keepdims, weights, weak_q
    )


@_quantile_dispatch
def nanquantile(
    a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=_NoValue, *,
    weights=None,
):
    """Quantiles of what is not NaN; arguments as for `quantile`.

    Examples
    --------
    >>> np.nanquantile([1., np.nan, 3.], 0.5)
    np.float64(2.0)
    """
    a = _quantiles._real_array(a)
    weak_q = _quantiles._is_weak(q)
    q = _quantiles._fraction(q, a)
    weights = _quantiles._check_weights(weights, method, a, axis)
    return _nanquantile_unchecked(
        a, q, axis, out, overwrite_input, method, keepdims, weights, weak_q
    )


def _variance(a, axis, dtype, out, ddof, keepdims, where, mean, correction):
    """(variance, whether some slice had too few values)"""
    arr, mask = _replace_nan(a, 0)
    if correction is not _NoValue:
        if ddof != 0:
            raise ValueError("ddof and correction can't be provided simultaneously.")
        ddof = correction
    if mask is None:
        result = np.var(arr, axis=axis, dtype=dtype, out=out, ddof=ddof, keepdims=keepdims,
                        where=where, mean=mean)
        return result, False
    _check_inexact(arr, dtype, out)

    # matrix always keeps its axes, and does not know the option
    kept = _NoValue if type(arr) is np.matrix else True
    count = np.sum(~mask, axis=axis, dtype=np.intp, keepdims=kept, where=where)
    if mean is _NoValue:
        total = np.sum(arr, axis=axis, dtype=dtype, keepdims=kept, where=where)
        mean = _divide_by_count(total, count)

    np.subtract(arr, mean, out=arr, casting="unsafe", where=True if where is _NoValue else where)
    np.copyto(arr, 0, where=mask)
    if issubclass(arr.dtype.type, np.complexfloating):
        squares = np.multiply(arr, arr.conj(), out=arr).real
    else:
        squares = np.multiply(arr, arr, out=arr)
    result = np.sum(squares, axis=axis, dtype=dtype, out=out, keepdims=keepdims, where=where)
    if np.ndim(result) < count.ndim:
        count = count.squeeze(axis)
    freedom = count - ddof
    result = _divide_by_count(result, freedom)
    bad = freedom <= 0
    if not np.any(bad):
        return result, False
    return _fill_where(result, np.nan, bad), True


_variance_dispatch = public(
    lambda a, axis=None, dtype=None, out=None, ddof=None, keepdims=None, *, where=None,
    mean=None, correction=None: (a, out)
)


@_variance_dispatch
def nanvar(
    a, axis=None, dtype=None, out=None, ddof=0, keepdims=_NoValue, *, where=_NoValue,
    mean=_NoValue, correction=_NoValue,
):
    """Variance of what is not NaN.

    Examples
    --------
    >>> np.nanvar([1, np.nan, 3])
    np.float64(1.0)
    """
    result, short = _variance(a, axis, dtype, out, ddof, keepdims, where, mean, correction)
    if short:
        warnings.warn("Degrees of freedom <= 0 for slice.", RuntimeWarning, stacklevel=2)
    return result


@_variance_dispatch
def nanstd(
    a, axis=None, dtype=None, out=None, ddof=0, keepdims=_NoValue, *, where=_NoValue,
    mean=_NoValue, correction=_NoValue,
):
    """Standard deviation of what is not NaN.

    Examples
    --------
    >>> np.nanstd([1, np.nan, 3])
    np.float64(1.0)
    """
    options = {"keepdims": keepdims, "where": where, "mean": mean, "correction": correction}
    variance = nanvar(a, axis, dtype, out, ddof, **options)
    if isinstance(variance, np.ndarray):
        return np.sqrt(variance, out=variance)
    root = np.sqrt(variance)
    return variance.dtype.type(root) if hasattr(variance, "dtype") else root
