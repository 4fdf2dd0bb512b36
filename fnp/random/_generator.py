"""Generator: random numbers from any bit generator."""
import operator

from .._unwritten import unwritten
from . import _draws
from ._draws import answer, filled, np, shape_of
from ._pcg64 import PCG64
from .bit_generator import BitGenerator
from .mtrand import RandomState


class Generator:
    """Random numbers from a bit generator; made by default_rng.

    Examples
    --------
    >>> np.random.default_rng(1).integers(10, size=3)
    array([4, 5, 7])
    """

    def __init__(self, bit_generator):
        if not hasattr(bit_generator, "_stream"):
            raise ValueError("Invalid bit generator. The bit generator must be instantiated.")
        self._bit_generator = bit_generator

    @property
    def bit_generator(self):
        """The bit generator that it draws from."""
        return self._bit_generator

    @property
    def _stream(self):
        return self._bit_generator._stream

    def __repr__(self):
        return f"{self} at 0x{id(self):X}"

    def __str__(self):
        return f"{type(self).__name__}({type(self._bit_generator).__name__})"

    def __reduce__(self):
        from . import _pickle

        return getattr(_pickle, "__generator_ctor"), (self._bit_generator,), None

    def spawn(self, n_children):
        """New independent generators."""
        return [type(self)(g) for g in self._bit_generator.spawn(n_children)]

    def random(self, size=None, dtype=np.float64, out=None):
        """Floats in [0, 1)."""
        kind = np.dtype(dtype)
        if kind not in (np.dtype(np.float64), np.dtype(np.float32)):
            raise TypeError(f"Unsupported dtype {kind!r} for random")
        if out is not None:
            if out.dtype != kind:
                raise TypeError("Supplied output array has the wrong type. Expected {}, got {}".format(kind, out.dtype))
            if size is not None and shape_of(size) != out.shape:
                raise ValueError("size must match out.shape when used together")
            out[...] = self.random(out.shape, dtype)
            return out
        shape = shape_of(size)
        if kind.itemsize == 8:
            return answer(filled(shape, self._stream.doubles), shape)
        words = np.empty(1 if shape is None else shape, dtype=np.uint32)
        self._stream.words(words)
        return answer((words >> np.uint32(8)).astype(np.float32) * np.float32(2.0**-24), shape)

    def uniform(self, low=0.0, high=1.0, size=None):
        """Floats in [low, high)."""
        if not np.all(np.isfinite(np.subtract(high, low))):
            raise OverflowError("high - low range exceeds valid bounds")
        _draws.require(np.subtract(high, low) >= 0, "high < low")
        shape = shape_of(size, low, high)
        low, high = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
        return answer(low + (high - low) * filled(shape, self._stream.doubles), shape)

    def integers(self, low, high=None, size=None, dtype=np.int64, endpoint=False):
        """Integers in [low, high), or [low, high] with `endpoint`."""
        return _draws.integers(self._stream, low, high, size, dtype, closed=endpoint, masked=False)

    bytes = RandomState.bytes

    def shuffle(self, x, axis=0):
        """Permute a sequence in place, along an axis."""
        if axis:
            x = np.swapaxes(x, 0, axis)
        _draws.shuffle(self._stream, x, masked=True)

    def permutation(self, x, axis=0):
        """A permuted copy of a sequence, or a permutation of range(x)."""
        if isinstance(x, (int, np.integer)):
            made = np.arange(x, dtype=np.int64)
            self.shuffle(made)
            return made
        values = np.asarray(x)
        order = np.arange(values.shape[axis], dtype=np.intp)
        self.shuffle(order)
        return np.take(values, order, axis=axis)

    def choice(self, a, size=None, replace=True, p=None, axis=0, shuffle=True):
        """Elements of a sequence, or of range(a), by chance."""
        count, values = _draws.population(a)
        if not replace:
            raise NotImplementedError("numpy.random.Generator.choice without replacement is not written yet")
        if p is not None:
            _, cumulated = _draws.probabilities(p, count)
            found = cumulated.searchsorted(self.random(size), side="right")
        else:
            found = self.integers(0, count, size=size)
        if values is None:
            return int(found) if size is None else found
        return np.take(values, operator.index(found) if size is None else found, axis=axis)


_UNWRITTEN = """beta binomial chisquare dirichlet exponential f gamma geometric gumbel hypergeometric laplace logistic
lognormal logseries multinomial multivariate_hypergeometric multivariate_normal negative_binomial noncentral_chisquare
noncentral_f normal pareto permuted poisson power rayleigh standard_cauchy standard_exponential standard_gamma
standard_normal standard_t triangular vonmises wald weibull zipf""".split()
for _name in _UNWRITTEN:
    setattr(Generator, _name, unwritten("numpy.random.Generator." + _name))
del _name


def default_rng(seed=None):
    """A Generator on PCG64, seeded by anything a SeedSequence takes."""
    if isinstance(seed, Generator):
        return seed
    if isinstance(seed, RandomState):
        return Generator(seed._bit_generator)
    return Generator(seed if isinstance(seed, BitGenerator) else PCG64(seed))
