"""The gufuncs behind the transforms."""
from .._core import _multiarray_umath as _ext

globals().update(_ext._fft_gufuncs())
