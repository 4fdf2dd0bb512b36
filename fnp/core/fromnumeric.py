"""The former home of `_core.fromnumeric`."""
from ._utils import forward

__getattr__ = forward(__name__)
