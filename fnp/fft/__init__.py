"""Discrete Fourier transforms."""
from . import _helper, _pocketfft
from ._helper import *  # noqa: F403
from ._pocketfft import *  # noqa: F403
from .._pytesttester import PytestTester

__all__ = _pocketfft.__all__ + _helper.__all__
test = PytestTester(__name__)
del PytestTester
