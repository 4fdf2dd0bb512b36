"""Texts for the aliases of `typing`, whose objects cannot carry one."""

_docstrings = {
    'ArrayLike': 'Anything that can become an array.',
    'DTypeLike': 'Anything that can become a dtype.',
    'NDArray': 'An array of a given scalar type: ``NDArray[np.float64]``.',
}
