"""RandomState: the legacy stream of MT19937 (Matsumoto and Nishimura 1998), equal to NumPy's draw by draw.

The twister is Python's own; what is NumPy's is the seeding, the use of its words and the polar normal with its cached
second value.
"""
import math as _math
import operator as _operator
import random as _python_random

from .. import _core
from .._core import multiarray as _ma
from .._core import numeric as _nx

_WORDS = 624


def _words_from_integer(seed):
    """Knuth's recurrence (init_genrand of the reference implementation)."""
    state = [seed & 0xFFFFFFFF]
    for i in range(1, _WORDS):
        prev = state[-1]
        state.append((1812433253 * (prev ^ (prev >> 30)) + i) & 0xFFFFFFFF)
    return state


def _words_from_key(key):
    """init_by_array of the reference implementation."""
    state = _words_from_integer(19650218)
    i, j, m = 1, 0, 0xFFFFFFFF
    for _ in range(max(_WORDS, len(key))):
        state[i] = ((state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1664525)) + key[j] + j) & m
        i, j = i + 1, j + 1
        if i >= _WORDS:
            state[0], i = state[-1], 1
        if j >= len(key):
            j = 0
    for _ in range(_WORDS - 1):
        state[i] = ((state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1566083941)) - i) & m
        i += 1
        if i >= _WORDS:
            state[0], i = state[-1], 1
    state[0] = 0x80000000
    return state


