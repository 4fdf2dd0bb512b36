"""Pickles inside of .npy files: they name the package ``numpy``, whatever it runs as.

Files travel between processes in which this package, or another implementation of it, has another
name.  Where it runs as ``numpy`` the standard functions do, and they are faster.
"""
import functools

from ._root import np

_PUBLIC = "numpy"


def _moved(module, source, target):
    """The module name with the root exchanged."""
    if module == source or module.startswith(source + "."):
        return target + module[len(source) :]
    return module


@functools.cache
def _classes():
    """The pickler and unpickler that exchange names; `pickle` is imported when they are needed."""
    import pickle
    import types

    class Pickler(pickle._Pickler):
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

    class Unpickler(pickle.Unpickler):
        def find_class(self, module, name):
            return super().find_class(_moved(module, _PUBLIC, np.__name__), name)

    return Pickler, Unpickler


def dump(obj, fp, **kwargs):
    """Like `pickle.dump`, in the protocol of the format."""
    if np.__name__ == _PUBLIC:
        import pickle

        pickle.dump(obj, fp, protocol=4, **kwargs)
    else:
        _classes()[0](fp, protocol=4, **kwargs).dump(obj)


def load(fp, **kwargs):
    """Like `pickle.load`."""
    if np.__name__ == _PUBLIC:
        import pickle

        return pickle.load(fp, **kwargs)
    return _classes()[1](fp, **kwargs).load()
