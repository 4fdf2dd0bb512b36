"""A part of f2py: not written yet; every name raises when called."""
from .._unwritten import unwritten

_NAMES = """
    gen_typemaps iso_c_binding_map isoc_c2pycode_map iso_c2py_map
"""
globals().update((name, unwritten(f"f2py._isocbind.{name}")) for name in _NAMES.split())
