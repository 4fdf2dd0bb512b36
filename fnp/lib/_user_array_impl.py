"""`container`: a class that holds an array rather than being one."""
from .._core import umath as um
from .._core.overrides import set_module
from ._root import np


def _binary(ufunc):
    def operator(self, other):
        return self._rc(ufunc(self.array, other))

    return operator


def _reflected(ufunc):
    def operator(self, other):
        return self._rc(ufunc(other, self.array))

    return operator


def _in_place(ufunc):
    def operator(self, other):
        ufunc(self.array, other, self.array)
        return self

    return operator


@set_module("numpy.lib.user_array")
class container:
    """Wrapper of an array, as a base for classes that want to own one.

    Parameters
    ----------
    data : array_like
    dtype : data-type, optional
    copy : bool

    Examples
    --------
    >>> c = np.lib.user_array.container([1, 2])
    >>> (c + 1).array
    array([2, 3])
    """

    def __init_subclass__(cls) -> None:
        import warnings

        warnings.warn(
            "The numpy.lib.user_array.container class is deprecated and will be removed in a "
            "future version.",
            DeprecationWarning,
            stacklevel=2,
        )

    def __init__(self, data, dtype=None, copy=True):
        self.array = np.array(data, dtype, copy=copy)

    def __repr__(self):
        text = repr(self.array)
        return type(self).__name__ + (f"({text})" if self.ndim == 0 else text[len("array") :])

    def __array__(self, t=None):
        return self.array.astype(t) if t else self.array

    def __len__(self):
        return len(self.array)

    def __getitem__(self, index):
        return self._rc(self.array[index])

    def __setitem__(self, index, value):
        self.array[index] = np.asarray(value, self.dtype)

    def _scalarfunc(self, func):
        if self.ndim != 0:
            raise TypeError("only rank-0 arrays can be converted to Python scalars.")
        return func(self[0])

    def copy(self):
        """A container of a copy."""
        return self._rc(self.array.copy())

    def tobytes(self):
        """The bytes of the array."""
        return self.array.tobytes()

    def byteswap(self):
        """A container of the array with bytes swapped."""
        return self._rc(self.array.byteswap())

    def astype(self, typecode):
        """A container of the array in another type."""
        return self._rc(self.array.astype(typecode))

    def _rc(self, a):
        return a if len(np.shape(a)) == 0 else type(self)(a)

    def __array_wrap__(self, *args):
        return type(self)(args[0])

    def __getattr__(self, attr):
        # asked for only when ordinary lookup has failed
        if attr == "array":
            raise AttributeError(attr)
        return getattr(self.array, attr)

    def __setattr__(self, attr, value):
        # what the array does not take is the container's own
        if attr != "array":
            try:
                setattr(self.array, attr, value)
            except AttributeError:
                pass
            else:
                return
        object.__setattr__(self, attr, value)


def _fill_in():
    """Give `container` its operators."""
    def put(name, function):
        function.__name__ = f"__{name}__"
        setattr(container, function.__name__, function)

    def scalar(kind):
        return lambda self: self._scalarfunc(kind)

    def unary(ufunc):
        return lambda self: self._rc(ufunc(self.array))

    for kind in (complex, float, int, hex, oct):
        put(kind.__name__, scalar(kind))
    for name, ufunc in (("abs", um.absolute), ("neg", um.negative), ("invert", um.invert)):
        put(name, unary(ufunc))
    put("pos", lambda self: self._rc(self.array))
    comparisons = zip(
        ("lt", "le", "eq", "ne", "gt", "ge"),
        (um.less, um.less_equal, um.equal, um.not_equal, um.greater, um.greater_equal),
    )
    for name, ufunc in comparisons:
        put(name, _binary(ufunc))
    arithmetic = {
        "add": um.add, "sub": um.subtract, "mul": um.multiply, "mod": um.remainder,
        "divmod": um.divmod, "pow": um.power, "lshift": um.left_shift, "rshift": um.right_shift,
        "and": um.bitwise_and, "xor": um.bitwise_xor, "or": um.bitwise_or,
    }
    for name, ufunc in arithmetic.items():
        put(name, _binary(ufunc))
        put("r" + name, _reflected(ufunc))
        if name != "divmod":
            put("i" + name, _in_place(ufunc))
    container.__hash__ = None


_fill_in()
