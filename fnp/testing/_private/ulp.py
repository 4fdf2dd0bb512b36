"""Distances between floats in units of the last place."""
import sys

np = sys.modules[__package__.partition(".")[0]]

_INTEGER = {2: "int16", 4: "int32", 8: "int64"}


def integer_repr(x):
    """Integers in the order of the floats `x`: neighbours differ by one, and both zeros are 0."""
    if x.dtype.kind != "f" or x.dtype.itemsize not in _INTEGER:
        raise ValueError(f"Unsupported dtype {x.dtype}")
    kind = np.dtype(_INTEGER[x.dtype.itemsize])
    bits = x.view(kind)
    lowest = np.iinfo(kind).min
    if bits.ndim == 0:
        return bits if bits >= 0 else kind.type(lowest) - bits
    return np.where(bits < 0, kind.type(lowest) - bits, bits)


def nulp_diff(x, y, dtype=None):
    """How many representable floats lie between x and y, elementwise, as floats."""
    x, y = (np.asarray(a, dtype=dtype) for a in (x, y))
    kind = np.promote_types(x.dtype, y.dtype)
    if kind.kind == "c":
        raise NotImplementedError("_nulp not implemented for complex array")
    if kind.kind != "f":
        kind = np.dtype(np.float64)
    x, y = (np.array([a], dtype=kind) for a in (x, y))
    for a in (x, y):
        a[np.isnan(a)] = np.nan  # one NaN: payloads do not count
    if x.shape != y.shape:
        raise ValueError(f"Arrays do not have the same shape: {x.shape} - {y.shape}")
    return np.abs((integer_repr(x) - integer_repr(y)).astype(kind))


def assert_array_almost_equal_nulp(x, y, nulp=1):
    """Fail where |x - y| is above `nulp` spacings of the larger one."""
    __tracebackhide__ = True
    larger = np.maximum(np.abs(x), np.abs(y))
    if np.all(np.abs(x - y) <= nulp * np.spacing(larger)):
        return
    if np.iscomplexobj(x) or np.iscomplexobj(y):
        raise AssertionError(f"Arrays are not equal to {nulp} ULP")
    most = np.max(nulp_diff(x, y))
    raise AssertionError(f"Arrays are not equal to {nulp} ULP (max is {most:g})")


def assert_array_max_ulp(a, b, maxulp=1, dtype=None):
    """Fail where a and b are more than `maxulp` representable floats apart; return the distances."""
    __tracebackhide__ = True
    distance = nulp_diff(a, b, dtype)
    if not np.all(distance <= maxulp):
        raise AssertionError(
            f"Arrays are not almost equal up to {maxulp:g} ULP (max difference is {np.max(distance):g} ULP)"
        )
    return distance
