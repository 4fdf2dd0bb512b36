"""LAPACK by its own names, for programs that still import it; `numpy.linalg` does not need it."""
from .._unwritten import unwritten


class LapackError(Exception):
    """A LAPACK routine was called with arguments that it refuses."""


for _name in ('dgelsd', 'dgeqrf', 'dorgqr', 'xerbla', 'zgelsd', 'zgeqrf', 'zungqr'):
    globals()[_name] = unwritten(f'{__name__}.{_name}')
del _name, unwritten
