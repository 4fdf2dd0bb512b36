"""Philox, a bit generator that is not written yet."""
from .bit_generator import BitGenerator


class Philox(BitGenerator):
    """Not written yet."""

    def __init__(self, *args, **kwargs):
        raise NotImplementedError("numpy.random.Philox is not written yet")
