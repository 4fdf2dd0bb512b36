"""The former home of `_core.getlimits`."""
from ._utils import forward

__getattr__ = forward(__name__)
