"""While the extension grows: its names that nobody has written yet, as functions that say so."""
from .._unwritten import unwritten

_UFUNCS = '''
    _arg _center _expandtabs _expandtabs_length _ljust _lstrip_chars _lstrip_whitespace
    _ones_like _partition _partition_index _replace _rjust _rpartition _rpartition_index
    _rstrip_chars _rstrip_whitespace _slice _strip_chars _strip_whitespace _zfill absolute add
    arccos arccosh arcsin arcsinh arctan arctan2 arctanh bitwise_and bitwise_count bitwise_or
    bitwise_xor cbrt ceil clip conj conjugate copysign cos cosh count deg2rad degrees divide
    divmod endswith equal exp exp2 expm1 fabs find float_power floor floor_divide fmax fmin fmod
    frexp gcd greater greater_equal heaviside hypot index invert isalnum isalpha isdecimal
    isdigit isfinite isinf islower isnan isnat isnumeric isspace istitle isupper lcm ldexp
    left_shift less less_equal log log10 log1p log2 logaddexp logaddexp2 logical_and logical_not
    logical_or logical_xor matmul matvec maximum minimum mod modf multiply negative nextafter
    not_equal positive power rad2deg radians reciprocal remainder rfind right_shift rindex rint
    sign signbit sin sinh spacing sqrt square startswith str_len subtract tan tanh true_divide
    trunc vecdot vecmat
'''
_FUNCTIONS = '''
    _add_newdoc_ufunc _blas_supports_fpe _discover_array_parameters _get_castingimpl
    _get_extobj_dict _get_implementing_args _get_madvise_hugepage _get_ndarray_c_version
    _get_sfloat_dtype _load_from_filelike _make_extobj _monotonicity _place
    _populate_finfo_constants _reconstruct _reload_guard _set_madvise_hugepage
    _set_numpy_warn_if_no_mem_policy _unique_hash _vec_string add_docstring arange array
    asanyarray asarray ascontiguousarray asfortranarray bincount busday_count busday_offset
    c_einsum can_cast compare_chararrays concatenate copyto correlate correlate2 count_nonzero
    datetime_as_string datetime_data dot dragon4_positional dragon4_scientific empty empty_like
    format_longfloat from_dlpack frombuffer fromfile fromiter frompyfunc fromstring
    get_handler_name get_handler_version inner interp interp_complex is_busday lexsort
    may_share_memory min_scalar_type nested_iters normalize_axis_index packbits promote_types
    putmask ravel_multi_index result_type scalar set_datetimeparse_function set_typeDict
    shares_memory unpackbits unravel_index vdot where zeros
'''
_TYPES = 'StringDType broadcast busdaycalendar flagsobj flatiter nditer _array_converter'
# Without these there is no package.
_ESSENTIAL = 'ndarray generic dtype typeinfo add _ArrayFunctionDispatcher array empty _extobj_contextvar'


def is_whole(extension):
    """Whether there are arrays and ufuncs; then everything else that lacks gets a stand-in."""
    if any(not hasattr(extension, name) for name in _ESSENTIAL.split()):
        return False
    home = extension.__name__.partition('.')[0]
    for name in _TYPES.split():
        if not hasattr(extension, name):
            refuse = unwritten(f'{home}.{name}')
            setattr(extension, name, type(name, (), {'__new__': refuse, '__unwritten__': True,
                                                     '__module__': home}))
    for name in (_UFUNCS + _FUNCTIONS).split():
        if not hasattr(extension, name):
            stand_in = unwritten(f'{home}.{name}')
            for method in ('reduce', 'accumulate', 'reduceat', 'outer', 'at'):
                setattr(stand_in, method, stand_in)
            setattr(extension, name, stand_in)
    return True
