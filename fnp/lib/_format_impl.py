"""The .npy format: one array per file, with its dtype, shape and order.

A file begins with the bytes ``\\x93NUMPY``, two bytes of version, and the length of the header: two
bytes in version 1.0, four in 2.0 and 3.0, little-endian.  The header is a Python literal, latin1 (UTF-8
in 3.0), padded so that the data after it is aligned: a dictionary of 'descr', 'fortran_order' and
'shape'.  The data is that of the array's memory; arrays with objects are pickled instead.
"""
import io
import os
import warnings

from .._core.overrides import set_module
from . import _npypickle
from ._root import np
from ._utils_impl import drop_metadata  # noqa: F401

__all__ = []

MAGIC_PREFIX = b"\x93NUMPY"
MAGIC_LEN = len(MAGIC_PREFIX) + 2
# where data begins, for memory maps
ARRAY_ALIGN = 64
BUFFER_SIZE = 1 << 18
# room for the first dimension to grow in place
GROWTH_AXIS_MAX_DIGITS = 21
EXPECTED_KEYS = {"descr", "fortran_order", "shape"}

# version -> (format of the header's length, encoding of the header)
_header_size_info = {
    (1, 0): ("<H", "latin1"),
    (2, 0): ("<I", "latin1"),
    (3, 0): ("<I", "utf8"),
}
# a hostile header could keep the literal parser busy for long
_MAX_HEADER_SIZE = 10000

_public = set_module("numpy.lib.format")


def _check_version(version):
    if version is not None and version not in _header_size_info:
        raise ValueError(
            f"we only support format version (1,0), (2,0), and (3,0), not {version}"
        )


@_public
def magic(major, minor):
    """The first bytes of a file of the given version.

    Examples
    --------
    >>> np.lib.format.magic(1, 0)
    b'\\x93NUMPY\\x01\\x00'
    """
    if not 0 <= major < 256:
        raise ValueError("major version must be 0 <= major < 256")
    if not 0 <= minor < 256:
        raise ValueError("minor version must be 0 <= minor < 256")
    return MAGIC_PREFIX + bytes([major, minor])


@_public
def read_magic(fp):
    """Read the first bytes of a file; the version, as a pair of ints."""
    start = _read_bytes(fp, MAGIC_LEN, "magic string")
    if start[:-2] != MAGIC_PREFIX:
        raise ValueError(
            f"the magic string is not correct; expected {MAGIC_PREFIX!r}, got {start[:-2]!r}"
        )
    return start[-2], start[-1]


# --- dtypes ---------------------------------------------------------------------------------------


@_public
def dtype_to_descr(dtype):
    """What stands for a dtype in a header; `descr_to_dtype` undoes it.

    Examples
    --------
    >>> np.lib.format.dtype_to_descr(np.dtype('i4'))
    '<i4'
    """
    plain = drop_metadata(dtype)
    if plain is not dtype:
        warnings.warn(
            "metadata on a dtype is not saved to an npy/npz. "
            "Use another format (such as pickle) to store it.",
            UserWarning,
            stacklevel=2,
        )
    if plain.names is not None:
        # the list form keeps the fields; padding is in it as unnamed void
        return plain.descr
    if not type(plain)._legacy:
        warnings.warn(
            "Custom dtypes are saved as python objects using the pickle protocol. "
            "Loading this file requires allow_pickle=True to be set.",
            UserWarning,
            stacklevel=2,
        )
        return "|O"
    return plain.str


@_public
def descr_to_dtype(descr):
    """The dtype that a header's 'descr' stands for.

    Examples
    --------
    >>> np.lib.format.descr_to_dtype('<i4')
    dtype('int32')
    """
    if isinstance(descr, str):
        return np.dtype(descr)
    if isinstance(descr, tuple):
        # subarray
        return np.dtype((descr_to_dtype(descr[0]), descr[1]))
    names, titles, formats, offsets = [], [], [], []
    offset = 0
    for name, kind, *shape in descr:
        part = descr_to_dtype(kind)
        if shape:
            part = np.dtype((part, shape[0]))
        # void without a name is padding
        if not (name == "" and part.type is np.void and part.names is None):
            title, name = name if isinstance(name, tuple) else (None, name)
            titles.append(title)
            names.append(name)
            formats.append(part)
            offsets.append(offset)
        offset += part.itemsize
    return np.dtype({
        "names": names,
        "formats": formats,
        "titles": titles,
        "offsets": offsets,
        "itemsize": offset,
    })


