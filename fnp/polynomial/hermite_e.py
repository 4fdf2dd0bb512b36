"""Series of HermiteE polynomials."""
from .. import _core as np
from . import polyutils as pu
from . import _family as _shared
from ._polybase import ABCPolyBase

_family = _shared.Family("HermiteE", a=lambda n: (1, 1), b=lambda n: (0, 1), c=lambda n: (n, 1),
                 derivative=lambda n: (n, 0, 0),
                 integral=lambda n: ((n + 1, 1 / (n + 1)),),
                 total=(2 * np.pi) ** 0.5, weight=lambda x: np.exp(-.5 * x**2))
hermedomain = np.array([-1., 1.])
__all__ = _family.publish(globals(), "herme", "herme2poly", "poly2herme") + ["HermiteE"]
hermetrim = pu.trimcoef


class HermiteE(ABCPolyBase):
    """A HermiteE series with a domain and a window."""

    locals().update(_shared.methods_of(_family, globals(), "herme"))
    domain = np.array(hermedomain)
    window = np.array(hermedomain)
    basis_name = 'He'
