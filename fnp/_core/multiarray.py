"""Arrays, dtypes and the functions on them that are written in C.

Everything of the extension is a name here; the functions that other array types can override are
wrapped in dispatchers. Pickles, wheels and old programs know this path.
"""
from .._utils import root_name
from . import _multiarray_umath, overrides
from ._multiarray_umath import *  # noqa: F403
from ._multiarray_umath import _ARRAY_API, _reconstruct, scalar

__all__ = [
    '_ARRAY_API', 'ALLOW_THREADS', 'BUFSIZE', 'CLIP', 'DATETIMEUNITS', 'ITEM_HASOBJECT',
    'ITEM_IS_POINTER', 'LIST_PICKLE', 'MAXDIMS', 'MAY_SHARE_BOUNDS', 'MAY_SHARE_EXACT',
    'NEEDS_INIT', 'NEEDS_PYAPI', 'RAISE', 'USE_GETITEM', 'USE_SETITEM', 'WRAP', '_flagdict',
    '_monotonicity', '_place', '_reconstruct', '_vec_string', 'add_docstring', 'arange', 'array',
    'asanyarray', 'asarray', 'ascontiguousarray', 'asfortranarray', 'bincount', 'broadcast',
    'busday_count', 'busday_offset', 'busdaycalendar', 'c_einsum', 'can_cast',
    'compare_chararrays', 'concatenate', 'copyto', 'correlate', 'correlate2', 'count_nonzero',
    'datetime_as_string', 'datetime_data', 'dot', 'dragon4_positional', 'dragon4_scientific',
    'dtype', 'empty', 'empty_like', 'error', 'flagsobj', 'flatiter', 'format_longfloat',
    'from_dlpack', 'frombuffer', 'fromfile', 'fromiter', 'fromstring', 'get_handler_name',
    'get_handler_version', 'inner', 'interp', 'interp_complex', 'is_busday', 'lexsort', 'matmul',
    'may_share_memory', 'min_scalar_type', 'ndarray', 'nditer', 'nested_iters',
    'normalize_axis_index', 'packbits', 'promote_types', 'putmask', 'ravel_multi_index',
    'result_type', 'scalar', 'set_datetimeparse_function', 'set_typeDict', 'shares_memory',
    'typeinfo', 'unpackbits', 'unravel_index', 'vdot', 'vecdot', 'where', 'zeros',
]

globals().update((name, value) for name, value in vars(_multiarray_umath).items()
                 if name[:2] != '__')


def _overridable(dispatcher):
    """Replace the C function of the dispatcher's name; the dispatcher is also its signature."""
    name = dispatcher.__name__
    public_api = overrides.array_function_from_dispatcher(
        getattr(_multiarray_umath, name), 'numpy', verify=False,
        docs_from_dispatcher=False)(dispatcher)
    if name not in ('concatenate', 'empty_like'):
        # `inspect` gets the dispatcher's own signature; those two say theirs in C.
        public_api._signature_source = dispatcher
    return public_api


@_overridable
def empty_like(prototype, dtype=None, order='K', subok=True, shape=None, *, device=None):
    return (prototype,)


@_overridable
def concatenate(arrays, /, axis=0, out=None, *, dtype=None, casting='same_kind'):
    return arrays if out is None else [*arrays, out]


@_overridable
def inner(a, b, /):
    return (a, b)


@_overridable
def where(condition, x=None, y=None, /):
    return (condition, x, y)


@_overridable
def lexsort(keys, axis=-1):
    return keys if isinstance(keys, tuple) else (keys,)


@_overridable
def can_cast(from_, to, casting='safe'):
    return (from_,)


@_overridable
def min_scalar_type(a, /):
    return (a,)


@_overridable
def result_type(*arrays_and_dtypes):
    return arrays_and_dtypes


@_overridable
def dot(a, b, out=None):
    return (a, b, out)


@_overridable
def vdot(a, b, /):
    return (a, b)


@_overridable
def bincount(x, /, weights=None, minlength=0):
    return (x, weights)


@_overridable
def ravel_multi_index(multi_index, dims, mode='raise', order='C'):
    return multi_index


@_overridable
def unravel_index(indices, shape, order='C'):
    return (indices,)


@_overridable
def copyto(dst, src, casting='same_kind', where=True):
    return (dst, src, where)


@_overridable
def putmask(a, /, mask, values):
    return (a, mask, values)


@_overridable
def packbits(a, /, axis=None, bitorder='big'):
    return (a,)


@_overridable
def unpackbits(a, /, axis=None, count=None, bitorder='big'):
    return (a,)


@_overridable
def shares_memory(a, b, /, max_work=-1):
    return (a, b)


@_overridable
def may_share_memory(a, b, /, max_work=0):
    return (a, b)


@_overridable
def is_busday(dates, weekmask='1111100', holidays=None, busdaycal=None, out=None):
    return (dates, weekmask, holidays, out)


@_overridable
def busday_offset(dates, offsets, roll='raise', weekmask='1111100', holidays=None, busdaycal=None,
                  out=None):
    return (dates, offsets, weekmask, holidays, out)


@_overridable
def busday_count(begindates, enddates, weekmask='1111100', holidays=(), busdaycal=None, out=None):
    return (begindates, enddates, weekmask, holidays, out)


@_overridable
def datetime_as_string(arr, unit=None, timezone='naive', casting='same_kind'):
    return (arr,)


def _place_names(home, names):
    """Show users `home` as the module of objects that C made."""
    for name in names.split():
        try:
            globals()[name].__module__ = home
        except (AttributeError, TypeError):
            pass


_place_names(root_name('numpy._core.multiarray'), 'scalar _reconstruct')
_place_names(root_name(), '''
    arange array asanyarray asarray ascontiguousarray asfortranarray datetime_data empty
    frombuffer fromfile fromiter frompyfunc fromstring from_dlpack may_share_memory nested_iters
    promote_types zeros''')
_place_names(root_name('numpy.lib'), 'add_docstring tracemalloc_domain')
_place_names(root_name('numpy.lib.array_utils'), 'normalize_axis_index')
_place_names(root_name('numpy.char'), 'compare_chararrays')


def _place_ufuncs():
    """Public ufuncs say so; the helpers of string functions keep the extension as their home."""
    from .umath import __all__ as public
    for name in public:
        ufunc = globals().get(name)
        try:
            ufunc.__module__, ufunc.__qualname__ = root_name(), ufunc.__name__
        except (AttributeError, TypeError):
            pass


_place_ufuncs()
