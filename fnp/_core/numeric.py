"""Array creation, comparison, products and the shuffling of axes: functions on whole arrays.

This module's namespace also gathers everything else of the array core.
"""
import builtins
import functools
import itertools
import math
import numbers
import operator
import sys
import warnings

from .. import exceptions
from .._globals import _NoValue  # noqa: F401
from .._utils import root_name, set_module
from . import multiarray, numerictypes, numerictypes as nt, overrides, umath
from ._asarray import *  # noqa: F403
from ._ufunc_config import *  # noqa: F403
from .multiarray import *  # noqa: F403
from .multiarray import (
    MAXDIMS,
    array,
    asanyarray,
    asarray,
    can_cast,
    concatenate,
    copyto,
    dot,
    dtype,
    empty,
    empty_like,
    ndarray,
    normalize_axis_index,
    promote_types,
    result_type,
    zeros,
)
from .overrides import finalize_array_function_like
from .umath import *  # noqa: F403
from .umath import divide, equal, invert, isfinite, isnan, less_equal, multiply, not_equal

AxisError = exceptions.AxisError
bitwise_not = invert
ufunc = type(umath.sin)
newaxis = None
little_endian = sys.byteorder == 'little'
inf = float('inf')
nan = float('nan')

array_function_dispatch = functools.partial(overrides.array_function_dispatch, module='numpy')

__all__ = '''
    newaxis ndarray flatiter nditer nested_iters ufunc arange array asarray asanyarray
    ascontiguousarray asfortranarray zeros count_nonzero empty broadcast dtype fromstring fromfile
    frombuffer from_dlpack where argwhere copyto concatenate lexsort astype can_cast promote_types
    min_scalar_type result_type isfortran empty_like zeros_like ones_like correlate convolve inner
    dot outer vdot roll rollaxis moveaxis cross tensordot little_endian fromiter array_equal
    array_equiv indices fromfunction isclose isscalar binary_repr base_repr ones identity allclose
    putmask flatnonzero inf nan False_ True_ bitwise_not full full_like matmul vecdot
    shares_memory may_share_memory
'''.split()


# ---- creation ----

def _only_cpu(device):
    if device is not None and device != 'cpu':
        raise ValueError('Device not understood. Only "cpu" is allowed, '
                         f'but received: {device}')


# Creation functions by name, as dispatchers on their `like`.
_for = {}


def _takes_like(func):
    _for[func.__name__] = array_function_dispatch()(func)
    return finalize_array_function_like(set_module('numpy')(func))


def _filled(made, value):
    copyto(made, value, casting='unsafe')
    return made


def _like_dispatcher(a, dtype=None, order=None, subok=None, shape=None, *, device=None):
    return (a,)


@array_function_dispatch(_like_dispatcher)
def zeros_like(a, dtype=None, order='K', subok=True, shape=None, *, device=None):
    """Zeros with the shape and type of another array, unless others are given."""
    made = empty_like(a, dtype, order, subok, shape, device=device)
    # Zero as the dtype understands it: an empty string, a false bool.
    return _filled(made, zeros(1, dtype=made.dtype))


@array_function_dispatch(_like_dispatcher)
def ones_like(a, dtype=None, order='K', subok=True, shape=None, *, device=None):
    """Ones with the shape and type of another array, unless others are given."""
    return _filled(empty_like(a, dtype, order, subok, shape, device=device), 1)


@array_function_dispatch(
    lambda a, fill_value, dtype=None, order=None, subok=None, shape=None, *, device=None: (a,))
def full_like(a, fill_value, dtype=None, order='K', subok=True, shape=None, *, device=None):
    """`fill_value` everywhere, with the shape and type of another array, unless others are given."""
    return _filled(empty_like(a, dtype, order, subok, shape, device=device), fill_value)


@_takes_like
def ones(shape, dtype=None, order='C', *, device=None, like=None):
    """New array of ones, float64 by default.

    Parameters
    ----------
    shape : int or sequence of ints
    dtype : dtype_like, optional
    order : {'C', 'F'}
    device : {'cpu', None}
    ${ARRAY_FUNCTION_LIKE}
    """
    if like is not None:
        return _for['ones'](like, shape, dtype=dtype, order=order, device=device)
    return _filled(empty(shape, dtype, order, device=device), 1)


