"""Sets of values: unique elements, membership, union and the like.  All stand on sorting."""
from collections import namedtuple

from .._core.multiarray import normalize_axis_index
from .._core._multiarray_umath import _unique_hash
from ._root import _array_converter, np, public

__all__ = [
    "ediff1d",
    "intersect1d",
    "isin",
    "setdiff1d",
    "setxor1d",
    "union1d",
    "unique",
    "unique_all",
    "unique_counts",
    "unique_inverse",
    "unique_values",
]


def _end_piece(values, name, dtype):
    if values is None:
        return values
    values = np.asanyarray(values)
    if not np.can_cast(values, dtype, casting="same_kind"):
        raise TypeError(
            f"dtype of `{name}` must be compatible with input `ary` under the `same_kind` rule."
        )
    return values.ravel()


@public(lambda ary, to_end=None, to_begin=None: (ary, to_end, to_begin))
def ediff1d(ary, to_end=None, to_begin=None):
    """Differences of neighbours in the flattened array, with values put before and after.

    Examples
    --------
    >>> np.ediff1d([1, 2, 4], to_begin=-9)
    array([-9,  1,  2])
    """
    conv = _array_converter(ary)
    flat = conv[0].ravel()
    dtype = flat.dtype
    before = _end_piece(to_begin, "to_begin", dtype)
    after = _end_piece(to_end, "to_end", dtype)
    if before is None and after is None:
        return flat[1:] - flat[:-1]
    start = 0 if before is None else len(before)
    count = max(len(flat) - 1, 0)
    result = np.empty_like(flat, shape=start + count + (0 if after is None else len(after)))
    if before is not None:
        result[:start] = before
    if after is not None:
        result[start + count :] = after
    np.subtract(flat[1:], flat[:-1], result[start : start + count])
    return conv.wrap(result)


class UniqueAllResult(namedtuple("_All", "values indices inverse_indices counts")):
    """What `unique_all` returns."""

    __slots__ = ()


class UniqueCountsResult(namedtuple("_Counts", "values counts")):
    """What `unique_counts` returns."""

    __slots__ = ()


class UniqueInverseResult(namedtuple("_Inverse", "values inverse_indices")):
    """What `unique_inverse` returns."""

    __slots__ = ()


def _first_of_runs(ordered, equal_nan):
    """Mark the first element of each run of equal ones; NaN are one run, if they are equal."""
    first = np.empty(ordered.shape, dtype=np.bool)
    first[:1] = True
    if (
        equal_nan
        and ordered.shape[0] > 0
        and ordered.dtype.kind in "cfmM"
        and np.isnan(ordered[-1])
    ):
        # all NaN are at the end; complex ones sort by their other part too
        if ordered.dtype.kind == "c":
            start = np.searchsorted(np.isnan(ordered), True, side="left")
        else:
            start = np.searchsorted(ordered, ordered[-1], side="left")
        if start > 0:
            np.not_equal(ordered[1:start], ordered[: start - 1], out=first[1:start])
        first[start] = True
        first[start + 1 :] = False
    else:
        first[1:] = ordered[1:] != ordered[:-1]
    return first


def _unique1d(
    ar, return_index=False, return_inverse=False, return_counts=False, *, equal_nan=True,
    inverse_shape=None, axis=None, sorted=True,
):
    """Unique elements of the flattened array, and what is asked for, as a tuple."""
    ar = np.asanyarray(ar)
    if type(ar) is np.ndarray and ar.dtype.fields is None and not (
        return_index or return_inverse or return_counts
    ):
        hashed = _unique_hash(ar.ravel(), equal_nan=equal_nan)
        if hashed is not NotImplemented:
            if sorted:
                hashed.sort()
            return (hashed,)
    ar = ar.flatten()
    indirect = return_index or return_inverse
    if indirect:
        # a stable sort puts the first occurrence first
        order = ar.argsort(kind="mergesort" if return_index else "quicksort")
        ar = ar[order]
    else:
        ar.sort()
    first = _first_of_runs(ar, equal_nan)
    result = (ar[first],)
    if return_index:
        result += (order[first],)
    if return_inverse:
        run = np.cumsum(first) - 1
        inverse = np.empty(first.shape, dtype=np.intp)
        inverse[order] = run
        result += (inverse.reshape(inverse_shape) if axis is None else inverse,)
    if return_counts:
        ends = np.append(np.flatnonzero(first), first.size)
        result += (np.diff(ends),)
    return result


