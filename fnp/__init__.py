"""NumPy, rebuilt in C.

Multidimensional arrays, and fast operations on them: the namespace of NumPy 2.4. See
https://numpy.org/doc/2.4 for how to use it; docstrings here are reminders.
"""
from . import _dropin; _dropin.decide(globals())  # is this package `numpy` here? before all else

if '_NoValue' in globals():
    import warnings
    warnings.warn('The NumPy module was reloaded (imported a second time). This can in some cases '
                  'result in small but subtle issues and is discouraged.', UserWarning, stacklevel=2)
    del warnings

from . import _distributor_init, exceptions, version  # noqa: F401
from ._expired_attrs_2_0 import __expired_attributes__
from ._globals import _CopyMode, _NoValue  # noqa: F401
from .version import version as __version__
from . import __config__, _core, dtypes  # noqa: F401

from ._core import *  # noqa: F403

if _core._multiarray_umath._in_sub_interpreter:
    import warnings  # types and tables are one interpreter's; mod_wsgi's users have a single sub-interpreter
    warnings.warn('NumPy was imported from a Python sub-interpreter but NumPy does not properly support sub-interpreters. '
                  'This will likely work for most users but might cause hard to track down issues or subtle bugs. '
                  'A common user of the rare sub-interpreter feature is wsgi which also allows single-interpreter mode.\n'
                  'Improvements in the case of bugs are welcome, but is not on the NumPy roadmap, and full support may '
                  'require significant effort to achieve.', UserWarning, stacklevel=2)
    del warnings

__array_api_version__ = '2024.12'

# Modules that come when they are first named.
__numpy_submodules__ = {
    'char', 'core', 'ctypeslib', 'dtypes', 'exceptions', 'f2py', 'fft', 'lib', 'linalg', 'ma',
    'polynomial', 'random', 'rec', 'strings', 'test', 'testing', 'typing'}
_LAZY = ('char', 'core', 'ctypeslib', 'f2py', 'fft', 'ma', 'matlib', 'polynomial', 'random', 'rec',
         'strings', 'testing', 'typing')

# Everything that is not of the array core, by the module it is written in.
_FROM = {
    'lib._arraypad_impl': 'pad',
    'lib._arraysetops_impl': '''
        ediff1d intersect1d isin setdiff1d setxor1d union1d unique unique_all unique_counts
        unique_inverse unique_values''',
    'lib._function_base_impl': '''
        angle append asarray_chkfinite average bartlett bincount blackman copy corrcoef cov delete
        diff digitize extract flip gradient hamming hanning i0 insert interp iterable kaiser median
        meshgrid percentile piecewise place quantile rot90 select sinc sort_complex trapezoid
        trim_zeros unwrap vectorize''',
    'lib._histograms_impl': 'histogram histogram_bin_edges histogramdd',
    'lib._index_tricks_impl': '''
        c_ diag_indices diag_indices_from fill_diagonal index_exp ix_ mgrid ndenumerate ndindex
        ogrid r_ ravel_multi_index s_ unravel_index''',
    'lib._nanfunctions_impl': '''
        nanargmax nanargmin nancumprod nancumsum nanmax nanmean nanmedian nanmin nanpercentile
        nanprod nanquantile nanstd nansum nanvar''',
    'lib._npyio_impl': '''
        fromregex genfromtxt load loadtxt packbits save savetxt savez savez_compressed
        unpackbits''',
    'lib._polynomial_impl': '''
        poly poly1d polyadd polyder polydiv polyfit polyint polymul polysub polyval roots''',
    'lib._shape_base_impl': '''
        apply_along_axis apply_over_axes array_split column_stack dsplit dstack expand_dims hsplit
        kron put_along_axis row_stack split take_along_axis tile vsplit''',
    'lib._stride_tricks_impl': 'broadcast_arrays broadcast_shapes broadcast_to',
    'lib._twodim_base_impl': '''
        diag diagflat eye fliplr flipud histogram2d mask_indices tri tril tril_indices
        tril_indices_from triu triu_indices triu_indices_from vander''',
    'lib._type_check_impl': '''
        common_type imag iscomplex iscomplexobj isreal isrealobj mintypecode nan_to_num real
        real_if_close typename''',
    'lib._ufunclike_impl': 'fix isneginf isposinf',
    'lib._utils_impl': 'get_include info show_runtime',
    'matrixlib': 'asmatrix bmat matrix',
    '__config__': 'show_config',
    '_array_api_info': '__array_namespace_info__',
}

__all__ = sorted(__numpy_submodules__) + [
    '__array_namespace_info__', '__version__', 'emath', *_core.__all__]


def _gather():
    space = globals()
    for module, names in _FROM.items():
        names = names.split()
        source = __import__(module, space, None, names, 1)
        for name in names:
            found = getattr(source, name, None)
            if found is None:
                from ._unwritten import unwritten
                found = unwritten(f'{__name__}.{name}')
            space[name] = found
        __all__.extend(name for name in names if name not in __all__)


_gather()
from . import _typing, lib, linalg, matrixlib as _mat  # noqa: E402, F401
from .lib import scimath as emath  # noqa: E402, F401
from .lib import array_utils, format, introspect, mixins, npyio, stride_tricks  # noqa: E402

# (submodules of `lib`, loaded with it; the names are not of this namespace)
del array_utils, format, introspect, mixins, npyio, stride_tricks


def __getattr__(attr):
    if attr in _LAZY:
        import importlib
        module = importlib.import_module(f'{__name__}.{attr}')
        return module
    if attr == 'chararray':
        import warnings
        warnings.warn('`np.chararray` is deprecated and will be removed from the main namespace in '
                      'the future. Use an array with a string or bytes dtype instead.',
                      DeprecationWarning, stacklevel=2)
        from .char import chararray
        return chararray
    from . import _expired_attrs_2_0
    _expired_attrs_2_0.refuse(__name__, attr)


def __dir__():
    hidden = {'distutils', 'matlib', 'matrixlib', 'tests', 'conftest', 'version', '_LAZY', '_FROM', '_gather',
              '_dropin', '_launch', '_unwritten'}
    return sorted((globals().keys() | __numpy_submodules__) - hidden)


def _pyinstaller_hooks_dir():
    import os
    return [os.path.join(os.path.dirname(__file__), '_pyinstaller')]


def _apply_environment():
    """Settings that a user makes before the start."""
    from os import environ

    multi = _core.multiarray
    wish = environ.get('NUMPY_MADVISE_HUGEPAGE')
    if wish is not None and hasattr(multi, '_set_madvise_hugepage'):
        multi._set_madvise_hugepage(bool(int(wish)))
    warn = getattr(multi, '_set_numpy_warn_if_no_mem_policy', None)
    if warn is not None:
        warn(environ.get('NUMPY_WARN_IF_NO_MEM_POLICY', '0') == '1')


_apply_environment()
from ._pytesttester import PytestTester as _Tester  # noqa: E402

test = _Tester(__name__)
del _Tester, _apply_environment
