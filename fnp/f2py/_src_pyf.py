"""Templates of signature files: not written yet; every name raises when called."""
from .._unwritten import unwritten

_NAMES = """
    process_str process_file resolve_includes
"""
globals().update((name, unwritten(f"f2py._src_pyf.{name}")) for name in _NAMES.split())
