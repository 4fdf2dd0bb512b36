"""Types for annotations: the private part of `typing`. Built on first use."""
from . import (
    _array_like,
    _char_codes,
    _dtype_like,
    _nbit,
    _nbit_base,
    _nested_sequence,
    _scalars,
    _shape,
    _ufunc,
)

_ROOMS = (_array_like, _char_codes, _dtype_like, _nbit, _nbit_base, _nested_sequence, _scalars,
          _shape, _ufunc)


def __getattr__(name):
    if name == '_add_docstring':
        import importlib
        return importlib.import_module(f'{__name__}._add_docstring')
    if name[:2] != '__' and name not in ('_definitions', '_lazy'):
        for room in _ROOMS:
            try:
                found = getattr(room, name)
            except AttributeError:
                continue
            globals()[name] = found
            return found
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')


def __dir__():
    from . import _definitions
    return sorted({*globals(), *(name for names in _definitions.ROOMS.values() for name in names)})
