"""Functions that are methods of arrays, for anything that can become an array.

A call goes to the object's own method when it has one; otherwise the argument is converted, and
the result handed back through its ``__array_wrap__``.
"""
import functools
import math
import types

from .._globals import _NoValue
from .._utils import root_name, set_module  # noqa: F401
from . import _methods, multiarray as mu, numerictypes as nt, overrides, umath as um
from ._multiarray_umath import _array_converter, _wrapfunc
from .multiarray import asanyarray, asarray, concatenate

__all__ = '''
    all amax amin any argmax argmin argpartition argsort around choose clip compress cumprod
    cumsum cumulative_prod cumulative_sum diagonal matrix_transpose max mean min ndim nonzero
    partition prod ptp put ravel repeat reshape resize round searchsorted shape size sort squeeze
    std sum swapaxes take trace transpose var
'''.split()

array_function_dispatch = functools.partial(overrides.array_function_dispatch, module='numpy')

_generator = types.GeneratorType


def _wrapit(obj, method, *args, **kwds):
    conv = _array_converter(obj)
    result = getattr(conv.as_arrays()[0], method)(*args, **kwds)
    return conv.wrap(result, to_scalar=False)


def _given(**options):
    """The options that the caller did name."""
    return {name: value for name, value in options.items() if value is not _NoValue}


def _reduce(ufunc, method, obj, axis, dtype, out, keepdims, initial, where):
    passed = _given(keepdims=keepdims, initial=initial, where=where)
    if type(obj) is not mu.ndarray:
        own = getattr(obj, method, None)
        if own is not None:
            # `dtype` is left out when it says nothing: not every method takes it.
            if dtype is not None:
                passed['dtype'] = dtype
            return own(axis=axis, out=out, **passed)
    return ufunc.reduce(obj, axis, dtype, out, **passed)


def _reduce_truth(ufunc, method, obj, axis, out, keepdims, where):
    passed = _given(keepdims=keepdims, where=where)
    if type(obj) is not mu.ndarray:
        own = getattr(obj, method, None)
        if own is not None:
            return own(axis=axis, out=out, **passed)
    return ufunc.reduce(obj, axis, bool, out, **passed)


# ---- elements and order ----

@array_function_dispatch(lambda a, indices, axis=None, out=None, mode=None: (a, out))
def take(a, indices, axis=None, out=None, mode='raise'):
    """Elements of `a` at `indices`, along an axis or of the flattened array.

    Parameters
    ----------
    mode : {'raise', 'wrap', 'clip'}
        Treatment of indices outside of the array.
    """
    return _wrapfunc(a, 'take', indices, axis=axis, out=out, mode=mode)


@array_function_dispatch(lambda a, /, shape, order=None, *, copy=None: (a,))
def reshape(a, /, shape, order='C', *, copy=None):
    """The same elements in another shape; one length may be -1 and is then computed.

    `copy` True always copies, False never does and raises ValueError where it would have to.
    """
    if copy is None:
        return _wrapfunc(a, 'reshape', shape, order=order)
    return _wrapfunc(a, 'reshape', shape, order=order, copy=copy)


@array_function_dispatch(lambda a, choices, out=None, mode=None: (a, *choices, out))
def choose(a, choices, out=None, mode='raise'):
    """Element by element, the value of the choice that `a` numbers."""
    iter(choices)
    return _wrapfunc(a, 'choose', choices, out=out, mode=mode)


@array_function_dispatch(lambda a, repeats, axis=None: (a,))
def repeat(a, repeats, axis=None):
    """Each element repeated, along an axis or in the flattened array."""
    return _wrapfunc(a, 'repeat', repeats, axis=axis)


@array_function_dispatch(lambda a, ind, v, mode=None: (a, ind, v))
def put(a, ind, v, mode='raise'):
    """Set the elements of the flattened `a` at `ind` to `v`, in place."""
    own = getattr(a, 'put', None)
    if own is None:
        raise TypeError(f'argument 1 must be numpy.ndarray, not {type(a)}')
    return own(ind, v, mode=mode)


@array_function_dispatch(lambda a, axis1, axis2: (a,))
def swapaxes(a, axis1, axis2):
    """View with two axes exchanged."""
    return _wrapfunc(a, 'swapaxes', axis1, axis2)


