"""Fortran to Python interface generator.

`crackfortran` reads Fortran and signature files into dictionaries, `rules` writes C and Fortran
around what they describe, `_backends` compile it, `f2py2e` is the command line.
"""
import os

from . import diagnose, f2py2e

__all__ = ["run_main", "get_include"]

main = f2py2e.main
run_main = f2py2e.run_main
_HERE = os.path.dirname(os.path.abspath(__file__))


def get_include():
    """Folder of fortranobject.c and fortranobject.h."""
    return os.path.join(_HERE, "src")


def __getattr__(attr):
    if attr == "test":
        from .._pytesttester import PytestTester
        return PytestTester(__name__)
    raise AttributeError(f"module {__name__!r} has no attribute {attr!r}")


def __dir__():
    return sorted(globals().keys() | {"test"})
