"""`vectorize`: Python functions that broadcast."""

from .._core.overrides import set_module
from .._core.umath import frompyfunc
from .._globals import _NoValue
from ._root import np

_NAMES = r"(?:\w+(?:,\w+)*)?"
_GROUP = rf"\({_NAMES}\)"
_SIGNATURE = rf"{_GROUP}(?:,{_GROUP})*->{_GROUP}(?:,{_GROUP})*"


def _parse_gufunc_signature(signature):
    """Names of the core dimensions of all inputs and of all outputs: two lists of tuples."""
    import re

    compact = re.sub(r"\s+", "", signature)
    if not re.fullmatch(_SIGNATURE, compact):
        raise ValueError(f"not a valid gufunc signature: {compact}")
    return tuple(
        [tuple(re.findall(r"\w+", group)) for group in re.findall(_GROUP, side)]
        for side in compact.split("->")
    )


def _bind_sizes(sizes, array, names):
    """Note the lengths of the last axes of `array` under their names, or check them."""
    if not names:
        return
    count = len(names)
    if array.ndim < count:
        raise ValueError(
            f"{array.ndim}-dimensional argument does not have enough "
            f"dimensions for all core dimensions {names!r}"
        )
    for name, length in zip(names, array.shape[-count:]):
        known = sizes.setdefault(name, length)
        if known != length:
            raise ValueError(
                f"inconsistent size for core dimension {name!r}: {length!r} vs {known!r}"
            )


def _make_results(loop_shape, sizes, core_names, dtypes, samples=None):
    arrays = []
    for i, (names, dtype) in enumerate(zip(core_names, dtypes)):
        shape = loop_shape + tuple(sizes[name] for name in names)
        if samples is None:
            arrays.append(np.empty(shape, dtype))
        else:
            arrays.append(np.empty_like(samples[i], dtype=dtype, shape=shape))
    return tuple(arrays)


def _output_type(dtype):
    # strings keep their kind only: the length follows from the results
    return dtype.char if dtype.char in "SU" else dtype