def _unique_slices(ar, axis, flags, equal_nan):
    """Unique slices along an axis: each becomes one structured element."""
    try:
        ar = np.moveaxis(ar, axis, 0)
    except np.exceptions.AxisError:
        raise np.exceptions.AxisError(axis, ar.ndim) from None
    count, rest = ar.shape[0], ar.shape[1:]
    flat = np.ascontiguousarray(ar.reshape(count, int(np.prod(rest, dtype=np.intp))))
    fields = [(f"f{i}", ar.dtype) for i in range(flat.shape[1])]
    try:
        if fields:
            records = flat.view(fields)
        else:
            # slices without elements are all equal
            records = np.empty(count, dtype=fields)
    except TypeError as e:
        raise TypeError(
            f"The axis argument to unique is not supported for dtype {ar.dtype}"
        ) from e
    values, *extra = _unique1d(records, *flags, equal_nan=equal_nan, axis=axis)
    values = values.view(ar.dtype).reshape(len(values), *rest)
    return (np.moveaxis(values, 0, axis), *extra)


def _plain(result):
    return result[0] if len(result) == 1 else result


def _unique_dispatcher(
    ar, return_index=None, return_inverse=None, return_counts=None, axis=None, *, equal_nan=None,
    sorted=True,
):
    return (ar,)


@public(_unique_dispatcher)
def unique(
    ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *,
    equal_nan=True, sorted=True,
):
    """Sorted unique elements of an array, or unique slices along an axis.

    Parameters
    ----------
    ar : array_like
    return_index : bool
        Also return where each element occurs first.
    return_inverse : bool
        Also return indices that rebuild `ar` from the unique elements.
    return_counts : bool
        Also return how often each element occurs.
    axis : int, optional
    equal_nan : bool
        Count NaN as equal to each other.
    sorted : bool
        False allows any order.

    Examples
    --------
    >>> np.unique([3, 1, 1])
    array([1, 3])
    >>> np.unique(['b', 'a', 'b'], return_counts=True)[1]
    array([1, 2])
    """
    ar = np.asarray(ar) if isinstance(ar, np.matrix) else np.asanyarray(ar)
    flags = return_index, return_inverse, return_counts
    if axis is None or ar.ndim == 1:
        if axis is not None:
            normalize_axis_index(axis, ar.ndim)
        if not sorted and ar.dtype.kind == 'T' and not any(flags):
            return _unique_texts(ar, equal_nan)
        result = _unique1d(ar, *flags, equal_nan=equal_nan, inverse_shape=ar.shape, axis=axis,
                           sorted=sorted)
    else:
        result = _unique_slices(ar, axis, flags, equal_nan)
    return _plain(result)


def _unique_texts(ar, equal_nan):
    """Without an order, missing texts need no place in it: they may be of any kind."""
    marker = getattr(ar.dtype, 'na_object', '')
    missing, texts = [], {}
    for text in ar.ravel().tolist():
        if text is marker and not isinstance(marker, str):
            missing.append(text)
        else:
            texts[text] = True
    return np.array([*texts, *(missing[:1] if equal_nan else missing)], dtype=ar.dtype)


_standard = public(lambda x, /: (x,))


@_standard
def unique_all(x):
    """Unique elements with first indices, inverse indices and counts; NaN are all different.

    Examples
    --------
    >>> np.unique_all([1, 1, 2]).counts
    array([2, 1])
    """
    return UniqueAllResult(*unique(
        x, return_index=True, return_inverse=True, return_counts=True, equal_nan=False
    ))


@_standard
def unique_counts(x):
    """Unique elements and how often they occur; NaN are all different.

    Examples
    --------
    >>> np.unique_counts([1, 1, 2]).values
    array([1, 2])
    """
    return UniqueCountsResult(*unique(x, return_counts=True, equal_nan=False))


@_standard
def unique_inverse(x):
    """Unique elements and indices that rebuild the argument; NaN are all different.

    Examples
    --------
    >>> np.unique_inverse([5, 4, 5]).inverse_indices
    array([1, 0, 1])
    """
    return UniqueInverseResult(*unique(x, return_inverse=True, equal_nan=False))


