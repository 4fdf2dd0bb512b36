"""The permuted congruential generators."""
from .._unwritten import unwritten
from .bit_generator import BitGenerator, np


class PCG64(BitGenerator):
    """Bits of PCG XSL RR 128/64, 64 at a time."""

    _kind, _seed_words, _seed_dtype = "PCG64", 4, np.uint64

    @property
    def state(self):
        """Dictionary of the whole state; can be set."""
        state, increment, has, half = self._stream.get()
        return {"bit_generator": type(self).__name__, "state": {"state": state, "inc": increment},
                "has_uint32": has, "uinteger": half}

    @state.setter
    def state(self, value):
        if not isinstance(value, dict):
            raise TypeError("state must be a dict")
        if value.get("bit_generator", "") != type(self).__name__:
            raise ValueError(f"state must be for a {type(self).__name__} RNG")
        inner = value["state"]
        self._stream.set(inner["state"], inner["inc"], int(value["has_uint32"]), int(value["uinteger"]))

    advance = unwritten("PCG64.advance")


class PCG64DXSM(BitGenerator):
    """Not written yet."""

    def __init__(self, seed=None):
        raise NotImplementedError("numpy.random.PCG64DXSM is not written yet")
