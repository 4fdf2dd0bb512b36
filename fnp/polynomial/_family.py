"""One implementation of series in any polynomial family with a three-term recurrence.

A family is what its recurrence says,  x P_n = a(n) P_{n+1} + b(n) P_n + c(n) P_{n-1},  with how derivatives and
antiderivatives of P_n are written in the family itself. From these follow evaluation (Clenshaw 1955), products, division,
Vandermonde matrices, roots as eigenvalues of the companion (comrade) matrix (Good 1961) and Gauss quadrature (Golub and
Welsch 1969). The modules polynomial, chebyshev, ... give the results their public names.
"""
import functools

from .. import _core as np
from .._core.numeric import normalize_axis_index
from .._utils import set_module  # noqa: F401
from ..lib import _twodim_base_impl as _twodim
from ..linalg import eigvals, eigvalsh
from . import polyutils as pu


def _inexact(c):
    return c + 0.0 if c.dtype.kind in "biu" else c


def _ratio(p, q):
    return p / q if p % q else p // q


class Family:
    """The recurrence coefficients and what is known of a family. `total`: the weight function's integral.

    `a`, `b` and `c` give pairs of integers, numerator and denominator, so that what is derived from them is rounded once.
    """

    large_entries_last = True  # in the companion matrix, for its eigenvalues

    def __init__(self, name, a, b, c, derivative, integral, maxpower=16, total=None, weight=None):
        self.name = name
        self._parts = a, b, c
        self.a, self.b, self.c = (lambda n, part=part: _ratio(*part(n)) for part in self._parts)
        self.derivative, self.integral = derivative, integral
        self.x = [self.b(0), self.a(0)]  # the series of x
        self.maxpower, self.total, self.weight = maxpower, total, weight
        self.downwards = functools.lru_cache(maxsize=32)(self._downwards)
        self.bands = functools.lru_cache(maxsize=32)(self._bands)

    def _step(self, n):
        """(A, b, C):  P_{n+1} = A (x - b) P_n - ... P_{n-1}  and  P_{n+2} = ... - C P_n."""
        a, b, c = self._parts
        (p, q), (r, s), (t, u) = a(n), a(n + 1), c(n + 1)
        return _ratio(q, p), _ratio(*b(n)), _ratio(t * s, u * r)

    def _downwards(self, size):
        """The first steps with their indices in falling order, as Clenshaw's scheme takes them."""
        return [(n, self._step(n)) for n in range(size - 1, -1, -1)]

    def _bands(self, size):
        """The recurrence coefficients of the first `size` indices as arrays; no array where they are all zero."""
        bands = (np.array([part(n) for n in range(size)], dtype=float) for part in (self.a, self.b, self.c))
        return [band if band.any() else None for band in bands]

    # ---- arithmetic ---------------------------------------------------------------------------------------------------

    def line(self, off, scl):
        if scl == 0:
            return np.array([off])
        below, up = self.x
        return np.array([off + scl * below if below else off, scl * up if up != 1 else scl])

    def mulx(self, c):
        [c] = pu.as_series([c])
        if len(c) == 1 and c[0] == 0:
            return c
        return self._mulx(np.concatenate((c, c[:1] * 0)))

    def _mulx(self, c):
        """Times x, in as many coefficients as c has: the last one must be zero."""
        up, same, down = self.bands(len(c))
        out = np.zeros(len(c), dtype=c.dtype)
        out[1:] = c[:-1] * up[:-1]
        if same is not None:
            out += c * same
        if down is not None:
            out[:-1] += c[1:] * down[1:]
        return out

    def _clenshaw(self, c, factor, times_x):
        """The series c of the family times a factor, where times_x multiplies by x in a fixed number of coefficients."""
        now = np.zeros(len(c) + len(factor) - 1, dtype=factor.dtype)
        before = None
        now[:len(factor)] = c[-1] * factor
        for k, (a, b, next_c) in self.downwards(len(c) - 1):
            y = times_x(now)
            if b:
                y -= b * now
            if a != 1:
                y *= a
            if before is not None and next_c:
                y -= next_c * before
            y[:len(factor)] += c[k] * factor
            before, now = now, y
        return pu.trimseq(now)

    def mul(self, c1, c2):
        [c1, c2] = pu.as_series([c1, c2])
        if len(c1) > len(c2):
            c1, c2 = c2, c1
        return self._clenshaw(c1, c2, self._mulx)

    def div(self, c1, c2):
        return pu._div(self.mul, c1, c2)

    def pow(self, c, pow, maxpower=None):
        return pu._pow(self.mul, c, pow, maxpower)

    def fromroots(self, roots):
        return pu._fromroots(self.line, self.mul, roots)

    def to_poly(self, c):
        [c] = pu.as_series([c])
        if len(c) == 1:
            return c
        return self._clenshaw(c, np.ones(1, dtype=c.dtype), lambda p: np.concatenate((p[:1] * 0, p[:-1])))

    def from_poly(self, pol):
        [pol] = pu.as_series([pol])
        res = np.zeros(len(pol), dtype=pol.dtype)
        for coefficient in pol[::-1]:
            res = self._mulx(res)
            res[0] += coefficient
        return pu.trimseq(res)

    # ---- calculus -------------------------------------------------------------------------------------------------------

    @staticmethod
    def _coefficients_in_front(c, axis):
        c = _inexact(np.array(c, ndmin=1, copy=True))
        axis = normalize_axis_index(axis, c.ndim)
        return np.moveaxis(c, axis, 0) if axis else c, axis

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
        return np.moveaxis(c, 0, axis) if axis else c

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
        return np.moveaxis(c, 0, axis) if axis else c

    # ---- values ------------------------------------------------------------------------------------------------------------

    @staticmethod
    def _series_and_points(c, x, tensor):
        c = _inexact(np.array(c, copy=None, ndmin=1))
        if isinstance(x, (list, tuple)):
            x = np.asarray(x)
        if tensor and isinstance(x, np.ndarray):
            c = c.reshape(c.shape + x.ndim * (1,))
        return c, x

    def val(self, x, c, tensor=True):
        c, x = self._series_and_points(c, x, tensor)
        if len(c) == 1:
            return c[0] + x * 0
        now, before, factor = c[-1], None, None
        for k, (a, b, next_c) in self.downwards(len(c) - 1):
            if b or a != factor:
                factor, step = a, x - b if b else x
                if a != 1:
                    step = step * a
            value = c[k]
            if before is not None and next_c:
                value = value - (before if next_c == 1 else before * next_c)
            before, now = now, value + now * step
        return now

    def vander(self, x, deg):
        deg = pu._as_int(deg, "deg")
        x = np.array(x, ndmin=1, copy=None) + 0.0
        if deg < 0:
            raise ValueError("deg must be non-negative")
        v = np.empty((deg + 1,) + x.shape, dtype=x.dtype)
        v[0] = x * 0 + 1
        last_c = 0
        for n, (a, b, next_c) in reversed(self.downwards(deg)):
            v[n + 1] = v[n] * (x - b if b else x)
            if a != 1:
                v[n + 1] *= a
            if n and last_c:
                v[n + 1] -= v[n - 1] * last_c
            last_c = next_c
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
            return np.array([[self.x[0] - self.x[1] * c[0] / c[1]]])
        up, same, down = self.bands(n + 1)
        mat = np.zeros((n, n), dtype=c.dtype)
        flat = mat.reshape(-1)
        # Scaled so that the recurrence's part is symmetric.
        scale = np.concatenate((np.ones(1), np.cumprod(np.sqrt(up[:n - 1] / down[1:n]))))
        if same is not None:
            flat[::n + 1] = same[:n]
        flat[n::n + 1] = flat[1::n + 1] = up[:n - 1] * scale[:-1] / scale[1:]
        mat[:, -1] -= (c[:-1] / c[-1]) * (scale[-1] / scale) * self.a(n - 1)
        return mat

    def roots(self, c):
        [c] = pu.as_series([c])
        if len(c) < 2:
            return np.array([], dtype=c.dtype)
        if len(c) == 2:
            return np.array([self.x[0] - self.x[1] * c[0] / c[1]])
        matrix = self.companion(c)
        if self.large_entries_last:
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

        doc = f"{{}} {self.name} series{{}}".format
        max_power = self.maxpower
        add(prefix + "line", lambda off, scl: self.line(off, scl), doc("off + scl*x as a", "."))
        add(prefix + "mulx", lambda c: self.mulx(c), doc("A", " times x."))
        add(prefix + "mul", lambda c1, c2: self.mul(c1, c2), doc("Product of two", "."))
        add(prefix + "div", lambda c1, c2: self.div(c1, c2), doc("Quotient and remainder of two", "."))
        add(prefix + "pow", lambda c, pow, maxpower=max_power: self.pow(c, pow, maxpower), doc("A", " raised to a power."))
        add(prefix + "val", lambda x, c, tensor=True: self.val(x, c, tensor), doc("Values at x of a", "."))
        add(prefix + "der", lambda c, m=1, scl=1, axis=0: self.der(c, m, scl, axis), doc("Derivative of a", "."))
        add(prefix + "int", lambda c, m=1, k=[], lbnd=0, scl=1, axis=0: self.int(c, m, k, lbnd, scl, axis), doc("Antiderivative of a", "."))
        add(prefix + "fromroots", lambda roots: self.fromroots(roots), doc("The monic", " with the given roots."))
        add(prefix + "vander", lambda x, deg: self.vander(x, deg), f"Values of each {self.name} polynomial up to deg.")
        add(prefix + "fit", lambda x, y, deg, rcond=None, full=False, w=None: self.fit(x, y, deg, rcond, full, w), doc("Least-squares", "."))
        add(prefix + "companion", lambda c: self.companion(c), doc("Companion matrix of a", "."))
        add(prefix + "roots", lambda c: self.roots(c), doc("Roots of a", "."))
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
        space[prefix + "x"] = np.array(self.x)
        return names + [prefix + "zero", prefix + "one", prefix + "x", prefix + "domain"]


def methods_of(family, space, prefix):
    """What a class of _polybase takes from its module."""
    pick = {"_add": "add", "_sub": "sub", "_mul": "mul", "_div": "div", "_pow": "pow", "_val": "val", "_int": "int", "_der": "der",
            "_fit": "fit", "_line": "line", "_roots": "roots", "_fromroots": "fromroots"}
    return {attr: staticmethod(space[prefix + name]) for attr, name in pick.items()}
