"""Structured arrays whose fields are attributes, too."""
import warnings

from .._utils import set_module
from . import numerictypes as _nt
from .arrayprint import _get_legacy_print_mode, array2string
from .multiarray import array as _array, dtype as _dtype, ndarray

__all__ = ['record', 'recarray', 'format_parser', 'fromarrays', 'fromrecords', 'fromstring',
           'fromfile', 'array', 'find_duplicate']

# Spellings of byte orders -> those of `dtype.newbyteorder`.
_byteorderconv = {**dict.fromkeys('bB>', '>'), **dict.fromkeys('lL<', '<'),
                  **dict.fromkeys('nN=', '='), **dict.fromkeys('sS', 's'),
                  **dict.fromkeys('iI|', '|')}

numfmt = _nt.sctypeDict

# What an argument is when it is not given, in every function here; None where nothing is said.
_UNLESS_GIVEN = {'aligned': False, 'copy': True, 'offset': 0, 'order': 'C'}


def _optional_after(last):
    """Makes all parameters behind the one named `last` optional."""
    def give(function):
        names = function.__code__.co_varnames[:function.__code__.co_argcount]
        optional = names[names.index(last) + 1:]
        function.__defaults__ = tuple(_UNLESS_GIVEN.get(name) for name in optional)
        return function
    return give


@set_module('numpy.rec')
def find_duplicate(list):
    """The members of a list that occur more than once."""
    seen = {}
    for item in list:
        seen[item] = seen.get(item, 0) + 1
    return [item for item, times in seen.items() if times > 1]


@set_module('numpy.rec')
class format_parser:
    """A record dtype from formats, names and titles given apart.

    Parameters
    ----------
    formats : str or list of str
    names, titles : str or list or tuple of str, or None
        A string is split at commas. Missing names are ``f0``, ``f1`` ….
    aligned : bool
        Pad fields as a C compiler would.
    byteorder : str, optional
        Force this byte order on all fields.

    Attributes
    ----------
    dtype : dtype
    """

    def __init__(self, formats, names, titles, aligned=False, byteorder=None):
        if formats is None:
            raise ValueError('Need formats argument')
        if isinstance(formats, list):
            parsed = _dtype([(f'f{i}', one) for i, one in enumerate(formats)], aligned)
        else:
            parsed = _dtype(formats, aligned)
        if parsed.fields is None:
            parsed = _dtype([('f1', parsed)], aligned)
        rows = [parsed.fields[name] for name in parsed.names]
        self._f_formats = [row[0] for row in rows]
        self._offsets = [row[1] for row in rows]
        self._nfields = len(rows)
        self._names = self._choose_names(names)
        self._titles = self._choose_titles(titles)
        self._build(byteorder)

    def _choose_names(self, names):
        if names:
            if isinstance(names, str):
                names = names.split(',')
            elif not isinstance(names, (list, tuple)):
                raise NameError(f'illegal input names {names!r}')
        chosen = [name.strip() for name in (names or ())[:self._nfields]]
        chosen += [f'f{i}' for i in range(len(chosen), self._nfields)]
        twice = find_duplicate(chosen)
        if twice:
            raise ValueError(f'Duplicate field names: {twice}')
        return chosen

    def _choose_titles(self, titles):
        if isinstance(titles, str):
            titles = titles.split(',')
        chosen = [title.strip() for title in titles or ()]
        return chosen + [None] * (self._nfields - len(chosen))

    def _build(self, byteorder):
        descr = _dtype({'names': self._names, 'formats': self._f_formats,
                        'offsets': self._offsets, 'titles': self._titles})
        if byteorder is not None:
            descr = descr.newbyteorder(_byteorderconv[byteorder[0]])
        self.dtype = descr


def _wanted_dtype(dtype, formats, *parser_options, caller=None):
    """The dtype, from one of the two ways to give it; None, or TypeError, where neither was used."""
    if dtype is not None:
        return _dtype(dtype)
    if formats is not None:
        return format_parser(formats, *parser_options).dtype
    if caller is not None:
        raise TypeError(f"{caller}() needs a 'dtype' or 'formats' argument")
    return None


