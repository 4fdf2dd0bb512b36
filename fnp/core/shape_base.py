"""The former home of `_core.shape_base`."""
from ._utils import forward

__getattr__ = forward(__name__)
