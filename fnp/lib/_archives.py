"""Files of one array (.npy) and of several (.npz)."""
import contextlib
import os
from collections.abc import Mapping

from .._core.overrides import set_module
from . import _npypickle, format
from ._format_impl import _MAX_HEADER_SIZE
from ._root import np, public

# the first bytes of a zip file, and of an empty one
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")


class BagObj:
    """Attribute access to the items of an object; it does not keep the object alive.

    Examples
    --------
    >>> from numpy.lib._npyio_impl import BagObj
    >>> class Upper:
    ...     def __getitem__(self, key):
    ...         return key.upper()
    >>> upper = Upper()
    >>> BagObj(upper).abc
    'ABC'
    """

    def __init__(self, obj):
        import weakref

        self._obj = weakref.proxy(obj)

    def __getattribute__(self, key):
        try:
            return object.__getattribute__(self, "_obj")[key]
        except KeyError:
            raise AttributeError(key) from None

    def __dir__(self):
        return list(object.__getattribute__(self, "_obj").keys())


def zipfile_factory(file, *args, **kwargs):
    """A zip file that may grow beyond 2 GB."""
    import zipfile

    if not hasattr(file, "read"):
        file = os.fspath(file)
    kwargs["allowZip64"] = True
    return zipfile.ZipFile(file, *args, **kwargs)


@set_module("numpy.lib.npyio")
class NpzFile(Mapping):
    """The arrays of a .npz file, read when they are asked for.

    A mapping from names to arrays, which can be used in a ``with`` statement.  The attribute `f` gives
    the arrays as attributes.  Members that are not arrays are returned as bytes.

    Parameters
    ----------
    fid : file, str or path-like
    own_fid : bool
        Whether to close the file.
    allow_pickle : bool
    pickle_kwargs : dict, optional
    max_header_size : int

    Examples
    --------
    >>> from io import BytesIO
    >>> buffer = BytesIO()
    >>> np.savez(buffer, x=np.arange(2))
    >>> _ = buffer.seek(0)
    >>> np.load(buffer)['x']
    array([0, 1])
    """

    # defaults, so that an instance whose __init__ failed can be closed
    zip = None
    fid = None
    _MAX_REPR_ARRAY_COUNT = 5

    def __init__(self, fid, own_fid=False, allow_pickle=False, pickle_kwargs=None, *,
                 max_header_size=_MAX_HEADER_SIZE):
        self.zip = zipfile_factory(fid)
        if own_fid:
            self.fid = fid
        members = self.zip.namelist()
        self.files = [name.removesuffix(".npy") for name in members]
        # names with and without the extension
        self._files = dict(zip(self.files + members, members + members))
        self.f = BagObj(self)
        self.allow_pickle, self.pickle_kwargs = allow_pickle, pickle_kwargs
        self.max_header_size = max_header_size

    def __len__(self):
        return len(self.files)

    def __iter__(self):
        return iter(self.files)

    def __contains__(self, key):
        return key in self._files

    def close(self):
        """Close the file; the arrays cannot be read any more."""
        for name in ("zip", "fid"):
            held = getattr(self, name)
            setattr(self, name, None)
            if held is not None:
                held.close()
        # its proxy refers to this object
        self.f = None

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        self.close()

    def __del__(self):
        self.close()

    def __getitem__(self, key):
        try:
            name = self._files[key]
        except KeyError:
            raise KeyError(f"{key} is not a file in the archive") from None
        with self.zip.open(name) as member:
            start = member.read(len(format.MAGIC_PREFIX))
            member.seek(0)
            if start != format.MAGIC_PREFIX:
                return member.read()
            return format.read_array(
                member,
                allow_pickle=self.allow_pickle,
                pickle_kwargs=self.pickle_kwargs,
                max_header_size=self.max_header_size,
            )

    def __repr__(self):
        source = self.fid
        name = source if isinstance(source, str) else getattr(source, "name", "object")
        shown = ", ".join(self.files[: self._MAX_REPR_ARRAY_COUNT])
        more = "..." if len(self.files) > self._MAX_REPR_ARRAY_COUNT else ""
        return f"NpzFile {name!r} with keys: {shown}{more}"

    def get(self, key, default=None, /):
        """The array of that name, or the default."""
        return Mapping.get(self, key, default)

    def items(self):
        """Pairs of names and arrays; each iteration reads them anew."""
        return Mapping.items(self)

    def keys(self):
        """The names."""
        return Mapping.keys(self)

    def values(self):
        """The arrays; each iteration reads them anew."""
        return Mapping.values(self)


