"""The old place of numpy.linalg's functions."""


def __getattr__(name):
    import warnings

    from . import _linalg
    value = getattr(_linalg, name, None)
    if value is None:
        raise AttributeError(f"module 'numpy.linalg.linalg' has no attribute {name}")
    warnings.warn(
        "The numpy.linalg.linalg has been made private and renamed to numpy.linalg._linalg. All public functions exported by it "
        f"are available from numpy.linalg. Please use numpy.linalg.{name} instead.", DeprecationWarning, stacklevel=3)
    return value
