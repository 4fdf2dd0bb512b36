"""How masked arrays are shown."""
from .._core.overrides import set_module
from ._masks import _replace_dtype_fields, nomask
from ._root import np


@set_module("numpy.ma.core")
class _MaskedPrintOption:
    """The string that stands for masked elements."""

    def __init__(self, display):
        self._display = display
        self._enabled = True

    def display(self):
        """The string."""
        return self._display

    def set_display(self, s):
        """Set the string."""
        self._display = s

    def enabled(self):
        """Whether it is used; if not, fill values are shown."""
        return self._enabled

    def enable(self, shrink=1):
        """Switch it on or off."""
        self._enabled = shrink

    def __str__(self):
        return str(self._display)

    __repr__ = __str__


masked_print_option = _MaskedPrintOption("--")


def _recursive_printoption(result, mask, printopt):
    """Write the string into an array of objects where the mask is true."""
    if result.dtype.names is not None:
        for name in result.dtype.names:
            _recursive_printoption(result[name], mask[name], printopt)
    else:
        np.copyto(result, printopt, where=mask)


def _cut(data, mask, width):
    """Leave out the middle of long axes: converting it to objects would take long."""
    for axis in range(data.ndim):
        if data.shape[axis] > width:
            half = width // 2
            ends = [np.split(x, (half, -half), axis=axis) for x in (data, mask)]
            data, mask = (np.concatenate((e[0], e[2]), axis=axis) for e in ends)
    return data, mask


def printable(array):
    """The array as objects, with the print option for masked elements."""
    if not masked_print_option.enabled():
        return array.filled(array.fill_value)
    if array._mask is nomask:
        return array._data
    width = array._print_width if array.ndim > 1 else array._print_width_1d
    data, mask = _cut(array._data, array._mask, width)
    result = data.astype(_replace_dtype_fields(array.dtype, "O"))
    _recursive_printoption(result, mask, masked_print_option)
    return result


_LONG_STD = """masked_{name}(data =
 {data},
{nlen}        mask =
 {mask},
{nlen}  fill_value = {fill})
"""
_LONG_FLX = """masked_{name}(data =
 {data},
{nlen}        mask =
 {mask},
{nlen}  fill_value = {fill},
{nlen}       dtype = {dtype})
"""
_SHORT_STD = """masked_{name}(data = {data},
{nlen}        mask = {mask},
{nlen}  fill_value = {fill})
"""
_SHORT_FLX = """masked_{name}(data = {data},
{nlen}        mask = {mask},
{nlen}  fill_value = {fill},
{nlen}       dtype = {dtype})
"""


def _fill_text(array):
    """The fill value as it would be typed, if it has the type of the array."""
    fill = array.fill_value
    kind = array.dtype.kind
    if getattr(fill, "dtype", None) != array.dtype and kind not in "SU" or kind == "O":
        return repr(fill)
    if kind in "SU":
        return repr(fill.item() if hasattr(fill, "item") else fill)
    return str(fill)


def represent(array):
    """The repr of a masked array."""
    arrayprint = np._core.arrayprint
    base = array._baseclass
    name = "array" if base is np.ndarray else base.__name__
    if np.get_printoptions()["legacy"] == "1.13":
        long_form = array.ndim > 1
        flexible = bool(array.dtype.names)
        template = {
            (True, True): _LONG_FLX, (True, False): _LONG_STD,
            (False, True): _SHORT_FLX, (False, False): _SHORT_STD,
        }[long_form, flexible]
        return template.format(
            name=name, nlen=" " * len(name), data=str(array), mask=str(array._mask),
            fill=str(array.fill_value), dtype=str(array.dtype),
        )

    prefix = f"masked_{name}("
    keys = ["data", "mask", "fill_value"]
    if not arrayprint.dtype_is_implied(array.dtype) or np.all(array.mask) or array.size == 0:
        keys.append("dtype")
    # what is one row goes behind the name; all else below it
    if np.prod(array.shape[:-1], dtype=int) == 1:
        column = len(prefix) + len(keys[0])
        indents = {key: " " * max(2, column - len(key)) for key in keys[1:]}
        indents["data"] = prefix
        prefix = ""
    else:
        indents = dict.fromkeys(keys, "  ")
        prefix += "\n"

    def laid_out(key, value):
        return np.array2string(value, separator=", ", prefix=indents[key] + key + "=", suffix=",")

    texts = {
        "data": laid_out("data", array._insert_masked_print()),
        "mask": laid_out("mask", array._mask),
        "fill_value": _fill_text(array),
    }
    if "dtype" in keys:
        texts["dtype"] = arrayprint.dtype_short_repr(array.dtype)
    return prefix + ",\n".join(f"{indents[key]}{key}={texts[key]}" for key in keys) + ")"


