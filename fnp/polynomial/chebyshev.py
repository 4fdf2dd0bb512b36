"""Series of Chebyshev polynomials."""
from .. import _core as np
from . import polyutils as pu
from . import _family as _shared
from ._polybase import ABCPolyBase


def _integral(n):
    """Antiderivative of T_n as (index, factor) pairs."""
    if n < 2:
        return ((n + 1, 1 if n == 0 else 0.25),)
    return ((n + 1, 1 / (2 * (n + 1))), (n - 1, -1 / (2 * (n - 1))))


class _ChebyshevFamily(_shared.Family):
    """Products go through powers of z, where they are convolutions."""

    def mul(self, c1, c2):
        z1, z2 = map(_cseries_to_zseries, pu.as_series([c1, c2]))
        return pu.trimseq(_zseries_to_cseries(np.convolve(z1, z2)))

    def pow(self, c, pow, maxpower=None):
        [c] = pu.as_series([c])
        return _zseries_to_cseries(pu._pow(np.convolve, _cseries_to_zseries(c), pow, maxpower))


_family = _ChebyshevFamily("Chebyshev", a=lambda n: (1, 1 if n == 0 else 2), b=lambda n: (0, 1), c=lambda n: (1, 2),
                 derivative=lambda n: (n if n == 1 else 2 * n, 0, n / (n - 2) if n > 2 else 0),
                 integral=_integral,
                 weight=lambda x: 1. / (np.sqrt(1. + x) * np.sqrt(1. - x)))
chebdomain = np.array([-1., 1.])
__all__ = _family.publish(globals(), "cheb", "cheb2poly", "poly2cheb") + ["Chebyshev"]
chebtrim = pu.trimcoef


def chebgauss(deg):
    """Nodes and weights of Gauss and Chebyshev's quadrature, in closed form."""
    ideg = pu._as_int(deg, "deg")
    if ideg <= 0:
        raise ValueError("deg must be a positive integer")
    x = np.cos(np.pi * np.arange(1, 2 * ideg, 2) / (2.0 * ideg))
    return x, np.ones(ideg) * (np.pi / ideg)


def chebpts1(npts):
    """The zeros of T_npts, ascending."""
    n = int(npts)
    if n != npts:
        raise ValueError("npts must be integer")
    if n < 1:
        raise ValueError("npts must be >= 1")
    return np.sin(0.5 * np.pi / n * np.arange(-n + 1, n + 1, 2))


def chebpts2(npts):
    """The extrema of T_(npts-1), ascending."""
    n = int(npts)
    if n != npts:
        raise ValueError("npts must be integer")
    if n < 2:
        raise ValueError("npts must be >= 2")
    from .._core.function_base import linspace
    return np.cos(linspace(-np.pi, 0, n))


def chebinterpolate(func, deg, args=()):
    """The series of degree deg that agrees with func at the Chebyshev points of the first kind."""
    deg = np.asarray(deg)
    if deg.ndim > 0 or deg.dtype.kind not in "iu" or deg.size == 0:
        raise TypeError("deg must be an int")
    if deg < 0:
        raise ValueError("expected deg >= 0")
    order = int(deg) + 1
    x = chebpts1(order)
    c = np.dot(chebvander(x, deg).T, func(x, *args))
    c[0] /= order
    c[1:] /= 0.5 * order
    return c


def _cseries_to_zseries(c):
    """T_n as (z**n + z**-n)/2: the coefficients of all powers of z."""
    n = c.size
    z = np.zeros(2 * n - 1, dtype=c.dtype)
    z[n - 1:] = c / 2
    return z + z[::-1]


def _zseries_to_cseries(zs):
    """Undo _cseries_to_zseries."""
    n = (zs.size + 1) // 2
    c = zs[n - 1:].copy()
    c[1:n] *= 2
    return c


__all__ += ["chebgauss", "chebpts1", "chebpts2", "chebinterpolate"]


class Chebyshev(ABCPolyBase):
    """A Chebyshev series with a domain and a window."""

    locals().update(_shared.methods_of(_family, globals(), "cheb"))
    domain = np.array(chebdomain)
    window = np.array(chebdomain)
    basis_name = 'T'

    @classmethod
    def interpolate(cls, func, deg, domain=None, args=()):
        """The series of degree deg that agrees with func at the Chebyshev points of the domain."""
        if domain is None:
            domain = cls.domain
        return cls(chebinterpolate(lambda x: func(pu.mapdomain(x, cls.window, domain), *args), deg), domain=domain)
