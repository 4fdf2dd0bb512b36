"""Linear algebra: decompositions, eigenvalues, norms, equations; over the last two axes of stacked arrays."""
from . import _linalg
from ._linalg import *  # noqa: F403
from ._linalg import __all__ as _names
from .._pytesttester import PytestTester

__all__ = _names.copy()
test = PytestTester(__name__)
del PytestTester

