"""Types for annotations.

`ArrayLike`
    Anything that can become an array.
`DTypeLike`
    Anything that can become a dtype.
`NDArray`
    An array of a scalar type: ``NDArray[np.float64]``.
`NBitBase`
    Base of the types for widths in bits; old programs use it.
"""
from .._typing import ArrayLike, DTypeLike, NBitBase, NDArray, _add_docstring  # noqa: F401

__all__ = ['ArrayLike', 'DTypeLike', 'NBitBase', 'NDArray']


def __getattr__(name):
    # Some programs take private aliases from here.
    from .. import _typing
    if name[:2] != '__' and hasattr(_typing, name):
        return getattr(_typing, name)
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')


from .._pytesttester import PytestTester as _Tester  # noqa: E402

test = _Tester(__name__)
del _Tester
