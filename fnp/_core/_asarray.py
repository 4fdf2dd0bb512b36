"""`require`: an array with given properties."""
from .._utils import set_module
from .multiarray import array, asanyarray
from .overrides import array_function_dispatch, finalize_array_function_like

__all__ = ['require']

# Accepted spellings -> one letter.
POSSIBLE_FLAGS = {
    **dict.fromkeys(['A', 'ALIGNED'], 'A'),
    **dict.fromkeys(['C', 'C_CONTIGUOUS', 'CONTIGUOUS'], 'C'),
    **dict.fromkeys(['F', 'F_CONTIGUOUS', 'FORTRAN'], 'F'),
    **dict.fromkeys(['W', 'WRITEABLE'], 'W'),
    **dict.fromkeys(['O', 'OWNDATA'], 'O'),
    **dict.fromkeys(['E', 'ENSUREARRAY'], 'E'),
}


@finalize_array_function_like
@set_module('numpy')
def require(a, dtype=None, requirements=None, *, like=None):
    """An array of the given dtype and properties, copied only if needed.

    Parameters
    ----------
    a : array_like
    dtype : dtype_like, optional
    requirements : str or sequence of str, optional
        Of 'C' or 'F' (contiguous), 'A' (aligned), 'W' (writeable), 'O' (owns its data),
        'E' (a base array, no subclass).
    ${ARRAY_FUNCTION_LIKE}

    Returns
    -------
    out : ndarray
    """
    if like is not None:
        return _require_with_like(like, a, dtype=dtype, requirements=requirements)
    if not requirements:
        return asanyarray(a, dtype=dtype)
    wanted = {POSSIBLE_FLAGS[flag.upper()] for flag in requirements}
    if {'C', 'F'} <= wanted:
        raise ValueError('Cannot specify both "C" and "F" order')
    order = next((letter for letter in 'FC' if letter in wanted), 'A')
    result = array(a, dtype=dtype, order=order, copy=None, subok='E' not in wanted)
    if any(not result.flags[flag] for flag in wanted - {'E'}):
        result = result.copy(order)
    return result


_require_with_like = array_function_dispatch()(require)
