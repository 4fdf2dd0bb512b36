"""The masked array: an ndarray with a mask.

An array can share its mask with another one; it is copied before it is changed (`_sharedmask`).  A
hard mask (`_hardmask`) does not let masked elements be written.  Operators are in the room
`_arithmetic`, reductions and the other methods in `_methods`, which add them to the class.
"""
import functools
import inspect
import operator

from .._core._multiarray_umath import _masked_methods, _same_data
from .._core.multiarray import ndarray
from .._core.overrides import set_module
from . import _operations as ops
from ._fills import _check_fill_value
from ._masks import (
    MaskedArrayFutureWarning,  # noqa: F401
    MaskError,
    MaskType,
    _recursive_mask_or,
    _shrink_mask,
    flatten_mask,
    getmask,
    getmaskarray,
    make_mask_descr,
    make_mask_none,
    mask_or,
    nomask,
)
from ._operations import filled, getdata
from ._printing import printable, represent
from ._root import np

_own = set_module("numpy.ma.core")
_NUMBERS = int, float, np.bool, np.number


def _recursive_filled(a, mask, fill_value):
    """Write fill values into all fields where they are masked."""
    for name in a.dtype.names:
        if a[name].dtype.names is not None:
            _recursive_filled(a[name], mask[name], fill_value[name])
        else:
            np.copyto(a[name], fill_value[name], where=mask[name])


@_own
class MaskedIterator:
    """Flat iterator over a masked array.

    Examples
    --------
    >>> list(np.ma.array([1, 2], mask=[0, 1]).flat)[1] is np.ma.masked
    True
    """

    def __init__(self, ma):
        self.ma = ma
        self.dataiter = ma._data.flat
        self.maskiter = None if ma._mask is nomask else ma._mask.flat

    def __iter__(self):
        return self

    def _pair(self, value, mask):
        if isinstance(mask, np.void):
            return mvoid(value, mask=mask, hardmask=self.ma._hardmask)
        return masked if mask else value

    def __getitem__(self, indx):
        result = self.dataiter.__getitem__(indx).view(type(self.ma))
        if self.maskiter is not None:
            mask = self.maskiter.__getitem__(indx)
            if isinstance(mask, ndarray):
                # a view, so that the shape of the mask follows
                mask.shape = result.shape
                result._mask = mask
            else:
                return self._pair(result, mask)
        return result

    def __next__(self):
        value = next(self.dataiter)
        return value if self.maskiter is None else self._pair(value, next(self.maskiter))

    def __setitem__(self, index, value):
        if self.maskiter is not None:
            self.maskiter[index] = getmaskarray(value)
        self.dataiter[index] = getdata(value)


def _mask_from_items(data, dtype, mdtype):
    """The mask of a list whose items may be masked."""
    try:
        # items of different shapes fail here
        mask = np.array([getmaskarray(np.asanyarray(m, dtype=dtype)) for m in data], dtype=mdtype)
    except (ValueError, TypeError):
        return nomask
    return mask if mdtype == MaskType and mask.any() else nomask


def _given_mask(mask, shape, mdtype, copy):
    """(the mask that a caller gave as an array of the shape, whether it is a copy)"""
    if mask is None:
        # old pickles and callers mean no mask by it
        mask = False
    if isinstance(mask, (bool, np.bool)) and mdtype == MaskType:
        return np.full(shape, bool(mask), dtype=mdtype), copy
    try:
        array = np.array(mask, copy=True if copy else None, dtype=mdtype)
    except TypeError:
        # one boolean stands for all fields
        array = np.array([tuple([m] * len(mdtype)) for m in mask], dtype=mdtype)
    if array.shape != shape:
        size = int(np.prod(shape, dtype=np.intp))
        if array.size == 1:
            array = np.resize(array, shape)
        elif array.size == size:
            array = np.reshape(array, shape)
        else:
            raise MaskError(
                f"Mask and data not compatible: data size is {size}, mask size is {array.size}."
            )
        copy = True
    return array, copy