@_takes_like
def full(shape, fill_value, dtype=None, order='C', *, device=None, like=None):
    """New array with `fill_value` everywhere, in its type by default.

    Parameters
    ----------
    shape : int or sequence of ints
    fill_value : scalar or array_like
    dtype : dtype_like, optional
    order : {'C', 'F'}
    device : {'cpu', None}
    ${ARRAY_FUNCTION_LIKE}
    """
    if like is not None:
        return _for['full'](like, shape, fill_value, dtype=dtype, order=order, device=device)
    if dtype is None:
        fill_value = asarray(fill_value)
        dtype = fill_value.dtype
    return _filled(empty(shape, dtype, order, device=device), fill_value)


@_takes_like
def identity(n, dtype=None, *, like=None):
    """The n by n identity matrix.

    Parameters
    ----------
    n : int
    dtype : dtype_like, optional
        float64 by default.
    ${ARRAY_FUNCTION_LIKE}
    """
    if like is not None:
        return _for['identity'](like, n, dtype=dtype)
    made = zeros((n, n), dtype=float if dtype is None else dtype)
    made.reshape(-1)[::made.shape[0] + 1] = 1
    return made


@set_module('numpy')
def indices(dimensions, dtype=int, sparse=False):
    """The index of every element of a grid, one array per axis.

    Parameters
    ----------
    dimensions : sequence of ints
        Shape of the grid.
    dtype : dtype_like
    sparse : bool
        A tuple of arrays that broadcast to the grid, instead of one dense array.

    Examples
    --------
    >>> np.indices((2, 3)).shape
    (2, 2, 3)
    """
    dimensions = tuple(dimensions)
    ndim = len(dimensions)
    grid = None if sparse else empty((ndim, *dimensions), dtype=dtype)
    steps = [multiarray.arange(n, dtype=dtype).reshape((1,) * i + (n,) + (1,) * (ndim - i - 1))
             for i, n in enumerate(dimensions)]
    if sparse:
        return tuple(steps)
    for plane, step in zip(grid, steps):
        plane[...] = step
    return grid


@_takes_like
def fromfunction(function, shape, *, dtype=float, like=None, **kwargs):
    """Call `function` once with the coordinates of a grid.

    Parameters
    ----------
    function : callable
        Takes one array per axis.
    shape : sequence of ints
    dtype : dtype_like
        Type of the coordinates.
    ${ARRAY_FUNCTION_LIKE}
    **kwargs
        Passed on.
    """
    if like is not None:
        return _for['fromfunction'](like, function, shape, dtype=dtype, **kwargs)
    return function(*indices(shape, dtype=dtype), **kwargs)


def _frombuffer(buf, dtype, shape, order, axis_order=None):
    """Rebuild an array from out-of-band pickle data."""
    flat = multiarray.frombuffer(buf, dtype=dtype)
    if axis_order is None:
        return flat.reshape(shape, order=order)
    # Memory order 'K': `shape` is that of the buffer, whose axes the array has in another order.
    return flat.reshape(shape).transpose(axis_order)


# ---- questions ----

@array_function_dispatch(lambda a, axis=None, *, keepdims=None: (a,))
def count_nonzero(a, axis=None, *, keepdims=False):
    """How many elements are not zero, over axes.

    >>> int(np.count_nonzero([[0, 1], [2, 3]]))
    3
    """
    if axis is None and not keepdims:
        return multiarray.count_nonzero(a)
    a = asanyarray(a)
    # Strings are true when not empty, which a cast to bool would not say.
    truth = a != a.dtype.type() if a.dtype.kind in 'SU' else a.astype(nt.bool, copy=False)
    return truth.sum(axis=axis, dtype=nt.intp, keepdims=keepdims)


@set_module('numpy')
def isfortran(a):
    """Whether an array is Fortran contiguous and not C contiguous."""
    return a.flags.fnc


@array_function_dispatch(lambda a: (a,))
def argwhere(a):
    """Indices of the elements that are not zero, one row each."""
    a = asanyarray(a)
    if not a.ndim:
        # One possible index, the empty one.
        return multiarray.empty((int(bool(a)), 1), dtype=nt.intp)[:, :0]
    return transpose(a.nonzero())


