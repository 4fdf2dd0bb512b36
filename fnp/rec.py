"""Public home of `_core.records`."""
from ._core.records import *  # noqa: F403
from ._core.records import __all__  # noqa: F401