class RandomState:
    """Container for the Mersenne Twister stream of earlier NumPy versions."""

    def __init__(self, seed=None):
        self._py = _python_random.Random()
        self._has_gauss, self._gauss = 0, 0.0
        self.seed(seed)

    def seed(self, seed=None):
        if seed is None:
            words = [self._fresh() for _ in range(_WORDS)]
            words[0] = 0x80000000
        elif isinstance(seed, (int, _nx.integer)) or hasattr(seed, "__index__"):
            value = _operator.index(seed)
            if not 0 <= value < 2**32:
                raise ValueError("Seed must be between 0 and 2**32 - 1")
            words = _words_from_integer(value)
        else:
            key = _nx.asarray(seed)
            if key.size == 0:
                raise ValueError("Seed must be non-empty")
            if key.dtype.kind not in "biu":
                raise TypeError("Cannot cast array data from %r to dtype('int64') according to the rule 'safe'" % (key.dtype,))
            if key.ndim != 1:
                raise ValueError("Seed array must be 1-d")
            key = key.tolist()
            if any(not 0 <= k < 2**32 for k in key):
                raise ValueError("Seed must be between 0 and 2**32 - 1")
            words = _words_from_key(key)
        self._py.setstate((3, tuple(words) + (_WORDS,), None))
        self._has_gauss, self._gauss = 0, 0.0

    @staticmethod
    def _fresh():
        return _python_random.SystemRandom().getrandbits(32)

    def get_state(self, legacy=True):
        state = self._py.getstate()[1]
        key = _nx.array(state[:-1], dtype="u4")
        if legacy:
            return ("MT19937", key, state[-1], self._has_gauss, self._gauss)
        return {"bit_generator": "MT19937", "state": {"key": key, "pos": state[-1]}, "has_gauss": self._has_gauss, "gauss": self._gauss}

    def set_state(self, state):
        if isinstance(state, dict):
            inner = state["state"]
            state = (state["bit_generator"], inner["key"], inner["pos"], state.get("has_gauss", 0), state.get("gauss", 0.0))
        if not isinstance(state, (tuple, list)):
            raise TypeError("state must be a dict or a tuple.")
        if state[0] != "MT19937":
            raise ValueError("set_state can only be used with legacy MT19937 state instances.")
        self._py.setstate((3, tuple(int(k) for k in state[1]) + (int(state[2]),), None))
        self._has_gauss, self._gauss = (int(state[3]), float(state[4])) if len(state) > 3 else (0, 0.0)

    # ---- draws -----------------------------------------------------------------------------------------------------

    def _fill(self, size, draw, dtype=None):
        if size is None:
            return draw()
        shape = (size,) if hasattr(size, "__index__") else tuple(size)
        count = _math.prod(_operator.index(n) for n in shape)
        return _ma.fromiter((draw() for _ in range(count)), dtype or float, count).reshape(shape)

    def _broadcast(self, size, draw, *params):
        params = [_nx.asarray(p, dtype=float) for p in params]
        if all(p.ndim == 0 for p in params):
            values = [float(p) for p in params]
            return self._fill(size, lambda: draw(*values))
        shape = _nx.broadcast(*params).shape if size is None else ((size,) if hasattr(size, "__index__") else tuple(size))
        out = _nx.empty(shape)
        flat = [_core.numeric.broadcast_to(p, shape).ravel() for p in params] if hasattr(_core.numeric, "broadcast_to") else None
        if flat is None:
            from ..lib.stride_tricks import broadcast_to
            flat = [broadcast_to(p, shape).ravel() for p in params]
        out.ravel()[...] = [draw(*map(float, row)) for row in zip(*flat)]
        return out

    def random_sample(self, size=None):
        """Doubles in [0, 1) of 53 bits."""
        return self._fill(size, self._py.random)

    random = random_sample

    def rand(self, *dims):
        return self.random_sample(dims if dims else None)

    def _gauss_draw(self):
        """The polar method (Marsaglia and Bray 1964); every second draw comes from the cache."""
        if self._has_gauss:
            self._has_gauss, value, self._gauss = 0, self._gauss, 0.0
            return value
        while True:
            x, y = 2.0 * self._py.random() - 1.0, 2.0 * self._py.random() - 1.0
            r2 = x * x + y * y
            if 0.0 < r2 < 1.0:
                break
        f = _math.sqrt(-2.0 * _math.log(r2) / r2)
        self._gauss, self._has_gauss = f * x, 1
        return f * y

    def standard_normal(self, size=None):
        return self._fill(size, self._gauss_draw)

    def randn(self, *dims):
        return self.standard_normal(dims if dims else None)

    def normal(self, loc=0.0, scale=1.0, size=None):
        if _nx.any(_nx.signbit(_nx.asarray(scale, dtype=float))):
            raise ValueError("scale < 0")
        return self._broadcast(size, lambda m, s: m + s * self._gauss_draw(), loc, scale)

    def uniform(self, low=0.0, high=1.0, size=None):
        return self._broadcast(size, lambda a, b: a + (b - a) * self._py.random(), low, high)

    def standard_exponential(self, size=None):
        return self._fill(size, lambda: -_math.log(1.0 - self._py.random()))

    def exponential(self, scale=1.0, size=None):
        return self._broadcast(size, lambda s: s * -_math.log(1.0 - self._py.random()), scale)

    def bytes(self, length):
        words = (length - 1) // 4 + 1
        return b"".join(self._py.getrandbits(32).to_bytes(4, "little") for _ in range(words))[:length]

    def _bounded(self, span, bits):
        """A draw from [0, span] by masks; narrow types share one word among several draws."""
        mask = (1 << span.bit_length()) - 1
        if span == 0:
            return lambda: 0
        if bits == 64 and span > 0xFFFFFFFF:
            def draw():
                while True:
                    high = self._py.getrandbits(32)
                    v = ((high << 32) | self._py.getrandbits(32)) & mask
                    if v <= span:
                        return v
            return draw
        if bits >= 32:
            def draw():
                while True:
                    v = self._py.getrandbits(32) & mask
                    if v <= span:
                        return v
            return draw
        buffer, left = 0, 0
        per_word = 32 // max(bits, 8) if bits != 1 else 32

        def draw():
            nonlocal buffer, left
            while True:
                if left == 0:
                    buffer, left = self._py.getrandbits(32), per_word - 1
                else:
                    buffer >>= bits
                    left -= 1
                v = buffer & mask
                if v <= span:
                    return v
        return draw

    def randint(self, low, high=None, size=None, dtype=int):
        """Integers in [low, high)."""
        if high is None:
            low, high = 0, low
        dt = _nx.dtype(dtype)
        if dt.kind not in "biu":
            raise TypeError("Unsupported dtype %r for randint" % dt)
        lo_t, hi_t = (0, 1) if dt.kind == "b" else (0, 2**(8 * dt.itemsize) - 1) if dt.kind == "u" else (-2**(8 * dt.itemsize - 1), 2**(8 * dt.itemsize - 1) - 1)
        if _nx.ndim(low) or _nx.ndim(high):
            from ..lib.stride_tricks import broadcast_arrays
            lows, highs = broadcast_arrays(low, high)
            shape = lows.shape if size is None else size
            if size is not None:
                from ..lib.stride_tricks import broadcast_to
                lows, highs = broadcast_to(lows, size), broadcast_to(highs, size)
            out = _nx.empty(shape, dt)
            out.ravel()[...] = [self.randint(int(a), int(b), dtype=dt) for a, b in zip(lows.ravel(), highs.ravel())]
            return out
        low, high = int(low), int(high)
        if low < lo_t:
            raise ValueError(f"low is out of bounds for {dt.name}")
        if high - 1 > hi_t:
            raise ValueError(f"high is out of bounds for {dt.name}")
        if low >= high:
            raise ValueError("low >= high")
        draw = self._bounded(high - 1 - low, 1 if dt.kind == "b" else 8 * dt.itemsize)
        if size is None:
            v = low + draw()
            return int(v) if dtype is int else bool(v) if dtype is bool else dt.type(v)
        return self._fill(size, lambda: low + draw(), dt)

    def random_integers(self, low, high=None, size=None):
        if high is None:
            low, high = 1, low
        return self.randint(low, int(high) + 1, size)

    def _interval(self, most):
        return self._bounded(most, 64)()

    def shuffle(self, x):
        """Fisher and Yates, from the end."""
        n = len(x)
        if isinstance(x, _nx.ndarray) and x.ndim > 1:
            for i in range(n - 1, 0, -1):
                j = self._interval(i)
                if i != j:
                    row = x[j].copy()
                    x[j] = x[i]
                    x[i] = row
            return
        for i in range(n - 1, 0, -1):
            j = self._interval(i)
            x[i], x[j] = x[j], x[i]

    def permutation(self, x):
        if isinstance(x, (int, _nx.integer)):
            a = _nx.arange(x)
            self.shuffle(a)
            return a
        a = _nx.array(x)
        if a.ndim < 1:
            raise IndexError("x must be an integer or at least 1-dimensional")
        if a.ndim == 1:
            self.shuffle(a)
            return a
        index = _nx.arange(a.shape[0])
        self.shuffle(index)
        return a[index]

    def choice(self, a, size=None, replace=True, p=None):
        pool = _nx.asarray(a)
        n = int(pool) if pool.ndim == 0 else pool.shape[0]
        if n <= 0 and (size is None or _math.prod((size,) if hasattr(size, "__index__") else size)):
            raise ValueError("a must be greater than 0 unless no samples are taken" if pool.ndim == 0 else "'a' cannot be empty unless no samples are taken")
        count = 1 if size is None else _math.prod((size,) if hasattr(size, "__index__") else size)
        if p is not None:
            p = _nx.asarray(p, dtype=float)
            if len(p) != n:
                raise ValueError("'a' and 'p' must have same size")
            if not abs(p.sum() - 1) < 1e-8:
                raise ValueError("probabilities do not sum to 1")
        if replace:
            if p is not None:
                cdf = p.cumsum()
                cdf /= cdf[-1]
                idx = cdf.searchsorted(self.random_sample(None if size is None else size), side="right")
            else:
                idx = self.randint(0, n, size=size)
        else:
            if count > n:
                raise ValueError("Cannot take a larger sample than population when 'replace=False'")
            if p is not None:
                found, weights = [], p.copy()
                while len(found) < count:
                    x = self.random_sample(count - len(found))
                    cdf = _nx.cumsum(weights)
                    cdf /= cdf[-1]
                    new = cdf.searchsorted(x, side="right").tolist()
                    new = list(dict.fromkeys(new))
                    found += new
                    for i in new:
                        weights[i] = 0
                idx = _nx.array(found)
            else:
                idx = self.permutation(n)[:count]
            idx = idx.reshape(() if size is None else size)
            if size is None:
                idx = idx.item()
        if pool.ndim == 0:
            return idx
        return pool[idx]


_rand = RandomState()
