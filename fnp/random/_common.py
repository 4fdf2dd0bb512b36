"""Names that compiled users of `random` import."""
from collections import namedtuple

interface = namedtuple("interface", ["state_address", "state", "next_uint64", "next_uint32", "next_double", "bit_generator"])
