"""The former home of `_core.multiarray`: pickles find their constructors, wheels the table."""
from .._core import multiarray as _new
from ._utils import forward

_ARRAY_API, _reconstruct, scalar = _new._ARRAY_API, _new._reconstruct, _new.scalar

__getattr__ = forward(__name__)
