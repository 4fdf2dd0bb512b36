"""Series in polynomials: power, Chebyshev, Legendre, Laguerre and both kinds of Hermite."""
from .chebyshev import Chebyshev
from .hermite import Hermite
from .hermite_e import HermiteE
from .laguerre import Laguerre
from .legendre import Legendre
from .polynomial import Polynomial
from .._pytesttester import PytestTester

__all__ = ["set_default_printstyle", "polynomial", "Polynomial", "chebyshev", "Chebyshev", "legendre", "Legendre", "hermite",
           "Hermite", "hermite_e", "HermiteE", "laguerre", "Laguerre"]


def set_default_printstyle(style):
    """How str() shows series: 'unicode' or 'ascii'."""
    if style not in ("unicode", "ascii"):
        raise ValueError(f"Unsupported format string '{style}'. Valid options are 'ascii' and 'unicode'")
    from ._polybase import ABCPolyBase
    ABCPolyBase._use_unicode = style == "unicode"


test = PytestTester(__name__)
del PytestTester
