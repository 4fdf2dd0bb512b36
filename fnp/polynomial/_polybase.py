"""The class of series: coefficients with a domain, a window and a symbol."""
import abc
import numbers
import os

from .. import _core as np
from . import polyutils as pu

__all__ = ["ABCPolyBase"]

_SUPER = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUB = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class ABCPolyBase(abc.ABC):
    """A series in some family of polynomials; subclasses say which. Instances do not change."""

    __hash__ = None
    __array_ufunc__ = None # ndarrays leave the operators to us
    maxpower = 100
    _superscript_mapping, _subscript_mapping = _SUPER, _SUB
    _use_unicode = not os.name == "nt"

    @property
    def symbol(self):
        return self._symbol

    @property
    @abc.abstractmethod
    def domain(self):
        """Interval that is mapped to the window."""

    @property
    @abc.abstractmethod
    def window(self):
        """Interval in which the family lives."""

    @property
    @abc.abstractmethod
    def basis_name(self):
        """Letter of the family in text, or None."""

    @staticmethod
    @abc.abstractmethod
    def _add(c1, c2): ...

    @staticmethod
    @abc.abstractmethod
    def _sub(c1, c2): ...

    @staticmethod
    @abc.abstractmethod
    def _mul(c1, c2): ...

    @staticmethod
    @abc.abstractmethod
    def _div(c1, c2): ...

    @staticmethod
    @abc.abstractmethod
    def _pow(c, pow, maxpower=None): ...

    @staticmethod
    @abc.abstractmethod
    def _val(x, c): ...

    @staticmethod
    @abc.abstractmethod
    def _int(c, m, k, lbnd, scl): ...

    @staticmethod
    @abc.abstractmethod
    def _der(c, m, scl): ...

    @staticmethod
    @abc.abstractmethod
    def _fit(x, y, deg, rcond, full): ...

    @staticmethod
    @abc.abstractmethod
    def _line(off, scl): ...

    @staticmethod
    @abc.abstractmethod
    def _roots(c): ...

    @staticmethod
    @abc.abstractmethod
    def _fromroots(r): ...

    def __init__(self, coef, domain=None, window=None, symbol="x"):
        [self.coef] = pu.as_series([coef], trim=False)
        for name, value in (("domain", domain), ("window", window)):
            if value is None:
                continue
            [value] = pu.as_series([value], trim=False)
            if len(value) != 2:
                raise ValueError(f"{name.title()} has wrong number of elements.")
            setattr(self, name, value)
        try:
            if not symbol.isidentifier():
                raise ValueError("Symbol string must be a valid Python identifier")
        except AttributeError:
            raise TypeError("Symbol must be a non-empty string")
        self._symbol = symbol

    def _like(self, coef):
        return type(self)(coef, self.domain, self.window, self.symbol)

    # ---- likeness --------------------------------------------------------------------------------------------------------

    def has_samecoef(self, other):
        """Whether the coefficients are equal."""
        return len(self.coef) == len(other.coef) and bool(np.all(self.coef == other.coef))

    def has_samedomain(self, other):
        """Whether the domains are equal."""
        return bool(np.all(self.domain == other.domain))

    def has_samewindow(self, other):
        """Whether the windows are equal."""
        return bool(np.all(self.window == other.window))

    def has_sametype(self, other):
        """Whether `other` is of this class."""
        return isinstance(other, self.__class__)

    def _get_coefficients(self, other):
        """The other operand's coefficients, if it is of the same kind; anything else as it is."""
        if not isinstance(other, ABCPolyBase):
            return other
        if not isinstance(other, self.__class__):
            raise TypeError("Polynomial types differ")
        if not np.all(self.domain == other.domain):
            raise TypeError("Domains differ")
        if not np.all(self.window == other.window):
            raise TypeError("Windows differ")
        if self.symbol != other.symbol:
            raise ValueError("Polynomial symbols differ")
        return other.coef

    # ---- text ------------------------------------------------------------------------------------------------------------------

    def __repr__(self):
        parts = [repr(x)[6:-1] for x in (self.coef, self.domain, self.window)]
        return f"{type(self).__name__}({parts[0]}, domain={parts[1]}, window={parts[2]}, symbol='{self.symbol}')"

    def __format__(self, fmt_str):
        if fmt_str == "":
            return str(self)
        if fmt_str == "ascii":
            return self._generate_string(self._str_term_ascii)
        if fmt_str == "unicode":
            return self._generate_string(self._str_term_unicode)
        raise ValueError(f"Unsupported format string '{fmt_str}' passed to {self.__class__}.__format__. Valid options are 'ascii' and 'unicode'")

    def __str__(self):
        return self._generate_string(self._str_term_unicode if self._use_unicode else self._str_term_ascii)

    def _generate_string(self, term_method):
        """Terms with their signs, broken into lines of the print options' width."""
        width = np.get_printoptions().get("linewidth", 75)
        if width < 1:
            width = 1
        out = pu.format_float(self.coef[0])
        off, scale = self.mapparms()
        formatted, needs_parens = self._format_term(pu.format_float, off, scale)
        if needs_parens:
            formatted = "(" + formatted + ")"
        for i, coef in enumerate(self.coef[1:]):
            out += " "
            power = str(i + 1)
            try:
                negative = not (coef >= 0)
            except TypeError:
                negative = False
            if negative:
                next_term = "- " + pu.format_float(-coef, parens=True)
            else:
                next_term = "+ " + pu.format_float(coef, parens=True)
            next_term += term_method(power, formatted)
            line = len(out.split("\n")[-1]) + len(next_term)
            if i < len(self.coef[1:]) - 1:
                line += 2
            if line >= width:
                next_term = next_term.replace(" ", "\n", 1)
            out += next_term
        return out

    @classmethod
    def _str_term_unicode(cls, i, arg_str):
        if cls.basis_name is None:
            raise NotImplementedError("Subclasses must define either a basis_name, or override _str_term_unicode(cls, i, arg_str)")
        return f"·{cls.basis_name}{i.translate(cls._subscript_mapping)}({arg_str})"

    @classmethod
    def _str_term_ascii(cls, i, arg_str):
        if cls.basis_name is None:
            raise NotImplementedError("Subclasses must define either a basis_name, or override _str_term_ascii(cls, i, arg_str)")
        return f" {cls.basis_name}_{i}({arg_str})"

    @classmethod
    def _repr_latex_term(cls, i, arg_str, needs_parens):
        if cls.basis_name is None:
            raise NotImplementedError("Subclasses must define either a basis name, or override _repr_latex_term(i, arg_str, needs_parens)")
        return f"{{{cls.basis_name}}}_{{{i}}}({arg_str})"

    @staticmethod
    def _repr_latex_scalar(x, parens=False):
        return rf"\text{{{pu.format_float(x, parens=parens)}}}"

    def _format_term(self, scalar_format, off, scale):
        """The argument off + scale*symbol, and whether it must stand in parentheses."""
        if off == 0 and scale == 1:
            return self.symbol, False
        if scale == 1:
            return f"{scalar_format(off)} + {self.symbol}", True
        if off == 0:
            return f"{scalar_format(scale)}{self.symbol}", True
        return f"{scalar_format(off)} + {scalar_format(scale)}{self.symbol}", True

    def _repr_latex_(self):
        off, scale = self.mapparms()
        term, needs_parens = self._format_term(self._repr_latex_scalar, off, scale)
        parts = []
        for i, c in enumerate(self.coef):
            if i == 0:
                text = self._repr_latex_scalar(c)
            elif not isinstance(c, numbers.Real):
                text = f" + ({self._repr_latex_scalar(c)})"
            elif c >= 0:
                text = f" + {self._repr_latex_scalar(c, parens=True)}"
            else:
                text = f" - {self._repr_latex_scalar(-c, parens=True)}"
            basis = self._repr_latex_term(i, term, needs_parens)
            part = text + (rf"\,{basis}" if basis != "1" else "")
            parts.append(rf"\color{{LightGray}}{{{part}}}" if c == 0 else part)
        body = "".join(parts) if parts else "0"
        return rf"${self.symbol} \mapsto {body}$"

    # ---- pickling, calling, arithmetic -----------------------------------------------------------------------------------------------

    def __getstate__(self):
        state = self.__dict__.copy()
        state.update(coef=self.coef, domain=self.domain, window=self.window, symbol=self.symbol)
        return state

    def __setstate__(self, dict):
        dict = dict.copy()
        dict.setdefault("_symbol", dict.pop("symbol", "x"))
        dict.pop("symbol", None)
        self.__dict__ = dict

    def __call__(self, arg):
        return self._val(pu.mapdomain(arg, self.domain, self.window), self.coef)

    def __iter__(self):
        return iter(self.coef)

    def __len__(self):
        return len(self.coef)

    def __neg__(self):
        return self._like(-self.coef)

    def __pos__(self):
        return self

    def _combine(self, other, operation, swapped=False):
        theirs = self._get_coefficients(other)
        try:
            coef = operation(theirs, self.coef) if swapped else operation(self.coef, theirs)
        except ZeroDivisionError:
            raise
        except Exception:
            return NotImplemented
        if isinstance(coef, tuple):
            return tuple(self._like(c) for c in coef)
        return self._like(coef)

    def __add__(self, other):
        return self._combine(other, self._add)

    def __sub__(self, other):
        return self._combine(other, self._sub)

    def __mul__(self, other):
        return self._combine(other, self._mul)

    def __truediv__(self, other):
        if not isinstance(other, numbers.Number) or isinstance(other, bool):
            raise TypeError(f"unsupported types for true division: '{type(self)}', '{type(other)}'")
        return self.__floordiv__(other)

    def __floordiv__(self, other):
        res = self.__divmod__(other)
        return res if res is NotImplemented else res[0]

    def __mod__(self, other):
        res = self.__divmod__(other)
        return res if res is NotImplemented else res[1]

    def __divmod__(self, other):
        return self._combine(other, self._div)

    def __pow__(self, other):
        return self._like(self._pow(self.coef, other, maxpower=self.maxpower))

    def _reflected(self, other, operation):
        try:
            coef = operation(other, self.coef)
        except ZeroDivisionError:
            raise
        except Exception:
            return NotImplemented
        return tuple(self._like(c) for c in coef) if isinstance(coef, tuple) else self._like(coef)

    def __radd__(self, other):
        return self._reflected(other, self._add)

    def __rsub__(self, other):
        return self._reflected(other, self._sub)

    def __rmul__(self, other):
        return self._reflected(other, self._mul)

    def __rdivmod__(self, other):
        return self._reflected(other, self._div)

    def __rtruediv__(self, other):
        return NotImplemented

    def __rfloordiv__(self, other):
        res = self.__rdivmod__(other)
        return res if res is NotImplemented else res[0]

    def __rmod__(self, other):
        res = self.__rdivmod__(other)
        return res if res is NotImplemented else res[1]

    def __eq__(self, other):
        return (isinstance(other, self.__class__) and np.all(self.domain == other.domain) and np.all(self.window == other.window)
                and self.coef.shape == other.coef.shape and np.all(self.coef == other.coef) and self.symbol == other.symbol)

    def __ne__(self, other):
        return not self.__eq__(other)

    # ---- methods ------------------------------------------------------------------------------------------------------------------------

    def copy(self):
        """A copy."""
        return self._like(self.coef)

    def degree(self):
        """Number of coefficients less one."""
        return len(self) - 1

    def cutdeg(self, deg):
        """The terms up to a degree."""
        return self.truncate(deg + 1)

    def trim(self, tol=0):
        """Without trailing coefficients up to tol."""
        return self._like(pu.trimcoef(self.coef, tol))

    def truncate(self, size):
        """The first `size` terms."""
        n = int(size)
        if n != size or n < 1:
            raise ValueError("size must be a positive integer")
        return self._like(self.coef if n >= len(self.coef) else self.coef[:n])

    def convert(self, domain=None, kind=None, window=None):
        """The same function as another kind of series."""
        kind = self.__class__ if kind is None else kind
        domain = kind.domain if domain is None else domain
        window = kind.window if window is None else window
        return self(kind.identity(domain, window=window, symbol=self.symbol))

    def mapparms(self):
        """(offset, scale) of the map from domain to window."""
        return pu.mapparms(self.domain, self.window)

    def integ(self, m=1, k=[], lbnd=None):
        """Antiderivative of order m."""
        off, scl = self.mapparms()
        lbnd = 0 if lbnd is None else off + scl * lbnd
        return self._like(self._int(self.coef, m, k, lbnd, 1. / scl))

    def deriv(self, m=1):
        """Derivative of order m."""
        _, scl = self.mapparms()
        return self._like(self._der(self.coef, m, scl))

    def roots(self):
        """Roots, in the domain."""
        return pu.mapdomain(self._roots(self.coef), self.window, self.domain)

    def linspace(self, n=100, domain=None):
        """n evenly spaced points of the domain, and the values there."""
        from .._core.function_base import linspace
        a, b = self.domain if domain is None else domain
        x = linspace(a, b, n)
        return x, self(x)

    @classmethod
    def _interval(cls, domain, window, data):
        """(domain, window): None asks for the data's range and the class's window, [] for the class's domain."""
        if domain is None:
            domain = pu.getdomain(data)
        elif isinstance(domain, list) and not domain:
            domain = cls.domain
        return domain, cls.window if window is None else window

    @classmethod
    def fit(cls, x, y, deg, domain=None, rcond=None, full=False, w=None, window=None, symbol="x"):
        """Least-squares series of the given degree (or degrees)."""
        found = domain is None
        domain, window = cls._interval(domain, window, x)
        if found and domain[0] == domain[1]:
            domain = domain + np.array((-1, 1))
        coef = cls._fit(pu.mapdomain(x, domain, window), y, deg, w=w, rcond=rcond, full=full)
        coef, status = coef if full else (coef, None)
        series = cls(coef, domain=domain, window=window, symbol=symbol)
        return (series, status) if full else series

    @classmethod
    def fromroots(cls, roots, domain=[], window=None, symbol="x"):
        """Monic series with the given roots."""
        [roots] = pu.as_series([roots], trim=False)
        domain, window = cls._interval(domain, window, roots)
        off, scl = pu.mapparms(domain, window)
        coef = cls._fromroots(off + scl * roots) / scl ** len(roots)
        return cls(coef, domain=domain, window=window, symbol=symbol)

    @classmethod
    def identity(cls, domain=None, window=None, symbol="x"):
        """The series p(x) == x."""
        domain = cls.domain if domain is None else domain
        window = cls.window if window is None else window
        return cls(cls._line(*pu.mapparms(window, domain)), domain, window, symbol)

    @classmethod
    def basis(cls, deg, domain=None, window=None, symbol="x"):
        """The family's polynomial of degree deg."""
        domain = cls.domain if domain is None else domain
        window = cls.window if window is None else window
        n = int(deg)
        if n != deg or n < 0:
            raise ValueError("deg must be non-negative integer")
        return cls([0] * n + [1], domain, window, symbol)

    @classmethod
    def cast(cls, series, domain=None, window=None):
        """A series of another kind as one of this kind."""
        domain = cls.domain if domain is None else domain
        window = cls.window if window is None else window
        return series.convert(domain, cls, window)
