"""What every backend is told."""
from abc import ABC, abstractmethod

_FIELDS = ("modulename", "sources", "extra_objects", "build_dir", "include_dirs", "library_dirs",
           "libraries", "define_macros", "undef_macros", "f2py_flags", "sysinfo_flags",
           "fc_flags", "flib_flags", "setup_flags", "remove_build_dir", "extra_dat")


class Backend(ABC):
    """A build to be done; its parameters become attributes."""

    def __init__(self, *args, **kwargs):
        given = dict(zip(_FIELDS, args), **kwargs)
        missing = [f for f in _FIELDS if f not in given]
        if missing or len(given) > len(_FIELDS):
            raise TypeError(f"{type(self).__name__}: needs exactly {', '.join(_FIELDS)}")
        for name in _FIELDS:
            setattr(self, name, given[name])

    @abstractmethod
    def compile(self):
        """Build the module."""
