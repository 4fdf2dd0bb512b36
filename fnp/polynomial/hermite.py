"""Series of Hermite polynomials."""
from .. import _core as np
from . import polyutils as pu
from . import _family as _shared
from ._polybase import ABCPolyBase

_family = _shared.Family("Hermite", a=lambda n: (1, 2), b=lambda n: (0, 1), c=lambda n: (n, 1),
                 derivative=lambda n: (2 * n, 0, 0),
                 integral=lambda n: ((n + 1, 0.5 / (n + 1)),),
                 total=np.pi ** 0.5, weight=lambda x: np.exp(-x**2))
hermdomain = np.array([-1., 1.])
__all__ = _family.publish(globals(), "herm", "herm2poly", "poly2herm") + ["Hermite"]
hermtrim = pu.trimcoef


class Hermite(ABCPolyBase):
    """A Hermite series with a domain and a window."""

    locals().update(_shared.methods_of(_family, globals(), "herm"))
    domain = np.array(hermdomain)
    window = np.array(hermdomain)
    basis_name = 'H'
