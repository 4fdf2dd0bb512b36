"""Checked array arguments, arrays over foreign memory, and ctypes types for dtypes."""
import os

from .._core import multiarray as _ma
from .._core._internal import _getintp_ctype
from .._core.multiarray import asarray, dtype as _dtype, frombuffer
from .._utils import set_module

__all__ = ['load_library', 'ndpointer', 'c_intp', 'as_ctypes', 'as_array', 'as_ctypes_type']

try:
    import ctypes
except ImportError:
    ctypes = None

if ctypes is None:
    from .._core._internal import dummy_ctype

    def _dummy(*args, **kwargs):
        raise ImportError('ctypes is not available.')

    c_intp = dummy_ctype(_ma.dtype('n').type)
    load_library = as_ctypes = as_array = as_ctypes_type = _dummy
    _ndptr_base = object
else:
    c_intp = _getintp_ctype()
    _ndptr_base = ctypes.c_void_p


@set_module('numpy.ctypeslib')
def _load_library(libname, loader_path):
    """Load a shared library from a folder, with the platform's extension added if needed.

    Parameters
    ----------
    libname : path-like
        Name of the library, usually with the ``lib`` prefix and no extension.
    loader_path : path-like
        The folder, or a file in it.
    """
    import sys
    import sysconfig

    libname = os.fsdecode(libname)
    candidates = [libname]
    if not os.path.splitext(libname)[1]:
        native = '.dll' if sys.platform in ('win32', 'cygwin') else \
            '.dylib' if sys.platform == 'darwin' else '.so'
        endings = dict.fromkeys([sysconfig.get_config_var('EXT_SUFFIX') or native,
                                 sysconfig.get_config_var('SHLIB_SUFFIX') or native, native])
        candidates = [libname + ending for ending in endings]
    place = os.path.abspath(os.fsdecode(loader_path))
    folder = place if os.path.isdir(place) else os.path.dirname(place)
    for candidate in candidates:
        path = os.path.join(folder, candidate)
        if os.path.exists(path):
            return ctypes.cdll[path]
    raise OSError('no file with expected extension')


if ctypes is not None:
    load_library = _load_library
    load_library.__name__ = load_library.__qualname__ = 'load_library'
del _load_library


# ---- checked arguments ----

_flagnames = ['C_CONTIGUOUS', 'F_CONTIGUOUS', 'ALIGNED', 'WRITEABLE', 'OWNDATA',
              'WRITEBACKIFCOPY']


def _num_fromflags(flaglist):
    """The bits of flag names."""
    bits = 0
    for name in flaglist:
        bits |= _ma._flagdict[name]
    return bits


def _flags_fromnum(num):
    """The names of flag bits."""
    return [name for name in _flagnames if _ma._flagdict[name] & num]


class _ndptr(_ndptr_base):
    """Base of the classes that `ndpointer` makes."""

    @classmethod
    def from_param(cls, obj):
        if not isinstance(obj, _ma.ndarray):
            raise TypeError('argument must be an ndarray')
        if cls._dtype_ is not None and obj.dtype != cls._dtype_:
            raise TypeError(f'array must have data type {cls._dtype_}')
        if cls._ndim_ is not None and obj.ndim != cls._ndim_:
            raise TypeError(f'array must have {cls._ndim_} dimension(s)')
        if cls._shape_ is not None and obj.shape != cls._shape_:
            raise TypeError(f'array must have shape {cls._shape_}')
        if cls._flags_ is not None and obj.flags.num & cls._flags_ != cls._flags_:
            raise TypeError(f'array must have flags {_flags_fromnum(cls._flags_)}')
        return obj.ctypes

    def _check_retval_(self):
        # What a function returned: an array where the class knows enough, else this pointer.
        return self


class _concrete_ndptr(_ndptr):
    """Base of those with a known dtype and shape, whose memory can be seen as an array."""

    @property
    def contents(self):
        """The array that is pointed to; it shares the memory."""
        whole = _dtype((self._dtype_, self._shape_))
        memory = ctypes.c_char * whole.itemsize
        buffer = ctypes.cast(self, ctypes.POINTER(memory)).contents
        return frombuffer(buffer, dtype=whole).squeeze(axis=0)

    def _check_retval_(self):
        return self.contents


# Arguments -> class, so that equal ones give the same class.
_pointer_type_cache = {}


