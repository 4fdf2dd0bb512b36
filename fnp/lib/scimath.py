"""Elementary functions that go complex where the real ones are not defined."""
from ._scimath_impl import (  # noqa: F401
    __all__,
    arccos,
    arcsin,
    arctanh,
    log,
    log2,
    log10,
    logn,
    power,
    sqrt,
)
