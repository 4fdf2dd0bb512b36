"""The array core: one C extension, and thin Python modules around it under NumPy's paths."""
from ..version import version as __version__  # noqa: F401
from . import multiarray

from .. import dtypes as _dtypes

_dtypes._publish(multiarray)

from . import _internal, umath  # noqa: F401
from .numerictypes import sctypeDict, sctypes  # noqa: F401

multiarray.set_typeDict(sctypeDict)

from . import numeric
from .numeric import *  # noqa: F403
from .numeric import absolute as abs
from . import einsumfunc, fromnumeric, function_base, getlimits, records, shape_base  # noqa: F401
from .einsumfunc import *  # noqa: F403
from .function_base import *  # noqa: F403
from .getlimits import *  # noqa: F403
from .memmap import memmap
from .records import recarray, record
from .shape_base import *  # noqa: F403
from . import _add_newdocs, _add_newdocs_scalars, _dtype, _dtype_ctypes  # noqa: F401
from . import _exceptions, _methods  # noqa: F401

# The array API standard's names for functions that have older ones.
from .numeric import (
    arccos as acos,
    arccosh as acosh,
    arcsin as asin,
    arcsinh as asinh,
    arctan as atan,
    arctan2 as atan2,
    arctanh as atanh,
    concatenate as concat,
    invert as bitwise_invert,
    left_shift as bitwise_left_shift,
    power as pow,
    right_shift as bitwise_right_shift,
    transpose as permute_dims,
)

__all__ = ['abs', 'acos', 'acosh', 'asin', 'asinh', 'atan', 'atan2', 'atanh', 'bitwise_invert',
           'bitwise_left_shift', 'bitwise_right_shift', 'concat', 'permute_dims', 'pow',
           'memmap', 'record', 'recarray', 'sctypeDict']
for _part in numeric, function_base, getlimits, shape_base, einsumfunc:
    __all__ += _part.__all__
del _part


def _DType_reconstruct(scalar_type):
    """Unpickle the class of a user's dtype by its scalar type."""
    return type(multiarray.dtype(scalar_type))


def _DType_reduce(cls):
    # A returned string is a global name. Only user-defined legacy classes have no home of that name.
    if cls._legacy and cls.__module__ != _dtypes.__name__:
        return _DType_reconstruct, (cls.type,)
    return cls.__name__


def _ufunc_reduce(func):
    return func.__name__


import copyreg as _copyreg

_copyreg.pickle(numeric.ufunc, _ufunc_reduce)
_copyreg.pickle(type(multiarray.dtype), _DType_reduce)

from .._pytesttester import PytestTester as _PytestTester

test = _PytestTester(__name__)
del _copyreg, _PytestTester
