"""Masks: boolean arrays that say which elements are invalid.

A mask has the shape of its data, and for structured data one boolean per field.  `nomask` stands
for a mask that is false everywhere, without an array.
"""
from .._core.numerictypes import bool as MaskType
from ._root import np

nomask = MaskType(0)
_MASK_DTYPE = np.dtype(MaskType)


class MaskedArrayFutureWarning(FutureWarning):
    """Behaviour of masked arrays that is going to change."""


class MAError(Exception):
    """Base of the errors of masked arrays."""


class MaskError(MAError):
    """A mask and its data do not belong together."""


# --- dtypes of masks ------------------------------------------------------------------------------


def _replace_dtype_fields_recursive(dtype, primitive_dtype):
    replaced = primitive_dtype
    if dtype.names is not None:
        parts = []
        for name in dtype.names:
            kind, _, *title = dtype.fields[name]
            parts.append(((title[0], name) if title else name,
                          _replace_dtype_fields_recursive(kind, primitive_dtype)))
        replaced = np.dtype(parts)
    elif dtype.subdtype is not None:
        base, shape = dtype.subdtype
        replaced = np.dtype((_replace_dtype_fields_recursive(base, primitive_dtype), shape))
    # the same object where nothing changes
    return dtype if replaced == dtype else replaced


def _replace_dtype_fields(dtype, primitive_dtype):
    """The dtype with the same structure and another type for all elements."""
    return _replace_dtype_fields_recursive(np.dtype(dtype), np.dtype(primitive_dtype))


def make_mask_descr(ndtype):
    """The dtype of a mask for data of the given dtype.

    Examples
    --------
    >>> np.ma.make_mask_descr(np.dtype([('a', int)]))
    dtype([('a', '?')])
    """
    return _replace_dtype_fields_recursive(np.dtype(ndtype), _MASK_DTYPE)


# --- masks of arrays ------------------------------------------------------------------------------


def getmask(a):
    """The mask of an array, or `nomask`.

    Examples
    --------
    >>> np.ma.getmask(np.ma.array([1, 2], mask=[0, 1]))
    array([False,  True])
    """
    return getattr(a, "_mask", nomask)


get_mask = getmask


def getmaskarray(arr):
    """The mask of an array, as an array in any case.

    Examples
    --------
    >>> np.ma.getmaskarray([1, 2])
    array([False, False])
    """
    mask = getmask(arr)
    if mask is nomask:
        mask = make_mask_none(np.shape(arr), getattr(arr, "dtype", None))
    return mask


def is_mask(m):
    """Whether it is an array of booleans, as masks are.

    Examples
    --------
    >>> np.ma.is_mask(np.array([True]))
    True
    """
    try:
        return m.dtype.type is MaskType
    except AttributeError:
        return False


def _shrink_mask(m):
    """`nomask` for a plain mask that is false everywhere."""
    return nomask if m.dtype.names is None and not m.any() else m


def make_mask(m, copy=False, shrink=True, dtype=MaskType):
    """A mask from anything that can be booleans; not zero is true.

    Parameters
    ----------
    m : array_like
    copy : bool
    shrink : bool
        Return `nomask` if nothing is true.
    dtype : dtype

    Examples
    --------
    >>> np.ma.make_mask([0, 1])
    array([False,  True])
    """
    if m is nomask:
        return nomask
    dtype = make_mask_descr(dtype)
    # fields that are not booleans stand for masks of all kinds
    if isinstance(m, np.ndarray) and m.dtype.fields and dtype == np.bool:
        return np.ones(m.shape, dtype=dtype)
    result = np.array(_filled(m, True), copy=True if copy else None, dtype=dtype, subok=True)
    return _shrink_mask(result) if shrink else result


def _filled(m, value):
    return m.filled(value) if hasattr(m, "filled") else m


def make_mask_none(newshape, dtype=None):
    """A mask that is false everywhere.

    Examples
    --------
    >>> np.ma.make_mask_none((2,))
    array([False, False])
    """
    return np.zeros(newshape, dtype=MaskType if dtype is None else make_mask_descr(dtype))


def _recursive_mask_or(m1, m2, newmask):
    for name in m1.dtype.names:
        if m1[name].dtype.names is not None:
            _recursive_mask_or(m1[name], m2[name], newmask[name])
        else:
            np.logical_or(m1[name], m2[name], newmask[name])


def mask_or(m1, m2, copy=False, shrink=True):
    """Where either mask is true.

    Parameters
    ----------
    m1, m2 : array_like
    copy : bool
        Copy the other one if one is `nomask`.
    shrink : bool
        Return `nomask` if nothing is true.

    Examples
    --------
    >>> np.ma.mask_or([0, 1, 0], [1, 0, 0])
    array([ True,  True, False])
    """
    for one, other in ((m1, m2), (m2, m1)):
        if one is nomask or one is False:
            return make_mask(other, copy=copy, shrink=shrink,
                             dtype=getattr(other, "dtype", MaskType))
    if m1 is m2 and is_mask(m1):
        return _shrink_mask(m1) if shrink else m1
    kind, other_kind = getattr(m1, "dtype", None), getattr(m2, "dtype", None)
    if kind != other_kind:
        raise ValueError(f"Incompatible dtypes '{kind}'<>'{other_kind}'")
    if kind is not None and kind.names is not None:
        result = np.empty(np.broadcast(m1, m2).shape, kind)
        _recursive_mask_or(m1, m2, result)
        return result
    return make_mask(np.logical_or(m1, m2), copy=copy, shrink=shrink)


def _flatten_items(sequence):
    for item in sequence:
        if hasattr(item, "__iter__"):
            yield from _flatten_items(item)
        else:
            yield item


def flatten_mask(mask):
    """All booleans of a mask, nested fields included, in one row.

    Examples
    --------
    >>> np.ma.flatten_mask(np.array([(0, 1)], dtype=[('a', bool), ('b', bool)]))
    array([False,  True])
    """

    def plain(mask):
        # tuples of a structured mask can be walked through
        return mask.tolist() if getattr(mask, "dtype", None) is not None else mask

    mask = np.asarray(mask)
    return np.array(list(_flatten_items(plain(mask.ravel()))), dtype=bool)


def _check_mask_axis(mask, axis, keepdims):
    """Where whole slices are masked."""
    if mask is nomask:
        return nomask
    options = {} if keepdims is np._NoValue else {"keepdims": keepdims}
    return mask.all(axis=axis, **options)


def _mask_propagate(a, axis):
    """The array with all slices masked that have a masked element."""
    from ._functions import array

    a = array(a, subok=False)
    mask = getmask(a)
    if mask is nomask or not mask.any() or axis is None:
        return a
    a._mask = a._mask.copy()
    axes = np.lib.array_utils.normalize_axis_tuple(axis, a.ndim)
    for ax in axes:
        a._mask |= mask.any(axis=ax, keepdims=True)
    return a
