"""Python helpers of the C layer: things done seldom, where C would be long and no faster."""
import math
import sys

from .._globals import _NoValue
from ..exceptions import DTypePromotionError
from .multiarray import StringDType, array, dtype, ndarray, promote_types

IS_PYPY = sys.implementation.name == 'pypy'

_nbo = '<' if sys.byteorder == 'little' else '>'


def __getattr__(name):
    # `ctypes` is a module attribute on demand: importing it costs milliseconds that few programs need.
    if name == 'ctypes':
        global ctypes
        try:
            import ctypes
        except ImportError:
            ctypes = None
        return ctypes
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')


def _ctypes_module():
    found = globals().get('ctypes', _NoValue)
    return __getattr__('ctypes') if found is _NoValue else found


# ---- structured dtypes ----

def _makenames_list(adict, align):
    """Fields of a ``{name: (format, offset[, title])}`` dict, by offset: names, formats, offsets, titles."""
    rows, previous = [], set()
    for name, spec in adict.items():
        title = spec[2] if len(spec) > 2 else None
        if len(spec) not in (2, 3):
            raise ValueError('entry not a 2- or 3- tuple')
        # Titles appear in `dtype.fields` as keys too.
        if name == title or (title is not None and title in previous):
            continue
        offset = int(spec[1])
        if offset < 0:
            raise ValueError('invalid offset.')
        previous.add(name)
        rows.append((name, dtype(spec[0], align=bool(align)), offset, title))
    rows.sort(key=lambda row: row[2])
    return tuple([row[i] for row in rows] for i in range(4))


def _usefields(adict, align):
    """Structured dtype from a dict of fields, in the order of the key -1 if it is there."""
    order = adict.get(-1)
    if order is None:
        names, formats, offsets, titles = _makenames_list(adict, align)
    else:
        names, formats, offsets, titles = order, [], [], []
        for name in order:
            spec = adict[name]
            formats.append(spec[0])
            offsets.append(spec[1])
            titles.append(spec[2] if len(spec) > 2 else None)
    return dtype({'names': names, 'formats': formats, 'offsets': offsets, 'titles': titles},
                 align=bool(align))


def _array_descr(descriptor):
    """The `descr` attribute: what the array interface protocol says about a dtype."""
    fields = descriptor.fields
    if fields is None:
        if descriptor.subdtype is not None:
            base, shape = descriptor.subdtype
            return _array_descr(base), shape
        # (metadata of fields is not part of the protocol, that of plain types is kept)
        if descriptor.metadata is None:
            return descriptor.str
        kept = descriptor.metadata.copy()
        return (descriptor.str, kept) if kept else descriptor.str
    described, reached = [], 0
    for name in descriptor.names:
        field, offset, *title = fields[name]
        if offset < reached:
            raise ValueError('dtype.descr is not defined for types with overlapping or '
                             'out-of-order fields')
        if offset > reached:
            described.append(('', f'|V{offset - reached}'))
        reached = offset + field.itemsize
        label = (title[0], name) if title else name
        if field.subdtype is None:
            described.append((label, _array_descr(field)))
        else:
            base, shape = field.subdtype
            described.append((label, _array_descr(base), shape))
    if descriptor.itemsize > reached:
        described.append(('', f'|V{descriptor.itemsize - reached}'))
    return described


_convorder = {'=': _nbo}


def _read_format(text, start):
    """One item of a format string: (order, repeats, order, type, place after it) or None."""
    import re
    match = re.compile(r'\s*([<>|=]?)'
                       r'\s*(\d+|\((?:\s*\d*\s*,)*\s*\d*\s*\))?'
                       r'\s*([<>|=]?)(\d*(?:[A-Za-z][\w.\[\]]*|\?))').match(text, start)
    return match and (*match.groups(), match.end())


def _repeats(text):
    if text[0] != '(':
        return int(text)
    inner = text[1:-1]
    if ',' in inner:
        return tuple(int(part) for part in inner.split(',') if part.strip())
    import warnings
    warnings.warn('Passing in a parenthesized single number for repeats is deprecated; pass either '
                  'a single number or indicate a tuple with a comma, like "(2,)".',
                  DeprecationWarning, stacklevel=4)
    return int(inner)


