"""A part of f2py: not written yet; every name raises when called."""
from .._unwritten import unwritten

_NAMES = """
    run run_command
"""
globals().update((name, unwritten(f"f2py.diagnose.{name}")) for name in _NAMES.split())
