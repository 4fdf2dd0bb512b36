"""Tapering windows, and the two special functions that belong to them."""
from .._core.overrides import set_module
from ._root import np, public


def _window(M, formula, *, extra=()):
    """Evaluate ``formula(n, M)`` at n = 1-M, 3-M .. M-1: a symmetric window is even in n."""
    # converting together with 0.0 gives Python integers double precision, and keeps float32
    M = np.array([0.0, M])[1]
    if M < 1:
        return np.array([], dtype=M.dtype)
    if M == 1:
        return np.ones(1, dtype=M.dtype)
    return formula(np.arange(1 - M, M, 2), M - 1)


@set_module("numpy")
def blackman(M):
    """Blackman window of `M` points: 0.42 + 0.5 cos(t) + 0.08 cos(2t), t from -pi to pi.

    Examples
    --------
    >>> np.blackman(5).round(2) + 0.
    array([0.  , 0.34, 1.  , 0.34, 0.  ])
    """
    return _window(
        M, lambda n, d: 0.42 + 0.5 * np.cos(np.pi * n / d) + 0.08 * np.cos(2.0 * np.pi * n / d)
    )


@set_module("numpy")
def bartlett(M):
    """Bartlett (triangular) window of `M` points, zero at both ends.

    Examples
    --------
    >>> np.bartlett(5)
    array([0. , 0.5, 1. , 0.5, 0. ])
    """
    return _window(M, lambda n, d: np.where(n <= 0, 1 + n / d, 1 - n / d))


@set_module("numpy")
def hanning(M):
    """Hann window of `M` points: 0.5 + 0.5 cos(t), t from -pi to pi.

    Examples
    --------
    >>> np.hanning(5)
    array([0. , 0.5, 1. , 0.5, 0. ])
    """
    return _window(M, lambda n, d: 0.5 + 0.5 * np.cos(np.pi * n / d))


@set_module("numpy")
def hamming(M):
    """Hamming window of `M` points: 0.54 + 0.46 cos(t), t from -pi to pi.

    Examples
    --------
    >>> np.hamming(5).round(2)
    array([0.08, 0.54, 1.  , 0.54, 0.08])
    """
    return _window(M, lambda n, d: 0.54 + 0.46 * np.cos(np.pi * n / d))


# Chebyshev coefficients of exp(-x) I0(x) on [0, 8], and of exp(-x) sqrt(x) I0(x) on [8, inf) in
# 1/x, highest order first: the expansions of the Cephes library (S. Moshier).
_i0A = [
    -4.41534164647933937950e-18, 3.33079451882223809783e-17, -2.43127984654795469359e-16,
    1.71539128555513303061e-15, -1.16853328779934516808e-14, 7.67618549860493561688e-14,
    -4.85644678311192946090e-13, 2.95505266312963983461e-12, -1.72682629144155570723e-11,
    9.67580903537323691224e-11, -5.18979560163526290666e-10, 2.65982372468238665035e-9,
    -1.30002500998624804212e-8, 6.04699502254191894932e-8, -2.67079385394061173391e-7,
    1.11738753912010371815e-6, -4.41673835845875056359e-6, 1.64484480707288970893e-5,
    -5.75419501008210370398e-5, 1.88502885095841655729e-4, -5.76375574538582365885e-4,
    1.63947561694133579842e-3, -4.32430999505057594430e-3, 1.05464603945949983183e-2,
    -2.37374148058994688156e-2, 4.93052842396707084878e-2, -9.49010970480476444210e-2,
    1.71620901522208775349e-1, -3.04682672343198398683e-1, 6.76795274409476084995e-1,
]
_i0B = [
    -7.23318048787475395456e-18, -4.83050448594418207126e-18, 4.46562142029675999901e-17,
    3.46122286769746109310e-17, -2.82762398051658348494e-16, -3.42548561967721913462e-16,
    1.77256013305652638360e-15, 3.81168066935262242075e-15, -9.55484669882830764870e-15,
    -4.15056934728722208663e-14, 1.54008621752140982691e-14, 3.85277838274214270114e-13,
    7.18012445138366623367e-13, -1.79417853150680611778e-12, -1.32158118404477131188e-11,
    -3.14991652796324136454e-11, 1.18891471078464383424e-11, 4.94060238822496958910e-10,
    3.39623202570838634515e-9, 2.26666899049817806459e-8, 2.04891858946906374183e-7,
    2.89137052083475648297e-6, 6.88975834691682398426e-5, 3.36911647825569408990e-3,
    8.04490411014108831608e-1,
]


_PIECE = 4096  # elements whose temporaries stay in the cache


def _chebyshev_sum(x, coefficients):
    """Clenshaw's recurrence; the constant term counts half."""
    if type(x) is np.ndarray and x.ndim == 1 and len(x) > _PIECE:
        result = np.empty_like(x)
        for start in range(0, len(x), _PIECE):
            result[start : start + _PIECE] = _chebyshev_sum(x[start : start + _PIECE], coefficients)
        return result
    newest, older, oldest = coefficients[0], 0.0, 0.0
    for c in coefficients[1:]:
        oldest, older = older, newest
        newest = x * older
        newest -= oldest
        newest += c
    return 0.5 * (newest - oldest)


@public(lambda x: (x,))
def i0(x):
    """Modified Bessel function of the first kind and order 0.

    Examples
    --------
    >>> np.i0(0.)
    array(1.)
    """
    x = np.asanyarray(x)
    if x.dtype.kind == "c":
        raise TypeError("i0 not supported for complex values")
    if x.dtype.kind != "f":
        x = x.astype(float)
    x = np.abs(x)
    return np.piecewise(
        x,
        [x <= 8.0],
        [
            lambda small: np.exp(small) * _chebyshev_sum(small / 2.0 - 2, _i0A),
            lambda large: np.exp(large) * _chebyshev_sum(32.0 / large - 2.0, _i0B)
            / np.sqrt(large),
        ],
    )


@set_module("numpy")
def kaiser(M, beta):
    """Kaiser window of `M` points with shape parameter `beta`.

    Examples
    --------
    >>> np.kaiser(3, 0)
    array([1., 1., 1.])
    """
    M, beta = np.array([0.0, M, beta])[1:]
    if M == 1:
        return np.ones(1, dtype=M.dtype)
    half = (M - 1) / 2.0
    x = (np.arange(0, M) - half) / half
    return i0(beta * np.sqrt(1 - x**2.0)) / i0(beta)


@public(lambda x: (x,))
def sinc(x):
    """The normalised sinc function, sin(pi x) / (pi x).

    Examples
    --------
    >>> np.sinc([0, 0.5]).round(4)
    array([1.    , 0.6366])
    """
    x = np.asanyarray(x)
    x = np.pi * x
    # the limit at 0 is 1; dividing by the smallest step gives it without a case
    if x.dtype.kind == "f":
        tiny = np.asarray(np.finfo(x.dtype).eps, x.dtype)
    else:
        tiny = 1e-20
    y = np.where(x, x, tiny)
    return np.sin(y) / y
