"""Split, stack, repeat, and walk along axes."""
import operator
import warnings

from .._core.multiarray import asanyarray, normalize_axis_index
from .._core.numeric import normalize_axis_tuple
from .._core.overrides import set_module
from ..matrixlib import matrix
from ._root import _array_converter, np, public

__all__ = [
    "column_stack",
    "row_stack",
    "dstack",
    "array_split",
    "split",
    "hsplit",
    "vsplit",
    "dsplit",
    "apply_over_axes",
    "expand_dims",
    "apply_along_axis",
    "kron",
    "tile",
    "take_along_axis",
    "put_along_axis",
]


def _along_axis_key(shape, indices, axis):
    """The fancy index that pairs `indices` with its own position on all axes but one."""
    if not np.issubdtype(indices.dtype, np.integer):
        raise IndexError("`indices` must be an integer array")
    ndim = len(shape)
    if indices.ndim != ndim:
        raise ValueError("`indices` and `arr` must have the same number of dimensions")
    return tuple(
        indices if dim == axis
        else np.arange(n).reshape((1,) * dim + (-1,) + (1,) * (ndim - dim - 1))
        for dim, n in enumerate(shape)
    )


@public(lambda arr, indices, axis=None: (arr, indices))
def take_along_axis(arr, indices, axis=-1):
    """Pick from each line along `axis` what `indices` says for that line.

    It is made to use what `argsort` and `argpartition` return.

    Parameters
    ----------
    arr : array
    indices : integer array
        Of the dimension of `arr`; the other axes broadcast.
    axis : int or None
        None works on the flattened array with 1-D indices.

    Examples
    --------
    >>> a = np.array([[3, 1, 2]])
    >>> np.take_along_axis(a, np.argsort(a, axis=1), axis=1)
    array([[1, 2, 3]])
    """
    if axis is None:
        if indices.ndim != 1:
            raise ValueError("when axis=None, `indices` must have a single dimension.")
        arr = np.array(arr.flat)
        axis = 0
    else:
        axis = normalize_axis_index(axis, arr.ndim)
    return arr[_along_axis_key(arr.shape, indices, axis)]


@public(lambda arr, indices, values, axis: (arr, indices, values))
def put_along_axis(arr, indices, values, axis):
    """Write `values` to the places that `take_along_axis` would read.

    Examples
    --------
    >>> a = np.array([[10, 30, 20]])
    >>> np.put_along_axis(a, np.array([[1]]), 99, axis=1)
    >>> a
    array([[10, 99, 20]])
    """
    if axis is None:
        if indices.ndim != 1:
            raise ValueError("when axis=None, `indices` must have a single dimension.")
        arr = arr.flat.__array__()
        shape = arr.shape
        axis = 0
    else:
        axis = normalize_axis_index(axis, arr.ndim)
        shape = arr.shape
    arr[_along_axis_key(shape, indices, axis)] = values


@public(lambda func1d, axis, arr, *args, **kwargs: (arr,))
def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    """Call a function with every 1-D line of an array along an axis.

    Parameters
    ----------
    func1d : callable
        Gets a 1-D array, `args` and `kwargs`.  All results must have the shape of the first one;
        their axes replace `axis` in the result.
    axis : int
    arr : array_like

    Examples
    --------
    >>> np.apply_along_axis(sorted, 1, [[3, 1], [2, 4]])
    array([[1, 3],
           [2, 4]])
    """
    conv = _array_converter(arr)
    arr = conv[0]
    axis = normalize_axis_index(axis, arr.ndim)
    lines = np.moveaxis(arr, axis, -1)
    outer = lines.shape[:-1]
    places = iter(np.ndindex(outer))
    try:
        first = next(places)
    except StopIteration:
        raise ValueError(
            "Cannot apply_along_axis when any iteration dimensions are 0"
        ) from None

    # the Ellipsis keeps subclasses, and gives arrays for object dtype
    sample = np.asanyarray(func1d(lines[first + (...,)], *args, **kwargs))
    # matrices refuse the axes that they would have to get
    result = np.zeros_like(
        sample, shape=outer + sample.shape, subok=not isinstance(sample, matrix)
    )
    result[first + (...,)] = sample
    for place in places:
        line = lines[place + (...,)]
        result[place + (...,)] = np.asanyarray(func1d(line, *args, **kwargs))
    return conv.wrap(_move_block(result, len(outer), axis))


