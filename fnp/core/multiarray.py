"""The former home of `_core.multiarray`: pickles find their constructors, wheels the table."""
from .._core import multiarray as _new
from . import _utils

_ARRAY_API, _reconstruct, scalar = _new._ARRAY_API, _new._reconstruct, _new.scalar

__getattr__ = _utils.forward(__name__)
