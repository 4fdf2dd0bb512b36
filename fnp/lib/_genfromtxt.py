"""`genfromtxt`: read tables with missing values, names, and types that follow from the data.

The work goes in steps over one `_Table`: find the columns, prepare a converter for each, split the
lines, convert, and build the array.
"""
import contextlib
import functools
import itertools
import os
import warnings

from .._core.overrides import finalize_array_function_like, set_module
from .._utils import asbytes
from ..exceptions import VisibleDeprecationWarning
from . import _datasource
from ._iotools import (
    ConversionWarning,
    ConverterError,
    ConverterLockError,
    LineSplitter,
    NameValidator,
    StringConverter,
    _decode_line,
    _is_string_like,
    easy_dtype,
    flatten_dtype,
    has_nested_fields,
)
from ._root import np, public

_DELETED = "".join(sorted(NameValidator.defaultdeletechars))


def _ensure_ndmin_ndarray_check_param(ndmin):
    """Refuse what is no possible minimum of dimensions."""
    if ndmin not in (0, 1, 2):
        raise ValueError(f"Illegal value of ndmin keyword: {ndmin}")


def _ensure_ndmin_ndarray(a, *, ndmin):
    """Drop axes of length one that are not asked for; add those that are missing."""
    if a.ndim > ndmin:
        a = np.squeeze(a)
    if a.ndim < ndmin:
        # rows are what is missing in a single column
        a = np.atleast_1d(a) if ndmin == 1 else np.atleast_2d(a).T
    return a


def _as_list(value):
    return value if isinstance(value, (list, tuple)) else [value]


