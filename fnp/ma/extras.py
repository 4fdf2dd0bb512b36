"""More functions of masked arrays: averages, stacking, sets, runs of valid elements, fits."""
import functools
import itertools
import warnings

from ..lib._function_base_impl import _ureduce
from ..lib._index_tricks_impl import AxisConcatenator
from ..lib.array_utils import normalize_axis_index, normalize_axis_tuple
from . import core as ma
from ._root import np
from .core import (
    MaskedArray,
    array,
    concatenate,
    count,
    dot,
    filled,
    getdata,
    getmask,
    getmaskarray,
    make_mask_descr,
    mask_or,
    masked,
    masked_array,
    nomask,
    sort,
)

__all__ = """
    apply_along_axis apply_over_axes atleast_1d atleast_2d atleast_3d average clump_masked
    clump_unmasked column_stack compress_cols compress_nd compress_rowcols compress_rows
    count_masked corrcoef cov diagflat dot dstack ediff1d flatnotmasked_contiguous
    flatnotmasked_edges hsplit hstack isin in1d intersect1d mask_cols mask_rowcols mask_rows
    masked_all masked_all_like median mr_ ndenumerate notmasked_contiguous notmasked_edges polyfit
    row_stack setdiff1d setxor1d stack unique union1d vander vstack
""".split()

_NoValue = np._NoValue


def issequence(seq):
    """Whether it is an array, a tuple or a list."""
    return isinstance(seq, (np.ndarray, tuple, list))


def count_masked(arr, axis=None):
    """Number of masked elements.

    Examples
    --------
    >>> int(np.ma.count_masked(np.ma.array([1, 2], mask=[0, 1])))
    1
    """
    return getmaskarray(arr).sum(axis)


def masked_all(shape, dtype=float):
    """A new array with everything masked.

    Examples
    --------
    >>> np.ma.masked_all((2,)).tolist()
    [None, None]
    """
    return masked_array(
        np.empty(shape, dtype), mask=np.ones(shape, make_mask_descr(dtype))
    )


def masked_all_like(arr):
    """A new array like another one, with everything masked.

    Examples
    --------
    >>> np.ma.masked_all_like(np.zeros(2)).tolist()
    [None, None]
    """
    a = np.empty_like(arr).view(MaskedArray)
    a._mask = np.ones(a.shape, dtype=make_mask_descr(a.dtype))
    return a


# --- functions of the main namespace, applied to data and mask ------------------------------------


def _like(npfunc, wrapped):
    """Dress a function as one of this module."""
    functools.update_wrapper(wrapped, npfunc, assigned=("__name__", "__qualname__"))
    wrapped.__doc__ = f"`{npfunc.__name__}` of the main namespace, applied to data and mask."
    return wrapped


def _for_one(npfunc):
    def wrapped(x, *args, **kwargs):
        data = npfunc(np.asarray(x), *args, **kwargs)
        mask = npfunc(getmaskarray(x), *args, **kwargs)
        return masked_array(data, mask=mask)

    return _like(npfunc, wrapped)


def _for_sequence(npfunc):
    def wrapped(x, *args, **kwargs):
        data = npfunc(tuple(np.asarray(a) for a in x), *args, **kwargs)
        mask = npfunc(tuple(getmaskarray(a) for a in x), *args, **kwargs)
        return masked_array(data, mask=mask)

    return _like(npfunc, wrapped)


def _for_all(npfunc):
    def wrapped(*args, **kwargs):
        results = []
        for x in args:
            data = npfunc(np.asarray(x), **kwargs)
            results.append(masked_array(data, mask=npfunc(getmaskarray(x), **kwargs)))
        return results[0] if len(results) == 1 else tuple(results)

    return _like(npfunc, wrapped)


atleast_1d = _for_all(np.atleast_1d)
atleast_2d = _for_all(np.atleast_2d)
atleast_3d = _for_all(np.atleast_3d)
vstack = row_stack = _for_sequence(np.vstack)
hstack = _for_sequence(np.hstack)
column_stack = _for_sequence(np.column_stack)
dstack = _for_sequence(np.dstack)
stack = _for_sequence(np.stack)
hsplit = _for_one(np.hsplit)
diagflat = _for_one(np.diagflat)


def flatten_inplace(seq):
    """Unfold the nested sequences of a list, in place."""
    k = 0
    while k != len(seq):
        while hasattr(seq[k], "__iter__"):
            seq[k : k + 1] = seq[k]
        k += 1
    return seq


