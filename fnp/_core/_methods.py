"""Array methods that are a few ufunc calls long."""
import warnings
from contextlib import nullcontext

from .._globals import _NoValue
from . import multiarray as _ma, numerictypes as _nt, umath as _um
from .multiarray import asanyarray

umr_maximum = _um.maximum.reduce
umr_minimum = _um.minimum.reduce
umr_sum = _um.add.reduce
umr_prod = _um.multiply.reduce
umr_any = _um.logical_or.reduce
umr_all = _um.logical_and.reduce
umr_bitwise_count = _um.bitwise_count

bool_dt = _ma.dtype('bool')

# Complex dtype -> dtype of its parts.
_complex_to_float = {
    _ma.dtype(_nt.csingle): _ma.dtype(_nt.single),
    _ma.dtype(_nt.cdouble): _ma.dtype(_nt.double),
    _ma.dtype(_nt.clongdouble): _ma.dtype(_nt.longdouble),
}


def _extreme(reduction):
    def method(a, axis=None, out=None, keepdims=False, initial=_NoValue, where=True):
        return reduction(a, axis=axis, out=out, keepdims=keepdims, initial=initial, where=where)

    return method


def _total(reduction):
    def method(a, axis=None, dtype=None, out=None, keepdims=False, initial=_NoValue, where=True):
        return reduction(a, axis=axis, dtype=dtype, out=out, keepdims=keepdims, initial=initial,
                         where=where)

    return method


_amax, _amin = _extreme(umr_maximum), _extreme(umr_minimum)
_sum, _prod = _total(umr_sum), _total(umr_prod)


def _truth(reduction, a, axis, dtype, out, keepdims, where):
    # Only an explicit output may receive the objects that `or` and `and` of objects give.
    dtype = bool_dt if dtype is None else dtype
    if where is True:
        return reduction(a, axis, dtype, out, keepdims)
    return reduction(a, axis, dtype, out, keepdims, where=where)


def _any(a, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
    return _truth(umr_any, a, axis, dtype, out, keepdims, where)


def _all(a, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
    return _truth(umr_all, a, axis, dtype, out, keepdims, where)


def _ptp(a, axis=None, out=None, keepdims=False):
    top = umr_maximum(a, axis, None, out, keepdims)
    return _um.subtract(top, umr_minimum(a, axis, None, None, keepdims), out)


def _bitwise_count(a, out=None, **options):
    return umr_bitwise_count(a, out, **options)


def _clip(a, min=None, max=None, out=None, **kwargs):
    if a.dtype.kind in 'iu':
        # Python integers beyond the type are no limits: all values are within.
        if type(min) is int or type(max) is int:
            from .getlimits import iinfo
            limits = iinfo(a.dtype)
            min = None if type(min) is int and min <= limits.min else min
            max = None if type(max) is int and max >= limits.max else max
    if min is None:
        if max is None:
            return _um.positive(a, out=out, **kwargs)
        return _um.minimum(a, max, out=out, **kwargs)
    if max is None:
        return _um.maximum(a, min, out=out, **kwargs)
    return _um.clip(a, min, max, out=out, **kwargs)


def _count_reduce_items(arr, axis, keepdims=False, where=True):
    """How many elements one result of a reduction stands for: a number, or an array with `where`."""
    if where is not True:
        from ..lib._stride_tricks_impl import broadcast_to
        counted = broadcast_to(where, arr.shape)
        return umr_sum(counted, axis, _nt.intp, None, keepdims)
    if axis is None:
        return _nt.intp(arr.size)
    shape, ndim, items = arr.shape, arr.ndim, 1
    if type(axis) is int:
        return _nt.intp(shape[_ma.normalize_axis_index(axis, ndim)])
    for ax in axis if isinstance(axis, tuple) else (axis,):
        items *= shape[_ma.normalize_axis_index(ax, ndim)]
    return _nt.intp(items)


def _divide_by_count(total, count, out):
    """total / count, kept in the dtype of the total."""
    if type(total) is _ma.ndarray and total.dtype.kind in 'fc':
        return _um.true_divide(total, count, total)
    if isinstance(total, _ma.ndarray):
        return _um.true_divide(total, count, out=total, casting='unsafe', subok=False)
    if hasattr(total, 'dtype'):
        return total.dtype.type(total / count)
    return total / count


def _accumulator(arr, dtype):
    """(dtype to sum in, whether the result goes back to half)."""
    if dtype is None:
        kind = arr.dtype.kind
        if kind in 'biu':
            return _ma.dtype('f8'), False
        if kind == 'f' and arr.dtype.itemsize == 2:
            return _ma.dtype('f4'), True
    return dtype, False


def _mean(a, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
    arr = asanyarray(a)
    count = _count_reduce_items(arr, axis, keepdims=keepdims, where=where)
    empty = count == 0 if where is True else umr_any(count == 0, axis=None)
    if empty:
        warnings.warn('Mean of empty slice', RuntimeWarning, stacklevel=2)
    dtype, halved = _accumulator(arr, dtype)
    total = umr_sum(arr, axis, dtype, out, keepdims, where=where)
    mean = _divide_by_count(total, count, out)
    if halved and out is None:
        mean = arr.dtype.type(mean) if not isinstance(mean, _ma.ndarray) else mean.astype(arr.dtype)
    return mean


def _squared_size(x):
    """|x|**2 of every element; x may be overwritten."""
    if issubclass(x.dtype.type, (_nt.floating, _nt.integer)):
        return _um.square(x, out=x)
    if x.dtype in _complex_to_float:
        parts = x.view(dtype=(_complex_to_float[x.dtype], (2,)))
        _um.square(parts, out=parts)
        return _um.add(parts[..., 0], parts[..., 1], out=x.real).real
    return _um.multiply(x, _um.conjugate(x), out=x).real


def _var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None):
    arr = asanyarray(a)
    count = _count_reduce_items(arr, axis, keepdims=keepdims, where=where)
    short = ddof >= count if where is True else umr_any(ddof >= count, axis=None)
    if short:
        warnings.warn('Degrees of freedom <= 0 for slice', RuntimeWarning, stacklevel=2)
    if dtype is None and arr.dtype.kind in 'biu':
        dtype = _ma.dtype('f8')

    if mean is None:
        # Half, too, is averaged in its own dtype here; only the mean itself widens.
        mean = umr_sum(arr, axis, dtype, None, True, where=where)
        if isinstance(count, _ma.ndarray) and count.ndim:
            divisor = count.reshape(mean.shape)
        else:
            divisor = count
        mean = _divide_by_count(mean, divisor, None)

    x = asanyarray(arr - mean)
    squares = _squared_size(x)
    total = umr_sum(squares, axis, dtype, out, keepdims, where=where)
    return _divide_by_count(total, _um.maximum(count - ddof, 0), out)


def _std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None):
    var = _var(a, axis, dtype, out, ddof, keepdims, where=where, mean=mean)
    if isinstance(var, _ma.ndarray):
        return _um.sqrt(var, out=var)
    return var.dtype.type(_um.sqrt(var)) if hasattr(var, 'dtype') else _um.sqrt(var)


def _dump(self, file, protocol=2):
    import os
    import pickle

    with nullcontext(file) if hasattr(file, 'write') else open(os.fspath(file), 'wb') as stream:
        pickle.dump(self, stream, protocol=protocol)


def _dumps(self, protocol=2):
    import pickle

    return pickle.dumps(self, protocol=protocol)
