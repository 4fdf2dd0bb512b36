"""How this copy was built."""
import enum

__all__ = ['show_config']

_built_with_meson = True


class DisplayModes(enum.Enum):
    stdout = 'stdout'
    dicts = 'dicts'


def _facts():
    import platform
    import sys

    from ._core import _multiarray_umath as core

    machine = platform.machine()
    here = {'cpu': machine, 'family': machine, 'endian': sys.byteorder,
            'system': platform.system().lower()}
    library = {'name': 'scipy-openblas', 'found': True, 'detection method': 'first use'}
    baseline = list(getattr(core, '__cpu_baseline__', ()))
    features = getattr(core, '__cpu_features__', {})
    found = [name for name in getattr(core, '__cpu_dispatch__', ()) if features.get(name)]
    return {
        'Compilers': {'c': {'name': 'gcc', 'commands': 'cc',
                            'version': platform.python_compiler().partition(' ')[2]}},
        'Machine Information': {'host': here, 'build': dict(here)},
        'Build Dependencies': {'blas': library, 'lapack': dict(library)},
        'Python Information': {'path': sys.executable,
                               'version': '{}.{}'.format(*sys.version_info)},
        'SIMD Extensions': {'baseline': baseline, 'found': found},
    }


def __getattr__(name):
    if name == 'CONFIG':
        return _facts()
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')


def _check_pyyaml():
    import yaml

    return yaml


def show(mode=DisplayModes.stdout.value):
    """Show how the package was built, and for what.

    Parameters
    ----------
    mode : {'stdout', 'dicts'}
        Print it, or return it as nested dicts.
    """
    try:
        mode = DisplayModes(mode)
    except ValueError:
        raise AttributeError(f'Invalid `mode`, use one of: '
                             f"{', '.join(m.value for m in DisplayModes)}") from None
    facts = _facts()
    if mode is DisplayModes.dicts:
        return facts
    try:
        print(_check_pyyaml().dump(facts))
    except ModuleNotFoundError:
        import json
        import warnings
        warnings.warn('Install `pyyaml` for better output', stacklevel=1)
        print(json.dumps(facts, indent=2))


def show_config(mode=DisplayModes.stdout.value):
    return show(mode)


show_config.__doc__ = show.__doc__
show_config.__module__ = __name__.partition('.')[0]
