"""Questions about types, and conversions that depend on values."""
from .._core import numerictypes as nt
from .._core.overrides import set_module
from ._root import np, public
from ._ufunclike_impl import isneginf, isposinf

__all__ = [
    "iscomplexobj",
    "isrealobj",
    "imag",
    "iscomplex",
    "isreal",
    "nan_to_num",
    "real",
    "real_if_close",
    "typename",
    "mintypecode",
    "common_type",
]

# widest first; what mintypecode prefers comes last
_typecodes_by_elsize = "GDFgdfQqLlIiHhBb?"


@set_module("numpy")
def mintypecode(typechars, typeset="GDFgdf", default="d"):
    """The smallest type character of `typeset` that holds all of the given ones.

    Parameters
    ----------
    typechars : str or list of str or array_like
    typeset : str
        Characters to choose from.
    default : str
        The answer when none of `typechars` is in `typeset`.

    Examples
    --------
    >>> np.mintypecode(['d', 'f', 'S'])
    'd'
    """
    chars = [t if isinstance(t, str) else np.asarray(t).dtype.char for t in typechars]
    known = {c for c in chars if c in typeset}
    if not known:
        return default
    if {"F", "d"} <= known:
        return "D"
    return min(known, key=_typecodes_by_elsize.index)


_one = public(lambda val: (val,))
_question = public(lambda x: (x,))


@_one
def real(val):
    """The real part; a view where the argument is an array.

    Examples
    --------
    >>> np.real(1 + 2j)
    1.0
    """
    try:
        return val.real
    except AttributeError:
        return np.asanyarray(val).real


@_one
def imag(val):
    """The imaginary part; a view where the argument is a complex array.

    Examples
    --------
    >>> np.imag(1 + 2j)
    2.0
    """
    try:
        return val.imag
    except AttributeError:
        return np.asanyarray(val).imag


@_question
def iscomplex(x):
    """True where an element has a nonzero imaginary part.

    Examples
    --------
    >>> np.iscomplex([1, 1j])
    array([False,  True])
    """
    a = np.asanyarray(x)
    if issubclass(a.dtype.type, np.complexfloating):
        return a.imag != 0
    # [()] turns a 0-d answer into a scalar
    return np.zeros(a.shape, bool)[()]


@_question
def isreal(x):
    """True where the imaginary part is zero; always so in arrays that are not complex.

    Examples
    --------
    >>> np.isreal([1, 1j])
    array([ True, False])
    """
    return imag(x) == 0


@_question
def iscomplexobj(x):
    """True if the dtype is complex, whatever the values are.

    Examples
    --------
    >>> np.iscomplexobj([3, 1 + 0j, True])
    True
    """
    try:
        kind = x.dtype.type
    except AttributeError:
        kind = np.asarray(x).dtype.type
    return issubclass(kind, np.complexfloating)


@_question
def isrealobj(x):
    """True if the dtype is not complex.

    Examples
    --------
    >>> np.isrealobj([3, 1 + 0j])
    False
    """
    return not iscomplexobj(x)


@public(lambda x, copy=None, nan=None, posinf=None, neginf=None: (x,))
def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    """Replace NaN and the infinities by finite numbers.

    Parameters
    ----------
    x : scalar or array_like
    copy : bool
        False works in place, where `x` is an array.
    nan, posinf, neginf : number or array_like
        Replacements; the largest finite numbers of the dtype by default for the infinities.

    Examples
    --------
    >>> np.nan_to_num([np.nan, np.inf], posinf=9)
    array([0., 9.])
    """
    x = np.array(x, subok=True, copy=copy)
    kind = x.dtype.type
    if issubclass(kind, np.inexact):
        limits = np.finfo(x.real.dtype)
        low = limits.min if neginf is None else neginf
        high = limits.max if posinf is None else posinf
        plain = all(isinstance(value, (int, float, np.floating)) for value in (nan, high, low))
        for part in (x.real, x.imag) if issubclass(kind, np.complexfloating) else (x,):
            if plain and np.isfinite(part).all():
                continue
            # find all three before the first write: a replacement may itself be special
            if plain and not np.isinf(part).any():
                np.copyto(part, nan, where=np.isnan(part))
                continue
            found = np.isnan(part), isposinf(part), isneginf(part)
            for where, value in zip(found, (nan, high, low)):
                np.copyto(part, value, where=where)
    return x[()] if x.ndim == 0 else x


@public(lambda a, tol=None: (a,))
def real_if_close(a, tol=100):
    """Drop the imaginary part if all of it is below `tol` times machine epsilon.

    A `tol` of at most 1 is an absolute bound.

    Examples
    --------
    >>> np.real_if_close([2.1 + 4e-15j])
    array([2.1])
    """
    a = np.asanyarray(a)
    kind = a.dtype.type
    if not issubclass(kind, np.complexfloating):
        return a
    if tol > 1:
        tol = np.finfo(kind).eps * tol
    return a.real if np.all(np.absolute(a.imag) < tol) else a


_words = """
S1 character
? bool
b signed char
B unsigned char
h short
H unsigned short
i integer
I unsigned integer
l long integer
L unsigned long integer
q long long integer
Q unsigned long long integer
f single precision
d double precision
g long precision
F complex single precision
D complex double precision
G complex long double precision
S string
U unicode
V void
O object
"""
_namefromtype = dict(line.split(" ", 1) for line in _words.strip().splitlines())


@set_module("numpy")
def typename(char):
    """Describe a type character in words.

    Examples
    --------
    >>> np.typename('i')
    'integer'
    """
    return _namefromtype[char]


_FLOATS = nt.half, nt.single, nt.double, nt.longdouble
_COMPLEX = None, nt.csingle, nt.cdouble, nt.clongdouble
_RANKS = {kind: rank for kinds in (_FLOATS, _COMPLEX) for rank, kind in enumerate(kinds)}


@public(lambda *arrays: arrays)
def common_type(*arrays):
    """The inexact scalar type that all arrays fit; integers count as double.

    Examples
    --------
    >>> np.common_type(np.arange(2), np.zeros(2, np.float32))
    <class 'numpy.float64'>
    """
    is_complex = False
    level = 0
    for a in arrays:
        kind = a.dtype.type
        rank = _RANKS.get(kind, 2 if issubclass(kind, nt.integer) else None)
        if rank is None:
            raise TypeError("can't get common type for non-numeric array")
        is_complex = is_complex or kind in _COMPLEX
        level = max(level, rank)
    # there is no complex half
    return _COMPLEX[max(level, 1)] if is_complex else _FLOATS[level]
