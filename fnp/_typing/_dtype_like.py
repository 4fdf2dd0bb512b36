"""What can become a dtype, as types. Filled on first use."""
from ._lazy import room

__getattr__ = room(__name__)
