"""Objects that are indexed rather than called, and makers of index arrays."""
import itertools
import math
import sys

from .._core.multiarray import concatenate as _concatenate
from .._core.multiarray import ravel_multi_index, unravel_index
from .._core.numerictypes import ScalarType
from .._core.overrides import set_module
from ..matrixlib import bmat as _bmat
from ..matrixlib import matrix as _matrix
from ._root import np, public

_SCALAR_TYPES = frozenset(ScalarType)

__all__ = [
    "ravel_multi_index",
    "unravel_index",
    "mgrid",
    "ogrid",
    "r_",
    "c_",
    "s_",
    "index_exp",
    "ix_",
    "ndenumerate",
    "ndindex",
    "fill_diagonal",
    "diag_indices",
    "diag_indices_from",
]


@public(lambda *args: args)
def ix_(*args):
    """Turn 1-D sequences into an open mesh: indexing with it selects their cross product.

    Boolean sequences stand for the places where they are true.

    Examples
    --------
    >>> a = np.arange(10).reshape(2, 5)
    >>> a[np.ix_([True, True], [2, 4])]
    array([[2, 4],
           [7, 9]])
    """
    mesh = []
    for place, seq in enumerate(args):
        if not isinstance(seq, np.ndarray):
            seq = np.asarray(seq)
            if not seq.size:
                # an empty list would otherwise index as float
                seq = seq.astype(np.intp)
        if seq.ndim != 1:
            raise ValueError("Cross index must be 1 dimensional")
        if seq.dtype.kind == "b":
            seq = seq.nonzero()[0]
        mesh.append(seq.reshape([-1 if i == place else 1 for i in range(len(args))]))
    return tuple(mesh)


def _grid_axis(part):
    """(start, step, count, numbers that decide the dtype) of one slice of a grid."""
    step = 1 if part.step is None else part.step
    start = 0 if part.start is None else part.start
    stop = part.stop
    if isinstance(step, (complex, np.complexfloating)):
        size = abs(step)
        count = int(size)
        step = (stop - start) / float(count - 1) if count > 1 else stop - start
        return start, step, count, (start, stop, size)
    return start, step, math.ceil((stop - start) / step), (start, stop, step)


class nd_grid:
    """Grids made by slicing; an imaginary step counts points and includes the end.

    Parameters
    ----------
    sparse : bool
        Return one broadcastable array per axis, not the full grid.
    """

    __slots__ = ("sparse",)

    def __init__(self, sparse=False):
        self.sparse = sparse

    def __getitem__(self, key):
        if isinstance(key, slice):
            return self._line(key)
        try:
            axes = [_grid_axis(key[i]) for i in range(len(key))]
        except TypeError:
            return self._line(key)
        dtype = np.result_type(*[n for axis in axes for n in axis[3]]) if axes else np.dtype(int)
        counts = tuple(axis[2] for axis in axes)
        grid = np.indices(counts, dtype, sparse=self.sparse)
        if self.sparse:
            scaled = [g * step + start for g, (start, step, *_) in zip(grid, axes)]
            return tuple(self._spread(g.astype(dtype, copy=False).ravel(), i, len(axes))
                         for i, g in enumerate(scaled))
        for layer, (start, step, *_) in zip(grid, axes):
            layer[...] = layer * step + start
        return grid

    @staticmethod
    def _spread(line, place, ndim):
        return line[(None,) * place + (slice(None),) + (None,) * (ndim - place - 1)]

    @staticmethod
    def _line(key):
        step = key.step
        if isinstance(step, (complex, np.complexfloating)):
            start, step, count, numbers = _grid_axis(key)
            dtype = np.result_type(*numbers)
            return np.arange(count, dtype=dtype) * step + start
        return np.arange(0 if key.start is None else key.start, key.stop, step)


class MGridClass(nd_grid):
    """Dense grids: ``mgrid[0:2, 0:3]`` has shape ``(2, 2, 3)``.

    Each slice of the key makes one axis, and the result has one layer per axis, stacked along a new
    first axis: layer ``k`` holds the coordinate along axis ``k`` at every point of the grid.  A real
    step works as in `arange`; an imaginary one gives the number of points, both ends included.

    Examples
    --------
    >>> np.mgrid[0:2, 0:2].tolist()
    [[[0, 0], [1, 1]], [[0, 1], [0, 1]]]
    >>> np.mgrid[-1:1:5j]
    array([-1. , -0.5,  0. ,  0.5,  1. ])
    """

    __slots__ = ()

    def __init__(self):
        super().__init__(sparse=False)


