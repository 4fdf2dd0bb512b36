# Written by tools/gen_stubs.py from the package itself.
from typing import Any
import builtins

def opt_func_info(func_name: Any = None, signature: Any = None) -> Any: ...
__all__: builtins.list[builtins.str]
