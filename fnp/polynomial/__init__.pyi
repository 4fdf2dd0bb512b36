# Written by tools/gen_stubs.py from the package itself.
from typing import Any
import builtins
from . import chebyshev as chebyshev
from . import hermite as hermite
from . import hermite_e as hermite_e
from . import laguerre as laguerre
from . import legendre as legendre
from . import polynomial as polynomial
from .chebyshev import Chebyshev as Chebyshev
from .hermite import Hermite as Hermite
from .hermite_e import HermiteE as HermiteE
from .laguerre import Laguerre as Laguerre
from .legendre import Legendre as Legendre
from .polynomial import Polynomial as Polynomial

def set_default_printstyle(style: Any) -> Any: ...
__all__: builtins.list[builtins.str]
