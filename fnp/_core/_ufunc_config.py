"""Floating-point error handling and the ufunc buffer size.

The state lives in one context variable, whose value only the C layer can read or make.
"""
import functools
import inspect

from .._utils import set_module
from ._multiarray_umath import _errstate_base
from .umath import _extobj_contextvar, _get_extobj_dict, _make_extobj

__all__ = ['seterr', 'geterr', 'setbufsize', 'getbufsize', 'seterrcall', 'geterrcall', 'errstate']

_KINDS = ('divide', 'over', 'under', 'invalid')


def _change(**changes):
    """Put a changed state in force; return the former one as a dict."""
    before = _get_extobj_dict()
    _extobj_contextvar.set(_make_extobj(**changes))
    return before


@set_module('numpy')
def seterr(all=None, divide=None, over=None, under=None, invalid=None):
    """Set what happens on floating-point errors.

    Parameters
    ----------
    all, divide, over, under, invalid : {'ignore', 'warn', 'raise', 'call', 'print', 'log'}, optional
        Treatment of each kind of error; `all` stands for those not named. None keeps the setting.

    Returns
    -------
    old : dict
        The settings before the call.

    Examples
    --------
    >>> old = np.seterr(divide='ignore')
    >>> new = np.seterr(**old)
    """
    before = _change(all=all, divide=divide, over=over, under=under, invalid=invalid)
    return {kind: before[kind] for kind in _KINDS}


@set_module('numpy')
def geterr():
    """What happens on floating-point errors now, as a dict that `seterr` takes."""
    state = _get_extobj_dict()
    del state['call'], state['bufsize']
    return state


@set_module('numpy')
def setbufsize(size):
    """Set the ufunc buffer to `size` elements; return the former size."""
    if size < 0:
        raise ValueError('buffer size must be non-negative')
    return _change(bufsize=size)['bufsize']


@set_module('numpy')
def getbufsize():
    """Size of the ufunc buffer, in elements."""
    return _get_extobj_dict()['bufsize']


@set_module('numpy')
def seterrcall(func):
    """Set the function called for errors in mode 'call', or the object with ``write`` for mode 'log'.

    Returns the former one.
    """
    return _change(call=func)['call']


@set_module('numpy')
def geterrcall():
    """The function or object that handles errors in the modes 'call' and 'log', or None."""
    return _get_extobj_dict()['call']


class _unspecified:
    pass


_Unspecified = _unspecified()


@set_module('numpy')
class errstate(_errstate_base):
    """Context manager and decorator for floating-point error handling.

    Takes the keywords of `seterr`, and `call` as `seterrcall` does. Settings hold for the current
    thread or task, and for one use of the object.

    Examples
    --------
    >>> with np.errstate(invalid='ignore'):
    ...     r = np.sqrt(np.float64(-1))
    """

    __slots__ = ()

    def __call__(self, func):
        # No token is kept here, so that a decorated function can recurse.
        @functools.wraps(func)
        def guarded(*args, **kwargs):
            token = self._apply()
            try:
                return func(*args, **kwargs)
            finally:
                _extobj_contextvar.reset(token)

        return guarded


def _keywords(*, call=_Unspecified, all=None, divide=None, over=None, under=None, invalid=None):
    pass


errstate.__signature__ = inspect.signature(_keywords)
