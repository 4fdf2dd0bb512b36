"""Functions on arrays of strings, element by element.

The work is done by ufuncs. Those whose results may be longer than their input get an output of the
right width from here; arrays of variable-width strings need none.
"""
import functools
import sys

from .._globals import _NoValue
from .._utils import root_name
from . import numerictypes as _nt, overrides, umath as _um
from .fromnumeric import all as _all, any as _any
from .multiarray import (
    _vec_string,
    asanyarray,
    asarray,
    empty_like,
    result_type,
    where,
)
from .numeric import broadcast
from .umath import (
    add,
    count as _count_ufunc,
    endswith as _endswith_ufunc,
    equal,
    find as _find_ufunc,
    greater,
    greater_equal,
    index as _index_ufunc,
    isalnum,
    isalpha,
    isdecimal,
    isdigit,
    islower,
    isnumeric,
    isspace,
    istitle,
    isupper,
    less,
    less_equal,
    not_equal,
    rfind as _rfind_ufunc,
    rindex as _rindex_ufunc,
    startswith as _startswith_ufunc,
    str_len,
)

__all__ = '''
    equal not_equal less less_equal greater greater_equal add multiply isalpha isdigit isspace
    isalnum islower isupper istitle isdecimal isnumeric str_len find rfind index rindex count
    startswith endswith lstrip rstrip strip replace expandtabs center ljust rjust zfill partition
    rpartition slice upper lower swapcase capitalize title mod decode encode translate
'''.split()

MAX = sys.maxsize

array_function_dispatch = functools.partial(overrides.array_function_dispatch,
                                            module='numpy.strings')
_of_first = functools.partial(array_function_dispatch, lambda a, *args, **options: (a,),
                              verify=False)

for _ufunc in (isalnum, isalpha, isdecimal, isdigit, islower, isnumeric, isspace, istitle, isupper,
               str_len):
    try:
        _ufunc.__module__, _ufunc.__qualname__ = root_name('numpy.strings'), _ufunc.__name__
    except (AttributeError, TypeError):
        pass
del _ufunc


# The ufuncs behind the functions are reachable here, too.
globals().update((_name, getattr(_um, _name)) for _name in '''
    _center _expandtabs _expandtabs_length _ljust _lstrip_chars _lstrip_whitespace _partition
    _partition_index _replace _rjust _rpartition _rpartition_index _rstrip_chars
    _rstrip_whitespace _slice _strip_chars _strip_whitespace _zfill'''.split())


# ---- widths ----

def _is_variable(a):
    return a.dtype.char == 'T'


def _get_num_chars(a):
    """Characters of an element of fixed width."""
    return a.itemsize // 4 if issubclass(a.dtype.type, _nt.str_) else a.itemsize


def _sized(a, widths):
    """Empty array like `a`, as wide as the widest result."""
    return empty_like(a, shape=widths.shape, dtype=f'{a.dtype.char}{widths.max()}')


def _as_integer(value, operand):
    value = asanyarray(value)
    if not issubclass(value.dtype.type, _nt.integer):
        raise TypeError(f"unsupported type {value.dtype} for operand '{operand}'")
    return value


def _to_bytes_or_str_array(result, output_dtype_like):
    """An object array of strings as strings, in the kind of another array."""
    like = getattr(output_dtype_like, 'dtype', None)
    if not result.size and like is not None:
        # Nothing says how wide they are.
        return result.astype(like)
    strings = asarray(result.tolist())
    if like is None:
        return strings
    kind = type(like)
    return strings.astype(kind() if like.char == 'T' else kind(_get_num_chars(strings)), copy=False)


def _clean_args(*args):
    """Arguments for a method of `str`, up to the first one that was not given."""
    given = []
    for arg in args:
        if arg is None:
            break
        given.append(arg)
    return given


def _by_method(a, method, *args):
    """Apply a method of `str` that does not make strings longer."""
    a = asarray(a)
    return _vec_string(a, a.dtype, method, *args)


# ---- arithmetic ----

@array_function_dispatch(lambda a, i: (a, i))
def multiply(a, i):
    """Strings repeated `i` times, element by element; a negative number gives an empty one."""
    a, i = asanyarray(a), _as_integer(i, 'i')
    i = _um.maximum(i, 0)
    if _is_variable(a):
        return a * i
    lengths = str_len(a)
    if _any(lengths > float(sys.maxsize) / _um.maximum(i, 1)):
        raise OverflowError('Overflow encountered in string multiply')
    return _um.multiply(a, i, out=_sized(a, lengths * i))


@array_function_dispatch(lambda a, values: (a, values))
def mod(a, values):
    """``a % values``, the old way to format, element by element."""
    return _to_bytes_or_str_array(_vec_string(a, _nt.object_, '__mod__', (values,)), a)


# ---- search ----

def _end(end):
    return MAX if end is None else end