class _Table:
    """A table while it is read."""

    def __init__(self, lines, encoding, comments, delimiter, autostrip, naming):
        self.lines = lines
        self.encoding = encoding
        self.comments = comments
        self.split = LineSplitter(
            delimiter=delimiter, comments=comments, autostrip=autostrip, encoding=encoding
        )
        self.naming = naming
        self.validate = NameValidator(**naming)
        self.first_line = ""
        self.first_values = []
        self.rows, self.masks, self.invalid = [], [], []

    # --- columns ---

    def read_first_line(self, skip_header, named):
        """Find the first line with something in it; False if there is none."""
        try:
            for _ in range(skip_header):
                next(self.lines)
            while not self.first_values:
                line = _decode_line(next(self.lines), self.encoding)
                if named and self.comments is not None and self.comments in line:
                    # names may stand in a comment
                    line = "".join(line.split(self.comments)[1:])
                self.first_line = line
                self.first_values = self.split(line)
        except StopIteration:
            self.first_line, self.first_values = "", []
            return False
        if named and self.comments is not None and self.first_values[0].strip() in self.comments:
            del self.first_values[0]
        return True

    def choose_columns(self, usecols, names, dtype, defaultfmt):
        """Settle columns, names and dtype together."""
        if usecols is not None:
            try:
                usecols = [word.strip() for word in usecols.split(",")]
            except AttributeError:
                usecols = list(usecols) if hasattr(usecols, "__iter__") else [usecols]
        self.count = len(usecols or self.first_values)

        if names is True:
            names = self.validate([str(word.strip()) for word in self.first_values])
            # not data
            self.first_line = ""
        elif _is_string_like(names):
            names = self.validate([word.strip() for word in names.split(",")])
        elif names:
            names = self.validate(names)
        if dtype is not None:
            dtype = easy_dtype(dtype, defaultfmt=defaultfmt, names=names, **self.naming)
        if names is not None:
            names = list(names)

        if usecols:
            for i, column in enumerate(usecols):
                if _is_string_like(column):
                    usecols[i] = names.index(column)
                elif column < 0:
                    usecols[i] = column + len(self.first_values)
            if dtype is not None and len(dtype) > self.count:
                # all columns are described, some are used
                fields = dtype.descr
                dtype = np.dtype([fields[i] for i in usecols])
                names = list(dtype.names)
            elif names is not None and len(names) > self.count:
                names = [names[i] for i in usecols]
        elif names is not None and dtype is not None:
            names = list(dtype.names)
        self.usecols, self.names, self.dtype = usecols, names, dtype
        self.defaultfmt = defaultfmt

    def _place(self, key):
        """Where the column of a dictionary's key stands; None if it is not there."""
        if _is_string_like(key):
            try:
                key = self.names.index(key)
            except ValueError:
                return None
        if self.usecols:
            with contextlib.suppress(ValueError):
                key = self.usecols.index(key)
        return key

    # --- converters ---

    def _missing_per_column(self, given):
        given = () if given is None else given
        if isinstance(given, bytes):
            given = given.decode("latin1")
        missing = [[""] for _ in range(self.count)]
        if isinstance(given, dict):
            for key, values in given.items():
                values = [str(v) for v in _as_list(values)]
                if key is None:
                    chosen = missing
                else:
                    place = self._place(key)
                    chosen = [] if place is None else [missing[place]]
                for entry in chosen:
                    entry.extend(values)
        elif isinstance(given, (list, tuple)):
            for value, entry in zip(given, missing):
                if str(value) not in entry:
                    entry.append(str(value))
        else:
            values = given.split(",") if isinstance(given, str) else [str(given)]
            for entry in missing:
                entry.extend(values)
        return missing

    def _filling_per_column(self, given):
        filling = [None] * self.count
        if given is None:
            return filling
        if isinstance(given, dict):
            for key, value in given.items():
                place = self._place(key)
                if place is not None:
                    filling[place] = value
        elif isinstance(given, (list, tuple)):
            used = given[: self.count]
            filling[: len(used)] = used
        else:
            filling = [given] * self.count
        return filling

    def prepare_converters(self, missing_values, filling_values):
        """One converter per column; they are free to change only where no dtype is given."""
        self.missing = self._missing_per_column(missing_values)
        self.filling = self._filling_per_column(filling_values)
        if self.dtype is None:
            self.flat_types = []
            types = itertools.repeat(None)
        else:
            self.flat_types = flatten_dtype(self.dtype, flatten_base=True)
            types = self.flat_types if len(self.flat_types) > 1 else itertools.repeat(self.dtype)
        self.converters = [
            StringConverter(
                kind, locked=self.dtype is not None, missing_values=missing, default=fill
            )
            for kind, missing, fill in zip(types, self.missing, self.filling)
        ]

    def add_user_converters(self, user, as_bytes):
        """Put the caller's functions in; notes their columns in the caller's dictionary."""
        noted = []
        for key, function in user.items():
            place = column = key
            if _is_string_like(key):
                try:
                    place = column = self.names.index(key)
                except ValueError:
                    # a column that is not used
                    continue
            elif self.usecols:
                try:
                    place = self.usecols.index(key)
                except ValueError:
                    continue
            sample = self.first_values[column] if self.first_line else None
            if function is bytes:
                function = asbytes
            elif as_bytes:
                function = functools.partial(_call_with_bytes, conv=function)
            self.converters[place].update(
                function, locked=True, testing_value=sample, default=self.filling[place],
                missing_values=self.missing[place],
            )
            noted.append((place, function))
        user.update(noted)
        self.user = user

    # --- rows ---

    def read_rows(self, skip_header, max_rows, with_mask):
        """Split all lines; note those with another number of columns."""
        for number, line in enumerate(itertools.chain([self.first_line], self.lines)):
            values = self.split(line)
            if not values:
                continue
            if self.usecols:
                try:
                    chosen = [values[i] for i in self.usecols]
                except IndexError:
                    chosen = None
            else:
                chosen = values if len(values) == self.count else None
            if chosen is None:
                self.invalid.append((number + skip_header + 1, len(values)))
                continue
            self.rows.append(tuple(chosen))
            if with_mask:
                self.masks.append(tuple(
                    value.strip() in missing for value, missing in zip(chosen, self.missing)
                ))
            if len(self.rows) == max_rows:
                break

    def find_types(self, skip_header):
        """Let each converter find the type that fits its column."""
        for i, converter in enumerate(self.converters):
            column = [row[i] for row in self.rows]
            try:
                converter.iterupgrade(column)
            except ConverterLockError:
                text = f"Converter #{i} is locked and cannot be upgraded: "
                for j, value in enumerate(column):
                    try:
                        converter.upgrade(value)
                    except (ConverterError, ValueError):
                        text += f"(occurred line #{j + 1 + skip_header} for value '{value}')"
                        raise ConverterError(text) from None

    def drop_footer(self, skip_footer, skip_header):
        """Forget the last lines, good and bad ones; the text of what remains bad, or None."""
        if self.invalid and skip_footer > 0:
            last = len(self.rows) + len(self.invalid) - skip_footer + skip_header
            good = [entry for entry in self.invalid if entry[0] <= last]
            skip_footer -= len(self.invalid) - len(good)
            self.invalid = good
        text = None
        if self.invalid:
            text = "\n".join(["Some errors were detected !"] + [
                f"    Line #{line} (got {found} columns instead of {self.count})"
                for line, found in self.invalid
            ])
        self.skip_footer = skip_footer
        return text

    def convert(self, loose):
        """Turn the strings of all rows into values."""
        if self.skip_footer > 0:
            del self.rows[-self.skip_footer :], self.masks[-self.skip_footer :]
        columns = []
        for i, converter in enumerate(self.converters):
            call = converter._loose_call if loose else converter._strict_call
            columns.append([call(row[i]) for row in self.rows])
        self.data = list(zip(*columns))

    # --- the array ---

    def build_free(self, as_bytes, with_mask):
        """(array, mask) with types as found."""
        types = [converter.type for converter in self.converters]
        strings = [i for i, kind in enumerate(types) if kind == np.str_]
        if as_bytes and strings:
            warnings.warn(
                "Reading unicode strings without specifying the encoding argument is deprecated. "
                "Set the encoding, use None for the system default.",
                VisibleDeprecationWarning,
                stacklevel=3,
            )
            try:
                self.data = [_encode(row, strings) for row in self.data]
            except UnicodeEncodeError:
                # so be it text
                pass
            else:
                for i in strings:
                    types[i] = np.bytes_
        sized = [
            (kind, max(len(row[i]) for row in self.data))
            if np.issubdtype(kind, np.character) else kind
            for i, kind in enumerate(types)
        ]
        if self.names is None:
            # columns without a value have no say
            found = {kind for c, kind in zip(self.converters, types) if c._checked}
            if len(found) == 1:
                dtype, mask_dtype = *found, bool
            else:
                names = [self.defaultfmt % i for i in range(len(types))]
                dtype = list(zip(names, sized))
                mask_dtype = [(name, bool) for name in names]
        else:
            dtype = list(zip(self.names, sized))
            mask_dtype = [(name, bool) for name in self.names]
        output = np.array(self.data, dtype=dtype)
        return output, np.array(self.masks, dtype=mask_dtype) if with_mask else None

    def build_typed(self, with_mask):
        """(array, mask) of the given dtype."""
        dtype, flat = self.dtype, self.flat_types
        if self.names and dtype.names is not None:
            dtype.names = self.names
        if len(flat) > 1:
            if any(kind.char == "O" for kind in flat):
                if has_nested_fields(dtype):
                    raise NotImplementedError(
                        "Nested fields involving objects are not supported..."
                    )
                output = np.array(self.data, dtype=dtype)
            else:
                # flat records, seen with their nesting
                output = np.array(self.data, dtype=[("", kind) for kind in flat]).view(dtype)
            if not with_mask:
                return output, None
            mask = np.array(self.masks, dtype=np.dtype([("", bool) for _ in flat]))
            return output, mask.view(np.ma.make_mask_descr(dtype))
        if self.user:
            dtype = self._dtype_with_user_types(dtype)
        output = np.array(self.data, dtype)
        if not with_mask:
            return output, None
        mask_dtype = [(name, bool) for name in dtype.names] if dtype.names else bool
        return output, np.array(self.masks, dtype=mask_dtype)

    def _dtype_with_user_types(self, dtype):
        """Columns whose converter returns another type make the result structured."""
        same, fields = True, []
        for i, converter in enumerate(self.converters):
            kind = dtype
            if i in self.user:
                kind = converter.type
                same = same and kind == dtype.type
                if np.issubdtype(kind, np.character):
                    kind = (kind, max(len(row[i]) for row in self.data))
            fields.append(("", kind))
        if same:
            return dtype
        return np.dtype(fields if len(fields) > 1 else fields[0][1])

    def apply_mask(self, output, mask):
        """The masked array."""
        for name, converter in zip(output.dtype.names or (), self.converters):
            for text in converter.missing_values:
                if text != "":
                    mask[name] |= output[name] == converter(text)
        output = output.view(np.ma.MaskedArray)
        output._mask = mask
        return output