def _move_block(result, first, to):
    """Move all axes from `first` on to the place `to`."""
    order = list(range(first))
    order[to:to] = range(first, result.ndim)
    return result.transpose(order)


@public(lambda func, a, axes: (a,))
def apply_over_axes(func, a, axes):
    """Call ``func(a, axis)`` for one axis after the other, keeping the number of axes.

    Examples
    --------
    >>> np.apply_over_axes(np.sum, np.ones((2, 3)), [0, 1])
    array([[6.]])
    """
    result = np.asarray(a)
    ndim = result.ndim
    for axis in axes if np.ndim(axes) else (axes,):
        if axis < 0:
            axis += ndim
        reduced = func(result, axis)
        if reduced.ndim != ndim:
            reduced = expand_dims(reduced, axis)
            if reduced.ndim != ndim:
                raise ValueError("function is not returning an array of the correct shape")
        result = reduced
    return result


@public(lambda a, axis: (a,))
def expand_dims(a, axis):
    """Insert axes of length one at the given places of the result.

    Examples
    --------
    >>> np.expand_dims([1, 2], (0, 2)).shape
    (1, 2, 1)
    """
    a = np.asarray(a) if isinstance(a, matrix) else np.asanyarray(a)
    if not isinstance(axis, (tuple, list)):
        axis = (axis,)
    ndim = a.ndim + len(axis)
    new = normalize_axis_tuple(axis, ndim)
    lengths = iter(a.shape)
    return a.reshape([1 if dim in new else next(lengths) for dim in range(ndim)])


@set_module("numpy")
def row_stack(tup, *, dtype=None, casting="same_kind"):
    """Deprecated name of `vstack`."""
    warnings.warn(
        "`row_stack` alias is deprecated. Use `np.vstack` directly.",
        DeprecationWarning,
        stacklevel=2,
    )
    return np.vstack(tup, dtype=dtype, casting=casting)


def _sequence(tup):
    if not hasattr(tup, "__getitem__"):
        raise TypeError(
            'arrays to stack must be passed as a "sequence" type such as list or tuple.'
        )
    return tuple(tup)


@public(lambda tup: _sequence(tup))
def column_stack(tup):
    """Join along axis 1; 1-D arrays count as columns.

    Examples
    --------
    >>> np.column_stack(([1, 2], [3, 4]))
    array([[1, 3],
           [2, 4]])
    """
    columns = []
    for item in _sequence(tup):
        column = asanyarray(item)
        if column.ndim < 2:
            column = column[:, None] if column.ndim else column.reshape(1, 1)
        columns.append(column)
    return np.concatenate(columns, 1)


@public(lambda tup: _sequence(tup))
def dstack(tup):
    """Join along axis 2, after giving every array at least three axes.

    Examples
    --------
    >>> np.dstack(([1, 2], [3, 4]))
    array([[[1, 3],
            [2, 4]]])
    """
    deep = np.atleast_3d(*_sequence(tup))
    return np.concatenate(deep if isinstance(deep, tuple) else (deep,), 2)


@public(lambda ary, indices_or_sections, axis=None: (ary, indices_or_sections))
def array_split(ary, indices_or_sections, axis=0):
    """Split into views; lengths may differ by one where a number of parts is asked for.

    Examples
    --------
    >>> [len(part) for part in np.array_split(range(8), 3)]
    [3, 3, 2]
    """
    try:
        total = ary.shape[axis]
    except AttributeError:
        total = len(ary)
    try:
        cuts = [0, *indices_or_sections, total]
    except TypeError:
        parts = int(indices_or_sections)
        if parts <= 0:
            raise ValueError("number sections must be larger than 0.") from None
        length, longer = divmod(total, parts)
        # the first `longer` parts get one element more
        cuts = [i * length + min(i, longer) for i in range(parts + 1)]
    lines = np.swapaxes(ary, axis, 0)
    return [np.swapaxes(lines[a:b], axis, 0) for a, b in zip(cuts, cuts[1:])]


@public(lambda ary, indices_or_sections, axis=None: (ary, indices_or_sections))
def split(ary, indices_or_sections, axis=0):
    """Split into equal parts, or at the given indices; the parts are views.

    Examples
    --------
    >>> np.split(np.arange(4), 2)
    [array([0, 1]), array([2, 3])]
    """
    try:
        len(indices_or_sections)
    except TypeError:
        if ary.shape[axis] % indices_or_sections:
            raise ValueError("array split does not result in an equal division") from None
    return array_split(ary, indices_or_sections, axis)


