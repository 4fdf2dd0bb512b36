"""Frequencies and the order of spectra."""
from .._core import arange, asarray, empty, integer, roll
from .._core.overrides import array_function_dispatch, set_module

__all__ = ["fftshift", "ifftshift", "fftfreq", "rfftfreq"]


def _shift_dispatcher(x, axes=None):
    return (x,)


def _rolled(x, axes, shift_of):
    x = asarray(x)
    if axes is None:
        axes = tuple(range(x.ndim))
    elif isinstance(axes, (int, integer)):
        axes = (axes,)
    return roll(x, [shift_of(x.shape[ax]) for ax in axes], axes)


@array_function_dispatch(_shift_dispatcher, module="numpy.fft")
def fftshift(x, axes=None):
    """Move frequency zero to the middle."""
    return _rolled(x, axes, lambda n: n // 2)


@array_function_dispatch(_shift_dispatcher, module="numpy.fft")
def ifftshift(x, axes=None):
    """Undo fftshift."""
    return _rolled(x, axes, lambda n: -(n // 2))


def _check_length(n):
    if not isinstance(n, (int, integer)):
        raise ValueError("n should be an integer")


@set_module("numpy.fft")
def fftfreq(n, d=1.0, device=None):
    """Frequencies of the bins of fft for n points, d apart."""
    _check_length(n)
    bins = empty(n, int, device=device)
    positive = (n - 1) // 2 + 1
    bins[:positive] = arange(0, positive, dtype=int, device=device)
    bins[positive:] = arange(-(n // 2), 0, dtype=int, device=device)
    return bins * (1.0 / (n * d))


@set_module("numpy.fft")
def rfftfreq(n, d=1.0, device=None):
    """Frequencies of the bins of rfft for n points, d apart."""
    _check_length(n)
    return arange(0, n // 2 + 1, dtype=int, device=device) * (1.0 / (n * d))
