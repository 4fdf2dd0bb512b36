"""Power series."""
from .. import _core as np
from .._core import overrides as _overrides
from . import _family as _shared
from . import polyutils as pu
from ._polybase import ABCPolyBase



class _Powers(_shared.Family):
    """Products are convolutions, and times x is a shift."""

    large_entries_last = False

    def mul(self, c1, c2):
        return pu.trimseq(np.convolve(*pu.as_series([c1, c2])))

    def pow(self, c, pow, maxpower=None):
        return pu._pow(np.convolve, c, pow, maxpower)

    def div(self, c1, c2):
        rem, divisor = pu.as_series([c1, c2])
        lead, n = divisor[-1], len(divisor) - 1
        if lead == 0:
            raise ZeroDivisionError
        if n == 0:
            return rem / lead, rem[:1] * 0
        if len(rem) <= n:
            return rem[:1] * 0, rem
        lower = divisor[:-1] / lead
        for top in range(len(rem) - 1, n - 1, -1):
            rem[top - n:top] -= lower * rem[top]
        return rem[n:] / lead, pu.trimseq(rem[:n])

    def val(self, x, c, tensor=True):
        c, x = self._series_and_points(c, x, tensor)
        value = c[-1] + x * 0
        for coefficient in c[-2::-1]:
            value = coefficient + value * x
        return value

    def companion(self, c):
        [c] = pu.as_series([c])
        n = len(c) - 1
        if n < 1:
            raise ValueError("Series must have maximum degree of at least 1.")
        mat = np.zeros((n, n), dtype=c.dtype)
        mat.reshape(-1)[n::n + 1] = 1
        mat[:, -1] -= c[:-1] / c[-1]
        return mat


_family = _Powers("power", a=lambda n: (1, 1), b=lambda n: (0, 1), c=lambda n: (0, 1),
                 derivative=lambda n: (n, 0, 0),
                 integral=lambda n: ((n + 1, 1 / (n + 1)),),
                 maxpower=None)
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