@_standard
def unique_values(x):
    """Unique elements, in no promised order; NaN are all different.

    Examples
    --------
    >>> np.sort(np.unique_values([2, 1, 1]))
    array([1, 2])
    """
    return unique(x, equal_nan=False, sorted=False)


@public(
    lambda ar1, ar2, assume_unique=None, return_indices=None: (ar1, ar2)
)
def intersect1d(ar1, ar2, assume_unique=False, return_indices=False):
    """Sorted values that are in both arrays.

    Parameters
    ----------
    ar1, ar2 : array_like
    assume_unique : bool
    return_indices : bool
        Also return where the values occur first in each array.

    Examples
    --------
    >>> np.intersect1d([1, 3, 4], [3, 1, 1])
    array([1, 3])
    """
    if return_indices:
        ar1, ar2 = np.asanyarray(ar1), np.asanyarray(ar2)
        where = []
        if assume_unique:
            ar1, ar2 = ar1.ravel(), ar2.ravel()
        else:
            (ar1, *one), (ar2, *two) = unique(ar1, True), unique(ar2, True)
            where = one + two
        both = np.concatenate((ar1, ar2))
        order = both.argsort(kind="mergesort")
        both = both[order]
        twice = both[1:] == both[:-1]
        values = both[:-1][twice]
        in1, in2 = order[:-1][twice], order[1:][twice] - ar1.size
        if where:
            in1, in2 = where[0][in1], where[1][in2]
        return values, in1, in2
    both = np.concatenate(
        (np.asanyarray(ar1).ravel(), np.asanyarray(ar2).ravel()) if assume_unique
        else (unique(ar1), unique(ar2))
    )
    both.sort()
    return both[:-1][both[1:] == both[:-1]]


@public(lambda ar1, ar2, assume_unique=None: (ar1, ar2))
def setxor1d(ar1, ar2, assume_unique=False):
    """Sorted values that are in exactly one of the arrays.

    Examples
    --------
    >>> np.setxor1d([1, 2, 3], [2, 3, 5])
    array([1, 5])
    """
    both = np.concatenate(
        (ar1, ar2) if assume_unique else (unique(ar1), unique(ar2)), axis=None
    )
    if both.size == 0:
        return both
    both.sort()
    # no neighbour is equal
    edge = np.concatenate(([True], both[1:] != both[:-1], [True]))
    return both[edge[1:] & edge[:-1]]


def _is_whole(a):
    return a.dtype.kind in "biu"


def _table_range(ar2):
    """(low, high, whether their distance fits the type) of a membership table for ar2."""
    low, high = int(ar2.min()), int(ar2.max())
    return low, high, high - low <= np.iinfo(ar2.dtype).max


def _isin(ar1, ar2, assume_unique=False, invert=False, *, kind=None):
    ar1, ar2 = np.asarray(ar1).ravel(), np.asarray(ar2).ravel()
    if ar2.dtype == object:
        # keeps elements that are sequences together
        ar2 = ar2.reshape(-1, 1)
    if kind not in (None, "sort", "table"):
        raise ValueError(f"Invalid kind: '{kind}'. Please use None, 'sort' or 'table'.")

    few = kind is None and 0 < len(ar2) <= 4
    whole = _is_whole(ar1) and _is_whole(ar2)
    if whole and kind != "sort" and not few:
        if ar2.size == 0:
            return np.full(ar1.shape, bool(invert))
        if ar1.dtype == bool:
            ar1 = ar1.astype(np.uint8)
        if ar2.dtype == bool:
            ar2 = ar2.astype(np.uint8)
        low, high, fits = _table_range(ar2)
        # a table that is much larger than the data does not pay
        if fits and (kind == "table" or high - low <= 6 * (ar1.size + ar2.size)):
            return _member_by_table(ar1, ar2, low, high, invert)
        if kind == "table":
            raise RuntimeError(
                "You have specified kind='table', but the range of values in `ar2` or `ar1` "
                "exceed the maximum integer of the datatype. Please set `kind` to None or 'sort'."
            )
    elif kind == "table":
        raise ValueError(
            "The 'table' method is only supported for boolean or integer arrays. "
            "Please select 'sort' or None for kind."
        )

    # comparing with a few values one by one is faster, and needs no order
    has_objects = ar1.dtype.hasobject or ar2.dtype.hasobject
    if has_objects or few or len(ar2) < 10 * len(ar1) ** 0.145:
        result = np.full(len(ar1), bool(invert))
        # Python's integers take the other type
        for value in ar2.tolist() if few and whole else ar2:
            if invert:
                result &= ar1 != value
            else:
                result |= ar1 == value
        return result
    return _member_by_sorting(ar1, ar2, assume_unique, invert)


