"""The former home of `_core.overrides`."""
from ._utils import forward

__getattr__ = forward(__name__)