@array_function_dispatch(lambda a: (a,))
def flatnonzero(a):
    """Indices of the elements of the flattened array that are not zero."""
    return ravel(a).nonzero()[0]


@set_module('numpy')
def isscalar(element):
    """Whether the object is a scalar: of NumPy, a string, bytes or any registered number."""
    plain = (nt.generic, int, float, complex, str, bytes)  # asking the abstract Number takes longer
    return (isinstance(element, plain) or type(element) in nt.ScalarType
            or isinstance(element, numbers.Number))


def _close_dispatcher(a, b, rtol=None, atol=None, equal_nan=None):
    return a, b, rtol, atol


@array_function_dispatch(_close_dispatcher)
def isclose(a, b, rtol=1.e-5, atol=1.e-8, equal_nan=False):
    """Element by element, whether ``|a - b| <= atol + rtol * |b|``.

    Parameters
    ----------
    a, b : array_like
    rtol, atol : array_like
        Relative and absolute tolerance.
    equal_nan : bool
        Whether NaN is close to NaN.
    """
    plain = int, float, complex
    a, b = (one if type(one) in plain else asanyarray(one) for one in (a, b))
    # Differences of integers could wrap around: the second operand becomes inexact. Durations stay.
    if type(b) in plain:
        b = b if isinstance(b, complex) else float(b)
    elif b.dtype.kind != 'm':
        b = asanyarray(b, dtype=result_type(b, 1.))
    with errstate(invalid='ignore'):
        if not (isfinite(rtol).all() and isfinite(atol).all()):
            warnings.warn(f'One of rtol or atol is not valid, atol: {atol}, rtol: {rtol}',
                          RuntimeWarning, stacklevel=2)
        gap, size = a - b, builtins.abs(b)
        if (type(gap) is type(size) is ndarray and gap.ndim and gap.dtype.kind == 'f'
                and type(rtol) is type(atol) is float and size.dtype.kind == 'f'):
            # the same in the memory at hand
            absolute(gap, out=gap)
            size *= rtol
            size += atol
            near = less_equal(gap, size)
            near &= isfinite(b)
            near |= a == b
        else:
            near = less_equal(builtins.abs(gap), atol + rtol * size)
            near = (near & isfinite(b)) | (a == b)
        if equal_nan:
            near |= isnan(a) & isnan(b)
    return near[()]


@array_function_dispatch(_close_dispatcher)
def allclose(a, b, rtol=1.e-5, atol=1.e-8, equal_nan=False):
    """Whether `isclose` holds for all elements."""
    return builtins.bool(isclose(a, b, rtol, atol, equal_nan).all())


_no_nan_types = {type(dtype(t)) for t in (nt.bool, nt.int8, nt.int16, nt.int32, nt.int64)}


def _dtype_cannot_hold_nan(dtype):
    return type(dtype) in _no_nan_types


def _as_pair(one, other):
    """Both as arrays, or None where one cannot become an array."""
    try:
        return asarray(one), asarray(other)
    except Exception:
        return None


def _all_equal(one, other):
    return builtins.bool(asanyarray(one == other).all())


@array_function_dispatch(lambda a1, a2, equal_nan=None: (a1, a2))
def array_equal(a1, a2, equal_nan=False):
    """Whether two arrays have the same shape and elements.

    With `equal_nan`, NaN equals NaN; the arrays' types must know `isnan` then.
    """
    pair = _as_pair(a1, a2)
    if pair is None or pair[0].shape != pair[1].shape:
        return False
    if not equal_nan or builtins.all(_dtype_cannot_hold_nan(one.dtype) for one in pair):
        return _all_equal(*pair)
    if pair[0] is pair[1]:
        return True
    holes = [isnan(one) for one in pair]
    if not _all_equal(*holes):
        return False
    return _all_equal(*[one[~hole] for one, hole in zip(pair, holes)])


@array_function_dispatch(lambda a1, a2: (a1, a2))
def array_equiv(a1, a2):
    """Whether two arrays broadcast to one shape and have the same elements there."""
    pair = _as_pair(a1, a2)
    if pair is None:
        return False
    try:
        multiarray.broadcast(*pair)
    except ValueError:
        return False
    return _all_equal(*pair)


