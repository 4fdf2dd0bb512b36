"""The former home of `_core._internal`. Very old pickles name its `_reconstruct`."""
from .._core._internal import _dtype_from_pep3118  # noqa: F401
from . import _utils


def _reconstruct(subtype, shape, dtype):
    """An empty array, to be filled by `__setstate__`."""
    from .._core.multiarray import ndarray

    return ndarray.__new__(subtype, shape, dtype)


__getattr__ = _utils.forward(__name__)
