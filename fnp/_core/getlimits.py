"""Limits of the floating-point and integer types."""
import math
import types
import warnings
from functools import cached_property

from .._utils import set_module
from . import numeric, numerictypes as ntypes
from ._multiarray_umath import _populate_finfo_constants

__all__ = ['finfo', 'iinfo']

_RULE = '-' * 63 + '\n'

# Complex type -> type of its parts.
_convert_to_float = {ntypes.csingle: ntypes.single, ntypes.cdouble: ntypes.double,
                     ntypes.clongdouble: ntypes.longdouble}


def _as_dtype(thing):
    try:
        return numeric.dtype(thing)
    except TypeError:
        # A number stands for its type.
        return numeric.dtype(type(thing))


@set_module('numpy')
class finfo:
    """Limits of a floating-point type; a complex type stands for that of its parts.

    Parameters
    ----------
    dtype : dtype_like, or a floating-point number

    Attributes
    ----------
    bits, nmant, nexp, iexp : int
        Sizes of the number, its mantissa (without a hidden bit) and its exponent.
    eps, epsneg : float
        Distance from 1 to the next larger, the next smaller number.
    machep, negep : int
        Their exponents.
    max, min, smallest_normal, smallest_subnormal, tiny : float
        `tiny` is another name of `smallest_normal`.
    maxexp, minexp : int
        Least power of two that overflows; exponent of the smallest normal number.
    precision, resolution : int, float
        Decimal digits that are kept surely, and ``10**-precision``.
    """

    _finfo_cache = {}

    __class_getitem__ = classmethod(types.GenericAlias)

    def __new__(cls, dtype):
        # Types and dtypes only: a number may equal one of another type.
        cacheable = isinstance(dtype, (type, numeric.dtype))
        if cacheable and dtype in cls._finfo_cache:
            return cls._finfo_cache[dtype]
        if dtype is None:
            warnings.warn('finfo() dtype cannot be None. This behavior will raise an error in the '
                          'future. (Deprecated in NumPy 1.25)', DeprecationWarning, stacklevel=2)
        descr = _as_dtype(dtype)
        scalar = _convert_to_float.get(descr.type, descr.type)
        if not issubclass(scalar, numeric.floating):
            raise ValueError(f'data type {scalar!r} not inexact')
        found = cls._finfo_cache.get(scalar)
        if found is None:
            found = object.__new__(cls)._init(scalar)
            cls._finfo_cache[scalar] = found
        cls._finfo_cache[descr] = found
        if cacheable:
            cls._finfo_cache[dtype] = found
        return found

    def _init(self, scalar):
        self.dtype = numeric.dtype(scalar)
        self.bits = 8 * self.dtype.itemsize
        _populate_finfo_constants(self, self.dtype)
        return self

    machep = cached_property(lambda self: -self.nmant)
    negep = cached_property(lambda self: -self.nmant - 1)
    nexp = cached_property(lambda self: math.ceil(math.log2(self.maxexp - self.minexp + 1)))
    iexp = cached_property(lambda self: self.nexp)
    epsneg = cached_property(lambda self: self.eps / self._radix)
    resolution = cached_property(lambda self: self.dtype.type(10) ** -self.precision)
    tiny = cached_property(lambda self: self.smallest_normal)

    def __str__(self):
        return (f'Machine parameters for {self.dtype}\n' + _RULE +
                f'precision = {self.precision}   resolution = {self.resolution!s}\n'
                f'machep = {self.machep}   eps =        {self.eps!s}\n'
                f'negep =  {self.negep}   epsneg =     {self.epsneg!s}\n'
                f'minexp = {self.minexp}   tiny =       {self.tiny!s}\n'
                f'maxexp = {self.maxexp}   max =        {self.max!s}\n'
                f'nexp =   {self.nexp}   min =        -max\n'
                f'smallest_normal = {self.smallest_normal!s}   '
                f'smallest_subnormal = {self.smallest_subnormal!s}\n' + _RULE)

    def __repr__(self):
        # As many digits as tell two numbers of the type apart.
        digits = {2: '.5e', 4: '.7e', 8: '.16e'}.get(self.dtype.itemsize)
        low, high, step = (format(float(x), digits) if digits else str(x)
                           for x in (self.min, self.max, self.resolution))
        return (f'{type(self).__name__}(resolution={self.resolution!s}, min={low}, max={high}, '
                f'dtype={self.dtype})')


@set_module('numpy')
class iinfo:
    """Limits of an integer type.

    Parameters
    ----------
    int_type : dtype_like, or an integer

    Attributes
    ----------
    bits, min, max : int
    """

    __class_getitem__ = classmethod(types.GenericAlias)

    def __init__(self, int_type):
        self.dtype = _as_dtype(int_type)
        self.kind = self.dtype.kind
        if self.kind not in 'iu':
            raise ValueError(f'Invalid integer data type {self.kind!r}.')
        self.bits = 8 * self.dtype.itemsize
        self.key = f'{self.kind}{self.bits}'

    @property
    def min(self):
        """Smallest value of the type."""
        return -(1 << self.bits - 1) if self.kind == 'i' else 0

    @property
    def max(self):
        """Greatest value of the type."""
        return (1 << self.bits - (self.kind == 'i')) - 1

    def __str__(self):
        return (f'Machine parameters for {self.dtype}\n' + _RULE +
                f'min = {self.min}\nmax = {self.max}\n' + _RULE)

    def __repr__(self):
        return f'{type(self).__name__}(min={self.min}, max={self.max}, dtype={self.dtype})'
