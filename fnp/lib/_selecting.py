"""Choose, drop, insert and reorder elements; open and dense coordinate grids."""
import operator

from .._core.multiarray import _place, normalize_axis_index
from .._core.numeric import normalize_axis_tuple
from .._core.overrides import set_module
from ._root import _array_converter, np, public


@set_module("numpy")
def iterable(y):
    """True if `iter(y)` works.

    Examples
    --------
    >>> np.iterable([1]), np.iterable(2)
    (True, False)
    """
    try:
        iter(y)
    except TypeError:
        return False
    return True


@public(lambda m, axis=None: (m,))
def flip(m, axis=None):
    """View with the order of elements reversed along some axes, all by default.

    Examples
    --------
    >>> np.flip([[1, 2], [3, 4]], 0)
    array([[3, 4],
           [1, 2]])
    """
    m = m if hasattr(m, "ndim") else np.asarray(m)
    back = slice(None, None, -1)
    if axis is None:
        return m[(back,) * m.ndim]
    key = [slice(None)] * m.ndim
    for ax in normalize_axis_tuple(axis, m.ndim):
        key[ax] = back
    return m[tuple(key)]


@public(lambda m, k=None, axes=None: (m,))
def rot90(m, k=1, axes=(0, 1)):
    """Turn by `k` quarters in the plane of two axes, from the first towards the second.

    Examples
    --------
    >>> np.rot90([[1, 2], [3, 4]])
    array([[2, 4],
           [1, 3]])
    """
    plane = tuple(axes)
    if len(plane) != 2:
        raise ValueError("len(axes) must be 2.")
    m = np.asanyarray(m)
    ndim = m.ndim
    one, two = plane
    if one == two or abs(one - two) == ndim:
        raise ValueError("Axes must be different.")
    for axis in plane:
        if not -ndim <= axis < ndim:
            raise ValueError(f"Axes={plane} out of range for array of ndim={ndim}.")
    turns = k % 4
    if turns == 0:
        return m[:]
    if turns == 2:
        return flip(m, plane)
    if turns == 1:
        return np.swapaxes(flip(m, two), one, two)
    return flip(np.swapaxes(m, one, two), two)


@set_module("numpy")
def asarray_chkfinite(a, dtype=None, order=None):
    """Like `asarray`, but NaN and infinities raise ValueError.

    Examples
    --------
    >>> np.asarray_chkfinite([1, 2])
    array([1, 2])
    """
    a = np.asarray(a, dtype=dtype, order=order)
    if a.dtype.char in np.typecodes["AllFloat"] and not np.isfinite(a).all():
        raise ValueError("array must not contain infs or NaNs")
    return a


def _piecewise_dispatcher(x, condlist, funclist, *args, **kw):
    yield x
    # a single condition need not be iterable
    if np.iterable(condlist):
        yield from condlist


@public(_piecewise_dispatcher)
def piecewise(x, condlist, funclist, *args, **kw):
    """Evaluate a function that is defined by cases.

    Parameters
    ----------
    x : scalar or array_like
    condlist : list of bool arrays
    funclist : list of callables or scalars
        One per condition, and maybe one more for what no condition holds for (0 by default).
    *args, **kw
        Handed to the callables after the selected elements.

    Examples
    --------
    >>> np.piecewise([-1., 2.], [[True, False], [False, True]], [0, lambda v: v * 10])
    array([ 0., 20.])
    """
    x = np.asanyarray(x)
    single = np.isscalar(condlist) or (
        not isinstance(condlist[0], (list, np.ndarray)) and x.ndim != 0
    )
    conditions = np.asarray([condlist] if single else condlist, dtype=bool)
    count = len(conditions)
    if len(funclist) == count + 1:
        rest = ~conditions.any(axis=0, keepdims=True)
        conditions = np.concatenate((conditions, rest))
    elif len(funclist) != count:
        raise ValueError(
            f"with {count} condition(s), either {count} or {count + 1} functions are expected"
        )
    y = np.zeros_like(x)
    for where, func in zip(conditions, funclist):
        if callable(func):
            part = x[where]
            if part.size:
                y[where] = func(part, *args, **kw)
        else:
            y[where] = func
    return y


