"""What is taken as a scalar, as types. Filled on first use."""
from ._lazy import room

__getattr__ = room(__name__)
