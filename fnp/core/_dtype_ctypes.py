"""The former home of `_core._dtype_ctypes`."""
from . import _utils

__getattr__ = _utils.forward(__name__)
