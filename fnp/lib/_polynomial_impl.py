"""Polynomials as sequences of coefficients, highest power first.  New code may prefer np.polynomial."""
import re
import warnings

from .._core.overrides import set_module
from ._root import np, public

__all__ = [
    "poly",
    "roots",
    "polyint",
    "polyder",
    "polyadd",
    "polysub",
    "polymul",
    "polydiv",
    "polyval",
    "poly1d",
    "polyfit",
]


@public(lambda seq_of_zeros: seq_of_zeros)
def poly(seq_of_zeros):
    """Coefficients of the polynomial with the given roots.

    A square matrix stands for its eigenvalues: the result is its characteristic polynomial.

    Examples
    --------
    >>> np.poly([1, 2])
    array([ 1., -3.,  2.])
    """
    zeros = np.atleast_1d(seq_of_zeros)
    if zeros.ndim == 2 and zeros.shape[0] == zeros.shape[1] != 0:
        zeros = np.linalg.eigvals(zeros)
    elif zeros.ndim != 1:
        raise ValueError("input must be 1d or non-empty square 2d array.")
    elif zeros.dtype != object:
        # let ints become floats
        zeros = zeros.astype(np.mintypecode(zeros.dtype.char))
    if not len(zeros):
        return 1.0
    a = np.ones((1,), dtype=zeros.dtype)
    for zero in zeros:
        a = np.convolve(a, np.array([1, -zero], dtype=zeros.dtype), mode="full")
    if issubclass(a.dtype.type, np.complexfloating):
        # roots in conjugate pairs make a real polynomial
        z = np.asarray(zeros, complex)
        if np.all(np.sort(z) == np.sort(z.conjugate())):
            a = a.real.copy()
    return a


@public(lambda p: p)
def roots(p):
    """Roots of a polynomial, as eigenvalues of its companion matrix.

    Examples
    --------
    >>> np.sort(np.roots([1, -3, 2]))
    array([1., 2.])
    """
    p = np.atleast_1d(p)
    if p.ndim != 1:
        raise ValueError("Input must be a rank-1 array.")
    used = np.nonzero(np.ravel(p))[0]
    if len(used) == 0:
        return np.array([])
    # every zero at the end is a root 0
    at_zero = len(p) - used[-1] - 1
    p = p[int(used[0]) : int(used[-1]) + 1]
    if not issubclass(p.dtype.type, (np.floating, np.complexfloating)):
        p = p.astype(float)
    degree = len(p) - 1
    if degree > 0:
        companion = np.diag(np.ones(degree - 1, p.dtype), -1)
        companion[0, :] = -p[1:] / p[0]
        found = np.linalg.eigvals(companion)
    else:
        found = np.array([])
    return np.hstack((found, np.zeros(at_zero, found.dtype)))


def _like_input(p, is_poly1d):
    return poly1d(p) if is_poly1d else p


@public(lambda p, m=None, k=None: (p,))
def polyint(p, m=1, k=None):
    """The `m`-th antiderivative.

    Parameters
    ----------
    p : array_like or poly1d
    m : int
    k : scalar or list of `m` scalars, optional
        Integration constants, in the order of integration; zero by default.

    Examples
    --------
    >>> np.polyint([6, 2])
    array([3., 2., 0.])
    """
    m = int(m)
    if m < 0:
        raise ValueError("Order of integral must be positive (see polyder)")
    k = np.zeros(m, float) if k is None else np.atleast_1d(k)
    if len(k) == 1 and m > 1:
        k = k[0] * np.ones(m, float)
    if len(k) < m:
        raise ValueError("k must be a scalar or a rank-1 array of length 1 or >m.")
    is_poly1d = isinstance(p, poly1d)
    p = np.asarray(p)
    for constant in k[:m]:
        p = np.concatenate((p / np.arange(len(p), 0, -1), [constant]))
    return _like_input(p, is_poly1d)


@public(lambda p, m=None: (p,))
def polyder(p, m=1):
    """The `m`-th derivative.

    Examples
    --------
    >>> np.polyder([3, 2, 1])
    array([6, 2])
    """
    m = int(m)
    if m < 0:
        raise ValueError("Order of derivative must be positive (see polyint)")
    is_poly1d = isinstance(p, poly1d)
    p = np.asarray(p)
    for _ in range(m):
        p = p[:-1] * np.arange(len(p) - 1, 0, -1)
    return _like_input(p, is_poly1d)