def _split_along(ary, where, name, ndim, axis):
    if np.ndim(ary) < ndim:
        raise ValueError(f"{name} only works on arrays of {ndim} or more dimensions")
    return split(ary, where, ary.ndim - 1 if ary.ndim <= axis else axis)


_split_dispatch = public(lambda ary, indices_or_sections: (ary, indices_or_sections))


@_split_dispatch
def hsplit(ary, indices_or_sections):
    """Split along axis 1, or along the only one.

    Examples
    --------
    >>> np.hsplit(np.arange(4), 2)
    [array([0, 1]), array([2, 3])]
    """
    return _split_along(ary, indices_or_sections, "hsplit", 1, 1)


@_split_dispatch
def vsplit(ary, indices_or_sections):
    """Split along axis 0.

    Examples
    --------
    >>> [p.tolist() for p in np.vsplit(np.eye(2, dtype=int), 2)]
    [[[1, 0]], [[0, 1]]]
    """
    return _split_along(ary, indices_or_sections, "vsplit", 2, 0)


@_split_dispatch
def dsplit(ary, indices_or_sections):
    """Split along axis 2.

    Examples
    --------
    >>> [p.shape for p in np.dsplit(np.ones((2, 3, 4)), 2)]
    [(2, 3, 2), (2, 3, 2)]
    """
    return _split_along(ary, indices_or_sections, "dsplit", 3, 2)


def get_array_wrap(*args):
    """Deprecated: the ``__array_wrap__`` of the argument with the highest priority, or None."""
    warnings.warn(
        "`get_array_wrap` is deprecated. (deprecated in NumPy 2.0)",
        DeprecationWarning,
        stacklevel=2,
    )
    able = [a for a in args if hasattr(a, "__array_wrap__")]
    if not able:
        return None
    # max returns the first of equals, as it should here
    return max(able, key=lambda a: getattr(a, "__array_priority__", 0)).__array_wrap__


@public(lambda a, b: (a, b))
def kron(a, b):
    """Kronecker product: `b` scaled by every element of `a`, as one large array.

    Examples
    --------
    >>> np.kron([1, 10], [5, 6])
    array([ 5,  6, 50, 60])
    """
    conv = _array_converter(a, b)
    a, b = conv.as_arrays(subok=not (isinstance(a, matrix) or isinstance(b, matrix)),
                          pyscalars="convert")
    ndim = max(a.ndim, b.ndim)
    if not (a.ndim and b.ndim):
        return conv.wrap(np.multiply(a, b), to_scalar=ndim == 0)
    shapes = [(1,) * (ndim - x.ndim) + x.shape for x in (a, b)]
    # axis i of the result is the pair (2i, 2i + 1) of the product's axes
    a = a.reshape([n for length in shapes[0] for n in (length, 1)])
    b = b.reshape([n for length in shapes[1] for n in (1, length)])
    product = np.multiply(a, b).reshape([m * n for m, n in zip(*shapes)])
    return conv.wrap(product, to_scalar=False)


@public(lambda A, reps: (A, reps))
def tile(A, reps):
    """Repeat an array side by side, `reps` times along each axis.

    Examples
    --------
    >>> np.tile([1, 2], (2, 2))
    array([[1, 2, 1, 2],
           [1, 2, 1, 2]])
    """
    try:
        reps = tuple(reps)
    except TypeError:
        reps = (reps,)
    source = np.array(A, copy=None, subok=True, ndmin=len(reps))
    ndim = source.ndim
    reps = (1,) * (ndim - len(reps)) + reps
    if reps.count(1) == ndim and isinstance(A, np.ndarray):
        return np.array(A, copy=True, subok=True, ndmin=ndim)
    target = tuple(map(operator.mul, source.shape, reps))
    if type(source) is not np.ndarray:
        # `take` is what subclasses override and keep their extras through
        for axis, r in enumerate(reps):
            if r != 1:
                source = source.take(np.resize(np.arange(source.shape[axis]), target[axis]), axis)
        return source
    # a repetition axis before each axis: one broadcast copy fills them all
    lengths = [1] * (2 * ndim)
    lengths[1::2] = source.shape
    source = source.reshape(lengths)
    lengths[::2] = reps
    result = np.empty(lengths, source.dtype)
    result[...] = source
    return result.reshape(target)
