"""The operators of masked arrays."""
import operator

from . import _operations as ops
from ._array import MaskedArray
from ._masks import getmask, make_mask_none, mask_or, nomask
from ._operations import getdata
from ._root import np


def _method(name, function):
    function.__name__ = f"__{name}__"
    function.__qualname__ = f"MaskedArray.{function.__name__}"
    setattr(MaskedArray, function.__name__, function)


def _comparison(name):
    compare = getattr(operator, name)

    def function(self, other):
        return self._comparison(other, compare)

    _method(name, function)


def _operator(name, operation):
    """An operator and its reflection, which is only called where the other operand declined."""

    def forward(self, other):
        return NotImplemented if self._delegate_binop(other) else operation(self, other)

    def reflected(self, other):
        return operation(other, self)

    _method(name, forward)
    _method("r" + name, reflected)


def _in_place(name, neutral, domain=None):
    """Change unmasked elements only; the neutral element leaves the others as they are."""
    change = getattr(np.ndarray, f"__{name}__")

    def function(self, other):
        operand, mask = getdata(other), getmask(other)
        if domain is not None:
            undefined = domain(self._data, operand)
            mask = mask_or(mask, undefined)
            if undefined.any():
                operand = np.where(undefined, operand.dtype.type(domain.replacement), operand)
        if mask is not nomask and (self._mask is not nomask or domain is not None or mask.any()):
            if self._mask is nomask:
                self._mask = make_mask_none(self.shape, self.dtype)
            self._mask |= mask
        change(self._data, np.where(self._mask, operand.dtype.type(neutral), operand))
        return self

    _method(name, function)


def _power(self, other):
    """Powers that are not finite become masked."""
    data, exponent = self._data, getdata(other)
    exponent = np.where(self._mask, exponent.dtype.type(1), exponent)
    with np.errstate(divide="ignore", invalid="ignore"):
        data.__ipow__(exponent)
    infinite = ~np.isfinite(data)
    if infinite.any():
        data[infinite] = self.fill_value
    for more in (getmask(other), infinite):
        self._mask = mask_or(self._mask, more)
    return self


def _give_operators():
    for name in ("eq", "ne", "le", "lt", "ge", "gt"):
        _comparison(name)
    for name, operation in (
        ("add", ops.add), ("sub", ops.subtract), ("mul", ops.multiply),
        ("truediv", ops.true_divide), ("floordiv", ops.floor_divide), ("pow", _power_of),
    ):
        _operator(name, operation)
    for name, neutral in (("iadd", 0), ("isub", 0), ("imul", 1)):
        _in_place(name, neutral)
    for name, ufunc in (("itruediv", np.true_divide), ("ifloordiv", np.floor_divide)):
        domain = ops._DomainSafeDivide()
        domain.replacement = ops.ufunc_fills[ufunc][1]
        _in_place(name, 1, domain)
    _method("ipow", _power)


def _power_of(base, exponent):
    from ._functions import power

    return power(base, exponent)


_give_operators()
