"""The former name of `_core`, for old programs and pickles. Its use warns."""
from .. import _core
from ._utils import _raise_warning

_MODULES = {'_dtype', '_dtype_ctypes', '_internal', '_multiarray_umath', 'arrayprint',
            'defchararray', 'einsumfunc', 'fromnumeric', 'function_base', 'getlimits', 'multiarray',
            'numeric', 'numerictypes', 'overrides', 'records', 'shape_base', 'umath'}

__all__ = sorted(_MODULES)


def _ufunc_reconstruct(module, name):
    """Unpickle a ufunc that an old version wrote."""
    import importlib

    return getattr(importlib.import_module(module), name)


def __getattr__(attr):
    if attr in _MODULES:
        import importlib
        return importlib.import_module(f'{__name__}.{attr}')
    found = getattr(_core, attr)
    _raise_warning(attr)
    return found
