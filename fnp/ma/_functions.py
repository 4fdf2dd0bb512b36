"""Functions of masked arrays: makers, masks by condition, and the methods as functions."""
import builtins
import inspect

from .._core import umath as um
from .._core.multiarray import ndarray
from . import _operations as ops
from ._array import MaskedArray, isMaskedArray, masked, masked_array
from ._fills import maximum_fill_value, minimum_fill_value
from ._masks import (
    MaskError,
    MaskType,
    _mask_propagate,
    _shrink_mask,
    getmask,
    getmaskarray,
    make_mask,
    make_mask_none,
    mask_or,
    nomask,
)
from ._methods import _deprecate_argsort_axis, _given
from ._operations import filled, get_masked_subclass, getdata
from ._root import np

_NoValue = np._NoValue


def array(data, dtype=None, copy=False, order=None, mask=nomask, fill_value=None, keep_mask=True,
          hard_mask=False, shrink=True, subok=True, ndmin=0):
    """Make a masked array; the arguments are those of `MaskedArray`, in another order.

    Examples
    --------
    >>> np.ma.array([1, 2], mask=[0, 1])
    masked_array(data=[1, --],
                 mask=[False,  True],
           fill_value=999999)
    """
    return MaskedArray(data, mask, dtype, copy, subok, ndmin, fill_value, keep_mask, hard_mask,
                       shrink, order)


def asarray(a, dtype=None, order=None):
    """A masked array of anything; subclasses become masked arrays.

    Examples
    --------
    >>> type(np.ma.asarray([1]))
    <class 'numpy.ma.MaskedArray'>
    """
    return masked_array(a, dtype=dtype, subok=False, order=order or "C")


def asanyarray(a, dtype=None, order=None):
    """A masked array of anything; subclasses of masked arrays pass through.

    Examples
    --------
    >>> type(np.ma.asanyarray([1]))
    <class 'numpy.ma.MaskedArray'>
    """
    # an exact one is returned as it is
    if isinstance(a, MaskedArray) and (dtype is None or dtype == a.dtype) and (
        order in (None, "A", "K") or a.flags[{"C": "C_CONTIGUOUS", "F": "F_CONTIGUOUS"}[order]]
    ):
        return a
    return masked_array(a, dtype=dtype, order=order)


def is_masked(x):
    """Whether anything is masked.

    Examples
    --------
    >>> np.ma.is_masked(np.ma.array([1, 2], mask=[0, 1]))
    True
    """
    mask = getmask(x)
    return bool(mask is not nomask and mask.any())


def fix_invalid(a, mask=nomask, copy=True, fill_value=None):
    """A masked array in which NaN and infinities are masked, and replaced by the fill value.

    Examples
    --------
    >>> np.ma.fix_invalid([1., np.nan]).tolist()
    [1.0, None]
    """
    a = masked_array(a, mask=mask, copy=copy, subok=True)
    invalid = np.logical_not(np.isfinite(a._data))
    if not invalid.any():
        return a
    a._mask |= invalid
    a._data[invalid] = a.fill_value if fill_value is None else fill_value
    return a


def is_string_or_list_of_strings(val):
    """Whether it is a string, or a list of nothing else."""
    return isinstance(val, str) or (
        isinstance(val, list) and bool(val) and builtins.all(isinstance(s, str) for s in val)
    )


# --- masks by condition ---------------------------------------------------------------------------


def masked_where(condition, a, copy=True):
    """Mask an array where a condition holds.

    Parameters
    ----------
    condition : bool array_like
    a : array_like
    copy : bool

    Examples
    --------
    >>> np.ma.masked_where([True, False], [1, 2]).tolist()
    [None, 2]
    """
    # a masked condition masks too
    condition = make_mask(condition, shrink=False)
    a = np.array(a, copy=True if copy else None, subok=True)
    if condition.shape and condition.shape != a.shape:
        raise IndexError(
            "Inconsistent shape between the condition and the input "
            f"(got {condition.shape} and {a.shape})"
        )
    if hasattr(a, "_mask"):
        condition = mask_or(condition, a._mask)
        kind = type(a)
    else:
        kind = MaskedArray
    result = a.view(kind)
    # through the property: it checks the shape
    result.mask = _shrink_mask(condition)
    if not copy and hasattr(a, "_mask") and getmask(a) is nomask:
        # the array itself gets the mask
        result._mask = a._mask = result._mask.view() if result._mask is not nomask else nomask
    return result


