"""Save and load arrays, as binary files and as text.

Binary archives live in the room `_archives`, the forgiving text reader in `_genfromtxt`.
"""
import contextlib
import operator
import os
import warnings

from .._core._multiarray_umath import _load_from_filelike
from .._core.multiarray import packbits, unpackbits
from .._core.overrides import finalize_array_function_like, set_module
from . import _datasource
from ._archives import (  # noqa: F401
    BagObj,
    NpzFile,
    _savez,
    load,
    save,
    savez,
    savez_compressed,
    zipfile_factory,
)
from ._datasource import DataSource  # noqa: F401
from ._genfromtxt import (  # noqa: F401
    _ensure_ndmin_ndarray,
    _ensure_ndmin_ndarray_check_param,
    _genfromtxt_with_like,
    genfromtxt,
    recfromcsv,
    recfromtxt,
)
from ._iotools import ConversionWarning, ConverterError, ConverterLockError  # noqa: F401
from ._root import np, public

__all__ = [
    "savetxt",
    "loadtxt",
    "genfromtxt",
    "load",
    "save",
    "savez",
    "savez_compressed",
    "packbits",
    "unpackbits",
    "fromregex",
]

# rows that are read at a time where the dtype follows from the data
_loadtxt_chunksize = 50000


def _check_nonneg_int(value, name="argument"):
    if not hasattr(value, "__index__"):
        raise TypeError(f"{name} must be an integer")
    if operator.index(value) < 0:
        raise ValueError(f"{name} must be nonnegative")


def _preprocess_comments(iterable, comments, encoding):
    """Lines without their comments, where those are more than one character can tell."""
    for line in iterable:
        if isinstance(line, bytes):
            line = line.decode(encoding)
        for comment in comments:
            line = line.split(comment, 1)[0]
        yield line


def _text(value):
    return value.decode("latin1") if isinstance(value, bytes) else value


def _split_comments(comments, delimiter, quote):
    """(character that the reader handles, strings that are removed before it)"""
    if comments is None:
        return None, None
    if isinstance(comments, (str, bytes)):
        comments = (comments,)
    comments = tuple(map(_text, comments))
    if "" in comments:
        raise ValueError(
            "comments cannot be an empty string. Use comments=None to disable comments."
        )
    if not comments:
        return None, None
    if len(comments) == 1 and isinstance(comments[0], str) and len(comments[0]) == 1:
        return comments[0], None
    if delimiter in comments:
        raise TypeError(
            f"Comment characters '{comments}' cannot include the delimiter '{delimiter}'"
        )
    if quote is not None:
        raise ValueError(
            "when multiple comments or a multi-character comment is given, quotes are not "
            "supported.  In this case quotechar must be set to None."
        )
    return None, comments


def _open_lines(fname, encoding, stack):
    """(data, whether it is a file, encoding) of whatever loadtxt was given."""
    if isinstance(fname, os.PathLike):
        fname = os.fspath(fname)
    if isinstance(fname, str):
        stream = stack.enter_context(_datasource.open(fname, "rt", encoding=encoding))
        return stream, True, getattr(stream, "encoding", "latin1") if encoding is None else encoding
    if encoding is None:
        encoding = getattr(fname, "encoding", "latin1")
    try:
        return iter(fname), False, encoding
    except TypeError as e:
        raise ValueError(
            "fname must be a string, filehandle, list of strings,\n"
            f"or generator. Got {type(fname)} instead."
        ) from e


def _needs_two_steps(dtype):
    """Strings without length and times without unit get theirs from the data."""
    if dtype.kind in "SU":
        return dtype.itemsize == 0
    return dtype.kind in "Mm" and np.datetime_data(dtype)[0] == "generic"


def _read(
    fname, *, delimiter=",", comment="#", quote='"', imaginary_unit="j", usecols=None, skiplines=0,
    max_rows=None, converters=None, ndmin=None, unpack=False, dtype=None, encoding=None,
):
    """Read a text file whose rows have the same number of columns."""
    byte_converters = encoding == "bytes"
    if byte_converters:
        encoding = None
    dtype = np.dtype(np.float64 if dtype is None else dtype)
    if usecols is not None:
        try:
            usecols = list(usecols)
        except TypeError:
            usecols = [usecols]
    _ensure_ndmin_ndarray_check_param(ndmin)
    comment, removed = _split_comments(comment, delimiter, quote)
    if len(imaginary_unit) != 1:
        raise ValueError("len(imaginary_unit) must be 1.")
    _check_nonneg_int(skiplines)
    if max_rows is None:
        max_rows = -1
    else:
        _check_nonneg_int(max_rows)

    with contextlib.ExitStack() as stack:
        data, is_file, encoding = _open_lines(fname, encoding, stack)
        if removed is not None:
            data, is_file = _preprocess_comments(data, removed, encoding), False
        options = {
            "delimiter": delimiter,
            "comment": comment,
            "quote": quote,
            "imaginary_unit": imaginary_unit,
            "usecols": usecols,
            "converters": converters,
            "encoding": encoding,
            "byte_converters": byte_converters,
        }
        if _needs_two_steps(dtype):
            array = _read_as_objects(data, is_file, dtype, skiplines, max_rows, options)
        else:
            array = _load_from_filelike(
                data, dtype=dtype, filelike=is_file, skiplines=skiplines, max_rows=max_rows,
                **options,
            )

    if array.shape[0] == 0:
        warnings.warn(
            f'loadtxt: input contained no data: "{fname}"', category=UserWarning, stacklevel=3
        )
    array = _ensure_ndmin_ndarray(array, ndmin=ndmin)
    if not unpack:
        return array
    names = array.dtype.names
    return array.T if names is None else [array[name] for name in names]


