"""Power series."""
from .. import _core as np
from .._core import overrides as _overrides
from . import _family as _shared
from . import polyutils as pu
from ._polybase import ABCPolyBase

_family = _shared.Family("power", a=lambda n: 1, b=lambda n: 0, c=lambda n: 0,
                 derivative=lambda n: (n, 0, 0),
                 integral=lambda n: ((n + 1, 1 / (n + 1)),),
                 maxpower=None, convolves=True)
polydomain = np.array([-1., 1.])
__all__ = _family.publish(globals(), "poly") + ["Polynomial"]
polytrim = pu.trimcoef


def polyvalfromroots(x, r, tensor=True):
    """Values at x of the monic polynomial with roots r."""
    r = np.array(r, ndmin=1, copy=None)
    if r.dtype.char in "?bBhHiIlLqQpP":
        r = r.astype(np.double)
    if isinstance(x, (tuple, list)):
        x = np.asarray(x)
    if isinstance(x, np.ndarray):
        if tensor:
            r = r.reshape(r.shape + (1,) * x.ndim)
        elif x.ndim >= r.ndim:
            raise ValueError("x.ndim must be < r.ndim when tensor == False")
    return np.prod(x - r, axis=0)


def polymulx(c):
    """Power series times x."""
    [c] = pu.as_series([c])
    if len(c) == 1 and c[0] == 0:
        return c
    return np.concatenate((c[:1] * 0, c))


def polyval2d(x, y, c):
    """Values at points (x, y)."""
    return pu._valnd(polyval, c, x, y)


def polygrid2d(x, y, c):
    """Values on the grid of x and y."""
    return pu._gridnd(polyval, c, x, y)


def _two_points_dispatcher(x, y, c):
    return (x, y, c)


polyval2d = _overrides.array_function_dispatch(_two_points_dispatcher)(polyval2d)
polygrid2d = _overrides.array_function_dispatch(_two_points_dispatcher)(polygrid2d)
__all__ += ["polyvalfromroots"]


class Polynomial(ABCPolyBase):
    """A power series with a domain and a window."""

    locals().update(_shared.methods_of(_family, globals(), "poly"))
    domain = np.array(polydomain)
    window = np.array(polydomain)
    basis_name = None

    @classmethod
    def _str_term_unicode(cls, i, arg_str):
        return f"·{arg_str}" if i == "1" else f"·{arg_str}{i.translate(cls._superscript_mapping)}"

    @staticmethod
    def _str_term_ascii(i, arg_str):
        return f" {arg_str}" if i == "1" else f" {arg_str}**{i}"

    @staticmethod
    def _repr_latex_term(i, arg_str, needs_parens):
        if needs_parens:
            arg_str = rf"\left({arg_str}\right)"
        return "1" if i == 0 else arg_str if i == 1 else f"{arg_str}^{{{i}}}"