class MaskedArray(ndarray):
    """An array in which elements can be marked as invalid.

    Parameters
    ----------
    data : array_like
    mask : bool array_like, optional
        True marks invalid elements.
    dtype : dtype, optional
    copy : bool
    subok : bool
        Keep the class of `data` if it is one of masked arrays.
    ndmin : int
    fill_value : scalar, optional
        What `filled` and the like put in place of masked elements.
    keep_mask : bool
        Combine the mask with that of `data`.
    hard_mask : bool
        Do not let masked elements be unmasked by assignment.
    shrink : bool
        Store no mask if nothing is masked.
    order : {'C', 'F', 'A'}, optional

    Examples
    --------
    >>> x = np.ma.MaskedArray([1, 2, 3], mask=[0, 1, 0])
    >>> x.sum()
    np.int64(4)
    """

    __array_priority__ = 15
    _defaultmask = nomask
    _defaulthardmask = False
    _baseclass = ndarray

    # longer axes are cut in the middle before they are printed
    _print_width = 100
    _print_width_1d = 1500

    # elements of arrays have no order of their own
    __hash__ = None

    def __new__(cls, data=None, mask=nomask, dtype=None, copy=False, subok=True, ndmin=0,
                fill_value=None, keep_mask=True, hard_mask=None, shrink=True, order=None):
        array = np.array(data, dtype, copy=copy or None, subok=True, order=order, ndmin=ndmin)
        if isinstance(data, MaskedArray) and data.shape != array.shape:
            # ndmin has changed it: the mask cannot be shared
            copy = True
        keeps_class = isinstance(data, cls) and subok and not isinstance(data, MaskedConstant)
        self = ndarray.view(array, type(data) if keeps_class else cls)
        if hasattr(data, "_mask") and not isinstance(data, ndarray):
            # something that only behaves like one
            self._mask = data._mask
        mdtype = make_mask_descr(self.dtype)
        if mask is nomask:
            self._inherit_mask(data, keep_mask, shrink, copy, mdtype)
        else:
            self._combine_mask(mask, keep_mask, copy, mdtype)
        if fill_value is None:
            fill_value = getattr(data, "_fill_value", None)
        if fill_value is not None:
            self._fill_value = _check_fill_value(fill_value, self.dtype)
        self._hardmask = getattr(data, "_hardmask", False) if hard_mask is None else hard_mask
        self._baseclass = getattr(data, "_baseclass", type(array))
        return self

    def _inherit_mask(self, data, keep_mask, shrink, copy, mdtype):
        """No mask was given: take that of the data."""
        if not keep_mask:
            self._mask = nomask if shrink else np.zeros(self.shape, dtype=mdtype)
        elif isinstance(data, (tuple, list)):
            mask = _mask_from_items(data, self.dtype, mdtype)
            if mask is not nomask:
                self._mask = mask
                self._sharedmask = False
        else:
            self._sharedmask = not copy
            if copy and self._mask is not nomask:
                self._mask = self._mask.copy()
                # the original's may have been reshaped by the view
                if getmask(data) is not nomask and data._mask.shape != data.shape:
                    data._mask.shape = data.shape

    def _combine_mask(self, mask, keep_mask, copy, mdtype):
        """Put a given mask on that of the data."""
        given, copied = _given_mask(mask, self.shape, mdtype, copy)
        if self._mask is nomask or not keep_mask:
            self._mask = given
            self._sharedmask = not copied
            return
        if self.dtype.names is not None:
            joined = np.empty_like(given)
            _recursive_mask_or(given, self._mask, joined)
            self._mask = joined
        else:
            self._mask = np.logical_or(given, self._mask)
        self._sharedmask = False

    # --- attributes that travel ---

    _update_from = _masked_methods["_update_from"]

    def __array_finalize__(self, obj):
        self._update_from(obj)
        self._mask = self._mask_seen_from(obj) if isinstance(obj, ndarray) else nomask
        fill = self._fill_value
        if fill is not None or self.dtype.names is not None:
            # of the dtype that the array has now
            self._fill_value = _check_fill_value(fill, self.dtype)

    def _mask_seen_from(self, obj):
        """The mask that a new array gets from the one that it is made of."""
        mask = getmaskarray(obj) if obj.dtype.names is not None else getmask(obj)
        if mask is nomask:
            return nomask
        if _same_data(obj, self):
            # a view shares the mask, but has a shape of its own
            mask = mask.view()
        else:
            dtype = mask.dtype if self.dtype == obj.dtype else make_mask_descr(self.dtype)
            flags = self.flags
            mask = mask.astype(dtype, "C" if flags.c_contiguous else "F" if flags.f_contiguous
                               else "K")
        try:
            mask.shape = self.shape
        except ValueError:
            # a part, say: whoever made it will set the mask
            return nomask
        except (TypeError, AttributeError):
            pass
        return mask

    def __array_wrap__(self, obj, context=None, return_scalar=False):
        result = self._around(obj)
        if context is None:
            return result
        func, args = context[:2]
        operands = args[: func.nin]
        mask = functools.reduce(mask_or, map(getmaskarray, operands))
        undefined = _outside_domain(func, operands)
        if undefined is not None:
            mask = mask_or(mask, undefined)
            result = result.copy()
            np.copyto(result, self._fill_after(func), where=undefined)
        if result.ndim == 0 and result is not self and mask:
            return masked
        result._mask = mask
        result._sharedmask = False
        return result

    def _around(self, obj):
        """What a ufunc has made, as an array like this one."""
        if obj is self:
            return obj
        result = obj.view(type(self))
        result._update_from(self)
        return result

    def _fill_after(self, func):
        """What a ufunc leaves in elements that are not defined."""
        fill = ops.ufunc_fills.get(func, self.fill_value)
        return fill[-1] if isinstance(fill, tuple) else fill

    def view(self, dtype=None, type=None, fill_value=None):
        """View of the same data and mask, maybe of another type.

        Parameters
        ----------
        dtype : dtype or class, optional
        type : class, optional
        fill_value : scalar, optional
            Else it is kept only if the dtype is.
        """
        if dtype is None:
            result = ndarray.view(self) if type is None else ndarray.view(self, type)
        elif type is None:
            is_class = inspect.isclass(dtype) and issubclass(dtype, ndarray)
            result = ndarray.view(self, dtype)
            if is_class:
                dtype = None
        else:
            result = ndarray.view(self, dtype, type)
        # the view may be looked through by plain views of it later
        if getmask(result) is not nomask:
            result._mask = result._mask.view()
        if getattr(result, "_fill_value", None) is not None:
            if fill_value is not None:
                result.fill_value = fill_value
            elif dtype is not None:
                result._fill_value = None
        elif fill_value is not None and isinstance(result, MaskedArray):
            result.fill_value = fill_value
        return result

    # --- items ---

    def __getitem__(self, indx):
        data = self.data
        value = data[indx]
        mask = self._mask
        # one element of a mask may be the same object as nomask: ask before
        has_mask = mask is not nomask
        if has_mask:
            mask = mask[indx]
            single = not isinstance(mask, ndarray)
        else:
            single = _picks_one(data, value, indx)
        if single:
            if isinstance(value, np.void):
                return mvoid(value, mask=mask, hardmask=self._hardmask)
            if self.dtype.type is np.object_ and isinstance(value, ndarray) and value is not masked:
                # an array as an element: all or nothing of it is masked
                return MaskedArray(value, mask=True) if mask else value
            return masked if mask else value
        value = value.view(type(self))
        value._update_from(self)
        if _is_field_name(indx):
            if self._fill_value is not None:
                value._fill_value = self._field_fill(indx)
            value._isfield = True
        if has_mask:
            value._mask = np.reshape(mask, value.shape)
            value._sharedmask = True
        return value

    def _field_fill(self, indx):
        fill = self._fill_value[indx]
        if not isinstance(fill, ndarray):
            return fill
        if fill.ndim > 0 and not (fill == fill.flat[0]).all():
            import warnings

            warnings.warn(
                "Upon accessing multidimensional field "
                f"{indx!s}, need to keep dimensionality of fill_value at 0. Discarding "
                f"heterogeneous fill_value and setting all to {fill.flat[0]!s}.",
                stacklevel=3,
            )
        # one value for all elements of a subarray
        return fill.flat[0:1].squeeze(axis=0) if fill.ndim > 0 else fill

    def __setitem__(self, indx, value):
        if self is masked:
            raise MaskError("Cannot alter the masked element.")
        data, mask = self._data, self._mask
        if isinstance(indx, str):
            data[indx] = value
            if mask is nomask:
                self._mask = make_mask_none(self.shape, self.dtype)
            self._mask[indx] = getmask(value)
            return
        fields = data.dtype.names
        if value is masked:
            # it takes a mask to write one
            if mask is nomask:
                mask = self._mask = make_mask_none(self.shape, self.dtype)
            mask[indx] = tuple([True] * len(fields)) if fields is not None else True
            return

        # What is masked may be anything, so nobody hears of values that do not fit.
        with np.errstate(over="ignore", invalid="ignore"):
            self._put(indx, value, data, mask, fields)

    def _put(self, indx, value, data, mask, fields):
        new_data = getattr(value, "_data", value)
        new_mask = getmask(value)
        if fields is not None and new_mask is nomask:
            new_mask = tuple([False] * len(fields))
        if mask is nomask:
            data[indx] = new_data
            if new_mask is not nomask:
                mask = self._mask = make_mask_none(self.shape, self.dtype)
                mask[indx] = new_mask
        elif not self._hardmask:
            # the order matters where the value shares memory with the mask
            if isinstance(indx, MaskedArray) and not isinstance(value, MaskedArray):
                data[indx.data] = new_data
            else:
                data[indx] = new_data
                mask[indx] = new_mask
        elif hasattr(indx, "dtype") and indx.dtype == MaskType:
            # only what is not masked
            data[indx & ~mask] = new_data
        else:
            if fields is not None:
                raise NotImplementedError("Flexible 'hard' masks are not yet supported.")
            joined = mask_or(mask[indx], new_mask, copy=True)
            target = data[indx]
            if target.size > 1:
                np.copyto(target, new_data, where=~joined)
            elif not joined:
                target = new_data
            data[indx] = target
            mask[indx] = joined

    # --- shape and dtype: the mask follows ---

    def _set_dtype(self, dtype):
        ndarray.dtype.__set__(self, dtype)
        if self._mask is nomask:
            return
        self._mask = self._mask.view(make_mask_descr(dtype), ndarray)
        try:
            self._mask.shape = self.shape
        except (AttributeError, TypeError):
            # no array any more
            pass

    def _set_shape(self, shape):
        ndarray.shape.__set__(self, shape)
        if getmask(self) is not nomask:
            self._mask.shape = self.shape

    dtype = property(ndarray.dtype.__get__, _set_dtype, doc="The type of the data; the mask follows it.")
    shape = property(ndarray.shape.__get__, _set_shape, doc="The lengths of the axes; the mask follows them.")

    # --- mask ---

    def __setmask__(self, mask, copy=False):
        """Set the mask; a hard one can only grow."""
        current = self._mask
        if mask is masked:
            mask = True
        if current is nomask:
            # nothing to mask: nothing to store
            if mask is nomask:
                return
            current = self._mask = make_mask_none(self.shape, self.dtype)
        dtype = self.dtype
        if dtype.names is None:
            if self._hardmask:
                current |= mask
            elif isinstance(mask, _NUMBERS):
                current[...] = mask
            else:
                current.flat = mask
        else:
            mask = self._mask_of_fields(mask, current.dtype, copy)
            if self._hardmask:
                for name in dtype.names:
                    current[name] |= mask[name]
            elif isinstance(mask, _NUMBERS):
                current[...] = mask
            else:
                current.flat = mask
        if current.shape:
            current.shape = self.shape

    @staticmethod
    def _mask_of_fields(mask, mdtype, copy):
        mask = np.asarray(mask)
        if not mask.ndim:
            # one boolean for everything
            if mask.dtype.kind == "b":
                return np.array(tuple([mask.item()] * len(mdtype)), dtype=mdtype)
            return mask.astype(mdtype)
        try:
            return np.array(mask, copy=True if copy else None, dtype=mdtype)
        except TypeError:
            # one boolean per element
            return np.array([tuple([m] * len(mdtype)) for m in mask], dtype=mdtype)

    _set_mask = __setmask__

    @property
    def mask(self):
        """The mask: an array, or `nomask`; a view, so that its shape cannot be changed."""
        return self._mask.view()

    @mask.setter
    def mask(self, value):
        self.__setmask__(value)

    @property
    def recordmask(self):
        """Which elements are masked in all of their fields."""
        mask = self._mask.view(ndarray)
        if mask.dtype.names is None:
            return mask
        return np.all(flatten_structured_array(mask), axis=-1)

    @recordmask.setter
    def recordmask(self, mask):
        raise NotImplementedError("Coming soon: setting the mask per records!")

    def harden_mask(self):
        """Keep masked elements masked, whatever is assigned; returns the array."""
        self._hardmask = True
        return self

    def soften_mask(self):
        """Let assignments unmask elements, as is usual; returns the array."""
        self._hardmask = False
        return self

    @property
    def hardmask(self):
        """Whether masked elements stay masked."""
        return self._hardmask

    def unshare_mask(self):
        """Give the array a mask of its own; returns the array."""
        if self._sharedmask:
            self._mask = self._mask.copy()
            self._sharedmask = False
        return self

    @property
    def sharedmask(self):
        """Whether the mask may be that of another array too."""
        return self._sharedmask

    def shrink_mask(self):
        """Drop the mask if nothing is masked; returns the array."""
        self._mask = _shrink_mask(self._mask)
        return self

    # --- data ---

    @property
    def baseclass(self):
        """The class of the data."""
        return self._baseclass

    _get_data = _masked_methods["_get_data"]
    data = _data = property(_get_data, doc="The data without mask, in its own class.")

    def _get_flat(self):
        return MaskedIterator(self)

    def _set_flat(self, value):
        self.ravel()[:] = value

    flat = property(_get_flat, _set_flat, doc="Flat iterator; assignment writes all elements.")

    @property
    def fill_value(self):
        """The value for masked elements in `filled` and the like; the type's default at first."""
        value = self._fill_value
        if value is None:
            value = self._fill_value = _check_fill_value(None, self.dtype)
        return value[()] if isinstance(value, ndarray) else value

    @fill_value.setter
    def fill_value(self, value=None):
        target = _check_fill_value(value, self.dtype)
        if not target.ndim == 0:
            import warnings

            warnings.warn(
                "Non-scalar arrays for the fill value are deprecated. Use arrays with scalar "
                "values instead. The filled function still supports any array as `fill_value`.",
                DeprecationWarning,
                stacklevel=2,
            )
        if self._fill_value is None:
            self._fill_value = target
        else:
            # in place: views of it see it
            self._fill_value[()] = target

    get_fill_value = fill_value.fget
    set_fill_value = fill_value.fset

    def filled(self, fill_value=None):
        """The data with a value for masked elements; the data itself if none is masked.

        Examples
        --------
        >>> np.ma.array([1, 2], mask=[0, 1]).filled(-9)
        array([ 1, -9])
        """
        mask = self._mask
        if mask is nomask:
            return self._data
        fill_value = self.fill_value if fill_value is None else \
            _check_fill_value(fill_value, self.dtype)
        if self is masked_singleton:
            return np.asanyarray(fill_value)
        if mask.dtype.names is not None:
            result = self._data.copy("K")
            _recursive_filled(result, self._mask, fill_value)
            return result
        if not mask.any():
            return self._data
        result = self._data.copy("K")
        try:
            np.copyto(result, fill_value, where=mask)
        except (TypeError, AttributeError):
            # values that the type does not take
            fill_value = np.array(fill_value, dtype=object)
            result = np.choose(mask, (result.astype(object), fill_value))
        except IndexError:
            # a 0-d mask
            if self._data.shape:
                raise
            result = np.array(fill_value, dtype=self.dtype) if mask else self._data
        return result

    # --- text ---

    def _insert_masked_print(self):
        return printable(self)

    def __str__(self):
        return str(self._insert_masked_print())

    def __repr__(self):
        return represent(self)

    # --- comparison and arithmetic ---

    def _delegate_binop(self, other):
        """Whether to leave an operator to the other operand."""
        if isinstance(other, type(self)):
            return False
        array_ufunc = getattr(other, "__array_ufunc__", False)
        if array_ufunc is False:
            return self.__array_priority__ < getattr(other, "__array_priority__", -1000000)
        # a ufunc would ask it anyway
        return array_ufunc is None

    def _comparison(self, other, compare):
        """Compare, masked where an operand is; two masked elements are as good as equal."""
        my_mask, other_mask = getmask(self), getmask(other)
        mask = mask_or(my_mask, other_mask, copy=True)
        data, other_data = self.data, getdata(other)
        if mask.dtype.names is not None:
            if compare not in (operator.eq, operator.ne):
                # records have no order
                return NotImplemented
            # fields that are masked must not decide: make them equal
            shape = np.broadcast(self, other_data).shape
            data = np.array(np.broadcast_to(data, shape))
            filler = np.broadcast_to(np.asarray(other_data, dtype=self.dtype), shape)
            _recursive_filled(data, np.broadcast_to(mask, shape), filler)
            # records are masked if all of their fields are
            mask = mask == np.ones((), mask.dtype)
            if other_mask is nomask:
                other_mask = np.zeros((), my_mask.dtype)
        result = compare(data, other_data)
        if isinstance(result, (np.bool, bool)):
            return masked if mask else result
        if mask is not nomask:
            if compare in (operator.eq, operator.ne):
                # the data below a mask: whether both operands were masked
                result = np.where(mask, compare(my_mask, other_mask), result)
            if mask.shape != result.shape:
                mask = np.broadcast_to(mask, result.shape).copy()
        result = result.view(type(self))
        result._update_from(self)
        result._mask = mask
        if result._fill_value is not None:
            try:
                fill = _check_fill_value(result._fill_value, np.bool)
            except (TypeError, ValueError):
                # of a type that has nothing to do with booleans
                fill = _check_fill_value(None, np.bool)
            result._fill_value = fill
        return result

    def __float__(self):
        self._require_single()
        if self._mask:
            import warnings

            warnings.warn("Warning: converting a masked element to nan.", stacklevel=2)
            return np.nan
        return float(self.item())

    def __int__(self):
        self._require_single()
        if self._mask:
            raise MaskError("Cannot convert masked element to a Python int.")
        return int(self.item())

    def _require_single(self):
        if self.size > 1:
            raise TypeError("Only length-1 arrays can be converted to Python scalars")

    # --- pickle and copy ---

    def __getstate__(self):
        order = "CF"[self.flags.fnc]
        plain = np.ndarray.__reduce__(self)[2]
        return plain + (getmaskarray(self).tobytes(order), self._fill_value)

    def __setstate__(self, state):
        _, shape, dtype, is_fortran, raw, mask, fill_value = state
        super().__setstate__((shape, dtype, is_fortran, raw))
        self._mask.__setstate__((shape, make_mask_descr(dtype), is_fortran, mask))
        self.fill_value = fill_value

    def __reduce__(self):
        return (
            _mareconstruct,
            (self.__class__, self._baseclass, (0,), "b"),
            self.__getstate__(),
        )

    def __deepcopy__(self, memo=None):
        import copy

        copied = MaskedArray.__new__(type(self), self, copy=True)
        if memo is None:
            memo = {}
        memo[id(self)] = copied
        for name, value in self.__dict__.items():
            copied.__dict__[name] = copy.deepcopy(value, memo)
        # the data of objects is shared by views
        if self.dtype.hasobject:
            copied._data[...] = copy.deepcopy(copied._data)
        return copied


