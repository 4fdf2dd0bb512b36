"""Seeds and the base class of bit generators."""
import abc
import operator
import pickle
import re
import sys
from secrets import randbits

from .._core._multiarray_umath import (
    _BitGenerator as BitGenerator,
    _random_complete,
    _seed_generate,
    _seed_mix,
    _SeedSequence as SeedSequence,
)

np = sys.modules[__package__.partition(".")[0]]

_NUMBER = re.compile(r"(0[xX][0-9a-fA-F]+|[0-9]+)\Z")


def _words(value):
    """Little-endian 32-bit words of an int, a string that holds one, or a sequence of such."""
    if isinstance(value, np.ndarray) and value.dtype == np.uint32:
        return value.ravel().tolist()
    if isinstance(value, str):
        if not _NUMBER.match(value):
            raise ValueError("unrecognized seed string")
        value = int(value, 0 if value[:2].lower() == "0x" else 10)
    if isinstance(value, (int, np.integer)):
        value = int(value)
        if value < 0:
            raise ValueError("expected non-negative integer")
        words = [value & 0xFFFFFFFF]
        while value := value >> 32:
            words.append(value & 0xFFFFFFFF)
        return words
    if isinstance(value, (float, np.inexact)):
        raise TypeError("SeedSequence expects int or sequence of ints for entropy not %s" % (value,))
    return [word for item in value for word in _words(item)]


class ISeedSequence(abc.ABC):
    """What a seed sequence must offer."""

    @abc.abstractmethod
    def generate_state(self, n_words, dtype=np.uint32):
        """Words to seed a bit generator with."""


class ISpawnableSeedSequence(ISeedSequence):
    """A seed sequence that can have children."""

    @abc.abstractmethod
    def spawn(self, n_children):
        """New independent seed sequences."""


class SeedlessSeedSequence(ISpawnableSeedSequence):
    """For bit generators that have no seed."""

    def generate_state(self, n_words, dtype=np.uint32):
        raise NotImplementedError("seedless SeedSequences cannot generate state")

    def spawn(self, n_children):
        return [self] * n_children


class SeedlessSequence:
    """A name that compiled code of other packages looks up."""