def _fit_data(x, y, deg, w):
    """Check the arguments of polyfit: (x, y, weights or None), as floats."""
    x, y = np.asarray(x) + 0.0, np.asarray(y) + 0.0
    w = None if w is None else np.asarray(w) + 0.0
    if deg < 0:
        raise ValueError("expected deg >= 0")
    wrong = None
    if x.ndim != 1:
        wrong = "1D vector for x"
    elif not x.size:
        wrong = "non-empty vector for x"
    elif y.ndim not in (1, 2):
        wrong = "1D or 2D array for y"
    elif len(x) != len(y):
        wrong = "x and y to have same length"
    elif w is not None and w.ndim != 1:
        wrong = "a 1-d array for weights"
    elif w is not None and len(w) != len(y):
        wrong = "w and y to have the same length"
    if wrong:
        raise TypeError(f"expected {wrong}")
    return x, y, w


@public(
    lambda x, y, deg, rcond=None, full=None, w=None, cov=None: (x, y, w)
)
def polyfit(x, y, deg, rcond=None, full=False, w=None, cov=False):
    """Least squares fit of a polynomial.

    Parameters
    ----------
    x : array_like, 1-D
    y : array_like, 1-D or 2-D
        Each column is a data set of its own.
    deg : int
    rcond : float, optional
        Smaller singular values, relative to the largest, are ignored.
    full : bool
        Return ``(p, residuals, rank, singular_values, rcond)``.
    w : array_like, optional
        Weights of the residuals before squaring.
    cov : bool or 'unscaled'
        Return ``(p, covariance)``.

    Examples
    --------
    >>> np.polyfit([0, 1, 2], [1, 3, 5], 1).round(6)
    array([2., 1.])
    """
    terms = int(deg) + 1
    x, y, w = _fit_data(x, y, deg, w)
    if rcond is None:
        rcond = len(x) * np.finfo(x.dtype).eps
    powers = np.vander(x, terms)
    if w is not None:
        powers *= w[:, np.newaxis]
        y = y * (w if y.ndim == 1 else w[:, np.newaxis])
    # columns of equal length keep the condition number down
    length = np.sqrt((powers * powers).sum(axis=0))
    powers /= length
    c, residuals, rank, singular = np.linalg.lstsq(powers, y, rcond)
    c = (c.T / length).T
    if rank != terms and not full:
        warnings.warn(
            "Polyfit may be poorly conditioned", np.exceptions.RankWarning, stacklevel=2
        )
    if full:
        return c, residuals, rank, singular, rcond
    if not cov:
        return c
    spread = np.linalg.inv(np.dot(powers.T, powers)) / np.outer(length, length)
    factor = 1
    if cov != "unscaled":
        if len(x) <= terms:
            raise ValueError(
                "the number of data points must exceed order to scale the covariance matrix"
            )
        factor = residuals / (len(x) - terms)
    return c, (spread if y.ndim == 1 else spread[:, :, np.newaxis]) * factor


@public(lambda p, x: (p, x))
def polyval(p, x):
    """Value at `x`; another polynomial for `x` gives the composition.

    Examples
    --------
    >>> np.polyval([3, 0, 1], 5)
    np.int64(76)
    """
    p = np.asarray(p)
    if isinstance(x, poly1d):
        y = 0
    else:
        x = np.asanyarray(x)
        y = np.zeros_like(x)
    for coefficient in p:
        y = y * x + coefficient
    return y


def _combine(a1, a2, operator):
    is_poly1d = isinstance(a1, poly1d) or isinstance(a2, poly1d)
    a1, a2 = np.atleast_1d(a1), np.atleast_1d(a2)
    missing = len(a2) - len(a1)
    if missing > 0:
        a1 = np.concatenate((np.zeros(missing, a1.dtype), a1))
    elif missing < 0:
        a2 = np.concatenate((np.zeros(-missing, a2.dtype), a2))
    return _like_input(operator(a1, a2), is_poly1d)


_two = public(lambda a1, a2: (a1, a2))


@_two
def polyadd(a1, a2):
    """Sum of two polynomials.

    Examples
    --------
    >>> np.polyadd([1, 2], [9, 5, 4])
    array([9, 6, 6])
    """
    return _combine(a1, a2, np.add)


