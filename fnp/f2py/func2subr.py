"""A part of f2py: not written yet; every name raises when called."""
from .._unwritten import unwritten

_NAMES = """
    assubr createfuncwrapper createsubrwrapper var2fixfortran
"""
globals().update((name, unwritten(f"f2py.func2subr.{name}")) for name in _NAMES.split())
