"""The transforms of numpy.fft: lengths, axes and normalization around the gufuncs."""
import functools
import operator
import warnings

from .._core import asarray, conjugate, dtype, empty_like, float64, overrides, reciprocal, result_type, sqrt, take
from .._core.numeric import normalize_axis_index
from . import _pocketfft_umath as pfu

__all__ = ["fft", "ifft", "rfft", "irfft", "hfft", "ihfft", "rfftn", "irfftn", "rfft2", "irfft2", "fft2", "ifft2", "fftn", "ifftn"]

_dispatch = functools.partial(overrides.array_function_dispatch, module="numpy.fft")
_OTHER_WAY = {"backward": "forward", None: "forward", "ortho": "ortho", "forward": "backward"}


def _check_norm(norm):
    if norm not in _OTHER_WAY:
        raise ValueError(f'Invalid norm value {norm}; should be "backward","ortho" or "forward".')
    return norm


def _swap_direction(norm):
    return _OTHER_WAY[_check_norm(norm)]


# Of the usual dtypes: the real and the complex one of a transform. A look-up costs less than promotion.
_RESULTS = {dtype(c): (result_type(dtype(c.lower()), 1.0), result_type(dtype(c), 1j)) for c in "?bBhHiIlLqQefdgFDG"}


def _real_type(a):
    found = _RESULTS.get(a.dtype)
    return found[0] if found else result_type(a.real.dtype, 1.0)


def _complex_type(a):
    found = _RESULTS.get(a.dtype)
    return found[1] if found else result_type(a.dtype, 1j)


def _factor(a, n, norm, forward):
    """What each value is multiplied by: 1, 1/n or 1/sqrt(n), in the input's precision."""
    if not forward:
        norm = _swap_direction(norm)
    if norm is None or norm == "backward":
        return 1
    real = _real_type(a)
    if norm == "ortho":
        return reciprocal(sqrt(n, dtype=real))
    if norm == "forward":
        return float64(1 / n) if real.char == "d" and n < 2**53 else reciprocal(n, dtype=real)
    _check_norm(norm)


def _raw_fft(a, n, axis, is_real, is_forward, norm, out=None):
    """One transform of n points along an axis."""
    if n < 1:
        raise ValueError(f"Invalid number of FFT data points ({n}) specified.")
    factor = 1 if norm is None and is_forward else _factor(a, n, norm, is_forward)
    points = n
    if not is_real:
        gufunc = pfu.fft if is_forward else pfu.ifft
    elif is_forward:
        gufunc = pfu.rfft_n_odd if n % 2 else pfu.rfft_n_even
        points = n // 2 + 1
    else:
        gufunc = pfu.irfft
    ndim = a.ndim
    axis = ndim - 1 if axis == -1 and ndim else normalize_axis_index(axis, ndim)
    if out is None:
        shape = (points,) if ndim == 1 else a.shape[:axis] + (points,) + a.shape[axis + 1:]
        out = empty_like(a, shape=shape, dtype=_real_type(a) if is_real and not is_forward else _complex_type(a))
    elif (shape := getattr(out, "shape", None)) is not None and (len(shape) != ndim or shape[axis] != points):
        raise ValueError("output array has wrong shape.")
    if axis == ndim - 1:
        return gufunc(a, factor, out=out)
    return gufunc(a, factor, axes=[(axis,), (), (axis,)], out=out)


def _along(a, n, axis, is_real, is_forward, norm, out, default=None):
    a = asarray(a)
    if n is None:
        n = a.shape[axis]
        if default:
            n = default(n)
    return _raw_fft(a, n if type(n) is int else operator.index(n), axis, is_real, is_forward, norm, out)


def _fft_dispatcher(a, n=None, axis=None, norm=None, out=None):
    return (a, out)


@_dispatch(_fft_dispatcher)
def fft(a, n=None, axis=-1, norm=None, out=None):
    """Discrete Fourier transform along an axis."""
    return _along(a, n, axis, False, True, norm, out)


@_dispatch(_fft_dispatcher)
def ifft(a, n=None, axis=-1, norm=None, out=None):
    """Inverse of fft."""
    return _along(a, n, axis, False, False, norm, out)


@_dispatch(_fft_dispatcher)
def rfft(a, n=None, axis=-1, norm=None, out=None):
    """Transform of real input: the frequencies from zero up."""
    return _along(a, n, axis, True, True, norm, out)


@_dispatch(_fft_dispatcher)
def irfft(a, n=None, axis=-1, norm=None, out=None):
    """Inverse of rfft, of n real points (default 2*(m-1))."""
    return _along(a, n, axis, True, False, norm, out, lambda m: (m - 1) * 2)


