"""Walk over a large array in blocks that fit a buffer."""
import math

from .._core.overrides import set_module
from ._root import np

__all__ = ["Arrayterator"]


@set_module("numpy.lib")
class Arrayterator:
    """View of an array-like that is read in blocks of at most `buf_size` elements.

    Indexing narrows the view without reading anything; integers keep their axis, with length one.

    Parameters
    ----------
    var : array_like
        Anything with ``shape`` and slicing, such as a variable in a file.
    buf_size : int, optional
        Everything is one block if it is not given.

    Examples
    --------
    >>> blocks = np.lib.Arrayterator(np.arange(6).reshape(3, 2), 4)
    >>> [b.shape for b in blocks]
    [(2, 2), (1, 2)]
    """

    __module__ = "numpy.lib"

    def __init__(self, var, buf_size=None):
        self.var = var
        self.buf_size = buf_size
        ndim = len(var.shape)
        self.start = [0] * ndim
        self.stop = list(var.shape)
        self.step = [1] * ndim

    def __getattr__(self, attr):
        return getattr(self.var, attr)

    def __getitem__(self, index):
        ndim = len(self.shape)
        items = list(index) if isinstance(index, tuple) else [index]
        if Ellipsis in items:
            at = items.index(Ellipsis)
            items[at : at + 1] = [slice(None)] * (ndim - len(items) + 1)
        if len(items) > ndim:
            items = items[:ndim]
        items += [slice(None)] * (ndim - len(items))
        bounds = []
        for item, begin, end, stride in zip(items, self.start, self.stop, self.step):
            if isinstance(item, int):
                item = slice(item, item + 1)
            last = end if item.stop is None else min(end, begin + item.stop)
            bounds.append((begin + (item.start or 0), last, stride * (item.step or 1)))
        narrowed = type(self)(self.var, self.buf_size)
        if bounds:
            narrowed.start, narrowed.stop, narrowed.step = map(list, zip(*bounds))
        return narrowed

    @property
    def shape(self):
        """Lengths of the narrowed view."""
        return tuple(len(range(*ends)) for ends in zip(self.start, self.stop, self.step))

    @property
    def flat(self):
        """Iterate over single elements."""
        for block in self:
            yield from block.flat

    def _read(self, start, stop):
        return self.var[tuple(slice(*ends) for ends in zip(start, stop, self.step))]

    def __array__(self, dtype=None, copy=None):
        return self._read(self.start, self.stop)

    def __iter__(self):
        if not all(self.shape):
            return
        lengths = self._block_lengths()
        counts = [range(a, b, n * s) for a, b, n, s in
                  zip(self.start, self.stop, lengths, self.step)]
        for corner in np.ndindex(*map(len, counts)):
            start = [steps[i] for steps, i in zip(counts, corner)]
            stop = [min(a + n * s, end)
                    for a, n, s, end in zip(start, lengths, self.step, self.stop)]
            yield self._read(start, stop)

    def _block_lengths(self):
        """How many elements a block has along each axis: the last axes are taken whole."""
        shape = self.shape
        if not shape:
            raise TypeError("reduce() of empty iterable with no initial value")
        left = self.buf_size or math.prod(shape)
        lengths = []
        for n in reversed(shape):
            # once an axis does not fit, all before it go one by one
            take = min(n, left) if left else 1
            lengths.insert(0, max(take, 1))
            left = left // n if take == n else 0
        return lengths
