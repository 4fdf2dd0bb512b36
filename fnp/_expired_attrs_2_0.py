"""Names that NumPy once had: what to use instead."""

_INSTEAD = {
    'np.all': 'alltrue', 'np.any': 'sometrue', 'np.asmatrix': 'mat', 'np.bytes_': 'string_',
    'np.clongdouble': 'clongfloat longcomplex', 'np.complex128': 'cfloat complex_',
    'np.complex64': 'singlecomplex', 'np.float64': 'float_', 'np.inf': 'Inf Infinity PINF infty',
    '-np.inf': 'NINF', 'np.issubdtype': 'issubsctype', 'np.longdouble': 'longfloat',
    'np.nan': 'NaN', 'np.round': 'round_', 'np.str_': 'unicode_', '0.0': 'PZERO',
    '-0.0': 'NZERO', 'arr.T.copy()': 'fastCopyAndTranspose', 'ast.literal_eval': 'safe_eval',
    'inspect.getsource': 'source', 'issubclass(rep, np.generic)': 'issctype',
    'np.asarray(arr, dtype=dtype)': 'cast', 'np.dtype(<dtype>).itemsize': 'nbytes',
    'np.dtype(obj).type': 'obj2sctype', 'np.genfromtxt': 'recfromtxt',
}

__expired_attributes__ = {old: f'Use `{new}` instead.'
                          for new, names in _INSTEAD.items() for old in names.split()}

__expired_attributes__ |= dict.fromkeys(
    ('seterrobj', 'geterrobj'), 'Use the np.errstate context manager instead.')
__expired_attributes__ |= dict.fromkeys(
    ('deprecate_with_doc', 'deprecate'),
    'Emit `DeprecationWarning` with `warnings.warn` directly, or use `typing.deprecated`.')
__expired_attributes__ |= {
    old: f"It's still available as `np.{new}`." for old, new in (
        ('format_parser', 'rec.format_parser'), ('compare_chararrays', 'char.compare_chararrays'),
        ('DataSource', 'lib.npyio.DataSource'), ('add_docstring', 'lib.add_docstring'),
        ('add_newdoc', 'lib.add_newdoc'))}
__expired_attributes__ |= {
    'get_array_wrap': '',
    'asfarray': 'Use `np.asarray` with a proper dtype instead.',
    'issubclass_': 'Use `issubclass` builtin instead.',
    'sctypes': 'Access dtypes explicitly instead.',
    'sctype2char': 'Use `np.dtype(obj).char` instead.',
    'lookfor': "Search NumPy's documentation directly.",
    'who': 'Use an IDE variable explorer or `locals()` instead.',
    'recfromcsv': 'Use `np.genfromtxt` with comma delimiter instead.',
    'tracemalloc_domain': "It's now available from `np.lib`.",
    'add_newdoc_ufunc': "It's an internal function and doesn't have a replacement.",
    'byte_bounds': "Now it's available under `np.lib.array_utils.byte_bounds`",
    'set_string_function':
        'Use `np.set_printoptions` instead with a formatter for custom printing of NumPy objects.',
    'maximum_sctype':
        'Use a specific dtype instead. You should avoid relying on any implicit mechanism and '
        'select the largest dtype of a kind explicitly in the code.',
    'set_numeric_ops':
        'For the general case, use `PyUFunc_ReplaceLoopBySignature`. For ndarray subclasses, '
        'define the ``__array_ufunc__`` method and override the relevant ufunc.',
    'find_common_type':
        'Use `numpy.promote_types` or `numpy.result_type` instead. To achieve semantics for the '
        '`scalar_types` argument, use `numpy.result_type` and pass the Python values `0`, `0.0`, '
        'or `0j`.',
}

# Once aliases of the built-in types -> advice beyond "use that".
_SCALAR_ADVICE = 'If you specifically wanted the numpy scalar type, use `np.{}` here.'
_FORMER = {
    'object': '',
    'float': _SCALAR_ADVICE.format('float64'),
    'complex': _SCALAR_ADVICE.format('complex128'),
    'str': _SCALAR_ADVICE.format('str_'),
    'int': 'When replacing `np.int`, you may wish to use e.g. `np.int64` or `np.int32` to specify '
           'the precision. If you wish to review your current use, check the release note link '
           'for additional information.',
}
_FUTURE = 'str', 'bytes', 'object'


def refuse(package, attr):
    """Raise the AttributeError for a name that the package does not have."""
    if attr in __expired_attributes__:
        advice = __expired_attributes__[attr]
        error = AttributeError(f'`np.{attr}` was removed in the NumPy 2.0 release. {advice}')
        error.name = None
        raise error
    if attr in _FUTURE:
        import warnings
        warnings.warn(f'In the future `np.{attr}` will be defined as the corresponding NumPy '
                      'scalar.', FutureWarning, stacklevel=3)
    text = f'module {package!r} has no attribute {attr!r}'
    if attr in _FORMER:
        text += (f'.\n`np.{attr}` was a deprecated alias for the builtin `{attr}`. To avoid this '
                 f'error in existing code, use `{attr}` by itself. Doing this will not modify any '
                 f'behavior and is safe. {_FORMER[attr]}\nThe aliases was originally deprecated in '
                 'NumPy 1.20; for more details and guidance see the original release note at:\n'
                 '    https://numpy.org/devdocs/release/1.20.0-notes.html#deprecations')
    elif attr == 'distutils':
        text = '`numpy.distutils` is not available from Python 3.12 onwards'
    error = AttributeError(text)
    # A suggestion would point to some private name.
    error.name = None
    raise error