def _public(function):
    function.__module__ = root_name('numpy.strings')
    return function


@_public
def find(a, sub, start=0, end=None):
    """Lowest index of a substring within ``[start, end)``, or -1."""
    return _find_ufunc(a, sub, start, _end(end))


@_public
def rfind(a, sub, start=0, end=None):
    """Highest index of a substring within ``[start, end)``, or -1."""
    return _rfind_ufunc(a, sub, start, _end(end))


@_public
def index(a, sub, start=0, end=None):
    """Like `find`, with ValueError for -1."""
    return _index_ufunc(a, sub, start, _end(end))


@_public
def rindex(a, sub, start=0, end=None):
    """Like `rfind`, with ValueError for -1."""
    return _rindex_ufunc(a, sub, start, _end(end))


@_public
def count(a, sub, start=0, end=None):
    """How often a substring occurs within ``[start, end)``, without overlap."""
    return _count_ufunc(a, sub, start, _end(end))


@_public
def startswith(a, prefix, start=0, end=None):
    """Whether the part ``[start, end)`` begins with a prefix."""
    return _startswith_ufunc(a, prefix, start, _end(end))


@_public
def endswith(a, suffix, start=0, end=None):
    """Whether the part ``[start, end)`` ends with a suffix."""
    return _endswith_ufunc(a, suffix, start, _end(end))


# ---- encodings ----

@_of_first()
def decode(a, encoding=None, errors=None):
    """`bytes.decode`, element by element."""
    texts = _vec_string(a, _nt.object_, 'decode', _clean_args(encoding, errors))
    return _to_bytes_or_str_array(texts, _nt.str_(''))


@_of_first()
def encode(a, encoding=None, errors=None):
    """`str.encode`, element by element."""
    texts = _vec_string(a, _nt.object_, 'encode', _clean_args(encoding, errors))
    return _to_bytes_or_str_array(texts, _nt.bytes_(b''))


# ---- layout ----

@_of_first()
def expandtabs(a, tabsize=8):
    """Tabs replaced by spaces up to the next multiple of `tabsize`."""
    a, tabsize = asanyarray(a), asanyarray(tabsize)
    if _is_variable(a):
        return _um._expandtabs(a, tabsize)
    return _um._expandtabs(a, tabsize, out=_sized(a, _um._expandtabs_length(a, tabsize)))


def _justify(ufunc, a, width, fillchar):
    width, a, fillchar = _as_integer(width, 'width'), asanyarray(a), asanyarray(fillchar)
    if _any(str_len(fillchar) != 1):
        raise TypeError('The fill character must be exactly one character long')
    if result_type(a, fillchar).char == 'T':
        return ufunc(a, width, fillchar)
    fillchar = fillchar.astype(a.dtype, copy=False)
    widths = _um.maximum(str_len(a), width)
    shape = broadcast(widths, fillchar).shape
    out = empty_like(a, shape=shape, dtype=f'{a.dtype.char}{widths.max()}')
    return ufunc(a, widths, fillchar, out=out)


@array_function_dispatch(lambda a, width, fillchar=None: (a,), verify=False)
def center(a, width, fillchar=' '):
    """Strings filled on both sides up to a width."""
    return _justify(_um._center, a, width, fillchar)


@array_function_dispatch(lambda a, width, fillchar=None: (a,), verify=False)
def ljust(a, width, fillchar=' '):
    """Strings filled on the right up to a width."""
    return _justify(_um._ljust, a, width, fillchar)


@array_function_dispatch(lambda a, width, fillchar=None: (a,), verify=False)
def rjust(a, width, fillchar=' '):
    """Strings filled on the left up to a width."""
    return _justify(_um._rjust, a, width, fillchar)


@array_function_dispatch(lambda a, width: (a,), verify=False)
def zfill(a, width):
    """Strings filled with zeros on the left, behind a sign, up to a width."""
    width, a = _as_integer(width, 'width'), asanyarray(a)
    if _is_variable(a):
        return _um._zfill(a, width)
    widths = _um.maximum(str_len(a), width)
    return _um._zfill(a, widths, out=_sized(a, widths))


@_public
def lstrip(a, chars=None):
    """Strings without whitespace, or without characters of `chars`, at the beginning."""
    return _um._lstrip_whitespace(a) if chars is None else _um._lstrip_chars(a, chars)


@_public
def rstrip(a, chars=None):
    """Strings without whitespace, or without characters of `chars`, at the end."""
    return _um._rstrip_whitespace(a) if chars is None else _um._rstrip_chars(a, chars)


@_public
def strip(a, chars=None):
    """Strings without whitespace, or without characters of `chars`, at both ends."""
    return _um._strip_whitespace(a) if chars is None else _um._strip_chars(a, chars)


# ---- case ----

@_of_first()
def upper(a):
    """Upper-case strings."""
    return _by_method(a, 'upper')


