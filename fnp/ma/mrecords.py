"""Masked record arrays: structured arrays whose fields are attributes, masked one by one.

Prefer structured masked arrays (`numpy.ma.array` with a structured dtype) in new code.
"""
import os
import warnings

from .._core.multiarray import ndarray
from .._core.overrides import set_module
from ..rec import fromarrays as _rec_fromarrays
from ..rec import fromrecords as _rec_fromrecords
from ..rec import recarray
from . import core as ma
from ._array import _given_mask
from ._root import np
from .core import (
    MaskedArray,
    _check_fill_value,
    default_fill_value,
    getdata,
    getmaskarray,
    make_mask_descr,
    make_mask_none,
    masked_array,
    nomask,
)

__all__ = ["MaskedRecords", "mrecarray", "fromarrays", "fromrecords", "fromtextfile", "addfield"]

_own = set_module("numpy.ma.mrecords")

# what is found out from the data, unless it is given
_found = None

reserved_fields = ["_data", "_mask", "_fieldmask", "dtype"]

_byteorderconv = {
    "b": ">", "l": "<", "n": "=",
    "B": ">", "L": "<", "N": "=",
    "S": "s", "s": "s",
    ">": ">", "<": "<", "=": "=",
    "|": "|", "I": "|", "i": "|",
}


@_own
def _checknames(descr, names=None):
    """A dtype with the given names, then f0, f1...; names that are reserved are not used."""
    if isinstance(names, str):
        names = names.split(",")
    elif names is None:
        names = ()
    elif not isinstance(names, (tuple, list)):
        raise NameError(f"illegal input names {names!r}")
    fields = []
    for i, (old, *kind) in enumerate(descr.descr):
        name = names[i] if i < len(names) else f"f{i}"
        if name in reserved_fields:
            name = f"f{i}" if old in reserved_fields else old
        fields.append((name, *kind))
    return np.dtype(fields)


@_own
def _get_fieldmask(self):
    """A mask for the fields of a structured array in which nothing is masked."""
    return np.zeros(self.shape, dtype=[(name, "?") for name in self.dtype.names])


def _part(array, indx):
    """Items of a structured array; one element is a 0-d view."""
    part = array[indx]
    if not isinstance(part, ndarray):
        index = indx if isinstance(indx, tuple) else (indx,)
        part = array[(*index, ...)]
    return part


def _listed(value, mask):
    if isinstance(mask, (list, tuple)):
        return [_listed(v, m) for v, m in zip(value, mask)]
    return None if mask else value


