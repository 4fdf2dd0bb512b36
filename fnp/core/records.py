"""The former home of `_core.records`."""
from ._utils import forward

__getattr__ = forward(__name__)