class OGridClass(nd_grid):
    """Open grids: ``ogrid[0:2, 0:3]`` gives arrays of shapes ``(2, 1)`` and ``(1, 3)``.

    Each slice of the key makes one array, of length 1 along all axes but its own, so that the arrays
    broadcast to what `mgrid` holds.  A real step works as in `arange`; an imaginary one gives the
    number of points, both ends included.

    Examples
    --------
    >>> [g.shape for g in np.ogrid[0:2, 0:3]]
    [(2, 1), (1, 3)]
    """

    __slots__ = ()

    def __init__(self):
        super().__init__(sparse=True)


mgrid = MGridClass()
ogrid = OGridClass()


class AxisConcatenator:
    """Joins the items of an index expression along an axis."""

    __slots__ = ("axis", "matrix", "ndmin", "trans1d")

    concatenate = staticmethod(_concatenate)
    makemat = staticmethod(_matrix)

    def __init__(self, axis=0, matrix=False, ndmin=1, trans1d=-1):
        self.axis = axis
        self.matrix = matrix
        self.ndmin = ndmin
        self.trans1d = trans1d

    def _directive(self, text):
        """(axis, ndmin, trans1d) as a string such as '0,3,1' asks for them."""
        numbers = [self.axis, self.ndmin, self.trans1d]
        if "," in text:
            try:
                asked = [int(word) for word in text.split(",")[:3]]
            except Exception as e:
                raise ValueError(f"unknown special directive {text!r}") from e
        else:
            try:
                asked = [int(text)]
            except (ValueError, TypeError) as e:
                raise ValueError("unknown special directive") from e
        numbers[: len(asked)] = asked
        return numbers

    @staticmethod
    def _lift(array, ndmin, trans1d):
        """Pad with axes of length one up to ndmin, so that the old ones begin at trans1d."""
        ndim = array.ndim
        array = np.array(array, copy=None, subok=True, ndmin=ndmin)
        if trans1d != -1 and ndim < ndmin:
            missing = ndmin - ndim
            first = trans1d if trans1d >= 0 else trans1d + missing + 1
            order = list(range(missing))
            order[first:first] = range(missing, ndmin)
            array = array.transpose(order)
        return array

    def __getitem__(self, key):
        if isinstance(key, str):
            caller = sys._getframe(1)
            return _bmat(key, caller.f_globals, caller.f_locals)
        items = key if isinstance(key, tuple) else (key,)
        axis, ndmin, trans1d = self.axis, self.ndmin, self.trans1d
        as_matrix, as_column = self.matrix, False

        pieces, deciding = [], []
        for place, item in enumerate(items):
            weak = False
            if isinstance(item, slice):
                array = nd_grid._line(item) if not isinstance(item.step, (complex, np.complexfloating)) \
                    else np.linspace(item.start or 0, item.stop, num=int(abs(item.step)))
                if ndmin > 1:
                    array = self._lift(array, ndmin, trans1d)
            elif isinstance(item, str):
                if place:
                    raise ValueError("special directives must be the first entry.")
                if item in ("r", "c"):
                    as_matrix, as_column = True, item == "c"
                else:
                    axis, ndmin, trans1d = self._directive(item)
                continue
            elif type(item) in _SCALAR_TYPES:
                array = np.array(item, ndmin=ndmin)
                weak = True
            else:
                array = np.array(item, copy=None, subok=True)
                if array.ndim < ndmin:
                    array = self._lift(array, ndmin, trans1d)
            pieces.append(array)
            deciding.append(item if weak else array.dtype)

        if deciding:
            dtype = np.result_type(*deciding)
            # a weak Python number that does not fit has to fail like the conversion, so redo it
            pieces = [
                p if p.dtype is dtype else np.array(d, dtype=dtype, ndmin=ndmin)
                if d is not p.dtype else p.astype(dtype, copy=False)
                for p, d in zip(pieces, deciding)
            ]
        result = self.concatenate(tuple(pieces), axis=axis)
        if as_matrix:
            ndim = result.ndim
            result = self.makemat(result)
            if ndim == 1 and as_column:
                result = result.T
        return result

    def __len__(self):
        return 0


