"""Arrays in files."""
import operator
from contextlib import nullcontext

from .._utils import set_module
from .multiarray import dtype as _dtype, ndarray
from .numerictypes import uint8

__all__ = ['memmap']

valid_filemodes = ['r', 'c', 'r+', 'w+']
writeable_filemodes = ['r+', 'w+']

mode_equivalents = {'readonly': 'r', 'copyonwrite': 'c', 'readwrite': 'r+', 'write': 'w+'}


@set_module('numpy')
class memmap(ndarray):
    """Array whose elements live in a file and come into memory as they are used.

    Parameters
    ----------
    filename : str, path-like or file object
    dtype : dtype_like
    mode : {'r+', 'r', 'w+', 'c'}
        Read and write; read only; create or truncate; copy on write, the file stays as it is.
    offset : int
        Where in the file the array begins, in bytes.
    shape : int or sequence of ints, optional
        By default one dimension with all of the file that is left.
    order : {'C', 'F'}

    Attributes
    ----------
    filename : path or None
    offset : int
    mode : str
    """

    __array_priority__ = -100.0

    def __new__(subtype, filename, dtype=uint8, mode='r+', offset=0, shape=None, order='C'):
        import mmap
        import os

        if mode not in valid_filemodes:
            if mode not in mode_equivalents:
                known = valid_filemodes + [*mode_equivalents]
                raise ValueError(f'mode must be one of {known!r} (got {mode!r})')
            mode = mode_equivalents[mode]
        if mode == 'w+' and shape is None:
            raise ValueError("shape must be given if mode == 'w+'")

        if hasattr(filename, 'read'):
            opened = nullcontext(filename)
        else:
            opened = open(os.fspath(filename), ('r' if mode == 'c' else mode) + 'b')
        with opened as stream:
            stream.seek(0, 2)
            end = stream.tell()
            descr = _dtype(dtype)
            if shape is None:
                room = end - offset
                if room % descr.itemsize:
                    raise ValueError('Size of the available data is not a '
                                     'multiple of the data-type size.')
                shape, nbytes = (room // descr.itemsize,), room
            else:
                try:
                    shape = (operator.index(shape),)
                except TypeError:
                    shape = tuple(shape)
                nbytes = descr.itemsize
                for length in shape:
                    nbytes = nbytes * operator.index(length)
                if any(not isinstance(length, int) for length in shape):
                    shape = tuple(operator.index(length) for length in shape)
            nbytes += offset
            if mode in ('w+', 'r+') and end < max(nbytes, 1):
                # A file cannot be mapped beyond its end, and not at all if it is empty.
                stream.seek(max(nbytes, 1) - 1, 0)
                stream.write(b'\0')
                stream.flush()

            access = {'c': mmap.ACCESS_COPY, 'r': mmap.ACCESS_READ}.get(mode, mmap.ACCESS_WRITE)
            # Maps begin at multiples of the page size.
            begin = offset - offset % mmap.ALLOCATIONGRANULARITY
            length = nbytes - begin
            if length == 0 and begin > 0:
                begin -= mmap.ALLOCATIONGRANULARITY
                length = nbytes - begin
            mapped = mmap.mmap(stream.fileno(), length, access=access, offset=begin)
            self = ndarray.__new__(subtype, shape, dtype=descr, buffer=mapped,
                                   offset=offset - begin, order=order)
            self._mmap, self.offset, self.mode = mapped, offset, mode
            if isinstance(filename, os.PathLike):
                self.filename = filename.resolve() if hasattr(filename, 'resolve') else filename
            elif isinstance(getattr(stream, 'name', None), str):
                self.filename = os.path.abspath(stream.name)
            else:
                # Temporary files of some systems have no name.
                self.filename = None
        return self

    def __array_finalize__(self, obj):
        # Views of the map know its file; copies and results do not.
        from .multiarray import may_share_memory
        if hasattr(obj, '_mmap') and may_share_memory(self, obj):
            for name in ('_mmap', 'filename', 'offset', 'mode'):
                setattr(self, name, getattr(obj, name))
        else:
            self._mmap = self.filename = self.offset = self.mode = None

    def flush(self):
        """Write changes to the file."""
        if self.base is not None and hasattr(self.base, 'flush'):
            self.base.flush()

    def __array_wrap__(self, arr, context=None, return_scalar=False):
        arr = super().__array_wrap__(arr, context)
        # An explicit output stays what it is.
        if self is arr or type(self) is not memmap:
            return arr
        return arr[()] if return_scalar else arr.view(ndarray)

    def __getitem__(self, index):
        item = super().__getitem__(index)
        # What was copied out of the map is an ordinary array.
        if type(item) is memmap and item._mmap is None:
            return item.view(type=ndarray)
        return item
