"""The permuted congruential generators."""
from ._streams import Stream, halves, wide, words
from .bit_generator import np

# The jump of the documentation: 2**128 times the golden ratio less one, odd.
_GOLDEN = 210306068529402873165736369884012333109


class _Permuted(Stream):
    """What both kinds share."""

    __slots__ = ()
    _seed_words, _seed_dtype, _noun = 4, np.uint64, "RNG"

    @property
    def state(self):
        """Dictionary of the whole state; can be set."""
        raw, has, half = self._get()
        a, b, c, d = wide(raw).tolist()
        return {"bit_generator": type(self).__name__, "state": {"state": a << 64 | b, "inc": c << 64 | d},
                "has_uint32": has, "uinteger": half}

    @state.setter
    def state(self, value):
        inner = self._inner_state(value)
        self._set(words(*halves(inner["state"]), *halves(inner["inc"])), 0, int(value["has_uint32"]),
                  int(value["uinteger"]))

    def advance(self, delta):
        """Go on as if `delta` numbers of 64 bits had been drawn."""
        self._advance(words(*halves(delta & 2**128 - 1)))
        return self

    def jumped(self, jumps=1):
        """A new one, far ahead in the sequence of this."""
        return self._copy().advance(_GOLDEN * int(jumps))


class PCG64(_Permuted):
    """Bits of PCG XSL RR 128/64, 64 at a time.

    Parameters
    ----------
    seed : None, int, sequence of ints or SeedSequence
    """

    __slots__ = ()
    _kind = "PCG64"


class PCG64DXSM(_Permuted):
    """Bits of PCG CM DXSM 128/64, 64 at a time: a stronger output function.

    Parameters
    ----------
    seed : None, int, sequence of ints or SeedSequence
    """

    __slots__ = ()
    _kind = "PCG64DXSM"
