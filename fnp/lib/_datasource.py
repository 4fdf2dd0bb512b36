"""Open files by path or URL, compressed or not; what comes from the net is kept in a folder."""
import os

from .._core.overrides import set_module

_open = open


def _check_mode(mode, encoding, newline):
    """Refuse what a binary file does not take."""
    if "t" in mode:
        if "b" in mode:
            raise ValueError(f"Invalid mode: {mode!r}")
        return
    if encoding is not None:
        raise ValueError("Argument 'encoding' not supported in binary mode")
    if newline is not None:
        raise ValueError("Argument 'newline' not supported in binary mode")


class _FileOpeners:
    """Functions that open files, by extension; None stands for all others.

    Compression modules are imported when they are first needed.
    """

    _MODULES = {".bz2": "bz2", ".gz": "gzip", ".xz": "lzma", ".lzma": "lzma"}

    def __init__(self):
        self._found = None

    def _load(self):
        if self._found is not None:
            return
        from importlib import import_module

        self._found = {None: _open}
        for extension, module in self._MODULES.items():
            try:
                self._found[extension] = import_module(module).open
            except ImportError:
                # Python was built without it
                pass

    def keys(self):
        """The extensions that can be opened."""
        self._load()
        return list(self._found)

    def __getitem__(self, key):
        self._load()
        return self._found[key]


_file_openers = _FileOpeners()


def open(path, mode="r", destpath=os.curdir, encoding=None, newline=None):
    """Open a file or URL and return the file object.

    Parameters
    ----------
    path : str or path-like
    mode : str
    destpath : str, optional
        Folder for what is fetched; None for a temporary one.
    encoding, newline : str, optional
        For text mode.
    """
    return DataSource(destpath).open(path, mode, encoding=encoding, newline=newline)


@set_module("numpy.lib.npyio")
class DataSource:
    """Files from anywhere, kept in a local folder once they are fetched.

    Parameters
    ----------
    destpath : str or path-like, optional
        None makes a temporary folder, which is removed with the object.

    Examples
    --------
    >>> ds = np.lib.npyio.DataSource(None)
    >>> ds.exists('no such file')
    False
    """

    def __init__(self, destpath=os.curdir):
        self._istmpdest = not destpath
        if destpath:
            self._destpath = os.path.abspath(destpath)
        else:
            from tempfile import mkdtemp

            self._destpath = mkdtemp()

    def __del__(self):
        # __init__ may not have come so far
        if getattr(self, "_istmpdest", False):
            from shutil import rmtree

            rmtree(self._destpath)

    def _splitzipext(self, filename):
        """(name, extension) if the name ends like a compressed file's, else (name, None)."""
        base, extension = os.path.splitext(filename)
        return (base, extension) if extension in _file_openers.keys() else (filename, None)

    def _iszip(self, filename):
        return self._splitzipext(filename)[1] is not None

    def _iswritemode(self, mode):
        return any(c in "w+" for c in mode)

    def _possible_names(self, filename):
        """The name itself, and its compressed forms."""
        if self._iszip(filename):
            return [filename]
        return [filename + (extension or "") for extension in _file_openers.keys()]

    def _isurl(self, path):
        from urllib.parse import urlparse

        parts = urlparse(path)
        return bool(parts.scheme and parts.netloc)

    def _cache(self, path):
        """Copy a URL's or a file's content to the folder; the path of the copy."""
        import shutil
        import urllib.request

        target = self.abspath(path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if self._isurl(path):
            with urllib.request.urlopen(path) as source, _open(target, "wb") as copy:
                shutil.copyfileobj(source, copy)
        else:
            shutil.copyfile(path, target)
        return target

    def _findfile(self, path):
        """The local file for a path or URL, which is fetched if need be; None if there is none."""
        remote = self._isurl(path)
        names = self._possible_names(path)
        here = [self.abspath(name) for name in names]
        for name in here + names if remote else names + here:
            if self.exists(name):
                return self._cache(name) if self._isurl(name) else name
        return None

    def abspath(self, path):
        """Where the folder keeps the file, whether it is there or not."""
        from urllib.parse import urlparse

        if path.startswith(self._destpath) and path[len(self._destpath) :][:1] in ("/", os.sep):
            # inside already
            path = path[len(self._destpath) :]
        parts = urlparse(path)
        return os.path.join(
            self._destpath,
            self._sanitize_relative_path(parts.netloc),
            self._sanitize_relative_path(parts.path),
        )

    def _sanitize_relative_path(self, path):
        """A path that cannot leave the folder it is joined to."""
        before = None
        path = os.path.normpath(path)
        while path != before:
            before = path
            path = path.lstrip(os.sep).lstrip("/")
            path = path.lstrip(os.pardir).removeprefix("..")
            path = os.path.splitdrive(path)[1]
        return path

    def exists(self, path):
        """Whether the file is there, or the URL can be opened."""
        if os.path.exists(path) or os.path.exists(self.abspath(path)):
            return True
        if not self._isurl(path):
            return False
        from urllib.error import URLError
        from urllib.request import urlopen

        try:
            urlopen(path).close()
        except URLError:
            return False
        return True

    def open(self, path, mode="r", encoding=None, newline=None):
        """Open the file; a URL is fetched first.

        Parameters
        ----------
        path : str or path-like
        mode : str
            URLs can only be read.
        encoding, newline : str, optional
        """
        if self._isurl(path) and self._iswritemode(mode):
            raise ValueError("URLs are not writeable")
        found = self._findfile(path)
        if not found:
            raise FileNotFoundError(f"{path} not found.")
        extension = self._splitzipext(found)[1]
        if extension == ".bz2":
            mode = mode.replace("+", "")
        return _file_openers[extension](found, mode=mode, encoding=encoding, newline=newline)


class Repository(DataSource):
    """A `DataSource` whose paths are relative to a folder or URL.

    Parameters
    ----------
    baseurl : str
    destpath : str or path-like, optional
    """

    def __init__(self, baseurl, destpath=os.curdir):
        super().__init__(destpath=destpath)
        self._baseurl = baseurl

    def __del__(self):
        super().__del__()

    def _fullpath(self, path):
        return path if self._baseurl in path else os.path.join(self._baseurl, path)

    def _findfile(self, path):
        return super()._findfile(self._fullpath(path))

    def abspath(self, path):
        """Where the folder keeps the file, whether it is there or not."""
        return super().abspath(self._fullpath(path))

    def exists(self, path):
        """Whether the file is there, or the URL can be opened."""
        return super().exists(self._fullpath(path))

    def open(self, path, mode="r", encoding=None, newline=None):
        """Open the file; a URL is fetched first."""
        return super().open(self._fullpath(path), mode, encoding=encoding, newline=newline)

    def listdir(self):
        """Names of the files of a local repository."""
        if self._isurl(self._baseurl):
            raise NotImplementedError("Directory listing of URLs, not supported yet.")
        return os.listdir(self._baseurl)