def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    """Call a function with every line of a masked array along an axis.

    Examples
    --------
    >>> np.ma.apply_along_axis(np.ma.sum, 0, np.ma.array([[1, 2], [3, 4]])).tolist()
    [4, 6]
    """
    arr = array(arr, copy=False, subok=True)
    axis = normalize_axis_index(axis, arr.ndim)
    lines = np.moveaxis(arr, axis, -1) if not isinstance(arr, np.matrix) else arr
    outer = lines.shape[:-1]
    results, types, shape = [], [], None
    for place in np.ndindex(outer):
        result = func1d(lines[place], *args, **kwargs)
        if shape is None:
            shape = np.shape(result)
        types.append(np.asarray(result).dtype)
        results.append(result)
    dtype = max(types) if types else np.dtype(float)
    output = np.zeros(outer + shape, dtype=dtype)
    mask = np.zeros(outer + shape, dtype=bool)
    for place, result in zip(np.ndindex(outer), results):
        if result is masked:
            mask[place] = True
        else:
            output[place] = getdata(result)
            mask[place] = getmaskarray(result) if shape else bool(np.any(getmaskarray(result)))
    output = masked_array(output, mask=mask if mask.any() else nomask)
    # the axes of the results stand where the axis was
    order = list(range(len(outer)))
    order[axis:axis] = range(len(outer), output.ndim)
    output = output.transpose(order)
    if not output.ndim:
        return output[()]
    output.fill_value = ma.default_fill_value(output)
    return output


def apply_over_axes(func, a, axes):
    """Call ``func(a, axis)`` for one axis after the other, keeping the number of axes.

    Examples
    --------
    >>> np.ma.apply_over_axes(np.ma.sum, np.ma.ones((2, 2)), [0, 1]).tolist()
    [[4.0]]
    """
    result = np.asanyarray(a)
    ndim = result.ndim
    for axis in np.atleast_1d(axes).tolist():
        if axis < 0:
            axis += ndim
        reduced = func(result, axis)
        if reduced.ndim != ndim:
            reduced = ma.expand_dims(reduced, axis)
            if reduced.ndim != ndim:
                raise ValueError("function is not returning an array of the correct shape")
        result = reduced
    return result


# --- averages -------------------------------------------------------------------------------------


def average(a, axis=None, weights=None, returned=False, *, keepdims=_NoValue):
    """Weighted mean of unmasked elements.

    Parameters
    ----------
    a : array_like
    axis : int or tuple of int, optional
    weights : array_like, optional
    returned : bool
        Also return the sum of the weights.
    keepdims : bool

    Examples
    --------
    >>> np.ma.average(np.ma.array([1., 2., 3.], mask=[0, 0, 1]), weights=[3, 1, 0])
    np.float64(1.25)
    """
    a = ma.asarray(a)
    mask = getmask(a)
    if axis is not None:
        axis = normalize_axis_tuple(axis, a.ndim, argname="axis")
    options = {} if keepdims is _NoValue else {"keepdims": keepdims}
    if weights is None:
        mean = a.mean(axis, **options)
        total = mean.dtype.type(a.count(axis)) if returned else None
    else:
        w = ma.asarray(weights)
        whole = issubclass(a.dtype.type, (np.integer, np.bool))
        dtype = np.result_type(a.dtype, w.dtype, "f8") if whole \
            else np.result_type(a.dtype, w.dtype)
        if a.shape != w.shape:
            if axis is None:
                raise TypeError(
                    "Axis must be specified when shapes of a and weights differ.")
            if w.shape != tuple(a.shape[ax] for ax in axis):
                raise ValueError(
                    "Shape of weights must be consistent with shape of a along specified axis.")
            w = w.transpose(np.argsort(axis))
            w = w.reshape([n if ax in axis else 1 for ax, n in enumerate(a.shape)])
        if mask is not nomask:
            # what is masked weighs nothing
            w = w * (~a.mask)
            w.mask |= a.mask
        total = w.sum(axis=axis, dtype=dtype, **options)
        mean = np.multiply(a, w, dtype=dtype).sum(axis, **options) / total
    if not returned:
        return mean
    if np.shape(total) != np.shape(mean):
        total = np.broadcast_to(total, mean.shape).copy()
    return mean, total


