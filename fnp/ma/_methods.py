"""Methods of masked arrays: reductions, sorting, shapes, conversions.

`install` adds the functions below to the class; their first parameter is the array.
"""
import warnings

from .._core.multiarray import ndarray
from ._array import MaskedArray, masked
from ._fills import maximum_fill_value, minimum_fill_value
from ._masks import (
    MaskedArrayFutureWarning,
    MaskError,
    _check_mask_axis,
    _replace_dtype_fields,
    getmask,
    getmaskarray,
    make_mask,
    make_mask_none,
    mask_or,
    nomask,
)
from . import _operations as ops
from ._root import np

_NoValue = np._NoValue


def _given(**options):
    return {name: value for name, value in options.items() if value is not _NoValue}


def _arraymethod(funcname, onmask=True):
    """A method that does the same to data and mask."""

    def wrapped(self, *args, **params):
        result = getattr(self._data, funcname)(*args, **params).view(type(self))
        result._update_from(self)
        if not onmask:
            result.__setmask__(self._mask)
        elif self._mask is not nomask:
            # the mask has the default type where none was asked for
            result._mask = getattr(self._mask, funcname)(*args, **params)
        return result

    method = getattr(ndarray, funcname, None) or getattr(np, funcname, None)
    if method is not None:
        wrapped.__doc__ = method.__doc__
    wrapped.__name__ = funcname
    return wrapped


def _out_mask(out, mask):
    """Give a masked output array its mask; other outputs cannot hold one."""
    if isinstance(out, MaskedArray):
        current = getmask(out)
        if current is nomask:
            current = out._mask = make_mask_none(out.shape)
        current.flat = mask


def _finish(self, result, mask):
    """A reduction's result as an array with the mask, or `masked`."""
    if getattr(result, "ndim", 0):
        result = result.view(type(self))
        result.__setmask__(mask)
        return result
    return masked if mask else result


# --- data and shape -------------------------------------------------------------------------------


def compressed(self):
    """The unmasked elements, as a 1-D plain array.

    Examples
    --------
    >>> np.ma.array([1, 2], mask=[0, 1]).compressed()
    array([1])
    """
    flat = ndarray.ravel(self._data)
    if self._mask is nomask:
        return flat
    return flat.compress(~ndarray.ravel(self._mask))


def compress(self, condition, axis=None, out=None):
    """The slices where the condition holds; masked conditions do not.

    Parameters
    ----------
    condition : bool array_like
    axis : int, optional
    out : array, optional
    """
    data, mask = self._data, self._mask
    # a masked condition is no condition
    condition = np.asarray(condition)
    result = data.compress(condition, axis=axis, out=out).view(type(self))
    result._update_from(self)
    if mask is not nomask:
        result._mask = mask.compress(condition, axis=axis)
    return result


def ravel(self, order="C"):
    """The array with one axis, as a view if possible.

    Parameters
    ----------
    order : {'C', 'F', 'A', 'K'}
    """
    # the mask may have another order in memory: 'A' and 'K' would tear them apart
    if order in "kKaA":
        order = "F" if self._data.flags.fnc else "C"
    result = ndarray.ravel(self._data, order=order).view(type(self))
    result._update_from(self)
    if self._mask is not nomask:
        result._mask = ndarray.ravel(self._mask, order=order).reshape(result.shape)
    else:
        result._mask = nomask
    return result


def reshape(self, *s, **kwargs):
    """The array in another shape, as a view if possible; arguments as for ndarray."""
    shaped = ndarray.reshape(self._data, *s, **kwargs) \
        if type(self._data) is ndarray else self._data.reshape(*s, **kwargs)
    result = shaped.view(type(self))
    result._update_from(self)
    if self._mask is not nomask:
        result._mask = self._mask.reshape(*s, **kwargs)
    return result