@_two
def polysub(a1, a2):
    """Difference of two polynomials.

    Examples
    --------
    >>> np.polysub([2, 10, -2], [3, 10, -4])
    array([-1,  0,  2])
    """
    return _combine(a1, a2, np.subtract)


@_two
def polymul(a1, a2):
    """Product of two polynomials.

    Examples
    --------
    >>> np.polymul([1, 2], [1, 3])
    array([1, 5, 6])
    """
    is_poly1d = isinstance(a1, poly1d) or isinstance(a2, poly1d)
    return _like_input(np.convolve(poly1d(a1), poly1d(a2)), is_poly1d)


@public(lambda u, v: (u, v))
def polydiv(u, v):
    """Quotient and remainder of two polynomials.

    Examples
    --------
    >>> np.polydiv([3., 5., 2.], [2., 1.])
    (array([1.5 , 1.75]), array([0.25]))
    """
    is_poly1d = isinstance(u, poly1d) or isinstance(v, poly1d)
    u = np.atleast_1d(u) + 0.0
    v = np.atleast_1d(v) + 0.0
    dtype = (u[0] + v[0]).dtype
    steps = len(u) - len(v) + 1
    scale = 1.0 / v[0]
    quotient = np.zeros((max(steps, 1),), dtype)
    rest = u.astype(dtype)
    for k in range(steps):
        factor = scale * rest[k]
        quotient[k] = factor
        rest[k : k + len(v)] -= factor * v
    while len(rest) > 1 and np.allclose(rest[0], 0, rtol=1e-14):
        rest = rest[1:]
    return _like_input(quotient, is_poly1d), _like_input(rest, is_poly1d)


_exponent = re.compile(r"\*\*([0-9]*)")


def _raise_power(astr, wrap=70):
    """Put the exponents of 'x**3' on a line of their own above; break pairs of lines at `wrap`."""
    pieces = _exponent.split(astr)
    lines = []
    above, below = " ", ""
    for text, power in zip(pieces[:-1:2], pieces[1::2]):
        more_above = " " * (len(text) - 1) + power
        more_below = text + " " * (len(power) - 1)
        if max(len(above) + len(more_above), len(below) + len(more_below)) > wrap:
            lines.append(f"{above}\n{below}\n ")
            above, below = more_above, more_below
        else:
            above += more_above
            below += more_below
    return "".join(lines) + f"{above}\n{below}" + pieces[-1]


def _number_text(value):
    text = f"{value:.4g}"
    return text[:-5] if text.endswith(".0000") else text