class record(_nt.void):
    """One element of a record array: a structured scalar with fields as attributes."""

    # The oldest mode shows the plain tuple.
    def __str__(self):
        old = _get_legacy_print_mode() <= 113
        return str(self.item()) if old else _nt.void.__str__(self)

    def __repr__(self):
        return (_nt.void.__repr__, str)[_get_legacy_print_mode() <= 113](self)

    def __getattribute__(self, attr):
        if attr in ('setfield', 'getfield', 'dtype'):
            return _nt.void.__getattribute__(self, attr)
        try:
            return _nt.void.__getattribute__(self, attr)
        except AttributeError:
            pass
        fields = _nt.void.__getattribute__(self, 'dtype').fields
        spec = fields.get(attr) if fields else None
        if spec is None:
            raise AttributeError(f"'record' object has no attribute '{attr}'")
        found = self.getfield(*spec[:2])
        # A nested structure is a record as well.
        try:
            inner = found.dtype
        except AttributeError:
            return found
        return found.view((self.__class__, inner)) if inner.names is not None else found

    def __setattr__(self, attr, val):
        if attr in ('setfield', 'getfield', 'dtype'):
            raise AttributeError(f"Cannot set '{attr}' attribute")
        fields = _nt.void.__getattribute__(self, 'dtype').fields
        spec = fields.get(attr) if fields else None
        if spec is not None:
            self.setfield(val, *spec[:2])
        elif getattr(self, attr, None) is not None:
            _nt.void.__setattr__(self, attr, val)
        else:
            raise AttributeError(f"'record' object has no attribute '{attr}'")

    def __getitem__(self, indx):
        found = _nt.void.__getitem__(self, indx)
        if isinstance(found, _nt.void) and found.dtype.names is not None:
            return found.view((self.__class__, found.dtype))
        return found

    def pprint(self):
        """The fields, one per line."""
        names = self.dtype.names
        width = max(map(len, names))
        return '\n'.join(f'{name:>{width}}: {getattr(self, name)}' for name in names)


set_module('numpy')(record)


@set_module('numpy.rec')
class recarray(ndarray):
    """Array with fields as attributes.

    Parameters
    ----------
    shape : int or tuple of ints
    dtype : dtype_like, optional
    formats, names, titles, byteorder, aligned : optional
        Another way to give the dtype, see `format_parser`.
    buf, offset, strides, order : optional
        As for `ndarray`.
    """

    @_optional_after('shape')
    def __new__(subtype, shape, dtype, buf, offset, strides, formats, names, titles, byteorder, aligned,
                order):
        descr = _wanted_dtype(dtype, formats, names, titles, aligned, byteorder)
        if descr is None:
            raise ValueError('Need formats argument')
        memory = {} if buf is None else {'buffer': buf, 'offset': offset, 'strides': strides}
        return ndarray.__new__(subtype, shape, (record, descr), order=order, **memory)

    def __array_finalize__(self, obj):
        if self.dtype.type is not record and self.dtype.names is not None:
            # Setting it converts structures to records.
            self.dtype = self.dtype

    def _field_view(self, found):
        """A field as users get it: records for structures, plain arrays for the rest."""
        if found.dtype.names is None:
            return found.view(ndarray)
        if issubclass(found.dtype.type, _nt.void):
            return found.view(dtype=(self.dtype.type, found.dtype))
        return found

    def __getattribute__(self, attr):
        # Attributes of the class come first, as always; then fields.
        try:
            return object.__getattribute__(self, attr)
        except AttributeError:
            pass
        fields = ndarray.__getattribute__(self, 'dtype').fields
        if fields is None or attr not in fields:
            raise AttributeError(f'recarray has no attribute {attr}')
        return self._field_view(self.getfield(*fields[attr][:2]))

    def __setattr__(self, attr, val):
        if attr == 'dtype' and issubclass(val.type if isinstance(val, _dtype) else type(None),
                                          _nt.void) and val.names is not None:
            # Structures become records.
            val = _dtype((record, val))
        fields = ndarray.__getattribute__(self, 'dtype').fields or {}
        is_new = attr not in self.__dict__
        try:
            object.__setattr__(self, attr, val)
        except Exception:
            if attr not in fields:
                raise
        else:
            if attr not in fields:
                return None
            if is_new:
                # The instance took it, since it takes anything: it was meant for the field.
                try:
                    object.__delattr__(self, attr)
                except Exception:
                    return None
        return self.setfield(val, *fields[attr][:2])

    def __getitem__(self, indx):
        found = super().__getitem__(indx)
        if not isinstance(found, ndarray):
            return found
        if found.dtype.names is None:
            return found.view(type=ndarray)
        found = found.view(type(self))
        if issubclass(found.dtype.type, _nt.void):
            return found.view(dtype=(self.dtype.type, found.dtype))
        return found

    def __repr__(self):
        descr = self.dtype
        if descr.type is record or not issubclass(descr.type, _nt.void):
            # Made by the functions of this module, which make records of any structure.
            if descr.type is record:
                descr = _dtype((_nt.void, descr))
            head, tail_indent = 'rec.array(', ' ' * 10
        else:
            head, tail_indent = 'array(', ' ' * 6
        if self.size > 0 or self.shape == (0,):
            body = array2string(self, separator=', ', prefix=head, suffix=',')
        else:
            body = f'[], shape={self.shape!r}'
        end = '' if descr.type is _nt.void or head[0] == 'r' else '.view(numpy.recarray)'
        # The oldest mode leaves a blank at the end of the line.
        blank = ' ' if _get_legacy_print_mode() <= 113 else ''
        return f'{head}{body},{blank}\n{tail_indent}dtype={descr}){end}'

    def field(self, attr, val=None):
        """A field by name or number; with `val`, set it."""
        names = ndarray.__getattribute__(self, 'dtype').names
        name = names[attr] if isinstance(attr, int) else attr
        spec = ndarray.__getattribute__(self, 'dtype').fields[name][:2]
        if val is None:
            found = self.getfield(*spec)
            return found if found.dtype.names is not None else found.view(ndarray)
        return self.setfield(val, *spec)


