"""Singletons that must survive a reload of the package: the no-value marker and the copy modes."""
import enum

from ._utils import set_module

__all__ = ['_NoValue', '_CopyMode']

# A second execution would create new singletons, and every `is` test with the old ones would lie.
if '_is_loaded' in globals():
    raise RuntimeError('Reloading ' + __name__ + ' is not allowed')
_is_loaded = True


class _NoValueType:
    """Default for parameters where None already means something."""

    _only = None

    def __new__(cls):
        found = cls._only
        if found is None:
            found = cls._only = super().__new__(cls)
        return found

    def __reduce__(self):
        return type(self), ()

    def __repr__(self):
        return '<no value>'


_NoValue = _NoValueType()


@set_module('numpy')
class _CopyMode(enum.Enum):
    """Answer to "may this call copy?": always, never, or only when it must."""

    ALWAYS = True
    NEVER = False
    IF_NEEDED = 2

    def __bool__(self):
        if self is _CopyMode.IF_NEEDED:
            raise ValueError(f'{self} is neither True nor False.')
        return self is _CopyMode.ALWAYS


class _SignatureDescriptor:
    """`__signature__` of the ufunc type: computed for instances, absent on the class."""

    def __get__(self, ufunc, owner=None):
        if ufunc is None:
            name = f'{owner.__module__}.{owner.__name__}'
            raise AttributeError(f"type object '{name}' has no attribute '__signature__'")
        from ._core import _internal
        return _internal._ufunc_inspect_signature_builder(ufunc)


_signature_descriptor = _SignatureDescriptor()
