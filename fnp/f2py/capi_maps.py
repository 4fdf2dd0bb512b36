"""A part of f2py: not written yet; every name raises when called."""
from .._unwritten import unwritten

_NAMES = """
    getctype getstrlength getarrdims getpydocsign getarrdocsign getinit get_elsize sign2map routsign2map
    modsign2map cb_sign2map cb_routsign2map common_sign2map process_f2cmap_dict load_f2cmap_file f2cmap_all
"""
globals().update((name, unwritten(f"f2py.capi_maps.{name}")) for name in _NAMES.split())
