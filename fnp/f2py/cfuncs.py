"""A part of f2py: not written yet; every name raises when called."""
from .._unwritten import unwritten

_NAMES = """
    append_needs get_needs buildcfuncs
"""
globals().update((name, unwritten(f"f2py.cfuncs.{name}")) for name in _NAMES.split())