@array_function_dispatch(lambda a, axes=None: (a,))
def transpose(a, axes=None):
    """View with the axes in the given order, reversed by default."""
    return _wrapfunc(a, 'transpose', axes)


@array_function_dispatch(lambda x: (x,), verify=False)
def matrix_transpose(x, /):
    """View with the last two axes exchanged."""
    x = asanyarray(x)
    if x.ndim < 2:
        raise ValueError(f'Input array must be at least 2-dimensional, but it is {x.ndim}')
    return swapaxes(x, -1, -2)


@array_function_dispatch(lambda a, kth, axis=None, kind=None, order=None: (a,))
def partition(a, kth, axis=-1, kind='introselect', order=None):
    """Copy in which element `kth` stands where sorting would put it, smaller ones before it."""
    a, axis = _flat_copy(a, axis)
    a.partition(kth, axis=axis, kind=kind, order=order)
    return a


@array_function_dispatch(lambda a, kth, axis=None, kind=None, order=None: (a,))
def argpartition(a, kth, axis=-1, kind='introselect', order=None):
    """Indices that would partition an array."""
    return _wrapfunc(a, 'argpartition', kth, axis=axis, kind=kind, order=order)


def _flat_copy(a, axis):
    """A copy to work on in place, flattened where no axis is given; and the axis of it."""
    if axis is None:
        return asanyarray(a).flatten(), -1
    return asanyarray(a).copy(order='K'), axis


@array_function_dispatch(lambda a, axis=None, kind=None, order=None, *, stable=None: (a,))
def sort(a, axis=-1, kind=None, order=None, *, stable=None):
    """Sorted copy.

    Parameters
    ----------
    axis : int or None
        Axis along which to sort; None sorts the flattened array.
    kind : {'quicksort', 'mergesort', 'heapsort', 'stable'}, optional
        Only whether the sort is stable is observable.
    order : str or list of str, optional
        Fields of a structured array to compare, first ones first.
    stable : bool, optional
        Keep equal elements in their order; excludes `kind`.
    """
    a, axis = _flat_copy(a, axis)
    a.sort(axis=axis, kind=kind, order=order, stable=stable)
    return a


@array_function_dispatch(lambda a, axis=None, kind=None, order=None, *, stable=None: (a,))
def argsort(a, axis=-1, kind=None, order=None, *, stable=None):
    """Indices that would sort an array; parameters as for `sort`."""
    return _wrapfunc(a, 'argsort', axis=axis, kind=kind, order=order, stable=stable)


@array_function_dispatch(lambda a, axis=None, out=None, *, keepdims=None: (a, out), verify=False)
def argmax(a, axis=None, out=None, *, keepdims=_NoValue):
    """Index of the first greatest element, along an axis or in the flattened array."""
    return _wrapfunc(a, 'argmax', axis=axis, out=out, **_given(keepdims=keepdims))


@array_function_dispatch(lambda a, axis=None, out=None, *, keepdims=None: (a, out), verify=False)
def argmin(a, axis=None, out=None, *, keepdims=_NoValue):
    """Index of the first smallest element, along an axis or in the flattened array."""
    return _wrapfunc(a, 'argmin', axis=axis, out=out, **_given(keepdims=keepdims))


@array_function_dispatch(lambda a, v, side=None, sorter=None: (a, v, sorter))
def searchsorted(a, v, side='left', sorter=None):
    """Where to insert `v` into the sorted `a` so that it stays sorted."""
    return _wrapfunc(a, 'searchsorted', v, side=side, sorter=sorter)


