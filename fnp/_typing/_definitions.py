"""All type aliases, built on first use: `typing` is slow to import, and programs rarely look here.

`ROOMS` maps each module of this package to its names.
"""
import collections.abc as _abc
import sys
import typing as _t
from collections.abc import Sequence
from typing import Any, Literal, SupportsIndex, TypeVar, Union

from .._core import numerictypes as _nt
from .._core.multiarray import dtype, ndarray
from .._utils import root_name, set_module
from ..dtypes import StringDType

ROOMS = {}
_HERE = __name__.rpartition('.')[0]


def _room(module, names):
    """Note the module of names; classes are shown to live there."""
    names = names.split()
    ROOMS[module] = names
    for name in names:
        value = globals()[name]
        if isinstance(value, type) and value.__module__ == __name__:
            value.__module__ = f'{_HERE}.{module}'


# ---- widths ----

@set_module('numpy.typing')
@_t.final
class NBitBase:
    """Base of the types that stand for a width in bits, in type annotations of old programs."""

    def __init_subclass__(cls):
        known = {'NBitBase', '_128Bit', '_96Bit', '_64Bit', '_32Bit', '_16Bit', '_8Bit'}
        if cls.__name__ not in known:
            raise TypeError('cannot inherit from final class "NBitBase"')
        super().__init_subclass__()


_wider = NBitBase
for _bits in 128, 96, 64, 32, 16, 8:
    _wider = type(f'_{_bits}Bit', (_wider,), {'__module__': root_name('numpy._typing')})
    globals()[_wider.__name__] = _wider
_room('_nbit_base', 'NBitBase _128Bit _96Bit _64Bit _32Bit _16Bit _8Bit')

_b = {bits: globals()[f'_{bits}Bit'] for bits in (8, 16, 32, 64, 96, 128)}
_NBitByte, _NBitShort, _NBitIntC, _NBitLongLong = _b[8], _b[16], _b[32], _b[64]
_NBitHalf, _NBitSingle, _NBitDouble = _b[16], _b[32], _b[64]
_NBitIntP = _NBitInt = _NBitLong = _b[32] | _b[64]
_NBitLongDouble = _b[64] | _b[96] | _b[128]
_room('_nbit', '''
    _128Bit _96Bit _64Bit _32Bit _16Bit _8Bit _NBitByte _NBitShort _NBitIntC _NBitIntP _NBitInt
    _NBitLong _NBitLongLong _NBitHalf _NBitSingle _NBitDouble _NBitLongDouble''')

# ---- shapes and scalars ----

_Shape = tuple[int, ...]
_AnyShape = tuple[Any, ...]
_ShapeLike = SupportsIndex | Sequence[SupportsIndex]
_room('_shape', '_Shape _AnyShape _ShapeLike')

_CharLike_co = str | bytes
_BoolLike_co = bool | _nt.bool
_UIntLike_co = bool | _nt.unsignedinteger | _nt.bool
_IntLike_co = int | _nt.integer | _nt.bool
_FloatLike_co = float | _nt.floating | _nt.integer | _nt.bool
_NumberLike_co = _ComplexLike_co = complex | _nt.number | _nt.bool
_TD64Like_co = int | _nt.timedelta64 | _nt.integer | _nt.bool
_VoidLike_co = tuple[Any, ...] | _nt.void
_ScalarLike_co = complex | str | bytes | _nt.generic
_room('_scalars', '''
    _CharLike_co _BoolLike_co _UIntLike_co _IntLike_co _FloatLike_co _ComplexLike_co _NumberLike_co
    _TD64Like_co _VoidLike_co _ScalarLike_co''')

# ---- nested sequences ----

_T = TypeVar('_T')
_T_co = TypeVar('_T_co', covariant=True)


