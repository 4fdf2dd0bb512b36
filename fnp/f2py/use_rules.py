"""A part of f2py: not written yet; every name raises when called."""
from .._unwritten import unwritten

_NAMES = """
    buildusevar buildusevars
"""
globals().update((name, unwritten(f"f2py.use_rules.{name}")) for name in _NAMES.split())