@set_module('numpy.ctypeslib')
def ndpointer(dtype=None, ndim=None, shape=None, flags=None):
    """A class for `argtypes` and `restype` that accepts arrays of a given kind only.

    Parameters
    ----------
    dtype : dtype_like, optional
    ndim : int, optional
    shape : int or tuple of ints, optional
    flags : str, list of str, int or flags object, optional
        As in `ndarray.flags`; a string may hold several, with commas.
    """
    if dtype is not None:
        dtype = _dtype(dtype)
    bits = None
    if flags is not None:
        if isinstance(flags, str):
            flags = flags.split(',')
        elif isinstance(flags, _ma.flagsobj):
            flags = _flags_fromnum(flags.num)
        elif isinstance(flags, int) or hasattr(flags, '__index__'):
            flags = _flags_fromnum(int(flags))
        try:
            flags = [name.strip().upper() for name in flags]
        except Exception as exc:
            raise TypeError('invalid flags specification') from exc
        bits = _num_fromflags(flags)
    if shape is not None:
        shape = tuple(shape) if hasattr(shape, '__iter__') else (shape,)

    key = dtype, ndim, shape, bits
    if key in _pointer_type_cache:
        return _pointer_type_cache[key]
    parts = ['any' if dtype is None else str(id(dtype)) if dtype.names is not None else dtype.str]
    if ndim is not None:
        parts.append(f'{ndim}d')
    if shape is not None:
        parts.append('x'.join(map(str, shape)))
    if flags is not None:
        parts.append('_'.join(flags))
    base = _ndptr if dtype is None or shape is None else _concrete_ndptr
    made = type('ndpointer_' + '_'.join(parts), (base,),
                {'_dtype_': dtype, '_shape_': shape, '_ndim_': ndim, '_flags_': bits})
    _pointer_type_cache[key] = made
    return made


if ctypes is not None:
    # ---- ctypes types of dtypes ----

    def _ctype_ndarray(element_type, shape):
        """Array of arrays of a ctypes type, in C order."""
        for length in reversed(shape):
            element_type = length * element_type
            element_type.__module__ = None
        return element_type

    def _get_scalar_type_map():
        """Native dtype -> the ctypes type of its code; of equal ones the first name wins."""
        simple = ('byte short int long longlong ubyte ushort uint ulong ulonglong float double '
                  'bool').split()
        types = [getattr(ctypes, f'c_{name}') for name in simple]
        found = {}
        for one in types:
            found.setdefault(_dtype(one), one)
        return found

    _scalar_type_map = _get_scalar_type_map()

    def _ctype_from_dtype_scalar(dtype):
        native = _scalar_type_map.get(dtype.newbyteorder('='))
        if native is None:
            raise NotImplementedError(f'Converting {dtype!r} to a ctypes type')
        if dtype.byteorder == '>':
            return native.__ctype_be__
        return native.__ctype_le__ if dtype.byteorder == '<' else native

    def _ctype_from_dtype_subarray(dtype):
        base, shape = dtype.subdtype
        return _ctype_ndarray(_ctype_from_dtype(base), shape)

    def _ctype_from_dtype_structured(dtype):
        rows = sorted(((dtype.fields[name][1], name, _ctype_from_dtype(dtype.fields[name][0]))
                       for name in dtype.names), key=lambda row: row[0])
        if len(rows) > 1 and all(offset == 0 for offset, *_ in rows):
            # Everything at the same place: a union, filled up to the size.
            fields = [(name, kind) for _, name, kind in rows]
            if max(ctypes.sizeof(kind) for _, kind in fields) < dtype.itemsize:
                fields.append(('', ctypes.c_char * dtype.itemsize))
            return type('union', (ctypes.Union,), {'_fields_': fields, '_pack_': 1,
                                                   '__module__': None})
        fields, reached = [], 0
        for offset, name, kind in rows:
            if offset < reached:
                raise NotImplementedError('Overlapping fields')
            if offset > reached:
                fields.append(('', ctypes.c_char * (offset - reached)))
            fields.append((name, kind))
            reached = offset + ctypes.sizeof(kind)
        if dtype.itemsize > reached:
            fields.append(('', ctypes.c_char * (dtype.itemsize - reached)))
        return type('struct', (ctypes.Structure,), {'_fields_': fields, '_pack_': 1,
                                                    '__module__': None})

    def _ctype_from_dtype(dtype):
        if dtype.fields is not None:
            return _ctype_from_dtype_structured(dtype)
        if dtype.subdtype is not None:
            return _ctype_from_dtype_subarray(dtype)
        return _ctype_from_dtype_scalar(dtype)

    @set_module('numpy.ctypeslib')
    def as_ctypes_type(dtype):
        """The ctypes type with the memory layout of a dtype; NotImplementedError if there is none.

        Structures are packed, with explicit gaps.
        """
        return _ctype_from_dtype(_dtype(dtype))

    @set_module('numpy.ctypeslib')
    def as_array(obj, shape=None):
        """An array over the memory of a ctypes object; a pointer needs a shape, too."""
        if isinstance(obj, ctypes._Pointer):
            if shape is None:
                raise TypeError('as_array() requires a shape argument when called on a pointer')
            whole = ctypes.POINTER(_ctype_ndarray(obj._type_, shape))
            obj = ctypes.cast(obj, whole).contents
        return asarray(obj)

    @set_module('numpy.ctypeslib')
    def as_ctypes(obj):
        """A ctypes object over the memory of a contiguous, writeable array."""
        interface = obj.__array_interface__
        if interface['strides']:
            raise TypeError('strided arrays not supported')
        if interface['version'] != 3:
            raise TypeError('only __array_interface__ version 3 supported')
        address, readonly = interface['data']
        if readonly:
            raise TypeError('readonly arrays unsupported')
        kind = _ctype_ndarray(as_ctypes_type(interface['typestr']), interface['shape'])
        made = kind.from_address(address)
        # The memory belongs to the array.
        made.__keep = obj
        return made