def _commastring(astr):
    """Formats of a string such as ``'i4, (2,3)f8'``: one, or a list when there is a comma."""
    place, found, listed = 0, [], False
    while place < len(astr) or not found:
        item = _read_format(astr, place)
        rest = item and astr[item[4]:].lstrip()
        if item is None or (rest and rest[0] != ','):
            if item is None and not found and not astr[place:].strip(' ,'):
                if not astr.strip():
                    raise IndexError('list index out of range')
            raise ValueError(f'format number {len(found) + 1} of "{astr}" is not recognized')
        before, repeats, after, kind, place = item
        # Native order is the default, so that both spellings of it agree.
        orders = [_convorder.get(o, o) for o in (before, after)]
        if before and after and orders[0] != orders[1]:
            raise ValueError(f'inconsistent byte-order specification {before} and {after}')
        order = orders[0] or orders[1]
        if order in ('|', _nbo):
            order = ''
        found.append((order + kind, _repeats(repeats)) if repeats else order + kind)
        if rest:
            listed = True
            place = astr.index(',', place) + 1
            if not astr[place:].strip():
                break
        else:
            break
    return found if listed else found[0]


def _newnames(datatype, order):
    """Field names with those in `order` first, for sorts by field."""
    if isinstance(order, str):
        order = [order]
    if not isinstance(order, (tuple, list)):
        raise ValueError(f'unsupported order value: {order}')
    remaining = list(datatype.names)
    for name in order:
        if name not in remaining:
            problem = 'duplicate' if name in datatype.names else 'unknown'
            raise ValueError(f'{problem} field name: {name}')
        remaining.remove(name)
    return (*order, *remaining)


def _copy_fields(ary):
    """Copy of a structured array without the padding between its fields."""
    fields = ary.dtype.fields
    packed = [(name, fields[name][0]) for name in ary.dtype.names]
    return array(ary, dtype=packed, copy=True)


def _promote_fields(dt1, dt2):
    """The structured dtype that both convert to: field by field, by position and name."""
    names = dt1.names
    if names is None or dt2.names is None or names != dt2.names:
        raise DTypePromotionError(f'field names `{names}` and `{dt2.names}` mismatch.')
    same, parts = dt1 is dt2, []
    for name in names:
        one, other = dt1.fields[name], dt2.fields[name]
        if one[2:] != other[2:]:
            raise DTypePromotionError(f"field titles of field '{name}' mismatch")
        promoted = promote_types(one[0], other[0])
        same = same and promoted is one[0]
        parts.append(((one[2], name) if len(one) > 2 else name, promoted))
    result = dtype(parts, align=dt1.isalignedstruct or dt2.isalignedstruct)
    # Identical arguments keep their identity, and with it metadata.
    if same and result.itemsize == dt1.itemsize and \
            all(dt1.fields[name][1] == result.fields[name][1] for name in names):
        return dt1
    return result


def _getfield_is_safe(oldtype, newtype, offset):
    """Raise TypeError if a field at `offset` would show or hide object pointers wrongly."""
    if not (oldtype.hasobject or newtype.hasobject):
        return
    for field, start, *_ in (oldtype.fields or {}).values():
        if start == offset and field == newtype:
            return
    wanted, end = newtype.hasobject, offset + newtype.itemsize
    if oldtype.fields is not None and not wanted:
        if all(start + field.itemsize <= offset or start >= end or not field.hasobject
               for field, start, *_ in oldtype.fields.values()):
            return
    if not offset and newtype == oldtype:
        return
    raise TypeError('Cannot get/set field of an object array')


def _view_is_safe(oldtype, newtype):
    """Raise TypeError if a view as another dtype would reinterpret object pointers."""
    if oldtype != newtype and (oldtype.hasobject or newtype.hasobject):
        raise TypeError('Cannot change data-type for array of references.')


def _convert_to_stringdtype_kwargs(coerce, na_object=_NoValue):
    """Unpickle a StringDType."""
    if na_object is _NoValue:
        return StringDType(coerce=coerce)
    return StringDType(coerce=coerce, na_object=na_object)


# ---- buffer formats ----

