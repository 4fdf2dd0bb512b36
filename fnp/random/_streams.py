"""What the five bit generators share."""
from .._core._multiarray_umath import _BitStream
from .bit_generator import np


class Stream(_BitStream):
    """A bit generator of ours: `_kind`, and how many words of which type seed it."""

    __slots__ = ()
    _kind = _seed_words = _seed_dtype = _noun = None

    def __init__(self, seed=None):
        super().__init__(seed)
        self._seed_words_into(self._seed_seq.generate_state(self._seed_words, self._seed_dtype))

    def _inner_state(self, value):
        """The part "state" of a state for this kind."""
        if not isinstance(value, dict):
            raise TypeError("state must be a dict")
        if value.get("bit_generator", "") != type(self).__name__:
            raise ValueError(f"state must be for a {type(self).__name__} {self._noun}")
        return value["state"]

    def _copy(self):
        """Another of this kind in this state."""
        made = type(self)()
        made.state = self.state
        return made


def words(*values):
    """Bytes of native unsigned 64-bit words."""
    return np.array(values, dtype=np.uint64).tobytes()


def halves(value):
    """The high and the low 64 bits of an int below 2**128."""
    return value >> 64 & 0xFFFFFFFFFFFFFFFF, value & 0xFFFFFFFFFFFFFFFF


def wide(raw):
    """uint64 array of bytes."""
    return np.frombuffer(raw, dtype=np.uint64).copy()