def _call_with_bytes(text, conv):
    return conv(text if type(text) is bytes else text.encode("latin1"))


def _encode(row, columns):
    row = list(row)
    for i in columns:
        row[i] = row[i].encode("latin1")
    return tuple(row)


def _open_source(fname, encoding, stack):
    """An iterator over lines."""
    if isinstance(fname, os.PathLike):
        fname = os.fspath(fname)
    if isinstance(fname, str):
        fname = stack.enter_context(
            contextlib.closing(_datasource.open(fname, "rt", encoding=encoding))
        )
    try:
        return iter(fname)
    except TypeError as e:
        raise TypeError(
            "fname must be a string, a filehandle, a sequence of strings,\n"
            f"or an iterator of strings. Got {type(fname)} instead."
        ) from e


@finalize_array_function_like
@set_module("numpy")
def genfromtxt(
    fname, dtype=float, comments="#", delimiter=None, skip_header=0, skip_footer=0,
    converters=None, missing_values=None, filling_values=None, usecols=None, names=None,
    excludelist=None, deletechars=_DELETED, replace_space="_", autostrip=False,
    case_sensitive=True, defaultfmt="f%i", unpack=None, usemask=False, loose=True,
    invalid_raise=True, max_rows=None, encoding=None, *, ndmin=0, like=None,
):
    """Read an array from text; values may be missing.

    Parameters
    ----------
    fname : file, str, path-like, list of str, or generator
    dtype : dtype, optional
        None finds the type of each column.
    comments : str, optional
        What starts a comment.
    delimiter : str, int, or sequence of int, optional
        A string between values, or widths of columns; white space by default.
    skip_header, skip_footer : int
        Lines to skip at the beginning and at the end.
    converters : dict, optional
        Functions for columns, which are named or numbered.
    missing_values : str, sequence or dict, optional
        Strings that stand for nothing, besides the empty one.
    filling_values : scalar, sequence or dict, optional
        What missing values become.
    usecols : sequence, optional
        Numbers or names of columns.
    names : True, str or sequence of str, optional
        Names of fields; True takes them from the first line.
    excludelist, deletechars, case_sensitive, replace_space
        How names are made valid.
    autostrip : bool
        Strip white space from values.
    defaultfmt : str
        Format of names that are not given.
    unpack : bool, optional
        Return the columns rather than the rows.
    usemask : bool
        Return a masked array.
    loose : bool
        Values that cannot be converted count as missing.
    invalid_raise : bool
        Whether lines with another number of columns raise an error, or warn and are left out.
    max_rows : int, optional
    encoding : str, optional
    ndmin : {0, 1, 2}
        Dimensions that the result has at least.
    ${ARRAY_FUNCTION_LIKE}

    Returns
    -------
    ndarray or MaskedArray

    Examples
    --------
    >>> from io import StringIO
    >>> np.genfromtxt(StringIO("1,,3"), delimiter=",", filling_values=0)
    array([1., 0., 3.])
    """
    if like is not None:
        return _genfromtxt_with_like(
            like, fname, dtype, comments, delimiter, skip_header, skip_footer, converters,
            missing_values, filling_values, usecols, names, excludelist, deletechars,
            replace_space, autostrip, case_sensitive, defaultfmt, unpack, usemask, loose,
            invalid_raise, max_rows, encoding, ndmin=ndmin,
        )
    _ensure_ndmin_ndarray_check_param(ndmin)
    if max_rows is not None:
        if skip_footer:
            raise ValueError(
                "The keywords 'skip_footer' and 'max_rows' can not be specified at the same time."
            )
        if max_rows < 1:
            raise ValueError("'max_rows' must be at least 1.")
    user = converters or {}
    if not isinstance(user, dict):
        raise TypeError(
            "The input argument 'converter' should be a valid dictionary "
            f"(got '{type(user)}' instead)"
        )
    as_bytes = encoding == "bytes"
    if as_bytes:
        encoding = None
    comments, delimiter = _decode_line(comments), _decode_line(delimiter)
    naming = {
        "excludelist": excludelist,
        "deletechars": deletechars,
        "case_sensitive": case_sensitive,
        "replace_space": replace_space,
    }

    with contextlib.ExitStack() as stack:
        lines = _open_source(fname, encoding, stack)
        table = _Table(lines, encoding, comments, delimiter, autostrip, naming)
        if not table.read_first_line(skip_header, names is True):
            warnings.warn(f'genfromtxt: Empty input file: "{fname}"', stacklevel=2)
        table.choose_columns(usecols, names, dtype, defaultfmt)
        table.prepare_converters(missing_values, filling_values)
        table.add_user_converters(user, as_bytes)
        table.read_rows(skip_header, max_rows, usemask)

    if table.dtype is None:
        table.find_types(skip_header)
    errors = table.drop_footer(skip_footer, skip_header)
    if errors:
        if invalid_raise:
            raise ValueError(errors)
        warnings.warn(errors, ConversionWarning, stacklevel=2)
    table.convert(loose)
    if table.dtype is None:
        output, mask = table.build_free(as_bytes, usemask)
    else:
        output, mask = table.build_typed(usemask)
    names = output.dtype.names
    if usemask:
        output = table.apply_mask(output, mask)
    output = _ensure_ndmin_ndarray(output, ndmin=ndmin)
    if not unpack:
        return output
    if names is None:
        return output.T
    if len(names) == 1:
        # what has one column is not a list of columns
        return output[names[0]]
    return [output[name] for name in names]