@_t.runtime_checkable
class _NestedSequence(_t.Protocol[_T_co]):
    """A sequence of items or of nested sequences of them."""

    def __len__(self, /): ...

    def __getitem__(self, index, /): ...

    def __contains__(self, x, /): ...

    def __iter__(self, /): ...

    def __reversed__(self, /): ...

    def count(self, value, /): ...

    def index(self, value, /): ...


_room('_nested_sequence', '_NestedSequence')

# ---- arrays ----

_ScalarT = TypeVar('_ScalarT', bound=_nt.generic)
_DTypeT = TypeVar('_DTypeT', bound=dtype[Any])
_DTypeT_co = TypeVar('_DTypeT_co', covariant=True, bound=dtype[Any])

NDArray = ndarray[_AnyShape, dtype[_ScalarT]]


@_t.runtime_checkable
class _SupportsArray(_t.Protocol[_DTypeT_co]):
    """Has an `__array__` method."""

    def __array__(self): ...


@_t.runtime_checkable
class _SupportsArrayFunc(_t.Protocol):
    """Has an `__array_function__` method."""

    def __array_function__(self, func, types, args, kwargs): ...


if sys.version_info >= (3, 12):
    _Buffer = _abc.Buffer
else:
    @_t.runtime_checkable
    class _Buffer(_t.Protocol):
        """Offers its memory (before Python 3.12 nothing tells)."""

_FiniteNestedSequence = Union[_T, Sequence[_T], Sequence[Sequence[_T]],
                              Sequence[Sequence[Sequence[_T]]],
                              Sequence[Sequence[Sequence[Sequence[_T]]]]]
_ArrayLike = Union[_SupportsArray[dtype[_ScalarT]],
                   _NestedSequence[_SupportsArray[dtype[_ScalarT]]]]
_DualArrayLike = Union[_SupportsArray[_DTypeT], _NestedSequence[_SupportsArray[_DTypeT]], _T,
                       _NestedSequence[_T]]
ArrayLike = Union[_Buffer, _DualArrayLike[dtype[Any], complex | bytes | str]]

for _name, _scalars, _python in (
        ('Bool_co', _nt.bool, bool),
        ('UInt_co', _nt.bool | _nt.unsignedinteger, bool),
        ('Int_co', _nt.bool | _nt.integer, int),
        ('Float_co', _nt.bool | _nt.integer | _nt.floating, float),
        ('Complex_co', _nt.bool | _nt.number, complex),
        ('Number_co', _nt.bool | _nt.number, complex),
        ('TD64_co', _nt.bool | _nt.integer | _nt.timedelta64, int),
        ('DT64_co', _nt.datetime64, None),
        ('Object_co', _nt.object_, None),
        ('Void_co', _nt.void, None),
        ('Bytes_co', _nt.bytes_, bytes),
        ('Str_co', _nt.str_, str),
        ('Float64_co', _nt.floating[_b[64]] | _nt.float32 | _nt.float16 | _nt.integer | _nt.bool,
         float),
        ('Complex128_co', _nt.number[_b[64]] | _nt.number[_b[32]] | _nt.float16 | _nt.integer
         | _nt.bool, complex),
        ('Int', _nt.integer, int)):
    globals()[f'_ArrayLike{_name}'] = (
        _ArrayLike[_scalars] if _python is None else _DualArrayLike[dtype[_scalars], _python])
_ArrayLikeString_co = _DualArrayLike[StringDType, str]
_ArrayLikeAnyString_co = _DualArrayLike[dtype[_nt.character] | StringDType, bytes | str]
_room('_array_like', '''
    NDArray ArrayLike _ArrayLike _ArrayLikeAnyString_co _ArrayLikeBool_co _ArrayLikeBytes_co
    _ArrayLikeComplex128_co _ArrayLikeComplex_co _ArrayLikeDT64_co _ArrayLikeFloat64_co
    _ArrayLikeFloat_co _ArrayLikeInt _ArrayLikeInt_co _ArrayLikeNumber_co _ArrayLikeObject_co
    _ArrayLikeStr_co _ArrayLikeString_co _ArrayLikeTD64_co _ArrayLikeUInt_co _ArrayLikeVoid_co
    _DualArrayLike _FiniteNestedSequence _SupportsArray _SupportsArrayFunc _Buffer''')

