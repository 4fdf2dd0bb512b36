"""A part of f2py: not written yet; every name raises when called."""
from ..._unwritten import unwritten

_NAMES = """
    Backend
"""
globals().update((name, unwritten(f"f2py._backends._backend.{name}")) for name in _NAMES.split())
