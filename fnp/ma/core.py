"""The path under which the rooms of masked arrays are known."""
import inspect as _inspect
import sys as _sys

from .._core.numerictypes import bool as bool_  # noqa: F401
from .._core.fromnumeric import amax, amin  # noqa: F401
from ._array import (  # noqa: F401
    MaskedArray,
    MaskedConstant,
    MaskedIterator,
    _mareconstruct,
    _recursive_filled,
    flatten_structured_array,
    isarray,
    isMA,
    isMaskedArray,
    masked,
    masked_array,
    masked_singleton,
    mvoid,
)
from ._fills import (  # noqa: F401
    _check_fill_value,
    _extremum_fill_value,
    _get_dtype_of,
    _maxvals,
    _minvals,
    _recursive_fill_value,
    _recursive_set_fill_value,
    common_fill_value,
    default_fill_value,
    default_filler,
    get_fill_value,
    max_filler,
    maximum_fill_value,
    min_filler,
    minimum_fill_value,
    set_fill_value,
)
from ._functions import *  # noqa: F403
from ._functions import (  # noqa: F401
    _convert2ma,
    _convolve_or_correlate,
    _frommethod,
)
from ._masks import (  # noqa: F401
    MAError,
    MaskedArrayFutureWarning,
    MaskError,
    MaskType,
    _check_mask_axis,
    _mask_propagate,
    _recursive_mask_or,
    _replace_dtype_fields,
    _replace_dtype_fields_recursive,
    _shrink_mask,
    flatten_mask,
    get_mask,
    getmask,
    getmaskarray,
    is_mask,
    make_mask,
    make_mask_descr,
    make_mask_none,
    mask_or,
    nomask,
)
from ._methods import _arraymethod, _deprecate_argsort_axis  # noqa: F401
from ._operations import *  # noqa: F403
from ._operations import (  # noqa: F401
    _DomainCheckInterval,
    _DomainedBinaryOperation,
    _DomainGreater,
    _DomainGreaterEqual,
    _DomainSafeDivide,
    _DomainTan,
    _extrema_operation,
    _MaskedBinaryOperation,
    _MaskedUFunc,
    _MaskedUnaryOperation,
)
from ._printing import (  # noqa: F401
    _MaskedPrintOption,
    _recursive_printoption,
    masked_print_option,
)
from ._root import np  # noqa: F401

__all__ = """
    MAError MaskError MaskType MaskedArray abs absolute add all allclose allequal alltrue amax amin
    angle anom anomalies any append arange arccos arccosh arcsin arcsinh arctan arctan2 arctanh
    argmax argmin argsort around array asanyarray asarray bitwise_and bitwise_or bitwise_xor bool_
    ceil choose clip common_fill_value compress compressed concatenate conjugate convolve copy
    correlate cos cosh count cumprod cumsum default_fill_value diag diagonal diff divide empty
    empty_like equal exp expand_dims fabs filled fix_invalid flatten_mask flatten_structured_array
    floor floor_divide fmod frombuffer fromflex fromfunction getdata getmask getmaskarray greater
    greater_equal harden_mask hypot identity ids indices inner innerproduct isMA isMaskedArray
    is_mask is_masked isarray left_shift less less_equal log log10 log2 logical_and logical_not
    logical_or logical_xor make_mask make_mask_descr make_mask_none mask_or masked masked_array
    masked_equal masked_greater masked_greater_equal masked_inside masked_invalid masked_less
    masked_less_equal masked_not_equal masked_object masked_outside masked_print_option
    masked_singleton masked_values masked_where max maximum maximum_fill_value mean min minimum
    minimum_fill_value mod multiply mvoid ndim negative nomask nonzero not_equal ones ones_like
    outer outerproduct power prod product ptp put putmask ravel remainder repeat reshape resize
    right_shift round round_ set_fill_value shape sin sinh size soften_mask sometrue sort sqrt
    squeeze std subtract sum swapaxes take tan tanh trace transpose true_divide var where zeros
    zeros_like
""".split()


def _adopt():
    """Functions and errors of the rooms say that they live here."""
    rooms = {f"{__package__}.{room}" for room in
             ("_array", "_fills", "_functions", "_masks", "_methods", "_operations", "_printing")}
    for value in list(globals().values()):
        if (_inspect.isfunction(value) or _inspect.isclass(value)) \
                and value.__module__ in rooms:
            value.__module__ = __name__


_adopt()
narray = np.array
ufunc_domain = _sys.modules[f"{__package__}._operations"].ufunc_domain
ufunc_fills = _sys.modules[f"{__package__}._operations"].ufunc_fills
