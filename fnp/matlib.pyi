# Written by tools/gen_stubs.py from the package itself.
from typing import Any
import builtins
from . import __array_namespace_info__ as __array_namespace_info__
from . import all as all
from . import allclose as allclose
from . import amax as amax
from . import amin as amin
from . import angle as angle
from . import any as any
from . import append as append
from . import apply_along_axis as apply_along_axis
from . import apply_over_axes as apply_over_axes
from . import arange as arange
from . import argmax as argmax
from . import argmin as argmin
from . import argpartition as argpartition
from . import argsort as argsort
from . import argwhere as argwhere
from . import around as around
from . import array as array
from . import array2string as array2string
from . import array_equal as array_equal
from . import array_equiv as array_equiv
from . import array_repr as array_repr
from . import array_split as array_split
from . import array_str as array_str
from . import asanyarray as asanyarray
from . import asarray as asarray
from . import asarray_chkfinite as asarray_chkfinite
from . import ascontiguousarray as ascontiguousarray
from . import asfortranarray as asfortranarray
from . import asmatrix as asmatrix
from . import astype as astype
from . import atleast_1d as atleast_1d
from . import atleast_2d as atleast_2d
from . import atleast_3d as atleast_3d
from . import average as average
from . import bartlett as bartlett
from . import base_repr as base_repr
from . import binary_repr as binary_repr
from . import bincount as bincount
from . import blackman as blackman
from . import block as block
from . import bmat as bmat
from . import bool as bool
from . import bool as bool_
from . import broadcast as broadcast
from . import broadcast_arrays as broadcast_arrays
from . import broadcast_shapes as broadcast_shapes
from . import broadcast_to as broadcast_to
from . import busday_count as busday_count
from . import busday_offset as busday_offset
from . import busdaycalendar as busdaycalendar
from . import bytes_ as bytes_
from . import can_cast as can_cast
from . import char as char
from . import character as character
from . import choose as choose
from . import clip as clip
from . import clongdouble as clongdouble
from . import clongdouble as complex256
from . import column_stack as column_stack
from . import common_type as common_type
from . import complex128 as cdouble
from . import complex128 as complex128
from . import complex64 as complex64
from . import complex64 as csingle
from . import complexfloating as complexfloating
from . import compress as compress
from . import concatenate as concat
from . import concatenate as concatenate
from . import convolve as convolve
from . import copy as copy
from . import copyto as copyto
from . import corrcoef as corrcoef
from . import correlate as correlate
from . import count_nonzero as count_nonzero
from . import cov as cov
from . import cross as cross
from . import ctypeslib as ctypeslib
from . import cumprod as cumprod
from . import cumsum as cumsum
from . import cumulative_prod as cumulative_prod
from . import cumulative_sum as cumulative_sum
from . import datetime64 as datetime64
from . import datetime_as_string as datetime_as_string
from . import datetime_data as datetime_data
from . import delete as delete
from . import diag as diag
from . import diag_indices as diag_indices
from . import diag_indices_from as diag_indices_from
from . import diagflat as diagflat
from . import diagonal as diagonal
from . import diff as diff
from . import digitize as digitize
from . import dot as dot
from . import dsplit as dsplit
from . import dstack as dstack
from . import dtype as dtype
from . import dtypes as dtypes
from . import ediff1d as ediff1d
from . import einsum as einsum
from . import einsum_path as einsum_path
from . import empty_like as empty_like
from . import errstate as errstate
from . import exceptions as exceptions
from . import expand_dims as expand_dims
from . import extract as extract
from . import f2py as f2py
from . import fft as fft
from . import fill_diagonal as fill_diagonal
from . import finfo as finfo
from . import fix as fix
from . import flatiter as flatiter
from . import flatnonzero as flatnonzero
from . import flexible as flexible
from . import flip as flip
from . import fliplr as fliplr
from . import flipud as flipud
from . import float16 as float16
from . import float16 as half
from . import float32 as float32
from . import float32 as single
from . import float64 as double
from . import float64 as float64
from . import floating as floating
from . import format_float_positional as format_float_positional
from . import format_float_scientific as format_float_scientific
from . import from_dlpack as from_dlpack
from . import frombuffer as frombuffer
from . import fromfile as fromfile
from . import fromfunction as fromfunction
from . import fromiter as fromiter
from . import frompyfunc as frompyfunc
from . import fromregex as fromregex
from . import fromstring as fromstring
from . import full as full
from . import full_like as full_like
from . import generic as generic
from . import genfromtxt as genfromtxt
from . import geomspace as geomspace
from . import get_include as get_include
from . import get_printoptions as get_printoptions
from . import getbufsize as getbufsize
from . import geterr as geterr
from . import geterrcall as geterrcall
from . import gradient as gradient
from . import hamming as hamming
from . import hanning as hanning
from . import histogram as histogram
from . import histogram2d as histogram2d
from . import histogram_bin_edges as histogram_bin_edges
from . import histogramdd as histogramdd
from . import hsplit as hsplit
from . import hstack as hstack
from . import i0 as i0
from . import iinfo as iinfo
from . import imag as imag
from . import indices as indices
from . import inexact as inexact
from . import info as info
from . import inner as inner
from . import insert as insert
from . import int16 as int16
from . import int16 as short
from . import int32 as int32
from . import int32 as intc
from . import int64 as int64
from . import int64 as int_
from . import int64 as intp
from . import int64 as long
from . import int8 as byte
from . import int8 as int8
from . import integer as integer
from . import interp as interp
from . import intersect1d as intersect1d
from . import is_busday as is_busday
from . import isclose as isclose
from . import iscomplex as iscomplex
from . import iscomplexobj as iscomplexobj
from . import isdtype as isdtype
from . import isfortran as isfortran
from . import isin as isin
from . import isneginf as isneginf
from . import isposinf as isposinf
from . import isreal as isreal
from . import isrealobj as isrealobj
from . import isscalar as isscalar
from . import issubdtype as issubdtype
from . import iterable as iterable
from . import ix_ as ix_
from . import kaiser as kaiser
from . import kron as kron
from . import lexsort as lexsort
from . import lib as lib
from . import linalg as linalg
from . import linspace as linspace
from . import load as load
from . import loadtxt as loadtxt
from . import logspace as logspace
from . import longdouble as float128
from . import longdouble as longdouble
from . import longlong as longlong
from . import ma as ma
from . import mask_indices as mask_indices
from . import matrix as matrix
from . import matrix_transpose as matrix_transpose
from . import max as max
from . import may_share_memory as may_share_memory
from . import mean as mean
from . import median as median
from . import memmap as memmap
from . import meshgrid as meshgrid
from . import min as min
from . import min_scalar_type as min_scalar_type
from . import mintypecode as mintypecode
from . import moveaxis as moveaxis
from . import nan_to_num as nan_to_num
from . import nanargmax as nanargmax
from . import nanargmin as nanargmin
from . import nancumprod as nancumprod
from . import nancumsum as nancumsum
from . import nanmax as nanmax
from . import nanmean as nanmean
from . import nanmedian as nanmedian
from . import nanmin as nanmin
from . import nanpercentile as nanpercentile
from . import nanprod as nanprod
from . import nanquantile as nanquantile
from . import nanstd as nanstd
from . import nansum as nansum
from . import nanvar as nanvar
from . import ndarray as ndarray
from . import ndenumerate as ndenumerate
from . import ndim as ndim
from . import ndindex as ndindex
from . import nditer as nditer
from . import nested_iters as nested_iters
from . import nonzero as nonzero
from . import number as number
from . import object_ as object_
from . import ones_like as ones_like
from . import outer as outer
from . import packbits as packbits
from . import pad as pad
from . import partition as partition
from . import percentile as percentile
from . import piecewise as piecewise
from . import place as place
from . import poly as poly
from . import poly1d as poly1d
from . import polyadd as polyadd
from . import polyder as polyder
from . import polydiv as polydiv
from . import polyfit as polyfit
from . import polyint as polyint
from . import polymul as polymul
from . import polynomial as polynomial
from . import polysub as polysub
from . import polyval as polyval
from . import printoptions as printoptions
from . import prod as prod
from . import promote_types as promote_types
from . import ptp as ptp
from . import put as put
from . import put_along_axis as put_along_axis
from . import putmask as putmask
from . import quantile as quantile
from . import random as random
from . import ravel as ravel
from . import ravel_multi_index as ravel_multi_index
from . import real as real
from . import real_if_close as real_if_close
from . import rec as rec
from . import record as record
from . import repeat as repeat
from . import require as require
from . import reshape as reshape
from . import resize as resize
from . import result_type as result_type
from . import roll as roll
from . import rollaxis as rollaxis
from . import roots as roots
from . import rot90 as rot90
from . import round as round
from . import row_stack as row_stack
from . import save as save
from . import savetxt as savetxt
from . import savez as savez
from . import savez_compressed as savez_compressed
from . import searchsorted as searchsorted
from . import select as select
from . import set_printoptions as set_printoptions
from . import setbufsize as setbufsize
from . import setdiff1d as setdiff1d
from . import seterr as seterr
from . import seterrcall as seterrcall
from . import setxor1d as setxor1d
from . import shape as shape
from . import shares_memory as shares_memory
from . import show_config as show_config
from . import show_runtime as show_runtime
from . import signedinteger as signedinteger
from . import sinc as sinc
from . import size as size
from . import sort as sort
from . import sort_complex as sort_complex
from . import split as split
from . import squeeze as squeeze
from . import stack as stack
from . import std as std
from . import str_ as str_
from . import strings as strings
from . import sum as sum
from . import swapaxes as swapaxes
from . import take as take
from . import take_along_axis as take_along_axis
from . import tensordot as tensordot
from . import testing as testing
from . import tile as tile
from . import timedelta64 as timedelta64
from . import trace as trace
from . import transpose as permute_dims
from . import transpose as transpose
from . import trapezoid as trapezoid
from . import tri as tri
from . import tril as tril
from . import tril_indices as tril_indices
from . import tril_indices_from as tril_indices_from
from . import trim_zeros as trim_zeros
from . import triu as triu
from . import triu_indices as triu_indices
from . import triu_indices_from as triu_indices_from
from . import typename as typename
from . import typing as typing
from . import ufunc as ufunc
from . import uint16 as uint16
from . import uint16 as ushort
from . import uint32 as uint32
from . import uint32 as uintc
from . import uint64 as uint
from . import uint64 as uint64
from . import uint64 as uintp
from . import uint64 as ulong
from . import uint8 as ubyte
from . import uint8 as uint8
from . import ulonglong as ulonglong
from . import union1d as union1d
from . import unique as unique
from . import unique_all as unique_all
from . import unique_counts as unique_counts
from . import unique_inverse as unique_inverse
from . import unique_values as unique_values
from . import unpackbits as unpackbits
from . import unravel_index as unravel_index
from . import unsignedinteger as unsignedinteger
from . import unstack as unstack
from . import unwrap as unwrap
from . import vander as vander
from . import var as var
from . import vdot as vdot
from . import vectorize as vectorize
from . import void as void
from . import vsplit as vsplit
from . import vstack as vstack
from . import where as where
from . import zeros_like as zeros_like
from .lib import scimath as emath
from .rec import recarray as recarray