def _read_as_objects(data, is_file, dtype, skiplines, max_rows, options):
    """Read rows as objects, a limited number at a time, and convert them."""
    if is_file:
        # the reader would read ahead, and lose what the next chunk needs
        data = iter(data)
    chunks = []
    while max_rows != 0:
        count = _loadtxt_chunksize if max_rows < 0 else min(_loadtxt_chunksize, max_rows)
        rows = _load_from_filelike(
            data, dtype=np.dtype(object), filelike=False, skiplines=skiplines, max_rows=count,
            # objects for 'S' have to be bytes
            c_byte_converters=dtype.kind == "S", **options,
        )
        chunks.append(rows.astype(dtype))
        skiplines = 0
        if max_rows > 0:
            max_rows -= count
        if len(rows) < count:
            break
    if len(chunks) > 1 and len(chunks[-1]) == 0:
        # its number of columns is a guess
        del chunks[-1]
    if not chunks:
        return np.empty((0, 1), dtype=dtype)
    return chunks[0] if len(chunks) == 1 else np.concatenate(chunks, axis=0)


@finalize_array_function_like
@set_module("numpy")
def loadtxt(
    fname, dtype=float, comments="#", delimiter=None, converters=None, skiprows=0, usecols=None,
    unpack=False, ndmin=0, encoding=None, max_rows=None, *, quotechar=None, like=None,
):
    r"""Read an array from text; every row has the same number of values.

    Parameters
    ----------
    fname : file, str, path-like, list of str, or generator
    dtype : data-type
        A structured one takes its fields from the columns.
    comments : str or sequence of str, optional
        What starts a comment.
    delimiter : str, optional
        One character; white space by default.
    converters : dict or callable, optional
        Functions that parse columns, or one for all.
    skiprows : int
        Lines to skip, comments included.
    usecols : int or sequence of int, optional
    unpack : bool
        Return the columns rather than the rows.
    ndmin : {0, 1, 2}
        Dimensions that the result has at least.
    encoding : str, optional
    max_rows : int, optional
        Rows to read after `skiprows`; empty lines do not count.
    quotechar : str, optional
        Inside of a pair of these, other special characters are text.
    ${ARRAY_FUNCTION_LIKE}

    Returns
    -------
    ndarray

    Examples
    --------
    >>> from io import StringIO
    >>> np.loadtxt(StringIO("0 1\n2 3"))
    array([[0., 1.],
           [2., 3.]])
    """
    if like is not None:
        return _loadtxt_with_like(
            like, fname, dtype, comments, delimiter, converters, skiprows, usecols, unpack, ndmin,
            encoding, max_rows,
        )
    return _read(
        fname,
        dtype=np.float64 if dtype is None else dtype,
        comment=comments,
        delimiter=_text(delimiter),
        converters=converters,
        skiplines=skiprows,
        usecols=usecols,
        unpack=unpack,
        ndmin=ndmin,
        encoding=encoding,
        max_rows=max_rows,
        quote=quotechar,
    )


_loadtxt_with_like = public()(loadtxt)


# --- savetxt --------------------------------------------------------------------------------------


class _Sink:
    """Writes text to streams of text and of bytes: the first write finds out."""

    def __init__(self, stream, encoding):
        self.stream = stream
        self.encoding = encoding
        self.write = self._first

    def _as_bytes(self, text):
        self.stream.write(text.encode(self.encoding))

    def _first(self, text):
        try:
            self.stream.write(text)
            self.write = self.stream.write
        except TypeError:
            # it wants bytes
            self._as_bytes(text)
            self.write = self._as_bytes


