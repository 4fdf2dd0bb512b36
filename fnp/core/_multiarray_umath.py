"""The former home of `_core._multiarray_umath`. Pickled ufuncs name it."""
from .._core import _multiarray_umath as _new
from . import _utils

globals().update((name, value) for name, value in vars(_new).items()
                 if isinstance(value, type(_new.add)))

_forwarded = _utils.forward(__name__)


def __getattr__(attr):
    if attr in ('_ARRAY_API', '_UFUNC_API'):
        # Only modules built for NumPy 1 look for the tables here.
        import sys
        import traceback

        from ..version import short_version

        text = f"""
A module that was compiled using NumPy 1.x cannot be run in
NumPy {short_version} as it may crash. To support both 1.x and 2.x
versions of NumPy, modules must be compiled with NumPy 2.0.
Some module may need to rebuild instead e.g. with 'pybind11>=2.12'.

If you are a user of the module, the easiest solution will be to
downgrade to 'numpy<2' or try to upgrade the affected module.
We expect that some modules will need time to support NumPy 2.

"""
        stack = ''.join(line for line in traceback.format_stack()[:-1] if 'frozen importlib' not in line)
        sys.stderr.write(f'{text}Traceback (most recent call last):{stack}')
        raise ImportError(text)
    return _forwarded(attr)
