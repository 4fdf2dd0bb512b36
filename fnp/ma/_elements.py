"""Single elements of masked arrays: structured ones, and the constant `masked`."""
from .._core.multiarray import ndarray
from .._core.overrides import set_module
from ._array import MaskedArray
from ._masks import make_mask_descr, nomask
from ._printing import _recursive_printoption, masked_print_option
from ._root import np

_own = set_module("numpy.ma.core")


def _element_mask(mask, dtype):
    """The mask of one structured element, as an element if that can be."""
    if isinstance(mask, np.void):
        return mask
    try:
        return np.void(mask)
    except TypeError:
        # not of the right dtype yet
        return np.array(mask, dtype=make_mask_descr(dtype))


@_own
class mvoid(MaskedArray):
    """One element of a structured masked array; its fields are masked one by one."""

    def __new__(self, data, mask=nomask, dtype=None, fill_value=None, hardmask=False, copy=False,
                subok=True):
        plain = np.array(data, dtype, copy=copy or None, subok=subok)
        element = plain.view(self)
        if mask is not nomask:
            element._mask = _element_mask(mask, plain.dtype)
        if fill_value is not None:
            element.fill_value = fill_value
        element._hardmask = hardmask
        return element

    @property
    def _data(self):
        # the element itself
        return super()._data[()]

    def __getitem__(self, indx):
        value, masks = self._data[indx], self._mask
        if masks is nomask:
            return value
        hidden = masks[indx]
        if not isinstance(hidden, ndarray):
            return masked if hidden else value
        # a field with a shape
        fill = None if self._fill_value is None else self._fill_value[indx]
        return MaskedArray(value, hidden, fill_value=fill, hard_mask=self._hardmask)

    def __setitem__(self, indx, value):
        hidden = getattr(value, "_mask", False)
        self._data[indx] = value
        if self._hardmask:
            hidden = self._mask[indx] | hidden
        self._mask[indx] = hidden

    def __iter__(self):
        if self._mask is nomask:
            return iter(self._data)
        return (masked if hidden else value for value, hidden in zip(self._data, self._mask))

    def __len__(self):
        return len(self._data)

    def __str__(self):
        if self._mask is nomask:
            return str(self._data)
        shown = np.array(self._data.astype(_objects_of(self.dtype)))
        _recursive_printoption(shown, self._mask, masked_print_option)
        return str(shown[()])

    __repr__ = __str__

    def filled(self, fill_value=None):
        """The element with a value for masked fields."""
        array = MaskedArray(np.array(self._data), fill_value=self._fill_value)
        if self._mask is not nomask:
            array._mask = np.array(self._mask).reshape(array.shape)
        return array.filled(fill_value)[()]

    def tolist(self):
        """A tuple of the fields, with None for masked ones."""
        if self._mask is nomask:
            return self._data.tolist()
        return _nested_list(self._data.tolist(), self._mask.tolist())


def _nested_list(value, mask):
    if isinstance(mask, (tuple, list)):
        kind = tuple if isinstance(mask, tuple) else list
        return kind(_nested_list(v, m) for v, m in zip(value, mask))
    return None if mask else value


def _objects_of(dtype):
    from ._masks import _replace_dtype_fields

    return _replace_dtype_fields(dtype, "O")


@_own
class MaskedConstant(MaskedArray):
    """The class of `masked`, of which there is one instance: a single masked element."""

    # of the class itself, not of one that derives from it
    __singleton = None

    @classmethod
    def __only(cls):
        """The one instance of this very class, if it is there already."""
        only = cls.__singleton
        return only if type(only) is cls else None

    def __new__(cls):
        if cls.__only() is None:
            base = MaskedArray(np.zeros(()), mask=np.ones((), dtype=bool))
            for part in (base._data, base._mask):
                part.flags.writeable = False
            only = base.view(cls)
            # nothing about it can change
            only._data.flags.writeable = only._mask.flags.writeable = False
            only.flags.writeable = False
            cls.__singleton = only
        return cls.__singleton

    def __array_finalize__(self, obj):
        only = self.__only()
        if only is not None and self is not only:
            # views and copies are ordinary masked arrays
            self.__class__ = MaskedArray
        if self is not only:
            MaskedArray.__array_finalize__(self, obj)

    def __array_wrap__(self, obj, context=None, return_scalar=False):
        return MaskedArray.__array_wrap__(self.view(MaskedArray), obj, context)

    def __setattr__(self, attr, value):
        if self is self.__only():
            raise AttributeError(f"attributes of {self!r} are not writeable")
        super().__setattr__(attr, value)

    def __str__(self):
        return str(masked_print_option._display)

    def __repr__(self):
        return "masked" if self is MaskedConstant.__singleton else object.__repr__(self)

    def __format__(self, format_spec):
        if not format_spec:
            return str(self)
        import warnings

        warnings.warn(
            "Format strings passed to MaskedConstant are ignored, but in future may error or "
            "produce different behavior",
            FutureWarning,
            stacklevel=2,
        )
        return str(self)

    def __iadd__(self, other):
        return self

    __isub__ = __imul__ = __ifloordiv__ = __itruediv__ = __ipow__ = __deepcopy__ = __iadd__

    def __copy__(self):
        return self

    def copy(self, *args, **kwargs):
        """The constant itself."""
        return self

    def __reduce__(self):
        return type(self), ()


masked = masked_singleton = MaskedConstant()
