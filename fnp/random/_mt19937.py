"""The Mersenne Twister."""
import operator

from ._streams import Stream
from .bit_generator import SeedSequence, np


class MT19937(Stream):
    """Bits of the Mersenne Twister, 32 at a time.

    Parameters
    ----------
    seed : None, int, sequence of ints or SeedSequence
    """

    __slots__ = ()
    _kind, _seed_words, _seed_dtype, _noun = "MT19937", 624, np.uint32, "PRNG"

    def _legacy_seeding(self, seed):
        """As RandomState is seeded: an int, an array of 32-bit numbers, or None."""
        if seed is None:
            self._seed_words_into(SeedSequence().generate_state(624))
            return
        try:
            number = operator.index(seed) if not hasattr(seed, "squeeze") else operator.index(np.squeeze(np.asarray(seed))[()])
        except TypeError:
            number = None
        if number is not None:
            if not 0 <= number < 2**32:
                raise ValueError("Seed must be between 0 and 2**32 - 1")
            self._seed(number)
            return
        words = np.asarray(seed)
        if words.size == 0:
            raise ValueError("Seed must be non-empty")
        if words.ndim == 0 and words.dtype.kind not in "biu":
            raise TypeError(f"Cannot cast scalar from {words.dtype!r} to {np.dtype(np.int64)!r} according to the rule "
                            "'safe'")
        words = words.astype(np.int64, casting="safe")
        if words.ndim != 1:
            raise ValueError("Seed array must be 1-d")
        if ((words > 2**32 - 1) | (words < 0)).any():
            raise ValueError("Seed must be between 0 and 2**32 - 1")
        self._seed(words.astype(np.uint32))

    @property
    def state(self):
        """Dictionary of the whole state; can be set."""
        key, pos = self._get()
        return {"bit_generator": type(self).__name__,
                "state": {"key": np.frombuffer(key, dtype=np.uint32).copy(), "pos": pos}}

    @state.setter
    def state(self, value):
        if isinstance(value, tuple):
            if value[0] != "MT19937" or len(value) not in (3, 5):
                raise ValueError("state is not a legacy MT19937 state")
            value = {"bit_generator": "MT19937", "state": {"key": value[1], "pos": value[2]}}
        inner = self._inner_state(value)
        key = np.asarray(inner["key"])
        if key.shape != (624,):
            raise ValueError("key must be an array of 624 words")
        self._set(key.astype(np.uint32).tobytes(), int(inner["pos"]))

    def jumped(self, jumps=1):
        """A new one, as if from this 2**128 words had been drawn, so many times."""
        made = self._copy()
        for _ in range(jumps):
            made._advance(b"")
        return made
