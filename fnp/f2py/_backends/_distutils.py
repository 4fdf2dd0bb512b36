"""A part of f2py: not written yet; every name raises when called."""
from ..._unwritten import unwritten

_NAMES = """
    DistutilsBackend
"""
globals().update((name, unwritten(f"f2py._backends._distutils.{name}")) for name in _NAMES.split())
