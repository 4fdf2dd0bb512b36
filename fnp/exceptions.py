"""Exceptions and warnings of the package."""

__all__ = ['ComplexWarning', 'VisibleDeprecationWarning', 'ModuleDeprecationWarning',
           'TooHardError', 'AxisError', 'DTypePromotionError']

# Classes made twice would not be caught by handlers that hold the first ones.
if '_is_loaded' in globals():
    raise RuntimeError(f"Reloading {__name__.partition('.')[0]}._globals is not allowed")
_is_loaded = True


class ComplexWarning(RuntimeWarning):
    """A cast to a real type dropped an imaginary part."""


class ModuleDeprecationWarning(DeprecationWarning):
    """A whole module is deprecated; test runners treat it apart from ordinary deprecations."""


class VisibleDeprecationWarning(UserWarning):
    """A deprecation that users see by default."""


class RankWarning(RuntimeWarning):
    """A least-squares fit was badly conditioned."""


class TooHardError(RuntimeError):
    """An exact answer would take more work than was allowed."""


class AxisError(ValueError, IndexError):
    """An axis is outside of the array's dimensions.

    Parameters
    ----------
    axis : int or str
        The axis, or the whole message when `ndim` and `msg_prefix` are not given.
    ndim : int, optional
        Number of dimensions of the array.
    msg_prefix : str, optional
        Text put before the standard message.
    """

    __slots__ = ('_msg', 'axis', 'ndim')

    def __init__(self, axis, ndim=None, msg_prefix=None):
        if ndim is None and msg_prefix is None:
            self._msg, self.axis, self.ndim = axis, None, None
        else:
            self._msg, self.axis, self.ndim = msg_prefix, axis, ndim

    def __str__(self):
        if self.axis is None and self.ndim is None:
            return str(self._msg)
        text = f'axis {self.axis} is out of bounds for array of dimension {self.ndim}'
        return text if self._msg is None else f'{self._msg}: {text}'


class DTypePromotionError(TypeError):
    """There is no common dtype for the ones given."""