False_: bool
ScalarType: builtins.tuple
True_: bool
__version__: builtins.str
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
c_: Any
cbrt: ufunc
ceil: ufunc
conj: ufunc
conjugate: ufunc
copysign: ufunc
core: Any
cos: ufunc
cosh: ufunc
deg2rad: ufunc
degrees: ufunc
divide: ufunc
divmod: ufunc
e: builtins.float
def empty(shape: Any, dtype: Any = None, order: Any = 'C') -> Any: ...
equal: ufunc
euler_gamma: builtins.float
exp: ufunc
exp2: ufunc
expm1: ufunc
def eye(n: Any, M: Any = None, k: Any = 0, dtype: Any = ..., order: Any = 'C') -> Any: ...
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
def identity(n: Any, dtype: Any = None) -> Any: ...
index_exp: Any
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
mgrid: Any
minimum: ufunc
mod: ufunc
modf: ufunc
multiply: ufunc
nan: builtins.float
negative: ufunc
newaxis: None
nextafter: ufunc
not_equal: ufunc
ogrid: Any
def ones(shape: Any, dtype: Any = None, order: Any = 'C') -> Any: ...
pi: builtins.float
positive: ufunc
pow: ufunc
power: ufunc
r_: Any
rad2deg: ufunc
radians: ufunc
def rand(*args: Any) -> Any: ...
def randn(*args: Any) -> Any: ...
reciprocal: ufunc
remainder: ufunc
def repmat(a: Any, m: Any, n: Any) -> Any: ...
right_shift: ufunc
rint: ufunc
s_: Any
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
test: Any
true_divide: ufunc
trunc: ufunc
typecodes: builtins.dict
vecdot: ufunc
vecmat: ufunc
def zeros(shape: Any, dtype: Any = None, order: Any = 'C') -> Any: ...
__all__: builtins.list[builtins.str]
