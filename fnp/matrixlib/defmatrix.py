"""`matrix`, and its makers. New programs use arrays and `@`; old ones keep working."""
import sys
import warnings

from .._core import numeric as N
from .._core.numeric import concatenate, isscalar
from .._core.overrides import set_module

__all__ = ['matrix', 'bmat', 'asmatrix']


def _numbers(text):
    """'1 2; 3 4' as a list of rows."""
    import ast

    rows = []
    for line in text.replace('[', '').replace(']', '').split(';'):
        row = [ast.literal_eval(word) for part in line.split(',') for word in part.split()]
        if rows and len(row) != len(rows[0]):
            raise ValueError('Rows not the same size.')
        rows.append(row)
    return rows


@set_module('numpy')
def asmatrix(data, dtype=None):
    """
    Interpret the input as a matrix, without a copy where possible.

    Parameters
    ----------
    data : array_like or str
    dtype : data-type, optional

    Returns
    -------
    matrix
    """
    return matrix(data, dtype=dtype, copy=False)


def _matrix_shape(shape):
    """Two dimensions for an array that has more or fewer: extents of 1 are dropped or put in front."""
    if len(shape) > 2:
        shape = tuple(n for n in shape if n > 1)
        if len(shape) > 2:
            raise ValueError('shape too large to be a matrix.')
    return (1,) * (2 - len(shape)) + shape


def _in_place(operator):
    """`operator` with its result written over the left operand."""
    def assign(self, other):
        self[...] = operator(self, other)
        return self
    return assign


def _axis_result(method, doc):
    """A reduction whose result along an axis stays a matrix, and over everything is a scalar."""
    def reduction(self, axis=None, dtype=None, out=None):
        result = getattr(N.ndarray, method)(self, axis, dtype, out, keepdims=True)
        return result._collapse(axis)
    reduction.__name__ = method
    reduction.__doc__ = doc
    return reduction


def _spread(method, doc):
    """The same for those that count degrees of freedom."""
    def reduction(self, axis=None, dtype=None, out=None, ddof=0):
        result = getattr(N.ndarray, method)(self, axis, dtype, out, ddof, keepdims=True)
        return result._collapse(axis)
    reduction.__name__ = method
    reduction.__doc__ = doc
    return reduction


def _choice(method, doc):
    """The same for reductions without dtype."""
    def reduction(self, axis=None, out=None):
        result = getattr(N.ndarray, method)(self, axis, out, keepdims=True)
        return result._collapse(axis)
    reduction.__name__ = method
    reduction.__doc__ = doc
    return reduction


def _position(method, doc):
    def reduction(self, axis=None, out=None):
        return getattr(N.ndarray, method)(self, axis, out)._align(axis)
    reduction.__name__ = method
    reduction.__doc__ = doc
    return reduction


