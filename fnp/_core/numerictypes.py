"""The hierarchy of scalar types, and questions about it."""
import numbers

from .._utils import set_module
from . import multiarray as _ma
from ._dtype import _kind_name
from ._string_helpers import (
    LOWER_TABLE,
    UPPER_TABLE,
    english_capitalize,
    english_lower,
    english_upper,
)
from ._type_aliases import allTypes, sctypeDict, sctypes
from .multiarray import (
    busday_count,
    busday_offset,
    busdaycalendar,
    datetime_as_string,
    datetime_data,
    dtype,
    is_busday,
    ndarray,
)

# The names of Python's own types, before the scalar types of the same names hide some.
from builtins import bool as _pybool, bytes, complex, float, int, object, str  # noqa: E402

__all__ = ['ScalarType', 'typecodes', 'issubdtype', 'isdtype', 'datetime_data',
           'datetime_as_string', 'busday_offset', 'busday_count', 'is_busday', 'busdaycalendar']

globals().update(allTypes)
__all__.extend(allTypes)

generic = allTypes['generic']
typeDict = sctypeDict

genericTypeRank = ['bool']
genericTypeRank += [f'{u}int{bits}' for bits in (8, 16, 32, 64) for u in ('', 'u')]
genericTypeRank += [f'float{bits}' for bits in (16, 32, 64, 96, 128)]
genericTypeRank += [f'complex{bits}' for bits in (64, 128, 192, 256)] + ['object']


def _type_code_groups():
    signed, unsigned, real, cplx = 'bhilqnp', 'BHILQNP', 'efdg', 'FDG'
    times = 'Mm'
    return {
        'Character': 'c',
        'Integer': signed,
        'UnsignedInteger': unsigned,
        'Float': real,
        'Complex': cplx,
        'AllInteger': ''.join(map(str.__add__, signed, unsigned)),
        'AllFloat': real + cplx,
        'Datetime': times,
        'All': '?' + signed + unsigned + real + cplx + 'SUVO' + times,
    }


typecodes = _type_code_groups()

_concrete = dict.fromkeys(dt.type for name, dt in _ma.typeinfo.items() if name[:4] == 'NPY_')


def _scalar_type_key(typ):
    """Sort key of a scalar type: its kind, then its width."""
    dt = dtype(typ)
    return dt.kind.lower(), dt.itemsize


ScalarType = (int, float, complex, _pybool, bytes, str, memoryview,
              *sorted(sorted(_concrete, key=lambda t: dtype(t).num), key=_scalar_type_key))

for _number, _names in ((numbers.Integral, ('integer',)), (numbers.Complex, ('inexact',)),
                        (numbers.Real, ('floating',)), (numbers.Number, ('number',))):
    for _name in _names:
        _number.register(allTypes[_name])
del _number, _names, _name


def obj2sctype(rep, default=None):
    """The scalar type that an array, dtype, type or dtype string stands for."""
    if isinstance(rep, type) and issubclass(rep, generic):
        return rep
    if isinstance(rep, ndarray):
        return rep.dtype.type
    try:
        return default if rep is None else dtype(rep).type
    except Exception:
        return default


@set_module('numpy')
def maximum_sctype(t):
    """The widest scalar type of the same kind. Deprecated."""
    import warnings
    warnings.warn('`maximum_sctype` is deprecated. Use an explicit dtype like int64 or float64 '
                  'instead. (deprecated in NumPy 2.0)', DeprecationWarning, stacklevel=2)
    found = obj2sctype(t)
    if found is None and t is not None:
        return t
    found = dtype(found)
    if found.kind == 'b':
        return found.type
    group = {'i': 'int', 'u': 'uint', 'f': 'float', 'c': 'complex'}.get(found.kind)
    return found.type if group is None else sctypes[group][-1]


@set_module('numpy')
def issctype(rep):
    """Whether the object is a scalar type, one of Python's that has a counterpart, or a dtype."""
    if not isinstance(rep, (type, dtype)):
        return False
    found = obj2sctype(rep)
    return found is not None and found is not allTypes['object_']


def issubclass_(arg1, arg2):
    """`issubclass` that says False where an argument is no class."""
    return isinstance(arg1, type) and isinstance(arg2, type) and issubclass(arg1, arg2)


@set_module('numpy')
def issubsctype(arg1, arg2):
    """`issubclass` of the scalar types of two objects."""
    return issubclass(obj2sctype(arg1), obj2sctype(arg2))


@set_module('numpy')
def sctype2char(sctype):
    """The type code of a scalar type, or of what stands for one."""
    found = obj2sctype(sctype)
    if found is None:
        raise ValueError('unrecognized type')
    if found not in _concrete:
        raise KeyError(found)
    return dtype(found).char


class _PreprocessDTypeError(Exception):
    pass


def _preprocess_dtype(dtype):
    """The scalar type of a dtype or scalar type; anything else is refused."""
    found = dtype.type if isinstance(dtype, _ma.dtype) else dtype
    if isinstance(found, ndarray) or found not in _concrete:
        raise _PreprocessDTypeError
    return found


# Kind names of the array API standard -> abstract types.
_API_KINDS = {
    'bool': ('bool',),
    'signed integer': ('signedinteger',),
    'unsigned integer': ('unsignedinteger',),
    'integral': ('integer',),
    'real floating': ('floating',),
    'complex floating': ('complexfloating',),
    'numeric': ('number',),
}


@set_module('numpy')
def isdtype(dtype, kind):
    """Whether a dtype belongs to a kind, as the array API standard names kinds.

    Parameters
    ----------
    dtype : dtype or scalar type
    kind : dtype, str, or tuple of them
        A dtype, or one of 'bool', 'signed integer', 'unsigned integer', 'integral',
        'real floating', 'complex floating', 'numeric'. A tuple means any of its members.

    Returns
    -------
    out : bool

    Examples
    --------
    >>> np.isdtype(np.float32, 'real floating')
    True
    """
    try:
        dtype = _preprocess_dtype(dtype)
    except (_PreprocessDTypeError, TypeError):
        raise TypeError('dtype argument must be a NumPy dtype, '
                        f'but it is a {type(dtype)}.') from None
    exact, families = set(), ()
    for one in kind if isinstance(kind, tuple) else (kind,):
        if isinstance(one, str):
            if one not in _API_KINDS:
                raise ValueError(f'kind argument is a string, but {one!r} is not a known kind name.')
            families += tuple(allTypes[name] for name in _API_KINDS[one])
            continue
        try:
            exact.add(_preprocess_dtype(one))
        except (_PreprocessDTypeError, TypeError):
            raise TypeError('kind argument must be comprised of NumPy dtypes or strings only, '
                            f'but is a {type(one)}.') from None
    # A duration is an integer type by inheritance, but no number in the standard's sense.
    if dtype is allTypes['timedelta64']:
        families = ()
    return dtype in exact or issubclass(dtype, families)


@set_module('numpy')
def issubdtype(arg1, arg2):
    """Whether the first type code is lower than or equal to the second in the type hierarchy.

    Parameters
    ----------
    arg1, arg2 : dtype_like or scalar type, abstract ones included

    Examples
    --------
    >>> np.issubdtype('i1', np.integer)
    True
    """
    pair = []
    for arg in (arg1, arg2):
        is_scalar_type = isinstance(arg, type) and issubclass(arg, generic)
        pair.append(arg if is_scalar_type else dtype(arg).type)
    return issubclass(*pair)