def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    """Median of unmasked elements.

    Parameters
    ----------
    a : array_like
    axis : int, optional
    out : array, optional
    overwrite_input : bool
        Allow to reorder `a`.
    keepdims : bool

    Examples
    --------
    >>> np.ma.median(np.ma.array([1., 2., 9.], mask=[0, 0, 1]))
    np.float64(1.5)
    """
    if not hasattr(a, "mask"):
        result = np.median(getdata(a, subok=True), axis=axis, out=out,
                           overwrite_input=overwrite_input, keepdims=keepdims)
        if isinstance(result, np.ndarray) and 1 <= result.ndim:
            return masked_array(result, copy=False)
        return result
    return _ureduce(a, func=_median, keepdims=keepdims, axis=axis, out=out,
                    overwrite_input=overwrite_input)


def _median(a, axis=None, out=None, overwrite_input=False):
    if axis is None:
        a = a.ravel()
        axis = 0
    axis = normalize_axis_index(axis, a.ndim)
    if a.shape[axis] == 0:
        # the mean of nothing, with its warning
        return ma.mean(a, axis=axis, out=out)
    # masked elements become as large as possible: the valid ones come first
    plain = a.filled(ma.minimum_fill_value(a))
    ordered = np.sort(np.asarray(plain), axis=axis)
    mask = getmaskarray(a)
    number = a.shape[axis] - mask.sum(axis=axis, keepdims=True)
    middle = np.stack([
        np.take_along_axis(ordered, place, axis).squeeze(axis)
        for place in (np.maximum(number - 1, 0) // 2, number // 2)
    ])
    same = middle[0] == middle[1]
    with np.errstate(invalid="ignore"):
        # infinities of one sign would make NaN
        value = np.where(same, middle[0], np.mean(middle, axis=0))
    if np.issubdtype(ordered.dtype, np.inexact):
        # NaN that is not masked is the median
        has_nan = (np.isnan(getdata(a)) & ~mask).any(axis=axis)
        value = np.where(has_nan, np.array(np.nan, value.dtype), value)
    nothing = (number == 0).squeeze(axis)
    if value.ndim == 0:
        result = masked if nothing else value[()]
        return result if out is None else _store(out, result)
    result = masked_array(value, mask=nothing if nothing.any() else nomask)
    return result if out is None else _store(out, result)


def _store(out, value):
    out[...] = value
    return out


# --- rows and columns -----------------------------------------------------------------------------


def compress_nd(x, axis=None):
    """Leave out all slices that have a masked element.

    Parameters
    ----------
    x : array_like
    axis : int or tuple of int, optional

    Returns
    -------
    ndarray

    Examples
    --------
    >>> np.ma.compress_nd(np.ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]]))
    array([[3]])
    """
    x = ma.asarray(x)
    mask = getmask(x)
    axes = range(x.ndim) if axis is None else normalize_axis_tuple(axis, x.ndim)
    if mask is nomask or not mask.any():
        return x._data
    if mask.all():
        return np.array([])
    data = x._data
    for ax in axes:
        others = tuple(i for i in range(x.ndim) if i != ax)
        data = data[(slice(None),) * ax + (~mask.any(axis=others),)]
    return data


def _matrix(a, caller, copy=False):
    a = array(a, copy=copy, subok=False)
    if a.ndim == 2:
        return a
    raise NotImplementedError(f"{caller} works for 2D arrays only.")


def compress_rowcols(x, axis=None):
    """Leave out rows, columns (axis 1) or both of a matrix that have a masked element."""
    return compress_nd(_matrix(x, "compress_rowcols"), axis=axis)


def compress_rows(a):
    """Leave out rows of a matrix that have a masked element."""
    return compress_nd(_matrix(a, "compress_rows"), axis=0)


def compress_cols(a):
    """Leave out columns of a matrix that have a masked element."""
    return compress_nd(_matrix(a, "compress_cols"), axis=1)


def mask_rowcols(a, axis=None):
    """Mask rows, columns (axis 1) or both of a matrix that have a masked element.

    Examples
    --------
    >>> np.ma.mask_rowcols(np.ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]]), 0).tolist()
    [[None, None], [3, 4]]
    """
    a = _matrix(a, "mask_rowcols")
    old = getmaskarray(a)
    if not old.any():
        return a
    new = old.copy()
    if not axis:
        new |= old.any(axis=1, keepdims=True)
    if axis in (None, 1, -1):
        new |= old.any(axis=0, keepdims=True)
    a._mask = new
    a._sharedmask = False
    return a


def _warn_of_axis(axis):
    if axis is not _NoValue:
        warnings.warn(
            "The axis argument has always been ignored, in future passing it will raise "
            "TypeError",
            DeprecationWarning,
            stacklevel=3,
        )


def _mask_lines(name, which, axis_of_lines):
    def function(a, axis=_NoValue):
        _warn_of_axis(axis)
        return mask_rowcols(a, axis_of_lines)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"Mask {which} of a matrix that have a masked element."
    return function


mask_rows = _mask_lines("mask_rows", "rows", 0)
mask_cols = _mask_lines("mask_cols", "columns", 1)


# --- sets -----------------------------------------------------------------------------------------


def ediff1d(arr, to_end=None, to_begin=None):
    """Differences of neighbours in the flattened array, with values put before and after."""
    arr = ma.asanyarray(arr).flat
    differences = arr[1:] - arr[:-1]
    parts = [differences]
    if to_begin is not None:
        parts.insert(0, to_begin)
    if to_end is not None:
        parts.append(to_end)
    return hstack(parts) if len(parts) != 1 else differences


def unique(ar1, return_index=False, return_inverse=False):
    """Unique elements; masked ones count as equal.

    Examples
    --------
    >>> np.ma.unique(np.ma.array([1, 2, 1, 3], mask=[0, 0, 0, 1])).tolist()
    [1, 2, None]
    """
    output = np.unique(ar1, return_index=return_index, return_inverse=return_inverse)
    if isinstance(output, tuple):
        return (output[0].view(MaskedArray), *output[1:])
    return output.view(MaskedArray)


def intersect1d(ar1, ar2, assume_unique=False):
    """Sorted values that are in both arrays; masked elements count as equal."""
    if assume_unique:
        both = ma.concatenate((ar1, ar2))
    else:
        both = ma.concatenate((unique(ar1), unique(ar2)))
    both.sort()
    return both[:-1][both[1:] == both[:-1]]


def setxor1d(ar1, ar2, assume_unique=False):
    """Sorted values that are in exactly one of the arrays."""
    if not assume_unique:
        ar1, ar2 = unique(ar1), unique(ar2)
    both = ma.concatenate((ar1, ar2), axis=None)
    if both.size == 0:
        return both
    both.sort()
    filler = both.filled()
    edge = ma.concatenate(([True], filler[1:] != filler[:-1], [True]))
    return both[edge[1:] == edge[:-1]]


def in1d(ar1, ar2, assume_unique=False, invert=False):
    """Whether each element of a flattened array is in another one.

    Examples
    --------
    >>> np.ma.in1d([1, 2], [2, 3]).tolist()
    [False, True]
    """
    if not assume_unique:
        ar1, back = unique(ar1, return_inverse=True)
        ar2 = unique(ar2)
    both = ma.concatenate((ar1, ar2))
    # stable, so that of two equal values the one of ar1 comes first
    order = both.argsort(kind="mergesort")
    ordered = both[order]
    follows = ordered[1:] != ordered[:-1] if invert else ordered[1:] == ordered[:-1]
    flags = ma.concatenate((follows, [invert]))
    places = order.argsort(kind="mergesort")[: len(ar1)]
    return flags[places] if assume_unique else flags[places][back]


def isin(element, test_elements, assume_unique=False, invert=False):
    """Whether each element is one of `test_elements`; in the shape of `element`."""
    element = ma.asarray(element)
    return in1d(element, test_elements, assume_unique=assume_unique, invert=invert).reshape(
        element.shape)


def union1d(ar1, ar2):
    """Sorted values that are in either array."""
    return unique(ma.concatenate((ar1, ar2), axis=None))


def setdiff1d(ar1, ar2, assume_unique=False):
    """Values of `ar1` that are not in `ar2`."""
    if assume_unique:
        ar1 = ma.asarray(ar1).ravel()
    else:
        ar1, ar2 = unique(ar1), unique(ar2)
    return ar1[in1d(ar1, ar2, assume_unique=True, invert=True)]


# --- covariance -----------------------------------------------------------------------------------


def _covhelper(x, y=None, rowvar=True, allow_masked=True):
    """(differences to the means, where both are known, whether variables are rows)"""
    x = ma.array(x, ndmin=2, copy=True, dtype=float)
    known = (~getmaskarray(x)).astype(int)
    if not allow_masked and not known.all():
        raise ValueError("Cannot process masked data.")
    if x.shape[0] == 1:
        rowvar = True
    rowvar = int(bool(rowvar))
    axis = 1 - rowvar
    if y is None:
        known = known.astype("float32")
    else:
        y = array(y, copy=False, ndmin=2, dtype=float)
        y_known = (~getmaskarray(y)).astype(int)
        if not allow_masked and not y_known.all():
            raise ValueError("Cannot process masked data.")
        if (getmask(x) is not nomask or getmask(y) is not nomask) and y.shape == x.shape:
            # pairs are known as such
            common = mask_or(getmaskarray(x), getmaskarray(y))
            if common is not nomask:
                x._mask = y._mask = common
                x._sharedmask = y._sharedmask = False
        x = ma.concatenate((x, y), axis)
        known = (~getmaskarray(x)).astype("float32")
    means = x.mean(axis=rowvar)
    x -= means[:, None] if rowvar else means[None, :]
    return x, known, rowvar


def cov(x, y=None, rowvar=True, bias=False, allow_masked=True, ddof=None):
    """Covariance matrix; pairs with a masked element are left out.

    Parameters
    ----------
    x, y : array_like
    rowvar : bool
        Whether variables are rows.
    bias : bool
        Divide by N rather than by N - 1; `ddof` overrides it.
    allow_masked : bool
        If false, masked elements are an error.
    ddof : int, optional
    """
    if ddof is not None and ddof != int(ddof):
        raise ValueError("ddof must be an integer")
    if ddof is None:
        ddof = 0 if bias else 1
    x, known, rowvar = _covhelper(x, y, rowvar, allow_masked)
    if not rowvar:
        pairs = np.dot(known.T, known) - ddof
        products = np.dot(filled(x.T, 0), filled(x.conj(), 0))
    else:
        pairs = np.dot(known, known.T) - ddof
        products = np.dot(filled(x, 0), filled(x.T.conj(), 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        data = products / pairs
    result = ma.array(data, mask=pairs <= 0).squeeze()
    return result


def corrcoef(x, y=None, rowvar=True, allow_masked=True):
    """Correlation coefficients; arguments as for `cov`."""
    c = cov(x, y, rowvar, allow_masked=allow_masked)
    if c.ndim < 2:
        # a single variable
        return c / c
    spread = ma.sqrt(ma.diagonal(c))
    return c / ma.multiply.outer(spread, spread)


# --- concatenation by index -----------------------------------------------------------------------


class MAxisConcatenator(AxisConcatenator):
    """`AxisConcatenator` for masked arrays."""

    __slots__ = ()
    concatenate = staticmethod(concatenate)

    @classmethod
    def makemat(cls, arr):
        """Matrix with the mask of an array."""
        data = super().makemat(arr.data, copy=False)
        return array(data, mask=arr.mask)

    def __getitem__(self, key):
        # strings build matrices, which have no masks
        if isinstance(key, str):
            raise ma.MAError("Unavailable for masked array.")
        return super().__getitem__(key)


class mr_class(MAxisConcatenator):
    """`r_` for masked arrays.

    Examples
    --------
    >>> np.ma.mr_[np.ma.array([1], mask=[1]), 0].tolist()
    [None, 0]
    """

    __slots__ = ()

    def __init__(self):
        super().__init__(0)


mr_ = mr_class()


# --- runs of elements -----------------------------------------------------------------------------


def ndenumerate(a, compressed=True):
    """Iterate over pairs of coordinates and values, unmasked ones only or all.

    Examples
    --------
    >>> list(np.ma.ndenumerate(np.ma.array([5, 6], mask=[1, 0])))
    [((1,), np.int64(6))]
    """
    for (place, value), is_masked in zip(np.ndenumerate(a), getmaskarray(a).flat):
        if not is_masked:
            yield place, value
        elif not compressed:
            yield place, masked


def flatnotmasked_edges(a):
    """Places of the first and the last unmasked element of the flattened array.

    Examples
    --------
    >>> np.ma.flatnotmasked_edges(np.ma.array([1, 2, 3], mask=[1, 0, 0])).tolist()
    [1, 2]
    """
    mask = getmask(a)
    if mask is nomask or not np.any(mask):
        return np.array([0, a.size - 1])
    known = np.flatnonzero(~mask)
    return known[[0, -1]] if len(known) > 0 else None


def notmasked_edges(a, axis=None):
    """Places of the first and the last unmasked elements along an axis."""
    a = ma.asarray(a)
    if axis is None or a.ndim == 1:
        return flatnotmasked_edges(a)
    mask = getmaskarray(a)
    places = array(np.indices(a.shape), mask=np.asarray([mask] * a.ndim))
    return [
        tuple(places[i].min(axis).compressed() for i in range(a.ndim)),
        tuple(places[i].max(axis).compressed() for i in range(a.ndim)),
    ]


def flatnotmasked_contiguous(a):
    """Slices of the runs of unmasked elements in the flattened array.

    Examples
    --------
    >>> np.ma.flatnotmasked_contiguous(np.ma.array([1, 2, 3], mask=[1, 0, 0]))
    [slice(1, 3, None)]
    """
    mask = getmask(a)
    if mask is nomask:
        return [slice(0, a.size)]
    result, start = [], 0
    for is_masked, run in itertools.groupby(mask.ravel()):
        stop = start + len(list(run))
        if not is_masked:
            result.append(slice(start, stop))
        start = stop
    return result


def notmasked_contiguous(a, axis=None):
    """Slices of the runs of unmasked elements, of each line along an axis."""
    a = ma.asarray(a)
    if a.ndim > 2:
        raise NotImplementedError("Currently limited to at most 2D array.")
    if axis is None or a.ndim == 1:
        return flatnotmasked_contiguous(a)
    lines = a if axis % 2 else a.T
    return [flatnotmasked_contiguous(line) for line in
            (lines[i] for i in range(lines.shape[0]))]


def _ezclump(mask):
    """Slices of the runs of true elements."""
    mask = np.asarray(mask).ravel()
    if mask.size == 0:
        return []
    turns = (mask[1:] ^ mask[:-1]).nonzero()[0] + 1
    edges = [0, *turns.tolist(), mask.size]
    first = 0 if mask[0] else 1
    return [slice(a, b) for a, b in zip(edges[first::2], edges[first + 1 :: 2])]


def clump_unmasked(a):
    """Slices of the runs of unmasked elements of a 1-D array.

    Examples
    --------
    >>> np.ma.clump_unmasked(np.ma.array([1, 2, 3], mask=[1, 0, 0]))
    [slice(1, 3, None)]
    """
    mask = getattr(a, "_mask", nomask)
    if mask is nomask:
        return [slice(0, a.size)]
    return _ezclump(~mask)


def clump_masked(a):
    """Slices of the runs of masked elements of a 1-D array.

    Examples
    --------
    >>> np.ma.clump_masked(np.ma.array([1, 2, 3], mask=[1, 0, 0]))
    [slice(0, 1, None)]
    """
    mask = getmask(a)
    if mask is nomask:
        return []
    return _ezclump(mask)


# --- polynomials ----------------------------------------------------------------------------------


def vander(x, n=None):
    """Vandermonde matrix; masked elements give rows of zeros."""
    result = np.vander(x, n)
    mask = getmask(x)
    if mask is not nomask:
        result[mask] = 0
    return result


def polyfit(x, y, deg, rcond=None, full=False, w=None, cov=False):
    """Least squares fit of a polynomial to points that are not masked; as `np.polyfit`."""
    x, y = ma.asarray(x), ma.asarray(y)
    mask = getmask(x)
    if y.ndim == 1:
        mask = mask_or(mask, getmask(y))
    elif y.ndim == 2:
        row_mask = getmask(mask_rows(y))
        if row_mask is not nomask:
            mask = mask_or(mask, row_mask[:, 0])
    else:
        raise TypeError("Expected a 1D or 2D array for y!")
    if w is not None:
        w = ma.asarray(w)
        if w.ndim != 1:
            raise TypeError("expected a 1-d array for weights")
        if w.shape[0] != y.shape[0]:
            raise TypeError("expected w and y to have the same length")
        mask = mask_or(mask, getmask(w))
    if mask is nomask:
        return np.polyfit(x, y, deg, rcond, full, w, cov)
    known = ~mask
    if w is not None:
        w = w[known]
    return np.polyfit(x[known], y[known], deg, rcond, full, w, cov)

