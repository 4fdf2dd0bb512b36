"""Helpers that stand below everything else: nothing here imports the rest of the package."""
import functools
import warnings

from ._convertions import asbytes, asunicode

__all__ = ['asbytes', 'asunicode', 'set_module', 'root_name']

# The name under which this copy of the package was loaded.
_ROOT = __name__.partition('.')[0]


def root_name(module=''):
    """Map a documented module path to the running package.

    >>> root_name('numpy.linalg') == root_name('numpy') + '.linalg'
    True
    """
    if module[:5] == 'numpy' and (len(module) == 5 or module[5] == '.'):
        return _ROOT + module[5:]
    return module or _ROOT


def set_module(module):
    """Decorator: show users `module` as the home of a function or class."""
    home = module and root_name(module)

    def place(obj):
        if home is not None:
            if isinstance(obj, type):
                try:
                    obj._module_source = obj.__module__
                except (AttributeError, TypeError):
                    pass
            obj.__module__ = home
        return obj

    return place


def _rename_parameter(old_names, new_names, dep_version=None):
    """Decorator: keep accepting keywords under their former names.

    With `dep_version`, the first version that deprecated them, their use warns.
    """
    renamed = tuple(zip(old_names, new_names))

    def decorate(func):
        @functools.wraps(func)
        def call(*args, **kwargs):
            for old, new in renamed:
                if old not in kwargs:
                    continue
                if dep_version:
                    major, minor, *_ = dep_version.split('.')
                    gone = f'{major}.{int(minor) + 2}'
                    warnings.warn(
                        f'Use of keyword argument `{old}` is deprecated and replaced by `{new}`. '
                        f'Support for `{old}` will be removed in NumPy {gone}.',
                        DeprecationWarning, stacklevel=2)
                if new in kwargs:
                    raise TypeError(f'{func.__name__}() got multiple values for argument '
                                    f'now known as `{new}`')
                kwargs[new] = kwargs.pop(old)
            return func(*args, **kwargs)

        return call

    return decorate