@set_module("numpy")
def load(
    file, mmap_mode=None, allow_pickle=False, fix_imports=True, encoding="ASCII", *,
    max_header_size=_MAX_HEADER_SIZE,
):
    """Load an array, an archive of arrays, or a pickle.

    Parameters
    ----------
    file : file, str or path-like
    mmap_mode : {None, 'r+', 'r', 'w+', 'c'}
        Map an array into memory rather than reading it.
    allow_pickle : bool
        Unpickling can run any code: allow it for files that you trust only.
    fix_imports, encoding
        For pickles that Python 2 wrote.
    max_header_size : int
        Longer headers are refused, unless pickles are allowed.

    Returns
    -------
    ndarray, NpzFile, or whatever was pickled

    Examples
    --------
    >>> from io import BytesIO
    >>> buffer = BytesIO()
    >>> np.save(buffer, [1, 2])
    >>> _ = buffer.seek(0)
    >>> np.load(buffer)
    array([1, 2])
    """
    if encoding not in ("ASCII", "latin1", "bytes"):
        # others would corrupt the binary data in pickles silently
        raise ValueError("encoding must be 'ASCII', 'latin1', or 'bytes'")
    pickle_kwargs = {"encoding": encoding, "fix_imports": fix_imports}
    with contextlib.ExitStack() as stack:
        own = not hasattr(file, "read")
        stream = stack.enter_context(open(os.fspath(file), "rb")) if own else file

        width = len(format.MAGIC_PREFIX)
        start = stream.read(width)
        if not start:
            raise EOFError("No data left in file")
        # the file may be shorter than that
        stream.seek(-min(width, len(start)), 1)

        if start.startswith(_ZIP_STARTS):
            # from here on the archive is responsible for the file
            stack.pop_all()
            return NpzFile(
                stream, own_fid=own, allow_pickle=allow_pickle, pickle_kwargs=pickle_kwargs,
                max_header_size=max_header_size,
            )
        if start == format.MAGIC_PREFIX:
            if mmap_mode:
                if allow_pickle:
                    max_header_size = 2**64
                return format.open_memmap(file, mode=mmap_mode, max_header_size=max_header_size)
            return format.read_array(
                stream, allow_pickle=allow_pickle, pickle_kwargs=pickle_kwargs,
                max_header_size=max_header_size,
            )
        if not allow_pickle:
            raise ValueError(
                "This file contains pickled (object) data. If you trust the file you can load it "
                "unsafely using the `allow_pickle=` keyword argument or `pickle.load()`."
            )
        try:
            return _npypickle.load(stream, **pickle_kwargs)
        except Exception as e:
            import pickle

            raise pickle.UnpicklingError(
                f"Failed to interpret file {file!r} as a pickle"
            ) from e


@public(lambda file, arr, allow_pickle=None: (arr,))
def save(file, arr, allow_pickle=True):
    """Save one array in the .npy format.

    Parameters
    ----------
    file : file, str or path-like
        '.npy' is appended to names without it.
    arr : array_like
    allow_pickle : bool
        Whether arrays of objects may be saved.

    Examples
    --------
    >>> from io import BytesIO
    >>> buffer = BytesIO()
    >>> np.save(buffer, [1, 2])
    >>> len(buffer.getvalue())
    144
    """
    if hasattr(file, "write"):
        context = contextlib.nullcontext(file)
    else:
        context = open(_with_extension(file, ".npy"), "wb")
    with context as stream:
        format.write_array(
            stream, np.asanyarray(arr), allow_pickle=allow_pickle,
            pickle_kwargs={"fix_imports": True},
        )


def _with_extension(file, extension):
    name = os.fspath(file)
    return name if name.endswith(extension) else name + extension


def _savez_dispatcher(file, *args, allow_pickle=True, **kwds):
    yield from args
    yield from kwds.values()


@public(_savez_dispatcher)
def savez(file, *args, allow_pickle=True, **kwds):
    """Save several arrays in one uncompressed .npz file.

    Parameters
    ----------
    file : file, str or path-like
        '.npz' is appended to names without it.
    *args : array_like
        Named 'arr_0', 'arr_1' and so on.
    allow_pickle : bool
    **kwds : array_like
        Named by their keywords.

    Examples
    --------
    >>> from io import BytesIO
    >>> buffer = BytesIO()
    >>> np.savez(buffer, [1, 2], x=[3])
    >>> _ = buffer.seek(0)
    >>> sorted(np.load(buffer).files)
    ['arr_0', 'x']
    """
    _savez(file, args, kwds, compress=False, allow_pickle=allow_pickle)


@public(_savez_dispatcher)
def savez_compressed(file, *args, allow_pickle=True, **kwds):
    """Save several arrays in one compressed .npz file; see `savez`.

    Examples
    --------
    >>> from io import BytesIO
    >>> buffer = BytesIO()
    >>> np.savez_compressed(buffer, x=[3])
    >>> _ = buffer.seek(0)
    >>> np.load(buffer)['x']
    array([3])
    """
    _savez(file, args, kwds, compress=True, allow_pickle=allow_pickle)


def _savez(file, args, kwds, compress, allow_pickle=True, pickle_kwargs=None):
    import zipfile

    if not hasattr(file, "write"):
        file = _with_extension(file, ".npz")
    arrays = dict(kwds)
    for i, value in enumerate(args):
        name = f"arr_{i}"
        if name in arrays:
            raise ValueError(f"Cannot use un-named variables and keyword {name}")
        arrays[name] = value
    method = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    with zipfile_factory(file, mode="w", compression=method) as archive:
        for name, value in arrays.items():
            # the size is not known before it is written
            with archive.open(name + ".npy", "w", force_zip64=True) as member:
                format.write_array(
                    member, np.asanyarray(value), allow_pickle=allow_pickle,
                    pickle_kwargs=pickle_kwargs,
                )
