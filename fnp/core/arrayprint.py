"""The former home of `_core.arrayprint`."""
from ._utils import forward

__getattr__ = forward(__name__)