def _masked_by(name, compare, text):
    def function(x, value, copy=True):
        return masked_where(compare(x, value), x, copy=copy)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"""Mask an array where it is {text} a value.

    Examples
    --------
    >>> np.ma.{name}([1, 2, 3], 2).shape
    (3,)
    """
    return function


masked_greater = _masked_by("masked_greater", ops.greater, "greater than")
masked_greater_equal = _masked_by(
    "masked_greater_equal", ops.greater_equal, "greater than or equal to")
masked_less = _masked_by("masked_less", ops.less, "less than")
masked_less_equal = _masked_by("masked_less_equal", ops.less_equal, "less than or equal to")
masked_not_equal = _masked_by("masked_not_equal", ops.not_equal, "not equal to")


def masked_equal(x, value, copy=True):
    """Mask an array where it is equal to a value, which becomes the fill value.

    Examples
    --------
    >>> np.ma.masked_equal([1, 2, 3], 2).tolist()
    [1, None, 3]
    """
    output = masked_where(ops.equal(x, value), x, copy=copy)
    output.fill_value = value
    return output


def masked_inside(x, v1, v2, copy=True):
    """Mask an array inside of an interval, ends included, given in any order.

    Examples
    --------
    >>> np.ma.masked_inside([1, 2, 3], 3, 2).tolist()
    [1, None, None]
    """
    low, high = (v1, v2) if not v2 < v1 else (v2, v1)
    data = filled(x)
    return masked_where((data >= low) & (data <= high), x, copy=copy)


def masked_outside(x, v1, v2, copy=True):
    """Mask an array outside of an interval, given in any order.

    Examples
    --------
    >>> np.ma.masked_outside([1, 2, 3], 3, 2).tolist()
    [None, 2, 3]
    """
    low, high = (v1, v2) if not v2 < v1 else (v2, v1)
    data = filled(x)
    return masked_where((data < low) | (data > high), x, copy=copy)


def masked_object(x, value, copy=True, shrink=True):
    """Mask an array of objects where they are equal to a value.

    Examples
    --------
    >>> np.ma.masked_object(np.array(['a', 'b'], dtype=object), 'a').tolist()
    [None, 'b']
    """
    data = x._data if isMaskedArray(x) else np.asarray(x)
    found = make_mask(um.equal(data, value), shrink=shrink)
    return masked_array(x, mask=mask_or(getmask(x), found), copy=copy, fill_value=value)


def masked_values(x, value, rtol=1e-5, atol=1e-8, copy=True, shrink=True):
    """Mask an array where it is close to a value, which becomes the fill value.

    Examples
    --------
    >>> np.ma.masked_values([1., 1.1], 1.1).tolist()
    [1.0, None]
    """
    data = filled(x, value)
    if np.issubdtype(data.dtype, np.floating):
        mask = np.isclose(data, value, atol=atol, rtol=rtol)
    else:
        mask = um.equal(data, value)
    result = masked_array(data, mask=mask, copy=copy, fill_value=value)
    if shrink:
        result.shrink_mask()
    return result


def masked_invalid(a, copy=True):
    """Mask an array where it is NaN or infinite.

    Examples
    --------
    >>> np.ma.masked_invalid([1., np.nan]).tolist()
    [1.0, None]
    """
    a = np.array(a, copy=None, subok=True)
    result = masked_where(~np.isfinite(a), a, copy=copy)
    # a mask in any case: later assignments to the data may need it
    if result._mask is nomask:
        result._mask = make_mask_none(result.shape, result.dtype)
    return result


# --- methods as functions -------------------------------------------------------------------------


def _frommethod(methodname, reversed=False):
    """A function that calls the method of its (first, or second) argument."""
    method = getattr(MaskedArray, methodname, None) or getattr(np, methodname)
    parameters = list(inspect.signature(method).parameters.values())
    parameters[0] = parameters[0].replace(name="a", kind=inspect.Parameter.POSITIONAL_OR_KEYWORD)
    if reversed:
        parameters[:2] = parameters[1], parameters[0]
        parameters = [p.replace(default=inspect.Parameter.empty) if i < 2 else p
                      for i, p in enumerate(parameters)]

    def function(a, *args, **params):
        return getattr(asanyarray(a), methodname)(*args, **params)

    if reversed:
        def function(a, b, *args, **params):
            return getattr(asanyarray(b), methodname)(a, *args, **params)

    function.__name__ = function.__qualname__ = methodname
    function.__signature__ = inspect.Signature(parameters)
    function.__doc__ = (getattr(method, "__doc__", None) or "").strip() or None
    return function


