"""`pad`: make arrays larger at their edges.

The result is allocated once and filled axis by axis: what one axis has written is data for the next,
so corners come by themselves.
"""
from .._core.overrides import array_function_dispatch
from ._root import np

__all__ = ["pad"]


def _as_pairs(x, ndim, as_index=False):
    """Broadcast x to one (before, after) pair per axis; a sequence of pairs."""
    if x is None:
        return ((None, None),) * ndim
    if type(x) in (int, float) and not as_index:
        return ((x, x),) * ndim
    x = np.array(x)
    if as_index:
        x = np.round(x).astype(np.intp, copy=False)
        if x.size and x.min() < 0:
            raise ValueError("index can't contain negative values")
    return np.broadcast_to(x, (ndim, 2)).tolist()


class _Axis:
    """One axis of the result while it is filled.

    `view` has this axis in front.  Axes before it are complete; of those after it, only the original
    part is seen.
    """

    def __init__(self, padded, shape, widths, axis):
        key = [slice(None)] * padded.ndim
        for later in range(axis + 1, padded.ndim):
            before = widths[later][0]
            key[later] = slice(before, before + shape[later])
        self.view = np.moveaxis(padded[tuple(key)], axis, 0)
        self.axis = axis
        self.before, self.after = widths[axis]
        self.length = shape[axis]

    @property
    def data(self):
        """The original part."""
        return self.view[self.before : self.before + self.length]

    def put(self, before, after):
        """Fill both ends."""
        if self.before:
            self.view[: self.before] = before
        if self.after:
            self.view[self.before + self.length :] = after

    def put_from(self, index):
        """Fill both ends with slices of the original part: index(position) for positions
        outside of 0 .. length - 1."""
        data = self.data
        if self.before:
            self.view[: self.before] = data[index(np.arange(-self.before, 0))]
        if self.after:
            end = self.length
            self.view[self.before + end :] = data[index(np.arange(end, end + self.after))]


# --- modes: each gets an _Axis and its own options ------------------------------------------------


def _constant(padded, shape, widths, pairs):
    """Whole planes, from the first axis on: the last one to write a corner has it."""
    for axis, (n, (before, after), values) in enumerate(zip(shape, widths, pairs)):
        key = (slice(None),) * axis
        if before:
            padded[*key, :before] = values[0]
        if after:
            padded[*key, before + n:] = values[1]


def _edge(ax):
    data = ax.data
    ax.put(data[:1], data[-1:])


def _ramp(ax, ends):
    data = ax.data
    dtype = ax.view.dtype
    before = np.linspace(ends[0], data[0], num=ax.before, endpoint=False, dtype=dtype)
    after = np.linspace(ends[1], data[-1], num=ax.after, endpoint=False, dtype=dtype)
    ax.put(before, after[::-1])


def _statistic(ax, lengths, func):
    data = ax.data
    first, last = (ax.length if n is None or n > ax.length else n for n in lengths)
    if func in (np.amax, np.amin) and (first == 0 or last == 0):
        raise ValueError("stat_length of 0 yields no value for padding")

    def value(chunk):
        result = func(chunk, axis=0, keepdims=True)
        # assignment would cut off what has to be rounded
        return np.round(result) if data.dtype.kind in "iu" else result

    before = value(data[:first])
    if first == last == ax.length:
        ax.put(before, before)
    else:
        ax.put(before, value(data[ax.length - last :]))


def _mirror(ax, kind, with_edge):
    if ax.length == 1 and not with_edge:
        # nothing to reflect
        _edge(ax)
        return
    if kind == "odd":
        _turn(ax, with_edge)
        return
    n = ax.length
    if with_edge:
        ax.put_from(lambda i: np.minimum(i % (2 * n), 2 * n - 1 - i % (2 * n)))
    else:
        ax.put_from(lambda i: np.minimum(i % (2 * n - 2), 2 * n - 2 - i % (2 * n - 2)))


def _turn(ax, with_edge):
    """Odd reflection: as if turned around the edge, by as much as there is at a time."""
    view = ax.view
    skip = 0 if with_edge else 1
    before, after = ax.before, ax.after
    while before or after:
        # what is filled already is reflected again, as far as whole periods go
        filled = len(view) - before - after
        if filled > ax.length:
            filled -= (filled - ax.length) % (ax.length - skip)
        reach = filled - skip
        if before:
            count = min(reach, before)
            source = view[before + skip : before + skip + count]
            view[before - count : before] = 2 * view[before] - source[::-1]
            before -= count
        if after:
            end = len(view) - after
            count = min(reach, after)
            source = view[end - skip - count : end - skip]
            view[end : end + count] = 2 * view[end - 1] - source[::-1]
            after -= count