def resize(self, newshape, refcheck=True, order=False):
    """Not possible for masked arrays: they do not own their data."""
    raise ValueError(
        "A masked array does not own its data and therefore cannot be resized.\n"
        "Use the numpy.ma.resize function instead."
    )


def put(self, indices, values, mode="raise"):
    """Write values to places of the flattened array; masked values mask them.

    Parameters
    ----------
    indices : array_like of int
    values : array_like
    mode : {'raise', 'wrap', 'clip'}
    """
    if self._hardmask and self._mask is not nomask:
        # masked places stay as they are
        free = ~self._mask[indices]
        indices = np.array(indices, copy=None)[free]
        values = np.array(values, copy=None, subok=True)
        values = values[free] if values.shape == free.shape else np.resize(values, indices.shape)
    self._data.put(indices, values, mode=mode)
    if self._mask is nomask and getmask(values) is nomask:
        return
    mask = getmaskarray(self)
    if getmask(values) is nomask:
        mask.put(indices, False, mode=mode)
    else:
        mask.put(indices, values._mask, mode=mode)
    self._mask = make_mask(mask, copy=False, shrink=True)


def ids(self):
    """Addresses of data and mask."""
    if self._mask is nomask:
        return self.ctypes.data, id(nomask)
    return self.ctypes.data, self._mask.ctypes.data


def iscontiguous(self):
    """Whether the data is in C order without gaps."""
    return self.flags.c_contiguous


def get_real(self):
    """The real part; a view."""
    result = self._data.real.view(type(self))
    result.__setmask__(self._mask)
    return result


def get_imag(self):
    """The imaginary part; a view where there is one."""
    result = self._data.imag.view(type(self))
    result.__setmask__(self._mask)
    return result


def nonzero(self):
    """Indices of unmasked elements that are not zero."""
    return np.asarray(self.filled(0)).nonzero()