def _deprecate_shape_0_as_None(shape):
    if shape == 0:
        warnings.warn('Passing `shape=0` to have the shape be inferred is deprecated, and in '
                      'future will be equivalent to `shape=(0,)`. To infer the shape and suppress '
                      'this warning, pass `shape=None` instead.', FutureWarning, stacklevel=3)
        return None
    return shape


@set_module('numpy.rec')
@_optional_after('arrayList')
def fromarrays(arrayList, dtype, shape, formats, names, titles, aligned, byteorder):
    """Record array with one field per array.

    Parameters
    ----------
    arrayList : sequence of array_like
    shape : int or tuple of ints, optional
        By default that of the first array.
    dtype, formats, names, titles, aligned, byteorder : optional
        Type of the records, see `format_parser`; by default the arrays' own types.
    """
    columns = [_array(column, copy=None, subok=True) for column in arrayList]
    shape = _deprecate_shape_0_as_None(shape)
    if shape is None:
        shape = columns[0].shape
    elif isinstance(shape, int):
        shape = (shape,)
    if formats is None and dtype is None:
        formats = [column.dtype for column in columns]
    descr = _wanted_dtype(dtype, formats, names, titles, aligned, byteorder)
    if len(descr) != len(columns):
        raise ValueError('mismatch between the number of fields and the number of arrays')
    own = len(descr[0].shape)
    if own:
        shape = shape[:-own]
    result = recarray(shape, descr)
    for i, (name, column) in enumerate(zip(descr.names, columns)):
        # A field with a shape takes the last axes of its array.
        if column.shape[:column.ndim - len(descr[i].shape)] != shape:
            raise ValueError(f'array-shape mismatch in array {i} ("{name}")')
        result[name] = column
    return result


@set_module('numpy.rec')
@_optional_after('recList')
def fromrecords(recList, dtype, shape, formats, names, titles, aligned, byteorder):
    """Record array from a list of tuples, one per record.

    Parameters
    ----------
    recList : sequence of tuples
    shape : int or tuple of ints, optional
    dtype, formats, names, titles, aligned, byteorder : optional
        Type of the records, see `format_parser`; by default found from each column's values.
    """
    if formats is None and dtype is None:
        # Each column by itself.
        table = _array(recList, dtype=object)
        columns = [_array(table[..., i].tolist()) for i in range(table.shape[-1])]
        return fromarrays(columns, shape=shape, names=names, titles=titles, aligned=aligned,
                          byteorder=byteorder, formats=formats)
    descr = _dtype((record, _wanted_dtype(dtype, formats, names, titles, aligned, byteorder)))
    try:
        result = _array(recList, dtype=descr)
    except (TypeError, ValueError):
        shape = _deprecate_shape_0_as_None(shape)
        rows = len(recList) if shape is None else shape
        shape = (rows,) if isinstance(rows, int) else rows
        if len(shape) > 1:
            raise ValueError('Can only deal with 1-d array.') from None
        result = recarray(shape, descr)
        for i in range(result.size):
            result[i] = tuple(recList[i])
        warnings.warn('fromrecords expected a list of tuples, may have received a list of lists '
                      'instead. In the future that will raise an error', FutureWarning,
                      stacklevel=2)
        return result
    if shape is not None and result.shape != shape:
        result = result.reshape(shape)
    return result.view(recarray)


