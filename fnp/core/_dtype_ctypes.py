"""The former home of `_core._dtype_ctypes`."""
from ._utils import forward

__getattr__ = forward(__name__)
