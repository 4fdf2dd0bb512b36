"""Functions that stand on arrays: statistics, sets, grids, files, polynomials and more.

What is public here is in the submodules that are named in ``__all__``; nearly all functions are in the
main namespace.
"""
from .._core.function_base import add_newdoc
from .._core.multiarray import add_docstring, tracemalloc_domain
from . import (
    _array_utils_impl,
    _arraypad_impl,
    _arraysetops_impl,
    _arrayterator_impl,
    _datasource,
    _format_impl,
    _function_base_impl,
    _histograms_impl,
    _index_tricks_impl,
    _iotools,
    _nanfunctions_impl,
    _npyio_impl,
    _polynomial_impl,
    _scimath_impl,
    _shape_base_impl,
    _stride_tricks_impl,
    _twodim_base_impl,
    _type_check_impl,
    _ufunclike_impl,
    _utils_impl,
    _version,
    array_utils,
    format,
    introspect,
    mixins,
    npyio,
    scimath,
    stride_tricks,
)
from ._arrayterator_impl import Arrayterator
from ._version import NumpyVersion

__all__ = [
    "Arrayterator",
    "add_docstring",
    "add_newdoc",
    "array_utils",
    "format",
    "introspect",
    "mixins",
    "NumpyVersion",
    "npyio",
    "scimath",
    "stride_tricks",
    "tracemalloc_domain",
]

add_newdoc.__module__ = __name__

from .._pytesttester import PytestTester  # noqa: E402

test = PytestTester(__name__)
del PytestTester

# modules that had a name without underscore
_NOW_PRIVATE = frozenset((
    "arraypad", "arraysetops", "function_base", "histograms", "index_tricks",
    "nanfunctions", "polynomial", "shape_base", "twodim_base", "type_check", "ufunclike", "utils",
))


def __getattr__(attr):
    if attr == "math":
        import math
        import warnings

        warnings.warn(
            "`np.lib.math` is a deprecated alias for the standard library `math` module "
            "(Deprecated Numpy 1.25). Replace usages of `numpy.lib.math` with `math`",
            DeprecationWarning,
            stacklevel=2,
        )
        return math
    if attr == "emath":
        raise AttributeError(
            "numpy.lib.emath was an alias for emath module that was removed in NumPy 2.0. "
            "Replace usages of numpy.lib.emath with numpy.emath.",
            name=None,
        )
    if attr == "arrayterator":
        raise AttributeError(
            "numpy.lib.arrayterator submodule is now private. To access Arrayterator class use "
            "numpy.lib.Arrayterator.",
            name=None,
        )
    if attr in _NOW_PRIVATE:
        raise AttributeError(
            f"numpy.lib.{attr} is now private. If you are using a public function, it should be "
            "available in the main numpy namespace, otherwise check the NumPy 2.0 migration guide.",
            name=None,
        )
    raise AttributeError(f"module {__name__!r} has no attribute {attr!r}")
