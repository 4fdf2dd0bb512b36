"""What the array API standard wants to know about this library."""
from ._core import bool, complex64, complex128, float32, float64, intp
from ._core import int8, int16, int32, int64, uint8, uint16, uint32, uint64
from ._core.multiarray import dtype
from ._utils import set_module

_KINDS = {
    'bool': {'bool': bool},
    'signed integer': (int8, int16, int32, int64),
    'unsigned integer': (uint8, uint16, uint32, uint64),
    'real floating': (float32, float64),
    'complex floating': (complex64, complex128),
}
_GROUPS = {
    'integral': ('signed integer', 'unsigned integer'),
    'numeric': ('integral', 'real floating', 'complex floating'),
}


def _check_device(device):
    if device not in ('cpu', None):
        raise ValueError('Device not understood. Only "cpu" is allowed, '
                         f'but received: {device}')


def _dtypes_of(kind):
    if isinstance(kind, tuple):
        found = {}
        for one in kind:
            found.update(_dtypes_of(one))
        return found
    if kind in _GROUPS:
        return _dtypes_of(_GROUPS[kind])
    if kind not in _KINDS:
        raise ValueError(f'unsupported kind: {kind!r}')
    types = _KINDS[kind]
    return dict(types) if isinstance(types, dict) else {t.__name__: dtype(t) for t in types}


@set_module('numpy')
class __array_namespace_info__:
    """The inspection API of the array API standard."""

    def capabilities(self):
        """Optional features that the library has, as a dict."""
        return {'boolean indexing': True, 'data-dependent shapes': True, 'max dimensions': 64}

    def default_device(self):
        """'cpu'."""
        return 'cpu'

    def default_dtypes(self, *, device=None):
        """Kind -> the dtype that arrays have when none is named."""
        _check_device(device)
        index = dtype(intp)
        return {'real floating': dtype(float64), 'complex floating': dtype(complex128),
                'integral': index, 'indexing': index}

    def dtypes(self, *, device=None, kind=None):
        """Name -> dtype, of everything in the standard or of one kind or a tuple of kinds."""
        _check_device(device)
        if kind is not None:
            return _dtypes_of(kind)
        return {**_dtypes_of(('bool', 'numeric')), 'bool': dtype(bool)}

    def devices(self):
        """The devices that exist: ``['cpu']``."""
        return ['cpu']
