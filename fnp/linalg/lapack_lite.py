"""LAPACK by its own names, for programs that still import it; `numpy.linalg` does not need it."""
from .._core import _multiarray_umath as _ext


class LapackError(Exception):
    """A LAPACK routine was called with arguments that it refuses."""


_ilp64 = True
globals().update(_ext._lapack_routines(__name__))
del _ext