@array_function_dispatch(lambda x, dtype, /, *, copy=None, device=None: (x, dtype))
def astype(x, dtype, /, *, copy=True, device=None):
    """The array or NumPy scalar in another type; `copy` False permits to return `x` itself."""
    if not (isinstance(x, ndarray) or isscalar(x)):
        raise TypeError('Input should be a NumPy array or scalar. '
                        f'It is a {type(x)} instead.')
    _only_cpu(device)
    return x.astype(dtype, copy=copy)


# ---- products ----

@array_function_dispatch(lambda a, v, mode=None: (a, v))
def correlate(a, v, mode='valid'):
    """Cross-correlation of two sequences, the second conjugated.

    Parameters
    ----------
    mode : {'valid', 'same', 'full'}
        Which overlaps count: whole ones, centred ones as many as the longer input, or all.
    """
    return multiarray.correlate2(a, v, mode)


@array_function_dispatch(lambda a, v, mode=None: (a, v))
def convolve(a, v, mode='full'):
    """Convolution of two sequences, with modes as in `correlate`."""
    a, v = array(a, copy=None, ndmin=1), array(v, copy=None, ndmin=1)
    for name, one in ('a', a), ('v', v):
        if not len(one):
            raise ValueError(f'{name} cannot be empty')
    # It commutes, and a short filter is faster.
    if len(v) > len(a):
        a, v = v, a
    return multiarray.correlate(a, v[::-1], mode)


@array_function_dispatch(lambda a, b, out=None: (a, b, out))
def outer(a, b, out=None):
    """Products of all pairs of elements of two flattened arrays."""
    rows, columns = asarray(a).ravel(), asarray(b).ravel()
    return multiply(rows[:, newaxis], columns[newaxis, :], out)


@array_function_dispatch(lambda a, b, axes=None: (a, b))
def tensordot(a, b, axes=2):
    """Sum of products over pairs of axes.

    Parameters
    ----------
    a, b : array_like
    axes : int or pair of int sequences
        How many last axes of `a` to pair with the first of `b`; or the axes of each.

    Examples
    --------
    >>> np.tensordot(np.ones((2, 3)), np.ones((3, 4)), 1).shape
    (2, 4)
    """
    try:
        axes_a, axes_b = axes
    except TypeError:
        axes_a, axes_b = range(-axes, 0), range(axes)
    axes_a, axes_b = ([*one] if hasattr(one, '__iter__') else [one] for one in (axes_a, axes_b))
    a, b = asarray(a), asarray(b)
    if len(axes_a) != len(axes_b):
        raise ValueError('shape-mismatch for sum')
    for i, (one, other) in enumerate(zip(axes_a, axes_b)):
        if a.shape[one] != b.shape[other]:
            raise ValueError('shape-mismatch for sum')
        axes_a[i] = one + a.ndim if one < 0 else one
        axes_b[i] = other + b.ndim if other < 0 else other
    if len(set(axes_a)) != len(axes_a) or len(set(axes_b)) != len(axes_b):
        raise ValueError('duplicate axes are not allowed in tensordot')
    # As a product of two matrices: kept axes by summed axes, summed axes by kept axes.
    kept_a = [ax for ax in range(a.ndim) if ax not in axes_a]
    kept_b = [ax for ax in range(b.ndim) if ax not in axes_b]
    shape = [a.shape[ax] for ax in kept_a] + [b.shape[ax] for ax in kept_b]
    summed = math.prod(a.shape[ax] for ax in axes_a)
    left = a.transpose(kept_a + axes_a).reshape(math.prod(a.shape[ax] for ax in kept_a), summed)
    right = b.transpose(axes_b + kept_b).reshape(summed, math.prod(b.shape[ax] for ax in kept_b))
    return dot(left, right).reshape(shape)