all = _frommethod("all")
anomalies = anom = _frommethod("anom")
any = _frommethod("any")
compress = _frommethod("compress", reversed=True)
count = _frommethod("count")
cumprod = _frommethod("cumprod")
cumsum = _frommethod("cumsum")
copy = _frommethod("copy")
diagonal = _frommethod("diagonal")
harden_mask = _frommethod("harden_mask")
ids = _frommethod("ids")
mean = _frommethod("mean")
nonzero = _frommethod("nonzero")
prod = _frommethod("prod")
product = _frommethod("product")
ravel = _frommethod("ravel")
repeat = _frommethod("repeat")
soften_mask = _frommethod("soften_mask")
std = _frommethod("std")
sum = _frommethod("sum")
swapaxes = _frommethod("swapaxes")
trace = _frommethod("trace")
var = _frommethod("var")
argmin = _frommethod("argmin")
argmax = _frommethod("argmax")


def min(obj, axis=None, out=None, fill_value=None, keepdims=_NoValue):
    """Smallest unmasked element.

    Examples
    --------
    >>> np.ma.min(np.ma.array([1, 2], mask=[1, 0]))
    np.int64(2)
    """
    options = _given(keepdims=keepdims)
    try:
        return obj.min(axis=axis, fill_value=fill_value, out=out, **options)
    except (AttributeError, TypeError):
        # no array, or one without fill values
        return asanyarray(obj).min(axis=axis, fill_value=fill_value, out=out, **options)


def max(obj, axis=None, out=None, fill_value=None, keepdims=_NoValue):
    """Largest unmasked element.

    Examples
    --------
    >>> np.ma.max(np.ma.array([1, 2], mask=[0, 1]))
    np.int64(1)
    """
    options = _given(keepdims=keepdims)
    try:
        return obj.max(axis=axis, fill_value=fill_value, out=out, **options)
    except (AttributeError, TypeError):
        return asanyarray(obj).max(axis=axis, fill_value=fill_value, out=out, **options)


def ptp(obj, axis=None, out=None, fill_value=None, keepdims=_NoValue):
    """Largest minus smallest unmasked element.

    Examples
    --------
    >>> np.ma.ptp(np.ma.array([1, 2, 9], mask=[0, 0, 1]))
    np.int64(1)
    """
    options = _given(keepdims=keepdims)
    try:
        return obj.ptp(axis, out=out, fill_value=fill_value, **options)
    except (AttributeError, TypeError):
        return asanyarray(obj).ptp(axis=axis, fill_value=fill_value, out=out, **options)


minimum = ops._extrema_operation(um.minimum, ops.less, minimum_fill_value)
maximum = ops._extrema_operation(um.maximum, ops.greater, maximum_fill_value)


def take(a, indices, axis=None, out=None, mode="raise"):
    """Elements at places; masked indices give masked elements.

    Examples
    --------
    >>> np.ma.take(np.ma.array([1, 2], mask=[0, 1]), [1, 0]).tolist()
    [None, 1]
    """
    return masked_array(a).take(indices, axis=axis, out=out, mode=mode)


def power(a, b, third=None):
    """Element by element power; undefined results are masked.

    Examples
    --------
    >>> np.ma.power([-1., 4.], 0.5).tolist()
    [None, 2.0]
    """
    if third is not None:
        raise MaskError("3-argument power not supported.")
    mask_a, mask_b = getmask(a), getmask(b)
    mask = mask_or(mask_a, mask_b)
    data_a, data_b = getdata(a), getdata(b)
    basetype = get_masked_subclass(a, b) if isinstance(a, MaskedArray) or isinstance(
        b, MaskedArray) else type(data_a)
    with np.errstate(divide="ignore", invalid="ignore"):
        # masked bases could overflow
        result = np.where(mask, data_a, um.power(data_a, data_b)).view(
            basetype if issubclass(basetype, ndarray) else MaskedArray)
    if isinstance(result, MaskedArray):
        result._update_from(a if isinstance(a, MaskedArray) else b)
    invalid = np.logical_not(np.isfinite(result.view(ndarray)))
    if not result.ndim:
        if mask:
            return masked
        if invalid:
            return masked
        return result[()] if not isinstance(result, MaskedArray) else result._data[()]
    if not isinstance(result, MaskedArray):
        result = result.view(MaskedArray)
    result._mask = mask
    if invalid.any():
        result._mask = invalid if mask is nomask else np.logical_or(invalid, mask)
        result._data[invalid] = result.fill_value
    return result


