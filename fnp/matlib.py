"""Constructors of matrices, in place of the functions of the same names. Deprecated."""
import sys as _sys
import warnings as _warnings

_np = _sys.modules[__name__.partition('.')[0]]
_warnings.warn(
    f'Importing from {__name__} is deprecated since 1.19.0. The matrix subclass is not the '
    'recommended way to represent matrices or deal with linear algebra (see '
    'https://docs.scipy.org/doc/numpy/user/numpy-for-matlab-users.html). Please adjust your code '
    'to use regular ndarray. ', PendingDeprecationWarning, stacklevel=2)

globals().update((_name, getattr(_np, _name)) for _name in _np.__all__
                 if _name in vars(_np))
from .matrixlib.defmatrix import asmatrix, matrix  # noqa: E402

np = _np
__version__ = _np.__version__
__all__ = ['rand', 'randn', 'repmat', *_np.__all__]


def __getattr__(name):
    """Submodules that the package loads when they are asked for."""
    if name not in _np.__all__:
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    value = globals()[name] = getattr(_np, name)
    return value


def _filled(shape, value, dtype, order):
    made = empty(shape, dtype, order)
    made.fill(value)
    return made


def empty(shape, dtype=None, order='C'):
    """Matrix of arbitrary content."""
    return _np.ndarray.__new__(matrix, shape, dtype, order=order)


def ones(shape, dtype=None, order='C'):
    """Matrix of ones."""
    return _filled(shape, 1, dtype, order)


def zeros(shape, dtype=None, order='C'):
    """Matrix of zeros."""
    return _filled(shape, 0, dtype, order)


def identity(n, dtype=None):
    """The n by n identity matrix."""
    made = zeros((n, n), dtype)
    made.flat[::n + 1] = 1
    return made


def eye(n, M=None, k=0, dtype=float, order='C'):
    """Matrix with ones on one diagonal and zeros elsewhere."""
    return asmatrix(_np.eye(n, M=M, k=k, dtype=dtype, order=order))


def _sizes(args):
    return args[0] if isinstance(args[0], tuple) else args


def rand(*args):
    """Matrix of uniform random numbers."""
    return asmatrix(_np.random.rand(*_sizes(args)))


def randn(*args):
    """Matrix of normal random numbers."""
    return asmatrix(_np.random.randn(*_sizes(args)))


def repmat(a, m, n):
    """An array of up to two dimensions, repeated m by n times."""
    a = _np.asanyarray(a)
    rows = _np.atleast_2d(a).shape[0] if a.ndim < 2 else a.shape[0]
    flat = _np.atleast_2d(a).reshape(rows, -1)
    return _np.concatenate([_np.concatenate([flat] * n, axis=1)] * m, axis=0)
