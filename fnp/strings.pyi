# Written by tools/gen_stubs.py from the package itself.
from typing import Any
from . import ufunc

add: ufunc
def capitalize(a: Any) -> Any: ...
def center(a: Any, width: Any, fillchar: Any = ' ') -> Any: ...
def count(a: Any, sub: Any, start: Any = 0, end: Any = None) -> Any: ...
def decode(a: Any, encoding: Any = None, errors: Any = None) -> Any: ...
def encode(a: Any, encoding: Any = None, errors: Any = None) -> Any: ...
def endswith(a: Any, suffix: Any, start: Any = 0, end: Any = None) -> Any: ...
equal: ufunc
def expandtabs(a: Any, tabsize: Any = 8) -> Any: ...
def find(a: Any, sub: Any, start: Any = 0, end: Any = None) -> Any: ...
greater: ufunc
greater_equal: ufunc
def index(a: Any, sub: Any, start: Any = 0, end: Any = None) -> Any: ...
isalnum: ufunc
isalpha: ufunc
isdecimal: ufunc
isdigit: ufunc
islower: ufunc
isnumeric: ufunc
isspace: ufunc
istitle: ufunc
isupper: ufunc
less: ufunc
less_equal: ufunc
def ljust(a: Any, width: Any, fillchar: Any = ' ') -> Any: ...
def lower(a: Any) -> Any: ...
def lstrip(a: Any, chars: Any = None) -> Any: ...
def mod(a: Any, values: Any) -> Any: ...
def multiply(a: Any, i: Any) -> Any: ...
not_equal: ufunc
def partition(a: Any, sep: Any) -> Any: ...
def replace(a: Any, old: Any, new: Any, count: Any = -1) -> Any: ...
def rfind(a: Any, sub: Any, start: Any = 0, end: Any = None) -> Any: ...
def rindex(a: Any, sub: Any, start: Any = 0, end: Any = None) -> Any: ...
def rjust(a: Any, width: Any, fillchar: Any = ' ') -> Any: ...
def rpartition(a: Any, sep: Any) -> Any: ...
def rstrip(a: Any, chars: Any = None) -> Any: ...
def slice(a: Any, start: Any = None, stop: Any = ..., step: Any = None, /) -> Any: ...
def startswith(a: Any, prefix: Any, start: Any = 0, end: Any = None) -> Any: ...
str_len: ufunc
def strip(a: Any, chars: Any = None) -> Any: ...
def swapcase(a: Any) -> Any: ...
def title(a: Any) -> Any: ...
def translate(a: Any, table: Any, deletechars: Any = None) -> Any: ...
def upper(a: Any) -> Any: ...
def zfill(a: Any, width: Any) -> Any: ...
__all__ = [
    "add",
    "capitalize",
    "center",
    "count",
    "decode",
    "encode",
    "endswith",
    "equal",
    "expandtabs",
    "find",
    "greater",
    "greater_equal",
    "index",
    "isalnum",
    "isalpha",
    "isdecimal",
    "isdigit",
    "islower",
    "isnumeric",
    "isspace",
    "istitle",
    "isupper",
    "less",
    "less_equal",
    "ljust",
    "lower",
    "lstrip",
    "mod",
    "multiply",
    "not_equal",
    "partition",
    "replace",
    "rfind",
    "rindex",
    "rjust",
    "rpartition",
    "rstrip",
    "slice",
    "startswith",
    "str_len",
    "strip",
    "swapcase",
    "title",
    "translate",
    "upper",
    "zfill",
]
