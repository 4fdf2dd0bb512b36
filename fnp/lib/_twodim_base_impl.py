"""Matrices with a pattern, and indices of their parts."""
import operator

from .._core.multiarray import empty, zeros
from .._core.overrides import finalize_array_function_like, set_module
from ._root import _array_converter, np, public

__all__ = [
    "diag",
    "diagflat",
    "eye",
    "fliplr",
    "flipud",
    "tri",
    "triu",
    "tril",
    "vander",
    "histogram2d",
    "mask_indices",
    "tril_indices",
    "tril_indices_from",
    "triu_indices",
    "triu_indices_from",
]


@public(lambda m: (m,))
def fliplr(m):
    """View with the order of the columns (axis 1) reversed.

    Examples
    --------
    >>> np.fliplr([[1, 2], [3, 4]])
    array([[2, 1],
           [4, 3]])
    """
    m = np.asanyarray(m)
    if m.ndim < 2:
        raise ValueError("Input must be >= 2-d.")
    return m[:, ::-1]


@public(lambda m: (m,))
def flipud(m):
    """View with the order of the rows (axis 0) reversed.

    Examples
    --------
    >>> np.flipud([[1, 2], [3, 4]])
    array([[3, 4],
           [1, 2]])
    """
    m = np.asanyarray(m)
    if m.ndim < 1:
        raise ValueError("Input must be >= 1-d.")
    return m[::-1, ...]


@finalize_array_function_like
@set_module("numpy")
def eye(N, M=None, k=0, dtype=float, order="C", *, device=None, like=None):
    """Matrix with ones on a diagonal and zeros elsewhere.

    Parameters
    ----------
    N, M : int
        Numbers of rows and columns; square by default.
    k : int
        Which diagonal; positive ones lie above the main one.
    dtype : data-type
    order : {'C', 'F'}
    device : 'cpu' or None
    ${ARRAY_FUNCTION_LIKE}

    Examples
    --------
    >>> np.eye(2, 3, 1)
    array([[0., 1., 0.],
           [0., 0., 1.]])
    """
    width = N if M is None else M
    if like is not None:
        return _eye_with_like(like, N, M, k, dtype, order, device=device)
    m = zeros((N, width), dtype, order, device=device)
    if k >= width:
        return m
    # plain integers: narrow NumPy ones could overflow below
    rows, columns, k = map(operator.index, (N, width, k))
    first, count = (k, min(rows, columns - k)) if k > 0 else (-k * columns, min(rows + k, columns))
    if count > 0:
        m.flat[first : first + count * (columns + 1) : columns + 1] = 1
    return m


_eye_with_like = public()(eye)


@public(lambda v, k=None: (v,))
def diag(v, k=0):
    """The `k`-th diagonal of a matrix as a view, or the matrix with the given diagonal.

    Examples
    --------
    >>> np.diag([[1, 2], [3, 4]])
    array([1, 4])
    >>> np.diag([1, 2])
    array([[1, 0],
           [0, 2]])
    """
    v = np.asanyarray(v)
    if v.ndim == 2:
        return np.diagonal(v, k)
    if v.ndim != 1:
        raise ValueError("Input must be 1- or 2-d.")
    side = len(v) + abs(k)
    matrix = zeros((side, side), v.dtype)
    first = k if k >= 0 else -k * side
    matrix.flat[first : first + len(v) * (side + 1) : side + 1] = v
    return matrix


@public(lambda v, k=None: (v,))
def diagflat(v, k=0):
    """Matrix with the flattened `v` on its `k`-th diagonal.

    Examples
    --------
    >>> np.diagflat([[1, 2]])
    array([[1, 0],
           [0, 2]])
    """
    conv = _array_converter(v)
    (v,) = conv.as_arrays(subok=False)
    return conv.wrap(diag(v.ravel(), k))


def _index_line(start, stop):
    """arange in the narrowest integers that hold it; comparing those is fastest."""
    for name in ("int8", "int16", "int32"):
        top = 1 << (np.dtype(name).itemsize * 8 - 1)
        if -top <= start and stop <= top:
            return np.arange(start, stop, dtype=name)
    return np.arange(start, stop)


@finalize_array_function_like
@set_module("numpy")
def tri(N, M=None, k=0, dtype=float, *, like=None):
    """Matrix with ones at and below the `k`-th diagonal.

    Parameters
    ----------
    N, M : int
        Numbers of rows and columns; square by default.
    k : int
    dtype : data-type
    ${ARRAY_FUNCTION_LIKE}

    Examples
    --------
    >>> np.tri(2, 3, dtype=int)
    array([[1, 0, 0],
           [1, 1, 0]])
    """
    if like is not None:
        return _tri_with_like(like, N, M, k, dtype)
    width = N if M is None else M
    below = _index_line(0, N)[:, np.newaxis] >= _index_line(-k, width - k)
    return below.astype(dtype, copy=False)


_tri_with_like = public()(tri)


def _zero(m):
    return zeros(1, m.dtype)


