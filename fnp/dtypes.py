"""The classes of dtypes, one per type number, and their C names as aliases.

Filled when the array core loads.
"""

__all__ = []

_C_NAMES = {
    'BYTE': 'ByteDType', 'UBYTE': 'UByteDType', 'SHORT': 'ShortDType', 'USHORT': 'UShortDType',
    'INT': 'IntDType', 'UINT': 'UIntDType', 'LONG': 'LongDType', 'ULONG': 'ULongDType',
    'LONGLONG': 'LongLongDType', 'ULONGLONG': 'ULongLongDType',
}


def _add_dtype_helper(DType, alias):
    """Make a class available here, also under the alias if there is one."""
    name = DType.__name__.rpartition('.')[2]
    for public in (name, alias and alias.rpartition('.')[2]):
        if public and public not in globals():
            globals()[public] = DType
            __all__.append(public)


def _publish(multiarray):
    classes = getattr(multiarray, '_builtin_dtypes', None)
    if classes is None:
        classes = [(type(descr), None, _C_NAMES.get(name[4:]))
                   for name, descr in multiarray.typeinfo.items() if name[:4] == 'NPY_']
    for DType, _, alias in classes:
        _add_dtype_helper(DType, alias)
    if 'StringDType' not in globals():
        _add_dtype_helper(multiarray.StringDType, None)
