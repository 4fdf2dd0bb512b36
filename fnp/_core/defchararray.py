"""The old string functions, which ignore trailing whitespace in comparisons, and `chararray`.

New code uses arrays of strings with `strings`.
"""
import functools

from . import numerictypes as _nt, overrides
from .._utils import set_module
from .multiarray import array as narray, asarray as _asarray, compare_chararrays, ndarray
from .shape_base import stack
from .strings import *  # noqa: F403
from .strings import (
    _join as join,
    _rsplit as rsplit,
    _split as split,
    _splitlines as splitlines,
    multiply as strings_multiply,
    partition as strings_partition,
    rpartition as strings_rpartition,
)

__all__ = '''
    equal not_equal greater_equal less_equal greater less str_len add multiply mod capitalize
    center count decode encode endswith expandtabs find index isalnum isalpha isdigit islower
    isspace istitle isupper join ljust lower lstrip partition replace rfind rindex rjust
    rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper
    zfill isnumeric isdecimal array asarray compare_chararrays chararray
'''.split()

array_function_dispatch = functools.partial(overrides.array_function_dispatch, module='numpy.char')


def _comparison(sign, name):
    def compare(x1, x2):
        return compare_chararrays(x1, x2, sign, True)

    compare.__name__ = compare.__qualname__ = name
    compare.__doc__ = f'``x1 {sign} x2`` of strings, without regard to trailing whitespace.'
    return array_function_dispatch(lambda x1, x2: (x1, x2))(compare)


equal = _comparison('==', 'equal')
not_equal = _comparison('!=', 'not_equal')
greater_equal = _comparison('>=', 'greater_equal')
less_equal = _comparison('<=', 'less_equal')
greater = _comparison('>', 'greater')
less = _comparison('<', 'less')


@set_module('numpy.char')
def multiply(a, i):
    """Strings repeated `i` times, element by element."""
    try:
        return strings_multiply(a, i)
    except TypeError:
        raise ValueError('Can only multiply by integers') from None


@set_module('numpy.char')
def partition(a, sep):
    """(before, separator, after) of the first occurrence of `sep`, along a new last axis."""
    return stack(strings_partition(a, sep), axis=-1)


@set_module('numpy.char')
def rpartition(a, sep):
    """(before, separator, after) of the last occurrence of `sep`, along a new last axis."""
    return stack(strings_rpartition(a, sep), axis=-1)


@set_module('numpy.char')
class chararray(ndarray):
    """Array of strings with string methods, whose elements lose trailing whitespace when read.

    Kept for old programs; see `numpy.strings` for new ones.

    Parameters
    ----------
    shape : tuple
    itemsize : int
        Characters per element.
    unicode : bool
        Strings rather than bytes.
    buffer, offset, strides, order : optional
        As for `ndarray`.
    """

    def __new__(subtype, shape, itemsize=1, unicode=False, buffer=None, offset=0, strides=None,
                order='C'):
        kind = _nt.str_ if unicode else _nt.bytes_
        # (an integer of NumPy would be taken for a dtype)
        descr = kind, int(itemsize)
        if isinstance(buffer, str):
            # A string is content, not memory.
            filled = ndarray.__new__(subtype, shape, descr, order=order)
            filled[...] = buffer
            return filled
        memory = {} if buffer is None else {'buffer': buffer, 'offset': offset,
                                            'strides': strides}
        return ndarray.__new__(subtype, shape, descr, order=order, **memory)

    def __array_wrap__(self, arr, context=None, return_scalar=False):
        # Results that are no strings are ordinary arrays.
        return arr.view(type(self)) if arr.dtype.char in 'SUbc' else arr

    def __array_finalize__(self, obj):
        if self.dtype.char not in 'VSUbc':
            raise ValueError('Can only create a chararray from string data.')

    def __getitem__(self, obj):
        found = super().__getitem__(obj)
        return found.rstrip() if isinstance(found, _nt.character) else found

    # Operators that arrays of strings lacked once.

    def __add__(self, other):
        return add(self, other)  # noqa: F405

    def __radd__(self, other):
        return add(other, self)  # noqa: F405

    def __mul__(self, i):
        return _asarray_char(multiply(self, i))

    __rmul__ = __mul__

    def __mod__(self, i):
        return _asarray_char(mod(self, i))  # noqa: F405

    def __rmod__(self, left):
        return NotImplemented

    def argsort(self, axis=-1, kind=None, order=None, *, stable=None):
        """Indices that sort the array."""
        return self.__array__().argsort(axis, kind, order, stable=stable)

    def join(self, seq):
        """The strings of `seq` with the elements of this array between their characters."""
        return join(self, seq)

    def translate(self, table, deletechars=None):
        """Strings with characters mapped by a table."""
        return _asarray_char(translate(self, table, deletechars))  # noqa: F405

    def replace(self, old, new, count=None):
        """Strings with occurrences of a substring replaced."""
        return replace(self, old, new, -1 if count is None else count)  # noqa: F405


def _asarray_char(result):
    return asarray(result)


