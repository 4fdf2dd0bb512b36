"""The Mersenne Twister."""
import operator

from .bit_generator import BitGenerator, np


class MT19937(BitGenerator):
    """Bits of the Mersenne Twister, 32 at a time."""

    _kind, _seed_words, _seed_dtype = "MT19937", 624, np.uint32

    def _legacy_seeding(self, seed):
        """As RandomState is seeded: an int, an array of 32-bit numbers, or None."""
        if seed is None:
            self._stream.seed_words(type(self._seed_seq)().generate_state(624))
            return
        try:
            number = operator.index(seed) if not hasattr(seed, "squeeze") else operator.index(np.squeeze(np.asarray(seed))[()])
        except TypeError:
            number = None
        if number is not None:
            if not 0 <= number < 2**32:
                raise ValueError("Seed must be between 0 and 2**32 - 1")
            self._stream.seed(number)
            return
        words = np.asarray(seed)
        if words.size == 0:
            raise ValueError("Seed must be non-empty")
        words = words.astype(np.int64, casting="safe")
        if words.ndim != 1:
            raise ValueError("Seed array must be 1-d")
        if ((words > 2**32 - 1) | (words < 0)).any():
            raise ValueError("Seed must be between 0 and 2**32 - 1")
        self._stream.seed_array(words.astype(np.uint32))

    @property
    def state(self):
        """Dictionary of the whole state; can be set."""
        key, pos, _, _ = self._stream.get()
        return {"bit_generator": type(self).__name__,
                "state": {"key": np.frombuffer(key, dtype=np.uint32).copy(), "pos": pos}}

    @state.setter
    def state(self, value):
        if isinstance(value, tuple):
            if value[0] != "MT19937" or len(value) not in (3, 5):
                raise ValueError("state is not a legacy MT19937 state")
            value = {"bit_generator": "MT19937", "state": {"key": value[1], "pos": value[2]}}
        if not isinstance(value, dict):
            raise TypeError("state must be a dict")
        if value.get("bit_generator", "") != type(self).__name__:
            raise ValueError(f"state must be for a {type(self).__name__} PRNG")
        key = np.asarray(value["state"]["key"], dtype=np.uint32)
        self._stream.set(key.tobytes(), int(value["state"]["pos"]), 0, 0.0)