def argsort(a, axis=_NoValue, kind=None, order=None, endwith=True, fill_value=None, *,
            stable=None):
    """Indices that sort an array; masked elements come last, or first."""
    a = np.asanyarray(a)
    if axis is _NoValue:
        axis = _deprecate_argsort_axis(a)
    if isinstance(a, MaskedArray):
        return a.argsort(axis, kind=kind, order=order, stable=None, endwith=endwith,
                         fill_value=fill_value)
    return a.argsort(axis, kind=kind, order=order, stable=None)


def sort(a, axis=-1, kind=None, order=None, endwith=True, fill_value=None, *, stable=None):
    """A sorted copy; masked elements come last, or first.

    Examples
    --------
    >>> np.ma.sort(np.ma.array([3, 1, 2], mask=[0, 1, 0])).tolist()
    [2, 3, None]
    """
    result = np.array(a, subok=True, copy=True)
    if axis is None:
        axis, result = 0, result.flatten()
    if isinstance(result, MaskedArray):
        result.sort(axis, kind=kind, order=order, stable=stable, endwith=endwith,
                    fill_value=fill_value)
    else:
        result.sort(axis, kind=kind, order=order, stable=stable)
    return result


def compressed(x):
    """The unmasked elements, as a 1-D plain array."""
    return asanyarray(x).compressed()


def concatenate(arrays, axis=0):
    """Join arrays and their masks.

    Examples
    --------
    >>> np.ma.concatenate((np.ma.array([1], mask=[1]), [2])).tolist()
    [None, 2]
    """
    data = np.concatenate([getdata(a) for a in arrays], axis)
    kind = get_masked_subclass(*arrays)
    result = data.view(kind)
    for x in arrays:
        if getmask(x) is not nomask:
            break
    else:
        return result
    mask = np.concatenate([getmaskarray(a) for a in arrays], axis)
    mask = mask.reshape(result.shape)
    result._mask = _shrink_mask(mask)
    return result


def diag(v, k=0):
    """A diagonal, or the matrix with a diagonal, with its mask."""
    output = np.diag(v, k).view(MaskedArray)
    if getmask(v) is not nomask:
        output._mask = np.diag(v._mask, k)
    return output


def expand_dims(a, axis):
    """Insert axes of length one."""
    return np.expand_dims(a, axis)


def left_shift(a, n):
    """Shift bits to the left."""
    return _shift(um.left_shift, a, n)


def right_shift(a, n):
    """Shift bits to the right."""
    return _shift(um.right_shift, a, n)


def _shift(ufunc, a, n):
    mask = getmask(a)
    if mask is nomask:
        return masked_array(ufunc(filled(a), n))
    return masked_array(ufunc(filled(a, 0), n), mask=mask)


def put(a, indices, values, mode="raise"):
    """Write values to places of the flattened array."""
    if hasattr(a, "put"):
        return a.put(indices, values, mode=mode)
    return np.asarray(a).put(indices, values, mode=mode)


def putmask(a, mask, values):
    """Write values where a mask is true; masked values mask their place."""
    # data and mask are changed in place
    if not isinstance(a, MaskedArray):
        a = a.view(MaskedArray)
    data, value_mask = getdata(values), getmask(values)
    if getmask(a) is nomask:
        if value_mask is not nomask:
            a._sharedmask = True
            a._mask = make_mask_none(a.shape, a.dtype)
            np.copyto(a._mask, value_mask, where=mask)
    elif a._hardmask:
        if value_mask is not nomask:
            joined = a._mask.copy()
            np.copyto(joined, value_mask, where=mask)
            a.mask |= joined
    else:
        if value_mask is nomask:
            value_mask = getmaskarray(values)
        np.copyto(a._mask, value_mask, where=mask)
    np.copyto(a._data, data, where=mask)


def transpose(a, axes=None):
    """The array with its axes permuted."""
    try:
        return a.transpose(axes)
    except AttributeError:
        return np.asarray(a).transpose(axes).view(MaskedArray)