@_of_first()
def lower(a):
    """Lower-case strings."""
    return _by_method(a, 'lower')


@_of_first()
def swapcase(a):
    """Strings with the case of every letter changed."""
    return _by_method(a, 'swapcase')


@_of_first()
def capitalize(a):
    """Strings with the first character upper-case and the others lower-case."""
    return _by_method(a, 'capitalize')


@_of_first()
def title(a):
    """Strings with the first letter of every word upper-case."""
    return _by_method(a, 'title')


# ---- replacement and parts ----

@array_function_dispatch(lambda a, old, new, count=None: (a, old, new), verify=False)
def replace(a, old, new, count=-1):
    """Strings with occurrences of a substring replaced, the first `count` or all of them."""
    count = _as_integer(count, 'count')
    a, old, new = asanyarray(a), asanyarray(old), asanyarray(new)
    if result_type(a, old, new).char == 'T':
        return _um._replace(a, old, new, count)
    # Each keeps its own width, in the kind of `a`.
    old, new = old.astype(a.dtype.char, copy=False), new.astype(a.dtype.char, copy=False)
    times = _count_ufunc(a, old, 0, MAX)
    times = where(count < 0, times, _um.minimum(times, count))
    lengths = str_len(a) + times * (str_len(new) - str_len(old))
    return _um._replace(a, old, new, times, out=_sized(a, lengths))


def _parts(a, sep, from_right):
    a, sep = asanyarray(a), asanyarray(sep)
    if result_type(a, sep).char == 'T':
        return (_um._rpartition if from_right else _um._partition)(a, sep)
    sep = sep.astype(a.dtype, copy=False)
    place = (_rfind_ufunc if from_right else _find_ufunc)(a, sep, 0, MAX)
    length, gap = str_len(a), str_len(sep)
    absent = place < 0
    # Where the separator is missing, everything is in the first or last part.
    before = where(absent, 0 if from_right else length, place)
    after = where(absent, length if from_right else 0, length - place - gap)
    middle = 1 if _all(absent) else gap.max()
    widths = before.max(), middle, after.max()
    out = empty_like(a, shape=before.shape,
                     dtype=','.join(f'{a.dtype.char}{width}' for width in widths))
    ufunc = _um._rpartition_index if from_right else _um._partition_index
    return ufunc(a, sep, place, out=tuple(out[name] for name in out.dtype.names))


@array_function_dispatch(lambda a, sep: (a,), verify=False)
def partition(a, sep):
    """(before, separator, after) of the first occurrence of `sep`, as three arrays."""
    return _parts(a, sep, False)


@array_function_dispatch(lambda a, sep: (a,), verify=False)
def rpartition(a, sep):
    """(before, separator, after) of the last occurrence of `sep`, as three arrays."""
    return _parts(a, sep, True)


@array_function_dispatch(lambda a, table, deletechars=None: (a,), verify=False)
def translate(a, table, deletechars=None):
    """`str.translate`, or `bytes.translate` with bytes to delete, element by element."""
    a = asarray(a)
    if issubclass(a.dtype.type, _nt.str_) or _is_variable(a):
        return _vec_string(a, a.dtype, 'translate', (table,))
    return _vec_string(a, a.dtype, 'translate', [table, *_clean_args(deletechars)])


@_public
def slice(a, start=None, stop=_NoValue, step=None, /):
    """Slices of the strings, with the arguments of `slice`, which may be arrays.

    >>> np.strings.slice(['hello', 'world'], 2).tolist()
    ['he', 'wo']
    """
    if stop is _NoValue:
        start, stop = None, start
    step = 1 if step is None else step
    step_array = asanyarray(step)
    if _any(step_array == 0):
        raise ValueError('slice step cannot be zero')
    backwards = step_array < 0
    if start is None:
        start = where(backwards, MAX, 0)
    if stop is None:
        stop = where(backwards, -MAX - 1, MAX)
    return _um._slice(a, start, stop, step)


# ---- used by `char` alone ----

@array_function_dispatch(lambda sep, seq: (sep, seq))
def _join(sep, seq):
    """`str.join` of every string's characters."""
    return _to_bytes_or_str_array(_vec_string(sep, _nt.object_, 'join', (seq,)), seq)


@_of_first()
def _split(a, sep=None, maxsplit=None):
    """`str.split`, as an object array of lists."""
    return _vec_string(a, _nt.object_, 'split', [sep, *_clean_args(maxsplit)])


@_of_first()
def _rsplit(a, sep=None, maxsplit=None):
    """`str.rsplit`, as an object array of lists."""
    return _vec_string(a, _nt.object_, 'rsplit', [sep, *_clean_args(maxsplit)])


@_of_first()
def _splitlines(a, keepends=None):
    """`str.splitlines`, as an object array of lists."""
    return _vec_string(a, _nt.object_, 'splitlines', _clean_args(keepends))