def _row_format(fmt, columns, delimiter, is_complex):
    """One format for a row."""
    if isinstance(fmt, (list, tuple)):
        if len(fmt) != columns:
            raise AttributeError(f"fmt has wrong shape.  {fmt}")
        return delimiter.join(fmt)
    if not isinstance(fmt, str):
        raise ValueError(f"invalid fmt: {fmt!r}")
    count = fmt.count("%")
    if count == 1:
        one = f" ({fmt}+{fmt}j)" if is_complex else fmt
        return delimiter.join([one] * columns)
    if count != (2 * columns if is_complex else columns):
        raise ValueError(f"fmt has wrong number of % formats:  {fmt}")
    # all columns at once; the delimiter is in it
    return fmt


@public(
    lambda fname, X, fmt=None, delimiter=None, newline=None, header=None, footer=None,
    comments=None, encoding=None: (X,)
)
def savetxt(
    fname, X, fmt="%.18e", delimiter=" ", newline="\n", header="", footer="", comments="# ",
    encoding=None,
):
    r"""Write an array as text.

    Parameters
    ----------
    fname : str, path-like or file
        Names that end with '.gz' and the like are compressed.
    X : array_like, 1-D or 2-D
    fmt : str or sequence of str
        A format for all values, one per column, or one for a whole row.
    delimiter, newline : str
        Between columns, and after rows.
    header, footer : str
        Written first and last, as comments.
    comments : str
        What starts a comment.
    encoding : str, optional

    Examples
    --------
    >>> import sys
    >>> np.savetxt(sys.stdout, [[1, 2], [3, 4]], fmt="%d", delimiter=",")
    1,2
    3,4
    """
    delimiter = _text(delimiter)
    fmt = _text(fmt)
    own = None
    if isinstance(fname, os.PathLike):
        fname = os.fspath(fname)
    if isinstance(fname, str):
        # sources only open what is there
        open(fname, "wt").close()
        own = out = _datasource.open(fname, "wt", encoding=encoding)
    elif hasattr(fname, "write"):
        out = _Sink(fname, encoding or "latin1")
    else:
        raise ValueError("fname must be a string or file handle")
    try:
        X = np.asarray(X)
        if X.ndim == 0 or X.ndim > 2:
            raise ValueError(f"Expected 1D or 2D array, got {X.ndim}D array instead")
        if X.ndim == 2:
            columns = X.shape[1]
        elif X.dtype.names is None:
            X = X[:, np.newaxis]
            columns = 1
        else:
            columns = len(X.dtype.names)
        is_complex = np.iscomplexobj(X)
        row_format = _row_format(fmt, columns, delimiter, is_complex)

        def comment(text):
            if text:
                out.write(comments + text.replace("\n", "\n" + comments) + newline)

        comment(header)
        if is_complex:
            # a real and an imaginary part for each value
            pairs = np.stack((X.real, X.imag), axis=-1).reshape(len(X), -1)
            for row in pairs:
                out.write((row_format % tuple(row) + newline).replace("+-", "-"))
        else:
            for row in X:
                try:
                    line = row_format % tuple(row) + newline
                except TypeError as e:
                    raise TypeError(
                        f"Mismatch between array dtype ('{X.dtype}') "
                        f"and format specifier ('{row_format}')"
                    ) from e
                out.write(line)
        comment(footer)
    finally:
        if own is not None:
            own.close()


@set_module("numpy")
def fromregex(file, regexp, dtype, encoding=None):
    r"""Read records from text by a regular expression; each match gives one.

    Parameters
    ----------
    file : str, path-like or file
    regexp : str or compiled pattern
        Its groups are the fields.
    dtype : dtype or list of fields
        A structured one.
    encoding : str, optional

    Returns
    -------
    structured ndarray

    Examples
    --------
    >>> from io import StringIO
    >>> np.fromregex(StringIO("1 a\n2 b"), r"(\d) (\w)", [("n", int), ("s", "U1")])["n"]
    array([1, 2])
    """
    if hasattr(file, "read"):
        context = contextlib.nullcontext(file)
    else:
        context = _datasource.open(os.fspath(file), "rt", encoding=encoding)
    with context as stream:
        if not isinstance(dtype, np.dtype):
            dtype = np.dtype(dtype)
        if dtype.names is None:
            raise TypeError("dtype must be a structured datatype.")
        content = stream.read()
        pattern = regexp.pattern if hasattr(regexp, "match") else regexp
        # the pattern follows the content
        if isinstance(content, bytes) and isinstance(pattern, str):
            regexp = pattern.encode("latin1")
        elif isinstance(content, str) and isinstance(pattern, bytes):
            regexp = pattern.decode("latin1")
        import re

        found = re.compile(regexp).findall(content)
    if found and not isinstance(found[0], tuple):
        # findall gives bare strings for a single group
        single = np.dtype(dtype[dtype.names[0]])
        array = np.array(found, dtype=single)
        array.dtype = dtype
        return array
    return np.array(found, dtype=dtype)
