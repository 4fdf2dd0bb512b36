"""A part of f2py: not written yet; every name raises when called."""
from .._unwritten import unwritten

_NAMES = """
    buildhooks findf90modules fortran_eol
"""
globals().update((name, unwritten(f"f2py.f90mod_rules.{name}")) for name in _NAMES.split())