# Characters of the struct module as PEP 3118 extends them -> dtype strings, native then standard sizes.
_pep3118_native_map = {c: c for c in '?bBhHiIlLqQefdgO'}
_pep3118_native_map |= {'Z' + c: c.upper() for c in 'fdg'}
_pep3118_native_map |= {'c': 'S1', 's': 'S', 'w': 'U', 'x': 'V'}
_pep3118_standard_map = {c: t for c, t in _pep3118_native_map.items() if c not in ('g', 'Zg')}
_pep3118_standard_map |= {'h': 'i2', 'H': 'u2', 'i': 'i4', 'I': 'u4', 'l': 'i4', 'L': 'u4', 'q': 'i8',
                          'Q': 'u8', 'e': 'f2'}
_pep3118_unsupported_map = {'&': 'pointers', 'X': 'function pointers', 't': 'bitfields',
                            'u': 'UCS-2 strings'}
_pep3118_native_typechars = ''.join(_pep3118_native_map)
_pep3118_standard_typechars = ''.join(_pep3118_standard_map)


class _Stream:
    """Text with a place in it."""

    def __init__(self, text):
        self.text, self.place = text, 0

    def __bool__(self):
        return self.place < len(self.text)

    def peek(self):
        return self.text[self.place:self.place + 1]

    def take(self, count=1):
        start, self.place = self.place, self.place + count
        return self.text[start:self.place]

    def accept(self, char):
        if self.peek() == char:
            self.place += 1
            return True
        return False

    def until(self, char):
        end = self.text.find(char, self.place)
        end = len(self.text) if end < 0 else end
        taken, self.place = self.text[self.place:end], end + 1
        return taken

    def number(self):
        start = self.place
        while self.peek().isdigit():
            self.place += 1
        return int(self.text[start:self.place]) if self.place > start else None


class _Layout:
    """Fields read so far, and how the next one is placed."""

    def __init__(self, order, nested):
        self.order, self.nested = order, nested
        self.fields, self.offset, self.alignment = [], 0, 1

    def add(self, name, dt):
        self.fields.append((name, dt, self.offset))
        self.offset += dt.itemsize

    def build(self):
        padded = self.offset
        if self.order == '@':
            padded += -padded % self.alignment
        lone = self.fields[0] if len(self.fields) == 1 else None
        if lone and not self.nested and lone[0] is None and lone[2] == 0 \
                and lone[1].itemsize == padded:
            return lone[1]
        used = {name for name, *_ in self.fields if name is not None}
        numbers = (f'f{i}' for i in range(len(used) + len(self.fields)))
        free = (name for name in numbers if name not in used)
        return dtype({'names': [next(free) if name is None else name for name, *_ in self.fields],
                      'formats': [dt for _, dt, _ in self.fields],
                      'offsets': [offset for *_, offset in self.fields], 'itemsize': padded})


def _dtype_from_pep3118(spec):
    """The dtype of a buffer format, in native sizes and alignment unless it says otherwise."""
    return _read_struct(_Stream(spec), '@', False)[0]


def _read_struct(stream, order, nested):
    """Fields up to the end or a closing brace: (dtype, alignment, order in force)."""
    layout = _Layout(order, nested)
    while stream:
        if stream.accept('}'):
            break
        shape = None
        if stream.accept('('):
            shape = tuple(int(part) for part in stream.until(')').split(',') if part.strip())
        if stream.peek() in ('@', '=', '<', '>', '^', '!'):
            layout.order = {'!': '>'}.get(stream.peek(), stream.peek())
            stream.take()
        count = stream.number()
        known = _pep3118_native_map if layout.order in '@^' else _pep3118_standard_map
        if stream.accept('T'):
            stream.accept('{')
            value, alignment, layout.order = _read_struct(stream, layout.order, True)
            kind = 'T'
        else:
            kind = stream.take(2 if stream.peek() == 'Z' else 1)
            if kind in _pep3118_unsupported_map:
                raise NotImplementedError(f'Unrepresentable PEP 3118 data type {kind!r} '
                                          f'({_pep3118_unsupported_map[kind]})')
            if kind not in known:
                stream.place -= len(kind)
                raise ValueError('Unknown PEP 3118 data type specifier '
                                 f'{stream.text[stream.place:]!r}')
            byteorder = '=' if layout.order in '@^' else layout.order
            text = known[kind]
            if kind in 'swx':
                text, count = f'{text}{1 if count is None else count}', None
            value = dtype(byteorder + text)
            alignment = value.alignment
        if count not in (None, 1):
            value = dtype((value, (count,)))
        if shape is not None:
            value = dtype((value, shape))
        if layout.order == '@':
            gap = -layout.offset % alignment
            layout.offset += gap
            layout.alignment = math.lcm(layout.alignment, alignment)
        name = stream.until(':') if stream.accept(':') else None
        if kind == 'x' and name is None:
            # Padding: room, but no field.
            layout.offset += value.itemsize
            layout.nested = layout.nested or True
            continue
        if name is not None and any(name == other for other, *_ in layout.fields):
            raise RuntimeError(f'Duplicate field name {name!r} in PEP3118 format')
        layout.add(name, value)
    if not layout.fields and not nested and not layout.offset:
        layout.nested = True
    return layout.build(), layout.alignment, layout.order


