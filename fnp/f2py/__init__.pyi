# Written by tools/gen_stubs.py from the package itself.
from typing import Any
import builtins

def get_include() -> Any: ...
def run_main(comline_list: Any) -> Any: ...
__all__: builtins.list[builtins.str]