# --- headers --------------------------------------------------------------------------------------


@_public
def header_data_from_array_1_0(array):
    """The dictionary that describes an array."""
    flags = array.flags
    return {
        "shape": array.shape,
        # neither order means that a copy in C order is written
        "fortran_order": bool(flags.f_contiguous and not flags.c_contiguous),
        "descr": dtype_to_descr(array.dtype),
    }


def _wrap_header(header, version):
    """Everything that comes before the data."""
    import struct

    length_format, encoding = _header_size_info[version]
    text = header.encode(encoding)
    used = MAGIC_LEN + struct.calcsize(length_format) + len(text) + 1
    padding = ARRAY_ALIGN - used % ARRAY_ALIGN
    try:
        length = struct.pack(length_format, len(text) + padding + 1)
    except struct.error:
        raise ValueError(f"Header length {len(text) + 1} too big for version={version}") from None
    return magic(*version) + length + text + b" " * padding + b"\n"


def _wrap_header_guess_version(header):
    """The header in the oldest version that can hold it."""
    try:
        return _wrap_header(header, (1, 0))
    except ValueError:
        # too long, or not latin1
        pass
    try:
        wrapped = _wrap_header(header, (2, 0))
    except UnicodeEncodeError:
        pass
    else:
        warnings.warn(
            "Stored array in format 2.0. It can only beread by NumPy >= 1.9",
            UserWarning,
            stacklevel=2,
        )
        return wrapped
    wrapped = _wrap_header(header, (3, 0))
    warnings.warn(
        "Stored array in format 3.0. It can only be read by NumPy >= 1.17",
        UserWarning,
        stacklevel=2,
    )
    return wrapped


def _write_array_header(fp, d, version=None):
    """Write the header for a dictionary; `version` None takes the oldest one that will do."""
    text = "{" + "".join(f"'{key}': {value!r}, " for key, value in sorted(d.items())) + "}"
    shape = d["shape"]
    if len(shape):
        growing = shape[-1 if d["fortran_order"] else 0]
        text += " " * (GROWTH_AXIS_MAX_DIGITS - len(repr(growing)))
    if version is None:
        fp.write(_wrap_header_guess_version(text))
    else:
        fp.write(_wrap_header(text, version))


@_public
def write_array_header_1_0(fp, d):
    """Write a header in version 1.0.

    Parameters
    ----------
    fp : file-like
    d : dict
        As `header_data_from_array_1_0` makes it.
    """
    _write_array_header(fp, d, (1, 0))


@_public
def write_array_header_2_0(fp, d):
    """Write a header in version 2.0; see `write_array_header_1_0`."""
    _write_array_header(fp, d, (2, 0))


@_public
def read_array_header_1_0(fp, max_header_size=_MAX_HEADER_SIZE):
    """Read a header of version 1.0, after the magic bytes.

    Returns
    -------
    shape : tuple of int
    fortran_order : bool
    dtype : dtype
    """
    return _read_array_header(fp, (1, 0), max_header_size)


@_public
def read_array_header_2_0(fp, max_header_size=_MAX_HEADER_SIZE):
    """Read a header of version 2.0, after the magic bytes; see `read_array_header_1_0`."""
    return _read_array_header(fp, (2, 0), max_header_size)


def _filter_header(s):
    """Headers that Python 2 wrote may have long integers: drop their 'L'."""
    import tokenize

    kept = []
    after_number = False
    for token in tokenize.generate_tokens(io.StringIO(s).readline):
        kind, text = token[:2]
        if not (after_number and kind == tokenize.NAME and text == "L"):
            kept.append(token)
        after_number = kind == tokenize.NUMBER
    return tokenize.untokenize(kept)


