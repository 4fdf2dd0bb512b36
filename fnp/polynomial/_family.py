"""One implementation of series in any polynomial family with a three-term recurrence.

A family is what its recurrence says,  x P_n = a(n) P_{n+1} + b(n) P_n + c(n) P_{n-1},  with how derivatives and
antiderivatives of P_n are written in the family itself. From these follow evaluation (Clenshaw 1955), products, division,
Vandermonde matrices, roots as eigenvalues of the companion (comrade) matrix (Good 1961) and Gauss quadrature (Golub and
Welsch 1969). The modules polynomial, chebyshev, ... give the results their public names.
"""
import inspect

from .. import _core as np
from .._core.numeric import normalize_axis_index
from .._utils import set_module  # noqa: F401
from ..lib import _twodim_base_impl as _twodim
from ..linalg import eigvals, eigvalsh
from . import polyutils as pu


def _inexact(c):
    return c + 0.0 if c.dtype.kind in "biu" else c


class Family:
    """The recurrence coefficients and what is known of a family. `total`: the weight function's integral."""

    def __init__(self, name, a, b, c, derivative, integral, maxpower=16, convolves=False, total=None, weight=None):
        self.name, self.a, self.b, self.c = name, a, b, c
        self.derivative, self.integral = derivative, integral
        self.maxpower, self.convolves, self.total, self.weight = maxpower, convolves, total, weight

    # ---- arithmetic ---------------------------------------------------------------------------------------------------

    def line(self, off, scl):
        if scl == 0:
            return np.array([off])
        return np.array([off + scl * self.b(0), scl * self.a(0)]) if self.b(0) else np.array([off, scl * self.a(0)] if self.a(0) != 1 else [off, scl])

    def mulx(self, c):
        [c] = pu.as_series([c])
        if len(c) == 1 and c[0] == 0:
            return c
        return self._mulx(c)

    def _mulx(self, c):
        out = np.zeros(len(c) + 1, dtype=np.result_type(c.dtype, float) if c.dtype != object else object)
        for n in range(len(c)):
            out[n + 1] += c[n] * self.a(n)
            if self.b(n):
                out[n] += c[n] * self.b(n)
            if n and self.c(n):
                out[n - 1] += c[n] * self.c(n)
        return out

    def mul(self, c1, c2):
        [c1, c2] = pu.as_series([c1, c2])
        if self.convolves:
            return pu.trimseq(np.convolve(c1, c2))
        if len(c1) > len(c2):
            c1, c2 = c2, c1
        # Clenshaw's scheme with "multiply by x" as the argument
        last = before = None
        for k in range(len(c1) - 1, -1, -1):
            y = c1[k] * c2
            if last is not None:
                step = self._mulx(last)
                if self.b(k):
                    step = pu._sub(step, self.b(k) * last)
                y = pu._add(y, step / self.a(k))
            if before is not None and self.c(k + 1):
                y = pu._sub(y, before * (self.c(k + 1) / self.a(k + 1)))
            last, before = y, last
        return pu.trimseq(last)

    def div(self, c1, c2):
        return pu._div(self.mul, c1, c2)

    def pow(self, c, pow, maxpower=None):
        return pu._pow(self.mul, c, pow, maxpower)

    def fromroots(self, roots):
        return pu._fromroots(self.line, self.mul, roots)

    def to_poly(self, c):
        [c] = pu.as_series([c])
        last = before = None
        for k in range(len(c) - 1, -1, -1):
            y = c[k:k + 1]
            if last is not None:
                step = np.concatenate(([0], last))
                if self.b(k):
                    step = pu._sub(step, self.b(k) * last)
                y = pu._add(y, step / self.a(k))
            if before is not None and self.c(k + 1):
                y = pu._sub(y, before * (self.c(k + 1) / self.a(k + 1)))
            last, before = y, last
        return last if len(c) > 1 else c

    def from_poly(self, pol):
        [pol] = pu.as_series([pol])
        res = 0
        for coefficient in pol[::-1]:
            res = pu._add(self.mulx(res), coefficient)
        return res

    # ---- calculus -------------------------------------------------------------------------------------------------------

    @staticmethod
    def _coefficients_in_front(c, axis):
        c = _inexact(np.array(c, ndmin=1, copy=True))
        axis = normalize_axis_index(axis, c.ndim)
        return np.moveaxis(c, axis, 0), axis

    @staticmethod
    def _order(m, axis, what):
        count, axis = pu._as_int(m, f"the order of {what}"), pu._as_int(axis, "the axis")
        if count < 0:
            raise ValueError(f"The order of {what} must be non-negative")
        return count, axis

    def der(self, c, m=1, scl=1, axis=0):
        times, axis = self._order(m, axis, "derivation")
        c, axis = self._coefficients_in_front(c, axis)
        n = len(c)
        if times >= n:
            c, times = c[:1] * 0, 0
        for _ in range(times):
            c = c * scl
            out = np.empty((n - 1,) + c.shape[1:], dtype=c.dtype)
            for j in range(n - 1, 0, -1):
                plain, of_previous, of_one_before = self.derivative(j)
                out[j - 1] = plain * c[j]
                if of_previous:
                    c[j - 1] += of_previous * c[j]
                if of_one_before and j > 1:
                    c[j - 2] += of_one_before * c[j]
            c, n = out, n - 1
        return np.moveaxis(c, 0, axis)

    def int(self, c, m=1, k=[], lbnd=0, scl=1, axis=0):
        times, axis = self._order(m, axis, "integration")
        constants = list(k) if hasattr(k, "__iter__") else [k]
        if len(constants) > times:
            raise ValueError("Too many integration constants")
        for name, value in (("lbnd", lbnd), ("scl", scl)):
            if np.ndim(value):
                raise ValueError(f"{name} must be a scalar.")
        constants += [0] * (times - len(constants))
        c, axis = self._coefficients_in_front(c, axis)
        for constant in constants:
            n = len(c)
            c = c * scl
            if n == 1 and np.all(c[0] == 0):
                c[0] += constant
                continue
            out = np.zeros((n + 1,) + c.shape[1:], dtype=c.dtype)
            for j in range(n):
                for index, factor in self.integral(j):
                    out[index] += c[j] * factor
            out[0] += constant - self.val(lbnd, out)
            c = out
        return np.moveaxis(c, 0, axis)

    # ---- values ------------------------------------------------------------------------------------------------------------

    def val(self, x, c, tensor=True):
        c = _inexact(np.array(c, copy=None, ndmin=1))
        x = np.asarray(x) if isinstance(x, (list, tuple)) else x
        if tensor and isinstance(x, np.ndarray):
            c = c.reshape(c.shape + x.ndim * (1,))
        if len(c) == 1:
            return c[0] + x * 0
        y1, y2 = c[-1] + x * 0, None
        for k in range(len(c) - 2, -1, -1):
            shifted = x - self.b(k) if self.b(k) else x
            y = c[k] + y1 * shifted / self.a(k) if self.a(k) != 1 else c[k] + y1 * shifted
            if y2 is not None and self.c(k + 1):
                y = y - y2 * (self.c(k + 1) / self.a(k + 1))
            y1, y2 = y, y1
        return y1

    def vander(self, x, deg):
        deg = pu._as_int(deg, "deg")
        x = np.array(x, ndmin=1, copy=None) + 0.0
        if deg < 0:
            raise ValueError("deg must be non-negative")
        v = np.empty((deg + 1,) + x.shape, dtype=x.dtype)
        v[0] = x * 0 + 1
        for n in range(deg):
            v[n + 1] = (x - self.b(n)) * v[n] / self.a(n) if self.a(n) != 1 or self.b(n) else x * v[n]
            if n and self.c(n):
                v[n + 1] -= v[n - 1] * (self.c(n) / self.a(n))
        return np.moveaxis(v, 0, -1)

    def fit(self, x, y, deg, rcond=None, full=False, w=None):
        return pu._fit(self.vander, x, y, deg, rcond, full, w)

    # ---- roots and quadrature ---------------------------------------------------------------------------------------------

    def companion(self, c):
        [c] = pu.as_series([c])
        if len(c) < 2:
            raise ValueError("Series must have maximum degree of at least 1.")
        n = len(c) - 1
        if n == 1:
            return np.array([[self.b(0) - self.a(0) * c[0] / c[1]]])
        scale = np.ones(n)
        for k in range(n - 1):
            ratio = self.a(k) / self.c(k + 1) if self.c(k + 1) else 1.0
            scale[k + 1] = scale[k] * ratio ** 0.5
        mat = np.zeros((n, n), dtype=c.dtype)
        for k in range(n):
            mat[k, k] = self.b(k)
            if k + 1 < n:
                mat[k + 1, k] = self.a(k) * scale[k] / scale[k + 1]
                if self.c(k + 1):
                    mat[k, k + 1] = self.c(k + 1) * scale[k + 1] / scale[k]
        mat[:, -1] -= (c[:-1] / c[-1]) * (scale[-1] / scale) * self.a(n - 1)
        return mat

    def roots(self, c):
        [c] = pu.as_series([c])
        if len(c) < 2:
            return np.array([], dtype=c.dtype)
        if len(c) == 2:
            return np.array([self.b(0) - self.a(0) * c[0] / c[1]])
        matrix = self.companion(c)
        if not self.convolves:  # large entries last
            matrix = matrix[::-1, ::-1]
        return np.sort(eigvals(matrix))

    def gauss(self, deg):
        """Nodes: eigenvalues of the symmetric recurrence matrix. Weights: total / sum of squared orthonormal values."""
        ideg = pu._as_int(deg, "deg")
        if ideg <= 0:
            raise ValueError("deg must be a positive integer")
        diagonal = np.array([float(self.b(k)) for k in range(ideg)])
        beside = np.array([(self.a(k) * self.c(k + 1)) ** 0.5 for k in range(ideg - 1)])
        mat = _twodim.diag(diagonal)
        if ideg > 1:
            mat = mat + _twodim.diag(beside, 1) + _twodim.diag(beside, -1)
        x = eigvalsh(mat)
        if not diagonal.any():
            x = (x - x[::-1]) / 2
        before, now = np.zeros(ideg), np.ones(ideg)
        squares = now * now
        for k in range(ideg - 1):
            previous = beside[k - 1] if k else 0.0
            before, now = now, ((x - diagonal[k]) * now - previous * before) / beside[k]
            squares += now * now
        w = self.total / squares
        return x, w * (self.total / w.sum())

    def weightfunc(self, x):
        return self.weight(x)

    # ---- public functions -----------------------------------------------------------------------------------------------------

    def publish(self, space, prefix, to_name=None, from_name=None):
        """Put the family's functions into a module's namespace under their names; returns these."""
        module = space["__name__"]
        names = []

        def add(name, func, doc):
            func.__name__ = func.__qualname__ = name
            func.__module__ = module
            func.__doc__ = doc
            space[name] = func
            names.append(name)

        def named(method, doc, name):
            target = getattr(self, method)
            signature = inspect.signature(target)

            def function(*args, **kwargs):
                return target(*args, **kwargs)

            function.__signature__ = signature
            add(name, function, doc)

        for suffix, method, doc in _PUBLIC:
            named(method, doc.format(self.name), prefix + suffix)
        max_power = self.maxpower

        def power(c, pow, maxpower=max_power):
            return self.pow(c, pow, maxpower)

        add(prefix + "pow", power, f"{self.name} series raised to a power.")
        val, vander = self.val, self.vander
        add(prefix + "val2d", lambda x, y, c: pu._valnd(val, c, x, y), "Values at points (x, y).")
        add(prefix + "val3d", lambda x, y, z, c: pu._valnd(val, c, x, y, z), "Values at points (x, y, z).")
        add(prefix + "grid2d", lambda x, y, c: pu._gridnd(val, c, x, y), "Values on the grid of x and y.")
        add(prefix + "grid3d", lambda x, y, z, c: pu._gridnd(val, c, x, y, z), "Values on the grid of x, y and z.")
        add(prefix + "vander2d", lambda x, y, deg: pu._vander_nd_flat((vander, vander), (x, y), deg), "Products of the families' values in x and y.")
        add(prefix + "vander3d", lambda x, y, z, deg: pu._vander_nd_flat((vander,) * 3, (x, y, z), deg), "Products of the families' values in x, y and z.")
        add(prefix + "trim", lambda c, tol=0: pu.trimcoef(c, tol), "Without trailing coefficients of absolute value up to tol.")
        add(prefix + "add", lambda c1, c2: pu._add(c1, c2), "Sum of two series.")
        add(prefix + "sub", lambda c1, c2: pu._sub(c1, c2), "Difference of two series.")
        if to_name:
            add(to_name, lambda c: self.to_poly(c), f"Power series of a {self.name} series.")
            add(from_name, lambda pol: self.from_poly(pol), f"{self.name} series of a power series.")
        if self.total is not None:
            add(prefix + "gauss", lambda deg: self.gauss(deg), "Nodes and weights of Gauss quadrature.")
        if self.weight is not None:
            add(prefix + "weight", lambda x: self.weight(x), "The weight function.")
        space[prefix + "zero"] = np.array([0])
        space[prefix + "one"] = np.array([1])
        space[prefix + "x"] = np.array([self.b(0), self.a(0)]) if self.b(0) else np.array([0, self.a(0)])
        return names + [prefix + "zero", prefix + "one", prefix + "x", prefix + "domain"]


_PUBLIC = [
    ("line", "line", "{} series of off + scl*x."), ("mulx", "mulx", "{} series times x."), ("mul", "mul", "Product of two {} series."),
    ("div", "div", "Quotient and remainder of two {} series."), ("val", "val", "Values of a {} series at x."),
    ("der", "der", "Derivative of a {} series."), ("int", "int", "Antiderivative of a {} series."),
    ("fromroots", "fromroots", "{} series with the given roots."), ("vander", "vander", "Values of each polynomial up to deg: {}."),
    ("fit", "fit", "Least-squares {} series."), ("companion", "companion", "Companion matrix of a {} series."),
    ("roots", "roots", "Roots of a {} series.")]


def methods_of(family, space, prefix):
    """What a class of _polybase takes from its module."""
    pick = {"_add": "add", "_sub": "sub", "_mul": "mul", "_div": "div", "_pow": "pow", "_val": "val", "_int": "int", "_der": "der",
            "_fit": "fit", "_line": "line", "_roots": "roots", "_fromroots": "fromroots"}
    return {attr: staticmethod(space[prefix + name]) for attr, name in pick.items()}