MaskedArray.__module__ = np.__name__ + ".ma"
MaskedArray._module_source = __name__


def _outside_domain(func, operands):
    """Where a ufunc is not defined, or None if it is everywhere."""
    domain = ops.ufunc_domain.get(func)
    if domain is None:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        outside = np.asarray(filled(domain(*operands), True), dtype=bool)
    return outside if outside.any() else None


def _is_field_name(indx):
    return isinstance(indx, str) or (
        isinstance(indx, list) and indx and all(isinstance(i, str) for i in indx)
    )


def _picks_one(array, value, indx):
    """Whether an index has picked one element, which may be an array itself."""
    if not isinstance(value, ndarray):
        return True
    if array.dtype.type is np.object_ or (
        value.ndim == 0 and type(array).__getitem__ is not ndarray.__getitem__
    ):
        # booleans tell
        return not isinstance(np.zeros(array.shape, dtype=bool)[indx], ndarray)
    return False


def flatten_structured_array(a):
    """A 2-D array of a structured one: a row of fields, nested ones included, per element.

    Examples
    --------
    >>> a = np.array([(1, (2, 3))], dtype=[('x', int), ('y', 'i8,i8')])
    >>> np.ma.flatten_structured_array(a)
    array([[1, 2, 3]])
    """

    def flat(sequence):
        for item in sequence:
            if hasattr(item, "__iter__") and not isinstance(item, (str, bytes)):
                yield from flat(item)
            else:
                yield item

    a = np.asanyarray(a)
    shape = a.shape
    a = a.ravel()
    if isinstance(a, MaskedArray):
        out = np.array([tuple(flat(d.item())) for d in a._data])
        out = out.view(MaskedArray)
        out._mask = np.array([tuple(flat(d.item())) for d in getmaskarray(a)])
    else:
        out = np.array([tuple(flat(d.item())) for d in a])
    if len(shape) > 1:
        out.shape = shape + out.shape[1:]
    return out


@_own
def _mareconstruct(subtype, baseclass, baseshape, basetype):
    """Unpickle an empty masked array."""
    data = ndarray.__new__(baseclass, baseshape, basetype)
    mask = ndarray.__new__(ndarray, baseshape, make_mask_descr(basetype))
    return subtype.__new__(subtype, data, mask=mask, dtype=basetype)


# the rooms below need the class
from . import _arithmetic  # noqa: E402, F401
from ._elements import MaskedConstant, masked, masked_singleton, mvoid  # noqa: E402

ops.MaskedArray, ops.MaskedConstant, ops.masked = MaskedArray, MaskedConstant, masked

masked_array = MaskedArray


def isMaskedArray(x):
    """Whether it is a masked array.

    Examples
    --------
    >>> np.ma.isMaskedArray(np.ma.array([1]))
    True
    """
    return isinstance(x, MaskedArray)


isarray = isMA = isMaskedArray