def reshape(a, new_shape, order="C"):
    """The array in another shape."""
    try:
        return a.reshape(new_shape, order=order)
    except AttributeError:
        return np.asarray(a).reshape(new_shape, order=order).view(MaskedArray)


def resize(x, new_shape):
    """A new array of another size; shorter ones are repeated.

    Examples
    --------
    >>> np.ma.resize(np.ma.array([1, 2], mask=[0, 1]), (3,)).tolist()
    [1, None, 1]
    """
    mask = getmask(x)
    if mask is not nomask:
        mask = np.resize(mask, new_shape)
    result = np.resize(x, new_shape).view(get_masked_subclass(x))
    if result.ndim:
        result._mask = mask
    return result


def ndim(obj):
    """Number of axes."""
    return np.ndim(getdata(obj))


def shape(obj):
    """Lengths of the axes."""
    return np.shape(getdata(obj))


def size(obj, axis=None):
    """Number of elements, masked ones included."""
    return np.size(getdata(obj), axis)


def diff(a, /, n=1, axis=-1, prepend=_NoValue, append=_NoValue):
    """The `n`-th difference along an axis, masked where an operand is.

    Examples
    --------
    >>> np.ma.diff(np.ma.array([1, 2, 4], mask=[0, 0, 1])).tolist()
    [1, None]
    """
    if n == 0:
        return a
    if n < 0:
        raise ValueError("order must be non-negative but got " + repr(n))
    a = asanyarray(a)
    if a.ndim == 0:
        raise ValueError("diff requires input that is at least one dimensional")

    def edge(values):
        values = asanyarray(values)
        if values.ndim == 0:
            lengths = list(a.shape)
            lengths[axis] = 1
            values = np.broadcast_to(values, tuple(lengths))
        return values

    parts = []
    if prepend is not _NoValue:
        parts.append(edge(prepend))
    parts.append(a)
    if append is not _NoValue:
        parts.append(edge(append))
    if len(parts) > 1:
        a = concatenate(parts, axis)
    # the method of the array's class
    return np.diff(a, n, axis)


def where(condition, x=_NoValue, y=_NoValue):
    """Elements of one array or another, by a condition; masked where that is.

    Examples
    --------
    >>> np.ma.where([True, False], np.ma.array([1, 2], mask=[1, 0]), 9).tolist()
    [None, 9]
    """
    missing = (x is _NoValue) + (y is _NoValue)
    if missing == 1:
        raise ValueError("Must provide both 'x' and 'y' or neither.")
    if missing == 2:
        return nonzero(condition)
    # masked conditions are false, and their result masked
    chosen = filled(condition, False)
    data_x, data_y = getdata(x), getdata(y)
    mask_c, mask_x, mask_y = (getmaskarray(v) for v in (condition, x, y))
    # the constant has a type, which must not count
    if x is masked and y is not masked:
        data_x, mask_x = np.zeros((), dtype=data_y.dtype), np.ones((), dtype=mask_y.dtype)
    elif y is masked and x is not masked:
        data_y, mask_y = np.zeros((), dtype=data_x.dtype), np.ones((), dtype=mask_x.dtype)
    data = np.where(chosen, data_x, data_y)
    mask = np.where(chosen, mask_x, mask_y)
    mask = np.where(mask_c, np.ones((), dtype=mask.dtype), mask)
    return masked_array(data, mask=_shrink_mask(mask))


def choose(indices, choices, out=None, mode="raise"):
    """Elements of several arrays, by their number; masked where that is.

    Examples
    --------
    >>> np.ma.choose([1, 0], [[1, 2], [3, 4]]).tolist()
    [3, 2]
    """

    def plain(x):
        return True if x is masked else filled(x)

    def mask_of(x):
        return True if x is masked else getmask(x)

    numbers = filled(indices, 0)
    masks = [mask_of(x) for x in choices]
    data = [plain(x) for x in choices]
    mask = np.choose(numbers, masks, mode=mode)
    mask = make_mask(mask_or(mask, getmask(indices)), copy=False, shrink=True)
    result = np.choose(numbers, data, mode=mode, out=out).view(MaskedArray)
    if out is not None:
        if isinstance(out, MaskedArray):
            out.__setmask__(mask)
        return out
    result.__setmask__(mask)
    return result


