"""Evenly spaced numbers, on linear and logarithmic scales; and a way to attach docstrings."""
import functools
import operator

from . import numeric as _nx, overrides
from ._multiarray_umath import _array_converter, add_docstring
from .numeric import nan
from .multiarray import result_type

__all__ = ['logspace', 'linspace', 'geomspace']

array_function_dispatch = functools.partial(overrides.array_function_dispatch, module='numpy')


_NUMBERS = frozenset([int, float, _nx.float64])
_EXACT = 2**53


def _between_numbers(start, stop, num, steps):
    """`linspace` of two Python numbers in doubles; None where that has something to say."""
    if not (-_EXACT < start < _EXACT and -_EXACT < stop < _EXACT):
        return None
    start, stop = float(start), float(stop)
    span = stop - start
    step = span / steps
    if step == 0:
        return None
    y = _nx.arange(0.0, num)
    y *= step
    y += start
    if steps < num:
        y[-1] = stop
    return y


@array_function_dispatch(
    lambda start, stop, num=None, endpoint=None, retstep=None, dtype=None, axis=None, *,
    device=None: (start, stop))
def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, *,
             device=None):
    """Numbers at equal distances over an interval.

    Parameters
    ----------
    start, stop : array_like
        Ends of the interval.
    num : int
        How many numbers.
    endpoint : bool
        Whether `stop` is the last one, or the one after the last.
    retstep : bool
        Return the distance, too.
    dtype : dtype_like, optional
        Of the result; integers are rounded down.
    axis : int
        The new axis, where the ends are arrays.
    device : {'cpu', None}

    Examples
    --------
    >>> np.linspace(2.0, 3.0, num=5).tolist()
    [2.0, 2.25, 2.5, 2.75, 3.0]
    """
    num = operator.index(num)
    if num < 0:
        raise ValueError(f'Number of samples, {num}, must be non-negative.')
    if (type(start) in _NUMBERS and type(stop) in _NUMBERS and num > 1 and axis == 0
            and device is None and not retstep and (dtype is None or dtype == _nx.float64)):
        y = _between_numbers(start, stop, num, num - 1 if endpoint else num)
        if y is not None:
            return y
    conv = _array_converter(start, stop)
    start, stop = conv.as_arrays()
    working = conv.result_type(ensure_inexact=True)
    if dtype is None:
        dtype, round_down = working, False
    else:
        round_down = _nx.issubdtype(dtype, _nx.integer)

    steps = num - 1 if endpoint else num
    span = _nx.subtract(stop, start, dtype=type(working))
    count = _nx.arange(0, num, device=device).reshape((-1,) + (1,) * _nx.ndim(span))
    y = count.astype(working, copy=False)
    if steps > 0:
        step = span / steps
        # A step that underflowed to zero has lost the span: then divide last.
        if _nx.any(step == 0):
            y = (y / steps) * span
        else:
            y = y * step
    else:
        step = nan
        y = y * span
    y += start
    if endpoint and num > 1:
        y[-1, ...] = stop
    if axis != 0:
        y = _nx.moveaxis(y, 0, axis)
    if round_down:
        _nx.floor(y, out=y)
    y = conv.wrap(y.astype(dtype, copy=False))
    return (y, step) if retstep else y


@array_function_dispatch(
    lambda start, stop, num=None, endpoint=None, base=None, dtype=None, axis=None:
    (start, stop, base))
def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    """Powers of `base` whose exponents are those of `linspace`."""
    if not isinstance(base, (float, int)) and _nx.ndim(base):
        # An array of bases has its own axes, after the new one.
        ndim = _nx.broadcast(start, stop, base).ndim
        start, stop, base = (_nx.array(one, copy=None, subok=True, ndmin=ndim)
                             for one in (start, stop, base))
        base = _nx.asanyarray(base)[(slice(None),) * (axis % (ndim + 1)) + (None,)]
    exponents = linspace(start, stop, num=num, endpoint=endpoint, axis=axis)
    powers = _nx.power(base, exponents)
    return powers if dtype is None else powers.astype(dtype, copy=False)


@array_function_dispatch(
    lambda start, stop, num=None, endpoint=None, dtype=None, axis=None: (start, stop))
def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    """Numbers over an interval, each a constant multiple of the one before.

    Parameters
    ----------
    start, stop : array_like
        Ends of the interval, not zero. Complex ones give a spiral.
    num, endpoint, dtype, axis
        As for `linspace`.

    Examples
    --------
    >>> np.geomspace(1, 1000, num=4).round(6).tolist()
    [1.0, 10.0, 100.0, 1000.0]
    """
    start, stop = _nx.asanyarray(start), _nx.asanyarray(stop)
    if _nx.any(start == 0) or _nx.any(stop == 0):
        raise ValueError('Geometric sequence cannot include zero')
    working = result_type(start, stop, float(num), _nx.zeros((), dtype))
    if dtype is None:
        dtype = working
    else:
        dtype = _nx.dtype(dtype)
    start, stop = start.astype(working, copy=True), stop.astype(working, copy=True)
    # Turned so that it starts at one in size and positive: real sequences of either sign, and
    # those on a line through zero, then stay exactly on it.
    unit = _nx.sign(start)
    start = start / unit
    stop = stop / unit
    first, last = _nx.log10(start), _nx.log10(stop)
    y = logspace(first, last, num=num, endpoint=endpoint, base=10.0, dtype=working)
    # The ends come out of two roundings otherwise.
    if num > 0:
        y[0] = start
        if num > 1 and endpoint:
            y[-1] = stop
    y = y * unit
    if axis != 0:
        y = _nx.moveaxis(y, 0, axis)
    return y.astype(dtype, copy=False)


def _attach(owner, doc):
    if getattr(owner, '__doc__', None):
        # The first one stays.
        return
    try:
        add_docstring(owner, doc.strip())
    except Exception:
        # Objects without room for a docstring go without.
        pass


def add_newdoc(place, obj, doc, warn_on_python=True):
    """Give an object written in C its docstring.

    Parameters
    ----------
    place : str
        Module of the object.
    obj : str
        Its name there.
    doc : str, (str, str) or list of them
        The docstring; pairs of attribute and docstring are for attributes of a class.
    warn_on_python : bool
        Warn when the object is written in Python and needs no such help.
    """
    import importlib

    target = getattr(importlib.import_module(place), obj)
    if isinstance(doc, str):
        if '${ARRAY_FUNCTION_LIKE}' in doc:
            doc = overrides.get_array_function_like_doc(target, doc)
        if warn_on_python:
            _warn_if_python(target)
        _attach(target, doc)
        return
    for attribute, text in [doc] if isinstance(doc, tuple) else doc:
        member = getattr(target, attribute)
        if warn_on_python:
            _warn_if_python(member)
        _attach(member, text)


def _warn_if_python(obj):
    import types

    member = obj.fget if isinstance(obj, property) else obj
    if isinstance(member, (types.FunctionType, types.MethodType)):
        import warnings
        warnings.warn(f'add_newdoc was used on a pure-python object {obj}. Prefer to attach it '
                      'directly to the source.', UserWarning, stacklevel=3)


from .._utils import root_name as _root_name  # noqa: E402

add_newdoc.__module__ = _root_name('numpy.lib')
del _root_name
