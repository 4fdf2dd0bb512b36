"""Public home of `_core.defchararray`."""
from ._core.defchararray import *  # noqa: F403
from ._core.defchararray import __all__  # noqa: F401
