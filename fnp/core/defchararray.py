"""The former home of `_core.defchararray`."""
from ._utils import forward

__getattr__ = forward(__name__)
