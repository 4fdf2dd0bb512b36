# Written by tools/gen_stubs.py from the package itself.
from typing import Any

def byte_bounds(a: Any) -> Any: ...
def normalize_axis_index(axis: Any, ndim: Any, msg_prefix: Any = None) -> Any: ...
def normalize_axis_tuple(axis: Any, ndim: Any, argname: Any = None, allow_duplicate: Any = False) -> Any: ...
__all__ = [
    "byte_bounds",
    "normalize_axis_index",
    "normalize_axis_tuple",
]
