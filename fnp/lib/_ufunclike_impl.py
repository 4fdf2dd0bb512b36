"""Functions that look like ufuncs: element by element, with `out`."""
from ._root import np, public

__all__ = ["fix", "isneginf", "isposinf"]

_unary = public(lambda x, out=None: (x, out))


@_unary
def fix(x, out=None):
    """Round towards zero; the same as `trunc`.

    Examples
    --------
    >>> np.fix([2.7, -2.7])
    array([ 2., -2.])
    """
    return np.trunc(x, out=out)


def _infinite(x, negative, out):
    infinite = np.isinf(x)
    try:
        sign = np.signbit(x)
    except TypeError as e:
        dtype = np.asanyarray(x).dtype
        raise TypeError(
            f"This operation is not supported for {dtype} values because it would be ambiguous."
        ) from e
    return np.logical_and(infinite, sign if negative else ~sign, out)


@_unary
def isposinf(x, out=None):
    """True where an element is positive infinity.

    Examples
    --------
    >>> np.isposinf([-np.inf, 0., np.inf])
    array([False, False,  True])
    """
    return _infinite(x, False, out)


@_unary
def isneginf(x, out=None):
    """True where an element is negative infinity.

    Examples
    --------
    >>> np.isneginf([-np.inf, 0., np.inf])
    array([ True, False, False])
    """
    return _infinite(x, True, out)