class _Seeds:
    """The methods of SeedSequence, whose fields are C."""

    def __init__(self, entropy=None, *, spawn_key=(), pool_size=4, n_children_spawned=0):
        if pool_size < 4:
            raise ValueError("The size of the entropy pool should be at least 4")
        if entropy is None:
            entropy = randbits(pool_size * 32)
        elif not isinstance(entropy, (int, np.integer, list, tuple, range, np.ndarray)):
            raise TypeError("SeedSequence expects int or sequence of ints for entropy not %s" % (entropy,))
        self.entropy, self.spawn_key, self.pool_size = entropy, tuple(spawn_key), pool_size
        self.n_children_spawned = n_children_spawned
        words = _words(entropy)
        if self.spawn_key and len(words) < pool_size:
            words += [0] * (pool_size - len(words))
        words += _words(self.spawn_key)
        self._pool = _seed_mix(b"".join(w.to_bytes(4, "little") for w in words), pool_size)

    @property
    def pool(self):
        return np.frombuffer(self._pool, dtype=np.uint32).copy()

    @property
    def state(self):
        names = ("entropy", "spawn_key", "pool_size", "n_children_spawned")
        shown = {name: getattr(self, name) for name in names}
        return {k: v for k, v in shown.items() if v is not None}

    def generate_state(self, n_words, dtype=np.uint32):
        dtype = np.dtype(dtype)
        if dtype not in (np.dtype(np.uint32), np.dtype(np.uint64)):
            raise ValueError("only support uint32 or uint64")
        raw = _seed_generate(self._pool, n_words * dtype.itemsize // 4)
        return np.frombuffer(raw, dtype=dtype).copy()

    def spawn(self, n_children):
        first = self.n_children_spawned
        if first + n_children < 0:
            raise OverflowError("can't convert negative value to uint32_t")
        self.n_children_spawned += n_children
        return [type(self)(self.entropy, spawn_key=(*self.spawn_key, i), pool_size=self.pool_size)
                for i in range(first, first + n_children)]

    def __repr__(self):
        rows = [f"    entropy={self.entropy!r},"]
        if self.spawn_key:
            rows.append(f"    spawn_key={self.spawn_key!r},")
        if self.pool_size != 4:
            rows.append(f"    pool_size={self.pool_size!r},")
        if self.n_children_spawned:
            rows.append(f"    n_children_spawned={self.n_children_spawned!r},")
        return "\n".join([f"{type(self).__name__}(", *rows, ")"])

    def __reduce__(self):
        # The names, the number and the order of the fields are those in NumPy's pickles, so that either reads the other's.
        fields = self.entropy, self.n_children_spawned, self.pool, self.pool_size, self.spawn_key
        own = getattr(self, "__dict__", None)
        made_by = globals()["__pyx_unpickle_SeedSequence"]  # spelt out it would be a private name of the class
        return made_by, (type(self), _SEED_FIELDS, None), fields + ((own,) if own else ())

    def __setstate__(self, fields):
        self.entropy, self.n_children_spawned, pool, self.pool_size, self.spawn_key = fields[:5]
        self._pool = np.asarray(pool, dtype=np.uint32).tobytes()
        if len(fields) > 5:
            self.__dict__.update(fields[5])


_SEED_FIELDS = 0x3EAA222


def __pyx_unpickle_SeedSequence(kind, fields, state):
    """What pickles of seed sequences call."""
    if fields != _SEED_FIELDS:
        raise pickle.PickleError(f"Incompatible checksums (0x{fields:x} vs (0x{_SEED_FIELDS:x}) = "
                                 "(entropy, n_children_spawned, pool, pool_size, spawn_key))")
    made = kind.__new__(kind)
    if state is not None:
        made.__setstate__(state)
    return made


class _Bits:
    """The methods of BitGenerator, whose fields are C."""

    def __init__(self, seed=None):
        if type(self) is BitGenerator:
            raise NotImplementedError("BitGenerator is a base class and cannot be instantized")
        self._seed_seq = seed if isinstance(seed, ISeedSequence) else SeedSequence(seed)

    @property
    def seed_seq(self):
        """The seed sequence that it was initialised from."""
        return self._seed_seq

    @property
    def state(self):
        """Dictionary of the whole state; can be set."""
        raise NotImplementedError("Not implemented in base BitGenerator")

    @state.setter
    def state(self, value):
        raise NotImplementedError("Not implemented in base BitGenerator")

    def random_raw(self, size=None, output=True):
        """Bits as the generator makes them, as unsigned 64-bit integers."""
        found = np.empty(1 if size is None else size, dtype=np.uint64)
        with self.lock:
            self._raw(found)
        if not output:
            return None
        return int(found[0]) if size is None else found

    def spawn(self, n_children):
        """New bit generators of this kind, independent of it and each other."""
        if not isinstance(self._seed_seq, ISpawnableSeedSequence):
            raise TypeError("The underlying SeedSequence does not implement spawning.")
        return [type(self)(seed) for seed in self._seed_seq.spawn(n_children)]

    def __getstate__(self):
        return self.state, self._seed_seq

    def __reduce__(self):
        from . import _pickle

        return getattr(_pickle, "__bit_generator_ctor"), (type(self),), (self.state, self._seed_seq)

    def __setstate__(self, facts):
        if isinstance(facts, dict):
            self.state = facts
        else:
            self._seed_seq = facts[1]
            self.state = facts[0]

    def _benchmark(self, cnt, method="uint64"):
        """Draw for nothing."""
        if method not in ("uint64", "double"):
            raise ValueError("Unknown method")
        self._burn(cnt, method == "double")

    @property
    def ctypes(self):
        """The functions of the stream for ctypes."""
        if self._ctypes is None:
            from ._common import by_ctypes

            self._ctypes = by_ctypes(*self._addresses)
        return self._ctypes

    @property
    def cffi(self):
        """The functions of the stream for cffi."""
        if self._cffi is None:
            from ._common import by_cffi

            self._cffi = by_cffi(*self._addresses)
        return self._cffi


ISpawnableSeedSequence.register(SeedSequence)
for _type, _half in ((SeedSequence, _Seeds), (BitGenerator, _Bits)):
    _random_complete(_type, {k: v for k, v in vars(_half).items()
                             if k not in ("__module__", "__dict__", "__weakref__", "__doc__")})
del _type, _half
