"""Fortran to Python interface generator: not written yet, except for where its files are.

The modules can be imported; what they offer raises NotImplementedError when used.
"""
import os

from .. import _unwritten
from . import diagnose, f2py2e

__all__ = ["run_main", "get_include"]

main = f2py2e.main
run_main = f2py2e.run_main
_unwritten.declare(globals(), functions="compile")


def get_include():
    """Folder of fortranobject.c and fortranobject.h."""
    return os.path.join(os.path.dirname(__file__), "src")


def __getattr__(attr):
    if attr == "test":
        from .._pytesttester import PytestTester
        return PytestTester(__name__)
    raise AttributeError(f"module {__name__!r} has no attribute {attr!r}")


def __dir__():
    return sorted(globals().keys() | {"test"})