def _select_dispatcher(condlist, choicelist, default=None):
    yield from condlist
    yield from choicelist


@public(_select_dispatcher)
def select(condlist, choicelist, default=0):
    """Take each element from the choice whose condition is the first that holds there.

    Parameters
    ----------
    condlist : list of bool arrays
    choicelist : list of array_like
    default : scalar or array_like
        Where no condition holds.

    Examples
    --------
    >>> x = np.arange(4)
    >>> np.select([x < 1, x > 2], [x, 10 * x], -1)
    array([ 0, -1, -1, 30])
    """
    if len(condlist) != len(choicelist):
        raise ValueError("list of cases must be same length as list of conditions")
    if len(condlist) == 0:
        raise ValueError("select with an empty condition list is not possible")
    # Python numbers adapt to the arrays, all else decides the dtype
    values = [
        v if type(v) in (int, float, complex) else np.asarray(v) for v in (*choicelist, default)
    ]
    try:
        dtype = np.result_type(*values)
    except TypeError as e:
        raise TypeError(f"Choicelist and default value do not have a common dtype: {e}") from None
    conditions = np.broadcast_arrays(*condlist)
    for i, where in enumerate(conditions):
        if where.dtype.type is not np.bool:
            raise TypeError(f"invalid entry {i} in condlist: should be boolean ndarray")
    choices = np.broadcast_arrays(*values)
    shape = np.broadcast_shapes(conditions[0].shape, choices[0].shape)
    result = np.full(shape, choices[-1], dtype)
    # later choices first, so that the first one that holds is written last
    for where, choice in zip(conditions[::-1], choices[-2::-1]):
        np.copyto(result, choice, where=where)
    return result


@public(lambda a, order=None, subok=None: (a,))
def copy(a, order="K", subok=False):
    """Return an array with a copy of the data; subclasses are kept only if asked for.

    Examples
    --------
    >>> x = np.array([1, 2])
    >>> np.copy(x) is x
    False
    """
    return np.array(a, order=order, subok=subok, copy=True)


@public(lambda a: (a,))
def sort_complex(a):
    """Sort by real part, then by imaginary part; the result is always complex.

    Examples
    --------
    >>> np.sort_complex([2, 1j])
    array([0.+1.j, 2.+0.j])
    """
    b = np.array(a, copy=True)
    b.sort()
    if issubclass(b.dtype.type, np.complexfloating):
        return b
    code = b.dtype.char
    return b.astype("F" if code in "bhBH" else "G" if code == "g" else "D")


def _arg_trim_zeros(filt):
    """First and last coordinates of the box around all nonzero elements; empty without any."""
    where = np.argwhere(filt != 0 if filt.dtype.kind == "O" else filt)
    if len(where):
        return where.min(axis=0), where.max(axis=0)
    nothing = np.array([], dtype=np.intp)
    return nothing, nothing


@public(lambda filt, trim=None, axis=None: (filt,))
def trim_zeros(filt, trim="fb", axis=None):
    """Cut off leading and trailing zeros.

    Parameters
    ----------
    filt : array_like
        The result is a slice of it, of the same type.
    trim : {'fb', 'f', 'b'}
        Front, back, or both.
    axis : int or tuple of int, optional
        Keep the extent of all other axes.

    Examples
    --------
    >>> np.trim_zeros([0, 0, 1, 2, 0])
    [1, 2]
    """
    array = np.asarray(filt)
    ends = trim.lower()
    if ends not in ("fb", "bf", "f", "b"):
        raise ValueError(f"unexpected character(s) in `trim`: {trim!r}")
    axes = range(array.ndim) if axis is None else \
        normalize_axis_tuple(axis, array.ndim, argname="axis")
    if not axes:
        return filt
    first, last = _arg_trim_zeros(array)
    key = [slice(None)] * array.ndim
    for ax in axes:
        if not last.size:
            # nothing but zeros: whatever side is cut, nothing remains
            key[ax] = slice(0, 0)
        else:
            key[ax] = slice(
                first[ax] if "f" in ends else None, last[ax] + 1 if "b" in ends else None
            )
    # lists and strings take no tuples
    return filt[key[0] if array.ndim == 1 else tuple(key)]


