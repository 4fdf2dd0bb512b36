"""The gufuncs over LAPACK."""
from .._core import _multiarray_umath as _ext

globals().update(_ext._linalg_gufuncs())
_ilp64 = True
