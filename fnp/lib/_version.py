"""Compare version strings of NumPy."""
import functools
import re

from .._core.overrides import set_module

__all__ = ["NumpyVersion"]

_NUMBERS = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_PRE_RELEASE = re.compile(r"(?:a|b|rc)\d")


@set_module("numpy.lib")
@functools.total_ordering
class NumpyVersion:
    """A version such as '1.8.0', '1.9.0rc2' or '1.10.0.dev0+git'.

    Development versions come before pre-releases, and those before the release; two development
    versions of one release are equal.

    Parameters
    ----------
    vstring : str

    Examples
    --------
    >>> np.lib.NumpyVersion('1.9.0rc1') < '1.9.0'
    True
    """

    __module__ = "numpy.lib"

    def __init__(self, vstring):
        self.vstring = vstring
        numbers = _NUMBERS.match(vstring)
        if not numbers:
            raise ValueError("Not a valid numpy version string")
        self.version = numbers.group()
        self.major, self.minor, self.bugfix = map(int, numbers.groups())
        pre = _PRE_RELEASE.match(vstring, numbers.end())
        self.pre_release = pre.group() if pre else ""
        self.is_devversion = "dev" in vstring

    def _key(self):
        # "" < "a1" < "b1" < "rc1" < "release"
        stage = self.pre_release or ("" if self.is_devversion else "release")
        return self.major, self.minor, self.bugfix, stage, not self.is_devversion

    def _other(self, other):
        if not isinstance(other, (str, NumpyVersion)):
            raise ValueError("Invalid object to compare with NumpyVersion.")
        return NumpyVersion(other) if isinstance(other, str) else other

    def __lt__(self, other):
        return self._key() < self._other(other)._key()

    def __eq__(self, other):
        return self._key() == self._other(other)._key()

    __hash__ = None

    def __repr__(self):
        return f"NumpyVersion({self.vstring})"
