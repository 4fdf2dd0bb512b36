"""Docstrings of the scalar types (see `_add_newdocs`)."""
from . import numerictypes as _nt
from .function_base import add_newdoc

_HOME = __name__.rpartition('.')[0] + '.numerictypes'

# Canonical name -> what it is.
_TYPES = {
    'bool': 'Boolean type (True or False), stored as a byte.',
    'byte': 'Signed integer type, compatible with C ``char``.',
    'short': 'Signed integer type, compatible with C ``short``.',
    'intc': 'Signed integer type, compatible with C ``int``.',
    'long': 'Signed integer type, compatible with C ``long``.',
    'longlong': 'Signed integer type, compatible with C ``long long``.',
    'ubyte': 'Unsigned integer type, compatible with C ``unsigned char``.',
    'ushort': 'Unsigned integer type, compatible with C ``unsigned short``.',
    'uintc': 'Unsigned integer type, compatible with C ``unsigned int``.',
    'ulong': 'Unsigned integer type, compatible with C ``unsigned long``.',
    'ulonglong': 'Unsigned integer type, compatible with C ``unsigned long long``.',
    'half': 'Half-precision floating-point number type, IEEE 754 binary16.',
    'single': 'Single-precision floating-point number type, compatible with C ``float``.',
    'double': 'Double-precision floating-point number type, compatible with `float` and C '
              '``double``.',
    'longdouble': 'Extended-precision floating-point number type, compatible with C '
                  '``long double``.',
    'csingle': 'Complex number type of two single-precision floating-point numbers.',
    'cdouble': 'Complex number type of two double-precision floating-point numbers, compatible '
               'with `complex`.',
    'clongdouble': 'Complex number type of two extended-precision floating-point numbers.',
    'object_': 'Any Python object.',
    'str_': 'A unicode string; in arrays of fixed length, without trailing nulls.',
    'bytes_': 'A byte string; in arrays of fixed length, without trailing nulls.',
    'void': 'A structure with fields, or raw memory of a fixed size.',
    'datetime64': 'A point in time: a count of units since 1970.',
    'timedelta64': 'A span of time: a count of units.',
}

_SIGNATURES = {
    'bool': '(value=False, /)',
    'csingle': '(real=0, imag=0, /)',
    'cdouble': '(real=0, imag=0, /)',
    'clongdouble': '(real=0, imag=0, /)',
    'object_': '(value=None, /)',
    'str_': '(value="", /, *args, **kwargs)',
    'bytes_': '(value="", /, *args, **kwargs)',
    'void': '(length_or_data, /, dtype=None)',
    'datetime64': '(value=None, /, *args)',
    'timedelta64': '(value=0, /, *args)',
}


def _aliases(name):
    wanted = _nt.allTypes[name]
    return [alias for alias, found in _nt.allTypes.items() if found is wanted and alias != name]


for _name, _text in _TYPES.items():
    _head = _nt.allTypes[_name].__name__ + _SIGNATURES.get(_name, '(value=0, /)')
    _lines = [_head, '--', '', _text, '', f':Character code: ``{_nt.dtype(_nt.allTypes[_name]).char!r}``']
    _lines += [f':Alias on this platform: `{alias}`' for alias in _aliases(_name)]
    add_newdoc(_HOME, _nt.allTypes[_name].__name__, '\n'.join(_lines), warn_on_python=False)
del _name, _text, _head, _lines