# ---- type codes ----

# Public name -> (names, letters or sized codes that may carry a byte order).
_CODES = {
    'Bool': ('bool bool_', '? b1'), 'UInt8': ('uint8', 'u1'), 'UInt16': ('uint16', 'u2'),
    'UInt32': ('uint32', 'u4'), 'UInt64': ('uint64', 'u8'), 'Int8': ('int8', 'i1'),
    'Int16': ('int16', 'i2'), 'Int32': ('int32', 'i4'), 'Int64': ('int64', 'i8'),
    'Float16': ('float16', 'f2'), 'Float32': ('float32', 'f4'), 'Float64': ('float64', 'f8'),
    'Complex64': ('complex64', 'c8'), 'Complex128': ('complex128', 'c16'), 'Byte': ('byte', 'b'),
    'Short': ('short', 'h'), 'IntC': ('intc', 'i'), 'IntP': ('intp int int_', 'n'),
    'Long': ('long', 'l'), 'LongLong': ('longlong', 'q'), 'UByte': ('ubyte', 'B'),
    'UShort': ('ushort', 'H'), 'UIntC': ('uintc', 'I'), 'UIntP': ('uintp uint', 'N'),
    'ULong': ('ulong', 'L'), 'ULongLong': ('ulonglong', 'Q'), 'Half': ('half', 'e'),
    'Single': ('single', 'f'), 'Double': ('double float', 'd'), 'LongDouble': ('longdouble', 'g'),
    'CSingle': ('csingle', 'F'), 'CDouble': ('cdouble complex', 'D'),
    'CLongDouble': ('clongdouble', 'G'), 'Str': ('str str_ unicode', 'U'),
    'Bytes': ('bytes bytes_', 'S'), 'Void': ('void', 'V'), 'Object': ('object object_', 'O'),
    'String': ('', 'T'),
}
_UNITS = 'Y M W D h m s ms us ns ps fs as'.split()
for _name, _letter in ('datetime64', 'M'), ('timedelta64', 'm'):
    _texts = [_name, *(f'{_name}[{unit}]' for unit in _UNITS), _letter, f'{_letter}8',
              *(f'{_letter}8[{unit}]' for unit in _UNITS)]
    _CODES['DT64' if _letter == 'M' else 'TD64'] = '', ' '.join(_texts)

_literals = {}
for _name, (_names, _texts) in _CODES.items():
    _literals[_name] = [*_names.split(), *(order + text for text in _texts.split()
                                           for order in ('', '|', '=', '<', '>'))]
_literals['Int'], _literals['UInt'] = _literals['IntP'], _literals['UIntP']
for _name, _parts in (
        ('UnsignedInteger', 'UInt8 UInt16 UInt32 UInt64 UIntP UByte UShort UIntC ULong ULongLong'),
        ('SignedInteger', 'Int8 Int16 Int32 Int64 IntP Byte Short IntC Long LongLong'),
        ('Floating', 'Float16 Float32 Float64 Half Single Double LongDouble'),
        ('ComplexFloating', 'Complex64 Complex128 CSingle CDouble CLongDouble'),
        ('Integer', 'UnsignedInteger SignedInteger'),
        ('Inexact', 'Floating ComplexFloating'),
        ('Number', 'Integer Inexact'),
        ('Character', 'Str Bytes'),
        ('Flexible', 'Void Character'),
        ('Generic', 'Bool Number Flexible DT64 TD64 Object')):
    _literals[_name] = [text for part in _parts.split() for text in _literals[part]]
for _name, _texts in _literals.items():
    globals()[f'_{_name}Codes'] = Literal[tuple(_texts)]
