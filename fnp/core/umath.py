"""The former home of `_core.umath`."""
from ._utils import forward

__getattr__ = forward(__name__)