@public(lambda m, k=None: (m,))
def tril(m, k=0):
    """Copy with everything above the `k`-th diagonal set to zero.

    Examples
    --------
    >>> np.tril([[1, 2], [3, 4]])
    array([[1, 0],
           [3, 4]])
    """
    m = np.asanyarray(m)
    return np.where(tri(*m.shape[-2:], k=k, dtype=bool), m, _zero(m))


@public(lambda m, k=None: (m,))
def triu(m, k=0):
    """Copy with everything below the `k`-th diagonal set to zero.

    Examples
    --------
    >>> np.triu([[1, 2], [3, 4]])
    array([[1, 2],
           [0, 4]])
    """
    m = np.asanyarray(m)
    return np.where(tri(*m.shape[-2:], k=k - 1, dtype=bool), _zero(m), m)


@public(lambda x, N=None, increasing=None: (x,))
def vander(x, N=None, increasing=False):
    """Vandermonde matrix: column `j` is `x` to the power ``N-1-j`` (or `j`, if increasing).

    Examples
    --------
    >>> np.vander([1, 2, 3], 2)
    array([[1, 1],
           [2, 1],
           [3, 1]])
    """
    x = np.asarray(x)
    if x.ndim != 1:
        raise ValueError("x must be a one-dimensional array or sequence.")
    result = empty((len(x), len(x) if N is None else N), dtype=np.promote_types(x.dtype, int))
    powers = result if increasing else result[:, ::-1]
    if powers.shape[1]:
        powers[:, 0] = 1
        powers[:, 1:] = x[:, np.newaxis]
        np.multiply.accumulate(powers[:, 1:], out=powers[:, 1:], axis=1)
    return result


def _histogram2d_dispatcher(x, y, bins=None, range=None, density=None, weights=None):
    yield x
    yield y
    try:
        # anything of another length counts as one array of edges for both axes
        pair = len(bins) == 2
    except TypeError:
        pair = True
    if pair and bins is not None and np.iterable(bins):
        yield from bins
    else:
        yield bins
    yield weights


@public(_histogram2d_dispatcher)
def histogram2d(x, y, bins=10, range=None, density=None, weights=None):
    """Histogram of points in the plane.

    Parameters
    ----------
    x, y : array_like, 1-D and equally long
    bins : int, array of edges, or a pair of them
    range : array_like of shape (2, 2), optional
        Limits of the bins along `x` and `y`.
    density : bool
        Return the probability density.
    weights : array_like, optional

    Returns
    -------
    H, xedges, yedges : arrays of shapes (nx, ny), (nx + 1,), (ny + 1,)

    Examples
    --------
    >>> H, xe, ye = np.histogram2d([0, 1, 1], [0, 1, 1], bins=2)
    >>> H.tolist()
    [[1.0, 0.0], [0.0, 2.0]]
    """
    if len(x) != len(y):
        raise ValueError("x and y must have the same length.")
    try:
        count = len(bins)
    except TypeError:
        count = 1
    if count not in (1, 2):
        bins = [np.asarray(bins)] * 2
    hist, edges = np.histogramdd([x, y], bins, range, density, weights)
    return hist, edges[0], edges[1]


@set_module("numpy")
def mask_indices(n, mask_func, k=0):
    """Indices of what ``mask_func(ones((n, n)), k)`` leaves nonzero.

    Examples
    --------
    >>> np.mask_indices(2, np.triu)
    (array([0, 0, 1]), array([0, 1, 1]))
    """
    return np.nonzero(mask_func(np.ones((n, n), int), k) != 0)


def _where_true(mask):
    return tuple(index.copy() for index in mask.nonzero())


@set_module("numpy")
def tril_indices(n, k=0, m=None):
    """Indices of the lower triangle of an `n` by `m` matrix.

    Examples
    --------
    >>> np.tril_indices(2)
    (array([0, 1, 1]), array([0, 0, 1]))
    """
    return _where_true(tri(n, m, k=k, dtype=bool))


@set_module("numpy")
def triu_indices(n, k=0, m=None):
    """Indices of the upper triangle of an `n` by `m` matrix.

    Examples
    --------
    >>> np.triu_indices(2)
    (array([0, 0, 1]), array([0, 1, 1]))
    """
    return _where_true(~tri(n, m, k=k - 1, dtype=bool))


def _matrix_shape(arr):
    if arr.ndim != 2:
        raise ValueError("input array must be 2-d")
    return arr.shape


@public(lambda arr, k=None: (arr,))
def tril_indices_from(arr, k=0):
    """Indices of the lower triangle of `arr`.

    Examples
    --------
    >>> np.tril_indices_from(np.eye(2))
    (array([0, 1, 1]), array([0, 0, 1]))
    """
    rows, columns = _matrix_shape(arr)
    return tril_indices(rows, k=k, m=columns)


@public(lambda arr, k=None: (arr,))
def triu_indices_from(arr, k=0):
    """Indices of the upper triangle of `arr`.

    Examples
    --------
    >>> np.triu_indices_from(np.eye(2))
    (array([0, 0, 1]), array([0, 1, 1]))
    """
    rows, columns = _matrix_shape(arr)
    return triu_indices(rows, k=k, m=columns)
