"""Ufuncs for masked arrays: masked where an operand is, and where a result is undefined."""
import warnings

from .._core import umath as um
from .._core.overrides import set_module
from ._masks import getmask, getmaskarray, make_mask, mask_or, nomask
from ._root import np

# set by `_array`, which is made with what is here
MaskedArray = MaskedConstant = masked = None

# by ufunc: where it is not defined, and what replaces masked operands
ufunc_domain = {}
ufunc_fills = {}

_own = set_module("numpy.ma.core")


def _quiet():
    return np.errstate(divide="ignore", invalid="ignore")


def getdata(a, subok=True):
    """The data of a masked array, or anything else as an array.

    Examples
    --------
    >>> np.ma.getdata(np.ma.array([1, 2], mask=[0, 1]))
    array([1, 2])
    """
    try:
        data = a._data
    except AttributeError:
        data = np.array(a, copy=None, subok=subok)
    return data if subok else data.view(np.ndarray)


get_data = getdata


def filled(a, fill_value=None):
    """The data of a masked array, with the fill value for masked elements.

    Examples
    --------
    >>> np.ma.filled(np.ma.array([1, 2], mask=[0, 1]), 9)
    array([1, 9])
    """
    if hasattr(a, "filled"):
        return a.filled(fill_value)
    return a if isinstance(a, np.ndarray) else np.array(a)


def get_masked_subclass(*arrays):
    """The most specific class of masked arrays among the arguments."""
    best = MaskedArray
    for array in arrays:
        kind = type(array)
        if kind is not best and issubclass(kind, best):
            best = kind
    return MaskedArray if best is MaskedConstant else best


def _dress(result, mask, *sources):
    """An array result as a masked array, with what the first masked source has besides data."""
    dressed = result.view(get_masked_subclass(*sources))
    dressed._mask = mask
    for source in sources:
        if isinstance(source, MaskedArray):
            dressed._update_from(source)
            break
    return dressed


# --- domains: called with operands, they tell where a function is not defined ---------------------


@_own
class _DomainCheckInterval:
    """Outside of ``[a, b]``."""

    def __init__(self, a, b):
        self.a, self.b = min(a, b), max(a, b)

    def __call__(self, x):
        with np.errstate(invalid="ignore"):
            return um.logical_or(um.greater(x, self.b), um.less(x, self.a))


@_own
class _DomainTan:
    """Where the cosine is closer to zero than `eps`."""

    def __init__(self, eps):
        self.eps = eps

    def __call__(self, x):
        with np.errstate(invalid="ignore"):
            return um.less(um.absolute(um.cos(x)), self.eps)


@_own
class _DomainSafeDivide:
    """Where a quotient overflows."""

    def __init__(self, tolerance=None):
        self.tolerance = tolerance

    def __call__(self, a, b):
        numerator, denominator = map(np.asarray, (a, b))
        # not at import: finfo takes its time
        smallest = np.finfo(float).tiny if self.tolerance is None else self.tolerance
        with np.errstate(all="ignore"):
            return um.less_equal(um.absolute(denominator), smallest * um.absolute(numerator))


@_own
class _DomainGreater:
    """At most the critical value."""

    def __init__(self, critical_value):
        self.critical_value = critical_value

    def __call__(self, x):
        with np.errstate(invalid="ignore"):
            return um.less_equal(x, self.critical_value)


@_own
class _DomainGreaterEqual:
    """Less than the critical value."""

    def __init__(self, critical_value):
        self.critical_value = critical_value

    def __call__(self, x):
        with np.errstate(invalid="ignore"):
            return um.less(x, self.critical_value)


# --- operations -----------------------------------------------------------------------------------


@_own
class _MaskedUFunc:
    """Base of the operations: holds the ufunc, and registers what is known of it."""

    def __init__(self, ufunc):
        self.f = ufunc
        self.__doc__ = ufunc.__doc__
        self.__name__ = self.__qualname__ = ufunc.__name__

    def _register(self, domain, fills):
        ufunc_domain[self.f] = domain
        ufunc_fills[self.f] = fills

    def __str__(self):
        return f"Masked version of {self.f}"


@_own
class _MaskedUnaryOperation(_MaskedUFunc):
    """A ufunc of one operand.

    Parameters
    ----------
    mufunc : ufunc
    fill : scalar
        For masked operands.
    domain : callable, optional
    """

    def __init__(self, mufunc, fill=0, domain=None):
        super().__init__(mufunc)
        self.domain, self.fill = domain, fill
        self._register(domain, fill)

    def __call__(self, a, *args, **kwargs):
        data = getdata(a)
        with _quiet():
            result = self.f(data, *args, **kwargs)
        mask = getmask(a)
        if self.domain is not None:
            # what is infinite or NaN was not defined either
            with _quiet():
                undefined = ~um.isfinite(result)
            undefined |= self.domain(data)
            undefined |= mask
            mask = undefined
        if not result.ndim:
            return masked if mask else result
        if mask is not nomask:
            # masked elements keep their operand, as far as the type allows
            try:
                np.copyto(result, data, where=mask)
            except TypeError:
                pass
        return _dress(result, mask, a)


