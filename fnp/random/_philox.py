"""A counter, encrypted."""
from ._streams import Stream, wide
from .bit_generator import np


def _number(value, count, name):
    """A parameter as `count` words of 64 bits, low ones first: from an int or an array of the words."""
    if np.ndim(value):
        found = np.asarray(value)
        if found.shape != (count,):
            raise ValueError(f"{name} must have {count} elements when using array form")
        return found.astype(np.uint64)
    value = int(value)
    if not 0 <= value < 2 ** (64 * count):
        raise ValueError(f"{name} must be positive and less than 2**{64 * count}.")
    return np.array([value >> 64 * i & 2**64 - 1 for i in range(count)], dtype=np.uint64)


class Philox(Stream):
    """Bits of Philox 4x64-10: a counter, encrypted with a key.

    Parameters
    ----------
    seed : None, int, sequence of ints or SeedSequence
    counter : None, int or array of four words
        Where to start.
    key : None, int or array of two words
        Instead of a seed.
    """

    __slots__ = ()
    _kind, _seed_words, _seed_dtype, _noun = "Philox", 2, np.uint64, "PRNG"

    def __init__(self, seed=None, counter=None, key=None):
        if seed is not None and key is not None:
            raise ValueError("seed and key cannot be both used")
        super(Stream, self).__init__(seed)
        start = np.zeros(4, dtype=np.uint64) if counter is None else _number(counter, 4, "counter")
        if key is None:
            key = self._seed_seq.generate_state(2, np.uint64)
        else:
            key = _number(key, 2, "key")
            self._seed_seq = None
        self._seed_words_into(np.concatenate([key, start]))

    @property
    def state(self):
        """Dictionary of the whole state; can be set."""
        raw, pos, has, half = self._get()
        all_words = wide(raw)
        return {"bit_generator": type(self).__name__,
                "state": {"counter": all_words[:4].copy(), "key": all_words[4:6].copy()},
                "buffer": all_words[6:].copy(), "buffer_pos": pos, "has_uint32": has, "uinteger": half}

    @state.setter
    def state(self, value):
        inner = self._inner_state(value)
        parts = [np.asarray(x).astype(np.uint64) for x in (inner["counter"], inner["key"], value["buffer"])]
        self._set(np.concatenate(parts).tobytes(), int(value["buffer_pos"]), int(value["has_uint32"]),
                  int(value["uinteger"]))

    def advance(self, delta):
        """Add to the counter, each step of which makes four numbers."""
        self._advance(_number(int(delta) % 2**256, 4, "delta"))
        return self

    def jumped(self, jumps=1):
        """A new one, 2**128 steps of the counter ahead, so many times."""
        return self._copy().advance(int(jumps) << 128)
