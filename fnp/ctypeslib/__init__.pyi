# Written by tools/gen_stubs.py from the package itself.
from typing import Any

def as_array(obj: Any, shape: Any = None) -> Any: ...
def as_ctypes(obj: Any) -> Any: ...
def as_ctypes_type(dtype: Any) -> Any: ...
class c_intp:
    __ctype_be__: Any
    __ctype_le__: Any
def load_library(libname: Any, loader_path: Any) -> Any: ...
def ndpointer(dtype: Any = None, ndim: Any = None, shape: Any = None, flags: Any = None) -> Any: ...
__all__ = [
    "as_array",
    "as_ctypes",
    "as_ctypes_type",
    "c_intp",
    "load_library",
    "ndpointer",
]
