"""The former home of `_core.function_base`."""
from ._utils import forward

__getattr__ = forward(__name__)
