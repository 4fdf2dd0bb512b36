# Written by tools/gen_stubs.py from the package itself.
from typing import Any
from typing import TypeAlias
from typing_extensions import TypeVar
import builtins
from .. import dtype, ndarray

T0 = TypeVar("T0", default=Any)
T1 = TypeVar("T1", default=Any)

ArrayLike: TypeAlias = Any
DTypeLike: TypeAlias = Any
class NBitBase: ...
NDArray: TypeAlias = ndarray[Any, dtype[T0]]
__all__: builtins.list[builtins.str]