def round_(a, decimals=0, out=None):
    """Elements rounded to a number of decimals.

    Examples
    --------
    >>> np.ma.round_(np.ma.array([1.26, 2], mask=[0, 1]), 1).tolist()
    [1.3, None]
    """
    if out is None:
        return np.round(a, decimals, out)
    np.round(getdata(a), decimals, out)
    if hasattr(out, "_mask"):
        out._mask = getmask(a)
    return out


round = round_


# --- products -------------------------------------------------------------------------------------


def dot(a, b, strict=False, out=None):
    """Matrix product.

    Parameters
    ----------
    a, b : array_like
    strict : bool
        Mask rows and columns that have a masked element; else it counts as zero.
    out : masked array, optional

    Examples
    --------
    >>> np.ma.dot(np.ma.array([1, 2], mask=[0, 1]), [3, 4])
    masked_array(data=3,
                 mask=False,
           fill_value=999999)
    """
    if strict is True and np.ndim(a) != 0 and np.ndim(b) != 0:
        a = _mask_propagate(a, a.ndim - 1)
        b = _mask_propagate(b, 0 if b.ndim == 1 else b.ndim - 2)
    known = ~getmaskarray(a), ~getmaskarray(b)
    if out is None:
        result = np.dot(filled(a, 0), filled(b, 0))
        mask = ~np.dot(*known)
        if np.ndim(result) == 0:
            result = np.asarray(result)
        result = result.view(get_masked_subclass(a, b))
        result.__setmask__(mask)
        return result
    result = np.dot(filled(a, 0), filled(b, 0), out._data)
    if out.mask.shape != result.shape:
        out._mask = np.empty(result.shape, MaskType)
    np.dot(*known, out._mask)
    np.logical_not(out._mask, out._mask)
    return out


def inner(a, b):
    """Inner product of the last axes; masked elements count as zero."""
    first, second = filled(a, 0), filled(b, 0)
    if first.ndim == 0:
        first.shape = (1,)
    if second.ndim == 0:
        second.shape = (1,)
    return np.inner(first, second).view(MaskedArray)


innerproduct = inner


def outer(a, b):
    """Products of all pairs of elements, masked where one of them is."""
    first, second = filled(a, 0).ravel(), filled(b, 0).ravel()
    product_ = np.outer(first, second)
    mask_a, mask_b = getmask(a), getmask(b)
    if mask_a is nomask and mask_b is nomask:
        return masked_array(product_)
    mask = make_mask(1 - np.outer(1 - getmaskarray(a), 1 - getmaskarray(b)), copy=False)
    return masked_array(product_, mask=mask)


outerproduct = outer


def _convolve_or_correlate(f, a, v, mode, propagate_mask):
    mask_a, mask_v = getmaskarray(a), getmaskarray(v)
    if not propagate_mask:
        # masked where nothing else takes part
        known = f(~mask_a, ~mask_v, mode=mode)
        return masked_array(f(filled(a, 0), filled(v, 0), mode=mode), mask=~known)
    # masked where a masked element takes part
    everything = np.ones_like
    touched = f(mask_a, everything(mask_v), mode=mode)
    touched |= f(everything(mask_a), mask_v, mode=mode)
    return masked_array(f(getdata(a), getdata(v), mode=mode), mask=touched)


def correlate(a, v, mode="valid", propagate_mask=True):
    """Cross-correlation of two sequences.

    Parameters
    ----------
    a, v : array_like
    mode : {'valid', 'same', 'full'}
    propagate_mask : bool
        Mask results that a masked element takes part in; else it counts as zero.
    """
    return _convolve_or_correlate(np.correlate, a, v, mode, propagate_mask)


def convolve(a, v, mode="full", propagate_mask=True):
    """Convolution of two sequences; arguments as for `correlate`."""
    return _convolve_or_correlate(np.convolve, a, v, mode, propagate_mask)


# --- comparisons ----------------------------------------------------------------------------------


def allequal(a, b, fill_value=True):
    """Whether all elements are equal; pairs with a masked one count as `fill_value`.

    Examples
    --------
    >>> np.ma.allequal(np.ma.array([1, 2], mask=[0, 1]), [1, 3])
    True
    """
    mask = mask_or(getmask(a), getmask(b))
    same = um.equal(getdata(a), getdata(b))
    if mask is nomask:
        return same.all()
    if fill_value:
        return masked_array(same, mask=mask, copy=False).filled(True).all(None)
    return False


