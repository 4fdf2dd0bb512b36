"""The former home of `_core.shape_base`."""
from . import _utils

__getattr__ = _utils.forward(__name__)
