"""The matrix class: arrays of exactly two dimensions, with `*` as the matrix product."""
from . import defmatrix
from .defmatrix import asmatrix, bmat, matrix  # noqa: F401

__all__ = defmatrix.__all__

from .._pytesttester import PytestTester  # noqa: E402

test = PytestTester(__name__)
del PytestTester
