"""Types for annotations: the private part of `typing`. Built on first use."""
import sys

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
# From Python 3.12 on these two are aliases with a name of their own, and what they stand for has another.
_NAMED = ('ArrayLike', 'DTypeLike') if sys.version_info >= (3, 12) else ()


def _named(name):
    from typing import TypeAliasType

    for alias, room in zip(_NAMED, (_array_like, _dtype_like)):
        globals()[f'_{alias}Alias'] = meaning = getattr(room, alias)
        globals()[alias] = TypeAliasType(alias, meaning)
    return globals()[name]


def __getattr__(name):
    if name in _NAMED or name[:1] == '_' and name[1:-5] in _NAMED and name.endswith('Alias'):
        return _named(name)
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
