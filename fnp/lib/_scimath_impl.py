"""Elementary functions that go complex where the real ones are not defined."""
from .._core.overrides import array_function_dispatch
from ._root import np

__all__ = [
    "sqrt",
    "log",
    "log2",
    "logn",
    "log10",
    "power",
    "arccos",
    "arcsin",
    "arctanh",
]

# single precision complex holds these exactly
_FIT_SINGLE = "bBhHf"


def _public(dispatcher):
    return array_function_dispatch(dispatcher, module="numpy.lib.scimath")


def _tocomplex(arr):
    """The array in the complex type of its precision."""
    small = arr.dtype.char in _FIT_SINGLE or arr.dtype.char == "F"
    return arr.astype(np.csingle if small else np.cdouble)


def _fix(x, outside):
    """`x` as an array, complex if `outside` holds for any real element."""
    x = np.asarray(x)
    return _tocomplex(x) if np.any(np.isreal(x) & outside(x)) else x


def _fix_real_lt_zero(x):
    return _fix(x, lambda v: v < 0)


def _fix_real_abs_gt_1(x):
    return _fix(x, lambda v: np.abs(v) > 1)


def _fix_int_lt_zero(x):
    """Integers do not have negative powers; floats do."""
    x = np.asarray(x)
    return x * 1.0 if np.any(np.isreal(x) & (x < 0)) else x


_one = _public(lambda x: (x,))


@_one
def sqrt(x):
    """Square root; imaginary for negative numbers.

    Examples
    --------
    >>> np.emath.sqrt(-1)
    np.complex128(1j)
    """
    return np.sqrt(_fix_real_lt_zero(x))


@_one
def log(x):
    """Natural logarithm; complex for negative numbers.

    Examples
    --------
    >>> np.emath.log(-np.exp(1))
    np.complex128(1+3.141592653589793j)
    """
    return np.log(_fix_real_lt_zero(x))


@_one
def log10(x):
    """Logarithm of base 10; complex for negative numbers.

    Examples
    --------
    >>> np.emath.log10(100)
    np.float64(2.0)
    """
    return np.log10(_fix_real_lt_zero(x))


@_public(lambda n, x: (n, x))
def logn(n, x):
    """Logarithm of base `n`; complex where either is negative.

    Examples
    --------
    >>> np.emath.logn(2, 8)
    np.float64(3.0)
    """
    return np.log(_fix_real_lt_zero(x)) / np.log(_fix_real_lt_zero(n))


@_one
def log2(x):
    """Logarithm of base 2; complex for negative numbers.

    Examples
    --------
    >>> np.emath.log2(8)
    np.float64(3.0)
    """
    return np.log2(_fix_real_lt_zero(x))


@_public(lambda x, p: (x, p))
def power(x, p):
    """`x` to the power `p`; complex for negative bases, float for negative exponents.

    Examples
    --------
    >>> np.emath.power([2, 4], -2)
    array([0.25  , 0.0625])
    """
    return np.power(_fix_real_lt_zero(x), _fix_int_lt_zero(p))


@_one
def arccos(x):
    """Inverse cosine; complex outside of [-1, 1].

    Examples
    --------
    >>> np.emath.arccos(1)
    np.float64(0.0)
    """
    return np.arccos(_fix_real_abs_gt_1(x))


@_one
def arcsin(x):
    """Inverse sine; complex outside of [-1, 1].

    Examples
    --------
    >>> np.emath.arcsin(0)
    np.float64(0.0)
    """
    return np.arcsin(_fix_real_abs_gt_1(x))


@_one
def arctanh(x):
    """Inverse hyperbolic tangent; complex outside of [-1, 1].

    Examples
    --------
    >>> np.emath.arctanh(0.5)
    np.float64(0.5493061443340549)
    """
    return np.arctanh(_fix_real_abs_gt_1(x))
