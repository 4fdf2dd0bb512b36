"""Public home of `_core.strings`."""
from ._core.strings import *  # noqa: F403
from ._core.strings import __all__  # noqa: F401
