"""dtypes from ctypes types. Imported by the C layer when it meets one."""
from .multiarray import dtype


def _from_ctypes_array(t):
    return dtype((dtype_from_ctypes_type(t._type_), (t._length_,)))


def _from_ctypes_structure(t):
    for field in t._fields_:
        if len(field) > 2:
            raise TypeError('ctypes bitfields have no dtype equivalent')
    import ctypes

    pack = getattr(t, '_pack_', None)
    parts = [(name, dtype_from_ctypes_type(kind)) for name, kind, *_ in t._fields_]
    if pack is None:
        return dtype([(name, dt) for name, dt in parts], align=True)
    # Packed: each field is aligned to at most `pack` bytes.
    offsets, reached, alignment = [], 0, 1
    for (_, kind), (_, dt) in zip(t._fields_, parts):
        step = min(pack, ctypes.alignment(kind))
        reached += -reached % step
        offsets.append(reached)
        reached += dt.itemsize
        alignment = max(alignment, step)
    return dtype({'names': [name for name, _ in parts], 'formats': [dt for _, dt in parts],
                  'offsets': offsets, 'itemsize': ctypes.sizeof(t)})


def _from_ctypes_scalar(t):
    # Those with a fixed byte order say so by a letter, the others are native.
    if getattr(t, '__ctype_be__', None) is t:
        return dtype('>' + t._type_)
    if getattr(t, '__ctype_le__', None) is t:
        return dtype('<' + t._type_)
    return dtype(t._type_)


def _from_ctypes_union(t):
    import ctypes

    names, formats = [], []
    for name, kind, *bits in t._fields_:
        if bits:
            raise TypeError('ctypes bitfields have no dtype equivalent')
        names.append(name)
        formats.append(dtype_from_ctypes_type(kind))
    return dtype({'names': names, 'formats': formats, 'offsets': [0] * len(names),
                  'itemsize': ctypes.sizeof(t)})


def dtype_from_ctypes_type(t):
    """The dtype with the memory layout of a ctypes type."""
    import _ctypes

    for base, convert in ((_ctypes.Array, _from_ctypes_array),
                          (_ctypes._Pointer, None),
                          (_ctypes.Structure, _from_ctypes_structure),
                          (_ctypes.Union, _from_ctypes_union)):
        if issubclass(t, base):
            if convert is None:
                raise TypeError('ctypes pointers have no dtype equivalent')
            return convert(t)
    if isinstance(getattr(t, '_type_', None), str):
        return _from_ctypes_scalar(t)
    raise NotImplementedError(f'Unknown ctypes type {t.__name__}')
