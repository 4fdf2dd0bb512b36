"""What every module of this folder starts from.

`np` is the package this copy was loaded as.  Its attributes are looked up at call time, so it may be
imported while the root is still filling itself.  `public` decorates a function of the main namespace.
"""
import functools
import sys

from .._core._multiarray_umath import _array_converter  # noqa: F401
from .._core.overrides import array_function_dispatch

np = sys.modules[__package__.rpartition(".")[0]]
public = functools.partial(array_function_dispatch, module="numpy")