@_own
class MaskedRecords(MaskedArray):
    """A masked array of records, the fields of which are attributes.

    Parameters
    ----------
    shape, dtype, buf, offset, strides, formats, names, titles, byteorder, aligned
        As for `recarray`.
    mask : array_like, optional
        A boolean per record, or one per field.
    hard_mask, fill_value, keep_mask, copy, **options
        As for `MaskedArray`.

    Examples
    --------
    >>> from numpy.ma import mrecords
    >>> x = mrecords.fromarrays([[1, 2], np.ma.array([3., 4.], mask=[0, 1])], names='a,b')
    >>> x.b
    masked_array(data=[3.0, --],
                 mask=[False,  True],
           fill_value=1e+20)
    """

    def __new__(cls, shape, dtype=None, buf=None, offset=0, strides=None, formats=None,
                names=None, titles=None, byteorder=None, aligned=False, mask=ma.nomask,
                hard_mask=False, fill_value=None, keep_mask=True, copy=False, **options):
        memory = {"buf": buf, "offset": offset, "strides": strides}
        kinds = {"dtype": dtype, "formats": formats, "names": names, "titles": titles}
        self = recarray.__new__(cls, shape, byteorder=byteorder, aligned=aligned, **kinds, **memory)
        if mask is not nomask and np.size(mask):
            own, copied = _given_mask(mask, self.shape, make_mask_descr(self.dtype), copy)
            self._mask = own
            self._sharedmask = not copied
        return self

    def __array_finalize__(self, obj):
        self._update_from(obj)
        mask = getattr(obj, "_mask", nomask)
        known = mask is not nomask and mask is not None
        self._mask = mask if known else make_mask_none(self.shape, self.dtype)
        if self._baseclass is ndarray:
            self._baseclass = recarray

    # --- parts ---

    @property
    def _data(self):
        """The records without masks."""
        return ndarray.view(self, recarray)

    @property
    def _fieldmask(self):
        """The mask: a boolean per field."""
        return self._mask

    def __len__(self):
        # one record is as long as it has fields
        return len(self.dtype) if self.ndim == 0 else self.shape[0]

    def __getattr__(self, attr):
        # not an attribute of arrays: a field
        fields = ndarray.dtype.__get__(self).fields or ()
        try:
            fields[attr]
        except (KeyError, TypeError) as error:
            raise AttributeError(f"record array has no attribute {attr}") from error
        data = ndarray.view(self, ndarray)[attr]
        if data.dtype.names is not None:
            raise NotImplementedError("MaskedRecords is currently limited tosimple records.")
        mask = self._mask[attr]
        if not data.ndim and not mask:
            return data.item()
        field = self._field(data, mask, attr)
        field._isfield = True
        return field

    def _field(self, data, mask, name):
        field = data.view(MaskedArray)
        field._mask = np.asarray(mask)
        if self._fill_value is not None:
            field._fill_value = _check_fill_value(self._fill_value[name], data.dtype)
        return field

    def __setattr__(self, attr, val):
        if attr == "fieldmask":
            attr = "mask"
        fields = ndarray.dtype.__get__(self).fields
        if not fields or attr not in fields or hasattr(type(self), attr):
            object.__setattr__(self, attr, val)
            return
        if val is ma.masked and self._fill_value is not None:
            self._data[attr] = self._fill_value[attr]
        else:
            self._data[attr] = getdata(val)
        self._mask[attr] = getmaskarray(val)

    def __getitem__(self, indx):
        data = ndarray.view(self, ndarray)
        if isinstance(indx, str):
            field = self._field(data[indx], self._mask[indx], indx)
            field._sharedmask = True
            return field if field.ndim or not field._mask else ma.masked
        part = _part(data, indx).view(type(self))
        part._mask = _part(self._mask.view(ndarray), indx).view(recarray)
        return part

    # --- text ---

    def _columns(self):
        return [(name, getattr(self, name)) for name in self.dtype.names]

    def __str__(self):
        columns = [column for _, column in self._columns()]
        if self.size > 1:
            rows = ("(" + ",".join(map(str, row)) + ")" for row in zip(*columns))
            return "[" + ", ".join(rows) + "]"
        return "(" + ", ".join(map(str, columns)) + ")"

    def __repr__(self):
        width = max(map(len, self.dtype.names)) + 4
        lines = [f"{name:>{width}} : {column!s}" for name, column in self._columns()]
        return "\n".join(
            ["masked_records(", *lines, f"    fill_value : {self.fill_value}", " " * 14 + ")"]
        )

    # --- the whole ---

    def view(self, dtype=None, type=None):
        """View of the same data and masks, maybe of another type."""
        if dtype is None or isinstance(dtype, builtin_type) and issubclass(dtype, ndarray):
            return ndarray.view(self, type or dtype or builtin_type(self))
        dtype = np.dtype(dtype)
        if type is None and dtype.subdtype is not None:
            # no records any more
            type = MaskedArray
        return super().view(dtype, type or builtin_type(self))

    def harden_mask(self):
        """Keep masked elements masked, whatever is assigned."""
        self._hardmask = True

    def soften_mask(self):
        """Let assignments unmask elements, as is usual."""
        self._hardmask = False

    def copy(self):
        """A copy with data and masks of its own."""
        other = np.array(self._data).view(type(self))
        other._mask = np.array(self._mask)
        return other

    def tolist(self, fill_value=None):
        """Nested lists with None for masked elements, or with the fill value if one is given."""
        if fill_value is not None:
            return self.filled(fill_value).tolist()
        return _listed(self._data.tolist(), self._mask.tolist())

    def __reduce__(self):
        return (
            _mrreconstruct,
            (type(self), self._baseclass, (0,), "b"),
            self.__getstate__(),
        )


builtin_type = type
mrecarray = MaskedRecords


@_own
def _mrreconstruct(subtype, baseclass, baseshape, basetype):
    """Unpickle an empty masked record array."""
    return ndarray.__new__(baseclass, baseshape, basetype).view(subtype)


# --- construction ---------------------------------------------------------------------------------


@_own
def fromarrays(arraylist, dtype=_found, shape=_found, formats=_found, names=None, titles=None,
               aligned=False, byteorder=None, fill_value=None):
    """Masked records of arrays, one per field, which may be masked.

    Parameters
    ----------
    arraylist : sequence
    dtype, shape, formats, names, titles, aligned, byteorder
        As for `numpy.rec.fromarrays`.
    fill_value : sequence, optional
        One per field.
    """
    records = _rec_fromarrays(
        [getdata(a) for a in arraylist], dtype, shape, formats, names, titles, aligned, byteorder
    ).view(mrecarray)
    for name, a in zip(records.dtype.names, arraylist):
        records._mask[name] = getmaskarray(a)
    if fill_value is not None:
        records.fill_value = fill_value
    return records


