"""Pickles inside of .npy files: they name the package ``numpy``, whatever it runs as.

Files travel between processes in which this package, or another implementation of it, has another
name.  Where it runs as ``numpy`` the standard functions do, and they are faster.
"""
import pickle
import types

from ._root import np

_PUBLIC = "numpy"


def _moved(module, source, target):
    """The module name with the root exchanged."""
    if module == source or module.startswith(source + "."):
        return target + module[len(source) :]
    return module


class _Pickler(pickle._Pickler):
    def save_global(self, obj, name=None):
        if name is None:
            name = getattr(obj, "__qualname__", None) or obj.__name__
        module = pickle.whichmodule(obj, name)
        public = _moved(module, np.__name__, _PUBLIC)
        if public == module or self.proto < 4:
            super().save_global(obj, name)
            return
        self.save(public)
        self.save(name)
        self.write(pickle.STACK_GLOBAL)
        self.memoize(obj)

    dispatch = {**pickle._Pickler.dispatch, types.FunctionType: save_global}


class _Unpickler(pickle.Unpickler):
    def find_class(self, module, name):
        return super().find_class(_moved(module, _PUBLIC, np.__name__), name)


def dump(obj, fp, **kwargs):
    """Like `pickle.dump`, in the protocol of the format."""
    if np.__name__ == _PUBLIC:
        pickle.dump(obj, fp, protocol=4, **kwargs)
    else:
        _Pickler(fp, protocol=4, **kwargs).dump(obj)


def load(fp, **kwargs):
    """Like `pickle.load`."""
    if np.__name__ == _PUBLIC:
        return pickle.load(fp, **kwargs)
    return _Unpickler(fp, **kwargs).load()
