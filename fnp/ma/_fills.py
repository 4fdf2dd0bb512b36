"""Values that stand for masked elements."""
from ._root import np

default_filler = {
    "b": True,
    "c": 1.0e20 + 0.0j,
    "f": 1.0e20,
    "i": 999999,
    "O": "?",
    "S": b"N/A",
    "u": 999999,
    "V": b"???",
    "U": "N/A",
    "T": "N/A",
}
for _unit in ("Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as"):
    default_filler[f"M8[{_unit}]"] = np.datetime64("NaT", _unit)
    default_filler[f"m8[{_unit}]"] = np.timedelta64("NaT", _unit)

_FLOATS = (np.float16, np.float32, np.float64, np.longdouble)
_COMPLEX = (np.complex64, np.complex128, np.clongdouble)


def _extremes(sign):
    """The values that lose every comparison: the fillers for maxima (-1) and minima (+1)."""
    found = {np.bool: int(sign > 0)}
    for kind in (np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64,
                 np.intc, np.uintc, np.longlong, np.ulonglong, np.int_, np.uint):
        limits = np.iinfo(kind)
        found[kind] = limits.max if sign > 0 else limits.min
    found.update(dict.fromkeys(_FLOATS, sign * np.inf))
    found.update(dict.fromkeys(_COMPLEX, complex(sign * np.inf, sign * np.inf)))
    # the smallest integer is NaT
    found[np.timedelta64] = found[np.datetime64] = sign * np.iinfo(np.int64).max
    found.update(dict.fromkeys((np.bytes_, np.str_, np.void, np.object_)))
    return found


_minvals = _extremes(-1)
_maxvals = _extremes(+1)
max_filler, min_filler = _minvals, _maxvals


def _recursive_fill_value(dtype, f):
    """``f`` of the dtype, or a structured scalar of ``f`` of all fields."""
    if dtype.names is not None:
        # a tuple would be taken for a sequence
        values = np.array(
            tuple(np.array(_recursive_fill_value(dtype[name], f)) for name in dtype.names),
            dtype=dtype,
        )
        return values[()]
    if dtype.subdtype is not None:
        base, shape = dtype.subdtype
        return np.full(shape, _recursive_fill_value(base, f))
    return f(dtype)


def _get_dtype_of(obj):
    if isinstance(obj, np.dtype):
        return obj
    return obj.dtype if hasattr(obj, "dtype") else np.asanyarray(obj).dtype


def default_fill_value(obj):
    """The default fill value for an object's, or a dtype's, type.

    Examples
    --------
    >>> np.ma.default_fill_value(np.dtype(float))
    1e+20
    """

    def find(dtype):
        key = dtype.str[1:] if dtype.kind in "Mm" else dtype.kind
        return default_filler.get(key, "?")

    return _recursive_fill_value(_get_dtype_of(obj), find)


def _extremum_fill_value(obj, extremum, extremum_name):
    def find(dtype):
        try:
            return extremum[dtype.type]
        except KeyError:
            raise TypeError(
                f"Unsuitable type {dtype} for calculating {extremum_name}."
            ) from None

    return _recursive_fill_value(_get_dtype_of(obj), find)


def minimum_fill_value(obj):
    """The largest value of a type: it does not change a minimum.

    Examples
    --------
    >>> np.ma.minimum_fill_value(np.int8())
    127
    """
    return _extremum_fill_value(obj, min_filler, "minimum")


def maximum_fill_value(obj):
    """The smallest value of a type: it does not change a maximum.

    Examples
    --------
    >>> np.ma.maximum_fill_value(np.int8())
    -128
    """
    return _extremum_fill_value(obj, max_filler, "maximum")


def _recursive_set_fill_value(fillvalue, dt):
    """A tuple of values for the fields of a dtype; a scalar is used for all."""
    values = np.resize(fillvalue, len(dt.names))
    result = []
    for value, name in zip(values, dt.names):
        kind = dt[name]
        if kind.subdtype:
            kind = kind.subdtype[0]
        if kind.names is not None:
            result.append(tuple(_recursive_set_fill_value(value, kind)))
        else:
            result.append(np.array(value, dtype=kind).item())
    return tuple(result)


def _check_fill_value(fill_value, ndtype):
    """The fill value as a 0-d array of the dtype."""
    ndtype = np.dtype(ndtype)
    if fill_value is None:
        value = np.array(default_fill_value(ndtype))
        # casts between signed and unsigned are not of one kind
        return value.astype(np.uint) if ndtype.kind == "u" else value
    if ndtype.names is not None:
        if isinstance(fill_value, (np.ndarray, np.void)):
            try:
                return np.array(np.asarray(fill_value, dtype=ndtype))
            except ValueError as e:
                raise ValueError(
                    f"Unable to transform {fill_value} to dtype {ndtype}"
                ) from e
        values = np.asarray(fill_value, dtype=object)
        return np.array(_recursive_set_fill_value(values, ndtype), dtype=ndtype)
    if isinstance(fill_value, str) and ndtype.char not in "OSTVU":
        raise TypeError(f"Cannot set fill value of string with array of dtype {ndtype}")
    try:
        return np.array(np.asarray(fill_value, dtype=ndtype))
    except (OverflowError, ValueError) as e:
        # TypeError is what callers look for
        raise TypeError(f"Cannot convert fill_value {fill_value} to dtype {ndtype}") from e


def set_fill_value(a, fill_value):
    """Set the fill value of a masked array; others are left alone.

    Examples
    --------
    >>> a = np.ma.array([1])
    >>> np.ma.set_fill_value(a, 5)
    >>> a.fill_value
    np.int64(5)
    """
    if hasattr(a, "set_fill_value"):
        a.set_fill_value(fill_value)


def get_fill_value(a):
    """The fill value of a masked array, or the default of anything else's type."""
    return a.fill_value if hasattr(a, "_mask") else default_fill_value(a)


def common_fill_value(a, b):
    """The fill value of both, or None if they differ.

    Examples
    --------
    >>> np.ma.common_fill_value(np.ma.array([1.]), np.ma.array([2.]))
    1e+20
    """
    one, two = get_fill_value(a), get_fill_value(b)
    return one if one == two else None
