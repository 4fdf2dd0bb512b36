"""f2py carries the package's version."""
from ..version import version  # noqa: F401