@public(lambda condition, arr: (condition, arr))
def extract(condition, arr):
    """Elements of the flattened `arr` where the flattened `condition` holds.

    Examples
    --------
    >>> np.extract([True, False], [1, 2])
    array([1])
    """
    return np.take(np.ravel(arr), np.nonzero(np.ravel(condition))[0])


@public(lambda arr, mask, vals: (arr, mask, vals))
def place(arr, mask, vals):
    """Write `vals`, repeated as needed, one after the other where `mask` holds.

    Examples
    --------
    >>> x = np.arange(4)
    >>> np.place(x, x > 1, [7, 8])
    >>> x
    array([0, 1, 7, 8])
    """
    return _place(arr, mask, vals)


@public(lambda *xi, copy=None, sparse=None, indexing=None: xi)
def meshgrid(*xi, copy=True, sparse=False, indexing="xy"):
    """Coordinate arrays of the grid that 1-D coordinates span.

    Parameters
    ----------
    *xi : array_like
    copy : bool
        False returns views that share memory with the arguments.
    sparse : bool
        Keep length one along all axes but the array's own.
    indexing : {'xy', 'ij'}
        'xy' swaps the first two axes, so that the first argument varies along columns.

    Examples
    --------
    >>> x, y = np.meshgrid([1, 2], [3, 4, 5])
    >>> x.shape
    (3, 2)
    """
    if indexing not in ("xy", "ij"):
        raise ValueError("Valid values for `indexing` are 'xy' and 'ij'.")
    ndim = len(xi)
    order = list(range(ndim))
    if indexing == "xy" and ndim > 1:
        order[:2] = 1, 0
    open_grid = [
        np.asanyarray(x).reshape([-1 if dim == own else 1 for dim in range(ndim)])
        for x, own in zip(xi, order)
    ]
    grid = open_grid if sparse else np.broadcast_arrays(*open_grid, subok=True)
    return tuple(g.copy() for g in grid) if copy else grid


def _prepare_edit(arr, axis):
    """What delete and insert begin with: (converter, array, axis, the order that results get)."""
    conv = _array_converter(arr)
    (arr,) = conv.as_arrays()
    order = "F" if arr.flags.fnc else "C"
    if axis is None:
        arr = arr.ravel()
        axis = arr.ndim - 1
    else:
        axis = normalize_axis_index(axis, arr.ndim)
    return conv, arr, axis, order


def _resized(arr, axis, length, order):
    shape = arr.shape[:axis] + (length,) + arr.shape[axis + 1 :]
    return np.empty(shape, arr.dtype, order)


def _out_of_bounds(index, axis, n):
    return IndexError(f"index {index} is out of bounds for axis {axis} with size {n}")


