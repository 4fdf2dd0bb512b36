"""RandomState: the frozen streams of old, on the Mersenne Twister; and the functions of its one instance."""
import operator
import warnings

from .._core._multiarray_umath import _RandomState as RandomState, _random_complete
from . import _draws
from ._draws import np
from ._mt19937 import MT19937


_CHANCE_TEXTS = ("'p' must be 1-dimensional", "'a' and 'p' must have same size", "probabilities contain NaN", "probabilities are not non-negative",
                 "probabilities do not sum to 1")


class _Methods:
    """The methods of RandomState that are Python."""

    _poisson_lam_max = np.iinfo("l").max - np.sqrt(np.iinfo("l").max) * 10

    def __init__(self, seed=None):
        if seed is None:
            seed = MT19937()
        elif not hasattr(seed, "capsule"):
            bits = MT19937()
            bits._legacy_seeding(seed)
            seed = bits
        self._initialize_bit_generator(seed)

    def _initialize_bit_generator(self, bit_generator):
        self._attach(bit_generator)

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
            self._pair = 0, 0.0

    def get_state(self, legacy=True):
        """The whole state, as a tuple or a dictionary."""
        state = self._bit_generator.state
        if state["bit_generator"] != "MT19937" and legacy:
            warnings.warn("get_state and legacy can only be used with the MT19937 BitGenerator. To silence this "
                          "warning, set `legacy` to False.", RuntimeWarning, stacklevel=2)
            legacy = False
        has, value = self._pair
        if legacy:
            return "MT19937", state["state"]["key"], state["state"]["pos"], has, value
        return {**state, "has_gauss": has, "gauss": value}

    def set_state(self, state):
        """Go back to a state that get_state gave."""
        if isinstance(state, dict):
            if "bit_generator" not in state or "state" not in state:
                raise ValueError("state dictionary is not valid.")
            found = state
        else:
            if not isinstance(state, (tuple, list)):
                raise TypeError("state must be a dict or a tuple.")
            if state[0] != "MT19937":
                raise ValueError("set_state can only be used with legacy MT19937 state instances.")
            found = {"bit_generator": state[0], "state": {"key": state[1], "pos": state[2]}}
            if len(state) > 3:
                found["has_gauss"], found["gauss"] = state[3], state[4]
        pair = int(found.get("has_gauss", 0)), float(found.get("gauss", 0.0))
        self._bit_generator.state = found
        self._pair = pair

    # ---- integers ----

    def random_integers(self, low, high=None, size=None):
        """Integers in [low, high]; deprecated."""
        if high is None:
            warnings.warn(f"This function is deprecated. Please call randint(1, {low} + 1) instead", DeprecationWarning,
                          stacklevel=2)
            low, high = 1, low
        else:
            warnings.warn(f"This function is deprecated. Please call randint({low}, {high} + 1) instead",
                          DeprecationWarning, stacklevel=2)
        return self.randint(low, int(high) + 1, size=size, dtype="l")

    def tomaxint(self, size=None):
        """Integers in [0, the largest of a C long]."""
        if size is None:
            with self._bit_generator.lock:
                return self._interval(2**64 - 1) >> 1
        made = np.empty(size, dtype=np.uint64)
        self._integers(made, 0, 2**64 - 1, True)
        made >>= np.uint64(1)
        return made.view(np.int64)

    # ---- orders ----

    def shuffle(self, x):
        """Permute a sequence in place, along its first axis."""
        _draws.shuffle(self, x, 3, old=True)

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
            made = values.copy() if np.may_share_memory(values, x) else values
            self.shuffle(made)
            return made
        order = np.arange(values.shape[0], dtype=np.intp)
        self.shuffle(order)
        return values[order]

    def choice(self, a, size=None, replace=True, p=None):
        """Elements of a sequence, or of range(a), by chance."""
        values = np.array(a, copy=None)
        if values.ndim == 0:
            values = None
            try:
                count = operator.index(a.item() if isinstance(a, np.ndarray) else a)
            except TypeError as error:
                raise ValueError("a must be 1-dimensional or an integer") from error
        elif values.ndim != 1:
            raise ValueError("a must be 1-dimensional")
        else:
            count = values.shape[0]
        if count <= 0 and np.prod(size if size is not None else 1) != 0:
            raise ValueError("a must be greater than 0 unless no samples are taken" if values is None
                             else "'a' cannot be empty unless no samples are taken")
        if p is not None:
            p = _draws.chances(p, count, _CHANCE_TEXTS)
        wanted = 1 if size is None else int(np.prod(size, dtype=np.intp))
        if replace:
            if p is None:
                found = self.randint(0, count, size=size)
            else:
                cumulated = p.cumsum()
                cumulated /= cumulated[-1]
                found = np.array(cumulated.searchsorted(self.random_sample(size), side="right"), copy=None)
        else:
            if wanted > count:
                raise ValueError("Cannot take a larger sample than population when 'replace=False'")
            if wanted < 0:
                raise ValueError("negative dimensions are not allowed")
            found = self.permutation(count)[:wanted] if p is None else _draws.no_two_alike(self, p, wanted)
            found = found.reshape(() if size is None else size)
        if size is None and isinstance(found, np.ndarray):
            found = found.item()
        if values is None:
            return found
        if size is not None and found.ndim == 0:
            made = np.empty((), dtype=values.dtype)
            made[()] = values[int(found)]
            return made
        return values[found]

    # ---- many outcomes ----

    def multinomial(self, n, pvals, size=None):
        """How many of n fall on each outcome."""
        try:
            len(pvals)
        except TypeError:
            raise TypeError("pvals must be a 1-d sequence") from None
        p = self._outcomes(pvals, pvals)
        if p.ndim != 1:
            _draws.line(pvals)  # which raises
        n = _draws.trial_count(n)
        made = np.zeros((*(() if size is None else _draws.shape_of(size)), p.size), dtype=np.int64)
        if made.size:
            self._multinomial(made, n, p)
        return made

    def dirichlet(self, alpha, size=None):
        """Points of a simplex: gamma numbers over their sum."""
        len(alpha)
        alpha = _draws.line(alpha)
        if (alpha <= 0).any():
            raise ValueError("alpha <= 0")
        shape = (() if size is None else _draws.shape_of(size)) + alpha.shape
        if 0 in shape:
            return np.zeros(shape)
        made = np.empty(shape)
        self._simplex(made, np.ascontiguousarray(alpha))
        return made

    def multivariate_normal(self, mean, cov, size=None, check_valid="warn", tol=1e-8):
        """Normal numbers of given means and covariances."""
        mean, cov, shape = _draws.normal_of_many(mean, cov, size, check_valid)
        drawn = self.standard_normal(shape).reshape(-1, mean.shape[0])
        u, s, vh = np.linalg.svd(cov.astype(np.float64) if cov.dtype.kind != "c" else cov)
        if check_valid != "ignore":
            _draws.report_covariance(np.allclose(np.dot(vh.T * s, vh), cov, rtol=tol, atol=tol), check_valid)
        drawn = np.dot(drawn, np.sqrt(s)[:, None] * vh)
        drawn += mean
        return drawn.reshape(shape)