def _member_by_table(ar1, ar2, low, high, invert):
    if low > _LEAST and (ar1.dtype == ar2.dtype or ar1.dtype.kind == ar2.dtype.kind == "i"):
        # an entry at either end stands for all outside; a difference that wraps stays outside
        table = np.full(high - low + 3, bool(invert))
        table[_offsets(ar2, low - 1)] = not invert
        return table.take(_offsets(ar1, low - 1), mode="clip")
    table = np.full(high - low + 1, bool(invert))
    table[_offsets(ar2, low)] = not invert
    result = np.full(ar1.shape, bool(invert))
    inside = (ar1 >= low) & (ar1 <= high)
    if not inside.any():
        return result
    result[inside] = table[_offsets(ar1[inside], low)]
    return result


_LEAST = np.iinfo(np.int64).min


def _offsets(a, low):
    """a - low as indices, for values whose difference fits."""
    if low == 0:
        return a.astype(np.intp, copy=False)
    if a.dtype == np.uint64:
        return (a - np.uint64(low)).astype(np.intp) if low > 0 else a.astype(np.int64) - low
    return a.astype(np.int64, copy=False) - low


def _member_by_sorting(ar1, ar2, assume_unique, invert):
    if not assume_unique:
        ar1, back = unique(ar1, return_inverse=True)
        ar2 = unique(ar2)
    both = np.concatenate((ar1, ar2))
    # stable, so that of two equal values the one of ar1 comes first
    order = both.argsort(kind="mergesort")
    ordered = both[order]
    if invert:
        follows = ordered[1:] != ordered[:-1]
    else:
        follows = ordered[1:] == ordered[:-1]
    result = np.empty(both.shape, dtype=bool)
    result[order] = np.append(follows, bool(invert))
    return result[: len(ar1)] if assume_unique else result[back]


@public(
    lambda element, test_elements, assume_unique=None, invert=None, *, kind=None:
        (element, test_elements)
)
def isin(element, test_elements, assume_unique=False, invert=False, *, kind=None):
    """Whether each element is one of `test_elements`; the result has the shape of `element`.

    Parameters
    ----------
    element, test_elements : array_like
    assume_unique : bool
        Promise that neither holds a value twice.
    invert : bool
        Whether elements are *not* among the others.
    kind : {None, 'sort', 'table'}
        'table' is fast and needs memory for the range of integers; None decides.

    Examples
    --------
    >>> np.isin([[0, 2], [4, 6]], [1, 2, 4])
    array([[False,  True],
           [ True, False]])
    """
    element = np.asarray(element)
    found = _isin(element, test_elements, assume_unique=assume_unique, invert=invert, kind=kind)
    return found.reshape(element.shape)


@public(lambda ar1, ar2: (ar1, ar2))
def union1d(ar1, ar2):
    """Sorted values that are in either array.

    Examples
    --------
    >>> np.union1d([-1, 0], [0, 2])
    array([-1,  0,  2])
    """
    return unique(np.concatenate((ar1, ar2), axis=None))


@public(lambda ar1, ar2, assume_unique=None: (ar1, ar2))
def setdiff1d(ar1, ar2, assume_unique=False):
    """Values of `ar1` that are not in `ar2`.

    Examples
    --------
    >>> np.setdiff1d([1, 2, 3], [2])
    array([1, 3])
    """
    if assume_unique:
        ar1 = np.asarray(ar1).ravel()
    else:
        ar1, ar2 = unique(ar1), unique(ar2)
    return ar1[_isin(ar1, ar2, assume_unique=True, invert=True)]