@_own
def fromrecords(reclist, dtype=_found, shape=_found, formats=_found, names=None, titles=None,
                aligned=False, byteorder=None, fill_value=None, mask=ma.nomask):
    """Masked records of a sequence of records.

    Parameters
    ----------
    reclist : sequence of tuples, or structured array
    dtype, shape, formats, names, titles, aligned, byteorder
        As for `numpy.rec.fromrecords`.
    fill_value : sequence, optional
        One per field.
    mask : array_like, optional
        A boolean per record, or one per field.  The mask of `reclist` goes before it.
    """
    own_mask = getattr(reclist, "_mask", None)
    if isinstance(reclist, ndarray):
        if isinstance(reclist, MaskedArray):
            reclist = reclist.filled().view(ndarray)
        if dtype is None:
            dtype = reclist.dtype
        reclist = reclist.tolist()
    records = _rec_fromrecords(
        reclist, dtype, shape, formats, names, titles, aligned, byteorder
    ).view(mrecarray)
    if fill_value is not None:
        records.fill_value = fill_value
    if own_mask is not None and own_mask is not nomask:
        records._mask[...] = own_mask
    elif mask is not nomask:
        mask = np.asarray(mask)
        if mask.ndim == 2 and mask.dtype.names is None:
            # a row per record
            records._mask.flat = [tuple(row) for row in mask]
        elif mask.dtype.names is not None:
            records._mask.flat = mask
        else:
            records.mask = mask
    return records


# --- text files -----------------------------------------------------------------------------------


@_own
def _guessvartypes(arr):
    """Types of columns, by the text in the first row: int, float, complex, or as it is."""
    arr = np.asarray(arr)
    if arr.ndim > 2:
        raise ValueError("The array should be 2D at most!")
    row = arr[0] if arr.ndim == 2 else arr
    return [_type_of_text(text, arr.dtype) for text in row]


def _type_of_text(text, default):
    for kind in (int, float, complex):
        try:
            kind(text)
        except ValueError:
            continue
        return np.dtype(kind)
    return default


@_own
def openfile(fname):
    """Open a text file; an open one is returned as it is."""
    if hasattr(fname, "readline"):
        return fname
    try:
        file = open(fname)
    except FileNotFoundError as error:
        raise FileNotFoundError(f"No such file: '{fname}'") from error
    if file.readline()[:2] == "\\x":
        file.close()
        raise NotImplementedError("Wow, binary file")
    file.seek(0, os.SEEK_SET)
    return file


@_own
def fromtextfile(fname, delimiter=None, commentchar="#", missingchar="", varnames=None,
                 vartypes=None):
    """Masked records of a text file, the first line of which has the names of the columns.

    Parameters
    ----------
    fname : str or file
    delimiter : str, optional
        White space if it is not given.
    commentchar : str
    missingchar : str
        The text of masked elements.
    varnames : sequence of str, optional
        Names that replace those of the file.
    vartypes : sequence of dtypes, optional
        Guessed from the first row if it is not given.
    """
    file = openfile(fname)
    for line in iter(file.readline, ""):
        header = line.partition(commentchar)[0].strip().split(delimiter)
        if len(header) > 1:
            break
    else:
        raise ValueError("no line with the names of columns")
    rows = [
        line.strip().split(delimiter) for line in file
        if len(line) > 1 and not line.startswith(commentchar)
    ]
    if file is not fname:
        file.close()
    table = np.array(rows)
    columns = table.T
    if vartypes is not None:
        vartypes = [np.dtype(v) for v in vartypes]
        if len(vartypes) != len(columns):
            warnings.warn(
                f"Attempting to {len(vartypes)} dtypes for {len(columns)} fields! "
                "Reverting to default.",
                stacklevel=2,
            )
            vartypes = None
    if vartypes is None:
        vartypes = _guessvartypes(table)
    fields = []
    for column, kind in zip(columns, vartypes):
        missing = column == missingchar
        if kind.kind not in "SUO":
            # what takes the place of numbers that are not there
            column = np.where(missing, "0", column)
        fields.append(
            masked_array(column.astype(kind), mask=missing, fill_value=default_fill_value(kind))
        )
    return fromarrays(fields, dtype=list(zip(varnames or header, vartypes)))


@_own
def addfield(mrecord, newfield, newfieldname=None):
    """A copy with one more field, named f and its number if no name is given.

    Examples
    --------
    >>> from numpy.ma import mrecords
    >>> x = mrecords.fromrecords([(1, 2.), (3, 4.)], names='a,b')
    >>> mrecords.addfield(x, [5, 6]).f2.tolist()
    [5, 6]
    """
    old = mrecord.dtype
    if newfieldname is None or newfieldname in reserved_fields:
        newfieldname = f"f{len(old)}"
    newfield = ma.array(newfield)
    records = recarray(
        mrecord.shape, dtype=[*old.descr, (newfieldname, newfield.dtype)]
    ).view(mrecarray)
    for name in old.names:
        records._data[name] = mrecord._data[name]
        records._mask[name] = mrecord._mask[name]
    records._data[newfieldname] = newfield._data
    records._mask[newfieldname] = getmaskarray(newfield)
    return records