def _joint_mask(a, b):
    """Where either operand is masked."""
    if getmask(a) is nomask and getmask(b) is nomask:
        return nomask
    return mask_or(getmaskarray(a), getmaskarray(b), shrink=False)


def _pair_mask(a, b):
    """The mask of all pairs of elements."""
    if getmask(a) is nomask and getmask(b) is nomask:
        return nomask
    return um.logical_or.outer(*map(getmaskarray, (a, b)))


@_own
class _MaskedBinaryOperation(_MaskedUFunc):
    """A ufunc of two operands that is defined everywhere.

    Parameters
    ----------
    mbfunc : ufunc
    fillx, filly : scalar
        For masked operands; the second one does not change a reduction.
    """

    def __init__(self, mbfunc, fillx=0, filly=0):
        super().__init__(mbfunc)
        self.fillx, self.filly = fillx, filly
        self._register(None, (fillx, filly))

    def __call__(self, a, b, *args, **kwargs):
        data_a, data_b = getdata(a), getdata(b)
        with _quiet():
            result = self.f(data_a, data_b, *args, **kwargs)
        mask = _joint_mask(a, b)
        if not result.ndim:
            return masked if mask else result
        if mask is not nomask and mask.any():
            # masked elements keep the first operand
            try:
                np.copyto(result, data_a, casting="unsafe", where=mask)
            except Exception:
                pass
        return _dress(result, mask, a, b)

    def reduce(self, target, axis=0, dtype=None):
        """Reduce along an axis; masked where all elements are."""
        kind = get_masked_subclass(target)
        mask = getmask(target)
        data = filled(target, self.filly)
        if data.shape == ():
            data = data.reshape(1)
            if mask is not nomask:
                mask = make_mask(mask, copy=True)
                mask.shape = (1,)
        if mask is nomask:
            result = self.f.reduce(data, axis)
            mask = nomask
        else:
            result = self.f.reduce(data, axis, dtype=dtype)
            mask = um.logical_and.reduce(mask, axis)
        if not result.shape:
            return masked if mask else result
        result = result.view(kind)
        result._mask = mask
        return result

    def outer(self, a, b):
        """Apply it to all pairs of elements."""
        data_a, data_b = getdata(a), getdata(b)
        result = self.f.outer(data_a, data_b)
        mask = _pair_mask(a, b)
        if not result.ndim:
            return masked if mask else result
        if mask is not nomask:
            np.copyto(result, data_a.reshape(data_a.shape + (1,) * np.ndim(data_b)), where=mask)
        dressed = result.view(get_masked_subclass(a, b))
        dressed._mask = mask
        return dressed

    def accumulate(self, target, axis=0):
        """Partial results; masked elements count as the neutral one."""
        kind = get_masked_subclass(target)
        return self.f.accumulate(filled(target, self.filly), axis).view(kind)


@_own
class _DomainedBinaryOperation(_MaskedUFunc):
    """A ufunc of two operands that is not defined everywhere.

    Parameters
    ----------
    dbfunc : ufunc
    domain : callable
    fillx, filly : scalar
    """

    def __init__(self, dbfunc, domain, fillx=0, filly=0):
        super().__init__(dbfunc)
        self.domain = domain
        self.fillx, self.filly = fillx, filly
        self._register(domain, (fillx, filly))

    def __call__(self, a, b, *args, **kwargs):
        data_a, data_b = getdata(a), getdata(b)
        with _quiet():
            result = self.f(data_a, data_b, *args, **kwargs)
        mask = um.logical_not(um.isfinite(result))
        domain = ufunc_domain.get(self.f)
        undefined = nomask if domain is None else domain(data_a, data_b)
        for more in (undefined, getmask(a), getmask(b)):
            mask |= more
        if not result.ndim:
            return masked if mask else result
        _keep_operand(result, data_a, mask)
        return _dress(result, mask, a, b)


def _keep_operand(result, operand, mask):
    """Masked elements keep the operand, as far as the type allows; else they are zero."""
    try:
        np.copyto(result, 0, casting="unsafe", where=mask)
        kept = um.multiply(mask, operand)
        if np.can_cast(kept.dtype, result.dtype, casting="safe"):
            result += kept
    except Exception:
        # types that know no product with booleans
        pass


