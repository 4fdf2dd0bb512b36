"""A part of f2py: not written yet; every name raises when called."""
from .._unwritten import unwritten

_NAMES = """
    buildcallback buildcallbacks
"""
globals().update((name, unwritten(f"f2py.cb_rules.{name}")) for name in _NAMES.split())