def _with_method(name, parameters, wrapped):
    """Give `chararray` a function of this module as a method."""
    names = [part.partition('=')[0] for part in parameters.split(', ') if part]
    arguments = ', '.join(['self', *names])
    call = f'{name}({arguments})'
    space = {}
    source = f"def {name}(self{', ' * bool(parameters)}{parameters}):\n    return "
    exec(source + (f'asarray({call})' if wrapped else call), globals(), space)
    method = space[name]
    method.__doc__ = f'`char.{name}` of this array.'
    method.__qualname__ = f'chararray.{name}'
    setattr(chararray, name, method)


_METHODS = {
    # Results that are strings, and become character arrays.
    True: {'capitalize': '', 'center': "width, fillchar=' '", 'expandtabs': 'tabsize=8',
           'ljust': "width, fillchar=' '", 'lower': '', 'lstrip': 'chars=None',
           'partition': 'sep', 'rjust': "width, fillchar=' '", 'rpartition': 'sep',
           'rstrip': 'chars=None', 'strip': 'chars=None', 'swapcase': '', 'title': '',
           'upper': '', 'zfill': 'width'},
    False: {'count': 'sub, start=0, end=None', 'decode': 'encoding=None, errors=None',
            'encode': 'encoding=None, errors=None', 'endswith': 'suffix, start=0, end=None',
            'find': 'sub, start=0, end=None', 'index': 'sub, start=0, end=None', 'isalnum': '',
            'isalpha': '', 'isdecimal': '', 'isdigit': '', 'islower': '', 'isnumeric': '',
            'isspace': '', 'istitle': '', 'isupper': '', 'rfind': 'sub, start=0, end=None',
            'rindex': 'sub, start=0, end=None', 'rsplit': 'sep=None, maxsplit=None',
            'split': 'sep=None, maxsplit=None', 'splitlines': 'keepends=None',
            'startswith': 'prefix, start=0, end=None'},
}


def _compares(name, function):
    def method(self, other):
        return function(self, other)

    method.__name__, method.__qualname__ = name, f'chararray.{name}'
    method.__doc__ = function.__doc__
    setattr(chararray, name, method)


for _name, _function in (('__eq__', equal), ('__ne__', not_equal), ('__ge__', greater_equal),
                         ('__le__', less_equal), ('__gt__', greater), ('__lt__', less)):
    _compares(_name, _function)
chararray.__hash__ = None


@set_module('numpy.char')
def array(obj, itemsize=None, copy=True, unicode=None, order=None):
    """Character array from nearly anything.

    Parameters
    ----------
    obj : str, bytes, array or sequence
        A string is cut into pieces of `itemsize`.
    itemsize : int, optional
        Characters per element; by default the longest's.
    copy : bool
        Whether to copy an array.
    unicode : bool, optional
        Strings rather than bytes; by default as the object is.
    order : {'C', 'F', 'A'}, optional
    """
    if isinstance(obj, (bytes, str)):
        unicode = isinstance(obj, str) if unicode is None else unicode
        itemsize = len(obj) if itemsize is None else itemsize
        return chararray(len(obj) // itemsize, itemsize=itemsize, unicode=unicode, buffer=obj,
                         order=order) if not isinstance(obj, str) else \
            _cut(obj, itemsize, unicode, order)
    if isinstance(obj, (list, tuple)):
        obj = narray(obj)
    if isinstance(obj, ndarray) and issubclass(obj.dtype.type, _nt.character):
        if not isinstance(obj, chararray):
            obj = obj.view(chararray)
        own = obj.itemsize // 4 if issubclass(obj.dtype.type, _nt.str_) else obj.itemsize
        itemsize = own if itemsize is None else itemsize
        is_text = issubclass(obj.dtype.type, _nt.str_)
        unicode = is_text if unicode is None else unicode
        if order is not None:
            obj = _asarray(obj, order=order)
        if copy or itemsize != own or bool(unicode) != is_text:
            obj = obj.astype((_nt.str_ if unicode else _nt.bytes_, int(itemsize)))
        return obj
    if isinstance(obj, ndarray) and issubclass(obj.dtype.type, _nt.object_):
        # Objects know their own text.
        obj = obj.tolist() if itemsize is None else obj
    kind = _nt.str_ if unicode else _nt.bytes_
    descr = kind if itemsize is None else (kind, int(itemsize))
    made = narray(obj, dtype=descr, order=order, subok=True) if copy else \
        _asarray(obj, dtype=descr, order=order)
    return made.view(chararray)


def _cut(text, itemsize, unicode, order):
    """The pieces of a string, as an array."""
    pieces = [text[i:i + itemsize] for i in range(0, len(text), itemsize)]
    kind = _nt.str_ if unicode else _nt.bytes_
    return narray(pieces, dtype=(kind, int(itemsize)), order=order).view(chararray)


@set_module('numpy.char')
def asarray(obj, itemsize=None, unicode=None, order=None):
    """Character array, the argument itself where possible; see `array`."""
    return array(obj, itemsize, copy=False, unicode=unicode, order=order)


for _wrapped, _table in _METHODS.items():
    for _name, _parameters in _table.items():
        _with_method(_name, _parameters, _wrapped)
del _name, _function, _wrapped, _table, _parameters
