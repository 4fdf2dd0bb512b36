"""Public face of the axis and memory helpers."""
from ._array_utils_impl import (  # noqa: F401
    __all__,
    byte_bounds,
    normalize_axis_index,
    normalize_axis_tuple,
)
