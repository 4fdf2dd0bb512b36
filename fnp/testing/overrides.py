"""Which functions and ufuncs can be overridden by a class' own protocol methods."""
from .._core import overrides as _overrides
from .._core import umath as _umath

_ufunc = _umath.add.__class__


def get_overridable_numpy_ufuncs():
    """The set of all ufuncs of the package."""
    return {value for value in vars(_umath).values() if isinstance(value, _ufunc)}


def allows_array_ufunc_override(func):
    """Can `__array_ufunc__` override `func`?"""
    return isinstance(func, _ufunc)


def get_overridable_numpy_array_functions():
    """The set of all functions that `__array_function__` can override."""
    # Modules that a plain import of the package leaves alone register theirs when loaded.

    from ..lib import recfunctions  # noqa: F401

    return set(_overrides.ARRAY_FUNCTIONS)


def allows_array_function_override(func):
    """Can `__array_function__` override `func`?"""
    return func in _overrides.ARRAY_FUNCTIONS