@public(lambda arr, obj, axis=None: (arr, obj))
def delete(arr, obj, axis=None):
    """Copy of an array without some of its slices along an axis.

    Parameters
    ----------
    arr : array_like
    obj : int, slice, or array of int or bool
        What to leave out.
    axis : int, optional
        The array is flattened if it is not given.

    Examples
    --------
    >>> np.delete([5, 6, 7], 1)
    array([5, 7])
    """
    conv, arr, axis, order = _prepare_edit(arr, axis)
    n = arr.shape[axis]
    lead = (slice(None),) * axis

    single = isinstance(obj, (int, np.integer)) and not isinstance(obj, bool)
    if not single and not isinstance(obj, slice):
        given, obj = obj, np.asarray(obj)
        if obj.size == 0 and not isinstance(given, np.ndarray):
            obj = obj.astype(np.intp)
        elif obj.size == 1 and obj.dtype.kind in "ui":
            obj = obj.item()
            single = True

    if single:
        cut = range(operator.index(obj), operator.index(obj) + 1)
        if not -n <= obj < n:
            raise _out_of_bounds(obj, axis, n)
        if obj < 0:
            cut = range(cut.start + n, cut.stop + n)
    elif isinstance(obj, slice):
        cut = range(n)[obj]
        if cut.step < 0:
            cut = cut[::-1]
    else:
        if obj.dtype == bool and obj.shape != (n,):
            raise ValueError(
                "boolean array argument obj to delete must be one dimensional "
                f"and match the axis length of {n}"
            )
        keep = np.ones(n, dtype=bool)
        keep[obj] = False
        return conv.wrap(arr[lead + (keep,)], to_scalar=False)

    new = _resized(arr, axis, n - len(cut), order)
    if not cut:
        new[...] = arr
    elif cut.step == 1:
        # a hole: two blocks move
        new[lead + (slice(cut.start),)] = arr[lead + (slice(cut.start),)]
        new[lead + (slice(cut.start, None),)] = arr[lead + (slice(cut.stop, None),)]
    else:
        keep = np.ones(n, dtype=bool)
        keep[cut.start : cut.stop : cut.step] = False
        new[...] = arr[lead + (keep,)]
    return conv.wrap(new, to_scalar=False)


@public(lambda arr, obj, values, axis=None: (arr, obj, values))
def insert(arr, obj, values, axis=None):
    """Copy of an array with values inserted before the given places along an axis.

    Parameters
    ----------
    arr : array_like
    obj : int, slice, sequence of int, or bool array
        Places in the original array.
    values : array_like
    axis : int, optional
        The array is flattened if it is not given.

    Examples
    --------
    >>> np.insert([5, 6, 7], [1, 2], [10, 20])
    array([ 5, 10,  6, 20,  7])
    """
    conv, arr, axis, order = _prepare_edit(arr, axis)
    n = arr.shape[axis]
    lead = (slice(None),) * axis

    if isinstance(obj, slice):
        places = np.arange(*obj.indices(n), dtype=np.intp)
    else:
        places = np.array(obj)
        if places.dtype == bool:
            if obj.ndim != 1:
                raise ValueError("boolean array argument obj to insert must be one dimensional")
            places = np.flatnonzero(obj)
        elif places.ndim > 1:
            raise ValueError(
                "index array argument obj to insert must be one dimensional or scalar"
            )

    if places.size == 1:
        at = places.item()
        if at < -n or at > n:
            raise _out_of_bounds(obj, axis, n)
        if at < 0:
            at += n
        values = np.array(values, copy=None, ndmin=arr.ndim, dtype=arr.dtype)
        if places.ndim == 0:
            # a scalar place: values broadcast as in arr[..., at, ...] = values
            values = np.moveaxis(values, 0, axis)
        added = values.shape[axis]
        new = _resized(arr, axis, n + added, order)
        new[lead + (slice(at),)] = arr[lead + (slice(at),)]
        new[lead + (slice(at, at + added),)] = values
        new[lead + (slice(at + added, None),)] = arr[lead + (slice(at, None),)]
        return conv.wrap(new, to_scalar=False)

    if places.size == 0 and not isinstance(obj, np.ndarray):
        places = places.astype(np.intp)
    places[places < 0] += n
    # in the result, every place is shifted by what is inserted before it
    rank = places.argsort(kind="stable")
    places[rank] += np.arange(len(places))
    new = _resized(arr, axis, n + len(places), order)
    old = np.ones(n + len(places), dtype=bool)
    old[places] = False
    new[lead + (places,)] = values
    new[lead + (old,)] = arr
    return conv.wrap(new, to_scalar=False)


@public(lambda arr, values, axis=None: (arr, values))
def append(arr, values, axis=None):
    """Join `values` to the end of `arr`; both are flattened if no axis is given.

    Examples
    --------
    >>> np.append([1, 2], [[3], [4]])
    array([1, 2, 3, 4])
    """
    arr = np.asanyarray(arr)
    if axis is None:
        return np.concatenate((arr.ravel(), np.ravel(values)), axis=0)
    return np.concatenate((arr, values), axis=axis)