@array_function_dispatch(lambda a, b, axisa=None, axisb=None, axisc=None, axis=None: (a, b))
def cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    """Cross product of vectors.

    Parameters
    ----------
    a, b : array_like
        Vectors with three components (two are deprecated).
    axisa, axisb, axisc : int
        The axes of the vectors in `a`, `b` and the result.
    axis : int, optional
        All three of them.
    """
    if axis is not None:
        axisa = axisb = axisc = axis
    a, b = asarray(a), asarray(b)
    if not a.ndim or not b.ndim:
        raise ValueError('At least one array has zero dimension')
    axisa = normalize_axis_index(axisa, a.ndim, msg_prefix='axisa')
    axisb = normalize_axis_index(axisb, b.ndim, msg_prefix='axisb')
    a, b = moveaxis(a, axisa, -1), moveaxis(b, axisb, -1)
    sizes = a.shape[-1], b.shape[-1]
    if not {2, 3}.issuperset(sizes):
        raise ValueError('incompatible dimensions for cross product\n'
                         '(dimension must be 2 or 3)')
    if 2 in sizes:
        warnings.warn('Arrays of 2-dimensional vectors are deprecated. Use arrays of '
                      '3-dimensional vectors instead. (deprecated in NumPy 2.0)',
                      DeprecationWarning, stacklevel=2)
    shape = multiarray.broadcast(a[..., 0], b[..., 0]).shape
    kind = promote_types(a.dtype, b.dtype)
    a, b = a.astype(kind, copy=False), b.astype(kind, copy=False)
    plane = sizes == (2, 2)
    if plane:
        return a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    shape += (3,)
    axisc = normalize_axis_index(axisc, len(shape), msg_prefix='axisc')
    result = empty(shape, kind)
    x, y, z = (result[..., i] for i in range(3))
    a0, a1, a2 = a[..., 0], a[..., 1], a[..., 2] if sizes[0] == 3 else None
    b0, b1, b2 = b[..., 0], b[..., 1], b[..., 2] if sizes[1] == 3 else None
    # A vector in the plane has no third component; its terms fall away.
    if a2 is None:
        multiply(a1, b2, out=x)
        multiply(a0, b2, out=y)
        umath.negative(y, out=y)
    elif b2 is None:
        multiply(a2, b1, out=x)
        umath.negative(x, out=x)
        multiply(a2, b0, out=y)
    else:
        umath.subtract(a1 * b2, a2 * b1, out=x)
        umath.subtract(a2 * b0, a0 * b2, out=y)
    umath.subtract(a0 * b1, a1 * b0, out=z)
    return moveaxis(result, -1, axisc)


# ---- axes ----

def normalize_axis_tuple(axis, ndim, argname=None, allow_duplicate=False):
    """Axes as a tuple of indices from 0 to ndim - 1.

    Parameters
    ----------
    axis : int or iterable of int
    ndim : int
    argname : str, optional
        Name of the argument, for messages.
    allow_duplicate : bool
        Permit an axis to be named twice.
    """
    if isinstance(axis, (tuple, list)):
        axes = axis
    else:
        try:
            axes = (operator.index(axis),)
        except TypeError:
            axes = axis
    axes = tuple([normalize_axis_index(ax, ndim, argname) for ax in axes])
    if not allow_duplicate and len(axes) != len(set(axes)):
        raise ValueError(f'repeated axis in `{argname}` argument' if argname else 'repeated axis')
    return axes


normalize_axis_tuple.__module__ = root_name('numpy.lib.array_utils')


@array_function_dispatch(lambda a, shift, axis=None: (a,))
def roll(a, shift, axis=None):
    """Elements moved along axes; those pushed out come in again at the other end.

    Parameters
    ----------
    a : array_like
    shift : int or tuple of ints
        Places to move by, one per axis or the same for all.
    axis : int or tuple of ints, optional
        By default the flattened array is moved, and its shape restored.
    """
    a = asanyarray(a)
    if axis is None:
        return roll(a.ravel(), shift, 0).reshape(a.shape)
    axes = normalize_axis_tuple(axis, a.ndim, allow_duplicate=True)
    pairs = multiarray.broadcast(shift, axes)
    if pairs.ndim > 1:
        raise ValueError("'shift' and 'axis' should be scalars or 1D sequences")
    moves = dict.fromkeys(range(a.ndim), 0)
    for places, ax in pairs:
        moves[int(ax)] += int(places)
    # Per axis the one or two pieces that stay together: (where from, where to).
    pieces = []
    for ax, places in moves.items():
        length = a.shape[ax]
        places %= length or 1
        whole = [(slice(None), slice(None))]
        pieces.append(whole if not places else [
            (slice(None, length - places), slice(places, None)),
            (slice(length - places, None), slice(None, places))])
    result = empty_like(a)
    for corner in itertools.product(*pieces):
        source, target = zip(*corner) if corner else ((), ())
        result[tuple(target)] = a[tuple(source)]
    return result


