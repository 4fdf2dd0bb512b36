"""Series of Legendre polynomials."""
from .. import _core as np
from . import polyutils as pu
from . import _family as _shared
from ._polybase import ABCPolyBase

_family = _shared.Family("Legendre", a=lambda n: (n + 1, 2 * n + 1), b=lambda n: (0, 1), c=lambda n: (n, 2 * n + 1),
                 derivative=lambda n: (2 * n - 1, 0, 1 if n > 2 else 0),
                 integral=lambda n: ((1, 1),) if n == 0 else ((n + 1, 1 / (2 * n + 1)), (n - 1, -1 / (2 * n + 1))),
                 total=2.0, weight=lambda x: x * 0.0 + 1.0)
legdomain = np.array([-1., 1.])
__all__ = _family.publish(globals(), "leg", "leg2poly", "poly2leg") + ["Legendre"]
legtrim = pu.trimcoef


class Legendre(ABCPolyBase):
    """A Legendre series with a domain and a window."""

    locals().update(_shared.methods_of(_family, globals(), "leg"))
    domain = np.array(legdomain)
    window = np.array(legdomain)
    basis_name = 'P'
