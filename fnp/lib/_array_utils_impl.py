"""Small helpers around axes and memory extents."""
from .._core.multiarray import normalize_axis_index
from .._core.numeric import normalize_axis_tuple
from .._core.overrides import set_module
from .._core.multiarray import asarray

__all__ = ["byte_bounds", "normalize_axis_tuple", "normalize_axis_index"]


@set_module("numpy.lib.array_utils")
def byte_bounds(a):
    """Return ``(low, high)``: the first byte of the array's memory, and the first byte after it.

    Examples
    --------
    >>> low, high = byte_bounds(np.zeros(3))
    >>> high - low
    24
    """
    iface = a.__array_interface__
    first = iface["data"][0]
    itemsize = asarray(a).dtype.itemsize
    strides = iface["strides"]
    if strides is None:
        count = itemsize
        for n in iface["shape"]:
            count *= n
        return first, first + count
    below = above = 0
    for n, step in zip(iface["shape"], strides):
        reach = (n - 1) * step
        if reach < 0:
            below += reach
        else:
            above += reach
    return first + below, first + above + itemsize
