"""SFC64, a bit generator that is not written yet."""
from .bit_generator import BitGenerator


class SFC64(BitGenerator):
    """Not written yet."""

    def __init__(self, *args, **kwargs):
        raise NotImplementedError("numpy.random.SFC64 is not written yet")