def _parse_header(text, version):
    """The literal in a header."""
    import ast

    try:
        return ast.literal_eval(text)
    except SyntaxError as e:
        if version > (2, 0):
            raise ValueError(f"Cannot parse header: {text!r}") from e
    text = _filter_header(text)
    try:
        d = ast.literal_eval(text)
    except SyntaxError as e:
        raise ValueError(f"Cannot parse header: {text!r}") from e
    warnings.warn(
        "Reading `.npy` or `.npz` file required additional header parsing as it was created on "
        "Python 2. Save the file again to speed up loading and avoid this warning.",
        UserWarning,
        stacklevel=5,
    )
    return d


def _read_array_header(fp, version, max_header_size=_MAX_HEADER_SIZE):
    import struct

    if version not in _header_size_info:
        raise ValueError(f"Invalid version {version!r}")
    length_format, encoding = _header_size_info[version]
    size = struct.calcsize(length_format)
    (length,) = struct.unpack(length_format, _read_bytes(fp, size, "array header length"))
    text = _read_bytes(fp, length, "array header").decode(encoding)
    if len(text) > max_header_size:
        raise ValueError(
            f"Header info length ({len(text)}) is large and may not be safe to load securely.\n"
            "To allow loading, adjust `max_header_size` or fully trust the `.npy` file using "
            "`allow_pickle=True`.\n"
            "For safety against large resource use or crashes, sandboxing may be necessary."
        )
    d = _parse_header(text, version)

    if not isinstance(d, dict):
        raise ValueError(f"Header is not a dictionary: {d!r}")
    if d.keys() != EXPECTED_KEYS:
        raise ValueError(f"Header does not contain the correct keys: {sorted(d.keys())!r}")
    shape, fortran_order = d["shape"], d["fortran_order"]
    if not isinstance(shape, tuple) or not all(isinstance(n, int) for n in shape):
        raise ValueError(f"shape is not valid: {shape!r}")
    if not isinstance(fortran_order, bool):
        raise ValueError(f"fortran_order is not a valid bool: {fortran_order!r}")
    try:
        dtype = descr_to_dtype(d["descr"])
    except TypeError as e:
        raise ValueError(f"descr is not a valid dtype descriptor: {d['descr']!r}") from e
    return shape, fortran_order, dtype


# --- arrays ---------------------------------------------------------------------------------------


