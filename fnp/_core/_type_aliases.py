"""Names of the scalar types: which name means which type on this platform.

The C layer's `typeinfo` maps every official name (``int64``, ``NPY_LONG`` …) to a dtype; the tables
here are derived from it.
"""
from . import multiarray as _ma
from .multiarray import dtype, typeinfo

_abstract_type_names = {
    'generic', 'flexible', 'character', 'number', 'integer', 'signedinteger', 'unsignedinteger',
    'inexact', 'floating', 'complexfloating'}

# Every public name, abstract or not -> scalar type.
allTypes = {name: getattr(_ma, name) for name in sorted(_abstract_type_names)}
# C names ('LONG', 'DOUBLE' …) -> dtype.
c_names_dict = {}
# What np.dtype() understands as a type name -> scalar type.
sctypeDict = {}

for _name, _dt in typeinfo.items():
    if _name[:4] == 'NPY_':
        c_names_dict[_name[4:]] = _dt
    else:
        allTypes[_name] = sctypeDict[_name] = _dt.type

_aliases = {'double': 'float64', 'single': 'float32', 'half': 'float16', 'cdouble': 'complex128',
            'csingle': 'complex64', 'int_': 'intp', 'uint': 'uintp', 'bool_': 'bool'}
for _name, _target in _aliases.items():
    allTypes[_name] = sctypeDict[_name] = allTypes[_target]

# Understood by np.dtype() only: as attributes they would hide or resemble Python's own names.
_extra_aliases = {'int': 'int_', 'float': 'float64', 'complex': 'complex128', 'object': 'object_',
                  'str': 'str_', 'unicode': 'str_', 'bytes': 'bytes_', 'a': 'bytes_'}
for _name, _target in _extra_aliases.items():
    sctypeDict[_name] = sctypeDict[_target]

# The long double types are also known by their width.
for _name, _target in ('float', 'longdouble'), ('complex', 'clongdouble'):
    _name += str(8 * dtype(allTypes[_target]).itemsize)
    if _name not in allTypes:
        allTypes[_name] = sctypeDict[_name] = allTypes[_target]
        if _name not in vars(_ma):
            setattr(_ma, _name, allTypes[_target])

_KINDS = {'i': 'int', 'u': 'uint', 'f': 'float', 'c': 'complex'}
sctypes = {group: [] for group in (*_KINDS.values(), 'others')}
for _dt in c_names_dict.values():
    if _dt.kind not in 'Mm':
        sctypes[_KINDS.get(_dt.kind, 'others')].append(_dt.type)
for _group in _KINDS.values():
    # A stable sort: of two types of one width the official, lower type number stands first.
    sctypes[_group].sort(key=lambda t: (dtype(t).itemsize, dtype(t).num))

del _name, _target, _dt, _group
