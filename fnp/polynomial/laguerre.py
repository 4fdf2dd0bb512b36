"""Series of Laguerre polynomials."""
from .. import _core as np
from . import polyutils as pu
from . import _family as _shared
from ._polybase import ABCPolyBase

_family = _shared.Family("Laguerre", a=lambda n: (-(n + 1), 1), b=lambda n: (2 * n + 1, 1), c=lambda n: (-n, 1),
                 derivative=lambda n: (-1, 1 if n > 1 else 0, 0),
                 integral=lambda n: ((n, 1), (n + 1, -1)),
                 total=1.0, weight=lambda x: np.exp(-x))
lagdomain = np.array([0., 1.])
__all__ = _family.publish(globals(), "lag", "lag2poly", "poly2lag") + ["Laguerre"]
lagtrim = pu.trimcoef


class Laguerre(ABCPolyBase):
    """A Laguerre series with a domain and a window."""

    locals().update(_shared.methods_of(_family, globals(), "lag"))
    domain = np.array(lagdomain)
    window = np.array(lagdomain)
    basis_name = 'L'
