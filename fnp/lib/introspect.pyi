# Written by tools/gen_stubs.py from the package itself.
from typing import Any

def opt_func_info(func_name: Any = None, signature: Any = None) -> Any: ...
__all__ = [
    "opt_func_info",
]
