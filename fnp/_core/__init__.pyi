# Written by tools/gen_stubs.py from the package itself.
import builtins
from .. import all as all
from .. import allclose as allclose
from .. import amax as amax
from .. import amin as amin
from .. import any as any
from .. import arange as arange
from .. import argmax as argmax
from .. import argmin as argmin
from .. import argpartition as argpartition
from .. import argsort as argsort
from .. import argwhere as argwhere
from .. import around as around
from .. import array as array
from .. import array2string as array2string
from .. import array_equal as array_equal
from .. import array_equiv as array_equiv
from .. import array_repr as array_repr
from .. import array_str as array_str
from .. import asanyarray as asanyarray
from .. import asarray as asarray
from .. import ascontiguousarray as ascontiguousarray
from .. import asfortranarray as asfortranarray
from .. import astype as astype
from .. import atleast_1d as atleast_1d
from .. import atleast_2d as atleast_2d
from .. import atleast_3d as atleast_3d
from .. import base_repr as base_repr
from .. import binary_repr as binary_repr
from .. import block as block
from .. import bool as bool
from .. import bool as bool_
from .. import broadcast as broadcast
from .. import busday_count as busday_count
from .. import busday_offset as busday_offset
from .. import busdaycalendar as busdaycalendar
from .. import bytes_ as bytes_
from .. import can_cast as can_cast
from .. import character as character
from .. import choose as choose
from .. import clip as clip
from .. import clongdouble as clongdouble
from .. import clongdouble as complex256
from .. import complex128 as cdouble
from .. import complex128 as complex128
from .. import complex64 as complex64
from .. import complex64 as csingle
from .. import complexfloating as complexfloating
from .. import compress as compress
from .. import concatenate as concat
from .. import concatenate as concatenate
from .. import convolve as convolve
from .. import copyto as copyto
from .. import correlate as correlate
from .. import count_nonzero as count_nonzero
from .. import cross as cross
from .. import cumprod as cumprod
from .. import cumsum as cumsum
from .. import cumulative_prod as cumulative_prod
from .. import cumulative_sum as cumulative_sum
from .. import datetime64 as datetime64
from .. import datetime_as_string as datetime_as_string
from .. import datetime_data as datetime_data
from .. import diagonal as diagonal
from .. import dot as dot
from .. import dtype as dtype
from .. import einsum as einsum
from .. import einsum_path as einsum_path
from .. import empty as empty
from .. import empty_like as empty_like
from .. import errstate as errstate
from .. import finfo as finfo
from .. import flatiter as flatiter
from .. import flatnonzero as flatnonzero
from .. import flexible as flexible
from .. import float16 as float16
from .. import float16 as half
from .. import float32 as float32
from .. import float32 as single
from .. import float64 as double
from .. import float64 as float64
from .. import floating as floating
from .. import format_float_positional as format_float_positional
from .. import format_float_scientific as format_float_scientific
from .. import from_dlpack as from_dlpack
from .. import frombuffer as frombuffer
from .. import fromfile as fromfile
from .. import fromfunction as fromfunction
from .. import fromiter as fromiter
from .. import frompyfunc as frompyfunc
from .. import fromstring as fromstring
from .. import full as full
from .. import full_like as full_like
from .. import generic as generic
from .. import geomspace as geomspace
from .. import get_printoptions as get_printoptions
from .. import getbufsize as getbufsize
from .. import geterr as geterr
from .. import geterrcall as geterrcall
from .. import hstack as hstack
from .. import identity as identity
from .. import iinfo as iinfo
from .. import indices as indices
from .. import inexact as inexact
from .. import inner as inner
from .. import int16 as int16
from .. import int16 as short
from .. import int32 as int32
from .. import int32 as intc
from .. import int64 as int64
from .. import int64 as int_
from .. import int64 as intp
from .. import int64 as long
from .. import int8 as byte
from .. import int8 as int8
from .. import integer as integer
from .. import is_busday as is_busday
from .. import isclose as isclose
from .. import isdtype as isdtype
from .. import isfortran as isfortran
from .. import isscalar as isscalar
from .. import issubdtype as issubdtype
from .. import lexsort as lexsort
from .. import linspace as linspace
from .. import logspace as logspace
from .. import longdouble as float128
from .. import longdouble as longdouble
from .. import longlong as longlong
from .. import matrix_transpose as matrix_transpose
from .. import max as max
from .. import may_share_memory as may_share_memory
from .. import mean as mean
from .. import memmap as memmap
from .. import min as min
from .. import min_scalar_type as min_scalar_type
from .. import moveaxis as moveaxis
from .. import ndarray as ndarray
from .. import ndim as ndim
from .. import nditer as nditer
from .. import nested_iters as nested_iters
from .. import nonzero as nonzero
from .. import number as number
from .. import object_ as object_
from .. import ones as ones
from .. import ones_like as ones_like
from .. import outer as outer
from .. import partition as partition
from .. import printoptions as printoptions
from .. import prod as prod
from .. import promote_types as promote_types
from .. import ptp as ptp
from .. import put as put
from .. import putmask as putmask
from .. import ravel as ravel
from .. import record as record
from .. import repeat as repeat
from .. import require as require
from .. import reshape as reshape
from .. import resize as resize
from .. import result_type as result_type
from .. import roll as roll
from .. import rollaxis as rollaxis
from .. import round as round
from .. import searchsorted as searchsorted
from .. import set_printoptions as set_printoptions
from .. import setbufsize as setbufsize
from .. import seterr as seterr
from .. import seterrcall as seterrcall
from .. import shape as shape
from .. import shares_memory as shares_memory
from .. import signedinteger as signedinteger
from .. import size as size
from .. import sort as sort
from .. import squeeze as squeeze
from .. import stack as stack
from .. import std as std
from .. import str_ as str_
from .. import sum as sum
from .. import swapaxes as swapaxes
from .. import take as take
from .. import tensordot as tensordot
from .. import timedelta64 as timedelta64
from .. import trace as trace
from .. import transpose as permute_dims
from .. import transpose as transpose
from .. import ufunc as ufunc
from .. import uint16 as uint16
from .. import uint16 as ushort
from .. import uint32 as uint32
from .. import uint32 as uintc
from .. import uint64 as uint
from .. import uint64 as uint64
from .. import uint64 as uintp
from .. import uint64 as ulong
from .. import uint8 as ubyte
from .. import uint8 as uint8
from .. import ulonglong as ulonglong
from .. import unsignedinteger as unsignedinteger
from .. import unstack as unstack
from .. import var as var
from .. import vdot as vdot
from .. import void as void
from .. import vstack as vstack
from .. import where as where
from .. import zeros as zeros
from .. import zeros_like as zeros_like
from ..rec import recarray as recarray