def trace(self, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    """Sum of a diagonal, masked elements left out."""
    if self._mask is nomask:
        result = super(MaskedArray, self).trace(
            offset=offset, axis1=axis1, axis2=axis2, out=out)
        return result.astype(dtype)
    diagonal = self.diagonal(offset=offset, axis1=axis1, axis2=axis2)
    return diagonal.astype(dtype).filled(0).sum(axis=-1, out=out)


def dot(self, b, out=None, strict=False):
    """Matrix product; `strict` propagates masks, else masked elements count as zero."""
    from ._functions import dot as dot_function

    return dot_function(self, b, out=out, strict=strict)


# --- reductions -----------------------------------------------------------------------------------


def all(self, axis=None, out=None, keepdims=_NoValue):
    """Whether all unmasked elements are true; masked where there are none."""
    mask = _check_mask_axis(self._mask, axis, keepdims)
    options = _given(keepdims=keepdims)
    result = self.filled(True).all(axis=axis, out=out, **options)
    if out is None:
        result = _as_own(self, result)
        if result.ndim:
            result.__setmask__(mask)
        elif mask:
            return masked
        return result
    _out_mask(out, mask)
    return out


def any(self, axis=None, out=None, keepdims=_NoValue):
    """Whether some unmasked element is true; masked where there are none."""
    mask = _check_mask_axis(self._mask, axis, keepdims)
    options = _given(keepdims=keepdims)
    result = self.filled(False).any(axis=axis, out=out, **options)
    if out is None:
        result = _as_own(self, result)
        if result.ndim:
            result.__setmask__(mask)
        elif mask:
            return masked
        return result
    _out_mask(out, mask)
    return out


def _as_own(self, result):
    return result.view(type(self)) if isinstance(result, ndarray) else result


def count(self, axis=None, keepdims=_NoValue):
    """Number of unmasked elements.

    Parameters
    ----------
    axis : int or tuple of int, optional
    keepdims : bool

    Examples
    --------
    >>> np.ma.array([1, 2], mask=[0, 1]).count()
    np.int64(1)
    """
    mask = self._mask
    # the matrix class does not know the option
    if isinstance(self.data, np.matrix):
        if mask is nomask:
            mask = np.zeros(self.shape, dtype=np.bool)
        mask = mask.view(type(self.data))
    if mask is not nomask:
        return (~mask).sum(axis=axis, dtype=np.intp, **_given(keepdims=keepdims))
    # nothing is masked: a matter of shapes
    keep = False if keepdims is _NoValue else keepdims
    if self.shape == ():
        if axis not in (None, 0):
            raise np.exceptions.AxisError(axis=axis, ndim=self.ndim)
        return 1
    if axis is None:
        return np.array(self.size, dtype=np.intp, ndmin=self.ndim) if keep else self.size
    axes = np.lib.array_utils.normalize_axis_tuple(axis, self.ndim)
    items = 1
    for ax in axes:
        items *= self.shape[ax]
    shape = [1 if ax in axes else n for ax, n in enumerate(self.shape) if keep or ax not in axes]
    return np.full(shape, items, dtype=np.intp)


def _fold(self, name, neutral, axis, dtype, out, keepdims):
    """Sum or product: masked elements count as the neutral one."""
    mask = _check_mask_axis(self._mask, axis, keepdims)
    options = _given(keepdims=keepdims)
    result = getattr(self.filled(neutral), name)(axis, dtype=dtype, out=out, **options)
    if out is None:
        return _finish(self, result, mask)
    _out_mask(out, mask)
    return out


def sum(self, axis=None, dtype=None, out=None, keepdims=_NoValue):
    """Sum of unmasked elements; masked where there are none."""
    return _fold(self, "sum", 0, axis, dtype, out, keepdims)


def prod(self, axis=None, dtype=None, out=None, keepdims=_NoValue):
    """Product of unmasked elements; masked where there are none."""
    return _fold(self, "prod", 1, axis, dtype, out, keepdims)


def _running(self, name, neutral, axis, dtype, out):
    result = getattr(self.filled(neutral), name)(axis=axis, dtype=dtype, out=out)
    if out is not None:
        _out_mask(out, self._mask)
        return out
    result = result.view(type(self))
    result.__setmask__(self._mask)
    return result


def cumsum(self, axis=None, dtype=None, out=None):
    """Running sum; masked elements count as zero and stay masked."""
    return _running(self, "cumsum", 0, axis, dtype, out)


def cumprod(self, axis=None, dtype=None, out=None):
    """Running product; masked elements count as one and stay masked."""
    return _running(self, "cumprod", 1, axis, dtype, out)


def mean(self, axis=None, dtype=None, out=None, keepdims=_NoValue):
    """Mean of unmasked elements; masked where there are none."""
    options = _given(keepdims=keepdims)
    if self._mask is nomask:
        result = super(MaskedArray, self).mean(axis=axis, dtype=dtype, **options)[()]
    else:
        half = False
        if dtype is None:
            if issubclass(self.dtype.type, (np.integer, np.bool)):
                dtype = np.dtype("f8")
            elif issubclass(self.dtype.type, np.float16):
                # sums of halves overflow soon
                dtype, half = np.dtype("f4"), True
        total = self.sum(axis=axis, dtype=dtype, **options)
        number = self.count(axis=axis, **options)
        if number.shape == () and number == 0:
            result = masked
        elif half:
            result = self.dtype.type(total * 1.0 / number)
        else:
            result = total * 1.0 / number
    if out is None:
        return result
    out.flat = result
    if isinstance(out, MaskedArray):
        _out_mask(out, getmask(result))
    return out


def anom(self, axis=None, dtype=None):
    """Differences to the mean along an axis."""
    average = self.mean(axis, dtype)
    if not axis:
        return self - average
    return self - np.expand_dims(average, axis)


def var(self, axis=None, dtype=None, out=None, ddof=0, keepdims=_NoValue, mean=_NoValue):
    """Variance of unmasked elements; masked where there are too few."""
    options = _given(keepdims=keepdims)
    if self._mask is nomask:
        result = super(MaskedArray, self).var(
            axis=axis, dtype=dtype, out=out, ddof=ddof, **options, **_given(mean=mean))[()]
        if out is not None:
            out.__setmask__(nomask)
            return out
        return result
    number = self.count(axis=axis, **options) - ddof
    center = self.mean(axis, dtype, keepdims=True) if mean is _NoValue else mean
    distance = self - center
    if np.iscomplexobj(self):
        distance = ops.absolute(distance) ** 2
    else:
        distance *= distance
    result = ops.divide(distance.sum(axis, **options), number)
    if self.ndim and getattr(result, "ndim", 0):
        result._mask = mask_or(self._mask.all(axis, **options), number <= 0)
        result._update_from(self)
    elif getmask(result):
        # too few
        result = masked
        if out is not None:
            if isinstance(out, MaskedArray):
                out.flat = 0
                out.__setmask__(True)
            elif out.dtype.kind in "biu":
                raise MaskError("Masked data information would be lost in one or more location.")
            else:
                out.flat = np.nan
            return out
    if out is not None:
        out.flat = result._data if isinstance(result, MaskedArray) else result
        if isinstance(out, MaskedArray):
            out.__setmask__(getmask(result))
        return out
    return result


def std(self, axis=None, dtype=None, out=None, ddof=0, keepdims=_NoValue, mean=_NoValue):
    """Standard deviation of unmasked elements; masked where there are too few."""
    options = _given(keepdims=keepdims)
    result = self.var(axis, dtype, out, ddof, **options, **_given(mean=mean))
    if result is not masked:
        if out is not None:
            np.power(out, 0.5, out=out, casting="unsafe")
            return out
        result = ops.sqrt(result)
    return result


def round(self, decimals=0, out=None):
    """Elements rounded to a number of decimals."""
    stored = self._data.round(decimals=decimals)
    if out is None:
        result = _as_own(self, stored)
        if isinstance(result, ndarray) and result.ndim > 0:
            result._mask = self._mask
            result._update_from(self)
        elif self._mask:
            return masked
        return result
    if isinstance(out, MaskedArray):
        self._data.round(decimals=decimals, out=out._data)
        out.__setmask__(self._mask)
    else:
        self._data.round(decimals=decimals, out=out)
    return out


def _extremum(self, name, neutral, axis, out, fill_value, keepdims):
    options = _given(keepdims=keepdims)
    mask = _check_mask_axis(self._mask, axis, keepdims)
    if fill_value is None:
        fill_value = neutral(self)
    if out is None:
        result = getattr(self.filled(fill_value), name)(axis=axis, out=out, **options)
        result = _as_own(self, result)
        if result.ndim:
            result.__setmask__(mask)
            if mask.ndim:
                # no value that looks like a result
                np.copyto(result, result.fill_value, where=mask, casting="unsafe")
        elif mask:
            return masked
        return result
    result = getattr(self.filled(fill_value), name)(axis=axis, out=out, **options)
    if isinstance(out, MaskedArray):
        _out_mask(out, mask)
    else:
        if out.dtype.kind in "biu":
            raise MaskError("Masked data information would be lost in one or more location.")
        np.copyto(out, np.nan, where=mask)
    return out


def min(self, axis=None, out=None, fill_value=None, keepdims=_NoValue):
    """Smallest unmasked element; masked where there is none."""
    return _extremum(self, "min", minimum_fill_value, axis, out, fill_value, keepdims)


def max(self, axis=None, out=None, fill_value=None, keepdims=_NoValue):
    """Largest unmasked element; masked where there is none."""
    return _extremum(self, "max", maximum_fill_value, axis, out, fill_value, keepdims)


def ptp(self, axis=None, out=None, fill_value=None, keepdims=False):
    """Largest minus smallest unmasked element."""
    options = {"axis": axis, "fill_value": fill_value, "keepdims": keepdims}
    low = self.min(**options)
    if out is None:
        result = self.max(**options)
        result -= low
        return result
    out.flat = self.max(out=out, **options)
    np.subtract(out, low, out=out, casting="unsafe")
    return out


def argmin(self, axis=None, fill_value=None, out=None, *, keepdims=_NoValue):
    """Index of the smallest unmasked element."""
    if fill_value is None:
        fill_value = minimum_fill_value(self)
    keepdims = False if keepdims is _NoValue else bool(keepdims)
    return self.filled(fill_value).view(ndarray).argmin(axis, out=out, keepdims=keepdims)


def argmax(self, axis=None, fill_value=None, out=None, *, keepdims=_NoValue):
    """Index of the largest unmasked element."""
    if fill_value is None:
        fill_value = maximum_fill_value(self._data)
    keepdims = False if keepdims is _NoValue else bool(keepdims)
    return self.filled(fill_value).view(ndarray).argmax(axis, out=out, keepdims=keepdims)


# --- order ----------------------------------------------------------------------------------------


def _sort_filler(self, endwith, fill_value):
    """What to put for masked elements so that they come last, or first."""
    if fill_value is not None:
        return fill_value
    if not endwith:
        return maximum_fill_value(self)
    # NaN sorts to the end, behind infinity
    return np.nan if np.issubdtype(self.dtype, np.floating) else minimum_fill_value(self)


def _deprecate_argsort_axis(arr):
    """The default axis of argsort, which depends on the dimension."""
    if arr.ndim <= 1:
        return -1
    warnings.warn(
        "In the future the default for argsort will be axis=-1, not the current None, to match "
        "its documentation and np.argsort. Explicitly pass -1 or None to silence this warning.",
        MaskedArrayFutureWarning,
        stacklevel=3,
    )
    return None


def argsort(self, axis=_NoValue, kind=None, order=None, endwith=True, fill_value=None, *,
            stable=False):
    """Indices that sort the array; masked elements come last, or first.

    Parameters
    ----------
    axis : int, optional
    kind : str, optional
    order : str or list of str, optional
    endwith : bool
        Whether masked elements come last.
    fill_value : scalar, optional
        Value that stands for them, if neither.
    stable : bool
        Not used.
    """
    if stable:
        raise ValueError("`stable` parameter is not supported for masked arrays.")
    if axis is _NoValue:
        axis = _deprecate_argsort_axis(self)
    data = self.filled(_sort_filler(self, endwith, fill_value))
    return data.argsort(axis=axis, kind=kind, order=order)


def sort(self, axis=-1, kind=None, order=None, endwith=True, fill_value=None, *, stable=False):
    """Sort in place; arguments as for `argsort`."""
    if stable:
        raise ValueError("`stable` parameter is not supported for masked arrays.")
    if self._mask is nomask:
        ndarray.sort(self, axis=axis, kind=kind, order=order)
        return
    if self is masked:
        return
    places = argsort(self, axis, kind, order, endwith, fill_value)
    self[...] = np.take_along_axis(self, places, axis)


def partition(self, *args, **kwargs):
    """As for ndarray: the mask is not looked at."""
    warnings.warn(
        "Warning: 'partition' will ignore the 'mask' "
        f"of the {self.__class__.__name__}.",
        stacklevel=2,
    )
    return super(MaskedArray, self).partition(*args, **kwargs)


def argpartition(self, *args, **kwargs):
    """As for ndarray: the mask is not looked at."""
    warnings.warn(
        "Warning: 'argpartition' will ignore the 'mask' "
        f"of the {self.__class__.__name__}.",
        stacklevel=2,
    )
    return super(MaskedArray, self).argpartition(*args, **kwargs)


def take(self, indices, axis=None, out=None, mode="raise"):
    """Elements at places; masked indices give masked elements."""
    data, mask = self._data, self._mask
    index_mask = getmask(indices)
    if index_mask is not nomask:
        indices = indices.filled(0)
    if out is None:
        out = data.take(indices, axis=axis, mode=mode)[...].view(type(self))
        target = out
    else:
        np.take(data, indices, axis=axis, mode=mode, out=out)
        target = out
    if isinstance(target, MaskedArray):
        if mask is nomask:
            new = index_mask
        else:
            new = mask.take(indices, axis=axis, mode=mode)
            new = new | index_mask if index_mask is not nomask else new
        target.__setmask__(new)
    # a scalar for a scalar
    return target[()]


# --- conversions ----------------------------------------------------------------------------------


def tolist(self, fill_value=None):
    """Nested lists, with None or the fill value for masked elements."""
    mask = self._mask
    if mask is nomask:
        return self._data.tolist()
    if fill_value is not None:
        return self.filled(fill_value).tolist()
    if self.dtype.names is not None:
        result = self._data.astype(_replace_dtype_fields(self.dtype, object))
        for name in self.dtype.names:
            _blank(result[name], mask[name])
        return result.tolist()
    if mask is nomask:
        return [None]
    # one level, and back into shape
    shape = self.shape
    result = np.array(self._data.ravel(), dtype=object)
    result[mask.ravel()] = None
    result.shape = shape
    return result.tolist()


def _blank(column, mask):
    if mask.dtype.names is not None:
        for name in mask.dtype.names:
            _blank(column[name], mask[name])
    else:
        column[mask] = None


def tobytes(self, fill_value=None, order="C"):
    """The bytes of the array with fill values for masked elements."""
    return self.filled(fill_value).tobytes(order=order)


def tofile(self, fid, sep="", format="%s"):
    """Not possible: a file has no place for a mask."""
    raise NotImplementedError("MaskedArray.tofile() not implemented yet.")


def toflex(self):
    """A structured array with the fields '_data' and '_mask'.

    Examples
    --------
    >>> np.ma.array([1, 2], mask=[0, 1]).toflex().tolist()
    [(1, False), (2, True)]
    """
    mask = getmaskarray(self)
    record = np.ndarray(
        shape=self.shape, dtype=[("_data", self.dtype), ("_mask", mask.dtype)]
    )
    record["_data"] = self._data
    record["_mask"] = mask
    return record


_METHODS = (
    compressed, compress, ravel, reshape, resize, put, ids, iscontiguous, get_real, get_imag,
    nonzero, trace, dot, all, any, count, sum, prod, cumsum, cumprod, mean, anom, var, std, round,
    min, max, ptp, argmin, argmax, argsort, sort, partition, argpartition, take, tolist, tobytes,
    tofile, toflex,
)
_SAME_FOR_BOTH = (
    "copy", "diagonal", "flatten", "repeat", "squeeze", "swapaxes", "transpose",
)


def install(cls):
    """Add the methods to the class."""
    for method in _METHODS:
        method.__qualname__ = f"{cls.__name__}.{method.__name__}"
        setattr(cls, method.__name__, method)
    for name in _SAME_FOR_BOTH:
        setattr(cls, name, _arraymethod(name))
    cls.product = cls.prod
    cls.torecords = cls.toflex
    cls.real = property(fget=get_real, doc="The real part; a view.")
    cls.imag = property(fget=get_imag, doc="The imaginary part; a view where there is one.")
    cls.T = property(fget=lambda self: self.transpose(), doc="The array with its axes reversed.")
    cls.mT = property(fget=_matrix_transpose, doc="The array with its last two axes swapped.")


def _matrix_transpose(self):
    if self.ndim < 2:
        raise ValueError("matrix transpose with ndim < 2 is undefined")
    # np.ma has its own
    if self._mask is nomask:
        return MaskedArray(self._data.mT)
    return MaskedArray(self.data.mT, self.mask.mT)


install(MaskedArray)