@_own
class _extrema_operation(_MaskedUFunc):
    """Minimum and maximum.

    Parameters
    ----------
    ufunc : ufunc
    compare : callable
        Whether the first operand is the one.
    fill_value : callable
        Gives the value that loses for a type.
    """

    def __init__(self, ufunc, compare, fill_value):
        super().__init__(ufunc)
        self.fill_value_func, self.compare = fill_value, compare

    def __call__(self, a, b):
        from ._functions import where

        return where(self.compare(a, b), a, b)

    def reduce(self, target, axis=np._NoValue):
        """The extremum along an axis."""
        target = np.array(target, copy=None, subok=True)
        mask = getmask(target)
        if axis is np._NoValue and target.ndim > 1:
            from ._masks import MaskedArrayFutureWarning

            name = self.__name__
            warnings.warn(
                f"In the future the default for ma.{name}.reduce will be axis=0, not the current "
                f"None, to match np.{name}.reduce. Explicitly pass 0 or None to silence this "
                "warning.",
                MaskedArrayFutureWarning,
                stacklevel=2,
            )
            axis = None
        options = {} if axis is np._NoValue else {"axis": axis}
        if mask is nomask:
            return self.f.reduce(target, **options)
        data = target.filled(self.fill_value_func(target)).view(type(target))
        result = self.f.reduce(data, **options)
        mask = um.logical_and.reduce(mask, **options)
        if hasattr(result, "_mask"):
            result._mask = mask
        elif mask:
            return masked
        return result

    def outer(self, a, b):
        """The extrema of all pairs of elements."""
        result = self.f.outer(*map(filled, (a, b)))
        if not isinstance(result, MaskedArray):
            result = result.view(MaskedArray)
        result._mask = _pair_mask(a, b)
        return result


# --- the operations themselves --------------------------------------------------------------------

exp = _MaskedUnaryOperation(um.exp)
conjugate = _MaskedUnaryOperation(um.conjugate)
sin = _MaskedUnaryOperation(um.sin)
cos = _MaskedUnaryOperation(um.cos)
arctan = _MaskedUnaryOperation(um.arctan)
arcsinh = _MaskedUnaryOperation(um.arcsinh)
sinh = _MaskedUnaryOperation(um.sinh)
cosh = _MaskedUnaryOperation(um.cosh)
tanh = _MaskedUnaryOperation(um.tanh)
abs = absolute = _MaskedUnaryOperation(um.absolute)
angle = _MaskedUnaryOperation(np.angle)
fabs = _MaskedUnaryOperation(um.fabs)
negative = _MaskedUnaryOperation(um.negative)
floor = _MaskedUnaryOperation(um.floor)
ceil = _MaskedUnaryOperation(um.ceil)
around = _MaskedUnaryOperation(np.around)
logical_not = _MaskedUnaryOperation(um.logical_not)

sqrt = _MaskedUnaryOperation(um.sqrt, 0.0, _DomainGreaterEqual(0.0))
log = _MaskedUnaryOperation(um.log, 1.0, _DomainGreater(0.0))
log2 = _MaskedUnaryOperation(um.log2, 1.0, _DomainGreater(0.0))
log10 = _MaskedUnaryOperation(um.log10, 1.0, _DomainGreater(0.0))
tan = _MaskedUnaryOperation(um.tan, 0.0, _DomainTan(1e-35))
arcsin = _MaskedUnaryOperation(um.arcsin, 0.0, _DomainCheckInterval(-1.0, 1.0))
arccos = _MaskedUnaryOperation(um.arccos, 0.0, _DomainCheckInterval(-1.0, 1.0))
arccosh = _MaskedUnaryOperation(um.arccosh, 1.0, _DomainGreaterEqual(1.0))
arctanh = _MaskedUnaryOperation(um.arctanh, 0.0, _DomainCheckInterval(-1.0 + 1e-15, 1.0 - 1e-15))

add = _MaskedBinaryOperation(um.add)
subtract = _MaskedBinaryOperation(um.subtract)
multiply = _MaskedBinaryOperation(um.multiply, 1, 1)
arctan2 = _MaskedBinaryOperation(um.arctan2, 0.0, 1.0)
equal = _MaskedBinaryOperation(um.equal)
not_equal = _MaskedBinaryOperation(um.not_equal)
less_equal = _MaskedBinaryOperation(um.less_equal)
greater_equal = _MaskedBinaryOperation(um.greater_equal)
less = _MaskedBinaryOperation(um.less)
greater = _MaskedBinaryOperation(um.greater)
logical_and = _MaskedBinaryOperation(um.logical_and)
logical_or = _MaskedBinaryOperation(um.logical_or)
logical_xor = _MaskedBinaryOperation(um.logical_xor)
bitwise_and = _MaskedBinaryOperation(um.bitwise_and)
bitwise_or = _MaskedBinaryOperation(um.bitwise_or)
bitwise_xor = _MaskedBinaryOperation(um.bitwise_xor)
hypot = _MaskedBinaryOperation(um.hypot)
for _operation in (equal, not_equal, less_equal, greater_equal, less, greater):
    _operation.reduce = None
# the neutral element of a conjunction is true
alltrue = _MaskedBinaryOperation(um.logical_and, 1, 1).reduce
sometrue = logical_or.reduce
logical_and = _MaskedBinaryOperation(um.logical_and)

divide = _DomainedBinaryOperation(um.divide, _DomainSafeDivide(), 0, 1)
true_divide = divide
floor_divide = _DomainedBinaryOperation(um.floor_divide, _DomainSafeDivide(), 0, 1)
remainder = _DomainedBinaryOperation(um.remainder, _DomainSafeDivide(), 0, 1)
fmod = _DomainedBinaryOperation(um.fmod, _DomainSafeDivide(), 0, 1)
mod = remainder