def _add_trailing_padding(value, padding):
    """A structured dtype with room after its last field."""
    layout = _Layout('=', True)
    if value.fields is None:
        layout.add(None, value)
    else:
        layout.fields = [(name, *value.fields[name][:2]) for name in value.names]
    layout.offset = value.itemsize + padding
    return layout.build()


# ---- copying and writing ----

def _deepcopy_fields(array, memo):
    """Replace the objects in the fields of a structured array by deep copies."""
    from copy import deepcopy

    for name in array.dtype.names:
        part = array[name]
        if part.dtype.names is not None:
            if part.dtype.hasobject:
                _deepcopy_fields(part, memo)
        elif part.dtype.hasobject:
            flat = part.flat
            for i, item in enumerate(flat):
                flat[i] = deepcopy(item, memo)


# Elements written at a time.
_CHUNK = 1 << 20


def _tofile(array, file, sep='', format='%s'):
    """Write an array's elements in C order: their bytes, or as text with a separator."""
    for number, value in (2, sep), (3, format):
        if not isinstance(value, str):
            raise TypeError(f'tofile() argument {number} must be str, not {type(value).__name__}')
    import os

    if isinstance(file, (str, bytes, os.PathLike)):
        with open(os.fspath(file), 'wb') as stream:
            _write_elements(array, stream, sep, format)
        return
    # A file of Python: its own buffer comes first, and its place moves along.
    file.flush()
    number = file.fileno()
    try:
        start = file.tell()
    except OSError:
        start = None
    with os.fdopen(os.dup(number), 'wb') as stream:
        if start is not None:
            stream.seek(start)
        _write_elements(array, stream, sep, format)
        stream.flush()
        end = None if start is None else stream.tell()
    if end is not None:
        file.seek(end)


def _write_elements(array, stream, sep, format):
    if not sep and array.dtype.hasobject:
        raise OSError('cannot write object arrays to a file in binary mode')
    array = array.view(ndarray)  # a subclass may index in its own way
    flat = array.reshape(-1) if array.flags.c_contiguous else array.flat
    for start in range(0, array.size, _CHUNK):
        chunk = flat[start:start + _CHUNK]
        if not sep:
            stream.write(chunk.tobytes())
            continue
        items = chunk.tolist()
        texts = map(str, items) if format == '%s' else [format % item for item in items]
        stream.write(((sep if start else '') + sep.join(texts)).encode())


# ---- the ctypes attribute ----

class dummy_ctype:
    """Stands in for a ctypes type where the module is missing: arrays of it are tuples of `cls`."""

    __slots__ = ('_cls',)

    def __init__(self, cls):
        self._cls = cls

    def __mul__(self, length):
        return self

    def __call__(self, *values):
        return self._cls(values)

    def __eq__(self, other):
        return isinstance(other, dummy_ctype) and other._cls is self._cls

    __hash__ = None


class _VoidPointer:
    def __init__(self, ptr):
        self.value = ptr


class _missing_ctypes:
    """Stands in for the ctypes module."""

    c_void_p = _VoidPointer

    @staticmethod
    def cast(pointer, kind):
        return pointer.value


def _getintp_ctype():
    """The ctypes integer as wide as a pointer."""
    module = _ctypes_module()
    if module is None:
        return dummy_ctype(dtype('n').type)
    return {'i': module.c_int, 'l': module.c_long, 'q': module.c_longlong}[dtype('n').char.lower()]


