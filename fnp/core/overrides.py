"""The former home of `_core.overrides`."""
from . import _utils

__getattr__ = _utils.forward(__name__)
