"""The former home of `_core.numeric`."""
from ._utils import forward

__getattr__ = forward(__name__)