False_: bool
ScalarType: builtins.tuple
True_: bool
abs: ufunc
absolute: ufunc
acos: ufunc
acosh: ufunc
add: ufunc
arccos: ufunc
arccosh: ufunc
arcsin: ufunc
arcsinh: ufunc
arctan: ufunc
arctan2: ufunc
arctanh: ufunc
asin: ufunc
asinh: ufunc
atan: ufunc
atan2: ufunc
atanh: ufunc
bitwise_and: ufunc
bitwise_count: ufunc
bitwise_invert: ufunc
bitwise_left_shift: ufunc
bitwise_not: ufunc
bitwise_or: ufunc
bitwise_right_shift: ufunc
bitwise_xor: ufunc
cbrt: ufunc
ceil: ufunc
conj: ufunc
conjugate: ufunc
copysign: ufunc
cos: ufunc
cosh: ufunc
deg2rad: ufunc
degrees: ufunc
divide: ufunc
divmod: ufunc
e: builtins.float
equal: ufunc
euler_gamma: builtins.float
exp: ufunc
exp2: ufunc
expm1: ufunc
fabs: ufunc
float_power: ufunc
floor: ufunc
floor_divide: ufunc
fmax: ufunc
fmin: ufunc
fmod: ufunc
frexp: ufunc
gcd: ufunc
greater: ufunc
greater_equal: ufunc
heaviside: ufunc
hypot: ufunc
inf: builtins.float
invert: ufunc
isfinite: ufunc
isinf: ufunc
isnan: ufunc
isnat: ufunc
lcm: ufunc
ldexp: ufunc
left_shift: ufunc
less: ufunc
less_equal: ufunc
little_endian: builtins.bool
log: ufunc
log10: ufunc
log1p: ufunc
log2: ufunc
logaddexp: ufunc
logaddexp2: ufunc
logical_and: ufunc
logical_not: ufunc
logical_or: ufunc
logical_xor: ufunc
matmul: ufunc
matvec: ufunc
maximum: ufunc
minimum: ufunc
mod: ufunc
modf: ufunc
multiply: ufunc
nan: builtins.float
negative: ufunc
newaxis: None
nextafter: ufunc
not_equal: ufunc
pi: builtins.float
positive: ufunc
pow: ufunc
power: ufunc
rad2deg: ufunc
radians: ufunc
reciprocal: ufunc
remainder: ufunc
right_shift: ufunc
rint: ufunc
sctypeDict: builtins.dict
sign: ufunc
signbit: ufunc
sin: ufunc
sinh: ufunc
spacing: ufunc
sqrt: ufunc
square: ufunc
subtract: ufunc
tan: ufunc
tanh: ufunc
true_divide: ufunc
trunc: ufunc
typecodes: builtins.dict
vecdot: ufunc
vecmat: ufunc
__all__: builtins.list[builtins.str]
