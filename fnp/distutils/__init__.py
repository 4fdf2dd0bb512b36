"""Building extensions by distutils: deprecated, gone with Python 3.12, and not written here.

The modules that programs import are there; what they offer raises NotImplementedError when used.
"""
import sys as _sys
import warnings as _warnings

from .. import _unwritten

if _sys.version_info >= (3, 12):
    raise ModuleNotFoundError(f"No module named {__name__!r}", name=__name__)
_warnings.warn("numpy.distutils is deprecated, and so is distutils itself: build with Meson, or with setuptools < 60",
               DeprecationWarning, stacklevel=2)
_unwritten.declare(globals(), functions="customized_ccompiler customized_fcompiler")