def allclose(a, b, masked_equal=True, rtol=1e-5, atol=1e-8):
    """Whether all elements are close; pairs with a masked one count as `masked_equal`.

    Examples
    --------
    >>> np.ma.allclose(np.ma.array([1., 2.], mask=[0, 1]), [1., 3.])
    True
    """
    x, y = masked_array(a, copy=False), masked_array(b, copy=False)
    # an inexact type: integers have no infinity, and differences could wrap
    if y.dtype.kind != "m":
        dtype = np.result_type(y, 1.0)
        if y.dtype != dtype:
            y = masked_array(y, dtype=dtype, copy=False)
    mask = mask_or(getmask(x), getmask(y))
    infinite = np.isinf(masked_array(x, copy=False, mask=mask)).filled(False)
    # infinities have to stand at the same places
    if not np.all(infinite == filled(np.isinf(y), False)):
        return False
    if not np.any(infinite):
        close = filled(ops.less_equal(
            ops.absolute(x - y), atol + rtol * ops.absolute(y)), masked_equal)
        return np.all(close)
    if not np.all(filled(x[infinite] == y[infinite], masked_equal)):
        return False
    x, y = x[~infinite], y[~infinite]
    close = filled(ops.less_equal(
        ops.absolute(x - y), atol + rtol * ops.absolute(y)), masked_equal)
    return np.all(close)


# --- other ----------------------------------------------------------------------------------------


def fromfile(file, dtype=float, count=-1, sep=""):
    """Not possible: a file has no place for a mask."""
    raise NotImplementedError("fromfile() not yet implemented for a MaskedArray.")


def fromflex(fxarray):
    """The masked array of a structured one with the fields '_data' and '_mask'; undoes `toflex`."""
    return masked_array(fxarray["_data"], mask=fxarray["_mask"])


def append(a, b, axis=None):
    """Join values to the end; without an axis both are flattened.

    Examples
    --------
    >>> np.ma.append(np.ma.array([1], mask=[1]), [2]).tolist()
    [None, 2]
    """
    return concatenate([a, b], axis)


def doc_note(initialdoc, note):
    """A docstring with a section of notes appended."""
    if initialdoc is None:
        return None
    if note is None:
        return initialdoc
    body = inspect.cleandoc(initialdoc)
    # before the notes that there are
    head, heading, old = body.partition("\n\nNotes\n-----\n")
    parts = [head, "Notes\n-----\n" + inspect.cleandoc(note)]
    if heading:
        parts.append(old)
    return "\n\n".join(parts) + ("" if heading else "\n")


def _convert2ma(funcname, np_ret, np_ma_ret, params=None):
    """A function of the main namespace whose result is a masked array."""
    func = getattr(np, funcname)
    extra = params or {}

    def wrapped(*args, **kwargs):
        own = {name: kwargs.pop(name) for name in extra.keys() & kwargs.keys()}
        result = func.__call__(*args, **kwargs).view(MaskedArray)
        if "fill_value" in own:
            result.fill_value = own["fill_value"]
        if "hardmask" in own:
            result._hardmask = bool(own["hardmask"])
        return result

    wrapped.__name__ = wrapped.__qualname__ = funcname
    wrapped.__doc__ = f"`{funcname}` of the main namespace, as a masked array."
    try:
        signature = inspect.signature(func)
    except (ValueError, TypeError):
        return wrapped
    parameters = list(signature.parameters.values())
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default)
        for name, default in extra.items()
    ]
    tail = [p for p in parameters if p.kind is inspect.Parameter.VAR_KEYWORD]
    parameters = [p for p in parameters if p not in tail]
    wrapped.__signature__ = signature.replace(parameters=parameters + added + tail)
    return wrapped


_BOTH = {"fill_value": None, "hardmask": False}
arange = _convert2ma("arange", "", "", _BOTH)
clip = _convert2ma("clip", "", "", _BOTH)
empty = _convert2ma("empty", "", "", _BOTH)
empty_like = _convert2ma("empty_like", "", "")
frombuffer = _convert2ma("frombuffer", "", "")
fromfunction = _convert2ma("fromfunction", "", "")
identity = _convert2ma("identity", "", "", _BOTH)
indices = _convert2ma("indices", "", "", _BOTH)
ones = _convert2ma("ones", "", "", _BOTH)
ones_like = _convert2ma("ones_like", "", "")
squeeze = _convert2ma("squeeze", "", "", _BOTH)
zeros = _convert2ma("zeros", "", "", _BOTH)
zeros_like = _convert2ma("zeros_like", "", "")