@set_module('numpy.rec')
@_optional_after('datastring')
def fromstring(datastring, dtype, shape, offset, formats, names, titles, aligned, byteorder):
    """Read-only record array that uses the bytes of an object.

    Parameters
    ----------
    datastring : bytes-like
    shape : int or tuple of ints, optional
        By default as many records as there are.
    offset : int
        Where to begin.
    dtype, formats, names, titles, aligned, byteorder : optional
        Type of the records, see `format_parser`.
    """
    descr = _wanted_dtype(dtype, formats, names, titles, aligned, byteorder, caller='fromstring')
    shape = _deprecate_shape_0_as_None(shape)
    if shape in (None, -1):
        shape = (len(datastring) - offset) // descr.itemsize
    return recarray(shape, descr, buf=datastring, offset=offset)


def get_remaining_size(fd):
    """Bytes from the place of a file to its end."""
    here = fd.tell()
    try:
        return fd.seek(0, 2) - here
    finally:
        fd.seek(here, 0)


@set_module('numpy.rec')
@_optional_after('fd')
def fromfile(fd, dtype, shape, offset, formats, names, titles, aligned, byteorder):
    """Record array read from a binary file.

    Parameters
    ----------
    fd : str, path-like or file object
    shape : int or tuple of ints, optional
        By default as many records as there are; one length may be -1.
    offset : int
        Where to begin, from the file's place.
    dtype, formats, names, titles, aligned, byteorder : optional
        Type of the records, see `format_parser`.
    """
    descr = _wanted_dtype(dtype, formats, names, titles, aligned, byteorder, caller='fromfile')
    lengths = _deprecate_shape_0_as_None(shape)
    lengths = [lengths] if isinstance(lengths, int) else [*(lengths or (-1,))]
    from contextlib import nullcontext
    from math import prod
    from os import fspath

    with nullcontext(fd) if hasattr(fd, 'readinto') else open(fspath(fd), 'rb') as stream:
        if offset > 0:
            stream.seek(offset, 1)
        room = get_remaining_size(stream)
        known = descr.itemsize * prod(map(int, lengths))
        if known < 0:
            # Exactly one length is to be found.
            lengths[lengths.index(-1)] = room // -known
            known = descr.itemsize * prod(map(int, lengths))
        if known > room:
            raise ValueError('Not enough bytes left in file for specified shape and type.')
        result = recarray(tuple(lengths), descr)
        if stream.readinto(result.data) != known:
            raise OSError("Didn't read as many bytes as expected")
        return result


@set_module('numpy.rec')
@_optional_after('obj')
def array(obj, dtype, shape, offset, strides, formats, names, titles, aligned, byteorder, copy):
    """Record array from nearly anything.

    Parameters
    ----------
    obj : None, bytes, list, tuple, file object, ndarray or recarray
        None makes an array of `shape` with arbitrary content. Lists and tuples hold arrays, one
        per field, or tuples, one per record.
    shape, offset, strides : optional
        As far as the kind of object permits.
    dtype, formats, names, titles, aligned, byteorder : optional
        Type of the records, see `format_parser`.
    copy : bool
        Whether to copy an array.
    """
    readable = hasattr(obj, 'readinto')
    if (obj is None or isinstance(obj, str) or readable) and formats is None and dtype is None:
        raise ValueError('Must define formats (or dtype) if object is None, string, or an open file')
    how = {}
    if dtype is not None:
        dtype = _dtype(dtype)
    elif formats is not None:
        dtype = format_parser(formats, names, titles, aligned, byteorder).dtype
    else:
        how = {'formats': formats, 'names': names, 'titles': titles, 'aligned': aligned,
               'byteorder': byteorder}

    if obj is None:
        if shape is None:
            raise ValueError('Must define a shape if obj is None')
        return recarray(shape, dtype, buf=obj, offset=offset, strides=strides)
    if isinstance(obj, bytes):
        return fromstring(obj, dtype, shape=shape, offset=offset, **how)
    if isinstance(obj, (list, tuple)):
        combine = fromrecords if isinstance(obj[0], (tuple, list)) else fromarrays
        return combine(obj, dtype=dtype, shape=shape, **how)
    if isinstance(obj, recarray):
        result = obj.view(dtype) if dtype is not None and obj.dtype != dtype else obj
        return result.copy() if copy else result
    if readable:
        return fromfile(obj, dtype=dtype, shape=shape, offset=offset)
    if isinstance(obj, ndarray):
        result = obj.view(dtype) if dtype is not None and obj.dtype != dtype else obj
        return (result.copy() if copy else result).view(recarray)
    interface = getattr(obj, '__array_interface__', None)
    if not isinstance(interface, dict):
        raise ValueError('Unknown input type')
    result = _array(obj)
    if dtype is not None and result.dtype != dtype:
        result = result.view(dtype)
    return result.view(recarray)