def _wrap(ax):
    n = ax.length
    ax.put_from(lambda i: i % n)


_STATISTICS = {"maximum": "amax", "minimum": "amin", "mean": "mean", "median": "median"}
_OPTIONS = {
    "empty": (),
    "edge": (),
    "wrap": (),
    "constant": ("constant_values",),
    "linear_ramp": ("end_values",),
    "reflect": ("reflect_type",),
    "symmetric": ("reflect_type",),
    **dict.fromkeys(_STATISTICS, ("stat_length",)),
}


def _fill(axes, mode, options, ndim):
    """Fill the edges of all axes."""
    if mode == "linear_ramp":
        pairs = _as_pairs(options.get("end_values", 0), ndim)
        for ax, ends in zip(axes, pairs):
            _ramp(ax, ends)
    elif mode in _STATISTICS:
        func = getattr(np, _STATISTICS[mode])
        pairs = _as_pairs(options.get("stat_length", None), ndim, as_index=True)
        for ax, lengths in zip(axes, pairs):
            _statistic(ax, lengths, func)
    elif mode in ("reflect", "symmetric"):
        kind = options.get("reflect_type", "even")
        for ax in axes:
            _mirror(ax, kind, mode == "symmetric")
    elif mode in ("edge", "wrap"):
        for ax in axes:
            (_edge if mode == "edge" else _wrap)(ax)


def _width_pairs(pad_width, ndim):
    if type(pad_width) is int and pad_width >= 0:
        return ((pad_width, pad_width),) * ndim
    if isinstance(pad_width, dict):
        pairs = [(0, 0)] * ndim
        for axis, width in pad_width.items():
            pairs[axis] = (width, width) if isinstance(width, int) else tuple(width)
        pad_width = pairs
    pad_width = np.asarray(pad_width)
    if pad_width.dtype.kind != "i":
        raise TypeError("`pad_width` must be of integral type.")
    return _as_pairs(pad_width, ndim, as_index=True)


def _allocate(array, widths, value=None):
    """The result with the array in its middle."""
    shape = tuple(b + n + a for n, (b, a) in zip(array.shape, widths))
    padded = np.empty(shape, dtype=array.dtype, order="F" if array.flags.fnc else "C")
    if value is not None:
        padded.fill(value)
    padded[tuple([slice(b, b + n) for n, (b, a) in zip(array.shape, widths)])] = array
    return padded


@array_function_dispatch(lambda array, pad_width, mode=None, **kwargs: (array,), module="numpy")
def pad(array, pad_width, mode="constant", **kwargs):
    """Add elements at the edges of an array.

    Parameters
    ----------
    array : array_like
    pad_width : int, sequence or dict
        How many elements to add: one number, ``(before, after)``, one such pair per axis, or a
        dictionary from axes to numbers or pairs.
    mode : str or callable
        'constant' (`constant_values`), 'edge', 'linear_ramp' (`end_values`), 'maximum', 'mean',
        'median', 'minimum' (`stat_length`), 'reflect', 'symmetric' (`reflect_type` 'even' or
        'odd'), 'wrap', 'empty'; or a function that changes lines in place, called as
        ``function(line, (before, after), axis, kwargs)``.
    **kwargs
        The options named above; values broadcast like `pad_width`.

    Examples
    --------
    >>> np.pad([1, 2, 3], (2, 1), mode='reflect')
    array([3, 2, 1, 2, 3, 2])
    """
    array = np.asarray(array)
    widths = _width_pairs(pad_width, array.ndim)

    if callable(mode):
        padded = _allocate(array, widths, 0)
        for axis in range(array.ndim):
            lines = np.moveaxis(padded, axis, -1)
            for place in np.ndindex(lines.shape[:-1]):
                mode(lines[place], tuple(widths[axis]), axis, kwargs)
        return padded

    try:
        unknown = set(kwargs) - set(_OPTIONS[mode])
    except KeyError:
        raise ValueError(f"mode '{mode}' is not supported") from None
    if unknown:
        raise ValueError(f"unsupported keyword arguments for mode '{mode}': {unknown}")

    if array.size == 0 and mode not in ("constant", "empty"):
        for axis, (n, width) in enumerate(zip(array.shape, widths)):
            if n == 0 and any(width):
                raise ValueError(
                    f"can't extend empty axis {axis} using modes other than 'constant' or 'empty'"
                )
        return _allocate(array, widths)
    padded = _allocate(array, widths)
    if mode == "constant":
        pairs = _as_pairs(kwargs.get("constant_values", 0), array.ndim)
        _constant(padded, array.shape, widths, pairs)
        return padded
    axes = [_Axis(padded, array.shape, widths, axis) for axis in range(array.ndim)]
    _fill(axes, mode, kwargs, array.ndim)
    return padded
