"""Views made by choosing strides: broadcasting, windows, and raw `as_strided`."""
from .._core.multiarray import ndarray
from .._core.multiarray import dtype as _dtype
from .._core.numeric import normalize_axis_tuple
from .._core.overrides import array_function_dispatch, set_module
from ._root import np, public

__all__ = ["broadcast_to", "broadcast_arrays", "broadcast_shapes"]

# np.broadcast takes at most this many operands; longer lists are folded in blocks.
_BLOCK = 32
_size0_dtype = _dtype([])


class DummyArray:
    """Carries an array interface, and keeps the owner of the memory alive."""

    def __init__(self, interface, base=None):
        self.__array_interface__ = interface
        self.base = base


def _maybe_view_as_subclass(original_array, new_array):
    kind = type(original_array)
    if kind is not type(new_array):
        new_array = new_array.view(type=kind)
        finalize = new_array.__array_finalize__
        if finalize is not None:
            finalize(original_array)
    return new_array


@set_module("numpy.lib.stride_tricks")
def as_strided(x, shape=None, strides=None, subok=False, writeable=True):
    """View the memory of `x` with any shape and strides (in bytes).

    Nothing is checked: a view can reach outside of the array, or show one element many times.
    Prefer `sliding_window_view` and `broadcast_to`.

    Examples
    --------
    >>> x = np.arange(4)
    >>> np.lib.stride_tricks.as_strided(x, (3, 2), (8, 8))
    array([[0, 1],
           [1, 2],
           [2, 3]])
    """
    source = np.array(x, copy=None, subok=subok)
    described = dict(source.__array_interface__)
    for key, value in (("shape", shape), ("strides", strides)):
        if value is not None:
            described[key] = tuple(value)
    result = np.asarray(DummyArray(described, base=source))
    # The interface's type string is lossy for structured, object and user dtypes.
    result.dtype = source.dtype
    result = _maybe_view_as_subclass(source, result)
    if not writeable and result.flags.writeable:
        result.flags.writeable = False
    return result


@array_function_dispatch(
    lambda x, window_shape, axis=None, *, subok=None, writeable=None: (x,),
    module="numpy.lib.stride_tricks",
)
def sliding_window_view(x, window_shape, axis=None, *, subok=False, writeable=False):
    """View all windows of the given shape; the window axes are appended to the shape.

    Parameters
    ----------
    x : array_like
    window_shape : int or tuple of int
        One length per entry of `axis`.
    axis : int or tuple of int, optional
        Axes along which windows move; all of them by default.  An axis may be named repeatedly.
    subok, writeable : bool
        Keep subclasses; allow writing to the overlapping view.

    Examples
    --------
    >>> np.lib.stride_tricks.sliding_window_view(np.arange(4), 3)
    array([[0, 1, 2],
           [1, 2, 3]])
    """
    lengths = tuple(window_shape) if np.iterable(window_shape) else (window_shape,)
    x = np.array(x, copy=None, subok=subok)
    if (np.array(lengths) < 0).any():
        raise ValueError("`window_shape` cannot contain negative values")
    if axis is None:
        axes = range(x.ndim)
        if len(axes) != len(lengths):
            raise ValueError(
                "Since axis is `None`, must provide window_shape for all dimensions of `x`; "
                f"got {len(lengths)} window_shape elements and `x.ndim` is {x.ndim}."
            )
    else:
        axes = normalize_axis_tuple(axis, x.ndim, allow_duplicate=True)
        if len(axes) != len(lengths):
            raise ValueError(
                "Must provide matching length window_shape and axis; "
                f"got {len(lengths)} window_shape elements and {len(axes)} axes elements."
            )
    places = list(x.shape)
    for ax, length in zip(axes, lengths):
        if length > places[ax]:
            raise ValueError("window shape cannot be larger than input array shape")
        places[ax] -= length - 1
    return as_strided(
        x,
        shape=(*places, *lengths),
        strides=x.strides + tuple(x.strides[ax] for ax in axes),
        subok=subok,
        writeable=writeable,
    )


def _broadcast_to(array, shape, subok, readonly):
    target = tuple(shape) if np.iterable(shape) else (shape,)
    array = np.array(array, copy=None, subok=subok)
    if not target and array.shape:
        raise ValueError("cannot broadcast a non-scalar to a scalar array")
    if any(n < 0 for n in target):
        raise ValueError("all elements of broadcast shape must be non-negative")
    plan = np.nditer(
        array,
        ["multi_index", "refs_ok", "zerosize_ok"],
        ["readonly"],
        order="C",
        itershape=target,
    )
    with plan:
        result = plan.itviews[0]
    result = _maybe_view_as_subclass(array, result)
    if not readonly and array.flags._writeable_no_warn:
        result.flags.writeable = True
        result.flags._warn_on_write = True
    return result


@public(lambda array, shape, subok=None: (array,))
def broadcast_to(array, shape, subok=False):
    """Return a read-only view of `array` stretched to `shape`.

    Examples
    --------
    >>> np.broadcast_to([1, 2], (2, 2))
    array([[1, 2],
           [1, 2]])
    """
    return _broadcast_to(array, shape, subok=subok, readonly=True)


def _broadcast_shape(*args):
    """The common shape of array-likes, however many they are."""
    if len(args) <= _BLOCK:
        return np.broadcast(*args).shape
    joined = np.broadcast(*args[:_BLOCK])
    for start in range(_BLOCK, len(args), _BLOCK - 1):
        # a broadcast object counts as all of its operands, so pass on an array of its shape
        stand_in = broadcast_to(0, joined.shape)
        joined = np.broadcast(stand_in, *args[start : start + _BLOCK - 1])
    return joined.shape


@set_module("numpy")
def broadcast_shapes(*args):
    """Return the shape that arrays of the given shapes broadcast to.

    Examples
    --------
    >>> np.broadcast_shapes((3, 1), 4)
    (3, 4)
    """
    # arrays of an empty dtype occupy nothing, whatever their shape
    return _broadcast_shape(*[ndarray(shape, dtype=_size0_dtype) for shape in args])


@public(lambda *args, subok=None: args)
def broadcast_arrays(*args, subok=False):
    """Broadcast arrays against each other; returns a tuple of views.

    Examples
    --------
    >>> a, b = np.broadcast_arrays([1, 2], [[3], [4]])
    >>> b.tolist()
    [[3, 3], [4, 4]]
    """
    arrays = [np.array(a, copy=None, subok=subok) for a in args]
    shape = _broadcast_shape(*arrays)
    return tuple(a if a.shape == shape else _shared_view(a, shape, subok) for a in arrays)


def _shared_view(a, shape, subok):
    """A broadcast view that says, when it is written to, that its elements are shared."""
    view = _broadcast_to(a, shape, subok=subok, readonly=False)
    if a.flags.writeable:
        view.flags._warn_on_write = True
    return view