@array_function_dispatch(lambda a, axis, start=None: (a,))
def rollaxis(a, axis, start=0):
    """View with an axis moved to stand before axis `start`. `moveaxis` is easier to understand."""
    ndim = a.ndim
    axis = normalize_axis_index(axis, ndim)
    place = start + ndim if start < 0 else start
    if not 0 <= place <= ndim:
        raise AxisError(f"'start' arg requires {-ndim} <= start < {ndim + 1}, "
                        f'but {start} was passed in')
    if axis < place:
        place -= 1
    if axis == place:
        return a[...]
    order = [ax for ax in range(ndim) if ax != axis]
    order.insert(place, axis)
    return a.transpose(order)


@array_function_dispatch(lambda a, source, destination: (a,))
def moveaxis(a, source, destination):
    """View with axes moved to new places, the others keeping their order.

    Parameters
    ----------
    a : array_like
    source, destination : int or sequence of ints
        The axes, and where each of them goes.

    Examples
    --------
    >>> np.moveaxis(np.zeros((3, 4, 5)), 0, -1).shape
    (4, 5, 3)
    """
    if not hasattr(a, 'transpose'):
        a = asarray(a)
    source = normalize_axis_tuple(source, a.ndim, 'source')
    destination = normalize_axis_tuple(destination, a.ndim, 'destination')
    if len(source) != len(destination):
        raise ValueError('`source` and `destination` arguments must have '
                         'the same number of elements')
    order = [ax for ax in range(a.ndim) if ax not in source]
    for place, ax in sorted(zip(destination, source)):
        order.insert(place, ax)
    return a.transpose(order)


# ---- numbers as text ----

@set_module('numpy')
def binary_repr(num, width=None):
    """Binary digits of an integer; negative ones in two's complement when a width is given.

    >>> np.binary_repr(-3, width=5)
    '11101'
    """
    num = operator.index(num)
    # Bits that the number needs, in two's complement if it is negative.
    if num >= 0:
        digits = format(num, 'b')
        needed = len(digits)
        if width == 0 and not num:
            return digits
    elif width is None:
        return '-' + format(-num, 'b')
    else:
        needed = (-num - 1).bit_length() + 1
        digits = format(num + (1 << builtins.max(width, needed)), 'b')
    if width is None:
        return digits
    if width < needed:
        raise ValueError(f'Insufficient bit width={width} provided for binwidth={needed}')
    return digits.zfill(width)


@set_module('numpy')
def base_repr(number, base=2, padding=0):
    """Digits of an integer in a base from 2 to 36, with `padding` zeros put before them.

    >>> np.base_repr(255, 16)
    'FF'
    """
    if base > 36:
        raise ValueError('Bases greater than 36 not handled in base_repr.')
    if base < 2:
        raise ValueError('Bases less than 2 not handled in base_repr.')
    rest, digits = builtins.abs(int(number)), ''
    while rest:
        rest, digit = divmod_(rest, base)
        digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'[digit] + digits
    sign = '-' if number < 0 else ''
    return sign + ('0' * padding + digits or '0')


divmod_ = builtins.divmod


def _maketup(descr, val):
    """`val` for every field of a structured dtype."""
    dt = dtype(descr)
    if dt.fields is None:
        return val
    return tuple(_maketup(dt.fields[name][0], val) for name in dt.names)


def extend_all(module):
    """Take over the public names of a module into this one's `__all__`."""
    public = getattr(module, '__all__', None)
    if public is None:
        public = [name for name in vars(module) if not name.startswith('_')]
    __all__.extend(dict.fromkeys(name for name in public if name not in __all__))


from .fromnumeric import *  # noqa: E402, F403
from .fromnumeric import all, any, ravel, transpose  # noqa: E402
from .numerictypes import *  # noqa: E402, F403

from . import _asarray, _ufunc_config, arrayprint, fromnumeric, shape_base  # noqa: E402
from ._ufunc_config import errstate  # noqa: E402
from .arrayprint import *  # noqa: E402, F403

True_, False_ = nt.bool_(True), nt.bool_(False)

for _module in fromnumeric, umath, numerictypes, arrayprint, _asarray, _ufunc_config:
    extend_all(_module)
del _module
