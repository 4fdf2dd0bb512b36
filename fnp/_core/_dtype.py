"""Names, `str` and `repr` of dtypes."""
import sys

# Kind -> stem of the name.
_kind_to_stem = {
    'b': 'bool', 'i': 'int', 'u': 'uint', 'f': 'float', 'c': 'complex', 'm': 'timedelta',
    'M': 'datetime', 'S': 'bytes', 'U': 'str', 'V': 'void', 'O': 'object',
}

_NATIVE = '<' if sys.byteorder == 'little' else '>'


def _kind_name(dtype):
    if dtype.kind in _kind_to_stem:
        return _kind_to_stem[dtype.kind]
    raise RuntimeError(f'internal dtype error, unknown kind {dtype.kind!r}')


def _isunsized(dtype):
    # Strings and raw data of no length are templates: the length is found from the values.
    return dtype.itemsize == 0


def _byte_order_str(dtype):
    """'<', '>', or nothing where byte order has no meaning."""
    return {'=': _NATIVE, '|': ''}.get(dtype.byteorder, dtype.byteorder)


def _datetime_metadata_str(dtype):
    """The unit as ``[25us]``, nothing for the generic one."""
    from .multiarray import datetime_data

    unit, count = datetime_data(dtype)
    if unit == 'generic':
        return ''
    return f'[{unit}]' if count == 1 else f'[{count}{unit}]'


# ---- the name ----

def _name_includes_bit_suffix(dtype):
    kind = dtype.kind
    if kind in 'Ob':
        return False
    return not (kind in 'SUV' and _isunsized(dtype))


def _name_get(dtype):
    """The `name` attribute."""
    if dtype.isbuiltin == 2:
        # Defined by a user, who named the type.
        return dtype.type.__name__
    if not type(dtype)._legacy:
        stem = type(dtype).__name__
    elif dtype.kind == 'V':
        # Subclasses of void keep their own name.
        stem = dtype.type.__name__
    else:
        stem = _kind_name(dtype)
    if dtype.kind in 'mM':
        return f'{stem}64{_datetime_metadata_str(dtype)}'
    return f'{stem}{dtype.itemsize * 8}' if _name_includes_bit_suffix(dtype) else stem


# ---- str and repr ----

def __str__(dtype):
    if dtype.fields is not None:
        return _struct_str(dtype, include_align=True)
    if dtype.subdtype:
        return _subarray_str(dtype)
    if dtype.isbuiltin == 2:
        return dtype.type.__name__
    if dtype.kind in 'SUV' or not dtype.isnative:
        return dtype.str
    return dtype.name


def __repr__(dtype):
    text = _construction_repr(dtype, include_align=False)
    return f'dtype({text}, align=True)' if dtype.isalignedstruct else f'dtype({text})'


def _construction_repr(dtype, include_align=False, short=False):
    """What `numpy.dtype` would make this dtype from.

    `include_align` says alignment inside of the text, which needs the dict form; `short` prefers
    ``'<i4'`` to ``'int32'``.
    """
    if dtype.fields is not None:
        return _struct_str(dtype, include_align=include_align)
    if dtype.subdtype:
        return _subarray_str(dtype)
    return _scalar_str(dtype, short=short)


def _scalar_str(dtype, short):
    order, kind, size = _byte_order_str(dtype), dtype.kind, dtype.itemsize
    # User-defined types have no code that a string could spell.
    if dtype.isbuiltin == 2:
        return dtype.type.__name__
    if kind == 'b':
        return "'?'" if short else "'bool'"
    if kind == 'O':
        return "'O'"
    if kind in 'SV':
        return f"'{kind}'" if _isunsized(dtype) else f"'{kind}{size}'"
    if kind == 'U':
        return f"'{order}U'" if _isunsized(dtype) else f"'{order}U{size // 4}'"
    if not type(dtype)._legacy:
        return f"'{order}{type(dtype).__name__}{size * 8}'"
    if kind in 'mM':
        return f"'{order}{kind}8{_datetime_metadata_str(dtype)}'"
    if short or dtype.byteorder not in '=|':
        return f"'{order}{kind}{size}'"
    return f"'{_kind_name(dtype)}{size * 8}'"


def _subarray_str(dtype):
    base, shape = dtype.subdtype
    return f'({_construction_repr(base, short=True)}, {shape})'


def _struct_str(dtype, include_align):
    # A list cannot say alignment, gaps, overlap or another order.
    plain = not (include_align and dtype.isalignedstruct) and _is_packed(dtype)
    text = _struct_list_str(dtype) if plain else _struct_dict_str(dtype, include_align)
    if dtype.type.__name__ != 'void' or dtype.type.__mro__[1].__name__ != 'flexible':
        return f'({dtype.type.__module__}.{dtype.type.__name__}, {text})'
    return text


def _unpack_field(dtype, offset, title=None):
    """An entry of `dtype.fields` with its title, or None for it."""
    return dtype, offset, title


def _aligned_offset(offset, alignment):
    return offset + -offset % alignment


def _is_packed(dtype):
    """Whether the fields stand where a list of them, aligned or not, would put them."""
    aligned, reached, alignment = dtype.isalignedstruct, 0, 1
    for name in dtype.names:
        field, offset, _ = _unpack_field(*dtype.fields[name])
        if aligned:
            reached = _aligned_offset(reached, field.alignment)
            alignment = max(alignment, field.alignment)
        if offset != reached:
            return False
        reached += field.itemsize
    if aligned:
        reached = _aligned_offset(reached, alignment)
    return reached == dtype.itemsize


def _struct_list_str(dtype):
    items = []
    for name in dtype.names:
        field, _, title = _unpack_field(*dtype.fields[name])
        label = f'{name!r}' if title is None else f'({title!r}, {name!r})'
        if field.subdtype is None:
            items.append(f'({label}, {_construction_repr(field, short=True)})')
        else:
            base, shape = field.subdtype
            items.append(f'({label}, {_construction_repr(base, short=True)}, {shape})')
    return f"[{', '.join(items)}]"


def _struct_dict_str(dtype, includealignedflag):
    rows = [_unpack_field(*dtype.fields[name]) for name in dtype.names]
    # The legacy print modes write no space after a colon.
    from .arrayprint import _get_legacy_print_mode
    colon = ':' if _get_legacy_print_mode() <= 121 else ': '
    inner = ',' if colon == ':' else ', '

    def entry(key, values):
        return f"'{key}'{colon}[{inner.join(values)}]"

    parts = [entry('names', map(repr, dtype.names)),
             entry('formats', (_construction_repr(field, short=True) for field, *_ in rows)),
             entry('offsets', (f'{offset}' for _, offset, _ in rows))]
    if any(title is not None for *_, title in rows):
        parts.append(entry('titles', (repr(title) for *_, title in rows)))
    parts.append(f"'itemsize'{colon}{dtype.itemsize}")
    if includealignedflag and dtype.isalignedstruct:
        parts.append(f"'aligned'{colon}True")
    return f"{{{', '.join(parts)}}}"