@set_module("numpy")
class vectorize:
    """Wrap a Python function so that it broadcasts over its arguments.

    It is a convenience: the loop still calls the function once per element.

    Parameters
    ----------
    pyfunc : callable, optional
        Left out where `vectorize` decorates with keyword arguments.
    otypes : str or list of dtypes, optional
        Types of the outputs; by default those of the first call's results.
    doc : str, optional
    excluded : set of str or int, optional
        Names or positions of arguments that are passed on as they are.
    cache : bool
        Keep the result of the first call, which finds the output types.
    signature : str, optional
        Core dimensions, such as ``(m,n),(n)->(m)``: then the function gets and returns arrays.

    Examples
    --------
    >>> f = np.vectorize(lambda a, b: a if a > b else b)
    >>> f([1, 5], 3)
    array([3, 5])
    """

    def __init__(
        self, pyfunc=_NoValue, otypes=None, doc=None, excluded=None, cache=False, signature=None
    ):
        if pyfunc is not _NoValue and not callable(pyfunc):
            raise TypeError("When used as a decorator, only accepts keyword arguments.")
        self.pyfunc = pyfunc
        self.cache = cache
        self.signature = signature
        if pyfunc is not _NoValue and hasattr(pyfunc, "__name__"):
            self.__name__ = pyfunc.__name__
        self._ufunc = {}
        self._doc = doc
        self.__doc__ = pyfunc.__doc__ if doc is None else doc

        if isinstance(otypes, str):
            for char in otypes:
                if char not in np.typecodes["All"]:
                    raise ValueError(f"Invalid otype specified: {char}")
        elif np.iterable(otypes):
            otypes = [_output_type(np.dtype(kind)) for kind in otypes]
        elif otypes is not None:
            raise ValueError("Invalid otype specification")
        self.otypes = otypes
        self.excluded = set() if excluded is None else set(excluded)
        self._in_and_out_core_dims = (
            None if signature is None else _parse_gufunc_signature(signature)
        )

    def _init_stage_2(self, pyfunc, *args, **kwargs):
        """Second half of the decorator form."""
        self.__name__ = pyfunc.__name__
        self.pyfunc = pyfunc
        if self._doc is None:
            self.__doc__ = pyfunc.__doc__
        else:
            self.__doc__ = self._doc
        return self

    def __call__(self, *args, **kwargs):
        if self.pyfunc is _NoValue:
            return self._init_stage_2(*args, **kwargs)
        return self._broadcast(*args, **kwargs)

    def _broadcast(self, *args, **kwargs):
        if not kwargs and not self.excluded:
            return self._run(self.pyfunc, args)
        # hide what is excluded, and give the rest, keywords too, positions
        fixed = list(args)
        loose = [i for i in range(len(args)) if i not in self.excluded]
        names = [name for name in kwargs if name not in self.excluded]

        def call(*values):
            for place, value in zip(loose, values):
                fixed[place] = value
            kwargs.update(zip(names, values[len(loose):]))
            return self.pyfunc(*fixed, **kwargs)

        moving = [args[i] for i in loose] + [kwargs[name] for name in names]
        return self._run(call, moving)

    def _run(self, func, args):
        if self.signature is not None:
            return self._run_with_core(func, args)
        if not args:
            return func()
        ufunc, otypes = self._prepare(func, args)
        # out=... keeps a single object wrapped, whatever it is
        result = ufunc(*(np.asanyarray(a, dtype=object) for a in args), out=...)
        if ufunc.nout == 1:
            return np.asanyarray(result, dtype=otypes[0])
        return tuple(np.asanyarray(x, dtype=t) for x, t in zip(result, otypes))

    def _prepare(self, func, args):
        """A ufunc of the function, and the types of its outputs."""
        if self.otypes is not None:
            otypes = self.otypes
            nin, nout = len(args), len(otypes)
            if func is not self.pyfunc:
                return frompyfunc(func, nin, nout), otypes
            if nin not in self._ufunc:
                self._ufunc[nin] = frompyfunc(func, nin, nout)
            return self._ufunc[nin], otypes

        args = [np.asarray(a) for a in args]
        if any(a.size == 0 for a in args):
            raise ValueError("cannot call `vectorize` on size 0 inputs unless `otypes` is set")
        first = func(*(a.flat[0] for a in args))
        values = first if isinstance(first, tuple) else (first,)
        nout = len(values)
        otypes = "".join(np.asarray(v).dtype.char for v in values)
        if self.cache:
            func = self._with_first(func, first)
        return frompyfunc(func, len(args), nout), otypes

    @staticmethod
    def _with_first(func, first):
        """`func`, knowing what its first call returns."""
        known = [first]
        return lambda *values: known.pop() if known else func(*values)

    def _run_with_core(self, func, args):
        in_names, out_names = self._in_and_out_core_dims
        if len(args) != len(in_names):
            raise TypeError(
                "wrong number of positional arguments: "
                f"expected {len(in_names)!r}, got {len(args)!r}"
            )
        args = tuple(np.asanyarray(a) for a in args)
        sizes = {}
        outer = []
        for a, names in zip(args, in_names):
            _bind_sizes(sizes, a, names)
            outer.append(a.shape[: a.ndim - len(names)])
        loop = np.broadcast_shapes(*outer)
        args = [
            np.broadcast_to(a, loop + tuple(sizes[n] for n in names), subok=True)
            for a, names in zip(args, in_names)
        ]

        nout = len(out_names)
        results = None
        for index in np.ndindex(*loop):
            values = func(*(a[index] for a in args))
            got = len(values) if isinstance(values, tuple) else 1
            if got != nout:
                raise ValueError(
                    f"wrong number of outputs from pyfunc: expected {nout!r}, got {got!r}"
                )
            if nout == 1:
                values = (values,)
            if results is None:
                for value, names in zip(values, out_names):
                    _bind_sizes(sizes, np.asarray(value), names)
                samples = [np.asanyarray(value) for value in values]
                types = self.otypes or [s.dtype for s in samples]
                results = _make_results(loop, sizes, out_names, types, samples)
            for array, value in zip(results, values):
                array[index] = value

        if results is None:
            # no call was made
            if self.otypes is None:
                raise ValueError("cannot call `vectorize` on size 0 inputs unless `otypes` is set")
            if any(name not in sizes for names in out_names for name in names):
                raise ValueError(
                    "cannot call `vectorize` with a signature including new output dimensions "
                    "on size 0 inputs"
                )
            results = _make_results(loop, sizes, out_names, self.otypes)
        return results[0] if nout == 1 else results
