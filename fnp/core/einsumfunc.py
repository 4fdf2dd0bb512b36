"""The former home of `_core.einsumfunc`."""
from ._utils import forward

__getattr__ = forward(__name__)