@_dispatch(_fft_dispatcher)
def hfft(a, n=None, axis=-1, norm=None, out=None):
    """Transform of a signal with Hermitian symmetry: a real spectrum."""
    a = asarray(a)
    if n is None:
        n = (a.shape[axis] - 1) * 2
    return irfft(conjugate(a), n, axis, norm=_swap_direction(norm), out=out)


@_dispatch(_fft_dispatcher)
def ihfft(a, n=None, axis=-1, norm=None, out=None):
    """Inverse of hfft."""
    a = asarray(a)
    if n is None:
        n = a.shape[axis]
    spectrum = rfft(a, n, axis, norm=_swap_direction(norm), out=out)
    return conjugate(spectrum, out=spectrum)


def _cook_nd_args(a, s=None, axes=None, invreal=False):
    """(lengths, axes) of an n-d transform."""
    given = s is not None
    if not given:
        s = list(a.shape) if axes is None else list(take(a.shape, axes))
    else:
        s = list(s)
        if axes is None:
            warnings.warn("`axes` should not be `None` if `s` is not `None` (Deprecated in NumPy 2.0). In a future version of NumPy, "
                          "this will raise an error and `s[i]` will correspond to the size along the transformed axis specified by "
                          "`axes[i]`. To retain current behaviour, pass a sequence [0, ..., k-1] to `axes` for an array of dimension "
                          "k.", DeprecationWarning, stacklevel=3)
        if None in s:
            warnings.warn("Passing an array containing `None` values to `s` is deprecated in NumPy 2.0 and will raise an error in a "
                          "future version of NumPy. To use the default behaviour of the corresponding 1-D transform, pass the value "
                          "matching the default for its `n` parameter. To use the default behaviour for every axis, the `s` argument "
                          "can be omitted.", DeprecationWarning, stacklevel=3)
    if axes is None:
        axes = list(range(-len(s), 0))
    if len(s) != len(axes):
        raise ValueError("Shape and axes have different lengths.")
    if invreal and not given:
        s[-1] = (a.shape[axes[-1]] - 1) * 2
    if None in s:
        s = [a.shape[ax] if n is None else n for n, ax in zip(s, axes)]
    return [a.shape[ax] if n == -1 else n for n, ax in zip(s, axes)], axes


def _raw_fftnd(a, s=None, axes=None, function=fft, norm=None, out=None):
    result = asarray(a)
    for points, axis in reversed(list(zip(*_cook_nd_args(result, s, axes)))):
        result = function(result, n=points, axis=axis, norm=norm, out=out)
    return result


def _fftn_dispatcher(a, s=None, axes=None, norm=None, out=None):
    return (a, out)


@_dispatch(_fftn_dispatcher)
def fftn(a, s=None, axes=None, norm=None, out=None):
    """Transform along several axes."""
    return _raw_fftnd(a, s, axes, fft, norm, out=out)


@_dispatch(_fftn_dispatcher)
def ifftn(a, s=None, axes=None, norm=None, out=None):
    """Inverse of fftn."""
    return _raw_fftnd(a, s, axes, ifft, norm, out=out)


@_dispatch(_fftn_dispatcher)
def fft2(a, s=None, axes=(-2, -1), norm=None, out=None):
    """Transform along two axes."""
    return _raw_fftnd(a, s, axes, fft, norm, out=out)


@_dispatch(_fftn_dispatcher)
def ifft2(a, s=None, axes=(-2, -1), norm=None, out=None):
    """Inverse of fft2."""
    return _raw_fftnd(a, s, axes, ifft, norm, out=out)


@_dispatch(_fftn_dispatcher)
def rfftn(a, s=None, axes=None, norm=None, out=None):
    """Transform of real input along several axes, the last one by rfft."""
    a = asarray(a)
    *others, (points, last) = zip(*_cook_nd_args(a, s, axes))
    spectrum = rfft(a, points, last, norm, out=out)
    for points, axis in reversed(others):
        spectrum = fft(spectrum, points, axis, norm, out=out)
    return spectrum


@_dispatch(_fftn_dispatcher)
def rfft2(a, s=None, axes=(-2, -1), norm=None, out=None):
    """Transform of real input along two axes."""
    return rfftn(a, s, axes, norm, out=out)


@_dispatch(_fftn_dispatcher)
def irfftn(a, s=None, axes=None, norm=None, out=None):
    """Inverse of rfftn."""
    a = asarray(a)
    *others, (points, last) = zip(*_cook_nd_args(a, s, axes, invreal=True))
    for n, axis in others:
        a = ifft(a, n, axis, norm)
    return irfft(a, points, last, norm, out=out)


@_dispatch(_fftn_dispatcher)
def irfft2(a, s=None, axes=(-2, -1), norm=None, out=None):
    """Inverse of rfft2."""
    return irfftn(a, s, axes, norm, out=out)
