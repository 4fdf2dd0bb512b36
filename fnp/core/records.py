"""The former home of `_core.records`."""
from . import _utils

__getattr__ = _utils.forward(__name__)
