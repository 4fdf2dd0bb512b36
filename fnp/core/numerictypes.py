"""The former home of `_core.numerictypes`."""
from ._utils import forward

__getattr__ = forward(__name__)