@set_module('numpy')
class matrix(N.ndarray):
    """
    matrix(data, dtype=None, copy=True)

    An array that stays two-dimensional, multiplies by rows and columns, and has powers.

    Parameters
    ----------
    data : array_like or str
        A string separates columns by blanks or commas and rows by semicolons.
    dtype : data-type, optional
    copy : bool
        Whether existing data is copied.
    """
    __array_priority__ = 10.0

    def __new__(subtype, data, dtype=None, copy=True):
        warnings.warn('the matrix subclass is not the recommended way to represent matrices or '
                      'deal with linear algebra (see https://docs.scipy.org/doc/numpy/user/'
                      'numpy-for-matlab-users.html). Please adjust your code to use regular '
                      'ndarray.', PendingDeprecationWarning, stacklevel=2)
        if isinstance(data, matrix):
            if dtype is None or data.dtype == N.dtype(dtype):
                return data if not copy else data.copy()
            return data.astype(dtype)
        if isinstance(data, str):
            data = _numbers(data)
        if isinstance(data, N.ndarray):
            new = data.view(subtype)
            if dtype is not None and N.dtype(dtype) != data.dtype:
                return new.astype(dtype)
            return new.copy() if copy else new

        arr = N.array(data, dtype=dtype, copy=True if copy else None)
        if arr.ndim > 2:
            raise ValueError('matrix must be 2-dimensional')
        if not (arr.flags.contiguous or arr.ndim == 2 and arr.flags.fortran):
            arr = arr.copy()
        return arr.view(subtype)

    # Set while an index is being looked up: what comes out may have fewer dimensions for a moment.
    _indexing = False

    def __array_finalize__(self, obj):
        if self.ndim != 2 and not getattr(obj, '_indexing', False):
            self.shape = _matrix_shape(self.shape)

    def __getitem__(self, index):
        self._indexing = True
        try:
            found = super().__getitem__(index)
        finally:
            del self._indexing
        dims = getattr(found, 'ndim', None)
        if dims == 1:
            as_column = isinstance(index, (tuple, list)) and len(index) > 1 and isscalar(index[1])
            found.shape = (-1, 1) if as_column else (1, -1)
        return found[()] if dims == 0 else found

    def __mul__(self, other):
        known = isinstance(other, (tuple, list, N.ndarray))
        foreign = not known and not isscalar(other) and hasattr(other, '__rmul__')
        return NotImplemented if foreign else N.dot(self, asmatrix(other) if known else other)

    def __rmul__(self, other):
        return N.dot(other, self)

    def __pow__(self, other):
        from .. import linalg
        return linalg.matrix_power(self, other)

    def __rpow__(self, other):
        return NotImplemented

    __imul__ = _in_place(__mul__)
    __ipow__ = _in_place(__pow__)

    def _align(self, axis):
        """Result of an axis-wise reduction as a row or a column."""
        match axis:
            case None:
                return self[0, 0]
            case 0 | 1:
                return self.T if axis else self
        raise ValueError('unsupported axis')

    def _collapse(self, axis):
        return self[0, 0] if axis is None else self

    def tolist(self):
        """The matrix as a list of rows."""
        return self.__array__().tolist()

    sum = _axis_result('sum', 'Sum of the elements, along an axis or all.')
    mean = _axis_result('mean', 'Mean of the elements, along an axis or all.')
    prod = _axis_result('prod', 'Product of the elements, along an axis or all.')
    any = _choice('any', 'Whether some element is true.')
    all = _choice('all', 'Whether every element is true.')
    max = _choice('max', 'Largest element, along an axis or of all.')
    min = _choice('min', 'Smallest element, along an axis or of all.')
    argmax = _position('argmax', 'Where the largest element is.')
    argmin = _position('argmin', 'Where the smallest element is.')

    std = _spread('std', 'Standard deviation, along an axis or of all.')
    var = _spread('var', 'Variance, along an axis or of all.')

    def squeeze(self, axis=None):
        """The matrix, transposed to a row if it is a column; still two-dimensional."""
        return N.ndarray.squeeze(self, axis=axis)

    def ptp(self, axis=None, out=None):
        """Range of the values, along an axis or of all."""
        from .._core.fromnumeric import ptp
        return ptp(self.__array__(), axis, out).view(type(self))._align(axis) \
            if axis is not None else ptp(self.__array__(), axis, out)

    def ravel(self, order='C'):
        """All elements in one row."""
        return N.ndarray.ravel(self, order=order)

    def flatten(self, order='C'):
        """All elements copied into one row."""
        return N.ndarray.flatten(self, order=order)

    @property
    def I(self):  # noqa: E743
        """The inverse; for a matrix that is not square, the pseudo-inverse."""
        from ..linalg import inv, pinv
        rows, columns = self.shape
        return asmatrix((inv if rows == columns else pinv)(self))

    @property
    def A(self):
        """The same data as a plain array."""
        return self.__array__()

    @property
    def A1(self):
        """All elements as a plain one-dimensional array."""
        return self.__array__().ravel()

    @property
    def T(self):
        """The transpose."""
        return self.transpose()

    @property
    def H(self):
        """The conjugate transpose."""
        if issubclass(self.dtype.type, N.complexfloating):
            return self.transpose().conjugate()
        return self.transpose()

    # Methods of older releases.
    getT = T.fget
    getA = A.fget
    getA1 = A1.fget
    getH = H.fget
    getI = I.fget


def _named_blocks(text, spaces):
    """'A, B; C' with names looked up in the given dicts."""
    import ast

    rows = []
    for line in text.split(';'):
        row = []
        for name in (word for part in line.split(',') for word in part.split()):
            for space in spaces:
                try:
                    row.append(space[name])
                except KeyError:
                    continue
                break
            else:
                raise NameError(f'name {name!r} is not defined')
        rows.append(concatenate(row, axis=-1))
    return concatenate(rows, axis=0)


@set_module('numpy')
def bmat(obj, ldict=None, gdict=None):  # noqa: D417
    """
    A matrix put together from blocks.

    Parameters
    ----------
    obj : str or array_like
        Nested lists of blocks, or their names: ``'A B; C D'``.
    ldict, gdict : dict, optional
        Where names are looked up; without `gdict`, the caller's variables.

    Returns
    -------
    matrix
    """
    if isinstance(obj, str):
        if gdict is None:
            frame = sys._getframe().f_back
            spaces = (frame.f_locals, frame.f_globals)
        else:
            spaces = (ldict, gdict)
        return matrix(_named_blocks(obj, spaces))
    if not isinstance(obj, N.ndarray):
        # One row of blocks, or rows of them.
        flat = any(isinstance(block, N.ndarray) for block in obj)
        rows = [obj] if flat else obj
        obj = concatenate([concatenate(row, axis=-1) for row in rows], axis=0)
    return matrix(obj)
