"""Small, fast, counting."""
from ._streams import Stream, wide
from .bit_generator import np


class SFC64(Stream):
    """Bits of Doty-Humphrey's SFC64, 64 at a time.

    Parameters
    ----------
    seed : None, int, sequence of ints or SeedSequence
    """

    __slots__ = ()
    _kind, _seed_words, _seed_dtype, _noun = "SFC64", 3, np.uint64, "RNG"

    @property
    def state(self):
        """Dictionary of the whole state; can be set."""
        raw, has, half = self._get()
        return {"bit_generator": type(self).__name__, "state": {"state": wide(raw)}, "has_uint32": has,
                "uinteger": half}

    @state.setter
    def state(self, value):
        inner = self._inner_state(value)
        self._set(np.asarray(inner["state"]).astype(np.uint64).tobytes(), 0, int(value["has_uint32"]),
                  int(value["uinteger"]))