_random_complete(RandomState, _draws.methods_of(_Methods))
_rand = RandomState()
__all__ = [name for name in dir(RandomState) if not name.startswith("_") and name != "tomaxint"]
for _name in __all__:
    globals()[_name] = getattr(_rand, _name)


class _Front:
    """What the module does around its RandomState."""

    def seed(self, seed=None):
        """Start the module's functions anew."""
        bits = _rand._bit_generator
        if isinstance(bits, MT19937):
            _rand.seed(seed)
        else:
            bits.state = type(bits)(seed).state

    def sample(self, *args, **kwargs):
        """The same as random_sample."""
        return _rand.random_sample(*args, **kwargs)

    def ranf(self, *args, **kwargs):
        """The same as random_sample."""
        return _rand.random_sample(*args, **kwargs)

    def get_bit_generator(self):
        """The bit generator of the module's functions."""
        return _rand._bit_generator

    def set_bit_generator(self, bitgen):
        """Let the module's functions draw from another bit generator."""
        _rand._initialize_bit_generator(bitgen)


_front = _Front()
for _name in ("seed", "sample", "ranf", "get_bit_generator", "set_bit_generator"):
    globals()[_name] = getattr(_front, _name)
for _name in [*__all__, "sample", "ranf", "get_bit_generator", "set_bit_generator"]:
    _function = getattr(globals()[_name], "__func__", globals()[_name])
    _function.__module__ = __package__
    if isinstance(globals()[_name], type(_front.seed)):
        _function.__qualname__ = _name
__all__ += ["RandomState", "ranf", "sample"]
del _function, _name