class _ctypes:
    """The `ctypes` attribute of an array: its memory and layout for foreign functions."""

    def __init__(self, array, ptr=None):
        self._arr = array
        module = _ctypes_module()
        self._ctypes = _missing_ctypes() if module is None else module
        self._data = self._ctypes.c_void_p(ptr)
        self._zerod = array.ndim == 0

    def data_as(self, obj):
        """The data pointer as a ctypes pointer type; it keeps the array alive."""
        pointer = self._ctypes.cast(self._data, obj)
        pointer._arr = self._arr
        return pointer

    def shape_as(self, obj):
        """The shape as an array of a ctypes integer type; None without dimensions."""
        return None if self._zerod else (obj * self._arr.ndim)(*self._arr.shape)

    def strides_as(self, obj):
        """The strides as an array of a ctypes integer type; None without dimensions."""
        return None if self._zerod else (obj * self._arr.ndim)(*self._arr.strides)

    # Address of the first element, as an integer; shape and strides as arrays of the pointer-wide
    # integer; the object as an argument of a foreign function.
    data = property(lambda self: self._data.value)
    shape = property(lambda self: self.shape_as(_getintp_ctype()))
    strides = property(lambda self: self.strides_as(_getintp_ctype()))
    _as_parameter_ = property(lambda self: self.data_as(self._ctypes.c_void_p))


def npy_ctypes_check(cls):
    """Whether a class comes from ctypes. The C layer asks this before it imports anything."""
    try:
        return '_ctypes' in cls.__mro__[-2].__module__
    except Exception:
        return False


# ---- messages and signatures ----

def array_ufunc_errmsg_formatter(dummy, ufunc, method, *inputs, **kwargs):
    """Message for a ufunc call that every `__array_ufunc__` declined."""
    call = [f'{arg!r}' for arg in inputs] + [f'{name}={arg!r}' for name, arg in kwargs.items()]
    operands = inputs + tuple(kwargs.get('out', ()))
    names = ', '.join(repr(type(arg).__name__) for arg in operands)
    return ('operand type(s) all returned NotImplemented from __array_ufunc__'
            f"({ufunc!r}, {method!r}, {', '.join(call)}): {names}")


def array_function_errmsg_formatter(public_api, types):
    """Message for a call that every `__array_function__` declined."""
    name = f'{public_api.__module__}.{public_api.__name__}'
    return (f'no implementation found for {name!r} on types that implement '
            f'__array_function__: {[*types]}')


def _ufunc_parameters(ufunc):
    """(input names, output names, [(option, default)]) of a ufunc."""
    inputs = ['x'] if ufunc.nin == 1 else [f'x{i + 1}' for i in range(ufunc.nin)]
    outputs = [f'out{i + 1}' for i in range(ufunc.nout)] if ufunc.nout > 1 else []
    common = [('casting', 'same_kind'), ('order', 'K'), ('dtype', None), ('subok', True)]
    return inputs, outputs, common


def _ufunc_doc_signature_formatter(ufunc):
    """First line of a ufunc's docstring."""
    inputs, outputs, common = _ufunc_parameters(ufunc)
    positional = ', '.join(inputs)
    if outputs:
        positional += f"[, {', '.join(outputs)}], / [, out=({', '.join(['None'] * ufunc.nout)})]"
    elif ufunc.nout == 0:
        positional += ', /'
    else:
        positional += ', /, out=None'
    extra = 'signature'
    if ufunc.signature is None:
        common = [('where', True), *common]
    else:
        extra += ', axes, axis'
    options = ', '.join(f'{name}={value!r}' for name, value in common)
    return f'{ufunc.__name__}({positional}, *, {options}[, {extra}])'


def _ufunc_inspect_signature_builder(ufunc):
    """The `inspect.Signature` of a ufunc."""
    from inspect import Parameter, Signature

    inputs, _, common = _ufunc_parameters(ufunc)
    params = [Parameter(name, Parameter.POSITIONAL_ONLY) for name in inputs]
    if ufunc.nout:
        default = None if ufunc.nout == 1 else (None,) * ufunc.nout
        params.append(Parameter('out', Parameter.POSITIONAL_OR_KEYWORD, default=default))
    if ufunc.signature is None:
        options = [('where', True)]
    else:
        options = [('axes', _NoValue), ('axis', _NoValue), ('keepdims', False)]
    options += [*common, ('signature', None)]
    params += [Parameter(name, Parameter.KEYWORD_ONLY, default=value) for name, value in options]
    return Signature(params)


# Names under which very old pickles look for the constructor.
from .multiarray import _reconstruct, scalar  # noqa: E402, F401