class RClass(AxisConcatenator):
    """Joins along the first axis: ``r_[1:4, 0, [5, 6]]``.

    A leading string changes how: 'axis', 'axis,ndmin' or 'axis,ndmin,trans1d' in digits, 'r' or 'c'
    for a matrix with one row or one column.

    Examples
    --------
    >>> np.r_[1:4, 0, [5, 6]]
    array([1, 2, 3, 0, 5, 6])
    >>> np.r_['0,2', [1, 2], [3, 4]]
    array([[1, 2],
           [3, 4]])
    """

    __slots__ = ()

    def __init__(self):
        super().__init__(0)


class CClass(AxisConcatenator):
    """Stacks 1-D items as columns and joins along the last axis: ``r_['-1,2,0', ...]``.

    Examples
    --------
    >>> np.c_[[1, 2], [3, 4]]
    array([[1, 3],
           [2, 4]])
    """

    __slots__ = ()

    def __init__(self):
        super().__init__(-1, ndmin=2, trans1d=0)


r_ = RClass()
c_ = CClass()


@set_module("numpy")
class ndenumerate:
    """Iterate over pairs of coordinates and values.

    Examples
    --------
    >>> for index, x in np.ndenumerate([5, 6]):
    ...     print(index, x)
    (0,) 5
    (1,) 6
    """

    def __init__(self, arr):
        self.iter = np.asarray(arr).flat

    def __next__(self):
        where = self.iter.coords
        return where, next(self.iter)

    def __iter__(self):
        return self


@set_module("numpy")
class ndindex:
    """Iterate over all indices of a shape, last axis fastest.

    Examples
    --------
    >>> list(np.ndindex(1, 2))
    [(0, 0), (0, 1)]
    """

    def __init__(self, *shape):
        if len(shape) == 1 and isinstance(shape[0], tuple):
            shape = shape[0]
        if shape and min(shape) < 0:
            raise ValueError("negative dimensions are not allowed")
        self._iter = itertools.product(*[range(n) for n in shape])

    def __iter__(self):
        return self

    def __next__(self):
        """The next index, a tuple."""
        return next(self._iter)


class IndexExpression:
    """Hands back what it is indexed with.

    Examples
    --------
    >>> np.s_[::2]
    slice(None, None, 2)
    """

    __slots__ = ("maketuple",)

    def __init__(self, maketuple):
        self.maketuple = maketuple

    def __getitem__(self, item):
        return (item,) if self.maketuple and not isinstance(item, tuple) else item


index_exp = IndexExpression(maketuple=True)
s_ = IndexExpression(maketuple=False)


def _require_hypercube(a):
    if min(a.shape) != max(a.shape):
        raise ValueError("All dimensions of input must be of equal length")


@public(lambda a, val, wrap=None: (a,))
def fill_diagonal(a, val, wrap=False):
    """Write `val` to the main diagonal of `a`, in place.

    Parameters
    ----------
    a : array, at least 2-D; with more axes all must be equally long
    val : scalar or array_like
        A short one is repeated.
    wrap : bool
        In a tall matrix start again below the square.

    Examples
    --------
    >>> a = np.zeros((2, 2))
    >>> np.fill_diagonal(a, 3)
    >>> a.tolist()
    [[3.0, 0.0], [0.0, 3.0]]
    """
    if a.ndim < 2:
        raise ValueError("array must be at least 2-d")
    end = None
    if a.ndim == 2:
        columns = a.shape[1]
        stride = columns + 1
        if not wrap:
            end = columns * columns
    else:
        _require_hypercube(a)
        n = a.shape[0]
        stride = sum(n**k for k in range(a.ndim))
    a.flat[:end:stride] = val


@set_module("numpy")
def diag_indices(n, ndim=2):
    """Indices of the main diagonal of an array of `ndim` axes of length `n`.

    Examples
    --------
    >>> np.diag_indices(2)
    (array([0, 1]), array([0, 1]))
    """
    return (np.arange(n),) * ndim


@public(lambda arr: (arr,))
def diag_indices_from(arr):
    """Indices of the main diagonal of `arr`, whose axes must be equally long.

    Examples
    --------
    >>> np.diag_indices_from(np.eye(2))
    (array([0, 1]), array([0, 1]))
    """
    if arr.ndim < 2:
        raise ValueError("input array must be at least 2-d")
    _require_hypercube(arr)
    return diag_indices(arr.shape[0], arr.ndim)