@set_module("numpy")
class poly1d:
    """A polynomial with arithmetic.

    Parameters
    ----------
    c_or_r : array_like
        Coefficients, highest power first, or roots.
    r : bool
        Whether `c_or_r` are roots.
    variable : str, optional
        Name for printing; 'x' by default.

    Examples
    --------
    >>> p = np.poly1d([1, 2, 3])
    >>> p(0.5)
    np.float64(4.25)
    >>> (p * p).order
    4
    """

    __hash__ = None

    def __init__(self, c_or_r, r=False, variable=None):
        if isinstance(c_or_r, poly1d):
            extra = set(c_or_r.__dict__) - {"_variable", "coeffs"}
            if extra:
                warnings.warn(
                    "In the future extra properties will not be copied across when constructing "
                    "one poly1d from another",
                    FutureWarning,
                    stacklevel=2,
                )
            self._variable = c_or_r._variable
            self._coeffs = c_or_r._coeffs
            for name in extra:
                self.__dict__[name] = c_or_r.__dict__[name]
            if variable is not None:
                self._variable = variable
            return
        c = np.atleast_1d(poly(c_or_r) if r else c_or_r)
        if c.ndim > 1:
            raise ValueError("Polynomial must be 1d only.")
        c = np.trim_zeros(c, trim="f")
        if len(c) == 0:
            c = np.array([0], dtype=c.dtype)
        self._coeffs = c
        self._variable = "x" if variable is None else variable

    @property
    def variable(self):
        """The name of the variable."""
        return self._variable

    @property
    def order(self):
        """The degree."""
        return len(self._coeffs) - 1

    @property
    def roots(self):
        """The roots."""
        return roots(self._coeffs)

    def _get_coeffs(self):
        """The coefficients, highest power first."""
        return self._coeffs

    def _set_coeffs(self, value):
        # so that `p.coeffs += 1`, which changes the array in place, works
        if value is not self._coeffs:
            raise AttributeError("Cannot set attribute")

    # the instance's dictionary, and so its pickle, holds the array under the public name
    _coeffs = property(
        lambda self: self.__dict__["coeffs"],
        lambda self, array: self.__dict__.__setitem__("coeffs", array),
    )
    coeffs = c = coef = coefficients = property(_get_coeffs, _set_coeffs)
    r = roots
    o = order

    def __array__(self, t=None, copy=None):
        if t:
            return np.asarray(self.coeffs, t, copy=copy)
        return np.asarray(self.coeffs, copy=copy)

    def __repr__(self):
        digits = repr(self.coeffs)
        return f"poly1d({digits[len('array('):-1]})"

    def __len__(self):
        return self.order

    def __str__(self):
        coeffs = self.coeffs[np.logical_or.accumulate(self.coeffs != 0)]
        top = len(coeffs) - 1
        text = "0"
        for k, value in enumerate(coeffs):
            term = self._term_text(value, top - k, alone=top == 0)
            if not k:
                text = term
            elif term.startswith("-"):
                text += f" - {term[1:]}"
            elif term:
                text += f" + {term}"
        return _raise_power(text)

    def _term_text(self, value, power, alone):
        re_part, im_part = np.real(value), np.imag(value)
        if not np.iscomplex(value):
            text = _number_text(re_part)
        elif re_part == 0:
            text = f"{_number_text(im_part)}j"
        else:
            text = f"({_number_text(re_part)} + {_number_text(im_part)}j)"
        if text == "0":
            return "0" if alone else ""
        if power == 0:
            return text
        name = self._variable if power == 1 else f"{self._variable}**{power}"
        return name if text == "b" else f"{text} {name}"

    def __call__(self, val):
        return polyval(self.coeffs, val)

    def __pos__(self):
        return self

    def __neg__(self):
        return poly1d(-self.coeffs)

    def __add__(self, other):
        return poly1d(polyadd(self.coeffs, poly1d(other).coeffs))

    __radd__ = __add__

    def __sub__(self, other):
        return poly1d(polysub(self.coeffs, poly1d(other).coeffs))

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, other):
        if np.isscalar(other):
            return poly1d(self.coeffs * other)
        return poly1d(polymul(self.coeffs, poly1d(other).coeffs))

    __rmul__ = __mul__

    def __pow__(self, val):
        if not np.isscalar(val) or int(val) != val or val < 0:
            raise ValueError("Power to non-negative integers only.")
        result = [1]
        for _ in range(val):
            result = polymul(self.coeffs, result)
        return poly1d(result)

    def __truediv__(self, other):
        if np.isscalar(other):
            return poly1d(self.coeffs / other)
        return polydiv(self, poly1d(other))

    def __rtruediv__(self, other):
        if np.isscalar(other):
            return poly1d(other / self.coeffs)
        return polydiv(poly1d(other), self)

    def __eq__(self, other):
        if isinstance(other, poly1d):
            a, b = self.coeffs, other.coeffs
            return a.shape == b.shape and (a == b).all()
        return NotImplemented

    def __ne__(self, other):
        same = self.__eq__(other)
        return same if same is NotImplemented else not same

    def __getitem__(self, val):
        place = self.order - val
        return self.coeffs.dtype.type(0) if val < 0 or place < 0 else self.coeffs[place]

    def __setitem__(self, key, val):
        if key < 0:
            raise ValueError("Does not support negative powers.")
        missing = key - self.order
        if missing > 0:
            self._coeffs = np.concatenate((np.zeros(missing, self.coeffs.dtype), self.coeffs))
        self._coeffs[self.order - key] = val

    def __iter__(self):
        return iter(self.coeffs)

    def integ(self, m=1, k=0):
        """The `m`-th antiderivative; `k` as for `polyint`."""
        return poly1d(polyint(self.coeffs, m=m, k=k))

    def deriv(self, m=1):
        """The `m`-th derivative."""
        return poly1d(polyder(self.coeffs, m=m))
