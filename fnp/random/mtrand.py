"""RandomState: the frozen streams of old, on the Mersenne Twister; and the functions of its one instance."""
import operator
import warnings

from .._unwritten import unwritten
from . import _draws
from ._draws import answer, filled, np, require, shape_of
from ._mt19937 import MT19937


class RandomState:
    """Random numbers whose streams never change.

    Parameters
    ----------
    seed : None, int, array of ints, or BitGenerator

    Examples
    --------
    >>> np.random.RandomState(1).randint(10, size=3)
    array([5, 8, 9])
    """

    def __init__(self, seed=None):
        if seed is None or not hasattr(seed, "_stream"):
            generator = MT19937()
            if seed is not None:
                generator._legacy_seeding(seed)
            seed = generator
        self._bit_generator = seed

    @property
    def _stream(self):
        return self._bit_generator._stream

    def __repr__(self):
        return f"{self} at 0x{id(self):X}"

    def __str__(self):
        return f"{type(self).__name__}({type(self._bit_generator).__name__})"

    def __reduce__(self):
        from . import _pickle

        return getattr(_pickle, "__randomstate_ctor"), (self._bit_generator,), self.get_state(legacy=False)

    def __getstate__(self):
        return self.get_state(legacy=False)

    def __setstate__(self, state):
        self.set_state(state)

    def seed(self, seed=None):
        """Start anew."""
        if not isinstance(self._bit_generator, MT19937):
            raise TypeError("can only re-seed a MT19937 BitGenerator")
        with self._bit_generator.lock:
            self._bit_generator._legacy_seeding(seed)

    def get_state(self, legacy=True):
        """The whole state, as a tuple or a dictionary."""
        state = self._bit_generator.state
        if not isinstance(self._bit_generator, MT19937):
            return state
        _, _, has, value = self._stream.get()
        if legacy:
            return "MT19937", state["state"]["key"], state["state"]["pos"], has, value
        return {**state, "has_gauss": has, "gauss": value}

    def set_state(self, state):
        """Go back to a state that get_state gave."""
        if isinstance(state, dict):
            if "bit_generator" not in state or "state" not in state:
                raise ValueError("state dictionary is not valid.")
            if state["bit_generator"] != "MT19937":
                self._bit_generator.state = state
                return
            key, pos = state["state"]["key"], state["state"]["pos"]
            has, value = state.get("has_gauss", 0), state.get("gauss", 0.0)
        else:
            if not isinstance(state, (tuple, list)):
                raise TypeError("state must be a dict or a tuple.")
            with_pair = len(state) > 3
            if state[0] != "MT19937":
                raise ValueError("set_state can only be used with legacy MT19937 state instances.")
            key, pos = state[1], state[2]
            has, value = (state[3], state[4]) if with_pair else (0, 0.0)
        key = np.asarray(key, dtype=np.uint32)
        self._stream.set(key.tobytes(), int(pos), int(has), float(value))

    # ---- uniform ----

    def random_sample(self, size=None):
        """Floats in [0, 1)."""
        shape = shape_of(size)
        return answer(filled(shape, self._stream.doubles), shape)

    def random(self, size=None):
        """The same as random_sample."""
        return self.random_sample(size)

    def rand(self, *args):
        """Floats in [0, 1) of a shape."""
        return self.random_sample(args if args else None)

    def uniform(self, low=0.0, high=1.0, size=None):
        """Floats in [low, high)."""
        if not np.all(np.isfinite(np.subtract(high, low))):
            raise OverflowError("Range exceeds valid bounds")
        shape = shape_of(size, low, high)
        low, high = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
        return answer(low + (high - low) * filled(shape, self._stream.doubles), shape)

    def bytes(self, length):
        """That many random bytes."""
        words = np.empty((length - 1) // 4 + 1 if length > 0 else 0, dtype=np.uint32)
        self._stream.words(words)
        return words.astype("<u4").tobytes()[:length]

    def randint(self, low, high=None, size=None, dtype=int):
        """Integers in [low, high)."""
        return _draws.integers(self._stream, low, high, size, dtype, closed=False, masked=True)

    def random_integers(self, low, high=None, size=None):
        """Integers in [low, high]; deprecated."""
        if high is None:
            warnings.warn(("This function is deprecated. Please call randint(1, {low} + 1) instead".format(low=low)),
                          DeprecationWarning, stacklevel=2)
            low, high = 1, low
        else:
            warnings.warn(("This function is deprecated. Please call randint({low}, {high} + 1) instead".format(
                low=low, high=high)), DeprecationWarning, stacklevel=2)
        return self.randint(low, int(high) + 1, size=size, dtype="l")

    def tomaxint(self, size=None):
        """Integers in [0, the largest of a C long]."""
        shape = shape_of(size)
        made = np.empty(1 if shape is None else shape, dtype=np.uint64)
        self._stream.integers(made, 2**64 - 1, True, 64)
        return answer((made >> np.uint64(1)).astype(np.int64), shape)

    # ---- by a formula from one uniform number each ----

    def _by_formula(self, size, parameters, formula):
        shape = shape_of(size, *parameters)
        parameters = [np.asarray(p, dtype=float) for p in parameters]
        with np.errstate(all="ignore"):
            return answer(formula(filled(shape, self._stream.doubles), *parameters), shape)

    def standard_exponential(self, size=None):
        """Exponential numbers of mean one."""
        return self._by_formula(size, (), lambda u: -np.log(1.0 - u))

    def exponential(self, scale=1.0, size=None):
        """Exponential numbers of mean `scale`."""
        require(np.asarray(scale) >= 0, "scale < 0")
        return self._by_formula(size, (scale,), lambda u, s: s * -np.log(1.0 - u))

    def laplace(self, loc=0.0, scale=1.0, size=None):
        """Double exponential numbers."""
        require(np.asarray(scale) >= 0, "scale < 0")
        return self._by_formula(size, (loc, scale), lambda u, m, s: np.where(
            u >= 0.5, m - s * np.log(2.0 - u - u), m + s * np.log(u + u)))

    def logistic(self, loc=0.0, scale=1.0, size=None):
        """Logistic numbers."""
        require(np.asarray(scale) >= 0, "scale < 0")
        return self._by_formula(size, (loc, scale), lambda u, m, s: m + s * np.log(u / (1.0 - u)))

    def gumbel(self, loc=0.0, scale=1.0, size=None):
        """Numbers of the Gumbel distribution of maxima."""
        require(np.asarray(scale) >= 0, "scale < 0")
        return self._by_formula(size, (loc, scale), lambda u, m, s: m - s * np.log(-np.log(1.0 - u)))

    def rayleigh(self, scale=1.0, size=None):
        """Rayleigh numbers."""
        require(np.asarray(scale) >= 0, "scale < 0")
        return self._by_formula(size, (scale,), lambda u, s: s * np.sqrt(-2.0 * np.log(1.0 - u)))

    def weibull(self, a, size=None):
        """Weibull numbers of shape `a`."""
        require(np.asarray(a) >= 0, "a < 0")
        return self._by_formula(size, (a,), lambda u, a: (-np.log(1.0 - u)) ** (1.0 / a))

    def pareto(self, a, size=None):
        """Pareto II numbers of shape `a`."""
        require(np.asarray(a) > 0, "a <= 0")
        return self._by_formula(size, (a,), lambda u, a: np.exp(-np.log(1.0 - u) / a) - 1.0)

    def power(self, a, size=None):
        """Numbers in [0, 1] with density a * x**(a - 1)."""
        require(np.asarray(a) > 0, "a <= 0")
        return self._by_formula(size, (a,), lambda u, a: (1.0 - np.exp(np.log(1.0 - u))) ** (1.0 / a))

    def triangular(self, left, mode, right, size=None):
        """Numbers of the triangular distribution."""
        left, mode, right = (np.asarray(p, dtype=float) for p in (left, mode, right))
        require(left <= mode, "left > mode")
        require(mode <= right, "mode > right")
        require(left != right, "left == right")

        def formula(u, a, c, b):
            base, first = b - a, c - a
            ratio = first / base
            return np.where(u <= ratio, a + np.sqrt(u * first * base), b - np.sqrt((1.0 - u) * (b - c) * base))

        return self._by_formula(size, (left, mode, right), formula)

    # ---- normal ----

    def standard_normal(self, size=None):
        """Normal numbers of mean zero and deviation one."""
        shape = shape_of(size)
        return answer(filled(shape, self._stream.normals), shape)

    def randn(self, *args):
        """Standard normal numbers of a shape."""
        return self.standard_normal(args if args else None)

    def normal(self, loc=0.0, scale=1.0, size=None):
        """Normal numbers."""
        require(np.asarray(scale) >= 0, "scale < 0")
        shape = shape_of(size, loc, scale)
        drawn = filled(shape, self._stream.normals)
        return answer(np.asarray(loc, dtype=float) + np.asarray(scale, dtype=float) * drawn, shape)

    def lognormal(self, mean=0.0, sigma=1.0, size=None):
        """Numbers whose logarithm is normal."""
        require(np.asarray(sigma) >= 0, "sigma < 0")
        shape = shape_of(size, mean, sigma)
        drawn = filled(shape, self._stream.normals)
        return answer(np.exp(np.asarray(mean, dtype=float) + np.asarray(sigma, dtype=float) * drawn), shape)

    def standard_cauchy(self, size=None):
        """Cauchy numbers: quotients of two normal ones."""
        shape = shape_of(size)
        pairs = filled((*(shape or ()), 2), self._stream.normals)
        return answer(pairs[..., 0] / pairs[..., 1], shape)

    # ---- permutations ----

    def shuffle(self, x):
        """Permute a sequence in place, along its first axis."""
        _draws.shuffle(self._stream, x, masked=True)

    def permutation(self, x):
        """A permuted copy of a sequence, or a permutation of range(x)."""
        if isinstance(x, (int, np.integer)):
            made = np.arange(x, dtype="l")
            self.shuffle(made)
            return made
        values = np.asarray(x)
        if values.ndim < 1:
            raise IndexError("x must be an integer or at least 1-dimensional")
        if values.ndim == 1:
            made = values.copy()
            self.shuffle(made)
            return made
        order = np.arange(values.shape[0], dtype=np.intp)
        self.shuffle(order)
        return values[order]

    def choice(self, a, size=None, replace=True, p=None):
        """Elements of a sequence, or of range(a), by chance."""
        count, values = _draws.population(a)
        wanted = 1 if size is None else int(np.prod(size, dtype=np.intp))
        if count <= 0 and wanted != 0:
            raise ValueError("a must be greater than 0 unless no samples are taken" if values is None
                             else "'a' cannot be empty unless no samples are taken")
        shape = None if size is None else size
        if p is not None:
            p, cumulated = _draws.probabilities(p, count)
        if replace:
            if p is None:
                found = self.randint(0, count, size=shape)
            else:
                found = cumulated.searchsorted(self.random_sample(shape), side="right")
        else:
            if wanted > count:
                raise ValueError("Cannot take a larger sample than population when 'replace=False'")
            if p is None:
                found = self.permutation(count)[:wanted]
            else:
                found = self._without_replacement(p, wanted)
            found = found.reshape(()) if size is None else found.reshape(size)
        if values is None:
            return found.item() if size is None and isinstance(found, np.ndarray) else found
        if size is None:
            return values[operator.index(np.asarray(found).item())]
        return values[found]

    def _without_replacement(self, p, wanted):
        if np.count_nonzero(p > 0) < wanted:
            raise ValueError("Fewer non-zero entries in p than size")
        p, found = p.copy(), np.empty(0, dtype=np.int64)
        while found.size < wanted:
            u = self.random_sample(wanted - found.size)
            p[found] = 0
            cumulated = np.cumsum(p)
            cumulated /= cumulated[-1]
            new = cumulated.searchsorted(u, side="right")
            _, first = np.unique(new, return_index=True)
            found = np.concatenate([found, new[np.sort(first)]])
        return found


_UNWRITTEN = """beta binomial chisquare dirichlet f gamma geometric hypergeometric logseries multinomial
multivariate_normal negative_binomial noncentral_chisquare noncentral_f poisson standard_gamma standard_t vonmises
wald zipf""".split()
for _name in _UNWRITTEN:
    setattr(RandomState, _name, unwritten("numpy.random.RandomState." + _name))

_rand = RandomState()
__all__ = [name for name in dir(RandomState) if not name.startswith("_") and name != "tomaxint"]
for _name in __all__:
    globals()[_name] = getattr(_rand, _name)
ranf = sample = random_sample  # noqa: F821
__all__ += ["RandomState", "ranf", "sample"]


def get_bit_generator():
    """The bit generator of the module's functions."""
    return _rand._bit_generator


def set_bit_generator(bitgen):
    """Let the module's functions draw from another bit generator."""
    _rand._bit_generator = bitgen


del _name