@array_function_dispatch(lambda a, new_shape: (a,))
def resize(a, new_shape):
    """Array of a new shape, filled with repeated copies of `a`."""
    new_shape = (new_shape,) if isinstance(new_shape, (int, nt.integer)) else new_shape
    wanted = 1
    for length in new_shape:
        if length < 0:
            raise ValueError('all elements of `new_shape` must be non-negative')
        wanted *= int(length)
    a = ravel(a)
    if not wanted or not a.size:
        from .numeric import zeros_like
        return zeros_like(a, shape=new_shape)
    copies = -(-wanted // a.size)
    return reshape(concatenate((a,) * copies)[:wanted], new_shape)


@array_function_dispatch(lambda a, axis=None: (a,))
def squeeze(a, axis=None):
    """View without the axes of length one, or without the named ones."""
    own = getattr(a, 'squeeze', None)
    if own is None:
        return _wrapit(a, 'squeeze', axis=axis)
    return own() if axis is None else own(axis=axis)


@array_function_dispatch(lambda a, offset=None, axis1=None, axis2=None: (a,))
def diagonal(a, offset=0, axis1=0, axis2=1):
    """Diagonals of the matrices in two axes, as a read-only view with the diagonal last."""
    return _plain_if_matrix(a).diagonal(offset=offset, axis1=axis1, axis2=axis2)


def _plain_if_matrix(a):
    # The class numpy.matrix cannot have one dimension, so that results of it must be plain.
    if type(a) is not mu.ndarray and isinstance(a, mu.ndarray):
        for cls in type(a).__mro__:
            if cls.__name__ == 'matrix' and cls.__module__ == root_name():
                return asarray(a)
    return asanyarray(a)


@array_function_dispatch(
    lambda a, offset=None, axis1=None, axis2=None, dtype=None, out=None: (a, out))
def trace(a, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    """Sum along diagonals."""
    a = _plain_if_matrix(a)
    return a.trace(offset=offset, axis1=axis1, axis2=axis2, dtype=dtype, out=out)


@array_function_dispatch(lambda a, order=None: (a,))
def ravel(a, order='C'):
    """The elements as one dimension, a view where possible."""
    return _plain_if_matrix(a).ravel(order=order)


@array_function_dispatch(lambda a: (a,))
def nonzero(a):
    """Indices of the elements that are not zero: one array per axis, in row-major order."""
    return _wrapfunc(a, 'nonzero')


@array_function_dispatch(lambda a: (a,))
def shape(a):
    """Lengths of the axes, as a tuple."""
    try:
        return a.shape
    except AttributeError:
        return asarray(a).shape


@array_function_dispatch(lambda condition, a, axis=None, out=None: (condition, a, out))
def compress(condition, a, axis=None, out=None):
    """The slices of `a` along an axis for which the condition holds."""
    return _wrapfunc(a, 'compress', condition, axis=axis, out=out)


@array_function_dispatch(
    lambda a, a_min=None, a_max=None, out=None, *, min=None, max=None, **kwargs:
    (a, a_min, a_max, out, min, max))
def clip(a, a_min=_NoValue, a_max=_NoValue, out=None, *, min=_NoValue, max=_NoValue, **kwargs):
    """Values limited to an interval.

    Parameters
    ----------
    a_min, a_max : array_like or None
        Limits; None is no limit. `min` and `max` are other names for them.
    **kwargs
        Options of a ufunc.
    """
    if a_min is _NoValue and a_max is _NoValue:
        a_min = None if min is _NoValue else min
        a_max = None if max is _NoValue else max
    elif a_min is _NoValue:
        raise TypeError("clip() missing 1 required positional argument: 'a_min'")
    elif a_max is _NoValue:
        raise TypeError("clip() missing 1 required positional argument: 'a_max'")
    elif min is not _NoValue or max is not _NoValue:
        raise ValueError('Passing `min` or `max` keyword argument when `a_min` and '
                         '`a_max` are provided is forbidden.')
    return _wrapfunc(a, 'clip', a_min, a_max, out=out, **kwargs)


# ---- reductions ----

@array_function_dispatch(
    lambda a, axis=None, dtype=None, out=None, keepdims=None, initial=None, where=None: (a, out))
def sum(a, axis=None, dtype=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """Sum of the elements over axes.

    Parameters
    ----------
    a : array_like
    axis : int or tuple of ints, optional
        None sums everything.
    dtype : dtype_like, optional
        Type of the sum; small integers are summed in the platform's integer.
    out : ndarray, optional
    keepdims : bool, optional
        Keep summed axes, with length one.
    initial : scalar, optional
        Start value.
    where : array_like of bool, optional
        Elements to include.

    Examples
    --------
    >>> int(np.sum([[0, 1], [0, 5]]))
    6
    """
    if isinstance(a, _generator):
        raise TypeError('Calling np.sum(generator) is deprecated.Use np.sum(np.fromiter(generator)) '
                        'or the python sum builtin instead.')
    return _reduce(um.add, 'sum', a, axis, dtype, out, keepdims, initial, where)


@array_function_dispatch(
    lambda a, axis=None, out=None, keepdims=None, *, where=None: (a, where, out))
def any(a, axis=None, out=None, keepdims=_NoValue, *, where=_NoValue):
    """Whether any element over axes is true."""
    return _reduce_truth(um.logical_or, 'any', a, axis, out, keepdims, where)


@array_function_dispatch(
    lambda a, axis=None, out=None, keepdims=None, *, where=None: (a, where, out))
def all(a, axis=None, out=None, keepdims=_NoValue, *, where=_NoValue):
    """Whether all elements over axes are true."""
    return _reduce_truth(um.logical_and, 'all', a, axis, out, keepdims, where)


def _running(x, ufunc, axis, dtype, out, include_initial):
    x = asanyarray(x)
    if not x.ndim:
        x = x.reshape(1)
    if axis is None:
        if x.ndim > 1:
            raise ValueError('For arrays which have more than one dimension '
                             '``axis`` argument is required.')
        axis = 0
    if out is not None and include_initial:
        first, rest = [slice(None)] * x.ndim, [slice(None)] * x.ndim
        first[axis], rest[axis] = slice(0, 1), slice(1, None)
        ufunc.accumulate(x, axis=axis, dtype=dtype, out=out[tuple(rest)])
        out[tuple(first)] = ufunc.identity
        return out
    result = ufunc.accumulate(x, axis=axis, dtype=dtype, out=out)
    if include_initial:
        edge = list(x.shape)
        edge[axis] = 1
        start = mu.empty(tuple(edge), dtype=result.dtype)
        start[...] = ufunc.identity
        result = concatenate([start, result], axis=axis)
    return result


def _cumulative_dispatcher(x, /, *, axis=None, dtype=None, out=None, include_initial=None):
    return (x, out)


@array_function_dispatch(_cumulative_dispatcher)
def cumulative_sum(x, /, *, axis=None, dtype=None, out=None, include_initial=False):
    """Running sums along an axis, which may be left out for one dimension only.

    With `include_initial` the result starts with 0 and is one longer.
    """
    return _running(x, um.add, axis, dtype, out, include_initial)


@array_function_dispatch(_cumulative_dispatcher)
def cumulative_prod(x, /, *, axis=None, dtype=None, out=None, include_initial=False):
    """Running products along an axis, which may be left out for one dimension only.

    With `include_initial` the result starts with 1 and is one longer.
    """
    return _running(x, um.multiply, axis, dtype, out, include_initial)


@array_function_dispatch(lambda a, axis=None, dtype=None, out=None: (a, out))
def cumsum(a, axis=None, dtype=None, out=None):
    """Running sums, along an axis or of the flattened array."""
    return _wrapfunc(a, 'cumsum', axis=axis, dtype=dtype, out=out)


@array_function_dispatch(lambda a, axis=None, dtype=None, out=None: (a, out))
def cumprod(a, axis=None, dtype=None, out=None):
    """Running products, along an axis or of the flattened array."""
    return _wrapfunc(a, 'cumprod', axis=axis, dtype=dtype, out=out)


@array_function_dispatch(lambda a, axis=None, out=None, keepdims=None: (a, out))
def ptp(a, axis=None, out=None, keepdims=_NoValue):
    """Greatest minus smallest value over axes."""
    passed = _given(keepdims=keepdims)
    own = None if type(a) is mu.ndarray else getattr(a, 'ptp', None)
    if own is not None:
        return own(axis=axis, out=out, **passed)
    return _methods._ptp(a, axis=axis, out=out, **passed)


def _extremum_dispatcher(a, axis=None, out=None, keepdims=None, initial=None, where=None):
    return (a, out)


def _max(a, axis, out, keepdims, initial, where):
    return _reduce(um.maximum, 'max', a, axis, None, out, keepdims, initial, where)


def _min(a, axis, out, keepdims, initial, where):
    return _reduce(um.minimum, 'min', a, axis, None, out, keepdims, initial, where)


@array_function_dispatch(_extremum_dispatcher)
def max(a, axis=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """Greatest element over axes. NaN wins; an empty array needs `initial`."""
    return _max(a, axis, out, keepdims, initial, where)


@array_function_dispatch(_extremum_dispatcher)
def amax(a, axis=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """Another name of `max`."""
    return _max(a, axis, out, keepdims, initial, where)


@array_function_dispatch(_extremum_dispatcher)
def min(a, axis=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """Smallest element over axes. NaN wins; an empty array needs `initial`."""
    return _min(a, axis, out, keepdims, initial, where)


@array_function_dispatch(_extremum_dispatcher)
def amin(a, axis=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """Another name of `min`."""
    return _min(a, axis, out, keepdims, initial, where)


@array_function_dispatch(
    lambda a, axis=None, dtype=None, out=None, keepdims=None, initial=None, where=None: (a, out))
def prod(a, axis=None, dtype=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """Product of the elements over axes; parameters as for `sum`."""
    return _reduce(um.multiply, 'prod', a, axis, dtype, out, keepdims, initial, where)


@array_function_dispatch(lambda a: (a,))
def ndim(a):
    """Number of dimensions."""
    try:
        return a.ndim
    except AttributeError:
        return asarray(a).ndim


@array_function_dispatch(lambda a, axis=None: (a,))
def size(a, axis=None):
    """Number of elements, of everything or over axes."""
    if axis is None:
        try:
            return a.size
        except AttributeError:
            return asarray(a).size
    lengths = shape(a)
    if not isinstance(axis, tuple):
        axis = (axis,)
    from .numeric import normalize_axis_tuple
    return math.prod(lengths[ax] for ax in normalize_axis_tuple(axis, len(lengths)))


@array_function_dispatch(lambda a, decimals=None, out=None: (a, out))
def round(a, decimals=0, out=None):
    """Round to a number of decimals, halves to even; negative `decimals` round left of the point."""
    return _wrapfunc(a, 'round', decimals=decimals, out=out)


@array_function_dispatch(lambda a, decimals=None, out=None: (a, out))
def around(a, decimals=0, out=None):
    """Another name of `round`."""
    return round._implementation(a, decimals, out)


# ---- moments ----

def _own_method(a, method):
    return None if type(a) is mu.ndarray else getattr(a, method, None)


@array_function_dispatch(
    lambda a, axis=None, dtype=None, out=None, keepdims=None, *, where=None: (a, where, out))
def mean(a, axis=None, dtype=None, out=None, keepdims=_NoValue, *, where=_NoValue):
    """Arithmetic mean over axes.

    Integers are averaged as float64; half is summed in single precision. Parameters as for `sum`.
    """
    average = _own_method(a, 'mean') or functools.partial(_methods._mean, a)
    return average(axis=axis, dtype=dtype, out=out, **_given(keepdims=keepdims, where=where))


def _spread_dispatcher(a, axis=None, dtype=None, out=None, ddof=None, keepdims=None, *,
                       where=None, mean=None, correction=None):
    return (a, where, out, mean)


def _spread(method, fallback, a, axis, dtype, out, ddof, correction, options):
    passed = _given(**options)
    if correction is not _NoValue:
        if ddof != 0:
            raise ValueError("ddof and correction can't be provided simultaneously.")
        ddof = correction
    own = _own_method(a, method)
    if own is not None:
        return own(axis=axis, dtype=dtype, out=out, ddof=ddof, **passed)
    return fallback(a, axis=axis, dtype=dtype, out=out, ddof=ddof, **passed)


@array_function_dispatch(_spread_dispatcher)
def std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=_NoValue, *, where=_NoValue,
        mean=_NoValue, correction=_NoValue):
    """Standard deviation over axes: the root of `var`, with the same parameters."""
    return _spread('std', _methods._std, a, axis, dtype, out, ddof, correction,
                   {'keepdims': keepdims, 'where': where, 'mean': mean})


@array_function_dispatch(_spread_dispatcher)
def var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=_NoValue, *, where=_NoValue,
        mean=_NoValue, correction=_NoValue):
    """Variance over axes: the mean squared distance from the mean.

    Parameters
    ----------
    a, axis, dtype, out, keepdims, where
        As for `mean`.
    ddof, correction : number, optional
        The divisor is the number of elements less this; only one of the two may be given.
    mean : array_like, optional
        The mean, computed with ``keepdims=True``, where it is known already.
    """
    return _spread('var', _methods._var, a, axis, dtype, out, ddof, correction,
                   {'keepdims': keepdims, 'where': where, 'mean': mean})