_genfromtxt_with_like = public()(genfromtxt)


def _as_records(output, usemask):
    if usemask:
        from ..ma.mrecords import MaskedRecords

        return output.view(MaskedRecords)
    return output.view(np.recarray)


def recfromtxt(fname, **kwargs):
    """Deprecated: `genfromtxt` with types as found, as a record array."""
    warnings.warn(
        "`recfromtxt` is deprecated, use `numpy.genfromtxt` instead."
        "(deprecated in NumPy 2.0)",
        DeprecationWarning,
        stacklevel=2,
    )
    kwargs.setdefault("dtype", None)
    usemask = kwargs.get("usemask", False)
    return _as_records(genfromtxt(fname, **kwargs), usemask)


def recfromcsv(fname, **kwargs):
    """Deprecated: `recfromtxt` for values between commas, with lower case names."""
    warnings.warn(
        "`recfromcsv` is deprecated, use `numpy.genfromtxt` with comma as `delimiter` instead. "
        "(deprecated in NumPy 2.0)",
        DeprecationWarning,
        stacklevel=2,
    )
    kwargs.setdefault("case_sensitive", "lower")
    kwargs.setdefault("names", True)
    kwargs.setdefault("delimiter", ",")
    kwargs.setdefault("dtype", None)
    usemask = kwargs.get("usemask", False)
    return _as_records(genfromtxt(fname, **kwargs), usemask)
