"""Assertions and helpers for tests of array code: the public face of `_private.utils`."""
from unittest import TestCase

from . import _private, overrides
from ._private import extbuild
from ._private.utils import *
from ._private.utils import __all__ as _utils_all
from ._private.utils import _assert_valid_refcount, _gen_alignment_data

__all__ = [*_utils_all, "TestCase", "overrides"]

del _utils_all


def _tester():
    from .._pytesttester import PytestTester

    return PytestTester(__name__)


try:
    test = _tester()
except ImportError:  # the package's own test runner is optional here
    pass
del _tester