@_public
def write_array(fp, array, version=None, allow_pickle=True, pickle_kwargs=None):
    """Write an array, with header.

    Parameters
    ----------
    fp : file-like with ``write``
    array : ndarray
    version : (int, int), optional
        The oldest one that will do by default.
    allow_pickle : bool
        Whether arrays of objects may be written.
    pickle_kwargs : dict, optional
    """
    _check_version(version)
    _write_array_header(fp, header_data_from_array_1_0(array), version)
    if array.dtype.hasobject or not type(array.dtype)._legacy:
        if not allow_pickle:
            if array.dtype.hasobject:
                raise ValueError("Object arrays cannot be saved when allow_pickle=False")
            raise ValueError("User-defined dtypes cannot be saved when allow_pickle=False")
        _npypickle.dump(array, fp, **(pickle_kwargs or {}))
        return
    fortran = array.flags.f_contiguous and not array.flags.c_contiguous
    if isfileobj(fp):
        (array.T if fortran else array).tofile(fp)
        return
    # chunks of 16 MiB, so that compressors and the like need not hold everything
    itemsize = array.itemsize
    chunks = np.nditer(
        array,
        flags=["external_loop", "buffered", "zerosize_ok"],
        buffersize=max(16 * 1024**2 // itemsize, 1) if itemsize else 0,
        order="F" if fortran else "C",
    )
    for chunk in chunks:
        fp.write(chunk.tobytes("C"))


@_public
def read_array(fp, allow_pickle=False, pickle_kwargs=None, *,
               max_header_size=_MAX_HEADER_SIZE):
    """Read an array, with header.

    Parameters
    ----------
    fp : file-like with ``read``
    allow_pickle : bool
        Unpickling can run any code: allow it for files that you trust only.
    pickle_kwargs : dict, optional
    max_header_size : int
        Longer headers are refused, unless pickles are allowed.

    Returns
    -------
    ndarray
    """
    if allow_pickle:
        # trusted: no limit
        max_header_size = 2**64
    version = read_magic(fp)
    _check_version(version)
    shape, fortran_order, dtype = _read_array_header(fp, version, max_header_size)

    if dtype.hasobject:
        if not allow_pickle:
            raise ValueError("Object arrays cannot be loaded when allow_pickle=False")
        try:
            array = _npypickle.load(fp, **(pickle_kwargs or {}))
        except UnicodeError as e:
            # pickles of Python 2
            raise UnicodeError(
                f"Unpickling a python object failed: {e!r}\n"
                "You may need to pass the encoding= option to numpy.load"
            ) from e
        array.shape = shape
        return array

    count = 1
    for n in shape:
        count *= n
    if dtype.itemsize == 0:
        array = np.ndarray(count, dtype=dtype)
    elif isfileobj(fp):
        array = np.fromfile(fp, dtype=dtype, count=count)
    else:
        array = _read_in_chunks(fp, dtype, count)
    if array.size != count:
        raise ValueError(
            f"Failed to read all data for array. Expected {shape} = {count} elements, could only "
            f"read {array.size} elements. (file seems not fully written?)"
        )
    return array.reshape(shape[::-1]).transpose() if fortran_order else array.reshape(shape)


def _read_in_chunks(fp, dtype, count):
    """Data from a file-like object that has no descriptor, such as a member of a zip file."""
    array = np.ndarray(count, dtype=dtype)
    itemsize = dtype.itemsize
    if itemsize == 0:
        return array
    # reads of zip files longer than 2 or 4 GB can fail
    step = BUFFER_SIZE // min(BUFFER_SIZE, itemsize)
    for at in range(0, count, step):
        n = min(step, count - at)
        data = _read_bytes(fp, n * itemsize, "array data")
        array[at : at + n] = np.frombuffer(data, dtype=dtype, count=n)
    return array


@_public
def open_memmap(filename, mode="r+", dtype=None, shape=None, fortran_order=False, version=None,
                *, max_header_size=_MAX_HEADER_SIZE):
    """Map a .npy file into memory.

    Parameters
    ----------
    filename : str or path-like
    mode : str
        As for `memmap`; 'w+' makes a new file.
    dtype, shape, fortran_order, version
        For new files only.
    max_header_size : int

    Returns
    -------
    memmap
    """
    if isfileobj(filename):
        raise ValueError(
            "Filename must be a string or a path-like object. "
            " Memmap cannot use existing file handles."
        )

    def refuse_objects(dtype):
        if dtype.hasobject:
            raise ValueError("Array can't be memory-mapped: Python objects in dtype.")

    filename = os.fspath(filename)
    if "w" in mode:
        _check_version(version)
        dtype = np.dtype(dtype)
        refuse_objects(dtype)
        header = {
            "descr": dtype_to_descr(dtype),
            "fortran_order": fortran_order,
            "shape": shape,
        }
        with open(filename, mode + "b") as fp:
            _write_array_header(fp, header, version)
            offset = fp.tell()
        # the file is there now, and must not be emptied again
        mode = "r+" if mode == "w+" else mode
    else:
        with open(filename, "rb") as fp:
            version = read_magic(fp)
            _check_version(version)
            shape, fortran_order, dtype = _read_array_header(fp, version, max_header_size)
            refuse_objects(dtype)
            offset = fp.tell()
    return np.memmap(
        filename, dtype=dtype, shape=shape, order="F" if fortran_order else "C", mode=mode,
        offset=offset,
    )


def _read_bytes(fp, size, error_template="ran out of data"):
    """Exactly `size` bytes; a file-like object may hand them out in smaller pieces."""
    pieces, missing = [], size
    while missing > 0:
        try:
            piece = fp.read(missing)
        except BlockingIOError:
            continue
        if not piece:
            raise ValueError(
                f"EOF: reading {error_template}, expected {size} bytes got {size - missing}"
            )
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)


@_public
def isfileobj(f):
    """Whether it is a file of the operating system, which `tofile` and `fromfile` can use."""
    if not isinstance(f, (io.FileIO, io.BufferedReader, io.BufferedWriter)):
        return False
    try:
        # wrappers of other streams have no descriptor
        f.fileno()
    except OSError:
        return False
    return True