_room('_char_codes', ' '.join(f'_{name}Codes' for name in _literals))

# ---- dtypes ----


class _DTypeDictBase(_t.TypedDict):
    names: Sequence[str]
    formats: Sequence[Any]


class _DTypeDict(_DTypeDictBase, total=False):
    """A structured dtype as a dict."""

    offsets: Sequence[int]
    titles: Sequence[Any]
    itemsize: int
    aligned: bool


@_t.runtime_checkable
class _HasDType(_t.Protocol[_DTypeT_co]):
    """Has a `dtype`."""

    @property
    def dtype(self): ...


@_t.runtime_checkable
class _HasNumPyDType(_t.Protocol[_DTypeT_co]):
    """Has a `__numpy_dtype__`."""

    @property
    def __numpy_dtype__(self, /): ...


_DTypeLikeNested = Any
_SupportsDType = Union[_HasDType[_DTypeT], _HasNumPyDType[_DTypeT]]
_DTypeLike = Union[type[_ScalarT], dtype[_ScalarT], _SupportsDType[dtype[_ScalarT]]]
_VoidDTypeLike = tuple[Any, Any] | list[Any] | _DTypeDict
for _name, _python, _scalars, _extra in (
        ('Bool', bool, _nt.bool, '_BoolCodes'),
        ('Int', int, _nt.signedinteger, '_SignedIntegerCodes'),
        ('UInt', None, _nt.unsignedinteger, '_UnsignedIntegerCodes'),
        ('Float', float, _nt.floating, '_FloatingCodes'),
        ('Complex', complex, _nt.complexfloating, '_ComplexFloatingCodes'),
        ('Complex_co', complex, _nt.bool | _nt.number, None),
        ('DT64', None, _nt.timedelta64, '_TD64Codes'),
        ('TD64', None, _nt.datetime64, '_DT64Codes'),
        ('Bytes', bytes, _nt.bytes_, '_BytesCodes'),
        ('Str', str, _nt.str_, '_StrCodes'),
        ('Void', memoryview, _nt.void, '_VoidCodes'),
        ('Object', object, _nt.object_, '_ObjectCodes')):
    _alias = _DTypeLike[_scalars]
    if _python is not None:
        _alias = Union[type[_python], _alias]
    if _name == 'Void':
        _alias = Union[_alias, _VoidDTypeLike]
    _codes = (globals()['_BoolCodes'] | globals()['_NumberCodes'] if _extra is None
              else globals()[_extra])
    globals()[f'_DTypeLike{_name}'] = Union[_alias, _codes]
DTypeLike = Union[type[Any], dtype[Any], _SupportsDType[dtype[Any]], _VoidDTypeLike, str]
_room('_dtype_like', '''
    DTypeLike _DTypeDict _DTypeDictBase _DTypeLike _DTypeLikeBool _DTypeLikeBytes _DTypeLikeComplex
    _DTypeLikeComplex_co _DTypeLikeDT64 _DTypeLikeFloat _DTypeLikeInt _DTypeLikeNested
    _DTypeLikeObject _DTypeLikeStr _DTypeLikeTD64 _DTypeLikeUInt _DTypeLikeVoid _HasDType
    _HasNumPyDType _SupportsDType _VoidDTypeLike''')

# ---- ufuncs ----

# Type checkers know more than one kind; at run time there is one.
_UFunc_Nin1_Nout1 = _UFunc_Nin2_Nout1 = _UFunc_Nin1_Nout2 = _UFunc_Nin2_Nout2 = \
    _GUFunc_Nin2_Nout1 = sys.modules[root_name('numpy._core')].ufunc
_room('_ufunc', '''
    _UFunc_Nin1_Nout1 _UFunc_Nin2_Nout1 _UFunc_Nin1_Nout2 _UFunc_Nin2_Nout2
    _GUFunc_Nin2_Nout1''')
