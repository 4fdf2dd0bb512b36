"""The warning of all modules here, and the forwarding of their names."""
import importlib
import warnings

from .._utils import root_name


def _raise_warning(attr, submodule=None):
    """Warn that a name of `core` is used."""
    old, new = root_name('numpy.core'), root_name('numpy._core')
    if submodule is not None:
        old, new = f'{old}.{submodule}', f'{new}.{submodule}'
    warnings.warn(
        f'{old} is deprecated and has been renamed to {new}. The {root_name("numpy._core")} '
        'namespace contains private NumPy internals and its use is discouraged, as NumPy internals '
        'can change without warning in any release. In practice, most real-world usage of '
        f'{root_name("numpy.core")} is to access functionality in the public NumPy API. If that is '
        'the case, use the public NumPy API. If not, you are using NumPy internals. If you would '
        f'still like to access an internal attribute, use {new}.{attr}.',
        DeprecationWarning, stacklevel=3)


_NOTHING = object()


def forward(name):
    """The `__getattr__` of a module here: names of its namesake in `_core`, with the warning."""
    submodule = name.rpartition('.')[2]

    def __getattr__(attr):
        home = importlib.import_module(root_name(f'numpy._core.{submodule}'))
        found = getattr(home, attr, _NOTHING)
        if found is _NOTHING:
            raise AttributeError(f"module '{root_name('numpy.core')}.{submodule}' has no "
                                 f'attribute {attr}')
        _raise_warning(attr, submodule)
        return found

    return __getattr__
