"""Wrapper modules: not written yet; every name raises when called."""
from .._unwritten import unwritten

_NAMES = """
    buildapi buildmodule
"""
globals().update((name, unwritten(f"f2py.rules.{name}")) for name in _NAMES.split())
