"""The former home of `_core._dtype`."""
from ._utils import forward

__getattr__ = forward(__name__)
