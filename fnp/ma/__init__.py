"""Arrays with missing or invalid values.

A masked array is an array with a mask of booleans; what is masked takes no part in computations.

Examples
--------
>>> x = np.ma.array([1, 2, 3], mask=[0, 1, 0])
>>> x.mean()
np.float64(2.0)
"""
from . import core, extras
from .core import *  # noqa: F403
from .extras import *  # noqa: F403

__all__ = ["core", "extras"]
__all__ += core.__all__
__all__ += extras.__all__

from .._pytesttester import PytestTester  # noqa: E402

test = PytestTester(__name__)
del PytestTester
