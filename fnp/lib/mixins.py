"""Operators for classes that implement ``__array_ufunc__``."""
from .._core import umath as um

__all__ = ["NDArrayOperatorsMixin"]


def _opts_out(obj):
    """Objects that set ``__array_ufunc__ = None`` want to handle operators themselves."""
    return getattr(obj, "__array_ufunc__", False) is None


def _named(method, name):
    method.__name__ = f"__{name}__"
    return method


def _forward(ufunc, name):
    def operator(self, other):
        return NotImplemented if _opts_out(other) else ufunc(self, other)

    return _named(operator, name)


def _reflected(ufunc, name):
    def operator(self, other):
        return NotImplemented if _opts_out(other) else ufunc(other, self)

    return _named(operator, f"r{name}")


def _in_place(ufunc, name):
    def operator(self, other):
        return ufunc(self, other, out=(self,))

    return _named(operator, f"i{name}")


def _three(ufunc, name):
    return _forward(ufunc, name), _reflected(ufunc, name), _in_place(ufunc, name)


def _unary(ufunc, name):
    def operator(self):
        return ufunc(self)

    return _named(operator, name)


class NDArrayOperatorsMixin:
    """All operators of Python's data model, in terms of ufuncs.

    A class that inherits from it and has ``__array_ufunc__`` works with ``+``, ``<`` and so on, in
    either place.

    Examples
    --------
    >>> class Always42(np.lib.mixins.NDArrayOperatorsMixin):
    ...     def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
    ...         return 42
    >>> Always42() + 1
    42
    """

    __slots__ = ()

    __lt__ = _forward(um.less, "lt")
    __le__ = _forward(um.less_equal, "le")
    __eq__ = _forward(um.equal, "eq")
    __ne__ = _forward(um.not_equal, "ne")
    __gt__ = _forward(um.greater, "gt")
    __ge__ = _forward(um.greater_equal, "ge")

    __add__, __radd__, __iadd__ = _three(um.add, "add")
    __sub__, __rsub__, __isub__ = _three(um.subtract, "sub")
    __mul__, __rmul__, __imul__ = _three(um.multiply, "mul")
    __matmul__, __rmatmul__, __imatmul__ = _three(um.matmul, "matmul")
    __truediv__, __rtruediv__, __itruediv__ = _three(um.true_divide, "truediv")
    __floordiv__, __rfloordiv__, __ifloordiv__ = _three(um.floor_divide, "floordiv")
    __mod__, __rmod__, __imod__ = _three(um.remainder, "mod")
    __divmod__ = _forward(um.divmod, "divmod")
    __rdivmod__ = _reflected(um.divmod, "divmod")
    # pow() with a third argument has no ufunc
    __pow__, __rpow__, __ipow__ = _three(um.power, "pow")
    __lshift__, __rlshift__, __ilshift__ = _three(um.left_shift, "lshift")
    __rshift__, __rrshift__, __irshift__ = _three(um.right_shift, "rshift")
    __and__, __rand__, __iand__ = _three(um.bitwise_and, "and")
    __xor__, __rxor__, __ixor__ = _three(um.bitwise_xor, "xor")
    __or__, __ror__, __ior__ = _three(um.bitwise_or, "or")

    __neg__ = _unary(um.negative, "neg")
    __pos__ = _unary(um.positive, "pos")
    __abs__ = _unary(um.absolute, "abs")
    __invert__ = _unary(um.invert, "invert")
